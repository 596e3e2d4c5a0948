"""Options and fixtures that several test folders share."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ntmgraph.authority import Authority


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden files from what is read now")


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="session")
def nlp(authority: Authority) -> Language:
    from ingest.language import make_language

    return make_language(authority)
