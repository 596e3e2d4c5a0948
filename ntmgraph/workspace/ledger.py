"""The book of takings in: when, by whom, what became of each file. Kept on this machine, beside the
workspace.

    batches.jsonl   one line when a batch begins, one for each handful of its files, one when it ends
    refused/        files that could not be read, so that a later version can try again; may be deleted at any time

It says what happened and is no part of the truth: what cannot be written here never holds up a taking in. A batch
without an end is under way or was cut short.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ntmgraph.model import Refusal
from ntmgraph.queries import DocumentName, IngestRow, IngestState
from ntmgraph.workspace.batch import File
from ntmgraph.workspace.journal import Journal
from ntmgraph.workspace.originals import FileChangedError, KeptFiles, hash_of

log = logging.getLogger(__name__)

_AT_ONCE = 200  # rows of one line
_SECONDS = 1.0  # what a kill may leave out
_REFUSED_BYTES = 200 * 1024 * 1024  # kept of files that could not be read
_HOPELESS = (Refusal.EMPTY, Refusal.TOO_LARGE, Refusal.ENCRYPTED)  # no version of the program reads them


@dataclass(frozen=True, slots=True)
class TakenBatch:
    """Files that were taken in together, in numbers. `ended` None: under way, or cut short."""

    id: str
    begun: datetime
    by: str
    states: Mapping[IngestState, int] = field(default_factory=dict)
    doubted: int = 0  # files with points to look at again
    left_out: int = 0  # files of which something was not read
    ended: datetime | None = None
    stopped: bool = False

    @property
    def files(self) -> int:
        return sum(self.states.values())


class Ledger:
    """The book of one workspace on this machine. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._journal = Journal(folder / "batches.jsonl")
        self._refused = folder / "refused"
        self._lock = threading.Lock()
        self._batches: dict[str, TakenBatch] = {}
        self._lines: dict[str, list[int]] = {}  # offsets of the rows of each batch
        self._kept: dict[str, str] = {}  # hash of a file that could not be read -> its name
        self._end = 0

    def batches(self) -> tuple[TakenBatch, ...]:
        """Return every batch, newest first; only what came since the last call is read."""
        with self._lock:
            start = self._end
            for line in self._journal.lines(start):
                self._note(line.record, start)
                start = self._end = line.end
            return tuple(reversed(self._batches.values()))

    def rows(self, batch: str) -> Iterator[IngestRow]:
        """Yield what became of each file of a batch; nothing for a batch that is not in the book."""
        self.batches()
        for offset in tuple(self._lines.get(batch, ())):
            record = next(self._journal.lines(offset)).record
            yield from (_row(each) for each in record["rows"])

    def rows_since(self, moment: datetime, states: Collection[IngestState]) -> list[IngestRow]:
        """Return what became of files since a moment, of these states, the newest batch first."""
        return [
            row
            for batch in self.batches()
            if batch.begun >= moment and any(batch.states.get(state) for state in states)
            for row in self.rows(batch.id)
            if row.state in states
        ]

    def refused_files(self) -> list[File]:
        """Return the kept files that could not be read when they were last tried, under their users' names."""
        self.batches()
        if not self._kept:
            return []
        kept = KeptFiles(self._refused)
        paths = {kept.path(sha256, name): name for sha256, name in self._kept.items()}
        return [File(path, name, name) for path, name in paths.items() if path.is_file()]

    def begin(self, by: str) -> Entry:
        """Begin a batch; its rows are added as they come."""
        return Entry(self._journal, self._refused, by)

    def _note(self, record: Mapping[str, Any], offset: int) -> None:
        id = str(record.get("batch"))
        if "begun" in record:
            self._batches[id] = TakenBatch(id, datetime.fromisoformat(record["begun"]), str(record["by"]))
            self._lines[id] = []
        elif id in self._batches and "rows" in record:
            known, rows = self._batches[id], record["rows"]
            states = Counter(known.states) + Counter(IngestState(row["state"]) for row in rows)
            self._batches[id] = replace(
                known,
                states=dict(states),
                doubted=known.doubted + sum(bool(row["issues"]) for row in rows),
                left_out=known.left_out + sum(bool(row["left_out"]) for row in rows),
            )
            self._kept |= {row["kept"]: row["path"] for row in rows if "kept" in row}
            self._lines[id].append(offset)
        elif id in self._batches and "ended" in record:
            ended = datetime.fromisoformat(record["ended"])
            self._batches[id] = replace(self._batches[id], ended=ended, stopped=bool(record["stopped"]))


class Entry:
    """A batch that is being written into the book."""

    def __init__(self, journal: Journal, refused: Path, by: str) -> None:
        self._journal = journal
        self._refused = refused
        self._id = uuid.uuid4().hex[:12]
        self._waiting: list[dict[str, Any]] = []
        self._since = time.monotonic()
        self._write({"begun": _now(), "by": by})

    def add(self, row: IngestRow, file: File) -> None:
        """Note what became of a file, and keep its bytes where they could not be read."""
        record = {name: value for name, value in asdict(row).items() if value not in (None, 0, ())}
        record |= {"issues": row.issues, "left_out": list(row.left_out)}
        if row.document is not None:
            day = row.document.date
            record["document"] = asdict(row.document) | {"date": day and day.isoformat()}
        if row.state is IngestState.REFUSED and (kept := self._keep(row, file)):
            record["kept"] = kept
        self._waiting.append(record)
        if len(self._waiting) >= _AT_ONCE or time.monotonic() - self._since > _SECONDS:
            self._flush()

    def end(self, *, stopped: bool) -> None:
        self._flush()
        self._write({"ended": _now(), "stopped": stopped})

    def _flush(self) -> None:
        rows, self._waiting = self._waiting, []
        if rows:
            self._write({"rows": rows})
        self._since = time.monotonic()

    def _write(self, record: Mapping[str, Any]) -> None:
        try:
            self._journal.append([{"batch": self._id, **record}])
        except OSError:
            log.exception("the book of takings in")

    def _keep(self, row: IngestRow, file: File) -> str | None:
        """Keep the bytes of a file that a later version may read, and return their hash; None where they are not."""
        if row.refusal in _HOPELESS or file.refused is not None or not file.path.is_file():
            return None
        try:
            sha256 = hash_of(file.path)
            refused = KeptFiles(self._refused)
            if not refused.path(sha256, row.path).exists():
                held = sum(each.stat().st_size for each in self._refused.glob("*/*"))
                if held + file.path.stat().st_size > _REFUSED_BYTES:
                    return None
                refused.keep(file.path, sha256, row.path)
        except (OSError, FileChangedError):
            log.exception("keeping %s", row.path)
            return None
        return sha256


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _row(record: Mapping[str, Any]) -> IngestRow:
    document = record.get("document")
    if document is not None:
        document = DocumentName(**document | {"date": document["date"] and date.fromisoformat(document["date"])})
    return IngestRow(
        path=record["path"],
        state=IngestState(record["state"]),
        document=document,
        reason=record.get("reason"),
        refusal=record.get("refusal"),
        issues=record["issues"],
        left_out=tuple(record["left_out"]),
        tasks=record.get("tasks", 0),
        deadlines=record.get("deadlines", 0),
        results=record.get("results", 0),
        same_as=record.get("same_as"),
    )
