"""The window: of the system's web view, else of a browser in app mode, else a tab of the user's browser.

Each kind opens an address, tells when it was closed, and can be closed or brought to the front from another thread.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import shutil
import subprocess
import sys
import time
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any, Protocol

from dash_app.desktop import system

log = logging.getLogger(__name__)

_SOON = 10.0  # seconds: a browser process that ends sooner may have handed the address to one that runs already
_SIGN = 5.0  # seconds within which the page of such a browser calls
_LAST_WORDS = 3.0  # seconds that a browser gets to close its window by itself

# Names by which Linux knows browsers with an app mode; Edge and Chrome have one place each on Windows and macOS.
_ON_LINUX = ("microsoft-edge", "google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "brave-browser")
_ON_MACOS = ("Google Chrome", "Microsoft Edge", "Chromium", "Brave Browser")
_ON_WINDOWS = ("msedge.exe", "chrome.exe")

# Nothing but our own server is reached: no name is looked up, no proxy asked, and what a browser does by itself is off.
_ALONE = (
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--no-proxy-server",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--disable-background-networking",
    "--disable-background-mode",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication,msEdgeSidebarV2",
    "--metrics-recording-only",
    "--lang=vi",
    "--password-store=basic",
    "--use-mock-keychain",
)


class Signs(Protocol):
    """What the server knows of the page in the window."""

    def seen(self) -> bool:
        """Whether a page was ever asked for."""
        ...

    def heard_since(self, moment: float) -> bool:
        """Whether a page has called since a moment of the monotonic clock."""
        ...

    def busy(self) -> bool:
        """Whether a long work is under way."""
        ...


class Window(Protocol):
    name: str

    def run(self, address: str, signs: Signs, ended: Event) -> bool:
        """Show the address until the window is closed or `ended` is set; return False where it cannot be shown."""
        ...

    def close(self) -> None:
        """Make `run` return; from any thread."""
        ...

    def pid(self) -> int:
        """Return the process whose windows are the program's; 0 where that is not known."""
        ...

    def show(self, address: str) -> None:
        """Bring the window to the front as far as it can by itself; where it cannot, open another at the address."""
        ...

    def choose_folder(self, title: str) -> Path | None: ...


# What the system's web view says by itself, by pywebview's names; it is English where nobody says otherwise.
WEBVIEW_WORDS = (
    "global.quitConfirmation", "global.ok", "global.quit", "global.cancel", "global.saveFile",
    "windows.fileFilter.allFiles", "windows.fileFilter.otherFiles",
    "linux.openFile", "linux.openFiles", "linux.openFolder",
    "cocoa.menu.about", "cocoa.menu.services", "cocoa.menu.view", "cocoa.menu.edit", "cocoa.menu.hide",
    "cocoa.menu.hideOthers", "cocoa.menu.showAll", "cocoa.menu.quit", "cocoa.menu.fullscreen", "cocoa.menu.cut",
    "cocoa.menu.copy", "cocoa.menu.paste", "cocoa.menu.selectAll",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What a window is called, and what the system's web view says by itself: a text for each of WEBVIEW_WORDS."""

    title: str
    words: dict[str, str]


class WebView:
    """A window of WebView2 (Windows) or WebKit (macOS, Linux), within this process."""

    name = "webview"

    def __init__(self, profile: Path, look: Look) -> None:
        self._profile, self._look = profile, look
        self._window: Any = None

    @staticmethod
    def usable() -> bool:
        if importlib.util.find_spec("webview") is None:
            return False
        if sys.platform == "win32":
            return _has_webview2()
        if sys.platform == "darwin":
            return True
        return system.has_screen() and _has_webkit()

    def run(self, address: str, signs: Signs, ended: Event) -> bool:
        import webview

        gui = {"win32": "edgechromium", "linux": "gtk"}.get(sys.platform)
        webview.settings["ALLOW_DOWNLOADS"] = True
        webview.settings["OPEN_EXTERNAL_LINKS_IN_BROWSER"] = False
        window = webview.create_window(
            self._look.title,
            address,
            width=1280,
            height=720,
            maximized=True,
            text_select=True,
            zoomable=True,
            background_color="#F5F7F6",
        )

        def closing() -> None:
            # The web view asks by itself: a dialog opened from here would wait for the thread that this runs in.
            window.confirm_close = signs.busy() and not ended.is_set()

        window.events.closing += closing
        self._window = window
        try:
            webview.start(gui=gui, private_mode=False, storage_path=str(self._profile), localization=self._look.words)
        except Exception:
            if signs.seen():
                raise
            log.warning("the system's web view cannot be used", exc_info=True)
            return False
        finally:
            self._window = None
        return True

    def close(self) -> None:
        if self._window is not None:
            self._window.destroy()

    def pid(self) -> int:
        return os.getpid()

    def show(self, address: str) -> None:
        if self._window is not None:
            self._window.restore()
            self._window.show()

    def choose_folder(self, title: str) -> Path | None:
        import webview

        chosen = self._window.create_file_dialog(webview.FileDialog.FOLDER) if self._window is not None else None
        return Path(chosen[0]) if chosen else None


class AppBrowser:
    """Edge, Chrome or Chromium in app mode, with a profile of its own: when its process ends, the window was closed."""

    name = "app"

    def __init__(self, profile: Path) -> None:
        self._profile = profile
        self._program = _browser_with_app_mode()
        self._process: subprocess.Popen[bytes] | None = None

    def usable(self) -> bool:
        return self._program is not None and system.has_screen()

    def run(self, address: str, signs: Signs, ended: Event) -> bool:
        began = time.monotonic()
        try:
            self._process = self._start(address, "--start-maximized")
        except OSError:
            log.warning("%s cannot be started", self._program, exc_info=True)
            return False
        while self._process.poll() is None and not ended.wait(0.2):
            pass
        if ended.is_set():
            self._end()
            return True
        if time.monotonic() - began > _SOON:
            return True
        # Ended at once: closed by a quick hand, unable to run here, or handed over to a browser that a crash left.
        gone = time.monotonic()
        ended.wait(_SIGN if not signs.seen() else _SIGN / 2)
        if signs.heard_since(gone):
            log.warning("the window belongs to a browser that ran before")
            ended.wait()
        return signs.seen()

    def close(self) -> None:
        pass  # `run` looks at `ended`

    def pid(self) -> int:
        return self._process.pid if self._process is not None and self._process.poll() is None else 0

    def show(self, address: str) -> None:
        with self._start(address):  # the browser that runs opens it, and this process ends
            pass

    def choose_folder(self, title: str) -> Path | None:
        return system.choose_folder(title)

    def _start(self, address: str, *options: str) -> subprocess.Popen[bytes]:
        self._profile.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Chromium refuses to run as root in its sandbox; nobody's desk does that, tests do.
        as_root = ("--no-sandbox", "--test-type") if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        command = (
            str(self._program),
            f"--app={address}",
            f"--user-data-dir={self._profile}",
            *_ALONE,
            *options,
            *as_root,
        )
        none = subprocess.DEVNULL
        # On Linux the language of the browser is that of the environment; in another one it offers to translate.
        environment = {**os.environ, "LANGUAGE": "vi"}
        return subprocess.Popen(command, stdin=none, stdout=none, stderr=none, env=environment)  # noqa: S603

    def _end(self) -> None:
        process = self._process
        if process is not None and not system.wait_until_ended(process, 0.0):
            process.terminate()
            if not system.wait_until_ended(process, _LAST_WORDS):
                process.kill()


class DefaultBrowser:
    """A tab of whatever browser the user has: it cannot tell that it was closed, so the page ends the program."""

    name = "browser"

    def run(self, address: str, signs: Signs, ended: Event) -> bool:
        if not system.has_screen() or not webbrowser.open(address):
            return False
        ended.wait()
        return True

    def close(self) -> None:
        pass  # `run` looks at `ended`

    def pid(self) -> int:
        return 0

    def show(self, address: str) -> None:
        webbrowser.open(address)

    def choose_folder(self, title: str) -> Path | None:
        return system.choose_folder(title)


def usable_windows(folder: Path, look: Look) -> list[Callable[[], Window]]:
    """Return the kinds of window that this machine has, the best first. folder: for what their browsers keep."""
    kinds: list[Callable[[], Window]] = []
    if WebView.usable():
        kinds.append(lambda: WebView(folder / "webview", look))
    app = AppBrowser(folder / "browser")
    if app.usable():
        kinds.append(lambda: app)
    return [*kinds, DefaultBrowser]


def _browser_with_app_mode() -> Path | None:
    if sys.platform == "win32":
        import winreg

        for name in _ON_WINDOWS:
            for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
                try:
                    path = winreg.QueryValue(root, rf"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\{name}")
                except OSError:
                    continue
                if Path(path.strip('"')).is_file():
                    return Path(path.strip('"'))
        return None
    if sys.platform == "darwin":
        paths = [Path("/Applications", f"{name}.app", "Contents", "MacOS", name) for name in _ON_MACOS]
        return next((path for path in paths if path.is_file()), None)
    return next((Path(path) for name in _ON_LINUX if (path := shutil.which(name))), None)


def _has_webview2() -> bool:
    """Whether Microsoft's runtime is installed; without it pywebview would take Internet Explorer's engine."""
    import winreg  # type: ignore[import-not-found,unused-ignore]

    clients = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
    places = (
        (winreg.HKEY_LOCAL_MACHINE, rf"SOFTWARE\WOW6432Node\{clients}"),
        (winreg.HKEY_LOCAL_MACHINE, rf"SOFTWARE\{clients}"),
        (winreg.HKEY_CURRENT_USER, rf"SOFTWARE\{clients}"),
    )
    for root, path in places:
        try:
            with winreg.OpenKey(root, path) as entry:
                version, _ = winreg.QueryValueEx(entry, "pv")
        except OSError:
            continue
        if version and version != "0.0.0.0":  # noqa: S104 - a version, no address
            return True
    return False


def _has_webkit() -> bool:
    """Whether WebKit can be asked for from Python; the module comes from the system's packages."""
    if importlib.util.find_spec("gi") is None:
        return False
    try:
        import gi

        gi.require_version("Gtk", "3.0")
        try:
            gi.require_version("WebKit2", "4.1")
        except ValueError:
            gi.require_version("WebKit2", "4.0")
        from gi.repository import GLib
    except (ImportError, ValueError):
        return False
    # pywebview starts its dialog for a file there, and fails on a machine that names no such folder.
    return GLib.get_user_special_dir(GLib.UserDirectory.DIRECTORY_DOWNLOAD) is not None
