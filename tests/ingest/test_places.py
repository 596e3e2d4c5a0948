"""Places by kind and name, province, date and district; one candidate or a doubt."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from letters import letter

from ntmgraph.model import IssueCode, Reading

Read = Callable[[str], Reading]

# The letter is of Hà Giang, 12 March 2020.
FOUND = [
    ("xã Lũng Cú, huyện Đồng Văn", ["xã Lũng Cú", "huyện Đồng Văn"]),
    ("các huyện: Quản Bạ, Yên Minh và Mèo Vạc", ["huyện Quản Bạ", "huyện Yên Minh", "huyện Mèo Vạc"]),
    ("các xã Sủng Là, Phố Cáo (huyện Đồng Văn)", ["xã Sủng Là", "xã Phố Cáo", "huyện Đồng Văn"]),
    ("thành phố Hà Giang", ["thành phố Hà Giang"]),
    ("các xã biên giới Lũng Cú, Phố Cáo và Sủng Là", ["xã Lũng Cú", "xã Phố Cáo", "xã Sủng Là"]),
    ("các xã: Lũng Cú; Phố Cáo", ["xã Lũng Cú", "xã Phố Cáo"]),
    ("03 xã đạt chuẩn, gồm: Lũng Cú, Phố Cáo", ["xã Lũng Cú", "xã Phố Cáo"]),
    ("5/11 xã được công nhận, chiếm 45,5%, gồm: Lũng Cú, Phố Cáo", ["xã Lũng Cú", "xã Phố Cáo"]),
    ("các xã thuộc huyện Đồng Văn: Lũng Cú, Phố Cáo", ["huyện Đồng Văn", "xã Lũng Cú", "xã Phố Cáo"]),
    ("02 xã đạt từ 14 tiêu chí trở lên là Lũng Cú và Phố Cáo", ["xã Lũng Cú", "xã Phố Cáo"]),
    ("3 xã (Lũng Cú, Phố Cáo)", ["xã Lũng Cú", "xã Phố Cáo"]),
    ("xã Lũng Cú, huyện Đồng Văn và xã Quyết Tiến (Quản Bạ)", ["xã Lũng Cú", "huyện Đồng Văn", "xã Quyết Tiến"]),
    ("các thôn: Lô Lô Chải, Sảng Tủng", ["thôn Lô Lô Chải", "thôn Sảng Tủng"]),
    ("thị xã Hà Giang", ["thành phố Hà Giang"]),  # its kind has changed since
    ("thôn Lô Lô Chải", ["thôn Lô Lô Chải"]),
    ("các xã Lũng Cú (15/19 tiêu chí), Sủng Là (12/19 tiêu chí)", ["xã Lũng Cú", "xã Sủng Là"]),
    (
        "các xã: Lũng Cú, Sủng Là (huyện Đồng Văn); Quyết Tiến, Thanh Vân (huyện Quản Bạ)",
        ["xã Lũng Cú", "xã Sủng Là", "huyện Đồng Văn", "xã Quyết Tiến", "xã Thanh Vân", "huyện Quản Bạ"],
    ),
    (
        "huyện Đồng Văn (Lũng Cú, Sủng Là), huyện Quản Bạ (Quyết Tiến)",
        ["huyện Đồng Văn", "xã Lũng Cú", "xã Sủng Là", "huyện Quản Bạ", "xã Quyết Tiến"],
    ),
    ("các huyện nghèo Đồng Văn, Mèo Vạc", ["huyện Đồng Văn", "huyện Mèo Vạc"]),
    ("04 huyện vùng cao: Đồng Văn, Mèo Vạc", ["huyện Đồng Văn", "huyện Mèo Vạc"]),
    ("khóm 3, ấp Phú Thạnh, tổ dân phố số 5", ["khóm 3", "ấp Phú Thạnh", "tổ dân phố số 5"]),
    ("các thôn Tả Giá Khâu, Sảng Pả xã Lũng Cú", ["thôn Tả Giá Khâu", "thôn Sảng Pả", "xã Lũng Cú"]),
    ("tỉnh Lào Cai và tỉnh Bà Rịa - Vũng Tàu", ["tỉnh Lào Cai", "tỉnh Bà Rịa - Vũng Tàu"]),
]


@pytest.mark.parametrize(("words", "names"), FOUND)
def test_found(words: str, names: list[str], read_text: Read) -> None:
    found = read_text(letter(f"1. Sở Y tế kiểm tra tại {words}.")).places
    assert [each.name for each in found] == names


NOT_PLACES = [
    "các xã đặc biệt khó khăn của huyện",
    "thôn Nông thôn mới và thôn Kiểu mẫu",
    "bản Cam kết và bản Báo cáo",
    "phát triển nông thôn Việt Nam",
    "các xã: Sở Y tế chủ trì",
    "các xã gồm: Ban Quản lý, Hội Nông dân",
    "xã điểm Xây dựng nông thôn mới",
    "cấp xã, cấp huyện và cấp tỉnh",
    "mỗi thôn 3 triệu đồng",
    "các thôn Đạt chuẩn, Kiểu mẫu",
    "kinh tế nông thôn\nI. MỤC TIÊU",
]


@pytest.mark.parametrize("words", NOT_PLACES)
def test_not_a_place(words: str, read_text: Read) -> None:
    assert read_text(letter(f"1. Sở Y tế thực hiện tại {words}.")).places == ()


def test_namesakes_are_told_apart_by_the_district(read_text: Read) -> None:
    one = read_text(
        letter(
            "1. Sở Y tế kiểm tra xã Tân Tiến, huyện Hoàng Su Phì.",
            issuer="",
            signed="Hà Giang, ngày 12 tháng 3 năm 2020",
        )
    )
    assert not [issue for issue in one.issues if issue.code is IssueCode.PLACE_AMBIGUOUS]
    assert one.places[0].id.startswith("p.0")


def test_each_name_of_a_list_has_its_own_district(read_text: Read) -> None:
    words = "các xã: Tân Tiến (huyện Hoàng Su Phì), Tân Trịnh (huyện Quang Bình)"
    reading = read_text(letter(f"1. Sở Y tế kiểm tra {words}."))
    assert not [issue for issue in reading.issues if issue.code is IssueCode.PLACE_AMBIGUOUS]
    assert [each.id[:3] for each in reading.places if each.level == "commune"] == ["p.0", "p.0"]


def test_a_province_of_both_systems_is_one(read_text: Read) -> None:
    reading = read_text("Tin về sản phẩm OCOP\n\nThành phố Hà Nội ban hành kế hoạch, giao các sở thực hiện.\n")
    assert [each.name for each in reading.places] == ["thành phố Hà Nội"]
    assert not [issue for issue in reading.issues if issue.code is IssueCode.PLACE_AMBIGUOUS]


def test_ambiguous_name_is_doubted(read_text: Read) -> None:
    text = "Niềm vui ở xã mới\n\nXã Tân Tiến đón bằng công nhận, bà con phấn khởi.\n"
    reading = read_text(text)
    assert [issue.code for issue in reading.issues] == [IssueCode.PLACE_AMBIGUOUS]
    assert [(each.name, each.id) for each in reading.places] == [("xã Tân Tiến", "p.xa-tan-tien")]


def test_the_date_chooses_between_the_two_systems(read_text: Read) -> None:
    before = read_text(
        letter("1. Kiểm tra xã Đồng Văn.", issuer="", signed="Hà Giang, ngày 12 tháng 3 năm 2020")
    ).places
    after = read_text(
        letter(
            "1. Kiểm tra xã Đồng Văn.",
            issuer="ỦY BAN NHÂN DÂN\nTỈNH TUYÊN QUANG",
            signed="Tuyên Quang, ngày 12 tháng 3 năm 2026",
        )
    ).places
    assert [each.id.endswith(".2025") for each in after] == [True]
    assert not [each for each in before if each.id.endswith(".2025")]


HIGHLAND = [
    (
        "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NAM",
        "Tam Kỳ, ngày 9 tháng 2 năm 2021",
        "xã La Dêê và xã Ch’Ơm",
        ["p.20704", "p.20437"],
    ),
    (
        "ỦY BAN NHÂN DÂN\nTỈNH GIA LAI",
        "Pleiku, ngày 9 tháng 2 năm 2021",
        "các xã: Bar Măih, HBông",
        ["p.23946", "p.23968"],
    ),
    ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ ĐÀ NẴNG", "Đà Nẵng, ngày 9 tháng 2 năm 2026", "xã La Dêê", ["p.20704.2025"]),
    (
        "ỦY BAN NHÂN DÂN\nTỈNH VĨNH LONG",
        "Vĩnh Long, ngày 9 tháng 2 năm 2021",
        "Phường 1, Phường 9; phường 3 thuộc thành phố Vĩnh Long; mỗi phường 2 điểm; phường 77",
        ["p.29551", "p.29542", "p.29557", "p.855"],
    ),
    ("ỦY BAN NHÂN DÂN\nTỈNH AN GIANG", "An Giang, ngày 9 tháng 2 năm 2026", "đặc khu Phú Quốc", ["p.31078.2025"]),
]


@pytest.mark.parametrize(("issuer", "signed", "words", "ids"), HIGHLAND)
def test_highland_names_and_new_kinds(issuer: str, signed: str, words: str, ids: list[str], read_text: Read) -> None:
    found = read_text(letter(f"1. Sở Y tế kiểm tra {words}.", issuer=issuer, signed=signed)).places
    assert [each.id for each in found] == ids


def test_a_name_that_differs_by_its_accents_only(read_text: Read) -> None:
    table = (
        "TT | Huyện | Xã | Số tiêu chí đạt\n1 | Đồng Văn | Lũng Cu | 12\n2 | | Sung Là | 14\n3 | Quản Bạ | Lũng Cu | 9"
    )
    found = read_text(letter(f"1. Kết quả:\n\n{table}")).places
    assert [each.name for each in found if each.level == "commune"] == ["xã Lũng Cú", "xã Sủng Là", "xã Lũng Cu"]
