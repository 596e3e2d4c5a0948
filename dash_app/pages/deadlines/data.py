"""What the page asks: one page of the list or one month, and the task whose evidence is open."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dash_app.address import Address, link
from dash_app.components import ROWS, rules_off
from dash_app.page import Desk
from dash_app.period import as_of
from ntmgraph.queries import CalendarDay, DeadlineAnswer, DeadlineQuestion, DeadlineRow, NoDay, TaskState
from ntmgraph.workspace import calendar_file
from ntmgraph.workspace.decisions import Decision, DecisionKind
from ntmgraph.workspace.decisions import standing as standing_decisions

FILTERS = ("agency", "criterion", "place", "document")
TABS = (TaskState.OPEN_LATE, TaskState.OPEN_IN_TIME, TaskState.DONE_ON_TIME, TaskState.DONE_LATE)
NO_DAYS = (NoDay.UNTOLD, NoDay.UNSTATED)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the answer as of a day."""

    on: date
    answer: DeadlineAnswer

    @property
    def all(self) -> int:
        """The rows of all states, also those without one."""
        return sum(self.answer.states.values()) + self.answer.stateless + self.answer.undated


@dataclass(frozen=True, slots=True)
class Month:
    """What falls due in a month, as of a day; `state`: the only one that is shown."""

    on: date
    first: date
    days: tuple[CalendarDay, ...]
    state: TaskState | None

    @property
    def states(self) -> dict[TaskState, int]:
        return {state: sum(day.states.get(state, 0) for day in self.days) for state in TaskState}

    @property
    def all(self) -> int:
        return sum(day.total for day in self.days)


@dataclass(frozen=True, slots=True)
class History:
    """What people said of a task's state, the newest first; those in `undone` do not count any more."""

    said: tuple[Decision, ...] = ()
    undone: frozenset[str] = frozenset()

    @property
    def last(self) -> Decision | None:
        """The decision that counts now: what can be taken back."""
        states = (each for each in self.said if each.kind is DecisionKind.STATE and each.id not in self.undone)
        return next(states, None)


def question_of(address: Address, today: date) -> DeadlineQuestion:
    """The question in the address; an unknown state asks for all."""
    state = address.get("state")
    return DeadlineQuestion(
        as_of(address, today) or today,
        from_=address.date("from"),
        to=address.date("to"),
        state=TaskState(state) if state in TABS else None,
        agency=address.get("agency"),
        place=address.get("place"),
        criterion=address.get("criterion"),
        province=address.get("province"),
        limit=ROWS,
        offset=address.number("offset"),
        stated_only=address.flag("stated_only"),
        without=rules_off(address),
        document=address.get("document"),
        no_day=NoDay(state) if state in NO_DAYS else None,
    )


def is_calendar(address: Address) -> bool:
    return address.get("view") == "calendar"


def month_of(address: Address, today: date) -> date:
    """The first day of the month in the address (2020-06), else of that of the day asked about."""
    return (address.date_of_month("month") or as_of(address, today) or today).replace(day=1)


def in_month(question: DeadlineQuestion, first: date) -> DeadlineQuestion:
    """The same question about one month; in it every task has a day."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return replace(question, from_=first, to=last, no_day=None, offset=0)


def listed(desk: Desk, address: Address) -> Listed:
    question = question_of(address, desk.today)
    return Listed(question.on, desk.workspace.deadlines(question))


def month(desk: Desk, address: Address) -> Month:
    first = month_of(address, desk.today)
    question = in_month(question_of(address, desk.today), first)
    return Month(question.on, first, desk.workspace.calendar(question), question.state)


def chosen(desk: Desk, address: Address) -> tuple[DeadlineRow | None, History]:
    """The task that the address names, in its state as of the day, and what people said of that."""
    task = address.get("row")
    row = desk.workspace.task(task, question_of(address, desk.today)) if task else None
    return row, history_of(desk, row.task) if row else History()


def history_of(desk: Desk, task: str) -> History:
    decisions = desk.workspace.decisions(task)
    states = {each.id for each in decisions if each.kind is DecisionKind.STATE}
    said = [each for each in decisions if each.id in states or (each.kind is DecisionKind.UNDONE)]
    counting = {each.id for each in standing_decisions(decisions)}
    return History(tuple(reversed(said)), frozenset(states - counting))


def calendar_link(address: Address, question: DeadlineQuestion) -> str:
    """The address of the calendar file of what is shown; of a month no state without a day (`in_month`)."""
    kept = {name: value for name, value in address.values if name not in ("row", "offset", "view", "month", "rules")}
    shown = {"from": question.from_, "to": question.to}
    days = {name: day for name, day in shown.items() if day}
    return link("/nhiem-vu/lich.ics", **{**kept, **days, "state": question.state})


def fits_in_file(total: int) -> bool:
    return 0 < total <= calendar_file.MOST


def shifted(first: date, months: int) -> date:
    """The first day of a month so many months later."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def weeks_of(first: date) -> list[list[date]]:
    """The weeks of a month, Monday first, with the days of its neighbours that fill them."""
    start = first - timedelta(days=first.weekday())
    last = shifted(first, 1) - timedelta(days=1)
    return [
        [start + timedelta(days=7 * week + day) for day in range(7)] for week in range((last - start).days // 7 + 1)
    ]


def overdue(desk: Desk, address: Address) -> int:
    """Tasks open and late: the number beside the page's name in the menu, which leads to just these."""
    on = as_of(address, desk.today) or desk.today
    return desk.workspace.task_states(on, address.get("province")).get(TaskState.OPEN_LATE, 0)
