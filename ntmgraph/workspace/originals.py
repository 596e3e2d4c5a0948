"""The files that were taken in, kept byte for byte under the hash of their content: one half of the truth.

`log.jsonl` says in order what was taken in under which name and as which document. It is written before the graph and
the index are, so whatever they lack after a kill stands at its end.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from ntmgraph.workspace.batch import File
from ntmgraph.workspace.journal import Journal, sync_folder

_PIECE = 1 << 20
_ENDING = re.compile(r"\.[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Original:
    """One taking in of one file."""

    sha256: str
    name: str  # as the user named the file
    document: str  # id that its reading gave
    at: datetime
    withdrawn: bool = False  # the document stands on this file no longer


class FileChangedError(Exception):
    """A file is no longer the one that was read."""


class Originals:
    """The folder of kept files and its log."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(exist_ok=True)
        self._journal = Journal(folder / "log.jsonl")

    def keep(self, path: Path, sha256: str, name: str) -> None:
        """Copy a file into the folder; raises FileChangedError when its bytes have another hash by now."""
        kept = self.path(sha256, name)
        if kept.exists():
            return
        if not kept.parent.exists():
            kept.parent.mkdir(exist_ok=True)
            sync_folder(self._folder)
        digest = hashlib.sha256()
        handle, fresh_name = tempfile.mkstemp(dir=kept.parent, suffix=".new")
        fresh = Path(fresh_name)
        try:
            with os.fdopen(handle, "wb") as copy, path.open("rb") as source:
                while piece := source.read(_PIECE):
                    digest.update(piece)
                    copy.write(piece)
                copy.flush()
                os.fsync(copy.fileno())
            if digest.hexdigest() != sha256:
                raise FileChangedError(path)
            fresh.replace(kept)
            sync_folder(kept.parent)
        finally:
            fresh.unlink(missing_ok=True)

    def path(self, sha256: str, name: str) -> Path:
        """Return where a file is kept; its ending stays, so that it opens in the program that made it."""
        suffix = Path(name).suffix.lower()
        # What follows the last point may be the rest of a sentence: "Công văn số 5. V.v đôn đốc ..."
        return self._folder / sha256[:2] / f"{sha256}{suffix if _ENDING.fullmatch(suffix) else ''}"

    def file(self, original: Original) -> File:
        """Return a kept file under the name that its user knows it by."""
        path = self.path(original.sha256, original.name)
        return File(path, original.name, original.name, recognised=self.recognised(original.sha256))

    def recognised(self, sha256: str) -> Path:
        """Return where the recognised text of a scan is kept: beside the originals, which it is none of."""
        return self._folder.with_name("recognised") / sha256[:2] / f"{sha256}.json.gz"

    def record(self, originals: Iterable[Original]) -> int:
        """Log these, in this order, and return the offset after them."""
        added = list(originals)
        files, documents = self._files, self._documents  # read before the log grows, or they would hold them twice
        end = self._journal.append(
            {
                "at": original.at.isoformat(timespec="seconds"),
                "sha256": original.sha256,
                "name": original.name,
                "document": original.document,
                **({"withdrawn": True} if original.withdrawn else {}),
            }
            for original in added
        )
        for original in added:
            _note(files, documents, original)
        return end

    def of_document(self, document: str) -> Original | None:
        """Return the file that a document stands on: the last one taken in as it."""
        return self._documents.get(document)

    def of_hash(self, sha256: str) -> Original | None:
        """Return the taking in of these bytes, even if another file has replaced them since."""
        return self._files.get(sha256)

    def files(self) -> list[Original]:
        """Return every kept file that is not withdrawn, in the order of taking in."""
        return list(self._files.values())

    def since(self, offset: int) -> Iterator[tuple[Original, int]]:
        """Yield the takings in after an offset of the log, each with the offset after it."""
        for line in self._journal.lines(offset):
            yield _original(line.record), line.end

    @property
    def _files(self) -> dict[str, Original]:
        return self._state[0]

    @property
    def _documents(self) -> dict[str, Original]:
        return self._state[1]

    @cached_property
    def _state(self) -> tuple[dict[str, Original], dict[str, Original]]:
        # Read when first asked for: opening a workspace of 100,000 documents to answer one question need not.
        files: dict[str, Original] = {}
        documents: dict[str, Original] = {}
        for original, _ in self.since(0):
            _note(files, documents, original)
        return files, documents


def _note(files: dict[str, Original], documents: dict[str, Original], original: Original) -> None:
    files.pop(original.sha256, None)  # put last: the order is that of taking in
    standing = documents.get(original.document)
    if not original.withdrawn:
        files[original.sha256] = documents[original.document] = original
    elif standing is not None and standing.sha256 == original.sha256:
        del documents[original.document]


def _original(record: dict[str, object]) -> Original:
    return Original(
        sha256=str(record["sha256"]),
        name=str(record["name"]),
        document=str(record["document"]),
        at=datetime.fromisoformat(str(record["at"])),
        withdrawn=bool(record.get("withdrawn")),
    )


def now() -> datetime:
    return datetime.now(UTC)


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
