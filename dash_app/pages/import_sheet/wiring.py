"""The wires of the import page: sheets to be read, a look at them, the second click."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from dash import Dash, Input, Output
from flask import Response, request

from dash_app import components as ui
from dash_app.pages.import_sheet.job import Previews
from dash_app.pages.import_sheet.layout import PATH, sheets_view
from dash_app.pages.take_in.wiring import JOB
from dash_app.shell import desk_for

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from ntmgraph.workspace import Workspace


def wire(app: Dash, workspace: Workspace) -> None:
    previews = Previews(workspace, lambda: app.server.extensions[JOB])

    @app.server.post(f"{PATH}/xem-truoc")
    def read() -> Response:
        previews.read(request.args["batch"], too_large=request.args.getlist("too_large"))
        return Response(status=HTTPStatus.NO_CONTENT)

    @app.server.post(f"{PATH}/<any(accept, drop):what>")
    def decide(what: str) -> Response:
        (previews.accept if what == "accept" else previews.drop)(request.args["sheet"])
        return Response(status=HTTPStatus.NO_CONTENT)

    @app.callback(
        Output("import_sheet-list", "children"),
        Output("import_sheet-tick", "disabled"),
        Input("import_sheet-tick", "n_intervals"),
    )
    def look(ticks: int | None) -> tuple[list[Component], bool]:
        running = previews.running()  # asked first: what ends after it is shown by the next look
        return ui.frozen(sheets_view(desk_for(workspace).say, previews.sheets())), not running
