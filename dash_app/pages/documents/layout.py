"""What the list of documents shows: the filters, the count in words, one line for each document."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import SCOPE, Address, document_link
from dash_app.page import Desk
from dash_app.words import Words
from ntmgraph.model import DocumentState
from ntmgraph.queries import DocumentChoices, DocumentName, DocumentRow

NARROWING = ("q", "year", "type", "issuer", "province")


def render(desk: Desk, address: Address) -> Component:
    rows, total = desk.workspace.documents(
        address.get("q") or "",
        year=address.number("year") or None,
        type=address.get("type"),
        issuer=address.get("issuer"),
        province=address.get("province"),
        offset=address.number("offset"),
        limit=ui.ROWS,
    )
    return view(desk.say, address, rows, total, desk.workspace.document_choices())


def view(say: Words, address: Address, rows: Sequence[DocumentRow], total: int, choices: DocumentChoices) -> Component:
    """The page for one page of the list; without any document, how to get some."""
    narrowed = any(address.get(name) for name in NARROWING)
    if not total and not narrowed:
        action = (say("documents.take_in"), "/nap")
        return ui.empty(say("documents.none"), say("documents.none.next"), action=action, sign="documents")
    note = None
    if narrowed:
        everything = address.with_(offset=None, **dict.fromkeys(NARROWING))
        note = [say("documents.narrowed"), " ", html.A(say("documents.all"), href=everything, className="link")]
    return html.Div(
        [
            html.H1(say("nav.documents"), className="aside"),
            filters(say, address, choices),
            ui.answer(
                say.rich("documents.count", total=html.B(say.number(total))),
                note,
                tools=ui.export_links(say, address) if rows else None,
            ),
            listed(say, rows) if rows else ui.empty(say("documents.nothing"), say("documents.nothing.next")),
            *([ui.pager(say, address, total=total, shown=len(rows))] if total > len(rows) else []),
        ],
        className="stack",
    )


def filters(say: Words, address: Address, choices: DocumentChoices) -> Component:
    """Words and three choices; choosing asks at once."""
    known = {"year": map(str, choices.years), "type": choices.types, "issuer": choices.issuers}
    return ui.form(
        address,
        ui.text_field("q", address.get("q"), label=say("documents.filter"), placeholder=say("documents.filter.hint")),
        *(
            ui.select_field(
                name,
                [("", say("documents.any")), *((value, value) for value in values)],
                address.get(name),
                label=say(f"documents.{name}"),
            )
            for name, values in known.items()
        ),
        keep=SCOPE,
        class_name="filters",
    )


def listed(say: Words, rows: Sequence[DocumentRow]) -> Component:
    """The documents as a table; a click opens one."""
    columns = (
        ui.Column(say("documents.col.document"), width="24%"),
        ui.Column(say("documents.col.date"), width="5.75rem"),
        ui.Column(say("documents.col.subject")),
        ui.Column(say("documents.col.issuer"), width="20%"),
        ui.Column(say("documents.col.tasks"), width="4.75rem", numeric=True),
        ui.Column(say("documents.col.issues"), width="4.75rem", numeric=True),
    )
    lines = [ui.Row(_cells(say, row), href=document_link(row.id)) for row in rows]
    return ui.table(columns, lines, caption=say("nav.documents"), name="documents-list")


def title_of(say: Words, row: DocumentRow) -> list[ui.Child]:
    """Type and number, and a badge on what is not an issued document."""
    named = DocumentName(row.id, row.number, row.date, row.issuer, row.type, row.subject)
    title: list[ui.Child] = [html.Span(ui.document_title(say, named), className="document-name")]
    if row.state != DocumentState.ISSUED:
        title += [" ", html.Span(say(f"document.state.{row.state}"), className="document-state")]
    if row.replaced_by is not None:
        by = ui.document_title(say, row.replaced_by)
        title += [" ", html.Span(say("document.ended"), className="document-state", title=by)]
    return title


def _cells(say: Words, row: DocumentRow) -> tuple[ui.Child | Sequence[ui.Child], ...]:
    day = ui.vn_date(row.date) or row.date_text
    return (
        title_of(say, row),
        day or html.Span(say("document.undated"), className="quiet"),
        html.Div(row.subject, className="clip", title=row.subject) if row.subject else ui.not_stated(say),
        html.Div(row.issuer, className="clip", title=row.issuer) if row.issuer else ui.not_stated(say),
        _count(say, row.tasks),
        _count(say, row.issues),
    )


def _count(say: Words, number: int) -> ui.Child:
    return say.number(number) if number else html.Span("–", className="quiet")
