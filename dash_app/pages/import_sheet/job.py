"""Sheets that wait to be looked at: read in the background, taken in or dropped by a second click.

The files lie where the take-in job keeps them (`take_in/job.py`), which takes them in; here is what they would say.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from dash_app.pages.take_in.job import Batch, TakeIn
from dash_app.troubles import why
from dash_app.words import words_of
from ntmgraph.queries import SheetPreview

if TYPE_CHECKING:
    from concurrent.futures import Future

    from ntmgraph.workspace import Workspace

log = logging.getLogger(__name__)

KEPT = 10  # files that are shown; older ones are dropped
MAX_SHEET = 10 * 1024 * 1024  # bytes: a report of a province has some hundred kilobytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file on its way: `preview` is None while it is read; `taken` once its user had it taken in.

    `batch` says what became of it then; the take-in job itself forgets that after some other batches.
    """

    key: str
    name: str
    preview: SheetPreview | None = None
    taken: bool = False
    batch: Batch | None = None


class Previews:
    """What the sheets that wait would say, newest first; one is read at a time."""

    def __init__(self, workspace: Workspace, take_in: Callable[[], TakeIn]) -> None:
        self._workspace = workspace
        self._take_in = take_in  # asked for late: that page is wired after this one
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="preview")
        self._lock = Lock()
        self._sheets: dict[str, Sheet] = {}

    def read(self, key: str, *, too_large: Sequence[str] = ()) -> None:
        """Read what was received for `key`; `too_large` names the files that the window did not send."""
        for number, path in enumerate(self._take_in().received(key)):
            of_file = f"{key}.{number}"
            self._take_in().part(key, path, of_file)
            if path.stat().st_size > MAX_SHEET:  # a window of ours does not send it
                self._refuse(of_file, path.name)
                continue
            self._keep(Sheet(of_file, path.name))
            self._pool.submit(self._workspace.preview, path).add_done_callback(partial(self._done, of_file))
        for number, name in enumerate(too_large):
            self._refuse(f"{key}.large{number}", Path(name).name)

    def accept(self, key: str) -> None:
        """Take a sheet in, as the take-in page does."""
        with self._lock:
            sheet = self._sheets.get(key)
            if sheet is None or sheet.taken or sheet.preview is None or sheet.preview.refused is not None:
                return
            self._sheets[key] = replace(sheet, taken=True)
        self._take_in().start(key, on_end=partial(self._ended, key))

    def drop(self, key: str) -> None:
        """Forget a sheet; nothing of it was written."""
        with self._lock:
            self._sheets.pop(key, None)
        self._take_in().drop(key)

    def sheets(self) -> tuple[Sheet, ...]:
        with self._lock:
            return tuple(reversed(self._sheets.values()))

    def running(self) -> bool:
        """Whether something is read or taken in."""
        return any(sheet.preview is None or (sheet.taken and sheet.batch is None) for sheet in self.sheets())

    def _refuse(self, key: str, name: str) -> None:
        reason = f"Tệp lớn hơn {MAX_SHEET // 2**20} MB; hãy nạp ở trang Nạp văn bản."
        self._keep(Sheet(key, name, SheetPreview(None, refused=reason)))

    def _keep(self, sheet: Sheet) -> None:
        with self._lock:
            self._sheets[sheet.key] = sheet
            old = [key for key, each in self._sheets.items() if each.preview is not None][:-KEPT]
        for key in old:
            self.drop(key)

    def _done(self, key: str, reading: Future[SheetPreview]) -> None:
        error = reading.exception()
        if error:
            log.error("a preview failed", exc_info=error)
        preview = SheetPreview(None, refused=why(words_of("vi"), error) or "") if error else reading.result()
        with self._lock:
            if key in self._sheets:
                self._sheets[key] = replace(self._sheets[key], preview=preview)

    def _ended(self, key: str, batch: Batch) -> None:
        with self._lock:
            if key in self._sheets:
                self._sheets[key] = replace(self._sheets[key], batch=batch)
