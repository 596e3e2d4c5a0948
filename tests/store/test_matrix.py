"""The assignment matrix: who leads on a day, gaps and the review's conflicts, who supports, who took over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from readings import AGRICULTURE, ENVIRONMENT, Directive, Letter
from test_review import FINANCE, LEADS, TRADE, assigning, decision, newer, of_district, older

from ntmgraph.model import IssueCode, Reading, Relation, Role
from ntmgraph.queries import Inference, LeadState, MatrixAnswer, MatrixQuestion, MatrixRow, ReviewQuestion
from ntmgraph.store import GraphStore
from ntmgraph.workspace.matrix import matrix
from ntmgraph.workspace.review import review

ONE, SEVERAL, PARTS, NONE = LeadState
DAYS = (date(2022, 5, 12), date(2023, 4, 2), date(2023, 4, 3), date(2025, 4, 1))  # on which leads of LEADS begin or end
COMMUNE = ("xã Phú Nhuận", "p.02944")
OTHER_COMMUNE = ("xã Gia Phú", "p.02926")


def asked(graph: GraphStore, *directives: Directive | Reading, **question: object) -> MatrixAnswer:
    readings = [each.reading() if isinstance(each, Directive) else each for each in directives]
    graph.replace(*readings)
    answer = matrix(graph, MatrixQuestion(**{"province": "Lào Cai"} | question))  # type: ignore[arg-type]
    texts = {reading.document.id: reading.document.text for reading in readings}
    for row in answer.rows:
        for fact in (fact for cell in row.cells for fact in cell.facts):
            text = texts.get(fact.document.id)  # None where it was taken in before
            assert text is None or text[fact.evidence.start : fact.evidence.end] == fact.evidence.quote
    return answer


def row_of(answer: MatrixAnswer, number: int | str) -> MatrixRow:
    (row,) = (row for row in answer.rows if row.criterion.number == number)
    return row


def cells(answer: MatrixAnswer, number: int | str) -> dict[str, str]:
    """Return what each body has to do with a criterion: "lead", "lead stated+coordinate inferred"."""
    return {
        cell.agency.name: "+".join(f"{fact.role} {fact.basis}" for fact in cell.facts)
        for cell in row_of(answer, number).cells
    }


@pytest.mark.parametrize("directives", [case[1] for case in LEADS], ids=[case[0] for case in LEADS])
def test_conflicts_are_those_of_the_review(
    graph: GraphStore, directives: Callable[[], tuple[Directive | Reading, ...]]
) -> None:
    """On some day two bodies lead here where the review says so, and on none where it does not."""
    asked(graph, *directives())
    rows = review(graph, ReviewQuestion("Lào Cai", IssueCode.CRITERION_TWO_LEADS)).rows
    told = {row.criterion.id for row in rows if row.criterion}
    answers = [matrix(graph, MatrixQuestion("Lào Cai", "VN-XA-2021", day)) for day in DAYS]
    shown = {row.criterion.id for answer in answers for row in answer.rows if row.state is SEVERAL}
    assert shown == told
    for row in (row for answer in answers for row in answer.rows):
        assert (sum(cell.conflict for cell in row.cells) > 1) == (row.state is SEVERAL)


@pytest.mark.parametrize(
    ("day", "leads"),
    [
        (date(2022, 5, 11), {}),  # not yet issued
        (date(2022, 5, 12), {FINANCE: "lead stated"}),
        (date(2023, 4, 2), {FINANCE: "lead stated"}),
        (date(2023, 4, 3), {TRADE: "lead stated"}),  # the other one is replaced
    ],
)
def test_as_of_a_day(graph: GraphStore, day: date, leads: dict[str, str]) -> None:
    answer = asked(graph, older(), newer().cite("1/QĐ-UBND", older().id, Relation.REPLACES), on=day)
    assert (cells(answer, 17) if answer.rows else {}) == leads
    assert (answer.note is None) == bool(leads)


def test_gaps_parts_and_defaults(graph: GraphStore) -> None:
    answer = asked(graph, assigning(1, 2, "10.2"), on=date(2026, 6, 1))
    assert answer.set == "VN-XA-2026"
    assert [row.criterion.number for row in answer.rows] == [*range(1, 11), "10.2"]
    assert [answer.count(state) for state in (ONE, SEVERAL, PARTS, NONE)] == [2, 0, 1, 7]
    assert row_of(answer, 10).state is PARTS
    assert row_of(answer, "10.2").state is ONE
    usual = row_of(answer, 8).usual
    assert usual is not None and [body.id for body in usual.agencies] == ["t.snnmt@lao-cai"]
    assert row_of(answer, 8).cells == ()  # a default is never an answer
    assert row_of(answer, 1).usual is None
    stated = asked(graph, stated_only=True, on=date(2026, 6, 1))
    assert row_of(stated, 8).usual is None


def test_who_supports(graph: GraphStore) -> None:
    letter = older().assign(1, [TRADE], set="VN-XA-2021", coordinate=[FINANCE])
    letter.task("theo dõi", [TRADE], role=Role.LEAD, supervise=["Thanh tra tỉnh"], criteria=[(17, "VN-XA-2021")])
    answer = asked(graph, letter, on=date(2022, 6, 1))
    assert cells(answer, 1) == {TRADE: "lead stated", FINANCE: "coordinate stated"}
    assert cells(answer, 17) == {FINANCE: "lead stated", "Thanh tra tỉnh": "supervise stated"}
    assert [column.agency.name for column in answer.columns] == [TRADE, FINANCE, "Thanh tra tỉnh"]  # each leads one


def test_who_took_over_is_inferred(graph: GraphStore) -> None:
    day = date(2025, 4, 1)
    answer = asked(graph, older(ENVIRONMENT), on=day)
    assert cells(answer, 17) == {AGRICULTURE: "lead inferred", ENVIRONMENT: "lead stated"}
    assert row_of(answer, 17).state is ONE
    (fact,) = row_of(answer, 17).cells[0].facts
    assert [(step.rule, step.of.name) for step in fact.because] == [(Inference.AGENCY_SUCCESSOR, ENVIRONMENT)]
    assert [bool(column.passed_on) for column in answer.columns] == [False, True]
    for question in ({"stated_only": True}, {"without": frozenset({Inference.AGENCY_SUCCESSOR})}):
        assert cells(asked(graph, on=day, **question), 17) == {ENVIRONMENT: "lead stated"}
    assert cells(asked(graph, on=date(2025, 2, 28)), 17) == {ENVIRONMENT: "lead stated"}


def test_the_set_that_most_is_told_of(graph: GraphStore) -> None:
    answer = asked(graph, older(), assigning(1, 2, 3), on=date(2026, 6, 1))
    assert answer.set == "VN-XA-2026"
    assert [(each.id, each.assigned, each.since) for each in answer.sets] == [
        ("VN-XA-2026", 3, date(2026, 3, 2)),
        ("VN-XA-2021", 1, date(2022, 5, 12)),
    ]
    assert asked(graph, set="VN-XA-2021", on=date(2026, 6, 1)).set == "VN-XA-2021"
    nothing = asked(graph, set="VN-XA-2026", on=date(2026, 3, 1))
    assert nothing.rows == () and "có hiệu lực ngày 01/03/2026" in str(nothing.note)


def test_a_set_begins_with_the_document_and_not_with_the_period_that_it_names(graph: GraphStore) -> None:
    letter = Letter("5/QĐ-UBND", date(2020, 12, 14), province="Lào Cai", type="Quyết định")
    letter.assign(3, [FINANCE], set="VN-XA-2016", from_=date(2016, 1, 1), to=date(2020, 12, 31))
    late = Letter("6/QĐ-UBND", date(2026, 2, 1), province="Lào Cai", type="Quyết định")
    late.assign(3, [FINANCE], set="VN-XA-2021", from_=date(2021, 1, 1), to=date(2025, 12, 31))  # held on no day
    (told,) = asked(graph, letter, late, on=date(2020, 1, 1)).sets
    assert (told.id, told.since, told.until) == ("VN-XA-2016", date(2020, 12, 14), date(2020, 12, 31))
    assert asked(graph, set=told.id, on=told.since).rows


def test_other_levels_and_provinces(graph: GraphStore) -> None:
    answer = asked(graph, older(), of_district(), decision("3/QĐ-UBND", date(2022, 5, 12), TRADE, province="Lạng Sơn"))
    assert cells(answer, 17) == {FINANCE: "lead stated"}
    assert answer.note == "Không kể 1 phân công của cấp huyện, cấp xã."
    several = asked(graph, province=None)
    assert (several.province, several.provinces, several.rows) == (None, ("Lạng Sơn", "Lào Cai"), ())
    none = asked(graph, province="Cao Bằng")
    assert str(none.note).endswith("Chỉ có ở: Lạng Sơn; Lào Cai.")


def test_one_province_alone_needs_no_naming(graph: GraphStore) -> None:
    assert asked(graph, older(), province=None).province == "Lào Cai"
    assert str(matrix(graph, MatrixQuestion(set="VN-XA-2016")).note).endswith("của bộ này.")


def test_an_empty_graph(graph: GraphStore) -> None:
    answer = matrix(graph, MatrixQuestion())
    assert (answer.rows, answer.provinces) == ((), ())
    assert str(answer.note).endswith("phân công chủ trì tiêu chí.")


def test_what_communes_reached(graph: GraphStore) -> None:
    letter = Letter("1/QĐ-UBND", date(2017, 1, 12)).assign(17, [FINANCE])
    letter.result(COMMUNE, 17, False, date(2017, 12, 31)).result(OTHER_COMMUNE, 17, False, date(2017, 12, 31))
    letter.result(COMMUNE, 17, True, date(2018, 12, 31))
    reached = row_of(asked(graph, letter, on=date(2019, 1, 1)), 17).reached
    assert reached is not None
    assert (reached.met, reached.told, reached.day) == (1, 2, date(2018, 12, 31))
    before = row_of(asked(graph, letter, on=date(2018, 1, 1)), 17).reached
    assert before is not None and (before.met, before.told) == (0, 2)
    assert row_of(asked(graph, letter, on=date(2017, 6, 1)), 17).reached is None
    later = row_of(asked(graph, letter, on=date(2025, 8, 1)), 17).reached
    assert later is None  # these communes are no more
