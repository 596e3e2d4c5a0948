"""Tables whose rows are criteria or figures, and whose columns are places or periods.

"TT | Tiêu chí | Xã A | Xã B", and the report forms "TT | Nội dung | ĐVT | KQ đến 31/12/2025 | KH 6 tháng cuối năm":
what was reached is a result, what is planned a target. A value and the verdict beside it are one fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.as_of import stated_day, titled_day
from ingest.criteria import FoundCriteria
from ingest.header import Header
from ingest.numbers import NUMBER, number, shown
from ingest.place_tables import (
    COMMUNES,
    COUNT_HEAD,
    PLAN_HEAD,
    VERDICT_HEAD,
    VILLAGES,
    PlaceTable,
    criterion_names,
    names_unit,
    verdict,
)
from ingest.provisions import Outline
from ingest.table_figures import TableFigures
from ingest.table_heads import Head, caption_of, first_data_row, heads
from ingest.tables import Cell, Row
from ntmgraph.authority import Authority
from ntmgraph.model import Check, CheckKind, CriterionKey, Evidence, Place, PlaceRef, Result, Target
from ntmgraph.text import key

_NAME_HEAD = re.compile(
    r"(?:tên |danh mục |nội dung |các )*(?:nội dung|tiêu chí|chỉ tiêu)(?: (?:tiêu chí|chỉ tiêu|thực hiện))?"
)
_UNIT_HEAD = re.compile(r"đvt|đơn vị(?: tính)?")
_REACHED_HEAD = re.compile(r"\b(?:kq|kết quả|th|thực hiện|hiện (?:trạng|có|tại|nay)|ước thực hiện|đã đạt)\b")
_AIM_HEAD = re.compile(r"(?:chỉ tiêu|kế hoạch|mục tiêu)(?: (?:được )?giao| phấn đấu)?(?: (?P<year>(?:19|20)\d\d))?")
_YEAR_HEAD = re.compile(r"(?:năm )?(?P<year>(?:19|20)\d\d)")
_GROUP = re.compile(r"\bnhóm \d\b")
_NUMBERED = re.compile(r"(?:TC\s?|Tiêu chí\s+(?:số\s+)?)?(?P<number>\d{1,2}(?:\.\d{1,2})?)\.?", re.IGNORECASE)
_FIGURE = re.compile(r"(?:tổng )?số (?:xã|thôn|huyện|hộ|tiêu chí)|tỷ lệ|tỉ lệ|thu nhập|bình quân")
_UNIT = re.compile(r"số (?P<unit>xã|thôn|huyện|hộ|tiêu chí)\b")
_VALUE = re.compile(rf"(?P<value>{NUMBER})\s?(?P<percent>%)?")


@dataclass(frozen=True, slots=True)
class _Period:
    """What one or two neighbouring columns say of one place or of one time."""

    value: int | None  # index of the column
    verdict: int | None
    plan: bool
    day: date | None
    place: PlaceRef | None
    group: str | None  # "nhóm 1"


@dataclass(frozen=True, slots=True)
class _Line:
    """A row: what it is about, and where its words start."""

    row: Row
    criterion: CriterionKey | None
    name: str
    unit: str | None
    start: int

    def cell(self, index: int | None) -> Cell | None:
        cells = self.row.cells
        cell = cells[index] if index is not None and index < len(cells) else None
        return cell if cell is not None and cell.start < cell.end else None


def read_measure_tables(
    flat: str,
    outline: Outline,
    header: Header,
    criteria: FoundCriteria,
    places: tuple[Place, ...],
    tables: tuple[PlaceTable, ...],
    home: PlaceRef | None,
    authority: Authority,
) -> TableFigures:
    """Return the figures of such tables in text order; `home` is whom a table without places is about."""
    reader = _Reader(flat, outline, header, criteria, places, home, authority)
    taken = {row.row.provision.id for table in tables for row in table.rows}  # their rows are places
    for rows in outline.tables:
        if not any(row.provision.id in taken for row in rows):
            reader.read(rows)
    return TableFigures(tuple(reader.results), tuple(reader.targets), tuple(reader.checks))


class _Reader:
    def __init__(
        self,
        flat: str,
        outline: Outline,
        header: Header,
        criteria: FoundCriteria,
        places: tuple[Place, ...],
        home: PlaceRef | None,
        authority: Authority,
    ) -> None:
        self.flat = flat
        self.outline = outline
        self.header = header
        self.criteria = criteria
        self.places = {mention.start: PlaceRef(each.name, each.id) for each in places for mention in each.mentions}
        self.home = home
        self.commune = home is not None and home.name.startswith((*COMMUNES, *VILLAGES))  # that meets criteria itself
        self.names = criterion_names(authority)
        known = authority.criteria_sets.get(criteria.set or "")
        self.size = known.criteria if known else None
        self.results: list[Result] = []
        self.targets: list[Target] = []
        self.checks: list[Check] = []

    def read(self, rows: tuple[Row, ...]) -> None:
        words = [[cell.within(self.flat) for cell in row.cells] for row in rows]
        first = first_data_row(words)
        if first == 0 or first >= len(rows):
            return
        over = heads(rows[:first], words[:first], max(len(row.cells) for row in rows), len(words[first]))
        name = next((at for at, head in enumerate(over) if _NAME_HEAD.fullmatch(head.words)), None)
        if name is None:
            return
        periods = self._periods(over, name, words[first:], self._stated(rows[0]))
        if not periods:
            return
        lines = list(self._lines(rows[first:], name, over))
        for line in lines:
            for period in periods:
                self._fact(line, period)
        for period in periods:
            if period.place is not None:
                self._count(lines, period)

    def _stated(self, row: Row) -> date | None:
        """Return the day that the words above the table or the title give."""
        return stated_day(self.flat, *caption_of(self.flat, row.provision.start)) or titled_day(
            self.header.subject or ""
        )

    def _periods(
        self, over: Sequence[Head], name: int, words: Sequence[Sequence[str]], stated: date | None
    ) -> list[_Period]:
        found: list[_Period] = []
        for index in range(name + 1, len(over)):
            head = over[index]
            if head.cell is not None and names_unit(head.cell, self.flat) and head.cell.start in self.places:
                found.append(_Period(index, index, False, stated, self.places[head.cell.start], None))
                continue
            plan, reached = PLAN_HEAD.pattern.search(head.words), _REACHED_HEAD.search(head.words)
            aim = _AIM_HEAD.fullmatch(head.words)
            year = _YEAR_HEAD.fullmatch(head.words) or (aim if aim and aim["year"] else None)
            plan = plan or aim
            day = date(int(year["year"]), 12, 31) if year else titled_day(head.words)
            if (
                not (plan or reached or year)
                or _UNIT_HEAD.fullmatch(head.words)
                or (day is None and not reached and aim is None)
            ):
                continue
            signed = self.header.date
            ahead = (
                year is not None and not (plan or reached) and signed is not None and day is not None and day >= signed
            )
            group = _GROUP.search(head.words)
            values = [row[index] for row in words if index < len(row) and row[index]]
            judged = (
                VERDICT_HEAD.pattern.fullmatch(head.own) is not None
                and bool(values)
                and all(verdict(value) is not None and not value.isdigit() for value in values)
            )
            made = _Period(
                None if judged else index, index if judged else None, bool(plan) or ahead,
                day or (None if plan else stated), None, group.group() if group else None,
            )  # fmt: skip
            last = found[-1] if found else None
            if (
                judged
                and last is not None
                and last.value == index - 1
                and last.verdict is None
                and last.day == made.day
            ):
                found[-1] = replace(last, verdict=index)
            else:
                found.append(made)
        return found

    def _lines(self, rows: Sequence[Row], name: int, over: Sequence[Head]) -> Iterator[_Line]:
        """Yield the rows that are about a criterion, a part of one, or a figure."""
        unit_at = next((at for at, head in enumerate(over) if _UNIT_HEAD.fullmatch(head.words)), None)
        told = [self._numbered(row, name) for row in rows]
        pairs = sum(
            number_of is not None and name < len(row.cells) and key(row.cells[name].within(self.flat)) in self.names
            for row, number_of in zip(rows, told, strict=True)
        )
        spoken = "tiêu chí" in key(over[name].words + " " + (self.header.subject or ""))
        for row, number_of in zip(rows, told, strict=True):
            cell = row.cells[name] if name < len(row.cells) else None
            if cell is None or cell.start == cell.end:
                continue
            words = cell.within(self.flat)
            criterion = None
            if (
                number_of is not None
                and (pairs >= 2 or (pairs and spoken))
                and not _FIGURE.match(key(words)[:12] if "." not in number_of else "")
            ):
                main = number_of if "." in number_of else int(number_of)
                named = self.criteria.at(row.provision.start, row.provision.end)
                criterion = CriterionKey(named[0].set if named else self.criteria.set, main)
            elif _FIGURE.match(key(words)) is None and COUNT_HEAD.pattern.search(key(words)) is None:
                continue
            unit = row.cells[unit_at].within(self.flat) if unit_at is not None and unit_at < len(row.cells) else ""
            start = next(each.start for each in row.cells if each.start < each.end)
            yield _Line(row, criterion, words, unit or None, start)

    def _numbered(self, row: Row, name: int) -> str | None:
        for cell in row.cells[:name] or row.cells[: name + 1]:
            match = _NUMBERED.fullmatch(cell.within(self.flat))
            if match is not None:
                return match["number"].lstrip("0")
        return None

    def _fact(self, line: _Line, period: _Period) -> None:
        cell, judged = line.cell(period.value), line.cell(period.verdict)
        judges = line.criterion is not None and (period.place is not None or self.commune)
        met = verdict(judged.within(self.flat)) if judged is not None and judges else None
        if period.place is not None:
            if met is not None and judged is not None and line.criterion is not None:
                measure = f"tiêu chí số {line.criterion.number}"
                self._keep(line, period, judged, "result.mark", measure, None, None, met)
            return
        match = _VALUE.fullmatch(cell.within(self.flat)) if cell is not None else None
        if match is None and met is None:
            return
        at = cell if match is not None else judged
        assert at is not None
        unit = "%" if match is not None and match["percent"] else line.unit
        measure = line.name if line.criterion is None else f"tiêu chí số {line.criterion.number}"
        if line.criterion is not None and "." in str(line.criterion.number):
            measure = line.name
        if unit == "xã" and line.criterion is not None:
            measure = f"số xã{f' {period.group}' if period.group else ''} đạt {measure}"
        counted = _UNIT.search(key(line.name))
        if unit is None and counted is not None and line.criterion is None:
            unit = counted["unit"]
        value = number(match["value"]) if match is not None else None
        self._keep(line, period, at, "target.row" if period.plan else "result.row", measure, value, unit, met)

    def _keep(
        self,
        line: _Line,
        period: _Period,
        cell: Cell,
        rule: str,
        measure: str,
        value: float | int | None,
        unit: str | None,
        met: bool | None,
    ) -> None:
        evidence = self._evidence(line.start, cell, rule)
        place = period.place or self.home
        if period.plan:
            self.targets.append(
                Target(measure, value, None, unit, None, None, period.day, line.criterion, place, evidence)
            )
            return
        signed = self.header.date
        day = signed if period.day is None or (signed is not None and period.day > signed) else period.day
        self.results.append(Result(place, line.criterion, measure, value, None, unit, met, day, evidence))

    def _count(self, lines: Sequence[_Line], period: _Period) -> None:
        """Read the row that counts what a place meets, and check it against its marks."""
        marks = [
            met
            for line in lines
            if line.criterion is not None and (cell := line.cell(period.value)) is not None
            and (met := verdict(cell.within(self.flat))) is not None
        ]  # fmt: skip
        for line in lines:
            cell = line.cell(period.value)
            counted = re.fullmatch(r"(\d{1,2})(?:\s?/\s?(\d{1,2}))?", cell.within(self.flat)) if cell else None
            if (
                line.criterion is not None
                or cell is None
                or counted is None
                or not COUNT_HEAD.pattern.search(key(line.name))
            ):
                continue
            said, of = int(counted.group(1)), int(counted.group(2)) if counted.group(2) else self.size
            evidence = self._evidence(line.start, cell, "result.row")
            self.results.append(
                Result(
                    period.place,
                    None,
                    "số tiêu chí đạt",
                    said,
                    of,
                    "tiêu chí",
                    None,
                    period.day or self.header.date,
                    evidence,
                )
            )
            if len(marks) >= 3 and period.place is not None:
                message = f"{period.place.name}: đánh dấu {shown(sum(marks))} tiêu chí đạt, dòng tổng ghi {said}"
                check = replace(evidence, rule="check.column")
                self.checks.append(Check(CheckKind.COLUMN_TOTAL, sum(marks) == said, message, check))

    def _evidence(self, start: int, cell: Cell, rule: str) -> Evidence:
        evidence = self.outline.evidence(start, cell.end, rule)
        return replace(evidence, cell=self.outline.layout.cell(cell.start, cell.end) or evidence.cell)
