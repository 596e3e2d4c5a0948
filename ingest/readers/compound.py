"""The streams of an OLE container, which every Office file before 2007 is, and every encrypted one since."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager

import olefile

# What olefile trips over in a broken container.
_BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, struct.error, RecursionError)


class BrokenContainerError(Exception):
    """A container whose tables lead nowhere, or state more than it holds."""


def names(data: bytes) -> frozenset[str]:
    """Return the names of the streams at the root, not those of objects embedded in the file."""
    with _opened(data) as container:
        return frozenset(path[0] for path in container.listdir() if len(path) == 1)


def streams(data: bytes, *wanted: str) -> dict[str, bytes]:
    """Return those of the wanted streams that the container has."""
    with _opened(data) as container:
        found: dict[str, bytes] = {}
        for name in filter(container.exists, wanted):
            if container.get_size(name) > len(data):
                raise BrokenContainerError(name)
            found[name] = bytes(container.openstream(name).read())
        return found


@contextmanager
def _opened(data: bytes) -> Iterator[olefile.OleFileIO]:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            yield container
    except _BROKEN as error:
        raise BrokenContainerError(str(error)) from error
