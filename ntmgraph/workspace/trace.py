"""Who is responsible: from a criterion, an agency, a place or a document to the sentence that says so.

Two steps, so that a page costs the same however long the list is: find which facts answer (`selection`), then read
one page of them whole. What is stated and what a rule infers never look the same: `TraceRow.basis`, and `because`.

- A question with a day is about what held on it: documents of later days, assignments outside their period and
  documents replaced or abolished by that day are left out, and the note says so. Undated documents are kept.
- Without a day it is about the history: nothing is left out, and a row says which document replaced its own.
- An answer never comes from another province or period: where there is none, the note says what there is instead.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from ntmgraph.authority import Authority
from ntmgraph.model import Basis, Evidence, Role
from ntmgraph.queries import (
    PAGE,
    Because,
    CriterionName,
    DocumentName,
    Due,
    Inference,
    Named,
    PlaceResults,
    TraceAnswer,
    TraceQuestion,
    TraceRow,
    UsualLead,
)
from ntmgraph.store import GraphStore, Row
from ntmgraph.text import key, order
from ntmgraph.workspace.asked import Asked, Resolved, in_force, resolve
from ntmgraph.workspace.inference import (
    LEADS_OF_CRITERIA,
    StandIn,
    chain_up,
    leads_of_group,
    narrowed,
    passed_on,
    usual_lead_of,
)
from ntmgraph.workspace.kept import Keep, unkept
from ntmgraph.workspace.names import criterion_name, resolve_criteria
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
)
from ntmgraph.workspace.selection import ASSIGNMENT, HELPS, REPORTING, TASK, Found, Part, page_of, parts_of


def trace(
    store: GraphStore,
    question: TraceQuestion,
    done: Mapping[str, date] | None = None,
    *,
    today: date | None = None,
    authority: Authority | None = None,
    keep: Keep = unkept,
) -> TraceAnswer:
    """Return who is responsible. `done` (task id -> day) and `today` (where the question has no day) give states.

    authority: the catalogue as the office decided on it; the program's own by default. keep: keeps which facts answer,
    which all pages share, while nothing is written or decided.
    """
    day = question.on or today or date.today()
    unpaged = replace(question, offset=0, limit=0)
    resolved, unknown, parts, left_out = keep((unpaged, day), lambda: _find(store, unpaged, day, authority))
    asked = resolved.asked
    only_places = asked.places is not None and not any((question.criterion, question.agency, question.document))
    agencies, places = (tuple((things or {}).values()) for things in (asked.agencies, asked.places))
    answer = TraceAnswer(
        (),
        criteria=tuple((asked.criteria or {}).values()),
        # What only a rule knows is not what the question is found to mean, unless the rule has an answer.
        agencies=agencies,
        places=places,
        passed_on=tuple(step for thing in (*agencies, *places) for step in passed_on(thing, asked.known, asked.rules)),
        results=_results(store, asked) if only_places else (),
    )
    if unknown is not None:
        return replace(answer, agencies=() if resolved.unnamed else agencies, note=unknown)
    total = sum(part.total for part in parts)
    if not total and resolved.unnamed and not answer.results:
        return replace(answer, agencies=(), places=(), passed_on=(), note=resolved.unnamed)
    answer = replace(answer, usual_leads=() if parts[0].total else _usual_leads(asked, question))
    if not total:
        return replace(answer, note=_why_nothing(store, asked, _by_name(question, asked)))
    page = page_of(parts, question.offset, question.limit)
    rows = tuple(_Reader(store, asked, page, on=day, done=done or {}).rows())
    notes = [_only_inferred(_by_name(question, asked)) if resolved.unnamed else None, left_out]
    return replace(
        answer,
        rows=rows,
        total=total,
        counts=_counts(parts),
        note=" ".join(note for note in notes if note) or None,
        basis_documents=_bases(store, {row.document.id for row in rows}),
    )


def _find(
    store: GraphStore, question: TraceQuestion, day: date, authority: Authority | None
) -> tuple[Resolved, str | None, tuple[Part, ...], str | None]:
    """Return what a question names or why it names nothing, the facts that answer, and which were left out."""
    resolved = resolve(store, question, today=day, authority=authority)
    unknown = resolved.unknown or _nothing_asked(store, question)
    parts = parts_of(store, resolved.asked) if unknown is None else ()
    total = sum(part.total for part in parts)
    return resolved, unknown, parts, _left_out(store, resolved.asked, total) if total else None


def _counts(parts: Iterable[Part]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for part in parts:
        counts[part.fact] += part.total
    return dict(counts)


def _by_name(question: TraceQuestion, asked: Asked) -> TraceQuestion:
    """Return the question with the names of what it asks for by id, for a sentence about it."""
    criterion = (asked.criteria or {}).get(question.criterion or "")
    agency, place = (asked.agencies or {}).get(question.agency or ""), (asked.places or {}).get(question.place or "")
    number = f"{criterion.number} {criterion.name or ''}".strip() if criterion else question.criterion
    return replace(
        question,
        criterion=number,
        set=criterion.set if criterion else question.set,
        agency=agency.name if agency else question.agency,
        place=place.name if place else question.place,
    )


def _nothing_asked(store: GraphStore, question: TraceQuestion) -> str | None:
    if question.document and not documents_by_id(store, [question.document]):
        return f"Không có văn bản nào có mã “{question.document}” trong kho."
    if not any((question.criterion, question.agency, question.place, question.document)):
        return "Hãy chọn một tiêu chí, một cơ quan, một địa bàn hoặc một văn bản để truy vết."
    return None


def _only_inferred(question: TraceQuestion) -> str:
    names = " và ".join(f"“{name}”" for name in (question.agency, question.place) if name)
    return f"Không văn bản nào nêu đích danh {names}; các nội dung dưới đây đều được suy ra."


def _usual_leads(asked: Asked, question: TraceQuestion) -> tuple[UsualLead, ...]:
    """Return the catalogue's defaults for criteria that no document assigns; none where more narrows the question."""
    if asked.criteria is None or any((question.agency, question.place, question.document)):
        return ()
    if Inference.USUAL_LEAD not in asked.rules:
        return ()
    usual = (usual_lead_of(criterion, asked.known, question.province) for criterion in asked.criteria.values())
    # The newest set that says so speaks for the older ones.
    return tuple({tuple(body.id for body in each.agencies): each for each in usual if each}.values())


def _results(store: GraphStore, asked: Asked) -> tuple[PlaceResults, ...]:
    """Return which documents tell results of the places asked about, and of those before them."""
    rows = [row for row in store.ask("results_of_places", ids=asked.place_ids) if row["document"] is not None]
    documents = documents_by_id(store, {row["document"] for row in rows})
    found = [
        PlaceResults(
            Named(row["place"], row["name"], row["level"], row["province"]),
            document_name(documents[row["document"]]),
            row["results"],
            row["met"],
            row["start"],
            asked.place_steps([row["place"]]),
        )
        for row in rows
        if row["document"] in documents and asked.scope.holds(documents[row["document"]])
    ]
    newest = sorted(found, key=lambda each: (each.document.date or date.min, each.document.id), reverse=True)
    return tuple(newest)


# What a reader must know besides


def _why_nothing(store: GraphStore, asked: Asked, question: TraceQuestion) -> str:
    """Return why there is no row: nothing at all, or only of other provinces, later documents or other periods."""

    def documents(day: date | None, province: str | None, wider: Asked = asked) -> dict[str, Row]:
        page = page_of(parts_of(store, replace(wider, scope=Asking(day, province))), 0, PAGE)
        return documents_by_id(store, {each.document for each in page})

    province = asked.scope.province
    of_province = documents(None, province)
    called = asked.known.authority.units_by_name.get(key(province or ""), ())
    if province and not of_province and not any(unit.level == "province" for unit in called):
        return f"Không có tỉnh nào tên “{province}”. Hãy kiểm tra lại tên tỉnh, ví dụ “Cao Bằng”."
    if province and not of_province:
        names = sorted({row["province"] or "trung ương" for row in documents(None, None).values()}, key=order)
        if names:
            return f"Chưa có văn bản nào của {province} nói về điều này. Chỉ có ở: {'; '.join(names[:5])}."
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
            if documents(question.on, province, replace(asked, criteria={each.id: each}))
        ]
        if sets:
            return (
                f"Văn bản chỉ nêu “{question.criterion}” theo bộ tiêu chí không còn hoặc chưa áp dụng ngày {day}. "
                f"Hãy chọn bộ tiêu chí ({'; '.join(sorted(sets)[:5])}) hoặc ngày khác."
            )
    return _nothing(question)


def _left_out(store: GraphStore, asked: Asked, total: int) -> str | None:
    """Return how many facts are left out because their documents ended by the day of the question."""
    day = asked.scope.day
    if day is None:
        return None
    with_ended = sum(
        part.total for part in parts_of(store, replace(asked, scope=replace(asked.scope, with_ended=True)))
    )
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
        asked: Asked,
        page: list[Found],
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
        self._known = asked.known
        self._led = _leads_for_groups(store, asked, self._tasks, self._documents)
        stand_ins = [*(each.stands_for for each in page), *(each for leads in self._led.values() for each in leads)]
        self._said = _evidence_of_steps(store, stand_ins)
        self._lines: dict[Named, tuple[tuple[Because, ...], tuple[Because, ...]]] = {}

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

    def _bound(self, found: Found) -> list[Row]:
        """Return whom a task binds, by the sentence alone where headings are left out."""
        bound = self._tasks.bound[found.id]
        return bound if self._asked.headings else [row for row in bound if row["basis"] != Basis.INFERRED]

    def _of_task(self, found: Found) -> Iterator[TraceRow]:
        bound = self._bound(found)
        role = self._tasks.tasks[found.id]["role"]
        if found.agency is not None:
            own = [row for row in bound if row["agency"] == found.agency and found.role in (None, row["role"])][:1]
        else:
            # Who only coordinates stands beside the lead; advice and supervision are duties of their own.
            own = [row for row in bound if row["role"] != Role.COORDINATE or role == Role.COORDINATE]
        for row in own:
            yield self._task_row(found, row, found.stands_for)
            if found.stands_for is None and _is_leads_of_criteria(row["agency"]):
                for lead in self._led[found.id]:
                    yield self._task_row(found, row, lead)
        if not own:
            yield self._task_row(found, None, None)

    def _of_reporting(self, found: Found) -> Iterator[TraceRow]:
        role = self._tasks.tasks[found.id]["role"]
        doers = [row for row in self._bound(found) if row["role"] == role]
        reported = [row["agency"] for row in self._tasks.reports[found.id]]
        before = None
        if not any(id in (self._asked.agencies or {}) for id in reported):
            before = next((self._asked.lineage[id] for id in reported if id in self._asked.lineage), None)
        for shown in [self._task_row(found, row, None) for row in doers] or [self._task_row(found, None, None)]:
            if before is not None:
                yield replace(shown, basis=Basis.INFERRED, rule=before.because[0].rule, because=before.because)
            else:
                yield shown

    def _task_row(self, found: Found, of: Row | None, stands_for: StandIn | None) -> TraceRow:
        task = self._tasks.tasks[found.id]
        bound, reports = self._bound(found), self._tasks.reports[found.id]
        evidence = evidence_of(task)
        agency, basis, rule = (
            (agency_name(of), Basis(of["basis"]), of["rule"]) if of else (None, evidence.basis, evidence.rule)
        )
        criteria = tuple(criterion_name(row | {"id": row["criterion"]}) for row in self._tasks.criteria[found.id])
        places = tuple(
            Named(row["place"], row["name"], row["level"], row["province"]) for row in self._tasks.places[found.id]
        )
        steps = self._asked.place_steps([place.id for place in places], found.agency)
        if stands_for is not None:
            agency, steps = stands_for.asked, (*stands_for.because, *steps)
        if steps:
            basis, rule = Basis.INFERRED, steps[0].rule
        doers = [row for row in bound if row["role"] == task["role"]]
        beside = [row for row in bound if row is not of and row["role"] == Role.COORDINATE != task["role"]]
        led = of is not None and of["role"] != task["role"]
        reports_to = tuple(agency_name(row) for row in reports if not row["via"])
        later, chain = self._lines_of(agency)
        return TraceRow(
            id=found.id,
            fact=found.fact,
            document=self._document(found),
            what=task["what"],
            agency=agency,
            person=None,
            role=of["role"] if of else task["role"],
            with_=tuple(agency_name(row) for row in beside),
            reports_to=reports_to,
            via=tuple(agency_name(row) for row in reports if row["via"]),
            criterion=_asked_first(criteria, self._asked.criteria),
            place=_asked_first(places, self._asked.places),
            deadline=self._due(found),
            from_=None,
            to=None,
            basis=basis,
            rule=rule,
            evidence=evidence,
            lead=tuple(map(agency_name, doers)) if led else (),
            lead_inferred=led and any(row["basis"] == Basis.INFERRED for row in doers),
            criteria=criteria,
            places=places,
            replaced_by=self._ended.get(found.document),
            because=self._whole(steps, criteria),
            passed_on=later,
            chain=() if reports else chain,
        )

    def _lines_of(self, agency: Named | None) -> tuple[tuple[Because, ...], tuple[Because, ...]]:
        """Return who took over from an agency (for one asked about, the answer says so), and whom it answers to."""
        if agency is None:
            return (), ()
        if agency not in self._lines:
            rules = self._asked.rules
            asked = agency.id in (self._asked.agencies or {})
            later = () if asked else passed_on(agency, self._known, rules)
            self._lines[agency] = (later, chain_up(agency, self._known, rules))
        return self._lines[agency]

    def _whole(self, steps: tuple[Because, ...], criteria: Iterable[CriterionName] = ()) -> tuple[Because, ...]:
        """Return steps with the sentence that an assignment rests on, and only the criteria of the task."""
        ids = {part for each in criteria for part in (each.id, each.id.rpartition(".")[0])}
        whole = [narrowed(step, ids) for step in steps]
        return tuple(
            replace(step, evidence=self._said.get((step.document.id, step.to.id, step.criteria[0].id)))
            if step.document and step.criteria
            else step
            for step in whole
        )

    def _due(self, found: Found) -> Due | None:
        for row in self._tasks.due[found.id]:
            state = standing_of(row, self._on, self._done.get(found.id))
            return Due(row["text"], state.due, row["recurrence"], state.state)
        return None

    def _of_assignment(self, found: Found) -> Iterator[TraceRow]:
        leads, coordinators = self._leads[found.id], self._coordinators[found.id]
        if found.role == Role.COORDINATE:
            own = [row for row in coordinators if row["agency"] == found.agency]
            yield from (self._assignment_row(found, row, coordinators, leads) for row in own[:1])
            return
        own = [row for row in leads if found.agency in (None, row["agency"])]
        yield from (self._assignment_row(found, row, coordinators, ()) for row in own)
        if not own:
            yield self._assignment_row(found, None, coordinators, ())

    def _assignment_row(self, found: Found, of: Row | None, coordinators: list[Row], leads: Iterable[Row]) -> TraceRow:
        said = of or coordinators[0]
        evidence = evidence_of(said)
        stands_for = found.stands_for if of else None
        agency = stands_for.asked if stands_for else agency_name(of) if of else None
        criterion = criterion_name(said | {"id": said["criterion"], "name": said["criterion_name"]})
        return TraceRow(
            id=found.id,
            fact=ASSIGNMENT,
            document=self._document(found),
            what=None,
            agency=agency,
            person=None,
            role=(found.role or Role.LEAD) if of else None,
            # Of two bodies that one took over from, the other is not somebody beside it.
            with_=tuple(name for row in coordinators if row is not of and (name := agency_name(row)) != agency),
            reports_to=(),
            via=(),
            criterion=criterion,
            place=None,
            deadline=None,
            from_=said["from"],
            to=said["to"],
            basis=Basis.INFERRED if stands_for else evidence.basis,
            rule=stands_for.because[0].rule if stands_for else evidence.rule,
            evidence=evidence,
            lead=tuple(agency_name(row) for row in leads),
            criteria=(criterion,),
            replaced_by=self._ended.get(found.document),
            because=stands_for.because if stands_for else (),
            passed_on=self._lines_of(agency)[0],
        )

    def _of_help(self, found: Found) -> Iterator[TraceRow]:
        row = self._help_rows[found.id][0]
        evidence = evidence_of(row)
        place = Named(row["place"], row["place_name"], row["level"], row["place_province"])
        agency = found.stands_for.asked if found.stands_for else agency_name(row)
        steps = (*(found.stands_for.because if found.stands_for else ()), *self._asked.place_steps([place.id]))
        yield TraceRow(
            id=found.id,
            fact=HELPS,
            document=self._document(found),
            what=None,
            agency=agency,
            # The person held an office of the body that was named, which may be no more.
            person=None if found.stands_for else row["person"],
            role=None,
            with_=(),
            reports_to=(),
            via=(),
            criterion=None,
            place=place,
            deadline=None,
            from_=None,
            to=None,
            basis=Basis.INFERRED if steps else evidence.basis,
            rule=steps[0].rule if steps else evidence.rule,
            evidence=evidence,
            places=(place,),
            replaced_by=self._ended.get(found.document),
            because=steps,
            passed_on=self._lines_of(agency)[0],
        )

    def _document(self, found: Found) -> DocumentName:
        return document_name(self._documents[found.document])


def _sides(store: GraphStore, asked: Asked, page: list[Found], side: str) -> defaultdict[str, list[Row]]:
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


def _is_leads_of_criteria(agency: str) -> bool:
    return agency.partition("@")[0] == LEADS_OF_CRITERIA


def _leads_for_groups(
    store: GraphStore, asked: Asked, tasks: TaskDetails, documents: Mapping[str, Row]
) -> defaultdict[str, list[StandIn]]:
    """Return, by task, who is meant by "các sở, ngành phụ trách tiêu chí": the leads of the criteria it concerns."""
    found: defaultdict[str, list[StandIn]] = defaultdict(list)
    groups = {
        task: agency_name(row)
        for task, bound in tasks.bound.items()
        for row in bound
        if _is_leads_of_criteria(row["agency"]) and tasks.criteria[task]
    }
    if not groups or not asked.rules & {Inference.CRITERION_LEADS, Inference.USUAL_LEAD}:
        return found
    wanted = {task: {_whole_criterion(row["criterion"]) for row in tasks.criteria[task]} for task in groups}
    ids = {id for each in wanted.values() for id in each}
    rows = store.ask("leads_of_criteria", ids=sorted(ids))
    assigned = {
        province: in_force(store, [row for row in rows if row["province"] == province], asked)
        for province in {group.place for group in groups.values()}
    }
    leads = sorted({each.agency for of_province in assigned.values() for each in of_province})
    named = (
        {row["id"]: agency_name(row | {"agency": row["id"]}) for row in store.ask("agencies", ids=leads)}
        if leads
        else {}
    )
    for task, group in groups.items():
        issued = documents.get(tasks.tasks[task]["document"], {}).get("date")
        at_the_time = tuple(each for each in assigned[group.place] if each.covers(issued))
        known = replace(asked.known, assigned=at_the_time)
        bound_too = {row["agency"] for row in tasks.bound[task]}
        for step in leads_of_group(group, wanted[task], known, named, asked.rules):
            if step.to.id not in bound_too:
                found[task].append(StandIn(group, step.to, (step,)))
    return found


def _whole_criterion(id: str) -> str:
    """Return the criterion that a part belongs to: "VN-XA-2021:17" of "VN-XA-2021:17.8"."""
    set_, _, number = id.rpartition(":")
    return f"{set_}:{number.partition('.')[0]}"


def _evidence_of_steps(store: GraphStore, stand_ins: Iterable[StandIn | None]) -> dict[tuple[str, str, str], Evidence]:
    """Return the words of the assignments that steps rest on, by document, agency and criterion."""
    criteria: defaultdict[str, set[str]] = defaultdict(set)
    for step in (step for each in stand_ins if each for step in each.because):
        if step.document is not None:
            criteria[step.document.id].update(each.id for each in step.criteria)
    pairs = [{"document": document, "criteria": sorted(ids)} for document, ids in criteria.items()]
    rows = store.ask("leads_by_documents", pairs=pairs) if pairs else []
    return {(row["document"], row["agency"], row["criterion"]): evidence_of(row) for row in rows}


_Thing = TypeVar("_Thing", CriterionName, Named)


def _asked_first(things: tuple[_Thing, ...], asked: Mapping[str, _Thing] | None) -> _Thing | None:
    return next((each for each in things if asked and each.id in asked), things[0] if things else None)
