"""The wires of the deadlines page: suggestions for its filter, and the mark of a task as done."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State, no_update

from dash_app import components as ui
from dash_app.address import Address, parse
from dash_app.page import Desk
from dash_app.pages.deadlines.layout import criterion_title
from dash_app.shell import desk_for
from ntmgraph import preferences
from ntmgraph.workspace import NotYetError

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from ntmgraph.workspace import Workspace

SUGGESTED = 6  # of each kind


def wire(app: Dash, workspace: Workspace) -> None:
    @app.callback(
        Output("deadlines-filter-list", "children"),
        Input("deadlines-filter-text", "value"),
        State("url", "pathname"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def suggest(typed: str | None, pathname: str, search: str | None) -> list[Component]:
        desk = desk_for(workspace)
        return ui.choices(desk.say, suggestions(desk, parse(pathname, search), typed or ""), typed=typed or "")

    # `asked` again with the same address: the page is rendered anew and shows the new state.
    @app.callback(
        Output("asked", "data", allow_duplicate=True),
        Output("deadlines-said", "children"),
        Input("deadlines-save", "n_clicks"),
        State("deadlines-done-on", "value"),
        State("deadlines-note", "value"),
        State("asked", "data"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def save(clicks: int | None, day: str | None, note: str | None, asked: list[str], search: str | None) -> tuple:
        if not clicks:
            return no_update, no_update
        done_on = typed_date(day)
        if done_on is None:
            return no_update, desk_for(workspace).say("deadlines.bad_day")
        try:
            workspace.set_done(_task(asked, search), done_on, (note or "").strip(), preferences.load().author)
        except NotYetError:
            return no_update, desk_for(workspace).say("deadlines.not_yet", day=ui.vn_date(done_on))
        return asked, no_update

    @app.callback(
        Output("asked", "data", allow_duplicate=True),
        Input("deadlines-undo", "n_clicks"),
        State("asked", "data"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def undo(clicks: int | None, asked: list[str], search: str | None) -> object:
        if not clicks:
            return no_update
        workspace.set_done(_task(asked, search), None, "", preferences.load().author)
        return asked


def suggestions(desk: Desk, address: Address, typed: str) -> list[ui.Choice]:
    """Agencies, criteria and places that the typed letters may mean, each with the page narrowed to it."""
    if not typed.strip():
        return []

    def narrowed(name: str, value: str) -> str:
        return address.with_(row=None, offset=None, **{name: value})

    found = [
        ui.Choice(agency.name, narrowed("agency", agency.id), "agency", agency.place)
        for agency in desk.workspace.agencies(typed, SUGGESTED)
    ]
    found += [
        ui.Choice(criterion_title(desk.say, criterion), narrowed("criterion", criterion.id), "criterion", criterion.set)
        for criterion in desk.workspace.criteria(typed, SUGGESTED)
    ]
    found += [
        ui.Choice(place.name, narrowed("place", place.id), "place", place.place)
        for place in desk.workspace.places(typed, SUGGESTED)
    ]
    return found


def typed_date(text: str | None) -> date | None:
    """The day written dd/mm/yyyy; None for anything else."""
    try:
        return datetime.strptime((text or "").strip(), "%d/%m/%Y").date()
    except ValueError:
        return None


def _task(asked: list[str], search: str | None) -> str:
    task = parse(asked[0], search).get("row")
    if task is None:
        raise ValueError("no task is chosen in this address")
    return task
