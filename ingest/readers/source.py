"""What a reader is given and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost before it is refused as too large."""

    bytes: int = 50 * 1024 * 1024
    unpacked: int = 200 * 1024 * 1024  # of what a docx or a PDF packs, all together; bounds zip bombs
    tags: int = 8_000_000  # of a docx or a web page; each costs hundreds of bytes of memory
    pages: int = 2000
    seconds: float = 120.0  # of a PDF, looked at after each page


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Content:
    """What one format's reader took from the bytes."""

    text: str
    left_out: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file in reading order, before normalising.

    A paragraph of docx, html and md is one line followed by an empty line; "\\f" starts each PDF page from the second
    on; a row of a data table is one line with its cells joined by " | ". `left_out` and `repairs` are Vietnamese.
    """

    text: str
    format: str  # txt, docx, pdf, html, md
    sha256: str  # of the file's bytes
    left_out: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    title: str | None = None
