"""What the rules that read or infer a fact are called before people; `rules.csv` is the one list of them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

LANGUAGES = ("vi", "en")
_FILE = Path(__file__).with_name("rules.csv")


def rule_words(rule: str, language: str = LANGUAGES[0]) -> str | None:
    """Return a rule in words of "vi" or "en"; None for a rule that the list lacks.

    `rule_words("task.subject") == "cơ quan là chủ ngữ của câu"`.
    """
    return _rules(language).get(rule)


@cache
def _rules(language: str) -> dict[str, str]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return {row["rule"]: row[language] for row in csv.DictReader(lines)}
