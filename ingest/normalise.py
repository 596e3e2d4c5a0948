"""The only code that changes a text; every offset of a reading counts in what `normalise` returns.

Guarantees left behind: NFC; Unix line ends; look-alike letters, odd blanks and invisible characters are gone;
one blank between words, none at line ends; at most one empty line; lines are never joined, so the text still shows
how the source was wrapped. Normalising twice equals normalising once.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Latin letters of other alphabets that stand for đ (domain/encodings.md, "Look-alikes").
_D_LIKE = {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"}
# Cyrillic and Greek letters that look Latin; replaced only inside a word that has Latin letters or consists of them.
_LATIN_LIKE = str.maketrans("АВЕКМНОРСТХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXIJSaeopcyxijsABEZHIKMNOPTYXo")
_NEW_LINE = dict.fromkeys(map(ord, "\r\v\x85\u2028\u2029"), "\n")
_BLANK = dict.fromkeys(map(ord, "\t\u00a0\u1680\u202f\u205f\u3000"), " ") | dict.fromkeys(range(0x2000, 0x200B), " ")
_INVISIBLE = dict.fromkeys(
    map(ord, "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"), None
) | dict.fromkeys(
    [*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), *range(0x202A, 0x202F)], None
)
_HYPHEN = {0x2010: "-", 0x2011: "-", 0x2212: "-"}
_CHARACTERS = {ord(odd): letter for odd, letter in _D_LIKE.items()} | _NEW_LINE | _BLANK | _INVISIBLE | _HYPHEN

_ODD = re.compile(f"[{''.join(map(chr, [*_BLANK, *_INVISIBLE, *_HYPHEN]))}]")
_D_LIKES = re.compile(f"[{''.join(_D_LIKE)}]")
_FOREIGN = re.compile(r"[\u0370-\u04ff]")
_FOREIGN_WORD = re.compile(r"\b\w*[\u0370-\u03ff\u0400-\u04ff]\w*\b")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BLANKS = re.compile(r" {2,}")
_EMPTY_LINES = re.compile(r"\n{3,}")
# Marks of bold that a conversion left behind: "**KT. CHỦ TỊCH**" is read as "KT. CHỦ TỊCH".
_BOLD = re.compile(r"(?<!\*)\*{2,}+([^*]{1,400}+)\*{2,}+")


@dataclass(frozen=True, slots=True)
class Normalised:
    text: str
    pages: tuple[int, ...]  # where each page starts in `text`; the first is 0
    repairs: tuple[str, ...]  # Vietnamese: what was changed beyond blanks


def normalise(raw: str) -> Normalised:
    """Return the text that everything downstream reads; form feeds become page starts."""
    pages: list[int] = []
    parts: list[str] = []
    repairs: dict[str, None] = {}
    length = 0
    for page in raw.replace("\r\n", "\n").split("\f"):
        part = _page(page, repairs)
        pages.append(length + 1 if length and part else length)
        if part:
            length += len(part) + (1 if length else 0)
            parts.append(part)
    return Normalised("\n".join(parts), tuple(pages), tuple(repairs))


def _page(raw: str, repairs: dict[str, None]) -> str:
    text = raw
    if _LONE_SURROGATE.search(text):
        text = _LONE_SURROGATE.sub("\ufffd", text)
        repairs["Thay các mã ký tự hỏng bằng dấu \ufffd"] = None
    if _D_LIKES.search(text):
        repairs["Sửa chữ Đ, đ gõ bằng ký tự giống của bảng mã khác"] = None
    if not text.isascii():
        text = text.translate(_CHARACTERS)
        if _FOREIGN.search(text):
            latin = _FOREIGN_WORD.sub(_to_latin, text)
            if latin != text:
                repairs["Sửa chữ cái Kirin, Hy Lạp trông giống chữ Việt"] = None
                text = latin
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
            repairs["Chuyển Unicode tổ hợp sang Unicode dựng sẵn"] = None
    else:
        text = text.translate(_CHARACTERS)
    if "**" in text:
        text = _BOLD.sub(r"\1", text)
    # A plain search is much cheaper than a substitution that changes nothing.
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    text = text.replace(" \n", "\n").replace("\n ", "\n").strip(" ")
    if "\n\n\n" in text:
        text = _EMPTY_LINES.sub("\n\n", text)
    return text.strip("\n")


def _to_latin(match: re.Match[str]) -> str:
    """Return the word in Latin letters, or as it is when a letter of it has no Latin look-alike."""
    word = match.group().translate(_LATIN_LIKE)
    return match.group() if _FOREIGN.search(word) else word
