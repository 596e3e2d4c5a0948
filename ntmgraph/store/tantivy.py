"""The index beside the embedded graph: one writer, any number of readers in this process."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise, starmap
from pathlib import Path
from typing import Any

import tantivy

from ntmgraph.model import Document, Reading
from ntmgraph.queries import PAGE, DocumentName, FacetValue, SearchAnswer, SearchHit, SearchQuestion
from ntmgraph.store.search import (
    CENTRAL,
    FACETS,
    VALUES_PER_FACET,
    Entry,
    Sought,
    asked_facets,
    asked_form,
    entries,
    facet_value,
    highlights,
    number_key,
    sought,
)

_Clause = tuple[tantivy.Occur, tantivy.Query]

_HEAP = 64_000_000  # bytes that the writer gathers before it writes a segment


def open_index(folder: Path) -> TantivyIndex:
    """Return the index kept in a folder, made there if it is not."""
    return TantivyIndex(folder)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("document", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("head", tokenizer_name="raw", index_option="basic")  # the first passage of each document
    builder.add_text_field("number", tokenizer_name="raw", index_option="basic")  # on the first passage only
    builder.add_text_field("folded", tokenizer_name="whitespace")
    builder.add_text_field("exact", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="freq")  # "nong_thon thon_moi", folded
    for name in ("provision", "path", "text", "shown_number", "date", "shown_issuer", "shown_type", "subject"):
        builder.add_bytes_field(name, stored=True)
    builder.add_unsigned_field("start", stored=True)
    builder.add_text_field("province", tokenizer_name="raw", index_option="basic")  # of the document; CENTRAL for none
    for facet in FACETS:
        builder.add_text_field(facet, tokenizer_name="raw", index_option="basic")  # every form that the filter accepts
        builder.add_text_field(f"{facet}_shown", tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


class TantivyIndex:
    """A SearchIndex in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, str(folder))
        self._index.register_tokenizer(
            "whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )
        self._writer: Any = None
        self._counting = ThreadPoolExecutor(1, thread_name_prefix="facets")

    def replace(self, reading: Reading) -> None:
        """Write a document's passages in place of those it had."""
        self.remove(reading.document.id)
        for entry in entries(reading):
            self._writing().add_document(_written(reading.document, entry))

    def remove(self, document: str) -> None:
        self._writing().delete_documents_by_term("document", document)

    def commit(self) -> None:
        """Make everything written so far found, and safe from a kill."""
        if self._writer is not None:
            self._writer.commit()
            self._index.reload()

    def documents(self) -> frozenset[str]:
        searcher = self._index.searcher()
        found = searcher.search(self._term("head", "1"), limit=max(1, searcher.num_docs), count=False)
        return frozenset(str(searcher.doc(address).get_first("document")) for _, address in found.hits)

    def passages(self, documents: Sequence[str]) -> dict[str, int]:
        searcher = self._index.searcher()
        return {id: _count(searcher.search(self._term("document", id), limit=1, count=True)) for id in documents}

    def close(self) -> None:
        self._counting.shutdown()
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def search(self, question: SearchQuestion) -> SearchAnswer:
        """Return a page of hits, best first, and the facet counts of all of them.

        Nothing to look for (no word, no facet) is answered by no hit.
        """
        began = time.perf_counter()
        items = sought(question.text)
        must = self._must(items, question)
        if not must:
            return SearchAnswer((), dict.fromkeys(FACETS, ()), 0, 0, _ms(began))
        counted = tantivy.Query.boolean_query(must)
        query = tantivy.Query.boolean_query([*must, *self._should(items)])
        searcher = self._index.searcher()
        limit = max(1, min(question.limit, PAGE))
        # The engine sets memory aside for all hits up to the last one asked for, and ends the process when it cannot.
        offset = max(0, min(question.offset, searcher.num_docs))
        # Counting takes about as long as finding, and the engine works without Python's lock.
        counting = self._counting.submit(_facets, searcher, counted)
        result = searcher.search(query, limit=limit, offset=offset, count=True)
        rows = tuple(self._hit(searcher.doc(address), score, items) for score, address in result.hits)
        total = _count(result)
        return SearchAnswer(rows, counting.result(), total, total, _ms(began))

    def _writing(self) -> Any:
        if self._writer is None:
            # One thread: more would give each its own segment for a single dropped file.
            self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)
            # What a kill left in the folder may bear the very name of what is written next, which then fails.
            self._writer.garbage_collect_files()
            # The first deed of a writer bears the number of the last commit, and segments that are merged before the
            # next one pass it over where they count as up to that number: it deletes nothing.
            self._writer.delete_documents_by_term("document", "")
        return self._writer

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, "basic")

    def _word(self, field: str, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, word, "freq")

    def _phrase(self, folded: tuple[str, ...]) -> tantivy.Query:
        if len(folded) == 1:
            return self._word("folded", folded[0])
        if len(folded) == 2:
            return self._side_by_side(*folded)
        return tantivy.Query.phrase_query(self._schema, "folded", list(folded))

    def _side_by_side(self, first: str, second: str) -> tantivy.Query:
        return self._word("pairs", _pair(first, second))

    def _must(self, items: tuple[Sought, ...], question: SearchQuestion) -> list[_Clause]:
        """Return what a hit has to fulfil; nothing for a question without words and facets."""
        must, should, query = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Query
        clauses: list[_Clause] = []
        for item in items:
            found = self._phrase(item.folded)
            if item.accented:
                found = query.boost_query(found, 0.3)
            if len(item.folded) > 1:  # a document number, perhaps: its own document comes first
                number = query.boost_query(self._term("number", "".join(item.folded)), 20.0)
                found = query.boolean_query([(should, found), (should, number)])
            clauses.append((must, found))
        for facet, form in asked_facets(question).items():
            clauses.append((must, query.const_score_query(self._term(facet, form), 0.0)))
        if clauses and question.province:  # central documents are of every province
            of_province = [(should, self._term("province", each)) for each in (asked_form(question.province), CENTRAL)]
            clauses.append((must, query.const_score_query(query.boolean_query(of_province), 0.0)))
        return clauses

    def _should(self, items: tuple[Sought, ...]) -> Iterator[_Clause]:
        """Yield what makes a hit a better one."""
        should, query = tantivy.Occur.Should, tantivy.Query
        for item in items:
            # Any accents are found, the same ones come first; word by word, for a phrase is slow: it reads positions.
            if item.accented:
                yield from ((should, self._word("exact", word)) for word in item.exact)
        for item, next_ in pairwise(items):  # side by side in the order typed: better than scattered syllables
            yield should, query.boost_query(self._side_by_side(item.folded[-1], next_.folded[0]), 2.0)

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


def _facets(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[str, tuple[FacetValue, ...]]:
    # All in one call, for each works the query out anew.
    asked = {
        facet: {"terms": {"field": f"{facet}_shown", "size": VALUES_PER_FACET, "segment_size": 1000}}
        for facet in FACETS
    }
    counted = searcher.aggregate(query, asked)
    return {facet: tuple(_facet_values(counted[facet]["buckets"])) for facet in FACETS}


def _written(document: Document, entry: Entry) -> tantivy.Document:
    written = tantivy.Document()
    written.add_text("document", document.id)
    written.add_text("folded", " ".join(entry.folded))
    written.add_text("exact", " ".join(entry.exact))
    written.add_text("pairs", " ".join(starmap(_pair, pairwise(entry.folded))))
    written.add_unsigned("start", entry.passage.start)
    written.add_text("province", entry.province)
    for name, value in (
        ("provision", entry.passage.provision),
        ("path", entry.passage.path),
        ("text", entry.text),
        ("shown_number", document.number),
        ("date", document.date and document.date.isoformat()),
        ("shown_issuer", document.issuer),
        ("shown_type", document.type),
        ("subject", document.subject),
    ):
        if value:
            written.add_bytes(name, value.encode())
    if entry.first:
        written.add_text("head", "1")
        if document.number:
            written.add_text("number", number_key(document.number))
    for name, values in entry.facets.items():
        for facet in values:
            written.add_text(f"{name}_shown", facet.shown)
        for form in {form for facet in values for form in facet.forms}:
            written.add_text(name, form)
    return written


def _pair(first: str, second: str) -> str:
    """Return two neighbours as one term: told at the price of a word, where a phrase reads every position."""
    return f"{first}_{second}"


def _facet_values(buckets: list[dict[str, Any]]) -> Iterator[FacetValue]:
    for bucket in buckets:
        yield facet_value(str(bucket["key"]), int(bucket["doc_count"]))


def _count(result: Any) -> int:  # the library's type stub leaves `count` out
    return int(result.count or 0)


def _ms(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 2)
