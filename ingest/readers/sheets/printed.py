"""Values of cells as Vietnamese paper prints them, by their number formats: 0.714 as "71,4%", 14.25 as "14,25"."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

# Formats that Excel knows by number alone (ECMA-376, 18.8.30); those of dates differ by country.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", **dict.fromkeys((14, 15, 16, 22, *range(27, 37), *range(50, 59)), "dd/mm/yyyy"), 17: "mm/yyyy",
    **dict.fromkeys((18, 19, 20, 21), "hh:mm"),
}  # fmt: skip

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.(?P<decimals>[#0?]+))?")
_DATE_LETTER = re.compile(r"[dmyhs]", re.IGNORECASE)
_MOST_DECIMALS = 10


def printed(value: float, code: str | None = None, *, from_1904: bool = False) -> str:
    """Return a number in its format; without one, as few digits as tell it."""
    return _Format.of(code or "General").text(value, from_1904=from_1904)


def day(value: date | datetime) -> str:
    """Return a date as dd/mm/yyyy; the hour is left out."""
    return f"{value.day:02}/{value.month:02}/{value.year}"


def general(value: float) -> str:
    """Return a number without a format: 17.0 as "17", 2/3 as "0,6666667"."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    digits = max(7, len(str(int(abs(value)))) + 2) if abs(value) < 1e15 else 15
    return f"{value:.{digits}g}".replace(".", ",")


class _Format:
    def __init__(self, code: str) -> None:
        section = code.split(";")[0]
        bare = _LITERAL.sub("", section)
        spelled = _LITERAL.sub(lambda found: found[1] or found[2] or "", section)
        digits = _DIGITS.search(spelled)
        self.of_date = "general" not in bare.lower() and digits is None and _DATE_LETTER.search(bare) is not None
        self._code = bare.lower()
        self._digits = digits if "general" not in bare.lower() and "E" not in bare and "/" not in bare else None
        self._before = spelled[: self._digits.start()] if self._digits else ""
        self._after = spelled[self._digits.end() :] if self._digits else ""

    @staticmethod
    @lru_cache(maxsize=512)
    def of(code: str) -> _Format:
        return _Format(code)

    def text(self, value: float, *, from_1904: bool) -> str:
        if self.of_date:
            return self._day(value, from_1904=from_1904)
        if self._digits is None:
            return general(value)
        percent = "%" in self._after or "%" in self._before
        number = value * 100 if percent else value
        decimals = min(len(self._digits["decimals"] or ""), _MOST_DECIMALS)
        whole = self._digits.group().partition(".")[0]
        words = f"{abs(number):,.{decimals}f}" if "," in whole.rstrip(",") else f"{abs(number):.{decimals}f}"
        kept = (self._digits["decimals"] or "").rstrip("#?")
        while decimals > len(kept) and words.endswith("0"):
            words, decimals = words[:-1], decimals - 1
        words = words.rstrip(".").translate(str.maketrans(",.", ".,"))
        return f"{'-' if number < 0 else ''}{self._before}{words}{self._after}".strip()

    def _day(self, value: float, *, from_1904: bool) -> str:
        try:
            moment = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
            moment += timedelta(days=value)
        except OverflowError:
            return general(value)
        if "y" not in self._code and "d" not in self._code:
            return f"{moment:%H:%M}"
        if "d" in self._code:
            return day(moment)
        return f"{moment.month:02}/{moment.year}" if "m" in self._code else str(moment.year)
