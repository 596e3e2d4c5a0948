"""What the search page shows: the field, the count in words, the facets, the hits."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, document_link, link
from dash_app.page import Desk
from dash_app.pages.search.data import ASKED, FACETS, excerpt, place_of, question_of, values_of
from dash_app.words import Words
from ntmgraph.queries import FacetValue, SavedSearch, SearchAnswer, SearchHit
from ntmgraph.terms import labelled

SAID = 80  # letters of what was typed that the sentence repeats
SHOWN = 8  # values of a facet; the rest are reached by narrowing

EXAMPLES = ("nong thon moi", '"phối hợp với"', "moi truong")


def render(desk: Desk, address: Address) -> Component:
    """Without words to find, the field alone; with them the field is that of the top bar."""
    question = question_of(address)
    saved = desk.workspace.searches.all()
    if question is None:
        return invitation(desk.say, address, saved)
    found = desk.workspace.search(question)
    answer, *rest = results(desk.say, address, found)
    keep = [save_box(desk.say, address, saved)] if found.rows else []
    return html.Div([answer, *keep, *rest], className="stack long")


def invitation(say: Words, address: Address, saved: Sequence[SavedSearch] = ()) -> Component:
    """The field with what it can do, examples to try, and the searches that were saved."""
    field = ui.form(
        address,
        ui.icon("search"),
        ui.text_field("q", None, label=say("search.field"), placeholder=say("search.placeholder"), focus=True),
        html.Button(say("search.ask"), type="submit", className="button primary"),
        class_name="search-form",
    )
    examples = [ui.button(text, href=address.with_(q=text)) for text in EXAMPLES]
    return html.Div(
        [
            html.H1(say("search.start")),
            field,
            html.P(say("search.start.next"), className="quiet"),
            html.Div(examples, className="examples"),
            *([saved_list(say, address, saved)] if saved else []),
        ],
        className="search-start",
    )


def results(say: Words, address: Address, found: SearchAnswer) -> list[Component]:
    """The answer in words, what narrows it, and the passages."""
    typed = address.get("q") or ""
    text = ui.shortened(typed, SAID)
    cut = [say("search.cut", limit=ASKED), " "] if len(typed) > ASKED else []
    chosen = _chosen(say, address, found)
    if not found.rows:
        whole = (say("search.without_facets"), address.with_(offset=None, province=None, **dict.fromkeys(FACETS)))
        nothing = ui.empty(
            say("search.nothing", text=text),
            "".join([*cut, say("search.nothing.narrowed" if chosen else "search.nothing.next")]),
            action=whole if chosen else (say("search.to_documents"), "/van-ban"),
        )
        return [*chosen, nothing]
    key = "search.found" if text else "search.found.any"
    sentence = say.rich(key, total=html.B(say.number(found.total)), text=html.B(text))
    hits = html.Ol([html.Li(hit_view(say, hit)) for hit in found.rows], className="hits", start=str(_first(address)))
    return [
        ui.answer(
            sentence,
            [*cut, say("search.took", seconds=max(0.001, round(found.ms / 1000, 3)))],
            tools=ui.export_links(say, address),
        ),
        *chosen,
        html.Div(
            [
                html.Aside(
                    _facets(say, address, found), className="facets panel", **{"aria-label": say("search.narrow")}
                ),
                html.Div([hits, ui.pager(say, address, total=found.total, shown=len(found.rows))]),
            ],
            className="search-split",
        ),
    ]


# Saved searches


def save_box(say: Words, address: Address, saved: Sequence[SavedSearch]) -> Component:
    """A name for this search, or the one that it has."""
    values = values_of(address)
    known = next((each.name for each in saved if each.values == values), None)
    if known is not None:
        ways = html.A(say("search.saved.all"), href=link(address.path, edit=known), className="link")
        return html.Div([say("search.saved.as", name=known), " ", ways], className="save-box quiet")
    name = ui.text_field(
        "",
        values.get("q"),
        label=say("search.saved.name"),
        placeholder=say("search.saved.name"),
        component_id="search-name",
    )
    button = ui.button(say("search.save"), component_id="search-save")
    return html.Div([name, button, html.P(id="search-said", role="alert")], className="save-box")


def saved_list(say: Words, address: Address, saved: Sequence[SavedSearch]) -> Component:
    """The saved searches, each a link; the one that the address names for it is renamed or deleted in its place."""
    lines = [
        html.Li(_edit(say, address, each) if address.get("edit") == each.name else _saved(say, address, each))
        for each in saved
    ]
    return ui.panel(say("search.saved"), html.Ul(lines), class_name="saved")


def _saved(say: Words, address: Address, each: SavedSearch) -> list[Component]:
    narrowed = [f"{_value_name(say, name)}: {value}" for name, value in each.values.items() if name != "q"]
    words = " · ".join([*([f"“{each.values['q']}”"] if "q" in each.values else []), *narrowed])
    return [
        html.A([html.B(each.name), html.Span(words, className="quiet")], href=link(address.path, **each.values)),
        html.A(
            say("search.edit"),
            href=address.with_(edit=each.name),
            className="link",
            **{"aria-label": say("search.edit.named", name=each.name)},
        ),
    ]


def _value_name(say: Words, name: str) -> str:
    return say("scope.province") if name == "province" else say(f"search.facet.{name}")


def _edit(say: Words, address: Address, each: SavedSearch) -> list[Component]:
    return [
        ui.text_field("", each.name, label=say("search.saved.name"), component_id="search-new-name", focus=True),
        ui.button(say("search.rename"), component_id="search-rename", primary=True),
        ui.button(say("search.delete"), component_id="search-drop"),
        html.A(say("search.keep"), href=address.with_(edit=None), className="link"),
        html.P(id="search-said", role="alert"),
    ]


# Passages


def hit_view(say: Words, hit: SearchHit) -> Component:
    """One passage; all of it leads to its place in the document."""
    text, spans = excerpt(hit)
    where: list[ui.Child] = [html.B(ui.document_title(say, hit.document), className="of-document")]
    if named := provision_words(say, hit.path):
        where.append(html.Span(named))
    where.append(html.Span(ui.document_source(say, hit.document), className="quiet"))
    return html.A(
        [html.Div(where, className="hit-where"), html.P(ui.highlighted(text, spans))],
        href=document_link(hit.document.id, at=place_of(hit)),
        className="hit panel",
    )


def provision_words(say: Words, path: str) -> str | None:
    """A provision as people call it: "mục III.3", "Điều 2.1"; what stands without a label goes by what holds it."""
    if path in ("header", "closing"):
        return say(f"search.{path}")
    named = labelled(path)
    if not named:
        return None
    return named if " " in named else say("search.path", path=named)


def _first(address: Address) -> int:
    return address.number("offset") + 1


def _chosen(say: Words, address: Address, found: SearchAnswer) -> list[Component]:
    """What narrows the search, each part with its way out."""
    chips: list[ui.Child] = []
    for name in FACETS:
        if value := address.get(name):
            label = next((known.label for known in found.facets.get(name, ()) if known.value == value), value)
            title = f"{say(f'search.facet.{name}')}: {label}"
            chips.append(ui.chip(say, title, remove=address.with_(offset=None, **{name: None})))
    if province := address.get("province"):
        title = f"{say('scope.province')}: {province}"
        chips.append(ui.chip(say, title, remove=address.with_(offset=None, province=None)))
    return [ui.ask_line(say("search.only"), *chips)] if chips else []


def _facets(say: Words, address: Address, found: SearchAnswer) -> list[Component]:
    best = [html.P(say("search.counted", n=found.counted), className="quiet")] if found.counted < found.total else []
    return best + [
        ui.facet(
            say, say(f"search.facet.{name}"), [_toggle(address, name, value) for value in found.facets[name][:SHOWN]]
        )
        for name in FACETS
        if found.facets.get(name)
    ]


def _toggle(address: Address, name: str, value: FacetValue) -> tuple[str, int, str, bool]:
    chosen = address.get(name) == value.value
    return value.label, value.count, address.with_(offset=None, **{name: None if chosen else value.value}), chosen
