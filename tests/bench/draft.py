"""A directive being written: whatever is said goes into its text, and what a reader would find there is noted beside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from world import Body, Cited

from ntmgraph.authority import KnownCriterion, Unit
from ntmgraph.ids import assignment_id, criterion_id, fact_id, help_id, provision_id
from ntmgraph.model import (
    Actor,
    Agency,
    Assignment,
    Basis,
    Criterion,
    CriterionKey,
    Deadline,
    DeadlineKind,
    Document,
    Evidence,
    Help,
    Issue,
    IssueCode,
    Mention,
    Place,
    PlaceRef,
    Provision,
    Reading,
    Reference,
    Relation,
    Result,
    Role,
    Scope,
    Target,
    Task,
)

Mark = tuple[int, int]  # where something begins: among the parts of the text, and in code points


class Draft:
    """Text and facts of one document; offsets are those of the finished text."""

    def __init__(self, id: str, criteria_set: str | None) -> None:
        self.id = id
        self._set = criteria_set
        self._parts: list[str] = []
        self._length = 0
        self._open: list[tuple[int, str, int]] = []  # provisions that go on: place in the list, path, start
        self._provisions: list[Provision | None] = []
        self._agencies: dict[str, tuple[Body, list[Mention]]] = {}
        self._places: dict[str, tuple[Unit, list[Mention]]] = {}
        self._criteria: dict[str, tuple[CriterionKey, str | None, list[Mention]]] = {}
        self._references: list[Reference] = []
        self._deadlines: list[Deadline] = []
        self._tasks: list[Task] = []
        self._assignments: list[Assignment] = []
        self._helps: list[Help] = []
        self._targets: list[Target] = []
        self._results: list[Result] = []
        self._issues: list[Issue] = []

    # Text

    def say(self, words: str) -> int:
        """Add words and return where they start."""
        start = self._length
        self._parts.append(words)
        self._length += len(words)
        return start

    def mark(self) -> Mark:
        return len(self._parts), self._length

    def since(self, mark: Mark) -> str:
        """Return what was said since a mark."""
        return "".join(self._parts[mark[0] :])

    @contextmanager
    def provision(self, path: str, kind: str) -> Iterator[None]:
        """Hold what is said meanwhile in one provision, a line of its own."""
        ordinal, start = len(self._provisions), self._length
        parent = provision_id(self.id, *self._open[-1][:2]) if self._open else None
        self._provisions.append(None)
        self._open.append((ordinal, path, start))
        yield
        self._open.pop()
        whole = provision_id(self.id, ordinal, path)
        below = self._parts[-1] == "\n"  # what stands below it has ended the line
        self._provisions[ordinal] = Provision(whole, path, kind, None, start, self._length - below, parent)
        if not below:
            self.say("\n")

    def evidence(self, mark: Mark, rule: str, basis: Basis = Basis.STATED) -> Evidence:
        """Return what was said since a mark as evidence."""
        return self._evidence(mark[1], self.since(mark), rule, basis)

    def _evidence(self, start: int, quote: str, rule: str, basis: Basis = Basis.STATED) -> Evidence:
        ordinal, path, _ = self._open[-1]
        return Evidence(provision_id(self.id, ordinal, path), start, start + len(quote), quote, rule, basis)

    # Things, named where they stand

    def body(self, body: Body, printed: str | None = None) -> Actor:
        """Name a body and return it as an actor."""
        words = printed or body.printed
        start = self.say(words)
        if body.id is not None:
            self._agencies.setdefault(body.id, (body, []))[1].append(Mention(words, start, start + len(words)))
        if body.unit is not None and words.endswith(body.unit.full_name):
            self._place(body.unit, start + len(words) - len(body.unit.full_name))
        return Actor(body.name, body.id, words)

    def bodies(self, bodies: Sequence[Body]) -> tuple[Actor, ...]:
        """Name several in a row."""
        actors = []
        for place, body in enumerate(bodies):
            self.say(", " if place else "")
            actors.append(self.body(body))
        return tuple(actors)

    def unit(self, unit: Unit) -> PlaceRef:
        """Name a place."""
        self._place(unit, self.say(unit.full_name))
        return PlaceRef(unit.full_name, unit.id)

    def _place(self, unit: Unit, start: int) -> None:
        mention = Mention(unit.full_name, start, start + len(unit.full_name))
        self._places.setdefault(unit.id, (unit, []))[1].append(mention)

    def criterion(self, known: KnownCriterion, part: int | None = None, *, before: str = "", after: str = "") -> str:
        """Name a criterion, or a part of it, and return its id."""
        number = f"{known.number}.{part}" if part else str(known.number)
        words = f"{before}{number}{after}"
        start = self.say(words)
        id = criterion_id(self._set, number)
        key = CriterionKey(self._set, number if part else known.number)
        name = None if part else known.name
        self._criteria.setdefault(id, (key, name, []))[2].append(Mention(words, start, start + len(words)))
        return id

    # Facts

    def cite(self, cited: Cited, relation: Relation, printed: str) -> None:
        start = self.say(printed)
        evidence = self._evidence(start, printed, "reference")
        self._references.append(
            Reference(
                cited.number,
                cited.type,
                cited.issuer,
                cited.day,
                relation,
                evidence,
                None if cited.number else cited.title,
                cited.id,
            )
        )

    def deadline(
        self, words: str, kind: DeadlineKind, day: date | None, recurrence: str | None = None, scope: Scope = Scope.TASK
    ) -> int:
        """Say until when, and return the place of the deadline in the reading's."""
        start = self.say(words)
        rule = "deadline.periodic" if recurrence else "deadline.day"
        self._deadlines.append(Deadline(words, kind, day, recurrence, scope, self._evidence(start, words, rule)))
        return len(self._deadlines) - 1

    def task(
        self,
        mark: Mark,
        *,
        who: tuple[Actor, ...],
        role: Role,
        what: Mark,
        by_heading: bool = False,
        with_: tuple[Actor, ...] = (),
        reports_to: tuple[Actor, ...] = (),
        via: tuple[Actor, ...] = (),
        deadline: int | None = None,
        criteria: tuple[str, ...] = (),
        places: tuple[str, ...] = (),
    ) -> None:
        """Note what was said since a mark as a task; `what` marks its words without the doer's."""
        ordinal, path, start = self._open[-1]
        words = self.since(what)
        self._tasks.append(
            Task(
                fact_id(self.id, "task", path, mark[1] - start, words),
                provision_id(self.id, ordinal, path),
                words,
                who,
                by_heading,
                with_,
                (),
                (),
                role,
                reports_to,
                via,
                deadline,
                criteria,
                places,
                self.evidence(mark, "task.heading" if by_heading else "task.bound"),
            )
        )

    def assign(
        self, mark: Mark, known: KnownCriterion, lead: Actor, coordinate: tuple[Actor, ...], years: tuple[int, int]
    ) -> None:
        key = CriterionKey(self._set, known.number)
        evidence = self.evidence(mark, "assignment.list")
        first, last = date(years[0], 1, 1), date(years[1], 12, 31)
        made = Assignment(key, (lead,), coordinate, first, last, evidence)
        self._assignments.append(replace(made, id=assignment_id(self.id, made)))

    def help(self, mark: Mark, agency: Actor, place: PlaceRef) -> None:
        evidence = self.evidence(mark, "help.sentence")
        made = Help(agency, None, place, evidence)
        self._helps.append(replace(made, id=help_id(self.id, made)))

    def target(self, start: int, quote: str, measure: str, value: int, by: date, place: PlaceRef | None) -> None:
        evidence = self._evidence(start, quote, "target.percent")
        self._targets.append(Target(measure, value, None, "%", None, None, by, None, place, evidence))

    def result(self, mark: Mark, place: PlaceRef, known: KnownCriterion, met: bool, as_of: date) -> None:
        key, measure = CriterionKey(self._set, known.number), f"tiêu chí số {known.number}"
        self._results.append(
            Result(place, key, measure, None, None, None, met, as_of, self.evidence(mark, "result.mark"))
        )

    def doubt(self, code: IssueCode, message: str, start: int, end: int) -> None:
        self._issues.append(Issue(code, message, start, end))

    def reading(self, head: Document) -> Reading:
        """Return all of it; `head` is the document without its text."""
        text = "".join(self._parts).rstrip()
        document = replace(head, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
        return Reading(
            document,
            tuple(each for each in self._provisions if each),
            tuple(self._references),
            tuple(
                Agency(id, body.name, body.level, body.kind, body.province, tuple(mentions), body.group)
                for id, (body, mentions) in self._agencies.items()
            ),
            tuple(Place(id, unit.full_name, unit.level, tuple(found)) for id, (unit, found) in self._places.items()),
            tuple(
                Criterion(id, key.set, key.number, name, tuple(mentions))
                for id, (key, name, mentions) in self._criteria.items()
            ),
            tuple(self._deadlines),
            tuple(self._tasks),
            tuple(self._assignments),
            tuple(self._helps),
            tuple(self._targets),
            tuple(self._results),
            (),
            tuple(self._issues),
        )
