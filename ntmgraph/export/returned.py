"""A list of tasks that was filled in and comes back: what its rows would change, and only what is approved is written.

A row is known by the task's id and by the last decision that had been made on it when the list went out (both in
hidden columns), so that three states can be told apart: as it went out, as the row says, as it is now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from ntmgraph.export.lists import DONE_ON, NOTE, SEEN, TASK_ID
from ntmgraph.model import ReadError, Refusal
from ntmgraph.queries import TaskName

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace
    from ntmgraph.workspace.decisions import Decision, Said

LIMIT = 20 * 1024 * 1024  # bytes
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


@dataclass(frozen=True, slots=True)
class Edit:
    """A row as it came back. row: its number in the sheet. seen: id of the last decision when the list went out."""

    row: int
    task: str
    done: date | None
    note: str | None
    seen: str | None


@dataclass(frozen=True, slots=True)
class Returned:
    """The rows of a file. bad: for each row that could not be read, a sentence."""

    edits: tuple[Edit, ...]
    bad: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A row that says something else than what is known; a conflict where that has changed since the list went out."""

    edit: Edit
    task: TaskName
    done: date | None  # as it is now
    note: str | None
    last: str | None  # id of the last decision on the task
    conflict: bool

    @property
    def key(self) -> str:
        """What the row is called when it is approved; against a conflict, by the decision that was shown beside it."""
        return f"{self.edit.row}.{(self.last or '')[:8]}" if self.conflict else str(self.edit.row)


def read(data: bytes) -> Returned:
    """Return the rows of a workbook that `lists.tasks` wrote. Raises ReadError."""
    from ingest.readers.sheets import xlsx
    from ingest.readers.sheets.workbook import rows_of
    from ingest.readers.source import Limits

    for sheet in xlsx.read(data, Limits(bytes=LIMIT)).sheets:
        columns: dict[str, int] = {}
        edits: dict[str, Edit] = {}
        bad: list[str] = []
        for row, cells in rows_of(sheet):
            if not columns:
                titles = {title: column for column, title in cells.items()}
                if TASK_ID in titles:
                    columns = titles
                    if missing := [title for title in (DONE_ON, NOTE, SEEN) if title not in columns]:
                        raise _not_ours(f"thiếu cột “{missing[0]}”")
                continue
            values = {title: " ".join(cells.get(columns[title], "").split()) or None for title in columns}
            edit = _edit(row + 1, values)
            if isinstance(edit, str):
                bad.append(edit)
            elif edit.task in edits and _says(edit) == _says(edits[edit.task]):
                continue  # a recurring duty has a row for each of its days
            elif edit.task in edits:
                bad.append(f"Dòng {edit.row}: nhiệm vụ này đã có ở dòng {edits[edit.task].row}; chỉ dòng đó được xét.")
            else:
                edits[edit.task] = edit
        if columns:
            return Returned(tuple(edits.values()), tuple(bad))
    raise _not_ours(f"thiếu cột ẩn “{TASK_ID}”")


def _not_ours(why: str) -> ReadError:
    return ReadError(
        Refusal.NOT_A_DOCUMENT,
        f"Tệp này không phải danh mục nhiệm vụ do chương trình xuất ra ({why}). Hãy xuất danh mục nhiệm vụ ra Excel, "
        "điền vào chính tệp đó rồi nạp lại.",
    )


def _edit(row: int, values: dict[str, str | None]) -> Edit | str:
    """Return what a row says, or a sentence on what is wrong with it."""
    task, written = values[TASK_ID], values[DONE_ON]
    if task is None:
        return f"Dòng {row}: không có mã nhiệm vụ, có thể được thêm bằng tay; chương trình chỉ nhận các dòng đã xuất."
    done = _day(written) if written else None
    if written and done is None:
        return f"Dòng {row}: “{written}” không phải là ngày; hãy ghi ngày/tháng/năm, ví dụ 31/12/2026."
    if done is not None and done > date.today():
        return f"Dòng {row}: ngày hoàn thành {written} chưa đến; hãy ghi hôm nay hoặc một ngày đã qua."
    return Edit(row, task, done, values[NOTE], values[SEEN])


def _day(written: str) -> date | None:
    """Return a day written dd/mm/yyyy, as people do, or YYYY-MM-DD, as programs do."""
    try:
        if _DAY.fullmatch(written):
            return datetime.strptime(written, "%d/%m/%Y").date()
        return date.fromisoformat(written)
    except ValueError:
        return None


def changes(workspace: Workspace, edits: Iterable[Edit]) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """Return the rows that say something else than what is known now, and a sentence for each that cannot be compared.

    A row that was left as it went out changes nothing, even where the task has changed since.
    """
    from ntmgraph.workspace.decisions import said

    now = workspace.said_of_tasks()
    different = [edit for edit in edits if _says(edit) != _known(now.get(edit.task))]
    tasks = workspace.tasks_named(edit.task for edit in different)
    found: list[Change] = []
    lost: list[str] = []
    for edit in different:
        task = tasks.get(edit.task)
        if task is None:
            lost.append(
                f"Dòng {edit.row}: không còn nhiệm vụ này trong kho, có thể văn bản đã được thay bằng bản khác; hãy "
                "xuất lại danh mục."
            )
            continue
        known = now.get(edit.task)
        last = known.last if known else None
        if last != edit.seen:
            before = said(_until(workspace.decisions(edit.task), edit.seen)).get(edit.task)
            if _says(edit) == _known(before):
                continue
        done, note = _known(known)
        found.append(Change(edit, task, done, note, last, conflict=last != edit.seen))
    return tuple(found), tuple(lost)


def _says(edit: Edit) -> tuple[date | None, str | None]:
    return edit.done, edit.note


def _known(known: Said | None) -> tuple[date | None, str | None]:
    """Return what is known of a task as a row would say it: a cell keeps no line ends."""
    if known is None:
        return None, None
    return known.done, " ".join((known.note or "").split()) or None


def _until(decisions: tuple[Decision, ...], seen: str | None) -> tuple[Decision, ...]:
    """Return the history of a task as it was when the list went out."""
    ids = [decision.id for decision in decisions]
    return decisions[: ids.index(seen) + 1] if seen in ids else ()


def approve(workspace: Workspace, approved: Iterable[Change], by: str) -> tuple[int, tuple[str, ...]]:
    """Write what was approved as decisions; return how many, and a sentence for each that somebody was faster with."""
    from ntmgraph.workspace import NotYetError, UnknownTaskError
    from ntmgraph.workspace.decisions import DecidedMeanwhileError

    written = 0
    refused: list[str] = []
    for change in approved:
        edit = change.edit
        try:
            workspace.set_states([edit.task], edit.done, by=by, note=edit.note, seen=change.last)
            written += 1
        except (DecidedMeanwhileError, NotYetError, UnknownTaskError) as error:
            refused.append(f"Dòng {edit.row}: {error}")
    return written, tuple(refused)
