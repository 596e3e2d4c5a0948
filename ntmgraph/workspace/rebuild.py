"""Graph and index made again from the originals, as this version reads them and as people decided."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ntmgraph.model import Reading
from ntmgraph.queries import IngestRow, IngestState
from ntmgraph.workspace import batch, copies
from ntmgraph.workspace.home import Home, Rebuilding
from ntmgraph.workspace.originals import MissingFileError, Original, kept_file, standing_on

log = logging.getLogger(__name__)

OnRow = Callable[[IngestRow], None]
OnProgress = Callable[[int, int], None]  # files done, files in all

_AT_ONCE = 250  # documents written at once


def rebuild(home: Home, on_progress: OnProgress | None, on_row: OnRow | None) -> dict[str, str]:
    """Make graph and index of a workspace again, and return the documents that have another id by this version.

    `on_row` is told of each original that cannot be taken in.
    """
    with home.rebuild() as rebuilding:
        files = home.originals.files()
        read_as, needless = _fill(home, rebuilding, on_progress, on_row)
        rebuilding.finish(_restated(files, read_as, needless))
    now = {file.sha256: file.document for file in read_as}
    before = standing_on(files)
    return {id: now[file.sha256] for id, file in before.items() if now.get(file.sha256, id) != id}


def _fill(
    home: Home, rebuilding: Rebuilding, on_progress: OnProgress | None, on_row: OnRow | None
) -> tuple[list[Original], list[Original]]:
    """Write every original anew, and return them with the documents that they are read as; apart, those that are
    passed over because their document stays on a better copy."""
    files = home.originals.files()
    read_as: list[Original] = []
    needless: list[Original] = []
    standing: dict[str, Original] = {}
    waiting: list[tuple[Original, Reading]] = []

    def refuse(name: str, reason: str | None, refusal: str | None = None) -> None:
        if on_row is not None:
            on_row(IngestRow(name, IngestState.REFUSED, None, reason, refusal, 0, ()))

    def write() -> None:
        reasons = rebuilding.write([reading for _, reading in waiting])
        for (original, _), reason in zip(waiting, reasons, strict=True):
            if reason is None:
                read_as.append(original)
            else:
                refuse(original.name, f"{original.name}: {reason}")
        waiting.clear()

    for done, (file, read) in enumerate(_read_again(home, files)):
        if read.reading is None:
            log.error("reading %s: %s\n%s", file.name, read.reason, read.trouble or "")
            refuse(file.name, read.reason, read.refusal)
        else:
            original = replace(file, document=read.reading.document.id)
            if _stays_on(home, standing.get(original.document), read.reading):
                needless.append(original)
            else:
                standing[original.document] = original
                waiting.append((original, read.reading))
        if len(waiting) >= _AT_ONCE:
            write()
        if on_progress is not None:
            on_progress(done + 1, len(files))
    write()
    return read_as, needless


def _read_again(home: Home, originals: Sequence[Original]) -> Iterator[tuple[Original, batch.Read]]:
    """Yield the readings of kept files, in their order; one that is lost, or not what was taken in, has a reason."""
    there: list[batch.File] = []
    missing: dict[str, str] = {}
    for original in originals:
        try:
            there.append(kept_file(home.originals, original))
        except MissingFileError as error:
            missing[original.sha256] = str(error)
    readings = batch.read_all(there)
    for original in originals:
        if (reason := missing.get(original.sha256)) is not None:
            yield original, batch.Read(batch.File(Path(original.name), original.name, original.name), None, reason)
            continue
        read = next(readings)
        if read.reading is not None and read.reading.document.sha256 != original.sha256:
            read = batch.Read(read.file, None, home.originals.damage(original))
        yield original, read


def _stays_on(home: Home, standing: Original | None, copy: Reading) -> bool:
    if standing is None:
        return False
    reading = batch.read_one(kept_file(home.originals, standing)).reading
    return reading is not None and copies.why_kept(reading, copy, file=standing.name) is not None


def _restated(files: list[Original], read_as: list[Original], needless: list[Original]) -> list[Original]:
    """Return what the log must say further where this version reads other documents in the files than it says, or
    does not need a file.

    All files of a document concerned are said again in their order, for the last one said is the one it stands on.
    """
    said = {file.sha256: file for file in files}
    changed = [*(file for file in read_as if said[file.sha256].document != file.document), *needless]
    concerned = {file.document for file in changed} | {said[file.sha256].document for file in changed}
    withdrawn = [replace(said[file.sha256], withdrawn=True) for file in changed]
    return withdrawn + [file for file in read_as if file.document in concerned]
