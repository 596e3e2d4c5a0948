"""The wires of the search page: a search is saved under a name, renamed, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State, no_update

from dash_app.address import parse
from dash_app.pages.search.data import NAME, values_of
from dash_app.shell import desk_for
from ntmgraph.workspace import NameTakenError

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace


def wire(app: Dash, workspace: Workspace) -> None:
    # `asked` again with the same address: the page is rendered anew and shows the new state.
    @app.callback(
        Output("asked", "data", allow_duplicate=True),
        Output("search-said", "children", allow_duplicate=True),
        Input("search-save", "n_clicks"),
        Input("search-name", "n_submit"),
        State("search-name", "value"),
        State("asked", "data"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def save(clicks: int | None, sent: int | None, name: str | None, asked: list[str], search: str | None) -> tuple:
        if not clicks and not sent:
            return no_update, no_update
        say = desk_for(workspace).say
        name = (name or "").strip()[:NAME]
        if not name:
            return no_update, say("search.saved.nameless")
        try:
            workspace.searches.save(name, values_of(parse(asked[0], search)))
        except NameTakenError:
            return no_update, say("search.saved.taken", name=name)
        return asked, no_update

    @app.callback(
        Output("url", "search", allow_duplicate=True),
        Output("search-said", "children", allow_duplicate=True),
        Input("search-rename", "n_clicks"),
        Input("search-new-name", "n_submit"),
        State("search-new-name", "value"),
        State("asked", "data"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def rename(clicks: int | None, sent: int | None, name: str | None, asked: list[str], search: str | None) -> tuple:
        if not clicks and not sent:
            return no_update, no_update
        say, address = desk_for(workspace).say, parse(asked[0], search)
        name = (name or "").strip()[:NAME]
        if not name:
            return no_update, say("search.saved.nameless")
        try:
            workspace.searches.rename(address.get("edit") or "", name)
        except NameTakenError:
            return no_update, say("search.saved.taken", name=name)
        return _query(address.with_(edit=None)), no_update

    @app.callback(
        Output("url", "search", allow_duplicate=True),
        Input("search-drop", "n_clicks"),
        State("asked", "data"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def drop(clicks: int | None, asked: list[str], search: str | None) -> object:
        if not clicks:
            return no_update
        address = parse(asked[0], search)
        workspace.searches.drop(address.get("edit") or "")
        return _query(address.with_(edit=None))


def _query(address: str) -> str:
    """The query of an address."""
    return "".join(address.partition("?")[1:])
