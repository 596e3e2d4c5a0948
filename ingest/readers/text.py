"""Plain text: the bytes as they are, in whichever encoding."""

from __future__ import annotations

import codecs

from ingest.readers import legacy
from ingest.readers.source import Content, Limits
from ntmgraph.model import ReadError, Refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Tab, line ends, form feed, and escape-like marks that old editors leave; text holds nothing else below the blank.
_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\r\f\x0b\x1a")


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text and what was converted (Vietnamese); ReadError when the bytes are no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), ()
    head = data[:4096]
    if (wide := _wide(head)) is not None:
        return data.decode(wide, errors="replace"), ()
    if sum(byte in _CONTROLS for byte in head) > max(2, len(head) // 200):
        raise ReadError(
            Refusal.NOT_A_DOCUMENT,
            "tệp không phải văn bản (dữ liệu nhị phân); hãy nạp tệp Word, Excel, PDF, .html, .md, .txt hoặc .zip.",
        )
    return legacy.decode(data)


def _wide(head: bytes) -> str | None:
    # Vietnamese letters lie below U+0400 and in U+1E00, so most high bytes of UTF-16 are 0, 1 or 0x1E.
    if len(head) < 4:
        return None
    pairs = len(head) // 2
    for encoding, high, low in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
        if high.count(0) > 0.5 * pairs and low.count(0) < 0.05 * pairs:
            return encoding
    return None


def read(data: bytes, limits: Limits) -> Content:
    """Return the text of a plain text file."""
    text, repairs = decode(data)
    return Content(text, repairs=repairs)
