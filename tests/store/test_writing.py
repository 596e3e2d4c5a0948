"""The document is the unit of writing: whole or absent, twice equals once, and nothing of it stays behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readings import Directive
from scene import NATIONAL, SCENE, elsewhere, first, national, replacing

from ntmgraph.model import DeadlineKind, Reading
from ntmgraph.queries import TraceQuestion
from ntmgraph.store import GraphStore
from ntmgraph.store.kinds import EDGE_KINDS
from ntmgraph.store.rows import reading_rows
from ntmgraph.workspace.contents import differing
from ntmgraph.workspace.documents import cited_by
from ntmgraph.workspace.trace import trace


@pytest.mark.parametrize("make", (*SCENE, national), ids=lambda make: make.__name__)
def test_twice_equals_once(graph: GraphStore, make: Callable[[], Reading]) -> None:
    graph.replace(make())
    once = graph.counts()
    graph.replace(make())
    assert graph.counts() == once


def test_what_was_written_is_read_back_as_it_was_said(graph: GraphStore) -> None:
    """Box, cell and page of an evidence too; `replacing` ended the first one meanwhile."""
    readings = [make() for make in (*SCENE, national)]
    boxed = readings[0].targets[0]
    evidence = replace(boxed.evidence, page=2, cell="B7", box=(0.5, 1.25, 30.0, 40.75))
    readings[0] = replace(readings[0], targets=(replace(boxed, evidence=evidence), *readings[0].targets[1:]))
    for reading in readings:
        graph.replace(reading)
    assert differing(graph, readings) == {}
    graph.replace(readings[0])
    assert differing(graph, readings) == {}


def test_what_was_written_otherwise_is_told_by_kind(graph: GraphStore) -> None:
    reading = first()
    graph.replace(replace(reading, results=(), assignments=(), issues=reading.issues * 2), elsewhere())
    told = differing(graph, [reading, elsewhere()])
    assert told.keys() == {reading.document.id}
    assert told[reading.document.id] == {
        "Result": 1, "FROM": 1, "OF": 1, "IN": 1, "LEADS": 1, "COORDINATES": 1, "HAS": 1,
    }  # fmt: skip
    graph.replace(reading)
    fewer = replace(reading, results=(), assignments=(), deadlines=(), tasks=(reading.tasks[2],))
    assert {"FROM": 1, "LEADS": 1, "ASSIGNS": 3, "HAS": 2}.items() <= differing(graph, [fewer])[
        fewer.document.id
    ].items()


def test_one_by_one_equals_all_at_once_in_any_order(graph: GraphStore) -> None:
    for make in (*SCENE, national):
        graph.replace(make())
    one_by_one = graph.counts()
    ended = graph.ask("documents", ids=[first().document.id])
    for make in (*SCENE, national):
        graph.remove(make().document.id)
    graph.replace(*(make() for make in reversed((*SCENE, national))))
    assert graph.counts() == one_by_one
    assert graph.ask("documents", ids=[first().document.id]) == ended


def test_the_later_of_two_readings_of_one_document_stands(graph: GraphStore) -> None:
    shorter = replace(first(), tasks=(), deadlines=())
    graph.replace(first(), shorter)
    assert graph.counts()["Task"] == 0


def test_replacing_removes_what_the_document_no_longer_says(graph: GraphStore) -> None:
    graph.replace(first(), elsewhere())
    graph.replace(replace(first(), tasks=(), deadlines=(), assignments=(), helps=(), targets=(), results=(), issues=()))
    counts = graph.counts()
    kept = elsewhere()
    assert counts["Task"] == len(kept.tasks)
    assert counts["Deadline"] == len(kept.deadlines)
    assert [counts[kind] for kind in ("LEADS", "COORDINATES", "HELPS", "Target", "Result", "Issue", "OF")] == [0] * 7


def test_what_another_document_names_stays(graph: GraphStore, empty: dict[str, int]) -> None:
    graph.replace(first(), replacing())
    graph.remove(first().document.id)
    assert graph.ask("agencies", ids=["t.sct@lao-cai"])  # named by both
    assert not graph.ask("agencies", ids=["t.stc@lao-cai"])  # named by the removed one only
    assert graph.ask("places", ids=["p.02944"])  # of the catalogue
    assert _taken_in(graph, first().document.id) is False  # the other one still cites it
    graph.remove(replacing().document.id)
    assert _taken_in(graph, first().document.id) is None
    assert graph.counts() == empty


def test_a_cited_document_becomes_itself_when_it_is_taken_in(graph: GraphStore) -> None:
    graph.replace(first())
    assert _taken_in(graph, NATIONAL) is False
    graph.replace(national())
    assert _taken_in(graph, NATIONAL) is True
    assert [row.document.id for row in cited_by(graph, NATIONAL)[0]] == [first().document.id]
    graph.replace(first())  # citing it once more does not make it less than it is
    assert graph.ask("documents", ids=[NATIONAL])[0]["date"] == date(2016, 10, 17)
    graph.remove(NATIONAL)
    assert [row.document.id for row in cited_by(graph, NATIONAL)[0]] == [first().document.id]


def test_a_group_that_was_only_implied_is_described_when_a_document_names_it(graph: GraphStore) -> None:
    member = Directive("1/UBND-VX")
    member.task("rà soát", ["Sở Tài chính"])
    member.agency("Sở Tài chính", group="g.so")
    graph.replace(member.reading())
    graph.replace(first())
    assert graph.ask("agencies", ids=["g.so@lao-cai"])[0]["name"] == "Các Sở, ban, ngành"


ENDINGS = (
    # order of taking in, the day on which the first letter is said to have ended
    ((first, replacing), date(2019, 3, 1)),
    ((replacing, first), date(2019, 3, 1)),
    ((first, replacing, first), date(2019, 3, 1)),
    ((first,), None),
)


@pytest.mark.parametrize(("order", "ended"), ENDINGS)
def test_a_replaced_document_knows_since_when(
    graph: GraphStore, order: tuple[Callable[[], Reading], ...], ended: date | None
) -> None:
    for make in order:
        graph.replace(make())
    task = first().tasks[0].id
    assert graph.ask("documents", ids=[first().document.id])[0]["ended"] == ended
    assert graph.ask("deadlines_of_tasks", ids=[task])[0]["ended"] == ended


def test_a_document_is_in_force_again_when_what_replaced_it_goes(graph: GraphStore) -> None:
    graph.replace(first(), replacing())
    graph.remove(replacing().document.id)
    assert graph.ask("documents", ids=[first().document.id])[0]["ended"] is None
    graph.replace(replacing())
    graph.replace(replace(replacing(), references=()))
    assert graph.ask("documents", ids=[first().document.id])[0]["ended"] is None


def test_an_error_in_the_middle_leaves_the_document_as_it_was(graph: GraphStore) -> None:
    graph.replace(first())
    before = graph.counts()
    unwritable = replace(first().issues[0], message="nửa ký tự \ud800")  # half a character pair is no text
    with pytest.raises((RuntimeError, UnicodeEncodeError)):
        graph.replace(replace(first(), tasks=(), deadlines=(), issues=(unwritable,)))
    assert graph.counts() == before
    assert trace(graph, TraceQuestion(agency="Sở Tài chính")).total > 0


BROKEN = (
    ("a task of no provision", replace(first(), provisions=first().provisions[:2])),
    ("a task twice", replace(first(), tasks=(*first().tasks, first().tasks[0]))),
    ("a provision twice", replace(first(), provisions=(*first().provisions, first().provisions[0]))),
)


@pytest.mark.parametrize("broken", [reading for _, reading in BROKEN], ids=[why for why, _ in BROKEN])
def test_a_reading_that_does_not_hold_together_is_refused(graph: GraphStore, broken: Reading) -> None:
    with pytest.raises(ValueError, match=r"twice|there is no"):
        graph.replace(broken)


@pytest.mark.parametrize("make", (*SCENE, national), ids=lambda make: make.__name__)
def test_every_edge_quotes_the_text_at_its_offsets(make: Callable[[], Reading]) -> None:
    reading = make()
    quoted = 0
    for (type_, *_), edges in reading_rows(reading).edges.items():
        for edge in edges:
            assert set(edge) == {"from_id", "to_id", *EDGE_KINDS[type_].properties}
            if "document" in edge:
                assert edge["document"] == reading.document.id
            if edge.get("quote") is not None:
                assert reading.document.text[edge["start"] : edge["stop"]] == edge["quote"]
                quoted += 1
    assert quoted


def test_the_words_that_bind_an_agency_are_its_own_name() -> None:
    edges = reading_rows(first()).edges["RESPONSIBLE", "Task", "Agency"]
    text = first().document.text
    review = [text[edge["start"] : edge["stop"]] for edge in edges if edge["from_id"] == first().tasks[0].id]
    assert review == ["Sở Tài chính", "Sở Công Thương", "Thanh tra tỉnh"]


_NAMES = st.sampled_from(("Sở Tài chính", "Sở Công Thương", "Sở Y tế", "Đảng ủy xã"))
_TASKS = st.tuples(
    st.lists(_NAMES, max_size=2, unique=True),
    st.lists(_NAMES, max_size=2, unique=True),
    st.lists(st.sampled_from(((17, "VN-XA-2016"), ("17.8", "VN-XA-2016"), (3, None))), max_size=2, unique=True),
    st.none() | st.dates(date(2016, 1, 1), date(2026, 12, 31)),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tasks=st.lists(_TASKS, max_size=5),
    number=st.sampled_from((None, "3/QĐ-UBND")),
    page=st.none() | st.integers(1, 900),
)
def test_what_is_written_is_read_again(
    graph: GraphStore,
    tasks: list[tuple[list[str], list[str], list[tuple[int | str, str | None]], date | None]],
    number: str | None,
    page: int | None,
) -> None:
    """Whatever a document says, with or without each part, comes back as it was said, and goes without a trace."""
    letter = Directive(number, date(2018, 5, 1) if number else None)
    for who, with_, criteria, due in tasks:
        letter.task(
            "thực hiện", who, with_=[name for name in with_ if name not in who], criteria=criteria,
            due=("đúng hạn", DeadlineKind.BY, due, None) if due else None,
        )  # fmt: skip
    reading = letter.reading()
    moved = tuple(
        replace(task, evidence=replace(task.evidence, page=page, box=(1.0, 2.5, 3.0, 4.0))) for task in reading.tasks
    )
    graph.replace(replace(reading, tasks=moved))
    answer = trace(graph, TraceQuestion(document=reading.document.id), today=date(2018, 6, 1))
    by_id = {row.id: row for row in answer.rows}
    assert set(by_id) == {task.id for task in moved}
    for task in moved:
        row = by_id[task.id]
        assert row.evidence == task.evidence
        assert {row.agency.id for row in answer.rows if row.id == task.id and row.agency} == {
            actor.id for actor in task.who
        }
        assert {named.id for named in row.with_} == {actor.id for actor in task.with_}
        assert {each.id for each in row.criteria} == set(task.criteria)
        due = None if task.deadline is None else reading.deadlines[task.deadline].date
        assert (row.deadline.date if row.deadline else None) == due
    graph.remove(reading.document.id)


def _taken_in(graph: GraphStore, document: str) -> bool | None:
    """Return whether a document was taken in or only cited; None when it is not there."""
    return next((row["taken_in"] for row in graph.ask("document_states", ids=[document])), None)
