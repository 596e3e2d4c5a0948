"""Tables as lines of text: rows of data, or the cells of a table that only places things side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

# The header and the closing of every directive stand in a table of two columns.
_PLACING = re.compile(
    r"CỘNG\s+H[OÒ][AÀ]\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|^\s*Nơi\s+nhận|^\s*Kính\s+gửi",
    re.IGNORECASE | re.MULTILINE,
)


def whole(text: str | None, *, default: int, most: int) -> int:
    """Return the number that a file gives for a width or place, within what a page can hold; files state anything."""
    digits = (text or "").strip()
    return min(int(digits), most) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else default


def places_only(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a table lays out a page (header, Nơi nhận beside the signature) rather than holding data."""
    if max(map(len, rows), default=0) <= 1:
        return True
    return max(map(len, rows)) <= 4 and any(_PLACING.search(cell) for row in rows for cell in row)


def row_line(cells: Sequence[str]) -> str:
    """Return one row of data as a line: "3 | Thủy lợi | Sở Nông nghiệp và PTNT"; empty cells at its end are cut, but
    for the bar that shows a first cell alone to be a row: "Huyện Hòa An |"."""
    flat = [cell_text(cell) for cell in cells]
    filled = max((at + 1 for at, cell in enumerate(flat) if cell), default=0)
    line = " | ".join(flat[:filled])
    return f"{line} |" if filled == 1 < len(flat) else line


def cell_text(cell: str) -> str:
    """Return the text of a cell as it stands in the line of its row."""
    return " ".join(cell.replace("|", "¦").split())  # a bar of its own would open another cell


def table_text(rows: Sequence[Sequence[str]], *, placing: bool = False) -> str:
    """Return a table as text: a line a row, or a paragraph a cell where the table only places things."""
    if placing or places_only(rows):
        return "\n\n".join(cell.strip() for row in rows for cell in row if cell.strip())
    return "\n".join(line for row in rows if (line := row_line(row)))
