"""Parts of a page that are recognised one by one: where lines stand in two columns, each column by itself.

Left to itself, Tesseract joins the lines of a header's two columns, whose lines do not stand level.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

_STEP = 2.0  # points: how finely the page is looked at
_GUTTER = 14.0  # points: the least width between two columns
_COLUMN = 60.0  # points: a column's least width; labels of a list are narrower
_BAND = 22.0  # points: the least height of two columns: two lines


class Region(NamedTuple):
    """A rectangle in pixels."""

    x0: int
    top: int
    x1: int
    bottom: int


class _Strip(NamedTuple):
    """Rows without a blank one between them; `gutter` parts two columns, in steps, or is empty."""

    top: int
    bottom: int
    gutter: tuple[int, int]


def find_regions(inked: Mask, *, dpi: float) -> list[Region]:
    """Return the regions of a straight page from the top, left before right; none for a blank page."""
    step = max(1, round(_STEP * dpi / 72))
    height, width = (side // step * step for side in inked.shape)
    if not height or not width:
        return []
    counts = inked[:height, :width].reshape(height // step, step, width // step, step).sum(axis=(1, 3))
    dark: Mask = counts > max(1, step * step // 12)  # a speck is no ink
    regions: list[Region] = []
    for top, bottom, gutter in _joined(list(_strips(dark))):
        edges = (0, (gutter[0] + gutter[1]) // 2, width // step) if gutter[1] else (0, width // step)
        for x0, x1 in pairwise(edges):
            regions.append(Region(x0 * step, max(0, top - 1) * step, x1 * step, min(height // step, bottom + 1) * step))
    return regions


def _strips(dark: Mask) -> Iterator[_Strip]:
    rows = np.flatnonzero(np.diff(np.concatenate(([0], dark.any(axis=1).astype(np.int8), [0]))))
    for top, bottom in zip(rows[::2].tolist(), rows[1::2].tolist(), strict=True):
        yield _Strip(top, bottom, _gutter(dark[top:bottom]))


def _gutter(strip: Mask) -> tuple[int, int]:
    """Return the widest blank stretch between two columns; (0, 0) when there is none."""
    inked = np.flatnonzero(strip.any(axis=0))
    if not len(inked):
        return 0, 0
    gaps = np.diff(inked)
    at = int(gaps.argmax()) if len(gaps) else -1
    if at < 0 or gaps[at] * _STEP < _GUTTER:
        return 0, 0
    left, right = int(inked[at]) + 1, int(inked[at + 1])
    narrow = min(left - int(inked[0]), int(inked[-1]) + 1 - right) * _STEP < _COLUMN
    return (0, 0) if narrow else (left, right)


def _joined(strips: list[_Strip]) -> Iterator[_Strip]:
    """Yield strips with those that follow each other in the same columns as one, and the same for whole lines."""
    bands: list[_Strip] = []
    for strip in strips:
        last = bands[-1] if bands else None
        if last and last.gutter[1] and strip.gutter[1]:
            left, right = max(last.gutter[0], strip.gutter[0]), min(last.gutter[1], strip.gutter[1])
            if (right - left) * _STEP >= _GUTTER:
                bands[-1] = _Strip(last.top, strip.bottom, (left, right))
                continue
        elif last and not last.gutter[1] and not strip.gutter[1]:
            bands[-1] = _Strip(last.top, strip.bottom, (0, 0))
            continue
        bands.append(strip)
    # One line with a gap in it is a line.
    whole: list[_Strip] = []
    for band in bands:
        single = band.gutter[1] and (band.bottom - band.top) * _STEP < _BAND
        band = band._replace(gutter=(0, 0)) if single else band
        if whole and not whole[-1].gutter[1] and not band.gutter[1]:
            whole[-1] = _Strip(whole[-1].top, band.bottom, (0, 0))
        else:
            whole.append(band)
    yield from whole
