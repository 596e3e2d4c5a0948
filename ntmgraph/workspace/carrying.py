"""A workspace carried into another: originals and decisions go over, and what is made of them is made there.

The same for a push to an office's Neo4j, a pull from it, a backup and its restoring. What is there already is passed
over, so a carrying that was broken off is simply done again; what the target holds beside stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ntmgraph.queries import IngestRow, IngestState
from ntmgraph.workspace import batch
from ntmgraph.workspace.contents import KINDS, contents
from ntmgraph.workspace.decisions import Decision, done_days, proofs
from ntmgraph.workspace.home import Home
from ntmgraph.workspace.intake import take_in
from ntmgraph.workspace.originals import FileChangedError, MissingFileError, Original, standing_on

OnProgress = Callable[[int, int], None]  # files done, files in all
Decide = Callable[[Sequence[Decision]], None]

_AT_ONCE = 1000  # files fetched before they are taken in


class Source(Protocol):
    """What a workspace is carried from."""

    def files(self) -> list[Original]:
        """Return every kept file, in the order of taking in."""
        ...

    def path(self, sha256: str, name: str) -> Path:
        """Return where a copy of a file lies on this machine; MissingFileError when there is none."""
        ...

    def decisions(self) -> Sequence[Decision]: ...

    def counts(self) -> dict[str, dict[str, int]]:
        """Return of each document how many things of each kind it says."""
        ...


@dataclass(frozen=True, slots=True)
class Count:
    """How many things of a kind there are on both sides, among the documents carried."""

    kind: str
    source: int
    target: int

    @property
    def ok(self) -> bool:
        return self.source == self.target


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a carrying."""

    new: int  # files
    decisions: int  # new ones
    refused: tuple[IngestRow, ...]
    counts: tuple[Count, ...]
    apart: tuple[str, ...]  # documents that stand on another file there: their counts are not compared
    different: tuple[str, ...]  # documents that say other numbers of things on the two sides

    @property
    def ok(self) -> bool:
        return not self.refused and not self.different and all(count.ok for count in self.counts)


class HomeSource:
    """An open workspace as a source."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def files(self) -> list[Original]:
        return self._home.originals.files()

    def path(self, sha256: str, name: str) -> Path:
        return self._home.originals.path(sha256, name)

    def decisions(self) -> Sequence[Decision]:
        return self._home.decisions.all()

    def counts(self) -> dict[str, dict[str, int]]:
        found = contents(self._home.graph, standing_on(self.files()))
        return {document: dict(counted) for document, (_, counted) in found.items()}


def carry(source: Source, target: Home, decide: Decide, on_progress: OnProgress | None = None) -> Carried:
    """Carry what a source holds into a workspace, and count both sides. `decide`: of that workspace."""
    files = source.files()
    known = {decision.id for decision in target.decisions.all()}
    new_decisions = [decision for decision in source.decisions() if decision.id not in known]
    # Before the documents: they are then written once, as people decided on them.
    if new_decisions:
        decide(new_decisions)
    refused = list(_proofs_lost(source, target))
    new = [file for file in files if target.originals.of_hash(file.sha256) is None]
    done = len(files) - len(new)
    taken = 0

    def progress(within: int, _: int) -> None:
        if on_progress is not None:
            on_progress(done + within, len(files))

    for start in range(0, len(new), _AT_ONCE):
        fetched = list(_fetched(source, new[start : start + _AT_ONCE], refused))
        rows = take_in(target, fetched, on_progress=progress)
        refused += [row for row in rows if row.state is IngestState.REFUSED]
        taken += sum(row.state in (IngestState.NEW, IngestState.REPLACED) for row in rows)
        done += min(_AT_ONCE, len(new) - start)
    progress(0, 0)
    counts, apart, different = _compared(source, files, target)
    return Carried(taken, len(new_decisions), tuple(refused), counts, apart, different)


def _fetched(source: Source, files: Sequence[Original], refused: list[IngestRow]) -> Iterator[batch.File]:
    for file in files:
        try:
            path = source.path(file.sha256, file.name)
        except MissingFileError as error:
            refused.append(IngestRow(file.name, IngestState.REFUSED, None, str(error), None, 0, ()))
        else:
            yield batch.File(path, file.name, file.name, taken_at=file.at)


def _proofs_lost(source: Source, target: Home) -> Iterator[IngestRow]:
    """Take over the files that decisions name; yield those that the source has lost."""
    for proof in proofs(source.decisions()):
        try:
            target.originals.keep(source.path(proof.sha256, proof.name), proof.sha256, proof.name)
        except (MissingFileError, FileNotFoundError, FileChangedError) as error:
            reason = str(error) if isinstance(error, MissingFileError) else "tệp minh chứng bị thiếu hoặc hỏng."
            yield IngestRow(proof.name, IngestState.REFUSED, None, reason, None, 0, ())


def _compared(
    source: Source, files: Sequence[Original], target: Home
) -> tuple[tuple[Count, ...], tuple[str, ...], tuple[str, ...]]:
    here, standing = source.counts(), standing_on(files)
    there = contents(target.graph, here)
    apart = {document for document in here if document in there and there[document][0] != standing[document].sha256}
    compared = [document for document in here if document not in apart]
    different = [
        document for document in compared if document not in there or Counter(here[document]) != there[document][1]
    ]
    decisions = {each.id for each in source.decisions()}
    on_target = [each for each in target.decisions.all() if each.id in decisions]
    kept = sum(target.originals.of_hash(file.sha256) is not None for file in files)
    counts = [
        Count("originals", len(files), kept),
        Count("documents", len(compared), sum(document in there for document in compared)),
        *(
            Count(
                kind,
                sum(here[document][kind] for document in compared),
                sum(there[document][1][kind] for document in compared if document in there),
            )
            for kind in KINDS
        ),
        Count("decisions", len(decisions), len(on_target)),
        Count("states", len(done_days(source.decisions())), len(done_days(on_target))),
    ]
    return tuple(counts), tuple(sorted(apart)), tuple(sorted(different))
