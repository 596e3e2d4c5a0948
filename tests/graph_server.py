"""What tests do with a Neo4j server behind the program's back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from neo4j import GraphDatabase
from neo4j_server import Neo4jServer

from ntmgraph.store.connection import Connection

Run = Callable[..., list[Any]]  # run(text, **parameters) -> the first column of its rows


def connection_to(server: Neo4jServer, uri: str | None = None) -> Connection:
    return Connection(uri or server.uri, server.user, server.password)


@contextmanager
def administering(server: Neo4jServer, database: str = "neo4j") -> Iterator[Run]:
    """Yield what runs a statement, each in a transaction of its own."""
    with GraphDatabase.driver(server.uri, auth=server.auth) as driver, driver.session(database=database) as session:
        yield lambda text, **parameters: session.run(text, parameters).value()


def remove_nodes(server: Neo4jServer, *labels: str) -> None:
    """Remove all nodes, or those of some labels; constraints and indexes stay."""
    with administering(server) as run:
        for match in [f"MATCH (n:{label})" for label in labels] or ["MATCH (n)"]:
            run(f"{match} CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF 10000 ROWS")
