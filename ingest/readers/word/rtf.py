"""Rich Text Format (.rtf), after Microsoft's Rich Text Format Specification 1.9.1.

A reader of our own: the letters of TCVN3 and VNI can be told only by the font of each run, and the rows of a table by
its cell marks; striprtf gives neither.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ingest.readers.legacy import is_legacy_font
from ingest.readers.runs import Run, joined
from ingest.readers.source import Content, Limits
from ingest.readers.word import flow
from ingest.readers.word.flow import SOFT_HYPHEN, WIDEST, LeftOut, Paragraph, Row
from ingest.readers.word.numbering import bullet
from ntmgraph.model import ReadError, Refusal

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<byte>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|[\r\n\0]+"
    rb"|(?P<text>[^\\{}\r\n\0]+)"
    rb"|\\"
)
_DEEPEST = 1000  # groups
_DEEPEST_TABLE = 20
_DEEPEST_STORY = 10
_LONGEST_NAME = 100  # of a font
_CODE_PAGES = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_SYMBOL = 2  # charset of fonts that hold signs
_CHARACTERS = {
    "tab": " ", "line": "\n", "page": "\n", "column": "\n", "softline": "\n", "emdash": "—", "endash": "–",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ",
    "qmspace": " ", "nbsp": " ",
}  # fmt: skip
_SIGNS = {b"~": " ", b"_": "-", b"-": SOFT_HYPHEN, b"{": "{", b"}": "}", b"\\": "\\"}
# fmt: off
# Destinations without text of the document; any other that a "\*" marks is left out too.
_SKIPPED = frozenset((
    "colortbl", "stylesheet", "info", "listtable", "listoverridetable", "revtbl", "rsidtbl", "filetbl", "xmlnstbl",
    "themedata", "colorschememapping", "latentstyles", "datastore", "generator", "fldinst", "datafield",
    "nonshppict", "shprslt", "objdata", "objclass", "objname", "objalias", "objsect", "result", "nonesttables",
    "sp", "background", "atnid", "atnauthor", "atndate", "atnref", "atrfstart", "atrfend", "xe", "tc", "tcn", "rxe",
    "bkmkstart", "bkmkend", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "pnseclvl", "pn",
    "listpicture", "panose", "falt", "mmathPict", "factoidname", "docvar", "userprops", "pict", "annotation",
    "private", "keycode", "pgptbl", "wgrffmtfilter",
))
_STARRED = frozenset((
    "shpinst", "shpgrp", "nesttableprops", "moMath", "moMathPara", "shppict", "footnote",
))  # those with text in them
_UNCOUNTED = frozenset((
    "nonshppict", "shprslt", "listpicture", "background", "listtable", "result",
))
_STORIES = {
    "footnote": "note", "shptxt": "box", "listtext": "label", "pntext": "label", "title": "title",
    "header": "đầu trang", "headerl": "đầu trang", "headerr": "đầu trang", "headerf": "đầu trang",
    "footer": "chân trang", "footerl": "chân trang", "footerr": "chân trang", "footerf": "chân trang",
}
_LINES = frozenset((
    "brdrs", "brdrth", "brdrdb", "brdrdot", "brdrdash", "brdrhair", "brdrdashsm", "brdrdashd", "brdrdashdd",
    "brdrtriple", "brdrthtnsg", "brdrtnthsg", "brdrwavy", "brdrinset", "brdroutset", "brdremboss", "brdrengrave",
))
# fmt: on
_TABLE_BORDERS = re.compile(r"(?:cl|tr)brdr[tblrvh]")
_PARAGRAPH_BORDERS = re.compile(r"brdr(?:t|b|l|r|btw|bar)|box|chbrdr|pgbrdr\w*")


@dataclass(slots=True)
class _Story:
    """A text of its own: the body, a note, a text box, the head of a page, an automatic label."""

    kind: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    label: str = ""
    after: list[str] = field(default_factory=list)  # notes and text boxes, behind the paragraph
    marked: bool = False  # a note's number stands here
    depth: int = 0  # of stories around it
    rows: dict[int, _Row] = field(default_factory=dict)  # by depth


@dataclass(slots=True)
class _Row:
    """A row of a table as far as it is defined."""

    edges: list[int] = field(default_factory=list)
    left: int = 0
    merged: set[int] = field(default_factory=set)
    bordered: bool = False

    def finished(self) -> Row:
        edges = [min(self.left, self.edges[0] - 1), *self.edges] if self.edges else []
        return Row(tuple(edges), frozenset(self.merged), self.bordered)


@dataclass(slots=True)
class _State:
    """What a group inherits and may change for itself."""

    story: _Story
    skipped: bool = False
    counted: bool = True  # pictures
    table: str = ""  # "fonttbl" while fonts are declared
    font: int = -1
    capitals: bool = False
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    depth: int = 0
    nested: bool = False  # in the properties of a nested table
    bordering: bool = False  # the borders named belong to a table
    skip: int = 1  # characters that stand in for a \u
    equation: bool = False


@dataclass(slots=True)
class _Font:
    name: str = ""
    charset: int = 0


def read(data: bytes, limits: Limits) -> Content:
    """Return the text of an RTF file: paragraphs and tables in order, automatic numbers as written, notes and text
    boxes behind the paragraph that holds them."""
    reader = _Reader(limits)
    reader.read(data)
    text = "".join(f"{block}\n\n" for block in flow.blocks(reader.body.paragraphs))
    return Content(text, tuple(reader.left_out()), tuple(reader.repairs), " ".join(reader.title.split()) or None)


class _Reader:
    """Reads the tokens of a file in one pass."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.body = _Story("body")
        self.repairs: dict[str, None] = {}
        self.title = ""
        self._state = _State(self.body)
        self._stack: list[_State] = []
        self._fonts: dict[int, _Font] = {}
        self._default_font = 0
        self._declared = _Font()  # the font being declared
        self._code_page = "cp1252"
        self._bytes = bytearray()  # waiting for their font's code page
        self._standing_in = 0  # characters still to be left out behind a \u
        self._starred = False
        self._noted = 0
        self._left_out = LeftOut()
        self._said: dict[str, None] = {}  # at the head and foot of the pages

    def left_out(self) -> Iterator[str]:
        """Yield, in Vietnamese, what the text does not hold."""
        yield from self._left_out.words()
        yield from self._said

    def read(self, data: bytes) -> None:
        """Read all tokens; ReadError when there are more than a document has."""
        at = 0
        for _ in range(self._limits.tags):
            token = _TOKEN.match(data, at)
            if token is None:
                break
            at = token.end()
            kind = token.lastgroup
            if kind == "number":
                kind = "word"
            if kind == "word":
                word, number = token["word"].decode("ascii"), int(token["number"]) if token["number"] else None
                if word == "bin":
                    at += max(number or 0, 0)
                elif self._standing_in and word not in ("u", "uc"):
                    self._standing_in -= 1
                else:
                    self._word(word, number)
            elif kind == "byte":
                self._raw(bytes((int(token["byte"], 16),)))
            elif kind == "text":
                self._raw(token["text"])
            elif kind == "brace":
                self._standing_in = 0
                self._flush()
                self._starred = False
                self._open() if token["brace"] == b"{" else self._close()
                if not self._stack:
                    break  # the end of the document
            elif kind == "sign":
                self._sign(token["sign"])
        else:
            raise ReadError(Refusal.TOO_LARGE, "tệp RTF quá lớn; hãy tách thành nhiều tệp rồi nạp lại.")
        self._flush()
        while self._stack:
            self._close()
        self._end_paragraph(self._state, last=True)

    def _open(self) -> None:
        if len(self._stack) >= _DEEPEST:
            raise _too_deep()
        self._stack.append(self._state)
        self._state = replace(self._state)

    def _close(self) -> None:
        if not self._stack:
            return
        closed, self._state = self._state, self._stack.pop()
        if closed.story is not self._state.story:
            self._end_story(closed)

    def _end_story(self, closed: _State) -> None:
        """Give what a story held to the one around it."""
        story, around = closed.story, self._state.story
        if story.kind == "title":
            self.title += _whole(joined(story.runs, {}))
            return
        if story.kind == "label":
            label = joined(story.runs, self.repairs).strip()
            around.label = label if any(map(str.isalnum, label)) else bullet(label) if label else ""
            return
        self._end_paragraph(closed, last=True)
        blocks = list(flow.blocks(story.paragraphs))
        if story.kind == "note":
            self._noted += 1
            # A mark of the author's own already stands in the text and in the note.
            sign = flow.superscript(self._noted) if around.marked else ""
            around.marked = False
            around.runs.append(Run(sign))
            around.after.append(f"{sign} {' '.join(' '.join(blocks).split())}".strip())
        elif story.kind == "box":
            around.after += blocks
        elif said := flow.head_or_foot(story.kind, " ".join(blocks)):
            self._said[said] = None

    def _sign(self, sign: bytes) -> None:
        if self._standing_in:
            self._standing_in -= 1
        elif sign == b"*":
            self._starred = True
        elif sign in b"\r\n":
            self._word("par", None)
        elif sign in _SIGNS:
            self._flush()
            self._write(_SIGNS[sign])

    def _raw(self, raw: bytes) -> None:
        skipped = min(self._standing_in, len(raw))
        self._standing_in -= skipped
        if not self._state.skipped:
            self._bytes += raw[skipped:]

    def _flush(self) -> None:
        """Decode the bytes that wait."""
        if not self._bytes:
            return
        raw, self._bytes = bytes(self._bytes), bytearray()
        font = self._fonts.get(self._font, _Font())
        if self._state.table:
            self._declare(raw.decode(self._code_page, errors="replace"))
        elif is_legacy_font(font.name):
            self._write(raw.decode("cp1252", errors="replace"))
        elif font.charset == _SYMBOL:
            self._write("".join(chr(0xF000 + byte) if byte > 0x20 else " " for byte in raw))
        else:
            self._write(raw.decode(_CODE_PAGES.get(font.charset, self._code_page), errors="replace"))

    @property
    def _font(self) -> int:
        return self._state.font if self._state.font >= 0 else self._default_font

    def _declare(self, text: str) -> None:
        name, end, _ = text.partition(";")
        if len(self._declared.name) < _LONGEST_NAME:
            self._declared.name += name.strip()
        if end:
            self._declared = _Font()

    def _write(self, text: str) -> None:
        state = self._state
        if not (state.skipped or state.hidden or state.deleted or state.table):
            state.story.runs.append(Run(text, self._fonts.get(self._font, _Font()).name or None, state.capitals))

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        starred, self._starred = self._starred, False
        if word == "u":
            self._flush()
            self._write(chr((number or 0) & 0xFFFF))
            self._standing_in = state.skip
            return
        self._flush()
        if word == "uc":
            state.skip = min(max(number or 0, 0), 100)
        elif word in _SKIPPED or (starred and word not in _STARRED):
            self._skip(word)
        elif word == "fonttbl":
            state.table = word
        elif state.table:
            if word == "f":
                self._declared = self._fonts.setdefault(number or 0, _Font())
            elif word == "fcharset":
                self._declared.charset = number or 0
        elif word in _STORIES:
            self._enter(word)
        elif not state.skipped:
            self._format(word, number)

    def _skip(self, word: str) -> None:
        state = self._state
        if word == "pict":
            self._left_out.images += state.counted
        elif word == "annotation":
            self._left_out.comments += not state.skipped
        state.skipped = True
        state.counted = state.counted and word not in _UNCOUNTED

    def _enter(self, word: str) -> None:
        """Begin a story of its own."""
        state = self._state
        kind = _STORIES[word]
        if state.skipped and kind != "title":
            return
        state.skipped = False
        state.story = _Story(kind, depth=state.story.depth + 1)
        if state.story.depth > _DEEPEST_STORY:
            raise _too_deep()
        state.in_table, state.depth = False, 0

    def _format(self, word: str, number: int | None) -> None:
        state = self._state
        on = number != 0
        if word in _CHARACTERS:
            self._write(_CHARACTERS[word])
        elif word in ("par", "sect"):
            self._end_paragraph(state)
        elif word in ("cell", "nestcell"):
            self._end_paragraph(state, cell=True, depth=1 if word == "cell" else max(state.depth, 2))
        elif word in ("row", "nestrow"):
            self._end_row(1 if word == "row" else max(state.depth, 2))
        elif word == "f":
            state.font = number or 0
        elif word == "plain":
            state.font, state.capitals, state.hidden, state.deleted = -1, False, False, False
        elif word == "caps":
            state.capitals = on
        elif word == "v":
            state.hidden = on
        elif word in ("deleted", "mvf"):
            self._left_out.deletions = self._left_out.deletions or on
            state.deleted = on
        elif word == "pard":
            state.in_table, state.depth = False, 0
        elif word == "intbl":
            state.in_table = on
        elif word == "itap":
            state.depth = min(max(number or 0, 0), _DEEPEST_TABLE)
        elif word == "nesttableprops":
            state.nested = True
        elif word == "chftn" and state.story.kind != "note":
            state.story.marked = True
        elif word == "object":
            self._left_out.embedded += state.counted
            state.counted = False
        elif word in ("moMath", "moMathPara"):
            self._left_out.equations += not state.equation
            state.equation = True
        elif word == "deff":
            self._default_font = number or 0
        elif word == "ansicpg":
            self._code_page = _code_page(number or 0)
        else:
            self._row_format(word, number or 0)

    def _row_format(self, word: str, number: int) -> None:
        state = self._state
        depth = max(state.depth, 2) if state.nested else 1
        if word == "trowd":
            state.story.rows[depth] = _Row()
            return
        row = state.story.rows.get(depth)
        if row is None:
            return
        if word == "trleft":
            row.left = number
        elif word == "cellx" and len(row.edges) < WIDEST:
            row.edges.append(number)
        elif word in ("clmrg", "clvmrg"):
            row.merged.add(len(row.edges))
        elif _TABLE_BORDERS.fullmatch(word):
            state.bordering = True
        elif _PARAGRAPH_BORDERS.fullmatch(word):
            state.bordering = False
        elif word in _LINES and state.bordering:
            row.bordered = True

    def _end_paragraph(
        self, state: _State, *, cell: bool = False, depth: int | None = None, last: bool = False
    ) -> None:
        story = state.story
        if last and not (story.runs or story.after):
            return
        if state.deleted and not cell and not last:
            return  # it runs on into the next
        words = _whole(joined(story.runs, self.repairs))
        story.runs = []
        lines = [flow.paragraph_text(words, story.label)] if words.strip() else []
        depth = max(state.depth, int(state.in_table)) if depth is None else depth
        after_table = bool(story.paragraphs) and story.paragraphs[-1].depth > 0
        if lines or story.after or depth or after_table:  # an empty paragraph keeps two tables apart
            story.paragraphs.append(Paragraph([*lines, *story.after], depth, cell))
        story.label, story.after = "", []

    def _end_row(self, depth: int) -> None:
        story = self._state.story
        row = story.rows.get(depth, _Row())
        story.paragraphs.append(Paragraph([], depth, ends_row=row.finished()))


def _too_deep() -> ReadError:
    return ReadError(Refusal.DAMAGED, "tệp RTF lồng quá sâu; hãy mở bằng Word, lưu thành .docx rồi nạp lại.")


def _code_page(number: int) -> str:
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"


def _whole(text: str) -> str:
    """Return the text with letters beyond 16 bits, which \\u writes in two halves, put together."""
    if not re.search("[\ud800-\udfff]", text):
        return text
    return text.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")
