"""Runs: pieces of text in one font, and what their fonts make of their letters.

Word processors and workbooks alike hold text in fonts of before Unicode and signs that only a symbol font shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.readers.legacy import from_font

# Symbol fonts put their signs at codes of their own (Word adds 0xF000). Check marks as commune tables use them, and
# the signs of comparison that stand before figures; any other sign is a bullet.
_DINGBATS = {
    "wingdings": {0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "✓", 0x78: "☒", 0x6F: "", 0xA8: "", 0xE0: "→", 0xF0: "→"},
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "✓", 0xA3: ""},
    "webdings": {0x61: "✓", 0x72: "✗", 0x63: ""},
}
_SYMBOLS = {
    **{code: chr(code) for code in range(0x20, 0x40)},
    **dict(zip(range(0xA2, 0xB5), "′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×", strict=True)),
    0xB8: "÷",
    0xB9: "≠",
    0xBA: "≡",
    0xBB: "≈",
    0xBC: "…",
    0x2D: "−",
    0xD7: "·",
    0xB7: "•",
    0xE5: "∑",
}


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph that looks the same throughout."""

    text: str
    font: str | None = None
    capitals: bool = False


def symbol(code: int, font: str | None) -> str:
    """Return what the sign at this code of a symbol font says: "✓" of Wingdings, "≥" of Symbol, "•" for others."""
    name = (font or "").lower()
    signs = _SYMBOLS if name.startswith("symbol") else _DINGBATS.get(name, {})
    return signs.get(code & 0xFF, "•")


_SIGNS = re.compile("[\uf020-\uf0ff]")
_DINGBAT_SIGNS = re.compile("[!-\xff\uf021-\uf0ff]")  # all that a font without letters shows


def joined(runs: Iterable[Run], repairs: dict[str, None]) -> str:
    """Return the text of a paragraph in Unicode; what was converted is added to `repairs` (Vietnamese)."""
    merged: list[tuple[str | None, bool, list[str]]] = []
    for run in runs:
        # Runs of one font go together: VNI writes a letter as two characters.
        if merged and merged[-1][:2] == (run.font, run.capitals):
            merged[-1][2].append(run.text)
        else:
            merged.append((run.font, run.capitals, [run.text]))
    out = []
    for font, capitals, parts in merged:
        text = "".join(parts)
        converted = from_font(text, font)
        if converted != text:
            repairs[f"Chuyển chữ phông {font} sang Unicode"] = None
        converted = _shown(converted, font)
        out.append(converted.upper() if capitals else converted)
    return "".join(out)


def _shown(text: str, font: str | None) -> str:
    signs = _DINGBAT_SIGNS if re.match("wingdings|webdings", font or "", re.IGNORECASE) else _SIGNS
    return signs.sub(lambda match: symbol(ord(match.group()), font), text)
