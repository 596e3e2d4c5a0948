"""What the settings show: the workspace and its backups, the catalogues narrowed to what is asked, what is inside."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import platformdirs

from dash_app.address import Address
from ntmgraph.authority import CriteriaSet, KnownAgency, KnownCriterion
from ntmgraph.ids import criterion_id
from ntmgraph.text import key, slug
from ntmgraph.workspace.decisions import Decision, standing

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace

LISTS = ("leads", "agencies", "sets")
STATUSES = ("verified", "believed", "decided")
_BACKUP = re.compile(r"ntmgraph-\d{4}-\d{2}-\d{2}-\d{6}\.zip")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Store:
    """Where the workspace lies and what it holds."""

    where: str
    shared: bool  # on an office's Neo4j; `folder` is then this machine's part
    folder: Path
    log: Path
    size: int  # bytes of the folder
    documents: int
    counts: dict[str, int]  # of the graph, by kind
    backups: tuple[Path, ...]  # newest first
    command: str  # how the program is called on this machine


def store_of(workspace: Workspace) -> Store:
    return Store(
        where=workspace.home.where,
        shared=workspace.shared,
        folder=workspace.folder,
        log=workspace.folder / "logs",
        size=size_of(workspace.folder),
        documents=workspace.count_documents(),
        counts=workspace.home.graph.counts(),
        backups=backups(),
        command=Path(sys.executable).name if getattr(sys, "frozen", False) else "ntmgraph",
    )


def size_of(folder: Path) -> int:
    """Return the bytes of the files in a folder; one that goes meanwhile does not count."""
    size = 0
    for path in folder.rglob("*"):
        try:
            size += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return size


def backup_folder() -> Path:
    """Return where backups made by the button go: where people look for their own files."""
    return Path(platformdirs.user_documents_dir()) / "ntmgraph"


def backup_path() -> Path:
    """Return the name of a backup made now, in its folder, which is made where it is missing."""
    folder = backup_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"ntmgraph-{datetime.now():%Y-%m-%d-%H%M%S}.zip"


def backups() -> tuple[Path, ...]:
    """Return the backups in their folder, newest first."""
    try:
        found = [path for path in backup_folder().iterdir() if _BACKUP.fullmatch(path.name)]
    except OSError:
        return ()
    return tuple(sorted(found, reverse=True))


def backup_named(name: str) -> Path | None:
    """Return the backup of this name; None for any other file."""
    return next((path for path in backups() if path.name == name), None)


def restoring_from(address: Address) -> Path | None:
    """Return the backup that the address asks about; Windows copies a path with quotes around it."""
    typed = (address.get("restore") or "").strip("\"' ")
    return Path(typed).expanduser() if typed else None


# Catalogues


def leads(workspace: Workspace, address: Address) -> list[KnownCriterion]:
    """Return the criteria asked for: by words, set and status of the usual lead."""
    return _narrowed(
        workspace.catalogue.criteria,
        address,
        words=lambda each: (
            each.name,
            each.usual_lead_before_2025_03 or "",
            each.usual_lead_from_2025_03 or "",
            f"{each.set}:{each.number}",
        ),
        status=lambda each: each.lead_status,
        set_=lambda each: each.set,
    )


def agencies(workspace: Workspace, address: Address) -> list[KnownAgency]:
    return _narrowed(
        workspace.catalogue.agencies.values(),
        address,
        words=lambda each: (each.name, *each.aliases, each.symbol or ""),
        status=lambda each: each.status,
    )


def sets(workspace: Workspace, address: Address) -> list[CriteriaSet]:
    return _narrowed(
        workspace.catalogue.criteria_sets.values(),
        address,
        words=lambda each: (each.id, each.title, each.number, each.issuer, each.province or ""),
        status=lambda each: each.status,
    )


def _narrowed(
    things: Iterable[T],
    address: Address,
    *,
    words: Callable[[T], Iterable[str]],
    status: Callable[[T], str | None],
    set_: Callable[[T], str] | None = None,
) -> list[T]:
    typed, state, chosen = slug(address.get("q") or ""), address.get("status"), address.get("set")
    return [
        each
        for each in things
        if (not typed or any(typed in slug(word) for word in words(each)))
        and (not state or status(each) == state)
        and (not chosen or set_ is None or set_(each) == chosen)
    ]


@dataclass(frozen=True, slots=True)
class Lead:
    """A criterion whose usual lead is looked at, what people said of it, and the decision that counts now."""

    criterion: KnownCriterion
    history: tuple[Decision, ...]  # oldest first

    @property
    def counts(self) -> Decision | None:
        return next(reversed(standing(self.history)), None)


def chosen_lead(workspace: Workspace, address: Address) -> Lead | None:
    """Return the criterion that the address chooses, "VN-XA-2021:15"; None for none or one that nobody knows."""
    set_, _, number = (address.get("criterion") or "").rpartition(":")
    criterion = workspace.catalogue.criteria_by_key.get((set_, int(number))) if number.isdecimal() else None
    return criterion and Lead(criterion, workspace.decisions(criterion_id(set_, int(number))))


# About


@dataclass(frozen=True, slots=True)
class Inside:
    """A program that ours is made of."""

    name: str
    version: str
    licence: str


def inside() -> tuple[Inside, ...]:
    """Return the packages that the program needs, and those that these need, by name."""
    found: dict[str, Inside] = {}
    waiting = ["ntmgraph"]
    while waiting:
        name = waiting.pop()
        try:
            of = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # needed on another system only
        folded = key(of.name)
        if folded in found:
            continue
        found[folded] = Inside(of.name, of.version, licence_of(of.metadata))
        wanted = [each for each in of.requires or () if "extra ==" not in each]
        waiting += [match.group() for each in wanted if (match := re.match(r"[A-Za-z0-9._-]+", each))]
    return tuple(found[each] for each in sorted(found))


def licence_of(about: metadata.PackageMetadata) -> str:
    """Return the licence that a package names, its short name; "" where it names none."""
    if said := about.get("License-Expression"):
        return str(said)
    classes = [each.rpartition(" :: ")[2] for each in about.get_all("Classifier") or () if each.startswith("License")]
    if classes:
        return ", ".join(classes)
    first = str(about.get("License") or "").strip().partition("\n")[0]
    return first if len(first) <= 60 else first[:60].rstrip() + "…"
