"""The wires of the page: suggestions, the chosen task, states set and taken back, files down."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State
from flask import Response, abort, request, send_file
from plotly.utils import PlotlyJSONEncoder

from dash_app import beside
from dash_app import components as ui
from dash_app.address import Address, parse
from dash_app.answers import sentence
from dash_app.page import Desk
from dash_app.pages.deadlines import data
from dash_app.pages.deadlines.layout import criterion_title, side_of
from dash_app.pages.deadlines.states import PROOF, SAVE, UNDO, notice, saved
from dash_app.shell import desk_for
from ntmgraph import preferences
from ntmgraph.workspace import NotYetError, ProofError, TooManyError, UnknownTaskError
from ntmgraph.workspace.decisions import UNCHECKED, DecidedMeanwhileError, UnknownDecisionError
from ntmgraph.workspace.originals import MissingFileError

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from ntmgraph.workspace import Workspace

SUGGESTED = 6  # of each kind
PATH = "/nhiem-vu"


def wire(app: Dash, workspace: Workspace) -> None:
    @app.callback(
        Output("deadlines-filter-list", "children"),
        Input("deadlines-filter-typed", "data"),
        State("url", "pathname"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def suggest(typed: str | None, pathname: str, search: str | None) -> list[Component]:
        desk = desk_for(workspace)
        return ui.choices(desk.say, suggestions(desk, parse(pathname, search), typed or ""), typed=typed or "")

    beside.wire(app, workspace, "deadlines", PATH, choose="task", tell=told)

    # A form with a file comes as it is: Dash's own upload would hold the file three times in memory, as base64.
    @app.server.post(SAVE)
    def save() -> Response:
        return _answer(desk_for(workspace), _saved)

    @app.server.post(UNDO)
    def take_back() -> Response:
        def undone(desk: Desk) -> Component:
            for decision in request.form.getlist("decision"):
                workspace.undo(decision, by=preferences.load().author)
            return notice(desk.say, desk.say("deadlines.undone", n=len(request.form.getlist("decision"))))

        return _answer(desk_for(workspace), undone)

    @app.server.get(f"{PROOF}<decision>")
    def proof(decision: str) -> Response:
        """The file as a download: it may be anything, and must not run as a page of ours."""
        try:
            path, name = workspace.proof(decision)
            return send_file(path, as_attachment=True, download_name=name)
        except (KeyError, MissingFileError, FileNotFoundError):
            abort(HTTPStatus.NOT_FOUND)

    @app.server.get(f"{PATH}/lich.ics")
    def calendar() -> Response:
        question = data.question_of(parse(PATH, request.query_string.decode()), date.today())
        try:
            content, _ = workspace.calendar_file(question)
        except TooManyError as error:
            return sentence(desk_for(workspace).say.told(error), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        down = {"Content-Disposition": "attachment; filename=nhiem-vu.ics"}
        return Response(content, content_type="text/calendar; charset=utf-8", headers=down)

    def _saved(desk: Desk) -> Component:
        form = request.form
        tasks = form.getlist("task") or form.getlist("row")
        done_on = typed_date(form.get("done_on")) if form.get("state") == "done" else None
        if not tasks or (done_on is None and form.get("state") == "done"):
            raise _WrongFormError(desk.say("deadlines.bad_day" if tasks else "deadlines.form.none"))
        file = request.files.get("proof")
        proof = (file.filename, file.read()) if file and file.filename else None
        # Of several tasks the window does not show what others said of each since.
        seen = UNCHECKED if form.getlist("task") else form.get("seen") or None
        try:
            said = workspace.set_states(
                tasks,
                done_on,
                note=(form.get("note") or "").strip() or None,
                by=preferences.load().author,
                proof=proof,
                seen=seen,
            )
        except NotYetError as error:
            raise _WrongFormError(desk.say("deadlines.not_yet", day=ui.vn_date(done_on))) from error
        return saved(desk.say, said)


def told(desk: Desk, address: Address) -> list[Component]:
    """The task that the address names: its proof, its history, the form for its state."""
    return side_of(desk, address, *data.chosen(desk, address))


class _WrongFormError(ValueError):
    """What was sent cannot be written; the message is for the reader."""


def _answer(desk: Desk, act: Callable[[Desk], Component]) -> Response:
    """The notice that the window shows, or in words why nothing was written."""
    try:
        return Response(json.dumps(act(desk), cls=PlotlyJSONEncoder), content_type="application/json")
    except DecidedMeanwhileError as error:
        return sentence(desk.say.told(error), HTTPStatus.CONFLICT)
    except (_WrongFormError, UnknownTaskError, ProofError, UnknownDecisionError) as error:
        return sentence(desk.say.told(error), HTTPStatus.UNPROCESSABLE_ENTITY)


def suggestions(desk: Desk, address: Address, typed: str) -> list[ui.Choice]:
    """Agencies, criteria, places and documents that the typed letters may mean, each with the page narrowed to it."""
    if not typed.strip():
        return []

    def narrowed(name: str, value: str) -> str:
        return address.with_(row=None, offset=None, **{name: value})

    province = address.get("province")
    found = [
        ui.Choice(agency.name, narrowed("agency", agency.id), "agency", agency.place)
        for agency in desk.workspace.agencies(typed, SUGGESTED, province=province)
    ]
    found += [
        ui.Choice(criterion_title(desk.say, criterion), narrowed("criterion", criterion.id), "criterion", criterion.set)
        for criterion in desk.workspace.criteria(typed, SUGGESTED)
    ]
    found += [
        ui.Choice(place.name, narrowed("place", place.id), "place", place.place)
        for place in desk.workspace.places(typed, SUGGESTED, province=province)
    ]
    documents, _ = desk.workspace.documents(typed, province=province, limit=SUGGESTED)
    found += [
        ui.Choice(row.number or row.subject or row.id, narrowed("document", row.id), "document", ui.vn_date(row.date))
        for row in documents
    ]
    return found


def typed_date(text: str | None) -> date | None:
    """The day written dd/mm/yyyy; None for anything else."""
    try:
        return datetime.strptime((text or "").strip(), "%d/%m/%Y").date()
    except ValueError:
        return None
