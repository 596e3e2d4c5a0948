"""Long works on the workspace that a button begins: back up, restore, check, rebuild, read again.

One at a time, whichever window began it; a work outlives the page and is told in every window.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Event, Lock
from time import monotonic

from dash_app.troubles import why
from dash_app.words import words_of

log = logging.getLogger(__name__)

CHORES = "chores"  # where the Flask application keeps them, so that the server can end them
SHOWN = 50  # details of a result

OnProgress = Callable[[int, int], None]  # things done, things in all


@dataclass(frozen=True, slots=True)
class Result:
    """What a work came to: the key of its sentence with its values, and what is to be told one by one (Vietnamese)."""

    key: str
    values: Mapping[str, int | str] = field(default_factory=dict)
    details: tuple[str, ...] = ()
    file: str | None = None  # name of a backup to download


@dataclass(frozen=True, slots=True)
class Chore:
    """A work as of now. `failure`: Vietnamese, why it ended before its end."""

    kind: str  # backup, restore, check, rebuild, refused, doubted
    started: float  # seconds of the monotonic clock
    done: int = 0
    total: int = 0
    finished: float | None = None
    stopped: bool = False  # somebody asked for it
    failure: str | None = None
    result: Result | None = None

    def seconds_left(self, now: float) -> float | None:
        """An estimate from what is done; None before that."""
        return (now - self.started) / self.done * (self.total - self.done) if self.done else None


class StoppedError(Exception):
    """Somebody asked the work to stop."""


class Chores:
    """The thread that does them; `close` ends it."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="chore")
        self._lock = Lock()  # guards what follows
        self._chore: Chore | None = None
        self._stop = Event()

    def start(self, kind: str, work: Callable[[OnProgress], Result]) -> bool:
        """Begin a work; return False while another is under way, which is not disturbed."""
        with self._lock:
            if self._chore is not None and self._chore.finished is None:
                return False
            self._chore = Chore(kind, monotonic())
            self._stop.clear()
        self._pool.submit(work, self._progress).add_done_callback(self._finish)
        return True

    def now(self) -> Chore | None:
        """The work under way, or the last one since the program started."""
        with self._lock:
            return self._chore

    def running(self) -> bool:
        chore = self.now()
        return chore is not None and chore.finished is None

    def stop(self) -> None:
        """End the work at its next step; what it has done until then stays whole."""
        with self._lock:
            if self._chore is not None and self._chore.finished is None:
                self._chore = replace(self._chore, stopped=True)
        self._stop.set()

    def close(self) -> None:
        self.stop()
        self._pool.shutdown(wait=True)

    def _progress(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise StoppedError
        with self._lock:
            if self._chore is not None:
                self._chore = replace(self._chore, done=done, total=total)

    def _finish(self, ended: Future[Result]) -> None:
        error = ended.exception()
        failure = None
        if error is not None and not isinstance(error, StoppedError):
            log.error("a chore failed", exc_info=error)
            failure = why(words_of("vi"), error) or ""  # where it is ours, its sentence stands in the words of the page
        with self._lock:
            if self._chore is not None:
                result = None if error else ended.result()
                self._chore = replace(self._chore, finished=monotonic(), failure=failure, result=result)
