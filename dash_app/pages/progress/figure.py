"""The geometry of the trend: days along, communes up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 14, 30
_STEPS = (1, 2, 5)
_WORDS, _LINE = 110, 13  # width and height of the words over a point


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day, and where it stands in the drawing."""

    day: date
    value: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines over one scale; `levels` are the values of the horizontal lines with their heights."""

    lines: tuple[tuple[Point, ...], ...]
    levels: tuple[tuple[int, float], ...]
    days: tuple[tuple[date, float], ...]  # under the axis, far enough apart to be read
    mark: float | None = None  # where the marked day stands


def lay_out(lines: Sequence[Sequence[tuple[date, float]]], *, least: int = 0, mark: date | None = None) -> Trend:
    """Place every line; the scale starts at 0 and ends at a round number above all values and `least`.

    mark: a day to be marked, where it lies between those of the lines.
    """
    days = sorted({day for line in lines for day, _ in line})
    if not days:
        return Trend(tuple(() for _ in lines), (), ())
    most = max(least, *(value for line in lines for _, value in line))
    step = _step(most)
    top = step * max(1, -int(-most // step))
    span = (days[-1] - days[0]).days

    def x(day: date) -> float:
        room = WIDTH - LEFT - RIGHT
        return round(LEFT + (room * (day - days[0]).days / span if span else room / 2), 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top, 1)

    placed = tuple(tuple(Point(day, value, x(day), y(value)) for day, value in line) for line in lines)
    named: list[tuple[date, float]] = []
    for day in days:
        if not named or x(day) - named[-1][1] > 84:
            named.append((day, x(day)))
    marked = x(mark) if mark is not None and days[0] < mark < days[-1] else None
    return Trend(placed, tuple((level, y(level)) for level in range(0, top + 1, step)), tuple(named), marked)


def apart(ends: Sequence[Point]) -> tuple[float, ...]:
    """The heights of the words over some points, or below them where those of a near point would be covered."""
    taken: list[tuple[float, float]] = []
    for point in ends:
        y = point.y - 9
        while any(abs(point.x - x) < _WORDS and abs(y - at) < _LINE for x, at in taken):
            y = max(y + _LINE, point.y + 18)
        taken.append((point.x, y))
    return tuple(round(y, 1) for _, y in taken)


def _step(most: float) -> int:
    """A round step that gives three to six levels."""
    size = 1
    while True:
        for each in _STEPS:
            if most <= 5 * each * size:
                return each * size
        size *= 10
