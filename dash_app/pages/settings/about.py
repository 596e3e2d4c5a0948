"""Giới thiệu: which version, made of what, under which licences, from which sources."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.pages.settings.data import Inside
from dash_app.words import Words
from ntmgraph import __version__
from ntmgraph.authority import catalogue
from ntmgraph.store.kinds import VERSION as GRAPH
from ntmgraph.workspace.builds import VERSION as BUILD
from ntmgraph.workspace.folder import LAYOUT

SOURCES = ("units", "criteria", "agencies")


def about_view(say: Words, packages: Sequence[Inside]) -> Component:
    own = ui.panel(
        say("about.program"),
        ui.facts(
            (say("about.version"), __version__),
            (say("about.licence"), "MIT"),
            (say("about.versions"), say("about.versions.of", graph=str(GRAPH), build=str(BUILD), layout=str(LAYOUT))),
            (say("about.catalogue"), html.Code(catalogue().version)),
        ),
        html.P(say("about.offline"), className="panel-text"),
    )
    sources = ui.panel(
        say("about.sources"),
        html.Ul([html.Li(say(f"about.source.{name}")) for name in SOURCES], className="lines"),
    )
    columns = (
        ui.Column(say("about.col.name"), width="34%"),
        ui.Column(say("about.col.version"), width="22%"),
        ui.Column(say("about.licence")),
    )
    rows = [ui.Row((each.name, each.version, each.licence or ui.not_stated(say))) for each in packages]
    within = ui.table(columns, rows, caption=say("about.inside"))
    return html.Div(
        [html.Div([own, sources], className="column"), html.Div([html.H2(say("about.inside")), within])],
        className="settings-pair",
    )
