"""What people decided, applied to what a document says: again whenever the document is read anew.

    apply(reading of the original, decisions) -> Applied(reading, unfitting)

- A decision finds its fact by its id. Where a newer version reads other ids, it finds the one fact of that kind whose
  words are those that the person saw, if these words stand only once in the document; the fact then takes the id that
  the decision knows, so that its states and later decisions still fit. Else the decision is unfitting: kept and told.
- What was decided keeps its place in the text and its quote: only rule and basis of its evidence say that a person
  decided. The whole fact is then the person's, so its doers are no longer inferred.
- Decisions are applied in their order, each on what those before it made of the reading.
- A task that a person added stands on the sentence that they chose, and goes with the decision that made it.
- Bodies, places and criteria that only a person named are of the reading, with no mention in the text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from ingest.report import json_value
from ntmgraph.ids import (
    actor_id,
    assignment_id,
    criterion_key_id,
    help_id,
    is_doubt,
    is_made,
    is_place,
    kind_of,
    part_id,
    place_ref_id,
)
from ntmgraph.model import (
    Actor,
    Agency,
    Assignment,
    Basis,
    Criterion,
    Deadline,
    Evidence,
    Help,
    Place,
    PlaceRef,
    Reading,
    Role,
    Scope,
    Task,
)
from ntmgraph.text import key
from ntmgraph.workspace.decided_fields import FIELDS, Fact, Json, actor, objects, once, place_ref, text, texts
from ntmgraph.workspace.decided_things import agency_name, agency_of, criterion_of, place_of
from ntmgraph.workspace.decisions import Decision, DecisionKind, document_decided_on, standing

T = TypeVar("T")

_ACTORS = {
    Task: ("who", "with_", "advise", "supervise", "reports_to", "via"),
    Assignment: ("lead", "coordinate"),
    Help: ("agency",),
}
# By which a fact is found again: its quote and what else tells it from others in the same words.
_WORDS = {Task: ("what",), Assignment: ("criterion",), Help: ("agency", "person", "place")}
_KINDS: dict[str, type[Fact]] = {"task": Task, "assignment": Assignment, "help": Help}
# Where the doers of a task go when it is merged into one whose doers have another role.
_BESIDE = {Role.COORDINATE: "with_", Role.ADVISE: "advise", Role.SUPERVISE: "supervise"}


@dataclass(frozen=True, slots=True)
class Applied:
    """A reading as people decided on it, and the decisions that found nothing in it to be applied to."""

    reading: Reading
    unfitting: tuple[Decision, ...] = ()


def apply(reading: Reading, decisions: Iterable[Decision]) -> Applied:
    """Return what a document says with what people decided on it.

    reading: of the original, without decisions. decisions: of the log, or its part for this document
    (`decisions.by_document`); those on other documents are passed over.
    """
    id = reading.document.id
    concerning = [
        each for each in standing(decisions) if document_decided_on(each) in (None, id) and not is_doubt(each.fact)
    ]
    if not concerning:
        return Applied(reading)
    application = _Application(reading)
    unfitting = tuple(decision for decision in concerning if not application.take(decision))
    return Applied(application.reading(), unfitting)


def seen(reading: Reading, fact: str, *names: str) -> dict[str, Any]:
    """Return what a decision keeps as `before`: fields of a fact, and the words by which it is found again.

    Names as `parse --json` prints them; the deadline of a task as it stands in `deadlines`. KeyError for a fact that
    the reading does not hold.
    """
    found = next((each for each in facts_of(reading) if each.id == fact), None)
    if found is None:
        raise KeyError(fact)
    values = {"quote": found.evidence.quote, **{name: json_value(getattr(found, name)) for name in _WORDS[type(found)]}}
    for name in names:
        value = getattr(found, FIELDS[type(found)][name][0])
        if name == "deadline" and value is not None:
            deadline = reading.deadlines[value]
            values[name] = {
                each: json_value(getattr(deadline, each)) for each in ("date", "recurrence", "text", "kind")
            }
        else:
            values[name] = json_value(value)
    return values


class _UnfitError(Exception):
    """A decision cannot be applied: its fact is not there, or it says what no fact can be."""


def _parsed(parse: Callable[[Any], T], value: Any) -> T:
    try:
        return parse(value)
    except (KeyError, TypeError, ValueError) as error:
        raise _UnfitError from error


class _Application:
    """One reading while decisions change it, one after the other."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._document = reading.document
        self._facts: list[Fact] = facts_of(reading)
        self._deadlines = list(reading.deadlines)
        self._agencies = reading.agencies
        self._held: set[str] = set()  # ids of facts that a decision has found
        self._agency_names: dict[str, str] = {}  # that decisions give, by id
        self._place_names: dict[str, str] = {}

    def take(self, decision: Decision) -> bool:
        """Apply a decision and tell whether it fits."""
        kind = kind_of(decision.fact)
        taken: dict[DecisionKind, Callable[[Decision], object]] = {
            DecisionKind.ACCEPTED: self._accept,
            DecisionKind.CHANGED: self._change,
            DecisionKind.REJECTED: self._reject,
            DecisionKind.ADDED: self._add,
            DecisionKind.MERGED: self._merge_tasks if kind == "task" else self._merge_agencies,
            DecisionKind.SPLIT: self._split_task if kind == "task" else self._split_thing,
            DecisionKind.STATE: self._find,
        }
        try:
            taken[decision.kind](decision)
        except _UnfitError:
            return False
        return True

    def reading(self) -> Reading:
        """Return the reading as decided."""
        tasks, deadlines = self._due()
        rest = [fact for fact in self._facts if not isinstance(fact, Task)]
        return replace(
            self._reading,
            document=self._document,
            agencies=(*self._agencies, *self._new_agencies()),
            places=(*self._reading.places, *self._new_places()),
            criteria=(*self._reading.criteria, *self._new_criteria()),
            deadlines=deadlines,
            tasks=tasks,
            assignments=tuple(fact for fact in rest if isinstance(fact, Assignment)),
            helps=tuple(fact for fact in rest if isinstance(fact, Help)),
        )

    # Finding

    def _find(self, decision: Decision) -> Fact:
        return self._find_fact(decision.fact, decision.before or {})

    def _find_fact(self, id: str, words: Json) -> Fact:
        """Return a fact by its id, else by its words: it is under that id from then on."""
        found = next((fact for fact in self._facts if fact.id == id), None)
        if found is None:
            found = self._by_words(id, words)
            renamed = replace(found, id=id)
            self._facts = [renamed if fact is found else fact for fact in self._facts]
            found = renamed
        self._held.add(id)
        return found

    def _by_words(self, id: str, words: Json) -> Fact:
        kind = kind_of(id)
        if kind is None or is_made(id):  # it goes with the decision that made it
            raise _UnfitError
        same = [
            fact
            for fact in self._facts
            if isinstance(fact, _KINDS[kind]) and fact.id not in self._held and _same_words(fact, words)
        ]
        # Words that stand twice may be those of a fact that is no longer read.
        if len(same) != 1 or self._document.text.count(same[0].evidence.quote) != 1:
            raise _UnfitError
        return same[0]

    def _put(self, id: str, *facts: Fact) -> None:
        """Put facts in the place of one."""
        self._facts = [new for fact in self._facts for new in (facts if fact.id == id else (fact,))]

    # Each kind of decision

    def _accept(self, decision: Decision) -> None:
        self._put(decision.fact, _decided(self._find(decision), decision.kind))

    def _change(self, decision: Decision) -> None:
        fact = self._find(decision)
        if not decision.after:
            raise _UnfitError
        self._put(decision.fact, _decided(self._changed(fact, decision.after), decision.kind))

    def _reject(self, decision: Decision) -> None:
        self._find(decision)
        self._put(decision.fact)

    def _add(self, decision: Decision) -> None:
        """A task of a sentence in which none was read; one that a newer version reads there itself gives way to it."""
        evidence = self._evidence(decision.before or {}, decision.kind)
        if kind_of(decision.fact) != "task" or not is_made(decision.fact) or evidence.provision is None:
            raise _UnfitError
        bare = Task(
            decision.fact, evidence.provision, evidence.quote, (), False, (), (), (), Role.LEAD, (), (), None, (), (),
            evidence,
        )  # fmt: skip
        task = self._changed(bare, decision.after or {})
        read = [fact for fact in self._facts if isinstance(fact, Task) and not is_made(fact.id)]
        same = [fact for fact in read if fact.evidence.quote == evidence.quote and fact.id not in self._held]
        self._facts = [fact for fact in self._facts if fact.id != decision.fact and (len(same) != 1 or fact != same[0])]
        self._facts.append(task)
        self._held.add(decision.fact)

    def _evidence(self, words: Json, kind: DecisionKind) -> Evidence:
        """Return where a sentence that a person chose stands: at its place, else at the only one where it does."""
        quote, start = _parsed(text, words.get("quote")), words.get("start")
        whole = self._document.text
        if not isinstance(start, int) or not whole.startswith(quote, start):
            if whole.count(quote) != 1:
                raise _UnfitError
            start = whole.index(quote)
        around = [each for each in self._reading.provisions if each.start <= start < each.end]
        provision = min(around, key=lambda each: each.end - each.start, default=None)
        page = next((each.number for each in self._reading.scanned_pages if each.start <= start < each.end), None)
        return Evidence(
            provision.id if provision else None,
            start,
            start + len(quote),
            quote,
            kind.rule,
            Basis.DECIDED,
            page,
        )

    def _merge_tasks(self, decision: Decision) -> None:
        after = decision.after or {}
        into = _parsed(text, after.get("into"))
        one, other = self._find(decision), self._find_fact(into, after)
        if not isinstance(one, Task) or not isinstance(other, Task) or decision.fact == into:
            raise _UnfitError
        self._put(into, _decided(_joined(other, one), decision.kind))
        self._put(decision.fact)

    def _split_task(self, decision: Decision) -> None:
        task = self._find(decision)
        parts = _parsed(objects, (decision.after or {}).get("parts"))
        if len(parts) < 2:
            raise _UnfitError
        made = []
        for ordinal, part in enumerate(parts, 1):
            id = part_id(decision.fact, ordinal, json.dumps(part, ensure_ascii=False, sort_keys=True))
            made.append(replace(_decided(self._changed(task, part), decision.kind), id=id))
        self._put(decision.fact, *made)

    def _merge_agencies(self, decision: Decision) -> None:
        after = decision.after or {}
        one, other = decision.fact, _parsed(text, after.get("into"))
        if kind_of(one) is not None or one == other:
            raise _UnfitError
        if not self._names_agency(one):
            if decision.document is None:
                return  # said of every document, of which this one does not name the body
            raise _UnfitError
        known = next((agency for agency in self._agencies if agency.id == other), None)
        name = after.get("name") or (known.name if known else None) or agency_name(other)
        body = Actor(_parsed(text, name), other, "")
        self._facts = [self._with_body(fact, one, body) for fact in self._facts]
        self._note_name(body)
        self._merge_records(one, body, known)

    def _merge_records(self, one: str, body: Actor, known: Agency | None) -> None:
        """Let the record of a body, what belongs to it and what the header calls it be those of another body."""
        old = next((agency for agency in self._agencies if agency.id == one), None)
        agencies = []
        for agency in self._agencies:
            if agency.group == one:
                agency = replace(agency, group=body.id)
            if old is not None and agency.id == (known or old).id:
                agency = _merged_record(agency, old, body)
            if agency.id != one:
                agencies.append(agency)
        self._agencies = tuple(agencies)
        if old is not None:

            def called(names: tuple[str, ...]) -> tuple[str, ...]:
                return tuple(body.name if key(name) == key(old.name) else name for name in names)

            addressees, recipients = called(self._document.addressees), called(self._document.recipients)
            self._document = replace(self._document, addressees=addressees, recipients=recipients)
        if self._document.issuer_id == one:
            self._document = replace(self._document, issuer_id=body.id)

    def _split_thing(self, decision: Decision) -> None:
        """In the facts that each part names, the body or place is another one; each of them stands for itself."""
        if kind_of(decision.fact) is not None:
            raise _UnfitError
        parts = _parsed(objects, (decision.after or {}).get("parts"))
        read: Callable[[Any], Actor | PlaceRef] = place_ref if is_place(decision.fact) else actor
        things = [(_parsed(read, part), _parsed(texts, part.get("facts"))) for part in parts]
        missed = not things
        for thing, ids in things:
            for id in ids:
                fact = next((fact for fact in self._facts if fact.id == id), None)
                changed = fact and self._with_thing(fact, decision.fact, thing)
                if changed is None or changed == fact:
                    missed = True
                    continue
                self._held.add(id)
                self._put(id, _decided(changed, decision.kind))
                if isinstance(thing, Actor):
                    self._note_name(thing)
        if missed:
            raise _UnfitError

    # Fields

    def _changed(self, fact: Fact, after: Json) -> Fact:
        """Return a fact with the fields that a person gave it."""
        values: dict[str, Any] = {}
        for name, value in after.items():
            if name not in FIELDS[type(fact)]:
                raise _UnfitError
            field, parse = FIELDS[type(fact)][name]
            values[field] = _parsed(parse, value)
        for name in _ACTORS[type(fact)]:
            if name in values:
                values[name] = self._as_quoted(values[name], fact)
        if isinstance(fact, Task):
            values |= self._changed_task(fact, values)
        elif isinstance(values.get("place"), PlaceRef) and values["place"].id:
            self._place_names[values["place"].id] = values["place"].name
        return replace(fact, **values)

    def _changed_task(self, task: Task, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return those values of a task that the reading must know of besides."""
        changed: dict[str, Any] = {}
        if "places" in values:
            for place in values["places"]:
                if place.name:
                    self._place_names[place.id] = place.name
                known = any(each.id == place.id for each in self._reading.places)
                if not known and place_of(place.id, self._place_names.get(place.id)) is None:
                    raise _UnfitError
            changed["places"] = tuple(place.id for place in values["places"])
        if (due := values.get("deadline")) is not None:
            evidence = _decided(task, DecisionKind.CHANGED).evidence
            deadline = Deadline(due.text, due.kind, due.date, due.recurrence, Scope.TASK, evidence)
            self._deadlines.append(deadline)
            changed["deadline"] = self._deadlines.index(deadline)  # an equal one serves; unused ones go at the end
        return changed

    def _as_quoted(self, actors: Any, fact: Fact) -> Any:
        """Return actors in the words by which the text names them in this fact; one that it does not name has none."""
        quotes = {actor.id or actor.name: actor.quote for actor in actors_of(fact)}

        def quoted(actor: Actor) -> Actor:
            self._note_name(actor)
            return replace(actor, quote=quotes.get(actor.id or actor.name, ""))

        return quoted(actors) if isinstance(actors, Actor) else tuple(map(quoted, actors))

    def _note_name(self, body: Actor) -> None:
        if body.id is not None:
            self._agency_names[body.id] = body.name

    def _with_thing(self, fact: Fact, one: str, other: Actor | PlaceRef) -> Fact:
        """Return a fact in which a body or a place is another one."""
        if isinstance(other, Actor):
            return self._with_body(fact, one, other)
        if isinstance(fact, Task) and one in fact.places:
            places = dict.fromkeys(other.id if id == one else id for id in fact.places)
            named = [{"id": id, "name": other.name if id == other.id else None} for id in places]
            return self._changed(fact, {"places": named})
        if isinstance(fact, Help) and place_ref_id(self._document.id, fact.place) == one:
            return self._changed(fact, {"place": {"id": other.id, "name": other.name}})
        return fact

    def _with_body(self, fact: Fact, one: str, body: Actor) -> Fact:
        """Return a fact in which a body is another one."""

        def swapped(actor: Actor) -> Actor:
            if actor_id(self._document.id, actor) != one:
                return actor
            return Actor(body.name, body.id, actor.quote)

        changed: dict[str, Any] = {}
        for name in _ACTORS[type(fact)]:
            value = getattr(fact, name)
            changed[name] = swapped(value) if isinstance(value, Actor) else once(map(swapped, value))
        return replace(fact, **changed)

    def _names_agency(self, id: str) -> bool:
        return (
            id == self._document.issuer_id
            or any(id in (agency.id, agency.group) for agency in self._agencies)
            or any(actor_id(self._document.id, actor) == id for fact in self._facts for actor in actors_of(fact))
        )

    # What decisions brought in, as far as a fact still holds it

    def _due(self) -> tuple[tuple[Task, ...], tuple[Deadline, ...]]:
        """Return tasks and deadlines without those deadlines that a later decision replaced."""
        tasks = [fact for fact in self._facts if isinstance(fact, Task)]
        used = {task.deadline for task in tasks}
        read = len(self._reading.deadlines)
        kept = [index for index in range(len(self._deadlines)) if index < read or index in used]
        moved = {index: at for at, index in enumerate(kept)}
        return (
            tuple(task if task.deadline is None else replace(task, deadline=moved[task.deadline]) for task in tasks),
            tuple(self._deadlines[index] for index in kept),
        )

    def _new_agencies(self) -> list[Agency]:
        ids = dict.fromkeys(actor.id for fact in self._facts for actor in actors_of(fact))
        wanted = [id for id in ids if id in self._agency_names and id not in {each.id for each in self._agencies}]
        found = (agency_of(id, self._agency_names[id]) for id in wanted if id is not None)
        return [agency for agency in found if agency is not None]

    def _new_places(self) -> list[Place]:
        known = {place.id for place in self._reading.places}
        ids = dict.fromkeys(id for fact in self._decided() for id in _places_of(fact) if id not in known)
        found = (place_of(id, self._place_names.get(id)) for id in ids)
        return [place for place in found if place is not None]

    def _new_criteria(self) -> list[Criterion]:
        known = {criterion.id for criterion in self._reading.criteria}
        ids = dict.fromkeys(id for fact in self._decided() for id in _criteria_of(fact) if id not in known)
        return [criterion_of(id) for id in ids]

    def _decided(self) -> Iterable[Fact]:
        return (fact for fact in self._facts if fact.evidence.basis is Basis.DECIDED)


def facts_of(reading: Reading) -> list[Fact]:
    """Return the facts that can be decided on, each with its id."""
    id = reading.document.id
    return [
        *reading.tasks,
        *(replace(each, id=assignment_id(id, each)) for each in reading.assignments),
        *(replace(each, id=help_id(id, each)) for each in reading.helps),
    ]


def actors_of(fact: Fact) -> Iterable[Actor]:
    for name in _ACTORS[type(fact)]:
        value = getattr(fact, name)
        yield from (value,) if isinstance(value, Actor) else value


def _places_of(fact: Fact) -> tuple[str, ...]:
    if isinstance(fact, Task):
        return fact.places
    return (fact.place.id,) if isinstance(fact, Help) and fact.place.id else ()


def _criteria_of(fact: Fact) -> tuple[str, ...]:
    if isinstance(fact, Task):
        return fact.criteria
    return (criterion_key_id(fact.criterion),) if isinstance(fact, Assignment) else ()


def _same_words(fact: Fact, words: Json) -> bool:
    if is_made(fact.id or "") or words.get("quote") != fact.evidence.quote:
        return False
    return all(
        name in words and _told(words[name]) == _told(json_value(getattr(fact, name))) for name in _WORDS[type(fact)]
    )


def _told(value: Any) -> Any:
    """Return what tells a value from others: of a body or place its id, or else its name."""
    return value.get("id") or value["name"] if isinstance(value, Mapping) and "name" in value else value


def _decided(fact: Fact, kind: DecisionKind) -> Fact:
    evidence = replace(fact.evidence, basis=Basis.DECIDED, rule=kind.rule)
    if isinstance(fact, Task):
        return replace(fact, evidence=evidence, who_inferred=False)
    return replace(fact, evidence=evidence)


def _joined(task: Task, other: Task) -> Task:
    """Return a task with all that another one says besides."""
    values: dict[str, tuple[Actor, ...]] = {name: getattr(other, name) for name in _ACTORS[Task]}
    doers = values["who"]
    if other.role is not task.role and other.role in _BESIDE:
        values["who"] = ()
        values[_BESIDE[other.role]] = (*doers, *values[_BESIDE[other.role]])
    joined: dict[str, Any] = {name: once([*getattr(task, name), *actors]) for name, actors in values.items()}
    who = {actor.id or actor.name for actor in joined["who"]}
    joined["with_"] = tuple(actor for actor in joined["with_"] if (actor.id or actor.name) not in who)
    joined["criteria"] = tuple(dict.fromkeys((*task.criteria, *other.criteria)))
    joined["places"] = tuple(dict.fromkeys((*task.places, *other.places)))
    joined["deadline"] = other.deadline if task.deadline is None else task.deadline
    return replace(task, **joined)


def _merged_record(kept: Agency, old: Agency, body: Actor) -> Agency:
    known = agency_of(body.id or "", body.name) if kept.id == old.id else kept
    mentions = sorted({*kept.mentions, *old.mentions}, key=lambda mention: (mention.start, mention.end))
    group = None if kept.group == body.id else kept.group
    return replace(known or kept, id=body.id or "", name=body.name, mentions=tuple(mentions), group=group)
