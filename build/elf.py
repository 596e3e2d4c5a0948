"""Take one library out of those that a Linux library asks for: what would call it is left unresolved, as if absent."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

_SECTION = struct.Struct("<IIQQQQIIQQ")  # name, type, flags, address, offset, size, link, info, alignment, entry size
_SYMBOL = struct.Struct("<IBBHQQ")  # name, binding and type, visibility, section, value, size
_ENTRY = struct.Struct("<qQ")  # tag, value
_DYNAMIC, _SYMBOLS = 6, 11  # types of sections
_NEEDED, _IGNORED = 1, 0x6000000D  # tags: a library asked for; the first of those that a loader passes over
_WEAK = 2


def forget_library(path: Path, library: str, prefix: str) -> None:
    """Make `path` load without the library whose name begins with `library`, and its functions `prefix...`.

    The entry that asks for the library gets a tag that loaders pass over, and the functions, all undefined here, become
    weak: a weak one that nobody defines is no error until it is called. Raises
    ValueError where the library is not asked for.
    """
    data = bytearray(path.read_bytes())
    if data[:6] != b"\x7fELF\x02\x01":
        raise ValueError(f"{path.name}: no 64-bit little-endian ELF file")
    sections = list(_sections(data))
    found = False
    for kind, offset, size, link in sections:
        names = sections[link][1]
        if kind == _DYNAMIC:
            for at in range(offset, offset + size, _ENTRY.size):
                tag, value = _ENTRY.unpack_from(data, at)
                if tag == _NEEDED and _text(data, names + value).startswith(library):
                    _ENTRY.pack_into(data, at, _IGNORED, value)
                    found = True
        elif kind == _SYMBOLS:
            for at in range(offset, offset + size, _SYMBOL.size):
                name, info, visibility, section, value, length = _SYMBOL.unpack_from(data, at)
                if section == 0 and _text(data, names + name).startswith(prefix):
                    _SYMBOL.pack_into(data, at, name, _WEAK << 4 | info & 15, visibility, section, value, length)
    if not found:
        raise ValueError(f"{path.name} does not ask for {library}")
    path.write_bytes(data)


def _sections(data: bytearray) -> Iterator[tuple[int, int, int, int]]:
    """(type, offset, size, the section of its names) of each."""
    (start,) = struct.unpack_from("<Q", data, 0x28)
    (count,) = struct.unpack_from("<H", data, 0x3C)
    for number in range(count):
        _, kind, _, _, offset, size, link, *_ = _SECTION.unpack_from(data, start + number * _SECTION.size)
        yield kind, offset, size, link


def _text(data: bytearray, at: int) -> str:
    return data[at : data.index(0, at)].decode("ascii", "replace")
