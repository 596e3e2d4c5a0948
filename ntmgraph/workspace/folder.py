"""A workspace in a folder, for one program at a time.

    workspace.json    version of the layout, and which build is the current one
    lock              held by the process that works here
    originals/        the files taken in, with the log of their taking in      } the truth
    decisions.jsonl   what people decided                                      }
    searches.json     searches that people saved on this machine
    recognised/       the text of scans, so that no page is recognised twice; may be deleted at any time
    batches.jsonl     the book of takings in, for people (`ledger.py`)
    refused/          files that could not be read, to be tried again; may be deleted at any time
    builds/NAME/      graph/, search/ and how far the logs have gone into them   made from the truth, at any time anew
    logs/             details of errors

The truth is written first, then the graph, then the index, then how far they came. A kill between any two of these
leaves a log that is ahead of its build, and opening goes on from there.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Self

from ntmgraph.ids import is_doubt
from ntmgraph.lock import Lock
from ntmgraph.model import Reading
from ntmgraph.store import GraphStore, OutdatedGraphError, StoreError
from ntmgraph.store.search import SearchIndex
from ntmgraph.workspace import errors
from ntmgraph.workspace.builds import Build
from ntmgraph.workspace.decisions import Decision, JournalDecisions, Unchecked, document_decided_on
from ntmgraph.workspace.home import ReadAnew, Taken, decided
from ntmgraph.workspace.journal import write_whole
from ntmgraph.workspace.originals import JournalOriginals, Original

log = logging.getLogger(__name__)

LAYOUT = 2  # of the folder; a program refuses a workspace of a newer one

# Bytes that one transaction and the checkpoint after it may need: where the engine cannot write, it ends the process.
_ROOM = 32 * 2**20

_FIRST = ("lock", "workspace.json.new")  # what a kill may leave of a workspace that was just begun


class FolderHome:
    """A Home in a folder."""

    def __init__(self, folder: Path, lock: Lock) -> None:
        self.folder = folder
        self._lock = lock
        self.originals = JournalOriginals(folder / "originals")
        self.decisions = JournalDecisions(folder / "decisions.jsonl")
        self._build: Build | None = None
        self._left: list[Build] = []  # replaced while a page may still be reading them
        self._writes = 0
        self._behind = False  # a decision that is logged is not in the graph; the next opening writes it

    @classmethod
    def open(cls, folder: Path, *, task: str, patience: float, to_rebuild: bool) -> Self:
        """Open the workspace in a folder, made there if the folder is empty or missing; see `Workspace.open`."""
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
            home = cls(folder, lock)
        except OSError as error:
            lock.release()
            raise errors.no_folder(folder, error) from error
        try:
            home._open_build(to_rebuild=to_rebuild)
        except OSError as error:
            home.close()
            raise errors.no_folder(folder, error) from error
        except BaseException:
            home.close()
            raise
        return home

    @property
    def where(self) -> str:
        return str(self.folder)

    @property
    def graph(self) -> GraphStore:
        return self._current.graph

    @property
    def written(self) -> int:
        return self._writes

    @property
    def index(self) -> SearchIndex:
        return self._current.index

    def close(self) -> None:
        """Finish what is being written and let other processes in."""
        for build in (*self._left, *([self._build] if self._build else [])):
            build.close()
        self._left, self._build = [], None
        self._lock.release()

    def write(self, taken: Sequence[Taken]) -> list[str | None]:
        if not taken:
            return []
        self._check_room()
        end = self.originals.record(each.original for each in taken)
        with self._writing() as build:
            reasons = build.write(decided((each.reading for each in taken), self.decisions.all()))
            stands_on = {each.original.document: each.standing for each in taken}
            for each, reason in zip(taken, reasons, strict=True):
                if reason is None:
                    stands_on[each.original.document] = each.original
                else:
                    end = self._withdraw(each.original, stands_on[each.original.document])
            build.reach(end)
        return reasons

    def _withdraw(self, original: Original, before: Original | None) -> int:
        """Take back a file that could not be written; its document stands on what it stood on before, if anything."""
        withdrawn = replace(original, withdrawn=True)
        if before is None:
            self._current.remove(original.document)
            return self.originals.record([withdrawn])
        return self.originals.record([withdrawn, before])

    def decide(self, decisions: Sequence[Decision], read: ReadAnew, *, seen: str | Unchecked | None) -> None:
        build = self._current
        self._check_room()
        self.decisions.append(decisions, seen=seen)
        refused: list[str] = []
        if concerned := decided(read(), self.decisions.all()):
            with self._writing():
                reasons = build.write(concerned)
            refused = [each.document.id for each, reason in zip(concerned, reasons, strict=True) if reason is not None]
        self._behind |= bool(refused and decisions)
        if not self._behind:
            build.reach_decisions(len(self.decisions.all()))
        if refused:
            originals = [self.originals.of_document(document) for document in refused]
            files = [original.name for original in originals if original is not None]
            raise errors.not_written(self.folder, files, decided=bool(decisions))

    @contextmanager
    def rebuild(self) -> Iterator[_Rebuilding]:
        self._check_room(_size(self.folder / "builds") if self._build is None else _size(self._build.folder))
        fresh = self._new_build()
        try:
            yield _Rebuilding(self, fresh)
        finally:
            if fresh is not self._build:
                fresh.close()

    def catch_up(self, read: Callable[[str], Reading | str]) -> None:
        """Write into graph and index what a kill left out: the ends of the logs that they have not reached."""
        build = self._current
        left_out = {original.document for original, _ in self.originals.since(build.reached)}
        said = [each for each in self.decisions.all()[build.reached_decisions :] if not is_doubt(each.fact)]
        decided_on = {document for each in said if (document := document_decided_on(each)) is not None}
        if len(decided_on) < len({document_decided_on(each) for each in said}):  # one of them is about every document
            decided_on |= {original.document for original in self.originals.files()}
        if not left_out and not decided_on:
            return
        self._check_room()
        log.warning("catching up with %d documents", len(left_out | decided_on))
        lost: list[Original] = []
        for document in sorted(left_out | decided_on):
            original = self.originals.of_document(document)
            if original is None:
                build.remove(document)
                continue
            reading = read(document)
            if isinstance(reading, str):
                log.error("reading %s: %s", document, reading)
                written = False
            else:
                written = build.write(decided([reading], self.decisions.all()))[0] is None
            if not written and document in left_out:
                lost.append(replace(original, withdrawn=True))  # so that the file can be taken in again
            elif not written and not isinstance(reading, str):  # it stands as it was before
                self._behind = True
        build.reach(self.originals.record(lost))
        if not self._behind:
            build.reach_decisions(len(self.decisions.all()))

    # Builds

    @contextmanager
    def _writing(self) -> Iterator[Build]:
        try:
            yield self._current
        finally:  # and not before: what is worked out meanwhile may rest on what it was
            self._writes += 1

    @property
    def _current(self) -> Build:
        if self._build is None:
            raise errors.OutdatedError(self.folder)
        return self._build

    def _open_build(self, *, to_rebuild: bool) -> None:
        try:
            written = json.loads((self.folder / "workspace.json").read_bytes())
            layout, name = int(written["layout"]), written["build"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            if to_rebuild:  # it says nothing but which build is the current one, and a rebuild writes that anew
                return
            raise errors.no_workspace_file(self.folder) from error
        if layout > LAYOUT:
            raise errors.NewerError(self.folder)
        if to_rebuild:
            return
        if name is None and not self.originals.files():  # a new workspace
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

    def _check_room(self, more: int = 0) -> None:
        """Raise UnreachableError where the disk has not that many bytes beyond what a write may need."""
        if (free := shutil.disk_usage(self.folder).free) < _ROOM + more:
            raise errors.no_room(self.folder, free, _ROOM + more)

    def _new_build(self) -> Build:
        self._check_room()
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
        self._writes += 1

    def _remove_other_builds(self) -> None:
        for path in (self.folder / "builds").iterdir():
            if path != self._current.folder:
                shutil.rmtree(path, ignore_errors=True)


class _Rebuilding:
    def __init__(self, home: FolderHome, build: Build) -> None:
        self._home = home
        self._build = build
        self._decisions = home.decisions.all()

    def write(self, readings: Sequence[Reading]) -> list[str | None]:
        return self._build.write(decided(readings, self._decisions))

    def finish(self, restated: Sequence[Original]) -> None:
        home = self._home
        self._build.reach(home.originals.record(restated))
        self._build.reach_decisions(len(self._decisions))
        home._make_current(self._build)
        home._behind = False
        if not home._left:
            home._remove_other_builds()


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _about(build: str | None) -> bytes:
    return json.dumps({"layout": LAYOUT, "build": build}).encode()
