"""What has to be looked at again: doubts of single readings, and what documents say that does not fit together.

Each part of the review counts all that it finds, and reads whole only what stands on the page asked for. Parts that the
store can order and cut are read by the page; those that compare documents go through one province at a time (`gaps`).
What the reading of one document doubted already (an Issue) is not told twice: the questions leave it out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TypeVar

from ntmgraph.model import IssueCode
from ntmgraph.queries import CriterionName, DocumentName, Quotation, ReviewAnswer, ReviewQuestion, ReviewRow
from ntmgraph.reasons import document_label
from ntmgraph.store import GraphStore, Row
from ntmgraph.store.citations import fitting, unsure, wanted
from ntmgraph.workspace import names
from ntmgraph.workspace.gaps import Finding, deadline_conflicts, ended_duties, lead_findings
from ntmgraph.workspace.lineage import Successions
from ntmgraph.workspace.records import TaskDetails, document_name, documents_by_id, evidence_of

_Found = TypeVar("_Found", bound=Finding)
_SENTENCES = 5  # of one row
_AMONG_LEADS = frozenset(
    {
        IssueCode.CRITERION_TWO_LEADS,
        IssueCode.CRITERION_WITHOUT_LEAD,
        IssueCode.LEAD_CHANGED,
        IssueCode.AGENCY_NO_LONGER_EXISTS,
    }
)


def review(store: GraphStore, question: ReviewQuestion) -> ReviewAnswer:
    """Return a page of what has to be looked at again."""
    provinces = names.provinces(store)
    if question.province is not None and question.province not in provinces:
        return ReviewAnswer((), 0, note=_no_province(question.province, provinces))
    page = _Page(question.offset, question.limit)
    for part, codes in _PARTS:
        if question.code is None or question.code in codes:
            part(store, question, page)
    found = {code: page.codes[code] for code in IssueCode if page.codes[code]}
    return ReviewAnswer(tuple(page.rows), page.codes.total(), found)


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
                ReviewRow(found.code, found.message(documents), document, criterion, _quotations(said, documents))
            )


# What is found a province at a time


def _leads(store: GraphStore, question: ReviewQuestion, page: _Page) -> None:
    successions = Successions(store)
    provinces = _each_province(store, question)
    found = (each for province in provinces for each in lead_findings(store, province, successions))
    shown = page.add_found(each for each in found if question.code in (None, each.code))
    leads = [lead for each in shown for lead in each.leads]
    criteria = _grouped((lead.document, lead.criterion.id) for lead in leads)
    pairs = [{"document": document, "criteria": sorted(ids)} for document, ids in criteria.items()]
    rows = store.ask("leads_by_documents", pairs=pairs) if pairs else []
    said = {(row["document"], row["agency"], row["criterion"]): row for row in rows}
    documents = _names(store, criteria)
    for each in shown:
        keys = [(lead.document, lead.agency.id, lead.criterion.id) for lead in each.leads]
        page.show(each, each.criterion, [said[key] for key in keys if key in said], documents)


def _duties(store: GraphStore, question: ReviewQuestion, page: _Page) -> None:
    successions = Successions(store)
    provinces = _each_province(store, question)
    shown = page.add_found(each for province in provinces for each in ended_duties(store, province, successions))
    agencies = _grouped((each.document, each.agency.id) for each in shown)
    pairs = [{"document": document, "agencies": sorted(ids)} for document, ids in agencies.items()]
    rows = store.ask("duties_by_documents", pairs=pairs) if pairs else []
    documents = _names(store, agencies)
    for each in shown:
        said = [row for row in rows if (row["document"], row["agency"]) == (each.document, each.agency.id)]
        page.show(each, None, _in_text_order(said), documents)


def _conflicts(store: GraphStore, question: ReviewQuestion, page: _Page) -> None:
    provinces = _each_province(store, question)
    shown = page.add_found(each for province in provinces for each in deadline_conflicts(store, province))
    tasks = TaskDetails.read(store, [task for each in shown for task, *_ in each.tasks]).tasks
    documents = _names(store, {document for each in shown for _, document, _ in each.tasks})
    for each in shown:
        page.show(each, each.criterion, [tasks[task] for task, *_ in each.tasks if task in tasks], documents)


# What the store finds


def _before_documents(store: GraphStore, question: ReviewQuestion, page: _Page) -> None:
    province = question.province or ""

    def read(offset: int, limit: int) -> list[ReviewRow]:
        rows = store.ask("tasks_due_before_documents", province=province, offset=offset, limit=limit)
        documents = _names(store, (row["document"] for row in rows))
        return [
            ReviewRow(
                IssueCode.DEADLINE_BEFORE_DOCUMENT,
                f"Việc có thời hạn “{' '.join(row['text'].split())}” ({row['date']:%d/%m/%Y}) sớm hơn ngày văn bản "
                f"({row['issued']:%d/%m/%Y}). Hãy xem lại câu giao việc: ngày có thể ghi nhầm hoặc đọc nhầm.",
                documents[row["document"]],
                None,
                _quotations([row], documents),
            )
            for row in rows
            if row["document"] in documents
        ]

    total: int = store.ask("count_tasks_due_before_documents", province=province)[0]["total"]
    page.add_pages({IssueCode.DEADLINE_BEFORE_DOCUMENT: total}, read)


def _missing(store: GraphStore, question: ReviewQuestion, page: _Page) -> None:
    province = question.province or ""

    def read(offset: int, limit: int) -> list[ReviewRow]:
        rows = store.ask("missing_documents", province=province, offset=offset, limit=limit)
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

    total: int = store.ask("count_missing_documents", province=province)[0]["total"]
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
        IssueCode.DOCUMENT_MISSING,
        f"{name} được {row['documents']} văn bản viện dẫn ({relations}) nhưng {doubt}",
        documents[citations[0]["document"]],
        None,
        _quotations(citations, documents),
    )


def _issues(store: GraphStore, question: ReviewQuestion, page: _Page) -> None:
    scope = {"code": question.code or "", "province": question.province or ""}

    def read(offset: int, limit: int) -> list[ReviewRow]:
        rows = store.ask("issues", **scope, offset=offset, limit=limit)
        documents = _names(store, (row["document"] for row in rows))
        return [
            ReviewRow(
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


_PARTS: tuple[tuple[Callable[[GraphStore, ReviewQuestion, _Page], None], frozenset[IssueCode]], ...] = (
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
