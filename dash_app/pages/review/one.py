"""One fact alone: its form, its history, its sentence; and a task that the reader missed, beside its sentence. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, document_link
from dash_app.components import Child, Proof
from dash_app.pages.review import forms, layout
from dash_app.pages.review.data import PATH, Adding, Offers
from dash_app.words import Words
from ntmgraph.model import Basis
from ntmgraph.workspace.correcting import FactView, facts_in, suggested
from ntmgraph.workspace.decisions import Decision


def fact_page(
    say: Words,
    address: Address,
    view: FactView | None,
    offers: Offers | None,
    proof: Proof | None,
    tasks: Sequence[tuple[str, str]],
    last: Decision | None,
) -> Component:
    """One fact: its form, its history, its sentence."""
    if view is None:
        return ui.empty(say("review.unknown"), say("review.unknown.next"), action=(say("nav.review"), PATH))
    title = html.Div(
        [
            html.H1(say("review.fact")),
            html.B(forms.fact_title(say, view)),
            *([ui.basis_badge(say, view.fact.evidence.basis)] if view.fact else []),
        ],
        className="ask-line",
    )
    names = forms.forms_of(view)
    name = next((each for each in names if each == address.get("act")), names[0])
    body: list[Child]
    if view.fact is None or offers is None:
        body = [html.P(say("review.fact.gone"), className="panel-text")]
    else:
        said = {"fact": view.id, "seen": view.last}
        body = [
            ui.tabs(
                say,
                [
                    (say(f"review.form.{each}"), address.with_(act=each, body=None), None, each == name)
                    for each in names
                ],
                label=say("review.forms"),
            ),
            forms.form_of(say, view, offers, name, {}, address, cancel=address.with_(act=None, body=None), tasks=tasks),
            html.Div(
                [
                    forms.act_button(say("evidence.right"), {"do": "accepted", **said}, key="a"),
                    forms.act_button(say("review.do.rejected"), {"do": "rejected", **said}, key="x"),
                ],
                className="acts",
            ),
        ]
    left = [
        ui.panel(say("review.fact.now"), html.Div(body, className="fact-form")),
        ui.panel(say("review.history"), forms.history(say, view)),
        *layout.undo_bar(say, last),
    ]
    return html.Div(
        [
            title,
            html.Div(
                [html.Div(left, className="column scrolled"), ui.evidence_panel(say, proof)], className="split review"
            ),
        ],
        className="stack",
        **{"data-review": "1"},
    )


def adding_page(say: Words, address: Address, found: Adding | None, offers: Offers | None) -> Component:
    """The sentences of a paragraph, the form for the task that the chosen one gives, and the sentence in its place."""
    if found is None or offers is None:
        return ui.empty(say("review.unknown"), say("review.unknown.next"), action=(say("nav.review"), PATH))
    (start, end), text, document = found.chosen, found.reading.document.text, found.document
    there = document_link(document.id, at=start)
    choices = [
        html.A(
            ui.shortened(text[first:last], 200),
            href=address.with_(said=number),
            className="choice",
            **({"aria-current": "true"} if number == found.number + 1 else {}),
        )
        for number, (first, last) in enumerate(found.sentences, 1)
    ]
    known = len(facts_in(found.reading, start, end))
    act = {"document": document.id, "start": start, "end": end, "then": there}
    values = suggested(found.reading, start, end)
    form = forms.form_to_add(say, values, offers, act, cancel=there, key=f"{document.id} {start} {end}")
    sentences = html.Div([html.B(say("review.missed.which")), *choices], className="sentences")
    body: list[Child] = [
        *([sentences] if len(choices) > 1 else []),
        *([html.P(say("review.missed.known", n=known), className="quiet")] if known else []),
        form,
    ]
    evidence = found.evidence
    proof = Proof(document, evidence, ui.excerpt(found.reading, evidence), Basis.STATED, evidence.rule)
    shown = html.Aside(
        html.Div(
            [html.H2(say("evidence.title")), ui.document_card(say, proof), ui.quoted(say, proof)],
            className="evidence-body",
        ),
        className="panel evidence",
        **{"aria-label": say("evidence.title")},
    )
    title = html.Div(
        [html.H1(say("review.missed")), say("review.of"), html.B(ui.document_title(say, document))],
        className="ask-line",
    )
    left = [ui.panel(say("review.form.added"), html.Div(body, className="fact-form"))]
    return html.Div(
        [
            title,
            html.Div([html.Div(left, className="column scrolled"), shown], className="split review"),
        ],
        className="stack",
        **{"data-review": "1"},
    )
