"""A month as weeks of days: few tasks by name, many by their counts, both leading on. Pure."""

from __future__ import annotations

from datetime import date

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address
from dash_app.pages.deadlines.data import TABS, Month, weeks_of
from dash_app.words import Words
from ntmgraph.queries import CalendarDay, DeadlineRow

_WORDS = 70  # letters of a task in its day


def month_name(say: Words, first: date) -> str:
    return say("deadlines.month", month=say("date.months").split(",")[first.month - 1], year=str(first.year))


def month_view(say: Words, address: Address, page: Month) -> Component:
    by_day = {day.day: day for day in page.days}
    head = html.Tr([html.Th(name, scope="col") for name in say("date.days").split(",")])
    weeks = [
        html.Tr([_cell(say, address, page, day, by_day.get(day)) for day in week]) for week in weeks_of(page.first)
    ]
    table = html.Table(
        [html.Caption(month_name(say, page.first), className="aside"), html.Thead(head), html.Tbody(weeks)],
        className="month",
        **{"data-id": "deadlines-month"},
    )
    return html.Div(
        html.Div(
            table, className="table-scroll", tabIndex="0", role="region", **{"aria-label": month_name(say, page.first)}
        ),
        className="table panel",
    )


def _cell(say: Words, address: Address, page: Month, day: date, due: CalendarDay | None) -> Component:
    other = day.month != page.first.month
    classes = " ".join(name for name, on in (("other", other), ("as-of", day == page.on)) if on) or None
    number = html.Span(str(day.day), className="day-number", title=say("deadlines.on_day") if day == page.on else None)
    if due is None or other:
        return html.Td(number, className=classes)
    counts = [(state, due.states.get(state, 0)) for state in TABS if page.state in (None, state)]
    total = sum(count for _, count in counts) if page.state else due.total
    if not total:
        return html.Td(number, className=classes)
    there = address.with_(**{"from": day}, to=day, view=None, month=None, row=None, offset=None)
    head = html.A(
        [number, html.Em(say("deadlines.day.count", n=say.number(total)))],
        href=there,
        className="day-head",
        title=say("deadlines.day.list", day=ui.vn_date(day)),
    )
    if due.rows:
        lines = [_task(say, address, row) for row in due.rows]
    else:
        lines = [
            html.A(
                say(f"deadlines.day.{state}", n=say.number(count)),
                href=address.with_(**{"from": day}, to=day, state=state, view=None, month=None, row=None, offset=None),
                className=f"day-count state state-{state}",
            )
            for state, count in counts
            if count
        ]
    return html.Td([head, *lines], className=classes)


def _task(say: Words, address: Address, row: DeadlineRow) -> Component:
    who = row.agency[0].name if row.agency else ""
    state = say(f"state.{row.state}") if row.state else ""
    return html.A(
        [html.B(who), " ", ui.shortened(row.what, _WORDS)],
        href=address.with_(row=row.task),
        className=f"day-task is-{row.state}",
        title=" · ".join(part for part in (state, who, row.what) if part),
        **{"data-row": row.task},
    )
