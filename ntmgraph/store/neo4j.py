"""The shared graph: a Neo4j 5 server that several programs ask and write at once, through the official driver.

Writers take turns: each transaction first locks one node, so that what it read of the graph still holds when it writes,
as it does on the embedded graph. A transaction whose commit was not acknowledged is looked up, not guessed: it wrote a
node of its own with all the rest, by whose token it is known if it came through.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

import neo4j
from neo4j import exceptions
from neo4j.time import Date, DateTime

from ntmgraph.authority import Authority
from ntmgraph.model import Reading
from ntmgraph.store import texts
from ntmgraph.store.connection import Connection
from ntmgraph.store.graph import LostGraphError, Row, StoreError
from ntmgraph.store.neo4j_errors import check_server, said
from ntmgraph.store.rows import catalogue_rows
from ntmgraph.store.writing import Writing, check_version, latest_rows, needs_catalogue

# Seconds. A person waits five for the word that nobody is there. Shorter than the limit of a single connection: the
# error then says that it is of no use to try again.
_ANSWERS_WITHIN = 4.0
_CONNECTS_WITHIN = 5.0
# After which an idle connection is tried before it is used: one whose other end was unplugged says nothing for minutes.
_IDLE = 5.0
_LOST = 3.0  # in which a lost connection is made again
_PUT_OFF = 30.0  # in which what a server puts off (a deadlock, a new leader of a cluster) is done again
_PAUSE = 0.2
_LOOKS_FOR = 30.0  # in which a transaction that was lost in its commit must be found, or found not to be there
_READS_WITHIN = 60.0  # after which the server ends a question
# After which it ends a transaction that writes: with it goes the turn of a machine that lost its power meanwhile.
_WRITES_WITHIN = 120.0
_COMMITS = 5  # of one piece of work, each lost and found not to have come through
_ROWS = 5000  # of one list sent to the server
NOTICE = 1.0  # between the word that a graph is made anew and the first thing removed; who asks looks as often

T = TypeVar("T")

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what it would print, `said` says in a sentence


def open_neo4j(connection: Connection, *, check: bool = True) -> Neo4jGraph:
    """Return the graph of a database; see `Neo4jGraph.open`."""
    return Neo4jGraph.open(connection, check=check)


class Neo4jGraph:
    """A GraphStore on a server; safe to use from several threads, and beside other programs."""

    def __init__(self, driver: neo4j.Driver, connection: Connection) -> None:
        self._driver = driver
        self._connection = connection
        self._whole = -NOTICE  # when nobody was making this graph anew, as far as was looked up

    @classmethod
    def open(cls, connection: Connection, *, check: bool = True) -> Self:
        """Return the graph of a database, made when the database is empty.

        check: that it is of this version; not where it is to be made anew.
        Raises StoreError when nobody answers, the password is wrong, the server too old, the database missing, not ours
        or not writable; OutdatedGraphError when another version made it.
        """
        with said(connection):
            _look_up(connection)
        driver = neo4j.GraphDatabase.driver(
            connection.uri,
            auth=(connection.user, connection.password),
            connection_timeout=_CONNECTS_WITHIN,
            connection_acquisition_timeout=_ANSWERS_WITHIN,
            liveness_check_timeout=_IDLE,
            max_transaction_retry_time=0,  # `_again` does that
            notifications_min_severity="OFF",  # warnings about kinds of which there is none yet
            telemetry_disabled=True,
            user_agent="ntmgraph",
        )
        graph = cls(driver, connection)
        try:
            graph.prepare(check=check)
        except BaseException:
            graph.close()
            raise
        return graph

    def prepare(self, *, check: bool = True) -> None:
        """Make the constraints and indexes of a new graph, or check that it is of this version."""
        with said(self._connection):
            agent = self._driver.get_server_info().agent
        check_server(agent, self._connection)
        found = self.run_read(texts.read_text("graph"))
        if not found:
            if self.run_read(texts.shared("anything")) and not self.run_read(texts.shared("turn")):
                raise StoreError(
                    f"Cơ sở dữ liệu {self._connection} đã có dữ liệu khác, không phải của ntmgraph. Hãy chọn một cơ sở "
                    "dữ liệu trống: thêm /tên vào cuối địa chỉ, hoặc cài một máy chủ Neo4j riêng."
                )
            self.make_schema()
            return
        check_version(found[0], str(self._connection), to_rebuild=not check)

    def make_schema(self) -> None:
        """Make the constraints, the indexes and the nodes that every graph has; those that are there stay."""
        for statement in (*texts.statements("schema", "neo4j"), texts.shared("begin_turns")):
            self.define(statement)
        self.run_read("CALL db.awaitIndexes(50)")
        self.write(lambda write: None if write.run(texts.read_text("graph")) else write.begin_graph())

    def load_catalogue(self, authority: Authority) -> None:
        graph = self.run_read(texts.read_text("graph"))
        if graph and not needs_catalogue(graph[0], authority):
            return
        rows = catalogue_rows(authority)

        def load(write: Writing) -> None:
            self.check_whole(write.run(texts.shared("turn")))
            if needs_catalogue(write.run(texts.read_text("graph"))[0], authority):  # nobody was quicker
                write.catalogue(rows, authority.version)

        self.write(load)

    def replace(self, *readings: Reading) -> None:
        latest, rows = latest_rows(readings)
        self.write(lambda write: write.replace(latest, rows))

    def remove(self, document: str) -> None:
        self.write(lambda write: write.remove(document))

    def ask(self, question: str, **parameters: object) -> list[Row]:
        return self._in_one_row(texts.read_text(question), texts.columns(question), parameters)

    def written_nodes(self, label: str, ids: Sequence[str]) -> list[Row]:
        return self._in_one_row(*texts.written_nodes(label), {"ids": ids})

    def written_edges(self, type: str, ends: tuple[str, str], ids: Sequence[str]) -> list[Row]:
        return self._in_one_row(*texts.written_edges(type, *ends), {"ids": ids})

    def counts(self) -> dict[str, int]:
        return {kind: self.run_whole(text)[0]["n"] for kind, text in texts.counting().items()}

    def close(self) -> None:
        self._driver.close()

    # For what else a shared graph holds

    def run_read(self, text: str, **parameters: object) -> list[Row]:
        """Return the rows of a text that writes nothing."""
        query = neo4j.Query(text, timeout=_READS_WITHIN)

        def ask() -> list[Row]:
            return self._driver.execute_query(
                query,
                parameters,
                routing_=neo4j.RoutingControl.READ,
                database_=self._connection.database,
                result_transformer_=_fetched,
            )

        with said(self._connection):
            return self._again(ask)

    def run_whole(self, text: str, **parameters: object) -> list[Row]:
        """Return the rows of a text that asks what was made of the originals; StoreError while that is made anew."""
        rows = self.run_read(text, **parameters)
        # Looked up afterwards, and seldom: who makes a graph anew gives notice that long before.
        began = time.monotonic()
        if began > self._whole + NOTICE:
            self.check_whole(self.run_read(texts.shared("turn")))
            self._whole = began
        return rows

    def check_whole(self, turn: Sequence[Row]) -> None:
        """Raise StoreError when somebody makes this graph anew, or did with another version (`shared/turn`).

        Looked up in each turn, too: a program that was left open while its graph was made anew must not write into it.
        """
        if not turn:
            return
        if turn[0]["rebuilding"]:
            raise StoreError(
                f"Đồ thị chung {self._connection} đang được dựng lại bởi {turn[0]['rebuilding']}. Hãy chờ xong rồi thử "
                "lại; nếu máy đó đã dừng giữa chừng, hãy chạy “ntmgraph rebuild”. Tệp gốc và quyết định còn nguyên."
            )
        check_version(turn[0], str(self._connection))

    def define(self, statement: str) -> None:
        """Make a constraint, an index or what else there is to be only one of."""
        with said(self._connection):
            try:
                self._run(lambda transaction: _rows(transaction, statement, {}))
            except exceptions.ClientError as error:
                # IF NOT EXISTS does not see what another program, which begins this graph too, made a moment ago.
                if not (error.code or "").endswith("EquivalentSchemaRuleAlreadyExists"):
                    raise

    def write(self, work: Callable[[Writing], T]) -> T:
        """Do some work in one transaction, alone among the writers of this graph, and return what it gives.

        The work may be done again from its beginning: it must change nothing but the graph.
        """
        token = uuid4().hex
        given: list[T] = []

        def transact(transaction: neo4j.ManagedTransaction) -> None:
            given.clear()
            self._take_turn(transaction)
            given.append(work(_Writing(transaction)))
            _rows(transaction, texts.shared("end_turn"), {"token": token})

        with said(self._connection):
            for _ in range(_COMMITS):
                try:
                    self._run(transact)
                except exceptions.IncompleteCommit as error:
                    if not self._came_through(token, error):
                        continue
                return given[0]
        raise self._unknown()

    def _came_through(self, token: str, lost: Exception) -> bool:
        """Return whether a transaction of unknown outcome was committed; whoever has the next turn can tell."""

        def look(transaction: neo4j.ManagedTransaction) -> bool:
            self._take_turn(transaction)
            return bool(_rows(transaction, texts.shared("written"), {"token": token}))

        until = time.monotonic() + _LOOKS_FOR
        while time.monotonic() < until:
            try:
                return self._run(look, within=_LOOKS_FOR)
            except (exceptions.DriverError, exceptions.Neo4jError) as error:
                lost = error
            time.sleep(_PAUSE)
        raise self._unknown() from lost

    def _unknown(self) -> LostGraphError:
        return LostGraphError(
            f"Mất kết nối với {self._connection} đúng lúc đang ghi, chưa biết lần ghi cuối đã xong chưa. Nó hoặc còn "
            "nguyên vẹn, hoặc chưa có gì; hãy mở lại khi máy chủ chạy, rồi nạp hoặc quyết định lại: làm hai lần cũng "
            "như một."
        )

    def _in_one_row(self, text: str, columns: tuple[str, ...], parameters: dict[str, object]) -> list[Row]:
        (answer,) = self.run_whole(texts.in_one_row(text, columns), **parameters)
        return [dict(zip(columns, row, strict=True)) for row in answer["rows"]]

    def _take_turn(self, transaction: neo4j.ManagedTransaction) -> None:
        if not _rows(transaction, texts.shared("take_turn"), {}):
            raise StoreError(f"Cơ sở dữ liệu {self._connection} đã bị xóa khi đang mở. Hãy mở lại.")

    def _run(self, work: Callable[[neo4j.ManagedTransaction], T], *, within: float | None = None) -> T:
        """Return what some work gives in a transaction that may write."""
        limited = neo4j.unit_of_work(timeout=within or _WRITES_WITHIN)(work)

        def attempt() -> T:
            # With the bookmarks of `execute_query`: in a cluster, what is written here is found by the next question.
            known = self._driver.execute_query_bookmark_manager
            with self._driver.session(database=self._connection.database, bookmark_manager=known) as session:
                return session.execute_write(limited)

        return self._again(attempt)

    def _again(self, attempt: Callable[[], T]) -> T:
        """Return what an attempt gives, made again where the server puts it off or the connection was lost.

        The driver would do that too, but for as long where nobody is there as where somebody is only busy.
        """
        began = time.monotonic()
        lost: float | None = None
        while True:
            try:
                return attempt()
            except exceptions.Neo4jError as error:
                if not error.is_retryable() or time.monotonic() > began + _PUT_OFF:
                    raise
            except exceptions.DriverError as error:
                lost = lost or time.monotonic()
                if not error.is_retryable() or time.monotonic() > lost + _LOST:
                    raise
            time.sleep(_PAUSE)


class _Writing(Writing):
    """One write transaction; long lists go in several messages, which the server works through one by one."""

    def __init__(self, transaction: neo4j.ManagedTransaction) -> None:
        super().__init__(lambda text, **parameters: _rows(transaction, text, parameters))

    def written(self, rows: Sequence[Row], declared: Sequence[str]) -> tuple[str, ...]:
        return tuple(declared)  # one text for all rows is planned once

    def create_nodes(self, label: str, nodes: Sequence[Row]) -> None:
        for start in range(0, len(nodes), _ROWS):
            super().create_nodes(label, nodes[start : start + _ROWS])

    def create_edges(self, type: str, ends: tuple[str, str], edges: Sequence[Row]) -> None:
        for start in range(0, len(edges), _ROWS):
            super().create_edges(type, ends, edges[start : start + _ROWS])


def _look_up(connection: Connection) -> None:
    """Raise OSError when nobody tells in time where a server is; the driver waits for a silent DNS for ever."""
    found: Future[object] = Future()
    address = urlsplit(connection.uri)

    def ask() -> None:
        try:
            found.set_result(socket.getaddrinfo(address.hostname, address.port))
        except OSError as error:
            found.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()  # one that still waits does not keep the program from ending
    found.result(_ANSWERS_WITHIN)


def _rows(transaction: neo4j.ManagedTransaction, text: str, parameters: dict[str, Any]) -> list[Row]:
    return _fetched(transaction.run(text, parameters))


def _fetched(result: neo4j.Result) -> list[Row]:
    names = result.keys()
    return [{name: _native(value) for name, value in zip(names, record.values(), strict=True)} for record in result]


def _native(value: Any) -> Any:
    if isinstance(value, (Date, DateTime)):
        return value.to_native()
    if isinstance(value, dict):
        return {name: _native(each) for name, each in value.items()}
    return [_native(each) for each in value] if isinstance(value, list) else value
