"""Names of files as their users gave them, made fit for any operating system."""

from __future__ import annotations

import unicodedata
from pathlib import Path

_WINDOWS_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10))}
_STEM_BYTES = 180  # file systems stop at 255 bytes, and a Vietnamese letter takes up to three


def safe_name(name: str) -> str:
    """Return a file name without what a path or an operating system gives a meaning to."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    base = "".join("_" if letter in '<>:"|?*' or not letter.isprintable() else letter for letter in base).strip(" .")
    path = Path(base or "_")
    stem = path.stem.encode()[:_STEM_BYTES].decode(errors="ignore")
    return f"{'_' if stem.upper() in _WINDOWS_DEVICES else ''}{stem}{path.suffix[:20]}"
