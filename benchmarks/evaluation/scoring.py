"""One reading against its annotation, fact by fact. The matching rules are those of design section "Figures":

header      equal after folding, one fact a field
reference   equal number; its date and relation are asked of references found
deadline    equal day
agency      recall: a name of the annotation is held by a name read, or holds it; precision: the other way round
criterion   equal number, or like name where the annotation has no number
task        the clause read covers at least half of the paraphrase's words; best pairs first, one clause serves at
            most three tasks; doers, role and day are asked of tasks found
place       a commune by name; assignments: exactly the leads, exactly the supporters; helps: body and commune
target, result   equal value, and whole where both have one
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from evaluation.gold import HEADER, Annotated, Criterion, Figure, Task
from evaluation.words import LONGEST_CLAUSE, content, fold, like, like_any, number, same
from ntmgraph import model
from ntmgraph.model import Actor, Agency, Place, Reading, Result, Target

SHARED_CLAUSE = 3  # tasks that one clause may serve: annotators split what a clause joins
COVERED = 0.5
ROLES = {
    "chủ trì": "lead",
    "thực hiện": "lead",
    "phối hợp": "coordinate",
    "đề nghị": "request",
    "chỉ đạo": "direct",
    "tham mưu": "advise",
    "giám sát": "supervise",
    "theo dõi": "supervise",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A fact of the annotation that was not read as it says, or one that was read and stands nowhere in it."""

    kind: str
    key: str  # position in the annotation, or for an extra a short hash of its words
    extra: bool
    want: str
    got: str
    sentence: str  # of the document, where the fact is or was read

    @property
    def name(self) -> tuple[str, str, str]:
        return ("extra" if self.extra else "missed", self.kind, self.key)


@dataclass(frozen=True, slots=True)
class Count:
    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Scores:
    """Counts per kind of fact and every fault, of one document."""

    text: str
    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    faults: list[Fault] = field(default_factory=list)

    def count(self, kind: str, right: int, predicted: int, gold: int) -> None:
        self.counts[kind] += Count(right, predicted, gold)

    def ask(self, kind: str, key: object, right: bool, want: object, got: object = "", *, near: str = "") -> None:
        """Count one fact that is right or not, and nothing else."""
        self.count(kind, int(right), 1, 1)
        if not right:
            self.miss(kind, key, want, got, near=near)

    def miss(self, kind: str, key: object, want: object, got: object = "", *, near: str = "") -> None:
        sentence = near or sentence_with(self.text, str(want))
        self.faults.append(Fault(kind, str(key), False, _shown(want), _shown(got), sentence))

    def add(self, kind: str, got: object, *, near: str = "") -> None:
        """Note something read that no annotation has."""
        words = _shown(got)
        key = hashlib.sha256(fold(words).encode()).hexdigest()[:8]
        self.faults.append(Fault(kind, key, True, "", words, near or sentence_with(self.text, words)))


def score(gold: Annotated, reading: Reading) -> Scores:
    """Return what is right, missed and extra in one reading."""
    scores = Scores(reading.document.text)
    _header(gold, reading, scores)
    _references(gold, reading, scores)
    _deadlines(gold, reading, scores)
    _agencies(gold, reading, scores)
    _criteria(gold, reading, scores)
    _tasks(gold, reading, scores)
    _places(gold, reading, scores)
    _assignments(gold, reading, scores)
    _helps(gold, reading, scores)
    _figures("target", gold.targets, reading.targets, scores)
    _figures("result", gold.results, reading.results, scores)
    return scores


def sentence_with(text: str, words: str) -> str:
    """Return the line of a text that holds the words, or most of them; "" where none does."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    whole = fold(words)
    for line in lines:
        if whole and whole in fold(line):
            return line
    bag = content(words)
    best = max(lines, key=lambda line: len(bag & content(line)), default="")
    return best if 2 * len(bag & content(best)) > len(bag) else ""


def _header(gold: Annotated, reading: Reading, scores: Scores) -> None:
    document = reading.document
    said = {
        "type": document.type,
        "number": document.number,
        "issuer": document.issuer,
        "place": document.place,
        "date": document.date.isoformat() if document.date else None,
        "signer": document.signer.name if document.signer else None,
    }
    for annotated, own in HEADER.items():
        folded = number if own == "number" else fold
        want, got = gold.header[annotated], said[own]
        right = folded(got) in {folded(option) for option in want}
        scores.ask("header", own, right, want[0], got)
        scores.count(f"header {own}", int(right), 1, 1)


def _references(gold: Annotated, reading: Reading, scores: Scores) -> None:
    want = {number(each.number): each for each in gold.references if _is_number(each.number)}
    portal = {number(each) for each in gold.portal}
    got = {number(each.number): each for each in reading.references if _is_number(each.number)}
    got = {key: each for key, each in got.items() if key not in portal or key in want}
    both = want.keys() & got.keys()
    scores.count("reference", len(both), len(got), len(want))
    keys = {key: index for index, key in enumerate(want)}
    for key in want:
        if key not in both:
            scores.miss("reference", keys[key], key)
    for key in got:
        if key not in both:
            scores.add("reference", key, near=got[key].evidence.quote)
    for key in sorted(both):
        cited, read = want[key], got[key]
        day = read.date.isoformat() if read.date else None
        near = sentence_with(scores.text, read.evidence.quote)
        if cited.dates:
            right = day in cited.dates
            scores.ask("reference_date", keys[key], right, f"{key}: {cited.dates[0]}", day, near=near)
        right = fold(read.relation) in {fold(each) for each in cited.relations}
        scores.ask("reference_relation", keys[key], right, f"{key}: {cited.relations[0]}", read.relation, near=near)


def _is_number(value: str | None) -> bool:
    """Tell a document number from a bare ordinal ("03")."""
    return bool(value and re.search(r"\D", value))


def _deadlines(gold: Annotated, reading: Reading, scores: Scores) -> None:
    want: dict[str, str] = {}
    for due in gold.deadlines:
        if due.date:
            want.setdefault(due.date, due.text)
    got = {each.date.isoformat(): each for each in reading.deadlines if each.date}
    scores.count("deadline", len(want.keys() & got.keys()), len(got), len(want))
    for day in want.keys() - got.keys():
        scores.miss("deadline", day, want[day], near=sentence_with(scores.text, want[day]))
    for day in got.keys() - want.keys():
        scores.add("deadline", day, near=sentence_with(scores.text, got[day].text))


def _names(items: Sequence[Agency | Place]) -> list[list[str]]:
    return [[name for name in (each.name, *(m.text for m in each.mentions)) if name] for each in items]


def _agencies(gold: Annotated, reading: Reading, scores: Scores) -> None:
    if not gold.agencies:
        return
    read = _names(reading.agencies)
    for index, name in enumerate(gold.agencies):
        scores.ask("agency_recall", index, any(like_any(name, many) for many in read), name)
    for many, agency in zip(read, reading.agencies, strict=True):
        right = any(like_any(known, many) for known in gold.bodies)
        scores.count("agency_precision", int(right), 1, 1)
        if not right:
            near = sentence_with(scores.text, agency.mentions[0].text) if agency.mentions else ""
            scores.add("agency_precision", agency.name, near=near)


def _criteria(gold: Annotated, reading: Reading, scores: Scores) -> None:
    def alike(want: Criterion, got: model.Criterion) -> bool:
        keys = [f"#{each.number}" if each.number else fold(each.name) for each in (want, got)]
        return keys[0] == keys[1] or bool(want.name and like(want.name, got.name or ""))

    for index, want in enumerate(gold.criteria):
        found = any(alike(want, got) for got in reading.criteria)
        scores.ask("criterion_recall", index, found, f"{want.number or ''} {want.name or ''}".strip())
    for got in reading.criteria:
        right = any(alike(want, got) for want in gold.criteria)
        scores.count("criterion_precision", int(right), 1, 1)
        if not right:
            near = sentence_with(scores.text, got.mentions[0].text) if got.mentions else ""
            scores.add("criterion_precision", f"{got.number or ''} {got.name or ''}".strip(), near=near)


def _quotes(actors: Sequence[Actor]) -> list[str]:
    return [each.quote or each.name for each in actors]


def _tasks(gold: Annotated, reading: Reading, scores: Scores) -> None:
    if not gold.tasks:
        return
    served = _pairs(gold.tasks, reading.tasks)
    for index, want in enumerate(gold.tasks):
        shown = f"[{want.ref}] {', '.join(want.who) or '(không nêu ai)'}: {want.what}"
        if index not in served:
            scores.count("task", 0, 0, 1)
            scores.miss("task", index, shown, near=sentence_with(scores.text, want.what))
            continue
        scores.count("task", 1, 1, 1)
        got = reading.tasks[served[index]]
        near = got.evidence.quote
        doers = _quotes(got.who)
        if want.who:
            right = bool(doers) and all(like_any(each, doers) for each in want.who)
            right = right and all(like_any(each, want.who) for each in doers)
        else:
            right = not doers or got.who_inferred
        scores.ask("task_who", index, right, f"[{want.ref}] {want.who}", doers, near=near)
        role = ROLES.get(want.role, want.role)
        scores.ask("task_role", index, role == got.role, f"[{want.ref}] {role}", str(got.role), near=near)
        if want.with_:
            supporters = _quotes(got.with_)
            right = same(want.with_, supporters)
            scores.ask("task_with", index, right, f"[{want.ref}] {want.with_}", supporters, near=near)
        if want.has_deadline:
            due = reading.deadlines[got.deadline].date if got.deadline is not None else None
            day = due.isoformat() if due else None
            scores.ask("task_due", index, day == want.due, f"[{want.ref}] {want.due}", day, near=near)
    used = set(served.values())
    for index, task in enumerate(reading.tasks):
        if index not in used:
            scores.count("task", 0, 1, 0)
            scores.add("task", f"{', '.join(_quotes(task.who))}: {task.what}", near=task.evidence.quote)


def _pairs(wanted: Sequence[Task], read: Sequence[model.Task]) -> dict[int, int]:
    """Return for each task of the annotation the one read that says it, best pairs first."""
    clauses = [
        content(f"{task.what} {' '.join(_quotes(task.who))}")
        if 0 < len(task.what.split()) <= LONGEST_CLAUSE
        else frozenset()
        for task in read
    ]
    pairs = []
    for index, task in enumerate(wanted):
        bag = content(task.what)
        for other, clause in enumerate(clauses):
            common = len(bag & clause)
            if common / max(len(bag), 1) >= COVERED:
                pairs.append((common / max(len(bag), 1), common / len(bag | clause), -index, -other))
    served: dict[int, int] = {}
    uses: Counter[int] = Counter()
    for _, _, index, other in sorted(pairs, reverse=True):
        if -index not in served and uses[-other] < SHARED_CLAUSE:
            served[-index] = -other
            uses[-other] += 1
    return served


def _places(gold: Annotated, reading: Reading, scores: Scores) -> None:
    read = _names(reading.places)
    for index, name in enumerate(gold.communes):
        scores.ask("place_recall", index, any(like_any(name, many) for many in read), name)


def _assignments(gold: Annotated, reading: Reading, scores: Scores) -> None:
    if not gold.assignments:
        return
    rows = defaultdict(list)
    for row in reading.assignments:
        rows[str(row.criterion.number)].append(row)
    for kind in ("assignment_lead", "assignment_with"):
        leads = kind == "assignment_lead"
        for each in gold.assignments:
            wanted = each.lead if leads else each.coordinate
            mine = [_quotes(row.lead if leads else row.coordinate) for row in rows[each.number]]
            right = any(same(wanted, names) for names in mine)
            right = right or same(wanted, [name for names in mine for name in names])
            scores.count(kind, int(right), 0, 1)
            if not right:
                near = sentence_with(scores.text, " ".join(wanted))
                scores.miss(kind, f"#{each.number}", f"#{each.number} {wanted}", mine, near=near)
        scores.count(kind, 0, max(len(reading.assignments), 1), 0)
    known = {each.number for each in gold.assignments}
    for row in reading.assignments:
        if str(row.criterion.number) not in known:
            scores.add("assignment_lead", f"#{row.criterion.number} {_quotes(row.lead)}", near=row.evidence.quote)


def _helps(gold: Annotated, reading: Reading, scores: Scores) -> None:
    if not gold.helps:
        return
    read = [(each.agency.quote or each.agency.name, each.place.name) for each in reading.helps]

    def alike(want: tuple[str, str], got: tuple[str, str]) -> bool:
        return like(want[0], got[0]) and like(want[1], got[1])

    wanted = [(each.agency, each.commune) for each in gold.helps]
    hits = 0
    for index, want in enumerate(wanted):
        found = any(alike(want, got) for got in read)
        hits += found
        if not found:
            scores.miss("help", index, f"{want[0]} - {want[1]}", near=sentence_with(scores.text, want[1]))
    for got in read:
        if not any(alike(want, got) for want in wanted):
            scores.add("help", f"{got[0]} - {got[1]}")
    scores.count("help", hits, max(len(read), hits), len(wanted))


def _figures(kind: str, wanted: Sequence[Figure], read: Sequence[Target | Result], scores: Scores) -> None:
    if not wanted:
        return

    def alike(want: Figure, got: Target | Result) -> bool:
        if want.commune and not like(want.commune, got.place.name if got.place else ""):
            return False
        return want.value == got.value and (want.of is None or got.of is None or want.of == got.of)

    counted = [got for got in read if got.value is not None]
    asked = [(index, want) for index, want in enumerate(wanted) if want.value is not None]
    hits = 0
    for index, want in asked:
        found = any(alike(want, got) for got in counted)
        hits += found
        if not found:
            near = sentence_with(scores.text, want.quote)
            scores.miss(kind, index, f"{want.measure}: {_ratio(want.value, want.of)}", near=near)
    for got in counted:
        if not any(alike(want, got) for _, want in asked):
            place = f" ({got.place.name})" if got.place else ""
            scores.add(kind, f"{got.measure}{place}: {_ratio(got.value, got.of)}", near=got.evidence.quote)
    scores.count(kind, hits, max(len(counted), hits), len(asked))


def _ratio(value: float | None, of: float | None) -> str:
    return f"{value}/{of}" if of is not None else str(value)


def _shown(value: object) -> str:
    """Return a value on one line."""
    if isinstance(value, list):
        return "; ".join(_shown(each) for each in value) or "(không có)"
    return " ".join(str(value).split()) if value is not None else "(không có)"
