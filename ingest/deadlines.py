"""By when: the dates, periods and recurrences that bind a task or a figure to reach.

What is not a deadline, though it looks like one (domain/layout.md, section 6): a state of affairs ("đến hết năm 2021
tỉnh đã có"), a baseline ("so với năm 2018", "hiện trạng đến tháng 6/2021"), a budget year, the period in the name of a
programme or in the title of a cited document, a date of entry into force. A period that ended before the document was
signed reports, it does not bind.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import zip_longest

from ingest.deadline_forms import (
    AND_DAY,
    CELL,
    CELL_EVERY,
    DAY,
    EVENT,
    EVERY,
    HALF,
    IN_YEAR,
    LUNAR_NEW_YEAR,
    MONTH,
    MONTH_DAY,
    MONTHLY_DAY,
    PERIOD,
    PERIODIC,
    QUARTER,
    QUARTERS,
    RECURRING_DAY,
    RELATIVE,
    RHYTHM,
    TERM,
    THIS_YEAR,
    WEEKDAY,
    WEEKDAYS,
    YEARLY_PERIOD,
    DeadlineForm,
)
from ingest.header import Header
from ingest.in_force import IN_FORCE, day_in_force
from ingest.language import spaced
from ingest.provisions import Outline
from ingest.recurrence import LAST_DAYS, every, monthly, quarterly, yearly
from ingest.slips import with_digits
from ingest.surroundings import CLAUSE_END, Surroundings
from ingest.table_heads import first_data_row
from ingest.tables import Cell
from ingest.working_days import after, lunar_new_year
from ntmgraph.model import Deadline, DeadlineKind, Issue, IssueCode, Provision, Reference, Scope

_TIME_HEADING = re.compile(
    r"thời (?:gian|hạn)(?:\s+(?:tổ chức|triển khai|thực hiện|hoàn thành))+|thời kỳ thực hiện|tiến độ(?: thực hiện)?$",
    re.IGNORECASE,
)
_TASKS_HEADING = re.compile(r"(?:(?:một số|các|những)\s+)?(?:nhiệm vụ|phương hướng|giải pháp|công việc)", re.IGNORECASE)
_AIM_HEADING = re.compile(r"\b(?:mục tiêu|chỉ tiêu)\b", re.IGNORECASE)
_TIME_COLUMN = re.compile(
    r"thời (?:gian|hạn)|hạn (?:hoàn thành|nộp|gửi|báo cáo|chót|cuối)|tiến độ|"
    r"^(?:ngày |mốc )?(?:hoàn thành|xong)(?: trước| trong| vào)?(?: ngày)?$",
    re.IGNORECASE,
)

# A day behind a rhythm is a day of each year: "6 tháng (trước ngày 15/6)", "định kỳ hằng năm báo cáo trước ngày 29/11".
_RHYTHM_BEFORE = re.compile(
    r"(?:\btháng(?:\s+(?:một|1|01)\s+lần|\s?/\s?lần)?\s*\(\s*|\btháng(?:\s+(?:một|1|01)\s+lần|\s?/\s?lần),?\s+"
    r"|\bđịnh kỳ\s+|\bđịnh kỳ\b(?=[^.;]{0,40}(?:tháng|năm))[^.;]{0,200}"
    rf"|{EVERY}\s+năm\b[^.;()]{{0,40}}\(\s*)$",
    re.IGNORECASE,
)
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
    rf"[^.;]{{0,90}}?ngày\s+\d{{1,2}}(?:\s?/\s?|\s+tháng\s+)\d{{1,2}}\s+{EVERY}\s+năm", re.IGNORECASE
)
_YEARLY_BEFORE = re.compile(r"(?:hằng|hàng|mỗi)\s+năm\b[^.;]{0,60}$", re.IGNORECASE)
_PURPOSE = re.compile(r"\s*(?:(?:vì vậy|do đó|do vậy),?\s+)?(?:để|nhằm)\s", re.IGNORECASE)
_ORDERS = re.compile(r",[^.;:]{0,90}\b(?:chỉ thị|yêu cầu|đề nghị|ban hành|giao)\b", re.IGNORECASE)
_SESSION = re.compile(r"kỳ họp(?:\s+thường lệ)?\s*$", re.IGNORECASE)  # "trước kỳ họp cuối năm 2020"
_FORCE = re.compile(r"hiệu lực\b", re.IGNORECASE)
# A day gone by that was missed tells a state: "chưa hoàn thành theo thời hạn ngày 30/9", "đã quá hạn ngày 30/9".
_MISSED_BEFORE = re.compile(
    r"\b(?:(?:chưa|chậm|không)\s+(?:được\s+|kịp\s+)?"
    r"(?:hoàn thành|đạt|thực hiện|báo cáo|gửi|nộp|xong|đúng|kịp)\b[^.;]*|quá)\s*$",
    re.IGNORECASE,
)
# What an act is judged by is no order to judge: "là tiêu chí đánh giá cán bộ hằng năm".
_YARDSTICK_BEFORE = re.compile(
    r"\b(?:tiêu chí|tiêu chuẩn|căn cứ|cơ sở|thước đo|chỉ tiêu|nội dung)"
    r"(?:\s+(?:quan trọng|hàng đầu|chủ yếu|để|trong|khi|cho|việc|xem xét))*,?\s*$",
    re.IGNORECASE,
)
_HOUR = re.compile(r"\d\s?(?:h|g|giờ)", re.IGNORECASE)
_DATED = re.compile(r"(?:văn bản|công văn|hội nghị|cuộc họp|kế hoạch số|tờ trình|ý kiến|kỳ họp)\s*$", re.IGNORECASE)
_PERIOD_ENDS = re.compile(
    rf"(?:ngày\s+)?(?:kết thúc|hết)\s+(?:{EVERY}\s+)?(?P<unit>tháng|quý)\b(?!\s+(?:\d|[IV]))", re.IGNORECASE
)
_FEW = {"hai": 2, "ba": 3, "sáu": 6, "chín": 9}
_OWED_BEFORE = re.compile(r"(?:nợ|tồn) đọng\s*$", re.IGNORECASE)  # what is owed as of a day
_DONE_AFTER = re.compile(r"[\s,]*(?:[^\s,.;]+[\s,]+){0,7}?(?:đã|mới có|hiện có|hiện còn|đều đã)\b")
_GOAL_AFTER = re.compile(r"phấn đấu|hoàn thành|đạt|có (?:ít nhất|thêm)|duy trì|giữ vững|nâng", re.IGNORECASE)
_AIM = re.compile(r"phấn đấu|(?:mục|chỉ) tiêu(?! quốc gia)", re.IGNORECASE)
_REACHED = re.compile(r"đạt|có (?:ít nhất|thêm)|duy trì|giữ vững|nâng", re.IGNORECASE)
_UP_TO = re.compile(r"(?:đến|tới|hết|cuối|từ nay)\b", re.IGNORECASE)
_WITHIN_YEARS = re.compile(rf"(?:{_UP_TO.pattern}|trong năm\b|năm\b)", re.IGNORECASE)
_NAME_BEFORE = re.compile(
    r"(?:Chương trình|Đề án|Chiến lược|Quy hoạch|Dự án|Kế hoạch|Nghị quyết|Quyết định|Bộ tiêu chí)\s[^,.;:()]{0,160}$"
)
_BIND = re.compile(r"phấn đấu|mục tiêu|hoàn thành|đạt|trước|chậm nhất|muộn nhất|xong", re.IGNORECASE)
_THIS_DOCUMENT = re.compile(
    r"(?:ký|ban hành|ra văn bản|"
    r"(?:Quyết định|Kế hoạch|Chỉ thị|Công văn|Nghị quyết|Thông báo|Hướng dẫn|văn bản|Kết luận) này)",
    re.IGNORECASE,
)
_ANCHOR = re.compile(
    r".{2,50}? này\b(?: (?:có hiệu lực(?: thi hành)?|được (?:ban hành|ký|phê duyệt|thông qua)))?|(?:\S+\s*){1,5}"
)  # an anchor ends with "này" or is short
_FIGURES = re.compile(r"\d+(?:[.,]\d+)?(?:\s?/\s?\d+)?\s*(?:%|xã|thôn|bản|huyện|đơn vị|tiêu chí|hộ)")


def find_deadlines(
    text: str, outline: Outline, header: Header, references: tuple[Reference, ...]
) -> tuple[tuple[Deadline, ...], tuple[Issue, ...]]:
    """Return the deadlines in text order, and a doubt for each that lies before the document's own date."""
    finder = _Finder(text, outline, header, references)
    found = _without_coarser(sorted(finder.find(), key=lambda each: each.evidence.start), finder.flat)
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


def _without_coarser(found: list[Deadline], flat: str) -> list[Deadline]:
    """Return the deadlines without rhythms whose day follows: "định kỳ hằng quý (trước ngày 20 tháng cuối quý)"."""
    return [
        each
        for each, following in zip_longest(found, found[1:])
        if following is None
        or each.evidence.rule not in (PERIODIC.name, RHYTHM.name)
        or following.evidence.rule != RECURRING_DAY.name
        or (each.recurrence or "").partition(";")[0] != (following.recurrence or "").partition(";")[0]
        or CLAUSE_END.search(flat, each.evidence.end, following.evidence.start) is not None
        or following.evidence.start - each.evidence.end > 250
    ]


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
        self.around = Surroundings(self.flat, references, outline)
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
        match = IN_FORCE.search(self.flat, self.header.regions.body, self.header.regions.closing)
        return day_in_force(match, self.header.date) if match else None

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
            (LUNAR_NEW_YEAR, self._new_year),
            (HALF, self._half),
            (MONTH, self._month),
            (QUARTER, self._quarter),
            (IN_YEAR, self._year),
            (THIS_YEAR, self._this_year),
            (PERIOD, self._period),
            (EVENT, self._event),
        )
        due_cells, headings = self._tables()
        for provision in self.outline.provisions:
            if provision.kind in ("header", "closing") or provision.id in headings:
                continue
            self.taken = []
            self.year = self._default_year(provision)
            for due in (*self._period_cell(due_cells.get(provision.id)), *self._period_heading(provision)):
                self.taken.append((due.evidence.start, due.evidence.end))
                yield due
            start, end = self.outline.own(provision)
            low = self.flat[start:end].lower()
            for form, read in readers:
                for word in form.words:
                    if word in low:
                        break
                else:
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
        while following := AND_DAY.match(self.flat, (more[-1] if more else match).end(), end):
            more.append(following)
        said = next(filter(None, (match[name] for name in ("y", "y2", "y3", "y4"))), None)
        year = said or next((each["y"] for each in more if each["y"]), None)
        first = self._single_day(match, year)
        if first is None or not more:
            return first
        if first.recurrence is not None:
            days = [_month_and_day(match), *((int(each["m"]), int(each["d"])) for each in more)]
            if year is not None or not all(1 <= month <= 12 and 1 <= day <= 31 for month, day in days):
                return first
            return self._at(match.start(), more[-1].end(), first.kind, None, RECURRING_DAY.name, yearly(days))
        if first.date is None:
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
        month_of, day_of = _month_and_day(match)
        if year is None and match["next"] and self.year is not None:
            year = str(self.year + 1)
        day = _date(year or self.year, month_of, day_of)
        lead = (match["lead"] or match["titled"] or "").lower()
        before = self.around.before(match.start())
        bound = re.search(r"trước|nhất|quá|hơn|xong|hạn", lead) is not None
        state = (_STATE_BEFORE_BOUND if bound else _STATE_BEFORE).search(before)
        if year is None and (_YEARLY_AFTER.match(self.flat, match.end()) or _RHYTHM_BEFORE.search(before)):
            rule = yearly([(month_of, day_of)]) if _date(2024, month_of, day_of) else None
            return self._make(match, DeadlineKind.RECURRING, None, RECURRING_DAY.name, rule) if rule else None
        if state or _FORCE.search(before) or self.around.in_quotes(match.start()):
            return None
        if day is None:  # a day of a year that nothing names stays without a date
            unknown = "trước" in lead and self.year is None and _date(2024, month_of, day_of) is not None
            return self._make(match, DeadlineKind.BEFORE, None, DAY.name) if unknown else None
        if match["sent"] is not None:
            # "gửi về Sở ngày 20/4": the day that a thing is sent by, unless it is the date of what is sent
            return (
                self._at(match.end("sent"), match.end(), DeadlineKind.BY, day, DAY.name, None)
                if (self._ahead(day) and not _DATED.search(match["sent"]))
                else None
            )
        if (match["d5"] or (match["d4"] and not match["y4"])) and not re.search(r"trước|nhất|xong|hạn", lead):
            return None  # "đến 12/5" alone may be a part of a whole
        if re.match(r"(?:từ|kể từ)\b", lead):
            follows = re.match(r"\s*(?:đến|tới|-|–|(?:và\s+)?kết thúc)", self.flat[match.end() : match.end() + 16])
            return None if follows or not self._ahead(day) else self._make(match, DeadlineKind.FROM, day, DAY.name)
        if lead.startswith("đến") and _OWED_BEFORE.search(before):
            return None
        if "trước" in lead:  # "trước 16 giờ ngày 01/9": on that day it is still in time
            kind = DeadlineKind.BY if _HOUR.search(match.group()) else DeadlineKind.BEFORE
        elif re.match(r"(?:vào|trong)\b", lead):
            kind = DeadlineKind.ON
        else:
            kind = DeadlineKind.BY
        if not self._ahead(day) and (
            not (bound and self.header.date and (self.header.date - day).days < 366) or _MISSED_BEFORE.search(before)
        ):
            return None
        done = _DONE_AFTER.match(self.flat, match.end(), match.end() + 80)
        if not bound and kind is DeadlineKind.BY and done and self.header.date is None:
            return None
        return self._make(match, kind, day, DAY.name)

    def _month(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        year = int(match["year"] or self.year or 0)
        month = int(match["month"])
        if not year or not 1 <= month <= 12:
            return None
        if match["year"] is None and not match["part"] and (rule := self._each_year(match, month)):
            return rule
        if match["lead"] is None and not _TITLED_BEFORE.search(self.around.before(match.start())):
            return None
        last = _last_day_of_part(match["part"] or "", monthrange(year, month)[1])
        first = date(year, month, last if match["part"] else 1)
        return self._of_period(match, first, date(year, month, last), MONTH.name)

    def _quarter(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        year = int(match["year"] or self.year or 0)
        if not year:
            return None
        last = 3 * QUARTERS[match["quarter"].lower()]
        if match["year"] is None and (rule := self._each_year(match, last)):
            return rule
        return self._of_period(match, date(year, last - 2, 1), _end_of(year, last), QUARTER.name)

    def _each_year(self, match: re.Match[str], month: int) -> Deadline | None:
        """Return the end of a month or quarter as a yearly day where "hằng năm" opens its clause: "hằng năm, hoàn
        thành trong quý I"."""
        lead = (match["lead"] or "").lower()
        if not _YEARLY_BEFORE.search(self.around.before(match.start())) or re.search(r"\btrước\b|^(?:kể )?từ\b", lead):
            return None
        return self._make(match, DeadlineKind.RECURRING, None, YEARLY_PERIOD.name, yearly([(month, LAST_DAYS[month])]))

    def _half(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        year = int(match["year"] or self.year or 0)
        if not year:
            return None
        count = _FEW.get(match["months"].lower()) or int(match["months"])
        if match["half"].lower() == "đầu":
            return self._of_period(match, date(year, 1, 1), _end_of(year, count), HALF.name)
        return self._of_period(match, date(year, 13 - count, 1), date(year, 12, 31), HALF.name)

    def _year(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        year = int(match["year"])
        lead = match["lead"].lower().split()
        if lead[-1] == "trong" and re.match(r"\s*(?:\(|,?\s*giai đoạn)", self.flat[match.end() : match.end() + 12]):
            return None
        return self._of_period(match, date(year, 1, 1), date(year, 12, 31), "deadline.year")

    def _this_year(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        if provision.heading and _TASKS_HEADING.match(provision.heading):
            return None  # "Nhiệm vụ từ nay đến cuối năm" names a part of the plan
        if self.year is None or (match["bare"] and not _BIND.search(self.around.before(match.start()))):
            return None
        return self._of_period(match, date(self.year, 1, 1), date(self.year, 12, 31), THIS_YEAR.name)

    def _new_year(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        """Return the eve of Tết: of the year named, else of the first Tết after the signing."""
        year = int(match["year"]) if match["year"] else self.year
        day = lunar_new_year(year) if year else None
        if day is not None and not match["year"] and not self._ahead(day):
            day = lunar_new_year(day.year + 1)
        return self._make(match, DeadlineKind.BEFORE, day, LUNAR_NEW_YEAR.name) if day and self._ahead(day) else None

    def _of_period(self, match: re.Match[str], first: date, last: date, rule: str) -> Deadline | None:
        """Return the deadline at the end of a period, or before its first day; None for a state of affairs."""
        before = self.around.before(match.start())
        if _STATE_BEFORE.search(before) or self.around.in_title(match.start()) or self.around.in_quotes(match.start()):
            return None
        if _SESSION.search(before):
            return None
        if _PURPOSE.match(before) and _ORDERS.match(self.flat, match.end()):
            return None  # "Để giảm thiệt hại trong năm 2015, Chủ tịch UBND tỉnh chỉ thị: ..."
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
        under_way = self.header.date is None or first <= self.header.date
        if under_way and _DONE_AFTER.match(self.flat, match.end(), match.end() + 80) and not _GOAL_AFTER.search(before):
            return None
        return self._make(match, DeadlineKind.BY_END_OF, last, rule)

    def _period(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        """Return the end of a bare period where the words right before it, or the heading it stands in, bind it."""
        last = date(int(match["last"] or match["first"]), 12, 31)
        if not self._ahead(last) or self.around.in_title(match.start()) or self.around.in_quotes(match.start()):
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
        anchor = _ANCHOR.match(match["anchor"])
        end = match.start("anchor") + (anchor.end() if anchor else 0)
        ended = _PERIOD_ENDS.match(match["anchor"])
        if ended is not None and unit == "ngày" and count <= 28:
            day_of = monthly([count]) if ended["unit"] == "tháng" else quarterly([count], last=False)
            end = match.start("anchor") + ended.end()
            return self._make(match, DeadlineKind.RECURRING, None, RELATIVE.name, day_of, end=end)
        since = self._anchored(match["anchor"])
        due = after(since, count, unit) if since else None
        return self._make(match, DeadlineKind.RELATIVE, due, RELATIVE.name, end=end)

    def _anchored(self, anchor: str) -> date | None:
        """Return the day that a term runs from: a date, this document's signing or entry into force."""
        day = re.match(r"(\d{1,2})(?:\s?/\s?|\s+tháng\s+)(\d{1,2})(?:\s?/\s?|\s+năm\s+)((?:19|20)\d\d)", anchor)
        if day is not None:
            return _date(day.group(3), day.group(2), day.group(1))
        own_type = self.header.type is not None and anchor.lower().startswith(f"{self.header.type.lower()} có hiệu lực")
        if _THIS_DOCUMENT.match(anchor) is None and not own_type:
            return None
        if "hiệu lực" in anchor:
            return self.in_force
        return self.header.date

    def _term(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        return self._make(match, DeadlineKind.RELATIVE, None, TERM.name)

    def _monthly_day(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        day, *month = [int(part) for part in re.findall(r"\d+", match["days"])]
        of_year = match["unit"].lower() == "năm"
        if not 1 <= day <= 31 or of_year != bool(month) or (month and not 1 <= month[0] <= 12):
            return None
        rule = yearly([(month[0], day)]) if month else monthly([day])
        return self._make(match, DeadlineKind.RECURRING, None, MONTHLY_DAY.name, rule)

    def _weekday(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        day = match["day"] or match["day2"]
        rule = f"FREQ=WEEKLY;BYDAY={WEEKDAYS[day.lower()] if day else 'SU'}"
        return self._make(match, DeadlineKind.RECURRING, None, WEEKDAY.name, rule)

    def _recurring_day(self, match: re.Match[str], provision: Provision) -> Made:
        parts = list(re.compile(MONTH_DAY).finditer(self.flat, *match.span("days")))
        days = [[int(number) for number in re.findall(r"\d+", part.group())] for part in parts]
        if any(not 1 <= day[0] <= 31 or (len(day) > 1 and not 1 <= day[1] <= 12) for day in days):
            return None
        unit = (match["unit"] or match["month"] or match["ended"] or "").lower()
        if match["quarter"] or unit == "quý":
            last = match["quarter"].lower() == "cuối" if match["quarter"] else match["ended"] is None
            rule = quarterly((day[0] for day in days), last=last)
        elif unit == "tháng":
            rule = monthly([day[0] for day in days])
        else:
            dates = [(day[1], day[0]) for day in days if len(day) > 1]
            if not dates:
                return None
            rule = yearly(dates)
        return self._make(match, DeadlineKind.RECURRING, None, RECURRING_DAY.name, rule)

    def _yearly_period(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        months = [
            3 * QUARTERS[number.lower()] if quarter else int(number)
            for quarter, number in re.findall(r"(?i)(quý\s+)?\b(IV|I{1,3}|\d{1,2})\b", match["periods"])
        ]
        if not all(1 <= month <= 12 for month in months):
            return None
        rule = yearly([(month, LAST_DAYS[month]) for month in months])
        return self._make(match, DeadlineKind.RECURRING, None, YEARLY_PERIOD.name, rule)

    def _periodic(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        if match["unit2"] and _YARDSTICK_BEFORE.search(self.around.before(match.start())):
            return None
        count, unit = 6, "tháng"
        if match["count"]:
            count, unit = _FEW.get(match["count"].lower()) or int(match["count"]), match["unit3"]
        elif named := match["unit"] or match["unit2"] or match["unit4"] or match["unit5"]:
            count, unit = 1, named
        return (
            self._make(match, DeadlineKind.RECURRING, None, PERIODIC.name, every(count, unit.lower()))
            if count
            else None
        )

    def _rhythm(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        if _DONE_AFTER.match(self.flat[match.end() : match.end() + 80]):
            return None
        rule = every(1, (match["unit"] or match["year"] or match["year2"]).lower())
        return self._make(match, DeadlineKind.RECURRING, None, RHYTHM.name, rule)

    def _event(self, match: re.Match[str], provision: Provision) -> Deadline | None:
        return self._make(match, DeadlineKind.EVENT, None, EVENT.name)

    # --- the column "Thời gian" of a table of tasks

    def _tables(self) -> tuple[dict[str, Cell], frozenset[str]]:
        """Return the cell of each row that stands under a heading like "Thời gian hoàn thành", and the heading rows.

        The periods that head columns of figures ("Kế hoạch đến năm 2025") bind nobody.
        """
        found: dict[str, Cell] = {}
        headings: set[str] = set()
        for table in self.outline.tables:
            words = [[cell.within(self.flat) for cell in row.cells] for row in table]
            headings.update(row.provision.id for row in table[: first_data_row(words)])
            column: int | None = None
            for row in table:
                if column is None:
                    texts = [cell.within(self.flat) for cell in row.cells]
                    column = next(
                        (at for at, each in enumerate(texts) if len(each) < 60 and _TIME_COLUMN.search(each)), None
                    )
                elif column < len(row.cells):
                    found[row.provision.id] = row.cells[column]
        return found, frozenset(headings)

    def _period_cell(self, cell: Cell | None) -> Iterator[Deadline]:
        """Read a cell that is nothing but a date or a period: "Quý II/2026", "Tháng 6/2026", "30/6/2026"."""
        if cell is None:
            return
        start, end = cell.start, cell.end
        rhythm = CELL_EVERY.fullmatch(self.flat, start, end)
        if rhythm is not None:
            evidence = self.outline.evidence(start, end, "deadline.cell")
            rule = every(1, rhythm["unit"].lower())
            yield Deadline(evidence.quote, DeadlineKind.RECURRING, None, rule, Scope.TASK, evidence)
            return
        match = CELL.fullmatch(self.flat, start, end)
        if match is None or not (year := int(match["year"] or match["y"] or self.year or 0)):
            return
        last: date | None
        if match["quarter"]:
            last = _end_of(year, 3 * QUARTERS[match["quarter"].lower()])
        elif match["half"]:
            last = _end_of(year, int(match["half"]) if match["side"].lower() == "đầu" else 12)
        elif match["month"]:
            last = _end_of(year, int(match["month"])) if 1 <= int(match["month"]) <= 12 else None
        elif match["d"]:
            last = _date(match["y"], match["m"], match["d"])
        else:
            last = date(int(match["last"] or year), 12, 31)
        if last is not None:
            before = "trước" in match.group().lower() and match["d"]
            kind = DeadlineKind.BEFORE if before else DeadlineKind.BY if match["d"] else DeadlineKind.BY_END_OF
            evidence = self.outline.evidence(start, end, "deadline.cell")
            yield Deadline(evidence.quote, kind, last, None, Scope.TASK, evidence)

    def _period_heading(self, provision: Provision) -> Iterator[Deadline]:
        """Read a heading that is nothing but a day, month or quarter to come, as in a programme of work by months."""
        heading = self.outline.headings.get(provision.id)
        match = CELL.fullmatch(self.flat, *heading) if heading else None
        if heading and match and any(match[unit] for unit in ("quarter", "half", "month", "d")):
            for due in self._period_cell(Cell(*heading)):
                if due.date and self._ahead(due.date):
                    yield due

    # --- the words around

    def _ahead(self, day: date) -> bool:
        """Return whether the day does not lie before the document (always, when the document's day is unknown)."""
        if self.header.date is not None:
            return day >= self.header.date
        return self.signed is None or day.year >= self.signed

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
        before = self.around.before(start)
        behind = CLAUSE_END.split(self.flat[end : end + 250], maxsplit=1)[0].split(";")[0]
        whole = before + self.flat[start:end] + behind
        if not _FIGURES.search(whole):
            return Scope.TASK
        if _AIM.search(whole):
            return Scope.TARGET
        if kind is not DeadlineKind.BY_END_OF:
            return Scope.TASK
        if _WITHIN_YEARS.match(self.flat, start, end) and _GOAL_AFTER.search(behind):
            return Scope.TARGET  # "trong năm 2020 hoàn thành 12 thôn"
        reached = _UP_TO.match(self.flat, start, end) and _FIGURES.search(before) and _REACHED.search(before)
        return Scope.TARGET if reached else Scope.TASK


def _date(year: str | int | None, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year or 0), int(month), int(day))
    except ValueError:
        return None


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _month_and_day(match: re.Match[str]) -> tuple[int, int]:
    """Return the month and day of a match of `DAY`, whichever way it prints them."""
    tail = next(tail for tail in ("", "2", "3", "4", "5") if match[f"d{tail}"])
    return int(match[f"m{tail}"]), int(match[f"d{tail}"])


def _last_day_of_part(words: str, length: int) -> int:
    """Return the last day of a part of a month: of its first ten days, its half, its second week; else of all of it."""
    part = words.lower().split()
    if not part or "cuối" in part:
        return length
    if part[0] == "tuần":
        return 7 * _WEEKS.get(part[-1], 1)
    return {"giữa": 15, "nửa": 15}.get(part[0]) or (int(part[0]) if part[0].isdigit() else 10)


_WEEKS = {"đầu": 1, "tiên": 1, "nhất": 1, "1": 1, "hai": 2, "2": 2, "ba": 3, "3": 3, "tư": 4, "4": 4}
