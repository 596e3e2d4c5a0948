"""The search page: what it asks, the words around a hit, the facets as toggles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from trees import links, tagged, text_of

from dash_app.address import Address, parse
from dash_app.pages.search.data import ASKED, EXCERPT, asked, excerpt, place_of, question_of, values_of
from dash_app.pages.search.layout import hit_view, provision_words, results, save_box, saved_list
from dash_app.words import words_of
from ntmgraph.queries import DocumentName, FacetValue, SavedSearch, SearchAnswer, SearchHit, SearchQuestion

SAY = words_of("vi")
LETTER = DocumentName("cv-12", "12/UBND-KT", date(2018, 3, 5), "UBND tỉnh Hà Nam", "Công văn", "Về nước sạch")
HIT = SearchHit(
    LETTER,
    "cv-12:2",
    "2.a",
    100,
    1.5,
    "Sở Xây dựng kiểm tra nước sạch tại các xã, báo cáo về nước sạch.",
    ((21, 30), (54, 63)),
)


@pytest.mark.parametrize(
    ("search", "question"),
    [
        ("", None),
        ("?q=", None),
        ("?q=%20%20", None),
        ("?year=2018", SearchQuestion("", year=2018)),
        ("?q=nuoc+sach", SearchQuestion("nuoc sach")),
        ("?q=x&year=2018&type=Công văn", SearchQuestion("x", year=2018, type="Công văn")),
        ("?q=x&year=nam", SearchQuestion("x")),
        ("?q=x&province=Cao Bằng", SearchQuestion("x", province="Cao Bằng")),
        ("?province=Cao Bằng", None),
        ("?q=x&criterion=VN-XA-2016:17&offset=50", SearchQuestion("x", criterion="VN-XA-2016:17", offset=50)),
    ],
)
def test_the_address_is_the_question(search: str, question: SearchQuestion | None):
    assert question_of(parse("/tim-kiem", search)) == question


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("nước sạch", "nước sạch"),
        ("x" * ASKED, "x" * ASKED),
        ("x" * (ASKED + 1), "x" * ASKED),  # a text without a space is cut anyhow
        ("từ " * ASKED, ("từ " * 100).rstrip()),  # the last word is whole or left out
        ("tiếng " * ASKED, ("tiếng " * 50).rstrip()),
    ],
)
def test_a_long_text_is_asked_by_its_first_words(typed: str, words: str):
    assert asked(typed) == words
    assert question_of(Address("/tim-kiem", (("q", typed),))) == SearchQuestion(words)


@pytest.mark.parametrize("rows", [(HIT,), ()])
def test_a_long_text_is_not_repeated_whole_and_what_was_cut_is_said(rows: tuple[SearchHit, ...]):
    typed = "nước sạch " * 800
    shown = text_of(
        results(SAY, Address("/tim-kiem", (("q", typed),)), SearchAnswer(rows, {}, len(rows), len(rows), 4))
    )
    assert "nước sạch nước sạch" in shown
    assert len(shown) < 500
    assert "Chỉ tìm 300 chữ cái đầu" in shown


LONG = "mở đầu " * 60 + "nước sạch" + " kết thúc" * 90


@pytest.mark.parametrize(
    ("text", "highlights", "marked"),
    [
        ("ngắn", (), []),
        ("có nước sạch", ((3, 12),), ["nước sạch"]),
        (LONG, ((420, 429),), ["nước sạch"]),
        (LONG, ((420, 429), (0, 2)), ["nước sạch"]),  # the first in the list leads; what lies outside is left out
        ("x" * 900, ((500, 510),), ["x" * 10]),  # a text without a space is cut anyhow
        ("x" * 900, ((10, 890),), ["x" * 350]),
    ],
)
def test_an_excerpt_shows_the_hit(text: str, highlights: tuple[tuple[int, int], ...], marked: list[str]):
    shown, spans = excerpt(replace(HIT, text=text, highlights=highlights))
    assert [shown[start:end] for start, end in spans] == marked
    assert len(shown) <= EXCERPT + len("…  …")
    assert shown.strip("… ") in text


def test_a_hit_leads_to_its_place_and_marks_its_words():
    view = hit_view(SAY, HIT)
    assert place_of(HIT) == 121
    assert links(view) == ["/van-ban/cv-12?at=121"]
    assert [mark.children for mark in tagged(view, "Mark")] == ["nước sạch", "nước sạch"]
    assert "Công văn 12/UBND-KT mục 2.a 05/03/2018 · UBND tỉnh Hà Nam" in text_of(view)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("III.3", "mục III.3"),
        ("2.a", "mục 2.a"),
        ("Điều 2.1", "Điều 2.1"),
        ("III.3.p1", "mục III.3"),
        ("I.1.-2", "mục I.1"),
        ("Điều 1.b1.12", "Điều 1"),
        ("p4", None),
        ("", None),
        ("header", "phần đầu"),
        ("closing", "phần cuối"),
    ],
)
def test_a_provision_goes_by_the_label_that_people_see(path: str, words: str | None):
    assert provision_words(SAY, path) == words


def test_words_of_a_document_never_become_markup():
    view = hit_view(SAY, replace(HIT, text="<script>alert(1)</script>", highlights=((0, 8),)))
    assert [mark.children for mark in tagged(view, "Mark")] == ["<script>"]
    assert not tagged(view, "Script")
    assert "alert(1)</script>" in text_of(view)


def answer(*hits: SearchHit, total: int = 1) -> SearchAnswer:
    facets = {"year": (FacetValue("2018", "2018", 3), FacetValue("2017", "2017", 1)), "place": ()}
    return SearchAnswer(hits, facets, total, min(total, 10_000), 0.4)


def test_a_facet_narrows_and_its_second_click_widens():
    free = results(SAY, Address("/tim-kiem", (("q", "nước"),)), answer(HIT))
    assert "/tim-kiem?q=n%C6%B0%E1%BB%9Bc&year=2018" in links(free)
    narrow = results(SAY, Address("/tim-kiem", (("q", "nước"), ("year", "2018"), ("offset", "50"))), answer(HIT))
    assert "/tim-kiem?q=n%C6%B0%E1%BB%9Bc&year=2017" in links(narrow)
    assert links(narrow).count("/tim-kiem?q=n%C6%B0%E1%BB%9Bc") == 2  # the facet itself and its chip
    assert "Năm: 2018" in text_of(narrow)


@pytest.mark.parametrize(("total", "said"), [(10_000, False), (10_001, True)])
def test_counts_of_a_part_of_the_hits_say_so(total: int, said: bool):
    shown = text_of(results(SAY, Address("/tim-kiem", (("q", "nước"),)), answer(HIT, total=total)))
    assert ("Đếm trên 10.000 đoạn phù hợp nhất." in shown) is said


def test_nothing_found_says_what_next():
    assert "Hãy thử ít từ hơn" in text_of(results(SAY, Address("/tim-kiem", (("q", "zzz"),)), answer(total=0)))
    narrowed = results(SAY, Address("/tim-kiem", (("q", "zzz"), ("issuer", "X"))), answer(total=0))
    assert "Tìm trong mọi văn bản" in text_of(narrowed)
    assert "/tim-kiem?q=zzz" in links(narrowed)


HERE = parse("/tim-kiem", "?q=nước&year=2018&province=Cao Bằng&offset=50&on=2020-01-01")
VALUES = {"q": "nước", "year": "2018", "province": "Cao Bằng"}


def test_a_search_is_saved_once():
    assert values_of(HERE) == VALUES
    free = save_box(SAY, HERE, [SavedSearch("Khác", {"q": "nước"})])
    assert [field.id for field in tagged(free, "Input")] == ["search-name"] and tagged(free, "Button")
    known = save_box(SAY, HERE, [SavedSearch("Nước", VALUES)])
    assert text_of(known).startswith("Đã lưu với tên “Nước”.") and not tagged(known, "Button")
    assert links(known) == ["/tim-kiem?edit=N%C6%B0%E1%BB%9Bc"]


def test_saved_searches_lead_to_themselves_and_are_edited_in_their_place():
    saved = [SavedSearch("Nước", VALUES), SavedSearch("Đường", {"q": "đường"})]
    shown = saved_list(SAY, parse("/tim-kiem", ""), saved)
    assert links(shown) == [
        "/tim-kiem?q=n%C6%B0%E1%BB%9Bc&year=2018&province=Cao%20B%E1%BA%B1ng",
        "/tim-kiem?edit=N%C6%B0%E1%BB%9Bc",
        "/tim-kiem?q=%C4%91%C6%B0%E1%BB%9Dng",
        "/tim-kiem?edit=%C4%90%C6%B0%E1%BB%9Dng",
    ]
    assert "“nước” · Năm: 2018 · Tỉnh: Cao Bằng" in text_of(shown)
    edited = saved_list(SAY, parse("/tim-kiem", "?edit=Đường"), saved)
    assert [field.value for field in tagged(edited, "Input")] == ["Đường"]
    assert [button.id for button in tagged(edited, "Button")] == ["search-rename", "search-drop"]
    assert links(edited)[-1] == "/tim-kiem"
