"""What became of bodies and units, what those before them reached, and since when a body is no more."""

from __future__ import annotations

from datetime import date

import pytest
from readings import ENVIRONMENT, LABOUR, Letter

from ntmgraph.authority import Authority
from ntmgraph.queries import Inference, Named
from ntmgraph.reasons import because_words
from ntmgraph.store import GraphStore
from ntmgraph.workspace.lineage import Successions, agencies_now, places_now, results_of_lineage

TODAY, BEFORE = date(2026, 6, 1), date(2025, 6, 30)
OLD, NEW, OTHER_PART = ("xã Phú Nhuận", "p.02944"), ("xã Tằng Loỏng", "p.02908.2025"), "p.02908"
DIVIDED = "p.00007"  # a part of it went into each of two units

PLACES = (
    # place, day -> what there is of it
    (OLD[1], TODAY, ["xã Tằng Loỏng"]),
    (OLD[1], BEFORE, ["xã Phú Nhuận"]),
    (NEW[1], TODAY, ["xã Tằng Loỏng"]),
    (DIVIDED, TODAY, ["phường Giảng Võ", "phường Ngọc Hà"]),
)


@pytest.mark.parametrize(("place", "day", "now"), PLACES)
def test_which_commune_is_it_now(graph: GraphStore, place: str, day: date, now: list[str]) -> None:
    (lineage,) = places_now(graph, [place], day=day)
    assert lineage.of.id == place
    assert sorted(each.name for each in lineage.now) == sorted(now)


def test_each_step_says_by_which_resolution_clause_and_extent(graph: GraphStore) -> None:
    (lineage,) = places_now(graph, [OLD[1]], day=TODAY)
    (step,) = lineage.steps
    assert (step.of.name, step.to.name, step.extent, step.since) == (OLD[0], NEW[0], "whole", date(2025, 7, 1))
    assert step.source == "khoản 44 Nghị quyết số 1673/NQ-UBTVQH15"
    assert places_now(graph, ["p.99999"]) == places_now(graph, []) == ()


AGENCIES = (
    # body, day -> who it is
    ("t.stnmt@lao-cai", TODAY, {"t.snnmt@lao-cai"}),
    ("t.stnmt@lao-cai", date(2025, 2, 28), {"t.stnmt@lao-cai"}),
    ("t.stc@lao-cai", TODAY, {"t.stc@lao-cai"}),
    ("t.stttt@lao-cai", TODAY, {"t.skhcn@lao-cai", "t.svhttdl@lao-cai"}),
    ("t.hnd@lao-cai", TODAY, {"t.hnd@lao-cai"}),  # under the Front, by its own name
    ("tw.bkhdt", TODAY, {"tw.btc"}),
    ("h.pnn@lao-cai.bao-thang", date(2025, 4, 1), {"h.pnnmt@lao-cai.bao-thang"}),
    ("h.pnn@lao-cai.bao-thang", TODAY, {"g.x.pkt@lao-cai.bao-thang"}),  # in two steps, and in one
    ("h.ca@lao-cai.bao-thang", TODAY, {"t.ca@lao-cai"}),
    ("x.ubnd@lao-cai.bao-thang.phu-nhuan", TODAY, {"x.ubnd@lao-cai.tang-loong"}),
    ("x.ubnd@lao-cai.bao-thang.phu-nhuan", BEFORE, {"x.ubnd@lao-cai.bao-thang.phu-nhuan"}),
    ("x.ubnd@yen-bai.yen-bai.yen-thinh", TODAY, {"x.ubnd@lao-cai.van-phu"}),
)


@pytest.mark.parametrize(("body", "day", "now"), AGENCIES)
def test_who_is_it_now(graph: GraphStore, body: str, day: date, now: set[str]) -> None:
    (lineage,) = agencies_now(graph, [body], day=day)
    assert {each.id for each in lineage.now} == now
    assert bool(lineage.steps) == (now != {body})


def test_a_step_says_what_was_taken_over_by_what_and_how_sure_that_is(graph: GraphStore) -> None:
    letter = Letter("1/UBND-NLN")
    letter.task("rà soát", [LABOUR])
    graph.replace(letter.reading())
    (lineage,) = agencies_now(graph, ["t.sldtbxh@lao-cai"], day=TODAY)
    assert lineage.of == Named("t.sldtbxh@lao-cai", LABOUR, "department", "Lào Cai")
    step = next(step for step in lineage.steps if step.to.name == "Sở Nội vụ")
    assert (step.rule, step.extent) == (Inference.AGENCY_SUCCESSOR, "lao động, việc làm, người có công")
    assert (step.status, step.since) == ("verified", date(2025, 3, 1))
    assert because_words(step).startswith(f"Sở Nội vụ kế thừa {LABOUR} (lao động")
    (district,) = agencies_now(graph, ["h.pnn@lao-cai.bao-thang"], day=TODAY)
    assert {step.status for step in district.steps} == {"believed"}
    assert "Phòng Nông nghiệp và Môi trường huyện Bảo Thắng" in {step.to.name for step in district.steps}
    assert agencies_now(graph, ["t.khong-co@lao-cai"]) == agencies_now(graph, []) == ()


def test_what_its_predecessors_reached(graph: GraphStore) -> None:
    before = Letter("2/BC-UBND", date(2019, 1, 5), type="Báo cáo")
    before.result(OLD, 17, True, date(2018, 12, 31)).result(OLD, 2, False, date(2017, 12, 31))
    after = Letter("3/BC-UBND", date(2026, 1, 5), type="Báo cáo")
    after.result(NEW, 10, True, date(2025, 12, 31))
    graph.replace(before.reading(), after.reading())
    rows = results_of_lineage(graph, [NEW[1]])
    assert [(row.place.name, row.criterion.number if row.criterion else None, row.met) for row in rows] == [
        (NEW[0], 10, True),  # the newest first
        (OLD[0], 17, True),
        (OLD[0], 2, False),
    ]
    assert [row.document.number for row in rows] == ["3/BC-UBND", "2/BC-UBND", "2/BC-UBND"]
    own, earlier, _ = rows
    assert own.because == ()
    (step,) = earlier.because
    assert (step.of.name, step.to.name, step.extent) == (OLD[0], NEW[0], "whole")
    assert step.source == "khoản 44 Nghị quyết số 1673/NQ-UBTVQH15"
    assert before.text[earlier.evidence.start : earlier.evidence.end] == earlier.evidence.quote
    # Not the other way round, nor what another part of the commune reached.
    assert [row.place.name for row in results_of_lineage(graph, [OLD[1]])] == [OLD[0], OLD[0]]
    assert results_of_lineage(graph, [OTHER_PART]) == results_of_lineage(graph, []) == ()


ENDINGS = (
    # body, kind -> since when it is no more, by what (None: it goes on)
    ("t.stnmt@lao-cai", "department", date(2025, 3, 1), "Nghị định 45/2025/NĐ-CP"),
    ("t.stc@lao-cai", "department", None, None),
    ("t.hnd@lao-cai", "mass_organisation", None, None),
    ("tw.bkhdt", "ministry", date(2025, 3, 1), "Nghị quyết 176/2025/QH15"),
    ("h.ubnd@lao-cai.bao-thang", "committee", date(2025, 7, 1), "Luật Tổ chức chính quyền địa phương"),
    ("g.huyen@lao-cai", "group", date(2025, 7, 1), "Luật Tổ chức chính quyền địa phương"),
    ("g.so@lao-cai", "group", None, None),
    ("g.xa@lao-cai", "group", None, None),
    ("x.ubnd@lao-cai.bao-thang.phu-nhuan", "committee", date(2025, 7, 1), "khoản 44 Nghị quyết số 1673"),
    ("x.ubnd@lao-cai.tang-loong", "committee", None, None),
    ("x.ubnd@lao-cai.bao-thang.gia-phu", "committee", None, None),  # the commune kept its name
    ("t.stc@yen-bai", "department", date(2025, 7, 1), "Nghị quyết số 202/2025/QH15"),
    ("t.stnmt@yen-bai", "department", date(2025, 3, 1), "Nghị định 45/2025/NĐ-CP"),  # before its province
    ("a.to-cong-tac@lao-cai", "other", None, None),
)


@pytest.mark.parametrize(("body", "kind", "day", "source"), ENDINGS, ids=lambda value: str(value)[:34])
def test_since_when_a_body_is_no_more(
    graph: GraphStore, body: str, kind: str, day: date | None, source: str | None
) -> None:
    ending = Successions(graph).endings([Named(body, body, kind, "Lào Cai")]).get(body)
    assert (ending.day if ending else None) == day
    if ending is not None and source is not None:
        assert (ending.source or "").startswith(source)


def test_an_ending_says_who_took_over_and_how_sure_that_is(graph: GraphStore) -> None:
    bodies = [Named("t.stnmt@lao-cai", ENVIRONMENT, "department"), Named("t.btdkt@lao-cai", "Ban", "department")]
    found = Successions(graph).endings(bodies)
    assert [step.to.id for step in found["t.stnmt@lao-cai"].heirs] == ["t.snnmt@lao-cai"]
    assert (found["t.stnmt@lao-cai"].believed, found["t.btdkt@lao-cai"].believed) == (False, True)


SAME = (
    ("t.stnmt@lao-cai", "t.snnmt@lao-cai", True),
    ("t.snnmt@lao-cai", "t.stnmt@lao-cai", True),
    ("t.stnmt@lao-cai", "t.snnmt@lang-son", False),
    ("t.stnmt@lao-cai", "t.snnptnt@lao-cai", False),  # two that went into one
    ("t.hnd@lao-cai", "t.mttq@lao-cai", False),
)


@pytest.mark.parametrize(("body", "other", "same"), SAME)
def test_one_body_under_two_names(graph: GraphStore, authority: Authority, body: str, other: str, same: bool) -> None:
    named = [Named(id, authority.agencies[id.partition("@")[0]].name) for id in (body, other)]
    assert Successions(graph).same(*named) is same
