"""Every text of the interface stands in words.csv, in both languages, with the same values to set in."""

import csv
import re
from pathlib import Path
from string import Formatter

import pytest

import dash_app
from dash_app.words import words_of
from ntmgraph.model import Basis, DocumentState, IssueCode, Relation, Role
from ntmgraph.queries import TaskState

FOLDER = Path(dash_app.__file__).parent
with (FOLDER / "words.csv").open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_no_key_stands_twice() -> None:
    keys = [row["key"] for row in ROWS]
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_both_languages_say_the_same(row: dict[str, str]) -> None:
    assert row["vi"].strip() and row["en"].strip()
    assert placeholders(row["vi"]) == placeholders(row["en"])


def keys_in_code() -> set[str]:
    """Keys written out in the code: say("..."), say.rich("...")."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py") if path.name != "words.py")
    return set(re.findall(r"""\bsay(?:\.rich)?\(\s*"([^"{}]+)\"""", code))


def test_every_key_of_the_code_has_words() -> None:
    assert {key for key in keys_in_code() if not words_of("vi").known(key)} == set()


@pytest.mark.parametrize(
    ("prefix", "values"),
    [
        ("basis", Basis),
        ("role", Role),
        ("state", TaskState),
        ("issue", IssueCode),
        ("relation", Relation),
        ("document.state", DocumentState),
    ],
)
def test_every_word_of_the_model_has_words(prefix: str, values: type[Basis]) -> None:
    assert [value for value in values if not words_of("vi").known(f"{prefix}.{value}")] == []


def test_a_value_may_be_a_component_between_the_words() -> None:
    assert words_of("en").rich("evidence.via", to="A", via=["B", "C"]) == ["A", ", through ", "B", "C"]


def test_an_unknown_language_is_vietnamese() -> None:
    assert words_of("fr").language == "vi"
