"""What grows with the workspace? Compares records that graph.py made of several sizes with --json.

    python benchmarks/growth.py 1000.json 10000.json 100000.json

Prints the median of each thing at each size, in ms of CPU with --cpu, and the ratio of the largest to the smallest;
those above 2 are marked.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

GROWN = 2.0
_TIMED = ("drop", "questions", "answers", "search")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("records", nargs="+", type=Path)
    parser.add_argument(
        "--cpu", action="store_true", help="compare CPU time: other work on the machine disturbs it less"
    )
    arguments = parser.parse_args()
    records = [json.loads(path.read_text(encoding="utf-8")) for path in arguments.records]
    records.sort(key=lambda record: record["about"]["directives"])
    print("directives".ljust(60), *(f"{record['about']['directives']:>10,}" for record in records), "     ratio")
    for section in _TIMED:
        sections = [record["sections"].get(section, {}) for record in records]
        print(section)
        for what in sections[-1]:
            rows = [found.get(what) for found in sections]
            if what == "memory" or None in rows:
                continue
            medians = [row["cpu" if arguments.cpu else "median"] for row in rows]
            ratio = medians[-1] / medians[0]
            mark = "  GROWS" if ratio > GROWN else ""
            print(f"  {what:58}", *(f"{median:10.1f}" for median in medians), f"{ratio:10.1f}{mark}")
        memory = [found.get("memory", {}).get("program") for found in sections]
        if None not in memory:
            print("  memory of the program, MB".ljust(60), *(f"{each:10,.0f}" for each in memory),
                  f"{memory[-1] / memory[0]:10.1f}")  # fmt: skip


if __name__ == "__main__":
    main()
