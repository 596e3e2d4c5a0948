"""How one commune came along: day by day what documents tell of it, and of those that it was formed of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ntmgraph.authority import MERGER, Unit, catalogue
from ntmgraph.queries import Course, CourseDay, CriterionName, ProgressQuestion
from ntmgraph.store import GraphStore, Row
from ntmgraph.workspace.inference import Known, place_heir
from ntmgraph.workspace.standing import criteria_of_set, is_basic, named, plain


def course(store: GraphStore, question: ProgressQuestion, place: str) -> Course | None:
    """Return what is told of a commune (an id) until a day by the criteria of `question.set`, the newest day first.

    Nothing is added up over a merger: the communes before it stand beside the one that they went into.
    """
    unit = catalogue().units.get(place)
    if unit is None or unit.level != "commune":
        return None
    known = Known(catalogue(), MERGER)
    merged = question.on >= MERGER and not question.stated_only
    formed = catalogue().formed_of.get(place, []) if merged else []
    later = catalogue().went_into.get(place, []) if question.on >= MERGER else []
    of = {each: catalogue().units[each] for each in (place, *(merger.old for merger in formed))}
    criteria = {each.id: each for each in criteria_of_set(question.set)}
    rows = store.ask("results_until", ids=sorted(of), day=question.on)
    by_place: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_place[row["place"]].append(row)
    days = [each for id, own in by_place.items() for each in _days(of[id], own, criteria, question.set)]
    return Course(
        named(unit),
        tuple(place_heir(each, known) for each in formed),
        tuple(place_heir(each, known) for each in later),
        tuple(sorted(days, key=lambda each: (each.day or date.min, each.place.id), reverse=True)),
    )


def _days(unit: Unit, rows: Iterable[Row], criteria: Mapping[str, CriterionName], set_: str | None) -> list[CourseDay]:
    """Return the days on which something is told of a commune, the first one first."""
    by_day: defaultdict[date, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["result"]):
        by_day[row["as_of"] or date.min].append(row)
    before: dict[str, bool] = {}
    count_before: float | None = None
    found = []
    for day in sorted(by_day):
        told = by_day[day]
        ways: defaultdict[str, set[bool]] = defaultdict(set)
        for row in told:
            if row["criterion"] in criteria and row["met"] is not None:
                ways[row["criterion"]].add(row["met"])
        marks = {id: met for id, (met, *other) in ways.items() if not other}  # told both ways it is neither
        counts = [row for row in told if _counts(row, day, set_, len(criteria))]
        if not marks and not counts:
            continue
        changed = {id: met for id, met in marks.items() if id in before and before[id] != met}
        met = sum(marks.values())
        count = plain(counts[-1]["value"]) if counts else met if len(marks) == len(criteria) else None
        stands = counts[-1] if counts else next(row for row in told if row["criterion"] in marks)
        found.append(
            CourseDay(
                day if day > date.min else None,
                named(unit),
                count,
                plain(count - count_before) if count is not None and count_before is not None else None,
                met,
                len(marks) - met,
                _those(criteria, [id for id, met in changed.items() if met]),
                _those(criteria, [id for id, met in changed.items() if not met]),
                stands["result"],
            )
        )
        before |= marks
        count_before = count if count is not None else count_before
    return found


def _counts(row: Row, day: date, set_: str | None, criteria: int) -> bool:
    """Tell whether a result, which names no set, counts the criteria met of this one."""
    known = catalogue().criteria_sets.get(set_ or "")
    if row["criterion"] is not None or row["unit"] != "tiêu chí" or row["value"] is None or known is None:
        return False
    return is_basic(known, day) and row["of"] in (None, criteria)


def _those(criteria: Mapping[str, CriterionName], ids: Sequence[str]) -> tuple[CriterionName, ...]:
    return tuple(each for id, each in criteria.items() if id in ids)
