"""What another site or another program on the PC may try, in a real browser that is signed in."""

from __future__ import annotations

import http.client
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from screen import Program, Screen, serving
from selenium.webdriver import Chrome
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = pytest.mark.browser

ATTACK = """<!doctype html><meta charset="utf-8"><title>bẫy</title>
<form method="post" action="{target}/nap/bat-dau?batch=x" target="frame"></form><iframe name="frame"></iframe>
<script>
  const tries = [
    fetch("{target}/nap/bat-dau?batch=x", {{method: "POST", mode: "no-cors", credentials: "include"}}),
    fetch("{target}/_dash-layout", {{credentials: "include"}}),
    fetch("{target}/", {{mode: "no-cors", credentials: "include"}}),
  ];
  document.forms[0].submit();
  Promise.allSettled(tries).then((ends) => {{ document.title = ends.map((end) => end.status).join(" "); }});
</script>"""


@contextmanager
def trap(target: str) -> Iterator[str]:
    """Another site's page, which turns on `target` as soon as it is opened."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(ATTACK.format(target=target).encode())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()


def statuses(chromium: Chrome, origin: str) -> list[int]:
    """The answers that the program gave since the last look at the log."""
    events = (json.loads(entry["message"])["message"] for entry in chromium.get_log("performance"))
    answers = [event["params"]["response"] for event in events if event["method"] == "Network.responseReceived"]
    return [answer["status"] for answer in answers if answer["url"].startswith(origin)]


def test_another_site_gets_nothing_although_the_browser_is_signed_in(program: Program, chromium: Chrome):
    with trap(program.origin) as site:
        chromium.get("about:blank")  # what the program's own page still asks for ends here
        chromium.get_log("performance")
        chromium.get(site)
        WebDriverWait(chromium, 20).until(lambda driver: "rejected" in driver.title)
        assert chromium.title.split()[1] == "rejected"  # the answer that scripts could have read
        refused = statuses(chromium, program.origin)
    assert refused
    assert set(refused) == {403}


INJECTED = """
const script = document.createElement("script");
script.textContent = "window.ran = 'script'";
const image = document.createElement("div");
image.innerHTML = `<img src=x onerror="window.ran = 'handler'"><a href="javascript:window.ran = 'link'">x</a>`;
document.body.append(script, image);
image.querySelector("a").click();
"""


def test_markup_that_got_into_a_page_could_not_run(program: Program, chromium: Chrome):
    chromium.get(program.origin)
    chromium.execute_script(INJECTED)
    refused = "Content Security Policy"
    WebDriverWait(chromium, 20).until(
        lambda driver: any(refused in line["message"] for line in driver.get_log("browser"))
    )
    assert chromium.execute_script("return window.ran") is None


def status_of(program: Program, query: str) -> int:
    """What a stranger without a cookie gets for `/?query`."""
    where = urlsplit(program.address)
    stranger = http.client.HTTPConnection(where.hostname, where.port, timeout=10)
    stranger.request("GET", f"/?{query}")
    return stranger.getresponse().status


def test_the_secret_is_used_up_by_the_first_window(program: Program, screen: Screen):
    assert status_of(program, urlsplit(program.address).query) == 403
    screen.open("/")
    screen.see("Tổng quan", "#menu [aria-current]")


def test_a_later_start_knows_no_earlier_secret(samples: Path):
    with serving(samples) as first:
        old = urlsplit(first.address).query
        assert old.startswith("token=")
    with serving(samples) as second:
        assert status_of(second, old) == 403
        assert status_of(second, urlsplit(second.address).query) == 303
