"""How far communes were day by day: those of the province together, or one of them and those that it was formed of."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address
from dash_app.components.drawing import shape
from dash_app.pages.progress.compared import bar
from dash_app.pages.progress.data import Shown
from dash_app.pages.progress.figure import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Point, Trend, apart, lay_out
from dash_app.pages.progress.proof import figure
from dash_app.words import Words
from ntmgraph.authority import MERGER
from ntmgraph.queries import Because, Course, CourseDay, CriterionName, Named
from ntmgraph.reasons import because_words

_ROWS = 200


def trend_of(say: Words, address: Address, page: Shown) -> list[Component]:
    """One commune, where the address names it; else all."""
    return course_of(say, address, page, page.course) if page.course else province_of(say, address, page)


def province_of(say: Words, address: Address, page: Shown) -> list[Component]:
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
    title, names = say("progress.trend.title"), ("told", "counted")
    key = _key({name: say(f"progress.key.{name}") for name in names})
    return [
        ui.panel(title, drawing(say, drawn, names, label=title), key, class_name="trend"),
        ui.table(columns, lines, caption=say("progress.view.trend"), name="progress-trend"),
    ]


# One commune


def course_of(say: Words, address: Address, page: Shown, course: Course) -> list[Component]:
    """Criteria met day by day, in the commune and in those that it was formed of, and by which rule they stand here."""
    back = html.A(say("progress.course.all"), href=address.with_(place=None, row=None), className="link")
    title = say("progress.course.title", place=course.place.name)
    merged = _mergers(say, address, course)
    if not course.days:
        empty = html.P(say("progress.course.none", place=course.place.name), className="quiet panel-text")
        return [ui.panel(title, empty, merged, tools=[back], class_name="trend")]
    places = list(dict.fromkeys((course.place.id, *(each.place.id for each in reversed(course.days)))))
    names = {each.place.id: place_in(say, course, each.place) for each in course.days}
    lines = [
        [
            (each.day, each.count)
            for each in reversed(course.days)
            if each.place.id == id and each.day and each.count is not None
        ]
        for id in places
    ]
    drawn = lay_out(lines, least=len(page.view.criteria), mark=MERGER if course.formed_of else None)
    signs = ["told", *["counted"] * (len(places) - 1)]
    labels = [names.get(id, "") if len(places) > 1 else "" for id in places]
    picture = drawing(say, drawn, signs, label=title, labels=labels, mark=ui.vn_date(MERGER))
    shown = [picture] if any(lines) else [html.P(say("progress.course.no_count"), className="quiet panel-text")]
    key = {"told": course.place.name, "counted": say("progress.course.former")} if len(places) > 1 else {}
    columns = (
        ui.Column(say("progress.col.day"), width="6.25rem"),
        *((ui.Column(say("progress.col.commune"), width="22%"),) if len(places) > 1 else ()),
        ui.Column(say("progress.col.count"), width="7.5rem", numeric=True),
        ui.Column(say("progress.course.one_by_one"), width="9.375rem"),
        ui.Column(say("progress.course.changed")),
    )
    rows = [
        ui.Row(
            (
                ui.vn_date(each.day) or say("progress.undated"),
                *((names[each.place.id],) if len(places) > 1 else ()),
                figure(say, each.count, len(page.view.criteria), None) if each.count is not None else "·",
                ", ".join(say(f"progress.course.{name}", n=n) for name, n in _marks(each) if n),
                _changes(say, each),
            ),
            href=address.with_(row=f"r~{each.result}"),
            key=each.result,
            selected=address.get("row") == f"r~{each.result}",
        )
        for each in course.days[:_ROWS]
    ]
    return [
        ui.panel(title, *shown, _key(key), merged, tools=[back], class_name="trend"),
        ui.table(columns, rows, caption=title, name="progress-course"),
    ]


def place_in(say: Words, course: Course, place: Named) -> str:
    """The name of a commune; of a former one that is called like the one it went into, with "cũ"."""
    former = place.id != course.place.id and place.name == course.place.name
    return say("progress.course.old", place=place.name) if former else place.name


def _mergers(say: Words, address: Address, course: Course) -> Component | None:
    """The rule by which results of another commune stand here, or these stand there."""
    lines: list[ui.Child] = [_because(say, step) for step in course.formed_of]
    for step in course.now:
        there = html.A(step.to.name, href=address.with_(place=step.to.id, row=None), className="link")
        lines += [html.Div(say.rich("progress.course.now", place=there)), _because(say, step)]
    if course.formed_of:
        lines.append(html.P(say("progress.course.rule"), className="quiet"))
    return html.Div(lines, className="panel-text merged") if lines else None


def _because(say: Words, step: Because) -> Component:
    words = because_words(step, say.language)
    return html.Div(f"{words[:1].upper()}{words[1:]}.")


def _marks(day: CourseDay) -> tuple[tuple[str, int], ...]:
    return ("met", day.met), ("unmet", day.unmet)


def _changes(say: Words, day: CourseDay) -> list[ui.Child]:
    parts: list[ui.Child] = []
    if day.more:
        name = "progress.course.more" if day.more > 0 else "progress.course.fewer"
        parts.append(html.Div(say(name, n=abs(day.more))))
    for name, criteria in (("gained", day.gained), ("lost", day.lost)):
        if criteria:
            parts.append(html.Div(say(f"progress.course.{name}", criteria=_numbers(criteria)), title=_names(criteria)))
    return parts


def _numbers(criteria: Sequence[CriterionName]) -> str:
    return ", ".join(str(each.number) for each in criteria)


def _names(criteria: Sequence[CriterionName]) -> str:
    return "; ".join(f"{each.number} {each.name or ''}".strip() for each in criteria)


# The drawing


def drawing(
    say: Words,
    trend: Trend,
    names: Sequence[str],
    *,
    label: str,
    labels: Sequence[str] = (),
    mark: str = "",
) -> Component:
    """Lines over one scale; those named "told" with filled dots, "counted" with hollow ones on a dashed line.

    labels: whose each line is. mark: what stands at the day that the layout marks.
    """
    grid = []
    for level, y in trend.levels:
        grid += [
            shape("line", x1=str(LEFT), x2=str(WIDTH - RIGHT), y1=str(y), y2=str(y), className="level"),
            shape("text", say.number(level), x=str(LEFT - 8), y=str(y + 4), textAnchor="end"),
        ]
    if trend.mark is not None:
        x = str(trend.mark)
        grid += [
            shape("line", x1=x, x2=x, y1=str(TOP), y2=str(HEIGHT - BOTTOM), className="mark"),
            shape("text", mark, x=x, y=str(TOP - 3), textAnchor="middle"),
        ]
    days = [
        shape("text", ui.vn_date(day), x=str(min(max(x, LEFT), WIDTH - 38)), y=str(HEIGHT - 8), textAnchor="middle")
        for day, x in trend.days
    ]
    parts = [part for name, line in zip(names, trend.lines, strict=True) for part in _drawn(say, name, line)]
    ends = [(line[0], "") for line in trend.lines if len(line) > 1]
    ends += [(line[-1], labels[at] if labels else "") for at, line in enumerate(trend.lines) if line]
    for (point, whose), y in zip(ends, apart([point for point, _ in ends]), strict=True):
        words = f"{whose} {say.number(point.value)}".strip()
        anchor = "end" if whose and point.x > WIDTH - RIGHT - 60 else "middle"
        parts.append(shape("text", words, x=str(point.x), y=str(y), textAnchor=anchor, className="value"))
    return shape(
        "svg",
        *grid,
        *days,
        *parts,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        className="trend-drawing",
        **{"aria-label": label},
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
    return [shape("polyline", points=points, className=f"line-{name}"), *dots]


def _key(words: dict[str, str]) -> Component | None:
    if not words:
        return None
    return html.Ul(
        [html.Li([html.Span(className=f"trend-key trend-key-{name}"), said]) for name, said in words.items()],
        className="heat-key",
    )
