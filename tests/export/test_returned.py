"""A list of tasks goes out as a workbook, is filled in and comes back: what changes, what is in conflict, what is bad."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from directives import write_letters

from ntmgraph.export import excel, lists, returned
from ntmgraph.export.lists import DONE_ON, NOTE, TASK_ID
from ntmgraph.model import ReadError
from ntmgraph.queries import DeadlineQuestion
from ntmgraph.workspace import Workspace

ON = date(2019, 12, 20)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, empty_workspace: Path) -> Path:
    folder = shutil.copytree(empty_workspace, tmp_path_factory.mktemp("returned") / "kho")
    with Workspace.open(folder) as workspace:
        workspace.ingest(write_letters(folder.parent / "vào", 2))
    return folder


@pytest.fixture
def workspace(filled: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(shutil.copytree(filled, tmp_path / "kho")) as workspace:
        yield workspace


class Sheet:
    """The list as it went out, in the hands of somebody who fills it in."""

    def __init__(self, workspace: Workspace) -> None:
        target = io.BytesIO()
        excel.write(lists.tasks(workspace, DeadlineQuestion(ON)), target)
        self._book = openpyxl.load_workbook(io.BytesIO(target.getvalue()))
        self._sheet = self._book["Nhiệm vụ"]
        self._head = next(row[0].row for row in self._sheet.iter_rows() if row[0].value == "STT")
        self._columns = {cell.value: cell.column for cell in self._sheet[self._head]}

    def put(self, row: int, column: str, value: object) -> None:
        self._sheet.cell(self._head + 1 + row, self._columns[column]).value = value

    def task(self, row: int) -> str:
        return str(self._sheet.cell(self._head + 1 + row, self._columns[TASK_ID]).value)

    def row_of(self, task: str) -> int:
        return next(row for row in range(self._sheet.max_row) if self.task(row) == task)

    def back(self) -> returned.Returned:
        target = io.BytesIO()
        self._book.save(target)
        return returned.read(target.getvalue())


def test_only_what_was_filled_in_is_a_change_and_only_what_is_approved_is_written(workspace: Workspace) -> None:
    sheet = Sheet(workspace)
    sheet.put(0, DONE_ON, datetime(2019, 11, 29))  # a typed cell
    sheet.put(0, NOTE, "Báo cáo 12/BC-SGTVT\nngày 29/11")
    sheet.put(1, DONE_ON, "05/12/2019")  # letters, as after a paste
    sheet.put(2, NOTE, "=HYPERLINK(1)")
    back = sheet.back()
    assert (len(back.edits), back.bad) == (4, ())
    changes, lost = returned.changes(workspace, back.edits)
    assert lost == ()
    assert [(change.task.id, change.edit.done, change.edit.note, change.conflict) for change in changes] == [
        (sheet.task(0), date(2019, 11, 29), "Báo cáo 12/BC-SGTVT ngày 29/11", False),
        (sheet.task(1), date(2019, 12, 5), None, False),
    ]  # what a formula gives is not known before somebody works it out, so it fills nothing in
    assert returned.approve(workspace, changes[:1], "lan") == (1, ())
    (decision,) = workspace.decisions(sheet.task(0))
    assert (decision.by, decision.why, dict(decision.after or {})) == (
        "lan", "Báo cáo 12/BC-SGTVT ngày 29/11", {"state": "done", "on": "2019-11-29"}
    )  # fmt: skip
    assert (decision.before or {}).keys() >= {"quote", "what"}  # found again when its id changes
    left, _ = returned.changes(workspace, back.edits)
    assert [change.task.id for change in left] == [sheet.task(1)]


def test_what_was_decided_meanwhile_is_a_conflict(workspace: Workspace) -> None:
    workspace.set_done(Sheet(workspace).task(1), date(2019, 12, 1), "cũ", "lan")
    sheet = Sheet(workspace)
    sheet.put(0, DONE_ON, datetime(2019, 11, 29))
    workspace.set_done(sheet.task(0), date(2019, 11, 28), None, "minh")
    workspace.set_done(sheet.task(1), None, None, "minh")  # its row was not touched, so it takes nothing back
    workspace.set_done(sheet.task(2), date(2019, 12, 2), None, "minh")
    (change,), _ = returned.changes(workspace, sheet.back().edits)
    assert (change.task.id, change.done, change.conflict) == (sheet.task(0), date(2019, 11, 28), True)
    assert change.key == f"{change.edit.row}.{change.last[:8]}"
    # Approved against the decision that was shown; not against one that came after it.
    workspace.set_done(sheet.task(0), date(2019, 11, 27), None, "hoa")
    written, (sentence,) = returned.approve(workspace, [change], "lan")
    assert (written, "hoa ghi lúc" in sentence) == (0, True)
    (seen,), _ = returned.changes(workspace, sheet.back().edits)
    assert returned.approve(workspace, [seen], "lan") == (1, ())
    assert workspace.said_of_tasks()[sheet.task(0)].done == date(2019, 11, 29)


def test_a_day_taken_out_opens_the_task_again(workspace: Workspace) -> None:
    task = Sheet(workspace).task(0)
    workspace.set_done(task, date(2019, 11, 28), "xong", "lan")
    sheet = Sheet(workspace)
    assert returned.changes(workspace, sheet.back().edits) == ((), ())
    sheet.put(sheet.row_of(task), DONE_ON, None)
    changes, _ = returned.changes(workspace, sheet.back().edits)
    assert returned.approve(workspace, changes, "lan") == (1, ())
    said = workspace.said_of_tasks()[task]
    assert (said.done, said.note) == (None, "xong")
    workspace.undo(said.last, by="lan")
    assert workspace.said_of_tasks()[task].done == date(2019, 11, 28)


def test_bad_rows_are_told_and_the_others_go_on(workspace: Workspace) -> None:
    sheet = Sheet(workspace)
    soon = date.today() + timedelta(days=2)
    sheet.put(0, DONE_ON, "tháng sau")
    sheet.put(1, DONE_ON, datetime(soon.year, soon.month, soon.day))
    sheet.put(2, TASK_ID, "không/có")
    sheet.put(2, NOTE, "x")
    sheet.put(3, DONE_ON, "2019-12-09")
    sheet.put(4, DONE_ON, "09/12/2019")  # a row added by hand
    sheet.put(5, TASK_ID, sheet.task(3))
    back = sheet.back()
    changes, lost = returned.changes(workspace, back.edits)
    assert [change.edit.done for change in changes] == [date(2019, 12, 9)]
    words = (
        "“tháng sau” không phải là ngày",
        "chưa đến",
        "không có mã nhiệm vụ",
        "đã có ở dòng",
        "không còn nhiệm vụ này",
    )
    assert all(word in sentence for word, sentence in zip(words, (*back.bad, *lost), strict=True))


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError):
        returned.read(data)


def test_another_workbook_is_refused_with_the_way_to_the_right_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["STT", "Nhiệm vụ"])
    book.save(tmp_path / "khác.xlsx")
    with pytest.raises(ReadError, match="Hãy xuất danh mục nhiệm vụ ra Excel"):
        returned.read((tmp_path / "khác.xlsx").read_bytes())
