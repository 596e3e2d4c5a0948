"""Draw build/ntmgraph.ico and .png as dash_app/assets/icons/app.svg has it: two strokes, three rings."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent
GREEN, WHITE = "#17624b", "#ffffff"
SIDE = 32  # units of the drawing
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
RINGS = ((8.5, 16, True), (23.5, 9.5, False), (23.5, 22.5, False))  # x, y, filled
CURVES = (((10.5, 16), (16, 16), (15, 9.5), (21.5, 9.5)), ((10.5, 16), (16, 16), (15, 22.5), (21.5, 22.5)))


def draw(size: int) -> Image.Image:
    """The icon at `size` pixels, drawn eight times as large first."""
    unit = 8 * size / SIDE
    image = Image.new("RGBA", (8 * size, 8 * size))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, 8 * size - 1, 8 * size - 1), radius=7 * unit, fill=GREEN)
    for curve in CURVES:
        for x, y in _along(curve):
            pen.ellipse([unit * part for part in (x - 1, y - 1, x + 1, y + 1)], fill=WHITE)
    for x, y, filled in RINGS:
        pen.ellipse([unit * part for part in (x - 3.5, y - 3.5, x + 3.5, y + 3.5)], fill=WHITE)
        if not filled:
            pen.ellipse([unit * part for part in (x - 1.5, y - 1.5, x + 1.5, y + 1.5)], fill=GREEN)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _along(curve: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """Points of a cubic Bézier curve, close enough for a pen."""
    a, b, c, d = curve

    def at(t: float, axis: int) -> float:
        u = 1 - t
        return u**3 * a[axis] + 3 * u * u * t * b[axis] + 3 * u * t * t * c[axis] + t**3 * d[axis]

    return [(at(step / 400, 0), at(step / 400, 1)) for step in range(401)]


if __name__ == "__main__":
    drawn = {size: draw(size) for size in SIZES}
    drawn[256].save(FOLDER / "ntmgraph.png")
    drawn[256].save(FOLDER / "ntmgraph.ico", sizes=[(size, size) for size in SIZES], append_images=[*drawn.values()])
