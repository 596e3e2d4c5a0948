"""Tables drawn with ruling lines: which cells they enclose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

_NEAR = 3.0  # points: rules so near to one another are one rule, drawn twice or by pieces
_MOST = 3000  # rules of a page: more are a map or a drawing


class Rule(NamedTuple):
    """A horizontal or vertical line, from `start` to `end` along its direction; `at` is its place across it."""

    vertical: bool
    at: float
    start: float
    end: float


class Cell(NamedTuple):
    """A cell of a table by row and column; one that spans several has the place of its first."""

    row: int
    column: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of one table, in order of rows and columns."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom."""
        return (
            min(cell.x0 for cell in self.cells),
            min(cell.top for cell in self.cells),
            max(cell.x1 for cell in self.cells),
            max(cell.bottom for cell in self.cells),
        )


def find_tables(rules: Iterable[Rule]) -> list[Table]:
    """Return the tables of at least two rows and two columns that the rules of a page draw, from the top."""
    joined = _joined(rules)
    if len(joined) > _MOST:
        return []
    found = filter(None, map(_table, _groups(joined)))
    return sorted(found, key=lambda table: table.box[1])


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules with the pieces of one rule as one: many programs draw a box around each cell."""
    joined: list[Rule] = []
    for vertical, same_way in groupby(sorted(rules), key=lambda rule: rule.vertical):
        for line in _lines(same_way):
            start, end = line[0].start, line[0].end
            for piece in line[1:]:
                if piece.start > end + _NEAR:
                    joined.append(Rule(vertical, line[0].at, start, end))
                    start, end = piece.start, piece.end
                end = max(end, piece.end)
            joined.append(Rule(vertical, line[0].at, start, end))
    return joined


def _lines(rules: Iterable[Rule]) -> Iterator[list[Rule]]:
    """Yield the rules that lie on one line, by where they start, of rules sorted by their places."""
    line: list[Rule] = []
    first = 0.0
    for rule in rules:
        if line and rule.at - first > _NEAR:
            yield sorted(line, key=lambda rule: rule.start)
            line = []
        if not line:
            first = rule.at
        line.append(rule)
    if line:
        yield sorted(line, key=lambda rule: rule.start)


def _groups(rules: list[Rule]) -> Iterator[list[Rule]]:
    """Yield the rules that hang together by crossing or meeting."""
    down = sorted((rule for rule in rules if rule.vertical), key=lambda rule: rule.at)
    left = [rule for rule in rules if not rule.vertical]
    while left:
        group, grown = [left.pop()], 0
        while grown < len(group):
            rule = group[grown]
            grown += 1
            others = left if rule.vertical else down
            met = [other for other in others if _meet(rule, other)]
            for other in met:
                others.remove(other)
            group.extend(met)
        yield group


def _meet(one: Rule, other: Rule) -> bool:
    return one.start - _NEAR <= other.at <= one.end + _NEAR and other.start - _NEAR <= one.at <= other.end + _NEAR


def _places(rules: Iterable[Rule]) -> list[float]:
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    return places


def _table(rules: Sequence[Rule]) -> Table | None:
    down = [rule for rule in rules if rule.vertical]
    across = [rule for rule in rules if not rule.vertical]
    xs, ys = _places(down), _places(across)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 2 or columns < 2:
        return None
    # owner[row][column]: the first cell of those that no rule parts from one another
    owner: list[list[tuple[int, int]]] = []
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(rows):
        owner.append([])
        for column in range(columns):
            middle_x, middle_y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            if column and not _drawn(down, xs[column], middle_y):
                first = owner[row][column - 1]
            elif row and not _drawn(across, ys[row], middle_x):
                first = owner[row - 1][column]
            else:
                first = (row, column)
            owner[row].append(first)
            last = spans.get(first, first)
            spans[first] = (max(last[0], row), max(last[1], column))
    cells = (
        Cell(row, column, xs[column], ys[row], xs[last_column + 1], ys[last_row + 1])
        for (row, column), (last_row, last_column) in sorted(spans.items())
    )
    return Table(rows, columns, tuple(cells))


def _drawn(rules: Iterable[Rule], at: float, middle: float) -> bool:
    return any(abs(rule.at - at) <= _NEAR and rule.start <= middle <= rule.end for rule in rules)
