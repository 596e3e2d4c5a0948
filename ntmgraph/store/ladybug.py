"""The embedded graph: one file, one process that writes it, several threads that ask.

What the engine needs and why (measured with ladybug 0.22): a list of maps must show a value of each type, so every
batch starts with a sample row; nodes are found by primary key, one `{id: ...}` at a time or `UNWIND` + `MATCH` +
`OPTIONAL MATCH`, while `id IN $ids` reads the whole table.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import LifoQueue
from typing import Any

import ladybug

from ntmgraph.authority import Authority
from ntmgraph.model import Reading
from ntmgraph.store import texts
from ntmgraph.store.citations import fitting, sole_edge, wanted
from ntmgraph.store.graph import OutdatedGraphError, Row, StoreError
from ntmgraph.store.kinds import DETAIL, EDGE_KINDS, NODE_KINDS, VERSION, sample
from ntmgraph.store.rows import Rows, catalogue_rows, reading_rows

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
_TRANSACTIONS = 50
_LONG = 300  # rows of a list
_STATEMENTS = 12  # kept prepared on a connection: each holds about 2 MB of the cache
_LARGEST = 2**38  # bytes of address space set aside: the default of 8 TB is refused on small machines
_MENTIONED = {"Agency": "mentioned_agencies", "Place": "mentioned_places", "Criterion": "mentioned_criteria"}


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
    graph = EmbeddedGraph(database)
    try:
        graph.prepare(path)
    except BaseException:
        graph.close()
        raise
    return graph


class EmbeddedGraph:
    """A GraphStore in this process. Few ask at a time, whatever thread they come from; one writes."""

    def __init__(self, database: ladybug.Database) -> None:
        self._database = database
        # The last one used first: a connection is opened only when the others are busy.
        self._readers: LifoQueue[_Session | None] = LifoQueue()
        for _ in range(_READERS):
            self._readers.put(None)
        self._writer: _Session | None = None
        self._writing = threading.Lock()
        self._transactions = 0  # since the last checkpoint

    def prepare(self, path: str) -> None:
        """Make the tables of a new graph, or check that they are of this version."""
        tables = self._rows("CALL show_tables() RETURN name", {})
        if not tables:
            with self._transaction() as write:
                for statement in texts.statements("schema", "ladybug"):
                    write.run(statement)
                write.fill("create_nodes", "Graph", [{"id": "graph", "version": VERSION, "catalogue_version": None}])
        elif self.ask("graph")[0]["version"] != VERSION:
            raise OutdatedGraphError(
                f"Đồ thị {path} do một bản ntmgraph khác tạo ra. "
                "Hãy chạy “ntmgraph rebuild” để dựng lại từ các tệp gốc."
            )

    def load_catalogue(self, authority: Authority) -> None:
        loaded = self.ask("graph")[0]["catalogue_version"]
        if loaded == authority.version:
            return
        if loaded is not None:
            raise OutdatedGraphError(
                "Danh mục tiêu chí, cơ quan, địa bàn đã đổi từ khi đồ thị được tạo. "
                "Hãy chạy “ntmgraph rebuild” để dựng lại từ các tệp gốc."
            )
        rows = catalogue_rows(authority)
        with self._transaction() as write:
            for label, nodes in rows.nodes.items():
                write.fill("create_nodes", label, list(nodes.values()))
            write.edges(rows)
            graph = {"id": "graph", "version": VERSION, "catalogue_version": authority.version}
            write.fill("put_nodes", "Graph", [graph])
        with self._writing:
            assert self._writer is not None
            self._checkpoint(self._writer)

    def replace(self, *readings: Reading) -> None:
        latest = {reading.document.id: reading for reading in readings}
        rows = reading_rows(*latest.values())
        with self._transaction() as write:
            before: defaultdict[str, set[str]] = defaultdict(set)
            for id in latest:
                for label, named in write.forget(id).items():
                    before[label] |= named
            for label, nodes in rows.nodes.items():
                write.nodes(label, list(nodes.values()), taken_in=latest.keys())
            write.edges(rows)
            write.join_sets(rows)
            cited = write.settle_citations(latest, [rows.nodes["Document"][id] for id in latest])
            write.drop({label: named - rows.nodes[label].keys() for label, named in before.items()})
            write.settle_ends(latest.keys() | before["Document"] | rows.nodes["Document"].keys() | cited)

    def remove(self, document: str) -> None:
        with self._transaction() as write:
            gone = write.run(texts.read_text("documents"), ids=[document])
            before = write.forget(document)
            write.run(texts.statements("write", "unread_document")[0], id=document)
            before["Document"] |= write.settle_citations((), gone)
            write.drop(before | {"Document": before["Document"] | {document}})
            write.settle_ends(before["Document"])

    def ask(self, question: str, **parameters: object) -> list[Row]:
        return self._rows(texts.read_text(question), parameters)

    def counts(self) -> dict[str, int]:
        found = {}
        for label in NODE_KINDS:
            found[label] = self._count(f"MATCH (n:{label}) RETURN count(*) AS n")
        for type_ in EDGE_KINDS:
            found[type_] = self._count(f"MATCH ()-[r:`{type_}`]->() RETURN count(*) AS n")
        return found

    def _count(self, text: str) -> int:
        count = self._rows(text, {})[0]["n"]
        assert isinstance(count, int)
        return count

    def close(self) -> None:
        idle = [self._readers.get() for _ in range(_READERS)]  # waits for questions under way
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
                yield _Writing(session)
                session.execute("COMMIT")
            except BaseException:
                # The engine rolls back by itself when it runs out of memory, and then has nothing to roll back.
                with suppress(RuntimeError):
                    session.execute("ROLLBACK")
                raise
            self._transactions += 1
            if self._transactions >= _TRANSACTIONS:
                self._checkpoint(session)

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


class _Writing:
    """One write transaction."""

    def __init__(self, session: _Session) -> None:
        self._session = session

    def run(self, text: str, **parameters: Any) -> list[Row]:
        return self._session.run(text, parameters)

    def nodes(self, label: str, nodes: Sequence[Row], *, taken_in: Collection[str] = ()) -> None:
        """Write nodes; of shared ones only those that are not there, or that were named without being described."""
        if label not in DETAIL:
            self.fill("create_nodes", label, nodes)
            return
        ids = [node["id"] for node in nodes]
        # Not MERGE: the engine reads the whole table for it, but finds a node by its key at once.
        known = {row["id"]: row["described"] for row in self.run(texts.known_text(label, DETAIL[label]), ids=ids)}
        self.fill("create_nodes", label, [node for node in nodes if node["id"] not in known])
        better = [
            node
            for node in nodes
            if node["id"] in known
            and (node["id"] in taken_in or (not known[node["id"]] and node[DETAIL[label]] is not None))
        ]
        self.fill("put_nodes", label, better)

    def fill(self, name: str, label: str, nodes: Sequence[Row]) -> None:
        if nodes:
            properties = NODE_KINDS[label].properties
            filled = properties if name == "put_nodes" else _filled(nodes, properties)
            self.run(texts.node_text(name, label, filled), rows=_with_sample(("id",), filled, nodes))

    def edges(self, rows: Rows) -> None:
        for (type_, from_label, to_label), edges in rows.edges.items():
            filled = _filled(edges, EDGE_KINDS[type_].properties)
            text = texts.edge_text(type_, from_label, to_label, filled)
            self.run(text, rows=_with_sample(("from_id", "to_id"), filled, edges))

    def join_sets(self, rows: Rows) -> None:
        criteria = rows.nodes["Criterion"].values()
        pairs = [{"from_id": each["id"], "to_id": each["set"]} for each in criteria if each["set"]]
        if pairs:
            self.run(texts.statements("write", "join_sets")[0], rows=pairs)

    def forget(self, document: str) -> dict[str, set[str]]:
        """Remove what a document says, and return the shared nodes that it named, by label."""
        state = self.run(texts.read_text("document_state"), id=document)
        if not state or not state[0]["taken_in"]:
            return {"Document": set()}
        named = {label: self._ids(question, document) for label, question in _MENTIONED.items()}
        named["Document"] = self._ids("cited_by_document", document)
        for statement in texts.statements("write", "forget_document"):
            self.run(statement, id=document)
        return named

    def settle_citations(self, written: Collection[str], documents: Sequence[Row]) -> set[str]:
        """Join citations that do not tell for sure with the only document that fits; return the documents concerned.

        `written` cite anew; `documents`, of a number and a day, came or went.
        """
        own, like = texts.statements("write", "unsure_citations")
        found = self.run(own, ids=sorted(written)) if written else []
        found += self.run(like, **wanted([*documents, *({**each, "number": None} for each in documents)]))
        citations = {(row["document"], row["cited"], row["relation"]): row for row in found}.values()
        if not citations:
            return set()
        candidates = self.run(texts.read_text("documents_like"), **wanted(citations))
        rows = Rows()
        for citation in citations:
            known = {name: citation[name] for name in ("document", "start", "relation")}
            self.run(texts.statements("write", "drop_sole_citation")[0], **known)
            fits = fitting(citation, candidates)
            if len(fits) == 1:
                rows.edges["CITES", "Document", "Document"].append(sole_edge(citation, fits[0]))
        self.edges(rows)
        return {str(row["id"]) for row in (*candidates, *documents)}

    def settle_ends(self, documents: Collection[str]) -> None:
        """Note on documents and on what they say since when another one replaces or abolishes them."""
        for row in self.run(texts.statements("write", "ends_to_settle")[0], ids=sorted(documents)):
            if row["ended"] != row["noted"]:
                for statement in texts.statements("write", "note_end"):
                    self.run(statement, id=row["id"], ended=row["ended"])

    def drop(self, unnamed: dict[str, set[str]]) -> None:
        """Remove those nodes that no document names any more."""
        for label, ids in unnamed.items():
            if ids:
                name = "drop_uncited" if label == "Document" else "drop_unnamed"
                self.run(texts.node_text(name, label), ids=sorted(ids))

    def _ids(self, question: str, document: str) -> set[str]:
        return {str(row["id"]) for row in self.run(texts.read_text(question), id=document)}


def _filled(rows: Sequence[Row], properties: Sequence[str]) -> tuple[str, ...]:
    """Return the properties that any row has: what is absent in all of them need not be carried."""
    return tuple(name for name in properties if any(row[name] is not None for row in rows))


def _with_sample(ids: Sequence[str], properties: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """Return rows of these properties, after one that shows the engine a value of each type."""
    first = dict.fromkeys(ids, "") | {name: sample(name) for name in properties}
    return [first, *({name: row[name] for name in first} for row in rows)]


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

    def execute(self, command: str) -> None:
        self._connection.execute(command)


def _shape(value: object) -> object:
    """Return what tells statements apart: the engine types an integer by its width, and keeps long lists."""
    if isinstance(value, list):
        return list, len(value) > _LONG, bool(value)
    return (int, value.bit_length()) if type(value) is int else type(value)
