"""Files of a folder in order, and readings made side by side that one bad file cannot take away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from directives import write_letters

from ntmgraph.workspace import batch


def test_a_folder_is_gone_through_in_vietnamese_order(tmp_path: Path) -> None:
    for name in ("Đ.txt", "E.txt", "D.txt", "con/b.txt", "con/á.txt", ".ẩn/x.txt", "~$D.docx", "README.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = [path.relative_to(tmp_path).as_posix() for path in batch.files_in([tmp_path, tmp_path / "không có"])]
    assert found == ["D.txt", "Đ.txt", "E.txt", "con/á.txt", "con/b.txt", "không có"]


def test_readings_made_side_by_side_are_those_made_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = write_letters(tmp_path, 6)
    alone = list(batch.read_all(paths))
    monkeypatch.setattr(batch, "_POOL_FROM", 1)
    assert list(batch.read_all(paths)) == alone


def ends_its_process(path: Path) -> batch.Read:
    """Read nothing; one file ends the process as a fault in a reader's library would."""
    if path.name == "3":
        os._exit(11)
    return batch.Read(path, None, "đã đọc")


def test_a_file_that_ends_its_reader_takes_no_other_file_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_POOL_FROM", 1)
    monkeypatch.setattr(batch, "read_one", ends_its_process)
    read = list(batch.read_all([Path(str(number)) for number in range(6)]))
    assert [each.path.name for each in read] == list("012345")
    assert [each.path.name for each in read if each.reason != "đã đọc"] == ["3"]
