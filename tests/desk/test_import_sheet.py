"""Sheets that wait: read in the background, taken in or dropped by a second click, and what their page says."""

from __future__ import annotations

import io
from collections.abc import Iterator
from time import monotonic, sleep

import openpyxl
import pytest
import workbooks
from trees import letters_of, links, tagged, text_of

from dash_app.pages.import_sheet.job import Previews, Sheet
from dash_app.pages.import_sheet.layout import sheets_view
from dash_app.pages.take_in.job import TakeIn
from dash_app.words import words_of
from ntmgraph.workspace import Workspace

SAY = words_of("vi")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(tmp_path_factory.mktemp("import") / "workspace") as opened:
        yield opened


@pytest.fixture
def job(workspace: Workspace) -> Iterator[TakeIn]:
    take_in = TakeIn(workspace)
    yield take_in
    take_in.close()


def wrong_sheet() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbooks.matrix()))
    book.active["V9"] = 14
    return workbooks.saved(book)


def read(previews: Previews, job: TakeIn, name: str, data: bytes) -> Sheet:
    job.receive("k", name, len(data), io.BytesIO(data))
    previews.read("k", too_large=["lớn.xlsx"])
    until = monotonic() + 120
    while any(sheet.preview is None for sheet in previews.sheets()) and monotonic() < until:
        sleep(0.02)
    return next(sheet for sheet in previews.sheets() if sheet.name == name)


def test_a_second_click_takes_in_what_was_shown(workspace: Workspace, job: TakeIn):
    previews = Previews(workspace, lambda: job)
    sheet = read(previews, job, "biểu.xlsx", wrong_sheet())
    view = sheets_view(SAY, [(sheet, None)])
    assert "Đọc được 94 kết quả của 5 địa bàn theo 19 tiêu chí, tính đến 31/12/2023. 1 trong" in letters_of(view)
    assert "Biểu 01!B9 Xã Lũng Cú: các cột đánh dấu 13 tiêu chí đạt, cột tổng ghi 14" in text_of(view)
    assert "Biểu 01!W “Tăng/giảm so với cùng kỳ”" in text_of(view)
    assert workspace.documents()[1] == 0
    previews.accept(sheet.key)
    previews.accept(sheet.key)  # a double click
    until = monotonic() + 120
    while job.running() and monotonic() < until:
        sleep(0.02)
    (taken,) = (each for each in previews.sheets() if each.key == sheet.key)
    after = sheets_view(SAY, [(taken, job.batch(sheet.key))])
    assert "94 kết quả đã vào kho" in text_of(after)
    assert links(after)[0] == "/tien-do?province=H%C3%A0%20Giang&on=2023-12-31"
    assert workspace.documents()[1] == 1
    assert len(job.batches()) == 1


def test_what_is_dropped_leaves_nothing(workspace: Workspace, job: TakeIn):
    previews = Previews(workspace, lambda: job)
    before = workspace.documents()[1]
    sheet = read(previews, job, "bỏ.xlsx", workbooks.counts())
    (path,) = job.received(sheet.key)
    previews.drop(sheet.key)
    assert not path.exists()
    previews.accept(sheet.key)
    assert (workspace.documents()[1], job.batches()) == (before, ())


def test_what_cannot_be_read_says_why_and_cannot_be_taken_in(workspace: Workspace, job: TakeIn):
    previews = Previews(workspace, lambda: job)
    broken = read(previews, job, "hỏng.xlsx", b"PK\x03\x04 khong phai")
    large = next(sheet for sheet in previews.sheets() if sheet.name == "lớn.xlsx")
    for sheet in (broken, large):
        view = sheets_view(SAY, [(sheet, None)])
        assert sheet.preview is not None
        assert sheet.preview.refused
        assert sheet.preview.refused in text_of(view)
        assert [text_of(button) for button in tagged(view, "Button")] == ["Bỏ"]
        previews.accept(sheet.key)
    assert job.batches() == ()
