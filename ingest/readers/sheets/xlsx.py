"""Excel workbooks (.xlsx, .xlsm): visible cells as printed.

Reads the XML itself: the common libraries do not tell a cell's number format or font, and lay out the whole used range
in memory, which one stray cell at the far corner of a sheet makes larger than any machine's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from posixpath import dirname, join, normpath

from lxml import etree

from ingest.readers.package import Package
from ingest.readers.runs import Run
from ingest.readers.sheets.printed import BUILT_IN, day, printed
from ingest.readers.sheets.workbook import FORMULA_ERRORS, Filler, Runs, Sheet, Style, Workbook, quoted
from ingest.readers.source import Limits
from ntmgraph.model import ReadError, Refusal

_ID = re.compile(r"\{http://[^}]*/relationships\}id")
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


def read(data: bytes, limits: Limits) -> Workbook:
    """Return the sheets of a workbook, and what they hold beside cells."""
    with Package.opened(data, limits, "Excel") as package:
        return _Reader(package, limits).book()


class _Reader:
    def __init__(self, package: Package, limits: Limits) -> None:
        self._package = package
        self._filler = Filler(limits)
        self._book = Workbook()
        self._main = next((name for name in package.names if re.fullmatch(r"xl/workbook\d*\.xml", name)), "")
        self._parts = self._related(self._main)
        self._strings = [_runs(node) for node in _each(self._typed("sharedStrings"), "si")]
        self._styles = list(self._read_styles())
        self._errors = 0

    def book(self) -> Workbook:
        root = self._package.part(self._main)
        if root is None:
            raise ReadError(Refusal.DAMAGED, "tệp Excel thiếu phần nội dung; hãy chép lại từ bản gốc rồi nạp lại.")
        from_1904 = any(node.get("date1904") in ("1", "true") for node in _each(root, "workbookPr"))
        hidden: list[str] = []
        charts = 0
        for node in _each(root, "sheet"):
            name = node.get("name") or ""
            kind, target = self._parts.get(_relation(node), ("", ""))
            if node.get("state") in ("hidden", "veryHidden"):
                hidden.append(name)
            elif kind == "worksheet":
                self._book.sheets.append(self._sheet(name, target, from_1904=from_1904))
            else:
                charts += kind == "chartsheet"
        self._tell_left_out(hidden, charts)
        return self._book

    def _sheet(self, name: str, part: str, *, from_1904: bool) -> Sheet:
        sheet = Sheet(name)
        row, column = -1, -1
        for node in _each(self._package.part(part), "row", "c"):
            place = node.get("r", "")
            if etree.QName(node).localname == "row":
                row, column = (int(place) - 1 if place.isdecimal() and len(place) < 8 else row + 1), -1
                continue
            named = _ADDRESS.fullmatch(place)
            row, column = (int(named[2]) - 1, _column(named[1])) if named else (max(row, 0), column + 1)
            self._filler.put(sheet, row, column, self._text(node, from_1904=from_1904))
        return sheet

    def _text(self, cell: etree._Element, *, from_1904: bool) -> str:
        kind = cell.get("t", "n")
        style = self._style(cell)
        if kind == "inlineStr":
            return self._book.text(_runs(cell), style)
        value = cell.findtext("{*}v") or ""
        if kind == "s":
            at = int(value) if value.isdecimal() and len(value) < 10 else -1
            return self._book.text(self._strings[at], style) if 0 <= at < len(self._strings) else ""
        if kind == "e":
            self._errors += 1
            return ""
        if kind == "b":
            return "Có" if value == "1" else "Không"
        if kind == "d":
            return _day(value)
        if kind == "n":
            try:
                return printed(float(value), style.code, from_1904=from_1904) if value else ""
            except (ValueError, OverflowError):
                return ""
        return self._book.text((Run(value),), style)

    def _style(self, cell: etree._Element) -> Style:
        index = cell.get("s", "0")
        at = int(index) if index.isdecimal() and len(index) < 7 else 0
        return self._styles[at] if at < len(self._styles) else Style()

    def _read_styles(self) -> Iterator[Style]:
        root = self._typed("styles")
        codes = {node.get("numFmtId"): node.get("formatCode") for node in _each(root, "numFmt")}
        fonts = [
            next((name.get("val") for name in _each(font, "name")), None)
            for fonts in _each(root, "fonts")
            for font in _each(fonts, "font")
        ]
        for formats in _each(root, "cellXfs"):
            for node in _each(formats, "xf"):
                number, font = node.get("numFmtId", "0"), node.get("fontId", "")
                code = codes.get(number) or (BUILT_IN.get(int(number)) if number.isdecimal() else None)
                named = int(font) if font.isdecimal() and len(font) < 7 else len(fonts)
                yield Style(code, fonts[named] if named < len(fonts) else None)

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to: id -> (kind, name of the part)."""
        folder = dirname(part)
        relations = self._package.part(join(folder, "_rels", f"{part.rpartition('/')[2]}.rels"))
        return {
            node.get("Id", ""): (
                node.get("Type", "").rpartition("/")[2],
                normpath(join("/", folder, node.get("Target", ""))).lstrip("/"),
            )
            for node in _each(relations, "Relationship")
        }

    def _typed(self, kind: str) -> etree._Element | None:
        name = next((target for each, target in self._parts.values() if each == kind), "")
        return self._package.part(name)

    def _tell_left_out(self, hidden: list[str], charts: int) -> None:
        names = list(self._package.names)
        charts += sum(re.fullmatch(r"xl/charts/chart\d*\.xml", name) is not None for name in names)
        images = sum(re.fullmatch(r"xl/media/[^/]+", name) is not None for name in names)
        comments = sum(re.fullmatch(r"xl/(?:comments/)?comments?\d*\.xml", name) is not None for name in names)
        self._book.leave_out(
            {
                f"trang tính ẩn {quoted(hidden)}": len(hidden),
                "hình ảnh": images,
                "biểu đồ": charts,
                "trang có ghi chú của ô": comments,
                FORMULA_ERRORS: self._errors,
            }
        )


def _each(root: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    # Whatever the namespace: strict and older workbooks have other ones.
    return iter(()) if root is None else root.iter(*(f"{{*}}{name}" for name in names))


def _relation(node: etree._Element) -> str:
    return next((value for name, value in node.items() if _ID.fullmatch(name)), "")


def _runs(node: etree._Element) -> Runs:
    """Return the text of a string item, without what tells how to pronounce it."""
    found: list[Run] = []
    for child in node:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name == "t":
            found.append(Run(child.text or ""))
        elif name == "r":
            font = next((each.get("val") for each in _each(child, "rFont")), None)
            found.extend(Run(each.text or "", font) for each in _each(child, "t"))
        elif name == "is":
            found.extend(_runs(child))
    return tuple(found)


def _day(value: str) -> str:
    """Return a date that is written out, as strict workbooks do: "2024-12-31T00:00:00"."""
    try:
        return day(date.fromisoformat(value[:10]))
    except ValueError:
        return value


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
