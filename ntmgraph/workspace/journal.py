"""Append-only files of JSON lines: what was written once is never changed, and a torn last line harms nothing."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PAUSES = (0.02, 0.1, 0.5) if os.name == "nt" else ()  # seconds between tries to replace a file


@dataclass(frozen=True, slots=True)
class Line:
    record: dict[str, Any]
    end: int  # offset of the byte after the line


class Journal:
    """One file of JSON objects, one a line, in the order in which they were written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, records: Iterable[dict[str, Any]]) -> int:
        """Write the records, safe from a power cut, and return the offset after the last one."""
        lines = "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records).encode()
        if not self.path.exists():
            self.path.touch()
            sync_folder(self.path.parent)
        with self.path.open("ab") as file:
            if _torn(self.path):
                # What a kill left behind was not yet said: it becomes a line that is no record, even if all of it
                # but the line end was written.
                lines = b"#\n" + lines
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
            return file.tell()

    def lines(self, start: int = 0) -> Iterator[Line]:
        """Yield the whole lines from a byte offset on; what is not a JSON object is passed over."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            end = file.seek(start)
            for line in file:
                end += len(line)
                if not line.endswith(b"\n"):
                    return
                try:
                    record = json.loads(line)
                except ValueError:
                    continue
                if isinstance(record, dict):
                    yield Line(record, end)


def _torn(path: Path) -> bool:
    if not path.stat().st_size:
        return False
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a power cut, sees the old content or the new, never a part."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _replace(fresh, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names of a folder's files safe from a power cut, where the system leaves that to its programs."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(fresh: Path, path: Path) -> None:
    """Put a file in the place of another, which on Windows a virus scanner may be reading for a moment."""
    for pause in _PAUSES:
        try:
            fresh.replace(path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    fresh.replace(path)
