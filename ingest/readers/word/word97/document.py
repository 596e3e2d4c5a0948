"""The text of a Word 97-2003 file as it stands on the page when all tracked changes are accepted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.readers.runs import Run, joined, symbol
from ingest.readers.word import flow
from ingest.readers.word.flow import DEEPEST_FIELD, SOFT_HYPHEN, LeftOut, Paragraph
from ingest.readers.word.numbering import DEEPEST
from ingest.readers.word.word97.drawings import Drawings
from ingest.readers.word.word97.file import Part, Piece, Story, WordFile, spans, u16, u32
from ingest.readers.word.word97.lists import MOST_LISTS, numbering
from ingest.readers.word.word97.properties import Layout, Look, Properties

_PICTURE, _NOTE, _SHAPE = "\x01", "\x02", "\x08"
_FIELD, _RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_ENDS = re.compile("[\r\x07\x0c]")
_MARKS = re.compile("[(\x01-\x08\x13-\x15]")  # "(" stands for a sign of a symbol font
_WRITTEN = dict.fromkeys(range(0x20)) | {0x09: " ", 0x0B: "\n", 0x0C: "\n", 0x0E: "\n", 0x1E: "-", 0x1F: SOFT_HYPHEN}
_LONGEST_CODE = 1000  # characters of a field's code; what it does stands at its start
_NOTE_SEPARATORS = 6  # texts of the header story that stand before those of the sections
_HEADS_AND_FEET = ("đầu trang", "đầu trang", "chân trang", "chân trang", "đầu trang", "chân trang")

_Segment = tuple[Piece, int, str]  # piece, position of the first character, characters


@dataclass(slots=True)
class _Field:
    """A field that is open: first its code, which is not shown, then its result."""

    code: str = ""
    in_result: bool = False

    @property
    def embeds(self) -> bool:
        return self.code.lstrip().upper().startswith("EMBED")


@dataclass(slots=True)
class _Walk:
    """What goes on from one paragraph of a story into the next."""

    fields: list[_Field] = field(default_factory=list)
    carried: list[Run] = field(default_factory=list)  # of a paragraph whose end was deleted

    @property
    def shown(self) -> bool:
        return all(open_.in_result for open_ in self.fields)


@dataclass(slots=True)
class _Open:
    """A paragraph being read."""

    runs: list[Run]
    notes: list[tuple[str, tuple[int, int]]] = field(default_factory=list)  # mark, where the note stands
    boxes: list[tuple[int, int]] = field(default_factory=list)
    deleted: bool = False  # its mark


class Document:
    """Walks the stories of a file, keeping the counters of lists and notes."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._properties = Properties(file)
        self._numbering = numbering(file)
        self._drawings = Drawings(file)
        self._notes = _notes(file, Part.FOOTNOTE_MARKS, Part.FOOTNOTES, Story.FOOTNOTES)
        self._notes |= _notes(file, Part.ENDNOTE_MARKS, Part.ENDNOTES, Story.ENDNOTES)
        self._own_marks = sorted(mark for mark, (automatic, _) in self._notes.items() if not automatic)
        sections = file.part(Part.SECTIONS)
        self._sections = {u32(sections, 4 * index) for index in range(1, max(len(sections) - 4, 0) // 16 + 1)}
        self._noted = 0
        self._left_out = LeftOut()
        self.repairs: dict[str, None] = {}

    def text(self) -> str:
        """Return the body: paragraphs and tables in order, notes behind the paragraph that refers to them, text boxes
        behind the one that they are fixed to."""
        blocks = self._blocks(self._file.span(Story.BODY))
        blocks += [line for span in self._drawings.loose() for line in self._blocks(span)]
        return "".join(f"{block}\n\n" for block in blocks)

    def left_out(self) -> Iterator[str]:
        """Yield, in Vietnamese, what the text does not hold."""
        self._left_out.comments = max(len(self._file.part(Part.COMMENT_MARKS)) - 4, 0) // 34
        self._left_out.images += self._drawings.pictures
        yield from self._left_out.words()
        said: dict[str, None] = {}
        for index, span in enumerate(spans(self._file.part(Part.HEADERS)[:-4], 0, self._file.span(Story.HEADERS))):
            if index >= _NOTE_SEPARATORS:
                where = _HEADS_AND_FEET[(index - _NOTE_SEPARATORS) % len(_HEADS_AND_FEET)]
                if words := flow.head_or_foot(where, " ".join(self._blocks(span))):
                    said[words] = None
        yield from said

    def _blocks(self, span: tuple[int, int]) -> list[str]:
        return list(flow.blocks(self._paragraphs(*span)))

    def _paragraphs(self, start: int, end: int) -> Iterator[Paragraph]:
        walk = _Walk()
        segments: list[_Segment] = []
        for piece, begin, stop in self._file.stretches(start, end):
            text = self._file.text(piece, begin, stop)
            at = 0
            for mark in _ENDS.finditer(text):
                if mark.group() == "\x0c" and begin + mark.end() not in self._sections:
                    continue  # ends a page, not a paragraph
                segments.append((piece, begin + at, text[at : mark.end()]))
                yield from self._paragraph(segments, walk)
                segments = []
                at = mark.end()
            if at < len(text):
                segments.append((piece, begin + at, text[at:]))
        if segments:
            yield from self._paragraph(segments, walk)
        if text := joined(walk.carried, self.repairs).strip():
            yield Paragraph([flow.paragraph_text(text)])

    def _paragraph(self, segments: list[_Segment], walk: _Walk) -> Iterator[Paragraph]:
        piece, at, text = segments[-1]
        layout = self._properties.layout(piece.offset(at + len(text) - 1), piece.changes)
        ends_cell = layout.cell_end or (text.endswith("\x07") and not layout.row_end)
        open_ = _Open(walk.carried)
        walk.carried = []
        for segment in segments:
            self._read(segment, layout.style, open_, walk)
        words = ""
        if open_.deleted and not (ends_cell or layout.row_end):
            walk.carried = open_.runs
        else:
            words = joined(open_.runs, self.repairs)
        walk.fields = [opened for opened in walk.fields if opened.in_result]  # no code runs over a paragraph's end
        # A row that was deleted has lost the text of all its cells, and a row without text is left out.
        row = layout.row if layout.row_end else None
        yield Paragraph(list(self._lines(words, open_, layout)), layout.tables, ends_cell, row)

    def _lines(self, words: str, open_: _Open, layout: Layout) -> Iterator[str]:
        if words.strip():
            label = ""
            if 0 < layout.list <= MOST_LISTS:
                label = self._numbering.label(str(layout.list), min(layout.level or 0, DEEPEST))
            yield flow.paragraph_text(words, label)
        for sign, span in open_.notes:
            yield f"{sign} {' '.join(' '.join(self._blocks(span)).split())}".strip()
        for span in open_.boxes:
            yield from self._blocks(span)

    def _read(self, segment: _Segment, style: int, open_: _Open, walk: _Walk) -> None:
        """Add a segment's characters to the open paragraph, run by run."""
        piece, start, text = segment
        at = 0
        while at < len(text):
            offset = piece.offset(start + at)
            end, look = self._properties.look(offset, style, piece.changes)
            count = max((end - offset) // (2 if piece.wide else 1), 1)
            part = text[at : at + count]
            open_.deleted = look.deleted  # in the end that of the mark
            if _MARKS.search(part) or self._marked(start + at, start + at + len(part)):
                for index, character in enumerate(part):
                    self._character(character, start + at + index, look, open_, walk)
            else:
                self._write(part, look, open_, walk)
            at += count

    def _marked(self, start: int, end: int) -> bool:
        """Return whether a note's mark of the author's own, which may be any letter, stands between two positions."""
        return bisect_left(self._own_marks, start) < bisect_left(self._own_marks, end)

    def _write(self, text: str, look: Look, open_: _Open, walk: _Walk) -> None:
        if not walk.shown:
            if len(walk.fields[-1].code) < _LONGEST_CODE:
                walk.fields[-1].code += text
        elif look.deleted:
            self._left_out.deletions |= bool(text.strip())
        elif not look.hidden:
            written = text.translate(_WRITTEN)
            open_.runs.append(Run(written, self._properties.font(look.font), look.capitals))

    def _character(self, character: str, position: int, look: Look, open_: _Open, walk: _Walk) -> None:
        shown = walk.shown and not (look.deleted or look.hidden)
        if character == _FIELD:
            if len(walk.fields) < DEEPEST_FIELD:
                walk.fields.append(_Field())
        elif character == _RESULT and walk.fields:
            walk.fields[-1].in_result = True
            self._left_out.equations += walk.fields[-1].embeds and "EQUATION" in walk.fields[-1].code.upper()
            self._left_out.embedded += walk.fields[-1].embeds and "EQUATION" not in walk.fields[-1].code.upper()
        elif character == _FIELD_END:
            del walk.fields[-1:]
        elif character == _PICTURE:
            self._left_out.images += shown and not look.data and not any(opened.embeds for opened in walk.fields)
        elif character == _SHAPE:
            open_.boxes += self._drawings.at(position) if shown else []
        elif character == "(" and look.symbol and shown:
            font, code = look.symbol
            open_.runs.append(Run(symbol(code, self._properties.font(font))))
        else:
            self._write(character, look, open_, walk)
        if position in self._notes and shown:
            automatic, span = self._notes.pop(position)
            self._noted += 1
            # A mark of the author's own already stands in the text and in the note.
            sign = flow.superscript(self._noted) if automatic else ""
            open_.runs.append(Run(sign))
            open_.notes.append((sign, span))


def _notes(file: WordFile, marks: Part, texts: Part, story: Story) -> dict[int, tuple[bool, tuple[int, int]]]:
    """Return the notes by the position of their marks: whether Word numbers it, and where its text stands."""
    references = file.part(marks)
    count = max((len(references) - 4) // 6, 0)
    found = spans(file.part(texts)[:-4], 0, file.span(story))[:count]
    return {
        u32(references, 4 * index): (u16(references, 4 * (count + 1) + 2 * index) != 0, span)
        for index, span in enumerate(found)
    }
