"""Who leads which criterion of a set in a province and who supports, as of a day: a row a criterion, a cell a body.

What counts are the issued documents of the province's own level that hold on the day, as the review compares them
(`gaps`): where two bodies lead one criterion here, the review tells the same conflict. What a district or a commune
assigns to its own bodies is left out, and the note says so. A document that assigns anew what one that it amends had
assigned takes its place. Bodies that took over from those named are inferred, each with the step that says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ntmgraph.authority import Authority, catalogue
from ntmgraph.ids import criterion_id
from ntmgraph.model import Basis, Role
from ntmgraph.queries import (
    CriterionName,
    DocumentName,
    Inference,
    LeadState,
    MatrixAnswer,
    MatrixCell,
    MatrixColumn,
    MatrixFact,
    MatrixQuestion,
    MatrixRow,
    MatrixSet,
    Named,
    ProgressQuestion,
)
from ntmgraph.store import GraphStore, Row
from ntmgraph.text import order, slug
from ntmgraph.workspace.gaps import (
    Lead,
    amendments,
    criterion_order,
    lead_of,
    leading_together,
    superseded,
    whole_number,
)
from ntmgraph.workspace.inference import GROUP, Known, passed_on, passes_on, stand_ins, usual_lead_of
from ntmgraph.workspace.lineage import Successions
from ntmgraph.workspace.names import criterion_name
from ntmgraph.workspace.records import agency_name, document_name, documents_by_id, evidence_of
from ntmgraph.workspace.standing import view

_ROLES = (Role.LEAD, Role.COORDINATE, Role.ADVISE, Role.SUPERVISE)  # the strongest first
_SHORT = 20  # letters of a name that fits the head of a column
_CARRIES = Inference.PLACE_SUCCESSOR  # without it, what communes reached before a merger is not carried over


@dataclass(frozen=True, slots=True)
class _Said:
    """Who has which role for a criterion by one fact, while it holds, with the row that tells its words."""

    role: Role
    by: Lead
    row: Row


def matrix(
    store: GraphStore, question: MatrixQuestion, *, today: date | None = None, authority: Authority | None = None
) -> MatrixAnswer:
    """Return who leads and who supports each criterion of a set. `today` is the day where the question has none."""
    day = question.on or today or date.today()
    provinces = () if question.province else _provinces(store)
    province = question.province or (provinces[0] if len(provinces) == 1 else None)
    answer = MatrixAnswer(province, question.set, day, provinces=provinces)
    if province is None:
        note = "Hãy chọn một tỉnh." if provinces else "Chưa có văn bản nào trong kho phân công chủ trì tiêu chí."
        return replace(answer, note=note)
    assigned, elsewhere = _assignments(store, province)
    sets = _sets(assigned)
    answer = replace(answer, sets=sets, provinces=provinces if sets else _provinces(store))
    held = [each for each in assigned if _holds(each, day)]
    set_ = question.set or _most_told(held) or (sets[0].id if sets else None)
    answer = replace(answer, set=set_)
    held = [each for each in held if each.by.criterion.set == set_]
    if not any(each.role is Role.LEAD for each in held):
        return replace(answer, note=_why_nothing(answer, elsewhere))
    known = Known(authority or catalogue(), day)
    held += _supporters(store, held, question.rules)
    documents = {id: document_name(row) for id, row in documents_by_id(store, {s.by.document for s in held}).items()}
    facts = _facts(held, documents, known, question.rules)
    columns = _columns(facts, known, question.rules)
    successions = Successions(store, {each.by.agency.id.partition("@")[0] for each in held if each.role is Role.LEAD})
    rows = _rows(set_ or "", province, held, facts, columns, successions, known, question.rules)
    communes = view(store, ProgressQuestion(day, province, set=set_, stated_only=_CARRIES not in question.rules))
    reached = {each.id: communes.reached(at) for at, each in enumerate(communes.criteria)}
    return replace(
        answer,
        columns=columns,
        rows=tuple(replace(row, reached=reached.get(row.criterion.id)) for row in rows),
        documents=tuple(sorted(documents.values(), key=lambda each: (each.date or date.min, each.id), reverse=True)),
        note=_left_out(elsewhere),
    )


def _provinces(store: GraphStore) -> tuple[str, ...]:
    return tuple(sorted((row["province"] for row in store.ask("provinces_of_leads")), key=order))


# What documents assign


def _assignments(store: GraphStore, province: str) -> tuple[list[_Said], int]:
    """Return what documents of the province's own level assign, and how many facts those of lower levels do."""
    found: list[_Said] = []
    elsewhere: set[str] = set()
    for text, role in (("leads_of_province", Role.LEAD), ("coordinates_of_province", Role.COORDINATE)):
        for row in store.ask(text, province=province):
            if (row["issuer_id"] or "").partition("@")[2] == slug(province):
                found.append(_Said(role, lead_of(row), row))
            else:
                elsewhere.add(row["fact"])
    leads: defaultdict[str, list[Lead]] = defaultdict(list)
    for each in found:
        if each.role is Role.LEAD:
            leads[each.by.criterion.id].append(each.by)
    amended = amendments(store, {each.by.document for each in found})
    found = [replace(each, by=superseded(each.by, leads[each.by.criterion.id], amended)) for each in found]
    return found, len(elsewhere)


def _begins(lead: Lead) -> date:
    """Return the first day on which an assignment holds: not before its document, whatever period that names."""
    return max(lead.since, lead.issued or lead.since)


def _holds(said: _Said, day: date) -> bool:
    return _begins(said.by) <= day < said.by.until


def _sets(assigned: Iterable[_Said]) -> tuple[MatrixSet, ...]:
    by_set: defaultdict[str, list[Lead]] = defaultdict(list)
    for each in assigned:
        if each.role is Role.LEAD and each.by.criterion.set and _begins(each.by) < each.by.until:
            by_set[each.by.criterion.set].append(each.by)
    sets = [
        MatrixSet(
            id,
            len({whole_number(lead.criterion) for lead in leads}),
            _day(min(map(_begins, leads))),
            _last_day(max(lead.until for lead in leads)),
        )
        for id, leads in by_set.items()
    ]
    return tuple(sorted(sets, key=lambda each: (each.since or date.min, each.id), reverse=True))


def _day(day: date) -> date | None:
    return None if day in (date.min, date.max) else day


def _last_day(until: date) -> date | None:
    return None if until == date.max else until - timedelta(days=1)


def _most_told(held: Iterable[_Said]) -> str | None:
    """Return the set of which most criteria are assigned; of two the one that sorts last, which is the newer one."""
    criteria: defaultdict[str, set[str]] = defaultdict(set)
    for each in held:
        if each.role is Role.LEAD and each.by.criterion.set:
            criteria[each.by.criterion.set].add(whole_number(each.by.criterion))
    return max(criteria, key=lambda id: (len(criteria[id]), id), default=None)


def _supporters(store: GraphStore, held: Sequence[_Said], rules: Collection[Inference]) -> Iterator[_Said]:
    """Yield who advises or supervises on criteria by the tasks of the documents that assign them."""
    documents = {each.by.document: each.by for each in held}
    criteria = {each.by.criterion.set for each in held}
    for row in store.ask("supporters_on_criteria", ids=sorted(documents)):
        by_heading = row["basis"] == Basis.INFERRED
        if row["set"] in criteria and not (by_heading and Inference.HEADING_ACTOR not in rules):
            criterion = criterion_name(row | {"id": row["criterion"], "name": row["criterion_name"]})
            by = replace(documents[row["document"]], agency=agency_name(row), criterion=criterion)
            yield _Said(Role(row["role"]), by, row | {"fact": row["task"], "since": None, "until": None})


# Cells


def _facts(
    held: Iterable[_Said], documents: dict[str, DocumentName], known: Known, rules: Collection[Inference]
) -> dict[str, dict[Named, list[MatrixFact]]]:
    """Return by criterion and body what each has to do with it, also what it took over."""
    found: defaultdict[str, defaultdict[Named, list[MatrixFact]]] = defaultdict(lambda: defaultdict(list))
    for each in held:
        if each.by.document in documents:  # else it went between two questions
            evidence = evidence_of(each.row)
            document, row = documents[each.by.document], each.row
            fact = MatrixFact(
                row["fact"], each.role, document, row["since"], row["until"], evidence.basis, evidence.rule, evidence
            )
            found[each.by.criterion.id][each.by.agency].append(fact)
    bodies = {body for of_criterion in found.values() for body in of_criterion}
    lineage = frozenset(rules) & {Inference.AGENCY_SUCCESSOR}
    heirs = {step.to for body in bodies for step in passed_on(body, known, lineage) if step.to.kind != GROUP}
    inferred = stand_ins(sorted(bodies | heirs, key=lambda body: body.id), known, lineage)
    by_id = {body.id: body for body in bodies}
    for criterion, of_criterion in found.items():
        for stand_in in inferred:
            before = by_id.get(stand_in.of.id)
            for fact in list(of_criterion.get(before, ())) if before else ():
                if not fact.because and (fact.role is not Role.LEAD or passes_on(criterion, stand_in.because, known)):
                    heir = by_id.get(stand_in.asked.id, stand_in.asked)
                    rule = stand_in.because[0].rule
                    of_criterion[heir].append(replace(fact, basis=Basis.INFERRED, rule=rule, because=stand_in.because))
    for of_criterion in found.values():
        for facts in of_criterion.values():
            facts.sort(key=lambda fact: (fact.document.date or date.min, fact.id), reverse=True)
            facts.sort(key=lambda fact: (_ROLES.index(fact.role), bool(fact.because)))
    return {criterion: dict(of_criterion) for criterion, of_criterion in found.items()}


def _columns(
    facts: dict[str, dict[Named, list[MatrixFact]]], known: Known, rules: Collection[Inference]
) -> tuple[MatrixColumn, ...]:
    """Return the bodies that are there before those that are no more, single ones before groups, and those who lead
    most first."""
    led: defaultdict[Named, int] = defaultdict(int)
    for of_criterion in facts.values():
        for body, of_body in of_criterion.items():
            led[body] += of_body[0].role is Role.LEAD
    later = {body: passed_on(body, known, rules) for body in led}
    ordered = sorted(led, key=lambda body: (bool(later[body]), body.kind == GROUP, -led[body], order(body.name)))
    return tuple(MatrixColumn(body, _short(body, known), later[body]) for body in ordered)


def _short(body: Named, known: Known) -> str:
    """Return how a body with a long name is called: the first alias of the catalogue that begins as its name does."""
    listed = known.authority.agencies.get(body.id.partition("@")[0])
    if listed is None or len(body.name) <= _SHORT:
        return body.name
    first = body.name.partition(" ")[0]
    return next((alias for alias in listed.aliases if alias.startswith(f"{first} ")), body.name)


def _rows(
    set_: str,
    province: str,
    held: Sequence[_Said],
    facts: dict[str, dict[Named, list[MatrixFact]]],
    columns: Sequence[MatrixColumn],
    successions: Successions,
    known: Known,
    rules: Collection[Inference],
) -> Iterator[MatrixRow]:
    """Yield the criteria of the set as the catalogue lists them, and what else documents assign of it."""
    listed = (each for each in known.authority.criteria if each.set == set_)
    criteria = {each.by.criterion.id: each.by.criterion for each in held} | {
        id: CriterionName(id, set_, each.number, each.name)
        for each in listed
        for id in (criterion_id(set_, each.number),)
    }
    leads: defaultdict[str, list[Lead]] = defaultdict(list)
    for each in held:
        if each.role is Role.LEAD:
            leads[each.by.criterion.id].append(each.by)
    led_in_part = {whole_number(criteria[id]) for id in leads}
    for criterion in sorted(criteria.values(), key=criterion_order):
        together = {lead.agency.id for lead in leading_together(leads[criterion.id], successions)}
        state: LeadState | None = LeadState.SEVERAL if together else LeadState.ONE
        if not leads[criterion.id]:
            state = LeadState.PARTS if whole_number(criterion) in led_in_part else LeadState.NONE
            state = state if isinstance(criterion.number, int) else None
        of_criterion = facts.get(criterion.id, {})
        cells = (
            MatrixCell(each.agency, tuple(of_criterion[each.agency]), each.agency.id in together)
            for each in columns
            if each.agency in of_criterion
        )
        by_default = state is LeadState.NONE and Inference.USUAL_LEAD in rules
        usual = usual_lead_of(criterion, known, province) if by_default else None
        yield MatrixRow(criterion, tuple(cells), state, usual)


# What a reader must know besides


def _why_nothing(answer: MatrixAnswer, elsewhere: int) -> str:
    day = f"{answer.on:%d/%m/%Y}"
    if not answer.sets:
        said = f"Chưa có văn bản cấp tỉnh nào của {answer.province} trong kho phân công chủ trì tiêu chí."
        others = [each for each in answer.provinces if each != answer.province]
        if elsewhere:
            return f"{said} {_left_out(elsewhere)}"
        return f"{said} Chỉ có ở: {'; '.join(others[:5])}." if others else said
    if answer.set in {each.id for each in answer.sets}:
        return f"Không có phân công nào của {answer.province} theo bộ tiêu chí này có hiệu lực ngày {day}."
    return f"Chưa có văn bản cấp tỉnh nào của {answer.province} phân công chủ trì tiêu chí của bộ này."


def _left_out(elsewhere: int) -> str | None:
    return f"Không kể {elsewhere} phân công của cấp huyện, cấp xã." if elsewhere else None
