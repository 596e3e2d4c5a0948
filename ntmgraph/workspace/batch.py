"""Many files at once: which ones a folder holds, and their readings, made side by side where that pays."""

from __future__ import annotations

import multiprocessing
import os
import signal
import stat
import threading
import traceback
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ntmgraph.authority import Authority
from ntmgraph.causes import cause
from ntmgraph.model import ReadError, Reading
from ntmgraph.text import order

if TYPE_CHECKING:
    from spacy.language import Language

# Beside the files that people mean: Word's owner file, Windows' and macOS' folder data, a note on the folder itself.
_NOT_MEANT = ("~$", ".", "thumbs.db", "desktop.ini", "readme")
# A process of its own must load the language first; below this many files that costs more than it saves.
_POOL_FROM = 60
_PROCESSES = 4
_AHEAD = 4  # files under way per process: enough to keep it busy, few enough to hold their readings in memory


@dataclass(frozen=True, slots=True)
class Read:
    """What reading one file gave: the reading, or why there is none (Vietnamese)."""

    path: Path
    reading: Reading | None
    reason: str | None = None
    refusal: str | None = None  # model.Refusal
    trouble: str | None = None  # for the log: an error of the program


def files_in(paths: Iterable[Path], *, except_in: Path | None = None) -> Iterator[Path]:
    """Yield files as given, and those of folders and their sub-folders in Vietnamese order, but for one folder's.

    What does not exist, or is a folder that cannot be opened, is yielded too: its reading says so.
    """
    closed: list[OSError] = []
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where the name is too long or may not be seen
            yield path
            continue
        for folder, folders, names in os.walk(path, onerror=closed.append):
            if except_in is not None and Path(folder).resolve() == except_in.resolve():
                folders.clear()
                continue
            folders[:] = sorted((name for name in folders if not name.startswith(".")), key=order)
            yield from (
                Path(folder, name) for name in sorted(names, key=order) if not name.lower().startswith(_NOT_MEANT)
            )
        yield from (Path(error.filename) for error in closed)
        closed.clear()


def read_one(path: Path) -> Read:
    """Return the reading of a file; whatever is wrong with it becomes a reason, never an exception."""
    if reason := _not_a_file(path):
        return Read(path, None, f"{path.name}: {reason}")
    try:
        with _READING:
            # Imported under the lock too: two threads that load spaCy at once each find it half made.
            from ingest.pipeline import read_file

            return Read(path, read_file(path, nlp=_language(), authority=_authority()))
    except ReadError as error:
        return Read(path, None, str(error), error.refusal)
    except Exception:  # noqa: BLE001 - one file must not end the taking in of the others
        reason = f"{path.name}: lỗi của chương trình khi đọc tệp này; chi tiết ghi ở nhật ký."
        return Read(path, None, reason, trouble=traceback.format_exc())


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
        _language()


def read_all(paths: list[Path]) -> Generator[Read]:
    """Yield the readings in the order of `paths`; closing the iterator ends the work that was begun."""
    processes = min(_PROCESSES, os.cpu_count() or 1)
    if len(paths) < _POOL_FROM or processes < 2:
        yield from map(read_one, paths)
        return
    waiting, under_way = deque(paths), deque[tuple[Path, Future[Read]]]()
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
                yield from map(_read_apart, [path for path, _ in under_way])
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


def _read_apart(path: Path) -> Read:
    """Return the reading of a file, also of one that ends the process that reads it."""
    with _pool(1) as pool:
        try:
            return pool.submit(read_one, path).result()
        except BrokenProcessPool:
            return Read(path, None, f"{path.name}: trình đọc dừng đột ngột ở tệp này; hãy lưu lại tệp rồi nạp lại.")


def _live_with_parent() -> None:
    """Leave Ctrl+C to the parent, and end with it, also when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


# spaCy's vocabulary grows while it reads, and is not made for several threads.
_READING = threading.Lock()


@cache
def _authority() -> Authority:
    return Authority()


@cache
def _language() -> Language:
    from ingest.language import make_language

    return make_language(_authority())
