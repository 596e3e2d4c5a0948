"""Scans: pages that are pictures, of PDF and image files, turned into words with their places.

`pictures` draws the page, `cleaning` makes it straight and clean, `rules` finds the lines of tables, `recognise` reads
it, `slips` mends what recognition always gets wrong.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from ingest.readers.reading_order import LaidOut, in_order, lay_out
from ingest.readers.scan.pictures import ImageFile, Picture
from ingest.readers.scan.recognise import Recognised, Recogniser
from ingest.readers.source import Content, Limits
from ntmgraph.model import ReadError, Refusal

_LEAST_WORDS = 3  # on a page; fewer are specks
_LEAST_SURE = 0.3  # confidence of a page below which it is a photo or a hand's writing rather than print


def read(data: bytes, limits: Limits) -> Content:
    """Return the text of an image file, each page of it recognised."""
    file = ImageFile(data)
    pages = recognise_pages({number + 1: partial(file.picture, number) for number in range(file.count)}, limits)
    text, placed = in_order([laid_out(page) for page in pages])
    if not placed:
        raise ReadError(
            Refusal.NO_TEXT, "không nhận ra chữ nào trong hình; hãy quét lại rõ hơn (300 dpi, thẳng trang) rồi nạp lại."
        )
    return Content(text, left_out=tuple(unread(pages)), placed=placed, scanned=tuple(page.page for page in pages))


def recognise_pages(pictures: Mapping[int, Callable[[], Picture]], limits: Limits) -> list[Recognised]:
    """Return what is read on pages given by number, each drawn when its turn comes.

    Raises LanguageMissingError, and ReadError when there are too many pages or too little time.
    """
    if len(pictures) > limits.scanned_pages:
        raise ReadError(
            Refusal.TOO_LARGE,
            f"tệp có {len(pictures)} trang quét, quá giới hạn {limits.scanned_pages}; hãy tách thành nhiều tệp.",
        )
    deadline = time.monotonic() + limits.scanned_seconds
    pages: list[Recognised] = []
    with Recogniser() as recogniser:
        for number, draw in pictures.items():
            if limits.on_page is not None:
                limits.on_page(len(pages), len(pictures))
            if time.monotonic() > deadline:
                raise ReadError(
                    Refusal.TOO_LARGE,
                    f"nhận dạng quá {limits.scanned_seconds:.0f} giây mới đến trang {number};"
                    " hãy tách thành nhiều tệp.",
                )
            page = recogniser.page(draw(), number)
            readable = len(page.words) >= _LEAST_WORDS and page.confidence >= _LEAST_SURE
            pages.append(page if readable else Recognised(page.page, [], []))
    return pages


def laid_out(page: Recognised) -> LaidOut:
    return lay_out(page.words, page.rules, page.page.height)


def unread(pages: Sequence[Recognised]) -> Iterator[str]:
    """Yield, in Vietnamese, which pages could not be read."""
    if empty := [str(page.page.number) for page in pages if not page.words]:
        yield f"trang quét không nhận ra chữ nào: {', '.join(empty)}"
