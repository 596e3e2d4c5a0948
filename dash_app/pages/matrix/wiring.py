"""The wires of the matrix page: address -> question -> answer -> page; cell -> proof."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, parse
from dash_app.components import Proof
from dash_app.page import Desk
from dash_app.pages.matrix import data, layout
from dash_app.pages.trace.data import proof_of
from dash_app.shell import desk_for

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace


def render(desk: Desk, address: Address) -> Component:
    say = desk.say
    answer = desk.workspace.matrix(data.question_of(address))
    line = layout.question_line(say, address, answer)
    if not answer.rows:
        return layout.page(say, line, layout.nothing(say, address, answer), cell=None)
    chosen = data.chosen_of(answer, data.state_of(address), address.get("cell"))
    words = layout.answer_card(say, address, answer)
    body = layout.answered(say, layout.table(say, address, answer, chosen), _proof(desk, chosen))
    return layout.page(say, line, words, body, cell=chosen.key if chosen else None)


def _proof(desk: Desk, chosen: data.Chosen | None) -> Proof | None:
    if chosen is None:
        return None
    return replace(proof_of(desk, chosen.cell.facts[0]), known=layout.known_of(desk.say, chosen))


def wire(app: Dash, workspace: Workspace) -> None:
    app.clientside_callback(
        ClientsideFunction(namespace="desk", function_name="cell"),
        Output("matrix-cell", "data"),
        Input("url", "search"),
        State("matrix-cell", "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output("matrix-evidence", "children"),
        Input("matrix-cell", "data"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def show_proof(cell: str | None, search: str | None) -> Component:
        desk = desk_for(workspace)
        address = parse(layout.PATH, search)
        answer = workspace.matrix(data.question_of(address))
        chosen = data.chosen_of(answer, data.state_of(address), cell)
        return ui.frozen(ui.evidence_panel(desk.say, _proof(desk, chosen)))
