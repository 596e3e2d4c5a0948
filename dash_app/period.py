"""The period of the programme that is asked about (giai đoạn 2021–2025): a choice of the top bar, carried by `period`.

It stands for its set of criteria and, where the address names no day, for its last day; for today while it runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dash_app.address import Address
from ntmgraph.authority import catalogue

YEARS = 5  # of a period; sets of other lengths were drafted within one


@dataclass(frozen=True, slots=True)
class Period:
    first: int
    last: int
    set: str  # the basic set of its communes

    @property
    def name(self) -> str:
        """What it is called in the address."""
        return f"{self.first}-{self.last}"

    @property
    def end(self) -> date:
        return date(self.last, 12, 31)


def periods() -> tuple[Period, ...]:
    """The periods that have a basic set of their own, the newest first."""
    found = [
        Period(each.from_year, each.to_year, each.id)
        for each in catalogue().criteria_sets.values()
        if each.level == "commune" and (each.grade, each.province) == (None, None)
    ]
    return tuple(sorted((each for each in found if each.last - each.first + 1 == YEARS), key=lambda each: -each.first))


def period_of(address: Address) -> Period | None:
    return next((each for each in periods() if each.name == address.get("period")), None)


def as_of(address: Address, today: date | None = None) -> date | None:
    """The day that an address asks about; None where it names neither a day nor a period."""
    period = period_of(address)
    return address.date("on") or (min(period.end, today or date.today()) if period else None)


def set_of(address: Address) -> str | None:
    """The set that an address asks about: its own, if that is of the period, else the basic one of the period."""
    period, asked = period_of(address), address.get("set")
    if period is None:
        return asked
    known = catalogue().criteria_sets.get(asked or "")
    return asked if known and known.from_year <= period.last and period.first <= known.to_year else period.set
