"""What is known before any document is read: criteria sets, agencies, units and their lineage.

Loaded from `ntmgraph/data/*.csv` (made by `build/make_catalogue.py`, which names the sources). A value whose
status is `believed` is a default that an office overrides; no answer shows it as stated.
"""

from __future__ import annotations

import copy
import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from ntmgraph.ids import agency_id, place_id
from ntmgraph.text import key, slug

DATA = Path(__file__).resolve().parent / "data"
DEPARTMENTS = date(2025, 3, 1)  # departments were joined (Nghị định 45/2025/NĐ-CP)
WHOLE = "toàn bộ"  # extent of a succession: all that the body had to do
KEPT = "trực thuộc"  # extent of a succession: put under another body, but goes on under its own name
DECIDED = "decided"  # status of a usual lead that the office set, beside verified and believed
MERGER = date(2025, 7, 1)  # 63 provinces became 34, districts ended (Nghị quyết 202/2025/QH15)


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    id: str
    level: str  # commune, district, province, village
    grade: str | None  # "nâng cao", "kiểu mẫu"; None for the basic set
    from_year: int
    to_year: int
    province: str | None  # short name, when a province issued it
    number: str  # of the decision that issued it
    date: date | None
    issuer: str
    title: str
    criteria: int | None  # how many it has
    status: str  # verified, believed
    source: str | None


@dataclass(frozen=True, slots=True)
class CommuneGroup:
    """A group of communes that a set of criteria asks different values of: "xã nhóm 1"."""

    set: str
    number: int
    name: str
    meaning: str  # which communes belong to it


@dataclass(frozen=True, slots=True)
class KnownCriterion:
    set: str
    number: int
    name: str
    group: str | None
    concept: str | None  # links one theme across sets; several joined by "|"
    aliases: tuple[str, ...]
    usual_lead_before_2025_03: str | None
    usual_lead_from_2025_03: str | None
    lead_status: str | None  # verified, believed; decided where the office set it (workspace/usual_leads.py)
    lead_source: str | None
    name_status: str

    @property
    def decided(self) -> bool:
        """Whether the office set who usually leads it."""
        return self.lead_status == DECIDED


@dataclass(frozen=True, slots=True)
class KnownAgency:
    id: str  # without a place: "t.stc"
    name: str
    aliases: tuple[str, ...]
    level: str
    kind: str
    parent: str | None
    symbol: str | None
    since: date | None  # where it was made of others in the years that the catalogue covers
    status: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Succession:
    id: str
    successor: str
    date: date | None
    basis: str | None
    extent: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A province, district or commune, valid from one date to another (None: open)."""

    id: str
    code: str
    kind: str  # tỉnh, thành phố, huyện, thị xã, quận, xã, phường, thị trấn, đặc khu
    name: str  # short: "Phú Nhuận"
    level: str  # province, district, commune
    parent: str | None  # id
    valid_from: date | None
    valid_to: date | None

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Merger:
    old: str  # unit id
    new: str  # unit id
    extent: str  # whole, part, part_area_all_people, unchanged, renamed
    resolution: str | None
    clause: str | None

    @property
    def source(self) -> str | None:
        """What says so: "khoản 44 Nghị quyết số 1673/NQ-UBTVQH15"."""
        if self.resolution is None:
            return None
        return (f"khoản {self.clause} " if self.clause else "") + f"Nghị quyết số {self.resolution}"


def group_of(base: str | None, kind: str | None, where: Sequence[str | None]) -> str | None:
    """Return the group that a body belongs to by what it is: a department to "các Sở, ban, ngành" of its province."""
    places = [place for place in where if place][:1]
    if base == "h.ubnd":
        return agency_id("g.huyen", *places)
    if base == "x.ubnd":
        return agency_id("g.xa", *places)
    if kind in ("department", "board"):
        return agency_id("g.so", *places)
    if kind == "front" and base and base.startswith("t."):
        return agency_id("g.dt", *places)
    return agency_id(f"g.{base}", *places) if base and base[0] in "hx" and places else None


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _many(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


class Authority:
    """The catalogues, each loaded when first asked for and never changed."""

    @cached_property
    def version(self) -> str:
        """A hash of the data files: a graph that holds another one's catalogue is rebuilt."""
        digest = hashlib.sha256()
        for path in sorted(DATA.glob("*.csv")):
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))  # as git may write them on Windows
        return digest.hexdigest()[:16]

    @cached_property
    def criteria_sets(self) -> dict[str, CriteriaSet]:
        return {
            row["id"]: CriteriaSet(
                id=row["id"],
                level=row["level"],
                grade=row["grade"] or None,
                from_year=int(row["from_year"]),
                to_year=int(row["to_year"]),
                province=row["province"] or None,
                number=row["number"],
                date=_date(row["date"]),
                issuer=row["issuer"],
                title=row["title"],
                criteria=int(row["criteria"]) if row["criteria"] else None,
                status=row["status"],
                source=row["source"] or None,
            )
            for row in _rows("criteria_sets.csv")
        }

    @cached_property
    def commune_groups(self) -> tuple[CommuneGroup, ...]:
        return tuple(
            CommuneGroup(row["set"], int(row["number"]), row["name"], row["meaning"])
            for row in _rows("commune_groups.csv")
        )

    @cached_property
    def criteria(self) -> tuple[KnownCriterion, ...]:
        return tuple(
            KnownCriterion(
                set=row["set"],
                number=int(row["number"]),
                name=row["name"],
                group=row["group"] or None,
                concept=row["concept"] or None,
                aliases=_many(row["aliases"]),
                usual_lead_before_2025_03=row["usual_lead_before_2025_03"] or None,
                usual_lead_from_2025_03=row["usual_lead_from_2025_03"] or None,
                lead_status=row["lead_status"] or None,
                lead_source=row["lead_source"] or None,
                name_status=row["name_status"],
            )
            for row in _rows("criteria.csv")
        )

    @cached_property
    def agencies(self) -> dict[str, KnownAgency]:
        return {
            row["id"]: KnownAgency(
                id=row["id"],
                name=row["name"],
                aliases=_many(row["aliases"]),
                level=row["level"],
                kind=row["kind"],
                parent=row["parent"] or None,
                symbol=row["symbol"] or None,
                since=_date(row["since"]),
                status=row["status"],
                source=row["source"] or None,
            )
            for row in _rows("agencies.csv")
        }

    @cached_property
    def successions(self) -> tuple[Succession, ...]:
        return tuple(
            Succession(
                row["id"],
                row["successor"],
                _date(row["date"]),
                row["basis"] or None,
                row["extent"] or None,
                row["status"],
            )
            for row in _rows("agency_successors.csv")
        )

    @cached_property
    def successors(self) -> dict[str, list[Succession]]:
        """Return what became of each body that ended or was put under another one."""
        found: defaultdict[str, list[Succession]] = defaultdict(list)
        for each in self.successions:
            found[each.id].append(each)
        return dict(found)

    @cached_property
    def predecessors(self) -> dict[str, list[Succession]]:
        """Return whose tasks each body took over."""
        found: defaultdict[str, list[Succession]] = defaultdict(list)
        for each in self.successions:
            found[each.successor].append(each)
        return dict(found)

    def ended(self, agency: str) -> date | None:
        """Return the day from which a body is no more; None for one that goes on, also under another one."""
        days = [each.date for each in self.successors.get(agency, ()) if each.date and each.extent != KEPT]
        return min(days, default=None)

    @cached_property
    def agencies_by_name(self) -> dict[str, KnownAgency]:
        return {key(agency.name): agency for agency in self.agencies.values()}

    @cached_property
    def criteria_by_key(self) -> dict[tuple[str, int], KnownCriterion]:
        return {(each.set, each.number): each for each in self.criteria}

    def usual_leads(self, criterion: KnownCriterion, day: date) -> tuple[KnownAgency, ...]:
        """Return the bodies that usually lead a criterion as of a day: a default, not what a document says."""
        said = criterion.usual_lead_from_2025_03 if day >= DEPARTMENTS else criterion.usual_lead_before_2025_03
        # A note in brackets tells a smaller part that goes elsewhere.
        names = re.sub(r"\([^)]*\)", "", said or "").split(";")
        return tuple(agency for name in names if (agency := self.agencies_by_name.get(key(name.strip()))))

    def usually_led(self, agency: str, day: date) -> tuple[KnownCriterion, ...]:
        """Return the criteria that a body usually leads as of a day."""
        return self._usually_led[day >= DEPARTMENTS].get(agency, ())

    @cached_property
    def _usually_led(self) -> tuple[dict[str, tuple[KnownCriterion, ...]], ...]:
        by_period: list[dict[str, tuple[KnownCriterion, ...]]] = []
        for day in (date.min, DEPARTMENTS):
            led: defaultdict[str, list[KnownCriterion]] = defaultdict(list)
            for criterion in self.criteria:
                for lead in self.usual_leads(criterion, day):
                    led[lead.id].append(criterion)
            by_period.append({id: tuple(criteria) for id, criteria in led.items()})
        return tuple(by_period)

    def with_criteria(self, changed: Mapping[tuple[str, int], KnownCriterion]) -> Authority:
        """Return a catalogue with other entries for some criteria, by set and number; the rest is shared."""
        own = copy.copy(self)
        for made_of_them in ("criteria_by_key", "_usually_led"):
            own.__dict__.pop(made_of_them, None)
        own.__dict__["criteria"] = tuple(changed.get((each.set, each.number), each) for each in self.criteria)
        return own

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Every unit by id, before and after the merger of 1 July 2025."""
        rows = [(row, _date(row["valid_from"])) for row in _rows("places.csv")]
        return {
            place_id(row["code"], start): Unit(
                id=place_id(row["code"], start),
                code=row["code"],
                kind=row["kind"],
                name=row["name"],
                level=row["level"],
                parent=place_id(row["parent_code"], start) if row["parent_code"] else None,
                valid_from=start,
                valid_to=_date(row["valid_to"]),
            )
            for row, start in rows
        }

    @cached_property
    def units_by_name(self) -> dict[str, tuple[Unit, ...]]:
        """Units under the key of their short name: 42 % of the communes before 2025 share it with another."""
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            found[key(unit.name)].append(unit)
        return {name: tuple(units) for name, units in found.items()}

    @cached_property
    def mergers(self) -> tuple[Merger, ...]:
        return tuple(
            Merger(
                place_id(row["old_code"], None),
                place_id(row["new_code"], MERGER),
                row["extent"],
                row["resolution"] or None,
                row["clause"] or None,
            )
            for row in _rows("place_lineage.csv")
        )

    @cached_property
    def formed_of(self) -> dict[str, list[Merger]]:
        """Return from which communes each was formed on 1 July 2025."""
        found: defaultdict[str, list[Merger]] = defaultdict(list)
        for each in self.mergers:
            found[each.new].append(each)
        return dict(found)

    @cached_property
    def went_into(self) -> dict[str, list[Merger]]:
        """Return into which communes each went on 1 July 2025."""
        found: defaultdict[str, list[Merger]] = defaultdict(list)
        for each in self.mergers:
            found[each.old].append(each)
        return dict(found)

    @cached_property
    def communes_by_path(self) -> dict[tuple[str, ...], tuple[Unit, ...]]:
        """Communes under what the ids of their bodies end with: province, district where the text names it, name."""
        found: defaultdict[tuple[str, ...], list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            if unit.level == "commune":
                for path in self.paths_of(unit):
                    found[path].append(unit)
        return {path: tuple(units) for path, units in found.items()}

    def paths_of(self, unit: Unit) -> tuple[tuple[str, ...], ...]:
        """Return what the ids of a unit's bodies may end with: of a commune with its district, if any, and without."""
        province, name = slug(self.province_of(unit).name), slug(unit.name)
        if unit.parent is None:
            return ((name,),)
        above = self.units[unit.parent]
        within = ((province, slug(above.name), name),) if above.level == "district" else ()
        return (*within, (province, name))

    def committee_of_province(self, province: str) -> str:
        """Return "UBND tỉnh Lào Cai", "UBND thành phố Hải Phòng"."""
        return f"UBND {self.full_province(province)}"

    def full_province(self, province: str) -> str:
        """Return "tỉnh Lào Cai", "thành phố Hải Phòng"."""
        kinds = [unit.kind for unit in self.units_by_name.get(key(province), ()) if unit.level == "province"]
        return f"{kinds[-1] if kinds else 'tỉnh'} {province}"

    def province_of(self, unit: Unit) -> Unit:
        """Return the province that a unit lies in (itself for a province)."""
        while unit.parent is not None:
            unit = self.units[unit.parent]
        return unit


@cache
def catalogue() -> Authority:
    """Return the catalogues as this process reads them: once."""
    return Authority()
