"""A Word document in the official form (Nghị định 30/2020/NĐ-CP, Phụ lục I): paper, letters, head, foot, tables.

What the office has not said of itself is left as dots, to be filled in by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ntmgraph.export.excel import clean

FONT = "Times New Roman"
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15  # mm
SHORT, LONG = 210, 297  # mm, A4
DOTS = "…" * 8
BODY, IN_TABLE = 14, 12  # points
NUMBER_BLANK = "Số:         /"


@dataclass(frozen=True, slots=True)
class Office:
    """Who sends a paper, as written in a sentence: superior "UBND tỉnh Cao Bằng", place where it is signed, signer
    "Chánh Văn phòng"."""

    superior: str | None = None
    name: str | None = None
    place: str | None = None
    signer: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A line over the whole width of a table, above the rows that belong together."""

    text: str


Row = Sequence[str]


class Paper:
    """A document being written from its head to its foot; `document` is python-docx's."""

    def __init__(self, office: Office, *, landscape: bool) -> None:
        from docx import Document
        from docx.oxml.ns import qn
        from docx.shared import Pt

        self.office = office
        self.document: Any = Document()
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(BODY)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        normal.paragraph_format.space_after = Pt(0)
        self._section(self.document.sections[0], landscape=landscape)

    @property
    def width(self) -> int:
        """Millimetres between the margins."""
        section = self.document.sections[-1]
        return int(section.page_width.mm - section.left_margin.mm - section.right_margin.mm)

    def new_section(self, *, landscape: bool) -> None:
        from docx.enum.section import WD_SECTION

        self._section(self.document.add_section(WD_SECTION.NEW_PAGE), landscape=landscape)

    def _section(self, section: Any, *, landscape: bool) -> None:
        """Set the paper; pages are numbered at the top from the second one on."""
        from docx.enum.section import WD_ORIENT
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        wide, high = (LONG, SHORT) if landscape else (SHORT, LONG)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(wide), Mm(high)
        section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
        section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
        section.header_distance = Mm(10)
        first = len(self.document.sections) == 1
        section.different_first_page_header_footer = first
        if first:
            line = section.header.paragraphs[0]
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _field(line, "PAGE")

    def head(self, *, about: str | None = None, number: str = NUMBER_BLANK) -> None:
        """Write the office, the national title, number, place and day; `about`: of a letter, what it is about."""
        office = self.office
        left = [
            _Line((office.superior or DOTS).upper(), 12),
            _Line((office.name or DOTS).upper(), 12, bold=True),
            _Line(_RULE, 6),
            _Line(number, 13),
        ]
        if about:
            left.append(_Line(f"V/v {about}", 12))
        place = office.place or "…………"
        right = [
            _Line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True),
            _Line("Độc lập - Tự do - Hạnh phúc", 13, bold=True),
            _Line(_RULE * 2, 6),
            _Line(f"{place}, ngày      tháng      năm         ", 13, italic=True),
        ]
        half = round(self.width * 0.42)  # the national title stands on one line
        self._side_by_side((half, left, True), (self.width - half, right, True))

    def title(self, *lines: str, below: str | None = None) -> None:
        """Write what the paper is, in the middle; `below`: in italics, what it belongs to or is of."""
        self.say("", size=6)
        for line in lines:
            self.say(line, bold=True, centred=True)
        if below:
            self.say(below, italic=True, centred=True)
        self.say("", size=6)

    def say(
        self,
        text: str,
        *,
        size: float = BODY,
        bold: bool = False,
        italic: bool = False,
        centred: bool = False,
        indent: bool = False,
        left: int = 0,
    ) -> None:
        """Write a paragraph; `indent`: one of running text; `left`: millimetres that it begins further in."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt

        paragraph = self.document.add_paragraph()
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if indent:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Mm(10)
            paragraph.paragraph_format.space_before = Pt(6)
        if left:
            paragraph.paragraph_format.left_indent = Mm(left)
        _run(paragraph, _Line(text, size, bold, italic))

    def table(self, heads: Sequence[str], widths: Sequence[int], rows: Iterable[Row | Heading]) -> None:
        """Write a ruled table, the head repeated on each page; `widths` are shares of the whole width.

        Its XML is made here: python-docx looks through the whole table for each new row.
        """
        from docx.oxml import OxmlElement
        from docx.shared import Twips

        table = self.document.add_table(rows=0, cols=len(heads))
        table.style, table.autofit = "Table Grid", False
        share = self.width / sum(widths)
        twips = [round(width * share * 56.7) for width in widths]
        for column, width in zip(table.columns, twips, strict=True):
            column.width = Twips(width)

        def cell(text: str, width: int, *, span: int = 1, bold: bool = False, centred: bool = False) -> Any:
            made = OxmlElement("w:tc")
            about = _child(made, "w:tcPr")
            _child(about, "w:tcW", w=str(width), type="dxa")
            if span > 1:
                _child(about, "w:gridSpan", val=str(span))
            for line in clean(text).split("\n"):
                paragraph = _child(made, "w:p")
                looks = _child(paragraph, "w:pPr")
                _child(looks, "w:spacing", before="40", after="40")
                if centred:
                    _child(looks, "w:jc", val="center")
                run = _child(paragraph, "w:r")
                letters = _child(run, "w:rPr")
                if bold:
                    _child(letters, "w:b")
                _child(letters, "w:sz", val=str(IN_TABLE * 2))
                words = _child(run, "w:t")
                words.text = line
            return made

        def row(cells: Iterable[Any], *, head: bool = False) -> None:
            made = OxmlElement("w:tr")
            about = _child(made, "w:trPr")
            _child(about, "w:cantSplit")
            if head:
                _child(about, "w:tblHeader")
            for each in cells:
                made.append(each)
            table._tbl.append(made)

        row((cell(text, width, bold=True, centred=True) for text, width in zip(heads, twips, strict=True)), head=True)
        for each in rows:
            if isinstance(each, Heading):
                row([cell(each.text, sum(twips), span=len(twips), bold=True)])
            else:
                row(
                    cell(text, width, centred=number == 0)
                    for number, (text, width) in enumerate(zip(each, twips, strict=True))
                )

    def foot(self, *recipients: str) -> None:
        """Write who gets a copy, and where it is signed; on no page without the last lines of what is signed."""
        self.say("", size=8)
        self._keep_with_next()
        left = [_Line("Nơi nhận:", 12, bold=True, italic=True)]
        left += [_Line(f"- {each}", 11) for each in recipients]
        right = [
            _Line((self.office.signer or DOTS).upper(), 14, bold=True),
            *[_Line("", 14)] * 4,
            _Line(DOTS, 14, bold=True),
        ]
        half = self.width // 2
        self._side_by_side((half, left, False), (self.width - half, right, True))

    def _keep_with_next(self) -> None:
        """Keep the last paragraph, and the last rows of the last table, on the page of what comes after them."""
        from docx.oxml.ns import qn
        from docx.text.paragraph import Paragraph

        last = [self.document.element.body.findall(qn("w:p"))[-1]]
        for table in self.document.tables[-1:]:
            last += [paragraph for row in table._tbl.tr_lst[-_KEPT:] for paragraph in row.iter(qn("w:p"))]
        for paragraph in last:
            Paragraph(paragraph, self.document).paragraph_format.keep_with_next = True

    def _side_by_side(self, *sides: tuple[int, Sequence[_Line], bool]) -> None:
        """Write columns without lines around them: width in mm, lines, centred or not."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        table = self.document.add_table(rows=1, cols=len(sides))
        table.autofit = False
        for cell, column, (width, lines, centred) in zip(table.rows[0].cells, table.columns, sides, strict=True):
            cell.width = column.width = Mm(width)
            for number, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                if centred:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                _run(paragraph, line)


_KEPT = 2  # rows of a table on the page of its signature
_RULE = "─" * 12


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float
    bold: bool = False
    italic: bool = False


def _run(paragraph: Any, line: _Line) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(clean(line.text))
    run.font.size, run.font.bold, run.font.italic = Pt(line.size), line.bold, line.italic


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    """Add an element of Word's own, and return it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    parent.append(made)
    return made


def _field(paragraph: Any, name: str) -> None:
    """Write what Word works out itself: the number of the page."""
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()._r
        if kind is None:
            _child(run, "w:instrText").text = name
        else:
            _child(run, "w:fldChar", fldCharType=kind)
