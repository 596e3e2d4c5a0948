"""Nothing of the program leaves the machine: with the network cut, and with a proxy that would see it."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from addresses import ADDRESSES
from needs import ROOT, need
from screen import complaints, serving, start_chromium
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from walk import walk

# What Chromium asks for itself, whatever it shows; the program's own window turns that off where it can.
BROWSERS_OWN = re.compile(r"google|gstatic|googleapis|gvt1|chromium", re.I)
WALK = Path(__file__).with_name("walk.py")


def in_a_namespace(workspace: Path, *reached: str) -> dict[str, int]:
    """Return what left a network namespace without a network, while the program was walked through in it."""
    cut = shutil.which("unshare") and shutil.which("ip") and hasattr(os, "geteuid") and os.geteuid() == 0
    need(cut, "root with unshare and ip (a network namespace of its own)")
    command = ("unshare", "--net", sys.executable, str(WALK), str(workspace), *reached)
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return json.loads(ran.stdout)


def test_with_the_network_cut_all_works_and_nothing_is_tried(tmp_path: Path):
    assert in_a_namespace(tmp_path / "kho", "192.0.2.1") == {
        "without a way": 1,
        "by UDP": 0,
    }  # the one tried on purpose


@pytest.fixture
def proxy() -> Iterator[tuple[str, list[str]]]:
    """The address of a proxy that refuses all, and the first lines of what it was asked for."""
    asked: list[str] = []

    class Refusing(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked.append(self.rfile.readline().decode("latin-1").strip())
            self.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Refusing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


def by(address: str) -> dict[str, str]:
    """An environment that sends whatever heeds it through the proxy; loopback itself is nobody's business."""
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "FTP_PROXY")
    through = {each: f"http://{address}" for name in names for each in (name, name.lower())}
    return {**os.environ, **through, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}


def test_a_proxy_is_asked_for_nothing(proxy: tuple[str, list[str]], tmp_path: Path):
    address, asked = proxy
    walk(tmp_path / "kho", by(address))
    assert asked == []
    name, _, port = address.partition(":")
    with socket.create_connection((name, int(port))) as line:  # it does record
        line.sendall(b"CONNECT evil.test:443 HTTP/1.1\r\n\r\n")
        line.recv(100)
    assert asked == ["CONNECT evil.test:443 HTTP/1.1"]


@pytest.mark.browser
def test_a_browser_behind_a_proxy_asks_it_for_nothing_of_the_pages(
    proxy: tuple[str, list[str]], samples: Path, tmp_path: Path
):
    address, asked = proxy
    quiet = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
    chromium = start_chromium(f"--proxy-server={address}", *quiet)
    try:
        with serving(shutil.copytree(samples, tmp_path / "kho")) as running:
            chromium.get(running.address)
            complaints(chromium, running.origin)
            for path in ADDRESSES:
                chromium.get(running.origin + path)
                WebDriverWait(chromium, 60).until(lambda driver: driver.find_elements(By.CSS_SELECTOR, "#page > .page"))
            assert complaints(chromium, running.origin) == []
            assert [line for line in asked if not BROWSERS_OWN.search(line)] == []
    finally:
        chromium.quit()
