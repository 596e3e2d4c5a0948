"""Are the made-up directives of the genre? Same seed, same facts; degrees as real ones have; read by the real reader."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain

import pytest
from spacy.language import Language
from synthetic import Synthetic

from ingest.pipeline import read
from ingest.readers import Source
from ntmgraph.authority import MERGER, Authority
from ntmgraph.model import Evidence, Reading
from ntmgraph.store.citations import unsure
from ntmgraph.store.rows import reading_rows

COUNT = 600
Fact = tuple[object, ...]


@pytest.fixture(scope="module")
def made(authority: Authority) -> list[Reading]:
    return list(Synthetic(authority, COUNT, seed=7).readings())


def test_a_seed_makes_the_same_documents_in_any_order(authority: Authority, made: list[Reading]) -> None:
    again = Synthetic(authority, COUNT, seed=7)
    assert [again.reading(ordinal) for ordinal in (599, 3, 42)] == [made[599], made[3], made[42]]
    assert {each.document.id for each in made}.isdisjoint(
        each.document.id for each in Synthetic(authority, COUNT, seed=8).readings(300, 320)
    )


def test_every_document_has_an_id_of_its_own(authority: Authority) -> None:
    heads = Synthetic(authority, 30_000).heads
    ids = [heads.head(ordinal).id for ordinal in range(30_000)]
    assert len(set(ids)) == len(ids)


def test_all_that_is_said_stands_in_the_text(made: list[Reading]) -> None:
    for reading in made:
        text = reading.document.text
        provisions = {each.id: each for each in reading.provisions}
        for evidence in evidences(reading):
            assert text[evidence.start : evidence.end] == evidence.quote
            within = provisions[evidence.provision or ""]
            assert within.start <= evidence.start <= evidence.end <= within.end
        for thing in (*reading.agencies, *reading.places, *reading.criteria):
            assert thing.mentions
            assert all(text[each.start : each.end] == each.text for each in thing.mentions)


def test_facts_name_only_what_their_reading_knows(made: list[Reading]) -> None:
    for reading in made:
        agencies, places, criteria, provisions = (
            {each.id for each in things}
            for things in (reading.agencies, reading.places, reading.criteria, reading.provisions)
        )
        for task in reading.tasks:
            assert {each.id for each in (*task.who, *task.with_, *task.reports_to, *task.via)} <= {*agencies, None}
            assert set(task.places) <= places
            assert set(task.criteria) <= criteria
            assert task.provision in provisions
            assert task.deadline is None or task.deadline < len(reading.deadlines)
        assert {each.parent for each in reading.provisions} - {None} <= provisions
        reading_rows(reading).check()


def test_degrees_are_unequal_as_real_ones_are(made: list[Reading]) -> None:
    tasks = Counter(chain.from_iterable([each.document.id] * len(each.tasks) for each in made))
    assert 17 <= tasks.total() / COUNT <= 24
    assert max(tasks.values()) > 60
    issued = Counter(each.document.province for each in made)
    assert len(issued) > 50
    assert issued.most_common(1)[0][1] > 5 * sorted(issued.values())[len(issued) // 2 - 20]
    bound = Counter(actor.id.partition("@")[0] for each in made for task in each.tasks for actor in (*task.who, *task.with_)
                    if actor.id and actor.id.startswith("t."))  # fmt: skip
    most, least = bound.most_common()[0][1], bound.most_common()[-1][1]
    assert most > 15 * least
    themes = Counter(criterion for each in made for task in each.tasks for criterion in task.criteria)
    # Transport is spoken of far more often than electricity.
    assert themes["VN-XA-2016:2"] > 4 * themes["VN-XA-2016:4"] > 0
    communes = Counter(place for each in made for task in each.tasks for place in task.places)
    assert sum(count == 1 for count in communes.values()) > len(communes) / 3
    assert max(communes.values()) >= 8


def test_citations_are_of_few_by_many(made: list[Reading]) -> None:
    documents = {each.document.id for each in made}
    cited = Counter(reference.document for each in made for reference in each.references if reference.document)
    assert cited.most_common(1)[0][1] > COUNT / 5  # a national one
    assert 0.2 < len(documents - cited.keys()) / COUNT < 0.8
    citing = {each.document.id: each.document.date for each in made}
    before = [
        each.document.date >= citing[reference.document]
        for each in made
        for reference in each.references
        if reference.document in citing and each.document.date and citing[reference.document]
    ]
    assert len(before) > COUNT / 2
    assert all(before)
    rows = reading_rows(*made)
    relations = Counter(row["relation"] for row in rows.edges["CITES", "Document", "Document"])
    assert COUNT / 200 < relations["thay thế"] < COUNT / 10
    open_ones = [row for row in rows.edges["CITES", "Document", "Document"] if unsure(row["to_id"])]
    assert COUNT / 20 < len(open_ones) < COUNT / 2


def test_every_kind_of_fact_is_there(made: list[Reading]) -> None:
    assert all(any(getattr(each, kind) for each in made) for kind in
               ("assignments", "helps", "targets", "results", "references", "deadlines", "issues"))  # fmt: skip
    bases = {agency.id.partition("@")[0] for each in made for agency in each.agencies}
    assert {"g.so", "g.huyen", "g.xa", "x.pkt", "x.ubnd", "h.ubnd", "t.snnmt", "t.snnptnt"} <= bases
    assert {deadline.recurrence is None for each in made for deadline in each.deadlines} == {True, False}
    late = [each for each in made if each.document.date and each.document.date >= MERGER]
    assert {(each.document.issuer_id or "")[0] for each in late} >= {"t", "x"}
    assert not any(agency.id.startswith("h.ubnd") for each in late for agency in each.agencies)


def test_the_reader_reads_what_was_made(made: list[Reading], authority: Authority, nlp: Language) -> None:
    both, all_made = Counter[str](), Counter[str]()
    for known in made[::15]:
        found = read(Source(known.document.text, "txt", known.document.sha256), nlp=nlp, authority=authority)
        assert replace(found.document, issuer_id=known.document.issuer_id) == known.document
        assert [(each.id, each.kind, each.start, each.end, each.parent) for each in found.provisions] == [
            (each.id, each.kind, each.start, each.end, each.parent) for each in known.provisions
        ]
        read_facts = facts(found)
        for kind, expected in facts(known).items():
            all_made[kind] += len(expected)
            both[kind] += len(expected & read_facts[kind])
    shares = {kind: both[kind] / all_made[kind] for kind in all_made}
    # Not every verb of the words is one that the reader knows as a duty.
    assert {kind: round(share, 2) for kind, share in shares.items() if share < (0.75 if kind == "tasks" else 0.9)} == {}


def facts(reading: Reading) -> dict[str, set[Fact]]:
    """Return what two readings of one text are compared by."""
    return {
        "issuers": {(reading.document.issuer_id,)},
        "tasks": {
            (each.evidence.start, *(actor.id for actor in (*each.who, *each.with_, *each.reports_to)),
             *sorted(each.criteria), *sorted(each.places)) for each in reading.tasks
        },
        "references": {(each.document, each.number, each.relation, each.evidence.quote) for each in reading.references},
        "agencies": {(each.id, each.name, each.group) for each in reading.agencies},
        "deadlines": {(each.text, each.kind, each.date, each.recurrence) for each in reading.deadlines},
        "assignments": {(each.criterion, each.lead, each.from_, each.to) for each in reading.assignments},
        "helps": {(each.agency, each.place) for each in reading.helps},
        "results": {(each.place, each.criterion, each.met) for each in reading.results},
    }  # fmt: skip


def evidences(reading: Reading) -> list[Evidence]:
    kinds = ("references", "deadlines", "tasks", "assignments", "helps", "targets", "results")
    return [each.evidence for kind in kinds for each in getattr(reading, kind)]
