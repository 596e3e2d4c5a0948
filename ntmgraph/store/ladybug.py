"""The embedded graph: one file, one process that writes it, many threads that ask.

What the engine needs and why (measured with ladybug 0.22): a list of maps must show a value of each type, so every
batch starts with a sample row; nodes are found by primary key, one `{id: ...}` at a time or `UNWIND` + `MATCH` +
`OPTIONAL MATCH`, while `id IN $ids` reads the whole table.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ladybug

from ntmgraph.authority import Authority
from ntmgraph.model import Reading
from ntmgraph.store import texts
from ntmgraph.store.graph import OutdatedGraphError, Row, StoreError
from ntmgraph.store.kinds import DETAIL, EDGE_KINDS, NODE_KINDS, VERSION, sample
from ntmgraph.store.rows import Rows, catalogue_rows, reading_rows

FILE = "graph.ladybug"
_CACHE = 256 * 2**20  # bytes of pages kept in memory; the engine's default is 80 % of the machine's
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
        database = ladybug.Database(path, buffer_pool_size=_CACHE, max_db_size=_LARGEST)
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
    """A GraphStore in this process. Each thread asks on a connection of its own; one writes at a time."""

    def __init__(self, database: ladybug.Database) -> None:
        self._database = database
        self._local = threading.local()
        self._writing = threading.Lock()

    def prepare(self, path: str) -> None:
        """Make the tables of a new graph, or check that they are of this version."""
        tables = self._rows(self._connection, "CALL show_tables() RETURN name", {})
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
            write.drop({label: named - rows.nodes[label].keys() for label, named in before.items()})
            write.settle_ends(latest.keys() | before["Document"] | rows.nodes["Document"].keys())

    def remove(self, document: str) -> None:
        with self._transaction() as write:
            before = write.forget(document)
            write.run(texts.statements("write", "unread_document")[0], id=document)
            write.drop(before | {"Document": before["Document"] | {document}})
            write.settle_ends(before["Document"])

    def ask(self, question: str, **parameters: object) -> list[Row]:
        return self._rows(self._connection, texts.read_text(question), parameters)

    def counts(self) -> dict[str, int]:
        found = {}
        for label in NODE_KINDS:
            found[label] = self._count(f"MATCH (n:{label}) RETURN count(*) AS n")
        for type_ in EDGE_KINDS:
            found[type_] = self._count(f"MATCH ()-[r:`{type_}`]->() RETURN count(*) AS n")
        return found

    def _count(self, text: str) -> int:
        count = self._rows(self._connection, text, {})[0]["n"]
        assert isinstance(count, int)
        return count

    def close(self) -> None:
        self._database.close()

    @property
    def _connection(self) -> ladybug.Connection:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = ladybug.Connection(self._database)
        return connection

    @contextmanager
    def _transaction(self) -> Iterator[_Writing]:
        with self._writing:
            connection = self._connection
            connection.execute("BEGIN TRANSACTION")
            try:
                yield _Writing(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @staticmethod
    def _rows(connection: ladybug.Connection, text: str, parameters: dict[str, object]) -> list[Row]:
        return _fetch(connection, text, parameters)


class _Writing:
    """One write transaction."""

    def __init__(self, connection: ladybug.Connection) -> None:
        self._connection = connection

    def run(self, text: str, **parameters: Any) -> list[Row]:
        return _fetch(self._connection, text, parameters)

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
            self.run(
                texts.node_text(name, label), rows=[_sample("id", properties=NODE_KINDS[label].properties), *nodes]
            )

    def edges(self, rows: Rows) -> None:
        for (type_, from_label, to_label), edges in rows.edges.items():
            first = _sample("from_id", "to_id", properties=EDGE_KINDS[type_].properties)
            self.run(texts.edge_text(type_, from_label, to_label), rows=[first, *edges])

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


def _sample(*ids: str, properties: Sequence[str]) -> Row:
    return dict.fromkeys(ids, "") | {name: sample(name) for name in properties}


def _fetch(connection: ladybug.Connection, text: str, parameters: dict[str, Any]) -> list[Row]:
    result = connection.execute(text, parameters)
    assert not isinstance(result, list), "one statement at a time"
    names = result.get_column_names()
    rows = [dict(zip(names, row, strict=True)) for row in result]
    # A sum of integers is wider than an integer here, and comes out as a decimal.
    for name in (name for name, type_ in zip(names, result.get_column_data_types(), strict=True) if type_ == "INT128"):
        for row in rows:
            row[name] = int(row[name])
    return rows
