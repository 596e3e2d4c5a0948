"""The full-text index, as both engines have it: provisions found by their words, with or without accents.

One entry a passage, which is the part of a provision that is its own: a clause without its points. Words are cut and
folded here, by `words`, for the index, the query and the highlights alike, so the three never disagree. What a person
types is never given to a query parser: it becomes terms and phrases, so no sign in it can break the search.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ntmgraph.model import Document, Reading
from ntmgraph.queries import FacetValue, SearchAnswer, SearchQuestion
from ntmgraph.text import fold, key, plain

FACETS = ("year", "issuer", "type", "agency", "criterion", "place")
VALUES_PER_FACET = 30

_WORD = re.compile(r"[^\W_]+")
_WORD_LENGTH = 100  # a longer run of letters is no word; the index refuses terms of many kilobytes
_CHUNK = re.compile(r'"([^"]+)"|([^\s"]+)')
_CHUNKS = 40  # of one query: more are a pasted paragraph, and would only slow the answer
_PASSAGE_LENGTH = 3000  # code points; a longer one is cut at a line end, so that a hit shows its place

# Words that say of which kind a place is; people leave them out: "Phú Nhuận" finds "xã Phú Nhuận".
_PLACE_KIND = re.compile(r"^(?:tinh|thanh pho|huyen|thi xa|quan|xa|phuong|thi tran|dac khu|thon|ban|to dan pho) ")


class SearchIndex(Protocol):
    """What both engines offer; written documents are found after `commit`."""

    def replace(self, reading: Reading) -> None: ...

    def remove(self, document: str) -> None: ...

    def commit(self) -> None: ...

    def search(self, question: SearchQuestion) -> SearchAnswer: ...

    def documents(self) -> frozenset[str]:
        """Return the ids of the documents that can be found."""
        ...

    def passages(self, documents: Sequence[str]) -> dict[str, int]:
        """Return how many passages it holds of each of these documents."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's text that is found and shown as one."""

    provision: str  # id; the document's where the stretch lies in no provision
    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that must stand one after another; a single word is a phrase of one."""

    folded: tuple[str, ...]
    exact: tuple[str, ...]

    @property
    def accented(self) -> bool:
        return self.folded != self.exact


def words(text: str) -> list[str]:
    """Return the words of folded or plain text: runs of letters and digits, so "134/ubnd-nln" is three."""
    return [word[:_WORD_LENGTH] for word in _WORD.findall(text)]


def passages(reading: Reading) -> list[Passage]:
    """Return stretches that do not overlap and together hold every word of the document, in reading order."""
    text = reading.document.text
    found: list[Passage] = []
    # Each open provision owns the text from `position` until a child starts or it ends itself.
    open_: list[Passage] = [Passage(reading.document.id, "", 0, len(text))]
    position = 0

    def own(until: int) -> None:
        nonlocal position
        owner = open_[-1]
        found.extend(Passage(owner.provision, owner.path, *cut) for cut in _cuts(text, position, until))
        position = max(position, until)

    for provision in sorted(reading.provisions, key=lambda p: (p.start, -p.end)):
        while len(open_) > 1 and open_[-1].end <= provision.start:
            own(open_[-1].end)
            open_.pop()
        own(provision.start)
        open_.append(Passage(provision.id, provision.path, provision.start, provision.end))
    while open_:
        own(open_[-1].end)
        open_.pop()
    return found


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets of text[start:end] without outer blanks, in stretches of readable length."""
    while start < end:
        until = end
        if end - start > _PASSAGE_LENGTH:
            line_end = text.rfind("\n", start, start + _PASSAGE_LENGTH)
            blank = text.rfind(" ", start, start + _PASSAGE_LENGTH)
            until = max(line_end, start) if line_end > start else blank if blank > start else start + _PASSAGE_LENGTH
        stretch = text[start:until]
        if _WORD.search(stretch):
            yield start + len(stretch) - len(stretch.lstrip()), until - (len(stretch) - len(stretch.rstrip()))
        start = until


def sought(text: str) -> tuple[Sought, ...]:
    """Return what a person looks for: phrases in double quotes, and words. "134/UBND-NLN" is a phrase of three."""
    straight = re.sub("[“”„«»]", '"', unicodedata.normalize("NFC", text))
    found: dict[tuple[str, ...], Sought] = {}  # by the exact words: what is typed twice is looked for once
    for match in _CHUNK.finditer(straight):
        chunk = match[1] or match[2]
        folded, exact = tuple(words(fold(chunk))), tuple(words(key(chunk)))
        if folded:
            found.setdefault(exact, Sought(folded, exact))
        if len(found) == _CHUNKS:
            break
    return tuple(found.values())


def highlights(text: str, looked_for: Iterable[Sought]) -> tuple[tuple[int, int], ...]:
    """Return the offsets in `text` of what was looked for, neighbours joined.

    Vietnamese words have several syllables, so a lone syllable of a longer query is shown only where no longer
    run holds it: "giao thông" is not lit at "giao Sở Tài chính". Words typed with accents prefer the same accents.
    """
    found_words = list(_WORD.finditer(fold(text)))
    spans = [match.span() for match in found_words]
    folded_words = [match.group()[:_WORD_LENGTH] for match in found_words]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(folded_words):
        places[word].append(index)

    lit: dict[int, set[int]] = {}  # word index -> which of the sought it belongs to
    continued: set[int] = set()  # words that follow one of the same phrase, whatever sign stands between
    for number, item in enumerate(looked_for):
        length = len(item.folded)
        starts = [i for i in places.get(item.folded[0], ()) if tuple(folded_words[i : i + length]) == item.folded]
        if item.accented:
            written = [[key(text[start:end]) for start, end in spans[i : i + length]] for i in starts]
            starts = [i for i, exact in zip(starts, written, strict=True) if tuple(exact) == item.exact] or starts
        for start in starts:
            for index in range(start, start + length):
                lit.setdefault(index, set()).add(number)
            continued.update(range(start + 1, start + length))

    runs: list[tuple[int, int]] = []
    for index in sorted(lit):
        follows = bool(runs) and runs[-1][1] == index
        if follows and (index in continued or text[spans[index - 1][1] : spans[index][0]].isspace()):
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    in_long_runs = {number for first, last in runs if last - first > 1 for i in range(first, last) for number in lit[i]}
    kept = [run for run in runs if run[1] - run[0] > 1 or not lit[run[0]] <= in_long_runs]
    return tuple((spans[first][0], spans[last - 1][1]) for first, last in kept)


CENTRAL = "*"  # province of a central document, which is of every province
_JOIN = "\x1f"  # between value and label of a facet


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that hits are counted and narrowed by."""

    value: str
    label: str
    forms: tuple[str, ...]  # what may be asked for, folded

    @property
    def shown(self) -> str:
        """Value and label in one string, which an index keeps and counts."""
        return f"{self.value}{_JOIN}{self.label}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an index holds of a passage."""

    passage: Passage
    text: str
    folded: tuple[str, ...]  # its words without accents
    exact: tuple[str, ...]
    first: bool  # the first passage of its document, which the document's number finds
    province: str  # of the document, folded; CENTRAL for none
    facets: dict[str, tuple[Facet, ...]]  # by the names in FACETS


def entries(reading: Reading) -> Iterator[Entry]:
    """Yield what an index holds of a document, passage by passage."""
    stretches = passages(reading)
    document = reading.document
    of_document = _document_facets(document)
    mentioned = _mentioned(reading, stretches)
    province = plain(document.province) if document.province else CENTRAL
    for ordinal, passage in enumerate(stretches):
        text = document.text[passage.start : passage.end]
        yield Entry(
            passage=passage,
            text=text,
            folded=tuple(words(fold(text))),
            exact=tuple(words(key(text))),
            first=ordinal == 0,
            province=province,
            facets={**of_document, **mentioned[ordinal]},
        )


def facet_value(shown: str, count: int) -> FacetValue:
    """Return a counted value as answers have it."""
    value, _, label = shown.partition(_JOIN)
    return FacetValue(value, label, count)


def asked_facets(question: SearchQuestion) -> dict[str, str]:
    """Return the forms that a question narrows its facets to, by facet."""
    values = {facet: getattr(question, facet) for facet in FACETS}
    return {facet: asked_form(value) for facet, value in values.items() if value is not None and value != ""}


def asked_form(value: object) -> str:
    """Return the form that a filter compares; a call may hold broken letters."""
    return plain(str(value)).encode(errors="replace").decode()


def number_key(number: str) -> str:
    """Return the letters and digits of a document number: "134/UBND-NLN" -> "134ubndnln"."""
    return "".join(words(fold(number)))


def _document_facets(document: Document) -> dict[str, tuple[Facet, ...]]:
    year = str(document.date.year) if document.date else None
    values = (("year", year), ("issuer", document.issuer), ("type", document.type))
    return {name: (Facet(value, value, (plain(value),)),) for name, value in values if value}


def _mentioned(reading: Reading, stretches: list[Passage]) -> list[dict[str, tuple[Facet, ...]]]:
    """Return for each passage the agencies, criteria and places that it names."""
    starts = [passage.start for passage in stretches]
    found: list[dict[str, dict[str, Facet]]] = [{} for _ in stretches]
    things = (
        [("agency", agency.mentions, _named(agency.id, agency.name)) for agency in reading.agencies]
        + [("place", place.mentions, _named(place.id, place.name)) for place in reading.places]
        + [
            ("criterion", criterion.mentions, _criterion_facet(criterion.id, criterion.number, criterion.name))
            for criterion in reading.criteria
        ]
    )
    for name, mentions, facet in things:
        for mention in mentions:
            index = bisect_right(starts, mention.start) - 1
            if index >= 0 and mention.start < stretches[index].end:
                found[index].setdefault(name, {})[facet.value] = facet
    return [{name: tuple(facets.values()) for name, facets in each.items()} for each in found]


def _named(id_: str, name: str) -> Facet:
    short = _PLACE_KIND.sub("", plain(name))
    return Facet(id_, name, (plain(id_), plain(name), short))


def _criterion_facet(id_: str, number: int | str | None, name: str | None) -> Facet:
    label = ". ".join(str(part) for part in (number, name) if part is not None) or id_
    forms = (plain(id_), *(plain(str(part)) for part in (number, name) if part is not None))
    return Facet(id_, label, forms)
