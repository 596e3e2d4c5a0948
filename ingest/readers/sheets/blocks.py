"""A sheet as text: titles and remarks as paragraphs, tables as rows.

A table starts where rows first stand side by side and lasts to the last such row; what is above, between and below it
are paragraphs. As in tables of Word, a merged cell has its text once and leaves the others of its span empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.lines import upper
from ingest.readers.sheets.workbook import Sheet, address, rows_of
from ingest.readers.source import Placed
from ingest.readers.tables import cell_text, row_line
from ntmgraph.text import key

# Of the head and the foot of a sheet: they stand side by side without being a table.
_PLACING = re.compile(
    r"cộng hòa xã hội|độc lập\s*-|đảng cộng sản việt nam|ngày\b.{0,6}tháng\b.{0,6}năm\b|số:|"
    r"biểu (?:số|mẫu|\d)|mẫu (?:số|biểu)|phụ (?:lục|biểu)|\(?kèm theo|đơn vị (?:báo cáo|tính)|kỳ báo cáo|đvt\s*:|"
    r"nơi nhận|người lập|lập biểu|thủ trưởng|kế toán trưởng|\(?(?:đã )?ký\b|(?:tm|t/m|kt|tl|tuq|q)\. ?\w|"
    r"(?:phó )?(?:chủ tịch|giám đốc|chánh văn phòng|trưởng phòng|chi cục trưởng)$"
)
_COUNTER = ("tt", "stt", "số tt")
_ORDINAL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[A-ZĐa-zđ])[.)]?")
_WIDEST_FOOT = 4  # cells of a row: as many sign


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: Mapping[int, str]

    @property
    def counts(self) -> bool:
        """Whether it heads a table: one of its cells says "TT"."""
        return any(len(text) < 8 and key(text).strip(" .") in _COUNTER for text in self.cells.values())

    @property
    def places(self) -> bool:
        """Whether it belongs to the head or the foot of the sheet."""
        first = next(iter(self.cells.values()))
        return (
            len(self.cells) <= _WIDEST_FOOT
            and not self.counts
            and not _ORDINAL.fullmatch(first)
            and any(_PLACING.match(key(text)) for text in self.cells.values())
        )

    def titles(self, below: _Row) -> bool:
        """Whether it is a title in two cells ("BIỂU THEO DÕI TIẾN ĐỘ", "Năm 2023") above the first row of a table."""
        first = next(iter(self.cells.values()))
        return len(self.cells) < len(below.cells) and len(first.split()) > 3 and upper(first)

    @property
    def wide(self) -> bool:
        return len(self.cells) > 1 and not self.places


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring rows: those of a table, or those of which each cell is a paragraph."""

    rows: Sequence[_Row]
    columns: Sequence[int] | None  # of a table

    def text(self) -> str:
        if self.columns is None:
            return "".join(f"{text}\n\n" for row in self.rows for text in row.cells.values())
        lines = (row_line([row.cells.get(column, "") for column in self.columns]) for row in self.rows)
        return "\n".join(lines) + "\n\n"

    def placed(self, sheet: str) -> Iterator[Placed]:
        for row in self.rows:
            for column, text in row.cells.items():
                shown = text if self.columns is None else cell_text(text)
                yield Placed(shown, cell=f"{sheet}!{address(row.number, column)}")


def blocks(sheet: Sheet) -> Iterator[Block]:
    rows = [_Row(number, cells) for number, cells in rows_of(sheet)]
    at = 0
    while at < len(rows):
        start = _table_start(rows, at)
        if start > at:
            yield Block(rows[at:start], None)
        if start == len(rows):
            return
        at = _table_end(rows, start)
        table = rows[start:at]
        yield Block(table, sorted({column for row in table for column in row.cells}))


def _table_start(rows: Sequence[_Row], at: int) -> int:
    """Return the first row of the next table: it heads one, or stands above another that is as wide."""
    for index in range(at, len(rows)):
        row, below = rows[index], rows[index + 1] if index + 1 < len(rows) else None
        if row.wide and (row.counts or (below is not None and below.wide and not row.titles(below))):
            return index
    return len(rows)


def _table_end(rows: Sequence[_Row], start: int) -> int:
    """Return the row after the last of a table: the last wide one before the foot or the title of the next table."""
    end = start + 1
    for index in range(start + 1, len(rows)):
        row = rows[index]
        if row.places or (row.counts and end < index):
            break
        if row.wide:
            end = index + 1
    return end
