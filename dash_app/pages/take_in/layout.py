"""What the take-in page shows: where to drop files, how far the job is, one line for each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, document_link
from dash_app.page import Desk
from dash_app.pages.take_in.job import MAX_ARCHIVE, MAX_FILE, Batch
from dash_app.words import Words
from ntmgraph.queries import IngestRow, IngestState

TICK = 400  # milliseconds between two looks at a running job


def render(desk: Desk, address: Address) -> Component:
    """The frame; `batches_view` fills it and keeps it up to date."""
    say = desk.say
    kinds = say("take_in.kinds", limit=MAX_FILE // 2**20, archive=MAX_ARCHIVE // 2**20)
    zone = html.Div(
        [
            ui.icon("takein"),
            html.Div([html.H2(say("take_in.drop")), html.P(kinds)]),
            ui.button(say("take_in.choose"), component_id="take_in-choose", primary=True),
        ],
        id="take_in-zone",
        className="panel drop-zone",
        **{
            "data-limit": str(MAX_FILE),
            "data-archive-limit": str(MAX_ARCHIVE),
            "data-copying": say("take_in.copying"),
            "data-lost": say("take_in.lost"),
        },
    )
    copying = html.Div(
        [html.Progress(max="1"), html.Span()], id="take_in-copying", className="copying", hidden=True, role="status"
    )
    return html.Div(
        [
            html.H1(say("nav.take_in"), className="aside"),
            zone,
            copying,
            html.Div(id="take_in-batches"),
            dcc.Interval(id="take_in-tick", interval=TICK),
        ],
        className="stack long",
    )


def batches_view(say: Words, batches: Sequence[Batch], *, now: float) -> list[Component]:
    """How far the job is, then each batch with its sentence and its lines, newest first."""
    if not batches:
        return [ui.empty(say("take_in.none"), say("take_in.none.next"), sign="documents")]
    parts: list[Component] = []
    if any(batch.finished is None for batch in batches):
        parts.append(_running(say, [batch for batch in batches if batch.finished is None]))
    for batch in batches:
        parts.append(ui.answer(_sentence(say, batch), _note(say, batch, now)))
        if batch.rows:
            parts.append(_lines(say, batch.rows))
    return parts


def _running(say: Words, batches: Sequence[Batch]) -> Component:
    """One bar over all that waits, and the button that stops it."""
    total = sum(batch.total for batch in batches)
    done = sum(len(batch.rows) for batch in batches)
    bar = html.Progress(max=str(total), value=str(done), **{"aria-label": say("take_in.bar")})
    return html.Div([bar, ui.button(say("take_in.stop"), component_id="take_in-stop")], className="progress")


def _sentence(say: Words, batch: Batch) -> list[ui.Child]:
    done = len(batch.rows)
    if batch.finished is None:
        key = "take_in.stopping" if batch.stopped else "take_in.running"
        return say.rich(key, done=html.B(say.number(done)), total=html.B(say.number(batch.total)))
    if not done:
        return say.rich("take_in.none_read", total=html.B(say.number(batch.total)))
    tally = Counter(row.state for row in batch.rows)
    counts: list[ui.Child] = say.rich("take_in.done", total=html.B(say.number(batch.total)))
    parts = [
        say.rich(f"take_in.tally.{state}", n=html.B(say.number(tally[state]))) for state in IngestState if tally[state]
    ]
    for index, part in enumerate(parts):
        counts += [", " if index else " ", *part]
    return [*counts, "."]


def _note(say: Words, batch: Batch, now: float) -> list[ui.Child] | None:
    unread = batch.total - len(batch.rows)
    if batch.failure:
        return [say("take_in.failure", n=unread, why=batch.failure)]
    if batch.finished is None:
        if batch.page is not None:
            name, pages, count = batch.page
            return [say("take_in.page", name=name, n=pages + 1, count=count)]
        left = batch.seconds_left(now)
        return [say("take_in.left", seconds=max(1, round(left)))] if left is not None else [say("take_in.first")]
    if batch.stopped and unread:
        return [say("take_in.stopped", n=unread)]
    return [say("take_in.took", seconds=max(0.1, round(batch.finished - batch.started, 1)))]


def _lines(say: Words, rows: Sequence[IngestRow]) -> Component:
    columns = (
        ui.Column(say("take_in.col.file"), width="26%"),
        ui.Column(say("take_in.col.state"), width="136px"),
        ui.Column(say("take_in.col.document")),
        ui.Column(say("take_in.col.read"), width="180px"),
        ui.Column(say("take_in.col.doubts"), width="200px"),
    )
    lines = [
        ui.Row(
            (
                row.path,
                html.Span(say(f"take_in.state.{row.state}"), className=f"taken taken-{row.state}"),
                _document(say, row),
                _read(say, row),
                _doubts(say, row),
            ),
            href=document_link(row.document.id) if row.document else None,
        )
        for row in rows
    ]
    return ui.table(columns, lines, caption=say("take_in.rows"))


def _document(say: Words, row: IngestRow) -> list[ui.Child]:
    """The document that the file became and why it stayed as it was; for a refused file the reason and what is next."""
    if row.document is None:
        reason = (row.reason or say("take_in.no_reason")).removeprefix(f"{row.path}: ")  # the line names it already
        return [reason[:1].upper() + reason[1:]]
    return [
        html.B(ui.document_title(say, row.document)),
        html.Div(ui.document_source(say, row.document), className="quiet"),
        *([html.Div(row.reason)] if row.reason else []),
    ]


def _read(say: Words, row: IngestRow) -> str | Component:
    if row.document is None:
        return ""
    if row.state is IngestState.UNCHANGED:
        return html.Span(say("take_in.as_before"), className="quiet")
    said = [say("take_in.read", tasks=row.tasks, deadlines=row.deadlines)] if row.tasks or row.deadlines else []
    if row.results:
        said.append(say("take_in.results", n=row.results))
    return ", ".join(said) or html.Span(say("take_in.no_tasks"), className="quiet")


def _doubts(say: Words, row: IngestRow) -> list[ui.Child]:
    doubts: list[ui.Child] = []
    if row.issues:
        doubts.append(html.Div(say("take_in.issues", n=row.issues)))
    if row.left_out:
        doubts.append(html.Div(say("take_in.left_out", what="; ".join(row.left_out)), className="quiet"))
    return doubts
