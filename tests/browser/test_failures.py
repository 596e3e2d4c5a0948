"""What a reader sees when something of ours fails: what, what next, where the log is; and that it goes again."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from dash import Dash, Input, Output, html
from dash.development.base_component import Component
from directives import write_letters
from screen import Screen, complaints
from selenium.webdriver import Chrome

from dash_app.address import Address
from dash_app.app import make_app
from dash_app.page import Desk, Page
from dash_app.pages import deadlines
from dash_app.server import Server
from ntmgraph.workspace import Workspace

pytestmark = pytest.mark.browser
FAILED = "Chưa hiển thị được trang này"


def _sound(desk: Desk, address: Address) -> Component:
    return html.Div(
        [
            html.P("trang lành"),
            html.A("đến trang hỏng", href="/nap"),
            html.A("đi tiếp", href="/?q=1"),
            html.Button("gặp lỗi", id="overview-break"),
            html.P(id="overview-out"),
        ]
    )


def _broken(desk: Desk, address: Address) -> Component:
    raise RuntimeError("trang này hỏng")


def _wire(app: Dash, workspace: Workspace) -> None:
    @app.callback(Output("overview-out", "children"), Input("overview-break", "n_clicks"), prevent_initial_call=True)
    def fail(clicks: int) -> str:
        raise RuntimeError("nút này hỏng")


@contextmanager
def desk_over(workspace: Workspace, *pages: Page) -> Iterator[Server]:
    """The real frame, guard and server around pages of the test."""
    app = make_app(workspace, pages)
    server = Server(app.server, script_hashes=app.csp_hashes())
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(timeout=10)


@pytest.fixture
def on(chromium: Chrome, empty_workspace: Path, tmp_path: Path) -> Iterator[tuple[Screen, Workspace, Server]]:
    workspace = Workspace.open(shutil.copytree(empty_workspace, tmp_path / "workspace"))
    pages = (Page("overview", "/", "overview", _sound, _wire), Page("take_in", "/nap", "take_in", _broken))
    with workspace, desk_over(workspace, *pages) as server:
        chromium.get(server.address)
        yield Screen(chromium, server.address.split("?")[0].rstrip("/")), workspace, server


def test_what_fails_is_told_with_its_log_and_goes_with_the_next_page(on: tuple[Screen, Workspace, Server]):
    screen, workspace, _ = on
    log = str(workspace.log_file)
    screen.click("đến trang hỏng")
    screen.see(FAILED, "#page [role=alert]")
    screen.see(log, "#page [role=alert]")
    screen.driver.back()
    screen.click("gặp lỗi")
    screen.see(FAILED, "#notice [role=alert]")
    screen.see(log, "#notice [role=alert]")
    screen.click("đi tiếp")
    screen.gone(FAILED)
    screen.click("gặp lỗi")
    screen.see(FAILED, "#notice")
    screen.click("Đóng", "#notice button")
    screen.gone(FAILED)
    written = workspace.log_file.read_text(encoding="utf-8")
    assert "dash_app.shell: page /nap failed" in written
    assert "dash_app.app: callback failed" in written
    complaints(screen.driver, screen.origin)


def test_a_program_that_has_ended_is_told_of(on: tuple[Screen, Workspace, Server]):
    screen, _, server = on
    screen.see("trang lành", "#page")
    server.stop()
    screen.click("đến trang hỏng")
    screen.see("Chương trình không trả lời", "#lost")
    screen.see("mở lại chương trình", "#lost")
    complaints(screen.driver, screen.origin)


def test_why_a_state_could_not_be_written_is_told_in_its_form(
    chromium: Chrome, empty_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "workspace")) as workspace:
        workspace.ingest(write_letters(tmp_path / "vào", 1))
        with desk_over(workspace, deadlines.PAGE) as server:
            chromium.get(server.address)
            screen = Screen(chromium, server.address.split("?")[0].rstrip("/"))
            screen.open("/nhiem-vu?on=2020-01-10")
            screen.click("quá", "#deadlines-list td")
            screen.see("cho nhiệm vụ đang xem", ".for-whom")
            monkeypatch.setattr("ntmgraph.workspace.folder._ROOM", 2**60)  # no disk has that much left
            screen.click("Đã hoàn thành", "#deadlines-form button")
            screen.see("Chưa làm được việc này. Ổ đĩa có kho", "#deadlines-form .said")
            screen.see("Hãy xóa bớt tệp không dùng rồi làm lại.", "#deadlines-form .said")
            complaints(screen.driver, screen.origin)
