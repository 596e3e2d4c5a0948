"""Slips that recognition makes again and again, mended only where nothing else can have stood there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_GROUP = re.compile(r"[\dOoIl|]+")  # figures and the letters taken for them; "I/2017" is a quarter and stays
_FIGURES = re.compile(r"[(“]?[\dOoIl|]+(?:[/.,-][\dOoIl|]+)*[.,;:)”%]*")
_AS_FIGURES = str.maketrans("OoIl|", "00111")
_LONG_DASH = re.compile(r"(?<=[A-ZĐ])[—–](?=[A-ZĐ])")  # "QĐ—UBND"
_MARKS_ONLY = re.compile(r"[|¦_~=¬\\]+")  # what is left of rules and edges; a bar alone would part cells
_NUMERAL = re.compile(r"[IVX]+|[IVX]*[IlLH|!]{1,3}")
_ROMAN = ("-", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")

# Words of orders whose accents recognition confuses, and pairs that look like them but are right elsewhere: "cảnh báo
# cao", "dân chủ trí tuệ", "thăm định kỳ". "Để nghị" is left as it is: "để Nghị quyết đi vào cuộc sống".
_PHRASES = (
    "chủ trì", "phối hợp", "đôn đốc", "theo dõi", "tham mưu", "tổng hợp", "báo cáo", "triển khai", "kiểm tra",
    "rà soát", "thẩm định", "xây dựng", "yêu cầu", "chỉ đạo", "tổ chức", "giám sát", "huy động", "tuyên truyền",
)  # fmt: skip
_RIGHT = frozenset(
    {
        "báo cao", "chủ trí", "chỉ đào", "xây đúng", "ra soát", "thăm định",
        "theo đội", "theo đời", "theo đôi", "theo đợi", "theo đổi", "theo đòi",
    }
)  # fmt: skip
_OPENED_BY_DOI = re.compile(r"tượng|tác|chiếu|phương|thủ|với", re.IGNORECASE)  # "theo đối tượng" is right
_WORD = re.compile(r"(\w+)(\W*)")


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


def _bare(word: str) -> str:
    """Return a word without its accents: `_bare("Đốc") == "doc"`."""
    letters = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_BY_BARE = {tuple(_bare(word) for word in phrase.split()): tuple(phrase.split()) for phrase in _PHRASES}


def with_phrases(line: Sequence[str]) -> list[str]:
    """Return the words of a line with the phrases of orders put right where one word of the two is so already."""
    words = list(line)
    for at in range(len(words) - 1):
        first, second = words[at], _WORD.fullmatch(words[at + 1])
        if second is None or not first.isalpha():
            continue
        read = (first.lower(), second[1].lower())
        right = _BY_BARE.get((_bare(first), _bare(second[1])))
        if right is None or sum(one == other for one, other in zip(read, right, strict=True)) != 1:
            continue
        following = words[at + 2] if at + 2 < len(words) and not second[2] else None
        if " ".join(read) in _RIGHT or (read[1] == "đối" and not second[2] and not _ends(following)):
            continue
        words[at] = _cased(right[0], first)
        words[at + 1] = _cased(right[1], second[1]) + second[2]
    return words


def _ends(following: str | None) -> bool:
    """Return whether "theo đối" is followed by what "đối" does not open: not "tượng", not the end of the line."""
    return following is not None and _OPENED_BY_DOI.match(following) is None


def _cased(word: str, like: str) -> str:
    return word.upper() if like.isupper() else word.capitalize() if like[:1].isupper() else word


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
        if numeral in _ROMAN[1:]:
            at = _ROMAN.index(numeral)
            # Two headings "II." with none between: a stroke of the second was lost.
            if at == self._last > 1 and words[1].isupper() and at + 1 < len(_ROMAN) and _ROMAN[at + 1] == f"{numeral}I":
                at += 1
                words[0] = words[0].replace(numeral, _ROMAN[at])
            self._last = at
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
