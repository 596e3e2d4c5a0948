"""The embedded graph: one file, one process that writes it, several threads that ask.

What the engine needs and why (measured with ladybug 0.22): a list of maps must show a value of each type, so every
batch starts with a sample row (`store/writing.py`); nodes are found by primary key, one `{id: ...}` at a time or
`UNWIND` + `MATCH` + `OPTIONAL MATCH`, while `id IN $ids` reads the whole table.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import LifoQueue

import ladybug

from ntmgraph.authority import Authority
from ntmgraph.model import Reading
from ntmgraph.store import texts
from ntmgraph.store.graph import Row, StoreError
from ntmgraph.store.kinds import EDGE_KINDS, NODE_KINDS
from ntmgraph.store.rows import Rows, catalogue_rows
from ntmgraph.store.writing import Writing, check_version, latest_rows, needs_catalogue

log = logging.getLogger(__name__)

FILE = "graph.ladybug"
# Bytes of pages kept in memory, a limit: the engine's default is 80 % of the machine's, and at 256 MB eight threads
# that asked while one wrote filled it.
_CACHE = 512 * 2**20
_MEMORY = 2**31  # bytes that a graph without a file may grow to
_READERS = 2  # connections: each keeps tens of MB of the cache for itself, and five of them fill it
# A checkpoint works the log into the file. By bytes alone it comes too often for batches (the default of 16 MB halves
# the rate of taking in) and too late for single documents, whose rows hold memory until then (0.1 to 0.5 MB each).
_LOG = 64 * 2**20  # bytes
_TRANSACTIONS = 150
# Closing leaves a log to be read when the graph is opened again, which holds 150 to 250 times its bytes of memory from
# then on (8 directives: 220 MB); working it into the file rewrites edges of the whole graph, 0.3 s for the samples, 8 s
# at 10,000 directives. So it is left where it is small beside the file, and never more of it than some 20 directives.
_LEFT = 2 * 2**20  # bytes
_SHARE = 64  # how many times as large as the log the file is, at least
_LONG = 300  # rows of a list
_STATEMENTS = 12  # kept prepared on a connection: each holds about 2 MB of the cache
_LARGEST = 2**38  # bytes of address space set aside: the default of 8 TB is refused on small machines
# COPY takes rows in far faster than a list of maps, but a transaction that uses it is worked into the file at once, at
# a cost in time and memory that grows with the graph: it pays from some hundred directives on, for their larger kinds,
# into a graph that is not large yet.
_BULK = 40_000  # edges of a transaction
_MANY = 400  # rows of a kind
_LARGE = 256 * 2**20  # bytes of the file: about 2,500 directives


def open_embedded(folder: Path | None) -> EmbeddedGraph:
    """Return the graph of a folder, made when it is not there; None: a graph in memory, gone when closed.

    Raises StoreError when another process holds it or its file is damaged, OutdatedGraphError when it was made by
    another version.
    """
    path = ":memory:" if folder is None else str(folder / FILE)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    try:
        cache = _CACHE if folder is not None else _MEMORY
        database = ladybug.Database(path, buffer_pool_size=cache, max_db_size=_LARGEST, checkpoint_threshold=_LOG)
    except RuntimeError as error:
        if "lock" in str(error).lower():
            message = (
                f"Đồ thị {path} đang được một chương trình khác mở. Hãy đóng cửa sổ ntmgraph kia (hoặc chờ lệnh kia "
                "chạy xong) rồi thử lại."
            )
        else:
            message = f"Không mở được đồ thị {path}. Hãy chạy “ntmgraph rebuild” để dựng lại từ các tệp gốc."
        raise StoreError(message) from error
    graph = EmbeddedGraph(database, None if folder is None else folder / FILE)
    try:
        graph.prepare(path)
    except BaseException:
        graph.close()
        raise
    return graph


class EmbeddedGraph:
    """A GraphStore in this process. Few ask at a time, whatever thread they come from; one writes."""

    def __init__(self, database: ladybug.Database, file: Path | None) -> None:
        self._database = database
        self._file = file
        self._log_file = None if file is None else file.with_name(f"{file.name}.wal")
        # The last one used first: a connection is opened only when the others are busy.
        self._readers: LifoQueue[_Session | None] = LifoQueue()
        for _ in range(_READERS):
            self._readers.put(None)
        self._writer: _Session | None = None
        self._writing = threading.Lock()
        self._transactions = 0  # since the last checkpoint

    def prepare(self, path: str) -> None:
        """Make the tables of a new graph, or check that they are of this version."""
        self._rows("CALL force_checkpoint_on_close=false", {})
        if self._rows("CALL show_tables() RETURN name", {}):
            check_version(self.ask("graph")[0], path)
            return
        with self._transaction() as write:
            for statement in texts.statements("schema", "ladybug"):
                write.run(statement)
            write.begin_graph()

    def load_catalogue(self, authority: Authority) -> None:
        if not needs_catalogue(self.ask("graph")[0], authority):
            return
        rows = catalogue_rows(authority)
        with self._transaction() as write:
            write.catalogue(rows, authority.version)
        with self._writing:
            assert self._writer is not None
            self._checkpoint(self._writer)

    def replace(self, *readings: Reading) -> None:
        latest, rows = latest_rows(readings)
        with self._transaction() as write:
            write.replace(latest, rows)

    def remove(self, document: str) -> None:
        with self._transaction() as write:
            write.remove(document)

    def ask(self, question: str, **parameters: object) -> list[Row]:
        return self._rows(texts.read_text(question), parameters)

    def written_nodes(self, label: str, ids: Sequence[str]) -> list[Row]:
        return self._rows(texts.written_nodes(label)[0], {"ids": ids})

    def written_edges(self, type: str, ends: tuple[str, str], ids: Sequence[str]) -> list[Row]:
        return self._rows(texts.written_edges(type, *ends)[0], {"ids": ids})

    def counts(self) -> dict[str, int]:
        return {kind: int(self._rows(text, {})[0]["n"]) for kind, text in texts.counting().items()}

    def close(self) -> None:
        idle = [self._readers.get() for _ in range(_READERS)]  # waits for questions under way
        if self._log_is_large():
            self._writer = self._writer or _Session(self._database)
            self._checkpoint(self._writer)
        for session in (*idle, self._writer):
            if session is not None:
                session.close()
        self._writer = None
        self._database.close()
        for _ in idle:  # who asks from now on gets an error, and does not wait for ever
            self._readers.put(None)

    @contextmanager
    def _transaction(self) -> Iterator[_Writing]:
        with self._writing:
            session = self._writer = self._writer or _Session(self._database)
            session.execute("BEGIN TRANSACTION")
            try:
                yield _Writing(session, large=self._file is not None and _size(self._file) > _LARGE)
                session.execute("COMMIT")
            except BaseException:
                # The engine rolls back by itself when it runs out of memory, and then has nothing to roll back.
                with suppress(RuntimeError):
                    session.execute("ROLLBACK")
                raise
            self._transactions += 1
            if self._transactions >= _TRANSACTIONS:
                self._checkpoint(session)

    def _log_is_large(self) -> bool:
        if self._file is None or self._log_file is None:
            return False
        return _size(self._log_file) > min(_LEFT, _size(self._file) // _SHARE)

    def _checkpoint(self, session: _Session) -> None:
        """Work the log into the file, which frees the memory that written rows hold until then."""
        try:
            session.execute("CHECKPOINT")
        except RuntimeError:  # questions under way did not end in time: the next transaction tries again
            log.info("checkpoint put off", exc_info=True)
        else:
            self._transactions = 0

    def _rows(self, text: str, parameters: dict[str, object]) -> list[Row]:
        session = self._readers.get()
        try:
            session = session or _Session(self._database)
            return session.run(text, parameters)
        finally:
            self._readers.put(session)


class _Writing(Writing):
    """One write transaction; many rows of a kind go in by COPY, which is far faster than a list of maps."""

    def __init__(self, session: _Session, *, large: bool) -> None:
        super().__init__(lambda text, **parameters: session.run(text, parameters))
        self._session = session
        self._large = large
        self._bulk = False

    def catalogue(self, rows: Rows, version: str) -> None:
        self._bulk = True
        super().catalogue(rows, version)

    def replace(self, latest: Collection[str], rows: Rows) -> None:
        self._bulk = not self._large and sum(map(len, rows.edges.values())) >= _BULK
        super().replace(latest, rows)

    def create_nodes(self, label: str, nodes: Sequence[Row]) -> None:
        if not self._bulk or len(nodes) < _MANY:
            super().create_nodes(label, nodes)
        else:
            self._session.copy(label, ("id", *NODE_KINDS[label].properties), nodes)

    def create_edges(self, type: str, ends: tuple[str, str], edges: Sequence[Row]) -> None:
        if not self._bulk or len(edges) < _MANY:
            super().create_edges(type, ends, edges)
        else:
            self._session.copy(type, ("from_id", "to_id", *EDGE_KINDS[type].properties), edges, ends=ends)


class _Session:
    """One connection, and what was prepared on it; used by one thread at a time."""

    def __init__(self, database: ladybug.Database) -> None:
        self._connection = ladybug.Connection(database)
        # The most recently used last.
        self._prepared: dict[tuple[str, tuple[object, ...]], ladybug.PreparedStatement] = {}

    def close(self) -> None:
        self._prepared.clear()
        self._connection.close()

    def run(self, text: str, parameters: Row) -> list[Row]:
        """Return the rows of one statement."""
        key = (text, tuple(_shape(value) for value in parameters.values()))
        statement = self._prepared.pop(key, None)
        if statement is None:
            short = {name: value[:1] if isinstance(value, list) else value for name, value in parameters.items()}
            statement = ladybug.PreparedStatement(self._connection, text, short)
        # A statement keeps the longest list it ever ran with, and goes through all of it at each later run: after a
        # batch of 300 documents one took 0.9 s instead of 0.03. So a long list gets a statement of its own.
        if not any(isinstance(value, list) and len(value) > _LONG for value in parameters.values()):
            self._prepared[key] = statement
            if len(self._prepared) > _STATEMENTS:
                del self._prepared[next(iter(self._prepared))]
        result = self._connection.execute(statement, parameters)
        assert not isinstance(result, list), "one statement at a time"
        names = result.get_column_names()
        rows = [dict(zip(names, row, strict=True)) for row in result]
        # A sum of integers is wider than an integer here, and comes out as a decimal.
        for name in (
            name for name, type_ in zip(names, result.get_column_data_types(), strict=True) if type_ == "INT128"
        ):
            for row in rows:
                row[name] = int(row[name])
        return rows

    def copy(
        self, table: str, columns: Sequence[str], rows: Sequence[Row], ends: tuple[str, str] | None = None
    ) -> None:
        """Append rows to a table of declared name; `columns` are all of the table's, in the order of its schema."""
        import pandas as pd  # heavy, and only many documents at once need it

        frame = pd.DataFrame([[row[name] for name in columns] for row in rows], columns=list(columns), dtype=object)
        between = f" (FROM='{ends[0]}', TO='{ends[1]}')" if ends else ""
        self._connection.execute(f"COPY `{table}` FROM $rows{between}", {"rows": frame})

    def execute(self, command: str) -> None:
        self._connection.execute(command)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _shape(value: object) -> object:
    """Return what tells statements apart: the engine types an integer by its width, and keeps long lists."""
    if isinstance(value, list):
        return list, len(value) > _LONG, bool(value)
    return (int, value.bit_length()) if type(value) is int else type(value)
