"""Gaps and conflicts between what the documents of one province say, found from rows of ids and days.

The documents of a district assign criteria to its own divisions: what is compared was issued within one unit. Which
unit that is, and which body took over from which, the ids of bodies tell, and the language of the graph cannot cut
text; so one province at a time is compared here. A finding is read whole (names, sentences) only when it is shown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from textwrap import shorten
from typing import ClassVar, Protocol

from ntmgraph.authority import catalogue
from ntmgraph.ids import criterion_id, doubt_id, fact_id
from ntmgraph.model import IssueCode
from ntmgraph.queries import CriterionName, DocumentName, Named
from ntmgraph.reasons import criterion_label, document_label, heir_words
from ntmgraph.store import GraphStore, Row
from ntmgraph.store.words import spoken
from ntmgraph.workspace.lineage import Ending, Successions, first_ending
from ntmgraph.workspace.names import criterion_name
from ntmgraph.workspace.records import agency_name

_ASSIGNS_A_SET = 2  # criteria that a document must assign: one alone may be said in passing
_WORDS = 120  # letters of a duty that a message repeats

Documents = Mapping[str, DocumentName]


@dataclass(frozen=True, slots=True)
class Lead:
    """One body that leads a criterion by one document, from a day until before another one."""

    agency: Named
    criterion: CriterionName
    document: str
    issued: date | None
    since: date
    until: date
    in_force: bool  # no document replaced or abolished this one
    doubted: bool  # reading the document found two leads at these words


class Finding(Protocol):
    """Something to look at again, with the ids of what it is about."""

    code: ClassVar[IssueCode]

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that say it; it is told of the first one."""
        ...

    @property
    def content(self) -> tuple[str, ...]:
        """What tells it from others of its kind in that document, and from what it was before something changed."""
        ...

    def message(self, documents: Documents) -> str:
        """Return what it is, where, and what to do next, in Vietnamese, by the names of its documents."""
        ...


def doubt_of(finding: Finding) -> str:
    """Return the id of a finding; the same as long as the same is found."""
    return doubt_id(fact_id(finding.documents[0], "doubt", *finding.content), finding.code)


class _OfLeads:
    """What findings about leads have in common."""

    __slots__ = ()
    criterion: CriterionName
    leads: tuple[Lead, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(lead.document for lead in self.leads))

    @property
    def content(self) -> tuple[str, ...]:
        return (self.criterion.id, *sorted(f"{lead.document} {lead.agency.id}" for lead in self.leads))


@dataclass(frozen=True, slots=True)
class TwoLeads(_OfLeads):
    code: ClassVar[IssueCode] = IssueCode.CRITERION_TWO_LEADS
    criterion: CriterionName
    leads: tuple[Lead, ...]  # the newest of each body

    def message(self, documents: Documents) -> str:
        by_document: defaultdict[str, list[Lead]] = defaultdict(list)
        for lead in self.leads:
            by_document[lead.document].append(lead)
        said = "; ".join(f"{_names(leads)} theo {_label(id, documents)}" for id, leads in by_document.items())
        next_ = "Hãy xác định một cơ quan chịu trách nhiệm chính"
        if len(by_document) > 1:
            next_ += "; nếu văn bản sau thay thế văn bản trước thì ghi rõ việc thay thế"
        return f"{_subject(self.criterion)} có {len(self.leads)} cơ quan cùng chủ trì: {said}. {next_}."


@dataclass(frozen=True, slots=True)
class LeadChanged(_OfLeads):
    code: ClassVar[IssueCode] = IssueCode.LEAD_CHANGED
    criterion: CriterionName
    leads: tuple[Lead, ...]  # of the newer document, then of the older one

    def message(self, documents: Documents) -> str:
        newer = [lead for lead in self.leads if lead.document == self.leads[0].document]
        older = [lead for lead in self.leads if lead.document != self.leads[0].document]
        still = "; văn bản trước chưa được ghi là bị thay thế" if any(lead.in_force for lead in older) else ""
        return (
            f"{_subject(self.criterion)} đổi cơ quan chủ trì: {_names(newer)} theo "
            f"{_label(newer[0].document, documents)}, trước đó {_names(older)} theo "
            f"{_label(older[0].document, documents)}{still}. Hãy kiểm tra việc bàn giao nhiệm vụ."
        )


@dataclass(frozen=True, slots=True)
class WithoutLead(_OfLeads):
    code: ClassVar[IssueCode] = IssueCode.CRITERION_WITHOUT_LEAD
    criterion: CriterionName
    leads: tuple[Lead, ...]  # a criterion of the set that the document does assign
    assigned: int  # criteria of the set that the document assigns
    known: int  # criteria of the set

    @property
    def content(self) -> tuple[str, ...]:
        return (self.criterion.id,)  # by whom the others are led does not matter

    def message(self, documents: Documents) -> str:
        document = _label(self.leads[0].document, documents)
        return (
            f"{_subject(self.criterion)} chưa có cơ quan chủ trì: {document} phân công {self.assigned}/{self.known} "
            "tiêu chí của bộ này, không có tiêu chí này, và chưa văn bản còn hiệu lực nào khác của đơn vị này trong "
            "kho giao. Hãy kiểm tra bảng phân công hoặc nạp văn bản còn thiếu."
        )


@dataclass(frozen=True, slots=True)
class EndedLead(_OfLeads):
    code: ClassVar[IssueCode] = IssueCode.AGENCY_NO_LONGER_EXISTS
    criterion: CriterionName
    leads: tuple[Lead, ...]
    ending: Ending

    def message(self, documents: Documents) -> str:
        lead = self.leads[0]
        given = f"giao {lead.agency.name} chủ trì {criterion_label(self.criterion)}"
        return f"{_label(lead.document, documents)} {given}. {_ending_words(lead.agency.name, self.ending)}"


LeadFinding = TwoLeads | LeadChanged | WithoutLead | EndedLead


@dataclass(frozen=True, slots=True)
class EndedDuty:
    code: ClassVar[IssueCode] = IssueCode.AGENCY_NO_LONGER_EXISTS
    agency: Named
    document: str
    tasks: int
    ending: Ending

    @property
    def documents(self) -> tuple[str, ...]:
        return (self.document,)

    @property
    def content(self) -> tuple[str, ...]:
        return (self.agency.id,)

    def message(self, documents: Documents) -> str:
        given = f"giao {self.tasks} việc cho {self.agency.name}"
        return f"{_label(self.document, documents)} {given}. {_ending_words(self.agency.name, self.ending)}"


@dataclass(frozen=True, slots=True)
class DeadlineConflict:
    code: ClassVar[IssueCode] = IssueCode.DEADLINE_CONFLICT
    criterion: CriterionName
    agencies: tuple[str, ...]
    what: str
    tasks: tuple[tuple[str, str, date], ...]  # task, document and day, the newest documents first

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(document for _, document, _ in self.tasks))

    @property
    def content(self) -> tuple[str, ...]:
        return tuple(sorted(f"{task} {day}" for task, _, day in self.tasks))

    def message(self, documents: Documents) -> str:
        days = "; ".join(f"{day:%d/%m/%Y} theo {_label(document, documents)}" for _, document, day in self.tasks)
        return (
            f"{', '.join(self.agencies)} có nhiều thời hạn cho cùng một việc “{self.what}” "
            f"({criterion_label(self.criterion)}): {days}. Hãy xác định thời hạn phải theo."
        )


def _ending_words(name: str, ending: Ending) -> str:
    """Return since when a body is no more, by what, and who took over, in sentences."""
    what = f"{ending.of} của cơ quan này" if ending.of else name
    source = f" theo {ending.source}" if ending.source else ""
    checked = "Theo danh mục, cần kiểm tra: " if ending.believed else ""
    now = f"; nay là {'; '.join(map(heir_words, ending.heirs))}" if ending.heirs else ""
    return f"{checked}{what} không còn từ ngày {ending.day:%d/%m/%Y}{source}{now}. Hãy xem lại cơ quan nhận việc."


# Who leads what


def lead_findings(store: GraphStore, province: str, successions: Successions) -> Iterator[LeadFinding]:
    """Yield what is doubtful in who leads which criterion by the documents of a province ('': central ones)."""
    units: defaultdict[str, defaultdict[str, list[Lead]]] = defaultdict(lambda: defaultdict(list))
    for row in store.ask("leads_of_province", province=province):
        unit = (row["issuer_id"] or "").partition("@")[2]
        units[unit][row["criterion"]].append(lead_of(row))
    contested = {
        lead.document
        for unit in units.values()
        for leads in unit.values()
        if len({lead.agency.id for lead in leads}) > 1
        for lead in leads
    }
    amended = amendments(store, contested)
    every = [lead for unit in units.values() for leads in unit.values() for lead in leads]
    late = {lead.agency for lead in every if lead.issued and lead.issued >= first_ending()}
    ended = successions.endings(late)
    for _, unit in sorted(units.items()):
        for leads in sorted(unit.values(), key=lambda leads: criterion_order(leads[0].criterion)):
            leads.sort(key=lambda lead: (lead.issued or date.min, lead.document, lead.agency.id))
            if leads[0].criterion.set:  # of an undecided set, two documents may mean two criteria
                yield from _two_leads([superseded(lead, leads, amended) for lead in leads], successions)
                yield from _changes(leads, successions)
            yield from _ended_leads(leads, ended)
        yield from _without_lead([lead for leads in unit.values() for lead in leads if lead.in_force])


def lead_of(row: Row) -> Lead:
    """Return who leads a criterion by a row of `leads_of_province`, or who coordinates by one of its twin."""
    ends = [row["until"] and row["until"] + timedelta(days=1), row["ended"]]
    return Lead(
        agency=Named(row["agency"], row["name"], row["kind"], row["agency_province"]),
        criterion=criterion_name(row | {"id": row["criterion"], "name": row["criterion_name"]}),
        document=row["document"],
        issued=row["issued"],
        since=row["since"] or row["issued"] or date.min,
        until=min((day for day in ends if day), default=date.max),
        in_force=row["ended"] is None,
        doubted=row.get("doubted", False),
    )


def superseded(lead: Lead, others: Iterable[Lead], amended: Collection[tuple[str, str]]) -> Lead:
    """Return a lead until a document that amends its own assigns the criterion anew."""
    later = [other.since for other in others if (lead.document, other.document) in amended]
    return replace(lead, until=min([lead.until, *later]))


def leading_together(leads: Sequence[Lead], successions: Successions) -> list[Lead]:
    """Return those of the leads of one criterion beside whom another body leads on one day."""
    return [
        lead
        for lead in leads
        if any(
            lead.since < other.until and other.since < lead.until and not successions.same(lead.agency, other.agency)
            for other in leads
        )
    ]


def _two_leads(leads: Sequence[Lead], successions: Successions) -> Iterator[TwoLeads]:
    together = leading_together(leads, successions)
    if not together or (all(lead.doubted for lead in together) and len({lead.document for lead in together}) == 1):
        return
    newest = {lead.agency.id: lead for lead in together}  # of each body, for the leads come in the order of their days
    yield TwoLeads(leads[0].criterion, tuple(lead for lead in reversed(together) if lead in newest.values()))


def _changes(leads: Sequence[Lead], successions: Successions) -> Iterator[LeadChanged]:
    by_document: defaultdict[tuple[date, str], list[Lead]] = defaultdict(list)
    for lead in leads:
        if lead.issued is not None:
            by_document[lead.issued, lead.document].append(lead)
    for ((before, _), older), ((after, _), newer) in pairwise(sorted(by_document.items(), key=lambda each: each[0])):
        kept = all(any(successions.same(lead.agency, other.agency) for other in newer) for lead in older)
        known = all(any(successions.same(lead.agency, other.agency) for other in older) for lead in newer)
        if before < after and not (kept and known):
            yield LeadChanged(leads[0].criterion, (*newer, *older))


def _ended_leads(leads: Iterable[Lead], ended: Mapping[str, Ending]) -> Iterator[EndedLead]:
    for lead in leads:
        ending = ended.get(lead.agency.id)
        if ending is not None and lead.issued is not None and lead.issued >= ending.day:
            yield EndedLead(lead.criterion, (lead,), ending)


def _without_lead(leads: Iterable[Lead]) -> Iterator[WithoutLead]:
    by_set: defaultdict[str, list[Lead]] = defaultdict(list)
    for lead in leads:
        if lead.criterion.set:
            by_set[lead.criterion.set].append(lead)
    for set_, of_set in sorted(by_set.items()):
        # Who leads a part of a criterion leads it as far as it goes.
        assigned: defaultdict[str, set[str]] = defaultdict(set)
        for lead in of_set:
            assigned[lead.document].add(whole_number(lead.criterion))
        shown = max(of_set, key=lambda lead: (len(assigned[lead.document]), lead.issued or date.min, lead.document))
        count = len(assigned[shown.document])
        known = [each for each in catalogue().criteria if each.set == set_]
        if count >= _ASSIGNS_A_SET:
            led = set.union(*assigned.values())
            for each in known:
                if str(each.number) not in led:
                    criterion = CriterionName(criterion_id(set_, each.number), set_, each.number, each.name)
                    yield WithoutLead(criterion, (shown,), count, len(known))


# Duties of bodies that are no more


def ended_duties(store: GraphStore, province: str, successions: Successions) -> Iterator[EndedDuty]:
    """Yield duties that documents of a province give to bodies that were no more on their day, the newest first."""
    rows = store.ask("duties_since", since=first_ending(), province=province)
    ended = successions.endings({agency_name(row) for row in rows})
    for row in sorted(rows, key=lambda row: (row["issued"], row["document"], row["agency"]), reverse=True):
        ending = ended.get(row["agency"])
        if ending is not None and row["issued"] >= ending.day:
            yield EndedDuty(agency_name(row), row["document"], row["tasks"], ending)


# Deadlines


def deadline_conflicts(store: GraphStore, province: str) -> Iterator[DeadlineConflict]:
    """Yield duties that documents of a province give a body in the same words, for the same criterion and year, by
    different days. What is told anew each year is no conflict, nor what a document changes in one that it amends."""
    alike: defaultdict[tuple[str, str, str, int], dict[str, Row]] = defaultdict(dict)
    for row in store.ask("dated_tasks_on_criteria", province=province):
        duty = spoken(row["what"].replace(row["text"], " "))
        if duty:
            alike[row["agency"], row["criterion"], duty, row["date"].year][row["task"]] = row
    groups = [list(rows.values()) for rows in alike.values() if _differ(rows.values())]
    amended = amendments(store, {row["document"] for rows in groups for row in rows})
    found: dict[tuple[str, ...], DeadlineConflict] = {}
    for rows in groups:
        documents = {row["document"] for row in rows}
        standing = [row for row in rows if not any((row["document"], other) in amended for other in documents)]
        if not _differ(standing):
            continue
        standing.sort(key=lambda row: (row["issued"] or date.min, row["document"], row["start"]), reverse=True)
        tasks = tuple((row["task"], row["document"], row["date"]) for row in standing)
        first = standing[0]
        criterion = criterion_name(first | {"id": first["criterion"], "name": first["criterion_name"]})
        key = tuple(sorted(task for task, *_ in tasks))
        conflict = found.setdefault(key, DeadlineConflict(criterion, (), shorten(first["what"], _WORDS), tasks))
        if first["name"] not in conflict.agencies:
            found[key] = replace(conflict, agencies=(*conflict.agencies, first["name"]))
    yield from (found[key] for key in sorted(found))


def _differ(rows: Iterable[Row]) -> bool:
    rows = list(rows)
    return len({row["date"] for row in rows}) > 1 < len({row["document"] for row in rows})


# What both need


def amendments(store: GraphStore, documents: Collection[str]) -> frozenset[tuple[str, str]]:
    """Return pairs of a document and one that amends, replaces or abolishes it, also in part."""
    rows = store.ask("amendments_of_documents", ids=sorted(documents)) if documents else []
    return frozenset((row["id"], row["by"]) for row in rows if row["by"] is not None)


def criterion_order(criterion: CriterionName) -> tuple[str, tuple[int, ...]]:
    """Return a sort key: by set, then by number, 17 before 17.8."""
    return criterion.set or "", tuple(map(int, re.findall(r"\d+", str(criterion.number))))


def whole_number(criterion: CriterionName) -> str:
    """Return the number of a criterion, of its criterion where it is a part: "17" of 17 and of "17.8"."""
    return str(criterion.number).partition(".")[0]


def _subject(criterion: CriterionName) -> str:
    """Return a criterion as a sentence begins with it: "Tiêu chí 17 (bộ xã 2021–2025)"."""
    label = criterion_label(criterion)
    return label[0].upper() + label[1:]


def _names(leads: Iterable[Lead]) -> str:
    return ", ".join(dict.fromkeys(lead.agency.name for lead in leads))


def _label(document: str, documents: Documents) -> str:
    return document_label(documents[document]) if document in documents else document
