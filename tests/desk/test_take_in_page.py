"""The take-in page: file names made safe, each batch told in a sentence, each file in a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from trees import links, tagged, text_of

from dash_app.address import Address, parse
from dash_app.pages.take_in.job import Batch
from dash_app.pages.take_in.layout import batches_view
from dash_app.pages.take_in.ledger import Asked, batch_view, ledger_view
from dash_app.words import words_of
from ntmgraph.queries import DocumentName, IngestRow, IngestState
from ntmgraph.workspace.ledger import TakenBatch

SAY = words_of("vi")
PLAN = DocumentName("kh-7", "7/KH-UBND", date(2018, 1, 9), "UBND tỉnh Hà Nam", "Kế hoạch")
GOOD = IngestRow("ke hoach.docx", IngestState.NEW, PLAN, None, None, 2, ("1 hình ảnh",), 5, 3)
SAME = replace(GOOD, state=IngestState.UNCHANGED, issues=0, left_out=())
BAD = IngestRow("hỏng.pdf", IngestState.REFUSED, None, "hỏng.pdf: tệp hỏng; hãy xin lại bản khác.", "damaged", 0, ())


def view(batch: Batch, now: float = 110.0) -> str:
    return text_of(batches_view(SAY, [batch], now=now))


def test_before_the_first_file_it_says_what_to_do():
    assert "Thả các văn bản vào khung trên" in text_of(ledger_view(SAY, Address("/nap"), [], refused=0, running=False))


BATCH = TakenBatch(
    "b1",
    datetime(2018, 1, 9, 8, 30, tzinfo=UTC),
    "Nguyễn Thị Mẫu",
    {IngestState.NEW: 2, IngestState.REFUSED: 1},
    doubted=1,
    ended=datetime(2018, 1, 9, 8, 31, tzinfo=UTC),
)


def test_the_ledger_leads_to_the_files_of_each_batch():
    cut = replace(BATCH, id="b0", ended=None)
    shown = ledger_view(SAY, parse("/nap", "?province=Mẫu"), [BATCH, cut], refused=1, running=False)
    assert "Nguyễn Thị Mẫu 3 2 0 0 1 1 đủ" in text_of(shown)
    assert "bị ngắt giữa chừng" in text_of(shown)
    assert "Đọc lại 1 tệp bị từ chối" in text_of(shown)
    assert "/nap?province=M%E1%BA%ABu&batch=b1&state=refused" in links(shown)
    assert "/nap?province=M%E1%BA%ABu&batch=b1&state=doubted" in links(shown)
    assert "đang đọc" in text_of(ledger_view(SAY, Address("/nap"), [cut, BATCH], refused=0, running=True))


def test_a_batch_is_narrowed_to_what_needs_a_look():
    twin = replace(SAME, same_as="bản đầu.docx", path="bản sao.docx")
    asked = Asked((GOOD, twin, BAD), BATCH)
    words = text_of(batch_view(SAY, parse("/nap", "?batch=b1"), asked))
    assert "Nguyễn Thị Mẫu: 3 tệp" in words
    assert "Trùng với tệp bản đầu.docx đã nạp." in words
    doubted = text_of(batch_view(SAY, parse("/nap", "?batch=b1&state=doubted"), asked))
    assert "ke hoach.docx" in doubted
    assert "hỏng.pdf" not in doubted
    assert "Không có lần nạp này" in text_of(batch_view(SAY, parse("/nap", "?batch=x"), Asked(())))


def test_a_running_batch_shows_how_far_it_is_and_how_long_it_takes():
    batch = Batch(4, (GOOD,), started=100.0)
    shown = batches_view(SAY, [batch], now=110.0)
    (bar,) = tagged(shown, "Progress")
    assert (bar.value, bar.max) == ("1", "4")
    assert "xong 1 trên 4 tệp" in text_of(shown)
    assert "Còn khoảng 30 giây" in text_of(shown)
    assert "Dừng" in text_of(shown)


@pytest.mark.parametrize(
    ("batch", "words"),
    [
        (Batch(3, (GOOD, SAME, BAD), 100.0, 102.5), "3 tệp: 1 văn bản mới , 1 đã có, không đổi , 1 không đọc được ."),
        (Batch(3, (GOOD, SAME, BAD), 100.0, 102.5), "Đọc trong 2,5 giây."),
        (Batch(3, (GOOD,), 100.0, 102.0, stopped=True), "Đã dừng theo yêu cầu: 2 tệp chưa đọc"),
        (Batch(3, (GOOD,), 100.0, stopped=True), "Đang dừng sau tệp đang đọc"),
        (Batch(3, (), 100.0, 102.0, failure="hết chỗ trên đĩa"), "Chưa đọc được tệp nào trong 3 tệp."),
        (Batch(3, (GOOD,), 100.0, 102.0, failure="Hết chỗ trên đĩa."), "2 tệp chưa đọc. Hết chỗ trên đĩa. Các"),
    ],
)
def test_a_batch_is_told_in_a_sentence(batch: Batch, words: str):
    assert words in view(batch)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (replace(GOOD, results=7), "5 nhiệm vụ, 3 thời hạn, 7 kết quả"),
        (replace(GOOD, tasks=0, deadlines=0, results=94), " 94 kết quả"),
        (replace(GOOD, tasks=0, deadlines=0), "không có nhiệm vụ"),
    ],
)
def test_what_was_read_is_counted(row: IngestRow, words: str):
    assert words in view(Batch(1, (row,), 100.0, 101.0))


def test_each_file_has_a_line():
    shown = batches_view(SAY, [Batch(2, (GOOD, BAD), 100.0, 101.0)], now=110.0)
    good, bad = (text_of(line) for line in tagged(tagged(shown, "Tbody"), "Tr"))
    assert good == (
        "ke hoach.docx mới Kế hoạch 7/KH-UBND 09/01/2018 · UBND tỉnh Hà Nam "
        "5 nhiệm vụ, 3 thời hạn 2 điều cần xem lại Không đọc: 1 hình ảnh"
    )
    assert bad == "hỏng.pdf không đọc được Tệp hỏng; hãy xin lại bản khác."
    assert links(shown) == ["/van-ban/kh-7"]


def test_a_document_that_stayed_as_it_was_says_why():
    kept = replace(SAME, reason="Văn bản 7/KH-UBND đã có bản đầy đủ hơn (tệp ke hoach.docx).")
    shown = text_of(batches_view(SAY, [Batch(1, (kept,), 100.0, 101.0)], now=110.0))
    assert "không đổi Kế hoạch 7/KH-UBND" in shown
    assert "đã có bản đầy đủ hơn (tệp ke hoach.docx)" in shown
