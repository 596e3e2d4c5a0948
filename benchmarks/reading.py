"""How fast is a directive read? Characters per second, and the ratio to spaCy's bare tokenizer on the same text.

    python benchmarks/reading.py FOLDER [--repeat 20]

Both are timed in one run, in turns, and the best of the rounds is compared: machines are noisy.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from ingest.language import make_language
from ingest.normalise import normalise
from ingest.pipeline import read
from ingest.readers import read_source
from ntmgraph.authority import Authority


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=20)
    arguments = parser.parse_args()
    authority = Authority()
    nlp = make_language(authority)
    sources = [read_source(path) for path in sorted(arguments.folder.iterdir()) if path.suffix != ".md"]
    texts = [normalise(source.text).text for source in sources]
    bare = spacy.blank("xx")
    rounds = [
        (
            seconds(lambda: [bare.make_doc(text) for text in texts]),
            seconds(lambda: [read(source, nlp=nlp, authority=authority) for source in sources]),
        )
        for _ in range(arguments.repeat)
    ]
    tokenizer, reading = (min(times) for times in zip(*rounds, strict=True))
    characters = sum(map(len, texts))
    print(f"{len(sources)} documents, {characters:,} characters")
    print(f"bare tokenizer {characters / tokenizer:,.0f} characters/s")
    print(f"reading        {characters / reading:,.0f} characters/s")
    print(f"ratio          {reading / tokenizer:.1f}")


if __name__ == "__main__":
    main()
