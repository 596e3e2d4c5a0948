"""The sheets of a workbook as every sheet reader gives them: filled cells only, as they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ingest.readers.runs import Run, joined
from ingest.readers.source import Limits
from ntmgraph.model import ReadError, Refusal

Position = tuple[int, int]  # row and column, from 0
COLUMNS = 16_384  # of the widest program
ROWS = 1_048_576
FORMULA_ERRORS = "ô báo lỗi công thức (#REF!, #DIV/0! ...)"


Runs = tuple[Run, ...]  # without a font: the cell's own


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell shows what it holds."""

    code: str | None = None  # number format
    font: str | None = None


@dataclass(slots=True)
class Sheet:
    """A visible sheet. A merged cell has its text once, at its top left."""

    name: str
    cells: dict[Position, str] = field(default_factory=dict)


@dataclass(slots=True)
class Workbook:
    sheets: list[Sheet] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # Vietnamese
    repairs: dict[str, None] = field(default_factory=dict)

    def text(self, runs: Runs, style: Style) -> str:
        """Return the text of a cell in Unicode; what was converted is added to `repairs`."""
        return joined((Run(run.text, run.font or style.font) for run in runs), self.repairs)

    def leave_out(self, counts: Mapping[str, int]) -> None:
        """Say how many there were of what has no text: "hình ảnh"."""
        self.left_out += [f"{count} {what}" for what, count in counts.items() if count]


class Filler:
    """Fills sheets within the limits of one file; a text shared by many cells counts each time."""

    def __init__(self, limits: Limits) -> None:
        self._cells = limits.cells
        self._characters = limits.bytes

    def put(self, sheet: Sheet, row: int, column: int, text: str) -> None:
        words = "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
        if not words or not (0 <= row < ROWS and 0 <= column < COLUMNS):
            return
        self._cells -= 1
        self._characters -= len(words)
        if min(self._cells, self._characters) < 0:
            raise too_large()
        sheet.cells[row, column] = words


def too_large() -> ReadError:
    """Return the refusal of a workbook that holds more than one may."""
    return ReadError(
        Refusal.TOO_LARGE,
        "bảng tính có quá nhiều ô; hãy tách thành nhiều tệp hoặc chỉ giữ các biểu cần nạp rồi nạp lại.",
    )


def address(row: int, column: int) -> str:
    """Return the name of a cell: (27, 2) -> "C28"."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def quoted(names: Iterable[str]) -> str:
    """Return the names of sheets as messages list them."""
    return ", ".join(f"“{name}”" for name in names)


def rows_of(sheet: Sheet) -> Iterator[tuple[int, dict[int, str]]]:
    """Yield each row that holds anything, with its cells by column, in order."""
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in sorted(sheet.cells.items()):
        rows.setdefault(row, {})[column] = text
    yield from rows.items()
