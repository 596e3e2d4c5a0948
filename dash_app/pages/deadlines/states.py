"""Setting states: the form for one task or several, what people said before, and the word after it was saved. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.pages.deadlines.data import History
from dash_app.words import Words
from ntmgraph.workspace import proofs
from ntmgraph.workspace.decisions import Decision, DecisionKind, proof_of

FORM = "deadlines-form"
SAVE, UNDO, PROOF = "/nhiem-vu/trang-thai", "/nhiem-vu/hoan-tac", "/nhiem-vu/minh-chung/"


def state_form(say: Words, today: date) -> Component:
    """One form for the boxes that are set, else for the task shown; `assets/states.js` sends it."""
    words = {
        "data-one": say("deadlines.form.one"),
        "data-some": say("deadlines.form.some", n="{n}"),
        "data-none": say("deadlines.form.nobody"),
        "data-choose": say("deadlines.form.none"),
        "data-large": say("deadlines.form.large", limit=proofs.MOST // 2**20),
        "data-limit": str(proofs.MOST),
        "data-lost": say("deadlines.form.lost"),
    }
    file = html.Label(
        [
            ui.icon("plus"),
            html.Span(say("deadlines.form.file"), className="file-name"),
            ui.Input(type="file", name="proof", accept=",".join(proofs.KINDS), className="aside"),
        ],
        className="button small file-button",
        title=say("deadlines.form.file.means", limit=proofs.MOST // 2**20),
    )
    note = ui.text_field("note", None, label=say("deadlines.note"), placeholder=say("deadlines.note.hint"))
    return html.Form(
        [
            html.Div([html.H2(say("deadlines.form")), html.Small(className="for-whom")], className="panel-head"),
            html.Div(
                [
                    ui.date_field(say, "done_on", today, label=say("deadlines.done_on")),
                    note,
                    file,
                    html.Div(
                        [
                            html.Button(say("deadlines.save"), type="submit", value="done", className="button primary"),
                            html.Button(
                                say("deadlines.reopen"),
                                type="submit",
                                value="open",
                                className="button",
                                title=say("deadlines.reopen.means"),
                            ),
                        ],
                        className="done-acts",
                    ),
                    html.P(role="alert", className="said late"),
                ],
                className="done-fields",
            ),
        ],
        id=FORM,
        className="panel done-box",
        **words,
    )


def history_panel(say: Words, history: History, last: Decision | None) -> Component:
    """Who said what of the state, when and why, with the file that shows it; the last one can be taken back."""
    lines = [html.Li(_line(say, each, undone=each.id in history.undone)) for each in history.said]
    tools: list[Component] = []
    if last is not None:
        tools = [
            html.Button(
                say("deadlines.undo"),
                type="button",
                className="link",
                title=say("deadlines.undo.means"),
                **{"data-undo": last.id},
            )
        ]
    return ui.panel(say("deadlines.history"), html.Ol(lines), tools=tools, class_name="task-history")


def _line(say: Words, said: Decision, *, undone: bool) -> list[ui.Child]:
    words: list[ui.Child] = [html.B(what_was_said(say, said))]
    if undone:
        words = [html.S(words), " ", html.Em(say("deadlines.history.undone"))]
    at = said.at.astimezone()
    words.append(html.Small(say("deadlines.history.by", name=said.by, at=f"{at:%H:%M}", day=ui.vn_date(at.date()))))
    if said.why:
        words.append(html.P(said.why))
    if proof := proof_of(said):
        words.append(
            html.A(
                [ui.icon("download"), proof.name],
                href=f"{PROOF}{quote(said.id, safe='')}",
                className="proof-file",
                download=proof.name,
            )
        )
    return words


def what_was_said(say: Words, said: Decision) -> str:
    if said.kind is DecisionKind.UNDONE:
        return say("deadlines.history.undo")
    day = (said.after or {}).get("on")
    if not day:
        return say("deadlines.history.open")
    return say("deadlines.history.done", day=ui.vn_date(date.fromisoformat(day)))


def saved(say: Words, said: Sequence[Decision]) -> Component:
    """What was just written, and the way back."""
    words = say("deadlines.saved", n=say.number(len(said)), what=what_was_said(say, said[0]).lower())
    return notice(say, words, undo=[each.id for each in said])


def notice(say: Words, words: str, *, undo: Sequence[str] = ()) -> Component:
    """A line at the lower right that stays until it is closed or the page is left."""
    acts = [html.Button(say("deadlines.undo"), type="button", className="link", **{"data-undo": " ".join(undo)})]
    close = html.Button(
        ui.icon("close"), type="button", className="icon-button", **{"aria-label": say("date.clear"), "data-close": "1"}
    )
    return html.Div(
        [ui.icon("check"), html.Span(words), *(acts if undo else []), close], className="done-notice", role="status"
    )
