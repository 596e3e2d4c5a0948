"""A wire between a client and a Neo4j server that a test cuts at a moment of its choice."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto
from typing import Self

_COMMIT = bytes.fromhex("0002 b012 0000")  # Bolt's message, in a chunk of its own
_PIECE = 1 << 16


class Cut(Enum):
    """When a connection that commits is broken off."""

    BEFORE_COMMIT = auto()  # the word to commit does not reach the server
    AT_COMMIT = auto()  # it does; nobody waits for the answer
    AFTER_COMMIT = auto()  # the server has answered; the client does not hear it


class Proxy:
    """Passes bytes on between clients and a server on this machine, until told otherwise."""

    def __init__(self, port: int) -> None:
        self._server = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.silent = False  # nothing is passed on any more, and nothing is closed: a cable was unplugged
        self._refusing = False
        self._cuts: list[Cut] = []
        self._then: Callable[[], object] = lambda: None
        self._open: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    def cut(self, *moments: Cut, then: Callable[[], object] = lambda: None) -> None:
        """Break off the next commits, one at each of these moments; `then` is called after the last one."""
        self._cuts, self._then = list(moments), then

    @property
    def left(self) -> int:
        """How many of the cuts that were asked for are still to come."""
        return len(self._cuts)

    def refuse(self) -> None:
        """Turn away whoever connects from now on."""
        self._refusing = True

    def accept(self) -> None:
        """Let them in again."""
        self._refusing = False

    def cut_all(self) -> None:
        """Break off every connection now."""
        for each in self._open:
            _break(each)
        self._open.clear()

    def close(self) -> None:
        self._listener.close()
        self.cut_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                try:
                    if self._refusing:
                        raise ConnectionRefusedError
                    server = socket.create_connection(self._server)
                except OSError:
                    _break(client)
                    continue
                self._open += [client, server]
                wire = _Wire(self, client, server)
                threading.Thread(target=wire.up, daemon=True).start()
                threading.Thread(target=wire.down, daemon=True).start()


class _Wire:
    """One client's connection."""

    def __init__(self, proxy: Proxy, client: socket.socket, server: socket.socket) -> None:
        self._proxy, self._client, self._server = proxy, client, server
        self._cut: Cut | None = None  # of the commit under way

    def up(self) -> None:
        with suppress(OSError):
            while piece := self._client.recv(_PIECE):
                if self._proxy.silent:
                    continue
                if _COMMIT in piece and self._proxy._cuts:
                    self._cut = self._proxy._cuts.pop(0)
                if self._cut is Cut.BEFORE_COMMIT:
                    break
                self._server.sendall(piece)
                if self._cut is Cut.AT_COMMIT:
                    break
        self._break()

    def down(self) -> None:
        with suppress(OSError):
            while piece := self._server.recv(_PIECE):
                if self._proxy.silent:
                    continue
                if self._cut is Cut.AFTER_COMMIT:
                    break
                self._client.sendall(piece)
        self._break()

    def _break(self) -> None:
        if self._cut is not None and not self._proxy._cuts:
            self._cut = None
            self._proxy._then()
        _break(self._client)
        _break(self._server)


def _break(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
