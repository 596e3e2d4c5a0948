"""Tables whose rows are places: which column names them, and which hold counts, marks and lists of criteria.

Only the form is read here: names are resolved by `places`, criteria by `criteria`, values by `table_figures`. Headings
may take several rows, a district may stand once for the rows below it or on a row of its own, and rows of totals are
kept apart from places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from functools import lru_cache

from ingest.provisions import Outline
from ingest.table_heads import Head, caption_of, first_data_row, heads
from ingest.tables import Cell, Row
from ntmgraph.authority import Authority
from ntmgraph.text import CAPITAL, key

VILLAGES = ("thôn", "bản", "ấp", "xóm", "buôn", "làng", "khu dân cư", "khóm", "tổ dân phố", "khu phố")
COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
DISTRICTS = ("huyện", "thị xã", "thành phố", "quận")
_RANK = {**dict.fromkeys(VILLAGES, 3), **dict.fromkeys(COMMUNES, 2), **dict.fromkeys(DISTRICTS, 1)}
_KINDS = "|".join(sorted(_RANK, key=len, reverse=True))


class Use(StrEnum):
    """What a column says of the place of its row."""

    COUNT = auto()  # how many criteria it meets: 17, 17/19
    PLAN = auto()  # how many it is to meet
    MET = auto()  # the numbers of those it meets
    UNMET = auto()  # the numbers of those it does not meet: 2, 10, 17
    MARK = auto()  # one criterion: x, đạt, chưa đạt
    UNITS = auto()  # how many communes or villages it has
    REACHED = auto()  # how many of them reached a standard
    TO_REACH = auto()  # how many of them are to reach it
    AVERAGE = auto()
    CRITERION = auto()  # which criterion the row is about: 17, Giao thông
    VERDICT = auto()  # met or not, of the row's or the table's one criterion
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class HeadForm:
    """A form of column headings (folded by `key`): its pattern, the forms that it accepts, one that it must not."""

    pattern: re.Pattern[str]
    accepts: tuple[str, ...]
    rejects: str


PLACE_HEAD = HeadForm(
    re.compile(rf"(?:tên |các )*(?P<kind>{_KINDS}|đơn vị|địa phương|địa bàn)\b(?P<rest>[\w ,/()-]{{0,50}})"),
    ("xã", "tên xã, phường", "huyện, thành phố", "thôn (bản)", "xã được phân công giúp đỡ", "đơn vị"),
    "số xã đạt chuẩn",
)
_NOT_A_PLACE = re.compile(
    r"\b(?:tính|chủ trì|phối hợp|thực hiện|giúp đỡ|đỡ đầu|đạt|nghèo|tiêu chí|chức năng|nông thôn mới|ntm|văn hóa)\b"
)
_HELPED = re.compile(r"\b(?:được|nhận|phụ trách|phân công|đăng ký)\b")
_CRITERIA = r"(?:tiêu chí|tc)"
COUNT_HEAD = HeadForm(
    re.compile(
        rf"(?:số|số lượng|tổng|tổng số|kết quả|đạt|thực hiện)\b.{{0,25}}\b{_CRITERIA}\b|{_CRITERIA}\b.{{0,20}}\b(?:đạt|"
        r"hoàn thành)|^tổng(?: số| cộng)?$|^(?:tổng )?đạt$"
    ),
    ("số tiêu chí đạt", "tổng số tc đạt", "số tiêu chí đã đạt đến 30/11/2023", "tiêu chí đạt", "tổng"),
    "số xã đạt chuẩn",
)
UNMET_HEAD = HeadForm(
    re.compile(
        rf"{_CRITERIA}\b.{{0,20}}\b(?:chưa|không|còn lại|còn thiếu)\b|(?:chưa|không) (?:đạt|hoàn thành)\b.{{0,15}}"
        rf"{_CRITERIA}|^chưa đạt$"
    ),
    ("tiêu chí chưa đạt", "các tiêu chí còn lại", "chưa đạt tiêu chí"),
    "số tiêu chí đạt",
)
UNITS_HEAD = HeadForm(
    re.compile(r"(?:tổng )?số (?:xã|thôn|bản|ấp|buôn|đơn vị cấp xã)(?P<rest>\b.*)"),
    ("số xã", "tổng số xã", "số xã đạt chuẩn", "số thôn được công nhận"),
    "xã",
)
AVERAGE_HEAD = HeadForm(
    re.compile(r"\bbình quân\b|\btrung bình\b|\bbq\b"), ("bình quân tiêu chí/xã", "số tc bq"), "số tiêu chí đạt"
)
MARK_HEAD = HeadForm(
    re.compile(r"(?P<said>tiêu chí|tc)?[ .]*(?:số )?(?P<number>\d{1,2})(?:\s*[.:(–-]?\s*(?P<name>[^\d].*))?"),
    ("1", "tc 5", "tiêu chí 17", "tiêu chí số 3", "2. giao thông"),
    "năm 2022",
)
CRITERION_HEAD = HeadForm(
    re.compile(r"(?:tên |số |mã |số hiệu )*(?:tiêu chí|tc|chỉ tiêu)(?: số| chưa đạt| đánh giá)?"),
    ("tiêu chí", "tên tiêu chí", "tiêu chí số"),
    "số tiêu chí đạt",
)
VERDICT_HEAD = HeadForm(
    re.compile(
        r"(?:tự )?(?:kết quả|đánh giá|mức độ đạt|xếp loại|đạt|tình trạng)(?:\s*/\s*(?:chưa|không)(?: đạt)?)?"
        r"(?: (?:thực hiện|đánh giá|đạt|tiêu chí|chuẩn|thẩm định|đến .{0,30}|năm \d{4}))*"
    ),
    ("kết quả", "đánh giá", "đạt/chưa đạt", "kết quả đánh giá"),
    "số tiêu chí đạt",
)
PLAN_HEAD = HeadForm(
    re.compile(
        r"\b(?:kế hoạch|kh|phấn đấu|dự kiến|mục tiêu|đăng ký|lộ trình|giao|ước|chỉ tiêu(?= (?:năm|đến|giai đoạn)))\b"
    ),
    ("kế hoạch năm 2024", "số tiêu chí phấn đấu đạt", "chỉ tiêu năm 2024"),
    "số tiêu chí đạt",
)
DATED_HEAD = HeadForm(  # a column that says no more than as of when
    re.compile(
        r"^(?:(?:kế hoạch|kh|kết quả|thực hiện|hiện trạng|hiện nay|hiện có|chỉ tiêu|mục tiêu|phấn đấu|đạt|tính|đến|hết|"
        r"cùng kỳ|cuối|đầu|thời điểm|tháng|năm|ngày|quý|trước|nay|này|\(?\d[\d/.-]*\)?)(?: |$))+$"
    ),
    ("cuối năm 2018", "đến 31/10/2019", "năm 2019", "hiện trạng năm 2019", "cuối năm trước"),
    "dân số năm 2019",
)
FORMS = (
    DATED_HEAD, PLACE_HEAD, COUNT_HEAD, UNMET_HEAD, UNITS_HEAD, AVERAGE_HEAD, MARK_HEAD, CRITERION_HEAD, VERDICT_HEAD,
    PLAN_HEAD,
)  # fmt: skip

_MET = frozenset({"x", "đ", "d", "đạt", "đã đạt", "duy trì", "hoàn thành", "có", "1", "✓", "✔", "√", "+", "v"})
_UNMET = frozenset(
    {"chưa", "chưa đạt", "không", "không đạt", "chưa hoàn thành", "không có", "cđ", "kđ", "k", "o", "0", "-", "–"}
    | {"✗", "✘", "☒", "×"}
)
_SUB_CRITERION = re.compile(r"(?:tiêu chí|chỉ tiêu|tc)?[ .]*(?:số )?\d{1,2}\.\d{1,2}")
_CHANGE_HEAD = re.compile(r"\b(?:tăng|giảm|so với|tỷ lệ|tỉ lệ|%|ghi chú|năm đạt|năm công nhận)")
_DATED_HEAD = re.compile(r"\b(?:năm|tháng|quý|ngày)\b|/")
_CRITERIA_TOLD = re.compile(r"tiêu chí|nông thôn mới|ntm")
_UNITS_TOLD = re.compile(r"\((?:xã|thôn|bản|ấp)\)$")
_GROUP_ORDINAL = re.compile(r"(?:[IVX]{1,5}|[A-ZĐ])\.?")
_COUNTED = re.compile(r"\d{1,2}(?:\s?/\s?\d{1,2})?(?:\s*(?:tiêu chí|TC))?")
_LIST = re.compile(
    r"(?:(?:TC|tiêu chí|số)\s*)*\d{1,2}(?:\.\d{1,2})?(?:\s*(?:[,;+]|và)\s*(?:(?:TC|tiêu chí|số)\s*)*\d{1,2}"
    r"(?:\.\d{1,2})?)*\.?",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:tổng(?: cộng| số| hợp)?|cộng|toàn (?:huyện|tỉnh|xã|thành phố)|bình quân|trung bình|"
    r"số (?:xã|thôn) (?:đã |chưa )?(?:đạt|hoàn thành)|tỷ lệ|tỉ lệ)\b"
)
_KIND_FIRST = re.compile(rf"(?P<kind>{_KINDS})\s+(?=\S)", re.IGNORECASE)
_NAME = rf"[{CAPITAL}][\w’']*(?:(?: | ?- ?)[{CAPITAL}\d][\w’']*){{0,4}}"
_NAMES = re.compile(_NAME)
_NUMBERED_NAME = re.compile(rf"{_NAME}|\d{{1,2}}[A-Z]?(?!\w)")  # after its kind: "Thôn 3"
_CAPTION_KIND = re.compile(rf"(?:\d+|các|từng)\s+(?P<kind>{_KINDS})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    index: int
    head: str  # the words of all its heading rows, folded by `key`
    use: Use
    cell: Cell | None  # the lowest heading cell
    number: int | None = None  # of the criterion that it marks
    name: str | None = None  # of that criterion, as printed


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place as a cell names it; `kind` comes from the cell, its heading or the caption."""

    kind: str | None
    start: int  # of the name with its kind, where the cell gives one
    name_start: int
    end: int
    above: str | None  # the district, or for a village the commune, of the row


@dataclass(frozen=True, slots=True)
class PlaceRow:
    row: Row
    places: tuple[PlaceName, ...]  # several in tables of helpers; a row of results names one

    @property
    def start(self) -> int:
        """Return where its evidence starts: at its place, or at its first words where the place stands rows above."""
        place = self.places[0].start
        return (
            place
            if place >= self.row.provision.start
            else next(cell.start for cell in self.row.cells if cell.end > cell.start)
        )

    def cell(self, column: Column) -> Cell | None:
        """Return the cell of a column; None where it is missing or empty."""
        cells = self.row.cells
        cell = cells[column.index] if column.index < len(cells) else None
        return cell if cell is not None and cell.start < cell.end else None


@dataclass(frozen=True, slots=True)
class PlaceTable:
    columns: tuple[Column, ...]
    rows: tuple[PlaceRow, ...]
    totals: tuple[Row, ...]
    caption: tuple[int, int]  # the words right above the table
    above: tuple[PlaceName, ...]  # the districts that stand once for several rows

    @property
    def of_villages(self) -> bool:
        return self.rows[0].places[0].kind in VILLAGES

    def of(self, use: Use) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.use is use)


def place_tables(outline: Outline, flat: str, authority: Authority) -> tuple[PlaceTable, ...]:
    """Return the tables with a column of places, in text order."""
    return tuple(table for rows in outline.tables if (table := _read(rows, flat, authority)) is not None)


def _read(rows: tuple[Row, ...], flat: str, authority: Authority) -> PlaceTable | None:
    words = [[cell.within(flat) for cell in row.cells] for row in rows]
    first = first_data_row(words)
    if first == 0 or first >= len(rows):
        return None
    width = max(len(row.cells) for row in rows)
    over = heads(rows[:first], words[:first], width, len(words[first]))
    caption = caption_of(flat, rows[0].provision.start)
    place, above = _place_columns(over, flat)
    if place is None:
        return None
    heading_kind = _kind_of(over[place].words) or _kind_of_caption(flat, caption)
    columns = _columns(over, place, above, words[first:], criterion_names(authority))
    if _RANK.get(heading_kind or "xã", 0) > 1:
        columns = _with_dated_counts(columns, words[first:], key(flat[slice(*caption)]))
    listed = any(column.use is Use.CRITERION for column in columns)  # a row for each criterion of a place
    found: list[PlaceRow] = []
    totals: list[Row] = []
    groups: list[PlaceName] = []
    district: str | None = None
    for row, texts in zip(rows[first:], words[first:], strict=True):
        if any(_TOTAL.match(key(text)) for text in texts[: place + 1]):
            totals.append(row)
            continue
        group = _group(row, texts, heading_kind)
        if group is not None:
            groups.append(group)
            district = flat[group.name_start : group.end]
            continue
        if above is not None and above < len(texts) and texts[above]:
            district = _KIND_FIRST.sub("", texts[above]).strip()
            groups.extend(_names(row.cells[above], flat, _kind_of(over[above].words), None))
        cell = row.cells[place] if place < len(row.cells) else None
        if cell is None or cell.start == cell.end:
            if listed and found:
                found.append(PlaceRow(row, found[-1].places))
            continue
        named = tuple(_names(cell, flat, heading_kind, district))
        if named:
            found.append(PlaceRow(row, named))
    return PlaceTable(columns, tuple(found), tuple(totals), caption, tuple(groups)) if found else None


def _place_columns(over: Sequence[Head], flat: str) -> tuple[int | None, int | None]:
    """Return the column of the places, and that of what they lie in."""
    named: list[tuple[int, int]] = []
    for index, head in enumerate(over):
        match = PLACE_HEAD.pattern.fullmatch(head.words)
        if match is None or (_NOT_A_PLACE.search(match["rest"]) and not _HELPED.search(match["rest"])):
            continue
        if head.cell is not None and names_unit(head.cell, flat):
            continue  # "Xã Lũng Cú" heads the column of one place
        named.append((_RANK.get(match["kind"], 0), index))
    if not named:
        return None, None
    rank, place = max(named, key=lambda each: (each[0], -each[1]))
    above = [index for other, index in named if 0 < other == rank - 1]
    return place, above[0] if above else None


def names_unit(cell: Cell, flat: str) -> bool:
    """Return whether a heading is the name of one unit: "Xã Lũng Cú"."""
    kind = _KIND_FIRST.match(flat, cell.start, cell.end)
    return kind is not None and re.compile(rf"{_NAME}").fullmatch(flat, kind.end(), cell.end) is not None


def _kind_of(head: str) -> str | None:
    """Return the one kind of unit that a heading names; "xã, phường, thị trấn" leaves it to the catalogue."""
    kinds = re.findall(rf"\b(?:{_KINDS})\b", head)
    return kinds[0] if kinds else None


def _kind_of_caption(flat: str, caption: tuple[int, int]) -> str | None:
    kinds = [match["kind"].lower() for match in _CAPTION_KIND.finditer(flat, *caption)]
    return kinds[-1] if kinds else None


def _group(row: Row, texts: Sequence[str], kind: str | None) -> PlaceName | None:
    """Return the district of a row that names nothing else: "I | Huyện Hòa An"."""
    filled = [(cell, text) for cell, text in zip(row.cells, texts, strict=True) if text]
    if filled and _GROUP_ORDINAL.fullmatch(filled[0][1]):
        filled = filled[1:]
        if not filled:
            return None
    elif len(filled) != 1:
        return None
    cell, text = filled[0]
    first = _KIND_FIRST.match(text)
    if first is None or _RANK[first["kind"].lower()] >= _RANK.get(kind or "", 9) or not _NAMES.match(text, first.end()):
        return None
    named = _NAMES.match(text, first.end())
    assert named is not None
    return PlaceName(first["kind"].lower(), cell.start, cell.start + named.start(), cell.start + named.end(), None)


def _names(cell: Cell, flat: str, kind: str | None, above: str | None) -> Iterator[PlaceName]:
    """Yield the places of a cell: "Nam Tuấn", "Xã Hồng Việt (huyện Hòa An)", "Bờ Ngoong, Dun và Ayun"."""
    at = cell.start
    while at < cell.end:
        first = _KIND_FIRST.match(flat, at, cell.end)
        said = first["kind"].lower() if first else None
        name = (_NUMBERED_NAME if first else _NAMES).match(flat, first.end() if first else at, cell.end)
        if name is None:
            return
        within = re.compile(r"\s*(?:\(|,|-|–)\s*(?:huyện|thị xã|thành phố|thuộc huyện|xã)\s+").match(
            flat, name.end(), cell.end
        )
        upper = _NAMES.match(flat, within.end(), cell.end) if within else None
        yield PlaceName(said or kind, at, name.start(), name.end(), upper.group() if upper else above)
        more = re.compile(r"[\s)]*(?:,|;|và|\+)\s+").match(flat, upper.end() if upper else name.end(), cell.end)
        if more is None:
            return
        at = more.end()


@lru_cache(maxsize=2)
def criterion_names(authority: Authority) -> frozenset[str]:
    """Return every name and alias of a criterion of any set, folded."""
    return frozenset(key(name) for each in authority.criteria for name in (each.name, *each.aliases))


def _columns(
    over: Sequence[Head], place: int, above: int | None, words: Sequence[Sequence[str]], names: frozenset[str]
) -> tuple[Column, ...]:
    marks = _marks(over, names, {place, above})
    columns = []
    for index, head in enumerate(over):
        if index in (place, above) or not head.words:
            continue
        if index in marks:
            number, name = marks[index]
            columns.append(Column(index, head.words, Use.MARK, head.cell, number, name))
            continue
        values = [row[index] for row in words if index < len(row) and row[index]]
        columns.append(Column(index, head.words, _use(head.words, values, names), head.cell))
    return tuple(columns)


def _with_dated_counts(columns: tuple[Column, ...], words: Sequence[Sequence[str]], caption: str) -> tuple[Column, ...]:
    """Return the columns where bare dates ("Năm 2018 | Đến 31/10/2019") head counts, if criteria are spoken of."""
    if any(column.use is Use.COUNT for column in columns):
        return columns
    told = any(column.use in (Use.MET, Use.UNMET) for column in columns) or _CRITERIA_TOLD.search(caption) is not None
    made = []
    for column in columns:
        values = [row[column.index] for row in words if column.index < len(row) and row[column.index]]
        counts = [match for value in values if (match := _COUNTED.fullmatch(value))]
        met = sum(int(re.split(r"\D", each.group())[0]) <= 20 for each in counts)
        dated = column.use is Use.OTHER and DATED_HEAD.pattern.fullmatch(column.head) is not None
        if (
            dated
            and met > len(values) / 2  # the others are totals
            and all(value.isdigit() for value in values if not _COUNTED.fullmatch(value))
            and (told or all("/" in value for value in values))
        ):
            column = replace(column, use=Use.PLAN if PLAN_HEAD.pattern.search(column.head) else Use.COUNT)
        made.append(column)
    return tuple(made)


def _marks(
    over: Sequence[Head], names: frozenset[str], taken: set[int | None]
) -> dict[int, tuple[int | None, str | None]]:
    """Return the columns that mark one criterion each: at least five by bare numbers that rise, or three by name."""
    bare: dict[int, tuple[int | None, str | None]] = {}
    told: dict[int, tuple[int | None, str | None]] = {}
    for index, head in enumerate(over):
        if index in taken or _DATED_HEAD.search(head.own):
            continue
        for words in dict.fromkeys((head.own, *_endings(head.words))):
            if words in names:
                told[index] = (None, words)
                break
            match = MARK_HEAD.pattern.fullmatch(words)
            if (
                match is not None
                and 1 <= int(match["number"]) <= 20
                and (match["name"] is None or match["name"] in names)
            ):
                (told if match["said"] or match["name"] else bare)[index] = (int(match["number"]), match["name"])
                break
    numbers = [number for number, _ in bare.values() if number is not None]
    if len(numbers) < 5 or numbers != sorted(set(numbers)):
        bare = {}
    if len(told) < 3:
        told = {}
    return {**bare, **told}


def _endings(head: str) -> Iterator[str]:
    """Yield a heading and its ends, longest first: a name stands below a heading that spans many."""
    parts = head.split()
    for start in range(len(parts)):
        yield " ".join(parts[start:])


def _use(head: str, values: Sequence[str], names: frozenset[str]) -> Use:
    if CRITERION_HEAD.pattern.fullmatch(head) and values and all(_one_criterion(value, names) for value in values):
        return Use.CRITERION
    if VERDICT_HEAD.pattern.fullmatch(head) and values and all(verdict(value) is not None for value in values):
        return Use.VERDICT
    lists = sum(_LIST.fullmatch(value) is not None for value in values)
    listed = any(re.search(r"\d\s*(?:[,;+]|và)\s*\d", value) for value in values)
    counted = sum(_COUNTED.fullmatch(value) is not None for value in values)
    if AVERAGE_HEAD.pattern.search(head):
        return Use.AVERAGE
    if (units := UNITS_HEAD.pattern.fullmatch(head)) is not None:
        rest = units["rest"]
        if PLAN_HEAD.pattern.search(rest):
            return Use.TO_REACH
        return Use.REACHED if re.search(r"đạt|công nhận|hoàn thành|về đích|nâng cao|kiểu mẫu", rest) else Use.UNITS
    if PLAN_HEAD.pattern.search(head) and _UNITS_TOLD.search(head):
        return Use.TO_REACH
    if _CHANGE_HEAD.search(head):
        return Use.OTHER
    if UNMET_HEAD.pattern.search(head):
        numbered = re.match(r"(?:tổng )?số\b", head) is not None and not listed
        return Use.UNMET if lists and not numbered else Use.OTHER
    if COUNT_HEAD.pattern.search(head) or (PLAN_HEAD.pattern.search(head) and re.search(rf"\b{_CRITERIA}\b", head)):
        if listed:
            return Use.MET if not PLAN_HEAD.pattern.search(head) else Use.OTHER
        if counted or any(re.fullmatch(r"\d{1,3}(?:\.\d{3})*", value) for value in values):
            return Use.PLAN if PLAN_HEAD.pattern.search(head) else Use.COUNT
    return Use.OTHER


def _one_criterion(value: str, names: frozenset[str]) -> bool:
    words = key(value)
    if words in names or _SUB_CRITERION.fullmatch(words):
        return True
    match = MARK_HEAD.pattern.fullmatch(words)
    return match is not None and (match["name"] is None or match["name"] in names)


def verdict(words: str) -> bool | None:
    """Return what a mark says; None for a percentage, a remark or a mark that is not known."""
    folded = key(words).strip(" .")
    return True if folded in _MET else False if folded in _UNMET else None


def listed_numbers(cell: Cell, flat: str) -> Iterator[Cell]:
    """Yield where the numbers of a list stand: "2, 10, 17", "TC 5; TC 17.8"; nothing for a cell of other words."""
    if _LIST.fullmatch(flat, cell.start, cell.end) is None:
        return
    for match in re.compile(r"\d{1,2}(?:\.\d{1,2})?(?!\d)").finditer(flat, cell.start, cell.end):
        yield Cell(match.start(), match.end())
