"""The questions that can be asked and the rows that answer them; Cypher texts stand in `cypher/`.

A question is a record, its answer a list of records: pages, command line and tests speak in these and never
see a store's own types. Field names are those that `--json` prints (design: the command line).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ntmgraph.model import Basis, Check, Evidence, Issue, IssueCode, Result, Role

PAGE = 200  # rows of a list page at most


class TaskState(StrEnum):
    """The four official states of a task as of a day."""

    DONE_ON_TIME = "done_on_time"  # hoàn thành đúng hạn
    DONE_LATE = "done_late"  # hoàn thành quá hạn
    OPEN_IN_TIME = "open_in_time"  # đang thực hiện trong hạn
    OPEN_LATE = "open_late"  # đang thực hiện quá hạn


class NoDay(StrEnum):
    """Tasks of which no day is known: they stand beside the four states."""

    UNTOLD = "untold"  # a deadline is stated, but no day can be told from it
    UNSTATED = "unstated"  # the sentence states none


class Inference(StrEnum):
    """What may be inferred, in the order in which people see it; every question can leave any of them out.

    `ntmgraph/rules.csv` has the words; `ntmgraph/workspace/inference.py` the functions and their examples.
    """

    HEADING_ACTOR = "heading_actor"  # done while reading: the doer stands in the heading above
    GROUP_MEMBER = "group_member"  # what a group must do, each of its members must
    CRITERION_LEADS = "criterion_leads"  # "các sở, ngành phụ trách tiêu chí": by the assignments in force
    USUAL_LEAD = "usual_lead"  # the same by the catalogue, where no document assigns the criterion
    AGENCY_SUCCESSOR = "agency_successor"
    PLACE_SUCCESSOR = "place_successor"
    BODY_OF_PLACE = "body_of_place"  # what a body of a unit must do concerns the unit
    SUPERVISION_CHAIN = "supervision_chain"  # whom a body answers to where the sentence does not say


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by id and name; `kind` and `place` help to tell namesakes apart in a list of choices."""

    id: str
    name: str
    kind: str | None = None
    place: str | None = None  # province or district


@dataclass(frozen=True, slots=True)
class CriterionName:
    id: str
    set: str | None
    number: int | str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class DocumentName:
    id: str
    number: str | None
    date: date | None
    issuer: str | None
    type: str | None = None
    subject: str | None = None
    state: str = "issued"  # issued, draft, news


@dataclass(frozen=True, slots=True)
class Because:
    """One step of an inference: what is said of `of` holds for `to`, and what that rests on.

    `source` is a resolution with its clause, a law, the catalogue; `document` and `evidence` stand where a document
    that was taken in says so (an assignment). `ntmgraph.reasons.because_words` puts it into a sentence.
    """

    rule: Inference
    of: Named
    to: Named
    since: date | None = None
    until: date | None = None  # the day from which it no longer holds
    source: str | None = None
    extent: str | None = None  # what part of it: "giảm nghèo", "một phần"
    criteria: tuple[CriterionName, ...] = ()
    document: DocumentName | None = None
    evidence: Evidence | None = None
    with_: tuple[Named, ...] = ()  # what else went into `to`, where that has the name of `of`
    # In the catalogue: of a succession verified, believed (to be checked); of a usual lead decided, where the office
    # set it.
    status: str | None = None


@dataclass(frozen=True, slots=True)
class UsualLead:
    """Who leads a criterion by the catalogue while no document assigns it: a default, never an answer."""

    criterion: CriterionName
    agencies: tuple[Named, ...]
    status: str  # verified, believed; decided where the office set it
    source: str | None
    rule: Inference = Inference.USUAL_LEAD


@dataclass(frozen=True, slots=True)
class PlaceResults:
    """How many results of a place a document tells; nobody's duty, so they stand beside the rows.

    `because`: why they are results of the place asked about, where the document names one that came before it.
    """

    place: Named
    document: DocumentName
    total: int
    met: int  # criteria told to be met
    start: int  # where the first of them stands in the document
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """What became of a body or unit, step by step; `now`: what there is of it, itself where nothing became of it."""

    of: Named
    steps: tuple[Because, ...]
    now: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class LineageResult:
    """What a document says that a place reached. `because`: how it went into the next one on the way to the place asked
    about; nothing where it is that place itself."""

    id: str
    place: Named
    criterion: CriterionName | None
    measure: str
    value: float | int | None
    of: float | int | None
    unit: str | None
    met: bool | None
    as_of: date | None
    document: DocumentName
    evidence: Evidence
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as of the day of the question; `date` is the next occurrence of a recurring one."""

    text: str
    date: date | None
    recurrence: str | None
    state: TaskState | None  # None when there is no date


def rules_on(stated_only: bool, without: Collection[Inference]) -> frozenset[Inference]:
    """Return the rules that a question leaves on."""
    return frozenset() if stated_only else frozenset(Inference) - frozenset(without)


@dataclass(frozen=True, slots=True)
class TraceQuestion:
    """Who is responsible? At least one of criterion, agency, place and document is set.

    criterion: "17", "VN-XA-2021:17" or a name; agency, place: a name or an id.
    on: the day of the question; documents of later days are not asked.
    stated_only: nothing that is inferred; without: the rules that are left out.
    """

    criterion: str | None = None
    agency: str | None = None
    place: str | None = None
    document: str | None = None
    province: str | None = None
    set: str | None = None
    on: date | None = None
    stated_only: bool = False
    limit: int = PAGE
    offset: int = 0
    without: frozenset[Inference] = frozenset()

    @property
    def rules(self) -> frozenset[Inference]:
        """The rules that may infer an answer."""
        return rules_on(self.stated_only, self.without)


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One statement of who is responsible. `id` names the fact (the task's id for a task)."""

    id: str
    fact: str  # assignment, task, helps, reporting
    document: DocumentName
    what: str | None
    agency: Named | None  # None: the text names nobody
    person: str | None
    role: str | None
    with_: tuple[Named, ...]  # printed as "with"
    reports_to: tuple[Named, ...]
    via: tuple[Named, ...]
    criterion: CriterionName | None
    place: Named | None
    deadline: Due | None
    from_: date | None
    to: date | None
    basis: Basis
    rule: str
    evidence: Evidence
    lead: tuple[Named, ...] = ()  # who leads, where the row's agency only supports
    lead_inferred: bool = False  # they stand in the heading above, not in the sentence
    criteria: tuple[CriterionName, ...] = ()  # all that the task concerns; `criterion` is the asked or the first one
    places: tuple[Named, ...] = ()
    replaced_by: DocumentName | None = None  # the document that replaces or abolishes this row's document
    because: tuple[Because, ...] = ()  # why it holds for the thing asked about, where that is inferred
    passed_on: tuple[Because, ...] = ()  # who took over by the day from the row's agency, where it is not asked about
    chain: tuple[Because, ...] = ()  # whom the row's agency answers to, where the sentence does not say


@dataclass(frozen=True, slots=True)
class TraceAnswer:
    """One page: assignments first, then help, tasks and reporting; newest documents first.

    `total` counts facts, as `limit` and `offset` do: a task that binds two bodies is one, and has a row for each where
    the question names no agency.
    """

    rows: tuple[TraceRow, ...]
    # What the words of the question were taken for; several where the choice is the asker's.
    criteria: tuple[CriterionName, ...] = ()
    agencies: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    basis_documents: tuple[tuple[str, str, DocumentName], ...] = ()  # (document id, relation, the document it rests on)
    note: str | None = None  # Vietnamese: why there is no row, or what was left out
    total: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)  # facts of each kind, on this page or not
    usual_leads: tuple[UsualLead, ...] = ()  # of criteria asked about that no document assigns; beside the rows
    passed_on: tuple[Because, ...] = ()  # what became of the agencies and places asked about
    results: tuple[PlaceResults, ...] = ()  # of the places asked about, the newest documents first


@dataclass(frozen=True, slots=True)
class MatrixQuestion:
    """Which bodies of a province lead the criteria of a set, and which support them, as of a day?

    province: short name; None where documents of one province alone assign criteria. set: None for the one that the
    assignments in force tell most of. on: None for today. stated_only, without: as of a TraceQuestion.
    """

    province: str | None = None
    set: str | None = None
    on: date | None = None
    stated_only: bool = False
    without: frozenset[Inference] = frozenset()

    @property
    def rules(self) -> frozenset[Inference]:
        """The rules that may infer an answer."""
        return rules_on(self.stated_only, self.without)


@dataclass(frozen=True, slots=True)
class MatrixFact:
    """One statement that a body leads a criterion or supports who does; `id` names the assignment, or the task."""

    id: str
    role: Role  # lead, coordinate, advise, supervise
    document: DocumentName
    from_: date | None
    to: date | None
    basis: Basis
    rule: str
    evidence: Evidence
    because: tuple[Because, ...] = ()  # how the body took over from the one that the document names


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What one body has to do with one criterion: leading before supporting, stated facts before inferred ones."""

    agency: Named
    facts: tuple[MatrixFact, ...]  # at least one
    conflict: bool = False  # it leads beside another body

    @property
    def role(self) -> Role:
        return self.facts[0].role

    @property
    def basis(self) -> Basis:
        return self.facts[0].basis


class LeadState(StrEnum):
    """How many bodies lead a criterion on the day; one that took over from another is the same one."""

    ONE = "one"
    SEVERAL = "several"  # a conflict, as the review finds it
    PARTS = "parts"  # none leads it as a whole, but its parts are led
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reached:
    """How many communes reached a criterion, of those that documents tell of; `day` is the newest of their days."""

    met: int
    told: int
    day: date


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One criterion, or a part of one ("17.8"), with the bodies that have to do with it, in the order of columns."""

    criterion: CriterionName
    cells: tuple[MatrixCell, ...]
    state: LeadState | None  # None: a part that nobody leads by itself
    usual: UsualLead | None = None  # the catalogue's default where none leads it; never an answer
    reached: Reached | None = None


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A body: how it is called in short, and who took over from it by the day, where it is no more."""

    agency: Named
    short: str
    passed_on: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixSet:
    """A set of which documents of the province assign criteria: how many of them, and within which days."""

    id: str
    assigned: int
    since: date | None
    until: date | None  # the last day; None where it is open


@dataclass(frozen=True, slots=True)
class MatrixAnswer:
    """All criteria of a set in their order; no rows where no assignment is in force, and the note says why.

    `province`, `set` and `on` are those answered for, also where the question left them open.
    """

    province: str | None
    set: str | None
    on: date
    columns: tuple[MatrixColumn, ...] = ()  # those that are there first, those who lead most first
    rows: tuple[MatrixRow, ...] = ()
    documents: tuple[DocumentName, ...] = ()  # that assign what the rows show, the newest first
    sets: tuple[MatrixSet, ...] = ()  # of the province, the newest first
    provinces: tuple[str, ...] = ()  # whose bodies lead criteria, where the question names none, or one without any
    note: str | None = None  # Vietnamese: why there is no row, or what was left out

    def count(self, state: LeadState) -> int:
        """Return of how many whole criteria this is the state."""
        return sum(row.state is state for row in self.rows if isinstance(row.criterion.number, int))


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """Words to find; accents optional, phrases in double quotes. Facets narrow; they hold ids or printed values.

    province: only its documents and central ones.
    """

    text: str
    year: int | None = None
    issuer: str | None = None
    type: str | None = None
    agency: str | None = None
    criterion: str | None = None
    place: str | None = None
    limit: int = 50
    offset: int = 0
    province: str | None = None


@dataclass(frozen=True, slots=True)
class SearchHit:
    document: DocumentName
    provision: str  # id
    path: str  # "VII.2"
    start: int  # of `text` in Document.text
    score: float
    text: str
    highlights: tuple[tuple[int, int], ...]  # offsets in `text`


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    rows: tuple[SearchHit, ...]
    facets: dict[str, tuple[FacetValue, ...]]  # year, issuer, type, agency, criterion, place
    total: int
    counted: int  # hits over which the facets were counted: the best ones where they are fewer than all
    ms: float


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that somebody saved; `values` as the address of the search page names them."""

    name: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class DeadlineQuestion:
    """Deadlines and their state on a day; all filters optional. agency, place, criterion: ids or names.

    Asked for a range with both ends, a recurring duty stands for each of its days in it, else for its next one.
    """

    on: date
    from_: date | None = None
    to: date | None = None
    state: TaskState | None = None
    agency: str | None = None
    place: str | None = None
    criterion: str | None = None
    province: str | None = None
    limit: int = PAGE
    offset: int = 0
    stated_only: bool = False
    without: frozenset[Inference] = frozenset()
    document: str | None = None  # id
    no_day: NoDay | None = None  # only tasks of which no day is known

    @property
    def rules(self) -> frozenset[Inference]:
        """The rules that may infer an answer."""
        return rules_on(self.stated_only, self.without)


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    task: str  # id
    document: DocumentName
    what: str
    agency: tuple[Named, ...]
    due: date | None
    text: str  # the words of the deadline; '': the sentence states none
    recurrence: str | None
    state: TaskState | None
    days_late: int | None  # negative: days left
    basis: Basis  # inferred also where the sentence is stated, but not whose task it is
    evidence: Evidence
    rule: str = ""
    done: date | None = None  # the day somebody gave, also where it does not count on the day asked about
    because: tuple[Because, ...] = ()  # why it is a task of the agency or place asked about


@dataclass(frozen=True, slots=True)
class TaskName:
    """A task by its id, its words and its document."""

    id: str
    what: str
    document: DocumentName


@dataclass(frozen=True, slots=True)
class DeadlineAnswer:
    """One page of `total` rows, the earliest due first.

    `states`, `undated` (no state for want of a day), `stateless` (a day without a state: something begins on it, or it
    is a day of a recurring duty that is past) and `unstated` (no deadline) count all tasks of the question, listed or
    not.
    """

    rows: tuple[DeadlineRow, ...]
    total: int
    states: dict[TaskState, int] = field(default_factory=dict)
    note: str | None = None  # Vietnamese: why there is no row
    undated: int = 0
    stateless: int = 0
    unstated: int = 0


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """What falls due on one day: the counts are of all tasks, the rows of the state asked about, where they are few."""

    day: date
    states: dict[TaskState, int]
    stateless: int  # see DeadlineAnswer
    rows: tuple[DeadlineRow, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.states.values()) + self.stateless


@dataclass(frozen=True, slots=True)
class ProgressQuestion:
    """What had been reached by a day?

    province, place: one of them; place: a name or an id. set: id of a set of criteria; None: the one told of last.
    within: id of a district; after the mergers of 1 July 2025 it stands for the communes formed of its own.
    stated_only: nothing that is carried over a merger or follows from a count.
    criterion: its number. among: ids of communes; only what is told of these, or counts for them.
    """

    on: date
    province: str | None = None
    place: str | None = None
    set: str | None = None
    within: str | None = None
    stated_only: bool = False
    criterion: str | None = None
    among: frozenset[str] | None = None
    limit: int = PAGE
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """The last that documents tell by the day of one measure of one place.

    carried: the rule by which it counts for the place asked about, where it is told of one that went into that one;
    `met` is that of the place told of, since a merger makes no commune meet a criterion.
    """

    id: str
    place: Named
    criterion: CriterionName | None
    measure: str
    value: float | int | None
    of: float | int | None
    unit: str | None
    met: bool | None
    as_of: date | None
    carried: Inference | None
    document: DocumentName
    evidence: Evidence
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgressAnswer:
    """One page of `total` rows: by place in Vietnamese order, what is told of it as a whole before its criteria."""

    rows: tuple[ProgressRow, ...]
    total: int
    note: str | None = None  # Vietnamese: why there is no row


@dataclass(frozen=True, slots=True)
class Standing:
    """How one criterion, or the count of all, stands in one unit.

    met: None where it is not known as a whole: only some of the communes before the merger had met it, or one day is
    told both ways. rule: why it is inferred; None where a document tells it of this unit. result: id of a count told.
    parts: for what is carried, how many communes the unit was formed of; `told` and `reached`: of how many of them
    documents tell, and how many of these had met it.
    """

    as_of: date  # the first day there is, where none is told
    met: bool | None = None
    value: float | int | None = None  # of a count
    of: float | int | None = None
    rule: str | None = None
    result: str | None = None
    parts: int = 0
    told: int = 0
    reached: int = 0


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """A commune as of the day; `criteria` in the order of those of the answer, None where no document tells."""

    place: Named
    criteria: tuple[Standing | None, ...]
    count: Standing | None
    formed_of: tuple[Named, ...] = ()

    @property
    def told(self) -> bool:
        """Whether any document tells anything of it."""
        return self.count is not None or any(each is not None for each in self.criteria)

    @property
    def whole(self) -> bool:
        """Whether it meets every criterion."""
        return self.count is not None and self.count.met is True

    @property
    def carried(self) -> bool:
        """Whether only what the communes before a merger had reached is known of it."""
        return self.told and bool(self.formed_of) and (self.count is None or self.count.value is None)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure that a document tells; `result` is its id."""

    value: float | int
    of: float | int | None
    as_of: date | None
    result: str
    place: str  # id


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """The communes of one district, or of what was one: counted from what is told of each, and what is told of all."""

    place: Named
    communes: int
    told: int  # communes with a count
    whole: int  # communes that meet every criterion
    average: float | None  # criteria met in a commune, of those told
    stated: Told | None = None  # communes that meet them, as told of the district
    carried: int = 0  # communes of which only what those before the merger had reached is known


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """The communes of one group of a set of criteria ("xã nhóm 1"): how many of them meet each criterion, as told of
    the province; None where no document tells."""

    number: int
    name: str
    meaning: str  # which communes belong to it, by the decision that issued the set
    told: tuple[tuple[CriterionName, Told | None], ...]  # all criteria of the set


@dataclass(frozen=True, slots=True)
class CourseDay:
    """What is known on a day of a commune, or of one that it was formed of.

    count: criteria met, as told or where each of the set is told of; more: than the time before. gained, lost: criteria
    told otherwise than the time before. result: id of one whose sentence tells of the day.
    """

    day: date | None
    place: Named
    count: float | int | None
    more: float | int | None
    met: int  # criteria told of one by one that day
    unmet: int
    gained: tuple[CriterionName, ...]
    lost: tuple[CriterionName, ...]
    result: str


@dataclass(frozen=True, slots=True)
class Course:
    """One commune over time, the newest day first; `formed_of`: how those before it went into it; `now`: how it went
    into another by the day asked about."""

    place: Named
    formed_of: tuple[Because, ...]
    now: tuple[Because, ...]
    days: tuple[CourseDay, ...]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """What was known on a day of a report: how many communes were told of, how many of them met every criterion."""

    day: date
    communes: int
    whole: int
    average: float


@dataclass(frozen=True, slots=True)
class ProgressView:
    """The communes of a province as of a day, by the criteria of one set."""

    province: str
    set: str | None  # id; None where nothing is told
    sets: tuple[str, ...]  # that documents tell of
    criteria: tuple[CriterionName, ...]
    units: tuple[UnitProgress, ...]  # of `within`, where the question names one
    groups: tuple[GroupProgress, ...]  # of the whole province
    stated: Told | None  # communes that meet every criterion, as told of the province
    trend: tuple[TrendPoint, ...]
    stated_trend: tuple[Told, ...]
    classes: tuple[ClassProgress, ...] = ()  # where documents tell of groups of communes

    def reached(self, at: int) -> Reached | None:
        """How many communes meet the criterion at an index of `criteria`, of those known to meet it or not."""
        told = (unit.criteria[at] for unit in self.units)
        known = [each for each in told if each is not None and each.met is not None]
        if not known:
            return None
        return Reached(sum(each.met is True for each in known), len(known), max(each.as_of for each in known))

    @property
    def told(self) -> bool:
        """Whether any document tells anything of the province by the day."""
        return self.set is not None or self.stated is not None or any(group.stated for group in self.groups)


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """A figure to reach and what is told of the same measure and criterion; `counted`: of the communes."""

    id: str
    measure: str
    value: float | int | None
    of: float | int | None
    unit: str | None
    by: date | None
    criterion: CriterionName | None
    document: DocumentName
    evidence: Evidence
    reached: Told | None
    counted: Reached | None = None
    place: Named | None = None  # a district; None: the province


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A place in a workbook and what stands there: a column by its heading, a row by what names it."""

    cell: str  # "Biểu 01!W", "Biểu 01!16"
    text: str


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """What a report sheet would say if it were taken in; nothing is written.

    `columns` and `rows` were not understood: nothing was read from them. `unknown` are names that are no single unit's:
    what is told of them stands in no list of communes.
    """

    document: DocumentName | None
    refused: str | None = None  # Vietnamese: why it cannot be read; then there is nothing else
    known: bool = False  # the document is in the workspace already, and would be replaced
    province: str | None = None
    results: tuple[Result, ...] = ()
    targets: int = 0
    unknown: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    columns: tuple[SheetCell, ...] = ()
    rows: tuple[SheetCell, ...] = ()
    issues: tuple[Issue, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRow:
    id: str
    type: str | None
    number: str | None
    date: date | None
    date_text: str | None
    issuer: str | None
    province: str | None
    subject: str | None
    state: str  # issued, draft, news
    tasks: int
    issues: int
    replaced_by: DocumentName | None = None  # the document that replaces or abolishes it as a whole


@dataclass(frozen=True, slots=True)
class DocumentChoices:
    """What the documents taken in can be narrowed to: the last year first, words in Vietnamese order."""

    years: tuple[int, ...]
    types: tuple[str, ...]
    issuers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitationRow:
    """An edge between two documents, seen from either end."""

    relation: str
    document: DocumentName  # the other end
    taken_in: bool  # False: only known by being cited
    evidence: Evidence | None
    alike: tuple[DocumentName, ...] = ()  # documents taken in that the citation may mean, where several fit


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document as its page shows it; `reading` is what its original says when read by this version."""

    row: DocumentRow
    reading: object  # ntmgraph.model.Reading
    cites: tuple[CitationRow, ...]
    cited_by: tuple[CitationRow, ...]  # a page of them, the newest first
    cited_by_total: int
    original: str | None  # name of the kept file
    file_name: str | None  # as the user named it


class IngestState(StrEnum):
    NEW = "new"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class IngestRow:
    """What became of one file."""

    path: str
    state: IngestState
    document: DocumentName | None
    reason: str | None  # Vietnamese: why a file was refused, or its document stays as it was
    refusal: str | None  # model.Refusal
    issues: int
    left_out: tuple[str, ...]
    tasks: int = 0
    deadlines: int = 0
    results: int = 0
    same_as: str | None = None  # the file taken in before that holds the same document


@dataclass(frozen=True, slots=True)
class Overview:
    documents: int
    tasks: int
    agencies: int
    issues: int
    newest: tuple[DocumentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewQuestion:
    """What has to be looked at again? province: only documents of it; code: only doubts of this kind; document: only
    doubts that it says a sentence of."""

    province: str | None = None
    code: IssueCode | None = None
    document: str | None = None
    limit: int = PAGE
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Quotation(Evidence):
    """Evidence with the document that it stands in, for what rests on the words of several."""

    document: DocumentName | None = None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One doubt: what it is, where it stands, what to do next (`message`, Vietnamese).

    id: the same as long as the same is doubted; by it the doubt is set aside.
    """

    id: str
    code: IssueCode
    message: str
    document: DocumentName
    criterion: CriterionName | None
    evidence: tuple[Quotation, ...]  # none for a doubt about a document as a whole


@dataclass(frozen=True, slots=True)
class ReviewAnswer:
    """One page of `total` doubts: first those between facts, by province, at last those of reading single documents."""

    rows: tuple[ReviewRow, ...]
    total: int
    codes: dict[IssueCode, int] = field(default_factory=dict)  # how many of each kind, of the question
    whole: bool = True  # False: documents are still being compared, and more may be found
    note: str | None = None  # Vietnamese: why there is no row
