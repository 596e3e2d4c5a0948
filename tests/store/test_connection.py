"""The way to a shared graph: addresses, passwords, and what is said where there is no way."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as NoKeyring
from neo4j import GraphDatabase
from neo4j_server import QUICK_START, Neo4jServer
from readings import Directive

from ntmgraph.authority import Authority
from ntmgraph.model import Reading
from ntmgraph.store import OutdatedGraphError, StoreError
from ntmgraph.store.connection import Connection, default_user
from ntmgraph.store.graph import NewerGraphError
from ntmgraph.store.kinds import VERSION
from ntmgraph.store.neo4j import open_neo4j
from ntmgraph.store.neo4j_errors import check_server, release_of

SECRET = "m4t-khau-bi-m4t"
TOLD_WITHIN = 5  # seconds


# Addresses

ADDRESSES = (
    # typed -> scheme, host and port; user; database
    ("neo4j://may-chu", "neo4j://may-chu:7687", None, None),
    ("neo4j+s://may-chu.lao-cai.vn:17687/ntm", "neo4j+s://may-chu.lao-cai.vn:17687", None, "ntm"),
    ("bolt://127.0.0.1:7688/", "bolt://127.0.0.1:7688", None, None),
    ("bolt+ssc://[::1]", "bolt+ssc://[::1]:7687", None, None),
    ("neo4j://can%20bo@may-chu/so.nnmt-2", "neo4j://may-chu:7687", "can bo", "so.nnmt-2"),
)


@pytest.mark.parametrize(("typed", "uri", "user", "database"), ADDRESSES)
def test_an_address_names_server_user_and_database(
    monkeypatch: pytest.MonkeyPatch, typed: str, uri: str, user: str | None, database: str | None
) -> None:
    monkeypatch.delenv("NTMGRAPH_USER", raising=False)
    monkeypatch.setenv("NTMGRAPH_PASSWORD", SECRET)
    connection = Connection.of(typed)
    assert (connection.uri, connection.user, connection.database) == (uri, user or "neo4j", database)
    assert default_user(typed) == (user or "neo4j")


NO_ADDRESSES = (
    "", "may-chu", "http://may-chu:7474", "neo4j://", "neo4j://may-chu:cong", "neo4j://may-chu:99999",
    "neo4j://may-chu?policy=x", "neo4j://may-chu/a b", "neo4j://may-chu/1ntm",
)  # fmt: skip
# A password stands where it should not, with all the signs that it may have.
WITH_PASSWORD = (
    f"neo4j://neo4j:{SECRET}@may-chu", f"bolt+s://:{SECRET}@may-chu/ntm", f"neo4j://neo4j:{SECRET}",
    f"neo4j://neo4j:a@b#{SECRET}@may-chu", f"neo4j://neo4j:1/{SECRET}@may-chu", f"http://neo4j:{SECRET}@may-chu",
    f"neo4j://neo4j:1?{SECRET}@may-chu", f"neo4j://neo4j:[{SECRET}@may-chu",
)  # fmt: skip


@pytest.mark.parametrize("typed", (*NO_ADDRESSES, *WITH_PASSWORD))
def test_what_is_no_address_is_refused_without_a_word_of_it(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv("NTMGRAPH_PASSWORD", "x")
    for connect in (Connection.of, lambda address: Connection.typed(address, "neo4j", "x"), default_user):
        with pytest.raises(StoreError, match="Neo4j") as told:
            connect(typed)
        assert said(told.value)
        assert SECRET not in "".join(map(str, chain_of(told.value)))


def chain_of(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and those that a traceback would show with it."""
    shown: BaseException | None = error
    while shown is not None:
        yield shown
        shown = shown.__cause__ or (None if shown.__suppress_context__ else shown.__context__)


def said(error: StoreError) -> str:
    """Return the message, after a look whether a person can do something with it."""
    message = str(error)
    assert message.endswith("."), message
    assert "Hãy" in message, "what next"
    assert "\n" not in message
    assert len(message) < 400
    return message


# Passwords


class Ring(KeyringBackend):
    """What an operating system's keyring keeps."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@contextmanager
def using(backend: KeyringBackend) -> Iterator[KeyringBackend]:
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield backend
    finally:
        keyring.set_keyring(before)


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    """A keyring in use, and no word of users and passwords in the environment."""
    for name in ("NTMGRAPH_USER", "NTMGRAPH_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    ring = Ring()
    with using(ring):
        yield ring


def test_a_remembered_password_is_found_again_for_that_server_only(ring: Ring) -> None:
    Connection.typed("neo4j://may-chu/ntm", "an", SECRET).remember()
    for address in ("neo4j://may-chu/ntm", "neo4j://may-chu:7687", "neo4j://an@may-chu"):
        found = Connection.of(address)
        assert (found.user, found.password) == ("an", SECRET)
    for other in ("neo4j://may-khac", "bolt://may-chu", "neo4j://may-chu:7688", "neo4j://binh@may-chu"):
        with pytest.raises(StoreError, match="Chưa có mật khẩu"):
            Connection.of(other)


def test_the_last_user_remembered_is_the_one_who_asks(ring: Ring) -> None:
    for user in ("an", "binh"):
        Connection.typed("neo4j://may-chu", user, f"của {user}").remember()
    assert Connection.of("neo4j://may-chu").user == "binh"
    assert Connection.of("neo4j://an@may-chu").password == "của an"


def test_the_environment_goes_before_the_keyring(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    Connection.typed("neo4j://may-chu", "an", "trong kho").remember()
    monkeypatch.setenv("NTMGRAPH_USER", "an")
    assert Connection.of("neo4j://may-chu").password == "trong kho"  # only the user stands there
    monkeypatch.setenv("NTMGRAPH_PASSWORD", SECRET)
    monkeypatch.setenv("NTMGRAPH_USER", "binh")
    found = Connection.of("neo4j://chi@may-chu")
    assert (found.user, found.password) == ("binh", SECRET)


def test_a_system_without_a_keyring_is_told_of_the_environment(ring: Ring) -> None:
    with using(NoKeyring()):
        with pytest.raises(StoreError, match="NTMGRAPH_PASSWORD") as told:
            Connection.of("neo4j://may-chu")
        said(told.value)
        with pytest.raises(StoreError, match="kho khóa") as told:
            Connection.typed("neo4j://may-chu", "an", SECRET).remember()
        assert SECRET not in said(told.value)


class PlainFile(Ring):
    """As that of keyrings.alt, which keyring takes where there is no other."""

    priority = 0.5  # type: ignore[assignment]


@pytest.mark.parametrize("chained", [False, True])
def test_a_keyring_that_hides_nothing_gets_no_password(ring: Ring, chained: bool) -> None:
    plain = PlainFile()

    class Chain(ChainerBackend):
        backends = (plain, plain)

    with using(Chain() if chained else plain), pytest.raises(StoreError, match="NTMGRAPH_PASSWORD") as told:
        Connection.typed("neo4j://may-chu", "an", SECRET).remember()
    assert "PlainFile" in said(told.value)
    assert SECRET not in said(told.value)
    assert plain.kept == {}


def test_a_connection_does_not_show_its_password() -> None:
    connection = Connection.typed("neo4j://may-chu/ntm", "an", SECRET)
    assert str(connection) == "neo4j://may-chu:7687/ntm"
    assert SECRET not in repr(connection)


# Servers by what they call themselves

AGENTS = (
    # agent, release, is it used
    ("Neo4j/3.5.35", (3, 5), False),
    ("Neo4j/4.4.30", (4, 4), False),
    ("Neo4j/5.1.0", (5, 1), False),
    ("Neo4j/5.6.0", (5, 6), False),
    ("Neo4j/5.7.0", (5, 7), True),
    ("Neo4j/5.26.30", (5, 26), True),
    ("Neo4j/5.26-aura", (5, 26), True),
    ("Neo4j/2025.10.1", (2025, 10), True),
    ("Neo4j/dev", None, False),
    ("Memgraph/2.1", None, False),
    ("Neo4j compatible/5.26", None, False),
    ("", None, False),
)


@pytest.mark.parametrize(("agent", "release", "used"), AGENTS)
def test_a_server_that_is_too_old_or_another_is_told_so(
    agent: str, release: tuple[int, int] | None, used: bool
) -> None:
    connection = Connection("bolt://may-chu:7687", "an", SECRET)
    assert release_of(agent) == release
    if used:
        check_server(agent, connection)
        return
    with pytest.raises(StoreError, match="bản cũ" if release else "không phải Neo4j") as told:
        check_server(agent, connection)
    assert "Neo4j 5.7 " in said(told.value)


# Nobody there


@contextmanager
def answering(answer: bytes | None) -> Iterator[int]:
    """Yield a port where whoever connects gets these bytes; None: nothing, and is not turned away either."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    client.recv(100)
                    client.sendall(answer or b"")
                    client.close()

        if answer is not None:
            threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]


NOBODY = "Không có máy chủ Neo4j nào trả lời"
WEB = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize("scheme", ("bolt", "neo4j", "bolt+s", "neo4j+ssc"))
def test_a_closed_port_is_told_at_once(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as once:
        port = once.getsockname()[1]
    assert told_within(f"{scheme}://127.0.0.1:{port}", 2).startswith(NOBODY)


@pytest.mark.parametrize("scheme", ("bolt", "neo4j"))
def test_an_address_that_swallows_all_that_is_sent_is_told_within_five_seconds(scheme: str) -> None:
    with answering(None) as port:
        assert told_within(f"{scheme}://127.0.0.1:{port}", TOLD_WITHIN).startswith(NOBODY)


def test_a_name_that_nobody_resolves_is_told_within_five_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where DNS is silent, which no test can have."""
    resolve = socket.getaddrinfo

    def silent(host: str, *how: object, **more: object) -> object:
        if host == "may-chu.invalid":
            time.sleep(2 * TOLD_WITHIN)
        return resolve(host, *how, **more)  # type: ignore[call-overload]

    assert told_within("bolt://may-chu.invalid:7687", TOLD_WITHIN).startswith(NOBODY)  # DNS says that it is not there
    monkeypatch.setattr(socket, "getaddrinfo", silent)
    for scheme in ("bolt", "neo4j"):
        assert told_within(f"{scheme}://may-chu.invalid:7687", TOLD_WITHIN).startswith(NOBODY)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (WEB, NOBODY),  # a web server's port
        (b"", NOBODY),
        (bytes(4), "bản cũ"),  # none of the versions of Bolt that were offered
        (bytes((0, 0, 4, 4)), "bản cũ"),  # Bolt 4.4, of Neo4j 4.4
        (b"chao", "không phải Neo4j"),
    ],
)
def test_who_answers_in_another_language_is_told(answer: bytes, told: str) -> None:
    with answering(answer) as port:
        assert told in told_within(f"bolt://127.0.0.1:{port}", TOLD_WITHIN)


def told_within(
    uri: str, seconds: float, user: str = "neo4j", password: str = SECRET, database: str | None = None
) -> str:
    """Return what is said of a server that cannot be used, and that in time."""
    began = time.monotonic()
    with pytest.raises(StoreError) as told:
        open_neo4j(Connection(uri, user, password, database))
    assert time.monotonic() - began < seconds
    message = said(told.value)
    assert uri in message
    assert password not in "".join(map(str, chain_of(told.value)))
    return message


# A real server


def test_a_server_is_opened_directly_and_by_its_routing_table(neo4j_database: Neo4jServer) -> None:
    for scheme in ("bolt", "neo4j"):
        graph = open_neo4j(Connection(f"{scheme}://127.0.0.1:{neo4j_database.port}", *neo4j_database.auth))
        assert graph.counts()["Document"] == 0
        graph.close()
    # it has no certificate
    assert told_within(f"bolt+s://127.0.0.1:{neo4j_database.port}", TOLD_WITHIN, *neo4j_database.auth).startswith(
        NOBODY
    )


def test_a_wrong_password_is_told(neo4j_server: Neo4jServer) -> None:
    assert "không nhận người dùng neo4j" in told_within(neo4j_server.uri, TOLD_WITHIN)


def test_a_password_that_must_be_changed_and_one_tried_too_often_are_told(neo4j_server: Neo4jServer) -> None:
    with administering(neo4j_server) as run:
        run("CREATE USER moi IF NOT EXISTS SET PASSWORD $password CHANGE REQUIRED", password="ban-dau-12")
    assert "phải đổi trước khi dùng" in told_within(neo4j_server.uri, TOLD_WITHIN, "moi", "ban-dau-12")
    tries = [told_within(neo4j_server.uri, TOLD_WITHIN, "moi", SECRET) for _ in range(6)]
    assert "tạm khóa" in tries[-1]
    with administering(neo4j_server) as run:
        run("DROP USER moi")


def test_a_database_that_is_not_there_is_told(neo4j_server: Neo4jServer) -> None:
    message = told_within(neo4j_server.uri, TOLD_WITHIN, *neo4j_server.auth, database="khong-co")
    assert "không có cơ sở dữ liệu khong-co" in message


def test_a_database_of_others_is_told_and_left_alone(neo4j_database: Neo4jServer) -> None:
    with administering(neo4j_database, "neo4j") as run:
        run("CREATE (:Person {name: 'Lê Thị C'})-[:KNOWS]->(:Graph {id: 'do thi khac'})")
    assert "đã có dữ liệu khác" in told_within(neo4j_database.uri, TOLD_WITHIN, *neo4j_database.auth)
    with pytest.raises(StoreError, match="đã có dữ liệu khác"):  # not even to be made anew
        open_neo4j(connection_to(neo4j_database), check=False)
    with administering(neo4j_database, "neo4j") as run:
        assert run("MATCH (n) RETURN count(*) AS n") == [2]
        assert run("SHOW CONSTRAINTS YIELD name RETURN name") == []


def test_an_older_and_a_newer_graph_and_another_catalogue_are_told(
    neo4j_database: Neo4jServer, authority: Authority
) -> None:
    connection = connection_to(neo4j_database)
    open_neo4j(connection).close()
    with administering(neo4j_database, "neo4j") as run:
        for version in ("1", None):
            run("MATCH (g:Graph) SET g.version = $version", version=version)
            with pytest.raises(OutdatedGraphError, match="ntmgraph rebuild") as told:
                open_neo4j(connection)
            said(told.value)
            open_neo4j(connection, check=False).close()  # to be made anew
        run("MATCH (g:Graph) SET g.version = '99'")
        for check in (True, False):  # those who have the newer program would lose their graph
            with pytest.raises(NewerGraphError, match="bản ntmgraph mới") as newer:
                open_neo4j(connection, check=check)
            said(newer.value)
        run("MATCH (g:Graph) SET g.version = $version, g.catalogue_version = 'khác'", version=VERSION)
    graph = open_neo4j(connection)
    with pytest.raises(OutdatedGraphError, match="Danh mục"):
        graph.load_catalogue(authority)
    graph.close()


def test_a_server_that_only_lets_read_is_read_and_told_when_written(neo4j_database: Neo4jServer) -> None:
    connection = connection_to(neo4j_database)
    graph = open_neo4j(connection)
    graph.replace(letter("1/UBND-VX"))
    graph.close()
    neo4j_database.stop()
    settings = ("server.databases.default_to_read_only=true",)
    try:
        with Neo4jServer.start(neo4j_database.home, port=neo4j_database.port, settings=settings, jvm=QUICK_START):
            graph = open_neo4j(connection)
            assert graph.counts()["Task"] == 1
            with pytest.raises(StoreError, match="không có quyền ghi") as told:
                graph.replace(letter("2/UBND-VX"))
            assert "Chưa có gì được ghi" in said(told.value)
            assert graph.counts()["Task"] == 1
            graph.close()
    finally:
        neo4j_database.restart()


def test_no_password_is_logged(neo4j_database: Neo4jServer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        graph = open_neo4j(connection_to(neo4j_database))
        graph.replace(letter("1/UBND-VX"))
        graph.close()
        told_within(neo4j_database.uri, TOLD_WITHIN)
    assert "LOGON" in caplog.text, "the driver's own words are among those looked through"
    assert neo4j_database.password not in caplog.text
    assert SECRET not in caplog.text


def letter(number: str) -> Reading:
    directive = Directive(number)
    directive.task("rà soát", ["Sở Y tế"])
    return directive.reading()


def connection_to(server: Neo4jServer) -> Connection:
    return Connection(server.uri, server.user, server.password)


@contextmanager
def administering(server: Neo4jServer, database: str = "system") -> Iterator:  # type: ignore[type-arg]
    """Yield what runs a statement and returns the first column of its rows."""
    with GraphDatabase.driver(server.uri, auth=server.auth) as driver, driver.session(database=database) as session:
        yield lambda text, **parameters: session.run(text, parameters).value()
