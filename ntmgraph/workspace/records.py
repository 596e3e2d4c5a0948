"""From the rows of the store to the records that answers are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ntmgraph.model import Basis, DeadlineKind, DocumentState, Evidence
from ntmgraph.queries import DocumentName, Named
from ntmgraph.store import GraphStore, Row
from ntmgraph.workspace.due import Standing, standing

EVERYTHING = 10**9  # rows


@dataclass(frozen=True, slots=True)
class Asking:
    """What part of the documents a question is about: as of a day (None: all there ever were), in a province."""

    day: date | None
    province: str | None
    with_ended: bool = False  # also documents replaced or abolished by that day
    issued: date | None = None  # only documents of this day

    @property
    def last(self) -> date:
        """The last day on which a document may have been issued."""
        return min(self.day or date.max, self.issued or date.max)

    def standing(self) -> Row:
        """Return the parameters of a list that names the days itself (`page_of_days`)."""
        alive = date.min if self.day is None or self.with_ended else self.day
        return {"alive": alive, "province": self.province or ""}

    def parameters(self) -> Row:
        return {"day": self.last, **self.standing()}

    def holds(self, document: Row) -> bool:
        """Tell whether a document was issued and in force on the day; undated ones are taken to be."""
        if self.day is None:
            return True
        in_force = self.with_ended or document["ended"] is None or document["ended"] > self.day
        return in_force and (document["date"] is None or document["date"] <= self.day)


def tasks_of(store: GraphStore, text: str, ids: Iterable[str], asking: Asking, **parameters: object) -> list[Row]:
    """Return all rows of a question for tasks, which otherwise come in pages."""
    days = {"first": asking.issued or date.min, "last": asking.last, "undated": asking.issued is None}
    every: Row = {**days, "offset": 0, "limit": EVERYTHING}
    return store.ask(text, ids=list(ids), **asking.standing(), **every, **parameters)


def page_of_days(days: Iterable[Row], offset: int, limit: int) -> Row:
    """Return the parameters of a page of a list, the newest first, by how many rows are of each day (its count).

    Only the days of the page are asked for, so that the first page of a thing of many rows costs what a page costs.
    """
    on_page: list[date | None] = []
    seen = before = 0  # rows of newer days, and of those that are newer than the page
    for row in sorted(days, key=lambda row: row["issued"] or date.min, reverse=True):
        if seen < offset + limit and seen + row["total"] > offset:
            before = before if on_page else seen
            on_page.append(row["issued"])
        seen += row["total"]
    dated = [day for day in on_page if day is not None]
    return {
        "first": min(dated, default=date.max),
        "last": max(dated, default=date.min),
        "undated": None in on_page,
        "offset": offset - before,
        "limit": limit,
    }


def document_name(row: Row) -> DocumentName:
    state = row.get("state") or DocumentState.ISSUED.value  # only `read/documents` tells it
    return DocumentName(row["id"], row["number"], row["date"], row["issuer"], row["type"], row["subject"], state)


def standing_of(deadline: Row, on: date, done: date | None) -> Standing:
    """Return the state on a day of a task with this deadline, if it has one; every answer takes it from here."""
    if deadline["kind"] is None:
        return Standing(None, None, None)
    return _standing(deadline["kind"], deadline["date"], deadline["recurrence"], deadline["issued"], on, done)


@lru_cache(maxsize=1 << 14)  # a workspace of 10,000 documents has some 11,000 days by kind
def _standing(
    kind: str, day: date | None, recurrence: str | None, issued: date | None, on: date, done: date | None
) -> Standing:
    return standing(DeadlineKind(kind), day, recurrence, issued=issued, on=on, done=done)


def documents_by_id(store: GraphStore, ids: Collection[str]) -> dict[str, Row]:
    return {row["id"]: row for row in store.ask("documents", ids=sorted(ids))} if ids else {}


def ended_by(store: GraphStore, ids: Collection[str], day: date | None) -> dict[str, DocumentName]:
    """Return the documents that others replace or abolish, with the first that does; by that day where one is given."""
    rows = (
        [row for row in store.ask("ends_of_documents", ids=sorted(ids)) if row["ended_by"] is not None] if ids else []
    )
    ended: dict[str, DocumentName] = {}
    for row in sorted(rows, key=lambda row: (row["date"] or date.max, row["ended_by"])):
        if day is None or (row["date"] is not None and row["date"] <= day):
            ended.setdefault(row["id"], document_name(row | {"id": row["ended_by"]}))
    return ended


def agency_name(row: Row) -> Named:
    """Return the agency of a row about a fact; its id stands there as `agency`."""
    return Named(row["agency"], row["name"], row["kind"], row["province"])


def evidence_of(row: Row) -> Evidence:
    """Return the evidence that an edge carries."""
    return Evidence(
        provision=row["provision"],
        start=row["start"],
        end=row["stop"],
        quote=row["quote"],
        rule=row["rule"],
        basis=Basis(row["basis"]),
        page=row["page"],
        box=tuple(row["box"]) if row["box"] else None,
        cell=row["cell"],
    )


def grouped(store: GraphStore, text: str, key: str, ids: Iterable[str], *, present: str) -> defaultdict[str, list[Row]]:
    """Return the rows of a question by one of their columns, in text order, without those that only say "none"."""
    wanted = sorted(set(ids))
    rows = store.ask(text, ids=wanted) if wanted else []
    return by_column([row for row in rows if row[present] is not None], key)


def by_column(rows: Iterable[Row], key: str) -> defaultdict[str, list[Row]]:
    """Return rows by one of their columns, in text order; agencies named at one place in that of their ids."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.get("start") or 0, row.get("agency") or "")):
        found[row[key]].append(row)
    return found


@dataclass(frozen=True, slots=True)
class TaskDetails:
    """Tasks read whole: a few questions, however many tasks."""

    tasks: dict[str, Row]
    bound: defaultdict[str, list[Row]]  # whom they bind, and as what
    reports: defaultdict[str, list[Row]]
    criteria: defaultdict[str, list[Row]]
    places: defaultdict[str, list[Row]]
    due: defaultdict[str, list[Row]]

    @classmethod
    def read(cls, store: GraphStore, ids: Iterable[str]) -> TaskDetails:
        ids = list(ids)
        return cls(
            tasks={row["task"]: row for row in store.ask("tasks", ids=sorted(set(ids)))} if ids else {},
            bound=grouped(store, "bound_by_tasks", "task", ids, present="agency"),
            reports=grouped(store, "reported_by_tasks", "task", ids, present="agency"),
            criteria=grouped(store, "criteria_of_tasks", "task", ids, present="criterion"),
            places=grouped(store, "places_of_tasks", "task", ids, present="place"),
            due=grouped(store, "deadlines_of_tasks", "task", ids, present="text"),
        )
