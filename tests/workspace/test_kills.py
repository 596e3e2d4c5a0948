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
from contextlib import AbstractContextManager, contextmanager, suppress
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

Said = list[dict[str, Any]]


@dataclass(frozen=True)
class Place:
    """Where writers work."""

    folder: Path
    environment: dict[str, str]  # that names the server, if it is one
    opened: Callable[[], AbstractContextManager[Workspace]]  # the workspace, for a look after each kill
    kill_server: Callable[[], None] | None = None


@pytest.fixture
def in_a_folder(tmp_path: Path, empty_workspace: Path) -> Place:
    folder = shutil.copytree(empty_workspace, tmp_path / "kho")
    return Place(folder, {}, lambda: Workspace.open(folder, patience=30))


@pytest.fixture
def on_a_server(
    neo4j_server: Neo4jServer, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    if not neo4j_server.is_running:
        neo4j_server.restart()
    remove_nodes(neo4j_server)
    graph = open_neo4j(connection_to(neo4j_server))
    graph.load_catalogue(authority)
    graph.close()
    for name, value in neo4j_server.environment.items():
        monkeypatch.setenv(name, value)
    with Workspace.open(tmp_path / "máy khác" / "kho", graph=neo4j_server.uri) as looking_on:

        @contextmanager
        def opened() -> Iterator[Workspace]:
            if not neo4j_server.is_running:
                neo4j_server.restart()
            yield looking_on

        yield Place(tmp_path / "máy này" / "kho", neo4j_server.environment, opened, neo4j_server.kill)
    remove_nodes(neo4j_server)


class Writer:
    """A process that forks writers, one at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("writer.py"))],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._said: Queue[dict[str, Any]] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        assert self._said.get(timeout=60) == {"ready": True}

    def write(
        self, where: Place, files: list[Path], *, after: float | None = None, kill: Callable[[], None] | None = None
    ) -> tuple[Said, float | None]:
        """Let a writer work, and after some seconds kill it or what `kill` kills.

        Returns what it said, and how long it took to its end; None where it did not come to it.
        """
        assert self._process.stdin is not None
        wanted = {"folder": str(where.folder), "environment": where.environment, "files": [str(path) for path in files]}
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        said = [self._said.get(timeout=60)]
        began = time.monotonic()
        until = began + (after or 300)
        while "ended" not in said[-1]:
            try:
                said.append(self._said.get(timeout=max(0.0, until - time.monotonic())))
            except Empty:
                assert until < began + 300, f"the writer says nothing any more: {said[-3:]}"
                until = began + 300
                if kill is not None:
                    kill()
                else:
                    with suppress(ProcessLookupError):  # it came to its end this very moment
                        os.kill(said[0]["pid"], signal.SIGKILL)
        finished = any("finished" in each for each in said)
        return said, time.monotonic() - began if finished else None

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._said.put(json.loads(line))


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

    def note(self, said: Said) -> None:
        for each in said:
            if each.get("document"):
                self.documents[each["document"]] = hash_of(Path(each["file"]))
            if "decided" in each:
                self.decisions.add(each["decided"])

    def assert_kept(self, workspace: Workspace, files: list[Path]) -> None:
        """Originals, log, graph and index agree, and hold what was acknowledged.

        files: of the last writer, who may have taken in more of them than it said.
        """
        assert [drift.message for drift in workspace.check()] == []
        last = {hash_of(path) for path in files}
        standing = {file.document: file.sha256 for file in workspace.home.originals.files()}
        for document, sha256 in self.documents.items():
            assert standing[document] == sha256 or standing[document] in last
        decisions = {decision.id for decision in workspace.home.decisions.all()}
        assert decisions >= self.decisions
        self.documents, self.decisions = standing, decisions  # what was written, if not said, stays too


@pytest.mark.parametrize("place", ["in_a_folder", "on_a_server"], ids=["embedded", "neo4j"])
def test_whatever_is_killed_when_nothing_half_stays_and_nothing_said_is_lost(
    place: str, writer: Writer, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    where: Place = request.getfixturevalue(place)
    chance, known = Random(20), Acknowledged()

    def files(turn: int) -> list[Path]:
        folder = tmp_path / "vào" / str(turn)
        folder.mkdir(parents=True)
        paths = [folder / f"cv-{number}-{turn}.txt" for number in chance.sample(range(1, LETTERS + 1), EACH)]
        for path in paths:
            path.write_text(letter(int(path.stem.split("-")[1]), f"bản {turn}"), encoding="utf-8")
        return paths

    seconds = 60.0
    for turn in range(2):  # to know how long it takes; the first time everything is slower
        said, took = writer.write(where, files(turn))
        assert took is not None, said
        known.note(said)
        seconds = min(seconds, took)
    at_work = 0
    for turn in range(2, KILLS + 2):
        paths = files(turn)
        of_server = where.kill_server if turn % SERVER_KILLS == SERVER_KILLS // 2 else None
        said, took = writer.write(where, paths, after=chance.uniform(0.1, 0.95) * seconds, kill=of_server)
        seconds = min(seconds, took or seconds)
        at_work += took is None
        known.note(said)
        with where.opened() as workspace:
            known.assert_kept(workspace, paths)
    assert 2 * at_work >= KILLS, f"only {at_work} of {KILLS} were killed at work, the others were over before"
