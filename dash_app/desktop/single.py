"""One window for each user: who starts the program again gets the window that is open.

The first start holds a lock, which the system frees however its holder ends, and listens on a loopback port of its own.
Where that is and the key to it stand in a file that only this user can read; the listener lets in only who has the key.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener
from pathlib import Path
from threading import Thread

from ntmgraph.lock import Lock

log = logging.getLogger(__name__)

ADDRESS = "127.0.0.1"
SHOW, SHOW_ANOTHER = "show", "another"
_PATIENCE = 20.0  # seconds that a second start waits for one that is still starting or ending
_PAUSE = 0.2


class Single:
    """The right to be the one window of this user: `acquire`, then `listen`, at last `release`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "window.json"
        self._lock = Lock(folder / "window.lock")
        self.stopped_before = False  # whether the window before this one left what it takes away at its end

    def acquire(self, *, patience: float = 0.0) -> bool:
        """Return whether no other window of this user is open; raises OSError where the disk knows no locks."""
        return self._lock.acquire("đang mở cửa sổ chương trình", patience=patience)

    def listen(self, answer: Callable[[str], str]) -> None:
        """Answer later starts from now on. `answer`: what is asked -> what is said, in a thread of its own."""
        key = secrets.token_bytes(32)
        listener = Listener((ADDRESS, 0), authkey=key)
        self.stopped_before = self._file.exists()
        fresh = self._file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump({"port": listener.address[1], "key": key.hex()}, file)
        fresh.replace(self._file)
        Thread(target=_serve, args=(listener, answer), name="later starts", daemon=True).start()

    def ask(self, question: str) -> str | None:
        """Ask the window that is open; None where it does not answer (yet, or any more)."""
        try:
            where = json.loads(self._file.read_bytes())
            with Client((ADDRESS, int(where["port"])), authkey=bytes.fromhex(where["key"])) as open_window:
                open_window.send_bytes(question.encode())
                return open_window.recv_bytes().decode()
        except (OSError, EOFError, AuthenticationError, ValueError, KeyError, TypeError):
            return None

    def acquire_or_ask(self, question: str) -> str | None:
        """Return None when this start is the one, else what the open window answers; TimeoutError where it is mute."""
        until = time.monotonic() + _PATIENCE
        while not self.acquire():
            if (said := self.ask(question)) is not None:
                return said
            if time.monotonic() >= until:
                raise TimeoutError
            time.sleep(_PAUSE)
        return None

    def release(self) -> None:
        with suppress(OSError):
            self._file.unlink(missing_ok=True)
        self._lock.release()


def _serve(listener: Listener, answer: Callable[[str], str]) -> None:
    while True:
        try:
            with listener.accept() as later:
                later.send_bytes(answer(later.recv_bytes(64).decode()).encode())
        except (OSError, EOFError, AuthenticationError):
            log.info("a later start was not answered", exc_info=True)
