"""Both full-text indexes over the same readings: the same hits, totals, facets and highlights; the order may differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

import pytest
from graph_server import connection_to, remove_nodes
from needs import ROOT
from neo4j_server import Neo4jServer
from readings import Directive
from synthetic import Synthetic

from ntmgraph.authority import Authority
from ntmgraph.model import Reading
from ntmgraph.queries import SearchAnswer, SearchHit, SearchQuestion
from ntmgraph.store import neo4j_search
from ntmgraph.store.neo4j import open_neo4j
from ntmgraph.store.neo4j_search import Neo4jIndex, passage_rows, write_passages
from ntmgraph.store.search import VALUES_PER_FACET, SearchIndex
from ntmgraph.store.tantivy import open_index
from ntmgraph.text import plain
from ntmgraph.workspace import batch

MADE = 60  # directives, besides the examples
SIGNS = (
    "134/UBND-NLN", "a:b", "(", ")", '"', '"a:b"', "\\", "a\\b", "*", "tieu*", "?", "ti?u", "AND OR NOT", "and", "~",
    "nông~2", "^", "nông^5", "[1 TO 2]", "{a TO z}", "+-&&||!{}", "-nông", "+nông -thôn", "!nông", "folded:nong",
    "marks:x", 'x" OR folded:"nong', "nông\x00thôn", "nông\u2028thôn", "/.*/", "<1>", "a=b", "province=*",
)  # fmt: skip
WORDS = (
    "nong thon moi", "nông thôn mới", "NÔNG THÔN MỚI", "no\u0302ng tho\u0302n", "đ", "d", "thể", "the", "an toàn",
    "an toan", "an", "is", "to", "in", "điện", "thuỷ lợi", "thủy lợi", "giao thông", "hộ nghèo", "môi trường",
    "mội trường", "chủ trì", "to chuc", "ủy ban nhân dân các huyện", "sở tài chính chủ trì phối hợp", "tiêu chí số 17",
    "2022", "30/11", "không có từ này", "x" * 300, "nông " * 3000, " ".join(f"t{n}" for n in range(3000)),
)  # fmt: skip
PHRASES = (
    '"xây dựng nông thôn mới"', '"an toàn thực phẩm"', '"giao sở"', "“tiêu chí”", '"nông thôn" mới', '"thôn nông"',
    '"' + "nông thôn " * 3000 + '"',
)  # fmt: skip
NUMBERS = ("812/KH-UBND", "117/UBND-NL", "1127/qd-ubnd", "3210/bc-ubnd", "655/QĐ-UBND", "134/UBND-NLN")
NARROWED = (
    SearchQuestion("nông thôn", year=2022),
    SearchQuestion("nông thôn", type="Kế hoạch"),
    SearchQuestion("nông thôn", type="ke hoach"),
    SearchQuestion("nông thôn", issuer="UBND tỉnh Lào Cai"),
    SearchQuestion("thực hiện", province="Lào Cai"),
    SearchQuestion("thực hiện", province="cao bang"),
    SearchQuestion("thực hiện", province="không có"),
    SearchQuestion("báo cáo", agency="sở y tế", type="Công văn"),
    SearchQuestion("", agency="Sở Tài chính"),
    SearchQuestion("", agency="t.stc@lao-cai"),
    SearchQuestion("", criterion="17"),
    SearchQuestion("", criterion="VN-XA-2021:17"),
    SearchQuestion("", place="Đồng Tâm"),
    SearchQuestion("", place="xã Đồng Tâm"),
    SearchQuestion("", year=2016),
    SearchQuestion("", type="không có"),
    SearchQuestion("", type="  "),
    SearchQuestion("", type='Kế hoạch" OR marks:"year=2022'),
    SearchQuestion("", issuer="a\ud800b\x00\\"),
    SearchQuestion("", province="Lào Cai"),
    SearchQuestion("đường", year=2022, province="Cao Bằng", criterion="2"),
)
QUESTIONS = (*map(SearchQuestion, (*SIGNS, *WORDS, *PHRASES, *NUMBERS)), *NARROWED)


@dataclass(frozen=True)
class Engines:
    embedded: SearchIndex
    shared: SearchIndex


@pytest.fixture(scope="module")
def readings(authority: Authority) -> list[Reading]:
    files = [batch.File.at(path) for path in sorted((ROOT / "examples").iterdir()) if path.suffix != ".md"]
    examples = [read.reading for read in map(batch.read_one, files)]
    assert all(examples)
    signs = Directive("134/UBND-NLN", subject=" ".join(SIGNS))
    signs.task("rà soát đường điện an toàn", ["Sở Tài chính"], places=[("xã Đồng Tâm", "p.00001")])
    return [*filter(None, examples), *Synthetic(authority, MADE, seed=3).readings(), signs.reading()]


@pytest.fixture(scope="module")
def engines(
    readings: list[Reading], neo4j_server: Neo4jServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engines]:
    embedded = open_index(tmp_path_factory.mktemp("search"))
    for reading in readings:
        embedded.replace(reading)
    embedded.commit()
    remove_nodes(neo4j_server)
    graph = open_neo4j(connection_to(neo4j_server))
    rows = passage_rows(readings)
    graph.write(lambda write: write_passages(write, [reading.document.id for reading in readings], rows))
    yield Engines(embedded, Neo4jIndex(graph))
    embedded.close()
    graph.close()


def test_both_hold_the_same_documents(engines: Engines, readings: list[Reading]) -> None:
    assert engines.embedded.documents() == engines.shared.documents() == {each.document.id for each in readings}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: repr(question.text[:30]))
def test_both_give_the_same_hits_totals_and_facets(engines: Engines, question: SearchQuestion) -> None:
    (expected, hits), (answer, found) = (everything(each, question) for each in (engines.embedded, engines.shared))
    assert answer.total == expected.total == len(hits) == len(found)
    assert (answer.counted, expected.counted) == (answer.total, expected.total)
    assert as_set(found) == as_set(hits)
    assert len(as_set(found)) == len(found), "a hit stands on two pages"
    for facet, values in expected.facets.items():
        there = answer.facets[facet]
        if len(values) < VALUES_PER_FACET:
            assert set(there) == set(values)
        assert [value.count for value in there] == [value.count for value in values]


def test_beyond_a_bound_the_shared_index_counts_the_best_hits_and_says_how_many(
    engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = SearchQuestion("nông thôn mới")
    _, hits = everything(engines.shared, question)
    monkeypatch.setattr(neo4j_search, "COUNTED", 7)
    answer = engines.shared.search(question)
    assert (answer.total, answer.counted) == (len(hits), 7)
    years = Counter(str(hit.document.date.year) for hit in hits[:7] if hit.document.date)
    assert {each.value: each.count for each in answer.facets["year"]} == years
    assert engines.embedded.search(question).counted == len(hits) > 7


def everything(index: SearchIndex, question: SearchQuestion) -> tuple[SearchAnswer, list[SearchHit]]:
    """Return the first answer, and the hits of all pages of an odd size."""
    answer = index.search(question)
    pages = (
        index.search(replace(question, limit=171, offset=offset)).rows for offset in range(0, answer.total + 171, 171)
    )
    return answer, list(chain.from_iterable(pages))


def as_set(hits: list[SearchHit]) -> set[SearchHit]:
    return {replace(hit, score=0.0) for hit in hits}


def test_what_is_typed_with_signs_finds_what_is_written_with_them(engines: Engines) -> None:
    for typed in ("a:b", "AND OR NOT", "[1 TO 2]", 'x" OR folded:"nong', "province=*"):
        assert engines.shared.search(SearchQuestion(typed)).total == 1, typed


@pytest.mark.parametrize("number", NUMBERS)
def test_a_document_number_finds_its_document_first(engines: Engines, number: str) -> None:
    for index in (engines.embedded, engines.shared):
        first = index.search(SearchQuestion(number)).rows[0].document
        assert plain(first.number or "") == plain(number)


def test_the_orders_differ_by_little(engines: Engines) -> None:
    """Each engine has its own statistics of words: of the ten best of one, how many are among those of the other?"""
    shares: list[float] = []
    for question in map(SearchQuestion, (*WORDS, *PHRASES, *NUMBERS)):
        hits, found = (index.search(replace(question, limit=10)).rows for index in (engines.embedded, engines.shared))
        if hits:
            shares.append(len(as_set(list(hits)) & as_set(list(found))) / len(hits))
    assert len(shares) > 25
    assert sum(shares) / len(shares) >= 0.85
    assert sorted(shares)[len(shares) // 10] >= 0.3  # many passages of made-up directives fit a phrase equally well


def test_a_rewritten_and_a_removed_document_go_from_both(engines: Engines) -> None:
    def letter(subject: str) -> Reading:
        return Directive("999/UBND-VX", subject=subject).reading()

    for index in (engines.embedded, engines.shared):
        for subject, other in (("zeta một", "zeta hai"), ("zeta hai", "zeta một")):
            index.replace(letter(subject))
            index.commit()
            assert index.search(SearchQuestion(f'"{subject}"')).total == 1
            assert index.search(SearchQuestion(f'"{other}"')).total == 0
        index.remove(letter("").document.id)
        index.commit()
        assert index.search(SearchQuestion("zeta")).total == 0
