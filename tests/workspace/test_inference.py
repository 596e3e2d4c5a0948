"""Each rule does what its examples say, has words for people, and says why in a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ntmgraph.authority import MERGER, Authority
from ntmgraph.queries import Because, CriterionName, DocumentName, Inference, Named, rules_on
from ntmgraph.reasons import because_words
from ntmgraph.workspace.inference import (
    RULES,
    Example,
    Known,
    Rule,
    body_of_catalogue,
    chain_up,
    passed_on,
    stand_ins,
)

EVERY = frozenset(Inference)
TODAY = date(2026, 6, 1)
POLICY = Named("t.snnmt@lao-cai", "Sở Nông nghiệp và Môi trường", "department", "Lào Cai")
LABOUR = Named("t.sldtbxh@lao-cai", "Sở Lao động - Thương binh và Xã hội", "department", "Lào Cai")


def test_the_list_holds_every_rule_that_works_on_a_question() -> None:
    assert {rule.name for rule in RULES} == EVERY - {Inference.HEADING_ACTOR}
    assert all(rule.examples and any(not example.gives for example in rule.examples) for rule in RULES)


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule, example) for rule in RULES for example in rule.examples],
    ids=[f"{rule.name}-{count}" for rule in RULES for count, _ in enumerate(rule.examples)],
)
def test_an_example(authority: Authority, rule: Rule, example: Example) -> None:
    known = Known(authority, example.day, example.assigned)
    steps = list(rule.infer(example.thing, known))
    assert [(step.of.name, step.to.name) for step in steps] == list(example.gives)
    assert {step.rule for step in steps} <= {rule.name}


def test_rules_work_on_what_those_before_them_found(authority: Authority) -> None:
    found = [
        (each.of.id, [str(step.rule) for step in each.because])
        for each in stand_ins([POLICY], Known(authority, TODAY), EVERY)
    ]
    assert ("t.stnmt@lao-cai", ["agency_successor"]) in found
    assert ("g.so@lao-cai", ["group_member"]) in found
    assert ("g.so@lao-cai", ["group_member", "agency_successor"]) in found
    before = stand_ins([POLICY], Known(authority, date(2025, 2, 1)), EVERY)
    assert not [each for each in before if each.of.kind != "group"]


def test_a_member_has_no_part_in_what_its_group_was_told_before_it_was_made(authority: Authority) -> None:
    groups = [each.because for each in stand_ins([POLICY], Known(authority, TODAY), EVERY) if each.of.kind == "group"]
    spans = {(steps[0].to.name, steps[0].since, steps[0].until) for steps in groups if steps[0].rule == "group_member"}
    assert (POLICY.name, date(2025, 3, 1), None) in spans
    assert ("Sở Tài nguyên và Môi trường", None, date(2025, 3, 1)) in spans


def test_a_member_that_ended_has_no_part_in_what_its_group_is_told_later(authority: Authority) -> None:
    group = next(each for each in stand_ins([LABOUR], Known(authority, TODAY), EVERY) if each.of.id == "g.so@lao-cai")
    assert group.because[0].until == date(2025, 3, 1)


COMMUNES = (
    # body of a commune -> from when until when it is one of "UBND các xã"
    ("x.ubnd@lao-cai.bao-thang.phu-nhuan", (None, MERGER)),
    ("x.ubnd@cao-bang.thach-an", (MERGER, None)),  # formed on that day, of communes of other names
    ("x.ubnd@cao-bang.co-ba", (None, None)),  # of before or after: a directive may leave the district out
)


@pytest.mark.parametrize(("id", "span"), COMMUNES)
def test_the_body_of_a_commune_is_a_member_while_there_is_the_commune(
    authority: Authority, id: str, span: tuple[date | None, date | None]
) -> None:
    body = body_of_catalogue(id, authority)
    assert body is not None
    groups = [each for each in stand_ins([body], Known(authority, TODAY), EVERY) if each.of.kind == "group"]
    assert {(each.because[0].since, each.because[0].until) for each in groups if len(each.because) == 1} == {span}


@pytest.mark.parametrize("rule", sorted(EVERY))
def test_a_rule_that_is_off_infers_nothing(authority: Authority, rule: Inference) -> None:
    rules = rules_on(False, {rule})
    known = Known(authority, TODAY)
    for thing in (POLICY, LABOUR):
        steps = [step for each in stand_ins([thing], known, rules) for step in each.because]
        steps += [*passed_on(thing, known, rules), *chain_up(thing, known, rules)]
        assert rule not in {step.rule for step in steps}
        assert stand_ins([thing], known, rules_on(True, ())) == ()


def test_who_took_over(authority: Authority) -> None:
    names = [(step.to.name, step.extent) for step in passed_on(LABOUR, Known(authority, TODAY), EVERY)]
    assert ("Sở Nội vụ", "lao động, việc làm, người có công") in names
    assert ("Sở Nông nghiệp và Môi trường", "giảm nghèo") in names
    assert passed_on(LABOUR, Known(authority, date(2024, 1, 1)), EVERY) == ()


def test_the_chain_goes_up_to_the_province(authority: Authority) -> None:
    commune = Named("x.ubnd@lao-cai.bao-thang.phu-nhuan", "UBND xã Phú Nhuận", "committee", "Lào Cai")
    before, after = (chain_up(commune, Known(authority, day), EVERY) for day in (date(2019, 1, 1), TODAY))
    assert [step.to.id for step in before] == ["h.ubnd@lao-cai.bao-thang", "t.ubnd@lao-cai"]
    assert [step.to.id for step in after] == ["t.ubnd@lao-cai"]


LED = CriterionName("VN-XA-2021:17", "VN-XA-2021", 17, "Môi trường")
SUCCESSION = Because(
    Inference.AGENCY_SUCCESSOR, LABOUR, POLICY, date(2025, 3, 1), source="NĐ 45/2025/NĐ-CP", extent="giảm nghèo"
)
ASSIGNED = Because(
    Inference.CRITERION_LEADS,
    Named("g.tieuchi@lao-cai", "Các Sở, ngành phụ trách tiêu chí"),
    POLICY,
    criteria=(LED,),
    document=DocumentName("d", "9/QĐ-UBND", date(2022, 5, 12), "UBND tỉnh Lào Cai", "Quyết định"),
)
SENTENCES = (
    (
        SUCCESSION,
        "Sở Nông nghiệp và Môi trường kế thừa Sở Lao động - Thương binh và Xã hội (giảm nghèo) theo NĐ 45/2025/NĐ-CP "
        "từ ngày 01/03/2025",
    ),
    (
        replace(ASSIGNED, since=date(2021, 1, 1)),  # the period of its set, not of the decision
        "Sở Nông nghiệp và Môi trường chủ trì tiêu chí 17 (bộ xã 2021–2025) theo Quyết định 9/QĐ-UBND ngày 12/05/2022",
    ),
    (
        replace(ASSIGNED, rule=Inference.USUAL_LEAD, document=None, source="danh mục"),
        "Sở Nông nghiệp và Môi trường thường chủ trì tiêu chí 17 (bộ xã 2021–2025) theo danh mục, chưa có văn bản phân công",
    ),
    (
        Because(
            Inference.PLACE_SUCCESSOR,
            Named("p.1", "xã Cũ"),
            Named("p.2", "xã Mới"),
            date(2025, 7, 1),
            source="khoản 3 Nghị quyết số 1657/NQ-UBTVQH15",
            extent="part",
        ),
        "xã Mới hình thành từ xã Cũ (một phần) theo khoản 3 Nghị quyết số 1657/NQ-UBTVQH15 từ ngày 01/07/2025",
    ),
)


@pytest.mark.parametrize(("step", "sentence"), SENTENCES, ids=lambda value: str(value)[:30])
def test_a_step_in_words(step: Because, sentence: str) -> None:
    assert because_words(step) == sentence
    assert because_words(step, "en") not in ("", sentence)
