"""How far communes are as of a day: what is told of each, and what those told of before the mergers bring along.

What documents tell of the units of one province is read in two questions, without its sentences; the last told by the
day counts for each place and criterion. A merger makes no commune meet a criterion: what each of the communes before it
had reached stands beside the new one (`Standing.parts`); only one that went on unchanged takes its results
with it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from ntmgraph.authority import MERGER, CriteriaSet, Merger, Unit, catalogue
from ntmgraph.ids import criterion_id
from ntmgraph.queries import (
    ClassProgress,
    CriterionName,
    GroupProgress,
    Inference,
    Named,
    ProgressQuestion,
    ProgressView,
    Standing,
    Told,
    TrendPoint,
    UnitProgress,
)
from ntmgraph.store import GraphStore
from ntmgraph.text import key, order

REST = "result.rest"  # the count of criteria met and the list of those not met together are the whole set
COUNTED = "result.counted"  # a count of the criteria told of one by one
RURAL = "xã"  # the kind of unit that the criteria are for; others only where something is told of them
SAME = frozenset({"unchanged", "renamed"})  # extents of a merger after which the commune is the same one

EVERY = ("số xã đạt chuẩn", "số xã đạt chuẩn nông thôn mới", "số xã đạt chuẩn tiêu chí")  # measures of a province


_EVERY_ONE = re.compile(r"số xã đạt (\d+) tiêu chí")


def view(store: GraphStore, question: ProgressQuestion) -> ProgressView:
    """Return how the communes of a province stand by the criteria of one set; `question.province` is set."""
    province = question.province or ""
    units = of_province(province)
    communes = _communes(province, question.on)
    parts = {unit.id: _parts(unit.id, question) for unit in communes}
    places = {unit.id for unit in communes} | {part.old for each in parts.values() for part in each}
    above = {unit.id for unit in (*units.provinces, *units.districts)}
    marks = _marks(store, places, question.on)
    figures = _figures(store, places | above, question.on)
    counts = [each for each in figures if each.place in places and each.is_count]
    sets = _sets(marks.values())
    set_ = question.set or (sets[0] if sets else _set_in_force(counts))
    known = _Known(marks, counts, set_, inferring=not question.stated_only)
    classes = tuple(_classes(store, units, question))
    if classes and (of_classes := classes[0].told[0][0].set) and of_classes not in sets:
        sets.append(of_classes)
    every = {unit: _unit_progress(unit, parts[unit.id], known) for unit in communes}
    rows = {unit: row for unit, row in every.items() if unit.kind == RURAL or row.told}
    within = {unit: row for unit, row in rows.items() if question.within in (None, *_districts(unit))}
    stated = [each for each in figures if each.place in above and each.is_whole]
    of_whole = [each for each in stated if each.place in {unit.id for unit in units.provinces}]
    return ProgressView(
        province=province,
        set=set_,
        sets=tuple(sets),
        criteria=known.criteria,
        units=tuple(within.values()),
        groups=tuple(_groups(rows, stated, question)),
        stated=_best_told(of_whole),
        trend=tuple(_trend(known, within, parts)),
        stated_trend=tuple(_told_by_day(of_whole)),
        classes=classes,
    )


def stated_of_provinces(store: GraphStore, names: Sequence[str], on: date) -> dict[str, Told]:
    """Return by province how many communes meet every criterion, as last told of the whole by a day, in the order of
    the names."""
    province_of = {unit.id: name for name in names for unit in of_province(name).provinces}
    told: defaultdict[str, list[_Figure]] = defaultdict(list)
    for each in _figures(store, province_of.keys(), on):
        if each.is_whole:
            told[province_of[each.place]].append(each)
    best = {name: _best_told(all_) for name, all_ in told.items()}
    return {name: figure for name in names if (figure := best.get(name)) is not None}


# What is told, without sentences


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure told of a place as a whole."""

    id: str
    place: str
    measure: str
    value: float | int
    of: float | int | None
    unit: str | None
    as_of: date  # the first day there is, where none is told

    @property
    def is_count(self) -> bool:
        """Whether it counts the criteria that a commune meets."""
        return self.unit == "tiêu chí"

    @property
    def is_whole(self) -> bool:
        """Whether it counts the communes that meet every criterion: "số xã đạt 19 tiêu chí" too, where there are 19."""
        if self.unit not in (None, "xã"):
            return False
        every = _EVERY_ONE.fullmatch(key(self.measure))
        return self.measure in EVERY or (every is not None and _criteria_on(self.as_of) == int(every[1]))

    def told(self) -> Told:
        return Told(self.value, self.of, self.as_of, self.id, self.place)


def _figures(store: GraphStore, places: Collection[str], on: date) -> list[_Figure]:
    """Return the figures told of places by a day, the newest last."""
    found = [
        _Figure(
            row["result"],
            row["place"],
            row["measure"],
            plain(row["value"]) or 0,
            plain(row["of"]),
            row["unit"],
            row["as_of"] or date.min,
        )
        for row in (store.ask("figures_until", ids=sorted(places), day=on) if places else [])
    ]
    return sorted(found, key=lambda each: (each.as_of, each.id))


@dataclass(frozen=True, slots=True)
class _Mark:
    """The last that is told of one criterion in one place; met: None where one day is told both ways."""

    set: str | None
    number: str | None
    name: str | None
    day: date
    met: bool | None


def _marks(store: GraphStore, places: Collection[str], on: date) -> defaultdict[str, list[_Mark]]:
    """Return by place the last told of each criterion by a day."""
    rows = store.ask("marks_until", ids=sorted(places), day=on, first=date.min) if places else []
    found: defaultdict[str, list[_Mark]] = defaultdict(list)
    for row in rows:
        met, unmet = row["met_on"], row["unmet_on"]
        day = max(each for each in (met, unmet) if each is not None)
        both = met is not None and met == unmet
        mark = _Mark(row["set"], row["number"], row["name"], day, None if both else met == day)
        found[row["place"]].append(mark)
    return found


# The communes of a province


@dataclass(frozen=True, slots=True)
class _Units:
    """The units that have had the name of a province, and all in them, before and after the mergers."""

    ids: tuple[str, ...]
    provinces: tuple[Unit, ...]
    districts: tuple[Unit, ...]
    communes: tuple[Unit, ...]


@cache
def of_province(name: str) -> _Units:
    authority = catalogue()
    named = {unit.id for unit in authority.units_by_name.get(key(name), ()) if unit.level == "province"}
    of_name = [unit for unit in authority.units.values() if authority.province_of(unit).id in named]
    by_level = (tuple(unit for unit in of_name if unit.level == level) for level in ("province", "district", "commune"))
    return _Units(tuple(unit.id for unit in of_name), *by_level)


def _communes(name: str, on: date) -> tuple[Unit, ...]:
    """Return the communes of a province on a day; of one that is no more then, those that its own went into."""
    units = of_province(name)
    there = [unit for unit in units.communes if _stands(unit, on)]
    if not there:
        went = catalogue().went_into
        heirs = dict.fromkeys(each.new for unit in units.communes for each in went.get(unit.id, ()))
        there = [catalogue().units[id] for id in heirs]
    return tuple(sorted(there, key=lambda unit: (order(unit.name), unit.id)))


def _stands(unit: Unit, on: date) -> bool:
    return (unit.valid_from or on) <= on <= (unit.valid_to or on)


def _districts(commune: Unit) -> tuple[str, ...]:
    """Return the district that a commune lies in, or those in which the communes lay that it was formed of."""
    units = catalogue().units
    parts = [units[each.old] for each in catalogue().formed_of.get(commune.id, ())] or [commune]
    parents = (units[part.parent] for part in parts if part.parent)
    return tuple(dict.fromkeys(parent.id for parent in parents if parent.level == "district"))


def named(unit: Unit) -> Named:
    return Named(unit.id, unit.full_name, unit.level, catalogue().province_of(unit).name)


def _parts(commune: str, question: ProgressQuestion) -> list[Merger]:
    if question.stated_only or question.on < MERGER:
        return []
    return catalogue().formed_of.get(commune, [])


# The set and its criteria


def _sets(told: Iterable[Sequence[_Mark]]) -> list[str]:
    """Return the sets of communes that marks are told of, the one told of last first."""
    last: dict[str, tuple[date, int]] = {}
    for marks in told:
        for each in marks:
            if each.set is not None and _is_of_communes(each.set):
                day, times = last.get(each.set, (date.min, 0))
                last[each.set] = max(day, each.day), times + 1
    return sorted(last, key=lambda id: last[id], reverse=True)


def _is_of_communes(id: str) -> bool:
    known = catalogue().criteria_sets.get(id)
    return known is None or known.level == "commune"


def _set_in_force(counts: Sequence[_Figure]) -> str | None:
    """Return the basic set of the newest count, where no criterion is told of."""
    fitting = [each.id for each in catalogue().criteria_sets.values() if counts and _counts_for(each, counts[-1])]
    return fitting[-1] if fitting else None


def _counts_for(set_: CriteriaSet, count: _Figure) -> bool:
    """Tell whether a count, which names no set, counts the criteria of this one: the basic one of its year."""
    return is_basic(set_, count.as_of) and count.of in (None, set_.criteria)


def is_basic(set_: CriteriaSet, day: date) -> bool:
    """Tell whether a set is the basic one of communes on a day."""
    basic = set_.level == "commune" and set_.grade is None and set_.province is None
    return basic and set_.from_year <= day.year <= set_.to_year


@cache
def _criteria_on(day: date) -> int | None:
    """Return how many criteria the basic set of communes has on a day."""
    return next((each.criteria for each in catalogue().criteria_sets.values() if is_basic(each, day)), None)


class _Known:
    """What is told of communes by one set: the last of each criterion, and the counts of all, the newest last."""

    def __init__(
        self, marks: Mapping[str, Sequence[_Mark]], counts: Iterable[_Figure], set_: str | None, *, inferring: bool
    ) -> None:
        self._inferring = inferring
        of_set = {place: [each for each in all_ if set_ and each.set == set_] for place, all_ in marks.items()}
        self.criteria = criteria_of_set(set_, (each for all_ in of_set.values() for each in all_))
        numbers = {str(each.number) for each in self.criteria}
        self._marks = {
            place: {each.number: each for each in all_ if each.number in numbers}
            for place, all_ in of_set.items()
            if all_
        }
        known = catalogue().criteria_sets.get(set_ or "")
        self.counts: defaultdict[str, list[_Figure]] = defaultdict(list)
        for each in counts:
            if known is not None and _counts_for(known, each):
                self.counts[each.place].append(each)

    def tells_of(self, place: str) -> bool:
        return place in self._marks or place in self.counts

    def _rest(self, place: str) -> _Figure | None:
        """Return the newest count of a place where it and the criteria told as not met that day are the whole set, so
        that the others are met."""
        count = self.counts[place][-1] if self._inferring and place in self.counts else None
        if count is None:
            return None
        unmet = sum(each.met is False and each.day == count.as_of for each in self._marks.get(place, {}).values())
        return count if count.value + unmet == len(self.criteria) else None

    def criteria_of(self, place: str) -> list[Standing | None]:
        """Return how each criterion stands in a place by what is told of it."""
        marks, rest = self._marks.get(place, {}), self._rest(place)
        found: list[Standing | None] = []
        for criterion in self.criteria:
            mark = marks.get(str(criterion.number))
            if rest is not None and (mark is None or mark.day < rest.as_of):
                found.append(Standing(rest.as_of, met=True, rule=REST))
            else:
                found.append(Standing(mark.day, met=mark.met) if mark is not None else None)
        return found

    def count(self, place: str, standing: Sequence[Standing | None]) -> Standing | None:
        """Return how many criteria a place meets: as told, else counted where each of them is told of."""
        newest = max((each.as_of for each in standing if each is not None), default=date.min)
        if place in self.counts and (last := self.counts[place][-1]).as_of >= newest:
            of = last.of if last.of is not None else len(self.criteria)
            return Standing(last.as_of, met=last.value == of, value=last.value, of=of, result=last.id)
        if not self._inferring or not standing or any(each is None or each.met is None for each in standing):
            return None
        met = sum(each is not None and each.met is True for each in standing)
        return Standing(newest, met=met == len(standing), value=met, of=len(standing), rule=COUNTED)


def criteria_of_set(set_: str | None, marks: Iterable[_Mark] = ()) -> tuple[CriterionName, ...]:
    """Return the criteria of a set, in the order of their numbers: of the catalogue, else those told of."""
    known = {each.number: each.name for each in catalogue().criteria if each.set == set_}
    if not known:
        known = {int(each.number): each.name or "" for each in marks if each.number and each.number.isdigit()}
    return tuple(CriterionName(criterion_id(set_, number), set_, number, known[number]) for number in sorted(known))


# One unit


def _unit_progress(unit: Unit, parts: Sequence[Merger], known: _Known) -> UnitProgress:
    parts = [each for each in parts if catalogue().units[each.old].kind == RURAL or known.tells_of(each.old)]
    own = known.criteria_of(unit.id)
    before = [known.criteria_of(part.old) for part in parts]
    standing = [each or _from_parts([criteria[at] for criteria in before], parts) for at, each in enumerate(own)]
    count = known.count(unit.id, standing)
    if count is None and not any(own):
        told = [known.count(part.old, criteria) for part, criteria in zip(parts, before, strict=True)]
        count = _from_parts(told, parts)
    return UnitProgress(
        named(unit), tuple(standing), count, tuple(named(catalogue().units[part.old]) for part in parts)
    )


def _from_parts(told: Sequence[Standing | None], parts: Sequence[Merger]) -> Standing | None:
    """Return what those before a merger bring along; whether it is met only where the commune is the same one."""
    known = [each for each in told if each is not None]
    if not known:
        return None
    same = known[0] if len(parts) == 1 and parts[0].extent in SAME else None
    return Standing(
        max(each.as_of for each in known),
        met=same.met if same else None,
        value=same.value if same else None,
        of=same.of if same else None,
        rule=Inference.PLACE_SUCCESSOR.value,
        result=same.result if same else None,
        parts=len(parts),
        told=len(known),
        reached=sum(each.met is True for each in known),
    )


# Groups, what is told of them, days


def _best_told(told: Sequence[_Figure]) -> Told | None:
    """Return the newest figure; of one day that of a whole ("29/138 xã") before a part ("thêm 7 xã")."""
    best = max(told, key=lambda each: (each.as_of, each.of is not None), default=None)
    return best.told() if best else None


def _told_by_day(told: Sequence[_Figure]) -> Iterable[Told]:
    by_day: defaultdict[date, list[_Figure]] = defaultdict(list)
    for each in told:
        by_day[each.as_of].append(each)
    for day in sorted(by_day):
        best = _best_told(by_day[day])
        if best is not None and day > date.min:
            yield best


def _groups(
    rows: Mapping[Unit, UnitProgress], stated: Sequence[_Figure], question: ProgressQuestion
) -> Iterable[GroupProgress]:
    of_group: defaultdict[str, list[UnitProgress]] = defaultdict(list)
    for unit, row in rows.items():
        for id in _districts(unit):
            of_group[id].append(row)
    for district in sorted((catalogue().units[id] for id in of_group), key=lambda district: order(district.name)):
        own = of_group[district.id]
        counts = [row.count for row in own if row.count is not None and row.count.value is not None]
        # A district that is no more: what was told of it does not count the communes of today.
        told = [each for each in stated if each.place == district.id] if question.on < MERGER else []
        yield GroupProgress(
            named(district),
            len(own),
            len(counts),
            sum(row.whole for row in own),
            sum(each.value or 0 for each in counts) / len(counts) if counts else None,
            _best_told(told),
            sum(row.carried for row in own),
        )


def _classes(store: GraphStore, units: _Units, question: ProgressQuestion) -> Iterable[ClassProgress]:
    """Yield the groups of communes of the set asked about, else of the one in force on the day, where documents tell of
    any of them in the province."""
    in_force = (each.id for each in catalogue().criteria_sets.values() if is_basic(each, question.on))
    set_ = question.set or next(in_force, None)
    groups = [each for each in catalogue().commune_groups if each.set == set_]
    if not groups:
        return
    rows = store.ask("results_until", ids=sorted(unit.id for unit in units.provinces), day=question.on)
    told = {
        key(row["measure"]): Told(plain(row["value"]) or 0, plain(row["of"]), row["as_of"], row["result"], row["place"])
        for row in sorted(rows, key=lambda row: (row["as_of"] or date.min, row["result"]))
        # Only this set has groups, so that a form need not name it.
        if row["value"] is not None and row["unit"] == RURAL and row["set"] in (None, set_)
    }
    found = [
        ClassProgress(
            group.number,
            group.name,
            group.meaning,
            tuple(
                (each, told.get(key(f"số {group.name} đạt tiêu chí số {each.number}")))
                for each in criteria_of_set(set_)
            ),
        )
        for group in groups
    ]
    if any(figure for each in found for _, figure in each.told):
        yield from found


def _trend(known: _Known, communes: Iterable[Unit], parts: Mapping[str, Sequence[Merger]]) -> Iterable[TrendPoint]:
    """Yield what the counts told by each day come to; those of communes before a merger as what they were."""
    ids = [unit.id for unit in communes]
    places = dict.fromkeys((*ids, *(part.old for id in ids for part in parts[id])))
    by_day: defaultdict[date, list[_Figure]] = defaultdict(list)
    for each in (each for place in places for each in known.counts.get(place, ())):
        by_day[each.as_of].append(each)
    newest: dict[str, _Figure] = {}
    for day in sorted(by_day):
        newest |= {each.place: each for each in by_day[day]}
        values = [each.value for each in newest.values()]
        whole = sum(each.value == (each.of or len(known.criteria)) for each in newest.values())
        yield TrendPoint(day, len(values), whole, sum(values) / len(values))


# Numbers


def plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value
