"""What people decided: the other half of the truth. A log that only grows; undoing is a decision too.

A decision keeps what the person saw (`before`) and what it makes of that (`after`), as JSON values under the names
that `parse --json` prints. What decisions do to a reading stands in `deciding.py`.

What the log says at any time is worked out from it by the functions here, which know no store: a folder keeps the log
in a file (`JournalDecisions`), an office's Neo4j as nodes.

What stands is told by when decisions were said, not by where they stand in a log: carried decisions are logged after
those that were there, and two workspaces must come to say the same. So that a clock that is behind does no harm, what
is said on a log is dated after what that log says of the document (`settled`).
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any, Protocol

from ntmgraph.ids import document_of, is_doubt
from ntmgraph.rules import rule_words
from ntmgraph.workspace.journal import Journal

_TICK = timedelta(microseconds=1)
_SHA256 = re.compile(r"[0-9a-f]{64}")
CATALOGUE = "catalogue"  # stands in the place of a document in a decision on the catalogue (`usual_leads.py`)


class DecisionKind(StrEnum):
    ACCEPTED = "accepted"
    CHANGED = "changed"
    REJECTED = "rejected"
    ADDED = "added"  # a task that the reader had missed
    MERGED = "merged"
    SPLIT = "split"
    STATE = "state"  # of a task: done on a day, or open
    UNDONE = "undone"

    @property
    def rule(self) -> str:
        """What evidence names as the rule of a fact that was decided; `ntmgraph/rules.csv` has the words."""
        return f"decision.{self}"


@dataclass(frozen=True, slots=True)
class Decision:
    """One human act. `after` by kind:

    changed   the fields that it replaces, `{"deadline": {"date": "2020-06-30", "recurrence": null, "text": null}}`
    added     the fields of the task; `before` has the `quote` and the `start` of the sentence in the text
    merged    `{"into": id}` of the other task or agency (with its `name`), and its words as in `before`
    split     `{"parts": [{fields of a task} ...]}`; of an agency or a place
              `{"parts": [{"id", "name", "facts": [ids]} ...]}`
    state     `{"state": "done", "on": "2020-03-01"}` or `{"state": "open"}`, "proof": `{"sha256", "name"}`
    accepted  nothing; of a doubt of the review (`ids.doubt_id`): looked at and settled, `{"by": [ids]}` by decisions
    """

    id: str  # the same in every store that the decision is carried to
    kind: DecisionKind
    fact: str  # id of the task, assignment, help, agency or place; for UNDONE of the decision that is undone
    document: str | None  # id of the one whose reading it changes; None: a state, or every document
    before: Mapping[str, Any] | None  # what the person saw: the fields, and words by which the fact is found again
    after: Mapping[str, Any] | None
    why: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that shows that a task was done; it is kept beside the originals, and goes where they go."""

    sha256: str
    name: str  # as the user named it


class Unchecked(Enum):
    """Said of a decision that nobody else's can stand against: it is carried from another store, or restored."""

    UNCHECKED = "unchecked"


UNCHECKED = Unchecked.UNCHECKED


class DecidedMeanwhileError(ValueError):
    """Somebody else decided on the fact since the person saw it; `decision` is the last one that they had not seen."""

    def __init__(self, decision: Decision) -> None:
        words = rule_words(decision.kind.rule) or decision.kind
        super().__init__(
            f"Nội dung này vừa có quyết định khác: {words}, {decision.by} ghi lúc "
            f"{decision.at.astimezone():%H:%M ngày %d/%m/%Y}. Hãy tải lại để xem quyết định đó rồi quyết định lại."
        )
        self.decision = decision


class UnknownDecisionError(ValueError):
    """A decision to be undone is not in the log."""

    def __init__(self, id: str) -> None:
        super().__init__(f"Không có quyết định mã “{id}” để hoàn tác. Hãy tải lại danh sách quyết định rồi chọn lại.")


class DecisionLog(Protocol):
    """Where decisions are kept."""

    def all(self) -> Sequence[Decision]:
        """Return every decision in the order in which they were logged; cheap to call again."""

    def append(self, decisions: Sequence[Decision], *, seen: str | Unchecked | None) -> None:
        """Log decisions, all or none; those that are there already are passed over.

        seen: id of the last decision on the fact that the person had seen, None for none.
        Raises DecidedMeanwhileError, UnknownDecisionError.
        """


# Deciding


def decide(
    kind: DecisionKind,
    fact: str,
    *,
    by: str,
    document: str | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str | None = None,
) -> Decision:
    """Return a new decision, said now."""
    return Decision(uuid.uuid4().hex, kind, fact, document, before, after, why or None, by, datetime.now(UTC))


def undo(decision: Decision, *, by: str, why: str | None = None) -> Decision:
    """Return the decision that takes another back; undone itself, the other stands again."""
    return decide(DecisionKind.UNDONE, decision.id, by=by, document=decision.document, why=why)


def mark_done(
    task: str,
    on: date | None,
    *,
    by: str,
    why: str | None = None,
    proof: Proof | None = None,
    before: Mapping[str, Any] | None = None,
) -> Decision:
    """Return the decision that a task was done on a day; with None, that it is open again."""
    after: dict[str, Any] = {"state": "open"} if on is None else {"state": "done", "on": on.isoformat()}
    if proof is not None:
        after["proof"] = {"sha256": proof.sha256, "name": proof.name}
    return decide(DecisionKind.STATE, task, by=by, before=before, after=after, why=why)


# What the log says


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Return decisions in the order of their saying, which is the same whatever log they stand in.

    decisions: an undoing after what it undoes, as in every log, and so it stays whatever the clocks were.
    """
    keys: dict[str, tuple[float | str, ...]] = {}
    every = list(decisions)
    for decision in every:
        key = (decision.at.timestamp(), decision.id)
        undone = keys.get(decision.fact, ())
        keys[decision.id] = key if undone < key else (*undone, decision.id)
    return sorted(every, key=lambda decision: keys[decision.id])


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that are not undone, in the order of their saying, without the undoing ones themselves."""
    undone: set[str] = set()
    found: list[Decision] = []
    for decision in reversed(in_order(decisions)):  # whether an undoing stands is known from what came after it
        if decision.id in undone:
            continue
        if decision.kind is DecisionKind.UNDONE:
            undone.add(decision.fact)
        else:
            found.append(decision)
    return tuple(reversed(found))


def done_days(decisions: Iterable[Decision]) -> dict[str, date]:
    """Return the tasks that count as done, by id, with the day that was last said of each."""
    done: dict[str, date] = {}
    for decision in standing(decisions):
        if decision.kind is DecisionKind.STATE:
            after = decision.after or {}
            if after["state"] == "done":
                done[decision.fact] = date.fromisoformat(after["on"])
            else:
                done.pop(decision.fact, None)
    return done


@dataclass(frozen=True, slots=True)
class Said:
    """What people said of a task: when it was done, and a note. last: id of the last decision on it, of any kind."""

    last: str
    done: date | None = None
    note: str | None = None


def said(decisions: Sequence[Decision]) -> dict[str, Said]:
    """Return what was last said of each fact that anybody decided on, by its id."""
    found = {fact: Said(decision.id) for fact, decision in _last(decisions).items()}
    for decision in standing(decisions):
        if decision.kind is DecisionKind.STATE:
            after = decision.after or {}
            done = date.fromisoformat(after["on"]) if after["state"] == "done" else None
            found[decision.fact] = replace(found[decision.fact], done=done, note=decision.why)
    return found


def proof_of(decision: Decision) -> Proof | None:
    """Return the file that a decision names; what does not look like one (a log may come from elsewhere) is none."""
    said = (decision.after or {}).get("proof") if decision.kind is DecisionKind.STATE else None
    if not isinstance(said, Mapping) or not _SHA256.fullmatch(str(said.get("sha256"))):
        return None
    return Proof(said["sha256"], str(said.get("name") or said["sha256"]))


def proofs(decisions: Iterable[Decision]) -> tuple[Proof, ...]:
    """Return every file that decisions name, undone ones too, each once."""
    return tuple(dict.fromkeys(proof for each in decisions if (proof := proof_of(each)) is not None))


def set_aside(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return the doubts that somebody looked at and found settled, by id, each with what was said last of it."""
    return {decision.fact: decision for decision in standing(decisions) if is_doubt(decision.fact)}


def history(decisions: Iterable[Decision], fact: str) -> tuple[Decision, ...]:
    """Return every decision on a fact, oldest first, those that undo another of them included."""
    concerned = {fact}
    found: list[Decision] = []
    for decision in decisions:
        if decision.fact in concerned:
            concerned.add(decision.id)
            found.append(decision)
    return tuple(in_order(found))


def about(decisions: Iterable[Decision], document: str) -> tuple[Decision, ...]:
    """Return every decision on a document or a fact or doubt of it, oldest first; not those that undo another."""
    return tuple(
        in_order(
            each for each in decisions if each.kind is not DecisionKind.UNDONE and document_decided_on(each) == document
        )
    )


def by_document(decisions: Iterable[Decision]) -> dict[str | None, tuple[Decision, ...]]:
    """Return the standing decisions on each document, those on every document among them, in order of their saying.

    Under None stand those on every document alone: `found.get(id, found[None])` are those on any document.
    """
    everywhere: list[Decision] = []
    found: defaultdict[str, list[Decision]] = defaultdict(list)
    order: dict[str, int] = {}
    for number, decision in enumerate(standing(decisions)):
        order[decision.id] = number
        document = document_decided_on(decision)
        (everywhere if document is None else found[document]).append(decision)

    def in_order(some: list[Decision]) -> tuple[Decision, ...]:
        return tuple(sorted([*some, *everywhere], key=lambda decision: order[decision.id]))

    return {None: tuple(everywhere), **{document: in_order(some) for document, some in found.items()}}


def moved_to(decisions: Iterable[Decision], renamed: Mapping[str, str]) -> tuple[Decision, ...]:
    """Return the standing decisions on documents that have another id now, said of that one; the same ones each time.

    renamed: old id of a document -> new id. The rest of a fact's id is made of its words and stays.
    """
    moved: list[Decision] = []
    for decision in standing(decisions):
        old = document_decided_on(decision)
        new = renamed.get(old) if old is not None else None
        if old is not None and new is not None:
            moved.append(
                replace(
                    decision,
                    id=moved_id(decision.id, new),
                    fact=new + decision.fact.removeprefix(old) if decision.fact.startswith(old) else decision.fact,
                    document=new if decision.document == old else decision.document,
                )
            )
    return tuple(moved)


def moved_id(decision: str, document: str) -> str:
    """Return the id that a decision has when it is said of a document by its new id."""
    return hashlib.sha256(f"{decision} {document}".encode()).hexdigest()[:32]


def document_decided_on(decision: Decision) -> str | None:
    """Return the document that a decision is about; None for one about every document."""
    if decision.document is None and (decision.kind is DecisionKind.STATE or is_doubt(decision.fact)):
        return document_of(decision.fact)
    return decision.document


# Several people, several logs


def settled(earlier: Sequence[Decision], new: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return decisions said now by who knows a log, each dated after what it says of the document by then.

    earlier: the log. Of one on every document: after all of it.
    """
    documents: dict[str, str | None] = {}  # of each decision; of an undoing, that of what it undoes
    last: defaultdict[str | None, float] = defaultdict(float)
    found: list[Decision] = []
    for number, decision in enumerate((*earlier, *new)):
        document = documents[decision.id] = documents.get(decision.fact, document_decided_on(decision))
        if number >= len(earlier):
            latest = max(last.values(), default=0) if document is None else max(last[document], last[None])
            if decision.at.timestamp() <= latest:
                decision = replace(decision, at=datetime.fromtimestamp(latest, UTC) + _TICK)
            found.append(decision)
        last[document] = max(last[document], decision.at.timestamp())
    return tuple(found)


def contradicted(ours: Sequence[Decision], theirs: Sequence[Decision]) -> tuple[str, ...]:
    """Return the facts of which two logs say something else last, neither side knowing what the other said."""
    mine, yours = _last(ours), _last(theirs)
    our_ids, their_ids = ({each.id for each in side} for side in (ours, theirs))
    return tuple(
        sorted(
            fact
            for fact in mine.keys() & yours.keys()
            if mine[fact].id not in their_ids
            and yours[fact].id not in our_ids
            and _content(mine[fact]) != _content(yours[fact])
        )
    )


def _last(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return what was last said of each fact, undoing it included."""
    facts: dict[str, str] = {}  # of each decision, that which it is on, as in `fresh`
    found: dict[str, Decision] = {}
    for decision in in_order(decisions):
        facts[decision.id] = fact = facts.get(decision.fact, decision.fact)
        found[fact] = decision
    return found


def fresh(
    earlier: Sequence[Decision], decisions: Sequence[Decision], seen: str | Unchecked | None
) -> tuple[Decision, ...]:
    """Return what is to be appended to a log that holds `earlier`: none of it twice.

    Every implementation asks this in the transaction in which it writes. `earlier` may be narrowed to the history of
    the facts decided on. Raises DecidedMeanwhileError, UnknownDecisionError.
    """
    facts: dict[str, str] = {}  # of each decision, that which it is on: of an undoing, what the one undone is on
    histories: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in earlier:
        facts[decision.id] = facts.get(decision.fact, decision.fact)
        histories[facts[decision.id]].append(decision)
    new = tuple({decision.id: decision for decision in decisions if decision.id not in facts}.values())
    for decision in new:
        if decision.kind is DecisionKind.UNDONE and decision.fact not in facts:
            raise UnknownDecisionError(decision.fact)
        facts[decision.id] = facts.get(decision.fact, decision.fact)
        if (other := _conflict(in_order(histories[facts[decision.id]]), decision, seen)) is not None:
            raise DecidedMeanwhileError(other)
    return new


def _conflict(earlier: Sequence[Decision], new: Decision, seen: str | Unchecked | None) -> Decision | None:
    """Return the last decision on the same fact that the person had not seen and that says something else.

    earlier: the history of the fact; of a decision that undoes another, the history of what that one is on.
    """
    if isinstance(seen, Unchecked):
        return None
    for decision in reversed(earlier):
        if decision.id == seen:
            return None
        if _content(decision) != _content(new):
            return decision
    return None


def _content(decision: Decision) -> tuple[object, ...]:
    return decision.kind, decision.fact, decision.document, decision.after


# The log in a file


def to_record(decision: Decision) -> dict[str, Any]:
    """Return a decision as JSON values."""
    return {
        "id": decision.id,
        "at": decision.at.isoformat(),
        "by": decision.by,
        "kind": decision.kind.value,
        "fact": decision.fact,
        "document": decision.document,
        "before": None if decision.before is None else dict(decision.before),
        "after": None if decision.after is None else dict(decision.after),
        "why": decision.why,
    }


def from_record(record: Mapping[str, Any]) -> Decision:
    """Return the decision of a record, or of a line of the logs before decisions had ids.

    `before` and `after` may be JSON texts, as a node of a graph keeps them.
    """
    if record["kind"] == "done":
        return _marked_done(record)
    return Decision(
        id=str(record["id"]),
        kind=DecisionKind(record["kind"]),
        fact=str(record["fact"]),
        document=record["document"],
        before=_mapping(record["before"]),
        after=_mapping(record["after"]),
        why=record["why"],
        by=str(record["by"]),
        at=datetime.fromisoformat(record["at"]),
    )


def _marked_done(record: Mapping[str, Any]) -> Decision:
    on = record["on"]
    line = json.dumps({**record}, ensure_ascii=False, sort_keys=True)
    return Decision(
        id=hashlib.sha256(line.encode()).hexdigest()[:32],  # from the content: every store gives it the same one
        kind=DecisionKind.STATE,
        fact=str(record["task"]),
        document=None,
        before=None,
        after={"state": "done", "on": on} if on else {"state": "open"},
        why=record["note"],
        by=str(record["by"]),
        at=datetime.fromisoformat(record["at"]),
    )


def _mapping(value: Mapping[str, Any] | str | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return dict(json.loads(value) if isinstance(value, str) else value)


class JournalDecisions:
    """The log of a folder, in one file. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._journal = Journal(path)
        self._lock = threading.Lock()
        self._read: tuple[Decision, ...] = ()
        self._end = 0  # offset of the byte after the last line read

    def all(self) -> Sequence[Decision]:
        """Return every decision in the order of the log; only what came since the last call is read."""
        with self._lock:
            return self._all()

    def append(self, decisions: Sequence[Decision], *, seen: str | Unchecked | None) -> None:
        """Log decisions; see `DecisionLog`."""
        with self._lock:
            new = fresh(self._all(), decisions, seen)
            if new:
                self._journal.append(map(to_record, new))

    def _all(self) -> tuple[Decision, ...]:
        lines = tuple(self._journal.lines(self._end))
        if lines:
            self._read = (*self._read, *(from_record(line.record) for line in lines))
            self._end = lines[-1].end
        return self._read
