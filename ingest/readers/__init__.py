"""From the bytes of a file to its text in reading order, or a refusal that says why and what to do next.

The format is told from the content: a docx named .doc and a web page saved as .doc are read as what they are.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from ingest.readers import legacy, sniff
from ingest.readers.source import DEFAULT, Content, Limits, Source
from ntmgraph.causes import cause
from ntmgraph.model import ReadError, Refusal

__all__ = ["DEFAULT", "SHEETS", "Limits", "Source", "read_source"]

SHEETS = ("xlsx", "xls", "ods")


def read_source(path: Path, *, limits: Limits = DEFAULT, name: str | None = None) -> Source:
    """Return the text of a file; ReadError, naming it by `name` or its own name, when it cannot be read."""
    name = name or path.name
    try:
        data = _bytes(path, limits)
        format = sniff.sniff(data, path.suffix)
        content = _read(format, data, limits)
    except ReadError as error:
        raise ReadError(error.refusal, f"{name}: {error}") from error
    text, repairs = legacy.repair(content.text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise ReadError(Refusal.EMPTY, f"{name}: tệp không có chữ nào; hãy kiểm tra lại bản gốc rồi nạp lại.")
    sha256 = hashlib.sha256(data).hexdigest()
    return Source(
        text,
        format,
        sha256,
        content.left_out,
        content.repairs + repairs,
        legacy.repair(content.title)[0] if content.title else None,
        content.placed,
        content.scanned,
    )


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            data = file.read(limits.bytes + 1) if size <= limits.bytes else b""  # it may grow meanwhile
    except OSError as error:
        raise ReadError(
            Refusal.DAMAGED,
            f"không mở được tệp ({cause(error)}); hãy đóng chương trình đang giữ tệp, xem quyền đọc rồi nạp lại.",
        ) from error
    if max(size, len(data)) > limits.bytes:
        raise ReadError(
            Refusal.TOO_LARGE,
            f"tệp nặng {max(size, len(data)) // 2**20} MB, quá giới hạn {limits.bytes // 2**20} MB;"
            " hãy tách thành nhiều tệp.",
        )
    if not data:
        raise ReadError(Refusal.EMPTY, "tệp rỗng (0 byte); hãy chép lại từ bản gốc rồi nạp lại.")
    return data


def _read(format: str, data: bytes, limits: Limits) -> Content:
    # Each library is imported where it is needed: reading a text file must not wait for pdfminer and lxml.
    if format == "pdf":
        from ingest.readers import pdf

        return pdf.read(data, limits)
    if format == "docx":
        from ingest.readers.word import docx

        return docx.read(data, limits)
    if format == "doc":
        from ingest.readers.word import word97

        return word97.read(data, limits)
    if format == "rtf":
        from ingest.readers.word import rtf

        return rtf.read(data, limits)
    if format in SHEETS:
        from ingest.readers import sheets

        return sheets.read(data, limits, format)
    if format == "zip":
        raise ReadError(
            Refusal.NOT_A_DOCUMENT, "tệp nén, không phải văn bản; hãy giải nén rồi nạp thư mục đã giải nén."
        )
    if format == "image":
        from ingest.readers import scan

        return scan.read(data, limits)
    if format == "html":
        from ingest.readers import html

        return html.read(data, limits)
    if format == "mht":
        from ingest.readers import html

        return html.read_archive(data, limits)
    if format == "md":
        from ingest.readers import markdown

        return markdown.read(data, limits)
    from ingest.readers import text

    return text.read(data, limits)
