"""The workspace: one folder that holds what was taken in and decided, and answers every question about it.

    workspace.json    version of the layout, and which build is the current one
    lock              held by the process that works here
    originals/        the files taken in, with the log of their taking in      } the truth
    decisions.jsonl   what people decided                                      }
    recognised/       the text of scans, so that no page is recognised twice; may be deleted at any time
    builds/NAME/      graph/, search/ and how far the log has gone into them     made from the truth, at any time anew
    logs/             details of errors

Taking in writes the truth first, then the graph, then the index, then how far it came. A kill between any two of these
leaves a log that is ahead of its build, and opening goes on from there.
"""

from __future__ import annotations

import json
import logging
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from logging.handlers import RotatingFileHandler
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from ingest.readers import DEFAULT
from ingest.readers.source import StoppedError
from ntmgraph.model import Reading
from ntmgraph.queries import (
    CriterionName,
    DeadlineAnswer,
    DeadlineQuestion,
    DocumentChoices,
    DocumentRow,
    DocumentView,
    IngestRow,
    IngestState,
    Named,
    Overview,
    SearchAnswer,
    SearchQuestion,
    TraceAnswer,
    TraceQuestion,
)
from ntmgraph.store import OutdatedGraphError, StoreError
from ntmgraph.workspace import batch, copies, deadlines, documents, errors, names, trace
from ntmgraph.workspace.builds import Build
from ntmgraph.workspace.decisions import Decisions
from ntmgraph.workspace.intake import Intake, OnRow
from ntmgraph.workspace.journal import write_whole
from ntmgraph.workspace.lock import Lock
from ntmgraph.workspace.originals import Original, Originals, hash_of

log = logging.getLogger(__name__)

LAYOUT = 1  # of the folder; a program refuses a workspace of a newer one

_FIRST = ("lock", "workspace.json.new")  # what a kill may leave of a workspace that was just begun
_PICTURES = 24  # of pages, kept in memory; half a megabyte each
_READINGS = 8  # kept in memory for pages that show one document in several steps

OnProgress = Callable[[int, int], None]  # files done, files in all
OnScannedPage = Callable[[str, int, int], None]  # name of a file, its pages recognised, those to recognise


class Workspace:
    """An open workspace; close it, or use it in a `with` block. Safe to use from several threads."""

    def __init__(self, folder: Path, lock: Lock, handler: logging.Handler) -> None:
        self.folder = folder
        self._lock = lock
        self._log_handler = handler
        self._originals = Originals(folder / "originals")
        self._decisions = Decisions(folder / "decisions.jsonl")
        self._build: Build | None = None
        self._left: list[Build] = []  # replaced while a page may still be reading them
        self._writing = threading.RLock()
        self._deciding = threading.Lock()
        self._remembering = threading.Lock()
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._pictures: OrderedDict[tuple[str, int], bytes] = OrderedDict()

    @classmethod
    def open(cls, folder: Path, *, task: str = "đang mở", patience: float = 3.0, to_rebuild: bool = False) -> Self:
        """Open the workspace in a folder, made there if the folder is empty or missing.

        task: what this process does, for the message to others. patience: seconds to wait for another process.
        to_rebuild: do not open graph and index; only `rebuild` can be called before they are there again.
        Raises WorkspaceError.
        """
        folder = folder.expanduser().absolute()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            about = folder / "workspace.json"
            if not about.exists() and any(path.name not in _FIRST for path in folder.iterdir()):
                raise errors.NotAWorkspaceError(folder)
            lock = Lock(folder / "lock")
            held = lock.acquire(task, patience=patience)
        except OSError as error:
            raise errors.no_folder(folder, error) from error
        if not held:
            raise errors.HeldError(folder, lock.holder())
        try:
            if not about.exists():
                write_whole(about, _about(None))
            workspace = cls(folder, lock, _log_to(folder))
        except OSError as error:
            lock.release()
            raise errors.no_folder(folder, error) from error
        try:
            workspace._open_build(to_rebuild=to_rebuild)
        except OSError as error:
            workspace.close()
            raise errors.no_folder(folder, error) from error
        except BaseException:
            workspace.close()
            raise
        return workspace

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Finish what is being written and let other processes in."""
        with self._writing:
            for build in (*self._left, *([self._build] if self._build else [])):
                build.close()
            self._left, self._build = [], None
            self._lock.release()
            _stop_logging(self._log_handler)

    # Taking in

    def ingest(
        self,
        paths: Iterable[Path],
        *,
        on_row: OnRow | None = None,
        on_progress: OnProgress | None = None,
        on_page: OnScannedPage | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> list[IngestRow]:
        """Take in files, and those of folders and archives, and return what became of each, in their order.

        A bad file is a row with its reason. `cancelled` is asked before each file and each page of a scan; what was
        taken in until then stays.
        """

        def watch(file: batch.File) -> Callable[[int, int], None]:
            def page(done: int, total: int) -> None:
                if cancelled is not None and cancelled():
                    raise StoppedError
                if on_page is not None:
                    on_page(file.own_name, done, total)

            return page

        with self._writing, TemporaryDirectory(prefix="ntmgraph-", ignore_cleanup_errors=True) as unpacked:
            intake = Intake(self._current, self._originals, on_row)
            files = list(batch.files_in(paths, unpack_to=Path(unpacked), except_in=self.folder))
            hashes = [_hash_or_none(file.path) for file in files]
            seen: set[str] = set()  # the same bytes under a second name are not read again
            known: list[str | None] = []  # for each file: the hash of its bytes when they came before
            for digest in hashes:
                came_before = digest is not None and (digest in seen or self._originals.of_hash(digest) is not None)
                known.append(digest if came_before else None)
                seen.add(digest or "")
            new = [
                replace(file, recognised=self._originals.recognised(found)) if found else file
                for file, found, digest in zip(files, hashes, known, strict=True)
                if digest is None
            ]
            readings = batch.read_all(new, watch)
            if on_progress is not None:
                on_progress(0, len(files))
            for done, (file, digest) in enumerate(zip(files, known, strict=True)):
                if cancelled is not None and cancelled():
                    break
                if digest is None:
                    read = next(readings)
                    if read.stopped:
                        break
                    intake.add(read)
                else:
                    intake.add_again(file, digest)
                if on_progress is not None:
                    on_progress(done + 1, len(files))
            readings.close()
            intake.write()
            return intake.rows

    def rebuild(self, on_progress: OnProgress | None = None, on_row: OnRow | None = None) -> dict[str, int]:
        """Make graph and index again from the originals, and return how many things of each kind they hold.

        The old ones stay in use until the new ones are whole; a kill before that changes nothing. `on_row` is told
        of each original that this version cannot take in.
        """
        with self._writing:
            fresh = self._new_build()
            try:
                read_as, needless = self._fill(fresh, on_progress, on_row)
            except BaseException:
                fresh.close()
                raise
            fresh.reach(self._originals.record(_restated(self._originals, read_as, needless)))
            self._make_current(fresh)
            if not self._left:
                self._remove_other_builds()
            return fresh.graph.counts()

    def _fill(
        self, build: Build, on_progress: OnProgress | None, on_row: OnRow | None
    ) -> tuple[list[Original], list[Original]]:
        """Write every original into a build, and return them with the documents that they are read as; apart, those
        that are passed over because their document stays on a better copy."""
        files = self._originals.files()
        read_as: list[Original] = []
        needless: list[Original] = []
        standing: dict[str, Original] = {}
        readings = batch.read_all([self._originals.file(file) for file in files])
        for done, (file, read) in enumerate(zip(files, readings, strict=True)):
            original = replace(file, document=read.reading.document.id) if read.reading is not None else file
            if self._stays_on(standing.get(original.document), read):
                needless.append(original)
            elif (reason := build.write(read)) is None:
                read_as.append(original)
                standing[original.document] = original
            elif on_row is not None:
                on_row(IngestRow(file.name, IngestState.REFUSED, None, reason, read.refusal, 0, ()))
            if on_progress is not None:
                on_progress(done + 1, len(files))
        return read_as, needless

    def _stays_on(self, standing: Original | None, copy: batch.Read) -> bool:
        if standing is None or copy.reading is None:
            return False
        reading = batch.read_one(self._originals.file(standing)).reading
        return reading is not None and copies.why_kept(reading, copy.reading, file=standing.name) is not None

    # Asking

    def trace(self, question: TraceQuestion) -> TraceAnswer:
        """Return who is responsible, as far as the documents say, with what people said was done."""
        return trace.trace(self._current.graph, question, self._done_days())

    def search(self, question: SearchQuestion) -> SearchAnswer:
        """Return the provisions that hold the words."""
        return self._current.index.search(question)

    def deadlines(self, question: DeadlineQuestion) -> DeadlineAnswer:
        """Return deadlines and their states, with what people said was done."""
        return deadlines.deadlines(self._current.graph, question, self._done_days())

    def overview(self, on: date) -> Overview:
        """Return the totals as of a day."""
        return documents.overview(self._current.graph, on, self._done_days())

    def documents(
        self,
        text: str = "",
        *,
        year: int | None = None,
        type: str | None = None,
        issuer: str | None = None,
        province: str | None = None,
        offset: int = 0,
    ) -> tuple[tuple[DocumentRow, ...], int]:
        """Return a page of the documents taken in, and how many there are in all."""
        return documents.documents(
            self._current.graph, text, year=year, type=type, issuer=issuer, province=province, offset=offset
        )

    def document(self, id: str) -> DocumentView | None:
        """Return all that the page of a document shows; None when it was not taken in."""
        original = self._originals.of_document(id)
        row = documents.document(self._current.graph, id)
        if original is None or row is None:
            return None
        return DocumentView(
            row=row,
            reading=self.reading(id),
            cites=documents.cites(self._current.graph, id),
            cited_by=documents.cited_by(self._current.graph, id),
            original=self.original(id).name,
            file_name=original.name,
        )

    def agencies(self, text: str, limit: int = 10, *, province: str | None = None) -> tuple[Named, ...]:
        """Return agencies that documents name, best match first, for suggestions while typing."""
        return names.agencies(self._current.graph, text, province=province, limit=limit)

    def places(self, text: str, limit: int = 10, *, province: str | None = None) -> tuple[Named, ...]:
        """Return places that documents name, best match first."""
        return names.places(self._current.graph, text, province=province, limit=limit)

    def criteria(self, text: str, limit: int = 10) -> tuple[CriterionName, ...]:
        """Return criteria that documents name, best match first."""
        return names.criteria(self._current.graph, text, limit=limit)

    def agencies_named(self, name: str, *, province: str | None = None) -> tuple[Named, ...]:
        """Return what a name or an id in a question stands for; several where it is not one agency's alone."""
        return names.resolve_agencies(self._current.graph, name, province)

    def places_named(self, name: str, *, province: str | None = None) -> tuple[Named, ...]:
        return names.resolve_places(self._current.graph, name, province)

    def criteria_named(self, name: str, *, province: str | None = None) -> tuple[CriterionName, ...]:
        return names.resolve_criteria(self._current.graph, name, set_=None, province=province, day=None)

    def document_choices(self) -> DocumentChoices:
        """Return the years, types and issuers that documents taken in have."""
        return names.document_choices(self._current.graph)

    def provinces(self) -> tuple[str, ...]:
        """Return the provinces whose documents were taken in."""
        return names.provinces(self._current.graph)

    def original(self, document: str) -> Path:
        """Return the kept file of a document; KeyError when it was not taken in."""
        original = self._standing(document)
        return self._originals.path(original.sha256, original.name)

    def file_name(self, document: str) -> str:
        """Return the name that the file of a document had; KeyError when it was not taken in."""
        return self._standing(document).name

    def reading(self, document: str) -> Reading:
        """Return what the original of a document says; KeyError when it was not taken in."""
        original = self._standing(document)
        known = self._readings.get(original.sha256)
        if known is None:
            read = batch.read_one(self._originals.file(original))
            if read.reading is None:
                log.error("reading of %s: %s\n%s", document, read.reason, read.trouble or "")
                raise errors.UnreachableError(read.reason or document)
            known = read.reading
        with self._remembering:
            self._readings[original.sha256] = known
            self._readings.move_to_end(original.sha256)
            while len(self._readings) > _READINGS:
                self._readings.popitem(last=False)
        return known

    def page_picture(self, document: str, page: int) -> bytes:
        """Return the picture of a scanned page, upright, as PNG.

        KeyError when the document was not taken in or that page of it is no scan; ReadError when it cannot be drawn.
        """
        original = self._standing(document)
        key = original.sha256, page
        known = self._pictures.get(key)
        if known is None:
            scanned = {each.number: each for each in self.reading(document).scanned_pages}[page]
            from ingest.readers.scan.pictures import page_picture

            known = page_picture(self.original(document).read_bytes(), page, turned=scanned.turned)
        with self._remembering:
            self._pictures[key] = known
            self._pictures.move_to_end(key)
            while len(self._pictures) > _PICTURES:
                self._pictures.popitem(last=False)
        return known

    # Deciding

    def set_done(self, task: str, done_on: date | None, note: str | None, by: str) -> None:
        """Log that a task was done on a day, or, with None, that it was not. Raises NotYetError for a day to come."""
        if done_on is not None and done_on > date.today():
            raise errors.NotYetError(done_on)
        with self._deciding:
            self._decisions.set_done(task, done_on, note=note, by=by)

    def _done_days(self) -> dict[str, date]:
        with self._deciding:
            return {task: decision.on for task, decision in self._decisions.done().items() if decision.on}

    def warm_up(self) -> None:
        """Load what reading needs; meant for a thread of its own, after the first page has been shown."""
        batch.warm_up()

    # Builds

    @property
    def _current(self) -> Build:
        if self._build is None:
            raise errors.OutdatedError(self.folder)
        return self._build

    def _standing(self, document: str) -> Original:
        original = self._originals.of_document(document)
        if original is None:
            raise KeyError(document)
        return original

    def _open_build(self, *, to_rebuild: bool) -> None:
        try:
            written = json.loads((self.folder / "workspace.json").read_bytes())
            layout, name = int(written["layout"]), written["build"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise errors.no_workspace_file(self.folder) from error
        if layout > LAYOUT:
            raise errors.NewerError(self.folder)
        if to_rebuild:
            return
        if name is None and not self._originals.files():  # a new workspace
            try:
                self._make_current(self._new_build())
            except StoreError as error:
                log.exception("a new build in %s", self.folder)
                raise errors.no_graph(self.folder) from error
            return
        folder = self.folder / "builds" / str(name)
        if name is None or not Build.fits(folder):
            raise errors.OutdatedError(self.folder)
        try:
            self._build = Build.open(folder)
        except OutdatedGraphError as error:
            raise errors.OutdatedError(self.folder) from error
        except Exception as error:
            log.exception("opening %s", folder)
            raise errors.no_graph(self.folder) from error
        self._remove_other_builds()
        self._catch_up()

    def _new_build(self) -> Build:
        builds = self.folder / "builds"
        builds.mkdir(exist_ok=True)
        number = 1 + max((int(path.name) for path in builds.iterdir() if path.name.isdecimal()), default=0)
        return Build.open(builds / str(number))

    def _make_current(self, build: Build) -> None:
        build.index.commit()
        write_whole(self.folder / "workspace.json", _about(build.folder.name))
        if self._build is not None:
            self._left.append(self._build)
        self._build = build

    def _remove_other_builds(self) -> None:
        for path in (self.folder / "builds").iterdir():
            if path != self._current.folder:
                shutil.rmtree(path, ignore_errors=True)

    def _catch_up(self) -> None:
        """Write into graph and index what a kill left out: the end of the log that they have not reached."""
        build = self._current
        left_out = list(self._originals.since(build.reached))
        if not left_out:
            return
        behind = {original.document for original, _ in left_out}
        log.warning("catching up with %d documents", len(behind))
        lost: list[Original] = []
        for document in sorted(behind):
            original = self._originals.of_document(document)
            if original is None:
                build.remove(document)
            elif build.write(batch.read_one(self._originals.file(original))) is not None:
                lost.append(replace(original, withdrawn=True))  # so that the file can be taken in again
        build.reach(self._originals.record(lost))


def _restated(originals: Originals, read_as: list[Original], needless: list[Original]) -> list[Original]:
    """Return what the log must say further where this version reads other documents in the files than it says, or
    does not need a file.

    All files of a document concerned are said again in their order, for the last one said is the one it stands on.
    """
    said = {file.sha256: file for file in originals.files()}
    changed = [*(file for file in read_as if said[file.sha256].document != file.document), *needless]
    concerned = {file.document for file in changed} | {said[file.sha256].document for file in changed}
    withdrawn = [replace(said[file.sha256], withdrawn=True) for file in changed]
    return withdrawn + [file for file in read_as if file.document in concerned]


def _hash_or_none(path: Path) -> str | None:
    """Return the hash of a file, None where its reading will say what is wrong with it."""
    try:
        return hash_of(path) if path.is_file() and path.stat().st_size <= DEFAULT.bytes else None
    except OSError:
        return None


def _about(build: str | None) -> bytes:
    return json.dumps({"layout": LAYOUT, "build": build}).encode()


def _log_to(folder: Path) -> logging.Handler:
    (folder / "logs").mkdir(exist_ok=True)
    handler = RotatingFileHandler(
        folder / "logs" / "ntmgraph.log", maxBytes=1 << 20, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger("ntmgraph").addHandler(handler)
    return handler


def _stop_logging(handler: logging.Handler) -> None:
    logging.getLogger("ntmgraph").removeHandler(handler)
    handler.close()
