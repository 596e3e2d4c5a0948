"""Sheets that wait: read in the background, taken in or dropped by a second click, and what their page says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from time import monotonic, sleep

import openpyxl
import pytest
import workbooks
from dash.development.base_component import Component
from trees import letters_of, links, tagged, text_of

from dash_app.pages.import_sheet.job import Previews, Sheet
from dash_app.pages.import_sheet.layout import sheets_view
from dash_app.pages.take_in.job import KEPT, TakeIn
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


def wait_for(work: Previews | TakeIn) -> None:
    until = monotonic() + 120
    while work.running() and monotonic() < until:
        sleep(0.02)
    assert not work.running()


def shown(previews: Previews, sheet: Sheet) -> list[Component]:
    return sheets_view(SAY, [each for each in previews.sheets() if each.key == sheet.key])


def archive(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name in names:
            target.writestr(name, f"Số: 1/UBND {name}")
    return packed.getvalue()


MANY = archive(*(f"{number}.txt" for number in range(100)))


def test_a_second_click_takes_in_what_was_shown(workspace: Workspace, job: TakeIn):
    previews = Previews(workspace, lambda: job)
    sheet = read(previews, job, "biểu.xlsx", wrong_sheet())
    view = sheets_view(SAY, [sheet])
    assert "Đọc được 94 kết quả của 5 địa bàn theo 19 tiêu chí, tính đến 31/12/2023. 1 trong" in letters_of(view)
    assert "Biểu 01!B9 Xã Lũng Cú: các cột đánh dấu 13 tiêu chí đạt, cột tổng ghi 14" in text_of(view)
    assert "Biểu 01!W “Tăng/giảm so với cùng kỳ”" in text_of(view)
    assert workspace.documents()[1] == 0
    previews.accept(sheet.key)
    previews.accept(sheet.key)  # a double click
    assert "Đang nạp vào kho…" in text_of(sheets_view(SAY, [replace(sheet, taken=True)]))
    wait_for(previews)
    after = shown(previews, sheet)
    assert "94 kết quả đã vào kho" in text_of(after)
    assert links(after)[0] == "/tien-do?province=H%C3%A0%20Giang&on=2023-12-31"
    assert workspace.documents()[1] == 1
    assert len(job.batches()) == 1
    for number in range(KEPT + 1):
        job.receive(f"{number}", "khác.docx", 4, io.BytesIO(b"PK\x03\x04"))
        job.start(f"{number}")
        wait_for(job)
    assert sheet.key not in job._batches
    assert text_of(shown(previews, sheet)) == text_of(after)


def test_a_sheet_that_is_not_taken_in_says_why(workspace: Workspace, job: TakeIn):
    previews = Previews(workspace, lambda: job)
    job.receive("lâu", "nén.zip", len(MANY), io.BytesIO(MANY))
    sheet = read(previews, job, "biểu.xlsx", workbooks.counts())
    job.start("lâu")
    previews.accept(sheet.key)
    job.stop()
    wait_for(previews)
    view = shown(previews, sheet)
    assert "Việc nạp đã dừng theo yêu cầu, biểu này chưa vào kho." in text_of(view)
    assert [text_of(button) for button in tagged(view, "Button")] == ["Bỏ"]


def test_what_nobody_foresaw_is_told_without_words_of_program_or_document(
    workspace: Workspace, job: TakeIn, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Workspace, "preview", lambda self, path: int("Xã Lũng Cú"))
    previews = Previews(workspace, lambda: job)
    sheet = read(previews, job, "biểu.xlsx", workbooks.counts())
    view = shown(previews, sheet)
    assert text_of(view) == f"biểu.xlsx Bỏ {SAY('chore.unforeseen')}"
    previews.accept(sheet.key)
    assert job.batches() == ()


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
        view = sheets_view(SAY, [sheet])
        assert sheet.preview is not None
        assert sheet.preview.refused
        assert sheet.preview.refused in text_of(view)
        assert [text_of(button) for button in tagged(view, "Button")] == ["Bỏ"]
        previews.accept(sheet.key)
    assert job.batches() == ()
