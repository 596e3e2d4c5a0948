"""The wires of the review page: address -> queue or fact -> page; what a person decides, from any page -> the log."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, parse
from dash_app.components import Proof
from dash_app.page import Desk
from dash_app.pages.review import data, forms, layout, one
from dash_app.shell import desk_for
from ntmgraph import preferences
from ntmgraph.ids import is_doubt
from ntmgraph.model import IssueCode
from ntmgraph.queries import ReviewQuestion, ReviewRow
from ntmgraph.workspace.correcting import Act, FactView, Missed, WrongValueError
from ntmgraph.workspace.decisions import DecidedMeanwhileError, DecisionKind, UnknownDecisionError

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace


def render(desk: Desk, address: Address) -> Component:
    if address.get("add"):
        found = data.adding(desk, address)
        return one.adding_page(desk.say, address, found, data.offers(desk, found.reading) if found else None)
    if address.get("fact") and not address.get("row"):
        return _fact_page(desk, address)
    say, queue = desk.say, data.queue(desk, address)
    show = address.get("show")
    if show in data.SHOWS:
        return layout.page(say, address, queue, _decisions(desk, address, show))
    form = None
    if (id := address.get("fact")) and (view := data.fact_of(desk, id)):
        form = layout.open_form(say, address, view, data.offers(desk, view.reading), queue, data.tasks_beside(view))
    elif address.get("act") == data.ADDED and queue.chosen and layout.may_add(queue.chosen, queue.sentence):
        reading = desk.workspace.reading(queue.chosen.document.id)
        form = layout.form_to_add(say, address, reading, data.offers(desk, reading), queue)
    return layout.page(
        say, address, queue, layout.waiting(say, address, queue, layout.doubt(say, address, queue, form))
    )


def _decisions(desk: Desk, address: Address, show: str) -> Component:
    offset = address.number("offset")
    if show == "seen":
        every = desk.workspace.doubts_set_aside()
        listed, total, stand = every[offset : offset + ui.ROWS], len(every), frozenset(each.id for each in every)
    else:
        listed, total = desk.workspace.decided_lately(offset=offset, limit=ui.ROWS)
        stand = desk.workspace.standing(listed)
    return layout.decisions(desk.say, address, listed, total, stand)


def _fact_page(desk: Desk, address: Address) -> Component:
    view = data.fact_of(desk, address.get("fact") or "")
    offers = data.offers(desk, view.reading) if view else None
    tasks = data.tasks_beside(view) if view else ()
    return one.fact_page(desk.say, address, view, offers, _proof(desk, view), tasks, data.last_of_today(desk))


def _proof(desk: Desk, view: FactView | None) -> Proof | None:
    if view is None or view.fact is None:
        return None
    said = view.fact.evidence
    known = forms.fact_words(desk.say, view)
    return Proof(view.document, said, ui.excerpt(view.reading, said), said.basis, said.rule, known)


def wire(app: Dash, workspace: Workspace) -> None:
    @app.callback(
        Output("asked", "data", allow_duplicate=True),
        Output("url", "pathname", allow_duplicate=True),
        Output("url", "search", allow_duplicate=True),
        Output("notice", "children", allow_duplicate=True),
        Input("act", "data"),
        State("asked", "data"),
        State("url", "pathname"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def decide(act: dict[str, Any] | None, asked: list[str], pathname: str, search: str | None) -> tuple[Any, ...]:
        if not act:
            return (no_update,) * 4
        desk = desk_for(workspace)
        try:
            done(desk, parse(pathname, search), act, by=preferences.load().author)
        except (WrongValueError, DecidedMeanwhileError, UnknownDecisionError) as error:
            return no_update, no_update, no_update, ui.frozen(_refused(desk, desk.say.told(error)))
        except KeyError as error:
            gone = "review.doubt.gone" if is_doubt(str(error.args[0])) else "review.unknown.next"
            return no_update, no_update, no_update, ui.frozen(_refused(desk, desk.say(gone)))
        if not (then := act.get("then")):
            return asked, no_update, no_update, []
        address = parse(*then.partition("?")[::2])
        query = then.partition("?")[2]
        path = no_update if address.path == pathname else address.path
        return [address.path, urlencode(address.values)], path, f"?{query}" if query else "", []

    # `asked` again with the same address: the page is rendered anew and shows what has been compared.
    @app.callback(
        Output("asked", "data", allow_duplicate=True),
        Input("review-tick", "n_intervals"),
        State("asked", "data"),
        prevent_initial_call=True,
    )
    def look_again(ticks: int | None, asked: list[str]) -> object:
        return asked if ticks else no_update


def done(desk: Desk, address: Address, act: dict[str, Any], *, by: str) -> None:
    """Do what a button or form says. Raises WrongValueError, DecidedMeanwhileError, UnknownDecisionError, KeyError."""
    workspace, why = desk.workspace, (act.get("why") or "").strip() or None
    if act["do"] == "undone":
        workspace.undo(act["decision"], by=by, why=why)
        return
    row = _doubt(desk, address, act.get("doubt"))
    if act["do"] == "aside":
        if row is not None:
            workspace.set_aside(row, by=by, why=why)
        return
    typed = act.get("typed") or {}
    if act["do"] == data.ADDED:
        missed = Missed(act["document"], int(act["start"]), int(act["end"]), typed, why)
        workspace.add_task(missed, by=by, settles=row or _unread(desk, missed))
        return
    kind = DecisionKind.SPLIT if act["do"] == "parted" else DecisionKind(act["do"])
    said = Act(kind, act["fact"], typed, why)
    workspace.correct(said, by=by, seen=act.get("seen"), settles=row)


def _doubt(desk: Desk, address: Address, id: str | None) -> ReviewRow | None:
    """The doubt of a page by its id, on whichever page it stands by now; None when it is set aside already.

    It is waited for: what was compared is not known while documents are taken in. KeyError when it is told no more.
    """
    if id is None or any(each.fact == id for each in desk.workspace.doubts_set_aside()):
        return None
    question = ReviewQuestion(address.get("province"), IssueCode(id.rpartition("!")[2]), address.get("document"))
    while True:
        answer = desk.workspace.review(question)
        if found := next((row for row in answer.rows if row.id == id), None):
            return found
        question = replace(question, offset=question.offset + question.limit)
        if question.offset >= answer.total:
            raise KeyError(id)


def _unread(desk: Desk, missed: Missed) -> ReviewRow | None:
    """The doubt that the sentence of a task was not read, where it was found on the document's page."""
    question = ReviewQuestion(code=IssueCode.DUTY_UNREAD, document=missed.document)
    rows = desk.workspace.review(question, wait=False).rows
    return next(
        (row for row in rows for said in row.evidence if said.start < missed.end and missed.start < said.end), None
    )


def _refused(desk: Desk, why: str) -> Component:
    close = html.Button(
        ui.icon("close"),
        type="button",
        className="icon-button",
        **{"data-close": "notice", "aria-label": desk.say("review.close")},
    )
    return html.Div([html.P(why), close], className="refused", role="alert")
