"""The shared graph for analysts' scripts on py2neo: the optional extra `ntmgraph[py2neo]`, not used by the program.

Scripts ask, the program writes. What a document says is written as a whole and made again whenever it is read anew, and
what people decide stands in a log: what a script wrote would be lost with the next reading, and nobody would know who
wrote it. So the server is told of each transaction that it only reads, and refuses to write in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any, Self, TypeVar

import neo4j
from pandas import DataFrame, to_datetime

from ntmgraph.store import texts
from ntmgraph.store.connection import Connection
from ntmgraph.store.graph import StoreError
from ntmgraph.store.kinds import DATES, NODE_KINDS
from ntmgraph.store.neo4j import Neo4jGraph
from ntmgraph.store.neo4j_errors import check_server, said
from ntmgraph.store.writing import check_version

try:
    from interchange.time import Date
    from py2neo import ClientError, ConnectionBroken, Graph, ServiceUnavailable, Transaction
    from py2neo.ogm import Model, Property
except ImportError as error:
    raise ImportError(
        "Chưa cài thư viện py2neo, chỉ cần cho các tập lệnh phân tích dùng ntmgraph.store.py2neo. "
        'Hãy chạy: pip install "ntmgraph[py2neo]"',
        name="py2neo",
    ) from error

_ANSWERS_WITHIN = 4.0  # seconds
_PARAMETER = re.compile(r"\$(\w+)")

ThingT = TypeVar("ThingT", bound="Thing")


def connect(address: str) -> SharedGraph:
    """Return the shared graph at an address such as `neo4j://may-chu:7687/ntm`.

    User and password are found as the program finds them: `Connection.of`.
    Raises StoreError when nobody answers, the password is wrong, the server too old, the database missing or without a
    graph of ntmgraph, or that graph is just made anew; OutdatedGraphError when another version made it.
    """
    connection = Connection.of(address)
    program = _opened(connection)
    try:
        return SharedGraph(_ReadOnly(connection, lambda: _check_whole(program)), program)
    except BaseException:
        program.close()
        raise


class SharedGraph:
    """What the documents of an office say: objects, tables, and py2neo's own `graph` for any other question."""

    def __init__(self, graph: Graph, program: Neo4jGraph) -> None:
        self.graph = graph
        self._program = program

    def get(self, kind: type[ThingT], id: str) -> ThingT | None:
        """Return the thing of a kind that has this id."""
        found: ThingT | None = kind.match(self.graph, id).first()
        return found

    def match(self, kind: type[Thing]) -> Any:
        """Return py2neo's ModelMatch of all things of a kind, to narrow by `where`, `order_by`, `limit`."""
        return kind.match(self.graph)

    # Tables: of one province by its short name ("Lào Cai"), of all without one

    def documents(self, province: str = "") -> DataFrame:
        """Return one row for each document taken in."""
        return self._table("documents", province)

    def tasks(self, province: str = "") -> DataFrame:
        """Return one row for each task, with its deadline and the criteria and places that it concerns."""
        return self._table("tasks", province)

    def responsibilities(self, province: str = "") -> DataFrame:
        """Return one row for each agency that a task binds, with its role."""
        return self._table("responsibilities", province)

    def deadlines(self, province: str = "") -> DataFrame:
        """Return one row for each deadline that a document sets."""
        return self._table("deadlines", province)

    def assignments(self, province: str = "") -> DataFrame:
        """Return one row for each agency that a document makes lead a criterion or coordinate for it."""
        return self._table("assignments", province)

    def results(self, province: str = "") -> DataFrame:
        """Return one row for each result that a document reports."""
        return self._table("results", province)

    def frame(self, question: str, **parameters: object) -> DataFrame:
        """Return the answer to a question of the program: the name of a file in `cypher/read/`, and its parameters.

        Raises ValueError for a question that there is not, TypeError for parameters that are not its own.
        """
        if question not in questions():
            raise ValueError(f"Không có câu hỏi “{question}”; ntmgraph.store.py2neo.questions() kể tên mọi câu hỏi.")
        text = texts.read_text(question)
        needed = set(_PARAMETER.findall(text))
        if needed != parameters.keys():
            raise TypeError(
                f"Câu hỏi “{question}” cần các tham số ({_listed(needed)}), không phải ({_listed(parameters)}). "
                f"Ý nghĩa của chúng ở đầu tệp cypher/read/{question}.cypher."
            )
        return self._frame(text, parameters)

    def close(self) -> None:
        with suppress(ConnectionBroken):  # to a server that went away there is nothing to say
            self.graph.service.connector.close()
        self._program.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _table(self, name: str, province: str) -> DataFrame:
        (text,) = texts.statements("frames", name)
        return self._frame(text, {"province": province})

    def _frame(self, text: str, parameters: dict[str, object]) -> DataFrame:
        found = self.graph.query(text, parameters)
        names = found.keys()
        rows = [[_native(value) for value in record.values()] for record in found]
        _check_whole(self._program)  # who makes the graph anew may have begun while the rows came
        frame = DataFrame(rows, columns=names)
        for name, values in zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True):
            if _are_days(name, values):
                frame[name] = to_datetime(frame[name])
        return frame


def questions() -> list[str]:
    """Return the names of all questions that the program asks, for `SharedGraph.frame`."""
    return sorted(path.stem for path in (texts.FOLDER / "read").glob("*.cypher"))


class Related:
    """What is related to a thing along a path: a list of pairs, the other thing and a dict of what `edge` says.

    Not py2neo's RelatedTo, which keeps one edge between two nodes, so that of an agency named lead by two documents one
    document would be lost; and which takes whatever an edge type leads to for one kind.
    """

    def __init__(self, kind: str, path: str) -> None:
        self.kind = kind
        self.path = path

    def __get__(self, thing: Thing | None, _: type[Thing]) -> Any:
        if thing is None:
            return self
        (text,) = texts.statements("frames", "related")
        for word, filling in (("LABEL", type(thing).__name__), ("PATH", self.path), ("OTHER", self.kind)):
            text = text.replace(word, filling)
        found = thing.__node__.graph.query(text, {"id": thing.id})
        return [(KINDS[self.kind].wrap(other), _native(edge)) for other, edge in found]


class _Value(Property):
    """A declared property of a node; a day is a `datetime.date`."""

    def __get__(self, thing: Thing | None, kind: type[Thing]) -> Any:
        return self if thing is None else _native(super().__get__(thing, kind))


class Thing(Model):
    """A node of the graph: its declared properties (`ntmgraph/store/kinds.py`) are attributes."""

    __primarykey__ = "id"

    def __init_subclass__(cls) -> None:
        for name in ("id", *NODE_KINDS[cls.__name__].properties):
            assert name not in vars(cls), f"{cls.__name__}.{name} is a property already"
            setattr(cls, name, _Value(name))
        KINDS[cls.__name__] = cls


KINDS: dict[str, type[Thing]] = {}


class Document(Thing):
    tasks = Related("Task", "-[:HAS]->(:Provision)-[edge:ASSIGNS]->")
    deadlines = Related("Deadline", "-[edge:HAS]->")
    cites = Related("Document", "-[edge:CITES]->")
    cited_by = Related("Document", "<-[edge:CITES]-")
    issued_by = Related("Agency", "-[edge:ISSUED_BY]->")
    addressed_to = Related("Agency", "-[edge:ADDRESSED_TO]->")
    sent_to = Related("Agency", "-[edge:SENT_TO]->")
    results = Related("Result", "<-[edge:`FROM`]-")


class Task(Thing):
    given_by = Related("Document", "<-[edge:ASSIGNS]-(:Provision)<-[:HAS]-")
    responsible = Related("Agency", "-[edge:RESPONSIBLE]->")
    reports_to = Related("Agency", "-[edge:REPORTS_TO]->")
    due = Related("Deadline", "-[edge:DUE]->")
    criteria = Related("Criterion", "-[edge:CONCERNS]->")
    places = Related("Place", "-[edge:CONCERNS]->")


class Agency(Thing):
    tasks = Related("Task", "<-[edge:RESPONSIBLE]-")
    reported_to = Related("Task", "<-[edge:REPORTS_TO]-")
    leads = Related("Criterion", "-[edge:LEADS]->")
    coordinates = Related("Criterion", "-[edge:COORDINATES]->")
    helps = Related("Place", "-[edge:HELPS]->")
    part_of = Related("Agency", "-[edge:PART_OF]->")
    succeeded_by = Related("Agency", "-[edge:SUCCEEDED_BY]->")
    successor_of = Related("Agency", "<-[edge:SUCCEEDED_BY]-")


class Criterion(Thing):
    led_by = Related("Agency", "<-[edge:LEADS]-")
    coordinated_by = Related("Agency", "<-[edge:COORDINATES]-")
    tasks = Related("Task", "<-[edge:CONCERNS]-")
    results = Related("Result", "<-[edge:`OF`]-")


class Place(Thing):
    tasks = Related("Task", "<-[edge:CONCERNS]-")
    helped_by = Related("Agency", "<-[edge:HELPS]-")
    results = Related("Result", "<-[edge:`IN`]-")
    part_of = Related("Place", "-[edge:PART_OF]->")
    merged_into = Related("Place", "-[edge:MERGED_INTO]->")
    merged_from = Related("Place", "<-[edge:MERGED_INTO]-")


class Deadline(Thing):
    set_by = Related("Document", "<-[edge:HAS]-")
    due = Related("Task", "<-[edge:DUE]-")


class Result(Thing):
    reported_by = Related("Document", "-[edge:`FROM`]->")
    criteria = Related("Criterion", "-[edge:`OF`]->")
    places = Related("Place", "-[edge:`IN`]->")


class _ReadOnly(Graph):
    """py2neo's Graph, with transactions that only read."""

    def __init__(self, connection: Connection, check: Callable[[], None]) -> None:
        self._check = check
        super().__init__(
            connection.uri,
            name=connection.database,
            auth=(connection.user, connection.password),
            routing=connection.uri.startswith("neo4j"),  # else NEO4J_URI in the environment would say
            user_agent="ntmgraph",
        )

    def auto(self, readonly: bool = True) -> Transaction:
        self._check()  # by the program's own driver: py2neo waits without end for a server that went away
        return _Reading(self, autocommit=True, readonly=True)

    def begin(self, readonly: bool = True) -> Transaction:
        self._check()
        return _Reading(self, readonly=True)

    def run(self, cypher: str, parameters: dict[str, object] | None = None, **more: object) -> Any:
        # What only reads may be asked again: `query` does that where a connection broke.
        return self.query(cypher, dict(parameters or {}, **more))

    def query(self, cypher: str, parameters: dict[str, object] | None = None, timeout: float | None = None) -> Any:
        with _told():
            return super().query(cypher, parameters, timeout)

    def update(self, cypher: Any, parameters: Any = None, timeout: float | None = None) -> None:
        # py2neo's objects also read by it; what would write is refused by the server.
        with _told():
            super().update(cypher, parameters, timeout)


class _Reading(Transaction):
    def run(self, cypher: str, parameters: dict[str, object] | None = None, **more: object) -> Any:
        try:
            return super().run(cypher, parameters, **more)
        except ClientError as error:
            if error.title != "AccessMode":
                raise
            raise StoreError(
                "Tập lệnh py2neo chỉ hỏi, không ghi được vào đồ thị chung: những gì ghi ở đây sẽ mất khi văn bản được "
                "đọc lại. Hãy nạp văn bản và ghi quyết định bằng chương trình ntmgraph. Chưa có gì được ghi."
            ) from error


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except ServiceUnavailable as error:  # although the server answers: py2neo forgets a cluster that it lost once
        raise StoreError("py2neo đã mất kết nối với đồ thị chung. Hãy gọi connect() lần nữa.") from error


def _opened(connection: Connection) -> Neo4jGraph:
    """Return the graph as the program asks it, after looking who answers; nothing is made in an empty database."""
    driver = neo4j.GraphDatabase.driver(
        connection.uri,
        auth=(connection.user, connection.password),
        connection_timeout=_ANSWERS_WITHIN,
        connection_acquisition_timeout=_ANSWERS_WITHIN,
        max_transaction_retry_time=0,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
        user_agent="ntmgraph",
    )
    program = Neo4jGraph(driver, connection)
    try:
        with said(connection):
            check_server(driver.get_server_info().agent, connection)
        found = program.run_read(texts.read_text("graph"))
        if not found:
            raise StoreError(
                f"Cơ sở dữ liệu {connection} chưa có đồ thị nào của ntmgraph. Hãy nạp văn bản bằng chương trình trước, "
                "hoặc xem lại tên sau dấu / của địa chỉ."
            )
        check_version(found[0], str(connection))
        _check_whole(program)
    except BaseException:
        program.close()
        raise
    return program


def _check_whole(program: Neo4jGraph) -> None:
    """Raise StoreError when the server does not answer, or when somebody makes the graph anew."""
    program.check_whole(program.run_read(texts.shared("turn")))


def _native(value: Any) -> Any:
    if isinstance(value, Date):
        return value.to_native()
    if isinstance(value, dict):
        return {name: _native(each) for name, each in value.items()}
    return [_native(each) for each in value] if isinstance(value, list) else value


def _are_days(name: str, values: tuple[object, ...]) -> bool:
    """Return whether a column is one of days; where it is empty, its name tells."""
    present = [value for value in values if value is not None]
    return all(isinstance(value, date) for value in present) if present else name in DATES or name == "due"


def _listed(names: Any) -> str:
    return ", ".join(sorted(names)) or "không có"
