"""What a report sheet would say, before it is taken in: what was understood, what not, which sums do not fit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from ingest.readers import read_source
from ingest.readers.source import Placed
from ntmgraph.authority import catalogue
from ntmgraph.model import Reading
from ntmgraph.queries import DocumentName, SheetCell, SheetPreview
from ntmgraph.store import GraphStore
from ntmgraph.text import key
from ntmgraph.workspace import batch, documents

_CELL = re.compile(r"(?P<sheet>.*)!(?P<column>[A-Z]+)(?P<row>\d+)")
_ORDINAL = re.compile(r"[\dIVX]+[.)]?|-")
_LABELS = frozenset(
    {"tt", "stt", "số tt", "nội dung", "nội dung chỉ tiêu", "tiêu chí", "tên tiêu chí", "đvt", "đơn vị tính"}
)
VILLAGES = frozenset({"thôn", "bản", "ấp", "tổ", "khu", "xóm", "buôn", "làng"})
_HEAD = 3  # rows of headings at most

Cells = dict[tuple[str, int], str]  # by column and row


def preview(store: GraphStore, path: Path) -> SheetPreview:
    """Return what a file would say; a file that cannot be read gives the reason. Writes nothing."""
    read = batch.read_one(batch.File.at(path))
    if read.reading is None:
        return SheetPreview(None, refused=(read.reason or path.name).removeprefix(f"{path.name}: "))
    reading = read.reading
    said = reading.document
    document = DocumentName(said.id, said.number, said.date, said.issuer, said.type, said.subject, said.state)
    by_sheet = _cells(read_source(path).placed)
    facts = _of_facts(reading)
    places = _place_names(reading)
    return SheetPreview(
        document=document,
        known=documents.document(store, document.id) is not None,
        province=said.province,
        results=reading.results,
        targets=len(reading.targets),
        unknown=_unknown(reading),
        checks=reading.checks,
        columns=tuple(
            each for sheet, cells in by_sheet.items() for each in _columns(sheet, cells, facts[sheet], places)
        ),
        rows=tuple(each for sheet, cells in by_sheet.items() for each in _rows(sheet, cells, facts[sheet])),
        issues=reading.issues,
        left_out=reading.left_out,
    )


def _unknown(reading: Reading) -> tuple[str, ...]:
    """Return the places that are no unit of the catalogue; villages are none, and rightly so."""
    units = catalogue().units
    named = dict.fromkeys(each.place for each in reading.results if each.place is not None)
    return tuple(
        each.name for each in named if each.id not in units and each.name.partition(" ")[0].lower() not in VILLAGES
    )


def _cells(placed: Iterable[Placed]) -> dict[str, Cells]:
    found: defaultdict[str, Cells] = defaultdict(dict)
    for each in placed:
        if (at := _CELL.fullmatch(each.cell or "")) and each.text.strip():
            found[at["sheet"]][at["column"], int(at["row"])] = " ".join(each.text.split())
    return dict(found)


def _of_facts(reading: Reading) -> defaultdict[str, set[tuple[str, int]]]:
    """Return by sheet the cells that a fact or the check of a sum stands on."""
    found: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    evidences = [each.evidence for each in reading.results]
    evidences += [each.evidence for each in reading.targets]
    evidences += [each.evidence for each in reading.assignments]
    evidences += [each.evidence for each in reading.helps]
    evidences += [each.evidence for each in reading.checks]
    for evidence in evidences:
        if at := _CELL.fullmatch(evidence.cell or ""):
            found[at["sheet"]].add((at["column"], int(at["row"])))
    return found


def _place_names(reading: Reading) -> frozenset[str]:
    """Return the keys under which the places of a reading may stand in a cell: "xã lũng cú", "lũng cú"."""
    names = [each.name for each in reading.places]
    names += [mention.text for each in reading.places for mention in each.mentions]
    names += [each.place.name for each in reading.results if each.place]
    return frozenset(key(form) for name in names for form in (name, name.partition(" ")[2], name.split("xã ")[-1]))


def _columns(
    sheet: str, cells: Cells, facts: Collection[tuple[str, int]], places: Collection[str]
) -> Iterator[SheetCell]:
    """Yield the columns beside those read that hold something else than labels of the rows and places."""
    if not facts:
        return
    read = {column for column, _ in facts}
    first, last = min(row for _, row in facts), max(row for _, row in facts)
    for column in sorted({column for column, _ in cells} - read, key=lambda each: (len(each), each)):
        below = [text for (at, row), text in cells.items() if at == column and first <= row <= last]
        heading = _heading(cells, column, first)
        if heading and key(heading) not in _LABELS and any(key(text) not in places for text in below):
            yield SheetCell(f"{sheet}!{column}", heading)


def _heading(cells: Cells, column: str, first: int) -> str:
    """Return what stands over a column, the rows of headings being those right above that hold several cells."""
    found = []
    for row in range(first - 1, max(0, first - 1 - _HEAD), -1):
        text = cells.get((column, row))
        if text and not _ORDINAL.fullmatch(text) and sum(at == row for _, at in cells) > 1:
            found.append(text)
    return " ".join(reversed(found))


def _rows(sheet: str, cells: Cells, facts: Collection[tuple[str, int]]) -> Iterator[SheetCell]:
    """Yield the rows that fill columns which were read, and of which nothing was read."""
    if not facts:
        return
    columns, known = {column for column, _ in facts}, {row for _, row in facts}
    by_row: defaultdict[int, list[str]] = defaultdict(list)
    for (_, row), text in cells.items():
        by_row[row].append(text)
    last = max(known)
    while last + 1 in by_row:  # what stands apart below is a remark or a signature
        last += 1
    for row in range(min(known) + 1, last + 1):
        read = [text for (column, at), text in cells.items() if at == row and column in columns]
        if row not in known and any(not _is_name(text) for text in read):
            yield SheetCell(f"{sheet}!{row}", _named(by_row[row]))


def _is_name(text: str) -> bool:
    """Tell whether a cell holds words rather than a mark or a figure: a district on a row of its own is no result."""
    return len(text) > len("chưa đạt") and not any(letter.isdigit() for letter in text)


def _named(texts: Sequence[str]) -> str:
    return next((text for text in texts if not _ORDINAL.fullmatch(text)), texts[0])
