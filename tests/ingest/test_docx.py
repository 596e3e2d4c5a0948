"""Word documents whose XML says more than plain paragraphs: alternatives, fields, symbols, the strict form."""

from __future__ import annotations

from pathlib import Path

import pytest
from bad_input import packed
from word_forms import EVERYTHING, EVERYTHING_LEFT_OUT, FORMS, lines

from ingest.readers import read_source

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)


def word(body: str) -> bytes:
    xml = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    return packed(**{"word__document.xml": xml.encode()})


def t(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def sign(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


JOINED = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>"
BOX = "<w:pict><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:pict>"


def test_everything(tmp_path: Path) -> None:
    source = read_source(FORMS / "everything.docx")
    assert lines(source) == EVERYTHING
    assert source.left_out == (
        "1 hình ảnh",
        "1 công thức toán",
        *EVERYTHING_LEFT_OUT,
    )
    assert source.repairs == tuple(
        f"Chuyển chữ phông {font} sang Unicode" for font in (".VnTimeH", ".VnTime", "VNI-Times")
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            f"<w:p><mc:AlternateContent><mc:Choice>{t('một')}</mc:Choice><mc:Fallback>{t('một')}</mc:Fallback>"
            f"</mc:AlternateContent>{t(' lần')}</w:p>",
            ["một lần"],
            id="alternatives in a paragraph",
        ),
        pytest.param(
            "<w:p><w:r><mc:AlternateContent><mc:Fallback>" + BOX.format(t("hộp cũ")) + "</mc:Fallback></mc:AlternateContent></w:r></w:p>",
            ["hộp cũ"],
            id="only a fallback",
        ),
        pytest.param(
            "<w:p><w:r>" + BOX.format(t("ngoài") + "<w:r>" + BOX.format(t("trong")) + "</w:r>") + "</w:r></w:p>",
            ["ngoài", "trong"],
            id="text box in a text box",
        ),
        pytest.param(
            f"<w:p>{mark('begin')}{t('IF ')}{mark('begin')}{t('X')}{mark('separate')}{t('bỏ')}{mark('end')}{mark('separate')}"
            f"{t('kết quả')}{mark('end')}{t(' sau')}</w:p>",
            ["kết quả sau"],
            id="field in a field",
        ),
        pytest.param(
            f"<w:p>{t('a')}{mark('begin')}{t('PAGE')}</w:p><w:p>{t('đoạn sau')}</w:p>", ["a", "đoạn sau"], id="field left open"
        ),
        pytest.param(
            f"<w:p>{t('tỷ lệ ')}{sign('Symbol', 'F0B3')}{t('95%, ')}{sign('Symbol', 'F0A3')}{t('5%')}</w:p>",
            ["tỷ lệ ≥95%, ≤5%"],
            id="signs of comparison",
        ),
        pytest.param(
            f"<w:p>{sign('Wingdings', 'F0FC')}{t(' đạt')}</w:p><w:p>{sign('Wingdings 2', 'F050')}{t(' đạt')}</w:p>"
            f"<w:p>{sign('Wingdings', 'F0FB')}{t(' chưa')}</w:p><w:p>{sign('Wingdings', 'F0D8')}{t(' mục')}</w:p>",
            ["✓ đạt", "✓ đạt", "✗ chưa", "• mục"],
            id="check marks and bullets",
        ),
        pytest.param(f"{JOINED.format(t('Giao '))}<w:p>{t('Sở Y tế')}</w:p>{JOINED.format(t('cuối'))}", ["Giao Sở Y tế", "cuối"], id="deleted end"),
        pytest.param(
            f"<w:tbl><w:tr><w:tc>{JOINED.format(t('a'))}</w:tc><w:tc><w:p>{t('b')}</w:p></w:tc><w:tc><w:p>{t('c')}</w:p></w:tc></w:tr></w:tbl>",
            ["a | b | c"],
            id="deleted end in a cell",
        ),
        pytest.param(
            JOINED.format(t("Giao ") + "<w:r>" + BOX.format(t("hộp")) + "</w:r>") + f"<w:p>{t('Sở')}</w:p>",
            ["hộp", "Giao Sở"],
            id="deleted end before a text box",
        ),
        pytest.param(
            '<w:p><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi=".VnTime"/></w:rPr><w:t>n«ng th«n</w:t></w:r></w:p>',
            ["nông thôn"],
            id="font of letters with accents",
        ),
        pytest.param(
            '<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>tr</w:t><w:softHyphen/><w:t>íc</w:t></w:r></w:p>',
            ["trước"],
            id="letter that is a soft hyphen",
        ),
        pytest.param(f"<w:p>{t('trang trước')}<w:r><w:br w:type='page'/></w:r>{t('trang sau')}</w:p>", ["trang trước", "trang sau"], id="page break"),
        pytest.param(f"<w:p><w:moveFrom>{t('cũ')}</w:moveFrom><w:moveTo>{t('mới')}</w:moveTo></w:p>", ["mới"], id="moved"),
        pytest.param(f"<w:p><w:smartTag>{t('Sở ')}<w:sdt><w:sdtContent>{t('Y tế')}</w:sdtContent></w:sdt></w:smartTag></w:p>", ["Sở Y tế"], id="tags"),
    ],
)  # fmt: skip
def test_docx(tmp_path: Path, body: str, expected: list[str]) -> None:
    path = tmp_path / "a.docm"
    path.write_bytes(word(body))
    assert lines(read_source(path)) == expected


def test_strict_form(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    xml = f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>Dạng chặt</w:t></w:r></w:p></w:body></w:document>'
    path.write_bytes(packed(**{"word__document.xml": xml.encode()}))
    assert lines(read_source(path)) == ["Dạng chặt"]


def test_what_has_no_text_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(
        word(
            f"<w:p>{t('Chữ')}<w:r><w:drawing><a:graphic><c:chart/></a:graphic></w:drawing></w:r>"
            '<w:r><w:commentReference w:id="1"/></w:r></w:p><w:altChunk/>'
            "<w:p><m:oMathPara><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></m:oMathPara></w:p>"
        )
    )
    source = read_source(path)
    assert lines(source) == ["Chữ", "x=1"]
    assert source.left_out == (
        "2 đối tượng nhúng (bảng tính, biểu đồ)",
        "1 công thức toán",
        "1 lời ghi chú của người soạn",
    )
