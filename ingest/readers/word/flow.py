"""What the word processors' formats share: marks of notes, what is left out, tables from the edges of cells.

A .doc and an .rtf hold paragraphs in one row, each saying whether it ends a cell or a row of a table: `blocks` builds
the tables from them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.readers.tables import table_text

WIDEST = 64  # columns of a table
_NEAR = 100  # twentieths of a point: edges of cells that are nearer were drawn by hand for the same column
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SOFT_HYPHEN = "\u00ad"  # kept until the font is known: under TCVN3 fonts it is the letter "ư"
DEEPEST_FIELD = 100  # fields in one another; Word itself allows 20


@dataclass(frozen=True, slots=True)
class Row:
    """How a row of a table lies: where its cells begin and end, left to right, and which of them show nothing of their
    own because they are merged with one above or before."""

    edges: tuple[int, ...] = ()
    merged: frozenset[int] = frozenset()
    bordered: bool = False


@dataclass(slots=True)
class Paragraph:
    """A paragraph of .doc or .rtf with what follows it (notes, text boxes), as lines."""

    lines: list[str]
    depth: int = 0  # of tables around it
    ends_cell: bool = False
    ends_row: Row | None = None  # the mark behind the last cell; it has no text of its own


@dataclass(slots=True)
class _Table:
    rows: list[tuple[Row, list[str]]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # of the cell being read

    def end_cell(self) -> None:
        self.cells.append("\n".join(self.lines))
        self.lines = []


def superscript(number: int) -> str:
    """Return the mark of a numbered note: "¹²"."""
    return str(number).translate(_SUPERSCRIPT)


def paragraph_text(text: str, label: str = "") -> str:
    """Return a paragraph with single blanks, its own line breaks kept, behind its automatic label."""
    lines = filter(None, (" ".join(line.split()) for line in text.split("\n")))
    return f"{label} ".lstrip() + "\n".join(lines)


def head_or_foot(where: str, text: str) -> str | None:
    """Return how left_out names the words at the head or foot of the pages; None for a bare page number."""
    words = " ".join(text.split())
    says = re.search(r"[^\W\d_]{2}", re.sub(r"\b(?:trang|page|of)\b", "", words, flags=re.IGNORECASE))
    return f"chữ ở {where}: “{words[:200]}”" if says else None


@dataclass(slots=True)
class LeftOut:
    """How much a reader met that has no text, or that is not the document's."""

    images: int = 0
    embedded: int = 0
    equations: int = 0
    comments: int = 0
    deletions: bool = False  # of tracked changes

    def words(self) -> Iterator[str]:
        """Yield how `left_out` names it (Vietnamese)."""
        if self.images:
            yield f"{self.images} hình ảnh"
        if self.embedded:
            yield f"{self.embedded} đối tượng nhúng (bảng tính, biểu đồ)"
        if self.equations:
            yield f"{self.equations} công thức toán"
        if self.comments:
            yield f"{self.comments} lời ghi chú của người soạn"
        if self.deletions:
            yield "chữ đã xóa khi theo dõi sửa đổi (đọc như đã chấp nhận mọi sửa đổi)"


def blocks(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """Yield paragraphs and tables in order; a nested table stands in its cell."""
    open_: list[_Table] = []

    def close(depth: int) -> Iterator[str]:
        while len(open_) > depth:
            table = open_.pop()
            if table.lines:
                table.end_cell()
            if table.cells:
                table.rows.append((Row(), table.cells))
            if text := _table(table.rows):
                if open_:
                    open_[-1].lines.append(text)
                else:
                    yield text

    for paragraph in paragraphs:
        yield from close(paragraph.depth)
        while len(open_) < paragraph.depth:
            open_.append(_Table())
        if not open_:
            yield from paragraph.lines
            continue
        table = open_[-1]
        if paragraph.ends_row is not None:
            table.rows.append((paragraph.ends_row, table.cells))
            table.cells, table.lines = [], []
            continue
        table.lines += paragraph.lines
        if paragraph.ends_cell:
            table.end_cell()
    yield from close(0)


def _table(rows: Sequence[tuple[Row, list[str]]]) -> str:
    columns = _columns(edge for row, _ in rows for edge in row.edges)
    laid = [_laid(row, cells, columns) for row, cells in rows]
    placing = not any(row.bordered for row, _ in rows) and max(map(len, laid), default=0) <= 2
    return table_text(laid, placing=placing)


def _columns(edges: Iterable[int]) -> list[int]:
    """Return where columns begin: edges that nearly meet count once."""
    columns: list[int] = []
    for edge in sorted(set(edges)):
        if not columns or edge - columns[-1] > _NEAR:
            columns.append(edge)
    return columns


def _laid(row: Row, cells: Sequence[str], columns: Sequence[int]) -> list[str]:
    """Return a row's cells, each in its column; a cell over several columns is followed by empty ones."""
    if len(row.edges) != len(cells) + 1:
        return ["" if at in row.merged else cell for at, cell in enumerate(cells)]
    places = [min(max(bisect_left(columns, edge - _NEAR), 0), WIDEST) for edge in row.edges]
    laid = [""] * places[0]
    for at, cell in enumerate(cells):
        laid.append("" if at in row.merged else cell)
        laid.extend([""] * (places[at + 1] - places[at] - 1))
    return laid
