"""What became of bodies and units, what those before them reached, and since when a body is no more.

The graph holds who took over from whom in the catalogue (SUCCEEDED_BY) and which commune went into which (MERGED_INTO).
Where a body is, its id tells: the body of a province follows its kind, that of a commune its commune.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from ntmgraph.authority import KEPT, Merger, Succession, catalogue
from ntmgraph.queries import Because, Lineage, LineageResult, Named
from ntmgraph.store import GraphStore, Row
from ntmgraph.text import slug
from ntmgraph.workspace.inference import (
    GROUP,
    Known,
    body_of_catalogue,
    commune_heir,
    heir,
    merged_commune,
    place_heir,
    succession,
    took_over,
)
from ntmgraph.workspace.names import criterion_name, place_name
from ntmgraph.workspace.records import agency_name, document_name, documents_by_id, evidence_of

PROVINCES_JOINED = "Nghị quyết số 202/2025/QH15"


def places_now(store: GraphStore, ids: Collection[str], *, day: date | None = None) -> tuple[Lineage, ...]:
    """Return what became of places by a day (None: today), in the order of their ids; unknown ids are left out."""
    known = Known(catalogue(), day or date.today())
    places = {row["id"]: place_name(row) for row in store.ask("places", ids=sorted(ids))} if ids else {}
    steps: defaultdict[str, list[Because]] = defaultdict(list)
    for row in _steps(store, "successors_of_places", places):
        if row["since"] <= known.day:
            steps[row["place"]].append(place_heir(_merger(row), known))
    return tuple(_lineage(place, steps[id]) for id, place in places.items())


def agencies_now(store: GraphStore, ids: Collection[str], *, day: date | None = None) -> tuple[Lineage, ...]:
    """Return who took over from bodies by a day (None: today), in the order of their ids.

    Bodies that neither a document nor the catalogue knows are left out.
    """
    rows = store.ask("agencies", ids=sorted(ids)) if ids else []
    named = {row["id"]: agency_name(row | {"agency": row["id"]}) for row in rows}
    unnamed = ((id, body_of_catalogue(id, catalogue())) for id in ids if id not in named)
    named |= {id: body for id, body in unnamed if body is not None}
    agencies = [named[id] for id in sorted(named)]
    return Successions(store, {_base(each) for each in agencies}).lineages(agencies, day or date.today())


def results_of_lineage(store: GraphStore, ids: Collection[str]) -> tuple[LineageResult, ...]:
    """Return what documents say that these places reached, and those that went into them, the newest results first."""
    rows = store.ask("results_of_lineage", ids=sorted(ids)) if ids else []
    documents = documents_by_id(store, {row["document"] for row in rows})
    ways = {(row["place"], row["into"]): _way(row) for row in rows}
    return tuple(
        LineageResult(
            id=row["result"],
            place=Named(row["place"], row["name"], row["level"], row["province"]),
            criterion=criterion_name(row | {"id": row["criterion"], "name": row["criterion_name"]})
            if row["criterion"]
            else None,
            **{name: row[name] for name in ("measure", "value", "of", "unit", "met", "as_of")},
            document=document_name(documents[row["document"]]),
            evidence=evidence_of(row),
            because=ways[row["place"], row["into"]],
        )
        for row in sorted(rows, key=_newest_first)
        if row["document"] in documents
    )


def _newest_first(row: Row) -> tuple[int, str, int, str]:
    return -(row["as_of"] or date.min).toordinal(), row["document"], row["start"], row["result"]


def _way(row: Row) -> tuple[Because, ...]:
    """Return the step by which the place of a result went into the next one; none of the place asked about itself."""
    if row["into"] is None:
        return ()
    merger = Merger(row["place"], row["into"], row["extent"], row["resolution"], row["clause"])
    return (place_heir(merger, Known(catalogue(), date.today())),)


# Bodies that are no more


@dataclass(frozen=True, slots=True)
class Ending:
    """Since when a body is no more, and who took over."""

    day: date
    source: str | None
    heirs: tuple[Because, ...] = ()
    believed: bool = False  # by the catalogue alone, to be checked
    of: str | None = None  # what ended, where it is not the body itself: its province


class Successions:
    """Who took over from which kinds of bodies (None: all), asked for once; then about any bodies of these kinds."""

    def __init__(self, store: GraphStore, kinds: Collection[str] | None = None) -> None:
        self._store = store
        ids = catalogue().successors.keys() if kinds is None else kinds
        self._by_kind = _grouped(_steps(store, "successors_of_agencies", ids), "agency")
        self._heirs = {
            kind: {row["new"] for row in rows if row["extent"] != KEPT} for kind, rows in self._by_kind.items()
        }

    def lineages(self, agencies: Iterable[Named], day: date) -> tuple[Lineage, ...]:
        """Return who took over from each of these bodies by a day."""
        known = Known(catalogue(), day)
        agencies = list(agencies)
        communes = {each.id: commune.id for each in agencies if (commune := merged_commune(each, known.authority))}
        mergers = _steps(self._store, "successors_of_places", set(communes.values()))
        by_commune = _grouped((row for row in mergers if row["depth"] == 1 and row["since"] <= day), "place")
        return tuple(
            _lineage(
                each,
                [
                    *_of_kind(each, self._by_kind.get(_base(each), ()), known),
                    *(commune_heir(_merger(row), each, known) for row in by_commune.get(communes.get(each.id, ""), ())),
                ],
            )
            for each in agencies
        )

    def same(self, body: Named, other: Named) -> bool:
        """Tell whether two bodies are one, as one of them took over from the other."""
        (base, _, where), (other_base, _, elsewhere) = body.id.partition("@"), other.id.partition("@")
        heirs, others = self._heirs.get(base, ()), self._heirs.get(other_base, ())
        return where == elsewhere and (base == other_base or other_base in heirs or base in others)

    def endings(self, agencies: Iterable[Named]) -> dict[str, Ending]:
        """Return, by id, which of these bodies are no more, or are groups of such bodies."""
        # "UBND các huyện" are no more since no "UBND huyện" is.
        found = {each.id: _member_of(each) if each.kind == GROUP else each for each in agencies}
        steps = {each.of: each.steps for each in self.lineages(dict.fromkeys(found.values()), date.max)}
        ended: dict[str, Ending] = {}
        for id, body in found.items():
            own = [(step.since, step) for step in steps[body] if step.of == body and step.since]
            if own and not any(_same_name(body, step.to) for _, step in own):
                day, first = min(own, key=lambda each: each[0])
                heirs = tuple(step for since, step in own if since == day) if body.id == id else ()
                believed = all(step.status == "believed" for since, step in own if since == day)
                ended[id] = Ending(day, first.source, heirs, believed)
            province = _provinces_gone().get(body.id.partition("@")[2].partition(".")[0])
            if province is not None and (id not in ended or province.day < ended[id].day):
                ended[id] = province
        return ended


@cache
def first_ending() -> date:
    """Return the first day on which a body that the catalogue knows was no more."""
    return min(each.date for each in catalogue().successions if each.date and took_over(each, date.max))


def _member_of(group: Named) -> Named:
    base, at, where = group.id.partition("@")
    member = {"g.huyen": "h.ubnd", "g.xa": "x.ubnd"}.get(base, base.removeprefix("g."))
    return Named(f"{member}{at}{where}", group.name, group.kind, group.place)


def _same_name(body: Named, later: Named) -> bool:
    """Tell whether a commune kept its name when others joined it: a text does not tell its bodies from those before."""
    return _base(body) == _base(later) and body.id.rpartition(".")[2] == later.id.rpartition(".")[2]


@cache
def _provinces_gone() -> dict[str, Ending]:
    """Return the provinces whose name no province has any more, under what the ids of their bodies hold."""
    provinces = [unit for unit in catalogue().units.values() if unit.level == "province"]
    today = {slug(unit.name) for unit in provinces if unit.valid_to is None}
    return {
        slug(unit.name): Ending(unit.valid_to + timedelta(days=1), PROVINCES_JOINED, of=unit.full_name)
        for unit in provinces
        if unit.valid_to and slug(unit.name) not in today
    }


# From rows to steps


def _steps(store: GraphStore, text: str, ids: Collection[str]) -> list[Row]:
    rows = store.ask(text, ids=sorted(ids)) if ids else []
    return [row for row in rows if row["depth"] is not None]


def _grouped(rows: Iterable[Row], column: str) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["depth"], row["old"], row["new"])):
        found[row[column]].append(row)
    return found


def _of_kind(agency: Named, rows: Iterable[Row], known: Known) -> Iterator[Because]:
    """Yield the steps of a kind of body as those of one body in its place."""
    there = {_base(agency): agency}
    for row in rows:
        each = Succession(row["old"], row["new"], row["date"], row["resolution"], row["extent"], row["status"])
        of = there.get(each.id)
        if of is not None and took_over(each, known.day):
            to = heir(each, of, known)
            if _base(to) == each.successor:  # not the many bodies that the work of a district's went to
                there.setdefault(each.successor, to)
            yield succession(each, of, to)


def _base(agency: Named) -> str:
    return agency.id.partition("@")[0]


def _merger(row: Row) -> Merger:
    return Merger(row["old"], row["new"], row["extent"], row["resolution"], row["clause"])


def _lineage(of: Named, steps: Collection[Because]) -> Lineage:
    went_on = {step.of.id for step in steps}
    now = dict.fromkeys(step.to for step in steps if step.to.id not in went_on)
    return Lineage(of, tuple(steps), tuple(now) or (of,))
