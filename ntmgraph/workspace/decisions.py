"""What people decided: the other half of the truth. Written once, never changed; undoing is a decision too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from ntmgraph.workspace.journal import Journal


@dataclass(frozen=True, slots=True)
class Done:
    """A person says that a task was done on a day; `on` None takes that back."""

    task: str  # id
    on: date | None
    note: str | None
    by: str
    at: datetime


class Decisions:
    """The log of a workspace."""

    def __init__(self, path: Path) -> None:
        self._journal = Journal(path)
        self._done: dict[str, Done] | None = None

    def set_done(self, task: str, on: date | None, *, note: str | None, by: str) -> Done:
        """Log the decision and return it."""
        decision = Done(task, on, note or None, by, datetime.now(UTC))
        self._journal.append(
            [
                {
                    "at": decision.at.isoformat(timespec="seconds"),
                    "by": by,
                    "kind": "done",
                    "task": task,
                    "on": on.isoformat() if on else None,
                    "note": decision.note,
                }
            ]
        )
        self._note(self._load(), decision)
        return decision

    def done(self) -> dict[str, Done]:
        """Return the tasks that count as done, by id, each with the last decision on it."""
        return dict(self._load())

    def history(self, task: str) -> list[Done]:
        """Return every decision on a task, oldest first."""
        return [decision for decision in self._all() if decision.task == task]

    def _all(self) -> list[Done]:
        return [
            Done(
                task=str(record["task"]),
                on=date.fromisoformat(record["on"]) if record["on"] else None,
                note=record["note"],
                by=str(record["by"]),
                at=datetime.fromisoformat(record["at"]),
            )
            for record in (line.record for line in self._journal.lines())
            if record["kind"] == "done"
        ]

    def _load(self) -> dict[str, Done]:
        if self._done is None:
            self._done = {}
            for decision in self._all():
                self._note(self._done, decision)
        return self._done

    @staticmethod
    def _note(done: dict[str, Done], decision: Done) -> None:
        if decision.on is None:
            done.pop(decision.task, None)
        else:
            done[decision.task] = decision
