"""What paragraphs and characters of a Word 97-2003 file look like: property pages, styles and fonts.

[MS-DOC] 2.6 (sprms), 2.9.33 (CHPX pages), 2.9.175 (PAPX pages), 2.9.271 (STSH), 2.9.286 (font table). Only what the
text depends on is kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.readers.word.flow import WIDEST, Row
from ingest.readers.word.word97.file import Part, WordFile, i16, u16, u32

_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes of a sprm's operand, by its top three bits; 0: it says itself
_DEF_TABLE, _CHANGE_TABS = 0xD608, 0xC615
_DEEPEST_STYLE = 30
_DEEPEST_TABLE = 20
_PAGE = 512


def sprms(grpprl: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the changes of a property list: what changes, and its operand."""
    at = 0
    while at + 2 < len(grpprl):
        sprm = u16(grpprl, at)
        at += 2
        size = _SIZES[sprm >> 13]
        if not size:
            if sprm == _DEF_TABLE:
                size, at = u16(grpprl, at) - 1, at + 2
            elif sprm == _CHANGE_TABS and grpprl[at] == 255:
                return  # its length depends on tabs; nothing that matters follows
            else:
                size, at = grpprl[at], at + 1
        yield sprm, grpprl[at : at + max(size, 0)]
        at += max(size, 0)


_NO_ROW = Row()


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look."""

    font: int | None = None  # index in the font table
    capitals: bool = False
    hidden: bool = False
    deleted: bool = False
    data: bool = False  # the character stands for a form field's data, not for a picture
    symbol: tuple[int, int] | None = None  # font, code


@dataclass(frozen=True, slots=True)
class Layout:
    """What a paragraph is."""

    style: int = 0
    in_table: bool = False
    depth: int = 0  # of tables around it; 0 also where an older program did not say
    row_end: bool = False
    cell_end: bool = False  # of a nested table, whose marks are those of paragraphs
    list: int = 0
    level: int | None = None
    row: Row = _NO_ROW

    @property
    def tables(self) -> int:
        """Return how many tables the paragraph stands in."""
        return min(max(self.depth, int(self.in_table)), _DEEPEST_TABLE)


class Pages:
    """The property pages of one kind: for each stretch of the stream its list of changes."""

    def __init__(self, file: WordFile, part: Part) -> None:
        plc = file.part(part)
        count = max((len(plc) - 4) // 8, 0)
        self._main = file.main
        self._paragraphs = part == Part.PARAGRAPH_PAGES
        self._starts = [u32(plc, 4 * index) for index in range(count + 1)]
        self._numbers = [u32(plc, 4 * (count + 1 + index)) & 0x3FFFFF for index in range(count)]
        self._read: dict[int, tuple[list[int], list[bytes]]] = {}

    def at(self, offset: int) -> tuple[int, bytes]:
        """Return where the stretch around `offset` ends, and its changes."""
        index = bisect_right(self._starts, offset) - 1
        if not 0 <= index < len(self._numbers):
            return (self._starts[0] if index < 0 and self._starts and self._numbers else 1 << 62), b""
        starts, changes = self._page(self._numbers[index])
        place = bisect_right(starts, offset) - 1
        if 0 <= place < len(changes):
            return starts[place + 1], changes[place]
        later = self._starts[index + 1] if place >= 0 else starts[0] if starts else 0
        return (later if later > offset else offset + 1), b""

    def _page(self, number: int) -> tuple[list[int], list[bytes]]:
        if number not in self._read:
            page = self._main[number * _PAGE : (number + 1) * _PAGE]
            count = page[-1] if len(page) == _PAGE else 0
            starts = [u32(page, 4 * index) for index in range(count + 1)] if count else []
            if starts != sorted(starts):
                starts, count = [], 0
            find = self._paragraph if self._paragraphs else self._character
            self._read[number] = starts, [find(page, 4 * (count + 1), index) for index in range(count)]
        return self._read[number]

    @staticmethod
    def _character(page: bytes, table: int, index: int) -> bytes:
        at = 2 * page[min(table + index, _PAGE - 1)]
        return page[at + 1 : at + 1 + page[at]] if at else b""

    @staticmethod
    def _paragraph(page: bytes, table: int, index: int) -> bytes:
        at = 2 * page[min(table + 13 * index, _PAGE - 1)]
        if not at:
            return b""
        if page[at]:
            return page[at + 1 : at + 2 * page[at]]
        return page[at + 2 : at + 2 + 2 * page[at + 1]] if at + 1 < _PAGE else b""


@dataclass(frozen=True, slots=True)
class _Style:
    base: int
    paragraph: bytes = b""
    character: bytes = b""
    table: bytes = b""


class Properties:
    """Resolves styles, pages and fast-save changes into looks and layouts."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self.fonts = tuple(_fonts(file.part(Part.FONTS)))
        self._styles, default = _styles(file.part(Part.STYLES))
        self._plain = Look(font=default)
        self._character_pages = Pages(file, Part.CHARACTER_PAGES)
        self._paragraph_pages = Pages(file, Part.PARAGRAPH_PAGES)
        self._looks: dict[tuple[int, bytes, bytes], Look] = {}
        self._layouts: dict[tuple[bytes, bytes], Layout] = {}

    def look(self, offset: int, style: int, changes: bytes) -> tuple[int, Look]:
        """Return where the run at this offset of the stream ends, and its look in a paragraph of a style."""
        end, own = self._character_pages.at(offset)
        key = style, own, changes
        if key not in self._looks:
            look = self._plain
            for inherited in self._chain(style):
                look = self._looked(look, inherited.character)
            self._looks[key] = self._looked(look, own + changes)
        return end, self._looks[key]

    def layout(self, offset: int, changes: bytes) -> Layout:
        """Return the layout of the paragraph whose mark stands at this offset of the stream."""
        _, own = self._paragraph_pages.at(offset)
        key = own, changes
        if key not in self._layouts:
            style = u16(own, 0)
            layout = Layout(style)
            for inherited in self._chain(style):
                layout = self._laid(layout, inherited.paragraph)
            self._layouts[key] = self._laid(layout, own[2:] + changes)
        return self._layouts[key]

    def font(self, index: int | None) -> str | None:
        """Return a font's name."""
        return self.fonts[index] if index is not None and index < len(self.fonts) else None

    def _chain(self, style: int) -> list[_Style]:
        """Return a style with those it is based on, the first of them first."""
        chain: list[_Style] = []
        while style < len(self._styles) and len(chain) < _DEEPEST_STYLE and (found := self._styles[style]):
            chain.insert(0, found)
            style = found.base
        return chain

    def _looked(self, look: Look, grpprl: bytes, depth: int = 0) -> Look:
        styled = look
        for sprm, operand in sprms(grpprl):
            value = operand[0] if operand else 0
            if sprm == 0x4A30 and depth == 0:  # sprmCIstd
                for inherited in self._chain(u16(operand, 0)):
                    look = self._looked(look, inherited.character, 1)
                styled = look
            elif sprm == 0x4A4F:  # sprmCRgFtc0
                look = replace(look, font=u16(operand, 0))
            elif sprm == 0x083B:  # sprmCFCaps
                look = replace(look, capitals=_toggled(value, styled.capitals))
            elif sprm == 0x083C:  # sprmCFVanish
                look = replace(look, hidden=_toggled(value, styled.hidden))
            elif sprm == 0x0800:  # sprmCFRMarkDel
                look = replace(look, deleted=bool(value))
            elif sprm == 0x0806:  # sprmCFData
                look = replace(look, data=bool(value))
            elif sprm == 0x6A09:  # sprmCSymbol
                look = replace(look, symbol=(u16(operand, 0), u16(operand, 2)))
        return look

    def _laid(self, layout: Layout, grpprl: bytes, depth: int = 0) -> Layout:
        for sprm, operand in sprms(grpprl):
            value = operand[0] if operand else 0
            if sprm == 0x2416:  # sprmPFInTable
                layout = replace(layout, in_table=bool(value))
            elif sprm in (0x2417, 0x244C):  # sprmPFTtp, sprmPFInnerTtp
                layout = replace(layout, row_end=bool(value))
            elif sprm == 0x244B:  # sprmPFInnerTableCell
                layout = replace(layout, cell_end=bool(value))
            elif sprm == 0x6649:  # sprmPItap
                layout = replace(layout, depth=min(u32(operand, 0), _DEEPEST_TABLE))
            elif sprm == 0x460B:  # sprmPIlfo
                layout = replace(layout, list=u16(operand, 0))
            elif sprm == 0x260A:  # sprmPIlvl
                layout = replace(layout, level=value)
            elif sprm in (0x6645, 0x6646) and depth == 0:  # sprmPHugePapx: the rest stands in the Data stream
                at = u32(operand, 0)
                layout = self._laid(layout, self._file.data[at + 2 : at + 2 + u16(self._file.data, at)], 1)
            elif sprm == 0x563A and u16(operand, 0) < len(self._styles):  # sprmTIstd
                for inherited in self._chain(u16(operand, 0)):
                    layout = self._laid(layout, inherited.table, 1)
            elif sprm >> 10 & 7 == 5:
                layout = replace(layout, row=_row(layout.row, sprm, operand))
        return layout


def _toggled(value: int, styled: bool) -> bool:
    return styled if value == 0x80 else not styled if value == 0x81 else bool(value)


def _row(row: Row, sprm: int, operand: bytes) -> Row:
    """Return the layout of a table's row after one change to it."""
    if sprm == _DEF_TABLE and operand:  # TDefTableOperand: boundaries of the cells, then a TC80 for each
        count = min(operand[0], WIDEST)
        cells = operand[1 + 2 * (operand[0] + 1) :]
        flags = [u16(cells, 20 * cell) for cell in range(count)]
        merged = frozenset(cell for cell, flag in enumerate(flags) if flag & 2 or flag >> 5 & 3 == 1)
        drawn = any(_drawn(cells[20 * cell + 4 : 20 * cell + 20], 4, 1) for cell in range(count))
        edges = tuple(i16(operand, 1 + 2 * edge) for edge in range(count + 1))
        return replace(row, edges=edges, merged=merged, bordered=row.bordered or drawn)
    if sprm == 0xD62B and len(operand) >= 2:  # sprmTVertMerge
        changed = {operand[0]}
        return replace(row, merged=row.merged | changed if operand[1] == 1 else row.merged - changed)
    if sprm == 0x5624:  # sprmTMerge
        return replace(
            row, merged=row.merged | set(range(operand[0] + 1, operand[1])) if len(operand) == 2 else row.merged
        )
    if sprm == 0xD605:  # sprmTTableBorders80
        return replace(row, bordered=row.bordered or _drawn(operand, 4, 1))
    if sprm == 0xD613:  # sprmTTableBorders
        return replace(row, bordered=row.bordered or _drawn(operand, 8, 5))
    if sprm == 0xD620:  # sprmTSetBrc80
        return replace(row, bordered=row.bordered or _drawn(operand[3:], 4, 1))
    if sprm == 0xD62F:  # sprmTSetBrc
        return replace(row, bordered=row.bordered or _drawn(operand[3:], 8, 5))
    return row


def _drawn(borders: bytes, size: int, kind: int) -> bool:
    return any(borders[at + kind] not in (0, 255) for at in range(0, len(borders) - size + 1, size))


def _styles(sheet: bytes) -> tuple[list[_Style | None], int | None]:
    """Return the styles by index, and the font of text without any."""
    head = u16(sheet, 0)
    count, base_size = u16(sheet, 2), u16(sheet, 4)
    default = u16(sheet, 14) if head >= 14 else None
    styles: list[_Style | None] = []
    at = 2 + head
    for _ in range(count):
        if at + 2 > len(sheet):
            break
        size = u16(sheet, at)
        styles.append(_style(sheet[at + 2 : at + 2 + size], base_size) if size else None)
        at += 2 + size
    return styles, default


def _style(std: bytes, base_size: int) -> _Style:
    kind, base = u16(std, 2) & 15, u16(std, 2) >> 4
    at = base_size + 2 + 2 * u16(std, base_size) + 2  # behind the name
    lists: list[bytes] = []
    for _ in range(min(u16(std, 4) & 15, 3)):
        at += at & 1
        size = u16(std, at)
        lists.append(std[at + 2 : at + 2 + size])
        at += 2 + size
    lists += [b""] * 3
    if kind == 1:  # paragraph
        return _Style(base, lists[0][2:], lists[1])
    if kind == 2:  # character
        return _Style(base, character=lists[0])
    if kind == 3:  # table
        return _Style(base, table=lists[0])
    return _Style(base)


def _fonts(table: bytes) -> Iterator[str]:
    at = 4
    for _ in range(u16(table, 0)):
        if at >= len(table):
            return
        size = table[at] + 1
        name = table[at + 40 : at + size].decode("utf-16-le", errors="replace")
        yield name.partition("\0")[0]
        at += size
