"""Synthetic directives for measuring: seeded, in the proportions of the genre, over the real units and criteria.

A directive of a province gives about twenty tasks, most to a few departments (a Zipf-like degree: the office that
coordinates and the finance department are named ten times as often as the least), a third with a deadline, half on
a criterion, a fifth on a commune; one directive in twenty assigns the criteria, one in twenty assigns helpers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from ntmgraph.authority import Authority, Unit
from ntmgraph.ids import agency_id, criterion_id, document_id, fact_id, provision_id
from ntmgraph.model import (
    Actor,
    Agency,
    Assignment,
    Criterion,
    CriterionKey,
    Deadline,
    DeadlineKind,
    Document,
    DocumentState,
    Evidence,
    Help,
    Mention,
    Place,
    PlaceRef,
    Provision,
    Reading,
    Reference,
    Relation,
    Role,
    Scope,
    Task,
)

FIRST_DAY = date(2011, 1, 1)
DAYS = 15 * 365
TASKS = 20
_WORDS = (
    "rà soát",
    "tổng hợp kết quả thực hiện",
    "hướng dẫn các địa phương triển khai kế hoạch",
    "kiểm tra",
    "đôn đốc tiến độ",
    "bố trí nguồn vốn",
    "lồng ghép chương trình",
    "tuyên truyền, vận động nhân dân",
    "hoàn thiện hồ sơ",
    "thẩm định",
    "đánh giá",
)
_RECURRENCES = (
    "FREQ=MONTHLY;BYMONTHDAY=20",
    "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15",
    "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10",
)


class Synthetic:
    """Makes readings one after another; the same seed gives the same documents."""

    def __init__(self, authority: Authority, seed: int = 1) -> None:
        self._random = random.Random(seed)
        units = [unit for unit in authority.units.values() if unit.valid_from is None]
        self._provinces = [unit for unit in units if unit.level == "province"]
        communes: dict[str, list[Unit]] = {}
        for unit in units:
            if unit.level == "commune":
                communes.setdefault(authority.province_of(unit).id, []).append(unit)
        self._communes = communes
        known = [
            agency for agency in authority.agencies.values() if agency.level == "province" and agency.kind != "group"
        ]
        self._departments = [
            agency for agency in known if agency.kind in ("department", "front", "office", "force", "board")
        ]
        self._weights = [1 / (place + 2) for place in range(len(self._departments))]
        self._sets = {
            each.id: [c for c in authority.criteria if c.set == each.id]
            for each in authority.criteria_sets.values()
            if each.level == "commune" and each.grade is None and each.province is None
        }
        self._periods = {each.id: (each.from_year, each.to_year) for each in authority.criteria_sets.values()}
        self._issued: list[str] = []

    def readings(self, count: int) -> Iterator[Reading]:
        for ordinal in range(count):
            yield self._reading(ordinal)

    def _reading(self, ordinal: int) -> Reading:
        chance = self._random
        province = chance.choice(self._provinces)
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        issuer = f"UBND {province.full_name}"
        number = f"{ordinal}/UBND-NLN"
        id = document_id(issuer, number, day, "")
        text: list[str] = []
        length = 0
        provisions: list[Provision] = []
        agencies: dict[str, list[Mention]] = {}
        names: dict[str, str] = {}
        places: dict[str, tuple[Unit, list[Mention]]] = {}
        criteria: dict[str, tuple[CriterionKey, str, list[Mention]]] = {}
        deadlines: list[Deadline] = []
        tasks: list[Task] = []
        assignments: list[Assignment] = []
        helps: list[Help] = []
        references: list[Reference] = []

        def line(*parts: str) -> Evidence:
            nonlocal length
            words = " ".join(parts)
            provision = Provision(
                provision_id(id, len(provisions), str(len(provisions))),
                str(len(provisions)),
                "clause",
                None,
                length,
                length + len(words),
            )
            text.append(words)
            length += len(words) + 1
            provisions.append(provision)
            return Evidence(provision.id, provision.start, provision.end, words, "synthetic", page=1 + len(text) // 12)

        def actor(at: int) -> Actor:
            department = chance.choices(self._departments, self._weights)[0]
            agency = agency_id(department.id, province.name)
            agencies.setdefault(agency, []).append(Mention(department.name, at, at + len(department.name)))
            names[agency] = department.name
            return Actor(department.name, agency, department.name)

        def concern(period: str) -> tuple[str, str]:
            known = chance.choice(self._sets[period])
            criterion = criterion_id(known.set, known.number)
            criteria.setdefault(criterion, (CriterionKey(known.set, known.number), known.name, []))
            return criterion, f"tiêu chí số {known.number}"

        period = next(
            (set_ for set_, (first, last) in self._periods.items() if set_ in self._sets and first <= day.year <= last),
            "VN-XA-2026",
        )
        line(f"{issuer} ban hành văn bản này về xây dựng nông thôn mới")
        for cited in chance.sample(self._issued, min(3, len(self._issued))):
            evidence = line("Căn cứ Văn bản số", cited)
            references.append(Reference(cited, "Văn bản", None, None, Relation.BASIS, evidence, document=cited))
        self._issued = [*self._issued[-200:], id]
        for index in range(chance.randint(TASKS // 2, TASKS * 3 // 2)):
            who = actor(length)
            with_ = tuple(dict.fromkeys(actor(length + len(who.name) + 1) for _ in range(chance.randrange(3))))
            concerned = [concern(period)] if chance.random() < 0.5 else []
            where = [chance.choice(self._communes[province.id])] if chance.random() < 0.2 else []
            due: tuple[str, DeadlineKind, date | None, str | None] | None = None
            if chance.random() < 0.3:
                last = day + timedelta(days=chance.randrange(10, 700))
                due = (f"trước ngày {last:%d/%m/%Y}", DeadlineKind.BEFORE, last, None)
            elif chance.random() < 0.05:
                due = ("định kỳ", DeadlineKind.RECURRING, None, chance.choice(_RECURRENCES))
            what = ", ".join(chance.sample(_WORDS, 3))
            evidence = line(
                who.name,
                *(each.name for each in with_),
                what,
                *(words for _, words in concerned),
                *(unit.full_name for unit in where),
                *([due[0]] if due else []),
            )
            for unit in where:
                places.setdefault(unit.id, (unit, []))
            if due:
                start = evidence.quote.index(due[0]) + evidence.start
                deadlines.append(
                    Deadline(*due, Scope.TASK, Evidence(evidence.provision, start, start + len(due[0]), due[0], "date"))
                )
            tasks.append(
                Task(
                    fact_id(id, "task", index, what),
                    evidence.provision or "",
                    what,
                    (who,),
                    False,
                    with_,
                    (),
                    (),
                    Role.LEAD,
                    (),
                    (),
                    len(deadlines) - 1 if due else None,
                    tuple(c for c, _ in concerned),
                    tuple(u.id for u in where),
                    evidence,
                )
            )
        if ordinal % 20 == 0:
            for known in self._sets[period]:
                evidence = line(f"Tiêu chí {known.number}: {known.name}")
                criteria.setdefault(
                    criterion_id(known.set, known.number), (CriterionKey(known.set, known.number), known.name, [])
                )
                lead, helper = actor(length), actor(length)
                key = CriterionKey(known.set, known.number)
                assignments.append(Assignment(key, (lead,), (helper,), day, None, evidence))
        if ordinal % 20 == 1:
            for unit in chance.sample(self._communes[province.id], min(20, len(self._communes[province.id]))):
                evidence = line(unit.full_name)
                places.setdefault(unit.id, (unit, []))
                helps.append(Help(actor(length), None, PlaceRef(unit.full_name, unit.id), evidence))
        document = Document(
            id,
            chance.choice(("Công văn", "Kế hoạch", "Quyết định")),
            number,
            issuer,
            agency_id("t.ubnd", province.name),
            province.name,
            province.name,
            day,
            None,
            f"Về việc {', '.join(chance.sample(_WORDS, 2))}",
            None,
            (),
            (),
            DocumentState.ISSUED,
            f"{ordinal:064d}",
            "\n".join(text),
        )
        return Reading(
            document,
            tuple(provisions),
            tuple(references),
            tuple(
                Agency(agency, names[agency], "province", "department", province.name, tuple(mentions))
                for agency, mentions in agencies.items()
            ),
            tuple(Place(unit.id, unit.full_name, unit.level, tuple(mentions)) for unit, mentions in places.values()),
            tuple(Criterion(c, key.set, key.number, name, tuple(m)) for c, (key, name, m) in criteria.items()),
            tuple(deadlines),
            tuple(tasks),
            tuple(assignments),
            tuple(helps),
        )
