"""The shell: pages by address, menu with scope, an error that becomes a sentence, and nothing from the network."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from dash import html
from trees import letters_of, tagged

import dash_app
from dash_app import shell
from dash_app.address import Address, parse
from dash_app.app import PAGES
from dash_app.page import Desk, Page
from dash_app.words import words_of
from ntmgraph.workspace import Workspace, WorkspaceError

ASSETS = Path(dash_app.__file__).parent / "assets"
DESK = Desk(None, words_of("vi"), date(2019, 10, 1))  # type: ignore[arg-type]


def plain(desk: Desk, address: Address) -> html.Div:
    return html.Div("x")


def broken(desk: Desk, address: Address) -> html.Div:
    raise RuntimeError("x")


HERE = (
    Page("search", "/tim-kiem", "search", plain),
    Page("documents", "/van-ban", "documents", plain),
    Page("document", "/van-ban/", "documents", plain, in_menu=False),
    Page("trace", "/truy-vet", "trace", broken),
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "overview"),
        ("/truy-vet", "trace"),
        ("/truy-vet/", "trace"),
        ("/van-ban", "documents"),
        ("/van-ban/", "documents"),
        ("/van-ban/x%2F1", "document"),
        ("/van-banx", None),
        ("/khac", None),
    ],
)
def test_each_address_has_its_page(path: str, expected: str | None) -> None:
    page = shell.page_at(PAGES, path)
    assert (page.name if page else None) == expected


def test_every_page_has_a_title_and_a_sign() -> None:
    for page in PAGES:
        assert words_of("vi").known(f"nav.{page.name}")
        assert (ASSETS / "icons" / f"{page.icon}.svg").is_file()


def test_the_menu_carries_province_and_day_and_marks_the_page() -> None:
    menu = shell.menu(HERE, DESK, parse("/van-ban/x", "?province=M%E1%BA%ABu&on=2019-10-01&at=3"))
    links = {link.href: getattr(link, "aria-current", None) for link in tagged(tagged(menu, "Ul"), "A")}
    assert links == {
        "/tim-kiem?province=M%E1%BA%ABu&on=2019-10-01": None,
        "/van-ban?province=M%E1%BA%ABu&on=2019-10-01": "page",
        "/truy-vet?province=M%E1%BA%ABu&on=2019-10-01": None,
    }


def test_without_the_graph_the_menu_has_its_pages_and_the_bar_its_scope() -> None:
    def unreachable(desk: Desk, address: Address) -> int:
        raise WorkspaceError("x")

    pages = (Page("review", "/ra-soat", "review", plain, count=unreachable), *HERE)
    address = parse("/ra-soat", "?province=M%E1%BA%ABu")
    with pytest.raises(WorkspaceError):
        shell.menu(pages, DESK, address)
    menu = shell.menu(pages, DESK, address, asked=False)
    links = tagged(tagged(menu, "Ul"), "A")
    assert links[0].href == "/ra-soat?province=M%E1%BA%ABu"
    assert "Mẫu" in letters_of(shell.bar(DESK, address, asked=False))


def test_a_page_that_fails_says_so_and_what_next(empty_workspace: Path, tmp_path: Path) -> None:
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:
        said = letters_of(shell.render(HERE, replace(DESK, workspace=workspace), parse("/truy-vet", "")))
        assert "page /truy-vet failed" in workspace.log_file.read_text(encoding="utf-8")
    assert "Chưa hiển thị được trang này" in said and "Thử lại" in said
    assert str(tmp_path / "kho" / "logs" / "ntmgraph.log") in said


def test_an_address_without_page_leads_back() -> None:
    shown = shell.render(HERE, DESK, parse("/khac", ""))
    assert "/khac" in letters_of(shown) and [link.href for link in tagged(shown, "A")] == ["/"]


@pytest.mark.parametrize("path", sorted(ASSETS.rglob("*.*")), ids=lambda path: path.name)
def test_assets_ask_nothing_of_the_network(path: Path) -> None:
    addresses = re.findall(r"https?://[^\s\"')]+", path.read_text(encoding="utf-8"))
    assert set(addresses) <= {"http://www.w3.org/2000/svg"}


def test_every_icon_of_the_style_sheet_is_a_file() -> None:
    named = re.findall(r"url\((icons/[\w-]+\.svg)\)", (ASSETS / "icons.css").read_text(encoding="utf-8"))
    assert {name for name in named if not (ASSETS / name).is_file()} == set()
