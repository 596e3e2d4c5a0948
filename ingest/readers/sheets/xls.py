"""Workbooks of Excel 97-2003 (.xls), after Microsoft's published [MS-XLS]; also those of Excel 5 and 95.

An own reader, because python-calamine asks for as much memory as a damaged file names and takes the program down with
it, and tells neither number formats nor fonts.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, pairwise

from ingest.readers.compound import BrokenContainerError, streams
from ingest.readers.runs import Run
from ingest.readers.sheets.printed import BUILT_IN, printed
from ingest.readers.sheets.workbook import FORMULA_ERRORS, Filler, Runs, Sheet, Style, Workbook, quoted, too_large
from ingest.readers.source import Limits
from ntmgraph.model import ReadError, Refusal

_BIFF8 = 0x600
_CALENDAR_OF_1904 = 1
_WORKSHEET, _CHART = 0x10, 0x20
_PICTURE_OBJECT = 8
_CODE_PAGE = "cp1252"  # what fonts of before Unicode were typed in; their letters tell the rest


class _Record(IntEnum):
    BOF = 0x809
    EOF = 0x0A
    CONTINUE = 0x3C
    FILE_PASS = 0x2F
    CALENDAR = 0x22
    BOUND_SHEET = 0x85
    FONT = 0x31
    FORMAT = 0x41E
    XF = 0xE0
    SHARED_STRINGS = 0xFC
    LABEL_SHARED = 0xFD
    LABEL = 0x204
    RICH_LABEL = 0xD6
    NUMBER = 0x203
    RK = 0x27E
    MANY_RK = 0xBD
    FORMULA = 0x06
    STRING = 0x207
    BOOLEAN_OR_ERROR = 0x205
    OBJECT = 0x5D
    NOTE = 0x1C


@dataclass(frozen=True, slots=True)
class _Bound:
    """Where a sheet starts, and whether it is shown."""

    name: str
    start: int
    hidden: bool


def read(data: bytes, limits: Limits) -> Workbook:
    """Return the sheets of a workbook, and what they hold beside cells."""
    try:
        return _Reader(_stream(data), limits).book()
    except (struct.error, IndexError) as error:
        raise _damaged() from error


def _stream(data: bytes) -> bytes:
    try:
        found = streams(data, "Workbook", "Book")
    except BrokenContainerError as error:
        raise _damaged() from error
    return found.get("Workbook") or found.get("Book") or b""


def _damaged() -> ReadError:
    return ReadError(
        Refusal.DAMAGED, "bảng tính Excel 97-2003 bị hỏng; hãy mở bằng Excel, lưu thành tệp .xlsx mới rồi nạp lại."
    )


class _Reader:
    def __init__(self, stream: bytes, limits: Limits) -> None:
        self._stream = stream
        self._left = limits.tags  # records still to be read: sheets of a hostile file share theirs
        self._filler = Filler(limits)
        self._book = Workbook()
        self._biff8 = True
        self._from_1904 = False
        self._fonts: list[str] = []
        self._codes: dict[int, str] = {}
        self._formats: list[tuple[int, int]] = []  # font and number format of each
        self._strings: list[Runs] = []
        self._left_out = dict.fromkeys(("hình ảnh", "biểu đồ", "ghi chú của ô", FORMULA_ERRORS), 0)

    def book(self) -> Workbook:
        bounds = list(self._globals())
        hidden = [bound.name for bound in bounds if bound.hidden]
        for bound in bounds:
            if not bound.hidden:
                sheet = self._sheet(bound)
                if sheet is not None:
                    self._book.sheets.append(sheet)
        self._book.leave_out({f"trang tính ẩn {quoted(hidden)}": len(hidden)} | self._left_out)
        return self._book

    def _globals(self) -> Iterator[_Bound]:
        """Read what all sheets share, and yield where each starts."""
        shared: list[bytes] = []  # the record of shared strings, and those in which it goes on
        begun: int | None = None  # the record that a CONTINUE goes on with
        for kind, body in self._records(0):
            if begun is None:
                if kind != _Record.BOF:
                    raise _damaged()
                self._biff8 = struct.unpack_from("<H", body)[0] == _BIFF8
            begun = begun if kind == _Record.CONTINUE else kind
            if begun == _Record.SHARED_STRINGS:
                shared.append(body)
            elif kind == _Record.FILE_PASS:
                raise ReadError(Refusal.ENCRYPTED, "bảng tính có mật khẩu; hãy bỏ mật khẩu rồi nạp lại.")
            elif kind == _Record.CALENDAR:
                self._from_1904 = struct.unpack_from("<H", body)[0] == _CALENDAR_OF_1904
            elif kind == _Record.FONT:
                self._fonts.append(self._string(body, 14, wide_count=False))
            elif kind == _Record.FORMAT:
                code = struct.unpack_from("<H", body)[0]
                self._codes[code] = self._string(body, 2, wide_count=self._biff8)
            elif kind == _Record.XF:
                self._formats.append(struct.unpack_from("<HH", body))
            elif kind == _Record.BOUND_SHEET:
                start, state = struct.unpack_from("<IB", body)
                yield _Bound(self._string(body, 6, wide_count=False), start, hidden=state & 3 != 0)
        self._strings = list(self._shared(_Chunks(shared)))

    def _records(self, at: int) -> Iterator[tuple[int, bytes]]:
        """Yield the records of a sheet or of the workbook's own part, those of charts in it too."""
        depth = 0
        while at + 4 <= len(self._stream):
            kind, size = struct.unpack_from("<HH", self._stream, at)
            if kind == _Record.EOF:
                depth -= 1
                if depth <= 0:
                    return
            depth += kind == _Record.BOF
            self._left -= 1
            if self._left < 0:
                raise too_large()
            yield kind, self._stream[at + 4 : at + 4 + size]
            at += 4 + size
        raise _damaged()  # without an end: a wrong size has led astray

    def _shared(self, chunks: _Chunks) -> Iterator[Runs]:
        """Yield the strings that cells share, each with the fonts of its parts."""
        chunks.take(8)  # two counts, which a damaged file states wrongly
        while chunks.more():
            count, flags = struct.unpack("<HB", chunks.take(3))
            runs = struct.unpack("<H", chunks.take(2))[0] if flags & 8 else 0
            extra = struct.unpack("<I", chunks.take(4))[0] if flags & 4 else 0
            text = chunks.text(count, wide=bool(flags & 1))
            marks = [struct.unpack("<HH", chunks.take(4)) for _ in range(runs)]
            chunks.take(extra)
            starts = [0, *accumulate((start for start, _ in marks), max)]  # a damaged file goes back, and back again
            fonts = [None, *(self._font(font) for _, font in marks)]
            pieces = pairwise([*starts, len(text)])
            yield tuple(Run(text[start:end], font) for (start, end), font in zip(pieces, fonts, strict=True))

    def _sheet(self, bound: _Bound) -> Sheet | None:
        sheet = Sheet(bound.name)
        waiting: tuple[int, int, Style] | None = None  # a formula whose text stands in the next record
        for at, (kind, body) in enumerate(self._records(bound.start)):
            if at == 0 and kind != _Record.BOF:
                raise _damaged()
            if kind == _Record.BOF:
                dialect = struct.unpack_from("<H", body, 2)[0]
                self._left_out["biểu đồ"] += dialect == _CHART
                if at == 0 and dialect != _WORKSHEET:
                    return None
            elif kind == _Record.STRING and waiting is not None:
                row, column, style = waiting
                self._put(sheet, row, column, style, (Run(self._string(body, 0, wide_count=True)),))
            elif kind == _Record.OBJECT and len(body) >= 6:
                self._left_out["hình ảnh"] += struct.unpack_from("<H", body, 4)[0] == _PICTURE_OBJECT
            elif kind == _Record.NOTE:
                self._left_out["ghi chú của ô"] += 1
            elif kind == _Record.MANY_RK:
                row, column = struct.unpack_from("<HH", body)
                for offset in range((len(body) - 6) // 6):
                    style, value = struct.unpack_from("<HI", body, 4 + 6 * offset)
                    self._number(sheet, row, column + offset, self._style(style), _rk(value))
            elif kind in _CELLS:
                row, column, index = struct.unpack_from("<HHH", body)
                waiting = self._cell(sheet, kind, body, row, column, self._style(index))
        return sheet

    def _cell(
        self, sheet: Sheet, kind: int, body: bytes, row: int, column: int, style: Style
    ) -> tuple[int, int, Style] | None:
        """Put a cell into a sheet; returns it when its text is to follow."""
        if kind == _Record.NUMBER:
            self._number(sheet, row, column, style, struct.unpack_from("<d", body, 6)[0])
        elif kind == _Record.RK:
            self._number(sheet, row, column, style, _rk(struct.unpack_from("<I", body, 6)[0]))
        elif kind == _Record.LABEL_SHARED:
            at = struct.unpack_from("<I", body, 6)[0]
            if at < len(self._strings):
                self._put(sheet, row, column, style, self._strings[at])
        elif kind in (_Record.LABEL, _Record.RICH_LABEL):
            self._put(sheet, row, column, style, (Run(self._string(body, 6, wide_count=True)),))
        elif kind == _Record.BOOLEAN_OR_ERROR:
            self._truth(sheet, row, column, style, body[6], error=bool(body[7]))
        elif body[12:14] != b"\xff\xff":
            self._number(sheet, row, column, style, struct.unpack_from("<d", body, 6)[0])
        elif body[6] in (1, 2):
            self._truth(sheet, row, column, style, body[8], error=body[6] == 2)
        else:
            return row, column, style
        return None

    def _truth(self, sheet: Sheet, row: int, column: int, style: Style, value: int, *, error: bool) -> None:
        if error:
            self._left_out[FORMULA_ERRORS] += 1
        else:
            self._put(sheet, row, column, style, (Run("Có" if value else "Không"),))

    def _number(self, sheet: Sheet, row: int, column: int, style: Style, value: float) -> None:
        try:
            self._filler.put(sheet, row, column, printed(value, style.code, from_1904=self._from_1904))
        except (ValueError, OverflowError):
            return  # not a number

    def _put(self, sheet: Sheet, row: int, column: int, style: Style, runs: Runs) -> None:
        self._filler.put(sheet, row, column, self._book.text(runs, style))

    def _style(self, index: int) -> Style:
        if index >= len(self._formats):
            return Style()
        font, code = self._formats[index]
        return Style(self._codes.get(code) or BUILT_IN.get(code), self._font(font))

    def _font(self, index: int) -> str | None:
        at = index - (index > 4)  # the number 4 is left out of the count of fonts
        return self._fonts[at] if at < len(self._fonts) else None

    def _string(self, body: bytes, at: int, *, wide_count: bool) -> str:
        count = struct.unpack_from("<H" if wide_count else "<B", body, at)[0]
        at += 2 if wide_count else 1
        if not self._biff8:
            return body[at : at + count].decode(_CODE_PAGE, "replace")
        wide = body[at] & 1
        return _decoded(body[at + 1 : at + 1 + count * (1 + wide)], wide=bool(wide))


_CELLS = frozenset(
    (_Record.NUMBER, _Record.RK, _Record.LABEL_SHARED, _Record.LABEL, _Record.RICH_LABEL, _Record.BOOLEAN_OR_ERROR)
) | {_Record.FORMULA}


class _Chunks:
    """A record that goes on in others; a string cut by their border says anew how wide its letters are."""

    def __init__(self, chunks: list[bytes]) -> None:
        self._chunks = chunks
        self._chunk = 0
        self._at = 0

    def more(self) -> bool:
        while self._chunk < len(self._chunks) and self._at >= len(self._chunks[self._chunk]):
            self._chunk, self._at = self._chunk + 1, 0
        return self._chunk < len(self._chunks)

    def take(self, count: int) -> bytes:
        taken = bytearray()
        while len(taken) < count and self.more():
            piece = self._chunks[self._chunk][self._at : self._at + count - len(taken)]
            taken += piece
            self._at += len(piece)
        return bytes(taken)

    def text(self, count: int, *, wide: bool) -> str:
        words: list[str] = []
        while count and self.more():
            if self._at == 0:
                wide = bool(self.take(1)[0] & 1)
                if not self.more():
                    break
            left = (len(self._chunks[self._chunk]) - self._at) // (1 + wide)
            letters = min(count, max(left, 1))
            words.append(_decoded(self.take(letters * (1 + wide)), wide=wide))
            count -= letters
        return "".join(words)


def _decoded(letters: bytes, *, wide: bool) -> str:
    return letters.decode("utf-16-le", "replace") if wide else letters.decode("latin-1")


def _rk(value: int) -> float:
    """Return the number in 30 bits: an integer or the upper part of a float, either of them times 100 or not."""
    number: float
    if value & 2:
        number = (value - (1 << 32) if value & (1 << 31) else value) >> 2
    else:
        number = struct.unpack("<d", struct.pack("<Q", (value & ~3) << 32))[0]
    return float(number / 100 if value & 1 else number)
