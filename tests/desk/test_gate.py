"""The gate before the desk: what keeps a workspace closed is told with what to do, and done from there."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from directives import write_letters
from werkzeug.test import Client

from dash_app.desktop.gate import HOME, Gate
from dash_app.desktop.state import Phase, State
from ntmgraph import preferences
from ntmgraph.workspace import Workspace

PATIENCE = 60


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, empty_workspace: Path) -> Path:
    """A workspace with three letters."""
    folder = shutil.copytree(empty_workspace, tmp_path_factory.mktemp("filled") / "kho")
    inbox = tmp_path_factory.mktemp("inbox")
    with Workspace.open(folder) as workspace:
        workspace.ingest(write_letters(inbox, 3))
        assert workspace.count_documents() == 3
    return folder


@pytest.fixture
def kho(filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled, tmp_path / "kho")


@pytest.fixture
def gate() -> Gate:
    gate = Gate(None)
    yield gate
    gate.close()


def settled(gate: Gate) -> State:
    """The state of the gate as soon as a workspace is open or cannot be."""
    waiting, ticks = threading.Event(), 0
    while gate.state.phase not in (Phase.READY, Phase.TROUBLE):
        waiting.wait(0.05)
        ticks += 1
        assert ticks < PATIENCE * 20, gate.state
    return gate.state


def opened(gate: Gate, folder: Path) -> State:
    gate.open(folder)
    return settled(gate)


def press(gate: Gate, button: str, typed: str = "") -> str:
    return Client(gate).post(f"{HOME}/{button}", data=typed).get_data(as_text=True)


def page(gate: Gate) -> str:
    return Client(gate).get(HOME).get_data(as_text=True)


def build_of(folder: Path) -> Path:
    return folder / "builds" / json.loads((folder / "workspace.json").read_bytes())["build"]


def truth(folder: Path) -> dict[str, bytes]:
    kept = [*(folder / "originals").rglob("*"), folder / "decisions.jsonl"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in kept if path.is_file()}


def break_graph(folder: Path) -> None:
    file = build_of(folder) / "graph" / "graph.ladybug"
    file.write_bytes(b"x" * 4096 + file.read_bytes()[4096:])


def break_index(folder: Path) -> None:
    (build_of(folder) / "search" / "meta.json").write_bytes(b"{")


def break_file(folder: Path) -> None:
    (folder / "workspace.json").write_bytes(b'{"lay')


@pytest.mark.parametrize("break_", [break_graph, break_index, break_file])
def test_what_is_damaged_is_told_and_rebuilt_by_a_button(gate: Gate, kho: Path, break_: Callable[[Path], None]):
    before = truth(kho)
    break_(kho)
    state = opened(gate, kho)
    assert (state.phase, state.can_rebuild) == (Phase.TROUBLE, True)
    assert "bị hỏng" in page(gate)
    assert 'data-window-act="dung-lai"' in page(gate)
    press(gate, "dung-lai")
    assert settled(gate).phase is Phase.READY
    assert truth(kho) == before
    assert gate.workspace is not None
    assert gate.workspace.count_documents() == 3


def test_a_workspace_of_the_version_before_is_rebuilt_with_its_progress_told(gate: Gate, kho: Path):
    (build_of(kho) / "version").write_text("3")
    told: list[dict[str, object]] = []
    gate.open(kho)
    while gate.state.phase not in (Phase.READY, Phase.TROUBLE):
        told.append(Client(gate).get(f"{HOME}/trang-thai").get_json())
        threading.Event().wait(0.02)
    assert gate.state.phase is Phase.READY, gate.state.trouble
    assert "rebuilding" in {each["phase"] for each in told}
    assert {each["total"] for each in told if each["phase"] == "rebuilding"} <= {0, 3}
    assert max(int(str(each["done"])) for each in told) > 0
    assert gate.workspace.count_documents() == 3


def test_a_newer_workspace_is_refused_and_left_as_it_is(gate: Gate, kho: Path):
    (kho / "workspace.json").write_text('{"layout": 99, "build": "1"}')
    state = opened(gate, kho)
    assert (state.phase, state.can_rebuild) == (Phase.TROUBLE, False)
    assert "bản ntmgraph mới hơn" in state.trouble
    assert "dung-lai" not in page(gate)
    assert (kho / "workspace.json").read_text() == '{"layout": 99, "build": "1"}'


def test_who_holds_a_workspace_is_told_and_the_next_try_gets_it(gate: Gate, kho: Path):
    with Workspace.open(kho, task="đang nạp văn bản"):
        assert "đang nạp văn bản" in opened(gate, kho).trouble
    press(gate, "thu-lai")
    assert settled(gate).phase is Phase.READY


def test_another_workspace_is_opened_by_its_path_and_remembered(gate: Gate, kho: Path, filled: Path, tmp_path: Path):
    assert opened(gate, kho).phase is Phase.READY
    assert "Không có thư mục" in press(gate, "mo", str(tmp_path / "không" / "có"))
    assert "Không có thư mục" in press(gate, "mo", "kho")
    assert gate.state.phase is Phase.READY
    other = tmp_path / "kho khác"
    assert press(gate, "mo", f'"{other}"') == ""
    assert settled(gate).where == str(other)
    assert gate.workspace.count_documents() == 0
    assert preferences.workspace_folder() == other
    preferences.save(workspace=None)
    Workspace.open(kho, patience=0).close()  # the first one was let go


def test_names_are_text_on_the_pages_of_the_gate(gate: Gate, tmp_path: Path):
    folder = tmp_path / "<img src=x onerror=alert(1)>"
    folder.mkdir()
    (folder / "khác.txt").write_text("")
    assert opened(gate, folder).phase is Phase.TROUBLE
    assert "<img" not in page(gate)
    assert "&lt;img src=x" in page(gate)


def test_what_is_asked_for_before_the_desk_is_there_is_the_page_of_the_gate(gate: Gate):
    assert 'data-phase="opening"' in Client(gate).get("/van-ban/1?x=2").get_data(as_text=True)
    assert Client(gate).post("/_dash-update-component", json={}).status_code == 503


def test_the_button_ends_the_program(gate: Gate, kho: Path):
    opened(gate, kho)
    press(gate, "ket-thuc")
    assert gate.ended.is_set()
    gate.close()
    assert gate.state.phase is Phase.ENDED
    Workspace.open(kho, patience=0).close()
