"""What is printed above each made-up document: its kind, day, number and issuer, from the seed and its ordinal alone."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from functools import lru_cache
from random import Random

from world import Cited, Region, Unequal, World

from ntmgraph.authority import MERGER, Unit
from ntmgraph.ids import document_id

FIRST_DAY, LAST_DAY = date(2011, 1, 3), date(2026, 6, 30)
_CYCLE = 1000  # ordinals in which each province has its share
_CENTRAL = 4  # of a cycle
_NUMBERS = 4999  # of one province; a prime, so that 7, 14, 21 ... meets each of them


class Kind(Enum):
    LETTER = auto()
    PLAN = auto()
    ASSIGNMENT = auto()  # of criteria
    HELP = auto()  # for communes
    REPORT = auto()


@dataclass(frozen=True, slots=True)
class Form:
    type: str
    symbol: str
    title: str | None = None  # printed above the subject; a letter has none


_DECISION = Form("Quyết định", "QĐ-UBND", "QUYẾT ĐỊNH")
FORMS = {
    Kind.LETTER: Form("Công văn", "UBND-NLN"),
    Kind.PLAN: Form("Kế hoạch", "KH-UBND", "KẾ HOẠCH"),
    Kind.ASSIGNMENT: _DECISION,
    Kind.HELP: _DECISION,
    Kind.REPORT: Form("Báo cáo", "BC-UBND", "BÁO CÁO"),
}
_KINDS = Unequal(tuple(Kind), (68, 18, 4, 4, 6))
_OF_COMMUNES = Unequal((Kind.LETTER, Kind.PLAN, Kind.REPORT), (5, 3, 2))


@dataclass(frozen=True, slots=True)
class Head:
    """All that others need to cite a document."""

    kind: Kind
    day: date
    number: str
    type: str
    issuer: str
    region: Region | None  # None: a national document
    commune: Unit | None = None
    subject: str | None = None

    @property
    def id(self) -> str:
        issuer = self.issuer
        if self.commune is not None and self.region is not None:  # as the reader names a body below the province
            issuer = f"{issuer} {self.region.unit.full_name}"
        return document_id(issuer, self.number, self.day, "")

    @property
    def cited(self) -> Cited:
        body = self.region.committee(self.commune or self.region.unit) if self.region else None
        return Cited(self.type, self.number, self.issuer, self.day, self.id, body=body)


class Heads:
    """Those of so many documents, in the order of their days but for a few national ones."""

    def __init__(self, world: World, count: int, seed: int) -> None:
        self._world, self._count, self._seed = world, count, seed
        self._slots = self._shares()
        self._of_province: defaultdict[str, list[int]] = defaultdict(list)  # slots by the province of either period
        for slot, region in enumerate(self._slots):
            for id in ("",) if region is None else (region.unit.id, world.after(region).unit.id):
                self._of_province[id].append(slot)
        self.head = lru_cache(maxsize=4096)(self._head)

    def place(self, ordinal: int) -> int:
        """Return how many documents of the same province come before this one."""
        return _place(ordinal, self._slots_of(ordinal))

    def earlier(self, ordinal: int, back: int) -> Head | None:
        """Return the document of the same province so many before this one."""
        slots = self._slots_of(ordinal)
        cycle, place = divmod(_place(ordinal, slots) - back, len(slots))
        return self.head(cycle * _CYCLE + slots[place]) if cycle >= 0 else None

    def _slots_of(self, ordinal: int) -> list[int]:
        region = self.head(ordinal).region
        return self._of_province[region.unit.id if region else ""]

    def _shares(self) -> list[Region | None]:
        """Return whose document stands at which place of a cycle: provinces by the number of their communes."""
        regions = sorted(self._world.before, key=lambda region: (len(region.communes), region.unit.id))
        communes = sum(len(region.communes) for region in regions)
        slots: list[Region | None] = [None] * _CENTRAL
        for region in regions:
            slots += [region] * (len(region.communes) * (_CYCLE - _CENTRAL) // communes)
        slots += regions[len(slots) - _CYCLE :]  # what rounding left goes to the largest
        Random(self._seed).shuffle(slots)
        return slots

    def _head(self, ordinal: int) -> Head:
        chance = Random(f"{self._seed} {ordinal} head")
        # More are written each year than in the year before.
        past = ((ordinal + 0.5) / max(self._count, ordinal + 1)) ** 0.7
        day = FIRST_DAY + timedelta(days=int(past * (LAST_DAY - FIRST_DAY).days))
        region = self._slots[ordinal % _CYCLE]
        if region is None:
            return self._national(ordinal, day)
        kind, commune = _KINDS.draw(chance), None
        if day >= MERGER:
            region = self._world.after(region)
            if chance.random() < 0.5:
                kind, commune = _OF_COMMUNES.draw(chance), chance.choice(region.communes)
        # Communes of one name are in several provinces, and documents of theirs with one number would have one id.
        place = _place(ordinal, self._of_province[region.unit.id])
        number = ordinal + 1 if commune else 1 + place * 7 % _NUMBERS
        issuer = f"UBND {(commune or region.unit).full_name}"
        return Head(kind, day, f"{number}/{FORMS[kind].symbol}", FORMS[kind].type, issuer, region, commune)

    def _national(self, ordinal: int, day: date) -> Head:
        """Return the decisions that issued the criteria first, then letters of the ministry."""
        place, base = _place(ordinal, self._of_province[""]), self._world.base_documents
        if place < len(base):
            decision = base[place]
            assert decision.number
            return Head(
                Kind.PLAN, decision.day, decision.number, decision.type, decision.issuer, None, subject=decision.title
            )
        ministry = self._world.ministry(day)
        symbol = (ministry.symbol or "").partition(" / ")[0]
        return Head(Kind.LETTER, day, f"{1 + place * 7 % _NUMBERS}/{symbol}-VPĐP", "Công văn", ministry.name, None)


def _place(ordinal: int, slots: list[int]) -> int:
    """Return how many documents stand at these slots of a cycle before this ordinal."""
    cycle, slot = divmod(ordinal, _CYCLE)
    return cycle * len(slots) + bisect_left(slots, slot)
