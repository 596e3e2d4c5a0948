"""A document full of script and markup, on every page that shows its words: they stand there as words."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hostile import IMAGE, SCRIPT
from screen import Program, start_chromium, watched
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from visitor import PATIENCE as LONG
from visitor import Visitor

pytestmark = pytest.mark.browser

DOCUMENT = "/van-ban/ubnd-tinh-cao-bang.668-ubnd-nl.2023"
# address, what its words say there (nothing: the page shows of such a document only its number)
PAGES = (
    ("/", ""),
    ("/truy-vet?criterion=17&province=Cao Bằng", SCRIPT),
    (f"/truy-vet?q={SCRIPT}", ""),
    ("/phan-cong?province=Cao Bằng", ""),
    ("/tim-kiem?q=tiêu chí số 17", IMAGE),
    (f"/tim-kiem?q={IMAGE}", IMAGE),
    ("/van-ban", SCRIPT),
    (f"/van-ban?q={SCRIPT}", ""),
    (DOCUMENT, SCRIPT),
    (f"{DOCUMENT}?tab=tasks", SCRIPT),
    (f"{DOCUMENT}?tab=relations", ""),
    (f"{DOCUMENT}?tab=unread", ""),
    ("/nhiem-vu?on=2023-02-01", SCRIPT),
    ("/nhiem-vu?on=2023-02-01&view=calendar", ""),
    ("/tien-do?province=Cao Bằng", ""),
    ("/ra-soat", ""),
    ("/nap", ""),
    ("/cai-dat?tab=catalogue", ""),
    (f"/khong-co/{SCRIPT}", ""),
)
LEDGER = "#take_in-ledger a.row-link"
MARKUP = """
const made = document.querySelectorAll("#page :is(script, iframe, object, embed, form[action^='http'], [onerror], [onload], [src=x])");
const links = [...document.querySelectorAll("a[href]")].filter((a) => a.protocol === "javascript:");
return [window.ran ?? null, [...made, ...links].map((each) => each.outerHTML)];
"""


@pytest.fixture(scope="module")
def window(program: Program, visitor: Visitor) -> Iterator[Chrome]:
    chrome = start_chromium()
    # The secret was used up by `visitor`: its cookie goes into the window, before any page, which would be refused.
    name, _, value = visitor.cookie.partition("=")
    cookie = {"url": program.origin, "name": name, "value": value, "httpOnly": True, "sameSite": "Strict"}
    assert chrome.execute_cdp_cmd("Network.setCookie", cookie)["success"]
    yield chrome
    chrome.quit()


@pytest.mark.parametrize(("address", "shown"), PAGES, ids=[row[0] for row in PAGES])
def test_words_of_a_document_are_words(window: Chrome, program: Program, address: str, shown: str):
    with watched(window, program.origin) as screen:
        screen.open(quote(address, safe="/?=&"))
        WebDriverWait(window, LONG).until(lambda driver: driver.find_elements(By.CSS_SELECTOR, "#page > .page"))
        assert window.execute_script(MARKUP) == [None, []]
        if shown:
            screen.see(shown, "#page")
    assert window.execute_script("return document.cookie") == ""  # the session's is none of a script's business


def test_the_name_of_a_file_is_a_word_in_the_ledger(window: Chrome, program: Program):
    with watched(window, program.origin) as screen:
        screen.open("/nap")
        WebDriverWait(window, LONG).until(lambda driver: driver.find_elements(By.CSS_SELECTOR, LEDGER))
        window.find_element(By.CSS_SELECTOR, LEDGER).click()
        screen.see("onerror", "#page")
        assert window.execute_script(MARKUP) == [None, []]
