"""What the words of a question stand for, and whose facts count for it by the rules of `inference`.

Nothing is known of a thing but its name and the catalogue where no document names it; it is asked about all the same
when a rule may say something of it ("UBND huyện Bảo Lạc" by "UBND các huyện").
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from ntmgraph.authority import Authority, catalogue
from ntmgraph.ids import agency_id, criterion_id
from ntmgraph.queries import Because, CriterionName, DeadlineQuestion, Inference, Named, TraceQuestion
from ntmgraph.reasons import set_label
from ntmgraph.store import GraphStore, Row
from ntmgraph.workspace.inference import (
    GROUP,
    LEADS_OF_CRITERIA,
    Assigned,
    Known,
    StandIn,
    agency_successor,
    stand_ins,
)
from ntmgraph.workspace.names import (
    criterion_name,
    known_agencies,
    known_places,
    resolve_agencies,
    resolve_criteria,
    resolve_places,
)
from ntmgraph.workspace.records import Asking, document_name, documents_by_id


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question stands for (None: not asked about), whose facts count for it, and of which documents it is asked.

    `lineage`: by the id of an earlier body or another unit, for whom its facts count. `groups`: groups that an agency
    asked about, or one before it, belongs to. `bodies`: by id, those of the places asked about.
    """

    criteria: Mapping[str, CriterionName] | None
    agencies: Mapping[str, Named] | None
    places: Mapping[str, Named] | None
    documents: tuple[str, ...] | None
    scope: Asking
    rules: frozenset[Inference]
    known: Known
    lineage: Mapping[str, StandIn]
    groups: tuple[StandIn, ...]
    bodies: Mapping[str, StandIn]

    @property
    def headings(self) -> bool:
        """Whether a heading above may name the doer."""
        return Inference.HEADING_ACTOR in self.rules

    @property
    def agency_ids(self) -> list[str]:
        """The agencies asked about, and those before them."""
        return self._with_lineage(self.agencies)

    @property
    def place_ids(self) -> list[str]:
        """The places asked about, and those that they went into or came from."""
        return self._with_lineage(self.places)

    def place_steps(self, places: Collection[str], body: str | None = None) -> tuple[Because, ...]:
        """Return why a task on these places, or of a body of one, counts for those asked about; nothing where it names
        one of them."""
        if self.places is None or any(id in self.places for id in places):
            return ()
        before = next((self.lineage[id].because for id in places if id in self.lineage), ())
        of_body = self.bodies.get(body) if body else None
        return before or (of_body.because if of_body else ())

    def _with_lineage(self, things: Mapping[str, Named] | None) -> list[str]:
        asked = things or {}
        return [*asked, *(id for id, each in self.lineage.items() if each.asked.id in asked)]


@dataclass(frozen=True, slots=True)
class Resolved:
    asked: Asked
    unknown: str | None  # why a word of the question stands for nothing
    unnamed: str | None  # no document names it, yet a rule may say something of it


def resolve(
    store: GraphStore, question: TraceQuestion | DeadlineQuestion, *, today: date, authority: Authority | None = None
) -> Resolved:
    """Return what a question is about, or in words what stands in the way. authority: the office's own catalogue."""
    trace = question if isinstance(question, TraceQuestion) else None
    criteria = agencies = places = None
    unknown: list[str] = []
    unnamed: list[str] = []
    where = f" của {question.province}" if question.province else ""
    if question.criterion:
        day = trace.on if trace else None
        set_ = trace.set if trace else None
        criteria = resolve_criteria(store, question.criterion, set_=set_, province=question.province, day=day)
        if not criteria:
            every = resolve_criteria(store, question.criterion, set_=None, province=question.province, day=None)
            unknown.append(_no_criterion(question.criterion, set_, day, every))
    for kind, name, find, look_up in (
        ("cơ quan", question.agency, resolve_agencies, partial(known_agencies, day=question.on or today)),
        ("địa bàn", question.place, resolve_places, known_places),
    ):
        if not name:
            continue
        found = find(store, name, question.province)
        if not found:
            elsewhere = find(store, name, None) if question.province else ()
            known = look_up(store, name, question.province)
            called = known[0].name if len(known) == 1 else name
            said = f"Chưa có văn bản nào nêu {kind} “{called}”{where}.{_only_at(elsewhere)}"
            found = known if question.rules else ()
            # A name that the catalogue knows is right; one that nobody knows may be mistyped.
            right = bool(known or elsewhere)
            (unnamed if found else unknown).append(said if right else f"{said} Hãy kiểm tra lại tên gọi.")
        if find is resolve_agencies:
            agencies = found
        else:
            places = found
    scope = Asking(question.on, question.province)
    asked = _with_stand_ins(
        store,
        Asked(
            criteria=None if criteria is None else {each.id: each for each in criteria},
            agencies=None if agencies is None else {each.id: each for each in agencies},
            places=None if places is None else {each.id: each for each in places},
            documents=(question.document,) if question.document else None,
            scope=scope,
            rules=question.rules,
            known=Known(authority or catalogue(), question.on or today),
            lineage={},
            groups=(),
            bodies={},
        ),
    )
    return Resolved(asked, " ".join(unknown) or None, " ".join(unnamed) or None)


def _no_criterion(criterion: str, set_: str | None, day: date | None, every: Iterable[CriterionName]) -> str:
    scope = f" trong {set_label(set_)}" if set_ else ""
    if day and not set_:
        scope = f" trong các bộ tiêu chí có hiệu lực ngày {day:%d/%m/%Y}"
    said = f"Không có tiêu chí nào có số hoặc tên “{criterion}”{scope}."
    sets = sorted({each.set for each in every if each.set})
    if sets:
        known = "; ".join(map(set_label, sets[:5]))
        return f"{said} Tiêu chí này thuộc {known}: hãy nêu bộ tiêu chí hoặc chọn ngày khác."
    return f"{said} Hãy kiểm tra lại số hoặc tên."


def _only_at(elsewhere: Iterable[Named]) -> str:
    places = list(dict.fromkeys(named.place for named in elsewhere if named.place))
    return f" Chỉ có ở: {'; '.join(places[:5])}." if places else ""


def _with_stand_ins(store: GraphStore, asked: Asked) -> Asked:
    agencies, places = tuple((asked.agencies or {}).values()), tuple((asked.places or {}).values())
    known = replace(asked.known, assigned=_assigned(store, agencies, asked))
    about_places = frozenset({Inference.PLACE_SUCCESSOR, Inference.BODY_OF_PLACE})
    found = [
        *stand_ins(agencies, known, asked.rules - about_places),
        *stand_ins(places, known, asked.rules & about_places),
    ]
    own = {thing.id for thing in (*agencies, *places)}
    # What a group had to do is told once: of the body asked about that took over from another one asked about.
    earlier = {each.of.id for each in found} & own
    found = _in_graph(store, [each for each in found if each.of.id not in own])
    lineage: dict[str, StandIn] = {}
    bodies: dict[str, StandIn] = {}
    for each in found:
        if each.because[0].rule is Inference.BODY_OF_PLACE:
            bodies.setdefault(each.of.id, each)
        elif each.of.kind != GROUP:
            lineage.setdefault(each.of.id, each)
    groups = tuple(each for each in found if each.of.kind == GROUP and each.asked.id not in earlier)
    scope = asked.scope
    if any(each.of.place not in (None, scope.province) for each in found):
        # Before two provinces joined, the documents on what was asked about were those of the other one.
        scope = replace(scope, province=None)
    return replace(asked, scope=scope, known=known, lineage=lineage, groups=groups, bodies=bodies)


def _in_graph(store: GraphStore, found: list[StandIn]) -> list[StandIn]:
    """Return those that the graph holds: bodies that documents name, and all units of the catalogue."""
    ids = sorted({each.of.id for each in found})
    named = {row["id"]: row for text in ("agencies", "places") for row in (store.ask(text, ids=ids) if ids else [])}
    return [each for each in found if each.of.id in named]


# What the rules must know


def _assigned(store: GraphStore, agencies: Collection[Named], asked: Asked) -> tuple[Assigned, ...]:
    """Return the assignments in force that bear on "các sở, ngành phụ trách tiêu chí", where a document says that."""
    if not asked.rules & {Inference.CRITERION_LEADS, Inference.USUAL_LEAD}:
        return ()
    bodies = [each for agency in agencies for each in (agency, *_before(agency, asked))]
    groups = {agency_id(LEADS_OF_CRITERIA, *each.id.partition("@")[2].split(".")[:1]) for each in bodies}
    if not groups or not store.ask("agencies", ids=sorted(groups)):
        return ()
    bases = {each.id.partition("@")[0] for each in bodies}
    usual = {
        criterion_id(each.set, each.number)
        for base in bases
        for each in asked.known.authority.usually_led(base, asked.known.day)
    }
    rows = store.ask("leads_of_agencies", ids=sorted({each.id for each in bodies}))
    rows += store.ask("leads_of_criteria", ids=sorted(usual)) if usual else []
    places = {each.place for each in bodies}
    return in_force(store, [row for row in rows if row["province"] in places], asked)


def _before(agency: Named, asked: Asked) -> list[Named]:
    if Inference.AGENCY_SUCCESSOR not in asked.rules:
        return []
    return [step.of for step in agency_successor(agency, asked.known) if step.to.id == agency.id]


def in_force(store: GraphStore, rows: Iterable[Row], asked: Asked) -> tuple[Assigned, ...]:
    """Return the assignments of rows of `leads_of_…` that answer for "các sở, ngành phụ trách tiêu chí".

    On the day of the question, those in force on it; they speak for what was issued while their set of criteria was.
    Without a day, all of them, each for what was issued while it was in force.
    """
    day = asked.scope.day
    rows = [row for row in rows if row["fact"] is not None]
    documents = documents_by_id(store, {row["document"] for row in rows})
    named = {row["id"]: row for row in store.ask("criteria")} if rows else {}
    found: dict[Assigned, None] = {}
    for row in rows:
        document, criterion = documents.get(row["document"]), named.get(row["criterion"])
        if document is None or criterion is None or not asked.scope.holds(document):
            continue
        if day is None:
            ends = [end for end in (row["to"] and row["to"] + timedelta(days=1), document["ended"]) if end]
            since, until = row["from"] or document["date"], min(ends, default=None)
        elif (row["from"] or day) <= day <= (row["to"] or day):
            since = date(criterion["from_year"], 1, 1) if criterion["from_year"] else None
            until = date(criterion["to_year"] + 1, 1, 1) if criterion["to_year"] else None
        else:
            continue
        found[Assigned(row["agency"], criterion_name(criterion), document_name(document), since, until)] = None
    return tuple(found)
