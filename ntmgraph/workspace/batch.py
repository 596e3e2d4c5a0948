"""Many files at once: which ones a folder holds, and their readings, made side by side where that pays."""

from __future__ import annotations

import multiprocessing
import os
import signal
import stat
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Self

from ingest.readers import DEFAULT, Source, archive, read_source
from ingest.readers.source import OnPage, StoppedError
from ntmgraph import logs
from ntmgraph.authority import catalogue
from ntmgraph.causes import cause
from ntmgraph.model import ReadError, Reading, Refusal
from ntmgraph.text import order
from ntmgraph.workspace import recognised
from ntmgraph.workspace.file_names import safe_name

if TYPE_CHECKING:
    from spacy.language import Language

# A process of its own must load the language first; below this many files that costs more than it saves.
_POOL_FROM = 60
_PROCESSES = 4
_AHEAD = 4  # files under way per process: enough to keep it busy, few enough to hold their readings in memory


@dataclass(frozen=True, slots=True)
class File:
    """A file to read: on the disk as it was given, or unpacked from an archive into a temporary folder."""

    path: Path  # where its bytes are
    shown: str  # as its user finds it: "D:/công văn/134.docx", "D:/kho.zip/Tháng 9/134.docx"
    name: str  # as messages call it: "134.docx", "kho.zip/Tháng 9/134.docx"
    refused: tuple[Refusal, str] | None = None  # why an archive gave no bytes for it
    recognised: Path | None = None  # where the text of a scan is kept once it is recognised
    taken_at: datetime | None = None  # when another workspace took it in, from which it is carried

    @classmethod
    def at(cls, path: Path) -> Self:
        return cls(path, str(path), path.name)

    @property
    def own_name(self) -> str:
        """The name that the file itself has, wherever it lies."""
        return PurePosixPath(self.name).name


@dataclass(frozen=True, slots=True)
class Read:
    """What reading one file gave: the reading, or why there is none (Vietnamese)."""

    file: File
    reading: Reading | None
    reason: str | None = None
    refusal: str | None = None  # model.Refusal
    trouble: str | None = None  # for the log: an error of the program
    stopped: bool = False  # whoever asked for it wants it no longer


def files_in(paths: Iterable[Path], *, unpack_to: Path, except_in: Path | None = None) -> Iterator[File]:
    """Yield files as given, and those of folders and their sub-folders in Vietnamese order, but for one folder's.

    Instead of an archive come the files in it, unpacked into a folder that the caller removes when they are read.
    What does not exist, or is a folder that cannot be opened, is yielded too: its reading says so.
    """
    closed: list[OSError] = []
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where the name is too long or may not be seen
            yield from as_given(path, unpack_to=unpack_to)
            continue
        for folder, folders, names in os.walk(path, onerror=closed.append):
            if except_in is not None and Path(folder).resolve() == except_in.resolve():
                folders.clear()
                continue
            folders[:] = sorted((name for name in folders if not name.startswith(".")), key=order)
            for name in sorted(names, key=order):
                if not name.lower().startswith(archive.NOT_MEANT):
                    yield from as_given(Path(folder, name), unpack_to=unpack_to)
        yield from (File.at(Path(error.filename)) for error in closed)
        closed.clear()


def as_given(path: Path, *, unpack_to: Path) -> Iterator[File]:
    """Yield a file as it is, or instead of an archive the files in it."""
    if not archive.is_archive(path):
        yield File.at(path)
        return
    whole = File.at(path)
    empty = True
    try:
        for member in archive.members(path):
            empty = False
            # A folder for each: members in folders of one name may differ only in what an operating system ignores.
            folder = Path(tempfile.mkdtemp(dir=unpack_to))
            unpacked = File(
                folder / safe_name(member.name), f"{whole.shown}/{member.name}", f"{whole.name}/{member.name}"
            )
            if isinstance(member.data, ReadError):
                unpacked = replace(unpacked, refused=(member.data.refusal, str(member.data)))
            else:
                unpacked.path.write_bytes(member.data)
            yield unpacked
    except ReadError as error:
        yield replace(whole, refused=(error.refusal, str(error)))
    except OSError as error:
        why = f"không giải nén được ({cause(error)}); hãy xem chỗ trống của ổ đĩa rồi nạp lại."
        yield replace(whole, refused=(Refusal.DAMAGED, why))
    else:
        if empty:
            yield replace(whole, refused=(Refusal.EMPTY, "tệp nén không có văn bản nào; hãy kiểm tra lại bản gốc."))


def read_one(file: File, on_page: OnPage | None = None) -> Read:
    """Return the reading of a file; whatever is wrong with it becomes a reason, never an exception.

    `on_page` is called before each page of a scan; a StoppedError that it raises ends the reading.
    """
    if file.refused is not None:
        refusal, why = file.refused
        return Read(file, None, f"{file.name}: {why}", refusal)
    if reason := _not_a_file(file.path):
        return Read(file, None, f"{file.name}: {reason}")
    try:
        with _READING:
            # Imported under the lock too: two threads that load spaCy at once each find it half made.
            from ingest.pipeline import read

            language = _language()
        source = _source(file, on_page)  # without the lock: recognition takes long, and others want to read meanwhile
        with _READING:
            return Read(file, read(source, nlp=language, authority=catalogue()))
    except StoppedError:
        return Read(file, None, stopped=True)
    except ReadError as error:
        return Read(file, None, str(error), error.refusal)
    except Exception as error:  # noqa: BLE001 - one file must not end the taking in of the others
        reason = f"{file.name}: lỗi của chương trình khi đọc tệp này; chi tiết ghi ở nhật ký."
        return Read(file, None, reason, trouble=logs.trace(error))


def _source(file: File, on_page: OnPage | None) -> Source:
    if file.recognised is not None and (known := recognised.load(file.recognised)) is not None:
        return known
    source = read_source(file.path, limits=replace(DEFAULT, on_page=on_page), name=file.name)
    if source.scanned and file.recognised is not None:
        recognised.keep(file.recognised, source)
    return source


def _not_a_file(path: Path) -> str | None:
    """Return why a path cannot be read as a file; None when it can be tried."""
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            next(path.iterdir(), None)  # raises where the folder is closed to us
            return "là thư mục, không phải tệp; hãy nêu từng tệp trong đó."
    except FileNotFoundError:
        return f"không tìm thấy tệp {path}; hãy kiểm tra lại đường dẫn."
    except (OSError, ValueError) as error:
        why = cause(error) if isinstance(error, OSError) else "tên có ký tự không dùng được"
        return f"không mở được {path} ({why}); hãy kiểm tra lại đường dẫn và quyền đọc."
    return None if stat.S_ISREG(kind) else "không phải là tệp thường; hãy bỏ khỏi danh sách."


def warm_up() -> None:
    """Load what reading needs, so that the first document shown does not wait for it."""
    with _READING:
        from ingest.pipeline import read
        from ingest.readers import Source

        # Much of it is made when first needed: what stages look for, compiled; the names of all units, sorted.
        read(Source(_SHORT, "txt", ""), nlp=_language(), authority=catalogue())


def read_all(files: list[File], on_page: Callable[[File], OnPage] | None = None) -> Generator[Read]:
    """Yield the readings in the order of `files`; closing the iterator ends the work that was begun.

    `on_page` gives what is called before each page of a scan; of many files, read side by side, nothing is told.
    """
    processes = min(_PROCESSES, os.cpu_count() or 1)
    if len(files) < _POOL_FROM or processes < 2:
        yield from (read_one(file, on_page and on_page(file)) for file in files)
        return
    waiting, under_way = deque(files), deque[tuple[File, Future[Read]]]()
    pool = _pool(processes)
    try:
        while waiting or under_way:
            try:
                while waiting and len(under_way) < processes * _AHEAD:
                    under_way.append((waiting[0], pool.submit(read_one, waiting[0])))
                    waiting.popleft()
                read = under_way[0][1].result()
            except BrokenProcessPool:
                # One of those under way ended its process, none says which: each is read in a process of its own.
                pool.shutdown()
                yield from map(_read_apart, [file for file, _ in under_way])
                under_way.clear()
                pool = _pool(processes)
            else:
                under_way.popleft()
                yield read
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(processes: int) -> ProcessPoolExecutor:
    # Not forked: the server's threads and the graph's files must not be copied into the helpers.
    return ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), initializer=_live_with_parent)


def _read_apart(file: File) -> Read:
    """Return the reading of a file, also of one that ends the process that reads it."""
    with _pool(1) as pool:
        try:
            return pool.submit(read_one, file).result()
        except BrokenProcessPool:
            return Read(file, None, f"{file.name}: trình đọc dừng đột ngột ở tệp này; hãy lưu lại tệp rồi nạp lại.")


def _live_with_parent() -> None:
    """Leave Ctrl+C to the parent, and end with it, also when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


_SHORT = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: 1/UBND-NLN
Lào Cai, ngày 02 tháng 01 năm 2020
V/v thực hiện Quyết định số 2/QĐ-UBND ngày 01/01/2020

Kính gửi: Các sở, ngành tỉnh.

1. Sở Tài chính chủ trì, phối hợp với UBND xã Phú Nhuận thực hiện tiêu chí số 17 đạt 80%, xong trước ngày 30/6/2020.

TM. ỦY BAN NHÂN DÂN
"""
# spaCy's vocabulary grows while it reads, and is not made for several threads.
_READING = threading.Lock()


@cache
def _language() -> Language:
    from ingest.language import make_language

    return make_language(catalogue())
