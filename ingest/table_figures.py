"""Figures of tables: what each place reached or is to reach, and whether totals, averages and lists fit.

A commune's count has no criterion (17 of 19); a mark, or a number in a list of criteria not met, has one, and says met
or not. A row of totals is checked against the rows above it and never read as a place.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from ingest.as_of import stated_day, titled_day
from ingest.criteria import FoundCriteria
from ingest.header import Header
from ingest.numbers import NUMBER, number, shown
from ingest.place_tables import COMMUNES, Column, PlaceRow, PlaceTable, Use, listed_numbers, verdict
from ingest.provisions import Outline
from ingest.tables import Cell
from ntmgraph.authority import Authority
from ntmgraph.model import Check, CheckKind, CriterionKey, Evidence, Place, PlaceRef, Result, Target
from ntmgraph.text import key

_COUNTED = re.compile(
    r"(?P<value>\d{1,3}(?:\.\d{3})*)(?:\s?/\s?(?P<of>\d{1,2}))?(?:\s*(?:tiêu chí|TC))?\.?", re.IGNORECASE
)
_OF_HEAD = re.compile(r"(?<!\d)/\s?(?P<of>\d{1,2})\b(?!/)")  # "số tiêu chí đạt/19", no date
_PERIOD = re.compile(r"\b(?=(?:tháng|quý|ngày) \d|\d{1,2}/\d{1,2}/\d{4})")
_LAST_YEAR = re.compile(r"\b(?:năm trước|đầu năm|cùng kỳ|kỳ trước)\b")
_DAY_ALONE = re.compile(r"(?<![\d/.])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/])")  # "đến 31/10"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AHEAD = (Use.PLAN, Use.TO_REACH)
_MET_ROW = re.compile(r"số (?:xã|thôn|đơn vị) (?:đã )?(?:đạt|hoàn thành)")


@dataclass(frozen=True, slots=True)
class TableFigures:
    results: tuple[Result, ...]
    targets: tuple[Target, ...]
    checks: tuple[Check, ...]


def read_place_tables(
    tables: tuple[PlaceTable, ...],
    flat: str,
    outline: Outline,
    header: Header,
    criteria: FoundCriteria,
    places: tuple[Place, ...],
    authority: Authority,
) -> TableFigures:
    """Return the figures of the tables whose rows are places, in text order."""
    at = {mention.start: PlaceRef(place.name, place.id) for place in places for mention in place.mentions}
    reader = _Reader(flat, outline, header, authority, at)
    for table in tables:
        reader.read(table, criteria.of_tables.get(table.rows[0].row.provision.start))
    return TableFigures(tuple(reader.results), tuple(reader.targets), tuple(reader.checks))


class _Reader:
    def __init__(
        self,
        flat: str,
        outline: Outline,
        header: Header,
        authority: Authority,
        places: dict[int, PlaceRef],
    ) -> None:
        self.flat = flat
        self.outline = outline
        self.header = header
        self.authority = authority
        self.set: str | None = None  # of the table being read
        self.size: int | None = None  # how many criteria it has
        self.numbers: dict[str, int] = {}
        self.places = places
        self.results: list[Result] = []
        self.targets: list[Target] = []
        self.checks: list[Check] = []

    def read(self, table: PlaceTable, criteria_set: str | None) -> None:
        """Read the rows of a table, whose criteria are of a set."""
        if criteria_set != self.set:
            known = self.authority.criteria_sets.get(criteria_set or "")
            self.set, self.size = criteria_set, known.criteria if known else None
            self.numbers = {
                key(name): each.number
                for each in self.authority.criteria
                if each.set == criteria_set
                for name in (*each.aliases, each.name)
            }
        columns, last = self._latest(table)
        day = last or self._as_of(table)
        for row in table.rows:
            place = self.places.get(row.places[0].start) if len(row.places) == 1 else None
            if place is None:
                continue
            for column in columns:
                cell = row.cell(column)
                if cell is not None:
                    self._cell(table, row, column, cell, place, day)
            self._check_row(table, row)
        self._check_marks(table)

    def _latest(self, table: PlaceTable) -> tuple[tuple[Column, ...], date | None]:
        """Return the columns without the counts of earlier days, which stand there for comparison, and the last day:
        that of the table's marks too."""
        days = {column.index: self._day_of(column) or self.header.date for column in table.of(Use.COUNT)}
        if len(days) < 2 or None in days.values():
            return table.columns, None
        last = max(day for day in days.values() if day is not None)
        return tuple(column for column in table.columns if days.get(column.index, last) == last), last

    def _day_of(self, column: Column) -> date | None:
        """Return the day of a heading, with or without its year, or the end of "năm trước"; None where it says none."""
        head = _PERIOD.sub("đến ", column.head)
        year = _YEAR.search(head)
        found = (
            stated_day(head, 0, len(head)) or titled_day(head) or (date(int(year.group()), 12, 31) if year else None)
        )
        alone = _DAY_ALONE.search(column.head)
        signed = self.header.date
        if signed is None or (found is not None and alone is None):
            return found
        if alone is None:
            return date(signed.year - 1, 12, 31) if _LAST_YEAR.search(column.head) else None
        day, month = int(alone["day"]), int(alone["month"])
        if not (1 <= month <= 12 and 1 <= day <= monthrange(signed.year, month)[1]):
            return found
        here = date(signed.year, month, day)
        return here if here <= signed else date(signed.year - 1, month, min(day, monthrange(signed.year - 1, month)[1]))

    def _as_of(self, table: PlaceTable) -> date | None:
        """Return the day of the caption, else of the headings above the table, else of the title or of signing."""
        found = stated_day(self.flat, *table.caption)
        for above in self.outline.above(self.outline.at(table.rows[0].row.provision.start)):
            heading = self.outline.headings.get(above.id)
            if found is None and heading is not None:
                found = stated_day(self.flat, *heading)
        found = found or titled_day(self.header.subject or "")
        signed = self.header.date
        return signed if found is None or (signed is not None and found > signed) else found

    def _cell(
        self, table: PlaceTable, row: PlaceRow, column: Column, cell: Cell, place: PlaceRef, day: date | None
    ) -> None:
        words = cell.within(self.flat)
        unit = self._unit(row)
        if column.use in (Use.COUNT, Use.PLAN):
            counted = _COUNTED.fullmatch(words)
            if counted is None:
                return
            value = number(counted["value"])
            head_of = _OF_HEAD.search(column.head)
            of = int(counted["of"]) if counted["of"] else int(head_of["of"]) if head_of else None
            if unit is None:  # a district's or province's total
                self._keep(row, column, cell, place, day, "tổng số tiêu chí đạt", value, of, "tiêu chí")
            elif value <= (of or self.size or 20):
                self._keep(row, column, cell, place, day, "số tiêu chí đạt", value, of or self.size, "tiêu chí")
        elif column.use in (Use.REACHED, Use.TO_REACH) and re.fullmatch(NUMBER, words):
            base = next((row.cell(each) for each in table.of(Use.UNITS)), None)
            whole = base.within(self.flat) if base else ""
            counted_unit = re.search(r"\bsố (\S+)|\((\S+)\)$", column.head)
            of = int(number(whole)) if re.fullmatch(NUMBER, whole) else None
            said = counted_unit.group(1) or counted_unit.group(2) if counted_unit else None
            if unit in COMMUNES and said in COMMUNES:
                return  # the count of the district that the row lies in
            self._keep(row, column, cell, place, day, column.head, number(words), of, said)
        elif column.use is Use.AVERAGE and re.fullmatch(NUMBER, words):
            self._keep(row, column, cell, place, day, "số tiêu chí bình quân", number(words), None, "tiêu chí/xã")
        elif column.use is Use.MARK:
            met = verdict(words)
            if met is not None:
                marked = column.number or self.numbers.get(key(column.name or ""))
                self._mark(row, cell, place, day, marked, column.name or column.head, met)
        elif column.use is Use.VERDICT:
            numbered = self._criterion_of(table, row)
            met = verdict(words)
            if numbered is not None and met is not None:
                self._mark(row, cell, place, day, numbered, None, met)
        elif column.use in (Use.MET, Use.UNMET):
            for each in listed_numbers(cell, self.flat):
                said = each.within(self.flat)
                main = said if "." in said else int(said)
                if 1 <= int(said.split(".")[0]) <= 20:
                    self._mark(row, each, place, day, main, None, column.use is Use.MET)

    def _criterion_of(self, table: PlaceTable, row: PlaceRow) -> int | str | None:
        """Return the criterion that a row names, else the only one of the words above the table or of the title."""
        columns = table.of(Use.CRITERION)
        if columns:
            cell = row.cell(columns[0])
            words = key(cell.within(self.flat)) if cell else ""
            number_of = re.match(r"(?:tiêu chí|tc)?[ .]*(?:số )?(\d{1,2}(?:\.\d{1,2})?)\b", words)
            if number_of is None:
                return self.numbers.get(words)
            return number_of.group(1) if "." in number_of.group(1) else int(number_of.group(1))
        for words in (self.flat[slice(*table.caption)], self.header.subject or ""):
            named = {int(match.group(1)) for match in re.finditer(r"tiêu chí\s+số\s+(\d{1,2})\b", words, re.IGNORECASE)}
            if named:
                return named.pop() if len(named) == 1 else None
        return None

    def _unit(self, row: PlaceRow) -> str | None:
        """Return "xã" or "thôn" for a row that may meet criteria itself; None for a district."""
        kind = row.places[0].kind
        return None if kind in ("huyện", "thị xã", "thành phố", "quận", "tỉnh") else kind or "xã"

    def _keep(
        self,
        row: PlaceRow,
        column: Column,
        cell: Cell,
        place: PlaceRef,
        day: date | None,
        measure: str,
        value: float,
        of: int | None,
        unit: str | None,
    ) -> None:
        evidence = self._evidence(row.start, cell, "target.row" if column.use in _AHEAD else "result.row")
        year = _YEAR.search(column.head)
        if column.use in _AHEAD:
            by = date(int(year.group()), 12, 31) if year else None
            self.targets.append(Target(measure, value, of, unit, None, None, by, None, place, evidence))
            return
        own = self._day_of(column)
        if own is not None and self.header.date is not None and own > self.header.date:
            own = day
        self.results.append(Result(place, None, measure, value, of, unit, None, own or day, evidence))

    def _mark(
        self,
        row: PlaceRow,
        cell: Cell,
        place: PlaceRef,
        day: date | None,
        numbered: int | str | None,
        name: str | None,
        met: bool,
    ) -> None:
        evidence = self._evidence(row.start, cell, "result.mark")
        measure = f"tiêu chí số {numbered}" if numbered is not None else f"tiêu chí {name}"
        criterion = CriterionKey(self.set, numbered)
        self.results.append(Result(place, criterion, measure, None, None, None, met, day, evidence))

    def _evidence(self, start: int, cell: Cell, rule: str) -> Evidence:
        """Return the words of a row up to a value, and the value's cell where the source is a sheet."""
        evidence = self.outline.evidence(min(start, cell.start), cell.end, rule)
        return replace(evidence, cell=self.outline.layout.cell(cell.start, cell.end) or evidence.cell)

    def _check_row(self, table: PlaceTable, row: PlaceRow) -> None:
        """Check a row's count against its marks, or against the list of what it does not meet."""
        counts = [(column, cell) for column in table.of(Use.COUNT) if (cell := row.cell(column))]
        if len(counts) != 1:
            return
        counted = _COUNTED.fullmatch(counts[0][1].within(self.flat))
        if counted is None:
            return
        said, end = number(counted["value"]), max(counts[0][1].end, row.places[0].end)
        of = int(counted["of"]) if counted["of"] else self.size
        marks = [met for column in table.of(Use.MARK) if (cell := row.cell(column)) is not None
                 and (met := verdict(cell.within(self.flat))) is not None]  # fmt: skip
        name = self.flat[row.places[0].start : row.places[0].end]
        if len(marks) >= 5:
            true = sum(marks)
            message = f"{name}: các cột đánh dấu {true} tiêu chí đạt, cột tổng ghi {shown(said)}"
            evidence = self.outline.evidence(row.places[0].start, end, "check.marks")
            self.checks.append(Check(CheckKind.ROW_TOTAL, true == said, message, evidence))
        for column in table.of(Use.UNMET):
            cell = row.cell(column)
            listed = (
                [each for each in listed_numbers(cell, self.flat) if "." not in each.within(self.flat)] if cell else []
            )
            if cell is None or not listed or of is None:
                continue
            message = f"{name}: đạt {shown(said)}/{of} tiêu chí, liệt kê {len(listed)} tiêu chí chưa đạt"
            evidence = self.outline.evidence(row.places[0].start, max(end, cell.end), "check.unmet")
            self.checks.append(Check(CheckKind.ROW_TOTAL, said + len(listed) == of, message, evidence))

    def _check_marks(self, table: PlaceTable) -> None:
        """Check the row "Số xã đạt" below columns of marks."""
        for total in table.totals:
            if not any(_MET_ROW.match(key(cell.within(self.flat))) for cell in total.cells[:4]):
                continue
            for column in table.of(Use.MARK):
                cell = total.cells[column.index] if column.index < len(total.cells) else None
                words = cell.within(self.flat) if cell else ""
                if not words.isdigit():
                    continue
                marks = (mark for row in table.rows if (mark := row.cell(column)) is not None)
                true = sum(verdict(mark.within(self.flat)) is True for mark in marks)
                message = (
                    f"Tiêu chí {column.number or column.name}: {true} nơi được đánh dấu đạt, dòng tổng ghi {words}"
                )
                evidence = self.outline.evidence(total.provision.start, total.provision.end, "check.column")
                self.checks.append(Check(CheckKind.COLUMN_TOTAL, true == int(words), message, evidence))
