"""Every rule that reads or infers a fact has a name for people, in both languages."""

from __future__ import annotations

import re

import pytest
from needs import ROOT

from ntmgraph.queries import Inference
from ntmgraph.rules import LANGUAGES, rule_words

KINDS = "assignment|check|deadline|help|reference|result|target|task"


def rules_in_code() -> set[str]:
    """Names of rules written out in the code of reading; those of tasks stand there without "task."."""
    found = {*Inference, *(f"because.{rule}" for rule in Inference if rule is not Inference.HEADING_ACTOR)}
    for path in (ROOT / "ingest").glob("*.py"):
        code = path.read_text(encoding="utf-8")
        found.update(re.findall(rf'"((?:{KINDS})\.[a-z_]+)"', code))
        if path.stem in ("subjects", "tasks"):
            lines = re.findall(r"\brule(?:: str)? ?= ?(.*)", code)
            found.update(f"task.{name}" for line in lines for name in re.findall(r'"([a-z_]+)"', line))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_words(language: str) -> None:
    assert len(rules_in_code()) > 20
    assert [rule for rule in sorted(rules_in_code()) if not rule_words(rule, language)] == []


def test_a_rule_without_words_is_told_apart() -> None:
    assert rule_words("task.unheard_of") is None
