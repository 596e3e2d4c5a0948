"""A workspace on the Neo4j of an office, which several programs use at once.

Truth, graph and index are one database. What takes in a document logs it and writes it in one transaction, so a kill
leaves it whole or absent; what decides logs the decision and writes the documents that it changes in one, too. Nothing
that a client has read may have changed until its transaction writes: how far the logs go is looked up again there, and
where that matters, the transaction is given up and made anew. This machine keeps copies of originals that it has shown,
and its own log.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import logging
import platform
import threading
import time
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self, TypeVar
from uuid import uuid4

from ntmgraph.authority import catalogue
from ntmgraph.model import Reading
from ntmgraph.store import StoreError, texts
from ntmgraph.store.connection import Connection
from ntmgraph.store.graph import OutdatedGraphError, RefusedError, Row, ServerError
from ntmgraph.store.kinds import NODE_KINDS
from ntmgraph.store.neo4j import NOTICE, Neo4jGraph
from ntmgraph.store.neo4j_search import Neo4jIndex, passage_rows, write_passages
from ntmgraph.store.rows import Rows, catalogue_rows
from ntmgraph.store.writing import Run, Writing, check_version, latest_rows, needs_catalogue
from ntmgraph.text import slug
from ntmgraph.workspace import errors
from ntmgraph.workspace.decisions import Decision, Unchecked, document_decided_on, fresh, from_record, to_record
from ntmgraph.workspace.home import NOT_WRITTEN, ChangedMeanwhileError, ReadAnew, Taken, decided
from ntmgraph.workspace.originals import FileChangedError, KeptFiles, MissingFileError, Original, hash_of
from ntmgraph.workspace.originals import from_record as original_from
from ntmgraph.workspace.originals import to_record as original_record

log = logging.getLogger(__name__)

T = TypeVar("T")

CHUNK = 1 << 20  # bytes of a piece of a file: the server holds a whole property in memory
_WIPED = 5000  # nodes removed in one transaction
_ROWS = 2000  # of a log, in one message
_TRIES = 3  # without keeping others from writing meanwhile


class _ChangedError(Exception):
    """Somebody decided or took in something that concerns what this transaction would write."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What a transaction is to write, and how far the logs went when it was made."""

    decisions: int
    takings: int
    latest: dict[str, Reading]
    rows: Rows
    passages: list[Row]


class _Graph(Neo4jGraph):
    """The graph; what it says, it says as a workspace does."""

    def run_read(self, text: str, **parameters: object) -> list[Row]:
        with said():
            return super().run_read(text, **parameters)

    def run_whole(self, text: str, **parameters: object) -> list[Row]:
        with said():
            return super().run_whole(text, **parameters)

    def write(self, work: Callable[[Writing], T]) -> T:
        with said():
            return super().write(work)

    def check_whole(self, turn: Sequence[Row]) -> None:
        super().check_whole(turn)
        if turn:
            needs_catalogue(turn[0], catalogue())


class SharedHome:
    """A Home in a Neo4j database."""

    def __init__(self, graph: Neo4jGraph, folder: Path, where: str) -> None:
        self.folder = folder
        self.where = where
        self.graph = graph
        self.index = Neo4jIndex(graph)
        self.originals = SharedOriginals(graph, folder / "originals")
        self.decisions = SharedDecisions(graph, where)

    @classmethod
    def open(cls, address: str, *, beside: Path, task: str, to_rebuild: bool) -> Self:
        """Open the workspace on a server, begun there if its database is empty; see `Workspace.open`."""
        with said():
            connection = Connection.of(address)
            folder = beside.with_name(f"{beside.name}-chung") / slug(str(connection))
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise errors.no_folder(folder, error) from error
            graph = _Graph.open(connection, check=not to_rebuild)
            try:
                if not to_rebuild:
                    graph.check_whole(graph.run_read(texts.shared("turn")))
                    graph.load_catalogue(catalogue())
            except BaseException:
                graph.close()
                raise
        log.info("%s: %s", connection, task)
        return cls(graph, folder, str(connection))

    def close(self) -> None:
        self.graph.close()

    def write(self, taken: Sequence[Taken]) -> list[str | None]:
        if not taken:
            return []
        try:
            self._write_decided(lambda: [each.reading for each in taken], lambda write: self._log(write, taken))
        except ChangedMeanwhileError:
            raise
        except Exception as error:
            if not _of_one_document(error):
                raise
            if len(taken) == 1:
                log.exception("writing %s", taken[0].original.document)
                return [_reason(error)]
        else:
            return [None] * len(taken)
        reasons: list[str | None] = []
        standing: dict[str, Original] = {}
        for each in taken:
            document = each.original.document
            reasons += self.write([replace(each, standing=standing.get(document, each.standing))])
            if reasons[-1] is None:
                standing[document] = each.original
        return reasons

    def decide(self, decisions: Sequence[Decision], read: ReadAnew, *, seen: str | Unchecked | None) -> None:
        self._write_decided(
            lambda: list(read()), lambda write: self.decisions.log(write, decisions, seen=seen), new=decisions
        )

    @contextmanager
    def rebuild(self) -> Iterator[_Rebuilding]:
        rebuilding = _Rebuilding(self)
        with said():
            rebuilding.begin()
        yield rebuilding

    def catch_up(self, read: Callable[[str], Reading | str]) -> None:
        """Nothing: log, graph and index are written in one transaction."""

    def _log(self, write: Writing, taken: Sequence[Taken]) -> None:
        """Log takings in; ChangedMeanwhileError where a document stands on another file than was looked up."""
        documents = {each.original.document: each.standing for each in taken}
        rows = write.run(texts.shared("takings_of_documents"), ids=list(documents))
        for document, standing in documents.items():
            now = _standing(row for row in rows if row["document"] == document)
            if (now and now.sha256) != (standing and standing.sha256):
                raise ChangedMeanwhileError
        self.originals.log(write, [each.original for each in taken])

    def _write_decided(
        self, read: Callable[[], list[Reading]], also: Callable[[Writing], None], *, new: Sequence[Decision] = ()
    ) -> None:
        """Write readings as people decided on them, these new decisions among the others, and something else."""
        concerned = {document_decided_on(each) for each in new}

        def make() -> _Made:
            takings = self._turn()["takings"]
            known = self.decisions.all()
            logged = {each.id for each in known}
            also_new = [each for each in new if each.id not in logged]
            latest, rows = latest_rows(decided(read(), [*known, *also_new]))
            return _Made(len(known), takings, latest, rows, passage_rows(latest.values()))

        def work(write: Writing, made: _Made | None) -> None:
            turn = write.run(texts.shared("turn"))
            self.graph.check_whole(turn)
            if made is None:
                self.decisions.read_whole(write)
                made = make()
            if turn[0]["decisions"] != made.decisions or self._taken_in_meanwhile(write, concerned, made.takings):
                raise _ChangedError
            also(write)
            if made.latest:
                write.replace(made.latest, made.rows)
                write_passages(write, made.latest, made.passages)
                write.run(texts.shared("note_written"))

        for _ in range(_TRIES):
            made = make()
            with suppress(_ChangedError):
                self.graph.write(partial(work, made=made))
                return
        try:
            self.graph.write(partial(work, made=None))  # read in our turn; what was read before is not read again
        except _ChangedError:
            raise errors.TornLogError(self.where) from None

    def _taken_in_meanwhile(self, write: Writing, concerned: Set[str | None], takings: int) -> bool:
        """Return whether a document that decisions are about was taken in since; None: they are about every one."""
        if not concerned:
            return False
        documents = {row["document"] for row in write.run(texts.shared("takings_since"), number=takings)}
        return bool(documents if None in concerned else documents & concerned)

    @property
    def written(self) -> int:
        return int(self._turn()["writes"])

    def _turn(self) -> Row:
        return self.graph.run_read(texts.shared("turn"))[0]


class _Rebuilding:
    """Graph and index made anew in their place: meanwhile everybody is told so. Who comes later takes over."""

    def __init__(self, home: SharedHome) -> None:
        self._home = home
        self._token = uuid4().hex
        self._decisions: Sequence[Decision] = ()

    def begin(self) -> None:
        graph = self._home.graph
        self._home.decisions.all()  # that some are missing is told before anything is removed
        who = f"{getpass.getuser()} ({platform.node()}), từ {datetime.now():%H:%M ngày %d/%m/%Y}"
        graph.define(texts.shared("begin_turns"))

        def claim(write: Writing) -> None:
            check_version(write.run(texts.shared("turn"))[0], self._home.where, to_rebuild=True)
            write.run(texts.shared("set_rebuilding"), who=who, token=self._token)

        graph.write(claim)
        time.sleep(2 * NOTICE)
        for label in ("Graph", "Passage", *NODE_KINDS):
            self._wipe(texts.shared("wipe").replace("LABEL", label))
        graph.make_schema()
        known = catalogue_rows(catalogue())

        def load(write: Writing) -> None:
            write.catalogue(known, catalogue().version)

        self._write(load)
        self._decisions = self._home.decisions.all()

    def write(self, readings: Sequence[Reading]) -> list[str | None]:
        if not readings:
            return []
        latest, rows = latest_rows(decided(readings, self._decisions))
        passages = passage_rows(latest.values())

        def work(write: Writing) -> None:
            write.replace(latest, rows)
            write_passages(write, latest, passages)

        try:
            self._write(work)
        except Exception as error:
            if not _of_one_document(error):
                raise
            if len(readings) > 1:
                return [reason for each in readings for reason in self.write([each])]
            log.exception("writing %s", readings[0].document.id)
            return [_reason(error)]
        return [None] * len(readings)

    def finish(self, restated: Sequence[Original]) -> None:
        def work(write: Writing) -> None:
            self._home.originals.log(write, restated)
            write.run(texts.shared("set_rebuilding"), who="", token="")

        self._write(work)

    def _wipe(self, text: str) -> None:
        while self._write(lambda write: int(write.run(text, limit=_WIPED)[0]["gone"])):
            pass

    def _write(self, work: Callable[[Writing], T]) -> T:
        def guarded(write: Writing) -> T:
            turn = write.run(texts.shared("turn"))[0]
            if turn["rebuilder"] != self._token:
                raise errors.UnreachableError(
                    f"Đồ thị chung {self._home.where} đang được {turn['rebuilding'] or 'máy khác'} dựng lại, nên lần "
                    "dựng lại này dừng ở đây. Hãy chờ bên đó xong."
                )
            return work(write)

        return self._home.graph.write(guarded)


def _of_one_document(error: Exception) -> bool:
    """Return whether an error may be that of one document, which must not keep the others out."""
    return isinstance(error, errors.NotWrittenError) or not isinstance(error, errors.WorkspaceError)


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, errors.NotWrittenError) else NOT_WRITTEN


class SharedOriginals:
    """Originals in a database, in pieces; copies of those shown on this machine are kept in a folder."""

    def __init__(self, graph: Neo4jGraph, folder: Path) -> None:
        self._graph = graph
        self._kept = KeptFiles(folder)

    def keep(self, path: Path, sha256: str, name: str) -> None:
        self._kept.keep(path, sha256, name)
        found = self._graph.run_read(texts.shared("original"), sha256=sha256)
        known = self._known(sha256, found[0]["chunks"]) if found else set()
        if not found or len(known) < found[0]["chunks"]:
            if hash_of(self._kept.path(sha256, name)) != sha256:  # the copy of this machine
                self._kept.restore(path, sha256, name)
            self._send(self._kept.path(sha256, name), sha256)

    def restore(self, path: Path, sha256: str, name: str) -> None:
        self._kept.restore(path, sha256, name)
        self._send(self._kept.path(sha256, name), sha256, again=True)

    def path(self, sha256: str, name: str) -> Path:
        kept = self._kept.path(sha256, name)
        if kept.exists() and hash_of(kept) == sha256:
            return kept
        found = self._graph.run_read(texts.shared("original"), sha256=sha256)
        if not found:
            raise MissingFileError(f"{name}: tệp gốc không còn trong cơ sở dữ liệu chung; hãy nạp lại tệp này.")
        try:
            return self._kept.keep_pieces(self._chunks(sha256, found[0]["chunks"]), sha256, name)
        except FileChangedError as error:
            raise MissingFileError(
                f"{name}: tệp gốc trong cơ sở dữ liệu chung bị hỏng; hãy nạp lại tệp này."
            ) from error
        except OSError as error:
            raise errors.no_folder(kept.parent, error) from error

    def recognised(self, sha256: str) -> Path:
        return self._kept.recognised(sha256)

    def of_document(self, document: str) -> Original | None:
        return _standing(self._graph.run_read(texts.shared("takings_of_documents"), ids=[document]))

    def of_hash(self, sha256: str) -> Original | None:
        rows = self._graph.run_read(texts.shared("takings_of_file"), sha256=sha256)
        last = original_from(rows[-1]) if rows else None
        return None if last is None or last.withdrawn else last

    def files(self) -> list[Original]:
        files: dict[str, Original] = {}
        rows = self._graph.run_read(texts.shared("takings"))
        for original in map(original_from, rows):
            files.pop(original.sha256, None)  # put last: the order is that of taking in
            if not original.withdrawn:
                files[original.sha256] = original
        return list(files.values())

    def damage(self, original: Original) -> str | None:
        name = original.name
        found = self._graph.run_read(texts.shared("original"), sha256=original.sha256)
        if not found:
            return f"Cơ sở dữ liệu chung thiếu tệp gốc {name}. Hãy nạp lại tệp này từ máy còn giữ nó."
        digest = hashlib.sha256()
        for piece in self._chunks(original.sha256, found[0]["chunks"]):
            digest.update(piece)
        if digest.hexdigest() == original.sha256:
            return None
        return f"Tệp gốc {name} trong cơ sở dữ liệu chung bị hỏng. Hãy nạp lại tệp này từ máy còn giữ nó."

    def log(self, write: Writing, originals: Sequence[Original]) -> None:
        """Log takings in, in the transaction that writes their documents."""
        count = write.run(texts.shared("turn"))[0]["takings"]
        for some in _parts(originals):
            rows = [
                {"id": uuid4().hex, "number": number, "withdrawn": False, **original_record(original)}
                for number, original in enumerate(some, start=count + 1)
            ]
            count += len(rows)
            write.run(texts.shared("append_takings"), rows=rows, takings=count)

    def _chunks(self, sha256: str, count: int) -> Iterator[bytes]:
        for number in range(count):
            rows = self._graph.run_read(texts.shared("chunk"), id=_chunk_id(sha256, number))
            yield bytes(rows[0]["data"]) if rows else b""

    def _known(self, sha256: str, count: int) -> set[str]:
        """Return the ids of those pieces of a file that are there."""
        ids = [_chunk_id(sha256, number) for number in range(count)]
        return {row["id"] for row in self._graph.run_read(texts.shared("known_chunks"), ids=ids)}

    def _send(self, kept: Path, sha256: str, *, again: bool = False) -> None:
        """Write a file piece by piece; with the last one it is said that all are there. again: also known pieces."""
        size = kept.stat().st_size
        count = -(-size // CHUNK)
        known = set() if again else self._known(sha256, count)

        def put(write: Writing, id: str, data: bytes, *, last: bool) -> None:
            if id not in known:
                write.run(texts.shared("put_chunk"), id=id, data=data)
            if last:
                write.run(texts.shared("put_original"), sha256=sha256, size=size, chunks=count)

        with kept.open("rb") as file:
            for number in range(count):
                id, last = _chunk_id(sha256, number), number == count - 1
                data = file.read(CHUNK)
                if last or id not in known:
                    self._graph.write(partial(put, id=id, data=data, last=last))


class SharedDecisions:
    """The log of decisions in a database; what it says is kept here, and only what came since is asked for."""

    def __init__(self, graph: Neo4jGraph, where: str) -> None:
        self._graph = graph
        self._where = where
        self._lock = threading.Lock()
        self._read: tuple[Decision, ...] = ()

    def all(self) -> Sequence[Decision]:
        """Return every decision in the order of the log; raises TornLogError where some are missing."""
        if not self._read_on(self._graph.run_read):
            # A reader may see a part of what is being committed. Who has the turn sees all: nobody writes meanwhile.
            self._graph.write(self.read_whole)
        return self._read

    def read_whole(self, write: Writing) -> None:
        """Read the log on in a transaction that has not written to it yet; raises TornLogError."""
        if not self._read_on(write.run):
            raise errors.TornLogError(self._where)

    def _read_on(self, run: Run) -> bool:
        """Read what was decided since; return whether nothing is missing of what the node of turns counts."""
        with self._lock:
            rows = run(texts.shared("decisions_since"), number=len(self._read))
            new = [from_record(row) for number, row in enumerate(rows, len(self._read) + 1) if row["number"] == number]
            if new:
                self._read = (*self._read, *new)
            return not rows or len(self._read) >= rows[0]["logged"]

    def append(self, decisions: Sequence[Decision], *, seen: str | Unchecked | None) -> None:
        self._graph.write(lambda write: self.log(write, decisions, seen=seen))

    def log(self, write: Writing, decisions: Sequence[Decision], *, seen: str | Unchecked | None) -> None:
        """Log decisions in a transaction; raises DecidedMeanwhileError, UnknownDecisionError, TornLogError."""
        self.read_whole(write)
        earlier = self._read
        count = len(earlier)
        for some in _parts(fresh(earlier, decisions, seen)):
            rows = [{"number": number, **_record(decision)} for number, decision in enumerate(some, start=count + 1)]
            count += len(rows)
            write.run(texts.shared("append_decisions"), rows=rows, decisions=count)


def _parts(things: Sequence[T]) -> Iterator[Sequence[T]]:
    return (things[start : start + _ROWS] for start in range(0, len(things), _ROWS))


def _record(decision: Decision) -> Row:
    record = to_record(decision)
    return record | {name: _json(record[name]) for name in ("before", "after")}


def _json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _standing(rows: Iterator[Row] | Sequence[Row]) -> Original | None:
    """Return the file that one document stands on, by the log of it."""
    standing: Original | None = None
    for original in map(original_from, rows):
        if not original.withdrawn:
            standing = original
        elif standing is not None and standing.sha256 == original.sha256:
            standing = None
    return standing


def _chunk_id(sha256: str, number: int) -> str:
    return f"{sha256}:{number}"


@contextmanager
def said() -> Iterator[None]:
    """Turn what the store says into what a workspace says; the sentences are the same."""
    try:
        yield
    except OutdatedGraphError as error:
        raise errors.OutdatedSharedError(str(error)) from error
    except RefusedError as error:
        raise errors.NotWrittenError(str(error)) from error
    except ServerError as error:
        raise errors.NotDoneError(str(error)) from error
    except StoreError as error:
        raise errors.UnreachableError(str(error)) from error
