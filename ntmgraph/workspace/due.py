"""When a task is due, and its official state as of a day.

Rules (Vietnamese administrative usage): "trước ngày D" is late from D on; every other dated deadline is late from
the day after. A recurring one stands for its next occurrence on or after the day; what became of earlier ones is
known only from what people marked as done.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from threading import Lock

from dateutil.rrule import rrulestr

from ntmgraph.model import DeadlineKind
from ntmgraph.queries import TaskState

_EPOCH = date(2000, 1, 1)
_DAY = timedelta(days=1)
_RHYTHM = re.compile(r"FREQ=(?P<unit>MONTH|YEAR)LY;(?:.*;)?INTERVAL=(?P<interval>\d+)")


@dataclass(frozen=True, slots=True)
class Standing:
    """A deadline as of a day: when it falls due, in which state its task is, and by how many days (negative: left)."""

    due: date | None
    state: TaskState | None  # None where there is no date to be late for
    days_late: int | None


def standing(
    kind: DeadlineKind, day: date | None, recurrence: str | None, *, issued: date | None, on: date, done: date | None
) -> Standing:
    """Return the state on a day of a task with this deadline; `issued` is the date of its document."""
    if done is not None and done > on:
        done = None
    if recurrence is not None:
        before, after = occurrences(recurrence, issued or _EPOCH, on)
        if after is None:
            return _dated(kind, before, on, done)
        if done is not None and (before is None or done > before):
            return Standing(after, TaskState.DONE_ON_TIME, None)
        return Standing(after, TaskState.OPEN_IN_TIME, (on - after).days)
    if kind is DeadlineKind.FROM:
        return Standing(day, None, None)  # a day on which something begins is nothing to be late for
    return _dated(kind, day, on, done)


def standings_between(
    recurrence: str, first: date, last: date, *, issued: date | None, on: date, done: date | None
) -> tuple[Standing, ...]:
    """Return the days of a recurring deadline from one day to another, none before its document, as of a day.

    Of a day that is past it is known only whether the task was marked as done between the day before it and this one.
    """
    start = issued or _EPOCH
    found: list[Standing] = []
    days = _days(recurrence, _earliest(recurrence, start)).until(last)
    for due in days[bisect_left(days, first) : bisect_right(days, last)]:
        before = occurrences(recurrence, start, due)[0]
        if due < start:
            continue
        if done is not None and (before or date.min) < done <= min(due, on):
            found.append(Standing(due, TaskState.DONE_ON_TIME, None))
        else:
            found.append(
                Standing(due, TaskState.OPEN_IN_TIME, (on - due).days) if due >= on else Standing(due, None, None)
            )
    return tuple(found)


def first_day(recurrence: str, issued: date | None) -> date | None:
    """Return the first day of a recurring deadline; None where its rule has none."""
    return occurrences(recurrence, issued or _EPOCH, issued or _EPOCH)[1]


def _dated(kind: DeadlineKind, due: date | None, on: date, done: date | None) -> Standing:
    if due is None:
        return Standing(None, None, None)
    last = due - _DAY if kind is DeadlineKind.BEFORE else due
    if done is not None:
        late = done > last
        return Standing(
            due, TaskState.DONE_LATE if late else TaskState.DONE_ON_TIME, (done - last).days if late else None
        )
    return Standing(due, TaskState.OPEN_LATE if on > last else TaskState.OPEN_IN_TIME, (on - last).days)


def counts_from_start(recurrence: str) -> bool:
    """Tell whether the days of a rule depend on the day it starts from."""
    return "INTERVAL" in recurrence or "COUNT" in recurrence or "BY" not in recurrence


def occurrences(recurrence: str, start: date, on: date) -> tuple[date | None, date | None]:
    """Return the last occurrence before a day and the first on or after it; None where the rule has none (RFC 5545)."""
    days = _days(recurrence, _earliest(recurrence, start)).until(on)
    at = bisect_left(days, on)
    return days[at - 1] if at else None, days[at] if at < len(days) else None


def _earliest(recurrence: str, start: date) -> date:
    """Return a start that gives the same days for all documents of one rhythm, so that it is worked out once."""
    if not counts_from_start(recurrence):
        return _EPOCH
    rhythm = _RHYTHM.search(recurrence)
    if rhythm is None or "COUNT" in recurrence or "BY" not in recurrence:
        return start
    interval = int(rhythm["interval"])
    if rhythm["unit"] == "YEAR":
        return date(_EPOCH.year + (start.year - _EPOCH.year) % interval, 1, 1)
    month = ((start.year - _EPOCH.year) * 12 + start.month - 1) % interval
    return date(_EPOCH.year + month // 12, month % 12 + 1, 1)


class _Days:
    """The days of one rule in their order, each worked out once, when it is first asked for."""

    def __init__(self, recurrence: str, start: date) -> None:
        self._left = iter(rrulestr(recurrence, dtstart=datetime.combine(start, time())))
        self._known: list[date] = []
        self._lock = Lock()

    def until(self, day: date) -> list[date]:
        """Return the days from the first to one after `day`, or to the last one that the rule has."""
        with self._lock:
            while not self._known or self._known[-1] <= day:
                following = next(self._left, None)
                if following is None:
                    break
                self._known.append(following.date())
            return self._known


@lru_cache(maxsize=4096)
def _days(recurrence: str, start: date) -> _Days:
    return _Days(recurrence, start)
