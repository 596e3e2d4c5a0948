"""The search index on real files: what is found, in which order, and where it is lit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from graph_server import connection_to, remove_nodes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j_server import Neo4jServer

from ntmgraph.model import Agency, Criterion, Document, DocumentState, Mention, Place, Provision, Reading
from ntmgraph.queries import SearchHit, SearchQuestion
from ntmgraph.store.neo4j import open_neo4j
from ntmgraph.store.neo4j_search import Neo4jIndex
from ntmgraph.store.search import SearchIndex, highlights, passages, sought
from ntmgraph.store.tantivy import open_index
from ntmgraph.text import fold

PLAN = """Số: 77/KH-UBND
Thực hiện xây dựng nông thôn mới năm 2019
1. Nhiệm vụ
a) Sở Giao thông vận tải chủ trì tiêu chí giao thông
b) Giao Sở Tài chính thông báo vốn tại xã Đồng Tâm
2. Bảo vệ môi trường; mỗi trường học có một vườn cây"""
LETTER = """Số: 134/UBND-NLN
Thực hiện Kế hoạch số 77/KH-UBND
Lập quỹ thủy lợi (thuỷ lợi nhỏ) "đúng hạn"."""


def reading(id: str, number: str, issuer: str, year: int, type_: str, text: str) -> Reading:
    """Return a reading with one provision a line, points inside their clause, and the names that the tests ask for."""
    provisions, at, clause = [], 0, None
    for ordinal, line in enumerate(text.split("\n")):
        end = at + len(line)
        inside = clause if line[1] == ")" else None
        provisions.append(Provision(f"{id}/{ordinal}", line.split()[0], "clause", None, at, end, inside))
        if line[0].isdigit():
            clause = provisions[-1].id
        elif inside:
            provisions = [replace(p, end=end) if p.id == inside else p for p in provisions]
        at = end + 1
    document = Document(
        id, type_, number, issuer, None, None, None, date(year, 2, 3), None, None, None, (), (), DocumentState.ISSUED,
        "0" * 64, text,
    )  # fmt: skip

    def named(words: str) -> tuple[Mention, ...]:
        start = text.find(words)
        return (Mention(words, start, start + len(words)),) if start >= 0 else ()

    return Reading(
        document,
        tuple(provisions),
        agencies=(Agency("t.stc@x", "Sở Tài chính", "province", "department", "X", named("Sở Tài chính")),),
        places=(Place("p.1", "xã Đồng Tâm", "commune", named("Đồng Tâm")),),
        criteria=(Criterion("VN-XA-2016:2", "VN-XA-2016", 2, "Giao thông", named("tiêu chí giao thông")),),
    )


READINGS = (
    reading("plan", "77/KH-UBND", "UBND tỉnh X", 2019, "Kế hoạch", PLAN),
    reading("letter", "134/UBND-NLN", "UBND tỉnh Y", 2020, "Công văn", LETTER),
)


Engine = Callable[[Path], AbstractContextManager[SearchIndex]]
Opening = Callable[[], AbstractContextManager[SearchIndex]]


@contextmanager
def embedded(folder: Path) -> Iterator[SearchIndex]:
    index = open_index(folder)
    yield index
    index.close()


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """What opens the index of an engine; the embedded one in a folder."""
    if request.param == "embedded":
        return embedded
    server: Neo4jServer = request.getfixturevalue("neo4j_server")

    @contextmanager
    def shared(_folder: Path) -> Iterator[SearchIndex]:
        graph = open_neo4j(connection_to(server))
        yield Neo4jIndex(graph)
        graph.close()

    return shared


def fill(index: SearchIndex) -> None:
    for each in READINGS:
        index.replace(each)
    index.commit()


@pytest.fixture(scope="module")
def index(
    engine: Engine, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchIndex]:
    if engine is not embedded:
        remove_nodes(request.getfixturevalue("neo4j_server"))
    with engine(tmp_path_factory.mktemp("search")) as index:
        fill(index)
        yield index


@pytest.fixture
def opening(
    engine: Engine,
    index: SearchIndex,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> Iterator[Opening]:
    """What opens an index of the test's own, as it was closed."""
    if engine is embedded:
        yield lambda: engine(tmp_path)
        return
    server: Neo4jServer = request.getfixturevalue("neo4j_server")
    remove_nodes(server)  # it has room for one
    yield lambda: engine(tmp_path)
    remove_nodes(server)
    with engine(tmp_path) as again:
        fill(again)


def lit(hit: SearchHit) -> list[str]:
    return [hit.text[start:end] for start, end in hit.highlights]


@pytest.mark.parametrize(
    ("typed", "first", "found"),
    [
        ("nong thon moi", "Thực hiện xây dựng nông thôn mới", ["nông thôn mới"]),
        ("NÔNG THÔN MỚI", "Thực hiện xây dựng nông thôn mới", ["nông thôn mới"]),
        ("no\u0302ng tho\u0302n", "Thực hiện xây dựng nông thôn mới", ["nông thôn"]),  # typed decomposed
        ("dong tam", "b) Giao Sở Tài chính", ["Đồng Tâm"]),  # đ is d
        ('"giao so"', "b) Giao Sở Tài chính", ["Giao Sở"]),
        ("“tiêu chí giao”", "a) Sở Giao thông", ["tiêu chí giao"]),  # typographic quotes
        ("134/UBND-NLN", "Số: 134/UBND-NLN", ["134/UBND-NLN"]),
        ("134/ubnd", "Số: 134/UBND-NLN", ["134/UBND"]),
        ("77/KH-UBND", "Số: 77/KH-UBND", ["77/KH-UBND"]),  # its own document before the one that cites it
        ("thuỷ lợi", "Lập quỹ", ["thủy lợi", "thuỷ lợi"]),  # both tone placements
        ('quỹ (thủy: "*~^', "Lập quỹ", ["quỹ thủy"]),  # signs of other search languages
        ("giao thong", "a) Sở Giao thông", ["Giao thông", "giao thông"]),
        ("moi truong", "2. Bảo vệ môi trường", ["môi trường", "mỗi trường"]),
        ("môi trường", "2. Bảo vệ môi trường", ["môi trường"]),  # typed with accents: those are lit
    ],
)
def test_what_is_typed_finds_and_lights(index: SearchIndex, typed: str, first: str, found: list[str]) -> None:
    answer = index.search(SearchQuestion(typed))
    assert answer.total >= 1
    assert answer.rows[0].text.startswith(first)
    assert lit(answer.rows[0]) == found


@pytest.mark.parametrize("typed", ["khong co tu nay", '"thôn nông"', "", "   ", '"', "/:(*~^", "- –", "nông x"])
def test_nothing_is_found_where_nothing_is(index: SearchIndex, typed: str) -> None:
    answer = index.search(SearchQuestion(typed))
    assert (answer.rows, answer.total) == ((), 0)


def test_a_hit_says_where_it_stands(index: SearchIndex) -> None:
    hit = index.search(SearchQuestion("chu tri tieu chi")).rows[0]
    assert (hit.document.id, hit.document.number, hit.document.date) == ("plan", "77/KH-UBND", date(2019, 2, 3))
    assert (hit.provision, hit.path) == ("plan/3", "a)")
    assert PLAN[hit.start :].startswith(hit.text)


def test_the_same_accents_come_first(opening: Opening) -> None:
    with opening() as index:
        for number, line in enumerate(("ban huyện họp", "bàn huyện họp", "bản huyện họp")):
            index.replace(reading(f"d{number}", f"{number}/X", "UBND tỉnh X", 2020, "Công văn", line))
        index.commit()
        for typed in ("ban huyện", "bàn huyện", "bản huyện"):
            rows = index.search(SearchQuestion(typed)).rows
            assert len(rows) == 3
            assert rows[0].text == f"{typed} họp" or typed == "ban huyện"  # "huyện" alone has accents there


@pytest.mark.parametrize(
    ("facet", "value", "texts"),
    [
        ("year", 2020, ["Thực hiện Kế hoạch"]),
        ("issuer", "UBND tỉnh X", ["Thực hiện xây dựng"]),
        ("issuer", "ubnd tinh x", ["Thực hiện xây dựng"]),
        ("type", "Công văn", ["Thực hiện Kế hoạch"]),
        ("type", "Quyết định", []),
    ],
)
def test_a_facet_narrows(index: SearchIndex, facet: str, value: int | str, texts: list[str]) -> None:
    answer = index.search(replace(SearchQuestion("thực hiện"), **{facet: value}))
    assert [row.text[: len(text)] for row, text in zip(answer.rows, texts, strict=True)] == texts


@pytest.mark.parametrize(
    ("facet", "values"),
    [
        ("agency", ("t.stc@x", "Sở Tài chính", "so tai chinh")),
        ("place", ("p.1", "xã Đồng Tâm", "Đồng Tâm", "dong tam")),
        ("criterion", ("VN-XA-2016:2", "2", "Giao thông")),
    ],
)
def test_what_a_passage_names_narrows_by_id_and_by_name(
    index: SearchIndex, facet: str, values: tuple[str, ...]
) -> None:
    for value in values:
        answer = index.search(replace(SearchQuestion(""), **{facet: value}))
        assert answer.total == 1, value
        assert answer.facets[facet][0].count == 1


def test_a_province_has_its_documents_and_the_central_ones(
    opening: Opening,
) -> None:
    with opening() as index:
        for number, province in enumerate((None, "Cao Bằng")):
            said = reading(f"d{number}", f"{number}/X", "UBND tỉnh X", 2020, "Công văn", "Nội dung")
            index.replace(replace(said, document=replace(said.document, province=province)))
        index.commit()
        for province, found in ((None, 2), ("Cao Bằng", 2), ("cao bang", 2), ("Lào Cai", 1)):
            assert index.search(SearchQuestion("noi dung", province=province)).total == found


def test_facets_are_counted_over_all_hits(index: SearchIndex) -> None:
    answer = index.search(SearchQuestion("thực hiện", limit=1))
    assert answer.total == 2
    assert {value.value: value.count for value in answer.facets["year"]} == {"2019": 1, "2020": 1}
    assert {value.label for value in answer.facets["issuer"]} == {"UBND tỉnh X", "UBND tỉnh Y"}


def test_pages_of_results_join_without_a_gap(index: SearchIndex) -> None:
    whole = index.search(SearchQuestion("ubnd")).rows
    pages = [index.search(SearchQuestion("ubnd", limit=1, offset=n)).rows for n in range(len(whole))]
    assert tuple(row for page in pages for row in page) == whole


@pytest.mark.parametrize("offset", [2, 10**6, 10**15])
def test_a_page_beyond_the_last_hit_is_empty(index: SearchIndex, offset: int) -> None:
    answer = index.search(SearchQuestion("thực hiện", offset=offset))
    assert (answer.rows, answer.total) == ((), 2)


def test_a_replaced_or_removed_document_is_found_no_more(
    opening: Opening,
) -> None:
    with opening() as index:
        index.replace(READINGS[0])
        index.replace(reading("plan", "77/KH-UBND", "UBND tỉnh X", 2019, "Kế hoạch", "Nội dung khác hẳn"))
        index.commit()
        assert index.search(SearchQuestion("giao thong")).total == 0
        assert index.search(SearchQuestion("noi dung")).total == 1
        assert index.documents() == {"plan"}
        assert index.passages(["plan", "x"]) == {"plan": 1, "x": 0}
        index.remove("plan")
        index.commit()
        assert not index.documents()
    with opening() as again:  # what was committed is there after closing
        assert again.search(SearchQuestion("noi dung")).total == 0


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.one_of(st.text(), st.text(alphabet='nôgthđ "“”/:()*~^-+\\[]{}?!&|.\x00\ud800', max_size=30)))
def test_any_string_is_answered(index: SearchIndex, typed: str) -> None:
    answer = index.search(SearchQuestion(typed))
    assert index.search(SearchQuestion("", place=f"x{typed}")).total == 0
    assert answer.total >= len(answer.rows)
    for hit in answer.rows:
        assert all(0 <= start < end <= len(hit.text) for start, end in hit.highlights)


def test_a_very_long_query_is_answered(index: SearchIndex) -> None:
    assert index.search(SearchQuestion("nông " * 5000 + "x" * 100_000)).total == 0


@given(
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=8),
    st.text(alphabet="ab đ\n.", min_size=1, max_size=120),
)
def test_passages_hold_every_word_once(spans: list[tuple[int, int]], text: str) -> None:
    nested: list[tuple[int, int]] = []
    for start, end in ((min(span), min(max(span), len(text))) for span in spans):
        apart_or_inside = all(
            end <= s or e <= start or (s <= start and end <= e) or (start <= s and e <= end) for s, e in nested
        )
        if start < end and apart_or_inside:
            nested.append((start, end))
    provisions = tuple(Provision(f"p{n}", str(n), "clause", None, *span) for n, span in enumerate(nested))
    found = passages(replace(READINGS[0], document=replace(READINGS[0].document, text=text), provisions=provisions))
    held = [index for passage in found for index in range(passage.start, passage.end)]
    assert held == sorted(set(held))
    assert {i for i, char in enumerate(text) if char.isalnum()} <= set(held)


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("giao Sở Tài chính lo giao thông", "giao thông", ["giao thông"]),  # a lone syllable is not lit beside the word
        ("giao cho sở thông báo", "giao thông", ["giao", "thông"]),
        ("nông thôn mới, nông thôn cũ", "nông mới", ["nông", "mới", "nông"]),
        ("Ủy ban; ủy ban", '"ủy ban"', ["Ủy ban", "ủy ban"]),
    ],
)
def test_highlights_are_whole_words(text: str, typed: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in highlights(text, sought(typed))] == expected


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
