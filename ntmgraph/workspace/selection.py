"""Which facts answer a question, found before any is read whole: ids, dates, and by which rule they count.

The facts of a body or a unit that came before one asked about stand among its own, in one order; what a group must do
stands after them, since the store cannot page what is asked of one thing for the sake of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from ntmgraph.model import Role
from ntmgraph.queries import Because, Inference
from ntmgraph.store import GraphStore, Row
from ntmgraph.workspace.asked import Asked
from ntmgraph.workspace.inference import StandIn, passes_on
from ntmgraph.workspace.records import documents_by_id, page_of_days, tasks_of

ASSIGNMENT, HELPS, TASK, REPORTING = "assignment", "helps", "task", "reporting"
_PAIRS = 16  # groups of one question: those of all provinces at once do not fit the memory of a large embedded graph


@dataclass(frozen=True, slots=True)
class Found:
    """A fact that answers, before it is read whole."""

    fact: str
    id: str
    document: str
    start: int
    issued: date | None
    agency: str | None = None  # whom the fact names, where the row speaks from its side
    role: str | None = None
    stands_for: StandIn | None = None  # what is said of `agency` counts for another one
    criterion: str | None = None  # of an assignment


@dataclass(frozen=True, slots=True)
class Part:
    """The facts of one kind: how many there are, and some of them, the newest documents first."""

    fact: str
    total: int
    page: Callable[[int, int], list[Found]]


def parts_of(store: GraphStore, asked: Asked) -> tuple[Part, ...]:
    """Return the kinds of facts in the order of the answer: who leads, who helps, then single tasks."""
    return (
        _listed(ASSIGNMENT, _assignments(store, asked)),
        _listed(HELPS, _helps(store, asked)),
        _tasks(store, asked),
        _listed(TASK, _tasks_of_bodies(store, asked)),
        _listed(TASK, _tasks_of_groups(store, asked)),
        _reports(store, asked),
    )


def page_of(parts: Iterable[Part], offset: int, limit: int) -> list[Found]:
    """Return one page of all kinds in their order."""
    page: list[Found] = []
    for part in parts:
        wanted = limit - len(page)
        if wanted > 0 and offset < part.total:
            page += part.page(offset, wanted)
        offset = max(0, offset - part.total)
    return page


def tasks_asked(store: GraphStore, asked: Asked) -> dict[str, tuple[Because, ...]]:
    """Return every task of a question about agencies, places or criteria, and by which rules it counts."""
    parts = (
        _tasks(store, asked, paged=False),
        _listed(TASK, _tasks_of_bodies(store, asked)),
        _listed(TASK, _tasks_of_groups(store, asked)),
    )
    tasks: dict[str, tuple[Because, ...]] = {}
    for found in (each for part in parts for each in part.page(0, part.total)):
        stands_for = found.stands_for or asked.bodies.get(found.agency or "")
        steps = stands_for.because if stands_for else ()
        # Bound in two ways, and one of them stated: stated.
        tasks[found.id] = min(tasks.get(found.id, steps), steps, key=len)
    return tasks


def _listed(fact: str, found: list[Found]) -> Part:
    found.sort(
        key=lambda each: (
            _newest_first(each.issued), each.document, each.start, each.id, each.agency or "", each.role or ""
        )
    )  # fmt: skip
    return Part(fact, len(found), lambda offset, limit: found[offset : offset + limit])


def _newest_first(day: date | None) -> int:
    return -day.toordinal() if day else 1


# Tasks


def _task_texts(asked: Asked) -> list[tuple[str, list[str]]]:
    """Return the questions for tasks that stand for what is asked about, besides agencies."""
    return [
        (text, list(ids))
        for text, ids in (
            ("tasks_of_criteria", asked.criteria),
            ("tasks_of_places", None if asked.places is None else asked.place_ids),
            ("tasks_of_documents", asked.documents),
        )
        if ids is not None
    ]


def _tasks(store: GraphStore, asked: Asked, *, paged: bool = True) -> Part:
    texts = _task_texts(asked)
    if asked.agencies is None:
        return _tasks_by(store, asked, TASK, *texts, paged=paged)
    by_agency = ("tasks_of_agencies", asked.agency_ids)
    return _tasks_by(store, asked, TASK, by_agency, *texts, paged=paged, inferred=asked.headings)


def _reports(store: GraphStore, asked: Asked) -> Part:
    """Return the tasks on which others report to an agency asked about, or through it."""
    if asked.agencies is None:
        return _listed(REPORTING, [])
    return _tasks_by(store, asked, REPORTING, ("reports_to_agencies", asked.agency_ids), *_task_texts(asked))


def _tasks_by(
    store: GraphStore,
    asked: Asked,
    fact: str,
    first: tuple[str, list[str]],
    *others: tuple[str, list[str]],
    paged: bool = True,
    **extra: object,
) -> Part:
    """Return the tasks of a question that are those of the others too; of one alone the store reads only a page."""
    text, ids = first
    if paged and not others:
        days = store.ask(f"count_{text}", ids=ids, **asked.scope.parameters(), **extra)

        def page(offset: int, limit: int) -> list[Found]:
            rows = store.ask(text, ids=ids, **asked.scope.standing(), **extra, **page_of_days(days, offset, limit))
            return [_found(asked, fact, row) for row in rows]

        return Part(fact, sum(row["total"] for row in days), page)
    rows = tasks_of(store, text, ids, asked.scope, **extra)
    wanted = _in_all(store, asked, others) if others else None
    return _listed(fact, [_found(asked, fact, row) for row in rows if wanted is None or row["task"] in wanted])


def _in_all(store: GraphStore, asked: Asked, texts: Iterable[tuple[str, list[str]]]) -> set[str]:
    return set.intersection(*({row["task"] for row in tasks_of(store, text, ids, asked.scope)} for text, ids in texts))


def _found(asked: Asked, fact: str, row: Row) -> Found:
    agency = row.get("agency")
    return Found(
        fact,
        row["task"],
        row["document"],
        row["start"],
        row["issued"],
        agency,
        row.get("role"),
        asked.lineage.get(agency) if agency else None,
    )


def _tasks_of_bodies(store: GraphStore, asked: Asked) -> list[Found]:
    """Return what bodies of the places asked about must do, where the task names none of these places itself."""
    if not asked.bodies or asked.agencies is not None:
        return []
    rows = tasks_of(store, "tasks_of_agencies", list(asked.bodies), asked.scope, inferred=asked.headings)
    if not rows:
        return []
    named = {row["task"] for row in tasks_of(store, "tasks_of_places", asked.place_ids, asked.scope)}
    texts = [(text, ids) for text, ids in _task_texts(asked) if text != "tasks_of_places"]
    wanted = _in_all(store, asked, texts) if texts else None
    return [
        _found(asked, TASK, row)
        for row in rows
        if row["task"] not in named and (wanted is None or row["task"] in wanted)
    ]


def _tasks_of_groups(store: GraphStore, asked: Asked) -> list[Found]:
    """Return what groups must do, for those of their members that were asked about and are not named beside them."""
    if not asked.groups:
        return []
    numbers = (
        [row["id"] for row in store.ask("criteria")] if any(each.because[0].criteria for each in asked.groups) else []
    )
    pairs = [_pair(asked, rank, each, numbers) for rank, each in enumerate(asked.groups)]
    bound: dict[tuple[str, str], Row] = {}  # by task and member, by the first pair that fits
    for first in range(0, len(pairs), _PAIRS):
        some = pairs[first : first + _PAIRS]
        for row in store.ask("tasks_of_groups", pairs=some, inferred=asked.headings, **asked.scope.parameters()):
            bound.setdefault((row["task"], row["member"]), row)
    texts = _task_texts(asked)
    wanted = _in_all(store, asked, texts) if texts and bound else None
    return [
        Found(TASK, row["task"], row["document"], row["start"], row["issued"], each.of.id, stands_for=each)
        for row in bound.values()
        if wanted is None or row["task"] in wanted
        for each in (asked.groups[row["rank"]],)
    ]


def _pair(asked: Asked, rank: int, each: StandIn, numbers: Iterable[str]) -> Row:
    step = each.because[0]
    led = tuple(criterion.id for criterion in step.criteria)
    # Who leads a criterion leads its parts.
    parts = [id for id in numbers if id.startswith(tuple(f"{criterion}." for criterion in led))]
    # The catalogue's default may stand for nobody in particular only where no document assigns anything.
    bare = step.rule is not Inference.USUAL_LEAD or not asked.known.assigned
    return {
        "rank": rank,
        "group": each.of.id,
        "member": each.asked.id,
        "named": [each.asked.id, *(id for id, before in asked.lineage.items() if before.asked.id == each.asked.id)],
        "since": max(step.since or date.min, asked.scope.issued or date.min),
        "until": min((step.until for step in each.because if step.until), default=date.max),
        "whole": not led,
        "bare": bare,
        "criteria": [*led, *parts] or [""],
    }


# Assignments and help


def _assignments(store: GraphStore, asked: Asked) -> list[Found]:
    """Return the assignments of criteria, once for each agency asked about, else once."""
    if asked.places is not None:
        return []
    roles = (("leads", Role.LEAD), ("coordinates", Role.COORDINATE))
    if asked.agencies is not None:
        rows = [
            row | {"role": role}
            for word, role in roles
            for row in store.ask(f"{word}_of_agencies", ids=asked.agency_ids)
        ]
    elif asked.criteria is not None:
        rows = [row for word, _ in roles for row in store.ask(f"{word}_of_criteria", ids=list(asked.criteria))]
    else:
        rows = [row for word, _ in roles for row in store.ask(f"{word}_of_documents", ids=list(asked.documents or ()))]
    day = asked.scope.day
    rows = [
        row
        for row in rows
        if row["fact"] is not None
        and (asked.criteria is None or row["criterion"] in asked.criteria)
        and (asked.documents is None or row["document"] in asked.documents)
        and (day is None or (row["from"] or day) <= day <= (row["to"] or day))
        and (
            row.get("role") != Role.LEAD or passes_on(row["criterion"], _steps_from(asked, row["agency"]), asked.known)
        )
    ]
    by_fact = {(row["fact"], row["agency"] if asked.agencies is not None else None): row for row in reversed(rows)}
    return _in_scope(store, asked, ASSIGNMENT, [row | {"agency": agency} for (_, agency), row in by_fact.items()])


def _steps_from(asked: Asked, agency: str) -> tuple[Because, ...]:
    return asked.lineage[agency].because if agency in asked.lineage else ()


def _helps(store: GraphStore, asked: Asked) -> list[Found]:
    if asked.criteria is not None:
        return []
    if asked.places is not None:
        rows = store.ask("helps_of_places", ids=asked.place_ids)
    elif asked.agencies is not None:
        rows = store.ask("helps_of_agencies", ids=asked.agency_ids)
    else:
        rows = store.ask("helps_of_documents", ids=list(asked.documents or ()))
    rows = [
        row
        for row in rows
        if row["fact"] is not None
        and (asked.agencies is None or row["agency"] in asked.agency_ids)
        and (asked.documents is None or row["document"] in asked.documents)
    ]
    return _in_scope(store, asked, HELPS, rows)


def _in_scope(store: GraphStore, asked: Asked, fact: str, rows: list[Row]) -> list[Found]:
    """Return the facts of documents of the province and day asked about; central documents are of every province."""
    documents = documents_by_id(store, {row["document"] for row in rows})
    province = asked.scope.province
    return [
        Found(
            fact,
            row["fact"],
            row["document"],
            row["start"],
            documents[row["document"]]["date"],
            agency=row["agency"],
            role=row.get("role"),
            stands_for=asked.lineage.get(row["agency"]) if row["agency"] else None,
            criterion=row.get("criterion"),
        )
        for row in rows
        if row["document"] in documents
        and asked.scope.holds(documents[row["document"]])
        and (
            province in (None, documents[row["document"]]["province"])
            or (documents[row["document"]]["province"] is None and row["province"] in (None, province))
        )
    ]
