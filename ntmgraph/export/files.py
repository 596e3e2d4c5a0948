"""What can be had as a file, in which formats: one function for each list and paper of the desk.

The pages and the command line ask here; nothing is asked of the workspace before a file is written.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ntmgraph.export import comma, excel, lists, papers
from ntmgraph.export.paper import Office
from ntmgraph.export.tables import Line, Table
from ntmgraph.queries import (
    DeadlineQuestion,
    LeadState,
    MatrixQuestion,
    ProgressQuestion,
    ReviewQuestion,
    SearchQuestion,
    TraceQuestion,
)
from ntmgraph.text import slug

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace


class Format(StrEnum):
    """The formats, by the ends of their files' names."""

    XLSX = "xlsx"
    CSV = "csv"
    DOCX = "docx"


OnLine = Callable[[int, int], None]  # lines written, lines in all
Writer = Callable[[IO[bytes], OnLine | None], None]


@dataclass(frozen=True, slots=True)
class File:
    """name: without its end. formats: how each is written; lists tell of their lines, papers of nothing."""

    name: str
    formats: Mapping[Format, Writer]

    def format(self, end: str) -> Format | None:
        """Return the format of a file's end, None where there is none of it."""
        return next((each for each in self.formats if each == end), None)

    def write(self, path: Path, format: Format) -> None:
        """Write the file whole or not at all; raises OSError."""
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        fresh = Path(name)
        try:
            with os.fdopen(handle, "w+b") as target:
                self.formats[format](target, None)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)


def tasks(workspace: Workspace, question: DeadlineQuestion, office: Office = papers.BLANK) -> File:
    def paper(target: IO[bytes], on_line: OnLine | None) -> None:
        papers.task_list(workspace, question, target, office)

    file = _of_table(f"nhiem-vu-{question.on}", lambda: lists.tasks(workspace, question))
    return File(file.name, {**file.formats, Format.DOCX: paper})


def reminder(workspace: Workspace, question: DeadlineQuestion, office: Office = papers.BLANK) -> File:
    def paper(target: IO[bytes], on_line: OnLine | None) -> None:
        papers.reminder(workspace, question, target, office)

    return File(f"don-doc-{question.on}", {Format.DOCX: paper})


def matrix(
    workspace: Workspace, question: MatrixQuestion, office: Office = papers.BLANK, state: LeadState | None = None
) -> File:
    def paper(target: IO[bytes], on_line: OnLine | None) -> None:
        papers.assignment(workspace, question, target, office, state)

    def sheet(target: IO[bytes], on_line: OnLine | None) -> None:
        excel.write(lists.matrix_as_shown(workspace, question, state), target)

    file = _of_table(f"phan-cong{_until(question.on)}", lambda: lists.matrix(workspace, question, state))
    return File(file.name, {**file.formats, Format.XLSX: sheet, Format.DOCX: paper})


def progress(workspace: Workspace, question: ProgressQuestion) -> File:
    return _of_table(f"tien-do-{question.on}", lambda: lists.progress(workspace, question))


def trace(workspace: Workspace, question: TraceQuestion) -> File:
    return _of_table(f"truy-vet{_until(question.on)}", lambda: lists.trace(workspace, question))


def search(workspace: Workspace, question: SearchQuestion) -> File:
    words = slug(question.text)[:40].strip("-")
    return _of_table(f"tim-kiem-{words}".strip("-"), lambda: lists.search(workspace, question))


def documents(workspace: Workspace, question: lists.DocumentQuestion) -> File:
    return _of_table("van-ban", lambda: lists.documents(workspace, question))


def review(workspace: Workspace, question: ReviewQuestion) -> File:
    return _of_table("ra-soat", lambda: lists.review(workspace, question))


def _of_table(name: str, make: Callable[[], Table]) -> File:
    def sheet(target: IO[bytes], on_line: OnLine | None) -> None:
        excel.write(_told(make(), on_line), target)

    def values(target: IO[bytes], on_line: OnLine | None) -> None:
        for line in comma.lines(_told(make(), on_line)):
            target.write(line.encode())

    return File(name, {Format.XLSX: sheet, Format.CSV: values})


def _told(table: Table, on_line: OnLine | None) -> Table:
    """The same table, which calls `on_line` after each of its lines."""
    if on_line is None:
        return table

    def lines() -> Iterator[Line]:
        for number, line in enumerate(table.lines, 1):
            yield line
            on_line(number, max(number, table.total))

    return replace(table, lines=lines())


def _until(day: date | None) -> str:
    return f"-{day}" if day else ""
