"""Names of issuing bodies: as printed in capitals, as a symbol says, and as they key a document.

One document must get one id, whether it is read itself ("TỈNH ỦY LÀO CAI", signed for the Standing Committee) or cited
("Chỉ thị số 45-CT/TU của Ban Thường vụ Tỉnh ủy"): `identity` reduces both to the body that numbers the documents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import lru_cache

from ntmgraph.authority import Authority, Unit
from ntmgraph.text import key

_UNIT = re.compile(r"\b(tỉnh|thành phố|tp\.?|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)\s+(?!ủy\b|hội\b)(\S.*)$")
_PARTY = re.compile(r"^(tỉnh|thành|huyện|thị|quận|đảng) ủy\b\s*(.*)$")
# Who speaks for a mass organisation: "BCH HỘI NÔNG DÂN TỈNH ..." is the organisation's own.
_SPEAKS_FOR = re.compile(
    r"^(?:bch|ban chấp hành|btv|ban thường vụ) (?=hội|đoàn|tỉnh đoàn|liên đoàn|công đoàn|"
    r"(?:tỉnh|thành|huyện|thị|quận|đảng) ủy)"
)
_SHORT = (
    ("ủy ban nhân dân", "UBND"),
    ("hội đồng nhân dân", "HĐND"),
    ("mặt trận tổ quốc", "Mặt trận Tổ quốc"),
    ("ban chỉ đạo", "Ban Chỉ đạo"),
    ("chương trình", "Chương trình"),
    ("trung ương", "Trung ương"),
    ("tỉnh đoàn", "Tỉnh đoàn"),
)
_ABBREVIATION = re.compile(r"\b(ubnd|hđnd|mttq|ntm|ptnt|tw|btv|bch|tncs|hđbt|mtqg|ctmtqg|bcđ|vpđp|ocop)\b")
_PROPER = re.compile(r"\b(việt nam|hồ chí minh|đảng|nhà nước)\b")
_LEVEL_KINDS = {"tp": "thành phố", "tp.": "thành phố"}
_NUMBER = re.compile(r"^(?P<digits>\d+[a-zđ]?)(?P<form>[/-])(?P<rest>.+)$")


def units_named(name: str, authority: Authority) -> tuple[Unit, ...]:
    """Return the units of that short name, by its letters alone.

    Highland names are printed with and without their apostrophes, and "Đắk" also as "Đăk".
    """
    return _by_letters(authority).get(_letters(name), ())


@lru_cache(maxsize=2)
def _by_letters(authority: Authority) -> dict[str, tuple[Unit, ...]]:
    found: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in authority.units.values():
        found[_letters(unit.name)].append(unit)
    return {name: tuple(units) for name, units in found.items()}


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", key(name)).replace("đăk", "đắk")


def province_named(name: str, authority: Authority) -> Unit | None:
    """Return the province of that short name (of either period); None when there is none."""
    found = [unit for unit in authority.units_by_name.get(key(name), ()) if unit.level == "province"]
    return found[0] if found else None


def proper_name(printed: str, authority: Authority) -> str:
    """Return an issuer printed in capitals as the interface writes it.

    "ỦY BAN NHÂN DÂN TỈNH LÀO CAI" -> "UBND tỉnh Lào Cai"; "SỞ CÔNG THƯƠNG" -> "Sở Công Thương".
    """
    name = _SPEAKS_FOR.sub("", key(printed).strip(" .,:;*|-"))
    if name.startswith("văn phòng ") and _PARTY.match(name[len("văn phòng ") :]):
        return f"Văn phòng {proper_name(name[len('văn phòng ') :], authority)}"
    party = _PARTY.match(name)
    if party is not None and party.group(2):
        unit = _UNIT.match(party.group(2))
        # "Tỉnh ủy Lào Cai" has its level in its name, "Đảng ủy xã Bắc Hà" has not.
        kind = f"{unit.group(1)} " if unit and party.group(1) == "đảng" else ""
        return f"{party.group(1).capitalize()} ủy {kind}{_unit_name(party.group(2), None, authority)}"
    tail = ""
    unit = _UNIT.search(name)
    if unit is not None:
        kind = _LEVEL_KINDS.get(unit.group(1), unit.group(1))
        tail = f" {kind} {_unit_name(unit.group(2), kind, authority)}"
        name = name[: unit.start()].strip()
    known = _known_name(name, authority)
    if known is not None:
        body = known
    else:
        body = re.sub(r"^bcđ\b", "ban chỉ đạo", name)
        for long, short in _SHORT:
            body = body.replace(long, short)
        body = _ABBREVIATION.sub(lambda match: match.group().upper(), body)
        body = _PROPER.sub(lambda match: match.group().title(), body)
        body = body[:1].upper() + body[1:]
        body = re.sub(
            r"^(Phòng|Chi cục|Trung tâm) (\w)", lambda match: f"{match.group(1)} {match.group(2).upper()}", body
        )
    for long, short in (("Ủy ban nhân dân", "UBND"), ("Hội đồng nhân dân", "HĐND")):
        body = body.replace(long, short)
    if re.match(r"(?:Tỉnh|Thành|Huyện|Thị|Quận) ủy$", body):
        tail = re.sub(r"^ (?:tỉnh|thành phố|huyện|thị xã|quận) ", " ", tail)
    return (body + tail).strip()


def _unit_name(name: str, kind: str | None, authority: Authority) -> str:
    name = _UNIT.sub(lambda match: match.group(2), name).strip(" .,")
    for unit in units_named(name, authority):
        if kind is None or unit.kind == kind or unit.level == "province":
            return unit.name
    return name.title()


def _loose(name: str) -> str:
    """Return the key of a body's name without its dashes, which a wrapped header loses."""
    return " ".join(key(name).replace("-", " ").replace("–", " ").split())


def _known_name(name: str, authority: Authority) -> str | None:
    """Return the catalogue's spelling of a body, without its level word."""
    found = _catalogue(authority).get(_loose(name))
    if found is None:
        found = _catalogue(authority).get(_loose(f"{name} tỉnh"))
        return re.sub(r" tỉnh$", "", found) if found else None
    return found


_CENTRAL_SYMBOLS = {
    "TTg": "Thủ tướng Chính phủ",
    "CP": "Chính phủ",
    "TW": "Trung ương",
    "VPTW": "Văn phòng Trung ương Đảng",
}


@lru_cache(maxsize=4)
def _catalogue(authority: Authority) -> dict[str, str]:
    return {
        _loose(alias): agency.name
        for agency in authority.agencies.values()
        if agency.kind not in ("group", "steering")  # steering bodies are named by their programme
        for alias in (*agency.aliases[::-1], agency.name)
        if " " in alias
    }


@lru_cache(maxsize=4)
def _symbols(authority: Authority) -> dict[str, dict[str, str]]:
    """Names by level under the organisation part of a document's symbol: "TTg", "SNN", "BNNPTNT"."""
    found: dict[str, dict[str, str]] = {}
    for agency in authority.agencies.values():
        short = [alias for alias in agency.aliases if re.fullmatch(r"[A-ZĐ]{3,}\d?", alias)]
        for symbol in (*re.split(r"\s*/\s*", agency.symbol or ""), *short):
            if symbol and agency.level in ("central", "province"):
                found.setdefault(symbol, {}).setdefault(agency.level, agency.name)
    for symbol, name in _CENTRAL_SYMBOLS.items():
        found[symbol] = {"central": name}
    return found


def organisation(number: str) -> str:
    """Return the body's part of a number: "77/UBND-NL" -> "UBND", "45-CT/TU" -> "TU", "24/2021/QH15" -> "QH"."""
    last = number.rsplit("/", 1)[-1]
    parts = re.split(r"[-–]", last)
    if re.match(r"\d+[a-zđ]?-", number):  # Party form: the body stands after the slash
        return parts[0]
    known_types = {
        "QĐ",
        "KH",
        "NQ",
        "CT",
        "TB",
        "BC",
        "TTr",
        "HD",
        "CTr",
        "NĐ",
        "TT",
        "CV",
        "QC",
        "ĐA",
        "GM",
        "PA",
        "KL",
        "CĐ",
    }
    body = parts[1] if len(parts) > 1 and (parts[0] in known_types or parts[0].startswith("TTLT")) else parts[0]
    return re.sub(r"\d+$", "", body)


def issuer_of_symbol(number: str, province: Unit | None, authority: Authority) -> str | None:
    """Return the issuer that a number's symbol implies; None when it implies none."""
    body = organisation(number)
    if body in ("UBND", "HĐND"):
        return f"{body} {province.full_name}" if province else None
    if body == "TU":
        return f"{'Thành' if province.kind == 'thành phố' else 'Tỉnh'} ủy {province.name}" if province else None
    if body in ("QH", "UBTVQH"):
        return "Quốc hội" if body == "QH" else "Ủy ban Thường vụ Quốc hội"
    names = _symbols(authority).get(body, {})
    if "province" in names:  # a coordination office is "VPĐP" at both levels
        return f"{re.sub(r' tỉnh$', '', names['province'])} {province.full_name}" if province else None
    return names.get("central")


_LOCAL = re.compile(r"\b(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố)\b")


def identity(number: str, issuer: str | None, province: str | None, authority: Authority) -> str | None:
    """Return the body that keys a document's id: the one that numbers it, however the text names it.

    The chairman's decisions are numbered with the committee's, the Party committee's with its standing committee's.
    A body below the province is told with it: there are hundreds of communes called Tân Lập, each with its 45/KH-UBND.
    """
    body = organisation(number)
    unit = province_named(province, authority) if province else None
    if body == "TU" and unit is not None:
        return issuer_of_symbol(number, unit, authority)
    if body in ("TTg", "CP", "QH", "UBTVQH", "TW"):
        return issuer_of_symbol(number, None, authority)
    if issuer is None:
        return None
    issuer = re.sub(r"^(?:Phó )?Chủ tịch (?=UBND)|^Thường trực (?=HĐND)", "", issuer)
    if unit is None or not _LOCAL.search(issuer) or unit.full_name.lower() in issuer.lower():
        return issuer
    return f"{issuer} {unit.full_name}"


def valid(unit: Unit, day: date | None) -> bool:
    """Return whether the unit existed on that day; True when the day is not known."""
    if day is None:
        return True
    return (unit.valid_from is None or unit.valid_from <= day) and (unit.valid_to is None or day <= unit.valid_to)
