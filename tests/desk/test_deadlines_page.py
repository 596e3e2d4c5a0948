"""The deadlines page: states counted and listed, days in words, rows in the order of their day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from trees import links, tagged, text_of

from dash_app.address import Address, parse
from dash_app.pages.deadlines.data import Listed, question_of
from dash_app.pages.deadlines.layout import days, done_boxes, sentence, state_tabs, table_of
from dash_app.pages.deadlines.wiring import typed_date
from dash_app.words import words_of
from ntmgraph.model import Basis, Evidence
from ntmgraph.queries import PAGE, DeadlineAnswer, DeadlineQuestion, DeadlineRow, DocumentName, Named, TaskState

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


def page_of(answer: DeadlineAnswer = ANSWER, chosen: DeadlineRow | None = None) -> Listed:
    return Listed(ON, answer, chosen)


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
    assert question_of(parse("/nhiem-vu", search), ON) == question


def test_a_long_list_is_paged():
    address = Address("/nhiem-vu", (("offset", "200"),))
    answer = DeadlineAnswer(tuple(replace(ROW, task=f"kh-7:t{number}") for number in range(PAGE)), 450, STATES)
    shown = table_of(SAY, address, page_of(answer))
    assert {"/nhiem-vu", "/nhiem-vu?offset=400"} <= set(links(shown))
    assert "Dòng 201–400 trong 450" in text_of(shown)


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
    shown = table_of(SAY, Address("/nhiem-vu", (("row", "kh-7:t1"),)), page_of(chosen=ROW))
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


def test_a_done_task_offers_the_way_back():
    assert "Bỏ đánh dấu" in text_of(done_boxes(SAY, DONE, ON))
    assert "Đã hoàn thành" in text_of(done_boxes(SAY, ROW, ON))
    later = text_of(done_boxes(SAY, replace(ROW, done=date(2018, 7, 1)), ON))  # does not count yet on this day
    assert "Bỏ đánh dấu" in later
    assert "01/07/2018" in later
    assert "Ngày hoàn thành" in later


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
