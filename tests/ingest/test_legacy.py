"""Text from before Unicode: by font, by letters, by line, and Unicode that must stay as it is."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import make_examples
import pytest
from bad_input import cp1258, tcvn3
from hypothesis import given
from hypothesis import strategies as st
from needs import need

from ingest.readers import read_source
from ingest.readers.legacy import decode, from_font, from_vni, repair, vietnamese_share

TCVN3 = "Chuyển từ bảng mã TCVN3 (ABC) sang Unicode"
VNI = "Chuyển từ bảng mã VNI sang Unicode"
TWICE = "Sửa chữ UTF-8 bị đọc nhầm thành bảng mã phương Tây"


def twice(text: str) -> str:
    """Return text as UTF-8 read as Windows-1252, by a program that keeps the bytes 1252 does not know."""
    return "".join(bytes((byte,)).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode())


def vni(text: str) -> str:
    """Return text in VNI letters."""
    letters = {from_vni(pair): pair for pair in _vni_pairs()}
    return "".join(letters.get(char, char) for char in unicodedata.normalize("NFC", text))


def _vni_pairs() -> list[str]:
    marks = "øùûõïâàáåãäêèéúüë"
    pairs = [base + mark for base in "aeouyôö" for mark in marks] + list("ñöôîíìæóò")
    return [form for pair in pairs for form in (pair, pair.upper()) if from_vni(form) != form]


PLAIN = "Ủy ban nhân dân các xã rà soát, báo cáo trước ngày 30/9 về Sở Nội vụ để tổng hợp"


@pytest.mark.parametrize(
    ("written", "meant", "named"),
    [
        (tcvn3(PLAIN).decode("cp1252"), PLAIN, (TCVN3,)),
        (tcvn3(PLAIN).decode("latin-1"), PLAIN, (TCVN3,)),
        (tcvn3(PLAIN).decode("cp1258", errors="replace"), PLAIN, (TCVN3,)),
        (unicodedata.normalize("NFD", tcvn3(PLAIN).decode("cp1252")), PLAIN, (TCVN3,)),
        (vni(PLAIN), PLAIN, (VNI,)),
        (vni(PLAIN.upper()), PLAIN.upper(), (VNI,)),
        (twice(PLAIN), PLAIN, (TWICE,)),
        (
            twice("hoàn thành trong ngày, là ai vào làm, và y tế, vì đã nằm ngoài").replace("\u00a0 ", " ").replace("\u00a0", " "),
            "hoàn thành trong ngày, là ai vào làm, và y tế, vì đã nằm ngoài",
            (TWICE,),
        ),
        ("TØNH LµO CAI", "TỈNH LÀO CAI", (TCVN3,)),
        ("X· B¶O TH¾NG", "XÃ BẢO THẮNG", (TCVN3,)),
        ("UBND tØnh - ch\u00ad¬ng tr×nh n«ng th«n míi", "UBND tỉnh - chương trình nông thôn mới", (TCVN3,)),  # a soft hyphen is ư
        ("Uûy ban nhaân daân tænh, Ñieàu 5, ñöôïc höôûng", "Ủy ban nhân dân tỉnh, Điều 5, được hưởng", (VNI,)),
        ("UBND x· B¶o Th¾ng", "UBND xã Bảo Thắng", (TCVN3,)),
        # Mixed: each line by itself, short ones after the surer ones
        (f"{PLAIN}\nUû ban nh©n d©n tØnh\nSè: 5", f"{PLAIN}\nUỷ ban nhân dân tỉnh\nSố: 5", (TCVN3,)),
        (f"Uû ban nh©n d©n tØnh giao Së Y tÕ\n{PLAIN}\nTài chính", f"Uỷ ban nhân dân tỉnh giao Sở Y tế\n{PLAIN}\nTài chính", (TCVN3,)),
        (f"Uû ban nh©n d©n tØnh\n{PLAIN}, giao c¸c phßng chuyªn m«n", f"Uỷ ban nhân dân tỉnh\n{PLAIN}, giao các phòng chuyên môn", (TCVN3,)),
        (f"{vni(PLAIN)}\nUû ban nh©n d©n tØnh Lµo Cai", f"{PLAIN}\nUỷ ban nhân dân tỉnh Lào Cai", (VNI, TCVN3)),
        # Left alone
        (PLAIN, PLAIN, ()),
        (unicodedata.normalize("NFD", PLAIN), unicodedata.normalize("NFD", PLAIN), ()),
        ("Quy¹, 25 m², 30 °C, « trích », ½ số xã, Sở Y tế®", "Quy¹, 25 m², 30 °C, « trích », ½ số xã, Sở Y tế®", ()),
        ("Löwe und Österreich größer, naïve Noël, El Niño", "Löwe und Österreich größer, naïve Noël, El Niño", ()),
        ("Công ty Müller, Nestlé, Citroën và Gütermann", "Công ty Müller, Nestlé, Citroën và Gütermann", ()),
        ("xã Phú Nhuận, huyện Bảo Thắng", "xã Phú Nhuận, huyện Bảo Thắng", ()),
        ("Café 25 °C, façade", "Café 25 °C, façade", ()),
        ("UBND xa Phu Nhuan", "UBND xa Phu Nhuan", ()),
    ],
)  # fmt: skip
def test_repair(written: str, meant: str, named: tuple[str, ...]) -> None:
    text, repairs = repair(written)
    assert unicodedata.normalize("NFC", text) == unicodedata.normalize("NFC", meant)
    assert repairs == named
    if not named:
        assert text == written


@pytest.mark.parametrize(
    ("text", "font", "meant"),
    [
        ("Tµi chÝnh", ".VnTime", "Tài chính"),
        ("Tài chính", ".VnTime", "Tài chính"),  # typed in Unicode under an old font
        ("\uf0abng th\uf0abn", ".VnTime", "ông thôn"),  # a font that Word took for one of symbols
        ("kÕ ho¹ch", ".VnArial NarrowH", "KẾ HOẠCH"),
        ("kÕ ho¹ch", ".VnHelvetInsH", "KẾ HOẠCH"),
        ("h", ".VnTime", "h"),
        ("Uû ban nh©n d©n", ".VnTimeH", "UỶ BAN NHÂN DÂN"),
        ("Uû ban", "ABCDEF+.VnTimeH", "UỶ BAN"),
        ("nông thôn mới", ".VnTime", "nông thôn mới"),
        ("n«ng", "Times New Roman", "n«ng"),
        ("n«ng", None, "n«ng"),
        ("KEÁ HOAÏCH", "VNI-Helve", "KẾ HOẠCH"),
    ],
)
def test_from_font(text: str, font: str | None, meant: str) -> None:
    assert from_font(text, font) == meant


@pytest.mark.parametrize("name", make_examples.FORMATS)
@pytest.mark.parametrize(("write", "named"), [(vni, VNI), (twice, TWICE)])
def test_copies_equal_the_unicode_text(tmp_path: Path, name: str, write: Callable[[str], str], named: str) -> None:
    text = make_examples.to_txt(make_examples.load(name)).decode().replace("¹", "1")
    path = tmp_path / "a.txt"
    path.write_text(write(text), encoding="utf-8")
    source = read_source(path)
    assert source.text == text
    assert source.repairs == (named,)


def test_lines_of_several_encodings_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(PLAIN.encode() + b"\n" + tcvn3(PLAIN) + b"\n" + PLAIN.encode())
    source = read_source(path)
    assert source.text == "\n".join([PLAIN] * 3)
    assert source.repairs == (TCVN3,)


def test_viscii() -> None:
    need(shutil.which("iconv"), "iconv")
    made = subprocess.run(
        ["iconv", "-f", "UTF-8", "-t", "VISCII"], input=PLAIN.encode(), capture_output=True, check=True
    )
    assert decode(made.stdout) == (PLAIN, ("Chuyển từ bảng mã VISCII sang Unicode",))


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("nông thôn mới", 1.0),
        ("n«ng th«n", 0.0),
        ("TỔi", 0.0),  # a capital behind a small letter
        ("các cảc", 0.5),  # such a syllable has one of two tones
        ("chớnh", 0.0),
        ("đã¹", 1.0),  # with the mark of a note
        ("plain", 0.0),
    ],
)
def test_vietnamese_share(text: str, share: float) -> None:
    assert vietnamese_share(text) == share


@pytest.mark.parametrize("name", make_examples.FORMATS)
def test_unicode_samples_are_left_alone(name: str) -> None:
    text = make_examples.to_txt(make_examples.load(name)).decode()
    assert repair(text) == (text, ())
    assert decode(cp1258(text.replace("¹", "1")))[1] == ("Chuyển từ bảng mã Windows-1258 sang Unicode",)


@given(st.text())
def test_any_text_is_repaired_or_left(text: str) -> None:
    repaired, named = repair(text)
    assert named or repaired == text
