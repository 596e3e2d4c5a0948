"""How many things of each kind documents say: in a graph, and by their readings. What is carried is counted so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ntmgraph.model import Reading
from ntmgraph.store import GraphStore

KINDS = ("provisions", "tasks", "deadlines", "targets", "issues", "results", "references")
_AT_ONCE = 500  # documents of one question


def contents(store: GraphStore, documents: Iterable[str]) -> dict[str, tuple[str | None, Counter[str]]]:
    """Return of each of these documents that a graph holds the hash of its file and its counts by kind."""
    ids = sorted(set(documents))
    found: dict[str, tuple[str | None, Counter[str]]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        for row in store.ask("contents_of_documents", ids=ids[start : start + _AT_ONCE]):
            found[row["document"]] = row["sha256"], Counter({kind: row[kind] for kind in KINDS})
    return found


def contents_of(reading: Reading) -> Counter[str]:
    """Return what a graph counts of a document when this reading of it is written."""
    return Counter({kind: len(_things(reading, kind)) for kind in KINDS})


def _things(reading: Reading, kind: str) -> Sequence[object]:
    things = getattr(reading, kind)
    assert isinstance(things, tuple)
    return things
