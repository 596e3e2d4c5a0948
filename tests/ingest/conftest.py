"""Reading a text as if it came from a file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from spacy.language import Language

from ingest.pipeline import read
from ingest.readers import Source
from ntmgraph.authority import Authority
from ntmgraph.model import Reading


@pytest.fixture(scope="session")
def read_text(nlp: Language, authority: Authority) -> Callable[[str], Reading]:
    def read_one(text: str) -> Reading:
        source = Source(text, "txt", hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())
        return read(source, nlp=nlp, authority=authority)

    return read_one
