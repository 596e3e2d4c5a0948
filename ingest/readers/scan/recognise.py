"""Words on the picture of a page, by Tesseract inside the program, with their places and how sure each is.

A recogniser belongs to one reading of one file: Tesseract's objects are not made for several threads.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from PIL import Image, ImageDraw

from ingest.readers.reading_order import Letter
from ingest.readers.ruled import Rule, Table, find_tables
from ingest.readers.scan.cleaning import Cleaned, clean, inked, lies_on_its_side, without_colour
from ingest.readers.scan.language import language_folder
from ingest.readers.scan.pictures import Picture
from ingest.readers.scan.regions import Region, find_regions
from ingest.readers.scan.rules import find_rules
from ingest.readers.scan.slips import Numerals, mended, with_phrases
from ingest.readers.source import Placed
from ntmgraph.model import ScannedPage

# Tesseract takes all cores for one page otherwise, and the PC must stay usable; read when the library is loaded.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

from tesserocr import (
    OEM,
    PSM,
    RIL,
    LeptLogLevel,
    PyResultIterator,
    PyTessBaseAPI,
    iterate_level,
    set_leptonica_log_level,
)

set_leptonica_log_level(LeptLogLevel.NONE)  # it reports every odd box, and standard error is for the user

_SURE = 0.75  # mean confidence of the words of a page that stands the right way
_MOST_CELLS = 1500  # of one table that are recognised one by one
_FRAME = 200.0  # points: the least length of a rule that stands for itself
_EDGE = 4.0  # points
_X_HEIGHT = 0.5  # of the letter size, in the typefaces of offices


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of one page, its ruling lines, and how it lies in the file; places in points of the upright page."""

    page: ScannedPage
    words: list[Letter]
    rules: list[Rule]

    @property
    def confidence(self) -> float:
        """Mean of the words', each counting by its letters."""
        letters = sum(len(word.text) for word in self.words)
        return sum(len(word.text) * _confidence(word) for word in self.words) / letters if letters else 0.0


class Recogniser:
    """Tesseract with the Vietnamese language; use it in a `with` block. LanguageMissingError without its file."""

    def __init__(self) -> None:
        self._api = PyTessBaseAPI(path=str(language_folder()), lang="vie", oem=OEM.LSTM_ONLY)
        # Words of the language are preferred to others by a little only: names of people and places are neither.
        self._api.SetVariable("user_defined_dpi", "300")
        # A page on its side would be read well, line by line, and its lines put together in the order of columns.
        self._api.SetVariable("textord_tabfind_vertical_text", "0")
        self._numerals = Numerals()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._api.End()

    def page(self, picture: Picture, number: int) -> Recognised:
        """Return what is read on a page, turned the way in which it reads best."""
        grey = without_colour(picture)
        ways = (90, 270, 0, 180) if lies_on_its_side(grey) else (0, 180, 90, 270)
        best: Recognised | None = None
        for turned in ways[:4]:
            read = self._turned(grey, number, turned)
            if best is None or len(read.words) * read.confidence > len(best.words) * best.confidence:
                best = read
            if best.confidence >= _SURE or not best.words:
                break
        assert best is not None
        return best

    def _turned(self, grey: Picture, number: int, turned: int) -> Recognised:
        cleaned = clean(grey, turned=turned)
        dark = inked(cleaned.image)
        scale = 72.0 / cleaned.dpi
        rules = find_rules(dark, dpi=cleaned.dpi)
        tables = find_tables(rules)
        image = cleaned.image
        if long := [rule for rule in rules if _draws(rule, tables)]:
            image = image.copy()
            _wipe(image, long, scale)
        lines = [line for table in tables for line in self._cells(image, table, cleaned)]
        if lines:
            image = image.copy()
            for table in tables:
                x0, top, x1, bottom = (place / scale for place in table.box)
                ImageDraw.Draw(image).rectangle((x0, top, x1, bottom), fill=255)
        self._api.SetImage(image)
        self._api.SetPageSegMode(PSM.AUTO)
        for region in find_regions(inked(image), dpi=cleaned.dpi):
            lines += self._lines(region, of=image)
        width, height = cleaned.image.width * scale, cleaned.image.height * scale
        page = ScannedPage(number, round(width, 1), round(height, 1), turned)
        return Recognised(page, list(_letters(lines, cleaned, number, self._numerals)), rules)

    def _cells(self, image: Image.Image, table: Table, cleaned: Cleaned) -> Iterator[_Line]:
        """Yield the lines of a table, read cell by cell: lines of neighbouring cells do not stand level."""
        if len(table.cells) > _MOST_CELLS:
            return
        self._api.SetImage(image)
        self._api.SetPageSegMode(PSM.SINGLE_BLOCK)
        dark = inked(image)
        for cell in table.cells:
            x0, top, x1, bottom = (round(place * cleaned.dpi / 72) for place in cell[2:])
            inside = dark[top + 4 : bottom - 4, x0 + 4 : x1 - 4]
            if min(inside.shape) < 12 or inside.sum() < 25:
                continue
            yield from self._lines(Region(x0 + 4, top + 4, x1 - 4, bottom - 4), of=image)

    def _lines(self, region: Region, *, of: Image.Image) -> list[_Line]:
        """Return the lines in a region of the picture that was set."""
        # A region as wide as the picture Tesseract takes for all of it: it finds lines in the region, and reads the
        # rows that stand as far from the top of the picture.
        width = min(region.x1 - region.x0, of.width - 1)
        self._api.SetRectangle(region.x0, region.top, width, region.bottom - region.top)
        self._api.Recognize()
        lines: list[_Line] = []
        found = self._api.GetIterator()
        if found is None:
            return lines
        for at in iterate_level(found, RIL.WORD):
            if at.Empty(RIL.WORD):
                continue  # asked for the attributes of its row, Tesseract would end the program
            if at.IsAtBeginningOf(RIL.TEXTLINE) or not lines:
                lines.append(_line(at))
            text = at.GetUTF8Text(RIL.WORD).strip()
            if text:
                lines[-1].words.append(_Word(text, at.BoundingBox(RIL.WORD), at.Confidence(RIL.WORD) / 100))
        return [line for line in lines if line.words]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    box: tuple[int, int, int, int]
    confidence: float


@dataclass(slots=True)
class _Line:
    """A line as Tesseract found it, in pixels of the cleaned page."""

    start: tuple[float, float]  # two points of its baseline
    end: tuple[float, float]
    size: float  # of its letters
    words: list[_Word]

    def baseline(self, x: float) -> float:
        across = self.end[0] - self.start[0]
        return self.start[1] + (self.end[1] - self.start[1]) * (x - self.start[0]) / across if across else self.start[1]


def _line(at: PyResultIterator) -> _Line:
    found = at.Baseline(RIL.TEXTLINE)
    x0, _, x1, bottom = at.BoundingBox(RIL.TEXTLINE) or (0, 0, 0, 0)
    start, end = found or ((x0, bottom), (x1, bottom))
    row = at.RowAttributes()
    # Descenders count down from the baseline, below zero.
    x_height = row["row_height"] + row["descenders"] - row["ascenders"] if row else 0.0
    return _Line(start, end, max(x_height, 1.0) / _X_HEIGHT, [])


def _letters(lines: Sequence[_Line], cleaned: Cleaned, number: int, numerals: Numerals) -> Iterator[Letter]:
    """Yield the words of a page, those of a line as high as each other, so that they are seen to stand level."""
    scale = 72.0 / cleaned.dpi
    usual = statistics.median(line.size for line in lines for _ in line.words) if lines else 0.0
    for line in sorted(lines, key=lambda line: line.baseline(0)):
        # Gaps between lines are measured by the size: it must not waver from line to line.
        size = usual if 0.7 < line.size / usual < 1.5 else min(max(line.size, 0.6 * usual), 2 * usual)
        texts = with_phrases(numerals.mended([mended(word.text) for word in line.words]))
        for word, text in zip(line.words, texts, strict=True):
            if not text:
                continue
            x0, _, x1, _ = word.box
            baseline = line.baseline((x0 + x1) / 2)
            placed = Placed(text, number, cleaned.box(*word.box), round(word.confidence, 2))
            top, bottom = baseline - 0.75 * size, baseline + 0.2 * size
            yield Letter(text, x0 * scale, x1 * scale, top * scale, bottom * scale, size * scale, placed=placed)


def _draws(rule: Rule, tables: Sequence[Table]) -> bool:
    """Return whether a rule is one of a table's, or a page's frame; shorter ones underline heads and names."""
    if rule.end - rule.start > _FRAME:
        return True
    across, along = (rule.at, (rule.start + rule.end) / 2)
    x, y = (across, along) if rule.vertical else (along, across)
    boxes = [table.box for table in tables]
    return any(x0 - _EDGE <= x <= x1 + _EDGE and top - _EDGE <= y <= bottom + _EDGE for x0, top, x1, bottom in boxes)


def _confidence(word: Letter) -> float:
    return word.placed.confidence or 0.0 if word.placed else 0.0


def _wipe(image: Image.Image, rules: Sequence[Rule], scale: float) -> None:
    """Paint rules white: left in, they are read as letters."""
    draw = ImageDraw.Draw(image)
    for rule in rules:
        at, start, end = rule.at / scale, rule.start / scale, rule.end / scale
        near = (at - 4, start, at + 4, end) if rule.vertical else (start, at - 4, end, at + 4)
        draw.rectangle(near, fill=255)
