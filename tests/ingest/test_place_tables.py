"""Tables whose rows are places: counts, marks, lists of what is not met, districts once for many rows, totals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from letters import letter

from ingest import place_tables
from ntmgraph.model import CheckKind, Reading

Read = Callable[[str], Reading]
DAY = date(2019, 12, 31)

COUNTS = [
    (
        "a bare name below a heading that gives its kind; a district once for several rows",
        "TT | Huyện | Xã | Số tiêu chí đạt\n1 | Đồng Văn | Lũng Cú | 12\n2 | | Sủng Là | 15/19\n3 | Yên Minh | Mậu Duệ | 9\n"
        "| Tổng cộng | 3 xã | 36",
        [("xã Lũng Cú", 12, 19), ("xã Sủng Là", 15, 19), ("xã Mậu Duệ", 9, 19)],
    ),
    (
        "a district on a row of its own, ordinals with a stop",
        "STT | Tên đơn vị | Tổng số tiêu chí đạt\nI | Huyện Đồng Văn |\n1. | Xã Lũng Cú | 12 tiêu chí\n2. | Xã Phố Cáo | 10\n"
        "II | Huyện Quản Bạ |\n1. | Xã Quyết Tiến | 19\nTổng số | | 41",
        [("xã Lũng Cú", 12, 19), ("xã Phố Cáo", 10, 19), ("xã Quyết Tiến", 19, 19)],
    ),
    (
        "headings on two rows, a row that numbers the columns, columns of other figures",
        "TT | Tên xã | Kết quả | | Ghi chú\n | | Số tiêu chí đạt | Tăng so với năm 2018 | \n(1) | (2) | (3) | (4) | (5)\n"
        "1 | Lũng Cú | 12/19 | 2 |\n2 | Sủng Là | 15/19 | 3 | đăng ký",
        [("xã Lũng Cú", 12, 19), ("xã Sủng Là", 15, 19)],
    ),
    (
        "a plan is a target",
        "TT | Xã | Kế hoạch số tiêu chí đạt năm 2021\n1 | Lũng Cú | 14\n2 | Sủng Là | 17",
        [],
    ),
    ("no count", "TT | Xã | Vốn (triệu đồng)\n1 | Lũng Cú | 12\n2 | Sủng Là | 15", []),
]


@pytest.mark.parametrize(("what", "table", "expected"), COUNTS)
def test_count_of_a_commune(what: str, table: str, expected: list[tuple[str, int, int]], read_text: Read) -> None:
    reading = read_text(letter(f"1. Kết quả các xã đến ngày 31/12/2019:\n\n{table}"))
    found = [(each.place and each.place.name, each.value, each.of) for each in reading.results]
    assert found == expected, what
    assert {each.as_of for each in reading.results} <= {DAY}
    assert {each.criterion for each in reading.results} <= {None}
    assert all(each.place and each.place.id and each.place.id.startswith("p.0") for each in reading.results)


Marks = dict[str, dict[int | str | None, bool | None]]
MARKED: list[tuple[str, str, Marks]] = [
    (
        "numbers head the columns",
        "TT | Xã | 1 | 2 | 3 | 4 | 5 | Tổng\n1 | Lũng Cú | x | x | | x | 0 | 3\n2 | Sủng Là | đạt | chưa | Đ | Đ | Đ | 4\n"
        "| Số xã đạt | 2 | 1 | 1 | 2 | 1 |",
        {
            "xã Lũng Cú": {1: True, 2: True, 4: True, 5: False},
            "xã Sủng Là": {1: True, 2: False, 3: True, 4: True, 5: True},
        },
    ),
    (
        "names head the columns",
        "TT | Xã | Quy hoạch | Giao thông | Thủy lợi\n1 | Lũng Cú | Đạt | Chưa đạt | Đạt\n2 | Sủng Là | Đạt | 65% | Đạt",
        {"xã Lũng Cú": {1: True, 2: False, 3: True}, "xã Sủng Là": {1: True, 3: True}},
    ),
    (
        "the second heading row stands below the one that spans its columns",
        "TT | Xã | Kết quả thực hiện các tiêu chí | Ghi chú\nTC1 | TC2 | TC3\n1 | Lũng Cú | + | + | - |\n2 | Sủng Là | + | - | + |",
        {"xã Lũng Cú": {1: True, 2: True, 3: False}, "xã Sủng Là": {1: True, 2: False, 3: True}},
    ),
    (
        "a list of what is not met",
        "TT | Xã | Số tiêu chí đạt | Tiêu chí chưa đạt\n1 | Lũng Cú | 16 | 2, 10, 17\n2 | Sủng Là | 18 | TC 17\n3 | Phố Cáo | 19 |",
        {"xã Lũng Cú": {2: False, 10: False, 17: False}, "xã Sủng Là": {17: False}},
    ),
    (
        "lists of what is met and what is not",
        "TT | Xã | Tiêu chí đã đạt | Tiêu chí chưa đạt\n1 | Lũng Cú | 1, 3 và 4 | 2; 5; 17.8\n2 | Sủng Là | 1, 2, 3, 4 | 5",
        {
            "xã Lũng Cú": {1: True, 3: True, 4: True, 2: False, 5: False, "17.8": False},
            "xã Sủng Là": {1: True, 2: True, 3: True, 4: True, 5: False},
        },
    ),
    (
        "how many are not met is no list",
        "TT | Xã | Số tiêu chí chưa đạt\n1 | Lũng Cú | 5\n2 | Sủng Là | 4",
        {},
    ),
    (
        "months head columns too",
        "TT | Xã | Tháng 1 | Tháng 2 | Tháng 3 | Tháng 4 | Tháng 5\n1 | Lũng Cú | x | x | x | x | x\n2 | Sủng Là | | | | x | x",
        {},
    ),
]


@pytest.mark.parametrize(("what", "table", "expected"), MARKED)
def test_marks(what: str, table: str, expected: Marks, read_text: Read) -> None:
    reading = read_text(letter(f"1. Kết quả tại các xã của huyện Đồng Văn:\n\n{table}"))
    found: Marks = {}
    for each in reading.results:
        if each.criterion is not None and each.place is not None:
            assert each.value is None
            found.setdefault(each.place.name, {})[each.criterion.number] = each.met
    assert found == expected, what
    numbers = {number for marks in expected.values() for number in marks}
    assert numbers <= {each.number for each in reading.criteria}


CHECKS = [
    (
        "marks against their count",
        "TT | Xã | 1 | 2 | 3 | 4 | 5 | Tổng\n1 | Lũng Cú | x | x | 0 | x | 0 | 3\n2 | Sủng Là | x | x | x | x | x | 4",
        [(CheckKind.ROW_TOTAL, True), (CheckKind.ROW_TOTAL, False)],
    ),
    (
        "a list against its count",
        "TT | Xã | Số tiêu chí đạt | Tiêu chí chưa đạt\n1 | Lũng Cú | 17/19 | 2, 10\n2 | Sủng Là | 17/19 | 17",
        [(CheckKind.ROW_TOTAL, True), (CheckKind.ROW_TOTAL, False)],
    ),
    (
        "totals of counts out of 19",
        "TT | Xã | Số tiêu chí đạt\n1 | Lũng Cú | 8/19\n2 | Sủng Là | 5/19\n | Tổng cộng | 13",
        [(CheckKind.COLUMN_TOTAL, True)],
    ),
    (
        "an average of districts weighs them",
        "TT | Huyện | Số xã | Tổng số tiêu chí đạt | Bình quân tiêu chí/xã\n1 | Đồng Văn | 10 | 100 | 10\n"
        "2 | Quản Bạ | 2 | 32 | 16\n | Tổng cộng | 12 | 132 | 11",
        [(CheckKind.COLUMN_TOTAL, True), (CheckKind.COLUMN_TOTAL, True), (CheckKind.AVERAGE, True)],
    ),
    (
        "an average that is a sum",
        "TT | Huyện | Số xã | Tổng số tiêu chí đạt | Bình quân tiêu chí/xã\n1 | Đồng Văn | 10 | 100 | 10\n"
        "2 | Quản Bạ | 2 | 32 | 16\n | Tổng cộng | 12 | 132 | 26",
        [(CheckKind.COLUMN_TOTAL, True), (CheckKind.COLUMN_TOTAL, True), (CheckKind.AVERAGE, False)],
    ),
    ("lists are not summed", "TT | Xã | Tiêu chí chưa đạt\n1 | Lũng Cú | 2\n2 | Sủng Là | 3, 17\n | Tổng cộng | 3", []),
]


@pytest.mark.parametrize(("what", "table", "expected"), CHECKS)
def test_checks(what: str, table: str, expected: list[tuple[CheckKind, bool]], read_text: Read) -> None:
    reading = read_text(letter(f"1. Biểu:\n\n{table}"))
    assert [(each.kind, each.ok) for each in reading.checks] == expected, what


DISTRICTS = "TT | Huyện | Số xã | Số xã đạt chuẩn | Bình quân tiêu chí/xã\n1 | Đồng Văn | 17 | 3 | 11,5\n2 | Quản Bạ | 12 | 4 | 12,8"


def test_figures_of_districts(read_text: Read) -> None:
    found = read_text(letter(f"1. Kết quả:\n\n{DISTRICTS}")).results
    assert [(each.place and each.place.name, each.value, each.of, each.unit) for each in found] == [
        ("huyện Đồng Văn", 3, 17, "xã"),
        ("huyện Đồng Văn", 11.5, None, "tiêu chí/xã"),
        ("huyện Quản Bạ", 4, 12, "xã"),
        ("huyện Quản Bạ", 12.8, None, "tiêu chí/xã"),
    ]


def test_villages(read_text: Read) -> None:
    table = "TT | Xã | Thôn | Số tiêu chí đạt\n1 | Lũng Cú | Lô Lô Chải | 15/16\n2 | | Thôn 2 | 9/16"
    found = read_text(letter(f"1. Kết quả các thôn:\n\n{table}")).results
    assert [(each.place, each.value, each.of) for each in found if each.place] == [
        (each.place, each.value, each.of) for each in found
    ]
    assert [each.place.name for each in found if each.place] == ["thôn Lô Lô Chải", "thôn 2"]
    assert [each.place.id for each in found if each.place] == [
        "p.thon-lo-lo-chai@ha-giang.lung-cu",
        "p.thon-2@ha-giang.lung-cu",
    ]


def test_a_plan_is_a_target(read_text: Read) -> None:
    table = "TT | Xã | Kế hoạch số tiêu chí đạt năm 2021\n1 | Lũng Cú | 14\n2 | Sủng Là | 17"
    found = read_text(letter(f"1. Kế hoạch:\n\n{table}")).targets
    assert [(each.place and each.place.name, each.value, each.by) for each in found] == [
        ("xã Lũng Cú", 14, date(2021, 12, 31)),
        ("xã Sủng Là", 17, date(2021, 12, 31)),
    ]


@pytest.mark.parametrize("form", place_tables.FORMS)
def test_heading_forms(form: place_tables.HeadForm) -> None:
    find = form.pattern.fullmatch if form in (place_tables.PLACE_HEAD, place_tables.MARK_HEAD) else form.pattern.search
    assert [head for head in form.accepts if not find(head)] == []
    assert not find(form.rejects)
