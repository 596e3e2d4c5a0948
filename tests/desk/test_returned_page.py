"""The page of a list that comes back: which changes an address approves, and what stands beside each."""

from __future__ import annotations

from datetime import date

import pytest
from records import PLAN
from trees import links, tagged, text_of

from dash_app.address import parse
from dash_app.pages.returned.data import Compared, Upload, chosen, turned
from dash_app.pages.returned.layout import page
from dash_app.words import words_of
from ntmgraph.export.returned import Change, Edit, Returned
from ntmgraph.queries import TaskName

SAY = words_of("vi")
PATH = "/nhiem-vu/nhap"


def change(row: int, last: str | None = None, *, conflict: bool = False) -> Change:
    edit = Edit(row, f"t{row}", date(2019, 6, 1), "Báo cáo 7", None)
    return Change(edit, TaskName(f"t{row}", "làm đường", PLAN), None, "chờ vốn", last, conflict)


ALL = (change(5), change(6), change(7, "ab12cd34ef", conflict=True))


@pytest.mark.parametrize(
    ("search", "rows"),
    [
        ("", [5, 6]),  # conflicts wait to be taken
        ("?left=5", [6]),
        ("?taken=7.ab12cd34", [5, 6, 7]),
        ("?taken=7.other", [5, 6]),  # somebody decided again since it was shown
        ("?none=1", []),
        ("?none=1&taken=6", [6]),
    ],
)
def test_an_address_approves_rows(search: str, rows: list[int]) -> None:
    assert [each.edit.row for each in chosen(parse(PATH, search), ALL)] == rows


@pytest.mark.parametrize("search", ["", "?left=5", "?none=1", "?none=1&taken=5", "?taken=7.ab12cd34"])
@pytest.mark.parametrize("each", ALL)
def test_a_box_turns_its_own_row_only_and_back(search: str, each: Change) -> None:
    before = chosen(parse(PATH, search), ALL)
    there = turned(parse(PATH, search), each, on=each in before)
    after = chosen(parse(*there.split("?")) if "?" in there else parse(there, ""), ALL)
    assert set(before) ^ set(after) == {each}


def test_each_change_stands_before_and_after_with_its_box() -> None:
    address = parse(PATH, "?file=k")
    upload = Upload(
        "việc.xlsx", Returned(tuple(each.edit for each in ALL), ()), written=2, refused=("Dòng 9: đã sửa.",)
    )
    shown = page(SAY, address, Compared(upload, ALL, ALL[:2], ("Dòng 8: không phải là ngày.",)))
    said = text_of(shown)
    for words in (
        "Tệp việc.xlsx thay đổi 3 nhiệm vụ trong 3 dòng. 1 nhiệm vụ trong đó đã được người khác sửa",
        "Đã ghi 2 thay đổi.",
        "Dòng 9: đã sửa. Dòng 8: không phải là ngày.",
        "Ghi 2 thay đổi đã chọn",
        "Đang thực hiện “chờ vốn” đã sửa từ khi xuất Hoàn thành ngày 01/06/2019 “Báo cáo 7”",
    ):
        assert words in said
    boxes = [each for each in tagged(shown, "A") if getattr(each, "role", None) == "checkbox"]
    assert [getattr(box, "aria-checked") for box in boxes] == ["true", "true", "false"]
    assert "/nhiem-vu/nhap?file=k&left=5" in links(shown)


def test_a_file_no_longer_kept_is_told() -> None:
    assert "không còn được giữ" in text_of(page(SAY, parse(PATH, "?file=k"), None))
    assert "Xuất danh mục" in text_of(page(SAY, parse(PATH, ""), None))
