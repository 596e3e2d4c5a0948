"""Figures of tables: what each place reached or is to reach, and whether totals, averages and lists fit.

A commune's count has no criterion (17 of 19); a mark, or a number in a list of criteria not met, has one, and says met
or not. A row of totals is checked against the rows above it and never read as a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.as_of import stated_day
from ingest.header import Header
from ingest.numbers import NUMBER, number, shown
from ingest.place_tables import AVERAGE_HEAD, Column, PlaceRow, PlaceTable, Use, listed_numbers
from ingest.provisions import Outline
from ingest.tables import Cell, tables_of
from ntmgraph.authority import Authority
from ntmgraph.model import Check, CheckKind, CriterionKey, Place, PlaceRef, Result, Target
from ntmgraph.text import key

_COUNTED = re.compile(
    r"(?P<value>\d{1,3}(?:\.\d{3})*)(?:\s?/\s?(?P<of>\d{1,2}))?(?:\s*(?:tiêu chí|TC))?\.?", re.IGNORECASE
)
_OF_HEAD = re.compile(r"/\s?(?P<of>\d{1,2})\b")
_MET = frozenset({"x", "đ", "d", "đạt", "đã đạt", "duy trì", "hoàn thành", "có", "1", "✓", "✔", "√", "+", "v"})
_UNMET = frozenset(
    {"chưa", "chưa đạt", "không", "không đạt", "chưa hoàn thành", "không có", "cđ", "kđ", "k", "o", "0", "-", "–"}
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TOTAL_ROW = re.compile(r"(?:tổng(?: cộng| số)?|cộng)\b", re.IGNORECASE)
_NO_SUM = re.compile(r"bình quân|\bbq\b|trung bình|tỷ lệ|tỉ lệ|%|năm", re.IGNORECASE)
_ALL_CRITERIA = re.compile(r"số tiêu chí|tổng (?:số )?(?:tiêu chí|tc)\b")
_ALL_UNITS = re.compile(r"(?:tổng )?số (?:xã|thôn|bản|ấp)")
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
    criteria_set: str | None,
    places: tuple[Place, ...],
    authority: Authority,
) -> TableFigures:
    """Return the figures of the tables whose rows are places, in text order."""
    at = {mention.start: PlaceRef(place.name, place.id) for place in places for mention in place.mentions}
    reader = _Reader(flat, outline, header, criteria_set, authority, at)
    for table in tables:
        reader.read(table)
    return TableFigures(tuple(reader.results), tuple(reader.targets), tuple(reader.checks))


class _Reader:
    def __init__(
        self,
        flat: str,
        outline: Outline,
        header: Header,
        criteria_set: str | None,
        authority: Authority,
        places: dict[int, PlaceRef],
    ) -> None:
        self.flat = flat
        self.outline = outline
        self.header = header
        self.set = criteria_set
        known = authority.criteria_sets.get(criteria_set or "")
        self.size = known.criteria if known else None  # how many criteria the set has
        self.numbers = {
            key(name): each.number
            for each in authority.criteria
            if each.set == criteria_set
            for name in (*each.aliases, each.name)
        }
        self.places = places
        self.results: list[Result] = []
        self.targets: list[Target] = []
        self.checks: list[Check] = []

    def read(self, table: PlaceTable) -> None:
        day = self._as_of(table)
        for row in table.rows:
            place = self.places.get(row.places[0].start) if len(row.places) == 1 else None
            if place is None:
                continue
            for column in table.columns:
                cell = row.cell(column)
                if cell is not None:
                    self._cell(table, row, column, cell, place, day)
            self._check_row(table, row)
        self._check_marks(table)

    def _as_of(self, table: PlaceTable) -> date | None:
        """Return the day of the caption, else of the headings above the table, else of the title or of signing."""
        found = stated_day(self.flat, *table.caption)
        for above in self.outline.above(self.outline.at(table.rows[0].row.provision.start)):
            heading = self.outline.headings.get(above.id)
            if found is None and heading is not None:
                found = stated_day(self.flat, *heading)
        subject = self.header.subject or ""
        found = found or stated_day(subject, 0, len(subject))
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
        elif column.use is Use.REACHED and re.fullmatch(NUMBER, words):
            base = next((row.cell(each) for each in table.of(Use.UNITS)), None)
            whole = base.within(self.flat) if base else ""
            counted_unit = re.search(r"số (\S+)", column.head)
            of = int(number(whole)) if re.fullmatch(NUMBER, whole) else None
            said = counted_unit.group(1) if counted_unit else None
            self._keep(row, column, cell, place, day, column.head, number(words), of, said)
        elif column.use is Use.AVERAGE and re.fullmatch(NUMBER, words):
            self._keep(row, column, cell, place, day, "số tiêu chí bình quân", number(words), None, "tiêu chí/xã")
        elif column.use is Use.MARK:
            met = _met(words)
            if met is not None:
                numbered = column.number or self.numbers.get(key(column.name or ""))
                self._mark(row, cell, place, day, numbered, column.name or column.head, met)
        elif column.use in (Use.MET, Use.UNMET):
            for each in listed_numbers(cell, self.flat):
                said = each.within(self.flat)
                main = said if "." in said else int(said)
                if 1 <= int(said.split(".")[0]) <= 20:
                    self._mark(row, each, place, day, main, None, column.use is Use.MET)

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
        evidence = self.outline.evidence(
            row.places[0].start, cell.end, f"{'target' if column.use is Use.PLAN else 'result'}.row"
        )
        year = _YEAR.search(column.head)
        if column.use is Use.PLAN:
            by = date(int(year.group()), 12, 31) if year else None
            self.targets.append(Target(measure, value, of, unit, None, None, by, None, place, evidence))
            return
        own = stated_day(column.head, 0, len(column.head)) or (date(int(year.group()), 12, 31) if year else None)
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
        evidence = self.outline.evidence(row.places[0].start, cell.end, "result.mark")
        measure = f"tiêu chí số {numbered}" if numbered is not None else f"tiêu chí {name}"
        criterion = CriterionKey(self.set, numbered)
        self.results.append(Result(place, criterion, measure, None, None, None, met, day, evidence))

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
                 and (met := _met(cell.within(self.flat))) is not None]  # fmt: skip
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
                true = sum(
                    _met(mark.within(self.flat)) is True for row in table.rows if (mark := row.cell(column)) is not None
                )
                message = (
                    f"Tiêu chí {column.number or column.name}: {true} nơi được đánh dấu đạt, dòng tổng ghi {words}"
                )
                evidence = self.outline.evidence(total.provision.start, total.provision.end, "check.column")
                self.checks.append(Check(CheckKind.COLUMN_TOTAL, true == int(words), message, evidence))


def _met(words: str) -> bool | None:
    """Return what a mark says; None for a percentage, a remark or a mark that is not known."""
    folded = key(words).strip(" .")
    return True if folded in _MET else False if folded in _UNMET else None


def column_totals(flat: str, outline: Outline) -> Iterator[Check]:
    """Check the row "Tổng cộng" of a plain table against each column: its sum, or its average where it heads one."""
    for rows in tables_of(outline, flat):
        table = [(row.provision, [cell.within(flat) for cell in row.cells]) for row in rows]
        totals = [(row, cells) for row, cells in table if any(_TOTAL_ROW.match(cell) for cell in cells[:2])]
        plain = [cells for _, cells in table if re.fullmatch(r"\d{1,3}\.?", cells[0])]
        if len(totals) != 1 or len(plain) < 2 or len(plain) + 2 < len(table) - 1:
            continue
        row, cells = totals[0]
        heads = [each for _, each in table if not re.fullmatch(r"\d{1,3}\.?", each[0]) and each is not cells]
        widths = {len(each) for each in plain}
        shift = (
            max(widths.pop() - len(cells), 0) if len(widths) == 1 else 0
        )  # merged cells at the left of the total row
        for place in range(1, len(cells)):
            at = place + shift
            head = key(" ".join(each[at] for each in heads if at < len(each)))
            values = [_value(each[at]) for each in plain if at < len(each) and each[at]]
            said = cells[place]
            if at < 2 or not re.fullmatch(NUMBER, said) or len(values) < len(plain) or None in values:
                continue
            numbers = [value for value in values if value is not None]
            evidence = outline.evidence(row.start, row.end, "check.column")
            if AVERAGE_HEAD.pattern.search(head):
                true = _weighted_average(heads, plain)
                if true is not None:
                    ok = abs(true - number(said)) <= 0.5 * 10 ** -len(said.partition(",")[2]) + 1e-9
                    message = f"Cột {at + 1}: bình quân các dòng bằng {shown(round(true, 2))}, dòng tổng ghi {said}"
                    yield Check(CheckKind.AVERAGE, ok, message, evidence)
                continue
            if "," in said or _NO_SUM.search(head):
                continue
            total = sum(numbers)
            ok = abs(total - number(said)) < 1e-6 * max(1.0, abs(total))
            message = f"Cột {at + 1} cộng lại bằng {shown(total)}, dòng tổng ghi {said}"
            yield Check(CheckKind.COLUMN_TOTAL, ok, message, evidence)


def _weighted_average(heads: Sequence[Sequence[str]], plain: Sequence[Sequence[str]]) -> float | None:
    """Return all criteria met by all communes: an average of averages would weigh small districts too much."""
    sums: dict[str, float] = {}
    for at in range(2, min(len(each) for each in plain)):
        head = key(" ".join(each[at] for each in heads if at < len(each)))
        values = [_value(each[at]) for each in plain]
        if None in values or AVERAGE_HEAD.pattern.search(head):
            continue
        use = "criteria" if _ALL_CRITERIA.search(head) else "units" if _ALL_UNITS.fullmatch(head) else None
        if use is not None and use not in sums:
            sums[use] = sum(value for value in values if value is not None)
    return sums["criteria"] / sums["units"] if len(sums) == 2 and sums["units"] else None


def _value(words: str) -> float | None:
    """Return the number of a cell: "1.733", "12,6", the first of "8/19"."""
    match = re.fullmatch(rf"(?P<value>{NUMBER})(?:\s?/\s?\d{{1,3}})?", words)
    return number(match["value"]) if match else None
