"""Which criteria set a mention belongs to: by the decision cited, the date, the level and grade spoken of.

A document may speak of two sets (communes and villages, the basic set and "nâng cao"). So each mention has a context,
what its own sentence or else the nearest heading says of level, grade and period; mentions of one context choose their
set together, by how their numbers and names agree with it. Where several sets remain, none is chosen.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.header import Header
from ingest.provisions import Outline
from ntmgraph.authority import Authority, CriteriaSet, KnownCriterion
from ntmgraph.model import Provision, Reference
from ntmgraph.text import key

_LEVELS = {"xã": "commune", "huyện": "district"}  # else a village


@dataclass(frozen=True, slots=True)
class SetForm:
    """A form of naming a standard: its pattern, the forms that it accepts, one that it must not."""

    pattern: re.Pattern[str]
    accepts: tuple[str, ...]
    rejects: str


STANDARD = SetForm(
    re.compile(
        r"(?=[TBẤXKHĐN])(?:\b(?P<level>thôn|bản|ấp|xóm|buôn|khu dân cư|huyện|xã)\s+(?:đạt chuẩn\s+|đạt\s+)?"
        r"(?:(?:nông thôn mới|NTM)(?:\s+(?P<grade>nâng cao|kiểu mẫu))?|(?P<grade2>nâng cao|kiểu mẫu))\b"
        r"|\b(?:đạt chuẩn|nông thôn mới|NTM)\s+(?P<grade3>nâng cao|kiểu mẫu)\b)",
        re.IGNORECASE,
    ),
    ("huyện nông thôn mới", "xã đạt chuẩn NTM nâng cao", "thôn kiểu mẫu", "nông thôn mới nâng cao"),
    "nâng cao chất lượng nông thôn mới",
)
FORMS = (STANDARD,)

_OF_PERIOD = re.compile(
    r"(?:^\W*(?:[\w.]{1,4}\s+)?(?:trong\s+|đến hết\s+)?|tiêu chí[^.;]{0,60}?)giai đoạn\s+"
    r"(?P<first>(?:19|20)\d\d)\s*[-–]\s*(?P<last>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_VILLAGE = re.compile(
    r"tiêu chí\s+(?:[“\"]?\s*)?(?:xét\s+|công nhận\s+)*(?:thôn|bản|ấp|xóm|buôn|khu dân cư)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.;](?=\s|$)|\s{2}")
_LONGEST_SENTENCE = 400


@dataclass(frozen=True, slots=True)
class Context:
    """What the words around a mention say of its set; nothing where all is None."""

    level: str | None = None
    grade: str | None = None
    period: tuple[int, int] | None = None
    decision: str | None = None  # the number of the decision that the sentence itself cites


@dataclass(frozen=True, slots=True)
class Named:
    """A mention as the choice of sets sees it: a number, a name, or both, and the offset it stands at."""

    number: str | None
    name: str | None
    start: int


class CriteriaSets:
    """Chooses the set of each mention of a document."""

    def __init__(
        self, flat: str, outline: Outline, header: Header, references: Sequence[Reference], authority: Authority
    ) -> None:
        self.flat = flat
        self.outline = outline
        self.header = header
        self.authority = authority
        self.named = _names_by_set(authority)
        issued_by = {each.number for each in authority.criteria_sets.values()}
        self.decisions = sorted((each.evidence.start, each.number) for each in references if each.number in issued_by)
        self.cited = {reference.number for reference in references if reference.number}
        self.village = _VILLAGE.search(flat, 0, header.regions.end) is not None
        self.general = Context()
        self.general = self._general()
        self._above: dict[str, Context] = {}

    def choose(self, mentions: Iterable[Named], *, counted: bool) -> tuple[CriteriaSet | None, dict[int, CriteriaSet]]:
        """Return the document's own set, and the set of each mention by its offset.

        `counted`: the document counts criteria in tables, so its set matters even without a mention.
        """
        groups: defaultdict[Context, list[Named]] = defaultdict(list)
        for each in mentions:
            groups[self.context(each.start)].append(each)
        own = groups.get(self.general, [])
        if own:  # a decision that a sentence cites for its own criteria says nothing of the others
            self.cited -= {context.decision for context in groups if context.decision}
        default = self._of_document(own) if own or counted or groups else None
        if self.general != Context():
            default = self._of_context(self.general, own) or default
        chosen: dict[int, CriteriaSet] = {}
        for context, group in groups.items():
            found = default if context == self.general else self._of_context(context, group)
            if found is None and context.level != "village" and not self._fits(context, group):
                found = default  # a heading that speaks of districts, above criteria that no district has
            if found is not None:
                chosen.update((each.start, found) for each in group)
        return default, chosen

    def of_table(self, caption: tuple[int, int], *, villages: bool, default: CriteriaSet | None) -> CriteriaSet | None:
        """Return the set that the counts of a table of places belong to."""
        context = self._said(self.flat[slice(*caption)]) or self.context(caption[1])
        if villages and context.level != "village":
            context = Context("village", None, context.period)
        if context == self.general or (default is not None and default.level == "village" == context.level):
            return default
        return self._of_context(context, [])

    def context(self, at: int) -> Context:
        """Return what the sentence of a mention says of its set, else its nearest heading, else the title."""
        provision = self.outline.at(at)
        first = max(self.outline.contents[provision.id] if provision else 0, at - _LONGEST_SENTENCE)
        start = max((match.end() for match in _SENTENCE_END.finditer(self.flat, first, at)), default=first)
        stop = _SENTENCE_END.search(self.flat, at, at + _LONGEST_SENTENCE)
        end = stop.start() if stop else at + _LONGEST_SENTENCE
        found = self._said(self.flat[start:end]) or self._headed(provision)
        first_cited = bisect_left(self.decisions, (start, ""))
        cited = {number for _, number in self.decisions[first_cited : bisect_left(self.decisions, (end, ""))]}
        return replace(found, decision=cited.pop()) if len(cited) == 1 else found

    def _headed(self, provision: Provision | None) -> Context:
        if provision is None:
            return self.general
        found = self._above.get(provision.id)
        if found is None:
            span = self.outline.headings.get(provision.id)
            parent = self.outline.by_id[provision.parent] if provision.parent else None
            found = (self._said(self.flat[slice(*span)]) if span else None) or self._headed(parent)
            self._above[provision.id] = found
        return found

    def _general(self) -> Context:
        """Return the standard that the title names criteria of: "phân công tiêu chí xã nông thôn mới nâng cao"."""
        title = re.search(r"tiêu chí\b.*", self.header.subject or "", re.IGNORECASE | re.DOTALL)
        said = self._said(title.group()) if title else None
        return Context(said.level, said.grade) if said and (said.grade or said.level == "district") else Context()

    def _said(self, words: str) -> Context | None:
        """Return what some words say of a set; None where they say nothing, or two things."""
        standards = {
            (
                _LEVELS.get(match["level"].lower(), "village") if match["level"] else "commune",
                (match["grade"] or match["grade2"] or match["grade3"] or "").lower() or None,
            )
            for match in STANDARD.pattern.finditer(words)
        }
        period = _OF_PERIOD.search(words) if "-" in words or "–" in words else None
        years = (int(period["first"]), int(period["last"])) if period else None
        if len(standards) != 1:
            return Context(self.general.level, self.general.grade, years) if years and not standards else None
        level, grade = standards.pop()
        if (level, grade) == ("commune", None) and self.general == Context():
            return Context(None, None, years)
        return Context(level, grade, years)

    def _of_document(self, group: Sequence[Named]) -> CriteriaSet | None:
        """Return the one set that a document can mean whose words name no other; None for several or none."""
        agreeing = [each for each in self._agreeing(group) if each.grade is None or self._cites(each)]
        pairs = any(each.number and each.name for each in group)
        by_citation = [each for each in agreeing if self._cites(each)]
        in_force = [
            each for each in self._in_force(agreeing) if each.level != "village" or self.village or each in by_citation
        ]
        for choices in (
            [each for each in by_citation if each in in_force and (each.level == "village") == self.village],
            [each for each in by_citation if each in in_force],
            [each for each in in_force if each.level == ("village" if self.village and pairs else "commune")],
            by_citation if pairs else [],
        ):
            if choices:
                return choices[0] if len(choices) == 1 else None
        return None

    def _of_context(self, context: Context, group: Sequence[Named]) -> CriteriaSet | None:
        """Return the one set of a level, grade and period; a citation decides between several."""
        if context.decision is not None:
            cited = [each for each in self._agreeing(group, level=context.level) if each.number == context.decision]
            return cited[0] if len(cited) == 1 else None
        level = context.level or "commune"
        agreeing = [
            each
            for each in self._agreeing(group, level=level)
            if each.level == level and (each.grade == context.grade or level == "village")
        ]
        if context.period is not None:
            first, last = context.period
            known = [
                each for each in agreeing if each.from_year <= last and each.to_year >= first and self._issued(each)
            ]
            newest = max((each.date for each in known if each.date), default=None)
            choices = [each for each in known if level == "village" or each.date == newest]
        else:
            choices = self._in_force(agreeing)
        cited = [each for each in choices if self._cites(each)]
        found = cited or choices
        return found[0] if len(found) == 1 else None

    def _fits(self, context: Context, group: Sequence[Named]) -> bool:
        return any(
            context.level in (None, each.level) and context.decision in (None, each.number)
            for each in self._agreeing(group, level=context.level)
        )

    def _agreeing(self, group: Sequence[Named], *, level: str | None = None) -> list[CriteriaSet]:
        """Return the sets that have all numbers of the mentions and nearly all their pairs of number and name.

        A set whose names are not known agrees only where its level is asked for.
        """
        pairs = {(each.number.split(".")[0], key(each.name)) for each in group if each.number and each.name}
        most = max((int(each.number.split(".")[0]) for each in group if each.number), default=0)
        found = []
        for each in self.authority.criteria_sets.values():
            criteria = self.named.get(each.id)
            if each.province not in (None, self.header.province) or (criteria is None and level != each.level):
                continue
            if most > (len(criteria) if criteria else each.criteria or 0):
                continue
            agree = sum(_agrees(name, criteria.get(number, ())) for number, name in pairs) if criteria else len(pairs)
            if agree >= 0.8 * len(pairs):
                found.append(each)
        return found

    def _cites(self, criteria_set: CriteriaSet) -> bool:
        return criteria_set.number in self.cited

    def _issued(self, criteria_set: CriteriaSet) -> bool:
        return self.header.date is None or criteria_set.date is None or criteria_set.date <= self.header.date

    def _in_force(self, sets: Sequence[CriteriaSet]) -> list[CriteriaSet]:
        """Return the sets in force for the document: of one level and grade the newest that it can know.

        A plan signed in the last days of a year speaks of the years in its title.
        """
        years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", self.header.subject or "")]
        signed = self.header.date.year if self.header.date else self.header.year
        last = max([year for year in (*years, signed) if year is not None], default=None)
        if last is None:
            return []
        first = min(
            [year for year in years if signed is None or year >= signed], default=signed if signed is not None else last
        )
        newest: dict[tuple[str, str | None, str | None], CriteriaSet] = {}
        for each in sets:
            if not (each.from_year <= first <= each.to_year and self._issued(each)):
                continue
            place = (each.level, each.grade, each.province if each.level != "village" else each.id)
            other = newest.get(place)
            if other is None or (each.date and other.date and each.date > other.date):
                newest[place] = each
        return list(newest.values())


def _agrees(name: str, names: tuple[str, ...]) -> bool:
    """Return whether a printed name is a criterion's, or a part of it: "Kinh tế" of "Phát triển kinh tế ..."."""
    return name in names or (" " in name and any(f" {name} " in f" {each} " for each in names))


def names_of(criterion: KnownCriterion) -> tuple[str, ...]:
    """Return the name and aliases of a criterion, folded."""
    return tuple(key(name) for name in (criterion.name, *criterion.aliases))


@lru_cache(maxsize=2)
def _names_by_set(authority: Authority) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the names of each criterion, by set and number."""
    named: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for criterion in authority.criteria:
        named[criterion.set][str(criterion.number)] = names_of(criterion)
    return dict(named)
