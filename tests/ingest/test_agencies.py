"""Bodies named in the words of directives: found whole, linked to one id or to none."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from ingest.agencies import AgencyFinder, collect_agencies
from ntmgraph.authority import Authority
from ntmgraph.model import IssueCode


@pytest.fixture(scope="module")
def finder() -> AgencyFinder:
    return AgencyFinder(Authority())


def found(finder: AgencyFinder, text: str, *, province: str | None, issuer: str | None) -> list[tuple[str, str | None]]:
    mentions, _ = finder.find(text, province=province, issuer=issuer)
    return [(mention.quote.replace("\n", " "), mention.id) for mention in mentions if not mention.vague]


# In a document of UBND tỉnh Yên Bái.
NAMED = [
    # departments
    (
        "Sở Thông tin và Truyền thông, Sở Giao thông vận tải",
        [("Sở Thông tin và Truyền thông", "t.stttt@yen-bai"), ("Sở Giao thông vận tải", "t.sgtvt@yen-bai")],
    ),
    # names of units with a dash, wards with a number
    ("UBND TỈNH BÀ RỊA - VŨNG TÀU", [("UBND TỈNH BÀ RỊA - VŨNG TÀU", "t.ubnd@ba-ria-vung-tau")]),
    ("UBND tỉnh Yên Bái - Văn phòng", [("UBND tỉnh Yên Bái", "t.ubnd@yen-bai")]),
    ("UBND phường 10, Sở Y tế", [("UBND phường 10", "x.ubnd@yen-bai.10"), ("Sở Y tế", "t.syt@yen-bai")]),
    ("Giao Sở Tài chính cân đối vốn", [("Sở Tài chính", "t.stc@yen-bai")]),
    ("Sở NN&PTNT, Sở KH&ĐT", [("Sở NN&PTNT", "t.snnptnt@yen-bai"), ("Sở KH&ĐT", "t.skhdt@yen-bai")]),
    (
        "Sở Nông nghiệp\nvà Phát triển nông\nthôn rà soát",
        [("Sở Nông nghiệp và Phát triển nông thôn", "t.snnptnt@yen-bai")],
    ),
    ("Sở Lao động - TB&XH", [("Sở Lao động - TB&XH", "t.sldtbxh@yen-bai")]),
    (
        "Sở Văn hóa, Thể thao và Du lịch và Sở Y tế",
        [("Sở Văn hóa, Thể thao và Du lịch", "t.svhttdl@yen-bai"), ("Sở Y tế", "t.syt@yen-bai")],
    ),
    ("Sở Quy hoạch - Kiến trúc", [("Sở Quy hoạch - Kiến trúc", "a.so-quy-hoach-kien-truc@yen-bai")]),
    ("Sở Tài chính tỉnh Lạng Sơn", [("Sở Tài chính tỉnh Lạng Sơn", "t.stc@lang-son")]),
    # elided lists: each name is completed, also where names hold "và" and commas
    (
        "Các sở: Nội vụ, Lao động - Thương binh và Xã hội, Văn hóa, Thể thao và Du lịch và Công Thương",
        [
            ("Nội vụ", "t.snv@yen-bai"),
            ("Lao động - Thương binh và Xã hội", "t.sldtbxh@yen-bai"),
            ("Văn hóa, Thể thao và Du lịch", "t.svhttdl@yen-bai"),
            ("Công Thương", "t.sct@yen-bai"),
        ],
    ),
    ("Giám đốc các Sở: Xây dựng, Tài chính", [("Xây dựng", "t.sxd@yen-bai"), ("Tài chính", "t.stc@yen-bai")]),
    ("Báo và Phát thanh, Truyền hình tỉnh", [("Báo và Phát thanh, Truyền hình tỉnh", "t.bao@yen-bai")]),
    (
        "Các sở, ngành được giao chủ trì tiêu chí rà soát",
        [("Các sở, ngành được giao chủ trì tiêu chí", "g.tieuchi@yen-bai")],
    ),
    ("Các sở chủ trì các tiêu chí", [("Các sở chủ trì các tiêu chí", "g.tieuchi@yen-bai")]),
    ("Các sở chủ trì tiêu chí số 5", [("Các sở", "g.so@yen-bai")]),
    ("Sở Nội vụ, Tư pháp", [("Sở Nội vụ", "t.snv@yen-bai"), ("Tư pháp", "t.stp@yen-bai")]),
    ("Sở Tư pháp, Công an tỉnh", [("Sở Tư pháp", "t.stp@yen-bai"), ("Công an tỉnh", "t.ca@yen-bai")]),
    ("Bộ Công an, Bộ Quốc phòng", [("Bộ Công an", "tw.bca"), ("Bộ Quốc phòng", "tw.bqp")]),
    ("các Bộ: Tài chính, Nội vụ", [("Tài chính", "tw.btc"), ("Nội vụ", "tw.bnv")]),
    # committees and their levels
    ("Ủy ban nhân dân tỉnh, UBND tỉnh", [("Ủy ban nhân dân tỉnh", "t.ubnd@yen-bai"), ("UBND tỉnh", "t.ubnd@yen-bai")]),
    ("HĐND, UBND tỉnh", [("HĐND", "t.hdnd@yen-bai"), ("UBND tỉnh", "t.ubnd@yen-bai")]),
    ("Ban Chỉ đạo, UBND cấp huyện", [("Ban Chỉ đạo", "g.h.bcd@yen-bai"), ("UBND cấp huyện", "g.huyen@yen-bai")]),
    ("UBND các huyện, thị xã, thành phố", [("UBND các huyện, thị xã, thành phố", "g.huyen@yen-bai")]),
    ("UBND huyện Trấn Yên chỉ đạo", [("UBND huyện Trấn Yên", "h.ubnd@yen-bai.tran-yen")]),
    (
        "UBND các huyện: Văn Yên, Lục Yên và Yên Bình",
        [
            ("Văn Yên", "h.ubnd@yen-bai.van-yen"),
            ("Lục Yên", "h.ubnd@yen-bai.luc-yen"),
            ("Yên Bình", "h.ubnd@yen-bai.yen-binh"),
        ],
    ),
    ("UBND xã Báo Đáp, huyện Trấn Yên", [("UBND xã Báo Đáp, huyện Trấn Yên", "x.ubnd@yen-bai.tran-yen.bao-dap")]),
    ("UBND các xã, phường, thị trấn", [("UBND các xã, phường, thị trấn", "g.xa@yen-bai")]),
    ("Thường trực HĐND tỉnh", [("Thường trực HĐND tỉnh", "t.tthdnd@yen-bai")]),
    ("Chủ tịch UBND tỉnh giao", [("Chủ tịch UBND tỉnh", "t.ubnd@yen-bai")]),
    ("Chủ tịch UBND huyện Trấn Yên", [("Chủ tịch UBND huyện Trấn Yên", "h.ubnd@yen-bai.tran-yen")]),
    # the Party
    ("Ban Thường vụ Tỉnh ủy Yên Bái", [("Ban Thường vụ Tỉnh ủy Yên Bái", "t.btvtu@yen-bai")]),
    (
        "TT. Tỉnh ủy; Huyện ủy Trấn Yên",
        [("TT. Tỉnh ủy", "t.tttu@yen-bai"), ("Huyện ủy Trấn Yên", "h.huyenuy@yen-bai.tran-yen")],
    ),
    (
        "Các huyện ủy, thành ủy, đảng ủy trực thuộc Tỉnh ủy",
        [("Các huyện ủy, thành ủy, đảng ủy trực thuộc Tỉnh ủy", "g.h.huyenuy@yen-bai")],
    ),
    (
        "Ban Cán sự đảng UBND tỉnh lãnh đạo UBND tỉnh",
        [("Ban Cán sự đảng UBND tỉnh", "a.ban-can-su-dang-ubnd@yen-bai"), ("UBND tỉnh", "t.ubnd@yen-bai")],
    ),
    ("Nghị quyết của Bộ Chính trị", [("Bộ Chính trị", "tw.bct")]),
    # coordination offices and steering committees, by the words of their programme
    ("VPĐP NTM tỉnh", [("VPĐP NTM tỉnh", "t.vpdp@yen-bai")]),
    (
        "Văn phòng Điều phối Chương trình xây dựng nông thôn mới tỉnh",
        [("Văn phòng Điều phối Chương trình xây dựng nông thôn mới tỉnh", "t.vpdp@yen-bai")],
    ),
    ("Văn phòng Điều phối nông thôn mới Trung ương", [("Văn phòng Điều phối nông thôn mới Trung ương", "tw.vpdp")]),
    (
        "Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh",
        [("Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh", "t.bcd@yen-bai")],
    ),
    (
        "Ban Chỉ đạo xây dựng nông thôn mới và giảm nghèo bền vững huyện Trấn Yên",
        [("Ban Chỉ đạo xây dựng nông thôn mới và giảm nghèo bền vững huyện Trấn Yên", "h.bcd@yen-bai.tran-yen")],
    ),
    (
        "Ban Chỉ đạo phòng, chống thiên tai tỉnh",
        [("Ban Chỉ đạo phòng, chống thiên tai tỉnh", "a.ban-chi-dao-phong-chong-thien-tai@yen-bai")],
    ),
    # front, forces, others
    (
        "Ủy ban MTTQ Việt Nam tỉnh, Hội Nông dân tỉnh",
        [("Ủy ban MTTQ Việt Nam tỉnh", "t.mttq@yen-bai"), ("Hội Nông dân tỉnh", "t.hnd@yen-bai")],
    ),
    ("Công an tỉnh, Bộ CHQS tỉnh", [("Công an tỉnh", "t.ca@yen-bai"), ("Bộ CHQS tỉnh", "t.bchqs@yen-bai")]),
    (
        "Ngân hàng Chính sách xã hội chi nhánh tỉnh",
        [("Ngân hàng Chính sách xã hội chi nhánh tỉnh", "t.nhcsxh@yen-bai")],
    ),
    # groups
    ("các Sở, ban, ngành, đoàn thể tỉnh", [("các Sở, ban, ngành, đoàn thể tỉnh", "g.so@yen-bai")]),
    (
        "Các Sở, ngành phụ trách 19 tiêu chí có trách nhiệm",
        [("Các Sở, ngành phụ trách 19 tiêu chí", "g.tieuchi@yen-bai")],
    ),
    (
        "Lãnh đạo các cơ quan, đơn vị được phân công giúp đỡ xã",
        [("Lãnh đạo các cơ quan, đơn vị được phân công giúp đỡ xã", "g.giupdo@yen-bai")],
    ),
    (
        "Hội Nông dân, Đoàn Thanh niên và Công an huyện Trấn Yên",
        [
            ("Hội Nông dân", "a.hoi-nong-dan@yen-bai.tran-yen"),
            ("Đoàn Thanh niên", "a.doan-thanh-nien@yen-bai.tran-yen"),
            ("Công an huyện Trấn Yên", "h.ca@yen-bai.tran-yen"),
        ],
    ),
    ("Công an xã\nĐảm bảo trật tự", [("Công an xã", "a.cong-an-xa@yen-bai")]),
    # bodies that no list has
    ("Hội Sinh vật cảnh tỉnh", [("Hội Sinh vật cảnh tỉnh", "a.hoi-sinh-vat-canh@yen-bai")]),
    (
        "Trung tâm Văn hóa, Thông tin và Thể thao huyện Trấn Yên",
        [
            (
                "Trung tâm Văn hóa, Thông tin và Thể thao huyện Trấn Yên",
                "a.trung-tam-van-hoa-thong-tin-va-the-thao@yen-bai.tran-yen",
            )
        ],
    ),
    (
        "Tổ công tác “Ngày Chủ nhật xanh” cấp huyện",
        [("Tổ công tác “Ngày Chủ nhật xanh” cấp huyện", "a.to-cong-tac-ngay-chu-nhat-xanh-cap-huyen@yen-bai")],
    ),
    (
        "Báo Yên Bái, Đài Phát thanh và Truyền hình tỉnh",
        [
            ("Báo Yên Bái", "a.bao-yen-bai@yen-bai"),
            ("Đài Phát thanh và Truyền hình tỉnh", "a.dai-phat-thanh-va-truyen-hinh@yen-bai"),
        ],
    ),
    (
        "Công ty Cổ phần Môi trường Yên Bái",
        [("Công ty Cổ phần Môi trường Yên Bái", "a.cong-ty-co-phan-moi-truong-yen-bai@yen-bai")],
    ),
    ("Kho bạc Nhà nước Yên Bái", [("Kho bạc Nhà nước Yên Bái", "a.kho-bac-nha-nuoc@yen-bai")]),
    ("Báo Yên Bái đăng 120 tin", [("Báo Yên Bái", "a.bao-yen-bai@yen-bai")]),
    ("Ban Quản lý xã, Ban HĐND tỉnh", [("Ban Quản lý xã", "g.x.bql@yen-bai"), ("Ban HĐND tỉnh", "a.ban-hdnd@yen-bai")]),
    # a row of a table ends a name
    (
        "4 | Điện | Công ty Điện lực Yên Bái\n5 | Y tế | Sở Y tế",
        [("Công ty Điện lực Yên Bái", "t.dl@yen-bai"), ("Sở Y tế", "t.syt@yen-bai")],
    ),
    # names inside a cited document's title count; numbers do not
    ("Quyết định số 12/QĐ-UBND của UBND tỉnh", [("UBND tỉnh", "t.ubnd@yen-bai")]),
]

NOBODY = [
    "cán bộ, cơ quan",  # "bộ" is half a word
    "cán bộ xây dựng nông thôn mới",
    "Hội nghị tổng kết; tổ chức hội thảo",
    "Ban hành kế hoạch; báo cáo kết quả",
    "phòng chống thiên tai; cơ sở y tế; đài thọ kinh phí",
    "BAN HÀNH QUY ĐỊNH; TỔ CHỨC THỰC HIỆN",
    "Tiêu chí số 5 về Thông tin và Truyền thông",
    "Sở hữu trí tuệ; Bộ tiêu chí quốc gia; Đoàn viên; Hội viên",
    "tham gia bảo hiểm xã hội, bảo hiểm y tế",
    "các tổ chức, cá nhân; các cấp học; các ngành nghề",
    "Số: 45/UBND-NLN; 12/QĐ-TTg",
    "Lưu: VT, NN",
    "xã Trường Hà, thôn Hội An",
    "TM. BAN THƯỜNG VỤ\nBÍ THƯ\n\nNguyễn Văn Mẫu",
]


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=[text[:50] for text, _ in NAMED])
def test_bodies_are_found_whole_and_linked(finder: AgencyFinder, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(finder, text, province="Yên Bái", issuer="UBND tỉnh Yên Bái") == expected


@pytest.mark.parametrize("text", NOBODY)
def test_plain_words_name_nobody(finder: AgencyFinder, text: str) -> None:
    assert found(finder, text, province="Yên Bái", issuer="UBND tỉnh Yên Bái") == []


CENTRAL = [
    ("Thanh tra Chính\nphủ", "a.thanh-tra-chinh-phu"),
    ("Ngân hàng Nhà nước Việt Nam", "a.ngan-hang-nha-nuoc-viet-nam"),
    ("các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", "g.bo"),
    ("Thủ trưởng cơ quan ngang Bộ", "g.bo"),
    ("Chủ tịch UBND các tỉnh, thành phố trực thuộc Trung ương", "g.tinh"),
    ("Các tập đoàn, tổng công ty", "g.tct"),
    ("Kho bạc Nhà nước khu vực XIX", "a.kho-bac-nha-nuoc-khu-vuc-xix"),
]


@pytest.mark.parametrize(("text", "expected"), CENTRAL)
def test_bodies_of_the_centre(finder: AgencyFinder, text: str, expected: str) -> None:
    mentions, _ = finder.find(f"{text} rà soát", province=None, issuer="Thủ tướng Chính phủ")
    assert [mention.id for mention in mentions] == [expected]


PARTY = [("UBND huyện", "h.ubnd@yen-bai.tran-yen"), ("HĐND huyện", "h.hdnd@yen-bai.tran-yen")]


@pytest.mark.parametrize(("text", "expected"), PARTY)
def test_a_party_committee_says_which_district_is_meant(finder: AgencyFinder, text: str, expected: str) -> None:
    mentions, _ = finder.find(text, province="Yên Bái", issuer="Huyện ủy Trấn Yên")
    assert [mention.id for mention in mentions] == [expected]


def test_a_cell_names_a_department_by_its_field(finder: AgencyFinder) -> None:
    row = "1 | Giao thông | Xây dựng; Lao động - TB&XH"
    mentions, _ = finder.find(
        row, province="Yên Bái", issuer="UBND tỉnh Yên Bái", cells=frozenset({row.index("Xây dựng")})
    )
    assert [(one.name, one.quote) for one in mentions] == [
        ("Sở Xây dựng", "Xây dựng"),
        ("Sở Lao động - Thương binh và Xã hội", "Lao động - TB&XH"),
    ]


def test_a_class_of_village_bodies_is_no_agency_until_it_has_work(finder: AgencyFinder) -> None:
    mentions, _ = finder.find("chi bộ thôn, Đảng bộ xã", province="Yên Bái", issuer="UBND tỉnh Yên Bái")
    assert len(mentions) == 2
    assert collect_agencies(mentions) == ()


DISTRICT = [
    ("UBND huyện", "h.ubnd@yen-bai.tran-yen"),
    ("Phòng Tài chính - Kế hoạch", "a.phong-tai-chinh-ke-hoach@yen-bai.tran-yen"),
    ("Phòng NN&PTNT", "h.pnn@yen-bai.tran-yen"),
    ("UBND các xã, thị trấn", "g.xa@yen-bai.tran-yen"),
    ("TM. ỦY BAN NHÂN DÂN", "h.ubnd@yen-bai.tran-yen"),
    ("UBND tỉnh", "t.ubnd@yen-bai"),
]


@pytest.mark.parametrize(("text", "expected"), DISTRICT)
def test_generic_names_stand_where_the_document_is_from(finder: AgencyFinder, text: str, expected: str) -> None:
    mentions, _ = finder.find(text, province="Yên Bái", issuer="UBND huyện Trấn Yên")
    assert [mention.id for mention in mentions] == [expected]


CITY = [("UBND thành phố", "t.ubnd@hai-phong"), ("UBND huyện An Dương", "h.ubnd@hai-phong.an-duong")]


@pytest.mark.parametrize(("text", "expected"), CITY)
def test_the_committee_of_a_city_that_is_a_province(finder: AgencyFinder, text: str, expected: str) -> None:
    mentions, _ = finder.find(text, province="Hải Phòng", issuer="UBND thành phố Hải Phòng")
    assert [mention.id for mention in mentions] == [expected]


def test_a_name_without_a_level_goes_back_to_the_one_that_is_spelled_out(finder: AgencyFinder) -> None:
    text = "Ban Chỉ đạo tỉnh họp. Thành viên Ban Chỉ đạo theo dõi địa bàn."
    mentions, issues = finder.find(text, province="Yên Bái", issuer="UBND tỉnh Yên Bái")
    assert {mention.id for mention in mentions} == {"t.bcd@yen-bai"}
    assert issues == ()


def test_a_name_that_several_bodies_share_is_not_linked(finder: AgencyFinder) -> None:
    mentions, issues = finder.find("Vận động của Mặt trận Tổ quốc.", province="Yên Bái", issuer="UBND tỉnh Yên Bái")
    assert [mention.id for mention in mentions] == ["a.uy-ban-mttq-viet-nam@yen-bai"]
    assert [issue.code for issue in issues] == [IssueCode.AGENCY_AMBIGUOUS]


@pytest.mark.parametrize("title", ["Giám đốc ", "Chủ tịch ", "Thủ trưởng "])
def test_a_title_at_the_very_end_names_nobody(title: str, finder: AgencyFinder) -> None:
    assert finder.find(f"Yêu cầu {title}", province="Yên Bái", issuer=None) == ((), ())


def test_a_misprint_is_read_and_reported(finder: AgencyFinder) -> None:
    mentions, issues = finder.find("Ủy ban nhân các huyện", province="Yên Bái", issuer=None)
    assert [mention.id for mention in mentions] == ["g.huyen@yen-bai"]
    assert [issue.code for issue in issues] == [IssueCode.TEXT_REPAIRED]


def test_mentions_of_one_body_make_one_record(finder: AgencyFinder) -> None:
    mentions, _ = finder.find("Sở Tài chính; Giám đốc Sở Tài chính; các phòng, ban", province="Yên Bái", issuer=None)
    (agency,) = collect_agencies(mentions)
    assert (agency.name, agency.level, agency.kind, agency.group) == (
        "Sở Tài chính",
        "province",
        "department",
        "g.so@yen-bai",
    )
    assert [mention.text for mention in agency.mentions] == ["Sở Tài chính", "Giám đốc Sở Tài chính"]
    used = frozenset({"g.phong@yen-bai"})
    assert [one.id for one in collect_agencies(mentions, used)] == ["t.stc@yen-bai", "g.phong@yen-bai"]


@pytest.mark.parametrize("text", [text for text, _ in NAMED])
def test_every_mention_quotes_its_text(finder: AgencyFinder, text: str) -> None:
    mentions, _ = finder.find(text, province="Yên Bái", issuer="UBND tỉnh Yên Bái")
    assert all(text[mention.start : mention.end] == mention.quote for mention in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("UBND tỉnh Yên Bái", "t.ubnd@yen-bai"),
        ("Tỉnh ủy Yên Bái", "t.tinhuy@yen-bai"),
        ("UBND huyện Trấn Yên", "h.ubnd@yen-bai.tran-yen"),
        ("Thủ tướng Chính phủ", "tw.ttg"),
        ("một tên lạ", None),
    ],
)
def test_an_issuer_is_identified(finder: AgencyFinder, name: str, expected: str | None) -> None:
    assert finder.identify(name, province="Yên Bái") == expected


AT_A_TIME = [
    ("Phòng Kinh tế", date(2022, 5, 1), "a.phong-kinh-te@yen-bai"),
    ("Phòng Kinh tế", date(2026, 5, 1), "g.x.pkt@yen-bai"),
    ("Sở Tài chính", date(2022, 5, 1), "t.stc@yen-bai"),  # older than the bodies that it took over
]


@pytest.mark.parametrize(("name", "on", "identifier"), AT_A_TIME)
def test_a_body_is_linked_only_when_it_existed(finder: AgencyFinder, name: str, on: date, identifier: str) -> None:
    mentions, _ = finder.find(f"{name} rà soát", province="Yên Bái", issuer="UBND tỉnh Yên Bái", on=on)
    assert [mention.id for mention in mentions] == [identifier]
