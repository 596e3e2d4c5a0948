"""What the originals say, without decisions, and how their scanned pages look; the last ones are remembered."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from pathlib import Path
from typing import TypeVar

from ntmgraph.model import Reading
from ntmgraph.workspace import batch, errors
from ntmgraph.workspace.home import Home
from ntmgraph.workspace.originals import MissingFileError, Original, kept_file

log = logging.getLogger(__name__)

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

_PICTURES = 24  # of pages, kept in memory; half a megabyte each
_READINGS = 8  # kept in memory for pages that show one document in several steps


class Readings:
    """The readings of a home's originals by the id of their document. Safe to use from several threads.

    KeyError for a document that was not taken in.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._remembering = threading.Lock()
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._pictures: OrderedDict[tuple[str, int], bytes] = OrderedDict()

    def original(self, document: str) -> Original:
        """Return the file that a document stands on."""
        original = self._home.originals.of_document(document)
        if original is None:
            raise KeyError(document)
        return original

    def path(self, document: str) -> Path:
        """Return where the kept file of a document lies."""
        original = self.original(document)
        return self._home.originals.path(original.sha256, original.name)

    def of(self, document: str) -> Reading:
        """Return what the original of a document says. Raises UnreachableError."""
        read = self.read(document)
        if isinstance(read, str):
            raise errors.UnreachableError(read)
        with self._remembering:
            _remember(self._readings, self.original(document).sha256, read, _READINGS)
        return read

    def read(self, document: str) -> Reading | str:
        """Return what the original of a document says, or why it cannot be read; remembered ones are not read anew."""
        return self._readings.get(self.original(document).sha256) or self.anew(document)

    def anew(self, document: str) -> Reading | str:
        """Return what the original of a document says to this version, or why it cannot be read."""
        try:
            read = batch.read_one(kept_file(self._home.originals, self.original(document)))
        except MissingFileError as error:
            return str(error)
        if read.reading is None:
            log.error("reading of %s: %s\n%s", document, read.reason, read.trouble or "")
            return read.reason or document
        return read.reading

    def forget(self, sha256: str | None = None) -> None:
        """Let an original be read anew (None: all of them): it may say something else by now."""
        with self._remembering:
            if sha256 is None:
                self._readings.clear()
            else:
                self._readings.pop(sha256, None)

    def picture(self, document: str, page: int) -> bytes:
        """Return the picture of a scanned page, upright, as PNG. KeyError for a page that is no scan, ReadError."""
        key = self.original(document).sha256, page
        known = self._pictures.get(key)
        if known is None:
            turned = {each.number: each.turned for each in self.of(document).scanned_pages}[page]
            from ingest.readers.scan.pictures import page_picture  # what scans need is heavy

            known = page_picture(self.path(document).read_bytes(), page, turned=turned)
        with self._remembering:
            _remember(self._pictures, key, known, _PICTURES)
        return known


def _remember(known: OrderedDict[_Key, _Value], key: _Key, value: _Value, most: int) -> None:
    known[key] = value
    known.move_to_end(key)
    while len(known) > most:
        known.popitem(last=False)
