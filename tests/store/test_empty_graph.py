"""Every question over a graph that holds the catalogue and no document."""

from __future__ import annotations

import pytest
from cases import CASES, Case

from ntmgraph.store import GraphStore
from ntmgraph.store.kinds import VERSION

OF_THE_CATALOGUE = {
    "agencies", "places", "catalogue_agencies", "totals", "catalogue_places", "successors_of_agencies",
    "successors_of_places",
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.question)
def test_answers_over_an_empty_graph(graph: GraphStore, case: Case) -> None:
    """Nothing taken in gives no row, or rows that say none: never an error, never something of the catalogue."""
    rows = graph.ask(case.question, **case.parameters)
    if case.question not in OF_THE_CATALOGUE:
        assert all(row.get("total") == 0 or case.columns[0] == "task" or None in row.values() for row in rows)


def test_the_version_of_the_graph(graph: GraphStore) -> None:
    assert [row["version"] for row in graph.ask("graph")] == [VERSION]
