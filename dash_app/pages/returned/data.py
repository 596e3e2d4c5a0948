"""Files that came back, and which of their rows an address approves."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Lock

from dash_app.address import Address
from dash_app.page import Desk
from ntmgraph.export import returned
from ntmgraph.export.returned import Change, Returned

KEPT = 8  # files, the newest ones


@dataclass(frozen=True, slots=True)
class Upload:
    """A file by the name its user gave it; `written` and `refused`: what became of what was approved so far."""

    name: str
    rows: Returned
    written: int = 0
    refused: tuple[str, ...] = ()


class Uploads:
    """The files since the program started. Safe to use from several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Upload] = OrderedDict()
        self._lock = Lock()

    def keep(self, name: str, data: bytes) -> str:
        """Read a file and return the key under which it is kept. Raises ReadError."""
        upload = Upload(name, returned.read(data))
        key = uuid.uuid4().hex
        with self._lock:
            self._kept[key] = upload
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return key

    def get(self, key: str | None) -> Upload | None:
        with self._lock:
            return self._kept.get(key or "")

    def note(self, key: str, written: int, refused: tuple[str, ...]) -> None:
        """Add what became of the rows that were approved."""
        with self._lock:
            if key in self._kept:
                before = self._kept[key]
                self._kept[key] = replace(before, written=before.written + written, refused=refused)


@dataclass(frozen=True, slots=True)
class Compared:
    """A file against what is known now: its changes, those of them approved, sentences on rows that cannot be read."""

    upload: Upload
    changes: tuple[Change, ...]
    approved: tuple[Change, ...]
    bad: tuple[str, ...]


def compared(desk: Desk, address: Address, upload: Upload) -> Compared:
    changes, lost = returned.changes(desk.workspace, upload.rows.edits)
    return Compared(upload, changes, chosen(address, changes), (*upload.rows.bad, *lost))


def chosen(address: Address, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return the changes that an address approves: all but conflicts, without those left out, with those taken."""
    none, left, taken = address.flag("none"), address.names("left"), address.names("taken")
    return tuple(
        change for change in changes if change.key in taken or not (none or change.conflict or change.key in left)
    )


def turned(address: Address, change: Change, *, on: bool) -> str:
    """Return the address in which a change is approved or not, the other way round than now."""
    left, taken = set(address.names("left")), set(address.names("taken"))
    usual = not (address.flag("none") or change.conflict)
    left.discard(change.key)
    taken.discard(change.key)
    if on and usual:
        left.add(change.key)
    elif not on and not usual:
        taken.add(change.key)
    return address.with_(left=",".join(sorted(left)), taken=",".join(sorted(taken)))
