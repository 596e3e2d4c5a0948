"""The server on its port: reachable at once, alone on loopback, stopped without cutting an answer off."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from dash import Dash, html

from dash_app.security import MAX_BODY
from dash_app.server import PortTakenError, Server


@pytest.fixture
def app() -> Dash:
    app = Dash("test", serve_locally=True)
    app.layout = html.Div("xin chào")
    return app


@contextmanager
def serving(server: Server) -> Iterator[http.client.HTTPConnection]:
    """The running server and a connection to it that has exchanged its secret."""
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        where = urlsplit(server.address)
        connection = http.client.HTTPConnection(where.hostname, where.port, timeout=10)
        connection.request("GET", f"/?{where.query}")
        answer = connection.getresponse()
        answer.read()
        connection.cookie = answer.getheader("Set-Cookie").split(";")[0]
        yield connection
        connection.close()
    finally:
        server.stop()
        thread.join(timeout=10)
        assert not thread.is_alive()


def get(connection: http.client.HTTPConnection, path: str) -> http.client.HTTPResponse:
    connection.request("GET", path, headers={"Cookie": connection.cookie})
    return connection.getresponse()


def test_the_page_comes_under_a_policy_that_names_its_only_inline_script(app: Dash):
    with serving(Server(app, script_hashes=app.csp_hashes())) as connection:
        answer = get(connection, "/")
        page = answer.read().decode()
        policy = answer.getheader("Content-Security-Policy")
    assert answer.status == 200
    assert len(re.findall(r"script-src 'self'(?: 'sha256-[^']+')+;", policy)) == 1
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", page)


def test_only_one_loopback_address_is_bound(app: Dash):
    with serving(Server(app)) as connection, pytest.raises(OSError):
        socket.create_connection(("127.0.0.2", connection.port), timeout=2)


def test_a_port_in_use_is_named(app: Dash):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"cổng {port}.*bỏ --port"):
            Server(app, port=port)


def test_the_same_port_can_be_used_again_at_once(app: Dash):
    first = Server(app)
    with serving(first) as connection:
        port = connection.port
        get(connection, "/").read()
    with serving(Server(app, port=port)) as connection:
        assert get(connection, "/").status == 200


def test_a_stop_lets_the_answer_under_way_finish(app: Dash):
    under_way = threading.Event()

    @app.server.get("/cham")
    def slow() -> str:
        under_way.set()
        time.sleep(0.5)
        return "xong"

    server = Server(app)
    with serving(server) as connection:
        connection.request("GET", "/cham", headers={"Cookie": connection.cookie})
        assert under_way.wait(5)
        server.stop()
        assert connection.getresponse().read() == b"xong"


def test_a_body_over_the_bound_is_refused_before_it_is_read(app: Dash):
    with serving(Server(app)) as connection:
        origin = f"http://127.0.0.1:{connection.port}"
        connection.putrequest("POST", "/nap/tep")
        headers = {"Cookie": connection.cookie, "Origin": origin, "Content-Length": str(MAX_BODY + 1)}
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        assert connection.getresponse().status == 413


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../security.py",
        "/assets/..%2fsecurity.py",
        "/assets/%2e%2e/security.py",
        "/assets/..\\security.py",
        "/_dash-component-suites/dash/../../../../../etc/passwd",
        "/_dash-component-suites/dash/dcc/..%2f..%2fdash.py",
    ],
)
def test_no_path_leads_out_of_the_served_folders(app: Dash, path: str):
    with serving(Server(app)) as connection:
        answer = get(connection, path)
        body = answer.read()
    assert b"compare_digest" not in body
    assert b"root:" not in body
