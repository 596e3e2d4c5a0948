"""One process at a time works on a workspace; the others are told which one it is.

The operating system frees the lock when its holder ends, however it ends, so a kill leaves nothing to clean up.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

_PAUSE = 0.05  # seconds between tries


@dataclass(frozen=True, slots=True)
class Holder:
    """Who works on a workspace."""

    pid: int
    since: datetime
    task: str  # Vietnamese: what it does


class Lock:
    """Held from `acquire` to `release`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def acquire(self, task: str, *, patience: float) -> bool:
        """Return whether the lock was got within `patience` seconds; OSError where the disk knows no locks."""
        self._path.touch()
        file = self._path.open("r+b")
        until = time.monotonic() + patience
        while not _lock(file):
            if time.monotonic() >= until:
                file.close()
                return False
            time.sleep(_PAUSE)
        self._file = file
        holder = {"pid": os.getpid(), "since": datetime.now().astimezone().isoformat(timespec="seconds"), "task": task}
        file.truncate(0)
        file.write(json.dumps(holder, ensure_ascii=False).encode())
        file.flush()
        return True

    def holder(self) -> Holder | None:
        """Return who holds the lock, as far as it said so."""
        try:
            record = json.loads(self._path.read_bytes())
            return Holder(int(record["pid"]), datetime.fromisoformat(record["since"]), str(record["task"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def release(self) -> None:
        if self._file is not None:
            self._file.truncate(0)
            _unlock(self._file)
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    # Locked bytes cannot be read there, and the holder's name must be: lock one far behind it.
    _FAR = 1 << 30

    def _lock(file: BinaryIO) -> bool:
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(0)
        return True

    def _unlock(file: BinaryIO) -> None:
        # Closing would free it too, but when the system finds the time.
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
