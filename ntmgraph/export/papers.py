"""The papers that an office sends out: the list of tasks, and the reminder with an appendix for each body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import IO, TYPE_CHECKING

from ntmgraph.authority import catalogue
from ntmgraph.export.lists import BATCH, NOT_STATED, asked_of_tasks, assigned, matrix_rows, names, set_words
from ntmgraph.export.paper import DOTS, Heading, Office, Paper
from ntmgraph.model import DocumentState
from ntmgraph.queries import DeadlineQuestion, DeadlineRow, DocumentName, LeadState, MatrixQuestion, Named, TaskState
from ntmgraph.terms import RECURRING, STATES, document_title, in_one_line, place_words
from ntmgraph.text import key, order

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace

MOST = 2_000  # tasks on one paper; a longer one nobody reads, and Word opens it slowly
SOON = 30  # days
NAMED = 12  # bodies named at the head of the reminder; more stand in its appendices
BLANK = Office()
DAYLESS = "không rõ ngày"
_UNKNOWN = Named("", "Chưa rõ cơ quan")


def task_list(workspace: Workspace, question: DeadlineQuestion, target: IO[bytes], office: Office = BLANK) -> None:
    """Write the list of tasks of a question, in the order of their deadlines."""
    rows, total = _rows(workspace, question)
    paper = Paper(office, landscape=True)
    paper.head()
    paper.title("DANH MỤC", "Nhiệm vụ xây dựng nông thôn mới theo thời hạn", below=asked_of_tasks(workspace, question))
    _tell_cut(paper, len(rows), total)
    places = _places(workspace, rows)
    paper.table(
        ("TT", "Nhiệm vụ", "Cơ quan được giao", "Văn bản giao", "Thời hạn", "Trạng thái", "Ghi chú"),
        (6, 44, 22, 24, 16, 17, 12),
        (
            (
                str(number),
                _capital(row.what),
                _capital(names(row.agency)) or NOT_STATED,
                places[row.task],
                _due(row),
                _state(row),
                "",
            )
            for number, row in enumerate(rows, 1)
        ),
    )
    paper.foot("……………;", "Lưu: VT.")
    paper.document.save(target)


def assignment(
    workspace: Workspace,
    question: MatrixQuestion,
    target: IO[bytes],
    office: Office = BLANK,
    state: LeadState | None = None,
) -> None:
    """Write who leads each criterion and who supports, by which document."""
    answer = workspace.matrix(question)
    rows = [assigned(row) for row in matrix_rows(answer, state)]
    paper = Paper(office, landscape=True)
    paper.head()
    where = f" tỉnh {answer.province}" if answer.province else ""
    paper.title(
        "BIỂU PHÂN CÔNG",
        f"Cơ quan phụ trách các tiêu chí nông thôn mới{where}",
        below=f"({set_words(answer.set) if answer.set else DOTS}; tính đến ngày {answer.on:%d/%m/%Y})",
    )
    if not rows and answer.note:
        paper.say(answer.note, italic=True)
    paper.table(
        ("TT", "Tiêu chí", "Cơ quan chủ trì", "Cơ quan phối hợp", "Tham mưu; theo dõi, giám sát", "Văn bản phân công"),
        (6, 28, 26, 32, 20, 28),
        (
            (
                row.number,
                row.name,
                row.lead or _capital(row.state),
                row.coordinate,
                "; ".join(part for part in (row.advise, row.supervise) if part),
                ";\n".join(f"{document_title(each)}{_of_day(each)}" for each in row.documents),
            )
            for row in rows
        ),
    )
    paper.foot("……………;", "Lưu: VT.")
    paper.document.save(target)


@dataclass(frozen=True, slots=True)
class Reminded:
    """A body with its tasks that are overdue and those that fall due soon."""

    name: str
    late: tuple[DeadlineRow, ...]
    soon: tuple[DeadlineRow, ...]


def reminders(workspace: Workspace, question: DeadlineQuestion, soon: int = SOON) -> tuple[tuple[Reminded, ...], int]:
    """Return the bodies with something overdue on the day of the question or due in the days after it, by name, and
    how many tasks were left out.

    Only what was issued binds: what drafts and news say is not among them. A body that is no more is named with who
    took over. `state`, `no_day`, `from_` and `to` of the question are not looked at.
    """
    asked = replace(question, state=TaskState.OPEN_LATE, no_day=None, from_=None, to=None)
    late, late_total = _rows(workspace, asked)
    until = question.on + timedelta(days=soon)
    coming, coming_total = _rows(workspace, replace(asked, state=TaskState.OPEN_IN_TIME, from_=question.on, to=until))
    found = workspace.agencies_named(question.agency, province=question.province) if question.agency else ()
    # Of one body all tasks are its own, also those given to a group that it belongs to.
    only = found if len(found) == 1 else ()
    tasks: dict[str, tuple[list[DeadlineRow], list[DeadlineRow]]] = {}  # by the id of a body
    bodies: dict[str, Named] = {}
    for side, rows in enumerate((late, coming)):
        for row in (each for each in rows if each.document.state == DocumentState.ISSUED):
            for body in only or row.agency or (_UNKNOWN,):
                bodies.setdefault(body.id, body)
                tasks.setdefault(body.id, ([], []))[side].append(row)
    names = _told_apart(bodies.values())
    if not question.stated_only:
        names |= {id: f"{names[id]} (nay là {now})" for id, now in _now(workspace, question, names).items()}
    left_out = late_total - len(late) + coming_total - len(coming)
    return tuple(
        Reminded(names[id], *map(tuple, tasks[id])) for id in sorted(tasks, key=lambda id: order(names[id]))
    ), left_out


def _now(workspace: Workspace, question: DeadlineQuestion, ids: Iterable[str]) -> dict[str, str]:
    """Return, by id, the names of those who took over from bodies by the day of the question."""
    found = workspace.agencies_now(*ids, day=question.on)
    return {
        each.of.id: ", ".join(dict.fromkeys(body.name for body in each.now))
        for each in found
        if each.now and each.of.name not in {body.name for body in each.now}
    }


def _told_apart(bodies: Iterable[Named]) -> dict[str, str]:
    """Return the name of each body by its id, with its province where another one has the same name."""
    bodies = tuple(bodies)
    count = Counter(key(each.name) for each in bodies)
    full = catalogue().full_province
    return {
        each.id: f"{each.name} {full(each.place)}" if each.place and count[key(each.name)] > 1 else each.name
        for each in bodies
    }


def reminder(workspace: Workspace, question: DeadlineQuestion, target: IO[bytes], office: Office = BLANK) -> None:
    """Write a letter that reminds; an appendix for each body has its tasks overdue and due soon, as worded."""
    bodies, left_out = reminders(workspace, question)
    late = len({row.task for body in bodies for row in body.late})
    soon = len({row.task for body in bodies for row in body.soon})
    paper = Paper(office, landscape=False)
    paper.head(about="đôn đốc thực hiện nhiệm vụ xây dựng nông thôn mới")
    paper.say("", size=8)
    if len(bodies) <= NAMED:
        paper.say("Kính gửi:", left=30)
        for number, body in enumerate(bodies, 1):
            paper.say(f"- {_capital(body.name)}{'.' if number == len(bodies) else ';'}", left=50)
    else:
        paper.say("Kính gửi: Các cơ quan, đơn vị có tên tại các phụ lục kèm theo", centred=True)
    paper.say(
        "Qua theo dõi việc thực hiện các văn bản chỉ đạo về xây dựng nông thôn mới, tính đến ngày "
        f"{question.on:%d/%m/%Y} có {late} nhiệm vụ đã quá hạn và {soon} nhiệm vụ đến hạn trong {SOON} ngày tới, giao "
        f"cho {len(bodies)} cơ quan, đơn vị (danh mục tại các phụ lục kèm theo).",
        indent=True,
    )
    paper.say(
        f"{office.name or DOTS} đề nghị các cơ quan, đơn vị khẩn trương hoàn thành các nhiệm vụ đã quá hạn, bảo đảm "
        f"thời hạn của các nhiệm vụ sắp đến hạn và báo cáo kết quả về {DOTS} trước ngày …../…../………../.",
        indent=True,
    )
    _tell_cut(paper, late + soon, late + soon + left_out)
    paper.foot("Như trên;", "……………;", "Lưu: VT.")
    for number, body in enumerate(bodies, 1):
        paper.new_section(landscape=True)
        paper.title(
            f"Phụ lục {_roman(number)}" if len(bodies) > 1 else "Phụ lục",
            f"NHIỆM VỤ QUÁ HẠN, SẮP ĐẾN HẠN CỦA {body.name.upper()}",
            below=f"(Kèm theo Công văn số      /       ngày     tháng     năm         của {office.name or DOTS})",
        )
        _appendix(paper, workspace, body)
    paper.document.save(target)


def _appendix(paper: Paper, workspace: Workspace, body: Reminded) -> None:
    places = _places(workspace, (*body.late, *body.soon))

    def rows() -> Iterator[Sequence[str] | Heading]:
        parts = (("Nhiệm vụ đã quá hạn", body.late), (f"Nhiệm vụ đến hạn trong {SOON} ngày tới", body.soon))
        for label, (title, tasks) in zip(("I", "II"), parts, strict=True):
            if tasks:
                yield Heading(f"{label}. {title}: {len(tasks)}")
            for number, row in enumerate(tasks, 1):
                yield str(number), f"“{in_one_line(row.evidence.quote)}”", places[row.task], _due(row), _far(row), ""

    paper.table(
        ("TT", "Nhiệm vụ (trích văn bản giao)", "Văn bản giao", "Thời hạn", "Tình trạng", "Kết quả, lý do"),
        (6, 57, 24, 18, 15, 20),
        rows(),
    )


def _rows(workspace: Workspace, question: DeadlineQuestion) -> tuple[tuple[DeadlineRow, ...], int]:
    """Return the first tasks of a question, as many as a paper may hold, and how many there are."""
    answer = workspace.deadlines(replace(question, limit=min(MOST, BATCH), offset=0))
    return tuple(islice(answer.rows, MOST)), answer.total


def _places(workspace: Workspace, rows: Iterable[DeadlineRow]) -> dict[str, str]:
    """Return the document of each task, with its day and where in it the sentence stands."""
    rows = tuple(rows)
    paths = workspace.paths_of(row.evidence.provision for row in rows if row.evidence.provision)
    return {row.task: _place(row, paths.get(row.evidence.provision or "")) for row in rows}


def _place(row: DeadlineRow, path: str | None) -> str:
    issuer = f" của {row.document.issuer}" if row.document.issuer else ""
    place = place_words(path, row.evidence)
    return f"{document_title(row.document)}{_of_day(row.document)}{issuer}" + (f" ({place})" if place else "")


def _of_day(document: DocumentName) -> str:
    return f" ngày {document.date:%d/%m/%Y}" if document.date else ""


def _due(row: DeadlineRow) -> str:
    day = f"{row.due:%d/%m/%Y}" if row.due else _capital(in_one_line(row.text) or NOT_STATED)
    return f"{day} ({RECURRING})" if row.recurrence else day


def _state(row: DeadlineRow) -> str:
    if row.state is None:
        return "" if row.due else DAYLESS
    return f"{STATES[row.state]} {row.days_late} ngày" if row.state is TaskState.OPEN_LATE else STATES[row.state]


def _far(row: DeadlineRow) -> str:
    days = row.days_late or 0
    if days > 0:
        return f"Quá hạn {days} ngày"
    return f"Còn {-days} ngày" if days else "Đến hạn hôm nay"


def _tell_cut(paper: Paper, shown: int, total: int) -> None:
    if shown < total:
        paper.say(
            f"(Bảng này có {shown} trong {total} nhiệm vụ. Hãy lọc hẹp hơn rồi xuất lại, hoặc xuất Excel để có đủ.)",
            italic=True,
            size=12,
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _roman(number: int) -> str:
    words = ""
    for value, letters in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        words += letters * (number // value)
        number %= value
    return words
