"""Which criteria a text speaks of, and of which set.

A name counts only where the text speaks of it as a criterion ("Tiêu chí số 1 về Giao thông", "các tiêu chí: Điện,
Y tế", a row of a table of criteria): "giao thông nông thôn" alone is a subject. The set follows from the decision that
the text cites, its date and level, and from how its numbers and names agree with the sets; where that leaves several,
the set is None and the id starts with "?".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Doc

from ingest.header import Header
from ingest.language import spaced
from ingest.place_tables import PlaceTable, Use, criterion_names, listed_numbers
from ingest.provisions import Outline
from ingest.tables import Row, tables_of
from ntmgraph.authority import Authority, CriteriaSet, KnownCriterion
from ntmgraph.ids import criterion_id
from ntmgraph.model import Criterion, CriterionKey, Mention, Reference
from ntmgraph.text import CAPITAL, key

MOST = 20  # Hà Tĩnh's communes have one criterion more than the nation's 19
_NUMBER = r"\d{1,2}(?:\.\d{1,2})?"
_AND_NUMBER = rf"\s*(?:,|;|và)\s*(?:số\s+)?{_NUMBER}(?![\d/%.,]*\d|\s*(?:xã|thôn|tiêu chí|%))"


# "các tiêu chí chưa đạt gồm: ...": only before a colon
_SAID_OF_ALL = r"\s+(?:chưa|đã|không|còn|khó|cần)(?:\s+[^\s,.;:()\d]+){0,5}\s*:"


@dataclass(frozen=True, slots=True)
class CriterionForm:
    """A form of naming criteria: its pattern, the forms that it accepts, one that it must not."""

    pattern: re.Pattern[str]
    accepts: tuple[str, ...]
    rejects: str


NUMBERED = CriterionForm(
    re.compile(
        rf"\b(?:tiêu chí|chỉ tiêu|TC(?=\s+số))(?:{_SAID_OF_ALL}\s+|\s+|(?=:\s))"
        rf"(?:(?:thứ|số)\s+(?P<numbers>{_NUMBER}(?:{_AND_NUMBER})*)|"
        rf"[:(]?\s?(?P<list>{_NUMBER}(?:{_AND_NUMBER})+)(?=\s*[,.;)]|\s+[^\W\d])"
        r"|(?P<bare>\d{1,2}\.\d{1,2}|\d{1,2}(?=\s*(?:[:.)–-]\s|về\s|\()))(?![/\d]|,\d|\s*%))",
        re.IGNORECASE,
    ),
    (
        "Tiêu chí số 1 về Giao thông",
        "tiêu chí số 2, 5 và 17",
        "các tiêu chí 2, 3 và 17 theo",
        "các tiêu chí: 2, 3, 17",
        "các tiêu chí (2, 3, 17)",
        "các tiêu chí chưa đạt: 2, 10, 17",
        "chỉ tiêu 17.8",
        "Tiêu chí 3: Thủy lợi",
    ),
    "tiêu chí 19 xã",
)
NAMED = CriterionForm(
    re.compile(rf"\btiêu chí(?:{_SAID_OF_ALL}|\s+(?:về|là|gồm|như))?\s*:?\s*[“\"(]?(?=\S)", re.IGNORECASE),
    ("tiêu chí về Giao thông", "các tiêu chí: Điện", "tiêu chí thu nhập"),
    "chỉ tiêu về thu nhập",
)
FORMS = (NUMBERED, NAMED)

_ABOUT = re.compile(r"\s*(?:về|:|[-–]|\(|,)?\s*(?:tiêu chí\s+)?[“\"]?")
_PRINTED = re.compile(rf"(?:về|:|[-–])\s*[“\"]?(?P<name>[{CAPITAL}][^:;.()“”\"|\d]{{1,90}})")
_NEXT = re.compile(r"[”\")]?\s*(?:,|;|và|,\s*và)\s+(?:tiêu chí\s+)?(?:số\s+(?P<number>\d{1,2})\s*)?(?:về\s+)?[“\"(]?")
_AFTER_NAME = re.compile(
    r"[”\")]?\s*(?:[,;.:)(|]|$|\s{2}|và\b|chưa|đã|đạt|được|là|cần|phải|năm|ở|tại|của|trong|theo|cho|do|còn|có|"
    r"không|để|thuộc|tiếp|bằng|\d)"
)
_VILLAGE = re.compile(
    r"tiêu chí\s+(?:[“\"]?\s*)?(?:xét\s+|công nhận\s+)*(?:thôn|bản|ấp|xóm|buôn|khu dân cư)\b", re.IGNORECASE
)
_ROW_NUMBER = re.compile(r"(?:Tiêu chí\s+(?:số\s+)?)?(?P<number>\d{1,2})\.?", re.IGNORECASE)
_ROW_NAME = re.compile(
    r"(?:Tiêu chí\s+)?(?:(?:số\s+)?(?P<number>\d{1,2})\s*[.:)–-]?\s+)?(?:về\s+)?(?P<name>.+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Said:
    """One mention: a number, a name, or both."""

    number: str | None  # without a leading zero
    name: str | None  # as printed
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundCriteria:
    criteria: tuple[Criterion, ...]
    set: str | None  # the set that the document's criteria belong to
    mentioned: tuple[tuple[int, Criterion], ...]  # where each mention starts, in text order

    def at(self, start: int, end: int) -> tuple[Criterion, ...]:
        """Return the criteria mentioned between two offsets, each once."""
        first, last = (bisect_left(self.mentioned, at, key=lambda each: each[0]) for at in (start, end))
        return tuple({each.id: each for _, each in self.mentioned[first:last]}.values())

    def key_at(self, start: int, end: int) -> CriterionKey | None:
        """Return the one criterion mentioned between two offsets; None for several or none."""
        found = self.at(start, end)
        return CriterionKey(found[0].set, found[0].number) if len(found) == 1 else None


def find_criteria(
    text: str,
    doc: Doc,
    outline: Outline,
    header: Header,
    references: tuple[Reference, ...],
    tables: tuple[PlaceTable, ...],
    authority: Authority,
) -> FoundCriteria:
    """Return the criteria in the order of their first mention, and the set they belong to."""
    flat = spaced(text)
    names = {span.start_char: span.end_char for span in doc.spans["criteria"]}
    said = [
        *_in_prose(flat, names, header.regions.body, header.regions.end),
        *_in_rows(text, outline, authority),
        *_in_place_tables(flat, tables),
    ]
    said = [replace(each, number=each.number.lstrip("0")) if each.number else each for each in _outermost(said)]
    counted = any(table.of(use) for table in tables for use in (Use.COUNT, Use.PLAN))
    chosen = _choose_set(said, flat, header, references, authority) if said or counted else None
    known = {str(each.number): each for each in authority.criteria if chosen and each.set == chosen.id}
    by_name = {name: each for each in known.values() for name in _names(each)[::-1]}
    mentions: defaultdict[tuple[str | None, str | None, str | None], list[Mention]] = defaultdict(list)
    for each in said:
        mentions[_resolve(each, known, by_name, chosen)].append(
            Mention(text[each.start : each.end], each.start, each.end)
        )
    criteria = tuple(
        Criterion(
            id=criterion_id(in_set, _as_number(number), name),
            set=in_set,
            number=_as_number(number),
            name=name,
            mentions=tuple(found),
        )
        for (in_set, number, name), found in _joined(mentions).items()
    )
    mentioned = sorted(((mention.start, each) for each in criteria for mention in each.mentions), key=lambda at: at[0])
    return FoundCriteria(criteria, chosen.id if chosen else None, tuple(mentioned))


def _in_prose(flat: str, names: dict[int, int], start: int, end: int) -> list[_Said]:
    said: list[_Said] = []
    numbered_at: set[int] = set()
    for match in NUMBERED.pattern.finditer(flat, start, end):
        numbered_at.add(match.start())
        group = next(each for each in ("numbers", "list", "bare") if match[each])
        numbers = list(re.compile(_NUMBER).finditer(flat, *match.span(group)))
        if any(not 1 <= int(number.group().split(".")[0]) <= MOST for number in numbers):
            continue
        if len(numbers) > 1:
            starts = [match.start(), *(number.start() for number in numbers[1:])]
            said.extend(
                _Said(number.group(), None, start, number.end()) for number, start in zip(numbers, starts, strict=True)
            )
            continue
        name_end, name = _name_after(flat, match.end(), names)
        said.append(_Said(numbers[0].group(), name, match.start(), name_end))
        if name is not None:
            said.extend(_listed(flat, name_end, names))
    for match in NAMED.pattern.finditer(flat, start, end):
        name_end = names.get(match.end(), 0)
        if match.start() in numbered_at or not name_end or not _AFTER_NAME.match(flat, name_end):
            continue
        said.append(_Said(None, flat[match.end() : name_end], match.start(), name_end))
        said.extend(_listed(flat, name_end, names))
    return said


def _outermost(said: list[_Said]) -> list[_Said]:
    """Return the mentions in text order without those that lie inside another: a list is met again at each member."""
    kept: list[_Said] = []
    reached = -1
    for each in sorted(said, key=lambda each: (each.start, -each.end)):
        if each.end > reached:
            kept.append(each)
            reached = each.end
    return kept


def _name_after(flat: str, at: int, names: dict[int, int]) -> tuple[int, str | None]:
    """Return the name that follows a number, known to a set or as printed, and where it ends."""
    about = _ABOUT.match(flat, at)
    begins = about.end() if about else at
    if begins in names:
        return names[begins], flat[begins : names[begins]]
    printed = _PRINTED.match(flat, at + len(flat[at : at + 2]) - len(flat[at : at + 2].lstrip()))
    if printed is None:
        return at, None
    name = re.split(r"\s{2}|,\s+(?=[a-zđ])", printed["name"])[0].strip(" ,")
    return printed.start("name") + len(name), name


def _listed(flat: str, at: int, names: dict[int, int]) -> list[_Said]:
    """Return the further names of a list: "Giao thông, Thủy lợi và Điện"."""
    said = []
    while (more := _NEXT.match(flat, at)) is not None:
        begins, number = more.end(), more["number"]
        end = names.get(begins)
        if number is not None and end is None:
            said.append(_Said(number, None, more.start("number"), more.end("number")))
            at = more.end("number")
            continue
        if end is None or not _AFTER_NAME.match(flat, end):
            break
        said.append(_Said(number, flat[begins:end], begins, end))
        at = end
    return said


def _in_rows(text: str, outline: Outline, authority: Authority) -> list[_Said]:
    """Return the criteria of tables where at least three rows pair a number with a criterion's name."""
    known = criterion_names(authority)
    said: list[_Said] = []
    for table in tables_of(outline, text):
        paired = [found for row in table if (found := _in_row(row, text, known)) is not None]
        if len(paired) >= 3:
            said.extend(paired)
    return said


def _in_place_tables(flat: str, tables: tuple[PlaceTable, ...]) -> list[_Said]:
    """Return the criteria that head a column of marks, and those that cells list: "2, 10, 17"."""
    said: list[_Said] = []
    for table in tables:
        for column in table.of(Use.MARK):
            if column.cell is not None:
                number = str(column.number) if column.number is not None else None
                said.append(_Said(number, column.name, column.cell.start, column.cell.end))
        for column in (*table.of(Use.MET), *table.of(Use.UNMET)):
            for row in table.rows:
                cell = row.cell(column)
                said.extend(
                    _Said(flat[each.start : each.end], None, each.start, each.end)
                    for each in (listed_numbers(cell, flat) if cell else ())
                    if 1 <= int(flat[each.start : each.end].split(".")[0]) <= MOST
                )
    return said


def _in_row(row: Row, text: str, known: frozenset[str]) -> _Said | None:
    number: str | None = None
    for cell in row.cells[:4]:
        words = cell.within(text)
        alone = _ROW_NUMBER.fullmatch(words)
        named = _ROW_NAME.fullmatch(words) if alone is None else None
        if alone is not None:
            number = number or alone["number"]
        elif named is not None and key(named["name"]) in known:
            found = named["number"] or number
            return (
                _Said(str(int(found)), named["name"], cell.start, cell.end)
                if found and 1 <= int(found) <= MOST
                else None
            )
    return None


def _names(criterion: KnownCriterion) -> tuple[str, ...]:
    return tuple(key(name) for name in (criterion.name, *criterion.aliases))


@lru_cache(maxsize=2)
def _names_by_set(authority: Authority) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the names of each criterion, by set and number."""
    named: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for criterion in authority.criteria:
        named[criterion.set][str(criterion.number)] = _names(criterion)
    return dict(named)


def _choose_set(
    said: list[_Said], flat: str, header: Header, references: tuple[Reference, ...], authority: Authority
) -> CriteriaSet | None:
    """Return the one set that the document can mean; None when there are several or none."""
    named = _names_by_set(authority)
    cited = {reference.number for reference in references if reference.number}
    pairs = {(each.number.split(".")[0], key(each.name)) for each in said if each.number and each.name}
    numbers = {int(each.number.split(".")[0]) for each in said if each.number}
    agreeing = []
    for each in authority.criteria_sets.values():
        criteria = named.get(each.id)
        if not criteria or each.province not in (None, header.province) or (numbers and max(numbers) > len(criteria)):
            continue
        agree = sum(name in criteria.get(number, ()) for number, name in pairs)
        if pairs and agree < 0.8 * len(pairs):
            continue
        agreeing.append(each)
    by_citation = [each for each in agreeing if _cites(cited, each)]
    village = _VILLAGE.search(flat, 0, header.regions.end) is not None
    in_force = [
        each for each in _in_force(agreeing, header) if each.level != "village" or village or each in by_citation
    ]
    for choices in (
        [each for each in by_citation if each in in_force and (each.level == "village") == village],
        [each for each in by_citation if each in in_force],
        [each for each in in_force if each.level == ("village" if village and pairs else "commune")],
        by_citation if pairs else [],
    ):
        if len(choices) == 1:
            return choices[0]
        if choices:
            return None
    return None


def _cites(cited: set[str], criteria_set: CriteriaSet) -> bool:
    return criteria_set.number in cited


def _in_force(sets: list[CriteriaSet], header: Header) -> list[CriteriaSet]:
    """Return the sets in force for the document: of one level and grade the newest that it can know.

    A plan signed in the last days of a year speaks of the years in its title.
    """
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", header.subject or "")]
    signed = header.date.year if header.date else header.year
    last = max([year for year in (*years, signed) if year is not None], default=None)
    if last is None:
        return []
    first = min(
        [year for year in years if signed is None or year >= signed], default=signed if signed is not None else last
    )
    valid = [
        each
        for each in sets
        if each.from_year <= first <= each.to_year
        and (header.date is None or each.date is None or each.date <= header.date)
    ]
    newest: dict[tuple[str, str | None, str | None], CriteriaSet] = {}
    for each in valid:
        place = (each.level, each.grade, each.province if each.level != "village" else each.id)
        other = newest.get(place)
        if other is None or (each.date and other.date and each.date > other.date):
            newest[place] = each
    return list(newest.values())


def _resolve(
    each: _Said, known: dict[str, KnownCriterion], by_name: dict[str, KnownCriterion], chosen: CriteriaSet | None
) -> tuple[str | None, str | None, str | None]:
    """Return set, number and name; what the chosen set does not have keeps its own words and no set."""
    if chosen is not None:
        if each.number is not None:
            main = known.get(each.number.split(".")[0])
            if main is not None:
                return chosen.id, each.number, main.name if "." not in each.number else None
        elif each.name is not None and (found := by_name.get(key(each.name))) is not None:
            return chosen.id, str(found.number), found.name
    return None, each.number, " ".join(each.name.split()) if each.name else None


def _joined(
    mentions: dict[tuple[str | None, str | None, str | None], list[Mention]],
) -> dict[tuple[str | None, str | None, str | None], list[Mention]]:
    """Join mentions of one criterion: by number where there is one, else by name, whatever its spelling."""
    joined: dict[tuple[str | None, str | None, str | None], list[Mention]] = {}
    places: dict[tuple[str | None, str | None], tuple[str | None, str | None, str | None]] = {}
    numbers = {key(name): number for (_, number, name) in mentions if number and name}
    for (in_set, number, name), found in mentions.items():
        number = number or (numbers.get(key(name)) if name else None)
        same = (in_set, number if number else key(name or ""))
        place = places.setdefault(same, (in_set, number, name))
        joined.setdefault(place, []).extend(found)
        if place[2] is None and name is not None:
            better = (in_set, number, name)
            joined[better] = joined.pop(place)
            places[same] = better
    return joined


def _as_number(number: str | None) -> int | str | None:
    return int(number) if number is not None and number.isdigit() else number
