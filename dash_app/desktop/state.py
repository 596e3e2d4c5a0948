"""Where the program stands, as its window tells it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    OPENING = "opening"
    REBUILDING = "rebuilding"
    TROUBLE = "trouble"
    READY = "ready"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class State:
    """Where the program stands.

    where: the folder or server. trouble: Vietnamese, why the workspace is not open. start: where the desk begins.
    """

    phase: Phase
    where: str
    trouble: str = ""
    can_rebuild: bool = False
    done: int = 0  # documents, of a rebuild
    total: int = 0
    start: str = "/"
