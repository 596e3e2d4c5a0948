"""What stands around every page and does not move: menu, top bar, and the wire from the address to the page."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from flask import has_request_context, request

from dash_app import components as ui
from dash_app import find
from dash_app.address import SCOPE, Address, link, parse
from dash_app.cookies import LANGUAGE_COOKIE
from dash_app.page import Desk, Page
from dash_app.period import period_of, periods
from dash_app.troubles import why
from dash_app.words import LANGUAGES, Words, words_of
from ntmgraph.store import StoreError
from ntmgraph.workspace import WorkspaceError

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace

log = logging.getLogger(__name__)


def desk_for(workspace: Workspace) -> Desk:
    """The desk of the one who asks: language by the cookie of the request, the day by this machine's clock."""
    language = request.cookies.get(LANGUAGE_COOKIE, "") if has_request_context() else ""
    return Desk(workspace, words_of(language), date.today())


def frame(pages: Sequence[Page], desk: Desk) -> Component:
    """The whole screen before any page is asked for."""
    light = {page.path: sorted(page.light) for page in pages if page.light}
    return html.Div(
        [
            dcc.Location(id="url", refresh=False),
            dcc.Store(id="light", data=light),
            dcc.Store(id="asked"),
            dcc.Store(id="title"),
            dcc.Store(id="act"),  # what a person decides, from any page (assets/review.js)
            html.A(desk.say("shell.skip"), href="#page", className="skip", **{"data-out": "1"}),
            html.Nav(id="menu", className="menu", **{"aria-label": desk.say("shell.menu")}),
            html.Header(id="bar", className="bar"),
            html.Main(ui.loading(desk.say), id="page", tabIndex="-1"),
            html.Div(id="notice", **{"aria-live": "assertive"}),
            html.Div(ui.failed(desk.say, desk.say("lost.what"), desk.say("lost.next")), id="lost", hidden=True),
            ui.exporting(desk.say),
        ],
        className="desk",
    )


def menu(
    pages: Sequence[Page],
    desk: Desk,
    address: Address,
    *,
    store: str | None = None,
    window: str | None = None,
    asked: bool = True,
) -> list[Component]:
    """The pages by name, with counts of what waits; the chosen province and day go along.

    store: where the data is. window: address of the page where another workspace is chosen and the program ended.
    asked: whether the graph can be asked what waits.
    """
    say = desk.say
    here = page_at(pages, address.path)
    links, links_at_foot = (
        [
            html.Li(_menu_link(page, desk, address, here, asked=asked))
            for page in pages
            if page.in_menu and page.at_foot == at_foot
        ]
        for at_foot in (False, True)
    )
    foot = html.Div(
        [
            html.Ul(
                [
                    *links_at_foot,
                    *([html.Li(_out(say("window.nav"), "close", window))] if window else []),
                ]
            ),
            html.Small(store or say("shell.local")),
            html.Div(
                [
                    *_switchers(
                        say("shell.language"),
                        "lang",
                        [(name, say(f"shell.lang.{name}")) for name in LANGUAGES],
                        say.language,
                    ),
                    html.Button(
                        ui.icon("theme"),
                        type="button",
                        className="icon-button",
                        title=say("shell.theme"),
                        **{"aria-label": say("shell.theme"), "data-theme-switch": "1"},
                    ),
                ],
                className="menu-tools",
            ),
        ],
        className="menu-foot",
    )
    brand = html.A(
        [html.Span(say("shell.brand.small")), html.B(say("shell.brand"))],
        href=link("/", **address.scope()),
        className="brand",
    )
    return [brand, html.Ul(links), foot]


def store_line(say: Words, workspace: Workspace, *, asked: bool = True) -> str:
    """ "Đồ thị trên máy này · 1.284 văn bản"."""
    where = say("shell.shared", where=workspace.home.where) if workspace.shared else say("shell.own")
    return f"{where} · {say('shell.documents', n=workspace.count_documents())}" if asked else where


def _menu_link(page: Page, desk: Desk, address: Address, here: Page | None, *, asked: bool) -> Component:
    waiting = page.count(desk, address) if page.count and asked else 0
    title = desk.say(f"nav.{page.name}")
    chosen = here is not None and (here is page or (not here.in_menu and here.path.startswith(page.path + "/")))
    return html.A(
        [ui.icon(page.icon), html.Span(title), *([html.Em(desk.say.number(waiting))] if waiting else [])],
        href=link(page.path, **address.scope()),
        title=title,
        **({"aria-current": "page"} if chosen else {}),
    )


def _out(title: str, icon: str, href: str) -> Component:
    """A link of the menu that leaves the desk."""
    return html.A([ui.icon(icon), html.Span(title)], href=href, title=title, **{"data-out": "1"})


def _switchers(label: str, name: str, values: Sequence[tuple[str, str]], current: str) -> list[Component]:
    buttons = [
        html.Button(
            text,
            type="button",
            lang=value,
            **{f"data-{name}": value, "aria-pressed": "true" if value == current else "false"},
        )
        for value, text in values
    ]
    return [html.Div(buttons, className="switcher", role="group", **{"aria-label": label})]


def bar(desk: Desk, address: Address, *, asked: bool = True) -> list[Component]:
    """The search field of every page, and the scope of the question: province, period and as-of day.

    asked: whether the graph can be asked for its provinces.
    """
    say = desk.say
    known = desk.workspace.provinces() if asked else filter(None, [address.get("province")])
    provinces = [("", say("scope.all")), *((name, name) for name in known)]
    every = [("", say("scope.period.all")), *((each.name, f"{each.first}–{each.last}") for each in periods())]
    chosen = period_of(address)
    usual = min(chosen.end, desk.today) if chosen else desk.today
    kept = [name for name, _ in address.values if name not in (*SCOPE, "offset")]
    scope = ui.form(
        address,
        ui.select_field("province", provinces, address.get("province"), label=say("scope.province")),
        ui.select_field("period", every, chosen.name if chosen else None, label=say("scope.period")),
        ui.date_field(say, "on", address.date("on"), default=usual, label=say("scope.on")),
        keep=kept,
        class_name="scope",
    )
    return [find.field(say, address), scope]


def page_at(pages: Sequence[Page], path: str) -> Page | None:
    return next((page for page in pages if page.holds(path)), None)


def render(pages: Sequence[Page], desk: Desk, address: Address) -> Component:
    """The page of this address; what goes wrong becomes a sentence, never an empty screen."""
    page = page_at(pages, address.path)
    if page is None:
        return ui.empty(
            desk.say("missing.title"), desk.say("missing.text", path=address.path), action=(desk.say("missing.go"), "/")
        )
    try:
        return page.render(desk, address)
    except Exception as error:
        # The one place where any error of a page is caught: the log has the trace, the reader a sentence.
        log.exception("page %s failed", address.path)
        return failed(desk, error)


def failed(desk: Desk, error: BaseException, *, closes: bool = False) -> Component:
    """What a reader sees where the program failed: what, what next, where the log is. closes: it can be put away."""
    return ui.failed(desk.say, desk.say("failed.page"), failed_next(desk, error), closes="notice" if closes else None)


def failed_next(desk: Desk, error: BaseException) -> str:
    return why(desk.say, error) or desk.say("failed.next", log=str(desk.workspace.log_file))


def wire(app: Dash, pages: Sequence[Page], workspace: Workspace, *, window: str | None = None) -> None:
    """Address -> menu, bar and page. `asked` is the address without what a page handles itself."""
    app.clientside_callback(
        ClientsideFunction(namespace="desk", function_name="asked"),
        Output("asked", "data"),
        Input("url", "pathname"),
        Input("url", "search"),
        State("light", "data"),
        State("asked", "data"),
    )
    app.clientside_callback(
        ClientsideFunction(namespace="desk", function_name="title"), Output("title", "data"), Input("page", "children")
    )

    find.wire(app, workspace, desk_for)

    # Two callbacks, so that a count that fails in the menu does not take the page with it.
    @app.callback(
        Output("menu", "children"),
        Output("bar", "children"),
        Input("asked", "data"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def show_frame(asked: list[str], search: str | None) -> tuple[list[Component], list[Component]]:
        desk = desk_for(workspace)
        address = parse(asked[0], search)
        try:
            store = store_line(desk.say, workspace)
            links, top = menu(pages, desk, address, store=store, window=window), bar(desk, address)
        except (WorkspaceError, StoreError):  # the page says why; other pages may do without the graph
            log.info("no counts in the menu", exc_info=True)
            store = store_line(desk.say, workspace, asked=False)
            links = menu(pages, desk, address, store=store, window=window, asked=False)
            top = bar(desk, address, asked=False)
        return ui.frozen(links), ui.frozen(top)

    @app.callback(Output("page", "children"), Input("asked", "data"), State("url", "search"), prevent_initial_call=True)
    def show_page(asked: list[str], search: str | None) -> Component:
        desk = desk_for(workspace)
        address = parse(asked[0], search)
        page = page_at(pages, address.path)
        title = desk.say(f"nav.{page.name}") if page else desk.say("missing.title")
        content = [html.H1(title, className="aside"), render(pages, desk, address)]
        return html.Div(ui.frozen(content), className="page", **{"data-title": title})
