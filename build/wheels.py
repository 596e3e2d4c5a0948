"""Which wheel Windows would install of each locked dependency: `make lock` writes windows_wheels.csv, a test reads it.

So the Windows build has nothing to compile. The table holds file names and hashes only, and the test needs no network.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parents[1]
LOCK, TABLE = ROOT / "requirements.lock", ROOT / "build" / "windows_wheels.csv"
PYTHONS = ((3, 11), (3, 12), (3, 13))
PURE = frozenset({"proxy-tools"})  # comes as a source package only: one Python file, which pywebview imports
COLUMNS = ("package", "wheel", "sha256")


def write(uv: Path) -> None:
    """Look up which wheels the locked hashes are of, and note those that some Python on Windows takes."""
    tags = frozenset[Tag]().union(*(tags_on_windows(python) for python in PYTHONS))
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "pylock.toml"
        options = ("--universal", "--python-version", "3.11", "--format", "pylock.toml", "--no-header", "--quiet")
        subprocess.run([str(uv), "pip", "compile", *options, str(LOCK), "-o", str(told)], cwd=ROOT, check=True)
        packages = tomllib.loads(told.read_text(encoding="utf-8"))["packages"]
    rows = []
    for package in packages:
        for wheel in package.get("wheels", ()):
            name = wheel["url"].rpartition("/")[2].replace("%2B", "+")
            if parse_wheel_filename(name)[3] & tags:
                rows.append((package["name"], name, wheel["hashes"]["sha256"]))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerows((COLUMNS, *sorted(rows)))


def tags_on_windows(python: tuple[int, int]) -> frozenset[Tag]:
    """The tags of wheels that CPython of this version takes on Windows of 64 bit."""
    interpreter, platforms = f"cp{python[0]}{python[1]}", ["win_amd64"]
    return frozenset((*cpython_tags(python, platforms=platforms), *compatible_tags(python, interpreter, platforms)))


def locked_on_windows(lock: str, python: tuple[int, int]) -> Iterator[tuple[str, str, set[str]]]:
    """(name, version, hashes) of what a lock would install on Windows."""
    version = f"{python[0]}.{python[1]}"
    there = {
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "python_version": version,
        "python_full_version": f"{version}.9",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for entry in re.split(r"\n(?=\S)", lock):
        wanted, *hashes = re.split(r"\\?\s+--hash=sha256:", entry.split("\n    #")[0])
        if not hashes:
            continue
        requirement = Requirement(wanted)
        if requirement.marker is None or requirement.marker.evaluate(there):
            (exactly,) = requirement.specifier
            yield canonicalize_name(requirement.name), exactly.version, {each.strip() for each in hashes}


def wheels(table: Path = TABLE) -> dict[str, set[Tag]]:
    """Hash of a wheel -> its tags."""
    with table.open(encoding="utf-8", newline="") as file:
        return {row["sha256"]: set(parse_wheel_filename(row["wheel"])[3]) for row in csv.DictReader(file)}


def to_compile(lock: str, known: dict[str, set[Tag]], python: tuple[int, int]) -> list[str]:
    """What Windows would have to compile, or what the table does not know: it was made of another lock."""
    fitting = {digest for digest, tags in known.items() if tags & tags_on_windows(python)}
    return [
        f"{name} {version}"
        for name, version, hashes in locked_on_windows(lock, python)
        if not hashes & fitting and name not in PURE
    ]


if __name__ == "__main__":
    write(Path(sys.argv[1]))
