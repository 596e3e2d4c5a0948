"""The wires of the matrix page: address -> question -> answer -> page; cell -> proof."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dash import Dash
from dash.development.base_component import Component

from dash_app import beside
from dash_app import components as ui
from dash_app.address import Address
from dash_app.components import Proof
from dash_app.page import Desk
from dash_app.pages.matrix import data, layout
from dash_app.pages.trace.data import proof_of

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace


def render(desk: Desk, address: Address) -> Component:
    say = desk.say
    answer = desk.workspace.matrix(data.question_of(address))
    line = layout.question_line(say, address, answer)
    if not answer.rows:
        return layout.page(say, line, layout.nothing(say, address, answer), cell=None)
    shown = data.chosen_of(answer, data.state_of(address), address.get("cell"))
    words = layout.answer_card(say, address, answer)
    body = layout.answered(say, layout.table(say, address, answer, shown), _proof(desk, shown))
    return layout.page(say, line, words, body, cell=shown.key if shown else None)


def _proof(desk: Desk, shown: data.Chosen | None) -> Proof | None:
    if shown is None:
        return None
    return replace(proof_of(desk, shown.cell.facts[0]), known=layout.known_of(desk.say, shown))


def told(desk: Desk, address: Address) -> Component:
    """The proof of the cell that the address names, else of the first one that matters."""
    answer = desk.workspace.matrix(data.question_of(address))
    shown = data.chosen_of(answer, data.state_of(address), address.get("cell"))
    return ui.evidence_panel(desk.say, _proof(desk, shown))


def wire(app: Dash, workspace: Workspace) -> None:
    beside.wire(app, workspace, "matrix", layout.PATH, choose="cell", tell=told)
