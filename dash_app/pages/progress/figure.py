"""The geometry of the trend: days along, communes up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 14, 30
_STEPS = (1, 2, 5)


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


def lay_out(lines: Sequence[Sequence[tuple[date, float]]]) -> Trend:
    """Place every line; the scale starts at 0 and ends at a round number above all values."""
    days = sorted({day for line in lines for day, _ in line})
    if not days:
        return Trend(tuple(() for _ in lines), (), ())
    step = _step(max(value for line in lines for _, value in line))
    top = step * max(1, -int(-max(value for line in lines for _, value in line) // step))
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
    return Trend(placed, tuple((level, y(level)) for level in range(0, top + 1, step)), tuple(named))


def _step(most: float) -> int:
    """A round step that gives three to six levels."""
    size = 1
    while True:
        for each in _STEPS:
            if most <= 5 * each * size:
                return each * size
        size *= 10
