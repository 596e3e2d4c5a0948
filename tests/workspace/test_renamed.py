"""A newer version gives a document another id: what people decided on it goes with it, once, and nothing else does."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from directives import write_letters

from ingest import issuers
from ntmgraph.queries import DeadlineQuestion
from ntmgraph.workspace import Workspace
from ntmgraph.workspace.deciding import seen
from ntmgraph.workspace.decisions import DecisionKind, decide, mark_done, moved_to, undo


def test_decisions_are_moved_with_the_rest_of_their_fact() -> None:
    done = mark_done("cu/task-1", date(2020, 1, 2), by="an")
    rejected = decide(DecisionKind.REJECTED, "cu/task-2", by="an", document="cu")
    taken_back = decide(DecisionKind.REJECTED, "cu/task-3", by="an", document="cu")
    other = decide(DecisionKind.REJECTED, "khac/task-2", by="an", document="khac")
    everywhere = decide(DecisionKind.MERGED, "t.stc", by="an", after={"into": "t.snn"})
    log = (done, rejected, taken_back, undo(taken_back, by="an"), other, everywhere)
    moved = moved_to(log, {"cu": "moi"})
    assert [(each.fact, each.document, each.kind) for each in moved] == [
        ("moi/task-1", None, DecisionKind.STATE),
        ("moi/task-2", "moi", DecisionKind.REJECTED),
    ]
    assert [(each.by, each.at, each.after) for each in moved] == [(each.by, each.at, each.after) for each in log[:2]]
    assert moved_to(log, {"cu": "moi"}) == moved  # the same ids: said twice, they are logged once
    assert not {each.id for each in moved} & {each.id for each in log}


def test_a_rebuild_that_reads_another_id_keeps_what_was_decided(
    tmp_path: Path, empty_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = DeadlineQuestion(date(2020, 6, 1))
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:
        workspace.ingest(write_letters(tmp_path / "công văn", 2))
        row = workspace.documents()[0][0]
        reading = workspace.reading(row.id)
        workspace.set_done(reading.tasks[0].id, date(2020, 1, 2), None, "an")
        rejected = reading.tasks[1].id
        before = seen(reading, rejected)
        workspace.decide(decide(DecisionKind.REJECTED, rejected, by="an", document=row.id, before=before))
        states = workspace.deadlines(question).states
        # As a version would that names the issuer more fully.
        known = issuers.identity
        monkeypatch.setattr("ingest.pipeline.identity", lambda *words: f"{known(*words)} nước Việt Nam")
        assert [drift.message.partition(": ")[2] for drift in workspace.check()] == 2 * [
            "mã của văn bản. Hãy chạy “ntmgraph rebuild” để dựng lại."
        ]
        for _ in range(2):
            workspace.rebuild()
            assert all("nuoc-viet-nam" in each.id for each in workspace.documents()[0])
            assert workspace.deadlines(question).states == states
            assert list(workspace.check()) == []
