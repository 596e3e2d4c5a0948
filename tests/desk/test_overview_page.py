"""The overview: every number leads to the rows it counts; an empty workspace shows the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from trees import links, tagged, text_of

from dash_app.address import Address, parse
from dash_app.pages.overview.communes import communes
from dash_app.pages.overview.data import Arrived, Today
from dash_app.pages.overview.layout import start, view
from dash_app.words import words_of
from ntmgraph.model import Basis, Evidence
from ntmgraph.queries import (
    CriterionName,
    DeadlineAnswer,
    DeadlineRow,
    DocumentName,
    DocumentRow,
    GroupProgress,
    IngestRow,
    IngestState,
    Named,
    Overview,
    ProgressView,
    TaskState,
    Told,
)

SAY = words_of("vi")
ON = date(2018, 6, 1)
PLAN = DocumentName("kh-7", "7/KH-UBND", date(2018, 1, 9), "UBND tỉnh Hà Nam", "Kế hoạch")
LATE = DeadlineRow(
    task="kh-7:t1",
    document=PLAN,
    what="Rà soát quy hoạch",
    agency=(Named("so-xd", "Sở Xây dựng"),),
    due=date(2018, 5, 20),
    text="trước ngày 20/5/2018",
    recurrence=None,
    state=TaskState.OPEN_LATE,
    days_late=12,
    basis=Basis.STATED,
    evidence=Evidence(None, 0, 17, "Rà soát quy hoạch", "order"),
)
SOON = replace(LATE, task="kh-7:t2", due=date(2018, 6, 8), state=TaskState.OPEN_IN_TIME, days_late=-7, agency=())
DRAFT = DocumentRow("d-1", "Công văn", None, None, None, None, None, "Về nước sạch", "draft", 0, 0)
COUNTS = Overview(8, 1200, 45, 3, newest=(DRAFT,))
STATES = {TaskState.OPEN_LATE: 9, TaskState.OPEN_IN_TIME: 4, TaskState.DONE_ON_TIME: 2}
NEW = IngestRow("a.docx", IngestState.NEW, PLAN, None, None, 2, (), 5)
ARRIVED = Arrived(datetime(2018, 5, 31, 9, 5, tzinfo=UTC), (NEW,))
TODAY = Today(
    ON,
    COUNTS,
    DeadlineAnswer((LATE,), 9, STATES, undated=1, stateless=2),
    DeadlineAnswer((SOON,), 3),
    week=1,
    doubts=3,
    arrived=ARRIVED,
)


def test_the_day_in_a_sentence_whose_numbers_are_links():
    shown = view(SAY, parse("/", "?on=2018-06-01&province=Hà Nam"), TODAY)
    assert "Tính đến 01/06/2018 : 9 nhiệm vụ quá hạn, 1 đến hạn trong 7 ngày, 3 trong 30 ngày tới." in text_of(shown)
    scope = "province=H%C3%A0%20Nam&on=2018-06-01"
    late, week, month, since, doubts = links(shown)[:5]
    assert late == f"/nhiem-vu?{scope}&state=open_late"
    assert week == f"/nhiem-vu?{scope}&state=open_in_time&from=2018-06-01&to=2018-06-08"
    assert month == f"/nhiem-vu?{scope}&state=open_in_time&from=2018-06-01&to=2018-07-01"
    assert since == f"/nap?{scope}&since=2018-05-31T09:05:00%2B00:00"
    assert doubts == f"/ra-soat?{scope}"


def test_what_came_since_the_time_before():
    words = text_of(view(SAY, Address("/"), TODAY))
    assert "1 văn bản mới hoặc được thay từ lần mở trước" in words
    assert "Mới từ lần mở trước Xem cả 1 Kế hoạch 7/KH-UBND mới · 5 nhiệm vụ · 2 điều cần xem lại" in words
    first = text_of(view(SAY, Address("/"), replace(TODAY, arrived=None)))
    assert "lần mở trước" not in first


def test_the_tiles_count_what_their_lists_hold():
    shown = view(SAY, Address("/"), TODAY)
    tiles = {text_of(tile): tile.href for tile in tagged(shown, "A") if getattr(tile, "className", "") == "panel tile"}
    assert tiles["18 nhiệm vụ có thời hạn"] == "/nhiem-vu"
    assert tiles["9 đang quá hạn"] == "/nhiem-vu?state=open_late"
    assert tiles["1 đến hạn trong 7 ngày"].endswith("&to=2018-06-08")


def test_what_is_late_and_what_comes_next():
    words = text_of(view(SAY, Address("/"), TODAY))
    assert "20/05/2018 quá 12 ngày Rà soát quy hoạch Sở Xây dựng · Kế hoạch 7/KH-UBND" in words
    assert "08/06/2018 còn 7 ngày Rà soát quy hoạch văn bản không nêu · Kế hoạch 7/KH-UBND" in words
    assert "Xem cả 9" in words
    assert "Công văn: Về nước sạch dự thảo" in words


def test_nothing_late_is_said():
    quiet = replace(TODAY, late=DeadlineAnswer((), 0), soon=DeadlineAnswer((), 0))
    assert "Không có nhiệm vụ nào quá hạn." in text_of(view(SAY, Address("/"), quiet))


def test_the_communes_at_a_glance():
    group = GroupProgress(Named("p.h", "huyện Mẫu", "district", "Hà Nam"), 4, 2, 1, 9.5)
    alone = replace(group, place=Named("p.k", "huyện Khác", "district", "Hà Nam"), told=0, average=None)
    every = CriterionName("M:1", "M", 1, "Quy hoạch")
    told = Told(29, 138, date(2018, 1, 1), "d/result-0", "p.35")
    shown = ProgressView("Hà Nam", "M", ("M",), (every,) * 19, (), (group, alone), told, (), ())
    scope = "/tien-do?province=H%C3%A0%20Nam"
    panel = communes(SAY, parse("/", "?province=Hà Nam"), replace(TODAY, communes=shown))
    assert "29/138 xã đạt chuẩn ( 01/01/2018 ), theo báo cáo chung" in text_of(panel)
    assert "huyện Mẫu 1/2 xã đạt đủ 9,5/19" in text_of(panel)
    assert "huyện Khác" not in text_of(panel)  # nothing is told of it
    assert links(panel) == [f"{scope}&view=compare", f"{scope}&row=r~d/result-0", f"{scope}&within=p.h"]
    provinces = communes(SAY, Address("/"), replace(TODAY, provinces={"Hà Nam": told}))
    assert "Hà Nam 01/01/2018 29/138 xã" in text_of(provinces)
    assert links(provinces) == ["/tien-do", scope]
    assert communes(SAY, Address("/"), TODAY) == []


def test_an_empty_workspace_shows_the_way():
    shown = start(SAY)
    assert links(shown) == ["/nap"]
    assert "Thả tệp Word, PDF, HTML" in text_of(shown)
