"""OLE containers made for tests."""

from __future__ import annotations

import struct


def container(streams: dict[str, bytes]) -> bytes:
    """Return an OLE container ([MS-CFB], sectors of 512 bytes) with these streams."""
    sector = 512
    padded = [data.ljust(-(-max(len(data), 4096) // sector) * sector, b"\0") for data in streams.values()]
    entries, start = [], 0
    chains: list[int] = []
    for name, data in zip(streams, padded, strict=True):
        count = len(data) // sector
        chains += [*range(start + 1, start + count), 0xFFFFFFFE]
        entries.append(
            _entry(name, 2, start, len(data), right=len(entries) + 2 if len(entries) + 1 < len(padded) else None)
        )
        start += count
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + b"".join(entries)
    directory = directory.ljust(-(-len(directory) // sector) * sector, b"\0")
    directory_at, count = start, len(directory) // sector
    chains += [*range(start + 1, start + count), 0xFFFFFFFE]
    fat_count = -(-(len(chains) + 8) // 128)
    fat_at = len(chains)
    chains += [0xFFFFFFFD] * fat_count
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(fat_count * sector, b"\xff")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, fat_count, directory_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack(f"<{fat_count}I", *range(fat_at, fat_at + fat_count))
    return header.ljust(512, b"\xff") + b"".join(padded) + directory + fat


def _entry(name: str, kind: int, start: int, size: int, *, child: int | None = None, right: int | None = None) -> bytes:
    none = 0xFFFFFFFF
    title = (name + "\0").encode("utf-16-le")
    return title.ljust(64, b"\0") + struct.pack(
        "<HBBIII36xIQ", len(title), kind, 1, none, right or none, child or none, start, size
    )
