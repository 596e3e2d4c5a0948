"""The lists of the desk as tables: each asks the question of its page, for all its rows and not only those of a page.

Rows are asked for in batches while they are written, so that memory holds one batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Protocol, TypeVar

from ntmgraph.authority import catalogue
from ntmgraph.export.tables import Column, Kind, Line, Proof, Table
from ntmgraph.model import Basis, Evidence, Role
from ntmgraph.queries import (
    Because,
    DeadlineQuestion,
    DeadlineRow,
    DocumentName,
    DocumentRow,
    Inference,
    LeadState,
    MatrixAnswer,
    MatrixCell,
    MatrixFact,
    MatrixQuestion,
    MatrixRow,
    Named,
    ProgressQuestion,
    ProgressRow,
    ReviewQuestion,
    ReviewRow,
    SearchHit,
    SearchQuestion,
    TraceQuestion,
    TraceRow,
)
from ntmgraph.reasons import because_words
from ntmgraph.rules import rule_words
from ntmgraph.terms import (
    BASES,
    DOCUMENT_STATES,
    FACTS,
    ISSUES,
    LEAD_STATES,
    NO_DAYS,
    RECURRING,
    ROLES,
    STATES,
    criterion_title,
    document_title,
    in_one_line,
    place_words,
)

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace

BATCH = 2_000  # rows asked for at once
NOT_STATED = "văn bản không nêu"
DONE_ON, NOTE, TASK_ID, SEEN = "Ngày hoàn thành", "Ghi chú", "Mã nhiệm vụ", "Mã quyết định đã xem"  # read again

_DOCUMENT = (Column("Văn bản", 18), Column("Ngày văn bản", 12, Kind.DATE))


class _Answer(Protocol):
    @property
    def total(self) -> int: ...


_Narrowed = DeadlineQuestion | TraceQuestion | SearchQuestion
_Asked = TypeVar("_Asked", DeadlineQuestion, TraceQuestion, ProgressQuestion, SearchQuestion, ReviewQuestion)
_Answered = TypeVar("_Answered", bound=_Answer)


def in_batches(ask: Callable[[_Asked], _Answered], question: _Asked) -> tuple[_Answered, Iterator[_Answered]]:
    """Return the first batch of an answer, and all of them; those after it are asked for when it is their turn."""
    first = ask(replace(question, limit=BATCH, offset=0))

    def following() -> Iterator[_Answered]:
        yield first
        for offset in range(BATCH, first.total, BATCH):
            yield ask(replace(question, limit=BATCH, offset=offset))

    return first, following()


# Tasks


def tasks(workspace: Workspace, question: DeadlineQuestion) -> Table:
    """Tasks by their deadlines; as a workbook it can be filled in and comes back (`returned.py`)."""
    first, batches = in_batches(workspace.deadlines, question)
    columns = (
        Column("Nhiệm vụ", 48),
        Column("Cơ quan được giao", 22),
        Column("Thời hạn", 12, Kind.DATE),
        Column("Thời hạn theo văn bản", 18),
        Column("Trạng thái", 15),
        Column("Số ngày quá hạn", 9, Kind.NUMBER),
        *_DOCUMENT,
        Column("Cơ sở", 9),
        Column(DONE_ON, 12, Kind.DATE, entry=True),
        Column(NOTE, 22, entry=True),
        Column(TASK_ID, 10, hidden=True),
        Column(SEEN, 10, hidden=True),
    )
    said = workspace.said_of_tasks()

    def line(row: DeadlineRow, paths: dict[str, str]) -> Line:
        known = said.get(row.task)
        cells = (
            row.what,
            names(row.agency) or NOT_STATED,
            row.due,
            in_one_line(f"{row.text} ({RECURRING})" if row.recurrence else row.text) or NOT_STATED,
            STATES[row.state] if row.state else None if row.due else "không rõ ngày",
            row.days_late if row.days_late is not None and row.days_late > 0 else None,
            *_document(row.document),
            BASES[row.basis],
            row.done,
            known.note if known else None,
            row.task,
            known.last if known else None,
        )
        return Line(cells, (_proof(paths, row.document, row.evidence, row.basis, row.rule, row.because),))

    def lines() -> Iterator[Line]:
        for answer in batches:
            paths = _paths(workspace, (row.evidence for row in answer.rows))
            yield from (line(row, paths) for row in answer.rows)

    asked = asked_of_tasks(workspace, question)
    title = "DANH MỤC NHIỆM VỤ THEO THỜI HẠN"
    return Table("Nhiệm vụ", title, asked, question.on, columns, lines(), first.total, first.note)


def asked_of_tasks(workspace: Workspace, question: DeadlineQuestion) -> str:
    """Return what a list of tasks was asked for, in words."""
    return in_words(
        *_things(workspace, question),
        *_where(question.province),
        *_of_document(workspace, question.document),
        *([f"trạng thái: {STATES[question.state]}"] if question.state else []),
        *([NO_DAYS[question.no_day]] if question.no_day else []),
        *_period(question.from_, question.to),
        *_rules(question.stated_only, question.without),
        on=question.on,
    )


# Trace


def trace(workspace: Workspace, question: TraceQuestion) -> Table:
    """Who is responsible, a line for each fact and body."""
    first, batches = in_batches(workspace.trace, question)
    columns = (
        Column("Loại", 13),
        Column("Nội dung", 46),
        Column("Cơ quan được giao", 22),
        Column("Vai trò", 12),
        Column("Phối hợp", 22),
        Column("Báo cáo", 18),
        Column("Tiêu chí", 16),
        Column("Địa bàn", 14),
        Column("Thời hạn", 12, Kind.DATE),
        *_DOCUMENT,
        Column("Cơ sở", 9),
    )

    def lines() -> Iterator[Line]:
        for answer in batches:
            paths = _paths(workspace, (row.evidence for row in answer.rows))
            for row in answer.rows:
                proof = _proof(paths, row.document, row.evidence, row.basis, row.rule, row.because)
                yield Line(_trace_cells(row), (proof,))

    asked = in_words(
        *_things(workspace, question),
        *_of_document(workspace, question.document),
        *([set_words(question.set)] if question.set else []),
        *_where(question.province),
        *_rules(question.stated_only, question.without),
        on=question.on,
    )
    title = "TRUY VẾT TRÁCH NHIỆM"
    return Table("Truy vết", title, asked, question.on, columns, lines(), first.total, first.note)


def _trace_cells(row: TraceRow) -> tuple[str | date | None, ...]:
    doer = " ".join([row.agency.name, *([f"({row.person})"] if row.person else [])]) if row.agency else NOT_STATED
    via = f", qua {names(row.via)}" if row.via else ""
    criteria = row.criteria or ((row.criterion,) if row.criterion else ())
    places = row.places or ((row.place,) if row.place else ())
    what = row.what
    if row.fact == "assignment" and row.criterion:
        what = f"Phụ trách tiêu chí {criterion_title(row.criterion)}"
    elif row.fact == "helps" and row.place:
        what = f"Giúp đỡ, đỡ đầu {row.place.name}"
    return (
        FACTS[row.fact],
        what,
        f"{doer}\n(chủ trì: {names(row.lead)})" if row.lead else doer,
        ROLES.get(row.role or "", row.role),
        names(row.with_),
        f"{names(row.reports_to)}{via}",
        "; ".join(criterion_title(each) for each in criteria),
        names(places),
        row.deadline.date if row.deadline else None,
        *_document(row.document),
        BASES[row.basis],
    )


# The assignment matrix


@dataclass(frozen=True, slots=True)
class Assigned:
    """One criterion of the matrix in words: who leads it, who supports."""

    number: str
    name: str
    lead: str
    coordinate: str
    advise: str
    supervise: str
    state: str
    documents: tuple[DocumentName, ...]


def assigned(row: MatrixRow) -> Assigned:
    """Return a row of the matrix; a body counts by the first of what it has to do with the criterion."""

    def of(*roles: Role) -> str:
        return names(cell.agency for cell in row.cells if cell.role in roles)

    documents = {fact.document.id: fact.document for cell in row.cells for fact in cell.facts}
    number = row.criterion.number
    return Assigned(
        "" if number is None else str(number),
        row.criterion.name or "",
        of(Role.LEAD),
        of(Role.COORDINATE),
        of(Role.ADVISE),
        of(Role.SUPERVISE),
        LEAD_STATES[row.state] if row.state else "",
        tuple(documents.values()),
    )


def matrix(workspace: Workspace, question: MatrixQuestion, state: LeadState | None = None) -> Table:
    """Who leads each criterion and who supports, a line for each; `state`: only criteria in it."""
    answer = workspace.matrix(question)
    rows = matrix_rows(answer, state)
    columns = (
        Column("Số", 6),
        Column("Tiêu chí", 30),
        Column("Cơ quan chủ trì", 30),
        Column("Cơ quan phối hợp", 38),
        Column("Tham mưu", 22),
        Column("Theo dõi, giám sát", 22),
        Column("Phân công", 20),
        Column("Văn bản phân công", 26),
        Column("Xã đạt", 9, Kind.NUMBER),
        Column("Xã được nêu", 9, Kind.NUMBER),
    )

    def lines() -> Iterator[Line]:
        for row, proofs in _with_proofs(workspace, rows):
            known = assigned(row)
            cells = (
                *(known.number, known.name, known.lead, known.coordinate, known.advise, known.supervise, known.state),
                "; ".join(document_title(each) for each in known.documents),
                row.reached.met if row.reached else None,
                row.reached.told if row.reached else None,
            )
            yield Line(cells, proofs)

    asked = _asked_of_matrix(question, answer, state)
    return Table("Phân công", _MATRIX, asked, answer.on, columns, lines(), len(rows), answer.note)


def matrix_as_shown(workspace: Workspace, question: MatrixQuestion, state: LeadState | None = None) -> Table:
    """Criteria by bodies as on the page, a letter for what each has to do with it; `state`: only criteria in it."""
    answer = workspace.matrix(question)
    rows = matrix_rows(answer, state)
    columns = (
        Column("Số", 6),
        Column("Tiêu chí", 30),
        *(Column(f"{each.short}{' (không còn)' if each.passed_on else ''}", 5.5, Kind.MARK) for each in answer.columns),
        Column("Phân công", 20),
        Column("Xã đạt", 8, Kind.NUMBER),
        Column("Xã có số liệu", 8, Kind.NUMBER),
    )

    def lines() -> Iterator[Line]:
        for row, proofs in _with_proofs(workspace, rows):
            cells = {cell.agency.id: _marks(cell) for cell in row.cells}
            known = assigned(row)
            marks = (cells.get(each.agency.id) for each in answer.columns)
            reached = (row.reached.met, row.reached.told) if row.reached else (None, None)
            yield Line((known.number, known.name, *marks, known.state, *reached), proofs)

    asked = f"{_asked_of_matrix(question, answer, state)} {_SIGNS_MEAN}"
    return Table("Phân công", _MATRIX, asked, answer.on, columns, lines(), len(rows), answer.note)


_MATRIX = "PHÂN CÔNG PHỤ TRÁCH CÁC TIÊU CHÍ"
_SIGNS = {Role.LEAD: "C", Role.COORDINATE: "P", Role.ADVISE: "T", Role.SUPERVISE: "G"}
_BY = {Basis.STATED: "{}", Basis.INFERRED: "({})", Basis.DECIDED: "[{}]"}
_SIGNS_MEAN = (
    "C: chủ trì; P: phối hợp; T: tham mưu; G: theo dõi, giám sát; (C): suy ra; [C]: người dùng sửa; C!: từ hai cơ quan "
    "cùng chủ trì."
)


def _marks(cell: MatrixCell) -> str:
    """Return the letters of a cell, a lead that conflicts with another marked: "C!, (P)"."""
    marks = []
    for role, facts in groupby(cell.facts, lambda fact: fact.role):
        mark = _BY[next(facts).basis].format(_SIGNS[role])
        marks.append(f"{mark}!" if cell.conflict and role is Role.LEAD else mark)
    return ", ".join(marks)


def _asked_of_matrix(question: MatrixQuestion, answer: MatrixAnswer, state: LeadState | None) -> str:
    return in_words(
        *([set_words(answer.set)] if answer.set else []),
        *([LEAD_STATES[state]] if state else []),
        *_where(answer.province),
        *_rules(question.stated_only, question.without),
        on=answer.on,
    )


def matrix_rows(answer: MatrixAnswer, state: LeadState | None) -> tuple[MatrixRow, ...]:
    return tuple(row for row in answer.rows if state in (None, row.state))


def _with_proofs(workspace: Workspace, rows: tuple[MatrixRow, ...]) -> Iterator[tuple[MatrixRow, tuple[Proof, ...]]]:
    paths = _paths(workspace, (fact.evidence for row in rows for cell in row.cells for fact in cell.facts))
    for row in rows:
        yield row, tuple(_of_cell(paths, cell, fact) for cell in row.cells for fact in cell.facts)


def _of_cell(paths: dict[str, str], cell: MatrixCell, fact: MatrixFact) -> Proof:
    proof = _proof(paths, fact.document, fact.evidence, fact.basis, fact.rule, fact.because)
    return replace(proof, why=f"{cell.agency.name} {ROLES[fact.role]}; {proof.why}")


# Progress


def progress(workspace: Workspace, question: ProgressQuestion) -> Table:
    """What places had reached by a day, each with the report that says so."""
    first, batches = in_batches(workspace.progress, question)
    columns = (
        Column("Địa bàn", 24),
        Column("Tiêu chí", 26),
        Column("Chỉ số", 30),
        Column("Đạt", 10),
        Column("Kết quả", 10, Kind.NUMBER),
        Column("Trên tổng", 10, Kind.NUMBER),
        Column("Đơn vị", 10),
        Column("Tính đến", 12, Kind.DATE),
        Column("Chuyển sang qua sáp nhập", 30),
        *_DOCUMENT,
    )

    def line(row: ProgressRow, paths: dict[str, str]) -> Line:
        why = "; ".join(because_words(step) for step in row.because)
        cells = (
            row.place.name,
            criterion_title(row.criterion) if row.criterion else None,
            row.measure,
            None if row.met is None else "đạt" if row.met else "chưa đạt",
            row.value,
            row.of,
            row.unit,
            row.as_of,
            (why or rule_words(row.carried)) if row.carried else None,
            *_document(row.document),
        )
        evidence = row.evidence
        return Line(cells, (_proof(paths, row.document, evidence, evidence.basis, evidence.rule, row.because),))

    def lines() -> Iterator[Line]:
        for answer in batches:
            paths = _paths(workspace, (row.evidence for row in answer.rows))
            yield from (line(row, paths) for row in answer.rows)

    names_of = [each.name for id in (question.place, question.within) if id for each in workspace.places_named(id)]
    asked = in_words(
        *([f"địa bàn: {'; '.join(names_of)}"] if names_of else []),
        *_where(question.province),
        *([set_words(question.set)] if question.set else []),
        *([f"tiêu chí {question.criterion}"] if question.criterion else []),
        *([f"riêng {len(question.among)} xã"] if question.among is not None else []),
        *_rules(question.stated_only, frozenset()),
        on=question.on,
    )
    title = "TIẾN ĐỘ THỰC HIỆN CÁC TIÊU CHÍ"
    return Table("Tiến độ", title, asked, question.on, columns, lines(), first.total, first.note)


# Search, documents, review


def search(workspace: Workspace, question: SearchQuestion) -> Table:
    """Passages that hold the words, whole; a passage is its own evidence."""
    first, batches = in_batches(workspace.search, question)
    columns = (*_DOCUMENT, Column("Cơ quan ban hành", 22), Column("Vị trí", 14), Column("Đoạn văn bản", 100))

    def line(hit: SearchHit) -> Line:
        return Line((*_document(hit.document), hit.document.issuer, place_words(hit.path), hit.text))

    lines = (line(hit) for answer in batches for hit in answer.rows)
    asked = in_words(
        *([f"có “{question.text}”"] if question.text else []),
        *([f"năm {question.year}"] if question.year else []),
        *(value for value in (question.type, question.issuer) if value),
        *_things(workspace, question),
        *_where(question.province),
    )
    return Table("Tìm kiếm", "KẾT QUẢ TÌM TRONG VĂN BẢN", asked, None, columns, lines, first.total)


@dataclass(frozen=True, slots=True)
class DocumentQuestion:
    """What the list of documents is narrowed to."""

    text: str = ""
    year: int | None = None
    type: str | None = None
    issuer: str | None = None
    province: str | None = None


def documents(workspace: Workspace, question: DocumentQuestion) -> Table:
    """The documents taken in."""

    def ask(offset: int) -> tuple[tuple[DocumentRow, ...], int]:
        return workspace.documents(**asdict(question), offset=offset, limit=BATCH)

    first, total = ask(0)
    columns = (
        Column("Loại", 14),
        Column("Số, ký hiệu", 20),
        Column("Ngày ban hành", 12, Kind.DATE),
        Column("Cơ quan ban hành", 24),
        Column("Trích yếu", 60),
        Column("Tình trạng", 24),
        Column("Số nhiệm vụ", 9, Kind.NUMBER),
        Column("Điểm cần xem lại", 9, Kind.NUMBER),
    )

    def rows() -> Iterator[DocumentRow]:
        yield from first
        for offset in range(BATCH, total, BATCH):
            yield from ask(offset)[0]

    def line(row: DocumentRow) -> Line:
        state: str = next(words for known, words in DOCUMENT_STATES.items() if known == row.state)
        if row.replaced_by is not None:
            state = f"hết hiệu lực, theo {document_title(row.replaced_by)}"
        return Line((row.type, row.number, row.date, row.issuer, row.subject, state, row.tasks, row.issues))

    asked = in_words(
        *([f"có “{question.text}”"] if question.text else []),
        *([f"năm {question.year}"] if question.year else []),
        *(value for value in (question.type, question.issuer) if value),
        *_where(question.province),
    )
    lines = (line(row) for row in rows())
    return Table("Văn bản", "DANH MỤC VĂN BẢN CHỈ ĐẠO", asked, None, columns, lines, total)


def review(workspace: Workspace, question: ReviewQuestion) -> Table:
    """What does not fit together, with each sentence that it rests on."""
    first, batches = in_batches(workspace.review, question)
    columns = (Column("Loại", 24), Column("Nội dung cần xem lại", 90), Column("Tiêu chí", 22), *_DOCUMENT)

    def line(row: ReviewRow, paths: dict[str, str]) -> Line:
        criterion = criterion_title(row.criterion) if row.criterion else None
        proofs = tuple(
            _proof(paths, each.document or row.document, each, each.basis, each.rule) for each in row.evidence
        )
        return Line((ISSUES[row.code], row.message, criterion, *_document(row.document)), proofs)

    def lines() -> Iterator[Line]:
        for answer in batches:
            paths = _paths(workspace, (each for row in answer.rows for each in row.evidence))
            yield from (line(row, paths) for row in answer.rows)

    asked = in_words(
        *([ISSUES[question.code]] if question.code else []),
        *_of_document(workspace, question.document),
        *_where(question.province),
    )
    return Table("Rà soát", "ĐIỂM CẦN XEM LẠI", asked, None, columns, lines(), first.total, first.note)


# What all of them say


def names(things: Iterable[Named]) -> str:
    return "; ".join(thing.name for thing in things)


def in_words(*parts: str, on: date | None = None) -> str:
    """Return the line below a title: what was asked."""
    asked = [*parts, *([f"tính đến ngày {on:%d/%m/%Y}"] if on else [])]
    line = "; ".join(asked) or "tất cả"
    return f"Phạm vi: {line}."


def _things(workspace: Workspace, question: _Narrowed) -> Iterator[str]:
    """Yield the names of what a question narrows to; words that stand for several things stay as they were typed."""
    province = question.province
    if question.criterion:
        criteria = workspace.criteria_named(question.criterion, province=province)
        yield f"tiêu chí {criterion_title(criteria[0]) if len(criteria) == 1 else question.criterion}"
    for word, typed, find in (
        ("cơ quan", question.agency, workspace.agencies_named),
        ("địa bàn", question.place, workspace.places_named),
    ):
        if typed:
            found = find(typed, province=province)
            yield f"{word}: {found[0].name if len(found) == 1 else typed}"


def _of_document(workspace: Workspace, id: str | None) -> list[str]:
    if id is None:
        return []
    try:
        document = workspace.reading(id).document
    except KeyError:
        return [id]
    return [" ".join(part for part in (document.type or "văn bản", document.number) if part)]


def set_words(id: str) -> str:
    """Return "Bộ tiêu chí ... giai đoạn 2021-2025 (318/QĐ-TTg)"; the id of a set that the catalogue lacks."""
    known = catalogue().criteria_sets.get(id)
    return f"{known.title} ({known.number})" if known else f"bộ tiêu chí {id}"


def _where(province: str | None) -> list[str]:
    return [f"tỉnh: {province}"] if province else []


def _period(from_: date | None, to: date | None) -> list[str]:
    since = f" từ ngày {from_:%d/%m/%Y}" if from_ else ""
    until = f" đến ngày {to:%d/%m/%Y}" if to else ""
    return [f"đến hạn{since}{until}"] if since or until else []


def _rules(stated_only: bool, without: frozenset[Inference]) -> list[str]:
    if stated_only:
        return ["chỉ điều văn bản nêu rõ"]
    return [f"bỏ quy tắc suy ra: {'; '.join(rule_words(rule) or rule for rule in sorted(without))}"] if without else []


def _document(document: DocumentName) -> tuple[str, date | None]:
    return document_title(document), document.date


def _paths(workspace: Workspace, evidence: Iterable[Evidence]) -> dict[str, str]:
    return workspace.paths_of(each.provision for each in evidence if each.provision)


def _proof(
    paths: dict[str, str],
    document: DocumentName,
    evidence: Evidence,
    basis: Basis,
    rule: str,
    because: Iterable[Because] = (),
) -> Proof:
    why = "; ".join(because_words(step) for step in because)
    place = place_words(paths.get(evidence.provision or ""), evidence)
    return Proof(document, place, in_one_line(evidence.quote), BASES[basis], why or rule_words(rule) or "")
