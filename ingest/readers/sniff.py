"""Tells the format of a file by its content."""

from __future__ import annotations

import io
import re
import zipfile

from ntmgraph.model import ReadError, Refusal

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Word 97-2003, and of encrypted Office files
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|table|p)\b",
    re.I | re.S,
)
_READABLE = "hãy nạp tệp .docx, .pdf, .html, .md hoặc .txt."
MAIN_PART = re.compile(r"word/document\d*\.xml")  # Word on the web writes document2.xml
_SAVE_AS_DOCX = "hãy mở bằng Word, chọn Lưu thành (Save As) kiểu .docx rồi nạp lại."


def sniff(data: bytes, suffix: str) -> str:
    """Return txt, docx, pdf, html or md; ReadError for what is not one of these.

    `suffix` tells Markdown from plain text, which nothing in the content does for certain.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_ZIP):
        return _packed(data)
    if data.startswith(b"PK\x05\x06"):
        raise ReadError(Refusal.DAMAGED, "tệp nén hỏng hoặc rỗng; hãy chép lại từ bản gốc rồi nạp lại.")
    if data.startswith(_OLE):
        raise _ole(data)
    if data[:64].lower().startswith(b"mime-version:"):
        raise ReadError(
            Refusal.LEGACY_UNREADABLE, f"trang web lưu trữ (.mht), phiên bản này chưa đọc được; {_SAVE_AS_DOCX}"
        )
    if data.startswith(b"{\\rtf"):
        raise ReadError(Refusal.LEGACY_UNREADABLE, f"tệp RTF, phiên bản này chưa đọc được; {_SAVE_AS_DOCX}")
    if data.startswith(_IMAGES) and b"\x00" in data[:512]:
        raise ReadError(
            Refusal.NOT_A_DOCUMENT,
            "tệp là hình ảnh, không có chữ để đọc; hãy nạp bản Word hoặc bản PDF có lớp chữ của văn bản này.",
        )
    if data.startswith(_PROGRAMS) and b"\x00" in data[:512]:
        raise ReadError(Refusal.NOT_A_DOCUMENT, f"tệp là chương trình, không phải văn bản; {_READABLE}")
    if _HTML.match(data[:4096].removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip(b"\xff\xfe")):
        return "html"
    return "md" if suffix.lower() in (".md", ".markdown") else "txt"


def _packed(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            encrypted = any(info.flag_bits & 1 for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadError(
            Refusal.DAMAGED, "tệp Word hoặc tệp nén bị hỏng, không mở được; hãy chép lại từ bản gốc rồi nạp lại."
        ) from error
    if encrypted:
        raise ReadError(Refusal.ENCRYPTED, "tệp nén có mật khẩu; hãy bỏ mật khẩu rồi nạp lại.")
    if any(map(MAIN_PART.fullmatch, names)):
        return "docx"
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        raise ReadError(Refusal.DAMAGED, "tệp Word thiếu phần nội dung; hãy chép lại từ bản gốc rồi nạp lại.")
    raise ReadError(Refusal.NOT_A_DOCUMENT, f"tệp nén hoặc bảng tính, phiên bản này chưa đọc được; {_READABLE}")


def _ole(data: bytes) -> ReadError:
    # Stream names stand in the container's directory as UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadError(Refusal.ENCRYPTED, "tệp Office có mật khẩu; hãy bỏ mật khẩu rồi nạp lại.")
    if "WordDocument".encode("utf-16-le") in data:
        return ReadError(
            Refusal.LEGACY_UNREADABLE, f"tệp Word 97-2003 (.doc), phiên bản này chưa đọc được; {_SAVE_AS_DOCX}"
        )
    return ReadError(Refusal.NOT_A_DOCUMENT, f"tệp Office đời cũ không phải văn bản Word; {_READABLE}")
