"""Numbers and dates as cells show them."""

from __future__ import annotations

import pytest

from ingest.readers.sheets.printed import printed

VALUES = [
    (17.0, None, "17"),
    (1286.0, None, "1286"),  # a year looks the same: only a format asks for the dot
    (14.25, None, "14,25"),
    (2 / 3, "General", "0,6666667"),
    (0.1 + 0.2, None, "0,3"),
    (-3.5, None, "-3,5"),
    (1286.0, "#,##0", "1.286"),
    (1234567.891, "#,##0.0", "1.234.567,9"),
    (14.0, "0.0", "14,0"),
    (14.0, "0.##", "14"),
    (14.256, "0.0#", "14,26"),
    (0.714, "0.0%", "71,4%"),
    (0.7, "0%", "70%"),
    (-1286.0, "#,##0_);(#,##0)", "-1.286"),
    (5.0, '0" xã"', "5 xã"),
    (5.0, '"Biểu "0', "Biểu 5"),
    (1.0, "@", "1"),
    (45657.0, "dd/mm/yyyy", "31/12/2024"),
    (45657.5, "d/m/yyyy\\ h:mm", "31/12/2024"),
    (45657.0, "mm/yyyy", "12/2024"),
    (45657.0, "[$-42A]dd mmmm yyyy;@", "31/12/2024"),
    (0.5, "h:mm", "12:00"),
    (1e300, "dd/mm/yyyy", "1e+300"),
    (1e300, "0.00E+00", "1e+300"),
]


@pytest.mark.parametrize(("value", "code", "shown"), VALUES)
def test_printed(value: float, code: str | None, shown: str) -> None:
    assert printed(value, code) == shown


def test_the_calendar_of_1904() -> None:
    assert printed(44195.0, "dd/mm/yyyy", from_1904=True) == "31/12/2024"
