"""Deadlines and the four official states as of a day.

The whole workspace is counted by day, not task by task: every task that falls due on one day by one kind of
deadline has the same state, unless somebody marked it done. So a list of a hundred thousand tasks is a few thousand
days, and only the page shown is read whole. The days of all tasks are worked out once for whoever
asks about them until something is written, and so are the tasks of an agency, a place, a criterion (`keep`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ntmgraph.authority import Authority
from ntmgraph.model import Basis
from ntmgraph.queries import (
    Because,
    CalendarDay,
    DeadlineAnswer,
    DeadlineQuestion,
    DeadlineRow,
    Inference,
    NoDay,
    TaskState,
)
from ntmgraph.store import GraphStore, Row
from ntmgraph.store.schedule import Due, scheduled
from ntmgraph.workspace.asked import Asked, resolve
from ntmgraph.workspace.due import Standing, counts_from_start, standings_between
from ntmgraph.workspace.kept import Keep, unkept
from ntmgraph.workspace.records import (
    agency_name,
    document_name,
    documents_by_id,
    evidence_of,
    grouped,
    page_of_days,
    standing_of,
)
from ntmgraph.workspace.selection import tasks_asked

LONGEST = timedelta(days=3660)  # of a range in which recurring duties stand for each of their days
NO_DAY = Standing(None, None, None)

_NO_DEADLINE = {"text": "", "kind": None, "date": None, "recurrence": None}


@dataclass(frozen=True, slots=True)
class Day:
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
    keep: Keep = unkept,
) -> DeadlineAnswer:
    """Return one page of the deadlines of tasks as of a day. `done`: task id -> the day it was done.

    keep: keeps what pages of one list share, while nothing is written or decided.
    """
    done = done or {}
    narrowed, note = _narrowed(store, question, authority, keep)
    if note is not None:
        return DeadlineAnswer((), 0, note=note)
    days = _days(store, question, done, narrowed, keep)
    unstated = _count_unstated(store, question, narrowed)
    days = [each for each in days if _within(each.standing.due, question)]
    states, stateless = _counted(days)
    undated = sum(each.tasks for each in days if each.standing.due is None)
    if question.no_day is NoDay.UNSTATED:
        total = unstated
        found = [(row, NO_DAY) for row in _unstated(store, question, narrowed)] if total else []
    else:
        days = _wanted(days, question)
        total = sum(each.tasks for each in days)
        found = _page(store, days, question, done, narrowed)
    return DeadlineAnswer(
        tuple(_whole(store, found, question, done, narrowed)),
        total,
        states,
        None if total else _nothing(question),
        undated,
        stateless,
        unstated,
    )


def calendar(
    store: GraphStore,
    question: DeadlineQuestion,
    done: Mapping[str, date] | None = None,
    *,
    authority: Authority | None = None,
    keep: Keep = unkept,
    few: int = 4,
) -> tuple[CalendarDay, ...]:
    """Return the days of the range asked about on which something falls due; at most `few` rows of each, else none.

    keep: as of `deadlines`.
    Raises ValueError for a question without both ends.
    """
    if _span(question) is None:
        raise ValueError(question)
    done = done or {}
    narrowed, _ = _narrowed(store, question, authority, keep)
    by_due: defaultdict[date, list[Day]] = defaultdict(list)
    for each in _days(store, question, done, narrowed, keep):
        if each.standing.due is not None and _within(each.standing.due, question):
            by_due[each.standing.due].append(each)
    wanted = [_wanted(some, question) for some in by_due.values()]
    shown = [each for some in wanted if sum(each.tasks for each in some) <= few for each in some]
    rows: defaultdict[date | None, list[DeadlineRow]] = defaultdict(list)
    for row in _whole(store, _listed(store, shown, question, done, narrowed), question, done, narrowed):
        rows[row.due].append(row)
    return tuple(CalendarDay(due, *_counted(by_due[due]), tuple(rows[due])) for due in sorted(by_due))


def task_row(
    store: GraphStore,
    task: str,
    question: DeadlineQuestion,
    done: Mapping[str, date] | None = None,
    *,
    authority: Authority | None = None,
) -> DeadlineRow | None:
    """Return one task as of the day of a question, whatever else is asked; None where there is none of this id."""
    rows = [row for row in _tasks(store, [task]) if row["task"] is not None]
    known = documents_by_id(store, {row["document"] for row in rows if row["document"] is not None})
    issued = next((each["date"] for each in known.values()), None)
    # Why the task is one of those asked about is asked of its day alone: a body may have thousands.
    narrowed, _ = _narrowed(store, question, authority, issued=issued)
    found = [(row, standing_of(row, question.on, (done or {}).get(task))) for row in rows]
    return next(iter(_whole(store, found, question, done or {}, narrowed)), None)


def task_states(
    store: GraphStore,
    on: date,
    done: Mapping[str, date] | None = None,
    *,
    province: str | None = None,
    keep: Keep = unkept,
) -> dict[TaskState, int]:
    """Return how many tasks are in each state on a day, of one province with the central ones or of all."""
    return _counted(_days(store, DeadlineQuestion(on, province=province), done or {}, None, keep))[0]


def _counted(days: Iterable[Day]) -> tuple[dict[TaskState, int], int]:
    """Return how many tasks are in each state, and how many have a day but no state."""
    states = Counter(dict.fromkeys(TaskState, 0))
    stateless = 0
    for each in days:
        if each.standing.state is not None:
            states[each.standing.state] += each.tasks
        elif each.standing.due is not None:
            stateless += each.tasks
    return dict(states), stateless


def _wanted(days: list[Day], question: DeadlineQuestion) -> list[Day]:
    if question.no_day is NoDay.UNTOLD:
        return [each for each in days if each.standing.due is None]
    return [each for each in days if question.state in (None, each.standing.state)]


def _within(due: date | None, question: DeadlineQuestion) -> bool:
    if question.from_ is None and question.to is None:
        return True
    return due is not None and (question.from_ or due) <= due <= (question.to or due)


def _span(question: DeadlineQuestion) -> tuple[date, date] | None:
    """Return the range in which a recurring duty stands for each of its days."""
    if question.from_ is None or question.to is None or question.to - question.from_ > LONGEST:
        return None
    return question.from_, question.to


def _standings(row: Row, question: DeadlineQuestion, done: date | None) -> tuple[Standing, ...]:
    """Return when and in which state a task is due: once, or on each day of a recurring one in the range."""
    span = _span(question)
    if row["recurrence"] is None or span is None:
        return (standing_of(row, question.on, done),)
    return standings_between(row["recurrence"], *span, issued=row["issued"], on=question.on, done=done)


# Tasks of an agency, a place, a criterion or a document: few, so they are taken one by one


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """What the question names, the deadlines of its tasks, and by which rules each counts for that."""

    asked: Asked
    because: Mapping[str, tuple[Because, ...]]
    rows: Mapping[str, Row]  # by task; without a kind where a task states no deadline


def _narrowed(
    store: GraphStore,
    question: DeadlineQuestion,
    authority: Authority | None,
    keep: Keep = unkept,
    *,
    issued: date | None = None,
) -> tuple[_Narrowed | None, str | None]:
    """Return what the question names (None: nothing), and a note when a name stands for nothing.

    keep: all lists of the same things share it. issued: only the tasks of documents of this day.
    """
    if not (question.agency or question.place or question.criterion or question.document):
        return None, None
    things = replace(question, from_=None, to=None, state=None, no_day=None, offset=0, limit=0)
    return keep((things, issued), lambda: _narrow(store, question, authority, issued))


def _narrow(
    store: GraphStore, question: DeadlineQuestion, authority: Authority | None, issued: date | None
) -> tuple[_Narrowed, str | None]:
    resolved = resolve(store, question, today=question.on, authority=authority)
    asked = replace(resolved.asked, scope=replace(resolved.asked.scope, issued=issued))
    because = tasks_asked(store, asked) if resolved.unknown is None else {}
    rows = {row["task"]: row for row in _tasks(store, sorted(because))}
    note = resolved.unknown or (resolved.unnamed if not because else None)
    return _Narrowed(asked, because, rows), note


def _tasks(store: GraphStore, ids: list[str]) -> list[Row]:
    """Return the deadlines of tasks; a task that states none is a row without a kind."""
    rows = store.ask("deadlines_of_tasks", ids=ids) if ids else []
    bare = [row["task"] for row in rows if row["kind"] is None and row["task"] is not None]
    documents = {row["task"]: row["document"] for row in store.ask("tasks", ids=bare)} if bare else {}
    return [row | {"document": documents[row["task"]]} if row["task"] in documents else row for row in rows]


def _days(
    store: GraphStore,
    question: DeadlineQuestion,
    done: Mapping[str, date],
    narrowed: _Narrowed | None,
    keep: Keep,
) -> list[Day]:
    """Return the days of all tasks of a question, the earliest first."""
    if narrowed is None:
        # The range matters only where recurring duties stand for each of their days in it.
        about = (question.on, question.province, _span(question))
        return keep(about, lambda: sorted(all_days(store, question, done), key=_order))
    stated = [row for row in narrowed.rows.values() if row["kind"] is not None]
    return sorted(_days_of(stated, question, done), key=_order)


def _order(day: Day) -> tuple[date, str, str, str]:
    return day.standing.due or date.max, day.kind, day.recurrence or "", day.task or ""


def _days_of(rows: Iterable[Row], question: DeadlineQuestion, done: Mapping[str, date]) -> list[Day]:
    return [
        Day(row["kind"], row["date"], row["recurrence"], each, 1, row["task"])
        for row in rows
        for each in _standings(row, question, done.get(row["task"]))
    ]


# All tasks: counted by day


def all_days(store: GraphStore, question: DeadlineQuestion, done: Mapping[str, date]) -> list[Day]:
    """Return the days on which tasks fall due, those without a day too; of a range those of recurring duties in it."""
    marked = [row for row in _marked(store, done) if _counts(row, question)]
    span = _span(question)
    since = span[0] if span else date.max
    counted = _counted_alike(store, question, since)
    for row in marked:
        due = Due(row["kind"], row["date"], row["recurrence"])
        counted[due, _anchor(due, row["issued"], since)] -= 1
    found: Counter[tuple[Due, Standing]] = Counter()
    for (due, issued), tasks in counted.items():
        if tasks:
            for each in _standings(due._asdict() | {"issued": issued}, question, None):
                found[due, each] += tasks
    return [*(Day(*due, each, tasks) for (due, each), tasks in found.items()), *_days_of(marked, question, done)]


def _counted_alike(store: GraphStore, question: DeadlineQuestion, since: date) -> Counter[tuple[Due, date | None]]:
    """Return how many tasks are due alike, those of a recurrence by the day that it counts or holds from."""
    counted: Counter[tuple[Due, date | None]] = Counter()
    for row in store.ask("deadline_days", day=question.on, province=question.province or ""):
        for due, tasks in scheduled(row["schedule"]):
            counted[due, _anchor(due, row["issued"], since)] += tasks
    return counted


def _anchor(due: Due, issued: date | None, since: date) -> date | None:
    """Return the day of its document where the days of a recurring deadline depend on it."""
    if due.recurrence is None or issued is None:
        return None
    return issued if counts_from_start(due.recurrence) or issued > since else None


def _marked(store: GraphStore, done: Mapping[str, date]) -> list[Row]:
    rows = store.ask("deadlines_of_tasks", ids=sorted(done)) if done else []
    return [row for row in rows if row["kind"] is not None]


def _counts(row: Row, question: DeadlineQuestion) -> bool:
    return (
        (row["issued"] or question.on) <= question.on
        and (row["ended"] is None or row["ended"] > question.on)
        and (question.province is None or row["province"] in (None, question.province))
    )


# Tasks that state no deadline


def _count_unstated(store: GraphStore, question: DeadlineQuestion, narrowed: _Narrowed | None) -> int:
    """Return how many there are; none in a range of days."""
    if question.from_ is not None or question.to is not None:
        return 0
    if narrowed is not None:
        return sum(row["kind"] is None for row in narrowed.rows.values())
    counted: int = store.ask("count_tasks_without_deadline", **_where(question))[0]["total"]
    return counted


def _unstated(store: GraphStore, question: DeadlineQuestion, narrowed: _Narrowed | None) -> list[Row]:
    """Return one page of them, the newest documents first; in the order of their ids where things are named."""
    if narrowed is not None:
        bare = [row for row in narrowed.rows.values() if row["kind"] is None]
        return bare[question.offset : question.offset + question.limit]
    where = _where(question)
    # Each of these days has a task at least, so no more of them can be on the page or before it.
    days = store.ask("days_of_tasks_without_deadline", **where, limit=question.offset + question.limit)
    rows = store.ask("tasks_without_deadline", **where, **page_of_days(days, question.offset, question.limit))
    return [row | _NO_DEADLINE for row in rows]


def _where(question: DeadlineQuestion) -> Row:
    return {"day": question.on, "province": question.province or ""}


# The page


def _page(
    store: GraphStore,
    days: list[Day],
    question: DeadlineQuestion,
    done: Mapping[str, date],
    narrowed: _Narrowed | None,
) -> list[tuple[Row, Standing]]:
    """Return the deadlines of the page asked for, in the order of `days`."""
    first, last = question.offset, question.offset + question.limit
    shown: list[Day] = []
    passed = skipped = 0
    for each in days:
        if passed + each.tasks <= first:
            skipped += each.tasks
        elif passed < last:
            shown.append(each)
        passed += each.tasks
    return _listed(store, shown, question, done, narrowed)[first - skipped : last - skipped]


def _listed(
    store: GraphStore,
    days: list[Day],
    question: DeadlineQuestion,
    done: Mapping[str, date],
    narrowed: _Narrowed | None,
) -> list[tuple[Row, Standing]]:
    """Return the tasks of these days, each in its state."""
    single = {each.task for each in days if each.task is not None}
    alone = narrowed.rows if narrowed else {row["task"]: row for row in _marked(store, {id: done[id] for id in single})}
    dated = sorted({each.date for each in days if each.task is None and each.date is not None})
    undated = {each.recurrence for each in days if each.task is None and each.date is None}
    rules = sorted(rule for rule in undated if rule is not None)
    where = _where(question)
    rows = store.ask("tasks_due_on", days=dated, first=dated[0], last=dated[-1], **where) if dated else []
    rows += store.ask("tasks_due_by_rules", recurrences=rules, **where) if rules else []
    rows += store.ask("tasks_due_without_day", **where) if None in undated else []
    by_day: defaultdict[tuple[str, date | None, str | None, date | None], list[tuple[Row, Standing]]] = defaultdict(
        list
    )
    for row in rows:
        if row["task"] not in done:
            for each in _standings(row, question, None):
                by_day[row["kind"], row["date"], row["recurrence"], each.due].append((row, each))
    found: list[tuple[Row, Standing]] = []
    for day in days:
        if day.task is not None:
            found.append((alone[day.task], day.standing))
        else:
            tasks = by_day[day.kind, day.date, day.recurrence, day.standing.due]
            found += sorted(tasks, key=lambda each: each[0]["task"])
    return found


def _whole(
    store: GraphStore,
    found: list[tuple[Row, Standing]],
    question: DeadlineQuestion,
    done: Mapping[str, date],
    narrowed: _Narrowed | None,
) -> Iterable[DeadlineRow]:
    if not found:
        return
    ids = sorted({row["task"] for row, _ in found})
    tasks = {task["task"]: task for task in store.ask("tasks", ids=ids)}
    bound = grouped(store, "bound_by_tasks", "task", ids, present="agency")
    places = grouped(store, "places_of_tasks", "task", ids, present="place") if question.place else {}
    documents = documents_by_id(store, {row["document"] for row, _ in found})
    for row, state in found:
        if row["task"] not in tasks or row["document"] not in documents:
            continue  # written anew or removed between two questions of this answer
        task = tasks[row["task"]]
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
            text=row["text"] or "",
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
