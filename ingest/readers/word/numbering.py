"""Word's automatic numbering: the labels that stand on paper but not in the text of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.tables import whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

DEEPEST = 8  # level of a list, the outermost being 0
LONGEST = 60  # characters of a label: it stands before every paragraph of the list


@dataclass(frozen=True, slots=True)
class Level:
    """How a list numbers one of its levels."""

    start: int
    format: str  # decimal, lowerLetter, bullet, ...
    text: str  # "%1.%2."
    legal: bool = False  # all numbers of the label in Arabic figures


@dataclass(slots=True)
class NumberedList:
    """One numbered list: its levels, and the counters it shares with the lists made from the same definition."""

    levels: dict[int, Level]
    counters: dict[int, int]
    restarts: dict[int, int] = field(default_factory=dict)  # level -> first number, used once


class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, lists: Mapping[str, NumberedList]) -> None:
        self._lists = lists

    def label(self, number: str, level: int) -> str:
        """Return the label of the next paragraph of list `number` at `level` (0 outermost): "2.1.", "-", or ""."""
        listed = self._lists.get(number)
        definition = listed.levels.get(level) if listed else None
        if listed is None or definition is None:
            return ""
        counters = listed.counters
        for above in range(level):
            counters.setdefault(above, listed.levels[above].start if above in listed.levels else 1)
        if level in listed.restarts:
            counters[level] = listed.restarts.pop(level)
        else:
            counters[level] = counters.get(level, definition.start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]
        if definition.format == "bullet":
            return bullet(definition.text)
        if definition.format == "none":
            return re.sub(r"%\d", "", definition.text)

        def shown(match: re.Match[str]) -> str:
            place = int(match.group(1)) - 1
            style = listed.levels[place].format if place in listed.levels and not definition.legal else "decimal"
            return _FORMATS.get(style, str)(counters.get(place, 1))

        return re.sub(r"%(\d)", shown, definition.text)


def from_xml(numbering: etree._Element | None) -> Numbering:
    """Return the lists of a docx's numbering.xml, by numId."""
    lists: dict[str, NumberedList] = {}
    if numbering is None:
        return Numbering(lists)
    definitions = {node.get(f"{W}abstractNumId"): node for node in numbering.iter(f"{W}abstractNum")}
    by_style = {
        link.get(f"{W}val"): node for node in definitions.values() if (link := node.find(f"{W}styleLink")) is not None
    }
    counters: dict[etree._Element, dict[int, int]] = {}
    for number in numbering.iter(f"{W}num"):
        reference = number.find(f"{W}abstractNumId")
        definition = definitions.get(reference.get(f"{W}val")) if reference is not None else None
        if definition is None:
            continue
        if (link := definition.find(f"{W}numStyleLink")) is not None:
            definition = by_style.get(link.get(f"{W}val"), definition)
        levels = {_place(node): _level(node) for node in definition.findall(f"{W}lvl")}
        made = NumberedList(levels, counters.setdefault(definition, {}))
        for override in number.findall(f"{W}lvlOverride"):
            if (level := override.find(f"{W}lvl")) is not None:
                levels[_place(override)] = _level(level)
            if (start := override.find(f"{W}startOverride")) is not None:
                made.restarts[_place(override)] = _number(start)
        lists[number.get(f"{W}numId", "")] = made
    return Numbering(lists)


def _place(node: etree._Element) -> int:
    return whole(node.get(f"{W}ilvl"), default=0, most=DEEPEST)


def _number(node: etree._Element | None, default: int = 1) -> int:
    value = node.get(f"{W}val", "") if node is not None else ""
    return int(value) if re.fullmatch(r"-?\d{1,9}", value) else default


def _level(node: etree._Element) -> Level:
    format = node.find(f"{W}numFmt")
    text = node.find(f"{W}lvlText")
    return Level(
        _number(node.find(f"{W}start")),
        format.get(f"{W}val", "decimal") if format is not None else "decimal",
        text.get(f"{W}val", "")[:LONGEST] if text is not None else "",
        node.find(f"{W}isLgl") is not None,
    )


def bullet(text: str) -> str:
    """Return what stands in the text for the bullet of a list."""
    # Symbol fonts put their bullets in the private area; the genre's own bullet is a dash.
    return text if text in ("-", "–", "+", "*") else "-"


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 26 * 20 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += sign * (number // value)
        number %= value
    return out


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
}
