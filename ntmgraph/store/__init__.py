"""The graph store: facts in, rows out; it never reads a file."""

from ntmgraph.store.graph import GraphStore, OutdatedGraphError, Row, StoreError
from ntmgraph.store.ladybug import open_embedded

__all__ = ["GraphStore", "OutdatedGraphError", "Row", "StoreError", "open_embedded"]
