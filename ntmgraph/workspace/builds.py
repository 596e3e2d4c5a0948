"""Builds: a graph and a search index made from the originals, and thrown away for a new one at any time."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from ntmgraph.authority import catalogue
from ntmgraph.store import GraphStore, open_embedded
from ntmgraph.store.search import SearchIndex, open_index
from ntmgraph.workspace.batch import Read
from ntmgraph.workspace.journal import write_whole

log = logging.getLogger(__name__)

VERSION = 2  # of graph, index and reading: raised when any of them would come out differently from the same originals

_NOT_WRITTEN = "lỗi của chương trình khi ghi vào đồ thị; văn bản này chưa được nạp, chi tiết ở nhật ký trong kho."


@dataclass(frozen=True, slots=True)
class Build:
    """Graph and index made from the originals, and how far into their log they go."""

    folder: Path
    graph: GraphStore
    index: SearchIndex

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the build in a folder, made there with nothing but the catalogue when the folder is missing."""
        if not folder.exists():
            folder.mkdir(parents=True)
            (folder / "version").write_text(str(VERSION))
        build = cls(folder, open_embedded(folder / "graph"), open_index(folder / "search"))
        build.graph.load_catalogue(catalogue())
        return build

    @staticmethod
    def fits(folder: Path) -> bool:
        """Return whether a folder holds a build that this version of the program can use."""
        try:
            parts = all(any((folder / part).iterdir()) for part in ("graph", "search"))
            return parts and int((folder / "version").read_text()) == VERSION
        except (OSError, ValueError):
            return False

    def write(self, read: Read) -> str | None:
        """Write the reading of a kept file in place of its document; return why that failed, None when it did not."""
        if read.reading is None:
            log.error("reading %s: %s\n%s", read.file.path, read.reason, read.trouble or "")
            return read.reason
        try:
            self.graph.replace(read.reading)
            self.index.replace(read.reading)
        except Exception:  # one document must not keep the others out, nor a workspace from opening
            log.exception("writing %s", read.reading.document.id)
            return f"{read.file.name}: {_NOT_WRITTEN}"
        return None

    def remove(self, document: str) -> None:
        """Remove what a document said; a document that cannot be removed is left to the next rebuild."""
        self.index.remove(document)
        try:
            self.graph.remove(document)
        except Exception:
            log.exception("removing %s", document)

    @property
    def reached(self) -> int:
        """Offset in the log of originals; 0 when unknown, which only costs time."""
        try:
            return int((self.folder / "reached").read_text())
        except (OSError, ValueError):
            return 0

    def reach(self, offset: int) -> None:
        """Make all that was written found and safe, and note how far into the log it goes."""
        self.index.commit()
        write_whole(self.folder / "reached", str(offset).encode())

    def close(self) -> None:
        self.index.close()
        self.graph.close()
