"""Takes in letters and decides on them until somebody kills it, saying each thing when it is done.

    python writer.py        reads from its standard input what to do, a line of JSON for each time

A process for each time is forked from one that has loaded the language, because that takes seconds.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from ntmgraph.workspace import Workspace, batch
from ntmgraph.workspace.deciding import seen
from ntmgraph.workspace.decisions import DecisionKind, decide

TOGETHER = 4  # files


def say(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def write(folder: str, environment: dict[str, str], files: list[str]) -> None:
    os.environ.update(environment)
    with Workspace.open(Path(folder), graph=environment.get("NTMGRAPH_GRAPH"), patience=30) as workspace:
        say(opened=True)
        for start in range(0, len(files), TOGETHER):
            paths = [Path(file) for file in files[start : start + TOGETHER]]
            rows = workspace.ingest(
                paths, on_row=lambda row: say(file=row.path, document=row.document and row.document.id)
            )
            for document in {row.document.id for row in rows[:2] if row.document}:
                reading = workspace.reading(document)
                task = reading.tasks[0]
                decision = decide(
                    DecisionKind.CHANGED,
                    task.id,
                    by="an",
                    document=document,
                    before=seen(reading, task.id, "who"),
                    after={"who": [{"id": None, "name": Path(rows[0].path).stem}]},
                )
                workspace.decide(decision)
                say(decided=decision.id)
    say(finished=True)


if __name__ == "__main__":
    batch.warm_up()
    say(ready=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            say(pid=os.getpid())
            sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - a killed server is told there, with its trace
            write(**json.loads(line))
            os._exit(0)
        os.waitpid(child, 0)
        say(ended=True)
