"""Word documents (.docx): what stands on the page when all tracked changes are accepted.

Reads the XML itself: footnotes, text boxes, tracked changes and automatic numbers lie outside what python-docx shows.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.readers.legacy import from_font
from ingest.readers.numbering import DEEPEST, Numbering, W
from ingest.readers.sniff import MAIN_PART
from ingest.readers.source import Content, Limits
from ingest.readers.tables import table_text, whole
from ntmgraph.model import ReadError, Refusal

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"

_SKIPPED = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr")
)
# What zipfile trips over in a broken archive; a wrong offset is a ValueError.
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_WIDEST = 64  # columns of a table
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Check marks of the symbol fonts, as commune tables use them; any other symbol is a bullet.
_CHECKS = {"F0FC": "✓", "F0FE": "✓", "F052": "✓", "F0A8": "", "F06F": "", "F0A3": ""}


def read(data: bytes, limits: Limits) -> Content:
    """Return the text of a Word document: paragraphs and tables in body order, automatic numbers as text, footnotes
    after the paragraph that refers to them, text boxes after the paragraph that holds them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = _Package(archive, limits)
            root = package.part(next(filter(MAIN_PART.fullmatch, package.names), ""))
            body = root.find(f"{W}body") if root is not None else None
            if body is None:
                raise ReadError(Refusal.DAMAGED, "tệp Word thiếu phần nội dung; hãy chép lại từ bản gốc rồi nạp lại.")
            document = _Document(package)
            text = "".join(f"{block}\n\n" for block in document.blocks(body))
            return Content(text, tuple(document.left_out()), tuple(document.repairs), package.title())
    except RecursionError as error:
        raise ReadError(
            Refusal.DAMAGED, "tệp Word lồng bảng quá sâu; hãy lưu thành tệp .docx mới rồi nạp lại."
        ) from error


class _Package:
    """The parts of one .docx; bounds what they unpack to."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._left = limits.unpacked
        self._tags = limits.tags
        self.names = dict.fromkeys(archive.namelist())

    def part(self, name: str) -> etree._Element | None:
        """Return the root of a part; None when there is no such part."""
        if name not in self.names:
            return None
        try:
            with self._archive.open(name) as part:
                data = part.read(self._left + 1)  # the size that the archive states may be false
            self._left -= len(data)
            self._tags -= data.count(b"<")
            if min(self._left, self._tags) < 0:
                raise ReadError(Refusal.TOO_LARGE, "tệp Word bung ra quá lớn; hãy tách thành nhiều tệp rồi nạp lại.")
            return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        except (*_BROKEN_ZIP, etree.XMLSyntaxError) as error:
            raise ReadError(
                Refusal.DAMAGED, "tệp Word bị hỏng; hãy mở bằng Word, lưu thành tệp .docx mới rồi nạp lại."
            ) from error

    def title(self) -> str | None:
        core = self.part("docProps/core.xml")
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
    runs: list[tuple[str | None, bool, str]] = field(default_factory=list)  # font, in capitals, text
    notes: list[tuple[str, etree._Element]] = field(default_factory=list)  # mark, footnote
    boxes: list[etree._Element] = field(default_factory=list)


class _Document:
    """Walks the body once, keeping the counters of lists and footnotes."""

    def __init__(self, package: _Package) -> None:
        self._package = package
        self._styles = _Styles(package.part("word/styles.xml"))
        self._numbering = Numbering(package.part("word/numbering.xml"))
        self._notes = {
            (kind, node.get(f"{W}id")): node
            for kind in ("footnote", "endnote")
            for node in _each(package.part(f"word/{kind}s.xml"), kind)
        }
        self._noted = 0
        self._images = 0
        self._embedded = 0
        self._carried = ""  # text of a paragraph whose end was deleted: it runs on into the next
        self.repairs: dict[str, None] = {}

    def left_out(self) -> Iterator[str]:
        """Yield, in Vietnamese, what the text does not hold."""
        if self._images:
            yield f"{self._images} hình ảnh"
        if self._embedded:
            yield f"{self._embedded} đối tượng nhúng (bảng tính, biểu đồ)"
        for name in self._package.names:
            if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
                words = " ".join("".join(node.text or "" for node in _each(self._package.part(name), "t")).split())
                if re.search(r"[^\W\d_]{2}", words):
                    where = "đầu trang" if "header" in name else "chân trang"
                    yield f"chữ ở {where}: “{words[:200]}”"

    def blocks(self, parent: etree._Element) -> Iterator[str]:
        """Yield the paragraphs and tables under `parent` in body order."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                if table := self._table(child):
                    yield table
            elif child.tag not in _SKIPPED:
                yield from self.blocks(child)  # content controls, insertions and custom XML around paragraphs

    def _paragraph(self, node: etree._Element) -> Iterator[str]:
        properties = node.find(f"{W}pPr")
        paragraph = _Paragraph(self._styles.of(_value(properties, "pStyle")))
        self._collect(node, paragraph)
        text = self._carried + self._joined(paragraph.runs)
        self._carried = ""
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            self._carried = text
        elif text.strip():
            label = self._label(properties, paragraph.style)
            lines = [" ".join(line.split()) for line in text.split("\n")]
            yield f"{label} ".lstrip() + "\n".join(filter(None, lines))
        for sign, note in paragraph.notes:
            yield f"{sign} {self._flat(note)}".strip()
        for box in paragraph.boxes:
            yield from self.blocks(box)

    def _flat(self, parent: etree._Element) -> str:
        return " ".join(" ".join(self.blocks(parent)).split())

    def _joined(self, runs: list[tuple[str | None, bool, str]]) -> str:
        merged: list[tuple[str | None, bool, str]] = []
        for font, capitals, text in runs:
            # Runs of one font go together: VNI writes a letter as two characters.
            if merged and merged[-1][:2] == (font, capitals):
                merged[-1] = (font, capitals, merged[-1][2] + text)
            else:
                merged.append((font, capitals, text))
        out = []
        for font, capitals, text in merged:
            converted = from_font(text, font)
            if converted != text:
                self.repairs[f"Chuyển chữ phông {font} sang Unicode"] = None
            out.append(converted.upper() if capitals else converted)
        return "".join(out)

    def _collect(self, parent: etree._Element, paragraph: _Paragraph) -> None:
        for child in parent:
            if child.tag == f"{W}r":
                self._run(child, paragraph)
            elif child.tag == f"{_MATH}t":
                paragraph.runs.append((None, False, child.text or ""))
            elif child.tag not in _SKIPPED:
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
            elif text := _characters(node):
                paragraph.runs.append((font, capitals, text))

    def _note(self, reference: etree._Element, paragraph: _Paragraph) -> None:
        kind = "footnote" if reference.tag == f"{W}footnoteReference" else "endnote"
        # Given once: notes that name one another would grow without end.
        note = self._notes.pop((kind, reference.get(f"{W}id")), None)
        if note is None:
            return
        self._noted += 1
        # A mark of the author's own already stands in the text and in the note.
        sign = "" if reference.get(f"{W}customMarkFollows") else str(self._noted).translate(_SUPERSCRIPT)
        paragraph.runs.append((None, False, sign))
        paragraph.notes.append((sign, note))

    def _shape(self, node: etree._Element, paragraph: _Paragraph) -> None:
        if node.tag == f"{_MC}AlternateContent":
            # Only the first choice: the fallback says the same for older programs.
            for child in _children(node.find(f"{_MC}Choice")):
                self._shape(child, paragraph)
            return
        for box in node.iter(f"{W}txbxContent"):
            if not any(above.tag in (f"{_MC}Fallback", f"{W}txbxContent") for above in box.iterancestors()):
                paragraph.boxes.append(box)
        self._embedded += node.tag == f"{W}object"
        if node.tag != f"{W}object":
            self._images += sum(1 for _ in node.iter(f"{_DRAWING}blip", f"{_VML}imagedata"))

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
        cells.extend([""] * whole(before, default=0, most=_WIDEST))
        for cell in _cells(row):
            properties = cell.find(f"{W}tcPr")
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            continued = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            cells.append("" if continued else "\n".join(self.blocks(cell)))
            span = _value(properties, "gridSpan")
            cells.extend([""] * (whole(span, default=1, most=_WIDEST) - 1))
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


def _children(node: etree._Element | None) -> Iterator[etree._Element]:
    return iter(()) if node is None else iter(node)


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
    return (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")) if fonts is not None else None


def _drawn(borders: etree._Element) -> bool:
    return any(side.get(f"{W}val") not in (None, "none", "nil") for side in borders)


def _characters(node: etree._Element) -> str:
    """Return the characters that a child of a run stands for."""
    if node.tag == f"{W}t":
        return node.text or ""
    if node.tag in (f"{W}tab", f"{W}ptab"):
        return " "
    if node.tag == f"{W}cr" or (node.tag == f"{W}br" and node.get(f"{W}type", "textWrapping") == "textWrapping"):
        return "\n"
    if node.tag == f"{W}noBreakHyphen":
        return "-"
    if node.tag == f"{W}sym":
        return _CHECKS.get(node.get(f"{W}char", "").upper(), "•")
    return ""
