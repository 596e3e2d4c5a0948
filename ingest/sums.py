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
_ALL_MET = 19  # criteria of the sets that communes are grouped by
_UNITS = r"(?P<unit>xã|thôn|bản|ấp)"
_GROUP = re.compile(
    rf"(?P<value>\d{{1,3}})\s+{_UNITS}\s+(?:(?:đạt|chuẩn|được|từ)\s+)*(?P<under>dưới\s+)?(?P<first>\d{{1,2}})"
    r"(?:\s*(?:-|–|đến)\s*(?P<last>\d{1,2}))?(?:\s*/\s*\d{1,2})?\s+tiêu chí(?P<up>\s+trở lên)?"
)
_ALL_OF = re.compile(
    r"(?:\d{1,3}\s?/\s?(?P<of>\d{1,3})|(?:tổng số|toàn (?:tỉnh|huyện)(?: hiện)? có)\s+(?P<all>\d{1,3}))"
    rf"\s+{_UNITS}\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[^.;]|\.(?=\S)|;(?=\S))+[.;]?")


_NEARLY = 0.95  # of the whole, and not all of it: parts left out on purpose are seldom so small


def _adds_up(total: float, said: float, parts: int, *, exact: bool) -> bool | None:
    """Return whether parts make up their whole; None where they may be some of the parts only ("trong đó")."""
    if abs(total - said) < 1e-6 * max(1.0, abs(said)):
        return True
    some = total < said and (parts < 3 or total < _NEARLY * said)
    return None if some and not exact else False


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
        ok = _adds_up(total, said, len(given), exact=exact)
        if ok is None:
            continue
        unit = whole["unit"].lower()
        message = f"Các khoản cộng lại bằng {shown(total)} {unit}, văn bản ghi {shown(said)} {unit}"
        yield Check(CheckKind.SUM, ok, message, outline.evidence(whole.start(), whole.end(), "check.money"))


def _listed_sums(flat: str, outline: Outline) -> Iterator[Check]:
    """Check a sum of money against the parts in its own sentence: "..., trong đó: A 80 tỷ đồng, B 20 tỷ đồng"."""
    for provision in outline.provisions:
        own = outline.own(provision)
        if provision.kind in ("header", "closing", "row") or flat.find("đồng", *own) < 0:
            continue
        for sentence in _SENTENCE.finditer(flat, *own):
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
            ok = _adds_up(total, said, len(parts), exact=False)
            if ok is None:
                continue
            unit = wholes[-1]["unit"].lower()
            message = f"Các khoản cộng lại bằng {shown(total)} {unit}, văn bản ghi {shown(said)} {unit}"
            yield Check(
                CheckKind.SUM, ok, message, outline.evidence(wholes[-1].start(), parts[-1].end(), "check.money")
            )


def group_totals(flat: str, outline: Outline) -> Iterator[Check]:
    """Check groups of communes by criteria met against all of them: "30 xã đạt 19 tiêu chí; 9 xã đạt 15-18; ..."."""
    chain: list[tuple[re.Match[str], int]] = []  # groups that go down without a gap, each with its least
    for match in (*_GROUP.finditer(flat), None):
        least, most = _range(match) if match else (0, -1)
        if chain and match and match.start() - chain[-1][0].end() < 200 and most == chain[-1][1] - 1:
            chain.append((match, least))
            continue
        groups = [group for group, _ in chain]
        if len(groups) > 2 and chain[-1][1] == 0:
            start, end = groups[0].start(), groups[-1].end()
            unit = groups[0]["unit"]
            wholes = [each for each in _ALL_OF.finditer(flat, max(0, start - 1500), start) if each["unit"] == unit]
            if wholes:
                total, said = sum(int(group["value"]) for group in groups), int(wholes[-1]["of"] or wholes[-1]["all"])
                message = f"Các nhóm cộng lại bằng {total} {unit}, văn bản ghi tổng số {said} {unit}"
                yield Check(CheckKind.GROUP_TOTAL, total == said, message, outline.evidence(start, end, "check.groups"))
        chain = [(match, least)] if match and most >= _ALL_MET else []


def _range(group: re.Match[str]) -> tuple[int, int]:
    """Return the least and the most criteria of a group; the most of "trở lên" is all."""
    number_of = int(group["first"])
    if group["under"]:
        return 0, number_of - 1
    return number_of, _ALL_MET if group["up"] else int(group["last"] or number_of)


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
