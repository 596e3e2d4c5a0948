"""Readers: each format gives the same text, each bad file its own refusal."""

from __future__ import annotations

import difflib
import functools
import io
import shutil
import subprocess
import unicodedata
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import make_examples
import pytest
from bad_input import OLE, PNG, cp1258, encrypted_pdf, make_bad_input, packed, tcvn3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from needs import need
from ole import container
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.readers import Limits, Source, read_source
from ntmgraph.model import ReadError, Refusal

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(folder: Path, data: bytes, name: str = "van-ban.bin", limits: Limits | None = None) -> Source:
    path = folder / name
    path.write_bytes(data)
    return read_source(path, limits=limits or Limits())


def lines(source: Source) -> list[str]:
    return [line for line in source.text.split("\n") if line.strip()]


# Refusals


def blank_pdf(pages: int = 1) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made)
    for _ in range(pages):
        canvas.rect(50, 50, 100, 100)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "refusal", "says"),
    [
        (b"", Refusal.EMPTY, "0 byte"),
        (b" \n\t \r\n", Refusal.EMPTY, "không có chữ"),
        (encrypted_pdf(), Refusal.ENCRYPTED, "mật khẩu"),
        (container({"EncryptedPackage": b"1"}), Refusal.ENCRYPTED, "mật khẩu"),
        (container({"WordDocument": b"1"}), Refusal.DAMAGED, "hỏng"),
        (container({"Workbook": b"1"}), Refusal.DAMAGED, "Excel 97-2003 bị hỏng"),
        (container({"PowerPoint Document": b"1"}), Refusal.NOT_A_DOCUMENT, "không phải của Word hay Excel"),
        (container({"Workbook": "WordDocument".encode("utf-16-le")}), Refusal.DAMAGED, "Excel 97-2003 bị hỏng"),
        (OLE, Refusal.DAMAGED, "bị hỏng hoặc thiếu phần cuối"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(99), Refusal.NOT_A_DOCUMENT, "hãy giải nén"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(99), Refusal.NOT_A_DOCUMENT, "hãy giải nén"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", Refusal.EMPTY, ".mht"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x"/>', Refusal.LEGACY_UNREADABLE, ".docx"),
        (blank_pdf(), Refusal.NO_TEXT, "lớp chữ"),
        (blank_pdf(3), Refusal.NO_TEXT, "3 trang"),
        (PNG, Refusal.NO_TEXT, "không nhận ra chữ nào trong hình"),
        (b"\xff\xd8\xff\xe0" + bytes(600), Refusal.DAMAGED, "tệp hình ảnh bị hỏng"),
        (b"MZ\x90\x00" + bytes(600), Refusal.NOT_A_DOCUMENT, "chương trình"),
        (bytes(range(256)) * 20, Refusal.NOT_A_DOCUMENT, "nhị phân"),
        (packed(a=b"1"), Refusal.NOT_A_DOCUMENT, "tệp nén"),
        (packed(word__document=b"1").replace(b"document", b"documenu"), Refusal.NOT_A_DOCUMENT, "tệp nén"),
        (packed(mimetype=b"application/vnd.oasis.opendocument.text"), Refusal.LEGACY_UNREADABLE, "(.odt)"),
        (packed(mimetype=b"application/epub+zip"), Refusal.NOT_A_DOCUMENT, "sách điện tử"),
        (b"PK\x03\x04" + bytes(100), Refusal.DAMAGED, "hỏng"),
        (packed(**{"word__document.xml": b"<w:document"}), Refusal.DAMAGED, "hỏng"),
        (packed(**{"word__document.xml": b"<a/>"}), Refusal.DAMAGED, "thiếu phần nội dung"),
        (b"%PDF-1.7\nhong", Refusal.DAMAGED, "hỏng"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(tmp_path: Path, data: bytes, refusal: Refusal, says: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(tmp_path, data)
    assert caught.value.refusal == refusal
    assert says in str(caught.value)
    assert str(caught.value).startswith("van-ban.bin: ")


def packed_pdf(*, whole: bool = True) -> bytes:
    """Return a PDF whose page unpacks to 5 MB of blanks; not whole: with a checksum that does not fit."""
    blanks = zlib.compress(b" " * 5_000_000)
    content = blanks if whole else blanks[:-1] + bytes([blanks[-1] ^ 1])
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<<>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(content), content),
    ]
    objects = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, part) for number, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("data", "limits", "says"),
    [
        (b"a" * 3_000_000, Limits(bytes=2**20), "quá giới hạn 1 MB"),
        (blank_pdf(3), Limits(pages=2), "hơn 2 trang"),
        (packed(**{"word__document.xml": b"<a>" + b" " * 10**6 + b"</a>"}), Limits(unpacked=1000), "bung ra quá lớn"),
        (packed(**{"word__document.xml": b"<a>" + b"<b/>" * 1000 + b"</a>"}), Limits(tags=1000), "bung ra quá lớn"),
        (packed_pdf(), Limits(unpacked=10**6), "bung ra quá lớn"),
        (packed_pdf(whole=False), Limits(unpacked=10**6), "bung ra quá lớn"),
        (b"<html>" + b"<p>a" * 1000, Limits(tags=1000), "quá nhiều thẻ"),
    ],
)
def test_limits(tmp_path: Path, data: bytes, limits: Limits, says: str) -> None:
    with pytest.raises(ReadError, match=says) as caught:
        read(tmp_path, data, limits=limits)
    assert caught.value.refusal == Refusal.TOO_LARGE


def test_file_that_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "khong-co.txt"):
        with pytest.raises(ReadError, match="không mở được"):
            read_source(path)


def test_bad_input_folder(tmp_path: Path) -> None:
    for file in make_bad_input(tmp_path):
        if file.refusal is None:
            assert file.says in read_source(file.path).text
        else:
            with pytest.raises(ReadError, match=file.says) as caught:
                read_source(file.path)
            assert caught.value.refusal == file.refusal


# One text, five formats


def words(source: Source) -> list[str]:
    return source.text.replace("|", " ").split()


def flat(source: Source) -> list[str]:
    return [" ".join(line.replace("|", " ").split()) for line in lines(source)]


def same(left: list[str], right: list[str]) -> float:
    return difflib.SequenceMatcher(None, left, right, autojunk=False).ratio()


@pytest.mark.parametrize("format", ["md", "html", "docx", "pdf"])
@pytest.mark.parametrize("name", make_examples.FORMATS)
def test_every_format_gives_the_same_text(tmp_path: Path, name: str, format: str) -> None:
    sample = make_examples.load(name)
    plain = read(tmp_path, make_examples.to_txt(sample), "a.txt")
    other = read(tmp_path, make_examples.RENDER[format](sample), f"a.{format}")
    assert other.format == format
    assert same(words(plain), words(other)) >= 0.995
    if format != "pdf":  # whose lines are those of the page
        assert flat(plain) == flat(other)


@pytest.mark.parametrize("name", make_examples.FORMATS)
def test_pdf_has_the_words_that_poppler_finds(tmp_path: Path, name: str) -> None:
    need(shutil.which("pdftotext"), "pdftotext (poppler-utils)")
    sample = make_examples.load(name)
    path = tmp_path / "a.pdf"
    path.write_bytes(make_examples.to_pdf(sample))
    referee = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    theirs, ours = Counter(referee.stdout.split()), Counter(words(read_source(path)))
    # Left out on purpose: page numbers, and table heads that a page repeats
    repeated = Counter(" ".join(line for line in sample.body if line.startswith("| TT")).split())
    numbers = Counter(str(page) for page in range(2, referee.stdout.count("\f") + 1))
    assert (theirs - ours - repeated - numbers).total() <= 0.005 * theirs.total()
    assert (ours - theirs).total() <= 0.005 * theirs.total()


@pytest.mark.parametrize("path", sorted(Path(make_examples.ROOT, "examples").glob("20*")), ids=lambda path: path.name)
def test_examples_are_those_that_the_script_writes(tmp_path: Path, path: Path) -> None:
    sample = make_examples.load(path.stem)
    again = read(tmp_path, make_examples.RENDER[path.suffix[1:]](sample), path.name)
    assert words(again) == words(read_source(path))


# Legacy encodings


@pytest.mark.parametrize(
    ("encode", "named"),
    [
        (tcvn3, "Chuyển từ bảng mã TCVN3 (ABC) sang Unicode"),
        (cp1258, "Chuyển từ bảng mã Windows-1258 sang Unicode"),
        (lambda text: unicodedata.normalize("NFD", text).encode(), None),
        (lambda text: text.encode("utf-16"), None),
        (lambda text: text.encode("utf-16-le"), None),
        (lambda text: text.encode("utf-8-sig"), None),
        (lambda text: tcvn3(text).decode("cp1252").encode(), "Chuyển từ bảng mã TCVN3 (ABC) sang Unicode"),
    ],
    ids=["tcvn3", "cp1258", "nfd", "utf-16", "utf-16-le", "utf-8-sig", "tcvn3 pasted as Unicode"],
)
@pytest.mark.parametrize("name", make_examples.FORMATS)
def test_legacy_copies_equal_the_unicode_text(tmp_path: Path, name: str, encode: object, named: str | None) -> None:
    text = make_examples.to_txt(make_examples.load(name)).decode().replace("¹", "1")
    source = read(tmp_path, encode(text))  # type: ignore[operator]
    assert unicodedata.normalize("NFC", source.text.removeprefix("\ufeff")) == text
    assert source.repairs == ((named,) if named else ())


def test_tcvn3_table_is_that_of_the_c_library() -> None:
    need(shutil.which("iconv"), "iconv")
    text = "chương trình mục tiêu quốc gia xây dựng nông thôn mới, nghèo đa chiều, hỗ trợ, quỹ, ngõ xóm, đặc biệt"
    made = subprocess.run(
        ["iconv", "-f", "UTF-8", "-t", "TCVN5712-1"], input=text.encode(), capture_output=True, check=True
    )
    assert made.stdout == tcvn3(text)


# Word


def word(body: str, **parts: str) -> bytes:
    """Return a .docx with this body, and further parts by name."""
    xml = {
        f"word__{name}.xml": f"<w:{root} {W}>{content}</w:{root}>"
        for name, (root, content) in {
            "document": ("document", f"<w:body>{body}</w:body>"),
            **{name: (name, content) for name, content in parts.items()},
        }.items()
    }
    return packed(**{name: content.encode() for name, content in xml.items()})


def r(content: str, properties: str = "") -> str:
    """Return a run; its content is text unless it is XML."""
    text = content if content.startswith("<") else f"<w:t>{content}</w:t>"
    return f"<w:r><w:rPr>{properties}</w:rPr>{text}</w:r>"


def p(content: str, properties: str = "") -> str:
    """Return a paragraph; its content is text unless it is XML."""
    runs = content if content.startswith("<") else r(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def numbered(text: str, level: int, list_: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>')


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def table(*rows: str, borders: bool = True) -> str:
    drawn = '<w:tblBorders><w:top w:val="single"/></w:tblBorders>' if borders else ""
    return f"<w:tbl><w:tblPr>{drawn}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


NUMBERING = (
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%4)"/></w:lvl>'
    '<w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/>'
    '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


ROMAN_TO_BULLET = (
    (numbered("Mục tiêu", 0), "I. Mục tiêu"),
    (numbered("Chung", 1), "1. Chung"),
    (numbered("Cụ thể", 1), "2. Cụ thể"),
    (numbered("Nhỏ", 2), "2.1. Nhỏ"),
    (numbered("Điểm", 3), "a) Điểm"),
    (numbered("Tổ chức", 0), "II. Tổ chức"),
    (numbered("Lại từ đầu", 1), "1. Lại từ đầu"),
    (numbered("Gạch", 4), "- Gạch"),
    (numbered("Bắt đầu ở 7", 1, 2), "7. Bắt đầu ở 7"),
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "".join(body for body, _ in ROMAN_TO_BULLET), [line for _, line in ROMAN_TO_BULLET], id="automatic numbers"
        ),
        pytest.param(
            p(r("trước ngày ") + f"<w:del>{r('<w:delText>30/6</w:delText>')}</w:del><w:ins>{r('31/7')}</w:ins>"),
            ["trước ngày 31/7"],
            id="tracked changes as accepted",
        ),
        pytest.param(
            p("đầu câu ", "<w:rPr><w:del/></w:rPr>") + p("cuối câu"), ["đầu câu cuối câu"], id="deleted paragraph mark"
        ),
        pytest.param(
            table(cell("bỏ") + cell("đi"), cell("a") + cell("b")).replace(
                "<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 1
            ),
            ["a | b"],
            id="deleted row",
        ),
        pytest.param(
            p(r("Sau hộp") + r(f"<w:pict><w:txbxContent>{p('DỰ THẢO')}</w:txbxContent></w:pict>")),
            ["Sau hộp", "DỰ THẢO"],
            id="text box",
        ),
        pytest.param(
            p(r("từng năm") + r('<w:footnoteReference w:id="2"/>') + r(", quý")) + p("sau"),
            ["từng năm¹, quý", "¹ Gửi trước ngày 10/8.", "sau"],
            id="footnote",
        ),
        pytest.param(
            table(
                cell("TT") + cell("Tiêu chí") + cell("Cơ quan"),
                cell("1", '<w:vMerge w:val="restart"/>') + cell("Điện") + cell("Sở A"),
                cell("", "<w:vMerge/>") + cell("Gộp ngang", '<w:gridSpan w:val="2"/>'),
            ),
            ["TT | Tiêu chí | Cơ quan", "1 | Điện | Sở A", " | Gộp ngang"],
            id="merged cells once",
        ),
        pytest.param(
            table(cell("UBND TỈNH") + cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), cell("Số: 1") + cell("ngày 01")),
            ["UBND TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1", "ngày 01"],
            id="header table cell by cell",
        ),
        pytest.param(table(cell("trái") + cell("phải"), borders=False), ["trái", "phải"], id="table without borders"),
        pytest.param(
            table(cell("x") + f"<w:tc>{p('ngoài')}{table(cell('trong') + cell('hai'))}{p('')}</w:tc>"),
            ["x | ngoài trong ¦ hai"],
            id="nested table once",
        ),
        pytest.param(f"<w:sdt><w:sdtContent>{p('khung')}</w:sdtContent></w:sdt>", ["khung"], id="content control"),
        pytest.param(
            p(r("ẩn", "<w:vanish/>") + r("hiện", "<w:caps/>") + r("<w:br/><w:t>dòng</w:t><w:tab/><w:t>hai</w:t>")),
            ["HIỆN", "dòng hai"],
            id="hidden, capitals, line break, tab",
        ),
        pytest.param(
            p(
                r("Uû ban ", '<w:rFonts w:ascii=".VnTimeH"/>')
                + r("nh©n d©n", '<w:rFonts w:ascii=".VnTime"/>')
                + r(" xã")
            ),
            ["UỶ BAN nhân dân xã"],
            id="old fonts by run",
        ),
    ],
)
def test_word(tmp_path: Path, body: str, expected: list[str]) -> None:
    notes = f'<w:footnote w:id="2">{p("Gửi trước ngày 10/8.")}</w:footnote>'
    assert lines(read(tmp_path, word(body, numbering=NUMBERING, footnotes=notes))) == expected


def test_word_numbers_by_style(tmp_path: Path) -> None:
    list_ = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="base">{list_}</w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="base"/></w:style>'
    )
    body = p("Một", '<w:pStyle w:val="own"/>') + p("Hai", '<w:pStyle w:val="own"/>')
    assert lines(read(tmp_path, word(body, numbering=NUMBERING, styles=styles))) == ["1. Một", "2. Hai"]


def test_word_says_what_it_left_out(tmp_path: Path) -> None:
    blip = '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
    body = p("Chữ") + f"<w:p><w:r><w:drawing>{blip}</w:drawing></w:r></w:p>"
    data = packed(**{
        "word__document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>".encode(),
        "word__header1.xml": f"<w:hdr {W}>{p('MẬT')}</w:hdr>".encode(),
    })  # fmt: skip
    assert read(tmp_path, data).left_out == ("1 hình ảnh", "chữ ở đầu trang: “MẬT”")


def chained_notes(count: int) -> str:
    """Return footnotes of which each refers to the next one twice."""
    return "".join(
        f'<w:footnote w:id="{note}">{p(r(f"n{note}") + 2 * r(f"""<w:footnoteReference w:id="{note + 1}"/>"""))}</w:footnote>'
        for note in range(count)
    )


@pytest.mark.parametrize(
    ("body", "parts", "expected"),
    [
        pytest.param(
            p(r("Chữ") + r('<w:footnoteReference w:id="0"/>')),
            {"footnotes": chained_notes(3)},
            ["Chữ¹", "¹ n0² ² n1³ ³ n2"],
            id="notes that name one another are given once",
        ),
        pytest.param(
            "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='999999999'/></w:trPr>" + cell("a") * 3 + "</w:tr></w:tbl>",
            {},
            [" | " * 64 + "a | a | a"],
            id="a row that begins far to the right",
        ),
        pytest.param(
            p("a", f'<w:numPr><w:ilvl w:val="{"9" * 5000}"/><w:numId w:val="1"/></w:numPr>')
            + p("b", '<w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="1"/></w:numPr>'),
            {
                "numbering": '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="999999999">'
                f'<w:lvlText w:val="{"x" * 5000}"/></w:lvl></w:abstractNum>'
                '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
            },
            ["a", "x" * 60 + " b"],
            id="a level and a label beyond what Word knows",
        ),
    ],
)
def test_word_that_states_too_much_is_read_within_bounds(
    tmp_path: Path, body: str, parts: dict[str, str], expected: list[str]
) -> None:
    assert [line.strip() for line in lines(read(tmp_path, word(body, **parts)))] == [line.strip() for line in expected]


# Web pages and Markdown


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<html><body><nav>Menu</nav><script>x()</script><p>Một <b>đoạn</b><br>hai</p>", ["Một đoạn", "hai"]),
        ("<div>chữ<p>đoạn</p>sau</div>", ["chữ", "đoạn", "sau"]),
        ('<?xml version="1.0" encoding="utf-8"?><html><p>đo\x0bạn<script>x</script>\x1b sau</p>', ["đoạn sau"]),
        ("<html><ul><li>một<li>hai</ul><ol start=3><li>ba</ol>", ["- một", "- hai", "3. ba"]),
        ("<table border=1><tr><th>TT<th>Xã<tr><td>1<td>Nam <i>Tuấn</i></table>", ["TT | Xã", "1 | Nam Tuấn"]),
        ("<table><tr><td>UBND TỈNH<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA</table>", ["UBND TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"]),
        ("<table><tr><td><table><tr><td>a<td>b</table></table>", ["a | b"]),
        ("<p>Bài</p><div class='tin-lien-quan'><a href=#>Tin khác</a></div>", ["Bài"]),
        ("<p>Một</p><p>Hai</p><p>Ba</p><p>Tin liên quan:</p><p>Khác</p>", ["Một", "Hai", "Ba"]),
        ("<p>Tin liên quan</p><p>Hai</p><p>Ba</p>", ["Tin liên quan", "Hai", "Ba"]),
        ("<p>Một<script>x</script> hai<style>y</style> ba</p>", ["Một hai ba"]),
        ("<html><ul>\n   <li><a>Trang chủ</a>\n   <li><a>Tin</a>\n   <li><a>Liên hệ</a></ul><p>Bài</p>", ["Bài"]),
        (f"<table><tr><td colspan={'9' * 5000}>a</td><td>b</td></tr><tr><td>c</table>", ["a | b", "c"]),
        (f"<html><p>{'<b>x' * 300}", ["x" * 300]),  # tags left open
        (f"<div><p>Lề</p></div><article>{'<p>Chữ của bài viết.</p>' * 30}</article>", ["Chữ của bài viết."] * 30),
    ],
)  # fmt: skip
def test_html(tmp_path: Path, page: str, expected: list[str]) -> None:
    source = read(tmp_path, page.encode(), "tin.doc")  # told by content: portals save web pages as .doc
    assert (source.format, lines(source)) == ("html", expected)


@pytest.mark.parametrize("page", ["<div>" * 5000 + "chữ", "<html>" + "<table><tr><td>" * 600 + "chữ"])
def test_a_page_nested_too_deep_is_refused_rather_than_read_in_part(tmp_path: Path, page: str) -> None:
    with pytest.raises(ReadError, match="lồng quá sâu"):
        read(tmp_path, page.encode())


def test_comments_before_what_is_no_page_cost_no_time(tmp_path: Path) -> None:
    assert read(tmp_path, b"<!--a-->" * 60 + b"\nx").format == "txt"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Tiêu đề\n\nMột **đoạn** _dài_.", ["Tiêu đề", "Một đoạn dài."]),
        ("1. Một\n2. Hai\n   - con\n", ["1. Một", "2. Hai", "- con"]),
        ("| TT | Xã |\n|---|---|\n| 1 | Nam Tuấn |\n", ["TT | Xã", "1 | Nam Tuấn"]),
        ("**ỦY BAN NHÂN DÂN\nTỈNH CAO BẰNG**", ["ỦY BAN NHÂN DÂN", "TỈNH CAO BẰNG"]),
        ("Số: ~~3~~15/UBND-KT", ["Số: ~~3~~15/UBND-KT"]),
    ],
)
def test_markdown(tmp_path: Path, text: str, expected: list[str]) -> None:
    source = read(tmp_path, text.encode(), "a.md")
    assert (source.format, lines(source)) == ("md", expected)


# PDF


def pdf(*pages: list[tuple[float, float, str]], rules: Sequence[tuple[float, float, float, float]] = ()) -> bytes:
    """Return a PDF with text at (x, distance from the top), and lines on every page."""
    make_examples.register_fonts()
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(595, 842))
    for page in pages:
        for x, top, text in page:
            canvas.setFont("Serif00", 12)
            canvas.drawString(x, 842 - top, text)
        for x0, top, x1, bottom in rules:
            canvas.line(x0, 842 - top, x1, 842 - bottom)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


HEADER = [
    (80, 60, "ỦY BAN NHÂN DÂN"),
    (95, 76, "TỈNH CAO BẰNG"),
    (290, 66, "CỘNG HÒA XÃ HỘI"),
    (300, 83, "Độc lập"),
    (90, 98, "Số: 1/UBND"),
]
BODY = [
    (72, 160 + 18 * line, f"Dòng thứ {line} của văn bản kéo dài gần hết bề ngang của trang giấy khổ A4")
    for line in range(4)
]


CLOSING = [
    (72, 600, "Nơi nhận:"),
    (72, 615, "- Như trên;"),
    (72, 630, "- Lưu: VT."),
    (350, 600, "KT. CHỦ TỊCH"),
    (350, 617, "PHÓ CHỦ TỊCH"),
    (360, 690, "Nông Văn A"),
]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        pytest.param(
            ([*HEADER, *BODY[:1]],),
            ["ỦY BAN NHÂN DÂN", "TỈNH CAO BẰNG", "Số: 1/UBND", "CỘNG HÒA XÃ HỘI", "Độc lập", BODY[0][2]],
            id="columns whose lines do not meet",
        ),
        pytest.param((BODY[:1], [(290, 40, "2"), *BODY[1:2]]), [BODY[0][2], "\f" + BODY[1][2]], id="page number"),
        pytest.param(
            tuple([(72, 30, f"Kế hoạch 45/KH-UBND, trang {page}"), BODY[page]] for page in range(3)),
            [BODY[0][2], "\f" + BODY[1][2], "\f" + BODY[2][2]],
            id="running head",
        ),
        pytest.param(
            ([(72, 200, "1."), (95, 200, "Sở Tài chính"), (72, 218, "2."), (95, 218, "Sở Nội vụ")],),
            ["1. Sở Tài chính", "2. Sở Nội vụ"],
            id="labels are no column",
        ),
        pytest.param(([(72, 200, "Nông thôn"), (72.3, 200, "Nông thôn")],), ["Nông thôn"], id="bold by printing twice"),
        pytest.param(
            ([*BODY[:1], *CLOSING],),
            [BODY[0][2], "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nông Văn A"],
            id="recipients beside signature",
        ),
    ],
)
def test_pdf(tmp_path: Path, pages: tuple[list[tuple[float, float, str]], ...], expected: list[str]) -> None:
    assert lines(read(tmp_path, pdf(*pages))) == expected


def test_pdf_letters_of_two_fonts_make_whole_words(tmp_path: Path) -> None:
    """A font without Vietnamese letters has them supplied by a second one, in an order of the file's own."""
    make_examples.register_fonts()
    made = io.BytesIO()
    canvas = Canvas(made)
    text = "Số: 26/UBND-NN về xây dựng nông thôn mới"
    places, x = [], 72.0
    for letter in text:
        places.append((x, letter))
        x += stringWidth(letter, "Serif00", 13)
    for accented in (False, True):
        canvas.setFont("Serif10" if accented else "Serif00", 13)
        for at, letter in places:
            if (not letter.isascii()) == accented:
                canvas.drawString(at, 700, letter)
    canvas.save()
    assert lines(read(tmp_path, made.getvalue())) == [text]


RULED = [
    *((80, 212, "TT"), (120, 212, "Xã"), (250, 212, "Số tiêu chí")),
    *((80, 232, "1"), (120, 232, "Nam Tuấn"), (250, 232, "19")),
    *((250, 252, "17"), (120, 272, "Tổng")),
]
ACROSS = [(70, top, 350, top) for top in (200, 220, 260, 280)] + [(70, 240, 110, 240), (240, 240, 350, 240)]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param(
            [*ACROSS, *((x, 200, x, 280) for x in (70, 110, 240, 350))],
            ["TT | Xã | Số tiêu chí", "1 | Nam Tuấn | 19", " |  | 17", " | Tổng"],
            id="cell over two rows",
        ),
        pytest.param(
            [
                (x, top, *end)
                for x, right in ((70, 110), (110, 240), (240, 350))
                for top, bottom in ((200, 220), (220, 240), (240, 260), (260, 280))
                for end in ((right, top), (x, bottom))
            ]
            + [(350, 200, 350, 280), (70, 280, 350, 280)],
            ["TT | Xã | Số tiêu chí", "1 | Nam Tuấn | 19", " |  | 17", " | Tổng"],
            id="a box around each cell",
        ),
        pytest.param(
            [(70, 220, 350, 220)],
            ["TT | Xã | Số tiêu chí", "1 | Nam Tuấn | 19", " |  | 17", " | Tổng"],
            id="no rules but columns",
        ),
    ],
)
def test_pdf_ruled_table(tmp_path: Path, rules: list[tuple[float, float, float, float]], expected: list[str]) -> None:
    assert lines(read(tmp_path, pdf(RULED, rules=rules))) == expected


def test_pdf_says_which_pages_have_no_text(tmp_path: Path) -> None:
    assert read(tmp_path, pdf(BODY, [], BODY)).left_out == ("trang trắng: 2",)


# Any bytes


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=600), head=st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", OLE, b"\xff\xfe"])
)
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes, head: bytes) -> None:
    try:
        assert read(tmp_path, head + data).text.strip()
    except ReadError as refused:
        assert refused.refusal in Refusal


@functools.cache
def whole(format: str) -> bytes:
    return make_examples.RENDER[format](make_examples.load("2023-12-08-bao-cao-3210-bc-ubnd"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    format=st.sampled_from(list(make_examples.RENDER)),
    cut=st.floats(0, 1),
    at=st.floats(0, 1),
    byte=st.integers(0, 255),
)
def test_damaged_files_are_read_or_refused(tmp_path: Path, format: str, cut: float, at: float, byte: int) -> None:
    data = bytearray(whole(format))
    data[int(at * (len(data) - 1))] = byte
    try:
        read(tmp_path, bytes(data[: int(len(data) * max(cut, 0.2)) if cut < 0.8 else None]))
    except ReadError as refused:
        assert refused.refusal in Refusal


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_word_xml_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    names = [
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "pPr",
        "numPr",
        "ilvl",
        "numId",
        "rPr",
        "rFonts",
        "del",
        "ins",
        "gridSpan",
        "drawing",
    ]
    values = st.sampled_from(["", "1", "-1", "x", "99999999999", "½"])

    def element(depth: int) -> str:
        name = data.draw(st.sampled_from(names))
        inside = "".join(element(depth - 1) for _ in range(data.draw(st.integers(0, 3)))) if depth else "chữ"
        return f'<w:{name} w:val="{data.draw(values)}">{inside}</w:{name}>'

    body = "".join(element(4) for _ in range(3))
    try:
        read(tmp_path, word(body, numbering=NUMBERING))
    except ReadError as refused:
        assert refused.refusal in Refusal
