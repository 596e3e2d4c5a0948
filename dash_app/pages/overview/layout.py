"""What the overview shows: the day in a sentence, the counts, what is late, what comes next, what is new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, document_link, link
from dash_app.page import Desk
from dash_app.pages.deadlines.layout import days
from dash_app.pages.documents.layout import title_of
from dash_app.pages.overview.data import SOON, Today, today
from dash_app.words import Words
from ntmgraph.queries import DeadlineAnswer, DeadlineRow, DocumentRow, TaskState

WORDS = 150  # letters of a task


def render(desk: Desk, address: Address) -> Component:
    known = today(desk, address.date("on") or desk.today, address.get("province"))
    return view(desk.say, address, known) if known.counts.documents else start(desk.say)


def view(say: Words, address: Address, known: Today) -> Component:
    """The day in a sentence and numbers, above the lists they count."""
    return html.Div(
        [
            html.H1(say("nav.overview"), className="aside"),
            ui.answer(*sentence(say, address, known)),
            tiles(say, address, known),
            html.Div(
                [
                    html.Div(
                        [
                            _deadlines(say, address, "late", known.late, late_link(address)),
                            _deadlines(say, address, "soon", known.soon, soon_link(address, known)),
                        ],
                        className="column",
                    ),
                    ui.panel(say("overview.newest"), _newest(say, known.counts.newest), tools=[_all(say, "/van-ban")]),
                ],
                className="split",
            ),
        ],
        className="stack long",
    )


def start(say: Words) -> Component:
    """An empty workspace: the three steps from a directive to its responsibility chain."""
    steps = [html.Li([html.B(say(f"overview.step.{n}")), html.P(say(f"overview.step.{n}.how"))]) for n in (1, 2, 3)]
    return html.Div(
        [
            ui.empty(
                say("overview.empty"),
                say("overview.empty.next"),
                action=(say("documents.take_in"), "/nap"),
                sign="documents",
            ),
            html.Ol(steps, className="steps"),
        ],
        className="stack",
    )


def late_link(address: Address) -> str:
    return link("/nhiem-vu", **address.scope(), state=TaskState.OPEN_LATE)


def soon_link(address: Address, known: Today) -> str:
    period: dict[str, date] = {"from": known.on, "to": known.soon_until}
    return link("/nhiem-vu", **address.scope(), state=TaskState.OPEN_IN_TIME, **period)


def sentence(say: Words, address: Address, known: Today) -> tuple[list[ui.Child], list[ui.Child]]:
    late = html.A(say.number(known.late.total), href=late_link(address), className="late" if known.late.total else None)
    soon = html.A(say.number(known.soon.total), href=soon_link(address, known))
    line = say.rich(
        "overview.answer", on=html.B(ui.vn_date(known.on)), late=html.B(late), soon=html.B(soon), days=str(SOON)
    )
    return line, [say("overview.note")]


def tiles(say: Words, address: Address, known: Today) -> Component:
    """The counts, each a link to its list."""
    scope = address.scope()
    states = known.counts.states
    shown = (
        ("documents", known.counts.documents, link("/van-ban", **scope), ""),
        ("tasks", known.counts.tasks, link("/truy-vet", **scope), ""),
        ("in_time", states.get(TaskState.OPEN_IN_TIME, 0), _state_link(scope, TaskState.OPEN_IN_TIME), ""),
        ("late", states.get(TaskState.OPEN_LATE, 0), late_link(address), "late"),
        ("done", states.get(TaskState.DONE_ON_TIME, 0), _state_link(scope, TaskState.DONE_ON_TIME), ""),
        ("done_late", states.get(TaskState.DONE_LATE, 0), _state_link(scope, TaskState.DONE_LATE), ""),
        ("issues", known.counts.issues, link("/van-ban", **scope), ""),
    )
    return html.Div(
        [
            html.A(
                [
                    html.B(say.number(count), className=sign if count else None),
                    html.Span(say(f"overview.tile.{name}")),
                ],
                href=href,
                className="panel tile",
            )
            for name, count, href, sign in shown
        ],
        className="tiles",
    )


def _state_link(scope: dict[str, str | None], state: TaskState) -> str:
    return link("/nhiem-vu", **scope, state=state)


def _deadlines(say: Words, address: Address, name: str, answer: DeadlineAnswer, href: str) -> Component:
    """The first few of a list; the whole list is one click away."""
    if not answer.rows:
        return ui.panel(say(f"overview.{name}"), html.P(say(f"overview.{name}.none"), className="quiet panel-text"))
    lines = [
        html.Li(
            html.A(
                [
                    html.Span(
                        [html.B(ui.vn_date(row.due)), html.Span(days(say, row), className=name)], className="when"
                    ),
                    html.Span(
                        [
                            html.Span(ui.shortened(row.what, WORDS), className="sentence"),
                            html.Span(_who(say, row), className="quiet"),
                        ],
                        className="what",
                    ),
                ],
                href=link("/nhiem-vu", **address.scope(), state=row.state, row=row.task),
            )
        )
        for row in answer.rows
    ]
    tools = [_all(say, href, answer.total)] if answer.total > len(answer.rows) else []
    return ui.panel(say(f"overview.{name}"), html.Ul(lines, className="dues"), tools=tools)


def _who(say: Words, row: DeadlineRow) -> str:
    return " · ".join((ui.names(row.agency) or say("common.not_stated"), ui.document_title(say, row.document)))


def _newest(say: Words, rows: Sequence[DocumentRow]) -> Component:
    return html.Ul(
        [
            html.Li(
                html.A(
                    [
                        html.Span(title_of(say, row), className="of-document"),
                        html.Span(row.subject, className="clip") if row.subject and row.number else None,
                        html.Span(_source(say, row), className="quiet"),
                    ],
                    href=document_link(row.id),
                )
            )
            for row in rows
        ],
        className="newest",
    )


def _source(say: Words, row: DocumentRow) -> str:
    parts = [ui.vn_date(row.date), row.issuer, say("overview.doc_tasks", n=row.tasks) if row.tasks else None]
    return " · ".join(part for part in parts if part)


def _all(say: Words, href: str, total: int | None = None) -> Component:
    return html.A(
        say("overview.all") if total is None else say("overview.all_of", n=say.number(total)),
        href=href,
        className="link",
    )
