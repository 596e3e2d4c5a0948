"""What the operating system does for the program: a dialog, a choice of folder, a window brought to the front."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

_PATIENCE = 5  # seconds for a helper program


def has_screen() -> bool:
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def tell(title: str, text: str) -> None:
    """Show a sentence until it is closed: in a dialog where there is a screen, else on standard error."""
    if sys.platform == "win32":
        import ctypes

        error, foreground = 0x10, 0x10000
        ctypes.windll.user32.MessageBoxW(None, text, title, error | foreground)
        return
    for command in _dialogs(title, text) if has_screen() else []:
        if shutil.which(command[0]):
            subprocess.run(command, check=False, capture_output=True)  # noqa: S603
            return
    if sys.stderr is not None:
        sys.stderr.write(f"{title}: {text}\n")


def _dialogs(title: str, text: str) -> list[tuple[str, ...]]:
    if sys.platform == "darwin":
        alert = "display alert (item 1 of argv) message (item 2 of argv) as critical"
        return [("osascript", "-e", "on run argv", "-e", alert, "-e", "end run", title, text)]
    return [
        ("zenity", "--error", "--no-markup", "--width=480", f"--title={title}", f"--text={text}"),
        ("kdialog", "--title", title, "--error", text),
    ]


def chooses_folders() -> bool:
    """Whether this machine has a dialog for that; the system's web view brings one on Windows."""
    return bool(_choosers(""))


def choose_folder(title: str) -> Path | None:
    """Let the user choose a folder in a dialog of the system; None where that was cancelled or cannot be."""
    for command in _choosers(title):
        said = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
        return Path(said.stdout.rstrip("\n")) if said.returncode == 0 and said.stdout.strip() else None
    return None


def _choosers(title: str) -> list[tuple[str, ...]]:
    if sys.platform == "darwin":
        ask = "POSIX path of (choose folder with prompt (item 1 of argv))"
        return [("osascript", "-e", "on run argv", "-e", ask, "-e", "end run", title)]
    known = (
        ("zenity", "--file-selection", "--directory", f"--title={title}"),
        ("kdialog", "--title", title, "--getexistingdirectory"),
    )
    return [command for command in known if sys.platform != "win32" and has_screen() and shutil.which(command[0])]


def bring_forward(pid: int) -> bool:
    """Bring the windows of a process to the front; return whether this machine has a way to do that."""
    if sys.platform == "win32":
        return _bring_forward_on_windows(pid)
    if sys.platform == "darwin":
        front = f'tell application "System Events" to set frontmost of (first process whose unix id is {pid}) to true'
        return _did("osascript", "-e", front)
    if not shutil.which("xdotool"):
        return False
    search = ("xdotool", "search", "--onlyvisible", "--pid", str(pid))
    found = subprocess.run(search, check=False, capture_output=True, text=True).stdout.split()  # noqa: S603
    # A window manager activates; where there is none, that does nothing, and raising does.
    for window in found:
        _did("xdotool", "windowraise", window)
        _did("xdotool", "windowactivate", window)
    return bool(found)


def _did(*command: str) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=_PATIENCE).returncode == 0  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False


def _bring_forward_on_windows(pid: int) -> bool:
    import ctypes
    from ctypes import wintypes

    user32 = ctypes.windll.user32  # type: ignore[attr-defined,unused-ignore]
    restore, found = 9, []

    def look(window: int, _: int) -> bool:
        owner = wintypes.DWORD()
        user32.GetWindowThreadProcessId(window, ctypes.byref(owner))
        if owner.value == pid and user32.IsWindowVisible(window):
            found.append(window)
        return True

    user32.EnumWindows(ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)(look), 0)
    for window in found:
        if user32.IsIconic(window):
            user32.ShowWindow(window, restore)
        user32.SetForegroundWindow(window)
    return bool(found)


def wait_until_ended(process: subprocess.Popen[bytes], patience: float) -> bool:
    """Return whether a process ended within so many seconds."""
    until = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < until:
        time.sleep(0.1)
    return process.poll() is not None
