"""The guard refuses whatever is not proven to come from the window that this start opened."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from werkzeug.test import Client, TestResponse

from dash_app.security import MAX_BODY, Guard, content_policy

PORT = 8123
OWN = f"127.0.0.1:{PORT}"
OWN_ORIGIN = f"http://{OWN}"


def echo(environ: dict, start_response) -> Iterable[bytes]:
    """The application behind the guard: says which path it was asked for."""
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [environ["PATH_INFO"].encode("latin-1")]


@pytest.fixture
def guard() -> Guard:
    return Guard(echo, port=PORT)


@pytest.fixture
def visitor(guard: Guard) -> Client:
    return Client(guard)


def send(client: Client, method: str = "GET", path: str = "/", **headers: str) -> TestResponse:
    named = {"Host": OWN, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return client.open(path, method=method, headers=named)


def sign_in(client: Client, guard: Guard) -> TestResponse:
    return send(client, path=guard.address.removeprefix(OWN_ORIGIN))


def test_without_cookie_nothing_is_served(visitor: Client):
    for path in ("/", "/assets/tokens.css", "/_dash-layout", "/khong-co"):
        answer = send(visitor, path=path)
        assert answer.status_code == 403
        assert "mở địa chỉ mà chương trình đã in ra" in answer.text


def test_the_secret_becomes_a_cookie_and_leaves_the_address(visitor: Client, guard: Guard):
    secret_path = guard.address.removeprefix(OWN_ORIGIN).removeprefix("/")
    answer = send(visitor, path=f"/truy-vet{secret_path}&criterion=17&province=L%C3%A0o%20Cai")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{OWN_ORIGIN}/truy-vet?criterion=17&province=L%C3%A0o%20Cai"
    cookie = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert cookie.startswith(f"ntmgraph-{PORT}=")
    assert send(visitor, path="/van-ban").text == "/van-ban"


def test_the_secret_works_once(visitor: Client, guard: Guard):
    address = guard.address.removeprefix(OWN_ORIGIN)
    assert send(visitor, path=address).status_code == 303
    assert send(Client(guard), path=address).status_code == 403
    again = send(visitor, path=address)  # the window that holds the cookie may reload the address
    assert (again.status_code, again.headers.get("Set-Cookie")) == (303, None)


def test_another_start_has_other_secrets(visitor: Client, guard: Guard):
    later = Guard(echo, port=PORT)
    cookie = sign_in(visitor, guard).headers["Set-Cookie"].split(";")[0]
    assert send(Client(later, use_cookies=False), Cookie=cookie).status_code == 403
    assert send(Client(later), path=guard.address.removeprefix(OWN_ORIGIN)).status_code == 403


def test_a_redirect_never_leads_elsewhere(visitor: Client, guard: Guard):
    secret = guard.address.partition("?")[2]
    answer = visitor.open("//evil.test/", method="GET", query_string=secret, headers={"Host": OWN})
    assert answer.headers.get("Location", OWN_ORIGIN).startswith(OWN_ORIGIN)


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {}, 200),
        ("HEAD", {}, 200),
        ("GET", {"Sec_Fetch_Site": "none"}, 200),
        ("GET", {"Sec_Fetch_Site": "same-origin", "Origin": OWN_ORIGIN}, 200),
        ("POST", {"Origin": OWN_ORIGIN}, 200),
        ("POST", {"Origin": OWN_ORIGIN, "Sec_Fetch_Site": "same-origin"}, 200),
        # DNS rebinding: the browser believes that the page's own name is this server
        ("GET", {"Host": "evil.test"}, 403),
        ("GET", {"Host": f"evil.test:{PORT}"}, 403),
        ("GET", {"Host": f"localhost:{PORT}"}, 403),
        ("GET", {"Host": "127.0.0.1"}, 403),
        ("GET", {"Host": "127.0.0.1:80"}, 403),
        ("POST", {"Host": f"evil.test:{PORT}", "Origin": f"http://evil.test:{PORT}"}, 403),
        # other sites' pages and forms
        ("POST", {}, 403),
        ("POST", {"Origin": "null"}, 403),
        ("POST", {"Origin": "http://evil.test"}, 403),
        ("POST", {"Origin": "http://127.0.0.1:9999"}, 403),
        ("POST", {"Origin": f"https://{OWN}"}, 403),
        ("GET", {"Origin": "http://evil.test"}, 403),
        ("GET", {"Sec_Fetch_Site": "cross-site"}, 403),
        ("GET", {"Sec_Fetch_Site": "same-site"}, 403),  # another port of this PC
        ("DELETE", {}, 403),
        ("OPTIONS", {"Origin": "http://evil.test", "Access_Control_Request_Method": "POST"}, 403),
    ],
)
def test_host_and_origin_are_checked_although_the_cookie_is_right(
    visitor: Client, guard: Guard, method: str, headers: dict[str, str], status: int
):
    sign_in(visitor, guard)
    answer = send(visitor, method, **headers)
    assert answer.status_code == status
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


def test_other_servers_cookies_do_not_hide_ours(visitor: Client, guard: Guard):
    cookie = sign_in(visitor, guard).headers["Set-Cookie"].split(";")[0]
    for before in ('a{b}="\x01; =;;', "a=\xff\xfe;", "ntmgraph-1=x;"):
        assert send(Client(guard, use_cookies=False), Cookie=f"{before} {cookie}; c=d").status_code == 200


def test_a_body_over_the_bound_is_refused(visitor: Client, guard: Guard):
    sign_in(visitor, guard)
    headers = {"Host": OWN, "Origin": OWN_ORIGIN}
    answer = visitor.post("/", headers=headers, environ_overrides={"CONTENT_LENGTH": str(MAX_BODY + 1)})
    assert answer.status_code == 413
    assert "tối đa 50 MB" in answer.text


def test_every_answer_carries_the_security_headers(visitor: Client, guard: Guard):
    answers = [send(visitor), send(visitor, Host="evil.test"), sign_in(visitor, guard), send(visitor)]
    assert [answer.status_code for answer in answers] == [403, 403, 303, 200]
    for answer in answers:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_the_policy_lets_no_foreign_and_no_unnamed_script_run():
    policy = dict(part.split(" ", 1) for part in content_policy(["'sha256-abc'"]).split("; "))
    assert policy["script-src"] == "'self' 'sha256-abc'"
    assert policy["default-src"] == "'none'"
    assert "http" not in content_policy([])
