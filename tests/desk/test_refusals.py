"""Refusals in English: whatever readers, workspace and graph may say has its sentence in `refusals.csv`."""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path

import pytest
from needs import ROOT
from trees import text_of

from dash_app.pages.take_in.rows import lines
from dash_app.refusals import in_english
from dash_app.words import words_of
from ntmgraph.queries import IngestRow, IngestState

VIETNAMESE = re.compile("[àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ]", re.I)
SOURCES = ("ingest/readers", "ntmgraph/workspace", "ntmgraph/store", "ntmgraph/causes.py")
# Sentences of answers and findings: they stay Vietnamese, as the documents are that they speak of.
OF_ANSWERS = {"asked", "checking", "deadlines", "gaps", "matrix", "progress", "review", "trace", "inference", "py2neo"}


def messages() -> list[str]:
    """Return the Vietnamese sentences with an advice that stand in the code, `7` for what differs each time."""
    found = []
    for source in SOURCES:
        path = ROOT / source
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            if file.stem not in OF_ANSWERS:
                found += _in(ast.parse(file.read_text(encoding="utf-8")))
    return found


def _in(tree: ast.Module) -> list[str]:
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    texts = [_text(node) for node in ast.walk(tree) if id(node) not in inner]
    return [text for text in texts if text and re.search(r"(?:^|[ ;])hãy \w", text, re.I) and text[-1] in ".}7"]


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "7" for part in node.values)
    return node.value.replace("{}", "7") if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_each_message_with_an_advice_is_known_in_english():
    said = messages()
    assert len(said) > 80
    english = {text: re.sub("“[^”]*”", "", in_english(text)) for text in said}  # names stay as they are
    assert {text: words for text, words in english.items() if VIETNAMESE.search(words)} == {}


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("tệp rỗng (0 byte); hãy chép lại từ bản gốc rồi nạp lại.", "the file is empty (0 bytes); copy it again from the original and take it in again."),
        ("a.pdf: tệp có hơn 2000 trang, quá giới hạn; hãy tách thành nhiều tệp.", "a.pdf: the file has more than 2000 pages, which is the limit; split it into several files."),
        ("Tệp có hơn 2000 trang, quá giới hạn.", "The file has more than 2000 pages, which is the limit."),
        ("Không ghi được bản sao lưu /a/b.zip (ổ đĩa hết chỗ). Hãy chọn thư mục khác còn chỗ trống và có quyền ghi.", "The backup /a/b.zip cannot be written (the disk is full). Choose another folder with room and the right to write."),
        ("“mai” không phải là ngày. Hãy viết dạng dd/mm/yyyy, ví dụ 30/06/2020.", "“mai” is no day. Write dd/mm/yyyy, for example 30/06/2020."),
        ("tệp Word bị hỏng; hãy mở bằng Word, lưu thành tệp mới rồi nạp lại.", "the Word file is damaged; open it in Word, save it as a new file and take that in."),
        ("điều chưa ai dịch.", "điều chưa ai dịch."),
        ("", ""),
    ],
)  # fmt: skip
def test_a_refusal(said: str, english: str):
    assert in_english(said) == english
    assert words_of("en").told(said) == english
    assert words_of("vi").told(said) == said


def test_the_list_names_nothing_twice():
    with (Path(ROOT) / "dash_app" / "refusals.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["vi"].lower() for row in rows}) == len(rows)
    assert all(row["vi"].count("{") == row["en"].count("{") for row in rows)


def test_a_page_shows_it_in_its_language():
    said = "a.pdf: tệp PDF có mật khẩu; hãy bỏ mật khẩu rồi nạp lại."
    row = IngestRow("a.pdf", IngestState.REFUSED, None, said, "encrypted", 0, ())
    assert "Tệp PDF có mật khẩu; hãy bỏ mật khẩu" in text_of(lines(words_of("vi"), [row]))
    assert "The PDF has a password; remove the password and take it in again." in text_of(lines(words_of("en"), [row]))
