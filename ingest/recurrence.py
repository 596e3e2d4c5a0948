"""The rules of RFC 5545 for days of each month, days of each year, and rhythms.

A recurrence has days of its own, never days that depend on the day of signing: a month, quarter, half-year or year
without a day is due on its last. Only what no calendar holds (every two years, every five months) counts from a start.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

LAST_DAYS = [0, *(monthrange(2024, month)[1] for month in range(1, 13))]  # of a leap year


def yearly(dates: Iterable[tuple[int, int]]) -> str:
    """Return the rule of these days (month, day) of each year; a day that a month lacks is its last."""
    real = dict.fromkeys((month, min(day, LAST_DAYS[month])) for month, day in dates)
    months, days = dict.fromkeys(month for month, _ in real), dict.fromkeys(day for _, day in real)
    if all(day == LAST_DAYS[month] for month, day in real) and (len(days) > 1 or 2 in months):
        days = {-1: None}
    elif len(months) * len(days) != len(real) or (2, 29) in real:
        # Months and days in one rule bind each day in each month; days counted through the year do not.
        return f"FREQ=YEARLY;BYYEARDAY={','.join(str(_day_of_year(*day)) for day in real)}"
    return f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={','.join(map(str, days))}"


def quarterly(days: Iterable[int], *, last: bool) -> str:
    """Return the rule of these days of the last month of each quarter, or of the first."""
    listed = tuple(days)
    return yearly((month, day) for month in range(3 if last else 1, 13, 3) for day in listed)


def monthly(days: list[int]) -> str:
    """Return the rule of these days of each month; the 29th to 31st are the last day where there is none."""
    if len(days) == 1 and days[0] > 28:
        day = days[0]
        return "FREQ=MONTHLY;BYMONTHDAY=" + (
            "-1" if day == 31 else f"{','.join(map(str, range(28, day + 1)))};BYSETPOS=-1"
        )
    return f"FREQ=MONTHLY;BYMONTHDAY={','.join(dict.fromkeys('-1' if day > 28 else str(day) for day in days))}"


def every(count: int, unit: str) -> str:
    """Return the rule of a rhythm: due on the last day of the month, quarter, half-year or year."""
    if unit == "tuần":
        return "FREQ=WEEKLY" if count == 1 else f"FREQ=WEEKLY;INTERVAL={count}"
    if unit == "năm":
        return f"FREQ=YEARLY{f';INTERVAL={count}' if count > 1 else ''};BYMONTH=12;BYMONTHDAY=31"
    months = 3 * count if unit == "quý" else count
    if months == 1:
        return "FREQ=MONTHLY;BYMONTHDAY=-1"
    if 12 % months == 0:  # of the calendar's year, whatever the month of the document
        return f"FREQ=YEARLY;BYMONTH={','.join(map(str, range(months, 13, months)))};BYMONTHDAY=-1"
    return f"FREQ=MONTHLY;INTERVAL={months};BYMONTHDAY=-1"


def _day_of_year(month: int, day: int) -> int:
    """Return the number of a day, from the year's end (negative) where it would shift in leap years."""
    number = date(2024, month, day).timetuple().tm_yday
    return number if number < 60 else number - 367
