"""What a person set on this machine: where pages start, who writes, and when each workspace was opened.

One small file in the user's own settings folder; never a password. A file that cannot be read counts as empty, one that
cannot be written is told to whoever saves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path

import platformdirs

_NAME_LETTERS = 120  # of a name at most
_NAMES = ("province", "user", "office")


@dataclass(frozen=True, slots=True)
class Preferences:
    """province: of the first page, None for all. user, office: as decisions and Word files name them.

    opened: workspace -> when it was opened the time before and now (ISO 8601, UTC). workspace: the folder chosen in
    the window, None for the usual one. port: of the window's server the last time.
    """

    province: str | None = None
    user: str | None = None
    office: str | None = None
    opened: Mapping[str, str] = field(default_factory=dict)
    workspace: str | None = None
    port: int | None = None

    @property
    def author(self) -> str:
        """Who decides: the name set here, else the one of the operating system."""
        try:
            return self.user or getuser()
        except (OSError, KeyError, ImportError):  # a service has no account
            return "không rõ"

    def last_opening(self, where: str) -> datetime | None:
        """Return when a workspace was opened the time before this one; None the first time."""
        before, _, now = self.opened.get(where, "").partition(" ")
        try:
            return datetime.fromisoformat(before) if now else None
        except ValueError:
            return None


def preferences_file() -> Path:
    return Path(platformdirs.user_config_dir("ntmgraph", appauthor=False)) / "preferences.json"


def workspace_folder() -> Path:
    """Return the workspace that is opened where none is named: the one chosen in the window, else the user's own."""
    chosen = load().workspace
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("ntmgraph", appauthor=False)) / "kho"


def load() -> Preferences:
    """Return what was set; what is missing or of another kind has its default."""
    try:
        said = json.loads(preferences_file().read_bytes())
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(said, dict):
        return Preferences()
    words = {name: _words(said.get(name)) for name in _NAMES}
    opened = said.get("opened")
    known = {str(key): str(value) for key, value in opened.items()} if isinstance(opened, dict) else {}
    folder, port = said.get("workspace"), said.get("port")
    return Preferences(
        **words,
        opened=known,
        workspace=folder if isinstance(folder, str) and folder else None,
        port=port if isinstance(port, int) and 0 < port < 1 << 16 else None,
    )


def save(**changes: str | int | Mapping[str, str] | None) -> Preferences:
    """Set some of them, leave the others, and return all; raises OSError where the file cannot be written."""
    unknown = changes.keys() - {each.name for each in fields(Preferences)}
    if unknown:
        raise TypeError(f"no preferences: {', '.join(sorted(unknown))}")
    words = {name: _words(value) if name in _NAMES else value for name, value in changes.items()}
    changed = replace(load(), **words)  # type: ignore[arg-type]
    path = preferences_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(json.dumps(asdict(changed), ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(path)
    return changed


def note_opening(where: str) -> None:
    """Note that the program opens a workspace now; raises OSError where that cannot be written."""
    before = load().opened
    now = datetime.now(UTC).isoformat(timespec="seconds")
    save(opened={**before, where: f"{before.get(where, '').rpartition(' ')[2]} {now}".strip()})


def _words(value: object) -> str | None:
    return " ".join(value.split())[:_NAME_LETTERS] or None if isinstance(value, str) else None
