"""What a person may say of a fact: fields under the names that `parse --json` prints, read back into records.

Whatever is not such a value raises ValueError, TypeError or KeyError, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.rrule import rrulestr

from ntmgraph.model import Actor, Assignment, CriterionKey, DeadlineKind, Help, PlaceRef, Role, Task

Fact = Task | Assignment | Help
Json = Mapping[str, Any]

# A rhythm of days or longer that goes on: by an interval of 0 it would never come to its next day.
_RECURRENCE = re.compile(r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;(?!INTERVAL=0)[A-Z]+=[A-Z0-9,+-]+)*")


@dataclass(frozen=True, slots=True)
class PlaceOfTask:
    id: str
    name: str | None  # where neither the document nor the catalogue knows the place


@dataclass(frozen=True, slots=True)
class Due:
    """What a person says of a deadline."""

    date: date | None
    recurrence: str | None
    text: str
    kind: DeadlineKind


def text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return value


def texts(value: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(text, _list(value))))


def objects(value: Any) -> tuple[Json, ...]:
    return tuple(map(_object, _list(value)))


def actor(value: Any) -> Actor:
    """Return a body that the text does not quote."""
    return Actor(text(_object(value)["name"]), _optional(value.get("id")), "")


def once(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Return actors, each body once, in the words of its first."""
    found: dict[str, Actor] = {}
    for each in actors:
        found.setdefault(each.id or each.name, each)
    return tuple(found.values())


def _actors(value: Any) -> tuple[Actor, ...]:
    return once(map(actor, _list(value)))


def _list(value: Any) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    return value


def _object(value: Any) -> Json:
    if not isinstance(value, Mapping):
        raise TypeError(value)
    return value


def _optional(value: Any) -> str | None:
    return None if value is None else text(value)


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(text(value))


def _due(value: Any) -> Due | None:
    if value is None:
        return None
    day, recurrence = _day(_object(value).get("date")), _optional(value.get("recurrence"))
    if day is not None and recurrence is not None:
        raise ValueError(value)
    if recurrence is not None:
        if not _RECURRENCE.fullmatch(recurrence):
            raise ValueError(recurrence)
        rrulestr(recurrence)
    usual = DeadlineKind.BY if day else DeadlineKind.RECURRING if recurrence else DeadlineKind.EVENT
    said = f"ngày {day:%d/%m/%Y}" if day else "định kỳ" if recurrence else None
    return Due(day, recurrence, text(value.get("text") or said), DeadlineKind(value.get("kind") or usual))


def _criterion_ids(value: Any) -> tuple[str, ...]:
    ids = texts(value)
    if not all(all(id.partition(":")) for id in ids):
        raise ValueError(value)
    return ids


def _criterion(value: Any) -> CriterionKey:
    number = _object(value)["number"]
    if isinstance(number, bool) or not isinstance(number, int | str):
        raise TypeError(number)
    return CriterionKey(_optional(value["set"]), number)


def _places(value: Any) -> tuple[PlaceOfTask, ...]:
    places = (
        PlaceOfTask(text(each["id"]), _optional(each.get("name")))
        if isinstance(each, Mapping)
        else PlaceOfTask(text(each), None)
        for each in _list(value)
    )
    return tuple({place.id: place for place in places}.values())


def place_ref(value: Any) -> PlaceRef:
    return PlaceRef(text(_object(value)["name"]), _optional(value.get("id")))


# For each kind of fact: the names that a decision may give, with the field each is and how its value is read.
FIELDS: dict[type[Fact], dict[str, tuple[str, Callable[[Any], Any]]]] = {
    Task: {
        "what": ("what", text),
        "who": ("who", _actors),
        "with": ("with_", _actors),
        "advise": ("advise", _actors),
        "supervise": ("supervise", _actors),
        "role": ("role", Role),
        "reports_to": ("reports_to", _actors),
        "via": ("via", _actors),
        "deadline": ("deadline", _due),
        "criteria": ("criteria", _criterion_ids),
        "places": ("places", _places),
    },
    Assignment: {
        "criterion": ("criterion", _criterion),
        "lead": ("lead", _actors),
        "coordinate": ("coordinate", _actors),
        "from": ("from_", _day),
        "to": ("to", _day),
    },
    Help: {
        "agency": ("agency", actor),
        "person": ("person", _optional),
        "place": ("place", place_ref),
    },
}
