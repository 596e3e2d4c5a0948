"""The day from which a document is in force, where its own text says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

# "Quyết định này có hiệu lực kể từ ngày ký", "Nghị quyết này có hiệu lực thi hành từ ngày 01/01/2022"
IN_FORCE = re.compile(
    r"có hiệu lực(?:\s+(?:thi hành|kể|thực hiện))*\s+từ\s+ngày\s+"
    r"(?:(?P<signed>ký|ban hành)|(?P<d>\d{1,2})(?:\s?/\s?|\s+tháng\s+)(?P<m>\d{1,2})"
    r"(?:\s?/\s?|\s+năm\s+)(?P<y>(?:19|20)\d\d))",
    re.IGNORECASE,
)
_OWN = re.compile(r"\bnày\b[^.;:]{0,60}$", re.IGNORECASE)  # not of a law that the document cites


@dataclass(frozen=True, slots=True)
class InForce:
    """The day, and where the words stand."""

    day: date
    start: int
    end: int


def in_force(text: str, signed: date | None) -> InForce | None:
    """Return from which day the document of this text is in force; None where it does not say so of itself.

    signed: the day of the document, None where it is blank.
    """
    for match in IN_FORCE.finditer(text):
        own = _OWN.search(text, max(0, match.start() - 80), match.start())
        day = day_in_force(match, signed)
        if own is not None and day is not None:
            begin = max(text.rfind(mark, 0, match.start()) + 1 for mark in ".;\n")
            return InForce(day, match.start() - len(text[begin : match.start()].lstrip()), match.end())
    return None


def day_in_force(match: re.Match[str], signed: date | None) -> date | None:
    """Return the day that words matched by IN_FORCE name; None where it is that of signing and unknown, or no day."""
    if match["signed"]:
        return signed
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
