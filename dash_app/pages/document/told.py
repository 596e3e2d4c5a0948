"""All that a document tells, by kind: tasks, assignments, help, targets, results, checks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address
from dash_app.components import Child, Column, Row
from dash_app.pages.document import data
from dash_app.pages.document.data import Told
from dash_app.words import Words
from ntmgraph.model import (
    Actor,
    Assignment,
    Check,
    CriterionKey,
    Evidence,
    Help,
    Reading,
    Result,
    Target,
    Task,
)


def actors_words(actors: Sequence[Actor]) -> str:
    return "; ".join(actor.name for actor in actors)


def figure_words(
    say: Words, value: float | None, of: float | None, unit: str | None, share: float | None = None
) -> str:
    """ "135/189 thôn · 71,4 %"; empty when the text gives no number."""
    parts = []
    if value is not None:
        whole = f"/{say.number(of)}" if of is not None else ""
        parts.append(f"{say.number(value)}{whole} {unit or ''}".rstrip())
    if share is not None:
        parts.append(f"{say.number(share)} %")
    return " · ".join(parts)


def tasks(say: Words, reading: Reading, address: Address) -> Component:
    """All that binds somebody, is to be reached or was reached, and the sums checked, by kind, in the order of the
    text; a row leads to its sentence."""
    facts = data.told_of(reading)
    first = address.number("offset")
    shown = facts[first : first + ui.ROWS]
    if not shown:
        return ui.panel(None, ui.empty(say("document.tasks.none"), say("document.tasks.none.text"), sign="documents"))
    at = {fact.evidence.start: address.with_(tab=None, offset=None, at=fact.evidence.start) for fact in shown}
    path = {provision.id: provision.path for provision in reading.provisions}
    tables = [
        ui.panel(
            say(f"document.tasks.{name}", n=len(rows)),
            ui.table(
                [
                    Column(say("document.col.path"), width="6rem"),
                    *columns,
                    Column(say("trace.col.basis"), width="5.25rem"),
                ],
                [
                    Row(
                        [
                            _where(path.get(fact.evidence.provision or ""), fact.evidence),
                            *cells,
                            ui.basis_badge(say, data.basis_of(fact)),
                        ],
                        href=at[fact.evidence.start],
                    )
                    for fact, cells in rows
                ],
                caption=say(f"document.tasks.{name}", n=len(rows)),
            ),
            class_name="bare",
        )
        for name, columns, rows in _kinds(say, reading, shown)
        if rows
    ]
    if len(facts) > ui.ROWS:
        tables.append(ui.pager(say, address, total=len(facts), shown=len(shown)))
    return html.Div(tables, className="relations")


Cells = list[Child | list[Child]]


def _where(path: str | None, evidence: Evidence) -> str:
    """Where a sentence stands: its cell, of a sheet; else the number of its section."""
    return evidence.cell or path or "–"


def _kinds(
    say: Words, reading: Reading, facts: Sequence[Told]
) -> list[tuple[str, list[Column], list[tuple[Told, Cells]]]]:
    """Name of the kind, its columns, its rows."""
    agency = Column(say("trace.col.agency"), width="26%")
    with_ = Column(say("trace.col.with"), width="20%")
    none = html.Span("–", className="quiet")
    duties: list[tuple[Told, Cells]] = [(fact, _duty(say, reading, fact)) for fact in facts if isinstance(fact, Task)]
    assignments: list[tuple[Told, Cells]] = [
        (
            fact,
            [
                _key(reading, fact.criterion),
                html.B(actors_words(fact.lead) or "–"),
                actors_words(fact.coordinate) or none,
            ],
        )
        for fact in facts
        if isinstance(fact, Assignment)
    ]
    helps: list[tuple[Told, Cells]] = [
        (fact, [html.B(fact.place.name), fact.agency.name, fact.person or none])
        for fact in facts
        if isinstance(fact, Help)
    ]
    targets: list[tuple[Told, Cells]] = [
        (
            fact,
            [
                ui.shortened(fact.evidence.quote, 200),
                html.B(figure_words(say, fact.value, fact.of, fact.unit, fact.share) or fact.measure),
                ui.vn_date(fact.by) or ui.not_stated(say),
            ],
        )
        for fact in facts
        if isinstance(fact, Target)
    ]
    results: list[tuple[Told, Cells]] = [
        (
            fact,
            [
                fact.place.name if fact.place else none,
                _key(reading, fact.criterion) if fact.criterion else none,
                fact.measure,
                html.B(_reached(say, fact)),
                ui.vn_date(fact.as_of) or ui.not_stated(say),
            ],
        )
        for fact in facts
        if isinstance(fact, Result)
    ]
    checks: list[tuple[Told, Cells]] = [
        (fact, [fact.message, html.B(say("document.check.right" if fact.ok else "document.check.wrong"))])
        for fact in facts
        if isinstance(fact, Check)
    ]
    what, deadline = Column(say("trace.col.what")), Column(say("trace.col.deadline"), width="9.375rem")
    figure, by = Column(say("document.col.figure"), width="26%"), Column(say("document.col.by"), width="9.375rem")
    criterion, place = Column(say("document.col.criterion")), Column(say("document.col.place"))
    person = Column(say("evidence.person"), width="20%")
    reached = Column(say("document.col.reached"), width="16%")
    as_of = Column(say("document.col.as_of"), width="9.375rem")
    return [
        ("duties", [what, agency, with_, deadline], duties),
        ("assignments", [criterion, agency, with_], assignments),
        ("helps", [place, agency, person], helps),
        ("targets", [Column(say("document.col.words")), figure, by], targets),
        ("results", [place, criterion, Column(say("document.col.measure")), reached, as_of], results),
        ("checks", [Column(say("document.col.check")), Column(say("document.col.checked"), width="9.375rem")], checks),
    ]


def _duty(say: Words, reading: Reading, task: Task) -> Cells:
    due = reading.deadlines[task.deadline] if task.deadline is not None else None
    doers: list[Child] = [html.Span(say("trace.nobody"), className="quiet")]
    if task.who:
        doers = [html.B(actors_words(task.who)), " ", html.Span(say(f"role.{task.role}"), className="quiet")]
    return [
        html.Div(task.what, className="clamp"),
        doers,
        _others(task.with_),
        _due(due.date, due.text) if due else ui.not_stated(say),
    ]


def _others(actors: Sequence[Actor]) -> Child:
    return actors_words(actors) or html.Span("–", className="quiet")


def _reached(say: Words, result: Result) -> str:
    """ "13/19 tiêu chí", "đạt", "chưa đạt"."""
    if result.value is None and result.met is not None:
        return say("document.met" if result.met else "document.unmet")
    return figure_words(say, result.value, result.of, result.unit) or "–"


def _key(reading: Reading, key: CriterionKey) -> str:
    name = next((c.name for c in reading.criteria if (c.set, c.number) == (key.set, key.number) and c.name), None)
    return " ".join(str(part) for part in (key.number, name) if part is not None) or "–"


def _due(day: date | None, text: str) -> Child | list[Child]:
    return [html.Div(ui.vn_date(day)), html.Div(ui.shortened(text, 60), className="quiet")] if day else text
