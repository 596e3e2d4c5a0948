"""What became of each file, one line for each."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import document_link
from dash_app.words import Words
from ntmgraph.queries import IngestRow, IngestState


def lines(say: Words, rows: Sequence[IngestRow]) -> Component:
    """What became of each file: read, in doubt, left out, refused, the same as which one."""
    columns = (
        ui.Column(say("take_in.col.file"), width="26%"),
        ui.Column(say("take_in.col.state"), width="8.5rem"),
        ui.Column(say("take_in.col.document")),
        ui.Column(say("take_in.col.read"), width="11.25rem"),
        ui.Column(say("take_in.col.doubts"), width="12.5rem"),
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
        why = (row.reason or "").removeprefix(f"{row.path}: ")  # the line names the file already
        reason = say.told(why) or say("take_in.no_reason")
        return [reason[:1].upper() + reason[1:]]
    return [
        html.B(ui.document_title(say, row.document)),
        html.Div(ui.document_source(say, row.document), className="quiet"),
        *([html.Div(say.told(row.reason) if row.reason else _same_as(say, row))] if row.reason or row.same_as else []),
    ]


def _same_as(say: Words, row: IngestRow) -> str:
    """Of which file taken in before this one is a copy, or whose place it took."""
    key = "take_in.replaces" if row.state is IngestState.REPLACED else "take_in.same_as"
    return say(key, name=row.same_as)


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
