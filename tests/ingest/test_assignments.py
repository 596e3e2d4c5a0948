"""Criteria given to departments, communes given to those who help them: tables and sentences."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from ingest.assignments import WORDINGS
from ingest.duties import Wording
from ingest.pipeline import read
from ingest.readers import Source
from ingest.tables import column_names
from ntmgraph.authority import Authority
from ntmgraph.model import Reading
from ntmgraph.text import aligned

DECISION = """ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG

Số: 512/QĐ-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hà Giang, ngày 20 tháng 5 năm 2022

QUYẾT ĐỊNH
{subject}

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH

Căn cứ Quyết định số 318/QĐ-TTg ngày 08/3/2022 của Thủ tướng Chính phủ;

QUYẾT ĐỊNH:

Điều 1. {body}

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

Nơi nhận:
- Lưu: VT.

CHỦ TỊCH

Nguyễn Văn Mẫu
"""
CRITERIA = "Về việc phân công các sở, ngành phụ trách tiêu chí xã nông thôn mới giai đoạn 2021-2025"
COMMUNES = "Về việc phân công lãnh đạo giúp đỡ các xã xây dựng nông thôn mới giai đoạn 2021-2025"


@pytest.fixture(scope="module")
def say(nlp: Language, authority: Authority):  # type: ignore[no-untyped-def]
    def read_body(subject: str, body: str) -> Reading:
        text = DECISION.format(subject=subject, body=body)
        reading = read(
            Source(text=text, format="txt", sha256="", left_out=(), repairs=(), title=None),
            nlp=nlp,
            authority=authority,
        )
        for fact in (*reading.assignments, *reading.helps):
            assert reading.document.text[fact.evidence.start : fact.evidence.end] == fact.evidence.quote
        return reading

    return read_body


ROWS = "Phân công như sau:\n\nTT | Tên tiêu chí | Cơ quan chủ trì | Cơ quan phối hợp\n"
ASSIGNED = [
    (
        "Phân công:\n- Sở Xây dựng: chủ trì tiêu chí số 1 và tiêu chí số 2; cơ quan phối hợp: Sở Y tế, Sở Tài chính.",
        [
            (1, ["Sở Xây dựng"], ["Sở Y tế", "Sở Tài chính"]),
            (2, ["Sở Xây dựng"], ["Sở Y tế", "Sở Tài chính"]),
        ],
    ),
    (
        ROWS
        + "1 | Quy hoạch | Sở Xây dựng | Sở NN&PTNT, Sở Tài nguyên và Môi trường\n"
        + "2 | Giao thông | Sở Giao thông vận tải |",
        [
            (1, ["Sở Xây dựng"], ["Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài nguyên và Môi trường"]),
            (2, ["Sở Giao thông vận tải"], []),
        ],
    ),
    # a row that goes on, several leads, notes in brackets
    (
        ROWS
        + "17 | Môi trường và an toàn thực phẩm | Sở TN&MT (nội dung 17.1 - 17.8) | UBND các huyện\n"
        + " | | Sở Y tế (nội dung 17.9) | Sở Công Thương",
        [(17, ["Sở Tài nguyên và Môi trường", "Sở Y tế"], ["UBND các huyện", "Sở Công Thương"])],
    ),
    # other headings, the number inside the name, support inside the leads' cell
    (
        "Danh sách:\n\nSTT | Nội dung tiêu chí | Sở, ngành phụ trách\n"
        "1 | Tiêu chí số 15 về Y tế | Sở Y tế chủ trì, phối hợp với Bảo hiểm xã hội tỉnh",
        [(15, ["Sở Y tế"], ["Bảo hiểm xã hội tỉnh"])],
    ),
    (
        "Phân công:\n1. Sở Y tế chủ trì tiêu chí số 15 về Y tế, phối hợp với Bảo hiểm xã hội tỉnh.",
        [(15, ["Sở Y tế"], ["Bảo hiểm xã hội tỉnh"])],
    ),
    (
        "Phân công:\n1. Giao Sở Giáo dục và Đào tạo chủ trì, phụ trách tiêu chí số 5 về Trường học "
        "và tiêu chí số 14 về Giáo dục và Đào tạo.",
        [(5, ["Sở Giáo dục và Đào tạo"], []), (14, ["Sở Giáo dục và Đào tạo"], [])],
    ),
    (
        "Phân công:\n1. Sở Xây dựng: Tiêu chí số 1 về Quy hoạch, tiêu chí số 9 về Nhà ở dân cư.",
        [(1, ["Sở Xây dựng"], []), (9, ["Sở Xây dựng"], [])],
    ),
    (
        "Phân công:\n1. Tiêu chí số 2 về Giao thông: Sở Giao thông vận tải chủ trì, phối hợp với "
        "Sở Xây dựng, UBND các huyện.",
        [(2, ["Sở Giao thông vận tải"], ["Sở Xây dựng", "UBND các huyện"])],
    ),
]

ASSIGNED += [
    (
        "Phân công:\n1. Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp, Công an tỉnh hướng dẫn, thực hiện tiêu chí số 18.",
        [(18, ["Sở Nội vụ"], ["Sở Tư pháp", "Công an tỉnh"])],
    ),
    # what the supporters do is theirs
    (
        "Phân công:\n1. Sở Nội vụ chủ trì tiêu chí số 18, phối hợp với Sở Y tế thực hiện tiêu chí số 15.",
        [(18, ["Sở Nội vụ"], [])],
    ),
    # a part of a criterion is no criterion; who joins in a criterion does not lead it
    (
        "Phân công:\n1. Sở Y tế chủ trì tiêu chí số 15 và chỉ tiêu 18.3, phối hợp thực hiện tiêu chí số 18.",
        [(15, ["Sở Y tế"], []), ("18.3", ["Sở Y tế"], []), (18, [], ["Sở Y tế"])],
    ),
    (
        "Phân công:\n1. Sở Xây dựng: các tiêu chí số 1, 9; phối hợp Sở Công Thương thực hiện chỉ tiêu 4.2.",
        [(1, ["Sở Xây dựng"], []), (9, ["Sở Xây dựng"], []), ("4.2", [], ["Sở Xây dựng"])],
    ),
    # who is named in a clause about another work has no part in the criterion
    (
        "Phân công:\n1. Sở Y tế phụ trách tiêu chí số 15; phối hợp với Bảo hiểm xã hội tỉnh rà soát hộ nghèo.",
        [(15, ["Sở Y tế"], [])],
    ),
    (
        "Phân công:\n1. Sở Y tế phụ trách tiêu chí số 15; phối hợp với Bảo hiểm xã hội tỉnh, Sở Tài chính thực hiện.",
        [(15, ["Sở Y tế"], ["Bảo hiểm xã hội tỉnh", "Sở Tài chính"])],
    ),
]

ASSIGNED += [
    (
        ROWS + "1 | Quy hoạch | Xây dựng | Nông nghiệp và PTNT, Tài chính",  # departments by their field alone
        [(1, ["Sở Xây dựng"], ["Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài chính"])],
    ),
    (
        "Phân công:\n1. Tiêu chí số 16 về Văn hóa: Sở Xây dựng chủ trì, Sở Y tế phối hợp.",
        [(16, ["Sở Xây dựng"], ["Sở Y tế"])],
    ),
    (
        "Phân công:\n1. Tiêu chí số 18 do Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp.",
        [(18, ["Sở Nội vụ"], ["Sở Tư pháp"])],
    ),
    ("Nhiệm vụ:\n1. Sở Y tế\n- Chủ trì thực hiện tiêu chí số 15 về Y tế.", [(15, ["Sở Y tế"], [])]),
]
UNASSIGNED = [
    "Phân bổ:\n1. Sở Tài chính chủ trì cân đối vốn cho tiêu chí số 2 về Giao thông.",
    "Mục tiêu:\n1. Tiêu chí số 2 về Giao thông: Hoàn thành 60 km đường; Sở Xây dựng kiểm tra.",
    "Kết quả:\n\nTT | Tên tiêu chí | Số xã đạt\n1 | Quy hoạch | 120",
]

HELPED = [
    (
        "Phân công:\n\nSTT | Họ và tên, chức vụ | Xã được phân công giúp đỡ | Huyện\n"
        "1 | Đồng chí Nguyễn Văn Mẫu, Giám đốc Sở Tài chính | Xã Việt Vinh | Bắc Quang\n"
        "2 | Đồng chí Trần Thị Thử - Phó Giám đốc Sở Nội vụ | Xã Quang Minh, xã Hùng An | Bắc Quang",
        [
            ("Sở Tài chính", "Nguyễn Văn Mẫu", "xã Việt Vinh"),
            ("Sở Nội vụ", "Trần Thị Thử", "xã Quang Minh"),
            ("Sở Nội vụ", "Trần Thị Thử", "xã Hùng An"),
        ],
    ),
    (
        "Phân công:\n\nTT | Cơ quan, đơn vị giúp đỡ | Tên xã\n1 | Hội Nông dân tỉnh | Xã Việt Vinh\n | | Xã Hùng An",
        [("Hội Nông dân tỉnh", None, "xã Việt Vinh"), ("Hội Nông dân tỉnh", None, "xã Hùng An")],
    ),
    (
        "Phân công:\n\nTT | Họ và tên | Chức vụ, đơn vị công tác | Địa bàn phụ trách\n"
        "1 | Nguyễn Văn Mẫu | Giám đốc Sở Y tế | Xã Việt Vinh",
        [("Sở Y tế", "Nguyễn Văn Mẫu", "xã Việt Vinh")],
    ),
    (
        "Phân công:\n1. Đồng chí Nguyễn Văn Mẫu, Giám đốc Sở Tài chính, phụ trách xã Việt Vinh, huyện Bắc Quang.",
        [("Sở Tài chính", "Nguyễn Văn Mẫu", "xã Việt Vinh")],
    ),
    (
        "Phân công:\n1. Hội Nông dân tỉnh giúp đỡ xã Quang Minh và xã Hùng An.",
        [("Hội Nông dân tỉnh", None, "xã Quang Minh"), ("Hội Nông dân tỉnh", None, "xã Hùng An")],
    ),
    # a commune named without its kind: linked where the province has one of the name
    (
        "Phân công:\n\nTT | Cơ quan giúp đỡ | Xã được giúp đỡ | Huyện\n1 | Sở Y tế | Việt Vinh | Bắc Quang",
        [("Sở Y tế", None, "xã Việt Vinh")],
    ),
    (
        "Phân công giúp đỡ:\n- Xã Việt Vinh: Sở Tài chính, Sở Nội vụ.",
        [("Sở Tài chính", None, "xã Việt Vinh"), ("Sở Nội vụ", None, "xã Việt Vinh")],
    ),
    # two helpers of one commune, a company among them; the person stands in a cell of their own
    (
        "Phân công:\n\nTT | Xã được giúp đỡ | Huyện | Cơ quan, đơn vị giúp đỡ | Lãnh đạo phụ trách\n"
        "1 | Việt Vinh | Bắc Quang | Sở Y tế; Công ty cổ phần Thủy điện Sông Lô | Ông Nguyễn Văn Mẫu, Giám đốc Sở Y tế",
        [
            ("Sở Y tế", "Nguyễn Văn Mẫu", "xã Việt Vinh"),
            ("Công ty cổ phần Thủy điện Sông Lô", "Nguyễn Văn Mẫu", "xã Việt Vinh"),
        ],
    ),
    (
        "Phân công:\n1. Sở Y tế và Sở Nội vụ giúp đỡ xã Việt Vinh, huyện Bắc Quang.",
        [("Sở Y tế", None, "xã Việt Vinh"), ("Sở Nội vụ", None, "xã Việt Vinh")],
    ),
]

HELPED += [
    (
        "Phân công giúp đỡ:\n1. Sở Y tế giúp đỡ xã Quang Minh, huyện Bắc Quang; xã Hùng An, huyện Bắc Quang.",
        [("Sở Y tế", None, "xã Quang Minh"), ("Sở Y tế", None, "xã Hùng An")],
    ),
    ("Giao nhiệm vụ:\n1. Sở Y tế chỉ đạo xã Quang Minh, huyện Bắc Quang.", [("Sở Y tế", None, "xã Quang Minh")]),
]
UNHELPED = [
    "Nhiệm vụ:\n1. Các cơ quan được phân công giúp đỡ các xã theo kế hoạch.",
    "Nhiệm vụ:\n1. UBND huyện Bắc Quang chỉ đạo xã Việt Vinh hoàn thành tiêu chí số 17.",
    "Kết quả:\n1. Sở Tài chính đã bố trí vốn để hỗ trợ xã Việt Vinh.",
]


@pytest.mark.parametrize(("body", "expected"), ASSIGNED, ids=[body[-60:] for body, _ in ASSIGNED])
def test_criteria_are_given_to_departments(
    say, body: str, expected: list[tuple[int | str, list[str], list[str]]]
) -> None:  # type: ignore[no-untyped-def]
    found = say(CRITERIA, body).assignments
    said = [
        (one.criterion.number, [actor.name for actor in one.lead], [actor.name for actor in one.coordinate])
        for one in found
    ]
    assert said == expected
    assert {one.criterion.set for one in found} == {"VN-XA-2021"}
    assert {(one.from_, one.to) for one in found} == {(date(2021, 1, 1), date(2025, 12, 31))}


@pytest.mark.parametrize("body", UNASSIGNED)
def test_other_words_assign_no_criterion(say, body: str) -> None:  # type: ignore[no-untyped-def]
    assert say("Phê duyệt kế hoạch nông thôn mới giai đoạn 2021-2025", body).assignments == ()


@pytest.mark.parametrize(("body", "expected"), HELPED, ids=[body[-60:] for body, _ in HELPED])
def test_communes_are_given_to_those_who_help(say, body: str, expected: list[tuple[str, str | None, str]]) -> None:  # type: ignore[no-untyped-def]
    found = say(COMMUNES, body).helps
    assert [(one.agency.name, one.person, one.place.name) for one in found] == expected
    assert all(one.place.id for one in found)


@pytest.mark.parametrize("body", UNHELPED)
def test_other_words_help_nobody(say, body: str) -> None:  # type: ignore[no-untyped-def]
    assert say("Phê duyệt kế hoạch nông thôn mới giai đoạn 2021-2025", body).helps == ()


COLUMNS = [
    (
        ("TT", "Tên tiêu chí", "Cơ quan chủ trì", "Cơ quan phối hợp"),
        {"number": 0, "criterion": 1, "lead": 2, "coordinate": 3},
    ),
    (
        ("Số TT", "Nội dung công việc", "Đơn vị chủ trì thực hiện", "Thời gian"),
        {"number": 0, "task": 1, "lead": 2, "due": 3},
    ),
    (("STT", "Họ và tên, chức vụ", "Xã được phân công giúp đỡ"), {"number": 0, "person": 1, "place": 2}),
    (("1", "Quy hoạch", "Sở Xây dựng"), {}),
]


@pytest.mark.parametrize(("cells", "expected"), COLUMNS)
def test_columns_are_known_by_their_headings(cells: tuple[str, ...], expected: dict[str, int]) -> None:
    assert column_names(cells) == expected


@pytest.mark.parametrize("wording", WORDINGS, ids=[wording.name for wording in WORDINGS])
def test_wordings_accept_their_examples(wording: Wording) -> None:
    assert all(wording.pattern.search(aligned(example)) for example in wording.accepts)
    assert not any(wording.pattern.search(aligned(example)) for example in wording.rejects)
