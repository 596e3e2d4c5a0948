"""Where the words of a text stand in its source: the page of a PDF, the box of a scanned word, the cell of a sheet.

Readers tell it as `Placed` pieces in reading order, before the text is normalised; the normaliser never reorders, so
each piece is found again behind the one before it and no offset has to be carried through the changes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.normalise import normalise
from ingest.readers.source import Box, Placed
from ntmgraph.model import DoubtfulWord, ScannedPage

# A piece that the normaliser changed beyond finding is passed over; looking further would take a later namesake.
_AHEAD = 400  # characters
_DOUBTFUL = 0.6  # confidence below which a scanned word is shown as doubtful


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    placed: Placed


class Layout:
    """The places of one normalised text; empty for sources that have none."""

    def __init__(self, text: str = "", *, pages: Sequence[int] = (), placed: Sequence[Placed] = ()) -> None:
        self._text = text
        self._pages = tuple(pages)
        self._found = tuple(_find(text, placed))
        self._starts = [found.start for found in self._found]
        self._boxed = any(found.placed.box is not None for found in self._found)

    def page(self, offset: int) -> int | None:
        """Return the number of the page (from 1) that an offset stands on."""
        return bisect_right(self._pages, offset) if self._pages else None

    def bounded(self, scanned: Iterable[ScannedPage]) -> tuple[ScannedPage, ...]:
        """Return scanned pages with the bounds of their text."""
        ends = [*self._pages[1:], len(self._text)]
        return tuple(
            replace(page, start=self._pages[page.number - 1], end=ends[page.number - 1])
            for page in scanned
            if page.number <= len(self._pages)
        )

    def box(self, start: int, end: int) -> Box | None:
        """Return the box in points, from the top left of the page, that holds the words of a span on its first page."""
        if not self._boxed:
            return None
        words = [found.placed for found in self._within(start, end) if found.placed.box is not None]
        boxes = [word.box for word in words if word.box is not None and word.page == words[0].page]
        if not boxes:
            return None
        left, top, right, bottom = zip(*boxes, strict=True)
        return min(left), min(top), max(right), max(bottom)

    def cell(self, start: int, end: int) -> str | None:
        """Return the first cell that a span takes its words from: "Biểu 01!C28"."""
        return next((found.placed.cell for found in self._within(start, end) if found.placed.cell), None)

    def doubtful(self) -> tuple[DoubtfulWord, ...]:
        """Return the scanned words whose letters are uncertain."""
        return tuple(
            DoubtfulWord(
                self._text[found.start : found.end],
                found.start,
                found.end,
                confidence,
                found.placed.page,
                found.placed.box,
            )
            for found in self._found
            if (confidence := found.placed.confidence) is not None and confidence < _DOUBTFUL
        )

    def _within(self, start: int, end: int) -> Iterator[_Found]:
        first = max(0, bisect_right(self._starts, start) - 1)
        for at in range(first, len(self._found)):  # a slice would go through all that stands before
            found = self._found[at]
            if found.start >= end:
                return
            if found.end > start:
                yield found


def _find(text: str, placed: Sequence[Placed]) -> Iterator[_Found]:
    end = 0
    for piece in placed:
        words = normalise(piece.text).text
        if not words:
            continue
        start = text.find(words, end, end + len(words) + _AHEAD)
        if start >= 0:
            end = start + len(words)
            yield _Found(start, end, piece)
