"""The take-in job: files that arrive in a window wait in a temporary folder until the workspace has taken them in.

One batch is read at a time, whichever window it came from; the job outlives the page that started it.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Lock
from time import monotonic
from typing import IO, TYPE_CHECKING

from dash_app.troubles import why
from dash_app.words import words_of
from ntmgraph import preferences
from ntmgraph.model import Refusal
from ntmgraph.queries import IngestRow, IngestState
from ntmgraph.workspace.file_names import safe_name

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace

log = logging.getLogger(__name__)

MAX_FILE = 50 * 1024 * 1024  # the readers' own limit
MAX_WAITING = 1024 * 1024 * 1024  # bytes that may wait in the temporary folder
MAX_DEPTH = 6  # folders of a dropped file that its name keeps
MAX_FILES = 10_000  # that a window hands over at once
IDLE = 10 * 60  # seconds after which files go that came and were not started: the page that sent them was left
KEPT = 3  # finished batches kept in memory; the ledger has all of them


class WaitingFullError(Exception):
    """More bytes wait than the job takes at once."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of the files handed over together, as of now."""

    total: int  # files, those in archives too
    rows: tuple[IngestRow, ...]  # one for each file that is done
    started: float  # seconds of the monotonic clock
    finished: float | None = None
    stopped: bool = False  # the user asked to stop; files not yet read have no row
    failure: str | None = None  # what ended the batch before its last file; '': what nobody foresaw
    page: tuple[str, int, int] | None = None  # the scan being recognised: name, pages done, pages in all

    def seconds_left(self, now: float) -> float | None:
        """An estimate from the files already done; None before the first."""
        done = len(self.rows)
        return (now - self.started) / done * (self.total - done) if done else None


class TakeIn:
    """Holds the temporary folder and the one thread that reads; `close` ends both."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._folder = TemporaryDirectory(prefix="ntmgraph-")
        self._numbers = count()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="take-in")
        self._lock = Lock()  # guards what follows
        self._received: dict[str, list[Path]] = {}
        self._arrived: dict[str, float] = {}  # when the last file of a batch came that is not started
        self._sizes: dict[Path, int] = {}  # of every file in the temporary folder
        self._batches: dict[str, Batch] = {}
        self._stops: dict[str, Event] = {}

    def receive(self, key: str, name: str, size: int, stream: IO[bytes]) -> None:
        """Keep one file of the batch `key` under the name its user gave it, until `start`."""
        # Its own folder, so that two files of one name do not meet; within it the folders that it was dropped with.
        parts = [safe_name(part) for part in name.replace("\\", "/").split("/") if part.strip(" .")]
        path = Path(self._folder.name, str(next(self._numbers)), *parts[-MAX_DEPTH:] or ("_",))
        with self._lock:
            self._drop_left(key)
            self._arrived[key] = monotonic()
            if sum(self._sizes.values()) + size > MAX_WAITING:
                raise WaitingFullError(name)
            self._sizes[path] = size
        try:
            path.parent.mkdir(parents=True)
            with path.open("wb") as target:
                shutil.copyfileobj(stream, target)
        except BaseException:
            with self._lock:
                self._remove([path])
            raise
        with self._lock:
            self._arrived[key] = monotonic()
            self._received.setdefault(key, []).append(path)

    def received(self, key: str) -> tuple[Path, ...]:
        """The files kept for `key` until `start` or `drop`."""
        with self._lock:
            return tuple(self._received.get(key, ()))

    def part(self, key: str, path: Path, own_key: str) -> None:
        """Make one file of the batch `key` a batch of its own, which waits until `start` or `drop`."""
        with self._lock:
            self._received[key].remove(path)
            if not self._received[key]:
                del self._received[key], self._arrived[key]
            self._received[own_key] = [path]

    def drop(self, key: str) -> None:
        """Forget what was received for `key` and not started."""
        with self._lock:
            self._drop(key)

    def start(self, key: str, *, too_large: Sequence[str] = (), on_end: Callable[[Batch], None] | None = None) -> None:
        """Take in what was received for `key`; `too_large` names the files that the window did not send.

        on_end: called with the finished batch, which the job itself forgets after some others.
        """
        with self._lock:
            self._arrived.pop(key, None)
            paths = self._received.pop(key, [])
            if not paths and not too_large:
                return
            refused = tuple(_too_large(name) for name in too_large)
            self._batches[key] = Batch(len(paths) + len(refused), refused, monotonic())
            self._stops[key] = Event()
            for old in list(self._batches)[:-KEPT]:
                if self._batches[old].finished is not None:
                    del self._batches[old], self._stops[old]
        self._pool.submit(self._read, key, paths).add_done_callback(partial(self._finish, key, paths, on_end))

    def stop(self) -> None:
        """Leave out the files not yet read, in all batches; the one being read is finished first."""
        with self._lock:
            for key, batch in self._batches.items():
                if batch.finished is None:
                    self._batches[key] = replace(batch, stopped=True)
                    self._stops[key].set()

    def batches(self) -> tuple[Batch, ...]:
        """The batches since the program started, newest first."""
        with self._lock:
            return tuple(reversed(self._batches.values()))

    def running(self) -> bool:
        return any(batch.finished is None for batch in self.batches())

    def close(self) -> None:
        """Stop after the file being read, so that the workspace can be closed, and remove the temporary folder."""
        self.stop()
        self._pool.shutdown(wait=True)
        self._folder.cleanup()

    def _read(self, key: str, paths: list[Path]) -> None:
        refused = len(self._batches[key].rows)
        self._workspace.ingest(
            paths,
            on_row=partial(self._add, key),
            on_progress=lambda done, total: self._count(key, refused + total),
            on_page=partial(self._turn, key),
            cancelled=self._stops[key].is_set,
            called=self._called,
            by=preferences.load().author,
        )

    def _count(self, key: str, total: int) -> None:
        with self._lock:
            self._batches[key] = replace(self._batches[key], total=total)

    def _turn(self, key: str, name: str, done: int, total: int) -> None:
        with self._lock:
            self._batches[key] = replace(self._batches[key], page=(name, done, total))

    def _add(self, key: str, row: IngestRow) -> None:
        with self._lock:
            batch = self._batches[key]
            self._batches[key] = replace(batch, rows=(*batch.rows, row), page=None)

    def _called(self, path: str) -> str:
        """What its user calls a file of the temporary folder, and one in an archive where it lies there."""
        return Path(*Path(path).relative_to(self._folder.name).parts[1:]).as_posix()

    def _finish(
        self, key: str, paths: list[Path], on_end: Callable[[Batch], None] | None, reading: Future[None]
    ) -> None:
        """Whatever ended the batch: say so, and free the room its files took."""
        error = reading.exception()
        if error:
            log.error("taking in was cut short", exc_info=error)
        with self._lock:
            batch = replace(
                self._batches[key],
                finished=monotonic(),
                failure=(why(words_of("vi"), error) or "") if error else None,
            )
            self._batches[key] = batch
            self._remove(paths)
        if on_end:
            on_end(batch)

    def _drop_left(self, coming: str) -> None:
        """Drop what came and was not started, other than the batch that comes now."""
        now = monotonic()
        for key in [key for key, last in self._arrived.items() if key != coming and now - last > IDLE]:
            self._drop(key)

    def _drop(self, key: str) -> None:
        self._arrived.pop(key, None)
        self._remove(self._received.pop(key, []))

    def _remove(self, paths: Iterable[Path]) -> None:
        """Free the room that files take, with the folders that they were dropped with."""
        for path in paths:
            del self._sizes[path]
            own = path.relative_to(self._folder.name).parts[0]
            # What stays goes with the folder itself.
            shutil.rmtree(Path(self._folder.name, own), ignore_errors=True)


def _too_large(name: str) -> IngestRow:
    limit = MAX_FILE // 2**20
    reason = f"Tệp lớn hơn {limit} MB nên không được đọc; hãy tách thành nhiều tệp rồi nạp lại."
    return IngestRow(safe_name(name), IngestState.REFUSED, None, reason, Refusal.TOO_LARGE, 0, ())
