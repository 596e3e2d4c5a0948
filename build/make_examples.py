"""Writes the sample directives of examples/ from the plain texts in build/samples/.

The directives were written for this project: places are real, persons, numbers and figures are made up. A sample text
has the sections @left, @right (the two columns of the header), @title, @body, @recipients and @signature; a line is a
paragraph, a line of "| a | b |" a row of a table.

    python build/make_examples.py [FOLDER]

PDF needs a font with Vietnamese letters, asked of fontconfig and embedded, never kept in the repository.
"""

from __future__ import annotations

import functools
import html
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "build" / "samples"

FORMATS = {
    "2022-03-14-chi-thi-09-ct-tu": "html",
    "2022-04-20-ke-hoach-812-kh-ubnd": "pdf",
    "2022-05-12-quyet-dinh-655-qd-ubnd": "docx",
    "2022-08-30-quyet-dinh-1127-qd-ubnd": "docx",
    "2023-01-16-cong-van-117-ubnd-nl": "txt",
    "2023-12-08-bao-cao-3210-bc-ubnd": "docx",
    "2024-du-thao-cong-van-dang-ky-xa": "txt",
    "2026-01-28-ke-hoach-45-kh-ubnd": "pdf",
}


@dataclass(frozen=True, slots=True)
class Sample:
    left: tuple[str, ...]
    right: tuple[str, ...]
    title: tuple[str, ...]
    body: tuple[str, ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]

    @property
    def name(self) -> str:
        return " ".join(self.title[:2]) or next(line for line in self.left if line.startswith("V/v"))


def load(name: str) -> Sample:
    """Return the sample text of that name."""
    sections: dict[str, list[str]] = {}
    for line in (SAMPLES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            lines = sections.setdefault(line[1:], [])
        else:
            lines.append(line)
    sections["signature"] = [line for line in sections["signature"] if line]
    names = ("left", "right", "title", "body", "recipients", "signature")
    return Sample(*(tuple(sections.get(name, ())) for name in names))


def _blocks(body: tuple[str, ...]) -> Iterator[str | list[list[str]]]:
    """Yield paragraphs as text and tables as rows of cells."""
    for is_row, lines in groupby(body, key=lambda line: line.startswith("|")):
        if is_row:
            yield [[cell.strip() for cell in line.strip().removesuffix("|")[1:].split("|")] for line in lines]
        else:
            yield from lines


def _is_heading(line: str) -> bool:
    return bool(re.match(r"[IVX]+\. ", line)) or line == "QUYẾT ĐỊNH:"


def to_txt(sample: Sample) -> bytes:
    """Return the sample as plain text, a row of a table with bars between its cells."""
    parts = ["\n".join(part) for part in (sample.left, sample.right, sample.title) if part]
    for block in _blocks(sample.body):
        if isinstance(block, str):
            parts.append(block)
        else:
            parts.append("\n".join(" | ".join(cells).rstrip(" |") for cells in block))
    parts += ["\n".join(("Nơi nhận:", *sample.recipients)), "\n".join(sample.signature)]
    return ("\n\n".join(parts) + "\n").encode()


def to_md(sample: Sample) -> bytes:
    """Return the sample as Markdown: bold header and headings, tables with bars."""
    parts = ["\n".join(_strong(line) for line in part) for part in (sample.left, sample.right, sample.title) if part]
    for block in _blocks(sample.body):
        if isinstance(block, str):
            parts.append(f"**{block}**" if block == "QUYẾT ĐỊNH:" else block)
        else:
            head, *rows = (f"| {' | '.join(cells)} |" for cells in block)
            parts.append("\n".join((head, "|---" * len(block[0]) + "|", *rows)))
    parts += ["**Nơi nhận:**", "\n".join(sample.recipients), "\n".join(map(_strong, sample.signature))]
    return ("\n\n".join(parts) + "\n").encode()


def _strong(line: str) -> str:
    return f"**{line}**" if line != "*" else "\\*"


def to_html(sample: Sample) -> bytes:
    """Return the sample as a page of a provincial portal, menu and related news around it."""

    def lines(part: tuple[str, ...]) -> str:
        return "<br>\n".join(html.escape(line) for line in part)

    def side_by_side(left: str, right: str) -> str:
        cells = "".join(f'<td align="center">{cell}</td>' for cell in (left, right))
        return f'<table border="0" width="100%"><tr>{cells}</tr></table>'

    body = []
    for block in _blocks(sample.body):
        if isinstance(block, str):
            tag = "h3" if _is_heading(block) else "p"
            body.append(f"<{tag}>{html.escape(block)}</{tag}>")
        else:
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in cells) for cells in block)
            body.append('<table border="1">' + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>")
    text = "\n".join(body)
    recipients = lines(("Nơi nhận:", *sample.recipients))
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>{html.escape(sample.name)}</title>
<style>
body {{ font-family: "Times New Roman", serif; max-width: 50rem; margin: auto }}
h2 {{ text-align: center }}
</style>
</head>
<body>
<nav><ul>
<li><a href="/">Trang chủ</a></li>
<li><a href="/tin-tuc">Tin tức</a></li>
<li><a href="/van-ban">Văn bản</a></li>
</ul></nav>
<article class="content-detail">
{side_by_side(lines(sample.left), lines(sample.right))}
<h2>{lines(sample.title)}</h2>
{text}
{side_by_side(recipients, lines(sample.signature))}
</article>
<div class="tin-lien-quan"><h4>Tin liên quan</h4><ul>
<li><a href="/tin/1">Hòa An hoàn thành bê tông hóa đường trục thôn</a></li>
<li><a href="/tin/2">Trùng Khánh ra quân dọn vệ sinh môi trường</a></li>
</ul></div>
<footer>Cổng thông tin điện tử tỉnh Cao Bằng</footer>
</body>
</html>
""".encode()


def to_docx(sample: Sample) -> bytes:
    """Return the sample as a Word document with Word's own numbering and tables."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.paragraph_format.space_after = Pt(0)
    document.core_properties.title = sample.name
    _number_pages(section)
    numbering = document.part.numbering_part.element
    top = "Điều %1." if any(line.startswith("Điều 1.") for line in sample.body) else "%1."
    top_format = "decimal" if "Điều" in top else "upperRoman"
    levels = ((0, top_format, top), (1, "decimal", "%2."), (2, "lowerLetter", "%3)"))
    bold = "<w:rPr><w:b/></w:rPr>"
    level_xml = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>{bold if level == 0 else ""}</w:lvl>'
        for level, format, text in levels
    )
    dash_xml = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:suff w:val="space"/><w:lvlText w:val="-"/></w:lvl>'
    for id, content in ((901, level_xml), (902, dash_xml)):
        numbering.insert(
            0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{id}">{content}</w:abstractNum>')
        )
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>'))

    def fill(cell, lines, *, bold=(), italic=(), size=13, align=ALIGN.CENTER) -> None:
        for at, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            paragraph.alignment = align
            run = paragraph.add_run(line)
            run.font.size, run.bold, run.italic = Pt(size), at in bold, at in italic

    def side_by_side(widths) -> tuple:
        table = document.add_table(1, 2)
        table.autofit = False
        for cell, width in zip(table.rows[0].cells, widths, strict=True):
            cell.width = Cm(width)
        return tuple(table.rows[0].cells)

    left, right = side_by_side((6.5, 10))
    fill(left, sample.left, bold=(0, 1))
    fill(right, sample.right, bold=range(len(sample.right) - 1), italic=(len(sample.right) - 1,))
    document.add_paragraph()
    for line in sample.title:
        paragraph = document.add_paragraph()
        paragraph.alignment = ALIGN.CENTER
        paragraph.add_run(line).bold = True
    if sample.title:
        document.add_paragraph()

    counters = [0, 0, 0]
    for block in _blocks(sample.body):
        if not isinstance(block, str):
            widths = _widths(block, 16.0)
            table = document.add_table(0, len(block[0]), style="Table Grid")
            table.autofit = False
            for at, cells in enumerate(block):
                for cell, text, width in zip(table.add_row().cells, cells, widths, strict=True):
                    cell.width = Cm(width)
                    centred = at == 0 or len(text) < 6
                    fill(
                        cell,
                        (text,),
                        bold=(0,) if at == 0 else (),
                        size=12,
                        align=ALIGN.CENTER if centred else ALIGN.LEFT,
                    )
            continue
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(6)
        label, text = _label(block, counters, roman=top_format == "upperRoman")
        if label is not None:
            list_id, level = label
            number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            number.get_or_add_ilvl().val = level
            number.get_or_add_numId().val = list_id
        run = paragraph.add_run(text)
        run.bold = _is_heading(block)
        if block == "QUYẾT ĐỊNH:":
            paragraph.alignment = ALIGN.CENTER
        else:
            paragraph.alignment = ALIGN.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Cm(1)

    document.add_paragraph()
    left, right = side_by_side((8.5, 8))
    fill(left, ("Nơi nhận:", *sample.recipients), bold=(0,), italic=(0,), size=11, align=ALIGN.LEFT)
    fill(right, _spaced(sample.signature), bold=range(20), size=14)
    made = io.BytesIO()
    document.save(made)
    return _undated(made.getvalue())


def _number_pages(section) -> None:
    """Number the pages at the head, from the second on, as the State's form asks."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'))


def _label(line: str, counters: list[int], *, roman: bool) -> tuple[tuple[int, int] | None, str]:
    """Return the list and level under which Word numbers a line by itself, and the line without its label; None and
    the line where Word would count otherwise (it has no point đ)."""
    if line.startswith("- "):
        return (902, 0), line[2:]
    match = re.match(r"(?:(Điều (\d+)\.)|([IVX]+)\.|(\d+)\.|([a-zđ])\)) ", line)
    if not match:
        return None, line
    level = 0 if match[1] or match[3] else 1 if match[4] else 2
    if level == 0 and bool(match[3]) != roman:
        return None, line
    wanted = counters[level] + 1
    numbers = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8}
    found = match[2] or match[4] or (numbers.get(match[3]) if match[3] else ord(match[5]) - ord("a") + 1)
    if int(found or 0) != wanted:
        return None, line
    counters[level:] = [wanted, *[0] * (2 - level)]
    return (901, level), line[match.end() :]


def _widths(rows: list[list[str]], total: float) -> list[float]:
    """Return column widths in proportion to what stands in the columns."""
    longest_word = [4 + max(len(word) for cells in rows for word in cells[at].split()) for at in range(len(rows[0]))]
    needs = [max(word, min(30, max(len(cells[at]) for cells in rows))) for at, word in enumerate(longest_word)]
    return [total * need / sum(needs) for need in needs]


def _spaced(signature: tuple[str, ...]) -> tuple[str, ...]:
    """Return a signature with room for the hand between title and name."""
    if re.search(r"CHỦ TỊCH|BÍ THƯ", signature[-1]):
        return signature  # a draft: nobody has signed
    return (*signature[:-1], "", "", "", signature[-1])


def _undated(packed: bytes) -> bytes:
    """Return a zip without the time of its making, so that the same text gives the same file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(zipfile.ZipInfo(info.filename), source.read(info), zipfile.ZIP_DEFLATED)
    return out.getvalue()


@functools.cache
def register_fonts() -> None:
    """Give reportlab a system font with serifs and Vietnamese letters (Debian: fonts-noto-core, fonts-dejavu-core)."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for bold, italic in ((0, 0), (1, 0), (0, 1), (1, 1)):
        style = f"{'bold' if bold else 'regular'}:{'italic' if italic else 'roman'}"
        pattern = f"Tinos,Noto Serif,DejaVu Serif:{style}:lang=vi"
        found = subprocess.run(["fc-match", "-f", "%{file}", pattern], capture_output=True, text=True, check=True)
        name = f"Serif{bold}{italic}"
        font = TTFont(name, found.stdout)
        if ord("ế") not in font.face.charToGlyph:
            raise SystemExit(f"{found.stdout} has no Vietnamese letters; install fonts-noto-core")
        pdfmetrics.registerFont(font)
        addMapping("Serif", bold, italic, name)


def to_pdf(sample: Sample) -> bytes:
    """Return the sample as a PDF with a text layer, laid out as the State's form asks."""
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import cm
    from reportlab.platypus import HRFlowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

    register_fonts()
    base = ParagraphStyle("base", fontName="Serif00", fontSize=12, leading=16.5)
    centred = ParagraphStyle("centred", base, alignment=TA_CENTER)
    body = ParagraphStyle("body", base, alignment=TA_JUSTIFY, firstLineIndent=1 * cm, spaceBefore=6)
    small = ParagraphStyle("small", base, fontSize=10, leading=12.5, alignment=TA_LEFT)

    def lines(part, style, *, bold=(), italic=()) -> list:
        made = []
        for at, line in enumerate(part):
            text = html.escape(line) or "&nbsp;"
            text = f"<b>{text}</b>" if at in bold else text
            made.append(Paragraph(f"<i>{text}</i>" if at in italic else text, style))
        return made

    narrow = ParagraphStyle("narrow", centred, fontSize=11, leading=14)
    left = lines(sample.left, narrow, bold=(0, 1))
    right = lines(sample.right, narrow, bold=range(len(sample.right) - 1), italic=(len(sample.right) - 1,))
    for column, width in ((left, "25%"), (right, "50%")):
        rule = HRFlowable(width, 0.5, color="black", spaceBefore=3, spaceAfter=5, hAlign="CENTER")
        column.insert(len(column) - 1 if column is right else 2, rule)
    top = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ]
    flow = [Table([[left, right]], colWidths=[6 * cm, 10 * cm], style=top), Spacer(1, 14)]
    flow += [*lines(sample.title, centred, bold=range(20)), Spacer(1, 8)]
    for block in _blocks(sample.body):
        if isinstance(block, str):
            text = html.escape(block)
            style = centred if block == "QUYẾT ĐỊNH:" else body
            flow.append(Paragraph(f"<b>{text}</b>" if _is_heading(block) else text, style))
        else:
            cells = [[Paragraph(html.escape(cell), small) for cell in row] for row in block]
            grid = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
            widths = [width * cm for width in _widths(block, 16.0)]
            flow += [Spacer(1, 6), Table(cells, colWidths=widths, style=grid, repeatRows=1), Spacer(1, 6)]
    recipients = lines(("Nơi nhận:", *sample.recipients), small, bold=(0,), italic=(0,))
    signature = lines(_spaced(sample.signature), centred, bold=range(20))
    closing = Table([[recipients, signature]], colWidths=[9 * cm, 7 * cm], style=top)
    flow += [Spacer(1, 14), KeepTogether(closing)]

    def number(canvas, document) -> None:
        if document.page > 1:
            canvas.setFont("Serif00", 12)
            canvas.drawCentredString(A4[0] / 2, A4[1] - 1.3 * cm, str(document.page))

    made = io.BytesIO()
    margins = {"leftMargin": 3 * cm, "rightMargin": 2 * cm, "topMargin": 2 * cm, "bottomMargin": 2 * cm}
    document = SimpleDocTemplate(made, pagesize=A4, title=sample.name, invariant=1, **margins)
    document.build(flow, onFirstPage=number, onLaterPages=number)
    return made.getvalue()


RENDER: dict[str, Callable[[Sample], bytes]] = {
    "txt": to_txt,
    "md": to_md,
    "html": to_html,
    "docx": to_docx,
    "pdf": to_pdf,
}


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples"
    folder.mkdir(parents=True, exist_ok=True)
    for name, format in FORMATS.items():
        path = folder / f"{name}.{format}"
        path.write_bytes(RENDER[format](load(name)))
        print(path)


if __name__ == "__main__":
    main()
