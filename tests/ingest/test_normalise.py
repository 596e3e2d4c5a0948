"""The text that offsets count in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.normalise import normalise

TEXTS = [
    ("a\r\nb\rc", "a\nb\nc"),
    ("Ủy  ban\u00a0nhân\tdân ", "Ủy ban nhân dân"),
    ("một\n\n\n\nhai", "một\n\nhai"),
    (unicodedata.normalize("NFD", "Lạng Sơn"), "Lạng Sơn"),
    ("\u00d0iều 1", "Điều 1"),  # Eth for Đ
    ("\u0443\u0435\u0430r", "year"),  # Cyrillic letters inside a Latin word
    ("мир", "мир"),  # a Cyrillic word stays
    ("nông\u200b thôn\ufeff mới", "nông thôn mới"),
    ("**KT. CHỦ TỊCH**", "KT. CHỦ TỊCH"),
    ("Số: ~~3~~15/UBND-NN", "Số: ~~3~~15/UBND-NN"),  # what is struck through is for the header reader to doubt
    ("2 * 3 ** 4", "2 * 3 ** 4"),
    ("dòng một\ndòng hai", "dòng một\ndòng hai"),  # lines are never joined
]


@pytest.mark.parametrize(("raw", "expected"), TEXTS)
def test_normalised(raw: str, expected: str) -> None:
    assert normalise(raw).text == expected


def test_pages_start_where_form_feeds_stood() -> None:
    result = normalise("trang một\n\ftrang hai\n\f\n\ftrang bốn")
    assert result.text == "trang một\ntrang hai\ntrang bốn"
    assert [result.text[start : start + 9] for start in result.pages if start < len(result.text)][:2] == [
        "trang một",
        "trang hai",
    ]
    assert result.pages[-1] == result.text.index("trang bốn")
    assert len(result.pages) == 4  # an empty page counts


def test_repairs_are_named_once() -> None:
    assert normalise("\u00d0iều và \u00d0iểm").repairs == ("Sửa chữ Đ, đ gõ bằng ký tự giống của bảng mã khác",)
    assert normalise("Điều và Điểm").repairs == ()


@settings(deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("*~ \n\t\f\r|-Ððаео\u0301\u0302\u200b\u2000"))))
def test_twice_equals_once(raw: str) -> None:
    once = normalise(raw).text
    assert normalise(once).text == once
