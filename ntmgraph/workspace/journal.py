"""Append-only files of JSON lines: what was written once is never changed, and a torn last line harms nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


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
        with self.path.open("ab") as file:
            if _torn(self.path):
                lines = b"\n" + lines  # the piece that a kill left behind stays a line of its own, and is passed over
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
    fresh.replace(path)
