"""Each pattern accepts the forms that stand beside it and not the one that it names as foreign."""

from __future__ import annotations

import re

import pytest

from ingest import (
    as_of,
    criteria,
    criteria_sets,
    deadline_forms,
    figure_forms,
    header_forms,
    places,
    provisions,
    references,
    sheet_header,
)

SEARCHED = {
    "header": [form for form in header_forms.FORMS if form not in (header_forms.SIGNED, header_forms.NAME)],
    "sheet_header": sheet_header.FORMS,
    "references": references.FORMS,
    "deadlines": deadline_forms.FORMS,
    "as_of": as_of.FORMS,
    "criteria": [criteria.NUMBERED, criteria.CODED, *criteria_sets.FORMS],
    "places": places.FORMS,
    "figures": figure_forms.FORMS,
}
SEARCHED_ROWS = [(name, form.pattern, form.accepts, form.rejects) for name, forms in SEARCHED.items() for form in forms]
WHOLE_ROWS = [(form.pattern, form.accepts, form.rejects) for form in (header_forms.SIGNED, header_forms.NAME)]


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
