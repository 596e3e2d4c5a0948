"""Archives (.zip): the documents in them, one by one, also of archives one level inside.

Whatever an archive says of itself may be false: its names lead nowhere, its sizes are limits that are never passed.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ingest.readers import legacy
from ingest.readers.sniff import BROKEN_ZIP, packed
from ingest.readers.source import DEFAULT, Limits
from ntmgraph.model import ReadError, Refusal
from ntmgraph.text import order

# Beside the files that people mean: Word's owner file, Windows' and macOS' folder data, a note on the folder itself.
NOT_MEANT = ("~$", ".", "thumbs.db", "desktop.ini", "readme")
_NOT_MEANT_FOLDERS = (".", "__macosx")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its bytes, or why there are none."""

    name: str  # "Tháng 9/134.docx"
    data: bytes | ReadError


def is_archive(path: Path) -> bool:
    """Return whether a file is a zip of files, and not a document that is a zip itself (.docx, .xlsx)."""
    try:
        with path.open("rb") as file:
            return _is_archive(file)
    except (OSError, ValueError):
        return False


def _is_archive(file: IO[bytes]) -> bool:
    if file.read(2) != b"PK":
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            return packed(archive) == "zip"
    except (ReadError, *BROKEN_ZIP):
        return False


def members(path: Path, limits: Limits = DEFAULT) -> Iterator[Member]:
    """Yield the files of an archive in Vietnamese order; ReadError, before the first, where it is not to be opened.

    Folder data of Windows and macOS is passed over. A member that cannot be read has its reason; the others follow.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _members(archive, _Budget(limits), "")
    except BROKEN_ZIP as error:
        raise ReadError(Refusal.DAMAGED, "tệp nén bị hỏng; hãy chép lại từ bản gốc rồi nạp lại.") from error


class _Budget:
    """What may still be unpacked of one archive."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._members = limits.members
        self._bytes = limits.archive

    def take(self, archive: zipfile.ZipFile) -> None:
        """Count an archive in, as far as it says how much it holds; zipfile reads no more of a member than that."""
        infos = archive.infolist()
        unpacked = sum(info.file_size for info in infos)
        stored = sum(info.compress_size for info in infos)
        self._members -= len(infos)
        self._bytes -= unpacked
        swollen = unpacked > self.limits.unpacked and unpacked > self.limits.ratio * max(stored, 1)
        if min(self._members, self._bytes) < 0 or swollen:
            raise ReadError(
                Refusal.TOO_LARGE,
                "tệp nén bung ra quá lớn hoặc có quá nhiều tệp; hãy giải nén, chia nhỏ rồi nạp từng phần.",
            )


def _members(archive: zipfile.ZipFile, budget: _Budget, within: str) -> Iterator[Member]:
    budget.take(archive)
    named = [(_name(info), info) for info in archive.infolist() if not info.is_dir()]
    for name, info in sorted(named, key=lambda each: [order(step) for step in each[0].split("/")]):
        *folders, base = name.lower().split("/")
        if base.startswith(NOT_MEANT) or any(folder.startswith(_NOT_MEANT_FOLDERS) for folder in folders):
            continue
        data = _read(archive, info, budget.limits)
        if isinstance(data, ReadError) or not _is_archive(io.BytesIO(data)):
            yield Member(f"{within}{name}", data)
        elif within:
            advice = "tệp nén nằm quá sâu trong tệp nén; hãy giải nén rồi nạp thư mục đã giải nén."
            yield Member(f"{within}{name}", ReadError(Refusal.NOT_A_DOCUMENT, advice))
        else:
            yield from _inner(data, budget, name)


def _inner(data: bytes, budget: _Budget, name: str) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _members(archive, budget, f"{name}/")
    except ReadError as error:
        yield Member(name, error)
    except BROKEN_ZIP as error:
        yield Member(name, _damaged(error))


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes | ReadError:
    if info.flag_bits & 1:
        return ReadError(Refusal.ENCRYPTED, "tệp nén có mật khẩu; hãy bỏ mật khẩu rồi nạp lại.")
    if info.file_size > limits.bytes:
        return ReadError(
            Refusal.TOO_LARGE,
            f"tệp nặng {info.file_size // 2**20} MB, quá giới hạn {limits.bytes // 2**20} MB;"
            " hãy tách thành nhiều tệp.",
        )
    try:
        with archive.open(info) as file:
            return file.read(info.file_size + 1)  # without a bound, what it unpacks to would not be held to its size
    except BROKEN_ZIP as error:
        return _damaged(error)


def _damaged(error: Exception) -> ReadError:
    if isinstance(error, NotImplementedError):
        advice = "tệp được nén theo cách chưa mở được; hãy giải nén rồi nạp thư mục đã giải nén."
        return ReadError(Refusal.NOT_A_DOCUMENT, advice)
    return ReadError(Refusal.DAMAGED, "tệp hỏng trong tệp nén; hãy nén lại từ bản gốc rồi nạp lại.")


def _name(info: zipfile.ZipInfo) -> str:
    """Return the path of a member as its author saw it, and nothing in it that leads out of the archive."""
    name = info.filename
    if not info.flag_bits & 0x800:  # not said to be UTF-8: zipfile took it for DOS text
        name = _decoded(name)
    steps = unicodedata.normalize("NFC", name).replace("\\", "/").split("/")
    kept = [step for step in steps if step not in ("", ".", "..") and not step.endswith(":")]
    return "/".join("".join(letter if letter.isprintable() else "_" for letter in step) for step in kept) or "_"


def _decoded(name: str) -> str:
    """Return a name written in UTF-8 without saying so, as macOS does, or in the code page of a Vietnamese Windows."""
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    return name if name.isascii() else legacy.repair(legacy.decode(raw)[0])[0]
