"""Killed at any moment, a workspace holds whole documents only, and all that it said was done.

NTMGRAPH_KILLS: how often on each engine, 10 by default.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from random import Random
from typing import Any

import pytest
from directives import letter
from graph_server import connection_to, remove_nodes
from needs import ROOT
from neo4j_server import Neo4jServer

from ntmgraph.authority import Authority
from ntmgraph.store.neo4j import open_neo4j
from ntmgraph.workspace import Workspace
from ntmgraph.workspace.originals import hash_of

KILLS = int(os.environ.get("NTMGRAPH_KILLS", "10"))
EACH = 12  # files of a writer
LETTERS = 40  # of which each is taken in again and again, in another version
SERVER_KILLS = 10  # one kill in so many is that of the server
FIRST = Path(__file__).with_name("writer.py")


class Writer:
    """A process that forks writers, one at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(FIRST)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._said: Queue[dict[str, Any]] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        assert self._next(60) == {"ready": True}

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._said.put(json.loads(line))

    def _next(self, seconds: float) -> dict[str, Any]:
        return self._said.get(timeout=seconds)

    def write(
        self, folder: Path, graph: str | None, files: list[Path], *, kill: Callable[[int], object], after: float | None
    ) -> tuple[list[dict[str, Any]], float | None]:
        """Let a writer work and kill it (its process) after some seconds; return what it said, and how long it took.

        None: it was killed at work, or gave up.
        """
        assert self._process.stdin is not None
        self._process.stdin.write(
            json.dumps({"folder": str(folder), "graph": graph, "files": [*map(str, files)]}) + "\n"
        )
        self._process.stdin.flush()
        began, until = time.monotonic(), None if after is None else time.monotonic() + after
        said: list[dict[str, Any]] = []
        pid = 0
        while True:
            try:
                said.append(self._next(120 if until is None else max(0.0, until - time.monotonic())))
            except Empty:
                assert until is not None, f"the writer says nothing any more: {said[-3:]}"
                kill(pid)
                until = None
                continue
            pid = said[-1].get("pid", pid)
            if "ended" in said[-1]:
                finished = any("finished" in each for each in said)
                return said, time.monotonic() - began if finished else None

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


@pytest.fixture(scope="module")
def writer() -> Iterator[Writer]:
    writer = Writer()
    yield writer
    writer.close()


@dataclass
class Acknowledged:
    """What writers said was done: the hash that each document stands on, and the decisions."""

    documents: dict[str, str] = field(default_factory=dict)
    decisions: set[str] = field(default_factory=set)

    def note(self, said: list[dict[str, Any]]) -> None:
        for each in said:
            if each.get("document"):
                self.documents[each["document"]] = hash_of(Path(each["file"]))
            if "decided" in each:
                self.decisions.add(each["decided"])


def assert_kept(workspace: Workspace, known: Acknowledged, written: set[str], *, whole: bool) -> None:
    """Log, graph and index agree, and hold what was acknowledged.

    written: hashes of files that the last writer had, of which it may have taken in more than it said.
    whole: also read each original again, and compare what it says with the graph.
    """
    assert [drift.message for drift in workspace.check(facts=whole)] == []
    for document, sha256 in list(known.documents.items()):
        standing = workspace.home.originals.of_document(document)
        assert standing is not None
        assert standing.sha256 == sha256 or standing.sha256 in written
        known.documents[document] = standing.sha256  # written, if not said
    assert known.decisions <= {decision.id for decision in workspace.home.decisions.all()}


@dataclass(frozen=True)
class Place:
    """Where the writers of a test work."""

    folder: Path
    graph: str | None
    opened: Callable[[], AbstractContextManager[Workspace]]  # the workspace, for a look after each kill
    kill_server: Callable[[], object] | None = None


@pytest.fixture
def in_a_folder(tmp_path: Path, empty_workspace: Path) -> Place:
    folder = shutil.copytree(empty_workspace, tmp_path / "kho")
    return Place(folder, None, lambda: Workspace.open(folder, patience=30))


@pytest.fixture
def on_a_server(
    neo4j_server: Neo4jServer, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    if not neo4j_server.is_running:
        neo4j_server.restart()
    for name, value in neo4j_server.environment.items():
        monkeypatch.setenv(name, value)
    remove_nodes(neo4j_server)
    graph = open_neo4j(connection_to(neo4j_server))
    graph.load_catalogue(authority)
    graph.close()
    with Workspace.open(tmp_path / "máy khác" / "kho", graph=neo4j_server.uri) as looking_on:

        @contextmanager
        def opened() -> Iterator[Workspace]:
            if not neo4j_server.is_running:
                neo4j_server.restart()
            yield looking_on

        yield Place(tmp_path / "máy này" / "kho", neo4j_server.uri, opened, neo4j_server.kill)
    remove_nodes(neo4j_server)


@pytest.mark.parametrize("place", ["in_a_folder", "on_a_server"], ids=["embedded", "neo4j"])
def test_whatever_is_killed_when_nothing_half_stays_and_nothing_said_is_lost(
    place: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    where: Place = request.getfixturevalue(place)  # before the writer: it inherits the environment
    writer: Writer = request.getfixturevalue("writer")
    chance, known = Random(20), Acknowledged()

    def files(turn: int) -> list[Path]:
        folder = tmp_path / "vào" / str(turn)
        folder.mkdir(parents=True)
        paths = [folder / f"cv-{number}-{turn}.txt" for number in chance.sample(range(1, LETTERS + 1), EACH)]
        for path in paths:
            path.write_text(letter(int(path.stem.split("-")[1]), f"bản {turn}"), encoding="utf-8")
        return paths

    def kill_writer(pid: int) -> None:
        os.kill(pid, signal.SIGKILL)

    said, seconds = writer.write(where.folder, where.graph, files(0), kill=kill_writer, after=None)
    assert seconds is not None, said[-1]
    known.note(said)
    at_work = 0
    for turn in range(1, KILLS + 1):
        paths = files(turn)
        of_server = where.kill_server is not None and turn % SERVER_KILLS == SERVER_KILLS // 2
        kill = (lambda _: where.kill_server()) if of_server else kill_writer  # type: ignore[misc]
        said, whole = writer.write(
            where.folder, where.graph, paths, kill=kill, after=chance.uniform(0.1, 0.95) * seconds
        )
        at_work += whole is None
        known.note(said)
        with where.opened() as workspace:
            assert_kept(workspace, known, {hash_of(path) for path in paths}, whole=turn % 5 == 0 or turn == KILLS)
            known.decisions = {decision.id for decision in workspace.home.decisions.all()}
    assert at_work > KILLS / 2, "most of them were over before they were killed"
