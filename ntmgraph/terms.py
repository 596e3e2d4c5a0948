"""The official terms, in Vietnamese, for what leaves the program: what the command line prints, files for others."""

from __future__ import annotations

import re

from ntmgraph.model import Basis, DocumentState, Evidence, IssueCode, Role
from ntmgraph.queries import CriterionName, DocumentName, LeadState, NoDay, TaskState

RECURRING = "định kỳ"  # people read the words of the text; the rule stands in --json
STATES = {
    TaskState.DONE_ON_TIME: "hoàn thành đúng hạn",
    TaskState.DONE_LATE: "hoàn thành quá hạn",
    TaskState.OPEN_IN_TIME: "đang thực hiện trong hạn",
    TaskState.OPEN_LATE: "đang thực hiện quá hạn",
}
ISSUES = {
    IssueCode.CRITERION_TWO_LEADS: "tiêu chí có nhiều cơ quan chủ trì",
    IssueCode.CRITERION_WITHOUT_LEAD: "tiêu chí chưa có cơ quan chủ trì",
    IssueCode.LEAD_CHANGED: "đổi cơ quan chủ trì",
    IssueCode.AGENCY_NO_LONGER_EXISTS: "giao cho cơ quan không còn",
    IssueCode.DEADLINE_CONFLICT: "thời hạn mâu thuẫn",
    IssueCode.DEADLINE_BEFORE_DOCUMENT: "thời hạn sớm hơn ngày văn bản",
    IssueCode.DOCUMENT_MISSING: "văn bản được viện dẫn chưa nạp",
    IssueCode.NUMBER_UNCLEAR: "số, ký hiệu không rõ",
    IssueCode.AGENCY_AMBIGUOUS: "chưa rõ là cơ quan nào",
    IssueCode.PLACE_AMBIGUOUS: "chưa rõ là địa bàn nào",
    IssueCode.TEXT_REPAIRED: "chữ đã được sửa khi đọc",
    IssueCode.TEXT_UNCLEAR: "chữ đọc chưa rõ",
    IssueCode.FIGURE_MISFIT: "số liệu không khớp",
    IssueCode.DUTY_UNREAD: "câu giao việc chưa đọc được",
}
COUNTED = {
    "originals": "tệp gốc",
    "documents": "văn bản",
    "provisions": "đoạn, mục",
    "tasks": "nhiệm vụ",
    "deadlines": "thời hạn",
    "targets": "chỉ tiêu",
    "issues": "điều cần xem lại",
    "results": "kết quả",
    "references": "viện dẫn",
    "decisions": "quyết định",
    "states": "nhiệm vụ đã đánh dấu hoàn thành",
}
ROLES = {
    Role.LEAD: "chủ trì, thực hiện",
    Role.COORDINATE: "phối hợp",
    Role.ADVISE: "tham mưu",
    Role.SUPERVISE: "theo dõi, giám sát",
    Role.REQUEST: "được đề nghị thực hiện",
    Role.DIRECT: "chỉ đạo",
    "help": "giúp đỡ, phụ trách",
}
FIELDS = {  # of a fact that a person corrects, by the names that the command line takes
    "what": "nội dung việc",
    "who": "ai làm",
    "with": "phối hợp",
    "advise": "tham mưu",
    "supervise": "giám sát",
    "role": "vai trò",
    "reports_to": "báo cáo về",
    "via": "báo cáo qua",
    "deadline": "thời hạn",
    "criteria": "tiêu chí",
    "places": "địa bàn",
    "criterion": "tiêu chí",
    "lead": "chủ trì",
    "coordinate": "phối hợp",
    "from": "từ ngày",
    "to": "đến ngày",
    "agency": "cơ quan",
    "person": "người phụ trách",
    "place": "địa bàn",
}
# What a document holds, by the labels of the graph.
THINGS = {
    "Provision": "đoạn, mục",
    "Task": "nhiệm vụ",
    "Deadline": "thời hạn",
    "Target": "chỉ tiêu",
    "Result": "kết quả",
    "Issue": "điều cần xem lại",
}
BASES = {Basis.STATED: "nêu rõ", Basis.INFERRED: "suy ra", Basis.DECIDED: "người dùng sửa"}
FACTS = {
    "assignment": "phân công tiêu chí",
    "task": "nhiệm vụ",
    "helps": "giúp đỡ địa bàn",
    "reporting": "chế độ báo cáo",
}
LEAD_STATES = {
    LeadState.ONE: "một cơ quan chủ trì",
    LeadState.SEVERAL: "từ hai cơ quan chủ trì",
    LeadState.PARTS: "chủ trì từng phần",
    LeadState.NONE: "chưa có cơ quan chủ trì",
}
NO_DAYS = {
    NoDay.UNTOLD: "có thời hạn nhưng không tính ra được ngày",
    NoDay.UNSTATED: "không nêu thời hạn",
}
DOCUMENT_STATES = {
    DocumentState.ISSUED: "đã ban hành",
    DocumentState.DRAFT: "dự thảo",
    DocumentState.NEWS: "tin bài",
}

_UNLABELLED = re.compile(r"(?:^|\.)[pb-]\d+")  # paragraphs, tables and bullets are only counted


def labelled(path: str) -> str:
    """Return the part of a provision's path that people call by a label: "III.3.p2" -> "III.3"."""
    return _UNLABELLED.split(path)[0]


def in_one_line(quote: str) -> str:
    """Return words of a document without its line ends: a PDF has them in the middle of a sentence."""
    return " ".join(quote.split())


def place_words(path: str | None, evidence: Evidence | None = None) -> str:
    """Return where words stand: "mục III.3", "phần đầu", "trang 4", "ô Biểu 01!C28"; "" where nothing has a name."""
    known = {"header": "phần đầu", "closing": "phần cuối"}
    named = known.get(path or "", labelled(path or ""))
    if named and path not in known and " " not in named:
        named = f"mục {named}"
    parts = [named]
    if evidence is not None:
        parts += [f"trang {evidence.page}" if evidence.page else "", f"ô {evidence.cell}" if evidence.cell else ""]
    return ", ".join(part for part in parts if part)


def document_title(document: DocumentName) -> str:
    """Return "Kế hoạch 136/KH-UBND"; one without a number goes by its type and state: "Công văn (dự thảo)"."""
    title = " ".join(part for part in (document.type or "Văn bản", document.number) if part)
    state = DocumentState(document.state)
    return title if document.number and state is DocumentState.ISSUED else f"{title} ({_unlike(document, state)})"


def _unlike(document: DocumentName, state: DocumentState) -> str:
    return "không số" if state is DocumentState.ISSUED else DOCUMENT_STATES[state]


def criterion_title(criterion: CriterionName) -> str:
    """Return "17 Môi trường", as far as it is known."""
    known = " ".join(str(part) for part in (criterion.number, criterion.name) if part is not None)
    return known or criterion.id
