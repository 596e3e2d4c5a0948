"""The side of the progress page: what a cell or a figure rests on, sentence by sentence."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address
from dash_app.components.evidence import Proof, evidence_panel, excerpt
from dash_app.excerpts import excerpt_of, reading_with
from dash_app.page import Desk
from dash_app.pages.progress.communes import words_of
from dash_app.pages.progress.data import Chosen, Shown
from dash_app.words import Words
from ntmgraph.model import Basis
from ntmgraph.queries import ProgressRow
from ntmgraph.rules import rule_words


def panel(desk: Desk, address: Address, page: Shown) -> list[Component]:
    """The evidence of what is chosen; where it rests on several sentences, first a list of these."""
    say, chosen = desk.say, page.chosen
    if chosen is None:
        return [evidence_panel(say, None)]
    if chosen.target is not None:
        target = chosen.target
        known = [
            (say("progress.target"), target.measure),
            (say("progress.to_reach"), figure(say, target.value, target.of, target.unit)),
            (say("progress.by"), ui.vn_date(target.by) or ui.not_stated(say)),
        ]
        shown = excerpt_of(desk, target.document.id, target.evidence)
        proved = Proof(target.document, target.evidence, shown, target.evidence.basis, target.evidence.rule, known)
        return [evidence_panel(say, proved)]
    if not chosen.rows:
        return [ui.panel(say("evidence.title"), *_of_cell(say, chosen), class_name="evidence progress-cell")]
    part = address.get("part")
    at = next((row for row in chosen.rows if row.id == part), chosen.rows[0])
    several = [_several(say, address, chosen, at)] if len(chosen.rows) > 1 else []
    return [*several, evidence_panel(say, _proof(desk, chosen, at))]


def _several(say: Words, address: Address, chosen: Chosen, at: ProgressRow) -> Component:
    """What each of the communes before the merger had reached."""
    items = [
        html.Li(
            html.A(
                [html.Span(row.place.name), html.Span(reached(say, row)), html.Small(ui.vn_date(row.as_of))],
                href=address.with_(part=row.id),
                **({"aria-current": "true"} if row is at else {}),
            )
        )
        for row in chosen.rows
    ]
    return ui.panel(say("progress.rests_on"), *_of_cell(say, chosen), html.Ul(items), class_name="progress-cell")


def _of_cell(say: Words, chosen: Chosen) -> list[Component]:
    if chosen.unit is None:
        return []
    name = say("progress.all_criteria")
    if chosen.criterion is not None:
        name = say("progress.criterion", name=f"{chosen.criterion.number} {chosen.criterion.name or ''}".strip())
    standing = chosen.standing
    words = words_of(say, standing)
    if standing is not None and standing.value is not None:
        words = say("progress.count", n=standing.value, of=standing.of or "?")
    elif standing is not None and chosen.criterion is None:
        words = say("progress.count.parts", n=standing.told)
    lines: list[ui.Child] = [html.B(chosen.unit.place.name), f", {name}: {words}."]
    rule = [html.P(rule_words(standing.rule, say.language), className="quiet")] if standing and standing.rule else []
    return [html.P(lines, className="panel-text"), *rule]


def _proof(desk: Desk, chosen: Chosen, row: ProgressRow) -> Proof:
    say = desk.say
    rule = row.evidence.rule
    basis = row.evidence.basis
    if chosen.standing is not None and chosen.standing.rule is not None:
        rule, basis = chosen.standing.rule, Basis.INFERRED
    known: list[tuple[str, ui.Child | list[ui.Child]]] = [(say("progress.place"), row.place.name)]
    if row.criterion is not None:
        known.append((say("progress.of"), f"{row.criterion.number} {row.criterion.name or ''}".strip()))
    known += [
        (say("progress.reached"), html.B(reached(say, row))),
        (say("progress.as_of"), ui.vn_date(row.as_of) or ui.not_stated(say)),
    ]
    if row.evidence.cell:
        known.append((say("progress.sheet_cell"), row.evidence.cell))
    reading = reading_with(desk, row.document.id, row.evidence)
    known += [
        (say("progress.misfit"), html.Span(each.message, className="bad"))
        for each in (reading.checks if reading else ())
        if not each.ok and each.evidence.provision == row.evidence.provision
    ]
    shown = excerpt(reading, row.evidence) if reading else None
    return Proof(row.document, row.evidence, shown, basis, rule, known, row.because)


def reached(say: Words, row: ProgressRow) -> str:
    """ "đạt", "chưa đạt", "29/138 xã", "12,6 tiêu chí/xã"."""
    if row.met is not None:
        return say("progress.met" if row.met else "progress.unmet")
    return figure(say, row.value, row.of, row.unit)


def figure(say: Words, value: float | None, of: float | None, unit: str | None) -> str:
    """ "29/138 xã", "12,6 tiêu chí/xã"."""
    numbers = "/".join(say.number(each) for each in (value, of) if each is not None)
    return " ".join(part for part in (numbers, unit) if part)
