"""What stands on a PDF page: letters, ruling lines and pictures, by their places in points from the top left."""

from __future__ import annotations

import io
import logging
import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pdfminer import pdftypes
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTItem, LTLine, LTPage, LTRect
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text

from ingest.readers.reading_order import Letter
from ingest.readers.ruled import Rule

# It reports every oddity of a font, and standard error is for the user.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

_THIN = 3.0  # points: a filled rectangle so thin is a line


class TooMuchError(Exception):
    """The streams of a PDF unpack to more than they may."""


class _Unpacked(threading.local):
    """How many bytes the PDF that this thread reads may still unpack."""

    left = 0

    def count(self, data: bytes) -> bytes:
        self.left -= len(data)
        if self.left < 0:
            raise TooMuchError
        return data


_UNPACKED = _Unpacked()


class _Unpacker:
    """zlib's decompressor, bounded."""

    def __init__(self) -> None:
        self._unpacker = zlib.decompressobj()

    def decompress(self, data: bytes) -> bytes:
        return _UNPACKED.count(self._unpacker.decompress(data, _UNPACKED.left + 1))


class _BoundedZlib:
    """What pdfminer uses of zlib; on its own it unpacks 50 MB of blanks to 50 GB, and the whole program ends."""

    error = zlib.error
    decompressobj = _Unpacker

    @staticmethod
    def decompress(data: bytes) -> bytes:
        unpacker = zlib.decompressobj()
        unpacked = _UNPACKED.count(unpacker.decompress(data, _UNPACKED.left + 1))
        if not unpacker.eof:
            raise zlib.error("incomplete stream")
        return unpacked


vars(pdftypes)["zlib"] = _BoundedZlib


@dataclass(frozen=True, slots=True)
class Page:
    letters: list[Letter]
    rules: list[Rule]
    images: int
    height: float
    covered: float  # share of the page that its largest image covers
    curves: int


class Pages:
    """Iterates over the pages of a PDF, one at a time; raises TooMuchError, and whatever pdfminer trips over.

    unpacked: bytes that its streams may unpack to, all together. One PDF at a time in a thread.
    """

    def __init__(self, data: bytes, *, unpacked: int) -> None:
        _UNPACKED.left = unpacked
        self._document = PDFDocument(PDFParser(io.BytesIO(data)))
        manager = PDFResourceManager()
        self._device = PDFPageAggregator(manager, laparams=None)
        self._interpreter = PDFPageInterpreter(manager, self._device)

    def __iter__(self) -> Iterator[Page]:
        for page in PDFPage.create_pages(self._document):
            self._interpreter.process_page(page)
            yield _page(self._device.get_result())

    @property
    def title(self) -> str | None:
        """The title among the file's properties."""
        for info in self._document.info:
            if isinstance(title := info.get("Title"), bytes):
                return decode_text(title).strip() or None
        return None


def _page(layout: LTPage) -> Page:
    letters: list[Letter] = []
    rules: list[Rule] = []
    images = curves = 0
    covered = 0.0
    area = max(1.0, layout.width * layout.height)
    for item in _items(layout):
        if isinstance(item, LTChar):
            # Upside down or along the edge: stamps and watermarks
            if item.upright and item.size > 1 and layout.x0 <= item.x0 < layout.x1 and layout.y0 < item.y1 <= layout.y1:
                top, bottom = layout.y1 - item.y1, layout.y1 - item.y0
                letters.append(Letter(item.get_text(), item.x0, item.x1, top, bottom, item.size, item.fontname))
        elif isinstance(item, LTCurve):
            rules.extend(_rules(item, layout.y1))
            curves += 1
        elif isinstance(item, LTImage):
            images += 1
            covered = max(covered, (item.x1 - item.x0) * (item.y1 - item.y0) / area)
    return Page(letters, rules, images, layout.height, min(covered, 1.0), curves)


def _items(container: Iterable[LTItem]) -> Iterator[LTItem]:
    for item in container:
        if isinstance(item, LTContainer):
            yield from _items(item)
        else:
            yield item


def _rules(curve: LTCurve, height: float) -> Iterator[Rule]:
    """Yield the straight rules of a line, a thin rectangle, or the sides of a box."""
    x0, x1, top, bottom = curve.x0, curve.x1, height - curve.y1, height - curve.y0
    if isinstance(curve, LTRect | LTLine):
        if bottom - top <= _THIN < x1 - x0:
            yield Rule(False, (top + bottom) / 2, x0, x1)
        elif x1 - x0 <= _THIN < bottom - top:
            yield Rule(True, (x0 + x1) / 2, top, bottom)
        elif isinstance(curve, LTRect):
            yield from (Rule(False, at, x0, x1) for at in (top, bottom))
            yield from (Rule(True, at, top, bottom) for at in (x0, x1))
        return
    for (left, low), (right, high) in pairwise(curve.pts):
        if left == right and abs(high - low) > _THIN:
            yield Rule(True, left, height - max(low, high), height - min(low, high))
        elif low == high and abs(right - left) > _THIN:
            yield Rule(False, height - low, min(left, right), max(left, right))
