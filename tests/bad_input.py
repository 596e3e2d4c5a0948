"""A folder of the files that go wrong in an office, for tests of readers, taking in and the command line."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.readers import legacy
from ntmgraph.model import Refusal

TEXT = """ỦY BAN NHÂN DÂN
TỈNH CAO BẰNG

Số: 512/UBND-NL

Cao Bằng, ngày 04 tháng 4 năm 2023

Yêu cầu Sở Tài nguyên và Môi trường hướng dẫn các xã thực hiện tiêu chí số 17, hoàn thành trước ngày 30/6/2023./.
"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)  # the container of Word 97-2003 and of encrypted Office files


@dataclass(frozen=True, slots=True)
class BadFile:
    path: Path
    refusal: Refusal | None  # None: readable all the same
    says: str  # words of the message, or of the text where it is read


def make_bad_input(folder: Path) -> tuple[BadFile, ...]:
    """Write the folder and return what is to become of each file in it."""
    return tuple(_written(folder))


def _written(folder: Path) -> Iterator[BadFile]:
    def bad(name: str, data: bytes, refusal: Refusal | None, says: str) -> BadFile:
        path = folder / name
        path.write_bytes(data)
        return BadFile(path, refusal, says)

    yield bad("hỏng.docx", b"PK\x03\x04" + bytes(200), Refusal.DAMAGED, "hỏng")
    yield bad("có mật khẩu.pdf", encrypted_pdf(), Refusal.ENCRYPTED, "mật khẩu")
    yield bad("rỗng.txt", b"", Refusal.EMPTY, "0 byte")
    yield bad("ảnh chụp.png", PNG, Refusal.NO_TEXT, "không nhận ra chữ nào trong hình")
    yield bad("Windows-1258.txt", cp1258(TEXT), None, "ỦY BAN NHÂN DÂN")
    yield bad("TCVN3.txt", tcvn3(TEXT), None, "Sở Tài nguyên và Môi trường")
    # macOS keeps the accents of file names apart from their letters
    yield bad(unicodedata.normalize("NFD", "Công văn đôn đốc (bản 2).txt"), TEXT.encode(), None, "512/UBND-NL")
    large = folder / "quá lớn.txt"
    with large.open("wb") as file:
        file.write(TEXT.encode())
        file.truncate(200 * 1024 * 1024)  # sparse: takes no room on disk
    yield BadFile(large, Refusal.TOO_LARGE, "200 MB")


def encrypted_pdf() -> bytes:
    """Return a PDF that opens with a password only."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made, encrypt=StandardEncryption("bí mật", canPrint=0))
    canvas.drawString(72, 720, "Mat")
    canvas.save()
    return made.getvalue()


def packed(**parts: bytes) -> bytes:
    """Return a zip of parts; "/" in a name is written "__"."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return made.getvalue()


def tcvn3(text: str) -> bytes:
    """Return text as the bytes of TCVN3; a capital with a tone is its capital and the tone's own byte."""
    return _apart(text, {letter: chr(code) for code, letter in legacy.TCVN3.items()}).encode("cp1252")


def cp1258(text: str) -> bytes:
    """Return text as Windows-1258: letters with their tones as characters of their own."""
    own = {char: char for char in map(chr, range(0xA0, 0x2200)) if char.encode("cp1258", errors="ignore")}
    return _apart(text, own).encode("cp1258")


def _apart(text: str, letters: dict[str, str]) -> str:
    out = []
    for char in unicodedata.normalize("NFC", text):
        if char.isascii() or char in letters:
            out.append(letters.get(char, char))
            continue
        parts = unicodedata.normalize("NFD", char)
        tone = next(part for part in parts if part in legacy.TONES)
        base = unicodedata.normalize("NFC", parts.replace(tone, ""))
        out.append(letters.get(base, base) + letters[tone])
    return "".join(out)
