"""What the trace page asks, and the answer put into counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dash_app.address import Address
from dash_app.components import ROWS, rules_off
from dash_app.components.evidence import Proof
from dash_app.excerpts import excerpt_of
from dash_app.page import Desk
from dash_app.period import as_of, set_of
from ntmgraph.ids import kind_of
from ntmgraph.model import Basis
from ntmgraph.queries import (
    PAGE,
    CriterionName,
    DocumentName,
    MatrixFact,
    Named,
    TraceAnswer,
    TraceQuestion,
    TraceRow,
)

THINGS = ("criterion", "agency", "place", "document")  # a question names at least one of them
SUGGESTIONS = 10
AGENCIES_BEGIN, PLACES_BEGIN = "sở", "xã"  # the first words of most names


def question_of(address: Address) -> TraceQuestion | None:
    """The question that an address asks; None when it names nothing to ask about. Without a day: all times."""
    if not any(address.get(name) for name in THINGS):
        return None
    return TraceQuestion(
        **{name: address.get(name) for name in THINGS},
        province=address.get("province"),
        set=set_of(address),
        on=as_of(address),
        stated_only=address.flag("stated_only"),
        without=rules_off(address),
        limit=ROWS,
        offset=address.number("offset"),
    )


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads, and the first document that says so."""

    agency: Named
    person: str | None
    row: TraceRow


@dataclass(frozen=True, slots=True)
class Summary:
    """An answer in counts: what the sentence above the rows says.

    Of an answer of several pages only `leads`, `helpers` and `facts` are about all of it.
    """

    leads: tuple[Lead, ...]  # who leads what was asked
    helpers: tuple[Lead, ...]  # who helps the place that was asked
    facts: Mapping[str, int]  # facts of each kind
    total: int
    first: int  # fact of the page, from 1
    last: int
    more_leads: bool  # than those that `leads` and `helpers` were taken from
    tasks: int
    led: int  # of an agency: tasks that it has itself
    shared: int  # of an agency: tasks in which it supports another
    criteria: int  # of an agency: criteria that it leads
    agencies: int
    inferred: int
    dated: int  # tasks with a day
    next_due: date | None
    documents: tuple[DocumentName, ...]

    @property
    def whole(self) -> bool:
        """Whether all facts of the answer stand on this page."""
        return self.first == 1 and self.last == self.total


def summary_of(answer: TraceAnswer, *, on: date, offset: int = 0, beginning: TraceAnswer | None = None) -> Summary:
    """The counts of an answer; a task that two agencies share is one task.

    offset: facts before this page. beginning: the first page, which names who leads; this one where it is None.
    """
    beginning = beginning or answer
    rows = answer.rows
    asked = {agency.id for agency in answer.agencies}
    tasks = {row.id: row for row in rows if row.fact == "task"}
    bound = [row for row in rows if row.fact == "task" and row.agency and row.agency.id in asked]
    own = {row.id for row in bound if row.role != "coordinate"}
    shared = {row.id for row in rows if row.fact == "task" and any(other.id in asked for other in row.with_)}
    shared |= {row.id for row in bound if row.role == "coordinate"}
    days = sorted(row.deadline.date for row in tasks.values() if row.deadline and row.deadline.date)
    everyone = {thing.id for row in rows for thing in (*((row.agency,) if row.agency else ()), *row.lead, *row.with_)}
    return Summary(
        leads=_first_by_agency(row for row in beginning.rows if row.fact == "assignment" and row.role == "lead"),
        helpers=_first_by_agency(row for row in beginning.rows if row.fact == "helps"),
        facts=answer.counts,
        total=answer.total,
        first=offset + 1,
        last=min(offset + ROWS, answer.total),
        more_leads=answer.counts.get("assignment", 0) + answer.counts.get("helps", 0) > ROWS,
        tasks=len(tasks),
        led=len(own),
        shared=len(shared - own),
        criteria=len({row.criterion.id for row in rows if _leads(row, asked) and row.criterion}),
        agencies=len(everyone),
        inferred=sum(row.basis is Basis.INFERRED for row in rows),
        dated=len(days),
        next_due=next((day for day in days if day >= on), None),
        documents=tuple({row.document.id: row.document for row in rows}.values()),
    )


def _leads(row: TraceRow, asked: set[str]) -> bool:
    return row.fact == "assignment" and row.role == "lead" and row.agency is not None and row.agency.id in asked


def _first_by_agency(rows: Iterable[TraceRow]) -> tuple[Lead, ...]:
    leads: dict[tuple[str, str | None], Lead] = {}
    for row in rows:
        if row.agency:
            leads.setdefault((row.agency.id, row.person), Lead(row.agency, row.person, row))
    return tuple(leads.values())


def row_keys(rows: Sequence[TraceRow]) -> tuple[str, ...]:
    """A name for each row in the address: its fact's id, numbered where one fact has several rows."""
    seen: Counter[str] = Counter()
    keys = []
    for row in rows:
        seen[row.id] += 1
        keys.append(row.id if seen[row.id] == 1 else f"{row.id}~{seen[row.id]}")
    return tuple(keys)


def chosen_key(answer: TraceAnswer, key: str | None) -> str | None:
    """The row of an address; the first one when it names none, so that the proof is never a click away."""
    keys = row_keys(answer.rows)
    return key if key in keys else next(iter(keys), None)


def row_of(answer: TraceAnswer, key: str | None) -> TraceRow | None:
    chosen = chosen_key(answer, key)
    return answer.rows[row_keys(answer.rows).index(chosen)] if chosen else None


def proof_of(desk: Desk, row: TraceRow | MatrixFact) -> Proof:
    """The sentence of a row in its surroundings, as its original is read by this version."""
    fact = row.id if kind_of(row.id) else None
    return Proof(
        row.document,
        row.evidence,
        excerpt_of(desk, row.document.id, row.evidence),
        row.basis,
        row.rule,
        because=row.because,
        fact=fact,
        seen=desk.workspace.last_seen(row.id) if fact else None,
    )


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Things that really stand in the graph, to begin a question with."""

    criteria: tuple[CriterionName, ...]
    agencies: tuple[Named, ...]
    places: tuple[Named, ...]

    def __bool__(self) -> bool:
        return bool(self.criteria or self.agencies or self.places)


def suggestions(desk: Desk, typed: str, *, province: str | None = None, limit: int = SUGGESTIONS) -> Suggestions:
    """Criteria, agencies and places whose names hold what was typed, accents optional."""
    workspace = desk.workspace
    return Suggestions(
        tuple(workspace.criteria(typed, limit)),
        tuple(workspace.agencies(typed, limit, province=province)),
        tuple(workspace.places(typed, limit, province=province)),
    )


def beginnings(desk: Desk, *, province: str | None = None, limit: int = SUGGESTIONS) -> Suggestions:
    """Something to begin with: the set that the documents name most of, agencies and communes by first words."""
    workspace = desk.workspace
    criteria = workspace.criteria("", PAGE)
    sets = Counter(criterion.set for criterion in criteria)
    common = max(sets, key=lambda name: sets[name], default=None)
    return Suggestions(
        tuple(criterion for criterion in criteria if criterion.set == common)[: 2 * limit],
        tuple(workspace.agencies(AGENCIES_BEGIN, limit, province=province)),
        tuple(workspace.places(PLACES_BEGIN, limit, province=province)),
    )


def namesakes(desk: Desk, answer: TraceAnswer) -> tuple[CriterionName, ...]:
    """Criteria of other sets with the name of the one asked about, for when nothing is said of that one."""
    asked = {criterion.id for criterion in answer.criteria}
    names = {criterion.name for criterion in answer.criteria if criterion.name}
    found = {other.id: other for name in sorted(names) for other in desk.workspace.criteria(name, SUGGESTIONS)}
    return tuple(other for other in found.values() if other.id not in asked)
