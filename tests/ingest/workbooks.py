"""Sample workbooks of the forms in which offices report progress; their figures are invented.

`sheets/` holds `odd_values` and `legacy` as .xls and .ods, converted once: soffice --headless --convert-to xls FILE.xlsx
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from bad_input import tcvn3
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | bool | date | None
Rows = Sequence[Sequence[Value]]

# Marks of three districts' communes for criteria 1 to 19, and the count that the sheet states.
MARKS = {
    "Đồng Văn": {"Lũng Cú": "xxxx0x0xx0xx0xxx0x0", "Sủng Là": "xxxxxx0xx0xx0xxx0xx", "Phố Cáo": "x0xx0x0xx00x0xx00x0"},
    "Quản Bạ": {"Quyết Tiến": "xxxxxxxxxxxxxxxxxxx", "Đông Hà": "xxxxxx0xx0xxxxxx0xx"},
}


def saved(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def write(sheet: Worksheet, rows: Rows, *, top: int = 1, left: int = 1) -> int:
    """Write rows into a sheet and return the number of the row below them."""
    for down, row in enumerate(rows):
        for along, value in enumerate(row):
            if value is not None:
                sheet.cell(top + down, left + along, value)
    return top + len(rows)


def matrix() -> bytes:
    """Communes by criteria: merged headings on two rows, districts on rows of their own, totals below."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    sheet["A1"] = "ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG"
    sheet["A3"] = "TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI GIAI ĐOẠN 2021-2025"
    sheet["A3"].font = Font(bold=True)
    sheet["A4"] = "(Tính đến ngày 31/12/2023)"
    heads: list[Value] = ["TT", "Đơn vị", "Kết quả thực hiện các tiêu chí", *[None] * 18]
    heads += ["Tổng số TC đạt", "Tăng/giảm so với cùng kỳ", "Tỷ lệ", "Ghi chú"]
    top = write(sheet, [heads, [None, None, *range(1, 20)]], top=6)
    for merged in ("A1:C1", "A3:Y3", "A4:Y4", "A6:A7", "B6:B7", "C6:U6", "V6:V7", "W6:W7", "X6:X7", "Y6:Y7"):
        sheet.merge_cells(merged)
    met: list[list[bool]] = []
    for number, (district, communes) in enumerate(MARKS.items()):
        write(sheet, [["I" * (number + 1), f"Huyện {district}"]], top=top)
        top += 1
        for count, (commune, marks) in enumerate(communes.items(), 1):
            signs = ["x" if mark == "x" else None if count == 1 else "chưa" for mark in marks]
            met.append([mark == "x" for mark in marks])
            write(sheet, [[count, f"Xã {commune}", *signs, sum(met[-1]), 1, sum(met[-1]) / 19]], top=top)
            sheet.cell(top, 24).number_format = "0.0%"
            top += 1
    columns = [sum(marks) for marks in zip(*met, strict=True)]
    write(sheet, [[None, "Số xã đạt", *columns], [None, "Tỷ lệ (%)", *(each / len(met) for each in columns)]], top=top)
    for cell in sheet[top + 1]:
        cell.number_format = "0%"
    sheet.cell(top + 3, 20, "Hà Giang, ngày 08 tháng 01 năm 2024")
    sheet.cell(top + 4, 2, "NGƯỜI LẬP BIỂU")
    sheet.cell(top + 4, 20, "KT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG")
    return saved(book)


def counts() -> bytes:
    """A row a commune with its district once for several (a merged cell), counts, and the numbers not yet met."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Tổng hợp"
    sheet["A1"] = "BIỂU TỔNG HỢP SỐ TIÊU CHÍ ĐẠT CHUẨN CỦA CÁC XÃ TỈNH HÀ GIANG ĐẾN HẾT THÁNG 9/2023"
    heads: list[Value] = [
        "STT",
        "Huyện",
        "Xã",
        "Số tiêu chí đạt",
        "Tăng so với năm 2022",
        "Tiêu chí chưa đạt",
        "Thu nhập",
    ]
    top = write(sheet, [heads], top=3)
    number = total = 0
    for district, communes in MARKS.items():
        first = top
        for commune, marks in communes.items():
            number += 1
            said = sum(mark == "x" for mark in marks)
            total += said
            missing = ", ".join(str(at) for at, mark in enumerate(marks, 1) if mark != "x")
            row: list[Value] = [number, district if top == first else None, commune, f"{said}/19", 2, missing, 31.25]
            top = write(sheet, [row], top=top)
        sheet.merge_cells(start_row=first, end_row=top - 1, start_column=2, end_column=2)
    write(sheet, [["Tổng cộng", None, None, total, 2 * number]], top=top)
    sheet.merge_cells(start_row=top, end_row=top, start_column=1, end_column=3)
    return saved(book)


def communes_as_columns() -> bytes:
    """A row a criterion, a column a commune."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Ma trận"
    sheet["A1"] = "KẾT QUẢ THỰC HIỆN 19 TIÊU CHÍ NÔNG THÔN MỚI CỦA CÁC XÃ HUYỆN ĐỒNG VĂN, TỈNH HÀ GIANG NĂM 2023"
    communes = MARKS["Đồng Văn"]
    names = [
        "Quy hoạch",
        "Giao thông",
        "Thủy lợi và phòng, chống thiên tai",
        "Điện",
        "Trường học",
        "Cơ sở vật chất văn hóa",
    ]
    rows: list[list[Value]] = [["TT", "Tiêu chí", *(f"Xã {name}" for name in communes)]]
    for at, name in enumerate(names):
        rows.append([at + 1, name, *("Đạt" if marks[at] == "x" else "Chưa đạt" for marks in communes.values())])
    said: list[Value] = [sum(mark == "x" for mark in marks[: len(names)]) for marks in communes.values()]
    write(sheet, [*rows, [None, "Tổng số tiêu chí đạt", *said]], top=3)
    return saved(book)


def forms_of_a_province() -> bytes:
    """Biểu 05 and Biểu 06 of the reporting forms of 2026-2030, a sheet each."""
    book = Workbook()
    fifth = book.active
    fifth.title = "Biểu 05"
    fifth["A1"] = "Tỉnh: Tuyên Quang"
    fifth["K1"] = "Biểu số 05"
    fifth["A2"] = "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ NÔNG THÔN MỚI THEO NHÓM XÃ 6 THÁNG ĐẦU NĂM 2026"
    periods = ("KQ đến 31/12/2025", "TH 6 tháng đầu năm 2026", "KH 6 tháng cuối năm 2026")
    heads: list[list[Value]] = [["TT", "Nội dung", "ĐVT"], [None, None, None]]
    for group in ("Xã nhóm 1", "Xã nhóm 2", "Xã nhóm 3"):
        heads[0] += [group, None, None]
        heads[1] += periods
    heads[0].append("Ghi chú")
    rows: list[list[Value]] = [
        [number, name, "xã", *(number + 3 * group + at for group in range(3) for at in range(3))]
        for number, name in enumerate(("Quy hoạch", "Hạ tầng kinh tế - xã hội", "Kinh tế", "Môi trường", "Văn hóa"), 1)
    ]
    top = write(fifth, [*heads, *rows], top=4)
    for merged in ("D4:F4", "G4:I4", "J4:L4", "A4:A5", "B4:B5", "C4:C5"):
        fifth.merge_cells(merged)
    fifth.cell(top + 1, 2, "Ghi chú: số liệu đến hết ngày 30/6/2026.")
    sixth = book.create_sheet("Biểu 06")
    sixth["A1"] = "TỔNG HỢP SỐ XÃ THEO MỨC ĐỘ ĐẠT TIÊU CHÍ 6 THÁNG ĐẦU NĂM 2026"
    write(
        sixth,
        [
            ["TT", "Nội dung", *periods, "Ghi chú"],
            [1, "Tổng số xã", 124, 124, 124],
            [2, "Số xã đạt 10 tiêu chí", 12, 15, 20],
            [3, "Số xã đạt từ 5 đến 9 tiêu chí", 70, 72, 80],
            [4, "Số xã đạt dưới 5 tiêu chí", 42, 37, 24],
        ],
        top=3,
    )
    return saved(book)


def form_of_a_commune() -> bytes:
    """Biểu 10: one criterion a row, a result and a mark for each of three periods."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 10"
    sheet["A1"] = "UBND XÃ ĐỒNG VĂN"
    sheet["H1"] = "Biểu số 10"
    sheet["A2"] = "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ NÔNG THÔN MỚI GIAI ĐOẠN 2026-2030"
    sheet["A3"] = "Xã Đồng Văn, tỉnh Tuyên Quang - Kỳ báo cáo: 6 tháng đầu năm 2026"
    heads: list[list[Value]] = [
        [
            "TT",
            "Nội dung",
            "ĐVT",
            "KQ đến 31/12/2025",
            None,
            "TH 6 tháng đầu năm 2026",
            None,
            "KH 6 tháng cuối năm 2026",
        ],
        [None, None, None, *["Kết quả", "Đánh giá"] * 3],
    ]
    heads[0] += [None, "Ghi chú"]
    rows: list[list[Value]] = [
        ["1", "Quy hoạch", None, None, "Đạt", None, "Đạt", None, "Đạt"],
        ["1.1", "Có quy hoạch chung xây dựng xã được phê duyệt", "Có/Không", "Có", "Đạt", "Có", "Đạt", "Có", "Đạt"],
        ["2", "Hạ tầng kinh tế - xã hội", None, None, "Chưa đạt", None, "Chưa đạt", None, "Đạt"],
        ["2.1", "Tỷ lệ đường xã được nhựa hóa, bê tông hóa", "%", 82.5, "Chưa đạt", 91, "Đạt", 100, "Đạt"],
        ["2.2", "Tỷ lệ hộ sử dụng điện thường xuyên, an toàn", "%", 97.25, "Đạt", 98, "Đạt", 98.5, "Đạt"],
        ["3", "Kinh tế", None, None, "Chưa đạt", None, "Chưa đạt", None, "Chưa đạt"],
        ["3.1", "Thu nhập bình quân đầu người", "triệu đồng/năm", 38.6, "Chưa đạt", 41.2, "Chưa đạt", 46, "Chưa đạt"],
    ]
    write(sheet, [*heads, *rows], top=5)
    for merged in ("A5:A6", "B5:B6", "C5:C6", "D5:E5", "F5:G5", "H5:I5", "J5:J6"):
        sheet.merge_cells(merged)
    return saved(book)


def markets() -> bytes:
    """One criterion of a department: communes with figures that are no count of criteria."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Tiêu chí 7"
    sheet["A1"] = "SỞ CÔNG THƯƠNG TỈNH HÀ GIANG"
    sheet["A2"] = "KẾT QUẢ THỰC HIỆN TIÊU CHÍ SỐ 7 VỀ CƠ SỞ HẠ TẦNG THƯƠNG MẠI NÔNG THÔN NĂM 2023"
    heads: list[Value] = [
        "TT",
        "Huyện",
        "Xã",
        "Số chợ trong quy hoạch",
        "Đạt theo kế hoạch",
        "Chợ đạt chuẩn",
        "Kết quả",
    ]
    rows: list[list[Value]] = [
        [1, "Đồng Văn", "Lũng Cú", 1, True, 1, "Đạt"],
        [2, None, "Sủng Là", 2, False, 1, "Chưa đạt"],
        [3, "Quản Bạ", "Quyết Tiến", 1, True, 1, "Đạt"],
    ]
    write(sheet, [heads, *rows], top=4)
    sheet.merge_cells("B5:B6")
    return saved(book)


def odd_values() -> bytes:
    """A sheet for each thing that a cell can hold, hidden sheets, an empty one, a wide used range."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Giá trị"
    sheet["B2"] = "KẾT QUẢ GIẢI NGÂN"
    heads: list[Value] = ["TT", "Nội dung", "Số tiền", "Tỷ lệ", "Ngày", "Đạt", "Điểm"]
    rows: list[list[Value]] = [
        [1, "Đường | cầu", 1286000, 0.714, date(2024, 12, 31), True, 14.25],
        [2, "Thủy lợi", 350, 1, date(2025, 1, 5), False, 9],
    ]
    write(sheet, [heads, *rows], top=4, left=2)
    for row in (5, 6):
        for column, code in ((4, "#,##0"), (5, "0.0%"), (6, "dd/mm/yyyy")):
            sheet.cell(row, column).number_format = code
    sheet.cell(5, 40).font = Font(bold=True)  # formatted and empty
    book.create_sheet("Trống")
    for name, state in (("Nháp", "hidden"), ("Danh mục", "veryHidden")):
        hidden = book.create_sheet(name)
        hidden["A1"] = "không ai thấy"
        hidden.sheet_state = state
    return saved(book)


def legacy() -> bytes:
    """A sheet typed in the fonts of before Unicode: .VnTimeH shows small letters as capitals."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Bieu 1"
    sheet["A1"] = _tcvn3("tổng hợp kết quả thực hiện tiêu chí các xã huyện đồng văn đến 31/12/2014")
    sheet["A1"].font = Font(name=".VnTimeH")
    rows = [["TT", "Xã", "Số tiêu chí đạt"], [1, "Lũng Cú", "8/19"], [2, "Sủng Là", "11/19"]]
    write(sheet, [[_tcvn3(value) if isinstance(value, str) else value for value in row] for row in rows], top=3)
    for row in sheet.iter_rows(min_row=3):
        for cell in row:
            cell.font = Font(name=".VnTime")
    return saved(book)


def _tcvn3(text: str) -> str:
    return tcvn3(text).decode("cp1252")


SAMPLES = {
    "ma-tran-xa-tieu-chi": matrix,
    "so-tieu-chi-tung-xa": counts,
    "xa-la-cot": communes_as_columns,
    "bieu-05-06-tinh": forms_of_a_province,
    "bieu-10-xa": form_of_a_commune,
    "so-cong-thuong-tieu-chi-7": markets,
}
