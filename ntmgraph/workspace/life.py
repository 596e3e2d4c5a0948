"""What happened to a document since it was issued, and what falls due by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ingest.in_force import InForce, in_force
from ntmgraph.authority import Authority
from ntmgraph.model import Reading
from ntmgraph.queries import CitationRow, DeadlineAnswer, DeadlineQuestion
from ntmgraph.store import GraphStore
from ntmgraph.workspace.deadlines import deadlines
from ntmgraph.workspace.decisions import Decision, about
from ntmgraph.workspace.documents import changed_by


@dataclass(frozen=True, slots=True)
class Life:
    """A document as of a day: `due` are its tasks, `decisions` those on it and its facts, in order, undone ones too."""

    taken_in: datetime  # the last time
    in_force: InForce | None
    changed_by: tuple[CitationRow, ...]  # what amends, replaces or abolishes it, the newest first
    due: DeadlineAnswer
    decisions: tuple[Decision, ...]
    standing: frozenset[str]  # ids of those decisions that are not undone


def life(
    store: GraphStore,
    reading: Reading,
    on: date,
    *,
    taken_in: datetime,
    decisions: Sequence[Decision],
    standing: frozenset[str],
    done: Mapping[str, date],
    authority: Authority,
) -> Life:
    """Return the life of a document by a day; decisions: all of the log."""
    document = reading.document
    decided = about(decisions, document.id)
    return Life(
        taken_in,
        in_force(document.text, document.date),
        changed_by(store, document.id),
        deadlines(store, DeadlineQuestion(on, document=document.id), done, authority=authority),
        decided,
        standing & {each.id for each in decided},
    )
