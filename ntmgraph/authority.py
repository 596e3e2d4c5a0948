"""What is known before any document is read: criteria sets, agencies, units and their lineage.

Loaded from `ntmgraph/data/*.csv` (made by `build/make_catalogue.py`, which names the sources). A value whose
status is `believed` is a default that an office overrides; no answer shows it as stated.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from ntmgraph.ids import place_id
from ntmgraph.text import key

DATA = Path(__file__).resolve().parent / "data"
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
class KnownCriterion:
    set: str
    number: int
    name: str
    group: str | None
    concept: str | None  # links one theme across sets; several joined by "|"
    aliases: tuple[str, ...]
    usual_lead_before_2025_03: str | None
    usual_lead_from_2025_03: str | None
    lead_status: str | None
    lead_source: str | None
    name_status: str


@dataclass(frozen=True, slots=True)
class KnownAgency:
    id: str  # without a place: "t.stc"
    name: str
    aliases: tuple[str, ...]
    level: str
    kind: str
    parent: str | None
    symbol: str | None
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
            digest.update(path.read_bytes())
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

    def province_of(self, unit: Unit) -> Unit:
        """Return the province that a unit lies in (itself for a province)."""
        while unit.parent is not None:
            unit = self.units[unit.parent]
        return unit
