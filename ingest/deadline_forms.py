"""The forms in which directives say by when: each a pattern with the phrases that it accepts and one that it must not.

What a match means (which day, which rule) is `deadlines`' work; here stands only how it is worded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

YEAR = r"(?:19|20)\d\d"
EVERY = r"(?:hằng|hàng|mỗi|từng)"
QUARTERS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "một": 1, "hai": 2, "ba": 3, "tư": 4,
}  # fmt: skip
WEEKDAYS = {
    "hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA",
    "2": "MO", "3": "TU", "4": "WE", "5": "TH", "6": "FR", "7": "SA",
}  # fmt: skip
MONTH_DAY = r"\d{1,2}(?:\s?[/-]\s?\d{1,2}|\s+tháng\s+\d{1,2})?"

_PLACES = r"xã|thôn|số|tổng(?! hợp| kết)|hộ|diện|huyện"  # "trước 3/4 số xã" counts, it is no day
_OF_YEAR = r"(?:\s?[/.-]\s?|\s+năm\s+|\s+)"
_DAY = r"(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})(?:\s?[/.-]\s?(?P<y>(?:19|20)\d\d))?(?![\d/]|\s?%)"
_DAY_WORDS = (
    r"(?P<d2>\d{1,2})\s+(?:của\s+)?tháng\s+(?P<m2>\d{1,2})"
    rf"(?:(?:\s?/\s?|\s+năm\s+)(?P<y2>{YEAR})|\s+năm\s+(?P<next>sau|tiếp theo|kế tiếp))?(?!\d)"
)
_DAY_ALONE = (  # without "ngày": "trước 30/6/2020", "trước 30 tháng 6 năm 2020", "trước 30/6"
    rf"(?P<d3>\d{{1,2}})\s?[/.-]\s?(?P<m3>\d{{1,2}})\s?[/.-]\s?(?P<y3>{YEAR})(?![\d/])"
    rf"|(?P<d4>\d{{1,2}})\s+tháng\s+(?P<m4>\d{{1,2}})(?:\s+năm\s+(?P<y4>{YEAR})|(?![\d/]|\s*(?:,|và|năm)\s*\d))"
    rf"|(?P<d5>\d{{1,2}})\s?/\s?(?P<m5>\d{{1,2}})(?!\s*[\d/%]|\s+(?:{_PLACES}))"
)
_HOUR = r"(?:\d{1,2}\s?(?:h|g|giờ)\s?(?:\d{1,2})?(?:\s?(?:phút|'|’|p\b))?\s*,?\s*)?"
_BEFORE = (
    r"(?:trước|chậm nhất|muộn nhất|trễ nhất|"
    r"không (?:để |được )?(?:muộn|chậm|trễ) (?:hơn|quá)|không (?:để )?quá|hạn cuối|hạn chót|thời hạn|"
    r"xong|hết|đến|tới|cuối)"
)
_LEAD = rf"(?P<lead>(?:{_BEFORE}|từ|kể từ|vào|trong)(?:\s+(?:{_BEFORE}|là|vào|trong|cuối))*)\s*(?:thời điểm)?\s*:?\s+"
_HALF = r"(?P<half>(?:0?6|sáu)\s+tháng)"
_QUARTER = r"(?:IV|I{1,3}|[1-4]|một|hai|ba|tư)"
_QUARTER_OF_YEAR = rf"quý\s+{_QUARTER}\b"
_QUARTERS_BEFORE = rf"(?:{_QUARTER}\s*(?:,|và|-|–)\s*(?:quý\s+)?)*"  # of a list whose last is meant
_MONTHS_BEFORE = r"(?:\d{1,2}\s*(?:,|và|-|–)\s*(?:tháng\s+)?)*"
_NEXT = r"(?:sau|tiếp\s+theo|kế\s+tiếp|liền\s+kề)"
_MONTH_OF_QUARTER = rf"(?:tháng\s+(?P<quarter>cuối|đầu)(?:\s+tiên)?\s+(?:của\s+)?(?:{EVERY}\s+)?quý(?:\s+{_NEXT})?)"
_ENDED = rf"(?:sau\s+khi\s+)?(?:kết\s+thúc|hết)\s+(?:{EVERY}\s+)?"
# Opening its clause: "Hằng quý báo cáo ...". "Mỗi tháng có ..." tells how much, "hằng năm ngân sách ..." tells.
_OPENS = r"(?:(?<=[.;,:(–-]\s)|(?<=[(–-])|(?<=\b[a-zđ]\)\s))"

AND_DAY = re.compile(  # "trước ngày 20/6 và 20/12", "trước ngày 20/6 (6 tháng), 20/12 (năm)"
    r"\s*(?:\([^()]{1,12}\)\s*)?(?:,|;|và)\s*(?:(?:trước|chậm nhất)\s+)?(?:ngày\s+)?"
    r"(?P<d>\d{1,2})(?:\s?/\s?|\s+tháng\s+)(?P<m>\d{1,2})"
    rf"(?:(?:\s?/\s?|\s+năm\s+)(?P<y>{YEAR}))?(?!\d|\s*[/%]|\s+(?:{_PLACES}))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DeadlineForm:
    """A form of deadlines: its pattern, the forms that it accepts, one that it must not.

    `words` are what each of its forms holds one of, in small letters: a sentence with none is not searched. Dear
    patterns open with a lookahead for their first letters: at all other places of a text nothing more is asked.
    """

    name: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    accepts: tuple[str, ...]
    rejects: str


RECURRING_DAY = DeadlineForm(
    "deadline.recurring_day",
    ("hằng", "hàng", "mỗi", "từng", "cuối", "đầu", "tháng sau", "tháng tiếp", "tháng kế", "tháng liền", "kết thúc",
     "năm trước"),
    re.compile(
        rf"(?=[TCMVĐLN])(?:(?:(?:trước|chậm nhất|muộn nhất|vào|đến|là)\s+)*(?:các\s+)?ngày|(?:trước|đến|nhất))\s+"
        rf"(?P<days>{MONTH_DAY}(?:\s*(?:,|và)\s*(?:trước\s+)?(?:ngày\s+)?{MONTH_DAY})*)"
        rf"\s*(?:của\s+|\()?(?:{_MONTH_OF_QUARTER}|{EVERY}\s+(?P<unit>tháng|quý|năm)|(?P<month>tháng)\s+{_NEXT}"
        rf"|{_ENDED}(?P<ended>tháng|quý)|(?P<year>năm)\s+trước\b)",
        re.IGNORECASE,
    ),
    (
        "trước ngày 25 hằng tháng",
        "ngày 20 tháng cuối quý",
        "trước ngày 05 tháng đầu quý sau",
        "trước ngày 05 của tháng sau",
        "trước ngày 05 sau khi kết thúc mỗi quý",
        "trước ngày 15/6 và 15/12 hàng năm",
        "trước ngày 10 tháng 6 và ngày 10 tháng 12 hằng năm",
        "trước ngày 31/10 của năm trước",
        "đến 30/11 hằng năm",
    ),
    "trước ngày 15/11/2022",
)  # fmt: skip
# The period first, its day after: "hằng tháng, trước ngày 25".
MONTHLY_DAY = DeadlineForm(
    "deadline.recurring_day",
    ("hằng", "hàng", "mỗi"),
    re.compile(
        rf"(?:định\s+kỳ\s+)?{EVERY}\s+(?P<unit>tháng|năm)\b[^.;\d|]{{0,60}}?(?:trước|chậm nhất|muộn nhất|vào|là)\s+"
        rf"(?:là\s+|vào\s+)?ngày\s+(?P<days>{MONTH_DAY})(?![\d/]|\s+(?:năm|tháng\s+\d))",
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
        rf"(?:\s*(?:,|và)\s*(?:{_QUARTER_OF_YEAR}|(?:tháng\s+)?\d{{1,2}}))*)\s+(?:của\s+)?(?:{EVERY})\s+năm",
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
        rf"(?:thứ\s+(?P<day>hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\s+(?:của\s+)?{EVERY}\s+tuần"
        rf"|{EVERY}\s+tuần,?\s+(?:[^.;:\d|]{{0,60}}?(?=\b(?:trước|nhất|vào)\s))?"
        rf"(?:(?:trước|chậm nhất|nhất|vào|là|sáng|chiều)\s+)*{_HOUR}(?:(?:sáng|chiều|ngày)\s+)?"
        rf"(?:thứ\s+(?P<day2>hai|ba|tư|năm|sáu|bảy|[2-7])\b|chủ nhật)",
        re.IGNORECASE,
    ),
    ("hằng tuần vào thứ Năm", "vào thứ Sáu hằng tuần", "trước 16 giờ thứ 5 hàng tuần"),
    "kỳ họp thứ Sáu",
)
PERIODIC = DeadlineForm(
    "deadline.periodic",
    ("hằng", "hàng", "định kỳ", "mỗi", "từng", "lần", "6 tháng", "sáu tháng"),
    re.compile(
        rf"(?:định\s+kỳ\s+\(?(?:(?:vào\s+)?(?:{EVERY}\s+)?(?P<unit>tuần|tháng|quý|năm)\b"
        rf"|{_HALF}(?!\s+(?:một|1|01)\s+lần|/\s?lần)(?:\s*(?:,|và|/)\s*(?:(?:0?1|một|hằng|hàng|cả)\s+)?năm)?)"
        r"|(?:định\s+kỳ\s+)?(?P<count>\d{1,2}|hai|ba|sáu)\s+(?P<unit3>tuần|tháng|quý|năm)"
        r"(?:\s+(?:một|1|01)\s+lần|\s?/\s?(?:0?1\s+|một\s+)?lần)"
        r"|(?:ít nhất\s+)?(?:0?1|một)\s+lần\s?/\s?(?:0?1\s+|một\s+)?(?P<unit4>tuần|tháng|quý|năm)\b"
        rf"|cuối\s+{EVERY}\s+(?P<unit5>tuần|tháng|quý|năm)\b"
        rf"|(?:báo cáo|sơ kết|tổng kết|tổng hợp|đánh giá|giao ban)(?:\s+[^\s.,;:]+){{0,6}}?\s+"
        rf"(?:{EVERY}\s+(?P<unit2>tuần|tháng|quý|năm)\b|{_HALF.replace('half', 'half2')}\s*(?:,|và)\s*"
        rf"(?:(?:cả|hằng|hàng)\s+)?năm\b(?!\s+\d)))",
        re.IGNORECASE,
    ),
    (
        "định kỳ hằng quý",
        "định kỳ (tháng, quý, năm)",
        "định kỳ 6 tháng, 01 năm",
        "báo cáo kết quả hằng tháng",
        "2 tuần một lần",
        "01 quý/lần",
        "ít nhất 01 lần/quý",
        "báo cáo 6 tháng, năm",
    ),
    "lao động có việc làm thường xuyên",
)
RHYTHM = DeadlineForm(
    "deadline.periodic",
    ("hằng", "hàng", "mỗi"),
    re.compile(
        rf"(?=[HM])(?:(?:{_OPENS}|(?<=\bvà\s))(?:hằng|hàng|mỗi)\s+(?P<unit>tuần|tháng|quý)\b"
        r"(?!\s+(?:(?:có(?!\s+báo cáo)|cho|là|bình quân|tăng|giảm|thu|đạt|hỗ trợ|được)\b|\d+(?!\s+lần)))"
        rf"|{_OPENS}(?:hằng|hàng|mỗi)\s+(?P<year>năm)\b(?=,?\s+(?:báo cáo|tổng hợp|đánh giá|rà soát|sơ kết|tổng kết|"
        r"kiểm tra|tổ chức|xây dựng|ban hành|công bố|thẩm định|tham mưu)\b)"
        r"|(?<=thực hiện: )(?:hằng|hàng|mỗi)\s+(?P<year2>năm)\b)",
        re.IGNORECASE,
    ),
    ("; hằng tháng cập nhật", "- Mỗi quý làm việc tại xã", ". Hằng năm, tổ chức tập huấn", "thực hiện: Hàng năm"),
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
    ("ngày", "/", "-", ".", "tháng"),
    re.compile(
        rf"(?=[TCMKHXĐVGN])(?:\b{_LEAD}|"
        r"\b(?P<titled>(?:thời hạn|hạn|thời gian\s+(?:hoàn thành|gửi|nộp|trình|báo cáo))[^.;:\d]{0,40}:\s*)|"
        r"\b(?P<sent>(?:gửi|nộp)\s[^.;:\d]{0,50}?về\s"
        r"(?:(?!(?:trước|nhất|là|hết|vào|trong|đến|từ|hơn)\b)[^\s.;:\d]+\s+){1,12})(?=ngày))"
        rf"{_HOUR}(?:(?:ngày|hết ngày)\s+(?:Quốc khánh\s+)?(?:{_DAY_WORDS}|{_DAY})|{_DAY_ALONE})",
        re.IGNORECASE,
    ),
    (
        "trước ngày 15/11/2022",
        "chậm nhất là ngày 15 tháng 6 năm 2022",
        "không muộn hơn ngày 30.6.2022",
        "trước 17 giờ 00 ngày 05/8/2021",
        "trước thời điểm 30/6/2022",
        "Thời hạn gửi báo cáo: ngày 20/4/2020",
        "gửi báo cáo về UBND tỉnh ngày 20/4/2020",
        "trước 30/6/2020",
        "trước 30 tháng 6 năm 2020",
    ),
    "Quyết định số 655/QĐ-UBND ngày 12/5/2022",
)
# A part of a month: its first ten days, its middle, a week of it.
MONTH = DeadlineForm(
    "deadline.month",
    ("tháng",),
    re.compile(
        rf"(?:\b{_LEAD}|(?<=: )|(?<=[-+*•;.] )(?=tháng\s+\d{{1,2}}{_OF_YEAR}{YEAR}\s*:))"
        r"(?:(?P<part>nửa\s+(?:đầu|cuối)|đầu|giữa|cuối|tuần\s+(?:đầu(?: tiên)?|cuối|thứ\s+\w+)|"
        r"(?:0?5|10|15)\s+ngày\s+(?:đầu|cuối))\s+(?:của\s+)?)?"
        r"(?:các\s+|\d{1,2}\s+)?tháng\s+"
        + _MONTHS_BEFORE
        + rf"(?P<month>\d{{1,2}})(?:{_OF_YEAR}(?P<year>{YEAR}))?(?![\d/])",
        re.IGNORECASE,
    ),
    (
        "trong tháng 6/2020",
        "đến hết tháng 9 năm 2021",
        "trong tháng 8",
        "trong nửa đầu tháng 6/2021",
        "vào giữa tháng 9",
        "trong tuần đầu tháng 9",
        "trong các tháng 4, 5, 6/2020",
        "trước tháng 9.2020",
    ),
    "trong 6 tháng",
)
QUARTER = DeadlineForm(
    "deadline.quarter",
    ("quý",),
    re.compile(
        rf"(?:\b{_LEAD}|(?<=: )|(?<=[-+*•;.] )(?=quý\s+{_QUARTER}{_OF_YEAR}{YEAR}\s*:))"
        rf"(?:các\s+)?quý\s+{_QUARTERS_BEFORE}"
        rf"(?P<quarter>{_QUARTER})\b(?:{_OF_YEAR}(?P<year>{YEAR}))?",
        re.IGNORECASE,
    ),
    ("trong quý I/2023", "hết quý 3 năm 2022", "trong quý IV", "trong quý I, II năm 2023", "trong quý hai"),
    "quý báu",
)
HALF = DeadlineForm(
    "deadline.half",
    (" tháng ",),
    re.compile(
        rf"\b{_LEAD}(?P<months>0?[1-9]|1[01]|sáu|chín)\s+tháng\s+(?P<half>đầu|cuối)\s+năm(?:\s+(?P<year>{YEAR}))?",
        re.IGNORECASE,
    ),
    ("trong 6 tháng đầu năm 2020", "trong 9 tháng đầu năm"),
    "6 tháng đầu năm đã thực hiện",
)
IN_YEAR = DeadlineForm(
    "deadline.year",
    ("năm",),
    re.compile(
        rf"(?=[TCMKHXĐVP])\b(?<!tháng\s)(?P<lead>(?:(?:{_BEFORE}|trong|vào|phấn đấu|mục tiêu)\s+)+)(?:(?:cuối|"
        rf"hết)\s+)?năm\s+(?P<year>{YEAR})(?!\s?[-–/]\s?\d)(?!\w)",
        re.IGNORECASE,
    ),
    ("đến hết năm 2020", "trong năm 2023", "đến năm 2025", "Phấn đấu năm 2022"),
    "trong đó năm 2021 có 12 thôn",
)
THIS_YEAR = DeadlineForm(
    "deadline.this_year",
    ("cuối năm", "năm nay", "hết năm", "trong năm"),
    re.compile(
        r"\b(?:(?:từ nay\s+)?(?:đến|tới|trước)\s+(?:hết\s+|trước\s+)?(?:cuối năm(?: nay)?|năm nay)|hết năm nay|"
        r"trong năm nay|(?P<bare>(?:đến\s+)?hết năm|trong năm)(?=\s*[.,;)]))(?!\s+(?:\d|học))",
        re.IGNORECASE,
    ),
    ("từ nay đến cuối năm", "trong năm nay", "hoàn thành trong năm."),
    "đến cuối năm 2025",
)
# A bare period binds where its heading says so: "Thời gian thực hiện: Giai đoạn 2019-2020", "Mục tiêu năm 2026".
PERIOD = DeadlineForm(
    "deadline.period",
    ("năm", "giai đoạn", "thời kỳ"),
    re.compile(
        rf"(?:giai đoạn|thời kỳ|từ năm|năm)\s+(?P<first>{YEAR})(?:\s*(?:-|–|đến(?: "
        rf"năm)?)\s*(?P<last>{YEAR}))?(?!\d|\s?[-–]\s?\d)",
        re.IGNORECASE,
    ),
    ("Giai đoạn 2019-2020", "năm 2026", "giai đoạn 2021 - 2025"),
    "khóa XVI",
)
LUNAR_NEW_YEAR = DeadlineForm(
    "deadline.new_year",
    ("tết ",),
    re.compile(
        r"\btrước\s+(?:dịp\s+|ngày\s+)?Tết\s+(?:Nguyên\s+đán|Âm\s+lịch|cổ\s+truyền)"
        rf"(?:\s+(?!năm|trước|và|để)[^\s.,;\d()]+){{0,2}}(?:\s+(?:năm\s+)?(?P<year>{YEAR}))?",
        re.IGNORECASE,
    ),
    ("trước Tết Nguyên đán", "trước dịp Tết Nguyên đán Tân Sửu 2021"),
    "sau Tết Nguyên đán",
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
    IN_YEAR, THIS_YEAR, PERIOD, LUNAR_NEW_YEAR, EVENT,
)  # fmt: skip

# Cells that are nothing but a date, a period or a rhythm: "Quý II/2026", "Trước 30/6/2026", "Hằng năm".
CELL = re.compile(
    rf"\s*(?:(?:trong|trước|hết|xong|hoàn thành|đến|chậm nhất)\s+)*"
    rf"(?:quý\s+{_QUARTERS_BEFORE}(?P<quarter>{_QUARTER})\b|"
    rf"(?P<half>0?[369])\s+tháng\s+(?P<side>đầu|cuối)\s+năm|"
    rf"tháng\s+{_MONTHS_BEFORE}(?P<month>\d{{1,2}})|(?:giai đoạn|năm|từ năm)?(?=\s*{YEAR})"
    rf"|(?:ngày\s+)?(?P<d>\d{{1,2}})[/.-](?P<m>\d{{1,2}})[/.-](?P<y>{YEAR}))(?:(?:\s?[/.-]\s?|\s+năm\s+|"
    rf"\s*)(?P<year>{YEAR})(?:\s*(?:-|–|đến(?: năm)?)\s*(?P<last>{YEAR}))?)?\s*",
    re.IGNORECASE,
)
CELL_EVERY = re.compile(
    rf"\s*(?:thường xuyên\s*,\s*)?(?:định kỳ\s+)?{EVERY}\s+(?P<unit>tuần|tháng|quý|năm)\s*", re.IGNORECASE
)
