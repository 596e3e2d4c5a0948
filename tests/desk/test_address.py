"""The address is the state: what is read from it, and the addresses that lead on."""

from datetime import date

import pytest

from dash_app.address import Address, document_link, link, parse


@pytest.mark.parametrize(
    ("search", "name", "expected"),
    [
        ("?criterion=17", "criterion", "17"),
        ("?agency=S%E1%BB%9F%20T%C3%A0i%20ch%C3%ADnh", "agency", "Sở Tài chính"),
        ("?q=n%C3%B4ng+th%C3%B4n", "q", "nông thôn"),
        ("?q=%20", "q", None),
        ("?q=", "q", None),
        ("", "q", None),
        (None, "q", None),
        ("?q=1&q=2", "q", "2"),
    ],
)
def test_values(search: str | None, name: str, expected: str | None) -> None:
    assert parse("/tim-kiem", search).get(name) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2019-10-01", date(2019, 10, 1)), ("2019-02-30", None), ("01/10/2019", None), ("x", None)],
)
def test_days(written: str, expected: date | None) -> None:
    assert Address("/", (("on", written),)).date("on") == expected


@pytest.mark.parametrize(("written", "expected"), [("200", 200), ("-1", 0), ("x", 0), ("", 0)])
def test_numbers(written: str, expected: int) -> None:
    assert Address("/", (("offset", written),)).number("offset") == expected


def test_a_change_keeps_the_rest_and_none_takes_away() -> None:
    address = parse("/truy-vet", "?criterion=17&stated_only=1")
    assert address.with_(on=date(2019, 10, 1)) == "/truy-vet?criterion=17&stated_only=1&on=2019-10-01"
    assert address.with_(criterion=None, stated_only=False) == "/truy-vet"


def test_what_a_link_says_is_read_back() -> None:
    href = link("/truy-vet", agency="Sở Nông nghiệp & PTNT", criterion="VN-XA-2016:17")
    path, _, query = href.partition("?")
    assert parse(path, "?" + query).values == (("agency", "Sở Nông nghiệp & PTNT"), ("criterion", "VN-XA-2016:17"))


def test_an_id_with_slashes_is_one_step_of_the_path() -> None:
    href = document_link("x/1/2019", at=3)
    assert href == "/van-ban/x%2F1%2F2019?at=3"
    assert Address("/van-ban/x%2F1%2F2019").rest("/van-ban/") == "x/1/2019"
