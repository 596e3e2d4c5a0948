"""The lines of a normalised text, with their offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SEPARATOR = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True)
class Line:
    start: int
    end: int
    text: str

    @property
    def empty(self) -> bool:
        return not self.text

    @property
    def separator(self) -> bool:
        """True for a line without any letter or digit: "-----", "*", a lone table bar."""
        return _SEPARATOR.fullmatch(self.text) is not None


def lines_of(text: str, start: int = 0, end: int | None = None) -> tuple[Line, ...]:
    """Return the lines between two offsets; empty lines are kept, they separate paragraphs."""
    found = []
    at = start
    for piece in text[start:end].split("\n"):
        found.append(Line(at, at + len(piece), piece))
        at += len(piece) + 1
    return tuple(found)


def cells_of(line: Line) -> tuple[Line, ...]:
    """Return the filled cells of a table row as lines of their own; any other line as it is, without its blanks."""
    found = []
    at = line.start
    for piece in line.text.split("|"):
        words = piece.strip()
        if words:
            start = at + piece.index(words)
            found.append(Line(start, start + len(words), words))
        at += len(piece) + 1
    return tuple(found)


def upper(text: str) -> bool:
    """Return True when nearly all letters are capitals, as in headings and the names of issuers."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) >= 0.9 * len(letters)
