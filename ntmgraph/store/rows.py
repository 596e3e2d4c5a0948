"""From a reading to the nodes and edges that say the same; no engine is known here.

Guarantees: every edge that a text states carries evidence whose quote equals the text at its offsets; one fact,
one evidence, one edge; every shared node that an edge touches is MENTIONed by the document, so that a node which
no document mentions any more can go.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ntmgraph.authority import Authority
from ntmgraph.ids import (
    actor_id,
    agency_id,
    assignment_id,
    criterion_id,
    criterion_key_id,
    fact_id,
    help_id,
    issue_id,
    place_ref_id,
)
from ntmgraph.model import (
    Actor,
    Agency,
    Basis,
    Criterion,
    CriterionKey,
    Deadline,
    DeadlineKind,
    Document,
    Evidence,
    IssueCode,
    Place,
    PlaceRef,
    Provision,
    Reading,
    Reference,
    Role,
    Task,
)
from ntmgraph.queries import Inference
from ntmgraph.store.graph import Row
from ntmgraph.store.kinds import DETAIL, EDGE_KINDS, EVIDENCE, NODE_KINDS, SHARED
from ntmgraph.store.schedule import Due, schedule_of
from ntmgraph.store.words import words_of
from ntmgraph.text import key

UNRESOLVED = "unresolved"  # kind of a body that the text names but that resolves to no single agency
MENTION = "mention"
# What stands on the document's node as it stands on its record.
_HEADER = (
    "type", "number", "issuer", "issuer_id", "province", "place", "date", "date_text", "subject", "sha256",
)  # fmt: skip


@dataclass(slots=True)
class Rows:
    """Nodes by label and edges by type and end labels; each row holds exactly the declared properties."""

    nodes: defaultdict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))
    edges: defaultdict[tuple[str, str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))

    def node(self, label: str, id: str, **values: object) -> None:
        """Add a node; of one that documents share, the first to name it describes it."""
        row = {name: values.pop(name, None) for name in NODE_KINDS[label].properties}
        assert not values, f"{label} has no {', '.join(values)}"
        if label not in DETAIL and id in self.nodes[label]:
            raise ValueError(f"{label} {id} stands twice in one reading")
        self.nodes[label].setdefault(id, {"id": id, **row})

    def edge(self, type: str, ends: tuple[str, str], from_id: str, to_id: str, **values: object) -> None:
        kind = EDGE_KINDS[type]
        assert ends in kind.ends, f"{type} does not join {ends}"
        row = {name: values.pop(name, None) for name in kind.properties}
        # An edge to a shared node keeps of its evidence only where the words stand, see `kinds.PLACE`.
        assert values.keys() <= set(EVIDENCE), f"{type} has no {', '.join(values)}"
        self.edges[type, *ends].append({"from_id": from_id, "to_id": to_id, **row})

    def check(self) -> None:
        """Raise ValueError for an edge whose end is no node here: an engine would leave it out without a word."""
        for (type_, from_label, to_label), edges in self.edges.items():
            for edge in edges:
                for label, id in ((from_label, edge["from_id"]), (to_label, edge["to_id"])):
                    if id not in self.nodes[label]:
                        raise ValueError(f"{type_} of {edge.get('document')}: there is no {label} {id}")


def evidence_of(document: str, evidence: Evidence) -> Row:
    """Return the evidence properties of an edge."""
    return {
        "document": document,
        "provision": evidence.provision,
        "start": evidence.start,
        "stop": evidence.end,
        "quote": evidence.quote,
        "rule": evidence.rule,
        "basis": evidence.basis.value,
        "page": evidence.page,
        "cell": evidence.cell,
        "box": list(evidence.box) if evidence.box else None,
    }


def document_words(document: Document) -> str:
    return words_of(document.number, document.subject, document.type, document.issuer, document.date_text)


def reading_rows(*readings: Reading) -> Rows:
    """Return everything that documents say; a document that one cites and another is stands there once, as itself."""
    rows = Rows()
    for reading in readings:
        _ReadingRows(reading, rows)
    rows.check()
    return rows


class _ReadingRows:
    """Collects the rows of one reading; the indexes that all parts share are made once."""

    def __init__(self, reading: Reading, rows: Rows) -> None:
        self.rows = rows
        self._named: defaultdict[str, set[str]] = defaultdict(set)
        self._reading = reading
        self._id = reading.document.id
        self._text = reading.document.text
        self._of_document: Row = {
            "document": reading.document.id,
            "province": reading.document.province,
            "issued": reading.document.date,
        }
        self._when = {name: self._of_document[name] for name in ("issued", "province")}
        self._by_name = {key(agency.name): agency.id for agency in reading.agencies}
        self._by_name |= {key(mention.text): a.id for a in reading.agencies for mention in a.mentions}
        named: tuple[Agency | Place | Criterion, ...] = (*reading.agencies, *reading.places, *reading.criteria)
        self._mentions = {thing.id: thing.mentions for thing in named}
        self._provisions_at = _Nested(reading.provisions)
        self._doubted_early = {
            issue.start for issue in reading.issues if issue.code is IssueCode.DEADLINE_BEFORE_DOCUMENT
        }
        for part in (
            self._things,
            self._header,
            self._provisions,
            self._references,
            self._tasks,
            self._assignments,
            self._helps,
            self._figures,
            self._issues,
            self._mention_all,
        ):
            part()

    # Evidence

    def _provision_at(self, start: int, end: int) -> str | None:
        return self._provisions_at.innermost(start, end)

    def _evidence(self, evidence: Evidence) -> Row:
        return evidence_of(self._id, evidence)

    def _mentioned(self, id: str) -> Row:
        """Return the first place where the text names a thing; no offsets where only the header's record names it."""
        mentions = self._mentions.get(id)
        if not mentions:
            return {"document": self._id, "rule": MENTION, "basis": Basis.STATED.value}
        first = mentions[0]
        provision = self._provision_at(first.start, first.end)
        return self._evidence(Evidence(provision, first.start, first.end, self._text[first.start : first.end], MENTION))

    def _words(self, quote: str, fact: Evidence) -> Row:
        """Return the words of a fact that name its actor: within the fact's own, else the nearest before it."""
        start = self._text.find(quote, fact.start, fact.end) if quote else -1
        if start < 0 and quote:
            start = self._text.rfind(quote, 0, fact.start)
        if start < 0:
            return self._evidence(fact)
        end = start + len(quote)
        inside = fact.start <= start
        return self._evidence(
            replace(
                fact,
                start=start,
                end=end,
                quote=quote,
                provision=fact.provision if inside else self._provision_at(start, end),
                page=fact.page if inside else None,
                box=None,
            )
        )

    def _concerned(self, id: str, fact: Evidence) -> Row:
        """Return the mention of a thing within a fact, else the words of the fact."""
        for mention in self._mentions.get(id, ()):
            if fact.start <= mention.start and mention.end <= fact.end:
                quote = self._text[mention.start : mention.end]
                return self._evidence(replace(fact, start=mention.start, end=mention.end, quote=quote, box=None))
        return self._evidence(fact)

    # Things that facts speak of

    def _share(self, label: str, id: str, **values: object) -> None:
        self._named[label].add(id)
        self.rows.node(label, id, **values)

    def _agency(self, actor: Actor) -> str:
        """Return the node of an actor; one that resolves to no agency stands for itself in this document only."""
        if actor.id is not None:
            self._add_agency(actor.id, actor.name)
            return actor.id
        id = actor_id(self._id, actor)
        self._share(
            "Agency",
            id,
            base=id,
            name=actor.name,
            kind=UNRESOLVED,
            province=self._reading.document.province,
            words=agency_words(actor.name, self._reading.document.province),
            catalogue=False,
        )
        return id

    def _add_agency(self, id: str, name: str, **known: object) -> None:
        province = known.get("province") if known else self._reading.document.province
        self._share(
            "Agency",
            id,
            base=id.partition("@")[0],
            name=name,
            words=agency_words(name, province if isinstance(province, str) else None),
            catalogue=False,
            **{"province": province, **known},
        )

    def _criterion(self, criterion: CriterionKey) -> str:
        id = criterion_key_id(criterion)
        self._add_criterion(id, criterion.set, criterion.number, None)
        return id

    def _add_criterion(self, id: str, set_: str | None, number: int | str | None, name: str | None) -> None:
        self._share(
            "Criterion",
            id,
            set=set_,
            number=None if number is None else str(number),
            name=name,
            words=words_of(name),
            catalogue=False,
        )

    def _place(self, place: PlaceRef) -> str:
        id = place_ref_id(self._id, place)
        self._add_place(id, place.name, None)
        return id

    def _add_place(self, id: str, name: str, level: str | None) -> None:
        self._share(
            "Place",
            id,
            name=name,
            level=level,
            province=self._reading.document.province,
            words=place_words(name),
            catalogue=False,
        )

    # The parts of a reading

    def _things(self) -> None:
        for agency in self._reading.agencies:
            self._add_agency(agency.id, agency.name, level=agency.level, kind=agency.kind, province=agency.province)
        for agency in self._reading.agencies:
            if agency.group:
                self._add_agency(agency.group, agency.group.partition("@")[0], kind="group", province=agency.province)
                # The text names the body; that it belongs to the group follows from what it is.
                rule = {"rule": Inference.GROUP_MEMBER.value, "basis": Basis.INFERRED.value}
                words = self._mentioned(agency.id) | rule
                self.rows.edge("PART_OF", ("Agency", "Agency"), agency.id, agency.group, **words)
        for place in self._reading.places:
            self._add_place(place.id, place.name, place.level)
        for criterion in self._reading.criteria:
            self._add_criterion(criterion.id, criterion.set, criterion.number, criterion.name)

    def _header(self) -> None:
        document = self._reading.document
        signer = document.signer
        # Another reading of the batch may cite this document: the document itself knows better.
        self.rows.nodes["Document"].pop(self._id, None)
        self.rows.node(
            "Document",
            self._id,
            **{name: getattr(document, name) for name in _HEADER},
            signer=signer.name if signer else None,
            signer_title=signer.title if signer else None,
            state=document.state.value,
            taken_in=True,
            year=document.date.year if document.date else None,
            schedule=self._schedule(),
            untimed=sum(task.deadline is None for task in self._reading.tasks),
            words=document_words(document),
        )  # fmt: skip
        if document.issuer_id:
            self._add_agency(document.issuer_id, document.issuer or document.issuer_id)
            ends = ("Document", "Agency")
            self.rows.edge("ISSUED_BY", ends, self._id, document.issuer_id, **self._mentioned(document.issuer_id))
        for type_, names in (("ADDRESSED_TO", document.addressees), ("SENT_TO", document.recipients)):
            for agency in dict.fromkeys(self._by_name.get(key(name)) for name in names):
                if agency is not None:
                    self.rows.edge(type_, ("Document", "Agency"), self._id, agency, **self._mentioned(agency))

    def _provisions(self) -> None:
        for provision in self._reading.provisions:
            self.rows.node(
                "Provision",
                provision.id,
                path=provision.path,
                kind=provision.kind,
                heading=provision.heading,
                start=provision.start,
                stop=provision.end,
                parent=provision.parent,
            )
            # The provision is its own span: its words are not written twice.
            self.rows.edge(
                "HAS",
                ("Document", "Provision"),
                self._id,
                provision.id,
                document=self._id,
                provision=provision.id,
                start=provision.start,
                stop=provision.end,
                basis=Basis.STATED.value,
            )

    def _references(self) -> None:
        for reference in self._reading.references:
            cited = reference.document or fact_id(self._id, "document", *_printed(reference))
            if cited != self._id:
                self.rows.node(
                    "Document",
                    cited,
                    type=reference.type,
                    number=reference.number,
                    issuer=reference.issuer,
                    date=reference.date,
                    subject=reference.title,
                    taken_in=False,
                    words=words_of(reference.number, reference.title, reference.type, reference.issuer),
                )
            self.rows.edge(
                "CITES",
                ("Document", "Document"),
                self._id,
                cited,
                relation=reference.relation.value,
                issued=self._reading.document.date,
                **self._evidence(reference.evidence),
            )

    def _tasks(self) -> None:
        deadlines = [self._deadline(index) for index in range(len(self._reading.deadlines))]
        for task in self._reading.tasks:
            self.rows.node(
                "Task",
                task.id,
                what=task.what,
                role=task.role.value,
                who_inferred=task.who_inferred,
                start=task.evidence.start,
                **self._of_document,
            )
            evidence = self._evidence(task.evidence)
            self.rows.edge("ASSIGNS", ("Provision", "Task"), task.provision, task.id, **evidence)
            bound = ((self._agency(actor), actor.quote, role, basis) for actor, role, basis in _bound(task))
            for agency, quote, role, basis in dict.fromkeys(bound):
                words = self._words(quote, replace(task.evidence, basis=basis)) | self._when
                self.rows.edge("RESPONSIBLE", ("Task", "Agency"), task.id, agency, role=role.value, **words)
            for via, actors in ((False, task.reports_to), (True, task.via)):
                for actor in actors:
                    words = self._words(actor.quote, task.evidence) | self._when
                    self.rows.edge("REPORTS_TO", ("Task", "Agency"), task.id, self._agency(actor), via=via, **words)
            if task.deadline is not None:
                due = self._evidence(self._reading.deadlines[task.deadline].evidence)
                self.rows.edge("DUE", ("Task", "Deadline"), task.id, deadlines[task.deadline], **due)
            for criterion in dict.fromkeys(task.criteria):
                set_, _, number = criterion.rpartition(":")
                self._add_criterion(criterion, None if set_ == "?" else set_, number, None)
                words = self._concerned(criterion, task.evidence) | self._when
                self.rows.edge("CONCERNS", ("Task", "Criterion"), task.id, criterion, **words)
            for place in dict.fromkeys(task.places):
                self._add_place(place, place, None)
                words = self._concerned(place, task.evidence) | self._when
                self.rows.edge("CONCERNS", ("Task", "Place"), task.id, place, **words)

    def _schedule(self) -> str | None:
        due = (self._reading.deadlines[task.deadline] for task in self._reading.tasks if task.deadline is not None)
        return schedule_of(Due(each.kind.value, each.date, each.recurrence) for each in due)

    def _deadline(self, index: int) -> str:
        deadline = self._reading.deadlines[index]
        id = f"{self._id}/deadline-{index}"
        tasks = sum(task.deadline == index for task in self._reading.tasks)
        self.rows.node(
            "Deadline",
            id,
            text=deadline.text,
            kind=deadline.kind.value,
            date=deadline.date,
            recurrence=deadline.recurrence,
            scope=deadline.scope.value,
            tasks=tasks,
            apart=self._apart(deadline) if tasks else None,
            **self._of_document,
        )
        self.rows.edge("HAS", ("Document", "Deadline"), self._id, id, **self._evidence(deadline.evidence))
        return id

    def _apart(self, deadline: Deadline) -> str | None:
        """Return for which list a deadline is noted: "undated", or "early" where it lies before its document.

        What reading the document doubted already is not noted a second time.
        """
        if deadline.date is None:
            return "undated" if deadline.recurrence is None else None
        issued = self._reading.document.date
        if issued is None or deadline.date >= issued or deadline.kind is DeadlineKind.FROM:
            return None
        return None if deadline.evidence.start in self._doubted_early else "early"

    def _assignments(self) -> None:
        for assignment in self._reading.assignments:
            criterion = self._criterion(assignment.criterion)
            evidence, fact = assignment.evidence, assignment_id(self._id, assignment)
            for type_, actors in (("LEADS", assignment.lead), ("COORDINATES", assignment.coordinate)):
                for agency in dict.fromkeys(self._agency(actor) for actor in actors):
                    self.rows.edge(
                        type_,
                        ("Agency", "Criterion"),
                        agency,
                        criterion,
                        fact=fact,
                        since=assignment.from_,
                        until=assignment.to,
                        **self._evidence(evidence),
                    )

    def _helps(self) -> None:
        for help_ in self._reading.helps:
            agency, place = self._agency(help_.agency), self._place(help_.place)
            fact, evidence = help_id(self._id, help_), self._evidence(help_.evidence)
            self.rows.edge("HELPS", ("Agency", "Place"), agency, place, fact=fact, person=help_.person, **evidence)

    def _figures(self) -> None:
        for index, target in enumerate(self._reading.targets):
            id = f"{self._id}/target-{index}"
            values = {name: getattr(target, name) for name in NODE_KINDS["Target"].properties}
            self.rows.node("Target", id, **values)
            evidence = self._evidence(target.evidence)
            self.rows.edge("HAS", ("Document", "Target"), self._id, id, **evidence)
            if target.criterion:
                self.rows.edge("CONCERNS", ("Target", "Criterion"), id, self._criterion(target.criterion), **evidence)
            if target.place:
                self.rows.edge("CONCERNS", ("Target", "Place"), id, self._place(target.place), **evidence)
        for index, result in enumerate(self._reading.results):
            id = f"{self._id}/result-{index}"
            self.rows.node("Result", id, **{name: getattr(result, name) for name in NODE_KINDS["Result"].properties})
            evidence = self._evidence(result.evidence)
            self.rows.edge("FROM", ("Result", "Document"), id, self._id, **evidence)
            if result.criterion:
                self.rows.edge("OF", ("Result", "Criterion"), id, self._criterion(result.criterion), **evidence)
            if result.place:
                self.rows.edge("IN", ("Result", "Place"), id, self._place(result.place), **evidence)

    def _issues(self) -> None:
        told: Counter[tuple[str, int | None, str]] = Counter()
        for issue in self._reading.issues:
            content = issue.code.value, issue.start, issue.message
            id = issue_id(self._id, *content, told[content])
            told[content] += 1
            self.rows.node("Issue", id, code=issue.code.value, message=issue.message, start=issue.start, stop=issue.end)
            located = issue.start is not None and issue.end is not None
            quote = self._text[issue.start : issue.end] if located else None
            provision = self._provision_at(issue.start or 0, issue.end or 0) if located else None
            self.rows.edge(
                "HAS",
                ("Document", "Issue"),
                self._id,
                id,
                document=self._id,
                provision=provision,
                start=issue.start,
                stop=issue.end,
                quote=quote,
                rule=issue.code.value,
                basis=Basis.INFERRED.value,
            )

    def _mention_all(self) -> None:
        for label in SHARED:
            for id in sorted(self._named[label]):
                times = len(self._mentions.get(id, ()))
                self.rows.edge("MENTIONS", ("Document", label), self._id, id, times=times, **self._mentioned(id))


class _Nested:
    """Provisions by their place: they nest and do not overlap, so the innermost one around a span is found at once."""

    def __init__(self, provisions: Iterable[Provision]) -> None:
        self._provisions = sorted(provisions, key=lambda provision: (provision.start, -provision.end))
        self._starts = [provision.start for provision in self._provisions]
        self._around: list[int] = []  # of each: the next one that holds it, -1 for none
        open_: list[int] = []
        for index, provision in enumerate(self._provisions):
            while open_ and self._provisions[open_[-1]].end < provision.end:
                open_.pop()
            self._around.append(open_[-1] if open_ else -1)
            open_.append(index)

    def innermost(self, start: int, end: int) -> str | None:
        """Return the id of the smallest provision that holds a span; None where none does."""
        index = bisect_right(self._starts, start) - 1
        while index >= 0 and self._provisions[index].end < end:
            index = self._around[index]
        return self._provisions[index].id if index >= 0 else None


def _bound(task: Task) -> Iterator[tuple[Actor, Role, Basis]]:
    """Yield who is bound by a task, as what, and what that rests on.

    Where the doer stands in the heading above, so does who supports it, unless the sentence names that body itself.
    """
    yield from ((actor, task.role, task.basis) for actor in task.who)
    for role, actors in (
        (Role.COORDINATE, task.with_),
        (Role.ADVISE, task.advise),
        (Role.SUPERVISE, task.supervise),
    ):
        for actor in actors:
            yield actor, role, task.evidence.basis if actor.quote in task.evidence.quote else task.basis


def _printed(reference: Reference) -> tuple[str, ...]:
    parts = (reference.type, reference.number, reference.issuer, reference.date, reference.title)
    return tuple(str(part or "") for part in parts)


@lru_cache(maxsize=4096)  # a document names the same few bodies again and again
def agency_words(name: str, province: str | None, *aliases: str) -> str:
    """Return the names that an agency answers to; with its province behind, as people say it."""
    names = (name, *aliases)
    if province:
        names = (*names, *(f"{each} {province}" for each in names), f"{name} tỉnh {province}")
    return words_of(*names)


def place_words(full_name: str) -> str:
    """Return the names of a place, with and without its kind: "xã Phú Nhuận", "Phú Nhuận"."""
    kind = next((kind for kind in _PLACE_KINDS if full_name.lower().startswith(kind + " ")), "")
    return words_of(full_name, full_name[len(kind) :])


_PLACE_KINDS = (
    "thành phố", "thị trấn", "thị xã", "đặc khu", "tổ dân phố", "phường", "huyện", "tỉnh", "quận", "xã", "thôn",
    "bản", "ấp",
)  # fmt: skip


def catalogue_rows(authority: Authority) -> Rows:
    """Return what is known before any document: criteria sets, agencies, units, and their lineage."""
    rows = Rows()
    for part in (_criteria_rows, _agency_rows, _place_rows):
        part(rows, authority)
    return rows


def _criteria_rows(rows: Rows, authority: Authority) -> None:
    for each in authority.criteria_sets.values():
        values = {name: getattr(each, name) for name in NODE_KINDS["CriteriaSet"].properties}
        rows.node("CriteriaSet", each.id, **values)
    for criterion in authority.criteria:
        id = criterion_id(criterion.set, criterion.number)
        rows.node(
            "Criterion",
            id,
            set=criterion.set,
            number=str(criterion.number),
            name=criterion.name,
            concept=criterion.concept,
            words=words_of(criterion.name, *criterion.aliases),
            catalogue=True,
        )
        rows.edge("IN_SET", ("Criterion", "CriteriaSet"), id, criterion.set)


def _agency_rows(rows: Rows, authority: Authority) -> None:
    for agency in authority.agencies.values():
        rows.node(
            "Agency",
            agency_id(agency.id),
            base=agency.id,
            name=agency.name,
            level=agency.level,
            kind=agency.kind,
            words=words_of(agency.name, *agency.aliases, agency.symbol),
            catalogue=True,
        )
    ends = ("Agency", "Agency")
    for agency in authority.agencies.values():
        if agency.parent:
            rows.edge("PART_OF", ends, agency.id, agency.parent)
    for each in authority.successions:
        rows.edge(
            "SUCCEEDED_BY", ends, each.id, each.successor,
            date=each.date, resolution=each.basis, extent=each.extent, status=each.status,
        )  # fmt: skip


def _place_rows(rows: Rows, authority: Authority) -> None:
    ends = ("Place", "Place")
    for unit in authority.units.values():
        rows.node(
            "Place",
            unit.id,
            name=unit.full_name,
            kind=unit.kind,
            level=unit.level,
            province=authority.province_of(unit).name,
            valid_from=unit.valid_from,
            valid_to=unit.valid_to,
            words=words_of(unit.full_name, unit.name),
            catalogue=True,
        )
        if unit.parent:
            rows.edge("PART_OF", ends, unit.id, unit.parent)
    for merger in authority.mergers:
        rows.edge(
            "MERGED_INTO", ends, merger.old, merger.new,
            extent=merger.extent, resolution=merger.resolution, clause=merger.clause,
        )  # fmt: skip
