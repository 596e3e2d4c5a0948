"""One document as its page shows it: text in blocks, what was understood from each, in parts that a screen holds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ntmgraph.model import (
    Assignment,
    Basis,
    Check,
    Evidence,
    Help,
    Issue,
    IssueCode,
    Provision,
    Reading,
    Result,
    ScannedPage,
    Target,
    Task,
)

PART = 30_000  # letters on the screen at once; a part ends with the block in which this is passed
BY_LINES = frozenset({"header", "closing", "recipients"})  # where the line ends of the source mean something
ROW = "row"
_RULED = re.compile(r"[\s|_\-–—*]*")  # a line that only draws: no words to show
MERGED = 12  # letters of a cell that may reach over the empty ones at its right
HEADING = 90  # letters; a longer line is prose that begins with its label
_LABEL = re.compile(
    r"(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Z])[.)]? *\|"
)  # the first cell of a numbered row: "1 |", "II |", "A. |"
_PARAGRAPHS = re.compile(r"\n\s*\n")

Fact = Task | Assignment | Help | Target
Told = Fact | Result | Check  # all that is listed: what binds, what was reached, and the sums checked
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that stands by itself: a paragraph, a heading, a row of a table."""

    start: int
    end: int
    provision: Provision | None
    heading: bool

    @property
    def kind(self) -> str:
        return self.provision.kind if self.provision else "paragraph"


def basis_of(fact: Told) -> Basis:
    """What a fact rests on: a task whose doer comes from the heading above it is inferred."""
    return fact.basis if isinstance(fact, Task) else fact.evidence.basis


def blocks_of(reading: Reading) -> tuple[Block, ...]:
    """The whole text in its order, cut where provisions begin and at blank lines.

    Guarantee: every letter that is not blank stands in exactly one block.
    """
    text = reading.document.text
    provisions = sorted(reading.provisions, key=lambda provision: (provision.start, -provision.end))
    cuts = {0, len(text)} | {provision.start for provision in provisions}
    cuts |= {gap.end() for gap in _PARAGRAPHS.finditer(text)}
    open_ones: list[Provision] = []
    waiting = iter(provisions)
    following = next(waiting, None)
    blocks: list[Block] = []
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        while following and following.start <= start:
            open_ones.append(following)
            following = next(waiting, None)
        open_ones = [provision for provision in open_ones if provision.end > start]
        words = text[start:end]
        if not words.strip():
            continue
        first = start + len(words) - len(words.lstrip())
        last = start + len(words.rstrip())
        inner = min(open_ones, key=lambda provision: provision.end - provision.start, default=None)
        blocks.append(Block(first, last, inner, _is_heading(inner, start, words.strip())))
    return tuple(blocks)


def _is_heading(provision: Provision | None, start: int, words: str) -> bool:
    """The line of a provision that holds little more than its label and heading; a whole sentence is none."""
    return (
        provision is not None
        and provision.start == start
        and provision.kind != "paragraph"  # an unnumbered line that leads into a list is prose
        and provision.heading is not None
        and len(words) <= min(HEADING, len(provision.heading) + len(provision.path) + 12)
        and not words.endswith(".")
    )


def lines_of(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The lines of a block, without those that only draw a rule."""
    for line in re.finditer(r"[^\n]+", text[block.start : block.end]):
        if not _RULED.fullmatch(line.group()):
            yield block.start + line.start(), block.start + line.end()


def cells_of(text: str, block: Block) -> list[tuple[int, int]]:
    """The cells of a table row, as offsets."""
    bars = [*re.finditer(r" ?\| ?", text[block.start : block.end])]  # an empty cell leaves one blank between its bars
    starts = [block.start, *(block.start + bar.end() for bar in bars)]
    ends = [*(block.start + bar.start() for bar in bars), block.end]
    return list(zip(starts, ends, strict=True))


def spans_of(text: str, cells: Sequence[tuple[int, int]]) -> list[int]:
    """Over how many columns each cell of a table's head reaches; 0 for one that its neighbour reaches over.

    Of a cell merged over several columns a sheet keeps the words in the first; words that fit one column stay there.
    """
    spans: list[int] = []
    begun = 0
    for index, (start, end) in enumerate(cells):
        if not text[start:end].strip() and spans and cells[begun][1] - cells[begun][0] >= MERGED:
            spans[begun] += 1
            spans.append(0)
        else:
            begun = index
            spans.append(1)
    return spans


def head_rows(text: str, rows: Sequence[Block]) -> int:
    """How many rows stand above the first numbered one; one, where none is numbered."""
    numbered = (index for index, row in enumerate(rows) if _LABEL.match(text, row.start))
    return next(numbered, 1)


@dataclass(frozen=True, slots=True)
class Part:
    """The blocks shown at once, and which part of how many they are (from 1)."""

    number: int
    count: int
    blocks: tuple[Block, ...]


def part_of(blocks: tuple[Block, ...], *, number: int = 0, at: int | None = None) -> Part:
    """The part by its number, or the one that holds the offset; a short document is one part."""
    cuts = list(_part_starts(blocks))
    chosen = number
    if not chosen and at is not None:
        starts = [blocks[cut].start for cut in cuts]
        chosen = bisect_right(starts, at)
    chosen = min(max(chosen, 1), max(len(cuts), 1))
    ends = [*cuts[1:], len(blocks)]
    return Part(chosen, max(len(cuts), 1), blocks[cuts[chosen - 1] : ends[chosen - 1]] if cuts else ())


def _part_starts(blocks: tuple[Block, ...]) -> Iterator[int]:
    """Indexes of the first blocks; rows of one table stay together."""
    begun = None
    for index, block in enumerate(blocks):
        inside = index and block.kind == ROW and blocks[index - 1].kind == ROW
        if begun is None or (block.start - begun >= PART and not inside):
            begun = block.start
            yield index


def runs(blocks: Iterable[Block]) -> Iterator[tuple[bool, tuple[Block, ...]]]:
    """Blocks in groups: rows that follow each other are one table."""
    for is_table, group in groupby(blocks, key=lambda block: block.kind == ROW):
        yield is_table, tuple(group)


def facts_of(reading: Reading) -> tuple[Fact, ...]:
    """All that binds somebody or sets a figure, in the order of the text."""
    everything: list[Fact] = [*reading.tasks, *reading.assignments, *reading.helps, *reading.targets]
    return tuple(sorted(everything, key=lambda fact: fact.evidence.start))


def told_of(reading: Reading) -> tuple[Told, ...]:
    """All that the document tells, in the order of the text: what binds, results, sums checked."""
    everything: list[Told] = [*facts_of(reading), *reading.results, *reading.checks]
    return tuple(sorted(everything, key=lambda told: told.evidence.start))


def facts_by_block(reading: Reading, blocks: tuple[Block, ...]) -> dict[int, list[Fact]]:
    """Start of a block -> the facts whose sentence begins in it."""
    starts = [block.start for block in blocks]
    found: dict[int, list[Fact]] = {}
    for fact in facts_of(reading):
        index = bisect_right(starts, fact.evidence.start) - 1
        if index >= 0 and fact.evidence.start < blocks[index].end:
            found.setdefault(starts[index], []).append(fact)
    return found


def sentence_at(reading: Reading, blocks: tuple[Block, ...], at: int | None) -> tuple[int, int] | None:
    """What is marked: the sentence of the fact that begins there, else the block that holds the offset."""
    if at is None:
        return None
    spans = [(evidence.start, evidence.end) for evidence in _evidence(reading) if evidence.start == at]
    if spans:
        return max(spans)
    return next(((block.start, block.end) for block in blocks if block.start <= at < block.end), None)


def _evidence(reading: Reading) -> Iterator[Evidence]:
    for fact in facts_of(reading):
        yield fact.evidence
    for reference in reading.references:
        yield reference.evidence
    for told in (*reading.results, *reading.checks):
        yield told.evidence


def page_of(reading: Reading, *, number: int = 0, at: int | None = None) -> ScannedPage:
    """The scanned page by its number, or the one that holds the offset; the first when neither is one."""
    pages = reading.scanned_pages
    asked = [page for page in pages if page.number == number]
    holding = [page for page in pages if at is not None and page.start <= at < page.end]
    return next(iter((*asked, *holding, *pages)))


def box_at(reading: Reading, at: int | None, *, page: int) -> Box | None:
    """Where on a page the sentence lies whose evidence begins at the offset, or the doubtful word there."""
    sentences = [
        evidence for evidence in _evidence(reading) if evidence.start == at and evidence.page == page and evidence.box
    ]
    if sentences:
        return max(sentences, key=lambda evidence: evidence.end).box
    return next((word.box for word in reading.doubtful_words if word.start == at and word.page == page), None)


def repairs_of(reading: Reading) -> tuple[str, ...]:
    """How the letters of the whole file were made Unicode, where they were not."""
    whole = (issue for issue in reading.issues if issue.code is IssueCode.TEXT_REPAIRED and issue.start is None)
    return tuple(dict.fromkeys(issue.message for issue in whole))


def issues_of(reading: Reading) -> tuple[Issue, ...]:
    """What the program doubts, in the order of the text; what has no place comes first."""
    return tuple(sorted(reading.issues, key=lambda issue: issue.start if issue.start is not None else -1))
