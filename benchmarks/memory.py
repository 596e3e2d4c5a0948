"""Does memory stay flat however many directives one process reads? Resident memory after every thousand.

    python benchmarks/memory.py [--count 10000] [--every 1000]

Reads the mutated samples of mutations.py, no two alike: every one brings words that no other has, as the numbers and
names of real directives do. Growth between the first and the last thousand is printed in the end; exit status 1 when it
is more than a tenth.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import sys
from pathlib import Path

from mutations import mutated, pieces

from ingest.language import make_language
from ingest.pipeline import read
from ingest.readers import Source
from ntmgraph.authority import Authority

ALLOWED = 0.10


def resident() -> float:
    """Return the resident memory of this process in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise SystemExit("no VmRSS in /proc/self/status: this benchmark runs on Linux")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--every", type=int, default=1000)
    arguments = parser.parse_args()
    authority = Authority()
    nlp = make_language(authority)
    samples = pieces()
    marks = []
    print(f"{'read':>7}{'resident MB':>13}{'words kept':>12}")
    for done in range(1, arguments.count + 1):
        # A number and a name of its own in each document, as real ones have.
        text = f"{mutated(samples, done)}\n\nCông văn số {done}/UBND-VX{done} của xã Tên{done}."
        read(
            Source(text, "txt", hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()),
            nlp=nlp,
            authority=authority,
        )
        if done % arguments.every == 0:
            gc.collect()
            marks.append(resident())
            print(f"{done:7}{marks[-1]:13.1f}{len(nlp.vocab.strings):12,}", flush=True)
    growth = marks[-1] / marks[0] - 1
    print(f"from the first mark to the last: {growth:+.1%}")
    return 1 if growth > ALLOWED else 0


if __name__ == "__main__":
    sys.exit(main())
