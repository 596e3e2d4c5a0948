"""The matrix page from its records: question, answer in words, criteria by agencies, proof. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from dash_app import beside
from dash_app import components as ui
from dash_app.address import Address, Value, link
from dash_app.components import Child, Proof
from dash_app.pages.matrix.data import Chosen, cell_key, rows_of, state_of
from dash_app.pages.progress.data import PATH as PROGRESS
from dash_app.words import Words
from ntmgraph.model import Basis
from ntmgraph.queries import (
    LeadState,
    MatrixAnswer,
    MatrixCell,
    MatrixColumn,
    MatrixFact,
    MatrixRow,
    MatrixSet,
    Reached,
)
from ntmgraph.reasons import heir_words

PATH = "/phan-cong"
ROLES = ("lead", "coordinate", "advise", "supervise")
DOCUMENTS = 3  # named beside the answer
WAYS = 12  # provinces offered where none is chosen


def question_line(say: Words, address: Address, answer: MatrixAnswer) -> Component:
    """The question as a sentence; province and day are chosen in the top bar, the set here."""
    parts: list[Child] = [say("matrix.ask")]
    if answer.province:
        parts += [say("trace.ask.in"), ui.chip(say, say("trace.ask.province", name=answer.province))]
    if answer.set:
        sets = dict.fromkeys([*(each.id for each in answer.sets), answer.set])
        chooser = ui.select_field(
            "set", [(id, ui.set_name(say, id)) for id in sets], answer.set, label=say("matrix.ask.set"), hide_label=True
        )
        kept = [name for name, _ in address.values if name not in ("set", "cell", "state")]
        parts += [say("matrix.ask.by"), ui.form(address, chooser, keep=kept, class_name="chip-form")]
    parts += [say("trace.ask.on"), ui.chip(say, ui.vn_date(answer.on))]
    if state := state_of(address):
        parts.append(ui.chip(say, say(f"matrix.only.{state}"), remove=address.with_(state=None, cell=None)))
    both = ui.inference_switches(say, address, say("trace.ask.inferred"))
    return ui.ask_line(*parts, html.Div(both, className="push"))


def answer_card(say: Words, address: Address, answer: MatrixAnswer) -> Component:
    """How many criteria have one lead, several, none; each number leads to those criteria alone."""
    parts: list[Child] = []
    for state in LeadState:
        count = answer.count(state)
        if count or state in (LeadState.ONE, LeadState.NONE):
            number = html.A(
                say.number(count),
                href=address.with_(state=state, cell=None),
                className="bad" if count and state is LeadState.SEVERAL else None,
            )
            parts += ["; " if parts else "", *say.rich(f"matrix.answer.{state}", n=html.B(number if count else "0"))]
    named: list[Child] = []
    for document in answer.documents[:DOCUMENTS]:
        named += ["; " if named else "", ui.document_reference(say, document)]
    if more := len(answer.documents) - DOCUMENTS:
        named += [say("matrix.more", n=more)] if more > 0 else []
    note: list[Child] = [*say.rich("matrix.answer.source", documents=named)]
    if answer.note:
        note.append(f" {answer.note}")
    return ui.answer([*parts, "."], note, tools=ui.export_links(say, address, ("xlsx", "csv", "docx")))


def table(say: Words, address: Address, answer: MatrixAnswer, chosen: Chosen | None) -> Component:
    """Criteria by agencies; criteria and agencies lead to the trace page, cells to their proof."""
    rows = rows_of(answer, state_of(address))
    reached = any(row.reached for row in rows)
    head = [html.Th(say("matrix.col.criterion"), scope="col", className="corner")]
    head += [_head(say, address, answer, column) for column in answer.columns]
    if reached:
        head.append(html.Th(say("matrix.col.reached"), scope="col", className="reached"))
    body = [_line(say, address, answer, row, chosen, reached=reached) for row in rows]
    caption = say("matrix.table")
    grid = html.Table(
        [html.Caption(caption, className="aside"), html.Thead(html.Tr(head)), html.Tbody(body)],
        **{"data-id": "matrix-cells"},
    )
    return html.Div(
        [
            html.Div(grid, className="table-scroll", tabIndex="0", role="region", **{"aria-label": caption}),
            html.Div(_key(say), className="table-foot matrix-key"),
        ],
        className="table panel matrix",
    )


def _trace(address: Address, answer: MatrixAnswer, **thing: str) -> str:
    kept = {name: address.get(name) for name in ("stated_only", "without")}
    return link("/truy-vet", **thing, province=answer.province, on=answer.on, **kept)


def _head(say: Words, address: Address, answer: MatrixAnswer, column: MatrixColumn) -> Component:
    title = column.agency.name
    label: list[Child] = [column.short]
    if column.passed_on:
        heirs = " · ".join(heir_words(step, say.language) for step in column.passed_on)
        title = f"{title}. {say('trace.passed_on', names=heirs)}"
        label.append(html.Small(say("matrix.ended")))
    return html.Th(
        html.A(label, href=_trace(address, answer, agency=column.agency.id), title=title), scope="col", className="body"
    )


def _line(
    say: Words, address: Address, answer: MatrixAnswer, row: MatrixRow, chosen: Chosen | None, *, reached: bool
) -> Component:
    cells = {cell.agency.id: cell for cell in row.cells}
    part = not isinstance(row.criterion.number, int)
    name = " ".join(str(said) for said in (row.criterion.number, row.criterion.name) if said is not None)
    lines: list[Child] = [
        html.A(name, href=_trace(address, answer, criterion=row.criterion.id), className="matrix-name"),
        *_state_words(say, row),
    ]
    marks = [
        html.Td(_cell(say, address, row, cells[column.agency.id], chosen) if column.agency.id in cells else None)
        for column in answer.columns
    ]
    share = _reached(say, answer, row, row.reached) if row.reached else None
    last = [html.Td(share, className="reached")] if reached else []
    return html.Tr([html.Th(lines, scope="row", className="part" if part else None), *marks, *last])


def _state_words(say: Words, row: MatrixRow) -> list[Child]:
    """What a criterion lacks, in words; the catalogue's default stands apart and is called one."""
    if row.state is LeadState.SEVERAL:
        leads = sum(cell.conflict for cell in row.cells)
        return [" ", html.Span(say("matrix.several", n=leads), className="bad")]
    if row.state is LeadState.PARTS:
        return [" ", html.Span(say("matrix.parts"), className="gap")]
    if row.state is not LeadState.NONE:
        return []
    words: list[Child] = [" ", html.Span(say("matrix.none"), className="gap")]
    if row.usual:
        words.append(html.Small(say("matrix.usual", agencies=ui.names(row.usual.agencies)), className="usual"))
    return words


def _cell(say: Words, address: Address, row: MatrixRow, cell: MatrixCell, chosen: Chosen | None) -> Component:
    key = cell_key(row, cell)
    on = chosen is not None and chosen.key == key
    marks = [_mark(say, next(facts), cell.conflict) for _, facts in groupby(cell.facts, lambda fact: fact.role)]
    said = "; ".join(
        f"{say(f'role.{role}')}, {say(f'basis.{next(facts).basis}')}"
        for role, facts in groupby(cell.facts, lambda fact: fact.role)
    )
    conflict = f" ({say('matrix.conflict')})" if cell.conflict else ""
    label = f"{cell.agency.name}: {said}{conflict}"
    return html.A(
        marks,
        href=address.with_(cell=key),
        className="cell on" if on else "cell",
        title=label,
        tabIndex="0" if on else "-1",
        **{"data-cell": key, "aria-label": label, **({"aria-current": "true"} if on else {})},
    )


def _mark(say: Words, fact: MatrixFact, conflict: bool) -> Component:
    """The letter of a role; its line says whether it is stated, inferred or decided."""
    red = " conflict" if conflict and fact.role == "lead" else ""
    return html.Span(say(f"matrix.sign.{fact.role}"), className=f"role role-{fact.role} by-{fact.basis}{red}")


def _reached(say: Words, answer: MatrixAnswer, row: MatrixRow, reached: Reached) -> Component:
    """How many communes reached the criterion; it leads to each of them."""
    where: dict[str, Value] = {"province": answer.province, "on": answer.on, "set": answer.set}
    share = 100 * reached.met / reached.told
    said = say("matrix.reached", met=reached.met, told=reached.told)
    return html.A(
        [
            html.Span(html.Span(style={"width": f"{share:.0f}%"}), className="share", **{"aria-hidden": "true"}),
            html.Span(said, className="share-words"),
            html.Small(ui.vn_date(reached.day)),
        ],
        href=link(PROGRESS, **where, criterion=row.criterion.number),
        title=say("matrix.reached.means", met=reached.met, told=reached.told),
        className="reach",
    )


def _key(say: Words) -> list[Child]:
    """What the letters and lines mean."""
    signs: list[Child] = [
        html.Span([html.Span(say(f"matrix.sign.{role}"), className=f"role role-{role} by-stated"), say(f"role.{role}")])
        for role in ROLES
    ]
    lines: list[Child] = [
        html.Span([html.Span(say("matrix.sign.lead"), className=f"role role-lead by-{basis}"), say(f"basis.{basis}")])
        for basis in (Basis.INFERRED, Basis.DECIDED)
    ]
    red = html.Span(say("matrix.sign.lead"), className="role role-lead by-stated conflict")
    return [*signs, *lines, html.Span([red, say("matrix.conflict")])]


# Proof


def known_of(say: Words, chosen: Chosen) -> list[tuple[str, Child | Sequence[Child]]]:
    """What was understood from the sentence of a cell, and what else is said of the same."""
    row, cell = chosen.row, chosen.cell
    first, *others = cell.facts
    known: list[tuple[str, Child | Sequence[Child]]] = [
        (say("evidence.role"), [cell.agency.name, " ", html.B(say(f"role.{first.role}"))]),
        (say("kind.criterion"), f"{ui.criterion_label(say, row.criterion)} · {ui.set_name(say, row.criterion.set)}"),
    ]
    if cell.conflict:
        beside = [each.agency.name for each in row.cells if each.conflict and each is not cell]
        known.append(
            (say("matrix.conflict"), html.Span(say("matrix.beside", names="; ".join(beside)), className="bad"))
        )
    together = _together(row, cell)
    known.append((say("evidence.with"), "; ".join(together) or ui.not_stated(say)))
    if first.from_ or first.to:
        known.append((say("evidence.period"), " – ".join(ui.vn_date(day) or "…" for day in (first.from_, first.to))))
    if others:
        known.append((say("matrix.also"), [_also(say, fact) for fact in others]))
    return known


def _together(row: MatrixRow, cell: MatrixCell) -> Iterable[str]:
    """Who else has a part in the same assignment."""
    fact = cell.facts[0].id
    return [each.agency.name for each in row.cells if each is not cell and any(one.id == fact for one in each.facts)]


def _also(say: Words, fact: MatrixFact) -> Component:
    return html.Div(
        [
            ui.document_reference(say, fact.document, at=fact.evidence.start),
            f" ({say(f'role.{fact.role}')}) ",
            ui.basis_badge(say, fact.basis),
        ]
    )


# Nothing to show


def nothing(say: Words, address: Address, answer: MatrixAnswer) -> Component:
    """Why there is no matrix, and what to do next: another province, day or set, or a decision to take in."""
    title = say("matrix.choose") if answer.province is None and answer.provinces else say("matrix.nothing")
    ways: list[Component] = [_set_way(say, address, answer, each) for each in answer.sets]
    ways += [
        html.Li(html.A(say("trace.ask.province", name=name), href=address.with_(province=name), className="link"))
        for name in answer.provinces[:WAYS]
        if name != answer.province
    ]
    if not answer.sets and answer.province:
        query = link("/tim-kiem", q=say("matrix.words"), province=answer.province)
        ways.append(html.Li(html.A(say("matrix.search"), href=query, className="link")))
    ways.append(html.Li(html.A(say("matrix.take_in"), href="/nap", className="link")))
    text = [html.P(answer.note), html.Ul(ways, className="ways")]
    return ui.panel(None, html.Div([ui.icon("matrix"), html.H2(title), *text], className="blank"), class_name="start")


def _set_way(say: Words, address: Address, answer: MatrixAnswer, each: MatrixSet) -> Component:
    """The matrix of a set on the last day on which its assignments held, or on the day asked about."""
    day = each.until if each.until and each.until < answer.on else answer.on
    day = each.since if each.since and each.since > day else day
    words = say("matrix.way", set=ui.set_name(say, each.id), n=each.assigned, day=ui.vn_date(day))
    return html.Li(html.A(words, href=address.with_(set=each.id, on=day, cell=None), className="link"))


def page(say: Words, question: Component, *content: Child, cell: str | None) -> Component:
    """The whole page; cell: the one whose proof is shown."""
    return html.Div([beside.chosen("matrix", cell), question, *content], className="stack")


def answered(say: Words, grid: Component, proof: Proof | None) -> Component:
    """The matrix at the left, the proof beside it."""
    panel = beside.panel("matrix", ui.evidence_panel(say, proof))
    return html.Div([html.Div(grid, className="column"), panel], className="split")
