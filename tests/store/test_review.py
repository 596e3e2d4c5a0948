"""Gaps and conflicts between documents: what is told, what is not, once, with its sentences, a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from readings import AGRICULTURE, ENVIRONMENT, Directive, Letter
from scene import NATIONAL, SCENE, first, overdue

from ntmgraph.model import DeadlineKind, DocumentState, IssueCode, Reading, Relation
from ntmgraph.queries import ReviewQuestion, ReviewRow
from ntmgraph.store import GraphStore
from ntmgraph.workspace.review import review

FINANCE, TRADE, HEALTH = "Sở Tài chính", "Sở Công Thương", "Sở Y tế"
TWO, NONE, CHANGED = IssueCode.CRITERION_TWO_LEADS, IssueCode.CRITERION_WITHOUT_LEAD, IssueCode.LEAD_CHANGED
GONE, CONFLICT = IssueCode.AGENCY_NO_LONGER_EXISTS, IssueCode.DEADLINE_CONFLICT
BEFORE, MISSING = IssueCode.DEADLINE_BEFORE_DOCUMENT, IssueCode.DOCUMENT_MISSING
SET_OF_2026 = range(1, 11)  # the commune criteria of 2026-2030


def found(graph: GraphStore, *directives: Directive | Reading, **asked: object) -> tuple[ReviewRow, ...]:
    """Take in directives and return the whole review, of which every sentence stands where it says."""
    readings = [each.reading() if isinstance(each, Directive) else each for each in directives]
    graph.replace(*readings)
    answer = review(graph, ReviewQuestion(**asked))  # type: ignore[arg-type]
    assert answer.total == len(answer.rows) == sum(answer.codes.values())
    texts = {reading.document.id: reading.document.text for reading in readings}
    for row in answer.rows:
        assert row.evidence, row
        for said in row.evidence:
            assert said.document is not None
            assert texts[said.document.id][said.start : said.end] == said.quote
        assert row.evidence[0].document == row.document
        assert row.message.endswith(".")
    return answer.rows


def decision(
    number: str, day: date | None, lead: str | list[str], *, province: str = "Lào Cai", **period: date | None
) -> Letter:
    """A decision of a province that assigns criterion 17."""
    letter = Letter(number, day, province=province, type="Quyết định", subject=f"Về việc phân công {number}")
    letter.assign(17, [lead] if isinstance(lead, str) else lead, set="VN-XA-2021", **period)  # type: ignore[arg-type]
    return letter


# Two leads, and leads that changed

_2022, _2023 = date(2022, 5, 12), date(2023, 4, 3)


def older(lead: str | list[str] = FINANCE, **period: date | None) -> Letter:
    return decision("1/QĐ-UBND", _2022, lead, **period)


def newer(lead: str | list[str] = TRADE, **period: date | None) -> Letter:
    return decision("2/QĐ-UBND", _2023, lead, **period)


def citing(relation: Relation) -> Directive:
    return newer().cite("1/QĐ-UBND", older().id, relation)


def of_district() -> Letter:
    """A decision of a district of the province."""
    letter = Letter("2/QĐ-UBND", _2023, issuer="UBND huyện Bảo Thắng", type="Quyết định")
    letter.assign(17, [TRADE], set="VN-XA-2021")
    return letter


def of_no_known_set(number: str, day: date, lead: str) -> Directive:
    return Letter(number, day, type="Quyết định", subject=f"Phân công {number}").assign(17, [lead], set=None)


def draft(directive: Directive) -> Reading:
    reading = directive.reading()
    return replace(reading, document=replace(reading.document, state=DocumentState.DRAFT))


LEADS: tuple[tuple[str, Callable[[], tuple[Directive | Reading, ...]], dict[IssueCode, set[str]]], ...] = (
    # what it is, documents -> code and the bodies that its message names
    ("both hold", lambda: (older(), newer()), {TWO: {FINANCE, TRADE}, CHANGED: {FINANCE, TRADE}}),
    ("replaced", lambda: (older(), citing(Relation.REPLACES)), {CHANGED: {FINANCE, TRADE}}),
    ("amended", lambda: (older(), citing(Relation.AMENDS)), {CHANGED: {FINANCE, TRADE}}),
    ("named only", lambda: (older(), citing(Relation.MENTIONS)), {TWO: {FINANCE, TRADE}, CHANGED: {FINANCE, TRADE}}),
    ("one period after the other", lambda: (older(to=date(2022, 12, 31)), newer()), {CHANGED: {FINANCE, TRADE}}),
    ("to the day before", lambda: (older(to=date(2023, 4, 2)), newer()), {CHANGED: {FINANCE, TRADE}}),
    (
        "one day together",
        lambda: (older(to=_2023), newer()),
        {TWO: {FINANCE, TRADE}, CHANGED: {FINANCE, TRADE}},
    ),
    ("on one day", lambda: (older(), decision("2/QĐ-UBND", _2022, TRADE)), {TWO: {FINANCE, TRADE}}),
    ("in one sentence", lambda: (older([FINANCE, TRADE]),), {TWO: {FINANCE, TRADE}}),
    ("one of two dropped", lambda: (older([FINANCE, TRADE]), newer(TRADE)), {TWO: {FINANCE, TRADE}, CHANGED: {FINANCE}}),
    ("the same", lambda: (older(), newer(FINANCE)), {}),
    ("another province", lambda: (older(), decision("2/QĐ-UBND", _2023, TRADE, province="Lạng Sơn")), {}),
    ("a district for itself", lambda: (older(), of_district()), {}),
    ("a draft", lambda: (older(), draft(newer())), {}),
    (
        "criteria of no known set",
        lambda: (of_no_known_set("1/QĐ-UBND", _2022, FINANCE), of_no_known_set("2/QĐ-UBND", _2023, TRADE)),
        {},
    ),
    ("who took over from it", lambda: (older(ENVIRONMENT), decision("2/QĐ-UBND", date(2025, 4, 1), AGRICULTURE)), {}),
    ("without a day, and still in force", lambda: (older(), decision("2/QĐ-UBND", None, TRADE)), {TWO: {FINANCE, TRADE}}),
)  # fmt: skip


@pytest.mark.parametrize(("directives", "expected"), [case[1:] for case in LEADS], ids=[case[0] for case in LEADS])
def test_who_leads(
    graph: GraphStore,
    directives: Callable[[], tuple[Directive | Reading, ...]],
    expected: dict[IssueCode, set[str]],
) -> None:
    rows = found(graph, *directives())
    rows = tuple(row for row in rows if row.code is not MISSING)
    assert {row.code for row in rows} == expected.keys()
    for row in rows:
        assert all(name in row.message for name in expected[row.code])
        assert row.criterion is not None
        assert (row.criterion.set, row.criterion.number) == ("VN-XA-2021", 17)
        assert row.message.startswith("Tiêu chí 17 (bộ xã 2021–2025) ")


def test_a_change_of_lead_stands_in_the_newer_document_with_both_sentences(graph: GraphStore) -> None:
    (row,) = found(graph, older(), newer(), code=CHANGED)
    assert row.document.number == "2/QĐ-UBND"
    assert [said.document and said.document.number for said in row.evidence] == ["2/QĐ-UBND", "1/QĐ-UBND"]
    assert "văn bản trước chưa được ghi là bị thay thế" in row.message
    (row,) = found(graph, older(), citing(Relation.REPLACES), code=CHANGED)
    assert "chưa được ghi" not in row.message


def test_two_leads_that_reading_doubted_already_are_not_told_twice(graph: GraphStore) -> None:
    letter = older([FINANCE, TRADE])
    letter.issue("Một tiêu chí có hai cơ quan chủ trì.", TWO, words="Sở Tài chính, Sở Công Thương")
    (row,) = found(graph, letter)
    assert (row.code, row.message) == (TWO, "Một tiêu chí có hai cơ quan chủ trì.")
    rows = found(graph, letter, newer(HEALTH), code=TWO)  # a third one in another document is told
    assert [HEALTH in row.message for row in rows] == [True, False]


# A criterion that nobody leads


def assigning(*numbers: int | str, number: str = "1/QĐ-UBND", province: str = "Lào Cai", lead: str = FINANCE) -> Letter:
    letter = Letter(number, date(2026, 3, 2), province=province, type="Quyết định", subject=f"Phân công {number}")
    for each in numbers:
        letter.assign(each, [lead], set="VN-XA-2026")
    return letter


WITHOUT = (
    # what it is, documents -> criteria without a lead
    ("all but one", lambda: (assigning(*(each for each in SET_OF_2026 if each != 7)),), {7}),
    ("another document has it", lambda: (assigning(*range(1, 10)), assigning(10, number="2/QĐ-UBND")), set()),
    ("another province has it", lambda: (assigning(*range(1, 10)), assigning(10, province="Lạng Sơn")), {10}),
    ("a part of it has", lambda: (assigning(*range(1, 10), "10.2"),), set()),
    ("all", lambda: (assigning(*SET_OF_2026),), set()),
    ("one said in passing", lambda: (assigning(3),), set()),
    (
        "the document that had it was replaced",
        lambda: (
            assigning(*SET_OF_2026),
            assigning(*range(1, 9), number="2/QĐ-UBND").cite("1/QĐ-UBND", assigning().id, Relation.REPLACES),
        ),
        {9, 10},
    ),
)


@pytest.mark.parametrize(("directives", "expected"), [case[1:] for case in WITHOUT], ids=[case[0] for case in WITHOUT])
def test_a_criterion_without_a_lead(
    graph: GraphStore, directives: Callable[[], tuple[Directive, ...]], expected: set[int]
) -> None:
    rows = found(graph, *directives(), code=NONE)
    assert {row.criterion.number for row in rows if row.criterion} == expected
    for row in rows:
        assert row.criterion is not None
        assert f"Tiêu chí {row.criterion.number} (bộ xã 2026–2030) chưa có cơ quan chủ trì" in row.message


def test_a_gap_says_how_much_of_the_set_the_document_assigns(graph: GraphStore) -> None:
    (row,) = found(graph, assigning(*range(1, 10)), code=NONE)
    assert "Quyết định 1/QĐ-UBND ngày 02/03/2026 của UBND tỉnh Lào Cai phân công 9/10 tiêu chí" in row.message
    assert row.evidence[0].quote.startswith("tiêu chí ")


# Bodies that are no more


def order(day: date, *who: str, province: str = "Lào Cai") -> Letter:
    letter = Letter("5/UBND-NLN", day, province=province)
    for name in who:
        letter.task("rà soát", [name])
    return letter


AFTER = date(2025, 8, 1)
BODIES = (
    # body, day of the letter -> words of the message; None: nothing is told
    (ENVIRONMENT, date(2025, 3, 1), "không còn từ ngày 01/03/2025 theo Nghị định 45/2025/NĐ-CP"),
    (ENVIRONMENT, AFTER, f"; nay là {AGRICULTURE}."),
    (ENVIRONMENT, date(2025, 2, 28), None),
    (AGRICULTURE, AFTER, None),
    ("Ban Thi đua - Khen thưởng", AFTER, "Theo danh mục, cần kiểm tra: Ban Thi đua - Khen thưởng không còn"),
    ("Hội Nông dân", AFTER, None),
    ("UBND huyện Bảo Thắng", AFTER, "Theo danh mục, cần kiểm tra: UBND huyện Bảo Thắng không còn từ ngày 01/07/2025"),
    ("UBND các huyện", AFTER, "UBND các huyện không còn từ ngày 01/07/2025"),
    ("UBND xã Phú Nhuận", AFTER, "theo khoản 44 Nghị quyết số 1673/NQ-UBTVQH15; nay là UBND xã Tằng Loỏng (toàn bộ)."),
    ("UBND xã Phú Nhuận", date(2025, 6, 30), None),
    ("UBND xã Gia Phú", AFTER, None),  # goes on under its name, with what joined it
    ("UBND xã Tằng Loỏng", AFTER, None),
    ("UBND phường Yên Thịnh", AFTER, "nay là UBND phường Văn Phú"),
)


@pytest.mark.parametrize(("body", "day", "words"), BODIES, ids=lambda value: str(value)[:30])
def test_a_duty_of_a_body_that_is_no_more(graph: GraphStore, body: str, day: date, words: str | None) -> None:
    rows = found(graph, order(day, body))
    assert [row.code for row in rows] == ([GONE] if words else [])
    for row in rows:
        assert words is not None
        assert words in row.message
        assert f"ngày {day:%d/%m/%Y} của UBND tỉnh Lào Cai giao 1 việc cho {body}." in row.message
        assert row.evidence[0].quote == f"{body} rà soát"


def test_what_ended_with_its_province(graph: GraphStore) -> None:
    (row,) = found(graph, order(AFTER, FINANCE, province="Yên Bái"))
    assert "tỉnh Yên Bái của cơ quan này không còn từ ngày 01/07/2025 theo Nghị quyết số 202/2025/QH15" in row.message


def test_the_duties_of_one_document_are_one_row(graph: GraphStore) -> None:
    (row,) = found(graph, order(AFTER, ENVIRONMENT, ENVIRONMENT, AGRICULTURE))
    assert f"giao 2 việc cho {ENVIRONMENT}" in row.message
    assert len(row.evidence) == 2


def test_a_criterion_given_to_a_body_that_is_no_more(graph: GraphStore) -> None:
    (row,) = found(graph, decision("1/QĐ-UBND", AFTER, ENVIRONMENT))
    assert row.code is GONE
    assert row.criterion is not None
    assert f"giao {ENVIRONMENT} chủ trì tiêu chí 17 (bộ xã 2021–2025). {ENVIRONMENT} không còn từ" in row.message
    assert not found(graph, decision("1/QĐ-UBND", date(2025, 2, 28), ENVIRONMENT))


# Deadlines


def due(
    number: str, day: date, by: date, *, what: str = "lập hồ sơ", who: str = FINANCE, criterion: int | None = 17
) -> Letter:
    letter = Letter(number, day, subject=f"Văn bản {number}")
    criteria = [(criterion, "VN-XA-2021")] if criterion else []
    words = (f"trước ngày {by:%d/%m/%Y}", DeadlineKind.BEFORE, by, None)
    letter.task(what, [who], due=words, criteria=criteria)
    return letter


_JUNE, _MAY, _NEXT_YEAR = date(2023, 6, 30), date(2023, 5, 31), date(2024, 6, 30)
_MARCH, _APRIL = date(2023, 3, 1), date(2023, 4, 1)


def earlier() -> Letter:
    return due("1/UBND-NLN", _MARCH, _JUNE)


DUE = (
    # what it is, documents -> whether they contradict each other
    ("two days", lambda: (earlier(), due("2/UBND-NLN", _APRIL, _MAY)), True),
    ("one day", lambda: (earlier(), due("2/UBND-NLN", _APRIL, _JUNE)), False),
    ("each year anew", lambda: (earlier(), due("2/UBND-NLN", _APRIL, _NEXT_YEAR)), False),
    ("a draft", lambda: (earlier(), draft(due("2/UBND-NLN", _APRIL, _MAY))), False),
    ("another duty", lambda: (earlier(), due("2/UBND-NLN", _APRIL, _MAY, what="lập kế hoạch")), False),
    ("another body", lambda: (earlier(), due("2/UBND-NLN", _APRIL, _MAY, who=TRADE)), False),
    ("another criterion", lambda: (earlier(), due("2/UBND-NLN", _APRIL, _MAY, criterion=18)), False),
    ("no criterion", lambda: (due("1/UBND-NLN", _MARCH, _JUNE, criterion=None), due("2/UBND-NLN", _APRIL, _MAY, criterion=None)), False),
    ("amended", lambda: (earlier(), due("2/UBND-NLN", _APRIL, _MAY).cite("1/UBND-NLN", earlier().id, Relation.AMENDS)), False),
    ("replaced", lambda: (earlier(), due("2/UBND-NLN", _APRIL, _MAY).cite("1/UBND-NLN", earlier().id, Relation.REPLACES)), False),
)  # fmt: skip


@pytest.mark.parametrize(("directives", "told"), [case[1:] for case in DUE], ids=[case[0] for case in DUE])
def test_deadlines_in_conflict(
    graph: GraphStore, directives: Callable[[], tuple[Directive | Reading, ...]], told: bool
) -> None:
    rows = found(graph, *directives())
    assert [row.code for row in rows] == ([CONFLICT] if told else [])
    for row in rows:
        assert (
            f"{FINANCE} có nhiều thời hạn cho cùng một việc “lập hồ sơ” (tiêu chí 17 (bộ xã 2021–2025)): "
            in row.message
        )
        assert "31/05/2023 theo Công văn 2/UBND-NLN" in row.message
        assert [said.document and said.document.number for said in row.evidence] == ["2/UBND-NLN", "1/UBND-NLN"]


def test_a_deadline_before_its_document(graph: GraphStore) -> None:
    (row,) = found(graph, overdue())
    assert row.code is BEFORE
    assert "“trong tháng 02/2021” (28/02/2021) sớm hơn ngày văn bản (15/03/2021)" in row.message


def test_a_deadline_that_reading_doubted_already_is_not_told_twice(graph: GraphStore) -> None:
    letter = due("1/UBND-NLN", _MARCH, date(2023, 2, 1))
    letter.issue("Thời hạn sớm hơn ngày văn bản.", BEFORE, words="trước ngày 01/02/2023")
    other, row = found(graph, letter, overdue())
    assert (row.code, row.message) == (BEFORE, "Thời hạn sớm hơn ngày văn bản.")
    assert other.document.id == overdue().document.id


# Documents that are missing


def plan(day: date, issuer: str | None = None) -> Directive:
    return Directive("48/KH-UBND", day, issuer=issuer, type="Kế hoạch", subject="Kế hoạch nước sạch")


def citing_a_plan() -> Directive:
    return Directive("77/UBND-NL", date(2017, 6, 1)).cite("48/KH-UBND", None, type="Kế hoạch")


def test_a_document_that_is_cited_and_not_taken_in(graph: GraphStore) -> None:
    letters = [Directive(f"{number}/UBND-NLN", date(2018, number, 1)) for number in (1, 2, 3)]
    for letter in letters[:2]:
        letter.cite("1980/QĐ-TTg", NATIONAL)
    letters[2].cite("5/NQ-HĐND", "hdnd-tinh-lao-cai.5-nq-hdnd.2017", Relation.IMPLEMENTS, type="Nghị quyết")
    rows = found(graph, *letters)
    assert [row.code for row in rows] == [MISSING, MISSING]
    assert rows[0].message.startswith(
        "Quyết định 1980/QĐ-TTg được 2 văn bản viện dẫn (căn cứ) nhưng chưa có trong kho."
    )
    assert rows[0].document.number == "2/UBND-NLN"  # the newest that cites it
    assert rows[1].message.startswith("Nghị quyết 5/NQ-HĐND được 1 văn bản viện dẫn (thực hiện)")


def test_a_citation_that_one_document_or_several_may_mean(graph: GraphStore) -> None:
    (row,) = found(graph, citing_a_plan())
    assert "chưa có trong kho" in row.message
    assert found(graph, citing_a_plan(), plan(date(2017, 2, 1))) == ()
    decree = citing_a_plan().cite("1980/QĐ-TTg", NATIONAL)
    assert [row.message.partition(" được")[0] for row in found(graph, decree)] == ["Quyết định 1980/QĐ-TTg"]
    (row,) = found(graph, citing_a_plan(), plan(date(2017, 2, 1)), plan(date(2016, 3, 3)))
    assert "nhưng chưa rõ là văn bản nào trong kho: Kế hoạch 48/KH-UBND ngày" in row.message


# The whole


def test_what_reading_left_in_doubt(graph: GraphStore) -> None:
    letter = Directive("1/UBND-NLN", date(2019, 1, 1)).issue("Không rõ “Sở Quy hoạch”.")
    (row,) = found(graph, letter)
    assert (row.code, row.message, row.criterion) == (IssueCode.AGENCY_AMBIGUOUS, "Không rõ “Sở Quy hoạch”.", None)
    assert row.evidence[0].quote == "UBND"


def test_a_doubt_about_a_whole_document_has_no_sentence(graph: GraphStore) -> None:
    reading = Directive("1/UBND-NLN", date(2019, 1, 1)).issue("Chữ đọc kém.", IssueCode.TEXT_UNCLEAR).reading()
    graph.replace(replace(reading, issues=(replace(reading.issues[0], start=None, end=None),)))
    (row,) = review(graph, ReviewQuestion()).rows
    assert (row.code, row.evidence) == (IssueCode.TEXT_UNCLEAR, ())


@pytest.fixture
def office(graph: GraphStore) -> GraphStore:
    """Doubts of every part, in two provinces."""
    letters: list[Directive] = [
        older(), newer(), assigning(*range(1, 8)), order(AFTER, ENVIRONMENT), earlier(), due("2/UBND-NLN", _APRIL, _MAY),
        citing_a_plan().issue("Không rõ."), decision("7/QĐ-UBND", _2022, [FINANCE, TRADE], province="Lạng Sơn"),
    ]  # fmt: skip
    graph.replace(*(letter.reading() for letter in letters), overdue())
    return graph


def test_pages_agree_with_the_total(office: GraphStore) -> None:
    whole = review(office, ReviewQuestion())
    assert {*whole.codes} == {TWO, NONE, CHANGED, GONE, CONFLICT, BEFORE, MISSING, IssueCode.AGENCY_AMBIGUOUS}
    assert whole.total == len(whole.rows) == sum(whole.codes.values())
    for limit in (1, 3):
        pages = [review(office, ReviewQuestion(limit=limit, offset=at)) for at in range(0, whole.total + limit, limit)]
        assert [row for page in pages for row in page.rows] == list(whole.rows)
        assert {page.total for page in pages} == {whole.total}
        assert all(page.codes == whole.codes for page in pages)


def test_one_kind_or_one_province_alone(office: GraphStore) -> None:
    whole = review(office, ReviewQuestion())
    for code in IssueCode:
        answer = review(office, ReviewQuestion(code=code))
        assert answer.rows == tuple(row for row in whole.rows if row.code is code)
        assert answer.codes == ({code: answer.total} if answer.total else {})
    of_province = [review(office, ReviewQuestion(province=province)) for province in ("Lào Cai", "Lạng Sơn")]
    assert [row.code for row in of_province[1].rows] == [TWO, BEFORE]
    assert sum(answer.total for answer in of_province) == whole.total
    assert {row.document.issuer for row in of_province[0].rows} == {"UBND tỉnh Lào Cai"}


def test_a_province_without_documents_is_told(office: GraphStore) -> None:
    answer = review(office, ReviewQuestion(province="Cao Bằng"))
    assert (answer.rows, answer.total) == ((), 0)
    assert answer.note == "Chưa có văn bản nào của “Cao Bằng” trong kho. Có văn bản của: Lạng Sơn; Lào Cai."


def test_nothing_to_review(graph: GraphStore) -> None:
    answer = review(graph, ReviewQuestion())
    assert (answer.rows, answer.total, answer.codes) == ((), 0, {})


def test_the_scene(graph: GraphStore) -> None:
    graph.replace(*(make() for make in SCENE))
    answer = review(graph, ReviewQuestion())
    # The second letter replaces the first: one lead after the other, and nobody leads the same criterion twice.
    assert answer.codes == {CHANGED: 1, MISSING: 2, IssueCode.AGENCY_AMBIGUOUS: 1}
    assert {row.document.id for row in answer.rows if row.code is IssueCode.AGENCY_AMBIGUOUS} == {first().document.id}
