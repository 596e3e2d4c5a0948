"""Texts that were read badly say so, and those that were read well do not."""

from __future__ import annotations

import pytest

from ingest.legibility import find_doubts
from ingest.readers import Source
from ingest.readers.source import Placed
from ntmgraph.model import Document, DocumentState, IssueCode, ScannedPage

LETTER = (
    "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành và Ủy ban nhân dân các xã rà soát tiêu chí về môi trường, báo cáo"
    " kết quả thực hiện trước ngày 30 tháng 6, giao Sở Nông nghiệp và Môi trường tổng hợp.\n"
)
GARBLED = (
    "Ũuy bna nhẵn đnâ tỉhn yềg cẫux các sớq, bnâ, ngằhn vằb Ũuy bna nhẵn đnâ cács xãz rằg soậtx tiễug chĩb vễd mõii"
    " trưỡgn, bãoc cảok kễtq quằb thưcj hiễnx trưỡcx ngằyq 30 thãgn 6, giãok Sớq Nõgn nghiễpx.\n"
)


def issues(text: str, *, sure: float | None = None, number: str | None = "7/UBND-NN") -> list[str]:
    """Return the messages for a text; `sure`: of a scan, the confidence of its words."""
    document = Document(
        id="d",
        type=None,
        number=number,
        issuer=None,
        issuer_id=None,
        province=None,
        place=None,
        date=None,
        date_text=None,
        subject=None,
        signer=None,
        addressees=(),
        recipients=(),
        state=DocumentState.ISSUED,
        sha256="0",
        text=text,
    )
    placed = tuple(Placed(word, 1, (0, 0, 1, 1), sure) for word in text.split()) if sure is not None else ()
    pages = (ScannedPage(1, 595, 842, 0, 0, len(text)),) if sure is not None else ()
    found = list(find_doubts(document, Source(text, "image", "0", placed=placed), pages, ()))
    assert all(issue.code is IssueCode.TEXT_UNCLEAR for issue in found)
    return [issue.message for issue in found]


@pytest.mark.parametrize(
    ("text", "sure", "number", "says"),
    [
        (LETTER, None, None, []),  # news and sheets have no number
        (LETTER, 0.95, "7/UBND-NN", []),
        (LETTER, 0.6, "7/UBND-NN", ["Trang quét 1 đọc kém"]),
        (GARBLED, 0.95, "7/UBND-NN", ["Trang quét 1 đọc kém"]),
        (LETTER, 0.6, None, ["Trang quét 1 đọc kém"]),  # which says enough
        (LETTER, 0.95, None, ["Bản quét không đọc ra số"]),
        (GARBLED, None, "7/UBND-NN", ["Nhiều chữ trong tệp không phải tiếng Việt"]),
        ("K'Bảng, Krông Pắc, Đắk Glêi", None, "7/UBND-NN", []),  # too few words to tell
        ("Report on the new rural programme, with no accent at all.", None, "7/UBND-NN", []),
    ],
)
def test_what_reads_badly_says_so(text: str, sure: float | None, number: str | None, says: list[str]) -> None:
    found = issues(text, sure=sure, number=number)
    assert len(found) == len(says)
    assert all(message.startswith(words) for message, words in zip(found, says, strict=True))
    assert all("hãy" in message for message in found)
