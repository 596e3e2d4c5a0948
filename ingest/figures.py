"""Figures of prose: targets to reach, results reached, and the arithmetic that the text invites.

A target counts places that are to reach a standard, an average or an increase of criteria, an income, or works that the
text calls an aim ("60 km đường" that somebody is to build is a task). An increase of places that a total follows ("có
thêm 9 thôn ..., nâng tổng số lên 84/120") is none. A share without a count keeps its percent. What misfits is reported
with both numbers, and never corrected.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from ingest.as_of import stated_day
from ingest.criteria import MOST, FoundCriteria
from ingest.figure_forms import (
    ATTAINED,
    AVERAGE,
    CHANGE,
    COUNT,
    INCOME,
    INCREASE,
    MARK,
    PERCENT,
    PLACES,
    RATIO,
    SPENT,
    UNIT,
    WORKS,
)
from ingest.header import Header
from ingest.language import spaced
from ingest.measure_tables import read_measure_tables
from ingest.numbers import NUMBER, number, shown
from ingest.place_tables import PlaceTable
from ingest.places import place_of
from ingest.provisions import Outline
from ingest.sums import column_totals, group_totals, lists_of, money_sums
from ingest.table_figures import read_place_tables
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

_SENTENCE = re.compile(r"(?:[^.;]|\.(?=\S)|;(?=\S))+[.;]?")
_AIM = re.compile(r"\bphấn đấu\b|\bmục tiêu\b|\bchỉ tiêu\b|\bsẽ\b", re.IGNORECASE)
_BOUND = re.compile(r"\bít nhất\b|\btối thiểu\b|\btrở lên\b", re.IGNORECASE)  # an aim where nothing is done yet
_AIM_HEADING = re.compile(r"mục tiêu|chỉ tiêu|phương hướng|nhiệm vụ|phấn đấu", re.IGNORECASE)
_FIGURES_HEADING = re.compile(r"mục tiêu|chỉ tiêu", re.IGNORECASE)
_DONE = re.compile(
    r"\bđã (?:có|đạt|hoàn thành|được|công nhận|thực hiện)\b|\btính đến\b|\bđến nay\b|"
    r"\bhiện(?: nay| trạng|(?: [^\s,;:.]+){0,6}? (?:đã )?(?:có|đạt))\b|"
    r"\bkết quả\b|\blũy kế\b|\b(?:mới|chỉ) (?:đạt|có|hoàn thành|giải ngân) (?:được )?(?=\d)|"
    r"\bcòn \d+ (?:xã|thôn|tiêu chí) chưa\b|\bqua (?:rà soát|đánh giá|thẩm định)\b|"
    r"\btổng số tiêu chí (?:đã )?đạt(?: được)? là\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_ASIDE = re.compile(r"\([^()]*\)")
_DATE_BEFORE = re.compile(r"(?:ngày|tháng|số|quý|lúc|khoản|điểm)\s*$", re.IGNORECASE)
_YEAR_HAS = re.compile(r"\bnăm\s+(?P<year>(?:19|20)\d\d)\s*[,:]?\s*(?:là|có|phấn đấu|đạt)?\s*$", re.IGNORECASE)
_STANDARD = re.compile(
    rf"(?:\s*(?:,|và)\s+\d+\s+(?:{PLACES}))*[^.;\d]{{0,80}}?"
    r"(?:công nhận|đạt chuẩn|đạt|hoàn thành|nông thôn mới|NTM|về đích|kiểu mẫu|nâng cao|dưới)",
    re.IGNORECASE,
)
_STANDARD_NEXT = re.compile(r"(?:\s*[:(][^.;\d]{2,160}?)?\s+(?:được|đạt|hoàn thành|về đích)\b", re.IGNORECASE)
_STANDARD_BEFORE = re.compile(  # "số xã đạt chuẩn nông thôn mới: 120 xã"
    rf"số\s+(?:lượng\s+)?(?:{PLACES})\s[^.;:\d]{{0,60}}(?:đạt|công nhận|hoàn thành|nông thôn mới|NTM|về đích)"
    r"(?:[^.;:\d]|\d{1,2}(?:\s?(?:-|–|đến)\s?\d{1,2})?\s+tiêu chí){0,40}$",
    re.IGNORECASE,
)
_COUNTS_ITS_OWN = re.compile(
    r"(?:\s+(?:đã|mới|hiện|có|đạt|phấn đấu|thêm|được|ít nhất|chỉ|còn))*\s*[:(]?\s*", re.IGNORECASE
)
_SHARE_BEFORE = re.compile(  # "80% số xã (tương đương 95/119 xã)"
    rf"(?P<share>\d{{1,3}}(?:,\d+)?)\s?%\s+(?:số\s+)?(?:{PLACES})\s*\((?:tương đương|bằng|khoảng|tức)?\s*(?:với\s+)?$",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(r"\bnăm ((?:19|20)\d\d)\b(?!\s?[-–/])", re.IGNORECASE)
_OPENING_YEAR = re.compile(
    r"\W*(?:kết quả\s+)?(?:trong\s+)?năm\s+(?P<year>(?:19|20)\d\d)\b(?!\s?[-–]\s?\d)", re.IGNORECASE
)
_LISTED_TOGETHER = re.compile(
    r"\s*(?:,|;|và|,\s*và|,?\s*(?:huyện|\(huyện)\s[^,;()]{2,30}\)?\s*(?:,|và))\s*(?:các\s+)?(?:xã\s+)?"
)
_BASELINE = re.compile(  # "70/117 xã đạt, chiếm 59,8% (hiện trạng đến tháng 12/2025: 31 xã)"
    rf"[^.;()\d]{{0,60}}\((?:hiện trạng|hiện nay|hiện có|hiện tại)[^():]{{0,40}}:\s*(?:có\s+)?"
    rf"(?P<value>{NUMBER})\s+(?:{UNIT})\b",
    re.IGNORECASE,
)
_ANOTHER_FIGURE = re.compile(r"\d+\s?/\s?\d+|\d+\s+tiêu chí")
_MARK_END = re.compile(
    r"[;.(]|,\s+(?:xã|nhưng|còn|đạt|chưa|trong|các xã)\b|\s(?:trước|trong|do|vì|vào|theo|để|nhưng|còn)\s"
)
_RAISED = re.compile(r"\b(?:nâng|đưa)\b", re.IGNORECASE)
_MONEY_UNIT = re.compile(r"\s*(?:nghìn|tỷ|triệu)?\s*(?:tỷ\s+)?đồng\b")
_PARTLY = re.compile(r"\btrong đó\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Stance:
    """What a sentence does with its figures; `told`: by words of its own."""

    goal: bool
    result: bool
    told: bool


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
    marked = read_place_tables(tables, reader.flat, outline, header, criteria, places, authority)
    measured = read_measure_tables(reader.flat, outline, header, criteria, places, tables, reader.place, authority)
    checks = tuple(
        sorted(
            (
                *reader.checks,
                *money_sums(reader.flat, outline),
                *group_totals(reader.flat, outline),
                *column_totals(reader.flat, outline),
                *marked.checks,
                *measured.checks,
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
        (*reader.targets, *marked.targets, *measured.targets),
        tuple(sorted((*reader.results, *marked.results, *measured.results), key=lambda each: each.evidence.start)),
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
        self.districts = sorted(
            (mention.start, mention.end, PlaceRef(place.name, place.id))
            for place in places
            if place.level == "district"
            for mention in place.mentions
        )
        named = {each[2] for each in self.communes}
        self.only = next(iter(named)) if len(named) == 1 else None
        dated = [(each.evidence.start, each.date) for each in deadlines if each.date is not None]
        self.dates = sorted(dated)
        aims = {each.date for each in deadlines if each.scope is Scope.TARGET and each.date is not None}
        self.aim = aims.pop() if len(aims) == 1 else None  # the only day that figures are to be reached by
        self.openers = {part.id: opener for opener, parts in lists_of(self.flat, outline) for part in parts}
        self.stated: dict[str | None, date] = {}  # the last day of a state of affairs, by the piece that holds it
        self.targets: list[Target] = []
        self.results: list[Result] = []
        self.checks: list[Check] = []

    def read(self, provision: Provision) -> None:
        start, end = self.outline.own(provision)
        if not _DIGIT.search(self.flat, start, end):
            return
        before: _Stance | None = None
        aims = self._aims(provision)
        for sentence in _SENTENCE.finditer(self.flat, start, end):
            stance = self._stance(*sentence.span(), provision, aims)
            if before is not None and not stance.told and not stance.goal:
                stance = before  # "đến nay có 5 xã đạt 19 tiêu chí; 7 xã đạt từ 15 tiêu chí"
            before = stance if sentence.group().endswith(";") else None
            if _DIGIT.search(sentence.group()):
                self._sentence(sentence, provision, stance)
                day = stated_day(self.flat, *sentence.span()) if not aims else None
                if day is not None and self.header.date is not None and day <= self.header.date:
                    self.stated[provision.parent] = day

    def _aims(self, provision: Provision) -> bool:
        return any(each.heading and _AIM_HEADING.search(each.heading) for each in self.outline.above(provision))

    def _stance(self, first: int, last: int, provision: Provision, aims: bool) -> _Stance:
        """Return whether a sentence sets figures to reach or tells those reached, by its words or what opens it."""
        words = _ASIDE.sub("", self.flat[first:last])  # an aside gives the baseline of a target
        aim, done = _AIM.search(self.flat, first, last) is not None, _DONE.search(words) is not None
        report = self.header.type == "Báo cáo" and not aims
        day = self._stated_day(first, last, provision)
        told = aim or done or stated_day(self.flat, first, last) is not None or self._opening_day(first) is not None
        opener = self.openers.get(provision.id)
        if not told and opener is not None and not aims and not _BOUND.search(words):
            above = self._stance(*self.outline.own(opener), opener, self._aims(opener))
            if above.told and (above.goal or above.result):
                return above
        signed = self.header.date
        if day is not None and signed is not None and day > signed and not report:
            return _Stance(goal=True, result=False, told=told)  # what is to stand at a day to come is no result
        goal = not report and (aim or (not done and (aims or _BOUND.search(words) is not None)))
        past = day is not None and signed is not None and day <= signed
        return _Stance(goal=goal, result=not goal and (done or report or past), told=told)

    def _sentence(self, sentence: re.Match[str], provision: Provision, stance: _Stance) -> None:
        first, last = sentence.span()
        ratios = [match for match in RATIO.pattern.finditer(self.flat, first, last) if self._is_ratio(match)]
        for match in ratios:
            self._ratio(match, provision, first, stance)
        if stance.goal or stance.result:
            self._counts(first, last, provision, stance, ratios)
            self._averages_and_sums(first, last, provision, stance, ratios)
        if stance.result:
            self._marks(first, last, provision)
        self._check_years(first, last, ratios)
        self._check_changes(first, last)

    def _ratio(self, match: re.Match[str], provision: Provision, sentence: int, stance: _Stance) -> None:
        self._check_share(match)
        own = match["unit"] == "tiêu chí"
        achievers = self._achievers(sentence, match.start()) if own else ()
        # "Lũng Cú (15/19 tiêu chí)" tells where it stands, whatever the sentence asks for
        aside = bool(achievers) and self.flat.startswith("(", match.start() - 1)
        for place in achievers or (None,):
            measure = "số tiêu chí đạt" if place is not None else self._measure(match)
            if stance.goal:
                self._target(match, provision, measure, sentence, place=place)
            elif stance.result or aside:
                self._result(match, provision, sentence, measure=measure, place=place)

    def _counts(
        self, first: int, last: int, provision: Provision, stance: _Stance, ratios: list[re.Match[str]]
    ) -> None:
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
            standard = _STANDARD if match["verb"] or match["told"] or match["opens"] is not None else _STANDARD_NEXT
            if (
                not split
                and not standard.match(self.flat, match.end(), last)
                and not (
                    (match["told"] or (match["verb"] or "").lower() in ("là", "lên"))
                    and _STANDARD_BEFORE.search(self.flat, first, match.start())
                )
            ):
                continue
            self._figure(match, provision, first, stance, self._measure(match))
        for match in (
            WORKS.pattern.finditer(self.flat, first, last) if self._counts_works(first, last, provision) else ()
        ):
            self._figure(match, provision, first, stance, " ".join(f"{match['verb']} {match['what']}".lower().split()))
        for match in INCREASE.pattern.finditer(self.flat, first, last) if stance.goal else ():
            if _RAISED.search(self.flat, match.end(), last) is None:  # else the sentence gives the total
                for each in self._achievers(first, match.start()) or (None,):
                    self._figure(match, provision, first, stance, "số tiêu chí tăng thêm", place=each)
        for match in ATTAINED.pattern.finditer(self.flat, first, last):
            if number(match["value"]) > MOST:  # all communes of a district together
                self._figure(match, provision, first, stance, "tổng số tiêu chí đạt")
                continue
            for place in self._achievers(first, match.start()):
                self._figure(match, provision, first, stance, "số tiêu chí đạt", place=place)

    def _counts_works(self, first: int, last: int, provision: Provision) -> bool:
        """Return whether works ("46 km đường") are an aim or done; an order to build them sets a task, no target."""
        return (
            _AIM.search(self.flat, first, last) is not None
            or _DONE.search(self.flat, first, last) is not None
            or any(each.heading and _FIGURES_HEADING.search(each.heading) for each in self.outline.above(provision))
        )

    def _averages_and_sums(
        self, first: int, last: int, provision: Provision, stance: _Stance, ratios: list[re.Match[str]]
    ) -> None:
        for match in AVERAGE.pattern.finditer(self.flat, first, last):
            if stance.goal:
                self._average(match, provision, first)
            else:
                unit = f"tiêu chí/{match['per'] or self._per(match)}"
                self._result(match, provision, first, unit=unit, measure="số tiêu chí bình quân")
        for match in INCOME.pattern.finditer(self.flat, first, last):
            self._figure(match, provision, first, stance, "thu nhập bình quân")
        for match in PERCENT.pattern.finditer(self.flat, first, last):
            if not any(match.start() < other.end() and other.start() < match.end() for other in ratios):
                self._percent(match, provision, first, stance)
        if stance.result:
            for match in SPENT.pattern.finditer(self.flat, first, last):
                self._result(match, provision, first, measure="giải ngân")

    def _figure(
        self,
        match: re.Match[str],
        provision: Provision,
        sentence: int,
        stance: _Stance,
        measure: str,
        *,
        place: PlaceRef | None = None,
    ) -> None:
        if stance.goal:
            self._target(match, provision, measure, sentence, place=place)
        else:
            self._result(match, provision, sentence, measure=measure, place=place)

    def _is_ratio(self, match: re.Match[str]) -> bool:
        """Return whether "a/b" counts a part of a whole, and is no date, number of a document or quotient."""
        if _DATE_BEFORE.search(self.flat, max(0, match.start() - 8), match.start()) or not (
            match["unit"] or match["share"]
        ):
            return False
        if _MONEY_UNIT.match(self.flat, match.end("of")):
            return False  # of what was spent
        return 0 <= number(match["value"]) <= number(match["of"]) and (
            match["unit"] is not None or number(match["of"]) > 12
        )

    def _measure(self, match: re.Match[str]) -> str:
        unit = match["unit"] or "đơn vị"
        provision = self.outline.at(match.start())
        if provision is not None and self._criterion(provision) is not None:
            return f"số {unit} đạt chuẩn tiêu chí"
        after = match.end("unit") if match["unit"] else match.end()
        words = re.sub(r"^\s*(?:\([^)]*\)|\))?\s*", "", self.flat[after : after + 140])
        words = re.split(r"[,;.:(]|chiếm|\b(?:bao )?gồm\b|\s{2}", words)[0].strip()
        return f"số {unit} {words}".strip() if words and not words[0].isdigit() else f"số {unit}"

    def _criterion(self, provision: Provision) -> object:
        return self.criteria.key_at(provision.start, provision.end)

    def _target(
        self, match: re.Match[str], provision: Provision, measure: str, sentence: int, *, place: PlaceRef | None = None
    ) -> None:
        groups = match.groupdict()
        base = _BASELINE.match(self.flat, match.end())
        before = _SHARE_BEFORE.search(self.flat, max(0, match.start() - 40), match.start())
        share = groups.get("share") or (before["share"] if before else None)
        self.targets.append(
            Target(
                measure=" ".join(measure.split()),
                value=number(match["value"]),
                of=number(groups["of"]) if groups.get("of") else None,
                unit=(groups.get("unit") and " ".join(match["unit"].lower().split())) or None,
                share=float(share.replace(",", ".")) if share else None,
                baseline=number(base["value"]) if base else None,
                by=self._by(match, provision, sentence),
                criterion=None if place else self.criteria.key_at(provision.start, provision.end),
                place=place or self._district(sentence, match) or self.place,
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

    def _percent(self, match: re.Match[str], provision: Provision, sentence: int, stance: _Stance) -> None:
        measure = " ".join((match["measure"] or match["whole"]).split())
        value = number(match["share"] or match["all"])
        change = self._change(match)
        if not stance.goal:
            if change is None:
                self._result(match, provision, sentence, unit="%", measure=measure, value=value)
            return
        self.targets.append(
            Target(
                measure=f"{measure} {change}" if change else measure,
                value=None if change else value,
                of=None,
                unit="%",
                share=value if change else None,
                baseline=number(match["base"]) if match["base"] else None,
                by=self._by(match, provision, sentence),
                criterion=self.criteria.key_at(provision.start, provision.end),
                place=self.place,
                evidence=self.outline.evidence(*self._words(match), "target.percent"),
            )
        )

    def _change(self, match: re.Match[str]) -> str | None:
        """Return "giảm" or "tăng" where a percentage tells by how much, not to which level: "giảm ít nhất 4%"."""
        if match["base"] or match["all"] or re.search(r"còn|xuống|lên|dưới", match["how"]):
            return None
        before = self.flat[max(0, match.start() - 6) : match.start()]
        found = re.search(r"giảm|tăng", f"{before} {match['how']}", re.IGNORECASE)
        return found.group().lower() if found else None

    def _result(
        self,
        match: re.Match[str],
        provision: Provision,
        sentence: int,
        *,
        unit: str | None = None,
        measure: str,
        value: float | int | None = None,
        place: PlaceRef | None = None,
    ) -> None:
        groups = match.groupdict()
        unit = unit or ((groups.get("unit") and " ".join(match["unit"].lower().split())) or None)
        self.results.append(
            Result(
                place=place
                or self._district(sentence, match)
                or (None if unit == "tiêu chí" and number(match["value"]) <= MOST else self.place),
                criterion=None if place else self._criterion_beside(sentence, match.end()),
                measure=" ".join(measure.split()),
                value=number(match["value"]) if value is None else value,
                of=number(groups["of"]) if groups.get("of") else None,
                unit=unit,
                met=None,
                as_of=self._as_of(sentence, match.start(), provision),
                evidence=self.outline.evidence(*self._words(match), "result.prose"),
            )
        )

    def _district(self, sentence: int, match: re.Match[str]) -> PlaceRef | None:
        """Return the district whose communes a figure counts: "huyện Đồng Văn có 5/18 xã"."""
        last = bisect_left(self.districts, (match.start(),)) - 1
        if last < 0 or self.districts[last][0] < sentence:
            return None
        _, end, place = self.districts[last]
        return place if _COUNTS_ITS_OWN.fullmatch(self.flat, end, max(end, match.start("value"))) else None

    def _criterion_beside(self, sentence: int, at: int) -> CriterionKey | None:
        """Return the one criterion named before a figure, else right after it: "120/177 xã đạt tiêu chí số 2"."""
        stop = re.compile(r"[,;.]").search(self.flat, at, at + 60)
        return self.criteria.key_at(at, stop.start() if stop else at + 60) or self.criteria.key_at(sentence, at)

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
        near = self._dates_between(sentence, match.end() + 61)
        if near:
            return min(near, key=lambda each: abs(each[0] - match.start()))[1]
        for above in self.outline.above(provision):
            inside = {day for _, day in self._dates_between(*self.outline.own(above))}
            if len(inside) == 1:
                return inside.pop()
        for above in self.outline.above(provision):  # "II. NHIỆM VỤ NĂM 2021"
            years = set(_YEAR_ALONE.findall(above.heading or "")) if above is not provision else set()
            day = date(int(years.pop()), 12, 31) if len(years) == 1 else None
            if day is not None and self.header.date is not None and day > self.header.date:
                return day
        return self.aim

    def _dates_between(self, start: int, end: int) -> list[tuple[int, date]]:
        first, last = (bisect_left(self.dates, offset, key=lambda each: each[0]) for offset in (start, end))
        return self.dates[first:last]

    def _as_of(self, sentence: int, at: int, provision: Provision) -> date | None:
        """Return the day of the words, of the headings, of what stands before in the same piece, or of signing."""
        found = self._stated_day(sentence, at, provision) or self.stated.get(provision.parent)
        if found is not None:
            return found
        return self.header.date if self.header.state is not DocumentState.NEWS else None

    def _stated_day(self, start: int, end: int, provision: Provision) -> date | None:
        """Return the day that the words, or else the headings above them, give a state of affairs for."""
        found = stated_day(self.flat, start, end) or self._opening_day(start)
        for above in self.outline.above(provision):
            heading = self.outline.headings.get(above.id)
            if found is None and heading is not None:
                found = stated_day(self.flat, *heading)
        return found

    def _opening_day(self, sentence: int) -> date | None:
        """Return the end of the past year that opens a sentence: "Năm 2019, toàn tỉnh có thêm 8 xã ..."."""
        match = _OPENING_YEAR.match(self.flat, sentence)
        day = date(int(match["year"]), 12, 31) if match else None
        return day if day is not None and self.header.date is not None and day < self.header.date else None

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
