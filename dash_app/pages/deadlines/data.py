"""What the deadlines page asks, and the row whose evidence is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from dash_app.address import Address
from dash_app.components import rules_off
from dash_app.page import Desk
from ntmgraph.queries import DeadlineAnswer, DeadlineQuestion, DeadlineRow, TaskState

FILTERS = ("agency", "criterion", "place")
TABS = (TaskState.OPEN_LATE, TaskState.OPEN_IN_TIME, TaskState.DONE_ON_TIME, TaskState.DONE_LATE)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the answer as of a day, and the row whose evidence is open."""

    on: date
    answer: DeadlineAnswer
    chosen: DeadlineRow | None

    @property
    def all(self) -> int:
        """The rows in all states, those without a day left out."""
        return sum(self.answer.states.values())

    @property
    def undated(self) -> int:
        """How many deadlines give no day."""
        return self.answer.undated


def question_of(address: Address, today: date) -> DeadlineQuestion:
    """The question in the address; an unknown state asks for all."""
    state = address.get("state")
    return DeadlineQuestion(
        address.date("on") or today,
        from_=address.date("from"),
        to=address.date("to"),
        state=TaskState(state) if state in TABS else None,
        agency=address.get("agency"),
        place=address.get("place"),
        criterion=address.get("criterion"),
        province=address.get("province"),
        offset=address.number("offset"),
        stated_only=address.flag("stated_only"),
        without=rules_off(address),
    )


def listed(desk: Desk, address: Address) -> Listed:
    question = question_of(address, desk.today)
    answer = desk.workspace.deadlines(question)
    task = address.get("row")
    chosen = _row(answer, task)
    if task and not chosen and question.state:
        # It may just have been marked as done, and so have left the state that is shown.
        chosen = _row(desk.workspace.deadlines(replace(question, state=None)), task)
    return Listed(question.on, answer, chosen)


def overdue(desk: Desk) -> int:
    """Tasks open and late today: the number beside the page's name in the menu."""
    return desk.workspace.overview(desk.today).states.get(TaskState.OPEN_LATE, 0)


def _row(answer: DeadlineAnswer, task: str | None) -> DeadlineRow | None:
    return next((row for row in answer.rows if row.task == task), None)
