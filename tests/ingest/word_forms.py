"""Samples of the Word formats in forms/, and what they say.

everything.docx was written as XML, everything.doc and .rtf by LibreOffice from it; the .doc and .rtf of two sample
directives by LibreOffice from `make_examples.to_docx`. NAME.libreoffice.txt is LibreOffice's own text of NAME.doc.
"""

from __future__ import annotations

from pathlib import Path

from ingest.readers import Source

FORMS = Path(__file__).parent / "forms"
EVERYTHING = (FORMS / "everything.txt").read_text(encoding="utf-8").splitlines()
EVERYTHING_LEFT_OUT = (  # besides an image, and an equation in the .docx
    "1 lời ghi chú của người soạn",
    "chữ đã xóa khi theo dõi sửa đổi (đọc như đã chấp nhận mọi sửa đổi)",
    "chữ ở đầu trang: “TÀI LIỆU NỘI BỘ”",
)


def lines(source: Source) -> list[str]:
    """Return the lines that hold words, without soft hyphens, which normalising takes out."""
    return [line for line in source.text.replace("\u00ad", "").split("\n") if line.strip()]
