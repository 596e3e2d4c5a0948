"""Criteria by number, name or alias, and the set that the document means."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from letters import letter

from ntmgraph.model import Reading

Read = Callable[[str], Reading]
Key = tuple[str | None, int | str | None]

# The letter is of 12 March 2020, under the communes' set of 2016.
SET = "VN-XA-2016"
FOUND: list[tuple[str, list[Key]]] = [
    ("Tập trung hoàn thành tiêu chí số 17 về Môi trường và an toàn thực phẩm.", [(SET, 17)]),
    ("Hoàn thành Tiêu chí số 2: Giao thông trong năm.", [(SET, 2)]),
    ("Thực hiện tiêu chí về Giao thông năm nay phải rõ số km.", [(SET, 2)]),
    ("Các xã chưa đạt tiêu chí thu nhập và tiêu chí hộ nghèo tiếp tục phấn đấu.", [(SET, 10), (SET, 11)]),
    ("Rà soát các tiêu chí: Giao thông, Thủy lợi, Y tế.", [(SET, 2), (SET, 3), (SET, 15)]),
    ("Rà soát các tiêu chí số 2, 3 và 17 tại các xã.", [(SET, 2), (SET, 3), (SET, 17)]),
    ("Rà soát các tiêu chí 2, 3 và 17 theo quy định.", [(SET, 2), (SET, 3), (SET, 17)]),
    ("Rà soát các tiêu chí: 2, 3, 17 tại các xã.", [(SET, 2), (SET, 3), (SET, 17)]),
    ("Rà soát tiêu chí số 4, 7, 10 tại các xã.", [(SET, 4), (SET, 7), (SET, 10)]),
    ("Các xã chưa đạt tiêu chí số 02, số 05.", [(SET, 2), (SET, 5)]),
    ("Các xã chưa đạt các tiêu chí (2, 3, 17).", [(SET, 2), (SET, 3), (SET, 17)]),
    ("Gỡ vướng tiêu chí Giao thông, Nhà ở dân cư, Cơ sở vật chất văn hóa.", [(SET, 2), (SET, 9), (SET, 6)]),
    ("Các tiêu chí chưa đạt: 2, 10, 17.", [(SET, 2), (SET, 10), (SET, 17)]),
    ("Còn 3 tiêu chí chưa đạt gồm: Giao thông, Thu nhập, Hộ nghèo.", [(SET, 2), (SET, 10), (SET, 11)]),
    ("Hoàn thành các tiêu chí số 1 (Quy hoạch), số 4 (Điện) và số 8.", [(SET, 1), (SET, 4), (SET, 8)]),
    ("Kiểm tra TC số 17 tại các xã.", [(SET, 17)]),
    ("Kiểm tra chỉ tiêu 17.1, 17.8 về môi trường.", [(SET, "17.1"), (SET, "17.8")]),
    ("Kiểm tra tiêu chí số 10 (Thu nhập), số 11 (Hộ nghèo).", [(SET, 10), (SET, 11)]),
    ("Kiểm tra chỉ tiêu 17.8 về tỷ lệ chất thải.", [(SET, "17.8")]),
    ("Củng cố tiêu chí MT&ATTP, bảo đảm bền vững.", [(SET, 17)]),
    ("Nâng chất tiêu chí Thuỷ  lợi đã đạt.", [(SET, 3)]),
    ("Hoàn thành tiêu chí 2-Giao thông, tiêu chí 3-Thủy lợi.", [(SET, 2), (SET, 3)]),
    ("Kiểm tra TC 17 và TC18 tại các xã.", [(SET, 17), (SET, 18)]),
    ("Các xã chưa đạt TC 2, 5, 17.", [(SET, 2), (SET, 5), (SET, 17)]),
    ("Rà soát chỉ tiêu 17.1 và nội dung 17.8.", [(SET, "17.1"), (SET, "17.8")]),
    ("Còn 03 tiêu chí chưa đạt (số 2, số 10, số 17).", [(SET, 2), (SET, 10), (SET, 17)]),
    ("Nhóm tiêu chí hạ tầng (từ số 2 đến số 5) cần vốn.", [(SET, n) for n in (2, 3, 4, 5)]),
    ("Nâng chất các tiêu chí từ số 2 đến số 4.", [(SET, 2), (SET, 3), (SET, 4)]),
    ("Nhóm tiêu chí hạ tầng gồm: Giao thông, Điện.", [(SET, 2), (SET, 4)]),
    ("Còn 02 tiêu chí chưa đạt là Trường học, Thu nhập.", [(SET, 5), (SET, 10)]),
]


@pytest.mark.parametrize(("sentence", "expected"), FOUND)
def test_found(sentence: str, expected: list[Key], read_text: Read) -> None:
    found = read_text(letter(f"1. {sentence}")).criteria
    assert [(each.set, each.number) for each in found] == expected


NOT_CRITERIA = [
    "Đẩy nhanh tiến độ thực hiện 19 tiêu chí tại các xã.",
    "Ưu tiên những tiêu chí còn vướng ở từng xã.",
    "Không còn xã dưới 10 tiêu chí; bình quân 12 tiêu chí/xã.",
    "Các tiêu chí còn lại: giao đơn vị phụ trách rà soát.",
    "Thực hiện 15 tiêu chí với 28 chỉ tiêu.",
    "Đầu tư giao thông nông thôn, thủy lợi, điện, trường học.",
    "Bảo vệ môi trường và an toàn thực phẩm là nhiệm vụ thường xuyên.",
    "Thực hiện Bộ tiêu chí quốc gia về nông thôn mới.",
    "Các cơ quan phụ trách tiêu chí rà soát lại.",
    "Sở Y tế, Sở Giao thông vận tải phối hợp thực hiện.",
    "Thực hiện nội dung 3.2 của Kế hoạch.",
    "Các xã đạt 17 TC, tăng 2 TC.",
]


@pytest.mark.parametrize("sentence", NOT_CRITERIA)
def test_not_a_criterion(sentence: str, read_text: Read) -> None:
    assert read_text(letter(f"1. {sentence}")).criteria == ()


CHOSEN: list[tuple[str, str, str, Key]] = [
    (
        "2018, communes",
        "ngày 5 tháng 6 năm 2018",
        "tiêu chí số 7 về Cơ sở hạ tầng thương mại nông thôn",
        ("VN-XA-2016", 7),
    ),
    (
        "2014, the set as amended",
        "ngày 5 tháng 6 năm 2014",
        "tiêu chí số 12 về Tỷ lệ lao động có việc làm thường xuyên",
        ("VN-XA-2013", 12),
    ),
    ("2023, communes", "ngày 5 tháng 6 năm 2023", "tiêu chí số 11 về Nghèo đa chiều", ("VN-XA-2021", 11)),
    (
        "2026, ten criteria",
        "ngày 5 tháng 6 năm 2026",
        "tiêu chí số 7 về Khoa học công nghệ và chuyển đổi số",
        ("VN-XA-2026", 7),
    ),
    ("2026, not among the ten", "ngày 5 tháng 6 năm 2026", "tiêu chí về Giao thông", (None, None)),
    ("2021, before its set was issued", "ngày 5 tháng 6 năm 2021", "tiêu chí số 2 về Giao thông", (None, 2)),
    ("a village set that is not known", "ngày 5 tháng 6 năm 2023", "tiêu chí số 3 về Đường làng ngõ xóm", (None, 3)),
]


@pytest.mark.parametrize(("what", "day", "words", "expected"), CHOSEN)
def test_set_follows_date_numbers_and_names(what: str, day: str, words: str, expected: Key, read_text: Read) -> None:
    found = read_text(letter(f"1. Các xã hoàn thành {words}.", signed=f"Hà Giang, {day}")).criteria
    assert [(each.set, each.number) for each in found] == [expected], what


COMMUNE, NEXT, DISTRICT = "VN-XA-2021", "VN-XA-NC-2021", "VN-HUYEN-2021"
TWO_SETS: list[tuple[str, str, list[Key]]] = [
    (
        "the words of each sentence",
        "1. Các xã hoàn thành tiêu chí số 11 về Nghèo đa chiều.\n\n"
        "2. UBND huyện Quản Bạ hoàn thành tiêu chí số 7 về Môi trường của huyện nông thôn mới.",
        [(COMMUNE, 11), (DISTRICT, 7)],
    ),
    (
        "the heading above",
        "1. Xã nông thôn mới\n\n- Hoàn thành tiêu chí số 2.\n\n2. Huyện nông thôn mới\n\n- Hoàn thành tiêu chí số 2.",
        [(COMMUNE, 2), (DISTRICT, 2)],
    ),
    (
        "a grade whose names are not known",
        "1. Xã đạt chuẩn nông thôn mới: rà soát tiêu chí số 17.\n\n2. Xã NTM nâng cao: rà soát tiêu chí số 17.",
        [(COMMUNE, 17), (NEXT, 17)],
    ),
    (
        "a village set that is not known",
        "1. Hoàn thành tiêu chí số 3 của thôn nông thôn mới.\n\n2. Các xã hoàn thành tiêu chí số 3 về Thủy lợi.",
        [(None, 3), (COMMUNE, 3)],
    ),
    (
        "a heading of districts above what no district has",
        "1. Xây dựng huyện nông thôn mới\n\n- Hoàn thành tiêu chí số 17.",
        [(COMMUNE, 17)],
    ),
    (
        "the period of the sentence",
        "1. Giai đoạn 2016-2020, các xã vướng tiêu chí số 17.\n\n2. Các xã tập trung tiêu chí số 11.",
        [("VN-XA-2016", 17), (COMMUNE, 11)],
    ),
    (
        "the decision cited in the sentence",
        "1. Các xã hoàn thành tiêu chí số 5.\n\n2. Theo Quyết định số 320/QĐ-TTg, hoàn thành tiêu chí số 5.",
        [(COMMUNE, 5), (DISTRICT, 5)],
    ),
]


@pytest.mark.parametrize(("what", "body", "expected"), TWO_SETS)
def test_two_sets_in_one_document(what: str, body: str, expected: list[Key], read_text: Read) -> None:
    found = read_text(letter(body, signed="Hà Giang, ngày 5 tháng 6 năm 2023")).criteria
    assert [(each.set, each.number) for each in found] == expected, what


def test_the_set_of_a_title_about_criteria(read_text: Read) -> None:
    text = letter(
        "1. Sở Y tế phụ trách tiêu chí số 14.",
        signed="Hà Giang, ngày 5 tháng 6 năm 2023",
        about="V/v phân công phụ trách tiêu chí xã nông thôn mới nâng cao",
    )
    assert [(each.set, each.number) for each in read_text(text).criteria] == [(NEXT, 14)]


def test_cited_decision_decides(read_text: Read) -> None:
    text = letter(
        "1. Theo Quyết định số 1144/QĐ-UBND của UBND tỉnh, hoàn thành tiêu chí số 3 về Nhà ở dân cư và tiêu "
        "chí số 14 về An ninh trật tự xã hội.",
        issuer="ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI",
        signed="Lào Cai, ngày 5 tháng 6 năm 2023",
    )
    assert {each.set for each in read_text(text).criteria} == {"LAOCAI-THON-NTM-2022"}


def test_rows_of_a_table(read_text: Read) -> None:
    body = (
        "1. Phân công:\n\nTT | Tiêu chí | Cơ quan chủ trì\n1 | Quy hoạch | Sở Xây dựng\n"
        "2 | Giao thông | Sở Giao thông vận tải\n3 | Thủy lợi | Sở Nông nghiệp và PTNT\n4 | Điện | Sở Công Thương"
    )
    assert [(each.set, each.number) for each in read_text(letter(body)).criteria] == [(SET, n) for n in (1, 2, 3, 4)]


def test_rows_that_pair_no_criteria(read_text: Read) -> None:
    body = "1. Vốn:\n\nTT | Nội dung | Vốn\n1 | Đường thôn | 3\n2 | Kênh | 4\n3 | Điện | 5"
    assert read_text(letter(body)).criteria == ()


def test_a_row_of_several_criteria(read_text: Read) -> None:
    rows = "1 | Quy hoạch | Sở Xây dựng\n5, 14 | Trường học; Giáo dục và Đào tạo | Sở Giáo dục và Đào tạo"
    text = letter(
        f"1. Phân công như sau:\n\nTC | Tên | Chủ trì\n{rows}\n15 | Y tế | Sở Y tế",
        signed="Hà Giang, ngày 5 tháng 6 năm 2018",
    )
    assert [(each.number, each.name) for each in read_text(text).criteria] == [
        (1, "Quy hoạch"),
        (5, "Trường học"),
        (14, "Giáo dục và Đào tạo"),
        (15, "Y tế"),
    ]
