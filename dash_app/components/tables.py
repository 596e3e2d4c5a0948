"""Plain tables of at most 50 rows: quick on an old machine, reached by keyboard, read by a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dash_app.address import Address
from dash_app.components.prose import Child
from dash_app.words import Words

ROWS = 50  # on one page of a list: each row more is a row that an old machine draws


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: str | None = None  # CSS; a column without one shares what is left
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a line; `href` is where a click anywhere on it leads, the first cell carries the link.

    `box` chooses the line for something done with several; then every line of the table has one.
    """

    cells: Sequence[Child | Sequence[Child]]
    href: str | None = None
    key: str | None = None
    selected: bool = False
    box: Component | None = None


def table(
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    caption: str,
    footer: Sequence[Child] = (),
    name: str | None = None,
    all_boxes: Component | None = None,
) -> Component:
    """`caption` says what the table lists, for screen readers; `name` is its id for styles and scripts."""
    boxes = any(row.box is not None for row in rows)  # a component without children counts as false
    titles = [html.Th(column.title, scope="col", className="num" if column.numeric else None) for column in columns]
    head = html.Thead(html.Tr([*([html.Td(all_boxes, className="box-cell")] if boxes else []), *titles]))
    widths = html.Colgroup(
        [
            *([html.Col(style={"width": "2.125rem"})] if boxes else []),
            *(html.Col(style={"width": column.width} if column.width else None) for column in columns),
        ]
    )
    body = html.Tbody([_line(columns, row) for row in rows])
    grid = html.Table(
        [html.Caption(caption, className="aside"), widths, head, body], **({"data-id": name} if name else {})
    )
    foot = [html.Div(list(footer), className="table-foot")] if footer else []
    return html.Div(
        [html.Div(grid, className="table-scroll", tabIndex="0", role="region", **{"aria-label": caption}), *foot],
        className="table panel",
    )


def _line(columns: Sequence[Column], row: Row) -> Component:
    cells = [
        html.Td(
            html.A(cell, href=row.href, className="row-link") if row.href and index == 0 else cell,
            className="num" if column.numeric else None,
        )
        for index, (column, cell) in enumerate(zip(columns, row.cells, strict=True))
    ]
    if row.box is not None:
        cells.insert(0, html.Td(row.box, className="box-cell"))
    marks = {"data-row": row.key} if row.key else {}
    classes = [name for name, on in (("selected", row.selected), ("leads", row.href)) if on]
    return html.Tr(cells, className=" ".join(classes) or None, **marks)


def pager(say: Words, address: Address, *, total: int, shown: int, size: int = ROWS) -> Component:
    """Where in a long list this page of `size` stands, and the pages before and after it."""
    offset = address.number("offset")
    if not total:
        return html.Div(say("pager.none"), className="pager quiet")
    steps: list[Child] = [
        html.Span(
            say("pager.range", first=say.number(offset + 1), last=say.number(offset + shown), total=say.number(total))
        )
    ]
    if offset:
        steps.append(html.A(say("pager.back"), href=address.with_(offset=max(0, offset - size) or None)))
    if offset + shown < total:
        steps.append(html.A(say("pager.on"), href=address.with_(offset=offset + size)))
    return html.Div(steps, className="pager")


def facet(say: Words, title: str, values: Sequence[tuple[str, int, str, bool]]) -> Component:
    """One way to narrow a list: (label, count, address, chosen); a chosen value is taken away by its own link."""
    items = [
        html.Li(
            html.A(
                [html.Span(label), html.Em(say.number(count))],
                href=href,
                className="chosen" if chosen else None,
                **({"aria-current": "true", "title": say("facet.remove")} if chosen else {}),
            )
        )
        for label, count, href, chosen in values
    ]
    return html.Div([html.H3(title), html.Ul(items)], className="facet")
