"""Who issues a document, and in which province."""

from __future__ import annotations

import re
from datetime import date

from ingest.document_types import document_types
from ingest.header_forms import DATE, ISSUER_HEAD, NATION, NUMBER, SUBJECT
from ingest.issuers import issuer_of_symbol, proper_name, province_named, units_named, valid
from ingest.lines import lines_of, upper
from ntmgraph.authority import Authority, Unit
from ntmgraph.text import CAPITAL, key

# Organs whose own name is that of their kind.
_NAMELESS = ("văn phòng", "ban tổ chức", "ban tuyên giáo", "ban dân vận", "ban nội chính", "ủy ban kiểm tra")
# Those who speak for the body above them: "MẶT TRẬN ..." / "BAN THƯỜNG TRỰC", "TỈNH ĐOÀN ..." / "BAN THƯỜNG VỤ".
_SPEAKING = ("ban thường trực", "ban thường vụ", "ban chấp hành", "thường trực")
# "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM" / "BAN THƯỜNG VỤ TỈNH BÌNH DƯƠNG"
_SPEAKING_PLACE = re.compile(r"(?:ban thường vụ|ban chấp hành|bch|btv) (?=(?:tỉnh|thành phố|huyện|thị xã|quận|xã) )")
# Stamps beside the issuer's name that are no part of it.
_STAMP = re.compile(
    r"(?:hỏa tốc|hoả tốc|thượng khẩn|khẩn|mật|tối mật|dự thảo.*|bản sao|sao y|công báo.*|liên ngành\b.*)"
)
_PROVINCE_NAMED = re.compile(rf"\btỉnh (?P<name>(?:[{CAPITAL}][\w-]*\s?){{1,4}})")
_LOCAL_UNIT = re.compile(
    r"\b(?P<kind>huyện|thị xã|thị|quận|thành phố|thành|xã|phường|thị trấn|đặc khu|đảng)(?: ủy)? "
    r"(?P<name>(?!trấn\b|xã\b|phố\b|bộ\b).+)$"
)


def find_issuer(
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
    while len(names) > 1 and key(names[-1]) in _SPEAKING:
        names.pop()
    province = _province([*names[::-1]], place, day, text, authority)
    if names:
        printed = names[-1]
        speaker = _SPEAKING_PLACE.match(key(printed)) if len(names) > 1 else None
        if speaker is not None:
            printed = f"{re.sub(r' VIỆT NAM$', '', names[-2])} {printed[speaker.end() :]}"
        if len(names) > 1 and key(printed) in _NAMELESS:
            printed = f"{printed} {names[-2]}"  # an organ without a name of its own has its superior's
        issuer: str | None = proper_name(printed, authority)
        if issuer and not _names_place(issuer) and not _central(issuer):
            local = _LOCAL_UNIT.search(key(names[-2])) if len(names) > 1 else None
            if local is not None:  # an office of a district or commune
                issuer = f"{issuer} {proper_name(local.group(), authority)}"
            elif province is not None:
                issuer = f"{re.sub(r' (?:tỉnh|thành phố)$', '', issuer)} {province.full_name}"
        return issuer, province.name if province else None
    issuer = issuer_of_symbol(symbol, province, authority) if symbol else None
    if issuer is None and for_body:
        province = province or sole_province(text, authority)
        if province is not None:
            body = re.sub(r" (?:tỉnh|thành phố)$", "", proper_name(for_body, authority))
            issuer = f"{body} {province.full_name}"
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
        if _STAMP.fullmatch(lowered):
            continue
        if " " not in words and not names:
            cut = words
            continue
        if any(lowered.startswith(each.key) for each in document_types()) and not (names and names[-1].endswith("ĐẠO")):
            break
        if ISSUER_HEAD.match(lowered) and not (names and re.search(r"(?:của|và|các|về)$", key(names[-1]))):
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


def _names_place(issuer: str) -> bool:
    return (
        re.search(
            r"\b(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu|Trung ương) [A-ZĐ]|ủy [A-ZĐ]", issuer
        )
        is not None
    )


def _central(issuer: str) -> bool:
    """Return whether a body without a place in its name is one of the State or the Party as a whole."""
    return (
        re.search(
            r"^(?:Bộ (?!Chỉ huy)|Thủ tướng|Quốc hội|Ủy ban Thường vụ Quốc hội|Ban Bí thư|Đảng bộ|Ủy ban Dân tộc|"
            r"Tổng cục|Đoàn công tác)|(?:Chính phủ|Quốc hội|Chủ tịch nước)$|"
            r"(?:Trung ương|(?<!mục tiêu )quốc gia)\b",
            issuer,
        )
        is not None
    )


def sole_province(text: str, authority: Authority) -> Unit | None:
    """Return the one province that the text names; None when it names none or several."""
    named = {match["name"] for match in _PROVINCE_NAMED.finditer(text)}
    units = {unit.id: unit for unit in (longest_province(name, authority) for name in named) if unit}
    return next(iter(units.values())) if len(units) == 1 else None


def longest_province(words: str, authority: Authority) -> Unit | None:
    parts = words.split()
    found = (province_named(" ".join(parts[:count]), authority) for count in range(len(parts), 0, -1))
    return next((unit for unit in found if unit), None)
