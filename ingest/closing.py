"""The end of a document: copy list, signature and where annexes start."""

from __future__ import annotations

import re

from ingest.document_types import document_types
from ingest.header_forms import ANNEXED, BODY_START, COPIES, NAME, SIGNED, SIGNER_TOLD, TITLE
from ingest.lines import cells_of, lines_of, upper
from ntmgraph.model import Signer
from ntmgraph.text import key

_PASSED_ON = re.compile(r"(?:đã ký|ký tên|ký bởi|daky|signed|bản điện tử)", re.IGNORECASE)
_SIGNED_MARK = re.compile(r"^[(\[*]*\s*(?:[Đđ]ã ký|ĐÃ KÝ)\s*[)\]*]*[:.]?\s*")
_SIGNED_AT_END = re.compile(r"\s*\([Đđ]ã ký\)$")
_COLUMN_GAP = re.compile(r"(?<=[.;:,)])\s+(?=[TKQPCGB])")
_COMMITTEE = re.compile(r"(?:UBND|HĐND|ỦY BAN|UỶ BAN|HỘI ĐỒNG)")
_ANY_TITLE = re.compile(TITLE)
# Words in capitals at their starts that are a body, not a person: "Hội Nông Dân".
_OFFICE = re.compile(
    r"(?:ủy ban|ubnd|hội|sở|bộ|ban|văn phòng|chi cục|cục|mặt trận|phòng|trung tâm|quốc hội|chính phủ)\b"
)
# A person's name printed in capitals is told from a heading by its first word.
_SURNAME = re.compile(
    r"(?:nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đoàn|đinh|trịnh|lương|đào|mai|hà|tô|cao|tạ|"
    r"vương|lâm|châu|quách|thái|tăng|triệu|nông|lò|cầm|giàng|vàng|sùng|hầu|vi|lô|kim|thạch|sơn|danh|chu|từ|tống|văn|la|lưu|"
    r"phùng|kiều|khúc|ma|đàm|bế|hứa|quản|giáp|thân|ngọ|đồng|mã|tòng|quàng|lường|khổng|doãn|nghiêm|bạch|phí|ông|rơ|rah|y|h)\b"
)
_PREAMBLE = re.compile(r"\W*(?:Căn cứ|Xét|Theo đề nghị|QUYẾT ĐỊNH|QUYẾT NGHỊ)\b")
_FOR = re.compile(r"(?:TM|KT|TL|TUQ)\b[./ ]")
_END_MARK = re.compile(r"\./\.?\s*$", re.MULTILINE)


def list_entries(text: str, start: int, end: int) -> tuple[tuple[str, ...], int]:
    """Return the entries of a list after "Kính gửi:" or "Nơi nhận:" and where the list ends."""
    items: list[str] = []
    stop = start
    listed = False  # entries stand on lines of their own, with dashes
    for place, line in enumerate(lines_of(text, start, min(end, start + 5000))):
        cells = cells_of(line)
        words = cells[0].text.strip(" *:") if cells else ""
        if not words:
            if items and not listed:
                break
            continue
        if items and line.text.startswith("|") and not words.startswith(("-", "–", "+")):
            continue  # this column is empty: the signature stands beside it
        words, _ = _sign_beside(_SIGNED_AT_END.sub("", words))
        if place == 0 and SIGNED.pattern.fullmatch(words):
            continue  # the second column of "Nơi nhận:"
        dash = re.match(r"[-–—•+]\s*(?=\S)", words)
        if dash:
            listed = True
            items.append(words[dash.end() :])
        elif place == 0:
            items.append(words)
        elif not items:
            if upper(words) or BODY_START.match(words):
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


def read_closing(text: str, body: int, end: int) -> tuple[int, int, tuple[str, ...], Signer | None, str | None]:
    """Return where the closing starts and the annexes start, the copy list, the signer, and for whom they signed."""
    copies = COPIES.pattern.search(text, body, end)
    floor = _last_before(text, body, copies.start() if copies else end)
    block = _signature(text, max(body, floor), end)
    starts = [found for found in (copies.start() if copies else None, block[0] if block else None) if found is not None]
    if not starts:
        return end, end, (), None, None
    closing = min(starts)
    recipients, stop = list_entries(text, copies.end(), end) if copies else ((), closing)
    stop = max(stop, block[1] if block else 0)
    annexes = _annexes(text, stop, end)
    return closing, annexes, recipients, block[2] if block else None, block[3] if block else None


def with_signer_told(signer: Signer | None, text: str) -> Signer | None:
    """Return the signer with the name that a portal prints beside the text, where the copy has none."""
    if signer is not None and signer.name is not None:
        return signer
    told = SIGNER_TOLD.pattern.search(text)
    return Signer(told["name"], signer.title if signer else None) if told else signer


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
    capitals: tuple[str, int] | None = None
    for line in (cell for row in lines_of(text, start, end) for cell in cells_of(row)):
        words = line.text.strip(" *.")
        if not words or line.separator:
            continue
        match = SIGNED.pattern.fullmatch(line.text) or SIGNED.pattern.fullmatch(words)
        match = match or _sign_beside(line.text)[1]
        if match is None and (titles or _FOR.match(words)):  # "KT. Chủ tịch" / "Phó Chủ tịch"
            match = SIGNED.pattern.fullmatch(words.upper())
        if match is not None:
            if first < 0:
                first = line.start
            titles.append(match)
            last = line.end
            if match["name"]:
                name = match["name"].strip()
                break
            continue
        if titles and _PREAMBLE.match(words):  # "CHỦ TỊCH UBND TỈNH ..." above "Căn cứ ..." opens a decision
            titles, first = [], -1
        if titles:
            words = _SIGNED_MARK.sub("", words)
            if _PASSED_ON.search(words) or not words:
                continue
            named = NAME.pattern.fullmatch(words)
            if named is not None and not _OFFICE.match(key(words)):
                name = named["name"]
                last = line.end
                break
            if upper(words) and _SURNAME.match(key(words)) and len(words.split()) in (2, 3, 4, 5):
                capitals = capitals or (words.title(), line.end)
                continue
            if line.start - last > 800 or ANNEXED.match(words):
                break
    if not titles:
        return None
    if name is None and capitals is not None:
        name, last = capitals
    return first, last, Signer(name, _title(titles)), _signed_for(titles)


def _title(titles: list[re.Match[str]]) -> str | None:
    """Return the title that the signer signs under, the last one: "Phó Chủ tịch" under "KT. CHỦ TỊCH"."""
    spoken: list[str] = []
    for match in titles:
        if match["title"]:
            # "TRƯỞNG BAN" / "PHÓ CHỦ TỊCH UBND TỈNH": a second office, not the one that signs
            if not spoken or not _COMMITTEE.search(match.group()):
                spoken.append(match["title"])
        elif match["for"].strip(" ./") not in ("TL", "T/L", "T.L", "TUQ", "THỪA LỆNH"):
            spoken += _ANY_TITLE.findall(match["body"])
    return _title_case(spoken[-1]) if spoken else None


def _signed_for(titles: list[re.Match[str]]) -> str | None:
    """Return the body on whose behalf the block is signed: "TM. ỦY BAN NHÂN DÂN"."""
    for match in titles:
        if match["for"] and re.sub(r"[\W_]", "", match["for"]) == "TM":
            return re.split(rf"\s+(?=K[/.]?T\b|{TITLE})", match["body"])[0]
    return None


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
