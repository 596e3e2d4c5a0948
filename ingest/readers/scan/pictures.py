"""Pictures of pages: of a scanned PDF, of an image file with one or several pages; bounded in pixels.

pdfium and the page picture that the desk shows both work here, one at a time: pdfium is not made for several threads.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from ntmgraph.model import ReadError, Refusal

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")  # of image files; each told by Pillow from the content
DPI = 300  # what recognition works at
_MOST_PIXELS = 100_000_000  # of one page: A3 at 600 dpi has 70 million
_COARSEST, _FINEST = 100, 400  # dots per inch of a PDF's picture that are rendered as they are
_SHORT_SIDE = 8.27  # inches of A4, for images that do not say how large their page is
_PAGE_SIDES = (4.0, 17.0)  # inches between which a stated page size is believed
_POINTS = 72.0  # to the inch

_PDFIUM = threading.Lock()

_DAMAGED = "tệp hình ảnh bị hỏng, không đọc được; hãy quét lại hoặc chép lại từ bản gốc rồi nạp lại."


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a picture, in colour or grey."""

    image: Image.Image
    dpi: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        width, height = self.image.size
        return width * _POINTS / self.dpi, height * _POINTS / self.dpi


class ImageFile:
    """The pages of an image file; ReadError when it is damaged or too large."""

    def __init__(self, data: bytes) -> None:
        with _only_errors_of_ours():
            self._image = Image.open(io.BytesIO(data), formats=FORMATS)
            self.count: int = getattr(self._image, "n_frames", 1)
        if self._image.format in ("GIF", "WEBP"):
            self.count = 1  # their further frames are an animation

    def picture(self, index: int) -> Picture:
        with _only_errors_of_ours():
            self._image.seek(index)
            _bound(*self._image.size)
            dpi = _dpi(self._image)
            frame = ImageOps.exif_transpose(self._image)
            if frame.mode in ("1", "I;16", "I", "F"):
                frame = frame.convert("L")
            elif frame.mode in ("RGBA", "LA", "PA", "P"):
                opaque = frame.convert("RGBA")
                paper = Image.new("RGBA", opaque.size, "white")
                frame = Image.alpha_composite(paper, opaque).convert("RGB")
            elif frame.mode != "L":
                frame = frame.convert("RGB")
            frame.load()
            return Picture(frame, dpi)


class PdfPages:
    """The pages of a PDF as pictures; close it, or use it in a `with` block. ReadError when pdfium cannot open it."""

    def __init__(self, data: bytes) -> None:
        with _PDFIUM:
            try:
                self._document = pdfium.PdfDocument(data)
                self.count = len(self._document)
            except pdfium.PdfiumError as error:
                raise ReadError(
                    Refusal.DAMAGED, "tệp PDF bị hỏng, không vẽ được trang; hãy chép lại từ bản gốc rồi nạp lại."
                ) from error

    def __enter__(self) -> PdfPages:
        return self

    def __exit__(self, *_: object) -> None:
        with _PDFIUM:
            self._document.close()

    def picture(self, index: int, *, dpi: float | None = None) -> Picture:
        """Return a page as it looks. `dpi`: as fine as the picture in it when left out."""
        with _PDFIUM:
            try:
                page = self._document[index]
                width, height = page.get_size()
                dpi = dpi or _own_dpi(page, width)
                _bound(width / _POINTS * dpi, height / _POINTS * dpi)
                bitmap = page.render(scale=dpi / _POINTS, rev_byteorder=True, no_smoothpath=False)
                image = bitmap.to_pil().convert("RGB")
                page.close()
            except (pdfium.PdfiumError, IndexError, ValueError, MemoryError) as error:
                raise ReadError(
                    Refusal.DAMAGED, f"trang {index + 1} của tệp PDF bị hỏng; hãy quét lại hoặc in lại ra PDF rồi nạp."
                ) from error
        return Picture(image, dpi)


def page_picture(data: bytes, page: int, *, turned: int = 0, width: int = 1000) -> bytes:
    """Return a page (from 1) of a PDF or an image file as PNG, turned clockwise by so many degrees, so wide in pixels;
    IndexError when there is no such page, ReadError when it cannot be drawn."""
    if data.find(b"%PDF-", 0, 1024) >= 0:
        with PdfPages(data) as pages:
            if not 1 <= page <= pages.count:
                raise IndexError(page)
            picture = pages.picture(page - 1, dpi=130)
    else:
        file = ImageFile(data)
        if not 1 <= page <= file.count:
            raise IndexError(page)
        picture = file.picture(page - 1)
    image = picture.image.rotate(-turned, expand=True) if turned else picture.image
    if image.width > width:
        image = image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.BOX)
    made = io.BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


def _own_dpi(page: pdfium.PdfPage, width: float) -> float:
    """Return the resolution of the widest picture on a page, within bounds: rendering at it loses nothing."""
    finest = 0.0
    for shown in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = shown.get_bounds() if hasattr(shown, "get_bounds") else shown.get_pos()
        if right - left > 0.5 * width:
            across, down = shown.get_px_size()
            _bound(across, down)
            upright = (across > down) == (right - left > top - bottom)
            finest = max(finest, (across if upright else down) * _POINTS / (right - left))
    return min(max(finest, _COARSEST), _FINEST) if finest else DPI


def _dpi(image: Image.Image) -> float:
    """Return the resolution that a file states where it makes a page of it, else that of a page of A4."""
    stated = image.info.get("dpi")
    across = float(stated[0]) if isinstance(stated, tuple) and stated else 0.0
    low, high = _PAGE_SIDES
    if across > 50 and low <= min(image.size) / across and max(image.size) / across <= high:
        return across
    return min(image.size) / _SHORT_SIDE


def _bound(width: float, height: float) -> None:
    if width * height > _MOST_PIXELS:
        raise ReadError(
            Refusal.TOO_LARGE,
            f"trang quét có {width * height / 1e6:.0f} triệu điểm ảnh, quá giới hạn {_MOST_PIXELS // 10**6} triệu;"
            " hãy quét lại ở 300 dpi.",
        )


@contextmanager
def _only_errors_of_ours() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures and odd tags; the bound is ours
            yield
    except ReadError:
        raise
    except Image.DecompressionBombError as error:
        raise ReadError(Refusal.TOO_LARGE, "hình ảnh quá lớn; hãy quét lại ở 300 dpi.") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, EOFError, ArithmeticError) as error:
        raise ReadError(Refusal.DAMAGED, _DAMAGED) from error
    except Exception as error:  # Pillow meets a broken file with whatever its decoders trip over
        raise ReadError(Refusal.DAMAGED, _DAMAGED) from error
