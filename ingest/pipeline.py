"""From a file to all that it says: the flow of the whole part on one screen.

Reader -> normaliser -> header -> provisions -> references, deadlines, tables of places, criteria, places, agencies ->
tasks, assignments, helps, figures. Each stage reads what stands above it and changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from spacy.language import Language

from ingest.agencies import AgencyFinder, collect_agencies
from ingest.assignments import find_assignments, find_helps, used_agencies
from ingest.criteria import find_criteria
from ingest.deadlines import find_deadlines
from ingest.figures import find_figures
from ingest.header import Header, read_header
from ingest.issuers import identity
from ingest.language import spaced
from ingest.layout import Layout
from ingest.legibility import find_doubts
from ingest.normalise import Normalised, normalise
from ingest.place_tables import place_tables
from ingest.places import find_places
from ingest.provisions import parse_provisions
from ingest.readers import DEFAULT, SHEETS, Limits, Source, read_source
from ingest.references import find_references
from ingest.sheet_header import read_sheet_header
from ingest.tables import office_cells
from ingest.tasks import find_tasks
from ntmgraph.authority import Authority
from ntmgraph.ids import assignment_id, document_id, help_id
from ntmgraph.model import Document, Issue, IssueCode, Reading


def read_file(
    path: Path, *, nlp: Language, authority: Authority, limits: Limits = DEFAULT, name: str | None = None
) -> Reading:
    """Return what a file says; ReadError, naming it by `name` or its own name, when it cannot be read."""
    return read(read_source(path, limits=limits, name=name), nlp=nlp, authority=authority)


def read(source: Source, *, nlp: Language, authority: Authority) -> Reading:
    """Return what a source says: facts with their evidence, and what is doubted."""
    normalised = normalise(source.text)
    text = normalised.text
    header = (read_sheet_header if source.format in SHEETS else read_header)(text, authority)
    finder = _agency_finder(authority)
    document = _document(header, text, source, finder, authority)
    layout = Layout(text, pages=_pages(source, normalised), placed=source.placed)
    outline = parse_provisions(text, header.regions, document=document.id, layout=layout)

    references = find_references(text, outline, header, authority)
    deadlines, deadline_issues = find_deadlines(text, outline, header, references)
    tables = place_tables(outline, spaced(text), authority)
    criteria = find_criteria(text, nlp(spaced(text)), outline, header, references, tables, authority)
    places, place_issues = find_places(text, outline, header, tables, authority)
    mentions, agency_issues = finder.find(
        text,
        province=header.province,
        issuer=header.issuer,
        end=header.regions.end,
        closing=(header.regions.closing, header.regions.annexes),
        on=header.date,
        cells=office_cells(outline.named_tables),
    )

    tasks, task_issues, strangers = find_tasks(document, outline, mentions, deadlines, criteria.criteria, places)
    assignments = find_assignments(
        document, outline, mentions, criteria.criteria, authority=authority, criteria_set=criteria.set
    )
    helps = find_helps(document, outline, mentions, places, authority=authority)
    figures = find_figures(text, outline, header, criteria, places, deadlines, tables, authority)
    used = used_agencies(tasks, assignments, helps) | frozenset({document.issuer_id} if document.issuer_id else ())
    scanned = layout.bounded(source.scanned)
    repaired = tuple(
        Issue(IssueCode.TEXT_REPAIRED, repair, None, None) for repair in (*source.repairs, *normalised.repairs)
    )
    return Reading(
        document=document,
        provisions=outline.provisions,
        references=references,
        agencies=collect_agencies((*mentions, *strangers), used),
        places=places,
        criteria=criteria.criteria,
        deadlines=deadlines,
        tasks=tasks,
        assignments=tuple(replace(each, id=assignment_id(document.id, each)) for each in assignments),
        helps=tuple(replace(each, id=help_id(document.id, each)) for each in helps),
        targets=figures.targets,
        results=figures.results,
        checks=figures.checks,
        issues=(
            *find_doubts(document, source, scanned, tasks),
            *repaired,
            *header.issues,
            *deadline_issues,
            *place_issues,
            *agency_issues,
            *task_issues,
            *figures.issues,
        ),
        left_out=source.left_out,
        doubtful_words=layout.doubtful(),
        scanned_pages=scanned,
    )


@lru_cache(maxsize=2)
def _agency_finder(authority: Authority) -> AgencyFinder:
    """Return the finder of a catalogue, whose name tables cost more than a document does."""
    return AgencyFinder(authority)


def _document(header: Header, text: str, source: Source, finder: AgencyFinder, authority: Authority) -> Document:
    issuer = identity(header.number, header.issuer, header.province, authority) if header.number else header.issuer
    return Document(
        id=document_id(issuer, header.number, header.date, text),
        type=header.type,
        number=header.number,
        issuer=header.issuer,
        issuer_id=finder.identify(header.issuer, province=header.province) if header.issuer else None,
        province=header.province,
        place=header.place,
        date=header.date,
        date_text=header.date_text,
        subject=header.subject,
        signer=header.signer,
        addressees=header.addressees,
        recipients=header.recipients,
        state=header.state,
        sha256=source.sha256,
        text=text,
    )


def _pages(source: Source, normalised: Normalised) -> tuple[int, ...]:
    """Return where pages start; nothing for sources that have none."""
    return normalised.pages if source.format in ("pdf", "image") or len(normalised.pages) > 1 else ()
