"""What has to be looked at again: doubts of single readings, and what documents say that does not fit together.

Each part of the review counts all that it finds, and reads whole only what stands on the page asked for. Parts that the
store can order and cut are read by the page; those that compare documents go through one province at a time (`gaps`).
What the reading of one document doubted already (an Issue) is not told twice: the questions leave it out.
"""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache, partial
from typing import Generic, TypeVar

from ntmgraph.ids import document_of, doubt_id, doubted, kind_of
from ntmgraph.model import IssueCode
from ntmgraph.queries import CriterionName, DocumentName, Quotation, ReviewAnswer, ReviewQuestion, ReviewRow
from ntmgraph.reasons import document_label
from ntmgraph.store import GraphStore, Row
from ntmgraph.store.citations import fitting, unsure, wanted
from ntmgraph.workspace import names
from ntmgraph.workspace.gaps import Finding, deadline_conflicts, doubt_of, ended_duties, lead_findings
from ntmgraph.workspace.lineage import Successions
from ntmgraph.workspace.records import TaskDetails, document_name, documents_by_id, evidence_of

_Found = TypeVar("_Found", bound=Finding)
_SENTENCES = 5  # of one row
_CITED = doubt_id("/cited", IssueCode.DOCUMENT_MISSING)  # ends the id of a doubt about a document that is only cited
_AMONG_LEADS = frozenset(
    {
        IssueCode.CRITERION_TWO_LEADS,
        IssueCode.CRITERION_WITHOUT_LEAD,
        IssueCode.LEAD_CHANGED,
        IssueCode.AGENCY_NO_LONGER_EXISTS,
    }
)


class Findings:
    """What the documents of each province say that does not fit together, kept while no document is written.

    `written` is a value that differs as soon as a document was written. Safe to use from several threads: of those who
    ask while one compares, some wait for what it finds, and some do without (`known`).
    """

    def __init__(self) -> None:
        self._comparing = threading.Lock()
        self._keeping = threading.Lock()
        self._written: object = None
        self._found: dict[tuple[str, str], Sequence[Finding]] = {}

    def of(self, written: object, part: str, province: str, compare: Callable[[], Iterable[Finding]]) -> None:
        """Let a part of the review be compared in a province, unless that is done."""
        with self._comparing:
            if self.known(written, part, province) is None:
                found = tuple(compare())
                with self._keeping:
                    if written != self._written:
                        self._written, self._found = written, {}
                    self._found[part, province] = found

    def known(self, written: object, part: str, province: str) -> Sequence[Finding] | None:
        """Return what was found in a province; None where nothing was compared since a document was written."""
        with self._keeping:
            return self._found.get((part, province)) if written == self._written else None

    def rewritten(self, before: object, now: object, provinces: Collection[str]) -> None:
        """Keep what was found, but for provinces of which documents were written; '' of central ones touches all."""
        with self._keeping:
            if before == self._written and "" not in provinces:
                self._written = now
                self._found = {key: found for key, found in self._found.items() if key[1] not in provinces}


@dataclass(frozen=True, slots=True)
class _Compared(Generic[_Found]):
    """A part of the review that compares the documents of one province."""

    name: str
    find: Callable[[GraphStore, str, Callable[[], Successions]], Iterable[_Found]]


_LEADS = _Compared("leads", lambda store, province, successions: lead_findings(store, province, successions()))
_DUTIES = _Compared("duties", lambda store, province, successions: ended_duties(store, province, successions()))
_CONFLICTS = _Compared("conflicts", lambda store, province, _: deadline_conflicts(store, province))


def compare(store: GraphStore, findings: Findings, written: object, stopped: Callable[[], bool]) -> None:
    """Compare the documents of all provinces, one after the other, for those who do not want to wait for it."""
    successions = cache(partial(Successions, store))
    for province in (*names.provinces(store), ""):
        for part in (_LEADS, _DUTIES, _CONFLICTS):
            if stopped():
                return
            findings.of(written, part.name, province, partial(part.find, store, province, successions))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with what its parts need."""

    store: GraphStore
    question: ReviewQuestion
    seen: frozenset[str]
    findings: Findings
    written: object
    wait: bool

    def found(self, page: _Page, part: _Compared[_Found]) -> Iterator[_Found]:
        """Yield what is found in the provinces asked about and nobody has set aside."""
        document = self.question.document
        successions = cache(partial(Successions, self.store))
        for province in _each_province(self.store, self.question):
            if self.wait:
                self.findings.of(
                    self.written, part.name, province, partial(part.find, self.store, province, successions)
                )
            known = self.findings.known(self.written, part.name, province)
            if known is None:
                page.whole = False
            for each in known or ():
                asked = self.question.code in (None, each.code) and document in (None, *each.documents)
                if asked and not (self.seen and doubt_of(each) in self.seen):
                    yield each  # type: ignore[misc]  # the part tells the type

    def scope(self, seen: Iterable[str]) -> dict[str, object]:
        """Return the parameters of a question that the store cuts; seen: the ids of what was set aside."""
        question = self.question
        return {"province": question.province or "", "document": question.document or "", "seen": ["", *sorted(seen)]}


def review(
    store: GraphStore,
    question: ReviewQuestion,
    *,
    seen: Collection[str] = (),
    findings: Findings | None = None,
    written: object = None,
    wait: bool = True,
) -> ReviewAnswer:
    """Return a page of what has to be looked at again.

    seen: ids of doubts that were set aside. findings: those of earlier questions, for `written` see there.
    wait: for the comparing of documents, which takes seconds where there are thousands; else it may not be whole.
    """
    provinces = names.provinces(store)
    if question.province is not None and question.province not in provinces:
        return ReviewAnswer((), 0, note=_no_province(question.province, provinces))
    page = _Page(question.offset, question.limit)
    asked = _Asked(store, question, frozenset(seen), findings or Findings(), written, wait)
    for part, codes in _PARTS:
        if question.code is None or question.code in codes:
            part(asked, page)
    found = {code: page.codes[code] for code in IssueCode if page.codes[code]}
    return ReviewAnswer(tuple(page.rows), page.codes.total(), found, whole=page.whole)


def _no_province(province: str, provinces: Iterable[str]) -> str:
    there = f" Có văn bản của: {'; '.join(provinces)}." if provinces else ""
    return f"Chưa có văn bản nào của “{province}” trong kho.{there}"


@dataclass(slots=True)
class _Page:
    """Takes what belongs on one page from part after part, and counts all of it."""

    offset: int
    limit: int
    rows: list[ReviewRow] = field(default_factory=list)
    codes: Counter[IssueCode] = field(default_factory=Counter)
    whole: bool = True  # everything asked for was compared

    @property
    def wanted(self) -> range:
        """Which of the rows of the next part stand on the page."""
        skipped = max(0, self.offset - self.codes.total())
        return range(skipped, skipped + self.limit - len(self.rows))

    def add_pages(self, counts: Mapping[IssueCode, int], read: Callable[[int, int], list[ReviewRow]]) -> None:
        """Add a part that the store orders and cuts."""
        wanted = self.wanted
        if wanted and wanted.start < sum(counts.values()):
            self.rows += read(wanted.start, len(wanted))
        self.codes.update(counts)

    def add_found(self, findings: Iterable[_Found]) -> list[_Found]:
        """Count findings, and return those on the page, to be shown once they are read whole."""
        wanted = self.wanted
        shown: list[_Found] = []
        for count, finding in enumerate(findings):
            if count in wanted:
                shown.append(finding)
            self.codes[finding.code] += 1
        return shown

    def show(
        self, found: Finding, criterion: CriterionName | None, said: list[Row], documents: Mapping[str, DocumentName]
    ) -> None:
        """Add the row of a finding, with the sentences that it rests on, the one of its own document first."""
        if said and all(row["document"] in documents for row in said):  # else it went between two questions
            document = documents[said[0]["document"]]
            self.rows.append(
                ReviewRow(
                    doubt_of(found),
                    found.code,
                    found.message(documents),
                    document,
                    criterion,
                    _quotations(said, documents),
                )
            )


# What is found a province at a time


def _leads(asked: _Asked, page: _Page) -> None:
    store = asked.store
    shown = page.add_found(asked.found(page, _LEADS))
    leads = [lead for each in shown for lead in each.leads]
    criteria = _grouped((lead.document, lead.criterion.id) for lead in leads)
    pairs = [{"document": document, "criteria": sorted(ids)} for document, ids in criteria.items()]
    rows = store.ask("leads_by_documents", pairs=pairs) if pairs else []
    said = {(row["document"], row["agency"], row["criterion"]): row for row in rows}
    documents = _names(store, criteria)
    for each in shown:
        keys = [(lead.document, lead.agency.id, lead.criterion.id) for lead in each.leads]
        page.show(each, each.criterion, [said[key] for key in keys if key in said], documents)


def _duties(asked: _Asked, page: _Page) -> None:
    store = asked.store
    shown = page.add_found(asked.found(page, _DUTIES))
    agencies = _grouped((each.document, each.agency.id) for each in shown)
    pairs = [{"document": document, "agencies": sorted(ids)} for document, ids in agencies.items()]
    rows = store.ask("duties_by_documents", pairs=pairs) if pairs else []
    documents = _names(store, agencies)
    for each in shown:
        said = [row for row in rows if (row["document"], row["agency"]) == (each.document, each.agency.id)]
        page.show(each, None, _in_text_order(said), documents)


def _conflicts(asked: _Asked, page: _Page) -> None:
    store = asked.store
    shown = page.add_found(asked.found(page, _CONFLICTS))
    tasks = TaskDetails.read(store, [task for each in shown for task, *_ in each.tasks]).tasks
    documents = _names(store, {document for each in shown for _, document, _ in each.tasks})
    for each in shown:
        page.show(each, each.criterion, [tasks[task] for task, *_ in each.tasks if task in tasks], documents)


# What the store finds


def _before_documents(asked: _Asked, page: _Page) -> None:
    code, store = IssueCode.DEADLINE_BEFORE_DOCUMENT, asked.store
    scope = asked.scope(doubted(id) for id in asked.seen if id.endswith(f"!{code}") and kind_of(doubted(id)) == "task")

    def read(offset: int, limit: int) -> list[ReviewRow]:
        rows = store.ask("tasks_due_before_documents", **scope, offset=offset, limit=limit)
        documents = _names(store, (row["document"] for row in rows))
        return [
            ReviewRow(
                doubt_id(row["task"], code),
                code,
                f"Việc có thời hạn “{' '.join(row['text'].split())}” ({row['date']:%d/%m/%Y}) sớm hơn ngày văn bản "
                f"({row['issued']:%d/%m/%Y}). Hãy xem lại câu giao việc: ngày có thể ghi nhầm hoặc đọc nhầm.",
                documents[row["document"]],
                None,
                _quotations([row], documents),
            )
            for row in rows
            if row["document"] in documents
        ]

    total: int = store.ask("count_tasks_due_before_documents", **scope)[0]["total"]
    page.add_pages({code: total}, read)


def _missing(asked: _Asked, page: _Page) -> None:
    store, province = asked.store, asked.question.province or ""
    scope = asked.scope(document_of(id) for id in asked.seen if id.endswith(_CITED))

    def read(offset: int, limit: int) -> list[ReviewRow]:
        rows = store.ask("missing_documents", **scope, offset=offset, limit=limit)
        cited = [{"id": row["id"], "newest": row["newest"] or date.min} for row in rows]
        said: defaultdict[str, list[Row]] = defaultdict(list)
        for citation in store.ask("newest_citations", cited=cited, province=province, undated=date.min):
            said[citation["cited"]].append(citation)
        citing = documents_by_id(store, {citation["document"] for each in said.values() for citation in each})
        documents = {id: document_name(each) for id, each in citing.items()}
        open_ones = [row for row in rows if unsure(row["id"])]
        like = store.ask("documents_like", **wanted(open_ones)) if open_ones else []
        answers = []
        for row in rows:
            citations = [each for each in _in_text_order(said[row["id"]]) if each["document"] in documents]
            if citations:
                by = citing[citations[0]["document"]]
                cites = {"document": by["id"], "cited_on": by["date"], "province": by["province"]}
                alike = fitting(row | cites | {"quote": citations[0]["quote"]}, like) if unsure(row["id"]) else []
                answers.append(_missing_row(row, citations, alike, documents))
        return answers

    total: int = store.ask("count_missing_documents", **scope)[0]["total"]
    page.add_pages({IssueCode.DOCUMENT_MISSING: total}, read)


def _missing_row(
    row: Row, citations: list[Row], alike: Iterable[Row], documents: Mapping[str, DocumentName]
) -> ReviewRow:
    """Return the row of a cited document, of the newest paper that cites it; alike: those taken in that it may be."""
    known = row["number"] or row["date"]
    name = document_label(document_name(row)) if known else f"“{row['subject'] or citations[0]['quote']}”"
    relations = ", ".join(sorted({citation["relation"] for citation in citations}))
    doubt = "chưa có trong kho. Hãy nạp văn bản này nếu có."
    if alike:
        known_ones = "; ".join(document_label(document_name(each)) for each in alike)
        doubt = f"chưa rõ là văn bản nào trong kho: {known_ones}. Hãy đối chiếu với lời viện dẫn."
    return ReviewRow(
        f"{row['id']}{_CITED}",
        IssueCode.DOCUMENT_MISSING,
        f"{name} được {row['documents']} văn bản viện dẫn ({relations}) nhưng {doubt}",
        documents[citations[0]["document"]],
        None,
        _quotations(citations, documents),
    )


def _issues(asked: _Asked, page: _Page) -> None:
    store = asked.store
    scope = asked.scope(map(doubted, asked.seen)) | {"code": asked.question.code or ""}

    def read(offset: int, limit: int) -> list[ReviewRow]:
        rows = store.ask("issues", **scope, offset=offset, limit=limit)
        documents = _names(store, (row["document"] for row in rows))
        return [
            ReviewRow(
                doubt_id(row["issue"], row["code"]),
                IssueCode(row["code"]),
                row["message"],
                documents[row["document"]],
                None,
                _quotations([row] if row["quote"] else [], documents),
            )
            for row in rows
            if row["document"] in documents
        ]

    counts = {IssueCode(row["code"]): row["total"] for row in store.ask("count_issues", **scope)}
    page.add_pages(counts, read)


_PARTS: tuple[tuple[Callable[[_Asked, _Page], None], frozenset[IssueCode]], ...] = (
    (_leads, _AMONG_LEADS),
    (_duties, frozenset({IssueCode.AGENCY_NO_LONGER_EXISTS})),
    (_conflicts, frozenset({IssueCode.DEADLINE_CONFLICT})),
    (_before_documents, frozenset({IssueCode.DEADLINE_BEFORE_DOCUMENT})),
    (_missing, frozenset({IssueCode.DOCUMENT_MISSING})),
    (_issues, frozenset(IssueCode)),
)


# What the parts need


def _each_province(store: GraphStore, question: ReviewQuestion) -> Iterator[str]:
    """Yield the provinces to go through, and '' for central documents."""
    if question.province is not None:
        yield question.province
    else:
        yield from (*names.provinces(store), "")


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found


def _names(store: GraphStore, ids: Iterable[str]) -> dict[str, DocumentName]:
    return {id: document_name(row) for id, row in documents_by_id(store, set(ids)).items()}


def _in_text_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["document"], row["start"]))


def _quotations(rows: Iterable[Row], documents: Mapping[str, DocumentName]) -> tuple[Quotation, ...]:
    """Return the sentences of rows, each once and the first of them."""
    found = dict.fromkeys(_quotation(row, documents[row["document"]]) for row in rows if row["document"] in documents)
    return tuple(found)[:_SENTENCES]


def _quotation(row: Row, document: DocumentName) -> Quotation:
    said = evidence_of(row)
    return Quotation(**{each.name: getattr(said, each.name) for each in fields(said)}, document=document)
