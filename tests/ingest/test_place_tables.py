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
        "TT | Xã | 1 | 2 | 3 | 4 | 5 | Tổng\n1 | Lũng Cú | x | x | | x | ☒ | 3\n2 | Sủng Là | đạt | chưa | Đ | Đ | Đ | 4\n"
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
        "a heading over all marks, and another beside it",
        "TT | Xã | Kết quả thực hiện năm 2019 | | | | | Tổng số TC đạt\n | | 1 | 2 | 3 | 4 | 5 |\n"
        "1 | Lũng Cú | x | x | | x | 0 | 3\n2 | Sủng Là | x | | x | x | x | 4",
        {
            "xã Lũng Cú": {1: True, 2: True, 4: True, 5: False},
            "xã Sủng Là": {1: True, 3: True, 4: True, 5: True},
        },
    ),
    (
        "a row for each commune and criterion, the commune once",
        "TT | Xã | Tiêu chí | Kết quả\n1 | Lũng Cú | 1 | Đạt\n2 | | 17 | Chưa đạt\n3 | Sủng Là | Giao thông | Đạt\n4 | | TC 17.8 | Đạt",
        {"xã Lũng Cú": {1: True, 17: False}, "xã Sủng Là": {2: True, "17.8": True}},
    ),
    (
        "the communes as columns",
        "TT | Tiêu chí | Xã Lũng Cú | Xã Sủng Là\n1 | Quy hoạch | Đạt | Đạt\n2 | Giao thông | Chưa đạt | x\n3 | Thủy lợi | Đạt | ",
        {"xã Lũng Cú": {1: True, 2: False, 3: True}, "xã Sủng Là": {1: True, 2: True}},
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
    whole = (place_tables.PLACE_HEAD, place_tables.MARK_HEAD, place_tables.CRITERION_HEAD, place_tables.VERDICT_HEAD)
    find = form.pattern.fullmatch if form in whole else form.pattern.search
    assert [head for head in form.accepts if not find(head)] == []
    assert not find(form.rejects)


def test_one_criterion_of_the_title(read_text: Read) -> None:
    table = "TT | Huyện | Xã | Số chợ | Kết quả\n1 | Đồng Văn | Lũng Cú | 1 | Đạt\n2 | | Sủng Là | 2 | Chưa đạt"
    found = read_text(letter(f"1. Kết quả thực hiện tiêu chí số 7 đến ngày 31/12/2019:\n\n{table}")).results
    assert [(each.place and each.place.name, each.criterion and each.criterion.number, each.met) for each in found] == [
        ("xã Lũng Cú", 7, True),
        ("xã Sủng Là", 7, False),
    ]


FORM = """TT | Nội dung | ĐVT | KQ đến 31/12/2019 | | TH 6 tháng đầu năm 2020 | | KH 6 tháng cuối năm 2020 |
 | | | Kết quả | Đánh giá | Kết quả | Đánh giá | Kết quả | Đánh giá
1 | Quy hoạch | | | Đạt | | Đạt | | Đạt
2 | Giao thông | | | Chưa đạt | | Chưa đạt | | Đạt
2.1 | Tỷ lệ đường xã được cứng hóa | % | 82,5 | Chưa đạt | 91 | Chưa đạt | 100 | Đạt
3 | Thủy lợi | | | Đạt | | Đạt | | Đạt"""


def test_a_communes_form_of_results_and_plans(read_text: Read) -> None:
    reading = read_text(
        letter(
            f"1. Kết quả:\n\n{FORM}", issuer="ỦY BAN NHÂN DÂN\nXÃ LŨNG CÚ", signed="Lũng Cú, ngày 10 tháng 7 năm 2020"
        )
    )
    half = date(2020, 6, 30)
    assert [
        (each.criterion and each.criterion.number, each.value, each.unit, each.met, each.as_of)
        for each in reading.results
    ] == [
        (1, None, None, True, DAY),
        (1, None, None, True, half),
        (2, None, None, False, DAY),
        (2, None, None, False, half),
        ("2.1", 82.5, "%", False, DAY),
        ("2.1", 91, "%", False, half),
        (3, None, None, True, DAY),
        (3, None, None, True, half),
    ]
    assert {each.by for each in reading.targets} == {date(2020, 12, 31)}
    assert [(each.criterion and each.criterion.number, each.value) for each in reading.targets] == [
        (1, None),
        (2, None),
        ("2.1", 100),
        (3, None),
    ]
    assert {each.place and each.place.name for each in (*reading.results, *reading.targets)} == {"xã Lũng Cú"}


GROUPS = """TT | Nội dung | ĐVT | Xã nhóm 1 | | Xã nhóm 2 |
 | | | KQ đến 31/12/2019 | KH năm 2020 | KQ đến 31/12/2019 | KH năm 2020
1 | Quy hoạch | xã | 3 | 4 | 1.200 | 13
2 | Giao thông | xã | 2 | 3 | 5 | 6
3 | Thủy lợi | xã | 1 | 2 | 7 | 8"""


def test_counts_of_groups_of_communes(read_text: Read) -> None:
    reading = read_text(letter(f"1. Kết quả:\n\n{GROUPS}"))
    assert [(each.measure, each.value, each.as_of) for each in reading.results][:2] == [
        ("số xã nhóm 1 đạt tiêu chí số 1", 3, DAY),
        ("số xã nhóm 2 đạt tiêu chí số 1", 1200, DAY),
    ]
    assert [(each.measure, each.value, each.by) for each in reading.targets][:2] == [
        ("số xã nhóm 1 đạt tiêu chí số 1", 4, date(2020, 12, 31)),
        ("số xã nhóm 2 đạt tiêu chí số 1", 13, date(2020, 12, 31)),
    ]
    assert {each.place and each.place.name for each in reading.results} == {"tỉnh Hà Giang"}


def test_figures_by_years(read_text: Read) -> None:
    table = "TT | Chỉ tiêu | ĐVT | 2019 | 2020 | 2021\n1 | Số xã đạt chuẩn | xã | 40 | 48 | 55\n2 | Tỷ lệ hộ nghèo | % | 22,5 | 18 | 14"
    reading = read_text(letter(f"1. Chỉ tiêu:\n\n{table}"))
    assert [(each.measure, each.value, each.unit, each.as_of) for each in reading.results] == [
        ("Số xã đạt chuẩn", 40, "xã", DAY),
        ("Tỷ lệ hộ nghèo", 22.5, "%", DAY),
    ]
    assert [(each.measure, each.value, each.by) for each in reading.targets] == [
        ("Số xã đạt chuẩn", 48, date(2020, 12, 31)),
        ("Số xã đạt chuẩn", 55, date(2021, 12, 31)),
        ("Tỷ lệ hộ nghèo", 18, date(2020, 12, 31)),
        ("Tỷ lệ hộ nghèo", 14, date(2021, 12, 31)),
    ]


def test_the_row_that_counts_what_a_commune_meets(read_text: Read) -> None:
    table = (
        "TT | Tiêu chí | Xã Lũng Cú | Xã Sủng Là\n1 | Quy hoạch | Đạt | Đạt\n2 | Giao thông | Chưa đạt | Đạt\n"
        "3 | Thủy lợi | Đạt | Đạt\n | Tổng số tiêu chí đạt | 2 | 2"
    )
    reading = read_text(letter(f"1. Kết quả:\n\n{table}"))
    counts = [
        (each.place and each.place.name, each.value, each.of) for each in reading.results if each.value is not None
    ]
    assert counts == [("xã Lũng Cú", 2, 19), ("xã Sủng Là", 2, 19)]
    assert [(each.kind, each.ok) for each in reading.checks] == [
        (CheckKind.COLUMN_TOTAL, True),
        (CheckKind.COLUMN_TOTAL, False),
    ]
    assert not [each for each in reading.places if each.name in ("xã Đạt", "xã Chưa đạt")]


NO_FIGURES = [
    "TT | Nội dung | Cơ quan | Thời gian hoàn thành\n1 | Số xã được kiểm tra | Sở Y tế | Quý II/2020\n2 | Báo cáo | Sở Y tế | 2020",
    "TT | Nội dung | Kế hoạch vốn năm 2020\n1 | Đường thôn | 120\n2 | Kênh mương | 80",
]


@pytest.mark.parametrize("table", NO_FIGURES)
def test_tables_of_tasks_and_works_give_no_figures(table: str, read_text: Read) -> None:
    reading = read_text(letter(f"1. Biểu:\n\n{table}"))
    assert (reading.results, reading.targets) == ((), ())
