"""What is written once and never lost: journals, originals, and the lock that keeps them to one process."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from needs import ROOT

from ntmgraph.lock import Lock
from ntmgraph.workspace.journal import Journal
from ntmgraph.workspace.originals import FileChangedError, JournalOriginals, Original, hash_of

AT = datetime(2020, 5, 4, 8, tzinfo=UTC)


def original(letter: str, document: str, *, withdrawn: bool = False) -> Original:
    return Original(letter * 64, f"{letter}.docx", document, AT, withdrawn)


# The last one lacks nothing but its line end: it was not yet said either, for whoever read the log did not see it.
@pytest.mark.parametrize("torn", [b"{", b'{"torn": ', b'{"torn": "chu', b'{"torn": 1}'])
def test_a_torn_line_is_passed_over_and_harms_no_later_one(tmp_path: Path, torn: bytes) -> None:
    journal = Journal(tmp_path / "log.jsonl")
    end = journal.append([{"a": 1}, {"b": "chữ"}])
    with journal.path.open("ab") as file:
        file.write(torn)
    journal.append([{"c": 3}])
    assert [line.record for line in journal.lines()] == [{"a": 1}, {"b": "chữ"}, {"c": 3}]
    assert [line.record for line in journal.lines(end)] == [{"c": 3}]


def test_offsets_of_lines_are_those_that_append_returns(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "log.jsonl")
    ends = [journal.append([{"n": n, "tên": "đ"}]) for n in range(3)]
    assert [line.end for line in journal.lines()] == ends


@pytest.mark.parametrize(
    ("said", "documents", "files"),
    [
        ([original("a", "x")], {"x": "a"}, "a"),
        ([original("a", "x"), original("b", "x")], {"x": "b"}, "ab"),  # replaced: both files stay
        ([original("a", "x"), original("b", "y"), original("c", "x")], {"y": "b", "x": "c"}, "abc"),
        ([original("a", "x"), original("a", "x", withdrawn=True)], {}, ""),
        ([original("a", "x"), original("a", "x", withdrawn=True), original("a", "z")], {"z": "a"}, "a"),
        # the newer file could not be written: the older one is said again
        (
            [original("a", "x"), original("b", "x"), original("b", "x", withdrawn=True), original("a", "x")],
            {"x": "a"},
            "a",
        ),
    ],
)
def test_the_log_says_which_file_each_document_stands_on(
    tmp_path: Path, said: list[Original], documents: dict[str, str], files: str
) -> None:
    at_once = JournalOriginals(tmp_path / "originals")
    for each in said:
        at_once.record([each])
    for originals in (at_once, JournalOriginals(tmp_path / "originals")):  # as told, and as read again
        standing = {id: file.sha256[0] for id in "xyz" if (file := originals.of_document(id))}
        assert standing == documents
        assert "".join(file.sha256[0] for file in originals.files()) == files


def test_a_file_is_kept_byte_for_byte(tmp_path: Path) -> None:
    source = tmp_path / "Công văn số 1 (bản ký).DOCX"
    source.write_bytes(bytes(range(256)) * 5000)
    originals = JournalOriginals(tmp_path / "originals")
    originals.keep(source, hash_of(source), source.name)
    kept = originals.path(hash_of(source), source.name)
    assert kept.read_bytes() == source.read_bytes()
    assert kept.suffix == ".docx"


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.PDF", ".pdf"),
        ("không đuôi", ""),
        ("Công văn số 5. V/v đôn đốc".replace("/", "-") + " tiến độ" * 40, ""),
        ("a.docx ", ""),
    ],
)
def test_the_ending_of_a_kept_file_is_that_of_a_format(tmp_path: Path, name: str, ending: str) -> None:
    assert JournalOriginals(tmp_path / "originals").path("0" * 64, name).name == "0" * 64 + ending


def test_a_file_that_changed_since_it_was_read_is_not_kept(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("bản sau")
    originals = JournalOriginals(tmp_path / "originals")
    with pytest.raises(FileChangedError):
        originals.keep(source, "0" * 64, source.name)
    assert [path for path in (tmp_path / "originals").rglob("*") if path.is_file()] == []


HOLD = """
import sys
from pathlib import Path
from ntmgraph.lock import Lock
lock = Lock(Path(sys.argv[1]))
assert lock.acquire("đang nạp văn bản", patience=0)
print("held", flush=True)
sys.stdin.read()
"""


def test_the_lock_names_its_holder_and_falls_with_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        mine = Lock(path)
        assert not mine.acquire("đang mở", patience=0.1)
        known = mine.holder()
        assert known is not None
        assert (known.pid, known.task) == (holder.pid, "đang nạp văn bản")
    finally:
        holder.kill()
        holder.communicate()
    assert mine.acquire("đang mở", patience=2)
    mine.release()
