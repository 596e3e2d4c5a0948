"""What was worked out is kept until something is written, and no longer."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from directives import LETTER, write_letters

from ntmgraph.queries import DeadlineQuestion, TaskState
from ntmgraph.workspace import Workspace
from ntmgraph.workspace.correcting import Act
from ntmgraph.workspace.decisions import DecisionKind
from ntmgraph.workspace.kept import Kept

DAY = date(2026, 1, 1)


def test_a_value_is_worked_out_once_and_the_oldest_goes() -> None:
    kept, worked_out = Kept(2), []

    def square(number: int, written: str = "a") -> int:
        return kept.of(written, number, lambda: worked_out.append(number) or number**2)

    assert [square(each) for each in (2, 3, 2, 4, 2, 3)] == [4, 9, 4, 16, 4, 9]
    assert worked_out == [2, 3, 4, 3]
    assert [square(3), square(3, "b"), square(4, "b")] == [9, 9, 16]
    assert worked_out[4:] == [3, 4]


def test_the_states_of_tasks_follow_what_is_taken_in_and_decided(empty_workspace: Path, tmp_path: Path) -> None:
    """Asked before and after each writing: what was kept must not be told again."""
    for number in (1, 2):
        text = LETTER.format(number=number, subject="rà soát tiêu chí", day=5, month=3)
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:

        def late() -> int:
            states = workspace.task_states(DAY)
            assert states == workspace.deadlines(DeadlineQuestion(DAY)).states
            return states[TaskState.OPEN_LATE]

        assert late() == 0
        workspace.ingest([tmp_path / "1.txt"])
        first = late()
        workspace.ingest([tmp_path / "2.txt"])
        assert 0 < first < late()
        both = late()
        row, other, *_ = workspace.deadlines(DeadlineQuestion(DAY, state=TaskState.OPEN_LATE)).rows
        workspace.set_done(row.task, date(2025, 12, 31), None, "an")
        assert late() == both - 1
        workspace.correct(Act(DecisionKind.REJECTED, other.task), by="an")
        assert late() == both - 2


@pytest.mark.parametrize("anew", [Workspace.read_again, lambda workspace, _: workspace.rebuild()])
def test_what_is_read_again_is_told_as_it_is_read_then(
    empty_workspace: Path, tmp_path: Path, anew: Callable[[Workspace, list[str]], object]
) -> None:
    """The graph has what an older program read: one task of three, two of which have a day."""
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:
        (row,) = workspace.ingest(write_letters(tmp_path / "vào", 1))
        assert row.document is not None
        reading = workspace.reading(row.document.id)
        workspace.home.graph.replace(replace(reading, tasks=reading.tasks[:1]))
        assert workspace.totals().tasks == 1
        assert sum(workspace.task_states(DAY).values()) == 1
        anew(workspace, [row.document.id])
        assert workspace.totals().tasks == len(reading.tasks) == 3
        assert sum(workspace.task_states(DAY).values()) == 2
