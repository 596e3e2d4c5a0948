"""The Neo4j of the tests is a real one: it keeps what was committed, and goes with whoever started it."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from needs import ROOT, need_neo4j
from neo4j import GraphDatabase
from neo4j.exceptions import ClientError, ServiceUnavailable
from neo4j_server import QUICK_START, Neo4jError, Neo4jServer

READ_ONLY = ("server.databases.default_to_read_only=true",)
ONE_NODE = "CREATE (:Place {name: 'xã Phú Nhuận'})"


def count_nodes(uri: str, auth: tuple[str, str]) -> int:
    with GraphDatabase.driver(uri, auth=auth) as driver:
        return driver.execute_query("MATCH (n) RETURN count(*) AS total").records[0]["total"]


@pytest.mark.parametrize("time", ("first", "second"))
def test_what_a_test_leaves_is_gone_for_the_next(neo4j_database: Neo4jServer, time: str) -> None:
    with GraphDatabase.driver(neo4j_database.uri, auth=neo4j_database.auth) as driver:
        assert count_nodes(neo4j_database.uri, neo4j_database.auth) == 0
        for statement in (
            "CREATE CONSTRAINT place_id FOR (n:Place) REQUIRE n.id IS UNIQUE",
            "CREATE INDEX place_name FOR (n:Place) ON (n.name)",
            "CREATE FULLTEXT INDEX place_words FOR (n:Place) ON EACH [n.name]",
            "UNWIND range(1, 25000) AS id CREATE (a:Place {id: id})-[:PART_OF]->(a)",
        ):
            driver.execute_query(statement)


def test_keeps_what_was_committed_when_killed_and_when_stopped(neo4j_database: Neo4jServer) -> None:
    server = neo4j_database
    address = server.uri
    with GraphDatabase.driver(address, auth=server.auth) as driver, driver.session() as session:
        session.run(ONE_NODE).consume()
        session.begin_transaction().run(ONE_NODE).consume()
        server.kill()
        assert not server.is_running
        with pytest.raises(ServiceUnavailable):
            driver.verify_connectivity()
        server.restart()
        assert server.uri == address
        assert count_nodes(address, server.auth) == 1
        server.stop()
        with pytest.raises(ServiceUnavailable):
            driver.verify_connectivity()
        server.restart()
        assert count_nodes(address, server.auth) == 1


def test_the_password_stands_in_one_file_that_others_cannot_read(neo4j_server: Neo4jServer) -> None:
    word = neo4j_server.password.encode()
    files = [path for path in neo4j_server.home.rglob("*") if path.is_file()]
    assert [path.name for path in files if word in path.read_bytes()] == ["password"]
    if os.name != "nt":
        assert (neo4j_server.home / "password").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="reads the list of processes as Linux has it")
def test_the_password_never_stands_in_the_list_of_processes(tmp_path: Path) -> None:
    need_neo4j()
    seen: set[bytes] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            for file in Path("/proc").glob("[0-9]*/cmdline"):
                with suppress(OSError):  # it has ended
                    seen.add(file.read_bytes())

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        with pytest.raises(Neo4jError, match="did not answer within 0 s"):  # late enough: the password is set first
            Neo4jServer.start(tmp_path, limit=0.1)
    finally:
        done.set()
        watching.join()
    assert any(b"AdminTool" in command and os.fsencode(tmp_path) in command for command in seen)
    word = (tmp_path / "password").read_bytes()
    assert not [command for command in seen if word in command]


@pytest.fixture(scope="module")
def home(neo4j_server: Neo4jServer) -> Iterator[Path]:
    """The home of the session's server, free for others, with one node in its database; for tests that change none."""
    with GraphDatabase.driver(neo4j_server.uri, auth=neo4j_server.auth) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        driver.execute_query(ONE_NODE)
    neo4j_server.stop()
    yield neo4j_server.home
    neo4j_server.restart()


def test_a_read_only_server_answers_and_refuses_to_write(home: Path) -> None:
    with (
        Neo4jServer.start(home, settings=READ_ONLY, jvm=QUICK_START) as server,
        GraphDatabase.driver(server.uri, auth=server.auth) as driver,
    ):
        with pytest.raises(ClientError, match="read-only"):
            driver.execute_query(ONE_NODE)
        assert count_nodes(server.uri, server.auth) == 1


def test_a_server_that_cannot_start_shows_its_log(home: Path) -> None:
    with pytest.raises(Neo4jError, match=r"ended while it started(.|\n)*no\.such\.setting"):
        Neo4jServer.start(home, settings=("no.such.setting=1",), jvm=QUICK_START)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no signals to end a program")
@pytest.mark.parametrize("end", (signal.SIGTERM, signal.SIGKILL))
def test_the_command_runs_a_server_that_ends_with_it(home: Path, end: signal.Signals) -> None:
    command = (sys.executable, "build/dev.py", "neo4j", str(home))
    quick = {**os.environ, "JAVA_TOOL_OPTIONS": " ".join(QUICK_START)}
    with subprocess.Popen(command, cwd=ROOT, env=quick, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        said = program.stdout.readline()
        word, *variables = shlex.split(said)
        told = dict(variable.split("=", 1) for variable in variables)
        assert (word, *told) == ("export", "NTMGRAPH_GRAPH", "NTMGRAPH_USER", "NTMGRAPH_PASSWORD")
        assert count_nodes(told["NTMGRAPH_GRAPH"], (told["NTMGRAPH_USER"], told["NTMGRAPH_PASSWORD"])) == 1
        program.send_signal(end)
    port = int(told["NTMGRAPH_GRAPH"].rpartition(":")[2])
    until = time.monotonic() + 10
    while answers(port) and time.monotonic() < until:
        time.sleep(0.1)
    assert not answers(port)
    if end == signal.SIGTERM:
        assert program.returncode == 0
        assert "Stopped." in (home / "logs" / "neo4j.log").read_text(encoding="utf-8").splitlines()[-1]


def answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
