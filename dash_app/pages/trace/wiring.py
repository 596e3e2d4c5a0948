"""The wires of the trace page: address -> question -> answer -> page; typing -> suggestions; row -> proof."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from dash_app import beside
from dash_app import components as ui
from dash_app.address import Address, parse
from dash_app.components import Proof
from dash_app.page import Desk
from dash_app.pages.trace import data, layout
from dash_app.pages.trace.figure import chain_of, lay_out
from dash_app.shell import desk_for
from ntmgraph.queries import TraceRow

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace


def render(desk: Desk, address: Address) -> Component:
    say = desk.say
    question = data.question_of(address)
    if question is None:
        line = layout.question_line(say, address, None)
        return layout.page(
            say, line, layout.start(say, address, data.beginnings(desk, province=address.get("province"))), row=None
        )
    answer = desk.workspace.trace(question)
    line = layout.question_line(say, address, answer)
    which = layout.many_meanings(say, address, answer)
    row = data.chosen_key(answer, address.get("row"))
    shown = data.row_of(answer, row)
    if shown is None:
        return layout.page(
            say,
            line,
            *([which] if which else []),
            layout.nothing_found(say, answer, address, data.namesakes(desk, answer)),
            row=None,
        )
    chain = chain_of(answer, folded=address.names("fold"), opened=address.names("open"))
    beginning = desk.workspace.trace(replace(question, offset=0)) if question.offset else answer
    summary = data.summary_of(answer, on=question.on or desk.today, offset=question.offset, beginning=beginning)
    words = layout.answer_card(say, answer, summary, address)
    body = layout.answered(
        say,
        layout.chain(say, lay_out(chain), address, left_out=chain.left_out, chosen=row),
        layout.rows_table(say, answer, address, row),
        _proof(desk, shown),
    )
    return layout.page(say, line, *([which] if which else []), words, body, row=row)


def _proof(desk: Desk, row: TraceRow) -> Proof:
    return replace(data.proof_of(desk, row), known=layout.known_of(desk.say, row))


def told(desk: Desk, address: Address) -> Component:
    """The proof of the row that the address names, the first one where it names none."""
    question = data.question_of(address)
    answer = desk.workspace.trace(question) if question else None
    shown = data.row_of(answer, data.chosen_key(answer, address.get("row"))) if answer else None
    return ui.evidence_panel(desk.say, _proof(desk, shown) if shown else None)


def wire(app: Dash, workspace: Workspace) -> None:
    beside.wire(app, workspace, "trace", layout.PATH, choose="row", tell=told)

    @app.callback(
        Output("trace-add-list", "children"),
        Input("trace-add-typed", "data"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def suggest(typed: str | None, search: str | None) -> list[Component]:
        desk = desk_for(workspace)
        if not (typed or "").strip():
            return []
        address = parse(layout.PATH, search)
        found = data.suggestions(desk, typed or "", province=address.get("province"))
        return ui.frozen(layout.add_choices(desk.say, address, found, typed or ""))
