"""Vietnamese text from before Unicode: TCVN3 (ABC), VNI and Windows-1258, told by their letters.

TCVN3 and VNI are fonts rather than character sets: their text looks like Western letters ("Uû ban nh©n d©n"), in
bytes as in a docx run, so both are converted from the letters of Windows-1252. Table: TCVN 5712:1993.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product

# The letters of 0xA0-0xFF. 0xAD, Unicode's soft hyphen, is "ư": strip soft hyphens only after this.
_TCVN3_LETTERS = (
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ"
    "\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    "éẹềểễếệìỉỄẾỒĩíịò"
    "Ổỏõóọồổỗốộờởỡớợù"
    "ỖủũúụừửữứựỳỷỹýỵỐ"
)
TCVN3 = {0xA0 + offset: letter for offset, letter in enumerate(_TCVN3_LETTERS)}

TONES = "\u0300\u0301\u0309\u0303\u0323"
_VNI_TONES = dict(zip("øùûõï", TONES, strict=True))
_VNI_CIRCUMFLEX = dict(zip("âàáåãä", ("", *TONES), strict=True))
_VNI_BREVE = dict(zip("êèéúüë", ("", *TONES), strict=True))
_VNI_SINGLE = dict(zip("ñöôîíìæóò", "đươỵíìỉĩị", strict=True))


def _vni_table() -> dict[str, str]:
    pairs = {base + mark: base + tone for base, (mark, tone) in product("aeouy", _VNI_TONES.items())}
    pairs |= {base + mark: base + "\u0302" + tone for base, (mark, tone) in product("aeo", _VNI_CIRCUMFLEX.items())}
    pairs |= {"a" + mark: "a\u0306" + tone for mark, tone in _VNI_BREVE.items()}
    pairs |= {"ô" + mark: "ơ" + tone for mark, tone in _VNI_TONES.items()}
    pairs |= {"ö" + mark: "ư" + tone for mark, tone in _VNI_TONES.items()}
    lower = {vni: unicodedata.normalize("NFC", letter) for vni, letter in (pairs | _VNI_SINGLE).items()}
    upper = {vni.upper(): letter.upper() for vni, letter in lower.items()}
    mixed = {vni[0].upper() + vni[1:]: letter.upper() for vni, letter in lower.items() if len(vni) == 2}
    return lower | mixed | upper


_VNI = _vni_table()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def from_tcvn3(text: str) -> str:
    """Return TCVN3 letters as Unicode: "Uû ban nh©n d©n tØnh" -> "Uỷ ban nhân dân tỉnh"."""
    return unicodedata.normalize("NFC", text.translate(TCVN3))


def from_vni(text: str) -> str:
    """Return VNI letters as Unicode: "Tieáng Vieät" -> "Tiếng Việt"."""
    return _VNI_PATTERN.sub(lambda match: _VNI[match.group()], text)


# Letters that only Unicode text has: every other Vietnamese letter could be Windows-1252's.
_UNICODE_ONLY = re.compile("[\u1ea0-\u1ef9ăĂđĐơƠưƯ]")


def from_font(text: str, font: str | None) -> str:
    """Return a run's text as Unicode, told by its font's name: .VnTime, .VnTimeH (capitals only), VNI-Times.

    Text typed in Unicode under such a font is left alone.
    """
    name = (font or "").rpartition("+")[2].lower()  # PDF prefixes subsets: "ABCDEF+.VnTime"
    if name.startswith(".vn"):
        converted = text if _UNICODE_ONLY.search(text) else from_tcvn3(text)
        return converted.upper() if re.match(r"\.vn\w*h\b", name) else converted
    if name.startswith("vni-"):
        return text if _UNICODE_ONLY.search(text) else from_vni(text)
    return text


_WORD = re.compile(r"[^\s!-/:-@\[-`{-~–—…“”‘’]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
    r"(?:uyê|uya|uyu|iêu|yêu|uôi|ươi|ươu|oai|oay|oao|oeo|uây|i[aêu]|y[aê]|u[aâêôơyi]|ư[aơiu]|o[aăeoi]|[aâ][uy]|a[io]|eo"
    r"|êu|ôi|ơi|[aăâeêioôơuưy])"
    r"(?:ng|nh|ch|[cmnpt])?"
)
_SAMPLE = 20_000  # characters looked at to tell an encoding
_CLEARLY = 0.7


def vietnamese_share(text: str) -> float:
    """Return which share of the words with accented letters are Vietnamese syllables; 0.0 when there are none."""
    words = [word for word in _WORD.findall(text[:_SAMPLE]) if not word.isascii()]
    good = sum(_is_syllable(word) for word in words)
    return good / len(words) if words else 0.0


def _is_syllable(word: str) -> bool:
    letters = unicodedata.normalize("NFD", word.lower())
    bare = "".join(char for char in letters if char not in TONES)
    return len(letters) - len(bare) <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)))


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """Return text in Unicode letters, and what was converted (Vietnamese): nothing where the text is already Unicode
    or no conversion makes it clearly Vietnamese."""
    kept = vietnamese_share(text)
    if text.isascii() or kept >= _CLEARLY:
        return text, ()
    candidates = (("TCVN3 (ABC)", from_tcvn3(text)), ("VNI", from_vni(text)))
    name, converted = max(candidates, key=lambda candidate: vietnamese_share(candidate[1]))
    if vietnamese_share(converted) < max(_CLEARLY, kept + 0.2):
        return text, ()
    return converted, (f"Chuyển từ bảng mã {name} sang Unicode",)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text that bytes without a byte order mark hold, and what was converted (Vietnamese).

    UTF-8 where the bytes allow it, else whichever legacy encoding makes Vietnamese of it.
    """
    try:
        return repair(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    western = data.decode("cp1252", errors="replace")
    repaired, repairs = repair(western)
    damaged = data.decode("utf-8", errors="replace")
    candidates = (
        (repaired, repairs or ("Đọc theo bảng mã Windows-1252",)),
        (
            unicodedata.normalize("NFC", data.decode("cp1258", errors="replace")),
            ("Chuyển từ bảng mã Windows-1258 sang Unicode",),
        ),
        (damaged, (f"Tệp có {damaged.count('�')} chỗ hỏng không giải mã được, thay bằng “�”",)),
    )
    return max(candidates, key=lambda candidate: vietnamese_share(candidate[0]))
