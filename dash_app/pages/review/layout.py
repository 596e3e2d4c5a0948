"""The review page from its records: the count in words, kinds as tabs, the queue, the chosen doubt; one fact. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, document_link, link
from dash_app.components import Child, Column, Proof, Row
from dash_app.pages.review import forms
from dash_app.pages.review.data import (
    ADDED,
    COMPARED,
    FORMS,
    KINDS,
    PATH,
    SHOWS,
    Offers,
    Queue,
    Sentence,
    document_of_doubt,
)
from dash_app.words import Words
from ntmgraph.ids import document_of, is_doubt
from ntmgraph.model import IssueCode, Reading
from ntmgraph.queries import ReviewRow
from ntmgraph.rules import rule_words
from ntmgraph.workspace.correcting import FactView, suggested
from ntmgraph.workspace.decisions import Decision, DecisionKind

KEYS = ("j", "k", "a", "n", "e", "x", "m", "s", "p", "u", "o", "?")
RECHECK = 1500  # ms between looks whether documents have been compared


def page(say: Words, address: Address, queue: Queue, *content: Child) -> Component:
    """Question, answer, tabs and what they show; while documents are compared the page looks again by itself."""
    return html.Div(
        [
            dcc.Interval(id="review-tick", interval=RECHECK, disabled=queue.counts.whole),
            question_line(say, address, queue.last),
            ui.answer(*sentence(say, address, queue), tools=ui.export_links(say, address)),
            kind_tabs(say, address, queue),
            *content,
        ],
        className="stack",
        **{"data-review": "1"},
    )


def question_line(say: Words, address: Address, last: Decision | None) -> Component:
    """What is asked; at the right what the reader decided last, and the keys."""
    chips: list[Child] = [html.H1(say("review.question"))]
    if province := address.get("province"):
        chips += [say("review.in"), ui.chip(say, province, remove=address.with_(province=None, row=None, offset=None))]
    if document := address.get("document"):
        chips += [say("review.of"), ui.chip(say, document, remove=address.with_(document=None, row=None, offset=None))]
    keys = [html.Li([html.Kbd(key), say(f"review.key.{key}")]) for key in KEYS]
    shown = html.Details(
        [
            html.Summary([say("review.keys"), html.Kbd("?", **{"aria-hidden": "true"})]),
            html.Ul(keys, className="keys"),
        ],
        className="key-help",
    )
    return ui.ask_line(*chips, html.Div([*undo_bar(say, last), shown], className="push said"))


def sentence(say: Words, address: Address, queue: Queue) -> tuple[list[Child], list[Child]]:
    """How many things wait and which, in words."""
    counts, total = queue.counts.codes, queue.counts.total
    note: list[Child] = [queue.counts.note] if queue.counts.note else [say("review.how")]
    if not queue.counts.whole:
        note = [say("review.comparing")]
    if not total:
        return [say("review.nothing" if queue.counts.whole else "review.nothing.yet")], note
    listed: list[Child] = []
    for code in KINDS:
        if counts.get(code):
            words = say(f"review.count.{code}", n=counts[code])
            listed += [
                "; " if listed else "",
                html.A(
                    words,
                    href=address.with_(code=code, row=None, said=None, offset=None, act=None, fact=None, show=None),
                ),
            ]
    return say.rich("review.answer", n=html.B(say.number(total)), kinds=listed), note


def kind_tabs(say: Words, address: Address, queue: Queue) -> Component:
    """Kinds of which there is any, the chosen one also when it is done; then what was settled, and every decision."""
    base = {"row": None, "said": None, "offset": None, "act": None, "fact": None}
    show = address.get("show") if address.get("show") in SHOWS else None
    items = [
        (
            say(f"review.tab.{code}"),
            address.with_(code=code, show=None, **base),
            queue.counts.codes.get(code, 0),
            show is None and code is queue.code,
        )
        for code in KINDS
        if queue.counts.codes.get(code) or (code is queue.code and show is None)
    ]
    items += [
        (say("review.tab.seen"), address.with_(show="seen", **base), queue.seen, show == "seen"),
        (say("review.tab.history"), address.with_(show="history", **base), None, show == "history"),
    ]
    return ui.tabs(say, items, label=say("review.kinds"))


# The queue


def waiting(say: Words, address: Address, queue: Queue, side: Component) -> Component:
    if queue.chosen is None:
        return html.Div(rows(say, address, queue), className="column done")
    return html.Div([html.Div(rows(say, address, queue), className="column"), side], className="split review")


def rows(say: Words, address: Address, queue: Queue) -> list[Component]:
    answer = queue.answer
    if not answer.rows:
        return [_done(say, address, queue)]
    lines = [
        Row(
            [html.Div(row.message, className="clamp"), _source(say, row)],
            href=address.with_(code=row.code, row=row.id, said=None, act=None, fact=None),
            key=row.id,
            selected=queue.chosen is not None and row.id == queue.chosen.id,
        )
        for row in answer.rows
    ]
    columns = [Column(say("review.col.what")), Column(say("review.col.document"), width="26%")]
    table = ui.table(columns, lines, caption=say("review.rows"), name="review-list")
    more = answer.total > len(answer.rows)
    return [table, *([ui.pager(say, address, total=answer.total, shown=len(lines))] if more else [])]


def _source(say: Words, row: ReviewRow) -> list[Child]:
    source = ui.document_source(say, row.document)
    return [
        html.Span(
            ui.document_label(say, row.document), className="of-document", title=ui.document_title(say, row.document)
        ),
        html.Span(source, className="quiet clip", title=source),
    ]


def _done(say: Words, address: Address, queue: Queue) -> Component:
    """Nothing of this kind is left: the next kind, or the end of the work."""
    if not queue.counts.whole and (queue.code is None or queue.code in COMPARED):
        return ui.empty(say("review.comparing.title"), say("review.comparing"), sign="review")
    following = next((code for code in KINDS if queue.counts.codes.get(code)), None)
    if following:
        there = address.with_(code=following, row=None, offset=None, act=None, fact=None)
        words = say(f"review.tab.{following}")
        return ui.empty(
            say("review.kind.done"),
            say("review.kind.done.next", kind=words),
            action=(say("review.kind.next"), there),
            sign="check",
        )
    return ui.empty(
        say("review.none"),
        queue.counts.note or say("review.none.next"),
        action=(say("documents.take_in"), "/nap"),
        sign="check",
    )


def doubt(say: Words, address: Address, queue: Queue, form: Component | None) -> Component:
    """The chosen doubt: what it is, its sentence, the facts read from that, and what can be done."""
    row = queue.chosen
    if row is None:
        return html.Div()
    then = _following(address, queue, row)
    shown = queue.sentence
    body: list[Child] = [html.H2(say(f"issue.{row.code}"))]
    if form is None:  # which wants the room; the list shows the words as well
        body.append(html.P(row.message))
    if len(row.evidence) > 1:
        body.append(_sentences(say, address, row, shown.number if shown else 0))
    at = None
    if shown is not None:
        at = shown.evidence.start
        proof = _proof(row, shown)
        body += [ui.document_card(say, proof), ui.quoted(say, proof)]
        body += (
            [form]
            if form
            else [
                fact_card(say, address, view, row=row, then=then, keys=index == 0)
                for index, view in enumerate(shown.facts)
            ]
        )
    document = shown.evidence.document if shown and shown.evidence.document else row.document
    only = address.with_(document=document.id, row=None, offset=None, act=None, fact=None)
    acts = [
        forms.act_button(say("review.aside"), {"do": "aside", "doubt": row.id, "then": then}, key="a", primary=True),
        html.A(
            [say("evidence.open"), html.Kbd("o", **{"aria-hidden": "true"})],
            href=document_link(document.id, at=at),
            className="button",
            **{"data-key": "o"},
        ),
    ]
    if may_add(row, shown):
        add = html.A(
            [say("review.missed"), html.Kbd("n", **{"aria-hidden": "true"})],
            href=address.with_(code=row.code, row=row.id, act=ADDED),
            className="button primary",
            **{"data-key": "n", "aria-keyshortcuts": "n"},
        )
        aside = {"do": "aside", "doubt": row.id, "then": then}
        acts[:1] = [add, forms.act_button(say("review.aside"), aside, key="a")]
    if not address.get("document"):
        acts.append(html.A(say("review.only"), href=only, className="button"))
    return html.Aside(
        [html.Div(body, className="evidence-body"), *([] if form else [html.Div(acts, className="acts")])],
        className="panel evidence",
        **{"aria-label": say("review.doubt")},
    )


def _proof(row: ReviewRow, shown: Sentence) -> Proof:
    said = shown.evidence
    return Proof(said.document or row.document, said, shown.excerpt, said.basis, said.rule)


def _sentences(say: Words, address: Address, row: ReviewRow, chosen: int) -> Component:
    items = [
        (
            say("review.sentence", n=number + 1, document=ui.document_label(say, each.document or row.document)),
            address.with_(code=row.code, row=row.id, said=number or None, act=None, fact=None),
            None,
            number == chosen,
        )
        for number, each in enumerate(row.evidence)
    ]
    return ui.tabs(say, items, label=say("review.sentences"))


def fact_card(say: Words, address: Address, view: FactView, *, row: ReviewRow, then: str, keys: bool) -> Component:
    """One fact of the sentence: what was understood, and the ways to decide on it; keys act on the first one."""
    assert view.fact is not None
    said = {"fact": view.id, "seen": view.last, "doubt": row.id, "then": then}

    def opened(name: str) -> str:
        return address.with_(code=row.code, row=row.id, fact=view.id, act=name)

    acts = [forms.act_button(say("evidence.right"), {"do": "accepted", **said})]
    for name in forms.forms_of(view):
        key = FORMS[name]
        keyed = {"data-key": key, "aria-keyshortcuts": key} if keys else {}
        sign = [html.Kbd(key, **{"aria-hidden": "true"})] if keys else []
        acts.append(html.A([say(f"review.do.{name}"), *sign], href=opened(name), className="button", **keyed))
    acts.append(forms.act_button(say("review.do.rejected"), {"do": "rejected", **said}, key="x" if keys else None))
    return html.Section(
        [
            html.Div(
                [
                    ui.kind_mark(forms.sign_of(view)),
                    html.B(forms.fact_title(say, view)),
                    " ",
                    ui.basis_badge(say, view.fact.evidence.basis),
                ]
            ),
            ui.facts(*forms.fact_words(say, view)),
            html.Div(acts, className="acts"),
        ],
        className="fact-card",
        **{"data-fact": view.id},
    )


def undo_bar(say: Words, last: Decision | None) -> list[Component]:
    """The reader's last decision of today, and the way to take it back."""
    if last is None:
        return []
    words = say("review.set_aside") if is_doubt(last.fact) else rule_words(last.kind.rule, say.language) or last.kind
    what = say("review.last", what=words, time=f"{last.at.astimezone():%H:%M}")
    undo = forms.act_button(say("review.undo"), {"do": "undone", "decision": last.id}, key="u")
    return [html.Div([html.Span(what, className="quiet"), undo], className="acts undo-bar", role="status")]


def open_form(
    say: Words, address: Address, view: FactView, offers: Offers, queue: Queue, tasks: Sequence[tuple[str, str]]
) -> Component | None:
    """The form that the address asks for, of a fact of the chosen doubt."""
    name, row = address.get("act"), queue.chosen
    if name not in FORMS or view.fact is None or row is None:
        return None
    act = {"doubt": row.id, "then": _following(address, queue, row)}
    cancel = address.with_(act=None, fact=None, body=None)
    return forms.form_of(say, view, offers, name, act, address, cancel=cancel, tasks=tasks)


def form_to_add(say: Words, address: Address, reading: Reading, offers: Offers, queue: Queue) -> Component | None:
    """The form for the task that the chosen doubt says was missed."""
    row, shown = queue.chosen, queue.sentence
    if address.get("act") != ADDED or row is None or shown is None or not may_add(row, shown):
        return None
    start, end = shown.evidence.start, shown.evidence.end
    act = {"document": reading.document.id, "start": start, "end": end, "doubt": row.id}
    return forms.form_to_add(
        say,
        suggested(reading, start, end),
        offers,
        {**act, "then": _following(address, queue, row)},
        cancel=address.with_(act=None),
        key=row.id,
    )


def may_add(row: ReviewRow, shown: Sentence | None) -> bool:
    """Whether a doubt is of a duty that nobody read, in a text that can be read."""
    return row.code is IssueCode.DUTY_UNREAD and shown is not None and shown.excerpt is not None


def _following(address: Address, queue: Queue, row: ReviewRow) -> str:
    """Where the queue goes on once a doubt is settled."""
    following = queue.next_to(row)
    return address.with_(
        code=row.code, row=following.id if following else None, said=None, act=None, fact=None, body=None
    )


# What was settled, and every decision


def decisions(
    say: Words, address: Address, listed: Sequence[Decision], total: int, standing: frozenset[str]
) -> Component:
    """Decisions as a list, the last ones first."""
    if not listed:
        return ui.empty(say("review.decisions.none"), say("review.decisions.none.next"), sign="check")
    columns = [
        Column(say("review.col.when"), width="8.5rem"),
        Column(say("review.col.who"), width="9rem"),
        Column(say("review.col.kind"), width="10rem"),
        Column(say("review.col.said")),
        Column(say("review.col.why"), width="20%"),
        Column(say("review.col.acts"), width="11rem"),
    ]
    lines = [Row(_decision_cells(say, each, each.id in standing), key=each.id) for each in listed]
    table = ui.table(columns, lines, caption=say("review.decisions"), name="review-decisions")
    more = [ui.pager(say, address, total=total, shown=len(listed))] if total > len(listed) else []
    return html.Div([table, *more], className="column")


def _decision_cells(say: Words, decision: Decision, stands: bool) -> list[Child | list[Child]]:
    doubt = is_doubt(decision.fact)
    kind: list[Child] = [
        say("review.set_aside") if doubt else rule_words(decision.kind.rule, say.language) or decision.kind
    ]
    if not stands and decision.kind is not DecisionKind.UNDONE:
        kind.append(html.Div(say("review.undone"), className="quiet"))
    acts: list[Child] = []
    if stands:
        acts.append(forms.act_button(say("review.undo"), {"do": "undone", "decision": decision.id}))
    if decision.kind not in (DecisionKind.UNDONE, DecisionKind.STATE) and document_of(decision.fact) and not doubt:
        acts.append(html.A(say("review.see"), href=link(PATH, fact=decision.fact), className="link"))
    elif decision.kind is DecisionKind.STATE:
        acts.append(html.A(say("review.see"), href=link("/nhiem-vu", row=decision.fact), className="link"))
    elif doubt and (decision.before or {}).get("start") is not None:
        there = document_link(document_of_doubt(decision), at=(decision.before or {})["start"])
        acts.append(html.A(say("review.see"), href=there, className="link"))
    return [
        f"{decision.at.astimezone():%H:%M %d/%m/%Y}",
        decision.by,
        kind,
        list(forms.changes(say, decision)),
        decision.why or html.Span("–", className="quiet"),
        html.Div(acts, className="acts"),
    ]
