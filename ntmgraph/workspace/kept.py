"""Answers that take long to work out or are asked for again at each click, kept until something is written."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Protocol, TypeVar

_Answer = TypeVar("_Answer")


class Keep(Protocol):
    """Gives the answer to a question, worked out now or kept from before."""

    def __call__(self, question: Hashable, work_out: Callable[[], _Answer], /) -> _Answer: ...


def unkept(question: Hashable, work_out: Callable[[], _Answer], /) -> _Answer:
    """Work each answer out: for who asks once."""
    return work_out()


class Kept:
    """The last few answers; safe to use from several threads, two of which may work out the same."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._written: object = None
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def of(self, written: object, question: Hashable, work_out: Callable[[], _Answer]) -> _Answer:
        """Return the answer to a question, which nobody may change; `written` differs once it may be another one."""
        with self._lock:
            if self._written == written and question in self._answers:
                self._answers.move_to_end(question)
                known: _Answer = self._answers[question]
                return known
        answer = work_out()
        with self._lock:
            if self._written != written:
                self._written, self._answers = written, OrderedDict()
            self._answers[question] = answer
            if len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer
