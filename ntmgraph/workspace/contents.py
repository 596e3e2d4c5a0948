"""What documents say: in a graph, and by their readings. Carrying counts it by kind, checking compares it whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from ntmgraph.model import Reading
from ntmgraph.store import GraphStore
from ntmgraph.store.citations import SOLE
from ntmgraph.store.graph import Row
from ntmgraph.store.kinds import EDGES, SHARED
from ntmgraph.store.rows import reading_rows

KINDS = ("provisions", "tasks", "deadlines", "targets", "issues", "results", "references")
_AT_ONCE = 500  # documents of one question
# Nodes that one document has for itself.
_OWN = ("Document", "Provision", "Task", "Deadline", "Target", "Result", "Issue")
# Edges that a document may state; the others are of the catalogue.
_STATED = tuple(
    (kind.type, ends) for kind in EDGES for ends in kind.ends if "rule" in kind.properties and ends[0] != "Place"
)

_Thing = tuple[str, str, tuple[object, ...]]  # of which document, of which kind, and all that stands on it


def contents(store: GraphStore, documents: Iterable[str]) -> dict[str, tuple[str | None, Counter[str]]]:
    """Return of each of these documents that a graph holds the hash of its file and its counts by kind."""
    ids = sorted(set(documents))
    found: dict[str, tuple[str | None, Counter[str]]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        for row in store.ask("contents_of_documents", ids=ids[start : start + _AT_ONCE]):
            found[row["document"]] = row["sha256"], Counter({kind: row[kind] for kind in KINDS})
    return found


def differing(store: GraphStore, readings: Iterable[Reading]) -> dict[str, Counter[str]]:
    """Return how many nodes and edges of each kind are not in a graph as readings say them, by document.

    Left out is what others settle: shared nodes, which the first document that names them describes, and inferred
    citations. The file that a document stands on is compared by its hash alone, see `contents`.
    """
    said, own = _said(store, tuple(readings))
    there = Counter(_written(store, own))
    found: dict[str, Counter[str]] = {}
    for lost, other in ((said, there), (there, said)):
        counted: Counter[tuple[str, str]] = Counter()
        for (document, kind, _), count in (lost - other).items():
            counted[document, kind] += count
        for (document, kind), count in counted.items():
            of_document = found.setdefault(document, Counter())
            of_document[kind] = max(of_document[kind], count)
    return found


def _said(store: GraphStore, readings: Sequence[Reading]) -> tuple[Counter[_Thing], dict[str, dict[str, str]]]:
    """Return what readings say, and of which document each node is, by label."""
    ended: dict[str, date | None] = {}
    for row in store.ask("ends_of_documents", ids=[reading.document.id for reading in readings]):
        ended[row["id"]] = min(filter(None, (ended.get(row["id"]), row["date"])), default=None)
    said: Counter[_Thing] = Counter()
    own: dict[str, dict[str, str]] = {label: {} for label in _OWN}
    for reading in readings:
        document, rows = reading.document.id, reading_rows(reading)
        for label in _OWN:
            for id, node in rows.nodes[label].items():
                if label != "Document" or id == document:  # else it is one that is cited
                    own[label][id] = document
                    said[_thing(document, label, node, ended=ended.get(document))] += 1
        for (type_, from_label, _), edges in rows.edges.items():
            noted = ended.get(document) if from_label == "Task" else None
            said.update(_thing(document, type_, edge, ended=noted) for edge in edges)
    return said, own


def _written(store: GraphStore, own: dict[str, dict[str, str]]) -> Iterable[_Thing]:
    """Yield what a graph holds of documents, by the nodes that they have for themselves."""
    documents = own["Document"]
    for label, ids in own.items():
        for node in store.written_nodes(label, list(ids)) if ids else ():
            yield _thing(ids[node["id"]], label, node)
    for type_, ends in _STATED:
        shared, into = ends[0] in SHARED, ends[0] != "Document" == ends[1]
        ids = documents if shared or into else own[ends[0]]
        for edge in store.written_edges(type_, ends, list(ids)) if ids else ():
            if None not in (edge["from_id"], edge["to_id"]) and edge["rule"] != SOLE:
                document = edge["document"] if shared else ids[edge["to_id" if into else "from_id"]]
                yield _thing(document, type_, edge)


def _thing(document: str, kind: str, row: Row, **settled: object) -> _Thing:
    """Return a row as one that can be counted; settled: what stands there by other documents, if it is declared."""
    values = {name: settled.get(name, value) for name, value in row.items() if name != "sha256"}
    return document, kind, tuple(tuple(value) if isinstance(value, list) else value for value in values.values())
