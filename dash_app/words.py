"""The words of the interface: `words.csv` holds every visible text in Vietnamese and English.

No page writes a word itself, so that one list can be read over by an official and the language can be switched.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from dash_app.refusals import in_english

LANGUAGES = ("vi", "en")
_FILE = Path(__file__).with_name("words.csv")
_VIETNAMESE_SEPARATORS = str.maketrans(",.", ".,")


class Words(Formatter):
    """The texts of one language, by key: `say("search.count", n=12)`.

    A number is written as the language writes it. `{n:task|tasks}` is the word that goes with that number.
    """

    def __init__(self, language: str, texts: dict[str, str]) -> None:
        self.language = language
        self._texts = texts

    def __call__(self, key: str, /, **values: object) -> str:
        """The text with its values set in; an unknown key is an error of ours and raises KeyError."""
        return self.vformat(self._texts[key], (), values)

    def told(self, message: object) -> str:
        """What a refusal or an error says, in this language as far as it is known there (`refusals.csv`)."""
        return in_english(str(message)) if self.language == "en" else str(message)

    def number(self, value: int | float) -> str:
        """1284.5 -> "1.284,5" in Vietnamese, "1,284.5" in English; 53.0 -> "53"."""
        text = f"{int(value) if value == int(value) else value:,}"
        return text if self.language == "en" else text.translate(_VIETNAMESE_SEPARATORS)

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec:
            one, many = format_spec.split("|")
            return one if _text(value) == "1" else many
        return self.number(value) if isinstance(value, int | float) else str(value)

    def rich(self, key: str, /, **values: Any) -> list[Any]:
        """The same as a list of children, where a value may be a component: words around a bold name."""
        children: list[Any] = []
        for text, name, spec, _ in self.parse(self._texts[key]):
            if text:
                children.append(text)
            if name:
                value = self.format_field(values[name], spec) if spec else values[name]
                children.extend(value if isinstance(value, list) else [value])
        return children

    def known(self, key: str) -> bool:
        return key in self._texts


def _text(value: Any) -> str:
    """A value as it is read, without the component that it may stand in."""
    while hasattr(value, "children"):
        value = value.children
    return str(value)


@cache
def words_of(language: str) -> Words:
    """The words of "vi" or "en"; Vietnamese for anything else."""
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return Words(chosen, {row["key"]: row[chosen] for row in csv.DictReader(lines)})
