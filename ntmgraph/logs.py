"""The log of this program on this machine: what failed and where, never what documents say or what people type.

An error of a library often quotes what it was given, so its words are left out of the log; its kind and the lines of
code that it came through are kept. What the operating system and the engines say about files is kept whole.
"""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

_SIZE, _KEPT = 1 << 20, 3  # bytes of a file, files before it
# How the engines begin such words.
_ABOUT_FILES = ("IO exception", "Buffer manager exception", "An IO error occurred", "Runtime exception: Unable to open")


def log_folder() -> Path:
    """Return where the logs of this user's programs lie; a workspace has its own beside its data."""
    return Path(platformdirs.user_log_dir("ntmgraph", appauthor=False))


def file_handler(path: Path) -> logging.Handler:
    """Return a handler that writes warnings and worse into a file which is replaced when it grows large."""
    handler = RotatingFileHandler(path, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(_WithoutWords("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler


def trace(error: BaseException) -> str:
    """Return the kinds of an error and of what caused it, each with the lines of code that it came through."""
    parts: list[str] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        frames = traceback.extract_tb(at.__traceback__)
        lines = [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames]
        parts.append("\n".join([*lines, f"{type(at).__module__}.{type(at).__qualname__}{_said(at)}"]))
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return "\ncaused by\n".join(parts)


def _said(error: BaseException) -> str:
    words = str(error)
    return f": {words}" if isinstance(error, OSError) or words.startswith(_ABOUT_FILES) else ""


class _WithoutWords(logging.Formatter):
    def formatException(self, ei: object) -> str:  # noqa: N802 - the name is logging's
        error = ei[1] if isinstance(ei, tuple) else None
        return trace(error) if isinstance(error, BaseException) else ""
