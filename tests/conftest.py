"""Options and fixtures that several test folders share."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from ntmgraph.authority import Authority


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden files from what is read now")


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace that a new folder became, to copy: loading the catalogue into its graph takes seconds."""
    from ntmgraph.workspace import Workspace

    folder = tmp_path_factory.mktemp("empty") / "chưa" / "có"
    Workspace.open(folder).close()
    return folder


@pytest.fixture(scope="session")
def nlp(authority: Authority) -> Language:
    from ingest.language import make_language

    return make_language(authority)
