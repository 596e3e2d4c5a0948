"""Every text of the interface stands in words.csv, in both languages, with the same values to set in."""

import csv
import re
from pathlib import Path
from string import Formatter

import pytest
from dash import html

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


@pytest.mark.parametrize(
    ("language", "key", "values", "said"),
    [
        ("en", "deadlines.late", {"n": 1}, "1 day late"),
        ("en", "deadlines.late", {"n": 3564}, "3,564 days late"),
        ("vi", "deadlines.late", {"n": 3564}, "quá 3.564 ngày"),
        ("en", "take_in.took", {"seconds": 0.1}, "Read in 0.1 seconds."),
        ("vi", "take_in.took", {"seconds": 0.1}, "Đọc trong 0,1 giây."),
        ("en", "take_in.read", {"tasks": 1, "deadlines": 0}, "1 task, 0 deadlines"),
        ("en", "trace.answer.all_past", {"n": 1}, "1 task has a deadline, before the asked day."),
    ],
)
def test_numbers_and_their_words_are_of_the_language(
    language: str, key: str, values: dict[str, float], said: str
) -> None:
    assert words_of(language)(key, **values) == said


@pytest.mark.parametrize(("n", "word"), [("1", "file"), ("0", "files"), ("21", "files")])
def test_a_number_in_a_component_has_its_word_too(n: str, word: str) -> None:
    shown = html.B(html.A(n))
    assert words_of("en").rich("take_in.done", total=shown) == [shown, " ", word, ":"]


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [(0, "0", "0"), (53.0, "53", "53"), (1284.5, "1.284,5", "1,284.5"), (1_000_000, "1.000.000", "1,000,000")],
)
def test_a_number_is_written_as_the_language_writes_it(value: float, vietnamese: str, english: str) -> None:
    assert (words_of("vi").number(value), words_of("en").number(value)) == (vietnamese, english)


def test_an_unknown_language_is_vietnamese() -> None:
    assert words_of("fr").language == "vi"
