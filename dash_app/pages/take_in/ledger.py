"""The ledger of takings in: every batch in a line, one batch file by file, narrowed to what needs a look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, link
from dash_app.page import Desk
from dash_app.pages.take_in.rows import lines
from dash_app.words import Words
from ntmgraph.queries import IngestRow, IngestState
from ntmgraph.workspace.ledger import TakenBatch

DOUBTED = "doubted"  # beside the states: files with points to look at, or of which something was not read


@dataclass(frozen=True, slots=True)
class Asked:
    """The files of a batch, or of all batches since a moment."""

    rows: tuple[IngestRow, ...]
    batch: TakenBatch | None = None
    since: datetime | None = None


def rows_asked(desk: Desk, address: Address) -> Asked:
    book = desk.workspace.ledger
    if id := address.get("batch"):
        batch = next((each for each in book.batches() if each.id == id), None)
        return Asked(tuple(book.rows(id)), batch)
    try:
        since = datetime.fromisoformat(address.get("since") or "").astimezone()
    except ValueError:
        return Asked(())
    return Asked(tuple(book.rows_since(since, tuple(IngestState))), since=since)


def counts(asked: Asked) -> dict[str, int]:
    """How many files of each state there are, and how many need a look."""
    found = {str(state): sum(row.state is state for row in asked.rows) for state in IngestState}
    return found | {DOUBTED: sum(_in_doubt(row) for row in asked.rows)}


def batch_view(say: Words, address: Address, asked: Asked) -> Component:
    """The batch in a sentence, then its files, all or of one state."""
    back = link("/nap", **address.scope())
    if not asked.rows and asked.batch is None and asked.since is None:
        return ui.empty(say("ledger.unknown"), say("ledger.unknown.next"), action=(say("ledger.back"), back))
    state = address.get("state")
    rows = [row for row in asked.rows if state is None or _holds(row, state)]
    numbers = counts(asked)
    tabs = ui.tabs(
        say,
        [
            (say("ledger.all"), address.with_(state=None, offset=None), len(asked.rows), state is None),
            *(
                (say(f"ledger.tab.{name}"), address.with_(state=name, offset=None), count, state == name)
                for name, count in numbers.items()
                if count
            ),
        ],
        label=say("take_in.rows"),
    )
    offset = address.number("offset")
    page = rows[offset : offset + ui.ROWS]
    return html.Div(
        [
            ui.answer([_sentence(say, asked)], [html.A(say("ledger.back"), href=back, className="link")]),
            tabs,
            *([lines(say, page)] if page else []),
            ui.pager(say, address, total=len(rows), shown=len(page)),
        ],
        className="stack long",
    )


def ledger_view(
    say: Words, address: Address, batches: Sequence[TakenBatch], *, refused: int, running: bool
) -> list[Component]:
    """The whole ledger, newest first, with what can be read again. refused: kept files that could not be read."""
    if not batches:
        return [] if running else [ui.empty(say("take_in.none"), say("take_in.none.next"), sign="documents")]
    offset = address.number("offset")
    columns = (
        ui.Column(say("ledger.col.when"), width="9.5rem"),
        ui.Column(say("ledger.col.who")),
        *(ui.Column(say(f"ledger.col.{name}"), width="5.5rem", numeric=True) for name in ("files", *IngestState)),
        ui.Column(say("ledger.col.doubted"), width="6.5rem", numeric=True),
        ui.Column(say("ledger.col.end"), width="9.5rem"),
    )
    rows = [
        _line(say, address, batch, running=running and batch is batches[0])
        for batch in batches[offset : offset + ui.ROWS]
    ]
    pages = [ui.pager(say, address, total=len(batches), shown=len(rows))] if len(batches) > ui.ROWS else []
    again = [ui.button(say("ledger.again.doubted"), component_id="take_in-doubted")]
    if refused:
        again.insert(0, ui.button(say("ledger.again.refused", n=refused), component_id="take_in-refused"))
    head = html.Div([html.H2(say("ledger.title")), *again], className="ledger-head")
    return [head, ui.table(columns, rows, caption=say("ledger.title"), footer=pages, name="take_in-book")]


def _line(say: Words, address: Address, batch: TakenBatch, *, running: bool) -> ui.Row:
    href = link("/nap", **address.scope(), batch=batch.id)

    def count(name: str, n: int) -> ui.Child:
        narrowed = link("/nap", **address.scope(), batch=batch.id, state=name)
        return html.A(say.number(n), href=narrowed, className="link") if n else html.Span("0", className="quiet")

    if batch.ended is None:
        end = say("ledger.running" if running else "ledger.cut")
    else:
        end = say("ledger.stopped") if batch.stopped else say("ledger.whole")
    return ui.Row(
        (
            f"{batch.begun.astimezone():%H:%M %d/%m/%Y}",
            batch.by,
            say.number(batch.files),
            *(count(state, batch.states.get(state, 0)) for state in IngestState),
            count(DOUBTED, batch.doubted),
            end,
        ),
        href=href,
    )


def _sentence(say: Words, asked: Asked) -> str:
    if asked.batch is not None:
        when = f"{asked.batch.begun.astimezone():%H:%M %d/%m/%Y}"
        return say("ledger.batch", when=when, by=asked.batch.by, n=len(asked.rows))
    when = f"{asked.since:%H:%M %d/%m/%Y}" if asked.since else ""
    return say("ledger.since", when=when, n=len(asked.rows))


def _holds(row: IngestRow, state: str) -> bool:
    return _in_doubt(row) if state == DOUBTED else row.state == state


def _in_doubt(row: IngestRow) -> bool:
    return bool(row.issues)
