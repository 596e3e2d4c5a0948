"""How a shared graph is reached: its address, and who asks; a password lives in the environment or in the operating
system's keyring, never in a file, a log or an address."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote, urlsplit

from ntmgraph.store.graph import StoreError

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
_PORT = 7687
_USER = "neo4j"
_DATABASE = re.compile(r"[A-Za-z][A-Za-z0-9.-]{2,62}")  # what Neo4j allows


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a Neo4j answers and as whom we ask it."""

    uri: str  # scheme, host and port only
    user: str
    password: str = field(repr=False)
    database: str | None = None  # None: the server's default one

    @classmethod
    def of(cls, address: str) -> Self:
        """Return the connection of an address such as `neo4j://may-chu:7687/ntm` (`/ntm`: name of the database).

        User and password: NTMGRAPH_USER and NTMGRAPH_PASSWORD, else what `remember` put into the keyring.
        Raises StoreError for an address that is none, that holds a password, or whose password is not to be found.
        """
        uri, user, database = _parted(address)
        user = os.environ.get("NTMGRAPH_USER") or user
        password = os.environ.get("NTMGRAPH_PASSWORD")
        if password is None:
            user, password = _remembered(uri, user)
        if password is None:
            raise StoreError(
                f"Chưa có mật khẩu cho {uri}. Hãy chạy “ntmgraph login {address}” một lần để lưu mật khẩu vào kho khóa "
                "của hệ điều hành, hoặc đặt biến môi trường NTMGRAPH_USER và NTMGRAPH_PASSWORD."
            )
        return cls(uri, user or _USER, password, database)

    @classmethod
    def typed(cls, address: str, user: str, password: str) -> Self:
        """Return the connection of an address with a user and password that a person typed."""
        uri, _, database = _parted(address)
        return cls(uri, user, password, database)

    def remember(self) -> None:
        """Put user and password into the keyring; StoreError where the system has none, or one that hides nothing."""
        import keyring
        from keyring.errors import KeyringError

        ring = keyring.get_keyring()
        first = next(iter(getattr(ring, "backends", ())), ring)  # several in a chain: the first one gets it
        if 0 < first.priority < 1:  # keyring does not recommend it: a file in plain text, say
            raise StoreError(
                f"Kho khóa của máy này ({first.name}) không bảo vệ được mật khẩu nên mật khẩu không được lưu. "
                "Hãy đặt biến môi trường NTMGRAPH_USER và NTMGRAPH_PASSWORD cho phiên làm việc."
            )
        try:
            keyring.set_password(_service(self.uri), self.user, self.password)
            keyring.set_password(_service(self.uri), _WHO, self.user)
        except KeyringError as error:
            raise StoreError(
                "Máy này không có kho khóa nào dùng được nên không lưu được mật khẩu. "
                "Hãy đặt biến môi trường NTMGRAPH_USER và NTMGRAPH_PASSWORD cho phiên làm việc."
            ) from error

    def __str__(self) -> str:
        return f"{self.uri}/{self.database}" if self.database else self.uri


def default_user(address: str) -> str:
    """Return whom to suggest when somebody is asked for a password."""
    _, user, _ = _parted(address)
    return os.environ.get("NTMGRAPH_USER") or user or _USER


_WHO = "user"  # entry of the keyring that names the user remembered last


def _service(uri: str) -> str:
    return f"ntmgraph {uri}"


def _remembered(uri: str, user: str | None) -> tuple[str | None, str | None]:
    import keyring
    from keyring.errors import KeyringError

    try:
        user = user or keyring.get_password(_service(uri), _WHO)
        return user, keyring.get_password(_service(uri), user) if user else None
    except KeyringError:  # a system without a keyring remembers nothing
        return user, None


def _parted(address: str) -> tuple[str, str | None, str | None]:
    """Return scheme, host and port of an address; its user; its database."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORT
    except ValueError:
        raise _no_address() from None  # that error shows the address
    database = parts.path.strip("/")
    if parts.scheme not in SCHEMES or not parts.hostname or parts.query or parts.fragment:
        raise _no_address()
    if database and not _DATABASE.fullmatch(database):
        raise _no_address()
    if parts.password is not None:
        raise StoreError(
            "Không viết mật khẩu trong địa chỉ của Neo4j: nó sẽ lộ trong lịch sử lệnh. Hãy bỏ phần đó khỏi địa chỉ rồi "
            "chạy “ntmgraph login ĐỊA_CHỈ”, hoặc đặt biến môi trường NTMGRAPH_PASSWORD."
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    user = unquote(parts.username) if parts.username else None
    return f"{parts.scheme}://{host}:{port}", user, database or None


def _no_address() -> StoreError:
    # Without what was typed: a part of it may be a password.
    return StoreError(
        "Địa chỉ của Neo4j không đúng. Hãy viết như neo4j://may-chu hoặc bolt://127.0.0.1:7687; thêm /tên ở cuối để "
        "chọn cơ sở dữ liệu, dùng neo4j+s:// khi máy chủ có chứng chỉ."
    )
