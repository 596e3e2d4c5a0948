"""Options and fixtures that several test folders share."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import package
import pytest
from needs import ROOT, need, need_neo4j
from neo4j import GraphDatabase
from neo4j_server import QUICK_START, Neo4jServer
from spacy.language import Language

from ntmgraph.authority import Authority


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden files from what is read now")


@pytest.fixture(scope="session", autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What programs set, the backups that they make and what browsers download lie in folders of the tests."""
    settings, downloads = tmp_path_factory.mktemp("settings"), tmp_path_factory.mktemp("downloads")
    (settings / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{downloads}"\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(settings))
        patch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path_factory.mktemp("documents")))
        yield


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="session")
def packaged() -> Path:
    """Return the folder of the packaged program, built of the present sources: some minutes after a change of them."""
    need(importlib.util.find_spec("PyInstaller"), "PyInstaller (python build/dev.py test installs it)")
    need(sys.platform != "linux" or shutil.which("strip"), "strip (Debian: binutils)")
    subprocess.run((sys.executable, str(ROOT / "build" / "package.py"), "--folder"), check=True)
    return package.FOLDER


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace that a new folder became, to copy: loading the catalogue into its graph takes seconds."""
    from ntmgraph.workspace import Workspace

    folder = tmp_path_factory.mktemp("empty") / "chưa" / "có"
    Workspace.open(folder).close()
    return folder


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the project's own examples; programs run on copies of it."""
    workspace = tmp_path_factory.mktemp("samples") / "workspace"
    command = (sys.executable, "-m", "ntmgraph", "--workspace", str(workspace), "ingest", "examples")
    subprocess.run(command, cwd=ROOT, check=True)
    return workspace


@pytest.fixture(scope="session")
def nlp(authority: Authority) -> Language:
    from ingest.language import make_language

    return make_language(authority)


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """One real Neo4j for all tests, on a free port; what a test leaves in it is there for the next."""
    need_neo4j()
    with Neo4jServer.start(tmp_path_factory.mktemp("neo4j"), jvm=QUICK_START) as server:
        yield server


@pytest.fixture
def neo4j_database(neo4j_server: Neo4jServer) -> Neo4jServer:
    """The server with an empty database: Community has only one, so it is emptied before each test."""
    if not neo4j_server.is_running:  # a test that ended it failed before it could start it again
        neo4j_server.restart()
    with GraphDatabase.driver(neo4j_server.uri, auth=neo4j_server.auth) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
        for name in session.run("SHOW CONSTRAINTS YIELD name").value():
            session.run("DROP CONSTRAINT $name", name=name).consume()
        # Those of type LOOKUP come with every database and find nodes by label.
        for name in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name").value():
            session.run("DROP INDEX $name", name=name).consume()
    return neo4j_server
