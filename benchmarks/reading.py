"""How fast is a directive read? Characters per second, the ratio to spaCy's bare tokenizer, and each stage's share.

    python benchmarks/reading.py FOLDER [--repeat 20]

Tokenizer and reading are timed in one run, in turns, and the best of the rounds is compared: machines are noisy. The
shares come from rounds of their own, in which each stage of ingest/pipeline.py is timed.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import spacy

from ingest import pipeline
from ingest.agencies import AgencyFinder
from ingest.language import make_language
from ingest.normalise import normalise
from ingest.pipeline import read
from ingest.readers import Source, read_source
from ntmgraph.authority import Authority
from ntmgraph.model import ReadError

# What ingest/pipeline.py calls, in its order; "nlp" is the tokenizer with the criteria's names.
STAGES = (
    *("normalise", "read_header", "_document", "parse_provisions", "find_references", "find_deadlines"),
    *("place_tables", "nlp", "find_criteria", "find_places", "find agencies", "find_tasks", "find_assignments"),
    *("find_helps", "find_figures"),
)


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of a work: other programs on the machine do not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


@contextmanager
def timed_stages() -> Iterator[dict[str, float]]:
    """Time every stage of the pipeline while the block runs."""
    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, work: Callable[..., object]) -> Callable[..., object]:
        def run(*given: object, **named: object) -> object:
            start = time.process_time()
            try:
                return work(*given, **named)
            finally:
                spent[name] += time.process_time() - start

        return run

    places: list[tuple[object, str, str]] = [(pipeline, name, name) for name in STAGES if hasattr(pipeline, name)]
    places.append((AgencyFinder, "find", "find agencies"))
    former = [(holder, attribute, getattr(holder, attribute)) for holder, attribute, _ in places]
    try:
        for holder, attribute, name in places:
            setattr(holder, attribute, timed(name, getattr(holder, attribute)))
        yield spent
    finally:
        for holder, attribute, work in former:
            setattr(holder, attribute, work)


def sources_of(folder: Path) -> list[Source]:
    """Return the documents of a folder that can be read, its README left out."""
    sources = []
    for path in sorted(folder.iterdir()):
        try:
            if path.is_file() and path.name != "README.md":
                sources.append(read_source(path))
        except ReadError as refused:
            print(f"left out: {refused}")
    return sources


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=20)
    arguments = parser.parse_args()
    authority = Authority()
    nlp = make_language(authority)
    sources = sources_of(arguments.folder)
    texts = [normalise(source.text).text for source in sources]
    bare = spacy.blank("xx")

    def read_all() -> None:
        for source in sources:
            read(source, nlp=nlp, authority=authority)

    rounds = [
        (seconds(lambda: [bare.make_doc(text) for text in texts]), seconds(read_all)) for _ in range(arguments.repeat)
    ]
    tokenizer, reading = (min(times) for times in zip(*rounds, strict=True))
    characters = sum(map(len, texts))
    print(f"{len(sources)} documents, {characters:,} characters")
    print(f"bare tokenizer {characters / tokenizer:,.0f} characters/s")
    print(f"reading        {characters / reading:,.0f} characters/s")
    print(f"ratio          {reading / tokenizer:.1f}")

    with timed_stages() as spent:
        whole = sum(seconds(read_all) for _ in range(max(arguments.repeat // 2, 1)))
    spent["nlp"] = sum(seconds(lambda: [nlp(text) for text in texts]) for _ in range(max(arguments.repeat // 2, 1)))
    print("\nshare of the reading by stage")
    for stage in STAGES:
        print(f"{stage:18}{spent[stage] / whole:6.1%}")
    print(f"{'the rest':18}{1 - sum(spent.values()) / whole:6.1%}")


if __name__ == "__main__":
    main()
