"""Bodies named in a text: found by catalogue and grammar, then linked to ids.

Two passes. The first reads each name by itself: a stem ("UBND"), what follows it ("các huyện, thành phố", "tỉnh
Lào Cai") and who holds it ("Chủ tịch"). The second gives each its id: level words are shared out ("HĐND, UBND
tỉnh"), a short form goes back to the one body of its name that the document spells out. Where more than one body
could be meant nothing is linked and an issue says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from ingest.agency_grammar import Found, Scan, Tail
from ingest.agency_names import AgencyNames, Stem
from ingest.phrases import words_of
from ntmgraph.authority import Authority, group_of
from ntmgraph.ids import agency_id, named_agency_id
from ntmgraph.model import Agency, Issue, IssueCode, Mention
from ntmgraph.text import key

_LONG_FORM = re.compile(r"^(?:[ỦU][yỷ] ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân)", re.IGNORECASE)

_PARTY_UNIT = {"Huyện": "huyện", "Thị": "thị xã"}  # "Huyện ủy Bắc Hà"; a "Thành ủy" may be a province's
# Kinds that have a body at every level, also where the catalogue knows one only.
_EVERY_LEVEL_KINDS = frozenset({"front", "force"})
_VAGUE_GROUPS = frozenset({"g.cap", "g.phong", "g.donvi", "g.dt", "g.truyenthong"})


# Bodies that a reorganisation made; the others of `agency_successors.csv` only took over more work.
_NEW_BODIES = words_of("tw.bnnmt tw.bdttg t.snnmt t.sdttg t.tk2 t.btgdv t.duubnd t.dudt h.pnnmt h.ptkv x.pkt x.pvhxh")


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """A body named at one place of a text. `start` is where its own words start; `lead` where the list that it
    stands in starts ("các sở: " before "Nội vụ")."""

    start: int
    end: int
    lead: int
    quote: str
    name: str
    id: str | None
    level: str
    kind: str
    province: str | None
    group: str | None = None
    vague: bool = False  # nobody in particular ("các xã", "chi bộ thôn"): an agency only where it is given a task


@dataclass(frozen=True, slots=True)
class Home:
    """Where a document is from: the places that its generic names ("UBND huyện") stand in."""

    province: str | None = None
    city: bool = False  # the province is a thành phố: "UBND thành phố" is its committee
    level: str | None = None  # of the issuer
    district: str | None = None
    commune: str | None = None
    unit: str | None = None  # "huyện", "thị xã": of the issuer


class AgencyFinder:
    """Reads the bodies of any text; holds the name tables, built once from the catalogue."""

    def __init__(self, authority: Authority) -> None:
        self.names = AgencyNames(authority)
        self._since: dict[str, date] = {}  # when a new body began
        for one in authority.successions:
            if one.successor in _NEW_BODIES and one.date:
                self._since[one.successor] = min(one.date, self._since.get(one.successor, one.date))
        # Documents of one office share issuer and province: each is read once.
        self._home = lru_cache(maxsize=256)(self._home_of)
        self._identified = lru_cache(maxsize=256)(self._identify_name)
        self._cities = {
            key(unit.name) for unit in authority.units.values() if unit.level == "province" and unit.kind == "thành phố"
        }

    def find(
        self,
        text: str,
        *,
        province: str | None,
        issuer: str | None,
        end: int | None = None,
        closing: tuple[int, int] = (0, 0),
        on: date | None = None,
        cells: frozenset[int] = frozenset(),
    ) -> tuple[tuple[AgencyMention, ...], tuple[Issue, ...]]:
        """Return the bodies named in `text[:end]` in text order, none overlapping, and what could not be decided.
        Nothing is linked to a body that did not yet exist `on` the day of the document. `cells` start where a table
        names an office, by its field alone too. In `closing` stand those who get a copy: they do not tell which body
        a short form in the text means."""
        home = self._home(province, issuer)
        head = "phòng" if home.level == "district" else "sở"
        scan = Scan(text[:end] if end is not None else text, self.names, cells=cells, cell_head=head)
        found = [self._as_of(one, on) for one in scan.found()] if on else list(scan.found())
        return _link(_share_levels(found, scan.low), home, text, closing)

    def _as_of(self, one: Found, on: date) -> Found:
        """Take away the bodies of a later time: before 7/2025 "Phòng Kinh tế" is a town's, not the commune's."""
        later = {level for level, known in one.stem.ids.items() if on < self._since.get(known, on)}
        if not later:
            return one
        stem = one.stem
        ids = {level: known for level, known in stem.ids.items() if level not in later}
        level = "district" if stem.kind == "division" else next(iter(later))
        return replace(one, stem=Stem(stem.name, stem.kind, stem.level or level, stem.alone, ids, {}))

    def identify(self, name: str, *, province: str | None) -> str | None:
        """Return the id of the body that a whole name gives ("UBND huyện Bắc Hà"), None when it gives none."""
        return self._identified(name, province)

    def _identify_name(self, name: str, province: str | None) -> str | None:
        mentions, issues = self.find(name, province=province, issuer=name)
        return mentions[0].id if len(mentions) == 1 and not issues else None

    def is_city(self, place: str | None) -> bool:
        return place is not None and key(place) in self._cities

    def _home_of(self, province: str | None, issuer: str | None) -> Home:
        found = next(Scan(issuer, self.names).found(), None) if issuer else None
        city = self.is_city(province)
        if found is None or found.tail is None:
            return Home(province, city, found.stem.usual_level if found else None)
        level, place, above = found.tail.level or found.stem.usual_level, found.tail.place, found.tail.above
        if level == "district" and city and place and province and key(place) == key(province):
            level = "province"
        return Home(
            province,
            city,
            level,
            district=place if level == "district" else above[1] if above and above[0] == "district" else None,
            commune=place if level == "commune" else None,
            unit=found.tail.unit or _PARTY_UNIT.get(found.stem.name.split()[0]),
        )


def collect_agencies(mentions: Iterable[AgencyMention], used: frozenset[str] = frozenset()) -> tuple[Agency, ...]:
    """Return one record an id, in order of first mention. Vague ones count only when their id is in `used`,
    the ids that facts name."""
    by_id: defaultdict[str, list[AgencyMention]] = defaultdict(list)
    for mention in mentions:
        if mention.id is not None and (not mention.vague or mention.id in used):
            by_id[mention.id].append(mention)
    # Where a body is also named outright, "các xã" beside it adds nothing.
    named = {one: [m for m in many if not m.vague] or many for one, many in by_id.items()}
    return tuple(
        Agency(
            id=identifier,
            name=many[0].name,
            level=many[0].level,
            kind=many[0].kind,
            province=many[0].province,
            mentions=tuple(Mention(one.quote, one.start, one.end) for one in many),
            group=many[0].group,
        )
        for identifier, many in named.items()
    )


def _share_levels(found: list[Found], low: str) -> list[Found]:
    """Give level words back to each name before them: "HĐND, UBND tỉnh", "Ban Chỉ đạo, UBND cấp huyện"."""
    for at in range(len(found) - 2, -1, -1):
        one, after = found[at], found[at + 1]
        if one.tail or one.level or one.group or after.tail is None or after.territory or one.territory:
            continue
        own = one.stem.level or (one.stem.usual_level if one.stem.kind not in _EVERY_LEVEL_KINDS else None)
        if low[one.end : after.lead] not in (", ", " và ", "; ", " & ") or own or after.holder:
            continue
        found[at] = replace(one, tail=replace(after.tail, end=one.end), shared=True)
    return found


def _link(
    found: list[Found], home: Home, text: str, closing: tuple[int, int]
) -> tuple[tuple[AgencyMention, ...], tuple[Issue, ...]]:
    spelled: defaultdict[str, set[str]] = defaultdict(set)  # levels at which the document names a stem
    for one in found:
        if one.tail and one.tail.level and not one.territory and not closing[0] <= one.start < closing[1]:
            spelled[one.stem.name].add(_level(one.tail, home))
    mentions: list[AgencyMention] = []
    issues: list[Issue] = []
    for one in found:
        mention, doubt = _identify(one, home, text, spelled[one.stem.name])
        mentions.append(mention)
        if doubt:
            issues.append(Issue(IssueCode.AGENCY_AMBIGUOUS, doubt, one.start, one.end))
        if one.slip:
            repaired = f"Đọc “{mention.quote}” là “{mention.name}”: chữ in có thể sai, đối chiếu với bản gốc."
            issues.append(Issue(IssueCode.TEXT_REPAIRED, repaired, one.start, one.end))
    return tuple(mentions), tuple(issues)


def _level(tail: Tail, home: Home) -> str:
    """Return the level that a tail says; "thành phố" is a province where the document's own province is a city."""
    if tail.level == "district" and tail.unit in ("thành phố", "tp", "tp.") and home.city:
        if tail.place is None and not tail.several:
            return "province"
        if tail.place and home.province and key(tail.place) == key(home.province):
            return "province"
    return tail.level or "province"


def _identify(one: Found, home: Home, text: str, spelled: set[str]) -> tuple[AgencyMention, str | None]:
    quote = text[one.start : one.end]
    words = " ".join(text[max(one.start, one.body) : one.end].split())
    if one.slip and (shown := re.match(r"\S+(?: \S+){0,2}? (?=các |cấp |tỉnh|huyện|xã)", words)):
        words = f"{one.stem.name} {words[shown.end() :]}"
    stem, tail = one.stem, one.tail

    def mention(
        name: str, identifier: str | None, level: str, kind: str = stem.kind, *, province: str | None = home.province,
        group: str | None = None, vague: bool = False,
    ) -> AgencyMention:  # fmt: skip
        return AgencyMention(
            one.start, one.end, one.lead, quote, name, identifier, level, kind, province, group,
            vague or one.territory or one.group in _VAGUE_GROUPS,
        )  # fmt: skip

    if one.group:
        if one.group == "g.bo":
            return mention(words, one.group, "central", province=None), None
        own = home.district if home.level == "district" else home.commune if home.level == "commune" else None
        if own and one.group != "g.so":  # its own divisions and associations
            above = (home.district,) if home.level == "commune" and home.district else ()
            return mention(words, agency_id(one.group, *_where(home.province), *above, own), home.level or ""), None
        return mention(stem.name, agency_id(one.group, *_where(home.province)), stem.level or "province"), None
    if one.level == "central" or (tail and tail.level == "central"):
        name = stem.names.get("central", f"{stem.name} Trung ương" if tail else stem.name)
        base = stem.ids.get("central")
        return mention(name, base or named_agency_id(name), "central", province=None), None
    if tail is None or (tail.level is None and tail.place is None):
        level = one.level or stem.usual_level
        if not one.level and stem.level is None and stem.kind in _EVERY_LEVEL_KINDS and len(stem.ids) <= 1:
            level = home.level or level  # "Hội Nông dân" in a commune's plan
        if tail is not None:  # "các cấp"
            return mention(words, named_agency_id(words, *_where(home.province)), "province", "group"), None
        if (
            level == "district"
            and home.level == "commune"
            and not home.district
            and stem.kind in ("office", "division")
        ):
            level = "commune"  # no district stands above it: "Văn phòng HĐND và UBND"
        if level is None:
            level = next(iter(spelled)) if len(spelled) == 1 else _own_level(text, one, home)
        # An office of its own in a province's paper ("qua Văn phòng Điều phối"); the Front's bodies stay open.
        if level is None and not spelled and stem.kind not in _EVERY_LEVEL_KINDS and home.level in stem.ids:
            level = home.level
        if level is None:
            doubt = None
            if stem.ids:
                doubt = (
                    f"“{words}” không nói cấp nào: có thể là {', '.join(sorted(stem.ids.values()))}; chọn cơ quan đúng."
                )
            return mention(stem.name, named_agency_id(stem.name, *_where(home.province)), "province"), doubt
        if level == "central":
            return mention(
                stem.names.get(level, stem.name),
                stem.ids.get(level) or named_agency_id(stem.name),
                level,
                province=None,
            ), None
        tail = Tail(one.end, level)
    elif tail.level is None:
        tail = replace(tail, level=stem.usual_level or "province")
    level = _level(tail, home)
    if level == "province":
        province = tail.place or home.province
        if province and home.province and key(province) == key(home.province):
            province = home.province  # "TỈNH LÀO CAI" in a heading
        base = stem.ids.get("province")
        if tail.several and tail.place is None and base:  # "UBND các tỉnh, thành phố trực thuộc Trung ương"
            return mention(words, "g.tinh" if base == "t.ubnd" else f"g.{base}", level, "group", province=None), None
        name = _provincial_name(stem, tail, province, home.city, base)
        identifier = agency_id(base, *_where(province)) if base else named_agency_id(stem.name, *_where(province))
        return mention(name, identifier, level, province=province, group=group_of(base, stem.kind, (province,))), None
    return _local(one, tail, level, home, mention, words), None


def _own_level(text: str, one: Found, home: Home) -> str | None:
    """The committee in a signature block ("TM. ỦY BAN NHÂN DÂN") is the issuer's own."""
    return home.level if re.search(r"TM\.? ?$", text[max(0, one.start - 5) : one.start]) else None


def _local(
    one: Found, tail: Tail, level: str, home: Home, mention: Callable[..., AgencyMention], words: str
) -> AgencyMention:
    """Identify a body below the province: of one named place, or the group of all of them."""
    stem = one.stem
    base = stem.ids.get(level)
    place, unit = tail.place, tail.unit
    own = home.district if level == "district" else home.commune if level == "commune" else None
    if own is not None and ((place is None and not tail.several) or (place and key(place) == key(own))):
        place, unit = own, unit or home.unit
    province = home.province
    above = tail.above
    if above and above[0] == "province":
        province, above = above[1], None
    where = list(_where(province))
    if level in ("commune", "village"):
        where += [above[1]] if above else [home.district] if home.district else []
    if place is None:
        group = {"h.ubnd": "g.huyen", "x.ubnd": "g.xa"}.get(base or "", f"g.{base}" if base else None)
        whole = one.territory or (tail.unit is not None and not one.shared and one.start == one.lead)
        words = _LONG_FORM.sub(stem.name, words) if stem.name in ("UBND", "HĐND") else words
        name = words if whole else f"{stem.name} {_units(tail)}".strip()
        identifier = agency_id(group, *where) if group else named_agency_id(words, *where)
        vague = level == "village" or (stem.kind == "party" and not stem.alone)  # "chi bộ thôn": a class of bodies
        return mention(name, identifier, level, "group", province=province, vague=vague)
    name = words if one.territory else " ".join(filter(None, (stem.name, unit, place)))
    identifier = agency_id(base, *where, place) if base else named_agency_id(stem.name, *where, place)
    return mention(name, identifier, level, province=province, group=group_of(base, stem.kind, tuple(where)))


def _provincial_name(stem: Stem, tail: Tail, province: str | None, city: bool, base: str | None) -> str:
    if base in ("t.ubnd", "t.hdnd"):
        unit = "thành phố" if city else "tỉnh"
        return f"{stem.name} {unit} {province}" if province else f"{stem.name} {unit}"
    said = f"{stem.name} tỉnh" if tail.unit and stem.kind != "department" else stem.name
    return stem.names.get("province", said)


def _units(tail: Tail) -> str:
    return f"các {tail.unit}" if tail.several else tail.unit or ""


def _where(province: str | None) -> tuple[str, ...]:
    return (province,) if province else ()
