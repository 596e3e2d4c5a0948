"""The automatic numbering of a Word 97-2003 file: [MS-DOC] 2.9.190 (PlfLst) and 2.9.189 (PlfLfo)."""

from __future__ import annotations

from ingest.readers.word.numbering import LONGEST, Level, NumberedList, Numbering
from ingest.readers.word.word97.file import Part, WordFile, u16, u32

_FORMATS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero",
    23: "bullet", 255: "none",
}  # fmt: skip
_LEVELS = 9
MOST_LISTS = 0x07FE  # a higher index says that a paragraph once was in a list


def numbering(file: WordFile) -> Numbering:
    """Return the lists of a file, by the index that paragraphs name them by (1 the first)."""
    definitions = _definitions(file)
    overrides = file.part(Part.LIST_OVERRIDES)
    lists: dict[str, NumberedList] = {}
    count = min(u32(overrides, 0), len(overrides) // 16)
    at = 4 + 16 * count
    for index in range(min(count, MOST_LISTS)):
        lfo = 4 + 16 * index
        levels, counters = definitions.get(u32(overrides, lfo), ({}, {}))
        made = NumberedList(dict(levels), counters)
        at += 4
        for _ in range(overrides[lfo + 12] if lfo + 12 < len(overrides) else 0):
            start, flags = u32(overrides, at), u32(overrides, at + 4)
            place = flags & 15
            at += 8
            if flags & 0x20:  # fFormatting: a level of its own
                made.levels[place], at = _level(overrides, at)
            elif flags & 0x10:  # fStartAt
                made.restarts[place] = start
        lists[str(index + 1)] = made
    return Numbering(lists)


def _definitions(file: WordFile) -> dict[int, tuple[dict[int, Level], dict[int, int]]]:
    heads = file.part(Part.LISTS)
    body = file.behind(Part.LISTS)  # the levels stand behind what the FIB counts
    found: dict[int, tuple[dict[int, Level], dict[int, int]]] = {}
    at = 0
    for index in range(min(u16(heads, 0), len(heads) // 28)):
        head = 2 + 28 * index
        levels: dict[int, Level] = {}
        simple = heads[head + 26 : head + 27] not in (b"", b"\0") and heads[head + 26] & 1
        for place in range(1 if simple else _LEVELS):
            levels[place], at = _level(body, at)
        found[u32(heads, head)] = levels, {}
    return found


def _level(data: bytes, at: int) -> tuple[Level, int]:
    """Return the level at an offset, and where it ends."""
    head = data[at : at + 28].ljust(28, b"\0")
    at += 28 + head[24] + head[25]
    length = u16(data, at)
    text = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", errors="replace")
    label = "".join(f"%{ord(char) + 1}" if ord(char) < _LEVELS else char for char in text)
    level = Level(min(u32(head, 0), 99_999), _FORMATS.get(head[4], "decimal"), label[:LONGEST], bool(head[5] & 4))
    return level, at + 2 + 2 * length
