"""Archives taken in: every file in them is a document of its own, under the name that it has there."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from directives import write_letters

from ntmgraph.model import Refusal
from ntmgraph.queries import IngestState
from ntmgraph.workspace import Workspace, batch

LETTER = """ỦY BAN NHÂN DÂN TỈNH HÀ NAM
Số: {}/UBND-NN
Hà Nam, ngày 05 tháng 3 năm 2018

1. Sở Xây dựng hướng dẫn các xã thực hiện tiêu chí số 17, xong trước ngày 30/6/2018.
"""


def letter(number: int) -> bytes:
    return LETTER.format(number).encode()


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "kho.zip"
    inner = packed({"59.txt": letter(59), "sâu.zip": packed({"1.txt": b"1"})})
    path.write_bytes(
        packed(
            {
                "Tháng 9/134.txt": letter(134),
                "Tháng 9/~$134.docx": b"x",
                "../../thoát.txt": letter(58),
                "con.zip": inner,
                "rỗng.txt": b"",
                "Thumbs.db": b"x",
            }
        )
    )
    return path


SHOWN = ["con.zip/59.txt", "con.zip/sâu.zip", "rỗng.txt", "Tháng 9/134.txt", "thoát.txt"]


def test_a_file_in_an_archive_is_a_document(archive: Path, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "làm việc") as workspace:
        told: list[tuple[int, int]] = []
        rows = workspace.ingest([archive], on_progress=lambda *counts: told.append(counts))
        assert [(row.path, row.refusal) for row in rows] == [
            (f"{archive}/{name}", refusal)
            for name, refusal in zip(SHOWN, (None, Refusal.NOT_A_DOCUMENT, Refusal.EMPTY, None, None), strict=True)
        ]
        assert told == [(done, 5) for done in range(6)]
        assert (rows[2].reason or "").startswith("kho.zip/rỗng.txt: ")
        numbers = {row.document.number: row.document.id for row in rows if row.document}
        assert set(numbers) == {"59/UBND-NN", "134/UBND-NN", "58/UBND-NN"}
        view = workspace.document(numbers["134/UBND-NN"])
        assert view is not None
        assert view.file_name == "134.txt"
        assert workspace.original(view.row.id).read_bytes() == letter(134)
        again = workspace.ingest([archive])
        assert [row.state for row in again if row.document] == [IngestState.UNCHANGED] * 3
    assert not (tmp_path.parent / "thoát.txt").exists()


def test_files_in_an_archive_are_read_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_letters(tmp_path / "vào", 4)
    path = tmp_path / "kho.zip"
    path.write_bytes(packed({file.name: file.read_bytes() for file in (tmp_path / "vào").iterdir()}))
    monkeypatch.setattr(batch, "_POOL_FROM", 1)
    unpacked = tmp_path / "bung"
    unpacked.mkdir()
    read = list(batch.read_all(list(batch.files_in([path], unpack_to=unpacked))))
    assert [each.reading is not None for each in read] == [True] * 4


def test_nothing_of_an_archive_stays_behind(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "tạm"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", os.fspath(temporary))
    with Workspace.open(tmp_path / "làm việc") as workspace:
        workspace.ingest([archive])
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (packed({}), Refusal.EMPTY),
        (packed({".DS_Store": b"x"}), Refusal.EMPTY),
        (b"PK\3\4" + bytes(99), Refusal.DAMAGED),
    ],
)
def test_an_archive_without_documents_is_refused(tmp_path: Path, data: bytes, refusal: Refusal) -> None:
    path = tmp_path / "kho.zip"
    path.write_bytes(data)
    (file,) = batch.files_in([path], unpack_to=tmp_path)
    read = batch.read_one(file)
    assert read.refusal == refusal
    assert (read.reason or "").startswith("kho.zip: ")
