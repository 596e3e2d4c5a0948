"""The real program over documents that were written against it, and a visitor that writes its requests by hand."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import write_documents
from needs import ROOT
from screen import NTMGRAPH, Program, serving
from visitor import Visitor


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Return a workspace that hostile documents were taken into, and their ids."""
    folder = tmp_path_factory.mktemp("hostile")
    write_documents(folder)
    workspace = tmp_path_factory.mktemp("taken") / "workspace"
    command = (*NTMGRAPH, "--workspace", str(workspace), "ingest", "--json", str(folder))
    said = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    return workspace, [row["document"]["id"] for row in json.loads(said)["rows"]]


@pytest.fixture(scope="session")
def program(hostile: tuple[Path, list[str]]) -> Iterator[Program]:
    with serving(hostile[0]) as running:
        yield running


@pytest.fixture(scope="session")
def visitor(program: Program) -> Visitor:
    """Who holds the session: whatever it may do, an attacker in its browser may try."""
    return Visitor.signed_in(program.address)
