"""Tasks as a calendar file (iCalendar, RFC 5545) that Outlook, Google and telephones take in.

One all-day event for each task. Its UID comes from the id of the task, which comes from the content of its document:
a file taken in a second time changes the events that are there instead of adding others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from ntmgraph import __version__
from ntmgraph.queries import DeadlineRow, TaskState
from ntmgraph.reasons import document_label
from ntmgraph.workspace.due import first_day

MOST = 5000  # events of a file
_LINE = 75  # octets (RFC 5545, 3.1)
_TITLE = 120  # letters of a task in the title of its event; the whole stands in its description
_STATES = {
    TaskState.DONE_ON_TIME: "Hoàn thành đúng hạn",
    TaskState.DONE_LATE: "Hoàn thành quá hạn",
    TaskState.OPEN_IN_TIME: "Đang thực hiện trong hạn",
    TaskState.OPEN_LATE: "Đang thực hiện quá hạn",
}


def written(
    rows: Iterable[DeadlineRow], issued: Mapping[str, date | None], *, on: date, now: datetime | None = None
) -> tuple[bytes, int]:
    """Return the file, and how many tasks it leaves out because no day is known of them.

    issued: day of each document, from which its recurring duties hold. on: the day of the states. now: UTC.
    """
    stamp = f"{now or datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    events: list[str] = []
    left_out = 0
    once: dict[str, DeadlineRow] = {}  # a recurring duty may stand for several of its days
    for row in rows:
        once.setdefault(row.task, row)
    for row in once.values():
        day = row.due
        if row.recurrence is not None:
            day = first_day(row.recurrence, issued[row.document.id])
        if day is None:
            left_out += 1
        else:
            events += _event(row, day, stamp, on)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//ntmgraph//ntmgraph {__version__}//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text('Nhiệm vụ nông thôn mới')}",
        *events,
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode(), left_out


def _event(row: DeadlineRow, day: date, stamp: str, on: date) -> Iterator[str]:
    who = ", ".join(agency.name for agency in row.agency)
    what = row.what if len(row.what) <= _TITLE else f"{row.what[:_TITLE].rsplit(' ', 1)[0]} …"
    description = [
        row.what,
        f"Thời hạn: {row.text}",
        f"Giao cho: {who or 'văn bản không nêu'}",
        f"Căn cứ: {document_label(row.document)}",
    ]
    if row.state is not None:
        description.append(f"Trạng thái đến {on:%d/%m/%Y}: {_STATES[row.state].lower()}")
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(row.task.encode()).hexdigest()[:32]}@ntmgraph"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    if row.recurrence is not None:
        yield f"RRULE:{row.recurrence}"
    yield f"SUMMARY:{_text(f'{who}: {what}' if who else what)}"
    yield f"DESCRIPTION:{_text(chr(10).join(description))}"
    if row.state is not None:
        yield f"CATEGORIES:{_text(_STATES[row.state])}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(words: str) -> str:
    """Return words as a value of type TEXT (RFC 5545, 3.3.11)."""
    for mark, said in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\r", "\\n"), ("\n", "\\n")):
        words = words.replace(mark, said)
    return "".join(letter for letter in words if letter >= " " or letter == "\t")


def _folded(line: str) -> Iterator[str]:
    """Yield the lines that a long one is written as: at most 75 octets each, no letter cut."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
