"""Requests written byte by byte: what no browser and no library would send."""

from __future__ import annotations

import http.client
import io
import json
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

PATIENCE = 240  # seconds: the first evidence waits for the language part to be loaded


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who speaks to the port of a program; `cookie` is empty for a stranger."""

    host: str  # "127.0.0.1:8123"
    cookie: str = ""

    @classmethod
    def signed_in(cls, address: str) -> Visitor:
        """Trade the secret of an address for its cookie."""
        parts = urlsplit(address)
        given = cls(parts.netloc).get(f"{parts.path}?{parts.query}")
        return cls(parts.netloc, given.headers["Set-Cookie"].partition(";")[0])

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    def connect(self) -> socket.socket:
        name, _, port = self.host.partition(":")
        return socket.create_connection((name, int(port)), timeout=PATIENCE)

    def send(self, request: bytes) -> bytes:
        """Send the bytes and return all that comes back until the server closes."""
        with self.connect() as line:
            try:
                line.sendall(request)
                return b"".join(iter(lambda: line.recv(2**16), b""))
            except (ConnectionResetError, BrokenPipeError):
                return b""

    def head(self, method: str, target: str, *lines: str) -> bytes:
        """Return the head of a request of this visitor's own window, with `lines` added."""
        own = [f"Host: {self.host}", f"Origin: {self.origin}", f"Cookie: {self.cookie}", "Connection: close"]
        return "\r\n".join([f"{method} {target} HTTP/1.1", *own, *lines, "", ""]).encode()

    def page(self, path: str) -> Answer:
        """Ask for the page of an address, as the frame does when it has changed."""
        pathname, _, query = path.partition("?")
        asked = {
            "output": "page.children",
            "outputs": {"id": "page", "property": "children"},
            "inputs": [{"id": "asked", "property": "data", "value": [pathname, query]}],
            "state": [{"id": "url", "property": "search", "value": f"?{query}"}],
            "changedPropIds": ["asked.data"],
        }
        body = json.dumps(asked).encode()
        lines = ("Content-Type: application/json", f"Content-Length: {len(body)}")
        return answers(self.send(self.head("POST", "/_dash-update-component", *lines) + body))[0]

    def get(self, target: str, method: str = "GET") -> Answer:
        return answers(self.send(self.head(method, target)))[0]


def answers(received: bytes) -> list[Answer]:
    """Return the answers in what came back over one connection."""
    found = []
    rest = received
    while rest.startswith(b"HTTP/"):
        stream = io.BytesIO(rest)
        status = re.match(rb"HTTP/1\.\d (\d+)", stream.readline())
        assert status is not None
        headers = http.client.parse_headers(stream)
        length = headers.get("Content-Length")
        body = stream.read(int(length)) if length else stream.read()
        found.append(Answer(int(status[1]), headers, body))
        rest = stream.read()
    assert not rest, rest[:200]
    return found
