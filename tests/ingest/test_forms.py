"""Each pattern accepts the forms that stand beside it and not the one that it names as foreign."""

from __future__ import annotations

import re

import pytest

from ingest import as_of, criteria, deadlines, figures, header, places, provisions, references

SEARCHED = {
    "header": [form for form in header.FORMS if form not in (header.SIGNED, header.NAME)],
    "references": references.FORMS,
    "deadlines": deadlines.FORMS,
    "as_of": as_of.FORMS,
    "criteria": [criteria.NUMBERED],
    "places": places.FORMS,
    "figures": figures.FORMS,
}
SEARCHED_ROWS = [(name, form.pattern, form.accepts, form.rejects) for name, forms in SEARCHED.items() for form in forms]
WHOLE_ROWS = [(form.pattern, form.accepts, form.rejects) for form in (header.SIGNED, header.NAME)]


@pytest.mark.parametrize(("module", "pattern", "accepts", "rejects"), SEARCHED_ROWS)
def test_pattern_finds_its_examples(
    module: str, pattern: re.Pattern[str], accepts: tuple[str, ...], rejects: str
) -> None:
    assert [
        text for text in accepts if not pattern.search(text.replace("\n", " ") if module != "header" else text)
    ] == []
    assert not pattern.search(rejects)


@pytest.mark.parametrize(("pattern", "accepts", "rejects"), WHOLE_ROWS)
def test_pattern_is_the_whole_line(pattern: re.Pattern[str], accepts: tuple[str, ...], rejects: str) -> None:
    assert [text for text in accepts if not pattern.fullmatch(text)] == []
    assert not pattern.fullmatch(rejects)


@pytest.mark.parametrize("label", provisions.LABELS, ids=lambda label: f"{label.kind}{label.rank}")
def test_label_opens_its_examples(label: provisions.Label) -> None:
    assert [text for text in label.accepts if not label.pattern.match(text)] == []
    assert not label.pattern.match(label.rejects)
