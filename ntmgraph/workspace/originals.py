"""The files that were taken in, kept byte for byte under the hash of their content: one half of the truth.

Their log says in order what was taken in under which name and as which document. A folder keeps it in `log.jsonl`,
written before the graph and the index are, so whatever these lack after a kill stands at its end; a shared graph keeps
files and log itself (`shared.py`).
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from ntmgraph.causes import cause
from ntmgraph.workspace.batch import File
from ntmgraph.workspace.journal import Journal, sync_folder

_PIECE = 1 << 20
_RESTORE = "Hãy phục hồi từ bản sao lưu, hoặc nạp lại tệp này."
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


class MissingFileError(Exception):
    """A file that the log names is not kept any more; the message is Vietnamese."""


class KeptFiles:
    """Files by the hash of their content, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)

    def keep(self, path: Path, sha256: str, name: str) -> None:
        """Copy a file into the folder; raises FileChangedError when its bytes have another hash by now."""
        kept = self.path(sha256, name)
        if not kept.exists() or hash_of(kept) != sha256:
            self.restore(path, sha256, name)

    def restore(self, path: Path, sha256: str, name: str) -> None:
        """Copy a file into the folder in place of its copy there, if any; raises FileChangedError."""
        with path.open("rb") as source:
            self.keep_pieces(iter(lambda: source.read(_PIECE), b""), sha256, name)

    def keep_pieces(self, pieces: Iterable[bytes], sha256: str, name: str) -> Path:
        """Write a file of these pieces and return where it is kept; FileChangedError when they have another hash."""
        kept = self.path(sha256, name)
        if not kept.parent.exists():
            kept.parent.mkdir(exist_ok=True)
            sync_folder(self._folder)
        digest = hashlib.sha256()
        handle, fresh_name = tempfile.mkstemp(dir=kept.parent, suffix=".new")
        fresh = Path(fresh_name)
        try:
            with os.fdopen(handle, "wb") as copy:
                for piece in pieces:
                    digest.update(piece)
                    copy.write(piece)
                copy.flush()
                os.fsync(copy.fileno())
            if digest.hexdigest() != sha256:
                raise FileChangedError(name)
            fresh.replace(kept)
            sync_folder(kept.parent)
        finally:
            fresh.unlink(missing_ok=True)
        return kept

    def path(self, sha256: str, name: str) -> Path:
        """Return where a file is kept; its ending stays, so that it opens in the program that made it."""
        return self._folder / sha256[:2] / self.name(sha256, name)

    @staticmethod
    def name(sha256: str, name: str) -> str:
        """Return under which name a file is kept."""
        suffix = Path(name).suffix.lower()
        # What follows the last point may be the rest of a sentence: "Công văn số 5. V.v đôn đốc ..."
        return f"{sha256}{suffix if _ENDING.fullmatch(suffix) else ''}"

    def recognised(self, sha256: str) -> Path:
        """Return where the recognised text of a scan is kept: beside the originals, which it is none of."""
        return self._folder.with_name("recognised") / sha256[:2] / f"{sha256}.json.gz"


class Originals(Protocol):
    """The files that were taken in, and the log of their taking in."""

    def keep(self, path: Path, sha256: str, name: str) -> None:
        """Keep a copy of a file; raises FileChangedError when its bytes have another hash by now, OSError."""
        ...

    def restore(self, path: Path, sha256: str, name: str) -> None:
        """Keep a file again whose copy was lost or damaged; raises FileChangedError, OSError."""
        ...

    def path(self, sha256: str, name: str) -> Path:
        """Return where a copy of a kept file lies on this machine; raises MissingFileError where there is none."""
        ...

    def recognised(self, sha256: str) -> Path:
        """Return where this machine keeps the recognised text of a scan."""
        ...

    def of_document(self, document: str) -> Original | None:
        """Return the file that a document stands on: the last one taken in as it."""
        ...

    def of_hash(self, sha256: str) -> Original | None:
        """Return the taking in of these bytes, even if another file has replaced them since."""
        ...

    def files(self) -> list[Original]:
        """Return every kept file that is not withdrawn, in the order of taking in."""
        ...

    def damage(self, original: Original) -> str | None:
        """Return, in Vietnamese, what is wrong with the kept copy of a file; None when its bytes are those taken in."""
        ...


def kept_file(originals: Originals, original: Original) -> File:
    """Return a kept file under the name that its user knows it by."""
    path = originals.path(original.sha256, original.name)
    return File(path, original.name, original.name, recognised=originals.recognised(original.sha256))


class JournalOriginals:
    """The originals of a folder, and their log in one file."""

    def __init__(self, folder: Path) -> None:
        self._kept = KeptFiles(folder)
        self._journal = Journal(folder / "log.jsonl")

    def keep(self, path: Path, sha256: str, name: str) -> None:
        self._kept.keep(path, sha256, name)

    def restore(self, path: Path, sha256: str, name: str) -> None:
        self._kept.restore(path, sha256, name)

    def path(self, sha256: str, name: str) -> Path:
        return self._kept.path(sha256, name)

    def recognised(self, sha256: str) -> Path:
        return self._kept.recognised(sha256)

    def record(self, originals: Iterable[Original]) -> int:
        """Log these, in this order, and return the offset after them."""
        added = list(originals)
        files, documents = self._files, self._documents  # read before the log grows, or they would hold them twice
        end = self._journal.append(to_record(original) for original in added)
        for original in added:
            note(files, documents, original)
        return end

    def of_document(self, document: str) -> Original | None:
        return self._documents.get(document)

    def of_hash(self, sha256: str) -> Original | None:
        return self._files.get(sha256)

    def files(self) -> list[Original]:
        return list(self._files.values())

    def damage(self, original: Original) -> str | None:
        path = self.path(original.sha256, original.name)
        try:
            whole = hash_of(path) == original.sha256
        except OSError as error:
            return f"Không đọc được tệp gốc {path} của {original.name} ({cause(error)}). {_RESTORE}"
        return None if whole else f"Tệp gốc {path} của {original.name} đã bị sửa hoặc hỏng. {_RESTORE}"

    def since(self, offset: int) -> Iterator[tuple[Original, int]]:
        """Yield the takings in after an offset of the log, each with the offset after it."""
        for line in self._journal.lines(offset):
            yield from_record(line.record), line.end

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
            note(files, documents, original)
        return files, documents


def standing_on(files: Sequence[Original]) -> dict[str, Original]:
    """Return the documents of kept files, each with the last file taken in as it."""
    return {file.document: file for file in files}


def note(files: dict[str, Original], documents: dict[str, Original], original: Original) -> None:
    """Add the next taking in of a log to what the log says: the kept files, and what each document stands on."""
    files.pop(original.sha256, None)  # put last: the order is that of taking in
    standing = documents.get(original.document)
    if not original.withdrawn:
        files[original.sha256] = documents[original.document] = original
    elif standing is not None and standing.sha256 == original.sha256:
        del documents[original.document]


def to_record(original: Original) -> dict[str, Any]:
    """Return a taking in as JSON values."""
    return {
        "at": original.at.isoformat(timespec="seconds"),
        "sha256": original.sha256,
        "name": original.name,
        "document": original.document,
        **({"withdrawn": True} if original.withdrawn else {}),
    }


def from_record(record: Mapping[str, Any]) -> Original:
    """Return the taking in of a record."""
    return Original(
        sha256=str(record["sha256"]),
        name=str(record["name"]),
        document=str(record["document"]),
        at=datetime.fromisoformat(str(record["at"])),
        withdrawn=bool(record.get("withdrawn")),
    )


def now() -> datetime:
    """Return this second, as a log can say it."""
    return datetime.now(UTC).replace(microsecond=0)


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
