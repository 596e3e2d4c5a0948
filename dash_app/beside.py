"""One thing that an address names (a row, a cell, a task): choosing another one changes only what is told of it.

The page names the parameter in `Page.light`, so that it is not rendered anew; a function of its script (`choose`) marks
the thing at once and says which one is told; what is told comes from the server, as a function of the address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, parse
from dash_app.page import Desk
from dash_app.shell import desk_for

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace

Told = Component | list[Component]


def chosen(page: str, chosen: str | None) -> Component:
    """What is told of: the key of the chosen thing. page: its name."""
    return dcc.Store(id=f"{page}-chosen", data=chosen)


def panel(page: str, told: Told, *, class_name: str = "proof") -> Component:
    """Where it is told."""
    return html.Div(told, id=f"{page}-side", className=class_name, **{"aria-live": "polite"})


def wire(
    app: Dash, workspace: Workspace, page: str, path: str, *, choose: str, tell: Callable[[Desk, Address], Told]
) -> None:
    """Address -> chosen thing -> what is told of it. choose: name of the function of the page's script."""
    app.clientside_callback(
        ClientsideFunction(namespace="desk", function_name=choose),
        Output(f"{page}-chosen", "data"),
        Input("url", "search"),
        State(f"{page}-chosen", "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(f"{page}-side", "children"),
        Input(f"{page}-chosen", "data"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def show(chosen: str | None, search: str | None) -> object:
        return ui.frozen(tell(desk_for(workspace), parse(path, search)))
