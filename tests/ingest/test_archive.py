"""Archives: names as their authors saw them, bounds, members that cannot be read, nothing that leads out."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from bad_input import cp1258
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.readers import Limits
from ingest.readers.archive import Member, is_archive, members
from ntmgraph.model import ReadError, Refusal

Files = list[tuple[bytes, bytes]]


def packed(files: Files, *, flags: int = 0, stated: int | None = None, method: int = 8) -> bytes:
    """Return a zip with names of these very bytes; `stated` is the size that it claims for each file."""
    body, directory = b"", b""
    for name, data in files:
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        stored = deflate.compress(data) + deflate.flush()
        size = len(data) if stated is None else stated
        about = struct.pack("<HHHHHIIIHH", 20, flags, method, 0, 33, zlib.crc32(data), len(stored), size, len(name), 0)
        directory += b"PK\1\2" + struct.pack("<H", 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name
        body += b"PK\3\4" + about + name + stored
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), len(body), 0)
    return body + directory + b"PK\5\6" + end


def found(folder: Path, data: bytes, limits: Limits | None = None) -> list[Member]:
    path = folder / "kho.zip"
    path.write_bytes(data)
    return list(members(path, limits or Limits()))


NAMES = [
    ("UTF-8, said so", "Tháng 9/Kế hoạch.docx".encode(), 0x800, "Tháng 9/Kế hoạch.docx"),
    ("UTF-8, not said", "Tháng 9/Kế hoạch.docx".encode(), 0, "Tháng 9/Kế hoạch.docx"),
    ("decomposed, as macOS writes", "Ke\u0302\u0301 hoạch.docx".encode(), 0x800, "Kế hoạch.docx"),
    ("Windows-1258", cp1258("Tháng 9/Quyết định phân công.docx"), 0, "Tháng 9/Quyết định phân công.docx"),
    ("without accents", b"Thang 9/134.docx", 0, "Thang 9/134.docx"),
    ("backslashes", b"Thang 9\\134.docx", 0, "Thang 9/134.docx"),
    ("out of the folder", b"../../a.txt", 0, "a.txt"),
    ("absolute", b"/etc/a.txt", 0, "etc/a.txt"),
    ("a drive", b"C:\\x\\a.txt", 0, "x/a.txt"),
    ("a control letter", b"a\x1b[2J.txt", 0, "a_[2J.txt"),
]


@pytest.mark.parametrize(("what", "raw", "flags", "name"), NAMES)
def test_name(tmp_path: Path, what: str, raw: bytes, flags: int, name: str) -> None:
    assert found(tmp_path, packed([(raw, b"1")], flags=flags)) == [Member(name, b"1")], what


def test_what_is_not_meant_is_passed_over_and_the_rest_comes_in_vietnamese_order(tmp_path: Path) -> None:
    names = ["Đ.txt", "D.txt", "b/á.txt", "b/a.txt", "~$D.docx", ".DS_Store", "__MACOSX/._D.txt", "b/Thumbs.db", "b/"]
    files = [(name.encode(), b"1" if not name.endswith("/") else b"") for name in names]
    assert [each.name for each in found(tmp_path, packed(files))] == ["b/a.txt", "b/á.txt", "D.txt", "Đ.txt"]


def test_an_archive_in_an_archive(tmp_path: Path) -> None:
    third = packed([(b"3.txt", b"3")])
    second = packed([(b"2.txt", b"2"), (b"sau.zip", third), (b"hong.zip", b"PK\3\4" + bytes(50))])
    first = found(tmp_path, packed([(b"1.txt", b"1"), (b"con.zip", second)]))
    said = {each.name: each.data if isinstance(each.data, bytes) else each.data.refusal for each in first}
    assert said == {
        "1.txt": b"1",
        "con.zip/2.txt": b"2",
        "con.zip/hong.zip": b"PK\3\4" + bytes(50),  # its reading says what is wrong with it
        "con.zip/sau.zip": Refusal.NOT_A_DOCUMENT,
    }


def test_documents_that_are_zips_themselves_are_no_archives(tmp_path: Path) -> None:
    parts = {"word/document.xml": False, "xl/workbook.xml": False, "ppt/presentation.xml": False, "a.txt": True}
    for part, expected in parts.items():
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, b"<a/>")
            if part != "a.txt":
                archive.writestr("[Content_Types].xml", b"<a/>")
        assert is_archive(path) is expected, part


BAD_MEMBERS = [
    ("with a password", packed([(b"a.txt", b"1")], flags=1), Limits(), Refusal.ENCRYPTED),
    ("larger than a file may be", packed([(b"a.txt", b"1" * 2000)]), Limits(bytes=1000), Refusal.TOO_LARGE),
    ("larger than it says", packed([(b"a.txt", b"1" * 2000)], stated=10), Limits(), Refusal.DAMAGED),
    ("packed in an unknown way", packed([(b"a.txt", b"1")], method=9), Limits(), Refusal.NOT_A_DOCUMENT),
]


@pytest.mark.parametrize(("what", "data", "limits", "refusal"), BAD_MEMBERS)
def test_a_member_that_cannot_be_read_has_its_reason(
    tmp_path: Path, what: str, data: bytes, limits: Limits, refusal: Refusal
) -> None:
    (member,) = found(tmp_path, data, limits)
    assert isinstance(member.data, ReadError), what
    assert member.data.refusal == refusal


TOO_LARGE = [
    ("too many files", packed([(b"%d.txt" % number, b"1") for number in range(9)]), Limits(members=8)),
    ("too much in all", packed([(b"a.txt", b"1" * 600), (b"b.txt", b"1" * 600)]), Limits(archive=1000)),
    ("swollen", packed([(b"a.txt", b"1" * 10**6)]), Limits(unpacked=10**5)),
]


@pytest.mark.parametrize(("what", "data", "limits"), TOO_LARGE)
def test_bounds(tmp_path: Path, what: str, data: bytes, limits: Limits) -> None:
    with pytest.raises(ReadError) as caught:
        found(tmp_path, data, limits)
    assert caught.value.refusal == Refusal.TOO_LARGE, what


def test_what_an_inner_archive_unpacks_to_counts(tmp_path: Path) -> None:
    inner = packed([(b"b.txt", bytes(range(256)) * 8)])
    (member,) = found(tmp_path, packed([(b"con.zip", inner)]), Limits(archive=2000))
    assert isinstance(member.data, ReadError)
    assert member.data.refusal == Refusal.TOO_LARGE


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damaged_archive_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    made = bytearray(packed([("Tháng 9/a.txt".encode(), b"abc" * 50), (b"con.zip", packed([(b"b.txt", b"1")]))]))
    for _ in range(data.draw(st.integers(1, 4))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "hong.zip"
    path.write_bytes(bytes(made[: data.draw(st.integers(1, len(made)))]))
    if not is_archive(path):
        return
    try:
        assert all(isinstance(each.data, bytes | ReadError) and each.name for each in members(path))
    except ReadError as refused:
        assert refused.refusal in Refusal
