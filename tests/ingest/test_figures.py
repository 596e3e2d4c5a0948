"""Targets, results and the arithmetic of prose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from letters import letter

from ingest.numbers import number, shown
from ntmgraph.model import CheckKind, CriterionKey, IssueCode, Reading

Read = Callable[[str], Reading]

# The letter is of 12 March 2020.
TARGETS = [
    ("Phấn đấu năm 2020 mỗi xã tăng ít nhất 02 tiêu chí.", [(2, None, "tiêu chí", None, date(2020, 12, 31))]),
    ("Phấn đấu năm 2020 cứng hóa thêm 45,5 km đường.", [(45.5, None, "km", None, date(2020, 12, 31))]),
    (
        "Phấn đấu năm 2020 thêm 3 xã về đích, nâng số xã về đích lên 15 xã.",
        [(3, None, "xã", None, date(2020, 12, 31)), (15, None, "xã", None, date(2020, 12, 31))],
    ),
    (
        "Phấn đấu có 13 xã đạt chuẩn (năm 2020: 5 xã; năm 2021: 8 xã).",
        [
            (13, None, "xã", None, None),
            (5, None, "xã", None, date(2020, 12, 31)),
            (8, None, "xã", None, date(2021, 12, 31)),
        ],
    ),
    (
        "Phấn đấu hết năm 2020 có ít nhất 60/120 xã (chiếm 50%) đạt chuẩn nông thôn mới.",
        [(60, 120, "xã", 50.0, date(2020, 12, 31))],
    ),
    (
        "Phấn đấu hết năm 2021 có thêm 7 xã đạt chuẩn, nâng tổng số xã đạt chuẩn lên 52/120 xã, chiếm tỷ lệ 43,3%.",
        [(52, 120, "xã", 43.3, date(2021, 12, 31))],
    ),
    (
        "Phấn đấu đến hết năm 2021 có 30 thôn đạt chuẩn, trong đó năm 2020 có 12 thôn, năm 2021 có 18 thôn.",
        [
            (30, None, "thôn", None, date(2021, 12, 31)),
            (12, None, "thôn", None, date(2020, 12, 31)),
            (18, None, "thôn", None, date(2021, 12, 31)),
        ],
    ),
    (
        "Phấn đấu bình quân một xã đạt từ 14,5 - 15 tiêu chí (hiện trạng năm 2019 đạt 12,1 tiêu chí/xã) trong "
        "năm 2020.",
        [(14.5, None, "tiêu chí/xã", None, date(2020, 12, 31))],
    ),
    (
        "Phấn đấu thu nhập bình quân đầu người đến năm 2022 đạt 45 triệu đồng/người/năm.",
        [(45, None, "triệu đồng/người/năm", None, date(2022, 12, 31))],
    ),
    ("Phấn đấu tỷ lệ hộ nghèo giảm ít nhất 4% trong năm 2020.", [(None, None, "%", 4.0, date(2020, 12, 31))]),
    (
        "Phấn đấu hết năm 2020 tỷ lệ hộ nghèo giảm bình quân 1,5 - 2%/năm.",
        [(None, None, "%", 1.5, date(2020, 12, 31))],
    ),
    (
        "Phấn đấu hết năm 2020 có ít nhất 80% số xã (tương đương 95/119 xã) đạt chuẩn.",
        [(95, 119, "xã", 80.0, date(2020, 12, 31))],
    ),
    ("Phấn đấu năm 2020 giảm tỷ lệ hộ nghèo từ 4% trở lên.", [(None, None, "%", 4.0, date(2020, 12, 31))]),
    (
        "Phấn đấu giảm tỷ lệ hộ nghèo từ 12% xuống còn 8,5% vào cuối năm 2020.",
        [(8.5, None, "%", None, date(2020, 12, 31))],
    ),
    ("Phấn đấu cuối năm 2023 toàn tỉnh có 78% số xã đạt chuẩn.", [(78, None, "%", None, date(2023, 12, 31))]),
    (
        "Phấn đấu đến năm 2025 có 95% trở lên dân số nông thôn dùng nước hợp vệ sinh.",
        [(95, None, "%", None, date(2025, 12, 31))],
    ),
    ("Phấn đấu trong năm 2020 giải ngân 100% kế hoạch vốn được giao.", [(100, None, "%", None, date(2020, 12, 31))]),
    (
        "Phấn đấu hết năm 2020 có 60 xã (50%) đạt chuẩn, 03 xã: Lũng Cú, Sủng Là, Phố Cáo đạt chuẩn nâng cao.",
        [(60, None, "xã", 50.0, date(2020, 12, 31)), (3, None, "xã", None, date(2020, 12, 31))],
    ),
    ("Chỉ tiêu đến hết năm 2020: số xã đạt chuẩn: 60 xã.", [(60, None, "xã", None, date(2020, 12, 31))]),
    (
        "Phấn đấu trong năm 2020 có thêm 25 sản phẩm OCOP đạt từ 3 sao.",
        [(25, None, "sản phẩm", None, date(2020, 12, 31))],
    ),
    ("Phấn đấu hết năm 2020 xã Lũng Cú đạt 19/19 tiêu chí.", [(19, 19, "tiêu chí", None, date(2020, 12, 31))]),
]


@pytest.mark.parametrize(("sentence", "expected"), TARGETS)
def test_target(sentence: str, expected: list[tuple[object, ...]], read_text: Read) -> None:
    found = read_text(letter(f"1. {sentence}")).targets
    assert [(each.value, each.of, each.unit, each.share, each.by) for each in found] == expected


def test_baseline_beside_a_ratio(read_text: Read) -> None:
    sentence = "Phấn đấu hết năm 2021 có 70/117 xã đạt chuẩn, chiếm 59,8% (hiện trạng đến tháng 12/2019: 31 xã)."
    assert [(each.value, each.baseline) for each in read_text(letter(f"1. {sentence}")).targets] == [(70, 31)]


LISTED = "Phấn đấu đến 31/12/2020 toàn tỉnh có thêm 01 huyện, 17 xã đạt chuẩn nông thôn mới, 15 xã đạt chuẩn nâng cao."


def test_targets_of_one_list(read_text: Read) -> None:
    found = read_text(letter(f"1. {LISTED}")).targets
    assert [(each.value, each.unit, each.by) for each in found] == [
        (1, "huyện", date(2020, 12, 31)),
        (17, "xã", date(2020, 12, 31)),
        (15, "xã", date(2020, 12, 31)),
    ]


NO_TARGETS = [
    "Xây dựng 60 km đường và kiên cố 20 km kênh mương.",
    "Hỗ trợ 96 thôn của 12 xã khu vực biên giới.",
    "Đến hết năm 2019 tỉnh đã có 31 xã đạt chuẩn.",
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 3/4/2020 tại 15 xã.",
    "Tổng vốn 428.600 triệu đồng.",
]


@pytest.mark.parametrize("sentence", NO_TARGETS)
def test_no_target(sentence: str, read_text: Read) -> None:
    assert read_text(letter(f"1. {sentence}")).targets == ()


def test_target_keeps_its_criterion_baseline_and_place(read_text: Read) -> None:
    body = (
        "1. Chỉ tiêu đến hết năm 2020\n\n"
        "- Tiêu chí số 2 về Giao thông: có thêm 9 xã, nâng tổng số lên 70/120 xã, chiếm 58,3%.\n\n"
        "- Bình quân một xã đạt 15 tiêu chí (hiện trạng đạt 12,5 tiêu chí/xã)."
    )
    ratio, average = read_text(letter(body)).targets
    assert ratio.criterion == CriterionKey("VN-XA-2016", 2)
    assert (ratio.by, ratio.place and ratio.place.name) == (date(2020, 12, 31), "tỉnh Hà Giang")
    assert (average.value, average.baseline, average.criterion) == (15, 12.5, None)


RESULTS = [
    ("Đến nay đã giải ngân 125/430 tỷ đồng, bằng 29% kế hoạch.", []),
    ("Qua rà soát, toàn tỉnh có 62/177 xã đạt chuẩn.", [(62, 177, "xã", date(2020, 3, 12), "tỉnh Hà Giang")]),
    (
        "Đến ngày 29/02/2020 số xã đạt chuẩn là 45 xã, số xã đạt chuẩn nâng cao là 6 xã.",
        [
            (45, None, "xã", date(2020, 2, 29), "tỉnh Hà Giang"),
            (6, None, "xã", date(2020, 2, 29), "tỉnh Hà Giang"),
        ],
    ),
    (
        "Đến hết năm 2019 tỉnh đã có 28/120 xã đạt chuẩn nông thôn mới.",
        [(28, 120, "xã", date(2019, 12, 31), "tỉnh Hà Giang")],
    ),
    (
        "Đến nay, toàn tỉnh đã có 35 xã đạt chuẩn, số tiêu chí bình quân trên xã đạt 13,2 tiêu chí/xã.",
        [
            (35, None, "xã", date(2020, 3, 12), "tỉnh Hà Giang"),
            (13.2, None, "tiêu chí/xã", date(2020, 3, 12), "tỉnh Hà Giang"),
        ],
    ),
    (
        "Xã Lũng Cú, huyện Đồng Văn đã đạt 17/19 tiêu chí; xã Sủng Là đã đạt 15/19 tiêu chí.",
        [(17, 19, "tiêu chí", date(2020, 3, 12), "xã Lũng Cú"), (15, 19, "tiêu chí", date(2020, 3, 12), "xã Sủng Là")],
    ),
    (
        "Tiến độ còn chậm: đến ngày 29/02/2020, xã Lũng Cú mới đạt 8/19 tiêu chí, xã Sủng Là đạt 9/19 tiêu chí.",
        [(8, 19, "tiêu chí", date(2020, 2, 29), "xã Lũng Cú"), (9, 19, "tiêu chí", date(2020, 2, 29), "xã Sủng Là")],
    ),
    (
        "Đến hết tháng 2/2020, toàn tỉnh có 40/175 xã được công nhận đạt chuẩn.",
        [(40, 175, "xã", date(2020, 2, 29), "tỉnh Hà Giang")],
    ),
    (
        "Đến nay, các xã Lũng Cú, Sủng Là đã đạt 19/19 tiêu chí.",
        [(19, 19, "tiêu chí", date(2020, 3, 12), "xã Lũng Cú"), (19, 19, "tiêu chí", date(2020, 3, 12), "xã Sủng Là")],
    ),
    (
        "Đến nay xã Lũng Cú đã đạt 14 tiêu chí, chưa xã nào đạt từ 15 tiêu chí trở lên.",
        [(14, None, "tiêu chí", date(2020, 3, 12), "xã Lũng Cú")],
    ),
    ("Xã Lũng Cú hướng dẫn lập 12/15 hồ sơ.", []),
    (
        "Đến cuối năm 2019, toàn tỉnh có 40 xã (tỷ lệ 22,6%) đạt chuẩn, tăng 4 xã so với năm 2018.",
        [(40, None, "xã", date(2019, 12, 31), "tỉnh Hà Giang")],
    ),
    ("Đến nay, tỷ lệ hộ nghèo còn 18,5%.", [(18.5, None, "%", date(2020, 3, 12), "tỉnh Hà Giang")]),
    ("Năm 2019, tỷ lệ hộ nghèo đã giảm còn 12%.", [(12, None, "%", date(2019, 12, 31), "tỉnh Hà Giang")]),
    ("Đến nay có 85% số hộ dùng nước hợp vệ sinh.", [(85, None, "%", date(2020, 3, 12), "tỉnh Hà Giang")]),
    (
        "Đến ngày 29/02/2020, toàn tỉnh giải ngân được 120,5 tỷ đồng.",
        [(120.5, None, "tỷ đồng", date(2020, 2, 29), "tỉnh Hà Giang")],
    ),
    (
        "Đến nay đã có 15 xã đạt 19 tiêu chí; 20 xã đạt từ 15-18 tiêu chí.",
        [
            (15, None, "xã", date(2020, 3, 12), "tỉnh Hà Giang"),
            (20, None, "xã", date(2020, 3, 12), "tỉnh Hà Giang"),
        ],
    ),
    (
        "Năm 2019, toàn tỉnh có thêm 8 xã được công nhận, nâng tổng số lên 40/177 xã.",
        [(40, 177, "xã", date(2019, 12, 31), "tỉnh Hà Giang")],
    ),
    (
        "Đến hết năm 2019, huyện Đồng Văn có 5/18 xã đạt chuẩn, huyện Quản Bạ có 4/12 xã đạt chuẩn.",
        [(5, 18, "xã", date(2019, 12, 31), "huyện Đồng Văn"), (4, 12, "xã", date(2019, 12, 31), "huyện Quản Bạ")],
    ),
    ("Toàn tỉnh mới có 40/177 xã đạt chuẩn.", [(40, 177, "xã", date(2020, 3, 12), "tỉnh Hà Giang")]),
    ("Chỉ có xã đạt 19/19 tiêu chí mới được xét.", []),
    ("Kết quả năm 2019: 40 xã đạt chuẩn.", [(40, None, "xã", date(2019, 12, 31), "tỉnh Hà Giang")]),
    (
        "Đến nay toàn tỉnh đạt 1.215 tiêu chí, bình quân 12,4 tiêu chí/xã.",
        [
            (1215, None, "tiêu chí", date(2020, 3, 12), "tỉnh Hà Giang"),
            (12.4, None, "tiêu chí/xã", date(2020, 3, 12), "tỉnh Hà Giang"),
        ],
    ),
    (
        "Các xã Lũng Cú (15/19 tiêu chí), Sủng Là (12/19 tiêu chí) tiến độ chậm.",
        [(15, 19, "tiêu chí", date(2020, 3, 12), "xã Lũng Cú"), (12, 19, "tiêu chí", date(2020, 3, 12), "xã Sủng Là")],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), RESULTS)
def test_result(sentence: str, expected: list[tuple[object, ...]], read_text: Read) -> None:
    found = read_text(letter(f"1. {sentence}")).results
    assert [(each.value, each.of, each.unit, each.as_of, each.place and each.place.name) for each in found] == expected


def test_the_criterion_of_a_result(read_text: Read) -> None:
    for words in ("có 120/177 xã đạt tiêu chí số 2", "tiêu chí số 2 có 120/177 xã đạt"):
        found = read_text(letter(f"1. Đến nay, {words}, bằng 67,8%.")).results
        assert [each.criterion for each in found] == [CriterionKey("VN-XA-2016", 2)], words


def test_what_opens_a_list_speaks_for_its_parts(read_text: Read) -> None:
    body = "1. Đến hết năm 2019, kết quả đạt được như sau:\n\n- 40 xã đạt chuẩn;\n\n- 12 xã đạt từ 15 đến 18 tiêu chí."
    assert [(each.value, each.as_of) for each in read_text(letter(body)).results] == [
        (40, date(2019, 12, 31)),
        (12, date(2019, 12, 31)),
    ]
    body = "1. Phấn đấu đến hết năm 2020:\n\n- Có thêm 7 xã đạt chuẩn;\n\n- 100% số hộ có điện."
    assert [(each.value, each.by) for each in read_text(letter(body)).targets] == [
        (7, date(2020, 12, 31)),
        (100, date(2020, 12, 31)),
    ]


def test_the_day_of_a_report_stands_for_what_follows_in_the_same_piece(read_text: Read) -> None:
    body = (
        "I. KẾT QUẢ\n\n1. Tiêu chí\n\nĐến ngày 29/02/2020, kết quả như sau:\n\nBình quân toàn tỉnh đã đạt 9,4 tiêu chí/xã.\n\n"
        "2. Vốn\n\nĐến nay đã có 9 xã đạt chuẩn."
    )
    assert [each.as_of for each in read_text(letter(body)).results] == [date(2020, 2, 29), date(2020, 3, 12)]


MARKS = [
    ("Đến nay xã Lũng Cú chưa đạt tiêu chí số 2, 17.", [("xã Lũng Cú", 2, False), ("xã Lũng Cú", 17, False)]),
    (
        "Đến nay xã Lũng Cú đã hoàn thành tiêu chí Giao thông, xã Sủng Là chưa hoàn thành tiêu chí số 3.",
        [("xã Lũng Cú", 2, True), ("xã Sủng Là", 3, False)],
    ),
    (
        "Đến nay xã Lũng Cú đã đạt 17 tiêu chí, chưa đạt tiêu chí số 6 và số 17.",
        [("xã Lũng Cú", 6, False), ("xã Lũng Cú", 17, False)],
    ),
    ("Xã Lũng Cú phấn đấu hoàn thành tiêu chí số 17 trước ngày 30/6/2020.", []),
    ("Các xã Lũng Cú, Sủng Là hoàn thành tiêu chí số 17.", []),  # an order
]


@pytest.mark.parametrize(("sentence", "expected"), MARKS)
def test_mark(sentence: str, expected: list[tuple[str, int, bool]], read_text: Read) -> None:
    found = read_text(letter(f"1. {sentence}")).results
    assert [
        (each.place and each.place.name, each.criterion and each.criterion.number, each.met)
        for each in found
        if each.value is None
    ] == expected


GROUPED = (
    "1. Đến nay có 40/90 xã đạt chuẩn.\n\n2. Phân nhóm:\n\n- Nhóm 1: 40 xã đạt 19 tiêu chí;\n\n- Nhóm 2: 11 xã đạt 15-18 "
    "tiêu chí;\n\n- Nhóm 3: 30 xã đạt từ 10 đến 14 tiêu chí;\n\n- Nhóm 4: "
)
CHECKS = [
    ("1. Phấn đấu có 60/120 xã (chiếm 50%) đạt chuẩn.", [(CheckKind.SHARE, True)]),
    ("1. Phấn đấu có 60/120 xã (chiếm 55%) đạt chuẩn.", [(CheckKind.SHARE, False)]),
    ("1. Phấn đấu có 35/61 xã (chiếm 57%) đạt chuẩn.", [(CheckKind.SHARE, True)]),  # rounded as printed
    ("1. Phấn đấu có 30 thôn đạt chuẩn, trong đó năm 2020 có 12 thôn, năm 2021 có 18 thôn.", [(CheckKind.SUM, True)]),
    ("1. Phấn đấu có 30 thôn đạt chuẩn, trong đó năm 2020 có 12 thôn, năm 2021 có 17 thôn.", [(CheckKind.SUM, False)]),
    ("1. Tổng vốn 100 triệu đồng, gồm:\n\n- Tỉnh: 60 triệu đồng.\n\n- Huyện: 40 triệu đồng.", [(CheckKind.SUM, True)]),
    (
        "1. Tổng vốn 1.100 triệu đồng, gồm:\n\n- Tỉnh: 600 triệu đồng.\n\n- Huyện: 400 triệu đồng.",
        [(CheckKind.SUM, False)],
    ),
    (
        "1. Tổng vốn 100 triệu đồng, trong đó:\n\n- Tỉnh: 60 triệu đồng.\n\n- Huyện: 30 triệu đồng.",
        [],
    ),  # some parts only
    ("1. Tổng vốn 100 tỷ đồng, trong đó: tỉnh 60 tỷ đồng, huyện 50 tỷ đồng.", [(CheckKind.SUM, False)]),
    ("1. Hộ nghèo giảm từ 12,5% xuống còn 8,5% (giảm 4%).", [(CheckKind.DIFFERENCE, True)]),
    ("1. Hộ nghèo giảm từ 12,5% xuống còn 8,5% (giảm 5%).", [(CheckKind.DIFFERENCE, False)]),
    (
        "1. Biểu:\n\nTT | Huyện | Số xã\n1 | Quản Bạ | 12\n2 | Yên Minh | 17\nTổng | | 29",
        [(CheckKind.COLUMN_TOTAL, True)],
    ),
    (
        "1. Biểu:\n\nTT | Huyện | Số xã\n1 | Quản Bạ | 12\n2 | Yên Minh | 17\nTổng | | 30",
        [(CheckKind.COLUMN_TOTAL, False)],
    ),
    ("1. Biểu:\n\nTT | Huyện | Bình quân tiêu chí\n1 | Quản Bạ | 12\n2 | Yên Minh | 17\nTổng | | 14", []),
    (
        "A. KINH PHÍ\n\nTổng vốn 1.250,5 tỷ đồng, trong đó:\n\n- Tỉnh: 850,5 tỷ đồng;\n\n- Huyện: 400 tỷ đồng.",
        [(CheckKind.SUM, True)],
    ),
    ("1. Kiểm tra ngày 20/12 và 5/6.", []),
    # Parts that almost make up the whole were meant to; few of them name some of its parts.
    (
        "1. Tổng vốn 900 tỷ đồng, trong đó: tỉnh 400 tỷ đồng, huyện 300 tỷ đồng, dân 190 tỷ đồng.",
        [(CheckKind.SUM, False)],
    ),
    ("1. Tổng vốn 900 tỷ đồng, trong đó: tỉnh 400 tỷ đồng, huyện 300 tỷ đồng, dân 90 tỷ đồng.", []),
    ("1. Tổng vốn 900 tỷ đồng, trong đó: tỉnh 500 tỷ đồng, huyện 390 tỷ đồng.", []),
    (f"{GROUPED}09 xã dưới 10 tiêu chí.", [(CheckKind.GROUP_TOTAL, True)]),
    (f"{GROUPED}08 xã đạt dưới 10 tiêu chí.", [(CheckKind.GROUP_TOTAL, False)]),
    (f"{GROUPED}08 xã đạt từ 5 đến 9 tiêu chí.", []),  # those below are left out
    (
        "1. Đến nay có 40/90 xã đạt chuẩn. Còn lại: 11 xã đạt 15-18 tiêu chí; 30 xã đạt 10-14 tiêu chí; 8 xã dưới 10 tiêu chí.",
        [],
    ),
]


@pytest.mark.parametrize(("body", "expected"), CHECKS)
def test_check(body: str, expected: list[tuple[CheckKind, bool]], read_text: Read) -> None:
    reading = read_text(letter(body))
    assert [(each.kind, each.ok) for each in reading.checks] == expected
    misfits = [issue for issue in reading.issues if issue.code is IssueCode.FIGURE_MISFIT]
    assert len(misfits) == sum(not ok for _, ok in expected)


def test_misfit_gives_both_numbers(read_text: Read) -> None:
    reading = read_text(
        letter("1. Tổng vốn 1.100 triệu đồng, gồm:\n\n- Tỉnh: 600 triệu đồng.\n\n- Huyện: 400 triệu đồng.")
    )
    assert reading.checks[0].message == "Các khoản cộng lại bằng 1.000 triệu đồng, văn bản ghi 1.100 triệu đồng"


NUMBERS = [("1.286", 1286), ("11,5", 11.5), ("08", 8), ("428.600", 428600), ("1.234,5", 1234.5)]


@pytest.mark.parametrize(("words", "value"), NUMBERS)
def test_number(words: str, value: float) -> None:
    assert number(words) == value


def test_shown_as_printed() -> None:
    assert [shown(value) for value in (428600, 11.5, 1234.5, 8)] == ["428.600", "11,5", "1.234,5", "8"]


COMPARED = [
    "STT | Tên xã | Hết năm 2018 | Đến ngày 31/10/2019 | Các tiêu chí chưa đạt",
    "TT | Xã | Số tiêu chí đạt năm 2018 | Số tiêu chí đạt đến 31/10/2019 | Tiêu chí chưa đạt",
    "TT | Xã | Năm 2018 | Tháng 10/2019 | Chưa đạt",
]


@pytest.mark.parametrize("head", COMPARED)
def test_of_two_counts_the_later_is_the_result(head: str, read_text: Read) -> None:
    rows = "1 | Lũng Cú | 10 | 16 | 2, 10, 17\n2 | Sủng Là | 17 | 18 | 5\nTổng cộng | | 127 | 134 |"
    found = read_text(letter(f"1. Kết quả như sau:\n\n{head}\n{rows}")).results
    counts = [(each.value, each.of, each.as_of) for each in found if each.value is not None]
    assert counts == [(16, 19, date(2019, 10, 31)), (18, 19, date(2019, 10, 31))]
    assert {each.as_of for each in found if each.met is not None} == {date(2019, 10, 31)}


def test_a_table_ruled_at_both_sides(read_text: Read) -> None:
    rows = "| TT | Xã | Số tiêu chí đạt |\n|---|---|---|\n| 1 | Lũng Cú | 16 |\n| 2 | Sủng Là | 12 |"
    assert [each.value for each in read_text(letter(f"1. Kết quả như sau:\n\n{rows}")).results] == [16, 12]


def test_what_is_and_what_is_to_be(read_text: Read) -> None:
    rows = "TT | Chỉ tiêu | ĐVT | Hiện có | Mục tiêu 2020\n1 | Số xã đạt chuẩn | xã | 40 | 45\n2 | Số thôn đạt chuẩn | thôn | 9 | 12"
    reading = read_text(letter(f"1. Chỉ tiêu như sau:\n\n{rows}"))
    assert [each.value for each in reading.results] == [40, 9]
    assert [(each.value, each.by) for each in reading.targets] == [(45, date(2020, 12, 31)), (12, date(2020, 12, 31))]
