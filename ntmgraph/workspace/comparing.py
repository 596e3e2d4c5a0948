"""The comparing of documents for the review, done in the background and kept while no document is written.

It goes through the whole graph, some seconds with thousands of documents. Who does not wait gets what is known by
then, and it is done meanwhile, by one thread.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from ntmgraph.queries import ReviewAnswer, ReviewQuestion
from ntmgraph.store import StoreError
from ntmgraph.workspace import review
from ntmgraph.workspace.errors import WorkspaceError
from ntmgraph.workspace.home import Home

log = logging.getLogger(__name__)


class Comparing:
    """What the documents of a home say that does not fit together. Safe to use from several threads."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._findings = review.Findings()
        self._starting = threading.Lock()
        self._thread = threading.Thread()
        self._stopping = threading.Event()

    def review(self, question: ReviewQuestion, *, seen: Collection[str], wait: bool) -> ReviewAnswer:
        """Return what has to be looked at again; who does not wait may get a part of it (`whole` is False).

        seen: ids of doubts that were set aside.
        """
        answer = review.review(
            self._home.graph, question, seen=seen, findings=self._findings, written=self._home.written, wait=wait
        )
        if not answer.whole:
            self._start()
        return answer

    @contextmanager
    def rewriting(self, provinces: Collection[str]) -> Iterator[None]:
        """Decisions are written that change documents of these provinces: what was found elsewhere still holds.

        provinces: may be filled while they are written; '' of central documents.
        """
        before = self._home.written
        yield
        now = self._home.written
        if now == before + bool(provinces):  # nobody else wrote meanwhile
            self._findings.rewritten(before, now, provinces)

    def join(self, patience: float) -> None:
        """Wait for what is being compared, so many seconds at most."""
        with self._starting:
            thread = self._thread
        if thread.is_alive():
            thread.join(patience)

    def stop(self) -> None:
        """End the comparing; none is begun any more."""
        self._stopping.set()
        with self._starting:
            thread = self._thread
        if thread.is_alive():
            thread.join()

    def _start(self) -> None:
        with self._starting:
            if not self._thread.is_alive() and not self._stopping.is_set():
                self._thread = threading.Thread(target=self._compare, name="review", daemon=True)
                self._thread.start()

    def _compare(self) -> None:
        try:
            review.compare(self._home.graph, self._findings, self._home.written, self._stopping.is_set)
        except (StoreError, WorkspaceError):
            log.exception("documents could not be compared")
