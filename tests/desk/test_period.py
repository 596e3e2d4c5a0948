"""The period of the programme in the address: which set and which day it stands for, on every page that asks."""

from datetime import date

import pytest

from dash_app.address import parse
from dash_app.pages.deadlines import data as deadlines
from dash_app.pages.matrix import data as matrix
from dash_app.pages.progress import data as progress
from dash_app.pages.trace import data as trace
from dash_app.period import as_of, periods, set_of

TODAY = date(2026, 11, 29)
END = date(2025, 12, 31)


def test_the_periods_follow_one_another() -> None:
    assert [each.name for each in periods()] == ["2026-2030", "2021-2025", "2016-2020"]


@pytest.mark.parametrize(
    ("query", "day", "set_"),
    [
        ("", None, None),
        ("period=2021-2025", END, "VN-XA-2021"),
        ("period=2026-2030", TODAY, "VN-XA-2026"),  # it runs: today
        ("period=2021-2025&on=2023-05-01", date(2023, 5, 1), "VN-XA-2021"),  # a day that is named counts
        ("period=2021-2025&set=VN-XA-NC-2021", END, "VN-XA-NC-2021"),  # a set of the period too
        ("period=2021-2025&set=VN-XA-2016", END, "VN-XA-2021"),  # one of another period does not
        ("period=2021-2025&set=KHONG-CO", END, "VN-XA-2021"),
        ("period=1999-2003&set=VN-XA-2016", None, "VN-XA-2016"),  # nobody's period
    ],
)
def test_a_period_is_its_set_and_its_last_day(query: str, day: date | None, set_: str | None) -> None:
    address = parse("/", f"?{query}")
    assert (as_of(address, TODAY), set_of(address)) == (day, set_)


def test_every_page_asks_about_the_period() -> None:
    address = parse("/truy-vet", "?criterion=17&period=2021-2025&province=Cao Bằng")
    asked = trace.question_of(address)
    assert asked is not None
    of_matrix, of_progress = matrix.question_of(address), progress.question_of(address, TODAY, ())
    assert {(each.set, each.on) for each in (asked, of_matrix, of_progress)} == {("VN-XA-2021", END)}
    assert deadlines.question_of(address, TODAY).on == END
    assert deadlines.month_of(address, TODAY) == date(2025, 12, 1)
