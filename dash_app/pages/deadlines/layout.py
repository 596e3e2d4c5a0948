"""What the page shows: the question, the counts in words, states as tabs, list or month, the chosen task beside it."""

from __future__ import annotations

from datetime import timedelta

from dash import html
from dash.development.base_component import Component

from dash_app import beside
from dash_app import components as ui
from dash_app.address import Address
from dash_app.components.evidence import Proof, evidence_panel
from dash_app.excerpts import excerpt_of
from dash_app.page import Desk
from dash_app.pages.deadlines import data
from dash_app.pages.deadlines.data import FILTERS, NO_DAYS, TABS, History, Listed, Month
from dash_app.pages.deadlines.month import month_name, month_view
from dash_app.pages.deadlines.states import FORM, history_panel, state_form
from dash_app.period import as_of
from dash_app.words import Words
from ntmgraph.model import Basis
from ntmgraph.queries import CriterionName, DeadlineRow, NoDay, TaskState

DONE = (TaskState.DONE_ON_TIME, TaskState.DONE_LATE)
WORDS = 180  # letters of a task shown in the table; the evidence shows the whole sentence


def render(desk: Desk, address: Address) -> Component:
    say = desk.say
    row, history = data.chosen(desk, address)
    shown = data.month(desk, address) if data.is_calendar(address) else data.listed(desk, address)
    if isinstance(shown, Listed) and not _narrowed(address) and not shown.all and not shown.answer.unstated:
        return ui.empty(
            say("deadlines.none"),
            say("deadlines.none.next"),
            action=(say("documents.take_in"), "/nap"),
            sign="deadlines",
        )
    if isinstance(shown, Month):
        words, main = month_sentence(say, shown), [month_view(say, address, shown)]
    else:
        words, main = sentence(say, shown), table_of(say, address, shown)
    side = beside.panel("deadlines", side_of(desk, address, row, history), class_name="task-side")
    return html.Div(
        [
            question_line(desk, address),
            html.Div(
                [ui.answer(*words), tools(say, address, shown, desk), exports(say, address)], className="answer-tools"
            ),
            state_tabs(say, address, shown),
            html.Div(
                [
                    html.Div(main, className="column"),
                    html.Div([side, state_form(say, desk.today)], className="column"),
                ],
                className="split",
            ),
            beside.chosen("deadlines", row.task if row else None),
        ],
        className="stack tasks",
    )


def side_of(desk: Desk, address: Address, row: DeadlineRow | None, history: History) -> list[Component]:
    """The chosen task: its sentence, what was understood of it, what people said of its state."""
    say = desk.say
    if row is None:
        gone = [ui.failed(say, say("deadlines.gone"), say("deadlines.gone.next"))] if address.get("row") else []
        return gone or [evidence_panel(say, None)]
    last = history.last
    fields = [
        ui.Input(type="hidden", name="row", value=row.task, form=FORM),
        ui.Input(type="hidden", name="seen", value=desk.workspace.last_seen(row.task) or "", form=FORM),
    ]
    panel = [history_panel(say, history, last)] if history.said else []
    return [*fields, evidence_panel(say, proof_of(desk, row)), *panel]


def question_line(desk: Desk, address: Address) -> Component:
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
    if (from_ or to) and not data.is_calendar(address):
        period = ui.vn_date(from_) if from_ == to else " – ".join(ui.vn_date(day) or "…" for day in (from_, to))
        without = address.with_(**{"from": None}, to=None, row=None, offset=None)
        chips += [say("deadlines.due"), ui.chip(say, period, remove=without)]
    chips += [say("deadlines.on"), ui.chip(say, ui.vn_date(as_of(address, desk.today) or desk.today))]
    return ui.ask_line(
        *chips,
        ui.combobox("deadlines-filter", placeholder=say("deadlines.filter.hint"), label=say("deadlines.filter")),
        html.Div(ui.inference_switches(say, address, say("trace.ask.inferred")), className="push"),
    )


def named(desk: Desk, name: str, value: str, province: str | None) -> str:
    """The one thing that an id or a name of the address stands for; what is not one thing stays as it was typed."""
    if name == "document":
        row = desk.workspace.document_row(value)
        return row.number or row.subject or value if row else value
    if name == "criterion":
        criteria = desk.workspace.criteria_named(value, province=province)
        return criterion_title(desk.say, criteria[0]) if len(criteria) == 1 else value
    find = desk.workspace.agencies_named if name == "agency" else desk.workspace.places_named
    found = find(value, province=province)
    return found[0].name if len(found) == 1 else value


def sentence(say: Words, page: Listed) -> tuple[list[ui.Child], list[ui.Child]]:
    """How many are late, open and done; red only where something is late."""
    undated = page.answer.undated
    note = say("deadlines.undated", n=say.number(undated)) if undated else say("deadlines.how")
    return _counts(say, page.answer.states), [note]


def month_sentence(say: Words, page: Month) -> tuple[list[ui.Child], list[ui.Child]]:
    return [f"{month_name(say, page.first)}: ", *_counts(say, page.states)], [say("deadlines.month.how")]


def _counts(say: Words, counts: dict[TaskState, int]) -> list[ui.Child]:
    late = counts.get(TaskState.OPEN_LATE, 0)
    done_late = counts.get(TaskState.DONE_LATE, 0)
    done = counts.get(TaskState.DONE_ON_TIME, 0) + done_late
    return say.rich(
        "deadlines.answer" if done else "deadlines.answer.none_done",
        late=html.B(say.number(late), className="late" if late else None),
        open=html.B(say.number(counts.get(TaskState.OPEN_IN_TIME, 0))),
        done=html.B(say.number(done)),
        done_late=html.B(say.number(done_late)),
    )


def exports(say: Words, address: Address) -> Component:
    """The list as files, and the letter that reminds of what is late or due soon."""
    papers = [("don-doc", "export.reminder")]
    return ui.export_links(say, address, ("xlsx", "csv", "docx"), papers=papers, back="/nhiem-vu/nhap")


def state_tabs(say: Words, address: Address, page: Listed | Month) -> Component:
    """The four states with their counts; of a list also the tasks that no day is known of."""
    chosen = address.get("state")
    states = page.answer.states if isinstance(page, Listed) else page.states
    items = [(say("deadlines.all"), address.with_(state=None, offset=None, row=None), page.all, chosen is None)]
    counts: list[tuple[str, str, int]] = [(state, say(f"state.{state}"), states.get(state, 0)) for state in TABS]
    if isinstance(page, Listed):
        without = {NoDay.UNTOLD: page.answer.undated, NoDay.UNSTATED: page.answer.unstated}
        counts += [
            (kind, say(f"deadlines.{kind}"), without[kind]) for kind in NO_DAYS if without[kind] or chosen == kind
        ]
    for state, title, count in counts:
        items.append((title, address.with_(state=state, offset=None, row=None), count, chosen == state))
    return ui.tabs(say, items, label=say("deadlines.states"))


def tools(say: Words, address: Address, page: Listed | Month, desk: Desk) -> Component:
    """List or calendar, the range of days or the month, and the calendar file of what is shown."""
    question = data.question_of(address, desk.today)
    if isinstance(page, Month):
        question = data.in_month(question, page.first)
        back, on = (f"{data.shifted(page.first, step):%Y-%m}" for step in (-1, 1))
        moved: list[ui.Child] = [
            html.A(
                ui.icon("back"),
                href=address.with_(month=back, row=None),
                className="icon-button",
                **{"aria-label": say("date.back")},
            ),
            html.B(month_name(say, page.first)),
            html.A(
                ui.icon("next"),
                href=address.with_(month=on, row=None),
                className="icon-button",
                **{"aria-label": say("date.on")},
            ),
        ]
        shown = page.all
    else:
        moved, shown = [_range(say, address, desk)], page.answer.total
    views = [
        html.A(
            say(f"deadlines.view.{name or 'list'}"),
            href=address.with_(view=name, month=None, offset=None, row=None, **more),
            **({"aria-current": "true"} if data.is_calendar(address) == bool(name) else {}),
        )
        # In a calendar every task has a day: it has no tabs of those without one.
        for name, more in ((None, {}), ("calendar", {"state": question.state}))
    ]
    file: list[Component] = []
    if question.no_day is None and data.fits_in_file(shown):
        there = data.calendar_link(address, question)
        file = [
            html.A(
                [ui.icon("download"), say("deadlines.ics")],
                href=there,
                className="button small",
                title=say("deadlines.ics.means"),
                download="nhiem-vu.ics",
            )
        ]
    return html.Div([*moved, html.Div(views, className="switcher"), *file], className="task-tools")


def _range(say: Words, address: Address, desk: Desk) -> Component:
    """From which day to which; the next 7 and 30 days at once."""
    on = as_of(address, desk.today) or desk.today
    soon = [
        html.Li(
            html.A(
                say("deadlines.range.soon", n=days),
                href=address.with_(**{"from": on}, to=on + timedelta(days=days), row=None, offset=None, state=None),
            )
        )
        for days in (7, 30)
    ]
    kept = [name for name, _ in address.values if name not in ("from", "to", "row", "offset")]
    fields = ui.form(
        address,
        ui.date_field(say, "from", address.date("from"), label=say("deadlines.range.from")),
        ui.date_field(say, "to", address.date("to"), label=say("deadlines.range.to")),
        html.Button(say("deadlines.range.ask"), type="submit", className="button small"),
        keep=kept,
        class_name="range-form",
    )
    return html.Details(
        [
            html.Summary([ui.icon("filter"), say("deadlines.range")]),
            html.Div([html.Ul(soon), fields], className="rules range"),
        ],
        className="range-box",
        key=f"range {address.get('from')} {address.get('to')}",
    )


def table_of(say: Words, address: Address, page: Listed) -> list[Component]:
    rows = page.answer.rows
    if not rows:
        text = page.answer.note or say("deadlines.nothing.next")
        return [ui.empty(say("deadlines.nothing"), text, sign="deadlines")]
    columns = (
        ui.Column(say("deadlines.col.due"), width="6.125rem"),
        ui.Column(say("deadlines.col.state"), width="8.5rem"),
        ui.Column(say("deadlines.col.task")),
        ui.Column(say("deadlines.col.agency"), width="23%"),
        ui.Column(say("deadlines.col.document"), width="7.375rem"),
    )
    lines = [
        ui.Row(
            _cells(say, row),
            href=address.with_(row=row.task),
            key=row.task,
            selected=row.task == address.get("row"),
            box=ui.Input(
                type="checkbox",
                name="task",
                value=row.task,
                form=FORM,
                key=f"{row.task} {row.due}",
                **{"aria-label": say("deadlines.choose", what=ui.shortened(row.what, 60))},
            ),
        )
        for row in rows
    ]
    total = page.answer.total
    below = [ui.pager(say, address, total=total, shown=len(rows))] if total > len(rows) else []
    every = ui.Input(type="checkbox", title=say("deadlines.choose.all"), **{"data-all-boxes": "task"})
    return [ui.table(columns, lines, caption=say("deadlines.rows"), name="deadlines-list", all_boxes=every), *below]


def _cells(say: Words, row: DeadlineRow) -> tuple[ui.Child | list[ui.Child], ...]:
    due: list[ui.Child] = [html.B(ui.vn_date(row.due))] if row.due else [html.Span(row.text or say("deadline.none"))]
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
        return html.Span(stateless(say, row), className="quiet")
    words = days(say, row) or say(f"deadlines.short.{row.state}")
    return html.Span(words, className=f"state state-{row.state}", title=say(f"state.{row.state}"))


def stateless(say: Words, row: DeadlineRow) -> str:
    """Why a task has no state, or, as far as is known, that it was done."""
    if row.done:
        return say("deadlines.done", day=ui.vn_date(row.done))
    if row.due is None:
        return say("state.none")
    return say("deadlines.passed") if row.recurrence else say("deadlines.begins")


def days(say: Words, row: DeadlineRow) -> str:
    """How far the day is, in words; nothing for a task that is done or has no day."""
    if row.days_late is None or row.state in DONE:
        return ""
    if row.days_late > 0:
        return say("deadlines.late", n=say.number(row.days_late))
    return say("deadlines.left", n=say.number(-row.days_late)) if row.days_late else say("deadlines.today")


def proof_of(desk: Desk, row: DeadlineRow) -> Proof:
    shown = excerpt_of(desk, row.document.id, row.evidence)
    seen = desk.workspace.last_seen(row.task)
    known_of = known(desk.say, row)
    return Proof(row.document, row.evidence, shown, row.basis, row.rule, known_of, row.because, row.task, seen)


def known(say: Words, row: DeadlineRow) -> list[tuple[str, ui.Child | list[ui.Child]]]:
    """What was understood of the task, for the evidence panel."""
    when: list[ui.Child] = [html.B(ui.vn_date(row.due))] if row.due else []
    when.append(html.Div(f"“{row.text}”", className="quiet") if row.text else html.Span(say("common.not_stated")))
    state: list[ui.Child] = (
        [ui.state_badge(say, row.state), " ", html.Small(days(say, row))] if row.state else [stateless(say, row)]
    )
    return [
        (say("deadlines.known.agency"), ui.names(row.agency) or ui.not_stated(say)),
        (say("deadlines.known.due"), when),
        (say("deadlines.known.state"), state),
    ]


def criterion_title(say: Words, criterion: CriterionName) -> str:
    """ "Tiêu chí 17 Môi trường"; what is unknown of it is left out."""
    parts = (criterion.number, criterion.name)
    return say("deadlines.criterion", name=" ".join(str(part) for part in parts if part is not None))


def _narrowed(address: Address) -> bool:
    return any(address.get(name) for name in (*FILTERS, "province", "from", "to", "on"))
