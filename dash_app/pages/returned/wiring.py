"""The wires of the page of a returned list: a file in, and what is approved written."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component
from flask import Response, current_app, request

from dash_app.address import Address, parse
from dash_app.answers import sentence
from dash_app.page import Desk
from dash_app.pages.returned import layout
from dash_app.pages.returned.data import Uploads, compared
from dash_app.shell import desk_for
from ntmgraph import preferences
from ntmgraph.export import returned
from ntmgraph.model import ReadError

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace

UPLOADS = "returned"  # where the Flask application keeps the files


def render(desk: Desk, address: Address) -> Component:
    upload = current_app.extensions[UPLOADS].get(address.get("file"))
    return layout.page(desk.say, address, compared(desk, address, upload) if upload else None)


def wire(app: Dash, workspace: Workspace) -> None:
    uploads = Uploads()
    app.server.extensions[UPLOADS] = uploads

    @app.server.post("/nhiem-vu/nhap/tep")
    def receive_list() -> Response:
        """Keep a file and answer with its key, or with a sentence on what is wrong with it."""
        say = desk_for(workspace).say
        if (request.content_length or 0) > returned.LIMIT:
            large = say("returned.large", limit=returned.LIMIT // 2**20)
            return sentence(large, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            key = uploads.keep(request.args["name"], request.get_data(cache=False))
        except ReadError as error:
            words = say.told(error)
            return sentence(words[:1].upper() + words[1:], HTTPStatus.UNPROCESSABLE_ENTITY)
        return sentence(key)

    # `asked` again with the same address: the page is drawn anew, without what was written.
    @app.callback(
        Output("asked", "data", allow_duplicate=True),
        Input("returned-save", "n_clicks"),
        State("asked", "data"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def save(clicks: int | None, asked: list[str], search: str | None) -> object:
        address = parse(asked[0], search)
        key = address.get("file")
        upload = uploads.get(key)
        if not clicks or key is None or upload is None:
            return no_update
        approved = compared(desk_for(workspace), address, upload).approved
        uploads.note(key, *returned.approve(workspace, approved, preferences.load().author))
        return asked
