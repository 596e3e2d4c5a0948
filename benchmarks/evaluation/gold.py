"""Annotated documents: where they stand, in which group, and what a person read in each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"  # real directives; they stay outside the project
GOLD = ROOT / "tests" / "gold"
CLOSED = ("heldout", "blind")  # documents that nobody who writes rules may read: sums only
GROUPS = ("seeds", "examples", "dev", *CLOSED)
HEADER = {
    "doc_type": "type",
    "number": "number",
    "issuer": "issuer",
    "place": "place",
    "date": "date",
    "signer": "signer",
}


@dataclass(frozen=True, slots=True)
class Cited:
    number: str | None
    dates: tuple[str | None, ...]  # what is right; none when the text gives no date
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Due:
    text: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Criterion:
    number: int | str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Task:
    ref: str
    what: str  # a paraphrase in the text's words
    who: list[str]
    with_: list[str]
    role: str
    due: str | None
    has_deadline: bool


@dataclass(frozen=True, slots=True)
class Assignment:
    number: str
    lead: list[str]
    coordinate: list[str]


@dataclass(frozen=True, slots=True)
class Help:
    agency: str
    commune: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A target or a result."""

    measure: str
    commune: str | None
    value: float | None
    of: float | None
    quote: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """What a person read in one document."""

    name: str
    group: str
    path: Path  # of the document
    annotation: Path
    header: dict[str, tuple[Any, ...]]  # field -> what is right
    references: tuple[Cited, ...]
    portal: frozenset[str]  # numbers that only the page around the text lists
    deadlines: tuple[Due, ...]
    agencies: list[str]
    bodies: list[str]  # every body that may be named: also addressees, recipients, doers
    criteria: tuple[Criterion, ...]
    communes: list[str]
    tasks: tuple[Task, ...]
    assignments: tuple[Assignment, ...]
    helps: tuple[Help, ...]
    targets: tuple[Figure, ...]
    results: tuple[Figure, ...]


def annotated(groups: tuple[str, ...] = GROUPS) -> Iterator[Annotated]:
    """Yield the documents of the groups; seeds only where the folder of real directives stands beside the project."""
    for group in groups:
        for index, file in enumerate(sorted(_files(group)), 1):
            # What names a real directive stays out of the accepted run, which is the project's.
            yield _load(file, group, f"seed-{index}" if group == "seeds" else file.stem)


def _files(group: str) -> Iterator[Path]:
    if group == "seeds":
        return (SHARED / "gold").glob("*.json")
    if group == "examples":
        return (GOLD / "examples").glob("*.json")
    return (GOLD / "own" / "gold").glob(f"{group}-*.json")


def _load(file: Path, group: str, name: str) -> Annotated:
    texts = {"seeds": SHARED / "seeds", "examples": ROOT / "examples"}.get(group, GOLD / "own" / "texts")
    gold = json.loads(file.read_text(encoding="utf-8"))
    due = tuple(Due(each["text"], each.get("date")) for each in gold["deadlines"])
    tasks = gold.get("tasks", [])
    doers = [name for task in tasks for key in ("who", "with") for name in task.get(key) or []]
    references = gold["references"]
    listed = "danh mục cổng"
    return Annotated(
        name=name,
        group=group,
        annotation=file,
        path=next(path for path in sorted(texts.glob(f"{file.stem}.*")) if path.suffix != ".json"),
        header={field: _options(gold, field) for field in HEADER},
        references=tuple(
            Cited(each.get("number"), _options(each, "date") if each.get("date") else (), _options(each, "relation"))
            for each in references
            if each.get("relation") != listed
        ),
        portal=frozenset(each["number"] for each in references if each.get("relation") == listed and each["number"]),
        deadlines=due,
        agencies=gold["agencies"],
        bodies=[*gold["agencies"], *gold.get("addressees", []), *gold.get("recipients", []), *doers],
        criteria=tuple(Criterion(each.get("number"), each.get("name")) for each in gold["criteria"]),
        communes=[each if isinstance(each, str) else each["name"] for each in gold.get("communes", [])],
        tasks=tuple(
            Task(
                str(each.get("ref", "")),
                each["what"],
                each.get("who") or [],
                each.get("with") or [],
                each.get("role", ""),
                due[each["deadline"]].date if each.get("deadline") is not None else None,
                each.get("deadline") is not None,
            )
            for each in tasks
        ),
        assignments=tuple(
            Assignment(str(each["criterion"]["number"]), each.get("lead") or [], each.get("coordinate") or [])
            for each in gold.get("assignments", [])
        ),
        helps=tuple(Help(each["agency"], each["commune"]) for each in gold.get("helps", [])),
        targets=_figures(gold.get("targets", [])),
        results=_figures(gold.get("results", [])),
    )


def _options(gold: dict[str, Any], field: str) -> tuple[Any, ...]:
    """Return what is right for a field: its value and the alternatives beside it."""
    more = gold.get(f"{field}_alternatives") or gold.get(f"{field}_alt") or []
    return (gold.get(field), *(more if isinstance(more, list) else [more]))


def _figures(rows: list[dict[str, Any]]) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            row.get("measure") or row.get("commune") or "",
            row.get("commune"),
            row.get("value", row.get("criteria_met")),
            row.get("of"),
            row.get("quote", ""),
        )
        for row in rows
    )
