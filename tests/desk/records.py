"""Records of an imaginary province, written by hand, for the pages to show."""

from __future__ import annotations

from datetime import date

from ntmgraph.model import (
    Actor,
    Agency,
    Basis,
    Deadline,
    DeadlineKind,
    Document,
    DocumentState,
    Evidence,
    Mention,
    Provision,
    Reading,
    Role,
    Scope,
    Task,
)
from ntmgraph.queries import CriterionName, DocumentName, Due, Named, TaskState, TraceAnswer, TraceRow

TEXT = """ỦY BAN NHÂN DÂN TỈNH MẪU

I. TỔ CHỨC THỰC HIỆN
1. Sở Mẫu Một chủ trì, phối hợp với Sở Mẫu Hai làm đường, xong trước ngày 30/6/2019.
2. <b>Sở Mẫu Hai</b> theo dõi.

STT | Tiêu chí | Cơ quan
1 | Giao thông | Sở Mẫu Một
2 | Thủy lợi | Sở Mẫu Hai
"""


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def evidence(words: str, provision: str | None = None, basis: Basis = Basis.STATED) -> Evidence:
    start, end = span(words)
    return Evidence(provision, start, end, words, "duty", basis)


def provision(
    id: str, path: str, kind: str, words: str, heading: str | None = None, parent: str | None = None
) -> Provision:
    return Provision(id, path, kind, heading, *span(words), parent)


DAY = "trước ngày 30/6/2019"
DUTY = "chủ trì, phối hợp với Sở Mẫu Hai làm đường, xong trước ngày 30/6/2019"
ROADS = TEXT[TEXT.index("1. Sở") : TEXT.index("\n2. <b>")]
WATCH = TEXT[TEXT.index("2. <b>") : TEXT.index("\n\nSTT")]
PROVISIONS = (
    provision("h", "", "header", "ỦY BAN NHÂN DÂN TỈNH MẪU"),
    Provision("s", "I", "section", "TỔ CHỨC THỰC HIỆN", TEXT.index("I. TỔ"), TEXT.index("\n\nSTT")),
    provision("s1", "I.1", "point", ROADS, parent="s"),
    provision("s2", "I.2", "point", WATCH, parent="s"),
    provision("r0", "row", "row", "STT | Tiêu chí | Cơ quan"),
    provision("r1", "row", "row", "1 | Giao thông | Sở Mẫu Một"),
    provision("r2", "row", "row", "2 | Thủy lợi | Sở Mẫu Hai"),
)
READING = Reading(
    Document(
        "d1", "Kế hoạch", "88/KH-UBND", "UBND tỉnh Mẫu", None, "Mẫu", None, date(2019, 3, 5), None, "Về đường",
        None, (), (), DocumentState.ISSUED, "0", TEXT,
    ),
    PROVISIONS,
    agencies=(
        Agency("a1", "Sở Mẫu Một", "province", "department", "Mẫu", (Mention("Sở Mẫu Một", *span("Sở Mẫu Một")),)),
        Agency("a2", "Sở Mẫu Hai", "province", "department", "Mẫu", (Mention("Sở Mẫu Hai", *span("Sở Mẫu Hai")),)),
    ),
    deadlines=(
        Deadline(DAY, DeadlineKind.BEFORE, date(2019, 6, 30), None, Scope.TASK, evidence(DAY)),
    ),
    tasks=(
        Task(
            "t1", "s1", DUTY, (Actor("Sở Mẫu Một", "a1", "Sở Mẫu Một"),), False,
            (Actor("Sở Mẫu Hai", "a2", "Sở Mẫu Hai"),), (), (), Role.LEAD, (), (), 0, (), (), evidence(DUTY, "s1"),
        ),
    ),
)  # fmt: skip

PLAN = DocumentName("d1", "88/KH-UBND", date(2019, 3, 5), "UBND tỉnh Mẫu", "Kế hoạch")
DECISION = DocumentName("d2", "45/QĐ-UBND", date(2018, 5, 2), "UBND tỉnh Mẫu", "Quyết định")
LAW = DocumentName("d3", "1980/QĐ-TTg", date(2016, 10, 17), "Thủ tướng Chính phủ", "Quyết định")
ROAD = CriterionName("VN-XA-2016:2", "VN-XA-2016", 2, "Giao thông")
ONE, TWO, THREE = (Named(f"a{number}", f"Sở Mẫu {word}") for number, word in ((1, "Một"), (2, "Hai"), (3, "Ba")))
LATE = Due("trước ngày 30/6/2019", date(2019, 6, 30), None, TaskState.OPEN_LATE)


def row(
    id: str,
    agency: Named | None = ONE,
    *,
    fact: str = "task",
    document: DocumentName = PLAN,
    with_: tuple[Named, ...] = (),
    criterion: CriterionName | None = None,
    place: Named | None = None,
    due: Due | None = None,
    basis: Basis = Basis.STATED,
    role: str | None = "lead",
) -> TraceRow:
    return TraceRow(
        id, fact, document, "làm đường", agency, None, role, with_, (), (), criterion, place, due, None, None, basis,
        "duty", evidence(DUTY, "s1", basis),
    )  # fmt: skip


def answer(*rows: TraceRow, **known: object) -> TraceAnswer:
    return TraceAnswer(rows, total=len(rows), **known)  # type: ignore[arg-type]
