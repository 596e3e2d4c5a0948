"""What the take-in page shows: where to drop files, how far the job is, one line for each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address
from dash_app.page import Desk
from dash_app.pages.settings.layout import chores_frame
from dash_app.pages.take_in import ledger
from dash_app.pages.take_in.job import MAX_FILE, MAX_FILES, Batch
from dash_app.pages.take_in.rows import lines
from dash_app.troubles import in_words
from dash_app.words import Words
from ntmgraph.queries import IngestState

TICK = 400  # milliseconds between two looks at a running job


def render(desk: Desk, address: Address) -> Component:
    """One batch of the ledger, what came since a moment, or the frame that `batches_view` fills."""
    say = desk.say
    if address.get("batch") or address.get("since"):
        return ledger.batch_view(say, address, ledger.rows_asked(desk, address))
    kinds = say("take_in.kinds", limit=MAX_FILE // 2**20)
    zone = html.Div(
        [
            ui.icon("takein"),
            html.Div([html.H2(say("take_in.drop")), html.P(kinds)]),
            html.Div(
                [
                    ui.button(say("take_in.choose"), component_id="take_in-choose", primary=True),
                    ui.button(say("take_in.choose.folder"), component_id="take_in-choose-folder"),
                ],
                className="acts",
            ),
        ],
        id="take_in-zone",
        className="panel drop-zone",
        **{
            "data-limit": str(MAX_FILE),
            "data-most": str(MAX_FILES),
            "data-too-many": say("take_in.too_many", n=MAX_FILES),
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
            chores_frame(),
            html.Div(id="take_in-batches"),
            html.Div(id="take_in-ledger"),
            dcc.Interval(id="take_in-tick", interval=TICK),
        ],
        className="stack long",
    )


def batches_view(say: Words, batches: Sequence[Batch], *, now: float) -> list[Component]:
    """How far the job is, then each batch with its sentence and its lines, newest first."""
    parts: list[Component] = []
    if any(batch.finished is None for batch in batches):
        parts.append(_running(say, [batch for batch in batches if batch.finished is None]))
    for batch in batches:
        parts.append(ui.answer(_sentence(say, batch), _note(say, batch, now)))
        if batch.rows:
            parts.append(lines(say, batch.rows[-ui.ROWS :]))
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
    if batch.failure is not None:
        return [say("take_in.failure", n=unread, why=in_words(say, batch.failure))]
    if batch.finished is None:
        if batch.page is not None:
            name, pages, count = batch.page
            return [say("take_in.page", name=name, n=pages + 1, count=count)]
        left = batch.seconds_left(now)
        return [say("take_in.left", seconds=max(1, round(left)))] if left is not None else [say("take_in.first")]
    if batch.stopped and unread:
        return [say("take_in.stopped", n=unread)]
    return [say("take_in.took", seconds=max(0.1, round(batch.finished - batch.started, 1)))]
