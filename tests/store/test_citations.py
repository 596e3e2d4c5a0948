"""A citation that does not tell for sure is joined with the only document taken in that fits, in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from readings import Directive

from ntmgraph.model import DocumentState, Reading, Relation
from ntmgraph.store import GraphStore
from ntmgraph.store.citations import SOLE, fitting
from ntmgraph.workspace.documents import cited_by, cites, document

PLAN = "48/KH-UBND"


def plan(province: str = "Lào Cai", day: date = date(2017, 2, 1)) -> Reading:
    return Directive(PLAN, day, province=province, type="Kế hoạch", subject="Kế hoạch nước sạch").reading()


def letter(relation: Relation = Relation.IMPLEMENTS, issuer: str | None = None) -> Reading:
    """A letter of Lào Cai, June 2017, that cites the plan without its date."""
    written = Directive("77/UBND-NL", date(2017, 6, 1))
    return written.cite(PLAN, None, relation, type="Kế hoạch", issuer=issuer).reading()


def cited(graph: GraphStore) -> list[tuple[str, bool]]:
    return [(row.document.id, row.taken_in) for row in cites(graph, letter().document.id)]


@pytest.mark.parametrize("order", list(permutations((plan(), letter(), plan("Lạng Sơn")))))
def test_the_only_one_of_the_province_is_meant(graph: GraphStore, order: tuple[Reading, ...]) -> None:
    for reading in order:
        graph.replace(reading)
    assert cited(graph) == [(plan().document.id, True)]
    assert [row.evidence.rule for row in cited_by(graph, plan().document.id)[0] if row.evidence] == [SOLE]


@pytest.mark.parametrize("order", list(permutations((plan(), plan(day=date(2016, 3, 3)), letter()))))
def test_of_two_that_fit_none_is_chosen(graph: GraphStore, order: tuple[Reading, ...]) -> None:
    for reading in order:
        graph.replace(reading)
    (row,) = cites(graph, letter().document.id)
    assert not row.taken_in
    assert {each.id for each in row.alike} == {plan().document.id, plan(day=date(2016, 3, 3)).document.id}
    graph.remove(plan(day=date(2016, 3, 3)).document.id)
    assert cited(graph) == [(plan().document.id, True)]


def test_a_plan_that_goes_is_only_cited_again(graph: GraphStore) -> None:
    graph.replace(plan(), letter())
    graph.remove(plan().document.id)
    ((_, taken_in),) = cited(graph)
    assert not taken_in
    graph.remove(letter().document.id)
    assert graph.counts()["Document"] == 0


def test_reading_again_changes_nothing(graph: GraphStore) -> None:
    graph.replace(plan(), letter())
    once = graph.counts()
    graph.replace(letter())
    graph.replace(plan())
    assert graph.counts() == once


def test_a_document_replaced_without_its_date_is_ended(graph: GraphStore) -> None:
    graph.replace(plan())
    graph.replace(letter(Relation.REPLACES))
    shown = document(graph, plan().document.id)
    assert shown is not None
    assert shown.replaced_by is not None
    assert shown.replaced_by.id == letter().document.id
    assert graph.ask("documents", ids=[plan().document.id])[0]["ended"] == date(2017, 6, 1)


def test_neither_a_draft_nor_the_repeal_of_a_part_ends_a_document(graph: GraphStore) -> None:
    whole = letter(Relation.REPLACES)
    draft = replace(whole, document=replace(whole.document, state=DocumentState.DRAFT))
    (reference,) = letter(Relation.ABOLISHES).references
    part = replace(
        letter(),
        references=(
            replace(
                reference, document=plan().document.id, evidence=replace(reference.evidence, rule="reference.part")
            ),
        ),
    )
    for reading in (draft, part):
        graph.replace(plan(), reading)
        shown = document(graph, plan().document.id)
        assert shown is not None
        assert shown.replaced_by is None


CITATION = {
    "document": "x", "number": PLAN, "type": "Kế hoạch", "date": None, "issuer": None, "quote": f"Kế hoạch số {PLAN}",
    "cited_on": date(2017, 6, 1), "province": "Lào Cai",
}  # fmt: skip
FOUND = {
    "id": "y", "number": PLAN, "type": "Kế hoạch", "date": date(2017, 2, 1), "issuer": "UBND tỉnh Lào Cai",
    "province": "Lào Cai",
}  # fmt: skip
FITS = (
    ({}, {}, True),
    ({"quote": f"Kế hoạch số {PLAN} năm 2016"}, {}, False),
    ({}, {"date": date(2018, 1, 1)}, False),  # issued after the paper that cites
    ({}, {"id": "x"}, False),
    ({}, {"province": "Lạng Sơn"}, False),
    ({"issuer": "Chủ tịch UBND tỉnh Lào Cai"}, {}, True),
    ({"issuer": "UBND huyện Bắc Hà"}, {}, False),
    ({"type": "Quyết định"}, {}, False),
    ({"type": "Văn bản"}, {}, True),
    ({"number": None}, {}, False),
    ({"number": None, "date": date(2017, 2, 1)}, {}, True),
    ({"number": None, "date": date(2017, 2, 2)}, {}, False),
)


@pytest.mark.parametrize(("citation", "found", "fits"), FITS)
def test_what_fits(citation: dict[str, object], found: dict[str, object], fits: bool) -> None:
    assert bool(fitting(CITATION | citation, [FOUND | found])) is fits
