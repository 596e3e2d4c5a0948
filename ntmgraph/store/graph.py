"""What a graph engine offers; the same on every engine, and tested by one body of cases (`tests/store`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from ntmgraph.authority import Authority
from ntmgraph.model import Reading

Row = dict[str, Any]  # what goes into or comes out of a query: scalars under the names of its text


class StoreError(Exception):
    """The graph cannot be opened or written; the message is Vietnamese and says what, where and what next."""


class OutdatedGraphError(StoreError):
    """The graph was made by another version or from another catalogue; it is rebuilt from the originals."""


class NewerGraphError(OutdatedGraphError):
    """The graph was made by a newer version, which its other users have: this one may not even rebuild it."""


class ServerError(StoreError):
    """The server answers, and says that it could not do this one thing; nothing of it was written."""


class RefusedError(ServerError):
    """The server refuses what was to be written, whenever that is; it may take other things."""


class LostGraphError(StoreError):
    """The connection broke in a commit and did not come back: whether the last write is there is not known."""


class GraphStore(Protocol):
    """Facts in, rows out. The document is the unit of writing; readers may ask from any thread meanwhile."""

    def load_catalogue(self, authority: Authority) -> None:
        """Write what is known before any document; does nothing when it is there already.

        Raises OutdatedGraphError when the graph holds another version of the catalogue.
        """
        ...

    def replace(self, *readings: Reading) -> None:
        """Write all that documents say in place of what they said before, in one transaction.

        Several at once cost less than one by one; each is whole or absent either way.
        """
        ...

    def remove(self, document: str) -> None:
        """Remove all that a document says; where others cite it, it stays as a document not taken in."""
        ...

    def ask(self, question: str, **parameters: object) -> list[Row]:
        """Return the rows of a question: the name of a file in `cypher/read/`, and its parameters."""
        ...

    def written_nodes(self, label: str, ids: Sequence[str]) -> list[Row]:
        """Return nodes of a kind, by their ids, with all that is declared of it."""
        ...

    def written_edges(self, type: str, ends: tuple[str, str], ids: Sequence[str]) -> list[Row]:
        """Return edges of a kind with all that is declared of it, by the ids of nodes; rows of nulls say "none".

        The nodes are those that one document has for itself, see `texts.written_edges`.
        """
        ...

    def counts(self) -> dict[str, int]:
        """Return how many nodes and edges of each kind there are."""
        ...

    def close(self) -> None: ...
