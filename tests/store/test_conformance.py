"""Both engines side by side: row for row the same answers. Where they differ, both are kept in files for a diff."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

import pytest
from asked import Subjects, answers, cases, subjects
from cases import CASES
from needs import ROOT
from scene import SCENE
from synthetic import Synthetic

from ntmgraph.authority import Authority
from ntmgraph.model import Reading
from ntmgraph.store import GraphStore, Row, texts
from ntmgraph.store.ladybug import EmbeddedGraph
from ntmgraph.store.neo4j import Neo4jGraph

OUTPUT = ROOT / "test-output"
MADE = 40  # directives
# Texts whose first rows are those that the order of the text puts first.
ORDERED = frozenset(path.stem for path in (texts.FOLDER / "read").glob("*.cypher") if "\nORDER BY" in path.read_text())

UNORDERED = frozenset({"dates"})  # columns that hold a list of no order

Outcome = list[str]


@dataclass
class Engine:
    """A graph, as the benchmarks ask it."""

    graph: GraphStore

    def run(self, text: str, **parameters: object) -> list[Row]:
        if isinstance(self.graph, Neo4jGraph):
            return self.graph.run_read(text, **parameters)
        assert isinstance(self.graph, EmbeddedGraph)
        return self.graph._rows(text, parameters)


def assert_alike(name: str, embedded: Outcome, neo4j: Outcome) -> None:
    """Keep both outcomes in files where they are not the same."""
    if embedded == neo4j:
        return
    OUTPUT.mkdir(exist_ok=True)
    files = []
    for engine, outcome in (("embedded", embedded), ("neo4j", neo4j)):
        files.append(OUTPUT / f"{name}-{engine}.txt")
        files[-1].write_text("\n".join(outcome) + "\n", encoding="utf-8")
    pytest.fail(f"the engines answer differently: diff {files[0]} {files[1]}", pytrace=False)


def shown(question: str, about: object, rows: Sequence[Row], *, ordered: bool) -> Outcome:
    """Return a question and its rows as lines; rows of no order in an order of their own."""
    lines = [
        f"  { {name: sorted(value) if name in UNORDERED else value for name, value in row.items()} }" for row in rows
    ]
    return [f"{question} {about!r}", *(lines if ordered else sorted(lines))]


@pytest.fixture
def both(engines: Callable[[str], GraphStore]) -> tuple[Engine, Engine]:
    return Engine(engines("embedded")), Engine(engines("neo4j"))


def test_every_case_over_the_scene(both: tuple[Engine, Engine]) -> None:
    assert_alike("cases", *(_outcome_of_cases(engine.graph) for engine in both))


def _outcome_of_cases(graph: GraphStore) -> Outcome:
    outcome: Outcome = []
    with taken_in(graph, [make() for make in SCENE]):
        for also, some in groupby(sorted(CASES, key=lambda case: repr(case.also)), key=lambda case: case.also):
            with taken_in(graph, [make() for make in also]):
                for case in some:
                    rows = graph.ask(case.question, **case.parameters)
                    outcome += shown(case.question, case.parameters, rows, ordered=case.ordered)
    return outcome


def test_every_question_about_made_up_directives(both: tuple[Engine, Engine], authority: Authority) -> None:
    """About the typical and the largest agency, criterion, commune and document, pages of lists, and totals."""
    made = list(Synthetic(authority, MADE, seed=3).readings())
    embedded, neo4j = both
    with taken_in(embedded.graph, made), taken_in(neo4j.graph, made):
        found = subjects(embedded)
        asked = [(name, parameters) for name, _, parameters in cases(embedded, found)]
        outcomes = [
            [
                line
                for name, parameters in asked
                for line in shown(name, parameters, engine.graph.ask(name, **parameters), ordered=name in ORDERED)
            ]
            for engine in both
        ]
        pages = [_pages(engine.graph, found) for engine in both]
        counts = [[f"{kind} {count}" for kind, count in engine.graph.counts().items()] for engine in both]
    assert_alike("made-up", *outcomes)
    assert_alike("made-up-pages", *pages)
    assert_alike("made-up-counts", *counts)


def _pages(graph: GraphStore, found: Subjects) -> Outcome:
    return [f"{name}: {answer()!r}" for name, answer in answers(graph, found).items()]


@contextmanager
def taken_in(graph: GraphStore, readings: Sequence[Reading]) -> Iterator[None]:
    """Take in directives, and remove them at the end."""
    graph.replace(*readings)
    try:
        yield
    finally:
        for reading in readings:
            graph.remove(reading.document.id)
