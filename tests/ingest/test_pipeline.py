"""The whole reading: every quote is the text at its offsets, whatever comes in; the JSON has the public keys."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from letters import NATION, letter
from mutations import broken_promises
from needs import need_shared
from spacy.language import Language

from ingest.language import spaced
from ingest.report import to_json
from ntmgraph.model import Reading

Read = Callable[[str], Reading]

SAMPLE = letter(
    "Căn cứ Quyết định số 1980/QĐ-TTg ngày 17/10/2016 của Thủ tướng Chính phủ; UBND tỉnh yêu cầu:\n\n"
    "1. Sở Tài chính: Chủ trì, phối hợp với Sở Y tế bố trí vốn trước ngày 20/5/2020.\n\n"
    "2. Phấn đấu hết năm 2020 có 60/120 xã (chiếm 50%) đạt tiêu chí số 2 về Giao thông, gồm xã Lũng Cú.\n\n"
    "TT | Tiêu chí | Cơ quan\n1 | Quy hoạch | Sở Xây dựng\n2 | Giao thông | Sở Giao thông vận tải\n3 | Thủy "
    "lợi | Sở Y tế"
)


def assert_grounded(reading: Reading) -> None:
    assert list(broken_promises(reading)) == []


def test_sample_is_grounded(read_text: Read) -> None:
    reading = read_text(SAMPLE)
    assert_grounded(reading)
    assert [len(many) for many in (reading.references, reading.deadlines, reading.targets, reading.checks)] == [
        1,
        2,
        1,
        1,
    ]


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read(read_text: Read, text: str) -> None:
    assert_grounded(read_text(text))


def test_reading_twice_gives_the_same(read_text: Read) -> None:
    assert read_text(SAMPLE) == read_text(SAMPLE)


KEYS = {
    "": "schema document provisions references agencies places criteria deadlines tasks assignments helps targets "
    "results checks issues",
    "document": "id type number issuer place date date_text subject signer addressees recipients state sha256 text",
    "references": "number type issuer date relation evidence",
    "deadlines": "text kind date recurrence scope evidence",
    "tasks": "id provision what who who_inferred with advise supervise role reports_to via deadline criteria places "
    "evidence",
    "targets": "measure value of unit share baseline by criterion place evidence",
    "checks": "kind ok message evidence",
}


def test_printed_keys_are_the_public_interface(read_text: Read) -> None:
    printed = json.loads(json.dumps(to_json(read_text(SAMPLE)), ensure_ascii=False))
    for part, keys in KEYS.items():
        found = printed if not part else printed[part]
        record = found[0] if isinstance(found, list) else found
        assert [key for key in keys.split() if key not in record] == [], part
    assert printed["document"]["date"] == "2020-03-12"
    assert printed["document"]["text"][printed["deadlines"][0]["evidence"]["start"] :].startswith(
        printed["deadlines"][0]["text"]
    )


def test_words_keep_their_offsets(nlp: Language) -> None:
    text = "Sở Nông nghiệp\nvà PTNT, số 19-NQ/TW, tiêu chí Thuỷ lợi."
    doc = nlp(spaced(text))
    assert doc.text == text.replace("\n", " ")
    assert doc.char_span(text.index("19"), text.index("TW") + 2) is not None
    assert [span.text for span in doc.spans["criteria"]] == ["Thuỷ lợi"]


@pytest.mark.parametrize("copies", [1, 40])
def test_long_texts_are_read(copies: int, read_text: Read) -> None:
    body = "\n\n".join(f"{n}. Sở Y tế báo cáo trước ngày 20/5/2020 về xã Lũng Cú." for n in range(1, 30))
    reading = read_text(letter("\n\n".join([body] * copies)))
    assert len(reading.deadlines) == 29 * copies


def test_real_directives_are_grounded(read_text: Read) -> None:
    for path in sorted((need_shared() / "seeds").glob("*.txt")):
        assert_grounded(read_text(path.read_text(encoding="utf-8")))


def test_header_only(read_text: Read) -> None:
    reading = read_text(f"ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\n{NATION}\nSố: 1/UBND-KT")
    assert reading.document.number == "1/UBND-KT"
    assert reading.tasks == ()
