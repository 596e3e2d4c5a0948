"""Readings made by hand for the store's tests: short directives of no real office, with every offset looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ntmgraph.ids import agency_id, criterion_id, document_id, fact_id, provision_id
from ntmgraph.model import (
    Actor,
    Agency,
    Assignment,
    Basis,
    Criterion,
    CriterionKey,
    Deadline,
    DeadlineKind,
    Document,
    DocumentState,
    Evidence,
    Help,
    Issue,
    IssueCode,
    Mention,
    Place,
    PlaceRef,
    Provision,
    Reading,
    Reference,
    Relation,
    Result,
    Role,
    Scope,
    Signer,
    Target,
    Task,
)
from ntmgraph.text import slug

GROUP = "g.so"  # catalogue id of "Các Sở, ban, ngành"


class Directive:
    """Writes a directive line by line: each method adds a line of text and what a reader would find in it."""

    def __init__(
        self,
        number: str | None = "12/UBND-NLN",
        day: date | None = date(2017, 1, 12),
        *,
        province: str | None = "Lào Cai",
        issuer: str | None = None,
        type: str = "Công văn",
        subject: str = "Về việc thực hiện các tiêu chí nông thôn mới",
    ) -> None:
        self.issuer = issuer or (f"UBND tỉnh {province}" if province else "Thủ tướng Chính phủ")
        self.province = province
        self._lines: list[str] = []
        self._length = 0
        self._header = (number, day, type, subject)
        self.id = document_id(self.issuer, number, day, f"{self.issuer} {subject}")
        self._agencies: dict[str, Agency] = {}
        self._places: dict[str, Place] = {}
        self._criteria: dict[str, Criterion] = {}
        self._provisions: list[Provision] = []
        self._references: list[Reference] = []
        self._deadlines: list[Deadline] = []
        self._tasks: list[Task] = []
        self._assignments: list[Assignment] = []
        self._helps: list[Help] = []
        self._targets: list[Target] = []
        self._results: list[Result] = []
        self._issues: list[Issue] = []
        self.agency(self.issuer, self._line(f"{self.issuer}: {subject}").start, kind="committee")

    def _line(self, text: str) -> Provision:
        start = self._length
        self._lines.append(text)
        self._length += len(text) + 1
        path = str(len(self._provisions) + 1)
        ordinal = len(self._provisions)
        provision = Provision(provision_id(self.id, ordinal, path), path, "clause", None, start, start + len(text))
        self._provisions.append(provision)
        return provision

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    def evidence(
        self, provision: Provision, quote: str | None = None, *, rule: str = "duty", page: int = 1
    ) -> Evidence:
        quote = quote or self.text[provision.start : provision.end]
        start = self.text.index(quote, provision.start)
        return Evidence(provision.id, start, start + len(quote), quote, rule, page=page)

    def _mention(self, name: str, at: int) -> tuple[Mention, ...]:
        start = self.text.find(name, at)
        return () if start < 0 else (Mention(name, start, start + len(name)),)

    def agency(self, name: str, at: int = 0, *, kind: str = "department", group: str | None = None) -> Actor:
        """Name an agency of the document's province (or a central one) and return it as an actor."""
        bases = {
            "Sở Tài chính": "t.stc",
            "Sở Nông nghiệp và Phát triển nông thôn": "t.snnptnt",
            "Sở Công Thương": "t.sct",
        }
        base = bases.get(name) or (GROUP if kind == "group" else f"a.{slug(name)}")
        id = agency_id(base, *((self.province,) if self.province else ()))
        level = "province" if self.province else "central"
        known = self._agencies.get(id)
        mentions = (*(known.mentions if known else ()), *self._mention(name, at))
        group_id = agency_id(group, self.province or "") if group else known.group if known else None
        self._agencies[id] = Agency(id, name, level, kind, self.province, mentions, group_id)
        return Actor(name, id, name)

    def place(self, name: str, id: str, level: str = "commune", at: int = 0) -> PlaceRef:
        self._places[id] = Place(id, name, level, self._mention(name, at))
        return PlaceRef(name, id)

    def criterion(self, number: int | str, set: str | None = "VN-XA-2016", name: str | None = None, at: int = 0) -> str:
        id = criterion_id(set, number)
        self._criteria[id] = Criterion(id, set, number, name, self._mention(f"tiêu chí {number}", at))
        return id

    def cite(
        self,
        number: str,
        cited: str | None,
        relation: Relation = Relation.BASIS,
        *,
        type: str = "Quyết định",
        issuer: str | None = None,
    ) -> Directive:
        provision = self._line(f"Căn cứ {type} số {number}")
        evidence = self.evidence(provision, f"{type} số {number}", rule="citation")
        self._references.append(Reference(number, type, issuer, None, relation, evidence, document=cited))
        return self

    def task(
        self,
        what: str,
        who: Sequence[str] = (),
        *,
        with_: Sequence[str] = (),
        supervise: Sequence[str] = (),
        reports_to: Sequence[str] = (),
        via: Sequence[str] = (),
        role: Role = Role.LEAD,
        due: tuple[str, DeadlineKind, date | None, str | None] | None = None,
        scope: Scope = Scope.TASK,
        criteria: Sequence[tuple[int | str, str | None]] = (),
        places: Sequence[tuple[str, str]] = (),
        unresolved: Sequence[str] = (),
        kind: str = "department",
        inferred: bool = False,
    ) -> str:
        """Add an instruction and return its id. inferred: who does it and who supports stand in a heading above."""
        words = [
            *(() if inferred else who), *unresolved, what,
            *(f"tiêu chí {number}" for number, _ in criteria), *(name for name, _ in places),
            *(["phối hợp", *with_] if with_ and not inferred else []), *(["giám sát", *supervise] if supervise else []),
            *(["báo cáo", *reports_to] if reports_to else []), *(["qua", *via] if via else []),
            *([due[0]] if due else []),
        ]  # fmt: skip
        provision = self._line(" ".join(words))
        evidence = self.evidence(provision)
        at = provision.start
        if due:
            self._deadlines.append(
                Deadline(due[0], due[1], due[2], due[3], scope, self.evidence(provision, due[0], rule="date"))
            )
        task = Task(
            id=fact_id(self.id, "task", len(self._tasks), what),
            provision=provision.id,
            what=what,
            who=(
                *(self.agency(name, at, kind=kind) for name in who),
                *(Actor(name, None, name) for name in unresolved),
            ),
            who_inferred=inferred,
            with_=tuple(self.agency(name, at) for name in with_),
            advise=(),
            supervise=tuple(self.agency(name, at) for name in supervise),
            role=role,
            reports_to=tuple(self.agency(name, at, kind="committee") for name in reports_to),
            via=tuple(self.agency(name, at, kind="office") for name in via),
            deadline=len(self._deadlines) - 1 if due else None,
            criteria=tuple(self.criterion(number, set_, at=at) for number, set_ in criteria),
            places=tuple(str(self.place(name, id, at=at).id) for name, id in places),
            evidence=replace(evidence, basis=Basis.STATED),
        )
        self._tasks.append(task)
        return task.id

    def assign(
        self,
        number: int | str,
        lead: Sequence[str],
        *,
        set: str | None = "VN-XA-2016",
        coordinate: Sequence[str] = (),
        from_: date | None = None,
        to: date | None = None,
    ) -> Directive:
        provision = self._line(f"tiêu chí {number} | {', '.join(lead)} | {', '.join(coordinate)}")
        self.criterion(number, set, at=provision.start)
        self._assignments.append(
            Assignment(
                CriterionKey(set, number),
                tuple(self.agency(name, provision.start) for name in lead),
                tuple(self.agency(name, provision.start) for name in coordinate),
                from_,
                to,
                self.evidence(provision, rule="assignment_row"),
            )
        )
        return self

    def help(self, name: str, person: str | None, place: tuple[str, str]) -> Directive:
        provision = self._line(f"{name} ({person}) giúp đỡ {place[0]}")
        agency = self.agency(name, provision.start)
        helped = self.place(*place, at=provision.start)
        self._helps.append(Help(agency, person, helped, self.evidence(provision, rule="help_row")))
        return self

    def target(
        self,
        measure: str,
        value: float,
        by: date | None,
        number: int | None = None,
        *,
        of: float = 100,
        unit: str = "%",
        place: tuple[str, str] | None = None,
    ) -> Directive:
        provision = self._line(f"{measure}: {value}")
        key = CriterionKey("VN-XA-2016", number) if number else None
        evidence = self.evidence(provision, rule="target")
        where = self.place(*place, level="province") if place else None
        self._targets.append(Target(measure, value, of, unit, None, None, by, key, where, evidence))
        return self

    def result(self, place: tuple[str, str], number: int, met: bool, as_of: date) -> Directive:
        provision = self._line(f"{place[0]} đạt tiêu chí {number}")
        evidence = self.evidence(provision, rule="mark")
        key = CriterionKey("VN-XA-2016", number)
        self._results.append(Result(self.place(*place), key, "đạt", None, None, None, met, as_of, evidence))
        return self

    def figure(
        self, place: tuple[str, str], measure: str, value: float, of: float, unit: str, as_of: date
    ) -> Directive:
        provision = self._line(f"{place[0]}: {measure} {value}/{of}")
        evidence = self.evidence(provision, rule="result.row")
        self._results.append(Result(self.place(*place), None, measure, value, of, unit, None, as_of, evidence))
        return self

    def issue(self, message: str, code: IssueCode = IssueCode.AGENCY_AMBIGUOUS, words: str | None = None) -> Directive:
        """Doubt words of the text, the first ones if none are given."""
        start, length = (self.text.index(words), len(words)) if words else (0, 4)
        self._issues.append(Issue(code, message, start, start + length))
        return self

    def reading(self) -> Reading:
        number, day, type_, subject = self._header
        issuer = next(agency.id for agency in self._agencies.values() if agency.name == self.issuer)
        document = Document(
            id=self.id,
            type=type_,
            number=number,
            issuer=self.issuer,
            issuer_id=issuer,
            province=self.province,
            place=self.province,
            date=day,
            date_text=None,
            subject=subject,
            signer=Signer("Nguyễn Văn A", "CHỦ TỊCH"),
            addressees=tuple(
                name for name in ("Sở Tài chính",) if any(a.name == name for a in self._agencies.values())
            ),
            recipients=("Như trên",),
            state=DocumentState.ISSUED if number else DocumentState.DRAFT,
            sha256="0" * 64,
            text=self.text,
        )
        return Reading(
            document,
            tuple(self._provisions),
            tuple(self._references),
            tuple(self._agencies.values()),
            tuple(self._places.values()),
            tuple(self._criteria.values()),
            tuple(self._deadlines),
            tuple(self._tasks),
            tuple(self._assignments),
            tuple(self._helps),
            tuple(self._targets),
            tuple(self._results),
            (),
            tuple(self._issues),
        )


def group_of_departments(directive: Directive, *members: str) -> None:
    """Say that departments belong to the group "Các Sở, ban, ngành" of the directive's province."""
    for name in members:
        directive.agency(name, group=GROUP)


ENVIRONMENT, AGRICULTURE = "Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường"
LABOUR = "Sở Lao động - Thương binh và Xã hội"
LEADS = "Các Sở, ngành phụ trách tiêu chí"
BASES = {
    ENVIRONMENT: "t.stnmt",
    AGRICULTURE: "t.snnmt",
    LABOUR: "t.sldtbxh",
    LEADS: "g.tieuchi",
    "Sở Nội vụ": "t.snv",
    "Sở Y tế": "t.syt",
    "Ban Thi đua - Khen thưởng": "t.btdkt",
    "Hội Nông dân": "t.hnd",
    "UBND các huyện": "g.huyen",
    "UBND huyện Bảo Thắng": "h.ubnd@lao-cai.bao-thang",
    "UBND xã Tằng Loỏng": "x.ubnd@lao-cai.tang-loong",
    "UBND xã Phú Nhuận": "x.ubnd@lao-cai.bao-thang.phu-nhuan",
    "UBND xã Gia Phú": "x.ubnd@lao-cai.bao-thang.gia-phu",
    "UBND phường Yên Thịnh": "x.ubnd@yen-bai.yen-bai.yen-thinh",
}


class Letter(Directive):
    """A directive that knows more bodies of the catalogue, and groups."""

    def agency(self, name: str, at: int = 0, **known: object):  # type: ignore[no-untyped-def,override]
        if name.startswith(("Các ", "UBND các ")):
            known["kind"] = "group"
        actor = super().agency(name, at, **known)  # type: ignore[arg-type]
        base = BASES.get(name)
        if base is None:
            return actor
        assert actor.id is not None
        id = base if "@" in base else f"{base}@{actor.id.partition('@')[2]}"
        if actor.id != id:
            self._agencies[id] = replace(self._agencies.pop(actor.id), id=id)
        return replace(actor, id=id)
