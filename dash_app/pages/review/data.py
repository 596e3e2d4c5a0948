"""What the review page asks: the queue of one kind of doubt, the chosen one with its sentence and facts, one fact.

State in the address: `code` (kind of doubt; without it the first that holds anything), `province`, `document`, `row`
(the doubt), `said` (which of its sentences), `fact` and `act` (the fact whose form is open, and which form), `body`
(which body or place of it is taken apart), `show` (`seen`: doubts set aside, `history`: decisions). `add`, `start`,
`end`: a document and a stretch of its text in which a person found a task; `said`: which of its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from dash_app.address import Address
from dash_app.components import ROWS, excerpt
from dash_app.components.evidence import Excerpt
from dash_app.excerpts import reading_with
from dash_app.page import Desk
from ntmgraph import preferences
from ntmgraph.ids import document_of
from ntmgraph.model import Evidence, IssueCode, Reading
from ntmgraph.queries import DocumentName, Named, Quotation, ReviewAnswer, ReviewQuestion, ReviewRow
from ntmgraph.workspace import WorkspaceError
from ntmgraph.workspace.correcting import FactView, document_named, facts_in, labels
from ntmgraph.workspace.decisions import Decision, DecisionKind

PATH = "/ra-soat"
PATIENCE = 0.3  # seconds that a page waits for documents to be compared
FORMS = {"changed": "e", "merged": "m", "split": "s", "parted": "p"}  # with the letter that opens each
ADDED = "added"  # value of `act`: the form for a task that the reader missed
SHOWS = ("seen", "history")
# The kinds in the order in which they matter: contradictions, then what may be lost, what is missing, single words.
KINDS = (
    IssueCode.CRITERION_TWO_LEADS,
    IssueCode.DEADLINE_CONFLICT,
    IssueCode.DEADLINE_BEFORE_DOCUMENT,
    IssueCode.AGENCY_NO_LONGER_EXISTS,
    IssueCode.DUTY_UNREAD,
    IssueCode.LEAD_CHANGED,
    IssueCode.CRITERION_WITHOUT_LEAD,
    IssueCode.FIGURE_MISFIT,
    IssueCode.AGENCY_AMBIGUOUS,
    IssueCode.PLACE_AMBIGUOUS,
    IssueCode.NUMBER_UNCLEAR,
    IssueCode.TEXT_UNCLEAR,
    IssueCode.TEXT_REPAIRED,
    IssueCode.DOCUMENT_MISSING,
)
# Kinds that are about what was understood of their sentence; the sentence of others is only where they were noticed.
ABOUT_FACTS = frozenset(
    {
        IssueCode.CRITERION_TWO_LEADS,
        IssueCode.LEAD_CHANGED,
        IssueCode.DEADLINE_CONFLICT,
        IssueCode.DEADLINE_BEFORE_DOCUMENT,
        IssueCode.AGENCY_NO_LONGER_EXISTS,
        IssueCode.AGENCY_AMBIGUOUS,
        IssueCode.PLACE_AMBIGUOUS,
    }
)
# Kinds that come of comparing documents, which takes a while after one was written.
COMPARED = frozenset(
    {
        IssueCode.CRITERION_TWO_LEADS,
        IssueCode.CRITERION_WITHOUT_LEAD,
        IssueCode.LEAD_CHANGED,
        IssueCode.DEADLINE_CONFLICT,
        IssueCode.AGENCY_NO_LONGER_EXISTS,
    }
)
_SENTENCE_END = re.compile(r"(?<=[\w/][\w%)][.;])\s+(?=\w)")  # not behind a label: "1. Sở"
_MOST_FACTS = 4  # of one sentence
_OFFERED = 60  # bodies of the province, offered while typing


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a doubt in its surroundings (None: its original cannot be read), and the facts read from it."""

    number: int
    evidence: Quotation
    excerpt: Excerpt | None
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits, by kind, and one page of one kind."""

    counts: ReviewAnswer  # without rows: how many of each kind
    code: IssueCode | None  # None: nothing waits
    answer: ReviewAnswer
    chosen: ReviewRow | None
    sentence: Sentence | None  # of the chosen one
    seen: int  # doubts set aside
    last: Decision | None  # what "u" takes back: the reader's last decision, of today

    def next_to(self, row: ReviewRow) -> ReviewRow | None:
        """The doubt that is chosen when this one has left the queue."""
        rows = [each.id for each in self.answer.rows]
        at = rows.index(row.id)
        beside = [*self.answer.rows[at + 1 : at + 2], *self.answer.rows[max(at - 1, 0) : at]]
        return next(iter(beside), None)


def queue(desk: Desk, address: Address) -> Queue:
    counts = counted(desk, address)
    code = asked_kind(address, counts)
    question = ReviewQuestion(
        address.get("province"), code, address.get("document"), limit=ROWS, offset=address.number("offset")
    )
    answer = desk.workspace.review(question, wait=False) if code else ReviewAnswer((), 0, note=counts.note)
    if not answer.rows and answer.total and question.offset:  # the last ones of the last page are settled
        answer = desk.workspace.review(
            ReviewQuestion(question.province, code, question.document, limit=ROWS), wait=False
        )
    chosen = next((row for row in answer.rows if row.id == address.get("row")), next(iter(answer.rows), None))
    return Queue(
        counts,
        code,
        answer,
        chosen,
        sentence_of(desk, chosen, address.number("said")) if chosen else None,
        len(desk.workspace.doubts_set_aside()),
        last_of_today(desk),
    )


def counted(desk: Desk, address: Address) -> ReviewAnswer:
    """How many of each kind there are. Where few documents were written, nobody sees that they are compared."""
    counts = desk.workspace.waiting(address.get("province"), patience=PATIENCE)
    if document := address.get("document"):
        question = ReviewQuestion(address.get("province"), document=document, limit=0)
        return desk.workspace.review(question, wait=False)
    return counts


def asked_kind(address: Address, counts: ReviewAnswer) -> IssueCode | None:
    """The kind in the address, also where nothing of it is left; else the first of which there is any."""
    asked = next((code for code in KINDS if code == address.get("code")), None)
    return asked or next((code for code in KINDS if counts.codes.get(code)), None)


def sentence_of(desk: Desk, row: ReviewRow, number: int) -> Sentence | None:
    """A sentence of a doubt; None for one about a document as a whole."""
    if not row.evidence:
        return None
    number = min(number, len(row.evidence) - 1)
    said = row.evidence[number]
    document = said.document.id if said.document else row.document.id
    reading = reading_with(desk, document, said)
    if reading is None:
        return Sentence(number, said, None, ())
    facts = facts_in(reading, said.start, said.end)[:_MOST_FACTS] if row.code in ABOUT_FACTS else ()
    views = tuple(desk.workspace.fact(fact.id) for fact in facts if fact.id)
    return Sentence(number, said, excerpt(reading, said), views)


@dataclass(frozen=True, slots=True)
class Adding:
    """A stretch of a document in which a person found a task: its sentences (offsets), and the chosen one of them."""

    reading: Reading
    sentences: tuple[tuple[int, int], ...]
    number: int

    @property
    def chosen(self) -> tuple[int, int]:
        return self.sentences[self.number]

    @property
    def document(self) -> DocumentName:
        return document_named(self.reading)

    @property
    def evidence(self) -> Evidence:
        """Where the chosen sentence stands, for the panel beside the form."""
        (start, end), text = self.chosen, self.reading.document.text
        around = [each for each in self.reading.provisions if each.start <= start < each.end]
        inner = min(around, key=lambda each: each.end - each.start, default=None)
        return Evidence(inner.id if inner else None, start, end, text[start:end], DecisionKind.ADDED.rule)


def adding(desk: Desk, address: Address) -> Adding | None:
    """The stretch of an address; None when its document was not taken in or nothing stands there."""
    try:
        reading = desk.workspace.reading(address.get("add") or "")
    except (KeyError, WorkspaceError):
        return None
    sentences = sentences_of(reading.document.text, address.number("start"), address.number("end"))
    if not sentences:
        return None
    unread = (number for number, sentence in enumerate(sentences) if not facts_in(reading, *sentence))
    asked = address.number("said") - 1 if address.get("said") else next(unread, 0)
    return Adding(reading, sentences, min(max(asked, 0), len(sentences) - 1))


def sentences_of(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The sentences of a stretch of a text, without blanks around them; labels ("1.", "a)") go with what follows."""
    cuts = [start, *(found.end() for found in _SENTENCE_END.finditer(text, start, end)), end]
    words = ((first, last, text[first:last].strip()) for first, last in pairwise(cuts) if first < last <= len(text))
    return tuple(
        (begin, begin + len(said)) for first, last, said in words if said for begin in (text.index(said, first),)
    )


def fact_of(desk: Desk, id: str) -> FactView | None:
    """The fact of an address; None when its document was not taken in."""
    try:
        return desk.workspace.fact(id)
    except (KeyError, WorkspaceError):
        return None


@dataclass(frozen=True, slots=True)
class Offers:
    """What is offered while a field is typed in: names that stand for one thing each."""

    agencies: tuple[str, ...]
    criteria: tuple[str, ...]
    places: tuple[str, ...]


def offers(desk: Desk, reading: Reading) -> Offers:
    """The bodies, criteria and places that the document names, and the bodies of its province."""
    province = reading.document.province
    bodies = [Named(each.id, each.name, each.kind, each.province) for each in reading.agencies]
    if province:
        bodies += desk.workspace.agencies("sở", _OFFERED, province=province)
    places = [Named(each.id, each.name) for each in reading.places]
    return Offers(labels(bodies), tuple(each.id for each in reading.criteria), labels(places))


def last_of_today(desk: Desk) -> Decision | None:
    """The reader's last decision that stands, when it is of today: an older one is looked up before it is undone."""
    last = desk.workspace.last_decision(preferences.load().author)
    if last and (together := (last.after or {}).get("by")):  # a doubt that went with a decision on a fact
        last = desk.workspace.decision(together[0])
    return (
        last if last and last.at.astimezone().date() == date.today() and last.kind is not DecisionKind.STATE else None
    )


def waiting(desk: Desk, address: Address) -> int:
    """How many doubts wait: the number beside the page's name in the menu."""
    return desk.workspace.waiting(address.get("province")).total


def tasks_beside(view: FactView) -> Sequence[tuple[str, str]]:
    """The other tasks of the document, the nearest first: (id, words), to merge one into."""
    if view.fact is None:
        return ()
    here = view.fact.evidence.start
    others = sorted(view.reading.tasks, key=lambda task: abs(task.evidence.start - here))
    return tuple((task.id, task.what) for task in others if task.id != view.id)[:50]


def document_of_doubt(decision: Decision) -> str:
    """The document that a doubt which was set aside was told of."""
    return str((decision.before or {}).get("document") or document_of(decision.fact))
