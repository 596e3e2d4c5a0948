"""Targets beside results; districts and groups of communes beside each other."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address
from dash_app.pages.progress.data import Shown
from dash_app.pages.progress.proof import figure
from dash_app.words import Words
from ntmgraph.authority import MERGER
from ntmgraph.queries import ClassProgress, CriterionName, TargetProgress, Told

_ROWS = 200
TITLE = 60  # letters of a document without a number
_FEWER = ("dưới", "hộ nghèo", "giảm", "nợ")  # words of a measure that is to come down


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
    source = ui.shortened(ui.document_title(say, target.document), TITLE)
    criterion = target.criterion
    if target.place is not None:
        source = f"{target.place.name} · {source}"
    if criterion is None:
        return [html.Span(target.measure, className="sentence"), html.Div(source, className="quiet")]
    name = say("progress.criterion", name=_criterion_name(criterion))
    return [html.Span(name, className="sentence"), html.Div(f"{target.measure}, {source}", className="quiet")]


def _reached(say: Words, address: Address, target: TargetProgress) -> list[ui.Child]:
    if (told := target.reached) is not None:
        link = html.A(
            figure(say, told.value, told.of, None), href=address.with_(row=f"r~{told.result}"), className="figure"
        )
        return [link, html.Div(ui.vn_date(told.as_of), className="quiet")]
    if (counted := target.counted) is not None and target.criterion is not None:
        words = say("progress.counted.short", met=counted.met, told=counted.told)
        there = address.with_(view=None, criterion=target.criterion.number, only="met", row=None, offset=None)
        return [html.A(words, href=there, className="figure cell-inferred", title=say("progress.counted.means"))]
    return [html.Span(say("progress.untold"), className="quiet")]


def _bar(say: Words, target: TargetProgress) -> Component | str:
    """What is reached, as a share of what is to be reached; nothing where the two count by different wholes, or where
    less is better."""
    told = target.reached
    if any(word in target.measure for word in _FEWER):
        return ""
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
    groups, classes = page.view.groups, classes_of(say, address, page)
    if not groups and not classes:
        return [ui.empty(say("progress.no_groups"), say("progress.none.next"), sign="progress")]
    before = page.on < MERGER
    columns = (
        ui.Column(say("progress.col.group" if before else "progress.col.former")),
        ui.Column(say("progress.col.communes"), width="4rem", numeric=True),
        *((ui.Column(say("progress.col.stated"), width="9.375rem", numeric=True),) if before else ()),
        ui.Column(say("progress.col.told"), width="5.75rem", numeric=True),
        *((ui.Column(say("progress.col.carried"), width="6.875rem", numeric=True),) if not before else ()),
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
                *((say.number(group.carried) if group.carried else "·",) if not before else ()),
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
    return [*classes, ui.table(columns, lines, caption=say("progress.view.compare"), name="progress-groups"), *note]


def classes_of(say: Words, address: Address, page: Shown) -> list[Component]:
    """How many communes of each group meet each criterion, as told of the province; empty where nothing is told."""
    classes = page.view.classes
    if not classes:
        return []
    columns = (
        ui.Column(say("progress.of")),
        *(ui.Column(each.name.capitalize(), width="20%", numeric=True) for each in classes),
    )
    rows = [
        ui.Row((_criterion_name(criterion), *(_of_class(say, address, each, at) for each in classes)))
        for at, (criterion, _) in enumerate(classes[0].told)
        if any(each.told[at][1] for each in classes)
    ]
    meanings = [html.Li([html.B(f"{each.name.capitalize()}: "), each.meaning, "."]) for each in classes]
    table = ui.table(columns, rows, caption=say("progress.classes"), name="progress-classes")
    source = ui.set_name(say, classes[0].told[0][0].set)
    note = html.Div([html.P(say("progress.classes.note", set=source)), html.Ul(meanings)], className="quiet meanings")
    return [html.Div([html.H2(say("progress.classes"), className="part-title"), table, note], className="classes")]


def _of_class(say: Words, address: Address, group: ClassProgress, at: int) -> ui.Child | list[ui.Child]:
    told = group.told[at][1]
    return _stated(say, address, told) if told else "·"


def _criterion_name(criterion: CriterionName) -> str:
    return f"{criterion.number} {criterion.name or ''}".strip()


def _stated(say: Words, address: Address, told: Told | None) -> list[ui.Child]:
    if told is None:
        return [html.Span(say("progress.untold"), className="quiet")]
    words = figure(say, told.value, told.of, None)
    return [
        html.A(words, href=address.with_(row=f"r~{told.result}"), className="figure"),
        html.Div(ui.vn_date(told.as_of), className="quiet"),
    ]
