"""A fact as a person corrects it: what its fields say in words, and typed words read into a decision.

What stands in square brackets behind a name is its id, which tells namesakes apart. A name in double quotes is taken
as it is, also where nobody knows such a body. A name that could be several things is refused with the choices.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ntmgraph import terms
from ntmgraph.ids import added_id, criterion_key_id, is_place, kind_of
from ntmgraph.model import Actor, Deadline, Help, Mention, Place, PlaceRef, Reading, Role, Task
from ntmgraph.queries import CriterionName, DocumentName, Named
from ntmgraph.store import GraphStore
from ntmgraph.store.words import spoken
from ntmgraph.workspace import names
from ntmgraph.workspace.decided_fields import FIELDS, Fact
from ntmgraph.workspace.decided_things import criterion_of
from ntmgraph.workspace.deciding import actors_of, apply, facts_of, seen
from ntmgraph.workspace.decisions import Decision, DecisionKind, decide, settled

_MARKED = re.compile(r"(?P<name>.*?)\s*(?:\([^()]*\)\s*)?\[(?P<id>[^\[\]\s]+)\]")
_QUOTED = re.compile(r"[\"“](?P<name>[^\"“”]+)[\"”]")
_SHOWN = 6  # choices that a message names
_PARTS = (1, 2)  # into which a task is split at once
_WORDS_OF_TASK = 120  # as the reader keeps them

Typed = Mapping[str, Sequence[str]]  # by the name of a field: what stands in it, one value each


class WrongValueError(ValueError):
    """What a person typed for a field cannot be taken; the message (Vietnamese) says why and what next."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a person does to a fact.

    typed: of CHANGED the fields; of MERGED `into` (another task), or `body`, `into` and `everywhere` (a body of the
    fact is another one, in this document or in all); of SPLIT the fields of each part: `1.what`, `1.who`, `2.what` ...,
    or `body`, `into` and `facts` (a body or place of the fact is another one in these facts of the document).
    """

    kind: DecisionKind
    fact: str
    typed: Typed = field(default_factory=dict)
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """A task that the reader missed: the sentence of a document (offsets) that gives it, and the fields of the task."""

    document: str
    start: int
    end: int
    typed: Typed
    why: str | None = None


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact of a document as people decided on it, and what they decided."""

    id: str
    document: DocumentName
    reading: Reading  # as decided
    fact: Fact | None  # None: rejected, merged into another one, split, or not read any more
    history: tuple[Decision, ...]  # on the fact itself, oldest first
    of_bodies: tuple[Decision, ...]  # which of the bodies in it are others
    standing: frozenset[str]  # ids of decisions that are not undone, these among them

    @property
    def kind(self) -> str:
        """ "task", "assignment" or "help"."""
        return kind_of(self.id) or ""

    @property
    def last(self) -> str | None:
        """The id of the last decision on the fact, which who decides now has seen."""
        return self.history[-1].id if self.history else None


def fact_view(
    id: str,
    document: DocumentName,
    reading: Reading,
    decisions: Sequence[Decision],
    history: tuple[Decision, ...],
    standing: frozenset[str],
) -> FactView:
    """Return a fact as a document says it by all decisions; history: those on the fact; standing: ids of some."""
    fact = next((each for each in facts_of(reading) if each.id == id), None)
    bodies = {each.id for each in things_of(reading, fact)} if fact else set()
    of_bodies = tuple(
        each
        for each in decisions
        if each.kind in (DecisionKind.MERGED, DecisionKind.SPLIT)
        and kind_of(each.fact) is None
        and each.document in (None, document.id)
        and not bodies.isdisjoint((each.fact, *_others(each.after or {})))
    )
    return FactView(id, document, reading, fact, history, of_bodies, standing)


def _others(after: Mapping[str, Any]) -> Iterable[Any]:
    """Yield the ids of those that a body or place is, by a decision on it."""
    yield after.get("into")
    yield from (part.get("id") for part in after.get("parts", ()))


def things_of(reading: Reading, fact: Fact) -> tuple[Named, ...]:
    """Return the bodies and places that a fact names, each once, those without an id left out."""
    named = [Named(each.id, each.name) for each in actors_of(fact) if each.id]
    if isinstance(fact, Task):
        named += [Named(id, _name_of_id(reading, id)) for id in fact.places]
    elif isinstance(fact, Help) and fact.place.id:
        named.append(Named(fact.place.id, fact.place.name))
    return tuple({each.id: each for each in named}.values())


def facts_naming(reading: Reading, id: str) -> tuple[Fact, ...]:
    """Return the facts of a document that name a body or place, in the order of its text."""
    found = (each for each in facts_of(reading) if id in {thing.id for thing in things_of(reading, each)})
    return tuple(sorted(found, key=lambda each: each.evidence.start))


def facts_in(reading: Reading, start: int, end: int) -> tuple[Fact, ...]:
    """Return the facts whose sentence meets a stretch of the text, in its order."""
    found = (each for each in facts_of(reading) if each.evidence.start < end and start < each.evidence.end)
    return tuple(sorted(found, key=lambda each: each.evidence.start))


# What the fields say


def words_of(reading: Reading, fact: Fact) -> dict[str, tuple[str, ...]]:
    """Return for each field what a person would type for what it says now."""
    return {name: tuple(_words(reading, getattr(fact, field))) for name, (field, _) in _fields(fact).items()} | (
        {"deadline": _due_words(reading, fact)} if isinstance(fact, Task) else {}
    )


def suggested(reading: Reading, start: int, end: int) -> dict[str, tuple[str, ...]]:
    """Return for each field of a task what a sentence names, as a person would type it: to be looked over, no fact.

    Of several bodies nobody says here which one must do it.
    """

    def named(mentions: Iterable[Mention]) -> bool:
        return any(start <= each.start < end for each in mentions)

    bodies = [each for each in reading.agencies if named(each.mentions)]
    inside = [(mention.start, mention.end) for each in bodies for mention in each.mentions]

    def alone(place: Place) -> bool:  # not only within the name of a body
        return named(each for each in place.mentions if not any(first <= each.start < last for first, last in inside))

    dues = [each for each in reading.deadlines if start <= each.evidence.start < end]
    return dict.fromkeys(FIELDS[Task], ()) | {
        "what": (" ".join(reading.document.text[start:end].split()),),
        "who": tuple(each.name for each in bodies) if len(bodies) == 1 else (),
        "role": (Role.LEAD.value,),
        "deadline": _told_day(dues[0]) if len(dues) == 1 else (),
        "criteria": tuple(criterion_label(each.id) for each in reading.criteria if named(each.mentions)),
        "places": tuple(each.name for each in reading.places if alone(each)),
    }


def _fields(fact: Fact) -> dict[str, tuple[str, Callable[[Any], Any]]]:
    return {name: value for name, value in FIELDS[type(fact)].items() if name != "deadline"}


def _words(reading: Reading, value: Any) -> Iterable[str]:
    match value:
        case None:
            return
        case tuple():
            for each in value:
                yield from _words(reading, each)
        case Actor() | PlaceRef():
            yield value.name
        case date():
            yield f"{value:%d/%m/%Y}"
        case Role():
            yield value.value
        case str():
            yield _name_of_id(reading, value)
        case _:
            yield criterion_label(criterion_key_id(value))


def _name_of_id(reading: Reading, value: str) -> str:
    """Return the name of a place, the label of a criterion; other texts as they are."""
    place = next((each.name for each in reading.places if each.id == value), None)
    criterion = any(each.id == value for each in reading.criteria)
    return place or (criterion_label(value) if criterion else value)


def _due_words(reading: Reading, task: Task) -> tuple[str, ...]:
    if task.deadline is None:
        return ()
    return _told_day(reading.deadlines[task.deadline])


def _told_day(due: Deadline) -> tuple[str, ...]:
    return (f"{due.date:%d/%m/%Y}",) if due.date else (due.recurrence,) if due.recurrence else ()


def criterion_label(id: str) -> str:
    """Return "17 Môi trường [VN-XA-2021:17]"."""
    criterion = criterion_of(id)
    return " ".join([*(str(part) for part in (criterion.number, criterion.name) if part is not None), f"[{id}]"])


def labels(things: Iterable[Named]) -> tuple[str, ...]:
    """Return a text for each thing that stands for it alone: its name, with place and id where others have it."""
    things = tuple(dict.fromkeys(things))
    known = [spoken(each.name) for each in things]
    return tuple(each.name if known.count(spoken(each.name)) == 1 else _label(each) for each in things)


def _label(thing: Named) -> str:
    return f"{thing.name} ({thing.place}) [{thing.id}]" if thing.place else f"{thing.name} [{thing.id}]"


# What was typed


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads what was typed about one fact."""

    store: GraphStore
    reading: Reading
    kept: tuple[Actor, ...] = ()  # bodies that the field names already

    def value(self, name: str, typed: Sequence[str]) -> Any:
        """Return the JSON value of a field."""
        match name:
            case "who" | "with" | "advise" | "supervise" | "reports_to" | "via" | "lead" | "coordinate":
                return [self.body(each) for each in typed]
            case "criteria":
                return [self.criterion(each).id for each in typed]
            case "places":
                return [_place_json(self.place(each)) for each in typed]
            case "deadline":
                return self._due(typed)
            case "from" | "to":
                return _day(_one(typed)).isoformat() if typed else None
            case "person":
                return _one(typed) if typed else None
        said = _one(typed)
        match name:
            case "agency":
                return self.body(said)
            case "place":
                return _place_json(self.place(said))
            case "criterion":
                criterion = self.criterion(said)
                return {"set": criterion.set, "number": criterion.number}
            case "role" if said not in tuple(Role):
                raise WrongValueError(
                    f"“{said}” không phải là một vai trò; hãy chọn trong: {_listed(Role, terms.ROLES)}."
                )
        return said

    def body(self, typed: str) -> dict[str, str | None]:
        """Return a body as a decision names it."""
        for actor in self.kept:
            if spoken(actor.name) == spoken(typed):
                return {"name": actor.name, "id": actor.id}
        if quoted := _QUOTED.fullmatch(typed.strip()):
            return {"name": quoted["name"].strip(), "id": None}
        province = self.reading.document.province
        of_document = [Named(each.id, each.name, each.kind, each.province) for each in self.reading.agencies]
        found = self._chosen(
            typed,
            lambda id: (*names.resolve_agencies(self.store, id, None), *names.known_agencies(self.store, id, None)),
            lambda: [each for each in of_document if spoken(each.name) == spoken(typed)],
            lambda: names.resolve_agencies(self.store, typed, province),
            lambda: names.known_agencies(self.store, typed, province),
            unknown="Không có cơ quan nào tên “{}” trong kho hoặc danh mục. Hãy kiểm tra chính tả; nếu đúng tên "
            "như vậy, hãy đặt tên trong ngoặc kép.",
        )
        return {"name": found.name, "id": found.id}

    def place(self, typed: str) -> Named:
        of_document = [Named(each.id, each.name, each.level) for each in self.reading.places]
        return self._chosen(
            typed,
            lambda id: names.resolve_places(self.store, id, None),
            lambda: [each for each in of_document if spoken(each.name) == spoken(typed)],
            lambda: names.resolve_places(self.store, typed, self.reading.document.province),
            lambda: names.known_places(self.store, typed, self.reading.document.province),
            unknown="Không có địa bàn nào tên “{}” trong kho hoặc danh mục. Hãy kiểm tra chính tả.",
        )

    def criterion(self, typed: str) -> CriterionName:
        marked = _MARKED.fullmatch(typed.strip())
        said = marked["id"] if marked else typed.strip()
        province, day = self.reading.document.province, self.reading.document.date
        found = names.resolve_criteria(self.store, said, set_=None, province=province, day=day)
        whole = [each for each in found if str(each.number) == said or each.id == said] or found
        sets = {each.set for each in self.reading.criteria if each.set}
        best = [each for each in whole if each.set in sets] or whole
        if len(best) != 1:
            raise _wrong(typed, [criterion_label(each.id) for each in best], "Không có tiêu chí nào như “{}”.")
        return best[0]

    def _chosen(
        self, typed: str, by_id: Callable[[str], Iterable[Named]], *ways: Callable[[], Iterable[Named]], unknown: str
    ) -> Named:
        """Return the one thing that was meant, by the first way that finds any."""
        if marked := _MARKED.fullmatch(typed.strip()):
            known = (each for each in by_id(marked["id"]) if each.id == marked["id"])
            return next(known, Named(marked["id"], marked["name"] or marked["id"]))
        for way in ways:
            found = list(dict.fromkeys(way()))
            exact = [each for each in found if spoken(each.name) == spoken(typed)] or found
            if len(exact) == 1:
                return exact[0]
            if exact:
                raise _wrong(typed, labels(exact), unknown)
        raise _wrong(typed, (), unknown)

    def _due(self, typed: Sequence[str]) -> dict[str, str | None] | None:
        if not typed:
            return None
        said = _one(typed)
        if said.upper().startswith("FREQ="):
            return {"date": None, "recurrence": said.upper(), "text": None}
        return {"date": _day(said).isoformat(), "recurrence": None, "text": None}


def _place_json(place: Named) -> dict[str, str | None]:
    return {"id": place.id, "name": place.name}


def _one(typed: Sequence[str]) -> str:
    if not typed:
        raise WrongValueError("Ô này không được để trống.")
    if len(typed) > 1:
        raise WrongValueError(f"Chỉ được ghi một giá trị, đang có {len(typed)}: {'; '.join(typed)}.")
    return typed[0]


def _day(typed: str) -> date:
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(typed.strip(), pattern).date()
        except ValueError:
            continue
    raise WrongValueError(f"“{typed}” không phải là ngày. Hãy viết dạng dd/mm/yyyy, ví dụ 30/06/2020.")


def _wrong(typed: str, choices: Collection[str], unknown: str) -> WrongValueError:
    if not choices:
        return WrongValueError(unknown.format(typed))
    listed = "; ".join(list(choices)[:_SHOWN])
    more = f" và {len(choices) - _SHOWN} tên khác" if len(choices) > _SHOWN else ""
    return WrongValueError(
        f"“{typed}” có thể là: {listed}{more}. Hãy ghi đúng một tên trong đó, kể cả mã trong ngoặc vuông."
    )


def _no_field(name: str, known: Iterable[str]) -> WrongValueError:
    return WrongValueError(f"Không có ô “{name}” để sửa; có: {_listed(known, terms.FIELDS)}.")


def _listed(names: Iterable[str], words: Mapping[str, str]) -> str:
    """Return names that the command line takes, each with what people call it."""
    return "; ".join(f"{name} ({words[name]})" for name in names)


# The decision


def decision_of(store: GraphStore, view: FactView, act: Act, *, by: str) -> Decision:
    """Return what a person's act says. Raises WrongValueError."""
    if view.fact is None:
        raise WrongValueError(
            "Nội dung này không còn trong văn bản. Hãy xem lịch sử, hoàn tác quyết định trước nếu cần."
        )
    typed = _stripped(act.typed)
    if act.kind is DecisionKind.MERGED and typed.get("body"):
        return _merged_bodies(store, view, typed, by=by, why=act.why)
    if act.kind is DecisionKind.SPLIT and typed.get("body"):
        return _split_thing(store, view, typed, by=by, why=act.why)
    fields: tuple[str, ...] = ()
    after: dict[str, Any] | None = None
    if act.kind is DecisionKind.CHANGED:
        after = changed_fields(store, view.reading, view.fact, typed)
        fields = tuple(after)
        if not after:
            raise WrongValueError("Chưa có gì thay đổi. Hãy sửa ít nhất một ô, hoặc bấm “Đúng” nếu mọi ô đều đúng.")
    elif act.kind is DecisionKind.MERGED:
        into = _one(typed.get("into", ()))
        try:
            after = {"into": into, **seen(view.reading, into)}
        except KeyError:
            raise WrongValueError("Hãy chọn một nhiệm vụ của cùng văn bản để gộp vào.") from None
    elif act.kind is DecisionKind.SPLIT:
        after = {"parts": _parts(store, view.reading, view.fact, typed)}
        fields = ("what", "who")
    before = seen(view.reading, view.id, *fields)
    return decide(act.kind, view.id, by=by, document=view.document.id, before=before, after=after, why=act.why)


def decision_to_add(store: GraphStore, reading: Reading, missed: Missed, *, by: str) -> Decision:
    """Return what a person says of a sentence in which no task was read. Raises WrongValueError."""
    typed = {name: values for name, values in _stripped(missed.typed).items() if values}
    if unknown := set(typed) - set(FIELDS[Task]):
        raise _no_field(min(unknown), FIELDS[Task])
    said = reading.document.text[missed.start : missed.end]
    quote, start = said.strip(), missed.start + len(said) - len(said.lstrip())
    if not quote:
        raise WrongValueError("Hãy chọn câu giao việc trong văn bản trước.")
    if "what" not in typed:
        raise WrongValueError("Hãy ghi nội dung nhiệm vụ.")
    if len(_one(typed["what"]).split()) > _WORDS_OF_TASK:
        raise WrongValueError(f"Nội dung nhiệm vụ dài quá {_WORDS_OF_TASK} từ. Hãy ghi gọn lại.")
    reader = _Reader(store, reading)
    after = {name: reader.value(name, values) for name, values in typed.items()}
    id = added_id(missed.document, start, json.dumps(after, ensure_ascii=False, sort_keys=True))
    before = {"quote": quote, "start": start}
    return decide(DecisionKind.ADDED, id, by=by, document=missed.document, before=before, after=after, why=missed.why)


def _stripped(typed: Typed) -> dict[str, list[str]]:
    return {name: [each.strip() for each in values if each.strip()] for name, values in typed.items()}


def changed_fields(store: GraphStore, reading: Reading, fact: Fact, typed: Typed) -> dict[str, Any]:
    """Return the fields of which something else was typed than they say, as JSON values."""
    now = words_of(reading, fact)
    after: dict[str, Any] = {}
    for name, values in typed.items():
        if name not in now:
            raise _no_field(name, now)
        if tuple(values) != now[name]:
            kept = getattr(fact, FIELDS[type(fact)][name][0])
            bodies = kept if isinstance(kept, tuple) else (kept,)
            reader = _Reader(store, reading, tuple(each for each in bodies if isinstance(each, Actor)))
            after[name] = reader.value(name, values)
    return after


def _parts(store: GraphStore, reading: Reading, fact: Fact, typed: Typed) -> list[dict[str, Any]]:
    if not isinstance(fact, Task):
        raise WrongValueError("Chỉ tách được nhiệm vụ.")
    parts = []
    for number in _PARTS:
        of_part = {name.partition(".")[2]: values for name, values in typed.items() if name.startswith(f"{number}.")}
        if not of_part.get("what"):
            raise WrongValueError(f"Phần {number} chưa có nội dung việc. Hãy ghi việc của từng phần.")
        parts.append({"what": _one(of_part["what"]), **changed_fields(store, reading, fact, of_part)})
    return parts


def _merged_bodies(store: GraphStore, view: FactView, typed: Typed, *, by: str, why: str | None) -> Decision:
    body = _one(typed["body"])
    into = _Reader(store, view.reading).body(_one(typed.get("into", ())))
    if into["id"] is None or into["id"] == body:
        raise WrongValueError("Hãy ghi tên một cơ quan khác đã có trong kho hoặc danh mục.")
    name = next((actor.name for actor in actors_of(view.fact) if actor.id == body), body) if view.fact else body
    document = None if typed.get("everywhere") else view.document.id
    after = {"into": into["id"], "name": into["name"]}
    return decide(DecisionKind.MERGED, body, by=by, document=document, before={"name": name}, after=after, why=why)


def _split_thing(store: GraphStore, view: FactView, typed: Typed, *, by: str, why: str | None) -> Decision:
    """A body or place was taken for another one in some facts of the document."""
    one, reader = _one(typed["body"]), _Reader(store, view.reading)
    into = _one(typed.get("into", ()))
    found = _place_json(reader.place(into)) if is_place(one) else reader.body(into)
    if found["id"] == one:
        raise WrongValueError("Hãy ghi tên một cơ quan hoặc địa bàn khác với tên đang có.")
    naming = facts_naming(view.reading, one)
    facts = [fact.id for fact in naming if fact.id in typed.get("facts", ())]
    if not facts:
        raise WrongValueError("Hãy chọn ít nhất một nội dung mà tên đó bị hiểu nhầm.")
    name = next((each.name for fact in naming for each in things_of(view.reading, fact) if each.id == one), one)
    after = {"parts": [{**found, "facts": facts}]}
    return decide(
        DecisionKind.SPLIT, one, by=by, document=view.document.id, before={"name": name}, after=after, why=why
    )


def fits(original: Reading, decisions: Sequence[Decision], new: Decision) -> bool:
    """Tell whether a decision finds what it is on in what a document says by those before it."""
    return new.id not in {each.id for each in apply(original, [*decisions, *settled(decisions, [new])]).unfitting}


def document_named(reading: Reading) -> DocumentName:
    document = reading.document
    return DocumentName(
        document.id, document.number, document.date, document.issuer, document.type, document.subject, document.state
    )
