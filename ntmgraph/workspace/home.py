"""What a workspace stands on: where its truth is kept, and the graph and the index made of it.

Two of them: a folder of one person (`folder.py`), and the Neo4j of an office, which several people use at once
(`shared.py`). The workspace itself does not know which one it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ntmgraph.model import Reading
from ntmgraph.store import GraphStore
from ntmgraph.store.search import SearchIndex
from ntmgraph.workspace import deciding
from ntmgraph.workspace.decisions import Decision, DecisionLog, Unchecked, by_document, document_decided_on
from ntmgraph.workspace.originals import Original, Originals

NOT_WRITTEN = "lỗi của chương trình khi ghi vào đồ thị; văn bản này chưa được nạp, chi tiết ở nhật ký trong kho."

# Reads the originals of what a decision is about: it is asked again where somebody else changed one meanwhile.
ReadAnew = Callable[[], Iterable[Reading]]


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is to be taken in: its reading, and what its document stood on when that was decided."""

    original: Original
    reading: Reading
    standing: Original | None


class ChangedMeanwhileError(Exception):
    """Somebody else took in one of the documents since it was looked up; nothing was written."""


class Rebuilding(Protocol):
    """A graph and an index that are being made anew; in use when `finish` returns."""

    def write(self, readings: Sequence[Reading]) -> list[str | None]:
        """Write readings of originals, and return for each why it could not be written, None where it was."""
        ...

    def finish(self, restated: Sequence[Original]) -> None:
        """Log what this version reads otherwise than the log says, and put what was made into use."""
        ...


class Home(Protocol):
    """Truth, graph and index of one workspace. Every method may raise WorkspaceError."""

    @property
    def folder(self) -> Path:
        """Where this machine keeps the workspace, or of a shared one its logs and copies of originals."""
        ...

    @property
    def originals(self) -> Originals: ...

    @property
    def decisions(self) -> DecisionLog: ...

    @property
    def where(self) -> str:
        """What people call it: the folder, or the address of the server."""
        ...

    @property
    def written(self) -> int:
        """How often documents were written: more as soon as one was, or the graph made anew; not before."""
        ...

    @property
    def graph(self) -> GraphStore: ...

    @property
    def index(self) -> SearchIndex: ...

    def write(self, taken: Sequence[Taken]) -> list[str | None]:
        """Take in documents as people decided on them; return for each why it was not, None where it was.

        Several of one document are written in their order. Raises ChangedMeanwhileError.
        """
        ...

    def decide(self, decisions: Sequence[Decision], read: ReadAnew, *, seen: str | Unchecked | None) -> None:
        """Log decisions and write the documents that they are about anew, as `read` gives them.

        Raises DecidedMeanwhileError, UnknownDecisionError.
        """
        ...

    def rebuild(self) -> AbstractContextManager[Rebuilding]:
        """Begin to make graph and index again; without `finish` the old ones stay where that can be had."""
        ...

    def catch_up(self, read: Callable[[str], Reading | str]) -> None:
        """Write what a kill left out. `read`: document -> its original's reading, or why it cannot be read."""
        ...

    def close(self) -> None: ...


def decided(readings: Iterable[Reading], decisions: Sequence[Decision]) -> list[Reading]:
    """Return readings of originals as people decided on them."""
    originals = list(readings)
    ids = {None, *(each.document.id for each in originals)}
    found = by_document(each for each in decisions if document_decided_on(each) in ids)
    return [deciding.apply(each, found.get(each.document.id, found[None])).reading for each in originals]
