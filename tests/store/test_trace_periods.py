"""Who is responsible, over letters of the test's own."""

from __future__ import annotations

from datetime import date

from readings import Directive

from ntmgraph.model import Basis, DeadlineKind, Role
from ntmgraph.queries import TaskState, TraceQuestion
from ntmgraph.store import GraphStore
from ntmgraph.workspace.trace import trace


def test_an_assignment_outside_its_period_is_another_periods_answer(graph: GraphStore) -> None:
    letter = Directive("5/QĐ-UBND", date(2017, 1, 1), type="Quyết định")
    graph.replace(letter.assign(17, ["Sở Tài chính"], from_=date(2017, 1, 1), to=date(2018, 12, 31)).reading())
    assert trace(graph, TraceQuestion(criterion="17", on=date(2018, 12, 31))).total == 1
    answer = trace(graph, TraceQuestion(criterion="17", on=date(2019, 1, 1)))
    assert answer.total == 0
    assert answer.note == "Các phân công tìm thấy thuộc giai đoạn khác, không có hiệu lực ngày 01/01/2019."


def test_a_member_named_beside_its_group_is_stated_once(graph: GraphStore) -> None:
    letter = Directive("6/UBND-VX")
    letter.task("rà soát", ["Các Sở, ban, ngành"], kind="group", with_=["Sở Tài chính"])
    letter.agency("Sở Tài chính", group="g.so")
    graph.replace(letter.reading())
    answer = trace(graph, TraceQuestion(agency="Sở Tài chính"))
    assert [(row.role, row.basis) for row in answer.rows] == [(Role.COORDINATE, Basis.STATED)]
    assert answer.total == 1


def test_a_deadline_of_a_recurring_duty_is_its_next_day(graph: GraphStore) -> None:
    letter = Directive("7/UBND-TH", date(2020, 1, 5))
    letter.task(
        "báo cáo",
        ["Sở Tài chính"],
        due=("hằng quý", DeadlineKind.RECURRING, None, "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15"),
    )
    graph.replace(letter.reading())
    row = trace(graph, TraceQuestion(agency="Sở Tài chính", on=date(2020, 2, 1))).rows[0]
    assert row.deadline is not None
    assert (row.deadline.date, row.deadline.state) == (date(2020, 4, 15), TaskState.OPEN_IN_TIME)
