"""Facts in, inferred facts out: what each rule makes of directives, where it says so, and that it can be left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from readings import AGRICULTURE, ENVIRONMENT, LABOUR, LEADS, Letter

from ntmgraph.authority import Authority
from ntmgraph.model import Basis, DeadlineKind, Role
from ntmgraph.queries import DeadlineQuestion, Inference, Named, TraceQuestion
from ntmgraph.reasons import because_words
from ntmgraph.store import GraphStore
from ntmgraph.workspace.deadlines import deadlines
from ntmgraph.workspace.inference import Known, chain_up, passed_on, stand_ins
from ntmgraph.workspace.names import known_agencies
from ntmgraph.workspace.trace import trace

TODAY = date(2026, 6, 1)
OLD_COMMUNE = ("xã Phú Nhuận", "p.02944")  # huyện Bảo Thắng, Lào Cai; part of xã Tằng Loỏng since 1 July 2025
NEW_COMMUNE = ("xã Tằng Loỏng", "p.02908.2025")
DUE = ("trước ngày 01/06/2024", DeadlineKind.BEFORE, date(2024, 6, 1), None)


def letters() -> tuple[Letter, ...]:
    """Lào Cai: duties of a department that ended, of a group, of those who lead criteria, on a commune that merged."""
    assigned = Letter("9/QĐ-UBND", date(2022, 5, 12), type="Quyết định", subject="Về việc phân công")
    assigned.assign(17, [ENVIRONMENT], set="VN-XA-2021")
    duties = Letter("10/UBND-NLN", date(2024, 1, 12))
    duties.task("thẩm tra chất thải", [ENVIRONMENT], due=DUE)
    duties.task("lập hồ sơ", [LEADS], kind="group", criteria=[(17, "VN-XA-2021")], due=DUE)
    duties.task("đánh giá mức độ đạt", [LEADS], kind="group", criteria=[(15, "VN-XA-2021")])
    duties.task("báo cáo quý", ["Các Sở, ban, ngành"], kind="group")
    duties.task("sửa đường", ["Sở Công Thương"], places=[OLD_COMMUNE])
    duties.help("Sở Y tế", "Lê C", OLD_COMMUNE)
    later = Letter("11/UBND-NLN", date(2026, 2, 2))
    later.task("rà soát quy hoạch", ["Sở Công Thương"], places=[NEW_COMMUNE])
    later.task("dọn vệ sinh", ["UBND xã Tằng Loỏng"])
    plan = Letter("12/KH-UBND", date(2024, 2, 2), type="Kế hoạch")
    plan.task("vận động hiến đất", ["UBND xã Phú Nhuận"], due=DUE)
    plan.task("đón đoàn", ["UBND xã Phú Nhuận"], places=[OLD_COMMUNE])
    plan.result(OLD_COMMUNE, 17, True, date(2023, 12, 31)).result(OLD_COMMUNE, 2, False, date(2023, 12, 31))
    return assigned, duties, later, plan


@pytest.fixture
def office(graph: GraphStore) -> GraphStore:
    for letter in letters():
        graph.replace(letter.reading())
    return graph


RULES = (
    # rule, question -> (what or fact, agency) of the rows that rest on it
    (
        Inference.AGENCY_SUCCESSOR,
        TraceQuestion(agency=AGRICULTURE, province="Lào Cai"),
        {
            ("assignment", AGRICULTURE),
            ("thẩm tra chất thải", AGRICULTURE),
            ("lập hồ sơ", AGRICULTURE),  # by the assignment of the department before it
            ("báo cáo quý", AGRICULTURE),  # told to a group of which the department before it was a member
        },
    ),
    (
        Inference.GROUP_MEMBER,
        TraceQuestion(agency="Sở Xây dựng", province="Lào Cai"),
        {("báo cáo quý", "Sở Xây dựng")},
    ),
    (
        Inference.CRITERION_LEADS,
        TraceQuestion(agency=ENVIRONMENT, province="Lào Cai"),
        {("lập hồ sơ", ENVIRONMENT)},
    ),
    (
        Inference.CRITERION_LEADS,
        TraceQuestion(criterion="VN-XA-2021:17", province="Lào Cai"),
        {("lập hồ sơ", ENVIRONMENT)},
    ),
    (
        Inference.USUAL_LEAD,
        TraceQuestion(agency="Sở Y tế", province="Lào Cai"),
        {("đánh giá mức độ đạt", "Sở Y tế")},
    ),
    (
        Inference.USUAL_LEAD,
        TraceQuestion(criterion="VN-XA-2021:15", province="Lào Cai"),
        {("đánh giá mức độ đạt", "Sở Y tế")},
    ),
    (
        Inference.PLACE_SUCCESSOR,
        TraceQuestion(place="xã Tằng Loỏng", province="Lào Cai"),
        {
            ("sửa đường", "Sở Công Thương"),
            ("helps", "Sở Y tế"),
            ("đón đoàn", "UBND xã Phú Nhuận"),
            ("vận động hiến đất", "UBND xã Phú Nhuận"),
        },
    ),
    (
        Inference.PLACE_SUCCESSOR,
        TraceQuestion(place="xã Phú Nhuận", province="Lào Cai"),
        {("rà soát quy hoạch", "Sở Công Thương"), ("dọn vệ sinh", "UBND xã Tằng Loỏng")},
    ),
    (
        Inference.BODY_OF_PLACE,
        TraceQuestion(place="xã Tằng Loỏng", province="Lào Cai"),
        {("dọn vệ sinh", "UBND xã Tằng Loỏng"), ("vận động hiến đất", "UBND xã Phú Nhuận")},
    ),
    (
        Inference.BODY_OF_PLACE,
        TraceQuestion(place="xã Phú Nhuận", province="Lào Cai"),
        {("vận động hiến đất", "UBND xã Phú Nhuận"), ("dọn vệ sinh", "UBND xã Tằng Loỏng")},
    ),
)


@pytest.mark.parametrize(
    ("rule", "question", "expected"), RULES, ids=lambda value: None if isinstance(value, set) else str(value)[:40]
)
def test_a_rule(office: GraphStore, rule: Inference, question: TraceQuestion, expected: set[tuple[str, str]]) -> None:
    answer = trace(office, question, today=TODAY)
    inferred = [row for row in answer.rows if rule in {step.rule for step in row.because}]
    assert {(row.what or row.fact, row.agency.name if row.agency else "") for row in inferred} == expected
    for row in inferred:
        assert row.basis is Basis.INFERRED
        assert row.rule == row.because[0].rule
        assert row.evidence.basis is Basis.STATED  # what it rests on is said, and is shown
        assert all(because_words(step) for step in row.because)
    without = trace(office, replace(question, without=frozenset({rule})), today=TODAY)
    assert not [row for row in without.rows if rule in {step.rule for step in row.because}]
    stated = trace(office, replace(question, stated_only=True), today=TODAY)
    assert all(row.basis is Basis.STATED and not row.because and not row.chain for row in stated.rows)


@pytest.mark.parametrize("question", sorted({str(rule[1]): rule[1] for rule in RULES}.values(), key=str), ids=str)
@pytest.mark.parametrize("without", (frozenset(), frozenset({Inference.GROUP_MEMBER, Inference.AGENCY_SUCCESSOR})))
def test_pages_agree_with_the_total(office: GraphStore, question: TraceQuestion, without: frozenset[Inference]) -> None:
    question = replace(question, without=without)
    whole = trace(office, question, today=TODAY)
    pages = [trace(office, replace(question, limit=1, offset=offset), today=TODAY) for offset in range(whole.total)]
    assert [row for page in pages for row in page.rows] == list(whole.rows)
    assert {page.total for page in pages} <= {whole.total}


def test_an_assignment_is_shown_with_its_sentence(office: GraphStore) -> None:
    rows = trace(office, TraceQuestion(agency=ENVIRONMENT, province="Lào Cai"), today=TODAY).rows
    step = next(row.because[0] for row in rows if row.what == "lập hồ sơ")
    assert step.document is not None
    assert step.document.number == "9/QĐ-UBND"
    assert step.evidence is not None
    assert step.evidence.quote.startswith("tiêu chí 17 | Sở Tài nguyên và Môi trường")
    assert [criterion.number for criterion in step.criteria] == [17]


def test_a_body_that_is_no_more_says_who_took_over(office: GraphStore) -> None:
    answer = trace(office, TraceQuestion(agency=ENVIRONMENT, province="Lào Cai"), today=TODAY)
    assert [step.to.name for step in answer.passed_on] == [AGRICULTURE]
    rows = trace(office, TraceQuestion(criterion="17", province="Lào Cai"), today=TODAY).rows
    assert {step.to.name for row in rows for step in row.passed_on} == {AGRICULTURE}
    before = trace(office, TraceQuestion(agency=ENVIRONMENT, province="Lào Cai", on=date(2024, 6, 1)))
    assert before.passed_on == ()


def test_whom_a_doer_answers_to_where_the_sentence_does_not_say(office: GraphStore) -> None:
    rows = trace(office, TraceQuestion(place="xã Phú Nhuận", province="Lào Cai"), today=TODAY).rows
    assert {step.to.name for row in rows for step in row.chain} == {"UBND tỉnh Lào Cai"}


def test_the_default_of_the_catalogue_stands_beside_the_rows_never_among_them(office: GraphStore) -> None:
    answer = trace(office, TraceQuestion(criterion="VN-XA-2021:8", province="Lào Cai"), today=TODAY)
    assert (answer.rows, answer.total) == ((), 0)
    assert answer.note is not None
    assert [(each.rule, [lead.name for lead in each.agencies]) for each in answer.usual_leads] == [
        (Inference.USUAL_LEAD, ["Sở Khoa học và Công nghệ"])
    ]
    for narrower in (
        TraceQuestion(criterion="VN-XA-2021:17", province="Lào Cai"),  # assigned
        TraceQuestion(criterion="VN-XA-2021:8", province="Lào Cai", stated_only=True),
        TraceQuestion(criterion="VN-XA-2021:8", without=frozenset({Inference.USUAL_LEAD})),
    ):
        assert trace(office, narrower, today=TODAY).usual_leads == ()


def test_the_default_of_the_catalogue_is_of_the_whole_criterion(graph: GraphStore) -> None:
    letter = Letter("1/UBND-NLN", date(2024, 1, 12))
    letter.task("hướng dẫn", ["Sở Y tế"], criteria=[("8.2", "VN-XA-2021")])
    graph.replace(letter.reading())
    for asked in ("8", "8.2"):
        usual = trace(graph, TraceQuestion(criterion=asked, province="Lào Cai"), today=TODAY).usual_leads
        assert {each.criterion.number for each in usual} == {8}


RESULTS = (
    # place asked about -> place of the results, because of a merger
    ("xã Phú Nhuận", "xã Phú Nhuận", False),
    ("xã Tằng Loỏng", "xã Phú Nhuận", True),
)


@pytest.mark.parametrize(("asked", "told", "merged"), RESULTS)
def test_results_of_a_place_stand_beside_its_rows(office: GraphStore, asked: str, told: str, merged: bool) -> None:
    (results,) = trace(office, TraceQuestion(place=asked, province="Lào Cai"), today=TODAY).results
    assert (results.place.name, results.document.number, results.total, results.met) == (told, "12/KH-UBND", 2, 1)
    assert bool(results.because) == merged
    assert trace(office, TraceQuestion(place=asked, criterion="17"), today=TODAY).results == ()
    if merged:
        assert trace(office, TraceQuestion(place=asked, stated_only=True), today=TODAY).results == ()


def test_a_unit_that_keeps_its_name_is_not_formed_from_itself() -> None:
    authority = Authority()
    old = next(unit for unit in authority.units.values() if (unit.name, unit.valid_from) == ("Lũng Cú", None))
    (step,) = passed_on(Named(old.id, old.full_name), Known(authority, TODAY), set(Inference))
    assert because_words(step).startswith("xã Lũng Cú mới hình thành từ xã Lũng Cú cũ (toàn bộ) cùng ")
    assert {each.name for each in step.with_} == {"xã Má Lé", "xã Lũng Táo"}


DEADLINES = (
    (ENVIRONMENT, frozenset(), {"thẩm tra chất thải": "stated", "lập hồ sơ": "inferred"}),
    (AGRICULTURE, frozenset(), {"thẩm tra chất thải": "inferred", "lập hồ sơ": "inferred"}),
    (ENVIRONMENT, frozenset({Inference.CRITERION_LEADS}), {"thẩm tra chất thải": "stated"}),
    (AGRICULTURE, frozenset({Inference.AGENCY_SUCCESSOR}), {}),
)


@pytest.mark.parametrize(("agency", "without", "expected"), DEADLINES, ids=lambda value: str(value)[:30])
def test_deadlines(office: GraphStore, agency: str, without: frozenset[Inference], expected: dict[str, str]) -> None:
    answer = deadlines(office, DeadlineQuestion(TODAY, agency=agency, province="Lào Cai", without=without))
    assert {row.what: row.basis.value for row in answer.rows} == expected
    assert answer.total == len(expected) == sum(answer.states.values())
    assert all(bool(row.because) == (row.basis is Basis.INFERRED) for row in answer.rows)


PERIODS = (
    # day of the question -> who is meant by "các sở, ngành phụ trách tiêu chí" in a letter of 2023
    (None, {"Sở Y tế"}),  # the history: who led when it was issued
    (date(2023, 6, 1), {"Sở Y tế"}),
    (date(2024, 6, 1), {"Sở Công Thương"}),  # the assignment in force on the day
)


@pytest.mark.parametrize(("day", "expected"), PERIODS)
@pytest.mark.parametrize("bare", (False, True))
def test_the_assignment_in_force_decides(graph: GraphStore, day: date | None, expected: set[str], bare: bool) -> None:
    for number, lead, from_, to in (
        ("1/QĐ-UBND", "Sở Y tế", date(2022, 1, 1), date(2023, 12, 31)),
        ("2/QĐ-UBND", "Sở Công Thương", date(2024, 1, 1), None),
    ):
        decision = Letter(number, from_, type="Quyết định")
        graph.replace(decision.assign(9, [lead], set="VN-XA-2021", from_=from_, to=to).reading())
    letter = Letter("3/UBND-NLN", date(2023, 3, 1))
    letter.task("lập hồ sơ", [LEADS], kind="group", criteria=[] if bare else [(9, "VN-XA-2021")])
    graph.replace(letter.reading())
    found = set()
    for lead in ("Sở Y tế", "Sở Công Thương"):
        without = frozenset({Inference.USUAL_LEAD, Inference.GROUP_MEMBER})
        rows = trace(graph, TraceQuestion(agency=lead, on=day, without=without), today=TODAY).rows
        found |= {lead for row in rows if row.what == "lập hồ sơ"}
    assert found == expected
    if not bare:
        of_criterion = trace(graph, TraceQuestion(criterion="VN-XA-2021:9", on=day), today=TODAY).rows
        meant = {row.agency.name for row in of_criterion if row.because and row.agency}
        assert meant == expected


# What is inferred is never shown as stated


@pytest.fixture
def headed(graph: GraphStore) -> GraphStore:
    """A letter in which a heading names who does a task and who supports it, and one task names its supporter itself."""
    letter = Letter("12/UBND-NLN", date(2024, 1, 12))
    office = "Văn phòng Điều phối"
    letter.task("gửi kết quả", [AGRICULTURE], with_=["Sở Y tế"], reports_to=[office], due=DUE, inferred=True)
    letter.task("cùng Sở Công Thương kiểm tra", [AGRICULTURE], with_=["Sở Công Thương"], inferred=True)
    graph.replace(letter.reading())
    return graph


HEADED = (
    # agency -> (what, agency of the row, basis) of its rows; without headings
    ("Sở Y tế", {("gửi kết quả", "Sở Y tế", "inferred")}, set()),
    (
        "Sở Công Thương",
        {("cùng Sở Công Thương kiểm tra", "Sở Công Thương", "stated")},
        {("cùng Sở Công Thương kiểm tra", "Sở Công Thương", "stated")},
    ),
    ("Văn phòng Điều phối", {("gửi kết quả", AGRICULTURE, "inferred")}, {("gửi kết quả", None, "stated")}),
)


@pytest.mark.parametrize(("agency", "expected", "stated"), HEADED, ids=lambda value: str(value)[:20])
def test_whom_only_a_heading_names(
    headed: GraphStore,
    agency: str,
    expected: set[tuple[str, str | None, str]],
    stated: set[tuple[str, str | None, str]],
) -> None:
    question = TraceQuestion(agency=agency, province="Lào Cai", on=date(2024, 6, 1))
    for asked, rows in (
        (question, expected),
        (replace(question, stated_only=True), stated),
        (replace(question, without=frozenset({Inference.HEADING_ACTOR})), stated),
    ):
        answer = trace(headed, asked)
        found = {(row.what, row.agency.name if row.agency else None, str(row.basis)) for row in answer.rows}
        assert {(what.partition(" tiêu")[0] if what else "", *rest) for what, *rest in found} == rows
        assert answer.total == len(answer.rows)


def test_who_leads_by_the_heading_does_not_support_itself_as_a_member(graph: GraphStore) -> None:
    letter = Letter("12/UBND-NLN", date(2024, 1, 12))
    letter.task("cùng Các Sở, ban, ngành thẩm định", ["Sở Y tế"], with_=["Các Sở, ban, ngành"], inferred=True)
    graph.replace(letter.reading())
    for without, found in ((frozenset(), {Role.LEAD}), (frozenset({Inference.HEADING_ACTOR}), set())):
        rows = trace(graph, TraceQuestion(agency="Sở Y tế", province="Lào Cai", without=without), today=TODAY).rows
        assert {row.role for row in rows} == found
    others = TraceQuestion(agency="Sở Công Thương", province="Lào Cai", without=frozenset({Inference.HEADING_ACTOR}))
    assert [row.role for row in trace(graph, others, today=TODAY).rows] == [Role.COORDINATE]


def test_a_lead_from_the_heading_is_marked_and_can_be_left_out(headed: GraphStore) -> None:
    question = TraceQuestion(agency="Sở Công Thương", province="Lào Cai", on=date(2024, 6, 1))
    (row,) = trace(headed, question).rows
    assert (row.basis, [lead.name for lead in row.lead], row.lead_inferred) == (Basis.STATED, [AGRICULTURE], True)
    (row,) = trace(headed, replace(question, stated_only=True)).rows
    assert (row.lead, row.lead_inferred) == ((), False)


# Bodies and groups


def test_a_body_that_leads_is_not_a_member_of_the_group_beside_it_nor_is_its_successor(graph: GraphStore) -> None:
    letter = Letter("13/UBND-NLN", date(2024, 1, 12))
    letter.task("lập quy hoạch", [ENVIRONMENT, "Các Sở, ban, ngành"], kind="group")
    graph.replace(letter.reading())
    for agency, rule in ((ENVIRONMENT, None), (AGRICULTURE, Inference.AGENCY_SUCCESSOR)):
        (row,) = trace(graph, TraceQuestion(agency=agency, province="Lào Cai"), today=TODAY).rows
        assert [step.rule for step in row.because] == ([rule] if rule else [])


def test_a_mass_organisation_that_came_under_the_front_keeps_its_tasks(authority: Authority) -> None:
    women = Named("t.hlhpn@lao-cai", "Hội Liên hiệp Phụ nữ tỉnh", "mass_organisation", "Lào Cai")
    front = Named("t.mttq@lao-cai", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "front", "Lào Cai")
    known = Known(authority, TODAY)
    assert passed_on(women, known, frozenset(Inference)) == ()
    assert women.id not in {each.of.id for each in stand_ins([front], known, frozenset(Inference))}
    assert [step.to.id for step in chain_up(women, known, frozenset(Inference))] == [front.id]


DIVIDED = (
    # who took over a part of a department -> the criteria that it leads by an assignment to that department
    ("Sở Nội vụ", {12}),
    (AGRICULTURE, {11}),
    ("Sở Y tế", set()),
)


@pytest.mark.parametrize(("heir", "leads"), DIVIDED)
def test_what_a_divided_body_led_falls_to_the_part_that_leads_it_now(
    graph: GraphStore, heir: str, leads: set[int]
) -> None:
    decision = Letter("16/QĐ-UBND", date(2022, 5, 12), type="Quyết định")
    decision.assign(11, [LABOUR], set="VN-XA-2021").assign(12, [LABOUR], set="VN-XA-2021")
    decision.assign(17, [ENVIRONMENT], set="VN-XA-2021", coordinate=[LABOUR])
    decision.task("lập hồ sơ", [LEADS], kind="group", criteria=[(12, "VN-XA-2021")])
    graph.replace(decision.reading())
    # Named by a document of their own, as they are.
    letter = Letter("17/UBND-NLN", date(2026, 1, 12))
    letter.task("rà soát", [each for each, _ in DIVIDED])
    graph.replace(letter.reading())
    question = TraceQuestion(agency=heir, province="Lào Cai", without=frozenset({Inference.USUAL_LEAD}))
    rows = trace(graph, question, today=TODAY).rows
    of_labour = [row for row in rows if any(step.of.name == LABOUR for step in row.because)]
    assert {row.criterion.number for row in of_labour if row.criterion and row.role == "lead" and not row.what} == leads
    assert bool([row for row in of_labour if row.what == "lập hồ sơ"]) == (12 in leads)
    assert [row.criterion.number for row in of_labour if row.criterion and row.role == "coordinate"] == [17]


# Units that merged, also across provinces: phường Yên Thịnh of Yên Bái lies in phường Văn Phú of Lào Cai

MERGED_ACROSS = (
    TraceQuestion(place="phường Văn Phú", province="Lào Cai"),
    TraceQuestion(agency="UBND phường Văn Phú", province="Lào Cai"),
)


@pytest.mark.parametrize("question", MERGED_ACROSS, ids=str)
def test_a_merger_across_provinces(graph: GraphStore, question: TraceQuestion) -> None:
    letter = Letter("14/UBND-NN", date(2024, 1, 12), province="Yên Bái")
    letter.task("chỉnh trang", ["UBND phường Yên Thịnh"], places=[("phường Yên Thịnh", "p.04249")], due=DUE)
    graph.replace(letter.reading())
    (row,) = trace(graph, question, today=TODAY).rows
    (step,) = row.because
    assert row.basis is Basis.INFERRED
    assert step.of.place == "Yên Bái"
    assert "khoản" in because_words(step) and "(toàn bộ)" in because_words(step)
    due = deadlines(graph, DeadlineQuestion(TODAY, agency=question.agency, place=question.place, province="Lào Cai"))
    assert [each.basis for each in due.rows] == [Basis.INFERRED]
    before = trace(graph, replace(question, on=date(2025, 6, 30)))
    assert (before.rows, before.total) == ((), 0)
    assert before.note


def test_a_committee_that_no_document_names_is_that_of_the_unit_there_is(graph: GraphStore) -> None:
    letter = Letter("15/UBND-NLN", date(2024, 1, 12))
    letter.task("niêm yết", ["Các Sở, ban, ngành"], kind="group")
    graph.replace(letter.reading())
    for day, expected in (
        (date(2024, 6, 1), "x.ubnd@lao-cai.bao-thang.tang-loong"),
        (TODAY, "x.ubnd@lao-cai.tang-loong"),
    ):
        found = known_agencies(graph, "UBND Tằng Loỏng", "Lào Cai", day=day)
        assert [each.id for each in found] == [expected]
        assert known_agencies(graph, expected, None) == found  # by its id, as a link to it asks


def test_a_body_asked_about_by_its_id_is_called_by_its_name(office: GraphStore) -> None:
    question = TraceQuestion(agency="t.sngv@lao-cai", province="Lào Cai")
    for asked in (question, replace(question, stated_only=True)):
        note = trace(office, asked, today=TODAY).note or ""
        assert "“Sở Ngoại vụ”" in note and "t.sngv" not in note
