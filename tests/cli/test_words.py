"""What the command line says of itself: Vietnamese everywhere, every command in the README, and quickly."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from needs import ROOT

from ntmgraph.cli import cli, output
from ntmgraph.cli.words import WORDS, speak_vietnamese
from ntmgraph.model import IssueCode
from ntmgraph.queries import FacetValue, SearchAnswer, SearchQuestion

COMMANDS = sorted(cli.commands)
# Words that are the same in both languages, or names: options, codes, formats.
NOT_ENGLISH = re.compile(
    r"--?[a-z-]+|\b(?:JSON|stdout|ntmgraph|done_on_time|done_late|open_in_time|open_late|NTMGRAPH_\w+|VN-XA-\d+)\b|'[^']*'"
)
ENGLISH = re.compile(
    r"\b(?:usage|options?|commands?|arguments?|error|try|help|show|exit|missing|no such|did you|mean|invalid|value|"
    r"default|required|text|integer|path|file|and|or|the|is|not|got|extra|requires|version|env|var|aborted)\b",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def _vietnamese() -> None:
    speak_vietnamese()


def english(text: str) -> list[str]:
    """Return the English words of a text, apart from names and codes."""
    lines = [re.sub(r"^  [a-z]+  ", "", line) for line in text.splitlines()]  # the name of a command in its list
    lines = [re.sub(r"ntmgraph(?: [a-z]+)?", "", line) for line in lines]
    return ENGLISH.findall(NOT_ENGLISH.sub("", "\n".join(lines)))


@pytest.mark.parametrize("call", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_is_vietnamese(call: list[str]) -> None:
    result = CliRunner().invoke(cli, call, prog_name="ntmgraph")
    assert result.exit_code == 0
    assert result.output.startswith("Cách dùng: ntmgraph")
    assert english(result.output) == []


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["trce"], "Không có lệnh 'trce'. Có phải ý là 'trace'?"),
        (["trace"], "Hãy cho biết cần truy vết gì"),
        (["trace", "--criterio", "17"], "Không có tùy chọn '--criterio'"),
        (["trace", "--criterion"], "Tùy chọn '--criterion' cần một giá trị theo sau."),
        (["trace", "--stated-only=x"], "Tùy chọn '--stated-only' không nhận giá trị."),
        (["trace", "--place", "x", "--on", "31/02/2017"], "'31/02/2017' không phải là ngày"),
        (["search"], "Thiếu tham số 'CHỮ'"),
        (["search", "a", "b", "c"], "Thừa các tham số (b c)"),
        (["search", "a", "--year", "hai"], "'hai' không phải là số nguyên"),
        (["search", "a", "--limit", "201"], "201 nằm ngoài khoảng 1<=x<=200"),
        (["ingest"], "Thiếu tham số 'ĐƯỜNG_DẪN...'"),
        (["deadlines", "--state", "late"], "'late' không phải là một trong"),
        (["review", "--code", "late"], "'late' không phải là một trong"),
        (["serve", "--port", "0"], "0 nằm ngoài khoảng"),
    ],
)
def test_a_wrong_call_is_told_in_vietnamese(call: list[str], said: str) -> None:
    result = CliRunner().invoke(cli, call, prog_name="ntmgraph")
    assert result.exit_code == 2
    assert said in result.output
    assert english(result.output) == []


@pytest.mark.parametrize("typed", ["2017-03-01", "01/03/2017", "1/3/2017"])
def test_a_day_is_typed_either_way(typed: str) -> None:
    option = next(p for p in cli.commands["trace"].params if p.name == "on")
    assert str(option.type.convert(typed, option, None)) == "2017-03-01"


def test_every_command_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"ntmgraph {name}" not in readme] == []


def test_every_doubt_has_words() -> None:
    assert {*output.ISSUES} == {*IssueCode}
    assert len({*output.ISSUES.values()}) == len(IssueCode)


@pytest.mark.parametrize(("counted", "said"), [(12_000, False), (10_000, True)])
def test_counts_of_a_part_of_the_hits_say_so(counted: int, said: bool, capsys: pytest.CaptureFixture[str]) -> None:
    years = (FacetValue("2018", "2018", 3), FacetValue("2017", "2017", 1))
    output.print_search(SearchAnswer((), {"year": years}, 12_000, counted, 0.4), SearchQuestion("nước"))
    assert ("tính trên 10.000 đoạn phù hợp nhất" in capsys.readouterr().out) is said


def test_every_word_replaced_is_a_word_of_click() -> None:
    modules = Path(click.__file__).parent.glob("*.py")
    source = "".join(module.read_text(encoding="utf-8") for module in modules)
    joined = re.sub(r'"\s*\n\s*"', "", source)  # sentences are written over several lines there
    assert [message for message in WORDS if message.replace("\n", "\\n").replace("\t", "\\t") not in joined] == []


def test_help_loads_nothing_heavy() -> None:
    heavy = "spacy pandas tantivy ladybug docx lxml dash pdfplumber numpy"
    code = f"import sys; from ntmgraph.cli import cli; print([m for m in '{heavy}'.split() if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
