"""The chain: what becomes a card, what an edge, and where they stand."""

import random
from itertools import pairwise

import pytest
from records import DECISION, LATE, LAW, ONE, PLAN, ROAD, THREE, TWO, answer, row

from dash_app.pages.trace.figure import GAP, Box, Chain, Drawing, Edge, Node, chain_of, lay_out
from ntmgraph.model import Basis
from ntmgraph.queries import Named


def edges(chain: Chain) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in chain.edges}


def test_a_task_leads_from_its_basis_to_what_it_concerns() -> None:
    chain = chain_of(
        answer(row("t1", with_=(TWO,), criterion=ROAD, due=LATE), basis_documents=(("d1", "căn cứ", LAW),))
    )
    assert edges(chain) == {
        ("document:d3", "document:d1"),
        ("document:d1", "fact:t1"),
        ("fact:t1", "agency:a1"),
        ("fact:t1", "agency:a2"),
        ("agency:a1", "criterion:VN-XA-2016:2"),
        ("agency:a1", "deadline:30/06/2019"),
    }


def test_what_is_named_twice_is_one_card_with_both_rows_and_roles() -> None:
    chain = chain_of(answer(row("t1"), row("t2", TWO, with_=(ONE,))))
    card = next(node for node in chain.nodes if node.id == "agency:a1")
    assert (card.rows, card.roles) == (("t1", "t2"), ("lead", "coordinate"))


def test_rows_of_one_fact_are_one_task_and_told_apart() -> None:
    chain = chain_of(answer(row("t1", ONE), row("t1", THREE, role="supervise")))
    assert [node.rows for node in chain.nodes if node.kind == "task"] == [("t1", "t1~2")]


def test_nobody_named_joins_the_task_to_what_it_concerns() -> None:
    assert ("fact:t1", "criterion:VN-XA-2016:2") in edges(chain_of(answer(row("t1", None, criterion=ROAD))))


def test_a_folded_rank_is_one_card_for_each_group_and_keeps_every_row() -> None:
    found = answer(
        row("t1", with_=(TWO,), criterion=ROAD, due=LATE),
        row("t2", THREE, criterion=ROAD),
        row("t3", document=DECISION),
        agencies=(THREE,),
    )
    chain = chain_of(found, folded=("fact", "agency"))
    cards = {node.id: (node.count, node.rows) for node in chain.nodes if node.rank in (2, 3)}
    assert cards == {
        "group:fact:document:d1": (2, ("t1", "t2")),
        "fact:t3": (0, ("t3",)),  # alone, it stays itself
        "group:agency:": (2, ("t1", "t3")),
        "agency:a3": (0, ("t2",)),  # what was asked about stays in sight
    }
    assert {("document:d1", "group:fact:document:d1"), ("group:fact:document:d1", "group:agency:")} <= edges(chain)
    assert {row for edge in chain.edges for row in edge.rows} == {"t1", "t2", "t3"}
    opened = chain_of(found, folded=("fact", "agency"), opened=("group:agency:",))
    assert {node.id for node in opened.nodes if node.rank == 3} == {"agency:a1", "agency:a2", "agency:a3"}


def test_folding_leaves_room_for_more_rows() -> None:
    found = answer(*(row(f"t{number}") for number in range(30)))
    assert chain_of(found, most=12).left_out > 0
    assert chain_of(found, most=12, folded=("fact",)).left_out == 0


def test_what_was_asked_is_marked() -> None:
    chain = chain_of(answer(row("t1", with_=(TWO,)), agencies=(TWO,)))
    assert [node.id for node in chain.nodes if node.asked] == ["agency:a2"]


@pytest.mark.parametrize(
    ("bases", "expected"),
    [
        ((Basis.INFERRED, Basis.STATED), Basis.STATED),
        ((Basis.STATED, Basis.DECIDED), Basis.DECIDED),
        ((Basis.INFERRED, Basis.INFERRED), Basis.INFERRED),
    ],
)
def test_an_edge_shows_its_strongest_basis(bases: tuple[Basis, ...], expected: Basis) -> None:
    chain = chain_of(answer(*(row("t1", basis=basis) for basis in bases)))
    assert {edge.basis for edge in chain.edges} == {expected}


def test_a_document_of_the_answer_that_another_rests_on_moves_left() -> None:
    chain = chain_of(answer(row("t1"), row("t2", document=DECISION), basis_documents=(("d1", "căn cứ", DECISION),)))
    assert {node.id: node.rank for node in chain.nodes if node.kind == "document"} == {
        "document:d1": 1,
        "document:d2": 0,
    }


def test_documents_that_cite_each_other_stay_side_by_side() -> None:
    circle = (("d1", "căn cứ", DECISION), ("d2", "nhắc đến", PLAN))
    chain = chain_of(answer(row("t1"), row("t2", document=DECISION), basis_documents=circle))
    assert {node.rank for node in chain.nodes if node.kind == "document"} == {1}


def test_rows_beyond_the_limit_are_counted_not_drawn() -> None:
    chain = chain_of(answer(*(row(f"t{index}") for index in range(50))), most=12)
    assert (len(chain.nodes), chain.left_out) == (12, 40)


def overlap(first: Box, second: Box) -> bool:
    return first.top < second.top + second.height and second.top < first.top + first.height


def large(rows: int) -> Drawing:
    dice = random.Random(7)
    bodies = [Named(f"a{number}", f"Sở Mẫu số {number}") for number in range(12)]
    found = []
    for index in range(rows):
        lead, *others = dice.sample(bodies, 3)
        found.append(row(f"t{index}", lead, with_=tuple(others), due=LATE if index % 3 else None))
    return lay_out(chain_of(answer(*found)))


def test_no_two_cards_touch_and_all_stand_within_the_drawing() -> None:
    drawing = large(60)
    by_rank: dict[int, list[Box]] = {}
    for box in drawing.boxes:
        by_rank.setdefault(box.node.rank, []).append(box)
        assert box.left >= 0 and box.left + box.width <= 1000
        assert box.top >= 0 and box.top + box.height <= drawing.height
    for boxes in by_rank.values():
        ordered = sorted(boxes, key=lambda box: box.top)
        assert all(lower.top - upper.top - upper.height >= GAP - 1e-6 for upper, lower in pairwise(ordered))


def test_every_edge_is_drawn_once() -> None:
    drawing = large(20)
    assert len(drawing.lines) == len({(line.edge.source, line.edge.target) for line in drawing.lines})
    assert all(line.path.startswith("M") for line in drawing.lines)


def test_a_crossing_that_can_be_avoided_is() -> None:
    nodes = [Node(name, rank, "agency", name) for rank, name in ((0, "a"), (0, "b"), (1, "c"), (1, "d"))]
    joints = (("a", "d"), ("b", "c"))
    drawing = lay_out(Chain(tuple(nodes), tuple(Edge(*joint, Basis.STATED, ()) for joint in joints)))
    assert drawing.crossings == 0
    top = {box.node.id: box.top for box in drawing.boxes}
    assert (top["a"] < top["b"]) == (top["d"] < top["c"])


def test_equal_answers_give_equal_drawings() -> None:
    assert large(30) == large(30)


def test_an_empty_chain_is_an_empty_drawing() -> None:
    drawing = lay_out(Chain((), ()))
    assert (drawing.boxes, drawing.lines) == ((), ())


def test_a_document_number_is_never_cut() -> None:
    long = PLAN.__class__("d9", "1234/2020/NQ-HĐND-VX-KTNN", None, None, "Nghị quyết")
    drawing = lay_out(chain_of(answer(row("t1", document=long))))
    box = next(box for box in drawing.boxes if box.node.kind == "document")
    assert box.lines >= 2
