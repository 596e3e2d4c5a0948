"""Builds: a graph and a search index made from the originals, and thrown away for a new one at any time."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from ntmgraph.authority import catalogue
from ntmgraph.model import Reading
from ntmgraph.store import GraphStore, open_embedded
from ntmgraph.store.kinds import VERSION
from ntmgraph.store.search import SearchIndex
from ntmgraph.store.tantivy import open_index
from ntmgraph.workspace.home import NOT_WRITTEN
from ntmgraph.workspace.journal import write_whole

log = logging.getLogger(__name__)


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
            (folder / "version").write_text(VERSION)
        build = cls(folder, open_embedded(folder / "graph"), open_index(folder / "search"))
        build.graph.load_catalogue(catalogue())
        return build

    @staticmethod
    def fits(folder: Path) -> bool:
        """Return whether a folder holds a build that this version of the program can use."""
        try:
            parts = all(any((folder / part).iterdir()) for part in ("graph", "search"))
            return parts and (folder / "version").read_text() == VERSION
        except (OSError, ValueError):
            return False

    def write(self, readings: Sequence[Reading]) -> list[str | None]:
        """Write readings in place of their documents; return for each why that failed, None where it did not."""
        if not readings:
            return []
        try:
            self.graph.replace(*readings)
            for reading in readings:
                self.index.replace(reading)
        except Exception:  # one document must not keep the others out, nor a workspace from opening
            if len(readings) > 1:
                return [reason for reading in readings for reason in self.write([reading])]
            log.exception("writing %s", readings[0].document.id)
            return [NOT_WRITTEN]
        return [None] * len(readings)

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
        return self._number("reached")

    @property
    def reached_decisions(self) -> int:
        """How many decisions of their log the documents are written by; 0 when unknown."""
        return self._number("reached-decisions")

    def reach(self, offset: int) -> None:
        """Make all that was written found and safe, and note how far into the log it goes."""
        self.index.commit()
        write_whole(self.folder / "reached", str(offset).encode())

    def reach_decisions(self, count: int) -> None:
        """Make what was written by that many decisions found and safe, and note it."""
        self.index.commit()
        write_whole(self.folder / "reached-decisions", str(count).encode())

    def _number(self, name: str) -> int:
        try:
            return int((self.folder / name).read_text())
        except (OSError, ValueError):
            return 0

    def close(self) -> None:
        self.index.close()
        self.graph.close()
