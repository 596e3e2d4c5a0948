"""Files that unpack to far more than they weigh, or have pages without end: refused in time and within memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import bomb, nested, pdf
from needs import ROOT

PATIENCE = 240  # seconds for all of them
ROOM = 700  # MB: what the program weighs with its language part, and what one file may unpack to
MEASURED = """
import atexit, re, sys
# Not getrusage: that counts the process which started this one, too.
atexit.register(lambda: print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1], file=sys.stderr))
from ntmgraph.cli import main
main()
"""

# file, what its refusals say
FILES = {
    "phẳng.zip": (bomb, ("0.txt",), {}, "too_large"),
    "sai cỡ.zip": (bomb, ("0.txt",), {"stated": 10}, "damaged"),
    "chồng nhau.zip": (bomb, tuple(f"{number}.txt" for number in range(200)), {"over_one": True}, "too_large"),
    "lồng nhau.zip": (nested, (3,), {}, "not_a_document"),
    "lồng một lần.zip": (nested, (1,), {}, "too_large"),
    "bom.docx": (bomb, ("[Content_Types].xml", "word/document.xml"), {}, "too_large"),
    "bom sai cỡ.docx": (bomb, ("[Content_Types].xml", "word/document.xml"), {"stated": 10}, "damaged"),
    "bom.xlsx": (bomb, ("[Content_Types].xml", "xl/workbook.xml"), {}, "too_large"),
    "vạn trang.pdf": (pdf, (10_000,), {}, "too_large"),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, set[str]], int]:
    """The refusals of each file, one process having read them all, and the most memory that it held, in MB."""
    folder = tmp_path_factory.mktemp("bombs")
    for name, (make, values, options, _) in FILES.items():
        (folder / name).write_bytes(make(*values, **options))
    command = (sys.executable, "-c", MEASURED, "parse", "--json", *map(str, sorted(folder.iterdir())))
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ran.returncode == 1, ran.stderr  # in part: files were refused
    found: dict[str, set[str]] = {}
    for row in map(json.loads, ran.stdout.splitlines()):
        found.setdefault(Path(row["path"]).relative_to(folder).parts[0], set()).add(row["refused"])
    return found, int(ran.stderr.splitlines()[-1]) // 1024


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused(said: tuple[dict[str, set[str]], int], name: str):
    assert said[0][name] == {FILES[name][3]}


def test_memory_stays_bounded(said: tuple[dict[str, set[str]], int]):
    assert said[1] < ROOM
