"""The trace page: the answer in counts and words, the rows, the proof."""

from dataclasses import replace
from datetime import date

import pytest
from records import DECISION, LATE, ONE, PLAN, READING, ROAD, TWO, answer, row
from trees import letters_of, tagged, text_of

from dash_app.address import Address, parse
from dash_app.components import ROWS, evidence_panel
from dash_app.components.evidence import Proof, excerpt
from dash_app.pages.trace import data, layout
from dash_app.pages.trace.figure import chain_of, lay_out
from dash_app.words import words_of
from ntmgraph.model import Basis
from ntmgraph.queries import Because, Inference, Named, PlaceResults, TraceQuestion, UsualLead

SAY = words_of("vi")
HERE = parse("/truy-vet", "?criterion=2")


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("?criterion=17", TraceQuestion(criterion="17")),
        (
            "?agency=S%E1%BB%9F&province=L%C3%A0o%20Cai&on=2019-10-01&stated_only=1",
            TraceQuestion(agency="Sở", province="Lào Cai", on=date(2019, 10, 1), stated_only=True),
        ),
        (
            "?criterion=17&without=group_member,usual_lead,no_rule",
            TraceQuestion(criterion="17", without=frozenset({Inference.GROUP_MEMBER, Inference.USUAL_LEAD})),
        ),
        ("?province=L%C3%A0o%20Cai", None),
        ("", None),
    ],
)
def test_the_address_is_the_question(search: str, expected: TraceQuestion | None) -> None:
    asked = replace(expected, limit=ROWS) if expected else None
    assert data.question_of(parse("/truy-vet", search)) == asked


def test_counts_of_an_agency() -> None:
    found = answer(
        row("t1", ONE, due=LATE),
        row("t2", TWO, with_=(ONE,)),
        row("t3", ONE, basis=Basis.INFERRED),
        row("f1", ONE, fact="assignment", criterion=ROAD),
        agencies=(ONE,),
    )
    summary = data.summary_of(found, on=date(2019, 1, 1))
    assert (summary.tasks, summary.led, summary.shared, summary.criteria) == (3, 2, 1, 1)
    assert (summary.inferred, summary.dated, summary.next_due) == (1, 1, date(2019, 6, 30))


def test_who_leads_is_said_in_one_sentence_with_its_document() -> None:
    found = answer(row("f1", ONE, fact="assignment", document=DECISION, criterion=ROAD), row("t1"), criteria=(ROAD,))
    card = layout.answer_card(SAY, found, data.summary_of(found, on=date(2019, 1, 1)), HERE)
    said = letters_of(card)
    assert said.startswith(
        "Sở Mẫu Một chủ trì tiêu chí 2 Giao thông, theo Quyết định 45/QĐ-UBND ngày 02/05/2018 của UBND tỉnh Mẫu."
    )


def test_two_leads_are_both_named() -> None:
    found = answer(
        row("f1", ONE, fact="assignment", document=DECISION, criterion=ROAD),
        row("f2", TWO, fact="assignment", document=PLAN, criterion=ROAD),
        criteria=(ROAD,),
    )
    said = letters_of(layout.answer_card(SAY, found, data.summary_of(found, on=date(2019, 1, 1)), HERE))
    assert "2 cơ quan" in said and "Sở Mẫu Một (Quyết định 45/QĐ-UBND); Sở Mẫu Hai (Kế hoạch 88/KH-UBND)" in said


def test_a_later_page_names_the_leads_of_the_first_and_counts_the_whole() -> None:
    leads = (row("f1", ONE, fact="assignment", document=DECISION, criterion=ROAD), row("t1", criterion=ROAD))
    counts = {"assignment": 1, "task": 1204}
    first = replace(answer(*leads, criteria=(ROAD,)), total=1205, counts=counts)
    later = replace(answer(row("t60", TWO), criteria=(ROAD,)), total=1205, counts=counts)
    for offset, found in ((0, first), (ROWS, later)):
        summary = data.summary_of(found, on=date(2019, 1, 1), offset=offset, beginning=first)
        said = letters_of(layout.answer_card(SAY, found, summary, HERE))
        assert said.startswith("Sở Mẫu Một chủ trì tiêu chí 2 Giao thông, theo Quyết định 45/QĐ-UBND")
        assert "Tất cả có 1 phân công tiêu chí, 1.204 nhiệm vụ." in said
        assert f"Trong các mục {offset + 1}–{offset + ROWS} đang hiện: Không nhiệm vụ nào nêu thời hạn." in said


def test_tasks_of_a_long_list_are_those_of_the_whole_list() -> None:
    found = replace(answer(row("t1", ONE), agencies=(ONE,)), total=1205, counts={"task": 1205})
    said = letters_of(layout.answer_card(SAY, found, data.summary_of(found, on=date(2019, 1, 1)), HERE))
    assert said.startswith("Sở Mẫu Một: 1.205 nhiệm vụ.")


def test_leads_that_may_go_on_after_the_page_are_not_counted() -> None:
    found = answer(row("f1", ONE, fact="assignment", document=DECISION, criterion=ROAD), criteria=(ROAD,))
    found = replace(found, total=140, counts={"assignment": 140})
    said = letters_of(layout.answer_card(SAY, found, data.summary_of(found, on=date(2019, 1, 1)), HERE))
    assert said.startswith("Nhiều cơ quan được nêu là chủ trì tiêu chí 2 Giao thông, trước hết: Sở Mẫu Một")


def test_no_lead_is_said_so() -> None:
    found = answer(row("t1", criterion=ROAD), criteria=(ROAD,))
    said = letters_of(layout.answer_card(SAY, found, data.summary_of(found, on=date(2019, 1, 1)), HERE))
    assert said.startswith("Chưa văn bản nào nêu cơ quan chủ trì tiêu chí 2 Giao thông")
    assert "Không nhiệm vụ nào nêu thời hạn." in said


def test_a_rank_folds_and_a_group_opens() -> None:
    found = answer(row("t1"), row("t2", TWO))
    here = Address("/truy-vet", (("fold", "agency"),))
    drawing = lay_out(chain_of(found, folded=here.names("fold")))
    shown = layout.chain(SAY, drawing, here, left_out=0, chosen="t2")
    links = tagged(shown, "A")
    heads = {text_of(head): head for head in links if head.className == "rank-head"}
    assert heads["Cơ quan"].href == "/truy-vet"
    assert heads["Nhiệm vụ"].href == "/truy-vet?fold=agency%2Cfact"
    assert getattr(heads["Cơ quan"], "aria-expanded") == "false"
    (group,) = [card for card in links if "group" in card.className]
    assert text_of(group).endswith("2 cơ quan")
    assert "open=group:agency:" in group.href
    assert "on" in group.className.split()  # the chosen row is within


def test_chain_and_table_show_the_same_rows_and_the_chosen_one() -> None:
    found = answer(row("t1"), row("t2", TWO))
    chain = layout.chain(SAY, lay_out(chain_of(found)), HERE, left_out=0, chosen="t2")
    table = layout.rows_table(SAY, found, HERE, "t2")
    cards = {card.href for card in tagged(chain, "A") if "card-task" in card.className}
    assert cards == {anchor.href for anchor in tagged(table, "A") if getattr(anchor, "className", "") == "row-link"}
    assert [line.className for line in tagged(table, "Tr") if getattr(line, "data-row", None)] == [
        "leads",
        "selected leads",
    ]


def test_rows_left_out_of_the_chain_are_said() -> None:
    found = answer(row("t1"))
    assert "Còn 7 dòng" in letters_of(layout.chain(SAY, lay_out(chain_of(found)), HERE, left_out=7, chosen=None))


def test_the_proof_says_what_the_document_leaves_open() -> None:
    of = row("t1")
    proof = Proof(of.document, of.evidence, None, of.basis, of.rule, layout.known_of(SAY, of))
    said = letters_of(evidence_panel(SAY, proof))
    assert "Thời hạnvăn bản không nêu" in said and "Báo cáovăn bản không nêu" in said


def test_the_proof_of_a_doer_from_the_heading_is_inferred() -> None:
    of = replace(row("t1", basis=Basis.INFERRED), evidence=row("t1").evidence, rule="actor.lead")
    panel = letters_of(evidence_panel(SAY, Proof(of.document, of.evidence, None, of.basis, of.rule)))
    table = letters_of(layout.rows_table(SAY, answer(of), HERE, None))
    assert of.evidence.basis is Basis.STATED
    for shown in (panel, table):
        assert "suy ra" in shown
        assert "nêu rõ" not in shown


@pytest.mark.parametrize(("state", "told"), [("draft", True), ("issued", False)])
def test_a_draft_is_told_on_its_card_and_in_its_rows(state: str, told: bool) -> None:
    found = answer(replace(row("t1"), document=replace(PLAN, state=state)))
    drawn = layout.chain(SAY, lay_out(chain_of(found)), HERE, left_out=0, chosen=None)
    for shown in (drawn, layout.rows_table(SAY, found, HERE, None)):
        assert ("dự thảo" in letters_of(shown)) is told


def test_the_sentence_is_marked_in_its_provision_under_its_headings() -> None:
    of = row("t1")
    shown = excerpt(READING, of.evidence)
    assert shown.path == ("I. TỔ CHỨC THỰC HIỆN", "1")
    assert shown.after is not None and shown.after.startswith("2.")
    panel = evidence_panel(SAY, Proof(of.document, of.evidence, shown, of.basis, of.rule))
    assert [letters_of(mark) for mark in tagged(panel, "Mark")] == [of.evidence.quote]
    assert tagged(panel, "A")[-1].href == f"/van-ban/d1?at={of.evidence.start}"


def test_suggestions_are_addresses_of_the_question_with_that_part() -> None:
    found = data.Suggestions((ROAD,), (ONE,), (Named("p1", "xã Mẫu", "commune", "Mẫu"),))
    links = layout.add_choices(SAY, parse("/truy-vet", "?province=M&row=t9"), found, "m")
    assert [link.href for link in links] == [
        "/truy-vet?province=M&criterion=VN-XA-2016:2",
        "/truy-vet?province=M&agency=a1",
        "/truy-vet?province=M&place=p1",
    ]


def test_nothing_to_suggest_is_said() -> None:
    (line,) = layout.add_choices(SAY, HERE, data.Suggestions((), (), ()), "zzz")
    assert "zzz" in letters_of(line)


def test_where_nothing_is_said_the_ways_on_are_links() -> None:
    address = parse("/truy-vet", "?criterion=x&province=M&on=2019-10-01&stated_only=1")
    shown = layout.nothing_found(SAY, answer(note="Chưa có văn bản nào."), address, [ROAD])
    assert "Chưa có văn bản nào." in letters_of(shown)
    assert [link.href for link in tagged(shown, "A")] == [
        "/truy-vet?province=M&on=2019-10-01&stated_only=1&criterion=VN-XA-2016:2",
        "/truy-vet?criterion=x&province=M&stated_only=1",
        "/truy-vet?criterion=x&on=2019-10-01&stated_only=1",
        "/truy-vet?criterion=x&province=M&on=2019-10-01",
        "/nap",
    ]


LATER = Because(Inference.AGENCY_SUCCESSOR, ONE, TWO, date(2025, 3, 1), source="NĐ 45/2025/NĐ-CP", extent="toàn bộ")
TOOK_OVER = "Sở Mẫu Hai kế thừa Sở Mẫu Một (toàn bộ) theo NĐ 45/2025/NĐ-CP từ ngày 01/03/2025"


def test_each_rule_has_a_box_and_its_state_is_the_address() -> None:
    address = parse("/truy-vet", "?criterion=2&offset=200&without=usual_lead")
    line = layout.question_line(SAY, address, None)
    boxes = {letters_of(box): box for box in tagged(line, "A") if getattr(box, "role", None) == "checkbox"}
    assert len(boxes) == len(Inference)
    off = [words for words, box in boxes.items() if box.to_plotly_json()["props"]["aria-checked"] == "false"]
    assert off == ["mặc định của danh mục, chưa có văn bản phân công"]
    assert boxes[off[0]].href == "/truy-vet?criterion=2&rules=1"
    assert boxes["là thành viên của nhóm cơ quan được giao"].href == (
        "/truy-vet?criterion=2&without=group_member%2Cusual_lead&rules=1"
    )
    stated_only = layout.question_line(SAY, parse("/truy-vet", "?criterion=2&stated_only=1"), None)
    assert not [box for box in tagged(stated_only, "A") if getattr(box, "role", None) == "checkbox"]


def test_the_proof_says_why_a_row_is_inferred_with_the_sentence_that_it_rests_on() -> None:
    sentence = replace(LATER, document=DECISION, evidence=row("t1").evidence)
    shown = replace(row("t1", TWO, basis=Basis.INFERRED), rule=LATER.rule, because=(sentence,))
    proof = Proof(shown.document, shown.evidence, None, shown.basis, shown.rule, because=shown.because)
    said = letters_of(evidence_panel(SAY, proof))
    assert "vì Sở Mẫu Hai kế thừa Sở Mẫu Một (toàn bộ) theo Quyết định 45/QĐ-UBND ngày 02/05/2018." in said
    assert said.count(shown.evidence.quote) == 2


def test_who_took_over_is_said_and_can_be_asked() -> None:
    found = replace(answer(replace(row("t1", ONE), passed_on=(LATER,)), agencies=(ONE,)), passed_on=(LATER,))
    card = layout.answer_card(SAY, found, data.summary_of(found, on=date(2026, 1, 1)), HERE)
    assert f"suy ra {TOOK_OVER}. Hỏi Sở Mẫu Hai" in letters_of(card)
    assert f"/truy-vet?criterion=2&agency={TWO.id}" in [link.href for link in tagged(card, "A")]
    assert "nay là Sở Mẫu Hai" in letters_of(layout.rows_table(SAY, found, HERE, None))


def test_results_of_a_place_are_told_beside_the_answer_with_their_document() -> None:
    place = Named("p1", "xã Mẫu", "commune", "Mẫu")
    new = replace(place, id="p2")
    merged = Because(Inference.PLACE_SUCCESSOR, place, new, date(2025, 7, 1), with_=(Named("p3", "xã Bên"),))
    results = (PlaceResults(place, DECISION, 14, 13, 70), PlaceResults(place, DECISION, 7, 0, 90, (merged,)))
    found = replace(answer(), places=(new,), results=results, passed_on=(replace(merged, to=new),))
    card = layout.nothing_found(SAY, found, HERE, ())
    said = letters_of(card)
    assert "xã Mẫu: 14 kết quả (13 lần ghi tiêu chí đạt) trong Quyết định 45/QĐ-UBND" in said
    assert "suy ra xã Mẫu: 7 kết quả trong Quyết định 45/QĐ-UBND" in said
    assert "xã Mẫu mới hình thành từ xã Mẫu cũ cùng xã Bên từ ngày 01/07/2025. Hỏi xã Mẫu mới" in said
    assert "/van-ban/d2?at=70" in [link.href for link in tagged(card, "A")]


def test_the_pager_counts_facts_as_the_answer_does() -> None:
    shown = replace(answer(row("t1", ONE), row("t1", TWO)), total=2)
    assert "Dòng 1–2 trong 2" in letters_of(layout.rows_table(SAY, shown, HERE, None))
    assert "Trang sau" not in letters_of(layout.rows_table(SAY, replace(shown, total=3), HERE, None))


def test_the_default_of_the_catalogue_stands_beside_the_answer_and_is_marked() -> None:
    usual = UsualLead(ROAD, (ONE,), "believed", None)
    nothing = replace(answer(criteria=(ROAD,)), usual_leads=(usual,))
    said = letters_of(layout.nothing_found(SAY, nothing, HERE, ()))
    assert "suy ra Chưa có văn bản phân công trong kho; mặc định của danh mục: Sở Mẫu Một thường chủ trì" in said


def test_an_undated_document_is_said_to_count_for_any_day() -> None:
    undated = replace(row("t1", ONE), document=replace(DECISION, date=None))
    assert "được tính cho mọi ngày" in str(dict(layout.known_of(SAY, undated)))
