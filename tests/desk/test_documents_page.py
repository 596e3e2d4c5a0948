"""The list of documents: filters that keep the scope, badges on what is not issued, what to do when it is empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from trees import links, tagged, text_of

from dash_app.address import Address, parse
from dash_app.pages.documents.layout import view
from dash_app.words import words_of
from ntmgraph.queries import DocumentChoices, DocumentName, DocumentRow

SAY = words_of("vi")
ROW = DocumentRow(
    "kh-7",
    "Kế hoạch",
    "7/KH-UBND",
    date(2018, 1, 9),
    None,
    "UBND tỉnh Hà Nam",
    "Hà Nam",
    "Về nước sạch",
    "issued",
    12,
    2,
)
CHOICES = DocumentChoices((2018, 2017), ("Công văn", "Kế hoạch"), ("UBND tỉnh Hà Nam",))


def line(row: DocumentRow) -> str:
    return text_of(tagged(view(SAY, Address("/van-ban"), [row], 1, CHOICES), "Tbody"))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ROW, "Kế hoạch 7/KH-UBND 09/01/2018 Về nước sạch UBND tỉnh Hà Nam 12 2"),
        (replace(ROW, tasks=0, issues=0), "Kế hoạch 7/KH-UBND 09/01/2018 Về nước sạch UBND tỉnh Hà Nam – –"),
        (
            replace(ROW, number=None, date=None, date_text="tháng 3 năm 2018", state="draft"),
            "Kế hoạch: Về nước sạch dự thảo tháng 3 năm 2018 Về nước sạch UBND tỉnh Hà Nam 12 2",
        ),
        (
            replace(ROW, date=None, subject=None, issuer=None, state="news"),
            "Kế hoạch 7/KH-UBND tin bài chưa có ngày văn bản không nêu văn bản không nêu 12 2",
        ),
        (
            replace(ROW, replaced_by=DocumentName("kh-9", "9/KH-UBND", date(2019, 1, 9), None, "Kế hoạch", None)),
            "Kế hoạch 7/KH-UBND hết hiệu lực 09/01/2018 Về nước sạch UBND tỉnh Hà Nam 12 2",
        ),
        (replace(ROW, subject="<b>x</b>"), "Kế hoạch 7/KH-UBND 09/01/2018 <b>x</b> UBND tỉnh Hà Nam 12 2"),
    ],
)
def test_a_document_is_one_line(row: DocumentRow, words: str):
    assert line(row) == words


def test_a_line_leads_to_its_document():
    shown = view(SAY, Address("/van-ban"), [replace(ROW, id="a/b c")], 1, CHOICES)
    assert "/van-ban/a%2Fb%20c" in links(shown)


def test_filters_show_what_is_chosen_and_keep_the_scope():
    address = parse("/van-ban", "?year=2018&province=Hà Nam&offset=200")
    (form,) = tagged(view(SAY, address, [ROW], 1, CHOICES), "Form")
    assert [option.value for option in tagged(form, "Option") if option.selected] == ["2018", "", ""]
    assert getattr(form, "data-keep-province") == "Hà Nam"
    assert not hasattr(form, "data-keep-offset")


def test_a_narrowed_list_offers_the_whole_one():
    shown = view(SAY, parse("/van-ban", "?type=Kế hoạch&on=2018-01-01"), [], 0, CHOICES)
    assert "/van-ban?on=2018-01-01" in links(shown)
    assert "Không có văn bản nào khớp" in text_of(shown)


def test_an_empty_workspace_says_what_to_do():
    shown = view(SAY, Address("/van-ban"), [], 0, DocumentChoices((), (), ()))
    assert links(shown) == ["/nap"]
