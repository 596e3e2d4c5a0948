"""Which of two files of one document it stands on: a photograph of page 1 must not take the place of the whole plan."""

from __future__ import annotations

from ntmgraph.model import Reading

_PART = 0.6  # share of the other's letters below which a copy is a part of the document
_OTHERWISE = (
    "Nếu bản này có phần mà bản kia thiếu, hãy ghép cả hai thành một tệp rồi nạp; muốn dùng riêng bản này, hãy nạp vào"
    " một kho khác (ntmgraph --workspace THƯ_MỤC ingest TỆP)."
)


def why_kept(standing: Reading, copy: Reading, *, file: str) -> str | None:
    """Return, in Vietnamese, why a document stays on what it stands on, `file`; None when the copy takes its place."""
    document = standing.document
    name = f"Văn bản {document.number}" if document.number else "Văn bản này"
    share = _letters(copy) / max(1, _letters(standing))
    if share < _PART:
        return (
            f"{name} đã có bản đầy đủ hơn (tệp {file}); bản này chỉ có {share:.0%} lượng chữ của bản đó nên không thay."
            f" {_OTHERWISE}"
        )
    if _recognised(standing) and not _recognised(copy):
        return None
    if document.text.split() == copy.document.text.split():
        return f"Tệp này có đúng nội dung của tệp {file} đã nạp; văn bản vẫn theo tệp đó."
    if _recognised(copy) and not _recognised(standing) and share * _PART <= 1:
        return (
            f"{name} đã có bản đọc từ lớp chữ (tệp {file}); bản này là bản quét, chữ do máy nhận dạng, kém chắc chắn"
            f" hơn nên không thay. {_OTHERWISE}"
        )
    return None


def _letters(reading: Reading) -> int:
    return sum(map(len, reading.document.text.split()))


def _recognised(reading: Reading) -> bool:
    """Return whether most of a text was recognised on pictures; a scanned annex makes no scan of a letter."""
    return 2 * sum(page.end - page.start for page in reading.scanned_pages) > len(reading.document.text)
