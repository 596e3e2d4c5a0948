"""The packaged program as its user has it: no Python on the machine, a folder that cannot be written, Vietnamese names."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import docx
import make_examples
import openpyxl
import package
import pytest
import scans
from needs import ROOT

Run = Callable[..., str]

COMMAND = package.CONSOLE if os.name == "nt" else package.PROGRAM.name
NEEDED_BY_WINDOWS = ("SYSTEMROOT", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA")


@pytest.fixture(scope="module")
def program(packaged: Path) -> Iterator[Path]:
    """The program in its folder, where nobody may write."""
    before = state(packaged)
    for place in (packaged, *packaged.rglob("*")):
        if not place.is_symlink():
            place.chmod(place.stat().st_mode & ~0o222)
    yield packaged / COMMAND
    after = state(packaged)
    for place in (packaged, *packaged.rglob("*")):
        if not place.is_symlink():
            place.chmod(place.stat().st_mode | 0o200)
    assert after == before, "the program wrote into its own folder"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("user") / "Thư mục của Nguyễn Văn Ấ"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def environment(home: Path) -> dict[str, str]:
    """What a program finds on a PC without Python."""
    kept = {name: os.environ[name] for name in NEEDED_BY_WINDOWS if os.name == "nt" and name in os.environ}
    return {
        "NTMGRAPH_USER": "neo4j",
        "NTMGRAPH_PASSWORD": "sai",
        "HOME": str(home),
        "PATH": str(home),
        "LANG": "C.UTF-8",
        **kept,
    }


@pytest.fixture(scope="module")
def run(program: Path, home: Path, environment: dict[str, str]) -> Run:
    """Run a command over the samples and a scan; return what it prints."""

    def call(*arguments: str, code: int = 0) -> str:
        command = (str(program), "--workspace", "kho của tôi", *arguments)
        done = subprocess.run(command, cwd=home, env=environment, capture_output=True, check=False)
        told = done.stdout.decode(), done.stderr.decode()
        assert done.returncode == code, told
        return told[0] or told[1]

    pages = scans.printed(make_examples.to_pdf(make_examples.load("2022-04-20-ke-hoach-812-kh-ubnd")), 150)
    scan = home / "kế hoạch quét.pdf"
    scan.write_bytes(scans.scanned(pages[-1:], 150))
    taken_in = json.loads(call("ingest", str(ROOT / "examples"), str(scan), "--json"))
    assert {row["state"] for row in taken_in["rows"]} == {"new"}, taken_in
    return call


def test_the_help_is_there(program: Path, environment: dict[str, str]):
    told = subprocess.run((str(program), "trace", "--help"), env=environment, capture_output=True, check=True)
    assert "--criterion" in told.stdout.decode()
    assert len(told.stdout.decode().splitlines()[2].split()) > 3, "the docstring of the command"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("trace", "--criterion", "17"), "Sở Tài nguyên và Môi trường"),
        (("search", "giai ngan"), "giải"),
        (("deadlines", "--on", "2023-03-01", "--state", "open_late"), "quá hạn 306 ngày"),
        (("progress", "--province", "Cao Bằng", "--on", "2023-12-31"), "3210/BC-UBND"),
        (("review",), "655/QĐ-UBND"),
        (("check",), ""),
    ],
    ids=lambda each: each[0] if isinstance(each, tuple) else None,
)
def test_commands_answer(run: Run, arguments: tuple[str, ...], told: str):
    assert told.lower() in run(*arguments).lower()


def test_a_scan_is_recognised(run: Run):
    assert "Sở Tài chính" in run("parse", "kế hoạch quét.pdf", "--json")


def test_lists_go_out(run: Run, home: Path):
    run("export", "deadlines", "việc.xlsx")
    assert openpyxl.load_workbook(home / "việc.xlsx")["Nhiệm vụ"].max_row > 20
    run("export", "reminder", "nhắc việc.docx", "--on", "2023-03-01")
    assert "CỦA SỞ " in "\n".join(each.text for each in docx.Document(str(home / "nhắc việc.docx")).paragraphs)


def test_every_form_is_read_as_from_source(run: Run):
    forms = [
        *sorted((ROOT / "tests" / "ingest" / "forms").glob("everything.*")),
        *(ROOT / "tests" / "ingest" / "sheets").glob("gia-tri.*"),
        *(ROOT / "examples").glob("2022-0[34]-*"),  # html, pdf
    ]
    names = [str(path) for path in forms]
    command = (sys.executable, "-m", "ntmgraph", "parse", *names, "--json")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert run("parse", *names, "--json", code=done.returncode).splitlines() == done.stdout.decode().splitlines()


def test_an_office_server_that_does_not_answer_is_told(run: Run):
    assert "127.0.0.1:9" in run("--graph", "neo4j://127.0.0.1:9", "trace", "--criterion", "17", code=3)


def test_the_pages_come_with_all_that_they_ask_for(run: Run, program: Path, home: Path, environment: dict[str, str]):
    command = (str(program), "--workspace", "kho của tôi", "serve", "--no-browser")
    with subprocess.Popen(command, cwd=home, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        try:
            opener = build_opener(HTTPCookieProcessor(CookieJar()))
            page = opener.open(address).read().decode()
            origin = "/".join(address.split("/")[:3])
            asked = re.findall(r'(?:src|href)="(/[^"]*)"', page)
            assert len(asked) > 20
            for path in (*asked, "/_dash-layout", "/_dash-dependencies"):
                assert len(opener.open(origin + path).read()) > 100, path
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == (1 if os.name == "nt" else 0)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_nothing_is_left_running(run: Run, program: Path):
    run("search", "giai ngan")
    assert running(program) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the entry of a Linux menu")
def test_a_user_installs_and_removes_it(run: Run, program: Path, home: Path, environment: dict[str, str]):
    environment = {**environment, "PATH": os.environ["PATH"]}
    install = (shutil.which("sh") or "", str(program.with_name("install.sh")))
    subprocess.run(install, env=environment, check=True)
    version = subprocess.run(
        (home / ".local/bin/ntmgraph", "--version"), env=environment, capture_output=True, check=True
    )
    assert package.metadata.version("ntmgraph") in version.stdout.decode()
    entry = (home / ".local/share/applications/ntmgraph.desktop").read_text(encoding="utf-8")
    assert f'Exec="{home}/.local/share/ntmgraph-program/ntmgraph"' in entry
    subprocess.run((*install, "--remove"), env=environment, check=True)
    assert not (home / ".local/share/ntmgraph-program").exists()
    assert (home / "kho của tôi").is_dir()


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def running(program: Path) -> list[str]:
    """Processes of the program, of this or any start."""
    there = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "exe").resolve() == program.resolve():
                there.append(process.name)
        except OSError:  # it ended meanwhile
            continue
    return there
