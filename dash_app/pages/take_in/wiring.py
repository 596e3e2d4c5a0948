"""The wires of the take-in page: files in, a look at the job, the stop button."""

from __future__ import annotations

import logging
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State
from flask import Response, request

from dash_app import components as ui
from dash_app.address import parse
from dash_app.answers import sentence
from dash_app.pages.take_in.job import MAX_FILE, MAX_WAITING, TakeIn, WaitingFullError
from dash_app.pages.take_in.layout import batches_view
from dash_app.pages.take_in.ledger import ledger_view
from dash_app.shell import desk_for
from dash_app.troubles import why

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from ntmgraph.workspace import Workspace

log = logging.getLogger(__name__)

JOB = "take_in"  # where the Flask application keeps the job, so that the server can end it


def wire(app: Dash, workspace: Workspace) -> None:
    job = TakeIn(workspace)
    app.server.extensions[JOB] = job

    # Files come as plain bodies: Dash's own upload would hold each three times in memory, as base64.
    @app.server.post("/nap/tep")
    def receive() -> Response:
        size = request.content_length or 0
        if size > MAX_FILE:
            return _refusal("upload.too_large", size=MAX_FILE)
        try:
            job.receive(request.args["batch"], request.args["name"], size, request.stream)
        except WaitingFullError:
            return _refusal("upload.full", size=MAX_WAITING)
        except OSError as error:
            log.warning("a file could not be received", exc_info=error)
            return sentence(why(desk_for(workspace).say, error) or "", HTTPStatus.INSUFFICIENT_STORAGE)
        return Response(status=HTTPStatus.NO_CONTENT)

    @app.server.post("/nap/bat-dau")
    def start() -> Response:
        job.start(request.args["batch"], too_large=request.args.getlist("too_large"))
        return Response(status=HTTPStatus.NO_CONTENT)

    def _refusal(key: str, *, size: int) -> Response:
        text = desk_for(workspace).say(f"take_in.{key}", limit=size // 2**20)
        return sentence(text, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    @app.callback(
        Output("take_in-batches", "children"),
        Output("take_in-ledger", "children"),
        Output("take_in-tick", "disabled"),
        Input("take_in-tick", "n_intervals"),
        State("url", "search"),
    )
    def look(ticks: int | None, search: str | None) -> tuple[list[Component], list[Component], bool]:
        say, running = desk_for(workspace).say, job.running()
        book = workspace.ledger
        listed = ledger_view(
            say, parse("/nap", search), book.batches(), refused=len(book.refused_files()), running=running
        )
        under_way = batches_view(say, job.batches(), now=monotonic())
        return ui.frozen(under_way), ui.frozen(listed), not running

    @app.callback(Input("take_in-stop", "n_clicks"), prevent_initial_call=True)
    def stop(clicks: int | None) -> None:
        if clicks:
            job.stop()
