"""By when: the dates, periods and recurrences that bind a task or a figure to reach.

What is not a deadline, though it looks like one (domain/layout.md, section 6): a state of affairs ("đến hết năm 2021
tỉnh đã có"), a baseline ("so với năm 2018", "hiện trạng đến tháng 6/2021"), a budget year, the period in the name of a
programme or in the title of a cited document, a date of entry into force. A period that ended before the document was
signed reports, it does not bind.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from ingest.header import Header
from ingest.language import spaced
from ingest.provisions import Outline
from ingest.slips import with_digits
from ingest.tables import Cell, tables_of
from ntmgraph.model import Deadline, DeadlineKind, Issue, IssueCode, Provision, Reference, Scope

_DAY = r"(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})(?:\s?[/.-]\s?(?P<y>(?:19|20)\d\d))?(?![\d/]|\s?%)"
_DAY_ALONE = (  # without "ngày": "trước 30/6/2020"; a part of a whole is none: "trước 3/4 số xã"
    r"(?P<d3>\d{1,2})\s?/\s?(?P<m3>\d{1,2})(?:\s?/\s?(?P<y3>(?:19|20)\d\d)(?![\d/])"
    r"|(?!\s*[\d/%]|\s+(?:xã|thôn|số|tổng|hộ|diện|huyện)))"
)
_AND_DAY = re.compile(  # "trước ngày 20/6 và 20/12"
    r"\s*(?:,|;|và)\s*(?:(?:trước|chậm nhất)\s+)?(?:ngày\s+)?(?P<d>\d{1,2})(?:\s?/\s?|\s+tháng\s+)(?P<m>\d{1,2})"
    r"(?:(?:\s?/\s?|\s+năm\s+)(?P<y>(?:19|20)\d\d))?(?!\d|\s*[/%]|\s+(?:xã|thôn|số|tổng|hộ|diện|huyện))",
    re.IGNORECASE,
)
_DAY_WORDS = r"(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})(?:\s+năm\s+(?P<y2>(?:19|20)\d\d))?"
_HOUR = r"(?:\d{1,2}\s?(?:h|g|giờ)\s?(?:\d{1,2})?(?:\s?(?:phút|'|’|p\b))?\s*,?\s*)?"
_BEFORE = r"(?:trước|chậm nhất|muộn nhất|trễ nhất|không quá|hạn cuối|hạn chót|thời hạn|xong|hết|đến|tới|cuối)"
_LEAD = rf"(?P<lead>(?:{_BEFORE}|từ|kể từ|vào|trong)(?:\s+(?:{_BEFORE}|là|vào|trong|cuối))*)\s*(?:thời điểm\s+)?:?\s+"
_MONTH_DAY = r"\d{1,2}(?:\s?/\s?\d{1,2}|\s+tháng\s+\d{1,2})?"
_EVERY = r"(?:hằng|hàng|mỗi|từng)"
_YEAR = r"(?:19|20)\d\d"
_HALF = r"(?P<half>(?:0?6|sáu)\s+tháng)"
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER_OF_YEAR = r"quý\s+(?:IV|I{1,3}|[1-4])\b"
_WEEKDAYS = {
    "hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA",
    "2": "MO", "3": "TU", "4": "WE", "5": "TH", "6": "FR", "7": "SA",
}  # fmt: skip
_FEW = {"hai": 2, "ba": 3, "sáu": 6}
_QUARTER = r"(?:tháng\s+(?P<quarter>cuối|đầu)(?:\s+tiên)?\s+(?:của\s+)?(?:{every}\s+)?quý(?:\s+{next})?)"
_NEXT = r"(?:sau|tiếp\s+theo|kế\s+tiếp|liền\s+kề)"


@dataclass(frozen=True, slots=True)
class DeadlineForm:
    """A form of deadlines: its pattern, the forms that it accepts, one that it must not.

    `words` are what each of its forms holds one of, in small letters: a sentence with none is not searched.
    """

    name: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    accepts: tuple[str, ...]
    rejects: str


RECURRING_DAY = DeadlineForm(
    "deadline.recurring_day",
    ("hằng", "hàng", "mỗi", "từng", "cuối", "đầu", "tháng sau", "tháng tiếp", "tháng kế", "tháng liền"),
    re.compile(
        rf"(?:(?:(?:trước|chậm nhất|muộn nhất|vào|đến|là)\s+)*(?:các\s+)?ngày|(?:trước|đến|nhất))\s+"
        rf"(?P<days>{_MONTH_DAY}(?:\s*(?:,|và)\s*(?:trước\s+)?(?:ngày\s+)?{_MONTH_DAY})*)"
        rf"\s*(?:của\s+)?(?:{_QUARTER.format(every=_EVERY, next=_NEXT)}|"
        rf"{_EVERY}\s+(?P<unit>tháng|quý|năm)|(?P<month>tháng)\s+{_NEXT})",
        re.IGNORECASE,
    ),
    (
        "trước ngày 25 hằng tháng",
        "ngày 20 tháng cuối quý",
        "trước ngày 05 tháng đầu quý sau",
        "trước ngày 05 của tháng sau",
        "trước ngày 15/6 và 15/12 hàng năm",
        "trước ngày 10 tháng 6 và ngày 10 tháng 12 hằng năm",
        "đến 30/11 hằng năm",
    ),
    "trước ngày 15/11/2022",
)
# The period first, its day after: "hằng tháng, trước ngày 25".
MONTHLY_DAY = DeadlineForm(
    "deadline.recurring_day",
    ("hằng", "hàng", "mỗi"),
    re.compile(
        rf"(?:định\s+kỳ\s+)?{_EVERY}\s+(?P<unit>tháng|năm)\b[^.;\d|]{{0,60}}?(?:trước|chậm nhất|muộn nhất|vào|là)\s+"
        rf"(?:là\s+|vào\s+)?ngày\s+(?P<days>{_MONTH_DAY})(?![\d/]|\s+(?:năm|tháng\s+\d))",
        re.IGNORECASE,
    ),
    ("hằng tháng (trước ngày 25)", "Hằng năm, tổ chức đánh giá trước ngày 15/12"),
    "hằng tháng báo cáo trước ngày 15/11/2022",
)
# A month or quarter of each year: due on its last day.
YEARLY_PERIOD = DeadlineForm(
    "deadline.recurring_day",
    ("hằng", "hàng", "mỗi"),
    re.compile(
        rf"(?:(?:trong|vào|cuối|hết|xong)\s+)*(?P<periods>(?:{_QUARTER_OF_YEAR}|tháng\s+\d{{1,2}})"
        rf"(?:\s*(?:,|và)\s*(?:{_QUARTER_OF_YEAR}|(?:tháng\s+)?\d{{1,2}}))*)\s+(?:của\s+)?(?:{_EVERY})\s+năm",
        re.IGNORECASE,
    ),
    ("trong quý I hằng năm", "vào tháng 6 và tháng 12 hằng năm"),
    "trong quý I năm 2023",
)
WEEKDAY = DeadlineForm(
    "deadline.weekday",
    ("thứ ", "chủ nhật"),
    re.compile(
        rf"(?:(?:trước|chậm nhất|vào|sáng|chiều)\s+)*{_HOUR}(?:(?:chiều|ngày)\s+)?"
        rf"(?:thứ\s+(?P<day>hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\s+(?:của\s+)?{_EVERY}\s+tuần",
        re.IGNORECASE,
    ),
    ("vào thứ Sáu hằng tuần", "trước 16 giờ thứ 5 hàng tuần"),
    "kỳ họp thứ Sáu",
)
PERIODIC = DeadlineForm(
    "deadline.periodic",
    ("hằng", "hàng", "định kỳ", "mỗi", "từng", "lần", "6 tháng", "sáu tháng"),
    re.compile(
        rf"(?:định\s+kỳ\s+(?:(?:vào\s+)?(?:{_EVERY}\s+)?(?P<unit>tuần|tháng|quý|năm)\b"
        rf"|{_HALF}(?!\s+(?:một|1|01)\s+lần|/\s?lần)(?:\s*(?:,|và|/)\s*(?:(?:0?1|một|hằng|hàng|cả)\s+)?năm)?)"
        r"|(?:định\s+kỳ\s+)?(?P<count>\d{1,2}|hai|ba|sáu)\s+(?P<unit3>tuần|tháng|năm)"
        r"(?:\s+(?:một|1|01)\s+lần|\s?/\s?lần)"
        r"|(?:ít nhất\s+)?(?:0?1|một)\s+lần\s?/\s?(?:0?1\s+|một\s+)?(?P<unit4>tuần|tháng|quý|năm)\b"
        rf"|cuối\s+{_EVERY}\s+(?P<unit5>tuần|tháng|quý|năm)\b"
        rf"|(?:báo cáo|sơ kết|tổng kết|tổng hợp|đánh giá|giao ban)(?:\s+[^\s.,;:]+){{0,6}}?\s+"
        rf"(?:{_EVERY}\s+(?P<unit2>tuần|tháng|quý|năm)\b|{_HALF.replace('half', 'half2')}\s*(?:,|và)\s*"
        rf"(?:(?:cả|hằng|hàng)\s+)?năm\b(?!\s+\d)))",
        re.IGNORECASE,
    ),
    (
        "định kỳ hằng quý",
        "định kỳ 6 tháng, 01 năm",
        "báo cáo kết quả hằng tháng",
        "2 tuần một lần",
        "ít nhất 01 lần/quý",
        "báo cáo 6 tháng, năm",
    ),
    "lao động có việc làm thường xuyên",
)
# Opening its clause: "Hằng quý báo cáo ...". "Mỗi tháng có ..." tells how much, "hằng năm ngân sách ..." tells.
_OPENS = r"(?:(?<=[.;,:(–-]\s)|(?<=[(–-])|(?<=\b[a-zđ]\)\s))"
RHYTHM = DeadlineForm(
    "deadline.periodic",
    ("hằng", "hàng", "mỗi"),
    re.compile(
        rf"(?:{_OPENS}|(?<=\bvà\s))(?:hằng|hàng|mỗi)\s+(?P<unit>tuần|tháng|quý)\b"
        r"(?!\s+(?:(?:có|cho|là|bình quân|tăng|giảm|thu|đạt|hỗ trợ|được)\b|\d+(?!\s+lần)))"
        rf"|{_OPENS}(?:hằng|hàng|mỗi)\s+(?P<year>năm)\b(?=,?\s+(?:báo cáo|tổng hợp|đánh giá|rà soát|sơ kết|tổng kết|"
        r"kiểm tra|tổ chức|xây dựng|ban hành|công bố|thẩm định|tham mưu)\b)",
        re.IGNORECASE,
    ),
    ("; hằng tháng cập nhật", "- Mỗi quý làm việc tại xã", ". Hằng năm, tổ chức tập huấn"),
    "- Mỗi tháng có 2 xã",
)
RELATIVE = DeadlineForm(
    "deadline.relative",
    ("từ", "sau"),
    re.compile(
        r"(?:trong\s+(?:thời hạn|thời gian|vòng)|chậm nhất(?:\s+(?:là|sau|trong))*|muộn nhất(?:\s+là)?|không "
        r"quá|trong|sau)\s+"
        r"(?P<count>\d{1,3})\s*(?:\([^)]{2,20}\)\s*)?(?P<unit>ngày(?:\s+làm việc)?|tuần|tháng|"
        r"năm)\s*,?\s*(?:kể\s+)?(?:từ|sau)\s+(?:ngày|khi|thời điểm)\s+"
        r"(?P<anchor>[^,.;:()]{2,90})",
        re.IGNORECASE,
    ),
    ("trong thời hạn 15 ngày kể từ ngày ký", "chậm nhất 05 ngày làm việc kể từ ngày nhận được hồ sơ"),
    "trong 6 tháng đầu năm 2020",
)
# A term whose start is left open: the receipt, the request.
TERM = DeadlineForm(
    "deadline.relative",
    ("ngày",),
    re.compile(
        r"(?:(?:trong\s+(?:thời hạn|vòng)|chậm nhất(?:\s+(?:là|sau|trong))*|không quá)\s+\d{1,3}\s*"
        r"(?:\([^)]{2,20}\)\s*)?ngày(?:\s+làm việc)?|(?:trong|sau)\s+\d{1,3}\s*(?:\([^)]{2,20}\)\s*)?"
        r"ngày\s+làm việc)\b(?!\s*/)",
        re.IGNORECASE,
    ),
    ("sau 20 ngày làm việc", "trong thời hạn 10 ngày"),
    "trong 10 ngày nghỉ",
)
DAY = DeadlineForm(
    "deadline.day",
    ("ngày", "/"),
    re.compile(
        rf"(?:\b{_LEAD}|"
        r"\b(?P<titled>(?:thời hạn|hạn|thời gian\s+(?:hoàn thành|gửi|nộp|trình|báo cáo))[^.;:\d]{0,40}:\s*))"
        rf"{_HOUR}(?:(?:ngày|hết ngày)\s+(?:{_DAY_WORDS}|{_DAY})|{_DAY_ALONE})",
        re.IGNORECASE,
    ),
    (
        "trước ngày 15/11/2022",
        "chậm nhất là ngày 15 tháng 6 năm 2022",
        "trước 17 giờ 00 ngày 05/8/2021",
        "Thời hạn gửi báo cáo: ngày 20/4/2020",
        "trước 30/6/2020",
    ),
    "Quyết định số 655/QĐ-UBND ngày 12/5/2022",
)
MONTH = DeadlineForm(
    "deadline.month",
    ("tháng",),
    re.compile(
        rf"(?:\b{_LEAD}|(?<=: ))(?P<half>nửa\s+(?:đầu|cuối)\s+)?(?:tháng\s+\d{{1,2}}\s*(?:,|và|-|–)\s*)*"
        rf"tháng\s+(?P<month>\d{{1,2}})(?:\s?/\s?|\s+năm\s+)?(?P<year>{_YEAR})?(?![\d/])",
        re.IGNORECASE,
    ),
    ("trong tháng 6/2020", "đến hết tháng 9 năm 2021", "trong tháng 8", "trong nửa đầu tháng 6/2021"),
    "trong 6 tháng",
)
QUARTER = DeadlineForm(
    "deadline.quarter",
    ("quý",),
    re.compile(
        rf"(?:\b{_LEAD}|(?<=: ))quý\s+(?:(?:IV|I{{1,3}}|[1-4])\s*(?:,|và|-|–)\s*(?:quý\s+)?)*"
        rf"(?P<quarter>IV|I{{1,3}}|[1-4])\b(?:(?:\s?/\s?|\s+năm\s+|\s*-\s*)(?P<year>{_YEAR}))?",
        re.IGNORECASE,
    ),
    ("trong quý I/2023", "hết quý 3 năm 2022", "trong quý IV", "trong quý I, II năm 2023"),
    "quý báu",
)
HALF = DeadlineForm(
    "deadline.half",
    (" tháng ",),
    re.compile(rf"\b{_LEAD}(?:0?6|sáu)\s+tháng\s+(?P<half>đầu|cuối)\s+năm(?:\s+(?P<year>{_YEAR}))?", re.IGNORECASE),
    ("trong 6 tháng đầu năm 2020",),
    "6 tháng đầu năm đã thực hiện",
)
YEAR = DeadlineForm(
    "deadline.year",
    ("năm",),
    re.compile(
        rf"\b(?P<lead>(?:(?:{_BEFORE}|trong|phấn đấu|mục tiêu)\s+)+)(?:(?:cuối|"
        rf"hết)\s+)?năm\s+(?P<year>{_YEAR})(?!\s?[-–/]\s?\d)(?!\w)",
        re.IGNORECASE,
    ),
    ("đến hết năm 2020", "trong năm 2023", "đến năm 2025", "Phấn đấu năm 2022"),
    "trong đó năm 2021 có 12 thôn",
)
THIS_YEAR = DeadlineForm(
    "deadline.this_year",
    ("cuối năm", "năm nay"),
    re.compile(
        r"\b(?:(?:từ nay\s+)?(?:đến|tới|trước)\s+(?:hết\s+|trước\s+)?(?:cuối năm(?: nay)?|năm nay)|hết năm nay|"
        r"trong năm nay)(?!\s+(?:\d|học))",
        re.IGNORECASE,
    ),
    ("từ nay đến cuối năm", "trong năm nay"),
    "đến cuối năm 2025",
)
# A bare period binds where its heading says so: "Thời gian thực hiện: Giai đoạn 2019-2020", "Mục tiêu năm 2026".
PERIOD = DeadlineForm(
    "deadline.period",
    ("năm", "giai đoạn", "thời kỳ"),
    re.compile(
        rf"(?:giai đoạn|thời kỳ|từ năm|năm)\s+(?P<first>{_YEAR})(?:\s*(?:-|–|đến(?: "
        rf"năm)?)\s*(?P<last>{_YEAR}))?(?!\d|\s?[-–]\s?\d)",
        re.IGNORECASE,
    ),
    ("Giai đoạn 2019-2020", "năm 2026", "giai đoạn 2021 - 2025"),
    "khóa XVI",
)
EVENT = DeadlineForm(
    "deadline.event",
    ("ngay ",),
    re.compile(r"\bngay (?:sau )?khi\s+[^,.;:()]{5,90}", re.IGNORECASE),
    ("ngay sau khi Kế hoạch được phê duyệt",),
    "sau khi sáp nhập",
)
FORMS = (
    RECURRING_DAY, YEARLY_PERIOD, MONTHLY_DAY, WEEKDAY, PERIODIC, RHYTHM, RELATIVE, TERM, DAY, MONTH, QUARTER, HALF,
    YEAR, THIS_YEAR, PERIOD, EVENT,
)  # fmt: skip

_TIME_HEADING = re.compile(
    r"thời (?:gian|hạn)(?:\s+(?:tổ chức|triển khai|thực hiện|hoàn thành))+|thời kỳ thực hiện|tiến độ(?: thực hiện)?$",
    re.IGNORECASE,
)
_AIM_HEADING = re.compile(r"\b(?:mục tiêu|chỉ tiêu)\b", re.IGNORECASE)
_TIME_COLUMN = re.compile(r"thời (?:gian|hạn)|hạn hoàn thành|tiến độ", re.IGNORECASE)

_STATE_BEFORE = re.compile(
    r"(?:tính|hiện trạng|hiện nay|so với|lũy kế|luỹ kế|số liệu|kết quả|thực trạng|kể|có hiệu lực|hết hiệu lực|"
    r"thi hành|áp dụng|"
    r"tầm nhìn|định hướng|phát sinh|từ năm \d{4}|đã .{0,60})[\s,(]*(?:thi hành\s*)?$",
    re.IGNORECASE,
)
# With "trước" or "chậm nhất" only these still tell a state: "gửi kết quả trước ngày" binds.
_STATE_BEFORE_BOUND = re.compile(
    r"(?:tính|hiện trạng|so với|lũy kế|luỹ kế|phát sinh|từ năm \d{4})[\s,(]*$", re.IGNORECASE
)
_TITLED_BEFORE = re.compile(r"(?:thời (?:gian|hạn)|tiến độ|hoàn thành)[^.;:]{0,40}:\s*$", re.IGNORECASE)
# A day without its year, in a sentence that gives "hằng năm" with another day, or opens with it.
_YEARLY_AFTER = re.compile(
    rf"[^.;]{{0,90}}?ngày\s+\d{{1,2}}(?:\s?/\s?|\s+tháng\s+)\d{{1,2}}\s+{_EVERY}\s+năm", re.IGNORECASE
)
_YEARLY_BEFORE = re.compile(r"(?:hằng|hàng|mỗi)\s+năm\b[^.;]{0,60}$", re.IGNORECASE)
_IN_FORCE = re.compile(
    r"có hiệu lực(?:\s+(?:thi hành|kể|thực hiện))*\s+từ\s+ngày\s+"
    r"(?:(?P<signed>ký|ban hành)|(?P<d>\d{1,2})(?:\s?/\s?|\s+tháng\s+)(?P<m>\d{1,2})"
    r"(?:\s?/\s?|\s+năm\s+)(?P<y>(?:19|20)\d\d))",
    re.IGNORECASE,
)
_OWED_BEFORE = re.compile(r"(?:nợ|tồn) đọng\s*$", re.IGNORECASE)  # what is owed as of a day
_DONE_AFTER = re.compile(r"^[\s,]*(?:[^\s,.;]+[\s,]+){0,7}?(?:đã|mới có|hiện có|hiện còn|đều đã)\b")
_GOAL_AFTER = re.compile(r"phấn đấu|hoàn thành|đạt|có (?:ít nhất|thêm)|duy trì|giữ vững|nâng", re.IGNORECASE)
_AIM = re.compile(r"phấn đấu|(?:mục|chỉ) tiêu(?! quốc gia)", re.IGNORECASE)
_REACHED = re.compile(r"đạt|có (?:ít nhất|thêm)|duy trì|giữ vững|nâng", re.IGNORECASE)
_UP_TO = re.compile(r"(?:đến|tới|hết|cuối|từ nay)\b", re.IGNORECASE)
_WITHIN_YEARS = re.compile(rf"(?:{_UP_TO.pattern}|trong năm\b|năm\b)", re.IGNORECASE)
_NAME_BEFORE = re.compile(
    r"(?:Chương trình|Đề án|Chiến lược|Quy hoạch|Dự án|Kế hoạch|Nghị quyết|Quyết định|Bộ tiêu chí)\s[^,.;:()]{0,160}$"
)
_BIND = re.compile(r"phấn đấu|mục tiêu|hoàn thành|đạt|trước|chậm nhất|muộn nhất|xong", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:về|phê duyệt|ban hành|quy định)\b", re.IGNORECASE)
_THIS_DOCUMENT = re.compile(
    r"(?:ký|ban hành|(?:Quyết định|Kế hoạch|Chỉ thị|Công văn|Nghị quyết|Thông báo|Hướng dẫn|văn bản|Kết luận) này)",
    re.IGNORECASE,
)
_ANCHOR = re.compile(
    r".{2,50}? này\b(?: (?:có hiệu lực(?: thi hành)?|được (?:ban hành|ký|phê duyệt|thông qua)))?|(?:\S+\s*){1,5}"
)  # an anchor ends with "này" or is short
_FIGURES = re.compile(r"\d+(?:[.,]\d+)?(?:\s?/\s?\d+)?\s*(?:%|xã|thôn|bản|huyện|đơn vị|tiêu chí|hộ)")
_CLAUSE_END = re.compile(r"[.;](?=\s|$)|\s{2}")


def find_deadlines(
    text: str, outline: Outline, header: Header, references: tuple[Reference, ...]
) -> tuple[tuple[Deadline, ...], tuple[Issue, ...]]:
    """Return the deadlines in text order, and a doubt for each that lies before the document's own date."""
    finder = _Finder(text, outline, header, references)
    found = sorted(finder.find(), key=lambda each: each.evidence.start)
    issues = [
        Issue(
            IssueCode.DEADLINE_BEFORE_DOCUMENT,
            f"Thời hạn “{' '.join(each.text.split())}” ({each.date:%d/%m/%Y}) sớm hơn ngày văn bản "
            f"({header.date:%d/%m/%Y}).",
            each.evidence.start,
            each.evidence.end,
        )
        for each in found
        if each.date and header.date and each.date < header.date and each.kind in (DeadlineKind.BEFORE, DeadlineKind.BY)
    ]
    return tuple(found), tuple(issues)


_PLANS = ("Kế hoạch", "Chương trình")


def _next_year(title: str, signed: int | None) -> int | None:
    """Return the year after the signing where a title speaks of it alone: plans are signed before their year begins."""
    years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", title)}
    return signed + 1 if signed is not None and years == {signed + 1} else None


Made = Deadline | list[Deadline] | None  # what a form makes of its match; several days of a year are several deadlines


class _Finder:
    """Reads the provisions one by one; `taken` keeps a longer form from being read again as a shorter one."""

    def __init__(self, text: str, outline: Outline, header: Header, references: tuple[Reference, ...]) -> None:
        self.flat = with_digits(spaced(text))
        self.outline = outline
        self.header = header
        self.titles = _titles(self.flat, references, outline)
        self.signed = header.date.year if header.date else header.year
        self.year = self.signed  # of dates without one
        self.planned = _next_year(header.subject or "", self.signed) if header.type in _PLANS else None
        self.taken: list[tuple[int, int]] = []
        self.in_force = self._in_force()

    def _default_year(self, provision: Provision) -> int | None:
        """Return the year of dates without one: of the headings ("NHIỆM VỤ NĂM 2022"), the title or the signing."""
        for above in self.outline.above(provision):
            year = _next_year(above.heading or "", self.signed)
            if year is not None:
                return year
        return self.planned or self.signed

    def _in_force(self) -> date | None:
        """Return the day from which the document is in force; None where it does not say so."""
        match = _IN_FORCE.search(self.flat, self.header.regions.body, self.header.regions.closing)
        if match is None:
            return None
        return self.header.date if match["signed"] else _date(match["y"], match["m"], match["d"])

    def find(self) -> Iterator[Deadline]:
        readers: tuple[tuple[DeadlineForm, Callable[[re.Match[str], Provision], Made]], ...] = (
            (RECURRING_DAY, self._recurring_day),
            (YEARLY_PERIOD, self._yearly_period),
            (MONTHLY_DAY, self._monthly_day),
            (WEEKDAY, self._weekday),
            (RELATIVE, self._relative),
            (TERM, self._term),
            (DAY, self._day),
            (PERIODIC, self._periodic),
            (RHYTHM, self._rhythm),
            (HALF, self._half),
            (MONTH, self._month),
            (QUARTER, self._quarter),
            (YEAR, self._year),
            (THIS_YEAR, self._this_year),
            (PERIOD, self._period),
            (EVENT, self._event),
        )
        due_cells = self._due_cells()
        for provision in self.outline.provisions:
            if provision.kind in ("header", "closing"):
                continue
            self.taken = []
            self.year = self._default_year(provision)
            for due in self._period_cell(due_cells.get(provision.id)):
                self.taken.append((due.evidence.start, due.evidence.end))
                yield due
            start, end = self.outline.own(provision)
            low = self.flat[start:end].lower()
            for form, read in readers:
                if not any(word in low for word in form.words):
                    continue
                for match in form.pattern.finditer(self.flat, start, end):
                    if self._free(match.start(), match.end()):
                        made = read(match, provision)
                        for deadline in made if isinstance(made, list) else [made] if made else []:
                            self.taken.append((deadline.evidence.start, deadline.evidence.end))
                            yield deadline

    def _free(self, start: int, end: int) -> bool:
        return all(end <= first or last <= start for first, last in self.taken)

    # --- dates of their own

    def _day(self, match: re.Match[str], provision: Provision) -> Made:
        """Return the deadline of a day, and one for each day that the same words list after it."""
        more: list[re.Match[str]] = []
        _, end = self.outline.own(provision)
        while following := _AND_DAY.match(self.flat, (more[-1] if more else match).end(), end):
            more.append(following)
        year = match["y"] or match["y2"] or match["y3"] or next((each["y"] for each in more if each["y"]), None)
        first = self._single_day(match, year)
        if first is None or first.date is None or not more:
            return first
        listed = [first]
        for each in more:
            day = _date(each["y"] or year or self.year, each["m"], each["d"])
            if day is None or day <= first.date:
                break  # not one of a list of days to come
            start = each.start("d")
            listed.append(self._at(start, each.end(), first.kind, day, DAY.name, None))
        return listed

    def _single_day(self, match: re.Match[str], year: str | None) -> Deadline | None:
        day = _date(
            year or self.year,
            match["m"] or match["m2"] or match["m3"],
            match["d"] or match["d2"] or match["d3"],
        )
        lead = (match["lead"] or match["titled"]).lower()
        before = self._clause_before(match.start())
        bound = re.search(r"trước|nhất|quá|xong|hạn", lead) is not None
        state = (_STATE_BEFORE_BOUND if bound else _STATE_BEFORE).search(before)
        if day is None or state or self._in_quotes(match.start()):
            return None
        if not (match["y"] or match["y2"] or match["y3"]) and _YEARLY_AFTER.match(self.flat, match.end()):
            rule = _yearly([(day.month, day.day)])
            return self._make(match, DeadlineKind.RECURRING, None, RECURRING_DAY.name, rule)
        if match["d3"] and not match["y3"] and not re.search(r"trước|nhất|xong", lead):
            return None  # "đến 12/5" alone may be a part of a whole
        if re.match(r"(?:từ|kể từ)\b", lead):
            follows = re.match(r"\s*(?:đến|tới|-|–)", self.flat[match.end() : match.end() + 12])
            return (
                None if follows or not self._ahead(day) else self._make(match, DeadlineKind.FROM, day, "deadline.day")
            )
        if lead.startswith("đến") and _OWED_BEFORE.search(before):
            return None
        if re.search(r"trước", lead):
            kind = DeadlineKind.BEFORE
        elif re.match(r"(?:vào|trong)\b", lead):
            kind = DeadlineKind.ON
        else:
            kind = DeadlineKind.BY
        if not self._ahead(day) and not (bound and self.header.date and (self.header.date - day).days < 366):
            return None
        if (
            not bound
            and kind is DeadlineKind.BY
            and _DONE_AFTER.match(self.flat[match.end() : match.end() + 80])
            and self.header.date is None
        ):
            return None
        return self._make(match, kind, day, "deadline.day")

    def _month(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        year = int(match["year"] or self.year or 0)
        month = int(match["month"])
        if not year or not 1 <= month <= 12:
            return None
        if match["year"] is None and (yearly := self._each_year(match, month)):
            return yearly
        if match["lead"] is None and not _TITLED_BEFORE.search(self._clause_before(match.start())):
            return None
        first_half = match["half"] is not None and "đầu" in match["half"].lower()
        last = 15 if first_half else monthrange(year, month)[1]
        return self._of_period(match, date(year, month, 1), date(year, month, last), "deadline.month")

    def _quarter(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        year = int(match["year"] or self.year or 0)
        if not year:
            return None
        last = 3 * _QUARTERS[match["quarter"].upper()]
        if match["year"] is None and (yearly := self._each_year(match, last)):
            return yearly
        return self._of_period(
            match, date(year, last - 2, 1), date(year, last, monthrange(year, last)[1]), "deadline.quarter"
        )

    def _each_year(self, match: re.Match[str], month: int) -> Deadline | None:
        """Return the end of a month or quarter as a yearly day where "hằng năm" opens its clause: "hằng năm, hoàn
        thành trong quý I"."""
        lead = (match["lead"] or "").lower()
        if not _YEARLY_BEFORE.search(self._clause_before(match.start())) or re.search(r"\btrước\b|^(?:kể )?từ\b", lead):
            return None
        return self._make(
            match, DeadlineKind.RECURRING, None, YEARLY_PERIOD.name, _yearly([(month, _LAST_DAYS[month])])
        )

    def _half(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        year = int(match["year"] or self.year or 0)
        if not year:
            return None
        first = match["half"].lower() == "đầu"
        return self._of_period(
            match, date(year, 1 if first else 7, 1), date(year, 6, 30) if first else date(year, 12, 31), "deadline.half"
        )

    def _year(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        year = int(match["year"])
        lead = match["lead"].lower().split()
        if lead[-1] == "trong" and re.match(r"\s*(?:\(|,?\s*giai đoạn)", self.flat[match.end() : match.end() + 12]):
            return None
        return self._of_period(match, date(year, 1, 1), date(year, 12, 31), "deadline.year")

    def _this_year(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        if self.year is None:
            return None
        return self._of_period(match, date(self.year, 1, 1), date(self.year, 12, 31), THIS_YEAR.name)

    def _of_period(self, match: re.Match[str], first: date, last: date, rule: str) -> Deadline | None:
        """Return the deadline at the end of a period, or before its first day; None for a state of affairs."""
        before = self._clause_before(match.start())
        if _STATE_BEFORE.search(before) or self._in_title(match.start()) or self._in_quotes(match.start()):
            return None
        lead = (match.groupdict().get("lead") or match.group()).lower()
        years = last - first > timedelta(days=200)  # the period of a programme's name: no month or quarter
        if (
            years
            and _NAME_BEFORE.search(before)
            and not _BIND.search(before)
            and not re.search(r"trước|nhất|hết|xong", lead)
        ):
            return None
        if re.match(r"(?:từ(?! nay)|kể từ)\b", lead):
            return None
        if re.search(r"\btrước(?!\s+(?:hết|cuối))", lead):
            return self._make(match, DeadlineKind.BEFORE, first, rule) if self._ahead(first) else None
        if not self._ahead(last):
            return None
        after = self.flat[match.end() : match.end() + 80]
        if self.header.date is None and _DONE_AFTER.match(after) and not _GOAL_AFTER.search(before):
            return None
        return self._make(match, DeadlineKind.BY_END_OF, last, rule)

    def _period(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        """Return the end of a bare period where the words right before it, or the heading it stands in, bind it."""
        last = date(int(match["last"] or match["first"]), 12, 31)
        if not self._ahead(last) or self._in_title(match.start()) or self._in_quotes(match.start()):
            return None
        heading = self.outline.headings.get(provision.id)
        inside = heading is not None and heading[0] <= match.start() < heading[1]
        before = self.flat[self.outline.contents[provision.id] : match.start()]
        if inside and heading is not None:
            title = self.flat[heading[0] : match.start()]
            aim = _AIM_HEADING.search(title)
            if aim is None or _NAME_BEFORE.search(title) or provision.kind in ("paragraph", "bullet"):
                return None
        elif not (
            provision.heading and _TIME_HEADING.search(provision.heading) and len(before) < len(provision.heading) + 25
        ) and not (
            re.search(
                r"[Tt]hời (?:gian|hạn)(?: tổ chức| triển khai)* thực hiện\s*(?:là|:|trong)?\s*(?:trong\s+)?$", before
            )
        ):
            return None
        return self._make(match, DeadlineKind.BY_END_OF, last, "deadline.period")

    # --- computed and recurring ones

    def _relative(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        count, unit = int(match["count"]), " ".join(match["unit"].lower().split())
        since = self._anchored(match["anchor"])
        due = _after(since, count, unit) if since else None
        anchor = _ANCHOR.match(match["anchor"])
        end = match.start("anchor") + (anchor.end() if anchor else 0)
        return self._make(match, DeadlineKind.RELATIVE, due, "deadline.relative", end=end)

    def _anchored(self, anchor: str) -> date | None:
        """Return the day that a term runs from: a date, this document's signing or entry into force."""
        day = re.match(r"(\d{1,2})(?:\s?/\s?|\s+tháng\s+)(\d{1,2})(?:\s?/\s?|\s+năm\s+)((?:19|20)\d\d)", anchor)
        if day is not None:
            return _date(day.group(3), day.group(2), day.group(1))
        if _THIS_DOCUMENT.match(anchor) is None:
            return None
        if "hiệu lực" in anchor:
            return self.in_force
        return self.header.date

    def _term(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        return self._make(match, DeadlineKind.RELATIVE, None, TERM.name)

    def _monthly_day(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        day, *month = [int(part) for part in re.findall(r"\d+", match["days"])]
        yearly = match["unit"].lower() == "năm"
        if not 1 <= day <= 31 or yearly != bool(month) or (month and not 1 <= month[0] <= 12):
            return None
        rule = _yearly([(month[0], day)]) if month else _monthly([day])
        return self._make(match, DeadlineKind.RECURRING, None, MONTHLY_DAY.name, rule)

    def _weekday(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        rule = f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[match['day'].lower()] if match['day'] else 'SU'}"
        return self._make(match, DeadlineKind.RECURRING, None, WEEKDAY.name, rule)

    def _recurring_day(self, match: re.Match[str], provision: Provision) -> Made:
        parts = list(re.compile(_MONTH_DAY).finditer(self.flat, *match.span("days")))
        days = [[int(number) for number in re.findall(r"\d+", part.group())] for part in parts]
        if any(not 1 <= day[0] <= 31 or (len(day) > 1 and not 1 <= day[1] <= 12) for day in days):
            return None
        unit = (match["unit"] or match["month"] or "").lower()
        if match["quarter"] or unit == "quý":
            last = not match["quarter"] or match["quarter"].lower() == "cuối"
            rule = _yearly([(month, day[0]) for month in range(3 if last else 1, 13, 3) for day in days])
        elif unit == "tháng":
            rule = _monthly([day[0] for day in days])
        else:
            dates = [(day[1], day[0]) for day in days if len(day) > 1]
            if not dates:
                return None
            rule = _yearly(dates)
        return self._make(match, DeadlineKind.RECURRING, None, RECURRING_DAY.name, rule)

    def _yearly_period(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        months = [
            3 * _QUARTERS[number.upper()] if quarter else int(number)
            for quarter, number in re.findall(r"(?i)(quý\s+)?\b(IV|I{1,3}|\d{1,2})\b", match["periods"])
        ]
        if not all(1 <= month <= 12 for month in months):
            return None
        rule = _yearly([(month, _LAST_DAYS[month]) for month in months])
        return self._make(match, DeadlineKind.RECURRING, None, YEARLY_PERIOD.name, rule)

    def _periodic(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        count, unit = 6, "tháng"
        if match["count"]:
            count, unit = _FEW.get(match["count"].lower()) or int(match["count"]), match["unit3"]
        elif named := match["unit"] or match["unit2"] or match["unit4"] or match["unit5"]:
            count, unit = 1, named
        rule = _every(count, unit.lower()) if count else None
        return self._make(match, DeadlineKind.RECURRING, None, PERIODIC.name, rule) if rule else None

    def _rhythm(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        if _DONE_AFTER.match(self.flat[match.end() : match.end() + 80]):
            return None
        rule = _every(1, (match["unit"] or match["year"]).lower())
        return self._make(match, DeadlineKind.RECURRING, None, RHYTHM.name, rule)

    def _event(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        return self._make(match, DeadlineKind.EVENT, None, EVENT.name)

    # --- the column "Thời gian" of a table of tasks

    def _due_cells(self) -> dict[str, Cell]:
        """Return the cell of each row that stands under a heading like "Thời gian hoàn thành"."""
        found: dict[str, Cell] = {}
        for table in tables_of(self.outline, self.flat):
            column: int | None = None
            for row in table:
                if column is None:
                    words = [cell.within(self.flat) for cell in row.cells]
                    column = next(
                        (at for at, each in enumerate(words) if len(each) < 60 and _TIME_COLUMN.search(each)), None
                    )
                elif column < len(row.cells):
                    found[row.provision.id] = row.cells[column]
        return found

    def _period_cell(self, cell: Cell | None) -> Iterator[Deadline]:
        """Read a cell that is nothing but a date or a period: "Quý II/2026", "Tháng 6/2026", "30/6/2026"."""
        if cell is None:
            return
        start, end = cell.start, cell.end
        every = _CELL_EVERY.fullmatch(self.flat, start, end)
        if every is not None:
            evidence = self.outline.evidence(start, end, "deadline.cell")
            rule = _every(1, every["unit"].lower())
            yield Deadline(evidence.quote, DeadlineKind.RECURRING, None, rule, Scope.TASK, evidence)
            return
        match = _CELL.fullmatch(self.flat, start, end)
        if match is None or not (year := int(match["year"] or match["y"] or self.year or 0)):
            return
        last: date | None
        if match["quarter"]:
            month = 3 * _QUARTERS[match["quarter"].upper()]
            last = date(year, month, monthrange(year, month)[1])
        elif match["month"]:
            month = int(match["month"])
            last = date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None
        elif match["d"]:
            last = _date(match["y"], match["m"], match["d"])
        else:
            last = date(int(match["last"] or year), 12, 31)
        if last is not None:
            kind = DeadlineKind.BY if match["d"] else DeadlineKind.BY_END_OF
            evidence = self.outline.evidence(start, end, "deadline.cell")
            yield Deadline(evidence.quote, kind, last, None, Scope.TASK, evidence)

    # --- the words around

    def _ahead(self, day: date) -> bool:
        """Return whether the day does not lie before the document (always, when the document's day is unknown)."""
        if self.header.date is not None:
            return day >= self.header.date
        return self.signed is None or day.year >= self.signed

    def _clause_before(self, at: int) -> str:
        words = self.flat[max(0, at - 220) : at]
        cut = 0
        for match in _CLAUSE_END.finditer(words):
            cut = match.end()
        return words[cut:]

    def _in_title(self, at: int) -> bool:
        """Return whether the words belong to a cited document's title: "Quyết định số ... về ... đến năm 2025"."""
        place = bisect_right(self.titles, (at, at + 1_000_000)) - 1
        return place >= 0 and self.titles[place][0] <= at < self.titles[place][1]

    def _in_quotes(self, at: int) -> bool:
        before = self.flat[max(0, at - 200) : at]
        return before.count("“") > before.count("”") and "”" in self.flat[at : at + 200]

    def _make(
        self,
        match: re.Match[str],
        kind: DeadlineKind,
        day: date | None,
        rule: str,
        recurrence: str | None = None,
        end: int | None = None,
    ) -> Deadline:
        return self._at(match.start(), end if end is not None else match.end(), kind, day, rule, recurrence)

    def _at(
        self, start: int, end: int, kind: DeadlineKind, day: date | None, rule: str, recurrence: str | None
    ) -> Deadline:
        while end > start and self.flat[end - 1] == " ":
            end -= 1
        evidence = self.outline.evidence(start, end, rule)
        return Deadline(evidence.quote, kind, day, recurrence, self._scope(start, end, kind), evidence)

    def _scope(self, start: int, end: int, kind: DeadlineKind) -> Scope:
        """Return TARGET for a period that a figure is to be reached in, TASK for all else."""
        if kind not in (DeadlineKind.BY_END_OF, DeadlineKind.BY):
            return Scope.TASK
        chain = self.outline.above(self.outline.at(start))
        if any(each.heading and _AIM_HEADING.search(each.heading) for each in chain):
            return Scope.TARGET
        before = self._clause_before(start)
        after = _CLAUSE_END.split(self.flat[end : end + 250], maxsplit=1)[0].split(";")[0]
        whole = before + self.flat[start:end] + after
        if not _FIGURES.search(whole):
            return Scope.TASK
        if _AIM.search(whole):
            return Scope.TARGET
        if kind is not DeadlineKind.BY_END_OF:
            return Scope.TASK
        if _WITHIN_YEARS.match(self.flat, start, end) and _GOAL_AFTER.search(after):
            return Scope.TARGET  # "trong năm 2020 hoàn thành 12 thôn"
        reached = _UP_TO.match(self.flat, start, end) and _FIGURES.search(before) and _REACHED.search(before)
        return Scope.TARGET if reached else Scope.TASK


_CELL = re.compile(
    rf"\s*(?:(?:trong|trước|hết|xong|hoàn thành)\s+)*(?:quý\s+(?P<quarter>IV|I{{1,3}}|[1-4])|"
    rf"tháng\s+(?P<month>\d{{1,2}})|(?:giai đoạn|năm|từ năm)?(?=\s*{_YEAR})"
    rf"|(?:ngày\s+)?(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})/(?P<y>{_YEAR}))(?:(?:\s?/\s?|\s+năm\s+|"
    rf"\s*)(?P<year>{_YEAR})(?:\s*(?:-|–|đến(?: năm)?)\s*(?P<last>{_YEAR}))?)?\s*",
    re.IGNORECASE,
)


_CELL_EVERY = re.compile(rf"\s*(?:định kỳ\s+)?{_EVERY}\s+(?P<unit>tuần|tháng|quý|năm)\s*", re.IGNORECASE)


_TITLE_END = re.compile(r"[;:)]|\.(?=\s)|\s{2}|,\s+(?:UBND|Ủy ban|Uỷ ban|Chủ tịch|Tỉnh ủy|Ban |phấn đấu|trong đó)")


def _titles(flat: str, references: tuple[Reference, ...], outline: Outline) -> list[tuple[int, int]]:
    """Return where the titles of cited documents stand: after the number, from "về" to the end of the clause."""
    spans = []
    for reference in references:
        start = reference.evidence.end
        provision = outline.at(reference.evidence.start)
        last = min(start + 600, outline.own(provision)[1] if provision else len(flat))
        stop = _TITLE_END.search(flat, start, last)
        end = stop.start() if stop else last
        about = _ABOUT.search(flat, start, end)
        if about:
            spans.append((about.start(), end))
    return sorted(spans)


_LAST_DAYS = [0, *(monthrange(2024, month)[1] for month in range(1, 13))]  # of a leap year


def _yearly(dates: Iterable[tuple[int, int]]) -> str:
    """Return the RFC 5545 rule of these days (month, day) of each year; a day that a month lacks is its last."""
    real = dict.fromkeys((month, min(day, _LAST_DAYS[month])) for month, day in dates)
    months, days = dict.fromkeys(month for month, _ in real), dict.fromkeys(day for _, day in real)
    if all(day == _LAST_DAYS[month] for month, day in real) and (len(days) > 1 or 2 in months):
        days = {-1: None}
    elif len(months) * len(days) != len(real) or (2, 29) in real:
        # Months and days in one rule bind each day in each month; days counted through the year do not.
        return f"FREQ=YEARLY;BYYEARDAY={','.join(str(_day_of_year(*day)) for day in real)}"
    return f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={','.join(map(str, days))}"


def _day_of_year(month: int, day: int) -> int:
    """Return the number of a day, from the year's end (negative) where it would shift in leap years."""
    number = date(2024, month, day).timetuple().tm_yday
    return number if number < 60 else number - 367


def _monthly(days: list[int]) -> str:
    """Return the RFC 5545 rule of these days of each month; the 29th to 31st are the last day where there is none."""
    if len(days) == 1 and days[0] > 28:
        day = days[0]
        return "FREQ=MONTHLY;BYMONTHDAY=" + (
            "-1" if day == 31 else f"{','.join(map(str, range(28, day + 1)))};BYSETPOS=-1"
        )
    return f"FREQ=MONTHLY;BYMONTHDAY={','.join(dict.fromkeys('-1' if day > 28 else str(day) for day in days))}"


def _every(count: int, unit: str) -> str:
    """Return the RFC 5545 rule of a rhythm: due on the last day of the month, quarter, half-year or year."""
    if unit == "tuần":
        return "FREQ=WEEKLY" if count == 1 else f"FREQ=WEEKLY;INTERVAL={count}"
    if unit == "năm":
        return f"FREQ=YEARLY{f';INTERVAL={count}' if count > 1 else ''};BYMONTH=12;BYMONTHDAY=31"
    months = 3 * count if unit == "quý" else count
    if months == 1:
        return "FREQ=MONTHLY;BYMONTHDAY=-1"
    if 12 % months == 0:  # of the calendar's year, whatever the month of the document
        return f"FREQ=YEARLY;BYMONTH={','.join(map(str, range(months, 13, months)))};BYMONTHDAY=-1"
    return f"FREQ=MONTHLY;INTERVAL={months};BYMONTHDAY=-1"


def _date(year: str | int | None, month: str, day: str) -> date | None:
    try:
        return date(int(year or 0), int(month), int(day))
    except ValueError:
        return None


def _after(start: date, count: int, unit: str) -> date:
    """Return the day that lies `count` days, working days, weeks, months or years after `start`."""
    if unit == "ngày làm việc":
        day = start
        while count:
            day += timedelta(days=1)
            count -= _works(day)
        return day
    if unit in ("tháng", "năm"):
        months = start.month - 1 + count * (12 if unit == "năm" else 1)
        year, month = start.year + months // 12, months % 12 + 1
        return date(year, month, min(start.day, monthrange(year, month)[1]))
    return start + timedelta(days=count * (7 if unit == "tuần" else 1))


def _works(day: date) -> bool:
    fixed = {(1, 1), (4, 30), (5, 1), (9, 2)} | ({(9, 1)} if day.year >= 2021 else set())
    return day.weekday() < 5 and (day.month, day.day) not in fixed and day not in _moving_holidays()


@cache
def _moving_holidays() -> frozenset[date]:
    """Return the days off that follow the moon: Tết from its eve to the fourth day, and the Hùng Kings' day.

    The government moves single days each year; what it moved is not known here.
    """
    days: set[date] = set()
    with (Path(__file__).parent / "data" / "holidays.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first = date.fromisoformat(row["new_year_lunar"])
            days |= {first + timedelta(days=offset) for offset in range(-1, 4)}
            days.add(date.fromisoformat(row["hung_kings"]))
    return frozenset(days)
