"""Made-up directives, seeded, in the proportions of the genre, over the real gazetteer, bodies and criteria.

    python tests/bench/synthetic.py FOLDER [--count 20] [--seed 1]     writes originals as text files

Each is made from the seed and its ordinal alone: any can be made again, nothing has to be kept, and what it cites is
known without making it. Provinces issue by the number of their communes; bodies, communes and criteria are named
unequally (`world.py`); documents cite the national ones of their day, a few much cited and many little cited ones of
their province, and now and then replace, abolish or amend one. About twenty tasks a directive.

The text is what a reader would be given, and the facts are what it finds there (`test_synthetic.py` holds both).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

from draft import Draft, Mark
from due import due
from heads import FORMS, Head, Heads, Kind
from vocabulary import ACTIONS, ASSIGNMENT, FAMILIES, GIVEN, HELP, MANNERS, MIDDLES, OPENINGS, SUBJECTS, TARGETS
from world import Body, Cited, Unequal, World

from ntmgraph.authority import Authority, KnownCriterion
from ntmgraph.model import (
    Actor,
    DeadlineKind,
    Document,
    DocumentState,
    IssueCode,
    PlaceRef,
    Reading,
    Relation,
    Role,
    Scope,
    Signer,
)

COUNT = 10_000
_TASKS = 21  # mean of a letter or plan
_ACTIONS, _MANNERS = Unequal.zipf(ACTIONS, 3), Unequal.zipf(MANNERS, 2)
_BACK = (1, 1, 2, 2, 3, 5, 8, 13, 21, 34)  # how far behind lie the documents that one cites
_HUB = 12  # every twelfth document of a province is cited again and again
_DECISIONS = {Kind.ASSIGNMENT: ASSIGNMENT, Kind.HELP: HELP}
_DOUBTED = 0.015  # of the clauses
_LOOK_BACK = 60  # documents of the province, among which the last decision of a kind is looked for
_ENDS = (
    (Relation.REPLACES, "thay thế", 6),
    (Relation.AMENDS, "sửa đổi, bổ sung một số nội dung của", 3),
    (Relation.ABOLISHES, "bãi bỏ", 1),
)


class Synthetic:
    """So many directives of a seed; `count` spreads them over the years."""

    def __init__(self, authority: Authority, count: int = COUNT, seed: int = 1) -> None:
        self._world = World(authority, seed)
        self.heads = Heads(self._world, count, seed)
        self._count, self._seed = count, seed

    def readings(self, first: int = 0, last: int | None = None) -> Iterator[Reading]:
        """Yield those of ordinals from `first` to before `last`."""
        for ordinal in range(first, self._count if last is None else last):
            yield self.reading(ordinal)

    def reading(self, ordinal: int) -> Reading:
        return _Writer(self._world, self.heads, ordinal, Random(f"{self._seed} {ordinal} text")).reading()


class _Writer:
    """Writes one document."""

    def __init__(self, world: World, heads: Heads, ordinal: int, chance: Random) -> None:
        self._world, self._heads, self._ordinal, self._chance = world, heads, ordinal, chance
        self._head = head = heads.head(ordinal)
        self._day = head.day
        self._set, self._criteria = world.criteria(head.day)
        # Early in 2021 nobody knew yet which criteria would follow those of 2016.
        self._draft = Draft(head.id, self._set.id if self._day.year <= self._set.to_year else None)
        if head.region is None:
            self._office = world.national_office(head.issuer, head.day)
        elif head.commune is None:
            self._office = head.region.office(head.day)
        else:
            self._office = head.region.commune_office(head.commune)
        self._paragraphs = self._clauses = 0

    def reading(self) -> Reading:
        subject = self._head.subject or self._subject()
        signer = Signer(
            " ".join(self._chance.choice(names) for names in (FAMILIES, MIDDLES, GIVEN)), self._office.signer
        )
        self._letterhead(subject)
        self._citations()
        self._paragraph(self._chance.choice(OPENINGS))
        match self._head.kind:
            case Kind.ASSIGNMENT:
                self._assignments()
            case Kind.HELP:
                self._helps()
            case Kind.REPORT:
                self._results()
                self._tasks(_TASKS // 5)
            case Kind.PLAN:
                self._targets()
                self._tasks(_TASKS)
            case Kind.LETTER:
                self._tasks(_TASKS)
        self._last_clause()
        recipients = self._closing(signer)
        head, office, day = self._head, self._office, self._day
        return self._draft.reading(
            Document(
                head.id,
                head.type,
                head.number,
                head.issuer,
                office.body.id,
                head.region.name if head.region else None,
                office.seat,
                day,
                _long_day(day),
                subject,
                signer,
                tuple(each.printed for each in self._addressees),
                recipients,
                DocumentState.ISSUED,
                "",
                "",
            )
        )

    # The parts of a document

    def _subject(self) -> str:
        first, last = self._years
        if self._head.kind in _DECISIONS:
            return _DECISIONS[self._head.kind].format(first=first, last=last)
        return self._chance.choice(SUBJECTS).format(criterion=self._criterion().name)

    @property
    def _addressees(self) -> tuple[Body, ...]:
        return self._office.addressees if self._head.kind is Kind.LETTER else ()

    def _letterhead(self, subject: str) -> None:
        say, office, title = self._draft.say, self._office, FORMS[self._head.kind].title
        named = (f"V/v {subject}\n\n", "") if title is None else ("\n", f"\n\n{title}\n{subject}")
        with self._draft.provision("header", "header"):
            self._draft.body(office.body, office.letterhead)
            say(f"\nSố: {self._head.number}\n{named[0]}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n")
            say(f"Độc lập - Tự do - Hạnh phúc\n{office.seat}, {_long_day(self._day)}{named[1]}")
            for place, body in enumerate(self._addressees):
                say(";\n- " if place else "\n\nKính gửi:\n- ")
                self._draft.body(body)
            say("." if self._addressees else "")
        say("\n")

    def _citations(self) -> None:
        chance, day = self._chance, self._day
        national = [each for each in self._world.national_on(day) if each.id != self._head.id]
        for cited in Unequal.zipf(national).some(chance, chance.randint(1, 3)) if national else ():
            self._citation("Căn cứ ", cited, Relation.BASIS)
        laws = self._world.laws_on(day)
        if laws and chance.random() < 0.15:
            self._citation("Căn cứ ", chance.choice(laws), Relation.BASIS)
        for head in self._earlier():
            self._citation("Thực hiện ", head.cited, Relation.IMPLEMENTS)
        if chance.random() < 0.1 and (found := self._heads.earlier(self._ordinal, chance.choice(_BACK))):
            # By its number alone; one in three is a number that no document has.
            number = (
                found.number
                if chance.random() < 0.7
                else f"{chance.randint(5000, 9999)}/{found.number.partition('/')[2]}"
            )
            self._citation("Theo ", Cited(found.type, number, None, None, None), Relation.MENTIONS)

    def _earlier(self) -> list[Head]:
        """Return which documents of the province are cited: the last ones, and again and again a few."""
        heads: dict[str, Head] = {}
        for _ in range(self._chance.choice((0, 1, 1, 2, 3)) if self._head.region else 0):
            back = self._chance.choice(_BACK)
            if self._chance.random() < 0.5:
                back += (self._heads.place(self._ordinal) - back) % _HUB
            if found := self._heads.earlier(self._ordinal, back):
                heads[found.id] = found
        return list(heads.values())

    def _citation(self, before: str, cited: Cited, relation: Relation) -> None:
        with self._next_paragraph():
            self._draft.say(before)
            self._cite(cited, relation)
            self._draft.say(";")

    def _cite(self, cited: Cited, relation: Relation) -> None:
        if cited.number is None:
            assert cited.day
            self._draft.cite(cited, relation, f"{cited.title} {_short_day(cited.day)}")
            return
        dated = f" {_short_day(cited.day)}" if cited.day else ""
        self._draft.cite(cited, relation, f"{cited.type} số {cited.number}{dated}")
        if cited.body:
            self._draft.say(" của ")
            self._draft.body(cited.body, f"Ủy ban nhân dân {cited.body.unit.full_name}" if cited.body.unit else None)

    def _tasks(self, mean: int) -> None:
        wanted = min(4 * mean, 3 + int(self._chance.expovariate(1 / (mean - 3))))
        while wanted > 0:
            points = self._chance.randint(2, 5) if self._chance.random() < 0.12 else 0
            if points:
                self._clause_with_points(points)
            else:
                self._clause()
            wanted -= points or 1

    def _clause(self) -> None:
        draft = self._draft
        with self._next_clause():
            role, mark = Role.LEAD, draft.mark()
            if self._chance.random() < 0.04:
                draft.say("Đề nghị ")
                role = Role.REQUEST
            doer, who, what, with_ = self._doer()
            self._work(mark, doer, who, what, with_, role)
            if self._chance.random() < _DOUBTED:
                self._doubt(IssueCode.DUTY_UNREAD, "Có thể còn nhiệm vụ khác chưa đọc được", mark[1])

    def _clause_with_points(self, count: int) -> None:
        """The doer stands at the head, what is to be done in points below it."""
        draft = self._draft
        with self._next_clause():
            doer, who, _, with_ = self._doer(leads=True)
            draft.say(":\n")
            for letter in "abcde"[:count]:
                with draft.provision(f"{self._clauses}.{letter}", "point"):
                    draft.say(f"{letter}) ")
                    mark = draft.mark()
                    self._work(mark, doer, who, mark, with_, Role.LEAD, by_heading=True)

    def _doer(self, *, leads: bool = False) -> tuple[Body, Actor, Mark, tuple[Actor, ...]]:
        draft, chance = self._draft, self._chance
        body = self._office.doers.draw(chance).draw(chance)
        start = draft.mark()[1]
        who = draft.body(body)
        if body.id is None:
            self._doubt(IssueCode.AGENCY_AMBIGUOUS, f"Không rõ “{body.printed}” là cơ quan nào", start)
        draft.say(" ")
        what = draft.mark()
        with_: tuple[Actor, ...] = ()
        if leads or chance.random() < 0.55:
            draft.say("chủ trì")
            supporters = self._office.supporters.some(chance, chance.choice((0, 1, 1, 2, 3)), without=(body,))
            if supporters:
                draft.say(", phối hợp với ")
                with_ = draft.bodies(supporters)
            draft.say("" if leads else " ")
        return body, who, what, with_

    def _work(
        self, mark: Mark, doer: Body, who: Actor, what: Mark, with_: tuple[Actor, ...], role: Role, *,
        by_heading: bool = False,
    ) -> None:  # fmt: skip
        """Say what is to be done, on what, where, by when, and to whom it is reported; and note it as a task."""
        draft, chance = self._draft, self._chance
        # What stands in a point is one piece of work up to a semicolon.
        actions = (", " if by_heading else "; ").join(_ACTIONS.some(chance, chance.choice((1, 1, 2, 2, 3))))
        draft.say(actions[0].upper() + actions[1:] if by_heading else actions)
        if chance.random() < 0.4:
            draft.say(f", {_MANNERS.draw(chance)}")
        criteria = tuple(
            dict.fromkeys(self._named_criterion() for _ in range(chance.choice((0, 0, 0, 0, 0, 1, 1, 1, 1, 2))))
        )
        places = (*([doer.unit.id] if doer.unit else ()), *(self._named_places() if chance.random() < 0.2 else ()))
        deadline = self._deadline() if chance.random() < 0.45 else None
        reports_to: tuple[Actor, ...] = ()
        via: tuple[Actor, ...] = ()
        if chance.random() < 0.2 and self._head.region and doer != self._office.via:
            draft.say("; báo cáo ")
            reports_to = (draft.body(self._office.body),)
            if self._office.via and chance.random() < 0.5:
                draft.say(" qua ")
                via = (draft.body(self._office.via),)
        draft.say(".")
        draft.task(
            mark, who=(who,), role=role, what=what, by_heading=by_heading, with_=with_, reports_to=reports_to, via=via,
            deadline=deadline, criteria=criteria, places=places,
        )  # fmt: skip

    def _criterion(self) -> KnownCriterion:
        return self._criteria.draw(self._chance)

    def _named_criterion(self) -> str:
        known = self._criterion()
        if self._chance.random() < 0.08:
            part = self._chance.randint(1, 4)
            return self._draft.criterion(known, part, before=", nội dung tiêu chí ")
        self._draft.say(", thực hiện ")
        return self._draft.criterion(known, before="tiêu chí số ", after=f" về {known.name}")

    def _named_places(self) -> Iterator[str]:
        region = self._head.region
        communes = region.named_communes.some(self._chance, self._chance.choice((1, 1, 2))) if region else ()
        for place, unit in enumerate(communes):
            self._draft.say(", " if place else " tại ")
            yield self._draft.unit(unit).id or ""

    def _deadline(self) -> int:
        found = due(self._chance, self._day)
        self._draft.say(f", {found.before}")
        start = self._draft.mark()[1]
        index = self._draft.deadline(found.words, found.kind, found.day, found.recurrence)
        if found.day and found.day < self._day and self._chance.random() < 0.5:
            self._doubt(IssueCode.DEADLINE_BEFORE_DOCUMENT, f"Hạn “{found.words}” trước ngày văn bản", start)
        return index

    def _doubt(self, code: IssueCode, words: str, start: int) -> None:
        self._draft.doubt(code, words, start, self._draft.mark()[1])

    def _assignments(self) -> None:
        draft, chance = self._draft, self._chance
        for known in self._criteria.things:
            lead, *coordinate = self._office.supporters.some(chance, chance.randint(2, 5))
            with self._next_clause():
                mark = draft.mark()
                draft.criterion(known, before="Tiêu chí số ", after=f" về {known.name}")
                draft.say(": ")
                task = draft.mark()
                who = draft.body(lead)
                draft.say(" ")
                what = draft.mark()
                draft.say("chủ trì")
                with_: tuple[Actor, ...] = ()
                if coordinate:
                    draft.say(", phối hợp với ")
                    with_ = draft.bodies(coordinate)
                draft.say(".")
                draft.task(task, who=(who,), role=Role.LEAD, what=what, with_=with_)
                draft.assign(mark, known, who, with_, self._years)

    def _helps(self) -> None:
        draft, chance = self._draft, self._chance
        assert self._head.region
        for unit in self._head.region.named_communes.some(chance, 20):
            with self._next_clause():
                mark = draft.mark()
                agency = draft.body(self._office.supporters.draw(chance))
                draft.say(" giúp đỡ ")
                place = draft.unit(unit)
                draft.say(".")
                draft.help(mark, agency, place)

    def _results(self) -> None:
        draft, chance = self._draft, self._chance
        region, commune = self._head.region, self._head.commune
        assert region
        units = [commune] if commune else region.named_communes.some(chance, chance.randint(5, 25))
        for unit in units:
            with self._next_clause():
                draft.say("Đến nay ")
                place = draft.unit(unit)
                draft.say(" ")
                mark, met = draft.mark(), chance.random() < 0.7
                known = sorted(self._criteria.some(chance, 4), key=lambda each: each.number)
                draft.say("đạt tiêu chí số " if met else "chưa đạt tiêu chí số ")
                for index, each in enumerate(known):
                    draft.say(", " if index else "")
                    draft.criterion(each)
                for each in known:
                    draft.result(mark, place, each, met, self._day)
                draft.say(".")

    def _targets(self) -> None:
        draft, chance = self._draft, self._chance
        for measure, least, most in chance.sample(TARGETS, chance.randint(1, 3)):
            year, value = self._day.year + chance.randint(0, 3), chance.randint(least, most)
            with self._next_paragraph():
                by = date(year, 12, 31)
                draft.deadline(f"Phấn đấu đến năm {year}", DeadlineKind.BY_END_OF, by, scope=Scope.TARGET)
                draft.say(" có ")
                start = draft.say(quote := f"{value}% {measure}")
                draft.say(".")
                draft.target(start, quote, measure, value, by, self._whole_region)

    def _last_clause(self) -> None:
        """Say which document this one ends: of assignments most often the one before it."""
        chance, kind = self._chance, self._head.kind
        found: Head | None = None
        relation, words, _ = _ENDS[0]
        if kind in (Kind.ASSIGNMENT, Kind.HELP) and chance.random() < 0.6:
            behind = (self._heads.earlier(self._ordinal, back) for back in range(1, _LOOK_BACK))
            found = next((each for each in behind if each and each.kind is kind), None)
        elif chance.random() < 0.02 and (earlier := self._heads.earlier(self._ordinal, chance.choice(_BACK))):
            found = earlier
            relation, words, _ = chance.choices(_ENDS, [share for *_, share in _ENDS])[0]
        if found and found.issuer == self._head.issuer:
            with self._next_clause():
                self._draft.say(f"{self._head.type} này có hiệu lực kể từ ngày ký và {words} ")
                self._cite(found.cited, relation)
                self._draft.say("./.")

    def _closing(self, signer: Signer) -> tuple[str, ...]:
        self._draft.say("\n")
        with self._draft.provision("closing", "closing"):
            self._draft.say("Nơi nhận:\n- Như trên;\n- Lưu: VT, NLN.\n\n")
            chief = (signer.title or "").removeprefix("Phó ").upper()
            self._draft.say(f"KT. {chief}\n{(signer.title or '').upper()}\n{signer.name}")
        return "Như trên", "Lưu: VT, NLN"

    @property
    def _years(self) -> tuple[int, int]:
        return self._set.from_year, self._set.to_year

    @property
    def _whole_region(self) -> PlaceRef | None:
        unit = self._head.commune or (self._head.region and self._head.region.unit)
        return PlaceRef(unit.full_name, unit.id) if unit else None

    # Lines

    @contextmanager
    def _next_paragraph(self) -> Iterator[None]:
        self._paragraphs += 1
        with self._draft.provision(f"p{self._paragraphs}", "paragraph"):
            yield

    def _paragraph(self, words: str) -> None:
        with self._next_paragraph():
            self._draft.say(words)

    @contextmanager
    def _next_clause(self) -> Iterator[None]:
        self._clauses += 1
        with self._draft.provision(str(self._clauses), "clause"):
            self._draft.say(f"{self._clauses}. ")
            yield


def _long_day(day: date) -> str:
    return f"ngày {day:%d} tháng {day:%m} năm {day:%Y}"


def _short_day(day: date) -> str:
    return f"ngày {day:%d/%m/%Y}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for reading in Synthetic(Authority(), arguments.count, arguments.seed).readings():
        path = arguments.folder / f"{reading.document.id}.txt"
        path.write_text(reading.document.text, encoding="utf-8")


if __name__ == "__main__":
    main()
