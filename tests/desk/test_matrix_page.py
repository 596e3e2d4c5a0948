"""The matrix page: the question, the answer in counts, cells by role and basis, gaps and conflicts in words, the proof."""

from dataclasses import replace
from datetime import date

import pytest
from dash.development.base_component import Component
from records import DECISION, ROAD, evidence
from trees import letters_of, links, tagged, walk

from dash_app.address import parse
from dash_app.components import evidence_panel
from dash_app.components.evidence import Proof
from dash_app.pages.matrix import data, layout
from dash_app.words import words_of
from ntmgraph.model import Basis, Role
from ntmgraph.queries import (
    Because,
    CriterionName,
    Inference,
    LeadState,
    MatrixAnswer,
    MatrixCell,
    MatrixColumn,
    MatrixFact,
    MatrixQuestion,
    MatrixRow,
    MatrixSet,
    Named,
    Reached,
    UsualLead,
)

SAY = words_of("vi")
HERE = parse("/phan-cong", "?province=M%E1%BA%ABu")
BODY, OTHER, OLD = (Named(f"t.{n}@mau", f"Sở Mẫu {n}", "department", "Mẫu") for n in ("Một", "Hai", "Cũ"))
WATER, POWER = (CriterionName(f"VN-XA-2016:{n}", "VN-XA-2016", n, name) for n, name in ((3, "Thủy lợi"), (4, "Điện")))
PART = CriterionName("VN-XA-2016:3.1", "VN-XA-2016", "3.1", None)
STEP = Because(Inference.AGENCY_SUCCESSOR, OLD, BODY, since=date(2018, 1, 1))


def fact(role: Role, basis: Basis = Basis.STATED, id: str = "f1", because: tuple[Because, ...] = ()) -> MatrixFact:
    said = evidence("1 | Giao thông | Sở Mẫu Một")
    return MatrixFact(id, role, DECISION, date(2018, 1, 1), None, basis, "assignment_row", said, because)


LEAD, SUPPORT = fact(Role.LEAD), fact(Role.COORDINATE)
TOOK_OVER = fact(Role.LEAD, Basis.INFERRED, "f2", (STEP,))
ROWS = (
    MatrixRow(
        ROAD,
        (MatrixCell(BODY, (LEAD,), conflict=True), MatrixCell(OTHER, (fact(Role.LEAD, Basis.DECIDED),), conflict=True)),
        LeadState.SEVERAL,
        reached=Reached(3, 4, date(2019, 12, 31)),
    ),
    MatrixRow(WATER, (MatrixCell(BODY, (TOOK_OVER, SUPPORT)), MatrixCell(OLD, (LEAD,))), LeadState.ONE),
    MatrixRow(PART, (MatrixCell(OTHER, (SUPPORT,)),), None),
    MatrixRow(POWER, (), LeadState.NONE, UsualLead(POWER, (OTHER,), "believed", None)),
)
ANSWER = MatrixAnswer(
    "Mẫu",
    "VN-XA-2016",
    date(2020, 1, 1),
    columns=(MatrixColumn(BODY, "Sở M1"), MatrixColumn(OTHER, "Sở M2"), MatrixColumn(OLD, "Sở MC", (STEP,))),
    rows=ROWS,
    documents=(DECISION,),
    sets=(MatrixSet("VN-XA-2016", 3, date(2018, 1, 1), None),),
)


def table(search: str = "", cell: str | None = None) -> Component:
    address = parse("/phan-cong", f"?province=M%E1%BA%ABu{search}")
    return layout.table(SAY, address, ANSWER, data.chosen_of(ANSWER, data.state_of(address), cell))


def lines(grid: Component) -> list[str]:
    return [letters_of(line) for line in tagged(tagged(grid, "Tbody"), "Tr")]


def test_the_address_is_the_question() -> None:
    address = parse("/phan-cong", "?province=M%E1%BA%ABu&set=VN-XA-2016&on=2020-01-01&without=agency_successor")
    without = frozenset({Inference.AGENCY_SUCCESSOR})
    assert data.question_of(address) == MatrixQuestion("Mẫu", "VN-XA-2016", date(2020, 1, 1), without=without)
    assert data.question_of(parse("/phan-cong", "?on=2020-13-01&stated_only=1")) == MatrixQuestion(stated_only=True)


def test_the_answer_comes_first_in_counts_that_lead_to_their_criteria() -> None:
    card = layout.answer_card(SAY, HERE, ANSWER)
    assert letters_of(card).startswith(
        "1 tiêu chí có một cơ quan chủ trì; 1 có từ hai cơ quan chủ trì; 1 chưa có.Theo Quyết định 45/QĐ-UBND; bấm một ô"
    )
    assert "/phan-cong?province=M%E1%BA%ABu&state=several" in links(card)
    assert lines(table("&state=several")) == ["2 Giao thông 2 chủ trìCC3/431/12/2019"]
    assert len(lines(table("&state=nonsense"))) == len(ROWS)


def test_rows_say_gaps_and_conflicts_in_words_and_defaults_apart() -> None:
    grid = table()
    assert lines(grid)[1:] == [
        "3 Thủy lợiCPC",
        "3.1P",
        "4 Điện chưa có chủ trìmặc định của danh mục, cần kiểm tra: Sở Mẫu Hai",
    ]
    red = [
        letters_of(part)
        for part in walk(grid)
        if isinstance(part, Component) and "bad" in str(getattr(part, "className", ""))
    ]
    assert red == ["2 chủ trì"]


def test_role_basis_and_conflict_are_told_in_the_name_of_a_cell_too() -> None:
    cells = [part for part in tagged(table(), "A") if "cell" in str(getattr(part, "className", "")).split()]
    assert [getattr(cell, "aria-label") for cell in cells] == [
        "Sở Mẫu Một: chủ trì, nêu rõ (mâu thuẫn)",
        "Sở Mẫu Hai: chủ trì, người dùng sửa (mâu thuẫn)",
        "Sở Mẫu Một: chủ trì, suy ra; phối hợp, nêu rõ",
        "Sở Mẫu Cũ: chủ trì, nêu rõ",
        "Sở Mẫu Hai: phối hợp, nêu rõ",
    ]
    marks = [mark.className for mark in tagged(cells, "Span")]
    assert marks == [
        "role role-lead by-stated conflict",
        "role role-lead by-decided conflict",
        "role role-lead by-inferred",
        "role role-coordinate by-stated",
        "role role-lead by-stated",
        "role role-coordinate by-stated",
    ]
    assert [cell.tabIndex for cell in cells] == ["0", "-1", "-1", "-1", "-1"]  # the first conflict is chosen


def test_heads_and_results_lead_on() -> None:
    found = links(table("&stated_only=1"))
    assert "/truy-vet?criterion=VN-XA-2016:3&province=M%E1%BA%ABu&on=2020-01-01&stated_only=1" in found
    assert any(href.startswith("/truy-vet?agency=t.M") for href in found)
    assert "/tien-do?province=M%E1%BA%ABu&on=2020-01-01&set=VN-XA-2016&criterion=2" in found
    heads = [letters_of(head) for head in tagged(tagged(table(), "Thead"), "Th")]
    assert heads == ["Tiêu chí", "Sở M1", "Sở M2", "Sở MCkhông còn", "Xã đạt / xã được nêu"]


@pytest.mark.parametrize(
    ("state", "key", "chosen"),
    [
        (None, None, "VN-XA-2016:2~t.Một@mau"),
        (None, "VN-XA-2016:3.1~t.Hai@mau", "VN-XA-2016:3.1~t.Hai@mau"),
        (None, "nonsense", "VN-XA-2016:2~t.Một@mau"),
        (LeadState.ONE, None, "VN-XA-2016:3~t.Một@mau"),
        (LeadState.NONE, None, None),
    ],
)
def test_the_proof_is_no_click_away(state: LeadState | None, key: str | None, chosen: str | None) -> None:
    found = data.chosen_of(ANSWER, state, key)
    assert (found.key if found else None) == chosen


def test_the_proof_says_conflict_partners_and_what_else_says_so() -> None:
    def said(row: int, cell: int) -> str:
        chosen = data.Chosen(ROWS[row], ROWS[row].cells[cell])
        first = chosen.cell.facts[0]
        known = layout.known_of(SAY, chosen)
        return letters_of(
            evidence_panel(
                SAY, Proof(first.document, first.evidence, None, first.basis, first.rule, known, first.because)
            )
        )

    assert "mâu thuẫncùng chủ trì với Sở Mẫu HaiCùng làmSở Mẫu HaiHiệu lực01/01/2018 – …" in said(0, 0)
    took_over = said(1, 0)
    assert "suy ra" in took_over and "Sở Mẫu Cũ" in took_over and "Cũng theo" in took_over


def test_without_an_answer_it_says_what_next() -> None:
    empty = replace(ANSWER, rows=(), columns=(), note="Không có phân công nào.", provinces=("Mẫu", "Mẫu Hai"))
    sets = (MatrixSet("VN-XA-2016", 3, date(2018, 1, 1), date(2019, 6, 30)),)
    shown = layout.nothing(SAY, HERE, replace(empty, sets=sets))
    assert "Không có phân công nào." in letters_of(shown)
    assert links(shown) == [
        "/phan-cong?province=M%E1%BA%ABu&set=VN-XA-2016&on=2019-06-30",
        "/phan-cong?province=M%E1%BA%ABu%20Hai",
        "/nap",
    ]
    choose = layout.nothing(SAY, parse("/phan-cong", ""), replace(empty, province=None, sets=()))
    assert letters_of(choose).startswith("Chọn tỉnh để xem ma trận phân công")
    none = layout.nothing(SAY, HERE, replace(empty, sets=(), provinces=()))
    assert links(none)[0].startswith("/tim-kiem?q=") and links(none)[1] == "/nap"
