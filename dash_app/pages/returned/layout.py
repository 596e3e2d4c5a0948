"""What the page of a returned list shows: where to drop it; then each change, before and after, approved or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, link
from dash_app.pages.returned.data import Compared, turned
from dash_app.words import Words
from ntmgraph.export.returned import LIMIT, Change

WORDS = 160  # letters of a task shown


def page(say: Words, address: Address, found: Compared | None) -> Component:
    """The whole page; without a file, or with one that is no longer known, how to get one."""
    gone = address.get("file") and found is None
    content = result(say, address, found) if found else [steps(say, address)]
    notice = [html.P(say("returned.gone"), className="quiet", role="alert")] if gone else []
    return html.Div(
        [html.H1(say("returned.title"), className="page-title"), zone(say), *notice, *content], className="stack long"
    )


def zone(say: Words) -> Component:
    """Where a file is dropped or chosen; `assets/returned.js` sends it."""
    return html.Div(
        [
            ui.icon("takein"),
            html.Div([html.H2(say("returned.drop")), html.P(say("returned.drop.what", limit=LIMIT // 2**20))]),
            html.P(id="returned-said", role="alert"),
            ui.button(say("returned.choose"), component_id="returned-choose", primary=True),
        ],
        id="returned-zone",
        className="panel drop-zone",
        **{
            "data-limit": str(LIMIT),
            "data-reading": say("returned.reading"),
            "data-lost": say("take_in.lost"),
            "data-large": say("returned.large", limit=LIMIT // 2**20),
        },
    )


def steps(say: Words, address: Address) -> Component:
    """How a list goes out and comes back."""
    get = html.A(
        say("returned.get"), href=link("/xuat/nhiem-vu.xlsx", **address.scope()), className="link", **{"data-out": "1"}
    )
    return html.Ol(
        [
            html.Li([html.B(say("returned.step.1")), html.P([say("returned.step.1.how"), " ", get])]),
            html.Li([html.B(say("returned.step.2")), html.P(say("returned.step.2.how"))]),
            html.Li([html.B(say("returned.step.3")), html.P(say("returned.step.3.how"))]),
        ],
        className="steps",
    )


def result(say: Words, address: Address, found: Compared) -> list[Component]:
    conflicts = sum(change.conflict for change in found.changes)
    sentence = say.rich(
        "returned.answer" if found.changes else "returned.same",
        file=html.B(found.upload.name),
        n=html.B(say.number(len(found.changes))),
        rows=say.number(len(found.upload.rows.edits)),
    )
    if conflicts:
        sentence += [" ", *say.rich("returned.conflicts", n=html.B(say.number(conflicts), className="late"))]
    note = [say("returned.written", n=found.upload.written)] if found.upload.written else None
    parts: list[Component] = [ui.answer(sentence, note)]
    if told := (*found.upload.refused, *found.bad):
        title = say("returned.bad", n=len(told))
        parts.append(ui.panel(title, html.Ul([html.Li(each) for each in told[: ui.ROWS]], className="panel-text told")))
    if found.changes:
        parts += [tools(say, address, found), table(say, address, found)]
    return parts


def tools(say: Words, address: Address, found: Compared) -> Component:
    """Write what is approved; approve all or nothing."""
    all_, none = address.with_(left=None, taken=None, none=None), address.with_(left=None, taken=None, none=True)
    save = ui.button(say("returned.save", n=len(found.approved)), component_id="returned-save", primary=True)
    return html.Div(
        [
            save,
            ui.button(say("returned.all"), href=all_),
            ui.button(say("returned.none"), href=none),
            html.Span(say("returned.only"), className="quiet"),
        ],
        className="done-line approve",
    )


def table(say: Words, address: Address, found: Compared) -> Component:
    columns = (
        ui.Column(say("returned.col.approve"), width="5.25rem"),
        ui.Column(say("returned.col.row"), width="3.75rem", numeric=True),
        ui.Column(say("returned.col.task")),
        ui.Column(say("returned.col.document"), width="8.125rem"),
        ui.Column(say("returned.col.before"), width="19%"),
        ui.Column(say("returned.col.after"), width="19%"),
    )
    offset = address.number("offset")
    shown = found.changes[offset : offset + ui.ROWS]
    approved = {change.key for change in found.approved}
    rows = [ui.Row(_cells(say, address, change, on=change.key in approved), key=change.key) for change in shown]
    total = len(found.changes)
    footer = [ui.pager(say, address, total=total, shown=len(shown))] if total > len(shown) else []
    return ui.table(columns, rows, caption=say("returned.changes"), name="returned-list", footer=footer)


def _cells(say: Words, address: Address, change: Change, *, on: bool) -> Sequence[ui.Child | Sequence[ui.Child]]:
    box = html.A(
        html.Span(className="box", **{"aria-hidden": "true"}),
        href=turned(address, change, on=on),
        className="rule",
        role="checkbox",
        **{
            "aria-checked": "true" if on else "false",
            "aria-label": say("returned.approve", row=change.edit.row),
        },
    )
    before = state(say, change.done, change.note)
    if change.conflict:
        before.append(html.Div(say("returned.conflict"), className="late"))
    return (
        box,
        str(change.edit.row),
        html.Div(ui.shortened(change.task.what, WORDS), title=change.task.what),
        ui.document_reference(say, change.task.document),
        before,
        state(say, change.edit.done, change.edit.note),
    )


def state(say: Words, done: date | None, note: str | None) -> list[ui.Child]:
    """A state in words, the note below it."""
    words = say("returned.done", day=ui.vn_date(done)) if done else say("returned.open")
    return [html.B(words) if done else words, *([html.Div(f"“{note}”", className="quiet")] if note else [])]
