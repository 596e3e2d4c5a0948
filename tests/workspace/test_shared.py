"""A workspace on a real Neo4j, which several people use at once: nothing lost, nothing half, each one told.

`check` reads every original again and compares what it says, as people decided on it, with log, graph and index.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from directives import letter, write_letters
from graph_server import administering, connection_to, remove_nodes
from needs import ROOT
from neo4j_server import Neo4jServer
from readings import Directive

from ntmgraph.authority import Authority
from ntmgraph.model import Reading
from ntmgraph.queries import DeadlineQuestion, IngestRow, IngestState, SearchQuestion, TaskState, TraceQuestion
from ntmgraph.store import neo4j
from ntmgraph.store.neo4j import NOTICE, Neo4jGraph, open_neo4j
from ntmgraph.store.writing import Writing
from ntmgraph.workspace import Workspace, WorkspaceError, batch
from ntmgraph.workspace.checking import DriftKind
from ntmgraph.workspace.deciding import seen
from ntmgraph.workspace.decisions import DecidedMeanwhileError, Decision, DecisionKind, decide
from ntmgraph.workspace.errors import OutdatedSharedError, TornLogError, UnreachableError
from ntmgraph.workspace.home import Taken
from ntmgraph.workspace.originals import MissingFileError, Original, hash_of, now
from ntmgraph.workspace.shared import CHUNK, SharedHome

NEW, UNCHANGED, REPLACED, REFUSED = IngestState
COMMAND = (sys.executable, "-c", "from ntmgraph.cli import main; main()")
TRUTH = ("Passage", "Taking", "Decision", "Original", "Chunk", "Written")

Open = Callable[..., Workspace]


@pytest.fixture(scope="module")
def catalogue_only(neo4j_server: Neo4jServer, authority: Authority) -> Neo4jServer:
    """The server with a workspace that a new database became; loading the catalogue takes seconds."""
    if not neo4j_server.is_running:
        neo4j_server.restart()
    remove_nodes(neo4j_server)
    graph = open_neo4j(connection_to(neo4j_server))
    graph.load_catalogue(authority)
    graph.close()
    return neo4j_server


@pytest.fixture
def server(catalogue_only: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Neo4jServer]:
    """The server with a workspace that holds nothing; what a test takes in goes again."""
    for name, value in catalogue_only.environment.items():
        monkeypatch.setenv(name, value)
    yield catalogue_only
    with administering(catalogue_only) as run:
        run("MATCH (t:Turn) SET t = {id: 'turn'}")
        taken_in = run("MATCH (d:Document) WHERE d.taken_in RETURN d.id")
    graph = open_neo4j(connection_to(catalogue_only))
    for document in taken_in:
        graph.remove(document)
    graph.close()
    remove_nodes(catalogue_only, *TRUTH)


@pytest.fixture
def open_desk(server: Neo4jServer, tmp_path: Path) -> Iterator[Open]:
    """Return what opens the shared workspace as another machine, by its name."""
    opened: list[Workspace] = []

    def open_(machine: str, **how: bool) -> Workspace:
        opened.append(Workspace.open(tmp_path / machine / "kho", graph=server.uri, **how))
        return opened[-1]

    yield open_
    for each in opened:
        each.close()


@pytest.fixture
def an(open_desk: Open) -> Workspace:
    return open_desk("máy của An")


@pytest.fixture
def binh(open_desk: Open) -> Workspace:
    return open_desk("máy của Bình")


def file_of(folder: Path, number: int, subject: str = "đôn đốc xây dựng nông thôn mới") -> Path:
    """Return a file of one version of a letter."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"cv-{number}-{len(list(folder.iterdir()))}.txt"
    path.write_text(letter(number, subject), encoding="utf-8")
    return path


def taken_in(workspace: Workspace, *paths: Path) -> list[Reading]:
    """Take in letters and return what they say."""
    rows = workspace.ingest(paths)
    assert {row.state for row in rows} <= {NEW, REPLACED}
    return [workspace.reading(row.document.id) for row in rows if row.document]


def rejected(reading: Reading, ordinal: int, by: str) -> Decision:
    id = reading.tasks[ordinal].id
    return decide(DecisionKind.REJECTED, id, by=by, document=reading.document.id, before=seen(reading, id))


def handed_to(reading: Reading, ordinal: int, who: str, by: str) -> Decision:
    """Return the decision that another one does a task."""
    id, after = reading.tasks[ordinal].id, {"who": [{"id": None, "name": who}]}
    before = seen(reading, id, "who")
    return decide(DecisionKind.CHANGED, id, by=by, document=reading.document.id, before=before, after=after)


def doers(workspace: Workspace, document: str) -> dict[str, set[str]]:
    """Return by the graph who does each task of a document."""
    rows = workspace.trace(TraceQuestion(document=document)).rows
    return {row.id: {each.agency.name for each in rows if each.id == row.id and each.agency} for row in rows}


def assert_nothing_drifted(workspace: Workspace, documents: int) -> None:
    assert workspace.documents()[1] == documents
    assert [drift.message for drift in workspace.check()] == []


class Once:
    """What somebody else does at the first call, and at no later one."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.calls = 0
        self._act = act

    def __call__(self) -> None:
        self.calls += 1
        if self.calls == 1:
            self._act()


# One after the other


def test_what_one_takes_in_and_decides_the_other_sees_at_once(an: Workspace, binh: Workspace, tmp_path: Path) -> None:
    (reading,) = taken_in(an, file_of(tmp_path, 7))
    document, task = reading.document.id, reading.tasks[0].id
    assert binh.reading(document) == reading
    assert binh.search(SearchQuestion("7/UBND-VP3")).rows[0].document.id == document
    assert binh.ingest([file_of(tmp_path, 7)])[0].state is UNCHANGED
    binh.set_done(task, date(2020, 1, 2), "đã báo cáo", "bình")
    binh.decide(rejected(reading, 1, "bình"), seen=None)
    assert an.deadlines(DeadlineQuestion(date(2020, 6, 1))).states[TaskState.DONE_LATE] == 1
    assert [each.id for each in an.reading(document).tasks] == [task, reading.tasks[2].id]
    assert [each.by for each in an.decisions(task)] == ["bình"]
    undone = an.decisions(reading.tasks[1].id)[0]
    an.undo(undone.id, by="an", why="đúng là nhiệm vụ")
    assert [(each.by, each.why) for each in binh.decisions(undone.fact)] == [("bình", None), ("an", "đúng là nhiệm vụ")]
    assert len(doers(binh, document)) == 3
    assert_nothing_drifted(binh, 1)


def test_a_machine_that_is_lost_takes_nothing_with_it(open_desk: Open, tmp_path: Path) -> None:
    lost = open_desk("máy hỏng")
    (reading,) = taken_in(lost, file_of(tmp_path / "vào", 7))
    lost.decide(handed_to(reading, 0, "Tổ công tác", "an"))
    original = lost.original(reading.document.id).read_bytes()
    said = lost.reading(reading.document.id)
    lost.close()
    shutil.rmtree(tmp_path / "máy hỏng")
    shutil.rmtree(tmp_path / "vào")
    other = open_desk("máy mới")
    assert other.original(reading.document.id).read_bytes() == original
    assert other.reading(reading.document.id) == said
    assert doers(other, reading.document.id)[reading.tasks[0].id] == {"Tổ công tác"}
    assert other.decisions(reading.tasks[0].id)[0].by == "an"
    assert_nothing_drifted(other, 1)


def test_no_password_stays_on_the_machine(an: Workspace, server: Neo4jServer, tmp_path: Path) -> None:
    taken_in(an, file_of(tmp_path, 7))
    with pytest.raises(MissingFileError):
        an.home.originals.path("0" * 64, "không có.txt")
    an.close()
    files = [path for path in an.folder.parent.parent.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if server.password.encode() in path.read_bytes()] == []


@pytest.mark.parametrize("anew", [Workspace.read_again, lambda workspace, _: workspace.rebuild()])
def test_what_one_reads_again_the_other_is_told_as_it_is_read_then(
    an: Workspace, binh: Workspace, tmp_path: Path, anew: Callable[[Workspace, list[str]], object]
) -> None:
    """The graph has what an older program read: one task of three."""
    (reading,) = taken_in(an, file_of(tmp_path, 7))
    an.home.graph.replace(replace(reading, tasks=reading.tasks[:1]))
    for desk in (an, binh):
        assert desk.totals().tasks == 1
    anew(an, [reading.document.id])
    for desk in (an, binh):
        assert desk.totals().tasks == len(reading.tasks)


# Originals


def test_a_large_original_goes_in_pieces_and_comes_back_byte_for_byte(
    an: Workspace, binh: Workspace, server: Neo4jServer, tmp_path: Path
) -> None:
    path = tmp_path / "bản đồ.pdf"
    path.write_bytes(Random(3).randbytes(3 * CHUNK + CHUNK // 2))
    sha256 = hash_of(path)
    an.home.originals.keep(path, sha256, path.name)
    with administering(server) as run:
        sizes = run("MATCH (c:Chunk) RETURN size(c.data) ORDER BY c.id")
        before = run("MATCH (w:Written) RETURN count(*)")
        assert sizes == [CHUNK, CHUNK, CHUNK, CHUNK // 2]
        an.home.originals.keep(path, sha256, path.name)  # once is enough
        assert run("MATCH (w:Written) RETURN count(*)") == before
    found = binh.home.originals.path(sha256, path.name)
    assert binh.folder in found.parents
    assert found.read_bytes() == path.read_bytes()


def test_a_file_that_was_sent_in_part_is_sent_to_its_end(
    an: Workspace, binh: Workspace, server: Neo4jServer, tmp_path: Path
) -> None:
    path = tmp_path / "bản đồ.pdf"
    path.write_bytes(Random(4).randbytes(2 * CHUNK + 5))
    sha256 = hash_of(path)
    an.home.originals.keep(path, sha256, path.name)
    with administering(server) as run:  # as a kill after the first piece leaves it
        run("MATCH (o:Original) DELETE o")
        run("MATCH (c:Chunk) WHERE c.id ENDS WITH ':1' OR c.id ENDS WITH ':2' DELETE c")
    an.home.originals.keep(path, sha256, path.name)
    assert binh.home.originals.path(sha256, path.name).read_bytes() == path.read_bytes()


def test_a_damaged_copy_on_this_machine_is_not_sent(an: Workspace, binh: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "bản đồ.pdf"
    path.write_bytes(b"nguyen ven")
    sha256 = hash_of(path)
    copy = an.home.originals._kept.path(sha256, path.name)  # type: ignore[attr-defined]
    copy.parent.mkdir(parents=True)
    copy.write_bytes(b"hong")
    an.home.originals.keep(path, sha256, path.name)
    assert binh.home.originals.path(sha256, path.name).read_bytes() == b"nguyen ven"


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("MATCH (c:Chunk) SET c.data = $other", "bị hỏng"),
        ("MATCH (c:Chunk) DELETE c", "bị hỏng"),
        ("MATCH (o:Original) DELETE o", "thiếu tệp gốc"),
    ],
)
def test_a_lost_or_damaged_original_is_told_and_mended_by_taking_it_in_again(
    an: Workspace, open_desk: Open, server: Neo4jServer, tmp_path: Path, damage: str, told: str
) -> None:
    path = file_of(tmp_path, 7)
    (reading,) = taken_in(an, path)
    with administering(server) as run:
        run(damage, other=b"hong")
    binh = open_desk("máy của Bình")
    assert [told in drift.message for drift in binh.check()] == [True]
    with pytest.raises(WorkspaceError, match="hãy nạp lại tệp này"):
        binh.reading(reading.document.id)
    assert an.reading(reading.document.id) == reading  # from its own copy
    assert binh.ingest([path])[0].state is UNCHANGED
    assert_nothing_drifted(binh, 1)
    assert open_desk("máy thứ ba").reading(reading.document.id) == reading


# At the same time: different, the same, and two versions


def test_two_programs_take_in_the_same_and_different_documents(
    server: Neo4jServer, open_desk: Open, tmp_path: Path
) -> None:
    """Letters 1 to 12 on one machine and 7 to 18 on the other, of which 13 to 18 are other versions of 1 to 6."""
    write_letters(tmp_path / "một", 12)
    for number in range(7, 19):
        text = letter(number) if number <= 12 else letter(number - 12, "bản sửa")
        (tmp_path / "hai").mkdir(exist_ok=True)
        (tmp_path / "hai" / f"cv-{number:04}.txt").write_text(text, encoding="utf-8")
    programs = [
        subprocess.Popen(
            [*COMMAND, "--workspace", str(tmp_path / name / "kho"), "ingest", "--json", str(tmp_path / name)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("một", "hai")
    ]
    outputs = [program.communicate() for program in programs]
    assert [program.returncode for program in programs] == [0, 0], outputs
    states: dict[str, list[str]] = {}
    for stdout, _ in outputs:
        for row in json.loads(stdout)["rows"]:
            states.setdefault(row["document"]["number"], []).append(row["state"])
    both = [sorted(states[f"{number}/UBND-VP3"]) for number in range(1, 13)]
    assert both == [*6 * [["new", "replaced"]], *6 * [["new", "unchanged"]]]
    workspace = open_desk("máy thứ ba")
    assert len(workspace.home.originals.files()) == 18
    assert_nothing_drifted(workspace, 12)


def test_what_one_takes_in_while_another_takes_in_the_same_document_is_noticed(
    an: Workspace, binh: Workspace, tmp_path: Path
) -> None:
    """Both have looked up that the document is not there, then both write."""
    paths = [file_of(tmp_path, 7, subject) for subject in ("bản một", "bản hai")]
    together = threading.Barrier(2)

    def take_in(workspace: Workspace, path: Path) -> IngestRow:
        read = batch.read_one(batch.File.at(path))  # the language is loaded
        assert read.reading is not None
        together.wait(60)
        return workspace.ingest([path])[0]

    with ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(take_in, (an, binh), paths))
    assert sorted(row.state for row in rows) == [NEW, REPLACED]
    last = paths[[row.state for row in rows].index(REPLACED)]
    assert an.home.originals.of_document(rows[0].document.id) == binh.home.originals.of_document(rows[1].document.id)
    assert an.original(rows[0].document.id).stem == hash_of(last)
    assert_nothing_drifted(an, 1)


def test_what_another_writes_while_one_checks_is_no_drift(an: Workspace, binh: Workspace, tmp_path: Path) -> None:
    (reading,) = taken_in(an, file_of(tmp_path, 7))
    decisions = [rejected(reading, 0, "bình")]

    def decide_once(done: int, total: int) -> None:  # after the original was read and before the graph is
        while decisions:
            binh.decide(decisions.pop())

    assert list(an.check(on_progress=decide_once)) == []


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("MATCH (:Task)-[r:RESPONSIBLE]->() DELETE r", "cơ quan của nhiệm vụ"),
        ("MATCH (x:Deadline) SET x.date = date('1999-01-01')", "thời hạn"),
        ("MATCH (p:Passage) WHERE NOT p.first WITH p LIMIT 1 DELETE p", "Chỉ mục"),
    ],
)
def test_what_somebody_changed_by_hand_is_a_drift(
    an: Workspace, server: Neo4jServer, tmp_path: Path, harm: str, told: str
) -> None:
    taken_in(an, file_of(tmp_path, 7))
    with administering(server) as run:
        run(harm)
    assert [told in drift.message for drift in an.check()] == [True]


def test_one_document_that_the_server_refuses_does_not_keep_the_others_out(an: Workspace, tmp_path: Path) -> None:
    """Two versions of one letter come with it: the second is written on the first."""
    endless = Directive("9" * 9000).reading()  # a number longer than an index takes
    first, second = (
        batch.read_one(batch.File.at(file_of(tmp_path, 7, subject))).reading for subject in ("bản một", "bản hai")
    )
    assert first is not None
    assert second is not None
    wanted = (first, endless, second)
    originals = [Original(each.document.sha256, "cv.txt", each.document.id, now()) for each in wanted]
    taken = [Taken(original, each, None) for original, each in zip(originals, wanted, strict=True)]
    wrote, refused, wrote_second = an.home.write(taken)
    assert (wrote, wrote_second) == (None, None)
    assert (refused or "").startswith(f"Máy chủ {an.home.where} báo lỗi Neo.")
    standing = an.home.originals.of_document(first.document.id)
    assert standing is not None
    assert standing.sha256 == second.document.sha256
    assert an.home.originals.of_document(endless.document.id) is None
    assert an.documents()[1] == 1


def test_an_overloaded_server_is_told_and_not_asked_again_for_each_document(an: Workspace, binh: Workspace) -> None:
    """Another one writes for longer than the server lets one wait."""
    readings = [Directive(f"{number}/UBND-VX").reading() for number in (1, 2)]
    taken = [Taken(Original(each.document.sha256, "cv.txt", each.document.id, now()), each, None) for each in readings]
    graph = binh.home.graph
    assert isinstance(graph, Neo4jGraph)
    writes, over = threading.Event(), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(graph.write, lambda _: (writes.set(), over.wait(60)))
        try:
            writes.wait(60)
            with pytest.MonkeyPatch.context() as patch, pytest.raises(UnreachableError, match="nó đang quá tải"):
                patch.setattr(neo4j, "_WRITES_WITHIN", 1.0)  # seconds
                an.home.write(taken)
        finally:
            over.set()
        busy.result()
    assert an.home.write(taken) == [None, None]


# At the same time: decisions


def test_who_decides_second_on_a_fact_is_told_by_whom_and_nothing_is_lost(
    an: Workspace, binh: Workspace, tmp_path: Path
) -> None:
    (reading,) = taken_in(an, file_of(tmp_path, 7))
    mine, other = handed_to(reading, 0, "Tổ một", "an"), handed_to(reading, 0, "Tổ hai", "bình")
    an.decide(mine, seen=None)
    with pytest.raises(DecidedMeanwhileError, match="an ghi lúc") as told:
        binh.decide(other, seen=None)
    assert told.value.decision == mine
    assert binh.decisions(mine.fact) == (mine,)
    assert doers(binh, reading.document.id)[mine.fact] == {"Tổ một"}
    binh.decide(other, seen=mine.id)
    assert an.decisions(mine.fact) == (mine, other)
    assert doers(an, reading.document.id)[mine.fact] == {"Tổ hai"}
    assert_nothing_drifted(an, 1)


def deciding(workspace: Workspace, decision: Decision, *, meanwhile: Callable[[], object]) -> None:
    """Decide, and let something else happen after what the decision is about was read and before it is written."""
    reads = Once(meanwhile)

    def read() -> Iterable[Reading]:
        readings = []
        for document in sorted(workspace._concerned([decision])):
            reading = workspace._readings.anew(document)
            assert isinstance(reading, Reading)
            readings.append(reading)
        reads()
        return readings

    workspace.home.decide([decision], read, seen=None)
    assert reads.calls > 1, "what was read before is not what was written"


def test_decisions_on_two_facts_of_a_document_at_once_both_hold(an: Workspace, binh: Workspace, tmp_path: Path) -> None:
    (reading,) = taken_in(an, file_of(tmp_path, 7))
    first, second = handed_to(reading, 0, "Tổ một", "an"), handed_to(reading, 1, "Tổ hai", "bình")
    deciding(an, first, meanwhile=lambda: binh.decide(second, seen=None))
    found = doers(an, reading.document.id)
    assert (found[first.fact], found[second.fact]) == ({"Tổ một"}, {"Tổ hai"})
    assert_nothing_drifted(binh, 1)


def test_a_decision_on_a_document_that_is_taken_in_anew_meanwhile_holds_on_the_new_one(
    an: Workspace, binh: Workspace, tmp_path: Path
) -> None:
    (reading,) = taken_in(an, file_of(tmp_path, 7))
    decision = handed_to(reading, 0, "Tổ một", "an")
    newer = file_of(tmp_path, 7, "bản sửa")
    deciding(an, decision, meanwhile=lambda: taken_in(binh, newer))
    assert an.search(SearchQuestion("ban sua")).total == 1
    assert an.reading(reading.document.id).document.sha256 == hash_of(newer)
    assert doers(an, reading.document.id)[an.reading(reading.document.id).tasks[0].id] == {"Tổ một"}
    assert_nothing_drifted(binh, 1)


def test_a_decision_on_a_document_that_comes_meanwhile_holds(an: Workspace, binh: Workspace, tmp_path: Path) -> None:
    """It is carried from another workspace, before its document."""
    path = file_of(tmp_path, 7)
    reading = batch.read_one(batch.File.at(path)).reading
    assert reading is not None
    decision = handed_to(reading, 0, "Tổ một", "an")
    came = Once(lambda: taken_in(binh, path))

    def read() -> list[Reading]:
        there = an.home.originals.of_document(reading.document.id) is not None
        came()
        return [reading] if there else []

    an.home.decide([decision], read, seen=None)
    assert came.calls == 2
    assert doers(an, reading.document.id)[decision.fact] == {"Tổ một"}
    assert_nothing_drifted(an, 1)


def test_an_agency_merged_everywhere_is_merged_in_what_comes_meanwhile(
    an: Workspace, binh: Workspace, tmp_path: Path
) -> None:
    (reading,) = taken_in(an, file_of(tmp_path, 1))
    finance, transport = (each.who[0] for each in (reading.tasks[1], reading.tasks[0]))
    assert (finance.name, transport.name) == ("Sở Tài chính", "Sở Giao thông vận tải")
    merged = decide(
        DecisionKind.MERGED, finance.id or "", by="an", after={"into": transport.id, "name": transport.name}
    )
    deciding(an, merged, meanwhile=lambda: taken_in(binh, file_of(tmp_path, 2)))
    assert not an.home.graph.ask("agencies", ids=[finance.id])
    assert an.trace(TraceQuestion(agency=transport.id)).total >= 4
    assert_nothing_drifted(an, 2)
    taken_in(binh, file_of(tmp_path, 3))  # and in what comes later
    assert not an.home.graph.ask("agencies", ids=[finance.id])
    deciding_back = an.decisions(finance.id or "")[0]
    binh.undo(deciding_back.id, by="bình")
    assert an.home.graph.ask("agencies", ids=[finance.id])
    assert_nothing_drifted(an, 3)


def test_who_decides_while_others_write_again_and_again_gets_a_turn(
    an: Workspace, binh: Workspace, tmp_path: Path
) -> None:
    (reading,) = taken_in(an, file_of(tmp_path, 7))
    decision = handed_to(reading, 0, "Tổ một", "an")
    reads = 0

    def read() -> list[Reading]:
        nonlocal reads
        reads += 1
        if reads <= 3:  # a fourth time, others have to wait
            binh.set_done(reading.tasks[1].id, date(2020, 1, reads), None, "bình")
        return [reading]

    an.home.decide([decision], read, seen=None)
    assert doers(an, reading.document.id)[decision.fact] == {"Tổ một"}
    assert len(an.home.decisions.all()) == 4
    assert_nothing_drifted(an, 1)


def test_people_at_work_at_the_same_time_lose_nothing(open_desk: Open, tmp_path: Path) -> None:
    """Three of them take in new versions of three letters, decide on them and take it back, in no order."""
    first = open_desk("máy 0")
    for number in (1, 2, 3):
        taken_in(first, file_of(tmp_path / "vào", number))
    made: list[Decision] = []

    def work(seed: int) -> None:
        chance, desk = Random(seed), first if seed == 0 else open_desk(f"máy {seed}")
        by = f"người {seed}"
        for turn in range(8):
            reading = desk.reading(chance.choice(desk.documents()[0]).id)
            act = chance.randrange(3)
            if act == 0:
                number = int((reading.document.number or "").partition("/")[0])
                desk.ingest([file_of(tmp_path / f"vào {seed}", number, f"bản {seed} {turn}")])
            elif act == 1 and reading.tasks:
                decision = handed_to(reading, chance.randrange(len(reading.tasks)), f"Tổ {seed} {turn}", by)
                desk.decide(decision)
                made.append(decision)
            elif made:
                desk.undo(chance.choice(made).id, by=by)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    logged = {decision.id: decision for decision in first.home.decisions.all()}
    assert made
    assert all(logged[decision.id] == decision for decision in made)
    assert_nothing_drifted(open_desk("máy khác"), 3)


def test_a_part_of_the_log_that_is_seen_before_the_rest_waits_for_it(
    an: Workspace, server: Neo4jServer, tmp_path: Path
) -> None:
    """A reader may meet a commit half way: the second decision is there, the first is not yet."""
    (reading,) = taken_in(an, file_of(tmp_path, 7))
    for ordinal in (0, 1):
        an.decide(rejected(reading, ordinal, "an"))
    decisions = list(an.home.decisions.all())
    other = SharedHome.open(server.uri, beside=tmp_path / "máy khác" / "kho", task="thử", to_rebuild=False)
    with administering(server) as run:
        run("MATCH (d:Decision {number: 1}) SET d.number = -1")
    has_turn = threading.Event()

    def commit(write: Writing) -> None:
        has_turn.set()
        time.sleep(1)
        write.run("MATCH (d:Decision {number: -1}) SET d.number = 1")

    with ThreadPoolExecutor(1) as pool:
        committing = pool.submit(an.home.graph.write, commit)
        assert has_turn.wait(60)
        assert list(other.decisions.all()) == decisions
        committing.result()
    other.close()


@pytest.mark.parametrize("lost", [1, 2])
def test_a_log_that_somebody_changed_by_hand_is_told_and_nothing_is_written(
    an: Workspace, open_desk: Open, server: Neo4jServer, tmp_path: Path, empty_workspace: Path, lost: int
) -> None:
    (reading,) = taken_in(an, file_of(tmp_path, 7))
    for ordinal in (0, 1):
        an.decide(rejected(reading, ordinal, "an"))
    with administering(server) as run:
        run("MATCH (d:Decision {number: $lost}) DELETE d", lost=lost)
    binh = open_desk("máy của Bình")
    backup = tmp_path / "sao lưu.zip"
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "riêng")) as own:
        for act in (
            lambda: binh.decide(rejected(reading, 2, "bình")),
            lambda: binh.ingest([file_of(tmp_path, 8)]),
            lambda: binh.reading(reading.document.id),
            lambda: binh.back_up(backup),
            lambda: own.carry_from(binh.as_source()),
            lambda: open_desk("máy thứ ba", to_rebuild=True).rebuild(),
        ):
            with pytest.raises(TornLogError, match="Nhật ký quyết định"):
                act()
        assert own.documents()[1] == 0
    assert not backup.exists()
    assert binh.documents()[1] == 1
    assert [drift.kind for drift in binh.check()] == [DriftKind.DECISIONS_MISSING]


# Making it anew


def test_others_are_told_while_it_is_made_anew_and_go_on_afterwards(
    an: Workspace, open_desk: Open, server: Neo4jServer, tmp_path: Path
) -> None:
    binh = open_desk("máy của Bình")
    (reading, *_) = taken_in(an, *(file_of(tmp_path / "vào", number) for number in (1, 2)))
    an.decide(handed_to(reading, 0, "Tổ một", "an"))
    newer = file_of(tmp_path / "mới", 3)
    told: list[str] = []

    def others(done: int, total: int) -> None:
        for act in (
            lambda: binh.search(SearchQuestion("nông thôn")),
            lambda: binh.documents(),
            lambda: binh.trace(TraceQuestion(criterion="2")),
            lambda: binh.ingest([newer]),
            lambda: binh.decide(rejected(reading, 1, "bình")),
            lambda: open_desk("máy thứ ba"),
        ):
            with pytest.raises(UnreachableError) as error:
                act()
            told.append(str(error.value))

    counts = an.home.graph.counts()
    assert an.rebuild(on_progress=others) == counts
    assert len(told) == 12
    assert all("đang được dựng lại bởi" in each for each in told)
    assert [row.state for row in binh.ingest([newer])] == [NEW]
    assert doers(binh, reading.document.id)[reading.tasks[0].id] == {"Tổ một"}
    assert_nothing_drifted(binh, 3)


def test_making_it_anew_that_was_killed_is_told_and_done_again(
    open_desk: Open, server: Neo4jServer, tmp_path: Path
) -> None:
    an = open_desk("máy của An")
    taken_in(an, *(file_of(tmp_path / "vào", number) for number in (1, 2, 3)))
    program = subprocess.Popen(
        [*COMMAND, "--workspace", str(tmp_path / "máy hỏng" / "kho"), "rebuild"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with administering(server) as run:
        until = time.monotonic() + 120
        while run("MATCH (g:Graph) RETURN g.id") and time.monotonic() < until:
            time.sleep(0.02)
        program.kill()
        program.wait()
    with pytest.raises(UnreachableError, match="hãy chạy “ntmgraph rebuild”"):
        an.documents()
    with pytest.raises(UnreachableError, match="đang được dựng lại"):
        open_desk("máy của Bình")
    again = open_desk("máy của Bình", to_rebuild=True)
    again.rebuild()
    assert_nothing_drifted(again, 3)
    assert_nothing_drifted(an, 3)


def test_who_begins_to_make_it_anew_later_takes_over(an: Workspace, open_desk: Open, tmp_path: Path) -> None:
    taken_in(an, *(file_of(tmp_path / "vào", number) for number in (1, 2)))
    later = Once(lambda: open_desk("máy của Bình", to_rebuild=True).rebuild())
    with pytest.raises(UnreachableError, match="nên lần dựng lại này dừng ở đây"):
        an.rebuild(on_progress=lambda *_: later())
    assert_nothing_drifted(an, 2)


def test_a_workspace_of_an_older_program_is_made_anew_in_its_place(
    an: Workspace, open_desk: Open, server: Neo4jServer, tmp_path: Path
) -> None:
    (reading,) = taken_in(an, file_of(tmp_path, 1))
    an.decide(handed_to(reading, 0, "Tổ một", "an"))
    with administering(server) as run:
        run("MATCH (g:Graph) SET g.version = '0'")
    with pytest.raises(OutdatedSharedError, match="ntmgraph rebuild"):
        open_desk("máy của Bình")
    binh = open_desk("máy của Bình", to_rebuild=True)
    binh.rebuild()
    assert doers(binh, reading.document.id)[reading.tasks[0].id] == {"Tổ một"}
    assert_nothing_drifted(binh, 1)


@pytest.mark.parametrize(
    ("made_anew", "told", "may_rebuild"),
    [
        ("SET g.version = '999'", "Hãy cài bản ntmgraph mới", False),
        ("SET g.version = '1'", "ntmgraph rebuild", True),
        ("SET g.catalogue_version = 'khác'", "Danh mục", True),
    ],
)
def test_a_program_left_open_while_another_version_made_it_anew_writes_nothing(
    an: Workspace, server: Neo4jServer, tmp_path: Path, made_anew: str, told: str, may_rebuild: bool
) -> None:
    (reading,) = taken_in(an, file_of(tmp_path, 1))
    with administering(server) as run:
        (was,) = run("MATCH (g:Graph) RETURN g {.*}")
        run(f"MATCH (g:Graph) {made_anew}")
        acts = [lambda: an.ingest([file_of(tmp_path, 2)]), lambda: an.decide(rejected(reading, 0, "an"))]
        acts += [an.rebuild] * (not may_rebuild)
        for act in acts:
            with pytest.raises(OutdatedSharedError, match=told):
                act()
        time.sleep(NOTICE)
        with pytest.raises(OutdatedSharedError, match=told):  # nor is it asked in words that it may not understand
            an.documents()
        assert run("MATCH (d:Decision) RETURN count(d)") == [0]
        if may_rebuild:
            an.rebuild()
        run("MATCH (g:Graph) SET g = $was", was=was)
    assert_nothing_drifted(an, 1)


def test_a_server_that_goes_away_is_told_and_what_was_taken_in_is_passed_over_later(
    an: Workspace, server: Neo4jServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write_letters(tmp_path / "vào", 4)
    taken_in(an, *paths[:2])
    server.kill()
    for act in (lambda: an.ingest(paths), lambda: an.documents(), lambda: an.search(SearchQuestion("nông thôn"))):
        began = time.monotonic()
        with pytest.raises(UnreachableError, match="Không có máy chủ Neo4j nào trả lời"):
            act()
        assert time.monotonic() - began < 5
    server.restart()
    assert [row.state for row in an.ingest(paths)] == [UNCHANGED, UNCHANGED, NEW, NEW]
    assert_nothing_drifted(an, 4)
