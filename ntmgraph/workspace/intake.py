"""Taking in: originals first, then graph and index, in batches small enough that a dropped file is seen at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.readers import DEFAULT
from ingest.readers.source import StoppedError
from ntmgraph.causes import cause
from ntmgraph.model import Document, Reading
from ntmgraph.queries import DocumentName, IngestRow, IngestState
from ntmgraph.store import GraphStore
from ntmgraph.workspace import batch, copies, documents, errors
from ntmgraph.workspace.home import ChangedMeanwhileError, Home, Taken
from ntmgraph.workspace.originals import FileChangedError, MissingFileError, Original, hash_of, kept_file, now

log = logging.getLogger(__name__)

OnRow = Callable[[IngestRow], None]
OnProgress = Callable[[int, int], None]  # files done, files in all
OnScannedPage = Callable[[str, int, int], None]  # name of a file, its pages recognised, those to recognise

_BATCH = 32  # documents written between two commits of the index
_BATCH_SECONDS = 0.5  # a file is found within this time of its reading, however many others come with it
# Of a whole archive of years nobody waits for a single file; large batches are written several times as fast.
_MANY = 1000  # files
_LARGE_BATCH = 250
_LARGE_BATCH_SECONDS = 60.0
_TRIES = 5  # where others take in the same documents at the same time


def take_in(
    home: Home,
    files: list[batch.File],
    *,
    on_row: OnRow | None = None,
    on_progress: OnProgress | None = None,
    on_page: OnScannedPage | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[IngestRow]:
    """Take in files and return what became of each, in their order; see `Workspace.ingest`."""

    def watch(file: batch.File) -> Callable[[int, int], None]:
        def page(done: int, total: int) -> None:
            if cancelled is not None and cancelled():
                raise StoppedError
            if on_page is not None:
                on_page(file.own_name, done, total)

        return page

    intake = Intake(home, on_row, files=len(files))
    hashes = [_hash_or_none(file.path) for file in files]
    seen: set[str] = set()  # the same bytes under a second name are not read again
    known: list[str | None] = []  # for each file: the hash of its bytes when they came before
    for digest in hashes:
        came_before = digest is not None and (digest in seen or home.originals.of_hash(digest) is not None)
        known.append(digest if came_before else None)
        seen.add(digest or "")
    new = [
        replace(file, recognised=home.originals.recognised(found)) if found else file
        for file, found, digest in zip(files, hashes, known, strict=True)
        if digest is None
    ]
    readings = batch.read_all(new, watch)
    if on_progress is not None:
        on_progress(0, len(files))
    for done, (file, digest) in enumerate(zip(files, known, strict=True)):
        if cancelled is not None and cancelled():
            break
        if digest is None:
            read = next(readings)
            if read.stopped:
                break
            intake.add(read)
        else:
            intake.add_again(file, digest)
        if on_progress is not None:
            on_progress(done + 1, len(files))
    readings.close()
    intake.write()
    return intake.rows


class Intake:
    """One taking in: documents are written in batches, and the rows of a batch are told when it can be asked.

    files: how many are to come; of very many, the batches are larger.
    """

    def __init__(self, home: Home, on_row: OnRow | None, *, files: int) -> None:
        self.rows: list[IngestRow] = []
        self._home = home
        self._on_row = on_row
        self._batch, self._seconds = (_BATCH, _BATCH_SECONDS) if files < _MANY else (_LARGE_BATCH, _LARGE_BATCH_SECONDS)
        self._waiting: list[batch.Read] = []
        self._since = time.monotonic()

    def add(self, read: batch.Read) -> None:
        """Take one more file; a bad one becomes a row in its turn."""
        self._waiting.append(read)
        if len(self._waiting) >= self._batch or time.monotonic() - self._since > self._seconds:
            self.write()

    def add_again(self, file: batch.File, sha256: str) -> None:
        """Take a file whose bytes came before, in this taking in or an earlier one."""
        self.write()
        known = self._home.originals.of_hash(sha256)
        if known is None:  # they were refused, or its document stayed on a better copy
            self.add(batch.read_one(file))
            return
        self._mend(known, file)
        standing = self._home.originals.of_document(known.document)
        reason = None
        if standing is not None and standing.sha256 != sha256:
            reason = f"Tệp này đã nạp trước đây; văn bản nay theo tệp nạp sau nó là {standing.name}."
        name = _known_name(self._home.graph, known.document)
        self._tell(IngestRow(file.shown, IngestState.UNCHANGED, name, reason, None, 0, (), same_as=known.name))

    def _mend(self, known: Original, file: batch.File) -> None:
        """Keep the bytes of a file again where the copy of them was lost or damaged."""
        if self._home.originals.damage(known) is not None:
            log.warning("%s is kept again", known.name)
            try:
                self._home.originals.restore(file.path, known.sha256, known.name)
            except (FileChangedError, OSError):
                log.exception("keeping %s again", known.name)

    def write(self) -> None:
        """Write what waits: originals and their log, then the graph, then the index."""
        reads, self._waiting = self._waiting, []
        for tries in range(_TRIES):
            try:
                rows = self._write(reads)
                break
            except ChangedMeanwhileError:  # look again at what their documents stand on
                if tries == _TRIES - 1:
                    raise errors.busy(self._home.where) from None
        for row in rows:
            self._tell(row)
        self._since = time.monotonic()

    def _write(self, reads: list[batch.Read]) -> list[IngestRow]:
        rows: list[IngestRow] = []
        taken: list[tuple[int, Taken]] = []
        latest: dict[str, _Standing] = {}  # of each document in this batch: what it stands on next
        for number, read in enumerate(reads):
            if read.reading is None:
                rows.append(self._keep(read))
                continue
            document = read.reading.document
            before = self._home.originals.of_document(document.id)
            standing = latest.get(document.id) or self._standing(before)
            later = standing if standing is not None and standing.came_after(read.file, read.reading) else None
            needless = _needless(read.file, read.reading, standing) if standing is not None and later is None else None
            rows.append(needless or self._keep(read))
            if rows[number].state is not IngestState.NEW:
                continue
            at = read.file.taken_at or max(now(), before.at if before is not None else now())  # clocks differ
            original = Original(document.sha256, read.file.own_name, document.id, at)
            taken.append((number, Taken(original, read.reading, before)))
            if later is not None:
                name = later.original.name
                why = f"Văn bản vẫn theo tệp {name}, nạp sau tệp này."
                rows[number] = replace(rows[number], state=IngestState.UNCHANGED, reason=why, same_as=name)
                taken.append((number, Taken(later.original, later.reading, before)))  # last: it stands on this
                continue
            replaced = latest[document.id].original if document.id in latest else before
            if replaced is not None:
                rows[number] = replace(rows[number], state=IngestState.REPLACED, same_as=replaced.name)
            latest[document.id] = _Standing(original, read.reading)
        reasons = self._home.write([each for _, each in taken])
        for (number, _), reason in zip(taken, reasons, strict=True):
            if reason is not None:
                rows[number] = _refused(rows[number], f"{reads[number].file.name}: {reason}")
        return rows

    def _standing(self, original: Original | None) -> _Standing | None:
        """Return the file that a document stands on with its reading; None where there is none, or it is lost."""
        if original is None:
            return None
        with suppress(MissingFileError):  # a copy that is lost is no better one
            reading = batch.read_one(kept_file(self._home.originals, original)).reading
            if reading is not None:
                return _Standing(original, reading)
        return None

    def _keep(self, read: batch.Read) -> IngestRow:
        """Keep the file of a reading and return its row, still called new."""
        if read.trouble:
            log.error("reading %s\n%s", read.file.shown, read.trouble)
        row = _row(read)
        if read.reading is not None:
            try:
                self._home.originals.keep(read.file.path, read.reading.document.sha256, read.file.own_name)
            except FileChangedError:
                return _refused(row, f"{read.file.name}: tệp bị sửa trong khi đang nạp; hãy lưu, đóng tệp rồi nạp lại.")
            except OSError as error:
                return _refused(
                    row,
                    f"{read.file.name}: không chép được vào kho ({cause(error)}); "
                    "hãy xem quyền ghi và chỗ trống của ổ đĩa rồi nạp lại.",
                )
        return row

    def _tell(self, row: IngestRow) -> None:
        self.rows.append(row)
        if self._on_row is not None:
            self._on_row(row)


@dataclass(frozen=True, slots=True)
class _Standing:
    """A file that a document stands on."""

    original: Original
    reading: Reading

    def came_after(self, file: batch.File, reading: Reading) -> bool:
        """Return whether another file that is carried here had been taken in before it, and was replaced by it then."""
        return (
            file.taken_at is not None
            and file.taken_at < self.original.at
            and copies.why_kept(reading, self.reading, file=self.original.name) is None
        )


def _needless(file: batch.File, reading: Reading, standing: _Standing) -> IngestRow | None:
    """Return the row of a file whose document stays on a copy that is better or the same; None for any other."""
    reason = copies.why_kept(standing.reading, reading, file=standing.original.name)
    if reason is None:
        return None
    name = _name(standing.reading.document)
    same_as = standing.original.name
    return IngestRow(file.shown, IngestState.UNCHANGED, name, reason, None, 0, (), same_as=same_as)


def _row(read: batch.Read) -> IngestRow:
    if read.reading is None:
        return IngestRow(read.file.shown, IngestState.REFUSED, None, read.reason, read.refusal, 0, ())
    reading = read.reading
    return IngestRow(
        path=read.file.shown,
        state=IngestState.NEW,
        document=_name(reading.document),
        reason=None,
        refusal=None,
        issues=len(reading.issues),
        left_out=reading.left_out,
        tasks=len(reading.tasks),
        deadlines=len(reading.deadlines),
        results=len(reading.results),
    )


def _refused(row: IngestRow, reason: str) -> IngestRow:
    return IngestRow(row.path, IngestState.REFUSED, None, reason, None, 0, ())


def _known_name(graph: GraphStore, id: str) -> DocumentName:
    row = documents.document(graph, id)
    if row is None:
        return DocumentName(id, None, None, None)
    return DocumentName(row.id, row.number, row.date, row.issuer, row.type, row.subject)


def _name(document: Document) -> DocumentName:
    known = (document.id, document.number, document.date, document.issuer, document.type, document.subject)
    return DocumentName(*known, state=document.state)


def _hash_or_none(path: Path) -> str | None:
    """Return the hash of a file, None where its reading will say what is wrong with it."""
    try:
        return hash_of(path) if path.is_file() and path.stat().st_size <= DEFAULT.bytes else None
    except OSError:
        return None
