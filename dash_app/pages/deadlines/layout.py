"""What the deadlines page shows: the count in words, the states as tabs, the rows, the evidence of the chosen one."""

from __future__ import annotations

from datetime import date

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address
from dash_app.components.evidence import Proof, evidence_panel, excerpt
from dash_app.page import Desk
from dash_app.pages.deadlines.data import FILTERS, TABS, Listed, listed
from dash_app.words import Words
from ntmgraph.model import Basis
from ntmgraph.queries import CriterionName, DeadlineRow, TaskState

DONE = (TaskState.DONE_ON_TIME, TaskState.DONE_LATE)
WORDS = 180  # letters of a task shown in the table; the evidence shows the whole sentence


def render(desk: Desk, address: Address) -> Component:
    say = desk.say
    page = listed(desk, address)
    if not page.answer.rows and not page.all and not _narrowed(address):
        return ui.empty(
            say("deadlines.none"),
            say("deadlines.none.next"),
            action=(say("documents.take_in"), "/nap"),
            sign="deadlines",
        )
    return html.Div(
        [
            question_line(desk, address, page.on),
            ui.answer(*sentence(say, page), tools=exports(say, address)),
            state_tabs(say, address, page),
            html.Div(
                [
                    html.Div(table_of(say, address, page), className="column"),
                    html.Div(
                        [
                            evidence_panel(say, proof_of(desk, page.chosen) if page.chosen else None),
                            *(done_boxes(say, page.chosen, page.on) if page.chosen else []),
                        ],
                        className="column",
                    ),
                ],
                className="split",
            ),
        ],
        className="stack",
    )


def question_line(desk: Desk, address: Address, on: date) -> Component:
    """ "Việc phải làm theo thời hạn của [Sở Tài chính] tính đến [01/03/2017]", and the field that adds a filter."""
    say = desk.say
    chips: list[ui.Child] = [html.H1(say("deadlines.question"))]
    for name in FILTERS:
        if value := address.get(name):
            title = say(f"deadlines.by.{name}", name=named(desk, name, value, address.get("province")))
            chips.append(ui.chip(say, title, remove=address.with_(row=None, offset=None, **{name: None})))
    if province := address.get("province"):
        chips += [
            say("deadlines.in"),
            ui.chip(say, province, remove=address.with_(province=None, row=None, offset=None)),
        ]
    from_, to = address.date("from"), address.date("to")
    if from_ or to:
        period = " – ".join(ui.vn_date(day) or "…" for day in (from_, to))
        chips += [say("deadlines.due"), ui.chip(say, period, remove=address.with_(**{"from": None}, to=None, row=None))]
    chips += [say("deadlines.on"), ui.chip(say, ui.vn_date(on))]
    return ui.ask_line(
        *chips,
        ui.combobox("deadlines-filter", placeholder=say("deadlines.filter.hint"), label=say("deadlines.filter")),
        html.Div(ui.inference_switches(say, address, say("trace.ask.inferred")), className="push"),
    )


def named(desk: Desk, name: str, value: str, province: str | None) -> str:
    """The one thing that an id or a name of the address stands for; what is not one thing stays as it was typed."""
    if name == "criterion":
        criteria = desk.workspace.criteria_named(value, province=province)
        return criterion_title(desk.say, criteria[0]) if len(criteria) == 1 else value
    find = desk.workspace.agencies_named if name == "agency" else desk.workspace.places_named
    found = find(value, province=province)
    return found[0].name if len(found) == 1 else value


def sentence(say: Words, page: Listed) -> tuple[list[ui.Child], list[ui.Child]]:
    """How many are late, open and done; red only where something is late."""
    counts = page.answer.states
    late = counts.get(TaskState.OPEN_LATE, 0)
    done_late = counts.get(TaskState.DONE_LATE, 0)
    done = counts.get(TaskState.DONE_ON_TIME, 0) + done_late
    line = say.rich(
        "deadlines.answer" if done else "deadlines.answer.none_done",
        late=html.B(say.number(late), className="late" if late else None),
        open=html.B(say.number(counts.get(TaskState.OPEN_IN_TIME, 0))),
        done=html.B(say.number(done)),
        done_late=html.B(say.number(done_late)),
    )
    undated = page.undated
    return line, [say("deadlines.undated", n=say.number(undated)) if undated else say("deadlines.how")]


def exports(say: Words, address: Address) -> Component:
    """The list as files, and the letter that reminds of what is late or due soon."""
    papers = [("don-doc", "export.reminder")]
    return ui.export_links(say, address, ("xlsx", "csv", "docx"), papers=papers, back="/nhiem-vu/nhap")


def state_tabs(say: Words, address: Address, page: Listed) -> Component:
    chosen = address.get("state")
    items = [(say("deadlines.all"), address.with_(state=None, offset=None), page.all + page.undated, chosen is None)]
    for state in TABS:
        there = address.with_(state=state, offset=None)
        items.append((say(f"state.{state}"), there, page.answer.states.get(state, 0), chosen == state))
    return ui.tabs(items, label=say("deadlines.states"))


def table_of(say: Words, address: Address, page: Listed) -> list[Component]:
    rows = page.answer.rows
    if not rows:
        text = page.answer.note or say("deadlines.nothing.next")
        return [ui.empty(say("deadlines.nothing"), text, sign="deadlines")]
    columns = (
        ui.Column(say("deadlines.col.due"), width="98px"),
        ui.Column(say("deadlines.col.state"), width="136px"),
        ui.Column(say("deadlines.col.task")),
        ui.Column(say("deadlines.col.agency"), width="23%"),
        ui.Column(say("deadlines.col.document"), width="118px"),
    )
    lines = [
        ui.Row(
            _cells(say, row),
            href=address.with_(row=row.task),
            key=row.task,
            selected=page.chosen is not None and row.task == page.chosen.task,
        )
        for row in rows
    ]
    total = page.answer.total
    below = [ui.pager(say, address, total=total, shown=len(rows))] if total > len(rows) else []
    return [ui.table(columns, lines, caption=say("deadlines.rows"), name="deadlines-list"), *below]


def _cells(say: Words, row: DeadlineRow) -> tuple[ui.Child | list[ui.Child], ...]:
    due: list[ui.Child] = [html.B(ui.vn_date(row.due))] if row.due else [html.Span(row.text)]
    if row.recurrence:
        due.append(html.Div(say("deadlines.recurring"), className="quiet", title=row.text))
    return (
        due,
        state_in_days(say, row),
        html.Div(ui.shortened(row.what, WORDS), className="clamp"),
        [ui.names(row.agency) or ui.not_stated(say), *_inferred(say, row)],
        [
            html.Span(ui.document_label(say, row.document), title=ui.document_title(say, row.document)),
            *ui.draft_mark(say, row.document),
        ],
    )


def _inferred(say: Words, row: DeadlineRow) -> list[ui.Child]:
    """The mark of a row whose task, or whose doer, a rule infers."""
    return [html.Div(ui.basis_badge(say, row.basis))] if row.basis is Basis.INFERRED else []


def state_in_days(say: Words, row: DeadlineRow) -> Component:
    """The state in its colour and few words; the official ones stand in the tabs and in the evidence."""
    if row.state is None:
        return html.Span(say("state.none"), className="quiet")
    words = days(say, row) or say(f"deadlines.short.{row.state}")
    return html.Span(words, className=f"state state-{row.state}", title=say(f"state.{row.state}"))


def days(say: Words, row: DeadlineRow) -> str:
    """How far the day is, in words; nothing for a task that is done or has no day."""
    if row.days_late is None or row.state in DONE:
        return ""
    if row.days_late > 0:
        return say("deadlines.late", n=say.number(row.days_late))
    return say("deadlines.left", n=say.number(-row.days_late)) if row.days_late else say("deadlines.today")


def proof_of(desk: Desk, row: DeadlineRow) -> Proof:
    shown = excerpt(desk.workspace.reading(row.document.id), row.evidence)
    return Proof(row.document, row.evidence, shown, row.basis, row.rule, known(desk.say, row), row.because)


def known(say: Words, row: DeadlineRow) -> list[tuple[str, ui.Child | list[ui.Child]]]:
    """What was understood of the task, for the evidence panel."""
    when: list[ui.Child] = [html.B(ui.vn_date(row.due))] if row.due else []
    when.append(html.Div(f"“{row.text}”", className="quiet"))
    return [
        (say("deadlines.known.agency"), ui.names(row.agency) or ui.not_stated(say)),
        (say("deadlines.known.due"), when),
        (say("deadlines.known.state"), [ui.state_badge(say, row.state), " ", html.Small(days(say, row))]),
    ]


def done_boxes(say: Words, row: DeadlineRow, on: date) -> list[Component]:
    """Mark the task as done on a day, or take the mark back; both where the mark does not count on the day asked."""
    marked = [_is_done(say, row.done)] if row.done else []
    return marked if row.state in DONE else [*marked, _mark_done(say, on)]


def _is_done(say: Words, day: date) -> Component:
    return ui.panel(
        say("deadlines.is_done"),
        html.P([f"{say('deadlines.done_on')}: ", html.B(ui.vn_date(day))]),
        html.P(say("deadlines.is_done.next"), className="quiet"),
        ui.button(say("deadlines.undo"), component_id="deadlines-undo"),
        class_name="done-box",
    )


def _mark_done(say: Words, on: date) -> Component:
    day = ui.date_field(say, "done_on", on, label=say("deadlines.done_on"), component_id="deadlines-done-on")
    hint, label = say("deadlines.note.hint"), say("deadlines.note")
    return ui.panel(
        say("deadlines.mark"),
        day,
        html.Div(
            [
                ui.text_field("note", None, label=label, placeholder=hint, component_id="deadlines-note"),
                ui.button(say("deadlines.save"), component_id="deadlines-save", primary=True),
            ],
            className="done-line",
        ),
        html.P(id="deadlines-said", role="alert", className="quiet"),
        class_name="done-box",
    )


def criterion_title(say: Words, criterion: CriterionName) -> str:
    """ "Tiêu chí 17 Môi trường"; what is unknown of it is left out."""
    parts = (criterion.number, criterion.name)
    return say("deadlines.criterion", name=" ".join(str(part) for part in parts if part is not None))


def _narrowed(address: Address) -> bool:
    return any(address.get(name) for name in (*FILTERS, "province", "from", "to"))
