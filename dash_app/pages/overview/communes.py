"""How far the communes are, at a glance: by district or group of communes, or by province where none is chosen."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, link
from dash_app.pages.overview.data import Today
from dash_app.pages.progress.compared import bar
from dash_app.pages.progress.data import PATH
from dash_app.pages.progress.proof import figure
from dash_app.words import Words
from ntmgraph.queries import ClassProgress, GroupProgress, ProgressView, Told

SHOWN = 8  # districts; the others are one click away


def communes(say: Words, address: Address, known: Today) -> list[Component]:
    """The panel; nothing where no document tells how far any commune is."""
    if (view := known.communes) is not None:
        if not view.told:
            return []
        here = {"province": view.province, "on": address.get("on")}
        groups = [each for each in view.groups if each.told or each.stated or each.carried]
        lines = [_line(say, here, view, each) for each in groups[:SHOWN]]
        lines += [_class(say, here, each) for each in view.classes]
        first = [html.P(_whole(say, here, view), className="panel-text")]
        tools = [_all(say, link(PATH, **here, view="compare"), len(groups) if len(groups) > SHOWN else None)]
    else:
        lines = [_province(say, address, name, told) for name, told in known.provinces.items()]
        first, tools = [], [_all(say, link(PATH, on=address.get("on")), None)]
        if not lines:
            return []
    return [ui.panel(say("overview.communes"), *first, html.Ul(lines, className="glance"), tools=tools)]


def _whole(say: Words, here: dict[str, str | None], view: ProgressView) -> list[ui.Child]:
    """The province in a sentence: as told of the whole, and as counted of its communes."""

    def listed(words: str, **where: str) -> Component:
        return html.B(html.A(words, href=link(PATH, **here, **where), className="figure"))

    parts: list[ui.Child] = []
    if (told := view.stated) is not None:
        number = listed(figure(say, told.value, told.of, None), row=f"r~{told.result}")
        day = ui.vn_date(told.as_of) or say("progress.undated")
        parts += [*say.rich("overview.communes.stated", figure=number, on=day), " "]
    if counted := sum(unit.count is not None and unit.count.value is not None for unit in view.units):
        whole = listed(say.number(sum(unit.whole for unit in view.units)), only="whole")
        every = str(len(view.criteria))
        parts += [*say.rich("overview.communes.counted", whole=whole, told=say.number(counted), n=every), " "]
    if carried := sum(unit.carried for unit in view.units):
        parts += say.rich("overview.communes.carried", n=listed(say.number(carried), only="carried"))
    return parts


def _line(say: Words, here: dict[str, str | None], view: ProgressView, group: GroupProgress) -> Component:
    """A district: how many criteria a commune of it meets on average, and how many communes meet all."""
    of = len(view.criteria)
    shown: ui.Child = html.Small(say("overview.communes.former", n=group.carried), className="quiet")
    if group.average is not None and of:
        average = say("progress.average", n=say.number(round(group.average, 1)), of=of)
        shown = bar(say, 100 * group.average / of, label=average)
    elif group.stated is not None:
        shown = html.Small(say("overview.communes.of", figure=figure(say, group.stated.value, group.stated.of, None)))
    counted = say("overview.communes.whole", whole=group.whole, told=group.told) if group.told else ""
    return _row(link(PATH, **here, within=group.place.id), group.place.name, shown, counted)


def _class(say: Words, here: dict[str, str | None], group: ClassProgress) -> Component:
    """A group of communes: how many of them meet each criterion, from the fewest to the most."""
    values = [told.value for _, told in group.told if told is not None]
    least, most = (say.number(of(values)) if values else "·" for of in (min, max))
    words = say("overview.communes.class", least=least, most=most)
    return _row(link(PATH, **here, view="compare"), group.name.capitalize(), html.Small(words), "")


def _province(say: Words, address: Address, name: str, told: Told) -> Component:
    share = 100 * told.value / told.of if told.of else None
    words = figure(say, told.value, told.of, "xã")
    shown = bar(say, share, label=words) if share is not None else html.Small(words)
    return _row(link(PATH, province=name, on=address.get("on")), name, shown, ui.vn_date(told.as_of) or "")


def _row(href: str, name: str, shown: ui.Child, note: str) -> Component:
    whose = html.Span([name, *([html.Small(note, className="quiet")] if note else [])])
    return html.Li(html.A([whose, shown], href=href))


def _all(say: Words, href: str, total: int | None) -> Component:
    words = say("overview.all") if total is None else say("overview.all_of", n=say.number(total))
    return html.A(words, href=href, className="link")
