"""The way from a page to its files: the address of a file is that of the page and keeps its question."""

from __future__ import annotations

import pytest
from trees import links, text_of

from dash_app.address import parse
from dash_app.app import PAGES
from dash_app.components import export_links
from dash_app.exports import EXPORTS
from dash_app.words import words_of

SAY = words_of("vi")


def test_files_are_asked_what_the_page_was_asked() -> None:
    address = parse("/nhiem-vu", "?agency=so-xd&on=2023-02-01&row=t1&offset=200")
    shown = export_links(SAY, address, ("xlsx", "docx"), papers=[("don-doc", "export.reminder")])
    assert links(shown) == [
        "/xuat/nhiem-vu.xlsx?agency=so-xd&on=2023-02-01",
        "/xuat/nhiem-vu.docx?agency=so-xd&on=2023-02-01",
        "/xuat/don-doc.docx?agency=so-xd&on=2023-02-01",
    ]
    assert text_of(shown) == "Xuất Excel Word Công văn đôn đốc"


@pytest.mark.parametrize("name", sorted(EXPORTS.keys() - {"don-doc"}))
def test_each_list_has_the_address_of_its_page(name: str) -> None:
    assert f"/{name}" in {page.path for page in PAGES}
