"""Shapes of a Word 97-2003 file: which text box hangs on which paragraph, and how many pictures there are.

[MS-DOC] 2.9.172 (where shapes are fixed), 2.9.171 (texts of boxes); [MS-ODRAW] 2.2.13-2.2.16 (shapes and groups).
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.readers.word.word97.file import Part, Story, WordFile, spans, u16, u32

_DRAWING, _GROUP, _SHAPE, _SHAPE_ID, _OPTIONS = 0xF002, 0xF003, 0xF004, 0xF00A, 0xF00B
_PICTURE = 0x0104  # pib: the property that names a picture
_DEEPEST = 50


class Drawings:
    """The text boxes of a file's body, each given once."""

    def __init__(self, file: WordFile) -> None:
        self.pictures = 0
        self._outer: dict[int, int] = {}  # shape -> the group that it lies in, which the text fixes
        art = file.part(Part.DRAWINGS)
        at = 8 + u32(art, 4) if art else 0  # behind what all drawings share
        while at + 9 <= len(art):
            if art[at] == 0:  # the body's; 1 is that of heads and feet
                self._drawing(art, at + 9, at + 9 + u32(art, at + 5))
            at += 9 + u32(art, at + 5)
        texts = file.part(Part.BOXES)
        boxes = spans(texts, 22, file.span(Story.BOXES))
        shapes = (u32(texts, 4 * (len(boxes) + 1) + 22 * index + 14) for index in range(len(boxes)))
        self._boxes: dict[int, list[tuple[int, int]]] = {}
        for shape, span in zip(shapes, boxes, strict=True):
            self._boxes.setdefault(self._outer.get(shape, shape), []).append(span)
        marks = file.part(Part.SHAPES)
        count = max((len(marks) - 4) // 30, 0)
        start, _ = file.span(Story.BODY)
        self._fixed = {
            start + u32(marks, 4 * index): u32(marks, 4 * (count + 1) + 26 * index) for index in range(count)
        }

    def at(self, position: int) -> list[tuple[int, int]]:
        """Return where the texts of the boxes fixed to this character stand."""
        return self._boxes.pop(self._fixed.get(position, -1), [])

    def loose(self) -> Iterator[tuple[int, int]]:
        """Yield where the texts stand that no character of the body holds."""
        while self._boxes:
            yield from self._boxes.pop(next(iter(self._boxes)))

    def _drawing(self, art: bytes, start: int, end: int) -> None:
        for kind, at, stop in _records(art, start, end):
            if kind == _GROUP:  # the drawing itself
                for inner, begin, close in _records(art, at, stop):
                    shapes = list(self._shapes(art, inner, begin, close, 0))
                    self._outer |= dict.fromkeys(shapes, shapes[0]) if shapes else {}

    def _shapes(self, art: bytes, kind: int, start: int, end: int, depth: int) -> Iterator[int]:
        if kind == _SHAPE:
            for inner, at, stop in _records(art, start, end):
                if inner == _SHAPE_ID:
                    yield u32(art, at)
                elif inner == _OPTIONS:
                    named = (u16(art, option) & 0x3FFF for option in range(at, stop - 5, 6))
                    self.pictures += _PICTURE in named
        elif kind == _GROUP and depth < _DEEPEST:
            for inner, at, stop in _records(art, start, end):
                yield from self._shapes(art, inner, at, stop, depth + 1)


def _records(art: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the records between two offsets: kind, and where the content begins and ends."""
    at = start
    end = min(end, len(art))
    while at + 8 <= end:
        stop = at + 8 + u32(art, at + 4)
        yield u16(art, at + 2), at + 8, min(stop, end)
        at = stop
