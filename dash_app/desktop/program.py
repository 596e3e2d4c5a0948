"""From the double click to the last file closed: one window, one server, one workspace."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

import platformdirs

from dash_app.desktop import system
from dash_app.desktop.gate import Gate
from dash_app.desktop.single import SHOW, SHOW_ANOTHER, Single
from dash_app.desktop.windows import WEBVIEW_WORDS, Look, Window, usable_windows
from dash_app.server import PortTakenError, Server, ended_by_signals
from dash_app.words import words_of
from ntmgraph import logs, preferences

log = logging.getLogger(__name__)

_OURS = ("ntmgraph", "dash_app", "waitress", "pywebview")  # loggers; those of the readers may quote documents
_LARGE = 1 << 20  # bytes of the file of faults that are kept


def open_window(folder: Path | None = None, *, graph: str | None = None) -> bool:
    """Open the program's window and return when it is closed and everything has ended; False where it cannot be.

    folder: the workspace; None for the one that was chosen last, or the user's own. graph: address of a Neo4j.
    Where a window is open already it is brought forward instead.
    """
    say = words_of("vi")
    title = say("shell.brand")
    with _logged(title, say("window.crashed", log=str(logs.log_folder()))):
        data = Path(platformdirs.user_data_dir("ntmgraph", appauthor=False))
        single = Single(data)
        try:
            open_already = single.acquire_or_ask(SHOW)
        except TimeoutError:
            system.tell(title, say("window.mute"))
            return False
        if open_already is not None:
            _bring_forward(single, open_already, folder)
            return True
        try:
            shown = _run(single, data, folder or preferences.workspace_folder(), graph)
        finally:
            single.release()
        if not shown:
            system.tell(title, say("window.no_window"))
        return shown


def _run(single: Single, data: Path, folder: Path, graph: str | None) -> bool:
    say = words_of("vi")
    gate = Gate(graph)
    server = _server(gate)
    serving = threading.Thread(target=_serve, args=(server, gate), name="server")
    serving.start()
    current: list[Window] = []
    try:
        single.listen(lambda question: _answer(question, current, gate, server))
        gate.stopped_before = single.stopped_before
        gate.open(folder)
        with ended_by_signals(gate.ended.set):
            look = Look(say("shell.brand"), {name: say(f"webview.{name}") for name in WEBVIEW_WORDS})
            for make in usable_windows(data, look):
                window = make()
                current[:] = [window]
                gate.kind, gate.choose = window.name, window.choose_folder
                gate.asks_for_folders = window.name == "webview" or system.chooses_folders()
                watch = threading.Thread(target=_close_when_ended, args=(gate, window), daemon=True)
                watch.start()
                if window.run(server.address, gate, gate.ended):
                    return True
                if gate.ended.is_set():
                    return True
            return False
    finally:
        gate.close()
        server.stop()
        serving.join()


def _server(gate: Gate) -> Server:
    """Return the server on the port of the last time, for which the browser keeps our scripts, else on a free one."""
    known = preferences.load().port
    if known is not None:
        try:
            return Server(gate, port=known)
        except PortTakenError:
            log.info("port %s belongs to another program", known)
    server = Server(gate)
    with suppress(OSError):  # a disk that is full: the next start looks for a port again
        preferences.save(port=server.port)
    return server


def _serve(server: Server, gate: Gate) -> None:
    try:
        server.serve()
    finally:
        gate.ended.set()  # a window without its server is of no use


def _close_when_ended(gate: Gate, window: Window) -> None:
    gate.ended.wait()
    window.close()


# A second start


def _answer(question: str, current: list[Window], gate: Gate, server: Server) -> str:
    """Say to a later start whose windows to bring forward and which workspace is open: "1234 /home/…/kho"."""
    for window in current:
        window.show(server.origin) if question == SHOW_ANOTHER or window.name == "webview" else None
    pid = current[0].pid() if current else 0
    return f"{pid} {gate.state.where}"


def _bring_forward(single: Single, said: str, folder: Path | None) -> None:
    pid, _, where = said.partition(" ")
    # The user started this process just now, so that Windows lets it do what the one behind the window may not.
    if not (int(pid) and system.bring_forward(int(pid))):
        single.ask(SHOW_ANOTHER)
    if folder is not None and str(folder.expanduser().absolute()) != where:
        say = words_of("vi")
        system.tell(say("shell.brand"), say("window.elsewhere", folder=where))


# When things go wrong


@contextmanager
def _logged(title: str, crashed: str) -> Iterator[None]:
    """Within the block warnings go to the log of this machine, and what nobody caught is logged and told once."""
    folder = logs.log_folder()
    handler: logging.Handler = logging.NullHandler()
    faults = None
    with suppress(OSError):  # a disk that is full must not keep the window from opening
        folder.mkdir(parents=True, exist_ok=True)
        handler = logs.file_handler(folder / "window.log")
        path = folder / "faults.log"
        faults = path.open("w" if path.exists() and path.stat().st_size > _LARGE else "a")
        faulthandler.enable(faults)
    ours = [logging.getLogger(name) for name in _OURS]
    for each in ours:
        each.addHandler(handler)
    told = threading.Lock()

    def tell(error: BaseException) -> None:
        log.critical("crashed\n%s", logs.trace(error))
        if told.acquire(blocking=False):
            system.tell(title, crashed)

    def uncaught(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        tell(error)

    def uncaught_in_thread(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            tell(failed.exc_value)

    before = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = uncaught, uncaught_in_thread
    try:
        yield
    except Exception as error:
        tell(error)
        raise SystemExit(1) from error
    finally:
        sys.excepthook, threading.excepthook = before
        for each in ours:
            each.removeHandler(handler)
        handler.close()
        if faults is not None:
            faulthandler.disable()
            faults.close()
