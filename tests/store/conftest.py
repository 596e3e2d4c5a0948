"""One body of cases, run on every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from needs import need_neo4j
from neo4j_server import QUICK_START, Neo4jServer
from scene import SCENE

from ntmgraph.authority import Authority
from ntmgraph.store import GraphStore, open_embedded
from ntmgraph.store.connection import Connection
from ntmgraph.store.neo4j import open_neo4j


@contextmanager
def _embedded(_folder: Path) -> Iterator[GraphStore]:
    yield open_embedded(None)


@contextmanager
def _neo4j(folder: Path) -> Iterator[GraphStore]:
    need_neo4j()
    # A server of its own: the catalogue stays in it for all tests of this folder, while other tests empty theirs.
    with Neo4jServer.start(folder, jvm=QUICK_START) as server:
        yield open_neo4j(Connection(server.uri, server.user, server.password))


# Another engine joins the whole body of tests by one line.
ENGINES = {"embedded": _embedded, "neo4j": _neo4j}


@pytest.fixture(scope="session")
def engines(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], GraphStore]]:
    """What returns the graph of an engine, by its name: it holds the catalogue and no document."""
    with ExitStack() as stack:

        @cache
        def opened(name: str) -> GraphStore:
            graph = stack.enter_context(ENGINES[name](tmp_path_factory.mktemp(name)))
            stack.callback(graph.close)
            graph.load_catalogue(authority)
            return graph

        yield opened


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest, engines: Callable[[str], GraphStore]) -> GraphStore:
    """A graph that holds the catalogue and no document."""
    return engines(request.param)


@pytest.fixture(scope="session")
def empty(engine: GraphStore) -> dict[str, int]:
    """What a graph without documents counts."""
    return engine.counts()


@pytest.fixture
def graph(engine: GraphStore, empty: dict[str, int]) -> Iterator[GraphStore]:
    """A graph without documents; whatever a test takes in goes again, and leaves nothing behind."""
    yield engine
    _remove_all(engine)
    assert {kind: count for kind, count in engine.counts().items() if count != empty[kind]} == {}


@pytest.fixture(scope="module")
def scene(engine: GraphStore) -> Iterator[GraphStore]:
    """The directives of `scene.py`, taken in one by one; for modules that only ask."""
    for make in SCENE:
        engine.replace(make())
    yield engine
    _remove_all(engine)


def _remove_all(graph: GraphStore) -> None:
    for row in graph.ask("list_documents", **EVERY_DOCUMENT):
        graph.remove(str(row["id"]))


EVERY_DOCUMENT: dict[str, object] = {
    "words": "",
    "any_day": True,
    "first": date.min,
    "last": date.max,
    "type": "",
    "issuer": "",
    "province": "",
    "offset": 0,
    "limit": 1000,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "graph"
