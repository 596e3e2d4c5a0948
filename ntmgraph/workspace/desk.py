"""The workspace: what an office took in and decided, and the answers to every question about it.

It stands on a home (`home.py`): a folder of one person, or the Neo4j that several people share.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from logging.handlers import RotatingFileHandler
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from ntmgraph.model import Reading
from ntmgraph.queries import (
    PAGE,
    CalendarDay,
    CriterionName,
    DeadlineAnswer,
    DeadlineQuestion,
    DeadlineRow,
    DocumentChoices,
    DocumentName,
    DocumentRow,
    DocumentView,
    IngestRow,
    Lineage,
    LineageResult,
    MatrixAnswer,
    MatrixQuestion,
    Named,
    Overview,
    ReviewAnswer,
    ReviewQuestion,
    SearchAnswer,
    SearchQuestion,
    TaskName,
    TraceAnswer,
    TraceQuestion,
)
from ntmgraph.workspace import batch, calendar_file, deadlines, documents, errors, lineage, matrix, names, review, trace
from ntmgraph.workspace.backup import back_up
from ntmgraph.workspace.carrying import Carried, HomeSource, Source, carry
from ntmgraph.workspace.checking import Drift, check
from ntmgraph.workspace.decisions import (
    UNCHECKED,
    Decision,
    DecisionKind,
    Said,
    Unchecked,
    UnknownDecisionError,
    done_days,
    history,
    mark_done,
    moved_to,
    proof_of,
    said,
    undo,
)
from ntmgraph.workspace.folder import FolderHome
from ntmgraph.workspace.home import Home, decided
from ntmgraph.workspace.intake import OnProgress, OnRow, OnScannedPage, take_in
from ntmgraph.workspace.originals import MissingFileError, Original, kept_file
from ntmgraph.workspace.proofs import keep_proof
from ntmgraph.workspace.rebuild import rebuild
from ntmgraph.workspace.searches import SavedSearches

log = logging.getLogger(__name__)

_PICTURES = 24  # of pages, kept in memory; half a megabyte each
_READINGS = 8  # kept in memory for pages that show one document in several steps


class Workspace:
    """An open workspace; close it, or use it in a `with` block. Safe to use from several threads."""

    def __init__(self, home: Home, handler: logging.Handler) -> None:
        self.home = home
        self.searches = SavedSearches(home.folder / "searches.json")
        self._log_handler = handler
        self._writing = threading.RLock()
        self._remembering = threading.Lock()
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._pictures: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._done: tuple[int, dict[str, date]] = (0, {})  # by so many decisions: the days on which tasks were done

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        graph: str | None = None,
        task: str = "đang mở",
        patience: float = 3.0,
        to_rebuild: bool = False,
    ) -> Self:
        """Open the workspace in a folder, made there if the folder is empty or missing; or the one on a Neo4j.

        graph: address of the Neo4j; copies of its originals and the logs of this machine stand beside the folder.
        task: what this process does, for the message to others. patience: seconds to wait for another process.
        to_rebuild: do not open graph and index; only `rebuild` can be called before they are there again.
        Raises WorkspaceError.
        """
        folder = folder.expanduser().absolute()
        home: Home
        if graph is None:
            home = FolderHome.open(folder, task=task, patience=patience, to_rebuild=to_rebuild)
        else:
            from ntmgraph.workspace.shared import SharedHome  # the driver is heavy, and few need it

            home = SharedHome.open(graph, beside=folder, task=task, to_rebuild=to_rebuild)
        try:
            workspace = cls(home, _log_to(home.folder))
            if not to_rebuild:
                home.catch_up(workspace._read_original)
        except OSError as error:
            home.close()
            raise errors.no_folder(home.folder, error) from error
        except BaseException:
            home.close()
            raise
        return workspace

    @property
    def folder(self) -> Path:
        """Where this machine keeps the workspace, or its part of a shared one."""
        return self.home.folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Finish what is being written and let other processes in."""
        with self._writing:
            self.home.close()
            _stop_logging(self._log_handler)

    # Taking in

    def ingest(
        self,
        paths: Iterable[Path],
        *,
        on_row: OnRow | None = None,
        on_progress: OnProgress | None = None,
        on_page: OnScannedPage | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> list[IngestRow]:
        """Take in files, and those of folders and archives, and return what became of each, in their order.

        A bad file is a row with its reason. `cancelled` is asked before each file and each page of a scan; what was
        taken in until then stays.
        """

        with self._writing, TemporaryDirectory(prefix="ntmgraph-", ignore_cleanup_errors=True) as unpacked:
            files = list(batch.files_in(paths, unpack_to=Path(unpacked), except_in=self.folder))
            return take_in(
                self.home, files, on_row=on_row, on_progress=on_progress, on_page=on_page, cancelled=cancelled
            )

    def rebuild(self, on_progress: OnProgress | None = None, on_row: OnRow | None = None) -> dict[str, int]:
        """Make graph and index again from the originals, and return how many things of each kind they hold.

        The old ones stay in use until the new ones are whole; a kill before that changes nothing. `on_row` is told
        of each original that this version cannot take in.
        """
        with self._writing:
            renamed = rebuild(self.home, on_progress, on_row)
            if moved := moved_to(self.home.decisions.all(), renamed):
                self.decide(*moved)
            return self.home.graph.counts()

    def _read_original(self, document: str) -> Reading | str:
        """Return what the original of a document says, without decisions, or why it cannot be read."""
        try:
            read = batch.read_one(kept_file(self.home.originals, self._standing(document)))
        except MissingFileError as error:
            return str(error)
        if read.reading is None:
            log.error("reading of %s: %s\n%s", document, read.reason, read.trouble or "")
            return read.reason or document
        return read.reading

    # Asking

    def trace(self, question: TraceQuestion) -> TraceAnswer:
        """Return who is responsible, as far as the documents say, with what people said was done."""
        return trace.trace(self.home.graph, question, self._done_days())

    def matrix(self, question: MatrixQuestion) -> MatrixAnswer:
        """Return who leads each criterion of a set in a province, and who supports."""
        return matrix.matrix(self.home.graph, question)

    def search(self, question: SearchQuestion) -> SearchAnswer:
        """Return the provisions that hold the words."""
        return self.home.index.search(question)

    def deadlines(self, question: DeadlineQuestion) -> DeadlineAnswer:
        """Return deadlines and their states, with what people said was done."""
        return deadlines.deadlines(self.home.graph, question, self._done_days())

    def calendar(self, question: DeadlineQuestion) -> tuple[CalendarDay, ...]:
        """Return the days of the range asked about on which something falls due."""
        return deadlines.calendar(self.home.graph, question, self._done_days())

    def task(self, id: str, question: DeadlineQuestion) -> DeadlineRow | None:
        """Return one task as of the day of a question, whatever else that asks; None where there is none."""
        return deadlines.task_row(self.home.graph, id, question, self._done_days())

    def calendar_file(self, question: DeadlineQuestion) -> tuple[bytes, int]:
        """Return the tasks of a question as an iCalendar file, and how many were left out for want of a day.

        Raises TooManyError.
        """
        answer = self.deadlines(replace(question, offset=0, limit=calendar_file.MOST))
        if answer.total > calendar_file.MOST:
            raise errors.TooManyError(answer.total, calendar_file.MOST)
        issued = {row.document.id: row.document.date for row in answer.rows}
        return calendar_file.written(answer.rows, issued, on=question.on)

    def review(self, question: ReviewQuestion) -> ReviewAnswer:
        """Return what has to be looked at again; goes through the whole graph."""
        return review.review(self.home.graph, question)

    def places_now(self, *ids: str, day: date | None = None) -> tuple[Lineage, ...]:
        """Return what became of places by a day (None: today)."""
        return lineage.places_now(self.home.graph, ids, day=day)

    def agencies_now(self, *ids: str, day: date | None = None) -> tuple[Lineage, ...]:
        """Return who took over from bodies by a day (None: today)."""
        return lineage.agencies_now(self.home.graph, ids, day=day)

    def results_of_lineage(self, *places: str) -> tuple[LineageResult, ...]:
        """Return what places reached, and those that went into them."""
        return lineage.results_of_lineage(self.home.graph, places)

    def overview(self, on: date) -> Overview:
        """Return the totals as of a day."""
        return documents.overview(self.home.graph, on, self._done_days())

    def documents(
        self,
        text: str = "",
        *,
        year: int | None = None,
        type: str | None = None,
        issuer: str | None = None,
        province: str | None = None,
        offset: int = 0,
        limit: int = PAGE,
    ) -> tuple[tuple[DocumentRow, ...], int]:
        """Return a page of the documents taken in, and how many there are in all."""
        return documents.documents(
            self.home.graph, text, year=year, type=type, issuer=issuer, province=province, offset=offset, limit=limit
        )

    def document(self, id: str, *, offset: int = 0) -> DocumentView | None:
        """Return all that the page of a document shows; None when it was not taken in. `offset`: of what cites it."""
        original = self.home.originals.of_document(id)
        row = documents.document(self.home.graph, id)
        if original is None or row is None:
            return None
        cited_by, cited_by_total = documents.cited_by(self.home.graph, id, offset=offset)
        return DocumentView(
            row=row,
            reading=self.reading(id),
            cites=documents.cites(self.home.graph, id),
            cited_by=cited_by,
            cited_by_total=cited_by_total,
            original=self.original(id).name,
            file_name=original.name,
        )

    def tasks_named(self, ids: Iterable[str]) -> dict[str, TaskName]:
        """Return the tasks that there are of these, by id."""
        return documents.tasks_named(self.home.graph, ids)

    def paths_of(self, provisions: Iterable[str]) -> dict[str, str]:
        """Return the labels by which people find provisions (ids) in their documents: "III.2.a"."""
        return documents.paths_of(self.home.graph, provisions)

    def document_row(self, id: str) -> DocumentRow | None:
        """Return one document as the list shows it; None when it was not taken in."""
        return documents.document(self.home.graph, id)

    def agencies(self, text: str, limit: int = 10, *, province: str | None = None) -> tuple[Named, ...]:
        """Return agencies that documents name, best match first, for suggestions while typing."""
        return names.agencies(self.home.graph, text, province=province, limit=limit)

    def places(self, text: str, limit: int = 10, *, province: str | None = None) -> tuple[Named, ...]:
        """Return places that documents name, best match first."""
        return names.places(self.home.graph, text, province=province, limit=limit)

    def criteria(self, text: str, limit: int = 10) -> tuple[CriterionName, ...]:
        """Return criteria that documents name, best match first."""
        return names.criteria(self.home.graph, text, limit=limit)

    def documents_called(self, text: str, limit: int = 10, *, province: str | None = None) -> tuple[DocumentName, ...]:
        """Return documents whose number begins with what was typed, else those whose words hold it, newest first."""
        return names.documents(self.home.graph, text, province=province, limit=limit)

    def agencies_named(self, name: str, *, province: str | None = None) -> tuple[Named, ...]:
        """Return what a name or an id in a question stands for; several where it is not one agency's alone."""
        return names.resolve_agencies(self.home.graph, name, province)

    def places_named(self, name: str, *, province: str | None = None) -> tuple[Named, ...]:
        return names.resolve_places(self.home.graph, name, province)

    def criteria_named(self, name: str, *, province: str | None = None) -> tuple[CriterionName, ...]:
        return names.resolve_criteria(self.home.graph, name, set_=None, province=province, day=None)

    def document_choices(self) -> DocumentChoices:
        """Return the years, types and issuers that documents taken in have."""
        return names.document_choices(self.home.graph)

    def provinces(self) -> tuple[str, ...]:
        """Return the provinces whose documents were taken in."""
        return names.provinces(self.home.graph)

    def original(self, document: str) -> Path:
        """Return the kept file of a document; KeyError when it was not taken in."""
        original = self._standing(document)
        return self.home.originals.path(original.sha256, original.name)

    def file_name(self, document: str) -> str:
        """Return the name that the file of a document had; KeyError when it was not taken in."""
        return self._standing(document).name

    def reading(self, document: str) -> Reading:
        """Return what a document says, as people decided on it; KeyError when it was not taken in."""
        original = self._standing(document)
        known = self._readings.get(original.sha256)
        if known is None:
            read = self._read_original(document)
            if isinstance(read, str):
                raise errors.UnreachableError(read)
            known = read
        with self._remembering:
            self._readings[original.sha256] = known
            self._readings.move_to_end(original.sha256)
            while len(self._readings) > _READINGS:
                self._readings.popitem(last=False)
        return decided([known], self.home.decisions.all())[0]

    def page_picture(self, document: str, page: int) -> bytes:
        """Return the picture of a scanned page, upright, as PNG.

        KeyError when the document was not taken in or that page of it is no scan; ReadError when it cannot be drawn.
        """
        original = self._standing(document)
        key = original.sha256, page
        known = self._pictures.get(key)
        if known is None:
            scanned = {each.number: each for each in self.reading(document).scanned_pages}[page]
            from ingest.readers.scan.pictures import page_picture

            known = page_picture(self.original(document).read_bytes(), page, turned=scanned.turned)
        with self._remembering:
            self._pictures[key] = known
            self._pictures.move_to_end(key)
            while len(self._pictures) > _PICTURES:
                self._pictures.popitem(last=False)
        return known

    # Deciding

    def set_done(self, task: str, done_on: date | None, note: str | None, by: str) -> None:
        """Log that a task was done on a day, or, with None, that it was not; see `set_states`."""
        self.set_states([task], done_on, note=note, by=by)

    def set_states(
        self,
        tasks: Sequence[str],
        done_on: date | None,
        *,
        by: str,
        note: str | None = None,
        proof: tuple[str, bytes] | None = None,
        seen: str | Unchecked | None = UNCHECKED,
    ) -> tuple[Decision, ...]:
        """Log that tasks were done on a day, or, with None, that they were not: all of them or none.

        proof: name and content of a file that shows it. seen: as of `decide`.
        Raises NotYetError for a day to come, UnknownTaskError, ProofError, DecidedMeanwhileError.
        """
        if done_on is not None and done_on > date.today():
            raise errors.NotYetError(done_on)
        tasks = tuple(dict.fromkeys(tasks))
        there = {row["task"] for row in self.home.graph.ask("tasks", ids=sorted(tasks))}
        if unknown := set(tasks) - there:
            raise errors.UnknownTaskError(len(unknown))
        kept = keep_proof(self.home.originals, *proof) if proof else None
        said = tuple(mark_done(task, done_on, by=by, why=note, proof=kept) for task in tasks)
        self.decide(*said, seen=seen)
        return said

    def proof(self, decision: str) -> tuple[Path, str]:
        """Return the file that a decision (its id) names, and its name; KeyError when it names none.

        Raises MissingFileError where the file is lost.
        """
        found = next((proof_of(each) for each in self.home.decisions.all() if each.id == decision), None)
        if found is None:
            raise KeyError(decision)
        return self.home.originals.path(found.sha256, found.name), found.name

    def decide(self, *decisions: Decision, seen: str | Unchecked | None = UNCHECKED) -> None:
        """Log decisions, and write the documents that they are about anew.

        seen: id of the last decision on the fact that the person had seen, None for none. Raises DecidedMeanwhileError
        when somebody decided otherwise since, UnknownDecisionError for the undoing of what is not there.
        """

        known: dict[str, Reading | str] = {}  # by hash: where others write meanwhile, `read` is called again

        def read() -> Iterator[Reading]:
            for document in sorted(self._concerned(decisions)):
                original = self.home.originals.of_document(document)
                if original is not None:
                    if original.sha256 not in known:
                        known[original.sha256] = self._read_original(document)
                    reading = known[original.sha256]
                    if not isinstance(reading, str):
                        yield reading

        with self._writing:
            self.home.decide(decisions, read, seen=seen)

    def undo(self, decision: str, *, by: str, why: str | None = None) -> None:
        """Take a decision (its id) back; undoing that, it stands again."""
        known = {each.id: each for each in self.home.decisions.all()}
        if decision not in known:
            raise UnknownDecisionError(decision)
        self.decide(undo(known[decision], by=by, why=why))

    def decisions(self, fact: str) -> tuple[Decision, ...]:
        """Return every decision on a fact, oldest first."""
        return history(self.home.decisions.all(), fact)

    # Carrying and checking

    def carry_from(self, source: Source, on_progress: OnProgress | None = None) -> Carried:
        """Take over originals and decisions of another workspace or a backup, and count both sides."""
        with self._writing:
            return carry(source, self.home, lambda decisions: self.decide(*decisions), on_progress)

    def as_source(self) -> Source:
        """Return this workspace as one that another takes over."""
        return HomeSource(self.home)

    def back_up(self, path: Path, on_progress: OnProgress | None = None) -> tuple[int, list[str]]:
        """Write a backup; return how many files it holds, and why others could not be copied. Raises BackupError."""
        return back_up(self.as_source(), path, on_progress)

    def check(self, *, facts: bool = True, on_progress: OnProgress | None = None) -> Iterator[Drift]:
        """Yield what does not fit between originals, graph and index; `facts`: each original is read again for it."""
        return check(self.home, self._read_original, facts=facts, on_progress=on_progress)

    def _concerned(self, decisions: Iterable[Decision]) -> set[str]:
        """Return the documents whose reading decisions change."""
        known = {each.id: each for each in self.home.decisions.all()}
        concerned: set[str] = set()
        for decision in decisions:
            while decision.kind is DecisionKind.UNDONE and decision.fact in known:
                decision = known[decision.fact]
            if decision.kind is DecisionKind.STATE:
                continue
            if decision.document is not None:
                concerned.add(decision.document)
            else:  # of an agency everywhere
                agencies = [decision.fact]
                if into := (decision.after or {}).get("into"):
                    agencies.append(str(into))
                rows = self.home.graph.ask("documents_naming_agencies", ids=agencies)
                concerned |= {row["document"] for row in rows if row["document"] is not None}
        return concerned

    def said_of_tasks(self) -> dict[str, Said]:
        """Return what people last said of each task that anybody decided on, by its id."""
        return said(self.home.decisions.all())

    def _done_days(self) -> dict[str, date]:
        decisions = self.home.decisions.all()
        if self._done[0] != len(decisions):
            self._done = len(decisions), done_days(decisions)
        return self._done[1]

    def warm_up(self) -> None:
        """Load what reading needs; meant for a thread of its own, after the first page has been shown."""
        batch.warm_up()

    def _standing(self, document: str) -> Original:
        original = self.home.originals.of_document(document)
        if original is None:
            raise KeyError(document)
        return original


def _log_to(folder: Path) -> logging.Handler:
    (folder / "logs").mkdir(exist_ok=True)
    handler = RotatingFileHandler(
        folder / "logs" / "ntmgraph.log", maxBytes=1 << 20, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger("ntmgraph").addHandler(handler)
    return handler


def _stop_logging(handler: logging.Handler) -> None:
    logging.getLogger("ntmgraph").removeHandler(handler)
    handler.close()
