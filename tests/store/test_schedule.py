"""A document's schedule in one string: what is written is read back, alike tasks counted together."""

from __future__ import annotations

from datetime import date

from ntmgraph.store.schedule import Due, schedule_of, scheduled

JUNE = Due("by", date(2024, 6, 30), None)
MONTHLY = Due("recurring", None, "FREQ=MONTHLY;BYMONTHDAY=20")
SOME_TIME = Due("event", None, None)


def test_tasks_due_alike_are_counted_together() -> None:
    schedule = schedule_of([MONTHLY, JUNE, SOME_TIME, JUNE])
    assert schedule == "by 2024-06-30 - 2\nevent - - 1\nrecurring - FREQ=MONTHLY;BYMONTHDAY=20 1"
    assert scheduled(schedule) == [(JUNE, 2), (SOME_TIME, 1), (MONTHLY, 1)]


def test_a_document_whose_tasks_state_no_deadline_has_none() -> None:
    assert schedule_of([]) is None


def test_the_same_tasks_make_the_same_schedule_in_any_order() -> None:
    assert schedule_of([JUNE, MONTHLY]) == schedule_of([MONTHLY, JUNE])
