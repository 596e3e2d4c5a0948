"""What readers, workspace and graph refuse, in English: they say it in Vietnamese, wherever they are called from.

`refusals.csv` pairs the sentences; `{}` stands for what differs each time. A message is looked up whole, then part by
part, so that a reason and an advice that go with many others stand there once. What is not known stays as it is.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("refusals.csv")
_JOINTS = tuple(map(re.compile, (r"((?<=\.) )", "(; )", "(: )")))  # sentences, then their parts, then what is named


def in_english(message: str) -> str:
    """Return a message of a refusal or error in English, as far as it is known."""
    known = _whole(message)
    if known is not None:
        return known
    for joint in _JOINTS:
        if len(parts := joint.split(message)) > 1:
            return "".join(map(in_english, parts))
    return message


def _whole(message: str) -> str | None:
    text = message.removesuffix(".")
    if not text.strip(" ;:"):
        return message
    end = message[len(text) :]
    for pattern, english in _pairs():
        if found := pattern.fullmatch(text):
            said = english.format(*(in_english(hole) for hole in found.groups()))
            return (said[:1].upper() + said[1:] if text[:1].isupper() else said) + end
    return None


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The Vietnamese sentences as patterns, those that say most before those with more left open."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: -len(row["vi"].replace("{}", "")))
    return tuple(
        (re.compile("(.+?)".join(map(re.escape, row["vi"].split("{}"))), re.I | re.S), row["en"]) for row in rows
    )
