"""The form of a name that the graph keeps beside it, so that typed words find it without accents or signs."""

from __future__ import annotations

from ntmgraph.text import slug

# Long forms that people and documents shorten; both are compared in their short form.
_SHORTER = (("uy ban nhan dan", "ubnd"), ("hoi dong nhan dan", "hdnd"), ("mat tran to quoc", "mttq"))
EDGE = "|"  # before and after each name in `words_of`


def spoken(text: str) -> str:
    """Return letters and digits only, without accents: "Ủy ban nhân dân tỉnh Lào Cai" -> "ubnd tinh lao cai"."""
    spaced = slug(text).replace("-", " ")
    for long, short in _SHORTER:
        spaced = spaced.replace(long, short)
    return spaced


def words_of(*names: str | None) -> str:
    """Return all names a thing answers to in one string: "|so tai chinh|so tc|" contains whole(name) of each."""
    return EDGE + EDGE.join(dict.fromkeys(spoken(name) for name in names if name)) + EDGE


def whole(name: str) -> str:
    """Return what `words_of` contains when the thing answers to exactly this name."""
    return f"{EDGE}{spoken(name)}{EDGE}"
