"""Scripts on py2neo where there is nothing to ask, and the program without py2neo."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase
from neo4j_server import Neo4jServer
from scene import first

from ntmgraph.store import OutdatedGraphError, StoreError
from ntmgraph.store.connection import Connection
from ntmgraph.store.graph import NewerGraphError
from ntmgraph.store.neo4j import open_neo4j
from ntmgraph.store.py2neo import Document, Task, connect

TOLD_WITHIN = 20  # seconds; py2neo alone would wait for ever


@pytest.fixture
def server(neo4j_database: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> Neo4jServer:
    """A server that holds one directive, and whose password is in the environment."""
    for name, value in neo4j_database.environment.items():
        monkeypatch.setenv(name, value)
    graph = open_neo4j(Connection.of(neo4j_database.uri))
    graph.replace(first())
    graph.close()
    return neo4j_database


def test_no_server_is_told_as_the_program_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTMGRAPH_PASSWORD", "x")
    began = time.monotonic()
    with pytest.raises(StoreError, match=r"Không có máy chủ Neo4j nào trả lời ở bolt://127\.0\.0\.1:1\b"):
        connect("bolt://127.0.0.1:1")
    assert time.monotonic() < began + TOLD_WITHIN


def test_an_empty_database_stays_empty(neo4j_database: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTMGRAPH_PASSWORD", neo4j_database.password)
    with pytest.raises(StoreError, match="chưa có đồ thị nào của ntmgraph"):
        connect(neo4j_database.uri)
    assert run(neo4j_database, "MATCH (n) RETURN n") == run(neo4j_database, "SHOW CONSTRAINTS") == []


def test_what_is_wrong_with_the_way_or_the_graph(server: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match="không có cơ sở dữ liệu huyen"):
        connect(f"{server.uri}/huyen")
    for version, error in (("1", OutdatedGraphError), ("999", NewerGraphError)):
        run(server, "MATCH (g:Graph) SET g.version = $version", version=version)
        with pytest.raises(error, match="bản ntmgraph"):
            connect(server.uri)
    monkeypatch.setenv("NTMGRAPH_PASSWORD", "khác")
    with pytest.raises(StoreError, match="không nhận người dùng neo4j"):
        connect(server.uri)


def test_a_graph_that_is_being_made_anew_is_not_half_told(server: Neo4jServer) -> None:
    with connect(server.uri) as graph:
        run(server, "MATCH (t:Turn) SET t.rebuilding = 'may-2'")
        for ask in (graph.tasks, lambda: graph.match(Document).first(), lambda: connect(server.uri)):
            with pytest.raises(StoreError, match="đang được dựng lại bởi may-2"):
                ask()


def test_a_server_that_goes_away_and_comes_back(server: Neo4jServer) -> None:
    cluster_address = server.uri.replace("bolt", "neo4j")
    with connect(server.uri) as graph, connect(cluster_address) as cluster:
        task = graph.match(Task).first()
        assert len(cluster.tasks()) == 4
        over = connect(server.uri)
        server.kill()
        over.close()  # or what ends a script would be hidden by what its `with` says about closing
        for ask in (graph.tasks, lambda: task.responsible, lambda: graph.graph.run("RETURN 1"), cluster.tasks):
            assert "Không có máy chủ Neo4j nào trả lời" in str(raised(ask))
        server.restart()
        assert raised(graph.tasks) is None
        assert "Hãy gọi connect() lần nữa" in str(raised(cluster.tasks))
    with connect(cluster_address) as cluster:
        assert len(cluster.tasks()) == 4


def raised(ask: Callable[[], object]) -> StoreError | None:
    """Return what a question raises; fails where it does not come back."""
    found: list[StoreError | None] = []

    def work() -> None:
        try:
            ask()
            found.append(None)
        except StoreError as error:
            found.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(TOLD_WITHIN)
    assert found, f"not told within {TOLD_WITHIN} s"
    return found[0]


def run(server: Neo4jServer, text: str, **parameters: object) -> list[Any]:
    with GraphDatabase.driver(server.uri, auth=server.auth) as driver:
        return driver.execute_query(text, parameters).records


def test_without_py2neo_it_is_said_how_to_install_it() -> None:
    told = python("import ntmgraph.store.py2neo")
    assert told.returncode == 1
    assert 'pip install "ntmgraph[py2neo]"' in told.stderr.splitlines()[-1]


def test_the_program_runs_without_it() -> None:
    program = "ntmgraph.cli.commands, ntmgraph.workspace.shared, dash_app.server"  # and the office's Neo4j
    told = python(f"import {program}, sys; print(*sys.modules)")
    assert told.returncode == 0, told.stderr
    loaded = told.stdout.split()
    assert "ntmgraph.store.neo4j" in loaded
    assert "ntmgraph.store.py2neo" not in loaded


def python(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, for which py2neo is not installed."""
    without = f"import sys; sys.modules['py2neo'] = None; {code}"
    return subprocess.run(
        (sys.executable, "-X", "utf8", "-c", without),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
        check=False,
    )
