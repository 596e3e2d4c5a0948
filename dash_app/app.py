"""The program's screens: `make_app(workspace)` gives the Dash application over one workspace.

Pages are listed in sight; nothing is discovered, because discovery by folder breaks in a frozen program.
"""

from __future__ import annotations

import logging
import threading
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dash import Dash, set_props
from dash.exceptions import DependencyException
from flask import Response, request

from dash_app import exports, shell
from dash_app.address import parse
from dash_app.answers import sentence
from dash_app.chores import CHORES
from dash_app.cookies import LANGUAGE_COOKIE, TEXT_COOKIE, TEXT_SIZES, THEME_COOKIE, THEMES
from dash_app.page import Desk, Page
from dash_app.pages import (
    deadlines,
    document,
    documents,
    import_sheet,
    matrix,
    overview,
    progress,
    returned,
    review,
    search,
    settings,
    take_in,
    trace,
)
from dash_app.pages.take_in.wiring import JOB
from dash_app.words import words_of

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    trace.PAGE,
    matrix.PAGE,
    search.PAGE,
    documents.PAGE,
    document.PAGE,
    deadlines.PAGE,
    returned.PAGE,
    progress.PAGE,
    import_sheet.PAGE,
    review.PAGE,
    take_in.PAGE,
    settings.PAGE,
)

log = logging.getLogger(__name__)
_FIRST_PAGE = "first page"  # the thread that works it out, where the Flask application keeps it
_WARM_UP = 0.5  # seconds after the first answer: the page asks for more than one

_INDEX = """<!DOCTYPE html>
<html lang="%LANG%" data-theme="%THEME%" data-text="%TEXT%" translate="no">
<head>{%metas%}<meta name="google" content="notranslate">
<title>{%title%}</title><link rel="icon" href="%ICON%">{%css%}</head>
<body data-brand="%BRAND%" data-window="%WINDOW%">{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body>
</html>"""


class DeskApp(Dash):
    """Dash with the reader's language and theme on the first byte, so that a dark screen never flashes white."""

    def interpolate_index(self, **parts: str) -> str:
        say = words_of(request.cookies.get(LANGUAGE_COOKIE, ""))
        theme = request.cookies.get(THEME_COOKIE, "")
        text = request.cookies.get(TEXT_COOKIE, "")
        ours = {
            "LANG": say.language,
            "THEME": theme if theme in THEMES else "light",
            "TEXT": text if text in TEXT_SIZES else TEXT_SIZES[0],
            "BRAND": say("shell.brand"),
            "ICON": self.get_asset_url("icons/app.svg"),
        }
        page = super().interpolate_index(**parts)
        for name, value in ours.items():
            page = page.replace(f"%{name}%", value, 1)
        return page


def make_app(workspace: Workspace, pages: tuple[Page, ...] = PAGES, *, window: str | None = None) -> Dash:
    """The application; `app.server` is the WSGI callable that the server runs behind its guard.

    window: address of the page about the program's own window, where it has one.
    """

    def report(error: Exception) -> None:
        """An error in a callback: to the log with its trace, to the reader as a sentence."""
        log.error("callback failed", exc_info=error)
        set_props("notice", {"children": shell.failed(shell.desk_for(workspace), error, closes=True)})

    app = DeskApp(
        "ntmgraph",
        assets_folder=str(Path(__file__).with_name("assets")),
        pages_folder="",
        use_pages=False,
        index_string=_INDEX.replace("%WINDOW%", window or ""),
        title=words_of("vi")("shell.brand"),
        update_title="",
        suppress_callback_exceptions=True,
        on_error=report,
    )
    # What is asked for outside of the pages: a component's file that there is not, and whatever a route trips over.
    app.server.register_error_handler(DependencyException, lambda _: Response(status=HTTPStatus.NOT_FOUND))
    app.server.register_error_handler(
        HTTPStatus.INTERNAL_SERVER_ERROR, lambda error: _sentence(shell.desk_for(workspace), error)
    )
    app.layout = lambda: shell.frame(pages, shell.desk_for(workspace))
    shell.wire(app, pages, workspace, window=window)
    for page in pages:
        if page.wire:
            page.wire(app, workspace)
    exports.wire(app, workspace)
    return app


def begin_first_page(app: Dash, workspace: Workspace, start: str) -> None:
    """Work out what the first page tells while the browser still starts: the answers are kept until it asks.

    start: path and query of the address that will be opened.
    """

    def render() -> None:
        where = urlsplit(start)
        try:
            with app.server.test_request_context(start):
                overview.PAGE.render(shell.desk_for(workspace), parse(where.path, where.query))
        except Exception:  # the page itself will say so
            log.warning("the first page was not worked out before it was asked for", exc_info=True)

    thread = app.server.extensions[_FIRST_PAGE] = threading.Thread(target=render, name="first page", daemon=True)
    thread.start()


def warm_up_after_first_page(app: Dash, workspace: Workspace) -> None:
    """Load the heavy parts once a page was answered: before it they would hold it up, later the first sentence."""
    begun = threading.Event()

    def begin(response: Response) -> Response:
        if request.path == "/_dash-update-component" and not begun.is_set():
            begun.set()
            warm_up = threading.Timer(_WARM_UP, workspace.warm_up)
            warm_up.daemon = True
            warm_up.start()
        return response

    app.server.after_request(begin)


def works_under_way(app: Dash) -> bool:
    """Whether something is being taken in, or a long work of the settings is running."""
    return any(app.server.extensions[name].running() for name in (CHORES, JOB))


def close_works(app: Dash) -> None:
    """Stop them after the step under way; nobody writes to the workspace afterwards, or asks it by themselves."""
    for name in (CHORES, JOB):
        app.server.extensions[name].close()
    if _FIRST_PAGE in app.server.extensions:
        app.server.extensions[_FIRST_PAGE].join()


def _sentence(desk: Desk, error: Exception) -> Response:
    what = desk.say("failed.act" if request.method == "POST" else "failed.page")
    text = f"{what}. {shell.failed_next(desk, getattr(error, 'original_exception', None) or error)}"
    return sentence(text, HTTPStatus.INTERNAL_SERVER_ERROR)
