"""From the picture of a page as it was scanned to an upright, straight, evenly lit grey one that recognition reads.

Ink of a colour (stamps, signatures in blue) goes first: the largest of the three channels is bright where ink is red or
blue, and dark only where it is black.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from ingest.readers.scan.pictures import DPI, Picture

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]

_Points = tuple[NDArray[np.intp], NDArray[np.intp]]  # y, x

_LEAST_INK, _MOST_INK = 200, 60_000  # inked points by which lines can be told, and are
_INK = 140  # grey below which an evenly lit page is inked
_MOST_SKEW = 10.0  # degrees; photographs are less straight than scans
_PROFILE = 100  # dots per inch at which lines are looked for
_COLOURED = 0.25  # share of the inked pixels that are coloured, above which colour is the text's own
_NOISY = 0.0004  # share of pixels that stand alone, above which a page is called noisy


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page made ready, and the way back from its pixels to points of the upright page."""

    image: Image.Image
    dpi: float
    skew: float  # degrees by which its lines fell to the right before it was turned straight

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a pixel of the cleaned page stands on the upright one, in points."""
        middle_x, middle_y = self.image.width / 2, self.image.height / 2
        angle = math.radians(self.skew)
        across, down = x - middle_x, y - middle_y
        scale = 72.0 / self.dpi
        return (
            (middle_x + across * math.cos(angle) - down * math.sin(angle)) * scale,
            (middle_y + across * math.sin(angle) + down * math.cos(angle)) * scale,
        )

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Return the box in points, on the upright page, around one of the cleaned page."""
        corners = [self.point(x, y) for x in (x0, x1) for y in (y0, y1)]
        xs, ys = zip(*corners, strict=True)
        return round(min(xs), 1), round(min(ys), 1), round(max(xs), 1), round(max(ys), 1)


def without_colour(picture: Picture) -> Picture:
    """Return a picture in grey, evenly lit, without stamps and without specks."""
    grey = _grey(Image.fromarray(_evenly_lit(picture)))
    return Picture(Image.fromarray(_without_specks(grey)), picture.dpi)


def lies_on_its_side(picture: Picture) -> bool:
    """Return whether the lines of text run up and down."""
    ys, xs = _points(_small_ink(picture))
    if len(xs) < _LEAST_INK:
        return False
    angles = [float(degrees) for degrees in range(-round(_MOST_SKEW), round(_MOST_SKEW) + 1)]
    along, down = (max(_sharpness(points, degrees) for degrees in angles) for points in ((ys, xs), (xs, ys)))
    return down > 1.3 * along


def clean(picture: Picture, *, turned: int = 0) -> Cleaned:
    """Return a grey picture turned clockwise by `turned` degrees, then straight, evenly lit and near 300 dpi."""
    image = picture.image.rotate(-turned, expand=True) if turned else picture.image
    picture = Picture(image, picture.dpi)
    skew = _skew(_small_ink(picture))
    scale = DPI / picture.dpi if not 0.85 < DPI / picture.dpi < 1.2 else 1.0
    image = Image.fromarray(_without_blots(np.asarray(picture.image), picture.dpi))
    if scale != 1.0:
        size = round(image.width * scale), round(image.height * scale)
        image = image.resize(size, Image.Resampling.LANCZOS if scale > 1 else Image.Resampling.BOX)
    if skew:
        image = image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
    return Cleaned(image, picture.dpi * scale, skew)


def inked(image: Image.Image) -> Mask:
    """Return where an evenly lit picture is dark."""
    return np.asarray(image) < _INK


def _grey(image: Image.Image) -> Grey:
    if image.mode == "L":
        return np.asarray(image).copy()
    channels = np.asarray(image)
    brightest, darkest = channels.max(axis=2), channels.min(axis=2)
    colour = brightest - darkest
    dark = darkest < _INK
    coloured = dark & (colour > 70)
    if coloured.sum() > _COLOURED * max(1, int(dark.sum())) and not _few(coloured):
        return np.asarray(image.convert("L")).copy()
    # Red and blue are paler in their brightest channel, yet not white: the more colour, the less ink of print.
    pale = brightest + 0.7 * np.maximum(colour.astype(np.float32) - 30, 0)
    grey: Grey = np.minimum(pale, 255).astype(np.uint8)
    return grey


def _few(mask: Mask) -> bool:
    return bool(mask.mean() < 0.02)  # a stamp on a page with little text


def _without_specks(grey: Grey) -> Grey:
    """Return the page without pixels that stand alone, black on white or white on black, where there are many."""
    noisy = False
    for _ in range(2):
        dark = grey < _INK
        padded = np.pad(dark, 1).astype(np.uint8)
        rows = padded[:-2] + padded[1:-1] + padded[2:]
        around = rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:] - dark
        black, white = dark & (around <= 1), ~dark & (around >= 7)
        if float((black | white).mean()) < _NOISY:
            break
        noisy = True
        grey[black] = 255
        grey[white] = 0
    # What touches a letter stays behind; on a clean page the filter would cost dots and accents.
    return np.asarray(Image.fromarray(grey).filter(ImageFilter.MedianFilter(3))) if noisy else grey


def _small_ink(picture: Picture) -> Mask:
    """Return where a page is inked, at about 100 dpi."""
    factor = max(1, round(picture.dpi / _PROFILE))
    small = picture.image.reduce(factor)
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(6))
    light = np.asarray(small).astype(np.float32) / np.maximum(np.asarray(paper), 40)
    dark: Mask = light < 0.75
    margin_y, margin_x = (max(1, side // 25) for side in dark.shape)
    return dark[margin_y:-margin_y, margin_x:-margin_x]


def _skew(dark: Mask) -> float:
    """Return by how many degrees the lines of text fall to the right."""
    points = _points(dark)
    if len(points[0]) < _LEAST_INK:
        return 0.0
    best = 0.0
    for width, step in ((_MOST_SKEW, 0.5), (0.4, 0.1)):
        angles = [best + step * number for number in range(-round(width / step), round(width / step) + 1)]
        best = max(angles, key=lambda degrees: _sharpness(points, degrees))
    straight = abs(best) < 0.15 or _sharpness(points, best) < 1.02 * _sharpness(points, 0.0)
    return 0.0 if straight else best


def _points(dark: Mask) -> _Points:
    ys, xs = np.nonzero(dark)
    if len(xs) > _MOST_INK:
        chosen = np.random.default_rng(0).choice(len(xs), _MOST_INK, replace=False)
        ys, xs = ys[chosen], xs[chosen]
    return ys, xs


def _sharpness(points: _Points, degrees: float) -> float:
    """Return how clearly lines that fall by so many degrees, and the gaps between them, stand out."""
    ys, xs = points
    places = ys - xs * math.tan(math.radians(degrees))
    counts = np.bincount((places - places.min()).astype(np.int64)).astype(np.float64)
    steps = np.diff(counts)
    return float((steps * steps).sum())


def _evenly_lit(picture: Picture) -> Grey:
    """Return the page, in its colours, with paper white wherever light fell, and ink dark."""
    factor = max(1, round(picture.dpi / 40))
    small = picture.image.convert("L").reduce(factor)
    paper = small.filter(ImageFilter.MaxFilter(11)).filter(ImageFilter.GaussianBlur(5))
    paper = paper.resize(picture.image.size, Image.Resampling.BILINEAR)
    light = np.asarray(picture.image).astype(np.float32)
    share = 255.0 / np.maximum(np.asarray(paper), 60).astype(np.float32)
    light *= share if light.ndim == 2 else share[..., None]
    darkest = float(np.percentile(light[::7, ::7], 1))
    if darkest > 60:  # pale print: ink is made as dark as print is
        light = (light - darkest + 30) * (255.0 / (285.0 - darkest))
    return np.clip(light, 0, 255).astype(np.uint8)


def _without_blots(grey: Grey, dpi: float) -> Grey:
    """Return the page without large black areas: edges of the scanner's lid, punch holes, bars."""
    cell = max(2, round(dpi / 40))
    height, width = (side // cell * cell for side in grey.shape)
    dark = (grey[:height, :width] < _INK).reshape(height // cell, cell, width // cell, cell).mean(axis=(1, 3))
    solid = np.pad(dark > 0.8, 2)
    # A cell whose neighbours on all sides are solid too: strokes of letters are thinner.
    core = solid.copy()
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            core &= np.roll(solid, (down, across), axis=(0, 1))
    if not core.any():
        return grey
    spread = core.copy()
    for down in (-2, -1, 0, 1, 2):
        for across in (-2, -1, 0, 1, 2):
            spread |= np.roll(core, (down, across), axis=(0, 1))
    blots = np.repeat(np.repeat(spread[2:-2, 2:-2], cell, axis=0), cell, axis=1)
    cleaned = grey.copy()
    cleaned[:height, :width][blots] = 255
    return cleaned
