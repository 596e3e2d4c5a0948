"""What a person corrects and sets aside, on a real workspace: typed words, doubts that go, undoing, reading again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from directives import LETTER

from ntmgraph import terms
from ntmgraph.ids import document_of, doubt_id, doubted, is_doubt, kind_of
from ntmgraph.model import Basis, IssueCode, Role, Task
from ntmgraph.queries import DeadlineQuestion, IngestState, ReviewQuestion, ReviewRow, TraceQuestion
from ntmgraph.workspace import Workspace
from ntmgraph.workspace.correcting import (
    Act,
    Missed,
    WrongValueError,
    changed_fields,
    facts_naming,
    suggested,
    things_of,
    words_of,
)
from ntmgraph.workspace.decided_fields import FIELDS
from ntmgraph.workspace.decisions import DecidedMeanwhileError, DecisionKind

K = DecisionKind
EARLY = "1. Sở Giao thông vận tải chủ trì, phối hợp với UBND các huyện rà soát tiêu chí số 2 về giao thông nông thôn, hoàn thành trước ngày 30/11/2018."
MISSING = "Căn cứ Quyết định số 1980/QĐ-TTg ngày 17/10/2016 của Thủ tướng Chính phủ,\n\n"


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory, empty_workspace: Path) -> Path:
    """A workspace with a letter that has a deadline before its own day and cites what was not taken in, to copy."""
    folder = shutil.copytree(empty_workspace, tmp_path_factory.mktemp("correcting") / "kho")
    text = LETTER.format(number=7, subject="rà soát tiêu chí", day=5, month=3)
    first = text.index("1. Sở Giao thông")
    text = text[:first] + EARLY + text[text.index("\n", first) :]
    path = folder.parent / "7.txt"
    path.write_text(text.replace("UBND tỉnh yêu cầu các đơn vị", MISSING + "UBND tỉnh yêu cầu các đơn vị"), "utf-8")
    with Workspace.open(folder) as workspace:
        workspace.ingest([path])
    return folder


@pytest.fixture
def workspace(taken_in: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(shutil.copytree(taken_in, tmp_path / "kho")) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def unchanged(taken_in: Path) -> Iterator[Workspace]:
    """The same for tests that write nothing."""
    with Workspace.open(shutil.copytree(taken_in, taken_in.with_name("chỉ đọc"))) as workspace:
        yield workspace


def task_of(workspace: Workspace) -> Task:
    """The task about roads."""
    document = workspace.documents()[0][0].id
    return next(task for task in workspace.reading(document).tasks if "giao thông" in task.what)


def doubts(workspace: Workspace, **asked: Any) -> dict[IssueCode, ReviewRow]:
    answer = workspace.review(ReviewQuestion(**asked))
    assert answer.whole
    assert answer.total == len(answer.rows)
    return {row.code: row for row in answer.rows}


def change(workspace: Workspace, fact: str, **typed: list[str]) -> None:
    workspace.correct(Act(K.CHANGED, fact, {name.rstrip("_"): values for name, values in typed.items()}), by="an")


TYPED = (
    # field, what is typed, what a decision says of it
    ("who", ["Sở Tài chính"], [{"name": "Sở Tài chính", "id": "t.stc@ninh-binh"}]),
    ("who", ["so tai chinh", "Sở Y tế"], [
        {"name": "Sở Tài chính", "id": "t.stc@ninh-binh"}, {"name": "Sở Y tế", "id": "t.syt@ninh-binh"},  # of no document
    ]),
    ("who", ["“Tổ công tác 17”"], [{"name": "Tổ công tác 17", "id": None}]),
    ("who", ["Sở Y tế (Ninh Bình) [t.syt@ninh-binh]"], [{"name": "Sở Y tế", "id": "t.syt@ninh-binh"}]),
    ("deadline", ["30/06/2019"], {"date": "2019-06-30", "recurrence": None, "text": None}),
    ("deadline", ["freq=monthly;bymonthday=20"], {"date": None, "recurrence": "FREQ=MONTHLY;BYMONTHDAY=20", "text": None}),
    ("deadline", [], None),
    ("criteria", [], []),
    ("role", ["coordinate"], "coordinate"),
)  # fmt: skip


@pytest.mark.parametrize(("field", "typed", "value"), TYPED)
def test_what_is_typed_is_read(unchanged: Workspace, field: str, typed: list[str], value: Any) -> None:
    task = task_of(unchanged)
    reading = unchanged.reading(unchanged.documents()[0][0].id)
    assert changed_fields(unchanged.home.graph, reading, task, {field: typed}) == {field: value}
    assert changed_fields(unchanged.home.graph, reading, task, words_of(reading, task)) == {}  # nothing else was typed


WRONG = (
    ("who", ["Sở"], "có thể là: "),
    ("who", ["Sở Xây Nhà"], "Không có cơ quan nào tên “Sở Xây Nhà”"),
    ("deadline", ["31/02/2019"], "không phải là ngày"),
    ("deadline", ["30/06/2019", "FREQ=MONTHLY"], "Chỉ được ghi một giá trị"),
    (
        "role",
        ["boss"],
        r"“boss” không phải là một vai trò; hãy chọn trong: lead \(chủ trì, thực hiện\); coordinate \(phối",
    ),
    ("places", ["xã Không Có"], "Không có địa bàn nào"),
    ("what", [], "không được để trống"),
    (
        "lead",
        ["Sở Tài chính"],
        r"Không có ô “lead” để sửa; có: what \(nội dung việc\); who \(ai làm\); with \(phối hợp\)",
    ),
    ("who", ["Sở Giao thông vận tải"], "Chưa có gì thay đổi"),
)


def test_every_field_and_role_has_words() -> None:
    assert terms.FIELDS.keys() == {name for fields in FIELDS.values() for name in fields}
    assert {*Role} <= terms.ROLES.keys()


@pytest.mark.parametrize(("field", "typed", "told"), WRONG)
def test_what_cannot_be_taken_is_told_and_nothing_is_logged(
    unchanged: Workspace, field: str, typed: list[str], told: str
) -> None:
    with pytest.raises(WrongValueError, match=told):
        change(unchanged, task_of(unchanged).id, **{f"{field}_": typed})
    assert unchanged.decided_lately() == ((), 0)


def test_a_correction_holds_when_the_document_is_read_again_and_can_be_undone(workspace: Workspace) -> None:
    task = task_of(workspace)
    doubt = doubts(workspace)[IssueCode.DEADLINE_BEFORE_DOCUMENT]
    assert document_of(doubt.id) == document_of(task.id)
    act = Act(K.CHANGED, task.id, {"deadline": ["30/11/2019"], "who": ["Sở Xây dựng"]}, "đính chính")
    workspace.correct(act, by="an", seen=None, settles=doubt)
    workspace.rebuild()
    view = workspace.fact(task.id)
    assert isinstance(view.fact, Task)
    assert view.fact.basis is Basis.DECIDED
    assert words_of(view.reading, view.fact)["who"] == ("Sở Xây dựng",)
    assert IssueCode.DEADLINE_BEFORE_DOCUMENT not in doubts(workspace)
    (decision,) = view.history
    assert (decision.by, decision.why, set(decision.after or {})) == ("an", "đính chính", {"who", "deadline"})
    assert (decision.before or {})["who"][0]["name"] == "Sở Giao thông vận tải"

    workspace.undo(workspace.last_decision("an").id, by="an")  # the doubt is told again with it
    assert words_of(workspace.reading(view.document.id), task_of(workspace)) == words_of(view.reading, task)
    assert doubts(workspace)[IssueCode.DEADLINE_BEFORE_DOCUMENT].id == doubt.id
    assert workspace.doubts_set_aside() == ()
    assert workspace.last_decision("an") is None


def test_each_doubt_can_be_set_aside_and_stays_so_when_all_is_read_again(workspace: Workspace) -> None:
    before = doubts(workspace)
    assert {IssueCode.DEADLINE_BEFORE_DOCUMENT, IssueCode.DOCUMENT_MISSING} <= before.keys()
    left = dict(before)
    for code, row in before.items():
        assert is_doubt(row.id)
        assert kind_of(row.id) is None
        workspace.set_aside(row, by="an", why="đã hỏi")
        del left[code]
        assert doubts(workspace) == left
        assert doubts(workspace, code=code) == {}
        assert code not in doubts(workspace, document=row.document.id)
        assert workspace.waiting().total == len(left)
    workspace.rebuild()
    assert doubts(workspace) == {}
    assert [drift.message for drift in workspace.check()] == []
    said = workspace.doubts_set_aside()
    assert {(each.before or {})["message"] for each in said} == {row.message for row in before.values()}
    for each in said:
        workspace.undo(each.id, by="an")
    assert doubts(workspace) == before


def test_the_second_of_two_people_is_told_what_the_first_said(workspace: Workspace) -> None:
    task = task_of(workspace)
    workspace.correct(Act(K.ACCEPTED, task.id), by="an", seen=None)
    with pytest.raises(DecidedMeanwhileError, match="an ghi lúc"):
        workspace.correct(Act(K.REJECTED, task.id), by="bình", seen=None)
    workspace.correct(Act(K.REJECTED, task.id), by="bình", seen=workspace.last_seen(task.id))
    assert workspace.fact(task.id).fact is None
    with pytest.raises(WrongValueError, match="không còn trong văn bản"):
        workspace.correct(Act(K.ACCEPTED, task.id), by="an")


def test_merging_and_splitting(workspace: Workspace) -> None:
    task = task_of(workspace)
    other = next(each for each in workspace.reading(workspace.documents()[0][0].id).tasks if each.id != task.id)
    parts = {
        "1.what": ["rà soát đường xã"],
        "1.who": ["Sở Giao thông vận tải"],
        "2.what": ["lập sổ"],
        "2.who": ["Sở Nội vụ"],
    }
    split = workspace.correct(Act(K.SPLIT, task.id, parts), by="an")
    tasks = workspace.reading(workspace.documents()[0][0].id).tasks
    assert [(each.what, each.who[0].name) for each in tasks[:2]] == [
        ("rà soát đường xã", "Sở Giao thông vận tải"),
        ("lập sổ", "Sở Nội vụ"),
    ]
    workspace.undo(split.id, by="an")
    merged = workspace.correct(Act(K.MERGED, task.id, {"into": [other.id], "body": [""]}), by="an")
    assert workspace.fact(task.id).fact is None
    workspace.undo(merged.id, by="an")
    body = task.who[0].id or ""
    workspace.correct(Act(K.MERGED, task.id, {"body": [body], "into": ["Sở Xây dựng"], "everywhere": ["1"]}), by="an")
    view = workspace.fact(task.id)
    assert isinstance(view.fact, Task)
    assert [actor.name for actor in view.fact.who] == ["Sở Xây dựng"]
    assert [each.fact for each in view.of_bodies] == [body]


def test_a_missed_task_is_added_found_by_all_questions_and_read_again(workspace: Workspace, tmp_path: Path) -> None:
    document = workspace.documents()[0][0].id
    text = workspace.reading(document).document.text
    start = text.index("Yêu cầu các đơn vị nghiêm túc")
    end = text.index("./.", start) + 1
    assert suggested(workspace.reading(document), start, end)["what"] == (text[start:end],)
    typed = {
        "what": ["nghiêm túc thực hiện"], "who": ["Sở Y tế", ""], "deadline": ["31/12/2019"], "criteria": ["2"],
        "places": ["huyện Nho Quan [p.372]"], "role": ["lead"],
    }  # fmt: skip
    for wrong, told in (({"what": []}, "nội dung nhiệm vụ"), ({"who": ["Sở Xây Nhà"]}, "Không có cơ quan"),
                        ({"lead": ["Sở Y tế"]}, "Không có ô"), ({"what": ["dài " * 121]}, "120 từ")):  # fmt: skip
        with pytest.raises(WrongValueError, match=told):
            workspace.add_task(Missed(document, start, end, typed | wrong), by="an")
    doubt = doubts(workspace)[IssueCode.DEADLINE_BEFORE_DOCUMENT]
    decision = workspace.add_task(Missed(document, start, end, typed, "đọc sót"), by="an", settles=doubt)
    assert [each.id for each in workspace.decisions(decision.fact)] == [decision.id]

    def asked(on: Workspace) -> list[tuple[str, date | None, str]]:
        rows = on.deadlines(DeadlineQuestion(date(2019, 12, 1), agency="Sở Y tế")).rows
        return [(row.task, row.due, row.evidence.quote) for row in rows if row.task == decision.fact]

    found = [(decision.fact, date(2019, 12, 31), text[start:end])]
    assert asked(workspace) == found
    assert workspace.trace(TraceQuestion(agency="Sở Y tế")).rows[0].basis is Basis.DECIDED
    workspace.set_done(decision.fact, date(2019, 12, 2), None, by="an")
    workspace.rebuild()
    assert asked(workspace) == found
    assert [drift.message for drift in workspace.check()] == []
    assert workspace.ingest([workspace.original(document)])[0].state is IngestState.UNCHANGED
    workspace.back_up(tmp_path / "kho.zip")
    with Workspace.open(tmp_path / "khác") as other:
        other.restore(tmp_path / "kho.zip")
        assert asked(other) == found
        assert other.said_of_tasks()[decision.fact].done == date(2019, 12, 2)
    workspace.undo(decision.id, by="an")
    assert asked(workspace) == []
    assert doubts(workspace)[IssueCode.DEADLINE_BEFORE_DOCUMENT].id == doubt.id


def test_a_body_taken_for_another_is_told_apart_where_a_person_says_so(workspace: Workspace) -> None:
    task = task_of(workspace)
    reading = workspace.reading(document_of(task.id))
    (body,) = (each.id for each in things_of(reading, task) if each.name == "Sở Giao thông vận tải")
    assert [fact.id for fact in facts_naming(reading, body)] == [task.id]
    typed = {"body": [body], "into": ["Sở Xây dựng"], "facts": [task.id]}
    for wrong in ({"facts": []}, {"into": ["Sở Giao thông vận tải"]}, {"into": []}):
        with pytest.raises(WrongValueError):
            workspace.correct(Act(K.SPLIT, task.id, typed | wrong), by="an")
    decision = workspace.correct(Act(K.SPLIT, task.id, typed), by="an", seen=None)
    view = workspace.fact(task.id)
    assert isinstance(view.fact, Task)
    assert ([actor.name for actor in view.fact.who], view.fact.basis) == (["Sở Xây dựng"], Basis.DECIDED)
    assert view.of_bodies == (decision,)  # the history of the fact tells it, though it is one on the body
    back = {"body": ["t.sxd@ninh-binh"], "into": ["Sở Giao thông vận tải"], "facts": [task.id]}
    workspace.correct(Act(K.SPLIT, task.id, back), by="bình", seen=view.last)
    again = workspace.correct(Act(K.SPLIT, task.id, typed), by="an", seen=view.last)  # no conflict with the first one
    workspace.undo(again.id, by="an")
    assert task_of(workspace).who[0].name == "Sở Giao thông vận tải"


def test_what_is_not_compared_yet_is_said_and_comes_by_itself(workspace: Workspace) -> None:
    first = workspace.review(ReviewQuestion(), wait=False)
    assert not first.whole
    assert IssueCode.DOCUMENT_MISSING in first.codes
    workspace._comparing.join(60)
    assert workspace.review(ReviewQuestion(), wait=False) == workspace.review(ReviewQuestion())


def test_a_doubt_of_a_document_that_is_only_cited_has_an_id_of_it() -> None:
    id = doubt_id("thu-tuong.1980-qd-ttg.2016/cited", IssueCode.DOCUMENT_MISSING)
    assert (is_doubt(id), doubted(id), kind_of(id)) == (True, "thu-tuong.1980-qd-ttg.2016/cited", None)
