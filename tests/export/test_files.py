"""Files that leave the program, opened again by the libraries of other makers, as Excel and Word would open them."""

from __future__ import annotations

import csv
import errno
import io
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from directives import letter, write_letters
from needs import ROOT
from openpyxl.worksheet.worksheet import Worksheet

from ntmgraph.export import comma, excel, files, lists, papers
from ntmgraph.export.paper import Office
from ntmgraph.export.tables import Column, Kind, Line, Proof, Table
from ntmgraph.model import Evidence
from ntmgraph.queries import (
    DeadlineQuestion,
    DocumentName,
    LeadState,
    MatrixQuestion,
    NoDay,
    ProgressQuestion,
    ReviewQuestion,
    SearchQuestion,
    TaskState,
    TraceQuestion,
)
from ntmgraph.terms import document_title, place_words
from ntmgraph.workspace import Workspace

PLAN = DocumentName("kh-7", "7/KH-UBND", date(2018, 1, 9), "UBND tỉnh Hà Nam", "Kế hoạch")
ON = date(2019, 12, 10)  # between the two deadlines of the letters
HOSTILE = '=HYPERLINK("http://x","Sở")'


def table(*whats: str, total: int | None = None) -> Table:
    columns = (
        Column("Nhiệm vụ", 40),
        Column("Thời hạn", 12, Kind.DATE),
        Column("Số ngày", 9, Kind.NUMBER),
        Column("Ngày hoàn thành", 12, Kind.DATE, entry=True),
        Column("Mã", 10, hidden=True),
    )
    lines = (
        Line((what, date(2018, 5, 20), 12, None, f"t{number}"), (Proof(PLAN, "mục II.1", f"Câu {what}", "nêu rõ"),))
        for number, what in enumerate(whats)
    )
    return Table("Nhiệm vụ", "DANH MỤC", "Phạm vi: tất cả.", None, columns, lines, total or len(whats))


def book(table: Table, **how: int) -> openpyxl.Workbook:
    target = io.BytesIO()
    excel.write(table, target, **how)
    return openpyxl.load_workbook(io.BytesIO(target.getvalue()))


def body(sheet: Worksheet) -> list[list[object]]:
    """The rows below the head of the table."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return rows[next(number for number, row in enumerate(rows) if row[0] == "STT") + 1 :]


def test_cells_of_a_workbook_have_types_and_the_sheet_is_ready_to_print() -> None:
    opened = book(table("Rà soát quy hoạch", "Báo cáo"))
    sheet = opened["Nhiệm vụ"]
    assert body(sheet)[0] == [1, "Rà soát quy hoạch", datetime(2018, 5, 20), 12, None, "t0"]
    assert (sheet["A1"].value, sheet["A2"].value) == ("DANH MỤC", "Phạm vi: tất cả.")
    assert sheet["C5"].number_format == "dd/mm/yyyy"
    assert sheet["B5"].alignment.wrap_text
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("B5", "A4:F6", "$4:$4")
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize), sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert sheet.oddFooter.center.text == "Trang &P/&N"
    assert sheet.column_dimensions["B"].width == 40
    # Only what people fill in can be changed; ids are out of sight.
    assert sheet.protection.sheet
    assert (sheet["E5"].protection.locked, sheet["F5"].protection.locked) == (False, True)
    assert sheet.column_dimensions["F"].hidden


def test_each_line_leads_to_its_sentence_and_back() -> None:
    opened = book(table("Rà soát", "Báo cáo"))
    proofs = opened["Căn cứ"]
    assert body(proofs)[1][:6] == [
        2,
        "Kế hoạch 7/KH-UBND",
        datetime(2018, 1, 9),
        "UBND tỉnh Hà Nam",
        "mục II.1",
        "Câu Báo cáo",
    ]
    there = opened["Nhiệm vụ"]["A6"].hyperlink.location
    assert there == "'Căn cứ'!A6"
    assert proofs["A6"].hyperlink.location == "'Nhiệm vụ'!A6"


@pytest.mark.parametrize("text", [HOSTILE, "+84 912", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "#N/A"])
def test_what_a_sheet_would_run_is_a_text(text: str) -> None:
    sheet = book(table(text))["Nhiệm vụ"]
    assert (sheet["B5"].value, sheet["B5"].data_type) == (text, "s")
    assert bool(sheet["B5"].quotePrefix) == (text[0] != "#")
    first = next(csv.DictReader(io.StringIO("".join(comma.lines(table(text))).removeprefix(comma.MARK))))
    assert first["Nhiệm vụ"] == (text if text[0] == "#" else f"'{text}")


class Full(io.BytesIO):
    """A disk without room for the first thing that is written to it."""

    room = False

    def write(self, data: Any) -> int:
        if not self.room:
            self.room = True
            raise OSError(errno.ENOSPC, "full")
        return super().write(data)


def test_a_workbook_that_is_not_finished_leaves_no_sentence_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    begun: list[Path] = []

    def lines() -> Iterator[Line]:
        yield from table("Rà soát").lines
        begun.extend(tmp_path.iterdir())
        raise KeyboardInterrupt

    with pytest.raises(OSError, match="full"):
        excel.write(table("Rà soát"), Full())
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(KeyboardInterrupt):
        excel.write(replace(table(), lines=lines()), io.BytesIO())
    assert (len(begun), list(tmp_path.iterdir())) == (2, [])


def test_what_a_cell_cannot_hold_is_left_out() -> None:
    sheet = book(table("a\x00b\x0bc\ufffe", "d" * 40_000))["Nhiệm vụ"]
    assert sheet["B5"].value == "abc"
    assert (len(sheet["B6"].value), sheet["B6"].value[-1]) == (excel.LETTERS, "…")


def test_a_list_longer_than_a_sheet_says_so() -> None:
    sheet = book(table(*"abcdefghij"), rows=10)["Nhiệm vụ"]
    assert sheet.max_row == 10
    assert "chỉ chứa được 10 dòng, bảng có 10 dòng" in sheet["A3"].value
    assert [row[1] for row in body(sheet)] == list("abcde")


def test_an_empty_list_says_why() -> None:
    opened = book(replace(table(), note="Không văn bản nào nêu điều này."))
    assert opened.sheetnames == ["Nhiệm vụ"]
    assert body(opened["Nhiệm vụ"])[0][0] == "Không văn bản nào nêu điều này."


def test_values_begin_with_the_mark_and_hide_no_line() -> None:
    text = "".join(comma.lines(table("Rà soát; báo cáo", "Một\nhai")))
    assert text.encode()[:3] == b"\xef\xbb\xbf"
    rows = list(csv.reader(io.StringIO(text.removeprefix(comma.MARK))))
    assert rows[0] == ["STT", "Nhiệm vụ", "Thời hạn", "Số ngày", "Ngày hoàn thành", "Căn cứ"]
    assert rows[2] == ["2", "Một\nhai", "2018-05-20", "12", "", "Câu Một\nhai"]


@pytest.mark.parametrize(
    ("path", "page", "words"),
    [
        ("III.2.p4", None, "mục III.2"),
        ("Điều 2.1", 3, "Điều 2.1, trang 3"),
        ("p4", None, ""),
        ("closing", None, "phần cuối"),
        (None, 2, "trang 2"),
    ],
)
def test_a_place_is_named_as_people_find_it(path: str | None, page: int | None, words: str) -> None:
    assert place_words(path, Evidence(None, 0, 1, "a", "duty", page=page)) == words


@pytest.mark.parametrize(
    ("document", "title"),
    [
        (PLAN, "Kế hoạch 7/KH-UBND"),
        (replace(PLAN, state="draft"), "Kế hoạch 7/KH-UBND (dự thảo)"),
        (replace(PLAN, number=None), "Kế hoạch (không số)"),
        (replace(PLAN, number=None, type=None, state="news"), "Văn bản (tin bài)"),
    ],
)
def test_a_document_without_a_number_says_so(document: DocumentName, title: str) -> None:
    assert document_title(document) == title


# Over a real workspace


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, empty_workspace: Path) -> Iterator[Workspace]:
    """A workspace with three letters; nothing is written to it."""
    folder = shutil.copytree(empty_workspace, tmp_path_factory.mktemp("office") / "kho")
    with Workspace.open(folder) as workspace:
        workspace.ingest(write_letters(folder.parent / "vào", 3))
        yield workspace


def test_every_row_of_a_list_goes_out_not_only_those_of_a_batch(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "BATCH", 2)
    expected = office.deadlines(DeadlineQuestion(ON)).rows
    table = lists.tasks(office, DeadlineQuestion(ON))
    lines = list(table.lines)
    assert [line.cells[-2] for line in lines] == [row.task for row in expected]
    assert table.total == len(lines) == 6
    late, proof = lines[0].cells, lines[0].proofs[0]
    assert late[:7] == (
        expected[0].what, "Sở Giao thông vận tải", date(2019, 11, 30), expected[0].text, "đang thực hiện quá hạn", 11,
        "Công văn 1/UBND-VP3",
    )  # fmt: skip
    assert (proof.place, proof.quote) == ("mục 1", expected[0].evidence.quote)
    traced = office.trace(TraceQuestion(agency="Sở Tài chính"))
    assert len(list(lists.trace(office, TraceQuestion(agency="Sở Tài chính")).lines)) == len(traced.rows) == 3
    assert len(list(lists.documents(office, lists.DocumentQuestion()).lines)) == 3
    assert (
        len(list(lists.search(office, SearchQuestion("nong thon")).lines))
        == office.search(SearchQuestion("nong thon")).total
    )
    assert len(list(lists.review(office, ReviewQuestion()).lines)) == office.review(ReviewQuestion()).total


def test_the_question_stands_above_the_rows_in_words(office: Workspace) -> None:
    (agency,) = office.agencies_named("Sở Tài chính", province="Ninh Bình")
    question = DeadlineQuestion(ON, to=ON, agency=agency.id, province="Ninh Bình", state=TaskState.OPEN_LATE)
    assert lists.tasks(office, question).question == (
        "Phạm vi: cơ quan: Sở Tài chính; tỉnh: Ninh Bình; trạng thái: đang thực hiện quá hạn; đến hạn đến ngày "
        "10/12/2019; tính đến ngày 10/12/2019."
    )


def paper(file: files.File) -> docx.document.Document:
    target = io.BytesIO()
    file.formats[files.Format.DOCX](target, None)
    return docx.Document(io.BytesIO(target.getvalue()))


def words(document: docx.document.Document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_list_of_tasks_has_the_official_form(office: Workspace) -> None:
    document = paper(files.tasks(office, DeadlineQuestion(ON)))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    margins = [
        round(side.mm)
        for side in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    ]
    assert margins == [20, 20, 30, 15]
    assert (document.styles["Normal"].font.name, document.styles["Normal"].font.size.pt) == ("Times New Roman", 14)
    head, tasks, foot = document.tables
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc" in head.cell(0, 1).text
    assert head.cell(0, 0).text.startswith("…")  # the office has not said its name
    assert tasks.rows[0]._tr.trPr.xpath("w:tblHeader")
    assert [cell.text for cell in tasks.rows[1].cells][2:6] == [
        "Sở Giao thông vận tải",
        "Công văn 1/UBND-VP3 ngày 02/02/2019 của UBND tỉnh Ninh Bình (mục 1)",
        "30/11/2019",
        "đang thực hiện quá hạn 11 ngày",
    ]
    assert len(tasks.rows) == 7
    assert "Nơi nhận:" in foot.cell(0, 0).text
    *rows, last_but_one, last = tasks.rows  # what is signed is on the page of the signature
    assert not any(each.paragraph_format.keep_with_next for row in rows for c in row.cells for each in c.paragraphs)
    for row in (last_but_one, last):
        assert all(each.paragraph_format.keep_with_next for c in row.cells for each in c.paragraphs)


def test_the_reminder_has_an_appendix_for_each_body(office: Workspace) -> None:
    sender = Office("UBND tỉnh Ninh Bình", "Văn phòng Điều phối nông thôn mới", "Ninh Bình", "Chánh Văn phòng")
    document = paper(files.reminder(office, DeadlineQuestion(ON), sender))
    said = words(document)
    for expected in (
        "UBND TỈNH NINH BÌNH\nVĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI",
        "- Sở Giao thông vận tải;\n- Sở Tài chính.",
        "có 3 nhiệm vụ đã quá hạn và 3 nhiệm vụ đến hạn trong 30 ngày tới, giao cho 2 cơ quan",
        "Phụ lục I\nNHIỆM VỤ QUÁ HẠN, SẮP ĐẾN HẠN CỦA SỞ GIAO THÔNG VẬN TẢI",
        "Quá hạn 11 ngày",  # "trước ngày 30/11/2019": late from that day on
        "Còn 4 ngày",
        "CHÁNH VĂN PHÒNG",
    ):
        assert expected in said
    assert len(document.sections) == 3
    late, soon = (table for table in document.tables if table.cell(0, 0).text == "TT")
    assert [row.cells[0].text for row in late.rows[:3]] == ["TT", "I. Nhiệm vụ đã quá hạn: 3", "1"]
    assert soon.rows[1].cells[0].text == "II. Nhiệm vụ đến hạn trong 30 ngày tới: 3"
    quote = office.deadlines(DeadlineQuestion(ON)).rows[0].evidence.quote
    assert late.rows[2].cells[1].text == f"“{quote}”"


ASSIGNED = """ỦY BAN NHÂN DÂN
TỈNH NINH BÌNH

Số: 12/QĐ-UBND
Ninh Bình, ngày 05 tháng 3 năm 2018

QUYẾT ĐỊNH
Về việc phân công phụ trách các tiêu chí nông thôn mới giai đoạn 2016 - 2020

Điều 1. Sở Giao thông vận tải chủ trì, phối hợp với Sở Tài chính phụ trách tiêu chí số 2 về Giao thông.
Điều 2. Sở Xây dựng chủ trì tiêu chí số 17 về Môi trường và an toàn thực phẩm.
Điều 3. Đến hết năm 2017 toàn tỉnh có 17/119 xã đạt chuẩn nông thôn mới.
"""


def test_the_assignment_of_criteria_goes_out_as_it_stands(tmp_path: Path, empty_workspace: Path) -> None:
    (tmp_path / "qđ.txt").write_text(ASSIGNED, encoding="utf-8")
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:
        workspace.ingest([tmp_path / "qđ.txt"])
        question = MatrixQuestion("Ninh Bình", "VN-XA-2016", date(2018, 4, 1))
        lines = list(lists.matrix(workspace, question).lines)
        document = paper(files.matrix(workspace, question))
        alone = lists.matrix(workspace, question, LeadState.NONE).total
        shown = lists.matrix_as_shown(workspace, question)
        crossed = [line.cells for line in shown.lines]
        files.matrix(workspace, question).write(tmp_path / "ma trận.xlsx", files.Format.XLSX)
        (reached,) = lists.progress(workspace, ProgressQuestion(date(2018, 4, 1), province="Ninh Bình")).lines
    assert reached.cells[3:8] == (None, 17, 119, "xã", date(2017, 12, 31))
    assert reached.proofs[0].place == "Điều 3"
    led = {line.cells[0]: line for line in lines if line.cells[2]}
    assert {number: line.cells[2] for number, line in led.items()} == {
        "2": "Sở Giao thông vận tải",
        "17": "Sở Xây dựng",
    }
    assert (led["2"].cells[3], led["2"].cells[6:8]) == (
        "Sở Tài chính",
        ("một cơ quan chủ trì", "Quyết định 12/QĐ-UBND"),
    )
    assert (led["17"].proofs[0].place, led["17"].proofs[0].why.split(";")[0]) == (
        "Điều 2", "Sở Xây dựng chủ trì, thực hiện",
    )  # fmt: skip
    assert (len(lines), alone) == (19, 17)
    bodies = [column.title for column in shown.columns][2:-3]  # as on the page: a column for each
    marks = {row[0]: dict(zip(bodies, row[2:-3], strict=True)) for row in crossed}
    assert (marks["2"]["Sở GTVT"], marks["2"]["Sở Tài chính"], marks["17"]["Sở Xây dựng"]) == ("C", "P", "C")
    book = openpyxl.load_workbook(tmp_path / "ma trận.xlsx")
    heads = next(row for row in book["Phân công"].iter_rows() if row[0].value == "STT")
    assert {cell.value for cell in heads if cell.alignment.textRotation == 90} == set(bodies)
    assert "C: chủ trì" in book["Phân công"]["A2"].value and len(body(book["Căn cứ"])) == 3
    table = document.tables[1]
    assert [cell.text for cell in table.rows[2].cells] == [
        "2", "Giao thông", "Sở Giao thông vận tải", "Sở Tài chính", "", "Quyết định 12/QĐ-UBND ngày 05/03/2018"
    ]  # fmt: skip
    assert table.rows[1].cells[2].text == "Chưa có cơ quan chủ trì"
    assert "1980/QĐ-TTg); tính đến ngày 01/04/2018" in words(document)


def test_a_sentence_that_a_pdf_breaks_goes_out_in_one_line(tmp_path: Path, empty_workspace: Path) -> None:
    (plan,) = (ROOT / "examples").glob("*812*.pdf")
    question = DeadlineQuestion(date(2022, 10, 1))
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:
        workspace.ingest([plan])
        bodies, _ = papers.reminders(workspace, question)
        document = paper(files.reminder(workspace, question))
        rows = list(lists.tasks(workspace, question).lines)
        tasks = paper(files.tasks(workspace, question))
    broken = [row.evidence.quote for body in bodies for row in body.late if "\n" in row.evidence.quote]
    assert broken
    for quote in broken:
        assert f"“{' '.join(quote.split())}”" in words(document)
    assert not any("\n" in proof.quote for line in rows for proof in line.proofs)
    assert "định kỳ hằng quý (định kỳ)" in [line.cells[3] for line in rows]
    assert not any("hằng\n" in cell.text for row in tasks.tables[1].rows for cell in row.cells)


def test_of_one_body_all_its_tasks_are_reminded_of(office: Workspace) -> None:
    bodies, left_out = papers.reminders(office, DeadlineQuestion(ON, agency="Sở Tài chính", province="Ninh Bình"))
    assert ([body.name for body in bodies], left_out) == (["Sở Tài chính"], 0)
    assert (len(bodies[0].late), len(bodies[0].soon)) == (0, 3)


def test_a_reminder_is_of_late_and_coming_tasks_whatever_list_it_is_asked_from(office: Workspace) -> None:
    asked = DeadlineQuestion(ON)
    narrowed = (
        replace(asked, no_day=NoDay.UNSTATED),
        replace(asked, no_day=NoDay.UNTOLD),
        replace(asked, state=TaskState.DONE_LATE, from_=ON, to=ON),
    )
    assert papers.reminders(office, asked)[0]
    assert all(papers.reminders(office, each) == papers.reminders(office, asked) for each in narrowed)


def test_a_draft_reminds_nobody(tmp_path: Path, empty_workspace: Path) -> None:
    draft = letter(1).replace("Số: 1/UBND-VP3", "DỰ THẢO\nSố:       /UBND-VP3")
    (tmp_path / "dự thảo.txt").write_text(draft, encoding="utf-8")
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:
        workspace.ingest([tmp_path / "dự thảo.txt"])
        assert {row.document.state for row in workspace.deadlines(DeadlineQuestion(ON)).rows} == {"draft"}
        assert papers.reminders(workspace, DeadlineQuestion(ON)) == ((), 0)


def test_a_body_that_is_no_more_is_named_with_who_took_over(office: Workspace) -> None:
    later = DeadlineQuestion(date(2026, 1, 1))
    named = {body.name for body in papers.reminders(office, later)[0]}
    assert {each.partition(" (")[0] for each in named} == {"Sở Giao thông vận tải", "Sở Tài chính"}
    assert "Sở Giao thông vận tải (nay là Sở Xây dựng)" in named
    assert "Sở Giao thông vận tải" in {
        body.name for body in papers.reminders(office, replace(later, stated_only=True))[0]
    }


def test_bodies_of_two_provinces_with_one_name_are_reminded_apart(tmp_path: Path, empty_workspace: Path) -> None:
    for place in ("Cao Bằng", "Hải Phòng"):
        kind = "THÀNH PHỐ" if place == "Hải Phòng" else "TỈNH"
        said = letter(1).replace("TỈNH NINH BÌNH", f"{kind} {place.upper()}").replace("Ninh Bình", place)
        (tmp_path / f"{place}.txt").write_text(said.replace("Sở Giao thông vận tải", "Sở Xây dựng"), encoding="utf-8")
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:
        workspace.ingest([tmp_path / "Cao Bằng.txt", tmp_path / "Hải Phòng.txt"])
        bodies, _ = papers.reminders(workspace, DeadlineQuestion(ON))
        of_one, _ = papers.reminders(workspace, DeadlineQuestion(ON, province="Cao Bằng"))
    assert [(each.name, [row.document.issuer for row in (*each.late, *each.soon)]) for each in bodies] == [
        ("Sở Tài chính thành phố Hải Phòng", ["UBND thành phố Hải Phòng"]),
        ("Sở Tài chính tỉnh Cao Bằng", ["UBND tỉnh Cao Bằng"]),
        ("Sở Xây dựng thành phố Hải Phòng", ["UBND thành phố Hải Phòng"]),
        ("Sở Xây dựng tỉnh Cao Bằng", ["UBND tỉnh Cao Bằng"]),
    ]
    assert [each.name for each in of_one] == ["Sở Tài chính", "Sở Xây dựng"]


def test_a_file_is_whole_or_not_there(office: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "văn bản.xlsx"
    files.documents(office, lists.DocumentQuestion(year=2019)).write(target, files.Format.XLSX)
    assert len(body(openpyxl.load_workbook(target)["Văn bản"])) == 3
    with pytest.raises(ZeroDivisionError):
        files.File("hỏng", {files.Format.CSV: lambda target, on_line: 1 / 0}).write(target, files.Format.CSV)
    assert [path.name for path in tmp_path.iterdir()] == ["văn bản.xlsx"]
    assert openpyxl.load_workbook(target)
