"""Do many questions at once fail or swell the program? Eight threads ask everything while one takes in.

    python benchmarks/threads.py FOLDER [--rounds 4]

Prints per round: questions answered, questions failed (0 is the promise), memory of the process in MB. Prepared
statements of the embedded engine once filled its cache this way.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import threading
from collections import Counter
from datetime import date
from pathlib import Path

from ntmgraph.queries import DeadlineQuestion, SearchQuestion, TraceQuestion
from ntmgraph.workspace import Workspace

THREADS, QUESTIONS = 8, 40


def ask(workspace: Workspace, chance: random.Random) -> None:
    day = date(2023, chance.randint(1, 12), chance.randint(1, 28))
    rows, _ = workspace.documents("")
    match chance.randrange(6):
        case 0:
            workspace.trace(TraceQuestion(criterion=str(chance.randint(1, 19))))
        case 1:
            workspace.trace(TraceQuestion(agency=chance.choice(("Sở Tài chính", "Sở Y tế", "UBND tỉnh")), on=day))
        case 2:
            workspace.deadlines(DeadlineQuestion(on=day))
        case 3:
            workspace.task_states(day)
        case 4:
            workspace.search(SearchQuestion(chance.choice(("moi truong", "giao thong", "hoan thanh"))))
        case _:
            workspace.document(chance.choice(rows).id)


def many(workspace: Workspace, seed: int, counts: Counter[str]) -> None:
    chance = random.Random(seed)
    for _ in range(QUESTIONS):
        try:
            ask(workspace, chance)
        except RuntimeError as error:
            counts["failed"] += 1
            counts[str(error)] += 1
        else:
            counts["answered"] += 1


def megabytes() -> int:
    """Resident memory of this process (Linux)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4 // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=4)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder))
        workspace.ingest([arguments.folder])
        counts: Counter[str] = Counter()
        for number in range(arguments.rounds):
            threads = [
                threading.Thread(target=many, args=(workspace, number * THREADS + i, counts)) for i in range(THREADS)
            ]
            for thread in threads:
                thread.start()
            workspace.ingest([arguments.folder])
            for thread in threads:
                thread.join()
            print(f"answered {counts['answered']}, failed {counts['failed']}, {megabytes()} MB")
        workspace.close()
        for message, count in counts.items():
            if message not in ("answered", "failed"):
                print(f"{count} x {message}")


if __name__ == "__main__":
    main()
