"""The frame of the document page from its records: header card, tabs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, link
from dash_app.components import Child
from dash_app.pages.document import data
from dash_app.words import Words
from ntmgraph.model import DocumentState, Reading
from ntmgraph.queries import CitationRow, DocumentView

PREFIX = "/van-ban/"
ORIGINAL = "/van-ban-goc/"
TABS = ("text", "pages", "tasks", "relations", "timeline", "unread")
IN_CARD = 3  # cited documents named in the header card


def page(say: Words, *content: Child) -> Component:
    return html.Div(list(content), className="stack")


def missing(say: Words, document: str) -> Component:
    return page(
        say,
        ui.empty(
            say("document.missing.title"),
            say("document.missing.text", id=document),
            action=(say("document.missing.go"), "/van-ban"),
            sign="documents",
        ),
    )


def head(say: Words, view: DocumentView, reading: Reading, address: Address) -> Component:
    """What the document is, and how much of it was understood."""
    row, document = view.row, reading.document
    # A table without a number is taken in, which does not make it a document that was issued.
    state = say(f"document.state.{row.state}") if row.number or row.state != DocumentState.ISSUED else None
    kind = " · ".join(part for part in (row.type, state) if part)
    title = html.Div(
        [
            html.Small(kind),
            html.H2(row.number or row.type or say("document.unnamed")),
            html.P(row.subject) if row.subject else html.P(say("document.no_subject"), className="quiet"),
        ]
    )
    signer = document.signer
    read = say(
        "document.read",
        tasks=len(reading.tasks),
        deadlines=len(reading.deadlines),
        targets=len(reading.targets),
        results=len(reading.results),
    )
    doubts: Child = say("document.no_doubts")
    if reading.issues:
        to_doubts = address.with_(tab="unread", at=None, part=None)
        doubts = html.A(say("document.doubts", n=len(reading.issues)), href=to_doubts, className="of-document")
    ended = (
        [(say("document.ended.by"), ui.document_reference(say, row.replaced_by))] if row.replaced_by is not None else []
    )
    known = ui.facts(
        *ended,
        (say("document.issuer"), row.issuer or ui.not_stated(say)),
        (say("document.date"), ui.vn_date(row.date) or row.date_text or ui.not_stated(say)),
        (say("document.signer"), _signer(say, signer.name, signer.title) if signer else ui.not_stated(say)),
        (say("document.cites"), _cited(say, view.cites, address)),
        *((say("document.repaired"), words) for words in data.repairs_of(reading)),
        (say("document.understood"), [read, " · ", doubts]),
    )
    return html.Section([title, known], className="panel document-head")


def _signer(say: Words, name: str | None, title: str | None) -> Child | list[Child]:
    """Who signed, and as what; a title alone names nobody."""
    if name is None and title is not None:
        return [html.Span(say("document.signer.unnamed"), className="quiet"), f", {title}"]
    return ", ".join(part for part in (name, title) if part) or ui.not_stated(say)


def _acts(say: Words, view: DocumentView) -> list[Component]:
    trace = html.A(
        [ui.icon("trace"), say("document.trace")], href=link("/truy-vet", document=view.row.id), className="button"
    )
    if not view.original:
        return [trace]
    original = html.A(
        [ui.icon("download"), say("document.original")],
        href=f"{ORIGINAL}{quote(view.row.id, safe='')}",
        className="button",
        title=view.file_name,
        **{"data-out": "1"},
    )
    return [trace, original]


def _cited(say: Words, cites: Sequence[CitationRow], address: Address) -> Child | list[Child]:
    if not cites:
        return ui.not_stated(say)
    children: list[Child] = []
    for citation in cites[:IN_CARD]:
        children += [
            "; " if children else "",
            ui.document_reference(say, citation.document, taken_in=citation.taken_in),
        ]
    if len(cites) > IN_CARD:
        more = say("document.cites.more", n=len(cites) - IN_CARD)
        children += [
            "; ",
            html.A(more, href=address.with_(tab="relations", at=None, part=None), className="of-document"),
        ]
    return children


def tab_row(say: Words, address: Address, view: DocumentView, reading: Reading, chosen: str) -> Component:
    counts = {
        "text": None,
        "pages": len(reading.scanned_pages),
        "tasks": len(data.told_of(reading)),
        "relations": len(view.cites) + view.cited_by_total,
        "timeline": None,
        "unread": len(reading.issues) + len(reading.left_out) + len(reading.doubtful_words),
    }
    items = [
        (
            say(f"document.tab.{name}"),
            address.with_(tab=None if name == "text" else name, at=None, part=None, page=None, view=None, offset=None),
            counts[name],
            name == chosen,
        )
        for name in TABS
        if name != "pages" or reading.scanned_pages
    ]
    tabs = ui.tabs(say, items, label=say("document.tabs"))
    return html.Div([tabs, html.Div(_acts(say, view), className="acts")], className="tab-row")
