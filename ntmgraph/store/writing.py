"""What one write transaction does, in texts that every engine runs; an engine brings the transaction and `run`.

The document is the unit of writing: what it said goes, what it says is written, and what others say of it is settled
anew, all in the one transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from ntmgraph.authority import Authority
from ntmgraph.model import Reading
from ntmgraph.store import texts
from ntmgraph.store.citations import fitting, sole_edge, wanted
from ntmgraph.store.graph import NewerGraphError, OutdatedGraphError, Row
from ntmgraph.store.kinds import DETAIL, EDGE_KINDS, NODE_KINDS, VERSION, sample
from ntmgraph.store.rows import Rows, reading_rows

Run = Callable[..., list[Row]]  # run(text, **parameters) -> rows

_MENTIONED = {"Agency": "mentioned_agencies", "Place": "mentioned_places", "Criterion": "mentioned_criteria"}


def latest_rows(readings: Iterable[Reading]) -> tuple[dict[str, Reading], Rows]:
    """Return the last reading of each document, by id, and the rows that they say; made before a transaction begins."""
    latest = {reading.document.id: reading for reading in readings}
    return latest, reading_rows(*latest.values())


def check_version(graph: Row, where: str, *, to_rebuild: bool = False) -> None:
    """Raise OutdatedGraphError when a graph (its row of `read/graph`) is of another version than this program's.

    to_rebuild: an older one is to be made anew; a newer one is not, or those who have the newer program would lose it.
    """
    if graph["version"] == VERSION:
        return
    if str(graph["version"] or "").isdecimal() and int(graph["version"]) > int(VERSION):
        raise NewerGraphError(
            f"Đồ thị {where} do một bản ntmgraph mới hơn tạo ra. Hãy cài bản ntmgraph mới rồi mở lại."
        )
    if not to_rebuild:
        raise OutdatedGraphError(
            f"Đồ thị {where} do một bản ntmgraph cũ hơn tạo ra. Hãy chạy “ntmgraph rebuild” để dựng lại từ các tệp "
            "gốc; không mất dữ liệu nào."
        )


def needs_catalogue(graph: Row, authority: Authority) -> bool:
    """Return whether a graph lacks the catalogue; OutdatedGraphError when it holds another one."""
    loaded = graph["catalogue_version"]
    if loaded in (None, authority.version):
        return loaded is None
    raise OutdatedGraphError(
        "Danh mục tiêu chí, cơ quan, địa bàn đã đổi từ khi đồ thị được tạo. "
        "Hãy chạy “ntmgraph rebuild” để dựng lại từ các tệp gốc."
    )


class Writing:
    """One write transaction."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def begin_graph(self) -> None:
        """Write the node that says of which version a new graph is."""
        self.fill("create_nodes", "Graph", [{"id": "graph", "version": VERSION, "catalogue_version": None}])

    def catalogue(self, rows: Rows, version: str) -> None:
        """Write what is known before any document, and note its version."""
        for label, nodes in rows.nodes.items():
            self.create_nodes(label, list(nodes.values()))
        self.edges(rows)
        self.fill("put_nodes", "Graph", [{"id": "graph", "version": VERSION, "catalogue_version": version}])

    def replace(self, latest: Collection[str], rows: Rows) -> None:
        """Write all that documents (ids) say in place of what they said before; `rows` of `latest_rows`."""
        before = self._forget_all(latest)
        for label, nodes in rows.nodes.items():
            self.nodes(label, list(nodes.values()), taken_in=latest)
        self.edges(rows)
        self._join_sets(rows)
        cited = self._settle_citations(latest, [rows.nodes["Document"][id] for id in latest])
        self._drop({label: named - rows.nodes[label].keys() for label, named in before.items()})
        self._settle_ends({*latest, *before["Document"], *rows.nodes["Document"], *cited})

    def remove(self, document: str) -> None:
        """Remove all that a document says; where others cite it, it stays as a document not taken in."""
        gone = self.run(texts.read_text("documents"), ids=[document])
        before = self._forget_all([document])
        self.run(texts.statements("write", "unread_document")[0], id=document)
        before["Document"] |= self._settle_citations((), gone)
        self._drop(before | {"Document": before["Document"] | {document}})
        self._settle_ends(before["Document"])

    def nodes(self, label: str, nodes: Sequence[Row], *, taken_in: Collection[str] = ()) -> None:
        """Write nodes; of shared ones only those that are not there, or that were named without being described."""
        if label not in DETAIL:
            self.create_nodes(label, nodes)
            return
        ids = [node["id"] for node in nodes]
        # Not MERGE: the embedded engine reads the whole table for it, but finds a node by its key at once.
        known = {row["id"]: row["described"] for row in self.run(texts.known_text(label, DETAIL[label]), ids=ids)}
        self.create_nodes(label, [node for node in nodes if node["id"] not in known])
        better = [
            node
            for node in nodes
            if node["id"] in known
            and (node["id"] in taken_in or (not known[node["id"]] and node[DETAIL[label]] is not None))
        ]
        self.fill("put_nodes", label, better)

    def create_nodes(self, label: str, nodes: Sequence[Row]) -> None:
        """Write nodes that are not there."""
        self.fill("create_nodes", label, nodes)

    def create_edges(self, type: str, ends: tuple[str, str], edges: Sequence[Row]) -> None:
        """Write edges between nodes that are there."""
        properties = self.written(edges, EDGE_KINDS[type].properties)
        self.run(texts.edge_text(type, *ends, properties), rows=_with_sample(("from_id", "to_id"), properties, edges))

    def fill(self, name: str, label: str, nodes: Sequence[Row]) -> None:
        """Run a text of `cypher/write/` that is filled with a label and properties on the rows of nodes."""
        if nodes:
            declared = NODE_KINDS[label].properties
            properties = declared if name == "put_nodes" else self.written(nodes, declared)
            self.run(texts.node_text(name, label, properties), rows=_with_sample(("id",), properties, nodes))

    def written(self, rows: Sequence[Row], declared: Sequence[str]) -> tuple[str, ...]:
        """Return the properties that any row has: what is absent in all of them need not be carried."""
        return tuple(name for name in declared if any(row[name] is not None for row in rows))

    def edges(self, rows: Rows) -> None:
        for (type_, from_label, to_label), edges in rows.edges.items():
            self.create_edges(type_, (from_label, to_label), edges)

    def _join_sets(self, rows: Rows) -> None:
        criteria = rows.nodes["Criterion"].values()
        pairs = [{"from_id": each["id"], "to_id": each["set"]} for each in criteria if each["set"]]
        if pairs:
            self.run(texts.statements("write", "join_sets")[0], rows=pairs)

    def _forget_all(self, documents: Collection[str]) -> defaultdict[str, set[str]]:
        """Remove what documents say, and return the shared nodes that they named, by label."""
        named: defaultdict[str, set[str]] = defaultdict(set)
        states = self.run(texts.read_text("document_states"), ids=sorted(documents))
        for document in (row["id"] for row in states if row["taken_in"]):
            for label, question in _MENTIONED.items():
                named[label] |= self._ids(question, document)
            named["Document"] |= self._ids("cited_by_document", document)
            for statement in texts.statements("write", "forget_document"):
                self.run(statement, id=document)
        return named

    def _settle_citations(self, written: Collection[str], documents: Sequence[Row]) -> set[str]:
        """Join citations that do not tell for sure with the only document that fits; return the documents concerned.

        `written` cite anew; `documents`, of a number and a day, came or went.
        """
        own, like = texts.statements("write", "unsure_citations")
        found = self.run(own, ids=sorted(written)) if written else []
        found += self.run(like, **wanted([*documents, *({**each, "number": None} for each in documents)]))
        citations = {(row["document"], row["cited"], row["relation"]): row for row in found}.values()
        if not citations:
            return set()
        candidates = self.run(texts.read_text("documents_like"), **wanted(citations))
        rows = Rows()
        for citation in citations:
            known = {name: citation[name] for name in ("document", "start", "relation")}
            self.run(texts.statements("write", "drop_sole_citation")[0], **known)
            fits = fitting(citation, candidates)
            if len(fits) == 1:
                rows.edges["CITES", "Document", "Document"].append(sole_edge(citation, fits[0]))
        self.edges(rows)
        return {str(row["id"]) for row in (*candidates, *documents)}

    def _settle_ends(self, documents: Collection[str]) -> None:
        """Note on documents and on what they say since when another one replaces or abolishes them."""
        for row in self.run(texts.statements("write", "ends_to_settle")[0], ids=sorted(documents)):
            if row["ended"] != row["noted"]:
                for statement in texts.statements("write", "note_end"):
                    self.run(statement, id=row["id"], ended=row["ended"])

    def _drop(self, unnamed: dict[str, set[str]]) -> None:
        """Remove those nodes that no document names any more."""
        for label, ids in unnamed.items():
            if ids:
                name = "drop_uncited" if label == "Document" else "drop_unnamed"
                self.run(texts.node_text(name, label), ids=sorted(ids))

    def _ids(self, question: str, document: str) -> set[str]:
        return {str(row["id"]) for row in self.run(texts.read_text(question), id=document)}


def _with_sample(ids: Sequence[str], properties: Sequence[str], rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return rows of these properties, after one that shows the engine a value of each type."""
    first = dict.fromkeys(ids, "") | {name: sample(name) for name in properties}
    return [first, *({name: row[name] for name in first} for row in rows)]
