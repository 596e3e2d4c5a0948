"""Every page, light and dark, before axe-core: contrast, names of fields and buttons, roles, order of headings."""

from __future__ import annotations

import pytest
from addresses import ADDRESSES
from needs import ROOT, need
from screen import PATIENCE, Screen
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from dash_app.cookies import THEME_COOKIE, THEMES

pytestmark = pytest.mark.browser

AXE = ROOT / ".axe" / "axe.min.js"
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }).then((found) => done(
  found.violations.filter((each) => ["serious", "critical"].includes(each.impact)).map((each) =>
    `${each.id}: ${each.help}: ${each.nodes.slice(0, 5).map((node) => node.target + " " + node.html.slice(0, 160)).join(" | ")}`)
), (error) => done([String(error)]));
"""
# At 150 % text: what makes the window scroll sideways, days broken in two lines, fields lower than their words.
LARGE = """
document.documentElement.dataset.text = "150";
const found = document.documentElement.scrollWidth > innerWidth ? ["the window scrolls sideways"] : [];
const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const range = document.createRange();
while (words.nextNode()) {
  if (!/^\\d\\d\\/\\d\\d\\/\\d{4}$/.test(words.currentNode.data.trim())) continue;
  range.selectNodeContents(words.currentNode);
  if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) found.push(words.currentNode.data);
}
for (const field of document.querySelectorAll("select, input:not([type=checkbox], [type=file], [hidden])")) {
  const low = field.offsetHeight && field.offsetHeight < 1.35 * parseFloat(getComputedStyle(field).fontSize);
  if (low) found.push(field.outerHTML.slice(0, 100));
}
return found;
"""
PAGES = (*ADDRESSES, "/khong-co-trang-nay")


@pytest.fixture(scope="module")
def axe() -> str:
    need(AXE.exists(), "axe-core (python build/dev.py test fetches it with npm)")
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(screen: Screen, axe: str, path: str) -> None:
    found = {}
    for theme in THEMES:
        screen.driver.add_cookie({"name": THEME_COOKIE, "value": theme})
        screen.open(path)
        WebDriverWait(screen.driver, PATIENCE).until(
            lambda driver: driver.find_elements(By.CSS_SELECTOR, "#page > .page") and driver.title
        )
        screen.driver.execute_script(axe)
        found[theme] = screen.driver.execute_async_script(RUN)
    screen.driver.delete_cookie(THEME_COOKIE)
    assert not any(found.values()), found


@pytest.mark.parametrize("path", PAGES)
def test_text_of_150_percent_fits(screen: Screen, path: str) -> None:
    screen.open(path)
    WebDriverWait(screen.driver, PATIENCE).until(
        lambda driver: driver.find_elements(By.CSS_SELECTOR, "#page > .page") and driver.title
    )
    assert screen.driver.execute_script(LARGE) == []
