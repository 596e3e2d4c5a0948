"""Tells the format of a file by its content."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib

from ntmgraph.model import ReadError, Refusal

_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")  # with files in it, without
_OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Word 97-2003, and of encrypted Office files
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_MAIL_HEAD = re.compile(rb"\s*[a-z][\w-]+\s*:[^\n]*\n", re.I)
_MIME = re.compile(rb"^mime-version\s*:", re.I | re.M)
_ARCHIVED_PAGE = re.compile(rb"^content-type\s*:\s*(?:multipart/(?:related|alternative)|text/html)", re.I | re.M)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|table|p)\b",
    re.I | re.S,
)
_READABLE = "hãy nạp tệp Word, Excel, PDF, ảnh quét, .html, .md, .txt hoặc .zip."
MAIN_PART = re.compile(r"word/document\d*\.xml")  # Word on the web writes document2.xml
_WORKBOOK = re.compile(r"xl/workbook\d*\.xml")
# What zipfile trips over in a broken archive; a wrong offset is a ValueError.
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_SAVE_AS_DOCX = "hãy mở bằng Word, chọn Lưu thành (Save As) kiểu .docx rồi nạp lại."


def sniff(data: bytes, suffix: str) -> str:
    """Return txt, docx, doc, rtf, xlsx, xls, ods, pdf, image, html, mht, md or zip; ReadError for anything else.

    `suffix` tells Markdown from plain text, which nothing in the content does for certain.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_ZIPS):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return packed(archive)
        except BROKEN_ZIP as error:
            raise ReadError(
                Refusal.DAMAGED,
                "tệp Word, Excel hoặc tệp nén bị hỏng, không mở được; hãy chép lại từ bản gốc rồi nạp lại.",
            ) from error
    if data.startswith(_OTHER_ARCHIVES):
        raise ReadError(
            Refusal.NOT_A_DOCUMENT,
            "tệp nén RAR, 7z hoặc gzip, chưa mở được; hãy giải nén rồi nạp cả thư mục, hoặc nén lại thành tệp .zip.",
        )
    if data.startswith(_OLE):
        return _ole(data)
    if _MAIL_HEAD.match(data[:4096]) and _MIME.search(data[:4096]) and _ARCHIVED_PAGE.search(data[:4096]):
        return "mht"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_IMAGES) and b"\x00" in data[:512]:
        return "image"
    if data.startswith(_PROGRAMS) and b"\x00" in data[:512]:
        raise ReadError(Refusal.NOT_A_DOCUMENT, f"tệp là chương trình, không phải văn bản; {_READABLE}")
    if b"<w:wordDocument" in data[:4096] or b"<pkg:package" in data[:4096]:
        raise ReadError(Refusal.LEGACY_UNREADABLE, f"tệp Word dạng XML (.xml), chưa đọc được; {_SAVE_AS_DOCX}")
    if _HTML.match(data[:4096].removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip(b"\xff\xfe")):
        return "html"
    return "md" if suffix.lower() in (".md", ".markdown") else "txt"


def packed(archive: zipfile.ZipFile) -> str:
    """Return docx, xlsx or ods; zip for an archive of other files. ReadError for an Office file that is not whole."""
    names = set(archive.namelist())
    word = any(map(MAIN_PART.fullmatch, names))
    excel = any(map(_WORKBOOK.fullmatch, names))
    if (word or excel) and any(info.flag_bits & 1 for info in archive.infolist()):
        raise ReadError(Refusal.ENCRYPTED, "tệp Office có mật khẩu; hãy bỏ mật khẩu rồi nạp lại.")
    if word or excel:
        return "docx" if word else "xlsx"
    if "xl/workbook.bin" in names:
        raise ReadError(
            Refusal.LEGACY_UNREADABLE,
            "bảng tính nhị phân (.xlsb), chưa đọc được; hãy mở bằng Excel, lưu thành kiểu .xlsx rồi nạp lại.",
        )
    if "[Content_Types].xml" in names and any(name.startswith(("word/", "xl/")) for name in names):
        raise ReadError(Refusal.DAMAGED, "tệp Word, Excel thiếu phần nội dung; hãy chép lại từ bản gốc rồi nạp lại.")
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        kind = archive.read("mimetype")
        if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return "ods"
        if kind.startswith(b"application/vnd.oasis.opendocument.text"):
            raise ReadError(
                Refusal.LEGACY_UNREADABLE,
                "văn bản OpenDocument (.odt), chưa đọc được; hãy mở bằng LibreOffice hoặc Word, lưu thành kiểu .docx"
                " rồi nạp lại.",
            )
        raise ReadError(
            Refusal.NOT_A_DOCUMENT, f"tệp OpenDocument khác hoặc sách điện tử, không phải văn bản; {_READABLE}"
        )
    if names & {"[Content_Types].xml", "META-INF/MANIFEST.MF", "AndroidManifest.xml"}:
        raise ReadError(Refusal.NOT_A_DOCUMENT, f"tệp trình chiếu hoặc chương trình, không phải văn bản; {_READABLE}")
    return "zip"


def _ole(data: bytes) -> str:
    from ingest.readers import compound

    try:
        names = compound.names(data)
    except compound.BrokenContainerError as error:
        advice = "tệp Office đời cũ bị hỏng hoặc thiếu phần cuối; hãy chép lại từ bản gốc rồi nạp lại."
        raise ReadError(Refusal.DAMAGED, advice) from error
    if "EncryptedPackage" in names:
        raise ReadError(Refusal.ENCRYPTED, "tệp Office có mật khẩu; hãy bỏ mật khẩu rồi nạp lại.")
    if "WordDocument" in names:
        return "doc"
    if names & {"Workbook", "Book"}:
        return "xls"
    raise ReadError(Refusal.NOT_A_DOCUMENT, f"tệp Office đời cũ không phải của Word hay Excel; {_READABLE}")
