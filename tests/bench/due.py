"""By when something is to be done: the words of a deadline and the day or rule that they mean."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from world import Unequal

from ntmgraph.model import DeadlineKind

_QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Due:
    words: str
    kind: DeadlineKind
    day: date | None
    recurrence: str | None = None
    before: str = ""  # said before the words, and no part of them


def due(chance: Random, issued: date) -> Due:
    """Return a deadline of a document issued on a day."""
    return _FORMS.draw(chance)(chance, issued)


def _before(chance: Random, issued: date) -> Due:
    day = _later(chance, issued)
    return Due(f"trước ngày {day:%d/%m/%Y}", DeadlineKind.BEFORE, day, before="hoàn thành ")


def _by(chance: Random, issued: date) -> Due:
    day = _later(chance, issued)
    return Due(f"chậm nhất ngày {day:%d/%m/%Y}", DeadlineKind.BY, day)


def _in_quarter(chance: Random, issued: date) -> Due:
    day = _later(chance, issued)
    quarter = (day.month - 1) // 3
    return Due(
        f"trong quý {_QUARTERS[quarter]}/{day.year}", DeadlineKind.BY_END_OF, _month_end(day.year, quarter * 3 + 3)
    )


def _in_month(chance: Random, issued: date) -> Due:
    return _month_of(_later(chance, issued))


def _in_month_gone(chance: Random, issued: date) -> Due:
    """A slip of the pen: due before the document's own day."""
    return _month_of(issued - timedelta(days=chance.randint(31, 300)))


def _within(chance: Random, issued: date) -> Due:
    days = chance.choice((5, 10, 15, 20, 30))
    words = f"trong thời hạn {days:02} ngày kể từ ngày ký văn bản này"
    return Due(words, DeadlineKind.RELATIVE, issued + timedelta(days=days))


def _monthly(chance: Random, issued: date) -> Due:
    day = chance.randint(5, 28)
    return Due(f"trước ngày {day:02} hằng tháng", DeadlineKind.RECURRING, None, f"FREQ=MONTHLY;BYMONTHDAY={day}")


def _quarterly(chance: Random, issued: date) -> Due:
    day = chance.choice((5, 10, 15))
    rule = f"FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY={day}"
    return Due(f"trước ngày {day:02} tháng đầu quý sau", DeadlineKind.RECURRING, None, rule)


def _yearly(chance: Random, issued: date) -> Due:
    day, month = chance.choice((5, 10, 15, 20)), chance.choice((6, 11, 12))
    rule = f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"
    return Due(f"trước ngày {day:02} tháng {month:02} hằng năm", DeadlineKind.RECURRING, None, rule)


def _at_event(chance: Random, issued: date) -> Due:
    return Due("ngay sau khi được cấp có thẩm quyền phê duyệt", DeadlineKind.EVENT, None)


def _later(chance: Random, issued: date) -> date:
    return issued + timedelta(days=int(10 + chance.expovariate(1 / 150)))


def _month_of(day: date) -> Due:
    return Due(f"trong tháng {day.month:02}/{day.year}", DeadlineKind.BY_END_OF, _month_end(day.year, day.month))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


_FORMS: Unequal[Callable[[Random, date], Due]] = Unequal(
    (_before, _by, _in_quarter, _in_month, _within, _monthly, _quarterly, _yearly, _at_event, _in_month_gone),
    (35, 10, 12, 10, 6, 12, 5, 5, 4, 1),
)
