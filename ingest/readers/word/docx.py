"""Word documents (.docx): what stands on the page when all tracked changes are accepted.

Reads the XML itself: footnotes, text boxes, tracked changes and automatic numbers lie outside what python-docx shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile

from lxml import etree

from ingest.readers.package import Package
from ingest.readers.runs import Run, joined, symbol
from ingest.readers.sniff import MAIN_PART
from ingest.readers.source import Content, Limits
from ingest.readers.tables import table_text, whole
from ingest.readers.word.flow import (
    DEEPEST_FIELD,
    SOFT_HYPHEN,
    WIDEST,
    LeftOut,
    head_or_foot,
    paragraph_text,
    superscript,
)
from ingest.readers.word.numbering import DEEPEST, W, from_xml
from ntmgraph.model import ReadError, Refusal

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_EMBEDDED = (
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
)
_TITLE = "{http://purl.org/dc/elements/1.1/}title"

_DELETED = (f"{W}del", f"{W}moveFrom")
_SKIPPED = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr")
)


def read(data: bytes, limits: Limits) -> Content:
    """Return the text of a Word document: paragraphs and tables in body order, automatic numbers as text, footnotes
    after the paragraph that refers to them, text boxes after the paragraph that holds them."""
    try:
        with Package.opened(data, limits, "Word") as package:
            root = package.part(next(filter(MAIN_PART.fullmatch, package.names), ""))
            body = root.find(f"{W}body") if root is not None else None
            if body is None:
                raise ReadError(Refusal.DAMAGED, "tệp Word thiếu phần nội dung; hãy chép lại từ bản gốc rồi nạp lại.")
            document = _Document(package)
            text = "".join(f"{block}\n\n" for block in document.story(body))
            return Content(text, tuple(document.left_out()), tuple(document.repairs), _title(package))
    except RecursionError as error:
        raise ReadError(
            Refusal.DAMAGED, "tệp Word lồng bảng quá sâu; hãy lưu thành tệp .docx mới rồi nạp lại."
        ) from error


def _title(package: Package) -> str | None:
    core = package.part("docProps/core.xml")
    return ((core.findtext(_TITLE) or "").strip() or None) if core is not None else None


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says of the text in it, with what it inherits."""

    font: str | None = None
    capitals: bool = False
    number: str | None = None  # id of its list
    level: int = 0
    bordered: bool = False


@dataclass(slots=True)
class _Paragraph:
    style: _Style
    runs: list[Run]
    notes: list[tuple[str, etree._Element]] = field(default_factory=list)  # mark, footnote
    boxes: list[etree._Element] = field(default_factory=list)


class _Document:
    """Walks the body once, keeping the counters of lists and footnotes."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = _Styles(package.part("word/styles.xml"))
        self._numbering = from_xml(package.part("word/numbering.xml"))
        self._notes = {
            (kind, node.get(f"{W}id")): node
            for kind in ("footnote", "endnote")
            for node in _each(package.part(f"word/{kind}s.xml"), kind)
        }
        self._noted = 0
        self._left_out = LeftOut()
        self._fields: list[bool] = []  # those open: whether their result has begun, which alone is shown
        self._carried: list[Run] = []  # of a paragraph whose end was deleted: it runs on into the next
        self.repairs: dict[str, None] = {}

    def left_out(self) -> Iterator[str]:
        """Yield, in Vietnamese, what the text does not hold."""
        yield from self._left_out.words()
        for name in self._package.names:
            if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
                words = "".join(node.text or "" for node in _each(self._package.part(name), "t"))
                if said := head_or_foot("đầu trang" if "header" in name else "chân trang", words):
                    yield said

    def story(self, parent: etree._Element) -> list[str]:
        """Return the paragraphs and tables of the body, a cell, a note or a text box, in order."""
        around, self._carried = self._carried, []
        blocks = list(self._blocks(parent))
        if text := joined(self._carried, self.repairs).strip():
            blocks.append(paragraph_text(text))
        self._carried = around
        return blocks

    def _blocks(self, parent: etree._Element) -> Iterator[str]:
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                if table := self._table(child):
                    yield table
            elif child.tag == f"{W}altChunk":
                self._left_out.embedded += 1
            elif child.tag == f"{_MC}AlternateContent":
                yield from self._blocks(_chosen(child))
            elif child.tag not in _SKIPPED:
                yield from self._blocks(child)  # content controls, insertions and custom XML around paragraphs

    def _paragraph(self, node: etree._Element) -> Iterator[str]:
        properties = node.find(f"{W}pPr")
        paragraph = _Paragraph(self._styles.of(_value(properties, "pStyle")), self._carried)
        self._carried = []
        self._collect(node, paragraph)
        self._fields = [in_result for in_result in self._fields if in_result]  # no code runs over a paragraph's end
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            self._carried = paragraph.runs
        elif (text := joined(paragraph.runs, self.repairs)).strip():
            yield paragraph_text(text, self._label(properties, paragraph.style))
        for sign, note in paragraph.notes:
            yield f"{sign} {self._flat(note)}".strip()
        for box in paragraph.boxes:
            yield from self.story(box)

    def _flat(self, parent: etree._Element) -> str:
        return " ".join(" ".join(self.story(parent)).split())

    def _collect(self, parent: etree._Element, paragraph: _Paragraph) -> None:
        for child in parent:
            if child.tag == f"{W}r":
                self._run(child, paragraph)
            elif child.tag == f"{_MATH}t":
                paragraph.runs.append(Run(child.text or ""))
            elif child.tag == f"{_MC}AlternateContent":
                self._collect(_chosen(child), paragraph)
            elif child.tag in _DELETED:
                self._left_out.deletions |= next(child.iter(f"{W}delText", f"{W}t"), None) is not None
            elif child.tag not in _SKIPPED:
                self._left_out.equations += child.tag == f"{_MATH}oMath"
                self._collect(child, paragraph)

    def _run(self, run: etree._Element, paragraph: _Paragraph) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None and _on(properties.find(f"{W}vanish")):
            return
        named = _value(properties, "rStyle")
        style = self._styles.of(named) if named else _Style()
        font = _font(properties) or style.font or paragraph.style.font
        caps = properties.find(f"{W}caps") if properties is not None else None
        capitals = _on(caps) if caps is not None else style.capitals or paragraph.style.capitals
        for node in run:
            if node.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self._note(node, paragraph)
            elif node.tag in (f"{W}drawing", f"{W}pict", f"{W}object", f"{_MC}AlternateContent"):
                self._shape(node, paragraph)
            elif node.tag == f"{W}commentReference":
                self._left_out.comments += 1
            elif node.tag == f"{W}fldChar":
                self._field(node.get(f"{W}fldCharType"))
            elif (text := _characters(node)) and all(self._fields):
                paragraph.runs.append(Run(text, font, capitals))

    def _field(self, mark: str | None) -> None:
        if mark == "begin" and len(self._fields) < DEEPEST_FIELD:
            self._fields.append(False)
        elif mark == "separate" and self._fields:
            self._fields[-1] = True
        elif mark == "end":
            del self._fields[-1:]

    def _note(self, reference: etree._Element, paragraph: _Paragraph) -> None:
        kind = "footnote" if reference.tag == f"{W}footnoteReference" else "endnote"
        # Given once: notes that name one another would grow without end.
        note = self._notes.pop((kind, reference.get(f"{W}id")), None)
        if note is None:
            return
        self._noted += 1
        # A mark of the author's own already stands in the text and in the note.
        sign = "" if reference.get(f"{W}customMarkFollows") else superscript(self._noted)
        paragraph.runs.append(Run(sign))
        paragraph.notes.append((sign, note))

    def _shape(self, node: etree._Element, paragraph: _Paragraph) -> None:
        if node.tag == f"{_MC}AlternateContent":
            for child in _chosen(node):
                self._shape(child, paragraph)
            return
        for box in node.iter(f"{W}txbxContent"):
            around = takewhile(lambda above: above is not node, box.iterancestors())
            if not any(above.tag in (f"{_MC}Fallback", f"{W}txbxContent") for above in around):
                paragraph.boxes.append(box)
        self._left_out.embedded += (node.tag == f"{W}object") + sum(1 for _ in node.iter(*_EMBEDDED))
        if node.tag != f"{W}object":
            self._left_out.images += sum(1 for _ in node.iter(f"{_DRAWING}blip", f"{_VML}imagedata"))

    def _label(self, properties: etree._Element | None, style: _Style) -> str:
        own = properties.find(f"{W}numPr") if properties is not None else None
        number = _value(own, "numId") or style.number
        level = _value(own, "ilvl")
        if not number or number == "0":
            return ""
        return self._numbering.label(number, whole(level, default=style.level, most=DEEPEST))

    def _table(self, table: etree._Element) -> str:
        rows = [self._row(row) for row in _rows(table)]
        placing = not self._bordered(table) and max(map(len, rows), default=0) <= 2
        return table_text(rows, placing=placing)

    def _row(self, row: etree._Element) -> list[str]:
        """Return the cells of a row; a merged cell keeps its text once, and its width as empty cells."""
        cells: list[str] = []
        before = _value(row.find(f"{W}trPr"), "gridBefore")
        cells.extend([""] * whole(before, default=0, most=WIDEST))
        for cell in _cells(row):
            properties = cell.find(f"{W}tcPr")
            merges = properties.iterchildren(f"{W}vMerge", f"{W}hMerge") if properties is not None else ()
            continued = any(merge.get(f"{W}val", "continue") == "continue" for merge in merges)
            cells.append("" if continued else "\n".join(self.story(cell)))
            span = _value(properties, "gridSpan")
            cells.extend([""] * (whole(span, default=1, most=WIDEST) - 1))
        return cells

    def _bordered(self, table: etree._Element) -> bool:
        properties = table.find(f"{W}tblPr")
        borders = properties.find(f"{W}tblBorders") if properties is not None else None
        if borders is not None and len(borders):
            own = _drawn(borders)
        else:
            own = self._styles.of(_value(properties, "tblStyle"), default=False).bordered
        return own or any(_drawn(cell) for cell in table.iter(f"{W}tcBorders"))


class _Styles:
    """The styles of a document, resolved through what they are based on."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._nodes = {node.get(f"{W}styleId"): node for node in _each(styles, "style")}
        self._found: dict[str | None, _Style] = {}
        self._plain = _Style(font=_font(next(_each(styles, "rPr"), None) if styles is not None else None))
        defaults = (
            name
            for name, node in self._nodes.items()
            if node.get(f"{W}type") == "paragraph" and node.get(f"{W}default") in ("1", "true", "on")
        )
        self._default = next(defaults, None)

    def of(self, name: str | None, *, default: bool = True) -> _Style:
        """Return the style called `name`; the document's default paragraph style when there is none."""
        if name not in self._nodes:
            return self.of(self._default) if default and self._default else self._plain
        if name not in self._found:
            self._found[name] = self._plain  # ends a circle of styles based on one another
            self._found[name] = self._resolved(self._nodes[name])
        return self._found[name]

    def _resolved(self, node: etree._Element) -> _Style:
        base = _value(node, "basedOn")
        style = self.of(base) if base in self._nodes else self._plain
        run = node.find(f"{W}rPr")
        paragraph = node.find(f"{W}pPr")
        listed = paragraph.find(f"{W}numPr") if paragraph is not None else None
        table = node.find(f"{W}tblPr")
        borders = table.find(f"{W}tblBorders") if table is not None else None
        caps = run.find(f"{W}caps") if run is not None else None
        level = _value(listed, "ilvl")
        return replace(
            style,
            font=_font(run) or style.font,
            capitals=_on(caps) if caps is not None else style.capitals,
            number=_value(listed, "numId") or style.number,
            level=whole(level, default=style.level, most=DEEPEST),
            bordered=_drawn(borders) if borders is not None else style.bordered,
        )


def _each(root: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return iter(()) if root is None else root.iter(f"{W}{name}")


def _chosen(alternatives: etree._Element) -> etree._Element:
    """Return the first alternative; the others say the same for older programs."""
    return next(alternatives.iterchildren(f"{_MC}Choice", f"{_MC}Fallback"), alternatives)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows that stay when changes are accepted, those inside content controls too."""
    for child in table:
        if child.tag == f"{W}tr":
            properties = child.find(f"{W}trPr")
            if properties is None or properties.find(f"{W}del") is None:
                yield child
        elif child.tag not in _SKIPPED:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag not in _SKIPPED:
            yield from _cells(child)


def _value(node: etree._Element | None, name: str) -> str | None:
    child = node.find(f"{W}{name}") if node is not None else None
    return child.get(f"{W}val") if child is not None else None


def _on(node: etree._Element | None) -> bool:
    return node is not None and node.get(f"{W}val", "1") not in ("0", "false", "off")


def _font(properties: etree._Element | None) -> str | None:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    # The letters that tell TCVN3 and VNI, those with accents, are shown in the second of the two.
    return (fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii")) if fonts is not None else None


def _drawn(borders: etree._Element) -> bool:
    return any(side.get(f"{W}val") not in (None, "none", "nil") for side in borders)


def _characters(node: etree._Element) -> str:
    """Return the characters that a child of a run stands for."""
    if node.tag == f"{W}t":
        return node.text or ""
    if node.tag in (f"{W}tab", f"{W}ptab"):
        return " "
    if node.tag in (f"{W}cr", f"{W}br"):
        return "\n"
    if node.tag == f"{W}noBreakHyphen":
        return "-"
    if node.tag == f"{W}softHyphen":
        return SOFT_HYPHEN
    if node.tag == f"{W}sym":
        code = node.get(f"{W}char", "")
        return symbol(int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else 0, node.get(f"{W}font"))
    return ""
