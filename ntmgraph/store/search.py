"""The full-text index: provisions found by their words, with or without accents.

One entry a passage, which is the part of a provision that is its own: a clause without its points. Words are cut and
folded here, by `words`, for the index, the query and the highlights alike, so the three never disagree. What a person
types is never given to a query parser: it becomes terms and phrases, so no sign in it can break the search.
"""

from __future__ import annotations

import re
import time
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import tantivy

from ntmgraph.model import Document, Reading
from ntmgraph.queries import PAGE, DocumentName, FacetValue, SearchAnswer, SearchHit, SearchQuestion
from ntmgraph.text import fold, key, plain

FACETS = ("year", "issuer", "type", "agency", "criterion", "place")
_VALUES_PER_FACET = 30

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

    def documents(self) -> int:
        """Return how many documents can be found."""
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


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("document", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("head", tokenizer_name="raw", index_option="basic")  # the first passage of each document
    builder.add_text_field("number", tokenizer_name="raw", index_option="basic")  # on the first passage only
    builder.add_text_field("folded", tokenizer_name="whitespace")
    builder.add_text_field("exact", tokenizer_name="whitespace")
    for name in ("provision", "path", "text", "shown_number", "date", "shown_issuer", "shown_type", "subject"):
        builder.add_bytes_field(name, stored=True)
    builder.add_unsigned_field("start", stored=True)
    builder.add_text_field("province", tokenizer_name="raw", index_option="basic")  # of the document; _CENTRAL for none
    for facet in FACETS:
        builder.add_text_field(facet, tokenizer_name="raw", index_option="basic")  # every form that the filter accepts
        builder.add_text_field(f"{facet}_shown", tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


_CENTRAL = "*"
_JOIN = "\x1f"  # between value and label of a facet


@dataclass(frozen=True, slots=True)
class _Facet:
    value: str
    label: str
    forms: tuple[str, ...]  # what may be asked for, folded


class TantivyIndex:
    """The index beside the embedded graph; one writer, any number of readers in this process."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, str(folder))
        self._index.register_tokenizer(
            "whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )
        self._writer: Any = None

    def replace(self, reading: Reading) -> None:
        """Write a document's passages in place of those it had."""
        self.remove(reading.document.id)
        writer = self._writing()
        stretches = passages(reading)
        document_facets = _document_facets(reading.document)
        mentioned = _mentioned(reading, stretches)
        for ordinal, passage in enumerate(stretches):
            writer.add_document(
                self._entry(reading.document, passage, {**document_facets, **mentioned[ordinal]}, first=ordinal == 0)
            )

    def remove(self, document: str) -> None:
        self._writing().delete_documents_by_term("document", document)

    def commit(self) -> None:
        """Make everything written so far found, and safe from a kill."""
        if self._writer is not None:
            self._writer.commit()
            self._index.reload()

    def documents(self) -> int:
        return _count(self._index.searcher().search(self._term("head", "1"), limit=1))

    def close(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def search(self, question: SearchQuestion) -> SearchAnswer:
        """Return a page of hits, best first, and the facet counts of all of them.

        Nothing to look for (no word, no facet) is answered by no hit.
        """
        began = time.perf_counter()
        items = sought(question.text)
        query = self._query(items, question)
        if query is None:
            return SearchAnswer((), dict.fromkeys(FACETS, ()), 0, _ms(began))
        searcher = self._index.searcher()
        limit = max(1, min(question.limit, PAGE))
        # The engine sets memory aside for all hits up to the last one asked for, and ends the process when it cannot.
        offset = max(0, min(question.offset, searcher.num_docs))
        result = searcher.search(query, limit=limit, offset=offset, count=True)
        rows = tuple(self._hit(searcher.doc(address), score, items) for score, address in result.hits)
        facets = self._facets(searcher, query)
        return SearchAnswer(rows, facets, _count(result), _ms(began))

    def _writing(self) -> Any:
        # One thread: more would give each its own segment for a single dropped file.
        self._writer = self._writer or self._index.writer(heap_size=64_000_000, num_threads=1)
        return self._writer

    def _entry(
        self, document: Document, passage: Passage, facets: dict[str, tuple[_Facet, ...]], *, first: bool
    ) -> tantivy.Document:
        text = document.text[passage.start : passage.end]
        entry = tantivy.Document()
        entry.add_text("document", document.id)
        entry.add_text("folded", " ".join(words(fold(text))))
        entry.add_text("exact", " ".join(words(key(text))))
        entry.add_unsigned("start", passage.start)
        entry.add_text("province", plain(document.province) if document.province else _CENTRAL)
        for name, value in (
            ("provision", passage.provision),
            ("path", passage.path),
            ("text", text),
            ("shown_number", document.number),
            ("date", document.date and document.date.isoformat()),
            ("shown_issuer", document.issuer),
            ("shown_type", document.type),
            ("subject", document.subject),
        ):
            if value:
                entry.add_bytes(name, value.encode())
        if first:
            entry.add_text("head", "1")
            if document.number:
                entry.add_text("number", _number_key(document.number))
        for name, values in facets.items():
            for facet in values:
                entry.add_text(f"{name}_shown", f"{facet.value}{_JOIN}{facet.label}")
            for form in {form for facet in values for form in facet.forms}:
                entry.add_text(name, form)
        return entry

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, "basic")

    def _phrase(self, field: str, phrase: tuple[str, ...]) -> tantivy.Query:
        if len(phrase) == 1:
            return tantivy.Query.term_query(self._schema, field, phrase[0], "freq")
        return tantivy.Query.phrase_query(self._schema, field, list(phrase))

    def _query(self, items: tuple[Sought, ...], question: SearchQuestion) -> tantivy.Query | None:
        must, should, query = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Query
        clauses: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for item in items:
            found = self._phrase("folded", item.folded)
            if len(item.folded) > 1:  # a document number, perhaps: its own document comes first
                number = query.boost_query(self._term("number", "".join(item.folded)), 20.0)
                found = query.boolean_query([(should, found), (should, number)])
            if item.accented:  # any accents are found, the same ones come first
                clauses.append((should, self._phrase("exact", item.exact)))
                found = query.boost_query(found, 0.3)
            clauses.append((must, found))
        if len(items) > 1:  # side by side in the order typed: a better hit than scattered syllables
            field = "exact" if any(item.accented for item in items) else "folded"
            words_ = (item.exact if field == "exact" else item.folded for item in items)
            clauses.append((should, query.boost_query(self._phrase(field, tuple(chain(*words_))), 2.0)))
        for facet in FACETS:
            value = getattr(question, facet)
            if value is not None and value != "":
                wanted = query.const_score_query(self._term(facet, _asked(value)), 0.0)
                clauses.append((must, wanted))
        if clauses and question.province:  # central documents are of every province
            of_province = [(should, self._term("province", each)) for each in (_asked(question.province), _CENTRAL)]
            clauses.append((must, query.const_score_query(query.boolean_query(of_province), 0.0)))
        return query.boolean_query(clauses) if clauses else None

    def _hit(self, entry: tantivy.Document, score: float, items: tuple[Sought, ...]) -> SearchHit:
        def stored(name: str) -> str | None:
            value = entry.get_first(name)
            return bytes(value).decode() if value is not None else None

        text, day = stored("text") or "", stored("date")
        return SearchHit(
            document=DocumentName(
                id=str(entry.get_first("document")),
                number=stored("shown_number"),
                date=date.fromisoformat(day) if day else None,
                issuer=stored("shown_issuer"),
                type=stored("shown_type"),
                subject=stored("subject"),
            ),
            provision=stored("provision") or "",
            path=stored("path") or "",
            start=int(entry.get_first("start") or 0),
            score=score,
            text=text,
            highlights=highlights(text, items),
        )

    def _facets(self, searcher: tantivy.Searcher, query: tantivy.Query) -> dict[str, tuple[FacetValue, ...]]:
        asked = {
            facet: {"terms": {"field": f"{facet}_shown", "size": _VALUES_PER_FACET, "segment_size": 1000}}
            for facet in FACETS
        }
        counted = searcher.aggregate(query, asked)
        return {facet: tuple(_facet_values(counted[facet]["buckets"])) for facet in FACETS}


def open_index(folder: Path) -> SearchIndex:
    """Return the index kept in a folder, made there if it is not."""
    return TantivyIndex(folder)


def _facet_values(buckets: list[dict[str, Any]]) -> Iterator[FacetValue]:
    for bucket in buckets:
        value, _, label = str(bucket["key"]).partition(_JOIN)
        yield FacetValue(value, label, int(bucket["doc_count"]))


def _count(result: Any) -> int:  # the library's type stub leaves `count` out
    return int(result.count or 0)


def _ms(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 2)


def _asked(value: object) -> str:
    """Return the form that a filter compares; a call may hold broken letters."""
    return plain(str(value)).encode(errors="replace").decode()


def _number_key(number: str) -> str:
    return "".join(words(fold(number)))


def _document_facets(document: Document) -> dict[str, tuple[_Facet, ...]]:
    year = str(document.date.year) if document.date else None
    values = (("year", year), ("issuer", document.issuer), ("type", document.type))
    return {name: (_Facet(value, value, (plain(value),)),) for name, value in values if value}


def _mentioned(reading: Reading, stretches: list[Passage]) -> list[dict[str, tuple[_Facet, ...]]]:
    """Return for each passage the agencies, criteria and places that it names."""
    starts = [passage.start for passage in stretches]
    found: list[dict[str, dict[str, _Facet]]] = [{} for _ in stretches]
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


def _named(id_: str, name: str) -> _Facet:
    short = _PLACE_KIND.sub("", plain(name))
    return _Facet(id_, name, (plain(id_), plain(name), short))


def _criterion_facet(id_: str, number: int | str | None, name: str | None) -> _Facet:
    label = ". ".join(str(part) for part in (number, name) if part is not None) or id_
    forms = (plain(id_), *(plain(str(part)) for part in (number, name) if part is not None))
    return _Facet(id_, label, forms)
