"""How fast both engines take in directives and answer, on made-up ones (tests/bench), and how that grows.

    python benchmarks/graph.py [SECTION ...] [--engine embedded|neo4j] [--directives 1000] [--batch 500]
                               [--keep FOLDER] [--json FILE]
    python benchmarks/growth.py FILE FILE FILE      compares records of several sizes

Sections: bulk (a new workspace, beside a bare loop on the same rows), batches (sizes of them, on top of the workspace),
drop (one directive onto the workspace until it can be asked and found), questions (every text of cypher/read), answers
(what pages ask), search. Without a section all but bulk and batches. A workspace that --keep finds is measured as it
is, else it is made first. Making directives is no part of any time. Neo4j: the server of NTMGRAPH_GRAPH, or one that is
started in the folder.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import islice
from pathlib import Path

from asked import answers, cases, subjects
from engines import ENGINES, Bare, Engine, New, bare, opened
from measuring import ROUNDS, Report, again, milliseconds, peak, times
from search import search

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "bench"))
from synthetic import Synthetic

from ntmgraph.authority import Authority
from ntmgraph.model import Reading, Relation
from ntmgraph.queries import SearchQuestion
from ntmgraph.store.writing import latest_rows

SECTIONS = ("bulk", "batches", "drop", "questions", "answers", "search")
USUAL = SECTIONS[2:]
BATCHES = (250, 500, 1000, 2000)
_REPLACING = 3000  # directives among which those that end another one are looked for


def in_batches(readings: Iterator[Reading], size: int) -> Iterator[list[Reading]]:
    while batch := list(islice(readings, size)):
        yield batch


def fill(engine: Engine, made: Synthetic, size: int, report: Report, loop: Bare | None = None) -> None:
    """Make the workspace; with a bare loop, each batch goes through both, so that both meet the same machine."""
    report.section("bulk" if loop else "made")
    authority = Authority()
    catalogue = milliseconds(lambda: engine.graph.load_catalogue(authority))
    new = New(authority)
    documents = edges = 0
    stored = written = found = rows_made = 0.0
    for batch in in_batches(made.readings(), size):
        documents += len(batch)
        if loop:
            # What one transaction writes is made before it: of that the loop spares itself everything but the rows.
            began = time.perf_counter()
            rows = latest_rows(batch)[1]
            rows_made += (time.perf_counter() - began) * 1000
            of_batch = new.of(rows)
            edges += sum(len(each) for each in of_batch.edges.values())
            written += milliseconds(lambda rows=of_batch: loop.write(rows))
        stored += milliseconds(lambda batch=batch: engine.graph.replace(*batch))
        found += milliseconds(lambda batch=batch: engine.index_all(batch))
        if documents % 10_000 < size:
            per_second = f"{documents / stored * 1000:.0f} documents/s"
            print(f"  {documents:,}: {per_second}, memory {engine.memory()}", flush=True)
    report.note("catalogue", seconds=catalogue / 1000)
    report.note("store", batch=float(size), documents_a_second=documents / stored * 1000, seconds=stored / 1000)
    report.note("index", documents_a_second=documents / found * 1000, seconds=found / 1000)
    if loop:
        report.note("store, edges", edges=float(edges), edges_a_second=edges / stored * 1000)
        report.note("bare loop", documents_a_second=documents / written * 1000, edges_a_second=edges / written * 1000)
        report.note("rows made", documents_a_second=documents / rows_made * 1000)
        report.note("store / bare loop", ratio=stored / written, ratio_without_rows=(stored - rows_made) / written)
    report.note("memory", peak_of_program=peak(), disk=engine.size(), **engine.memory())


def batches(name: str, folder: Path, made: Synthetic, first: int, report: Report) -> None:
    """Add two thousand directives in batches of each size; the embedded workspace starts from the same copy."""
    report.section("batches")
    copy = folder.with_name(folder.name + "-copy")
    for size in BATCHES:
        if name == "embedded":
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(folder, copy)
        with opened(name, copy if name == "embedded" else folder) as engine:
            readings = list(made.readings(first, first + max(BATCHES)))
            first += max(BATCHES) if name != "embedded" else 0
            engine.graph.replace(readings[0])
            took = [
                milliseconds(lambda batch=batch: engine.graph.replace(*batch))
                for batch in in_batches(iter(readings[1:]), size)
            ]
            report.note(
                f"batches of {size}", documents_a_second=(len(readings) - 1) / sum(took) * 1000, slowest=max(took),
                **engine.memory(),
            )  # fmt: skip
    shutil.rmtree(copy, ignore_errors=True)


def drop(engine: Engine, made: Synthetic, first: int, report: Report) -> None:
    """Measure one directive from its being read to its being asked and found."""
    report.section("drop")
    fresh = list(made.readings(first, first + ROUNDS + 1))
    ending = list(islice(_replacing(made, first + ROUNDS + 1), ROUNDS + 1))
    for what, readings in (("new", fresh), ("again", fresh), ("one that ends another", ending)):
        deeds = [lambda reading=reading: _take_in(engine, reading) for reading in readings]
        report.times(f"taken in, asked and found: {what}", times(deeds, engine.cpu), slow=1000)
    deeds = [lambda reading=reading: engine.graph.replace(reading) for reading in fresh]
    report.times("graph alone: again", times(deeds, engine.cpu), slow=1000)
    deeds = [lambda reading=reading: _remove(engine, reading) for reading in (*fresh, *ending)]
    report.times("removed", times(deeds, engine.cpu), slow=1000)
    report.note("memory", **engine.memory())


def _replacing(made: Synthetic, first: int) -> Iterator[Reading]:
    for reading in made.readings(first, first + _REPLACING):
        if any(each.relation is Relation.REPLACES for each in reading.references):
            yield reading


def _take_in(engine: Engine, reading: Reading) -> None:
    document = reading.document
    engine.graph.replace(reading)
    engine.index_all([reading])
    asked = engine.graph.ask("document_rows", ids=[document.id])
    found = engine.index.search(SearchQuestion(document.number or "", issuer=document.issuer, year=document.date.year))
    assert asked[0]["tasks"] == len(reading.tasks)
    assert found.rows[0].document.id == document.id


def _remove(engine: Engine, reading: Reading) -> None:
    engine.graph.remove(reading.document.id)
    engine.index.remove(reading.document.id)
    engine.index.commit()


def ask_all(engine: Engine, sections: Sequence[str], report: Report) -> None:
    found = subjects(engine)
    report.section("workspace")
    for kind, count in engine.graph.counts().items():
        report.note(kind, count=float(count))
    for kind, (typical, largest) in found.degrees.items():
        report.note(f"degree of {kind}", typical=float(typical), largest=float(largest))
    if "questions" in sections:
        report.section("questions")
        for name, about, parameters in cases(engine, found):
            ask = partial(engine.graph.ask, name, **parameters)
            took = times(again(ask), engine.cpu)
            report.times(f"{name}: {about}", took, rows=len(ask()))
        report.note("memory", **engine.memory())
    if "answers" in sections:
        report.section("answers")
        for what, ask in answers(engine.graph, found).items():
            report.times(what, times(again(ask), engine.cpu))
        report.note("memory", **engine.memory())


def main(usual: Sequence[str] = USUAL) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--engine", choices=ENGINES, default="embedded")
    parser.add_argument("--directives", type=int, default=1000)
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    sections: list[str] = arguments.sections or list(usual)
    if unknown := set(sections) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(unknown)}")
    authority, report, count = Authority(), Report(), arguments.directives
    made = Synthetic(authority, count)
    print(f"{arguments.engine}, {count:,} directives")
    with tempfile.TemporaryDirectory() as scratch:
        folder: Path = arguments.keep or Path(scratch) / "workspace"
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as held:
            engine = held.enter_context(opened(arguments.engine, folder))
            if "bulk" in sections:
                loop = held.enter_context(bare(arguments.engine, Path(scratch), authority))
                fill(engine, made, arguments.batch, report, loop)
            elif not engine.graph.counts()["Document"]:
                fill(engine, made, arguments.batch, report)
        if "batches" in sections:
            batches(arguments.engine, folder, made, count, report)
        with opened(arguments.engine, folder) as engine:
            measures: dict[str, Callable[[], None]] = {
                "drop": lambda: drop(engine, made, count, report),
                "search": lambda: search(engine, report),
            }
            if {"questions", "answers"} & set(sections):
                ask_all(engine, sections, report)
            for name, measure in measures.items():
                if name in sections:
                    measure()
    if arguments.json:
        report.save(arguments.json, engine=arguments.engine, directives=count)


if __name__ == "__main__":
    main()
