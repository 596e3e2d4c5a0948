"""The words around a date: its clause, and whether it stands in a cited document's title or in quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right

from ingest.provisions import Outline
from ntmgraph.model import Reference

_ABOUT = re.compile(r"\b(?:về|phê duyệt|ban hành|quy định)\b", re.IGNORECASE)
CLAUSE_END = re.compile(r"[.;](?=\s|$)|\s{2}")
_TITLE_END = re.compile(r"[;:)]|\.(?=\s)|\s{2}|,\s+(?:UBND|Ủy ban|Uỷ ban|Chủ tịch|Tỉnh ủy|Ban |phấn đấu|trong đó)")


class Surroundings:
    """Asks what stands around an offset of one text; no answer looks back further than a clause."""

    def __init__(self, flat: str, references: tuple[Reference, ...], outline: Outline) -> None:
        self.flat = flat
        self.titles = _titles(flat, references, outline)

    def before(self, at: int) -> str:
        """Return the words of the clause that stand before an offset."""
        words = self.flat[max(0, at - 220) : at]
        cut = 0
        for match in CLAUSE_END.finditer(words):
            cut = match.end()
        return words[cut:]

    def in_title(self, at: int) -> bool:
        """Return whether the words belong to a cited document's title: "Quyết định số ... về ... đến năm 2025"."""
        place = bisect_right(self.titles, (at, at + 1_000_000)) - 1
        return place >= 0 and self.titles[place][0] <= at < self.titles[place][1]

    def in_quotes(self, at: int) -> bool:
        """Return whether the words belong to a quotation: the name of a movement, a wording."""
        before = self.flat[max(0, at - 200) : at]
        return before.count("“") > before.count("”") and "”" in self.flat[at : at + 200]


def _titles(flat: str, references: tuple[Reference, ...], outline: Outline) -> list[tuple[int, int]]:
    """Return where the titles of cited documents stand: after the number, from "về" to the end of the clause."""
    spans = []
    for reference in references:
        start = reference.evidence.end
        provision = outline.at(reference.evidence.start)
        last = min(start + 600, outline.own(provision)[1] if provision else len(flat))
        stop = _TITLE_END.search(flat, start, last)
        end = stop.start() if stop else last
        about = _ABOUT.search(flat, start, end)
        if about:
            spans.append((about.start(), end))
    return sorted(spans)
