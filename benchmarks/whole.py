"""Makes a workspace of any size at once, for questions about large ones: the rows of all directives as CSV files, then
one COPY per table, or the server's own import, and the index.

    python benchmarks/whole.py FOLDER --directives 100000 [--engine embedded|neo4j] [--without-index]

Taking in by batches, which is what people do, is measured by graph.py; this only saves its hours. The graph is the same
but for citations that do not tell for sure: those of the whole are not settled. Files stay in FOLDER/tables, so that
the second engine needs no second making.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import ladybug
from engines import ENGINES, Engine, opened

sys.path.append(str(Path(__file__).resolve().parents[1] / "build"))
sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "bench"))
from neo4j_server import JARS, Neo4jServer
from synthetic import Synthetic

from ntmgraph.authority import Authority
from ntmgraph.model import Reading
from ntmgraph.store import Row, texts
from ntmgraph.store.kinds import DATES, EDGE_KINDS, EDGES, FLAGS, INTEGERS, LISTS, NODE_KINDS, NODES, NUMBERS, VERSION
from ntmgraph.store.neo4j import Neo4jGraph
from ntmgraph.store.rows import Rows, catalogue_rows, reading_rows

csv.field_size_limit(2**30)
_BATCH = 200
_POOL = 6 * 2**30
_SHARED = ("Agency", "Place", "Criterion", "CriteriaSet")
_OF_DOCUMENT = ("Task", "Deadline")
_ENDS = ("thay thế", "bãi bỏ")


class Tables:
    """CSV files, one of each label and of each edge type with its ends."""

    def __init__(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self._folder = folder
        self._open = ExitStack()
        self._files = {name: self._file(name) for name in (*nodes(), *edges())}
        self._known: dict[str, set[str]] = {label: set() for label in _SHARED}
        self._cited: dict[str, Row] = {}  # documents that were not taken in so far
        self._taken_in: set[str] = set()
        self._ended: dict[str, date] = {}
        self._from_task = [f"{kind.type}-Task-{to}" for kind in EDGES if "ended" in kind.properties
                           for from_, to in kind.ends if from_ == "Task"]  # fmt: skip

    def _file(self, name: str) -> Any:
        return csv.writer(
            self._open.enter_context((self._folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
        )

    def add(self, rows: Rows) -> None:
        issued = {id: row["date"] for id, row in rows.nodes["Document"].items()}
        for label, found in rows.nodes.items():
            for id, row in found.items():
                if label == "Document" and not row["taken_in"]:
                    self._cited.setdefault(id, row)
                elif label not in _SHARED or id not in self._known[label]:
                    self._node(label, row)
        for (type_, from_, to), found_edges in rows.edges.items():
            for edge in found_edges:
                self._write(f"{type_}-{from_}-{to}", ("from_id", "to_id", *EDGE_KINDS[type_].properties), edge)
                if type_ == "CITES" and edge["relation"] in _ENDS and (day := issued[edge["from_id"]]):
                    self._ended[edge["to_id"]] = min(day, self._ended.get(edge["to_id"], day))

    def close(self, catalogue_version: str) -> None:
        """Write what is known only at the end: documents that were only cited, and since when others are ended."""
        for id, row in self._cited.items():
            if id not in self._taken_in:
                self._node("Document", row)
        self._node("Graph", {"id": "graph", "version": VERSION, "catalogue_version": catalogue_version})
        self._open.close()
        self._note_ends("Document", NODE_KINDS["Document"].properties, "id")
        for label in _OF_DOCUMENT:
            self._note_ends(label, NODE_KINDS[label].properties, "document")
        for name in self._from_task:
            self._note_ends(name, ("to_id", *EDGE_KINDS[name.partition("-")[0]].properties), "id")

    def _node(self, label: str, row: Row) -> None:
        if label in _SHARED:
            self._known[label].add(row["id"])
        if label == "Document":
            self._taken_in.add(row["id"])
        self._write(label, ("id", *NODE_KINDS[label].properties), row)
        if label == "Criterion" and row["set"] and not row["catalogue"]:
            self._write(
                "IN_SET-Criterion-CriteriaSet", ("from_id", "to_id"), {"from_id": row["id"], "to_id": row["set"]}
            )

    def _write(self, name: str, columns: Iterable[str], row: Row) -> None:
        self._files[name].writerow([_written(row[column]) for column in columns])

    def _note_ends(self, name: str, properties: Sequence[str], of_document: str) -> None:
        path, columns = self._folder / f"{name}.csv", ("id", *properties)
        at, of = columns.index("ended"), columns.index(of_document)
        done = path.with_suffix(".ended")
        with path.open(encoding="utf-8", newline="") as old, done.open("w", encoding="utf-8", newline="") as new:
            writer = csv.writer(new)
            for row in csv.reader(old):
                # The id of a task begins with that of its document.
                row[at] = str(self._ended.get(row[of].partition("/task-")[0], ""))
                writer.writerow(row)
        done.replace(path)


def _written(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value  # the server takes "True" for false


def nodes() -> Iterator[str]:
    return (kind.label for kind in NODES)


def edges() -> Iterator[str]:
    return (f"{kind.type}-{from_}-{to}" for kind in EDGES for from_, to in kind.ends)


def write_tables(made: Iterator[Reading], folder: Path, authority: Authority) -> None:
    tables, began, count = Tables(folder), time.perf_counter(), 0
    tables.add(catalogue_rows(authority))
    while batch := list(islice(made, _BATCH)):
        tables.add(reading_rows(*batch))
        count += len(batch)
        if count % 5000 < _BATCH:
            print(f"  rows of {count:,}: {count / (time.perf_counter() - began):.0f}/s", flush=True)
    tables.close(authority.version)


def load_embedded(folder: Path, tables: Path) -> None:
    folder.mkdir(parents=True)
    database = ladybug.Database(str(folder / "graph.ladybug"), buffer_pool_size=_POOL, max_db_size=2**38)
    connection = ladybug.Connection(database)
    for statement in texts.statements("schema", "ladybug"):
        connection.execute(statement)
    for name in (*nodes(), *edges()):
        path = tables / f"{name}.csv"
        if path.stat().st_size:
            table, _, ends = name.partition("-")
            from_, _, to = ends.partition("-")
            between = f"FROM='{from_}', TO='{to}', " if ends else ""
            began = time.perf_counter()
            connection.execute(f"COPY `{table}` FROM '{path}' ({between}HEADER=false, PARALLEL=false)")
            print(f"  {name}: {time.perf_counter() - began:.0f} s", flush=True)
    connection.close()
    database.close()


def load_neo4j(home: Path, tables: Path) -> None:
    """Fill the database of a server that does not run."""
    Neo4jServer.start(home).stop()  # makes the folder and the password
    heads = tables / "heads"
    heads.mkdir(exist_ok=True)
    options = []
    for name in (*nodes(), *edges()):
        path = tables / f"{name}.csv"
        if not path.stat().st_size:
            continue
        kind, _, ends = name.partition("-")
        from_, _, to = ends.partition("-")
        properties = EDGE_KINDS[kind].properties if ends else NODE_KINDS[kind].properties
        first = [f":START_ID({from_})", f":END_ID({to})"] if ends else [f"id:ID({kind})"]
        (heads / f"{name}.csv").write_text(",".join([*first, *map(_typed, properties)]), encoding="utf-8")
        options.append(f"--{'relationships' if ends else 'nodes'}={kind}={heads / f'{name}.csv'},{path}")
    subprocess.run(
        ("java", "-Xmx2g", "-cp", f"{JARS}/*", f"-Dapp.home={home}", f"-Dbasedir={home}",
         "org.neo4j.server.startup.Neo4jAdminCommand", "database", "import", "full", "neo4j", "--overwrite-destination",
         "--multiline-fields=true", "--legacy-style-quoting=false", *options),
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}, check=True,
    )  # fmt: skip


def _typed(name: str) -> str:
    kinds = (INTEGERS, "long"), (NUMBERS, "double"), (DATES, "date"), (FLAGS, "boolean"), (LISTS, "double[]")
    return f"{name}:{next((type_ for names, type_ in kinds if name in names), 'string')}"


def index(engine: Engine, made: Iterator[Reading]) -> None:
    began, count = time.perf_counter(), 0
    while batch := list(islice(made, _BATCH * 5)):
        engine.index_all(batch)
        count += len(batch)
        print(f"  in the index: {count:,}, {count / (time.perf_counter() - began):.0f}/s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--directives", type=int, default=100_000)
    parser.add_argument("--engine", choices=ENGINES, default="embedded")
    parser.add_argument("--without-index", action="store_true")
    arguments = parser.parse_args()
    authority, folder = Authority(), arguments.folder
    made, tables = Synthetic(authority, arguments.directives), folder / "tables"
    if not (tables / "Graph.csv").exists() or not (tables / "Graph.csv").stat().st_size:
        write_tables(made.readings(), tables, authority)
    if arguments.engine == "embedded":
        load_embedded(folder / "graph", tables)
    else:
        load_neo4j(folder / "neo4j", tables)
    with opened(arguments.engine, folder) as engine:
        if isinstance(engine.graph, Neo4jGraph):
            engine.graph.make_schema()
        if not arguments.without_index:
            index(engine, made.readings())
        print(engine.graph.counts())


if __name__ == "__main__":
    main()
