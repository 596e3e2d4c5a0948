"""The list of documents, what one cites and is cited by, and the totals of the overview."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ntmgraph.queries import PAGE, CitationRow, DocumentRow, Overview
from ntmgraph.store import GraphStore, Row
from ntmgraph.store.words import spoken
from ntmgraph.workspace.deadlines import task_states
from ntmgraph.workspace.records import document_name, evidence_of

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
    chosen = {
        "words": spoken(text),
        "first": date(year or 1, 1, 1),
        "last": date(year or 9999, 12, 31),
        "any_day": year is None,
        "type": type or "",
        "issuer": issuer or "",
        "province": province or "",
    }
    total: int = store.ask("count_documents", **chosen)[0]["total"]
    listed = store.ask("list_documents", **chosen, offset=offset, limit=limit) if offset < total else []
    return _document_rows(store, [row["id"] for row in listed]), total


def document(store: GraphStore, id: str) -> DocumentRow | None:
    """Return one document as the list shows it; None when it was not taken in."""
    return next(iter(_document_rows(store, [id])), None)


def cites(store: GraphStore, id: str) -> tuple[CitationRow, ...]:
    """Return what a document cites, in the order of its text."""
    return tuple(_citation(row) for row in store.ask("cites", id=id))


def cited_by(store: GraphStore, id: str) -> tuple[CitationRow, ...]:
    """Return what cites a document, newest first."""
    return tuple(_citation(row) for row in store.ask("cited_by", id=id))


def overview(store: GraphStore, on: date, done: Mapping[str, date] | None = None) -> Overview:
    """Return the totals as of a day."""
    totals = store.ask("totals")[0]
    states, soon = task_states(store, on, done)
    newest, count = documents(store, limit=_NEWEST)
    return Overview(
        documents=count,
        tasks=totals["tasks"],
        agencies=totals["agencies"],
        issues=totals["issues"],
        states={str(state): tasks for state, tasks in states.items()},
        due_soon=soon,
        newest=newest,
    )


def _document_rows(store: GraphStore, ids: list[str]) -> tuple[DocumentRow, ...]:
    rows = {row["id"]: row for row in store.ask("document_rows", ids=ids)} if ids else {}
    taken_in = [rows[id] for id in ids if id in rows and rows[id]["taken_in"]]
    return tuple(DocumentRow(**{name: value for name, value in row.items() if name != "taken_in"}) for row in taken_in)


def _citation(row: Row) -> CitationRow:
    return CitationRow(row["relation"], document_name(row), row["taken_in"], evidence_of(row) if row["quote"] else None)
