"""The guard in front of the desk: only the window that this start opened may speak to the port.

A loopback port is open to every program and every web page on the PC. The guard stands before the whole
application, so that no route can be forgotten, and refuses whatever is not proven:

- `Host` names this server exactly; another name would be a DNS rebinding attack;
- `Origin` and `Sec-Fetch-Site`, where the browser sends them, name this server; a request that changes
  something must carry `Origin`. Cookies ignore ports, so SameSite does not stop another local server's page;
- the session cookie, given once in exchange for the secret in the opened address.

No CORS header is ever sent.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from hmac import compare_digest
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote

from markupsafe import escape
from werkzeug.http import dump_cookie, parse_cookie

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

ADDRESS = "127.0.0.1"
MAX_BODY = 52 * 1024 * 1024  # one file of the readers' 50 MB limit, with room for its envelope
TOKEN = "token"  # noqa: S105 - the name of the parameter
READING_METHODS = ("GET", "HEAD")
OWN_SITE = ("same-origin", "none")  # "none": typed, pasted or opened by another program

FIXED_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    # Shared PCs: what documents say must not stay in the browser's cache. Static files set their own.
    ("Cache-Control", "no-store"),
)


class Guard:
    """A WSGI application: `app` behind the checks above, every answer with the security headers.

    script_hashes: CSP hashes of the scripts that Dash writes into its page; no other inline script runs.
    start: path and query of the address to open.
    """

    def __init__(self, app: WSGIApplication, *, port: int, script_hashes: Iterable[str] = (), start: str = "/") -> None:
        self._app = app
        self._host = f"{ADDRESS}:{port}"
        self._origin = f"http://{self._host}"
        self._cookie = f"ntmgraph-{port}"  # cookies ignore ports: two running desks must not share a name
        self._start = start
        self._session = secrets.token_urlsafe(32)
        self._launch: str | None = secrets.token_urlsafe(32)
        self._lock = Lock()
        self._headers = (*FIXED_HEADERS, ("Content-Security-Policy", content_policy(script_hashes)))

    @property
    def address(self) -> str:
        """The address to open; its secret works once."""
        if not self._launch:
            return f"{self._origin}{self._start}"
        path, _, query = self._start.partition("?")
        return f"{self._origin}{path}?{TOKEN}={self._launch}" + (f"&{query}" if query else "")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # Cookies of other local servers arrive here too; one with other bytes than ours would keep all from being read.
        environ["HTTP_COOKIE"] = environ.get("HTTP_COOKIE", "").encode("ascii", "ignore").decode("ascii")
        refusal = self._foreign(environ)
        if refusal:
            return self._refuse(start_response, *refusal)
        if token := dict(parse_qsl(environ.get("QUERY_STRING", ""))).get(TOKEN):
            return self._exchange(token, environ, start_response)
        if not self._signed_in(environ):
            return self._refuse(
                start_response,
                HTTPStatus.FORBIDDEN,
                "Cửa sổ này chưa được phép vào chương trình.",
                "Hãy mở địa chỉ mà chương trình đã in ra khi khởi động; địa chỉ đó chỉ dùng được một lần. "
                "Nếu đã dùng, hãy đóng chương trình rồi chạy lại để có địa chỉ mới.",
            )
        if int(environ.get("CONTENT_LENGTH") or 0) > MAX_BODY:
            return self._refuse(
                start_response,
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                "Tệp quá lớn.",
                f"Mỗi tệp tối đa {MAX_BODY // 2**20 - 2} MB; hãy tách văn bản thành nhiều tệp.",
            )
        return self._app(environ, self._secured(start_response))

    def _foreign(self, environ: WSGIEnvironment) -> tuple[HTTPStatus, str, str] | None:
        """Why the request does not come from this server's own pages; None when it does."""
        next_step = f"Hãy mở chương trình tại {self._origin} trong chính cửa sổ của nó."
        if environ.get("HTTP_HOST") != self._host:
            return HTTPStatus.FORBIDDEN, "Tên máy trong yêu cầu không phải của chương trình.", next_step
        origin = environ.get("HTTP_ORIGIN")
        if origin is None and environ["REQUEST_METHOD"] not in READING_METHODS:
            return HTTPStatus.FORBIDDEN, "Yêu cầu không nói rõ đến từ trang nào.", next_step
        if origin not in (None, self._origin) or environ.get("HTTP_SEC_FETCH_SITE", "none") not in OWN_SITE:
            return HTTPStatus.FORBIDDEN, "Yêu cầu đến từ một trang khác.", next_step
        return None

    def _signed_in(self, environ: WSGIEnvironment) -> bool:
        session = parse_cookie(environ).get(self._cookie, "")
        return compare_digest(session.encode(), self._session.encode())

    def _exchange(self, token: str, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Trade the secret for the cookie, once, and lead to the same address without the secret."""
        signed_in = self._signed_in(environ)
        with self._lock:
            fresh = self._launch is not None and compare_digest(token.encode(), self._launch.encode())
            if fresh:
                self._launch = None
        if not (fresh or signed_in):
            return self._refuse(
                start_response,
                HTTPStatus.FORBIDDEN,
                "Địa chỉ này đã được dùng hoặc thuộc một lần chạy trước.",
                "Hãy quay lại cửa sổ đang mở; nếu không còn, hãy chạy lại chương trình để có địa chỉ mới.",
            )
        path = quote(environ.get("PATH_INFO", "/").encode("latin-1"))
        query = "&".join(part for part in environ["QUERY_STRING"].split("&") if not part.startswith(f"{TOKEN}="))
        headers = [("Location", f"{self._origin}{path}?{query}".removesuffix("?")), ("Content-Length", "0")]
        if fresh:
            cookie = dump_cookie(self._cookie, self._session, httponly=True, samesite="Strict", path="/")
            headers.append(("Set-Cookie", cookie))
        self._secured(start_response)(_status(HTTPStatus.SEE_OTHER), headers)
        return [b""]

    def _refuse(
        self, start_response: StartResponse, status: HTTPStatus, reason: str, next_step: str
    ) -> Iterable[bytes]:
        page = (
            '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Không vào được</title>'
            "<style>body{font:16px/1.5 'Segoe UI','Noto Sans',sans-serif;color:#1b2622;background:#f5f7f6;"
            "max-width:40rem;margin:12vh auto;padding:0 24px}h1{font-size:22px}</style>"
            f"<h1>{escape(reason)}</h1><p>{escape(next_step)}</p></html>"
        ).encode()
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))]
        self._secured(start_response)(_status(status), headers)
        return [page]

    def _secured(self, start_response: StartResponse) -> StartResponse:
        """`start_response` that adds each security header the application has not set itself."""

        def start(status: str, headers: list[tuple[str, str]], exc_info: object = None, /) -> object:
            present = {name.lower() for name, _ in headers}
            missing = [(name, value) for name, value in self._headers if name.lower() not in present]
            return start_response(status, headers + missing, *([exc_info] if exc_info else []))

        return start


def content_policy(script_hashes: Iterable[str]) -> str:
    """The Content-Security-Policy: everything from this server, and no script that a document could bring."""
    policy = {
        "default-src": "'none'",
        "script-src": " ".join(("'self'", *script_hashes)),
        # Dash's components write style elements; a style can neither run nor, with the sources here, send anything.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


def _status(status: HTTPStatus) -> str:
    return f"{status.value} {status.phrase}"
