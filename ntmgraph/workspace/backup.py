"""A backup: one .zip file with all of a workspace that is not made from the rest.

backup.json       version, when and of what it was made, what each document says by number
takings.jsonl     which file was taken in as which document, in that order
decisions.jsonl   what people decided
originals/        the files, by the hash of their content; also those that decisions name as proof
"""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.readers import DEFAULT
from ntmgraph.causes import cause
from ntmgraph.workspace import decisions as said
from ntmgraph.workspace import originals as kept
from ntmgraph.workspace.carrying import Source, held
from ntmgraph.workspace.decisions import Decision
from ntmgraph.workspace.errors import BackupError
from ntmgraph.workspace.home import Home
from ntmgraph.workspace.originals import FileChangedError, KeptFiles, MissingFileError, Original, standing_on

SCHEMA = 1
# What a damaged archive raises; a RuntimeError where a member is said to be encrypted or packed in another way. No
# OSError: a full disk is no fault of the archive.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, RuntimeError)

OnProgress = Callable[[int, int], None]  # files done, files in all


def back_up(source: Source, path: Path, on_progress: OnProgress | None = None) -> tuple[int, list[str]]:
    """Write a backup, whole or not at all; return how many files it holds, and why others could not be copied.

    Raises BackupError where it cannot be written, where there is nothing to copy, and where an incomplete one would
    take the place of one that is there.
    """
    missing = list[str]()
    try:
        here = held(source)
        if not here.files and not here.decisions:
            raise BackupError("Kho dữ liệu này chưa có văn bản nào để sao lưu. Hãy kiểm tra lại kho đang mở.")
        standing = standing_on(here.files)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        fresh = Path(name)
        try:
            with os.fdopen(handle, "w+b") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                copied: list[Original] = []
                members: set[str] = set()

                def copy(original: Original, lost: str) -> bool:
                    member = _member(original)
                    try:
                        if member not in members:  # a proof may be an original too
                            archive.write(source.path(original.sha256, original.name), member)
                    except (MissingFileError, FileNotFoundError) as error:
                        missing.append(f"{original.name}: {lost} ({error})")
                        return False
                    members.add(member)
                    return True

                for done, original in enumerate(here.files):
                    if copy(original, "không còn tệp gốc"):
                        copied.append(original)
                    if on_progress is not None:
                        on_progress(done + 1, len(here.files))
                for proof in said.proofs(here.decisions):
                    copy(Original(proof.sha256, proof.name, "", datetime.now(UTC)), "không còn tệp minh chứng")
                about = {
                    "schema": SCHEMA,
                    "made": datetime.now(UTC).isoformat(timespec="seconds"),
                    # A document whose file could not be copied will not stand on it where this is restored.
                    "documents": {
                        document: counted
                        for document, counted in here.counts.items()
                        if _member(standing[document]) in members
                    },
                }
                archive.writestr("takings.jsonl", _lines(map(kept.to_record, copied)))
                archive.writestr("decisions.jsonl", _lines(map(said.to_record, here.decisions)))
                archive.writestr("backup.json", json.dumps(about, ensure_ascii=False))
            if missing and path.exists():
                raise BackupError(
                    f"Lần này thiếu {len(missing)} tệp nên bản sao lưu {path} đang có được giữ nguyên, không bị thay. "
                    f"Hãy phục hồi các tệp thiếu trước, hoặc sao lưu ra một tệp khác. Thiếu: {missing[0]}"
                )
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise BackupError(
            f"Không ghi được bản sao lưu {path} ({cause(error)}). Hãy chọn thư mục khác còn chỗ trống và có quyền ghi."
        ) from error
    return len(copied), missing


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Open a backup as the source of a workspace; raises BackupError when it is none, damaged or of a newer version."""
    with ExitStack() as stack:
        unpacked = stack.enter_context(tempfile.TemporaryDirectory(prefix="ntmgraph-"))
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
            backup = _Backup(archive, KeptFiles(Path(unpacked) / "originals"), path)
        except FileNotFoundError as error:
            raise BackupError(f"Không tìm thấy bản sao lưu {path}. Hãy kiểm tra lại đường dẫn.") from error
        except OSError as error:
            raise BackupError(
                f"Không mở được bản sao lưu {path} ({cause(error)}). Hãy nêu đường dẫn của một tệp .zip đọc được."
            ) from error
        except (*_BROKEN, TypeError) as error:
            raise BackupError(
                f"{path} không phải là bản sao lưu của ntmgraph, hoặc đã bị hỏng. Hãy dùng một bản sao lưu khác; kho "
                "hiện tại chưa bị thay đổi gì."
            ) from error
        yield backup


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the restoring of a backup would add to a workspace; nothing there is removed or replaced."""

    made: datetime
    files: int
    new_files: int
    decisions: int
    new_decisions: int


def foresee(path: Path, target: Home) -> Foreseen:
    """Return what restoring a backup would do; raises BackupError."""
    with opened(path) as source:
        assert isinstance(source, _Backup)
        files, decisions = source.files(), source.decisions()
        known = {decision.id for decision in target.decisions.all()}
        return Foreseen(
            source.made,
            len(files),
            sum(target.originals.of_hash(file.sha256) is None for file in files),
            len(decisions),
            sum(decision.id not in known for decision in decisions),
        )


class _Backup:
    def __init__(self, archive: zipfile.ZipFile, unpacked: KeptFiles, path: Path) -> None:
        about = json.loads(archive.read("backup.json"))
        if int(about["schema"]) > SCHEMA:
            raise BackupError(f"Bản sao lưu {path} do bản ntmgraph mới hơn tạo ra. Hãy cài bản mới rồi phục hồi lại.")
        self.made = datetime.fromisoformat(about["made"])
        self._archive = archive
        self._unpacked = unpacked
        self._counts: dict[str, dict[str, int]] = dict(about["documents"])
        self._files = [kept.from_record(record) for record in self._records("takings.jsonl")]
        self._decisions = tuple(said.from_record(record) for record in self._records("decisions.jsonl"))

    def files(self) -> list[Original]:
        return list(self._files)

    def path(self, sha256: str, name: str) -> Path:
        member = _member(Original(sha256, name, "", datetime.now(UTC)))
        try:
            if self._archive.getinfo(member).file_size > DEFAULT.bytes:
                raise MissingFileError(f"{name}: tệp trong bản sao lưu lớn hơn giới hạn; không phục hồi tệp này.")
            with self._archive.open(member) as file:
                return self._unpacked.keep_pieces(iter(lambda: file.read(1 << 20), b""), sha256, name)
        except (FileChangedError, *_BROKEN) as error:
            raise MissingFileError(
                f"{name}: tệp trong bản sao lưu bị thiếu hoặc hỏng; không phục hồi tệp này."
            ) from error

    def decisions(self) -> Sequence[Decision]:
        return self._decisions

    def counts(self, files: Sequence[Original]) -> dict[str, dict[str, int]]:
        # Backups of earlier versions count documents whose file they could not copy, too.
        return {document: self._counts[document] for document in standing_on(files) if document in self._counts}

    def _records(self, member: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._archive.read(member).decode().splitlines() if line]


def _member(original: Original) -> str:
    """Return the name under which an original stands in the archive: made of its hash, never of what a user typed."""
    return f"originals/{KeptFiles.name(original.sha256, original.name)}"


def _lines(records: Iterator[dict[str, Any]]) -> str:
    return "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
