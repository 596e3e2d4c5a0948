"""A scan through the real program: recognised while taken in, its sentences shown on the picture of the page."""

from __future__ import annotations

from pathlib import Path

import make_examples
import pytest
import scans
from needs import need
from screen import PATIENCE, Screen
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from ingest.readers.scan import language

pytestmark = pytest.mark.browser


def test_a_sentence_is_shown_on_the_picture_of_its_page(empty_screen: Screen, tmp_path: Path):
    need(any((folder / language.FILE).is_file() for folder in language._folders()), f"{language.FILE} (build/dev.py)")
    screen = empty_screen
    pages = scans.printed(make_examples.to_pdf(make_examples.load("2022-04-20-ke-hoach-812-kh-ubnd")), 150)
    scan = tmp_path / "kế hoạch quét.pdf"
    scan.write_bytes(scans.scanned([scans.turn(1)(pages[-1])], 150))
    screen.open("/nap")
    screen.see("Thả tệp hoặc thư mục vào đây")
    screen.driver.find_element(By.ID, "take_in-files").send_keys(str(scan))
    screen.see("1 tệp: 1 văn bản mới.", ".answer-line")
    screen.click("kế hoạch quét.pdf", "#take_in-batches a")
    screen.see("Sở Tài chính", ".note")
    screen.click("Sở Tài chính", ".note")
    screen.until_path("at=")
    at = screen.path.partition("at=")[2]
    screen.click("Ảnh trang", ".tabs a")
    screen.until_path("tab=pages")
    screen.open(f"{screen.path}&at={at}")
    screen.see("Trang quét 1 trong 1 trang")
    picture = screen.driver.find_element(By.CSS_SELECTOR, ".page-picture img")
    outline = screen.driver.find_element(By.CSS_SELECTOR, ".page-picture .outline")
    WebDriverWait(screen.driver, PATIENCE).until(lambda _: int(picture.get_property("naturalWidth")) >= 800)
    box, page = outline.rect, picture.rect
    assert page["x"] < box["x"] and box["x"] + box["width"] < page["x"] + page["width"]
    assert page["y"] < box["y"] and box["y"] + box["height"] < page["y"] + page["height"]
    screen.see("Sở Tài chính", ".narrow mark")
