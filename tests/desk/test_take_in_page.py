"""The take-in page: file names made safe, each batch told in a sentence, each file in a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from trees import links, tagged, text_of

from dash_app.pages.take_in.job import Batch
from dash_app.pages.take_in.layout import batches_view
from dash_app.words import words_of
from ntmgraph.queries import DocumentName, IngestRow, IngestState

SAY = words_of("vi")
PLAN = DocumentName("kh-7", "7/KH-UBND", date(2018, 1, 9), "UBND tỉnh Hà Nam", "Kế hoạch")
GOOD = IngestRow("ke hoach.docx", IngestState.NEW, PLAN, None, None, 2, ("1 hình ảnh",), 5, 3)
SAME = replace(GOOD, state=IngestState.UNCHANGED, issues=0, left_out=())
BAD = IngestRow("hỏng.pdf", IngestState.REFUSED, None, "hỏng.pdf: tệp hỏng; hãy xin lại bản khác.", "damaged", 0, ())


def view(batch: Batch, now: float = 110.0) -> str:
    return text_of(batches_view(SAY, [batch], now=now))


def test_before_the_first_file_it_says_what_to_do():
    assert "Thả các văn bản vào khung trên" in text_of(batches_view(SAY, [], now=0))


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
        (Batch(3, (GOOD,), 100.0, 102.0, failure="hết chỗ trên đĩa"), "2 tệp chưa đọc: hết chỗ trên đĩa"),
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
