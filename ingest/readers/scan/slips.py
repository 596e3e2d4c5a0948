"""Slips that recognition makes again and again, mended only where nothing else can have stood there."""

from __future__ import annotations

import re
from collections.abc import Sequence

_GROUP = re.compile(r"[\dOoIl|]+")  # figures and the letters taken for them; "I/2017" is a quarter and stays
_FIGURES = re.compile(r"[(“]?[\dOoIl|]+(?:[/.,-][\dOoIl|]+)*[.,;:)”%]*")
_AS_FIGURES = str.maketrans("OoIl|", "00111")
_LONG_DASH = re.compile(r"(?<=[A-ZĐ])[—–](?=[A-ZĐ])")  # "QĐ—UBND"
_MARKS_ONLY = re.compile(r"[|¦_~=¬\\]+")  # what is left of rules and edges; a bar alone would part cells
_NUMERAL = re.compile(r"[IVX]+|[IVX]*[IlLH|!]{1,3}")
_ROMAN = ("-", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def mended(word: str) -> str:
    """Return a word without slips; "" for marks that are no word. `mended("2O22") == "2022"`."""
    if _MARKS_ONLY.fullmatch(word):
        return ""
    if _FIGURES.fullmatch(word):
        word = _GROUP.sub(_figures, word)
    return _LONG_DASH.sub("-", word)


def _figures(match: re.Match[str]) -> str:
    group = match.group()
    digits = sum(letter.isdecimal() for letter in group)
    return group.translate(_AS_FIGURES) if 2 * digits >= len(group) else group


class Numerals:
    """Puts the Roman numerals of headings right by their order: "I." and "II." are both read as "IL"."""

    def __init__(self) -> None:
        self._last = 0

    def mended(self, line: Sequence[str]) -> list[str]:
        """Return the words of the next line of a document, the first mended where it can only be the next numeral."""
        words = list(line)
        if words and words[0] == "—":
            words[0] = "-"  # a bullet
        if len(words) < 2 or not words[1][:1].isupper():
            return words
        numeral = words[0].rstrip(".")
        if numeral in _ROMAN:
            self._last = _ROMAN.index(numeral)
        elif _NUMERAL.fullmatch(numeral) and (right := self._right(numeral, stopped=words[0].endswith("."))):
            words[0] = f"{right}."
            self._last = _ROMAN.index(right)
        return words

    def _right(self, numeral: str, *, stopped: bool) -> str | None:
        strokes = re.sub(r"[l|!]", "I", numeral.replace("H", "II"))
        if numeral in ("HI", "IH"):
            return strokes  # no other word of a heading looks so
        following = _ROMAN[self._last + 1] if self._last + 1 < len(_ROMAN) else None
        # L is a last stroke that runs into the stop, or the stop alone.
        ways = (strokes,) if stopped or not strokes.endswith("L") else (strokes[:-1], f"{strokes[:-1]}I")
        return following if self._last and following in ways else None
