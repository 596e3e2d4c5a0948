"""What made-up directives speak of: the real provinces, bodies, communes, criteria and national documents, by the day."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from vocabulary import LAWS, NATIONAL, UNKNOWN_BODIES

from ntmgraph.authority import DEPARTMENTS, MERGER, Authority, CriteriaSet, KnownAgency, KnownCriterion, Unit, group_of
from ntmgraph.ids import agency_id, document_id, named_agency_id
from ntmgraph.text import slug

T = TypeVar("T")

# How much more often than others a criterion is spoken of, by its theme.
_SPOKEN_OF = {"giao_thong": 9, "moi_truong": 8, "thu_nhap": 6, "ho_ngheo": 4, "to_chuc_san_xuat": 4, "truong_hoc": 3}
# Kinds of provincial bodies that directives bind, the most often bound first.
_BOUND = ("coordination_office", "department", "front", "office", "force", "board")
_DIVISIONS = ("x.pkt", "x.pvhxh", "x.vp", "x.ttpvhcc")
_COMMITTEE = "Ủy ban nhân dân"
_NATIONAL_SEAT = "Hà Nội"


class Unequal(Generic[T]):
    """Things of which some are drawn more often than others."""

    def __init__(self, things: Sequence[T], weights: Iterable[float]) -> None:
        self.things = things
        self._ends = list(accumulate(weights))

    @classmethod
    def zipf(cls, things: Sequence[T], flatter: int = 1) -> Unequal[T]:
        """Return things drawn in inverse proportion to their place; a larger `flatter` makes them more equal."""
        return cls(things, (1 / (place + flatter) for place in range(len(things))))

    def draw(self, chance: Random) -> T:
        return self.things[bisect_right(self._ends, chance.random() * self._ends[-1])]

    def some(self, chance: Random, most: int, *, without: Sequence[T] = ()) -> list[T]:
        """Return up to so many different ones."""
        drawn = [self.draw(chance) for _ in range(most)]
        return [thing for thing in dict.fromkeys(drawn) if thing not in without]


@dataclass(frozen=True, slots=True)
class Body:
    """An agency as a directive names it."""

    id: str | None  # None: no single agency is meant
    name: str
    printed: str
    level: str
    kind: str
    province: str | None
    group: str | None = None
    unit: Unit | None = None  # whose committee it is


@dataclass(frozen=True, slots=True)
class Cited:
    """A document as others cite it. Without an id it is known by its title, or by a number that several have."""

    type: str
    number: str | None
    issuer: str | None
    day: date | None
    id: str | None
    title: str | None = None
    body: Body | None = None  # the issuer


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues documents, and whom it binds."""

    body: Body
    letterhead: str
    seat: str
    addressees: tuple[Body, ...]
    doers: Unequal[Unequal[Body]]
    supporters: Unequal[Body]
    via: Body | None  # through whom reports reach it
    signer: str  # title


class Region:
    """A province of one of the two periods, and what lies in it."""

    def __init__(self, unit: Unit, districts: list[Unit], communes: list[Unit], authority: Authority) -> None:
        self.unit, self.name, self.communes = unit, unit.name, communes
        self.named_communes = Unequal.zipf(communes, 4)
        self._districts = districts
        self._authority = authority
        self._offices: dict[date, Office] = {}

    def office(self, day: date) -> Office:
        """Return the committee of the province, as of a day."""
        since = _period(day)
        if since not in self._offices:
            self._offices[since] = self._office(since)
        return self._offices[since]

    def _office(self, day: date) -> Office:
        departments = self.departments(day)
        districts = Unequal.zipf([self._committee("h", unit) for unit in self._districts], 3)
        communes = Unequal.zipf([self.committee(unit) for unit in self.communes], 4)
        below = ("g.huyen", "các huyện, thị xã, thành phố") if self._districts else ("g.xa", "các xã, phường")
        groups = (
            self._group("g.so", f"Các sở, ban, ngành {self.unit.kind}", "province"),
            self._group(below[0], f"{_COMMITTEE} {below[1]}", "district" if self._districts else "commune"),
        )
        unknown = [self._unknown(name, kind) for name, kind in UNKNOWN_BODIES]
        doers = [(departments, 78), (Unequal(groups, (2, 1)), 8), (communes, 4), (Unequal.zipf(unknown), 1)]
        doers += [(districts, 9)] if self._districts else []
        return Office(
            self.committee(self.unit),
            f"{_COMMITTEE.upper()}\n{self.unit.full_name.upper()}",
            self.name,
            groups,
            Unequal([bodies for bodies, _ in doers], [share for _, share in doers]),
            departments,
            self._of_province(self._authority.agencies["t.vpdp"]),
            "Phó Chủ tịch",
        )

    def commune_office(self, unit: Unit) -> Office:
        """Return the committee of a commune of today."""
        known = [self._authority.agencies[base] for base in _DIVISIONS]
        divisions = [
            Body(
                agency_id(each.id, self.name, unit.name),
                f"{each.name} {unit.name}",
                f"{each.name.removesuffix(' xã')} {unit.kind}",
                "commune",
                each.kind,
                self.name,
                group_of(each.id, each.kind, (self.name,)),
            )
            for each in known
        ]
        body = self.committee(unit)
        letterhead = f"{_COMMITTEE.upper()}\n{unit.full_name.upper()}"
        doers = Unequal.zipf(divisions)
        return Office(body, letterhead, unit.name, (), Unequal([doers], [1]), doers, None, "Phó Chủ tịch")

    def committee(self, unit: Unit) -> Body:
        """Return the people's committee of the province or of a unit in it."""
        if unit is self.unit:
            id, printed = agency_id("t.ubnd", self.name), f"{_COMMITTEE} {unit.kind}"
            return Body(id, f"UBND {unit.full_name}", printed, "province", "committee", self.name, unit=unit)
        return self._committee("x", unit)

    def departments(self, day: date) -> Unequal[Body]:
        """Return the bodies of the province that were there on a day."""
        known = [
            each
            for kind in _BOUND
            for each in self._authority.agencies.values()
            if (each.level, each.kind) == ("province", kind) and _there(each, self._authority, day)
        ]
        return Unequal.zipf([self._of_province(each) for each in known], 2)

    def _committee(self, level: str, unit: Unit) -> Body:
        base = f"{level}.ubnd"
        return Body(
            agency_id(base, self.name, unit.name),
            f"UBND {unit.full_name}",
            f"{_COMMITTEE} {unit.full_name}",
            unit.level,
            "committee",
            self.name,
            group_of(base, "committee", (self.name,)),
            unit,
        )

    def _of_province(self, known: KnownAgency) -> Body:
        printed = known.name.replace(" tỉnh", f" {self.unit.kind}")
        group = group_of(known.id, known.kind, (self.name,))
        return Body(agency_id(known.id, self.name), known.name, printed, "province", known.kind, self.name, group)

    def _unknown(self, name: str, kind: str | None) -> Body:
        id = named_agency_id(name, self.name) if kind else None
        group = group_of(None, kind, (self.name,))
        return Body(id, name, name, "province", kind or "other", self.name, group)

    def _group(self, base: str, printed: str, level: str) -> Body:
        name = self._authority.agencies[base].name
        return Body(agency_id(base, self.name), name, printed, level, "group", self.name)


class World:
    """Everything that the directives of one seed share."""

    def __init__(self, authority: Authority, seed: int) -> None:
        self.authority = authority
        chance = Random(seed)
        provinces = [unit for unit in authority.units.values() if unit.level == "province"]
        below: dict[str, dict[str, list[Unit]]] = {unit.id: {"district": [], "commune": []} for unit in provinces}
        for unit in authority.units.values():
            if unit.level != "province":
                below[authority.province_of(unit).id][unit.level].append(unit)
        for units in below.values():
            # A name that several in one province bear leaves open which is meant, so those are not named.
            bearers = Counter(slug(unit.name) for units_ in units.values() for unit in units_)
            units["commune"] = [unit for unit in units["commune"] if bearers[slug(unit.name)] == 1]
            chance.shuffle(units["commune"])
        self._regions = {
            unit.id: Region(unit, below[unit.id]["district"], below[unit.id]["commune"], authority)
            for unit in provinces
        }
        self.before = [region for region in self._regions.values() if region.unit.valid_from is None]
        self._after = self._successors()
        self._criteria = self._criteria_sets()
        self.base_documents, self._national = self._decisions()

    def after(self, region: Region) -> Region:
        """Return the province of today that most communes of a province of before the merger went into."""
        return self._after[region.unit.id]

    def national_office(self, name: str, day: date) -> Office:
        """Return the Prime Minister or a ministry, as of a day."""
        issuer = self._national_body(name)
        agencies = self.authority.agencies.values()
        ministries = [each for each in agencies if each.kind == "ministry" and _there(each, self.authority, day)]
        bodies = Unequal.zipf([_central(each) for each in ministries], 2)
        title = "Phó Thủ tướng" if issuer.kind == "office_holder" else "Thứ trưởng"
        return Office(issuer, name.upper(), _NATIONAL_SEAT, (), Unequal([bodies], [1]), bodies, None, title)

    def ministry(self, day: date) -> KnownAgency:
        """Return the ministry that guides the programme."""
        return self.authority.agencies["tw.bnnmt" if day >= DEPARTMENTS else "tw.bnnptnt"]

    def criteria(self, day: date) -> tuple[CriteriaSet, Unequal[KnownCriterion]]:
        """Return the criteria for communes that were issued last before a day."""
        return max(self._criteria, key=lambda each: ((each[0].date or date.max) <= day, each[0].date))

    def _criteria_sets(self) -> list[tuple[CriteriaSet, Unequal[KnownCriterion]]]:
        found = []
        for each in self.authority.criteria_sets.values():
            if (each.level, each.grade, each.province) == ("commune", None, None) and each.date:
                known = [criterion for criterion in self.authority.criteria if criterion.set == each.id]
                themes = [(criterion.concept or "").split("|") for criterion in known]
                weights = [max(_SPOKEN_OF.get(theme, 1) for theme in of_one) for of_one in themes]
                found.append((each, Unequal(known, weights)))
        return found

    def national_on(self, day: date) -> list[Cited]:
        """Return the decisions there were on a day, the newest first."""
        return [each for each in self._national if each.day and each.day <= day]

    def laws_on(self, day: date) -> list[Cited]:
        """Return the laws there were on a day, the newest first; they have no number."""
        laws = [Cited("Luật", None, "Quốc hội", date(*when), None, title) for title, *when in LAWS]
        return [each for each in reversed(laws) if each.day and each.day <= day]

    def _national_body(self, name: str) -> Body:
        return _central(next(each for each in self.authority.agencies.values() if each.name == name))

    def _successors(self) -> dict[str, Region]:
        votes: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        units = self.authority.units
        for merger in self.authority.mergers:
            old, new = (self.authority.province_of(units[each]).id for each in (merger.old, merger.new))
            votes[old][new] += 1
        return {old: self._regions[max(found, key=lambda new: found[new])] for old, found in votes.items()}

    def _decisions(self) -> tuple[list[Cited], list[Cited]]:
        """Return the decisions that issued the criteria, and all national ones, the newest first."""
        sets = [each for each in self.authority.criteria_sets.values() if each.province is None and each.date]
        base = {each.number: ("Quyết định", each.issuer, each.date, each.title) for each in reversed(sets)}
        others = {number: (type_, issuer, date(*when), None) for type_, number, issuer, *when in NATIONAL}
        found = {
            number: Cited(
                type_, number, issuer, day, document_id(issuer, number, day, ""), title, self._national_body(issuer)
            )
            for number, (type_, issuer, day, title) in (base | others).items()
        }
        newest_first = sorted(found.values(), key=lambda each: each.day or date.min, reverse=True)
        return [found[number] for number in reversed(base)], newest_first


def _period(day: date) -> date:
    """Return the first day of the period in which the bodies that there are stay the same."""
    return max(first for first in (date.min, DEPARTMENTS, MERGER) if first <= day)


def _there(known: KnownAgency, authority: Authority, day: date) -> bool:
    return (known.since or date.min) <= day < (authority.ended(known.id) or date.max)


def _central(known: KnownAgency) -> Body:
    return Body(known.id, known.name, known.name, "central", known.kind, None)
