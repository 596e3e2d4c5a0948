"""How far communes are as of a day: the last told counts, a merger makes nothing met, a count needs its whole set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from readings import Directive
from scene import LAO_CAI, PHU_NHUAN

from ntmgraph.queries import Inference, ProgressQuestion, ProgressView, UnitProgress
from ntmgraph.store import GraphStore
from ntmgraph.workspace.course import course
from ntmgraph.workspace.progress import progress, result_rows, standing_rows, targets
from ntmgraph.workspace.standing import COUNTED, REST, stated_of_provinces, view

TANG_LOONG = ("xã Tằng Loỏng", "p.02908.2025")  # formed of Phú Nhuận and a town
BAO_THANG, NEW_LAO_CAI = ("huyện Bảo Thắng", "p.086"), ("tỉnh Lào Cai", "p.15.2025")
END_2018, END_2019, END_2020 = date(2018, 12, 31), date(2019, 12, 31), date(2020, 12, 31)
MERGED = date(2025, 8, 1)
EVERY = range(1, 20)


@pytest.fixture
def reports(graph: GraphStore) -> GraphStore:
    """Two reports on one commune: all criteria but 17 met in 2018, a count and what is not met in 2020."""
    first = Directive("5/BC-UBND", date(2019, 1, 10), type="Báo cáo")
    for number in EVERY:
        first.result(PHU_NHUAN, number, number != 17, END_2018)
    first.figure(LAO_CAI, "số xã đạt chuẩn nông thôn mới", 47, 143, "xã", END_2018)
    first.figure(LAO_CAI, "số xã đạt chuẩn", 9, 9, "thôn", END_2018)
    first.target("số xã đạt chuẩn nông thôn mới", 94, END_2020, of=127, unit="xã", place=LAO_CAI)
    first.target("số xã", 5, END_2020, of=127, unit="xã", place=LAO_CAI)
    second = Directive("6/BC-UBND", date(2021, 1, 10), type="Báo cáo")
    second.figure(PHU_NHUAN, "số tiêu chí đạt", 17, 19, "tiêu chí", END_2020)
    second.result(PHU_NHUAN, 2, False, END_2020).result(PHU_NHUAN, 10, False, END_2020)
    graph.replace(first.reading(), second.reading())
    return graph


def asked(on: date, **narrower: object) -> ProgressQuestion:
    return ProgressQuestion(on, **{"province": "Lào Cai", "set": "VN-XA-2016", **narrower})  # type: ignore[arg-type]


def unit(shown: ProgressView, id: str) -> UnitProgress:
    return next(each for each in shown.units if each.place.id == id)


def marks(of: UnitProgress) -> str:
    """ "v" met, "x" not met, "." untold, else how many of the communes before met it."""
    return "".join(
        "." if each is None else {True: "v", False: "x", None: str(each.reached)}[each.met] for each in of.criteria
    )


def test_the_last_told_by_the_day_counts(reports: GraphStore) -> None:
    before = view(reports, asked(date(2018, 12, 30)))
    assert not any(each.told for each in before.units)
    in_2019 = unit(view(reports, asked(END_2019)), PHU_NHUAN[1])
    assert marks(in_2019) == "v" * 16 + "xvv"
    assert in_2019.count is not None
    assert (in_2019.count.value, in_2019.count.met, in_2019.count.rule) == (18, False, COUNTED)


def test_a_count_and_what_is_not_met_are_the_whole_set(reports: GraphStore) -> None:
    now = unit(view(reports, asked(END_2020)), PHU_NHUAN[1])
    assert marks(now) == "vxvvvvvvvxvvvvvvvvv"
    assert {each.rule for each in now.criteria if each and each.met} == {REST}
    assert now.count is not None
    assert (now.count.value, now.count.of, now.count.rule) == (17, 19, None)
    # Without what is inferred the older marks stand, and nothing is counted.
    stated = unit(view(reports, asked(END_2020, stated_only=True)), PHU_NHUAN[1])
    assert marks(stated) == "vxvvvvvvvxvvvvvvxvv"


def test_a_merger_makes_no_criterion_met(reports: GraphStore) -> None:
    shown = view(reports, asked(MERGED))
    now = unit(shown, TANG_LOONG[1])
    assert [each.name for each in now.formed_of] == [PHU_NHUAN[0]]  # a town has no such criteria
    assert marks(now) == "1011111110111111111"
    for each in now.criteria:
        assert each is not None
        assert (each.met, each.rule, each.parts, each.told) == (None, Inference.PLACE_SUCCESSOR, 1, 1)
    assert now.count is not None
    assert (now.count.met, now.count.value) == (None, None)
    assert not now.whole
    assert PHU_NHUAN[1] not in {each.place.id for each in shown.units}
    assert not unit(view(reports, asked(MERGED, stated_only=True, set=None)), TANG_LOONG[1]).told
    rows = standing_rows(reports, asked(MERGED), TANG_LOONG[1], "VN-XA-2016:2")
    assert {(row.place.id, row.carried) for row in rows} == {(PHU_NHUAN[1], Inference.PLACE_SUCCESSOR)}
    assert rows[0].because[0].source == "khoản 44 Nghị quyết số 1673/NQ-UBTVQH15"


def test_what_is_told_of_the_new_commune_stands_before_what_is_carried(reports: GraphStore) -> None:
    own = Directive("7/BC-UBND", date(2025, 7, 30), type="Báo cáo")
    reports.replace(own.result(TANG_LOONG, 17, False, date(2025, 7, 20)).reading())
    assert marks(unit(view(reports, asked(MERGED)), TANG_LOONG[1])) == "1011111110111111x11"
    (row,) = standing_rows(reports, asked(MERGED), TANG_LOONG[1], "VN-XA-2016:17")
    assert (row.place.id, row.met, row.carried) == (TANG_LOONG[1], False, None)


def test_one_day_told_both_ways_is_neither(reports: GraphStore) -> None:
    other = Directive("8/BC-SYT", date(2019, 2, 1), type="Báo cáo").result(PHU_NHUAN, 3, False, END_2018)
    reports.replace(other.reading())
    third = unit(view(reports, asked(END_2019)), PHU_NHUAN[1]).criteria[2]
    assert third is not None
    assert (third.met, third.parts) == (None, 0)


def test_what_is_told_of_the_province_and_its_districts(reports: GraphStore) -> None:
    shown = view(reports, asked(END_2019))
    assert shown.stated is not None
    assert (shown.stated.value, shown.stated.of) == (47, 143)
    (group,) = (each for each in shown.groups if each.place.name == "huyện Bảo Thắng")
    assert (group.told, group.whole, group.average) == (1, 0, 18)
    narrowed = view(reports, asked(END_2019, within=group.place.id))
    assert len(narrowed.units) == group.communes
    assert [(each.day, each.communes, each.whole) for each in view(reports, asked(END_2020)).trend] == [
        (END_2020, 1, 0)
    ]


def test_targets_stand_beside_what_is_told_of_the_same(reports: GraphStore) -> None:
    question = asked(END_2019)
    found = {each.measure: each for each in targets(reports, question, view(reports, question))}
    reached = found["số xã đạt chuẩn nông thôn mới"].reached
    assert reached is not None
    assert (reached.value, reached.of) == (47, 143)
    assert found["số xã"].reached is None  # does not say what of the communes


def test_targets_of_a_district_while_there_are_any(reports: GraphStore) -> None:
    letter = Directive("2/KH-UBND", date(2018, 1, 10), type="Kế hoạch")
    letter.target("số xã đạt chuẩn nông thôn mới", 9, END_2020, of=12, unit="xã", place=BAO_THANG)
    letter.figure(BAO_THANG, "số xã đạt chuẩn", 4, 12, "xã", END_2018)
    reports.replace(letter.reading())

    def of_districts(question: ProgressQuestion) -> list[tuple[str, object]]:
        found = targets(reports, question, view(reports, question))
        return [(each.place.name, each.reached and each.reached.value) for each in found if each.place]

    assert of_districts(asked(END_2019)) == of_districts(asked(END_2019, within=BAO_THANG[1])) == [(BAO_THANG[0], 4)]
    assert of_districts(asked(MERGED)) == []
    alone = targets(reports, asked(END_2019, within=BAO_THANG[1]), view(reports, asked(END_2019, within=BAO_THANG[1])))
    assert len(alone) == 1


def test_groups_of_communes_as_told_of_the_province(graph: GraphStore) -> None:
    day, later = date(2026, 6, 30), date(2026, 8, 1)
    letter = Directive("9/BC-UBND", day, type="Báo cáo")
    letter.figure(NEW_LAO_CAI, "số xã nhóm 1 đạt tiêu chí số 2", 3, 20, "xã", date(2025, 12, 31))
    letter.figure(NEW_LAO_CAI, "số xã nhóm 1 đạt tiêu chí số 2", 5, 20, "xã", day)
    letter.figure(NEW_LAO_CAI, "Số xã đạt 10 tiêu chí", 15, 99, "xã", day)
    graph.replace(letter.reading())
    shown = view(graph, asked(later, set=None))
    assert shown.sets == ("VN-XA-2026",)
    assert [each.name for each in shown.classes] == ["xã nhóm 1", "xã nhóm 2", "xã nhóm 3"]
    assert {c.number: told.value for c, told in shown.classes[0].told if told} == {2: 5}
    assert shown.stated is not None and shown.stated.value == 15  # ten are all of this set
    assert stated_of_provinces(graph, ["Lạng Sơn", "Lào Cai"], later) == {"Lào Cai": shown.stated}
    assert view(graph, asked(later, set="VN-XA-2021")).classes == ()
    assert view(graph, asked(date(2025, 1, 1), set=None)).stated is None


def test_one_commune_over_time(reports: GraphStore) -> None:
    own = course(reports, asked(END_2020), PHU_NHUAN[1])
    assert own is not None and (own.formed_of, own.now) == ((), ())
    last, first = own.days
    assert (last.day, last.count, last.more, last.met, last.unmet) == (END_2020, 17, -1, 0, 2)
    assert [each.number for each in last.lost] == [2, 10]
    assert (first.count, first.more, first.met, first.unmet, first.gained) == (18, None, 18, 1, ())
    (row,) = result_rows(reports, [last.result], on=END_2020)
    assert (row.value, row.of) == (17, 19)
    merged = course(reports, asked(MERGED), TANG_LOONG[1])
    assert merged is not None
    assert {each.rule for each in merged.formed_of} == {Inference.PLACE_SUCCESSOR}
    assert {each.place.id for each in merged.days} == {PHU_NHUAN[1]}  # told of the one before it, not added up
    stated = course(reports, asked(MERGED, stated_only=True), TANG_LOONG[1])
    assert stated is not None and stated.days == ()
    before = course(reports, asked(MERGED), PHU_NHUAN[1])
    assert before is not None and [each.to.id for each in before.now] == [TANG_LOONG[1]]
    assert course(reports, asked(END_2018), "p.10") is None


def test_rows_of_the_command(reports: GraphStore) -> None:
    answer = progress(reports, ProgressQuestion(MERGED, place=TANG_LOONG[1]))
    assert answer.total == len(answer.rows) == 20
    assert {row.carried for row in answer.rows} == {Inference.PLACE_SUCCESSOR}
    assert {row.as_of for row in answer.rows if row.criterion and row.criterion.number in (2, 10)} == {END_2020}
    assert progress(reports, ProgressQuestion(END_2018, place=TANG_LOONG[1])).rows == ()
    page = progress(reports, ProgressQuestion(MERGED, place=TANG_LOONG[1], limit=5, offset=18))
    assert (len(page.rows), page.total) == (2, 20)
    narrowed = asked(MERGED, criterion="10", among=frozenset({TANG_LOONG[1]}))
    (row,) = progress(reports, narrowed).rows  # of a commune that went into the one asked about
    assert (row.place.id, row.criterion and row.criterion.number) == (PHU_NHUAN[1], 10)
    assert progress(reports, replace(narrowed, among=frozenset())).rows == ()
    unknown = progress(reports, ProgressQuestion(MERGED, place="Không Có"))
    assert (unknown.total, "Không Có" in (unknown.note or "")) == (0, True)
