"""The workspace: what an office took in and decided, and the answers to every question about it.

It stands on a home (`home.py`): a folder of one person, or the Neo4j that several people share.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self, TypeVar

from ntmgraph import logs, preferences
from ntmgraph.authority import Authority, KnownCriterion, catalogue
from ntmgraph.ids import document_of, is_doubt, kind_of
from ntmgraph.model import Reading
from ntmgraph.queries import (
    PAGE,
    CalendarDay,
    CitationRow,
    Course,
    CriterionName,
    DeadlineAnswer,
    DeadlineQuestion,
    DeadlineRow,
    DocumentChoices,
    DocumentName,
    DocumentRow,
    DocumentView,
    IngestRow,
    IngestState,
    Lineage,
    LineageResult,
    MatrixAnswer,
    MatrixQuestion,
    Named,
    Overview,
    ProgressAnswer,
    ProgressQuestion,
    ProgressRow,
    ProgressView,
    ReviewAnswer,
    ReviewQuestion,
    ReviewRow,
    SearchAnswer,
    SearchQuestion,
    SheetPreview,
    TargetProgress,
    TaskName,
    TaskState,
    Told,
    TraceAnswer,
    TraceQuestion,
)
from ntmgraph.store import Row
from ntmgraph.workspace import (
    batch,
    calendar_file,
    course,
    deadlines,
    documents,
    errors,
    lineage,
    matrix,
    names,
    preview,
    progress,
    trace,
)
from ntmgraph.workspace.backup import Foreseen, back_up, foresee, opened
from ntmgraph.workspace.carrying import Carried, HomeSource, Source, carry
from ntmgraph.workspace.checking import Drift, check
from ntmgraph.workspace.comparing import Comparing
from ntmgraph.workspace.correcting import (
    Act,
    FactView,
    Missed,
    WrongValueError,
    decision_of,
    decision_to_add,
    document_named,
    fact_view,
    fits,
)
from ntmgraph.workspace.decisions import (
    UNCHECKED,
    Decision,
    DecisionKind,
    Said,
    Unchecked,
    UnknownDecisionError,
    decide,
    document_decided_on,
    done_days,
    history,
    mark_done,
    moved_to,
    proof_of,
    said,
    set_aside,
    settled,
    standing,
    undo,
)
from ntmgraph.workspace.folder import FolderHome
from ntmgraph.workspace.home import Home, decided
from ntmgraph.workspace.intake import OnProgress, OnRow, OnScannedPage, take_in
from ntmgraph.workspace.kept import Keep, Kept, unkept
from ntmgraph.workspace.ledger import Ledger
from ntmgraph.workspace.life import Life, life
from ntmgraph.workspace.proofs import keep_proof
from ntmgraph.workspace.readings import Readings
from ntmgraph.workspace.rebuild import rebuild
from ntmgraph.workspace.searches import SavedSearches
from ntmgraph.workspace.standing import stated_of_provinces
from ntmgraph.workspace.standing import view as progress_view
from ntmgraph.workspace.usual_leads import as_decided, set_usual_lead

log = logging.getLogger(__name__)

_Answer = TypeVar("_Answer")

_LOGGED = ("ntmgraph", "ingest", "dash_app")  # packages whose warnings and errors go to the log of the workspace
_ANSWERS = 16  # kept in memory; the largest are the days of all tasks, some 10,000 of them


class Workspace:
    """An open workspace; close it, or use it in a `with` block. Safe to use from several threads."""

    def __init__(self, home: Home, handler: logging.Handler) -> None:
        self.home = home
        self.searches = SavedSearches(home.folder / "searches.json")
        self._log_handler = handler
        self._writing = threading.RLock()
        self._readings = Readings(home)
        self._said = _Said.by(())
        self._comparing = Comparing(home)
        self._answers = Kept(_ANSWERS)
        self._waiting: dict[str | None, tuple[object, ReviewAnswer]] = {}  # by province; and when that was so
        self._last_written: tuple[object, datetime | None] = (None, None)
        self.ledger = Ledger(home.folder)

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
                home.catch_up(workspace._readings.anew)
        except OSError as error:
            home.close()
            raise errors.no_folder(home.folder, error) from error
        except BaseException:
            home.close()
            raise
        return workspace

    @property
    def log_file(self) -> Path:
        """Where warnings and errors of this program are written."""
        return self.home.folder / "logs" / "ntmgraph.log"

    @property
    def folder(self) -> Path:
        """Where this machine keeps the workspace, or its part of a shared one."""
        return self.home.folder

    @property
    def shared(self) -> bool:
        """Whether it is an office's Neo4j, on which others may work at the same time."""
        return not isinstance(self.home, FolderHome)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Finish what is being written and let other processes in."""
        self._comparing.stop()
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
        called: Callable[[str], str] = str,
        by: str | None = None,
    ) -> list[IngestRow]:
        """Take in files, and those of folders and archives, and return what became of each, in their order.

        A bad file is a row with its reason. `cancelled` is asked before each file and each page of a scan; what was
        taken in until then stays. `called`: path -> what the user calls it; `by`: who takes in, for the ledger.
        """

        with self._writing, TemporaryDirectory(prefix="ntmgraph-", ignore_cleanup_errors=True) as unpacked:
            found = batch.files_in(paths, unpack_to=Path(unpacked), except_in=self.folder)
            files = [replace(file, shown=called(file.shown)) for file in found]
            return self._take_in(files, by, on_row, on_progress, on_page, cancelled)

    def read_refused_again(
        self,
        *,
        on_row: OnRow | None = None,
        on_progress: OnProgress | None = None,
        cancelled: Callable[[], bool] | None = None,
        by: str | None = None,
    ) -> list[IngestRow]:
        """Try the kept files again that could not be read; those that can now are taken in."""
        with self._writing:
            files = self.ledger.refused_files()
            rows = self._take_in(files, by, on_row, on_progress, None, cancelled) if files else []
            for file, row in zip(files, rows, strict=False):  # fewer rows where it was cancelled
                if row.state is not IngestState.REFUSED:
                    file.path.unlink(missing_ok=True)
            return rows

    def _take_in(
        self,
        files: list[batch.File],
        by: str | None,
        on_row: OnRow | None,
        on_progress: OnProgress | None,
        on_page: OnScannedPage | None,
        cancelled: Callable[[], bool] | None,
    ) -> list[IngestRow]:
        entry = self.ledger.begin(by or preferences.load().author)
        noted = 0

        def note(row: IngestRow) -> None:
            nonlocal noted
            entry.add(row, files[noted])  # rows come in the order of the files
            noted += 1
            if on_row is not None:
                on_row(row)

        try:
            return take_in(self.home, files, on_row=note, on_progress=on_progress, on_page=on_page, cancelled=cancelled)
        finally:
            entry.end(stopped=noted < len(files))

    def read_again(self, documents: Iterable[str], on_progress: OnProgress | None = None) -> list[str]:
        """Read originals again and write what they say now; return why some could not be.

        For documents in doubt, after a catalogue or the program's words changed; a new version rebuilds instead.
        """
        ids, reasons = list(documents), list[str]()
        for done, document in enumerate(ids, 1):
            with self._writing:  # for each: others may decide in between
                read = self._readings.anew(document)
                if isinstance(read, str):
                    reasons.append(read)
                elif read.document.id != document:
                    reasons.append(errors.read_as_another(self.file_name(document)))
                else:
                    self._readings.forget(read.document.sha256)
                    try:
                        self.home.decide((), partial(iter, [read]), seen=UNCHECKED)
                    except errors.NotWrittenError as error:
                        reasons.append(str(error))
            if on_progress is not None:
                on_progress(done, len(ids))
        return reasons

    def doubted(self) -> list[str]:
        """Return the documents whose reading left points to look at again."""
        ids, offset = list[str](), 0
        while True:
            rows, total = self.documents(offset=offset)
            ids += [row.id for row in rows if row.issues]
            offset += len(rows)
            if not rows or offset >= total:
                return ids

    def preview(self, path: Path) -> SheetPreview:
        """Return what a report sheet would say if it were taken in; writes nothing."""
        return preview.preview(self.home.graph, path)

    def rebuild(self, on_progress: OnProgress | None = None, on_row: OnRow | None = None) -> dict[str, int]:
        """Make graph and index again from the originals, and return how many things of each kind they hold.

        The old ones stay in use until the new ones are whole; a kill before that changes nothing. `on_row` is told
        of each original that this version cannot take in.
        """
        with self._writing:
            self._readings.forget()
            renamed = rebuild(self.home, on_progress, on_row)
            if moved := moved_to(self.home.decisions.all(), renamed):
                self._log(moved)
            return self.home.graph.counts()

    # Asking

    def trace(self, question: TraceQuestion) -> TraceAnswer:
        """Return who is responsible, as far as the documents say, with what people said was done."""
        known, keep = self._asking()
        return _page_kept(keep, question)(
            (question, date.today()),  # without a day, what is usual today
            lambda: trace.trace(self.home.graph, question, known.done, authority=known.catalogue, keep=keep),
        )

    def matrix(self, question: MatrixQuestion) -> MatrixAnswer:
        """Return who leads each criterion of a set in a province, and who supports."""
        known, keep = self._asking()
        return keep(
            (question, date.today()),
            lambda: matrix.matrix(self.home.graph, question, authority=known.catalogue),
        )

    def search(self, question: SearchQuestion) -> SearchAnswer:
        """Return the provisions that hold the words."""
        return self.home.index.search(question)

    def deadlines(self, question: DeadlineQuestion) -> DeadlineAnswer:
        """Return deadlines and their states, with what people said was done."""
        known, keep = self._asking()
        return _page_kept(keep, question)(
            ("deadlines", question),
            lambda: deadlines.deadlines(self.home.graph, question, known.done, authority=known.catalogue, keep=keep),
        )

    def _asking(self) -> tuple[_Said, Keep]:
        """Return what people said until now, and what keeps answers that are worked out by it."""
        known = self._known()
        return known, partial(self._kept, known)

    def _kept(self, known: _Said, question: Hashable, work_out: Callable[[], _Answer]) -> _Answer:
        """Return an answer that stays the same while nothing is written or decided; `known`: what it is worked out by.

        What was written is looked up before it is read, so that an answer may be told anew too soon, never too late.
        """
        return self._answers.of((self.home.written, known.decisions), question, work_out)

    def calendar(self, question: DeadlineQuestion) -> tuple[CalendarDay, ...]:
        """Return the days of the range asked about on which something falls due."""
        known, keep = self._asking()
        return deadlines.calendar(self.home.graph, question, known.done, authority=known.catalogue, keep=keep)

    def task(self, id: str, question: DeadlineQuestion) -> DeadlineRow | None:
        """Return one task as of the day of a question, whatever else that asks; None where there is none."""
        known = self._known()
        return deadlines.task_row(self.home.graph, id, question, known.done, authority=known.catalogue)

    def calendar_file(self, question: DeadlineQuestion) -> tuple[bytes, int]:
        """Return the tasks of a question as an iCalendar file, and how many were left out for want of a day.

        Raises TooManyError.
        """
        answer = self.deadlines(replace(question, offset=0, limit=calendar_file.MOST))
        if answer.total > calendar_file.MOST:
            raise errors.TooManyError(answer.total, calendar_file.MOST)
        issued = {row.document.id: row.document.date for row in answer.rows}
        return calendar_file.written(answer.rows, issued, on=question.on)

    def review(self, question: ReviewQuestion, *, wait: bool = True) -> ReviewAnswer:
        """Return what has to be looked at again, without what people set aside.

        It goes through the whole graph once after a document was written, some seconds with thousands of them. Who does
        not wait for that gets what is known by then (`whole` is False), and it is done meanwhile.
        """
        return self._comparing.review(question, seen=self._known().set_aside.keys(), wait=wait)

    def waiting(self, province: str | None = None, *, patience: float = 0.0) -> ReviewAnswer:
        """Return, without rows, how many doubts of each kind there are.

        patience: seconds to wait for what is compared (`review`); while it is, as many as there were before.
        """
        stamp = self.home.written, self._known().decisions
        when, last = self._waiting.get(province, (None, None))
        if last is not None and when == stamp:
            return last
        question = ReviewQuestion(province, limit=0)
        answer = self.review(question, wait=False)
        if not answer.whole and patience:
            self._comparing.join(patience)
            answer = self.review(question, wait=False)
        if answer.whole:
            self._waiting[province] = stamp, answer
        elif last is not None:  # what is known by now is less: it would look as if doubts had gone
            return replace(last, whole=False)
        return answer

    def progress(self, question: ProgressQuestion) -> ProgressAnswer:
        """Return what places had reached by a day, each with its sentence."""
        return progress.progress(self.home.graph, question)

    def progress_view(self, question: ProgressQuestion) -> ProgressView:
        """Return how the communes of a province stand by the criteria of a set; the question names the province."""
        return self._kept(self._known(), question, lambda: progress_view(self.home.graph, question))

    def progress_of_provinces(self, on: date) -> dict[str, Told]:
        """Return by province how many communes meet every criterion, where a document tells it of the whole."""
        return stated_of_provinces(self.home.graph, self.provinces(), on)

    def course(self, question: ProgressQuestion, place: str) -> Course | None:
        """Return how one commune (an id) came along by the criteria of a set until a day; None where there is none."""
        return course.course(self.home.graph, question, place)

    def progress_targets(self, question: ProgressQuestion, shown: ProgressView) -> tuple[TargetProgress, ...]:
        """Return the figures that the province of a view is to reach, beside what is told of them."""
        return progress.targets(self.home.graph, question, shown)

    def progress_rows(self, question: ProgressQuestion, place: str, criterion: str | None) -> tuple[ProgressRow, ...]:
        """Return what the standing of one criterion (None: of the count of all) in one commune rests on."""
        return progress.standing_rows(self.home.graph, question, place, criterion)

    def results(self, *ids: str, on: date) -> tuple[ProgressRow, ...]:
        """Return results by their ids, each with its sentence and how its place went into another by the day."""
        return progress.result_rows(self.home.graph, ids, on=on)

    def places_now(self, *ids: str, day: date | None = None) -> tuple[Lineage, ...]:
        """Return what became of places by a day (None: today)."""
        return lineage.places_now(self.home.graph, ids, day=day)

    def agencies_now(self, *ids: str, day: date | None = None) -> tuple[Lineage, ...]:
        """Return who took over from bodies by a day (None: today)."""
        return lineage.agencies_now(self.home.graph, ids, day=day)

    def results_of_lineage(self, *places: str) -> tuple[LineageResult, ...]:
        """Return what places reached, and those that went into them."""
        return lineage.results_of_lineage(self.home.graph, places)

    def task_states(self, on: date, province: str | None = None) -> dict[TaskState, int]:
        """Return how many tasks are in each state as of a day, of one province or of all."""
        known, keep = self._asking()
        return deadlines.task_states(self.home.graph, on, known.done, province=province, keep=keep)

    def totals(self, province: str | None = None) -> Overview:
        """Return how much there is without the states of tasks; documents of a province, where one is named."""
        return self._kept(self._known(), ("totals", province), lambda: documents.totals(self.home.graph, province))

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

    def changed_by(self, document: str) -> tuple[CitationRow, ...]:
        """Return what amends, replaces or abolishes a document, newest first."""
        return documents.changed_by(self.home.graph, document)

    def life(self, document: str, on: date) -> Life:
        """Return what happened to a document and what falls due by it, as of a day; KeyError when it is not here."""
        known = self._known()
        return life(
            self.home.graph,
            self.reading(document),
            on,
            taken_in=self._readings.original(document).at,
            decisions=self.home.decisions.all(),
            standing=known.standing,
            done=known.done,
            authority=known.catalogue,
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

    def count_documents(self) -> int:
        """Return how many documents were taken in."""
        return self._kept(self._known(), "count_documents", lambda: documents.count(self.home.graph))

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
        return self._kept(self._known(), "document_choices", lambda: names.document_choices(self.home.graph))

    def provinces(self) -> tuple[str, ...]:
        """Return the provinces whose documents were taken in."""
        return self._kept(self._known(), "provinces", lambda: names.provinces(self.home.graph))

    def original(self, document: str) -> Path:
        """Return the kept file of a document; KeyError when it was not taken in."""
        return self._readings.path(document)

    def file_name(self, document: str) -> str:
        """Return the name that the file of a document had; KeyError when it was not taken in."""
        return self._readings.original(document).name

    def reading(self, document: str) -> Reading:
        """Return what a document says, as people decided on it; KeyError when it was not taken in."""
        return decided([self._readings.of(document)], self.home.decisions.all())[0]

    def page_picture(self, document: str, page: int) -> bytes:
        """Return the picture of a scanned page, upright, as PNG.

        KeyError when the document was not taken in or that page of it is no scan; ReadError when it cannot be drawn.
        """
        return self._readings.picture(document, page)

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
        # Asked of the graph, not of a reading: a task whose original is lost can be marked too.
        words = {row["task"]: row for row in self.home.graph.ask("tasks", ids=sorted(tasks))}
        if unknown := set(tasks) - words.keys():
            raise errors.UnknownTaskError(len(unknown))
        kept = keep_proof(self.home.originals, *proof) if proof else None
        done = self._done_days()
        before = {task: _seen_of_task(row, done.get(task)) for task, row in words.items()}
        said = (mark_done(task, done_on, by=by, why=note, proof=kept, before=before[task]) for task in tasks)
        return self.decide(*said, seen=seen)

    def proof(self, decision: str) -> tuple[Path, str]:
        """Return the file that a decision (its id) names, and its name; KeyError when it names none.

        Raises MissingFileError where the file is lost.
        """
        found = next((proof_of(each) for each in self.home.decisions.all() if each.id == decision), None)
        if found is None:
            raise KeyError(decision)
        return self.home.originals.path(found.sha256, found.name), found.name

    def decide(self, *decisions: Decision, seen: str | Unchecked | None = UNCHECKED) -> tuple[Decision, ...]:
        """Log decisions said now, and write the documents that they are about anew; return them as they are logged.

        seen: id of the last decision on the fact that the person had seen, None for none. Raises DecidedMeanwhileError
        when somebody decided otherwise since, UnknownDecisionError for the undoing of what is not there.
        """
        with self._writing:
            said = settled(self.home.decisions.all(), decisions)
            self._log(said, seen=seen)
        return said

    def _log(self, decisions: Sequence[Decision], *, seen: str | Unchecked | None = UNCHECKED) -> None:
        """Log decisions as they were said, here or elsewhere, and write the documents that they are about anew."""

        known: dict[str, Reading | str] = {}  # by hash: where others write meanwhile, `read` is called again

        def read() -> Iterator[Reading]:
            for document in sorted(self._concerned(decisions)):
                original = self.home.originals.of_document(document)
                if original is not None:
                    if original.sha256 not in known:
                        known[original.sha256] = self._readings.read(document)
                    reading = known[original.sha256]
                    if not isinstance(reading, str):
                        provinces.add(reading.document.province or "")
                        yield reading

        provinces: set[str] = set()
        with self._writing, self._comparing.rewriting(provinces):
            self.home.decide(decisions, read, seen=seen)

    def correct(
        self,
        act: Act,
        *,
        by: str,
        seen: str | Unchecked | None = UNCHECKED,
        settles: ReviewRow | None = None,
    ) -> Decision:
        """Decide on a fact, and return the decision; settles: the doubt that it answers and that is set aside with it.

        `seen` and errors as those of `decide`; WrongValueError for values that cannot be taken or fit nothing.
        KeyError when there is no such fact.
        """
        view = self.fact(act.fact)
        decision = decision_of(self.home.graph, view, act, by=by)
        # Of a body or place the form shows what it is in this fact, not what was said of it elsewhere.
        self._decide_on(view.reading, decision, seen=seen if decision.fact == act.fact else UNCHECKED, settles=settles)
        return decision

    def add_task(self, missed: Missed, *, by: str, settles: ReviewRow | None = None) -> Decision:
        """Decide that a sentence gives a task that the reader missed; `settles` and errors as of `correct`.

        The task is `fact` of the decision. KeyError when the document was not taken in.
        """
        reading = self.reading(missed.document)
        decision = decision_to_add(self.home.graph, reading, missed, by=by)
        self._decide_on(reading, decision, seen=UNCHECKED, settles=settles)
        return decision

    def _decide_on(
        self, reading: Reading, decision: Decision, *, seen: str | Unchecked | None, settles: ReviewRow | None
    ) -> None:
        if not fits(self._readings.of(reading.document.id), self.home.decisions.all(), decision):
            raise WrongValueError("Văn bản không có nội dung để ghi quyết định này vào. Hãy kiểm tra các ô đã sửa.")
        self.decide(decision, seen=seen)
        if settles is not None:
            self.set_aside(settles, by=decision.by, because=decision)

    def set_aside(self, doubt: ReviewRow, *, by: str, why: str | None = None, because: Decision | None = None) -> None:
        """Say that a doubt was looked at and is settled, by itself or by a decision on a fact: it is told no more."""
        shown = doubt.evidence[0] if doubt.evidence else None
        before: dict[str, object] = {"code": doubt.code, "message": doubt.message, "document": doubt.document.id}
        if shown is not None:
            before |= {"quote": shown.quote, "start": shown.start}
        after = {"by": [because.id]} if because else None
        self.decide(decide(DecisionKind.ACCEPTED, doubt.id, by=by, before=before, after=after, why=why))

    def fact(self, id: str) -> FactView:
        """Return a fact with what people decided on it; KeyError when its document was not taken in."""
        if kind_of(id) is None:
            raise KeyError(id)
        reading = self.reading(document_of(id))
        decisions, stand = self.home.decisions.all(), self._known().standing
        return fact_view(id, document_named(reading), reading, decisions, self.decisions(id), stand)

    def undo(self, decision: str, *, by: str, why: str | None = None) -> None:
        """Take a decision (its id) back, with what was decided together with it; undoing that, it stands again."""
        known = {each.id: each for each in self.home.decisions.all()}
        if decision not in known:
            raise UnknownDecisionError(decision)
        asides = self._known().set_aside.values()
        doubts = [each.id for each in asides if decision in (each.after or {}).get("by", ())]
        facts = (known[decision].after or {}).get("by", ()) if is_doubt(known[decision].fact) else ()
        together = dict.fromkeys((decision, *doubts, *(each for each in facts if each in known)))
        self.decide(*(undo(known[each], by=by, why=why) for each in together))

    def last_decision(self, by: str) -> Decision | None:
        """Return the last decision of a person that stands."""
        return self._known().last.get(by)

    def decision(self, id: str) -> Decision | None:
        """Return a decision by its id."""
        return next((each for each in reversed(self.home.decisions.all()) if each.id == id), None)

    def decided_lately(self, *, offset: int = 0, limit: int = PAGE) -> tuple[tuple[Decision, ...], int]:
        """Return decisions, undoing ones included, the last ones first, and how many there are."""
        decisions = self.home.decisions.all()
        return tuple(reversed(decisions))[offset : offset + limit], len(decisions)

    def standing(self, decisions: Iterable[Decision]) -> frozenset[str]:
        """Return the ids of those of some decisions that are not undone."""
        return self._known().standing & {each.id for each in decisions}

    def doubts_set_aside(self) -> tuple[Decision, ...]:
        """Return what was said of each doubt that is told no more, the last ones first; `before` holds what it was."""
        return tuple(reversed(self._known().set_aside.values()))

    def decisions(self, fact: str) -> tuple[Decision, ...]:
        """Return every decision on a fact, oldest first."""
        return history(self.home.decisions.all(), fact)

    def last_seen(self, fact: str) -> str | None:
        """Return the id of the last decision on a fact, for `seen` of who decides next."""
        decisions = self.decisions(fact)
        return decisions[-1].id if decisions else None

    @property
    def catalogue(self) -> Authority:
        """What is known before any document is read, with the usual leads that the office set."""
        return self._known().catalogue

    def set_usual_lead(
        self,
        criterion: KnownCriterion,
        before: str,
        from_: str,
        *,
        by: str,
        why: str | None = None,
        seen: str | Unchecked | None = UNCHECKED,
    ) -> None:
        """Set who usually leads a criterion before March 2025 and from then on, by names of the catalogue's agencies.

        criterion: as the person saw it in `catalogue`; seen: as in `decide`. Raises UnknownLeadError,
        DecidedMeanwhileError.
        """
        self.decide(set_usual_lead(self.catalogue, criterion, before, from_, by=by, why=why), seen=seen)

    # Carrying and checking

    def carry_from(self, source: Source, on_progress: OnProgress | None = None) -> Carried:
        """Take over originals and decisions of another workspace or a backup, and count both sides."""
        with self._writing:
            return carry(source, self.home, self._log, on_progress)

    def as_source(self) -> Source:
        """Return this workspace as one that another takes over."""
        return HomeSource(self.home)

    def back_up(self, path: Path, on_progress: OnProgress | None = None) -> tuple[int, list[str]]:
        """Write a backup; return how many files it holds, and why others could not be copied. Raises BackupError."""
        return back_up(self.as_source(), path, on_progress)

    def restore(self, path: Path, on_progress: OnProgress | None = None) -> Carried:
        """Take over what a backup holds and this workspace lacks, and count both sides. Raises BackupError."""
        with opened(path) as source:
            return self.carry_from(source, on_progress)

    def foresee(self, path: Path) -> Foreseen:
        """Return what restoring a backup would add here. Raises BackupError."""
        return foresee(path, self.home)

    def check(self, *, facts: bool = True, on_progress: OnProgress | None = None) -> Iterator[Drift]:
        """Yield what does not fit between originals, graph and index; `facts`: each original is read again for it."""
        return check(self.home, self._readings.anew, facts=facts, on_progress=on_progress)

    def _concerned(self, decisions: Iterable[Decision]) -> set[str]:
        """Return the documents whose reading decisions change."""
        known = {each.id: each for each in self.home.decisions.all()}
        concerned: set[str] = set()
        for each in decisions:
            decision = each
            while decision.kind is DecisionKind.UNDONE and decision.fact in known:
                decision = known[decision.fact]
            # A task that moved has the id that its states know, and its own once they are undone (`deciding`).
            if is_doubt(decision.fact) or each.kind is DecisionKind.STATE:
                continue
            if (document := document_decided_on(decision)) is not None:
                concerned.add(document)
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
        return self._known().done

    def last_written(self) -> datetime | None:
        """Return the latest time, by the clocks of those who did it, at which anything was taken in or decided."""
        stamp = self.home.written, len(self.home.decisions.all())
        if self._last_written[0] != stamp:
            taken = (each.at for each in self.home.originals.files())
            said = (each.at for each in self.home.decisions.all())
            self._last_written = stamp, max((*taken, *said), default=None)
        return self._last_written[1]

    def _known(self) -> _Said:
        decisions = self.home.decisions.all()
        if self._said.decisions != len(decisions):
            self._said = _Said.by(decisions)
        return self._said

    def warm_up(self) -> None:
        """Load what answers and reading need; meant for a thread of its own, after the first page has been shown."""
        known = self._known().catalogue
        known.communes_by_path, known.formed_of  # noqa: B018 - kept by the catalogue: who answers to whom asks for them
        self.home.originals.of_document("")  # reads their log
        batch.warm_up()


def _seen_of_task(row: Row, done: date | None) -> dict[str, object]:
    """Return what a state keeps as `before`: words by which its task is found again (`deciding.seen`), its state."""
    on = done.isoformat() if done else None
    return {"quote": row["quote"], "what": row["what"], "state": "done" if done else "open", "on": on}


def _page_kept(keep: Keep, question: TraceQuestion | DeadlineQuestion) -> Keep:
    """`keep` for a page of an answer; who goes through all of it in large parts, as an export does, asks each once."""
    return keep if question.limit <= PAGE else unkept


@dataclass(frozen=True, slots=True)
class _Said:
    """What so many decisions say: worked out again only when there are more."""

    decisions: int
    done: dict[str, date]  # of tasks, the day on which it was
    set_aside: dict[str, Decision]  # of doubts
    last: dict[str, Decision]  # of each person, among those that stand
    standing: frozenset[str]  # ids of those that are not undone
    catalogue: Authority  # as people set it right

    @classmethod
    def by(cls, decisions: Sequence[Decision]) -> Self:
        stand = standing(decisions)
        last, ids = {each.by: each for each in stand}, frozenset(each.id for each in stand)
        known = as_decided(catalogue(), decisions)
        return cls(len(decisions), done_days(stand), set_aside(stand), last, ids, known)


def _log_to(folder: Path) -> logging.Handler:
    (folder / "logs").mkdir(exist_ok=True)
    handler = logs.file_handler(folder / "logs" / "ntmgraph.log")
    for name in _LOGGED:
        logging.getLogger(name).addHandler(handler)
    return handler


def _stop_logging(handler: logging.Handler) -> None:
    for name in _LOGGED:
        logging.getLogger(name).removeHandler(handler)
    handler.close()
