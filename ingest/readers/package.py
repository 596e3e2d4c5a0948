"""The parts of an Office file that is a zip of XML (.docx, .xlsx, .ods), within what one file may unpack to."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from ingest.readers.sniff import BROKEN_ZIP
from ingest.readers.source import Limits
from ntmgraph.model import ReadError, Refusal

# The strict form of the standard names the same elements by other namespaces.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")


class Package:
    """Opens parts by name; ReadError for what is broken or unpacks to too much."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits, program: str) -> None:
        self._archive = archive
        self._left = limits.unpacked
        self._tags = limits.tags
        self._program = program  # "Word", "Excel": opens such files, and can save them anew
        self.names = dict.fromkeys(archive.namelist())

    @classmethod
    @contextmanager
    def opened(cls, data: bytes, limits: Limits, program: str) -> Iterator[Package]:
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN_ZIP as error:
            raise cls._damaged(program) from error
        with archive:
            yield cls(archive, limits, program)

    def part(self, name: str) -> etree._Element | None:
        """Return the root of a part; None when there is no such part."""
        if name not in self.names:
            return None
        try:
            with self._archive.open(name) as part:
                data = part.read(self._left + 1)  # the size that the archive states may be false
            self._left -= len(data)
            self._tags -= data.count(b"<")
            if min(self._left, self._tags) < 0:
                raise ReadError(
                    Refusal.TOO_LARGE, f"tệp {self._program} bung ra quá lớn; hãy tách thành nhiều tệp rồi nạp lại."
                )
            data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data)
            return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        except (*BROKEN_ZIP, etree.XMLSyntaxError) as error:
            raise self._damaged(self._program) from error

    @staticmethod
    def _damaged(program: str) -> ReadError:
        return ReadError(
            Refusal.DAMAGED, f"tệp {program} bị hỏng; hãy mở bằng {program}, lưu thành tệp mới rồi nạp lại."
        )
