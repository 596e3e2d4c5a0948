"""Documents that somebody wrote against their reader: markup and formulas wherever a document has words."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache
from pathlib import Path

# Each tells on itself when it runs: `window.ran` is looked at by the tests.
SCRIPT = "<script>window.ran='script'</script>"
IMAGE = "<img src=x onerror=\"window.ran='handler'\">"
LINK = "[x](javascript:window.ran='link')"
CLOSING = "</textarea></title></style></table><svg onload=window.ran='svg'>"
TEMPLATE = "{{constructor.constructor('window.ran=7')()}}${window.ran=8}"
MARKUP = (SCRIPT, IMAGE, LINK, CLOSING, TEMPLATE)
FORMULAS = ("=cmd|'/C calc'!A0", "+cmd|'/C calc'!A0", "-1+cmd|'/C calc'!A0", "@SUM(1+1)*cmd|'/C calc'!A0")
FILE_NAME = "công văn \"><img src=x onerror=window.ran='tên'>\r\nSet-Cookie: a=b.txt"

DIRECTIVE = """ỦY BAN NHÂN DÂN
TỈNH CAO BẰNG
Số: 666/UBND-NL
V/v {subject}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Cao Bằng, ngày 16 tháng 01 năm 2023

Kính gửi: Các sở, ban, ngành {script}

Căn cứ Quyết định số 665/QĐ-UBND ngày 12/5/2022 về {image}; Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:

1. Sở Tài nguyên và Môi trường chủ trì, phối hợp với Sở {script} hướng dẫn các xã thực hiện tiêu chí số 17 {image}, hoàn thành trước ngày 30/6/2023.

2. Giao Sở {closing} rà soát {template}, hoàn thành trước ngày 31/7/2023.

3. Sở Tài chính:

{formulas}

4. Xã {image} đạt 12 tiêu chí, chưa đạt tiêu chí số 17 {link}.

5. Các cơ quan liên quan phải khẩn trương {script} theo quy định tại {closing}.

Nơi nhận:
- Như trên {image};
"""


def directive() -> str:
    """Return a directive with markup in its subject, names, duties and citations, and duties that begin as formulas."""
    duties = "\n\n".join(
        f"{letter}) {formula} báo cáo kết quả giải ngân, hoàn thành trước ngày 15/8/2023."
        for letter, formula in zip("abcd", FORMULAS, strict=True)
    )
    return DIRECTIVE.format(
        subject=f'=HYPERLINK("http://evil.test") {SCRIPT} {IMAGE}',
        script=SCRIPT,
        image=IMAGE,
        closing=CLOSING,
        template=TEMPLATE,
        link=LINK,
        formulas=duties,
    )


def write_documents(folder: Path) -> None:
    """Write the directive in three forms; the archive gives it a name that no file system would let be written."""
    text = directive()
    (folder / "văn bản.txt").write_text(text, encoding="utf-8")
    escaped = text.replace("666/", "667/").replace("&", "&amp;").replace("<", "&lt;")
    (folder / "trang.html").write_text(
        f"<html><head>{SCRIPT}<title>{IMAGE}</title></head><body onload=\"window.ran='body'\">"
        + "".join(f"<p>{line}</p>" for line in escaped.splitlines() if line)
        + "<iframe src='javascript:window.ran=9'></iframe></body></html>",
        encoding="utf-8",
    )
    with zipfile.ZipFile(folder / "kho.zip", "w") as archive:
        archive.writestr(FILE_NAME, text.replace("666/", "668/"))


def pdf(pages: int) -> bytes:
    """Return a PDF of many pages that share one line of text."""
    line = b"BT /F1 12 Tf 72 700 Td (Trang) Tj ET"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 4 0 R>>"
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(line), line),
        *[page] * pages,
    ]
    body, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, each)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(body) + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


ZEROS = 300 * 2**20 + 7  # bytes: more than a file may unpack to


@cache
def zeros() -> bytes:
    """Return `ZEROS` zero bytes as a raw deflate stream, 300 kB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = bytes(2**20)
    packed = b"".join(packer.compress(piece) for _ in range(ZEROS // 2**20))
    return packed + packer.compress(bytes(ZEROS % 2**20)) + packer.flush()


def bomb(*names: str, stated: int = ZEROS, over_one: bool = False) -> bytes:
    """Return a zip whose members unpack to `ZEROS` bytes each and claim `stated`; over_one: all are the same bytes."""
    body, directory, start = b"", b"", 0
    for name in names:
        about = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(zeros()), stated, len(name), 0)
        if not over_one or not body:
            start = len(body)
            body += b"PK\3\4" + about + name.encode() + zeros()
        directory += (
            b"PK\1\2" + struct.pack("<H", 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, start) + name.encode()
        )
    end = struct.pack("<HHHHIIH", 0, 0, len(names), len(names), len(directory), len(body), 0)
    return body + directory + b"PK\5\6" + end


def nested(depth: int) -> bytes:
    """Return an archive in an archive, `depth` deep, each with ten of the one inside; a bomb is the innermost."""
    inner = bomb("0.txt")
    for _ in range(depth):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(10):
                archive.writestr(f"{number}.zip", inner)
        inner = made.getvalue()
    return inner
