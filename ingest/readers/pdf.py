"""PDF: pages with a text layer put in reading order by the place of their characters, other pages recognised.

The order of characters in the file is of no use: where a font lacks a Vietnamese letter, each such letter is a run of
its own.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from ingest.readers import scan
from ingest.readers.legacy import vietnamese_share
from ingest.readers.page import Page, Pages, TooMuchError
from ingest.readers.reading_order import LaidOut, in_order, lay_out
from ingest.readers.scan.language import LanguageMissingError, language_folder
from ingest.readers.scan.pictures import PdfPages
from ingest.readers.scan.recognise import Recognised
from ingest.readers.source import Content, Limits
from ntmgraph.model import ReadError, Refusal

_UNMAPPED = "(cid:"  # what pdfminer prints for a letter that the font does not name
_PAGE_WIDE = 0.5  # share of a page that the image of a scan covers at least
_SIGNED = 400  # characters: a digital signature writes so many over a scan at most
_VIETNAMESE = 0.7  # share of syllables in a text layer; the recognition of other programs falls below
_ACCENTED = 0.4  # share of words with accents: other programs lose them, print has three in four
_OUTLINES = 200  # curves of a page without letters: its text was turned into outlines


@dataclass(frozen=True, slots=True)
class _Page:
    laid_out: LaidOut
    images: int
    unmapped: int
    characters: int
    scanned: bool  # what it says is in its picture


def read(data: bytes, limits: Limits) -> Content:
    """Return the text of a PDF; "\\f" starts each page from the second on, line ends stay, an empty line stands where
    the gap between two lines is wide."""
    pages, title = _pages(data, limits)
    wanted = [number for number, page in enumerate(pages, 1) if page.scanned]
    unread: tuple[str, ...] = ()
    recognised: dict[int, Recognised] = {}
    if wanted:
        try:
            language_folder()
            with PdfPages(data) as drawn:
                draw = {number: partial(drawn.picture, number - 1) for number in wanted}
                recognised = {page.page.number: page for page in scan.recognise_pages(draw, limits)}
            unread = tuple(scan.unread(list(recognised.values())))
        except LanguageMissingError as error:
            if len(wanted) == len(pages):
                raise
            unread = (f"trang {', '.join(map(str, wanted))}: {error}",)
    text, placed = in_order(
        [
            scan.laid_out(recognised[number]) if number in recognised else page.laid_out
            for number, page in enumerate(pages, 1)
        ]
    )
    if not text.strip():
        raise ReadError(
            Refusal.NO_TEXT,
            f"{len(pages)} trang, không có lớp chữ và không nhận ra chữ nào trong hình; hãy quét lại rõ hơn (300 dpi,"
            " thẳng trang) hoặc nạp tệp .docx.",
        )
    scanned = tuple(page.page for page in recognised.values())
    return Content(text, (*_left_out(pages), *unread), title=title, placed=placed, scanned=scanned)


def _pages(data: bytes, limits: Limits) -> tuple[list[_Page], str | None]:
    deadline = time.monotonic() + limits.seconds
    pages: list[_Page] = []
    try:
        source = Pages(data, unpacked=limits.unpacked)
        for page in source:
            if len(pages) == limits.pages:
                raise ReadError(
                    Refusal.TOO_LARGE, f"tệp có hơn {limits.pages} trang, quá giới hạn; hãy tách thành nhiều tệp."
                )
            if time.monotonic() > deadline:
                raise ReadError(
                    Refusal.TOO_LARGE,
                    f"đọc quá {limits.seconds:.0f} giây mới đến trang {len(pages)}; hãy tách thành nhiều tệp.",
                )
            pages.append(_page(page))
        return pages, source.title
    except ReadError:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise ReadError(Refusal.ENCRYPTED, "tệp PDF có mật khẩu; hãy bỏ mật khẩu rồi nạp lại.") from error
    except TooMuchError as error:
        raise ReadError(Refusal.TOO_LARGE, "tệp PDF bung ra quá lớn; hãy tách thành nhiều tệp rồi nạp lại.") from error
    except Exception as error:  # pdfminer meets a broken file with whatever its code trips over
        raise ReadError(
            Refusal.DAMAGED, "tệp PDF bị hỏng, không đọc được; hãy chép lại từ bản gốc rồi nạp lại."
        ) from error


def _page(page: Page) -> _Page:
    printed = [letter.text for letter in page.letters if not letter.text.isspace()]
    unmapped = sum(text.startswith(_UNMAPPED) for text in printed)
    laid_out = lay_out(page.letters, page.rules, page.height)
    return _Page(laid_out, page.images, unmapped, len(printed), _is_scanned(page, laid_out, len(printed), unmapped))


def _is_scanned(page: Page, laid_out: LaidOut, characters: int, unmapped: int) -> bool:
    """Return whether a page must be read from its picture: its text layer is missing, broken or worthless."""
    if not characters:
        return page.covered > 0 or page.curves > _OUTLINES
    if unmapped > 0.1 * characters:
        return True
    if page.covered < _PAGE_WIDE:
        return False
    text = "\n".join(row.text or "\n".join(line.text for line in row.table) for row in laid_out.rows)
    return characters < _SIGNED or not _is_vietnamese(text)


def _is_vietnamese(text: str) -> bool:
    words = [word for word in text.split() if word.isalpha()]
    accented = sum(not word.isascii() for word in words)
    return accented >= _ACCENTED * len(words) and vietnamese_share(text) >= _VIETNAMESE


def _left_out(pages: Sequence[_Page]) -> Iterator[str]:
    """Yield, in Vietnamese, what the text does not hold."""
    if images := sum(page.images for page in pages if not page.scanned):
        yield f"{images} hình ảnh"
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.characters and not page.scanned]
    if empty:
        yield f"trang trắng: {', '.join(empty)}"
