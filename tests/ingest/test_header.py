"""Who, which number, when, about what, to whom, signed by whom: State and Party forms, lost and blank parts."""

from __future__ import annotations

from datetime import date

import pytest
from letters import NATION, letter

from ingest.document_types import type_of_number
from ingest.header import Header, read_header
from ingest.issuers import identity, organisation
from ingest.normalise import normalise
from ntmgraph.authority import Authority
from ntmgraph.model import DocumentState, IssueCode


def head(text: str, authority: Authority) -> Header:
    return read_header(normalise(text).text, authority)


PLAN = f"""ỦY BAN NHÂN DÂN
TỈNH HÀ TĨNH
-------

{NATION}
---------------

Số: 88/KH-UBND

Hà Tĩnh, ngày 5 tháng 01 năm 2022

KẾ HOẠCH
Xây dựng khu dân cư nông thôn mới kiểu mẫu năm 2022

Thực hiện Nghị quyết của Tỉnh ủy, UBND tỉnh ban hành Kế hoạch như sau:
1. Mục tiêu: có thêm 20 khu dân cư.

Nơi nhận:
- TTr. Tỉnh ủy;
- Lưu: VT, NL.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

(Đã ký)

Đinh Thị Bưởi
"""
DECISION = f"""ỦY BAN NHÂN DÂN
HUYỆN MÈO VẠC

{NATION}

Số: 1203/QĐ-UBND

Mèo Vạc, ngày 14 tháng 6 năm 2021

QUYẾT ĐỊNH
Về việc kiện toàn Ban Chỉ đạo các Chương trình mục tiêu quốc gia huyện

CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN MÈO VẠC

Căn cứ Luật Tổ chức chính quyền địa phương năm 2015;

QUYẾT ĐỊNH:

Điều 1. Kiện toàn Ban Chỉ đạo.

Nơi nhận:
- Như Điều 3;
- Lưu: VT.

CHỦ TỊCH

Vàng Mí Sính
"""
DEPARTMENT = f"""UBND TỈNH BÌNH PHƯỚC
SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN

{NATION}

Số: 901/SNN-VPĐP
V/v báo cáo tiến độ thực hiện
tiêu chí thu nhập

Bình Phước, ngày 02 tháng 11 năm 2023

Kính gửi: Phòng Kinh tế các huyện; Hội Nông dân tỉnh.

Đề nghị báo cáo trước ngày 15/11/2023.

Nơi nhận: - Như trên; - Lưu: VT.

GIÁM ĐỐC

Trịnh Văn Cam
"""
PARTY = """TỈNH ỦY SÓC TRĂNG
*
Số 27-CT/TU

ĐẢNG CỘNG SẢN VIỆT NAM

Sóc Trăng, ngày 03 tháng 02 năm 2023

CHỈ THỊ
CỦA BAN THƯỜNG VỤ TỈNH ỦY
về nâng cao chất lượng xã nông thôn mới

1- Các huyện ủy quán triệt Chỉ thị.

Nơi nhận:
- Các huyện ủy,
- Lưu Văn phòng Tỉnh ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ THƯỜNG TRỰC

Thạch Thị Dừa
"""
LEADERS = f"""HỘI ĐỒNG NHÂN DÂN
TỈNH PHÚ THỌ

{NATION}

Số: 12/2022/NQ-HĐND

Phú Thọ, ngày 15 tháng 7 năm 2022

NGHỊ QUYẾT
Quy định mức hỗ trợ xây dựng nông thôn mới

HỘI ĐỒNG NHÂN DÂN TỈNH PHÚ THỌ

Điều 1. Mức hỗ trợ là 500 triệu đồng/xã.

CHỦ TỊCH

Bế Văn Ổi
"""

ROWS = [
    (PLAN, "Kế hoạch", "88/KH-UBND", "UBND tỉnh Hà Tĩnh", "Hà Tĩnh", date(2022, 1, 5), "Đinh Thị Bưởi", "Phó Chủ tịch"),
    (
        DECISION,
        "Quyết định",
        "1203/QĐ-UBND",
        "UBND huyện Mèo Vạc",
        "Mèo Vạc",
        date(2021, 6, 14),
        "Vàng Mí Sính",
        "Chủ tịch",
    ),
    (
        DEPARTMENT,
        "Công văn",
        "901/SNN-VPĐP",
        "Sở Nông nghiệp và Phát triển nông thôn tỉnh Bình Phước",
        "Bình Phước",
        date(2023, 11, 2),
        "Trịnh Văn Cam",
        "Giám đốc",
    ),
    (
        PARTY,
        "Chỉ thị",
        "27-CT/TU",
        "Tỉnh ủy Sóc Trăng",
        "Sóc Trăng",
        date(2023, 2, 3),
        "Thạch Thị Dừa",
        "Phó Bí thư Thường trực",
    ),
    (
        LEADERS,
        "Nghị quyết",
        "12/2022/NQ-HĐND",
        "HĐND tỉnh Phú Thọ",
        "Phú Thọ",
        date(2022, 7, 15),
        "Bế Văn Ổi",
        "Chủ tịch",
    ),
    (
        letter("1. Làm."),
        "Công văn",
        "55/UBND-KT",
        "UBND tỉnh Hà Giang",
        "Hà Giang",
        date(2020, 3, 12),
        "Lò Văn Pao",
        "Phó Chủ tịch",
    ),
]


@pytest.mark.parametrize(("text", "kind", "number", "issuer", "place", "day", "signer", "title"), ROWS)
def test_header(
    text: str, kind: str, number: str, issuer: str, place: str, day: date, signer: str, title: str, authority: Authority
) -> None:
    found = head(text, authority)
    assert (found.type, found.number, found.issuer, found.place, found.date) == (kind, number, issuer, place, day)
    assert found.signer is not None
    assert (found.signer.name, found.signer.title) == (signer, title)
    assert found.state is DocumentState.ISSUED


SUBJECTS = [
    (PLAN, "Xây dựng khu dân cư nông thôn mới kiểu mẫu năm 2022"),
    (DECISION, "Về việc kiện toàn Ban Chỉ đạo các Chương trình mục tiêu quốc gia huyện"),
    (DEPARTMENT, "báo cáo tiến độ thực hiện tiêu chí thu nhập"),
    (PARTY, "về nâng cao chất lượng xã nông thôn mới"),
    (
        PLAN.replace("\n\n", "\n"),  # no empty line between the title and the body
        "Xây dựng khu dân cư nông thôn mới kiểu mẫu năm 2022",
    ),
    (
        letter(
            "1. Làm.",
            about="CHỈ THỊ\nVề việc xử lý nợ đọng\nThời gian qua, các địa phương đã tích cực làm.",
            number="7/CT-UBND",
        ),
        "Về việc xử lý nợ đọng",
    ),
]


@pytest.mark.parametrize(("text", "subject"), SUBJECTS)
def test_subject(text: str, subject: str, authority: Authority) -> None:
    assert head(text, authority).subject == subject


LISTS = [
    (
        "Kính gửi:\n\n- Các sở, ban, ngành tỉnh;\n- UBND các huyện.\n\nThực hiện",
        ("Các sở, ban, ngành tỉnh", "UBND các huyện"),
    ),
    ("Kính gửi: Sở Y tế; Sở Nội vụ.\n\nThực hiện", ("Sở Y tế", "Sở Nội vụ")),
    (
        "Kính gửi:\n- Các sở: Nội vụ, Y tế,\nXây dựng;\n- Công an tỉnh.\n\nThực hiện",
        ("Các sở: Nội vụ, Y tế, Xây dựng", "Công an tỉnh"),
    ),
    ("Thực hiện chỉ đạo của Tỉnh ủy, kính gửi lời chào.", ()),
]


@pytest.mark.parametrize(("body", "expected"), LISTS)
def test_addressees(body: str, expected: tuple[str, ...], authority: Authority) -> None:
    assert head(letter(body), authority).addressees == expected


def test_copies_are_no_addressees(authority: Authority) -> None:
    found = head(PLAN, authority)
    assert (found.addressees, found.recipients) == ((), ("TTr. Tỉnh ủy", "Lưu: VT, NL"))


@pytest.mark.parametrize(
    ("number", "signed"),
    [
        ("/UBND-KT", "Hà Giang, ngày tháng năm 2020"),
        ("……/UBND-KT", "Hà Giang, ngày … tháng 3 năm 2020"),
        ("55/UBND-KT", "Hà Giang, ngày tháng 3 năm 2020"),
        ("   /UBND-KT", "Hà Giang, ngày 12 tháng 3 năm 2020"),
    ],
)
def test_blank_number_or_date_is_a_draft(number: str, signed: str, authority: Authority) -> None:
    found = head(letter("1. Làm.", number=number, signed=signed), authority)
    assert found.state is DocumentState.DRAFT
    assert found.number is None or found.date is None
    assert found.year == 2020
    assert found.issuer == "UBND tỉnh Hà Giang"


def test_struck_number_is_read_and_doubted(authority: Authority) -> None:
    found = head(letter("1. Làm.", number="~~5~~5/UBND-KT"), authority)
    assert found.number == "55/UBND-KT"
    assert [issue.code for issue in found.issues] == [IssueCode.NUMBER_UNCLEAR]


def test_lost_issuer_follows_from_symbol_and_place(authority: Authority) -> None:
    assert head(letter("1. Làm.", issuer=""), authority).issuer == "UBND tỉnh Hà Giang"


def test_two_columns_on_one_line(authority: Authority) -> None:
    nation, motto = NATION.splitlines()
    text = (
        f"ỦY BAN NHÂN DÂN {nation}\nTỈNH HÀ GIANG {motto}\nSố: 55/UBND-KT Hà Giang, ngày 12 tháng 3 năm 2020\n"
        "V/v rà soát\n\nKính gửi: Sở Y tế.\n\n1. Làm.\n"
    )
    found = head(text, authority)
    assert (found.issuer, found.number, found.date) == ("UBND tỉnh Hà Giang", "55/UBND-KT", date(2020, 3, 12))


LAID_OUT = [
    ("a name broken after its first word", "ỦY\nBAN NHÂN DÂN\nTỈNH HÀ GIANG", "UBND tỉnh Hà Giang"),
    ("table bars", "ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\n-------\n|", "UBND tỉnh Hà Giang"),
    (
        "a signature panel above",
        "Người ký: UBND tỉnh\nThời gian ký: 12.03.2020\n\nUBND TỈNH HÀ GIANG",
        "UBND tỉnh Hà Giang",
    ),
    ("an office of the committee", "ỦY BAN NHÂN DÂN TỈNH HÀ GIANG\nVĂN PHÒNG", "Văn phòng UBND tỉnh Hà Giang"),
    ("a department under its committee", "UBND TỈNH HÀ GIANG\nSỞ Y TẾ", "Sở Y tế tỉnh Hà Giang"),
    ("a committee of a city", "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ GIANG", "UBND thành phố Hà Giang"),
    ("old tone placement", "UỶ BAN NHÂN DÂN\nTỈNH THANH HOÁ", "UBND tỉnh Thanh Hóa"),
]


@pytest.mark.parametrize(("what", "issuer", "expected"), LAID_OUT)
def test_issuer_as_laid_out(what: str, issuer: str, expected: str, authority: Authority) -> None:
    assert head(letter("1. Làm.", issuer=issuer), authority).issuer == expected, what


def test_copy_list_beside_the_signature(authority: Authority) -> None:
    text = letter("1. Làm.").split("Nơi nhận")[0] + (
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Sở Y tế; KT. CHỦ TỊCH\n- Lưu: VT. PHÓ CHỦ TỊCH\n\nLò Văn Pao"
    )
    found = head(text, authority)
    assert found.recipients == ("Sở Y tế", "Lưu: VT")
    assert found.signer is not None
    assert (found.signer.name, found.signer.title) == ("Lò Văn Pao", "Phó Chủ tịch")


def test_party_letter_has_its_subject_under_the_number(authority: Authority) -> None:
    text = "TỈNH ỦY SÓC TRĂNG\n*\nSố 59-CV/TU\nVề việc rà soát tiến độ\n\nSóc Trăng, ngày 3 tháng 4 năm 2024\n\nKính gửi: Các huyện ủy.\n\n1- Làm.\n"
    found = head(text, authority)
    assert (found.type, found.subject, found.addressees) == ("Công văn", "Về việc rà soát tiến độ", ("Các huyện ủy",))


def test_press_item_issues_nothing(authority: Authority) -> None:
    text = (
        "Xã vùng cao về đích sớm\n\nNgày 5/5/2022, tỉnh Sơn La công bố xã đạt chuẩn theo Quyết định số 12/QĐ-UBND.\n\n"
        "Tin liên quan\n\nBài khác"
    )
    found = head(text, authority)
    assert (found.type, found.number, found.issuer, found.date, found.state) == (
        "Tin bài",
        None,
        None,
        None,
        DocumentState.NEWS,
    )
    assert found.province == "Sơn La"
    assert normalise(text).text[found.regions.end :].strip().startswith("Tin liên quan")


def test_annexed_plan_follows_the_signature(authority: Authority) -> None:
    text = (
        DECISION
        + "\nKẾ HOẠCH\nHoạt động năm 2021\n(Ban hành kèm theo Quyết định số 1203/QĐ-UBND ngày 14/6/2021)\n\n1. "
        "Họp hằng quý."
    )
    found = head(text, authority)
    rest = normalise(text).text[found.regions.annexes :]
    assert rest.strip().startswith("KẾ HOẠCH\nHoạt động")
    assert found.signer is not None
    assert found.signer.name == "Vàng Mí Sính"


TYPES = [
    ("77/UBND-NL", "Công văn"),
    ("88/KH-UBND", "Kế hoạch"),
    ("27/2022/NĐ-CP", "Nghị định"),
    ("05/2022/TT-BNNPTNT", "Thông tư"),
    ("115/TTr-SNN", "Tờ trình"),
    ("27-CT/TU", "Chỉ thị"),
    ("71-KL/TU", "Kết luận"),
    ("59-CV/BCĐ", "Công văn"),
    ("12-CTr/TU", "Chương trình"),
    ("24/2021/QH15", None),  # a law or a resolution
]


@pytest.mark.parametrize(("number", "kind"), TYPES)
def test_type_of_number(number: str, kind: str | None) -> None:
    assert type_of_number(number) == kind


BODIES = [
    ("77/UBND-NL", "UBND"),
    ("88/KH-UBND", "UBND"),
    ("27-CT/TU", "TU"),
    ("24/2021/QH15", "QH"),
    ("1600/QĐ-TTg", "TTg"),
    ("115/TTr-SNN", "SNN"),
    ("4836/BNN-VPĐP", "BNN"),
]


@pytest.mark.parametrize(("number", "body"), BODIES)
def test_organisation(number: str, body: str) -> None:
    assert organisation(number) == body


IDENTITIES = [
    ("27-CT/TU", "Ban Thường vụ Tỉnh ủy", "Tỉnh ủy Sóc Trăng"),
    ("27-CT/TU", None, "Tỉnh ủy Sóc Trăng"),
    ("12/QĐ-UBND", "Chủ tịch UBND tỉnh Sóc Trăng", "UBND tỉnh Sóc Trăng"),
    ("1600/QĐ-TTg", None, "Thủ tướng Chính phủ"),
    ("12/QĐ-UBND", None, None),  # any province issues a 12/QĐ-UBND
    ("45/KH-UBND", "UBND xã Tân Lập", "UBND xã Tân Lập tỉnh Sóc Trăng"),  # many provinces have a xã Tân Lập
    ("45/KH-UBND", "Chủ tịch UBND thành phố Sóc Trăng", "UBND thành phố Sóc Trăng tỉnh Sóc Trăng"),
    ("45/KH-UBND", "UBND xã Tân Lập, tỉnh Sóc Trăng", "UBND xã Tân Lập, tỉnh Sóc Trăng"),
]


@pytest.mark.parametrize(("number", "issuer", "expected"), IDENTITIES)
def test_identity(number: str, issuer: str | None, expected: str | None, authority: Authority) -> None:
    assert identity(number, issuer, "Sóc Trăng", authority) == expected


SIGNED = [
    ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nY Ngọc", "Y Ngọc", "Phó Chủ tịch"),
    ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nK'Brơi Ê Ban", "K'Brơi Ê Ban", "Chủ tịch"),
    ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nCầm Văn Khánh Toàn", "Cầm Văn Khánh Toàn", "Phó Giám đốc"),
    ("TM. CHỦ TỌA KỲ HỌP\nCHỦ TỊCH\n(Đã ký) A Khuyn", "A Khuyn", "Chủ tịch"),
    ("CHỦ TỌA\n\nĐiểu K'Ré", "Điểu K'Ré", "Chủ tọa"),
    ("TUQ. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG\n\nLò Thị Hương Giang", "Lò Thị Hương Giang", "Phó Trưởng phòng"),
    ("Q. GIÁM ĐỐC\n\nNông Văn Bình", "Nông Văn Bình", "Giám đốc"),
]


@pytest.mark.parametrize(("block", "name", "title"), SIGNED)
def test_signature(block: str, name: str, title: str, authority: Authority) -> None:
    text = letter("1. Làm.").split("KT. CHỦ TỊCH")[0] + block
    signer = head(text, authority).signer
    assert signer is not None
    assert (signer.name, signer.title) == (name, title)


ISSUERS = [
    ("ỦY BAN NHÂN DÂN TỈNH NGHỆ AN\nVĂN PHÒNG", "17/TB-VP", "Nghệ An", "Văn phòng UBND tỉnh Nghệ An", "Nghệ An"),
    ("TỈNH ỦY LÂM ĐỒNG\nVĂN PHÒNG", "20/TB-VPTU", "Đà Lạt", "Văn phòng Tỉnh ủy Lâm Đồng", "Lâm Đồng"),
    ("HỘI ĐỒNG NHÂN DÂN\nHUYỆN ĐĂK TÔ", "2/NQ-HĐND", "Đăk Tô", "HĐND huyện Đắk Tô", "Kon Tum"),
    ("HUYỆN ỦY TỦA CHÙA", "2/KH-HU", "Tủa Chùa", "Huyện ủy Tủa Chùa", "Điện Biên"),
    (
        "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nTỈNH ĐIỆN BIÊN\nBAN THƯỜNG TRỰC",
        "15/KH-MTTQ-BTT",
        "Điện Biên",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Điện Biên",
        "Điện Biên",
    ),
    (
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ SƠN LA\nPHÒNG KINH TẾ",
        "15/PKT",
        "Sơn La",
        "Phòng Kinh tế thành phố Sơn La",
        "Sơn La",
    ),
    ("UBND TỈNH SƠN LA\nSỞ NỘI VỤ", "15/SNV-XD", "Sơn La", "Sở Nội vụ tỉnh Sơn La", "Sơn La"),
    ("BAN CHỈ ĐẠO TỈNH\nĐOÀN KIỂM TRA SỐ 2", "3/TB-ĐKT", "Yên Bái", "Đoàn kiểm tra số 2 tỉnh Yên Bái", "Yên Bái"),
]


@pytest.mark.parametrize(("printed", "number", "place", "issuer", "province"), ISSUERS)
def test_issuer(printed: str, number: str, place: str, issuer: str, province: str, authority: Authority) -> None:
    text = letter("1. Làm.", issuer=printed, number=number, signed=f"{place}, ngày 9 tháng 2 năm 2021")
    found = head(text, authority)
    assert (found.issuer, found.province) == (issuer, province)


SHAPES = [  # what is odd about the copy, its text, and type, number, issuer, place, date, signer
    (
        "cells run over lines",
        "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\n-------\n|\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\n|\nSố:\n7/2023/QĐ-UBND\n|\nHà Nam, ngày\n"
        "02 tháng 8 năm 2023\n|\nQUYẾT ĐỊNH\nBAN\nHÀNH QUY ĐỊNH VỀ NƯỚC SẠCH\nỦY BAN NHÂN DÂN TỈNH HÀ NAM\nCăn cứ Luật Tài nguyên nước;\n"
        "Điều 1. Ban hành Quy định.\n|\nNơi nhận:\n- Lưu: VT.\n|\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nVũ Thị Mơ\n|",
        ("Quyết định", "7/2023/QĐ-UBND", "UBND tỉnh Hà Nam", "Hà Nam", date(2023, 8, 2), "Vũ Thị Mơ"),
    ),
    (
        "signature in the cells beside the copy list",
        f"UBND TỈNH YÊN BÁI | {NATION.splitlines()[0]}\nSỞ CÔNG THƯƠNG | {NATION.splitlines()[1]}\nSố: 12/SCT-NL | Yên Bái, ngày 21 tháng 4 năm 2020\n"
        "V/v cấp điện nông thôn |\n\nKính gửi: | - UBND các huyện;\n | - Điện lực tỉnh.\n\n1. Rà soát.\n\nNơi nhận: | GIÁM ĐỐC\n"
        "- Như trên; |\n- Lưu: VT. |\n | Hà Văn Tơ",
        ("Công văn", "12/SCT-NL", "Sở Công Thương tỉnh Yên Bái", "Yên Bái", date(2020, 4, 21), "Hà Văn Tơ"),
    ),
    (
        "all on one line",
        f"UBND THÀNH PHỐ HÀ NỘI {NATION.replace(chr(10), ' ')} Số: 21/UBND-KT V/v thu gom rác Hà Nội, ngày 8 tháng 7 năm 2021\n"
        "Kính gửi: Các quận.\n1. Rà soát.\nNơi nhận: - Như trên; - Lưu: VT. TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Tô Văn Mạc",
        ("Công văn", "21/UBND-KT", "UBND thành phố Hà Nội", "Hà Nội", date(2021, 7, 8), "Tô Văn Mạc"),
    ),
    (
        "dashes lost",
        f"HỘI ĐỒNG NHÂN DÂN\nTỈNH HÀ NAM\n{NATION}\nSố: 9/2024/NQHĐND Hà Nam, ngày 6 tháng 12 năm 2024\nNGHỊ QUYẾT\nVỀ NƯỚC SẠCH\n"
        "Căn cứ Luật Tài nguyên nước;\nĐiều 1. Thông qua.\nCHỦ TỊCH HĐND TỈNH\nVũ Thị Mơ",
        ("Nghị quyết", "9/2024/NQ-HĐND", "HĐND tỉnh Hà Nam", "Hà Nam", date(2024, 12, 6), "Vũ Thị Mơ"),
    ),
    (
        "dots in the symbol, no comma after the place, a name in capitals",
        f"ỦY BAN NHÂN DÂN\nHUYỆN SÌN HỒ\nHỎA TỐC\nSô: 14/QĐ.UBND-NN\n{NATION}\nSìn Hồ ngày 19 tháng 01 năm 2018\nQUYẾT ĐỊNH\n"
        "Về việc giao vốn\nĐiều 1. Giao vốn.\nTM/ ỦY BAN NHÂN DÂN\nK/T CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLÒ THỊ XUYẾN",
        ("Quyết định", "14/QĐ.UBND-NN", "UBND huyện Sìn Hồ", "Sìn Hồ", date(2018, 1, 19), "Lò Thị Xuyến"),
    ),
    (
        "an urgent stamp and a second office under the name of the post",
        f"UBND TỈNH HÀ GIANG\nBCĐ CHƯƠNG TRÌNH MTQG\nXÂY DỰNG NÔNG THÔN MỚI\n{NATION}\nSố: 2/KH-BCĐ\nHà Giang, ngày 9 tháng 5 năm 2017\n"
        "KẾ HOẠCH\nHoạt động năm 2017\n1. Họp.\nTM. BAN CHỈ ĐẠO\nTRƯỞNG BAN\nPHÓ CHỦ TỊCH UBND TỈNH\nĐoàn Văn Pu",
        (
            "Kế hoạch",
            "2/KH-BCĐ",
            "Ban Chỉ đạo Chương trình MTQG xây dựng nông thôn mới tỉnh Hà Giang",
            "Hà Giang",
            date(2017, 5, 9),
            "Đoàn Văn Pu",
        ),
    ),
    (
        "a mass organisation and who speaks for it",
        "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM\nBAN THƯỜNG VỤ TỈNH HÀ GIANG\nSố: 5/HD-BTV\nHà Giang, ngày 30 tháng 3 năm 2016\nHƯỚNG DẪN\n"
        "Xây dựng nhà sạch\n1. Làm.\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\nVàng Thị Dợ",
        (
            "Hướng dẫn",
            "5/HD-BTV",
            "Hội Liên hiệp Phụ nữ tỉnh Hà Giang",
            "Hà Giang",
            date(2016, 3, 30),
            "Vàng Thị Dợ",
        ),
    ),
    (
        "the header is lost",
        "V/v quản lý vốn\nKính gửi: UBND các huyện của tỉnh Kon Tum.\n1. Rà soát.\nNơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN TỈNH\n"
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nA Rơ Lan",
        ("Công văn", None, "UBND tỉnh Kon Tum", None, None, "A Rơ Lan"),
    ),
    (
        "a commune's Party committee",
        "ĐẢNG BỘ TỈNH LÀO CAI\nĐẢNG ỦY XÃ BẮC HÀ\n*\nSố 3 NQ/ĐU\nBắc Hà, ngày 5 tháng 9 năm 2025\nNGHỊ QUYẾT\nvề nước sạch\nI- MỤC TIÊU\n"
        "Một.\nT/M ĐẢNG ỦY\nBÍ THƯ\nVàng Thị Dợ",
        ("Nghị quyết", "3-NQ/ĐU", "Đảng ủy xã Bắc Hà", "Bắc Hà", date(2025, 9, 5), "Vàng Thị Dợ"),
    ),
]


@pytest.mark.parametrize(("what", "text", "expected"), SHAPES, ids=[row[0] for row in SHAPES])
def test_shapes_in_which_papers_circulate(
    what: str, text: str, expected: tuple[object, ...], authority: Authority
) -> None:
    found = head(text, authority)
    signer = found.signer.name if found.signer else None
    assert (found.type, found.number, found.issuer, found.place, found.date, signer) == expected


def test_a_press_item_with_a_weekday_is_no_letter(authority: Authority) -> None:
    found = head("Thêm 3 xã có nước sạch\nThứ hai, ngày 21 tháng 12 năm 2020\nTỉnh vừa công nhận 3 xã.\nP.V", authority)
    assert (found.type, found.place, found.date) == ("Tin bài", None, None)


def test_a_subject_over_lines_with_empty_ones_between(authority: Authority) -> None:
    text = letter("1. Làm.", about="V/v chuẩn bị\n\nmùa mưa").replace("\n", "\n\n")
    assert head(text, authority).subject == "chuẩn bị mùa mưa"
    assert head(text.replace("mùa mưa", "Thực hiện Công điện, các huyện báo cáo"), authority).subject == "chuẩn bị"


def test_a_portal_names_the_signer_whom_the_copy_lost(authority: Authority) -> None:
    text = letter("1. Làm.").split("KT. CHỦ TỊCH")[0] + "Người ký: Vũ Thị Mơ - Phó Chủ tịch"
    found = head(text, authority)
    assert found.signer is not None
    assert found.signer.name == "Vũ Thị Mơ"


def test_a_title_whose_line_with_the_type_is_lost(authority: Authority) -> None:
    found = head(letter("1. Làm.", number="7/KH-UBND", about="KIỂM TRA NƯỚC SẠCH NÔNG THÔN"), authority)
    assert (found.type, found.subject) == ("Kế hoạch", "KIỂM TRA NƯỚC SẠCH NÔNG THÔN")


SPEAKERS = [
    ("CHƯƠNG TRÌNH HÀNH ĐỘNG\nthực hiện Nghị quyết về nước sạch", "thực hiện Nghị quyết về nước sạch"),
    ("NGHỊ QUYẾT\nHỘI NGHỊ LẦN THỨ TƯ BAN CHẤP HÀNH ĐẢNG BỘ TỈNH\nvề nước sạch", "về nước sạch"),
    ("KẾT LUẬN CỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề nước sạch", "về nước sạch"),
    ("HƯỚNG DẪN LIÊN NGÀNH\nLàm nước sạch", "Làm nước sạch"),
]


@pytest.mark.parametrize(("about", "subject"), SPEAKERS)
def test_who_speaks_is_no_subject(about: str, subject: str, authority: Authority) -> None:
    assert head(letter("1. Làm.", about=about), authority).subject == subject


def test_namesake_communes_are_told_apart_by_the_province_that_the_text_names(authority: Authority) -> None:
    def province(body: str) -> str | None:
        text = letter(
            body,
            issuer="ỦY BAN NHÂN DÂN\nXÃ MƯỜNG CHANH",
            number="9/KH-UBND",
            signed="Mường Chanh, ngày 9 tháng 2 năm 2026",
        )
        return head(text, authority).province

    assert province("1. Theo Kế hoạch của UBND tỉnh Sơn La, các bản rà soát.") == "Sơn La"
    assert province("1. Các bản rà soát.") is None


def test_urgent_telegram_is_addressed(authority: Authority) -> None:
    text = letter(
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ GIANG ĐIỆN:\n\n- Giám đốc các Sở: Y tế, Công Thương;\n"
        "- Chủ tịch UBND các huyện.\n\n1. Sở Y tế báo cáo.",
        number="19/CĐ-UBND",
        about="CÔNG ĐIỆN\nVề việc khắc phục hậu quả mưa lũ",
    )
    found = head(text, authority)
    assert (found.type, found.addressees) == (
        "Công điện",
        ("Giám đốc các Sở: Y tế, Công Thương", "Chủ tịch UBND các huyện"),
    )
