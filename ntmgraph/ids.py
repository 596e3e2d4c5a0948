"""Every id of the graph is made here, so that two readings of one fact get the same one.

Ids are ASCII, safe in addresses and file names, and readable: `ubnd-lao-cai.134-ubnd-nln.2017`.
"""

from __future__ import annotations

import hashlib
from datetime import date

from ntmgraph.text import key, slug


def document_id(issuer: str | None, number: str | None, day: date | None, text: str) -> str:
    """Return the id of a document: issuer, number and year where it has them, else a hash of its text.

    The number alone collides (each province issues a 01/QĐ-UBND), and Party numbers restart each term,
    so issuer and year are part of the key (domain/layout.md, sections 1 and 2).
    """
    if number and issuer and day:
        return f"{slug(issuer)}.{slug(number)}.{day.year}"
    digest = hashlib.sha256(key(text).encode()).hexdigest()[:16]
    return f"{slug(issuer or '') or 'van-ban'}.{digest}"


def stub_id(issuer: str | None, number: str, year: int | None) -> str:
    """Return the id that a cited document has, or will have when it is taken in."""
    if issuer and year:
        return f"{slug(issuer)}.{slug(number)}.{year}"
    return f"{slug(issuer or '') or 'khong-ro'}.{slug(number)}.{year or 'khong-ro'}"


def provision_id(document: str, ordinal: int, path: str) -> str:
    return f"{document}/{ordinal}-{slug(path) or 'doan'}"


def agency_id(base: str, *places: str) -> str:
    """Return the id of a body in a place: `t.stc@lang-son`, `h.ubnd@lang-son.trang-dinh`; places from the top down."""
    where = ".".join(slug(place) for place in places)
    return f"{base}@{where}" if where else base


def named_agency_id(name: str, *places: str) -> str:
    """Return the id of a body that no catalogue knows: `a.to-cong-tac@quang-tri`."""
    return agency_id(f"a.{slug(name)}", *places)


def place_id(code: str, valid_from: date | None) -> str:
    """Return the id of a unit: codes are reused across the merger of 1 July 2025, so its start is part of the key."""
    return f"p.{code}" if valid_from is None else f"p.{code}.{valid_from.year}"


def named_place_id(name: str, *places: str) -> str:
    """Return the id of a place that no single unit of the catalogue is: `p.thon-nam-hai@lao-cai`."""
    return agency_id(f"p.{slug(name)}", *places)


def criterion_id(criteria_set: str | None, number: int | str | None, name: str | None = None) -> str:
    """Return `VN-XA-2016:17`; `?:17` or `?:giao-thong` while the set is undecided."""
    return f"{criteria_set or '?'}:{number if number is not None else slug(name or '')}"


def fact_id(document: str, kind: str, *content: object) -> str:
    """Return the id of one statement of one document, from its content: reading it again gives the same id."""
    digest = hashlib.sha256("\x1f".join(map(str, content)).encode()).hexdigest()[:12]
    return f"{document}/{kind}-{digest}"
