"""The four official states, counted and listed; what was done, what recurs, what has ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from readings import Directive

from ntmgraph.model import Basis, DeadlineKind, Relation, Scope
from ntmgraph.queries import DeadlineQuestion, NoDay, TaskState
from ntmgraph.store import GraphStore
from ntmgraph.workspace.deadlines import calendar, deadlines, task_row, task_states
from ntmgraph.workspace.due import Standing, occurrences, standing, standings_between

DAY = date(2020, 6, 15)
BEFORE, AFTER = DAY - timedelta(1), DAY + timedelta(1)
ON_TIME, LATE, OPEN, OVERDUE = TaskState.DONE_ON_TIME, TaskState.DONE_LATE, TaskState.OPEN_IN_TIME, TaskState.OPEN_LATE
MONTHLY, QUARTERLY = "FREQ=MONTHLY;BYMONTHDAY=20", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15"

STANDINGS = (
    # kind, day, recurrence, done, asked on -> due, state, days late
    (DeadlineKind.BEFORE, DAY, None, None, BEFORE, (DAY, OPEN, 0)),
    (DeadlineKind.BEFORE, DAY, None, None, DAY, (DAY, OVERDUE, 1)),  # "trước ngày D": late from D on
    (DeadlineKind.BY, DAY, None, None, DAY, (DAY, OPEN, 0)),
    (DeadlineKind.BY, DAY, None, None, AFTER, (DAY, OVERDUE, 1)),
    (DeadlineKind.BY_END_OF, DAY, None, None, DAY, (DAY, OPEN, 0)),
    (DeadlineKind.ON, DAY, None, None, BEFORE, (DAY, OPEN, -1)),
    (DeadlineKind.RELATIVE, DAY, None, None, AFTER, (DAY, OVERDUE, 1)),
    (DeadlineKind.BEFORE, DAY, None, BEFORE, AFTER, (DAY, ON_TIME, None)),
    (DeadlineKind.BEFORE, DAY, None, DAY, AFTER, (DAY, LATE, 1)),
    (DeadlineKind.BY, DAY, None, DAY, AFTER, (DAY, ON_TIME, None)),
    (DeadlineKind.BY, DAY, None, AFTER, DAY, (DAY, OPEN, 0)),  # done only after the day asked about
    (DeadlineKind.FROM, DAY, None, None, AFTER, (DAY, None, None)),
    (DeadlineKind.EVENT, None, None, None, DAY, (None, None, None)),
    (DeadlineKind.RECURRING, None, MONTHLY, None, DAY, (date(2020, 6, 20), OPEN, -5)),
    (DeadlineKind.RECURRING, None, MONTHLY, None, date(2020, 6, 20), (date(2020, 6, 20), OPEN, 0)),
    (DeadlineKind.RECURRING, None, MONTHLY, date(2020, 5, 21), DAY, (date(2020, 6, 20), ON_TIME, None)),
    (DeadlineKind.RECURRING, None, MONTHLY, date(2020, 5, 20), DAY, (date(2020, 6, 20), OPEN, -5)),
    (DeadlineKind.RECURRING, None, QUARTERLY, None, DAY, (date(2020, 7, 15), OPEN, -30)),  # from January on
    (DeadlineKind.RECURRING, None, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", None, DAY, (date(2020, 12, 31), OPEN, -199)),
    (DeadlineKind.RECURRING, None, MONTHLY + ";UNTIL=20200301", None, DAY, (date(2020, 2, 20), OVERDUE, 116)),
)


@pytest.mark.parametrize(("kind", "day", "recurrence", "done", "on", "expected"), STANDINGS)
def test_state_of_a_task(
    kind: DeadlineKind,
    day: date | None,
    recurrence: str | None,
    done: date | None,
    on: date,
    expected: tuple[object, ...],
) -> None:
    assert standing(kind, day, recurrence, issued=date(2020, 1, 5), on=on, done=done) == Standing(*expected)  # type: ignore[arg-type]


RULES = (
    MONTHLY,
    QUARTERLY,
    "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=-1",
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYMONTHDAY=31",
    "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=25",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
    "FREQ=MONTHLY;BYMONTHDAY=1;COUNT=5",
    "FREQ=MONTHLY",
    "FREQ=YEARLY;BYYEARDAY=-200,-32",
    "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
)


@pytest.mark.parametrize(
    ("done", "states"),
    [
        (None, {date(2020, 5, 20): None, date(2020, 6, 20): OPEN, date(2020, 7, 20): OPEN}),
        (date(2020, 5, 18), {date(2020, 5, 20): ON_TIME, date(2020, 6, 20): OPEN, date(2020, 7, 20): OPEN}),
        (date(2020, 6, 1), {date(2020, 5, 20): None, date(2020, 6, 20): ON_TIME, date(2020, 7, 20): OPEN}),
        (date(2020, 6, 16), {date(2020, 5, 20): None, date(2020, 6, 20): OPEN, date(2020, 7, 20): OPEN}),  # to come
    ],
)
def test_a_recurring_duty_has_a_state_on_each_of_its_days(done: date | None, states: dict[date, TaskState | None]):
    found = standings_between(MONTHLY, date(2020, 1, 1), date(2020, 7, 31), issued=date(2020, 5, 20), on=DAY, done=done)
    assert {each.due: each.state for each in found} == states  # none before its document


@given(rule=st.sampled_from(RULES), start=st.dates(date(2009, 1, 1), date(2026, 12, 31)), later=st.integers(0, 3000))
def test_the_next_day_of_a_rhythm_is_that_of_the_letters_own_start(rule: str, start: date, later: int) -> None:
    on = start + timedelta(later)
    own = rrulestr(rule, dtstart=datetime.combine(start, time())).after(datetime.combine(on, time()), inc=True)
    assert occurrences(rule, start, on)[1] == (own.date() if own else None)


@pytest.fixture
def letters(graph: GraphStore) -> list[str]:
    """Six tasks of Lào Cai and one of Lạng Sơn; the ids of those of Lào Cai."""
    letter = Directive("1/UBND-TH", date(2020, 1, 5))
    tasks = [
        letter.task(
            "trước hạn",
            ["Sở Tài chính"],
            due=("trước ngày 15/6", DeadlineKind.BEFORE, DAY, None),
            criteria=[(17, "VN-XA-2016")],
        ),
        letter.task(
            "đến hạn",
            ["Sở Công Thương"],
            due=("chậm nhất 15/6", DeadlineKind.BY, DAY, None),
            places=[("xã Phú Nhuận", "p.02944")],
        ),
        letter.task("cùng ngày", ["Sở Tài chính"], due=("trước ngày 15/6", DeadlineKind.BEFORE, DAY, None)),
        letter.task("hằng tháng", ["Sở Tài chính"], due=("ngày 20", DeadlineKind.RECURRING, None, MONTHLY)),
        letter.task("khi có dịch", ["Sở Tài chính"], due=("khi có dịch", DeadlineKind.EVENT, None, None)),
        letter.task("không hạn", ["Sở Tài chính"]),
    ]
    other = Directive("2/UBND-TH", date(2020, 1, 6), province="Lạng Sơn")
    other.task("nơi khác", ["Sở Tài chính"], due=("chậm nhất 30/6", DeadlineKind.BY, date(2020, 6, 30), None))
    graph.replace(letter.reading(), other.reading())
    return tasks


LISTED = (
    # question -> what is due, in order
    (DeadlineQuestion(DAY), ("trước hạn|cùng ngày", "đến hạn", "hằng tháng", "nơi khác", "khi có dịch")),
    (DeadlineQuestion(DAY, province="Lạng Sơn"), ("nơi khác",)),
    (DeadlineQuestion(DAY, state=OVERDUE), ("trước hạn|cùng ngày",)),
    (DeadlineQuestion(DAY, state=OPEN), ("đến hạn", "hằng tháng", "nơi khác")),
    (DeadlineQuestion(DAY, from_=date(2020, 6, 16), to=date(2020, 6, 29)), ("hằng tháng",)),
    (
        DeadlineQuestion(DAY, agency="Sở Tài chính", province="Lào Cai"),
        ("trước hạn|cùng ngày", "hằng tháng", "khi có dịch"),
    ),
    (DeadlineQuestion(DAY, criterion="17"), ("trước hạn",)),
    (DeadlineQuestion(DAY, place="phu nhuan"), ("đến hạn",)),
    (DeadlineQuestion(DAY, criterion="17", agency="Sở Công Thương"), ()),
    (DeadlineQuestion(date(2019, 1, 1)), ()),  # before the letters
)


@pytest.mark.parametrize(("question", "expected"), LISTED, ids=lambda value: str(value)[16:70])
def test_lists(graph: GraphStore, letters: list[str], question: DeadlineQuestion, expected: tuple[str, ...]) -> None:
    answer = deadlines(graph, question)
    names = (
        {"trước hạn": "trước hạn|cùng ngày", "cùng ngày": "trước hạn|cùng ngày"}
        if "trước hạn|cùng ngày" in expected
        else {}
    )
    shown = [names.get(row.what, row.what) for row in answer.rows]
    assert list(dict.fromkeys(shown)) == list(expected)
    assert answer.total == len(answer.rows)
    assert bool(answer.note) == (not answer.rows)


def test_a_range_holds_each_day_of_a_recurring_duty(graph: GraphStore, letters: list[str]) -> None:
    monthly = letters[3]
    question = DeadlineQuestion(DAY, from_=date(2019, 12, 1), to=date(2020, 8, 1))
    for done, passed in (({}, 5), ({monthly: DAY}, 5), ({monthly: date(2020, 4, 2)}, 4)):
        answer = deadlines(graph, question, done)
        days = [row.due for row in answer.rows if row.task == monthly]
        assert days == [date(2020, month, 20) for month in range(1, 8)]  # its letter is of 5 January
        assert (answer.total, answer.stateless) == (len(answer.rows), passed)
    one = replace(question, from_=date(2020, 7, 20), to=date(2020, 7, 20))
    assert [(row.task, row.state) for row in deadlines(graph, one).rows] == [(monthly, OPEN)]


@pytest.mark.parametrize("agency", [None, "Sở Tài chính"])
def test_the_calendar_counts_what_the_list_of_each_day_holds(
    graph: GraphStore, letters: list[str], agency: str | None
) -> None:
    question = DeadlineQuestion(DAY, from_=date(2020, 6, 1), to=date(2020, 6, 30), agency=agency)
    days = calendar(graph, question, {letters[0]: BEFORE}, few=2)
    assert [day.day for day in days] == [DAY, date(2020, 6, 20), date(2020, 6, 30)]
    for day in days:
        listed = deadlines(graph, replace(question, from_=day.day, to=day.day), {letters[0]: BEFORE})
        assert (day.states, day.total) == (listed.states, listed.total)
        assert day.rows == (listed.rows if day.total <= 2 else ())
    late = calendar(graph, replace(question, state=OVERDUE), {letters[0]: BEFORE})
    assert [row.what for day in late for row in day.rows] == ["cùng ngày"]
    with pytest.raises(ValueError, match="from_=None"):
        calendar(graph, DeadlineQuestion(DAY))


NO_DAYS = (
    (DeadlineQuestion(DAY, no_day=NoDay.UNTOLD), ["khi có dịch"]),
    (DeadlineQuestion(DAY, no_day=NoDay.UNSTATED), ["không hạn"]),
    (DeadlineQuestion(DAY, no_day=NoDay.UNSTATED, agency="Sở Tài chính"), ["không hạn"]),
    (DeadlineQuestion(DAY, no_day=NoDay.UNSTATED, agency="Sở Công Thương"), []),
    (DeadlineQuestion(DAY, no_day=NoDay.UNSTATED, province="Lạng Sơn"), []),
    (DeadlineQuestion(DAY, no_day=NoDay.UNSTATED, offset=1), []),
)


@pytest.mark.parametrize(("question", "expected"), NO_DAYS)
def test_tasks_without_a_day(
    graph: GraphStore, letters: list[str], question: DeadlineQuestion, expected: list[str]
) -> None:
    answer = deadlines(graph, question, {letters[5]: BEFORE})
    assert [row.what for row in answer.rows] == expected
    if expected:
        assert (answer.rows[0].due, answer.rows[0].state) == (None, None)
        assert answer.total == (answer.undated if question.no_day is NoDay.UNTOLD else answer.unstated) == 1
        assert answer.rows[0].done == (BEFORE if expected == ["không hạn"] else None)


def test_tasks_of_one_document_and_one_task(graph: GraphStore, letters: list[str]) -> None:
    document = letters[0].split("/")[0]
    question = DeadlineQuestion(DAY, document=document)
    answer = deadlines(graph, question)
    assert {row.document.id for row in answer.rows} == {document}
    assert (answer.total, answer.unstated) == (5, 1)
    assert all(task_row(graph, row.task, question) == row for row in answer.rows)
    of_body = DeadlineQuestion(DAY, agency="Sở Tài chính")
    rows = deadlines(graph, of_body).rows
    assert rows and [task_row(graph, row.task, of_body) for row in rows] == list(rows)
    assert task_row(graph, letters[5], question).text == ""
    assert task_row(graph, f"{document}/task-0", question) is None
    assert deadlines(graph, replace(question, document="không-có")).rows == ()


def test_counts_states_whatever_state_is_listed(graph: GraphStore, letters: list[str]) -> None:
    states = {ON_TIME: 0, LATE: 0, OPEN: 3, OVERDUE: 2}
    assert deadlines(graph, DeadlineQuestion(DAY)).states == states
    assert deadlines(graph, DeadlineQuestion(DAY, state=ON_TIME)).states == states
    assert [deadlines(graph, DeadlineQuestion(DAY, state=state)).undated for state in (None, ON_TIME)] == [1, 1]
    assert task_states(graph, DAY) == states


def test_what_was_done_leaves_its_day(graph: GraphStore, letters: list[str]) -> None:
    done = {letters[0]: date(2020, 6, 1), letters[1]: AFTER, letters[3]: date(2020, 6, 2)}
    answer = deadlines(graph, DeadlineQuestion(date(2020, 6, 17)), done)
    assert answer.states == {ON_TIME: 2, LATE: 1, OPEN: 1, OVERDUE: 1}
    assert {row.task: row.state for row in answer.rows if row.task in done} == {
        letters[0]: ON_TIME,
        letters[1]: LATE,
        letters[3]: ON_TIME,
    }
    assert answer.total == len(answer.rows) == len({row.task for row in answer.rows}) == 6
    by_agency = deadlines(graph, DeadlineQuestion(date(2020, 6, 17), agency="Sở Công Thương"), done)
    assert [row.state for row in by_agency.rows] == [LATE]


@pytest.mark.parametrize("size", (1, 2, 4))
def test_pages_make_up_the_whole(graph: GraphStore, letters: list[str], size: int) -> None:
    done = {letters[1]: AFTER}
    whole = deadlines(graph, DeadlineQuestion(AFTER), done)
    pages = [
        row
        for offset in range(0, whole.total, size)
        for row in deadlines(graph, DeadlineQuestion(AFTER, limit=size, offset=offset), done).rows
    ]
    assert pages == list(whole.rows)


def test_a_row_is_whole(graph: GraphStore, letters: list[str]) -> None:
    row = next(row for row in deadlines(graph, DeadlineQuestion(AFTER)).rows if row.task == letters[0])
    assert [named.name for named in row.agency] == ["Sở Tài chính"]
    assert (row.due, row.text, row.days_late) == (DAY, "trước ngày 15/6", 2)
    assert row.document.number == "1/UBND-TH"
    assert "trước hạn" in row.evidence.quote


@pytest.mark.parametrize(("inferred", "basis"), [(True, Basis.INFERRED), (False, Basis.STATED)])
@pytest.mark.parametrize(("number", "state"), [(None, "draft"), ("4/UBND-TH", "issued")])
def test_a_doer_from_the_heading_and_a_draft_are_told(
    graph: GraphStore, inferred: bool, basis: Basis, number: str | None, state: str
) -> None:
    letter = Directive(number, None)
    due = ("trước ngày 15/6", DeadlineKind.BEFORE, DAY, None)
    letter.task("lập danh mục", ["Sở Tài chính"], inferred=inferred, due=due)
    graph.replace(letter.reading())
    (row,) = deadlines(graph, DeadlineQuestion(DAY)).rows
    assert (row.basis, row.evidence.basis, row.document.state) == (basis, Basis.STATED, state)


def test_a_replaced_letter_binds_nobody_any_more(graph: GraphStore, letters: list[str]) -> None:
    newer = Directive("3/UBND-TH", date(2020, 6, 1))
    graph.replace(newer.cite("1/UBND-TH", letters[0].partition("/")[0], Relation.REPLACES).reading())
    assert deadlines(graph, DeadlineQuestion(date(2020, 5, 31))).total == 6
    assert [row.what for row in deadlines(graph, DeadlineQuestion(DAY)).rows] == ["nơi khác"]
    assert deadlines(graph, DeadlineQuestion(DAY, agency="Sở Tài chính", province="Lào Cai")).total == 0


def test_a_task_is_followed_by_the_date_of_a_figure_to_reach(graph: GraphStore) -> None:
    letter = Directive("5/UBND-TH", date(2020, 1, 5))
    due = ("đến 15/6 có 30 xã đạt chuẩn", DeadlineKind.BY_END_OF, DAY, None)
    task = letter.task("hướng dẫn", ["Sở Tài chính"], due=due, scope=Scope.TARGET)
    again = ("hằng tháng 5 xã", DeadlineKind.RECURRING, None, MONTHLY)
    letter.task("kiểm tra", ["Sở Tài chính"], due=again, scope=Scope.TARGET)
    reading = letter.reading()
    aim = replace(reading.deadlines[0], text="đến hết năm có 90 xã")  # of no task
    graph.replace(replace(reading, deadlines=(*reading.deadlines, aim)))
    assert [row.what for row in deadlines(graph, DeadlineQuestion(AFTER)).rows] == ["hướng dẫn", "kiểm tra"]
    assert deadlines(graph, DeadlineQuestion(AFTER, agency="Sở Tài chính")).total == 2
    assert task_states(graph, AFTER) == {ON_TIME: 0, LATE: 0, OPEN: 1, OVERDUE: 1}
    assert deadlines(graph, DeadlineQuestion(AFTER), {task: DAY}).states[ON_TIME] == 1


def test_a_deadline_shared_by_two_tasks_is_due_for_both(graph: GraphStore) -> None:
    letter = Directive("4/UBND-TH", date(2020, 1, 5))
    letter.task("một", ["Sở Tài chính"], due=("chậm nhất 15/6", DeadlineKind.BY, DAY, None))
    letter.task("hai", ["Sở Công Thương"])
    reading = letter.reading()
    graph.replace(replace(reading, tasks=(reading.tasks[0], replace(reading.tasks[1], deadline=0))))
    answer = deadlines(graph, DeadlineQuestion(DAY))
    assert sorted(row.what for row in answer.rows) == ["hai", "một"]
    assert answer.states[OPEN] == answer.total == 2


@pytest.mark.parametrize(
    ("question", "said"),
    (
        (DeadlineQuestion(DAY, agency="Sở Y tế"), "Chưa có văn bản nào nêu cơ quan “Sở Y tế”."),
        (DeadlineQuestion(DAY, agency="Sở Y Tá"), "“Sở Y Tá”. Hãy kiểm tra lại tên gọi."),
        (DeadlineQuestion(DAY, place="Hoàng Mộng"), "“Hoàng Mộng”. Hãy kiểm tra lại tên gọi."),
        (DeadlineQuestion(DAY, criterion="99"), "“99”. Hãy kiểm tra lại số hoặc tên."),
    ),
)
def test_an_unknown_name_is_said_so(
    graph: GraphStore, letters: list[str], question: DeadlineQuestion, said: str
) -> None:
    answer = deadlines(graph, question)
    assert answer.total == 0
    assert answer.note
    assert answer.note.endswith(said)
