"""The document page: all of its text, in order, with what was understood beside it; never as markup."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from dash import html
from records import DAY, DUTY, READING, TEXT, evidence, span
from trees import letters_of, links, tagged, text_of

from dash_app.address import parse
from dash_app.components.painted import Paint, painted
from dash_app.pages.document import data, figure, layout, relations, timeline, told, unread
from dash_app.pages.document import paper as sheet
from dash_app.words import words_of
from ingest.in_force import InForce
from ntmgraph.model import (
    Basis,
    Check,
    CheckKind,
    CriterionKey,
    DocumentState,
    DoubtfulWord,
    Issue,
    IssueCode,
    PlaceRef,
    Provision,
    Reading,
    Result,
    ScannedPage,
    Signer,
)
from ntmgraph.queries import (
    CitationRow,
    DeadlineAnswer,
    DeadlineRow,
    DocumentName,
    DocumentRow,
    DocumentView,
    TaskState,
)
from ntmgraph.workspace.decisions import DecisionKind, decide, mark_done
from ntmgraph.workspace.life import Life

SAY = words_of("vi")
HERE = parse("/van-ban/d1", "")
BLOCKS = data.blocks_of(READING)
VIEW = DocumentView(
    DocumentRow("d1", "Kế hoạch", "88/KH-UBND", None, None, "UBND tỉnh Mẫu", None, "Về đường", "issued", 1, 0),
    READING,
    (),
    (),
    0,
    None,
    None,
)


def test_every_letter_stands_in_exactly_one_block() -> None:
    shown = "".join(TEXT[block.start : block.end] for block in BLOCKS)
    assert "".join(shown.split()) == "".join(TEXT.split())
    assert all(upper.end <= lower.start for upper, lower in pairwise(BLOCKS))


def test_blocks_are_headings_points_and_rows() -> None:
    assert [(block.kind, block.heading) for block in BLOCKS] == [
        ("header", False),
        ("section", True),
        ("point", False),
        ("point", False),
        ("row", False),
        ("row", False),
        ("row", False),
    ]


LONG = "Các cơ quan chuyên môn và đơn vị sự nghiệp, " * 3


@pytest.mark.parametrize(
    ("path", "line", "heading"),
    [
        ("I", "I. Mục tiêu chung", True),
        ("3", "3. Văn phòng tổng hợp, báo cáo trước ngày 15/3.", False),  # a whole sentence, whatever was read
        ("3", f"3. {LONG}", False),
    ],
)
def test_a_whole_sentence_is_no_heading(path: str, line: str, heading: bool) -> None:
    words = line.removeprefix(f"{path}. ")
    provision = Provision("d1:x", path, "point", words, 0, len(line), None)
    reading = replace(READING, document=replace(READING.document, text=line), provisions=(provision,))
    assert [block.heading for block in data.blocks_of(reading)] == [heading]


def paper(search: str = "") -> html.Section:
    address = parse("/van-ban/d1", search)
    at = address.number("at") if address.get("at") else None
    part = data.part_of(BLOCKS, number=address.number("part"), at=at)
    return sheet.paper(SAY, READING, part, address, blocks=BLOCKS, at=at)


def test_words_of_a_document_never_become_markup() -> None:
    assert "<b>Sở Mẫu Hai</b> theo dõi." in letters_of(paper())


def test_rows_become_a_table() -> None:
    (table,) = tagged(paper(), "Table")
    assert [[letters_of(cell) for cell in tagged(line, "Td")] for line in tagged(table, "Tr")][1] == [
        "1",
        "Giao thông",
        "Sở Mẫu Một",
    ]


HEADS = (
    # cells of a row -> over how many columns each reaches
    (("TT", "Đơn vị", "Kết quả thực hiện các tiêu chí", "", "", "Tổng số"), [1, 1, 3, 0, 0, 1]),
    (("", "", "1", "2", "3", ""), [1, 1, 1, 1, 1, 1]),
    (("TT", "", "Tỷ lệ đạt chuẩn", ""), [1, 1, 2, 0]),
)


@pytest.mark.parametrize(("cells", "spans"), HEADS)
def test_a_merged_heading_reaches_over_its_columns(cells: tuple[str, ...], spans: list[int]) -> None:
    text = " | ".join(cells)
    block = data.Block(0, len(text), None, heading=False)
    assert data.spans_of(text, data.cells_of(text, block)) == spans


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        (("TT | Đơn vị | Kết quả thực hiện | ", " | | 1 | 2", "I | Huyện Mẫu | | ", "1 | Xã Mẫu | x | "), 2),
        (("Xã | Kết quả", "Mẫu | đạt"), 1),
        (("3 | Xã Mẫu | x",), 0),  # the head stands on the page before
    ],
)
def test_the_head_of_a_table_ends_where_rows_are_numbered(rows: tuple[str, ...], head: int) -> None:
    text = "\n".join(rows)
    starts = [text.index(row) for row in rows]
    blocks = [data.Block(start, start + len(row), None, heading=False) for start, row in zip(starts, rows, strict=True)]
    assert data.head_rows(text, blocks) == head


COMMUNE = PlaceRef("xã Mẫu", "p1")


def test_results_and_checks_are_listed_with_their_cell() -> None:
    sentence = replace(evidence(DUTY, "s1"), cell="Biểu 01!C9")
    results = (
        Result(COMMUNE, CriterionKey("VN-XA-2021", 2), "tiêu chí số 2", None, None, None, True, None, sentence),
        Result(COMMUNE, None, "số tiêu chí đạt", 13, 19, "tiêu chí", None, date(2023, 12, 31), sentence),
    )
    checks = (Check(CheckKind.ROW_TOTAL, False, "12 cột đánh dấu, cột tổng ghi 13", sentence),)
    reading = replace(READING, tasks=(), results=results, checks=checks)
    said = letters_of(told.tasks(SAY, reading, HERE))
    assert "Kết quả: 2" in said
    assert said.count("Biểu 01!C9") == 3
    assert "13/19 tiêu chí" in said
    assert "31/12/2023" in said
    assert "không khớp" in said
    tabs = letters_of(layout.tab_row(SAY, HERE, replace(VIEW, reading=reading), reading, "text"))
    assert "kết quả3" in tabs


SIGNERS = (
    (Signer(None, "Phó Chánh Văn phòng"), "không nêu tên, Phó Chánh Văn phòng"),
    (Signer("Lê Văn Mẫu", "Chủ tịch"), "Lê Văn Mẫu, Chủ tịch"),
)


@pytest.mark.parametrize(("signer", "said"), SIGNERS)
def test_a_title_alone_is_shown_as_no_person(signer: Signer, said: str) -> None:
    reading = replace(READING, document=replace(READING.document, signer=signer))
    assert said in letters_of(layout.head(SAY, replace(VIEW, reading=reading), reading, HERE))


def test_a_table_without_a_number_is_not_said_to_be_issued() -> None:
    for number, said in (("88/KH-UBND", True), (None, False)):
        view = replace(VIEW, row=replace(VIEW.row, number=number, state=DocumentState.ISSUED))
        assert ("đã ban hành" in letters_of(layout.head(SAY, view, READING, HERE))) == said


def test_how_letters_became_unicode_stands_in_the_head() -> None:
    repaired = Issue(IssueCode.TEXT_REPAIRED, "Chuyển từ bảng mã TCVN3 (ABC) sang Unicode", None, None)
    reading = replace(READING, issues=(repaired,))
    assert "Chuyển mã" in letters_of(layout.head(SAY, replace(VIEW, reading=reading), reading, HERE))
    assert "Chuyển mã" not in letters_of(layout.head(SAY, VIEW, READING, HERE))


def test_a_note_stands_beside_the_sentence_and_leads_to_it() -> None:
    (note,) = [link for link in tagged(paper(), "A") if "note" in getattr(link, "className", "")]
    assert "Sở Mẫu Một chủ trì" in letters_of(note) and "trước ngày 30/6/2019" in letters_of(note)
    assert note.href == f"/van-ban/d1?at={span(DUTY)[0]}"


def test_the_sentence_asked_for_is_marked() -> None:
    assert [letters_of(mark) for mark in tagged(paper(f"?at={span(DUTY)[0]}"), "Mark")] == [DUTY]


def test_an_offset_between_facts_marks_its_paragraph() -> None:
    assert [letters_of(mark) for mark in tagged(paper(f"?at={TEXT.index('theo dõi')}"), "Mark")] == [
        "2. <b>Sở Mẫu Hai</b> theo dõi."
    ]


@pytest.mark.parametrize(
    ("number", "at", "expected"), [(0, None, 1), (2, None, 2), (99, None, 5), (0, 130_000, 5), (0, 0, 1)]
)
def test_a_long_document_comes_in_parts(number: int, at: int | None, expected: int) -> None:
    line = "Đoạn văn dài. " * 10 + "\n\n"
    text = line * (145_000 // len(line))
    blocks = data.blocks_of(replace(READING, document=replace(READING.document, text=text), provisions=()))
    part = data.part_of(blocks, number=number, at=at)
    assert (part.number, part.count) == (expected, 5)
    assert sum(len(data.part_of(blocks, number=index + 1).blocks) for index in range(part.count)) == len(blocks)


def test_an_empty_text_is_one_empty_part() -> None:
    part = data.part_of(())
    assert (part.number, part.count, part.blocks) == (1, 1, ())


@pytest.mark.parametrize(
    ("paints", "mark", "expected"),
    [
        ([], None, ["abcdef"]),
        ([Paint(1, 3, "agency")], None, ["a", "bc", "def"]),
        ([Paint(1, 3, "agency")], (2, 4), ["ab", "cd", "ef"]),
        ([Paint(0, 6, "agency")], None, ["abcdef"]),
        ([], (10, 12), ["abcdef"]),
    ],
)
def test_painting_keeps_every_letter(paints: list[Paint], mark: tuple[int, int] | None, expected: list[str]) -> None:
    children = painted("abcdef", 0, 6, paints, mark=mark)
    assert letters_of(children) == "abcdef"
    if mark is None or mark[0] >= 6:
        assert [letters_of(child) for child in children] == expected


def test_the_list_of_tasks_leads_to_the_sentences() -> None:
    table = told.tasks(SAY, READING, parse("/van-ban/d1", "?tab=tasks"))
    assert [link.href for link in tagged(table, "A")] == [f"/van-ban/d1?at={span(DUTY)[0]}"]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("1 | Giao thông | Sở Xây dựng", ["1", "Giao thông", "Sở Xây dựng"]),
        ("| Tổng cộng | 138", ["", "Tổng cộng", "138"]),
        ("Nam Tuấn | | 17 |", ["Nam Tuấn", "", "17", ""]),
    ],
)
def test_an_empty_cell_keeps_its_column(row: str, cells: list[str]) -> None:
    block = data.Block(0, len(row), None, False)
    assert [row[start:end] for start, end in data.cells_of(row, block)] == cells


def test_a_citation_that_may_mean_two_documents_names_both() -> None:
    row = DocumentRow("d1", "Công văn", "1/UBND", None, None, None, None, None, "issued", 0, 0)
    unsure = DocumentName("d1/document-1", "48/KH-UBND", None, None, "Kế hoạch", None)
    alike = tuple(DocumentName(f"kh-{n}", "48/KH-UBND", None, f"UBND huyện {n}", "Kế hoạch", None) for n in (1, 2))
    view = DocumentView(row, READING, (CitationRow("thực hiện", unsure, False, None, alike),), (), 0, None, None)
    shown = relations.relations(SAY, view, HERE)
    assert {"/van-ban/kh-1", "/van-ban/kh-2"} <= set(links(shown))
    assert "Chưa rõ là văn bản nào trong:" in letters_of(shown)


def test_a_duty_that_was_not_read_can_be_added() -> None:
    missed = Issue(IssueCode.DUTY_UNREAD, "Câu chưa đọc được", *span(DUTY))
    shown = unread.unread(SAY, replace(READING, issues=(missed,)), HERE)
    start, end = span(DUTY)
    assert f"/ra-soat?add=d1&start={start}&end={end}" in links(shown)


def test_what_cites_a_document_comes_in_pages() -> None:
    citing = CitationRow("thực hiện", DocumentName("d2", "2/KH-UBND", None, None, "Kế hoạch", None), True, None)
    view = replace(VIEW, cited_by=(citing,) * 200, cited_by_total=450)
    shown = relations.relations(SAY, view, parse("/van-ban/d1", "?tab=relations&offset=200"))
    assert {"/van-ban/d1?tab=relations", "/van-ban/d1?tab=relations&offset=400"} <= set(links(shown))
    assert "201–400 trong 450" in letters_of(shown)


# Relations as a drawing


def citing(
    number: int, relation: str = "nhắc đến", basis: Basis = Basis.STATED, *, taken_in: bool = True
) -> CitationRow:
    document = DocumentName(f"k{number}", f"{number}/KH-UBND", date(2020, 1, number), "UBND tỉnh Mẫu", "Kế hoạch", None)
    return CitationRow(relation, document, taken_in, evidence(DUTY, "s1", basis))


def test_what_changes_a_document_stands_before_what_names_it_and_each_document_once() -> None:
    rows = (citing(1), citing(2, "căn cứ"), citing(3), citing(3, "thay thế"), citing(4))
    found = figure.related(rows)
    assert [(each.document.id, each.family, each.relations, each.count) for each in found] == [
        ("k3", "change", ("thay thế", "nhắc đến"), 2),
        ("k2", "basis", ("căn cứ",), 1),
        ("k4", "mention", ("nhắc đến",), 1),
        ("k1", "mention", ("nhắc đến",), 1),
    ]


def test_cards_of_both_sides_stand_apart_and_the_rest_is_counted() -> None:
    drawn = figure.lay_out([citing(number) for number in range(1, 10)], [citing(1), citing(2)], 450)
    for side in (False, True):
        tops = [card.top for card in drawn.cards if card.cites is side]
        assert all(lower - upper >= figure.CARD + figure.GAP for upper, lower in pairwise(tops))
        assert all(top > 0 and top + figure.CARD <= drawn.height for top in tops)
    assert [hidden for hidden, _ in drawn.left_out] == [9 - figure.MOST_CARDS, 448]
    assert max(top for _, top in drawn.left_out) + figure.MORE <= drawn.height


def test_a_card_leads_to_its_document_and_its_relation_to_the_sentence() -> None:
    missing = citing(2, "căn cứ", taken_in=False)
    view = replace(VIEW, cites=(missing,), cited_by=(citing(1, "thay thế", Basis.INFERRED),), cited_by_total=7)
    shown = relations.relations(SAY, view, parse("/van-ban/d1", "?tab=relations"))
    (drawing,) = [part for part in tagged(shown, "Section") if "related" in part.className]
    at = span(DUTY)[0]
    assert links(drawing) == [
        f"/van-ban/d1?at={at}",  # what is cited and missing has no page, only the sentence that cites it
        f"/van-ban/k1?at={at}",
        "/van-ban/k1",
        "/van-ban/d1?tab=relations&view=list",
    ]
    assert "2/KH-UBND chưa nạp" in text_of(drawing)
    assert "thay thế (suy ra)" in text_of(drawing)
    assert [path.className for path in tagged(drawing, "Path")] == ["line rel-basis stated", "line rel-change inferred"]
    listed = relations.relations(SAY, view, parse("/van-ban/d1", "?tab=relations&view=list"))
    assert not tagged(listed, "Svg") and len(tagged(listed, "Table")) == 2


# The timeline


def life(**changes: object) -> Life:
    due = DeadlineRow(
        "d1/task-1", DocumentName("d1", "88/KH-UBND", None, None), "làm đường", (), date(2019, 6, 30), DAY, None,
        TaskState.OPEN_LATE, 5, Basis.STATED, evidence(DUTY, "s1"),
    )  # fmt: skip
    answer = DeadlineAnswer((due,), 1, {TaskState.OPEN_LATE: 1}, undated=2)
    known = Life(datetime(2019, 7, 2, tzinfo=UTC), None, (), answer, (), frozenset())
    return replace(known, **changes)


def entries(known: Life, reading: Reading = READING) -> list[tuple[date, str, str]]:
    found = timeline.entries_of(SAY, VIEW, reading, known, parse("/van-ban/d1", "?tab=timeline"))
    return [(each.day, each.title, each.href) for each in found]


def test_every_day_of_a_document_leads_to_its_proof() -> None:
    done = mark_done("d1/task-1", date(2019, 7, 1), by="An", why="xong")
    wrong = decide(DecisionKind.REJECTED, "d1/task-2", by="An", document="d1", before={"what": "theo dõi"})
    reading = replace(READING, document=replace(READING.document, date=date(2019, 1, 5), date_text="TỈNH MẪU"))
    known = life(
        in_force=InForce(date(2019, 2, 1), 30, 60),
        changed_by=(citing(9, "sửa đổi"),),
        decisions=(done, wrong),
        standing=frozenset({done.id}),
    )
    decided_on = wrong.at.astimezone().date()
    assert entries(known, reading) == [
        (date(2019, 1, 5), "Ban hành", f"/van-ban/d1?at={TEXT.index('TỈNH MẪU')}"),
        (date(2019, 2, 1), "Có hiệu lực", "/van-ban/d1?at=30"),
        (date(2019, 6, 30), "Nhiệm vụ đến hạn", f"/van-ban/d1?at={span(DUTY)[0]}"),
        (date(2019, 7, 1), "Hoàn thành nhiệm vụ", "/nhiem-vu?document=d1&row=d1/task-1"),
        (date(2019, 7, 2), "Nạp vào kho", "/nap"),
        (date(2020, 1, 9), "Được sửa đổi bởi", f"/van-ban/k9?at={span(DUTY)[0]}"),
        (decided_on, "người dùng bác bỏ", "/ra-soat?fact=d1/task-2"),
    ]
    found = timeline.entries_of(SAY, VIEW, reading, known, HERE)
    shown = timeline.timeline(SAY, found, known, HERE, on=date(2019, 7, 5), document="d1")
    said = text_of(shown)
    assert "1 đang quá hạn tính đến 05/07/2019" in said and "2 nhiệm vụ không nêu hạn" in said
    assert "An: theo dõi đã hoàn tác" in said
    dots = [dot for dot in tagged(shown, "A") if "dot" in (dot.className or "").split()]
    assert sum(int(letters_of(dot) or 1) for dot in dots) == len(found)


@pytest.mark.parametrize(
    ("days", "on", "dots", "ticks"),
    [
        ([], date(2020, 1, 1), [], 0),
        ([("due", date(2020, 1, 1))] * 3, date(2020, 1, 1), [(0, 1, 2)], 0),
        ([("due", date(2020, 1, 1)), ("due", date(2025, 1, 1)), ("due", date(2020, 1, 4))], date(2022, 1, 1),
         [(0, 2), (1,)], 6),
        ([("due", date(2020, 1, 1)), ("people", date(2020, 1, 2))], date(2020, 12, 1), [(0,), (1,)], 4),
    ],
)  # fmt: skip
def test_dots_that_would_cover_each_other_are_one(days: list, on: date, dots: list, ticks: int) -> None:
    line = figure.along(days, on)
    assert [dot.entries for dot in line.dots] == dots
    assert len(line.ticks) <= figure.MOST_TICKS and len(line.ticks) >= ticks - 1
    assert all(0 <= x <= 1000 for x in (*(dot.x for dot in line.dots), *(x for _, x in line.ticks), line.today))


# Scans

FIRST_END = TEXT.index("2. <b>")
SCANNED = replace(
    READING,
    scanned_pages=(ScannedPage(1, 600, 800, 0, 0, FIRST_END), ScannedPage(2, 600, 800, 0, FIRST_END, len(TEXT))),
    doubtful_words=(DoubtfulWord("Hai", *span("Hai"), 0.41, 1, (60, 100, 90, 112)),),
    tasks=tuple(
        replace(task, evidence=replace(task.evidence, page=1, box=(60, 100, 540, 160))) for task in READING.tasks
    ),
)


def page_view(search: str) -> html.Section:
    address = parse("/van-ban/d1", search)
    at = address.number("at") if address.get("at") else None
    return sheet.page_view(SAY, VIEW, SCANNED, address, blocks=BLOCKS, at=at)


def test_a_doubtful_word_says_how_certain_it_is() -> None:
    (word,) = [part for part in tagged(page_view(""), "Span") if getattr(part, "title", None)]
    assert (letters_of(word), word.title) == ("Hai", "Chữ nhận dạng chưa chắc chắn: 41 %")


@pytest.mark.parametrize(
    ("search", "page", "box"),
    [
        ("", 1, None),
        (f"?at={span(DUTY)[0]}", 1, {"left": "9.50%", "top": "12.12%", "width": "81.00%", "height": "8.25%"}),
        (f"?at={span('Hai')[0]}", 1, {"left": "9.50%", "top": "12.12%", "width": "6.00%", "height": "2.25%"}),
        (f"?at={TEXT.index('theo dõi')}", 2, None),
        ("?page=2", 2, None),
        ("?page=9", 1, None),
    ],
)
def test_what_is_asked_for_is_outlined_on_its_page(search: str, page: int, box: dict[str, str] | None) -> None:
    shown = page_view(search)
    (picture,) = tagged(shown, "Img")
    assert picture.src == f"/anh-trang/d1/{page}"
    outlines = [part.style for part in tagged(shown, "Div") if getattr(part, "className", "") == "outline"]
    assert outlines == ([box] if box else [])


def test_only_a_scan_has_pictures_of_its_pages() -> None:
    address = parse("/van-ban/d1", "")
    tabs = [layout.tab_row(SAY, address, VIEW, reading, "text") for reading in (READING, SCANNED)]
    assert ["?tab=pages" in " ".join(links(tab)) for tab in tabs] == [False, True]


def test_doubtful_words_are_listed_and_counted() -> None:
    shown = unread.unread(SAY, SCANNED, parse("/van-ban/d1", "?tab=unread"))
    assert f"/van-ban/d1?tab=pages&at={span('Hai')[0]}" in links(shown)
    assert "bản quét: 1" in text_of(shown)
