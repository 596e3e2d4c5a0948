"""Rows of a data table, read by what its column headings say; `Outline` keeps them.

A row is a line of cells joined by " | " (readers write them so). The heading row is the first one that names
columns; a table without one has none that can be read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.agency_names import DATA
from ntmgraph.model import Provision
from ntmgraph.text import key


@dataclass(frozen=True, slots=True)
class Cell:
    start: int
    end: int

    def within(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Row:
    provision: Provision
    cells: tuple[Cell, ...]


def tables_of(provisions: Iterable[Provision], text: str) -> Iterator[tuple[Row, ...]]:
    """Yield each run of neighbouring rows, in text order."""
    run: list[Row] = []
    for provision in provisions:
        if provision.kind != "row":
            continue
        row = Row(provision, _cells(text, provision.start, provision.end))
        if run and text[run[-1].provision.end : provision.start].strip(" \n|-:"):
            yield _unruled(run, text)
            run = []
        run.append(row)
    if run:
        yield _unruled(run, text)


def _unruled(rows: list[Row], text: str) -> tuple[Row, ...]:
    """Return the rows of a table without the rules at both sides ("| 1 | Nà Ngần |") and below the headings."""
    rows = [row for row in rows if text[row.provision.start : row.provision.end].strip("|-: \n")] or rows
    if len(rows) < 2 or not all(text[row.provision.start] == "|" for row in rows):
        return tuple(rows)
    return tuple(
        Row(row.provision, row.cells[1 : -1 if row.cells[-1].start == row.cells[-1].end else None]) for row in rows
    )


def _cells(text: str, start: int, end: int) -> tuple[Cell, ...]:
    """Return the cells of a line, each without blanks at its ends; an empty cell has start == end."""
    found = []
    at = start
    for piece in text[start:end].replace("\n", " ").split("|"):
        left = len(piece) - len(piece.lstrip())
        found.append(Cell(at + left, at + left + len(piece.strip())))
        at += len(piece) + 1
    return tuple(found)


@cache
def _columns() -> tuple[tuple[str, str], ...]:
    with (DATA / "columns.csv").open(encoding="utf-8", newline="") as file:
        rows = [(word, column) for column, words in list(csv.reader(file))[1:] for word in words.split("|")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def column_names(cells: Sequence[str]) -> dict[str, int]:
    """Return which column is what ("lead" -> 2), by the longest heading words that a cell holds."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        words = key(cell).strip(" .:")
        if not words or len(words) > 70:
            continue
        name = next((column for word, column in _columns() if words == word), None) or next(
            (column for word, column in _columns() if len(word) > 4 and word in words), None
        )
        if name is not None:
            found.setdefault(name, index)
    return found


@dataclass(frozen=True, slots=True)
class Table:
    columns: dict[str, int]
    rows: tuple[Row, ...]

    def cell(self, row: Row, column: str) -> Cell | None:
        index = self.columns.get(column)
        if index is None or index >= len(row.cells):
            return None
        return row.cells[index] if row.cells[index].start < row.cells[index].end else None


def named_tables(tables: Iterable[tuple[Row, ...]], text: str) -> Iterator[Table]:
    """Yield each table that has a heading row, with the rows below it."""
    for rows in tables:
        for index, row in enumerate(rows[:4]):
            columns = column_names([cell.within(text) for cell in row.cells])
            if len(columns) >= 2:
                yield Table(columns, rows[index + 1 :])
                break


def office_cells(tables: Iterable[Table]) -> frozenset[int]:
    """Return where the cells start that name who leads or supports a criterion or a task."""
    return frozenset(
        cell.start
        for table in tables
        if {"criterion", "task"} & table.columns.keys()
        for row in table.rows
        for column in ("lead", "coordinate")
        if (cell := table.cell(row, column))
    )
