"""What a reader is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ntmgraph.model import ScannedPage

OnPage = Callable[[int, int], None]  # scanned pages done, in all; called before each; StoppedError ends the reading


class StoppedError(Exception):
    """Whoever waits for a reading wants it no longer."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost before it is refused as too large."""

    bytes: int = 50 * 1024 * 1024
    unpacked: int = 200 * 1024 * 1024  # of what a docx, a workbook or a PDF packs, all together; bounds zip bombs
    tags: int = 8_000_000  # of a docx, a workbook or a web page; each costs hundreds of bytes of memory
    cells: int = 400_000  # of a workbook, filled ones
    members: int = 10_000  # of an archive, with those of the archives in it
    archive: int = 2 * 1024**3  # what these members unpack to, all together
    ratio: int = 300  # of an archive that unpacks to more than `unpacked`; what people write shrinks to a tenth
    pages: int = 2000
    seconds: float = 120.0  # of a PDF, looked at after each page
    scanned_pages: int = 300
    scanned_seconds: float = 1200.0  # of the recognition of one file, looked at before each page
    on_page: OnPage | None = None


DEFAULT = Limits()

Box = tuple[float, float, float, float]  # x0, y0, x1, y1 in points, from the top left of the page


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of the text and where it stands in the source: a word of a scan, a cell of a sheet."""

    text: str  # as it stands in the reader's text
    page: int | None = None  # from 1
    box: Box | None = None
    confidence: float | None = None  # of a scanned word, 0 to 1
    cell: str | None = None  # "Biểu 01!C28"


@dataclass(frozen=True, slots=True)
class Content:
    """What one format's reader took from the bytes."""

    text: str
    left_out: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    title: str | None = None
    placed: tuple[Placed, ...] = ()  # in the order of the text
    scanned: tuple[ScannedPage, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file in reading order, before normalising.

    A paragraph of docx, html and md is one line followed by an empty line; "\\f" starts each PDF page from the second
    on; a row of a data table is one line with its cells joined by " | ". `left_out` and `repairs` are Vietnamese.
    """

    text: str
    format: str  # as `sniff` tells it: txt, docx, xlsx, pdf ...
    sha256: str  # of the file's bytes
    left_out: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    title: str | None = None
    placed: tuple[Placed, ...] = ()  # in the order of the text
    scanned: tuple[ScannedPage, ...] = ()
