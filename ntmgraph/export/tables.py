"""A table that leaves the program, described once for every format: its columns, its lines, what they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ntmgraph.queries import DocumentName

Value = str | int | float | date | None


class Kind(StrEnum):
    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    MARK = "mark"  # a letter or two, in a narrow column whose head stands upright


@dataclass(frozen=True, slots=True)
class Column:
    """title: as offices head it. width: of the column in a sheet, in letters."""

    title: str
    width: float
    kind: Kind = Kind.TEXT
    entry: bool = False  # people fill it in, and the workbook comes back
    hidden: bool = False  # what the program needs to know the line again


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence that a line rests on, and where it stands."""

    document: DocumentName
    place: str  # "mục III.2, trang 4"; "" where it has no name
    quote: str
    basis: str  # in words: nêu rõ, suy ra, người dùng sửa
    why: str = ""  # the rule, or the steps of the inference


@dataclass(frozen=True, slots=True)
class Line:
    """cells: one for each column."""

    cells: tuple[Value, ...]
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """name: of the file and the sheet, in Vietnamese. lines: read once, while they are written; as many as `total`
    or a few more or less, where a fact has several lines."""

    name: str
    title: str
    question: str  # what was asked, in words: who, where, which period
    on: date | None  # the day that the answer is of
    columns: tuple[Column, ...]
    lines: Iterable[Line]
    total: int
    note: str | None = None  # why there is no line

    def seen(self) -> tuple[int, ...]:
        """Return the columns that people see, by their numbers."""
        return tuple(number for number, column in enumerate(self.columns) if not column.hidden)
