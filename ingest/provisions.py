"""The numbered and bulleted pieces of a document, nested: Phần, Chương, Mục, Điều, I., 1., a), "-", "+".

Guarantees left behind: provisions stand in text order and nest without overlapping; each starts at its label
(so its text shows the number) and ends at the last character of its last child; numbers need not be consecutive;
what follows the body (Nơi nhận, signature) is one provision of kind `closing`, what precedes it `header`.

Two layouts come in: one paragraph a line (docx, html) and lines wrapped at some column (PDF, web pages). In wrapped
text a line that starts like a bullet may be the rest of a sentence ("văn hóa\n- xã hội"), so more is asked of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from ingest.document_types import document_types
from ingest.layout import Layout
from ingest.lines import Line, lines_of, upper
from ingest.tables import Row, Table, named_tables, tables_of
from ntmgraph.ids import provision_id
from ntmgraph.model import Basis, Evidence, Provision
from ntmgraph.text import CAPITAL, key


@dataclass(frozen=True, slots=True)
class Regions:
    """Where the parts of a document lie: header, body, closing, annexes; what follows `end` is no part of it."""

    body: int
    closing: int
    annexes: int
    end: int


@dataclass(frozen=True, slots=True)
class Label:
    """A form of numbering: its rank (the lower, the higher up), the forms that it accepts, one that it must not."""

    kind: str
    rank: int
    pattern: re.Pattern[str]
    accepts: tuple[str, ...]
    rejects: str


_NUMBERED_ROW = re.compile(r"(?:\W?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVX]{1,5}|[A-Za-zđ])[.)]?|[-–+*•]) *\|")
_CAPITAL = rf"(?=[\W_]*[{CAPITAL}0-9])"  # headings start with a capital; a wrapped line mostly does not

LABELS = (
    Label(
        "annex",
        0,
        re.compile(
            r"(?P<label>(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu số|BIỂU SỐ|Mẫu số|MẪU SỐ)"
            r"(?: (?:SỐ |số )?(?:[IVX]+|\d+[a-z]?))?)"
            # a title on the same line in capitals; in small letters it may be the list of what is attached
            rf"(?:[.: ]*$|(?<=[IVX\d])[.:\- –]+(?=[{CAPITAL}\d ,.\-–()]+$))"
        ),
        ("PHỤ LỤC", "Phụ lục II", "BIỂU SỐ 02", "PHỤ LỤC II: BIỂU GIAO NHIỆM VỤ"),
        "Phụ lục kèm theo Quyết định này",
    ),
    Label(  # what the readers of workbooks put above each of several sheets
        "sheet",
        0,
        re.compile(r"Trang tính “(?P<label>[^”]+)”$"),
        ("Trang tính “Biểu 01”",),
        "Trang tính thứ nhất",
    ),
    Label(
        "part",
        1,
        re.compile(
            r"(?P<label>(?:PHẦN|Phần)(?: (?:THỨ|thứ))? (?:[IVX]+|\d+|NHẤT|HAI|BA|TƯ|BỐN|NĂM|SÁU|nhất|hai|ba|tư|"
            r"bốn|năm))\b"
            rf"(?=[.:\- ]*$|[.:\-] *[{CAPITAL}])"
        ),
        ("PHẦN THỨ NHẤT", "Phần II. NHIỆM VỤ"),
        "Phần lớn các xã đã đạt chuẩn",
    ),
    Label(
        "chapter",
        2,
        re.compile(rf"(?P<label>(?:CHƯƠNG|Chương) (?:[IVX]+|\d+))\b(?=[.:\- ]*$|[.:\- ] *[{CAPITAL}])"),
        ("Chương II", "CHƯƠNG I. QUY ĐỊNH CHUNG"),
        "Chương trình mục tiêu quốc gia",
    ),
    Label(
        "division",
        3,
        re.compile(rf"(?P<label>(?:MỤC|Mục) (?:[IVX]+|\d+))\b(?=[.:\- ]*$|[.:\- ] *[{CAPITAL}])"),
        ("Mục 1. TỔ CHỨC", "MỤC 2"),
        "Mục tiêu chung",
    ),
    Label(
        "subdivision",
        4,
        re.compile(rf"(?P<label>(?:TIỂU MỤC|Tiểu mục) (?:[IVX]+|\d+))\b(?=[.:\- ]*$|[.:\- ] *[{CAPITAL}])"),
        ("Tiểu mục 1. Tổ trưởng", "TIỂU MỤC II"),
        "Mục 1. TỔ CHỨC",
    ),
    Label(
        "section",
        4,
        re.compile(rf"(?P<label>[A-EĐ])[.\-)] *(?=[{CAPITAL}]{{2}})"),
        ("A. MỤC TIÊU", "B- NHIỆM VỤ"),
        "C, PCVP",
    ),
    Label(
        "section",
        5,
        re.compile(r"(?P<label>[IVXL]{1,6})(?:[.\-)/]| ?[–-])(?!\d) *" + _CAPITAL),
        ("I. MỤC ĐÍCH", "IV- TỔ CHỨC", "II.NHIỆM VỤ", "V – Kinh phí"),
        "V/v đẩy mạnh phong trào",
    ),
    Label(
        "article",
        6,
        re.compile(rf"(?P<label>(?:Điều|ĐIỀU) \d+[a-zđ]?)\b(?=[.:]? *(?:[{CAPITAL}“\"(]|$))"),
        ("Điều 1. Phê duyệt", "Điều 12a: Sửa đổi", "Điều 3 Quyết định này"),
        "Điều 5 của Quyết định nói trên",
    ),
    Label(
        "clause",
        7,
        re.compile(
            r"(?P<label>\d{1,2}(?:\.\d{1,2}){1,4})(?:[.)\-:/]\s*| +)" + _CAPITAL
            + rf"|(?P<label2>\d{{1,2}})(?:[.)/](?!\d)|-(?=[ {CAPITAL}])) *" + _CAPITAL
        ),
        ("1. Mục tiêu", "2- Nhiệm vụ", "1.1. Xã Phú Nhuận", "3.2 Về kinh phí", "4) Sở Tài chính"),
        "428.600 triệu đồng",
    ),
    Label(
        "point",
        13,
        re.compile(rf"(?P<label>[a-zđ])(?:\) *|\.\s+{_CAPITAL}|[/–-]\s*(?=[{CAPITAL}]))(?=\S)"),
        ("a) Tập trung", "đ) ban hành", "b. Giao Sở Nội vụ", "a- Rà soát", "c/ Bố trí vốn"),
        "a, b và c nêu trên",
    ),
    Label(
        "subpoint",
        14,
        re.compile(r"\((?P<label>[ivx]{1,5}|[a-zđ]|\d{1,2})\) *(?=\S)"),
        ("(i) Phát triển", "(2) Hỗ trợ"),
        "(theo chuẩn nghèo)",
    ),
    Label(
        "bullet",
        15,
        re.compile(rf"(?P<label>[-–—−•●▪■◦○*+✓➢❖·]|o(?= [{CAPITAL}]))(?![-–—*_=]) *(?=\S)"),
        ("- Chủ trì", "+ Nguồn vốn", "• Hỗ trợ", "–Rà soát"),
        "-----",
    ),
    Label(
        "footnote",
        20,
        re.compile(r"(?P<label>[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴-⁹]*|\[\d{1,3}\]|\(\*{1,3}\))[.)]? *(?=\S)"),
        ("¹ Hoàn thành trước ngày 10/8", "[2] Gồm các xã", "(*) Xã khu vực III"),
        "19 tiêu chí",
    ),
)  # fmt: skip

# A quick look at the first character spares the patterns: most lines of prose start with a letter of no label.
_FIRST = re.compile(r"[IVXLA-EĐPCMTBĐ\d(\[\-–—−•●▪■◦○*+✓➢❖·¹²³⁴-⁹]|[a-zđ][.)/–-]|TIỂU|Tiểu|o ")
_CLOSING_WORDS = re.compile(
    r"(?:Căn cứ (?:các )?(?:nội dung|Kế hoạch|Chỉ thị|Công văn|văn bản)|Trên đây là|Trên cơ sở Kế hoạch|"
    r"Nhận được|Yêu cầu (?:các|Thủ trưởng|Giám đốc|Chủ tịch)|Đề nghị các (?:đồng chí|cơ quan, đơn vị|đơn vị|sở)|"
    r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Chủ tịch UBND|Chủ tịch Ủy ban nhân dân|Ban Thường vụ|Thường "
    r"trực)[^.]{0,60}"
    r"(?:yêu cầu|đề nghị)|"
    r"Trong quá trình (?:tổ chức |triển khai )*thực hiện|Quá trình (?:tổ chức |triển khai )*thực hiện|"
    r"(?:Chỉ thị|Kế hoạch|Quyết định|Kết luận|Nghị quyết|Hướng dẫn) này (?:được|có hiệu lực|phổ biến|quán "
    r"triệt|thay thế))"
)
# A line that ends so goes on in the next, whatever letter that starts with.
_UNFINISHED = re.compile(
    r"(?:,|\b(?:của|và|các|với|theo|tại|cho|trong|để|về|từ|là|do|bằng|đến|những|trên|khi|được|một|số|có|như|"
    r"hoặc|giữa))$",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[IVXLC]+")
_ISSUED_WITH = re.compile(
    r"(?:\(\s*(?:Ban hành )?[Kk]èm|Ban hành kèm) theo (?:Quyết định|Nghị quyết|Công văn|Kế hoạch|Tờ trình|Chỉ thị)"
)
_ANNEX_NAMES = ("Bộ tiêu chí", "Danh sách", "Nội dung", "Phân công")  # of annexes that are no type of document
_PREAMBLE = re.compile(r"(?:Căn cứ|Xét|Theo đề nghị|Thực hiện) ")
_SENTENCE_END = tuple('.;:!?…”"')
_HEADING_END = re.compile(r":(?=\s|$)")
_HEADING_STOP = re.compile(r"[.;](?=\s|$)")
_LONGEST_HEADING = 250
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(slots=True)
class _Open:
    """A provision that may still grow."""

    kind: str
    rank: int
    mark: str  # its label, or the bullet's sign
    path: str
    start: int
    content: int  # where its words start, after the label
    end: int
    parent: _Open | None
    children: int = 0
    heading: tuple[int, int] | None = None
    first_end: int = 0  # end of its first paragraph
    place: int = -1


@dataclass(frozen=True)
class Outline:
    """The provisions of a text and what they hold; makes the evidence of every fact."""

    text: str
    provisions: tuple[Provision, ...]
    headings: dict[str, tuple[int, int]]  # provision id -> offsets of its heading
    contents: dict[str, int]  # provision id -> offset after its label
    layout: Layout = field(default_factory=Layout)

    @cached_property
    def by_id(self) -> dict[str, Provision]:
        return {provision.id: provision for provision in self.provisions}

    @cached_property
    def _segments(self) -> tuple[list[int], list[int | None]]:
        """Cut points of the text, and which provision is innermost from each on."""
        cuts: list[int] = []
        inner: list[int | None] = []
        stack: list[int] = []

        def cut(at: int) -> None:
            if cuts and cuts[-1] == at:
                inner[-1] = stack[-1] if stack else None
            else:
                cuts.append(at)
                inner.append(stack[-1] if stack else None)

        for place, provision in enumerate(self.provisions):
            while stack and self.provisions[stack[-1]].end <= provision.start:
                end = self.provisions[stack.pop()].end
                cut(end)
            stack.append(place)
            cut(provision.start)
        while stack:
            end = self.provisions[stack.pop()].end
            cut(end)
        return cuts, inner

    def at(self, offset: int) -> Provision | None:
        """Return the innermost provision that holds the offset."""
        cuts, inner = self._segments
        place = bisect_right(cuts, offset) - 1
        found = inner[place] if place >= 0 else None
        return None if found is None else self.provisions[found]

    def above(self, provision: Provision | None) -> tuple[Provision, ...]:
        """Return the provision and those that hold it, from the inside out."""
        chain = []
        while provision is not None:
            chain.append(provision)
            provision = self.by_id[provision.parent] if provision.parent else None
        return tuple(chain)

    def own(self, provision: Provision) -> tuple[int, int]:
        """Return the offsets of its words up to its first child, without the label."""
        start, end = _stripped(
            self.text, self.contents[provision.id], self._first_child.get(provision.id, provision.end)
        )
        return start, end

    @cached_property
    def _first_child(self) -> dict[str, int]:
        first: dict[str, int] = {}
        for provision in self.provisions:
            if provision.parent is not None:
                first.setdefault(provision.parent, provision.start)
        return first

    @cached_property
    def tables(self) -> tuple[tuple[Row, ...], ...]:
        """The runs of neighbouring rows, in text order."""
        return tuple(tables_of(self.provisions, self.text))

    @cached_property
    def named_tables(self) -> tuple[Table, ...]:
        """The tables that have a heading row."""
        return tuple(named_tables(self.tables, self.text))

    def evidence(self, start: int, end: int, rule: str, basis: Basis = Basis.STATED) -> Evidence:
        """Return the words from start to end as the ground of a fact."""
        provision = self.at(start)
        return Evidence(
            provision.id if provision else None,
            start,
            end,
            self.text[start:end],
            rule,
            basis,
            self.layout.page(start),
            self.layout.box(start, end),
            self.layout.cell(start, end),
        )


def parse_provisions(text: str, regions: Regions, *, document: str, layout: Layout | None = None) -> Outline:
    """Return the outline of a text whose regions the header reader found; `document` is the document's id."""
    scanner = _Scanner(text)
    scanner.whole("header", 0, regions.body)
    scanner.scan(regions.body, regions.closing)
    scanner.whole("closing", regions.closing, regions.annexes)
    if regions.annexes < regions.end:
        scanner.scan(regions.annexes, regions.end)
    return scanner.outline(document, layout or Layout())


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.done: list[_Open] = []
        self.stack: list[_Open] = []
        self.tables = 0
        self.top = 0  # paragraphs outside any numbered piece

    def whole(self, kind: str, start: int, end: int) -> None:
        """Take a region as one provision."""
        first, last = _stripped(self.text, start, end)
        if first < last:
            self.done.append(_Open(kind, 0, "", kind, first, first, last, None))

    def scan(self, start: int, end: int) -> None:
        lines = [line for line in lines_of(self.text, start, end) if line.empty or not line.separator]
        wrapped, width = _layout(lines)
        previous: Line | None = None
        titles = _annexed_titles(lines)
        title_end = start
        for line in lines:
            if line.empty:
                previous = None
                continue
            if line.start in titles:
                self._open_annexed(line, titles[line.start][0])
                title_end = titles[line.start][1]
                previous = line
                continue
            if line.start < title_end:
                self._extend(line)
                previous = line
                continue
            numbered_row = _NUMBERED_ROW.match(line.text) is not None  # "1. | Nam Tuấn | 17" opens no clause
            label = None if numbered_row else self._label(line, previous, wrapped, width)
            if label is not None:
                self._open_labelled(line, *label)
            elif numbered_row or " | " in line.text or line.text.startswith("| ") or line.text.endswith(" |"):
                self._open_row(line, previous)
            elif previous is None or self._starts_paragraph(line, previous, wrapped, width):
                self._open_paragraph(line)
            else:
                self._extend(line)
            previous = line
        self.stack.clear()

    def _label(
        self, line: Line, previous: Line | None, wrapped: bool, width: int
    ) -> tuple[Label, re.Match[str]] | None:
        if not _FIRST.match(line.text):
            return None
        for label in LABELS:
            match = label.pattern.match(line.text)
            if match is None:
                continue
            if wrapped and previous is not None and not self._may_start(label, match, line, previous, width):
                return None
            if (
                label.kind == "section"
                and label.rank == 4
                and match["label"] != "A"
                and not self._after_letter(match["label"])
            ):
                continue  # "C." and "D." may be Roman numbers
            if label.kind == "subpoint" and "|" in line.text:
                return None
            return label, match
        return None

    def _may_start(self, label: Label, match: re.Match[str], line: Line, previous: Line, width: int) -> bool:
        """Return whether a label at the start of a wrapped line is one, and not the rest of a sentence."""
        rest = line.text[match.end() :]
        if label.rank <= 6 or previous.text.endswith(_SENTENCE_END):
            return True
        if len(previous.text) < 0.6 * width:
            return label.kind != "bullet" or rest[:1].isupper() or rest[:1] in '“"'
        if label.kind == "bullet":  # a heading's lines have no stop: "1. Mục tiêu chung đến năm 2020" / "- Có ít nhất"
            inside = self.stack[-1] if self.stack else None
            heading = inside is not None and inside.kind != "bullet" and inside.first_end == previous.end
            return rest[:1].isupper() and (heading or previous.text.endswith(","))
        return rest[:1].isupper() or rest[:1] in '“"'

    def _after_letter(self, letter: str) -> bool:
        order = "ABCDĐE"
        return any(o.rank == 4 and o.kind == "section" and o.mark == order[order.index(letter) - 1] for o in self.done)

    def _open_labelled(self, line: Line, label: Label, match: re.Match[str]) -> None:
        mark = next(group for group in match.groups() if group)
        rank = label.rank + mark.count(".") if label.kind == "clause" else label.rank
        if label.kind == "footnote":
            inside = self.stack[-1] if self.stack else None
            if inside is None or mark not in self.text[inside.content : inside.end]:
                self._close(15)  # its mark stands elsewhere, so it belongs to the numbered piece
            self._push("footnote", 20, mark, f"fn{mark.strip('[]').translate(_SUPERSCRIPT)}", line, match.end())
            return
        if label.kind == "bullet":
            rank = self._bullet_rank(mark)
        self._close(rank)
        parent = self.stack[-1] if self.stack else None
        if label.kind == "bullet":
            count = (parent.children if parent else self.top) + 1
            step = f"{mark if mark == '+' else '-'}{count}"
        elif label.kind == "clause":
            step = mark
            if parent is not None and parent.kind == "clause" and mark.startswith(parent.mark + "."):
                step = mark[len(parent.mark) + 1 :]
        elif label.kind in ("section", "point", "subpoint"):
            step = mark
        else:
            # "CHƯƠNG II" and "Chương II" are one path; a numeral keeps its capitals
            step = " ".join(word if _ROMAN.fullmatch(word) else word.lower() for word in mark.split())
            step = step[:1].upper() + step[1:]
        kind = {
            "division": "section",
            "subdivision": "section",
            "subpoint": "point",
            "annex": "part",
            "sheet": "part",
        }.get(label.kind, label.kind)
        self._push(kind, rank, mark, step, line, match.end())

    def _open_annexed(self, line: Line, type_: str) -> None:
        """Open a plan or a set of rules that a decision issues: a part with a numbering of its own."""
        self.stack.clear()
        content = len(type_) if len(line.text) > len(type_) + 3 else len(line.text)
        self._push("part", 0, type_, type_, line, content)

    def _bullet_rank(self, mark: str) -> int:
        """Return 15 for the first sign of a list, one more for a sign that appears below another."""
        for open_ in self.stack:
            if open_.kind == "bullet" and open_.mark == mark:
                return open_.rank
        inner = [o.rank for o in self.stack if o.kind == "bullet"]
        return min(max(inner) + 1, 19) if inner else 15

    def _open_row(self, line: Line, previous: Line | None) -> None:
        last = self.done[-1] if self.done else None
        if not (last is not None and last.kind == "row" and previous is not None):
            self.tables += 1
        self._close(15)
        parent = self.stack[-1] if self.stack else None
        self._push("row", 21, "", f"b{self.tables}.{(parent.children if parent else self.top) + 1}", line, 0)

    def _open_paragraph(self, line: Line) -> None:
        if _CLOSING_WORDS.match(line.text):
            self.stack.clear()
        else:
            self._close(13 if self.stack and self.stack[-1].kind == "row" else 15)
        parent = self.stack[-1] if self.stack else None
        if parent is not None and parent.rank <= 5 and not parent.children and upper(line.text):
            self._extend(line)  # the title under "Chương I" or "PHẦN THỨ NHẤT"
            return
        count = (parent.children if parent else self.top) + 1
        self._push("paragraph", 22, "", f"p{count}", line, 0)

    def _push(self, kind: str, rank: int, mark: str, step: str, line: Line, content: int) -> None:
        parent = self.stack[-1] if self.stack else None
        if parent is not None:
            parent.children += 1
        else:
            self.top += 1
        path = f"{parent.path}.{step}" if parent else step
        while kind in ("part", "chapter", "section", "article", "clause") and line.text[content : content + 1] in (
            " ",
            ".",
            ":",
            "-",
            "–",
        ):
            content += 1
        new = _Open(kind, rank, mark, path, line.start, line.start + content, line.end, parent, first_end=line.end)
        for above in self.stack:
            above.end = line.end
        self.stack.append(new)
        self.done.append(new)

    def _extend(self, line: Line) -> None:
        for above in self.stack:
            above.end = line.end
        if self.stack:
            self.stack[-1].first_end = line.end
        else:
            self._open_paragraph(line)

    def _close(self, rank: int) -> None:
        while self.stack and self.stack[-1].rank >= rank:
            self.stack.pop()

    def _starts_paragraph(self, line: Line, previous: Line, wrapped: bool, width: int) -> bool:
        """Return whether a line without a label, right under another, is a paragraph of its own."""
        if not wrapped:
            inside = self.stack[-1] if self.stack else None
            title = inside is not None and inside.rank <= 6 and upper(line.text) and inside.first_end == previous.end
            return not title and not (line.text[:1].islower() and not previous.text.endswith(_SENTENCE_END))
        if not (line.text[:1].isupper() or line.text[:1] in '“"') or (upper(line.text) and upper(previous.text)):
            return False
        if upper(previous.text) or (previous.text.endswith((";", ".")) and _PREAMBLE.match(line.text)):
            return True
        if previous.text.endswith((".", "…", "”", ".)")):
            return len(previous.text) < 0.85 * width
        if previous.text.endswith(";"):
            return len(previous.text) < 0.6 * width
        inside = self.stack[-1] if self.stack else None  # a heading without a stop, then its text
        heading = inside is not None and inside.rank < 13 and inside.first_end == previous.end
        words = self.text[inside.content : previous.end] if inside is not None and heading else ""
        if _UNFINISHED.search(previous.text):
            return False
        return (
            heading
            and len(previous.text) < 0.5 * width
            and not _HEADING_END.search(words)
            and not _HEADING_STOP.search(words)
        )

    def outline(self, document: str, layout: Layout) -> Outline:
        provisions: list[Provision] = []
        headings: dict[str, tuple[int, int]] = {}
        contents: dict[str, int] = {}
        ids: dict[int, str] = {}
        for place, piece in enumerate(self.done):
            identifier = provision_id(document, place, piece.path)
            ids[id(piece)] = identifier
            heading = self._heading(piece)
            if heading is not None:
                headings[identifier] = heading
            contents[identifier] = piece.content
            provisions.append(
                Provision(
                    id=identifier,
                    path=piece.path,
                    kind=piece.kind,
                    heading=" ".join(self.text[slice(*heading)].split()) if heading else None,
                    start=piece.start,
                    end=piece.end,
                    parent=ids[id(piece.parent)] if piece.parent is not None else None,
                )
            )
        return Outline(self.text, tuple(provisions), headings, contents, layout)

    def _heading(self, piece: _Open) -> tuple[int, int] | None:
        """Return the offsets of a run-in heading ("1. Sở Tài chính: ...") or of a title line of its own."""
        if piece.kind in ("header", "closing", "row", "footnote"):
            return None
        start, end = _stripped(self.text, piece.content, piece.first_end)
        words = self.text[start : min(end, start + _LONGEST_HEADING)]
        colon = _HEADING_END.search(words)
        stop = _HEADING_STOP.search(words)
        if colon is not None and (stop is None or colon.start() < stop.start()):
            return _trimmed(self.text, start, start + colon.start())
        if piece.kind in ("paragraph", "bullet") or end - start > _LONGEST_HEADING:
            return None
        if stop is None or (piece.kind in ("article", "clause") and piece.children and start + stop.end() == end):
            return _trimmed(self.text, start, end)
        return None


def _annexed_titles(lines: list[Line]) -> dict[int, tuple[str, int]]:
    """Return where the titles of annexed papers start, with their types and the start of "(Ban hành kèm theo ...)"."""
    filled = [line for line in lines if not line.empty]
    found: dict[int, tuple[str, int]] = {}
    for place, line in enumerate(filled):
        if not _ISSUED_WITH.match(line.text):
            continue
        for at in range(place - 1, max(0, place - 8) - 1, -1):
            above = filled[at]
            if LABELS[0].pattern.match(above.text):
                break  # the title of "PHỤ LỤC I"
            type_ = _annex_type(above.text)
            if type_ is not None and not (at and LABELS[0].pattern.match(filled[at - 1].text)):
                found[above.start] = (type_, line.start)
                break
            if above.text.endswith((".", ";", "./")) or _ISSUED_WITH.match(above.text):
                break
    return found


def _annex_type(title: str) -> str | None:
    """Return the type of an annexed paper from the line in capitals that opens its title."""
    if not upper(title):
        return None
    words = key(title)
    names = (each.name for each in document_types() if re.match(rf"{each.key}\b", words))
    return next(names, next((name for name in _ANNEX_NAMES if words.startswith(key(name))), None))


def _layout(lines: list[Line]) -> tuple[bool, int]:
    """Return whether the lines are wrapped, and the column they are wrapped at."""
    filled = [line for line in lines if not line.empty]
    if len(filled) < 4:
        return False, 0
    broken = sum(b.start == a.end + 1 and b.text[:1].islower() for a, b in pairwise(filled))
    lengths = sorted(len(line.text) for line in filled)
    width = lengths[int(len(lengths) * 0.9)]
    return broken >= 0.15 * len(filled) and width <= 140, width


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets without blanks and lone table bars at either end."""
    while start < end and text[start] in " \n|":
        start += 1
    while end > start and text[end - 1] in " \n|":
        end -= 1
    return start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in " \n.:-":
        start += 1
    while end > start and text[end - 1] in " \n.:;":
        end -= 1
    return (start, end) if start < end else None
