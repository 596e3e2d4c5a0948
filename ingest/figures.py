"""Figures of prose: targets to reach, results reached, and the arithmetic that the text invites.

A target counts places that are to reach a standard, or an average of criteria, or an income; works ("60 km đường") and
increases that a total follows ("có thêm 9 thôn ..., nâng tổng số lên 84/120") are none. A share without a count keeps
its percent and no value. What misfits is reported with both numbers, and never corrected.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.as_of import stated_day
from ingest.criteria import FoundCriteria
from ingest.header import Header
from ingest.language import spaced
from ingest.numbers import NUMBER, number, shown
from ingest.place_tables import PlaceTable
from ingest.places import place_of
from ingest.provisions import Outline
from ingest.table_figures import column_totals, read_place_tables
from ntmgraph.authority import Authority
from ntmgraph.model import (
    Check,
    CheckKind,
    CriterionKey,
    Deadline,
    DocumentState,
    Issue,
    IssueCode,
    Place,
    PlaceRef,
    Provision,
    Result,
    Scope,
    Target,
)

_UNIT = (
    r"thôn|bản|ấp|xóm|buôn|khu dân cư|xã|phường|thị trấn|huyện|thị xã|đơn vị cấp huyện|đơn vị cấp xã|hộ|hợp tác xã|"
    r"sản phẩm|tiêu chí|chỉ tiêu"
)
_PLACES = r"thôn|bản|ấp|xóm|buôn|khu dân cư|xã|huyện|đơn vị cấp huyện|đơn vị cấp xã|thị xã"


@dataclass(frozen=True, slots=True)
class FigureForm:
    """A form of figures: its pattern, the forms that it accepts, one that it must not."""

    pattern: re.Pattern[str]
    accepts: tuple[str, ...]
    rejects: str


RATIO = FigureForm(
    re.compile(
        rf"(?<![\d/.,])(?P<value>{NUMBER})\s?/\s?(?P<of>{NUMBER})(?![\d/]|\s?/|"
        rf"\s?[-–]?[A-ZĐ])(?:\s+(?:số\s+)?(?P<unit>{_UNIT})\b)?"
        rf"(?P<share_words>[^\d.;()]{{0,45}}?\(?(?:chiếm|đạt|bằng|tương đương|=)?\s*(?:tỷ lệ|tỉ "
        rf"lệ)?\s*(?:là\s*)?(?P<share>\d{{1,3}}(?:[.,]\d+)?)\s?%)?"
    ),
    ("84/120 xã chiếm tỷ lệ 70%", "66/120, chiếm tỷ lệ 55%", "62/110 xã", "17/19 tiêu chí"),
    "Quyết định số 1600/QĐ-TTg",
)
COUNT = FigureForm(
    re.compile(
        r"(?:\b(?P<verb>có|đạt|công nhận|thêm|đưa|hoàn thành|còn|lên|là|được|với|phấn đấu|trong đó)|,|\bvà)\s+"
        r"(?P<how>(?:được|thêm|ít nhất|tối thiểu|từ|trên|khoảng|hoàn thành|đạt|có|cho)\s+)*"
        rf"(?P<value>{NUMBER})(?:\s*(?:-|–|đến)\s*\d+)?\s+(?P<unit>{_PLACES})\b(?!\s*(?:của|biên giới|đặc "
        rf"biệt khó khăn|khu vực|trong kế hoạch|nghèo))",
        re.IGNORECASE,
    ),
    ("có ít nhất 12 xã", "có thêm 9 thôn", "đã có 31 xã"),
    "96 thôn của 12 xã",
)
AVERAGE = FigureForm(
    re.compile(
        rf"bình quân(?P<of_what>[^.;()]{{0,90}}?)\s(?:(?:đạt|là|có|trên|từ|ít nhất|tối thiểu|"
        rf"lên)\s+)*(?P<value>{NUMBER})(?:\s*(?:-|–|đến)\s*(?P<to>{NUMBER}))?"
        r"\s+tiêu chí(?:\s?/\s?(?:0?1\s+)?(?P<per>xã|thôn|huyện|"
        r"bản))?(?P<base>[^.;()]{0,10}\([^)]{0,40}?(?:hiện trạng|năm \d{4}|hiện nay|hiện tại)[^)]*\))?",
        re.IGNORECASE,
    ),
    ("bình quân đạt từ 14,5 - 15 tiêu chí", "bình quân trên xã đạt 13,2 tiêu chí/xã"),
    "bình quân đầu người",
)
ATTAINED = FigureForm(  # what one commune meets; "mức 15 tiêu chí" and "dưới 10 tiêu chí" are bounds
    re.compile(
        r"\b(?:đạt|hoàn thành|được|lên)\s+(?:chuẩn\s+)?(?P<value>\d{1,2})\s+(?P<unit>tiêu chí)\b"
        r"(?!\s?/|\s+(?:trở lên|trở xuống))",
        re.IGNORECASE,
    ),
    ("xã Lũng Cú đã đạt 17 tiêu chí",),
    "đạt từ 15 tiêu chí trở lên",
)
MARK = FigureForm(
    re.compile(
        r"\b(?P<not>chưa|không)?\s*(?:(?:đã|được công nhận)\s+)?(?P<verb>đạt(?: chuẩn)?|hoàn thành)\s+(?:các\s+)?"
        r"(?=(?:tiêu chí|chỉ tiêu)\s)",
        re.IGNORECASE,
    ),
    ("chưa đạt tiêu chí số 2, 17", "đã hoàn thành tiêu chí Giao thông"),
    "chưa đạt 2 tiêu chí",
)
INCOME = FigureForm(
    re.compile(
        rf"thu nhập bình quân(?:[^.;\d]|năm (?:19|20)\d\d){{0,80}}?(?P<value>{NUMBER})(?:\s*(?:-|–|"
        rf"đến)\s*{NUMBER})?\s+(?P<unit>triệu đồng(?:\s?/\s?(?:người|hộ|năm|tháng))*)",
        re.IGNORECASE,
    ),
    ("thu nhập bình quân đầu người đạt 50 triệu đồng/người/năm",),
    "thu nhập bình quân tăng 1,6 lần",
)
PERCENT = FigureForm(
    re.compile(
        r"(?P<measure>\b(?:tỷ lệ|tỉ lệ)\s[^,;.()\d%]{3,110}?)\s(?:(?:đạt|giảm|còn|trên|dưới|từ|lên|xuống|ít "
        r"nhất|tối thiểu|bình quân|là|tăng|mức)\s+)+(?P<share>\d{1,3}(?:,\d+)?)\s?%"
        rf"|(?P<all>\d{{1,3}}(?:,\d+)?)\s?%\**\s+(?P<whole>(?:số\s+|các\s+)?(?:{_UNIT}|người dân|cán bộ|"
        rf"trường)\b[^,;.()]{{3,110}})",
        re.IGNORECASE,
    ),
    ("Tỷ lệ hộ nghèo giảm ít nhất 5%", "100% số xã đạt chuẩn tiếp cận pháp luật"),
    "lãi suất 5%",
)
MONEY = FigureForm(
    re.compile(
        rf"(?P<value>{NUMBER})\s*(?P<unit>nghìn tỷ đồng|tỷ đồng|triệu đồng|nghìn đồng|đồng)(?!\s?/)", re.IGNORECASE
    ),
    ("428.600 triệu đồng", "1,5 tỷ đồng"),
    "50 triệu đồng/người",
)
CHANGE = FigureForm(
    re.compile(
        rf"từ\s+(?P<first>{NUMBER})\s*(?P<unit>%|{_UNIT})?[^.;\d]{{0,40}}?(?:lên|xuống|còn)\s+(?:còn\s+|"
        rf"đạt\s+)?(?P<last>{NUMBER})\s*(?:%|{_UNIT})?[^.;\d]{{0,40}}?"
        rf"\((?P<word>tăng|giảm)\s+(?P<change>{NUMBER})\s*(?:%|{_UNIT}|điểm)",
        re.IGNORECASE,
    ),
    ("giảm từ 12,5% xuống còn 8,5% (giảm 4%)",),
    "từ 4% trở lên",
)
FORMS = (RATIO, COUNT, AVERAGE, ATTAINED, MARK, INCOME, PERCENT, MONEY, CHANGE)

_SENTENCE = re.compile(r"(?:[^.;]|\.(?=\S)|;(?=\S))+[.;]?")
_AIM = re.compile(r"\bphấn đấu\b|\bmục tiêu\b|\bchỉ tiêu\b|\bsẽ\b", re.IGNORECASE)
_BOUND = re.compile(r"\bít nhất\b|\btối thiểu\b|\btrở lên\b", re.IGNORECASE)  # an aim where nothing is done yet
_AIM_HEADING = re.compile(r"mục tiêu|chỉ tiêu|phương hướng|nhiệm vụ|phấn đấu", re.IGNORECASE)
_DONE = re.compile(
    r"\bđã (?:có|đạt|hoàn thành|được|công nhận|thực hiện)\b|\btính đến\b|\bđến nay\b|\bhiện (?:có|nay|trạng)\b|"
    r"\bkết quả\b|\blũy kế\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)")
_DATE_BEFORE = re.compile(r"(?:ngày|tháng|số|quý|lúc|khoản|điểm)\s*$", re.IGNORECASE)
_YEAR_HAS = re.compile(r"\bnăm\s+(?P<year>(?:19|20)\d\d)\s*,?\s*(?:là|có|phấn đấu|đạt)?\s*$", re.IGNORECASE)
_STANDARD = re.compile(
    rf"^(?:\s*(?:,|và)\s+\d+\s+(?:{_PLACES}))*[^.;\d]{{0,80}}?"
    r"(?:công nhận|đạt chuẩn|đạt|hoàn thành|nông thôn mới|NTM|về đích|kiểu mẫu|nâng cao|dưới)",
    re.IGNORECASE,
)
_STANDARD_NEXT = re.compile(r"\s+(?:được|đạt|hoàn thành|về đích)\b", re.IGNORECASE)
_LISTED_TOGETHER = re.compile(
    r"\s*(?:,|;|và|,\s*và|,?\s*(?:huyện|\(huyện)\s[^,;()]{2,30}\)?\s*(?:,|và))\s*(?:các\s+)?(?:xã\s+)?"
)
_BASELINE = re.compile(  # "70/117 xã đạt, chiếm 59,8% (hiện trạng đến tháng 12/2025: 31 xã)"
    rf"[^.;()\d]{{0,60}}\((?:hiện trạng|hiện nay|hiện có|hiện tại)[^():]{{0,40}}:\s*(?:có\s+)?"
    rf"(?P<value>{NUMBER})\s+(?:{_UNIT})\b",
    re.IGNORECASE,
)
_ANOTHER_FIGURE = re.compile(r"\d+\s?/\s?\d+|\d+\s+tiêu chí")
_MARK_END = re.compile(
    r"[;.(]|,\s+(?:xã|nhưng|còn|đạt|chưa|trong|các xã)\b|\s(?:trước|trong|do|vì|vào|theo|để|nhưng|còn)\s"
)
_WHOLE = re.compile(r"\b(?:bao gồm|gồm)\b", re.IGNORECASE)
_PARTLY = re.compile(r"\btrong đó\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figures:
    targets: tuple[Target, ...]
    results: tuple[Result, ...]
    checks: tuple[Check, ...]
    issues: tuple[Issue, ...]


def find_figures(
    text: str,
    outline: Outline,
    header: Header,
    criteria: FoundCriteria,
    places: tuple[Place, ...],
    deadlines: tuple[Deadline, ...],
    tables: tuple[PlaceTable, ...],
    authority: Authority,
) -> Figures:
    """Return targets, results and checks in text order, and an issue for each check that fails."""
    reader = _Reader(text, outline, header, criteria, places, deadlines, authority)
    for provision in outline.provisions:
        if provision.kind in ("header", "closing", "row"):
            continue
        reader.read(provision)
    marked = read_place_tables(tables, reader.flat, outline, header, criteria.set, places, authority)
    checks = tuple(
        sorted(
            (
                *reader.checks,
                *_sums(reader.flat, outline),
                *_listed_sums(reader.flat, outline),
                *column_totals(reader.flat, outline),
                *marked.checks,
            ),
            key=lambda c: c.evidence.start,
        )
    )
    issues = tuple(
        Issue(IssueCode.FIGURE_MISFIT, each.message, each.evidence.start, each.evidence.end)
        for each in checks
        if not each.ok
    )
    return Figures(
        (*reader.targets, *marked.targets),
        tuple(sorted((*reader.results, *marked.results), key=lambda result: result.evidence.start)),
        checks,
        issues,
    )


class _Reader:
    """Reads the sentences of a provision; a figure is a target or a result by the words around it."""

    def __init__(
        self,
        text: str,
        outline: Outline,
        header: Header,
        criteria: FoundCriteria,
        places: tuple[Place, ...],
        deadlines: tuple[Deadline, ...],
        authority: Authority,
    ) -> None:
        self.flat = spaced(text)
        self.outline = outline
        self.header = header
        self.criteria = criteria
        self.place = place_of(header, authority)
        self.communes = sorted(
            (mention.start, mention.end, PlaceRef(place.name, place.id))
            for place in places
            if place.level in ("commune", "village")
            for mention in place.mentions
        )
        named = {each[2] for each in self.communes}
        self.only = next(iter(named)) if len(named) == 1 else None
        self.deadlines = [each for each in deadlines if each.date is not None]
        self.stated: dict[str | None, date] = {}  # the last day of a state of affairs, by the piece that holds it
        self.targets: list[Target] = []
        self.results: list[Result] = []
        self.checks: list[Check] = []

    def read(self, provision: Provision) -> None:
        start, end = self.outline.own(provision)
        if not re.compile(r"\d").search(self.flat, start, end):
            return
        aims = any(each.heading and _AIM_HEADING.search(each.heading) for each in self.outline.above(provision))
        for sentence in _SENTENCE.finditer(self.flat, start, end):
            if any(char.isdigit() for char in sentence.group()):
                self._sentence(sentence, provision, aims)
                day = stated_day(self.flat, *sentence.span()) if not aims else None
                if day is not None and self.header.date is not None and day <= self.header.date:
                    self.stated[provision.parent] = day

    def _sentence(self, sentence: re.Match[str], provision: Provision, aims: bool) -> None:
        words = sentence.group()
        first, last = sentence.span()
        done = _DONE.search(_ASIDE.sub("", words)) is not None  # an aside gives the baseline of a target
        report = self.header.type == "Báo cáo" and not aims
        goal = not report and (
            _AIM.search(words) is not None or (not done and (aims or _BOUND.search(words) is not None))
        )
        if done and not _AIM.search(words):
            goal = False
        day = self._stated_day(first, last, provision)
        if day is not None and self.header.date is not None and day > self.header.date and not report:
            goal = True  # what is to stand at a day to come is no result
        past = day is not None and self.header.date is not None and day <= self.header.date
        result = not goal and (done or report or past)
        ratios: list[re.Match[str]] = []
        for match in RATIO.pattern.finditer(self.flat, first, last):
            if not self._is_ratio(match):
                continue
            ratios.append(match)
            self._check_share(match)
            if not goal and not result:
                continue
            own = match["unit"] == "tiêu chí"
            achievers = self._achievers(first, match.start()) if own else ()
            for place in achievers or (None,):
                measure = "số tiêu chí đạt" if place is not None else self._measure(match)
                if goal:
                    self._target(match, provision, measure, first, share=match["share"], place=place)
                else:
                    self._result(match, provision, first, measure=measure, place=place)
        for match in COUNT.pattern.finditer(self.flat, first, last):
            if any(match.start() < other.end() and other.start() < match.end() for other in ratios):
                continue
            added = re.search(r"\bthêm\b", match.group(), re.IGNORECASE) is not None
            if ratios and (
                added or (ratios[-1].start() > match.start() and "nâng" in self.flat[match.end() : ratios[-1].start()])
            ):
                continue  # an increase, of which the sentence gives the total
            year = _YEAR_HAS.search(self.flat, first, match.start())
            split = (year is not None and year.end() == match.start()) or _YEAR_HAS.search(
                self.flat[first : match.start("value")].rstrip()
            ) is not None
            standard = _STANDARD if match["verb"] else _STANDARD_NEXT
            if not split and not standard.match(self.flat[match.end() : last]):
                continue
            if goal:
                self._target(match, provision, self._measure(match), first)
            elif result:
                self._result(match, provision, first)
        for match in AVERAGE.pattern.finditer(self.flat, first, last):
            if goal:
                self._average(match, provision, first)
            elif result:
                self._result(
                    match,
                    provision,
                    first,
                    unit=f"tiêu chí/{match['per'] or self._per(match)}",
                    measure="số tiêu chí bình quân",
                )
        for match in ATTAINED.pattern.finditer(self.flat, first, last):
            for place in self._achievers(first, match.start()):
                if goal:
                    self._target(match, provision, "số tiêu chí đạt", first, place=place)
                elif result:
                    self._result(match, provision, first, measure="số tiêu chí đạt", place=place)
        if result:
            self._marks(first, last, provision)
        for match in INCOME.pattern.finditer(self.flat, first, last):
            if goal:
                self._target(match, provision, "thu nhập bình quân", first)
            elif result:
                self._result(match, provision, first, measure="thu nhập bình quân")
        if goal:
            for match in PERCENT.pattern.finditer(self.flat, first, last):
                if not any(match.start() < other.end() and other.start() < match.end() for other in ratios):
                    self._percent(match, provision, first)
        self._check_years(first, last, ratios)
        self._check_changes(first, last)

    def _is_ratio(self, match: re.Match[str]) -> bool:
        """Return whether "a/b" counts a part of a whole, and is no date, number of a document or quotient."""
        if _DATE_BEFORE.search(self.flat, max(0, match.start() - 8), match.start()) or not (
            match["unit"] or match["share"]
        ):
            return False
        return 0 <= number(match["value"]) <= number(match["of"]) and (
            match["unit"] is not None or number(match["of"]) > 12
        )

    def _measure(self, match: re.Match[str]) -> str:
        unit = match["unit"] or "đơn vị"
        provision = self.outline.at(match.start())
        if provision is not None and self._criterion(provision) is not None:
            return f"số {unit} đạt chuẩn tiêu chí"
        after = match.end("unit") if match["unit"] else match.end()
        words = re.sub(r"^\s*(?:\([^)]*\))?\s*", "", self.flat[after : after + 140])
        words = re.split(r"[,;.(]|chiếm|\s{2}", words)[0].strip()
        return f"số {unit} {words}".strip() if words and not words[0].isdigit() else f"số {unit}"

    def _criterion(self, provision: Provision) -> object:
        return self.criteria.key_at(provision.start, provision.end)

    def _target(
        self,
        match: re.Match[str],
        provision: Provision,
        measure: str,
        sentence: int,
        share: str | None = None,
        place: PlaceRef | None = None,
    ) -> None:
        groups = match.groupdict()
        self.targets.append(
            Target(
                measure=" ".join(measure.split()),
                value=number(match["value"]),
                of=number(groups["of"]) if groups.get("of") else None,
                unit=(groups.get("unit") and " ".join(match["unit"].lower().split())) or None,
                share=float(share.replace(",", ".")) if share else None,
                baseline=number(base["value"]) if (base := _BASELINE.match(self.flat, match.end())) else None,
                by=self._by(match, provision, sentence),
                criterion=None if place else self.criteria.key_at(provision.start, provision.end),
                place=place or self.place,
                evidence=self.outline.evidence(
                    *self._words(match), "target.ratio" if groups.get("of") else "target.count"
                ),
            )
        )

    def _average(self, match: re.Match[str], provision: Provision, sentence: int) -> None:
        base = re.search(rf"({NUMBER})\s*tiêu chí", match["base"] or "")
        per = match["per"] or self._per(match)
        self.targets.append(
            Target(
                measure=f"số tiêu chí bình quân một {per}",
                value=number(match["value"]),
                of=None,
                unit=f"tiêu chí/{per}",
                share=None,
                baseline=number(base.group(1)) if base else None,
                by=self._by(match, provision, sentence),
                criterion=None,
                place=self.place,
                evidence=self.outline.evidence(*self._words(match), "target.average"),
            )
        )

    def _per(self, match: re.Match[str]) -> str:
        found = re.search(r"\b(thôn|bản|xã|huyện)\b", match["of_what"])
        return found.group(1) if found else "xã"

    def _percent(self, match: re.Match[str], provision: Provision, sentence: int) -> None:
        measure = match["measure"] or match["whole"]
        self.targets.append(
            Target(
                measure=" ".join(measure.split()),
                value=None,
                of=None,
                unit="%",
                share=float((match["share"] or match["all"]).replace(",", ".")),
                baseline=None,
                by=self._by(match, provision, sentence),
                criterion=self.criteria.key_at(provision.start, provision.end),
                place=self.place,
                evidence=self.outline.evidence(*self._words(match), "target.percent"),
            )
        )

    def _result(
        self,
        match: re.Match[str],
        provision: Provision,
        sentence: int,
        *,
        unit: str | None = None,
        measure: str | None = None,
        place: PlaceRef | None = None,
    ) -> None:
        groups = match.groupdict()
        unit = unit or ((groups.get("unit") and " ".join(match["unit"].lower().split())) or None)
        self.results.append(
            Result(
                place=place or (None if unit == "tiêu chí" else self.place),
                criterion=None if place else self.criteria.key_at(sentence, match.end()),
                measure=measure or self._measure(match),
                value=number(match["value"]),
                of=number(groups["of"]) if groups.get("of") else None,
                unit=unit,
                met=None,
                as_of=self._as_of(sentence, match.start(), provision),
                evidence=self.outline.evidence(*self._words(match), "result.prose"),
            )
        )

    def _achievers(self, sentence: int, at: int, *, more: bool = False) -> tuple[PlaceRef, ...]:
        """Return who meets the criteria: the communes listed last before the figure, else the document's only one.

        `more`: what is said adds to a figure already given ("xã A đạt 17 tiêu chí, chưa đạt tiêu chí số 6").
        """
        first, last = (bisect_left(self.communes, (offset,)) for offset in (sentence, at))
        found: list[PlaceRef] = []
        following = None
        for start, end, place in reversed(self.communes[first:last]):
            if following is not None and not _LISTED_TOGETHER.fullmatch(self.flat, end, following):
                break
            if following is None and not more and _ANOTHER_FIGURE.search(self.flat, end, at):
                break  # what was said of that commune is said already
            found.append(place)
            following = start
        if found:
            return tuple(reversed(found))
        return (self.only,) if self.only is not None and first == last else ()

    def _marks(self, first: int, last: int, provision: Provision) -> None:
        """Read which criteria a commune meets or does not: "xã A chưa đạt tiêu chí số 2, 17"."""
        for match in MARK.pattern.finditer(self.flat, first, last):
            stop = _MARK_END.search(self.flat, match.end(), last)
            end = stop.start() if stop else last
            for place in self._achievers(first, match.start(), more=True):
                for criterion in self.criteria.at(match.end(), end):
                    number_of = criterion.number if criterion.number is not None else criterion.name
                    self.results.append(
                        Result(
                            place=place,
                            criterion=CriterionKey(criterion.set, criterion.number),
                            measure=f"tiêu chí số {number_of}"
                            if criterion.number is not None
                            else f"tiêu chí {number_of}",
                            value=None,
                            of=None,
                            unit=None,
                            met=match["not"] is None,
                            as_of=self._as_of(first, match.start(), provision),
                            evidence=self.outline.evidence(
                                match.start(), self._trimmed(match.start(), end), "result.mark"
                            ),
                        )
                    )

    def _words(self, match: re.Match[str]) -> tuple[int, int]:
        return match.start(), self._trimmed(match.start(), match.end())

    def _trimmed(self, start: int, end: int) -> int:
        while end > start and self.flat[end - 1] in " ,.":
            end -= 1
        return end

    def _by(self, match: re.Match[str], provision: Provision, sentence: int) -> date | None:
        """Return the day of a target: its own year, the nearest date of its sentence, provision or headings."""
        year = (
            _YEAR_HAS.search(self.flat[sentence : match.start("value")].removesuffix("có ").rstrip())
            if "unit" in match.groupdict()
            else None
        )
        if year is not None:
            return date(int(year["year"]), 12, 31)
        near = [each for each in self.deadlines if sentence <= each.evidence.start <= match.end() + 60]
        if near:
            return min(near, key=lambda each: abs(each.evidence.start - match.start())).date
        for above in self.outline.above(provision):
            start, end = self.outline.own(above)
            inside = {each.date for each in self.deadlines if start <= each.evidence.start < end}
            if len(inside) == 1:
                return inside.pop()
        aims = {each.date for each in self.deadlines if each.scope is Scope.TARGET}
        return aims.pop() if len(aims) == 1 else None

    def _as_of(self, sentence: int, at: int, provision: Provision) -> date | None:
        """Return the day of the words, of the headings, of what stands before in the same piece, or of signing."""
        found = self._stated_day(sentence, at, provision) or self.stated.get(provision.parent)
        if found is not None:
            return found
        return self.header.date if self.header.state is not DocumentState.NEWS else None

    def _stated_day(self, start: int, end: int, provision: Provision) -> date | None:
        """Return the day that the words, or else the headings above them, give a state of affairs for."""
        found = stated_day(self.flat, start, end)
        for above in self.outline.above(provision):
            heading = self.outline.headings.get(above.id)
            if found is None and heading is not None:
                found = stated_day(self.flat, *heading)
        return found

    def _check_share(self, match: re.Match[str]) -> None:
        if not match["share"] or number(match["of"]) == 0:
            return
        value, of = number(match["value"]), number(match["of"])
        said = match["share"].replace(".", ",")
        decimals = len(said.partition(",")[2])
        true = 100 * value / of
        ok = abs(true - float(said.replace(",", "."))) <= 0.5 * 10**-decimals + 1e-9
        message = f"{shown(value)}/{shown(of)} bằng {shown(round(true, decimals + 1))}%, văn bản ghi {said}%"
        self.checks.append(
            Check(CheckKind.SHARE, ok, message, self.outline.evidence(*self._words(match), "check.share"))
        )

    def _check_years(self, first: int, last: int, ratios: list[re.Match[str]]) -> None:
        """Check a total split by years: "30/90 thôn ..., trong đó năm 2021 có 12 thôn, năm 2022 có 18 thôn"."""
        partly = _PARTLY.search(self.flat, first, last)
        if partly is None:
            return
        wholes = [match for match in ratios if match.end() <= partly.start()] or list(
            COUNT.pattern.finditer(self.flat, first, partly.start())
        )
        if not wholes or not wholes[-1]["unit"]:
            return
        unit = wholes[-1]["unit"].lower()
        parts = list(
            re.compile(rf"năm\s+(?:19|20)\d\d\s*(?:là|có|:)?\s*(?P<value>{NUMBER})\s+{unit}").finditer(
                self.flat, partly.end(), last
            )
        )
        if len(parts) < 2:
            return
        total, whole = sum(number(part["value"]) for part in parts), number(wholes[-1]["value"])
        message = f"Tổng các năm là {shown(total)} {unit}, văn bản ghi {shown(whole)} {unit}"
        evidence = self.outline.evidence(wholes[-1].start(), parts[-1].end(), "check.years")
        self.checks.append(Check(CheckKind.SUM, total == whole, message, evidence))

    def _check_changes(self, first: int, last: int) -> None:
        for match in CHANGE.pattern.finditer(self.flat, first, last):
            true = number(match["last"]) - number(match["first"])
            said = number(match["change"]) * (1 if match["word"].lower() == "tăng" else -1)
            told = f"{match['word']} {match['change']}"
            message = f"Từ {match['first']} đến {match['last']} là {shown(abs(true))}, văn bản ghi {told}"
            evidence = self.outline.evidence(*self._words(match), "check.difference")
            self.checks.append(Check(CheckKind.DIFFERENCE, abs(true - said) < 1e-6, message, evidence))


def _lists(flat: str, outline: Outline) -> Iterator[tuple[Provision, list[Provision]]]:
    """Yield each provision with the bullets, points or clauses that it opens.

    A paragraph that ends with a colon opens the bullets after it, though they stand beside it in the outline.
    """
    children: dict[str, list[Provision]] = {}
    openers: dict[str | None, Provision] = {}  # by parent: the paragraph whose list goes on
    for provision in outline.provisions:
        if provision.kind == "paragraph":
            ends = flat[provision.start : provision.end].rstrip().endswith(":")
            openers.pop(provision.parent, None)
            if ends:
                openers[provision.parent] = provision
        elif provision.kind in ("bullet", "point", "clause"):
            opener = openers.get(provision.parent) if provision.kind == "bullet" else None
            head = opener.id if opener else provision.parent
            if head is not None:
                children.setdefault(head, []).append(provision)
    for head, parts in children.items():
        yield outline.by_id[head], parts


def _sums(flat: str, outline: Outline) -> Iterator[Check]:
    """Check each sum of money against the parts that its bullets give."""
    for head, parts in _lists(flat, outline):
        whole_at = outline.own(head)
        wholes = list(MONEY.pattern.finditer(flat, *whole_at))
        if not wholes or len(parts) < 2:
            continue
        whole = wholes[-1]
        opening = flat[whole.end() : whole_at[1]]
        amounts = [MONEY.pattern.search(flat, *outline.own(part)) for part in parts]
        given = [amount for amount in amounts if amount is not None]
        if len(given) != len(parts) or any(amount["unit"].lower() != whole["unit"].lower() for amount in given):
            continue
        total, said = sum(number(amount["value"]) for amount in given), number(whole["value"])
        exact = _WHOLE.search(opening) is not None
        if not exact and not _PARTLY.search(opening) and not opening.rstrip().endswith(":"):
            continue
        ok = abs(total - said) < 1e-6 * max(1.0, abs(said))
        if not ok and not exact and total < said:
            continue  # "trong đó" may name some of the parts only
        unit = whole["unit"].lower()
        message = f"Các khoản cộng lại bằng {shown(total)} {unit}, văn bản ghi {shown(said)} {unit}"
        yield Check(CheckKind.SUM, ok, message, outline.evidence(whole.start(), whole.end(), "check.money"))


def _listed_sums(flat: str, outline: Outline) -> Iterator[Check]:
    """Check a sum of money against the parts in its own sentence: "..., trong đó: A 80 tỷ đồng, B 20 tỷ đồng"."""
    for provision in outline.provisions:
        if provision.kind in ("header", "closing", "row"):
            continue
        for sentence in _SENTENCE.finditer(flat, *outline.own(provision)):
            opening = _WHOLE.search(flat, *sentence.span()) or _PARTLY.search(flat, *sentence.span())
            if opening is None or "đồng" not in sentence.group():
                continue
            wholes = list(MONEY.pattern.finditer(flat, sentence.start(), opening.start()))
            parts = list(MONEY.pattern.finditer(flat, opening.end(), sentence.end()))
            if (
                not wholes
                or len(parts) < 2
                or any(part["unit"].lower() != wholes[-1]["unit"].lower() for part in parts)
            ):
                continue
            total, said = sum(number(part["value"]) for part in parts), number(wholes[-1]["value"])
            ok = abs(total - said) < 1e-6 * max(1.0, abs(said))
            if not ok and total < said:
                continue
            unit = wholes[-1]["unit"].lower()
            message = f"Các khoản cộng lại bằng {shown(total)} {unit}, văn bản ghi {shown(said)} {unit}"
            yield Check(
                CheckKind.SUM, ok, message, outline.evidence(wholes[-1].start(), parts[-1].end(), "check.money")
            )
