"""The named types of documents and the letters that stand for them in a symbol."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ntmgraph.text import key


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


_DASH_LOST = re.compile(
    r"(?P<type>QyĐ|QĐ|NQ|KH|CT|CTr|TB|BC|TTr|HD|NĐ|TTLT|TT|QC|ĐA|CĐ)[ ]?(?P<body>UBND|HĐND|TTg|CP|BCĐ|B[A-ZĐ]{2,8})"
)


def with_dash(symbol: str) -> str:
    """Return a symbol with the dash that some copies lose: "QĐ UBND", "NQHĐND" -> "QĐ-UBND", "NQ-HĐND"."""
    head, _, last = symbol.rpartition("/")
    lost = _DASH_LOST.fullmatch(last)
    last = f"{lost['type']}-{lost['body']}" if lost else last
    return f"{head}/{last}" if head else last


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
