"""A running program and a browser on it: what its user sees and does, and what the browser complains about."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from needs import ROOT, need
from selenium.common.exceptions import StaleElementReferenceException, TimeoutException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 40  # seconds until a text must be there
NTMGRAPH = (sys.executable, "-m", "ntmgraph")


@dataclass(frozen=True, slots=True)
class Program:
    """A running `ntmgraph serve`; `address` holds the secret that works once."""

    address: str
    process: subprocess.Popen[str]

    @property
    def origin(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class Screen:
    """A browser on the running program: what its user sees and does."""

    driver: Chrome
    origin: str

    def open(self, path: str) -> None:
        self.driver.get(self.origin + path)

    def see(self, text: str, css: str = "body") -> WebElement:
        """The element that shows the text, as soon as one does."""

        def shows(driver: Chrome) -> WebElement | None:
            found = driver.find_elements(By.CSS_SELECTOR, css)
            return next((one for one in found if text in words_in(driver, one)), None)

        try:
            return WebDriverWait(self.driver, PATIENCE, ignored_exceptions=(StaleElementReferenceException,)).until(
                shows
            )
        except TimeoutException:
            raise AssertionError(f"no “{text}” in {css} at {self.path}; the page says:\n{self.text()}") from None

    def gone(self, text: str, css: str = "body") -> None:
        """Wait until nothing shows the text any more."""
        script = "return [...document.querySelectorAll(arguments[0])].every(e => !e.innerText.includes(arguments[1]))"
        WebDriverWait(self.driver, PATIENCE).until(lambda driver: driver.execute_script(script, css, text))

    def click(self, text: str, css: str = "a, button") -> None:
        """Click what shows the text. A page drawn anew between look and click is looked at again."""

        def clicked(driver: Chrome) -> bool:
            self.see(text, css).click()
            return True

        WebDriverWait(self.driver, PATIENCE, ignored_exceptions=(StaleElementReferenceException,)).until(clicked)

    def type(self, css: str, text: str) -> None:
        field = WebDriverWait(self.driver, PATIENCE).until(lambda driver: driver.find_element(By.CSS_SELECTOR, css))
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(text)

    def until_path(self, part: str) -> None:
        """Wait until the address contains `part`."""
        try:
            WebDriverWait(self.driver, PATIENCE).until(lambda _: part in self.path)
        except TimeoutException:
            raise AssertionError(f"the address never held {part}; it is {self.path}") from None

    def text(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "body").text

    @property
    def path(self) -> str:
        return self.driver.current_url.removeprefix(self.origin)


def start_chromium(*more: str) -> Chrome:
    """Return a headless Chromium that tells all it says and asks for; quit it."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    need(browser and driver, "Chromium with its chromedriver (Debian: chromium chromium-driver)")
    options = ChromeOptions()
    options.binary_location = str(browser)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for argument in ("--headless=new", "--window-size=1366,768", "--disable-dev-shm-usage", "--lang=vi", *more):
        options.add_argument(argument)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium refuses to run as root with it
    return Chrome(options=options, service=Service(driver))


def words_in(driver: Chrome, element: WebElement) -> str:
    """What an element shows, on one line: a source may break its lines anywhere."""
    return " ".join(driver.execute_script("return arguments[0].innerText", element).split())


@contextmanager
def serving(workspace: Path, program: tuple[str, ...] = NTMGRAPH) -> Iterator[Program]:
    """The program over a workspace, until the block ends; then it must end cleanly within ten seconds."""
    command = (*program, "--workspace", str(workspace), "serve", "--no-browser")
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Program(process.stdout.readline().strip(), process)
        finally:
            process.terminate()
            assert process.wait(timeout=10) == 0


@contextmanager
def watched(chromium: Chrome, origin: str) -> Iterator[Screen]:
    """A screen whose console and network stay clean for the length of the block."""
    complaints(chromium, origin)  # those of an earlier test are not ours
    yield Screen(chromium, origin)
    found = complaints(chromium, origin)
    assert found == [], found


def complaints(chromium: Chrome, origin: str) -> list[str]:
    """What went wrong in the browser since the last call: console errors, failed and foreign requests."""
    said = [f"console: {entry['message']}" for entry in chromium.get_log("browser") if entry["level"] == "SEVERE"]
    for entry in chromium.get_log("performance"):
        event = json.loads(entry["message"])["message"]
        said += _of_network(event["method"], event["params"], origin)
    return said


def _of_network(method: str, params: dict, origin: str) -> list[str]:
    if method == "Network.requestWillBeSent":
        url = params["request"]["url"]
        inside = url.startswith((origin + "/", "data:", "blob:", "chrome:"))
        return [] if inside else [f"request to another place: {url}"]
    if method == "Network.responseReceived" and params["response"]["status"] >= 400:
        return [f"{params['response']['status']}: {params['response']['url']}"]
    if method == "Network.loadingFailed" and not params.get("canceled"):
        return [f"failed: {params.get('errorText')} {params.get('blockedReason', '')}"]
    return []
