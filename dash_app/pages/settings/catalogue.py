"""Danh mục: who usually leads a criterion, agencies, criteria sets, each with its status and its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import SCOPE, Address, link
from dash_app.page import Desk
from dash_app.pages.settings.data import LISTS, STATUSES, Lead, agencies, leads, sets
from dash_app.words import Words
from ntmgraph.authority import CriteriaSet, KnownAgency, KnownCriterion
from ntmgraph.workspace.decisions import Decision, DecisionKind
from ntmgraph.workspace.usual_leads import BEFORE, FROM


def catalogue_view(desk: Desk, address: Address, chosen: Lead | None) -> Component:
    """The list asked for, narrowed, and beside it the criterion whose lead is looked at."""
    say, workspace = desk.say, desk.workspace
    shown = address.get("list") if address.get("list") in LISTS else LISTS[0]
    kept = {"tab": "catalogue", **address.scope()}
    tabs = ui.tabs(
        say,
        [(say(f"catalogue.{name}"), link("/cai-dat", **kept, list=name), None, name == shown) for name in LISTS],
        label=say("settings.tab.catalogue"),
    )
    offset = address.number("offset")
    if shown == "agencies":
        bodies = agencies(workspace, address)
        total, grid = len(bodies), agency_table(say, bodies[offset : offset + ui.ROWS])
    elif shown == "sets":
        known = sets(workspace, address)
        total, grid = len(known), set_table(say, known[offset : offset + ui.ROWS])
    else:
        criteria = leads(workspace, address)
        total, grid = len(criteria), lead_table(say, address, criteria[offset : offset + ui.ROWS], chosen)
    pages = ui.pager(say, address, total=total, shown=min(ui.ROWS, max(0, total - offset)))
    listed = html.Div(
        [_narrow(say, address, shown, workspace.catalogue.criteria_sets), grid, pages], className="column"
    )
    if shown != "leads":
        return html.Div([tabs, listed], className="column catalogue")
    beside = lead_panel(say, chosen, workspace.catalogue.agencies.values()) if chosen else _choose_one(say)
    return html.Div([tabs, html.Div([listed, beside], className="split")], className="column catalogue")


def _narrow(say: Words, address: Address, shown: str | None, known: dict[str, CriteriaSet]) -> Component:
    statuses = [each for each in STATUSES if each != "decided" or shown == "leads"]
    fields = [
        ui.text_field("q", address.get("q"), label=say("catalogue.find"), placeholder=say("catalogue.find")),
        ui.select_field(
            "status",
            [("", say("catalogue.any")), *((each, say(f"catalogue.status.{each}")) for each in statuses)],
            address.get("status"),
            label=say("catalogue.status"),
        ),
    ]
    if shown == "leads":
        ids = [("", say("catalogue.any")), *((each, each) for each in known)]
        fields.append(ui.select_field("set", ids, address.get("set"), label=say("catalogue.set")))
    return ui.form(address, *fields, keep=("tab", "list", *SCOPE), class_name="filters")


def lead_table(say: Words, address: Address, criteria: Sequence[KnownCriterion], chosen: Lead | None) -> Component:
    columns = (
        ui.Column(say("catalogue.col.criterion"), width="32%"),
        ui.Column(say("catalogue.col.before.short")),
        ui.Column(say("catalogue.col.from.short")),
        ui.Column(say("catalogue.status"), width="11rem"),
    )
    rows = [
        ui.Row(
            (
                [html.B(f"{each.number}. {each.name}"), html.Div(each.set, className="quiet")],
                each.usual_lead_before_2025_03 or _none(say),
                each.usual_lead_from_2025_03 or _none(say),
                status_mark(say, each.lead_status),
            ),
            href=address.with_(criterion=f"{each.set}:{each.number}"),
            selected=chosen is not None and each == chosen.criterion,
        )
        for each in criteria
    ]
    return ui.table(columns, rows, caption=say("catalogue.leads"))


def agency_table(say: Words, bodies: Sequence[KnownAgency]) -> Component:
    columns = (
        ui.Column(say("catalogue.col.agency"), width="30%"),
        ui.Column(say("catalogue.col.aliases")),
        ui.Column(say("catalogue.col.symbol"), width="8rem"),
        ui.Column(say("catalogue.col.since"), width="6.5rem"),
        ui.Column(say("catalogue.status"), width="11rem"),
        ui.Column(say("catalogue.col.source"), width="22%"),
    )
    rows = [
        ui.Row(
            (
                [html.B(each.name), html.Div(say(f"catalogue.level.{each.level}"), className="quiet")],
                "; ".join(each.aliases),
                each.symbol or "",
                ui.vn_date(each.since),
                status_mark(say, each.status),
                each.source or _none(say),
            )
        )
        for each in bodies
    ]
    return ui.table(columns, rows, caption=say("catalogue.agencies"))


def set_table(say: Words, known: Sequence[CriteriaSet]) -> Component:
    columns = (
        ui.Column(say("catalogue.col.set"), width="36%"),
        ui.Column(say("catalogue.col.years"), width="7rem"),
        ui.Column(say("catalogue.col.number"), width="14rem"),
        ui.Column(say("catalogue.col.criteria"), width="6rem", numeric=True),
        ui.Column(say("catalogue.status"), width="11rem"),
        ui.Column(say("catalogue.col.source")),
    )
    rows = [
        ui.Row(
            (
                [html.B(each.title), html.Div(each.id, className="quiet")],
                f"{each.from_year} - {each.to_year}",
                [each.number, html.Div(f"{ui.vn_date(each.date)} · {each.issuer}".strip(" ·"), className="quiet")],
                say.number(each.criteria) if each.criteria is not None else _none(say),
                status_mark(say, each.status),
                each.source or _none(say),
            )
        )
        for each in known
    ]
    return ui.table(columns, rows, caption=say("catalogue.sets"))


def status_mark(say: Words, status: str | None) -> Component:
    """Verified by a source, believed until somebody checks it, or set by a user: by word and by line."""
    lines = {"verified": "stated", "decided": "decided"}
    return html.Span(
        say(f"catalogue.status.{status or 'believed'}"), className=f"basis basis-{lines.get(status or '', 'inferred')}"
    )


def lead_panel(say: Words, lead: Lead, bodies: Iterable[KnownAgency]) -> Component:
    """Who usually leads the criterion, where that is from, and the form that sets it right."""
    criterion = lead.criterion
    facts = ui.facts(
        (say("catalogue.status"), status_mark(say, criterion.lead_status)),
        (say("catalogue.col.source"), criterion.lead_source or _none(say)),
    )
    names = [body.name for body in bodies]
    form = html.Div(
        [
            ui.labelled(
                "settings-lead-before",
                say("catalogue.col.before"),
                _names(criterion.usual_lead_before_2025_03),
                suggestions=names,
            ),
            ui.labelled(
                "settings-lead-from",
                say("catalogue.col.from"),
                _names(criterion.usual_lead_from_2025_03),
                suggestions=names,
            ),
            ui.labelled("settings-lead-why", say("catalogue.why"), None, hint=say("catalogue.why.hint")),
            html.P(say("catalogue.note"), className="quiet"),
            html.Div(
                [
                    ui.button(say("catalogue.save"), component_id="settings-lead-save", primary=True),
                    # Always there, for the wire that both buttons share.
                    html.Span(
                        ui.button(say("catalogue.undo"), component_id="settings-lead-undo"), hidden=not lead.counts
                    ),
                ],
                className="acts",
            ),
            html.P(id="settings-lead-said", role="status"),
            # The decision that the person saw last: one that came since is pointed out instead of overwritten.
            dcc.Store(id="settings-lead-seen", data=lead.history[-1].id if lead.history else None),
        ],
        className="fields",
    )
    told = html.Ul([html.Li(_told(say, each)) for each in reversed(lead.history)], className="lines")
    history = [html.H3(say("catalogue.history")), told] if lead.history else []
    return ui.panel(f"{criterion.number}. {criterion.name} · {criterion.set}", facts, form, *history, class_name="side")


def _names(said: str | None) -> str:
    """The agencies of a usual lead, without the notes in brackets that the catalogue has."""
    return re.sub(r"\s*\([^)]*\)", "", said or "")


def _told(say: Words, decision: Decision) -> list[ui.Child]:
    when = f"{decision.at.astimezone():%H:%M %d/%m/%Y}"
    if decision.kind is DecisionKind.UNDONE:
        return [say("catalogue.undone", by=decision.by, when=when)]
    after = decision.after or {}
    names = [str(after.get(BEFORE) or say("catalogue.nobody")), str(after.get(FROM) or say("catalogue.nobody"))]
    line = say("catalogue.said", by=decision.by, when=when, before=names[0], now=names[1])
    return [line, *([html.Div(decision.why, className="quiet")] if decision.why else [])]


def _choose_one(say: Words) -> Component:
    return ui.panel(None, ui.empty(say("catalogue.choose"), say("catalogue.choose.next"), sign="kind-criterion"))


def _none(say: Words) -> Component:
    return html.Span(say("catalogue.nobody"), className="quiet")
