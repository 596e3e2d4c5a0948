"""Every id of the graph is made here, so that two readings of one fact get the same one.

Ids are ASCII, safe in addresses and file names, and readable: `ubnd-lao-cai.134-ubnd-nln.2017`.
"""

from __future__ import annotations

import hashlib
from datetime import date

from ntmgraph.model import Actor, Assignment, CriterionKey, Help, PlaceRef
from ntmgraph.text import key, slug

_PART, _ADDED = "part", "added"  # kinds of tasks that a person made
_DOUBT = "!"  # no other id holds it


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


def assignment_id(document: str, assignment: Assignment) -> str:
    """Return the id of an assignment: its own, else one from its content as it was read."""
    if assignment.id is not None:
        return assignment.id
    evidence = assignment.evidence
    return fact_id(document, "assignment", criterion_key_id(assignment.criterion), evidence.start, evidence.quote)


def help_id(document: str, help_: Help) -> str:
    """Return the id of what an agency does for a place: its own, else one from its content as it was read."""
    if help_.id is not None:
        return help_.id
    agency, place = actor_id(document, help_.agency), place_ref_id(document, help_.place)
    return fact_id(document, "help", agency, place, help_.person, help_.evidence.start)


def issue_id(document: str, code: str, start: int | None, message: str, ordinal: int) -> str:
    """Return the id of a doubt that reading left; ordinal: how many the same document has of it before."""
    return fact_id(document, "issue", code, start, message, *([ordinal] if ordinal else []))


def doubt_id(about: str, code: str) -> str:
    """Return the id under which a doubt of the review is looked at and set aside; about: id of what it is about."""
    return f"{about}{_DOUBT}{code}"


def doubted(doubt: str) -> str:
    """Return the id of what a doubt is about."""
    return doubt.partition(_DOUBT)[0]


def is_doubt(id: str) -> bool:
    return _DOUBT in id


def part_id(task: str, ordinal: int, content: str) -> str:
    """Return the id of one of the tasks that a person made of a task."""
    return fact_id(document_of(task), _PART, task, ordinal, content)


def added_id(document: str, start: int, content: str) -> str:
    """Return the id of a task that a person read from a sentence where the reader had found none."""
    return fact_id(document, _ADDED, start, content)


def actor_id(document: str, actor: Actor) -> str:
    """Return the id of a body; one that resolves to no agency stands for itself in its document only."""
    return actor.id or f"{document}/{named_agency_id(actor.name)}"


def place_ref_id(document: str, place: PlaceRef) -> str:
    return place.id or f"{document}/{named_place_id(place.name)}"


def criterion_key_id(criterion: CriterionKey) -> str:
    return criterion_id(criterion.set, criterion.number)


def document_of(fact: str) -> str:
    """Return the document that a fact's id names: no other id holds a slash."""
    return fact.rpartition("/")[0]


def kind_of(fact: str) -> str | None:
    """Return the kind that a fact's id names: task, assignment, help; None for what is no fact of a document.

    What a person made is a task too: `is_made` tells it.
    """
    kind = fact.rpartition("/")[2].partition("-")[0] if "/" in fact and not is_doubt(fact) else ""
    return {"task": "task", _PART: "task", _ADDED: "task", "assignment": "assignment", "help": "help"}.get(kind)


def is_made(task: str) -> bool:
    """Tell whether a task is one that a person made: a part of another one, or one that the reader had missed."""
    return task.rpartition("/")[2].partition("-")[0] in (_PART, _ADDED)


def is_place(id: str) -> bool:
    """Tell a place from an agency by its id."""
    return id.rpartition("/")[2].startswith("p.")
