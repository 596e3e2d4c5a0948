"""Where a sentence stands: shown in its original, or alone with the reason where the original is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import workbooks
from directives import write_letters
from trees import tagged, text_of

from dash_app.address import parse
from dash_app.app import PAGES
from dash_app.components import Proof, evidence_panel
from dash_app.excerpts import excerpt_of
from dash_app.page import Desk
from dash_app.shell import page_at
from dash_app.words import words_of
from ntmgraph.model import Evidence
from ntmgraph.queries import DeadlineQuestion, ProgressQuestion
from ntmgraph.workspace import Workspace

SAY = words_of("vi")
ON = date(2024, 1, 10)


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory, empty_workspace: Path) -> Path:
    folder = shutil.copytree(empty_workspace, tmp_path_factory.mktemp("excerpts") / "kho")
    sheet = folder.parent / "biểu.xlsx"
    sheet.write_bytes(workbooks.matrix())
    with Workspace.open(folder) as workspace:
        workspace.ingest([*write_letters(folder.parent / "vào", 1), sheet])
    return folder


@pytest.fixture
def desk(taken_in: Path, tmp_path: Path) -> Iterator[Desk]:
    with Workspace.open(shutil.copytree(taken_in, tmp_path / "kho")) as workspace:
        yield Desk(workspace, SAY, ON)


def lose_originals(desk: Desk) -> None:
    for row in desk.workspace.documents()[0]:
        desk.workspace.original(row.id).unlink()


def addresses(desk: Desk) -> list[tuple[str, str]]:
    """Each page with something chosen, and the sentence that it rests on."""
    task = desk.workspace.deadlines(DeadlineQuestion(ON)).rows[0]
    units = desk.workspace.progress_view(ProgressQuestion(ON, province="Hà Giang")).units
    (result,) = desk.workspace.results(next(each.count.result for each in units if each.count), on=ON)
    return [
        (f"/nhiem-vu?on=2024-01-10&row={task.task}", task.evidence.quote),
        (f"/truy-vet?agency={task.agency[0].id}", ""),
        (f"/tien-do?province=Hà Giang&on=2024-01-10&row=r~{result.id}", result.evidence.quote),
    ]


def test_a_lost_original_takes_no_page_down(desk: Desk):
    known = addresses(desk)
    lose_originals(desk)
    for address, quote in known:
        path, _, search = address.partition("?")
        page = page_at(PAGES, path)
        assert page is not None
        shown = page.render(desk, parse(path, f"?{search}"))
        marks = [text_of(mark) for mark in tagged(shown, "Mark")]
        assert " ".join(quote.split()) in marks if quote else marks
        assert "tệp gốc không mở được" in text_of(shown), address


def test_a_sentence_that_is_not_at_its_place_is_shown_alone(desk: Desk):
    row = desk.workspace.deadlines(DeadlineQuestion(ON)).rows[0]
    assert excerpt_of(desk, row.document.id, row.evidence) is not None
    moved = replace(row.evidence, start=row.evidence.start + 1, end=row.evidence.end + 1)
    assert excerpt_of(desk, row.document.id, moved) is None
    assert excerpt_of(desk, "không/có", Evidence(None, 0, 1, "x", "order")) is None


def test_nothing_is_decided_on_a_fact_that_is_not_seen_in_its_place(desk: Desk):
    row = desk.workspace.deadlines(DeadlineQuestion(ON)).rows[0]
    whole = Proof(
        row.document, row.evidence, excerpt_of(desk, row.document.id, row.evidence), row.basis, row.rule, fact=row.task
    )
    assert "Sửa…" in text_of(evidence_panel(SAY, whole))
    assert "Sửa…" not in text_of(evidence_panel(SAY, replace(whole, excerpt=None)))
