"""Each way in which originals, graph and index can part is named, and nothing else is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from directives import write_letters

from ntmgraph.workspace import Workspace
from ntmgraph.workspace.checking import DriftKind
from ntmgraph.workspace.decisions import DecisionKind, decide


@pytest.fixture
def workspace(tmp_path: Path, empty_workspace: Path) -> Iterator[Workspace]:
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:
        workspace.ingest(write_letters(tmp_path / "công văn", 2))
        yield workspace


def _first(workspace: Workspace) -> str:
    return min(row.id for row in workspace.documents()[0])


def _lose_original(workspace: Workspace) -> None:
    workspace.original(_first(workspace)).unlink()


def _change_original(workspace: Workspace) -> None:
    path = workspace.original(_first(workspace))
    path.write_text(path.read_text(encoding="utf-8").replace("rà soát", "rà xét"), encoding="utf-8")


def _lose_document(workspace: Workspace) -> None:
    workspace.home.graph.remove(_first(workspace))


def _write_foreign(workspace: Workspace) -> None:
    reading = workspace.reading(_first(workspace))
    foreign = replace(reading.document, id="la", number="9/LA")
    workspace.home.graph.replace(replace(reading, document=foreign, provisions=(), tasks=(), deadlines=()))


def _write_other_file(workspace: Workspace) -> None:
    reading = workspace.reading(_first(workspace))
    workspace.home.graph.replace(replace(reading, document=replace(reading.document, sha256="0" * 64)))


def _lose_task(workspace: Workspace) -> None:
    reading = workspace.reading(_first(workspace))
    workspace.home.graph.replace(replace(reading, tasks=reading.tasks[:-1]))


def _lose_passages(workspace: Workspace) -> None:
    workspace.home.index.remove(_first(workspace))
    workspace.home.index.commit()


def _index_foreign(workspace: Workspace) -> None:
    reading = workspace.reading(_first(workspace))
    workspace.home.index.replace(replace(reading, document=replace(reading.document, id="la")))
    workspace.home.index.commit()


def _decide_on_nothing(workspace: Workspace) -> None:
    document = _first(workspace)
    workspace.decide(decide(DecisionKind.REJECTED, f"{document}/task-khong-co", by="an", document=document))


def _decide_on_no_document(workspace: Workspace) -> None:
    workspace.decide(decide(DecisionKind.REJECTED, "xa/task-1", by="an", document="xa"))


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (lambda workspace: None, []),
        (_lose_original, [DriftKind.ORIGINAL_DAMAGED]),
        (_change_original, [DriftKind.ORIGINAL_DAMAGED]),
        (_lose_document, [DriftKind.DOCUMENT_MISSING]),
        (_write_foreign, [DriftKind.DOCUMENT_UNLOGGED]),
        (_write_other_file, [DriftKind.FILE_DIFFERS]),
        (_lose_task, [DriftKind.FACTS_DIFFER]),
        (_lose_passages, [DriftKind.NOT_SEARCHABLE]),
        (_index_foreign, [DriftKind.SEARCHABLE_UNLOGGED]),
        (_decide_on_nothing, [DriftKind.DECISION_UNFITTING]),
        (_decide_on_no_document, [DriftKind.DECISION_UNFITTING]),
    ],
)
def test_each_drift_is_named(workspace: Workspace, harm: Callable[[Workspace], None], found: list[DriftKind]) -> None:
    harm(workspace)
    drift = list(workspace.check())
    assert [each.kind for each in drift] == found
    assert all(each.what in each.message and "hãy" in each.message.lower() for each in drift)


def test_without_reading_again_the_facts_are_not_compared(workspace: Workspace) -> None:
    _lose_task(workspace)
    assert list(workspace.check(facts=False)) == []


@pytest.mark.parametrize("harm", [_lose_document, _write_foreign, _write_other_file, _lose_task, _lose_passages])
def test_a_rebuild_mends_what_is_made_from_the_originals(
    workspace: Workspace, harm: Callable[[Workspace], None]
) -> None:
    harm(workspace)
    workspace.rebuild()
    assert list(workspace.check()) == []
