"""Scans: pages made straight and clean, words with their places, tables, what goes wrong said in words."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import make_examples
import numpy as np
import pytest
import scans
from needs import need
from PIL import Image
from spacy.language import Language

from ingest.pipeline import read
from ingest.readers import DEFAULT, Limits, Source, read_source
from ingest.readers.ruled import Rule, find_tables
from ingest.readers.scan import cleaning, language, pictures, regions, rules, slips
from ingest.readers.scan.pictures import Picture
from ingest.readers.source import StoppedError
from ntmgraph.authority import Authority
from ntmgraph.model import ReadError, Reading, Refusal

DPI = 200


@pytest.fixture(scope="module")
def recognition() -> None:
    need(any((folder / language.FILE).is_file() for folder in language._folders()), f"{language.FILE} (build/dev.py)")


@pytest.fixture(scope="module")
def plan() -> bytes:
    """A plan as a PDF with a text layer, of one page."""
    sample = make_examples.load("2022-08-30-quyet-dinh-1127-qd-ubnd")
    return make_examples.to_pdf(sample)


@pytest.fixture(scope="module")
def pages(plan: bytes) -> list[Image.Image]:
    return scans.printed(plan, DPI)


def source(folder: Path, data: bytes, name: str = "scan.pdf", limits: Limits = DEFAULT) -> Source:
    path = folder / name
    path.write_bytes(data)
    return read_source(path, limits=limits)


@pytest.fixture(scope="module")
def likeness(
    plan: bytes, pages: list[Image.Image], nlp: Language, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], scans.Likeness]:
    folder = tmp_path_factory.mktemp("scans")

    def reading(data: bytes) -> Reading:
        return read(source(folder, data), nlp=nlp, authority=authority)

    true = reading(plan)

    def of(damage: str) -> scans.Likeness:
        return scans.likeness(true, reading(scans.scanned([scans.DAMAGES[damage](page) for page in pages], DPI)))

    return of


@pytest.mark.usefixtures("recognition")
@pytest.mark.parametrize(
    ("damage", "words"),
    [("clean", 0.97), ("turned 2°", 0.96), ("upside down", 0.96), ("red stamp, blue hand", 0.9), ("shadow", 0.9)],
)
def test_a_damaged_scan_says_what_its_text_says(
    likeness: Callable[[str], scans.Likeness], damage: str, words: float
) -> None:
    found = likeness(damage)
    assert found.words >= words
    assert found.header >= 0.8
    assert min(found.deadlines, found.doers) >= 0.85


@pytest.mark.usefixtures("recognition")
@pytest.mark.parametrize(("width", "degrees"), [(2480, 0.0), (2576, 1.5), (2573, -8.0)])
def test_a_page_of_any_width_is_read(tmp_path: Path, pages: list[Image.Image], width: int, degrees: float) -> None:
    # Of a width that the steps of `regions` divide, as that of A4 at 300 dpi, a region is as wide as the page.
    page = pages[0].convert("L").rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    page = page.resize((width, round(width * page.height / page.width)), Image.Resampling.LANCZOS)
    packed = io.BytesIO()
    page.save(packed, "PNG", dpi=(300, 300))
    found = source(tmp_path, packed.getvalue(), "trang.png")
    assert found.scanned[0].turned == 0
    assert "1127/QĐ-UBND" in found.text
    assert "Theo đề nghị của" in found.text or "Căn cứ" in found.text


@pytest.mark.usefixtures("recognition")
def test_each_word_has_its_place_on_the_page(tmp_path: Path, pages: list[Image.Image]) -> None:
    packed = io.BytesIO()
    scans.turn(90)(pages[0]).save(packed, "PNG", dpi=(DPI, DPI))
    found = source(tmp_path, packed.getvalue(), "trang.png")
    (page,) = found.scanned
    assert (found.format, page.number, page.turned) == ("image", 1, 90)
    assert (round(page.width), round(page.height)) == (595, 842)
    number = next(word for word in found.placed if "1127/" in word.text)
    assert number.page == 1 and number.confidence is not None and number.confidence > 0.5
    assert number.box is not None
    assert 50 < number.box[0] < number.box[2] < 300 and 60 < number.box[1] < number.box[3] < 180
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in found.text


@pytest.mark.usefixtures("recognition")
def test_only_the_pages_without_text_are_recognised(tmp_path: Path, plan: bytes, pages: list[Image.Image]) -> None:
    import pypdfium2 as pdfium

    mixed = pdfium.PdfDocument(plan)
    mixed.import_pages(pdfium.PdfDocument(scans.scanned(pages[:1], DPI)))
    made = io.BytesIO()
    mixed.save(made)
    found = source(tmp_path, made.getvalue())
    assert [page.number for page in found.scanned] == [len(pages) + 1]
    assert found.left_out == ()


@pytest.mark.usefixtures("recognition")
def test_reading_stops_between_pages_when_nobody_waits(tmp_path: Path, pages: list[Image.Image]) -> None:
    def stop(done: int, total: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        source(tmp_path, scans.scanned(pages[:1], DPI), limits=Limits(on_page=stop))


@pytest.mark.usefixtures("recognition")
@pytest.mark.parametrize("limits", [Limits(scanned_pages=0), Limits(scanned_seconds=-1)])
def test_too_many_pages_are_refused(tmp_path: Path, pages: list[Image.Image], limits: Limits) -> None:
    with pytest.raises(ReadError) as refused:
        source(tmp_path, scans.scanned(pages[:1], DPI), limits=limits)
    assert refused.value.refusal is Refusal.TOO_LARGE


@pytest.mark.usefixtures("recognition")
def test_an_empty_page_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="không nhận ra chữ nào") as refused:
        source(tmp_path, scans.scanned([Image.new("RGB", (1654, 2339), "white")], DPI))
    assert refused.value.refusal is Refusal.NO_TEXT


def test_without_its_language_file_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: list[Image.Image]
) -> None:
    monkeypatch.setattr(language, "_folders", lambda: iter([tmp_path]))
    with pytest.raises(ReadError, match=r"vie\.traineddata.*NTMGRAPH_TESSDATA") as refused:
        source(tmp_path, scans.scanned(pages[:1], DPI))
    assert refused.value.refusal is Refusal.NO_TEXT


@pytest.mark.parametrize(
    "head",
    [b"\x89PNG\r\n\x1a\n\x00", b"\xff\xd8\xff\xe0\x00", b"II*\x00\x08", b"BM\x00\x00", b"RIFF\x00\x00\x00\x00WEBP"],
)
def test_a_damaged_picture_is_refused(tmp_path: Path, head: bytes) -> None:
    with pytest.raises(ReadError) as refused:
        source(tmp_path, head + bytes(range(256)), "anh.png")
    assert refused.value.refusal is Refusal.DAMAGED


def test_a_picture_larger_than_a_page_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(packed, "PNG")
    with pytest.raises(ReadError) as refused:
        source(tmp_path, packed.getvalue(), "anh.png")
    assert refused.value.refusal is Refusal.TOO_LARGE


# Cleaning


@pytest.mark.parametrize("degrees", [0.0, 1.0, -2.0, 3.0, 4.5, -9.0])
def test_lines_are_made_level(pages: list[Image.Image], degrees: float) -> None:
    page = scans.turn(degrees)(pages[0]) if degrees else pages[0]
    cleaned = cleaning.clean(cleaning.without_colour(Picture(page, DPI)))
    assert cleaned.skew == pytest.approx(-degrees, abs=0.15)


@pytest.mark.parametrize(("degrees", "on_its_side"), [(0, False), (2, False), (180, False), (90, True), (-88, True)])
def test_lines_that_run_up_and_down_are_seen(pages: list[Image.Image], degrees: float, on_its_side: bool) -> None:
    page = scans.turn(degrees)(pages[0]) if degrees else pages[0]
    assert cleaning.lies_on_its_side(cleaning.without_colour(Picture(page, DPI))) == on_its_side


def test_a_point_of_the_straightened_page_is_found_on_the_crooked_one() -> None:
    page = np.full((1000, 800, 3), 255, np.uint8)
    page[300:304, 100:700] = 0
    crooked = scans.turn(-2)(Image.fromarray(page))
    cleaned = cleaning.Cleaned(crooked.rotate(2), 72, skew=2.0)
    assert cleaned.point(400, 500) == (400, 500)
    x, y = cleaned.point(650, 302)
    dark = np.argwhere(np.asarray(crooked.convert("L")) < 100)
    assert min(abs(dark - (y, x)).sum(axis=1)) < 4


def test_ink_of_a_colour_goes_and_print_stays() -> None:
    page = np.full((400, 400, 3), 255, np.uint8)
    page[10:20], page[30:34], page[60:70, 40:60] = (20, 20, 20), (214, 40, 48), (40, 60, 190)
    grey = np.asarray(cleaning.without_colour(Picture(Image.fromarray(page), DPI)).image)
    assert grey[15, 50] < 60
    assert min(grey[32, 50], grey[65, 50]) > 230


def test_specks_go_where_there_are_many() -> None:
    page = np.full((400, 400), 255, np.uint8)
    page[100:104, 50:350] = 0
    page[np.random.default_rng(0).random(page.shape) < 0.01] = 0
    grey = np.asarray(cleaning.without_colour(Picture(Image.fromarray(page), DPI)).image)
    assert (grey[:90] < 140).mean() < 0.002
    assert (grey[101:103, 60:340] < 140).all()


# Ruling lines and columns


def test_rules_of_a_table_are_found() -> None:
    ink = np.zeros((900, 900), bool)
    for at in (100, 200, 300):
        ink[at : at + 3, 100:700] = True
    for at in (100, 400, 697):
        ink[100:303, at : at + 3] = True
    ink[140:165, 130:160] = True  # a letter
    found = rules.find_rules(ink, dpi=300)
    assert [rule.vertical for rule in found] == [False] * 3 + [True] * 3
    (table,) = find_tables(found)
    assert (table.rows, table.columns) == (2, 2)
    assert all(isinstance(rule, Rule) for rule in found)


def test_columns_are_regions_of_their_own() -> None:
    ink = np.zeros((2000, 2000), bool)
    for top in (100, 180, 260):
        ink[top : top + 30, 200:700] = True
        ink[top + 25 : top + 55, 1000:1800] = True  # not level with the other column
    for top in range(500, 1500, 70):
        ink[top : top + 30, 200:1800] = True
    left, right, body = regions.find_regions(ink, dpi=300)
    assert left.x1 == right.x0 and 700 < left.x1 < 1000
    assert (left.top, left.bottom) == (right.top, right.bottom) and left.bottom <= 500
    assert (body.x0, body.x1 >= 1800) == (0, True)


# Slips


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("2O22", "2022"),
        ("l5/3/2023", "15/3/2023"),
        ("QĐ—UBND", "QĐ-UBND"),
        ("|", ""),
        ("I/2017", "I/2017"),  # a quarter
        ("Il", "Il"),
        ("Oai", "Oai"),
        ("—", "—"),
    ],
)
def test_slips_are_mended_only_where_they_are_sure(word: str, expected: str) -> None:
    assert slips.mended(word) == expected


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (["I.", "IL", "HI.", "IV."], ["I.", "II.", "III.", "IV."]),
        (["IL"], ["IL"]),  # I or II
        (["I.", "H."], ["I.", "II."]),
        (["III.", "H."], ["III.", "H."]),  # "H. Hòa An"
        (["I.", "II.", "-", "II.", "IV."], ["I.", "II.", "-", "III.", "IV."]),  # bullets between
        (["I.", "I."], ["I.", "I."]),  # of two annexes
    ],
)
def test_numerals_of_headings_are_told_by_their_order(read: list[str], expected: list[str]) -> None:
    numerals = slips.Numerals()
    assert [numerals.mended([word, "MỤC"])[0] for word in read] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Sở Y tế theo đối, đôn đôc", "Sở Y tế theo dõi, đôn đốc"),
        ("theo đối việc làm; theo đõi", "theo dõi việc làm; theo dõi"),
        ("Chủ tri, phôi hợp; CHI ĐẠO", "Chủ trì, phối hợp; CHỈ ĐẠO"),
        ("cấp theo đối tượng; xếp theo đội", "cấp theo đối tượng; xếp theo đội"),
        ("xếp theo đối", "xếp theo đối"),  # the next line may go on: "tượng"
        ("cảnh báo cao hơn; để Nghị quyết", "cảnh báo cao hơn; để Nghị quyết"),
        ("chỉ đào tạo; xây đúng", "chỉ đào tạo; xây đúng"),
    ],
)
def test_phrases_of_orders_are_mended_where_nothing_else_can_stand(line: str, expected: str) -> None:
    assert slips.with_phrases(line.split()) == expected.split()


def test_the_picture_of_a_page_is_png_and_bounded(plan: bytes) -> None:
    with Image.open(io.BytesIO(pictures.page_picture(plan, 1, turned=90, width=600))) as picture:
        assert (picture.format, picture.width) == ("PNG", 600)
        assert picture.width > picture.height
    with pytest.raises(IndexError):
        pictures.page_picture(plan, 99)
