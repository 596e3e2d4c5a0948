"""`make evaluate`: what it counts as right, what it keeps of a run, what it never shows."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import evaluate
import pytest
from evaluation.gold import CLOSED, GOLD, annotated
from evaluation.runs import COMMITTED, Scored, read_committed, run, sums, write_committed
from evaluation.scoring import Count, score
from evaluation.words import fold, like

from ntmgraph.model import Role


@cache
def dev() -> list[Scored]:
    return run(("dev",))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ủy ban nhân dân tỉnh", "UBND tỉnh"),
        ("Uỷ ban nhân dân  TỈNH", "ủy ban nhân dân tỉnh"),
        ("Sở Lao động - Thương binh và Xã hội", "Sở Lao động – TBXH"),
        ("thuỷ lợi", "thủy lợi"),
        ("quý II", "QUÝ II"),
    ],
)
def test_wordings_that_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Sở Tài chính", "Giám đốc Sở Tài chính", True),
        ("Sở Tài chính", "Sở Y tế", False),
        ("", "Sở Y tế", False),
        ("Sở Y tế", "Sở Y tế " + "và " * 30, False),  # a sentence holds every name
    ],
)
def test_names(one: str, other: str, expected: bool) -> None:
    assert like(one, other) is expected


LOST = "giám sát việc huy động đóng góp"  # words of one task of dev-2021-hatinh, and of no other


def hatinh() -> Scored:
    return next(each for each in dev() if "hatinh" in each.gold.name)


def test_counts_follow_the_reading() -> None:
    """A reading that loses a task and turns a role is marked down for these and for nothing else."""
    gold, reading = hatinh().gold, hatinh().reading
    sound = score(gold, reading)
    tasks = [task for task in reading.tasks if LOST not in task.what]
    assert len(tasks) == len(reading.tasks) - 1
    tasks[0] = replace(tasks[0], role=Role.REQUEST)
    worse = score(gold, replace(reading, tasks=tuple(tasks)))
    lost = {fault.name for fault in worse.faults} - {fault.name for fault in sound.faults}
    assert sorted(kind for _, kind, _ in lost) == ["task", "task_role"]
    for kind, count in sound.counts.items():
        fewer = {"task": 1, "task_who": 1, "task_role": 2}.get(kind, 0)
        assert worse.counts[kind].right == count.right - fewer, kind


def test_nothing_read_counts_nothing_right() -> None:
    gold, reading = dev()[0].gold, dev()[0].reading
    empty = replace(
        reading,
        **dict.fromkeys(
            ("references", "agencies", "places", "criteria", "deadlines", "tasks", "targets", "results"), ()
        ),
    )
    counts = score(gold, empty).counts
    assert all(count.right == 0 for kind, count in counts.items() if not kind.startswith("header"))
    assert counts["task"] == Count(0, 0, len(gold.tasks))


def test_a_run_that_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "run.txt"
    write_committed(dev(), path)
    again = read_committed(path)
    assert again.faults == {each.gold.name: frozenset(f.name for f in each.scores.faults) for each in dev()}
    assert again.figures["dev", "task"] == pytest.approx(sums(dev(), "dev")["task"].f1, abs=0.0005)
    write_committed([], path)  # a machine that lacks the documents of a group keeps what was said of it
    assert read_committed(path).faults == again.faults


def test_gains_and_losses_are_told_fact_by_fact(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "run.txt"
    write_committed(dev(), path)
    before = read_committed(path)
    each = hatinh()
    tasks = tuple(task for task in each.reading.tasks if LOST not in task.what)
    worse = score(each.gold, replace(each.reading, tasks=tasks))
    evaluate.print_changes([replace(each, scores=worse)], before, closed=())
    said = capsys.readouterr().out
    assert "0 gained, 1 lost" in said
    assert re.search(r"- task 6: wanted .*\n +“.*huy động quá sức dân.*”", said)


def test_words_of_closed_documents_are_never_shown(capsys: pytest.CaptureFixture[str]) -> None:
    evaluate.main(["--kind", "task"])
    said = capsys.readouterr().out + COMMITTED.read_text(encoding="utf-8")
    for gold in annotated(CLOSED):
        for task in gold.tasks:
            assert task.what not in said
        for line in gold.path.read_text(encoding="utf-8").splitlines():
            assert len(line) < 60 or line.strip() not in said


def test_accepted_run_names_no_document_of_others() -> None:
    """Real directives stay outside the project, their numbers and names too."""
    seeds = COMMITTED.read_text(encoding="utf-8").partition("== seeds")[2].partition("\n== ")[0]
    faults = [line.split() for line in seeds.splitlines() if line.startswith(("   missed", "   extra"))]
    assert all(len(words) == 3 for words in faults)
    assert (GOLD / "evaluation.txt") == COMMITTED
