"""Labels that name who leads, who supports and when, in provisions of their own beside the work.

"- Đơn vị chủ trì: Sở Nội vụ", or a heading "Cơ quan chủ trì" with the names in a list below it. A label speaks of the
provision that it stands in: of the work above it and beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.duties import LABELS, Wording, duty_at
from ingest.provisions import Outline
from ntmgraph.model import Provision

# A heading that only holds labels: "2. Cơ quan chủ trì, phối hợp".
_HOLDS_LABELS = re.compile(
    r"(?:phân công )?(?:các )?(?:cơ quan|đơn vị|sở, ngành)?"
    r"(?:,? ?(?:và )?(?:cơ quan |đơn vị )?(?:chủ trì|phối hợp|phụ trách|thực hiện))+ ?:?$"
)


class Labels:
    """The labels of one text, by the provisions that they speak of."""

    def __init__(self, outline: Outline, low: str) -> None:
        self._low = low  # aligned
        self._outline = outline
        self._parts: set[str] = set()  # provisions that are labels, hold them or stand in one
        self._of: dict[str, list[tuple[Wording, int, int]]] = {}
        self._below: dict[str, list[Provision]] = {}
        for provision in outline.provisions:
            self._below.setdefault(provision.parent or "", []).append(provision)
        for provision in outline.provisions:
            if provision.parent is None or provision.kind in ("header", "closing", "row"):
                continue
            start, end = outline.own(provision)
            label = self.at(start, end)
            if label and self._tells(provision):
                label = None
            if label:
                holder = next(above for above in outline.above(provision)[1:] if above.id not in self._parts)
                self._of.setdefault(holder.id, []).append((label, start, max(end, provision.end)))
            if label or provision.parent in self._parts or self._holds(provision, start, end):
                self._parts.add(provision.id)

    def _tells(self, provision: Provision) -> bool:
        """True for "Cơ quan chủ trì:" that names the doer of the duties below it, no list of names."""
        below = (self._outline.own(one)[0] for one in self._below.get(provision.id, ()))
        return any(duty_at(self._low, start) is not None for start in below)

    def _holds(self, provision: Provision, start: int, end: int) -> bool:
        if not _HOLDS_LABELS.match(self._low, start, end):
            return False
        return any(self.at(*self._outline.own(one)) for one in self._below.get(provision.id, ()))

    def at(self, start: int, end: int) -> Wording | None:
        """Return the label that words open with; a heading that is nothing else needs no colon."""
        while start < end and self._low[start] in "-–+* ":
            start += 1
        if found := next((label for label in LABELS if label.match(self._low, start, end)), None):
            return found
        words = self._low[start:end].strip(" .:;")
        return next((label for label in LABELS if len(words) < 60 and label.pattern.fullmatch(f"{words}: ")), None)

    def __contains__(self, provision: object) -> bool:
        """True for a provision that is a label, holds labels or stands in one: it is no work itself."""
        return isinstance(provision, Provision) and provision.id in self._parts

    def inside(self, provision: Provision) -> list[tuple[Wording, int, int]]:
        """Return the labels that stand right in a provision."""
        return self._of.get(provision.id, [])

    def follow(self, provision: Provision) -> bool:
        """Return whether nothing but labels stands below a provision: then its heading is the work itself."""
        below = self._below.get(provision.id, ())
        return bool(self.inside(provision)) and all(one.id in self._parts for one in below)

    def of(self, provision: Provision) -> Iterator[tuple[Wording, int, int]]:
        """Yield the labels that speak of a provision, the nearest first."""
        for above in self._outline.above(provision):
            yield from self.inside(above)
