"""Does any damage to a directive stop the reading? Reads mutated samples and counts exceptions and broken promises.

    python benchmarks/mutations.py [--count 10000] [--seed 1]

Samples: the texts of the project's own annotated directives (tests/gold) and of examples/, cut to pieces of a page so
that ten thousand take minutes. A mutation loses, doubles or swaps lines, cuts words, loses accents, puts odd
characters, bars and form feeds in, joins lines, or ends the text early. The same seed gives the same samples.
Every reading is asked whether its quotes equal its text and its provisions nest. Exit status 1 on any failure; each
one is printed with its seed.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import traceback
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass

from evaluation.gold import GOLD, ROOT

from ingest.language import make_language
from ingest.pipeline import read
from ingest.readers import Source
from ntmgraph.authority import Authority
from ntmgraph.model import Actor, Evidence, Mention, Reading

PIECE = 1800  # characters: about a page
ODD = (
    "\u00a0",
    "\u00ad",
    "\u200b",
    "\ufeff",
    "\u0301",
    "\f",
    "\t",
    "\0",
    "|",
    "**",
    "¹",
    "“",
    "…",
    "𝟏",
    "ﬁ",
    "Ð",
    "\u202e",
)

Mutation = Callable[[random.Random, list[str]], list[str]]


def _lose(chance: random.Random, lines: list[str]) -> list[str]:
    at = chance.randrange(len(lines))
    return lines[:at] + lines[at + chance.randint(1, 3) :]


def _double(chance: random.Random, lines: list[str]) -> list[str]:
    at = chance.randrange(len(lines))
    return [*lines[:at], lines[chance.randrange(len(lines))], *lines[at:]]


def _swap(chance: random.Random, lines: list[str]) -> list[str]:
    some, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[some], lines[other] = lines[other], lines[some]
    return lines


def _shuffle(chance: random.Random, lines: list[str]) -> list[str]:
    chance.shuffle(lines)
    return lines


def _cut(chance: random.Random, lines: list[str]) -> list[str]:
    at = chance.randrange(len(lines))
    words = lines[at].split(" ")
    first = chance.randrange(len(words))
    del words[first : first + chance.randint(1, 6)]
    lines[at] = " ".join(words)
    return lines


def _bare(chance: random.Random, lines: list[str]) -> list[str]:
    """Lose a tenth of the marks of one line, or all of them."""
    at, share = chance.randrange(len(lines)), chance.choice((0.1, 1.0))
    marked = unicodedata.normalize("NFD", lines[at])
    kept = "".join(char for char in marked if not unicodedata.combining(char) or chance.random() >= share)
    lines[at] = unicodedata.normalize("NFC", kept)
    return lines


def _odd(chance: random.Random, lines: list[str]) -> list[str]:
    at = chance.randrange(len(lines))
    for _ in range(chance.randint(1, 5)):
        where = chance.randint(0, len(lines[at]))
        lines[at] = lines[at][:where] + chance.choice(ODD) + lines[at][where:]
    return lines


def _digits(chance: random.Random, lines: list[str]) -> list[str]:
    """Put other digits in: months of 31 days that have 30, wholes of nought, years far away."""
    at = chance.randrange(len(lines))
    lines[at] = "".join(chance.choice("0139") if char.isdigit() else char for char in lines[at])
    return lines


def _wrap(chance: random.Random, lines: list[str]) -> list[str]:
    at = chance.randrange(len(lines))
    lines[at] = lines[at].replace(" ", chance.choice(("\n", " | ", "  ", "\u00a0", "")), chance.randint(1, 9))
    return lines


def _join(chance: random.Random, lines: list[str]) -> list[str]:
    at = chance.randrange(len(lines))
    return [*lines[:at], " ".join(lines[at : at + 3]), *lines[at + 3 :]]


def _end(chance: random.Random, lines: list[str]) -> list[str]:
    text = "\n".join(lines)
    return text[: chance.randint(0, len(text))].split("\n")


def _capitals(chance: random.Random, lines: list[str]) -> list[str]:
    at = chance.randrange(len(lines))
    lines[at] = chance.choice((str.upper, str.lower, str.title))(lines[at])
    return lines


MUTATIONS: tuple[Mutation, ...] = (
    *(_lose, _double, _swap, _shuffle, _cut, _bare, _odd, _digits, _wrap, _join, _end, _capitals),
)


def pieces() -> list[str]:
    """Return texts of about a page: heads, middles and ends of the project's own directives."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((GOLD / "own" / "texts").glob("*.txt"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    return [text[at : at + PIECE] for text in texts for at in range(0, len(text), PIECE)]


def mutated(samples: list[str], seed: int) -> str:
    """Return one of the samples, damaged one to six times; the same seed gives the same text."""
    chance = random.Random(seed)
    lines = chance.choice(samples).split("\n")
    for _ in range(chance.randint(1, 6)):
        lines = chance.choice(MUTATIONS)(chance, lines) or [""]
    return "\n".join(lines)


def broken_promises(reading: Reading) -> Iterator[str]:
    """Yield what a reading promises of itself and does not keep."""
    text = reading.document.text
    ids = {provision.id for provision in reading.provisions}
    for record in _records(reading):
        match record:
            case Evidence():
                if text[record.start : record.end] != record.quote:
                    yield f"quote is not the text at {record.start}-{record.end}: {record.quote!r}"
                if record.provision is not None and record.provision not in ids:
                    yield f"evidence of a provision that is not there: {record.provision}"
            case Mention():
                if text[record.start : record.end] != record.text:
                    yield f"mention is not the text at {record.start}-{record.end}: {record.text!r}"
            case Actor():
                if record.quote not in text:
                    yield f"actor that the text does not name: {record.quote!r}"
    for task in reading.tasks:
        if task.deadline is not None and not 0 <= task.deadline < len(reading.deadlines):
            yield f"task with a deadline that is not there: {task.deadline}"
    yield from _unnested(reading)


def _unnested(reading: Reading) -> Iterator[str]:
    spans = {provision.id: provision for provision in reading.provisions}
    if len(spans) != len(reading.provisions):
        yield "two provisions of one id"
    for provision in reading.provisions:
        if not 0 <= provision.start <= provision.end <= len(reading.document.text):
            yield f"provision outside the text: {provision.path}"
        parent = spans.get(provision.parent or "")
        if provision.parent is not None and parent is None:
            yield f"provision without its parent: {provision.path}"
        if parent and not parent.start <= provision.start <= provision.end <= parent.end:
            yield f"provision outside its parent: {provision.path}"


def _records(value: object) -> Iterator[object]:
    if is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in fields(value):
            yield from _records(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _records(each)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1, help="the first of COUNT seeds")
    arguments = parser.parse_args()
    authority = Authority()
    nlp = make_language(authority)
    samples = pieces()
    failures = 0
    started = time.perf_counter()
    for done, seed in enumerate(range(arguments.seed, arguments.seed + arguments.count), 1):
        text = mutated(samples, seed)
        source = Source(text, "txt", hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())
        try:
            broken = list(broken_promises(read(source, nlp=nlp, authority=authority)))
        except Exception:  # noqa: BLE001 - whatever it is, it is what this program looks for
            broken = [traceback.format_exc(limit=-3)]
        for each in broken:
            print(f"seed {seed}: {each}", flush=True)
        failures += bool(broken)
        if done % 1000 == 0:
            print(f"{done:6} read, {failures} failed, {time.perf_counter() - started:.0f} s", flush=True)
    print(f"{arguments.count} mutated samples read, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
