"""Deadlines and the four official states as of a day.

The whole workspace is counted by day, not task by task: every task that falls due on one day by one kind of
deadline has the same state, unless somebody marked it done. So a list of a hundred thousand tasks is a few thousand
days, and only the page shown is read whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ntmgraph.authority import Authority
from ntmgraph.model import Basis
from ntmgraph.queries import Because, DeadlineAnswer, DeadlineQuestion, DeadlineRow, Inference, TaskState
from ntmgraph.store import GraphStore, Row
from ntmgraph.workspace.asked import Asked, resolve
from ntmgraph.workspace.due import Standing, counts_from_start
from ntmgraph.workspace.records import (
    agency_name,
    document_name,
    documents_by_id,
    evidence_of,
    grouped,
    standing_of,
)
from ntmgraph.workspace.selection import tasks_asked

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Day:
    """Tasks that share a state: the same kind of deadline on the same day, or one task that was marked done."""

    kind: str
    date: date | None
    recurrence: str | None
    standing: Standing
    tasks: int
    task: str | None = None  # of a single task


def deadlines(
    store: GraphStore,
    question: DeadlineQuestion,
    done: Mapping[str, date] | None = None,
    *,
    authority: Authority | None = None,
) -> DeadlineAnswer:
    """Return one page of the deadlines of tasks as of a day. `done`: task id -> the day it was done."""
    done = done or {}
    chosen, asked, note = _chosen(store, question, authority)
    if note is not None:
        return DeadlineAnswer((), 0, note=note)
    days = _days_of(chosen, question, done) if chosen is not None else _all_days(store, question, done)
    days = [each for each in days if _within(each.standing.due, question)]
    states = Counter(dict.fromkeys(TaskState, 0))
    for each in days:
        if each.standing.state is not None:
            states[each.standing.state] += each.tasks
    undated = sum(each.tasks for each in days if each.standing.state is None)
    if question.state is not None:
        days = [each for each in days if each.standing.state is question.state]
    days.sort(key=lambda each: (each.standing.due or date.max, each.kind, each.recurrence or "", each.task or ""))
    total = sum(each.tasks for each in days)
    rows = _page(store, days, chosen, question, done)
    return DeadlineAnswer(
        tuple(_whole(store, rows, asked, question, done)),
        total,
        dict(states),
        None if total else _nothing(question),
        undated,
    )


def task_states(
    store: GraphStore, on: date, done: Mapping[str, date] | None = None
) -> tuple[dict[TaskState, int], int]:
    """Return how many tasks are in each state on a day, and how many open ones fall due within 30 days."""
    states = Counter(dict.fromkeys(TaskState, 0))
    soon = 0
    for each in _all_days(store, DeadlineQuestion(on), done or {}):
        if each.standing.state is not None:
            states[each.standing.state] += each.tasks
        if each.standing.state is TaskState.OPEN_IN_TIME and each.standing.due and each.standing.due <= on + SOON:
            soon += each.tasks
    return dict(states), soon


def _within(due: date | None, question: DeadlineQuestion) -> bool:
    if question.from_ is None and question.to is None:
        return True
    return due is not None and (question.from_ or due) <= due <= (question.to or due)


# Tasks of an agency, a place or a criterion: few, so they are taken one by one


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """What the question names, and by which rules each of its tasks counts for that."""

    asked: Asked
    because: Mapping[str, tuple[Because, ...]]


def _chosen(
    store: GraphStore, question: DeadlineQuestion, authority: Authority | None
) -> tuple[list[Row] | None, _Narrowed | None, str | None]:
    """Return the deadlines of the tasks asked about (None: of all), and a note when a name stands for nothing."""
    if not (question.agency or question.place or question.criterion):
        return None, None, None
    resolved = resolve(store, question, today=question.on, authority=authority)
    because = tasks_asked(store, resolved.asked) if resolved.unknown is None else {}
    note = resolved.unknown or (resolved.unnamed if not because else None)
    if note is not None:
        return [], None, note
    rows = store.ask("deadlines_of_tasks", ids=sorted(because)) if because else []
    return [row for row in rows if row["kind"] is not None], _Narrowed(resolved.asked, because), None


def _days_of(rows: Iterable[Row], question: DeadlineQuestion, done: Mapping[str, date]) -> list[_Day]:
    return [
        _Day(
            row["kind"],
            row["date"],
            row["recurrence"],
            standing_of(row, question.on, done.get(row["task"])),
            1,
            row["task"],
        )
        for row in rows
    ]


# All tasks: counted by day


def _all_days(store: GraphStore, question: DeadlineQuestion, done: Mapping[str, date]) -> list[_Day]:
    marked = [row for row in _marked(store, done) if _counts(row, question)]
    apart = Counter((row["kind"], row["date"], row["recurrence"], _anchor(row)) for row in marked)
    dated: list[_Day] = []
    recurring: Counter[tuple[str, date | None, str | None, Standing]] = Counter()
    for row in store.ask("deadline_days", day=question.on, province=question.province or ""):
        kind, day, recurrence = row["kind"], row["date"], row["recurrence"]
        tasks = row["tasks"] - apart[kind, day, recurrence, row["issued"]] if apart else row["tasks"]
        if tasks and recurrence is None:
            dated.append(_Day(kind, day, None, standing_of(row, question.on, None), tasks))
        elif tasks:
            recurring[kind, day, recurrence, standing_of(row, question.on, None)] += tasks
    return [*dated, *(_Day(*shared, tasks) for shared, tasks in recurring.items()), *_days_of(marked, question, done)]


def _anchor(row: Row) -> date | None:
    """Return the day that a recurrence counts from, as `deadline_days` groups it."""
    recurrence = row["recurrence"]
    return row["issued"] if recurrence is not None and counts_from_start(recurrence) else None


def _marked(store: GraphStore, done: Mapping[str, date]) -> list[Row]:
    rows = store.ask("deadlines_of_tasks", ids=sorted(done)) if done else []
    return [row for row in rows if row["kind"] is not None]


def _counts(row: Row, question: DeadlineQuestion) -> bool:
    return (
        (row["issued"] or question.on) <= question.on
        and (row["ended"] is None or row["ended"] > question.on)
        and (question.province is None or row["province"] in (None, question.province))
    )


# The page


def _page(
    store: GraphStore, days: list[_Day], chosen: list[Row] | None, question: DeadlineQuestion, done: Mapping[str, date]
) -> list[Row]:
    """Return the deadlines of the page asked for, in the order of `days`."""
    first, last = question.offset, question.offset + question.limit
    shown: list[_Day] = []
    passed = skipped = 0
    for each in days:
        if passed + each.tasks <= first:
            skipped += each.tasks
        elif passed < last:
            shown.append(each)
        passed += each.tasks
    if not shown:
        return []
    if chosen is not None:
        by_task = {row["task"]: row for row in chosen}
        return [by_task[each.task] for each in shown if each.task is not None]
    single = {each.task for each in shown if each.task is not None}
    marked = {row["task"]: row for row in _marked(store, {task: done[task] for task in single})}
    dated = [each.date for each in shown if each.task is None and each.date is not None]
    rules = {each.recurrence or "" for each in shown if each.task is None and each.date is None}
    where = {"day": question.on, "province": question.province or ""}
    rows = store.ask("tasks_due_between", first=min(dated), last=max(dated), **where) if dated else []
    rows += [row for rule in sorted(rules) for row in store.ask("tasks_due_without_day", recurrence=rule, **where)]
    by_day: dict[tuple[str, date | None, str | None, date | None], list[Row]] = {}
    for row in rows:
        if row["task"] not in done:
            state = standing_of(row, question.on, None)
            by_day.setdefault((row["kind"], row["date"], row["recurrence"], state.due), []).append(row)
    page: list[Row] = []
    for each in shown:
        if each.task is not None:
            page.append(marked[each.task])
        else:
            tasks = by_day[each.kind, each.date, each.recurrence, each.standing.due]
            page += sorted(tasks, key=lambda row: row["task"])
    return page[first - skipped : last - skipped]


def _whole(
    store: GraphStore, rows: list[Row], narrowed: _Narrowed | None, question: DeadlineQuestion, done: Mapping[str, date]
) -> Iterable[DeadlineRow]:
    if not rows:
        return
    ids = sorted(row["task"] for row in rows)
    tasks = {task["task"]: task for task in store.ask("tasks", ids=ids)}
    bound = grouped(store, "bound_by_tasks", "task", ids, present="agency")
    places = grouped(store, "places_of_tasks", "task", ids, present="place") if question.place else {}
    documents = documents_by_id(store, {row["document"] for row in rows})
    for row in rows:
        if row["task"] not in tasks or row["document"] not in documents:
            continue  # written anew or removed between two questions of this answer
        task = tasks[row["task"]]
        state = standing_of(row, question.on, done.get(row["task"]))
        evidence = evidence_of(task)
        doers = [each for each in bound[row["task"]] if each["role"] == task["role"]]
        if Inference.HEADING_ACTOR not in question.rules:
            doers = [each for each in doers if each["basis"] != Basis.INFERRED]
        because: tuple[Because, ...] = ()
        if narrowed is not None:
            concerned = [each["place"] for each in places.get(row["task"], ())]
            because = (*narrowed.because.get(row["task"], ()), *narrowed.asked.place_steps(concerned))
        inferred = next((each["rule"] for each in doers if each["basis"] == Basis.INFERRED), None)
        rule = because[0].rule if because else inferred
        yield DeadlineRow(
            task=row["task"],
            document=document_name(documents[row["document"]]),
            what=task["what"],
            agency=tuple(agency_name(each) for each in doers),
            due=state.due,
            text=row["text"],
            recurrence=row["recurrence"],
            state=state.state,
            days_late=state.days_late,
            basis=Basis.INFERRED if rule is not None else evidence.basis,
            evidence=evidence,
            rule=evidence.rule if rule is None else rule,
            done=done.get(row["task"]),
            because=because,
        )


def _nothing(question: DeadlineQuestion) -> str:
    where = f" của {question.province}" if question.province else ""
    return (
        f"Không có nhiệm vụ nào{where} có thời hạn như vậy trong các văn bản ban hành đến ngày {question.on:%d/%m/%Y}."
    )
