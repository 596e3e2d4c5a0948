"""How fast does the packaged program start, and what does it take at rest? Over a workspace with the samples.

    python benchmarks/packaged.py [--runs 10] [--cold]

Seconds from the start of dist/ntmgraph (`make package` first) to its first answer, and to the painted overview in a
headless Chromium that runs already, with an empty cache. `--cold` empties the system's file cache before each start (as
root, on Linux). Memory is the program's own (PSS), when the page stands and ten seconds later, with the reader loaded.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

from pages import browser as headless
from selenium.webdriver import Chrome
from selenium.webdriver.support.ui import WebDriverWait

sys.path.append(str(Path(__file__).resolve().parents[1] / "build"))
import package

_PAINTED = "return document.querySelector('#page h1, #page .answer-line, #page .answer') && performance.timeOrigin > 0"


def memory(process: int) -> float:
    """MB that only this process holds, and its share of the rest."""
    rows = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1000


def start(workspace: Path, browser: Chrome, *, wait: float = 0) -> tuple[float, float, float, float]:
    """Start and end the program once: seconds to the first answer and to the page, MB then and after `wait` seconds."""
    began = time.perf_counter()
    command = (str(package.PROGRAM), "--workspace", str(workspace), "serve", "--no-browser")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with suppress(OSError), urlopen(address.partition("?")[0]):  # noqa: S310 - loopback
            pass  # the guard refuses who has no secret: an answer too
        answered = time.perf_counter() - began
        browser.get(address)
        WebDriverWait(browser, 30, poll_frequency=0.01).until(lambda driver: driver.execute_script(_PAINTED))
        browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
        painted = time.perf_counter() - began
        at_once = memory(process.pid)
        time.sleep(wait)
        at_rest = memory(process.pid)
        process.terminate()
    return answered, painted, at_once, at_rest


def told(seconds: Iterable[float]) -> str:
    ordered = sorted(seconds)
    return f"{ordered[0]:.2f} / {statistics.median(ordered):.2f} / {ordered[-1]:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--cold", action="store_true")
    arguments = parser.parse_args()
    if not package.PROGRAM.exists():
        sys.exit("There is no dist/ntmgraph: make package")
    with tempfile.TemporaryDirectory() as folder, headless("--incognito") as browser:
        workspace = Path(folder) / "kho"
        ingest = (str(package.PROGRAM), "--workspace", str(workspace), "ingest", str(package.ROOT / "examples"))
        subprocess.run(ingest, check=True, capture_output=True)
        start(workspace, browser)  # not counted
        rows = []
        for run in range(arguments.runs):
            if arguments.cold:
                os.sync()
                Path("/proc/sys/vm/drop_caches").write_text("3\n", encoding="ascii")
            rows.append(start(workspace, browser, wait=10 if run == 0 else 0))
    answered, painted, at_once, _ = zip(*rows, strict=True)
    kind = "cold" if arguments.cold else "warm"
    print(f"{arguments.runs} starts, {kind}; seconds min / median / max; load {os.getloadavg()[0]:.1f}")
    print(f"  first answer   {told(answered)}\n  painted page   {told(painted)}")
    print(f"  MB with the first page {statistics.median(at_once):.0f}, at rest {rows[0][3]:.0f}")
    parts = json.loads((package.FOLDER / "parts.json").read_text(encoding="utf-8"))["parts"]
    print(
        f"  folder {sum(parts.values()):.0f} MB: "
        + ", ".join(f"{part} {size:.0f}" for part, size in [*parts.items()][:12])
    )


if __name__ == "__main__":
    main()
