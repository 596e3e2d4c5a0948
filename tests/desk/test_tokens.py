"""The palette: every text colour on every ground it stands on has at least 4.5:1 (WCAG AA), light and dark."""

import re
from pathlib import Path

import pytest

import dash_app

TOKENS = (Path(dash_app.__file__).parent / "assets" / "tokens.css").read_text(encoding="utf-8")
KINDS = ("document", "agency", "criterion", "place", "deadline")
RELATIONS = ("rel-change", "rel-basis", "rel-guide", "rel-mention")
PAIRS = [
    *((text, ground) for text in ("ink", "ink-2", "ink-3") for ground in ("paper", "ground", "tint")),
    *((text, ground) for text in (*KINDS, *RELATIONS, "task", "primary") for ground in ("paper", "ground", "tint")),
    *((text, "mark") for text in ("ink", *KINDS)),
    *((state, f"{state}-ground") for state in ("on-time", "done-late", "open", "overdue")),
    ("overdue", "paper"),
    ("primary-ink", "primary"),
    ("primary-ink", "primary-2"),
]


def palette(theme: str) -> dict[str, str]:
    light, dark = TOKENS.split('[data-theme="dark"]')
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light if theme == "light" else dark))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_contrast(theme: str, text: str, ground: str) -> None:
    colours = palette(theme)
    high, low = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5
