"""A workspace carried: push, pull, backup and restore bring the whole truth over, once, however often they are done."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from directives import letter, write_letters
from neo4j_server import Neo4jServer

from ntmgraph.ids import document_of
from ntmgraph.queries import DeadlineQuestion, IngestState, SearchQuestion, TaskState, TraceQuestion
from ntmgraph.workspace import Workspace, batch
from ntmgraph.workspace.backup import back_up, opened
from ntmgraph.workspace.carrying import Carried
from ntmgraph.workspace.deciding import seen
from ntmgraph.workspace.decisions import DecisionKind, decide, done_days
from ntmgraph.workspace.errors import BackupError
from ntmgraph.workspace.intake import take_in
from ntmgraph.workspace.shared import SharedHome

COUNT = 3  # letters of the source


@pytest.fixture
def make(tmp_path: Path, empty_workspace: Path) -> Iterator[Callable[[str], Workspace]]:
    """Return what opens a new workspace under a name; all are closed at the end."""
    opened_: list[Workspace] = []

    def new(name: str) -> Workspace:
        opened_.append(Workspace.open(shutil.copytree(empty_workspace, tmp_path / name)))
        return opened_[-1]

    yield new
    for workspace in opened_:
        workspace.close()


@pytest.fixture
def source(make: Callable[[str], Workspace], tmp_path: Path) -> Workspace:
    """Three letters, one of which came twice; a task done, one rejected, another changed and changed back."""
    workspace = make("nguồn")
    paths = write_letters(tmp_path / "công văn", COUNT)
    workspace.ingest(paths)
    paths[0].write_text(letter(1, "đôn đốc, bản sửa"), encoding="utf-8")
    workspace.ingest(paths[:1])
    first, second = (workspace.reading(row.id) for row in workspace.documents()[0][:2])
    workspace.set_done(first.tasks[0].id, date(2020, 1, 2), "đã báo cáo", "an")
    rejected = first.tasks[1]
    workspace.decide(
        decide(
            DecisionKind.REJECTED,
            rejected.id,
            by="bình",
            document=first.document.id,
            before=seen(first, rejected.id),
            why="không phải nhiệm vụ",
        )
    )
    changed = decide(
        DecisionKind.CHANGED,
        second.tasks[0].id,
        by="an",
        document=second.document.id,
        before=seen(second, second.tasks[0].id, "who"),
        after={"who": [{"id": None, "name": "Tổ công tác"}]},
    )
    workspace.decide(changed)
    workspace.undo(changed.id, by="an", why="nhầm")
    return workspace


def what_it_says(workspace: Workspace) -> dict[str, object]:
    """Return all that may not change on the way."""
    rows, total = workspace.documents()
    late = workspace.deadlines(DeadlineQuestion(date(2020, 6, 1)))
    return {
        "documents": (rows, total),
        "readings": [workspace.reading(row.id) for row in rows],
        "originals": [workspace.original(row.id).read_bytes() for row in rows],
        "names": [workspace.file_name(row.id) for row in rows],
        "files": [(each.sha256, each.document, each.at) for each in workspace.home.originals.files()],
        "decisions": list(workspace.home.decisions.all()),
        "states": late.states,
        "deadlines": sorted(late.rows, key=lambda row: row.task),
        "trace": workspace.trace(TraceQuestion(criterion="2")),
        "search": sorted((hit.document.id, hit.start) for hit in workspace.search(SearchQuestion("tham muu von")).rows),
    }


def counted(carried: Carried) -> dict[str, int]:
    assert carried.ok, carried
    return {count.kind: count.target for count in carried.counts}


def test_a_backup_restored_says_the_same(source: Workspace, make: Callable[[str], Workspace], tmp_path: Path) -> None:
    assert source.back_up(tmp_path / "sao lưu.zip") == (COUNT + 1, [])
    target = make("đích")
    with opened(tmp_path / "sao lưu.zip") as backup:
        carried = target.carry_from(backup)
        assert (carried.new, carried.decisions) == (COUNT + 1, 4)
        counts = counted(carried)
        assert (counts["originals"], counts["documents"], counts["states"]) == (COUNT + 1, COUNT, 1)
        assert counts["tasks"] == 3 * COUNT - 1
        again = target.carry_from(backup)  # as after a restoring that was broken off
        assert (again.new, again.decisions, counted(again)) == (0, 0, counts)
    assert what_it_says(target) == what_it_says(source)
    assert list(target.check()) == []


def test_what_the_target_has_already_stays(source: Workspace, make: Callable[[str], Workspace], tmp_path: Path) -> None:
    target = make("đích")
    own = tmp_path / "riêng.txt"
    own.write_text(letter(99), encoding="utf-8")
    newer = tmp_path / "mới hơn.txt"
    newer.write_text(letter(2, "bản mới hơn ở đích"), encoding="utf-8")
    second = next(row.id for row in source.documents()[0] if row.number == "2/UBND-VP3")
    target.carry_from(source.as_source())
    target.ingest([own, newer])
    carried = target.carry_from(source.as_source())
    assert carried.ok
    assert carried.apart == (second,)  # stands on the newer file there, and is not put back
    assert target.file_name(second) == "mới hơn.txt"
    assert target.documents()[1] == COUNT + 1


def test_what_was_decided_later_stands_on_both_sides_whichever_is_carried_first(
    source: Workspace, make: Callable[[str], Workspace]
) -> None:
    other = make("kho khác")
    other.carry_from(source.as_source())
    second = source.reading(source.documents()[0][1].id)
    task = second.tasks[1].id

    def said(workspace: Workspace, kind: DecisionKind, fact: str, day: int, after: dict[str, object]) -> None:
        document = None if kind is DecisionKind.STATE else second.document.id
        made = replace(
            decide(kind, fact, by="an", document=document, after=after), at=datetime(2100, 1, day, tzinfo=UTC)
        )
        workspace.decide(made)

    done = {"state": "done", "on": "2020-03-01"}
    said(source, DecisionKind.CHANGED, task, 1, {"who": [{"id": None, "name": "Tổ cũ"}]})
    said(other, DecisionKind.STATE, task, 2, {"state": "open"})
    said(other, DecisionKind.CHANGED, task, 3, {"who": [{"id": None, "name": "Tổ mới"}]})
    said(source, DecisionKind.STATE, task, 4, done)
    carried = source.carry_from(other.as_source())
    assert carried.ok
    assert carried.contradicted == (task,)
    again = other.carry_from(source.as_source())
    assert again.ok
    assert again.contradicted == ()  # there all is known by now
    for workspace in (source, other):
        assert workspace.said_of_tasks()[task].done == date(2020, 3, 1)
        (found,) = (each for each in workspace.reading(second.document.id).tasks if each.id == task)
        assert [who.name for who in found.who] == ["Tổ mới"]
        assert list(workspace.check()) == []
    other.set_done(task, None, None, "chi")  # who saw that it was done, by a clock that is behind
    assert task not in done_days(other.home.decisions.all())


def test_an_older_file_that_is_carried_does_not_take_the_place_of_a_newer_one(
    make: Callable[[str], Workspace], tmp_path: Path
) -> None:
    old, new = make("cũ"), make("mới")
    for workspace, subject, year in ((old, "bản đầu", 2019), (new, "bản sửa", 2020)):
        path = tmp_path / f"{subject}.txt"
        path.write_text(letter(7, subject), encoding="utf-8")
        taken = batch.File(path, str(path), path.name, taken_at=datetime(year, 1, 1, tzinfo=UTC))
        (row,) = take_in(workspace.home, [taken])
        assert row.state is IngestState.NEW
    (document,) = (row.id for row in old.documents()[0])
    carried = new.carry_from(old.as_source())
    assert carried.ok
    assert (carried.new, carried.apart) == (1, (document,))
    assert new.carry_from(old.as_source()).new == 0
    assert old.carry_from(new.as_source()).ok
    for workspace in (old, new):
        assert workspace.file_name(document) == "bản sửa.txt"
        assert "bản sửa" in workspace.reading(document).document.text
        assert [each.name for each in workspace.home.originals.files()] == ["bản đầu.txt", "bản sửa.txt"]
        assert list(workspace.check()) == []
    held = what_it_says(new)
    new.rebuild()
    assert what_it_says(new) == held


def test_a_file_that_the_target_does_not_need_is_not_counted_as_lacking(
    make: Callable[[str], Workspace], tmp_path: Path
) -> None:
    """The office has the whole letter already; a part of it is passed over."""
    part, whole = tmp_path / "trang 1.txt", tmp_path / "công văn.txt"
    whole.write_text(letter(7), encoding="utf-8")
    part.write_text(letter(7).partition("1. Sở Giao thông")[0], encoding="utf-8")
    source, target = make("nguồn"), make("đích")
    target.ingest([whole])
    source.ingest([part])
    carried = target.carry_from(source.as_source())
    assert carried.ok
    assert (carried.new, len(carried.apart)) == (0, 1)


def test_a_carrying_goes_on_where_it_broke_off(source: Workspace, make: Callable[[str], Workspace]) -> None:
    target = make("đích")
    wanted = what_it_says(source)

    class Broken(type(source.as_source())):  # type: ignore[misc]
        left = 2

        def path(self, sha256: str, name: str) -> Path:
            if not self.left:
                raise KeyboardInterrupt
            self.left -= 1
            return super().path(sha256, name)  # type: ignore[no-any-return]

    with pytest.raises(KeyboardInterrupt):
        target.carry_from(Broken(source.home))
    assert counted(target.carry_from(source.as_source()))["originals"] == COUNT + 1
    assert what_it_says(target) == wanted


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda path: path.write_bytes(b"khong phai zip"), "không phải là bản sao lưu"),
        (lambda path: path.unlink(), "Không tìm thấy"),
        (lambda path: path.write_bytes(path.read_bytes()[:-200]), "không phải là bản sao lưu"),
        (lambda path: _rewritten(path, "backup.json", b'{"schema": 99, "documents": {}}'), "bản ntmgraph mới hơn"),
        (lambda path: _rewritten(path, "backup.json", b"[]"), "không phải là bản sao lưu"),
        (lambda path: _rewritten(path, "takings.jsonl", b"{}\n"), "không phải là bản sao lưu"),
    ],
)
def test_a_backup_that_is_none_is_told(
    source: Workspace, make: Callable[[str], Workspace], tmp_path: Path, damage: Callable[[Path], object], says: str
) -> None:
    path = tmp_path / "sao lưu.zip"
    source.back_up(path)
    damage(path)
    target = make("đích")
    with pytest.raises(BackupError, match=says), opened(path) as backup:
        target.carry_from(backup)
    assert target.documents()[1] == 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda path, member: _rewritten(path, member, b"bytes khac"),
        lambda path, member: _byte_set(path, member, 0, 0xFF),  # the first block is of a kind that there is not
        lambda path, member: _flagged(path, member, "flag_bits", 0x1),  # encrypted
        lambda path, member: _flagged(path, member, "compress_type", 99),
    ],
)
def test_a_damaged_file_of_a_backup_is_told_and_the_others_come(
    source: Workspace, make: Callable[[str], Workspace], tmp_path: Path, damage: Callable[[Path, str], None]
) -> None:
    path = tmp_path / "sao lưu.zip"
    source.back_up(path)
    file = next(each for each in source.home.originals.files() if each.name == "cv-0003.txt")
    damage(path, f"originals/{file.sha256}.txt")
    target = make("đích")
    with opened(path) as backup:
        carried = target.carry_from(backup)
    assert not carried.ok
    assert [row.path for row in carried.refused] == ["cv-0003.txt"]
    assert target.documents()[1] == COUNT - 1


def lost(workspace: Workspace, name: str) -> Path:
    """Remove the kept copy of an original and return where it was."""
    (file,) = (each for each in workspace.home.originals.files() if each.name == name)
    path = workspace.home.originals.path(file.sha256, file.name)
    path.unlink()
    return path


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"bytes khac")])
def test_what_the_target_lost_is_put_back(
    source: Workspace, make: Callable[[str], Workspace], tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    task = source.reading(source.documents()[0][0].id).tasks[0].id
    (marked,) = source.set_states([task], date(2020, 1, 3), by="an", proof=("bao-cao.pdf", b"%PDF bao cao"))
    source.back_up(tmp_path / "sao lưu.zip")
    wanted = what_it_says(source)
    file = next(each for each in source.home.originals.files() if each.name == "cv-0003.txt")
    damage(source.home.originals.path(file.sha256, file.name))
    damage(source.proof(marked.id)[0])
    assert len(list(source.check(facts=False))) == 2
    carried = source.restore(tmp_path / "sao lưu.zip")
    assert (carried.new, carried.mended, counted(carried)["originals"]) == (0, 2, COUNT + 1)
    assert list(source.check()) == []
    assert source.proof(marked.id)[0].read_bytes() == b"%PDF bao cao"
    assert what_it_says(source) == wanted
    assert source.restore(tmp_path / "sao lưu.zip").mended == 0


def test_what_neither_side_has_is_counted_as_lacking(source: Workspace, make: Callable[[str], Workspace]) -> None:
    target = make("đích")
    target.carry_from(source.as_source())
    lost(source, "cv-0003.txt")
    assert target.carry_from(source.as_source()).ok  # the target has it whole
    lost(target, "cv-0003.txt")
    carried = target.carry_from(source.as_source())
    assert not carried.ok
    assert [row.path for row in carried.refused] == ["cv-0003.txt"]
    assert next(each for each in carried.counts if each.kind == "originals").target == COUNT


def test_a_damaged_original_of_the_source_is_not_taken_for_another_file(
    source: Workspace, make: Callable[[str], Workspace], tmp_path: Path
) -> None:
    file = next(each for each in source.home.originals.files() if each.name == "cv-0003.txt")
    source.home.originals.path(file.sha256, file.name).write_text(letter(3, "bytes khác"), encoding="utf-8")
    target = make("đích")
    assert [row.path for row in target.carry_from(source.as_source()).refused] == ["cv-0003.txt"]
    assert target.documents()[1] == COUNT - 1
    count, missing = source.back_up(tmp_path / "sao lưu.zip")
    assert count == COUNT
    assert [each.partition(":")[0] for each in missing] == ["cv-0003.txt"]


def test_a_backup_of_a_workspace_that_lost_a_file_can_be_restored(
    source: Workspace, make: Callable[[str], Workspace], tmp_path: Path
) -> None:
    lost(source, "cv-0003.txt")
    path = tmp_path / "sao lưu.zip"
    assert source.back_up(path)[0] == COUNT
    assert source.restore(path).ok  # onto itself
    target = make("đích")
    assert counted(target.restore(path))["documents"] == COUNT - 1


def test_an_incomplete_backup_takes_the_place_of_none(source: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "sao lưu.zip"
    source.back_up(path)
    whole = path.read_bytes()
    lost(source, "cv-0003.txt")
    with pytest.raises(BackupError, match=r"Lần này thiếu 1 tệp .*cv-0003\.txt"):
        source.back_up(path)
    assert path.read_bytes() == whole
    assert source.restore(path).mended == 1


def test_an_empty_workspace_is_not_backed_up(make: Callable[[str], Workspace], tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="chưa có văn bản nào"):
        make("trống").back_up(tmp_path / "sao lưu.zip")
    assert list(tmp_path.glob("*sao*")) == []


def test_a_document_that_is_only_cited_in_the_target_is_counted_as_lacking(
    source: Workspace, make: Callable[[str], Workspace], tmp_path: Path
) -> None:
    citing = tmp_path / "dẫn.txt"
    citing.write_text(
        letter(40).replace(
            "Kính gửi", "Thực hiện Công văn số 3/UBND-VP3 ngày 04/4/2019 của UBND tỉnh Ninh Bình.\nKính gửi"
        ),
        encoding="utf-8",
    )
    source.ingest([citing])
    target = make("đích")
    target.carry_from(source.as_source())
    cited = next(each for each in source.home.originals.files() if each.name == "cv-0003.txt").document
    target.home.graph.remove(cited)
    assert target.home.graph.ask("documents", ids=[cited]) != []  # as one that is cited
    assert target.carry_from(source.as_source()).different == (cited,)


def test_what_is_taken_in_while_it_is_carried_is_left_for_the_next_time(
    source: Workspace, make: Callable[[str], Workspace], tmp_path: Path
) -> None:
    later = tmp_path / "sau.txt"
    later.write_text(letter(50), encoding="utf-8")
    rejected = source.reading(source.documents()[0][2].id).tasks[0]

    class Live(type(source.as_source())):  # type: ignore[misc]
        asked = 0

        def path(self, sha256: str, name: str) -> Path:
            self.asked += 1
            if self.asked == 1:
                source.ingest([later])
                source.decide(decide(DecisionKind.REJECTED, rejected.id, by="an", document=document_of(rejected.id)))
            return super().path(sha256, name)  # type: ignore[no-any-return]

    back_up(Live(source.home), tmp_path / "sao lưu.zip")
    assert source.documents()[1] == COUNT + 1
    assert counted(make("đích 1").restore(tmp_path / "sao lưu.zip"))["documents"] == COUNT
    later.write_text(letter(51), encoding="utf-8")
    assert counted(make("đích 2").carry_from(Live(source.home)))["documents"] == COUNT + 1


def test_a_document_decided_on_further_in_the_target_is_not_compared(
    source: Workspace, make: Callable[[str], Workspace]
) -> None:
    target = make("đích")
    target.carry_from(source.as_source())
    third = target.reading(target.documents()[0][2].id)
    target.decide(decide(DecisionKind.REJECTED, third.tasks[0].id, by="chi", document=third.document.id))
    carried = target.carry_from(source.as_source())
    assert carried.ok
    assert carried.apart == (third.document.id,)


def test_a_folder_is_no_backup(source: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="Không mở được"):
        source.restore(tmp_path)


def test_an_error_of_who_restores_is_not_told_as_a_damaged_backup(source: Workspace, tmp_path: Path) -> None:
    source.back_up(tmp_path / "sao lưu.zip")
    with pytest.raises(KeyError, match="của chương trình"), opened(tmp_path / "sao lưu.zip"):
        raise KeyError("của chương trình")


def test_a_backup_that_cannot_be_written_leaves_the_old_one(source: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="Không ghi được"):
        source.back_up(tmp_path / "không có" / "sao lưu.zip")
    path = tmp_path / "sao lưu.zip"
    path.write_bytes(b"ban cu")
    reading = source.as_source()

    class Failing(type(reading)):  # type: ignore[misc]
        def decisions(self) -> list[object]:
            raise OSError(28, "No space left on device")

    with pytest.raises(BackupError, match="sao lưu"):
        back_up(Failing(source.home), path)
    assert path.read_bytes() == b"ban cu"
    assert [each.name for each in tmp_path.glob(".sao*")] == []


@pytest.mark.parametrize("rebuilt", [False, True])
def test_pushed_to_neo4j_and_pulled_on_another_machine_it_says_the_same(
    source: Workspace,
    make: Callable[[str], Workspace],
    neo4j_database: Neo4jServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rebuilt: bool,
) -> None:
    monkeypatch.setenv("NTMGRAPH_USER", neo4j_database.user)
    monkeypatch.setenv("NTMGRAPH_PASSWORD", neo4j_database.password)

    def shared(name: str) -> AbstractContextManager[Workspace]:
        return closing(Workspace.open(tmp_path / name, graph=neo4j_database.uri))

    wanted = what_it_says(source)
    with shared("máy 1") as pushed:
        counts = counted(pushed.carry_from(source.as_source()))
        again = pushed.carry_from(source.as_source())
        assert (again.new, again.decisions, counted(again)) == (0, 0, counts)
        assert again.mended == 0
        assert isinstance(pushed.home, SharedHome)
        pushed.home.graph.write(lambda write: write.run("MATCH (c:Chunk) DELETE c"))
        assert len(list(pushed.check(facts=False))) == COUNT + 1
        assert pushed.carry_from(source.as_source()).mended == COUNT + 1
        if rebuilt:
            pushed.rebuild()
        assert what_it_says(pushed) == wanted
        assert list(pushed.check()) == []
    shutil.rmtree(tmp_path / "máy 1-chung")  # that machine is gone; nothing goes with it
    with shared("máy 2") as there:
        pulled = make("lấy về")
        assert counted(pulled.carry_from(there.as_source())) == counts
        assert what_it_says(pulled) == wanted


def _rewritten(path: Path, member: str, content: bytes) -> None:
    """Put other bytes in the place of a member of an archive."""
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    assert member in members
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (members | {member: content}).items():
            archive.writestr(name, data)


def _byte_set(path: Path, member: str, at: int, value: int) -> None:
    """Set one byte of the packed content of a member."""
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(member)
    data = bytearray(path.read_bytes())
    data[info.header_offset + 30 + len(info.orig_filename.encode()) + at] = value
    path.write_bytes(data)


def _flagged(path: Path, member: str, field: str, value: int) -> None:
    """Say something else of a member where the archive lists what it holds, and before the member itself."""
    at = {"flag_bits": (6, 8), "compress_type": (8, 10)}[field]
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        listed = data.index(b"PK\x01\x02", archive.start_dir)
        for info in archive.infolist():
            name = info.orig_filename.encode()
            if info.filename == member:
                for place in (info.header_offset + at[0], listed + at[1]):
                    data[place : place + 2] = (int.from_bytes(data[place : place + 2], "little") | value).to_bytes(
                        2, "little"
                    )
            listed = data.find(b"PK\x01\x02", listed + 46 + len(name))
    path.write_bytes(data)


def test_a_day_that_was_said_is_not_lost_when_it_is_said_again(source: Workspace) -> None:
    """A task done late stays so through a rebuild."""
    before = source.deadlines(DeadlineQuestion(date(2020, 6, 1), state=TaskState.DONE_LATE)).rows
    assert len(before) == 1
    source.rebuild()
    assert source.deadlines(DeadlineQuestion(date(2020, 6, 1), state=TaskState.DONE_LATE)).rows == before
    assert [each.kind for each in source.decisions(before[0].task)] == [DecisionKind.STATE]
    assert replace(before[0]).done == date(2020, 1, 2)
