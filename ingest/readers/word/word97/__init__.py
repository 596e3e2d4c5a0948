"""Word 97-2003 documents (.doc), after Microsoft's published [MS-DOC]."""

from __future__ import annotations

from ingest.readers.source import Content, Limits
from ingest.readers.word.word97.document import Document
from ingest.readers.word.word97.file import WordFile
from ntmgraph.model import ReadError, Refusal


def read(data: bytes, limits: Limits) -> Content:
    """Return the text of a Word 97-2003 file: as of a .docx, paragraphs and tables in order, automatic numbers as text,
    footnotes behind the paragraph that refers to them, text boxes behind the one that holds them."""
    document = Document(WordFile(data, limits))
    try:
        text = document.text()
        left_out = tuple(document.left_out())
    except RecursionError as error:
        raise ReadError(
            Refusal.DAMAGED, "tệp Word 97-2003 bị hỏng; hãy mở bằng Word, lưu thành tệp .docx rồi nạp lại."
        ) from error
    return Content(text, left_out, tuple(document.repairs))
