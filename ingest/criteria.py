"""Which criteria a text speaks of, and of which set.

A name counts only where the text speaks of it as a criterion ("Tiêu chí số 1 về Giao thông", "các tiêu chí: Điện,
Y tế", a row of a table of criteria): "giao thông nông thôn" alone is a subject. `criteria_sets` says which set each
mention belongs to; where that is open, the set is None and the id starts with "?".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from spacy.tokens import Doc

from ingest.criteria_sets import CriteriaSets, Named, names_of
from ingest.header import Header
from ingest.language import spaced
from ingest.place_tables import PlaceTable, Use, criterion_names, listed_numbers
from ingest.provisions import Outline
from ingest.tables import Cell, Row
from ntmgraph.authority import Authority, CriteriaSet
from ntmgraph.ids import criterion_id
from ntmgraph.model import Criterion, CriterionKey, Mention, Reference
from ntmgraph.text import CAPITAL, key

MOST = 20  # Hà Tĩnh's communes have one criterion more than the nation's 19
_NUMBER = r"\d{1,2}(?:\.\d{1,2})?"
_AND_NUMBER = rf"\s*(?:,|;|và|đến)\s*(?:TC\s*)?(?:số\s+)?{_NUMBER}(?![\d/%.]*\d|,\d+\s*%|\s*(?:xã|thôn|tiêu chí|%))"
_NUMBERS = rf"{_NUMBER}(?:{_AND_NUMBER})*"
# "các tiêu chí chưa đạt gồm: ...", "nhóm tiêu chí hạ tầng gồm ..."
_SAID_OF_ALL = (
    r"(?:\s+(?:chưa|đã|không|còn|khó|cần)(?:\s+[^\s,.;:()\d]+){0,5}(?:\s*:|\s+(?:gồm|bao gồm|là)(?=\s))"
    r"|(?:\s+[^\s,.;:()\d]+){1,9}?\s+(?:gồm|bao gồm)\s*:?(?=\s))"
)


@dataclass(frozen=True, slots=True)
class CriterionForm:
    """A form of naming criteria: its pattern, the forms that it accepts, one that it must not."""

    pattern: re.Pattern[str]
    accepts: tuple[str, ...]
    rejects: str


# A lookahead for the first letters opens each pattern: at all other places of a text nothing more is asked.
NUMBERED = CriterionForm(
    re.compile(
        rf"(?=[TC])(?:\b(?:tiêu chí(?:\s+thành phần)?|chỉ tiêu|TC(?=\s+số))(?:{_SAID_OF_ALL}\s+|\s+|(?=:\s))"
        rf"(?:(?::\s+)?(?:từ\s+)?(?:thứ|số)\s+(?P<numbers>{_NUMBERS})|"
        rf"[:(]?\s?(?P<list>{_NUMBER}(?:{_AND_NUMBER})+)(?=\s*[,.;)|]|\s+[^\W\d])"
        r"|(?P<bare>\d{1,2}\.\d{1,2}|\d{1,2}(?=\s*(?:[:.)–-]\s|[–-]\s?[^\W\d]|về\s|\()))"
        # of all that is said of them, the numbers stand in brackets: "3 tiêu chí (số 2, số 5)"
        rf")(?![/\d]|,\d|\s*%)|\btiêu chí(?:\s+[^\s.,;:()\d]+){{0,8}}\s+\((?:từ\s+)?(?:tiêu chí\s+)?"
        rf"số\s+(?P<aside>{_NUMBERS})(?=\s*\)))",
        re.IGNORECASE,
    ),
    (
        "Tiêu chí số 1 về Giao thông",
        "tiêu chí số 2, 5 và 17",
        "tiêu chí số 2,3,5",
        "02 tiêu chí: số 10 và số 17",
        "tiêu chí thành phần 18.4",
        "các tiêu chí 2, 3 và 17 theo",
        "các tiêu chí: 2, 3, 17",
        "các tiêu chí (2, 3, 17)",
        "các tiêu chí chưa đạt: 2, 10, 17",
        "03 tiêu chí (số 2, số 10)",
        "các tiêu chí từ số 2 đến số 9",
        "nhóm tiêu chí hạ tầng (từ số 2 đến số 9)",
        "tiêu chí 2-Giao thông",
        "chỉ tiêu 17.8",
        "Tiêu chí 3: Thủy lợi",
    ),
    "tiêu chí 19 xã",
)
CODED = CriterionForm(
    re.compile(
        rf"\bTC\s?(?P<numbers>{_NUMBERS})(?![/\d]|,\d|\s*%)|\bnội dung\s+(?P<content>\d{{1,2}}\.\d{{1,2}})(?!\.?\d)"
    ),
    ("TC17", "TC 2, 5 và 17", "nội dung 17.8"),
    "đạt 17 TC",
)
NAMED = CriterionForm(
    re.compile(rf"(?=T)\btiêu chí(?:{_SAID_OF_ALL}|\s+(?:về|là|gồm|như))?\s*:?\s*[“\"(]?(?=\S)", re.IGNORECASE),
    ("tiêu chí về Giao thông", "các tiêu chí: Điện", "tiêu chí thu nhập", "nhóm tiêu chí hạ tầng gồm: Giao thông"),
    "chỉ tiêu về thu nhập",
)
FORMS = (NUMBERED, CODED, NAMED)

_ABOUT = re.compile(r"\s*(?:về|:|[-–]|\(|,)?\s*(?:tiêu chí\s+)?[“\"]?")
_PRINTED = re.compile(rf"(?:về|:|[-–])\s*[“\"]?(?P<name>[{CAPITAL}][^:;.()“”\"|\d]{{1,90}})")
_NEXT = re.compile(r"[”\")]?\s*(?:,|;|và|,\s*và)\s+(?:tiêu chí\s+)?(?:số\s+(?P<number>\d{1,2})\s*)?(?:về\s+)?[“\"(]?")
_AFTER_NAME = re.compile(
    r"[”\")]?\s*(?:[,;.:)(|]|$|\s{2}|và\b|chưa|đã|đạt|được|là|cần|phải|năm|ở|tại|của|trong|theo|cho|do|còn|có|"
    r"không|để|thuộc|tiếp|bằng|\d)"
)
_CRITERIA_BEFORE = re.compile(r"tiêu chí|chỉ tiêu", re.IGNORECASE)
_ROW_NUMBER = re.compile(r"(?:Tiêu chí\s+(?:số\s+)?)?(?P<number>\d{1,2})\.?", re.IGNORECASE)
_ROW_NUMBERS = re.compile(r"\d{1,2}(?:\s*(?:,|;|và)\s*\d{1,2})+")
_DIGITS = re.compile(r"\d+")
_ROW_NAME = re.compile(
    r"(?:Tiêu chí\s+)?(?:(?:số\s+)?(?P<number>\d{1,2})\s*[.:)–-]?\s+)?(?:về\s+)?(?P<name>.+)", re.IGNORECASE
)


_Key = tuple[str | None, str | None, str | None]  # set, number, name


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
    of_tables: Mapping[int, str | None]  # the set that the counts of a table of places are of, by its first row's start

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
    counted = any(table.of(use) for table in tables for use in (Use.COUNT, Use.PLAN, Use.MARK, Use.VERDICT))
    sets = CriteriaSets(flat, outline, header, references, authority)
    default, chosen = sets.choose((Named(each.number, each.name, each.start) for each in said), counted=counted)
    known = _known(authority)
    mentions: defaultdict[_Key, list[Mention]] = defaultdict(list)
    for each in said:
        mentions[known.resolve(each, chosen.get(each.start))].append(
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
    of_tables = {
        table.rows[0].row.provision.start: sets.of_table(table.caption, villages=table.of_villages, default=default)
        for table in tables
    }
    return FoundCriteria(
        criteria,
        default.id if default else None,
        tuple(mentioned),
        {start: each.id if each else None for start, each in of_tables.items()},
    )


def _in_prose(flat: str, names: dict[int, int], start: int, end: int) -> list[_Said]:
    said: list[_Said] = []
    numbered_at: set[int] = set()
    for match in (*NUMBERED.pattern.finditer(flat, start, end), *CODED.pattern.finditer(flat, start, end)):
        group = next(name for name, words in match.groupdict().items() if words)
        numbered_at.add(match.start())
        numbers = list(re.compile(_NUMBER).finditer(flat, *match.span(group)))
        if group == "content" and not _CRITERIA_BEFORE.search(flat, max(start, match.start() - 120), match.start()):
            continue  # a part of a plan
        if any(not 1 <= int(number.group().split(".")[0]) <= MOST for number in numbers):
            continue
        if len(numbers) > 1:
            starts = [match.start(), *(number.start() for number in numbers[1:])]
            said.extend(_numbered(flat, starts, numbers))
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


def _numbered(flat: str, starts: list[int], numbers: list[re.Match[str]]) -> Iterator[_Said]:
    """Yield the criteria of a list of numbers; those of a range ("số 2 đến số 9") stand where its last does."""
    last: int | None = None
    for start, number in zip(starts, numbers, strict=True):
        words = number.group()
        here = int(words) if words.isdigit() else None
        if last is not None and here is not None and "đến" in flat[starts[0] : start].rsplit(str(last), 1)[-1]:
            for between in range(last + 1, here):
                yield _Said(str(between), None, start, number.end())
        yield _Said(words, None, start, number.end())
        last = here


def _outermost(said: list[_Said]) -> list[_Said]:
    """Return the mentions in text order without those that lie inside another: a list is met again at each member."""
    kept: list[_Said] = []
    reached, span = -1, (-1, -1)
    for each in dict.fromkeys(sorted(said, key=lambda each: (each.start, -each.end))):
        if each.end > reached or ((each.start, each.end) == span and each.name is None):
            kept.append(each)
            reached, span = each.end, (each.start, each.end)
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
    for table in outline.tables:
        paired = [found for row in table if (found := _in_row(row, text, known))]
        if len(paired) >= 3:
            said.extend(chain.from_iterable(paired))
    return said


def _in_place_tables(flat: str, tables: tuple[PlaceTable, ...]) -> list[_Said]:
    """Return the criteria that head a column of marks, and those that cells list: "2, 10, 17"."""
    said: list[_Said] = []
    for table in tables:
        for column in table.of(Use.MARK):
            if column.cell is not None:
                number = str(column.number) if column.number is not None else None
                said.append(_Said(number, column.name, column.cell.start, column.cell.end))
        for column in table.of(Use.CRITERION):
            cells = (cell for row in table.rows if (cell := row.cell(column)) is not None)
            said.extend(_of_cell(flat, cell) for cell in cells)
        for column in (*table.of(Use.MET), *table.of(Use.UNMET)):
            for row in table.rows:
                cell = row.cell(column)
                said.extend(
                    _Said(flat[each.start : each.end], None, each.start, each.end)
                    for each in (listed_numbers(cell, flat) if cell else ())
                    if 1 <= int(flat[each.start : each.end].split(".")[0]) <= MOST
                )
    return said


def _of_cell(flat: str, cell: Cell) -> _Said:
    """Return the criterion that a cell names by number, code or name: "17", "TC 17.8", "Giao thông"."""
    words = cell.within(flat)
    number = re.match(r"(?:tiêu chí|chỉ tiêu|TC)?[ .]*(?:số )?(\d{1,2}(?:\.\d{1,2})?)\b", words, re.IGNORECASE)
    return _Said(number.group(1) if number else None, None if number else words, cell.start, cell.end)


def _in_row(row: Row, text: str, known: frozenset[str]) -> tuple[_Said, ...]:
    """Return the criterion of a row that pairs its number with its name, or all of "5, 14 | Trường học; Giáo dục"."""
    number: str | None = None
    several: list[re.Match[str]] = []
    for cell in row.cells[:4]:
        words = cell.within(text)
        alone = _ROW_NUMBER.fullmatch(words)
        named = _ROW_NAME.fullmatch(words) if alone is None else None
        if alone is not None:
            number = number or alone["number"]
        elif _ROW_NUMBERS.fullmatch(words):
            several = list(_DIGITS.finditer(text, cell.start, cell.end))
        elif named is not None and key(named["name"]) in known:
            found = named["number"] or number
            if not found or not 1 <= int(found) <= MOST:
                return ()
            return (_Said(str(int(found)), named["name"], cell.start, cell.end),)
        elif several and len(names := words.split(";")) == len(several) and all(key(name) in known for name in names):
            return tuple(
                _Said(str(int(each.group())), name.strip(), each.start(), each.end())
                for each, name in zip(several, names, strict=True)
            )
    return ()


class _Known:
    """The criteria of each set, by number and by name."""

    def __init__(self, authority: Authority) -> None:
        self.by_number = {(each.set, str(each.number)): each for each in authority.criteria}
        self.by_name = {(each.set, name): each for each in authority.criteria for name in names_of(each)[::-1]}

    def resolve(self, each: _Said, in_set: CriteriaSet | None) -> _Key:
        """Return set, number and name; what the set does not have keeps its own words and no set."""
        printed = " ".join(each.name.split()) if each.name else None
        if in_set is None:
            return None, each.number, printed
        if each.number is not None:
            main = each.number.split(".")[0]
            known = self.by_number.get((in_set.id, main))
            if known is not None:
                return in_set.id, each.number, known.name if main == each.number else None
            if (in_set.id, "1") not in self.by_number and int(main) <= (in_set.criteria or 0):
                return in_set.id, each.number, printed  # a set whose names are not known
        elif each.name is not None and (named := self.by_name.get((in_set.id, key(each.name)))) is not None:
            return in_set.id, str(named.number), named.name
        return None, each.number, printed


@lru_cache(maxsize=2)
def _known(authority: Authority) -> _Known:
    """Return the criteria of a catalogue, whose tables cost more than the mentions of a document do."""
    return _Known(authority)


def _joined(
    mentions: Mapping[_Key, list[Mention]],
) -> dict[_Key, list[Mention]]:
    """Join mentions of one criterion: by number where there is one, else by name, whatever its spelling."""
    joined: dict[_Key, list[Mention]] = {}
    places: dict[tuple[str | None, str | None], _Key] = {}
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
