"""The program's own window on a virtual screen: opened, opened again, closed, killed; nothing is left running."""

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
from dataclasses import dataclass
from pathlib import Path

import pytest
from needs import ROOT, need
from screen import NTMGRAPH

from ntmgraph.workspace import Workspace

PATIENCE = 60  # seconds
TITLE = "Tổng quan · Trách nhiệm NTM"


@dataclass(frozen=True, slots=True)
class Screen:
    """An X screen without a window manager, and a user's own folders."""

    environment: dict[str, str]
    data: Path

    def start(self, *call: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen((*NTMGRAPH, *call), cwd=ROOT, env=self.environment)

    def do(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def window(self, title: str) -> str:
        """The id of the window with a title, as soon as there is one."""
        return until(lambda: self.do("xdotool", "search", "--onlyvisible", "--name", title), f"a window “{title}”")

    def browsers(self) -> list[int]:
        """The processes that work on the window's profile, oldest first."""
        found = self.do("pgrep", "-f", f"user-data-dir={self.data / 'ntmgraph' / 'browser'}")
        return [int(each) for each in found.split()]


def until(look: Callable[[], object], what: str) -> object:
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


def ended(program: subprocess.Popen[bytes], screen: Screen, workspace: Path) -> None:
    """The program has ended well, with all that it started, and let its workspace go."""
    assert program.wait(PATIENCE) == 0
    until(lambda: not screen.browsers(), "the end of the browser")
    assert not (screen.data / "ntmgraph" / "window.json").exists()
    Workspace.open(workspace, patience=0).close()


def test_a_window_opens_comes_forward_and_takes_everything_with_it(screen: Screen, samples: Path, tmp_path: Path):
    workspace = shutil.copytree(samples, tmp_path / "kho")
    program = screen.start("--workspace", str(workspace), "window")
    try:
        window = screen.window(TITLE)
        if shutil.which("import"):  # to be looked at
            (ROOT / "test-output").mkdir(exist_ok=True)
            screen.do("import", "-window", "root", str(ROOT / "test-output" / "window.png"))
        cover = Cover(screen.environment["DISPLAY"])
        assert cover.top() == cover.window
        assert screen.start("--workspace", str(workspace), "window").wait(PATIENCE) == 0
        assert cover.top() != cover.window  # the first window lies over what covered it
        assert screen.do("xdotool", "search", "--onlyvisible", "--name", TITLE) == window
        cover.close()
        screen.do("xdotool", "windowfocus", window, "key", "ctrl+w")
        ended(program, screen, workspace)
    finally:
        program.kill()


def test_a_crash_of_the_window_ends_the_program(screen: Screen, samples: Path, tmp_path: Path):
    workspace = shutil.copytree(samples, tmp_path / "kho")
    program = screen.start("--workspace", str(workspace), "window")
    try:
        screen.window(TITLE)
        os.kill(screen.browsers()[0], signal.SIGKILL)
        ended(program, screen, workspace)
        assert "port" in json.loads((tmp_path / "config" / "ntmgraph" / "preferences.json").read_text())
    finally:
        program.kill()


class Cover:
    """A window of the test that lies over all others of an X screen."""

    def __init__(self, display: str) -> None:
        if sys.platform != "linux":
            pytest.skip("X windows are Linux's")
        self._x = x = ctypes.CDLL("libX11.so.6")
        x.XOpenDisplay.restype = ctypes.c_void_p
        x.XDefaultRootWindow.restype = x.XCreateSimpleWindow.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(x.XOpenDisplay(display.encode()))
        self._root = ctypes.c_ulong(x.XDefaultRootWindow(self._display))
        area = (0, 0, 1366, 768, 0, ctypes.c_ulong(0), ctypes.c_ulong(0))
        self.window = x.XCreateSimpleWindow(self._display, self._root, *area)
        x.XMapRaised(self._display, ctypes.c_ulong(self.window))
        x.XSync(self._display, 0)

    def top(self) -> int:
        """The window that lies over all others."""
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        found = (ctypes.byref(each) for each in (root, parent, children, count))
        self._x.XQueryTree(self._display, self._root, *found)
        return int(children[count.value - 1])

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)
