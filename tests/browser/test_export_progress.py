"""A file is told of while it is made, and what cannot be made is told where it was asked for."""

from __future__ import annotations

import pytest
from screen import PATIENCE, Screen, complaints
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = pytest.mark.browser

# Keeps the name under which a file would be saved, and how many bytes it has.
_CATCH = """
let size = 0;
URL.createObjectURL = (blob) => { size = blob.size; return "blob:kept"; };
const click = HTMLAnchorElement.prototype.click;
HTMLAnchorElement.prototype.click = function () {
  if (this.download) window.saved = [this.download, size]; else click.call(this);
};
"""


def test_a_file_is_saved_under_its_name(screen: Screen) -> None:
    screen.open("/nhiem-vu?on=2023-02-01")
    screen.driver.execute_script(_CATCH)
    screen.click("Xuất", ".export > summary")
    screen.click("Excel", ".export a")
    name, size = WebDriverWait(screen.driver, PATIENCE).until(
        lambda driver: driver.execute_script("return window.saved")
    )
    assert name == "nhiem-vu-2023-02-01.xlsx" and size > 5_000
    assert screen.driver.execute_script("return document.getElementById('exporting').hidden")
    assert "/nhiem-vu" in screen.driver.current_url  # the page stands


def test_what_cannot_be_made_is_told_on_the_page(screen: Screen) -> None:
    screen.open("/nhiem-vu?on=2023-02-01")
    screen.click("Xuất", ".export > summary")
    screen.driver.execute_script(
        "document.querySelector(\".export a[href*='xlsx']\").setAttribute('href', '/xuat/nothing.xlsx')"
    )
    screen.click("Excel", ".export a")
    screen.see("không có gì để xuất", "#exporting")
    screen.click("Đóng", "#exporting button")
    assert screen.driver.execute_script("return document.getElementById('exporting').hidden")
    told = complaints(screen.driver, screen.origin)
    assert [each for each in told if "nothing.xlsx" not in each] == []
