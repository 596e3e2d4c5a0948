"""The list of documents, what one cites and is cited by, and the totals of the overview."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ntmgraph.queries import PAGE, CitationRow, DocumentRow, Overview, TaskName
from ntmgraph.store import GraphStore, Row
from ntmgraph.store.citations import SOLE, fitting, unsure, wanted
from ntmgraph.store.words import spoken
from ntmgraph.workspace.records import document_name, documents_by_id, ended_by, evidence_of, page_of_days

_NEWEST = 10


def documents(
    store: GraphStore,
    text: str = "",
    *,
    year: int | None = None,
    type: str | None = None,
    issuer: str | None = None,
    province: str | None = None,
    offset: int = 0,
    limit: int = PAGE,
) -> tuple[tuple[DocumentRow, ...], int]:
    """Return a page of the documents taken in, newest first, and how many there are in all; accents are optional."""
    chosen = _chosen(text, year=year, type=type, issuer=issuer, province=province)
    total: int = store.ask("count_documents", **chosen)[0]["total"]
    listed = store.ask("list_documents", **chosen, offset=offset, limit=limit) if offset < total else []
    return _document_rows(store, [row["id"] for row in listed]), total


def count(store: GraphStore) -> int:
    """Return how many documents were taken in."""
    total: int = store.ask("count_documents", **_chosen())[0]["total"]
    return total


def _chosen(
    text: str = "",
    *,
    year: int | None = None,
    type: str | None = None,
    issuer: str | None = None,
    province: str | None = None,
) -> dict[str, object]:
    return {
        "words": spoken(text),
        "first": date(year or 1, 1, 1),
        "last": date(year or 9999, 12, 31),
        "any_day": year is None,
        "type": type or "",
        "issuer": issuer or "",
        "province": province or "",
    }


def document(store: GraphStore, id: str) -> DocumentRow | None:
    """Return one document as the list shows it; None when it was not taken in."""
    return next(iter(_document_rows(store, [id])), None)


def tasks_named(store: GraphStore, ids: Iterable[str]) -> dict[str, TaskName]:
    """Return the tasks that there are of these, by id."""
    rows = store.ask("tasks", ids=sorted(set(ids)))
    known = documents_by_id(store, {row["document"] for row in rows if row["document"]})
    return {
        row["task"]: TaskName(row["task"], row["what"], document_name(known[row["document"]]))
        for row in rows
        if row["document"] in known
    }


def paths_of(store: GraphStore, provisions: Iterable[str]) -> dict[str, str]:
    """Return the labels by which people find provisions in their documents, by id: "III.2.a"."""
    rows = store.ask("paths_of_provisions", ids=sorted(set(provisions)))
    return {row["provision"]: row["path"] for row in rows}


def cites(store: GraphStore, id: str) -> tuple[CitationRow, ...]:
    """Return what a document cites, in the order of its text.

    A citation that only one document taken in can mean leads to that document; one that several can mean names them.
    """
    rows = store.ask("cites", id=id)
    told = {(row["start"], row["relation"]) for row in rows if row["rule"] == SOLE}
    rows = [row for row in rows if row["taken_in"] or (row["start"], row["relation"]) not in told]
    open_ones = [row for row in rows if not row["taken_in"] and unsure(row["id"])]
    like = store.ask("documents_like", **wanted(open_ones)) if open_ones else []
    citing = store.ask("documents", ids=[id])[0] if like else {}
    alike = {
        row["id"]: fitting(row | {"document": id, "cited_on": citing["date"], "province": citing["province"]}, like)
        for row in (open_ones if like else ())
    }
    return tuple(_citation(row, alike.get(row["id"], ())) for row in rows)


def cited_by(store: GraphStore, id: str, *, offset: int = 0, limit: int = PAGE) -> tuple[tuple[CitationRow, ...], int]:
    """Return a page of what cites a document, newest first, and how many there are in all."""
    days = store.ask("count_cited_by", id=id)
    rows = store.ask("cited_by", id=id, **page_of_days(days, offset, limit))
    return tuple(_citation(row) for row in rows), sum(row["total"] for row in days)


def changed_by(store: GraphStore, id: str) -> tuple[CitationRow, ...]:
    """Return what amends, replaces or abolishes a document, as a whole or in part, newest first."""
    return tuple(map(_citation, store.ask("changed_by", id=id)))


def totals(store: GraphStore, province: str | None = None) -> Overview:
    """Return how much there is, and the newest documents: of a province, where one is named; states are not asked."""
    counted = store.ask("totals")[0]
    newest, count = documents(store, province=province, limit=_NEWEST)
    return Overview(count, counted["tasks"], counted["agencies"], counted["issues"], newest=newest)


def _document_rows(store: GraphStore, ids: list[str]) -> tuple[DocumentRow, ...]:
    rows = {row["id"]: row for row in store.ask("document_rows", ids=ids)} if ids else {}
    taken_in = [rows[id] for id in ids if id in rows and rows[id].pop("taken_in")]
    ended = ended_by(store, [row["id"] for row in taken_in], None)
    return tuple(DocumentRow(**row, replaced_by=ended.get(row["id"])) for row in taken_in)


def _citation(row: Row, alike: Sequence[Row] = ()) -> CitationRow:
    return CitationRow(
        row["relation"],
        document_name(row),
        row["taken_in"],
        evidence_of(row) if row["quote"] else None,
        tuple(document_name(each) for each in alike),
    )
