"""The deadlines page: states counted and listed, days in words, rows in the order of their day."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from pathlib import Path

import pytest
from directives import letter, write_letters
from flask.testing import FlaskClient
from trees import links, tagged, text_of

from dash_app.address import Address, parse
from dash_app.app import make_app
from dash_app.components import ROWS
from dash_app.page import Desk
from dash_app.pages.deadlines.data import History, Listed, Month, is_calendar, month_of, question_of, weeks_of
from dash_app.pages.deadlines.layout import days, sentence, state_tabs, stateless, table_of, tools
from dash_app.pages.deadlines.month import month_view
from dash_app.pages.deadlines.states import SAVE, UNDO, history_panel, saved, state_form
from dash_app.pages.deadlines.wiring import suggestions, told, typed_date
from dash_app.words import words_of
from ntmgraph.model import Basis, Evidence
from ntmgraph.queries import (
    CalendarDay,
    DeadlineAnswer,
    DeadlineQuestion,
    DeadlineRow,
    DocumentName,
    Named,
    NoDay,
    TaskState,
)
from ntmgraph.workspace import Workspace
from ntmgraph.workspace.correcting import Act
from ntmgraph.workspace.decisions import DecisionKind, Proof, mark_done, undo

SAY = words_of("vi")
ON = date(2018, 6, 1)
PLAN = DocumentName("kh-7", "7/KH-UBND", date(2018, 1, 9), "UBND tỉnh Hà Nam", "Kế hoạch")
ROW = DeadlineRow(
    task="kh-7:t1",
    document=PLAN,
    what="Rà soát quy hoạch các xã",
    agency=(Named("so-xd", "Sở Xây dựng"),),
    due=date(2018, 5, 20),
    text="trước ngày 20/5/2018",
    recurrence=None,
    state=TaskState.OPEN_LATE,
    days_late=12,
    basis=Basis.STATED,
    evidence=Evidence("kh-7:1", 10, 34, "Rà soát quy hoạch các xã", "order"),
)
OPEN = replace(ROW, task="kh-7:t2", due=date(2018, 6, 30), state=TaskState.OPEN_IN_TIME, days_late=-29)
DONE = replace(ROW, task="kh-7:t3", due=date(2018, 2, 1), state=TaskState.DONE_LATE, days_late=3, done=date(2018, 2, 4))
UNDATED = replace(ROW, task="kh-7:t4", due=None, state=None, days_late=None, text="khi có hướng dẫn")
STATES = {TaskState.OPEN_LATE: 1, TaskState.OPEN_IN_TIME: 1, TaskState.DONE_LATE: 1}
ANSWER = DeadlineAnswer((DONE, ROW, OPEN, UNDATED), 4, STATES, undated=1)


def page_of(answer: DeadlineAnswer = ANSWER) -> Listed:
    return Listed(ON, answer)


@pytest.mark.parametrize(
    ("search", "question"),
    [
        ("", DeadlineQuestion(ON)),
        ("?on=2017-03-01&state=open_late", DeadlineQuestion(date(2017, 3, 1), state=TaskState.OPEN_LATE)),
        ("?on=31/12/2017&state=nonsense", DeadlineQuestion(ON)),
        ("?agency=so-xd&province=Hà Nam", DeadlineQuestion(ON, agency="so-xd", province="Hà Nam")),
        ("?from=2018-06-01&to=2018-07-01&offset=200", DeadlineQuestion(ON, ON, date(2018, 7, 1), offset=200)),
    ],
)
def test_the_address_is_the_question(search: str, question: DeadlineQuestion):
    assert question_of(parse("/nhiem-vu", search), ON) == replace(question, limit=ROWS)


def test_a_long_list_is_paged():
    address = Address("/nhiem-vu", (("offset", "100"),))
    answer = DeadlineAnswer(tuple(replace(ROW, task=f"kh-7:t{number}") for number in range(ROWS)), 450, STATES)
    shown = table_of(SAY, address, page_of(answer))
    assert {"/nhiem-vu?offset=50", "/nhiem-vu?offset=150"} <= set(links(shown))
    assert "Dòng 101–150 trong 450" in text_of(shown)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ROW, "quá 12 ngày"),
        (OPEN, "còn 29 ngày"),
        (replace(OPEN, days_late=0), "hôm nay"),
        (replace(ROW, days_late=1200), "quá 1.200 ngày"),
        (DONE, ""),
        (UNDATED, ""),
    ],
)
def test_days_in_words(row: DeadlineRow, words: str):
    assert days(SAY, row) == words


def test_the_sentence_counts_each_state():
    line, note = sentence(SAY, page_of())
    assert text_of(line) == "1 nhiệm vụ đang quá hạn, 1 đang trong hạn, 1 đã hoàn thành (trong đó 1 quá hạn)."
    assert text_of(note).startswith("1 nhiệm vụ có thời hạn nhưng văn bản không đủ")


def test_where_nothing_is_done_the_sentence_says_so():
    line, _ = sentence(SAY, page_of(DeadlineAnswer((ROW,), 1, {TaskState.OPEN_LATE: 1})))
    assert text_of(line).endswith("0 đang trong hạn; chưa nhiệm vụ nào được đánh dấu hoàn thành.")


def test_tabs_lead_to_the_rows_of_a_state_and_keep_the_filters():
    address = Address("/nhiem-vu", (("agency", "so-xd"), ("offset", "200")))
    tabs = state_tabs(SAY, address, page_of())
    assert links(tabs)[:2] == ["/nhiem-vu?agency=so-xd", "/nhiem-vu?agency=so-xd&state=open_late"]
    assert text_of(tabs).startswith("Tất cả 4 đang thực hiện quá hạn 1")
    of_one_state = state_tabs(
        SAY, Address("/nhiem-vu", (("state", "open_late"),)), page_of(replace(ANSWER, rows=(ROW,), total=1))
    )
    assert text_of(of_one_state) == text_of(tabs)


def test_a_row_leads_to_its_evidence_and_is_marked():
    shown = table_of(SAY, Address("/nhiem-vu", (("row", "kh-7:t1"),)), page_of())
    chosen = [line for line in tagged(shown, "Tr") if "selected" in getattr(line, "className", "")]
    assert len(chosen) == 1
    assert links(chosen) == ["/nhiem-vu?row=kh-7:t1"]
    assert "7/KH-UBND" in text_of(chosen)


def test_a_recurring_deadline_is_told():
    row = replace(OPEN, recurrence="FREQ=MONTHLY;BYMONTHDAY=20", text="ngày 20 hằng tháng")
    assert "định kỳ" in text_of(table_of(SAY, Address("/nhiem-vu"), page_of(DeadlineAnswer((row,), 1, {}))))


def test_no_row_says_why():
    answer = DeadlineAnswer((), 0, STATES, note="Không văn bản nào giao việc cho cơ quan này.")
    assert "Không văn bản nào giao việc" in text_of(table_of(SAY, Address("/nhiem-vu"), page_of(answer)))


def test_each_row_has_a_box_of_the_form():
    boxes = [
        each for each in tagged(table_of(SAY, Address("/nhiem-vu"), page_of()), "Input") if each.type == "checkbox"
    ]
    assert [getattr(box, "value", None) for box in boxes] == [None, "kh-7:t3", "kh-7:t1", "kh-7:t2", "kh-7:t4"]
    assert {box.form for box in boxes[1:]} == {state_form(SAY, ON).id}


def test_tasks_without_a_day_have_tabs_of_their_own():
    shown = state_tabs(SAY, Address("/nhiem-vu"), page_of(replace(ANSWER, unstated=7)))
    assert text_of(shown).endswith("chưa rõ ngày 1 không nêu thời hạn 7")
    assert links(shown)[-2:] == ["/nhiem-vu?state=untold", "/nhiem-vu?state=unstated"]
    assert question_of(parse("/nhiem-vu", "?state=unstated"), ON).no_day is NoDay.UNSTATED


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (UNDATED, "không có ngày"),
        (replace(UNDATED, done=date(2018, 2, 4)), "đã hoàn thành 04/02/2018"),
        (replace(UNDATED, due=ON), "ngày bắt đầu"),
        (replace(UNDATED, due=ON, recurrence="FREQ=MONTHLY;BYMONTHDAY=1"), "kỳ đã qua"),
    ],
)
def test_what_has_no_state_says_why(row: DeadlineRow, words: str):
    assert stateless(SAY, row) == words


MARKED = mark_done("kh-7:t1", date(2018, 5, 30), by="an", why="<b>BC 9</b>", proof=Proof("0" * 64, "bc 9.pdf"))
TAKEN_BACK = undo(MARKED, by="bình")


def test_the_history_says_who_and_when_and_offers_the_way_back():
    shown = history_panel(SAY, History((MARKED,)), MARKED)
    assert "Hoàn thành ngày 30/05/2018 an," in text_of(shown)
    assert "<b>BC 9</b>" in text_of(shown)
    assert links(shown) == [f"/nhiem-vu/minh-chung/{MARKED.id}"]
    (button,) = tagged(shown, "Button")
    assert getattr(button, "data-undo") == MARKED.id
    again = History((TAKEN_BACK, MARKED), frozenset({MARKED.id}))
    assert again.last is None
    assert "(đã hoàn tác)" in text_of(history_panel(SAY, again, again.last))
    assert not tagged(history_panel(SAY, again, again.last), "Button")


def test_what_was_saved_can_be_taken_back_as_a_whole():
    shown = saved(SAY, (MARKED, mark_done("kh-7:t2", date(2018, 5, 30), by="an")))
    assert "Đã ghi cho 2 nhiệm vụ: hoàn thành ngày 30/05/2018." in text_of(shown)
    assert len(getattr(tagged(shown, "Button")[0], "data-undo").split()) == 2


DAYS = (
    CalendarDay(date(2018, 5, 20), {TaskState.OPEN_LATE: 1}, 0, (ROW,)),
    CalendarDay(date(2018, 5, 31), {TaskState.OPEN_LATE: 1200, TaskState.OPEN_IN_TIME: 3}, 2),
)


def test_a_day_of_the_month_leads_to_its_list():
    page = Month(ON, date(2018, 5, 1), DAYS, None)
    address = parse("/nhiem-vu", "?view=calendar&month=2018-05&agency=so-xd")
    shown = month_view(SAY, address, page)
    on_20, on_31 = "from=2018-05-20&to=2018-05-20", "from=2018-05-31&to=2018-05-31"
    assert links(shown) == [
        f"/nhiem-vu?agency=so-xd&{on_20}",
        "/nhiem-vu?view=calendar&month=2018-05&agency=so-xd&row=kh-7:t1",
        f"/nhiem-vu?agency=so-xd&{on_31}",
        f"/nhiem-vu?agency=so-xd&{on_31}&state=open_late",
        f"/nhiem-vu?agency=so-xd&{on_31}&state=open_in_time",
    ]
    assert "1.205 việc 1.200 quá hạn 3 trong hạn" in text_of(shown)
    of_one_state = month_view(SAY, address, replace(page, state=TaskState.OPEN_IN_TIME))
    assert "3 việc" in text_of(of_one_state)
    assert "20 1 việc" not in text_of(of_one_state)
    desk = Desk(None, SAY, ON)  # type: ignore[arg-type]
    assert {"/nhiem-vu?view=calendar&agency=so-xd&month=2018-04", "/nhiem-vu?agency=so-xd"} <= set(
        links(tools(SAY, address, page, desk))
    )
    assert "/nhiem-vu/lich.ics?agency=so-xd&from=2018-05-01&to=2018-05-31" in links(tools(SAY, address, page, desk))


def test_a_calendar_is_not_narrowed_to_tasks_without_a_day():
    desk = Desk(None, SAY, ON)  # type: ignore[arg-type]
    address = parse("/nhiem-vu", "?state=unstated&agency=so-xd")
    there = links(tools(SAY, address, page_of(), desk))
    assert {"/nhiem-vu?state=unstated&agency=so-xd", "/nhiem-vu?agency=so-xd&view=calendar"} <= set(there)
    assert not [each for each in there if "lich.ics" in each]  # it would hold none of them
    late = links(tools(SAY, parse("/nhiem-vu", "?state=open_late"), page_of(), desk))
    assert {"/nhiem-vu?view=calendar&state=open_late", "/nhiem-vu/lich.ics?state=open_late"} <= set(late)
    typed = parse("/nhiem-vu", "?state=unstated&view=calendar&month=2018-05")
    month = links(tools(SAY, typed, Month(ON, date(2018, 5, 1), DAYS, None), desk))
    assert "/nhiem-vu/lich.ics?from=2018-05-01&to=2018-05-31" in month


def test_a_month_is_whole_weeks():
    assert [week[0].day for week in weeks_of(date(2018, 2, 1))] == [29, 5, 12, 19, 26]
    assert len(weeks_of(date(2021, 2, 1))) == 4  # begins on a Monday
    assert month_of(parse("/nhiem-vu", "?month=2018-02&on=2019-01-01"), ON) == date(2018, 2, 1)
    assert month_of(parse("/nhiem-vu", "?month=nonsense&on=2019-01-05"), ON) == date(2019, 1, 1)
    assert is_calendar(parse("/nhiem-vu", "?view=calendar"))


def test_a_draft_is_told():
    row = replace(ROW, document=replace(PLAN, state="draft"))
    for document, shown in ((ROW, False), (row, True)):
        table = table_of(SAY, Address("/nhiem-vu"), page_of(replace(ANSWER, rows=(document,))))
        assert ("dự thảo" in text_of(table)) is shown


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01/06/2018", ON),
        (" 1/6/2018 ", ON),
        ("2018-06-01", None),
        ("31/02/2018", None),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_typed_as_offices_write_it(text: str | None, day: date | None):
    assert typed_date(text) == day


@pytest.fixture
def desk(tmp_path: Path, empty_workspace: Path) -> Iterator[Desk]:
    """A desk over a workspace of two letters."""
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:
        workspace.ingest(write_letters(tmp_path / "vào", 2))
        yield Desk(workspace, SAY, date(2020, 1, 10))


def sent(desk: Desk, browser: FlaskClient, task: str, state: str) -> HTTPStatus:
    """Send the form of a task as its panel has filled it in."""
    panel = told(desk, Address("/nhiem-vu", (("row", task),)))
    fields = {each.name: each.value for each in tagged(panel, "Input") if each.type == "hidden"}
    return HTTPStatus(browser.post(SAVE, data={**fields, "done_on": "09/01/2020", "state": state}).status_code)


def test_a_task_that_was_confirmed_is_marked_done_from_its_panel(desk: Desk):
    browser, workspace = make_app(desk.workspace).server.test_client(), desk.workspace
    task = workspace.deadlines(DeadlineQuestion(desk.today)).rows[0].task
    workspace.correct(Act(DecisionKind.ACCEPTED, task), by="an")
    assert sent(desk, browser, task, "done") is HTTPStatus.OK
    (done,) = (each for each in workspace.decisions(task) if each.kind is DecisionKind.STATE)
    assert browser.post(UNDO, data={"decision": done.id}).status_code == HTTPStatus.OK
    assert sent(desk, browser, task, "open") is HTTPStatus.OK
    stale = {"row": task, "seen": done.id, "done_on": "09/01/2020", "state": "done"}
    assert browser.post(SAVE, data=stale).status_code == HTTPStatus.CONFLICT


def test_the_filter_suggests_what_is_of_the_province_asked_about(desk: Desk, tmp_path: Path):
    other = letter(3).replace("NINH BÌNH", "HÀ NAM").replace("Ninh Bình", "Hà Nam")
    (tmp_path / "hà nam.txt").write_text(other, encoding="utf-8")
    desk.workspace.ingest([tmp_path / "hà nam.txt"])
    here = Address("/nhiem-vu", (("province", "Hà Nam"),))
    for typed, count in (("tài chính", 1), ("UBND-VP3", 1)):
        found, every = suggestions(desk, here, typed), suggestions(desk, Address("/nhiem-vu"), typed)
        assert (len(found), len(every) > count) == (count, True)
        assert "ha-nam" in found[0].href
