"""The records that every other part speaks in: what one document says, with the sentence for each fact.

`Reading` is all that was read from one document; `ntmgraph parse --json` prints it and the graph store
writes it. Offsets are code points of `Document.text`, end exclusive; dates are `datetime.date`;
an absent value is None or an empty tuple, never "".

Guarantee kept by `ingest` and checked by property tests: for every evidence and every mention
`document.text[start:end] == quote`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SCHEMA = 1  # version of the JSON that `parse` prints; a changed meaning of a key raises it


class Basis(StrEnum):
    """Where a fact comes from."""

    STATED = "stated"  # the text says it
    INFERRED = "inferred"  # a named rule derives it
    DECIDED = "decided"  # a person said it


class DocumentState(StrEnum):
    ISSUED = "issued"
    DRAFT = "draft"  # number or date still blank
    NEWS = "news"  # second-hand: a press item about a directive


class Role(StrEnum):
    """How an agency is bound by a task."""

    LEAD = "lead"  # chủ trì, thực hiện, a plain order
    COORDINATE = "coordinate"  # phối hợp
    ADVISE = "advise"  # tham mưu
    SUPERVISE = "supervise"  # theo dõi, giám sát
    REQUEST = "request"  # đề nghị, to a body that is not subordinate
    DIRECT = "direct"  # chỉ đạo others to do it


class Relation(StrEnum):
    """How a document uses the one it cites; the words are those of the law and of the interface."""

    BASIS = "căn cứ"
    IMPLEMENTS = "thực hiện"
    CONSIDERS = "xét"
    PROPOSED_BY = "theo đề nghị"
    REPLACES = "thay thế"
    ABOLISHES = "bãi bỏ"
    AMENDS = "sửa đổi"
    ANNEXED = "kèm theo"
    GUIDES = "hướng dẫn"
    MENTIONS = "nhắc đến"


class DeadlineKind(StrEnum):
    BEFORE = "before"  # trước ngày D: late from D on
    BY = "by"  # chậm nhất ngày D: late from the day after
    BY_END_OF = "by_end_of"  # hết năm 2020, trong quý I/2017: the last day of the period
    ON = "on"
    FROM = "from"
    RELATIVE = "relative"  # 15 ngày kể từ ngày ký
    RECURRING = "recurring"
    EVENT = "event"  # hung on something that is not a date


class Scope(StrEnum):
    """What a date binds: somebody's task or a figure to reach."""

    TASK = "task"
    TARGET = "target"


class CheckKind(StrEnum):
    SUM = "sum"
    SHARE = "share"
    DIFFERENCE = "difference"
    AVERAGE = "average"
    ROW_TOTAL = "row_total"
    COLUMN_TOTAL = "column_total"
    GROUP_TOTAL = "group_total"


class IssueCode(StrEnum):
    """What the program doubts; shown for review, never guessed away."""

    CRITERION_TWO_LEADS = "criterion_two_leads"
    CRITERION_WITHOUT_LEAD = "criterion_without_lead"
    LEAD_CHANGED = "lead_changed"
    AGENCY_NO_LONGER_EXISTS = "agency_no_longer_exists"
    DEADLINE_CONFLICT = "deadline_conflict"
    DEADLINE_BEFORE_DOCUMENT = "deadline_before_document"
    DOCUMENT_MISSING = "document_missing"
    NUMBER_UNCLEAR = "number_unclear"
    AGENCY_AMBIGUOUS = "agency_ambiguous"
    PLACE_AMBIGUOUS = "place_ambiguous"
    TEXT_REPAIRED = "text_repaired"
    TEXT_UNCLEAR = "text_unclear"
    FIGURE_MISFIT = "figure_misfit"
    DUTY_UNREAD = "duty_unread"


class Refusal(StrEnum):
    """Why a file cannot be read at all."""

    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    NO_TEXT = "no_text"
    NOT_A_DOCUMENT = "not_a_document"
    TOO_LARGE = "too_large"
    DAMAGED = "damaged"
    LEGACY_UNREADABLE = "legacy_unreadable"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a document that a fact rests on."""

    provision: str | None  # id of the innermost provision that holds it
    start: int
    end: int
    quote: str  # equals document.text[start:end]
    rule: str  # name of the rule that read it
    basis: Basis = Basis.STATED
    page: int | None = None  # 1-based, of the source file
    box: tuple[float, float, float, float] | None = None  # scans: x0, y0, x1, y1 in points
    cell: str | None = None  # sheets: "Biểu 01!C28"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of text that names something."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signer:
    name: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    type: str | None  # full name of the type: "Công văn", "Kế hoạch", "Tin bài"
    number: str | None  # as printed, without spaces; None when blank
    issuer: str | None  # "UBND tỉnh Lào Cai"
    issuer_id: str | None  # agency id
    province: str | None  # short name of the province whose document it is, "Lào Cai"; None for central ones
    place: str | None  # place of signing
    date: date | None
    date_text: str | None  # as printed, also when the date is partial
    subject: str | None
    signer: Signer | None
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    state: DocumentState
    sha256: str  # of the source file
    text: str  # normalised; never changes after this


@dataclass(frozen=True, slots=True)
class Provision:
    """One numbered or bulleted piece of a document; `path` joins the labels from the top: "II.1.a"."""

    id: str
    path: str
    kind: str  # header, part, chapter, section, article, clause, point, bullet, paragraph, footnote, row, closing
    heading: str | None
    start: int
    end: int
    parent: str | None = None  # id


@dataclass(frozen=True, slots=True)
class Reference:
    number: str | None
    type: str | None
    issuer: str | None
    date: date | None
    relation: Relation
    evidence: Evidence
    title: str | None = None  # for a document known by name only
    document: str | None = None  # id of the cited document (it may not be taken in yet); None when undecided


@dataclass(frozen=True, slots=True)
class Agency:
    id: str
    name: str
    level: str  # central, province, district, commune, village
    kind: str  # committee, council, department, office, party, front, mass_organisation, force, steering, group, ...
    province: str | None  # short name
    mentions: tuple[Mention, ...]
    group: str | None = None  # id of the group this body belongs to ("các Sở, ban, ngành" of its province)


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    name: str  # with its kind: "xã Phú Nhuận"
    level: str  # province, district, commune, village
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    id: str  # "VN-XA-2016:17", or "?:giao-thong" while the set is undecided
    set: str | None
    number: int | str | None  # a sub-criterion is a string: "17.8"
    name: str | None
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    text: str
    kind: DeadlineKind
    date: date | None  # None when recurring or not anchored
    recurrence: str | None  # RFC 5545: "FREQ=MONTHLY;BYMONTHDAY=20"
    scope: Scope
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Actor:
    """A body as the text names it; `id` is None when the name resolves to no single agency."""

    name: str
    id: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Task:
    id: str
    provision: str  # id
    what: str  # the binding clause in the text's own words, at most 120 words
    who: tuple[Actor, ...]
    who_inferred: bool  # the doer comes from the heading above, not from the sentence
    with_: tuple[Actor, ...]  # printed as "with"
    advise: tuple[Actor, ...]
    supervise: tuple[Actor, ...]
    role: Role  # of those in `who`
    reports_to: tuple[Actor, ...]
    via: tuple[Actor, ...]
    deadline: int | None  # index into Reading.deadlines
    criteria: tuple[str, ...]  # ids
    places: tuple[str, ...]  # ids
    evidence: Evidence

    @property
    def basis(self) -> Basis:
        """What it rests on that those in `who` do it."""
        return Basis.INFERRED if self.who_inferred else self.evidence.basis


@dataclass(frozen=True, slots=True)
class CriterionKey:
    set: str | None
    number: int | str | None


@dataclass(frozen=True, slots=True)
class PlaceRef:
    name: str
    id: str | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment decision gives a criterion to those who lead it."""

    criterion: CriterionKey
    lead: tuple[Actor, ...]
    coordinate: tuple[Actor, ...]
    from_: date | None  # printed as "from"
    to: date | None
    evidence: Evidence
    id: str | None = None  # stays when a person changes the content that it was made from, see `ids.assignment_id`


@dataclass(frozen=True, slots=True)
class Help:
    """An agency, often through a named leader, helps a commune."""

    agency: Actor
    person: str | None
    place: PlaceRef
    evidence: Evidence
    id: str | None = None  # as that of an assignment, see `ids.help_id`


@dataclass(frozen=True, slots=True)
class Target:
    measure: str
    value: float | int | None
    of: float | int | None
    unit: str | None
    share: float | None  # percent
    baseline: float | int | None
    by: date | None
    criterion: CriterionKey | None
    place: PlaceRef | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Result:
    place: PlaceRef | None
    criterion: CriterionKey | None
    measure: str
    value: float | int | None
    of: float | int | None
    unit: str | None
    met: bool | None
    as_of: date | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Check:
    """Arithmetic that the text invites: a sum of its parts, a share of its whole."""

    kind: CheckKind
    ok: bool
    message: str  # Vietnamese, with both numbers
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Issue:
    code: IssueCode
    message: str  # Vietnamese
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class DoubtfulWord:
    """A word of a scan whose letters are uncertain."""

    text: str
    start: int
    end: int
    confidence: float  # 0 to 1
    page: int | None = None
    box: tuple[float, float, float, float] | None = None  # points


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page of the source file that is a picture; boxes on it are those of the upright page."""

    number: int  # from 1
    width: float  # points
    height: float
    turned: int  # degrees clockwise that make the page of the file upright: 0, 90, 180, 270
    start: int = 0  # of its text in the document's
    end: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one document."""

    document: Document
    provisions: tuple[Provision, ...] = ()
    references: tuple[Reference, ...] = ()
    agencies: tuple[Agency, ...] = ()
    places: tuple[Place, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    tasks: tuple[Task, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    helps: tuple[Help, ...] = ()
    targets: tuple[Target, ...] = ()
    results: tuple[Result, ...] = ()
    checks: tuple[Check, ...] = ()
    issues: tuple[Issue, ...] = ()
    left_out: tuple[str, ...] = ()  # Vietnamese: what the reader could not take ("2 hình ảnh")
    doubtful_words: tuple[DoubtfulWord, ...] = ()  # of scans
    scanned_pages: tuple[ScannedPage, ...] = ()


class ReadError(Exception):
    """A file that cannot be read; the message is Vietnamese and says what, where and what next."""

    def __init__(self, refusal: Refusal, message: str) -> None:
        super().__init__(message)
        self.refusal = refusal
