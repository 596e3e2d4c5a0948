"""Who must do what: the doer, the role, the supporters and the report, in the genre's many wordings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from spacy.language import Language

from ingest.agencies import AgencyFinder
from ingest.duties import WORDINGS, Wording, section_binds
from ingest.pipeline import read
from ingest.provisions import Regions, parse_provisions
from ingest.readers import Source
from ingest.tasks import FoundTasks, find_tasks
from ntmgraph.authority import Authority
from ntmgraph.model import Document, DocumentState, Issue, IssueCode, Reading, Task
from ntmgraph.text import aligned

PROVINCE = "Yên Bái"


@pytest.fixture(scope="module")
def finder(authority: Authority) -> AgencyFinder:
    return AgencyFinder(authority)


def tasks_of(body: str, finder: AgencyFinder, *, type: str = "Công văn") -> tuple[Task, ...]:
    return found_in(body, finder, type)[0]


def unread_of(body: str, finder: AgencyFinder) -> tuple[Issue, ...]:
    return found_in(body, finder, "Quyết định")[1]


def found_in(body: str, finder: AgencyFinder, type: str) -> FoundTasks:
    outline = parse_provisions(body, Regions(0, len(body), len(body), len(body)), document="d")
    document = Document(
        id="d",
        type=type,
        number="1",
        issuer=f"UBND tỉnh {PROVINCE}",
        issuer_id="t.ubnd@yen-bai",
        province=PROVINCE,
        place=PROVINCE,
        date=None,
        date_text=None,
        subject=None,
        signer=None,
        addressees=(),
        recipients=(),
        state=DocumentState.ISSUED,
        sha256="",
        text=body,
    )
    mentions, _ = finder.find(body, province=PROVINCE, issuer=document.issuer)
    return find_tasks(document, outline, mentions, (), (), ())


@dataclass(frozen=True)
class Said:
    """What one task must say; fields left out are not compared."""

    who: tuple[str, ...]
    role: str = "lead"
    with_: tuple[str, ...] | None = None
    reports_to: tuple[str, ...] | None = None
    via: tuple[str, ...] | None = None
    inferred: bool = False
    what: str = ""  # words that must occur


def short(quotes: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(" ".join(one.quote.split()) for one in quotes)  # type: ignore[attr-defined]


SNIPPETS = [
    # an order names the doer
    ("1. Giao Sở Tài chính cân đối, bố trí kinh phí.", [Said(("Sở Tài chính",), what="cân đối, bố trí kinh phí")]),
    ("1. Giao nhiệm vụ cho Sở Nội vụ chủ trì đánh giá, xếp loại.", [Said(("Sở Nội vụ",))]),
    ("1. Yêu cầu Giám đốc các Sở: Y tế, Xây dựng khẩn trương rà soát tiêu chí.", [Said(("Y tế", "Xây dựng"))]),
    (
        "1. Đề nghị Ủy ban MTTQ Việt Nam tỉnh giám sát việc huy động đóng góp.",
        [Said(("Ủy ban MTTQ Việt Nam tỉnh",), "request")],
    ),
    (
        "1. Đề nghị Tỉnh đoàn, Hội Nông dân tỉnh phát động phong trào.",
        [Said(("Tỉnh đoàn", "Hội Nông dân tỉnh"), "request")],
    ),
    ("1. Rất mong Tỉnh đoàn quan tâm, phát động phong trào.", [Said(("Tỉnh đoàn",), "request")]),
    ("1. Kiến nghị Sở Tài chính bổ sung kinh phí.", [Said(("Sở Tài chính",), "request")]),
    # the part that a body has, behind words that say how
    ("1. Sở Y tế có nhiệm vụ phối hợp với Sở Nội vụ thẩm định hồ sơ.", [Said(("Sở Y tế",), "coordinate")]),
    ("1. Sở Y tế tích cực phối hợp thực hiện Kế hoạch.", [Said(("Sở Y tế",), "coordinate")]),
    ("1. Sở Y tế được giao tham mưu xây dựng kế hoạch.", [Said(("Sở Y tế",), "advise")]),
    ("1. Sở Y tế được giao theo dõi việc thực hiện Kế hoạch.", [Said(("Sở Y tế",), "supervise")]),
    ("1. UBND các huyện tập trung chỉ đạo các xã về đích.", [Said(("UBND các huyện",), "direct")]),
    ("1. UBND các huyện chỉ đạo, đôn đốc các xã hoàn thành tiêu chí.", [Said(("UBND các huyện",), "direct")]),
    ("1. UBND các huyện chỉ đạo thực hiện tốt công tác vệ sinh.", [Said(("UBND các huyện",))]),
    (
        "1. Sở Y tế hướng dẫn các xã; phối hợp với Kho bạc Nhà nước tỉnh tháo gỡ vướng mắc.",
        [Said(("Sở Y tế",)), Said(("Sở Y tế",), "coordinate")],
    ),
    (
        "1. Sở Y tế hướng dẫn các xã; tham mưu tổ chức hội nghị.",
        [Said(("Sở Y tế",)), Said(("Sở Y tế",), "advise")],
    ),
    ("1. Sở Y tế theo dõi, tổng hợp; định kỳ hằng quý báo cáo UBND tỉnh.", [Said(("Sở Y tế",), "supervise")]),
    (
        "1. Yêu cầu: (1) Sở Y tế hướng dẫn các trạm; (2) Sở Nội vụ tham mưu kế hoạch.",
        [Said(("Sở Y tế",)), Said(("Sở Nội vụ",), "advise")],
    ),
    ("1. UBND huyện Lục Yên được yêu cầu lập danh sách.", [Said(("UBND huyện Lục Yên",))]),
    (
        "1. Trưởng các thôn họp dân. Riêng thôn Khe Táu và thôn Bản Mới hoàn thành sớm.",
        [Said(("Trưởng các thôn",)), Said(("thôn Khe Táu", "thôn Bản Mới"))],
    ),
    # the subject of the sentence
    ("1. Sở Y tế có trách nhiệm hướng dẫn tiêu chí y tế.", [Said(("Sở Y tế",), what="hướng dẫn tiêu chí y tế")]),
    (
        "1. UBND các huyện, thành phố chỉ đạo UBND các xã đăng ký về đích.",
        [Said(("UBND các huyện, thành phố",), "direct")],
    ),
    ("1. Sở Công Thương, Điện lực tỉnh tập trung đầu tư lưới điện.", [Said(("Sở Công Thương", "Điện lực tỉnh"))]),
    ("1. Các đơn vị, địa phương nghiêm túc triển khai thực hiện.", [Said(("Các đơn vị, địa phương",))]),
    (
        "1. Đối với các Sở, ngành phụ trách tiêu chí có trách nhiệm ban hành hướng dẫn.",
        [Said(("các Sở, ngành phụ trách tiêu chí",))],
    ),
    ("1. Căn cứ Kế hoạch này, UBND các huyện xây dựng kế hoạch cụ thể.", [Said(("UBND các huyện",))]),
    ("1. Cơ quan chủ trì tiêu chí có trách nhiệm hướng dẫn các xã.", [Said(("Cơ quan chủ trì tiêu chí",))]),
    # a run-in heading, a heading above
    (
        "1. Sở Tài chính: Phối hợp với Sở Xây dựng và các Sở, ngành liên quan tham mưu UBND tỉnh bổ sung vốn.",
        [Said(("Sở Tài chính",), "coordinate", with_=("Sở Xây dựng", "các Sở, ngành liên quan"))],
    ),
    (
        "1. Sở Xây dựng\n- Chủ trì, phối hợp với Sở Y tế rà soát quy hoạch.\n- Hướng dẫn các xã lập đồ án.",
        [Said(("Sở Xây dựng",), with_=("Sở Y tế",), inferred=True), Said(("Sở Xây dựng",), inferred=True)],
    ),
    (
        "1. Đối với UBND các huyện:\na) Rà soát hiện trạng tiêu chí.\nb) Bố trí cán bộ có năng lực.",
        [Said(("UBND các huyện",), inferred=True), Said(("UBND các huyện",), inferred=True)],
    ),
    (
        "1. Ban Chỉ đạo, UBND cấp huyện:\n- UBND cấp huyện sắp xếp cán bộ.\n- Theo dõi, đánh giá kết quả.",
        [Said(("UBND cấp huyện",)), Said(("Ban Chỉ đạo", "UBND cấp huyện"), "supervise", inferred=True)],
    ),
    # what the body of a heading orders is its own duty
    (
        "1. UBND các huyện:\n- Phân công thành viên Ban Chỉ đạo theo dõi các xã.\n- Chỉ đạo các xã đăng ký tiêu chí.",
        [Said(("UBND các huyện",), inferred=True), Said(("UBND các huyện",), "direct", inferred=True)],
    ),
    # words between the doer and what it must do
    (
        "1. Lãnh đạo các cơ quan được phân công giúp đỡ xã tại Quyết định số 12/QĐ-UBND làm việc với xã, rà soát.",
        [
            Said(
                ("Lãnh đạo các cơ quan được phân công giúp đỡ xã tại Quyết định số 12/QĐ-UBND",), what="làm việc với xã"
            )
        ],
    ),
    ("1. Các huyện phấn đấu đạt chuẩn trong năm cần rà soát tiêu chí.", [Said(("Các huyện",))]),
    (
        "1. Sở Y tế phối hợp với các trường học, Công an tỉnh thực hiện tiêu chí số 15.",
        [Said(("Sở Y tế",), "coordinate")],
    ),
    # two doers in one provision
    (
        "1. UBND các huyện rà soát tiêu chí; Sở Tài chính bố trí kinh phí.",
        [Said(("UBND các huyện",)), Said(("Sở Tài chính",))],
    ),
    (
        "1. UBND tỉnh giao Sở Y tế hướng dẫn tiêu chí số 15. Sở Xây dựng có trách nhiệm thẩm định quy hoạch.",
        [Said(("Sở Y tế",)), Said(("Sở Xây dựng",))],
    ),
    (
        "1. UBND các huyện chỉ đạo và giao cho Phòng Nông nghiệp và PTNT có trách nhiệm tổng hợp.",
        [Said(("UBND các huyện",), "direct"), Said(("Phòng Nông nghiệp và PTNT",))],
    ),
    # roles by the first verb
    (
        "1. Giao Văn phòng Điều phối nông thôn mới tỉnh theo dõi, đôn đốc tiến độ.",
        [Said(("Văn phòng Điều phối nông thôn mới tỉnh",), "supervise")],
    ),
    ("1. Sở Nội vụ tham mưu UBND tỉnh ban hành quyết định khen thưởng.", [Said(("Sở Nội vụ",), "advise")]),
    ("1. Công an tỉnh: Phối hợp bảo đảm an ninh trật tự.", [Said(("Công an tỉnh",), "coordinate")]),
    (
        "1. Tăng cường sự lãnh đạo, chỉ đạo của các cấp ủy, chính quyền đối với Chương trình.",
        [Said(("các cấp ủy, chính quyền",), "direct")],
    ),
    # to whom the report goes, and through whom
    (
        "1. UBND các huyện tổng hợp, báo cáo UBND tỉnh (qua Sở Nông nghiệp và PTNT).",
        [Said(("UBND các huyện",), reports_to=("UBND tỉnh",), via=("Sở Nông nghiệp và PTNT",))],
    ),
    (
        "1. Sở Y tế gửi kết quả về Văn phòng Điều phối nông thôn mới tỉnh để tổng hợp, báo cáo UBND tỉnh.",
        [Said(("Sở Y tế",), reports_to=("UBND tỉnh",), via=("Văn phòng Điều phối nông thôn mới tỉnh",))],
    ),
    (
        "1. Các Sở, ban, ngành định kỳ báo cáo kết quả thực hiện về Ban Chỉ đạo tỉnh thông qua Văn "
        "phòng Điều phối nông thôn mới tỉnh.",
        [
            Said(
                ("Các Sở, ban, ngành",),
                reports_to=("Ban Chỉ đạo tỉnh",),
                via=("Văn phòng Điều phối nông thôn mới tỉnh",),
            )
        ],
    ),
    # wrapped lines
    (
        "1. Sở Nông nghiệp\nvà Phát triển nông thôn: Chủ trì, phối hợp\nvới Sở Tài chính rà soát.",
        [Said(("Sở Nông nghiệp và Phát triển nông thôn",), with_=("Sở Tài chính",))],
    ),
    # who opens a letter by asking asks in its items too; what it orders outright stays an order
    (
        "UBND tỉnh đề nghị các cơ quan, địa phương thực hiện các nội dung sau:\n\n1. Sở Y tế rà soát tiêu chí.\n"
        "2. Giao Sở Nội vụ:\n- Thẩm định hồ sơ.\n3. Yêu cầu UBND các huyện báo cáo kết quả.",
        [
            Said(("Sở Y tế",), "request"),
            Said(("Sở Nội vụ",), inferred=True),
            Said(("UBND các huyện",)),
        ],
    ),
    ("UBND tỉnh yêu cầu các Sở thực hiện:\n\n1. Sở Y tế rà soát tiêu chí.", [Said(("Sở Y tế",))]),
    # doers that no catalogue knows
    (
        "1. Cơ quan chủ trì:\na) Ban hành hướng dẫn.\n2. Cơ quan phối hợp cử cán bộ tham gia đoàn kiểm tra.",
        [Said(("Cơ quan chủ trì",), inferred=True), Said(("Cơ quan phối hợp",), "coordinate")],
    ),
    ("1. Người đứng đầu cấp ủy chịu trách nhiệm về kết quả.", [Said(("Người đứng đầu cấp ủy",))]),
    ("1. Các trường học trên địa bàn lồng ghép tuyên truyền.", [Said(("Các trường học trên địa bàn",))]),
    ("1. Các doanh nghiệp, cơ sở sản xuất có trách nhiệm ký cam kết.", [Said(("Các doanh nghiệp, cơ sở sản xuất",))]),
    (
        "1. Các đồng chí ủy viên phụ trách địa bàn trực tiếp kiểm tra tiến độ.",
        [Said(("Các đồng chí ủy viên phụ trách địa bàn",))],
    ),
    (
        "1. Các đồng chí mới được phân công hoặc thay đổi thôn phụ trách báo cáo kế hoạch đi cơ sở.",
        [Said(("Các đồng chí mới được phân công hoặc thay đổi thôn",))],
    ),
    (
        "1. Các đồng chí lãnh đạo phụ trách xã kiểm tra tiến độ làm đường thôn.",
        [Said(("Các đồng chí lãnh đạo phụ trách xã",))],
    ),
    ("1. Trưởng các bản, tiểu khu:\n- Họp dân bàn mức đóng góp.", [Said(("Trưởng các bản, tiểu khu",), inferred=True)]),
    ("1. Ban Thường vụ các huyện ủy xây dựng kế hoạch kiểm tra.", [Said(("Ban Thường vụ các huyện ủy",))]),
    ("1. Trung tâm Quan trắc kỹ thuật môi trường lấy mẫu nước.", [Said(("Trung tâm Quan trắc kỹ thuật môi trường",))]),
    ("1. Hạt Kiểm lâm huyện phối hợp với UBND các xã bảo vệ rừng.", [Said(("Hạt Kiểm lâm huyện",), "coordinate")]),
    ("1. UBND các xã có thôn đăng ký đạt chuẩn rà soát hộ nghèo.", [Said(("UBND các xã",), what="rà soát hộ nghèo")]),
    ("1. Các xã đã đạt chuẩn tiếp tục duy trì tiêu chí.", [Said(("Các xã",))]),
    ("1. Các Sở: Y tế, Nội vụ, trong thời hạn 15 ngày, có văn bản hướng dẫn.", [Said(("Y tế", "Nội vụ"))]),
    # verbs that look like names
    ("1. Sở Y tế:\na) Thống kê thiệt hại tại các xã.", [Said(("Sở Y tế",), inferred=True, what="Thống kê thiệt hại")]),
    (
        "1. Ban cán sự đảng UBND tỉnh:\n- Lãnh đạo UBND tỉnh ban hành kế hoạch.",
        [Said(("Ban cán sự đảng UBND tỉnh",), inferred=True)],
    ),
    # a sentence with a doer of its own is a task of its own
    (
        "1. Huyện ủy Trấn Yên quán triệt Chỉ thị. Người đứng đầu cấp ủy chịu trách nhiệm về kết quả.",
        [Said(("Huyện ủy Trấn Yên",)), Said(("Người đứng đầu cấp ủy",))],
    ),
    # who is given the work does it
    (
        "1. UBND các xã ban hành kế hoạch; giao Phòng Kinh tế làm đầu mối.",
        [Said(("UBND các xã",), what="ban hành kế hoạch"), Said(("Phòng Kinh tế",), what="làm đầu mối.")],
    ),
    # which of a group are meant goes on its name
    (
        "1. Các sở được phân công chủ trì tiêu chí tại Quyết định số 12/QĐ-UBND ngày 03/4/2022 cho ý kiến về hồ sơ.",
        [
            Said(
                ("Các sở được phân công chủ trì tiêu chí tại Quyết định số 12/QĐ-UBND ngày 03/4/2022",),
                what="cho ý kiến về hồ sơ",
            )
        ],
    ),
    # bodies in a row of objects are no subject
    (
        "1. Sở Nội vụ tham mưu giao rõ cơ quan chủ trì, cơ quan phối hợp đối với từng nội dung và lãnh đạo, cơ quan "
        "cấp huyện giúp đỡ các thôn.",
        [Said(("Sở Nội vụ",), "advise", what="giúp đỡ các thôn")],
    ),
    # what was done to a doer, before what it must do
    ("1. UBND xã được lựa chọn niêm yết công khai danh sách.", [Said(("UBND xã",), what="niêm yết công khai")]),
    ("1. UBND các xã được lựa chọn năm 2024 xây dựng đề án.", [Said(("UBND các xã",), what="xây dựng đề án")]),
    (
        "Điều 3. UBND các huyện có xã được đỡ đầu chỉ đạo UBND xã cung cấp số liệu.",
        [Said(("UBND các huyện",), "direct", what="chỉ đạo UBND xã")],
    ),
    # who stands in the title of an article
    (
        "Điều 2. Nhiệm vụ của cơ quan, cá nhân được phân công\n1. Xây dựng kế hoạch giúp đỡ.\n2. Mỗi tháng kiểm tra "
        "thôn một lần.",
        [Said(("cơ quan, cá nhân được phân công",), inferred=True)] * 2,
    ),
    # whom a heading names beside works with them in each item
    (
        "1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ:\na) Hướng dẫn các trạm.\nb) Kiểm tra hồ sơ.",
        [Said(("Sở Y tế",), with_=("Sở Nội vụ",), inferred=True)] * 2,
    ),
    # a clause that opens with its date
    (
        "1. UBND các huyện:\na) Trước ngày 10 hằng tháng, báo cáo kết quả về UBND tỉnh qua Sở Nội vụ.",
        [Said(("UBND các huyện",), inferred=True, reports_to=("UBND tỉnh",), via=("Sở Nội vụ",))],
    ),
    ("1. Hằng quý, Sở Y tế báo cáo UBND tỉnh.", [Said(("Sở Y tế",), reports_to=("UBND tỉnh",))]),
    # a second duty with its own recurrence
    (
        "1. Sở Tài chính tham mưu giao vốn; hằng quý cập nhật giải ngân, báo cáo UBND tỉnh.",
        [
            Said(("Sở Tài chính",), "advise", what="tham mưu giao vốn"),
            Said(("Sở Tài chính",), what="hằng quý cập nhật giải ngân", reports_to=("UBND tỉnh",)),
        ],
    ),
    ("1. Sở Tài chính rà soát vốn; báo cáo UBND tỉnh.", [Said(("Sở Tài chính",), what="rà soát vốn; báo cáo")]),
    # the criterion that it leads is an assignment, the one that it joins in a task
    (
        "1. Sở Nội vụ chủ trì thực hiện tiêu chí số 5, phối hợp với Sở Y tế thực hiện tiêu chí số 6.",
        [Said(("Sở Nội vụ",), "coordinate", with_=("Sở Y tế",), what="tiêu chí số 6")],
    ),
    # one body once
    (
        "Điều 4. Giám đốc các sở, Thủ trưởng các ban, ngành; Sở Y tế và các sở, ban, ngành chịu trách nhiệm thi hành.",
        [Said(("Giám đốc các sở, Thủ trưởng các ban, ngành", "Sở Y tế"))],
    ),
    ("1. Sở Y tế giao Chi cục Dân số tổng hợp danh sách.", [Said(("Chi cục Dân số",), what="tổng hợp danh sách")]),
    ("1. Sở Tài chính:\n- Giao Phòng Ngân sách tổng hợp nhu cầu.", [Said(("Phòng Ngân sách",))]),
    # an order behind words that agree
    ("1. Đồng ý chủ trương hỗ trợ xi măng; giao Sở Tài chính bố trí kinh phí.", [Said(("Sở Tài chính",))]),
    # all that carry out a decision
    (
        "Điều 3. Chánh Văn phòng UBND tỉnh, Thủ trưởng các cơ quan, đơn vị có tên tại Điều 1 và Chủ tịch UBND các "
        "huyện chịu trách nhiệm thi hành Quyết định này./.",
        [
            Said(
                (
                    "Chánh Văn phòng UBND tỉnh",
                    "Thủ trưởng các cơ quan, đơn vị có tên tại Điều 1",
                    "Chủ tịch UBND các huyện",
                )
            )
        ],
    ),
    (
        "1. Giao Thường trực HĐND tỉnh, các Ban của Hội đồng nhân dân tỉnh và đại biểu HĐND tỉnh giám sát.",
        [Said(("Thường trực HĐND tỉnh", "Ban của Hội đồng nhân dân tỉnh", "đại biểu HĐND tỉnh"), "supervise")],
    ),
    # labels behind the work
    (
        "1. Rà soát quy hoạch các xã.\n- Cơ quan chủ trì: Sở Xây dựng.\n- Cơ quan phối hợp: Sở Nội vụ.",
        [Said(("Sở Xây dựng",), with_=("Sở Nội vụ",))],
    ),
    (
        "1. Tập huấn cán bộ xã (Cơ quan chủ trì: Sở Nội vụ; phối hợp: Sở Y tế).",
        [Said(("Sở Nội vụ",), with_=("Sở Y tế",))],
    ),
    # slips of recognition, and a name that belongs to the last word only
    (
        "1. Uỷ ban nhân các huyện, thành phố Yên Bái rà soát hiện trạng.",
        [Said(("Uỷ ban nhân các huyện", "thành phố Yên Bái"))],
    ),
    # the closing words
    (
        "1. Sở Y tế rà soát tiêu chí.\n\nTrong quá trình thực hiện nếu có vướng mắc đề nghị các đơn vị phản ánh về "
        "Sở Nội vụ để được hướng dẫn./.",
        [Said(("Sở Y tế",)), Said(("các đơn vị",), "request", reports_to=("Sở Nội vụ",))],
    ),
    (
        "1. Sở Y tế rà soát tiêu chí.\n\nThừa lệnh Chủ tịch UBND tỉnh, Văn phòng UBND tỉnh thông báo để các sở, ngành, "
        "địa phương biết và tổ chức thực hiện./.",
        [Said(("Sở Y tế",)), Said(("các sở, ngành, địa phương",))],
    ),
    (
        "1. Sở Y tế rà soát tiêu chí.\n\nYêu cầu Thủ trưởng các cơ quan, đơn vị tổ chức thực hiện./.",
        [Said(("Sở Y tế",)), Said(("Thủ trưởng các cơ quan, đơn vị",))],
    ),
    (
        "1. Sở Y tế rà soát tiêu chí.\n\nUBND tỉnh yêu cầu các đơn vị, địa phương nghiêm túc triển khai./.",
        [Said(("Sở Y tế",)), Said(("các đơn vị, địa phương",))],
    ),
    # the centre: ministries and provinces as groups
    (
        "1. Bộ trưởng, Thủ trưởng cơ quan ngang Bộ và Chủ tịch UBND các tỉnh, thành phố trực thuộc Trung ương chịu trách "
        "nhiệm về kết quả giải ngân.",
        [
            Said(
                (
                    "Bộ trưởng, Thủ trưởng cơ quan ngang Bộ",
                    "Chủ tịch UBND các tỉnh, thành phố trực thuộc Trung ương",
                )
            )
        ],
    ),
    ("1. Các bộ, ngành, địa phương thực hiện nghiêm Chỉ thị này.", [Said(("Các bộ, ngành, địa phương",))]),
    (
        "1. Các tập đoàn kinh tế, tổng công ty tích cực hỗ trợ các xã nghèo.",
        [Said(("Các tập đoàn kinh tế, tổng công ty",))],
    ),
    (
        "1. Căn cứ Chương trình hành động của Chính phủ, các bộ, cơ quan ngang bộ xây dựng kế hoạch thực hiện.",
        [Said(("các bộ, cơ quan ngang bộ",))],
    ),
    # a list of names with semicolons, the last without "các"
    (
        "1. Các Sở, ngành; đơn vị liên quan căn cứ chức năng ban hành hướng dẫn.",
        [Said(("Các Sở, ngành", "đơn vị liên quan"))],
    ),
    ("1. Các huyện Văn Chấn, Trấn Yên tập trung nguồn lực.", [Said(("Văn Chấn", "Trấn Yên"))]),
    # an order gives a body its name where no list has it
    (
        "1. Yêu cầu Ban Điều hành dự án thí điểm đẩy nhanh tiến độ thi công.",
        [Said(("Ban Điều hành dự án thí điểm",), what="đẩy nhanh tiến độ thi công")],
    ),
    # orders numbered within a sentence; parts of one work
    (
        "1. Giao Sở Y tế: (1) rà soát trạm y tế xã; (2) tham mưu bố trí bác sĩ; (3) hằng tháng báo cáo UBND tỉnh.",
        [
            Said(("Sở Y tế",), what="rà soát trạm y tế xã"),
            Said(("Sở Y tế",), "advise", what="tham mưu bố trí bác sĩ"),
            Said(("Sở Y tế",), what="hằng tháng báo cáo"),
        ],
    ),
    (
        "1. Sở Y tế:\n- Thực hiện tốt 2 nội dung trọng tâm của năm: (i) phát triển mạng lưới; (ii) đào tạo cán bộ.",
        [Said(("Sở Y tế",), inferred=True, what="(ii) đào tạo cán bộ")],
    ),
    # labels beside the work, and names in a list below a label
    (
        "1. Quy hoạch\n- Rà soát đồ án quy hoạch chung xã.\n- Đơn vị chủ trì: Sở Xây dựng.\n"
        "- Đơn vị phối hợp: Sở Y tế.",
        [Said(("Sở Xây dựng",), with_=("Sở Y tế",), what="Rà soát đồ án")],
    ),
    (
        "I. Tuyên truyền\n1. Nội dung\na) Tổ chức hội nghị tuyên truyền.\n2. Cơ quan chủ trì, phối hợp\n"
        "a) Cơ quan chủ trì\n- Sở Nội vụ; Sở Y tế.\nb) Cơ quan phối hợp\n- Hội Nông dân tỉnh.",
        [Said(("Sở Nội vụ", "Sở Y tế"), with_=("Hội Nông dân tỉnh",), what="Tổ chức hội nghị")],
    ),
    (
        "1. Cơ quan chủ trì:\na) Ban hành hướng dẫn tiêu chí.",
        [Said(("Cơ quan chủ trì",), inferred=True, what="Ban hành hướng dẫn")],
    ),
    # below the name of who is told any verb of work will do; a paragraph may open the list
    (
        "1. Sở Y tế:\n- Trong phạm vi quản lý, rà soát để giảm mức thu phí.",
        [Said(("Sở Y tế",), inferred=True, what="rà soát để giảm")],
    ),
    (
        "1. Đẩy mạnh truyền thông\nSở Y tế chủ trì, phối hợp với các huyện:\n- Tăng cường tuyên truyền.",
        [Said(("Sở Y tế",), inferred=True, what="Tăng cường tuyên truyền")],
    ),
    # a heading of work is no background; who is named among the tasks has work to do
    (
        "I. Nhiệm vụ\n1. Tháo gỡ khó khăn về vốn\na) Sở Tài chính cân đối nguồn vốn.",
        [Said(("Sở Tài chính",))],
    ),
    ("I. Nhiệm vụ\n1. Về nguồn vốn\na) Sở Tài chính cân đối nguồn vốn.", [Said(("Sở Tài chính",))]),
]

NOTHING = [
    "1. Năm 2022, UBND các huyện đã chỉ đạo các xã rà soát tiêu chí.",
    "Trong những năm qua, các cấp, các ngành đã tập trung chỉ đạo và đạt nhiều kết quả.",
    "1. Kết quả thực hiện: Toàn tỉnh có 65 xã đạt chuẩn; Sở Tài chính đã bố trí 12 tỷ đồng.",
    "I. MỤC TIÊU\n1. Phấn đấu hết năm 2023 có thêm 10 xã đạt chuẩn.\n2. Duy trì 65 xã đạt chuẩn.",
    "I. MỤC ĐÍCH, YÊU CẦU\n1. Tiếp tục nâng cao chất lượng tiêu chí.\n2. Việc thực hiện phải đồng bộ.",
    "IV. KINH PHÍ\n1. Tổng nhu cầu: 12.000 triệu đồng.\n- Ngân sách tỉnh: 8.000 triệu đồng.",
    "1. Thống nhất chủ trương đầu tư kênh mương theo đề xuất của huyện.",
    "1. Phấn đấu đến hết năm 2025 toàn tỉnh có 50/138 xã đạt chuẩn.",
    "Văn phòng UBND tỉnh thông báo để các cơ quan, đơn vị biết.",
    "Thực hiện Quyết định của Thủ tướng Chính phủ, UBND tỉnh ban hành Kế hoạch như sau:",
    "1. Sở Y tế chủ trì tiêu chí số 15; cơ quan phối hợp: Sở Nội vụ.",
    "1. Phân công Công an tỉnh giúp đỡ xã Báo Đáp.",
    "1. UBND tỉnh cơ bản thống nhất với nội dung báo cáo.",
    "1. Đơn vị tính: triệu đồng.",
]

PLAN = [
    (
        "IV. NHIỆM VỤ, GIẢI PHÁP\n1. Đẩy mạnh tuyên truyền.\n2. Về phát triển sản xuất\n"
        "- Hỗ trợ hợp tác xã.\n- Ngân sách tỉnh tập trung hỗ trợ hạ tầng.",
        3,
    ),
    ("III. MỤC TIÊU\n1. Hoàn thành 10 xã.\nIV. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính: Bố trí vốn.", 1),
    ("Thực hiện Kế hoạch của tỉnh, các đơn vị tập trung rà soát.\n\nI. MỤC TIÊU\n1. Hoàn thành 10 xã.", 0),
]


@pytest.mark.parametrize(("body", "expected"), SNIPPETS, ids=[body[:60] for body, _ in SNIPPETS])
def test_doer_role_and_support(finder: AgencyFinder, body: str, expected: list[Said]) -> None:
    tasks = tasks_of(body, finder)
    assert [short(task.who) for task in tasks] == [said.who for said in expected]
    for task, said in zip(tasks, expected, strict=True):
        assert (task.role, task.who_inferred) == (said.role, said.inferred)
        assert said.what in task.what
        assert said.with_ is None or short(task.with_) == said.with_
        assert said.reports_to is None or short(task.reports_to) == said.reports_to
        assert said.via is None or short(task.via) == said.via
        assert body[task.evidence.start : task.evidence.end] == task.evidence.quote
        assert 0 < len(task.what.split()) <= 120


@pytest.mark.parametrize("body", NOTHING)
def test_results_aims_and_background_are_no_tasks(finder: AgencyFinder, body: str) -> None:
    assert tasks_of(body, finder, type="Kế hoạch") == ()


@pytest.mark.parametrize(("body", "count"), PLAN)
def test_duties_of_a_plan_that_name_nobody(finder: AgencyFinder, body: str, count: int) -> None:
    tasks = tasks_of(body, finder, type="Kế hoạch")
    assert len(tasks) == count


def test_a_report_tells_what_was_done_not_what_to_do(finder: AgencyFinder) -> None:
    body = "1. Tổ chức 12 lớp tập huấn cho cán bộ xã.\n2. Rà soát 150 hộ nghèo."
    assert tasks_of(body, finder, type="Báo cáo") == ()
    assert len(tasks_of(f"II. NHIỆM VỤ, GIẢI PHÁP NĂM 2024\n{body}", finder, type="Báo cáo")) == 2


def test_a_long_duty_is_cut_at_a_clause(finder: AgencyFinder) -> None:
    body = (
        "1. Sở Y tế rà soát các trạm y tế; " + "hướng dẫn các xã thực hiện tiêu chí về y tế, " * 20 + "báo cáo kết quả."
    )
    (task,) = tasks_of(body, finder)
    assert len(task.what.split()) <= 120
    assert body[task.evidence.end] in ",;."


LETTER = """ỦY BAN NHÂN DÂN
TỈNH YÊN BÁI

Số: 45/UBND-NLN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Yên Bái, ngày 10 tháng 3 năm 2020

Kính gửi:
- Các Sở, ban, ngành tỉnh;
- UBND các huyện, thị xã, thành phố.

Chủ tịch UBND tỉnh yêu cầu:

1. Sở Y tế hướng dẫn tiêu chí số 15 về Y tế, hoàn thành trước ngày 30/4/2020.

2. UBND các huyện rà soát các xã; các địa phương đăng ký danh sách¹. Hoàn thành trong quý II/2020.

¹ Danh sách gửi Văn phòng Điều phối nông thôn mới tỉnh trước ngày 15/5/2020.

TT | Nội dung công việc | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành
1 | Tập huấn cán bộ xã | Sở Nội vụ | Sở Tài chính, Sở Y tế | Trước ngày 20/6/2020
2 | Kiểm tra thực địa | Thanh tra tỉnh chủ trì, phối hợp với Sở Xây dựng | | Quý IV/2020

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH

Nguyễn Văn Mẫu
"""


@pytest.fixture(scope="module")
def letter(nlp: Language, authority: Authority) -> Reading:
    source = Source(text=LETTER, format="txt", sha256="", left_out=(), repairs=(), title=None)
    return read(source, nlp=nlp, authority=authority)


def test_a_date_binds_the_task_in_whose_words_it_stands(letter: Reading) -> None:
    dated = {
        short(task.who): str(letter.deadlines[task.deadline].date) if task.deadline is not None else None
        for task in letter.tasks
    }
    assert dated[("Sở Y tế",)] == "2020-04-30"
    assert dated[("UBND các huyện",)] == "2020-06-30"  # by the closing sentence
    assert dated[("các địa phương",)] == "2020-06-30"


def test_a_task_concerns_the_criteria_that_it_names(letter: Reading) -> None:
    assert letter.tasks[0].criteria == ("VN-XA-2016:15",)


def test_rows_of_a_work_table_are_tasks(letter: Reading) -> None:
    rows = [task for task in letter.tasks if task.evidence.rule == "task.row"]
    assert [(task.what, short(task.who), short(task.with_)) for task in rows] == [
        ("Tập huấn cán bộ xã", ("Sở Nội vụ",), ("Sở Tài chính", "Sở Y tế")),
        ("Kiểm tra thực địa", ("Thanh tra tỉnh",), ("Sở Xây dựng",)),
    ]
    assert str(letter.deadlines[rows[0].deadline or 0].date) == "2020-06-20"


DATED = [  # an item of a letter, and its tasks with the words of their dates
    (
        "Sở Y tế hằng quý báo cáo vào ngày 15 của tháng cuối quý, riêng quý IV trước ngày 10/12.",
        [("hằng quý báo cáo", "vào ngày 15 của tháng cuối quý")],
    ),
    (
        "Sở Y tế bàn giao trạm trong tháng 11 và không để chậm quá ngày 25/11/2020.",
        [("bàn giao trạm", "không để chậm quá ngày 25/11/2020")],
    ),
    (
        "Sở Y tế bàn giao trạm trong tháng 11; không để chậm quá ngày 25/11/2020.",
        [("bàn giao trạm", "không để chậm quá ngày 25/11/2020")],
    ),
    (
        "Sở Y tế hướng dẫn các xã trước ngày 15/4/2020; hằng tháng tổng hợp kết quả, báo cáo UBND tỉnh.",
        [("hướng dẫn các xã trước ngày 15/4/2020", "trước ngày 15/4/2020"), ("hằng tháng tổng hợp", "hằng tháng")],
    ),
    (
        "Sở Xây dựng kiểm tra đường xã; chậm nhất ngày 30/9/2020 hoàn thành rà soát cầu.",
        [("kiểm tra đường xã", None), ("chậm nhất ngày 30/9/2020 hoàn thành", "chậm nhất ngày 30/9/2020")],
    ),
    (  # the date of the closing words is that of both
        "Sở Y tế rà soát các trạm; gửi kết quả về Sở Nội vụ trước ngày 15/4/2020.",
        [("rà soát các trạm; gửi kết quả", "trước ngày 15/4/2020")],
    ),
    (  # what is done by one day is reported by another
        "Sở Y tế rà soát các trạm trước ngày 15/4/2020; báo cáo kết quả trước ngày 15/5/2020.",
        [("rà soát các trạm", "trước ngày 15/4/2020"), ("báo cáo kết quả", "trước ngày 15/5/2020")],
    ),
    (  # the day of a second sentence about the result
        "Sở Y tế rà soát các trạm. Kết quả báo cáo UBND tỉnh trước ngày 15/5/2020.",
        [("rà soát các trạm", "trước ngày 15/5/2020")],
    ),
    (  # a rhythm of reports is that of the work
        "Sở Y tế theo dõi các trạm; hằng quý báo cáo UBND tỉnh.",
        [("theo dõi các trạm; hằng quý", "hằng quý")],
    ),
    (  # a heading that is a period
        "Tháng 5/2020: Sở Y tế tập huấn cán bộ xã.",
        [("tập huấn", "Tháng 5/2020")],
    ),
    (
        "Quý II/2020\n- Sở Y tế tập huấn cán bộ xã.\n- Sở Xây dựng kiểm tra cầu trước ngày 15/5/2020.",
        [("tập huấn", "Quý II/2020"), ("kiểm tra cầu", "trước ngày 15/5/2020")],
    ),
    (  # one sentence below a list
        "Sở Y tế:\na) Rà soát các trạm.\nb) Tập huấn cán bộ xã.\nCác nội dung trên hoàn thành trước ngày 15/5/2020.",
        [("Rà soát các trạm", "trước ngày 15/5/2020"), ("Tập huấn", "trước ngày 15/5/2020")],
    ),
    (  # of two days the last ends the task
        "Sở Y tế gửi báo cáo trước ngày 15/4/2020 và trước ngày 15/10/2020.",
        [("gửi báo cáo", "15/10/2020")],
    ),
]


@pytest.mark.parametrize(("item", "expected"), DATED)
def test_a_clause_with_its_own_date_is_a_task(
    nlp: Language, authority: Authority, item: str, expected: list[tuple[str, str | None]]
) -> None:
    before, after = LETTER.split("1. Sở Y tế hướng dẫn")[0], LETTER[LETTER.index("Nơi nhận:") :]
    source = Source(text=f"{before}1. {item}\n\n{after}", format="txt", sha256="", left_out=(), repairs=(), title=None)
    reading = read(source, nlp=nlp, authority=authority)
    dates = [None if task.deadline is None else reading.deadlines[task.deadline].text for task in reading.tasks]
    assert dates == [date for _, date in expected]
    assert all(task.what.startswith(words) for task, (words, _) in zip(reading.tasks, expected, strict=True))


UNREAD = [
    ("Điều 3. UBND các huyện, vì nhiều lý do, rà soát tiêu chí.", 1),
    ("1. Sở Y tế:\na) Cơ bản khẩn trương rà soát trạm.\nb) Hằng tháng, rà soát.", 0),
    ("1. Sở Y tế được bố trí kinh phí, tổ chức tập huấn.", 1),
    ("1. Sở Y tế đã tổ chức tập huấn.", 0),
    ("1. Kinh phí do ngân sách bảo đảm.", 0),
]


@pytest.mark.parametrize(("body", "count"), UNREAD)
def test_words_of_a_duty_never_pass_in_silence(finder: AgencyFinder, body: str, count: int) -> None:
    assert len(unread_of(body, finder)) == count


def test_no_sentence_of_the_letter_is_left_unread(letter: Reading) -> None:
    assert not [issue for issue in letter.issues if issue.code is IssueCode.DUTY_UNREAD]


@pytest.mark.parametrize("wording", WORDINGS, ids=[wording.name for wording in WORDINGS])
def test_wordings_accept_their_examples(wording: Wording) -> None:
    find = wording.pattern.search if wording.pattern.pattern.endswith("$") else wording.pattern.match
    assert all(find(aligned(example)) for example in wording.accepts)
    assert not any(find(aligned(example)) for example in wording.rejects)


NEWS = """Đẩy nhanh tiến độ xây dựng nông thôn mới

UBND tỉnh Yên Bái vừa có công văn giao Sở Xây dựng rà soát quy hoạch các xã.

{body}
"""
RECOUNTED = [
    (
        "Theo đó, Sở Y tế chủ trì, phối hợp với Sở Tài chính hướng dẫn các huyện. UBND các huyện rà soát trạm y tế.",
        [Said(("Sở Y tế",), with_=("Sở Tài chính",)), Said(("UBND các huyện",))],
    ),
    (
        "Theo đó, Chủ tịch UBND tỉnh cũng đã có văn bản giao Sở Nội vụ chủ trì đánh giá cán bộ xã.",
        [Said(("Sở Nội vụ",), what="chủ trì đánh giá")],
    ),
    (
        "Theo đó, UBND tỉnh đề nghị Hội Nông dân tỉnh và yêu cầu các sở, ngành hướng dẫn các xã hoàn thành tiêu chí.",
        [Said(("Hội Nông dân tỉnh", "các sở, ngành"), "request")],
    ),
    ("Theo đó, Sở Y tế đã phối hợp với các huyện rà soát trạm y tế.", []),
    ("Theo đó, Sở Y tế sẽ tổng hợp kết quả.", []),
]


@pytest.mark.parametrize(("body", "expected"), RECOUNTED, ids=[body[10:60] for body, _ in RECOUNTED])
def test_a_news_item_recounts_who_was_told(
    read_text: Callable[[str], Reading], body: str, expected: list[Said]
) -> None:
    reading = read_text(NEWS.format(body=body))
    assert reading.document.state is DocumentState.NEWS
    assert [short(task.who) for task in reading.tasks] == [said.who for said in expected]
    assert [task.role.value for task in reading.tasks] == [said.role for said in expected]
    for task, said in zip(reading.tasks, expected, strict=True):
        assert said.with_ is None or short(task.with_) == said.with_
        assert said.what in task.what


def test_paragraphs_of_a_news_item_that_name_nobody_are_one_task(read_text: Callable[[str], Reading]) -> None:
    body = "3 giải pháp trọng tâm\n\nTăng cường tuyên truyền.\n\nHuy động nguồn lực.\n\nRà soát tiêu chí."
    (task,) = read_text(NEWS.format(body=body)).tasks[-1:]
    assert (task.who, task.what) == ((), "Tăng cường tuyên truyền. Huy động nguồn lực. Rà soát tiêu chí.")


def test_a_doer_that_no_catalogue_knows_is_an_agency_too(read_text: Callable[[str], Reading]) -> None:
    reading = read_text(LETTER.replace("1. ", "1. Các trường học lồng ghép nội dung tuyên truyền.\n2. ", 1))
    (actor,) = [actor for task in reading.tasks for actor in task.who if actor.quote == "Các trường học"]
    assert actor.id is not None
    assert actor.id in {agency.id for agency in reading.agencies}


HEADINGS = [
    ("IV. NHIỆM VỤ, GIẢI PHÁP", True),
    ("TỔ CHỨC THỰC HIỆN", True),
    ("Mục tiêu, nhiệm vụ", False),
    ("Kết quả thực hiện nhiệm vụ năm 2022", False),
    ("NGUỒN VỐN, CƠ CHẾ HUY ĐỘNG", False),
    ("Về xây dựng hạ tầng", None),
]


@pytest.mark.parametrize(("heading", "binds"), HEADINGS)
def test_headings_say_what_stands_below(heading: str, binds: bool | None) -> None:
    assert section_binds(aligned(heading)) is binds
