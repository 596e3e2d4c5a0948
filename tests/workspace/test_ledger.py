"""The book of takings in, reading again, and usual leads that the office set right."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from directives import letter

from ntmgraph.queries import IngestState, TraceQuestion
from ntmgraph.workspace import Workspace
from ntmgraph.workspace import backup as backups
from ntmgraph.workspace.ledger import Ledger
from ntmgraph.workspace.usual_leads import UnknownLeadError

NEW, UNCHANGED, REPLACED, REFUSED = IngestState
HEALTH = TraceQuestion(criterion="VN-XA-2021:15", province="Ninh Bình", on=date(2023, 5, 1))


@pytest.fixture
def folder(tmp_path: Path, empty_workspace: Path) -> Path:
    return shutil.copytree(empty_workspace, tmp_path / "kho")


def drop(folder: Path, **files: str | bytes) -> list[Path]:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return sorted(folder.iterdir())


def test_a_batch_is_in_the_book_also_after_a_restart(folder: Path, tmp_path: Path) -> None:
    began = datetime.now(UTC) - timedelta(seconds=2)
    paths = drop(tmp_path / "vào", **{"1.txt": letter(1), "2.txt": letter(2), "3.txt": b"", "4.txt": letter(1)})
    with Workspace.open(folder) as workspace:
        told = workspace.ingest(paths, by="Nguyễn Văn A", called=lambda path: Path(path).name)
    with Workspace.open(folder) as workspace:
        (batch,) = workspace.ledger.batches()
        assert (batch.by, batch.files, batch.stopped) == ("Nguyễn Văn A", 4, False)
        assert batch.states == {NEW: 2, REFUSED: 1, UNCHANGED: 1}
        assert batch.ended is not None
        assert began <= batch.begun <= batch.ended
        assert list(workspace.ledger.rows(batch.id)) == told
        assert [row.path for row in told] == ["1.txt", "2.txt", "3.txt", "4.txt"]
        assert [row.same_as for row in told] == [None, None, None, "1.txt"]
        assert [row.path for row in workspace.ledger.rows_since(began, (NEW,))] == ["1.txt", "2.txt"]
        assert workspace.ledger.rows_since(datetime.now(UTC) + timedelta(seconds=2), (NEW,)) == []


def test_what_was_cancelled_is_called_stopped(folder: Path, tmp_path: Path) -> None:
    paths = drop(tmp_path / "vào", **{f"{number}.txt": letter(number) for number in range(3)})
    seen: list[object] = []
    with Workspace.open(folder) as workspace:
        workspace.ingest(paths, on_progress=lambda done, total: seen.append(done), cancelled=lambda: 1 in seen)
        (batch,) = workspace.ledger.batches()
    assert (batch.files, batch.stopped, batch.ended is None) == (1, True, False)


def test_a_torn_book_keeps_what_was_whole(folder: Path, tmp_path: Path) -> None:
    with Workspace.open(folder) as workspace:
        workspace.ingest(drop(tmp_path / "vào", **{"1.txt": letter(1)}))
    book = folder / "batches.jsonl"
    whole = book.read_bytes()
    book.write_bytes(whole[:-20])  # killed while the end was written
    (batch,) = Ledger(folder).batches()
    assert (batch.states, batch.ended) == ({NEW: 1}, None)
    with Workspace.open(folder) as workspace:
        workspace.ingest(drop(tmp_path / "nữa", **{"2.txt": letter(2)}))
        assert [each.files for each in workspace.ledger.batches()] == [1, 1]


def test_refused_files_are_tried_again(folder: Path, tmp_path: Path) -> None:
    """A file that could not be read for want of room is read when there is some again."""
    with Workspace.open(folder) as workspace:
        originals = folder / "originals"
        shutil.move(originals, folder / "đi")
        originals.write_bytes(b"")  # nothing can be kept there
        (row,) = workspace.ingest(
            drop(tmp_path / "vào", **{"Công văn.txt": letter(1)}), called=lambda path: Path(path).name
        )
        assert row.state is REFUSED
        shutil.rmtree(tmp_path / "vào")
        originals.unlink()
        shutil.move(folder / "đi", originals)
        assert [file.shown for file in workspace.ledger.refused_files()] == ["Công văn.txt"]
        (row,) = workspace.read_refused_again(by="B")
        assert (row.state, row.path) == (NEW, "Công văn.txt")
        assert workspace.ledger.refused_files() == []
        assert next(batch.by for batch in workspace.ledger.batches()) == "B"


def test_documents_are_read_again_from_their_originals(folder: Path, tmp_path: Path) -> None:
    with Workspace.open(folder) as workspace:
        (row,) = workspace.ingest(drop(tmp_path / "vào", **{"1.txt": letter(1)}))
        assert row.document is not None
        id = row.document.id
        workspace.home.graph.remove(id)
        assert workspace.documents()[1] == 0
        steps: list[tuple[int, int]] = []
        assert workspace.read_again([id], lambda done, total: steps.append((done, total))) == []
        assert workspace.documents()[1] == 1
        assert steps == [(1, 1)]
        assert workspace.doubted() == ([id] if row.issues else [])


def test_a_usual_lead_that_the_office_set_answers_and_is_carried(folder: Path, tmp_path: Path) -> None:
    with Workspace.open(folder) as workspace:
        criterion = workspace.catalogue.criteria_by_key["VN-XA-2021", 15]
        (usual,) = workspace.trace(HEALTH).usual_leads
        assert (usual.agencies[0].name, usual.status) == ("Sở Y tế", criterion.lead_status)
        with pytest.raises(UnknownLeadError, match="Sở Không Có"):
            workspace.set_usual_lead(criterion, "Sở Không Có", "", by="A")
        workspace.set_usual_lead(criterion, " sở nội vụ ; Sở Y tế", "Sở Y tế", by="A", why="theo phân công")
        (usual,) = workspace.trace(HEALTH).usual_leads
        assert ([each.name for each in usual.agencies], usual.status) == (["Sở Nội vụ", "Sở Y tế"], "decided")
        assert list(workspace.check()) == []
        workspace.rebuild()
        workspace.back_up(tmp_path / "kho.zip")
    with (
        Workspace.open(tmp_path / "khác") as other,
        backups.opened(tmp_path / "kho.zip") as source,
    ):
        other.carry_from(source)
        (usual,) = other.trace(HEALTH).usual_leads
        assert usual.status == "decided"
        (said,) = other.decisions("VN-XA-2021:15")
        other.undo(said.id, by="B")
        assert other.trace(HEALTH).usual_leads[0].status == criterion.lead_status
