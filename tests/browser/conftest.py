"""The real program in a real browser: `ntmgraph serve` over a workspace filled from examples/, and Chromium.

Whatever the browser complains about (console error, failed request, request to another host) fails the test.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from screen import Program, Screen, serving, start_chromium, watched
from selenium.webdriver import Chrome


@pytest.fixture
def documents() -> Path:
    """Where a program that runs now puts its user's files."""
    return Path(os.environ["XDG_DOCUMENTS_DIR"])


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chrome]:
    chrome = start_chromium()
    yield chrome
    chrome.quit()


@pytest.fixture(scope="session")
def program(chromium: Chrome, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """One program for all tests that only read; the browser is signed in."""
    workspace = shutil.copytree(samples, tmp_path_factory.mktemp("shared") / "workspace")
    with serving(workspace) as running:
        chromium.get(running.address)
        yield running


@pytest.fixture
def screen(program: Program, chromium: Chrome) -> Iterator[Screen]:
    """The browser on the shared program; what it complains about fails the test."""
    with watched(chromium, program.origin) as on:
        yield on


@pytest.fixture
def own_screen(chromium: Chrome, samples: Path, tmp_path: Path) -> Iterator[Screen]:
    """The browser on a program of its own over the samples, for tests that change something."""
    with serving(shutil.copytree(samples, tmp_path / "workspace")) as running, watched(chromium, running.origin) as on:
        chromium.get(running.address)
        yield on


@pytest.fixture
def empty_screen(chromium: Chrome, tmp_path: Path) -> Iterator[Screen]:
    """The browser on a program of its own over a new workspace."""
    with serving(tmp_path / "workspace") as running, watched(chromium, running.origin) as on:
        chromium.get(running.address)
        yield on
