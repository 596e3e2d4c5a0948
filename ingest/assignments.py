"""Who leads which criterion, and who helps which commune: from the tables and sentences of assignment decisions.

A table is read by its column headings (`data/columns.csv`); a sentence by the words that give a charge ("chủ trì,
phụ trách tiêu chí", "giúp đỡ xã"). Short forms ("Sở Xây dựng: tiêu chí số 1") count only where the heading or the
title speaks of an assignment.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from ingest.agencies import AgencyMention
from ingest.agency_grammar import UPPER
from ingest.duties import Wording, duty_at
from ingest.phrases import first_word, words_of
from ingest.provisions import Outline
from ingest.tables import Cell
from ntmgraph.authority import Authority
from ntmgraph.model import (
    Actor,
    Assignment,
    Criterion,
    CriterionKey,
    Document,
    Help,
    Place,
    PlaceRef,
    Provision,
    Task,
)
from ntmgraph.text import aligned, key

CHARGE = Wording(
    "charge",
    re.compile(
        r" ?(?:là (?:cơ quan|đơn vị) )?(?:có trách nhiệm )?"
        r"(?P<verb>đồng chủ trì|chủ trì|phụ trách|chịu trách nhiệm|làm đầu mối|đầu mối)"
        r"(?:,? (?:chủ trì|phụ trách|phối hợp(?= thực hiện)|theo dõi|hướng dẫn|chỉ đạo|đôn đốc|kiểm tra|triển khai|"
        r"thực hiện|tham mưu|về|các xã|các|nhóm|nội dung|hoàn thành|việc))*(?= tiêu chí)"
    ),
    (
        " chủ trì tiêu chí",
        " chủ trì, phụ trách tiêu chí",
        " là cơ quan chủ trì thực hiện các tiêu chí",
        " phụ trách tiêu chí",
    ),
    (" chủ trì cân đối vốn cho tiêu chí", " tham gia tiêu chí"),
)
TOGETHER = Wording(
    "together",
    re.compile(r",? ?(?:đồng )?chủ trì,? phối hợp(?: chặt chẽ)? (?:với |cùng )?"),
    (" chủ trì, phối hợp với ", " chủ trì phối hợp cùng "),
    (" phối hợp với ",),
)
DOING = Wording(  # between the supporters and the criterion that the leader leads
    "doing",
    re.compile(
        r"(?! hướng dẫn tiêu chí)"
        r"(?:,? (?:và |các xã |các |nội dung )*(?:hướng dẫn|thực hiện|triển khai|chỉ đạo|phụ trách|theo dõi|"
        r"đôn đốc|thẩm định|đánh giá|tham mưu|kiểm tra)(?: các xã| các| nội dung)*)+(?= tiêu chí)"
    ),
    (" hướng dẫn, thực hiện tiêu chí", " theo dõi các xã thực hiện tiêu chí"),
    (" cân đối vốn cho tiêu chí", " tiêu chí", " hướng dẫn tiêu chí"),
)
JOINED = Wording(
    "joined",
    re.compile(
        r"(?:phối hợp với|phối hợp cùng|phối hợp|với sự phối hợp của|(?:cơ quan |đơn vị )?phối hợp(?: thực hiện)?:?) "
        r"(?:các )?$"
    ),
    ("phối hợp với ", "với sự phối hợp của ", "cơ quan phối hợp: "),
    ("so với ",),
)
_HELP_VERB = r"(?:phụ trách|giúp đỡ|đỡ đầu|theo dõi|chỉ đạo|hỗ trợ)"
HELPING = Wording(
    "helping",
    re.compile(
        rf"(?<!\w){_HELP_VERB}(?:(?:, | và ){_HELP_VERB})*"
        r"(?: các)?(?: đối với)?(?= (?:xã|phường|thị trấn) )"
    ),
    ("phụ trách xã A", "giúp đỡ, đỡ đầu xã B", "theo dõi, giúp đỡ các xã C"),
    ("giúp đỡ các xã", "xã phụ trách"),
)
ASSIGNING = Wording(  # headings and titles below which short forms count
    "assigning",
    re.compile(r"phân công|phụ trách (?:các )?tiêu chí|giúp đỡ|đỡ đầu|chủ trì (?:các )?tiêu chí"),
    ("về việc phân công phụ trách tiêu chí", "danh sách giúp đỡ xã"),
    ("mục tiêu cụ thể", "kết quả thực hiện tiêu chí"),
)
WORDINGS = (CHARGE, TOGETHER, DOING, JOINED, HELPING, ASSIGNING)

_HELPS = re.compile(r"phụ trách|giúp đỡ|đỡ đầu")  # "chỉ đạo xã A" alone is a superior's order
_NO_SUPERIORS = frozenset({"department", "front", "board", "force", "other", "office", "company", "media", "court"})
_THEN_CRITERIA = re.compile(r":\s*(?:phụ trách |chủ trì )?(?:các |\d+ )?tiêu chí")
_THEN_BODY = re.compile(r"^:\s*(?:giao |do )?$")
_SAID = re.compile(
    r" (?:làm |là )?(?:cơ quan |đơn vị )?(?:đồng )?(?:chủ trì|phụ trách|làm đầu mối|chịu trách nhiệm)(?!\w)"
)
_ANOTHER_PART = re.compile(r"(?:[,;]| và) (?:đồng thời )?(?=phối hợp(?!(?: thực hiện)?:)(?!\w)|chủ trì(?!\w))")
_CARRIES_OUT = re.compile(
    r"[^.;]{0,60}(?:thực hiện|triển khai)(?: các)?(?: (?:tiêu chí|nội dung|nhiệm vụ)(?: này| trên)?)?[.;/ ]*$"
)
_PERIOD = re.compile(r"(?P<from>20\d\d)\s?[-–]\s?(?P<to>20\d\d)")
_YEAR = re.compile(r"năm (?P<year>20\d\d)(?!\s?[-–/])")
_NAME = rf"[{UPPER}][^\W\d_]+(?: [{UPPER}][^\W\d_]+){{1,4}}"
_PERSON = re.compile(rf"(?:(?P<title>[Đđ]ồng chí|[Đđ]/c|[ÔôBb]ng|[Bb]à)\.?:? )?(?P<name>{_NAME})(?= ?[-–,;:(|]|$)")
_FIRST_OF_BODIES = words_of("sở ban ủy hội văn công tỉnh huyện ngân bộ liên đoàn trường chi cục kho bảo xã đảng")
_COMMUNE = re.compile(rf"(?:[Xx]ã |[Pp]hường |[Tt]hị trấn )?[{UPPER}][\w'’-]*(?: [{UPPER}\d][\w'’-]*){{0,3}}")
# The supporters may follow in a clause or sentence of their own: "...; cơ quan phối hợp: Sở Công Thương".
_SENTENCE_END = re.compile(r"[.;](?=\s)(?!\s+(?:(?:cơ quan|đơn vị|sở, ngành) phối hợp|phối hợp)\b)", re.IGNORECASE)
# A list of communes may go on behind a semicolon: "giúp đỡ xã A, huyện B; xã C".
_HELP_END = re.compile(r"\.(?=\s)|;(?=\s)(?!\s+(?:các )?(?:xã|phường|thị trấn)\s)", re.IGNORECASE)
_NUMBERS = re.compile(r"(?:tiêu chí )?(?:số )?\d{1,2}(?:(?: ?[,;+&] ?| và )(?:số )?\d{1,2})+", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,2}")
_ROW_NUMBER = re.compile(r"(?:tiêu chí )?(?:số )?(?P<number>\d{1,2})(?P<part>\.\d{1,2})?(?:\.\d{1,2})*\.?$")


@dataclass(slots=True)
class _Charge:
    """What is known of one criterion while rows and sentences add to it."""

    start: int
    end: int
    rule: str
    lead: list[Actor] = field(default_factory=list)
    coordinate: list[Actor] = field(default_factory=list)


def find_assignments(
    document: Document,
    outline: Outline,
    mentions: tuple[AgencyMention, ...],
    criteria: tuple[Criterion, ...],
    *,
    authority: Authority,
    criteria_set: str | None,
) -> tuple[Assignment, ...]:
    """Return one assignment a criterion and place of assignment, in text order; `criteria_set` keys bare numbers."""
    reader = _Reader(document, outline, mentions)
    known = _KnownCriteria(criteria, authority, criteria_set or _set_of_period(reader, authority))
    charges: dict[CriterionKey, _Charge] = {}
    for key_, charge in (*_charges_of_rows(reader, known), *_charges_of_sentences(reader, known)):
        if not (charge.lead or charge.coordinate):
            continue
        have = charges.setdefault(key_, charge)
        if have is not charge:
            if charge.lead and not have.lead:  # who leads is what the words must show
                have.start, have.end, have.rule = charge.start, charge.end, charge.rule
            have.lead += [actor for actor in charge.lead if actor.id not in {one.id for one in have.lead}]
            have.coordinate += [
                actor for actor in charge.coordinate if actor.id not in {one.id for one in have.coordinate}
            ]
    found = []
    for key_, charge in charges.items():
        begin, end = reader.period(charge.start)
        found.append(
            Assignment(
                criterion=key_,
                lead=tuple(charge.lead),
                coordinate=tuple(one for one in charge.coordinate if one not in charge.lead),
                from_=begin,
                to=end,
                evidence=outline.evidence(charge.start, charge.end, charge.rule),
            )
        )
    return tuple(found)


def find_helps(
    document: Document,
    outline: Outline,
    mentions: tuple[AgencyMention, ...],
    places: tuple[Place, ...],
    *,
    authority: Authority,
) -> tuple[Help, ...]:
    """Return a help for each pair of agency and commune; a commune that a cell names without its kind ("Nam Tuấn") is
    linked where the province, or the district in the next cell, has exactly one of the name."""
    reader = _Reader(document, outline, mentions)
    communes = _Communes(places, mentions, authority, document)
    found: dict[tuple[str | None, str, str], Help] = {}
    for one in (*_helps_of_rows(reader, communes), *_helps_of_sentences(reader, communes)):
        found.setdefault((one.agency.id, one.agency.name, key(one.place.name)), one)
    return tuple(found.values())


def used_agencies(tasks: Iterable[Task], assignments: Iterable[Assignment], helps: Iterable[Help]) -> frozenset[str]:
    """Return the ids of all bodies that the facts name."""
    actors: list[Actor] = []
    for task in tasks:
        actors += [*task.who, *task.with_, *task.advise, *task.supervise, *task.reports_to, *task.via]
    for assignment in assignments:
        actors += [*assignment.lead, *assignment.coordinate]
    actors += [one.agency for one in helps]
    return frozenset(actor.id for actor in actors if actor.id)


class _Reader:
    """One document's text with its bodies in reach."""

    def __init__(self, document: Document, outline: Outline, mentions: tuple[AgencyMention, ...]) -> None:
        self.document = document
        self.outline = outline
        self.text = document.text
        self.low = aligned(document.text)
        self.mentions = mentions
        self.starts = [mention.start for mention in mentions]
        self.subject = key(document.subject or "")

    def bodies(self, start: int, end: int) -> list[AgencyMention]:
        """Return the bodies named between two offsets, places that may act left out."""
        within = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [mention for mention in within if not _is_place(mention)]

    def assigns(self, provision: Provision) -> bool:
        """Return whether the headings above, or the title, speak of an assignment."""
        headings = [above.heading for above in self.outline.above(provision) if above.heading]
        opening = [self.text[above.start : above.start + 300] for above in self.outline.above(provision)[1:]]
        return any(ASSIGNING.pattern.search(key(words)) for words in (*headings, *opening, self.subject))

    def period(self, at: int) -> tuple[date | None, date | None]:
        """Return the period that the provision, else the title, gives: "giai đoạn 2021-2025"."""
        chain = self.outline.above(self.outline.at(at))
        texts = [
            self.text[above.start : min(above.end, above.start + 400)] for above in chain[:1] if above.kind != "row"
        ]
        texts += [self.text[above.start : above.start + 300] for above in chain[1:]]
        for words in (*texts, self.document.subject or ""):
            if match := _PERIOD.search(words):
                return date(int(match["from"]), 1, 1), date(int(match["to"]), 12, 31)
        if match := _YEAR.search(self.subject):
            return date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31)
        return None, None


def _set_of_period(reader: _Reader, authority: Authority) -> str | None:
    """Return the country's basic set for communes of the period in the title, where there is exactly one."""
    _, end = reader.period(reader.outline.provisions[0].start) if reader.outline.provisions else (None, None)
    sets = [
        one.id
        for one in authority.criteria_sets.values()
        if end and one.to_year == end.year and one.level == "commune" and one.grade is None and one.province is None
    ]
    return sets[0] if len(sets) == 1 and "nâng cao" not in reader.subject and "kiểu mẫu" not in reader.subject else None


class _KnownCriteria:
    """Criteria by where the text names them, and by number in the document's set."""

    def __init__(self, criteria: tuple[Criterion, ...], authority: Authority, criteria_set: str | None) -> None:
        self.at = sorted(
            ((mention.start, CriterionKey(one.set, one.number)) for one in criteria for mention in one.mentions),
            key=lambda each: each[0],  # those of a range stand at one place
        )
        self.starts = [start for start, _ in self.at]
        self.set = criteria_set
        rows = [one for one in authority.criteria if one.set == criteria_set]
        self.numbers = {one.number for one in rows}
        self.names = {key(name): one.number for one in rows for name in (one.name, *one.aliases)}

    def between(self, start: int, end: int) -> list[CriterionKey]:
        found = self.at[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return list(dict.fromkeys(one for _, one in found if one.number is not None))

    def listed(self, words: str) -> list[CriterionKey]:
        """Return the criteria of a cell that lists their numbers: "5, 14"."""
        if not _NUMBERS.fullmatch(words):
            return []
        return [
            CriterionKey(self.set if int(one) in self.numbers else None, int(one)) for one in _NUMBER.findall(words)
        ]

    def of_row(self, number: str, name: str) -> CriterionKey | None:
        """Return the criterion of a row's number and name, where they do not contradict each other."""
        by_name = self.names.get(key(re.sub(r"^(?:tiêu chí )?(?:số )?\d*[.: ]*(?:về )?", "", key(name))))
        if by_name is not None:
            return CriterionKey(self.set, by_name)
        printed = (
            _ROW_NUMBER.match(key(name))
            or re.match(r"(?:chỉ )?tiêu(?: chí)? (?:số )?(?P<number>\d{1,2})(?P<part>\.\d{1,2})?", key(name))
            or _ROW_NUMBER.match(key(number))
        )
        if printed is None or not name.strip():
            return None
        count = int(printed["number"])
        whole = f"{count}{printed['part']}" if printed["part"] else count
        return CriterionKey(self.set if count in self.numbers else None, whole)


class _Communes:
    """Communes by where the text names them."""

    def __init__(
        self, places: tuple[Place, ...], mentions: tuple[AgencyMention, ...], authority: Authority, document: Document
    ) -> None:
        self.authority = authority
        self.province = document.province
        self.day = document.date
        self.at: list[tuple[int, int, PlaceRef]] = sorted(
            (
                (mention.start, mention.end, PlaceRef(place.name, place.id))
                for place in places
                if place.level == "commune"
                for mention in place.mentions
            ),
            key=lambda one: one[:2],
        )
        known = [start for start, _, _ in self.at]
        for mention in mentions:
            if _is_place(mention) and mention.level == "commune" and mention.kind != "group":
                place = bisect_left(known, mention.start)
                if not (place < len(known) and known[place] < mention.end):
                    name = re.split(r",", " ".join(mention.quote.split()))[0]
                    self.at.append((mention.start, mention.end, PlaceRef(name, None)))
        self.at.sort(key=lambda one: one[:2])
        self.starts = [start for start, _, _ in self.at]

    def between(self, start: int, end: int) -> list[PlaceRef]:
        found = self.at[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return list({key(ref.name): ref for _, _, ref in found}.values())

    def named(self, name: str, district: str | None) -> PlaceRef:
        """Return the commune of a bare name; without an id where several have it."""
        bare = re.sub(r"^(?:xã|phường|thị trấn) ", "", key(name))
        found = [
            unit
            for unit in self.authority.units_by_name.get(bare, ())
            if unit.level == "commune"
            and self.province
            and key(self.authority.province_of(unit).name) == key(self.province)
            and (self.day is None or (unit.valid_from or self.day) <= self.day <= (unit.valid_to or self.day))
        ]
        if district and len(found) > 1:
            upper = re.sub(r"^(?:huyện|thị xã|thành phố) ", "", key(district))
            found = [unit for unit in found if unit.parent and key(self.authority.units[unit.parent].name) == upper]
        return PlaceRef(found[0].full_name, found[0].id) if len(found) == 1 else PlaceRef(name, None)


def _is_place(mention: AgencyMention) -> bool:
    return (
        mention.vague
        and mention.level in ("commune", "district")
        and not mention.name.startswith(("UBND", "Các phòng"))
    )


def _actor(mention: AgencyMention) -> Actor:
    return Actor(mention.name, mention.id, mention.quote)


# --- tables


def _charges_of_rows(reader: _Reader, known: _KnownCriteria) -> Iterator[tuple[CriterionKey, _Charge]]:
    for table in reader.outline.named_tables:
        if not {"criterion", "lead"} <= table.columns.keys():
            continue
        last: CriterionKey | None = None
        for row in table.rows:
            number, name = table.cell(row, "number"), table.cell(row, "criterion")
            keyed = None
            several = [key_ for cell in (name, number) if cell for key_ in known.listed(cell.within(reader.text))]
            if name is not None and not several:
                named = known.between(name.start, name.end)
                said = number.within(reader.text) if number else ""
                keyed = named[0] if len(named) == 1 else known.of_row(said, name.within(reader.text))
            keyed = keyed or (last if not several and (not number or "." in number.within(reader.text)) else None)
            last = keyed
            if keyed is None and not several:
                continue
            charge = _Charge(row.provision.start, row.provision.end, "assignment.row")
            if cell := table.cell(row, "lead"):
                charge.lead, charge.coordinate = _lead_cell(reader, cell)
            if cell := table.cell(row, "coordinate"):
                charge.coordinate += [_actor(mention) for mention in reader.bodies(cell.start, cell.end)]
            for each in several or ([keyed] if keyed else []):
                yield each, replace(charge, lead=list(charge.lead), coordinate=list(charge.coordinate))


def _lead_cell(reader: _Reader, cell: Cell) -> tuple[list[Actor], list[Actor]]:
    """Return those who lead and those who support of one cell: "Sở Y tế chủ trì, phối hợp với Sở Tài chính"."""
    lead: list[Actor] = []
    support: list[Actor] = []
    joined = False
    for mention in reader.bodies(cell.start, cell.end):
        joined = joined or JOINED.pattern.search(reader.low, cell.start, mention.lead) is not None
        (support if joined else lead).append(_actor(mention))
    return lead, support


def _helps_of_rows(reader: _Reader, communes: _Communes) -> Iterator[Help]:
    for table in reader.outline.named_tables:
        holders = [column for column in ("agency", "person", "lead") if column in table.columns]
        if "place" not in table.columns or not holders:
            continue
        agencies: list[Actor] = []
        person: str | None = None
        for row in table.rows:
            cells = [cell for column in holders if (cell := table.cell(row, column))]
            named = [reader.bodies(cell.start, cell.end) for cell in cells]
            bodies = next(filter(None, named), [])  # the cell of the agency, before that of the person
            if cells:
                agencies = [_actor(one) for one in bodies]
                person = next((name for cell in cells if (name := _person(cell.within(reader.text)))), None)
            cell = table.cell(row, "place")
            if not agencies or cell is None:
                continue
            upper = table.cell(row, "district")
            district = upper.within(reader.text) if upper else None
            evidence = reader.outline.evidence(row.provision.start, row.provision.end, "help.row")
            for place in _places_of_cell(cell, reader, communes, district):
                yield from (Help(agency, person, place, evidence) for agency in agencies)


def _places_of_cell(cell: Cell, reader: _Reader, communes: _Communes, district: str | None) -> list[PlaceRef]:
    if found := communes.between(cell.start, cell.end):
        return found
    pieces = re.split(r"[,;/]| và ", cell.within(reader.text).split("(")[0])
    return [communes.named(match.group(), district) for piece in pieces if (match := _COMMUNE.match(piece.strip()))]


def _person(text: str) -> str | None:
    """Return the name that a cell opens with; "Sở Tài chính" is no name."""
    match = _PERSON.match(" ".join(text.split()))
    if match is None or (not match["title"] and first_word(key(match["name"])) in _FIRST_OF_BODIES):
        return None
    return match["name"]


# --- sentences


def _sentences(reader: _Reader, ends: re.Pattern[str] = _SENTENCE_END) -> Iterator[tuple[Provision, int, int]]:
    for provision in reader.outline.provisions:
        if provision.kind in ("header", "closing", "row"):
            continue
        start, end = reader.outline.own(provision)
        at = start
        for stop in ends.finditer(reader.text, start, end):
            yield provision, at, stop.end()
            at = stop.end() + 1
        if at < end:
            yield provision, at, end


def _charges_of_sentences(reader: _Reader, known: _KnownCriteria) -> Iterator[tuple[CriterionKey, _Charge]]:
    for provision, start, end in _sentences(reader):
        if not known.between(start, end):
            continue
        bodies = reader.bodies(start, end)
        yield from _charged(reader, known, provision, bodies, start, end)
        yield from _listed(reader, known, provision, bodies, start, end)
        yield from _passive(reader, known, bodies, start, end)
        yield from _headed(reader, known, provision, start, end)


def _charged(
    reader: _Reader, known: _KnownCriteria, provision: Provision, bodies: Sequence[AgencyMention], start: int, end: int
) -> Iterator[tuple[CriterionKey, _Charge]]:
    """Read "Sở Y tế chủ trì tiêu chí số 15 về Y tế, phối hợp với Bảo hiểm xã hội tỉnh"."""
    for mention in bodies:
        if together := TOGETHER.match(reader.low, mention.end, end):
            row = _row_from(reader, bodies, together.end())
            if row and (doing := DOING.match(reader.low, row[-1].end, end)):
                lead = [_actor(one) for one in bodies if one.start <= mention.start and _in_row(reader, one, mention)]
                for keyed in known.between(doing.end(), end):
                    yield keyed, _Charge(start, end, "assignment.charge", list(lead), [_actor(one) for one in row])
                return
        charge = re.compile(r"(?: \([^)]*\))?:?").match(reader.low, mention.end, end)
        verb = CHARGE.match(reader.low, charge.end() if charge else mention.end, end)
        if verb is None:
            continue
        following = [
            other.start for other in bodies if other.start > verb.end() and CHARGE.match(reader.low, other.end, end)
        ]
        stop = following[0] if following else end
        lead = [_actor(one) for one in bodies if one.start <= mention.start and _in_row(reader, one, mention)]
        support = [
            _actor(one)
            for one in bodies
            if mention.start < one.start < stop and _joins(reader, one, bodies, verb.start())
        ]
        charged = _Charge(start, end, "assignment.charge", lead, support)
        yield from _split(reader, known, provision, charged, _clauses(reader, verb.end(), stop), bodies)


def _clauses(reader: _Reader, start: int, end: int) -> list[tuple[int, int]]:
    """Cut what is charged where another part begins: "..., phối hợp thực hiện tiêu chí số 4; chủ trì tiêu chí số 9"."""
    cuts = [start, *(cut.end() for cut in _ANOTHER_PART.finditer(reader.low, start, end)), end]
    return list(pairwise(cuts))


def _split(
    reader: _Reader,
    known: _KnownCriteria,
    provision: Provision,
    charge: _Charge,
    clauses: Sequence[tuple[int, int]],
    bodies: Sequence[AgencyMention],
) -> Iterator[tuple[CriterionKey, _Charge]]:
    """Yield the criteria of a charge: those behind "phối hợp" are not led, and who is named there has no part in the
    others; neither has who is named in a clause about another work."""
    led: list[CriterionKey] = []
    joined: list[CriterionKey] = []
    support = list(charge.coordinate)
    for start, end in clauses:
        keys = known.between(start, end)
        joins = reader.low.startswith("phối hợp", start)
        if joins and keys:
            # "phối hợp với Sở A thực hiện tiêu chí số 4" is a task, which tells with whom
            joined += [] if reader.low.startswith(("phối hợp với", "phối hợp cùng"), start) else keys
        else:
            led += keys
        if joins and (keys or _another_work(reader, start, end)):
            elsewhere = {one.id for one in bodies if start <= one.start < end}
            support = [actor for actor in support if actor.id not in elsewhere]
    for keyed in led:
        yield keyed, replace(charge, lead=list(charge.lead), coordinate=list(support))
    for keyed in joined if reader.assigns(provision) else ():
        yield keyed, replace(charge, lead=[], coordinate=list(charge.lead))


def _another_work(reader: _Reader, start: int, end: int) -> bool:
    """True for "...; phối hợp với Sở A rà soát hộ nghèo": a clause of its own that says what is done together."""
    named = reader.bodies(start, end)
    if not reader.low.endswith("; ", 0, start) or not named or _CARRIES_OUT.match(reader.low, named[-1].end, end):
        return False
    words = re.compile(r"\w+").finditer(reader.low, named[-1].end, end)
    return any(duty_at(reader.low, word.start(), word.group()) for word in words)


def _row_from(reader: _Reader, bodies: Sequence[AgencyMention], start: int) -> list[AgencyMention]:
    """Return the names that stand in a row from `start`."""
    row = [one for one in bodies if one.lead == start]
    if row:
        row += [one for one in bodies if one.start > row[0].start and _in_row(reader, row[0], one)]
    return row


def _in_row(reader: _Reader, one: AgencyMention, last: AgencyMention) -> bool:
    """True when only commas and "và" stand between two names: "Sở A, Sở B chủ trì"."""
    between = reader.text[one.end : last.start] if one.end <= last.start else ""
    for other in reader.bodies(one.end, last.start):
        between = between.replace(other.quote, "")
    return not between.replace("và", "").strip(" ,\n")


def _joins(reader: _Reader, one: AgencyMention, bodies: Sequence[AgencyMention], since: int) -> bool:
    """True when "phối hợp với" stands before the name or before the row of names that it goes on."""
    first = one
    for other in reversed([body for body in bodies if body.start < one.start]):
        if not _in_row(reader, other, first):
            break
        first = other
    return JOINED.pattern.search(reader.low, since, first.lead) is not None


def _listed(
    reader: _Reader, known: _KnownCriteria, provision: Provision, bodies: Sequence[AgencyMention], start: int, end: int
) -> Iterator[tuple[CriterionKey, _Charge]]:
    """Read the short forms of an assignment: "Sở Xây dựng: Tiêu chí số 1", "Tiêu chí số 15 về Y tế: Sở Y tế"."""
    colon = reader.low.find(":", start, end)
    if colon < 0 or not bodies:
        return
    before = known.between(start, colon)
    ahead = [mention for mention in bodies if mention.start < colon]
    behind = [mention for mention in bodies if mention.start > colon]
    said = len(before) == 1 and any(_SAID.match(reader.low, one.end, end) for one in behind)
    if not said and not reader.assigns(provision):
        return
    if ahead and not before and _THEN_CRITERIA.match(reader.low, colon):
        support = [one for one in behind if _joins(reader, one, behind, colon)]
        listed = _Charge(
            start, end, "assignment.list", [_actor(one) for one in ahead], [_actor(one) for one in support]
        )
        yield from _split(reader, known, provision, listed, _clauses(reader, colon, end), bodies)
    elif len(before) == 1 and behind and not ahead and _THEN_BODY.sub("", reader.low[colon : behind[0].lead]) == "":
        support = [one for one in behind if _joins(reader, one, behind, colon) or _supports(reader, one, behind, end)]
        lead = [one for one in behind if one not in support]
        yield (
            before[0],
            _Charge(start, end, "assignment.list", [_actor(one) for one in lead], [_actor(one) for one in support]),
        )


def _supports(reader: _Reader, one: AgencyMention, bodies: Sequence[AgencyMention], end: int) -> bool:
    """True for the row of names before "phối hợp": "Sở A chủ trì, Sở B và Sở C phối hợp"."""
    last = [other for other in bodies if other is one or (other.start > one.start and _in_row(reader, one, other))][-1]
    return re.compile(r" (?:cùng )?phối hợp(?! với)").match(reader.low, last.end, end) is not None


def _passive(
    reader: _Reader, known: _KnownCriteria, bodies: Sequence[AgencyMention], start: int, end: int
) -> Iterator[tuple[CriterionKey, _Charge]]:
    """Read "Tiêu chí số 18 do Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp"."""
    for first in bodies:
        if not reader.low.endswith(" do ", start, first.lead):
            continue
        row = [one for one in bodies if one is first or (one.start > first.start and _in_row(reader, first, one))]
        if _SAID.match(reader.low, row[-1].end, end):
            support = [_actor(one) for one in bodies if one not in row and _joins(reader, one, bodies, row[-1].end)]
            for keyed in known.between(start, first.start):
                yield keyed, _Charge(start, end, "assignment.charge", [_actor(one) for one in row], list(support))


def _headed(
    reader: _Reader, known: _KnownCriteria, provision: Provision, start: int, end: int
) -> Iterator[tuple[CriterionKey, _Charge]]:
    """Read "- Phụ trách tiêu chí số 17" below "2. Phòng Tài nguyên và Môi trường": the heading says who."""
    verb = CHARGE.match(reader.low, start, end)
    if verb is None:
        return
    for above in reader.outline.above(provision):
        span = reader.outline.headings.get(above.id)
        if span and (named := [one for one in reader.bodies(*span) if one.start < start]):
            for keyed in known.between(verb.end(), end):
                yield keyed, _Charge(start, end, "assignment.heading", [_actor(one) for one in named])
            return


def _sent(reader: _Reader, start: int, verb: re.Match[str]) -> bool:
    """True for "Sở Y tế chỉ đạo xã A": a department commands no commune, it was sent there to help."""
    before = reader.bodies(start, verb.start())
    return bool(before) and before[-1].end == verb.start() - 1 and before[-1].kind in _NO_SUPERIORS


def _helps_of_sentences(reader: _Reader, communes: _Communes) -> Iterator[Help]:
    for provision, start, end in _sentences(reader, _HELP_END):
        if not communes.between(start, end):
            continue
        verb = HELPING.pattern.search(reader.low, start, end)
        colon = reader.low.find(":", start, end)
        if verb is not None and (
            _HELPS.search(verb.group()) or reader.assigns(provision) or _sent(reader, start, verb)
        ):
            held, helped = (start, verb.start()), (verb.end(), end)
        elif colon > 0 and reader.assigns(provision) and "xã" in reader.low[start:end]:
            held, helped = (start, colon), (colon, end)
            if communes.between(*held) and not communes.between(*helped):
                held, helped = helped, held
        else:
            continue
        bodies = reader.bodies(*held)
        if not bodies or re.search(r" (?:đã|được) ", reader.low[bodies[-1].end : held[1]]):
            continue
        words = reader.text[held[0] : held[1]]
        person = next((match["name"] for match in _PERSON.finditer(" ".join(words.split())) if match["title"]), None)
        # "Sở A và Sở B giúp đỡ xã C": both help; whom one of them only works with does not.
        helpers = [one for one in bodies if _in_row(reader, bodies[0], one)] if not person else bodies[:1]
        evidence = reader.outline.evidence(start, end, "help.sentence" if verb else "help.list")
        for place in communes.between(*helped):
            yield from (Help(_actor(one), person, place, evidence) for one in helpers)
