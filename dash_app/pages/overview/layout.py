"""What the overview shows: the day in a sentence, the counts, what is late, what comes next, what is new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, document_link, link
from dash_app.page import Desk
from dash_app.pages.deadlines.data import Listed
from dash_app.pages.deadlines.layout import days
from dash_app.pages.documents.layout import title_of
from dash_app.pages.overview.communes import communes
from dash_app.pages.overview.data import MONTH, SHOWN, WEEK, Arrived, Today, today
from dash_app.period import as_of
from dash_app.words import Words
from ntmgraph.queries import DeadlineAnswer, DeadlineRow, DocumentRow, IngestRow, TaskState

WORDS = 150  # letters of a task


def render(desk: Desk, address: Address) -> Component:
    known = today(desk, as_of(address, desk.today) or desk.today, address.get("province"))
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
                            _deadlines(say, address, "soon", known.soon, soon_link(address, known)),
                            _deadlines(say, address, "late", known.late, late_link(address)),
                        ],
                        className="column",
                    ),
                    html.Div(
                        [
                            *communes(say, address, known),
                            *_arrived(say, address, known.arrived),
                            _newest(say, address, known),
                        ],
                        className="column",
                    ),
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


def soon_link(address: Address, known: Today, days: int = MONTH) -> str:
    period: dict[str, date] = {"from": known.on, "to": known.until(days)}
    return link("/nhiem-vu", **address.scope(), state=TaskState.OPEN_IN_TIME, **period)


def sentence(say: Words, address: Address, known: Today) -> tuple[list[ui.Child], list[ui.Child]]:
    """What the day asks for; what is nothing is not said."""

    def number(count: int, href: str, name: str | None = None) -> Component:
        return html.B(html.A(say.number(count), href=href, className=name if count else None))

    line = say.rich(
        "overview.answer",
        on=html.B(ui.vn_date(known.on)),
        late=number(known.late.total, late_link(address), "late"),
        week=number(known.week, soon_link(address, known, WEEK)),
        month=number(known.soon.total, soon_link(address, known)),
    )
    note: list[ui.Child] = []
    if known.arrived is not None:
        since = f"{known.arrived.since.astimezone():%H:%M %d/%m/%Y}"
        count = number(len(known.arrived.rows), since_link(address, known.arrived))
        note += say.rich("overview.arrived", n=count, since=since)
    if known.doubts:
        issues = html.B(html.A(say.number(known.doubts), href=link("/ra-soat", **address.scope())))
        note += [" ", *say.rich("overview.issues", n=issues)]
    return line, note or [say("overview.note")]


def tiles(say: Words, address: Address, known: Today) -> Component:
    """The counts, each a link to its list."""
    scope = address.scope()
    states = known.late.states
    shown = (
        ("documents", known.counts.documents, link("/van-ban", **scope), ""),
        ("tasks", Listed(known.on, known.late).all, link("/nhiem-vu", **scope), ""),
        ("in_time", states.get(TaskState.OPEN_IN_TIME, 0), _state_link(scope, TaskState.OPEN_IN_TIME), ""),
        ("late", states.get(TaskState.OPEN_LATE, 0), late_link(address), "late"),
        ("week", known.week, soon_link(address, known, WEEK), ""),
        ("month", known.soon.total, soon_link(address, known), ""),
        ("done", states.get(TaskState.DONE_ON_TIME, 0), _state_link(scope, TaskState.DONE_ON_TIME), ""),
        ("done_late", states.get(TaskState.DONE_LATE, 0), _state_link(scope, TaskState.DONE_LATE), ""),
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


def since_link(address: Address, arrived: Arrived) -> str:
    return link("/nap", **address.scope(), since=arrived.since.isoformat())


def _arrived(say: Words, address: Address, arrived: Arrived | None) -> list[Component]:
    """The first of what came since the time before; nothing where nothing came."""
    if arrived is None or not arrived.rows:
        return []
    lines = [
        html.Li(
            html.A(
                [
                    html.Span(ui.document_title(say, row.document), className="of-document"),
                    html.Span(row.document.subject, className="clip") if row.document.subject else None,
                    html.Span(_read(say, row), className="quiet"),
                ],
                href=document_link(row.document.id),
            )
        )
        for row in arrived.rows[:SHOWN]
        if row.document is not None
    ]
    tools = [_all(say, since_link(address, arrived), len(arrived.rows))]
    return [ui.panel(say("overview.arrived.title"), html.Ul(lines, className="newest"), tools=tools)]


def _read(say: Words, row: IngestRow) -> str:
    parts = [say(f"take_in.state.{row.state}")]
    parts += [say("overview.doc_tasks", n=row.tasks)] if row.tasks else []
    parts += [say("take_in.issues", n=row.issues)] if row.issues else []
    return " · ".join(parts)


def _newest(say: Words, address: Address, known: Today) -> Component:
    tools = [_all(say, link("/van-ban", **address.scope()))]
    return ui.panel(say("overview.newest"), _documents(say, known.counts.newest), tools=tools)


def _documents(say: Words, rows: Sequence[DocumentRow]) -> Component:
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
