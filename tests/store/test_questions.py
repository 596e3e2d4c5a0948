"""Every question of `cypher/read/`, on every engine, over the same scene."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cases import CASES, Case

from ntmgraph.model import Reading
from ntmgraph.store import GraphStore
from ntmgraph.store.texts import FOLDER, columns

READ = sorted((FOLDER / "read").glob("*.cypher"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.question)
def test_answers_over_the_scene(scene: GraphStore, case: Case) -> None:
    with taken_in(scene, *case.also):
        rows = scene.ask(case.question, **case.parameters)
    assert not rows or list(rows[0]) == list(columns(case.question))
    shown = [tuple(row[name] for name in case.columns) for row in rows]
    assert shown == list(case.rows) if case.ordered else sorted(map(repr, shown)) == sorted(map(repr, case.rows))


def test_the_set_of_a_criterion_first_named_by_a_document(scene: GraphStore) -> None:
    rows = {row["id"]: row for row in scene.ask("criteria")}
    assert rows["VN-XA-2016:17.8"]["level"] == "commune"
    assert rows["VN-XA-2016:17"]["named"]
    assert not rows["VN-XA-2016:1"]["named"]
    assert rows["?:2"]["set"] is None


@pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
def test_header_says_question_parameters_and_columns(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    header, body = _parted(text)
    assert "Question:" in header
    used = set(re.findall(r"\$(\w+)", body))
    assert used == set(re.findall(r"\$(\w+)", header)), "parameters of the header and of the text differ"


def test_each_question_has_a_case_with_rows(scene: GraphStore) -> None:
    without = {"criteria", "graph"}
    for question in without:
        assert list(scene.ask(question)[0]) == list(columns(question))
    assert {case.question for case in CASES if case.rows} | without == {path.stem for path in READ}


@contextmanager
def taken_in(graph: GraphStore, *directives: Callable[[], Reading]) -> Iterator[None]:
    """Take in directives, and remove them at the end."""
    for make in directives:
        graph.replace(make())
    yield
    for make in directives:
        graph.remove(make().document.id)


def _parted(text: str) -> tuple[str, str]:
    lines = text.splitlines()
    header = "\n".join(line.removeprefix("//").strip() for line in lines if line.startswith("//"))
    return header, "\n".join(line for line in lines if not line.startswith("//"))
