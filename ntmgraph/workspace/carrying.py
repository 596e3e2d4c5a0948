"""A workspace carried into another: originals and decisions go over, and what is made of them is made there.

The same for a push to an office's Neo4j, a pull from it, a backup and its restoring. What is there already and whole is
passed over, so a carrying that was broken off is simply done again; what the target holds beside stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ntmgraph.causes import cause
from ntmgraph.queries import IngestRow, IngestState
from ntmgraph.workspace import batch
from ntmgraph.workspace.contents import KINDS, contents
from ntmgraph.workspace.decisions import Decision, contradicted, done_days, proofs
from ntmgraph.workspace.home import Home
from ntmgraph.workspace.intake import take_in
from ntmgraph.workspace.originals import FileChangedError, MissingFileError, Original, hash_of, now, standing_on

OnProgress = Callable[[int, int], None]  # files done, files in all
Decide = Callable[[Sequence[Decision]], None]

_AT_ONCE = 1000  # files fetched before they are taken in
_LOOKS = 4  # at a source in which others decide meanwhile


class Source(Protocol):
    """What a workspace is carried from."""

    def files(self) -> list[Original]:
        """Return every kept file, in the order of taking in."""
        ...

    def path(self, sha256: str, name: str) -> Path:
        """Return where a whole copy of a file lies on this machine; MissingFileError when there is none."""
        ...

    def decisions(self) -> Sequence[Decision]: ...

    def counts(self, files: Sequence[Original]) -> dict[str, dict[str, int]]:
        """Return how many things of each kind the documents say that stand on the last of these files.

        One of which that is not known, as it stands on another file by now, is left out.
        """
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """What a source held at one moment, however long it takes to carry it."""

    files: list[Original]
    decisions: Sequence[Decision]
    counts: Mapping[str, Mapping[str, int]]


def held(source: Source) -> Held:
    """Look at a source once; what others decide there while it is counted would make the counts wrong."""
    for _ in range(_LOOKS):
        files, decisions = source.files(), source.decisions()
        found = Held(files, decisions, source.counts(files))
        if len(source.decisions()) == len(decisions):
            break
    return found


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
    mended: int  # files that the target had lost, or kept damaged
    decisions: int  # new ones
    refused: tuple[IngestRow, ...]
    counts: tuple[Count, ...]
    apart: tuple[str, ...]  # documents on another file or with more decisions there: their counts are not compared
    different: tuple[str, ...]  # documents that say other numbers of things on the two sides
    contradicted: tuple[str, ...]  # facts on which both sides had decided otherwise: what was said later stands

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
        path = self._home.originals.path(sha256, name)
        with suppress(OSError):
            if hash_of(path) == sha256:
                return path
        raise MissingFileError(f"{name}: tệp ở kho nguồn bị thiếu hoặc hỏng; hãy phục hồi tệp ở đó rồi làm lại.")

    def decisions(self) -> Sequence[Decision]:
        return self._home.decisions.all()

    def counts(self, files: Sequence[Original]) -> dict[str, dict[str, int]]:
        standing = standing_on(files)
        found = contents(self._home.graph, standing)
        return {
            document: dict(counted)
            for document, (sha256, counted) in found.items()
            if sha256 == standing[document].sha256
        }


def carry(source: Source, target: Home, decide: Decide, on_progress: OnProgress | None = None) -> Carried:
    """Carry what a source holds into a workspace, and count both sides. `decide`: of that workspace."""
    here = held(source)
    before = target.decisions.all()
    known = {decision.id for decision in before}
    new_decisions = [decision for decision in here.decisions if decision.id not in known]
    # Before the documents: they are then written once, as people decided on them.
    if new_decisions:
        decide(new_decisions)
    files = _Files(source, target, on_progress, len(here.files))
    files.mend_proofs(here.decisions, before)
    files.carry(here.files)
    counts, apart, different = _compared(here, target)
    return Carried(
        new=files.new,
        mended=files.mended,
        decisions=len(new_decisions),
        refused=tuple(files.refused),
        counts=(Count("originals", len(here.files) - files.needless, files.whole), *counts),
        apart=apart,
        different=different,
        contradicted=contradicted(before, here.decisions),
    )


class _Files:
    """Files on their way from a source into a target, and what became of them."""

    def __init__(self, source: Source, target: Home, on_progress: OnProgress | None, total: int) -> None:
        self.new = self.mended = self.needless = self.whole = 0
        self.refused: list[IngestRow] = []
        self._source = source
        self._target = target
        self._on_progress = on_progress
        self._done, self._total = 0, total

    def mend_proofs(self, decisions: Sequence[Decision], before: Sequence[Decision]) -> None:
        """Keep the files that decisions name. before: the decisions that the target had."""
        known = set(proofs(before))
        for proof in proofs(decisions):
            self._kept_whole(Original(proof.sha256, proof.name, "", now()), proof.name, known=proof in known)

    def carry(self, files: Sequence[Original]) -> None:
        """Mend those that the target has, take in the others."""
        there = {each.sha256: each for each in self._target.originals.files()}
        for file in files:
            if (kept := there.get(file.sha256)) is not None:
                self.whole += self._kept_whole(kept, file.name, known=True)
                self._done += 1
                self._progress(0, 0)
        new = [file for file in files if file.sha256 not in there]
        for start in range(0, len(new), _AT_ONCE):
            some = new[start : start + _AT_ONCE]
            fetched = list(self._fetched(some))
            rows = take_in(self._target, [file for _, file in fetched], on_progress=self._progress)
            for (original, _), row in zip(fetched, rows, strict=True):
                self._count(original, row)
            self._done += len(some)
        self._progress(0, 0)

    def _count(self, original: Original, row: IngestRow) -> None:
        if row.state is IngestState.REFUSED:
            self.refused.append(row)
        elif row.state is IngestState.UNCHANGED and self._target.originals.of_hash(original.sha256) is None:
            self.needless += 1  # its document stays on a better copy
        else:
            self.whole += 1
            self.new += 1

    def _kept_whole(self, kept: Original, name: str, *, known: bool) -> bool:
        """Keep a file again where the target's copy is lost or damaged; return whether it is whole there.

        name: of the file at the source.
        """
        originals = self._target.originals
        if originals.damage(kept) is None:
            return True
        try:
            originals.restore(self._source.path(kept.sha256, name), kept.sha256, kept.name)
        except MissingFileError as error:
            self._refuse(name, str(error))
        except FileChangedError:
            self._refuse(name, f"{name}: tệp bị sửa trong khi đang chép; hãy làm lại.")
        except OSError as error:
            self._refuse(
                name,
                f"{name}: không chép được vào kho đích ({cause(error)}); hãy xem quyền ghi và chỗ trống của ổ đĩa rồi "
                "làm lại.",
            )
        else:
            self.mended += known
            return True
        return False

    def _fetched(self, files: Sequence[Original]) -> Iterator[tuple[Original, batch.File]]:
        for file in files:
            try:
                path = self._source.path(file.sha256, file.name)
            except MissingFileError as error:
                self._refuse(file.name, str(error))
            else:
                yield file, batch.File(path, file.name, file.name, taken_at=file.at)

    def _refuse(self, name: str, reason: str) -> None:
        self.refused.append(IngestRow(name, IngestState.REFUSED, None, reason, None, 0, ()))

    def _progress(self, within: int, _: int) -> None:
        if self._on_progress is not None:
            self._on_progress(self._done + within, self._total)


def _compared(here: Held, target: Home) -> tuple[tuple[Count, ...], tuple[str, ...], tuple[str, ...]]:
    standing = standing_on(here.files)
    # One that is only cited stands on no file.
    there = {id: found for id, found in contents(target.graph, here.counts).items() if found[0] is not None}
    carried = {each.id for each in here.decisions}
    decided = target.decisions.all()
    on_target = [each for each in decided if each.id in carried]
    decided_further = {each.document for each in decided if each.id not in carried}
    apart = {
        document
        for document in here.counts
        if document in there and (there[document][0] != standing[document].sha256 or document in decided_further)
    }
    compared = [document for document in here.counts if document not in apart]
    different = [
        document
        for document in compared
        if document not in there or Counter(here.counts[document]) != there[document][1]
    ]
    done = done_days(here.decisions)
    counts = [
        Count("documents", len(compared), sum(document in there for document in compared)),
        *(
            Count(
                kind,
                sum(here.counts[document][kind] for document in compared),
                sum(there[document][1][kind] for document in compared if document in there),
            )
            for kind in KINDS
        ),
        Count("decisions", len(carried), len(on_target)),
        Count("states", len(done), len(done.items() & done_days(on_target).items())),
    ]
    return tuple(counts), tuple(sorted(apart)), tuple(sorted(different))
