"""States of tasks: set with a day, a note and a file; taken back; kept by every way that a workspace goes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from directives import letter, write_letters

from ntmgraph.queries import DeadlineQuestion, DeadlineRow, DocumentName, IngestState, Named, TaskState
from ntmgraph.workspace import ProofError, TooManyError, UnknownTaskError, Workspace, calendar_file, proofs
from ntmgraph.workspace.backup import opened
from ntmgraph.workspace.checking import DriftKind
from ntmgraph.workspace.decisions import DecidedMeanwhileError, from_record, proof_of, to_record

ON = date(2020, 1, 10)
QUESTION = DeadlineQuestion(ON)
REPORT = ("báo cáo 9.pdf", b"%PDF-1.4 done")


@pytest.fixture
def workspace(tmp_path: Path, empty_workspace: Path) -> Iterator[Workspace]:
    """Two letters taken in."""
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:
        workspace.ingest(write_letters(tmp_path / "vào", 2))
        yield workspace


def test_several_tasks_at_once_with_a_file_and_back(workspace: Workspace) -> None:
    tasks = [row.task for row in workspace.deadlines(QUESTION).rows[:2]]
    said = workspace.set_states(tasks, date(2020, 1, 9), by="an", note="BC 9", proof=REPORT)
    assert [each.fact for each in said] == tasks
    workspace.rebuild()
    assert workspace.deadlines(QUESTION).states[TaskState.DONE_LATE] == 2
    path, name = workspace.proof(said[1].id)
    assert (path.read_bytes(), name) == (REPORT[1], REPORT[0])
    for each in said:
        workspace.undo(each.id, by="bình")
    assert workspace.deadlines(QUESTION).states[TaskState.DONE_LATE] == 0
    assert [each.by for each in workspace.decisions(tasks[0])] == ["an", "bình"]
    assert workspace.proof(said[0].id)[0].exists()  # the history still shows it
    with pytest.raises(KeyError):
        workspace.proof("không-có")


def test_all_are_written_or_none(workspace: Workspace) -> None:
    task = workspace.deadlines(QUESTION).rows[0].task
    refused = (
        ({"tasks": [task, "d/task-0"]}, UnknownTaskError, "1 nhiệm vụ đã chọn không còn"),
        ({"proof": ("a.exe", b"MZ")}, ProofError, "a.exe"),
        ({"proof": ("a.pdf", b"")}, ProofError, "không có nội dung"),
        ({"proof": ("a.pdf", bytes(proofs.MOST + 1))}, ProofError, "lớn hơn 20 MB"),
    )
    for more, error, words in refused:
        with pytest.raises(error, match=words):
            workspace.set_states(**({"tasks": [task], "done_on": ON, "by": "an"} | more))  # type: ignore[arg-type]
    assert workspace.decisions(task) == ()
    workspace.set_states([task], ON, by="an", seen=None)
    with pytest.raises(DecidedMeanwhileError, match="an"):
        workspace.set_states([task], None, by="bình", seen=None)


def test_a_proof_goes_where_its_decision_goes(workspace: Workspace, tmp_path: Path, empty_workspace: Path) -> None:
    task = workspace.deadlines(QUESTION).rows[0].task
    (said,) = workspace.set_states([task], ON, by="an", proof=REPORT)
    assert workspace.back_up(tmp_path / "sao.zip") == (2, [])
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "mới")) as other:
        with opened(tmp_path / "sao.zip") as source:
            assert other.carry_from(source).ok
        assert other.proof(said.id)[0].read_bytes() == REPORT[1]
        assert list(other.check(facts=False)) == []
        other.proof(said.id)[0].write_bytes(b"other")
        (drift,) = other.check(facts=False)
        assert (drift.kind, drift.what) == (DriftKind.ORIGINAL_DAMAGED, REPORT[0])
        other.proof(said.id)[0].unlink()
        with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "nữa")) as third:
            (lost,) = third.carry_from(other.as_source()).refused
            assert lost.path == REPORT[0]
            assert third.decisions(task) == (said,)


def test_a_log_from_elsewhere_names_no_file_outside(workspace: Workspace) -> None:
    (said,) = workspace.set_states([workspace.deadlines(QUESTION).rows[0].task], ON, by="an", proof=REPORT)
    record = to_record(said)
    assert proof_of(from_record(record)) == proof_of(said)
    for bad in ({"sha256": "../../etc/passwd", "name": "x"}, "bao-cao.pdf", None):
        record["after"]["proof"] = bad
        assert proof_of(from_record(record)) is None


def test_a_state_keeps_its_task_when_a_corrected_copy_moves_it(workspace: Workspace, tmp_path: Path) -> None:
    (task,) = (row.task for row in workspace.deadlines(QUESTION).rows if "vốn đợt 1" in row.what)
    workspace.set_states([task], date(2019, 12, 9), by="an")
    said = workspace.set_states([task], date(2019, 12, 10), by="an")[0]
    assert said.before is not None
    assert (said.before["state"], said.before["on"]) == ("done", "2019-12-09")
    copy = tmp_path / "cv-đính chính.txt"
    more = "2. Sở Y tế rà soát tiêu chí số 15 về y tế, hoàn thành trước ngày 30/11/2019.\n\n3. Sở Tài chính"
    copy.write_text(letter(1).replace("2. Sở Tài chính", more), encoding="utf-8")
    assert [row.state for row in workspace.ingest([copy])] == [IngestState.REPLACED]
    for _ in range(2):
        (moved,) = (row for row in workspace.deadlines(QUESTION).rows if "vốn đợt 1" in row.what)
        assert (moved.task, moved.done, moved.state) == (task, date(2019, 12, 10), TaskState.DONE_ON_TIME)
        workspace.rebuild()
    assert list(workspace.check()) == []
    for each in workspace.decisions(task):
        workspace.undo(each.id, by="an")
    assert list(workspace.check()) == []
    workspace.rebuild()
    workspace.undo(workspace.decisions(task)[-1].id, by="an")
    (back,) = (row for row in workspace.deadlines(QUESTION).rows if "vốn đợt 1" in row.what)
    assert (back.task, back.done) == (task, date(2019, 12, 10))
    assert list(workspace.check()) == []


# The calendar file


def unfolded(content: bytes) -> list[str]:
    """The content lines of a file (RFC 5545, 3.1); each physical line has at most 75 octets."""
    lines: list[str] = []
    assert content.endswith(b"\r\n")
    for line in content.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        text = line.decode()
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def events(content: bytes) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for line in unfolded(content):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line not in ("END:VEVENT", "END:VCALENDAR"):
            for said, mark in (("\\n", "\n"), ("\\,", ","), ("\\;", ";"), ("\\\\", "\\")):
                value = value.replace(said, mark)
            found[-1][name.partition(";")[0]] = value
    return found


def test_a_workspace_as_a_calendar_file(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = workspace.deadlines(QUESTION).rows
    content, left_out = workspace.calendar_file(QUESTION)
    found = events(content)
    assert len(found) + left_out == len(rows)
    assert found[0]["DTSTART"] == f"{rows[0].due:%Y%m%d}"
    assert [each["UID"] for each in events(workspace.calendar_file(QUESTION)[0])] == [each["UID"] for each in found]
    monkeypatch.setattr(calendar_file, "MOST", 1)
    with pytest.raises(TooManyError, match="Hãy lọc theo cơ quan"):
        workspace.calendar_file(QUESTION)


def test_a_recurring_duty_is_one_event_with_its_rule(workspace: Workspace) -> None:
    row = workspace.deadlines(QUESTION).rows[0]
    plan = DocumentName("d", "7/KH-UBND", date(2020, 1, 5), "UBND tỉnh Hà Nam", "Kế hoạch")
    rule, what = "FREQ=MONTHLY;BYMONTHDAY=20", 'Báo cáo; gửi "Sở A, Sở B"\\\n' + "ư" * 200
    monthly = DeadlineRow(
        "d/task-1", plan, what, (Named("a", "Sở A"),), date(2020, 6, 20), "ngày 20, hằng tháng", rule,
        TaskState.OPEN_IN_TIME, -5, row.basis, row.evidence,
    )  # fmt: skip
    later = DeadlineRow(
        "d/task-1", plan, what, (), date(2020, 7, 20), "ngày 20", rule, None, None, row.basis, row.evidence
    )
    content, left_out = calendar_file.written(
        (monthly, later), {"d": plan.date}, on=ON, now=datetime(2026, 11, 29, 8, 0, tzinfo=UTC)
    )
    (event,) = events(content)
    assert left_out == 0
    assert (event["DTSTART"], event["DTEND"], event["RRULE"]) == ("20200120", "20200121", rule)
    assert event["DTSTAMP"] == "20261129T080000Z"
    assert event["DESCRIPTION"].startswith(what)
    days = rrulestr(event["RRULE"], dtstart=datetime.strptime(event["DTSTART"], "%Y%m%d"))
    assert [day.month for day in days[:3]] == [1, 2, 3]
