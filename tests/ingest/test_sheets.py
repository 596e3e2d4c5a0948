"""Workbooks as text: titles, tables, values as printed, where each cell stands, bounds, damage."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import python_calamine
import workbooks
from bad_input import TEXT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ole import container
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from ingest.readers import Limits, Source, read_source
from ingest.readers.sheets.workbook import address
from ntmgraph.model import DocumentState, ReadError, Reading, Refusal
from ntmgraph.workspace import batch

SHEETS = Path(__file__).parent / "sheets"


def source_of(folder: Path, data: bytes, limits: Limits | None = None) -> Source:
    path = folder / "bieu.xlsx"
    path.write_bytes(data)
    return read_source(path, limits=limits or Limits())


def reading_of(folder: Path, data: bytes) -> Reading:
    path = folder / "bieu.xlsx"
    path.write_bytes(data)
    read = batch.read_one(batch.File.at(path))
    assert read.reading is not None, read.reason
    return read.reading


def made(cells: dict[str, object], *merged: str) -> bytes:
    book = openpyxl.Workbook()
    for name, value in cells.items():
        book.active[name] = value
    for each in merged:
        book.active.merge_cells(each)
    return workbooks.saved(book)


VALUES = """KẾT QUẢ GIẢI NGÂN

TT | Nội dung | Số tiền | Tỷ lệ | Ngày | Đạt | Điểm
1 | Đường ¦ cầu | 1.286.000 | 71,4% | 31/12/2024 | Có | 14,25
2 | Thủy lợi | 350 | 100,0% | 05/01/2025 | Không | 9"""


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_values_as_printed_in_every_format(tmp_path: Path, ending: str) -> None:
    path = SHEETS / f"gia-tri.{ending}"
    source = source_of(tmp_path, workbooks.odd_values()) if ending == "xlsx" else read_source(path)
    assert source.format == ending
    assert source.text.strip() == VALUES
    assert source.left_out == ("2 trang tính ẩn “Nháp”, “Danh mục”",)
    cells = {each.cell: each.text for each in source.placed}
    assert cells["Giá trị!E5"] == "71,4%"
    assert cells["Giá trị!C5"] == "Đường ¦ cầu"


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_fonts_of_before_unicode(tmp_path: Path, ending: str) -> None:
    source = source_of(tmp_path, workbooks.legacy()) if ending == "xlsx" else read_source(SHEETS / "phong-chu-cu.xls")
    assert source.text.startswith("TỔNG HỢP KẾT QUẢ THỰC HIỆN TIÊU CHÍ CÁC XÃ HUYỆN ĐỒNG VĂN ĐẾN 31/12/2014")
    assert "1 | Lũng Cú | 8/19" in source.text
    assert any(".VnTimeH" in repair for repair in source.repairs)


def test_letters_tell_the_encoding_where_no_font_does(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbooks.legacy()))
    for row in book.active.iter_rows():
        for cell in row:
            cell.font = openpyxl.styles.Font(name="Calibri")
    source = source_of(tmp_path, workbooks.saved(book))
    assert "1 | Lũng Cú | 8/19" in source.text
    assert "Lũng Cú" in {each.text for each in source.placed}


LAYOUTS = [
    (
        "title, heading rows, a merged cell once, the foot apart",
        {"A1": "UBND XÃ A", "D1": "Độc lập - Tự do", "A2": "KẾT QUẢ", "A4": "TT", "B4": "Xã", "C4": "Số", "C5": "KH",
         "D5": "TH", "A6": 1, "B6": "Lũng Cú", "C6": 3, "D6": 4, "A8": "Người lập biểu", "C8": "Thủ trưởng đơn vị"},
        ("C4:D4", "A4:A5", "B4:B5"),
        "UBND XÃ A\n\nĐộc lập - Tự do\n\nKẾT QUẢ\n\nTT | Xã | Số\n |  | KH | TH\n1 | Lũng Cú | 3 | 4\n\n"
        "Người lập biểu\n\nThủ trưởng đơn vị",
    ),
    (
        "a row that names a district only",
        {"A1": "TT", "B1": "Xã", "A2": "Huyện Đồng Văn", "A3": 1, "B3": "Lũng Cú"},
        ("A2:B2",),
        "TT | Xã\nHuyện Đồng Văn |\n1 | Lũng Cú",
    ),
    (
        "two tables, the second with a title of its own",
        {"A1": "TT", "B1": "Xã", "A2": 1, "B2": "A", "A4": "BIỂU 2", "A6": "STT", "B6": "Thôn", "A7": 1, "B7": "B"},
        (),
        "TT | Xã\n1 | A\n\nBIỂU 2\n\nSTT | Thôn\n1 | B",
    ),
    (
        "columns without anything in them",
        {"A1": "TT", "F1": "Xã", "K1": "Đạt", "A2": 1, "F2": "A", "K2": "x"},
        (),
        "TT | Xã | Đạt\n1 | A | x",
    ),
    ("a remark below", {"A1": "TT", "B1": "Xã", "A2": 1, "B2": "A", "A3": "Ghi chú: x là đạt"}, (),
     "TT | Xã\n1 | A\n\nGhi chú: x là đạt"),
    (
        "a title in two cells",
        {"A1": "BIỂU THEO DÕI TIẾN ĐỘ", "B1": "Năm 2023", "A2": "Huyện", "B2": "Xã", "C2": "Số", "B3": "A", "C3": 2},
        (),
        "BIỂU THEO DÕI TIẾN ĐỘ\n\nNăm 2023\n\nHuyện | Xã | Số\n | A | 2",
    ),
    (
        "units, annexes and the letter it goes with beside the head",
        {"A1": "UBND HUYỆN A", "C1": "Phụ lục 02", "A2": "PHÒNG B", "C2": "(Kèm theo Báo cáo số 5/BC-PNN)",
         "C3": "ĐVT: Triệu đồng", "A4": "TT", "B4": "Nội dung", "C4": "Vốn", "A5": "-", "B5": "Cầu", "C5": 2.5},
        (),
        "UBND HUYỆN A\n\nPhụ lục 02\n\nPHÒNG B\n\n(Kèm theo Báo cáo số 5/BC-PNN)\n\nĐVT: Triệu đồng\n\n"
        "TT | Nội dung | Vốn\n- | Cầu | 2,5",
    ),
    (
        "a day in a cell is no foot",
        {"A1": "TT", "B1": "Văn bản", "C1": "Ngày", "A2": 1, "B2": "A", "C2": "ngày 5 tháng 1 năm 2024", "A3": 2, "B3": "B"},
        (),
        "TT | Văn bản | Ngày\n1 | A | ngày 5 tháng 1 năm 2024\n2 | B",
    ),
    ("no table", {"A1": "Dòng một", "A3": "Dòng hai"}, (), "Dòng một\n\nDòng hai"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "cells", "merged", "text"), LAYOUTS)
def test_layout(tmp_path: Path, what: str, cells: dict[str, object], merged: tuple[str, ...], text: str) -> None:
    assert source_of(tmp_path, made(cells, *merged)).text.strip() == text, what


@pytest.mark.parametrize("sample", workbooks.SAMPLES.values())
def test_every_cell_is_found_again_in_the_text(tmp_path: Path, sample: Callable[[], bytes]) -> None:
    source = source_of(tmp_path, sample())
    cells = [each for each in source.placed if each.cell]
    book = openpyxl.load_workbook(tmp_path / "bieu.xlsx")
    filled = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book if sheet.sheet_state == "visible"
        for row in sheet.iter_rows() for cell in row if cell.value is not None
    }  # fmt: skip
    assert {each.cell for each in cells} == filled
    at = 0
    for each in source.placed:
        found = source.text.find(each.text, at)
        assert found >= 0
        assert re.fullmatch(r"[\s|]*", source.text[at:found]), each
        at = found + len(each.text)


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_cells_are_those_that_calamine_finds(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "bieu.xlsx" if ending == "xlsx" else SHEETS / f"gia-tri.{ending}"
    (tmp_path / "bieu.xlsx").write_bytes(workbooks.odd_values())
    values = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    filled = {
        f"Giá trị!{address(row, column)}"
        for row, cells in enumerate(values)
        for column, value in enumerate(cells)
        if value != ""
    }
    assert {each.cell for each in read_source(path).placed} == filled


@pytest.mark.parametrize("sample", workbooks.SAMPLES.values())
def test_every_line_of_a_table_is_a_row(tmp_path: Path, sample: Callable[[], bytes]) -> None:
    reading = reading_of(tmp_path, sample())
    text = reading.document.text
    lines = [match.span() for match in re.finditer(r".*\|.*", text)]
    rows = [(each.start, each.end) for each in reading.provisions if each.kind == "row"]
    bare = [(start, end) for start, end in lines if not any(start <= at < end for at, _ in rows)]
    assert [text[start:end] for start, end in bare] == []


def test_each_of_several_sheets_is_a_part(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, workbooks.forms_of_a_province())
    assert [each.path for each in reading.provisions if each.kind == "part" and "Biểu số" not in each.path] == [
        "Biểu 05",
        "Biểu 06",
    ]


HEADERS: list[tuple[Callable[[], bytes], str | None, date | None, str]] = [
    (workbooks.matrix, "UBND tỉnh Hà Giang", date(2024, 1, 8), "TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ"),
    (workbooks.counts, None, date(2023, 9, 30), "BIỂU TỔNG HỢP SỐ TIÊU CHÍ ĐẠT CHUẨN"),
    (workbooks.form_of_a_commune, "UBND xã Đồng Văn", date(2026, 6, 30), "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA"),
    (workbooks.markets, "Sở Công Thương tỉnh Hà Giang", None, "KẾT QUẢ THỰC HIỆN TIÊU CHÍ SỐ 7"),
    (workbooks.legacy, None, date(2014, 12, 31), "TỔNG HỢP KẾT QUẢ"),
]


@pytest.mark.parametrize(("sample", "issuer", "day", "subject"), HEADERS)
def test_header(
    tmp_path: Path, sample: Callable[[], bytes], issuer: str | None, day: date | None, subject: str
) -> None:
    document = reading_of(tmp_path, sample()).document
    assert (document.type, document.number, document.state) == ("Biểu tổng hợp", None, DocumentState.ISSUED)
    assert (document.issuer, document.date) == (issuer, day)
    assert (document.subject or "").startswith(subject)


def test_a_letter_in_a_sheet_is_a_letter(tmp_path: Path) -> None:
    lines = [line for line in TEXT.splitlines() if line]
    document = reading_of(tmp_path, made({f"A{row}": line for row, line in enumerate(lines, 1)})).document
    assert (document.type, document.number, document.issuer) == ("Công văn", "512/UBND-NL", "UBND tỉnh Cao Bằng")


def test_the_letter_that_a_sheet_goes_with_is_not_its_number(tmp_path: Path) -> None:
    cells: dict[str, object] = {"A1": "TỔNG HỢP KẾT QUẢ", "A2": "(KÈM THEO BÁO CÁO SỐ 12/BC-UBND NGÀY 05/01/2024)"}
    assert reading_of(tmp_path, made(cells)).document.number is None


def test_the_cell_of_a_fact(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, workbooks.counts())
    cells = {each.evidence.cell for each in reading.results}
    assert cells
    assert all(cell and re.fullmatch(r"Tổng hợp![A-G]\d+", cell) for cell in cells)


@pytest.mark.parametrize(
    ("at", "name"), [((0, 0), "A1"), ((27, 2), "C28"), ((0, 25), "Z1"), ((0, 26), "AA1"), ((9, 16383), "XFD10")]
)
def test_address(at: tuple[int, int], name: str) -> None:
    assert address(*at) == name


# Bounds and damage


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def joined(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRINGS = (
    f"<si><t>{'x' * 2000}</t></si>"
    '<si><r><rPr><rFont val=".VnTimeH"/></rPr><t>X· </t></r><r><t xml:space="preserve">Lũng Cú</t></r><rPh><t>không đọc</t></rPh></si>'
)


def with_sheet(xml: str) -> bytes:
    """Return a workbook whose sheet is this XML, with strings that cells share, as Excel writes them."""
    parts = parts_of(made({"A1": 1}))
    parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData></worksheet>'.encode()
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{STRINGS}</sst>'.encode()
    relation = b'<Relationship Id="s" Type="http://x/relationships/sharedStrings" Target="sharedStrings.xml"/>'
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", relation + b"</Relationships>")
    return joined(parts)


def test_strings_that_cells_share(tmp_path: Path) -> None:
    row = '<row r="3"><c r="B3" t="s"><v>1</v></c></row><c t="s"><v>7</v></c><c t="s"><v>-1</v></c>'
    source = source_of(tmp_path, with_sheet(row))
    assert source.text.strip() == "XÃ Lũng Cú"
    assert source.repairs == ("Chuyển chữ phông .VnTimeH sang Unicode",)


def test_a_stray_cell_at_the_far_corner_costs_nothing(tmp_path: Path) -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert source_of(tmp_path, with_sheet(far)).placed[1].cell == "Sheet!XFD1048576"


@pytest.mark.parametrize(
    ("what", "data", "limits"),
    [
        ("cells", made({f"A{row}": row for row in range(1, 12)}), Limits(cells=10)),
        ("one long text in many cells", with_sheet('<c t="s"><v>0</v></c>' * 50), Limits(bytes=60_000)),
        ("unpacked", with_sheet(" " * 10**6), Limits(unpacked=10**5)),
        ("tags", with_sheet("<row/>" * 2000), Limits(tags=1000)),
    ],
)
def test_bounds(tmp_path: Path, what: str, data: bytes, limits: Limits) -> None:
    with pytest.raises(ReadError) as caught:
        source_of(tmp_path, data, limits)
    assert caught.value.refusal == Refusal.TOO_LARGE, what


def with_ods_rows(*rows: tuple[int, int, str]) -> bytes:
    """Return an .ods of these rows: how often the row, how often its cell is repeated, what stands in it."""
    parts = parts_of((SHEETS / "gia-tri.ods").read_bytes())
    xml = "".join(
        f'<table:table-row table:number-rows-repeated="{down}"><table:table-cell'
        f' table:number-columns-repeated="{along}"><text:p>{text}</text:p></table:table-cell></table:table-row>'
        for down, along, text in rows
    ).encode()
    old = parts["content.xml"]
    end = old.rfind(b"</table:table-row>") + len(b"</table:table-row>")
    parts["content.xml"] = old[: old.find(b"<table:table-row")] + xml + old[end:]
    return joined(parts)


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([(1_048_576, 16_384, "a")], Refusal.TOO_LARGE),
        ([(1_048_576, 16_384, "#REF!")], Refusal.EMPTY),
        ([(1_048_575, 1, "#REF!")] * 200 + [(1_048_575, 1, "a")] * 200, Refusal.EMPTY),
    ],
    ids=["repeated cells", "repeated errors", "rows below the last"],
)
def test_bounds_of_ods(tmp_path: Path, rows: list[tuple[int, int, str]], refusal: Refusal) -> None:
    assert source_of(tmp_path, with_ods_rows((2, 2, "a"))).text == "a | a\na | a\n\n"
    with pytest.raises(ReadError) as caught:
        source_of(tmp_path, with_ods_rows(*rows))
    assert caught.value.refusal == refusal


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def begin(dialect: int) -> bytes:
    return record(0x809, struct.pack("<HH12x", 0x600, dialect))


def xls(*, shared: bytes = b"", sheets: int = 1, cells: bytes = b"") -> bytes:
    """Return an .xls whose sheets are all the same one."""
    bound = struct.pack("<HB", 0, 1) + b"\0a"
    strings = record(0xFC, bytes(8) + shared)
    start = len(begin(5) + strings) + sheets * len(record(0x85, bytes(4) + bound)) + 4
    named = record(0x85, struct.pack("<I", start) + bound) * sheets
    return container({"Workbook": begin(5) + strings + named + record(0x0A) + begin(0x10) + cells + record(0x0A)})


FIRST_STRING = record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0))


def test_fonts_of_a_string_never_repeat_its_letters(tmp_path: Path) -> None:
    """A damaged file names places that go back, and back again: each would show the string anew."""
    places = b"".join(struct.pack("<HH", at, 0) for at in (4, 1, 4, 1, 400, 2))
    shared = struct.pack("<HBH", 5, 8, 6) + b"abcde" + places
    assert source_of(tmp_path, xls(shared=shared, cells=FIRST_STRING)).text.strip() == "abcde"


def test_records_of_an_xls_are_bounded(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        source_of(tmp_path, xls(sheets=50, cells=record(0x1C, bytes(8)) * 50), Limits(tags=1000))
    assert caught.value.refusal == Refusal.TOO_LARGE


def test_fonts_of_cells(tmp_path: Path) -> None:
    """Check marks are signs of a font; VNI writes one letter as two characters, which may stand in two runs."""
    book = openpyxl.Workbook()
    marks = zip(("A1", "B1", "C1"), ("ü", "û", "x"), ("Wingdings", "Wingdings", "Arial"), strict=True)
    for cell, letter, font in marks:
        book.active[cell] = letter
        book.active[cell].font = Font(name=font)
    vni = InlineFont(rFont="VNI-Times")
    book.active["D1"] = CellRichText(TextBlock(vni, "no"), TextBlock(vni, "âng"))
    assert source_of(tmp_path, workbooks.saved(book)).text.split() == ["✓", "✗", "x", "nông"]


def test_blanks_in_a_cell_of_ods(tmp_path: Path) -> None:
    words = "Xã<text:s/>A,<text:line-break/><text:span>Xã<text:tab/>B</text:span><!-- x -->, Xã C"
    assert source_of(tmp_path, with_ods_rows((1, 1, words))).text.strip() == "Xã A,\nXã B, Xã C"


def test_dates_written_out(tmp_path: Path) -> None:
    row = '<row><c t="d"><v>2024-12-31T00:00:00</v></c></row><row><c t="d"><v>sai</v></c></row>'
    assert source_of(tmp_path, with_sheet(row)).text.split() == ["31/12/2024", "sai"]


def test_errors_of_formulas_are_blank_and_told(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1"><v>5</v></c></row>'
    source = source_of(tmp_path, with_sheet(row))
    assert source.text.strip() == "5"
    assert source.left_out == ("1 ô báo lỗi công thức (#REF!, #DIV/0! ...)",)


def test_encrypted_ods(tmp_path: Path) -> None:
    parts = parts_of((SHEETS / "gia-tri.ods").read_bytes())
    parts["META-INF/manifest.xml"] = (
        b'<m:manifest xmlns:m="urn:x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    )
    with pytest.raises(ReadError) as caught:
        source_of(tmp_path, joined(parts))
    assert caught.value.refusal == Refusal.ENCRYPTED


WHOLE = {
    "xlsx": workbooks.matrix(),
    **{ending: (SHEETS / f"gia-tri.{ending}").read_bytes() for ending in ("xls", "ods")},
}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), ending=st.sampled_from(sorted(WHOLE)))
def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path, data: st.DataObject, ending: str) -> None:
    whole = bytearray(WHOLE[ending])
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        source_of(tmp_path, bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))]))
    except ReadError as refused:
        assert refused.refusal in Refusal


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), ending=st.sampled_from(["xlsx", "ods"]))
def test_damaged_xml_of_a_workbook_is_read_or_refused(tmp_path: Path, data: st.DataObject, ending: str) -> None:
    parts = parts_of(WHOLE[ending])
    name = data.draw(st.sampled_from([name for name in sorted(parts) if name.endswith((".xml", ".rels"))]))
    words = re.split(rb"([\"<> =/])", parts[name])
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(words) - 1))
        words[at] = data.draw(
            st.sampled_from([b"", b"-1", b"99999999999", b"x", b"1e999", b"NaN", b"A0", "½".encode()])
        )
    parts[name] = b"".join(words)
    try:
        source_of(tmp_path, joined(parts))
    except ReadError as refused:
        assert refused.refusal in Refusal
