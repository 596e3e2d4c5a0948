"""Who issued a document, under which number, when, about what, to whom, signed by whom.

Every part is found by its pattern, never by its place: text taken from a two-column header comes in any order, and
web copies lose parts of it (domain/layout.md, section 1). What is lost is not guessed, except the issuer, which the
symbol, the place of signing and the signature block give together.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from ingest.issuers import issuer_of_symbol, proper_name, province_named, units_named, valid
from ingest.lines import Line, lines_of, upper
from ingest.provisions import Regions
from ntmgraph.authority import Authority, Unit
from ntmgraph.model import DocumentState, Issue, IssueCode, Signer
from ntmgraph.text import CAPITAL, SMALL, key

_ZONE = 6000  # a header is over before this many characters
_WORD = r"[^\W\d_]"
_SYLLABLE = rf"[{CAPITAL}][{SMALL}]*(?:['’][{CAPITAL}]?[{SMALL}]*)?"  # of a name: "Văn", "Y", "K'Brơi"


@dataclass(frozen=True, slots=True)
class Header:
    type: str | None
    number: str | None
    issuer: str | None
    province: str | None  # short name
    place: str | None
    date: date | None
    date_text: str | None
    year: int | None  # also of a partial date
    subject: str | None
    signer: Signer | None
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    state: DocumentState
    regions: Regions
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A part of the header: its pattern, the forms that it accepts, one that it must not."""

    pattern: re.Pattern[str]
    accepts: tuple[str, ...]
    rejects: str


NATION = Form(
    re.compile(
        r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI(?:\s+CHỦ\s+NGHĨA)?(?:\s+VIỆT\s+NAM)?|^CHỦ\s+NGHĨA\s+VIỆT\s+NAM|"
        r"ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|"
        r"Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+ph(?:úc|uc)",
        re.IGNORECASE | re.MULTILINE,
    ),
    ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ĐẢNG CỘNG SẢN VIỆT NAM"),
    "lập dự toán",
)
NUMBER = Form(
    re.compile(
        r"(?:^|(?<=[\s|]))S[ốỐ]\s*[:.]?\s*(?:"
        r"(?P<state>[~\d…._ ]*?)\s*/\s*(?P<symbol>(?:(?:19|"
        r"20)\d\d\s*/\s*)?[A-ZĐ][A-Za-zĐđ]*\d{0,2}(?:\s?[-–&]\s?[A-ZĐ][\w()]*)*)"
        r"|(?P<party>[~\d…._ ]*?)\s?[-–]\s?(?P<kind>[A-ZĐ][A-Za-zĐđ]{1,4})"
        r"\s*/\s*(?P<body>[A-ZĐ][\w]*(?:\s?[-–]\s?[A-ZĐ]\w*)*)"
        r")",
        re.MULTILINE,
    ),
    ("Số: 77 /UBND-NL", "Số: /UBND-NL", "Số 45-CT/TU", "Số: 08/2022/QĐ-UBND", "Số: ~~3~~15/UBND-NN"),
    "Tiêu chí số 1 về Giao thông",
)
DATE = Form(
    re.compile(
        rf"(?:(?P<place>{_WORD}[\w .'’-]{{1,35}}?)\s*,\s*)?(?:[Nn]gày\s*"
        r"(?P<day>\d{1,2}|[….\s_]*?)\s*tháng\s*(?P<month>\d{1,2}|[….\s_]*?)\s*năm\s*(?P<year>(?:19|20)\d\d|[…._]*)"
        r"|(?:(?<=, )|^)[Nn]gày\s+(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)(?=\s*$))",
        re.MULTILINE,
    ),
    ("Lạng Sơn, ngày 07\ntháng 8 năm 2019", "Lào Cai, ngày tháng năm 2021", "Hà Nội, ngày … tháng 3 năm 2020"),
    "trước ngày 15/11/2022",
)
SUBJECT = Form(
    re.compile(r"^\W{0,3}(?:V/v|v/v|V/V|Vv\.?:)[:\s]*(?=\S)", re.MULTILINE),
    ("V/v tập trung chỉ đạo", "V/v: rà soát"),
    "Về việc phân công",
)
ADDRESSED = Form(
    re.compile(
        r"^\W{0,4}(?:[Kk][Íí][Nn][Hh]\s+[Gg][Ửử][Ii]\s*:?|(?:ĐIỆN|Điện|GỬI)\s*:)"
        rf"|^[{CAPITAL} ]{{5,60}}\sĐIỆN\s*:",
        re.MULTILINE,
    ),
    ("Kính gửi:", "KÍNH GỬI", "ĐIỆN:", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐIỆN:"),
    "gửi báo cáo",
)
COPIES = Form(
    re.compile(r"^\W{0,4}(?:Nơi\s+[Nn]hận|NƠI\s+NHẬN)\s*(?::|$)", re.MULTILINE),
    ("Nơi nhận:", "NƠI NHẬN"),
    "Nơi nhận hồ sơ là bộ phận một cửa",
)
SIGNED = Form(
    re.compile(
        r"(?:(?P<for>(?:T/?M|KT|K/T|TL|T/L|TUQ|Q|THỪA LỆNH)\s*[./]?\s*)"
        rf"(?P<body>[{CAPITAL}][{CAPITAL} ,.\-&]*)"
        r"|(?P<title>(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BÍ THƯ|THỦ TƯỚNG|BỘ TRƯỞNG|CHÁNH VĂN PHÒNG|"
        r"CHÁNH THANH TRA|CHỦ TỌA|"
        r"TRƯỞNG BAN|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|TRƯỞNG PHÒNG|CHỦ NHIỆM|VIỆN TRƯỞNG|HIỆU TRƯỞNG|TRƯỞNG ĐOÀN|TỔNG BÍ THƯ)"
        r"(?:\s+THƯỜNG TRỰC)?|THỨ TRƯỞNG|(?:ỦY|UỶ) VIÊN(?: THƯỜNG TRỰC)?))"
        rf"(?:\s*[*(][\w., ]{{0,12}}[*)])?(?:\s+(?P<name>(?:[{CAPITAL}][{SMALL}]+\s?){{2,5}}))?"
    ),
    ("KT. CHỦ TỊCH", "TM.ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH *tc*", "T/M BAN THƯỜNG VỤ", "BÍ THƯ"),
    "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÀO CAI",
)
NAME = Form(
    re.compile(
        rf"(?:(?:TS|ThS|Ths|PGS|GS|BS|KS|CN|"
        rf"Dr)\s*\.\s*)*(?P<name>{_SYLLABLE}(?:\s+(?:-\s+)?{_SYLLABLE}){{1,4}})"
    ),
    ("Nguyễn Văn An", "TS. Lê Thị Bình", "Y Ngọc", "K'Brơi Ê Ban", "Rơ Châm H'Yéo"),
    "Đã ký",
)
# Where the next-door articles of a web page start.
CHROME = Form(
    re.compile(
        r"^\W{0,3}(?:Tin|Bài|Các tin|Tin bài|Bài viết)\s+(?:liên quan|khác|cũ hơn|mới hơn|cùng chuyên mục)\W*$",
        re.MULTILINE | re.IGNORECASE,
    ),
    ("Tin Liên Quan", "Các tin khác:", "Bài viết cùng chuyên mục"),
    "Tin liên quan đến dịch bệnh phải được báo cáo ngay",
)
ANNEXED = re.compile(
    r"\(\s*(?:Ban\s+hành\s+)?[Kk]èm\s+theo\s+[^)]{0,160}\)|^(?:PHỤ LỤC|Phụ lục)(?: (?:SỐ |số )?(?:[IVX]+|"
    r"\d+))?[.:]?\s*$",
    re.MULTILINE,
)
FORMS = (NATION, NUMBER, DATE, SUBJECT, ADDRESSED, COPIES, SIGNED, NAME, CHROME)

_BODY_START = re.compile(
    r"(?:Căn cứ|Thực hiện|Triển khai|Xét|Theo đề nghị|Để |Nhằm |Kính gửi|Ngày \d|Năm \d|Trong |Qua |Sau |Trên "
    r"cơ sở|Tiếp tục|"
    r"[IVX]+[.\-] |\d+[.)] |Điều 1|PHẦN |Phần |A\. |- )"
)
_ISSUER_HEAD = re.compile(
    r"(?:ủy ban|ubnd|hội đồng|hđnd|sở|bộ|ban|tỉnh ủy|thành ủy|huyện ủy|thị ủy|quận ủy|đảng ủy|đảng bộ|văn "
    r"phòng|chi cục|cục|tổng cục|"
    r"thủ tướng|chính phủ|quốc hội|mặt trận|hội|đoàn|liên minh|liên đoàn|công an|bch|phòng|trung tâm|ngân hàng|"
    r"thanh tra|kho bạc|"
    r"công ty|tòa án|viện|trường|chủ tịch|tỉnh đoàn)\b"
)
# Organs whose own name is that of their kind.
_NAMELESS = ("văn phòng", "ban tổ chức", "ban tuyên giáo", "ban dân vận", "ban nội chính", "ủy ban kiểm tra")
_PASSED_ON = re.compile(r"(?:đã ký|ký tên|ký bởi|daky|signed|bản điện tử)", re.IGNORECASE)
_LOCAL_UNIT = re.compile(
    r"\b(?P<kind>huyện|thị xã|thị|quận|thành phố|thành|xã|phường|thị trấn|đặc khu|đảng)(?: ủy)? "
    r"(?P<name>(?!trấn\b|xã\b|phố\b|bộ\b).+)$"
)
_SPEAKER = re.compile(
    r"của (?:Ban (?:Chấp hành|Thường vụ)|Tỉnh ủy|Thành ủy|Huyện ủy|Hội đồng|HĐND|Ủy ban|Uỷ ban|UBND|Chủ tịch|Thủ tướng)"
    r"(?: (?!về\b)[^\s,;.:]+){0,12}"
)
_SIGNED_MARK = re.compile(r"^[(\[*]*\s*(?:[Đđ]ã ký|ĐÃ KÝ)\s*[)\]*]*[:.]?\s*")
_PROVINCE_NAMED = re.compile(rf"\btỉnh ((?:[{CAPITAL}][\w-]*\s?){{1,4}})")
_COLUMN_GAP = re.compile(r"(?<=[.;:,)])\s+(?=[TKQPCGB])")
_END_MARK = re.compile(r"\./\.?\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TypeName:
    name: str
    key: str
    state: str | None  # its letters in a State symbol
    party: str | None


@cache
def document_types() -> tuple[TypeName, ...]:
    """Return the named types with their letters, longest name first (NĐ 30/2020/NĐ-CP, Phụ lục III)."""
    with (Path(__file__).parent / "data" / "document_types.csv").open(encoding="utf-8", newline="") as file:
        types = [
            TypeName(row["name"], key(row["name"]), row["state"] or None, row["party"] or None)
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(types, key=lambda each: -len(each.name)))


@cache
def type_of_letters(letters: str, *, party: bool) -> str | None:
    """Return the type that a symbol's letters stand for: "KH" -> "Kế hoạch"; None for letters of a body."""
    for each in document_types():
        if letters == (each.party if party else each.state):
            return each.name
    return None


def type_of_number(number: str) -> str | None:
    """Return the type that a number tells; a State number without one is a Công văn's."""
    party = re.match(r"\d*[a-zđ]?-([^/]+)/", number)
    if party is not None:
        return type_of_letters(party.group(1), party=True)
    symbol = number.rsplit("/", 1)[-1]
    letters = re.split(r"[-–]", symbol)[0]
    if re.fullmatch(r"QH\d*", letters):
        return None  # laws and resolutions alike
    return type_of_letters(letters, party=False) or ("Nghị quyết" if "UBTVQH" in symbol else "Công văn")


def read_header(text: str, authority: Authority) -> Header:
    """Return what the header and the signature block of a text say."""
    end = _end(text)
    zone = text[: min(end, _ZONE)]
    number_match = _first_number(zone)
    named, title_end, subject = _type_and_title(zone, number_match)
    opening = _opening(zone, number_match, title_end)
    date_match = _date_line(_without(zone, number_match), opening)
    about = _about(zone, number_match) if named is None or named == "Công văn" else None
    addressed = ADDRESSED.pattern.search(zone)
    formal = any(
        (
            number_match,
            date_match and date_match["place"],
            about,
            addressed,
            named,
            NATION.pattern.search(zone[:1500]),
            COPIES.pattern.search(text),
        )
    )
    if not formal:
        return _news(text, end, authority)

    number, symbol, unclear = _number(number_match)
    day, date_text, year = _day(date_match)
    issues = [
        Issue(
            IssueCode.NUMBER_UNCLEAR,
            f"Số văn bản in không rõ: “{match.group().strip()}”; đọc là {number}.",
            match.start(),
            match.end(),
        )
        for match in [number_match]
        if match is not None and unclear
    ]
    addressees, addressed_end = _addressees(text, addressed, end) if addressed else ((), 0)
    body = max(
        addressed_end,
        title_end,
        about[1] if about else 0,
        number_match.end() if number_match else 0,
        date_match.end() if date_match and date_match.start() < max(opening, 1500) else 0,
    )
    closing, annexes, recipients, signer, for_body = _closing(text, body, end)
    place = " ".join(date_match["place"].split()) if date_match and date_match["place"] else None
    issuer, province = _issuer(zone[:opening], number_match, number or symbol, place, for_body, day, text, authority)
    kind = named or (type_of_number(number or f"1/{symbol}") if number or symbol else None)
    if about is not None and (kind is None or named is None):
        kind = "Công văn"
    return Header(
        type=kind,
        number=number,
        issuer=issuer,
        province=province,
        place=place,
        date=day,
        date_text=date_text,
        year=year,
        subject=about[0] if about else subject,
        signer=signer,
        addressees=addressees,
        recipients=recipients,
        state=DocumentState.ISSUED if number and day else DocumentState.DRAFT,
        regions=Regions(min(body, closing), closing, annexes, end),
        issues=tuple(issues),
    )


def _end(text: str) -> int:
    chrome = CHROME.pattern.search(text, len(text) // 5)
    return chrome.start() if chrome else len(text)


def _news(text: str, end: int, authority: Authority) -> Header:
    """Return the header of a press item: its title and the one province it speaks of; who wrote it issues nothing."""
    named = {match.group(1) for match in _PROVINCE_NAMED.finditer(text, 0, end)}
    units = {unit.name for unit in (_longest_province(name, authority) for name in named) if unit}
    first = next((line for line in lines_of(text, 0, end) if not line.empty), None)
    return Header(
        type="Tin bài",
        number=None,
        issuer=None,
        province=next(iter(units)) if len(units) == 1 else None,
        place=None,
        date=None,
        date_text=None,
        year=None,
        subject=first.text if first else None,
        signer=None,
        addressees=(),
        recipients=(),
        state=DocumentState.NEWS,
        regions=Regions(first.end if first else 0, end, end, end),
        issues=(),
    )


def _longest_province(words: str, authority: Authority) -> Unit | None:
    parts = words.split()
    found = (province_named(" ".join(parts[:count]), authority) for count in range(len(parts), 0, -1))
    return next((unit for unit in found if unit), None)


def _first_number(zone: str) -> re.Match[str] | None:
    """Return the document's own number: on a line of its own, or beside other parts of the header."""
    for match in NUMBER.pattern.finditer(zone):
        start = zone.rfind("\n", 0, match.start() + 1) + 1
        before = zone[start : match.start()].strip(" |*")
        if not before or upper(before) or NATION.pattern.search(before):
            return match
    return None


def _number(match: re.Match[str] | None) -> tuple[str | None, str | None, bool]:
    """Return the number without blanks (None when blank), its symbol, and whether it is struck through."""
    if match is None:
        return None, None, False
    if match["symbol"]:
        digits, symbol, joint = match["state"], match["symbol"], "/"
    else:
        digits, symbol, joint = match["party"], f"{match['kind']}/{match['body']}", "-"
    symbol = re.sub(r"\s+", "", symbol).replace("–", "-")
    figures = re.sub(r"\D", "", digits)
    return (f"{figures}{joint}{symbol}" if figures else None), symbol, "~" in digits


def _opening(zone: str, number: re.Match[str] | None, title_end: int) -> int:
    """Return where the lines that may name the issuer and date end."""
    addressed = ADDRESSED.pattern.search(zone)
    marks = [title_end] if title_end else []
    if addressed:
        marks.append(addressed.start())
    if not marks:
        marks.append(number.end() + 600 if number else 1500)
    return min(max(marks[0] if len(marks) == 1 else min(marks), number.end() if number else 0), len(zone))


def _without(zone: str, match: re.Match[str] | None) -> str:
    """Return the text with blanks for a match: a number in front of the place of signing is no part of its name."""
    return zone if match is None else zone[: match.start()] + " " * (match.end() - match.start()) + zone[match.end() :]


def _date_line(zone: str, opening: int) -> re.Match[str] | None:
    """Return the place and date of signing: they stand at the start of a line, or beside the number."""
    fallback = None
    for match in DATE.pattern.finditer(zone[: opening + 300]):
        if match.start() > opening and fallback is not None:
            break
        start = zone.rfind("\n", 0, match.start() + 1) + 1
        before = zone[start : match.start()].strip(" |*(")
        if match["place"] and (not before or upper(before)):
            return match
        if fallback is None and not match["place"] and not before and match["day"] is not None:
            fallback = match
    return fallback


def _day(match: re.Match[str] | None) -> tuple[date | None, str | None, int | None]:
    if match is None:
        return None, None, None
    day, month, year = (match[a] or match[b] or "" for a, b in (("day", "d"), ("month", "m"), ("year", "y")))
    place_end = match.end("place") if match["place"] else match.start()
    printed = " ".join(match.string[place_end : match.end()].strip(" ,\n").split())
    try:
        return date(int(year), int(month), int(day)), printed, int(year)
    except ValueError:
        return None, printed, int(year) if year.isdigit() else None


def _about(zone: str, number: re.Match[str] | None) -> tuple[str, int] | None:
    """Return the subject of a Công văn ("V/v ...", in Party form "Về việc ...") and where it ends."""
    match = SUBJECT.pattern.search(zone)
    if match is None and number is not None:
        match = re.compile(r"\s*(?=Về (?:việc )?[^\W\d])").match(zone, number.end())
    if match is None:
        return None
    words: list[str] = []
    end = match.end()
    for line in lines_of(zone, match.end()):
        if line.empty or line.separator or ADDRESSED.pattern.match(line.text) or NATION.pattern.match(line.text):
            break
        if words and (
            DATE.pattern.match(line.text)
            or NUMBER.pattern.match(line.text)
            or (upper(line.text) and not upper(words[0]))
        ):
            break
        words.append(line.text)
        end = line.end
        if line.text.endswith((".", ";")) or len(words) >= 8:
            break
    return " ".join(words).strip(" .;|"), end


def _type_and_title(zone: str, number: re.Match[str] | None) -> tuple[str | None, int, str | None]:
    """Return the named type, where its title ends, and the title.

    The type stands in capitals on a line of its own or before the title; the title runs to the first line
    that opens the body.
    """
    lines = lines_of(zone)
    after = number.start() if number else 0
    for place, line in enumerate(lines[:60]):
        words = NATION.pattern.sub("", line.text).strip(" |*")
        if not words[:1].isupper():
            continue
        lowered = key(words)
        named = next((each for each in document_types() if lowered.startswith(each.key)), None)
        if named is None:
            continue
        head, rest = words[: len(named.name)], words[len(named.name) :]
        if (
            not upper(head)
            or rest[:1].isalpha()
            or (number and line.start < after and named.name in ("Quy hoạch", "Hội đồng"))
        ):
            continue
        if (rest and not (rest[:1] == " " or rest[:1] in ":.")) or line.text.startswith(("- ", "+ ")):
            continue
        if ADDRESSED.pattern.search(zone[: line.start]) and named.name != "Tờ trình":
            continue
        name = "Công văn" if named.name == "Công văn" else named.name
        return name, *_title(lines, place, line.end, rest)
    return None, 0, None


def _title(lines: tuple[Line, ...], place: int, end: int, rest: str) -> tuple[int, str | None]:
    words = [rest.strip(" :.")] if rest.strip(" :.") else []
    capitals = upper(rest) if words else None
    for line in lines[place + 1 : place + 16]:
        if line.empty:
            if words and capitals is not True:
                break
            continue
        if line.separator:
            if words:
                break
            continue
        if (
            (_BODY_START.match(line.text) and words)
            or ADDRESSED.pattern.match(line.text)
            or DATE.pattern.match(line.text)
        ):
            break
        if NATION.pattern.match(line.text) or NUMBER.pattern.match(line.text) or line.text.startswith("("):
            break
        if not words and ((re.match(r"CỦA [^\W\d_]", line.text) and upper(line.text)) or _SPEAKER.fullmatch(line.text)):
            end = line.end  # Party form: who speaks stands under the type, the subject below
            continue
        if capitals is None:
            capitals = upper(line.text)
            if not capitals and (
                len(line.text) > 400 or (line.text.endswith((".", ":")) and _BODY_START.match(line.text))
            ):
                break
        elif capitals and not upper(line.text):
            break
        elif not capitals and upper(line.text):
            break  # the issuer in capitals opens the body of a decision
        elif line.text[:1].isupper() and (len(line.text) > 120 or line.text.endswith((".", ":"))):
            break  # a sentence of the body
        if capitals and words and _ISSUER_HEAD.match(key(line.text)) and _unbroken(words[-1]):
            break
        words.append(line.text)
        end = line.end
        if not capitals and line.text.endswith((".", ":", ";")):
            break
    return end, " ".join(" ".join(words).split()).strip(" .:") or None


def _unbroken(words: str) -> bool:
    """Return whether a title line is complete, so that an issuer's name below it is not its end."""
    return not re.search(r"\b(?:CỦA|VÀ|CÁC|DO|CHO|TẠI|THEO)$", words)


def _addressees(text: str, match: re.Match[str], end: int) -> tuple[tuple[str, ...], int]:
    items, stop = _items(text, match.end(), end)
    return items, stop


def _items(text: str, start: int, end: int) -> tuple[tuple[str, ...], int]:
    """Return the entries of a list after "Kính gửi:" or "Nơi nhận:" and where the list ends."""
    items: list[str] = []
    stop = start
    listed = False  # entries stand on lines of their own, with dashes
    for place, line in enumerate(lines_of(text, start, min(end, start + 5000))):
        words = line.text.strip(" |*:\t")
        if not words:
            if items and not listed:
                break
            continue
        words, _ = _sign_beside(words)
        if place == 0 and SIGNED.pattern.fullmatch(words):
            continue  # the second column of "Nơi nhận:"
        dash = re.match(r"[-–—•+]\s*(?=\S)", words)
        if dash:
            listed = True
            items.append(words[dash.end() :])
        elif place == 0:
            items.append(words)
        elif not items:
            if upper(words) or _BODY_START.match(words):
                break
            items.append(words)
        elif (
            words[:1].islower()
            or (items[-1].endswith(",") and not upper(words))
            or (not listed and items[-1].endswith(";"))
        ):
            if items[-1].endswith((".", "./.")) or (items[-1].endswith(";") and listed):
                break
            items[-1] = f"{items[-1]} {words}"
        else:
            break
        stop = line.end
        if items[-1].endswith(".") and listed is False and place > 0:
            break
    if not listed:
        items = [part for item in items for part in re.split(r";\s*", item)]
    else:
        items = [part for item in items for part in re.split(r";\s+[-–]\s*", item)]
    return tuple(item for item in (each.strip(" ;.,") for each in items) if item), stop


def _closing(text: str, body: int, end: int) -> tuple[int, int, tuple[str, ...], Signer | None, str | None]:
    """Return where the closing starts and the annexes start, the copy list, the signer, and for whom they signed."""
    copies = COPIES.pattern.search(text, body, end)
    floor = _last_before(text, body, copies.start() if copies else end)
    block = _signature(text, max(body, floor), end)
    starts = [found for found in (copies.start() if copies else None, block[0] if block else None) if found is not None]
    if not starts:
        return end, end, (), None, None
    closing = min(starts)
    recipients, stop = _items(text, copies.end(), end) if copies else ((), closing)
    stop = max(stop, block[1] if block else 0)
    annexes = _annexes(text, stop, end)
    return closing, annexes, recipients, block[2] if block else None, block[3] if block else None


def _last_before(text: str, body: int, stop: int) -> int:
    """Return where the signature may start: it may stand before the copy list, but after the end mark of the body."""
    mark = None
    for match in _END_MARK.finditer(text, body, stop):
        mark = match
    return mark.end() if mark else max(body, stop - 600)


def _signature(text: str, start: int, end: int) -> tuple[int, int, Signer, str | None] | None:
    """Return the offsets of the first signature block from `start`, the signer, and the body signed for."""
    titles: list[re.Match[str]] = []
    first = last = -1
    name: str | None = None
    for line in lines_of(text, start, end):
        words = line.text.strip(" |*.\t")
        if not words or line.separator:
            continue
        match = SIGNED.pattern.fullmatch(line.text.strip(" |")) or SIGNED.pattern.fullmatch(words)
        match = match or _sign_beside(line.text)[1]
        if match is not None and name is None:
            if first < 0:
                first = line.start
            titles.append(match)
            last = line.end
            if match["name"]:
                name = match["name"].strip()
                break
            continue
        if titles:
            if _PASSED_ON.search(_SIGNED_MARK.sub("", words)) or not _SIGNED_MARK.sub("", words):
                continue
            named = NAME.pattern.fullmatch(_SIGNED_MARK.sub("", words))
            if named is not None and not _ISSUER_HEAD.match(key(words)):
                name = named["name"]
                last = line.end
                break
            if upper(words) and len(words.split()) in (2, 3, 4) and not SIGNED.pattern.match(words):
                continue
            if line.start - last > 800:
                break
    if not titles:
        return None
    spoken = [
        match["title"] or (match["body"] if match["for"].strip(" ./") in ("KT", "K/T", "Q") else None)
        for match in titles
    ]
    title = next((each for each in reversed(spoken) if each), None)
    for_body = next(
        (match["body"] for match in titles if match["for"] and match["for"].strip(" ./") in ("TM", "T/M")), None
    )
    return first, last, Signer(name, _title_case(title) if title else None), for_body


def _sign_beside(words: str) -> tuple[str, re.Match[str] | None]:
    """Return an entry of the copy list, and the title that stood beside it in the second column."""
    for gap in _COLUMN_GAP.finditer(words):
        match = SIGNED.pattern.fullmatch(words[gap.end() :])
        if match is not None:
            return words[: gap.start()], match
    return words, None


def _title_case(title: str) -> str:
    """Return "Phó Chủ tịch" for "PHÓ CHỦ TỊCH"."""
    words = key(title).strip(" .,").split()
    head = ["Phó"] if words[0] == "phó" and len(words) > 1 else []
    rest = words[len(head) :]
    name = " ".join([*head, rest[0].capitalize(), *rest[1:]])
    for part in ("Văn phòng", "Thanh tra", "Thường trực"):
        name = name.replace(f" {part.lower()}", f" {part}")
    return name


def _annexes(text: str, start: int, end: int) -> int:
    """Return where the annexes start: at the title above "(Ban hành kèm theo ...)", or at "PHỤ LỤC"."""
    match = ANNEXED.search(text, start, end)
    if match is None:
        return end
    at = match.start()
    above = [line for line in lines_of(text, start, at) if not line.empty]
    titled = [
        line
        for line in above[-6:]
        if upper(line.text) and any(key(line.text).startswith(each.key) for each in document_types())
    ]
    if titled:
        return titled[-1].start
    for line in reversed(above):
        if (not upper(line.text) and not line.separator) or NAME.pattern.fullmatch(line.text.strip(" |")):
            break
        at = line.start
    return at


def _issuer(
    opening: str,
    number: re.Match[str] | None,
    symbol: str | None,
    place: str | None,
    for_body: str | None,
    day: date | None,
    text: str,
    authority: Authority,
) -> tuple[str | None, str | None]:
    """Return the issuer and the short name of its province."""
    names = _issuer_names(opening[: number.end()] if number else opening)
    if len(names) > 1 and key(names[-1]) == "ban thường trực":
        names.pop()  # the standing body of the Fatherland Front speaks for it
    province = _province([*names[::-1]], place, day, text, authority)
    if names:
        printed = names[-1]
        if len(names) > 1 and key(printed) in _NAMELESS:
            printed = f"{printed} {names[-2]}"  # an organ without a name of its own has its superior's
        issuer: str | None = proper_name(printed, authority)
        if issuer and not _names_place(issuer, authority) and _provincial(issuer):
            local = _LOCAL_UNIT.search(key(names[-2])) if len(names) > 1 else None
            if local is not None:  # an office of a district or commune
                issuer = f"{issuer} {proper_name(local.group(), authority)}"
            elif province is not None:
                issuer = f"{issuer} {province.full_name}"
        return issuer, province.name if province else None
    issuer = issuer_of_symbol(symbol, province, authority) if symbol else None
    if issuer is None and for_body and province is not None:
        issuer = f"{proper_name(for_body, authority)} {province.full_name}"
    return issuer, province.name if province else None


def _issuer_names(opening: str) -> list[str]:
    """Return the bodies named in capitals above the number, the superior first."""
    cleaned = NATION.pattern.sub(lambda match: "\n" if "\n" in match.group() else " ", opening)
    cleaned = DATE.pattern.sub("", NUMBER.pattern.sub("", cleaned))
    names: list[str] = []
    cut = ""  # a word alone on its line is the start of the next: "ỦY" / "BAN NHÂN DÂN"
    for line in lines_of(cleaned):
        words = f"{cut} {line.text.strip(' |*-–_=.')}".strip()
        cut = ""
        if not words or line.separator or not upper(words) or SUBJECT.pattern.match(line.text):
            continue
        lowered = key(words)
        if " " not in words and not names:
            cut = words
            continue
        if any(lowered.startswith(each.key) for each in document_types()) and not (names and names[-1].endswith("ĐẠO")):
            break
        if _ISSUER_HEAD.match(lowered) and not (names and re.search(r"(?:của|và|các|về)$", key(names[-1]))):
            names.append(words)
        elif names:
            names[-1] = f"{names[-1]} {words}"
    return names


def _province(names: list[str], place: str | None, day: date | None, text: str, authority: Authority) -> Unit | None:
    """Return the province of the issuer: named by it, by its superior, or by the place of signing."""
    for name in names:
        match = re.search(r"\b(?:tỉnh|thành phố|tỉnh ủy|thành ủy|tp\.?) (.+)$", key(name))
        unit = province_named(re.sub(r"^ủy ", "", match.group(1)), authority) if match else None
        if unit is not None:
            return unit
    for name in names:
        match = _LOCAL_UNIT.search(key(name))
        if match is None:
            continue
        kind = {"thị": "thị xã", "thành": "thành phố", "đảng": "xã"}.get(match["kind"], match["kind"])
        units = [unit for unit in units_named(match["name"], authority) if unit.kind == kind]
        units = [unit for unit in units if valid(unit, day)] or units
        provinces = {unit.id: unit for unit in map(authority.province_of, units)}
        if len(provinces) > 1:  # namesakes: such papers cite the province that they lie in
            provinces = {each.id: each for each in provinces.values() if f"tỉnh {each.name}" in text}
        if len(provinces) == 1:
            return next(iter(provinces.values()))
    if place is None or any(
        re.match(r"(?:bộ|thủ tướng|chính phủ|quốc hội|ban chấp hành trung ương|bộ chính trị|ban bí thư)\b", key(n))
        for n in names
    ):
        return None
    return province_named(re.sub(r"^(?:TP|Tp|Thành phố|Tỉnh)\.?\s*", "", place), authority)


def _names_place(issuer: str, authority: Authority) -> bool:
    return (
        re.search(
            r"\b(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu|Trung ương) [A-ZĐ]|ủy [A-ZĐ]", issuer
        )
        is not None
    )


def _provincial(issuer: str) -> bool:
    return not re.match(
        r"(?:Bộ|Thủ tướng|Chính phủ|Quốc hội|Ủy ban Thường vụ Quốc hội|Ban Bí thư|Trung ương|Đảng bộ)\b", issuer
    ) or issuer.startswith("Bộ Chỉ huy")
