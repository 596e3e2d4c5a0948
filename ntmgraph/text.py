"""Keys under which Vietnamese names are compared; never used on text that is quoted."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# New-style tone placement (hoà, thuỷ) -> old style (hòa, thủy), in open syllables only and not after q
# (domain/encodings.md, "Tone placement").
_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_TONE = re.compile(r"(?:o(?<!qo)[àáảãạèéẻẽẹ]|u(?<!qu)[ỳýỷỹỵ])(?!\w)")

# For character classes: code points of capitals and small letters alternate, so that "À-Ỹ" would hold both.
SMALL = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
CAPITAL = SMALL.upper()


def key(text: str) -> str:
    """Return the form under which two spellings of one name are equal: NFC, lower case, old tone placement,
    one space between words. `key("Thuỷ  lợi") == key("thủy lợi")`."""
    lowered = " ".join(unicodedata.normalize("NFC", text).split()).lower()
    return _TONE.sub(lambda match: _TONES[match.group()], lowered)


def aligned(text: str) -> str:
    """Return the text lower-cased with old tone placement and spaces for line ends, every offset kept: phrases are
    looked up in it and quoted from the original. `aligned("Thuỷ\\nlợi") == "thủy lợi"`."""
    flat = text.replace("\n", " ")
    lowered = flat.lower()
    if len(lowered) != len(flat):  # a few foreign letters grow when lower-cased
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in flat)
    return _TONE.sub(lambda match: _TONES[match.group()], lowered)


def plain(text: str) -> str:
    """Return `key` without accents, as people type when they search: "nông thôn mới" -> "nong thon moi"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", key(text)) if not unicodedata.combining(c))
    return bare.replace("đ", "d")


@lru_cache(maxsize=4096)  # the ids of one document repeat the same few names
def slug(text: str) -> str:
    """Return `plain` with hyphens between words, for ids and addresses: "Lào Cai" -> "lao-cai"."""
    return re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")


# The order of a Vietnamese dictionary: letters first (a ă â b c d đ ...), then tones.
_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_MARKS = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng


def order(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return a sort key in Vietnamese dictionary order: Cao Bằng < Đắk Lắk < Hà Nội."""
    letters: list[int] = []
    tones: list[int] = []
    for char in key(text):
        parts = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in parts if mark in _MARKS), None)
        base = unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else char
        letters.append(_LETTERS[base] + 1000 if base in _LETTERS else ord(base) % 1000)
        tones.append(_MARKS.get(tone or "", 0))
    return tuple(letters), tuple(tones)


class _Fold(dict[int, str]):
    """One folded letter for each letter, worked out when first met."""

    def __missing__(self, code: int) -> str:
        bare = "".join(c for c in unicodedata.normalize("NFD", chr(code).lower()) if not unicodedata.combining(c))
        self[code] = folded = bare.replace("đ", "d") if len(bare) == 1 else chr(code)
        return folded


_FOLD = _Fold()


def fold(text: str) -> str:
    """Return NFC text without accents and capitals, of the same length, so that offsets stay: "Mới" -> "moi"."""
    return text.translate(_FOLD)
