"""Which provinces, districts, communes and villages a text names.

A name is resolved by its kind, the province of the document and its date, and the district beside it or above it. One
candidate or none: 42 % of the communes before July 2025 share their name with another, so several candidates make an
issue, and the place keeps an id of its own name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.header import Header
from ingest.issuers import units_named, valid
from ingest.language import spaced
from ingest.place_tables import COMMUNES, VILLAGES, PlaceName, PlaceTable
from ingest.provisions import Outline
from ntmgraph.authority import Authority, Unit
from ntmgraph.ids import named_place_id
from ntmgraph.model import DocumentState, Issue, IssueCode, Mention, Place, PlaceRef
from ntmgraph.text import CAPITAL, key, slug

_NAME = rf"[{CAPITAL}][\w’']*(?:(?: | ?- ?)[{CAPITAL}\d][\w’']*){{0,4}}"


_MARKS = r"(?:NTM|ĐBKK|ATK|OCOP)\b"  # what is said of a commune, not its name


@dataclass(frozen=True, slots=True)
class PlaceForm:
    """A form of naming places: its pattern, the forms that it accepts, one that it must not."""

    pattern: re.Pattern[str]
    accepts: tuple[str, ...]
    rejects: str


# A lookahead for the first letters opens each pattern: at all other places of a text nothing more is asked.
UNIT = PlaceForm(
    re.compile(
        r"(?=[XPTHQĐxphtqđ])\b(?P<kind>[Xx]ã|XÃ|[Pp]hường|[Tt]hị trấn|[Hh]uyện|HUYỆN|[Tt]hị xã|[Qq]uận|"
        r"[Tt]hành phố|[Tt]ỉnh|TỈNH|[Đđ]ặc khu|TP\.?|TX\.?)(?:\s*:)?\s+"
        rf"(?!{_MARKS})(?P<name>{_NAME})"
    ),
    ("xã Phú Nhuận", "các huyện: Tràng Định, Văn Lãng", "thành phố Lào Cai"),
    "xã đặc biệt khó khăn",
)
VILLAGE = PlaceForm(
    re.compile(
        rf"(?=[TBẤXLKtbấxlk])(?<!ông )\b(?P<kind>[Tt]hôn|[Bb]ản|[Ấấ]p|[Xx]óm|[Bb]uôn|[Ll]àng|[Kk]hóm|"
        rf"[Tt]ổ dân phố|[Kk]hu phố) (?:(?![IVX]+[.)-]|Nông|NTM|Kiểu|Văn|"
        rf"Đạt|Cam|Báo|Kế|Quy|Hướng|Đăng|Thỏa|Ghi|Tiêu|Chỉ|Quyết|Sáng|Du|Thông)(?P<name>{_NAME})"
        r"|(?P<numbered>(?:số )?\d{1,2}[A-Z]?)(?=\s*[,;.)]|\s+(?:và|xã|thuộc|của xã|phường|thị trấn)\b))"
    ),
    ("thôn Nam Hải", "bản Lác", "thôn 3, xã Phú Nhuận", "tổ dân phố số 5."),
    "thôn Nông thôn mới",
)
# Names after words that say which communes: each must be one of the document's own, for other names follow too.
_SAYING = rf"(?: (?:NTM|[^\s,.;:()|{CAPITAL}][^\s,.;:()|]*))"  # a word of what is said of them, not a name
DESCRIBED = PlaceForm(
    re.compile(
        r"(?=[XPTĐHBxptđhb])\b(?P<kind>[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu|[Hh]uyện|[Tt]hôn|[Bb]ản|[Bb]uôn)\b"
        rf"(?:(?:,?{_SAYING}|, chiếm \d+(?:,\d+)?\s?%){{1,14}}?,?\s+(?:gồm(?: có)?|bao gồm|là|như|cụ thể|tại|sau)\s*:?|"
        r"(?: (?:biên giới|điểm|trọng điểm|vùng cao|vùng sâu|bãi ngang|ven biển|miền núi|đặc biệt khó khăn|"
        r"khó khăn|còn lại|an toàn khu|khu vực I{1,3}|nông thôn mới|nâng cao|kiểu mẫu|nghèo)|"
        rf" {_MARKS})+"
        rf"|{_SAYING}{{0,14}} ?[:(]|(?: thuộc| của)? (?:huyện|thị xã|thành phố) {_NAME} ?:|:)\s*"
        rf"(?P<name>{_NAME})"
    ),
    (
        "7 xã được công nhận đạt chuẩn, gồm: Nam Tuấn, Hồng Việt",
        "các xã biên giới Lũng Cú, Sơn Vĩ",
        "02 xã đạt từ 14 tiêu chí trở lên là Ia Blang",
        "3 xã (La Dêê, Chà Vàl)",
        "các xã thuộc huyện Đồng Văn: Lũng Cú",
    ),
    "xã đặc biệt khó khăn",
)
# A ward with a number for a name; "mỗi phường 1 điểm" counts something else.
NUMBERED = PlaceForm(
    re.compile(
        r"\b(?P<kind>[Pp]hường) (?P<name>[1-9]\d?)"
        r"(?=\s*[,;.:)(|](?!\d)|\s+(?:và|thuộc|của|quận|thành phố|thị xã|đạt|chưa)\b)"
    ),
    ("Phường 1, Phường 10", "phường 3 thuộc thành phố Vĩnh Long"),
    "mỗi phường 1 điểm",
)
FORMS = (UNIT, VILLAGE, DESCRIBED, NUMBERED)

_LEVEL = {
    "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune",
    "huyện": "district", "thị xã": "district",
    "quận": "district", "thành phố": "", "tỉnh": "province",
}  # fmt: skip
_SHORT = {"tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã"}
_NEXT = re.compile(rf"\s*(?:,|;|và|,\s*và)\s+(?P<name>{_NAME})")
_ASIDE = re.compile(r"\s*\([^()]{1,80}\)")  # between two names of a list: "Lũng Cú (17/19), Sủng Là"
_HELD = re.compile(rf"\s*[(:]\s*(?:(?:gồm|các xã)\s*:?\s*)?(?P<name>{_NAME})")  # "huyện Đồng Văn (Lũng Cú, Sủng Là)"
_SEVERAL = re.compile(r"(?:\bcác|\b\d{1,3}|\bhai|\bba)\s+$", re.IGNORECASE)
_DISTRICT = re.compile(
    rf"\s*(?:,|\(|-|–|thuộc|của)\s*(?:thuộc\s+)?(?P<kind>huyện|thị xã|thành phố|quận|TP\.?|TX\.?)\s+(?P<name>{_NAME})"
)
_BESIDE = re.compile(rf"\s*\((?P<name>{_NAME})\)")
_COMMUNE = re.compile(rf"\s*(?:,|\(|-|–|thuộc|của)\s*(?:thuộc\s+)?(?:xã|phường|thị trấn)\s+(?P<name>{_NAME})")
_PROVINCE = re.compile(rf"\s*(?:,|\(|-|–|thuộc|của)\s*(?P<kind>tỉnh|thành phố|TP\.?)\s+(?P<name>{_NAME})")


@dataclass(frozen=True, slots=True)
class _Named:
    name: str  # with its kind
    level: str
    unit: Unit | None
    candidates: int
    start: int
    end: int
    above: str | None = None  # of a village: its commune, where the words beside it name one


def find_places(
    text: str, outline: Outline, header: Header, tables: tuple[PlaceTable, ...], authority: Authority
) -> tuple[tuple[Place, ...], tuple[Issue, ...]]:
    """Return the places in the order of their first mention, and a doubt for each ambiguous name."""
    finder = _Finder(spaced(text), outline, header, tables, authority)
    mentions: defaultdict[str, list[_Named]] = defaultdict(list)
    issues: dict[str, Issue] = {}
    reached = -1
    for each in sorted(finder.find(), key=lambda named: (named.start, -named.end)):
        if each.start < reached:
            continue  # two forms read the same words
        reached = each.end
        around = [name for name in (header.province, each.above if each.level == "village" else None) if name]
        identifier = each.unit.id if each.unit else named_place_id(each.name, *around)
        mentions[identifier].append(each)
        if each.unit is None and each.candidates > 1 and identifier not in issues:
            message = f"Địa danh “{each.name}” có {each.candidates} đơn vị trùng tên; chưa đủ căn cứ để chọn."
            issues[identifier] = Issue(IssueCode.PLACE_AMBIGUOUS, message, each.start, each.end)
    places = tuple(
        Place(
            id=identifier,
            name=found[0].unit.full_name if found[0].unit else found[0].name,
            level=found[0].level,
            mentions=tuple(Mention(text[each.start : each.end], each.start, each.end) for each in found),
        )
        for identifier, found in mentions.items()
    )
    return places, tuple(issues.values())


_LOWER_UNIT = re.compile(rf"\b(?:[Xx]ã|XÃ|[Pp]hường|[Hh]uyện|HUYỆN)\s+[{CAPITAL}]")


def place_of(header: Header, authority: Authority) -> PlaceRef | None:
    """Return the territory of the issuer, which its figures are about when the text names no other."""
    name = header.issuer or ""
    if not name and header.type == "Biểu tổng hợp" and not _LOWER_UNIT.search(header.subject or ""):
        name = f"tỉnh {header.province}"  # a form that names no body but its province
    match = re.search(r"(?:(tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn) |ủy )(.+)$", name)
    if match is None:
        return None
    for unit in units_named(match.group(2), authority):
        if (
            valid(unit, header.date)
            and (match.group(1) in (None, unit.kind))
            and authority.province_of(unit).name == header.province
        ):
            return PlaceRef(unit.full_name, unit.id)
    return None


def _may_be(unit: Unit, kind: str) -> bool:
    """Return whether a unit may be named with that kind: the catalogue knows units by their last kind only.

    A thị xã may have become a thành phố, a xã a phường.
    """
    return unit.kind == kind or (unit.level == _LEVEL.get(kind) != "province")


@lru_cache(maxsize=2)
def _communes_without_accents(authority: Authority) -> dict[str, tuple[Unit, ...]]:
    found: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in authority.units.values():
        if unit.level == "commune":
            found[_bare(unit.name)].append(unit)
    return {name: tuple(units) for name, units in found.items()}


def _bare(name: str) -> str:
    return slug(name).replace("-", "")


class _Finder:
    def __init__(
        self, flat: str, outline: Outline, header: Header, tables: tuple[PlaceTable, ...], authority: Authority
    ) -> None:
        self.flat = flat
        self.outline = outline
        self.header = header
        self.tables = tables
        self.authority = authority
        news = header.state is DocumentState.NEWS
        self.start = 0 if news else header.regions.body
        self.parts = ((self.start, header.regions.closing), (header.regions.annexes, header.regions.end))
        self.home = _district_of(header.issuer)
        commune = re.search(r"\b(?:xã|phường|thị trấn|đặc khu) (.+)$", header.issuer or "")
        self.commune = commune.group(1) if commune else None

    def find(self) -> Iterator[_Named]:
        for table in self.tables:
            for place in (*table.above, *(place for row in table.rows for place in row.places)):
                named = self._of_cell(place)
                if named is not None:
                    yield named
        for start, end in self.parts:
            for match in UNIT.pattern.finditer(self.flat, start, end):
                yield from self._list(match)
            for match in DESCRIBED.pattern.finditer(self.flat, start, end):
                yield from self._described(match)
            for match in VILLAGE.pattern.finditer(self.flat, start, end):
                yield from self._villages(match)
            for match in NUMBERED.pattern.finditer(self.flat, start, end):
                yield from self._numbered(match)

    def _numbered(self, match: re.Match[str]) -> Iterator[_Named]:
        """Yield "phường 10", where the province has one."""
        district = _DISTRICT.match(self.flat, match.end())
        heading = self._heading_district(match.start())
        units = self._units(match["name"], "phường", district["name"] if district else None, None, heading)
        if units and self.header.province:
            unit = units[0] if len(units) == 1 else None
            yield _Named(f"phường {match['name']}", "commune", unit, len(units), match.start(), match.end())

    def _villages(self, match: re.Match[str]) -> Iterator[_Named]:
        """Yield the villages of "các thôn A, B và C", or the one of "thôn A"; the commune may stand behind them."""
        kind = match["kind"].lower()
        if match["numbered"]:
            spans = [match.span("numbered")]
        else:
            several = _SEVERAL.search(self.flat, max(0, match.start() - 6), match.start())
            spans = list(_listed(self.flat, match.start("name")))[: None if several else 1]
        commune = _COMMUNE.match(self.flat, spans[-1][1])
        above = self._longest(commune["name"], "xã", first=True) if commune else self.commune
        for index, (start, end) in enumerate(spans):
            if self._of_agency(self.flat[start:end]):
                return
            begins = start if index else match.start()
            yield _Named(f"{kind} {self.flat[start:end]}", "village", None, 0, begins, end, above)

    def _of_cell(self, place: PlaceName) -> _Named | None:
        """Return the place that a cell of a table names; None for words that no unit of the province bears."""
        name = self.flat[place.name_start : place.end]
        if place.kind in VILLAGES:
            return _Named(
                f"{place.kind} {name}", "village", None, 0, place.start, place.end, place.above or self.commune
            )
        units = [
            unit
            for unit in self._units(name, place.kind, place.above, None, self._heading_district(place.start))
            if place.kind is not None or unit.level != "province"
        ]
        if units:
            unit = units[0] if len(units) == 1 else None
            kind = place.kind or units[0].kind
            return _Named(f"{kind} {name}", units[0].level, unit, len(units), place.start, place.end)
        if place.kind in COMMUNES and len(name.split()) <= 4 and self.flat[place.end : place.end + 2].strip(" |") == "":
            return _Named(f"{place.kind} {name}", "commune", None, 0, place.start, place.end)
        return None

    def _described(self, match: re.Match[str]) -> Iterator[_Named]:
        """Yield the communes or villages that a list names without their kind, as long as the province has them."""
        kind = match["kind"].lower()
        names = list(_listed(self.flat, match.start("name")))
        if kind in VILLAGES:
            if len(names) > 1 and not any(self._of_agency(self.flat[start:end]) for start, end in names):
                for start, end in names:
                    yield _Named(f"{kind} {self.flat[start:end]}", "village", None, 0, start, end, self.commune)
            return
        level = "district" if kind == "huyện" else "commune"
        last = names[-1][1]
        district = _DISTRICT.match(self.flat, last) or _DISTRICT.search(self.flat, match.start(), names[0][0])
        above = self._heading_district(match.start())
        for start, end in names:
            name = self.flat[start:end]
            units = [
                unit
                for unit in self._units(name, kind, district["name"] if district else None, None, above)
                if unit.level == level and self.header.province
            ]
            if not units:
                return
            yield _Named(
                f"{units[0].kind} {name}", level, units[0] if len(units) == 1 else None, len(units), start, end
            )

    def _of_agency(self, words: str) -> bool:
        return re.match(r"(?:Sở|Ban|Phòng|Hội|Đoàn|UBND|Ủy|Uỷ|Chủ|Văn|Chi|Trung|Công|Mặt)\b", words) is not None

    def _list(self, match: re.Match[str]) -> Iterator[_Named]:
        """Yield the units of "xã A, B và C (huyện D)": one kind, one district for all of them."""
        kind = match["kind"].lower()
        kind = _SHORT.get(kind, kind)
        members: list[tuple[int, int, int]] = []  # start with the kind, start and end of the name
        start, name_start, words = match.start(), match.start("name"), match["name"]
        while True:
            name = self._longest(words, kind, first=not members)
            if name is None:
                break
            end = name_start + len(name)
            members.append((start, name_start, end))
            aside = _ASIDE.match(self.flat, end)
            more = _NEXT.match(self.flat, aside.end() if aside else end)
            if more is None or len(name) < len(words.rstrip()):
                break
            start = name_start = more.start("name")
            words = more["name"]
        if not members:
            return
        last = members[-1][2]
        district = _DISTRICT.match(self.flat, last)
        province = _PROVINCE.match(self.flat, district.end() if district else last)
        heading = self._heading_district(match.start())
        named: list[_Named] = []
        for begins, name_begins, ends in reversed(members):
            name = self.flat[name_begins:ends]
            district = _DISTRICT.match(self.flat, ends) or district  # its own, or that of those listed after it
            beside = _BESIDE.match(self.flat, ends)  # "xã Quyết Tiến (Quản Bạ)"
            found = self._units(
                name,
                kind,
                district["name"] if district else None,
                province["name"] if province else None,
                beside["name"] if beside else heading,
            )
            level = found[0].level if found else _LEVEL.get(kind) or "district"
            named.append(
                _Named(f"{kind} {name}", level, found[0] if len(found) == 1 else None, len(found), begins, ends)
            )
        yield from reversed(named)
        if named[0].unit is not None and named[0].level == "district":
            yield from self._held(named[0].unit, last)

    def _held(self, district: Unit, at: int) -> Iterator[_Named]:
        """Yield the communes that stand in brackets or after a colon behind their district."""
        first = _HELD.match(self.flat, at)
        for start, end in _listed(self.flat, first.start("name")) if first else ():
            units = [
                unit for unit in self._units(self.flat[start:end], None, district.name, None, None)
                if unit.parent == district.id
            ]  # fmt: skip
            if len(units) != 1:
                return
            yield _Named(units[0].full_name, "commune", units[0], 1, start, end)

    def _longest(self, words: str, kind: str, *, first: bool) -> str | None:
        """Return the longest run of the words that names a unit of the kind; an unknown first name is kept whole."""
        parts = re.split(r"(?=\s)", re.split(r"\s{2}", words)[0])
        for count in range(len(parts), 0, -1):
            name = "".join(parts[:count]).rstrip(" -")
            named = units_named(name, self.authority)
            if any(_may_be(unit, kind) for unit in named):
                return name
        whole = "".join(parts).rstrip()
        if self._of_agency(whole):
            return None
        return whole if first and kind in ("xã", "phường", "thị trấn") and 2 <= len(parts) <= 3 else None

    def _units(
        self, name: str, kind: str | None, district: str | None, province: str | None, above: str | None
    ) -> list[Unit]:
        """Return the candidates, narrowed by province, date, kind and district as far as some remain."""
        units = [unit for unit in units_named(name, self.authority) if kind is None or _may_be(unit, kind)]
        provinces = [unit for unit in units if unit.level == "province" and unit.kind == kind]
        if provinces:  # the same province before and after July 2025, where the document has no day
            return ([unit for unit in provinces if valid(unit, self.header.date)] or provinces)[:1]
        home = self._province(province) or self.header.province
        if not units and home is not None:
            return self._misspelt(name, home, district or above or self.home)
        if home is not None:
            units = [unit for unit in units if self.authority.province_of(unit).name == home]
        units = [unit for unit in units if valid(unit, self.header.date)] or units
        units = [unit for unit in units if unit.kind == kind] or units
        for narrower in (district, above, self.home):
            if len(units) > 1 and narrower is not None:
                inside = [
                    unit
                    for unit in units
                    if unit.parent and key(narrower).startswith(key(self.authority.units[unit.parent].name))
                ]
                units = inside or units
        return units

    def _misspelt(self, name: str, home: str, district: str | None) -> list[Unit]:
        """Return the one commune of the district whose name differs by its accents only ("Ea Đăh" for "Ea Dăh")."""
        if district is None:
            return []
        units = [
            unit
            for unit in _communes_without_accents(self.authority).get(_bare(name), ())
            if unit.parent is not None
            and key(district).startswith(key(self.authority.units[unit.parent].name))
            and valid(unit, self.header.date)
            and self.authority.province_of(unit).name == home
        ]
        return units if len(units) == 1 else []

    def _province(self, words: str | None) -> str | None:
        if words is None:
            return None
        parts = words.split()
        for count in range(len(parts), 0, -1):
            for unit in self.authority.units_by_name.get(key(" ".join(parts[:count])), ()):
                if unit.level == "province":
                    return unit.name
        return None

    def _heading_district(self, at: int) -> str | None:
        for provision in self.outline.above(self.outline.at(at)):
            if provision.heading and provision.start < at:
                match = re.search(rf"\b(?:[Hh]uyện|HUYỆN|[Tt]hị xã)\s+({_NAME})", provision.heading)
                if match is not None:
                    return match.group(1)
        return None


def _listed(flat: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield where the names of a list stand: "A, B và C"."""
    name: re.Match[str] | None = re.compile(_NAME).match(flat, at)
    while name is not None:
        words = re.split(r"\s{2}", name.group())[0]
        yield name.start(), name.start() + len(words)
        more = _NEXT.match(flat, name.end()) if len(words) == len(name.group()) else None
        name = re.compile(_NAME).match(flat, more.start("name")) if more else None


def _district_of(issuer: str | None) -> str | None:
    match = re.search(r"\b(?:huyện|thị xã|quận) (.+)$", issuer or "")
    return match.group(1) if match else None
