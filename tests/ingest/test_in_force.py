"""From which day a document is in force, by its own words."""

from datetime import date

import pytest

from ingest.in_force import in_force

SIGNED = date(2022, 5, 12)


@pytest.mark.parametrize(
    ("text", "signed", "day", "words"),
    [
        (
            "Điều 3. Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 387/QĐ-UBND.",
            SIGNED,
            SIGNED,
            "Quyết định này có hiệu lực kể từ ngày ký",
        ),
        (
            "Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 8 năm 2022.",
            SIGNED,
            date(2022, 8, 1),
            "Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 8 năm 2022",
        ),
        ("Quyết định này có hiệu lực từ ngày 15/7/2018", None, date(2018, 7, 15), None),
        ("Quyết định này có hiệu lực kể từ ngày ký.", None, None, None),  # nobody knows when it was signed
        ("Quyết định này có hiệu lực từ ngày 31/02/2022.", SIGNED, None, None),
        ("Luật Đầu tư công có hiệu lực thi hành từ ngày 01/01/2020.", SIGNED, None, None),  # that of another
        ("Kế hoạch này thay cho kế hoạch cũ. Luật có hiệu lực từ ngày 01/01/2020.", SIGNED, None, None),
    ],
)
def test_in_force(text: str, signed: date | None, day: date | None, words: str | None) -> None:
    found = in_force(text, signed)
    assert (found.day if found else None) == day
    if found and words:
        assert text[found.start : found.end] == words
