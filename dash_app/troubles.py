"""What went wrong, in words: an error of a page or a work, the place of a workspace, the clock of the machine."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dash_app.words import Words
from ntmgraph.causes import cause
from ntmgraph.store import StoreError
from ntmgraph.workspace import WorkspaceError

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace

ROOM = 50 * 2**20  # bytes: with less, the next file may not go in
_SKEW = timedelta(days=1)  # clocks of the machines that took in and decided differ by less


def why(say: Words, error: BaseException) -> str | None:
    """Return what an error means for whoever waits for a page or a work, and what to do; None where it is ours."""
    if isinstance(error, WorkspaceError | StoreError):
        return say.told(error)
    if isinstance(error, OSError):
        return say("failed.system", why=cause(error))
    # The engine's own words for a file that it cannot read or write.
    return say("failed.graph") if str(error).startswith("IO exception") else None


def in_words(say: Words, reason: str) -> str:
    """Return in the language of the desk what `why` said in Vietnamese; '' stands for what nobody foresaw."""
    return say.told(reason) or say("chore.unforeseen")


def troubles(say: Words, workspace: Workspace, *, now: datetime | None = None) -> list[str]:
    """Return what is to be told, each with what to do; nothing where all is well."""
    folder = workspace.folder
    told = []
    if not folder.exists() or not (workspace.shared or (folder / "workspace.json").exists()):
        told.append(say("trouble.gone", folder=str(folder)))
    elif not os.access(folder, os.W_OK):
        told.append(say("trouble.read_only", folder=str(folder)))
    elif (free := shutil.disk_usage(folder).free) < ROOM:
        told.append(say("trouble.full", folder=str(folder), mb=free // 2**20))
    at = now or datetime.now(UTC)
    if (last := workspace.last_written()) is not None and at < last - _SKEW:
        told.append(say("trouble.clock", now=f"{at:%d/%m/%Y}", last=f"{last:%d/%m/%Y}"))
    return told
