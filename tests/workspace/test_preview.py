"""A report sheet before it is taken in: wrong totals with their cell, what was not understood, and nothing written."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
import workbooks

from ntmgraph.workspace import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, empty_workspace: Path) -> Iterator[Workspace]:
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path_factory.mktemp("preview") / "kho")) as opened:
        yield opened


def sheet(folder: Path, made: bytes, **changed: object) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(made))
    for cell, value in changed.items():
        book.active[cell] = value
    path = folder / "biểu.xlsx"
    book.save(path)
    return path


def test_a_wrong_total_is_told_with_its_row(workspace: Workspace, tmp_path: Path) -> None:
    right = workspace.preview(sheet(tmp_path, workbooks.matrix()))
    assert right.checks and all(each.ok for each in right.checks)
    wrong = workspace.preview(sheet(tmp_path, workbooks.matrix(), V9=14))
    (check,) = (each for each in wrong.checks if not each.ok)
    assert (check.evidence.cell, "13" in check.message, "14" in check.message) == ("Biểu 01!B9", True, True)
    assert wrong.province == "Hà Giang"
    assert len({each.place.id for each in wrong.results if each.place}) == 5


UNREAD = [
    (workbooks.matrix, ["Biểu 01!W", "Biểu 01!X"], ["Biểu 01!16"]),  # increase, share; the row of shares
    (workbooks.counts, ["Tổng hợp!E", "Tổng hợp!G"], []),
    (workbooks.communes_as_columns, [], []),
    (workbooks.forms_of_a_province, [], []),
    (workbooks.form_of_a_commune, [], []),
    (workbooks.markets, ["Tiêu chí 7!D", "Tiêu chí 7!E", "Tiêu chí 7!F"], []),
]


@pytest.mark.parametrize(("made", "columns", "rows"), UNREAD, ids=lambda each: getattr(each, "__name__", ""))
def test_what_was_not_understood(
    workspace: Workspace, tmp_path: Path, made: Callable[[], bytes], columns: list[str], rows: list[str]
) -> None:
    preview = workspace.preview(sheet(tmp_path, made()))
    assert preview.results
    assert [each.cell for each in preview.columns] == columns
    assert [each.cell for each in preview.rows] == rows


def test_a_place_that_is_no_unit_is_told(workspace: Workspace, tmp_path: Path) -> None:
    preview = workspace.preview(sheet(tmp_path, workbooks.matrix(), B10="Xã Không Có Thật"))
    assert preview.unknown == ("xã Không Có Thật",)


def test_nothing_is_written_until_it_is_taken_in(workspace: Workspace, tmp_path: Path) -> None:
    path = sheet(tmp_path, workbooks.counts())
    assert not workspace.preview(path).known
    assert workspace.documents()[1] == 0
    workspace.ingest([path])
    assert workspace.preview(path).known
    broken = tmp_path / "hỏng.xlsx"
    broken.write_bytes(b"PK\x03\x04 khong phai")
    refused = workspace.preview(broken)
    assert refused.document is None
    assert refused.refused
    assert "hỏng.xlsx" not in refused.refused
