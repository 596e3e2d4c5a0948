"""What another program of the PC may write to the port, byte by byte, with the right cookie and without."""

from __future__ import annotations

import contextlib
import csv
import io
import time

import pytest
from hostile import FORMULAS
from openpyxl import load_workbook
from screen import Program
from visitor import Visitor, answers

from dash_app.exports import EXPORTS
from dash_app.security import MAX_BODY

SIGNED_IN = ("Host: {host}", "Cookie: {cookie}")
OWN = (*SIGNED_IN, "Origin: {origin}")
POST = "POST /nap/bat-dau?batch=x HTTP/1.1"

# what is tried, first line, lines, body, the statuses that may be answered
REQUESTS = [
    ("its own window", "GET / HTTP/1.1", OWN, "", {200}),
    ("a stranger", "GET / HTTP/1.1", ("Host: {host}",), "", {403}),
    ("a guessed cookie", "GET / HTTP/1.1", ("Host: {host}", "Cookie: ntmgraph-{port}=AAAA"), "", {403}),
    ("an empty cookie", "GET / HTTP/1.1", ("Host: {host}", "Cookie: ntmgraph-{port}="), "", {403}),
    ("a cookie that is no text", "GET / HTTP/1.1", ("Host: {host}", "Cookie: ntmgraph-{port}=\xff\xfe"), "", {403}),
    ("rebinding", "GET / HTTP/1.1", ("Host: evil.test:{port}", "Cookie: {cookie}"), "", {403}),
    ("rebinding that asks at once", POST, ("Host: evil.test:{port}", "Cookie: {cookie}", "Origin: http://evil.test:{port}", "Content-Length: 0"), "", {403}),
    ("another name of loopback", "GET / HTTP/1.1", ("Host: localhost:{port}", "Cookie: {cookie}"), "", {403}),
    ("another port", "GET / HTTP/1.1", ("Host: 127.0.0.1:1", "Cookie: {cookie}"), "", {403}),
    ("two hosts, ours first", "GET / HTTP/1.1", (*SIGNED_IN, "Host: evil.test"), "", {400, 403}),
    ("two hosts, ours last", "GET / HTTP/1.1", ("Host: evil.test", *SIGNED_IN), "", {400, 403}),
    ("no host", "GET / HTTP/1.1", ("Cookie: {cookie}",), "", {403}),
    ("no host, HTTP/1.0", "GET / HTTP/1.0", ("Cookie: {cookie}",), "", {403}),
    ("a host that others forward", "GET / HTTP/1.1", ("Host: evil.test", "X-Forwarded-Host: {host}", "Forwarded: host={host}", "Cookie: {cookie}"), "", {403}),
    ("a host with underscores", "GET / HTTP/1.1", ("Host: evil.test", "HTTP_HOST: {host}", "Cookie: {cookie}"), "", {403}),
    ("another site's form", POST, (*SIGNED_IN, "Origin: http://evil.test", "Content-Length: 0"), "", {403}),
    ("a page from a file", POST, (*SIGNED_IN, "Origin: null", "Content-Length: 0"), "", {403}),
    ("another port's page", POST, (*SIGNED_IN, "Origin: http://127.0.0.1:1", "Content-Length: 0"), "", {403}),
    ("an origin that begins as ours", POST, (*SIGNED_IN, "Origin: {origin}.evil.test", "Content-Length: 0"), "", {403}),
    ("two origins", POST, (*OWN, "Origin: http://evil.test", "Content-Length: 0"), "", {403}),
    ("no origin", POST, (*SIGNED_IN, "Content-Length: 0"), "", {403}),
    ("another port's link", "GET / HTTP/1.1", (*SIGNED_IN, "Sec-Fetch-Site: same-site"), "", {403}),
    ("a method in disguise", "GET /nap/bat-dau?batch=x HTTP/1.1", (*OWN, "X-HTTP-Method-Override: POST"), "", {200, 404, 405}),
    ("a preflight", "OPTIONS /_dash-update-component HTTP/1.1", (*SIGNED_IN, "Origin: http://evil.test", "Access-Control-Request-Method: POST"), "", {403}),
    ("TRACE", "TRACE / HTTP/1.1", OWN, "", {403, 405}),
    ("CONNECT", "CONNECT evil.test:443 HTTP/1.1", OWN, "", {400, 403, 404, 405}),
    ("another server by its address", "GET http://evil.test/ HTTP/1.1", ("Host: evil.test", "Cookie: {cookie}"), "", {403}),
    ("two lengths", POST, (*OWN, "Content-Length: 4", "Content-Length: 0"), "abcd", {400}),
    ("two equal lengths", POST, (*OWN, "Content-Length: 4", "Content-Length: 4"), "abcd", {400}),
    ("a list of lengths", POST, (*OWN, "Content-Length: 4, 4"), "abcd", {400}),
    ("a length below nothing", POST, (*OWN, "Content-Length: -1"), "", {400}),
    ("a length with a sign", POST, (*OWN, "Content-Length: +4"), "abcd", {400}),
    ("a length that is no number", POST, (*OWN, "Content-Length: 0x4"), "abcd", {400}),
    ("a coding that is not known", POST, (*OWN, "Transfer-Encoding: xchunked"), "0\r\n\r\n", {501}),
    ("two codings", POST, (*OWN, "Transfer-Encoding: chunked, identity"), "0\r\n\r\n", {501}),
    ("a coding in two lines", POST, (*OWN, "Transfer-Encoding: chunked", "Transfer-Encoding: x"), "0\r\n\r\n", {501}),
    ("a space before the colon", POST, (*OWN, "Transfer-Encoding : chunked"), "0\r\n\r\n", {400}),
    ("a chunk without a size", POST, (*OWN, "Transfer-Encoding: chunked"), "zz\r\nabc\r\n0\r\n\r\n", {400}),
    ("a chunk longer than it says", POST, (*OWN, "Transfer-Encoding: chunked"), "1\r\nabcdef\r\n0\r\n\r\n", {400}),
    ("a bare line feed", "GET / HTTP/1.1", (*OWN, "X: a\nCookie: b"), "", {400}),
    ("a bare return", "GET / HTTP/1.1", (*OWN, "X: a\rCookie: b"), "", {400}),
    ("a zero byte", "GET / HTTP/1.1", (*OWN, "X: a\0b"), "", {400}),
    ("a path of zero bytes", "GET /assets/%00 HTTP/1.1", OWN, "", {400, 404}),
    ("a path that is no text", "GET /%ff%fe HTTP/1.1", OWN, "", {200, 400, 404}),
    ("no HTTP at all", "\x16\x03\x01\x02\x00\x01", (), "", {400, 403}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "first", "lines", "body", "allowed"), REQUESTS, ids=[row[0] for row in REQUESTS])
def test_a_request(visitor: Visitor, what: str, first: str, lines: tuple[str, ...], body: str, allowed: set[int]):
    host, cookie, port = visitor.host, visitor.cookie, visitor.host.partition(":")[2]
    written = "\r\n".join([first, *lines, "Connection: close", "", body])
    given = answers(
        visitor.send(
            written.replace("{host}", host)
            .replace("{cookie}", cookie)
            .replace("{origin}", visitor.origin)
            .replace("{port}", port)
            .encode("latin-1")
        )
    )
    assert [answer.status for answer in given if answer.status in allowed] == [given[0].status]  # one answer, no second
    assert not [name for name in given[0].headers if name.lower().startswith("access-control")]


def test_a_head_without_end_is_cut_off(visitor: Visitor):
    received = visitor.send(visitor.head("GET", "/", "X: " + "a" * 5_000_000))
    assert not received or answers(received)[0].status == 431  # the line may be cut before the answer is read


def test_a_body_of_two_measures_hides_no_second_request(visitor: Visitor):
    hidden = visitor.head("GET", "/assets/tokens.css")
    head = visitor.head(
        "POST", "/nap/bat-dau?batch=x", f"Content-Length: {5 + len(hidden)}", "Transfer-Encoding: chunked"
    )
    given = answers(visitor.send(head.replace(b"Connection: close\r\n", b"") + b"0\r\n\r\n" + hidden))
    assert len(given) == 1


ROUTES = ("/assets/", "/_dash-component-suites/dash/", "/_dash-component-suites/dash/dcc/", "/van-ban-goc/", "/anh-trang/", "/xuat/", "/cai-dat/sao-luu/", "/nhiem-vu/minh-chung/", "/nhiem-vu/lich.ics/", "/")  # fmt: skip
UP = (
    "../" * 12 + "etc/passwd",
    "..%2f" * 12 + "etc%2fpasswd",
    "%2e%2e/" * 12 + "etc/passwd",
    "..%5c" * 12 + "etc%5cpasswd",
    "..%252f" * 12 + "etc%252fpasswd",
    "....//" * 12 + "etc/passwd",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "..%00/etc/passwd",
    "..%c0%af" * 12 + "etc/passwd",
    "../" * 12 + "etc/passwd/1",
    "..\\" * 12 + "etc\\passwd.xlsx",
    "../security.py",
    "..%2fsecurity.py",
)


@pytest.mark.parametrize("route", ROUTES)
def test_no_path_leads_out_of_what_is_served(visitor: Visitor, route: str):
    for up in UP:
        given = visitor.get(route + up)
        assert given.status < 500, up
        assert b"root:" not in given.body, up
        assert b"compare_digest" not in given.body, up


def test_files_handed_over_stay_in_their_folder(visitor: Visitor):
    """A batch and a name lead nowhere: what is kept is found by the job, not by what it is called."""
    for name in UP:
        given = answers(
            visitor.send(visitor.head("POST", f"/nap/tep?batch=../../x&name={name}", "Content-Length: 1") + b"1")
        )
        assert given[0].status == 204
    assert visitor.get("/", "POST").status < 500


def test_slow_and_unfinished_requests_keep_nobody_waiting(visitor: Visitor, program: Program):
    """Many that begin and never end, heads and bodies, leave the threads free for the one that asks."""
    half_body = visitor.head("POST", "/nap/tep?batch=x&name=a.txt", "Content-Length: 100000") + b"abc"
    half_head = visitor.head("GET", "/")[:-2]
    with contextlib.ExitStack() as open_lines:
        for begun in (half_body, half_head) * 20:
            open_lines.enter_context(visitor.connect()).sendall(begun)
        started = time.monotonic()
        assert visitor.get("/").status == 200
        assert time.monotonic() - started < 30  # waitress gives up on them after two minutes


@pytest.mark.parametrize("cookie", ["", None], ids=["a stranger", "its own window"])
def test_a_body_without_a_stated_length_is_cut_off(visitor: Visitor, cookie: str | None):
    who = Visitor(visitor.host, visitor.cookie if cookie is None else cookie)
    piece = b"100000\r\n" + bytes(2**20) + b"\r\n"
    sent = 0
    with who.connect() as line:
        line.sendall(who.head("POST", "/nap/tep?batch=x&name=a.txt", "Transfer-Encoding: chunked"))
        with contextlib.suppress(ConnectionError):
            while sent < 4 * MAX_BODY:
                line.sendall(piece)
                sent += 2**20
    assert sent < 2 * MAX_BODY
    assert visitor.get("/").status == 200


def test_file_names_split_no_answer(visitor: Visitor, hostile: tuple[object, list[str]]):
    for document in hostile[1]:
        given = visitor.get(f"/van-ban-goc/{document}")
        assert given.status == 200
        assert given.headers["Set-Cookie"] is None
        assert given.headers["Content-Disposition"].startswith("attachment;")
        assert given.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", EXPORTS)
def test_no_cell_of_an_export_is_worked_out(visitor: Visitor, name: str):
    """Whatever separator a spreadsheet takes for granted: no cell begins as a formula does."""
    query = "?province=Cao%20B%E1%BA%B1ng&q=ti%C3%AAu%20ch%C3%AD&criterion=17&on=2023-02-01"
    sheet, text = visitor.get(f"/xuat/{name}.xlsx{query}"), visitor.get(f"/xuat/{name}.csv{query}")
    if name == "don-doc":  # a letter
        assert (sheet.status, text.status) == (404, 404)
        return
    assert (sheet.status, text.status) == (200, 200)
    for page in load_workbook(io.BytesIO(sheet.body)):
        assert [cell.coordinate for row in page for cell in row if cell.data_type == "f"] == []
    for separator in ",;\t":
        rows = csv.reader(io.StringIO(text.body.decode("utf-8-sig")), delimiter=separator)
        run = [cell for row in rows for cell in row if cell.strip(' "').startswith(tuple(FORMULAS))]
        assert run == []


def test_the_formulas_were_there(visitor: Visitor):
    text = visitor.get("/xuat/nhiem-vu.csv").body.decode()
    assert all(formula in text for formula in FORMULAS if formula[0] != "-")  # that one is read as a list's dash
