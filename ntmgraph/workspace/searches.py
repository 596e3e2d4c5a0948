"""Searches that people saved under a name on this machine: a small file beside the truth, which no rebuild touches."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping
from pathlib import Path

from ntmgraph.queries import SavedSearch
from ntmgraph.text import order
from ntmgraph.workspace.errors import NameTakenError
from ntmgraph.workspace.journal import write_whole

log = logging.getLogger(__name__)


class SavedSearches:
    """The searches of one file; safe to use from several threads, for a workspace has one process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def all(self) -> tuple[SavedSearch, ...]:
        """Return them in Vietnamese order of their names."""
        known = self._read()
        return tuple(SavedSearch(name, known[name]) for name in sorted(known, key=order))

    def save(self, name: str, values: Mapping[str, str]) -> None:
        """Keep a search under a name. Raises NameTakenError where another one has it."""
        with self._lock:
            known = self._read()
            if known.get(name, values) != values:
                raise NameTakenError(name)
            self._write(known | {name: dict(values)})

    def rename(self, name: str, new: str) -> None:
        """Give a search another name; one that is gone meanwhile is passed over. Raises NameTakenError."""
        with self._lock:
            known = self._read()
            if new in known and new != name:
                raise NameTakenError(new)
            if name in known:
                self._write({(new if each == name else each): values for each, values in known.items()})

    def drop(self, name: str) -> None:
        """Forget a search."""
        with self._lock:
            known = self._read()
            if known.pop(name, None) is not None:
                self._write(known)

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            known = json.loads(self._path.read_bytes())
            return {str(name): {str(key): str(value) for key, value in of.items()} for name, of in known.items()}
        except FileNotFoundError:
            return {}
        except (ValueError, AttributeError):
            # Nothing but names of searches is lost; the file stays for whoever can mend it.
            log.exception("%s cannot be read", self._path)
            self._path.replace(self._path.with_suffix(".broken.json"))
            return {}

    def _write(self, known: Mapping[str, Mapping[str, str]]) -> None:
        write_whole(self._path, json.dumps(known, ensure_ascii=False, indent=1).encode())
