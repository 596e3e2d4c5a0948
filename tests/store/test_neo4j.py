"""What only the shared graph has: a connection that is lost, several who write at once, a server that is killed."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from graph_server import administering, connection_to, remove_nodes
from neo4j_server import Neo4jServer
from proxy import Cut, Proxy
from readings import Directive
from scene import first

from ntmgraph.authority import Authority
from ntmgraph.model import Reading
from ntmgraph.queries import SearchQuestion
from ntmgraph.store import StoreError, neo4j, texts
from ntmgraph.store.graph import LostGraphError, RefusedError, ServerError
from ntmgraph.store.kinds import NODE_KINDS
from ntmgraph.store.neo4j import Neo4jGraph, open_neo4j
from ntmgraph.store.neo4j_search import Neo4jIndex
from ntmgraph.store.writing import Writing
from ntmgraph.workspace.documents import documents

TASKS = 30  # of each letter


@pytest.fixture
def server(neo4j_server: Neo4jServer) -> Neo4jServer:
    """The server with a database that holds nothing but constraints and indexes."""
    if not neo4j_server.is_running:
        neo4j_server.restart()
    remove_nodes(neo4j_server)
    return neo4j_server


@pytest.fixture
def graph(server: Neo4jServer) -> Iterator[Neo4jGraph]:
    with opened(server) as graph:
        yield graph


@contextmanager
def opened(server: Neo4jServer, uri: str | None = None) -> Iterator[Neo4jGraph]:
    graph = open_neo4j(connection_to(server, uri))
    try:
        yield graph
    finally:
        graph.close()


@pytest.fixture
def wire(server: Neo4jServer) -> Iterator[Proxy]:
    with Proxy(server.port) as wire:
        yield wire


@pytest.fixture
def cut_off(server: Neo4jServer, wire: Proxy) -> Iterator[Neo4jGraph]:
    """A graph behind the wire."""
    with opened(server, wire.uri) as graph:
        yield graph


class Count:
    """Work that shows when it is done twice."""

    def __init__(self, then: Callable[[], object] = lambda: None) -> None:
        self.tries = 0
        self._then = then

    def __call__(self, write: Writing) -> int:
        self.tries += 1
        rows = write.run("MATCH (t:Turn {id: 'turn'}) RETURN coalesce(t.count, 0) AS count")
        write.run("MATCH (t:Turn {id: 'turn'}) SET t.count = $count", count=rows[0]["count"] + 1)
        self._then()
        return int(rows[0]["count"]) + 1


def counted(server: Neo4jServer) -> int:
    with administering(server) as run:
        (count,) = run("MATCH (t:Turn) RETURN coalesce(t.count, 0)")
        return int(count)


def letter(number: str, subject: str = "Về việc thực hiện các tiêu chí nông thôn mới", tasks: int = TASKS) -> Reading:
    directive = Directive(number, subject=subject)
    for ordinal in range(tasks):
        directive.task(f"việc {ordinal}", ["Sở Tài chính"], with_=["Sở Công Thương"], criteria=[(17, "VN-XA-2016")])
    return directive.reading()


def assert_whole(graph: Neo4jGraph, letters: int) -> None:
    """Every letter in the graph has all that it says."""
    rows, total = documents(graph)
    assert total == letters
    assert {row.tasks for row in rows} == {TASKS} or not rows
    counts = graph.counts()
    found = [counts[kind] for kind in ("Task", "ASSIGNS", "RESPONSIBLE", "CONCERNS")]
    assert found == [TASKS * letters, TASKS * letters, 2 * TASKS * letters, TASKS * letters]


# A connection that is lost


@pytest.mark.parametrize(
    ("cuts", "tries"),
    [
        ([Cut.BEFORE_COMMIT], {2}),
        ([Cut.AT_COMMIT], {1, 2}),  # the server may hear of the end of the connection before it commits
        ([Cut.AFTER_COMMIT], {1}),
        ([Cut.AFTER_COMMIT, Cut.BEFORE_COMMIT, Cut.AFTER_COMMIT], {1}),  # the looking up is cut, too
        ([Cut.BEFORE_COMMIT, Cut.AFTER_COMMIT, Cut.AFTER_COMMIT, Cut.AFTER_COMMIT], {2}),
    ],
    ids=lambda value: "-".join(each.name.lower() for each in value) if isinstance(value, list) else "",
)
def test_a_commit_of_unknown_outcome_is_looked_up_and_done_once(
    server: Neo4jServer, wire: Proxy, cut_off: Neo4jGraph, cuts: list[Cut], tries: set[int]
) -> None:
    assert cut_off.write(Count()) == 1
    wire.cut(*cuts)
    count = Count()
    assert cut_off.write(count) == 2
    assert wire.left == 0, "a cut that was asked for did not come"
    assert count.tries in tries
    assert counted(server) == 2


def test_an_outcome_that_stays_unknown_is_not_guessed(
    server: Neo4jServer, wire: Proxy, cut_off: Neo4jGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neo4j, "_LOOKS_FOR", 1.0)  # seconds
    for moment, count in ((Cut.AFTER_COMMIT, 1), (Cut.BEFORE_COMMIT, 1)):
        wire.cut(moment, then=wire.refuse)
        with pytest.raises(LostGraphError, match="chưa biết lần ghi cuối đã xong chưa"):
            cut_off.write(Count())
        assert counted(server) == count
        wire.accept()
    assert cut_off.write(Count()) == 2  # and it goes on


def test_a_connection_lost_between_two_questions_is_made_again(wire: Proxy, cut_off: Neo4jGraph) -> None:
    for _ in range(3):
        wire.cut_all()
        assert cut_off.ask("graph")
        wire.cut_all()
        cut_off.replace(letter("1/UBND-VX"))
    assert_whole(cut_off, 1)


def test_a_connection_lost_in_the_middle_of_writing_leaves_nothing_and_is_made_again(
    server: Neo4jServer, wire: Proxy, cut_off: Neo4jGraph
) -> None:
    breaks = [wire.cut_all, wire.cut_all]
    count = Count(then=lambda: breaks.pop()() if breaks else None)
    assert cut_off.write(count) == 1
    assert (count.tries, counted(server)) == (3, 1)


def test_a_server_that_went_away_is_told_within_five_seconds(
    wire: Proxy, cut_off: Neo4jGraph, graph: Neo4jGraph
) -> None:
    wire.refuse()
    wire.cut_all()
    for use in (lambda: cut_off.ask("graph"), lambda: cut_off.replace(letter("1/UBND-VX"))):
        began = time.monotonic()
        with pytest.raises(StoreError, match="Không có máy chủ Neo4j nào trả lời"):
            use()
        assert time.monotonic() - began < 5
    assert_whole(graph, 0)
    wire.accept()
    cut_off.replace(letter("1/UBND-VX"))
    assert_whole(graph, 1)


def test_a_cable_that_was_unplugged_is_told_within_five_seconds(
    server: Neo4jServer, wire: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neo4j, "_IDLE", 0.5)  # seconds
    with opened(server, wire.uri) as graph:
        wire.silent = True
        time.sleep(0.6)
        began = time.monotonic()
        with pytest.raises(StoreError, match="Không có máy chủ Neo4j nào trả lời"):
            graph.ask("graph")
        assert time.monotonic() - began < 5
        wire.silent = False
        assert graph.ask("graph")


def test_a_machine_that_goes_silent_in_its_turn_loses_it(
    server: Neo4jServer, wire: Proxy, cut_off: Neo4jGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its power failed: the server hears nothing, not even the end of the connection."""
    writing = threading.Event()

    def go_silent() -> None:
        wire.silent = True
        writing.set()

    def write() -> None:
        with pytest.raises(StoreError):
            cut_off.write(Count(then=go_silent))

    monkeypatch.setattr(neo4j, "_WRITES_WITHIN", 3.0)  # seconds
    with opened(server) as other:
        silent = threading.Thread(target=write)
        silent.start()
        assert writing.wait(30)
        monkeypatch.setattr(neo4j, "_WRITES_WITHIN", 60.0)
        assert other.write(Count()) == 1
        assert counted(server) == 1
    wire.refuse()
    wire.cut_all()
    silent.join()


def test_a_server_killed_while_it_writes_keeps_what_was_acknowledged(server: Neo4jServer) -> None:
    acknowledged: list[int] = []
    with opened(server) as graph:

        def write() -> None:
            for number in range(10_000):
                graph.replace(letter(f"{number}/UBND-VX"))
                acknowledged.append(number)

        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(write)
            until = time.monotonic() + 60
            while len(acknowledged) < 5 and time.monotonic() < until:
                time.sleep(0.01)
            server.kill()
            with pytest.raises(StoreError):  # told, and where the outcome was unknown, after looking for it in vain
                writing.result()
        known = len(acknowledged)
        server.restart()
        total = documents(graph)[1]
        assert known <= total <= known + 1
        assert_whole(graph, total)
        graph.replace(letter(f"{known}/UBND-VX"))  # done again, done once
        assert_whole(graph, known + 1)


# Several who write at once


def test_writers_take_turns(server: Neo4jServer) -> None:
    """Each reads a number and writes the next one: nobody may read what another is about to change."""
    with opened(server) as one, opened(server) as other, ThreadPoolExecutor(4) as pool:
        given = list(pool.map(lambda ordinal: (one, other)[ordinal % 2].write(Count()), range(40)))
    assert sorted(given) == list(range(1, 41))
    assert counted(server) == 40


def test_those_who_write_the_same_and_different_documents_at_once_leave_each_whole(
    server: Neo4jServer, graph: Neo4jGraph
) -> None:
    letters = [letter(f"{number % 5}/UBND-VX", f"bản {number}") for number in range(20)]
    with opened(server) as other, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda pair: (graph, other)[pair[0] % 2].replace(pair[1]), enumerate(letters)))
    assert_whole(graph, 5)
    counts = graph.counts()
    assert counts["Provision"] == 5 * len(letters[0].provisions)
    assert counts["Agency"] == len({agency.id for agency in letters[0].agencies})


def test_those_who_open_an_empty_database_at_once_begin_one_graph(neo4j_database: Neo4jServer) -> None:
    """Constraints and indexes are not there yet either."""
    with ThreadPoolExecutor(3) as pool:
        graphs = list(pool.map(lambda _: open_neo4j(connection_to(neo4j_database)), range(3)))
    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(lambda graph: graph.write(Count()), graphs)) == [1, 2, 3]
    for graph in graphs:
        graph.close()
    with administering(neo4j_database) as run:
        assert run("MATCH (n) WHERE NOT n:Written RETURN labels(n)[0] AS label ORDER BY label") == ["Graph", "Turn"]


def test_the_catalogue_is_loaded_once_by_those_who_open_at_once(server: Neo4jServer, authority: Authority) -> None:
    with opened(server) as one, opened(server) as other, ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda graph: graph.load_catalogue(authority), (one, other)))
        counts = one.counts()
    assert counts["Place"] > 10_000
    assert counts["Graph"] == 1


# What the server keeps and refuses


def test_tokens_of_transactions_are_kept_for_days_and_then_go(server: Neo4jServer, graph: Neo4jGraph) -> None:
    graph.write(Count())
    with administering(server) as run:
        run("CREATE (:Written {id: 'mới', at: datetime() - duration('PT40H')})")
        run("UNWIND range(1, 10) AS n CREATE (:Written {id: 'cũ ' + n, at: datetime() - duration('P3D')})")
    graph.write(Count())
    with administering(server) as run:
        kept = run("MATCH (w:Written) RETURN w.id")
    assert len(kept) == 4  # of both, of what made the graph, and the newer one
    assert "mới" in kept


def test_one_document_that_the_server_refuses_is_told_and_leaves_nothing(graph: Neo4jGraph) -> None:
    graph.replace(letter("1/UBND-VX"))
    endless = letter("9" * 9000)  # longer than an index takes
    with pytest.raises(RefusedError, match="chưa có gì được ghi"):
        graph.replace(endless)
    with pytest.raises(RefusedError):
        graph.replace(letter("2/UBND-VX"), endless)
    assert_whole(graph, 1)


def test_a_question_that_takes_too_long_is_ended_and_told(graph: Neo4jGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j, "_READS_WITHIN", 1.0)  # seconds
    with pytest.raises(ServerError, match="chưa làm xong trong thời gian cho phép") as told:
        graph.run_read("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b) AS n")
    assert not isinstance(told.value, RefusedError)  # nor would it do another one


def test_a_database_emptied_while_it_is_open_is_told(server: Neo4jServer, graph: Neo4jGraph) -> None:
    remove_nodes(server)
    with pytest.raises(StoreError, match="bị xóa khi đang mở"):
        graph.replace(first())


def test_a_graph_that_is_made_anew_answers_nothing_meanwhile(server: Neo4jServer, graph: Neo4jGraph) -> None:
    index = Neo4jIndex(graph)
    graph.ask("graph")
    index.search(SearchQuestion("nông thôn"))  # what was looked up holds for a while
    said = texts.shared("set_rebuilding")
    with opened(server) as other:
        other.write(lambda write: write.run(said, who="an (may-1)", token="x"))
        time.sleep(2 * neo4j.NOTICE)  # as long as whoever makes it anew waits
        for ask in (
            lambda: graph.ask("graph"),
            graph.counts,
            lambda: index.search(SearchQuestion("nông thôn")),
            index.documents,
        ):
            with pytest.raises(StoreError, match=r"đang được dựng lại bởi an \(may-1\)"):
                ask()
        other.write(lambda write: write.run(said, who="", token=""))
    assert graph.ask("graph")


def test_every_kind_has_its_constraint_and_passages_their_index(server: Neo4jServer, graph: Neo4jGraph) -> None:
    with administering(server) as run:
        constraints = run(
            "SHOW CONSTRAINTS YIELD labelsOrTypes, properties, type RETURN [labelsOrTypes, properties, type]"
        )
        online = Counter(run("SHOW INDEXES YIELD state RETURN state"))
        (fulltext,) = run("SHOW INDEXES YIELD type, options WHERE type = 'FULLTEXT' RETURN options")
    assert all(properties == ["id"] and type_ == "UNIQUENESS" for _, properties, type_ in constraints)
    labels = {label for (label,), _, _ in constraints}
    shared = {"Turn", "Written", "Passage", "Taking", "Decision", "Original", "Chunk"}
    assert labels == {*NODE_KINDS, *shared}
    assert list(online) == ["ONLINE"]
    assert fulltext["indexConfig"]["fulltext.analyzer"] == "whitespace"


@pytest.mark.parametrize("path", sorted((texts.FOLDER / "shared").glob("*.cypher")), ids=lambda path: path.stem)
def test_each_text_of_the_shared_graph_is_used_and_says_what_it_does(path: Path) -> None:
    header = path.read_text(encoding="utf-8")
    for word in ("// Question: ", "// Parameters: ", "// Columns: "):
        assert word in header
    sources = (*Path(neo4j.__file__).parent.glob("neo4j*.py"), Path(neo4j.__file__).parents[1] / "workspace/shared.py")
    used = (f'"{path.stem}"' in source.read_text(encoding="utf-8") for source in sources)
    assert any(used)
