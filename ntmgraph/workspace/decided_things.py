"""Records of bodies, places and criteria that a person named and the text does not; nothing about them is guessed."""

from __future__ import annotations

from functools import cache

from ntmgraph.authority import catalogue
from ntmgraph.model import Agency, Criterion, Place
from ntmgraph.text import key, slug

_LEVELS = {
    "tỉnh": "province", "huyện": "district", "quận": "district", "thị xã": "district", "xã": "commune",
    "phường": "commune", "thị trấn": "commune", "đặc khu": "commune", "thôn": "village", "bản": "village",
    "ấp": "village", "xóm": "village", "làng": "village", "buôn": "village", "khu phố": "village",
    "tổ dân phố": "village",
}  # fmt: skip


def agency_of(id: str, name: str) -> Agency | None:
    """Return the record of a body; None where its level cannot be told: the store then knows it by name only."""
    base, _, where = id.partition("@")
    places = where.split(".") if where else []
    known = catalogue().agencies.get(base)
    level = known.level if known else ("central", "province", None)[min(len(places), 2)]
    if level is None or "/" in id:
        return None
    province = _provinces().get(places[0]) if places else None
    return Agency(id, name, level, known.kind if known else "other", province, ())


def agency_name(id: str) -> str | None:
    """Return the name that the catalogue has for a body."""
    known = catalogue().agencies.get(id.partition("@")[0])
    return known.name if known else None


def place_of(id: str, name: str | None) -> Place | None:
    """Return the record of a place: of the catalogue, else by a name that tells its level; else None."""
    unit = catalogue().units.get(id)
    if unit is not None:
        return Place(id, unit.full_name, unit.level, ())
    level = next((level for kind, level in _LEVELS.items() if key(name or "").startswith(f"{kind} ")), None)
    return Place(id, name, level, ()) if name and level else None


def criterion_of(id: str) -> Criterion:
    """Return the record of a criterion, from its id."""
    set_, _, printed = id.rpartition(":")
    whole = printed.isdecimal()
    if set_ == "?":  # of no set yet: known by its number or only by its theme
        part = printed.replace(".", "").isdecimal()
        return Criterion(id, None, int(printed) if whole else printed if part else None, None, ())
    known = catalogue().criteria_by_key.get((set_, int(printed))) if whole else None
    return Criterion(id, set_, int(printed) if whole else printed, known.name if known else None, ())


@cache
def _provinces() -> dict[str, str]:
    """Return the short names of provinces by how ids write them."""
    return {slug(unit.name): unit.name for unit in catalogue().units.values() if unit.level == "province"}
