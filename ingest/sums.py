"""The arithmetic that a text invites: sums of money against their parts, columns against their row of totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.figure_forms import MONEY
from ingest.numbers import NUMBER, number, shown
from ingest.place_tables import AVERAGE_HEAD
from ingest.provisions import Outline
from ntmgraph.model import Check, CheckKind, Provision
from ntmgraph.text import key

_TOTAL_ROW = re.compile(r"(?:tổng cộng|tổng(?: số)?(?! số)(?!\s+\w)|cộng)\b", re.IGNORECASE)
_NO_SUM = re.compile(r"bình quân|\bbq\b|trung bình|tỷ lệ|tỉ lệ|%|năm", re.IGNORECASE)
_ALL_CRITERIA = re.compile(r"số tiêu chí|tổng (?:số )?(?:tiêu chí|tc)\b")
_ALL_UNITS = re.compile(r"(?:tổng )?số (?:xã|thôn|bản|ấp)")
_WHOLE = re.compile(r"\b(?:bao gồm|gồm)\b", re.IGNORECASE)
_PARTLY = re.compile(r"\btrong đó\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:[^.;]|\.(?=\S)|;(?=\S))+[.;]?")


def money_sums(flat: str, outline: Outline) -> Iterator[Check]:
    """Check sums of money against the parts that their bullets give, or their own sentence."""
    yield from _sums(flat, outline)
    yield from _listed_sums(flat, outline)


def lists_of(flat: str, outline: Outline) -> Iterator[tuple[Provision, list[Provision]]]:
    """Yield each provision with the bullets, points or clauses that it opens.

    A paragraph that ends with a colon opens the bullets after it, though they stand beside it in the outline.
    """
    children: dict[str, list[Provision]] = {}
    openers: dict[str | None, Provision] = {}  # by parent: the paragraph whose list goes on
    for provision in outline.provisions:
        if provision.kind == "paragraph":
            ends = flat[provision.start : provision.end].rstrip().endswith(":")
            openers.pop(provision.parent, None)
            if ends:
                openers[provision.parent] = provision
        elif provision.kind in ("bullet", "point", "clause"):
            opener = openers.get(provision.parent) if provision.kind == "bullet" else None
            head = opener.id if opener else provision.parent
            if head is not None:
                children.setdefault(head, []).append(provision)
    for head, parts in children.items():
        yield outline.by_id[head], parts


def _sums(flat: str, outline: Outline) -> Iterator[Check]:
    """Check each sum of money against the parts that its bullets give."""
    for head, parts in lists_of(flat, outline):
        whole_at = outline.own(head)
        wholes = list(MONEY.pattern.finditer(flat, *whole_at))
        if not wholes or len(parts) < 2:
            continue
        whole = wholes[-1]
        opening = flat[whole.end() : whole_at[1]]
        amounts = [MONEY.pattern.search(flat, *outline.own(part)) for part in parts]
        given = [amount for amount in amounts if amount is not None]
        if len(given) != len(parts) or any(amount["unit"].lower() != whole["unit"].lower() for amount in given):
            continue
        total, said = sum(number(amount["value"]) for amount in given), number(whole["value"])
        exact = _WHOLE.search(opening) is not None
        if not exact and not _PARTLY.search(opening) and not opening.rstrip().endswith(":"):
            continue
        ok = abs(total - said) < 1e-6 * max(1.0, abs(said))
        if not ok and not exact and total < said:
            continue  # "trong đó" may name some of the parts only
        unit = whole["unit"].lower()
        message = f"Các khoản cộng lại bằng {shown(total)} {unit}, văn bản ghi {shown(said)} {unit}"
        yield Check(CheckKind.SUM, ok, message, outline.evidence(whole.start(), whole.end(), "check.money"))


def _listed_sums(flat: str, outline: Outline) -> Iterator[Check]:
    """Check a sum of money against the parts in its own sentence: "..., trong đó: A 80 tỷ đồng, B 20 tỷ đồng"."""
    for provision in outline.provisions:
        if provision.kind in ("header", "closing", "row"):
            continue
        for sentence in _SENTENCE.finditer(flat, *outline.own(provision)):
            opening = _WHOLE.search(flat, *sentence.span()) or _PARTLY.search(flat, *sentence.span())
            if opening is None or "đồng" not in sentence.group():
                continue
            wholes = list(MONEY.pattern.finditer(flat, sentence.start(), opening.start()))
            parts = list(MONEY.pattern.finditer(flat, opening.end(), sentence.end()))
            if (
                not wholes
                or len(parts) < 2
                or any(part["unit"].lower() != wholes[-1]["unit"].lower() for part in parts)
            ):
                continue
            total, said = sum(number(part["value"]) for part in parts), number(wholes[-1]["value"])
            ok = abs(total - said) < 1e-6 * max(1.0, abs(said))
            if not ok and total < said:
                continue
            unit = wholes[-1]["unit"].lower()
            message = f"Các khoản cộng lại bằng {shown(total)} {unit}, văn bản ghi {shown(said)} {unit}"
            yield Check(
                CheckKind.SUM, ok, message, outline.evidence(wholes[-1].start(), parts[-1].end(), "check.money")
            )


def column_totals(flat: str, outline: Outline) -> Iterator[Check]:
    """Check the row "Tổng cộng" of a plain table against each column: its sum, or its average where it heads one."""
    for rows in outline.tables:
        table = [(row.provision, [cell.within(flat) for cell in row.cells]) for row in rows]
        totals = [(row, cells) for row, cells in table if any(_TOTAL_ROW.match(cell) for cell in cells[:2])]
        plain = [cells for _, cells in table if re.fullmatch(r"\d{1,3}\.?", cells[0])]
        if len(totals) != 1 or len(plain) < 2 or len(plain) + 2 < len(table) - 1:
            continue
        row, cells = totals[0]
        heads = [each for _, each in table if not re.fullmatch(r"\d{1,3}\.?", each[0]) and each is not cells]
        widths = {len(each) for each in plain}
        label = next(at for at, cell in enumerate(cells[:2]) if _TOTAL_ROW.match(cell))
        spread = label + 1 < len(cells) and not cells[label + 1]  # the cells stand in their columns
        shift = 0 if spread or len(widths) != 1 else max(widths.pop() - len(cells), 0)  # else merged at the left
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
