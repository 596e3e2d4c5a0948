"""What stands between the server and the desk: the desk where its workspace is open, else what is going on instead.

The window is there before the workspace is: the first page tells that it is being opened, brought up to this version,
or why it cannot be opened and what can be done about that. Choosing another workspace and ending the program work from
here too, so that both can be done whatever state the workspace is in.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

from werkzeug import Request, Response

from dash_app.cookies import LANGUAGE_COOKIE, THEME_COOKIE
from dash_app.desktop import pages
from dash_app.desktop.state import Phase, State
from dash_app.desktop.windows import DefaultBrowser
from dash_app.security import content_policy
from dash_app.words import Words, words_of
from ntmgraph import logs, preferences
from ntmgraph.causes import cause

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from dash import Dash

    from ntmgraph.workspace import Workspace

log = logging.getLogger(__name__)

HOME = "/cua-so"  # addresses of the gate; HOME itself is the page about the window
_TASK = "đang mở cửa sổ chương trình"
_LOOKED_AT = 5.0  # seconds between looks at the place where the workspace lies
_TOLD = 30.0  # seconds that a page tells of the start before
_FILES = {"window.js": "text/javascript", "window.css": "text/css", "tokens.css": "text/css"}


class StoppedError(Exception):
    """The window was closed while the workspace was being rebuilt."""


class Gate:
    """A WSGI application. `ended` is set when the user ends the program.

    stopped_before: whether the start before this one did not come to its end. kind: name of the window.
    choose: lets the user choose a folder in a dialog; asks_for_folders: whether it can.
    """

    def __init__(self, graph: str | None) -> None:
        self.ended = Event()
        self.kind = ""
        self.choose: Callable[[str], Path | None] | None = None
        self.asks_for_folders = False
        self.stopped_before = False
        self._began = time.monotonic()
        self._graph = graph
        self._folder = Path()
        self._state = State(Phase.OPENING, "")
        self._desk: tuple[Workspace, Dash, WSGIApplication] | None = None
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workspace")
        self._lock = Lock()  # guards what follows
        self._heard: float | None = None
        self._looked, self._told = 0.0, list[str]()

    # For the window

    def seen(self) -> bool:
        return self._heard is not None

    def heard_since(self, moment: float) -> bool:
        return self._heard is not None and self._heard >= moment

    def busy(self) -> bool:
        """Whether a long work is under way that closing would stop."""
        desk = self._desk
        if desk is None:
            return self._state.phase is Phase.REBUILDING
        from dash_app.app import works_under_way  # loaded with the desk; before that it would hold the first page up

        return works_under_way(desk[1])

    @property
    def state(self) -> State:
        return self._state

    @property
    def workspace(self) -> Workspace | None:
        return self._desk[0] if self._desk is not None else None

    # The workspace; one thread opens and closes it

    def open(self, folder: Path, *, rebuild: bool = False, remember: bool = False) -> None:
        """Begin to open the workspace in a folder in place of the one that is open; `state` tells how that goes.

        rebuild: make graph and index anew. remember: open it the next time too.
        """
        self._state = State(Phase.OPENING, str(self._graph or folder))
        self._worker.submit(self._open, folder, rebuild, remember)

    def close(self) -> None:
        """Finish or stop what is under way and close the workspace."""
        self.ended.set()
        with suppress(RuntimeError):  # closed already
            self._worker.submit(self._leave)
        self._worker.shutdown(wait=True)

    def _open(self, folder: Path, rebuild: bool, remember: bool) -> None:
        from ntmgraph.store import StoreError
        from ntmgraph.workspace import WorkspaceError
        from ntmgraph.workspace.errors import DamagedError, OutdatedSharedError

        self._folder = folder
        where = str(self._graph or folder)
        try:
            self._leave()
            if not self.ended.is_set():
                workspace = self._opened(folder, rebuild)
                if remember:
                    with suppress(OSError):  # it is asked for again then
                        preferences.save(workspace=str(folder))
                self._enter(workspace, where)
        except StoppedError:
            pass
        except (WorkspaceError, StoreError) as error:
            log.warning("the workspace was not opened: %s", type(error).__name__, exc_info=True)
            damaged = isinstance(error, DamagedError)
            log_in = folder / "logs"
            told = words_of("vi")("window.damaged", folder=str(folder), log=str(log_in)) if damaged else str(error)
            self._state = State(Phase.TROUBLE, where, told, damaged or isinstance(error, OutdatedSharedError))
        except Exception as error:
            # Whatever it is, the window says so, and offers what can be done.
            log.exception("the workspace was not opened")
            why = cause(error) if isinstance(error, OSError) else ""
            told = words_of("vi")("window.failed", why=why and f"({why})", log=str(logs.log_folder()))
            self._state = State(Phase.TROUBLE, where, told, can_rebuild=True)

    def _opened(self, folder: Path, rebuild: bool) -> Workspace:
        from ntmgraph.workspace import Workspace
        from ntmgraph.workspace.errors import OutdatedError

        if not rebuild:
            try:
                return Workspace.open(folder, graph=self._graph, task=_TASK)
            except OutdatedError:  # of a version before this one: its originals and decisions are what counts
                log.warning("the workspace is brought up to this version")
        self._state = State(Phase.REBUILDING, str(self._graph or folder))
        workspace = Workspace.open(folder, graph=self._graph, task=_TASK, to_rebuild=True)
        try:
            workspace.rebuild(self._count)
        except BaseException:
            workspace.close()
            raise
        return workspace

    def _count(self, done: int, total: int) -> None:
        if self.ended.is_set():
            raise StoppedError
        self._state = replace(self._state, done=done, total=total)

    def _enter(self, workspace: Workspace, where: str) -> None:
        from dash_app.app import begin_first_page, make_app, warm_up_after_first_page
        from dash_app.server import first_page

        app = make_app(workspace, window=HOME)
        warm_up_after_first_page(app, workspace)
        start = first_page(workspace)
        with self._lock:
            self._desk = workspace, app, _with_policy(app.server, content_policy(app.csp_hashes()))
            self._looked = 0.0
        self._state = State(Phase.READY, where, start=start)
        begin_first_page(app, workspace, start)

    def _leave(self) -> None:
        with self._lock:
            desk, self._desk = self._desk, None
        if desk is not None:
            from dash_app.app import close_works

            close_works(desk[1])
            desk[0].close()
        if self.ended.is_set():
            self._state = replace(self._state, phase=Phase.ENDED)

    # For the browser

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self._heard = time.monotonic()
        desk, path = self._desk, environ["PATH_INFO"]
        if desk is not None and path != HOME and not path.startswith(f"{HOME}/"):
            return desk[2](environ, start_response)
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        say = words_of(request.cookies.get(LANGUAGE_COOKIE, ""))
        name = request.path.removeprefix(f"{HOME}/")
        if request.method == "POST":
            return self._act(name, request.get_data(as_text=True), say)
        if name == "trang-thai":
            return Response(json.dumps(self._telling(say), ensure_ascii=False), content_type="application/json")
        if name in _FILES:
            content = (Path(__file__).parents[1] / "assets" / name).read_bytes()
            return Response(content, content_type=f"{_FILES[name]}; charset=utf-8")
        page = pages.page(
            say,
            self._state,
            home=HOME,
            dark=request.cookies.get(THEME_COOKIE) == "dark",
            usual=None if self._graph else str(preferences.workspace_folder()),
            asks=self.asks_for_folders,
            busy=self.busy(),
        )
        return Response(page, content_type="text/html; charset=utf-8")

    def _act(self, name: str, typed: str, say: Words) -> Response:
        """Do what a button says; the answer is what to tell at once, nothing where the state tells it."""
        if name == "ket-thuc":
            self.ended.set()
        elif name == "thu-lai":
            self.open(self._folder)
        elif name == "dung-lai":
            self.open(self._folder, rebuild=True)
        elif name == "chon" and self.choose is not None and not self._graph:
            if (chosen := self.choose(say("window.choose"))) is not None:
                self.open(chosen, remember=True)
        elif name == "mo" and not self._graph:
            folder = Path(typed.strip("\"' ")).expanduser()
            if not folder.is_absolute() or not (folder.is_dir() or folder.parent.is_dir()):
                return _text(say("window.no_folder", folder=typed), HTTPStatus.BAD_REQUEST)
            self.open(folder, remember=True)
        else:  # a request of a page that is no more
            return _text(say("window.opening"), HTTPStatus.SERVICE_UNAVAILABLE)
        return _text("")

    def _telling(self, say: Words) -> dict[str, Any]:
        """What the pages ask for again and again (`assets/window.js`)."""
        state = self._state
        in_tab = say("window.in_browser") if self.kind == DefaultBrowser.name else ""
        return {
            "phase": state.phase,
            "start": state.start,
            "done": state.done,
            "total": state.total,
            "progress": pages.progress_words(say, state),
            "busy": self.busy(),
            "notices": [*self._troubles(say), *self._before(say)],
            "in_tab": in_tab,
            "end": say("window.end"),
            "ended": say("window.ended"),
            "crashed": say("window.crashed", log=str(logs.log_folder())),
        }

    def _before(self, say: Words) -> list[str]:
        told = self.stopped_before and time.monotonic() - self._began < _TOLD
        return [say("window.before", log=str(logs.log_folder()))] if told else []

    def _troubles(self, say: Words) -> list[str]:
        with self._lock:
            desk = self._desk
            if desk is None:
                return []
            if time.monotonic() - self._looked >= _LOOKED_AT:
                from dash_app.troubles import troubles  # loaded with the workspace

                self._looked = time.monotonic()
                try:
                    self._told = troubles(say, desk[0])
                except Exception:  # the place is gone between two looks at it: the next look says so
                    log.warning("looking at the workspace's place", exc_info=True)
            return self._told


def _text(text: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(text, status, content_type="text/plain; charset=utf-8")


def _with_policy(app: WSGIApplication, policy: str) -> WSGIApplication:
    """`app` with a content policy of its own: the one that names the scripts that Dash writes into its page."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Any:
            headers = [*headers, ("Content-Security-Policy", policy)]
            return start_response(status, headers, *([exc_info] if exc_info else []))

        return app(environ, start)

    return answer
