"""Each way in which originals, graph and index can part is named, and nothing else is."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from directives import write_letters
from needs import ROOT

from ntmgraph.store.kinds import EDGE_KINDS, NODE_KINDS
from ntmgraph.store.ladybug import EmbeddedGraph
from ntmgraph.store.rows import reading_rows
from ntmgraph.workspace import Workspace
from ntmgraph.workspace.checking import _KINDS, DriftKind
from ntmgraph.workspace.contents import differing
from ntmgraph.workspace.deciding import seen
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


def _by_hand(text: str) -> Callable[[Workspace], None]:
    """Return what runs a text on the graph, with $id of the first document, its first task and its first deadline."""

    def harm(workspace: Workspace) -> None:
        reading = workspace.reading(_first(workspace))
        assert isinstance(workspace.home.graph, EmbeddedGraph)
        ids = {"id": reading.document.id, "task": reading.tasks[0].id, "deadline": f"{reading.document.id}/deadline-0"}
        with workspace.home.graph._transaction() as write:
            write.run(text, **{name: id for name, id in ids.items() if f"${name}" in text})

    return harm


_lose_doer = _by_hand("MATCH (:Task {id: $task})-[r:RESPONSIBLE]->() DELETE r")
_lose_due = _by_hand("MATCH (:Task {id: $task})-[r:DUE]->() DELETE r")
_lose_mention = _by_hand("MATCH (:Document {id: $id})-[r:MENTIONS]->(:Agency) DELETE r")
_wrong_day = _by_hand("MATCH (x:Deadline {id: $deadline}) SET x.date = date('1999-01-01')")
_wrong_role = _by_hand("MATCH (:Task {id: $task})-[r:RESPONSIBLE]->() SET r.role = 'supervise'")
_wrong_end = _by_hand("MATCH (t:Task {id: $task}) SET t.ended = date('1999-01-01')")


def _log_decision_only(workspace: Workspace) -> None:
    reading = workspace.reading(_first(workspace))
    id, after = reading.tasks[0].id, {"who": [{"id": None, "name": "Tổ công tác"}]}
    before = seen(reading, id, "who")
    decision = decide(DecisionKind.CHANGED, id, by="an", document=reading.document.id, before=before, after=after)
    workspace.home.decisions.append([decision], seen=None)


def _lose_some_passages(workspace: Workspace) -> None:
    workspace.home.index.replace(replace(workspace.reading(_first(workspace)), provisions=()))
    workspace.home.index.commit()


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
        (_lose_doer, [DriftKind.FACTS_DIFFER]),
        (_lose_due, [DriftKind.FACTS_DIFFER]),
        (_lose_mention, [DriftKind.FACTS_DIFFER]),
        (_wrong_day, [DriftKind.FACTS_DIFFER]),
        (_wrong_role, [DriftKind.FACTS_DIFFER]),
        (_wrong_end, [DriftKind.FACTS_DIFFER]),
        (_log_decision_only, [DriftKind.FACTS_DIFFER]),
        (_lose_passages, [DriftKind.NOT_SEARCHABLE]),
        (_lose_some_passages, [DriftKind.PASSAGES_DIFFER]),
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


def test_a_drift_of_facts_says_which_differ(workspace: Workspace) -> None:
    _lose_due(workspace)
    _wrong_day(workspace)
    (drift,) = workspace.check()
    assert drift.message.partition("gốc: ")[2] == (
        "thời hạn của nhiệm vụ (1), thời hạn (1). Hãy chạy “ntmgraph rebuild” để dựng lại."
    )


def test_every_kind_that_a_document_states_is_compared(tmp_path: Path, empty_workspace: Path) -> None:
    """Kind by kind the edges of the samples are lost; what was named before stays named."""
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:
        workspace.ingest([ROOT / "examples"])
        readings = [workspace.reading(row.id) for row in workspace.documents()[0]]
        assert differing(workspace.home.graph, readings) == {}
        rows = reading_rows(*readings)
        stated: Counter[str] = Counter()
        for (type_, _, _), edges in rows.edges.items():
            stated[type_] += len(edges)
        mentions = stated.pop("MENTIONS")  # last: by them the other edges between shared nodes are found
        lost: Counter[str] = Counter()
        for type_, count in (*stated.items(), ("MENTIONS", mentions)):
            _by_hand(f"MATCH ()-[r:`{type_}`]->() DELETE r")(workspace)
            lost[type_] = count
            assert sum(differing(workspace.home.graph, readings).values(), Counter()) == lost
        assert lost.keys() == _KINDS.keys() & EDGE_KINDS.keys()
        for label in _KINDS.keys() & NODE_KINDS.keys() - {"Document"}:
            _by_hand(f"MATCH (n:{label}) DETACH DELETE n")(workspace)
            lost[label] = len(rows.nodes[label])
            assert sum(differing(workspace.home.graph, readings).values(), Counter()) == lost


def test_without_reading_again_the_facts_are_not_compared(workspace: Workspace) -> None:
    _lose_task(workspace)
    assert list(workspace.check(facts=False)) == []


@pytest.mark.parametrize(
    "harm",
    [
        _lose_document,
        _write_foreign,
        _write_other_file,
        _lose_task,
        _lose_doer,
        _wrong_day,
        _log_decision_only,
        _lose_passages,
        _lose_some_passages,
    ],
)
def test_a_rebuild_mends_what_is_made_from_the_originals(
    workspace: Workspace, harm: Callable[[Workspace], None]
) -> None:
    harm(workspace)
    workspace.rebuild()
    assert list(workspace.check()) == []
