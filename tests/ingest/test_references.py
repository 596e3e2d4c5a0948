"""Cited documents: numbers of every form, lists, dates, issuers, and what each is cited for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from letters import letter

from ntmgraph.model import Reading, Relation

Read = Callable[[str], Reading]

FORMS = [
    (
        "theo Quyết định số 1980/QĐ-TTg ngày 17/10/2016 của Thủ tướng Chính phủ",
        "1980/QĐ-TTg",
        "Quyết định",
        date(2016, 10, 17),
        "Thủ tướng Chính phủ",
    ),
    (
        "theo Nghị định số 27/2022/NĐ-CP ngày 19 tháng 4 năm 2022 của Chính phủ",
        "27/2022/NĐ-CP",
        "Nghị định",
        date(2022, 4, 19),
        "Chính phủ",
    ),
    (
        "theo Nghị quyết số 19-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương Đảng khóa XIII",
        "19-NQ/TW",
        "Nghị quyết",
        date(2022, 6, 16),
        "Ban Chấp hành Trung ương Đảng",
    ),
    (
        "theo Công văn số 77 /UBND-NL ngày 3/2/2020 của UBND tỉnh",
        "77/UBND-NL",
        "Công văn",
        date(2020, 2, 3),
        "UBND tỉnh Hà Giang",
    ),
    (
        "theo Thông tư số 05/2022/TT-BNNPTNT ngày 25-7-2022 của Bộ Nông nghiệp và Phát triển nông thôn",
        "05/2022/TT-BNNPTNT",
        "Thông tư",
        date(2022, 7, 25),
        "Bộ Nông nghiệp và Phát triển nông thôn",
    ),
    (
        "theo Quyết định số 12/2021/QĐ-UBND của UBND tỉnh ngày 9/8/2021",
        "12/2021/QĐ-UBND",
        "Quyết định",
        date(2021, 8, 9),
        "UBND tỉnh Hà Giang",
    ),
    (
        "theo Hướng dẫn số 05-HD/HU ngày 4/4/2019 của Huyện ủy Quản Bạ",
        "05-HD/HU",
        "Hướng dẫn",
        date(2019, 4, 4),
        "Huyện ủy Quản Bạ",
    ),
    ("theo Kế hoạch số 210 - KH/TWĐTN ngày 1/3/2018", "210-KH/TWĐTN", "Kế hoạch", date(2018, 3, 1), None),
    (
        "theo Quyết định số 491/2009/QĐ TTg ngày 16/4/2009",
        "491/2009/QĐ-TTg",
        "Quyết định",
        date(2009, 4, 16),
        "Thủ tướng Chính phủ",
    ),
    (
        "theo Quyết định\nsố 800/QĐ-TTg ngày\n04/6/2010 của Thủ tướng Chính phủ",
        "800/QĐ-TTg",
        "Quyết định",
        date(2010, 6, 4),
        "Thủ tướng Chính phủ",
    ),
    ("theo Nghị quyết 08 của Tỉnh ủy", "08", "Nghị quyết", None, None),
    (
        "theo Quyết định số 9/QĐ-UBND ngày 3 / 2/ 2018 của UBND tỉnh",
        "9/QĐ-UBND",
        "Quyết định",
        date(2018, 2, 3),
        "UBND tỉnh Hà Giang",
    ),
    (
        "theo Quyết định số 9/QĐ-UBND ngày l3/2/2O18 của UBND tỉnh",
        "9/QĐ-UBND",
        "Quyết định",
        date(2018, 2, 13),
        "UBND tỉnh Hà Giang",
    ),
    (
        "theo Hướng dẫn số 5/HD-SNV ngày 3/2/2020 của Sở Nội vụ được áp dụng năm nay",
        "5/HD-SNV",
        "Hướng dẫn",
        date(2020, 2, 3),
        "Sở Nội vụ",
    ),
    ("theo Luật số 77/2015/QH13 ngày 19/6/2015", "77/2015/QH13", "Luật", date(2015, 6, 19), "Quốc hội"),
]


@pytest.mark.parametrize(("clause", "number", "kind", "day", "issuer"), FORMS)
def test_form(clause: str, number: str, kind: str, day: date | None, issuer: str | None, read_text: Read) -> None:
    found = read_text(letter(f"1. Các sở xây dựng báo cáo {clause}.")).references
    assert [(each.number, each.type, each.date, each.issuer) for each in found] == [(number, kind, day, issuer)]


NONE = [
    "có 84/120 thôn đạt chuẩn",
    "trước ngày 20/02/2020 và 15/3/2020",
    "bình quân 12 tiêu chí/xã, thu nhập 45 triệu đồng/người",
    "đoạn đường 12/5 và ô số 3/A trong bản đồ",
    "Kế hoạch 5 năm của xã và Chương trình 30 nội dung",
    "Luật sư của tỉnh tham gia tư vấn",
]


@pytest.mark.parametrize("clause", NONE)
def test_no_reference(clause: str, read_text: Read) -> None:
    assert read_text(letter(f"1. Các xã báo cáo {clause}.")).references == ()


BASIS, AIM, NAMED = Relation.BASIS, Relation.IMPLEMENTS, Relation.MENTIONS
RELATIONS = [
    ("Căn cứ Quyết định số 1/QĐ-TTg ngày 1/2/2019 của Thủ tướng Chính phủ;", [("1/QĐ-TTg", BASIS)]),
    (
        "Căn cứ các Quyết định của Thủ tướng Chính phủ: số 1/QĐ-TTg ngày 1/2/2019 về xã; số 2/QĐ-TTg ngày "
        "1/2/2019 về huyện;",
        [("1/QĐ-TTg", BASIS), ("2/QĐ-TTg", BASIS)],
    ),
    (
        "Thực hiện Chỉ thị số 3-CT/TU ngày 1/2/2020 của Ban Thường vụ Tỉnh ủy, Kế hoạch số 4/KH-UBND ngày "
        "2/2/2020 của UBND tỉnh, Sở Y tế báo cáo.",
        [("3-CT/TU", AIM), ("4/KH-UBND", AIM)],
    ),
    (
        "1. Sở Y tế triển khai thực hiện có hiệu quả Nghị quyết số 5-NQ/TU ngày 1/2/2020 của Tỉnh ủy.",
        [("5-NQ/TU", AIM)],
    ),
    (
        "1. Tổ chức thực hiện các nội dung của Kế hoạch số 4/KH-UBND ngày 2/2/2020 về thực hiện Chỉ thị số "
        "3-CT/TU ngày 1/2/2020.",
        [("4/KH-UBND", AIM), ("3-CT/TU", NAMED)],
    ),
    ("1. Thực hiện 17 tiêu chí thôn theo Quyết định số 6/QĐ-UBND ngày 1/2/2020 của UBND tỉnh.", [("6/QĐ-UBND", AIM)]),
    (
        "1. Bồi dưỡng cán bộ; hướng dẫn thực hiện bộ tiêu chí theo Quyết định số 6/QĐ-UBND ngày 1/2/2020.",
        [("6/QĐ-UBND", NAMED)],
    ),
    (
        "1. Giao cộng đồng làm công trình nhỏ theo cơ chế đặc thù (Nghị định số 7/2016/NĐ-CP ngày 2/12/2016).",
        [("7/2016/NĐ-CP", NAMED)],
    ),
    ("1. Sở Y tế xây dựng Kế hoạch thực hiện Chỉ thị số 3-CT/TU ngày 1/2/2020 và báo cáo.", [("3-CT/TU", NAMED)]),
    (
        "1. Quyết định này thay thế Quyết định số 8/QĐ-UBND ngày 1/2/2018 của UBND tỉnh.",
        [("8/QĐ-UBND", Relation.REPLACES)],
    ),
    (
        "1. Quyết định này thay thế cho các Quyết định: Quyết định số 8/QĐ-UBND ngày 1/2/2018; Quyết định số "
        "9/QĐ-UBND ngày 3/2/2018.",
        [("8/QĐ-UBND", Relation.REPLACES), ("9/QĐ-UBND", Relation.REPLACES)],
    ),
    (
        "1. Quyết định này thay thế Quyết định số 8/QĐ-UBND ngày 1/2/2018 và bãi bỏ Quyết định số 9/QĐ-UBND "
        "ngày 3/2/2018.",
        [("8/QĐ-UBND", Relation.REPLACES), ("9/QĐ-UBND", Relation.ABOLISHES)],
    ),
    ("1. Bãi bỏ Quyết định số 8/QĐ-UBND ngày 1/2/2018 của UBND tỉnh.", [("8/QĐ-UBND", Relation.ABOLISHES)]),
    (
        "1. Quyết định số 8/QĐ-UBND ngày 1/2/2018 của UBND tỉnh hết hiệu lực kể từ ngày ký.",
        [("8/QĐ-UBND", Relation.ABOLISHES)],
    ),
    (
        "1. Sửa đổi, bổ sung một số điều của Quy định ban hành kèm theo Quyết định số 8/QĐ-UBND ngày 1/2/2018.",
        [("8/QĐ-UBND", Relation.AMENDS)],
    ),
    ("1. Quy định được sửa đổi, bổ sung tại Quyết định số 8/QĐ-UBND ngày 1/2/2018.", [("8/QĐ-UBND", NAMED)]),
    (
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 10/TTr-SNV ngày 1/3/2020.",
        [("10/TTr-SNV", Relation.PROPOSED_BY)],
    ),
    ("Xét đề nghị của Sở Nội vụ tại Tờ trình số 10/TTr-SNV ngày 1/3/2020,", [("10/TTr-SNV", Relation.CONSIDERS)]),
    (
        "Xét Tờ trình số 10/TTr-UBND ngày 1/3/2020 của UBND tỉnh; Báo cáo thẩm tra số 11/BC-KTNS ngày 3/3/2020 của Ban "
        "Kinh tế - Ngân sách HĐND tỉnh; ý kiến thảo luận tại kỳ họp,",
        [("10/TTr-UBND", Relation.CONSIDERS), ("11/BC-KTNS", Relation.CONSIDERS)],
    ),
    (
        "1. Quyết định này thay thế Quyết định số 8/QĐ-UBND ngày 1/2/2018 và bãi bỏ Điều 2 Quyết định số 9/QĐ-UBND ngày "
        "3/2/2018.",
        [("8/QĐ-UBND", Relation.REPLACES), ("9/QĐ-UBND", Relation.ABOLISHES)],
    ),
    (
        "1. Quyết định này thay thế Quyết định số 8/QĐ-UBND ngày 1/2/2018; bãi bỏ Điều 2 Quyết định số 9/QĐ-UBND ngày "
        "3/2/2018.",
        [("8/QĐ-UBND", Relation.REPLACES), ("9/QĐ-UBND", Relation.ABOLISHES)],
    ),
    (
        "1. Khoản 2 Điều 3 Nghị quyết số 5/NQ-HĐND ngày 1/7/2018 được sửa đổi, bổ sung như sau:",
        [("5/NQ-HĐND", Relation.AMENDS)],
    ),
    (
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Công văn số 12/SNV-XD ngày 3/2/2020.",
        [("12/SNV-XD", Relation.PROPOSED_BY)],
    ),
    ("1. Quyết định này có hiệu lực từ ngày ký. Kế hoạch nói trên hết hiệu lực.", []),
    (
        "Thực hiện các Quyết định của Thủ tướng Chính phủ: số 31/QĐ-TTg, 32/QĐ-TTg ngày 8/3/2019; số 33/QĐ-TTg ngày 9/3/2019.",
        [(f"{number}/QĐ-TTg", Relation.IMPLEMENTS) for number in (31, 32, 33)],
    ),
    (
        "Sau khi xem xét Tờ trình số 10/TTr-UBND ngày 1/3/2020 và Báo cáo thẩm tra số 11/BC-KTNS ngày 3/3/2020,",
        [("10/TTr-UBND", Relation.CONSIDERS), ("11/BC-KTNS", Relation.CONSIDERS)],
    ),
    (
        "Xét đề nghị của Sở Nội vụ tại Tờ trình số 26/SNV ngày 1/5/2019; của Sở Tư pháp tại Công văn số 8/STP-XD ngày 9/5/2019,",
        [("26/SNV", Relation.CONSIDERS), ("8/STP-XD", Relation.CONSIDERS)],
    ),
    (
        "1. Các huyện thực hiện Luật Đầu tư công, Luật Ngân sách nhà nước, Chỉ thị số 20/CT-TTg ngày 29/7/2019.",
        [("20/CT-TTg", Relation.IMPLEMENTS)],
    ),
    ("Trên cơ sở Kế hoạch số 7/KH-BCĐ ngày 5.5.2019, các huyện rà soát.", [("7/KH-BCĐ", BASIS)]),
    ("1. Sở Tài chính căn cứ Nghị định số 71/2019/NĐ-CP ngày 1/7/2019 tham mưu.", [("71/2019/NĐ-CP", BASIS)]),
    ("1. Chấm dứt hiệu lực Công văn số 8/UBND-NN ngày 5/2/2020.", [("8/UBND-NN", Relation.ABOLISHES)]),
    (
        "1. Phê duyệt điều chỉnh Quyết định số 8/QĐ-UBND ngày 1/2/2018 về phân bổ vốn.",
        [("8/QĐ-UBND", Relation.AMENDS)],
    ),
    (
        "Thực hiện Quyết định số 31/QĐ-TTg ngày 8/3/2019 về Đề án thôn, bản (gọi tắt là Đề án 31), Văn bản số 9/BNN-VPĐP "
        "ngày 2/8/2019.",
        [("31/QĐ-TTg", Relation.IMPLEMENTS), ("31", Relation.MENTIONS), ("9/BNN-VPĐP", Relation.IMPLEMENTS)],
    ),
    (
        "Sở Nội vụ hướng dẫn thực hiện Nghị quyết số 5-NQ/TU ngày 1/2/2020 của Tỉnh ủy như sau:",
        [("5-NQ/TU", Relation.GUIDES)],
    ),
    (
        "Căn cứ Nghị quyết số 24/2021/QH15 và số 25/2021/QH15 ngày 28/7/2021 của Quốc hội;",
        [("24/2021/QH15", BASIS), ("25/2021/QH15", BASIS)],
    ),
]


@pytest.mark.parametrize(("body", "expected"), RELATIONS)
def test_relation(body: str, expected: list[tuple[str, Relation]], read_text: Read) -> None:
    found = read_text(letter(body)).references
    assert [(each.number, each.relation) for each in found] == expected


def test_one_date_for_a_list(read_text: Read) -> None:
    found = read_text(
        letter("Căn cứ Nghị quyết số 24/2021/QH15 và số 25/2021/QH15 ngày 28/7/2021 của Quốc hội;")
    ).references
    assert {each.date for each in found} == {date(2021, 7, 28)}


def test_the_mention_that_says_why_stands_for_all(read_text: Read) -> None:
    body = (
        "Thực hiện Chỉ thị số 3-CT/TU ngày 1/2/2020, Sở Y tế báo cáo.\n\n"
        "1. Kết quả theo Chỉ thị số 3-CT/TU được nêu tại biểu."
    )
    assert [(each.number, each.date, each.relation) for each in read_text(letter(body)).references] == [
        ("3-CT/TU", date(2020, 2, 1), AIM)
    ]


def test_a_law_by_its_name(read_text: Read) -> None:
    found = read_text(letter("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;")).references
    assert [(each.number, each.title, each.date) for each in found] == [
        (None, "Luật Tổ chức chính quyền địa phương", date(2015, 6, 19))
    ]


def test_basis_and_what_is_carried_out_in_one_sentence(read_text: Read) -> None:
    body = (
        "Căn cứ Quyết định số 1/QĐ-TTg ngày 1/2/2019 của Thủ tướng Chính phủ; thực hiện Kế hoạch số 4/KH-UBND ngày "
        "2/2/2020 của UBND tỉnh, Sở Y tế báo cáo."
    )
    assert [each.relation for each in read_text(letter(body)).references] == [BASIS, AIM]


WITHOUT_NUMBER = [
    (
        "Thực hiện Kế hoạch hành động do UBND tỉnh ban hành ngày 15/7/2019, các sở báo cáo.",
        ("Kế hoạch hành động do UBND tỉnh", date(2019, 7, 15), "UBND tỉnh Hà Giang", AIM),
    ),
    (
        "Căn cứ Nghị quyết của Ban Chấp hành Đảng bộ tỉnh ngày 12 tháng 10 năm 2019 về nông nghiệp;",
        ("Nghị quyết của Ban Chấp hành Đảng bộ tỉnh", date(2019, 10, 12), "Ban Chấp hành Đảng bộ tỉnh Hà Giang", BASIS),
    ),
    (
        "1. Làm theo Quyết định ngày 12/3/2019 của UBND tỉnh về việc phân công.",
        ("Quyết định", date(2019, 3, 12), "UBND tỉnh Hà Giang", NAMED),
    ),
]


@pytest.mark.parametrize(("body", "expected"), WITHOUT_NUMBER)
def test_named_by_issuer_and_date(body: str, expected: tuple[object, ...], read_text: Read) -> None:
    found = read_text(letter(body)).references
    assert [(each.number, each.title, each.date, each.issuer, each.relation) for each in found] == [(None, *expected)]


def test_a_press_item_only_mentions(read_text: Read) -> None:
    text = "Chuyện làng\n\nTỉnh thực hiện Chỉ thị số 3-CT/TU ngày 1/2/2020 của Tỉnh ủy, mọi việc đều tốt.\n"
    assert [each.relation for each in read_text(text).references] == [NAMED]


def test_cited_document_gets_the_id_it_has_itself(read_text: Read) -> None:
    own = read_text(letter("1. Làm.", number="55/UBND-KT"))
    citing = read_text(
        letter(
            "Thực hiện Công văn số 55/UBND-KT ngày 12/3/2020 của Ủy ban nhân dân tỉnh, các sở báo cáo.",
            number="60/UBND-KT",
        )
    )
    party = read_text(
        "TỈNH ỦY HÀ GIANG\n*\nSố 3-CT/TU\nHà Giang, ngày 01 tháng 02 năm 2020\n\nCHỈ THỊ\nvề nông thôn\n\n1- Làm.\n"
    )
    cites_party = read_text(
        letter("Thực hiện Chỉ thị số 3-CT/TU ngày 1/2/2020 của Ban Thường vụ Tỉnh ủy, các sở báo cáo.")
    )
    assert citing.references[0].document == own.document.id
    assert cites_party.references[0].document == party.document.id


def test_own_number_is_no_reference(read_text: Read) -> None:
    assert read_text(letter("1. Theo Công văn số 55/UBND-KT này, các sở báo cáo.")).references == ()


DAMAGED = [
    ("theo Quyết định số 61/QĐ UBND ngày 4/5/2018 của UBND tỉnh", "61/QĐ-UBND"),
    ("theo Nghị quyết số 9/2019/NQHĐND ngày 4/5/2019", "9/2019/NQ-HĐND"),
    ("theo Chỉ thị số 31 CT/TU ngày 4/5/2018", "31-CT/TU"),
    ("theo Quyết định s62/QĐ-TTg ngày 4/5/2018", "62/QĐ-TTg"),
    ("theo Báo cáo thẩm trasố 16/BC- HĐND ngày 4/5/2018", "16/BC-HĐND"),
    ("theo Quyết định số 71/QĐ.UBND-NN ngày 4/5/2018", "71/QĐ.UBND-NN"),
]


@pytest.mark.parametrize(("clause", "number"), DAMAGED)
def test_numbers_that_copies_damage(clause: str, number: str, read_text: Read) -> None:
    (found,) = read_text(letter(f"1. Các huyện báo cáo {clause}.")).references
    assert found.number == number
    assert found.date is not None


AGAIN = [  # a later mention of the same document adds no second one
    (
        "1. Thực hiện Kế hoạch số 48/KH-UBND ngày 4/5/2018 của UBND tỉnh.\n\n2. Các huyện làm theo Kế hoạch 48.",
        Relation.IMPLEMENTS,
    ),
    (
        "1. Kế hoạch số 48/KH-UBND ngày 4/5/2018 đã nêu.\n\n2. Các huyện thực hiện Kế hoạch nói trên.",
        Relation.IMPLEMENTS,
    ),
    (
        "1. Kế hoạch số 48/KH-UBND ngày 4/5/2018 đã nêu.\n\n2. Bãi bỏ Kế hoạch của UBND tỉnh ngày 4/5/2018.",
        Relation.ABOLISHES,
    ),
]


@pytest.mark.parametrize(("body", "relation"), AGAIN)
def test_a_document_named_again(body: str, relation: Relation, read_text: Read) -> None:
    assert [(each.number, each.relation) for each in read_text(letter(body)).references] == [("48/KH-UBND", relation)]


def test_words_that_may_point_back_at_two_documents_point_at_none(read_text: Read) -> None:
    body = "1. Kế hoạch số 48/KH-UBND và Kế hoạch số 49/KH-UBND.\n\n2. Thực hiện Kế hoạch nói trên."
    relations = {each.relation for each in read_text(letter(body)).references}
    assert relations == {Relation.MENTIONS}


PARTS = [
    ("bãi bỏ Điều 3 Quyết định số 48/QĐ-UBND ngày 4/5/2018", "reference.part"),
    ("thay thế Phụ lục II kèm theo Quyết định số 48/QĐ-UBND ngày 4/5/2018", "reference.part"),
    ("bãi bỏ Quyết định số 48/QĐ-UBND ngày 4/5/2018", "reference.number"),
]


@pytest.mark.parametrize(("clause", "rule"), PARTS)
def test_what_is_abolished_in_part_is_told_apart(clause: str, rule: str, read_text: Read) -> None:
    (found,) = read_text(letter(f"Điều 2. Quyết định này {clause}.")).references
    assert found.evidence.rule == rule


def test_an_amendment_in_the_title_of_another_document_is_its_own(read_text: Read) -> None:
    body = (
        "Căn cứ Nghị định số 61/2016/NĐ-CP ngày 2/12/2016; Nghị định số 20/2018/NĐ-CP ngày 13/9/2018 của Chính phủ sửa đổi, "
        "bổ sung một số điều của Nghị định số 61/2016/NĐ-CP;\n\n1. Rà soát."
    )
    relations = {(each.number, each.relation) for each in read_text(letter(body)).references}
    assert relations == {("61/2016/NĐ-CP", Relation.BASIS), ("20/2018/NĐ-CP", Relation.BASIS)}


def test_a_year_alone_is_kept_with_the_number(read_text: Read) -> None:
    (found,) = read_text(letter("1. Thực hiện Quyết định số 62/QĐ-UBND năm 2018 của UBND tỉnh.")).references
    assert (found.issuer, found.evidence.quote) == ("UBND tỉnh Hà Giang", "Quyết định số 62/QĐ-UBND năm 2018")
    assert found.document == "ubnd-tinh-ha-giang.62-qd-ubnd.2018"


def test_the_day_of_the_next_document_is_not_the_first_ones(read_text: Read) -> None:
    body = "1. Thực hiện Quyết định số 62/QĐ-UBND của UBND tỉnh và Quyết định của UBND tỉnh ngày 4/5/2018."
    days = [(each.number, each.date) for each in read_text(letter(body)).references]
    assert days == [("62/QĐ-UBND", None), (None, date(2018, 5, 4))]
