"""The same directive says the same, whatever form it comes in: facts of each form against those of its plain text.

Left out of the comparison: offsets, pages, cells and ids that hang on them. Scans are measured by benchmarks/scans.py.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import bad_input
import make_examples
import pytest
from make_examples import FORMATS, load
from spacy.language import Language

from ingest.pipeline import read_file
from ingest.readers import legacy
from ntmgraph.authority import Authority
from ntmgraph.model import Actor, Reading

FORMS = Path(__file__).parent / "forms"
COMMITTED = tuple(sorted({path.stem for path in FORMS.glob("20*.doc")}))  # made by LibreOffice, see word_forms.py


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reading says, without where it says it."""

    header: tuple[object, ...]
    references: frozenset[object]
    deadlines: tuple[object, ...]
    agencies: frozenset[object]
    places: frozenset[object]
    criteria: frozenset[object]
    tasks: tuple[object, ...]
    assignments: frozenset[object]
    helps: frozenset[object]
    targets: frozenset[object]
    results: frozenset[object]
    checks: frozenset[object]


def words(text: str | None) -> str:
    """Return a text on one line, as a wrapped and an unwrapped form share it."""
    return " ".join((text or "").split())


def bodies(actors: Iterable[Actor]) -> tuple[object, ...]:
    return tuple((actor.name, actor.id) for actor in actors)


def facts(reading: Reading) -> Facts:
    document = reading.document
    due = [(words(each.text), each.kind, each.date, each.recurrence, each.scope) for each in reading.deadlines]
    return Facts(
        header=(
            *(document.type, document.number, document.issuer, document.issuer_id, document.province, document.place),
            *(document.date, words(document.subject), document.signer, document.state),
            *(tuple(map(words, document.addressees)), tuple(map(words, document.recipients))),
        ),
        references=frozenset(
            (each.number, each.type, each.issuer, each.date, each.relation, words(each.title), each.document)
            for each in reading.references
        ),
        deadlines=tuple(due),
        agencies=frozenset((each.id, each.name) for each in reading.agencies),
        places=frozenset(each.id for each in reading.places),
        criteria=frozenset(each.id for each in reading.criteria),
        tasks=tuple(
            (
                words(each.what),
                *map(bodies, (each.who, each.with_, each.advise, each.supervise, each.reports_to, each.via)),
                *(each.role, each.who_inferred, each.criteria, each.places),
                due[each.deadline] if each.deadline is not None else None,
            )
            for each in reading.tasks
        ),
        assignments=frozenset(
            (each.criterion, bodies(each.lead), bodies(each.coordinate), each.from_, each.to)
            for each in reading.assignments
        ),
        helps=frozenset((each.agency.name, each.person, each.place) for each in reading.helps),
        targets=frozenset(
            (each.measure, each.value, each.of, each.unit, each.share, each.by, each.criterion, each.place)
            for each in reading.targets
        ),
        results=frozenset(
            (each.place, each.criterion, each.measure, each.value, each.of, each.met, each.as_of)
            for each in reading.results
        ),
        checks=frozenset((each.kind, each.ok, each.message) for each in reading.checks),
    )


def vni(text: str) -> bytes:
    """Return text as the bytes of VNI: letters of Windows-1252, a mark after its vowel."""
    letters = {meant: written for written, meant in reversed(legacy._VNI.items())}
    return "".join(letters.get(char, char) for char in unicodedata.normalize("NFC", text)).encode("cp1252")


def legacy_word(name: str) -> bytes:
    """Return the sample as Word under Windows 98 left it: .VnTime, and .VnTimeH for words in capitals."""
    from docx import Document

    document = Document(io.BytesIO(make_examples.to_docx(load(name))))
    tables = [paragraph for table in document.tables for cell in table._cells for paragraph in cell.paragraphs]
    for paragraph in (*document.paragraphs, *tables):
        for run in paragraph.runs:
            # One font for a run: capitals with marks stand in the capital font only, as small letters.
            pieces = re.split(r"([^\W\d_a-zà-ỹ]{2,}(?:\s+[^\W\d_a-zà-ỹ]{2,})*)", run.text)
            run.text = ""
            for piece in filter(None, pieces):
                capitals = piece.isupper()
                added = paragraph.add_run(_tcvn3(piece.lower() if capitals else piece))
                added.font.name = ".VnTimeH" if capitals else ".VnTime"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _tcvn3(text: str) -> str:
    return bad_input.tcvn3(text).decode("cp1252")


def text_of(name: str) -> str:
    return make_examples.to_txt(load(name)).decode()


FORM: dict[str, tuple[str, Callable[[str], bytes]]] = {  # what -> suffix, how it is made
    "md": ("md", lambda name: make_examples.to_md(load(name))),
    "html": ("html", lambda name: make_examples.to_html(load(name))),
    "docx": ("docx", lambda name: make_examples.to_docx(load(name))),
    "pdf": ("pdf", lambda name: make_examples.to_pdf(load(name))),
    "NFD": ("txt", lambda name: unicodedata.normalize("NFD", text_of(name)).encode()),
    "UTF-16": ("txt", lambda name: text_of(name).encode("utf-16")),
    "Windows-1258": ("txt", lambda name: bad_input.cp1258(text_of(name))),
    "TCVN3": ("txt", lambda name: bad_input.tcvn3(text_of(name))),
    "VNI": ("txt", lambda name: vni(text_of(name))),
    "docx in .VnTime": ("docx", legacy_word),
    "doc": ("doc", lambda name: (FORMS / f"{name}.doc").read_bytes()),
    "rtf": ("rtf", lambda name: (FORMS / f"{name}.rtf").read_bytes()),
}
# TCVN3 has no superscript digit, and this sample hangs a footnote on one.
IMPOSSIBLE = {(form, "2024-du-thao-cong-van-dang-ky-xa") for form in ("TCVN3", "docx in .VnTime")}


@pytest.fixture(scope="module")
def plain(nlp: Language, authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Facts]:
    folder = tmp_path_factory.mktemp("plain")

    @cache
    def read(name: str) -> Facts:
        path = folder / f"{name}.txt"
        path.write_text(text_of(name), encoding="utf-8")
        return facts(read_file(path, nlp=nlp, authority=authority))

    return read


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (form, name)
        for form in FORM
        for name in (COMMITTED if form in ("doc", "rtf") else FORMATS)
        if (form, name) not in IMPOSSIBLE
    ],
)
def test_same_facts(
    form: str, name: str, plain: Callable[[str], Facts], nlp: Language, authority: Authority, tmp_path: Path
) -> None:
    suffix, make = FORM[form]
    path = tmp_path / f"{name}.{suffix}"
    path.write_bytes(make(name))
    found, expected = facts(read_file(path, nlp=nlp, authority=authority)), plain(name)
    for part in fields(Facts):
        assert getattr(found, part.name) == getattr(expected, part.name), part.name
