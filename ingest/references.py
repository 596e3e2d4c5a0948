"""Which documents a text cites, and what for.

Guarantees left behind: one reference for each cited document and relation; where several mentions give a relation and
plain ones do not, only the relation stands; the cited document's id is set only when issuer and year are known, and
equals the id that document has when it is taken in itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from ingest.document_types import type_of_letters, type_of_number, with_dash
from ingest.header import Header
from ingest.issuers import identity, issuer_of_symbol, organisation, province_named
from ingest.language import spaced
from ingest.provisions import Outline
from ingest.slips import with_digits
from ntmgraph.authority import Authority
from ntmgraph.ids import stub_id
from ntmgraph.model import DocumentState, Reference, Relation
from ntmgraph.text import CAPITAL

_TYPE = (
    r"(?:Nghị quyết|Quyết định|Chỉ thị|Kết luận|Quy chế|Quy định|Thông báo|Thông tri|Hướng dẫn|Chương trình|Kế "
    r"hoạch|Phương án|Đề án|"
    r"Báo cáo|Biên bản|Tờ trình|Công điện|Công văn|Văn bản|Bộ luật|Luật|Pháp lệnh|Nghị định|Thông tư(?: liên "
    r"tịch)?|Điều lệ|Giấy mời)"
)
_PARTY_KIND = r"(?:NQ|CT|KL|QĐi?|QyĐ|QC|TB|TTr|HD|CTr|KH|PA|ĐA|DA|BC|BB|CV|TT|CL|TTHD|QH)"


@dataclass(frozen=True, slots=True)
class NumberForm:
    """A form of document numbers: its pattern, the forms that it accepts, one that it must not."""

    pattern: re.Pattern[str]
    accepts: tuple[str, ...]
    rejects: str


# A lookahead for the first letters or digits opens each pattern: at all other places of a text nothing more is asked.
NUMBERS = NumberForm(
    re.compile(
        # "s320/QĐ-TTg", "trasố 46/...": copies lose letters and blanks
        r"(?=\d)(?:(?<![\w/.,–-])|(?<=\bs)|(?<=số))(?P<digits>\d{1,5}[a-zđ]?)(?:"
        r"\s?/\s?(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?"
        r"(?P<symbol>(?:QH\d{1,2}|UBTVQH\d{1,2})(?!\w)|"
        r"(?:QĐ|NQ|KH|CT|TTr|NĐ|BC|TB|HD|CTr|TT) ?(?:UBND|HĐND|TTg|CP|B[A-ZĐ]{2,8})(?!\w)|"
        r"[A-ZĐ][A-Za-zĐđ]*\d{0,2}(?:(?:\s?[-–]\s?|\.(?=[A-ZĐ]{2}))[A-ZĐ][A-ZĐ&\d]*[a-z]{0,2}(?!\w))+)"
        r"|\s?/\s?(?P<body_alone>S?[A-ZĐ]{3,8}(?![\w/-]))"
        rf"|(?:\s?[-–]\s?|\s(?=[A-Z]{{2}}/T[WU]))(?P<kind>{_PARTY_KIND})\s?/\s?(?P<body>[A-ZĐ][A-Za-zĐ]*(?:-[A-ZĐ]+)*)(?!\w))"
    ),
    (
        "1600/QĐ-TTg",
        "27/2022/NĐ-CP",
        "24/2021/QH15",
        "77 /UBND-NL",
        "45-CT/TU",
        "367 - QĐ/TWĐTN-VP",
        "491/2009/QĐ TTg",
        "36/2021/NQHĐND",
        "37 CT/TW",
        "s320/QĐ-TTg",
        "26/SKHĐT",
        "61/QĐ.UBND-NN",
    ),
    "84/120 thôn",
)
SHORT = NumberForm(  # a number without its symbol: only after the type, and never a count of documents
    re.compile(
        rf"(?P<type>{_TYPE})\s+(?:số\s+)?(?P<digits>\d{{1,4}})(?![\w/%.,]*\d|\s?[-–/]\s?[A-ZĐ\d]|\w|\s+(?:xã|"
        rf"thôn|năm|nội dung|nhiệm vụ|điểm|ngày|\|))"  # a bar: the next row's number
    ),
    ("Nghị quyết 08", "Chỉ thị số 15"),
    "Kế hoạch 5 năm",
)
LAW = NumberForm(
    re.compile(
        rf"(?P<type>Bộ luật|Luật|Pháp lệnh)\s+(?P<name>[{CAPITAL}](?:[^.;:()\d]){{2,140}}?)\s+"
        r"(?:năm\s+(?P<year>(?:19|20)\d\d)|ngày\s+(?P<day>\d{1,2})(?:/|\s+tháng\s+)(?P<month>\d{1,2})(?:/|"
        r"\s+năm\s+)(?P<of>(?:19|20)\d\d))"
    ),
    ("Luật Đất đai năm 2013", "Luật Tổ chức chính quyền địa phương ngày 19/6/2015"),
    "Luật sư của tỉnh",
)
# A document without its number: named by its issuer and date only.
_DAY = (
    r"ngày\s+(?P<{0}d>\d{{1,2}})(?:\s?[/.-]\s?|\s+tháng\s+)(?P<{0}m>\d{{1,2}})(?:\s?[/.-]\s?|\s+năm\s+)"
    r"(?P<{0}y>(?:19|20)\d\d)"
)
_ISSUING = (
    r"(?P<{0}by>(?:UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng|Ban|Bộ|Sở|Thủ tướng|Chính phủ|Tỉnh|Thành|Huyện|Chủ tịch|"
    r"Thường trực)\b(?:(?! (?:tại|trong|họp|về) )[^,;:.()\d]){{2,70}}?)"
)
DESCRIBED = NumberForm(
    re.compile(
        rf"(?P<type>{_TYPE})(?: (?!(?:số|này|theo|tại|ngày|và|{_TYPE})\b)[^\s,;:.()\d]+){{0,12}}? (?:"
        rf"do\s+{_ISSUING.format('a')}\s+(?:ban hành|ký)\s+{_DAY.format('a')}"
        rf"|của\s+{_ISSUING.format('b')},?\s+(?:ban hành\s+|ký\s+)?{_DAY.format('b')}"
        rf"|{_DAY.format('c')}\s+của\s+{_ISSUING.format('c')}(?=\s+(?:về|ban hành|phê duyệt|quy định)\b|[,;.]|\s*$))"
    ),
    (
        "Kế hoạch hành động do UBND tỉnh ban hành ngày 15/7/2019",
        "Nghị quyết của Ban Chấp hành Đảng bộ tỉnh ngày 12/10/2019",
        "Quyết định ngày 12/3/2019 của UBND tỉnh về việc",
    ),
    "Kết luận của Thường trực Tỉnh ủy tại cuộc họp ngày 5/3/2020",
)
# What stands in the text already: one candidate before it, or none.
BACK = NumberForm(
    re.compile(
        r"(?=[QKCVTNHL])(?<!các )(?<!những )(?P<type>Quyết định|Kế hoạch|Công văn|Văn bản|Chỉ thị|Nghị quyết|Kết luận|"
        r"Tờ trình|Hướng dẫn|Công điện|Thông báo|Thông tư|Nghị định|Luật)\s+"
        r"(?:nói trên|nêu trên|trên đây|này|trên(?=[,.;]))",
        re.IGNORECASE,
    ),
    ("Kế hoạch nói trên", "công văn nêu trên", "Quyết định này"),
    "các Quyết định nêu trên",
)
FORMS = (NUMBERS, SHORT, LAW, DESCRIBED, BACK)

_DATED = re.compile(
    r"(?P<by>\s+của\s[^,;:.()\d]{3,80}?(?:\s*\([^()\d]{1,30}\))?)?"
    r"\s*,?\s*\(?(?:ban hành\s+|ký\s+)?ngày\s+(?P<day>\d{1,2})"
    r"(?:\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>(?:19|20)\d\d)|"
    r"\s+tháng\s+(?P<month2>\d{1,2})\s+năm\s+(?P<year2>(?:19|20)\d\d))"
)
_YEAR_ONLY = re.compile(r"\s+năm\s+(?P<year>(?:19|20)\d\d)")
_NOT_ITS_DATE = re.compile(
    rf"(?:\bvà|,)\s+(?:các\s+)?{_TYPE}\b|"
    r"(?:trước|đến|từ|sau|nhất|trong|vào|là)\s*$"
)
_BY = re.compile(r"\s*,?\s*của\s+(?P<issuer>[^,;:.()]{2,100})")
# A committee or Party committee ends with its place: what follows belongs to the sentence.
_PLACED_BODY = re.compile(
    r"(?:(?:Phó )?Chủ tịch |Thường trực |Ban Thường vụ |Ban Chấp hành )?"
    r"(?:(?:UBND|HĐND|Đảng bộ) (?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn)|(?:Tỉnh|Thành|Huyện|Thị|"
    r"Quận|Đảng) [uủ][ỷy])"
    rf"(?: [{CAPITAL}][\w'’-]*)*"
)
_ISSUER_STOP = re.compile(
    r"\s+(?:về|ban hành|phê duyệt|quy định|hướng dẫn|thực hiện|triển khai|tổ chức|V/v|v/v|trên|giai đoạn|đã|để|"
    r"nhằm|tại|trong|theo|"
    r"sửa đổi|bổ sung|thành lập|công nhận|và các|và (?:số|Nghị|Quyết|Chỉ|Kết|Kế|Công|Thông|Hướng|Chương|Văn|"
    r"Luật|Quy|Báo|Tờ)|khóa|tiếp tục|tăng cường|đẩy mạnh|ngày|năm|thông qua|giao|cho|số|là|được|bị|do|nêu|"
    r"này)\s.*$|\s+và\s*$"
)
_TYPE_BEFORE = re.compile(rf"(?P<type>{_TYPE})(?:\s+[^\s,;.:()]+){{0,6}}?(?:\s+số)?\s*:?\s*$", re.IGNORECASE)
_NUMBER_BEFORE = re.compile(r"\bsố\s*:?\s*$", re.IGNORECASE)
# Between the members of a list under one head: ", Kế hoạch số", " và số", "; Nghị định số".
_LISTED = re.compile(
    rf"(?:[,;]|\s(?:và|hoặc)\s|[,;]\s*và\s)\s*(?:các\s+)?(?:{_TYPE}(?:\s+[^\s,;.:()]+){{0,4}}?)?\s*(?:số)?\s*:?\s*$",
    re.IGNORECASE,
)
# "các Quyết định của Thủ tướng Chính phủ: số ...; số ..."
_LIST_HEAD = re.compile(rf"(?P<head>\b(?:các|những)\s+{_TYPE}[^.;:]{{0,90}}):\s*$", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;:!?](?=\s)|\s{2}")
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\s{2}|;(?=\s+(?:Căn cứ|Xét|Theo))")

_STRONG = (
    (Relation.REPLACES, re.compile(r"\bthay (?:thế|cho)\b", re.IGNORECASE)),
    (Relation.ABOLISHES, re.compile(r"\b(?:bãi bỏ|hủy bỏ|huỷ bỏ|(?:chấm dứt|ngưng|ngừng) hiệu lực)\b", re.IGNORECASE)),
    (
        Relation.AMENDS,
        re.compile(
            r"(?<!được )\b(?:sửa đổi|điều chỉnh, bổ sung|đính chính|bổ sung, điều chỉnh)\b"
            rf"|(?<!được )\b(?:điều chỉnh|bổ sung)\s+(?:(?:một số )?(?:nội dung|điều|khoản|điểm|mục)[^.;:]{{0,40}}?\s)?"
            rf"(?:của |tại |trong )?(?:các )?{_TYPE}\s*(?:số)?\s*$",
            re.IGNORECASE,
        ),
    ),
)
_ABOUT = re.compile(r"\b(?:về|quy định|ban hành)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:được|đã được|bị)\s+(?:sửa đổi|thay thế|bổ sung|bãi bỏ)", re.IGNORECASE)
_AMENDED_HERE = re.compile(r"[^.;]{0,90}?\bđược (?:sửa đổi|bổ sung)[^.;\d]{0,40}\bnhư sau")
# Pieces of a document, right before its name: "Điều 2 Quyết định số", "Phụ lục II kèm theo Quyết định số".
_PART = re.compile(
    r"\b(?:Điều|khoản|điểm|tiết|mục|chương|phần|phụ lục|biểu|một phần|một số (?:điều|nội dung)|nội dung|quy định tại)\b"
    r"(?:(?! (?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|Quyết định này|có hiệu lực)\b)[^.;:]){0,120}?"
    rf"\s{_TYPE}(?:\s+[^\s,;.:()]+){{0,3}}?\s*(?:số)?\s*:?\s*$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:[,;]|\b(?:và|đồng thời|hoặc))\s*(?:[^\s,;]+\s+){0,3}$")
_LAPSED = re.compile(r"[^.;]{0,200}?\bhết hiệu lực")
_QUALITY = (
    r"(?:(?:các|những|một số|đúng|nội dung|nhiệm vụ|mục tiêu|chỉ tiêu|giải pháp|của|tốt|có|hiệu quả|nghiêm|nghiêm "
    r"túc|đầy đủ|kịp thời|"
    r"đồng bộ|quyết liệt|toàn diện|thắng lợi|chỉ đạo|ý kiến|và|trong|tại|nêu|chủ trương)[\s,]+)*"
)
_AIM = re.compile(
    r"\b(?P<verb>(?:tổ chức |triển khai |tiếp tục )*thực hiện|triển khai|cụ thể hóa|cụ thể hoá|quán triệt|thi "
    r"hành|tổ chức học tập)\s+"
    rf"{_QUALITY}(?:Luật\s[^,;.:\d]{{3,60}},\s+(?:và\s+)?){{0,4}}(?:{_TYPE}(?:\s+[^\s,;.:()]+){{0,6}}?)?\s*:?\s*(?:số)?\s*:?\s*$",
    re.IGNORECASE,
)
_PLAN_TO = re.compile(
    r"(?:Kế hoạch|Chương trình|Đề án|Phương án|văn bản|báo cáo)(?:\s+hành động)?(?:\s+(?:về|việc|để))*\s*$",
    re.IGNORECASE,
)
_GUIDES = re.compile(
    rf"\b(?:hướng dẫn|quy định chi tiết)(?:\s+(?:chi tiết|thi hành|thực hiện|triển "
    rf"khai))*\s+{_QUALITY}(?:{_TYPE})\s*(?:số)?\s*$",
    re.IGNORECASE,
)
_CLAUSE_AIM = re.compile(
    r"\W*(?:(?:tiếp tục|tập trung|đẩy mạnh|tổ chức|nghiêm túc|khẩn trương|chủ động|tích cực|phối "
    r"hợp)\s+)*(?:triển khai|thực hiện)\b",
    re.IGNORECASE,
)
_THEREBY = re.compile(
    r"\b(?:theo|tại)\b(?:\s+(?:quy định|tinh thần|nội dung|yêu cầu|chỉ đạo|hướng dẫn|tại|của))*", re.IGNORECASE
)
# In the middle of a sentence only what stands right before the number is its basis.
_BASED_ON = re.compile(
    rf"\bcăn cứ\s+(?:vào\s+)?(?:(?:các|nội dung|hướng dẫn|quy định|tại|của)\s+)*{_TYPE}"
    r"(?:\s+[^\s,;.:()]+){0,6}?\s*(?:số)?\s*$",
    re.IGNORECASE,
)
_BASIS = re.compile(
    rf"[\W\d]*(?:Trên cơ sở (?={_TYPE})|Căn cứ\b(?!\s+(?:vào\s+)?(?:nội dung|tình hình|phạm vi|chức năng|điều kiện)))"
)
_PROPOSED = re.compile(r"\b(?:[Tt]heo|[Tt]rên cơ sở) đề nghị của\b")
_CONSIDERS = re.compile(
    r"[\W\d]*(?:Xét\b|(?:[Ss]au khi |[Qq]ua )?[Xx]em xét (?=(?:các )?(?:Tờ trình|Báo cáo|đề nghị))|"
    r"xét (?=đề nghị|ý kiến|nội dung|Tờ trình|"
    r"Công văn|Báo cáo|Văn bản))"
)
_ANNEXED = re.compile(r"\(\s*(?:ban hành\s+)?kèm\s+theo\s+[^()]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    """One mention of a document."""

    start: int  # of the words that name it, its type included
    number_start: int
    end: int
    number: str | None
    type: str | None
    date: date | None
    year: int | None
    issuer: str | None
    title: str | None = None
    relation: Relation = Relation.MENTIONS
    part: bool = False  # a piece of it: "khoản 2 Điều 3 Quyết định số ..."


def find_references(text: str, outline: Outline, header: Header, authority: Authority) -> tuple[Reference, ...]:
    """Return the documents that the text cites, in the order of their first mention."""
    flat = with_digits(spaced(text))
    start, end = _title_start(text, header), header.regions.end
    numbered = _numbered(text, flat, start, end, header, authority)
    spans = {each.number_start for each in numbered}
    short = [each for each in _short(flat, start, end) if each.number_start not in spans]
    found = [*numbered, *short, *_laws(flat, start, end)]
    found += _described(flat, start, end, found, header, authority)
    found = sorted((each for each in found if not _own(each, header)), key=lambda each: each.start)
    found = _named_again(found)
    found = sorted((*found, *_back(flat, start, end, found, header)), key=lambda each: each.start)
    related = _relate(flat, found, outline, header)
    return _merge([_reference(each, outline, header, authority) for each in _complete(related)])


def _title_start(text: str, header: Header) -> int:
    """Return where citing starts: the title of a document cites, its own number does not."""
    if header.state is DocumentState.NEWS:
        return 0
    at = text.find("V/v", 0, header.regions.body)
    if at < 0 and header.type:
        at = text.find(header.type.upper(), 0, header.regions.body)
    return max(at, 0) if at >= 0 else header.regions.body


def _own(found: _Found, header: Header) -> bool:
    return found.number is not None and header.number is not None and found.number.upper() == header.number.upper()


def _numbered(text: str, flat: str, start: int, end: int, header: Header, authority: Authority) -> list[_Found]:
    found: list[_Found] = []
    for match in NUMBERS.pattern.finditer(flat, start, end):
        if match["body_alone"]:  # "Tờ trình số 26/SKHĐT": a number only where the text calls it one
            if _NUMBER_BEFORE.search(flat, max(0, match.start() - 12), match.start()) is None:
                continue
            number = f"{match['digits']}/{match['body_alone']}"
            kind = None
        elif match["symbol"]:
            symbol = with_dash(re.sub(r"\s?[-–]\s?", "-", match["symbol"]))
            number = "/".join(part for part in (match["digits"], match["year"], symbol) if part)
            kind = type_of_number(number)
        else:
            body = match["body"]
            number = f"{match['digits']}-{match['kind']}/{body}"
            kind = type_of_letters(match["kind"], party=True)
        before = _type_before(flat, match.start())
        word = _NUMBER_BEFORE.search(flat, max(0, match.start() - 12), match.start())
        named = before["type"].capitalize() if before else None
        if match["body_alone"] or (
            named in ("Luật", "Bộ luật", "Nghị quyết", "Pháp lệnh", "Quy định")
            and (kind is None or "QĐ" in number or "QH" in number)
        ):
            kind = named
        day, after = _date_after(flat, match.end())
        year_only = None if day else _YEAR_ONLY.match(flat, match.end())
        after = year_only.end() if year_only else after
        year = day.year if day else int(match["year"] or (year_only["year"] if year_only else 0)) or None
        found.append(
            _Found(
                start=before.start() if before else word.start() if word else match.start(),
                number_start=match.start(),
                end=after,
                number=number,
                type=kind,
                date=day,
                year=year,
                issuer=_issuer(text, flat, match.end(), after, number, header, authority),
                part=_PART.search(flat, max(0, match.start() - 200), match.start()) is not None,
            )
        )
    return _share(flat, found)


def _type_before(flat: str, at: int) -> re.Match[str] | None:
    """Return the type word nearest before a number: in "báo cáo theo Luật số" that is "Luật"."""
    nearest = None
    start = max(0, at - 90)
    while (match := _TYPE_BEFORE.search(flat, start, at)) is not None:
        nearest, start = match, match.start() + 1
    return nearest


def _share(flat: str, found: list[_Found]) -> list[_Found]:
    """Give the members of a list the date and issuer that stand once: "số 24/... và số 25/... ngày 28/7/2021"."""
    for place in range(len(found) - 2, -1, -1):
        this, following = found[place], found[place + 1]
        gap = flat[this.end : following.number_start]
        if len(gap) > 60 or ";" in gap or not _LISTED.fullmatch(gap):
            continue
        if this.date is None and following.date is not None:
            this = replace(this, date=following.date, year=following.year)
        same_body = this.number and following.number and organisation(this.number) == organisation(following.number)
        found[place] = replace(this, issuer=this.issuer or (following.issuer if same_body else None))
    return found


def _date_after(flat: str, at: int) -> tuple[date | None, int]:
    """Return the date that belongs to the number ending at `at`, and where the words about it end."""
    match = _DATED.match(flat, at)
    if match is None or (match["by"] and _NOT_ITS_DATE.search(match["by"])):
        return None, at
    try:
        day = date(int(match["year"] or match["year2"]), int(match["month"] or match["month2"]), int(match["day"]))
    except ValueError:
        return None, at
    return day, match.end()


def _issuer(
    text: str, flat: str, number_end: int, after: int, number: str, header: Header, authority: Authority
) -> str | None:
    """Return the issuer that the text names ("của UBND tỉnh"), completed by the province, or that the symbol tells."""
    match = _BY.match(flat, number_end) or _BY.match(flat, after)
    if match is None:
        return issuer_of_symbol(number, None, authority)
    # A heading in capitals on the next line is no part of the name.
    words = re.split(rf"\n(?=[{CAPITAL}]{{2}})", text[match.start("issuer") : match.end("issuer")])[0]
    words = re.sub(r"^Hội nghị\b.*?(?=Ban Chấp hành)", "", words, flags=re.DOTALL)
    name = _whole_name(words, header, authority)
    return name or issuer_of_symbol(number, None, authority)


def _whole_name(words: str, header: Header, authority: Authority) -> str | None:
    """Return the issuer that words after "của" name, completed by the province; None when they name none."""
    name = _ISSUER_STOP.sub("", words.replace("\n", " ")).strip()
    name = re.sub(r"(?i)\b[uủ][ỷy] ban nhân dân\b", "UBND", name)
    name = re.sub(r"(?i)\bhội đồng nhân dân\b", "HĐND", name)
    name = re.sub(r"(?i)^các ", "", name)
    placed = _PLACED_BODY.match(name)
    if placed is not None:
        name = placed.group().strip()
    if not name or not name[0].isupper():
        return None
    province = province_named(header.province, authority) if header.province else None
    if province is not None:
        if re.search(r"\btỉnh$", name) or re.search(r"\bTỉnh [uủ][ỷy]$", name):
            name = f"{name} {province.name}"
        elif name in ("UBND", "HĐND") or (name.endswith("thành phố") and province.kind == "thành phố"):
            name = f"{name.removesuffix(' thành phố')} {province.full_name}"
    return name


def _short(flat: str, start: int, end: int) -> list[_Found]:
    return [
        _Found(match.start(), match.start("digits"), match.end(), match["digits"], match["type"], None, None, None)
        for match in SHORT.pattern.finditer(flat, start, end)
    ]


def _laws(flat: str, start: int, end: int) -> list[_Found]:
    found = []
    for match in LAW.pattern.finditer(flat, start, end):
        if NUMBERS.pattern.search(match["name"]) or "  " in match["name"]:
            continue
        day = None
        if match["day"]:
            try:
                day = date(int(match["of"]), int(match["month"]), int(match["day"]))
            except ValueError:
                continue
        title = (
            " ".join(match.group().split()) if match["year"] else f"{match['type']} {' '.join(match['name'].split())}"
        )
        year = int(match["year"] or match["of"])
        found.append(
            _Found(match.start(), match.start(), match.end(), None, match["type"], day, year, "Quốc hội", title)
        )
    return found


def _described(
    flat: str, start: int, end: int, known: list[_Found], header: Header, authority: Authority
) -> list[_Found]:
    """Return the documents named by type, issuer and date where no number stands."""
    taken = sorted((each.start, each.end) for each in known)
    found = []
    for match in DESCRIBED.pattern.finditer(flat, start, end):
        near = taken[bisect_left(taken, (match.start(),)) :][:1]
        before = taken[: bisect_left(taken, (match.start(),))][-1:]
        if (near and near[0][0] < match.end()) or (before and before[0][1] > match.start()) or "  " in match.group():
            continue
        form = next(letter for letter in "abc" if match[f"{letter}y"])
        try:
            day = date(*(int(match[f"{form}{part}"]) for part in "ymd"))
        except ValueError:
            continue
        issuer = _whole_name(match[f"{form}by"], header, authority)
        title = re.sub(
            r"\s*,?\s*(?:ban hành|ký)?\s*$", "", flat[match.start() : match.start(f"{form}d")].rsplit("ngày", 1)[0]
        )
        title = " ".join(title.split()) or match["type"]
        found.append(
            _Found(match.start(), match.start(), match.end(), None, match["type"], day, day.year, issuer, title)
        )
    return found


def _named_again(found: list[_Found]) -> list[_Found]:
    """Give a short name ("Kế hoạch 48", "Thông báo ... ngày 05/9") the document that it names, if just one is cited."""
    alike: defaultdict[tuple[str | None, object], _Documents] = defaultdict(_Documents)
    for each in found:
        if each.number and not each.number.isdigit():
            alike[each.type, re.split(r"[/-]", each.number)[0]].add(each)
            if each.date is not None:
                alike[each.type, each.date].add(each)
    again = []
    for each in found:
        if each.number is None or each.number.isdigit():
            one = alike[each.type, each.number or each.date].only() if each.number or each.date else None
            again.append(_as(each, one) if one else each)
        else:
            again.append(each)
    return again


def _back(flat: str, start: int, end: int, known: list[_Found], header: Header) -> list[_Found]:
    """Return the words that point back at a document cited before ("Công văn nêu trên"), if it is the only one."""
    found = []
    before: defaultdict[str | None, _Documents] = defaultdict(_Documents)
    cited = iter(sorted(known, key=lambda each: each.end))
    following = next(cited, None)
    for match in BACK.pattern.finditer(flat, start, end):
        while following is not None and following.end <= match.start():
            before[following.type].add(following)
            following = next(cited, None)
        kind = match["type"].capitalize()
        if match.group().endswith("này") and kind in (header.type, "Văn bản"):
            continue  # the paper itself
        one = before[kind].only()
        if one is not None:
            found.append(_as(_Found(match.start(), match.start(), match.end(), None, kind, None, None, None), one))
    return found


class _Documents:
    """The documents that some mentions name."""

    def __init__(self) -> None:
        self._first: dict[str, _Found] = {}
        self._days: set[date] = set()

    def add(self, each: _Found) -> None:
        self._first.setdefault((each.number or each.title or "").upper(), each)
        if each.date is not None:
            self._days.add(each.date)

    def only(self) -> _Found | None:
        """Return the first mention of the only document; None where they name several, or one number of two days."""
        return next(iter(self._first.values())) if len(self._first) == 1 and len(self._days) < 2 else None


def _as(each: _Found, named: _Found) -> _Found:
    """Return a mention with the identity of the document that it names."""
    return replace(each, number=named.number, date=named.date, year=named.year, issuer=named.issuer, title=named.title)


def _relate(flat: str, found: list[_Found], outline: Outline, header: Header) -> list[_Found]:
    """Give each mention its relation.

    A list under one verb shares it; a document named in another's title is only mentioned.
    """
    related: list[_Found] = []
    for each in found:
        if header.state is DocumentState.NEWS:
            related.append(each)  # a press item is second-hand: it only mentions
            continue
        provision = outline.at(each.start)
        floor = provision.start if provision and each.start >= header.regions.body else 0
        segment = max(floor, _clause_start(flat, each.start))
        previous = _before(flat, related, each) if related and related[-1].end > segment else None
        if previous is not None and previous.end <= each.number_start:
            gap = flat[previous.end : each.number_start]
            anew = _strong_anew(gap)
            listed = _LISTED.search(gap) or _list_goes_on(gap)
            relation = anew or (previous.relation if listed else Relation.MENTIONS)
        elif _BASIS.match(flat, max(floor, _segment_start(flat, each.start, _SENTENCE_END))):
            own = _relation(flat, segment, each, header)  # "Căn cứ ...; thực hiện Kế hoạch số ..."
            relation = (
                own if own is Relation.IMPLEMENTS else Relation.BASIS
            )  # "Căn cứ các Quyết định của Thủ tướng Chính phủ: số ...; số ..."
        else:
            relation = _relation(flat, segment, each, header)
            if relation is Relation.MENTIONS and related and _in_list_of(flat, related[-1], each):
                relation = related[-1].relation
        related.append(replace(each, relation=relation))
    return related


def _strong_anew(gap: str) -> Relation | None:
    """Return the relation that the words between two mentions give the second, by a verb joined to the first's.

    "thay thế Quyết định ... và bãi bỏ Quyết định ..."; in "Nghị định ... sửa đổi một số điều của Nghị định ..." the
    verb is the first document's own.
    """
    if _PASSIVE.search(gap) or _ABOUT.search(gap):
        return None
    for relation, verb in _STRONG:
        found = verb.search(gap, max(0, len(gap) - 60))
        if found is not None and _JOINED.search(gap, 0, found.start()):
            return relation
    return None


def _before(flat: str, related: list[_Found], each: _Found) -> _Found:
    """Return the mention that a list goes on from: not one inside brackets that closed since."""
    previous = related[-1]
    if ")" in flat[previous.end : each.number_start] and "(" not in flat[previous.end : each.number_start]:
        opened = flat.rfind("(", 0, previous.start)
        return next((other for other in reversed(related) if other.end <= opened), previous)
    return previous


# "Xét đề nghị của Sở A tại Tờ trình số ...; của Sở B tại Công văn số ..."
_PROPOSED_TOO = re.compile(
    rf"[^.;]{{0,120}};\s*(?:và\s+)?(?:ý kiến |đề nghị )?của\s[^.;]{{3,90}}\btại\s+{_TYPE}\s*(?:số)?\s*$"
)


# Relations that a head verb gives to every member of a list cut by semicolons.
_SHARED = (
    Relation.REPLACES,
    Relation.ABOLISHES,
    Relation.AMENDS,
    Relation.IMPLEMENTS,
    Relation.CONSIDERS,
    Relation.PROPOSED_BY,
)


def _in_list_of(flat: str, head: _Found, each: _Found) -> bool:
    """Return whether a mention continues, after a semicolon, the list that one verb opened with another."""
    gap = flat[head.end : each.number_start]
    if head.relation in (Relation.CONSIDERS, Relation.PROPOSED_BY) and _PROPOSED_TOO.match(gap):
        return True
    unbroken = ";" in gap and "  " not in gap and "." not in gap
    return head.relation in _SHARED and unbroken and _LISTED.search(gap) is not None


def _list_goes_on(gap: str) -> bool:
    """Return whether the words between two mentions are the title of the first and then the next member of the list."""
    return re.search(rf",\s*(?:và\s+)?(?:các\s+)?{_TYPE}(?:\s+[^\s,;.:()]+){{0,4}}?\s*(?:số)?\s*$", gap) is not None


def _clause_start(flat: str, at: int) -> int:
    """Return where the clause of a mention starts; of a list under one head, where the head's clause does."""
    start = _segment_start(flat, at)
    headed = _LIST_HEAD.search(flat, max(0, start - 130), start)
    return _segment_start(flat, headed.end("head")) if headed else start


def _segment_start(flat: str, at: int, end: re.Pattern[str] = _CLAUSE_END) -> int:
    """Return where the clause that holds the mention starts: after a stop, a semicolon, a colon or an empty line."""
    floor = max(0, at - 700)
    last = floor
    for match in end.finditer(flat, floor, at):
        last = match.end()
    return last


def _relation(flat: str, segment: int, each: _Found, header: Header) -> Relation:
    before = flat[segment : each.number_start]
    if _ANNEXED.search(before):
        return Relation.ANNEXED
    if _BASIS.match(before):
        return Relation.BASIS
    if _PROPOSED.search(before):
        return Relation.PROPOSED_BY
    if _CONSIDERS.match(before):
        return Relation.CONSIDERS
    if not _PASSIVE.search(before):
        lead = flat[max(0, segment - 60) : each.number_start] if before.strip() == "" or len(before) < 30 else before
        for words in (before, lead):  # the clause's own verb before one that goes on: "thay thế ...; bãi bỏ Điều 2 ..."
            for relation, verb in _STRONG:
                if verb.search(words):
                    return relation
    if _AMENDED_HERE.match(flat, each.end):
        return Relation.AMENDS
    if _LAPSED.match(flat, each.end):
        return Relation.ABOLISHES
    if _GUIDES.search(before):
        return Relation.GUIDES
    if _BASED_ON.search(before):
        return Relation.BASIS
    aim = _AIM.search(before)
    if aim is not None:
        in_title = each.start < header.regions.body
        planned = _PLAN_TO.search(before, 0, aim.start()) is not None
        opens = "như sau" in flat[each.end : each.end + 500].split(". ", 1)[0]
        return Relation.MENTIONS if planned and not in_title and not opens else Relation.IMPLEMENTS
    if _CLAUSE_AIM.match(before) and "(" not in before:
        thereby = max(_THEREBY.finditer(before), key=re.Match.start, default=None)
        if thereby is not None and re.fullmatch(
            rf"\s*(?:{_TYPE}(?:\s+[^\s,;.:()]+){{0,6}}?)?\s*(?:số)?\s*", before[thereby.end() :], re.IGNORECASE
        ):
            return Relation.IMPLEMENTS
    return Relation.MENTIONS


def _complete(found: list[_Found]) -> list[_Found]:
    """Give a mention without a date that of another mention of the same number, when there is only one."""
    known: defaultdict[str, dict[date, _Found]] = defaultdict(dict)
    for each in found:
        if each.number and each.date:
            known[each.number.upper()].setdefault(each.date, each)
    whole = []
    for each in found:
        dated = list(known.get((each.number or "").upper(), {}).values())
        if each.date is None and len(dated) == 1 and each.year in (None, dated[0].year):
            each = replace(each, date=dated[0].date, year=dated[0].year, issuer=each.issuer or dated[0].issuer)
        elif each.number and each.issuer is None:
            issuers = {other.issuer for other in dated if other.date == each.date and other.issuer}
            each = replace(each, issuer=issuers.pop()) if len(issuers) == 1 else each
        whole.append(each)
    return whole


def _reference(each: _Found, outline: Outline, header: Header, authority: Authority) -> Reference:
    named = each.issuer or _same_issuer(each, header)
    issuer = identity(each.number, named, header.province, authority) if each.number else None
    complete = each.number is not None and issuer is not None and each.year is not None and not each.number.isdigit()
    return Reference(
        number=each.number,
        type=each.type,
        issuer=each.issuer,
        date=each.date,
        relation=each.relation,
        evidence=outline.evidence(each.start, each.end, _rule(each)),
        title=each.title,
        document=stub_id(issuer, each.number, each.year) if complete and each.number else None,
    )


def _rule(each: _Found) -> str:
    if each.part and each.relation in _ALWAYS:
        return "reference.part"  # what is abolished in part stays in force
    if each.number is not None:
        return "reference.number"
    return "reference.law" if each.type in ("Luật", "Bộ luật", "Pháp lệnh") else "reference.described"


def _same_issuer(each: _Found, header: Header) -> str | None:
    """Return the document's own issuer for a number of the same body without "của ...": a province cites its own so."""
    if each.number is None or header.number is None or organisation(each.number) != organisation(header.number):
        return None
    provincial = re.match(r"(?:UBND|HĐND) (?:tỉnh|thành phố)|(?:Tỉnh|Thành) ủy", header.issuer or "")
    return header.issuer if provincial else None


_ALWAYS = (Relation.REPLACES, Relation.ABOLISHES, Relation.AMENDS)


def _merge(references: list[Reference]) -> tuple[Reference, ...]:
    """Keep one reference a document: its first relation, beside what it replaces, abolishes or amends."""
    groups: defaultdict[tuple[object, ...], list[Reference]] = defaultdict(list)
    for each in references:
        groups[((each.number or each.title or "").upper(), each.date if each.number else None)].append(each)
    kept: list[Reference] = []
    for group in groups.values():
        told = [each for each in group if each.relation is not Relation.MENTIONS]
        kept.append((told or group)[0])
        seen = {kept[-1].relation}
        for each in told:
            if each.relation in _ALWAYS and each.relation not in seen:
                seen.add(each.relation)
                kept.append(each)
    return tuple(sorted(kept, key=lambda each: each.evidence.start))
