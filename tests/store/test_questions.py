"""Every question of `cypher/read/`, on every engine, over the same scene."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cases import CASES, Case

from ntmgraph.store import GraphStore
from ntmgraph.store.texts import FOLDER

READ = sorted((FOLDER / "read").glob("*.cypher"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.question)
def test_answers_over_the_scene(scene: GraphStore, case: Case) -> None:
    rows = scene.ask(case.question, **case.parameters)
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


def test_columns_are_those_of_the_header(scene: GraphStore) -> None:
    asked = {case.question: case.parameters for case in CASES} | {"criteria": {}, "graph": {}}
    assert set(asked) == {path.stem for path in READ}, "a question without a case, or a case without a question"
    for question, parameters in asked.items():
        rows = scene.ask(question, **parameters) or _any_rows(scene, question)
        header, _ = _parted((FOLDER / "read" / f"{question}.cypher").read_text(encoding="utf-8"))
        columns = re.sub(r"\([^)]*\)", "", header.partition("Columns:")[2].partition("Why:")[0])
        assert list(rows[0]) == [word.strip() for word in columns.split(",")], question


def _any_rows(graph: GraphStore, question: str) -> list[dict[str, object]]:
    return next(
        rows for case in CASES if case.question == question and (rows := graph.ask(question, **case.parameters))
    )


def _parted(text: str) -> tuple[str, str]:
    lines = text.splitlines()
    header = "\n".join(line.removeprefix("//").strip() for line in lines if line.startswith("//"))
    return header, "\n".join(line for line in lines if not line.startswith("//"))
