"""The trace page from its records: question, answer in words, chain, rows, proof. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dash_app import beside
from dash_app import components as ui
from dash_app.address import Address, link
from dash_app.components import Child, Choice, Column, Proof, Row
from dash_app.pages.trace.data import Lead, Suggestions, Summary, row_keys
from dash_app.pages.trace.figure import Box, Drawing, Node
from dash_app.period import as_of
from dash_app.words import Words
from ntmgraph.authority import DECIDED
from ntmgraph.model import Basis
from ntmgraph.queries import CriterionName, Due, Inference, Named, TraceAnswer, TraceRow
from ntmgraph.reasons import because_words, heir_words

PATH = "/truy-vet"
PERIODS = ((2010, 2015), (2016, 2020), (2021, 2025), (2026, 2030))  # of the national target programme
MOST_RESULTS = 3  # documents with results of a place, named beside the rows


def question_line(say: Words, address: Address, answer: TraceAnswer | None) -> Component:
    """The question as a sentence: its parts are chips, each with a way out; the field adds or changes one."""
    parts: list[Child] = []
    for name, label in _asked_things(say, address, answer):
        if parts:
            parts.append(say("trace.ask.and"))
        parts.append(
            ui.chip(
                say,
                label,
                remove=address.with_(
                    **{name: None, "row": None, "set": None if name == "criterion" else address.get("set")}
                ),
            )
        )
    province = address.get("province")
    if province:
        parts += [
            say("trace.ask.in"),
            ui.chip(say, say("trace.ask.province", name=province), remove=address.with_(province=None, row=None)),
        ]
    if parts:
        parts += [say("trace.ask.on"), _times(say, address)]
    field = ui.combobox(
        "trace-add",
        placeholder=say("trace.ask.add" if parts else "trace.ask.first"),
        label=say("trace.ask.label"),
        focus=not parts,
    )
    both = ui.inference_switches(say, address, say("trace.ask.inferred"))
    return html.Div(
        [
            html.Span(say("trace.ask.who")),
            *(html.Span(part) if isinstance(part, str) else part for part in parts),
            field,
            html.Div(both, className="push"),
        ],
        className="ask-line trace-ask",
    )


def _times(say: Words, address: Address) -> Component:
    """As of which day: all times, the end of a period of the programme, or the day of the address."""
    choices = [("", say("trace.ask.all_days"))]
    choices += [(f"{last}-12-31", say("trace.ask.period", first=str(first), last=str(last))) for first, last in PERIODS]
    on = as_of(address)
    if on and on.isoformat() not in dict(choices):
        choices.append((on.isoformat(), ui.vn_date(on)))
    kept = [name for name, _ in address.values if name not in ("on", "period", "row", "offset", "open")]
    field = ui.select_field(
        "on", choices, on.isoformat() if on else None, label=say("trace.ask.times"), hide_label=True
    )
    return ui.form(address, field, keep=kept, class_name="times")


def _asked_things(say: Words, address: Address, answer: TraceAnswer | None) -> list[tuple[str, str]]:
    """What the question names, by the names that its words were taken for where there is one."""
    things: list[tuple[str, str]] = []
    if criterion := address.get("criterion"):
        known = answer.criteria if answer else ()
        things.append(
            (
                "criterion",
                ui.criterion_label(say, known[0]) if len(known) == 1 else say("trace.ask.criterion", name=criterion),
            )
        )
    for name, found in (("agency", answer.agencies if answer else ()), ("place", answer.places if answer else ())):
        if typed := address.get(name):
            things.append((name, found[0].name if len(found) == 1 else typed))
    if document := address.get("document"):
        rows = answer.rows if answer else ()
        title = next((ui.document_title(say, row.document) for row in rows if row.document.id == document), document)
        things.append(("document", title))
    return things


def add_choices(say: Words, address: Address, found: Suggestions, typed: str) -> list[Component]:
    """The suggestions for what was typed, each the address of the question with that part in it."""
    base = Address(PATH, address.values)
    listed = [
        *(
            Choice(
                ui.criterion_choice(criterion),
                base.with_(criterion=criterion.id, row=None, offset=None),
                "criterion",
                ui.set_name(say, criterion.set),
            )
            for criterion in found.criteria
        ),
        *(
            Choice(agency.name, base.with_(agency=agency.id, row=None, offset=None), "agency", agency.place)
            for agency in found.agencies
        ),
        *(
            Choice(place.name, base.with_(place=place.id, row=None, offset=None), "place", place.place)
            for place in found.places
        ),
    ]
    return ui.choices(say, listed, typed=typed)


def start(say: Words, address: Address, found: Suggestions) -> Component:
    """Before a question: questions that the graph can answer, by what really stands in it."""
    groups: list[tuple[str, str, list[tuple[str, str, str | None]]]] = [
        (say("trace.start.criteria"), "criterion", [(ui.criterion_choice(c), c.id, None) for c in found.criteria]),
        (say("trace.start.agencies"), "agency", [(a.name, a.id, a.place) for a in found.agencies]),
        (say("trace.start.places"), "place", [(p.name, p.id, p.place) for p in found.places]),
    ]
    if not found:
        return ui.panel(
            None,
            ui.empty(
                say("trace.start.nothing"),
                say("trace.start.nothing.text"),
                action=(say("trace.start.takein"), "/nap"),
                sign="takein",
            ),
            class_name="start",
        )
    columns = [
        html.Div(
            [
                html.H2([ui.kind_mark(kind), title, *_set_of(say, kind, found)]),
                html.Ul([html.Li(_start_link(address, kind, *thing)) for thing in things]),
            ],
            className=f"start-group of-{kind}",
        )
        for title, kind, things in groups
        if things
    ]
    head = html.Div(
        [html.H2(say("trace.start.title")), html.P(say("trace.start.text"), className="quiet")], className="start-head"
    )
    return ui.panel(None, head, html.Div(columns, className="start-groups"), class_name="start")


def _set_of(say: Words, kind: str, found: Suggestions) -> list[Component]:
    if kind != "criterion" or not found.criteria:
        return []
    return [html.Small(ui.set_name(say, found.criteria[0].set))]


def _start_link(address: Address, kind: str, label: str, value: str, place: str | None) -> Component:
    note = [html.Small(place)] if place and place not in label else []
    return html.A([html.Span(label), *note], href=address.with_(**{kind: value}))


def answer_card(say: Words, answer: TraceAnswer, summary: Summary, address: Address) -> Component:
    """The answer in words: who, by which document, how much, and what the documents leave open."""
    sentence = _sentence(say, answer, summary)
    # The sentence is about the whole answer; what follows can only be told of what was read whole.
    here = say("trace.answer.here", first=say.number(summary.first), last=say.number(summary.last))
    notes = [] if summary.whole else [here]
    notes += [_deadlines_words(say, summary)] if summary.tasks else []
    if summary.inferred:
        notes.append(say("trace.answer.inferred", n=summary.inferred))
    if len(summary.documents) == 1:
        source = summary.documents[0]
        notes.append(
            say("trace.answer.source", document=ui.document_title(say, source), detail=ui.document_source(say, source))
        )
    else:
        notes.append(say("trace.answer.sources", n=len(summary.documents)))
    if answer.note:
        notes.append(answer.note)
    beside = _beside(say, answer, address)
    return ui.answer(sentence, [" ".join(notes), *beside], tools=ui.export_links(say, address))


def _beside(say: Words, answer: TraceAnswer, address: Address) -> list[Child]:
    """What is no row: who took over from what was asked about, and the catalogue's defaults; all inferred."""
    lines: list[Child] = []
    for step in answer.passed_on:
        thing = "place" if step.rule is Inference.PLACE_SUCCESSOR else "agency"
        there = address.with_(**{thing: step.to.id, "row": None, "offset": None})
        # A commune that keeps its name is told from its part of that name by the word for the new one.
        name = say("trace.beside.new", name=step.to.name) if step.to.name == step.of.name else step.to.name
        ask = html.A(say("trace.beside.ask", name=name), href=there, className="link")
        # All bodies of a kind in what was a district are nothing that one can ask about.
        asks = [ask] if step.to.kind != "group" else []
        lines.append(_inferred_line(say, [f"{because_words(step, say.language)}. ", *asks]))
    for usual in answer.usual_leads:
        words = say.rich(
            "trace.beside.usual.decided" if usual.status == DECIDED else "trace.beside.usual",
            agencies=html.B(ui.names(usual.agencies)),
            criterion=ui.criterion_label(say, usual.criterion),
            set=ui.set_name(say, usual.criterion.set),
        )
        lines.append(_inferred_line(say, words))
    for results in answer.results[:MOST_RESULTS]:
        words = say.rich(
            "trace.beside.results.met" if results.met else "trace.beside.results",
            place=html.B(results.place.name),
            n=html.B(say.number(results.total)),
            met=say.number(results.met),
            document=ui.document_reference(say, results.document, at=results.start),
            source=ui.document_source(say, results.document),
        )
        because = [because_words(step, say.language) for step in results.because]
        # Results of a unit that came before the one asked about are told, that they are its own is inferred.
        lines.append(
            _inferred_line(say, [*words, " ", say("inference.because", words="; ".join(because))])
            if because
            else html.Span(words, className="beside")
        )
    return lines


def _inferred_line(say: Words, words: Sequence[Child]) -> Component:
    return html.Span([ui.basis_badge(say, Basis.INFERRED), " ", *words], className="beside")


def _sentence(say: Words, answer: TraceAnswer, summary: Summary) -> list[Child]:
    if answer.criteria and summary.leads:
        criterion = ui.criterion_label(say, _led(summary, answer))
        sentence = _leads_sentence(say, criterion, summary.leads, more=summary.more_leads)
        return [*sentence, " ", *_tasks_too(say, summary)]
    if answer.criteria:
        named = html.B(ui.criterion_label(say, answer.criteria[0]))
        if summary.whole:
            return say.rich("trace.answer.criterion.no_lead", criterion=named, **_counts(summary))
        return [
            *say.rich("trace.answer.criterion.no_lead.many", criterion=named), " ", *_facts_sentence(say, summary)
        ]  # fmt: skip
    if not summary.whole and answer.agencies and len(answer.agencies) == 1:
        return [html.B(answer.agencies[0].name), ": ", *_facts_words(say, summary), "."]
    if answer.agencies and len(answer.agencies) == 1:
        parts = [
            say.rich(f"trace.answer.agency.{key}", n=html.B(str(count)))
            for key, count in (
                ("led", summary.led),
                ("shared", summary.shared),
                ("criteria", summary.criteria),
                ("helps", len(summary.helpers)),
            )
            if count
        ]
        joined: list[Child] = []
        for index, part in enumerate(parts):
            joined += [", " if index else " ", *part]
        return [html.B(answer.agencies[0].name), *(joined or [say("trace.answer.agency.named")]), "."]
    if answer.places and summary.helpers:
        return [*_help_sentence(say, answer.places[0].name, summary.helpers[0]), " ", *_tasks_too(say, summary)]
    return say.rich("trace.answer.counts", **_counts(summary)) if summary.whole else _facts_sentence(say, summary)


def _counts(summary: Summary) -> dict[str, Component]:
    return {"tasks": html.B(str(summary.tasks)), "agencies": html.B(str(summary.agencies))}


def _facts_sentence(say: Words, summary: Summary) -> list[Child]:
    return say.rich("trace.answer.facts", facts=_facts_words(say, summary))


def _facts_words(say: Words, summary: Summary) -> list[Child]:
    """How many facts of each kind the whole answer has: "12.345 nhiệm vụ, 38 phân công tiêu chí"."""
    words: list[Child] = []
    for fact in ("assignment", "helps", "task", "reporting"):
        if count := summary.facts.get(fact):
            words += [", " if words else "", *say.rich(f"trace.answer.facts.{fact}", n=html.B(say.number(count)))]
    return words


def _led(summary: Summary, answer: TraceAnswer) -> CriterionName:
    """The criterion that the first lead has; the words of a question may fit several."""
    return summary.leads[0].row.criterion or answer.criteria[0]


def _leads_sentence(say: Words, criterion: str, leads: Sequence[Lead], *, more: bool) -> list[Child]:
    row = leads[0].row
    if len(leads) == 1 and not more:
        sentence = say.rich(
            "trace.answer.leads",
            agency=html.B(leads[0].agency.name),
            criterion=html.B(criterion),
            document=ui.document_reference(say, row.document, at=row.evidence.start),
            issuer=row.document.issuer or "",
            date=ui.vn_date(row.document.date) or say("document.undated"),
        )
        return [*sentence, *_inferred_mark(say, row)]
    named: list[Child] = []
    for index, lead in enumerate(leads[:4]):
        named += ["; " if index else "", html.B(lead.agency.name), f" ({ui.document_title(say, lead.row.document)})"]
    if more:
        return say.rich("trace.answer.leads.more", criterion=html.B(criterion), agencies=named)
    return say.rich("trace.answer.leads.many", n=html.B(str(len(leads))), criterion=html.B(criterion), agencies=named)


def _help_sentence(say: Words, place: str, helper: Lead) -> list[Child]:
    agency: list[Child] = [html.B(helper.agency.name)]
    if helper.person:
        agency.append(f" ({helper.person})")
    row = helper.row
    sentence = say.rich(
        "trace.answer.helps",
        # Of a unit that came before the one asked about, the document says so, not of the one asked about.
        place=html.B(row.place.name if row.place else place),
        agency=agency,
        document=ui.document_reference(say, row.document, at=row.evidence.start),
    )
    return [*sentence, *_inferred_mark(say, row)]


def _inferred_mark(say: Words, row: TraceRow) -> list[Child]:
    return [" ", ui.basis_badge(say, row.basis)] if row.basis is Basis.INFERRED else []


def _tasks_too(say: Words, summary: Summary) -> list[Child]:
    if not summary.whole:
        return _facts_sentence(say, summary)
    return say.rich("trace.answer.tasks_too", **_counts(summary)) if summary.tasks else []


def _deadlines_words(say: Words, summary: Summary) -> str:
    if not summary.dated:
        return say("trace.answer.no_deadline")
    if summary.next_due:
        return say("trace.answer.next_due", n=summary.dated, date=ui.vn_date(summary.next_due))
    return say("trace.answer.all_past", n=summary.dated)


def nothing_found(say: Words, answer: TraceAnswer, address: Address, namesakes: Sequence[CriterionName]) -> Component:
    """No document says it: a plain sentence, and what can be done instead."""
    ways: list[Component] = []
    if as_of(address):
        ways.append(
            html.Li(
                html.A(say("trace.none.all_days"), href=address.with_(on=None, period=None, row=None), className="link")
            )
        )
    if address.get("province"):
        ways.append(
            html.Li(
                html.A(say("trace.none.all_provinces"), href=address.with_(province=None, row=None), className="link")
            )
        )
    if address.flag("stated_only") or ui.rules_off(address):
        every = address.with_(stated_only=None, without=None, row=None)
        ways.append(html.Li(html.A(say("trace.none.inferred"), href=every, className="link")))
    words = next((address.get(name) for name in ("place", "agency") if address.get(name)), None)
    if words:
        ways.append(
            html.Li(html.A(say("trace.none.search", words=words), href=link("/tim-kiem", q=words), className="link"))
        )
    ways.append(html.Li(html.A(say("trace.none.takein"), href="/nap", className="link")))
    text = [html.P(answer.note or say("trace.none.text"))]
    text += [html.P(line) for line in _beside(say, answer, address)]
    if namesakes:
        others = _alternatives(say, address, "criterion", namesakes)
        text.append(html.P([say("trace.none.namesakes"), " ", *others], className="which"))
    text.append(html.Ul(ways, className="ways"))
    return ui.panel(
        None,
        html.Div([ui.icon("search"), html.H2(say("trace.none.title")), *text], className="blank"),
        class_name="start",
    )


def many_meanings(say: Words, address: Address, answer: TraceAnswer) -> Component | None:
    """Where the words of the question fit several things, the choice is the asker's."""
    named = {thing.id for row in answer.rows for thing in (*row.criteria, *row.places)}
    criteria, places = (
        tuple(thing for thing in things if thing.id in named or not answer.rows)
        for things in (answer.criteria, answer.places)
    )
    groups = (("criterion", criteria), ("agency", answer.agencies), ("place", places))
    lines = [
        html.P([say("trace.which"), " ", *_alternatives(say, address, name, things)], className="which")
        for name, things in groups
        if len(things) > 1
    ]
    return html.Div(lines) if lines else None


def _alternatives(say: Words, address: Address, name: str, things: Sequence[Named | CriterionName]) -> list[Child]:
    links: list[Child] = []
    for thing in things[:8]:
        if isinstance(thing, CriterionName):
            label = f"{ui.criterion_choice(thing)} ({ui.set_name(say, thing.set)})"
        else:
            label = f"{thing.name} ({thing.place})" if thing.place and thing.place not in thing.name else thing.name
        links.append(html.A(label, href=address.with_(**{name: thing.id, "row": None}), className="add"))
    return links


# The chain


def chain(say: Words, drawing: Drawing, address: Address, *, left_out: int, chosen: str | None) -> Component:
    """Cards over one drawing of edges; `assets/chain.js` draws the paths from the data beside them."""
    lines = [{"d": line.path, "basis": line.edge.basis, "rows": list(line.edge.rows)} for line in drawing.lines]
    heads = html.Div(
        [
            _rank_head(say, name, address, style={"left": f"{left / 10:.2f}%", "width": f"{width / 10:.2f}%"})
            for name, left, width in drawing.ranks
        ],
        className="chain-ranks",
        style={"minWidth": ui.rem(drawing.narrowest)},
    )
    cards = [_card(say, box, address, chosen) for box in drawing.boxes]
    canvas = html.Div(
        [
            html.Div(
                className="chain-lines",
                **{"data-lines": json.dumps(lines), "data-height": f"{drawing.height:.0f}", "aria-hidden": "true"},
            ),
            *cards,
        ],
        className="chain-canvas",
        style={"height": ui.rem(drawing.height), "minWidth": ui.rem(drawing.narrowest)},
        **{"data-chosen": chosen or ""},
    )
    key = html.Div(
        [
            html.Span([html.I(className=f"key-line {name}"), say(f"chain.key.{name}")])
            for name in ("chosen", "stated", "inferred", "decided")
        ],
        className="chain-key",
    )
    tools = html.Div(
        [
            html.Button(
                ui.icon(sign),
                type="button",
                className="icon-button",
                title=say(f"chain.{name}"),
                **{"data-zoom": name, "aria-label": say(f"chain.{name}")},
            )
            for sign, name in (("minus", "out"), ("plus", "in"), ("fit", "fit"))
        ]
        + [
            html.Button(
                name.upper(),
                type="button",
                className="button small",
                title=say("chain.picture", kind=name.upper()),
                **{"data-picture": name},
            )
            for name in ("svg", "png")
        ],
        className="chain-tools",
        role="group",
        **{"aria-label": say("chain.tools")},
    )
    more = [html.Span(say("chain.left_out", n=left_out), className="chain-more")] if left_out else []
    return html.Section(
        [
            html.Div([heads, canvas], className="chain-view", tabIndex="0", title=say("chain.keys")),
            html.Div([key, *more, tools], className="chain-foot"),
        ],
        className="panel chain",
        **{"aria-label": say("chain.label")},
    )


def _rank_head(say: Words, name: str, address: Address, *, style: dict[str, str]) -> Component:
    """The name of a rank; it folds the cards of the rank together, or shows them one by one again."""
    title = say(f"chain.rank.{name}")
    folded = address.names("fold")
    if name == "document":
        return html.Span(title, style=style)
    others = [each for each in folded if each != name]
    there = address.with_(fold=",".join(others if name in folded else [*others, name]) or None, open=None)
    return html.A(
        [ui.icon("plus" if name in folded else "minus"), title],
        href=there,
        className="rank-head",
        style=style,
        title=say("chain.unfold" if name in folded else "chain.fold", rank=title.lower()),
        **{"aria-expanded": "false" if name in folded else "true"},
    )


def _card(say: Words, box: Box, address: Address, chosen: str | None) -> Component:
    node = box.node
    classes = ["card", f"card-{node.kind}"]
    classes += [name for name, on in (("stub", node.stub), ("asked", node.asked), ("on", chosen in node.rows)) if on]
    if node.count:
        classes.append("group")
    label = say(f"chain.group.{node.kind}", n=node.count) if node.count else node.label or say(f"fact.{node.note}")
    note = html.Span([ui.kind_mark(node.kind), html.Span(_card_note(say, node))], className=f"card-note of-{node.kind}")
    return html.A(
        [
            note,
            html.B(label, style={"WebkitLineClamp": str(box.lines)}),
            *_card_detail(say, node),
        ],
        href=address.with_(open=",".join([*address.names("open"), node.id]))
        if node.count
        else address.with_(row=node.rows[0]),
        className=" ".join(classes),
        title=label,
        style={
            "left": f"{box.left / 10:.2f}%",
            "width": f"{box.width / 10:.2f}%",
            "top": ui.rem(box.top),
            "height": ui.rem(box.height),
        },
        **{"data-rows": " ".join(node.rows)},
    )


def _card_detail(say: Words, node: Node) -> list[Component]:
    if node.detail is None:
        return []
    if node.kind == "deadline":
        return [html.Small(say(f"state.{node.detail}.short"), className=f"is-{node.detail}")]
    return [html.Small(node.detail)]


def _card_note(say: Words, node: Node) -> str:
    if node.count:
        return say("chain.group")
    if node.kind == "task":
        return say(f"fact.{node.note}")
    if node.kind == "agency":
        return ", ".join(say(f"role.{role}") for role in node.roles) or say("role.named")
    if node.kind == "criterion":
        return ui.set_name(say, node.note)
    note = node.note or say(f"kind.{node.kind}")
    return f"{note} ({say('document.state.draft')})" if node.draft else note


# Rows and proof


def rows_table(say: Words, answer: TraceAnswer, address: Address, chosen: str | None) -> Component:
    """The rows of the chain, at most a page of them."""
    columns = [
        Column(say("trace.col.document"), width="7.625rem"),
        Column(say("trace.col.what")),
        Column(say("trace.col.agency"), width="33%"),
        Column(say("trace.col.deadline"), width="7.625rem"),
        Column(say("trace.col.basis"), width="5.125rem"),
    ]
    rows = [
        Row(_cells(say, row), href=address.with_(row=key), key=key, selected=key == chosen)
        for row, key in zip(answer.rows, row_keys(answer.rows), strict=True)
    ]
    # Facts are counted, not rows: a task of two bodies has two, and one that counts in two ways stands here twice.
    footer = ui.pager(say, address, total=answer.total, shown=min(ui.ROWS, answer.total - address.number("offset")))
    return ui.table(columns, rows, caption=say("trace.table"), footer=[footer], name="trace-rows")


def _cells(say: Words, row: TraceRow) -> list[Child | list[Child]]:
    label = html.B(ui.document_label(say, row.document), title=ui.document_title(say, row.document))
    return [
        [label, *ui.draft_mark(say, row.document), html.Div(ui.vn_date(row.document.date), className="quiet")],
        html.Div(what_words(say, row), className="clamp"),
        _doer(say, row),
        deadline_words(say, row.deadline),
        ui.basis_badge(say, row.basis),
    ]


def what_words(say: Words, row: TraceRow) -> str:
    """What is to be done; facts that are no task say what they are."""
    if row.fact == "assignment" and row.criterion:
        return say("fact.assignment.of", criterion=ui.criterion_label(say, row.criterion))
    if row.fact == "helps" and row.place:
        return say("fact.helps.of", place=row.place.name)
    return row.what or say(f"fact.{row.fact}")


def _doer(say: Words, row: TraceRow) -> list[Child]:
    """Who does it and how; below, with whom."""
    if row.agency is None:
        children: list[Child] = [html.Span(say("trace.nobody"), className="quiet")]
    else:
        children = [html.B(row.agency.name)]
        if row.person:
            children.append(f" ({row.person})")
        if row.role:
            children += [" ", html.Span(say(f"role.{row.role}"), className="quiet")]
    if row.passed_on:
        later = " · ".join(heir_words(step, say.language) for step in row.passed_on)
        children.append(html.Div(say("trace.passed_on", names=later), className="quiet clamp"))
    if row.lead:
        led_by = say("trace.led_by", names=ui.names(row.lead))
        children.append(html.Div([led_by, *_inferred_lead(say, row)], className="quiet clamp"))
    if row.with_:
        children.append(html.Div(say("document.with", names=ui.names(row.with_)), className="quiet clamp"))
    return children


def _inferred_lead(say: Words, row: TraceRow) -> list[Child]:
    return [" ", ui.basis_badge(say, Basis.INFERRED)] if row.lead_inferred else []


def deadline_words(say: Words, due: Due | None) -> Child | list[Child]:
    """The day and the state as of the asked day; the text's own words when they name no day."""
    if due is None:
        return html.Span(say("deadline.none"), className="quiet")
    if due.date is None:
        return due.text
    return [html.Div(ui.vn_date(due.date)), *([ui.state_badge(say, due.state)] if due.state else [])]


def known_of(say: Words, row: TraceRow) -> list[tuple[str, Child | Sequence[Child]]]:
    """What was understood from the sentence, and what the document leaves open."""
    role: list[Child] = [say("trace.nobody")]
    if row.agency:
        role = [row.agency.name, *([" ", html.B(say(f"role.{row.role}"))] if row.role else [])]
    known: list[tuple[str, Child | Sequence[Child]]] = [(say("evidence.role"), role)]
    if row.lead:
        known.append((say("evidence.lead"), [ui.names(row.lead), *_inferred_lead(say, row)]))
    if row.person:
        known.append((say("evidence.person"), row.person))
    known.append((say("evidence.with"), ui.names(row.with_) or ui.not_stated(say)))
    reports = ui.names(row.reports_to)
    if row.via:
        reports = say("evidence.via", to=reports, via=ui.names(row.via)) if reports else ui.names(row.via)
    known.append((say("evidence.reports"), reports or ui.not_stated(say)))
    if row.chain:
        above = " → ".join(step.to.name for step in row.chain)
        known.append((say("evidence.chain"), [above, " ", ui.basis_badge(say, Basis.INFERRED)]))
    if row.passed_on:
        lines = [html.Div(because_words(step, say.language)) for step in row.passed_on]
        known.append((say("evidence.passed_on"), [*lines, ui.basis_badge(say, Basis.INFERRED)]))
    if row.document.date is None:
        known.append((say("evidence.undated"), say("evidence.undated.means")))
    known.append((say("evidence.deadline"), deadline_words(say, row.deadline) if row.deadline else ui.not_stated(say)))
    if row.criterion:
        known.append(
            (say("kind.criterion"), f"{ui.criterion_choice(row.criterion)} · {ui.set_name(say, row.criterion.set)}")
        )
    if row.place:
        known.append((say("kind.place"), row.place.name))
    if row.replaced_by:
        known.append((say("evidence.replaced_by"), ui.document_reference(say, row.replaced_by)))
    if row.from_ or row.to:
        known.append((say("evidence.period"), " – ".join(ui.vn_date(day) or "…" for day in (row.from_, row.to))))
    return known


def page(say: Words, question: Component, *content: Child, row: str | None) -> Component:
    """The whole page; row: the one whose proof is shown."""
    return html.Div([beside.chosen("trace", row), question, *content], className="stack")


def answered(say: Words, graph: Component, rows: Component, proof: Proof | None) -> Component:
    """Chain and rows at the left, the proof beside both."""
    return html.Div(
        [
            html.Div([graph, rows], className="column"),
            beside.panel("trace", ui.evidence_panel(say, proof)),
        ],
        className="split",
    )
