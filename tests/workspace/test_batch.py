"""Files of a folder in order, and readings made side by side that one bad file cannot take away."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from directives import write_letters

from ntmgraph.workspace import batch


def test_a_folder_is_gone_through_in_vietnamese_order(tmp_path: Path) -> None:
    for name in ("Đ.txt", "E.txt", "D.txt", "con/b.txt", "con/á.txt", ".ẩn/x.txt", "~$D.docx", "README.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    files = batch.files_in([tmp_path, tmp_path / "không có"], unpack_to=tmp_path)
    found = [file.path.relative_to(tmp_path).as_posix() for file in files]
    assert found == ["D.txt", "Đ.txt", "E.txt", "con/á.txt", "con/b.txt", "không có"]


def test_a_folder_that_may_not_be_opened_is_a_row_and_not_passed_over(tmp_path: Path) -> None:
    closed = tmp_path / "vào" / "mật"
    closed.mkdir(parents=True)
    (closed / "a.txt").write_text("chữ")
    (tmp_path / "vào" / "b.txt").write_text("chữ")
    with without_rights_to(closed):
        found = list(batch.files_in([tmp_path / "vào"], unpack_to=tmp_path))
        assert [file.name for file in found] == ["b.txt", "mật"]
        reason = batch.read_one(found[1]).reason or ""
    assert reason.startswith("mật: không mở được")
    assert "không có quyền" in reason


@contextmanager
def without_rights_to(folder: Path) -> Iterator[None]:
    """Close a folder to this process, which must not be root's meanwhile."""
    root = os.geteuid() == 0
    folder.chmod(0)
    if root:
        for parent in (folder.parent, *folder.parent.parents):
            if parent.stat().st_uid == 0 and parent.stat().st_mode & 0o777 == 0o700:
                parent.chmod(0o711)
        folder.parent.chmod(0o755)
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("không có.txt", "không tìm thấy"),
        ("a" * 300 + ".txt", "tên hoặc đường dẫn quá dài"),
        ("a\0b.txt", "ký tự không dùng được"),
        ("thư mục", "là thư mục"),
        ("a.txt/b.txt", "một phần của đường dẫn là tệp"),
    ],
)
def test_what_is_no_file_is_a_reason(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "thư mục").mkdir()
    (tmp_path / "a.txt").write_text("chữ")
    if name != "thư mục":
        assert list(batch.files_in([tmp_path / name], unpack_to=tmp_path)) == [batch.File.at(tmp_path / name)]
    read = batch.read_one(batch.File.at(tmp_path / name))
    assert read.reading is None
    assert says in (read.reason or "")


def test_readings_made_side_by_side_are_those_made_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [batch.File.at(path) for path in write_letters(tmp_path, 6)]
    alone = list(batch.read_all(files))
    monkeypatch.setattr(batch, "_POOL_FROM", 1)
    assert list(batch.read_all(files)) == alone


def ends_its_process(file: batch.File) -> batch.Read:
    """Read nothing; one file ends the process as a fault in a reader's library would."""
    if file.name == "3":
        os._exit(11)
    return batch.Read(file, None, "đã đọc")


def test_a_file_that_ends_its_reader_takes_no_other_file_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_POOL_FROM", 1)
    monkeypatch.setattr(batch, "read_one", ends_its_process)
    read = list(batch.read_all([batch.File.at(Path(str(number))) for number in range(6)]))
    assert [each.file.name for each in read] == list("012345")
    assert [each.file.name for each in read if each.reason != "đã đọc"] == ["3"]
