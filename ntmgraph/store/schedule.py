"""When the tasks of a document fall due, as its node in the graph says it in one string.

To count the tasks of a whole workspace by day, a row for each document is read and not a node for each deadline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_NONE = "-"


class Due(NamedTuple):
    """When a task falls due, in the words of its deadline."""

    kind: str  # value of a DeadlineKind
    date: date | None
    recurrence: str | None  # RFC 5545


def schedule_of(tasks: Iterable[Due]) -> str | None:
    """Return when the tasks of a document are due, None for none: "by 2024-06-30 - 3" a line, the last how many."""
    counted = Counter(tasks)
    lines = (f"{due.kind} {due.date or _NONE} {due.recurrence or _NONE} {tasks}" for due, tasks in counted.items())
    return "\n".join(sorted(lines)) or None


def scheduled(schedule: str) -> list[tuple[Due, int]]:
    """Return when the tasks of a schedule are due, and how many each time."""
    return [_line(line) for line in schedule.split("\n")]


@lru_cache(maxsize=65536)  # the documents of a province have the same days, those of all some thousands
def _line(line: str) -> tuple[Due, int]:
    kind, day, recurrence, tasks = line.split(" ")
    due = Due(kind, None if day == _NONE else date.fromisoformat(day), None if recurrence == _NONE else recurrence)
    return due, int(tasks)
