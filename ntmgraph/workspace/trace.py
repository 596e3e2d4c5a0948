"""Who is responsible: from a criterion, an agency, a place or a document to the sentence that says so.

Two steps, so that a page costs the same however long the list is: find which facts answer (ids, dates), then read
one page of them whole. What is stated and what a rule infers never look the same (`TraceRow.basis`).

- A question with a day is about what held on it: documents of later days, assignments outside their period and
  documents replaced or abolished by that day are left out, and the note says so. Undated documents are kept.
- Without a day it is about the history: nothing is left out, and a row says which document replaced its own.
- An answer never comes from another province or period: where there is none, the note says what there is instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from ntmgraph.model import Basis, Role
from ntmgraph.queries import PAGE, CriterionName, DocumentName, Due, Named, TraceAnswer, TraceQuestion, TraceRow
from ntmgraph.store import GraphStore, Row
from ntmgraph.text import order
from ntmgraph.workspace.names import criterion_name, resolve_agencies, resolve_criteria, resolve_places
from ntmgraph.workspace.records import (
    Asking,
    TaskDetails,
    agency_name,
    by_column,
    document_name,
    documents_by_id,
    ended_by,
    evidence_of,
    grouped,
    standing_of,
    tasks_of,
)

ASSIGNMENT, HELPS, TASK, REPORTING = "assignment", "helps", "task", "reporting"
GROUP_MEMBER = "group_member"  # what a group must do, each of its members must


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the words of a question stand for (None: not asked about), and of which documents it is asked."""

    criteria: dict[str, CriterionName] | None
    agencies: dict[str, Named] | None
    places: dict[str, Named] | None
    documents: tuple[str, ...] | None
    groups: tuple[tuple[str, str], ...]  # a group, and the agency asked about that belongs to it
    stated_only: bool
    scope: Asking


@dataclass(frozen=True, slots=True)
class _Found:
    """A fact that answers, before it is read whole."""

    fact: str
    id: str
    document: str
    start: int
    issued: date | None
    agency: str | None = None  # the agency asked about, where the row speaks from its side
    role: str | None = None
    member: str | None = None  # inferred for this member of `agency`, a group
    criterion: str | None = None  # of an assignment


@dataclass(frozen=True, slots=True)
class _Part:
    """The facts of one kind: how many there are, and some of them, the newest documents first."""

    total: int
    page: Callable[[int, int], list[_Found]]


def trace(
    store: GraphStore, question: TraceQuestion, done: Mapping[str, date] | None = None, *, today: date | None = None
) -> TraceAnswer:
    """Return who is responsible. `done` (task id -> day) and `today` (where the question has no day) give states."""
    asked, unknown = _resolve(store, question)
    names = TraceAnswer(
        (),
        criteria=tuple((asked.criteria or {}).values()),
        agencies=tuple((asked.agencies or {}).values()),
        places=tuple((asked.places or {}).values()),
    )
    if unknown is not None:
        return replace(names, note=unknown)
    parts = _parts(store, asked)
    total = sum(part.total for part in parts)
    if not total:
        return replace(names, note=_why_nothing(store, asked, question))
    page = _page(parts, question.offset, question.limit)
    on = question.on or today or date.today()
    rows = tuple(_Reader(store, asked, page, on=on, done=done or {}).rows())
    return replace(
        names,
        rows=rows,
        total=total,
        note=_left_out(store, asked, total) if question.on else None,
        basis_documents=_bases(store, {row.document.id for row in rows}),
    )


def _page(parts: Iterable[_Part], offset: int, limit: int) -> list[_Found]:
    page: list[_Found] = []
    for part in parts:
        wanted = limit - len(page)
        if wanted > 0 and offset < part.total:
            page += part.page(offset, wanted)
        offset = max(0, offset - part.total)
    return page


def _listed(found: list[_Found]) -> _Part:
    found.sort(key=lambda each: (_newest_first(each.issued), each.document, each.start, each.id))
    return _Part(len(found), lambda offset, limit: found[offset : offset + limit])


def _newest_first(day: date | None) -> int:
    return -day.toordinal() if day else 1


# What is asked about


def _resolve(store: GraphStore, question: TraceQuestion) -> tuple[_Asked, str | None]:
    """Return what the question's words stand for, and a note when one of them stands for nothing."""
    criteria = agencies = places = None
    notes = []
    where = f" của {question.province}" if question.province else ""
    if question.criterion:
        criteria = resolve_criteria(
            store, question.criterion, set_=question.set, province=question.province, day=question.on
        )
        if not criteria:
            notes.append(_no_criterion(question))
    if question.agency:
        agencies = resolve_agencies(store, question.agency, question.province)
        if not agencies:
            elsewhere = resolve_agencies(store, question.agency, None) if question.province else ()
            notes.append(f"Chưa có văn bản nào nêu cơ quan “{question.agency}”{where}.{_only_at(elsewhere)}")
    if question.place:
        places = resolve_places(store, question.place, question.province)
        if not places:
            elsewhere = resolve_places(store, question.place, None) if question.province else ()
            notes.append(f"Chưa có văn bản nào nêu địa bàn “{question.place}”{where}.{_only_at(elsewhere)}")
    if question.document and not documents_by_id(store, [question.document]):
        notes.append(f"Không có văn bản nào có mã “{question.document}” trong kho.")
    if not any((question.criterion, question.agency, question.place, question.document)):
        notes.append("Hãy chọn một tiêu chí, một cơ quan, một địa bàn hoặc một văn bản để truy vết.")
    asked = _Asked(
        criteria=None if criteria is None else {each.id: each for each in criteria},
        agencies=None if agencies is None else {each.id: each for each in agencies},
        places=None if places is None else {each.id: each for each in places},
        documents=(question.document,) if question.document else None,
        groups=_groups(store, agencies or ()) if not question.stated_only else (),
        stated_only=question.stated_only,
        scope=Asking(question.on, question.province),
    )
    return asked, " ".join(notes) or None


def _groups(store: GraphStore, agencies: Iterable[Named]) -> tuple[tuple[str, str], ...]:
    rows = store.ask("groups_of_agencies", ids=[agency.id for agency in agencies]) if agencies else []
    return tuple((row["within"], row["id"]) for row in rows if row["within"] is not None)


def _no_criterion(question: TraceQuestion) -> str:
    scope = f" trong bộ {question.set}" if question.set else ""
    if question.on and not question.set:
        scope = f" trong các bộ tiêu chí có hiệu lực ngày {question.on:%d/%m/%Y}"
    return f"Không có tiêu chí nào có số hoặc tên “{question.criterion}”{scope}. Hãy chọn trong danh sách gợi ý."


def _only_at(elsewhere: Iterable[Named]) -> str:
    places = list(dict.fromkeys(named.place for named in elsewhere if named.place))
    return f" Chỉ có ở: {'; '.join(places[:5])}." if places else ""


# Which facts answer


def _parts(store: GraphStore, asked: _Asked) -> tuple[_Part, ...]:
    """Return the kinds of facts in the order of the answer: who leads, who helps, then single tasks."""
    return (
        _listed(_assignments(store, asked)),
        _listed(_helps(store, asked)),
        _tasks(store, asked),
        _listed(_tasks_of_groups(store, asked)),
        _reports(store, asked),
    )


def _task_texts(asked: _Asked) -> list[tuple[str, list[str]]]:
    """Return the questions for tasks that stand for what is asked about, besides agencies."""
    return [
        (text, list(ids))
        for text, ids in (
            ("tasks_of_criteria", asked.criteria),
            ("tasks_of_places", asked.places),
            ("tasks_of_documents", asked.documents),
        )
        if ids is not None
    ]


def _tasks(store: GraphStore, asked: _Asked) -> _Part:
    texts = _task_texts(asked)
    if asked.agencies is None:
        return _tasks_by(store, asked, TASK, *texts)
    return _tasks_by(
        store, asked, TASK, ("tasks_of_agencies", list(asked.agencies)), *texts, inferred=not asked.stated_only
    )


def _reports(store: GraphStore, asked: _Asked) -> _Part:
    """Return the tasks on which others report to an agency asked about, or through it."""
    if asked.agencies is None:
        return _listed([])
    return _tasks_by(store, asked, REPORTING, ("reports_to_agencies", list(asked.agencies)), *_task_texts(asked))


def _tasks_by(
    store: GraphStore,
    asked: _Asked,
    fact: str,
    first: tuple[str, list[str]],
    *others: tuple[str, list[str]],
    **extra: object,
) -> _Part:
    """Return the tasks of a question that are those of the others too; of one alone the store reads only a page."""
    text, ids = first
    scope = asked.scope.parameters()
    if not others:
        total: int = store.ask(f"count_{text}", ids=ids, **scope, **extra)[0]["total"]

        def page(offset: int, limit: int) -> list[_Found]:
            rows = store.ask(text, ids=ids, **scope, **extra, offset=offset, limit=limit)
            return [_found(fact, row) for row in rows]

        return _Part(total, page)
    rows = tasks_of(store, text, ids, asked.scope, **extra)
    wanted = _in_all(store, asked, others)
    return _listed([_found(fact, row) for row in rows if row["task"] in wanted])


def _in_all(store: GraphStore, asked: _Asked, texts: Iterable[tuple[str, list[str]]]) -> set[str]:
    return set.intersection(*({row["task"] for row in tasks_of(store, text, ids, asked.scope)} for text, ids in texts))


def _found(fact: str, row: Row) -> _Found:
    return _Found(fact, row["task"], row["document"], row["start"], row["issued"], row.get("agency"), row.get("role"))


def _tasks_of_groups(store: GraphStore, asked: _Asked) -> list[_Found]:
    """Return what groups must do, for those of their members that were asked about and are not named beside them."""
    if not asked.groups:
        return []
    pairs = [{"group": group, "member": member} for group, member in asked.groups]
    rows = store.ask("tasks_of_groups", pairs=pairs, **asked.scope.parameters())
    bound = grouped(store, "bound_by_tasks", "task", [row["task"] for row in rows], present="agency")
    named = {(task, row["agency"]) for task, agencies in bound.items() for row in agencies}
    texts = _task_texts(asked)
    wanted = _in_all(store, asked, texts) if texts and rows else None
    return [
        replace(_found(TASK, row), member=row["member"])
        for row in rows
        if (row["task"], row["member"]) not in named and (wanted is None or row["task"] in wanted)
    ]


def _assignments(store: GraphStore, asked: _Asked) -> list[_Found]:
    """Return the assignments of criteria, once for each agency asked about, else once."""
    if asked.places is not None:
        return []
    roles = (("leads", Role.LEAD), ("coordinates", Role.COORDINATE))
    if asked.agencies is not None:
        rows = [
            row | {"role": role}
            for word, role in roles
            for row in store.ask(f"{word}_of_agencies", ids=list(asked.agencies))
        ]
    elif asked.criteria is not None:
        rows = [row for word, _ in roles for row in store.ask(f"{word}_of_criteria", ids=list(asked.criteria))]
    else:
        rows = [row for word, _ in roles for row in store.ask(f"{word}_of_documents", ids=list(asked.documents or ()))]
    day = asked.scope.day
    rows = [
        row
        for row in rows
        if row["fact"] is not None
        and (asked.criteria is None or row["criterion"] in asked.criteria)
        and (asked.documents is None or row["document"] in asked.documents)
        and (day is None or (row["from"] or day) <= day <= (row["to"] or day))
    ]
    by_fact = {(row["fact"], row["agency"] if asked.agencies is not None else None): row for row in reversed(rows)}
    return _in_scope(store, asked, ASSIGNMENT, [row | {"agency": agency} for (_, agency), row in by_fact.items()])


def _helps(store: GraphStore, asked: _Asked) -> list[_Found]:
    if asked.criteria is not None:
        return []
    if asked.places is not None:
        rows = store.ask("helps_of_places", ids=list(asked.places))
    elif asked.agencies is not None:
        rows = store.ask("helps_of_agencies", ids=list(asked.agencies))
    else:
        rows = store.ask("helps_of_documents", ids=list(asked.documents or ()))
    rows = [
        row
        for row in rows
        if row["fact"] is not None
        and (asked.agencies is None or row["agency"] in asked.agencies)
        and (asked.documents is None or row["document"] in asked.documents)
    ]
    return _in_scope(store, asked, HELPS, rows)


def _in_scope(store: GraphStore, asked: _Asked, fact: str, rows: list[Row]) -> list[_Found]:
    """Return the facts of documents of the province and day asked about; central documents are of every province."""
    documents = documents_by_id(store, {row["document"] for row in rows})
    province = asked.scope.province
    return [
        _Found(
            fact,
            row["fact"],
            row["document"],
            row["start"],
            documents[row["document"]]["date"],
            agency=row["agency"],
            role=row.get("role"),
            criterion=row.get("criterion"),
        )
        for row in rows
        if row["document"] in documents
        and asked.scope.holds(documents[row["document"]])
        and (
            province in (None, documents[row["document"]]["province"])
            or (documents[row["document"]]["province"] is None and row["province"] in (None, province))
        )
    ]


# What a reader must know besides


def _why_nothing(store: GraphStore, asked: _Asked, question: TraceQuestion) -> str:
    """Return why there is no row: nothing at all, or only of other provinces, later documents or other periods."""

    def documents(day: date | None, province: str | None, wider: _Asked = asked) -> dict[str, Row]:
        page = _page(_parts(store, replace(wider, scope=Asking(day, province))), 0, PAGE)
        return documents_by_id(store, {each.document for each in page})

    of_province = documents(None, question.province)
    if question.province and not of_province:
        names = sorted({row["province"] or "trung ương" for row in documents(None, None).values()}, key=order)
        if names:
            return f"Chưa có văn bản nào của {question.province} nói về điều này. Chỉ có ở: {'; '.join(names[:5])}."
    if question.on is None:
        return _nothing(question)
    day = f"{question.on:%d/%m/%Y}"
    if of_province and all(row["date"] and row["date"] > question.on for row in of_province.values()):
        return f"Chỉ có văn bản ban hành sau ngày {day} nói về điều này."
    if any(row["ended"] and row["ended"] <= question.on for row in of_province.values()):
        return f"Các văn bản nói về điều này đã bị thay thế hoặc bãi bỏ, không còn hiệu lực ngày {day}."
    if of_province:
        return f"Các phân công tìm thấy thuộc giai đoạn khác, không có hiệu lực ngày {day}."
    if question.criterion and not question.set:
        every = resolve_criteria(store, question.criterion, set_=None, province=question.province, day=None)
        sets = [
            each.set or ""
            for each in every
            if documents(question.on, question.province, replace(asked, criteria={each.id: each}))
        ]
        if sets:
            return (
                f"Văn bản chỉ nêu “{question.criterion}” theo bộ tiêu chí không còn hoặc chưa áp dụng ngày {day}. "
                f"Hãy chọn bộ tiêu chí ({'; '.join(sorted(sets)[:5])}) hoặc ngày khác."
            )
    return _nothing(question)


def _left_out(store: GraphStore, asked: _Asked, total: int) -> str | None:
    """Return how many facts are left out because their documents ended by the day of the question."""
    day = asked.scope.day
    with_ended = sum(part.total for part in _parts(store, replace(asked, scope=replace(asked.scope, with_ended=True))))
    if with_ended == total:
        return None
    return f"Không kể {with_ended - total} nội dung của văn bản đã bị thay thế hoặc bãi bỏ đến ngày {day:%d/%m/%Y}."


def _nothing(question: TraceQuestion) -> str:
    asked = ", ".join(
        f"{word} “{value}”"
        for word, value in (
            ("tiêu chí", question.criterion),
            ("cơ quan", question.agency),
            ("địa bàn", question.place),
            ("văn bản", question.document),
        )
        if value
    )
    where = f" của {question.province}" if question.province else ""
    until = f" đến ngày {question.on:%d/%m/%Y}" if question.on else ""
    return f"Chưa có văn bản nào{where}{until} nêu trách nhiệm đối với {asked}."


def _bases(store: GraphStore, ids: set[str]) -> tuple[tuple[str, str, DocumentName], ...]:
    rows = store.ask("bases_of_documents", ids=sorted(ids)) if ids else []
    found = ((row["id"], row["relation"], document_name(row | {"id": row["basis"]})) for row in rows if row["basis"])
    return tuple(sorted(set(found), key=lambda each: (each[0], each[1], each[2].id)))


# The page, read whole


class _Reader:
    """Reads a page of facts whole; each kind in a few questions, however many facts the page has."""

    def __init__(
        self,
        store: GraphStore,
        asked: _Asked,
        page: list[_Found],
        *,
        on: date,
        done: Mapping[str, date],
    ) -> None:
        self._asked = asked
        self._documents = documents_by_id(store, {each.document for each in page})
        self._page = page
        self._on = on
        self._done = done
        self._ended = ended_by(store, {each.document for each in page}, None)
        tasks = [each.id for each in page if each.fact in (TASK, REPORTING)]
        self._tasks = TaskDetails.read(store, tasks)
        self._leads = _sides(store, asked, page, "leads")
        self._coordinators = _sides(store, asked, page, "coordinates")
        helping = {each.document for each in page if each.fact == HELPS}
        self._help_rows = grouped(store, "helps_of_documents", "fact", helping, present="fact")
        self._read = {*self._tasks.tasks, *self._leads, *self._coordinators, *self._help_rows}

    def rows(self) -> Iterator[TraceRow]:
        readers = {
            TASK: self._of_task,
            REPORTING: self._of_reporting,
            ASSIGNMENT: self._of_assignment,
            HELPS: self._of_help,
        }
        for found in self._page:
            # A document may be written anew or removed between two questions of one answer.
            if found.document in self._documents and found.id in self._read:
                yield from readers[found.fact](found)

    def _of_task(self, found: _Found) -> Iterator[TraceRow]:
        bound = self._tasks.bound[found.id]
        role = self._tasks.tasks[found.id]["role"]
        if found.agency is not None:
            own = [row for row in bound if (row["agency"], row["role"]) == (found.agency, found.role)][:1]
        else:
            # Who only coordinates stands beside the lead; advice and supervision are duties of their own.
            own = [row for row in bound if row["role"] != Role.COORDINATE or role == Role.COORDINATE]
        if self._asked.stated_only:
            own = [row for row in own if row["basis"] == Basis.STATED]
        yield from (self._task_row(found, row) for row in own)
        if not own:
            yield self._task_row(found, None)

    def _of_reporting(self, found: _Found) -> Iterator[TraceRow]:
        role = self._tasks.tasks[found.id]["role"]
        doers = [row for row in self._tasks.bound[found.id] if row["role"] == role]
        yield from (self._task_row(found, row) for row in doers)
        if not doers:
            yield self._task_row(found, None)

    def _task_row(self, found: _Found, of: Row | None) -> TraceRow:
        task = self._tasks.tasks[found.id]
        bound, reports = self._tasks.bound[found.id], self._tasks.reports[found.id]
        evidence = evidence_of(task)
        agency, basis, rule = (
            (agency_name(of), Basis(of["basis"]), of["rule"]) if of else (None, evidence.basis, evidence.rule)
        )
        if found.member is not None:
            agency, basis, rule = (self._asked.agencies or {})[found.member], Basis.INFERRED, GROUP_MEMBER
        beside = [row for row in bound if row is not of and row["role"] == Role.COORDINATE != task["role"]]
        criteria = tuple(criterion_name(row | {"id": row["criterion"]}) for row in self._tasks.criteria[found.id])
        places = tuple(
            Named(row["place"], row["name"], row["level"], row["province"]) for row in self._tasks.places[found.id]
        )
        return TraceRow(
            id=found.id,
            fact=found.fact,
            document=self._document(found),
            what=task["what"],
            agency=agency,
            person=None,
            role=of["role"] if of else task["role"],
            with_=tuple(agency_name(row) for row in beside),
            reports_to=tuple(agency_name(row) for row in reports if not row["via"]),
            via=tuple(agency_name(row) for row in reports if row["via"]),
            criterion=_asked_first(criteria, self._asked.criteria),
            place=_asked_first(places, self._asked.places),
            deadline=self._due(found),
            from_=None,
            to=None,
            basis=basis,
            rule=rule,
            evidence=evidence,
            lead=self._tasks.doers(found.id) if of and of["role"] != task["role"] else (),
            criteria=criteria,
            places=places,
            replaced_by=self._ended.get(found.document),
        )

    def _due(self, found: _Found) -> Due | None:
        for row in self._tasks.due[found.id]:
            state = standing_of(row, self._on, self._done.get(found.id))
            return Due(row["text"], state.due, row["recurrence"], state.state)
        return None

    def _of_assignment(self, found: _Found) -> Iterator[TraceRow]:
        leads, coordinators = self._leads[found.id], self._coordinators[found.id]
        if found.role == Role.COORDINATE:
            own = [row for row in coordinators if row["agency"] == found.agency]
            yield from (self._assignment_row(found, row, coordinators, leads) for row in own[:1])
            return
        own = [row for row in leads if found.agency in (None, row["agency"])]
        yield from (self._assignment_row(found, row, coordinators, ()) for row in own)
        if not own:
            yield self._assignment_row(found, None, coordinators, ())

    def _assignment_row(self, found: _Found, of: Row | None, coordinators: list[Row], leads: Iterable[Row]) -> TraceRow:
        said = of or coordinators[0]
        evidence = evidence_of(said)
        criterion = criterion_name(said | {"id": said["criterion"], "name": said["criterion_name"]})
        return TraceRow(
            id=found.id,
            fact=ASSIGNMENT,
            document=self._document(found),
            what=None,
            agency=agency_name(of) if of else None,
            person=None,
            role=(found.role or Role.LEAD) if of else None,
            with_=tuple(agency_name(row) for row in coordinators if row is not of),
            reports_to=(),
            via=(),
            criterion=criterion,
            place=None,
            deadline=None,
            from_=said["from"],
            to=said["to"],
            basis=evidence.basis,
            rule=evidence.rule,
            evidence=evidence,
            lead=tuple(agency_name(row) for row in leads),
            criteria=(criterion,),
            replaced_by=self._ended.get(found.document),
        )

    def _of_help(self, found: _Found) -> Iterator[TraceRow]:
        row = self._help_rows[found.id][0]
        evidence = evidence_of(row)
        place = Named(row["place"], row["place_name"], row["level"], row["place_province"])
        yield TraceRow(
            id=found.id,
            fact=HELPS,
            document=self._document(found),
            what=None,
            agency=agency_name(row),
            person=row["person"],
            role=None,
            with_=(),
            reports_to=(),
            via=(),
            criterion=None,
            place=place,
            deadline=None,
            from_=None,
            to=None,
            basis=evidence.basis,
            rule=evidence.rule,
            evidence=evidence,
            places=(place,),
            replaced_by=self._ended.get(found.document),
        )

    def _document(self, found: _Found) -> DocumentName:
        return document_name(self._documents[found.document])


def _sides(store: GraphStore, asked: _Asked, page: list[_Found], side: str) -> defaultdict[str, list[Row]]:
    """Return those who lead, or coordinate, by the assignments of a page, by assignment."""
    assignments = [each for each in page if each.fact == ASSIGNMENT]
    if not assignments:
        return defaultdict(list)
    if asked.criteria is not None:
        facts = sorted({each.id for each in assignments})
        return by_column(store.ask(f"{side}_by_criteria", ids=list(asked.criteria), facts=facts), "fact")
    # A criterion is led by departments of all provinces, so from elsewhere the way through the document is shorter.
    criteria: defaultdict[str, set[str]] = defaultdict(set)
    for each in assignments:
        criteria[each.document].add(each.criterion or "")
    pairs = [{"document": document, "criteria": sorted(ids)} for document, ids in criteria.items()]
    return by_column(store.ask(f"{side}_by_documents", pairs=pairs), "fact")


_Thing = TypeVar("_Thing", CriterionName, Named)


def _asked_first(things: tuple[_Thing, ...], asked: Mapping[str, _Thing] | None) -> _Thing | None:
    return next((each for each in things if asked and each.id in asked), things[0] if things else None)
