"""The server of the desk: one process on one loopback port, from the first address to a clean stop."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from waitress import create_server, wasyncore

from dash_app.address import link
from dash_app.security import ADDRESS, MAX_BODY, Guard
from ntmgraph import preferences

if TYPE_CHECKING:
    from types import FrameType
    from wsgiref.types import WSGIApplication

    from ntmgraph.workspace import Workspace

THREADS = 4  # a page asks for a few things at once, and two windows must not wait for each other
IDLE = 1.0  # seconds between looks at the stop flag when no request wakes the loop
DRAIN = 5.0  # seconds for answers under way when the server stops


class PortTakenError(OSError):
    """The asked port belongs to another program; the message is Vietnamese and says what next."""


class Server:
    """`app` on a loopback port behind the guard. The port is bound at once, so a browser may connect before `serve`.

    script_hashes: of the scripts that Dash writes into its page. start: path and query of the address to open.
    """

    def __init__(
        self, app: WSGIApplication, *, script_hashes: Iterable[str] = (), port: int | None = None, start: str = "/"
    ) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a request that waits a moment is no news
        listener = _bind(port)
        self._stopping = threading.Event()
        self._sockets: dict[int, object] = {}
        self.port: int = listener.getsockname()[1]
        self._guard = Guard(app, port=self.port, script_hashes=script_hashes, start=start)
        self._server = create_server(
            self._guard, map=self._sockets, sockets=[listener], threads=THREADS, max_request_body_size=MAX_BODY
        )

    @property
    def address(self) -> str:
        """The address to open, with its secret for one use."""
        return self._guard.address

    @property
    def origin(self) -> str:
        """The address without a secret, for a browser that is signed in."""
        return f"http://{ADDRESS}:{self.port}/"

    def serve(self) -> None:
        """Answer requests until `stop`, then finish those under way and free the port."""
        # waitress ends its own loop only by an exception in this thread; a window or a signal must be able to as well
        while not self._stopping.is_set():
            wasyncore.loop(timeout=IDLE, map=self._sockets, count=1)
        self._server.task_dispatcher.shutdown(timeout=DRAIN)
        self._server.close()

    def stop(self) -> None:
        """Make `serve` return; from any thread or signal handler."""
        self._stopping.set()
        with suppress(OSError):  # the loop may have seen the flag and closed already
            self._server.pull_trigger()


def run(workspace: Workspace, *, port: int | None = None, open_browser: bool = True) -> None:
    """Serve the desk over `workspace` until SIGTERM or Ctrl+C; the caller closes the workspace.

    The first line on stdout is the address to open. Raises PortTakenError when `port` is in use.
    """
    from dash_app.app import begin_first_page, close_works, make_app, warm_up_after_first_page

    app, start = make_app(workspace), first_page(workspace)
    warm_up_after_first_page(app, workspace)
    server = Server(app.server, script_hashes=app.csp_hashes(), port=port, start=start)
    begin_first_page(app, workspace, start)
    try:
        with ended_by_signals(server.stop):
            if sys.stdout is not None:  # a windowed program has none
                sys.stdout.write(f"{server.address}\n")
                sys.stdout.flush()
            if open_browser and has_screen():
                threading.Thread(target=webbrowser.open, args=(server.address,), daemon=True).start()
            server.serve()
    finally:
        close_works(app)  # the caller may close the workspace only when nobody writes to it


def first_page(workspace: Workspace) -> str:
    """Return where the window opens: the overview of the province that its user set, where documents of it are there.

    Notes that the workspace is opened now, so that the overview can tell what is new since the time before.
    """
    with suppress(OSError):  # settings that cannot be written must not keep the program from opening
        preferences.note_opening(workspace.home.where)
    province = preferences.load().province
    return link("/", province=province if province in workspace.provinces() else None)


def has_screen() -> bool:
    """Whether a browser can show a window; without one `webbrowser` would start a text browser in this terminal."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _bind(port: int | None) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":
        # There SO_REUSEADDR, which waitress sets, would let another program take over the port.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    elif port:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # the last run's connections may linger
    try:
        listener.bind((ADDRESS, port or 0))
    except OSError as error:
        listener.close()
        message = f"Không mở được cổng {port}: {error.strerror}. Hãy chọn cổng khác, hoặc bỏ --port để máy tự chọn."
        raise PortTakenError(error.errno, message) from error
    return listener


@contextmanager
def ended_by_signals(end: Callable[[], object]) -> Iterator[None]:
    """Within the block SIGTERM and Ctrl+C call `end`; only the main thread may set that."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(signum: int, frame: FrameType | None) -> None:
        end()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
