"""A table as an Excel workbook: typed cells, and a second sheet with the sentences that its lines rest on.

Lines are written one by one to a temporary file, so that memory does not grow with them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import islice
from math import ceil
from typing import IO, TYPE_CHECKING, Any

from ntmgraph.export.tables import Column, Kind, Proof, Table, Value
from ntmgraph.terms import document_title

if TYPE_CHECKING:
    from openpyxl import Workbook

ROWS = 1_048_576  # of a sheet
LETTERS = 32_767  # of a cell
LINE, HIGHEST = 16.0, 409.0  # points: the height of a line, the most that a row may have
PER_UNIT = 1.15  # letters of Vietnamese text that fit where a column is one wide
UPRIGHT = 22  # letters of a head that stands upright; a longer one takes two lines
LINKED = 10_000  # lines with a link to their sentence; each stays in memory until the file is whole, Excel takes 65,530
EVIDENCE = "Căn cứ"
NUMBER = Column("STT", 6, Kind.NUMBER)
PROOF_COLUMNS = (
    NUMBER,
    Column("Văn bản", 24),
    Column("Ngày văn bản", 12, Kind.DATE),
    Column("Cơ quan ban hành", 22),
    Column("Vị trí", 16),
    Column("Câu văn làm căn cứ", 80),
    Column("Cơ sở", 10),
    Column("Quy tắc, lý do", 34),
)
DAY = "dd/mm/yyyy"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # how a text begins that a sheet might run
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML cannot hold
_FONT = "Times New Roman"


def runs_as_formula(text: str) -> bool:
    """Tell whether a spreadsheet would take a text, typed into a cell, for something to work out."""
    return text.startswith(_FORMULA)


def clean(text: str) -> str:
    """Return a text that XML and a cell can hold."""
    text = _UNPRINTABLE.sub("", text)
    return text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"


def write(table: Table, target: IO[bytes], *, rows: int = ROWS) -> None:
    """Write the workbook; `rows`: how many a sheet may have. Lines beyond that are left out, and the head says so."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    try:
        _fill(book, table, rows)
        book.save(target)
    except BaseException:
        with ExitStack() as left:  # each of them, also where one cannot be closed for want of room
            for sheet in book.worksheets:
                left.callback(_throw_away, sheet)
        raise


def _throw_away(sheet: Any) -> None:
    """Remove the temporary file of a sheet: it holds sentences of documents, and openpyxl keeps it until the end."""
    from openpyxl.worksheet._writer import ALL_TEMP_FILES

    writer = sheet._writer
    if writer is None or writer.out not in ALL_TEMP_FILES:  # nothing was written, or the saved book has it
        return
    try:
        if not sheet.closed:
            sheet.close()  # else its file is closed when it is thrown away, in the wrong order, and says so
    finally:
        writer.cleanup()


def _fill(book: Workbook, table: Table, rows: int) -> None:
    styles = _Styles()
    head = _head(table, rows)
    main = _Sheet(book.create_sheet(table.name), (NUMBER, *table.columns), styles)
    main.begin(head, locked=any(column.entry for column in table.columns))
    beside: _Sheet | None = None  # where no line rests on a sentence there is no second sheet
    linked = table.total <= LINKED
    for number, line in enumerate(islice(table.lines, rows - main.row), 1):
        if line.proofs and beside is None:
            beside = _Sheet(book.create_sheet(EVIDENCE), PROOF_COLUMNS, styles)
            beside.begin([table.title, "Mỗi dòng là câu văn mà dòng cùng số thứ tự ở trang trước dựa vào."])
        here, there = main.row + 1, beside.row + 1 if beside else 0
        if there + len(line.proofs) > rows:
            break
        main.put((number, *line.cells), link=_at(EVIDENCE, there) if linked and line.proofs else None)
        for proof in line.proofs:
            if beside is not None:
                beside.put(_proof_cells(number, proof), link=_at(table.name, here) if linked else None)
    if main.row == main.first:
        main.say(table.note or "Không có dòng nào.")
    for sheet in (main, beside):
        if sheet is not None:
            sheet.end()


def _head(table: Table, rows: int) -> list[str]:
    head = [table.title, table.question]
    if table.total + len(head) + 3 > rows:
        head.append(
            f"Trang tính chỉ chứa được {rows} dòng, bảng có {table.total} dòng nên phần cuối bị bỏ. Hãy lọc hẹp hơn "
            "(theo tỉnh, cơ quan, thời gian) rồi xuất lại, hoặc xuất CSV."
        )
    return head


def _proof_cells(number: int, proof: Proof) -> tuple[Value, ...]:
    document = proof.document
    title, issuer = document_title(document), document.issuer
    return number, title, document.date, issuer, proof.place, proof.quote, proof.basis, proof.why


def _at(sheet: str, row: int) -> str:
    return f"'{sheet}'!A{row}"


def _lines(value: Value, width: float) -> int:
    """Return how many lines a text takes in a column of so many letters."""
    if not isinstance(value, str):
        return 1
    return sum(max(1, ceil(len(part) / (width * PER_UNIT))) for part in value.split("\n"))


def _head_lines(column: Column) -> int:
    """Return how high the head of a column is, in lines; that of a narrow column of marks stands upright."""
    if column.kind is Kind.MARK:
        return ceil(min(len(column.title), UPRIGHT) * 0.45)
    return _lines(column.title, column.width)


class _Styles:
    """Letters, lines and colours of all sheets; the look of a printed table, with the green of the desk."""

    def __init__(self) -> None:
        from openpyxl.styles import Border, Font, PatternFill, Side

        side = Side(style="thin", color="9AA8A1")
        self.title = Font(name=_FONT, size=14, bold=True)
        self.plain = Font(name=_FONT, size=12)
        self.head = Font(name=_FONT, size=12, bold=True)
        self.link = Font(name=_FONT, size=12, color="17624B", underline="single")
        self.fill = PatternFill("solid", fgColor="E8F2EE")
        self.entry = PatternFill("solid", fgColor="FFF8DC")
        self.border = Border(left=side, right=side, top=side, bottom=side)


class _Sheet:
    """One sheet, written from the top: title, question, the repeated head, lines."""

    def __init__(self, sheet: Any, columns: Sequence[Column], styles: _Styles) -> None:
        self._sheet = sheet
        self._columns = columns
        self._styles = styles
        self.row = 0  # the last one written
        self.first = 0  # that of the head

    def begin(self, titles: Sequence[str], *, locked: bool = False) -> None:
        """Write what stands above the lines; `locked`: only the columns that people fill in can be changed."""
        from openpyxl.styles import Alignment
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties

        sheet, styles = self._sheet, self._styles
        self.first = len(titles) + 2
        for number, column in enumerate(self._columns, 1):
            dimension = sheet.column_dimensions[get_column_letter(number)]
            dimension.width, dimension.hidden = column.width, column.hidden
        sheet.freeze_panes = f"B{self.first + 1}"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        for side, inches in {
            "left": 0.6,
            "right": 0.4,
            "top": 0.6,
            "bottom": 0.6,
            "header": 0.3,
            "footer": 0.3,
        }.items():
            setattr(sheet.page_margins, side, inches)
        sheet.oddFooter.center.text, sheet.oddFooter.center.size = "Trang &P/&N", 10
        sheet.oddFooter.center.font = _FONT
        sheet.print_title_rows = f"{self.first}:{self.first}"
        if locked:
            sheet.protection.enable()
            for allowed in ("autoFilter", "formatColumns", "formatRows", "formatCells"):
                setattr(sheet.protection, allowed, False)  # "False" here: not forbidden
        for number, text in enumerate(titles):
            self._append([self._cell(text, font=styles.plain if number else styles.title)])
        self._append([])
        centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
        upright = Alignment(horizontal="center", vertical="center", wrap_text=True, textRotation=90)
        self._append(
            [
                self._cell(
                    column.title,
                    font=styles.head,
                    fill=styles.fill,
                    border=styles.border,
                    alignment=upright if column.kind is Kind.MARK else centred,
                )
                for column in self._columns
            ],
            lines=max(map(_head_lines, self._columns)),
        )
        # One cell for each look, used again for every line: it is written before it is changed.
        self._cells = [self._look(column) for column in self._columns]
        self._quoted = [self._look(column, quotePrefix=1) for column in self._columns]
        self._linked = self._look(NUMBER, font=styles.link)

    def put(self, values: Sequence[Value], *, link: str | None = None) -> None:
        """Write a line; `link`: where its number leads to."""
        from openpyxl.worksheet.hyperlink import Hyperlink

        cells: list[Any] = []
        for cell, quoted, value in zip(self._cells, self._quoted, values, strict=True):
            text = isinstance(value, str)
            chosen = quoted if isinstance(value, str) and runs_as_formula(value) else cell
            chosen.value = clean(value) if isinstance(value, str) else value
            if text:
                chosen.data_type = "s"  # "=1+1" is a text here, and "#N/A" no error
            cells.append(chosen)
        if link is not None:
            cells[0] = self._linked
            cells[0].value = values[0]
            cells[0].hyperlink = Hyperlink(ref="", location=link)
        self._append(cells, lines=max(map(_lines, values, (column.width for column in self._columns))))

    def say(self, text: str) -> None:
        """Write a sentence where the lines would stand."""
        self._append([self._cell(text, font=self._styles.plain)])

    def end(self) -> None:
        """Write what knows the last line."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        last = max(self.row, self.first)
        self._sheet.auto_filter.ref = f"A{self.first}:{get_column_letter(len(self._columns))}{last}"
        days = [number for number, each in enumerate(self._columns, 1) if each.entry and each.kind is Kind.DATE]
        for number in days:
            letter = get_column_letter(number)
            check = DataValidation("date", operator="greaterThan", formula1="36526", allow_blank=True)
            check.errorTitle, check.error = "Chưa phải là ngày", "Hãy ghi ngày/tháng/năm, ví dụ 31/12/2026."
            check.add(f"{letter}{self.first + 1}:{letter}{last + 1}")
            self._sheet.data_validations.append(check)

    def _append(self, cells: list[Any], *, lines: int = 1) -> None:
        """Write a row; its height is said, because not every program works out that of wrapped words."""
        self.row += 1
        if lines > 1:
            self._sheet.row_dimensions[self.row].height = min(LINE * lines, HIGHEST)
        self._sheet.append(cells)
        self._sheet.row_dimensions.pop(self.row, None)

    def _look(self, column: Column, **more: Any) -> Any:
        from openpyxl.styles import Alignment, Protection

        middle = column.kind is not Kind.TEXT
        look: dict[str, Any] = {
            "font": self._styles.plain,
            "border": self._styles.border,
            "alignment": Alignment(vertical="top", wrap_text=True, horizontal="center" if middle else None),
        }
        if column.kind is Kind.DATE:
            look["number_format"] = DAY
        if column.entry:
            look |= {"fill": self._styles.entry, "protection": Protection(locked=False)}
        return self._cell(None, **(look | more))

    def _cell(self, value: Value, **look: Any) -> Any:
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(self._sheet, value=clean(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.data_type = "s"
        for name, chosen in look.items():
            setattr(cell, name, chosen)
        return cell
