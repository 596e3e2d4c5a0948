"""RTF files: those of LibreOffice, and the constructs of Word and of older programs."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import make_examples
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from word_forms import EVERYTHING, EVERYTHING_LEFT_OUT, FORMS, lines

from ingest.readers import Limits, Source, read_source
from ntmgraph.model import ReadError, Refusal

FONTS = (
    rb"{\fonttbl{\f0\fnil\fcharset0 Times New Roman;}{\f1\fnil\fcharset163{\*\falt Tinos}Times New Roman (Vietnamese);}"
    rb"{\f2\fnil .VnTime;}{\f3\fnil .VnTimeH;}{\f4\fnil VNI-Times;}{\f5\fnil\fcharset2 Wingdings;}{\f6\fnil\fcharset2 Symbol;}}"
)


def read(
    folder: Path, body: bytes, *, head: bytes = rb"\ansi\ansicpg1252\deff0", limits: Limits | None = None
) -> Source:
    path = folder / "a.rtf"
    path.write_bytes(b"{\\rtf1" + head + FONTS + body + b"}")
    return read_source(path, limits=limits or Limits())


def test_everything() -> None:
    source = read_source(FORMS / "everything.rtf")
    assert source.format == "rtf"
    # LibreOffice wrote no equation, and marked as deleted the words before a deleted paragraph's end
    assert lines(source) == [line.removeprefix("Đầu câu ") for line in EVERYTHING if line != "a+b"]
    assert source.left_out == ("1 hình ảnh", *EVERYTHING_LEFT_OUT)
    assert source.repairs == tuple(
        f"Chuyển chữ phông {font} sang Unicode" for font in (".VnTimeH", ".VnTime", "VNI-Times")
    )


@pytest.mark.parametrize("name", ["2022-08-30-quyet-dinh-1127-qd-ubnd", "2023-12-08-bao-cao-3210-bc-ubnd"])
def test_same_lines_as_the_docx(tmp_path: Path, name: str) -> None:
    docx = tmp_path / "a.docx"
    docx.write_bytes(make_examples.to_docx(make_examples.load(name)))
    assert lines(read_source(FORMS / f"{name}.rtf")) == lines(read_source(docx))


ROW = rb"\trowd\trgaph108\clbrdrt\brdrs\cellx1000\clbrdrt\brdrs\cellx4000\cellx7000"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (rb"\pard \u7910?y ban nh\u226 ?n d\u226\'3fn\par", ["Ủy ban nhân dân"]),
        (rb"{\uc0\u7910}y ban {\uc2\u7841\'e1\'bay}xong\par", ["Ủy ban ạyxong"]),
        (rb"\f1 \'d0i\'ea\'ccu 5, ti\'d2nh\par", ["Điều 5, tỉnh"]),
        (rb"{\f2 n\'abng th\'abn} {\f3 U\'fb ban}\par", ["nông thôn UỶ BAN"]),
        (rb"{\f2 tr\-\'edc \'a7\'ad\'eang} th\-ng\par", ["trước Đường thng"]),
        (rb"{\f4 no\'e2ng tho\'e2n}\par", ["nông thôn"]),
        (rb"{\f5\'fc} \u273?\u7841?t {\f6\'b3}95%\par", ["✓ đạt ≥95%"]),
        (rb"a\~b\_c\-d\emdash e\tab f\line g\par", ["a b-cd—e f", "g"]),
        (rb"{\caps hoa} th\'e0nh {\v \'e9n}{\deleted xoa}con\par", ["HOA thành con"]),
        (rb"Dau {\deleted\par}cuoi\par", ["Dau cuoi"]),
        (rb"Dau\par cuoi{\deleted\par}", ["Dau", "cuoi"]),
        (rb"{\listtext\pard\plain 1.\tab}Mot\par{\pntext a)\tab}Hai\par{\listtext\f6\'b7\tab}Ba\par", ["1. Mot", "a) Hai", "- Ba"]),
        (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt cong}} nay\par", ["cong nay"]),
        (rb"Quy{\super\chftn}{\footnote\pard {\super\chftn} Truoc 10/8.}, nam*{\footnote * Rieng.}\par", ["Quy¹, nam*", "¹ Truoc 10/8.", "* Rieng."]),
        (rb"Ngoai{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt Trong hop\par}}{\shprslt{\pict 00}}}\par", ["Ngoai", "Trong hop"]),
        (ROW + rb"\pard\intbl TT\cell Xa\cell Han\cell\row" + ROW + rb"\pard\intbl 1\cell A\par B\cell 30/9\cell\row\pard sau\par",
         ["TT | Xa | Han", "1 | A B | 30/9", "sau"]),
        (ROW + rb"\pard\intbl TT\cell Xa\cell Han\cell\row\trowd\cellx1000\cellx7020\pard\intbl\cell Gop\cell\row"
         + ROW + rb"\pard\intbl 2\cell B\cell 1/10\cell\row", ["TT | Xa | Han", " | Gop", "2 | B | 1/10"]),
        (rb"\trowd\clvmgf\cellx1000\cellx2000\cellx3000\pard\intbl 1\cell A\cell B\cell\row"
         rb"\trowd\clvmrg\cellx1000\cellx2000\cellx3000\pard\intbl lap\cell C\cell D\cell\row", ["1 | A | B", " | C | D"]),
        (rb"\trowd\cellx4000\cellx8000\pard\intbl UBND TINH\par TEN\cell Doc lap\cell\row", ["UBND TINH", "TEN", "Doc lap"]),
        (rb"{\header TRANG DAU}{\*\generator x;}{\info{\title Ten}}{\*\unknown bo}than\par", ["than"]),
        (rb"{\pict\pngblip\bin5 }}}}}}{\*\shppict{\pict 00}}{\nonshppict{\pict 00}}chu\par", ["chu"]),
        (rb"khong co dau doan", ["khong co dau doan"]),
        (rb"mot}}} hai", ["mot"]),
        (rb"\u-10187?\u-9060?x\par", ["𝒜x"]),
    ],
)  # fmt: skip
def test_rtf(tmp_path: Path, body: bytes, expected: list[str]) -> None:
    found = lines(read(tmp_path, body))
    assert [unicodedata.normalize("NFC", line) for line in found] == expected


def test_code_page_of_the_file(tmp_path: Path) -> None:
    source = read(tmp_path, rb"\f7 \'d0i\'ea\'ccu\par", head=rb"\ansi\ansicpg1258\deff7")
    assert unicodedata.normalize("NFC", source.text).split() == ["Điều"]


def test_what_was_left_out(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        rb"{\info{\title T\'ean}}{\header TAI LIEU}{\footer Trang {\field{\*\fldinst PAGE}{\fldrslt 2}}}"
        rb"chu{\*\shppict{\pict 00}}{\nonshppict{\pict 00}}{\object{\*\objdata 00}{\result{\pict 00}}}"
        rb"{\shp{\*\shpinst{\sp{\sn pib}{\sv{\pict 00}}}}{\shprslt{\pict 00}}}{\*\annotation sua}\par",
    )
    assert lines(source) == ["chu"]
    assert source.title == "Tên"
    assert source.left_out == (
        "2 hình ảnh",
        "1 đối tượng nhúng (bảng tính, biểu đồ)",
        "1 lời ghi chú của người soạn",
        "chữ ở đầu trang: “TAI LIEU”",
    )


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (b"{" * 5000, Refusal.DAMAGED),
        (rb"{\footnote a" * 20, Refusal.DAMAGED),
        (rb"\b0 " * 5000, Refusal.TOO_LARGE),
        (rb"\par", Refusal.EMPTY),
    ],
)
def test_refusals(tmp_path: Path, body: bytes, refusal: Refusal) -> None:
    with pytest.raises(ReadError) as caught:
        read(tmp_path, body, limits=Limits(tags=3000))
    assert caught.value.refusal == refusal


WORDS = [
    "trowd",
    "cellx100",
    "cell",
    "row",
    "nestcell",
    "nestrow",
    "intbl",
    "itap9",
    "pard",
    "par",
    "f2",
    "u7910",
    "uc3",
    "footnote",
    "shptxt",
    "header",
    "deleted",
    "plain",
    "pict",
    "bin9",
    "*",
    "listtext",
    "sect",
    "deff",
    "field",
    "fldrslt",
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.one_of(st.sampled_from([f"\\{word} " for word in WORDS]), st.sampled_from(["{", "}", "chu", "\\'e1"]))
    )
)
def test_any_words_are_read_or_refused(tmp_path: Path, words: list[str]) -> None:
    try:
        assert read(tmp_path, "".join(words).encode()).text.strip()
    except ReadError as refused:
        assert refused.refusal in Refusal
