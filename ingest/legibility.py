"""Texts that read badly say so: recognised pages that are doubtful, letters that make no Vietnamese words.

A page that recognition got wrong looks like any other page once it is text; nobody would look for what it lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.readers import Source
from ingest.readers.legacy import vietnamese_share
from ntmgraph.model import Document, DocumentState, Issue, IssueCode, ScannedPage, Task

_SURE = 0.8  # mean confidence of a page's words, each counting by its letters; print reads at 0.87 and more
_VIETNAMESE = 0.8  # share of syllables among words with accents; print has 0.95 and more
_WORDS = 20  # with accents, of a text whose share means something
_AGAIN = "hãy quét lại ở 300 dpi, đen trắng rõ, thẳng trang rồi nạp lại, hoặc nạp tệp có lớp chữ (.docx, .pdf)"


def find_doubts(
    document: Document, source: Source, pages: Sequence[ScannedPage], tasks: Sequence[Task]
) -> Iterator[Issue]:
    """Yield an issue, saying what to do next, for scanned pages or a whole text that were read badly."""
    sure = _confidences(source)
    poor = [
        page
        for page in pages
        if sure.get(page.number, 1.0) < _SURE or _is_garbled(document.text[page.start : page.end])
    ]
    unnamed = document.type is None or document.state is DocumentState.NEWS
    if poor:
        listed = ", ".join(str(page.number) for page in poor)
        yield _issue(f"Trang quét {listed} đọc kém (mờ, nghiêng hoặc chữ viết tay), chữ có thể sai; {_AGAIN}.")
    elif pages and unnamed and not document.number and not tasks:
        yield _issue(
            "Bản quét không đọc ra số, ký hiệu, loại văn bản và nhiệm vụ nào; hãy đối chiếu với bản giấy. Nếu là văn"
            f" bản chỉ đạo, {_AGAIN}."
        )
    elif not pages and _is_garbled(document.text):
        yield _issue(
            "Nhiều chữ trong tệp không phải tiếng Việt, có thể do phông chữ cũ hoặc lớp chữ hỏng;"
            " hãy mở tệp, lưu lại bằng phông Unicode (.docx) rồi nạp lại, hoặc quét bản giấy ở 300 dpi rồi nạp."
        )


def _issue(message: str) -> Issue:
    return Issue(IssueCode.TEXT_UNCLEAR, message, None, None)


def _is_garbled(text: str) -> bool:
    words = sum(not word.isascii() for word in text.split())
    return words >= _WORDS and vietnamese_share(text) < _VIETNAMESE


def _confidences(source: Source) -> dict[int, float]:
    """Return the mean confidence of the words on each scanned page."""
    sums: dict[int, tuple[float, int]] = {}
    for word in source.placed:
        if word.page is not None and word.confidence is not None:
            total, letters = sums.get(word.page, (0.0, 0))
            sums[word.page] = total + word.confidence * len(word.text), letters + len(word.text)
    return {page: total / letters for page, (total, letters) in sums.items()}
