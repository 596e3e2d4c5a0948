"""What only the embedded engine has: a file, threads, and being killed in the middle of writing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import ladybug
import pytest
from readings import Directive
from scene import SCENE, first

from ntmgraph.authority import Authority
from ntmgraph.queries import DeadlineQuestion, TraceQuestion
from ntmgraph.store import OutdatedGraphError, StoreError, open_embedded
from ntmgraph.store.ladybug import FILE
from ntmgraph.workspace.deadlines import deadlines
from ntmgraph.workspace.documents import documents
from ntmgraph.workspace.trace import trace

HOLDER = """
import sys
from pathlib import Path
from ntmgraph.store import open_embedded

graph = open_embedded(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""

WRITER = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from datetime import date
from ntmgraph.store import open_embedded
from readings import Directive

graph = open_embedded(Path(sys.argv[1]))
for number in range(10_000):
    letter = Directive(f"{number}/UBND-NLN", date(2017, 1, 12))
    for ordinal in range(30):
        letter.task(f"việc {ordinal}", ["Sở Tài chính"], with_=["Sở Công Thương"], criteria=[(17, "VN-XA-2016")])
    graph.replace(letter.reading())
    print(number, flush=True)
"""


def test_opens_again_with_what_was_written(folder: Path, authority: Authority) -> None:
    graph = open_embedded(folder)
    graph.load_catalogue(authority)
    graph.load_catalogue(authority)  # once is enough
    for make in SCENE:
        graph.replace(make())
    counts = graph.counts()
    graph.close()
    again = open_embedded(folder)
    assert again.counts() == counts
    again.load_catalogue(authority)
    assert again.counts() == counts
    again.close()


def test_closing_leaves_no_log_that_would_fill_memory(folder: Path, authority: Authority) -> None:
    graph = open_embedded(folder)
    graph.load_catalogue(authority)
    for number in range(8):
        letter = Directive(f"{number}/UBND-NLN", date(2017, 1, 12))
        for ordinal in range(40):
            letter.task(f"việc {ordinal}", ["Sở Tài chính"], criteria=[(17, "VN-XA-2016")])
        graph.replace(letter.reading())
    graph.close()
    file, log = folder / FILE, folder / f"{FILE}.wal"
    assert not log.exists() or log.stat().st_size <= file.stat().st_size // 64
    again = open_embedded(folder)
    assert len(again.ask("taken_in")) == 8
    again.close()


def test_another_catalogue_or_version_is_to_be_rebuilt(folder: Path, authority: Authority) -> None:
    graph = open_embedded(folder)
    graph.load_catalogue(authority)
    other = Authority()
    other.__dict__["version"] = "of-another-release"
    with pytest.raises(OutdatedGraphError, match="ntmgraph rebuild"):
        graph.load_catalogue(other)
    graph.close()
    with (
        ladybug.Database(str(folder / FILE), max_db_size=2**38) as database,
        ladybug.Connection(database) as connection,
    ):
        connection.execute("MATCH (g:Graph) SET g.version = '0'")
    with pytest.raises(OutdatedGraphError, match="ntmgraph rebuild"):
        open_embedded(folder)


def test_a_file_that_is_no_graph_is_said_so(folder: Path) -> None:
    folder.mkdir()
    (folder / FILE).write_bytes(b"khong phai do thi" * 1000)
    with pytest.raises(StoreError, match="ntmgraph rebuild"):
        open_embedded(folder)


def test_a_graph_that_another_process_holds_is_said_so(folder: Path) -> None:
    open_embedded(folder).close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(StoreError, match="một chương trình khác"):
            open_embedded(folder)
        holder.communicate()
    open_embedded(folder).close()


@pytest.mark.parametrize("written", (1, 2, 5))
def test_killed_while_writing_leaves_whole_documents(folder: Path, written: int) -> None:
    open_embedded(folder).close()
    paths = [str(Path(__file__).parent)]
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), *paths], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        acknowledged = [int(writer.stdout.readline()) for _ in range(written)]
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged += [int(line) for line in writer.stdout.read().split()]
    graph = open_embedded(folder)
    rows, total = documents(graph)
    assert total >= len(acknowledged), "what was told to be written is written"
    assert {row.tasks for row in rows} == {30}
    counts = graph.counts()
    assert (counts["Task"], counts["ASSIGNS"], counts["RESPONSIBLE"], counts["CONCERNS"]) == (
        30 * total,
        30 * total,
        60 * total,
        30 * total,
    )
    graph.replace(first())  # and it goes on
    for row in documents(graph)[0]:
        graph.remove(row.id)
    assert {kind: count for kind, count in graph.counts().items() if count and kind != "Graph"} == {}
    graph.close()


def test_threads_ask_while_one_writes(folder: Path) -> None:
    """Readers never meet half a document: each sees all tasks of a letter or none."""
    graph = open_embedded(folder)
    letters = []
    for number in range(3):
        letter = Directive(f"{number}/UBND-NLN")
        for ordinal in range(20):
            letter.task(f"việc {ordinal}", ["Sở Tài chính"], with_=["Sở Công Thương"], criteria=[(17, "VN-XA-2016")])
        letters.append(letter.reading())
    graph.replace(letters[0])
    stop = threading.Event()
    troubles: list[object] = []
    answers = [0]

    def ask() -> None:
        while not stop.is_set():
            try:
                total = trace(graph, TraceQuestion(criterion="17")).total
                deadlines(graph, DeadlineQuestion(first().document.date))  # type: ignore[arg-type]
                assert total % 20 == 0, f"{total} tasks: half a document"
                answers[0] += 1
            except Exception as error:  # noqa: BLE001 (whatever it is, the test must tell)
                troubles.append(error)
                return

    readers = [threading.Thread(target=ask) for _ in range(4)]
    for reader in readers:
        reader.start()
    for turn in range(20):
        graph.replace(letters[1 + turn % 2])
        if turn % 5 == 4:
            graph.remove(letters[1].document.id)
    stop.set()
    for reader in readers:
        reader.join()
    assert troubles == []
    assert answers[0] > 4
    graph.close()


def test_two_threads_that_write_take_turns(folder: Path) -> None:
    graph = open_embedded(folder)
    numbers = range(10)
    writers = [
        threading.Thread(
            target=lambda half=half: [graph.replace(_letter(number)) for number in numbers if number % 2 == half]
        )
        for half in (0, 1)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert documents(graph)[1] == len(numbers)
    graph.close()


def _letter(number: int):  # type: ignore[no-untyped-def]
    letter = Directive(f"{number}/UBND-NLN")
    letter.task("rà soát", ["Sở Tài chính"])
    return letter.reading()
