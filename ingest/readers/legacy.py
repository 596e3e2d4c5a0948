"""Vietnamese text from before Unicode: TCVN3 (ABC), VNI and Windows-1258, told by their letters.

TCVN3 and VNI are fonts rather than character sets: their text looks like Western letters ("Uû ban nh©n d©n"), in
bytes as in a docx run, so both are converted from the letters of Windows-1252. Table: TCVN 5712:1993.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
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


# RFC 1456; its letters below 0x20 are left out: they are control characters of every other text.
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_TABLE = {0x80 + offset: letter for offset, letter in enumerate(_VISCII)}

# A word typed in capitals: at least two plain ones, and no small letter without an accent.
_CAPITALS = re.compile(r"(?<!\w)(?=\w*[A-Z]\w*[A-Z])(?:(?![a-z\d_])\w)+(?!\w)")


def from_tcvn3(text: str) -> str:
    """Return TCVN3 letters as Unicode: "Uû ban nh©n d©n tØnh" -> "Uỷ ban nhân dân tỉnh".

    TCVN3 has no capitals with tones: "TØNH Lµo" is typed for "TỈNH Lào", and made capitals here.
    """
    converted = unicodedata.normalize("NFC", text.translate(TCVN3))
    capitals = _CAPITALS.sub(lambda match: match.group().upper(), converted)
    # "X· B¶O TH¾NG": the first word alone does not show that it is in capitals.
    return capitals.upper() if capitals != converted and not re.search("[a-z]", text) else capitals


def from_vni(text: str) -> str:
    """Return VNI letters as Unicode: "Tieáng Vieät" -> "Tiếng Việt"."""
    return _VNI_PATTERN.sub(lambda match: _VNI[match.group()], text)


def _from_tcvn3_by_1258(text: str) -> str:
    """Return TCVN3 letters as Unicode where they were taken for those of Windows-1258."""
    return from_tcvn3(text.translate(_WESTERN_FOR_1258))


_WESTERN_FOR_1258 = {
    ord(bytes((code,)).decode("cp1258", "replace")): bytes((code,)).decode("cp1252", "replace")
    for code in range(0xA0, 0x100)
}
# Each byte as Windows-1252 shows it, or as the control character that it is where 1252 has none.
_BYTES = {bytes((code,)).decode("cp1252", "ignore") or chr(code): code for code in range(0x80, 0x100)}
_TAIL = "".join(char for char, code in _BYTES.items() if code < 0xC0)
# The second byte of "à" is a no-break space: where that became a blank, "thÃ nh" is one word and "lÃ ai" are two.
_UTF8_TWICE = re.compile(
    f"[\xc2-\xdf][{re.escape(_TAIL)}]|[\xe1-\xef][{re.escape(_TAIL)}]{{2}}"
    "|\xc3 (?=(?:ng?|nh|[miou]|(?<!v\xc3 )y)\\b)|\xc3(?= )"
)


def from_utf8_twice(text: str) -> str:
    """Return text that was read as Windows-1252 though it was UTF-8: "á»§y ban" -> "ủy ban"."""
    return _UTF8_TWICE.sub(lambda match: _utf8(match.group()), text)


def _utf8(letters: str) -> str:
    if letters in ("\xc3", "\xc3 "):
        return "à"
    return bytes(_BYTES[char] for char in letters).decode("utf-8", errors="replace")


# Letters that only Unicode text has: every other Vietnamese letter could be Windows-1252's.
_PRIVATE = re.compile("[\uf020-\uf0ff]")  # where Word keeps the letters of fonts that it takes for symbols
_UNICODE_ONLY = re.compile("[\u1ea0-\u1ef9ăĂđĐơƠưƯ]")


def is_legacy_font(name: str | None) -> bool:
    """Return whether the letters of a font are those of TCVN3 or VNI: .VnTime, VNI-Times."""
    return _bare(name).startswith((".vn", "vni-"))


def from_font(text: str, font: str | None) -> str:
    """Return a run's text as Unicode, told by its font's name: .VnTime, .VnTimeH (capitals only), VNI-Times.

    Text typed in Unicode under such a font is left alone.
    """
    if not is_legacy_font(font):
        return text
    name = _bare(font)
    text = _PRIVATE.sub(lambda match: chr(ord(match.group()) - 0xF000), text)
    convert = from_tcvn3 if name.startswith(".vn") else from_vni
    converted = text if _UNICODE_ONLY.search(text) else convert(text)
    if vietnamese_share(text) > vietnamese_share(converted):
        converted = text
    return converted.upper() if re.match(r"\.vn[\w ]*h\b", name) else converted


def _bare(font: str | None) -> str:
    return (font or "").rpartition("+")[2].lower()  # PDF prefixes subsets: "ABCDEF+.VnTime"


_WORD = re.compile(r"[^\s!-/:-@\[-`{-~–—…“”‘’]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?(?:"
    r"(?:oa|oe|uê|uy|[aeêioôơuưy])(?:ng|(?<=[aêiy])(?:nh|ch)|[ckmnpt])?"
    r"|(?:uyê|iê|yê|uô|ươ|oă|uâ|oo|[ăâ])(?:ng|[ckmnpt])"
    r"|uya|uyu|iêu|yêu|uôi|ươi|ươu|oai|oay|oao|oeo|uây|[iuưy]a|uơ|a[iouy]|â[uy]|eo|êu|[iư]u|[oôơuư]i)"
)
_ABBREVIATION = re.compile("[A-ZĐ]{2,6}")  # QĐ, HĐND
_STOPPED = re.compile("(?:[cpt]|ch)$")  # such syllables have one of two tones
_STOPPED_TONES = "\u0301\u0323"
_NOTE_MARKS = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_SAMPLE = 20_000  # characters looked at to tell an encoding
_CLEARLY = 0.7


def vietnamese_share(text: str) -> float:
    """Return which share of the words with accented letters are Vietnamese syllables; 0.0 when there are none."""
    return _share(_accented(text[:_SAMPLE]))


def _accented(text: str) -> list[str]:
    # A soft hyphen alone does not tell TCVN3: Unicode text has them too.
    words = (word.rstrip(_NOTE_MARKS) for word in _WORD.findall(text.replace("\u00ad", "")))
    return [word for word in words if not word.isascii()]


def _share(words: list[str]) -> float:
    return sum(map(_is_syllable, words)) / len(words) if words else 0.0


@functools.lru_cache(maxsize=20_000)
def _is_syllable(word: str) -> bool:
    letters = unicodedata.normalize("NFD", word.lower())
    bare = "".join(char for char in letters if char not in TONES)
    tone = next((char for char in letters if char in TONES), "")
    if len(letters) - len(bare) > 1 or (_STOPPED.search(bare) and (tone or "-") not in _STOPPED_TONES):
        return False
    if any(letter.isupper() and not letter.isascii() for letter in word[1:]) and re.search("[a-z]", word):
        return False  # "TỔi": no one writes so; a wrong conversion does
    return bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) or _ABBREVIATION.fullmatch(word))


@dataclass(frozen=True, slots=True)
class _Encoding:
    name: str  # Vietnamese
    convert: Callable[[str], str]


_ENCODINGS = (
    _Encoding("Chuyển từ bảng mã TCVN3 (ABC) sang Unicode", from_tcvn3),
    _Encoding("Chuyển từ bảng mã VNI sang Unicode", from_vni),
    _Encoding("Sửa chữ UTF-8 bị đọc nhầm thành bảng mã phương Tây", from_utf8_twice),
    _Encoding("Chuyển từ bảng mã TCVN3 (ABC) sang Unicode", _from_tcvn3_by_1258),
)
# Letters and pairs of letters that Vietnamese in Unicode does not have; plain signs of measure are no such letters.
_SUSPECT = re.compile("[¡-¦¨-¯µ-¶¸-»¿ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿ]|[aeoAEO][âÂ]|[ôÔ][ùõ]")
_LINE_ENDS = re.compile("([\n\f\x1f])")  # the last stands between the cells of a sheet
_SURE = 0.8
_BETTER = 0.3


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """Return text in Unicode letters, and what was converted (Vietnamese): nothing where the text is already Unicode
    or no conversion makes it clearly Vietnamese.

    Each line is judged by itself, since texts are pasted together from several sources; lines too short to tell follow
    what the surer ones are.
    """
    if text.isascii() or not _SUSPECT.search(text):
        return text, ()
    lines = _LINE_ENDS.split(text)
    judged = [_judged(line) for line in lines]
    found = Counter(filter(None, judged))
    if not found:
        return text, ()
    # Where several do equally well, the first: TCVN3 is by far the commonest.
    usual = max(found, key=lambda encodings: (len(encodings) == 1, found[encodings]))[0]
    used: dict[str, None] = {}
    for at, (line, encodings) in enumerate(zip(lines, judged, strict=True)):
        encoding = encodings[0] if len(encodings) == 1 else usual
        converted = encoding.convert(_composed(line)) if len(encodings) == 1 else _followed(_composed(line), usual)
        if converted is not None:
            lines[at] = converted
            used[encoding.name] = None
    return "".join(lines), tuple(used)


def _composed(line: str) -> str:
    return line if line.isascii() else unicodedata.normalize("NFC", line)


def _judged(line: str) -> tuple[_Encoding, ...]:
    """Return the encodings that make Vietnamese of a line that is not as it stands, the best ones only."""
    if line.isascii():
        return ()
    sample = _composed(line[:_SAMPLE])
    if not _SUSPECT.search(sample):
        return ()
    words = _accented(sample)
    kept = _share(words)
    if len(words) < 2 or kept >= _CLEARLY:
        return ()
    made: dict[str, _Encoding] = {}
    for encoding in _ENCODINGS:
        made.setdefault(encoding.convert(sample), encoding)
    shares = {encoding: vietnamese_share(converted) for converted, encoding in made.items()}
    best = max(shares.values())
    if best < max(_SURE, kept + _BETTER):
        return ()
    return tuple(encoding for encoding, share in shares.items() if share == best)


def _followed(line: str, usual: _Encoding) -> str | None:
    """Return a line that does not show its encoding in that of the surer lines; None where it stays as it is."""
    if line.isascii():
        return None
    if _UNICODE_ONLY.search(line):
        converted = _WORD.sub(lambda match: _word(match.group(), usual), line)
    else:
        converted = usual.convert(line)
    kept, share = vietnamese_share(line), vietnamese_share(converted)
    better = share >= max(_CLEARLY, kept) or share >= kept + _BETTER
    return converted if better and converted != line else None


def _word(word: str, encoding: _Encoding) -> str:
    """Return one word among others in Unicode converted where only that makes it a syllable."""
    if word.isascii() or _UNICODE_ONLY.search(word) or not re.search("[A-Za-z]", word) or _is_syllable(word):
        return word
    converted = encoding.convert(word)
    return converted if _is_syllable(converted) else word


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the letters that bytes without a byte order mark hold, and what is to be told of it (Vietnamese).

    UTF-8 where the bytes allow it, else whichever encoding makes Vietnamese of them; TCVN3 and VNI come as the Western
    letters that `repair` converts, once for a whole text: an HTML page holds some of them as entities.
    """
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    western = data.decode("cp1252", errors="replace")
    mixed = "\n".join(map(_mixed_line, data.split(b"\n")))
    damaged = data.decode("utf-8", errors="replace")
    candidates = [
        _Letters.repairable(western, "Đọc theo bảng mã Windows-1252"),
        _Letters(
            unicodedata.normalize("NFC", data.decode("cp1258", errors="replace")),
            ("Chuyển từ bảng mã Windows-1258 sang Unicode",),
        ),
        _Letters(data.decode("latin-1").translate(_VISCII_TABLE), ("Chuyển từ bảng mã VISCII sang Unicode",)),
        _Letters(damaged, (f"Tệp có {damaged.count('�')} chỗ hỏng không giải mã được, thay bằng “�”",)),
    ]
    if mixed != western:
        candidates.append(_Letters.repairable(mixed, "Tệp ghép từ nhiều bảng mã, đã đọc từng dòng"))
    best = max(candidates, key=lambda letters: vietnamese_share(letters.repaired or letters.text))
    return best.text, best.told


@dataclass(frozen=True, slots=True)
class _Letters:
    """What bytes say in one encoding."""

    text: str
    told: tuple[str, ...]
    repaired: str = ""  # how its beginning will read, where `repair` has work to do

    @classmethod
    def repairable(cls, text: str, told: str) -> _Letters:
        repaired, repairs = repair(text[:_SAMPLE])
        return cls(text, () if repairs else (told,), repaired)


def _mixed_line(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
