"""Text of a document with its mentions coloured by kind and one sentence marked; all of it as text children."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dash import html

from dash_app.components.prose import Child
from ntmgraph.model import Reading


@dataclass(frozen=True, slots=True)
class Paint:
    """A stretch of the document's text and the kind of thing it names."""

    start: int
    end: int
    kind: str  # agency, criterion, place, deadline, figure
    title: str | None = None


def paints_of(reading: Reading) -> tuple[Paint, ...]:
    """What the text names, in its order, the outermost where mentions nest."""
    found = [
        *(Paint(m.start, m.end, "agency", agency.name) for agency in reading.agencies for m in agency.mentions),
        *(
            Paint(m.start, m.end, "criterion", criterion.name)
            for criterion in reading.criteria
            for m in criterion.mentions
        ),
        *(Paint(m.start, m.end, "place", place.name) for place in reading.places for m in place.mentions),
        *(Paint(d.evidence.start, d.evidence.end, "deadline", d.text) for d in reading.deadlines),
    ]
    return tuple(_outermost(found))


def _outermost(paints: Iterable[Paint]) -> list[Paint]:
    kept: list[Paint] = []
    for paint in sorted(paints, key=lambda paint: (paint.start, -paint.end)):
        if not kept or paint.start >= kept[-1].end:
            kept.append(paint)
    return kept


def painted(
    text: str,
    start: int,
    end: int,
    paints: Sequence[Paint],
    *,
    mark: tuple[int, int] | None = None,
    doubts: Sequence[Paint] = (),
) -> list[Child]:
    """The stretch `start:end` as children, `mark` the sentence in question; paints are ordered, without overlap, and so
    are `doubts`, words whose letters are uncertain."""
    if mark is None or mark[1] <= start or mark[0] >= end:
        return _plain(text, start, end, paints, doubts)
    first, last = max(start, mark[0]), min(end, mark[1])
    return [
        *_plain(text, start, first, paints, doubts),
        html.Mark(_plain(text, first, last, paints, doubts)),
        *_plain(text, last, end, paints, doubts),
    ]


def _plain(text: str, start: int, end: int, paints: Sequence[Paint], doubts: Sequence[Paint]) -> list[Child]:
    children: list[Child] = []
    done = start
    for paint in paints:
        first, last = max(paint.start, done), min(paint.end, end)
        if last <= first:
            continue
        children += _words(text, done, first, doubts)
        children.append(html.B(_words(text, first, last, doubts), className=f"of-{paint.kind}", title=paint.title))
        done = last
    return children + _words(text, done, end, doubts)


def _words(text: str, start: int, end: int, doubts: Sequence[Paint]) -> list[Child]:
    children: list[Child] = []
    done = start
    for doubt in doubts:
        first, last = max(doubt.start, done), min(doubt.end, end)
        if last <= first:
            continue
        if first > done:
            children.append(text[done:first])
        children.append(html.Span(text[first:last], className=doubt.kind, title=doubt.title))
        done = last
    if done < end:
        children.append(text[done:end])
    return children
