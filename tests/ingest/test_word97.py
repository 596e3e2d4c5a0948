"""Word 97-2003 files: what LibreOffice reads from them, what a fast save left behind, and damage."""

from __future__ import annotations

import difflib
import io
import struct
from pathlib import Path

import make_examples
import olefile
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ole import container
from word_forms import EVERYTHING, EVERYTHING_LEFT_OUT, FORMS, lines

from ingest.readers import Limits, Source, read_source
from ntmgraph.model import ReadError, Refusal

SAMPLES = ("2022-08-30-quyet-dinh-1127-qd-ubnd", "2023-12-08-bao-cao-3210-bc-ubnd")


def read(folder: Path, data: bytes, limits: Limits | None = None) -> Source:
    path = folder / "a.doc"
    path.write_bytes(data)
    return read_source(path, limits=limits or Limits())


def test_everything() -> None:
    source = read_source(FORMS / "everything.doc")
    assert source.format == "doc"
    assert lines(source) == [line for line in EVERYTHING if line != "a+b"]  # LibreOffice wrote no equation
    assert source.left_out == ("1 hình ảnh", *EVERYTHING_LEFT_OUT)
    assert source.repairs == tuple(
        f"Chuyển chữ phông {font} sang Unicode" for font in (".VnTimeH", ".VnTime", "VNI-Times")
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_same_lines_as_the_docx(tmp_path: Path, name: str) -> None:
    docx = tmp_path / "a.docx"
    docx.write_bytes(make_examples.to_docx(make_examples.load(name)))
    assert lines(read_source(FORMS / f"{name}.doc")) == lines(read_source(docx))


@pytest.mark.parametrize("name", SAMPLES)
def test_same_words_as_libreoffice(name: str) -> None:
    theirs = (FORMS / f"{name}.libreoffice.txt").read_text(encoding="utf-8-sig").replace("•", "-").split()
    ours = read_source(FORMS / f"{name}.doc").text.replace("|", " ").split()
    assert difflib.SequenceMatcher(None, ours, theirs, autojunk=False).ratio() == 1.0


# Files made here


def saved_fast(*pieces: tuple[str, int], flags: int = 0, version: int = 0x00C1) -> bytes:
    """Return a Word file whose text lies in pieces (text, prm), as a fast save leaves them: the last in front."""
    offset = 1024
    stored = b""
    places = []
    for text, _ in reversed(pieces):
        narrow = text.encode("cp1252", errors="ignore").decode("cp1252") == text
        raw = text.encode("cp1252") if narrow else text.encode("utf-16-le", errors="surrogatepass")
        at = offset + len(stored)
        places.insert(0, at * 2 | 0x40000000 if narrow else at)
        stored += raw + b"\0" * (len(raw) & 1)
    ends = [0]
    for text, _ in pieces:
        ends.append(ends[-1] + len(text))
    plc = struct.pack(f"<{len(ends)}I", *ends)
    plc += b"".join(struct.pack("<HIH", 0, place, prm) for place, (_, prm) in zip(places, pieces, strict=True))
    deleted = struct.pack("<HB", 0x0800, 1)
    clx = b"\x01" + struct.pack("<H", len(deleted)) + deleted + b"\x02" + struct.pack("<I", len(plc)) + plc
    fib = bytearray(1024)
    struct.pack_into("<HH", fib, 0, 0xA5EC, version)
    struct.pack_into("<H", fib, 10, flags)
    struct.pack_into("<I", fib, 76, ends[-1])
    struct.pack_into("<H", fib, 152, 93)
    struct.pack_into("<II", fib, 154 + 8 * 33, 0, len(clx))
    return container({"WordDocument": bytes(fib) + stored, "0Table": clx})


DELETED = 1  # prm: the first list of changes
HIDDEN = 0x5C << 1 | 1 << 8
IN_TABLE = 0x18 << 1 | 1 << 8
ROW_END = 0x19 << 1 | 1 << 8


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([("Kế hoạch năm ", 0), ("2023\r", 0)], ["Kế hoạch năm 2023"]),
        ([("Trước ngày ", 0), ("30/6", DELETED), ("31/7.\r", 0)], ["Trước ngày 31/7."]),
        ([("Đầu câu", 0), ("\r", DELETED), (" cuối câu\r", 0)], ["Đầu câu cuối câu"]),
        ([("ẩn", HIDDEN), ("hiện\r", 0)], ["hiện"]),
        ([("TT\x07Xã\x07", IN_TABLE), ("\x07", ROW_END), ("1\x07Hồng Việt\x07", IN_TABLE), ("\x07", ROW_END), ("sau\r", 0)],
         ["TT", "Xã", "1", "Hồng Việt", "sau"]),
        ([("1\x07Điện\x07Sở A\x07", IN_TABLE), ("\x07", ROW_END)], ["1 | Điện | Sở A"]),
        ([("Xem \x13 HYPERLINK \"x\" \x14cổng\x15 này\r", 0)], ["Xem cổng này"]),
        ([("a\x13 PAGE\rđoạn sau\r", 0)], ["a", "đoạn sau"]),
        ([("UBND tØnh giao thùc hiÖn tr\x1fíc ngµy 30/6\r", 0)], ["UBND tỉnh giao thực hiện trước ngày 30/6"]),
        ([("12\x1e34 từ\x1fngữ\tcách\x0bdòng\r", 0)], ["12-34 từngữ cách", "dòng"]),
        ([("không có dấu đoạn", 0)], ["không có dấu đoạn"]),
        ([("\ud835\udc9c ngoài 16 bit\r", 0)], ["𝒜 ngoài 16 bit"]),
    ],
)  # fmt: skip
def test_pieces_of_a_fast_save(tmp_path: Path, pieces: list[tuple[str, int]], expected: list[str]) -> None:
    assert lines(read(tmp_path, saved_fast(*pieces))) == expected


@pytest.mark.parametrize(
    ("data", "refusal", "says"),
    [
        (saved_fast(("bí mật\r", 0), flags=0x0100), Refusal.ENCRYPTED, "mật khẩu"),
        (saved_fast(("cũ\r", 0), version=0x0068), Refusal.LEGACY_UNREADABLE, "Word 95"),
        (saved_fast(("\r\r", 0)), Refusal.EMPTY, "không có chữ"),
        (container({"WordDocument": b"\0" * 600}), Refusal.DAMAGED, "hỏng"),
    ],
)
def test_refusals(tmp_path: Path, data: bytes, refusal: Refusal, says: str) -> None:
    with pytest.raises(ReadError, match=says) as caught:
        read(tmp_path, data)
    assert caught.value.refusal == refusal


def test_more_text_than_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="quá nhiều chữ"):
        read(tmp_path, saved_fast(("a" * 5001, 0)), Limits(pages=1))


def test_pieces_that_give_one_place_many_times_are_bounded(tmp_path: Path) -> None:
    data = bytearray(saved_fast(("abc\r", 0), ("x\r", 0)))
    at = data.find(struct.pack("<III", 0, 4, 6))
    struct.pack_into("<II", data, at + 4, 4, 0xFFFFFFF0)  # the second piece claims four billion letters
    assert len(read(tmp_path, bytes(data)).text) < 10_000


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray((FORMS / "everything.doc").read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole) - 4))
        whole[at : at + 4] = data.draw(
            st.sampled_from([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x01\0\0\0", b"\x00\x01\x02\x03"])
        )
    try:
        assert read(tmp_path, bytes(whole)).text.strip()
    except ReadError as refused:
        assert refused.refusal in Refusal


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_table_stream_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    made = io.BytesIO((FORMS / "everything.doc").read_bytes())
    with olefile.OleFileIO(made, write_mode=True) as opened:
        name = data.draw(st.sampled_from(["1Table", "WordDocument"]))
        stream = bytearray(opened.openstream(name).read())
        first = 0 if name == "1Table" else 32
        for _ in range(data.draw(st.integers(1, 20))):
            at = data.draw(st.integers(first, len(stream) - 1))
            stream[at] = data.draw(st.integers(0, 255))
        opened.write_stream(name, bytes(stream))
    try:
        assert read(tmp_path, made.getvalue()).text.strip()
    except ReadError as refused:
        assert refused.refusal in Refusal
