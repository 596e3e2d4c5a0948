"""The grammar of bodies' names: a stem, what follows it and says where, who holds it, groups and lists.

Reads each name by itself, without deciding which body it is; `ingest.agencies` does that.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.agency_names import HEADS, LEVEL_WORDS, AgencyNames, Stem
from ingest.duties import duty_at
from ingest.phrases import first_word, words_of
from ntmgraph.text import aligned, key

UPPER = "".join(char for char in map(chr, range(0x41, 0x1EFA)) if char.isupper())
_PLACE = re.compile(rf"[{UPPER}]\w*(?:['’-]?[{UPPER}]\w*)*(?: [{UPPER}]\w*){{0,3}}")
_DOUBLE_PLACE = re.compile(rf"[{UPPER}]\w*(?: [{UPPER}]\w*)* - [{UPPER}]\w*(?: [{UPPER}]\w*){{0,3}}")
_WORD = re.compile(r"\w+")
_ROW_END = re.compile(r"(?<= \|)\n|\n(?=[^\n]*\|)")

UNIT = (
    r"(?:tỉnh|thành phố|tp\.?|huyện|thị xã|tx\.?|quận|xã|phường|thị trấn|đặc khu|thôn|bản|ấp|xóm|buôn|"
    r"tổ dân phố|khu dân cư|tiểu khu|khu phố|khóm|làng(?! nghề))(?! (?:ủy|đoàn|hội|đội)(?!\w))"
)
_UNIT_LEVEL = {**LEVEL_WORDS, "tp": "district", "tx": "district"}
_WARD = re.compile(r"[1-9]\d?(?=\s*[,;.:)(|](?!\d)|\s+(?:và|thuộc|quận|thành phố|thị xã)\b)")  # "UBND phường 10"
_NAMED_UNIT = re.compile(rf"(?P<unit>{UNIT}) ")
_SEVERAL_UNITS = re.compile(
    rf"(?P<lead>(?:của |thuộc |tại )?các )(?P<units>{UNIT}(?:(?:, ?| và |/| - )(?:các )?{UNIT})*)(?!\w)"
    r"(?P<rest>(?: có)? liên quan| trực thuộc(?: trung ương| tw)?| trên địa bàn(?: tỉnh| huyện| xã)?| trong tỉnh"
    r"| trong phạm vi kế hoạch| biên giới| vùng (?:cao|khó khăn)| đặc biệt khó khăn| thực hiện đề án)*"
)
_ANY_UNIT = re.compile(
    rf"(?P<lead>(?:của |thuộc )?(?:cấp )?)(?P<units>{UNIT}(?:(?:, ?| và |/| - )(?:cấp )?{UNIT})*)(?!\w)"
    r"(?P<rest> trên địa bàn(?: tỉnh| huyện)?| trong phạm vi kế hoạch)?"
)
_FIXED_TAIL = re.compile(r"(?P<central>(?:ở )?trung ương|tw)(?!\w)|(?P<every>(?:ở )?các cấp|địa phương|cơ sở)(?!\w)")
_PLACES_FOLLOW = re.compile(r" ?(?:: ?|\(|gồm:? |là )|(?= )")
_REGION = re.compile(r" [IVX]+(?!\w)")  # "Kho bạc Nhà nước khu vực XIX"
_LIST_STEP = re.compile(r", | và |; ")

# The subject of a steering committee or coordination office: "xây dựng nông thôn mới và giảm nghèo bền vững".
_PROGRAMME = re.compile(
    r" (?:(?:thực hiện|triển khai|chỉ đạo) )?(?:(?:các|chương trình|mục tiêu quốc gia|mtqg|quốc gia|ctmtqg|xây dựng) )*"
    r"(?:nông thôn mới|ntm|mục tiêu quốc gia|mtqg|ctmtqg)(?!\w)"
    r"(?:(?: và|,) (?:giảm nghèo bền vững|giảm nghèo|đô thị văn minh|ocop))*(?: giai đoạn \d{4} ?[-–] ?\d{4})?"
)
_MORE_PROGRAMME = re.compile(r"(?: và|,) (?:giảm nghèo bền vững|giảm nghèo)(?: giai đoạn \d{4} ?[-–] ?\d{4})?(?!\w)")
_OTHER_SUBJECT = re.compile(
    r" (?:phòng,? chống|cải cách|chuyển đổi số|phong trào|công tác|đề án|dự án|xóa|cuộc vận động|\d{2,3}(?! lần))"
    r"(?: [\w/-]+){0,9}?"
    r"(?= (?:tỉnh|huyện|thành phố|xã|cấp|trung ương)(?!\w)|[,;.:)]|$)"
)
_SUBJECT_KINDS = frozenset({"steering", "coordination_office"})

# What groups are made of; each word with what makes another word of it ("ban chỉ đạo", "phòng chống").
_NOUN = (
    # Not of "Sở Thông tin và Truyền thông, Sở Tài chính".
    r"(?:sở(?! thông tin)|"
    r"bộ(?=,| ngành| - |/| và (?:các )?(?:cơ quan|ngành|địa)| liên quan)|tập đoàn(?: kinh tế)?|tổng công ty|"
    r"ban(?! (?:chỉ|quản|thường|phát|giám|dân|tuyên|tổ|chấp|thi|hành|bí|cán|công|nội|kinh))|ngành(?! nghề)|"
    r"đoàn thể|hội(?! (?:đồng|nông|liên|cựu|phụ|nghị|viên|khuyến|người|chữ|làm))|mặt trận(?! tổ)|"
    r"cơ quan(?: ngang bộ| thuộc chính phủ| trung ương)?|đơn vị|"
    r"địa phương|tổ chức(?! (?:thực|triển|lễ|các|tốt))|"
    r"phòng(?! (?:chống|họp|nông|tài|lao|văn|kinh|giáo|y|tư|nội))|doanh nghiệp|cấp ủy|"
    r"(?:huyện|thị|thành|quận|đảng) ủy|chính quyền|"
    r"cấp(?! (?:độ|bách|nước|phát|tỉnh|huyện|xã|thôn|trung|cơ))|trường học)"
)
_MEDIA = r"(?:thông tin|truyền thông|báo chí)"
_QUALIFIER = (
    r"(?: đảng| chính trị(?: ?[-–] ?| )xã hội| thành viên| đoàn thể| nghề nghiệp| chuyên môn|"
    rf" {_MEDIA}(?:(?:,| và)? (?:{_MEDIA}|đại chúng))*| thông tin đại chúng|"
    r"(?: trực)? thuộc (?:tỉnh ủy|huyện ủy|tỉnh|huyện|xã|thành phố|trung ương|ubnd (?:tỉnh|huyện|xã))|"
    r"(?: của| cấp| thuộc| ở| trong)? (?:tỉnh|huyện|thị xã|thành phố|xã|trung ương|địa phương)(?!\w)|"
    r"(?: có)? liên quan| (?:có tên|nêu|quy định) (?:tại|ở|trong) (?:điều|phụ lục|mục|khoản) \w+|"
    r" của quốc hội| các cấp| nêu trên| nói trên| chức năng| phối hợp thực hiện|"
    r"(?: được)?(?: ubnd tỉnh)? (?:phân công|giao(?= (?:chủ trì|phụ trách)))"
    r"(?:,? (?:và )?(?:chủ trì|phụ trách|giúp đỡ|đỡ đầu|theo dõi|chỉ đạo|thực hiện))*"
    r"(?: (?:các )?xã(?: xây dựng nông thôn mới(?: và giảm nghèo bền vững)?)?| (?:các )?tiêu chí)?|"
    r" phụ trách(?:,? (?:giúp đỡ|đỡ đầu))+(?: các)? (?:xã|địa bàn)|"
    r" (?:chủ trì|phụ trách)(?: thực hiện)?(?: các| \d+)* tiêu chí(?! (?:số )?\d)|"
    r" trên địa bàn(?: tỉnh| huyện| xã)?)"
)
_GROUP = re.compile(
    rf"(?P<every>(?:tất cả |toàn thể )?các (?:các )?|những )?(?P<nouns>{_NOUN}(?:{_QUALIFIER})*"
    rf"(?:(?:,| và|,? cùng| -|/) (?:các )?(?!tập đoàn){_NOUN}(?:{_QUALIFIER})*)*)(?!\w)"
)
_GROUP_FIRST = words_of("tất toàn các những sở bộ cơ cấp đơn phòng ban huyện thành thị quận đảng")
_NOUNS = re.compile(_NOUN)
_TOO_GENERAL = frozenset({"tổ chức", "doanh nghiệp", "trường học"})
_OTHER_WORD = (" cơ ", " cán ", " nội ", " toàn ")  # before "sở", "bộ": a word of two syllables
_INVOLVED = re.compile(r"liên quan(?!\w)")
_CENTRAL_GROUP = re.compile(r"ngang bộ|thuộc chính phủ|của quốc hội")
_LEVEL_AT_END = tuple((re.compile(rf"\b{word}\Z"), level) for word, level in LEVEL_WORDS.items())
_ELIDED = re.compile(r"(?:các )?(?P<head>sở|bộ|phòng|ngành)(?:, (?:ban|ngành|đơn vị))*(?: gồm)?(?::| ?\()? ")
_GROUP_STEP = re.compile(r"(?:,| và|,? cùng| -|/) (?:các )?")
# "các tổ chức, cá nhân" and "các cấp học" are nobody in particular.
_NOT_A_GROUP = re.compile(r",? (?:và )?cá nhân|,? hộ gia đình| nghề| học(?!\w)| độ(?!\w)| bậc")

_HOLDER = re.compile(
    r"(?:(?:các )?đồng chí |các )?"
    r"(?:(?:lãnh đạo|thủ trưởng|người đứng đầu|phó giám đốc|giám đốc|(?:các )?phó chủ tịch|chủ tịch|"
    r"phó bí thư|bí thư|phó trưởng|trưởng|phó chánh|chánh|cục trưởng|chi cục trưởng|bộ trưởng|tổng giám đốc|"
    r"chỉ huy trưởng|(?:các )?thành viên|(?:các )?(?:vị )?đại biểu|(?:các )?ủy viên|viện trưởng|chánh án|"
    r"tổng biên tập)(?:, | và |/)?)+ "
)
_HOLDER_FIRST = words_of(
    "các đồng đại vị lãnh thủ người phó giám chủ bí trưởng chánh cục chi bộ tổng chỉ thành ủy viện"
)
# Bodies whose names no list has: a head, then words in capitals.
_OPEN_HEAD = re.compile(
    r"(?P<head>hội đồng|hội|hiệp hội|liên hiệp|liên đoàn|trung tâm|trường|học viện|viện|"
    r"công ty(?: (?:cổ phần|cp|tnhh|trách nhiệm hữu hạn|một thành viên|mtv))*|tập đoàn|"
    r"tổng công ty|ngân hàng|quỹ|báo|tạp chí|đài|tổ công tác|tổ|đội|ban quản lý|ban giám sát|"
    r"ban(?! (?:thường|chấp|chỉ|bí))|văn phòng|chi cục|cục|tổng cục|vụ|đảng ủy|đảng bộ|đoàn|hạt|đồn|trạm|"
    r"bệnh viện|thư viện|sở|phòng) "
)
_OPEN_FIRST = words_of(
    "hội hiệp liên trung trường học viện công tập tổng ngân quỹ báo tạp đài tổ đội ban văn chi cục vụ đảng đoàn hạt "
    "đồn trạm bệnh thư sở phòng"
)
_OPEN_KIND = {
    "sở": ("department", "province"),
    "phòng": ("division", "district"),
    "tổ": ("team", None),
    "tổ công tác": ("team", None),
    "đội": ("team", None),
    "ban quản lý": ("management_board", None),
    "đảng ủy": ("party", None),
    "đảng bộ": ("party", None),
    "báo": ("media", "province"),
    "đài": ("media", "province"),
    "công ty": ("company", None),
}
_CAPITAL_WORDS = rf"[{UPPER}]\w+(?: (?!và )\w+){{0,3}}?"
# "Trung tâm Văn hóa, Thông tin và Thể thao" huyện: only where a level word closes it.
_LISTED_NAME = re.compile(
    rf"{_CAPITAL_WORDS}(?:, {_CAPITAL_WORDS})+ và {_CAPITAL_WORDS}(?= (?:tỉnh|huyện|thành phố|thị xã|xã)\b)"
)
_QUOTED = re.compile(r"[“\"«][^”\"»]{3,80}[”\"»]")
# Words that end a name without capitals after it; a duty word ends it too.
_FUNCTION_WORDS = words_of(
    "và các của cho với trong theo về là để từ được tại đến có đã như do khi phải cần qua trên những này đang sẽ không "
    "cùng hoặc nhằm trước sau làm vào ở gồm nêu"
)
# Kinds whose names are also written with a small letter; the second only with a level ("công an tỉnh").
_COMMON_KINDS = frozenset({"party", "front", "committee", "council", "steering", "coordination_office", "community"})
_GENERIC_KINDS = frozenset({"board", "force"})
_PLACED_KINDS = frozenset({"party", "media", "front", "force", "other", "board", "court"})  # "Kho bạc Nhà nước Yên Bái"

_TERRITORY_FIRST = words_of("các cấp huyện thị thành xã phường đặc tp tx")
# Every name starts with one of these words or with a known stem: the forms are tried nowhere else.
_FIRST = _HOLDER_FIRST | _GROUP_FIRST | _OPEN_FIRST | _TERRITORY_FIRST | HEADS.keys()

# A place acts through its committee: "huyện Trấn Yên cần rà soát".
_COMMITTEE = Stem("UBND", "committee", ids={"district": "h.ubnd", "commune": "x.ubnd"})


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a stem and says where the body is."""

    end: int
    level: str | None  # None: at every level
    unit: str | None = None  # "huyện"
    place: str | None = None  # "Bắc Hà"
    several: bool = False
    above: tuple[str, str] | None = None  # "xã Báo Đáp, huyện Trấn Yên": ("district", "Trấn Yên")
    places: tuple[tuple[int, int], ...] = ()  # of a list: "các huyện: A, B"


@dataclass(frozen=True, slots=True)
class Found:
    """A name as read, before it has an id."""

    start: int
    end: int
    lead: int
    stem: Stem
    tail: Tail | None = None
    holder: str | None = None
    level: str | None = None  # that the stem's own words say
    group: str | None = None  # catalogue id of a group, when it is one
    slip: bool = False
    territory: bool = False
    shared: bool = False  # its level words stand behind the next name
    body: int = -1  # where the body's own words start, after its holder's title


class Scan:
    """One pass over one text. `cells` are the starts of table cells that hold offices by their field alone: "Xây dựng"
    is a department there, elsewhere it is work."""

    def __init__(
        self, text: str, names: AgencyNames, *, cells: frozenset[int] = frozenset(), cell_head: str = "sở"
    ) -> None:
        # A name may go on in the next line, but not in the next row of a table.
        text = _ROW_END.sub("\x1f", text)
        self.text = text
        self.flat = text.replace("\n", " ")
        self.low = aligned(text)
        self.names = names
        self.cells = cells
        self.cell_head = cell_head
        self.previous = -2  # end of the name before

    def found(self) -> Iterator[Found]:
        cursor = 0
        for word in _WORD.finditer(self.low):
            start, first = word.start(), word.group()
            if first not in _FIRST and first not in self.names.stems and start not in self.cells:
                continue
            if start < cursor or (start and self.flat[start - 1] in "-/"):
                continue
            many = self._at(start, first)
            if not many and start in self.cells:
                many = self._fields(self.cell_head, start, lead=start)
            yield from many
            if many:
                cursor = self.previous = many[-1].end

    def _at(self, start: int, first: str) -> list[Found]:
        # "UBND tỉnh lãnh đạo UBND huyện": a verb, not a title.
        verb = first in ("lãnh", "chủ") and start == self.previous + 1
        if first in _HOLDER_FIRST and not verb and (holder := _HOLDER.match(self.low, start)):
            title = holder.group().strip(" ,")
            held = self._body(holder.end(), first_word(self.low, holder.end()))
            if held and not held[0].territory:
                if held[0].start != held[0].lead:  # "Giám đốc các Sở: Nội vụ, Tài chính"
                    return [replace(one, lead=start, holder=title) for one in held]
                return [replace(held[0], start=start, lead=start, holder=title, body=held[0].start), *held[1:]]
        return self._body(start, first)

    def _body(self, start: int, first: str) -> list[Found]:
        if first in _GROUP_FIRST:
            if fielded := self._field_list(start):
                return fielded
            if group := self._group(start):
                return [group]
        if first in HEADS and (named := self._fielded(start, first)):
            return named
        if known := self._known(start, first):
            return known
        if first in _OPEN_FIRST and (opened := self._open(start)):
            return [opened]
        return self._territory(start, first)

    # --- what follows a stem

    def tail(self, at: int, *, bare_place: bool = False) -> Tail | None:
        """Read "các huyện: A, B", "cấp huyện", "huyện Bắc Hà", "Trung ương" right after a stem that ends at `at`."""
        if at >= len(self.low) or self.low[at] != " " or self.low.startswith("  ", at):
            return None
        return self._tail_from(at + 1, bare_place=bare_place and self.text[at] == " ")

    def _tail_from(self, start: int, *, bare_place: bool = False) -> Tail | None:
        if fixed := _FIXED_TAIL.match(self.low, start):
            return Tail(fixed.end(), "central" if fixed["central"] else None, several=bool(fixed["every"]))
        if several := _SEVERAL_UNITS.match(self.low, start):
            units = re.findall(UNIT, several["units"])
            places = self._place_list(several.end())
            last = re.compile(r"(?:, ?| và )(?:các )?(?=" + UNIT + r"$)").split(several["units"])[0]
            if len(units) > 1 and len(places) == 1 and self.low[several.end()] == " ":
                # "UBND các huyện, thành phố Tân An": the name is that of the last unit only
                return Tail(several.start("units") + len(last), _UNIT_LEVEL[units[0]], units[0], several=True)
            end = places[-1][1] if places else several.end()
            return Tail(end, _UNIT_LEVEL[units[0].rstrip(".")], units[0], several=True, places=places)
        if named := self._named_unit(start):
            return named
        if self.low.startswith("của ", start) and (named := self._named_unit(start + 4)):
            return named
        if generic := _ANY_UNIT.match(self.low, start):
            units = re.findall(UNIT, generic["units"])
            level = _UNIT_LEVEL[units[0].rstrip(".")]
            own = level == "province" or (len(units) == 1 and not generic["lead"].endswith("cấp "))
            return Tail(generic.end(), level, units[0], several=not own)
        if bare_place and (place_end := self._place_end(start)):
            return Tail(place_end, None, None, self.flat[start:place_end])
        return None

    def _named_unit(self, start: int) -> Tail | None:
        unit = _NAMED_UNIT.match(self.low, start)
        if unit is None:
            return None
        numbered = _WARD.match(self.low, unit.end()) if unit["unit"] == "phường" else None
        end = numbered.end() if numbered else self._place_end(unit.end())
        if not end:
            return None
        if self.text[unit.end() - 1] == "\n" and not self.names.is_unit(self.flat[unit.end() : end]):
            return None  # "Công an xã" / "Đảm bảo an ninh ..."
        word = unit["unit"].rstrip(".")
        level, place = _UNIT_LEVEL[word], self.flat[unit.end() : end]
        above = None
        if level in ("commune", "district") and (step := re.compile(r",? ").match(self.low, end)):
            higher = self._named_unit(step.end())
            if higher and higher.place and higher.level != level:
                above, end = (higher.level or "", higher.place), higher.end
        return Tail(end, level, word, place, above=above)

    def _place_end(self, start: int) -> int | None:
        """Return where a place name that starts here ends: a known unit's name, else its words in capitals."""
        match = _PLACE.match(self.flat, start)
        if match is None:
            return None
        if double := _DOUBLE_PLACE.match(self.flat, start):  # "Bà Rịa - Vũng Tàu", where there is such a unit
            words = double.group().split(" ")
            for count in range(len(words), words.index("-") + 1, -1):
                if self.names.is_unit(" ".join(words[:count])):
                    return start + len(" ".join(words[:count]))
        words = match.group().split(" ")
        for count in range(len(words), 0, -1):
            if self.names.is_unit(" ".join(words[:count])):
                return start + len(" ".join(words[:count]))
        # In a line of capitals everything looks like a name.
        return None if match.group().isupper() else match.end()

    def _place_list(self, at: int) -> tuple[tuple[int, int], ...]:
        opening = _PLACES_FOLLOW.match(self.low, at)
        if opening is None:
            return ()
        start = opening.end() + (1 if not opening.group() else 0)
        places: list[tuple[int, int]] = []
        while end := self._place_end(start):
            places.append((start, end))
            step = _LIST_STEP.match(self.low, end)
            if step is None:
                break
            start = step.end()
        return tuple(places)

    # --- the kinds of names

    def _group(self, start: int) -> Found | None:
        match = _GROUP.match(self.low, start)
        if match is None or _NOT_A_GROUP.match(self.low, match.end()):
            return None
        parts = _GROUP_STEP.split(match["nouns"])
        nouns = [noun.group() for part in parts if (noun := _NOUNS.match(part))]
        several = len(nouns) > 1
        involved = _INVOLVED.search(match["nouns"]) is not None  # "đơn vị liên quan"
        if not nouns or self.low.endswith(_OTHER_WORD, 0, start) or (nouns[0] == "ban" and not match["every"]):
            return None  # "cơ sở, ban, ngành", "cán bộ, cơ quan"
        whole = _CENTRAL_GROUP.search(match["nouns"]) is not None
        if not match["every"] and not several and not involved and not whole:
            return None
        bare = match["nouns"] in nouns
        if bare and not whole and nouns[0] not in ("sở", "đơn vị", "địa phương", "đoàn thể", "cơ quan"):
            return None
        if set(nouns) <= _TOO_GENERAL and not re.search(r"thành viên|chính trị|đoàn thể|đảng", match["nouns"]):
            return None
        words = match["nouns"]
        group = next((group for group in self.names.groups if any(word in words for word in group.words)), None)
        if group is None:
            return None
        level = next((at for word, at in _LEVEL_AT_END if word.search(words)), "province")
        end = match.end()
        if (
            words.endswith(("tỉnh", "huyện", "xã"))
            and (place := self.tail(end - len(words.split()[-1]) - 1))
            and place.place
        ):
            end = place.end
        return Found(start, end, start, Stem(group.name, "group", level), group=group.id)

    def _field_list(self, start: int) -> list[Found]:
        """Read an elided list: "Các sở: Nội vụ, Tài chính", "các Bộ Xây dựng, Tài chính"."""
        match = _ELIDED.match(self.low, start)
        if match is None or (not match.group().startswith("các") and ":" not in match.group()):
            return []
        return self._fields(match["head"], match.end(), lead=start)

    def _fielded(self, start: int, head: str) -> list[Found]:
        """Read "Sở Tài chính", and what is elided after it: "Sở Nội vụ, Tài chính"."""
        if self.low[max(0, start - 3) : start] == "cơ " or not self.low.startswith(" ", start + len(head)):
            return []
        return self._fields(head, start + len(head) + 1, lead=start)

    def _fields(self, head: str, at: int, *, lead: int) -> list[Found]:
        found: list[Found] = []
        elided = not (self.low.startswith(head, lead) and at == lead + len(head) + 1)
        start = at
        while match := self.names.fields.at(self.low, start):
            end, name = match
            if not self.flat[start].isupper():
                break
            if found and head != "bộ" and self.names.stems.at(self.low, start):
                break  # "Sở Tư pháp, Công an tỉnh": a body of its own
            tail = self.tail(end)
            whole = not elided and not found
            found.append(
                Found(lead if whole else start, tail.end if tail else end, lead, self.names.of_field(head, name), tail)
            )
            step = _LIST_STEP.match(self.low, found[-1].end)
            if step is None:
                break
            start = step.end()
        return found

    def _known(self, start: int, first: str) -> list[Found]:
        capital = self.flat[start : start + 1].isupper()
        if first in HEADS and not capital:
            return []  # "cán bộ xây dựng", "cơ sở y tế"
        match = self.names.stems.at(self.low, start, first)
        if match is None:
            return []
        end, form = match
        stem, phrase = form.stem, self.flat[start:end]
        if phrase.endswith("khu vực") and (numbered := _REGION.match(self.flat, end)):
            end = numbered.end()
            stem = Stem(" ".join(self.flat[start:end].split()), stem.kind, stem.level)
        if len(phrase) <= 6 and " " not in phrase and not phrase.isupper() and stem.ids != {"central": "tw.ttg"}:
            return []  # "CA", "QH": abbreviations only in capitals
        if stem.kind in _SUBJECT_KINDS and not form.level:
            if subject := _PROGRAMME.match(self.low, end):
                end = subject.end()
            elif more := _MORE_PROGRAMME.match(self.low, end):
                end = more.end()
            elif stem.kind == "steering" and (other := _OTHER_SUBJECT.match(self.low, end)):
                end = other.end()
                stem = Stem(" ".join(self.flat[start:end].split()), "steering")
        tail = self.tail(end, bare_place=stem.kind in _PLACED_KINDS)
        if tail is None and self.low.startswith(" xây dựng ", end) and stem.kind in _SUBJECT_KINDS:
            tail = None
        if not capital and stem.kind not in _COMMON_KINDS and (tail is None or stem.kind not in _GENERIC_KINDS):
            return []
        if not capital and tail is None and len(phrase.split()) < 3:
            return []
        if tail is None and not stem.alone:
            return []
        slip = key(phrase) in self.names.slips
        found = Found(start, tail.end if tail else end, start, stem, tail, level=form.level, slip=slip)
        return _each(tail, found, self.flat)

    def _open(self, start: int) -> Found | None:
        """Read a body by its head and the words in capitals after it: "Hội Sinh vật cảnh tỉnh"."""
        match = _OPEN_HEAD.match(self.low, start)
        if match is None or not self.flat[start].isupper() or self.flat[start : start + 2].isupper():
            return None
        end = match.end()
        if quoted := _QUOTED.match(self.flat, end):
            end = quoted.end()
        else:
            words_end = self._open_words(end)
            if words_end is None:
                return None
            end = words_end
        if self.names.is_unit(self.flat[start:end]):
            return None  # xã Trường Hà
        kind, level = _OPEN_KIND.get(
            match["head"], ("company" if match["head"].startswith("công ty") else "other", None)
        )
        tail = self.tail(end)
        name = " ".join(self.flat[start:end].split())
        return Found(start, tail.end if tail else end, start, Stem(name, kind, level), tail)

    def _open_words(self, start: int) -> int | None:
        end: int | None = None
        at = start
        media = self.low.startswith(("báo ", "đài "), start - 4)
        if media and (place := self._place_end(start)) and self.names.is_unit(self.flat[start:place]):
            return place  # "Báo Yên Bái"
        if (listed := _LISTED_NAME.match(self.flat, start)) and self.tail(listed.end()):
            steps = re.compile(r", | và ").finditer(self.low, start, listed.end())
            parts = [step.end() for step in steps]
            if not any(_OPEN_HEAD.match(self.low, part) or self.names.stems.at(self.low, part) for part in parts):
                return listed.end()
        small = 0
        while word := _WORD.match(self.flat, at):
            capital = word.group()[0].isupper() or word.group().isdigit()
            small = 0 if capital else small + 1
            ends = word.group() in _FUNCTION_WORDS or duty_at(self.low, at) is not None
            if small and (end is None or ends or (small > 2 and not self._closes(at))):
                break
            if re.compile(rf"(?:cấp )?{UNIT}(?!\w)").match(self.low, at):
                break
            end = word.end()
            step = re.compile(r" - | – | và (?=[" + UPPER + r"])|[ -]").match(self.flat, end)
            if step is None or self.flat.startswith("  ", end):
                break
            at = step.end()
            if step.group() == " và " and (_OPEN_HEAD.match(self.low, at) or self.names.stems.at(self.low, at)):
                break
        return end

    def _closes(self, at: int) -> bool:
        """True when a duty or a level follows soon: "Dịch vụ kỹ thuật môi trường lấy mẫu"; else the name has ended."""
        for word in itertools.islice(_WORD.finditer(self.low, at), 4):
            if duty_at(self.low, word.start()) or word.group() in ("tỉnh", "huyện", "xã"):
                return self.low[at : word.start()].replace(" ", "").isalpha()
        return False

    def _territory(self, start: int, first: str) -> list[Found]:
        """Read places that may be given a task: "các huyện, thị xã, thành phố", "cấp huyện", "huyện Trấn Yên"."""
        if first not in _TERRITORY_FIRST:
            return []
        tail = self._tail_from(start)
        if tail is None or tail.level in (None, "province", "central"):
            return []
        if not tail.several and tail.place is None:
            return []
        return _each(tail, Found(start, tail.end, start, _COMMITTEE, tail, territory=True), self.flat)


def _each(tail: Tail | None, found: Found, flat: str) -> list[Found]:
    """Return one name a place of a list: "UBND các huyện: A, B"."""
    if tail is None or not tail.places:
        return [found]
    return [
        replace(found, start=at, end=to, tail=replace(tail, place=flat[at:to], several=False, places=()))
        for at, to in tail.places
    ]
