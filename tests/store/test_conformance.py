"""Both engines side by side: row for row the same answers. Where they differ, both are kept in files for a diff."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

import pytest
from asked import Subjects, answers
from cases import CASES
from needs import ROOT
from scene import SCENE

from ntmgraph.model import Reading
from ntmgraph.store import GraphStore, Row, texts
from ntmgraph.store.ladybug import EmbeddedGraph
from ntmgraph.store.neo4j import Neo4jGraph

OUTPUT = ROOT / "test-output"
MADE = 40  # directives
# Texts whose first rows are those that the order of the text puts first.
ORDERED = frozenset(path.stem for path in (texts.FOLDER / "read").glob("*.cypher") if "\nORDER BY" in path.read_text())

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
    lines = [f"  {row!r}" for row in rows]
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
