"""The text of scans once recognised, kept beside the originals: recognition takes seconds a page, the rest does not.

A projection like graph and index: a file that is missing, damaged or of another version is made again when needed.
"""

from __future__ import annotations

import gzip
import json
import logging
import zlib
from pathlib import Path

from ingest.readers.source import Placed, Source
from ntmgraph.model import ScannedPage
from ntmgraph.workspace.journal import write_whole

log = logging.getLogger(__name__)

VERSION = 2  # of recognition: raised when the same picture would be read otherwise


def load(path: Path) -> Source | None:
    """Return what was recognised; None when it was not, or by another version."""
    try:
        kept = json.loads(gzip.decompress(path.read_bytes()))
        if kept["version"] != VERSION:
            return None
        return Source(
            text=kept["text"],
            format=kept["format"],
            sha256=kept["sha256"],
            left_out=tuple(kept["left_out"]),
            repairs=tuple(kept["repairs"]),
            title=kept["title"],
            placed=tuple(Placed(text, page, tuple(box), sure) for text, page, box, sure in kept["placed"]),
            scanned=tuple(ScannedPage(*page) for page in kept["scanned"]),
        )
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
        return None


def keep(path: Path, source: Source) -> None:
    """Keep what was recognised; where that fails, it is recognised again when next asked for."""
    record = {
        "version": VERSION,
        "text": source.text,
        "format": source.format,
        "sha256": source.sha256,
        "left_out": source.left_out,
        "repairs": source.repairs,
        "title": source.title,
        "placed": [(word.text, word.page, word.box, word.confidence) for word in source.placed],
        "scanned": [(page.number, page.width, page.height, page.turned) for page in source.scanned],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, gzip.compress(json.dumps(record, ensure_ascii=False).encode(), 6))
    except OSError:
        log.warning("keeping the recognised text of %s", path, exc_info=True)
