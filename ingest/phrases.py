"""Longest known phrase at a place in a text, in time linear in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from ntmgraph.text import key

T = TypeVar("T")

_FIRST = re.compile(r"\w+|\S")


class Phrases(Generic[T]):
    """Known phrases and what each stands for, looked up in `ntmgraph.text.aligned` text by their first word."""

    def __init__(self, meanings: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        found: defaultdict[str, list[tuple[str, T]]] = defaultdict(list)
        for phrase, meaning in meanings.items() if isinstance(meanings, Mapping) else meanings:
            form = key(phrase)
            found[first_word(form)].append((form, meaning))
        self._by_first = {word: sorted(many, key=lambda pair: -len(pair[0])) for word, many in found.items()}

    def at(self, low: str, start: int, word: str | None = None) -> tuple[int, T] | None:
        """Return the end and the meaning of the longest phrase that starts at `start`, ending where a word ends."""
        for phrase, meaning in self._by_first.get(word or first_word(low, start), ()):
            end = start + len(phrase)
            if low.startswith(phrase, start) and not (end < len(low) and low[end].isalnum() and phrase[-1].isalnum()):
                return end, meaning
        return None

    def __contains__(self, first: object) -> bool:
        return first in self._by_first


def first_word(low: str, start: int = 0) -> str:
    match = _FIRST.match(low, start)
    return match.group() if match else ""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a line, as a set."""
    return frozenset(text.split())
