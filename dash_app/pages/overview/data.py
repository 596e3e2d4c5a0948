"""What the overview asks: the counts, what came since the time before, and the few rows that matter most on the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from dash_app.page import Desk
from ntmgraph import preferences
from ntmgraph.queries import (
    DeadlineAnswer,
    DeadlineQuestion,
    IngestRow,
    IngestState,
    Overview,
    ProgressQuestion,
    ProgressView,
    TaskState,
    Told,
)

WEEK, MONTH = 7, 30  # days
SHOWN = 5  # rows of each list


@dataclass(frozen=True, slots=True)
class Arrived:
    """What was taken in since the program was opened the time before, the newest first."""

    since: datetime
    rows: tuple[IngestRow, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """The state of the work on a day, in one province or in all."""

    on: date
    counts: Overview
    late: DeadlineAnswer  # its states count all tasks with a deadline
    soon: DeadlineAnswer  # within a month
    week: int = 0  # tasks due within a week
    doubts: int = 0  # that wait on the review page, as far as documents have been compared
    arrived: Arrived | None = None  # None: the program was never opened before
    communes: ProgressView | None = None  # of the province, or the only one there is
    provinces: Mapping[str, Told] = field(default_factory=dict)  # else of each, as told of the whole

    def until(self, days: int) -> date:
        return self.on + timedelta(days=days)


def today(desk: Desk, on: date, province: str | None) -> Today:
    asked = DeadlineQuestion(on, province=province, limit=SHOWN)
    late = desk.workspace.deadlines(replace(asked, state=TaskState.OPEN_LATE))
    soon, week = (
        desk.workspace.deadlines(replace(asked, state=TaskState.OPEN_IN_TIME, from_=on, to=on + timedelta(days=days)))
        for days in (MONTH, WEEK)
    )
    provinces = desk.workspace.provinces()
    shown = province or (provinces[0] if len(provinces) == 1 else None)
    return Today(
        on,
        desk.workspace.totals(province),
        late,
        soon,
        week.total,
        desk.workspace.waiting(province).total,
        arrived(desk),
        desk.workspace.progress_view(ProgressQuestion(on, province=shown)) if shown else None,
        desk.workspace.progress_of_provinces(on) if not shown else {},
    )


def arrived(desk: Desk) -> Arrived | None:
    since = preferences.load().last_opening(desk.workspace.home.where)
    if since is None:
        return None
    rows = desk.workspace.ledger.rows_since(since, (IngestState.NEW, IngestState.REPLACED))
    return Arrived(since, tuple(rows))
