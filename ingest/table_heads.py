"""The headings of a data table: how many rows they take, what stands over each column, and the words above the table.

A merged heading stands once, at its first column; the columns below it that have headings of their own are its parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.tables import Cell, Row
from ntmgraph.text import CAPITAL, key

_ORDINAL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})?|[IVX]{1,5}|[a-zđ])\)?\.?")
_NAMES = re.compile(rf"[{CAPITAL}]")
_CRITERIA = re.compile(r"\b(?:tiêu chí|tc)\b")
_LONGEST_CAPTION = 300


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a column: all its words and those of its lowest heading alone, folded by `key`."""

    words: str
    own: str
    cell: Cell | None  # the lowest heading cell


def first_data_row(words: Sequence[Sequence[str]]) -> int:
    """Return the index of the first row below the headings; a row that numbers the columns is a heading."""
    counted = any(key(text).strip(" .") in ("tt", "stt", "số tt") for row in words[:3] for text in row)
    for index, row in enumerate(words[:6]):
        if index == 0 or numbers_the_columns(row):
            continue
        if (_ORDINAL.fullmatch(row[0]) and any(_NAMES.match(text) for text in row[1:])) or (
            not counted and _NAMES.match(row[0]) and any(text[:1].isdigit() for text in row[1:])
        ):
            return index
        if not counted and index >= 2:
            return 0
    return 0


def numbers_the_columns(row: Sequence[str]) -> bool:
    numbers = [text.strip("()") for text in row]
    return (
        len(numbers) > 2 and numbers[0] in ("1", "A") and all(re.fullmatch(r"\d{0,2}|[A-Z]", each) for each in numbers)
    )


def heads(rows: Sequence[Row], words: Sequence[Sequence[str]], width: int, data_width: int) -> list[Head]:
    """Return the heading of each column.

    A second row that is too short for the table stands below the one heading that spans several columns.
    """
    found: list[list[str]] = [[] for _ in range(width)]
    cells: list[Cell | None] = [None] * width
    pairs = list(zip(rows, words, strict=True))
    levels = [pairs[0], *(pair for pair in pairs[1:] if not numbers_the_columns(pair[1]))]
    top = words[0]
    for level, (row, texts) in enumerate(levels):
        shift = 0
        if level and len(texts) < data_width and len(top) + len(texts) - 1 == data_width:
            shift = next((at for at, text in enumerate(top) if _CRITERIA.search(key(text))), len(top) - 1)
            moved = len(texts) - 1
            for at in range(len(top) - 1, shift, -1):
                found[at + moved], cells[at + moved] = found[at], cells[at]
                found[at], cells[at] = [], None
        over = ""
        for at, text in enumerate(texts[: width - shift]):
            if not text and (_named(levels[:level], at) or not _named(levels[level + 1 :], at)):
                over = ""  # another group begins above, or nothing stands below
            over = text or over
            if over:
                found[at + shift].append(over)
            if text:
                cells[at + shift] = row.cells[at]
    return [
        Head(key(" ".join(each)), key(each[-1]) if each else "", cell) for each, cell in zip(found, cells, strict=True)
    ]


def _named(levels: Sequence[tuple[Row, Sequence[str]]], at: int) -> bool:
    return any(at < len(texts) and texts[at] for _, texts in levels)


def caption_of(flat: str, start: int) -> tuple[int, int]:
    """Return where the words right above a table stand."""
    first = max(0, start - _LONGEST_CAPTION)
    above = flat.rfind("|", first, start)
    return (above + 1 if above >= 0 else first), start
