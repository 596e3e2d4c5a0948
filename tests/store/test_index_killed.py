"""The index of one machine after a kill: what the engine left half done neither stays twice nor stands in the way."""

from __future__ import annotations

import os
from multiprocessing import get_context
from pathlib import Path

from readings import Directive

from ntmgraph.model import Reading
from ntmgraph.store.search import passages
from ntmgraph.store.tantivy import TantivyIndex, open_index

EACH = 4  # documents of a commit
COMMITS = 7  # with one more there are so many segments that the engine merges them, in threads of its own


def letters(count: int) -> list[Reading]:
    written = [Directive(f"{number}/UBND-NLN") for number in range(1, count + 1)]
    for each in written:
        each.task("rà soát hồ sơ", ["Sở Tài chính"])
    return [each.reading() for each in written]


def take_in(index: TantivyIndex, *readings: Reading) -> None:
    for reading in readings:
        index.replace(reading)
    index.commit()


def assert_once(index: TantivyIndex, readings: list[Reading]) -> None:
    wanted = {reading.document.id: len(passages(reading)) for reading in readings}
    assert index.passages(list(wanted)) == wanted


def killed_before_it_merged(folder: Path) -> None:
    """Fill an index, replace a document of each commit but the first, and end without closing it."""
    index, readings = open_index(folder), letters(EACH * COMMITS)
    for start in range(0, len(readings), EACH):
        take_in(index, *readings[start : start + EACH])
    take_in(index, *readings[EACH + 1 :: EACH])
    os._exit(0)


def test_what_the_next_program_replaces_first_is_there_once(tmp_path: Path) -> None:
    killed = get_context("spawn").Process(target=killed_before_it_merged, args=(tmp_path,))
    killed.start()
    killed.join()
    assert killed.exitcode == 0
    readings = letters(EACH * COMMITS)
    index = open_index(tmp_path)
    take_in(index, readings[EACH + 2])
    index.close()
    index = open_index(tmp_path)
    assert_once(index, readings)
    index.close()


def test_a_commit_broken_off_before_its_end_can_be_made_again(tmp_path: Path) -> None:
    readings = letters(2)
    index = open_index(tmp_path)
    take_in(index, *readings)
    index.close()
    before = (tmp_path / "meta.json").read_bytes()  # what a commit writes last
    for _ in range(2):
        index = open_index(tmp_path)
        take_in(index, readings[0])
        assert_once(index, readings)
        index.close()
        (tmp_path / "meta.json").write_bytes(before)
