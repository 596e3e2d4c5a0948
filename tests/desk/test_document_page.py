"""The document page: all of its text, in order, with what was understood beside it; never as markup."""

from dataclasses import replace
from itertools import pairwise

import pytest
from dash import html
from records import DUTY, READING, TEXT, span
from trees import letters_of, tagged

from dash_app.address import parse
from dash_app.components.painted import Paint, painted
from dash_app.pages.document import data, layout
from dash_app.words import words_of
from ntmgraph.model import Provision

SAY = words_of("vi")
HERE = parse("/van-ban/d1", "")
BLOCKS = data.blocks_of(READING)


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
    return layout.paper(SAY, READING, part, address, blocks=BLOCKS, at=at)


def test_words_of_a_document_never_become_markup() -> None:
    assert "<b>Sở Mẫu Hai</b> theo dõi." in letters_of(paper())


def test_rows_become_a_table() -> None:
    (table,) = tagged(paper(), "Table")
    assert [[letters_of(cell) for cell in tagged(line, "Td")] for line in tagged(table, "Tr")][1] == [
        "1",
        "Giao thông",
        "Sở Mẫu Một",
    ]


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
    table = layout.tasks(SAY, READING, parse("/van-ban/d1", "?tab=tasks"))
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
