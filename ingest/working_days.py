"""Days counted from a start: calendar days, and working days of Vietnamese offices.

Sources of `data/holidays.csv`: Bộ luật Lao động (điều 112: 1 January, five days of Tết, the Hùng Kings' day, 30 April,
1 May, two days of the National Day from 2021 on; điều 111: a holiday on a weekend is made up on the next working day),
the lunar calendar, and the yearly announcements that say how many days of Tết lie before the new year, which day stands
beside 2 September, and which single days are worked on a Saturday instead. Where a year's announcement is not known,
one day lies before the new year, 1 September is off, and no day is moved.
"""

from __future__ import annotations

import csv
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Year:
    new_year_lunar: date
    off: tuple[date, ...]  # the holidays that follow the moon, and the day beside 2 September
    moved: tuple[tuple[date, date], ...]  # a day off, and the weekend day worked for it


def after(start: date, count: int, unit: str) -> date:
    """Return the day that lies `count` days, working days, weeks, months or years after `start`."""
    if unit == "ngày làm việc":
        day = start
        while count:
            day += _DAY
            count -= works(day)
        return day
    if unit in ("tháng", "năm"):
        months = start.month - 1 + count * (12 if unit == "năm" else 1)
        year, month = start.year + months // 12, months % 12 + 1
        return date(year, month, min(start.day, monthrange(year, month)[1]))
    return start + count * (7 if unit == "tuần" else 1) * _DAY


def works(day: date) -> bool:
    """Return whether offices work on a day."""
    off, worked = _calendar(day.year)
    return day in worked or (day.weekday() < 5 and day not in off)


def lunar_new_year(year: int) -> date | None:
    """Return the first day of Tết of a year; None for a year that the table does not hold."""
    known = _years().get(year)
    return known.new_year_lunar if known else None


@cache
def _calendar(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return the days off of a year, and the weekend days that are worked."""
    known = _years().get(year)
    days = [date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)]
    days.extend(known.off if known else ())
    off = set(days)
    for day in sorted(off):
        if day.weekday() >= 5:
            while day in off or day.weekday() >= 5:
                day += _DAY
            off.add(day)
    moved = [each for near in (year - 1, year, year + 1) if near in _years() for each in _years()[near].moved]
    return frozenset(off | {day for day, _ in moved}), frozenset(worked for _, worked in moved)


@cache
def _years() -> dict[int, _Year]:
    found = {}
    with (Path(__file__).parent / "data" / "holidays.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            year, before = int(row["year"]), int(row["days_before"])
            first = date.fromisoformat(row["new_year_lunar"])
            off = [first + offset * _DAY for offset in range(-before, 5 - before)]
            off.append(date.fromisoformat(row["hung_kings"]))
            if year >= 2021:
                off.append(date.fromisoformat(row["beside_national_day"] or f"{year}-09-01"))
            moved = tuple(
                (date.fromisoformat(day), date.fromisoformat(worked))
                for day, worked in (pair.split(">") for pair in row["moved"].split("|") if pair)
            )
            found[year] = _Year(first, tuple(off), moved)
    return found
