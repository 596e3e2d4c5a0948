"""What the overview asks: the counts, what came since the time before, and the few rows that matter most on the day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from dash_app.page import Desk
from ntmgraph import preferences
from ntmgraph.queries import DeadlineAnswer, DeadlineQuestion, IngestRow, IngestState, Overview, TaskState

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
    arrived: Arrived | None = None  # None: the program was never opened before

    def until(self, days: int) -> date:
        return self.on + timedelta(days=days)


def today(desk: Desk, on: date, province: str | None) -> Today:
    asked = DeadlineQuestion(on, province=province, limit=SHOWN)
    late = desk.workspace.deadlines(replace(asked, state=TaskState.OPEN_LATE))
    soon, week = (
        desk.workspace.deadlines(replace(asked, state=TaskState.OPEN_IN_TIME, from_=on, to=on + timedelta(days=days)))
        for days in (MONTH, WEEK)
    )
    return Today(on, desk.workspace.totals(province), late, soon, week.total, arrived(desk))


def arrived(desk: Desk) -> Arrived | None:
    since = preferences.load().last_opening(desk.workspace.home.where)
    if since is None:
        return None
    rows = desk.workspace.ledger.rows_since(since, (IngestState.NEW, IngestState.REPLACED))
    return Arrived(since, tuple(rows))
