"""The program's own window on a virtual screen: opened, opened again, closed, killed; nothing is left running.

Browsers in app mode show it as they do on a desk; where Debian's WebKit is installed, the system's web view does.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import package
import pytest
from needs import ROOT, need
from PIL import Image, ImageGrab
from screen import NTMGRAPH

from ntmgraph.workspace import Workspace
from ntmgraph.workspace.errors import OutdatedError

PATIENCE = 60  # seconds
BRAND = "Trách nhiệm NTM"  # what the system's web view is called
TITLE = f"Tổng quan · {BRAND}"  # of a page, which browsers show
BINDINGS = Path("/usr/lib/python3/dist-packages/gi")  # of WebKit and GTK, for Debian's own Python

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Screen:
    """An X screen without a window manager, and a user's own folders."""

    environment: dict[str, str]
    data: Path
    program: tuple[str, ...] = NTMGRAPH

    def start(self, workspace: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            (*self.program, "--workspace", str(workspace), "window"), cwd=ROOT, env=self.environment
        )

    def do(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def windows(self, title: str = "") -> list[int]:
        """The ids of the windows that are shown and whose title holds some words."""
        return [int(each) for each in self.do("xdotool", "search", "--onlyvisible", "--name", title).split()]

    def window(self, title: str) -> int:
        """The id of the window with a title, as soon as there is one."""
        return until(lambda: self.windows(title), f"a window “{title}”")[0]

    def left(self) -> list[int]:
        """The processes of the window's browser or web view, oldest first."""
        return [int(each) for each in self.do("pgrep", "-f", f"user-data-dir={self.data}|WebKitWebProcess").split()]

    def picture(self, name: str, colours: int = 1000) -> None:
        """Keep what the screen shows to be looked at, once it has as many colours as a page of the desk."""

        def drawn() -> Image.Image | None:
            shown = ImageGrab.grab(xdisplay=self.environment["DISPLAY"])
            return shown if len(shown.getcolors(1 << 24) or ()) > colours else None

        shown = until(drawn, "a page in the window")
        (ROOT / "test-output").mkdir(exist_ok=True)
        shown.save(ROOT / "test-output" / f"{name}.png")


def until(look: Callable[[], Found | None], what: str) -> Found:
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.1)
    return found


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    need(all(map(shutil.which, ("Xvfb", "xdotool", "chromium", "pgrep"))), "Xvfb, xdotool and Chromium")
    reading, writing = os.pipe()
    command = ("Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp")
    with subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        folders = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "STATE", "CONFIG", "CACHE")}
        environment = {**os.environ, **folders, "DISPLAY": f":{number}"}
        environment.pop("WAYLAND_DISPLAY", None)
        try:
            yield Screen(environment, tmp_path / "data")
        finally:
            server.terminate()


@pytest.fixture
def webkit_screen(screen: Screen, tmp_path: Path) -> Screen:
    """A screen on which the system's web view can be used: this Python is lent the bindings of Debian's."""
    if not any(BINDINGS.glob(f"_gi.{sys.implementation.cache_tag}-*.so")):
        need(sys.version_info[:2] != (3, 11) or BINDINGS.exists(), "WebKit (Debian: python3-gi gir1.2-webkit2-4.1)")
        pytest.skip("the system's bindings of WebKit are for another Python than this one")
    lent, settings = tmp_path / "lent", tmp_path / "config"
    lent.mkdir()
    settings.mkdir(exist_ok=True)
    (lent / "gi").symlink_to(BINDINGS)
    (settings / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{tmp_path}"\n')
    return replace(screen, environment={**screen.environment, "PYTHONPATH": str(lent), "GSETTINGS_BACKEND": "memory"})


@contextmanager
def opened(screen: Screen, workspace: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program over a workspace; when the block ends, it must have ended well with all that it started."""
    with screen.start(workspace) as program:
        try:
            yield program
            assert program.wait(PATIENCE) == 0
        finally:
            program.kill()
    until(lambda: not screen.left(), "the end of what the program started")
    assert not (screen.data / "ntmgraph" / "window.json").exists()
    with suppress(OutdatedError):  # told before anybody could hold it
        Workspace.open(workspace, patience=0).close()


def test_a_window_opens_comes_forward_and_takes_everything_with_it(screen: Screen, samples: Path, tmp_path: Path):
    workspace = shutil.copytree(samples, tmp_path / "kho")
    with opened(screen, workspace), display(screen) as x:
        window = screen.window(TITLE)
        screen.picture("window")
        cover = x.cover()
        assert x.top() == cover
        assert screen.start(workspace).wait(PATIENCE) == 0
        assert x.top() != cover  # the first window lies over what covered it
        assert screen.windows(TITLE) == [window]
        x.destroy(cover)
        screen.do("xdotool", "windowfocus", str(window), "key", "ctrl+w")


def test_a_crash_of_the_window_ends_the_program(screen: Screen, samples: Path, tmp_path: Path):
    with opened(screen, shutil.copytree(samples, tmp_path / "kho")):
        screen.window(TITLE)
        os.kill(screen.left()[0], signal.SIGKILL)
    assert "port" in json.loads((tmp_path / "config" / "ntmgraph" / "preferences.json").read_text())


def test_the_packaged_program_opens_its_window(screen: Screen, packaged: Path, samples: Path, tmp_path: Path):
    screen = replace(screen, program=(str(packaged / package.PROGRAM.name),))
    with opened(screen, shutil.copytree(samples, tmp_path / "kho")):
        window = screen.window(TITLE)
        screen.picture("window-packaged")
        screen.do("xdotool", "windowfocus", str(window), "key", "ctrl+w")


def test_the_systems_web_view_opens_once_and_closes(webkit_screen: Screen, samples: Path, tmp_path: Path):
    screen, workspace = webkit_screen, shutil.copytree(samples, tmp_path / "kho")
    with opened(screen, workspace), display(screen) as x:
        window = screen.window(BRAND)
        screen.picture("window-webkit")
        assert screen.left()
        assert screen.start(workspace).wait(PATIENCE) == 0
        assert screen.windows(BRAND) == [window]
        x.ask_to_close(window)


def test_the_systems_web_view_asks_before_it_ends_a_work(webkit_screen: Screen, samples: Path, tmp_path: Path):
    screen, workspace = webkit_screen, shutil.copytree(samples, tmp_path / "kho")
    for version in workspace.glob("builds/*/version"):
        version.write_text("1")  # of an earlier program: the window rebuilds the workspace
    with opened(screen, workspace) as program, display(screen) as x:
        window = screen.window(BRAND)
        screen.picture("window-webkit-rebuilding", colours=150)
        x.ask_to_close(window)
        question, (width, height) = until(x.dialog, "a question")
        assert program.poll() is None
        screen.picture("window-webkit-question", colours=50)
        ok = (str(width * 3 // 4), str(height - 16))  # the right one of the two buttons below
        screen.do("xdotool", "mousemove", "--window", str(question), *ok, "click", "1")


@contextmanager
def display(screen: Screen) -> Iterator[Display]:
    x = Display(screen.environment["DISPLAY"])
    try:
        yield x
    finally:
        x.close()


class _Message(ctypes.Structure):
    """What a window manager sends to a window (XClientMessageEvent), padded to the size of any event."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("padding", ctypes.c_long * 24),
    )


class Display:
    """What a window manager and its user do on an X screen that has neither."""

    def __init__(self, name: str) -> None:
        self._x = x = ctypes.CDLL("libX11.so.6")
        x.XOpenDisplay.restype = ctypes.c_void_p
        x.XDefaultRootWindow.restype = x.XCreateSimpleWindow.restype = x.XInternAtom.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(x.XOpenDisplay(name.encode()))
        self._root = ctypes.c_ulong(x.XDefaultRootWindow(self._display))

    def cover(self) -> int:
        """Lay a window over all others."""
        area = (0, 0, 1366, 768, 0, ctypes.c_ulong(0), ctypes.c_ulong(0))
        window = self._x.XCreateSimpleWindow(self._display, self._root, *area)
        self._x.XMapRaised(self._display, ctypes.c_ulong(window))
        self._x.XSync(self._display, 0)
        return int(window)

    def destroy(self, window: int) -> None:
        self._x.XDestroyWindow(self._display, ctypes.c_ulong(window))
        self._x.XSync(self._display, 0)

    def windows(self) -> list[int]:
        """All windows of the screen, the uppermost last."""
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        found = (ctypes.byref(each) for each in (root, parent, children, count))
        self._x.XQueryTree(self._display, self._root, *found)
        return [int(children[each]) for each in range(count.value)]

    def top(self) -> int:
        return self.windows()[-1]

    def size(self, window: int) -> tuple[int, int]:
        root, x, y, width, height, border, depth = (ctypes.c_ulong(), *(ctypes.c_int() for _ in range(6)))
        found = (ctypes.byref(each) for each in (root, x, y, width, height, border, depth))
        self._x.XGetGeometry(self._display, ctypes.c_ulong(window), *found)
        return width.value, height.value

    def dialog(self) -> tuple[int, tuple[int, int]] | None:
        """A window of the size of a question, with its width and height."""
        sizes = {each: self.size(each) for each in self.windows()}
        return next(((each, (w, h)) for each, (w, h) in sizes.items() if 100 < w < 900 and 50 < h < 300), None)

    def ask_to_close(self, window: int) -> None:
        """Send what the cross of a window's frame sends."""
        protocols, close = (
            self._x.XInternAtom(self._display, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")
        )
        message = _Message(type=33, window=window, message_type=protocols, format=32)
        message.data[0] = close
        self._x.XSendEvent(self._display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(message))
        self._x.XSync(self._display, 0)

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)
