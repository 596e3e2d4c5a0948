"""What a Neo4j server or the way to it refuses, in a Vietnamese sentence that says what, where and what next."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from neo4j import exceptions

from ntmgraph.store.connection import Connection
from ntmgraph.store.graph import RefusedError, ServerError, StoreError

log = logging.getLogger(__name__)

OLDEST = (5, 7)  # release of the server: what the texts of `cypher/` use, and that warnings can be left out (Bolt 5.2)
_AGENT = re.compile(r"Neo4j/(?P<major>\d+)\.(?P<minor>\d+)")  # "Neo4j/5.26.30", "Neo4j/2025.10.1"; not "Memgraph/2.1"

# Codes of what may lie in the things written, such as a value that no index takes. Not of a server that is overloaded,
# out of memory or of room: it would refuse the next ones, too.
_OF_WRITTEN = re.compile(r"Neo\.(?:Client|Database)Error\.(?:Statement|Schema)\.")


@contextmanager
def said(connection: Connection) -> Iterator[None]:
    """Turn the driver's errors into StoreError."""
    try:
        yield
    except (exceptions.Neo4jError, exceptions.DriverError, OSError) as error:
        log.info("%s: %s", connection, error)
        if (sentence := _sentence(error, connection)) is not None:
            raise StoreError(sentence) from error
        kind = RefusedError if _OF_WRITTEN.match(_code(error)) else ServerError
        raise kind(_refused(error, connection)) from error


def check_server(agent: str, connection: Connection) -> None:
    """Raise StoreError when a server, by what it calls itself, is too old for the program or no Neo4j."""
    release = release_of(agent)
    if release is None:
        raise StoreError(f"{connection} là máy chủ {agent!r}, không phải Neo4j. Hãy dùng Neo4j {_OLDEST} hoặc mới hơn.")
    if release < OLDEST:
        raise StoreError(_too_old(connection, agent))


def release_of(agent: str) -> tuple[int, int] | None:
    """Return the release of a server: (5, 26) of "Neo4j/5.26.30"; None when it is no Neo4j."""
    found = _AGENT.match(agent)
    return (int(found["major"]), int(found["minor"])) if found else None


_OLDEST = ".".join(map(str, OLDEST))


def _too_old(connection: Connection, agent: str) -> str:
    return (
        f"Máy chủ {connection} là bản cũ ({agent}); ntmgraph cần Neo4j {_OLDEST} hoặc mới hơn. Hãy nhờ người quản trị "
        "nâng cấp máy chủ; dữ liệu trên máy này vẫn dùng được."
    )


def _code(error: Exception) -> str:
    return error.code or "" if isinstance(error, exceptions.Neo4jError) else ""


def _sentence(error: Exception, connection: Connection) -> str | None:
    """Return what keeps the program from using the server at all; None where it refused this one thing."""
    code = _code(error)
    if isinstance(error, exceptions.ConfigurationError):
        return _too_old(connection, "không rõ phiên bản, hoặc không phải Neo4j")  # it speaks another language
    if code.endswith("CredentialsExpired"):
        return (
            f"Mật khẩu ban đầu của người dùng {connection.user} trên {connection.uri} phải đổi trước khi dùng. Hãy đổi "
            "mật khẩu trên máy chủ rồi chạy “ntmgraph login” để lưu mật khẩu mới."
        )
    if code.endswith("AuthenticationRateLimit"):
        return f"{connection.uri} tạm khóa vì sai mật khẩu nhiều lần. Hãy chờ một phút rồi chạy lại “ntmgraph login”."
    if isinstance(error, exceptions.AuthError) and not isinstance(error, exceptions.Forbidden):
        return (
            f"{connection.uri} không nhận người dùng {connection.user} với mật khẩu này. Hãy chạy “ntmgraph login” để "
            "nhập lại, hoặc xem lại biến môi trường NTMGRAPH_USER và NTMGRAPH_PASSWORD."
        )
    if code.endswith("DatabaseNotFound"):
        return (
            f"Máy chủ {connection.uri} không có cơ sở dữ liệu {connection.database}. Hãy xem lại tên sau dấu / của địa "
            "chỉ; bỏ phần đó để dùng cơ sở dữ liệu mặc định."
        )
    if isinstance(error, exceptions.Forbidden) or code.endswith("WriteOnReadOnlyAccessDatabase"):
        return (
            f"Người dùng {connection.user} không có quyền ghi vào {connection}, hoặc cơ sở dữ liệu đang chỉ cho đọc. "
            "Chưa có gì được ghi. Hãy nhờ người quản trị cấp quyền ghi."
        )
    if not isinstance(error, exceptions.Neo4jError) or code.endswith("DatabaseUnavailable"):
        return (
            f"Không có máy chủ Neo4j nào trả lời ở {connection.uri}. Hãy xem máy chủ đã chạy chưa, địa chỉ và cổng có "
            "đúng không, tường lửa có chặn không (máy chủ có chứng chỉ dùng +s trong địa chỉ, không có thì bỏ +s); "
            "những gì đã ghi trước đó còn nguyên."
        )
    return None


def _refused(error: Exception, connection: Connection) -> str:
    code = _code(error)
    if "TransactionTimedOut" in code or code.endswith("LockClientStopped"):  # the second one while waiting for its turn
        return (
            f"Máy chủ {connection} chưa làm xong trong thời gian cho phép: nó đang quá tải, hoặc một máy khác đang ghi "
            "rất nhiều. Lần này chưa có gì được ghi. Hãy chờ vài phút rồi thử lại."
        )
    return (
        f"Máy chủ {connection} báo lỗi {code or type(error).__name__}; lần này chưa có gì được ghi. Hãy thử lại; nếu "
        "vẫn lỗi, gửi nhật ký cho người phụ trách."
    )
