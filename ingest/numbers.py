"""Numbers as Vietnamese papers print them: a dot for thousands, a comma for decimals."""

from __future__ import annotations

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"


def number(words: str) -> float | int:
    """Return the number printed with a thousands dot and a decimal comma: "1.286" -> 1286, "12,5" -> 12.5."""
    value = float(words.replace(".", "").replace(",", "."))
    return int(value) if value.is_integer() else value


def shown(value: float) -> str:
    """Return a number as printed in Vietnamese: 428600 -> "428.600", 12.5 -> "12,5"."""
    words = f"{value:,.4f}".rstrip("0").rstrip(".")
    return words.replace(",", " ").replace(".", ",").replace(" ", ".")
