"""Who is responsible: what each question finds, what it leaves out, and what it says when it finds nothing."""

from __future__ import annotations

from datetime import date

import pytest
from cases import CHECK, FUND, GUIDE, LIST, REPORT, REVIEW, SPREAD, A, B, C, D
from scene import NATIONAL, draft, first

from ntmgraph.model import Basis, Role
from ntmgraph.queries import Inference, TaskState, TraceQuestion
from ntmgraph.store import GraphStore
from ntmgraph.workspace.names import resolve_criteria
from ntmgraph.workspace.trace import trace

IN_2018, IN_2020 = date(2018, 1, 1), date(2020, 1, 1)

# question -> (fact, id's document or task, agency, role), in order
FOUND = (
    (
        TraceQuestion(criterion="17"),
        (
            ("assignment", B, "Sở Công Thương", "lead"),
            ("assignment", A, "Sở Tài chính", "lead"),
            ("task", FUND, "Sở Tài chính", "lead"),
            ("task", CHECK, "Sở Công Thương", "lead"),
            ("task", REVIEW, "Sở Tài chính", "lead"),
            ("task", REVIEW, "Thanh tra tỉnh", "supervise"),
            ("task", GUIDE, "Sở Quy hoạch", "lead"),  # 17.8 is part of 17
        ),
    ),
    (TraceQuestion(criterion="17.8"), (("task", GUIDE, "Sở Quy hoạch", "lead"),)),
    (TraceQuestion(criterion="vn-xa-2016:17.8"), (("task", GUIDE, "Sở Quy hoạch", "lead"),)),
    (TraceQuestion(criterion="moi truong", province="Lạng Sơn"), (("task", FUND, "Sở Tài chính", "lead"),)),
    (TraceQuestion(criterion="tiêu chí số 17", set="VN-XA-2021"), ()),
    (TraceQuestion(criterion="2"), (("task", LIST, "Sở Tài chính", "lead"),)),  # of no set yet
    (
        TraceQuestion(criterion="17", on=IN_2018),
        (
            ("assignment", A, "Sở Tài chính", "lead"),
            ("task", REVIEW, "Sở Tài chính", "lead"),
            ("task", REVIEW, "Thanh tra tỉnh", "supervise"),
            ("task", GUIDE, "Sở Quy hoạch", "lead"),
        ),
    ),
    (
        TraceQuestion(criterion="17", on=IN_2020, province="Lào Cai"),
        (
            ("assignment", B, "Sở Công Thương", "lead"),
            ("task", CHECK, "Sở Công Thương", "lead"),
        ),
    ),
    (TraceQuestion(agency="Sở Tài chính", province="Lạng Sơn"), (("task", FUND, "Sở Tài chính", "lead"),)),
    (
        TraceQuestion(agency="Sở TC", province="Lào Cai"),
        (  # by its alias of the catalogue
            ("assignment", A, "Sở Tài chính", "lead"),
            ("helps", A, "Sở Tài chính", None),
            ("task", REVIEW, "Sở Tài chính", "lead"),
            ("task", LIST, "Sở Tài chính", "lead"),
            ("task", SPREAD, "Sở Tài chính", "lead"),
        ),
    ),
    (
        TraceQuestion(agency="t.stc@lao-cai", stated_only=True),
        (
            ("assignment", A, "Sở Tài chính", "lead"),
            ("helps", A, "Sở Tài chính", None),
            ("task", REVIEW, "Sở Tài chính", "lead"),
        ),
    ),
    (
        TraceQuestion(agency="so cong thuong"),
        (
            ("assignment", B, "Sở Công Thương", "lead"),
            ("assignment", A, "Sở Công Thương", "coordinate"),
            ("task", CHECK, "Sở Công Thương", "lead"),
            ("task", REVIEW, "Sở Công Thương", "coordinate"),
            ("task", REPORT, "Sở Công Thương", "lead"),
            ("task", SPREAD, "Sở Công Thương", "lead"),  # as one of "các Sở, ban, ngành"
        ),
    ),
    (TraceQuestion(agency="Văn phòng Điều phối"), (("reporting", REVIEW, "Sở Tài chính", "lead"),)),
    (TraceQuestion(agency="Ủy ban nhân dân tỉnh Lào Cai"), (("reporting", REVIEW, "Sở Tài chính", "lead"),)),
    (TraceQuestion(agency="Các Sở, ban, ngành"), (("task", SPREAD, "Các Sở, ban, ngành", "lead"),)),
    (
        TraceQuestion(place="Phú Nhuận"),
        (
            ("helps", A, "Sở Tài chính", None),
            ("task", REVIEW, "Sở Tài chính", "lead"),
            ("task", REVIEW, "Thanh tra tỉnh", "supervise"),
        ),
    ),
    (TraceQuestion(place="xa phu nhuan", agency="Sở Công Thương"), (("task", REVIEW, "Sở Công Thương", "coordinate"),)),
    (
        TraceQuestion(criterion="17", agency="Sở Tài chính", province="Lào Cai"),
        (
            ("assignment", A, "Sở Tài chính", "lead"),
            ("task", REVIEW, "Sở Tài chính", "lead"),
        ),
    ),
    (TraceQuestion(document=D, stated_only=True), (("task", LIST, None, "lead"),)),  # stated, but not whose task it is
    (TraceQuestion(document=C), (("task", FUND, "Sở Tài chính", "lead"),)),
)


@pytest.mark.parametrize(("question", "expected"), FOUND, ids=lambda value: str(value)[14:70])
def test_finds(scene: GraphStore, question: TraceQuestion, expected: tuple[tuple[object, ...], ...]) -> None:
    rows = trace(scene, question).rows
    found = [
        (
            row.fact,
            row.id if row.fact in ("task", "reporting") else row.document.id,
            row.agency and row.agency.name,
            row.role,
        )
        for row in rows
    ]
    assert found == list(expected)


NOTES = (
    (TraceQuestion(), "Hãy chọn một tiêu chí"),
    (TraceQuestion(criterion="99"), "Không có tiêu chí nào có số hoặc tên “99”"),
    (
        TraceQuestion(criterion="17", on=date(2027, 1, 1)),
        "ngày 01/01/2027. Tiêu chí này thuộc bộ xã 2009–2016; bộ xã 2013–2016",
    ),
    (TraceQuestion(criterion="17", province="Xứ Mộng"), "Không có tỉnh nào tên “Xứ Mộng”."),
    (TraceQuestion(criterion="1"), "Chưa có văn bản nào nêu trách nhiệm đối với tiêu chí “1”"),
    (TraceQuestion(criterion="17", set="VN-XA-2021"), "Chưa có văn bản nào nêu trách nhiệm"),
    (
        TraceQuestion(criterion="17", province="Hà Giang"),
        "Chưa có văn bản nào của Hà Giang nói về điều này. Chỉ có ở: Lạng Sơn; Lào Cai.",
    ),
    (TraceQuestion(criterion="17", on=date(2016, 12, 1)), "Chỉ có văn bản ban hành sau ngày 01/12/2016"),
    (
        TraceQuestion(criterion="17", on=date(2024, 1, 1)),
        "không còn hoặc chưa áp dụng ngày 01/01/2024. Hãy chọn bộ tiêu chí (VN-XA-2016)",
    ),
    (TraceQuestion(place="Phú Nhuận", on=IN_2020), "đã bị thay thế hoặc bãi bỏ, không còn hiệu lực ngày 01/01/2020"),
    (TraceQuestion(agency="Sở Y tế", stated_only=True), "Chưa có văn bản nào nêu cơ quan “Sở Y tế”."),
    (TraceQuestion(agency="Sở Y tế", province="Lạng Sơn"), "Chưa có văn bản nào nêu cơ quan “Sở Y tế” của Lạng Sơn."),
    (TraceQuestion(agency="Sở Y tế"), "Không văn bản nào nêu đích danh “Sở Y tế”; các nội dung dưới đây đều được suy"),
    (TraceQuestion(agency="Sở Công Thương", province="Lạng Sơn"), "“Sở Công Thương” của Lạng Sơn. Chỉ có ở: Lào Cai."),
    (
        TraceQuestion(place="Phú Nhuận", province="Lạng Sơn"),
        "địa bàn “Phú Nhuận” của Lạng Sơn. Chỉ có ở: huyện Bảo Thắng, Lào Cai.",
    ),
    (TraceQuestion(place="Hoàng Sa"), "Chưa có văn bản nào nêu địa bàn “Hoàng Sa”"),
    (TraceQuestion(document="x"), "Không có văn bản nào có mã “x”"),
    (
        TraceQuestion(document=B, place="Phú Nhuận"),
        "Chưa có văn bản nào nêu trách nhiệm đối với địa bàn “Phú Nhuận”, văn bản",
    ),
    (
        TraceQuestion(criterion="17", on=IN_2020),
        "Không kể 3 nội dung của văn bản đã bị thay thế hoặc bãi bỏ đến ngày 01/01/2020.",
    ),
    (TraceQuestion(criterion="17", on=IN_2018), None),
)


@pytest.mark.parametrize(("question", "note"), NOTES, ids=lambda value: str(value)[:60])
def test_says_why_there_is_nothing_or_less(scene: GraphStore, question: TraceQuestion, note: str | None) -> None:
    answer = trace(scene, question)
    if note is None:
        assert answer.note is None
        return
    assert answer.note
    assert note in answer.note
    assert bool(answer.rows) == note.startswith(("Không kể", "Không văn bản nào nêu đích danh"))


def test_what_a_group_must_do_is_inferred_for_its_member(scene: GraphStore) -> None:
    row = next(row for row in trace(scene, TraceQuestion(agency="t.stc@lao-cai")).rows if row.id == SPREAD)
    assert (row.basis, row.rule) == (Basis.INFERRED, Inference.GROUP_MEMBER)
    assert row.evidence.quote.startswith("Các Sở, ban, ngành")
    assert row.evidence.basis is Basis.STATED


def test_a_doer_from_the_heading_is_inferred(scene: GraphStore) -> None:
    row = trace(scene, TraceQuestion(document=D)).rows[0]
    assert row.basis is Basis.INFERRED
    assert row.evidence == draft().tasks[0].evidence
    assert row.document.state == "draft"


def test_a_row_is_whole(scene: GraphStore) -> None:
    row = next(row for row in trace(scene, TraceQuestion(document=A), today=date(2017, 2, 20)).rows if row.id == REVIEW)
    assert [named.name for named in row.with_] == ["Sở Công Thương"]
    assert [named.name for named in row.reports_to] == ["UBND tỉnh Lào Cai"]
    assert [named.name for named in row.via] == ["Văn phòng Điều phối"]
    assert row.criterion is not None
    assert (row.criterion.set, row.criterion.number) == ("VN-XA-2016", 17)
    assert row.place is not None
    assert row.place.name == "xã Phú Nhuận"
    assert row.deadline is not None
    assert (row.deadline.text, row.deadline.date) == ("trước ngày 20/02/2017", date(2017, 2, 20))
    assert row.deadline.state is TaskState.OPEN_LATE
    assert row.evidence == first().tasks[0].evidence
    assert (row.document.number, row.document.state) == ("12/UBND-NLN", "issued")
    assert row.replaced_by is not None
    assert row.replaced_by.number == "15/UBND-NLN"


def test_who_leads_stands_beside_who_only_supports(scene: GraphStore) -> None:
    rows = trace(scene, TraceQuestion(agency="Sở Công Thương")).rows
    supported = [row for row in rows if row.role == Role.COORDINATE]
    assert {row.fact for row in supported} == {"task", "assignment"}
    assert [[named.name for named in row.lead] for row in supported] == [["Sở Tài chính"]] * 2
    assert all(not row.lead for row in rows if row.role == Role.LEAD)


def test_done_tasks_have_their_state(scene: GraphStore) -> None:
    rows = trace(scene, TraceQuestion(document=A), {REVIEW: date(2017, 2, 19)}, today=date(2018, 1, 1)).rows
    assert next(row.deadline for row in rows if row.id == REVIEW and row.deadline).state is TaskState.DONE_ON_TIME


def test_what_the_documents_rest_on(scene: GraphStore) -> None:
    answer = trace(scene, TraceQuestion(document=C))
    assert [(document, relation, basis.id) for document, relation, basis in answer.basis_documents] == [
        (C, "căn cứ", NATIONAL)
    ]


def test_namesakes_are_all_named_for_the_asker_to_choose(scene: GraphStore) -> None:
    answer = trace(scene, TraceQuestion(agency="Sở Tài chính"))
    assert [named.place for named in answer.agencies] == ["Lạng Sơn", "Lào Cai"]


@pytest.mark.parametrize("size", (1, 2, 3, 100))
@pytest.mark.parametrize(
    "question", (TraceQuestion(criterion="17"), TraceQuestion(agency="t.stc@lao-cai"), TraceQuestion(document=A))
)
def test_pages_make_up_the_whole(scene: GraphStore, question: TraceQuestion, size: int) -> None:
    whole = trace(scene, question)
    pages = []
    for offset in range(0, whole.total, size):
        pages += trace(
            scene,
            TraceQuestion(
                criterion=question.criterion,
                agency=question.agency,
                document=question.document,
                limit=size,
                offset=offset,
            ),
        ).rows
    assert pages == list(whole.rows)


SETS = (
    # province, day, set -> the sets that a bare 1 is looked for in
    (None, None, None, {"LANGSON-THON-2019", "VN-XA-2016", "VN-XA-2026"}, set()),
    ("Lạng Sơn", None, None, {"LANGSON-THON-2019", "VN-XA-2016"}, {"LAOCAI-THON-2016", "LAOCAI-THON-NTM-2022"}),
    ("Lào Cai", IN_2020, None, {"VN-XA-2016"}, {"LANGSON-THON-2019", "VN-XA-2021"}),
    (None, None, "VN-XA-2016", {"VN-XA-2016"}, {"VN-XA-2021"}),
)


@pytest.mark.parametrize(("province", "day", "set_", "in_", "out"), SETS)
def test_the_sets_that_a_bare_number_is_looked_for_in(
    scene: GraphStore, province: str | None, day: date | None, set_: str | None, in_: set[str], out: set[str]
) -> None:
    found = {each.set for each in resolve_criteria(scene, "1", set_=set_, province=province, day=day)}
    assert in_ <= found
    assert not out & found
