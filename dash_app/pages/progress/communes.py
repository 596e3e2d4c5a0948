"""The heat map: communes by criteria, each cell told apart by sign, line and colour."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address
from dash_app.pages.progress.data import SPLIT, Shown
from dash_app.words import Words
from ntmgraph.queries import CriterionName, Standing, UnitProgress

SIGNS = {True: "✓", False: "✕", None: "?"}


def table_of(say: Words, address: Address, page: Shown) -> list[Component]:
    """One page of the communes that documents tell of, or of all."""
    every, only = address.flag("all"), address.get("only")
    units = page.listed(only, every=every)
    offset = address.number("offset")
    rows = units[offset : offset + ui.ROWS]
    if not rows:
        return [ui.empty(say("progress.no_communes"), say("progress.none.next"), sign="progress")]
    criteria, chosen = page.view.criteria, address.get("row")
    here = _here(address)
    over_time = f"{address.with_(view='trend', only=None, criterion=None, offset=None, row=None, place=None)}&place="
    head = html.Thead(
        html.Tr(
            [
                html.Th(say("progress.col.commune"), scope="col"),
                html.Th(say("progress.col.count"), scope="col", className="num"),
                *(_head(address, each, chosen=at == page.at) for at, each in enumerate(criteria)),
            ]
        )
    )
    body = html.Tbody([_line(say, here, over_time, unit, criteria, chosen) for unit in rows])
    sums = [html.Td(_sum(say, address, page, at)) for at in range(len(criteria))]
    foot = html.Tfoot(html.Tr([html.Th(say("progress.met_of_told"), scope="row"), html.Td(), *sums]))
    caption = say("progress.table")
    grid = html.Table([html.Caption(caption, className="aside"), head, body, foot], **{"data-id": "progress-communes"})
    below: list[ui.Child] = [key(say)]
    if len(units) > len(rows):
        below.append(ui.pager(say, address, total=len(units), shown=len(rows)))
    if only:
        below.append(html.A(say("progress.only_told"), href=address.with_(only=None, offset=None, row=None)))
    elif len(page.told) < len(page.view.units):
        label = say("progress.only_told") if every else say("progress.all", n=say.number(len(page.view.units)))
        below.append(html.A(label, href=address.with_(all=not every, offset=None, row=None)))
    return [
        html.Div(
            [
                html.Div(grid, className="table-scroll", tabIndex="0", role="region", **{"aria-label": caption}),
                html.Div(below, className="table-foot"),
            ],
            className="table panel heat",
        )
    ]


def _here(address: Address) -> str:
    """The address without a row, to which a cell adds its own: a thousand addresses made anew would take 50 ms."""
    bare = address.with_(row=None, part=None)
    return f"{bare}{'&' if '?' in bare else '?'}row="


def _line(
    say: Words,
    here: str,
    over_time: str,
    unit: UnitProgress,
    criteria: tuple[CriterionName, ...],
    chosen: str | None,
) -> Component:
    place = unit.place
    cells = [
        html.Td(
            _cell(say, here, f"{place.id}{SPLIT}{each.number}", title_of(say, unit, each, standing), standing, chosen)
        )
        for each, standing in zip(criteria, unit.criteria, strict=True)
    ]
    formed = ", ".join(each.name for each in unit.formed_of)
    name = html.A(place.name, href=over_time + place.id, title=say("progress.course"))
    before = [html.Small(say("progress.formed", names=formed), title=formed)] if formed else []
    head = html.Th([name, *before], scope="row")
    count = html.Td(_count(say, here, unit, chosen), className="num")
    return html.Tr([head, count, *cells], **{"data-row": place.id})


def _cell(
    say: Words, here: str, key: str, title: str, standing: Standing | None, chosen: str | None
) -> Component | str:
    if standing is None:
        return html.Span("·", className="cell cell-none", title=title, **{"aria-label": title})
    return html.A(
        sign_of(standing),
        href=here + quote(key, safe="~"),
        title=title,
        className=f"cell cell-{state_of(standing)}{' cell-inferred' if standing.rule else ''}",
        **{"aria-label": title} | ({"aria-current": "true"} if key == chosen else {}),
    )


def state_of(standing: Standing) -> str:
    """met, unmet, part (some of the communes before had met it, or one day is told both ways)."""
    if standing.met is not None:
        return "met" if standing.met else "unmet"
    if standing.parts and standing.told == standing.parts and standing.reached in (0, standing.parts):
        return "met" if standing.reached else "unmet"
    return "part"


def sign_of(standing: Standing) -> str:
    """ "✓", "✕"; "2/3" where two of three communes before had met it, "1/3?" where not all of them are told of."""
    if standing.met is not None or not standing.parts:
        return SIGNS[standing.met]
    return f"{standing.reached}/{standing.parts}{'?' if standing.told < standing.parts else ''}"


def title_of(say: Words, unit: UnitProgress, criterion: CriterionName, standing: Standing | None) -> str:
    """ "xã Quảng Uyên, tiêu chí 17 Môi trường: 1/3 xã cũ đạt, 1 xã cũ chưa có số liệu (08/12/2023)"."""
    name = f"{criterion.number} {criterion.name or ''}".strip()
    return say("progress.cell", place=unit.place.name, criterion=name, words=words_of(say, standing))


@lru_cache(maxsize=256)  # the cells of a map say the same few things
def words_of(say: Words, standing: Standing | None) -> str:
    if standing is None:
        return say("progress.untold")
    day = ui.vn_date(standing.as_of) if standing.as_of > date.min else say("progress.undated")
    if standing.met is not None:
        words = say("progress.met" if standing.met else "progress.unmet")
    elif standing.parts:
        words = parts_words(say, standing)
    else:
        words = say("progress.both")
    return f"{words} ({day})"


def parts_words(say: Words, standing: Standing) -> str:
    """ "1/3 xã cũ đạt, 1 xã cũ chưa có số liệu"."""
    words = say("progress.parts", reached=standing.reached, parts=standing.parts)
    if missing := standing.parts - standing.told:
        words += say("progress.parts.untold", n=missing)
    return words


def _count(say: Words, here: str, unit: UnitProgress, chosen: str | None) -> Component | str:
    count = unit.count
    if count is None:
        return html.Span("·", className="quiet", title=say("progress.untold"))
    key = f"{unit.place.id}{SPLIT}"
    if count.value is None:
        label, title = say("progress.parts.short", n=count.told), say("progress.count.parts", n=count.told)
    else:
        label, title = say.number(count.value), say("progress.count", n=count.value, of=count.of or "?")
    return html.A(
        label,
        href=here + quote(key, safe="~"),
        title=f"{title} ({ui.vn_date(count.as_of)})",
        className=f"figure{' cell-inferred' if count.rule else ''}",
        **({"aria-current": "true"} if key == chosen else {}),
    )


def _sum(say: Words, address: Address, page: Shown, at: int) -> Component | str:
    """Of a criterion: how many communes meet it, of those that documents tell of; it leads to these communes."""
    reached = page.view.reached(at)
    if reached is None:
        return "·"
    number = page.view.criteria[at].number
    return html.A(
        say.number(reached.met),
        href=address.with_(criterion=number, only="met", offset=None, row=None),
        title=say("progress.counted.short", met=reached.met, told=reached.told),
    )


def _head(address: Address, criterion: CriterionName, *, chosen: bool) -> Component:
    """The number of a criterion; it leads to the communes by this one alone, and back."""
    href = address.with_(criterion=None if chosen else criterion.number, only=None, offset=None, row=None)
    link = html.A(str(criterion.number), href=href, **({"aria-current": "true"} if chosen else {}))
    return html.Th(link, scope="col", title=criterion.name)


def key(say: Words) -> Component:
    """The key under the map."""
    items = (
        ("cell cell-met", "✓", "progress.met"),
        ("cell cell-unmet", "✕", "progress.unmet"),
        ("cell cell-part cell-inferred", "2/3", "progress.key.part"),
        ("cell cell-met cell-inferred", "✓", "progress.key.inferred"),
        ("cell cell-none", "·", "progress.untold"),
    )
    return html.Ul(
        [
            html.Li([html.Span(sign, className=classes, **{"aria-hidden": "true"}), say(words)])
            for classes, sign, words in items
        ],
        className="heat-key",
    )
