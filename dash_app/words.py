"""The words of the interface: `words.csv` holds every visible text in Vietnamese and English.

No page writes a word itself, so that one list can be read over by an official and the language can be switched.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

LANGUAGES = ("vi", "en")
_FILE = Path(__file__).with_name("words.csv")


class Words:
    """The texts of one language, by key: `say("search.count", n=12)`."""

    def __init__(self, language: str, texts: dict[str, str]) -> None:
        self.language = language
        self._texts = texts

    def __call__(self, key: str, /, **values: object) -> str:
        """The text with its values set in; an unknown key is an error of ours and raises KeyError."""
        return self._texts[key].format(**values)

    def rich(self, key: str, /, **values: Any) -> list[Any]:
        """The same as a list of children, where a value may be a component: words around a bold name."""
        children: list[Any] = []
        for text, name, _, _ in Formatter().parse(self._texts[key]):
            if text:
                children.append(text)
            if name:
                value = values[name]
                children.extend(value if isinstance(value, list) else [value])
        return children

    def known(self, key: str) -> bool:
        return key in self._texts


@cache
def words_of(language: str) -> Words:
    """The words of "vi" or "en"; Vietnamese for anything else."""
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return Words(chosen, {row["key"]: row[chosen] for row in csv.DictReader(lines)})
