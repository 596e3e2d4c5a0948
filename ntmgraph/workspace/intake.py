"""Taking in: originals first, then graph and index, in batches small enough that a dropped file is seen at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from ntmgraph.causes import cause
from ntmgraph.model import Document
from ntmgraph.queries import DocumentName, IngestRow, IngestState
from ntmgraph.store import GraphStore
from ntmgraph.workspace import batch, copies, documents
from ntmgraph.workspace.builds import Build
from ntmgraph.workspace.originals import FileChangedError, Original, Originals, now

log = logging.getLogger(__name__)

OnRow = Callable[[IngestRow], None]

_BATCH = 32  # documents written between two commits of the index
_BATCH_SECONDS = 0.5  # a file is found within this time of its reading, however many others come with it


class Intake:
    """One taking in: documents are written in batches, and the rows of a batch are told when it can be asked."""

    def __init__(self, build: Build, originals: Originals, on_row: OnRow | None) -> None:
        self.rows: list[IngestRow] = []
        self._build = build
        self._originals = originals
        self._on_row = on_row
        self._waiting: list[batch.Read] = []
        self._since = time.monotonic()

    def add(self, read: batch.Read) -> None:
        """Take one more file; a bad one becomes a row in its turn."""
        self._waiting.append(read)
        if len(self._waiting) >= _BATCH or time.monotonic() - self._since > _BATCH_SECONDS:
            self.write()

    def add_again(self, file: batch.File, sha256: str) -> None:
        """Take a file whose bytes came before, in this taking in or an earlier one."""
        self.write()
        known = self._originals.of_hash(sha256)
        if known is None:  # they were refused, or its document stayed on a better copy
            self.add(batch.read_one(file))
            return
        standing = self._originals.of_document(known.document)
        reason = None
        if standing is not None and standing.sha256 != sha256:
            reason = f"Tệp này đã nạp trước đây; văn bản nay theo tệp nạp sau nó là {standing.name}."
        name = _known_name(self._build.graph, known.document)
        self._tell(IngestRow(file.shown, IngestState.UNCHANGED, name, reason, None, 0, ()))

    def write(self) -> None:
        """Write what waits: originals and their log, then the graph, then the index."""
        reads, self._waiting = self._waiting, []
        rows: list[IngestRow] = []
        taken: list[tuple[int, Original]] = []
        latest: dict[str, batch.Read] = {}  # of each document in this batch: what it stands on next
        for number, read in enumerate(reads):
            rows.append(self._needless(read, latest) or self._keep(read))
            if read.reading is not None and rows[number].state is IngestState.NEW:
                document = read.reading.document
                latest[document.id] = read
                taken.append((number, Original(document.sha256, read.file.own_name, document.id, now())))
        if taken:
            standing = {original.document: self._originals.of_document(original.document) for _, original in taken}
            end = self._originals.record(original for _, original in taken)
            for number, original in taken:
                before = standing[original.document]
                reason = self._build.write(reads[number])
                if reason is None:
                    rows[number] = replace(rows[number], state=IngestState.REPLACED if before else IngestState.NEW)
                    standing[original.document] = original
                else:
                    rows[number] = _refused(rows[number], reason)
                    end = self._withdraw(original, before)
            self._build.reach(end)
        for row in rows:
            self._tell(row)
        self._since = time.monotonic()

    def _withdraw(self, original: Original, before: Original | None) -> int:
        """Take back a file that could not be written; its document stands on what it stood on before, if anything."""
        withdrawn = replace(original, withdrawn=True)
        end = self._originals.record([withdrawn] if before is None else [withdrawn, before])
        if before is None:
            self._build.remove(original.document)
        else:
            self._build.write(batch.read_one(self._originals.file(before)))
        return end

    def _needless(self, read: batch.Read, latest: Mapping[str, batch.Read]) -> IngestRow | None:
        """Return the row of a file whose document stays on a copy that is better or the same; None for any other."""
        if read.reading is None:
            return None
        id = read.reading.document.id
        standing = latest.get(id)
        if standing is None and (original := self._originals.of_document(id)) is not None:
            standing = batch.read_one(self._originals.file(original))
        if standing is None or standing.reading is None:
            return None
        reason = copies.why_kept(standing.reading, read.reading, file=standing.file.own_name)
        if reason is None:
            return None
        name = _name(standing.reading.document)
        return IngestRow(read.file.shown, IngestState.UNCHANGED, name, reason, None, 0, ())

    def _keep(self, read: batch.Read) -> IngestRow:
        """Keep the file of a reading and return its row, still called new."""
        if read.trouble:
            log.error("reading %s\n%s", read.file.shown, read.trouble)
        row = _row(read)
        if read.reading is not None:
            try:
                self._originals.keep(read.file.path, read.reading.document.sha256, read.file.own_name)
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
