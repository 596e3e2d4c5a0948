"""What the command line and the pages call: take in, decide, ask, rebuild."""

from ntmgraph.workspace.desk import Workspace
from ntmgraph.workspace.errors import (
    NameTakenError,
    NotYetError,
    ProofError,
    TooManyError,
    UnknownTaskError,
    WorkspaceError,
)

__all__ = [
    "NameTakenError",
    "NotYetError",
    "ProofError",
    "TooManyError",
    "UnknownTaskError",
    "Workspace",
    "WorkspaceError",
]
