"""What the overview asks: the counts, and the few rows that matter most on the day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dash_app.page import Desk
from ntmgraph.queries import DeadlineAnswer, DeadlineQuestion, Overview, TaskState

SOON = 30  # days
SHOWN = 6  # rows of each list


@dataclass(frozen=True, slots=True)
class Today:
    """The state of the work on a day, in one province or in all."""

    on: date
    counts: Overview
    late: DeadlineAnswer
    soon: DeadlineAnswer

    @property
    def soon_until(self) -> date:
        return self.on + timedelta(days=SOON)


def today(desk: Desk, on: date, province: str | None) -> Today:
    asked = DeadlineQuestion(on, province=province, limit=SHOWN)
    return Today(
        on,
        desk.workspace.overview(on),
        late=desk.workspace.deadlines(replace(asked, state=TaskState.OPEN_LATE)),
        soon=desk.workspace.deadlines(
            replace(asked, state=TaskState.OPEN_IN_TIME, from_=on, to=on + timedelta(days=SOON))
        ),
    )
