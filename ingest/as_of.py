"""The day that words give a state of affairs for: "đến ngày 30/9/2014", "hết tháng 6/2022", "tính đến quý III/2023"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?:19|20)\d\d"
_QUARTERS = {"I": 3, "II": 6, "III": 9, "IV": 12, "1": 3, "2": 6, "3": 9, "4": 12}


@dataclass(frozen=True, slots=True)
class StateForm:
    """A form of dating a state of affairs: its pattern, the forms that it accepts, one that it must not."""

    pattern: re.Pattern[str]
    accepts: tuple[str, ...]
    rejects: str


AS_OF = StateForm(
    re.compile(
        r"(?=[ĐHTC(0369])(?:(?:đến|hết|tính đến|cuối|thời điểm|trong|\()\s*(?:thời điểm\s+|hết\s+|cuối\s+|ngày\s+)*"
        rf"(?:(?P<day>\d{{1,2}})\s?[/.]\s?(?P<month>\d{{1,2}})\s?[/.]\s?(?P<year>{_YEAR})"
        rf"|(?P<day1>\d{{1,2}})\s+tháng\s+(?P<month1>\d{{1,2}})\s+năm\s+(?P<year1>{_YEAR})"
        rf"|tháng\s+(?P<month2>\d{{1,2}})(?:\s?[/.]\s?|\s+năm\s+)(?P<year2>{_YEAR})"
        rf"|quý\s+(?P<quarter>IV|I{{1,3}}|[1-4])(?:\s?[/.-]\s?|\s+năm\s+)(?P<year4>{_YEAR})"
        rf"|năm\s+(?P<year3>{_YEAR})(?!\s?[-–]\s?\d))"
        rf"|\b(?P<months>0?[369])\s+tháng\s+(?P<side>đầu|cuối)\s+năm\s+(?P<year5>{_YEAR}))",
        re.IGNORECASE,
    ),
    (
        "Đến hết năm 2019",
        "tính đến ngày 31/3/2020",
        "đến 30/11/2023",
        "ĐẾN NGÀY 20 THÁNG 10 NĂM 2023",
        "hết quý III/2023",
        "(tháng 9/2014)",
        "6 tháng đầu năm 2023",
    ),
    "giai đoạn 2016-2020",
)
FORMS = (AS_OF,)


def stated_day(flat: str, start: int, end: int) -> date | None:
    """Return the day that the last such words between two offsets name; the last day of a period."""
    if flat.find("20", start, end) < 0 and flat.find("19", start, end) < 0:
        return None  # no year, so nothing that the form could read
    last = max(AS_OF.pattern.finditer(flat, start, end), key=re.Match.start, default=None)
    if last is None:
        return None
    year = int(next(last[name] for name in ("year", "year1", "year2", "year3", "year4", "year5") if last[name]))
    months = (
        last["month"] or last["month1"] or last["month2"] or ((last["side"] or "").lower() == "đầu" and last["months"])
    )
    month = int(months) if months else _QUARTERS[last["quarter"].upper()] if last["quarter"] else 12
    try:
        return date(year, month, int(last["day"] or last["day1"] or monthrange(year, month)[1]))
    except ValueError:
        return None


def titled_day(title: str) -> date | None:
    """Return the day that a title gives a state of affairs for; the end of the last year that it names."""
    found = stated_day(title, 0, len(title))
    years = re.findall(rf"\bnăm\s+({_YEAR})\b(?!\s?[-–]\s?\d)", title, re.IGNORECASE)
    return found or (date(int(years[-1]), 12, 31) if years else None)
