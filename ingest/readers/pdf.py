"""PDF with a text layer, put in reading order by the place of its characters.

The order of characters in the file is of no use: where a font lacks a Vietnamese letter, each such letter is a run of
its own. What this reader knows of a directive's page: header and closing stand in two columns, ruled tables hold
data, page numbers and running heads are no text.
"""

from __future__ import annotations

import re
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from ingest.readers.legacy import from_font
from ingest.readers.page import Letter, Page, Pages, TooMuchError
from ingest.readers.ruled import Table, find_tables
from ingest.readers.source import Content, Limits
from ingest.readers.tables import places_only, row_line
from ntmgraph.model import ReadError, Refusal

_PAGE_NUMBER = re.compile(r"[-–]?\s*(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?", re.IGNORECASE)
_LABEL = re.compile(r"(?:[\dIVXivx]{1,5}|[a-zđ]|\d+(?:\.\d+)+)[.)]?|[-–+*•]")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNMAPPED = "(cid:"  # what pdfminer prints for a letter that the font does not name

# In parts of the letter size.
_BLANK = 0.18  # a gap between two letters that is a blank
_COLUMN = 0.9  # a gap that may lie between two columns
_NEXT_LINE = 0.8  # a gap below a line that the next line of its column keeps to
_SAME_LINE = 0.35  # how far the middles of letters of one line may lie apart; superscripts do
_GUTTER = 10.0  # points: the least width of what parts two columns
_SIGNATURE = 110.0  # points between a signer's title and name


@dataclass(frozen=True, slots=True)
class _Segment:
    """Text on one line without a wide gap in it."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class _Row:
    """Segments side by side, left to right; a ruled table is one row, `table`."""

    segments: tuple[_Segment, ...]
    table: tuple[str, ...] = ()

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
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class _Page:
    rows: list[_Row]  # from the top
    height: float
    images: int
    unmapped: int
    characters: int


def read(data: bytes, limits: Limits) -> Content:
    """Return the text of a PDF; "\\f" starts each page from the second on, line ends stay, an empty line stands where
    the gap between two lines is wide."""
    pages, title = _pages(data, limits)
    characters = sum(page.characters for page in pages)
    if not characters:
        raise ReadError(
            Refusal.NO_TEXT,
            f"bản quét {len(pages)} trang, không có lớp chữ; hãy nạp bản có lớp chữ (PDF xuất từ Word) hoặc tệp .docx"
            " (phiên bản sau sẽ tự nhận dạng chữ).",
        )
    if sum(page.unmapped for page in pages) > 0.1 * characters:
        raise ReadError(
            Refusal.NO_TEXT,
            "lớp chữ của tệp PDF hỏng (phông chữ không có bảng mã); hãy nạp tệp .docx hoặc bản PDF xuất lại từ Word.",
        )
    heads = _running_heads(pages)
    pitch = _pitch(pages)
    texts = []
    table_head = ""
    for page in pages:
        rows = _body(page, heads)
        lines, table_head = _page_lines(rows, pitch, table_head)
        texts.append("\n".join(lines))
    return Content("\n\f".join(texts) + "\n", tuple(_left_out(pages)), title=title)


def _pages(data: bytes, limits: Limits) -> tuple[list[_Page], str | None]:
    deadline = time.monotonic() + limits.seconds
    pages: list[_Page] = []
    try:
        source = Pages(data, unpacked=limits.unpacked)
        for page in source:
            if len(pages) == limits.pages:
                raise ReadError(
                    Refusal.TOO_LARGE, f"tệp có hơn {limits.pages} trang, quá giới hạn; hãy tách thành nhiều tệp."
                )
            if time.monotonic() > deadline:
                raise ReadError(
                    Refusal.TOO_LARGE,
                    f"đọc quá {limits.seconds:.0f} giây mới đến trang {len(pages)}; hãy tách thành nhiều tệp.",
                )
            pages.append(_page(page))
        return pages, source.title
    except ReadError:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise ReadError(Refusal.ENCRYPTED, "tệp PDF có mật khẩu; hãy bỏ mật khẩu rồi nạp lại.") from error
    except TooMuchError as error:
        raise ReadError(Refusal.TOO_LARGE, "tệp PDF bung ra quá lớn; hãy tách thành nhiều tệp rồi nạp lại.") from error
    except Exception as error:  # pdfminer meets a broken file with whatever its code trips over
        raise ReadError(
            Refusal.DAMAGED, "tệp PDF bị hỏng, không đọc được; hãy chép lại từ bản gốc rồi nạp lại."
        ) from error


def _page(page: Page) -> _Page:
    letters = page.letters
    rows: list[_Row] = []
    for table in find_tables(page.rules):
        x0, top, x1, bottom = table.box
        inside = [letter for letter in letters if top <= letter.middle <= bottom and x0 <= letter.x0 <= x1]
        if lines := _table_lines(table, inside):
            rows.append(_Row((_Segment("", x0, x1, top, bottom, 0.0),), lines))
            taken = set(map(id, inside))
            letters = [letter for letter in letters if id(letter) not in taken]
    rows.extend(_rows(letters))
    rows.sort(key=lambda row: row.top)
    printed = [letter.text for letter in page.letters if not letter.text.isspace()]
    unmapped = sum(text.startswith(_UNMAPPED) for text in printed)
    return _Page(rows, page.height, page.images, unmapped, len(printed))


def _table_lines(table: Table, letters: Sequence[Letter]) -> tuple[str, ...]:
    """Return the rows of a table as lines; a cell over several rows or columns stands in its first."""
    texts = [[""] * table.columns for _ in range(table.rows)]
    for row, column, x0, top, x1, bottom in table.cells:
        inside = [
            letter for letter in letters if top <= letter.middle < bottom and x0 <= (letter.x0 + letter.x1) / 2 < x1
        ]
        texts[row][column] = " ".join(line.text for line in _rows(inside))
    if places_only(texts):
        return ()  # a header or closing in a box: its columns are read as columns
    return tuple(line for cells in texts if (line := row_line(cells)))


def _rows(letters: Iterable[Letter]) -> list[_Row]:
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
    return [_Row(segments) for segments in rows if segments]


def _segments(line: list[Letter]) -> tuple[_Segment, ...]:
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
        elif blank or gap > _BLANK * size:
            text = f" {text}"
        parts[-1].append(letter)
        texts[-1].append((letter.font, text))
        blank = False
    return tuple(
        _Segment(
            "".join(from_font("".join(text for _, text in run), font) for font, run in groupby(pairs, key=_font)),
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


def _running_heads(pages: Sequence[_Page]) -> frozenset[str]:
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


def _in_margin(row: _Row, page: _Page) -> bool:
    return row.bottom < 0.1 * page.height or row.top > 0.9 * page.height


def _body(page: _Page, heads: frozenset[str]) -> list[_Row]:
    """Return the rows of a page without page number and running head or foot."""
    rows = list(page.rows)
    for at in (0, -1):
        while rows and not rows[at].table and _in_margin(rows[at], page):
            if not _PAGE_NUMBER.fullmatch(rows[at].text) and _masked(rows[at].text) not in heads:
                break
            rows.pop(at)
    return rows


def _page_lines(rows: Sequence[_Row], pitch: float, table_head: str) -> tuple[list[str], str]:
    """Return the lines of a page, and the first row of a table that may run on to the next page."""
    lines: list[str] = []
    last: _Row | None = None
    head = ""
    at = 0
    while at < len(rows):
        row = rows[at]
        if lines and lines[-1] and last and (row.table or last.table or row.top - last.top > 1.2 * pitch * row.size):
            lines.append("")
        if row.table:
            lines.extend(row.table[1:] if at == 0 and row.table[0] == table_head else row.table)
            head = row.table[0] if at == len(rows) - 1 else ""
        elif band := _band(rows, at):
            if lines and lines[-1]:
                lines.append("")
            lines.extend(_band_lines(band))
            at += len(band.rows) - 1
            row = rows[at]
        else:
            lines.append(row.text)
        last = row
        at += 1
    while lines and not lines[-1]:
        lines.pop()
    return lines, head


def _pitch(pages: Sequence[_Page]) -> float:
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

    rows: tuple[_Row, ...]
    gutters: tuple[_Gap, ...]


def _free(row: _Row) -> list[_Gap]:
    """Return the stretches of a row's width where nothing stands."""
    edges = [float("-inf"), *(edge for segment in row.segments for edge in (segment.x0, segment.x1)), float("inf")]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _common(some: Iterable[_Gap], others: Sequence[_Gap]) -> list[_Gap]:
    """Return the stretches free in both, between text on either side and wide enough to part columns."""
    both = ((max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others)
    return [gap for gap in both if _GUTTER <= gap[1] - gap[0] < float("inf")]


def _band(rows: Sequence[_Row], start: int) -> _Band | None:
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
    if min(len(left_column), len(right_column)) < 2 or all(_LABEL.fullmatch(line) for line in left_column):
        return None
    return band


def _columns(band: _Band) -> tuple[list[str], list[str]]:
    """Return the lines left and right of the widest gutter."""
    widest = max(band.gutters, key=lambda gap: gap[1] - gap[0])
    cells = [_cells(row, (widest,)) for row in band.rows]
    return [left for left, _ in cells if left], [right for _, right in cells if right]


def _cells(row: _Row, gutters: Sequence[_Gap]) -> list[str]:
    edges = [float("-inf"), *(sum(gutter) / 2 for gutter in gutters), float("inf")]
    return [" ".join(part.text for part in row.segments if start < part.x0 < end) for start, end in pairwise(edges)]


def _band_lines(band: _Band) -> list[str]:
    """Return a band column after column; a table without ruling lines row after row."""
    if len(band.gutters) > 1 and sum(len(row.segments) > 2 for row in band.rows) > 1:
        return [row_line(_cells(row, band.gutters)) for row in band.rows]
    left, right = _columns(band)
    return [*left, "", *right, ""]


def _left_out(pages: Sequence[_Page]) -> Iterator[str]:
    """Yield, in Vietnamese, what the text does not hold."""
    if images := sum(page.images for page in pages):
        yield f"{images} hình ảnh"
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.characters]
    if empty:
        yield f"trang không có lớp chữ: {', '.join(empty)}"
