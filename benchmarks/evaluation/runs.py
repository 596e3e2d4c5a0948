"""A run over all annotated documents, and the committed one to hold it against.

The committed run is plain text that reads well in a diff: the figures of each group, then what is missed and what is
extra in each document. Words stand beside a fault only where the document is the project's own and open to rule
authors; of real and of closed documents the file keeps positions in the annotation and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.gold import CLOSED, GOLD, GROUPS, Annotated, annotated
from evaluation.scoring import Count, Fault, Scores, score
from ingest.language import make_language
from ingest.pipeline import read_file
from ntmgraph.authority import Authority
from ntmgraph.model import Reading

COMMITTED = GOLD / "evaluation.txt"
ORDER = (
    "header",
    *(f"header {field}" for field in ("type", "number", "issuer", "place", "date", "signer")),
    *("reference", "reference_date", "reference_relation", "deadline", "agency_recall", "agency_precision"),
    *("criterion_recall", "criterion_precision", "place_recall"),
    *("task", "task_who", "task_role", "task_with", "task_due"),
    *("target", "result", "assignment_lead", "assignment_with", "help"),
)
Name = tuple[str, str, str]  # missed or extra, kind, key


@dataclass(frozen=True, slots=True)
class Scored:
    gold: Annotated
    reading: Reading
    scores: Scores


@dataclass(frozen=True, slots=True)
class Committed:
    """What the last accepted run said, as text and as names of faults per document."""

    sections: dict[str, str] = field(default_factory=dict)  # group -> its lines
    faults: dict[str, frozenset[Name]] = field(default_factory=dict)  # document -> names
    words: dict[tuple[str, Name], str] = field(default_factory=dict)
    figures: dict[tuple[str, str], float] = field(default_factory=dict)  # group, kind -> F1


def run(groups: tuple[str, ...] = GROUPS) -> list[Scored]:
    """Return every annotated document of the groups, read by this program and scored."""
    authority = Authority()
    nlp = make_language(authority)
    scored = []
    for gold in annotated(groups):
        reading = read_file(gold.path, nlp=nlp, authority=authority)
        scored.append(Scored(gold, reading, score(gold, reading)))
    return scored


def sums(scored: list[Scored], group: str) -> dict[str, Count]:
    """Return the counts of one group per kind of fact, in the order in which they are shown."""
    totals: dict[str, Count] = defaultdict(Count)
    for each in scored:
        if each.gold.group == group:
            for kind, count in each.scores.counts.items():
                totals[kind] += count
    return {kind: totals[kind] for kind in ORDER if kind in totals}


def read_committed(path: Path = COMMITTED) -> Committed:
    committed = Committed()
    if not path.exists():
        return committed
    group = document = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if line.startswith("== "):
            group = words[1]
            committed.sections[group] = ""
        elif line.startswith("-- "):
            document = words[1]
            committed.faults[document] = frozenset()
        elif words and words[0] in ("missed", "extra"):
            name = (words[0], words[1], words[2])
            committed.faults[document] |= {name}
            committed.words[document, name] = " ".join(words[3:])
        elif line.startswith("   ") and len(words) >= 7:
            committed.figures[group, " ".join(words[:-6])] = float(words[-1])
        if group:
            committed.sections[group] += line + "\n"
    return committed


def write_committed(scored: list[Scored], path: Path = COMMITTED) -> None:
    """Write the run; a group that could not be read here keeps what it said before."""
    former = read_committed(path).sections
    parts = [
        "What `make evaluate` read, accepted with --accept: figures, then every missed and every extra fact.\n"
        "Columns: right, predicted, annotated, precision, recall, F1.\n\n"
    ]
    for group in GROUPS:
        mine = [each for each in scored if each.gold.group == group]
        parts.append(_section(group, mine, scored) if mine else former.get(group, ""))
    path.write_text("".join(parts).rstrip() + "\n", encoding="utf-8")


def _section(group: str, mine: list[Scored], scored: list[Scored]) -> str:
    lines = [f"== {group} ({len(mine)} documents)"]
    lines += [f"   {figure_line(kind, count)}" for kind, count in sums(scored, group).items()]
    for each in mine:
        lines.append(f"-- {each.gold.name}")
        for fault in sorted(each.scores.faults, key=order):
            shown = "" if group in CLOSED or group == "seeds" else f"  {short(fault)}"
            lines.append(f"   {fault.name[0]:6} {fault.kind:19} {fault.key}{shown}")
    return "\n".join([*lines, "", ""])


def figure_line(kind: str, count: Count) -> str:
    return (
        f"{kind:20}{count.right:5}{count.predicted:6}{count.gold:6}"
        f"{count.precision:8.3f}{count.recall:8.3f}{count.f1:8.3f}"
    )


def order(fault: Fault) -> tuple[int, bool, str]:
    return (ORDER.index(fault.kind), fault.extra, fault.key.zfill(8))


def short(fault: Fault, length: int = 90) -> str:
    """Return a fault in a few words."""
    words = fault.got if fault.extra else f"{fault.want} | {fault.got}" if fault.got else fault.want
    return words if len(words) <= length else words[: length - 3] + "..."
