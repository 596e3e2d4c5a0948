"""Is what is read right? Bars for the figures that `make evaluate` prints; see benchmarks/evaluation.

`seeds` are real directives outside the project: their bars are those of the project's aims. `examples` are the
samples it ships; `dev` may be read to improve rules; `heldout` and `blind` only measure (tests/gold/own/README.md).
The bars of the project's own documents are what the reading has reached: a fall below one fails, and raising one is
part of the change that earns it.
"""

from __future__ import annotations

import json
import runpy
from functools import cache

import pytest
from evaluation.gold import GROUPS
from evaluation.runs import Scored, run, sums
from evaluation.scoring import Count
from needs import need_shared

from ingest.report import to_json

# kind -> (figure, least value on seeds, examples, dev, heldout, blind); None: no such facts there
BARS: dict[str, tuple[str, float | None, float | None, float | None, float | None, float | None]] = {
    "header": ("f1", 0.99, 1.0, 1.0, 0.95, 0.97),
    "reference": ("f1", 0.99, 1.0, 1.0, 1.0, 1.0),
    "reference_date": ("f1", 0.99, 1.0, 1.0, 1.0, 1.0),
    "reference_relation": ("f1", 0.90, 0.95, 1.0, 0.93, 1.0),
    "deadline": ("f1", 0.97, 0.97, 1.0, 0.96, 0.94),
    "agency_recall": ("recall", 0.95, 0.96, 0.97, 0.94, 0.95),
    "agency_precision": ("precision", 0.95, 1.0, 1.0, 0.98, 0.98),
    "criterion_recall": ("recall", 1.0, 1.0, 1.0, 0.97, 1.0),
    "criterion_precision": ("precision", 1.0, 1.0, 1.0, 0.96, 1.0),
    "place_recall": ("recall", 1.0, 1.0, 1.0, 0.88, 1.0),
    "task": ("f1", 0.92, 0.97, 0.98, 0.94, 0.88),
    "task_who": ("recall", 0.92, 1.0, 0.98, 0.89, 0.92),
    "task_role": ("recall", 0.90, 0.95, 0.98, 0.94, 0.76),
    "task_with": ("recall", 0.95, 1.0, 0.90, 0.80, 0.50),
    "task_due": ("recall", 1.0, 1.0, 1.0, 0.91, 0.87),
    "target": ("f1", 0.95, 0.94, 0.99, 0.92, 0.86),
    "result": ("f1", None, 0.95, 1.0, 0.90, 0.98),
    "assignment_lead": ("f1", None, 0.99, 1.0, 0.98, 0.87),
    "assignment_with": ("f1", None, 0.99, 1.0, 0.98, 0.75),
    "help": ("f1", None, 1.0, 1.0, 0.90, 1.0),
}


@cache
def scored(group: str) -> list[Scored]:
    return run((group,))


@pytest.mark.parametrize(
    ("group", "kind"),
    [(group, kind) for at, group in enumerate(GROUPS, 1) for kind, bar in BARS.items() if bar[at] is not None],
)
def test_figure_holds(group: str, kind: str) -> None:
    if group == "seeds":
        need_shared()
    figure, *bars = BARS[kind]
    count = sums(scored(group), group)[kind]
    least = bars[GROUPS.index(group)]
    assert least is not None
    assert getattr(count, figure) >= least, count


@pytest.mark.parametrize("group", GROUPS)
def test_definitions_are_those_of_the_design(group: str) -> None:
    """The scorer that stands beside the real directives, given the same readings, counts the same."""
    design = runpy.run_path(str(need_shared() / "score.py"))
    tally = design["Tally"]()
    for each in scored(group):
        gold = json.loads(each.gold.annotation.read_text(encoding="utf-8"))
        design["score"](gold, json.loads(json.dumps(to_json(each.reading))), tally, each.gold.name)
    theirs = {kind: Count(int(tally.tp[kind]), tally.pred[kind], tally.gold[kind]) for kind in tally.gold}
    mine = sums(scored(group), group)
    assert {kind: mine.get(kind, Count()) for kind in theirs} == theirs
