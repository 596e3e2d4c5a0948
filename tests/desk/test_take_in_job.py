"""The take-in job over a real workspace: each file told, one batch at a time, nothing left behind."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from needs import ROOT
from trees import text_of

from dash_app.app import make_app
from dash_app.pages.take_in import job as job_module
from dash_app.pages.take_in.job import Batch, TakeIn, WaitingFullError
from dash_app.pages.take_in.layout import batches_view
from dash_app.pages.take_in.wiring import JOB
from dash_app.words import words_of
from ntmgraph.queries import IngestState
from ntmgraph.workspace import Workspace

LETTER = next((ROOT / "examples").glob("*-cong-van-117-*.txt")).read_bytes()


def letter(number: int) -> bytes:
    """A letter of its own number, so that each test takes in its own document."""
    return LETTER.replace(b"117/UBND", f"{number}/UBND".encode(), 1)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(tmp_path_factory.mktemp("take-in") / "workspace") as opened:
        yield opened


@pytest.fixture
def job(workspace: Workspace) -> Iterator[TakeIn]:
    take_in = TakeIn(workspace)
    yield take_in
    take_in.close()


def hand_over(job: TakeIn, key: str, *files: tuple[str, bytes], too_large: tuple[str, ...] = ()) -> None:
    for name, content in files:
        job.receive(key, name, len(content), io.BytesIO(content))
    job.start(key, too_large=too_large)


def finished(job: TakeIn) -> tuple[Batch, ...]:
    until = monotonic() + 30
    while job.running() and monotonic() < until:
        sleep(0.01)
    assert not job.running()
    return job.batches()


def test_files_of_a_dropped_folder_keep_their_folders(job: TakeIn, workspace: Workspace):
    hand_over(job, "folder", ("Tháng 9/Tuần 1/Công văn.txt", letter(301)), ("Tháng 9/../../x/hỏng.docx", b"PK\x03\x04"))
    (batch,) = finished(job)
    assert [row.path for row in batch.rows] == ["Tháng 9/Tuần 1/Công văn.txt", "Tháng 9/x/hỏng.docx"]
    booked = workspace.ledger.batches()[0]
    assert [row.path for row in workspace.ledger.rows(booked.id)] == [row.path for row in batch.rows]
    assert not list(Path(job._folder.name).iterdir()), "nothing of the files is left behind"


def test_each_file_has_a_row_under_its_own_name(job: TakeIn):
    hand_over(job, "a", ("Công văn.txt", letter(201)), ("../hỏng.docx", b"PK\x03\x04"), too_large=("to.pdf",))
    (batch,) = finished(job)
    assert [(row.path, row.state) for row in batch.rows] == [
        ("to.pdf", IngestState.REFUSED),
        ("Công văn.txt", IngestState.NEW),
        ("hỏng.docx", IngestState.REFUSED),
    ]
    assert batch.total == 3
    assert all(row.reason for row in batch.rows if row.state is IngestState.REFUSED)


def test_each_file_of_an_archive_has_a_row(job: TakeIn):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Tháng 9/một.txt", letter(211))
        archive.writestr("hỏng.docx", b"PK\x03\x04")
    hand_over(job, "a", ("gửi.zip", packed.getvalue()), ("hai.txt", letter(212)), too_large=("to.pdf",))
    (batch,) = finished(job)
    assert [row.path for row in batch.rows] == ["to.pdf", "gửi.zip/hỏng.docx", "gửi.zip/Tháng 9/một.txt", "hai.txt"]
    assert batch.total == 4
    assert (batch.rows[1].reason or "").startswith("gửi.zip/hỏng.docx: ")


def test_batches_are_read_in_turn_and_shown_newest_first(job: TakeIn):
    hand_over(job, "a", ("một.txt", letter(202)))
    hand_over(job, "b", ("một.txt", letter(202)), ("hai.txt", letter(203)))
    newest, oldest = finished(job)
    assert [row.state for row in oldest.rows] == [IngestState.NEW]
    assert [row.state for row in newest.rows] == [IngestState.UNCHANGED, IngestState.NEW]


def test_the_temporary_files_go_when_they_are_read(job: TakeIn, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(job_module, "MAX_WAITING", len(LETTER) + 10)
    hand_over(job, "a", ("một.txt", LETTER))
    finished(job)
    hand_over(job, "b", ("hai.txt", LETTER))  # there is room again
    job.receive("c", "ba.txt", 10, io.BytesIO(b"x" * 10))
    with pytest.raises(WaitingFullError):
        job.receive("c", "bốn.txt", len(LETTER), io.BytesIO(LETTER))


def test_a_stop_leaves_out_what_is_not_read(job: TakeIn):
    hand_over(job, "a", *((f"{number}.txt", letter(number)) for number in range(300, 500)))
    job.stop()
    (batch,) = finished(job)
    assert batch.stopped
    assert len(batch.rows) < batch.total == 200


def test_nothing_handed_over_is_no_batch(job: TakeIn):
    job.start("x")
    assert job.batches() == ()


class Broken(io.BytesIO):
    """What a window sends that breaks off in the middle."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise ConnectionResetError
        return super().read(2)


def test_a_file_that_did_not_come_whole_takes_no_room(job: TakeIn, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(job_module, "MAX_WAITING", len(LETTER))
    with pytest.raises(ConnectionResetError):
        job.receive("a", "Tháng 9/một.txt", len(LETTER), Broken(LETTER))
    assert not list(Path(job._folder.name).iterdir())
    (Path(job._folder.name) / "1").touch()  # in the way of the next file's folder
    with pytest.raises(OSError, match="1"):
        job.receive("a", "hai.txt", len(LETTER), io.BytesIO(LETTER))
    hand_over(job, "a", ("ba.txt", letter(501)))
    (batch,) = finished(job)
    assert [(row.path, row.state) for row in batch.rows] == [("ba.txt", IngestState.NEW)]


def test_a_file_for_which_the_disk_has_no_place_is_refused_with_a_sentence(workspace: Workspace):
    app = make_app(workspace)
    job = app.server.extensions[JOB]
    (Path(job._folder.name) / "0").touch()  # in the way of the file's folder
    answer = app.server.test_client().post("/nap/tep?batch=a&name=m%E1%BB%99t.txt", data=LETTER)
    job.close()
    assert (answer.status_code, answer.content_type) == (507, "text/plain; charset=utf-8")
    assert answer.text.startswith("Không làm được: ") and "Error" not in answer.text


def test_files_whose_page_was_left_go(job: TakeIn, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(job_module, "MAX_WAITING", 3 * len(LETTER))
    for key in ("left", "waits", "sent"):
        job.receive(key, "Tháng 9/một.txt", len(LETTER), io.BytesIO(letter(502)))
    job.part("waits", job.received("waits")[0], "waits.0")  # a sheet that is looked at
    (left,), (waits,), (sent,) = (job.received(key) for key in ("left", "waits.0", "sent"))
    with pytest.raises(WaitingFullError):
        job.receive("sent", "hai.txt", len(LETTER), io.BytesIO(LETTER))
    monkeypatch.setattr(job_module, "IDLE", 0)
    job.receive("sent", "hai.txt", len(LETTER), io.BytesIO(letter(503)))
    assert (left.exists(), waits.exists(), sent.exists()) == (False, True, True)
    assert (job.received("left"), len(job.received("sent"))) == ((), 2)


def test_what_cuts_a_batch_short_is_told(tmp_path: Path):
    with Workspace.open(tmp_path / "workspace") as closed:
        job = TakeIn(closed)
    hand_over(job, "a", ("một.txt", LETTER))
    (batch,) = finished(job)
    job.close()
    assert batch.failure


def test_what_nobody_foresaw_is_told_without_words_of_the_program(job: TakeIn, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Workspace, "ingest", lambda self, paths, **how: int("Xã Lũng Cú"))
    hand_over(job, "a", ("một.txt", LETTER))
    (batch,) = finished(job)
    for language in ("vi", "en"):
        say = words_of(language)
        shown = text_of(batches_view(say, [batch], now=0))
        assert f" {say('chore.unforeseen')} " in shown
        assert "Error" not in shown and "Lũng" not in shown
