"""The streams of a Word 97-2003 file and the order of its text: [MS-DOC] 2.4.1, 2.5 (FIB) and 2.9.38 (Clx).

Numbers beyond the end of a stream read as 0 or less than they say: a damaged file gives less text, never an error.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from ingest.readers.compound import BrokenContainerError, streams
from ingest.readers.source import Limits
from ntmgraph.model import ReadError, Refusal

_WORD = 0xA5EC  # wIdent
_WORD_6 = 0xA5DC
_WORD_97 = 0x00C1  # nFib
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_CHARACTERS_A_PAGE = 5000
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_DAMAGED = "tệp Word 97-2003 bị hỏng; hãy mở bằng Word, lưu thành tệp .docx rồi nạp lại."


class Part(IntEnum):
    """Which pair of offset and length in the FIB names a structure (FibRgFcLcb97, by index)."""

    STYLES = 1
    FOOTNOTE_MARKS = 2
    FOOTNOTES = 3
    COMMENT_MARKS = 4
    SECTIONS = 6
    HEADERS = 11
    CHARACTER_PAGES = 12
    PARAGRAPH_PAGES = 13
    FONTS = 15
    PIECES = 33
    SHAPES = 40
    ENDNOTE_MARKS = 46
    ENDNOTES = 47
    DRAWINGS = 50
    BOXES = 56
    LISTS = 73
    LIST_OVERRIDES = 74


class Story(IntEnum):
    """The texts of a file, one behind the other in this order; each has its length in FibRgLw97."""

    BODY = 0
    FOOTNOTES = 1
    HEADERS = 2
    MACROS = 3
    COMMENTS = 4
    ENDNOTES = 5
    BOXES = 6


def u16(data: bytes, at: int) -> int:
    """Return the unsigned 16-bit number at an offset."""
    return int.from_bytes(data[at : at + 2], "little")


def i16(data: bytes, at: int) -> int:
    """Return the signed 16-bit number at an offset."""
    return int.from_bytes(data[at : at + 2], "little", signed=True)


def u32(data: bytes, at: int) -> int:
    """Return the unsigned 32-bit number at an offset."""
    return int.from_bytes(data[at : at + 4], "little")


def spans(plc: bytes, size: int, story: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the stretches that a PLC divides a story into, one for each of its items of `size` bytes; none where its
    positions do not rise."""
    count = max((len(plc) - 4) // (4 + size), 0)
    marks = [story[0] + u32(plc, 4 * index) for index in range(count + 1)]
    if marks != sorted(marks) or marks[-1] > story[1]:
        return []
    return list(pairwise(marks))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that lies in one place of the file ([MS-DOC] 2.9.177 Pcd)."""

    start: int  # character position
    end: int
    at: int  # byte offset in the WordDocument stream
    wide: bool  # UTF-16, else Windows-1252
    changes: bytes  # sprms of a fast save, over those of the pages

    def offset(self, position: int) -> int:
        """Return where in the stream a character of this piece stands."""
        return self.at + (position - self.start) * (2 if self.wide else 1)


class WordFile:
    """The streams of one file, with its text in order."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.main, self.table, self.data = _streams(data)
        lengths = [u32(self.main, 76 + 4 * story) for story in Story]
        self._starts = [sum(lengths[:story]) for story in range(len(Story) + 1)]
        self.pieces = tuple(self._pieces(min(sum(lengths) + 1, len(self.main))))
        self._piece_starts = [piece.start for piece in self.pieces]
        if self.pieces and self.pieces[-1].end > limits.pages * _CHARACTERS_A_PAGE:
            raise ReadError(
                Refusal.TOO_LARGE, "tệp Word 97-2003 có quá nhiều chữ; hãy tách thành nhiều tệp rồi nạp lại."
            )

    def part(self, part: Part) -> bytes:
        """Return a structure of the table stream; empty when the file has none."""
        at = 154 + 8 * part
        start, length = u32(self.main, at), u32(self.main, at + 4)
        if at + 8 > 154 + 8 * u16(self.main, 152):
            return b""
        return self.table[start : start + length]

    def behind(self, part: Part) -> bytes:
        """Return what follows a structure in the table stream."""
        at = 154 + 8 * part
        return self.table[u32(self.main, at) + u32(self.main, at + 4) :]

    def span(self, story: Story) -> tuple[int, int]:
        """Return the character positions between which a story stands."""
        return self._starts[story], self._starts[story + 1]

    def stretches(self, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        """Yield the pieces that hold the characters from start to end, and what part of each."""
        first = max(bisect_right(self._piece_starts, start) - 1, 0)
        for piece in self.pieces[first:]:
            if piece.start >= end:
                return
            begin, stop = max(piece.start, start), min(piece.end, end)
            if begin < stop:
                yield piece, begin, stop

    def text(self, piece: Piece, start: int, end: int) -> str:
        """Return these characters of a piece, one for each position."""
        raw = self.main[piece.offset(start) : piece.offset(end)]
        if not piece.wide:
            return raw.decode("cp1252", errors="replace")
        # A letter beyond the 16 bits takes two positions.
        return _ASTRAL.sub(lambda match: match.group() + "\0", raw.decode("utf-16-le", errors="replace"))

    def _pieces(self, most: int) -> Iterator[Piece]:
        clx = self.part(Part.PIECES)
        changes: list[bytes] = []
        at = 0
        while clx[at : at + 1] == b"\x01":  # Prc
            length = u16(clx, at + 1)
            changes.append(clx[at + 3 : at + 3 + length])
            at += 3 + length
        if clx[at : at + 1] != b"\x02":  # Pcdt
            return
        plc = clx[at + 5 : at + 5 + u32(clx, at + 1)]
        count = (len(plc) - 4) // 12
        position = 0
        for index in range(count):
            start, end = u32(plc, 4 * index), min(u32(plc, 4 * index + 4), most)
            if start != position or end <= start:
                return
            position = end
            pcd = 4 * (count + 1) + 8 * index
            place = u32(plc, pcd + 2)
            wide = not place & 0x40000000
            offset = place & 0x3FFFFFFF
            offset = offset if wide else offset // 2
            yield Piece(start, end, offset, wide, _changes(u16(plc, pcd + 6), changes))


# Prm0 names its sprm by a number of its own ([MS-DOC] 2.9.216); those that the reader knows.
_SHORT_CHANGES = {
    0x0C: 0x260A, 0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x42: 0x0801, 0x5B: 0x083B, 0x5C: 0x083C,
}  # fmt: skip


def _changes(prm: int, changes: list[bytes]) -> bytes:
    if prm & 1:
        return changes[prm >> 1] if prm >> 1 < len(changes) else b""
    sprm = _SHORT_CHANGES.get((prm >> 1) & 0x7F)
    return sprm.to_bytes(2, "little") + bytes((prm >> 8,)) if sprm else b""


def _streams(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the WordDocument, table and Data streams; ReadError for what is no Word 97-2003 text."""
    try:
        found = streams(data, "WordDocument", "0Table", "1Table", "Data")
    except BrokenContainerError as error:
        raise ReadError(Refusal.DAMAGED, _DAMAGED) from error
    main = found.get("WordDocument", b"")
    flags = u16(main, 10)
    if u16(main, 0) == _WORD and flags & _ENCRYPTED:
        raise ReadError(Refusal.ENCRYPTED, "tệp Word có mật khẩu; hãy bỏ mật khẩu rồi nạp lại.")
    if not u16(main, 2) > 0 or u16(main, 0) not in (_WORD, _WORD_6):
        raise ReadError(Refusal.DAMAGED, _DAMAGED)
    if u16(main, 2) < _WORD_97:
        raise ReadError(
            Refusal.LEGACY_UNREADABLE,
            "tệp của Word 6 hoặc Word 95, cũ hơn Word 97; hãy mở bằng Word, lưu thành tệp .docx rồi nạp lại.",
        )
    return main, found.get("1Table" if flags & _TABLE_1 else "0Table", b""), found.get("Data", b"")
