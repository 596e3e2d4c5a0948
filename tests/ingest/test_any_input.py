"""Whatever comes in is read or refused by name, and what is read keeps its promises: the whole way, every format.

Ten thousand mutated texts are read by benchmarks/mutations.py; here a few of them, and damaged files of each format.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import make_examples
import pytest
from bad_input import OLE, PNG
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import broken_promises, mutated, pieces
from spacy.language import Language

from ingest.pipeline import read_file
from ingest.readers import archive
from ingest.readers.source import DEFAULT
from ntmgraph.authority import Authority
from ntmgraph.model import ReadError, Reading, Refusal

FOLDER = Path(__file__).parent
SAMPLE = "2022-08-30-quyet-dinh-1127-qd-ubnd"
HEADS = (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"{\\rtf1", OLE, PNG[:40], b"\xff\xd8\xff\xe0", b"II*\0")
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]

Check = Callable[[bytes, str], None]


@cache
def whole(format: str) -> bytes:
    """Return a sound file of a format."""
    committed = {
        "doc": FOLDER / "forms" / f"{SAMPLE}.doc",
        "rtf": FOLDER / "forms" / f"{SAMPLE}.rtf",
        "xls": FOLDER / "sheets" / "gia-tri.xls",
        "ods": FOLDER / "sheets" / "gia-tri.ods",
    }
    if format in committed:
        return committed[format].read_bytes()
    if format == "xlsx":
        from openpyxl import Workbook

        book = Workbook()
        for row in (("TT", "Xã", "Số tiêu chí đạt"), (1, "Nam Tuấn", 19), (2, "Hồng Việt", "17/19")):
            book.active.append(row)
        made = io.BytesIO()
        book.save(made)
        return made.getvalue()
    if format == "zip":
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as packed:
            for inner in ("txt", "docx", "html"):
                packed.writestr(f"văn bản.{inner}", whole(inner))
        return made.getvalue()
    return make_examples.RENDER[format](make_examples.load(SAMPLE))


@pytest.fixture(scope="session")
def read_or_refused(nlp: Language, authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Check:
    """Read bytes as a file of that suffix; fail unless it is refused by name or keeps its promises."""
    folder = tmp_path_factory.mktemp("any")

    def check(data: bytes, suffix: str) -> None:
        path = folder / f"tệp.{suffix}"
        path.write_bytes(data)
        try:
            if archive.is_archive(path):
                list(archive.members(path, DEFAULT))
            else:
                assert list(broken_promises(read_file(path, nlp=nlp, authority=authority))) == []
        except ReadError as refused:
            assert refused.refusal in Refusal
            assert path.name in str(refused)

    return check


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
@given(data=st.binary(max_size=600), head=st.sampled_from(HEADS), suffix=st.sampled_from(["bin", "txt", "doc", "xlsx"]))
def test_any_bytes(data: bytes, head: bytes, suffix: str, read_or_refused: Check) -> None:
    read_or_refused(head + data, suffix)


@pytest.mark.parametrize("format", ["txt", "md", "html", "docx", "pdf", "doc", "rtf", "xlsx", "xls", "ods", "zip"])
def test_damaged_files(format: str, read_or_refused: Check) -> None:
    """Bytes changed, cut out, doubled, the end lost: seeded, so that a failure comes back."""
    for seed in range(25):
        chance = random.Random(f"{format} {seed}")
        data = bytearray(whole(format))
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(data))
            match chance.randrange(5):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    del data[at : at + chance.randint(1, 400)]
                case 2:
                    data[at:at] = data[at : at + chance.randint(1, 400)]
                case 3:
                    data[at : at + 4] = chance.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f"))
                case _:
                    data = data[: max(at, len(data) // 2)]
        read_or_refused(bytes(data), format)


@pytest.mark.parametrize("format", ["docx", "xlsx", "ods"])
def test_damaged_parts(format: str, read_or_refused: Check) -> None:
    """A sound archive whose parts are damaged: what a broken upload leaves rarely, a bad converter often."""
    for seed in range(25):
        chance = random.Random(f"{format} {seed}")
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole(format))) as old, zipfile.ZipFile(made, "w") as new:
            for info in old.infolist():
                part = bytearray(old.read(info))
                if part and chance.random() < 0.3:
                    at = chance.randrange(len(part))
                    part[at : at + chance.randint(0, 30)] = chance.choice((b"", b"9" * 20, b"<w:p>", b"&x;", b"-1"))
                if chance.random() < 0.95:
                    new.writestr(info.filename, bytes(part))
        read_or_refused(made.getvalue(), format)


SAMPLES = pieces()


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_mutated_directives(first: int, read_text: Callable[[str], Reading]) -> None:
    for seed in range(first, first + 100):
        assert (seed, list(broken_promises(read_text(mutated(SAMPLES, seed))))) == (seed, [])
