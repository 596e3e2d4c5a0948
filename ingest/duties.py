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
        r"(?P<verb>giao nhiệm vụ cho|giao trách nhiệm cho|giao cho|giao|đề nghị|yêu cầu|phân công|ủy quyền cho|chỉ đạo)"
        r"(?: nhiệm vụ)?(?: cho)?:? (?:các ông(?: \(bà\)|, bà)?:? |ông(?: \(bà\))? |đồng chí )?"
    ),
    ("giao sở tài chính", "đề nghị ủy ban mttq", "yêu cầu thủ trưởng", "phân công cho các thành viên"),
    ("được giao", "nhận giao"),
)
LEAD_IN = Wording(
    "lead_in",
    re.compile(
        r"(?:căn cứ|trên cơ sở|để|nhằm|theo|thực hiện|từ|trong|khi|sau khi|ngay sau|tiếp tục|qua|với|hằng năm|hàng năm|"
        r"định kỳ|đối với|riêng|năm \d{4}|giai đoạn|trước mắt|thời gian tới|nhận được|ngoài ra|đồng thời|bên cạnh đó|"
        r"đó là|cùng với|do đó|vì vậy)(?!\w)"
    ),
    ("căn cứ nội dung chỉ đạo, ", "để chương trình đạt kết quả, ", "năm 2023 các cơ quan"),
    ("sở tài chính cân đối", "căncứ"),
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
    re.compile(r"(?:và |, |; |đồng thời )giao(?: nhiệm vụ)?(?: cho)? "),
    ("và giao cho ", ", giao "),
    ("giao thông", "được giao "),
)
BOUND = Wording(  # what makes a delegated body a doer of its own
    "bound",
    re.compile(r",? ?(?:có trách nhiệm|chịu trách nhiệm|chủ trì|làm đầu mối|là cơ quan)"),
    (" có trách nhiệm kiểm tra", " chủ trì, phối hợp"),
    (" tổ chức thực hiện", " và các xã"),
)
PERSONS = Wording(  # doers who are no single body: people, or whoever has a part in this document
    "persons",
    re.compile(
        r"(?:các )?đồng chí(?: (?:lãnh đạo|mới được phân công|được phân công|được giao|thành viên|ủy viên|phụ trách))+"
        r"|(?:các )?(?:cơ quan|đơn vị|sở, ngành|địa phương)(?: được giao| được phân công)?"
        r" (?:chủ trì|phụ trách|thường trực|phối hợp(?= cử| có trách nhiệm| chịu))"
        r"(?: thực hiện)?(?: (?:các )?(?:tiêu chí|nội dung|nhiệm vụ))?"
        r"|(?:chủ đầu tư|chủ các dự án|doanh nghiệp)(?: các công trình)?(?= có trách nhiệm| phải| cần)"
    ),
    (
        "các đồng chí lãnh đạo",
        "các đồng chí mới được phân công",
        "cơ quan chủ trì tiêu chí",
        "đơn vị được giao chủ trì",
    ),
    ("đồng chí", "các xã"),
)
WITH = Wording(
    "with",
    re.compile(
        r"(?:phối hợp(?: chặt chẽ| thường xuyên| tốt| đồng bộ)?(?:,? ?với| cùng(?: với)?)?|cùng với|"
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
        r"là(?! cơ quan| đầu mối| đơn vị)|có \d+|đạt|gồm|do)(?!\w)"
    ),
    (" đã phối hợp tốt", " được triển khai", " có 28 xã"),
    (" có trách nhiệm", " chủ trì", " là cơ quan thường trực"),
)
WORDINGS = (
    ORDER,
    LEAD_IN,
    ABOUT,
    MANAGED,
    DELEGATION,
    BOUND,
    PERSONS,
    WITH,
    REPORT,
    VIA,
    COLLECT,
    WATCHED,
    ADVISED,
    PAST,
)

_ADVERB = (
    r"(?:(?:tiếp tục|tăng cường|chủ động|tích cực|khẩn trương|thường xuyên|kịp thời|nghiêm túc|trực tiếp|"
    r"có trách nhiệm|chịu trách nhiệm|cần|phải|định kỳ|đồng thời|hằng năm|hàng năm|,) ?)*"
)
_ROLES = (  # the first that fits the predicate
    (Role.LEAD, re.compile(_ADVERB + r"(?:đồng )?chủ trì")),
    (
        Role.COORDINATE,
        re.compile(
            r"(?:có trách nhiệm |cần |phải )?phối hợp(?!\w)|" + _ADVERB + r"phối hợp(?: chặt chẽ| tốt)? (?:với|cùng)"
        ),
    ),
    (
        Role.DIRECT,
        re.compile(
            _ADVERB
            + r"(?:lãnh đạo, )?chỉ đạo (?:và giao|các |cấp |ubnd|ủy ban|phòng|cơ quan|đơn vị|địa phương|sở|ban )"
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
    """Words that open a duty: "modal" (có trách nhiệm), "order" (chủ trì, khẩn trương), "verb" (rà soát)."""
    return Phrases(_rows("duty_words.csv"))


@cache
def _section_words() -> tuple[tuple[str, bool], ...]:
    return tuple((word, kind == "yes") for word, kind in _rows("duty_sections.csv"))


def section_binds(heading: str) -> bool | None:
    """Return whether what stands below an aligned heading is duty (True), background (False), or it does not say."""
    found = [(heading.find(word), binds) for word, binds in _section_words() if word in heading]
    return min(found)[1] if found else None
