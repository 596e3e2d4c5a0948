"""How a duty is worded: the verbs that bind, the orders that name a doer, who supports, who gets the report.

Each pattern stands beside forms that it accepts and one that it must not; a test reads them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.agency_names import DATA
from ingest.phrases import Phrases
from ntmgraph.model import Role


@dataclass(frozen=True, slots=True)
class Wording:
    """A pattern over aligned text (lower case, old tone placement), and what shows that it does its work."""

    name: str
    pattern: re.Pattern[str]
    accepts: tuple[str, ...]
    rejects: tuple[str, ...]

    def match(self, low: str, start: int, end: int) -> re.Match[str] | None:
        return self.pattern.match(low, start, end)


ORDER = Wording(
    "order",
    re.compile(
        r"(?:kịp thời |trân trọng |kính )?"
        r"(?P<verb>giao nhiệm vụ cho|giao trách nhiệm cho|giao cho|giao|đề nghị|yêu cầu|phân công|ủy quyền cho|chỉ đạo|"
        r"kiến nghị(?: với)?|(?:rất |kính )?mong|mời)"
        r"(?: nhiệm vụ)?(?: cho)?:? (?:các ông(?: \(bà\)|, bà)?:? |ông(?: \(bà\))? |đồng chí )?"
    ),
    (
        "giao sở tài chính",
        "đề nghị ủy ban mttq",
        "yêu cầu thủ trưởng",
        "phân công cho các thành viên",
        "rất mong sở y tế",
    ),
    ("được giao", "nhận giao"),
)
LEAD_IN = Wording(
    "lead_in",
    re.compile(
        r"(?:căn cứ|trên cơ sở|để|nhằm|theo|thực hiện|từ|trong|khi|sau khi|ngay sau|tiếp tục|qua|với|"
        r"(?:hằng|hàng|mỗi) (?:tuần|tháng|quý|năm)|"
        r"định kỳ|đối với|liên quan đến|riêng|"
        r"năm \d{4}|giai đoạn|trước mắt|thời gian tới|nhận được|ngoài ra|đồng thời|bên cạnh đó|"
        r"đó là|cùng với|do đó|vì vậy|quá trình|nếu|mọi|khi có|để kịp thời|trước ngày|chậm nhất)(?!\w)"
    ),
    ("căn cứ nội dung chỉ đạo, ", "để chương trình đạt kết quả, ", "năm 2023 các cơ quan", "hằng quý, "),
    ("sở tài chính cân đối", "căncứ"),
)
DATED = Wording(  # a clause that opens with its own date: "trước ngày 25 hằng tháng, báo cáo"
    "dated",
    re.compile(
        r"(?!và )(?:(?:định kỳ|trước|(?:chậm|muộn) nhất(?: là)?|trong|đến|hết|vào|cuối|đầu|giữa|hằng|hàng|mỗi|ngày|"
        r"tháng|quý|năm|tuần|kỳ|thứ (?:hai|ba|tư|năm|sáu|bảy)|sau|này|và|[ivx]+(?:/\d{4})?|\d[\d/.-]*)(?:, | )){2,}"
    ),
    ("trước ngày 25 hằng tháng, ", "định kỳ ngày 20 hằng tháng ", "trong quý iii/2023, ", "mỗi quý "),
    ("trước khi ", "ngày hội đại đoàn kết ", "hằng tháng"),
)
RECURS = Wording(
    "recurs",
    re.compile(r"(?:định kỳ )?(?:hằng|hàng|mỗi) (?:tuần|tháng|quý|năm)(?!\w)"),
    ("định kỳ hằng quý", "hằng tháng cập nhật", "mỗi quý"),
    ("mỗi xã", "hằng ngày"),
)
HANGS_ON = Wording(  # a clause whose date is also that of the work before it
    "hangs_on",
    re.compile(
        r"(?:tổng hợp(?: kết quả)?,? )?(?:gửi|báo cáo|trình)(?!\w)"
        r"|(?:hoàn thành|xong|thực hiện xong)(?: và [^,;]{3,30})? (?:trước|trong|chậm nhất|vào|xong|từ)(?!\w)"
        r"|hoàn thành, (?:trình|báo cáo|gửi|tham mưu)(?!\w)"
    ),
    ("gửi kết quả về", "tổng hợp, báo cáo", "hoàn thành trước ngày 30/6"),
    ("hoàn thành rà soát đường xã", "hỗ trợ mỗi xã"),
)
ABOUT = Wording(  # "Đối với các Sở, ngành ... có trách nhiệm"
    "about",
    re.compile(
        r"(?:(?:riêng )?đối với|trách nhiệm của|nhiệm vụ của|về phía|năm \d{4},?|đó là,?|đồng thời,?|riêng|ngoài ra,?|"
        r"và) (?!việc )"
    ),
    ("đối với các sở, ngành", "trách nhiệm của sở tài chính", "năm 2023 các cơ quan"),
    ("đối với việc thực hiện", "sở tài chính"),
)
MANAGED = Wording(  # the doer stands behind "của"
    "managed",
    re.compile(
        r"(?:tăng cường|nâng cao|phát huy|đề cao|tiếp tục nâng cao)(?: [\w,]+){0,3}? "
        r"(?:công tác |vai trò |năng lực |trách nhiệm )*"
        r"(?:lãnh đạo|chỉ đạo|quản lý|trách nhiệm|điều hành)(?: ?, ?| )[^.;:]{0,70}?của "
    ),
    ("tăng cường công tác lãnh đạo, chỉ đạo của ", "nâng cao trách nhiệm của "),
    ("nâng cao chất lượng của ", "tăng cường phối hợp với "),
)
DELEGATION = Wording(
    "delegation",
    re.compile(r"(?:và |, |; |đồng thời | )giao(?: nhiệm vụ)?(?: cho)? "),
    ("và giao cho ", ", giao ", " giao "),
    ("giao thông", "được giao "),
)
REPORTS = Wording(  # a clause that tells of the work before it: its rhythm is that of the whole
    "reports",
    re.compile(r"(?:tiếp tục )?(?:tổng hợp|báo cáo|gửi báo cáo|thông tin)(?!\w)"),
    ("tổng hợp kết quả, báo cáo ủy ban", "báo cáo tiến độ"),
    ("rà soát, báo cáo", "gửi hồ sơ"),
)
ANOTHER_PART = Wording(  # a clause in which a doer that was told to act gets another part: to support, to advise
    "another_part",
    re.compile(r"(?:đồng thời,? )?(?:chủ động )?(?:tham mưu|phối hợp(?: chặt chẽ| kịp thời)? (?:với|cùng))(?!\w)"),
    ("phối hợp với kho bạc ", "đồng thời tham mưu "),
    ("phối hợp thực hiện ", "trình, tham mưu "),
)
BOUND = Wording(  # what makes a delegated body a doer of its own
    "bound",
    re.compile(r",? ?(?:cũng )?(?:có trách nhiệm|chịu trách nhiệm|chủ trì|làm đầu mối|là cơ quan)"),
    (" có trách nhiệm kiểm tra", " chủ trì, phối hợp"),
    (" tổ chức thực hiện", " và các xã"),
)
_BODY_NOUN = (  # what "các ...", "mỗi ..." may go before and be told to do something
    r"(?:cơ quan|đơn vị|địa phương|bộ phận|phòng(?! (?:chống|họp|học|ở))|ban(?! hành)|trung tâm|trạm|hạt|đội|"
    r"tổ(?! chức)|nhóm|chi hội|hội(?! (?:nghị|thảo|thi|viên))|đoàn thể|chi đoàn|chi bộ|đảng bộ|đảng ủy|đảng đoàn|"
    r"ban cán sự|cấp ủy|chi ủy|doanh nghiệp|hợp tác xã|công ty|ngân hàng|cơ sở sản xuất|cơ sở giáo dục|trường|"
    r"chủ đầu tư|chủ rừng|chủ thể|xã|phường|đặc khu|thôn|bản|ấp|buôn|làng(?! nghề)|xóm|tiểu khu|khu phố|khóm|"
    r"tổ dân phố|huyện|thành viên|ủy viên|cấp ủy viên|tỉnh ủy viên|huyện ủy viên|đảng viên|đồng chí|trưởng|"
    r"cán bộ|công chức|giáo viên|hộ (?:dân|gia đình|sản xuất)|đại biểu|chức sắc|già làng|sở|bộ|ngành(?! nghề))"
)
_HELPER = r"(?:các )?(?:đồng chí lãnh đạo|lãnh đạo|cơ quan|đơn vị|cá nhân|tập thể|cán bộ|công chức)"
PERSONS = Wording(  # doers that no catalogue knows: people, holders of an office, whoever has a part in this document
    "persons",
    re.compile(
        r"(?:các )?(?:cơ quan|đơn vị|bộ phận)(?: được (?:giao|phân công))?"
        r" (?:chủ trì|phụ trách|thường trực|tham mưu|giúp việc|quản lý|tư vấn|thẩm định|"
        r"phối hợp(?! (?:chặt chẽ )?(?:với|cùng|đối với)))(?! ?,? phối hợp)"
        r"(?: thực hiện(?= tiêu chí| nội dung| nhiệm vụ))?"
        r"(?: (?:các )?(?:tiêu chí|nội dung|nhiệm vụ))?(?!\w)"
        rf"|(?:tất cả |toàn thể )?(?:các|mỗi|từng) {_BODY_NOUN}(?!\w)"
        r"|(?:các )?đồng chí(?= (?!và)\w)|(?:cá nhân, )?người đứng đầu|thủ trưởng|bí thư|phó bí thư|giám đốc|"
        r"trưởng (?=các |ban |phòng |thôn |bản |ấp |đoàn |công an |trạm |khu )|chủ đầu tư|chủ các dự án|chủ rừng"
        r"|(?:cấp ủy|chi ủy|chi bộ|đảng đoàn|ban cán sự đảng|ban thường vụ)(?= \w)"
        rf"|(?:{_HELPER}(?:, | và ))+{_HELPER}(?: cấp tỉnh| cấp huyện| tỉnh| huyện)?(?= được (?:phân công|giao))"
        r"|(?:công ty|doanh nghiệp|hợp tác xã)(?= (?:các công trình |thi công )?(?:có trách nhiệm|phải|cần)(?!\w))"
    ),
    (
        "các đồng chí lãnh đạo",
        "các đồng chí mới được phân công",
        "cơ quan chủ trì tiêu chí",
        "đơn vị được giao chủ trì",
        "người đứng đầu cấp ủy",
        "các trường học",
        "các phòng thuộc sở",
        "trưởng các bản",
        "mỗi chi bộ",
        "lãnh đạo, cơ quan được phân công",
    ),
    (
        "đồng chí",
        "các tiêu chí",
        "đơn vị tính",
        "ban hành kế hoạch",
        "cơ quan chủ trì, phối hợp với",
        "cơ quan phối hợp đối với từng tiêu chí",
        "các làng nghề",
    ),
)
CHARGED = Wording(  # an assignment or a help, which is no task beside
    "charged",
    re.compile(
        r"(?:đồng )?(?:chủ trì|phụ trách|phối hợp)[.;/]*$|"
        r"chủ trì, phối hợp (?:với|cùng) (?:(?! (?:hướng dẫn|chỉ đạo|đôn đốc|kiểm tra|hỗ trợ) )[^.;:]){3,150}?"
        r" thực hiện (?:các )?tiêu chí (?:số )?\d(?:(?! (?:xong|hoàn thành|trước|trong|đến hết) )[^.;:])*[.;/]*$|"
        r"(?:các )?tiêu chí (?:số )?\d[^;.]*? do [^.;]+? (?:chủ trì|phụ trách)[^.;]*[.;/]*$|"
        r"(?:(?:chịu trách nhiệm )?(?:đồng )?(?:chủ trì|phụ trách|giúp đỡ|đỡ đầu)|chịu trách nhiệm(?= thực hiện)|"
        r"chỉ đạo(?= xã [^,;.]{2,25},? (?:huyện|thị xã|thành phố) ))"
        r"(?:,? (?:và )?(?:phụ trách|theo dõi|giúp đỡ|đỡ đầu|hướng dẫn|đánh giá))*(?: thực hiện)? "
        r"(?:(?:các |\d+ )?tiêu chí (?:số )?\d+(?:\.\d+)?|(?:các )?(?:xã|thôn|bản) (?!đăng|phấn|đạt|điểm|hoàn|có))"
        r"(?:[^.;:]|(?<=\d)\.(?=\d)|; (?:(?:cơ quan |đơn vị )?phối hợp:|(?:các )?(?:xã|thôn) ))*(?:: [^.;:]+)?[.;/]*$"
    ),
    (
        "chủ trì.",
        "tiêu chí số 5 do sở y tế chủ trì",
        "chủ trì tiêu chí số 1 và tiêu chí số 2; cơ quan phối hợp: sở công thương",
        "giúp đỡ xã hương lâm",
        "chủ trì, phối hợp với sở tư pháp thực hiện tiêu chí số 9.",
    ),
    (
        "chủ trì, phối hợp với sở y tế hướng dẫn các xã thực hiện tiêu chí số 17, xong trước ngày 30/6.",
        "chủ trì rà soát tiêu chí số 2",
        "hướng dẫn tiêu chí số 2",
        "giúp đỡ xã; báo cáo kết quả",
    ),
)
LEADER = Wording(  # a label behind the work: "Cơ quan chủ trì: Sở Nội vụ"
    "leader",
    re.compile(
        r"(?:(?:cơ quan|đơn vị|sở, ngành|bộ phận)"
        r"(?:,? (?:và )?(?:chủ trì|thực hiện|phụ trách|chịu trách nhiệm|đầu mối))+"
        r"|chủ trì(?: thực hiện)?|phân công thực hiện|phân công): "
    ),
    ("cơ quan chủ trì: ", "đơn vị thực hiện: ", "chủ trì: "),
    ("cơ quan phối hợp: ", "sở nội vụ chủ trì: ", "thời gian thực hiện: "),
)
SUPPORTER = Wording(
    "supporter",
    re.compile(r"(?:cơ quan |đơn vị |sở, ngành )?phối hợp(?: thực hiện)?: "),
    ("cơ quan phối hợp: ", "phối hợp: ", "đơn vị phối hợp thực hiện: "),
    ("phối hợp với sở y tế: ",),
)
WHEN = Wording(
    "when",
    re.compile(r"(?:thời gian|thời hạn|tiến độ)(?: (?:thực hiện|hoàn thành|báo cáo))*: |hoàn thành: "),
    ("thời gian hoàn thành: ", "thời hạn: "),
    ("thời gian qua: ",),
)
OUTCOME = Wording(
    "outcome",
    re.compile(r"(?:kinh phí|nguồn kinh phí|sản phẩm|kết quả|sản phẩm đầu ra|nguồn vốn)(?: (?:thực hiện|dự kiến))?: "),
    ("kinh phí: ", "sản phẩm: "),
    ("kinh phí hoạt động của sở: ",),
)
LABELS = (LEADER, SUPPORTER, WHEN, OUTCOME)
WITH = Wording(
    "with",
    re.compile(
        r"(?:phối hợp(?: chặt chẽ| thường xuyên| tốt| đồng bộ| kịp thời)?(?:,? ?với| cùng(?: với)?)?|cùng với|"
        r"chủ trì,? cùng|"
        r"với sự (?:tham gia|phối hợp) của) (?:các đồng chí )?$"
    ),
    ("chủ trì, phối hợp với ", "phối hợp chặt chẽ với ", "phối hợp cùng "),
    ("phối hợp kiểm tra ", "so với "),
)
REPORT = Wording(
    "report",
    re.compile(
        r"(?<!\w)(?:báo cáo|gửi|phản ánh)(?: (?!gửi|báo|qua)[\w()/]+){0,9}?(?: về| cho| tới| đến| lên| với)?"
        r"(?: lãnh đạo| đồng chí)? ?$"
    ),
    ("tổng hợp, báo cáo ", "gửi kết quả về ", "báo cáo kết quả thực hiện về "),
    ("báo cáo kết quả; hướng dẫn ", "tham mưu "),
)
VIA = Wording("via", re.compile(r"(?:thông )?qua \(?$"), ("qua (", "thông qua "), ("thông qua việc ", "đã trải "))
COLLECT = Wording(  # "gửi về A để tổng hợp, báo cáo B": to B through A
    "collect",
    re.compile(
        r"[^.;]{0,40}?(?:để |, )?(?:theo dõi, )?tổng hợp,?(?: tham mưu,?)?(?: trình,?)? báo cáo(?: [\w]+){0,3}? ?$"
    ),
    (" để tổng hợp, báo cáo ", ") tổng hợp, báo cáo "),
    (" kiểm tra ", "; "),
)
WATCHED = Wording(
    "watched", re.compile(r"(?:giám sát|theo dõi) của $"), ("sự giám sát của ", "theo dõi của "), ("trách nhiệm của ",)
)
ADVISED = Wording(
    "advised",
    re.compile(r"(?:theo |trên cơ sở )(?:sự )?tham mưu(?:, đề xuất)? của $"),
    ("theo tham mưu của ",),
    ("tham mưu ",),
)
PAST = Wording(
    "past",
    re.compile(
        r",? ?(?:cơ bản |luôn |vẫn |cũng )?(?:đã|đang|chưa|được(?! phân công| giao)|bị|"
        r"là(?! cơ quan| đầu mối| đơn vị| thành viên)|có \d+|đạt|gồm|do)(?!\w)"
    ),
    (" đã phối hợp tốt", " được triển khai", " có 28 xã"),
    (" có trách nhiệm", " chủ trì", " là cơ quan thường trực"),
)
WORDINGS = (
    ORDER,
    LEAD_IN,
    DATED,
    RECURS,
    HANGS_ON,
    REPORTS,
    ANOTHER_PART,
    ABOUT,
    MANAGED,
    DELEGATION,
    BOUND,
    PERSONS,
    CHARGED,
    *LABELS,
    WITH,
    REPORT,
    VIA,
    COLLECT,
    WATCHED,
    ADVISED,
    PAST,
)

_ADVERB = (
    r"(?:(?:tiếp tục|tăng cường|chủ động|tích cực|khẩn trương|thường xuyên|kịp thời|nghiêm túc|trực tiếp|quan tâm|"
    r"tập trung|quyết liệt|sâu sát|đẩy mạnh|tham gia|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|được giao|"
    r"được phân công|cần|phải|định kỳ|đồng thời|hằng năm|hàng năm|và|,) ?)*"
)
_GOVERNED = (  # whom a body directs
    r"(?:các |cấp |ubnd|ủy ban|phòng(?! chống|,)|cơ quan|đơn vị|địa phương|sở|chính quyền|mặt trận|đoàn thể|"
    r"ban |văn phòng |trung tâm |chi cục |hạt |trạm |công an |đảng |chi bộ |xã |huyện |thôn )"
)
_ALSO_GOVERNS = r"(?:(?:,| và) (?:đôn đốc|kiểm tra|yêu cầu|điều hành|phân công|giám sát))*"
_ROLES = (  # the first that fits the predicate
    (Role.LEAD, re.compile(_ADVERB + r"(?:đồng )?chủ trì")),
    (
        Role.COORDINATE,
        re.compile(_ADVERB + r"phối hợp(?! trao đổi)(?!\w)"),
    ),
    (
        Role.DIRECT,
        re.compile(
            _ADVERB + r"(?:lãnh đạo(?:, | và ))?chỉ đạo"
            rf"(?:,? (?:và )?giao(?: cho)?| quyết liệt| sát sao| kịp thời)?{_ALSO_GOVERNS}"
            rf"(?: quyết liệt| kịp thời)? {_GOVERNED}"
            r"|tăng cường (?:công tác |sự )(?:lãnh đạo, )?chỉ đạo"
        ),
    ),
    (Role.ADVISE, re.compile(_ADVERB + r"tham mưu")),
    (Role.SUPERVISE, re.compile(_ADVERB + r"(?:theo dõi|giám sát)")),
)


def role_of(low: str, start: int, end: int) -> Role:
    """Return how the words from `start` bind their subject; a plain order leads."""
    return next((role for role, pattern in _ROLES if pattern.match(low, start, end)), Role.LEAD)


def _rows(name: str) -> Iterator[tuple[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        for kind, words in list(csv.reader(file))[1:]:
            for word in words.split("|"):
                yield word, kind


@cache
def duty_words() -> Phrases[str]:
    """Words that open a duty: "modal" (có trách nhiệm), "order" (chủ trì, khẩn trương), "verb" (rà soát); and a "noun"
    that opens like one ("cấp ủy", "giao thông")."""
    return Phrases(_rows("duty_words.csv"))


def duty_at(low: str, at: int, word: str | None = None) -> int | None:
    """Return where the words that open a duty at `at` end; None where none do."""
    found = duty_words().at(low, at, word)
    return found[0] if found and found[1] != "noun" else None


@cache
def _section_words() -> tuple[tuple[str, bool], ...]:
    return tuple((word, kind == "yes") for word, kind in _rows("duty_sections.csv"))


def section_binds(heading: str) -> bool | None:
    """Return whether what stands below an aligned heading is duty (True), background (False), or it does not say. What
    a heading tells to be done ("Tháo gỡ khó khăn", "Huy động nguồn lực") is no background."""
    found = [(heading.find(word), binds) for word, binds in _section_words() if word in heading]
    at, binds = min(found) if found else (0, None)
    return None if binds is False and at > 0 and duty_at(heading, 0) else binds
