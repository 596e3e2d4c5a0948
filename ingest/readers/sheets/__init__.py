"""Workbooks (.xlsx, .xls, .ods) as text: what is printed in their cells, laid out as titles and tables."""

from __future__ import annotations

from dataclasses import replace

from ingest.readers import legacy
from ingest.readers.sheets.blocks import blocks
from ingest.readers.sheets.workbook import Workbook
from ingest.readers.source import Content, Limits, Placed


def read(data: bytes, limits: Limits, format: str) -> Content:
    """Return the text of a workbook and where each cell of it stands; each of several sheets is a part of its own."""
    book = _repaired(_workbook(data, limits, format))
    sheets = [sheet for sheet in book.sheets if sheet.cells]
    text: list[str] = []
    placed: list[Placed] = []
    for sheet in sheets:
        if len(sheets) > 1:
            heading = f"Trang tính “{sheet.name}”"
            text.append(f"{heading}\n\n")
            placed.append(Placed(heading))  # so that its words are not taken for a cell's
        for block in blocks(sheet):
            text.append(block.text())
            placed.extend(block.placed(sheet.name))
    return Content("".join(text), tuple(book.left_out), tuple(book.repairs), placed=tuple(placed))


def _workbook(data: bytes, limits: Limits, format: str) -> Workbook:
    if format == "xlsx":
        from ingest.readers.sheets import xlsx

        return xlsx.read(data, limits)
    if format == "ods":
        from ingest.readers.sheets import ods

        return ods.read(data, limits)
    from ingest.readers.sheets import xls

    return xls.read(data, limits)


def _repaired(book: Workbook) -> Workbook:
    """Return the workbook in Unicode letters, each sheet as its own letters tell."""
    repairs = dict(book.repairs)
    sheets = []
    for sheet in book.sheets:
        text, done = legacy.repair("\x1f".join(sheet.cells.values()))
        repairs.update(dict.fromkeys(done))
        cells = dict(zip(sheet.cells, text.split("\x1f"), strict=True)) if done else sheet.cells
        sheets.append(replace(sheet, cells=cells))
    return Workbook(sheets, book.left_out, repairs)
