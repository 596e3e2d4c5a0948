"""The drawings of the document page as places: its relations in three columns, and the days of its timeline.

Pure. Across, places are thousandths of the width, so that a drawing fits any screen; down, they are pixels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ntmgraph.model import Basis, Relation
from ntmgraph.queries import CitationRow, DocumentName

# Relations by what they mean for the reader, in the order in which they matter: what changes a document comes first.
FAMILIES: dict[str, frozenset[str]] = {
    "change": frozenset({Relation.REPLACES, Relation.ABOLISHES, Relation.AMENDS}),
    "basis": frozenset({Relation.BASIS, Relation.IMPLEMENTS, Relation.CONSIDERS, Relation.PROPOSED_BY}),
    "guide": frozenset({Relation.GUIDES, Relation.ANNEXED}),
    "mention": frozenset({Relation.MENTIONS}),
}
MOST_CARDS = 6  # of a side: what an eye takes in without searching
CARD, GAP, TOP = 54.0, 8.0, 34.0  # height of a card, room between cards, room above them
MORE = 26.0  # height of the line that leads to the rest
LEFT, CENTRE, RIGHT = (0.0, 350.0), (435.0, 130.0), (650.0, 350.0)  # left edge and width of the columns
_ORDER = (Basis.DECIDED, Basis.STATED, Basis.INFERRED)


@dataclass(frozen=True, slots=True)
class Related:
    """A document beside this one: by which relations, and the citation that tells the strongest of them.

    `count`: how many citations it stands for.
    """

    document: DocumentName
    family: str
    relations: tuple[str, ...]
    basis: Basis
    citation: CitationRow
    count: int


def family_of(relation: str) -> str:
    return next((name for name, relations in FAMILIES.items() if relation in relations), "mention")


def related(citations: Iterable[CitationRow]) -> tuple[Related, ...]:
    """Each document once, those that matter first: by family, then the newest."""
    found: dict[str, list[CitationRow]] = defaultdict(list)
    for each in citations:
        found[each.document.id].append(each)
    joined = (_joined(some) for some in found.values())
    families = list(FAMILIES)
    return tuple(
        sorted(
            joined,
            key=lambda each: (
                families.index(each.family), -(each.document.date or date.min).toordinal(), each.document.id
            ),
        )
    )  # fmt: skip


def _joined(citations: Sequence[CitationRow]) -> Related:
    families = list(FAMILIES)
    ordered = sorted(citations, key=lambda each: families.index(family_of(each.relation)))
    first = ordered[0]
    bases = [each.evidence.basis for each in citations if each.evidence]
    basis = min(bases, key=_ORDER.index, default=Basis.STATED)
    relations = tuple(dict.fromkeys(each.relation for each in ordered))
    return Related(first.document, family_of(first.relation), relations, basis, first, len(citations))


@dataclass(frozen=True, slots=True)
class Card:
    """A related document and where its card stands: its side, top and height."""

    related: Related
    cites: bool  # it cites this document, and stands at the right
    top: float


@dataclass(frozen=True, slots=True)
class Edge:
    """From a card to this document, as the path of an SVG whose width is 1000."""

    related: Related
    path: str


@dataclass(frozen=True, slots=True)
class Relations:
    """The drawing; `centre` is where the middle of this document stands, `left_out` how many citations of each side
    are not drawn, with the top of the line that says so."""

    cards: tuple[Card, ...]
    edges: tuple[Edge, ...]
    centre: float
    height: float
    left_out: tuple[tuple[int, float], tuple[int, float]]


def lay_out(cites: Sequence[CitationRow], cited_by: Sequence[CitationRow], cited_by_total: int) -> Relations:
    """Place what a document cites at its left, what cites it at its right, each side in the middle of the height."""
    sides = [related(cites)[:MOST_CARDS], related(cited_by)[:MOST_CARDS]]
    totals = (len(cites), cited_by_total)
    hidden = [total - sum(each.count for each in side) for side, total in zip(sides, totals, strict=True)]
    heights = [
        len(side) * (CARD + GAP) + (MORE if more else -GAP) for side, more in zip(sides, hidden, strict=True)
    ]  # fmt: skip
    tall = max(*heights, CARD)
    centre = TOP + tall / 2
    cards: list[Card] = []
    edges: list[Edge] = []
    ends: list[float] = []
    for side, height, right in zip(sides, heights, (False, True), strict=True):
        top = centre - max(height, 0) / 2
        tops = [top + index * (CARD + GAP) for index in range(len(side))]
        cards += [Card(each, right, place) for each, place in zip(side, tops, strict=True)]
        edges += [
            Edge(each, _path(place + CARD / 2, centre + step, right=right))
            for each, place, step in zip(side, tops, _fan(len(side)), strict=True)
        ]
        ends.append(top + len(side) * (CARD + GAP))
    more = ((hidden[0], ends[0]), (hidden[1], ends[1]))
    return Relations(tuple(cards), tuple(edges), centre, TOP + tall + GAP, more)


def _fan(count: int) -> list[float]:
    """Where edges meet the side of the middle card: apart, so that each can be followed."""
    room = min(CARD - 14, 6 * (count - 1))
    return [room * (index / (count - 1) - 0.5) if count > 1 else 0.0 for index in range(count)]


def _path(outer: float, inner: float, *, right: bool) -> str:
    start, end = (RIGHT[0], sum(CENTRE)) if right else (sum(LEFT), CENTRE[0])
    middle = (start + end) / 2
    return f"M{start:.1f} {outer:.1f}C{middle:.1f} {outer:.1f} {middle:.1f} {inner:.1f} {end:.1f} {inner:.1f}"


# The timeline

NEAR = 14.0  # thousandths within which two dots would cover each other
LABEL = 70.0  # of the width, that the words of a day take
MOST_TICKS = 9
MARGIN = 24.0
_STEPS = (1, 3, 6, 12, 24, 60, 120)  # months


@dataclass(frozen=True, slots=True)
class Dot:
    """What stands at one place of a lane: the numbers of its entries."""

    lane: str
    x: float
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Days along: dots by lane, days named under the axis, and the day of the question."""

    dots: tuple[Dot, ...]
    ticks: tuple[tuple[date, float], ...]
    today: float


def along(days: Sequence[tuple[str, date]], on: date) -> Line:
    """Place entries (lane, day) on one scale of days; those that would cover each other are one dot."""
    first, last = min((on, *(day for _, day in days))), max((on, *(day for _, day in days)))
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        return round(MARGIN + (1000 - 2 * MARGIN) * (day - first).days / span, 1)

    dots: list[Dot] = []
    for lane in dict.fromkeys(lane for lane, _ in days):
        of_lane = sorted((x(day), number) for number, (each, day) in enumerate(days) if each == lane)
        begun: list[tuple[float, int]] = []
        for place in of_lane:
            if begun and place[0] - begun[0][0] > NEAR:
                dots.append(_dot(lane, begun))
                begun = []
            begun.append(place)
        dots.append(_dot(lane, begun))
    return Line(tuple(dots), tuple((day, x(day)) for day in _ticks(first, last)), x(on))


def _dot(lane: str, places: Sequence[tuple[float, int]]) -> Dot:
    return Dot(lane, places[0][0], tuple(number for _, number in places))


def _ticks(first: date, last: date) -> list[date]:
    """First days of months or years, at most `MOST_TICKS` of them, by the smallest step that fits."""
    begin, end = first.year * 12 + first.month, last.year * 12 + last.month - 1  # of whole months within
    for step in _STEPS:
        months = [month for month in range(begin, end + 1) if month % step == 0]
        if len(months) <= MOST_TICKS:
            return [date(month // 12, month % 12 + 1, 1) for month in months]
    return []
