"""OpenDocument sheets (.ods): visible cells as printed, numbers with the marks of Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from ingest.readers.package import Package
from ingest.readers.sheets.printed import day
from ingest.readers.sheets.workbook import COLUMNS, FORMULA_ERRORS, ROWS, Filler, Sheet, Workbook, quoted
from ingest.readers.source import Limits
from ntmgraph.model import ReadError, Refusal

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ERROR = re.compile(r"#[A-Z/0!?]+|Err:\d+|#N/A")
_BLANKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}
_SWAPPED = str.maketrans(",.", ".,")


def read(data: bytes, limits: Limits) -> Workbook:
    """Return the sheets of a workbook, and what they hold beside cells."""
    with Package.opened(data, limits, "LibreOffice") as package:
        manifest = package.part("META-INF/manifest.xml")
        if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
            raise ReadError(Refusal.ENCRYPTED, "bảng tính có mật khẩu; hãy bỏ mật khẩu rồi nạp lại.")
        root = package.part("content.xml")
        if root is None:
            raise ReadError(Refusal.DAMAGED, "bảng tính thiếu phần nội dung; hãy chép lại từ bản gốc rồi nạp lại.")
        return _book(root, list(package.names), Filler(limits))


def _book(root: etree._Element, names: list[str], filler: Filler) -> Workbook:
    unseen = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(each.get(f"{_TABLE}display") == "false" for each in style.iter(f"{_STYLE}table-properties"))
    }
    book = Workbook()
    hidden: list[str] = []
    errors = 0
    for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"):
        name = table.get(f"{_TABLE}name") or ""
        if table.get(f"{_TABLE}style-name") in unseen:
            hidden.append(name)
            continue
        sheet = Sheet(name)
        errors += _fill(sheet, table, filler)
        book.sheets.append(sheet)
    images = sum(name.startswith("Pictures/") and not name.endswith("/") for name in names)
    objects = sum(re.fullmatch(r"Object \d+/content\.xml", name) is not None for name in names)
    book.leave_out(
        {
            f"trang tính ẩn {quoted(hidden)}": len(hidden),
            "hình ảnh": images,
            "biểu đồ": objects,
            FORMULA_ERRORS: errors,
        }
    )
    return book


def _fill(sheet: Sheet, table: etree._Element, filler: Filler) -> int:
    """Put the cells of a table into a sheet, and return how many show an error."""
    errors = 0
    at = 0
    for row in table.iter(f"{_TABLE}table-row"):
        shown = list(_cells(row))
        cells = [(column, text) for column, text in shown if not _ERROR.fullmatch(text)]
        end = min(at + _count(row.get(f"{_TABLE}number-rows-repeated"), ROWS), ROWS)
        errors += (len(shown) - len(cells)) * (end - at)
        for number in range(at, end if cells else at):
            for column, text in cells:
                filler.put(sheet, number, column, text)
        at = end
    return errors


def _cells(row: etree._Element) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        repeated = _count(cell.get(f"{_TABLE}number-columns-repeated"), COLUMNS)
        # What a merged cell covers is not seen.
        text = _text(cell) if cell.tag == f"{_TABLE}table-cell" else ""
        if text.strip():
            yield from ((each, text) for each in range(column, min(column + repeated, COLUMNS)))
        column += repeated


def _text(cell: etree._Element) -> str:
    shown = "\n".join("".join(_words(each)) for each in cell.iterchildren(f"{_TEXT}p"))
    kind = cell.get(f"{_OFFICE}value-type")
    if kind == "boolean" or (kind == "float" and shown in ("TRUE", "FALSE")):
        return "Có" if cell.get(f"{_OFFICE}boolean-value", shown).lower() == "true" else "Không"
    if kind == "date":
        try:
            return day(date.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:10]))
        except ValueError:
            return shown
    if kind in ("float", "percentage", "currency"):
        return _vietnamese(shown, cell.get(f"{_OFFICE}value", ""), percent=kind == "percentage")
    return shown


def _words(node: etree._Element) -> Iterator[str]:
    if isinstance(node.tag, str):  # no comment
        yield _BLANKS.get(node.tag, node.text or "")
        for child in node:
            yield from _words(child)
            yield child.tail or ""


def _vietnamese(shown: str, value: str, *, percent: bool) -> str:
    """Return a number with a decimal comma, also where the author's program printed a point: "14.50" -> "14,50"."""
    bare = re.sub(r"[^\d.,-]", "", shown)
    try:
        as_english, true = float(bare.replace(",", "")), float(value) * (100 if percent else 1)
    except ValueError:
        return shown
    rounding = 0.5 * 10.0 ** -len(bare.partition(".")[2]) + 1e-9
    return shown.translate(_SWAPPED) if abs(as_english - true) <= rounding else shown


def _count(words: str | None, most: int) -> int:
    return min(int(words), most) if words and words.isdecimal() and len(words) < 9 else 1
