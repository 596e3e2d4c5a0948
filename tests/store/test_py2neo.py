"""Scripts on py2neo over a real server: what they are told, and that they only ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pandas
import pytest
from cases import CASES
from neo4j import GraphDatabase
from neo4j_server import Neo4jServer
from py2neo import Node
from py2neo.ogm import Repository
from readings import Directive
from scene import CONG_THUONG, NATIONAL, PHU_NHUAN, SCENE, TAI_CHINH

from ntmgraph.model import Reading, Relation
from ntmgraph.store import StoreError, texts
from ntmgraph.store.connection import Connection
from ntmgraph.store.kinds import EDGE_KINDS
from ntmgraph.store.neo4j import open_neo4j
from ntmgraph.store.py2neo import (
    KINDS,
    Agency,
    Criterion,
    Document,
    Place,
    Related,
    Result,
    SharedGraph,
    Task,
    connect,
    questions,
)

FIRST = "ubnd-tinh-lao-cai.12-ubnd-nln.2017"
AGAIN = "ubnd-tinh-lao-cai.20-ubnd-nln.2021"
FINANCE, TRADE = "t.stc@lao-cai", "t.sct@lao-cai"
TABLES = ("documents", "tasks", "responsibilities", "deadlines", "assignments", "results")


def again() -> Reading:
    """Lào Cai, 2021: the same department leads the same criterion once more, and reads the first letter twice."""
    letter = Directive("20/UBND-NLN", date(2021, 2, 1))
    letter.cite("12/UBND-NLN", FIRST, Relation.BASIS).cite("12/UBND-NLN", FIRST, Relation.AMENDS)
    return letter.assign(17, [TAI_CHINH], from_=date(2021, 1, 1)).reading()


@pytest.fixture(scope="module")
def server(neo4j_server: Neo4jServer) -> Neo4jServer:
    """A server that holds the scene, once for all these tests: they only ask."""
    if not neo4j_server.is_running:
        neo4j_server.restart()
    with GraphDatabase.driver(neo4j_server.uri, auth=neo4j_server.auth) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
    graph = open_neo4j(Connection(neo4j_server.uri, neo4j_server.user, neo4j_server.password))
    graph.replace(*(make() for make in (*SCENE, again)))
    graph.close()
    return neo4j_server


@pytest.fixture
def graph(server: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[SharedGraph]:
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    with connect(server.uri) as graph:
        yield graph


# Objects


def test_a_task_and_all_that_belongs_to_it(graph: SharedGraph) -> None:
    (task,) = graph.match(Task).where(what="rà soát hồ sơ", issued=date(2017, 1, 12))
    assert (task.province, task.issued, task.ended) == ("Lào Cai", date(2017, 1, 12), date(2019, 3, 1))
    assert [(agency.name, edge["role"]) for agency, edge in task.responsible] == [
        (TAI_CHINH, "lead"),
        (CONG_THUONG, "coordinate"),
        ("Thanh tra tỉnh", "supervise"),
    ]
    assert [(agency.name, edge["via"]) for agency, edge in task.reports_to] == [
        ("UBND tỉnh Lào Cai", False),
        ("Văn phòng Điều phối", True),
    ]
    ((deadline, said),) = task.due
    assert (deadline.date, deadline.kind, said["quote"]) == (date(2017, 2, 20), "before", "trước ngày 20/02/2017")
    # One edge type leads to criteria and to places.
    assert [criterion.id for criterion, _ in task.criteria] == ["VN-XA-2016:17"]
    assert [place.id for place, _ in task.places] == [PHU_NHUAN[1]]
    ((document, edge),) = task.given_by
    assert document == graph.get(Document, FIRST)
    assert edge["quote"].startswith("Sở Tài chính rà soát hồ sơ")


def test_a_document_its_tasks_and_citations(graph: SharedGraph) -> None:
    document = graph.get(Document, FIRST)
    assert document is not None
    assert (document.number, document.date, document.signer) == ("12/UBND-NLN", date(2017, 1, 12), "Nguyễn Văn A")
    assert [task.what for task, _ in document.tasks] == [
        "rà soát hồ sơ",
        "báo cáo kết quả",
        "phối hợp tuyên truyền",
        "hướng dẫn nghiệp vụ",
    ]
    assert [agency.name for agency, _ in document.issued_by] == ["UBND tỉnh Lào Cai"]
    cited = {other.id: (edge["relation"], other.taken_in) for other, edge in document.cites}
    assert cited[NATIONAL] == ("căn cứ", False)
    assert [(other.id, edge["relation"]) for other, edge in document.cited_by] == [
        ("ubnd-tinh-lao-cai.15-ubnd-nln.2019", "thay thế"),
        (AGAIN, "căn cứ"),
        (AGAIN, "sửa đổi"),
    ]
    assert graph.get(Document, "không-có") is None


def test_an_agency_its_tasks_and_every_document_that_makes_it_lead(graph: SharedGraph) -> None:
    agency = graph.get(Agency, FINANCE)
    assert agency is not None
    assert {task.what: edge["role"] for task, edge in agency.tasks} == {"rà soát hồ sơ": "lead", "lập danh mục": "lead"}
    # Two documents, so two edges to the one criterion, each with its evidence.
    led = [(criterion.id, edge["document"], edge["since"], edge["quote"][:11]) for criterion, edge in agency.leads]
    assert led == [
        ("VN-XA-2016:17", FIRST, date(2017, 1, 12), "tiêu chí 17"),
        ("VN-XA-2016:17", AGAIN, date(2021, 1, 1), "tiêu chí 17"),
    ]
    assert [(place.id, edge["person"]) for place, edge in agency.helps] == [(PHU_NHUAN[1], "Trần Thị B")]


def test_a_criterion_and_a_result(graph: SharedGraph) -> None:
    criterion = graph.get(Criterion, "VN-XA-2016:17")
    assert criterion is not None
    assert {agency.id for agency, _ in criterion.led_by} == {FINANCE, TRADE}
    assert [agency.id for agency, _ in criterion.coordinated_by] == [TRADE]
    assert sorted(task.what for task, _ in criterion.tasks) == ["bố trí vốn", "chủ trì kiểm tra", "rà soát hồ sơ"]
    ((result, _),) = criterion.results
    assert (result.met, result.as_of) == (True, date(2018, 12, 31))
    assert [[other.id for other, _ in related] for related in (result.places, result.reported_by)] == [
        [PHU_NHUAN[1]],
        [FIRST],
    ]
    place = graph.get(Place, PHU_NHUAN[1])
    assert place is not None
    assert [other for other, _ in place.results] == [graph.get(Result, result.id)]


RELATED = {
    f"{label}.{name}": (label, related)
    for label, kind in KINDS.items()
    for name, related in vars(kind).items()
    if isinstance(related, Related)
}
_STEP = re.compile(r"(?P<back><?)-\[(?:edge)?:`?(?P<type>\w+)`?\]->?(?:\(:(?P<over>\w+)\))?")


@pytest.mark.parametrize("name", RELATED)
def test_every_path_is_one_of_the_declared_graph(name: str) -> None:
    label, related = RELATED[name]
    steps = list(_STEP.finditer(related.path))
    assert "".join(step[0] for step in steps) == related.path
    assert related.path.count("edge") == 1
    for step in steps:
        over = step["over"] or related.kind
        assert ((over, label) if step["back"] else (label, over)) in EDGE_KINDS[step["type"]].ends
        label = over


def test_every_path_is_one_that_the_server_understands(graph: SharedGraph) -> None:
    things = {label: graph.match(kind).first() for label, kind in KINDS.items()}
    assert all(things.values())
    for name, (label, related) in RELATED.items():
        for other, edge in getattr(things[label], name.partition(".")[2]):
            assert type(other) is KINDS[related.kind]
            assert isinstance(edge, dict)


# Tables


@pytest.mark.parametrize("province", ["", "Lào Cai", "Cao Bằng"])
def test_tables_have_the_columns_that_their_text_names(graph: SharedGraph, province: str) -> None:
    for name in TABLES:
        frame = getattr(graph, name)(province)
        assert list(frame.columns) == list(texts.columns(name, "frames"))
        assert frame.empty == (province == "Cao Bằng"), name
        for column in {"date", "issued", "ended", "due", "since", "until", "as_of"} & set(frame.columns):
            assert frame[column].dtype.kind == "M", f"{name}.{column}"  # also where there is none


def test_tables_tell_what_the_documents_say(graph: SharedGraph) -> None:
    tasks = graph.tasks("Lào Cai").set_index("what")
    assert len(tasks) == 6
    first = tasks.loc["rà soát hồ sơ"]
    assert (first["number"], first["due"], first["criteria"], first["places"]) == (
        "12/UBND-NLN",
        pandas.Timestamp(2017, 2, 20),
        ["VN-XA-2016:17"],
        [PHU_NHUAN[1]],
    )
    assert tasks.loc["báo cáo kết quả", "recurrence"] == "FREQ=MONTHLY;BYMONTHDAY=20"
    assert bool(tasks.loc["lập danh mục", "who_inferred"])

    bound = graph.responsibilities().merge(graph.tasks(), on="task")
    assert sorted(bound[bound["agency"] == TRADE]["role_x"]) == ["coordinate", "lead", "lead"]

    led = graph.assignments()
    assert [tuple(row) for row in led[["role", "agency", "document"]].values] == [
        ("lead", FINANCE, FIRST),
        ("coordinate", TRADE, FIRST),
        ("lead", TRADE, "ubnd-tinh-lao-cai.15-ubnd-nln.2019"),
        ("lead", FINANCE, AGAIN),
    ]
    assert led["since"].dt.year.dropna().tolist() == [2017, 2017, 2021]

    assert graph.documents().set_index("document").loc[FIRST, "tasks"] == 4
    assert NATIONAL not in set(graph.documents()["document"])  # cited, not taken in
    assert graph.deadlines("Lạng Sơn")["text"].tolist() == ["hết năm 2019"]
    assert graph.results()[["place", "criterion", "met"]].values.tolist() == [[PHU_NHUAN[1], "VN-XA-2016:17", True]]


def test_questions_of_the_program_have_the_answers_that_it_gets(server: Neo4jServer, graph: SharedGraph) -> None:
    assert {case.question for case in CASES} <= set(questions())
    program = open_neo4j(Connection.of(server.uri))
    answered = set()
    for case in CASES:
        rows = program.ask(case.question, **case.parameters)
        frame = graph.frame(case.question, **case.parameters)
        assert list(frame.columns) == list(texts.columns(case.question))
        told = [[plain(value) for value in row] for row in frame.astype(object).values.tolist()]
        expected = [[plain(value) for value in row.values()] for row in rows]
        assert sorted(map(repr, told)) == sorted(map(repr, expected)), case.question
        answered |= {case.question} if rows else set()
    program.close()
    assert len(answered) > 40


def plain(value: Any) -> Any:
    """Return a value without what a table makes of it: days with an hour, whole numbers as fractions, NaN for none."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if value is None or value is pandas.NaT or value != value:
        return None
    if isinstance(value, pandas.Timestamp):
        return value.date()
    return int(value) if isinstance(value, (int, float)) and value == int(value) else value


def test_a_question_that_there_is_not_and_parameters_that_are_not_its_own(graph: SharedGraph) -> None:
    with pytest.raises(ValueError, match=r"Không có câu hỏi “\.\./write/forget_document”"):
        graph.frame("../write/forget_document", id=FIRST)
    with pytest.raises(TypeError, match=r"cần các tham số \(ids\), không phải \(id\)"):
        graph.frame("documents", id=FIRST)


def test_values_are_never_part_of_a_text(graph: SharedGraph) -> None:
    assert graph.tasks("' OR true //").empty
    assert graph.get(Document, "x'}) DETACH DELETE (n) //") is None
    assert len(graph.frame("documents", ids=[FIRST])) == 1


def test_by_the_address_of_a_cluster_and_its_database(server: Neo4jServer, graph: SharedGraph) -> None:
    with connect(server.uri.replace("bolt", "neo4j") + "/neo4j") as other:
        pandas.testing.assert_frame_equal(other.tasks(), graph.tasks())


def test_the_example_of_the_readme(graph: SharedGraph, server: Neo4jServer, capsys: pytest.CaptureFixture[str]) -> None:
    readme = (texts.FOLDER.parent / "ntmgraph" / "store" / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    exec(example.replace("bolt://may-chu", server.uri), {})
    told = capsys.readouterr().out
    assert "VN-XA-2016:17    1\n" in told
    assert f"17 2017-01-12 {FIRST} tiêu chí 17 | Sở Tài chính" in told


# Only asking

WRITES: dict[str, Callable[[SharedGraph, Any], object]] = {
    "run": lambda shared, task: shared.graph.run("MATCH (t:Task) SET t.what = 'x'"),
    "update": lambda shared, task: shared.graph.update("MATCH (t:Task) SET t.what = 'x'"),
    "auto": lambda shared, task: shared.graph.auto(readonly=False).run("MATCH (t:Task) SET t.what = 'x'"),
    "begin": lambda shared, task: shared.graph.begin(readonly=False).run("MATCH (t:Task) SET t.what = 'x'"),
    "create": lambda shared, task: shared.graph.create(Node("Task", what="x")),
    "push": lambda shared, task: shared.graph.push(task),
    "save": lambda shared, task: Repository.wrap(shared.graph).save(task),
    "delete": lambda shared, task: shared.graph.delete(task),
    "delete_all": lambda shared, task: shared.graph.delete_all(),
    "schema": lambda shared, task: shared.graph.run("DROP INDEX passages"),
}


@pytest.mark.parametrize("way", WRITES)
def test_no_way_of_py2neo_writes(graph: SharedGraph, way: str) -> None:
    before = graph.tasks()
    task = graph.match(Task).first()
    task.what = "x"
    with pytest.raises(StoreError, match="chỉ hỏi, không ghi được"):
        WRITES[way](graph, task)
    pandas.testing.assert_frame_equal(graph.tasks(), before)
