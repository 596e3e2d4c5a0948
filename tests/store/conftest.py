"""One body of cases, run on every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from scene import SCENE

from ntmgraph.authority import Authority
from ntmgraph.store import GraphStore, open_embedded

# Another engine joins the whole body of tests by one line.
ENGINES: dict[str, Callable[[], GraphStore]] = {"embedded": lambda: open_embedded(None)}


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest, authority: Authority) -> Iterator[GraphStore]:
    """A graph that holds the catalogue and no document."""
    graph = ENGINES[request.param]()
    graph.load_catalogue(authority)
    yield graph
    graph.close()


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
