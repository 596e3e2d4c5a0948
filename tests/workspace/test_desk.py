"""The workspace on real files, a real graph and a real index: taken in, asked, killed, rebuilt."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from bad_input import make_bad_input
from directives import letter, write_letters
from needs import ROOT

from ntmgraph.ids import document_of
from ntmgraph.lock import Lock
from ntmgraph.queries import DeadlineQuestion, IngestRow, IngestState, SearchQuestion, TaskState, TraceQuestion
from ntmgraph.store.ladybug import EmbeddedGraph
from ntmgraph.workspace import NotYetError, Workspace, WorkspaceError, batch
from ntmgraph.workspace.decisions import Decision, DecisionKind, decide
from ntmgraph.workspace.errors import UnreachableError
from ntmgraph.workspace.originals import JournalOriginals, Original, hash_of, now

NEW, UNCHANGED, REPLACED, REFUSED = IngestState


@pytest.fixture
def folder(tmp_path: Path, empty_workspace: Path) -> Path:
    return shutil.copytree(empty_workspace, tmp_path / "kho")


@pytest.fixture(scope="module")
def two_letters(tmp_path_factory: pytest.TempPathFactory, empty_workspace: Path) -> Path:
    """Return a workspace that holds two letters, to copy."""
    folder = shutil.copytree(empty_workspace, tmp_path_factory.mktemp("two") / "kho")
    with Workspace.open(folder) as workspace:
        workspace.ingest(write_letters(folder.parent / "vào", 2))
    return folder


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    with Workspace.open(folder) as workspace:
        yield workspace


def states(rows: list) -> list[IngestState]:
    return [row.state for row in rows]


def assert_whole(workspace: Workspace, documents: int) -> None:
    """Graph, index and originals hold the same documents."""
    rows, total = workspace.documents()
    assert total == documents
    assert workspace.search(SearchQuestion("nông thôn")).total >= documents
    for row in rows:
        kept = workspace.original(row.id)
        assert kept.stem == hash_of(kept) == workspace.reading(row.id).document.sha256
        assert row.tasks == len(workspace.reading(row.id).tasks)
        found = workspace.search(SearchQuestion(row.number or "")).rows
        assert found[0].document.id == row.id


def test_what_is_taken_in_can_be_asked(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "Công văn số 7 (đã ký).txt"
    path.write_text(letter(7), encoding="utf-8")
    row, *others = workspace.ingest([path])
    assert (row.state, others) == (NEW, [])
    assert row.document is not None
    assert (row.document.number, row.document.issuer) == ("7/UBND-VP3", "UBND tỉnh Ninh Bình")
    traced = workspace.trace(TraceQuestion(agency="Sở Tài chính", on=date(2019, 12, 1)))
    assert any(each.evidence.quote in letter(7) for each in traced.rows)
    hit = workspace.search(SearchQuestion("bo tri von")).rows[0]
    assert hit.document.id == row.document.id
    view = workspace.document(row.document.id)
    assert view is not None
    assert view.file_name == path.name
    assert workspace.document("khong-co") is None


def test_the_same_bytes_twice_equal_once(workspace: Workspace, tmp_path: Path) -> None:
    paths = write_letters(tmp_path / "vào", 3)
    copy = tmp_path / "vào" / "bản sao.txt"
    copy.write_bytes(paths[0].read_bytes())
    assert sorted(states(workspace.ingest([tmp_path / "vào"]))) == [NEW, NEW, NEW, UNCHANGED]
    totals = workspace.totals()
    again = workspace.ingest([tmp_path / "vào"])
    assert states(again) == [UNCHANGED] * 4
    assert all(row.document is not None and row.document.number for row in again)
    assert workspace.totals() == totals
    workspace.rebuild()
    assert workspace.totals() == totals
    assert_whole(workspace, 3)


def test_other_bytes_of_a_document_replace_it(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(letter(7, "lập dự toán"), encoding="utf-8")
    first = workspace.ingest([path])[0]
    path.write_text(letter(7, "giao chỉ tiêu"), encoding="utf-8")
    second = workspace.ingest([path])[0]
    assert (second.state, second.document and second.document.id) == (REPLACED, first.document and first.document.id)
    assert workspace.search(SearchQuestion("lap du toan")).total == 0
    assert workspace.search(SearchQuestion("giao chi tieu")).total > 0
    workspace.rebuild()
    assert workspace.search(SearchQuestion("giao chi tieu")).total > 0
    assert_whole(workspace, 1)


def test_a_bad_file_disturbs_nothing_else(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "vào"
    write_letters(folder, 2)
    bad = {each.path: each for each in make_bad_input(folder)}
    rows = workspace.ingest([folder, tmp_path / "không có.txt"])
    assert len(rows) == len(bad) + 3
    for row in rows:
        expected = bad.get(Path(row.path))
        assert row.refusal == (expected.refusal if expected else None)
        assert (row.state is REFUSED) == (row.document is None)
        if row.state is REFUSED:
            assert row.reason is not None and row.reason.startswith(Path(row.path).name)
            assert expected is None or expected.says in row.reason
    # two letters, and one document in three codes, the first of which it stands on
    assert_whole(workspace, 3)


def test_files_of_other_programs_in_a_folder_are_left_alone(workspace: Workspace, tmp_path: Path) -> None:
    write_letters(tmp_path / "vào" / "2019" / "quý I", 1)
    for name in ("~$cv-0001.docx", "Thumbs.db", ".git"):
        (tmp_path / "vào" / name).write_bytes(b"x")
    assert states(workspace.ingest([tmp_path / "vào"])) == [NEW]


def test_a_folder_that_holds_the_workspace_is_taken_in_without_it(workspace: Workspace, tmp_path: Path) -> None:
    write_letters(tmp_path / "vào", 1)
    assert states(workspace.ingest([tmp_path])) == [NEW]
    assert states(workspace.ingest([tmp_path, workspace.folder])) == [UNCHANGED]


def test_what_a_new_version_cannot_read_is_told_by_the_name_that_people_know(two_letters: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(two_letters, tmp_path / "kho")
    with Workspace.open(folder) as workspace:
        row = workspace.documents()[0][0]
        workspace.original(row.id).write_bytes(b"")
        name = workspace.file_name(row.id)
        with pytest.raises(WorkspaceError, match=f"^{name}: tệp rỗng"):
            workspace.reading(row.id)
        lost: list[IngestRow] = []
        workspace.rebuild(on_row=lost.append)
    assert [(each.path, (each.reason or "").partition(" (")[0]) for each in lost] == [(name, f"{name}: tệp rỗng")]


def test_an_original_that_was_altered_is_not_what_was_taken_in(two_letters: Path, tmp_path: Path) -> None:
    with Workspace.open(shutil.copytree(two_letters, tmp_path / "kho")) as workspace:
        row = workspace.documents()[0][0]
        original, name = workspace.original(row.id), workspace.file_name(row.id)
        original.write_text(original.read_text(encoding="utf-8").replace("30/11/2019", "30/12/2029"), encoding="utf-8")
        lost: list[IngestRow] = []
        workspace.rebuild(on_row=lost.append)
        assert [(each.path, "đã bị sửa hoặc hỏng" in (each.reason or "")) for each in lost] == [(name, True)]
        assert row.id not in {each.id for each in workspace.documents()[0]}


def test_a_folder_that_cannot_be_written_is_refused_with_its_cause(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "workspace.json").write_text('{"layout": 1, "build": null}')
    (folder / "logs").touch()  # a file where a folder must be
    for _ in range(2):  # nor is it held afterwards
        with pytest.raises(WorkspaceError, match="trùng tên"):
            Workspace.open(folder, patience=0)


def test_taking_in_is_told_step_by_step_and_can_be_stopped(workspace: Workspace, tmp_path: Path) -> None:
    write_letters(tmp_path / "vào", 5)
    told, steps = [], []
    rows = workspace.ingest(
        [tmp_path / "vào"],
        on_row=told.append,
        on_progress=lambda done, total: steps.append((done, total)),
        cancelled=lambda: len(steps) == 4,
    )
    assert rows == told
    assert steps == [(0, 5), (1, 5), (2, 5), (3, 5)]
    assert_whole(workspace, 3)


def test_pages_are_answered_while_files_are_taken_in(workspace: Workspace, tmp_path: Path) -> None:
    workspace.ingest(write_letters(tmp_path / "vào", 1))
    slow = threading.Thread(target=workspace.ingest, args=([*write_letters(tmp_path / "vào", 30)],))
    slow.start()
    answered = 0
    while slow.is_alive():
        assert workspace.search(SearchQuestion("nông thôn")).total > 0
        assert workspace.documents()[1] >= 1
        answered += 1
    slow.join()
    assert answered > 3
    assert_whole(workspace, 30)


def test_one_dropped_file_is_found_within_a_second(workspace: Workspace, tmp_path: Path) -> None:
    first, second = write_letters(tmp_path / "vào", 2)
    workspace.ingest([first])  # loads the language
    began = time.perf_counter()
    workspace.ingest([second])
    assert workspace.search(SearchQuestion("2/UBND-VP3")).total == 1
    assert time.perf_counter() - began < 1


def test_a_done_task_stays_done_after_a_rebuild(workspace: Workspace, tmp_path: Path) -> None:
    workspace.ingest(write_letters(tmp_path / "vào", 1))
    question = DeadlineQuestion(on=date(2020, 1, 10))
    task = workspace.deadlines(question).rows[0]
    assert task.state is TaskState.OPEN_LATE

    def state() -> TaskState | None:
        traced = workspace.trace(TraceQuestion(document=task.document.id, on=question.on)).rows
        (of_trace,) = {row.deadline.state for row in traced if row.id == task.task and row.deadline}
        (of_list,) = {row.state for row in workspace.deadlines(question).rows if row.task == task.task}
        assert of_trace == of_list
        return of_list

    workspace.set_done(task.task, date(2019, 11, 1), "có báo cáo", "an")
    assert state() is TaskState.DONE_ON_TIME
    workspace.rebuild()
    assert state() is TaskState.DONE_ON_TIME
    workspace.set_done(task.task, date(2020, 1, 9), None, "an")
    assert state() is TaskState.DONE_LATE
    workspace.set_done(task.task, None, "nhầm", "an")
    assert state() is TaskState.OPEN_LATE


def test_a_day_to_come_is_no_day_of_completion(workspace: Workspace, tmp_path: Path) -> None:
    workspace.ingest(write_letters(tmp_path / "vào", 1))
    question = DeadlineQuestion(on=date(2019, 11, 1))
    task = workspace.deadlines(question).rows[0].task
    with pytest.raises(NotYetError, match="Ngày hoàn thành chưa đến"):
        workspace.set_done(task, date.today() + timedelta(days=1), None, "an")
    assert workspace.deadlines(question).rows[0].done is None
    workspace.set_done(task, date.today(), None, "an")  # after the day of the question: shown, to be taken back
    row = workspace.deadlines(question).rows[0]
    assert (row.state, row.done) == (TaskState.OPEN_IN_TIME, date.today())


def test_a_new_folder_becomes_a_workspace_that_holds_nothing(workspace: Workspace) -> None:
    assert workspace.documents() == ((), 0)
    assert workspace.search(SearchQuestion("nông thôn")).total == 0


def test_a_second_opener_is_told_who_works_there(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match=f"tiến trình số {os.getpid()}"):
        Workspace.open(workspace.folder, patience=0)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"layout": 99, "build": "1"}, "bản ntmgraph mới hơn"),
        ({"layout": 1, "build": "77"}, "ntmgraph rebuild"),
        ({}, "workspace.json"),
    ],
)
def test_a_workspace_of_another_version_is_refused_and_left_as_it_is(
    folder: Path, written: dict[str, object], said: str
) -> None:
    (folder / "workspace.json").write_text(json.dumps(written))
    with pytest.raises(WorkspaceError, match=said):
        Workspace.open(folder)
    assert json.loads((folder / "workspace.json").read_text()) == written


def test_a_folder_with_other_files_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "bảng lương.xlsx").touch()
    with pytest.raises(WorkspaceError, match="không phải là kho"):
        Workspace.open(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["bảng lương.xlsx"]


@pytest.mark.parametrize("removed", [False, True])
@pytest.mark.parametrize("lost", ["graph", "search", "version"])
def test_a_lost_or_damaged_build_is_told_and_disturbs_nothing_else(
    two_letters: Path, tmp_path: Path, lost: str, removed: bool
) -> None:
    folder = shutil.copytree(two_letters, tmp_path / "kho")
    build = next((folder / "builds").iterdir())
    for path in [build / lost] if lost == "version" else (build / lost).rglob("*"):
        if path.is_file():
            path.unlink() if removed else path.write_bytes(b"0")
    with pytest.raises(WorkspaceError, match="ntmgraph rebuild"):
        Workspace.open(folder)
    again = Lock(folder / "lock")
    assert again.acquire("thử", patience=0)  # what could not be opened is not held
    again.release()


def test_a_lost_build_is_made_again_from_the_originals(two_letters: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(two_letters, tmp_path / "kho")
    shutil.rmtree(folder / "builds")
    with Workspace.open(folder, to_rebuild=True) as workspace:
        workspace.rebuild()
        assert_whole(workspace, 2)
    with Workspace.open(folder) as workspace:
        assert_whole(workspace, 2)


def test_what_the_log_says_and_the_build_lacks_is_written_when_the_workspace_opens(
    folder: Path, tmp_path: Path
) -> None:
    first, second = write_letters(tmp_path / "vào", 2)
    with Workspace.open(folder) as workspace:
        row = workspace.ingest([first])[0]
        taken_in = workspace.reading(row.document.id if row.document else "")
    read = batch.read_one(batch.File.at(second)).reading
    assert read is not None
    # what stands there when the process is killed between the log and the graph
    originals = JournalOriginals(folder / "originals")
    originals.keep(second, read.document.sha256, second.name)
    originals.record(
        [
            Original(read.document.sha256, second.name, read.document.id, now()),
            Original(taken_in.document.sha256, first.name, taken_in.document.id, now(), withdrawn=True),
        ]
    )
    with Workspace.open(folder) as workspace:
        assert [row.id for row in workspace.documents()[0]] == [read.document.id]
        assert {hit.document.id for hit in workspace.search(SearchQuestion("nông thôn")).rows} == {read.document.id}
        assert states(workspace.ingest([first, second])) == [NEW, UNCHANGED]


def stand_in_the_way(workspace: Workspace, task: str, *, gone: bool = False) -> None:
    """Let the graph refuse whatever document gives a task: another node has its id."""
    graph = workspace.home.graph
    assert isinstance(graph, EmbeddedGraph)
    with graph._transaction() as write:
        write.run("MATCH (t:Task {id: $id}) DELETE t" if gone else "CREATE (:Task {id: $id})", id=task)


def tasks_of(workspace: Workspace) -> list[int]:
    return sorted(row.tasks for row in workspace.documents()[0])


def rejected(task: str) -> Decision:
    return decide(DecisionKind.REJECTED, task, by="an", document=document_of(task))


def test_a_decision_that_the_graph_refuses_is_told_and_written_when_the_workspace_opens(
    two_letters: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(two_letters, tmp_path / "kho")
    with Workspace.open(folder) as workspace:
        task, other = (workspace.reading(row.id).tasks[0].id for row in workspace.documents()[0])
        workspace.decide(rejected(task))
        stand_in_the_way(workspace, task)
        with pytest.raises(UnreachableError, match=r"^cv-000\d\.txt: .*Quyết định đã được lưu.* mở lại\.$"):
            workspace.undo(workspace.decisions(task)[0].id, by="an")
        workspace.decide(rejected(other))  # is written, and the one before still is not
        assert tasks_of(workspace) == [2, 2]
    with Workspace.open(folder) as workspace:  # it is refused again
        assert tasks_of(workspace) == [2, 2]
        stand_in_the_way(workspace, task, gone=True)
    with Workspace.open(folder) as workspace:
        assert tasks_of(workspace) == [2, 3]
        assert list(workspace.check()) == []


def test_a_document_that_is_read_again_and_refused_is_told(two_letters: Path, tmp_path: Path) -> None:
    with Workspace.open(shutil.copytree(two_letters, tmp_path / "kho")) as workspace:
        first, second = (workspace.reading(row.id) for row in workspace.documents()[0])
        workspace.home.graph.replace(*(replace(each, tasks=each.tasks[1:]) for each in (first, second)))
        stand_in_the_way(workspace, first.tasks[0].id)
        (told,) = workspace.read_again([first.document.id, second.document.id])
        assert workspace.file_name(first.document.id) in told
        assert told.endswith("dựng lại từ các tệp gốc.")
        assert tasks_of(workspace) == [2, 3]


def test_a_reached_mark_that_is_lost_costs_only_time(two_letters: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(two_letters, tmp_path / "kho")
    with Workspace.open(folder) as workspace:
        totals = workspace.totals()
    next((folder / "builds").glob("*/reached")).unlink()
    with Workspace.open(folder) as workspace:
        assert_whole(workspace, 2)
        assert workspace.totals() == totals


INGEST = "import sys; from ntmgraph.cli import main; main()"


def killed(folder: Path, *arguments: str, after: float) -> bool:
    """Run a command in a process of its own and kill it after some seconds; return whether it was still at work."""
    process = subprocess.Popen(
        [sys.executable, "-c", INGEST, "--workspace", str(folder), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.stdout is not None
    process.stdout.readline()  # the first row: the language is loaded and writing has begun
    time.sleep(after)
    at_work = process.poll() is None
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return at_work


def test_a_kill_in_the_middle_of_taking_in_leaves_no_half_document(folder: Path, tmp_path: Path) -> None:
    files = tmp_path / "vào"
    write_letters(files, 59)  # one more, and they would be read side by side, which `test_batch` tries
    moments = random.Random(7)
    at_work = [killed(folder, "ingest", str(files), after=moments.random() * 0.2) for _ in range(2)]
    assert any(at_work)
    with Workspace.open(folder) as workspace:
        known = workspace.documents()[1]
        assert 0 < known < 59
        assert workspace.search(SearchQuestion("Kính gửi")).total == known  # each letter says so once
        rows = workspace.ingest([files])
        assert states(rows).count(UNCHANGED) == known
        assert states(rows).count(NEW) == 59 - known
        assert workspace.search(SearchQuestion("Kính gửi")).total == workspace.documents()[1] == 59
        assert len({row.tasks for row in workspace.documents()[0]}) == 1


def test_a_kill_in_the_middle_of_a_rebuild_leaves_the_old_build(folder: Path, tmp_path: Path) -> None:
    with Workspace.open(folder) as workspace:
        workspace.ingest(write_letters(tmp_path / "vào", 10))
    build = json.loads((folder / "workspace.json").read_text())["build"]
    process = subprocess.Popen(
        [sys.executable, "-c", INGEST, "--workspace", str(folder), "rebuild"], cwd=ROOT, start_new_session=True
    )
    while len(list((folder / "builds").iterdir())) < 2 and process.poll() is None:
        time.sleep(0.01)
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert json.loads((folder / "workspace.json").read_text())["build"] == build
    with Workspace.open(folder) as workspace:
        assert_whole(workspace, 10)
    assert [path.name for path in (folder / "builds").iterdir()] == [build]
