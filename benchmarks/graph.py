"""How fast the embedded graph takes in directives and answers, on made-up ones.

    python benchmarks/graph.py [DIRECTIVES] [--keep FOLDER]

Prints the time to load the catalogue, directives a second in batches and one by one, and the median and the slowest
time of each answer, as a page asks for it. About twenty tasks a directive; with --keep a second run measures the same
graph again without making it.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

from synthetic import Synthetic

from ntmgraph.authority import Authority
from ntmgraph.queries import DeadlineQuestion, TaskState, TraceQuestion
from ntmgraph.store import GraphStore, open_embedded
from ntmgraph.workspace import documents, names
from ntmgraph.workspace.deadlines import deadlines
from ntmgraph.workspace.trace import trace

BATCH = 32
ROUNDS = 9
DAY = date(2020, 1, 1)


def questions(store: GraphStore) -> dict[str, Callable[[], object]]:
    """Return what pages ask, each over the whole graph."""
    rows, _ = documents.documents(store, limit=1)
    document = rows[0].id

    def ask(**words: object) -> Callable[[], object]:
        return lambda: trace(store, TraceQuestion(**words))  # type: ignore[arg-type]

    def due(**words: object) -> Callable[[], object]:
        return lambda: deadlines(store, DeadlineQuestion(**words))  # type: ignore[arg-type]

    return {
        "trace: criterion 17 of a province": ask(criterion="17", province="Lạng Sơn"),
        "trace: criterion 17 of a province on a day": ask(criterion="17", province="Lạng Sơn", on=DAY),
        "trace: criterion 17 of all sets": ask(criterion="17"),
        "trace: criterion by name on a day": ask(criterion="giao thong", on=DAY),
        "trace: department of a province": ask(agency="Sở Tài chính", province="Lạng Sơn"),
        "trace: department of all provinces": ask(agency="Sở Tài chính"),
        "trace: department and criterion": ask(agency="Sở Tài chính", criterion="17", province="Lạng Sơn"),
        "trace: commune": ask(place="Phú Nhuận", province="Lào Cai"),
        "trace: document": ask(document=document),
        "deadlines: first page": due(on=DAY),
        "deadlines: late, page 100": due(on=date(2026, 1, 1), state=TaskState.OPEN_LATE, offset=20_000),
        "deadlines: a month of a province": due(on=DAY, from_=DAY, to=date(2020, 1, 31), province="Lạng Sơn"),
        "deadlines: department of a province": due(on=DAY, agency="Sở Tài chính", province="Lạng Sơn"),
        "documents: first page": lambda: documents.documents(store),
        "documents: by words and year": lambda: documents.documents(store, "đôn đốc", year=2018),
        "documents: one, with citations": lambda: (
            documents.document(store, document),
            documents.cites(store, document),
        ),
        "overview": lambda: documents.overview(store, DAY),
        "suggestions: agencies": lambda: names.agencies(store, "so"),
        "suggestions: places": lambda: names.places(store, "phu"),
        "suggestions: criteria": lambda: names.criteria(store, "giao"),
    }


def take_in(store: GraphStore, authority: Authority, count: int) -> None:
    start = time.perf_counter()
    store.load_catalogue(authority)
    print(f"catalogue: {time.perf_counter() - start:.2f} s")
    readings = Synthetic(authority).readings(count)
    written = 0.0
    done = 0
    while batch := list(islice(readings, BATCH)):
        start = time.perf_counter()
        store.replace(*batch)
        written += time.perf_counter() - start
        done += len(batch)
    print(f"taken in: {done / written:.0f} directives/s in batches of {BATCH}")
    one_by_one = list(Synthetic(authority, seed=2).readings(50))
    for what in ("new", "again"):
        start = time.perf_counter()
        for reading in one_by_one:
            store.replace(reading)
        print(f"one by one, {what}: {len(one_by_one) / (time.perf_counter() - start):.0f} directives/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directives", type=int, nargs="?", default=1000)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        start = time.perf_counter()
        store = open_embedded(arguments.keep or Path(scratch))
        print(f"open: {time.perf_counter() - start:.2f} s")
        if not store.counts()["Document"]:
            take_in(store, Authority(), arguments.directives)
        counts = store.counts()
        print(f"{counts['Document']} documents, {counts['Task']} tasks, {counts['Deadline']} deadlines")
        for what, ask in questions(store).items():
            times = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                ask()
                times.append((time.perf_counter() - start) * 1000)
            median, slowest = statistics.median(times[1:]), max(times[1:])
            print(f"{what}: median {median:.0f} ms, slowest {slowest:.0f}, first {times[0]:.0f}")
        store.close()


if __name__ == "__main__":
    main()
