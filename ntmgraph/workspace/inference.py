"""What may be inferred from what documents state: named rules, each a small function with its examples.

    a rule: a thing, and what is known -> steps `Because(of, to)`: what is said of `of` holds for `to`

Nothing inferred is written into the graph: a rule is applied when a question is asked, its rows say so
(`basis`, `rule`, `because`), and every question can leave it out (`without`). One thing alone is inferred by the reader
of the text, because only it sees the heading above a task (`Inference.HEADING_ACTOR`); its edges have that basis.

Rules of `RULES` work in their order, each also on what those before it found: what "các sở, ban, ngành" had to do in
2019 counts today for the department that took over from one of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ntmgraph.authority import DECIDED, KEPT, MERGER, Authority, Merger, Succession, Unit, group_of
from ntmgraph.ids import agency_id, criterion_id
from ntmgraph.queries import Because, CriterionName, DocumentName, Inference, Named, UsualLead

GROUP = "group"
LEADS_OF_CRITERIA = "g.tieuchi"  # "các sở, ngành phụ trách tiêu chí"
_STEPS_UP = 3  # from a commune to the province
_IN_DISTRICT = 3  # places that the id of a commune's body tells where it names the district
_ORGANISATION = "Luật Tổ chức chính quyền địa phương"
_CATALOGUE = "danh mục"
_DISTRICT = re.compile(r"(?:huyện|thị xã|thành phố|quận) .+")


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who leads which criterion by which document, for what was issued from a day until before another one."""

    agency: str  # id
    criterion: CriterionName
    document: DocumentName
    since: date | None = None
    until: date | None = None

    def covers(self, issued: date | None) -> bool:
        """Tell whether a document of a day speaks of those who lead by this assignment; an undated one may."""
        return issued is None or (self.since or issued) <= issued < (self.until or date.max)


@dataclass(frozen=True, slots=True)
class Known:
    """What rules infer from, as of a day: the catalogue, and what bears on the things asked about."""

    authority: Authority
    day: date
    assigned: tuple[Assigned, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """What a rule makes of a thing on a day: pairs of names (of, to)."""

    thing: Named
    day: date
    gives: tuple[tuple[str, str], ...]
    assigned: tuple[Assigned, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    name: Inference
    infer: Callable[[Named, Known], Iterator[Because]]
    examples: tuple[Example, ...]


# Lineage


def agency_successor(agency: Named, known: Known) -> Iterator[Because]:
    """What a body had to do, its successor must; says of an ended body who took over."""
    base, where = _parts(agency)
    for each in known.authority.predecessors.get(base, ()):
        if _level(each.id) == _level(base) and took_over(each, known.day):
            yield succession(each, _body(each.id, where, agency.place, known), agency)
    for each in known.authority.successors.get(base, ()):
        if took_over(each, known.day):
            yield succession(each, agency, heir(each, agency, known))
    if _level(base) == "x" and known.day >= MERGER:
        yield from _of_merged_communes(agency, known)


def heir(each: Succession, of: Named, known: Known) -> Named:
    """Return the body that took over from one in its place: of a district's body the same in all its communes, where
    the work went to these."""
    base, where = _parts(of)
    levels = _level(base), _level(each.successor)
    if levels == ("h", "x"):
        return _of_communes(each.successor, of, known)
    body = _body(each.successor, where if levels[0] == levels[1] else where[:1], of.place, known)
    district = _DISTRICT.search(of.name)
    if levels == ("h", "h") and district:
        return replace(body, name=f"{body.name.removesuffix(' huyện')} {district[0]}")
    return body


def _of_communes(base: str, district_body: Named, known: Known) -> Named:
    """Return the bodies of a kind in all communes of what was a district: they took over from those of the district."""
    where = _parts(district_body)[1]
    district = _DISTRICT.search(district_body.name)
    name = known.authority.agencies[base].name.replace("Ủy ban nhân dân", "UBND")
    name = re.sub(r"(?<!cấp) xã$", " các xã", name)
    return Named(
        agency_id({"x.ubnd": "g.xa"}.get(base, f"g.{base}"), *where),
        f"{name} thuộc địa bàn {district[0] if district else 'huyện'} trước đây",
        GROUP,
        district_body.place,
    )


def _of_merged_communes(agency: Named, known: Known) -> Iterator[Because]:
    """Yield the lineage of a commune's body, by that of the commune.

    An id that tells no district may be that of a commune before and after the mergers: it is taken for the later one.
    """
    authority, (base, where) = known.authority, _parts(agency)
    communes = authority.communes_by_path.get(where, ())
    formed = [unit for unit in communes if unit.valid_from == MERGER]
    for each in (merger for unit in formed for merger in authority.formed_of.get(unit.id, ())):
        old = authority.units[each.old]
        for path in authority.paths_of(old):
            if path != where and authority.communes_by_path[path] == (old,):
                yield _merged(
                    each, Inference.AGENCY_SUCCESSOR, _of_commune(base, agency, old, path, known), agency, known
                )
    commune = merged_commune(agency, authority)
    for each in authority.went_into.get(commune.id, ()) if commune else ():
        yield commune_heir(each, agency, known)


def merged_commune(agency: Named, authority: Authority) -> Unit | None:
    """Return the commune of before the mergers whose body this is; None where it is not that of one alone."""
    base, where = _parts(agency)
    communes = authority.communes_by_path.get(where, ()) if _level(base) == "x" else ()
    return communes[0] if len(communes) == 1 and communes[0].valid_from is None else None


def commune_heir(each: Merger, of: Named, known: Known) -> Because:
    """Return the step from a commune's body to that of the commune which it went into."""
    new = known.authority.units[each.new]
    to = _of_commune(_parts(of)[0], of, new, known.authority.paths_of(new)[-1], known)
    return _merged(each, Inference.AGENCY_SUCCESSOR, of, to, known)


def _of_commune(base: str, like: Named, commune: Unit, path: tuple[str, ...], known: Known) -> Named:
    """Return the body of a commune that is what another one is elsewhere."""
    name = _name_in(base, commune, known.authority)
    return Named(agency_id(base, *path), name, like.kind, known.authority.province_of(commune).name)


def _name_in(base: str, unit: Unit, authority: Authority) -> str:
    """Return "UBND xã Cô Ba", "HĐND huyện Bảo Lạc"."""
    body = authority.agencies.get(base)
    stem = re.sub(r"(?: cấp)? (?:xã|huyện)$", "", body.name) if body else base
    stem = stem.replace("Ủy ban nhân dân", "UBND").replace("Hội đồng nhân dân", "HĐND")
    return f"{stem} {unit.full_name}"


def body_of_catalogue(id: str, authority: Authority) -> Named | None:
    """Return the body of the catalogue that has this id in a unit of the catalogue, named by a document or not."""
    base, where = _parts(Named(id, id))
    body = authority.agencies.get(base)
    level = {"t": "province", "h": "district", "x": "commune"}.get(_level(base))
    if body is None or body.kind == GROUP or level is None:
        return None
    if level == "commune":
        units = authority.communes_by_path.get(where, ())
    else:
        units = tuple(
            unit for unit in authority.units.values() if unit.level == level and where in authority.paths_of(unit)
        )
    if not units:
        return None
    place = authority.province_of(units[-1]).name
    if level == "province":
        return _body(base, where, place, Known(authority, MERGER))
    return Named(id, _name_in(base, units[-1], authority), body.kind, place)


def place_successor(place: Named, known: Known) -> Iterator[Because]:
    """What concerned a commune before the mergers of 1 July 2025 concerns the one that it went into."""
    authority = known.authority
    for each in (*authority.formed_of.get(place.id, ()), *authority.went_into.get(place.id, ())):
        if known.day >= MERGER:
            yield place_heir(each, known)


def place_heir(each: Merger, known: Known) -> Because:
    """Return the step from a unit to the one that it went into."""
    old, new = (_unit(known.authority.units[id], known.authority) for id in (each.old, each.new))
    return _merged(each, Inference.PLACE_SUCCESSOR, old, new, known)


def body_of_place(place: Named, known: Known) -> Iterator[Because]:
    """What a body of a commune or district must do ("Phòng Kinh tế xã" by the commune's own plan) concerns the unit."""
    authority = known.authority
    unit = authority.units.get(place.id)
    prefix = {"district": "h", "commune": "x"}.get(unit.level) if unit else None
    if unit is None or prefix is None:
        return
    named = _unit(unit, authority)
    for path in authority.paths_of(unit):
        # An id that tells no district may be that of a commune before and after the mergers: of the later one.
        if prefix == "x" and authority.communes_by_path[path][-1] != unit:
            continue
        for base, body in authority.agencies.items():
            if _level(base) == prefix and body.kind != GROUP:
                of = Named(agency_id(base, *path), _name_in(base, unit, authority), body.kind, named.place)
                yield Because(Inference.BODY_OF_PLACE, of, named)


# Groups


def group_member(agency: Named, known: Known) -> Iterator[Because]:
    """What a group must do, each of its members must, as long as the member exists."""
    base, where = _parts(agency)
    group = group_of(base, agency.kind, where)
    if group is None:
        return
    group_base = group.partition("@")[0]
    body = known.authority.agencies.get(base)
    since, until = body.since if body else None, known.authority.ended(base)
    of_district = _level(base) == "x" and len(where) == _IN_DISTRICT
    communes = known.authority.communes_by_path.get(where, ()) if _level(base) == "x" else ()
    if of_district or (communes and all(unit.valid_to for unit in communes)):
        until = MERGER
    elif communes and all(unit.valid_from for unit in communes):
        since = MERGER
    # "UBND các xã" of the province, and those that a district's own directive binds.
    for there in (where[:1], where[:2]) if of_district else (where[:1],):
        of = _body(group_base, there, agency.place, known)
        if len(there) > 1:
            of = replace(of, name=of.name.removesuffix(" trên địa bàn tỉnh"))
        yield Because(Inference.GROUP_MEMBER, of, agency, since=since, until=until)


def criterion_leads(agency: Named, known: Known) -> Iterator[Because]:
    """ "Các sở, ngành phụ trách tiêu chí" are those who lead a criterion by the assignment in force."""
    group = _body(LEADS_OF_CRITERIA, _parts(agency)[1][:1], agency.place, known)
    together: defaultdict[tuple[DocumentName, date | None, date | None], list[CriterionName]] = defaultdict(list)
    for each in known.assigned:
        if each.agency == agency.id:
            together[each.document, each.since, each.until].append(each.criterion)
    for (document, since, until), criteria in together.items():
        yield Because(
            Inference.CRITERION_LEADS, group, agency, since, until, criteria=tuple(criteria), document=document
        )


def usual_lead(agency: Named, known: Known) -> Iterator[Because]:
    """Where no assignment is in force, the catalogue's default leads; never shown as stated."""
    base, where = _parts(agency)
    assigned = {each.criterion.id for each in known.assigned}
    criteria = tuple(
        CriterionName(id, each.set, each.number, each.name)
        for each in known.authority.usually_led(base, known.day)
        if (id := criterion_id(each.set, each.number)) not in assigned
    )
    if criteria and where:
        group = _body(LEADS_OF_CRITERIA, where[:1], agency.place, known)
        set_here = {criterion_id(*each) for each, of in known.authority.criteria_by_key.items() if of.decided}
        for status, some in (
            (None, tuple(each for each in criteria if each.id not in set_here)),
            (DECIDED, tuple(each for each in criteria if each.id in set_here)),
        ):
            if some:
                step = Because(Inference.USUAL_LEAD, group, agency, source=_CATALOGUE, criteria=some, status=status)
                yield step


def usual_lead_of(criterion: CriterionName, known: Known, province: str | None) -> UsualLead | None:
    """Return who leads a criterion by the catalogue's default, which knows whole criteria only: what it says of 17 is
    told of 17, also where 17.8 is asked about."""
    number = str(criterion.number or "").partition(".")[0]
    listed = known.authority.criteria_by_key.get((criterion.set or "", int(number))) if number.isdigit() else None
    leads = known.authority.usual_leads(listed, known.day) if listed else ()
    if listed is None or not leads:
        return None
    where = (province,) if province else ()
    return UsualLead(
        CriterionName(criterion_id(listed.set, listed.number), listed.set, listed.number, listed.name),
        tuple(Named(agency_id(lead.id, *where), lead.name, lead.kind, province) for lead in leads),
        listed.lead_status or "believed",
        listed.lead_source,
    )


# Supervision


def supervision_chain(agency: Named, known: Known) -> Iterator[Because]:
    """Whom a body answers to: the one that it is part of, else the committee of its level, else the one above."""
    base, where = _parts(agency)
    body = known.authority.agencies.get(base)
    parent, there = None, where
    source: str | None = _ORGANISATION
    kept = next((each for each in known.authority.successors.get(base, ()) if each.extent == KEPT), None)
    if kept is not None and _reached(kept, known.day):
        parent, source = kept.successor, kept.basis
    elif body is not None and body.parent:
        parent, source = body.parent, _CATALOGUE
    elif base.startswith("t.") and agency.kind in ("department", "board", "office", "coordination_office"):
        parent = "t.ubnd"
    elif base in ("g.so", "g.huyen", LEADS_OF_CRITERIA, "h.ubnd"):
        parent, there = "t.ubnd", where[:1]
    elif base == "x.ubnd" and known.day < MERGER and len(where) == _IN_DISTRICT:
        parent, there = "h.ubnd", where[:2]
    elif base == "x.ubnd":
        parent, there = "t.ubnd", where[:1]
    elif base[:2] in ("h.", "x.") and agency.kind == "division":
        parent = f"{base[0]}.ubnd"
    if parent is not None and there:
        to = _body(parent, there, agency.place, known)
        communes = known.authority.communes_by_path.get(where, ())
        if parent == "h.ubnd" and len(communes) == 1:
            to = replace(to, name=f"UBND {known.authority.units[communes[0].parent or ''].full_name}")
        elif _level(parent) == "x" and communes:
            to = replace(to, name=_name_in(parent, communes[-1], known.authority))
        yield Because(Inference.SUPERVISION_CHAIN, agency, to, source=source)


# What rules look at


def _parts(thing: Named) -> tuple[str, tuple[str, ...]]:
    """Return the catalogue's id of a body and where it is: "t.stc@lao-cai" -> "t.stc", ("lao-cai",)."""
    base, _, where = thing.id.partition("@")
    return base, tuple(where.split(".")) if where else ()


def _level(base: str) -> str:
    return base.partition(".")[0]


def took_over(succession: Succession, day: date) -> bool:
    """Tell whether one body had taken over from the other by a day; one that only came under it has not."""
    return succession.extent != KEPT and _reached(succession, day)


def _reached(succession: Succession, day: date) -> bool:
    return succession.date is not None and succession.date <= day


def _body(base: str, where: Iterable[str], place: str | None, known: Known) -> Named:
    """Return a body of the catalogue in a place, by the name that it has there."""
    body = known.authority.agencies.get(base)
    name, kind = (body.name, body.kind) if body else (base, None)
    if base == "t.ubnd" and place:
        name = known.authority.committee_of_province(place)
    return Named(agency_id(base, *where), name, kind, place)


def succession(each: Succession, of: Named, to: Named) -> Because:
    return Because(
        Inference.AGENCY_SUCCESSOR, of, to, each.date, source=each.basis, extent=each.extent, status=each.status
    )


def _unit(unit: Unit, authority: Authority) -> Named:
    return Named(unit.id, unit.full_name, unit.level, authority.province_of(unit).name)


def _merged(each: Merger, rule: Inference, of: Named, to: Named, known: Known) -> Because:
    """Return a step of a merger; where the new unit keeps the name of the old one, with what else went into it."""
    authority = known.authority
    parts = authority.formed_of.get(each.new, ()) if of.name == to.name else ()
    others = tuple(_unit(authority.units[part.old], authority) for part in parts if part.old != each.old)
    return Because(rule, of, to, MERGER, source=each.source, extent=each.extent, with_=others)


# The list

_CAO_BANG, _2019, _2026 = "Cao Bằng", date(2019, 6, 1), date(2026, 6, 1)


def _example_body(id: str, name: str, kind: str = "department") -> Named:
    return Named(id, name, kind, _CAO_BANG)


_ENVIRONMENT = _example_body("t.stnmt@cao-bang", "Sở Tài nguyên và Môi trường")
_HEALTH = _example_body("t.syt@cao-bang", "Sở Y tế")
_OLD = Named("p.02944", "xã Phú Nhuận", "commune", "Lào Cai")
_NEW = Named("p.02908.2025", "xã Tằng Loỏng", "commune", "Lào Cai")
_OF_NEW = Named("x.ubnd@lao-cai.tang-loong", "UBND xã Tằng Loỏng", "committee", "Lào Cai")
_OF_OLD = Named("x.ubnd@lao-cai.bao-thang.phu-nhuan", "UBND xã Phú Nhuận", "committee", "Lào Cai")
_LED = CriterionName("VN-XA-2021:15", "VN-XA-2021", 15, "Y tế")
_DECISION = DocumentName("d", "9/QĐ-UBND", date(2022, 5, 12), "UBND tỉnh Cao Bằng", "Quyết định")
_IN_COMMUNES = (
    "UBND", "HĐND", "Đảng ủy", "Ủy ban Mặt trận Tổ quốc Việt Nam", "Ban Chỉ đạo", "Ban Quản lý xây dựng nông thôn mới",
    "Văn phòng HĐND và UBND", "Phòng Kinh tế", "Phòng Văn hóa - Xã hội", "Trung tâm Phục vụ hành chính công",
)  # fmt: skip

RULES = (
    Rule(
        Inference.AGENCY_SUCCESSOR,
        agency_successor,
        (
            Example(_ENVIRONMENT, _2019, ()),
            Example(_ENVIRONMENT, _2026, (("Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường"),)),
            Example(
                _example_body("t.sdttg@cao-bang", "Sở Dân tộc và Tôn giáo"),
                _2026,
                (("Ban Dân tộc tỉnh", "Sở Dân tộc và Tôn giáo"),),
            ),
            Example(
                _example_body("h.ubnd@cao-bang.bao-lac", "UBND huyện Bảo Lạc", "committee"),
                _2026,
                (("UBND huyện Bảo Lạc", "UBND các xã thuộc địa bàn huyện Bảo Lạc trước đây"),),
            ),
            Example(_OF_OLD, _2019, ()),
            Example(_OF_OLD, _2026, (("UBND xã Phú Nhuận", "UBND xã Tằng Loỏng"),)),
            Example(
                _OF_NEW,
                _2026,
                (
                    ("UBND thị trấn Tằng Loỏng", "UBND xã Tằng Loỏng"),
                    # Whether a directive names its district or not.
                    ("UBND xã Phú Nhuận", "UBND xã Tằng Loỏng"),
                    ("UBND xã Phú Nhuận", "UBND xã Tằng Loỏng"),
                ),
            ),
            Example(_example_body("t.mttq@cao-bang", "Ủy ban MTTQ Việt Nam tỉnh", "front"), _2026, ()),
            Example(_HEALTH, _2026, (("Sở Lao động - Thương binh và Xã hội", "Sở Y tế"),)),
        ),
    ),
    Rule(
        Inference.PLACE_SUCCESSOR,
        place_successor,
        (
            Example(
                _NEW, _2026, (("thị trấn Tằng Loỏng", "xã Tằng Loỏng"), ("xã Phú Nhuận", "xã Tằng Loỏng"))
            ),
            Example(_OLD, _2026, (("xã Phú Nhuận", "xã Tằng Loỏng"),)),
            Example(_OLD, _2019, ()),
        ),
    ),
    Rule(
        Inference.BODY_OF_PLACE,
        body_of_place,
        (
            Example(_NEW, _2026, tuple((f"{body} xã Tằng Loỏng", "xã Tằng Loỏng") for body in _IN_COMMUNES)),
            Example(Named("p.10", "tỉnh Lào Cai", "province", "Lào Cai"), _2026, ()),
        ),
    ),
    Rule(
        Inference.CRITERION_LEADS,
        criterion_leads,
        (
            Example(
                _HEALTH, _2026, (("Các Sở, ngành phụ trách tiêu chí", "Sở Y tế"),),
                assigned=(Assigned(_HEALTH.id, _LED, _DECISION),),
            ),
            Example(_HEALTH, _2026, (), assigned=(Assigned("t.syt@lang-son", _LED, _DECISION),)),
        ),
    ),
    Rule(
        Inference.USUAL_LEAD,
        usual_lead,
        (
            Example(_HEALTH, _2019, (("Các Sở, ngành phụ trách tiêu chí", "Sở Y tế"),)),
            Example(_example_body("t.sngv@cao-bang", "Sở Ngoại vụ"), _2019, ()),
        ),
    ),
    Rule(
        Inference.GROUP_MEMBER,
        group_member,
        (
            Example(_HEALTH, _2019, (("Các Sở, ban, ngành tỉnh", "Sở Y tế"),)),
            Example(
                _example_body("h.ubnd@cao-bang.bao-lac", "UBND huyện Bảo Lạc", "committee"),
                _2019,
                (("UBND các huyện, thị xã, thành phố", "UBND huyện Bảo Lạc"),),
            ),
            Example(
                _OF_OLD,
                _2019,
                (("UBND các xã trên địa bàn tỉnh", "UBND xã Phú Nhuận"), ("UBND các xã", "UBND xã Phú Nhuận")),
            ),
            Example(_example_body("t.tinhuy@cao-bang", "Tỉnh ủy", "party"), _2019, ()),
        ),
    ),
    Rule(
        Inference.SUPERVISION_CHAIN,
        supervision_chain,
        (
            Example(_HEALTH, _2019, (("Sở Y tế", "UBND tỉnh Cao Bằng"),)),
            Example(
                _example_body("x.ubnd@cao-bang.bao-lac.co-ba", "UBND xã Cô Ba", "committee"),
                _2026,
                (("UBND xã Cô Ba", "UBND tỉnh Cao Bằng"),),
            ),
            Example(
                _example_body("t.hnd@cao-bang", "Hội Nông dân tỉnh", "mass_organisation"),
                _2026,
                (("Hội Nông dân tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),),
            ),
            Example(_OF_OLD, _2019, (("UBND xã Phú Nhuận", "UBND huyện Bảo Thắng"),)),
            Example(
                Named("x.pkt@lao-cai.tang-loong", "Phòng Kinh tế xã Tằng Loỏng", "division", "Lào Cai"),
                _2026,
                (("Phòng Kinh tế xã Tằng Loỏng", "UBND xã Tằng Loỏng"),),
            ),
            Example(_example_body("t.ubnd@cao-bang", "UBND tỉnh Cao Bằng", "committee"), _2019, ()),
        ),
    ),
)  # fmt: skip
_RULES = {rule.name: rule.infer for rule in RULES}


# How questions use them


@dataclass(frozen=True, slots=True)
class StandIn:
    """A thing whose facts count for one asked about, and the steps from the one to the other."""

    of: Named
    asked: Named
    because: tuple[Because, ...]


def stand_ins(asked: Iterable[Named], known: Known, rules: Collection[Inference]) -> tuple[StandIn, ...]:
    """Return whose facts count for the things asked about, those themselves left out; the fewest steps first."""
    found = [StandIn(thing, thing, ()) for thing in asked]
    for rule in RULES:
        if rule.name not in rules or rule.name is Inference.SUPERVISION_CHAIN:
            continue
        for held in list(found):
            for step in rule.infer(held.of, known):
                of = step.of
                if of.id == held.of.id:
                    # An ended body has no part in what its successor does, but a merged commune lies in the new one.
                    if rule.name is not Inference.PLACE_SUCCESSOR:
                        continue
                    of = step.to
                if step.criteria:
                    criteria = tuple(each for each in step.criteria if passes_on(each.id, held.because, known))
                    if not criteria:
                        continue
                    step = replace(step, criteria=criteria)
                found.append(StandIn(of, held.asked, (step, *held.because)))
    return tuple(sorted((each for each in found if each.because), key=lambda each: len(each.because)))


def passes_on(criterion: str, steps: Iterable[Because], known: Known) -> bool:
    """Tell whether who led a criterion by its id passes that on: a body that was divided, to the part that it fell to.

    Which part that is, the catalogue's default tells; where it names none of them, all of them may have it.
    """
    set_, _, number = criterion.rpartition(":")
    number = number.partition(".")[0]
    listed = known.authority.criteria_by_key.get((set_, int(number))) if number.isdigit() else None
    usual = {lead.id for lead in known.authority.usual_leads(listed, known.day)} if listed else set()
    for step in steps:
        if step.rule is Inference.AGENCY_SUCCESSOR:
            heirs = {each.successor for each in known.authority.successors.get(_parts(step.of)[0], ())}
            if len(heirs) > 1 and usual & heirs and _parts(step.to)[0] not in usual:
                return False
    return True


def leads_of_group(
    group: Named, criteria: Collection[str], known: Known, named: Mapping[str, Named], rules: Collection[Inference]
) -> Iterator[Because]:
    """Yield who is meant by "các sở, ngành phụ trách tiêu chí" where it is said of these criteria.

    named: the agencies of `known.assigned`.
    """
    _, where = _parts(group)
    assigned = {each.agency for each in known.assigned if each.criterion.id in criteria}
    usual = {
        lead.id: _body(lead.id, where, group.place, known)
        for each in known.authority.criteria
        if criterion_id(each.set, each.number) in criteria
        for lead in known.authority.usual_leads(each, known.day)
    }
    for rule, agencies in (
        (Inference.CRITERION_LEADS, [named[id] for id in sorted(assigned)]),
        (Inference.USUAL_LEAD, list(usual.values())),
    ):
        for agency in agencies if rule in rules else ():
            for step in _RULES[rule](agency, known):
                if any(each.id in criteria for each in step.criteria):
                    yield step


def passed_on(thing: Named, known: Known, rules: Collection[Inference]) -> tuple[Because, ...]:
    """Return who took over from a body or a place by the day."""
    lineage = (Inference.AGENCY_SUCCESSOR, Inference.PLACE_SUCCESSOR)
    steps = (step for name in lineage if name in rules for step in _RULES[name](thing, known))
    return tuple(step for step in steps if step.of.id == thing.id != step.to.id)


def chain_up(agency: Named, known: Known, rules: Collection[Inference]) -> tuple[Because, ...]:
    """Return whom a body answers to, and whom that one, up to the province."""
    chain: list[Because] = []
    while Inference.SUPERVISION_CHAIN in rules and len(chain) < _STEPS_UP:
        step = next(_RULES[Inference.SUPERVISION_CHAIN](chain[-1].to if chain else agency, known), None)
        if step is None:
            break
        chain.append(step)
    return tuple(chain)


def narrowed(because: Because, criteria: Collection[str]) -> Because:
    """Return a step with only those of its criteria that a task concerns, where it names any."""
    own = tuple(each for each in because.criteria if each.id in criteria)
    return replace(because, criteria=own) if own else because
