"""What a document cites and what cites it: as a drawing, and as lists with the sentences. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, document_link
from dash_app.components import Child, Column, Row
from dash_app.components.drawing import shape
from dash_app.pages.document import figure
from dash_app.pages.document.figure import Card, Relations
from dash_app.words import Words
from ntmgraph.model import Basis
from ntmgraph.queries import PAGE, CitationRow, DocumentName, DocumentView

LIST = "list"  # value of `view`: the lists alone


def relations(say: Words, view: DocumentView, address: Address, changes: Sequence[CitationRow] = ()) -> Component:
    """What the document cites and what cites it; changes: of those that cite it, what changes it, however old."""
    listed = address.get("view") == LIST or address.number("offset") > 0
    cited_by = tuple(dict.fromkeys((*changes, *view.cited_by)))
    any_related = bool(view.cites or cited_by)
    drawn = figure.lay_out(view.cites, cited_by, view.cited_by_total) if any_related and not listed else None
    return html.Div(
        [
            *([drawing(say, view, drawn, address)] if drawn else []),
            *([html.A(say("related.draw"), href=address.with_(view=None, offset=None), className="link")] * listed),
            _relation_table(say, say("document.cites.title"), view.cites, address, own=True),
            _relation_table(say, say("document.cited_by.title"), view.cited_by, address, own=False),
            *([_pager(say, view, address)] if view.cited_by else []),
        ],
        className="relations",
    )


def _pager(say: Words, view: DocumentView, address: Address) -> Component:
    return ui.pager(say, address, total=view.cited_by_total, shown=len(view.cited_by), size=PAGE)


def drawing(say: Words, view: DocumentView, drawn: Relations, address: Address) -> Component:
    """What it cites at the left, what cites it at the right: a card each, its relation leading to the sentence."""
    heads = [
        html.B(f"{say(name)}: {total}", style=_across(*column))
        for name, total, column in (
            ("document.cites.title", len(view.cites), figure.LEFT),
            ("document.cited_by.title", view.cited_by_total, figure.RIGHT),
        )
    ]
    more = [
        html.A(
            say("related.more", n=hidden),
            href=address.with_(view=LIST, offset=None),
            className="related-more",
            style={**_across(*column), "top": ui.rem(top)},
        )
        for (hidden, top), column in zip(drawn.left_out, (figure.LEFT, figure.RIGHT), strict=True)
        if hidden
    ]
    none = [
        html.Span(
            say("document.relations.none"),
            className="quiet",
            style={**_across(*column), "top": ui.rem(drawn.centre - figure.GAP)},
        )
        for total, column in ((len(view.cites), figure.LEFT), (view.cited_by_total, figure.RIGHT))
        if not total
    ]
    lines = shape("svg", *_paths(drawn), viewBox=f"0 0 1000 {drawn.height:.0f}", preserveAspectRatio="none")
    canvas = html.Div(
        [
            lines,
            *heads,
            _this(say, view, drawn.centre),
            *(_card(say, card, address) for card in drawn.cards),
            *more,
            *none,
        ],
        className="related-canvas",
        style={"height": ui.rem(drawn.height)},
    )
    return html.Section(
        [html.Div(canvas, className="related-view", tabIndex="0"), _key(say, drawn)],
        className="panel related",
        **{"aria-label": say("related.label")},
    )


def _paths(drawn: Relations) -> list[Component]:
    """A decided edge is a double line, as in the chain: a broad one with the ground drawn over its middle."""
    paths = []
    for edge in drawn.edges:
        basis = edge.related.basis
        paths.append(shape("path", d=edge.path, className=f"line rel-{edge.related.family} {basis}"))
        if basis is Basis.DECIDED:
            paths.append(shape("path", d=edge.path, className="core"))
    return paths


def _across(left: float, width: float) -> dict[str, str]:
    return {"left": f"{left / 10:.2f}%", "width": f"{width / 10:.2f}%"}


def _placed(column: tuple[float, float], top: float) -> dict[str, str]:
    return {**_across(*column), "top": ui.rem(top), "height": ui.rem(figure.CARD)}


def _this(say: Words, view: DocumentView, centre: float) -> Component:
    row = view.row
    return html.Div(
        [
            html.Span([ui.kind_mark("document"), row.type or say("kind.document")], className="card-note of-document"),
            html.B(row.number or say("document.unnamed")),
            html.Small(say("document.ended") if row.replaced_by else ui.vn_date(row.date) or say("document.undated")),
        ],
        className="card card-document asked",
        style=_placed(figure.CENTRE, centre - figure.CARD / 2),
    )


def _card(say: Words, card: Card, address: Address) -> Component:
    each = card.related
    document, citation = each.document, each.citation
    words = ", ".join(say(f"relation.{relation}") for relation in each.relations)
    if each.basis is not Basis.STATED:
        words += f" ({say(f'basis.{each.basis}')})"
    note: Component = html.Span(words, className=f"card-note rel-{each.family}")
    if citation.evidence:
        note = html.A(
            words,
            href=_sentence(citation, address, own=not card.cites),
            className=f"card-note rel-{each.family}",
            title=say("related.sentence", words=ui.shortened(citation.evidence.quote, 180)),
        )
    name = document.number or ui.document_title(say, document)
    title = ui.document_title(say, document)
    if citation.alike:
        label = html.A(
            [name, " ", html.Em(say("related.alike", n=len(citation.alike)))],
            href=address.with_(view=LIST),
            title=title,
            className="related-name",
        )
    elif citation.taken_in:
        label = html.A(name, href=document_link(document.id), title=title, className="related-name")
    else:
        label = html.Span([name, " ", html.Em(say("document.stub"))], title=title, className="related-name")
    source = ui.document_source(say, document)
    return html.Div(
        [note, label, html.Small(source, title=source)],
        className=f"card rel-{each.family}" + ("" if citation.taken_in else " stub"),
        style=_placed(figure.RIGHT if card.cites else figure.LEFT, card.top),
    )


def _key(say: Words, drawn: Relations) -> Component:
    """The colours and lines that occur."""
    families = {card.related.family for card in drawn.cards}
    shown = [(f"rel-{name}", say(f"related.key.{name}")) for name in figure.FAMILIES if name in families]
    bases = {card.related.basis for card in drawn.cards}
    if bases != {Basis.STATED}:
        shown += [(str(basis), say(f"chain.key.{basis}")) for basis in Basis if basis in bases]
    items = [html.Span([html.I(className=f"key-line {name}"), words]) for name, words in shown]
    if any(not card.related.citation.taken_in for card in drawn.cards):
        items.append(html.Span([html.I(className="key-stub"), say("related.key.stub")]))
    return html.Div(html.Div(items, className="chain-key"), className="chain-foot")


def _sentence(citation: CitationRow, address: Address, *, own: bool) -> str:
    """Where the words of a citation stand: in this document, or in the one that cites it."""
    at = citation.evidence.start if citation.evidence else None
    return address.with_(tab=None, view=None, offset=None, at=at) if own else document_link(citation.document.id, at=at)


def _relation_table(
    say: Words, title: str, citations: Sequence[CitationRow], address: Address, *, own: bool
) -> Component:
    if not citations:
        return ui.panel(title, html.P(say("document.relations.none"), className="quiet pad"))
    columns = [
        Column(say("document.col.relation"), width="16%"),
        Column(say("trace.col.document"), width="34%"),
        Column(say("document.col.words")),
    ]
    rows = []
    for citation in citations:
        reference = [
            ui.document_reference(say, citation.document, taken_in=citation.taken_in),
            html.Div(ui.document_source(say, citation.document), className="quiet"),
        ]
        if citation.alike:
            reference.append(_alike(say, citation.alike))
        quote: Child = html.Span("–", className="quiet")
        if citation.evidence:
            words = ui.shortened(citation.evidence.quote, 180)
            quote = html.A(words, href=_sentence(citation, address, own=own))
        rows.append(Row([say(f"relation.{citation.relation}"), reference, quote]))
    return ui.panel(title, ui.table(columns, rows, caption=title), class_name="bare")


def _alike(say: Words, documents: Sequence[DocumentName]) -> Component:
    """The documents taken in that a citation may mean: nothing chooses between them."""
    named: list[Child] = [say("document.alike"), " "]
    for number, each in enumerate(documents):
        named += ["; " if number else "", ui.document_reference(say, each)]
    return html.Div(named, className="quiet")
