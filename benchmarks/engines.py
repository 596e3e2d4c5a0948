"""The two engines as the benchmarks use them: a graph and its index, and the loop that writes the same rows bare."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import ladybug
import neo4j
import pandas as pd

sys.path.append(str(Path(__file__).resolve().parents[1] / "build"))
from measuring import resident, used
from neo4j_server import Neo4jServer

from ntmgraph.authority import Authority
from ntmgraph.model import Reading
from ntmgraph.store import GraphStore, Row, open_embedded, texts
from ntmgraph.store.connection import Connection
from ntmgraph.store.kinds import EDGE_KINDS, NODE_KINDS
from ntmgraph.store.neo4j import Neo4jGraph, open_neo4j
from ntmgraph.store.neo4j_search import Neo4jIndex, passage_rows, write_passages
from ntmgraph.store.rows import Rows, catalogue_rows
from ntmgraph.store.search import SearchIndex
from ntmgraph.store.tantivy import open_index

ENGINES = ("embedded", "neo4j")
_POOL = 512 * 2**20  # as that of the program
_LIST = 5000  # rows of one message


class Bare(Protocol):
    """Writes the rows of a batch, all of them new, in one transaction."""

    def write(self, rows: Rows) -> None: ...

    def close(self) -> None: ...


class Engine(Protocol):
    """A workspace's graph and index, held open."""

    graph: GraphStore
    index: SearchIndex

    def run(self, text: str, **parameters: object) -> list[Row]:
        """Return the rows of a Cypher text that only the benchmark asks."""
        ...

    def index_all(self, readings: Sequence[Reading]) -> None:
        """Put new documents into the index, so that they are found."""
        ...

    def memory(self) -> dict[str, float]:
        """Return MB by process."""
        ...

    def cpu(self) -> float:
        """Return the seconds of CPU that all processes ever used."""
        ...

    def size(self) -> float:
        """Return MB on disk."""
        ...


class Embedded:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.graph = open_embedded(folder / "graph")
        self.index: SearchIndex = open_index(folder / "index")

    def run(self, text: str, **parameters: object) -> list[Row]:
        return self.graph._rows(text, parameters)

    def index_all(self, readings: Sequence[Reading]) -> None:
        for reading in readings:
            self.index.replace(reading)
        self.index.commit()

    def memory(self) -> dict[str, float]:
        return {"program": resident()}

    def cpu(self) -> float:
        return time.process_time()

    def size(self) -> float:
        return _size(self._folder)


class Shared:
    def __init__(self, graph: Neo4jGraph, server: Neo4jServer | None) -> None:
        self.graph = graph
        self.index: SearchIndex = Neo4jIndex(graph)
        self._server = server
        self._java = _java(server) if server else None

    def run(self, text: str, **parameters: object) -> list[Row]:
        return self.graph.run_read(text, **parameters)

    def index_all(self, readings: Sequence[Reading]) -> None:
        ids, rows = [each.document.id for each in readings], passage_rows(readings)
        self.graph.write(lambda write: write_passages(write, ids, rows))

    def memory(self) -> dict[str, float]:
        of_server = {"server": resident(self._java)} if self._java else {}
        return {"program": resident()} | of_server

    def cpu(self) -> float:
        return time.process_time() + (used(self._java) if self._java else 0.0)

    def size(self) -> float:
        return _size(self._server.home / "data") if self._server else 0.0


@contextmanager
def opened(name: str, folder: Path) -> Iterator[Engine]:
    """Hold an engine open on a folder; a Neo4j is the one of NTMGRAPH_GRAPH, else one is started in the folder."""
    engine: Embedded | Shared
    if name == "embedded":
        engine = Embedded(folder)
        try:
            yield engine
        finally:
            engine.index.close()
            engine.graph.close()
        return
    address = os.environ.get("NTMGRAPH_GRAPH")
    server = None if address else Neo4jServer.start(folder / "neo4j")
    try:
        connection = Connection.of(address) if address else Connection.typed(server.uri, *server.auth)
        graph = open_neo4j(connection)
        try:
            yield Shared(graph, server)
        finally:
            graph.close()
    finally:
        if server:
            server.stop()


@contextmanager
def bare(name: str, folder: Path, authority: Authority) -> Iterator[Bare]:
    """Hold a second, empty graph open that holds the catalogue; Neo4j runs in a server of its own."""
    if name == "embedded":
        loop = _BareEmbedded(folder / "bare")
        loop.write(catalogue_rows(authority))
        yield loop
        loop.close()
        return
    with Neo4jServer.start(folder / "bare") as server:
        shared = _BareShared(server)
        shared.write(catalogue_rows(authority))
        yield shared
        shared.close()


class New:
    """Leaves out of each batch the nodes that an earlier one wrote: a bare loop asks nobody what is there."""

    def __init__(self, authority: Authority) -> None:
        self._known: defaultdict[str, set[str]] = defaultdict(set)
        for label, nodes in catalogue_rows(authority).nodes.items():
            self._known[label].update(nodes)

    def of(self, rows: Rows) -> Rows:
        found = Rows(edges=rows.edges)
        for label, nodes in rows.nodes.items():
            found.nodes[label] = {id: node for id, node in nodes.items() if id not in self._known[label]}
            self._known[label].update(nodes)
        return found


class _BareEmbedded:
    """One COPY per table and batch."""

    def __init__(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self._database = ladybug.Database(str(folder / "graph"), buffer_pool_size=_POOL, max_db_size=2**38)
        self._connection = ladybug.Connection(self._database)
        for statement in texts.statements("schema", "ladybug"):
            self._connection.execute(statement)

    def write(self, rows: Rows) -> None:
        self._connection.execute("BEGIN TRANSACTION")
        for label, nodes in rows.nodes.items():
            self._copy(label, "", ("id", *NODE_KINDS[label].properties), list(nodes.values()))
        for (type_, from_, to), edges in rows.edges.items():
            ends = f" (FROM='{from_}', TO='{to}')"
            self._copy(type_, ends, ("from_id", "to_id", *EDGE_KINDS[type_].properties), edges)
        self._connection.execute("COMMIT")

    def _copy(self, table: str, ends: str, columns: tuple[str, ...], rows: Sequence[Row]) -> None:
        if rows:
            frame = pd.DataFrame([[row[name] for name in columns] for row in rows], columns=list(columns), dtype=object)
            self._connection.execute(f"COPY `{table}` FROM $rows{ends}", {"rows": frame})

    def close(self) -> None:
        self._connection.close()
        self._database.close()


class _BareShared:
    """UNWIND and CREATE over Bolt, edges after a MATCH of their ends, one type at a time."""

    def __init__(self, server: Neo4jServer) -> None:
        self._driver = neo4j.GraphDatabase.driver(server.uri, auth=server.auth)
        with self._driver.session() as session:
            for statement in texts.statements("schema", "neo4j"):
                session.run(statement).consume()

    def write(self, rows: Rows) -> None:
        with self._driver.session() as session, session.begin_transaction() as transaction:
            for label, nodes in rows.nodes.items():
                text = texts.node_text("create_nodes", label, NODE_KINDS[label].properties)
                _send(transaction, text, list(nodes.values()))
            for (type_, from_, to), edges in rows.edges.items():
                text = texts.edge_text(type_, from_, to, EDGE_KINDS[type_].properties)
                _send(transaction, text, edges)
            transaction.commit()

    def close(self) -> None:
        self._driver.close()


def _send(transaction: neo4j.Transaction, text: Any, rows: Sequence[Row]) -> None:
    for start in range(0, len(rows), _LIST):
        transaction.run(text, rows=rows[start : start + _LIST]).consume()


def _java(server: Neo4jServer) -> int:
    """Return the process of the server: the one whose command names its home."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            command = (entry / "cmdline").read_bytes().split(b"\0")
            if b"java" in command[0] and any(str(server.home).encode() in part for part in command):
                return int(entry.name)
    raise SystemExit("the server's process is not there")


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
