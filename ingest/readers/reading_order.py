"""From letters with their places to lines in reading order, for pages of a PDF and of a scan alike.

What it knows of a directive's page: header and closing stand in two columns, ruled tables hold data, page numbers and
running heads are no text.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from ingest.readers.legacy import from_font
from ingest.readers.ruled import Rule, Table, find_tables
from ingest.readers.source import Placed
from ingest.readers.tables import places_only, row_line

_PAGE_NUMBER = re.compile(r"[-–]?\s*(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?", re.IGNORECASE)
_LABEL = re.compile(r"(?:[\dIVXivx]{1,5}|[a-zđ]|\d+(?:\.\d+)+)[.)]?|[-–+*•]")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

# In parts of the letter size.
_BLANK = 0.18  # a gap between two letters that is a blank
_COLUMN = 0.9  # a gap that may lie between two columns
_NEXT_LINE = 0.8  # a gap below a line that the next line of its column keeps to
_SAME_LINE = 0.35  # how far the middles of letters of one line may lie apart; superscripts do
_GUTTER = 10.0  # points: the least width of what parts two columns
_SIGNATURE = 110.0  # points between a signer's title and name


class Letter(NamedTuple):
    """A letter of a PDF, or a whole word of a scan, with its place in points from the top left of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    font: str = ""
    placed: Placed | None = None  # of a scanned word

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class Line(NamedTuple):
    """A line of text, and the scanned words in it."""

    text: str
    placed: tuple[Placed, ...] = ()


_EMPTY = Line("")


@dataclass(frozen=True, slots=True)
class Segment:
    """Text on one line without a wide gap in it."""

    line: Line
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Row:
    """Segments side by side, left to right; a ruled table is one row, `table`."""

    segments: tuple[Segment, ...]
    table: tuple[Line, ...] = ()

    @property
    def x0(self) -> float:
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        return self.segments[-1].x1

    @property
    def top(self) -> float:
        return min(segment.top for segment in self.segments)

    @property
    def bottom(self) -> float:
        return max(segment.bottom for segment in self.segments)

    @property
    def size(self) -> float:
        return max(segment.size for segment in self.segments)

    @property
    def line(self) -> Line:
        return _joined(segment.line for segment in self.segments)

    @property
    def text(self) -> str:
        return self.line.text


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The rows of a page, from the top."""

    rows: list[Row]
    height: float


def lay_out(letters: Sequence[Letter], rules: Iterable[Rule], height: float) -> LaidOut:
    """Return what stands on a page as rows: lines of text and ruled tables."""
    rows: list[Row] = []
    for table in find_tables(rules):
        x0, top, x1, bottom = table.box
        inside = [letter for letter in letters if top <= letter.middle <= bottom and x0 <= letter.x0 <= x1]
        if lines := _table_lines(table, inside):
            rows.append(Row((Segment(_EMPTY, x0, x1, top, bottom, 0.0),), lines))
            taken = set(map(id, inside))
            letters = [letter for letter in letters if id(letter) not in taken]
    rows.extend(_rows(letters))
    rows.sort(key=lambda row: row.top)
    return LaidOut(rows, height)


def in_order(pages: Sequence[LaidOut]) -> tuple[str, tuple[Placed, ...]]:
    """Return the text of the pages and the scanned words in its order.

    "\\f" starts each page from the second on, line ends stay, an empty line stands where the gap between two lines is
    wide; page numbers and running heads are left out.
    """
    heads = _running_heads(pages)
    pitch = _pitch(pages)
    texts = []
    placed: list[Placed] = []
    table_head = ""
    for page in pages:
        lines, table_head = _page_lines(_body(page, heads), pitch, table_head)
        texts.append("\n".join(line.text for line in lines))
        placed.extend(word for line in lines for word in line.placed)
    return "\n\f".join(texts) + "\n", tuple(placed)


def _joined(lines: Iterable[Line]) -> Line:
    parts = list(lines)
    return Line(" ".join(part.text for part in parts), tuple(chain.from_iterable(part.placed for part in parts)))


def _table_row(cells: Sequence[Line]) -> Line:
    return Line(row_line([cell.text for cell in cells]), tuple(chain.from_iterable(cell.placed for cell in cells)))


def _table_lines(table: Table, letters: Sequence[Letter]) -> tuple[Line, ...]:
    """Return the rows of a table as lines; a cell over several rows or columns stands in its first."""
    cells = [[_EMPTY] * table.columns for _ in range(table.rows)]
    for row, column, x0, top, x1, bottom in table.cells:
        inside = [
            letter for letter in letters if top <= letter.middle < bottom and x0 <= (letter.x0 + letter.x1) / 2 < x1
        ]
        cells[row][column] = _joined(line.line for line in _rows(inside))
    if places_only([[cell.text for cell in row] for row in cells]):
        return ()  # a header or closing in a box: its columns are read as columns
    return tuple(line for row in cells if (line := _table_row(row)).text)


def _rows(letters: Iterable[Letter]) -> list[Row]:
    """Return the lines of text from the top, each cut where the gap is wide enough to part columns."""
    rows = []
    line: list[Letter] = []
    for letter in sorted(letters, key=lambda letter: letter.middle):
        if line and letter.middle - line[0].middle > _SAME_LINE * max(letter.size, line[0].size):
            rows.append(_segments(line))
            line = []
        line.append(letter)
    if line:
        rows.append(_segments(line))
    return [Row(segments) for segments in rows if segments]


def _segments(line: list[Letter]) -> tuple[Segment, ...]:
    line.sort(key=lambda letter: letter.x0)
    size = statistics.median(letter.size for letter in line)
    middle = statistics.median(letter.middle for letter in line)
    parts: list[list[Letter]] = []
    texts: list[list[tuple[str, str]]] = []  # font, letters
    blank = False
    for letter in line:
        text = letter.text
        if text.isspace():
            blank = True
            continue
        last = parts[-1][-1] if parts else None
        gap = letter.x0 - last.x1 if last else 0.0
        if last and text == last.text and letter.x0 - last.x0 < 0.15 * size:
            continue  # bold by printing twice, a hair apart
        if letter.size < 0.8 * size and text.isdecimal() and letter.middle < middle - 0.1 * size:
            text = text.translate(_SUPERSCRIPT)
        if last is None or gap > _COLUMN * size:
            parts.append([])
            texts.append([])
        elif blank or letter.placed or gap > _BLANK * size:
            text = f" {text}"
        parts[-1].append(letter)
        texts[-1].append((letter.font, text))
        blank = False
    return tuple(
        Segment(
            Line(
                "".join(from_font("".join(text for _, text in run), font) for font, run in groupby(pairs, key=_font)),
                tuple(letter.placed for letter in part if letter.placed),
            ),
            part[0].x0,
            max(letter.x1 for letter in part),
            min(letter.top for letter in part),
            max(letter.bottom for letter in part),
            size,
        )
        for part, pairs in zip(parts, texts, strict=True)
    )


def _font(pair: tuple[str, str]) -> str:
    return pair[0]


def _running_heads(pages: Sequence[LaidOut]) -> frozenset[str]:
    """Return the lines, figures masked, that stand at the head or foot of most pages."""
    at_edge = Counter(
        _masked(row.text)
        for page in pages
        for row in {*page.rows[:1], *page.rows[-1:]}
        if not row.table and _in_margin(row, page)
    )
    return frozenset(text for text, count in at_edge.items() if count >= max(3, 0.5 * len(pages)))


def _masked(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _in_margin(row: Row, page: LaidOut) -> bool:
    return row.bottom < 0.1 * page.height or row.top > 0.9 * page.height


def _body(page: LaidOut, heads: frozenset[str]) -> list[Row]:
    """Return the rows of a page without page number and running head or foot."""
    rows = list(page.rows)
    for at in (0, -1):
        while rows and not rows[at].table and _in_margin(rows[at], page):
            if not _PAGE_NUMBER.fullmatch(rows[at].text) and _masked(rows[at].text) not in heads:
                break
            rows.pop(at)
    return rows


def _page_lines(rows: Sequence[Row], pitch: float, table_head: str) -> tuple[list[Line], str]:
    """Return the lines of a page, and the first row of a table that may run on to the next page."""
    lines: list[Line] = []
    last: Row | None = None
    head = ""
    at = 0
    while at < len(rows):
        row = rows[at]
        if (
            lines
            and lines[-1].text
            and last
            and (row.table or last.table or row.top - last.top > 1.2 * pitch * row.size)
        ):
            lines.append(_EMPTY)
        if row.table:
            lines.extend(row.table[1:] if at == 0 and row.table[0].text == table_head else row.table)
            head = row.table[0].text if at == len(rows) - 1 else ""
        elif band := _band(rows, at):
            if lines and lines[-1].text:
                lines.append(_EMPTY)
            lines.extend(_band_lines(band))
            at += len(band.rows) - 1
            row = rows[at]
        else:
            lines.append(row.line)
        last = row
        at += 1
    while lines and not lines[-1].text:
        lines.pop()
    return lines, head


def _pitch(pages: Sequence[LaidOut]) -> float:
    """Return the distance from line to line inside a paragraph, in parts of the letter size.

    Over the whole file: a page may hold nothing but one-line paragraphs.
    """
    steps = sorted(
        (below.top - above.top) / below.size
        for page in pages
        for above, below in pairwise(page.rows)
        if not above.table and not below.table and 0.9 * below.size < below.top - above.top < 2.2 * below.size
    )
    return steps[len(steps) // 4] if steps else 1.3


_Gap = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows that stand in columns, parted by `gutters`."""

    rows: tuple[Row, ...]
    gutters: tuple[_Gap, ...]


def _free(row: Row) -> list[_Gap]:
    """Return the stretches of a row's width where nothing stands."""
    edges = [float("-inf"), *(edge for segment in row.segments for edge in (segment.x0, segment.x1)), float("inf")]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _common(some: Iterable[_Gap], others: Sequence[_Gap]) -> list[_Gap]:
    """Return the stretches free in both, between text on either side and wide enough to part columns."""
    both = ((max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others)
    return [gap for gap in both if _GUTTER <= gap[1] - gap[0] < float("inf")]


def _band(rows: Sequence[Row], start: int) -> _Band | None:
    """Return the rows from `start` on that stand in columns; None when the text there runs over the whole width."""
    first = rows[start]
    gutters = _common(_free(first), _free(first))
    if not gutters and start + 1 < len(rows) and not rows[start + 1].table:
        second = rows[start + 1]
        if second.top < first.bottom - 0.3 * first.size:  # the columns need not share their lines
            gutters = _common(_free(first), _free(second))
    if not gutters:
        return None
    bottom = first.bottom
    end = start
    closing = False
    for at in range(start, len(rows)):
        row = rows[at]
        kept = [] if row.table else _common(gutters, _free(row))
        gap = row.top - bottom
        if not kept or gap > _SIGNATURE:
            break
        gutters = kept
        closing = closing or row.text.lower().startswith("nơi nhận")
        # A signer's name stands far below the title, on the right; any other line so far below is not of the columns.
        if gap < _NEXT_LINE * row.size or len(row.segments) > 1 or (closing and row.x0 > gutters[-1][1] - 0.1):
            end = at + 1
            bottom = max(bottom, row.bottom)
    band = _Band(tuple(rows[start:end]), tuple(gutters))
    left_column, right_column = _columns(band)
    if min(len(left_column), len(right_column)) < 2 or all(_LABEL.fullmatch(line.text) for line in left_column):
        return None
    return band


def _columns(band: _Band) -> tuple[list[Line], list[Line]]:
    """Return the lines left and right of the widest gutter."""
    widest = max(band.gutters, key=lambda gap: gap[1] - gap[0])
    cells = [_cells(row, (widest,)) for row in band.rows]
    return [left for left, _ in cells if left.text], [right for _, right in cells if right.text]


def _cells(row: Row, gutters: Sequence[_Gap]) -> list[Line]:
    edges = [float("-inf"), *(sum(gutter) / 2 for gutter in gutters), float("inf")]
    return [_joined(part.line for part in row.segments if start < part.x0 < end) for start, end in pairwise(edges)]


def _band_lines(band: _Band) -> list[Line]:
    """Return a band column after column; a table without ruling lines row after row."""
    if len(band.gutters) > 1 and sum(len(row.segments) > 2 for row in band.rows) > 1:
        return [_table_row(_cells(row, band.gutters)) for row in band.rows]
    left, right = _columns(band)
    return [*left, _EMPTY, *right, _EMPTY]
