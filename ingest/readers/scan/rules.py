"""Ruling lines on the picture of a page: long thin runs of ink, as the borders of tables are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ingest.readers.ruled import Rule

Mask = NDArray[np.bool_]

_AT = 150  # dots per inch at which rules are looked for
_SHORTEST = 0.33  # inches: letters and their underlines are shorter, or make no cells
_THICKEST = 0.05  # inches: what is thicker is a bar
_WHOLE = 0.92  # share of a run that must be inked
_MOST_RUNS = 20_000  # of a page: more are a picture


def find_rules(inked: Mask, *, dpi: float) -> list[Rule]:
    """Return the horizontal and vertical rules of a straight page, in points."""
    factor = max(1, round(dpi / _AT))
    height, width = (side // factor * factor for side in inked.shape)
    cells = inked[:height, :width].reshape(height // factor, factor, width // factor, factor)
    small: Mask = np.asarray(cells.any(axis=(1, 3)))
    scale = 72.0 * factor / dpi
    found = [
        Rule(vertical, at * scale, start * scale, end * scale)
        for vertical, mask in ((False, small), (True, np.ascontiguousarray(small.T)))
        for at, start, end in _runs(mask, shortest=round(_SHORTEST * dpi / factor), thickest=_THICKEST * dpi / factor)
    ]
    return sorted(found)


def _runs(mask: Mask, *, shortest: int, thickest: float) -> Iterator[tuple[float, float, float]]:
    """Yield row, start and end of the long thin runs along the rows of a mask."""
    # A rule that is not quite straight steps from row to row: a pixel counts where its neighbour above is inked.
    stepped = mask.copy()
    stepped[1:] |= mask[:-1]
    sums = np.cumsum(np.pad(stepped, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    if sums.shape[1] <= shortest:
        return
    full = sums[:, shortest:] - sums[:, :-shortest] >= _WHOLE * shortest
    edges = np.diff(np.pad(full, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    if len(rows) > _MOST_RUNS:
        return
    # Runs of neighbouring rows that overlap are one rule.
    open_ones: list[list[int]] = []  # first row, last row, start, end
    for row, start, end in zip(rows.tolist(), starts.tolist(), (ends + shortest - 1).tolist(), strict=True):
        grown = next((run for run in open_ones if row - run[1] <= 1 and start <= run[3] and end >= run[2]), None)
        if grown is None:
            open_ones.append([row, row, start, end])
        else:
            grown[1] = row
            grown[2], grown[3] = min(grown[2], start), max(grown[3], end)
        if len(open_ones) > 64:
            yield from _closed([run for run in open_ones if row - run[1] > 1], thickest)
            open_ones = [run for run in open_ones if row - run[1] <= 1]
    yield from _closed(open_ones, thickest)


def _closed(runs: list[list[int]], thickest: float) -> Iterator[tuple[float, float, float]]:
    for first, last, start, end in runs:
        if last - first <= thickest + 1:  # one more row from the step that is allowed
            yield (first + last) / 2, start, end
