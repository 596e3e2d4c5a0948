"""A real Neo4j Community server for development, tests and benchmarks, in a home folder of its own.

Needs nothing but Python, a Java of 17 or later and, to fetch the jars once, Maven with the machine's own settings.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

VERSION = "5.26.30"
FOLDER = Path(__file__).resolve().parents[1] / ".neo4j"
JARS = FOLDER / f"lib-{VERSION}"
OLDEST_JAVA = 17
# What the launcher of Neo4j's own packages would pass on; the server does not read them from neo4j.conf.
_JVM = (
    "-Xms512m",
    "-Xmx1g",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
)
# Halves the work of a start and makes long work slower: for tests, which start often and do little.
QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_SETTINGS = (
    "server.default_listen_address=127.0.0.1",
    "server.bolt.listen_address=127.0.0.1:{port}",
    "server.http.enabled=false",
    "server.https.enabled=false",
    "server.memory.pagecache.size=256m",
    "dbms.usage_report.enabled=false",
    "internal.dbms.bolt.netty_server_shutdown_quiet_period=0",  # a stop takes 2 s, not 11
)
_POM = f"""\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>ntmgraph</groupId>
  <artifactId>neo4j-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{VERSION}</version></dependency>
  </dependencies>
</project>
"""
_STOP = 60  # seconds for a clean stop
# What a Bolt client says first: four magic bytes and the four versions that it offers, 5.0 and three times none.
_BOLT_HELLO = bytes.fromhex("6060b017 00000005 00000000 00000000 00000000")


class Neo4jError(Exception):
    """The server could not be fetched, started or stopped; the message says why and shows the end of its log."""


def has_java() -> bool:
    """Return whether the machine's Java is new enough for the server."""
    if not shutil.which("java"):
        return False
    said = subprocess.run(("java", "-version"), capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)  # 17.0.15 since Java 9, 1.8.0 before
    return version is not None and int(version[1]) >= OLDEST_JAVA


def is_installed() -> bool:
    return JARS.is_dir() and has_java()


def fetch_jars() -> None:
    """Fetch the server with all that it depends on, unless it is there."""
    if JARS.is_dir():
        return
    FOLDER.mkdir(exist_ok=True)
    print(f"Fetching Neo4j {VERSION} (about 125 MB) into {FOLDER.name} ...", file=sys.stderr)
    with tempfile.TemporaryDirectory(dir=FOLDER) as work:
        pom, jars = Path(work) / "pom.xml", Path(work) / "lib"
        pom.write_text(_POM, encoding="utf-8")
        maven = (shutil.which("mvn") or "mvn", "--batch-mode", "--quiet", "--strict-checksums", "--file", str(pom))
        copy = ("dependency:copy-dependencies", f"-DoutputDirectory={jars}", "-DincludeScope=runtime")
        try:
            subprocess.run((*maven, *copy), stdout=sys.stderr, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Neo4jError(f"Maven could not fetch Neo4j {VERSION}: {error}") from error
        jars.rename(JARS)  # whole or not at all


class Neo4jServer:
    """A running server. As a context manager it stops at the end; it dies with the process that started it."""

    user = "neo4j"

    def __init__(self, home: Path, port: int, settings: Sequence[str], jvm: Sequence[str], limit: float) -> None:
        self.home = home
        self.port = port
        self.password = ""
        self._settings = settings
        self._jvm = jvm
        self._limit = limit
        self._console = home / "logs" / "console.log"  # what Java says before the server logs
        self._guard: subprocess.Popen[bytes] | None = None

    @classmethod
    def start(
        cls,
        home: Path,
        *,
        port: int | None = None,
        settings: Sequence[str] = (),
        jvm: Sequence[str] = (),
        limit: float = 120,
    ) -> Self:
        """Start a server on a new or an existing home folder and return it once Bolt answers.

        `settings` are further lines of neo4j.conf, `jvm` further options of Java. Without a port it is a free one.
        Raises Neo4jError, also when Bolt does not answer within `limit` seconds.
        """
        server = cls(home.resolve(), port or _free_port(), settings, jvm, limit)
        server.restart()
        return server

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def auth(self) -> tuple[str, str]:
        return self.user, self.password

    @property
    def environment(self) -> dict[str, str]:
        """What tells ntmgraph to use this server."""
        return {"NTMGRAPH_GRAPH": self.uri, "NTMGRAPH_USER": self.user, "NTMGRAPH_PASSWORD": self.password}

    @property
    def is_running(self) -> bool:
        return self._guard is not None and self._guard.poll() is None

    def restart(self) -> None:
        """Stop the server if it runs, then start it at the same address; returns once Bolt answers."""
        self.stop()
        for folder in ("conf", "logs"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        lines = (*(line.format(port=self.port) for line in _SETTINGS), *self._settings)
        (self.home / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.password = self._known_password()
        server = ("org.neo4j.server.CommunityEntryPoint", f"--home-dir={self.home}", f"--config-dir={self.home}/conf")
        command = (sys.executable, __file__, *_java(*_JVM, *self._jvm, "-cp", f"{JARS}/*", *server))
        with self._console.open("wb") as log:
            self._guard = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log)
        try:
            self._await_bolt(self._guard)
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Let the server finish and close its files; does nothing when it does not run."""
        self._end(b"stop\n")

    def kill(self) -> None:
        """End the server at once, as a power cut would."""
        self._end(b"kill\n")

    def wait(self) -> None:
        """Return when the server has ended by itself."""
        assert self._guard is not None
        self._guard.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _end(self, word: bytes) -> None:
        if self._guard is None:
            return
        guard, self._guard = self._guard, None
        assert guard.stdin is not None
        with suppress(OSError):  # it ended by itself
            guard.stdin.write(word)
            guard.stdin.flush()
        try:
            guard.wait(_STOP)
        except subprocess.TimeoutExpired as error:
            raise Neo4jError(f"Neo4j did not stop within {_STOP} s\n{self._log_tail()}") from error
        finally:
            with suppress(OSError):
                guard.stdin.close()

    def _await_bolt(self, guard: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + self._limit
        while not _speaks_bolt(self.port):
            if guard.poll() is not None:
                raise Neo4jError(f"Neo4j ended while it started\n{self._log_tail()}")
            if time.monotonic() > until:
                raise Neo4jError(f"Neo4j did not answer within {self._limit:.0f} s\n{self._log_tail()}")
            time.sleep(0.1)

    def _log_tail(self) -> str:
        logs = [log for log in (self._console, self.home / "logs" / "neo4j.log") if log.exists()]
        return "\n".join(
            line for log in logs for line in log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:]
        )

    def _known_password(self) -> str:
        """Return the password of this home; a new home gets a random one."""
        file = self.home / "password"
        if file.exists():
            return file.read_text(encoding="ascii")
        password = secrets.token_hex(16)
        # By a file that only this user reads: the words of a command line stand in the list of processes.
        arguments = self.home / "arguments"
        _write_secret(arguments, f"dbms set-initial-password {password}")
        environment = {**os.environ, "NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        command = _java("-cp", f"{JARS}/*", "org.neo4j.cli.AdminTool", f"@{arguments}")
        try:
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        finally:
            arguments.unlink()
        if done.returncode:
            raise Neo4jError(f"No password could be set:\n{done.stdout}{done.stderr}".replace(password, "..."))
        _write_secret(file, password)
        return password


def _java(*arguments: str) -> tuple[str, ...]:
    return (shutil.which("java") or "java", *arguments)


def _write_secret(file: Path, text: str) -> None:
    file.touch(mode=0o600)
    file.write_text(text, encoding="ascii")


def _free_port() -> int:
    """Return a port below those that systems give to clients: knocking at a closed one of those can meet itself."""
    while True:
        port = 20_000 + secrets.randbelow(10_000)
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


def _speaks_bolt(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            client.sendall(_BOLT_HELLO)
            return client.recv(4) == _BOLT_HELLO[4:8]
    except OSError:
        return False


def _guard(command: Sequence[str]) -> int:
    """Run a server until it ends or whoever holds our standard input says "stop" or dies.

    A process of its own, because no signal tells a server that its parent was killed, while a pipe always closes.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all of a terminal's processes; our parent answers it
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def listen() -> None:
        if sys.stdin.readline() == "stop\n":
            server.terminate()
            sys.stdin.read()
        server.kill()

    threading.Thread(target=listen, daemon=True).start()
    return server.wait()


if __name__ == "__main__":
    sys.exit(_guard(sys.argv[1:]))
