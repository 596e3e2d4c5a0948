"""Saved searches: kept by name in the folder of the machine, through restarts, rebuilds and a broken file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ntmgraph.queries import SavedSearch
from ntmgraph.workspace import NameTakenError, Workspace
from ntmgraph.workspace.searches import SavedSearches

WATER, ROADS = {"q": "nước sạch", "province": "Cao Bằng"}, {"q": '"giao thông"', "year": "2022"}


@pytest.fixture
def searches(tmp_path: Path) -> SavedSearches:
    return SavedSearches(tmp_path / "searches.json")


def test_saved_renamed_and_deleted(searches: SavedSearches, tmp_path: Path) -> None:
    assert searches.all() == ()
    searches.save("Đường", ROADS)
    searches.save("Ao", WATER)
    searches.save("Ao", WATER)  # twice equals once
    assert SavedSearches(tmp_path / "searches.json").all() == (SavedSearch("Ao", WATER), SavedSearch("Đường", ROADS))
    searches.rename("Ao", "Nước")
    searches.rename("Không có", "Gì đó")
    assert [each.name for each in searches.all()] == ["Đường", "Nước"]
    searches.drop("Đường")
    searches.drop("Đường")
    assert searches.all() == (SavedSearch("Nước", WATER),)


def test_a_name_is_given_once(searches: SavedSearches) -> None:
    searches.save("Nước", WATER)
    searches.save("Đường", ROADS)
    with pytest.raises(NameTakenError, match=r"“Nước”\. Hãy đặt tên khác"):
        searches.save("Nước", ROADS)
    with pytest.raises(NameTakenError):
        searches.rename("Đường", "Nước")
    assert [each.values for each in searches.all()] == [ROADS, WATER]


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"x": 1}'])
def test_a_broken_file_is_put_aside(searches: SavedSearches, tmp_path: Path, content: str) -> None:
    (tmp_path / "searches.json").write_text(content)
    assert searches.all() == ()
    searches.save("Nước", WATER)
    assert searches.all() == (SavedSearch("Nước", WATER),)
    assert (tmp_path / "searches.broken.json").read_text() == content


def test_a_rebuild_leaves_them(tmp_path: Path, empty_workspace: Path) -> None:
    folder = shutil.copytree(empty_workspace, tmp_path / "kho")
    with Workspace.open(folder) as workspace:
        workspace.searches.save("Nước", WATER)
        workspace.rebuild()
    with Workspace.open(folder) as workspace:
        assert workspace.searches.all() == (SavedSearch("Nước", WATER),)
