"""When two wordings say the same: names, numbers and clauses compared as an officer would, not letter by letter."""

from __future__ import annotations

import re
import unicodedata

LONGEST_NAME = 25  # words: a longer "name" is a sentence, and a sentence holds every name
LONGEST_CLAUSE = 120

_PLACED = {"oa": "òóỏõọ", "oe": "òóỏõọ", "uy": "ùúủũụ"}  # the mark on the first letter, as the catalogue has it
_SECOND = {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}
_TONES = {
    pair[0] + second: first + pair[1]
    for pair, firsts in _PLACED.items()
    for first, second in zip(firsts, _SECOND[pair[1]], strict=True)
}
_TONED = re.compile(rf"(?<!q)({'|'.join(_TONES)})\b")
_BLANKS = re.compile(r"[\s\-–*“”\"']+")
_SHORT = (
    ("ủy ban nhân dân", "ubnd"),
    ("hội đồng nhân dân", "hđnd"),
    ("mặt trận tổ quốc", "mttq"),
    ("văn phòng điều phối", "vpđp"),
    ("nông thôn mới", "ntm"),
    ("phát triển nông thôn", "ptnt"),
    ("ban chỉ đạo", "bcđ"),
    ("thường trực", "tt."),
    ("lao động thương binh và xã hội", "lđtbxh"),
    ("lao động tbxh", "lđtbxh"),
)
_EMPTY = frozenset({"và", "các", "của", "cho", "với", "trong", "theo", "về", "là", "để", "từ", "được", "những"})
_EMPTY |= {"tại", "đến", "do", "này"}


def fold(value: object) -> str:
    """Return a wording without case, tone placement, dashes, quotation marks and long forms of short names."""
    text = unicodedata.normalize("NFC", str(value or "")).lower().replace("\xa0", " ")
    text = _TONED.sub(lambda found: _TONES[found[1]], text)
    text = _BLANKS.sub(" ", text).strip(" .;:,/")
    for long, short in _SHORT:
        text = text.replace(long, short)
    return text


def number(value: object) -> str:
    """Return a document number as it is compared: without blanks, in capitals."""
    return re.sub(r"\s+", "", str(value or "")).upper().strip("./,;")


def like(one: str, other: str) -> bool:
    """Tell whether one name holds the other: a text says "Sở Tài chính" where gold completes the province."""
    one, other = fold(one), fold(other)
    if not one or not other or max(len(one.split()), len(other.split())) > LONGEST_NAME:
        return False
    return one in other or other in one


def like_any(name: str, names: list[str]) -> bool:
    return any(like(name, other) for other in names)


def same(some: list[str], others: list[str]) -> bool:
    """Tell whether two lists name the same bodies, one for one."""
    return (
        len(some) == len(others)
        and all(like_any(name, others) for name in some)
        and all(like_any(name, some) for name in others)
    )


def content(text: str) -> frozenset[str]:
    """Return the words of a clause that carry its meaning."""
    return frozenset(re.findall(r"\w+", fold(text))) - _EMPTY
