"""The index of the shared graph: Neo4j's full-text index over passages, which are nodes beside the graph.

Words are cut and folded by the program, as for the embedded graph, and the index takes them as they are. What a search
is narrowed by stands in the index too, as marks ("agency=so_tai_chinh"), so that one Lucene query finds all. No sign
that a person types reaches that query: it is made of words, of letters and digits, and of marks in quotes.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from ntmgraph.model import Reading
from ntmgraph.queries import PAGE, DocumentName, FacetValue, SearchAnswer, SearchHit, SearchQuestion
from ntmgraph.store import texts
from ntmgraph.store.graph import Row
from ntmgraph.store.neo4j import Neo4jGraph
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
from ntmgraph.store.writing import Writing

COUNTED = 10_000  # passages over which facets are counted, the best ones: a server reads each for it
_ROWS = 2000  # of one message
_JOIN = "\x1e"  # between the name of a facet and its value


class Neo4jIndex:
    """A SearchIndex; what was written is found when its transaction ends."""

    def __init__(self, graph: Neo4jGraph) -> None:
        self._graph = graph

    def replace(self, reading: Reading) -> None:
        rows = passage_rows([reading])
        self._graph.write(lambda write: write_passages(write, [reading.document.id], rows))

    def remove(self, document: str) -> None:
        self._graph.write(lambda write: write_passages(write, [document], ()))

    def commit(self) -> None:
        pass  # each transaction commits itself

    def documents(self) -> frozenset[str]:
        return frozenset(row["document"] for row in self._graph.run_whole(texts.shared("found_documents")))

    def passages(self, documents: Sequence[str]) -> dict[str, int]:
        rows = self._graph.run_whole(texts.shared("passages_of_documents"), ids=list(documents))
        return {row["document"]: row["passages"] for row in rows}

    def close(self) -> None:
        pass  # the graph closes the connection

    def search(self, question: SearchQuestion) -> SearchAnswer:
        """Return a page of hits, best first, and the facet counts: of all hits up to 10,000, of the best ones beyond.

        Nothing to look for (no word, no facet) is answered by no hit.
        """
        began = time.perf_counter()
        items = sought(question.text)
        query = lucene(items, question)
        if query is None:
            return SearchAnswer((), dict.fromkeys(FACETS, ()), 0, 0, _ms(began))
        limit, offset = max(1, min(question.limit, PAGE)), max(0, question.offset)
        total: int = self._graph.run_whole(texts.shared("count_passages"), query=query)[0]["total"]
        rows: list[Row] = []
        if offset < total:
            rows = self._graph.run_whole(texts.shared("passages"), query=query, offset=offset, limit=limit)
        counted: list[Row] = []
        if total:
            counted = self._graph.run_whole(texts.shared("facets_of_passages"), query=query, limit=COUNTED)
        hits = tuple(_hit(row, items) for row in rows)
        return SearchAnswer(hits, _facets(counted), total, min(total, COUNTED), _ms(began))


def lucene(items: Iterable[Sought], question: SearchQuestion) -> str | None:
    """Return the query for what is sought; None where there is nothing to look for."""
    items = tuple(items)
    clauses: list[str] = []
    for item in items:
        found = f'folded:"{" ".join(item.folded)}"'
        if item.accented:  # any accents are found, the same ones come first
            clauses.append(f'exact:"{" ".join(item.exact)}"')
            found = f"{found}^0.3"
        if len(item.folded) > 1:  # a document number, perhaps: its own document comes first
            found = f"({found} {_marked('number', ''.join(item.folded))}^20)"
        clauses.append(f"+{found}")
    if len(items) > 1:  # side by side in the order typed: a better hit than scattered syllables
        exact = any(item.accented for item in items)
        phrase = " ".join(chain.from_iterable(item.exact if exact else item.folded for item in items))
        clauses.append(f'{"exact" if exact else "folded"}:"{phrase}"^2')
    clauses += [f"+{_marked(facet, form)}^0" for facet, form in asked_facets(question).items()]
    if clauses and question.province:  # central documents are of every province
        of_province = (_marked("province", each) for each in (asked_form(question.province), CENTRAL))
        clauses.append(f"+({' '.join(of_province)})^0")
    return " ".join(clauses) or None


def passage_rows(readings: Iterable[Reading]) -> list[Row]:
    """Return what the index holds of documents; made before a transaction begins."""
    return [_passage_row(reading, entry) for reading in readings for entry in entries(reading)]


def write_passages(write: Writing, documents: Iterable[str], rows: Sequence[Row]) -> None:
    """Write the passages of documents in place of those they had."""
    write.run(texts.shared("remove_passages"), ids=list(documents))
    for start in range(0, len(rows), _ROWS):
        write.run(texts.shared("write_passages"), rows=rows[start : start + _ROWS])


def _passage_row(reading: Reading, entry: Entry) -> Row:
    document = reading.document
    return {
        "id": f"{document.id}#{entry.passage.start}",
        "document": document.id,
        "provision": entry.passage.provision,
        "path": entry.passage.path,
        "start": entry.passage.start,
        "text": entry.text,
        "number": document.number,
        "date": document.date and document.date.isoformat(),
        "issuer": document.issuer,
        "type": document.type,
        "subject": document.subject,
        "folded": " ".join(entry.folded),
        "exact": " ".join(entry.exact),
        "marks": " ".join(dict.fromkeys(_marks(document.number, entry))),
        "facets": [f"{name}{_JOIN}{facet.shown}" for name, values in entry.facets.items() for facet in values],
        "first": entry.first,
    }


def _marks(number: str | None, entry: Entry) -> Iterator[str]:
    yield _mark("province", entry.province)
    if entry.first and number:
        yield _mark("number", number_key(number))
    for name, values in entry.facets.items():
        for facet in values:
            for form in facet.forms:
                yield _mark(name, form)


def _mark(name: str, form: str) -> str:
    """Return the one word that stands for a form of a facet."""
    return f"{name}={'_'.join(form.split())}"


def _marked(name: str, form: str) -> str:
    """Return the clause that looks for a mark; in quotes, only these two signs mean something to Lucene."""
    quoted = _mark(name, form).replace("\\", "\\\\").replace('"', '\\"')
    return f'marks:"{quoted}"'


def _hit(row: Row, items: tuple[Sought, ...]) -> SearchHit:
    return SearchHit(
        document=DocumentName(
            id=row["document"],
            number=row["number"],
            date=date.fromisoformat(row["date"]) if row["date"] else None,
            issuer=row["issuer"],
            type=row["type"],
            subject=row["subject"],
        ),
        provision=row["provision"],
        path=row["path"],
        start=row["start"],
        score=row["score"],
        text=row["text"],
        highlights=highlights(row["text"], items),
    )


def _facets(rows: Iterable[Row]) -> dict[str, tuple[FacetValue, ...]]:
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for row in rows:
        name, _, shown = row["facet"].partition(_JOIN)
        counts[name][shown] = row["count"]
    return {
        facet: tuple(
            facet_value(shown, count)
            for shown, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:VALUES_PER_FACET]
        )
        for facet, found in counts.items()
    }


def _ms(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 2)
