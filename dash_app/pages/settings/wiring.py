"""The wires of the settings: what a person sets, the works that buttons begin, a Neo4j that is tried."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State, ctx, no_update
from flask import Response, send_file

from dash_app.address import parse
from dash_app.chores import CHORES, Chores
from dash_app.pages.settings import work
from dash_app.pages.settings.data import backup_named, chosen_lead, restoring_from
from dash_app.pages.settings.layout import chore_view
from dash_app.shell import desk_for
from ntmgraph import preferences
from ntmgraph.causes import cause
from ntmgraph.store import StoreError
from ntmgraph.store.connection import Connection
from ntmgraph.workspace.decisions import DecidedMeanwhileError, UnknownDecisionError
from ntmgraph.workspace.usual_leads import UnknownLeadError

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dash_app.chores import OnProgress, Result
    from ntmgraph.workspace import Workspace


def wire(app: Dash, workspace: Workspace) -> None:
    chores = Chores()
    app.server.extensions[CHORES] = chores
    _wire_person(app, workspace)
    _wire_chores(app, workspace, chores)
    _wire_neo4j(app, workspace)
    _wire_leads(app, workspace)


def _wire_person(app: Dash, workspace: Workspace) -> None:
    @app.callback(
        Output("settings-saved", "children"),
        Input("settings-save", "n_clicks"),
        State("settings-user", "value"),
        State("settings-office", "value"),
        State("settings-province", "value"),
        prevent_initial_call=True,
    )
    def save(clicks: int | None, user: str | None, office: str | None, province: str | None) -> str:
        say, province = desk_for(workspace).say, (province or "").strip()
        if province and province not in workspace.provinces():
            return say("settings.province.unknown", name=province)
        try:
            preferences.save(user=user, office=office, province=province)
        except OSError as error:
            return say("settings.not_saved", path=str(preferences.preferences_file()), why=say.told(cause(error)))
        return say("settings.saved")


def _wire_chores(app: Dash, workspace: Workspace, chores: Chores) -> None:
    @app.callback(
        Output("chores-now", "children"), Output("chores-tick", "disabled"), Input("chores-tick", "n_intervals")
    )
    def look(ticks: int | None) -> tuple[list[Component], bool]:
        return chore_view(desk_for(workspace).say, chores.now(), now=monotonic()), not chores.running()

    def begins(button: str, kind: str, make: partial[Result] | None = None) -> None:
        """The button of this id begins a work; where another is under way, the page shows that one."""

        @app.callback(
            Output("chores-tick", "disabled", allow_duplicate=True),
            Input(button, "n_clicks"),
            State("url", "search"),
            prevent_initial_call=True,
        )
        def begin(clicks: int | None, search: str | None) -> object:
            if not clicks:
                return no_update
            if make is not None:
                chores.start(kind, make)
            elif (path := restoring_from(parse("/cai-dat", search))) is not None:
                chores.start(kind, partial(work.restore, workspace, path))
            return False

    def by_author(progress: OnProgress) -> Result:
        return work.read_refused(workspace, preferences.load().author, progress)

    begins("settings-backup", "backup", partial(work.back_up, workspace))
    begins("settings-check", "check", partial(work.check, workspace))
    begins("settings-rebuild", "rebuild", partial(work.rebuild, workspace))
    begins("settings-restore", "restore")
    begins("take_in-refused", "refused", partial(by_author))
    begins("take_in-doubted", "doubted", partial(work.read_doubted, workspace))

    @app.callback(Input("chores-stop", "n_clicks"), prevent_initial_call=True)
    def stop(clicks: int | None) -> None:
        if clicks:
            chores.stop()

    @app.server.get("/cai-dat/sao-luu/<name>")
    def download(name: str) -> Response:
        path = backup_named(name)
        if path is None:
            return Response(desk_for(workspace).say("chore.no_backup", name=name), 404, content_type="text/plain")
        return send_file(path, as_attachment=True, download_name=path.name)


def _wire_neo4j(app: Dash, workspace: Workspace) -> None:
    # The password comes in the body of one request over the loopback: used, never logged, and its field is emptied.
    @app.callback(
        Output("settings-neo4j-said", "children"),
        Output("settings-neo4j-password", "value"),
        Input("settings-neo4j-test", "n_clicks"),
        Input("settings-neo4j-keep", "n_clicks"),
        State("settings-neo4j-address", "value"),
        State("settings-neo4j-database", "value"),
        State("settings-neo4j-user", "value"),
        State("settings-neo4j-password", "value"),
        prevent_initial_call=True,
        running=[(Output("settings-neo4j-test", "disabled"), True, False)],
    )
    def test(
        tested: int | None,
        kept: int | None,
        address: str | None,
        database: str | None,
        user: str | None,
        password: str | None,
    ) -> tuple[object, object]:
        if not (tested or kept):
            return no_update, no_update
        say = desk_for(workspace).say
        keep = ctx.triggered_id == "settings-neo4j-keep"
        try:
            connection = connected(address, database, user, password)
            if keep:
                connection.remember()
        except StoreError as error:
            return say.told(error), ""
        key = "settings.neo4j.kept" if keep else "settings.neo4j.works"
        return say(key, address=str(connection), user=connection.user), ""


def connected(address: str | None, database: str | None, user: str | None, password: str | None) -> Connection:
    """Return the connection after it was tried; raises StoreError, whose sentence never holds the password.

    Without a password the one of the environment or of the operating system's keyring is tried.
    """
    whole = (address or "").strip().rstrip("/")
    if name := (database or "").strip():
        whole = f"{whole}/{name}"
    connection = (
        Connection.typed(whole, (user or "").strip() or "neo4j", password) if password else Connection.of(whole)
    )
    from ntmgraph.store.neo4j import open_neo4j  # the driver is heavy, and few need it

    open_neo4j(connection, check=False).close()
    return connection


def _wire_leads(app: Dash, workspace: Workspace) -> None:
    @app.callback(
        Output("asked", "data", allow_duplicate=True),
        Output("settings-lead-said", "children"),
        Input("settings-lead-save", "n_clicks"),
        Input("settings-lead-undo", "n_clicks"),
        State("settings-lead-before", "value"),
        State("settings-lead-from", "value"),
        State("settings-lead-why", "value"),
        State("settings-lead-seen", "data"),
        State("asked", "data"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def decide(
        saved: int | None,
        undone: int | None,
        before: str | None,
        from_: str | None,
        why: str | None,
        seen: str | None,
        asked: list[str],
        search: str | None,
    ) -> tuple[object, object]:
        lead = chosen_lead(workspace, parse(asked[0], search))
        if lead is None or not (saved or undone):
            return no_update, no_update
        by = preferences.load().author
        try:
            if ctx.triggered_id == "settings-lead-undo":
                if lead.counts is not None:
                    workspace.undo(lead.counts.id, by=by, why=(why or "").strip() or None)
            else:
                workspace.set_usual_lead(
                    lead.criterion, before or "", from_ or "", by=by, why=(why or "").strip() or None, seen=seen
                )
        except (UnknownLeadError, DecidedMeanwhileError, UnknownDecisionError) as error:
            return no_update, desk_for(workspace).say.told(error)
        return asked, no_update
