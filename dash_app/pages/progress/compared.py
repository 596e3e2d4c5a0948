"""Targets beside results, the trend, districts beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address
from dash_app.components.drawing import shape
from dash_app.pages.progress.data import Shown
from dash_app.pages.progress.figure import HEIGHT, LEFT, RIGHT, WIDTH, Point, Trend, lay_out
from dash_app.pages.progress.proof import figure
from dash_app.words import Words
from ntmgraph.authority import MERGER
from ntmgraph.queries import TargetProgress, Told

_ROWS = 200


def targets_of(say: Words, address: Address, page: Shown) -> list[Component]:
    """What the province is to reach, and what is told of the same."""
    if not page.targets:
        return [ui.empty(say("progress.no_targets"), say("progress.no_targets.next"), sign="progress")]
    columns = (
        ui.Column(say("progress.target")),
        ui.Column(say("progress.by"), width="5.75rem"),
        ui.Column(say("progress.to_reach"), width="7.375rem", numeric=True),
        ui.Column(say("progress.reached"), width="9.375rem", numeric=True),
        ui.Column("", width="24%"),
    )
    chosen = address.get("row")
    lines = [
        ui.Row(
            (
                _target_name(say, each),
                ui.vn_date(each.by) or ui.not_stated(say),
                figure(say, each.value, each.of, each.unit),
                _reached(say, address, each),
                _bar(say, each),
            ),
            href=address.with_(row=f"t~{each.id}"),
            key=each.id,
            selected=chosen == f"t~{each.id}",
        )
        for each in page.targets[:_ROWS]
    ]
    return [ui.table(columns, lines, caption=say("progress.view.targets"), name="progress-targets")]


def _target_name(say: Words, target: TargetProgress) -> list[ui.Child]:
    source = ui.document_title(say, target.document)
    criterion = target.criterion
    if criterion is None:
        return [html.Span(target.measure, className="sentence"), html.Div(source, className="quiet")]
    name = say("progress.criterion", name=f"{criterion.number} {criterion.name or ''}".strip())
    return [html.Span(name, className="sentence"), html.Div(f"{target.measure}, {source}", className="quiet")]


def _reached(say: Words, address: Address, target: TargetProgress) -> list[ui.Child]:
    if (told := target.reached) is not None:
        link = html.A(
            figure(say, told.value, told.of, None), href=address.with_(row=f"r~{told.result}"), className="figure"
        )
        return [link, html.Div(ui.vn_date(told.as_of), className="quiet")]
    if target.counted is not None:
        met, known = target.counted
        words = say("progress.counted.short", met=met, told=known)
        return [html.Span(words, className="cell-inferred", title=say("progress.counted.means"))]
    return [html.Span(say("progress.untold"), className="quiet")]


def _bar(say: Words, target: TargetProgress) -> Component | str:
    """What is reached, as a share of what is to be reached; nothing where the two count by different wholes."""
    told = target.reached
    if told is None or not target.value or (target.of and told.of and target.of != told.of):
        return ""
    share = 100 * told.value / target.value
    return bar(say, share, label=say("progress.share.of_target", share=say.number(round(share))))


def bar(say: Words, share: float, *, label: str) -> Component:
    """A quiet bar with its figure behind it."""
    filled = html.Span(style={"width": f"{min(100, max(0, share)):.0f}%"})
    return html.Div(
        [html.Div(filled, className="share", **{"aria-hidden": "true"}), html.Small(label)], className="bar-line"
    )


def groups_of(say: Words, address: Address, page: Shown) -> list[Component]:
    """The districts, or the communes of what were districts, one a line."""
    groups = page.view.groups
    if not groups:
        return [ui.empty(say("progress.no_groups"), say("progress.none.next"), sign="progress")]
    before = page.on < MERGER
    columns = (
        ui.Column(say("progress.col.group" if before else "progress.col.former")),
        ui.Column(say("progress.col.communes"), width="4rem", numeric=True),
        *((ui.Column(say("progress.col.stated"), width="9.375rem", numeric=True),) if before else ()),
        ui.Column(say("progress.col.told"), width="5.75rem", numeric=True),
        ui.Column(say("progress.col.whole"), width="6.875rem", numeric=True),
        ui.Column(say("progress.col.average"), width="26%"),
    )
    of = len(page.view.criteria)
    lines = [
        ui.Row(
            (
                group.place.name,
                say.number(group.communes),
                *((_stated(say, address, group.stated),) if before else ()),
                say.number(group.told),
                say.number(group.whole) if group.told else "·",
                bar(
                    say,
                    100 * group.average / of,
                    label=say("progress.average", n=say.number(round(group.average, 1)), of=of),
                )
                if group.average is not None and of
                else html.Span(say("progress.untold"), className="quiet"),
            ),
            href=address.with_(view=None, within=group.place.id, row=None, offset=None),
            key=group.place.id,
        )
        for group in groups[:_ROWS]
    ]
    note = [html.P(say("progress.former.note"), className="quiet panel-text")] if not before else []
    return [ui.table(columns, lines, caption=say("progress.view.compare"), name="progress-groups"), *note]


def _stated(say: Words, address: Address, told: Told | None) -> list[ui.Child]:
    if told is None:
        return [html.Span(say("progress.untold"), className="quiet")]
    words = figure(say, told.value, told.of, None)
    return [
        html.A(words, href=address.with_(row=f"r~{told.result}"), className="figure"),
        html.Div(ui.vn_date(told.as_of), className="quiet"),
    ]


def trend_of(say: Words, address: Address, page: Shown) -> list[Component]:
    """Communes that meet every criterion, day by day of the reports: as told of the province, and as counted."""
    stated = [] if page.question.within else [each for each in page.view.stated_trend if each.as_of]
    counted = page.view.trend
    if not stated and not counted:
        return [ui.empty(say("progress.no_trend"), say("progress.none.next"), sign="progress")]
    drawn = lay_out(
        [
            [(each.as_of, each.value) for each in stated if each.as_of],
            [(each.day, each.whole) for each in counted],
        ]
    )
    columns = (
        ui.Column(say("progress.col.day"), width="6.875rem"),
        ui.Column(say("progress.col.by")),
        ui.Column(say("progress.col.whole"), width="8.125rem", numeric=True),
        ui.Column(say("progress.col.average"), width="30%"),
    )
    chosen = address.get("row")
    rows = [
        (
            each.as_of,
            ui.Row(
                (ui.vn_date(each.as_of), say("progress.by.report"), figure(say, each.value, each.of, None), ""),
                href=address.with_(row=f"r~{each.result}"),
                key=each.result,
                selected=chosen == f"r~{each.result}",
            ),
        )
        for each in stated
    ]
    of = len(page.view.criteria)
    rows += [
        (
            each.day,
            ui.Row(
                (
                    ui.vn_date(each.day),
                    say("progress.by.communes", n=say.number(each.communes)),
                    figure(say, each.whole, each.communes, None),
                    bar(
                        say,
                        100 * each.average / of if of else 0,
                        label=say("progress.average", n=say.number(round(each.average, 1)), of=of),
                    ),
                ),
                href=address.with_(view=None, on=each.day, row=None),
            ),
        )
        for each in counted
    ]
    lines = [row for _, row in sorted(rows, key=lambda each: each[0] or page.on, reverse=True)][:_ROWS]
    return [
        ui.panel(say("progress.trend.title"), drawing(say, drawn), _trend_key(say), class_name="trend"),
        ui.table(columns, lines, caption=say("progress.view.trend"), name="progress-trend"),
    ]


def drawing(say: Words, trend: Trend) -> Component:
    """Both lines over one scale; the first filled dots, the second hollow ones on a dashed line."""
    grid = []
    for level, y in trend.levels:
        grid += [
            shape("line", x1=str(LEFT), x2=str(WIDTH - RIGHT), y1=str(y), y2=str(y), className="level"),
            shape("text", say.number(level), x=str(LEFT - 8), y=str(y + 4), textAnchor="end"),
        ]
    days = [
        shape("text", ui.vn_date(day), x=str(min(max(x, LEFT), WIDTH - 38)), y=str(HEIGHT - 8), textAnchor="middle")
        for day, x in trend.days
    ]
    parts = [
        part for name, line in zip(("told", "counted"), trend.lines, strict=True) for part in _drawn(say, name, line)
    ]
    return shape(
        "svg",
        *grid,
        *days,
        *parts,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        className="trend-drawing",
        **{"aria-label": say("progress.trend.title")},
    )


def _drawn(say: Words, name: str, line: Sequence[Point]) -> list[Component]:
    if not line:
        return []
    points = " ".join(f"{point.x},{point.y}" for point in line)
    dots = [
        shape(
            "circle",
            shape("title", f"{ui.vn_date(point.day)}: {say.number(point.value)}"),
            cx=str(point.x),
            cy=str(point.y),
            r="4",
            className=f"dot-{name}",
        )
        for point in line
    ]
    values = [
        shape(
            "text", say.number(point.value), x=str(point.x), y=str(point.y - 9), textAnchor="middle", className="value"
        )
        for point in (line[0], line[-1])[: min(2, len(line))]
    ]
    return [shape("polyline", points=points, className=f"line-{name}"), *dots, *values]


def _trend_key(say: Words) -> Component:
    return html.Ul(
        [
            html.Li([html.Span(className=f"trend-key trend-key-{name}"), say(f"progress.key.{name}")])
            for name in ("told", "counted")
        ],
        className="heat-key",
    )
