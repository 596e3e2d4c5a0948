"""What goes to stdout and stderr: JSON for programs, aligned Vietnamese text for people."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TextIO

import click

from ntmgraph.model import SCHEMA, Basis, DocumentState, Evidence, Reading
from ntmgraph.queries import (
    Because,
    CriterionName,
    DeadlineAnswer,
    DeadlineRow,
    DocumentName,
    Due,
    IngestRow,
    IngestState,
    Named,
    ProgressAnswer,
    ProgressRow,
    ReviewAnswer,
    ReviewQuestion,
    SearchAnswer,
    SearchHit,
    SearchQuestion,
    TaskState,
    TraceAnswer,
    TraceRow,
)
from ntmgraph.reasons import because_words, document_label, heir_words
from ntmgraph.rules import rule_words
from ntmgraph.terms import BASES, COUNTED, FACTS, ISSUES, RECURRING, ROLES, STATES, THINGS

if TYPE_CHECKING:
    from ntmgraph.workspace.carrying import Carried
    from ntmgraph.workspace.checking import Drift
    from ntmgraph.workspace.decisions import Decision

_INGESTED = {
    IngestState.NEW: "mới",
    IngestState.UNCHANGED: "không đổi",
    IngestState.REPLACED: "thay bản cũ",
    IngestState.REFUSED: "KHÔNG NẠP",
}
_FACET_OPTIONS = {
    "year": "năm",
    "issuer": "cơ quan ban hành",
    "type": "loại văn bản",
    "agency": "cơ quan được nhắc",
    "criterion": "tiêu chí",
    "place": "địa bàn",
}
_KINDS = {
    "Document": "văn bản, kể cả văn bản được viện dẫn",
    **THINGS,
    "Agency": "cơ quan, kể cả danh mục",
    "Place": "địa bàn, kể cả danh mục",
    "Criterion": "tiêu chí, kể cả danh mục",
}
_RESULTS = 3  # documents with results of a place, named above its answer
_ASKED = 4  # of the things that a question may mean, named above its answer
_LABEL = 14  # columns of the labels at the left of a row


def use_utf8() -> None:
    """Make both streams UTF-8, also on a Windows console and where a file name is not valid text."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def as_json(value: object) -> Any:
    """Return a record as JSON values: dates as YYYY-MM-DD, `with_` as "with", tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name.rstrip("_"): as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: as_json(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [as_json(each) for each in value]
    return value


def print_json(rows: Iterable[object], **more: object) -> None:
    """Print the one object of a command: its rows and what belongs to all of them."""
    answer = {"schema": SCHEMA, "rows": as_json(list(rows)), **{name: as_json(each) for name, each in more.items()}}
    click.echo(json.dumps(answer, ensure_ascii=False))


def say(sentence: str) -> None:
    """Print a sentence for people beside the answer."""
    click.echo(sentence, err=True)


class Progress:
    """One line on stderr that is written over; silent where nobody watches."""

    def __init__(self, what: str, stream: TextIO | None = None) -> None:
        self._what = what
        self._stream = stream or sys.stderr
        self._shown = 0  # columns

    def __call__(self, done: int, total: int) -> None:
        self._show(f"{self._what}: {number(done)}/{number(total)}")

    def page(self, name: str, done: int, total: int) -> None:
        """Show which page of a scan is being recognised: that takes a second or more."""
        self._show(f"Đang nhận dạng {name}: trang {number(done + 1)}/{number(total)}")

    def _show(self, line: str) -> None:
        if self._stream.isatty():
            self.clear()
            self._stream.write(f"\r{line}")
            self._stream.flush()
            self._shown = len(line)

    def clear(self) -> None:
        if self._shown:
            # Blanks, not an escape sequence: an old Windows console would print it.
            self._stream.write(f"\r{' ' * self._shown}\r")
            self._stream.flush()
            self._shown = 0


def number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def day(value: date | None) -> str | None:
    return f"{value:%d/%m/%Y}" if value else None


def document(name: DocumentName) -> str:
    """Return "Công văn 12/UBND-NL ngày 05/03/2019 của UBND tỉnh …", as far as it is known."""
    known = document_label(name)
    return f"{known} (dự thảo)" if name.state == DocumentState.DRAFT else known


def print_reading(reading: Reading) -> None:
    """Print what was read from one document: its head, what it asks of whom, what is doubted."""
    head = reading.document
    click.secho(document(DocumentName(head.id, head.number, head.date, head.issuer, head.type)), bold=True)
    if head.subject:
        _line("Trích yếu", head.subject)
    if head.signer:
        _line("Người ký", ", ".join(part for part in (head.signer.name, head.signer.title) if part))
    for title, items in (
        ("Kính gửi", head.addressees),
        (
            "Căn cứ",
            [f"{r.relation}: {' '.join(p for p in (r.type, r.number, r.title) if p)}" for r in reading.references],
        ),
        ("Tiêu chí", [_criterion(CriterionName(c.id, c.set, c.number, c.name)) for c in reading.criteria]),
        ("Địa bàn", [place.name for place in reading.places]),
    ):
        if items:
            _line(title, "; ".join(items))
    for count, task in enumerate(reading.tasks, 1):
        deadline = reading.deadlines[task.deadline] if task.deadline is not None else None
        click.echo()
        _title(count, _people(task.who) or "Văn bản không nêu ai thực hiện", ROLES[task.role])
        _line("Việc", task.what)
        _line("Phối hợp", _people(task.with_))
        _line("Tham mưu", _people(task.advise))
        _line("Giám sát", _people(task.supervise))
        _line("Báo cáo", _reporting(task.reports_to, task.via))
        if deadline is not None:
            when = day(deadline.date) or (RECURRING if deadline.recurrence else "không rõ ngày")
            _line("Thời hạn", f"{when} (“{deadline.text}”)")
        _quote(task.evidence)
    for assignment in reading.assignments:
        click.echo()
        _title(None, _people(assignment.lead) or "Văn bản không nêu ai chủ trì", "chủ trì tiêu chí")
        _line("Tiêu chí", f"{assignment.criterion.number} ({assignment.criterion.set or 'chưa rõ bộ tiêu chí'})")
        _line("Phối hợp", _people(assignment.coordinate))
        _quote(assignment.evidence)
    for help_ in reading.helps:
        click.echo()
        _title(None, "; ".join(part for part in (help_.agency.name, help_.person) if part), "giúp đỡ, phụ trách")
        _line("Địa bàn", help_.place.name)
        _quote(help_.evidence)
    wrong = [check.message for check in reading.checks if not check.ok]
    doubts = [*(issue.message for issue in reading.issues), *wrong]
    if doubts:
        click.echo()
        click.secho("Điều cần xem lại", bold=True)
        for doubt in doubts:
            _line("-", doubt)
    if reading.left_out:
        _line("Chưa đọc", "; ".join(reading.left_out))


def print_ingest_row(row: IngestRow) -> None:
    """Print what became of one file, as one line and its reason."""
    about = f"{_INGESTED[row.state]:<11} {row.path}"
    if row.state is IngestState.REFUSED:
        click.echo(f"{about}\n            {row.reason}")
        return
    counts = [f"{row.tasks} nhiệm vụ", f"{row.deadlines} thời hạn", f"{row.results} kết quả"]
    counts.append(f"{row.issues} điều cần xem lại")
    if row.state is not IngestState.UNCHANGED and row.document is not None:
        about += f": {document(row.document)}; {', '.join(counts)}"
    if row.left_out:
        about += f"; chưa đọc: {', '.join(row.left_out)}"
    click.echo(about if row.reason is None else f"{about}\n            {row.reason}")


def ingest_summary(rows: Sequence[IngestRow], seconds: float) -> str:
    """Return how many files became what, and how fast."""
    counts = {state: sum(row.state is state for row in rows) for state in IngestState}
    said = [f"{number(count)} {_INGESTED[state].lower()}" for state, count in counts.items() if count]
    rate = f"{len(rows) / seconds:.1f}".replace(".", ",")
    return f"{number(len(rows))} tệp ({', '.join(said) or 'không có tệp nào'}), {rate} văn bản/giây."


def print_counts(counts: dict[str, int]) -> None:
    """Print how many things of each kind the graph holds, those that people have a word for."""
    for kind, words in _KINDS.items():
        click.echo(f"{number(counts.get(kind, 0)):>10}  {words}")


def print_carried(carried: Carried) -> None:
    """Print what was carried, and the counts of both sides beside each other."""
    click.echo(f"Mới chuyển {number(carried.new)} tệp gốc và {number(carried.decisions)} quyết định.")
    click.echo(f"{'nguồn':>10}{'đích':>10}")
    for count in carried.counts:
        differs = "" if count.ok else "   LỆCH"
        click.echo(f"{number(count.source):>10}{number(count.target):>10}  {COUNTED[count.kind]}{differs}")
    if carried.mended:
        click.echo(f"Đã chép lại {number(carried.mended)} tệp mà đích giữ bị thiếu hoặc hỏng.")
    for row in carried.refused:
        click.echo(f"Không chuyển được: {row.reason}")
    for document_ in carried.different:
        click.echo(f"Lệch: văn bản {document_}; hãy chạy “ntmgraph check” ở hai bên để biết bên nào sai.")
    if carried.contradicted:
        click.echo(
            f"Hai bên đã quyết định khác nhau về {number(len(carried.contradicted))} nội dung; quyết định ghi sau có "
            f"hiệu lực. Hãy xem bằng “ntmgraph history MÃ”: {_some(carried.contradicted)}"
        )
    if carried.apart:
        click.echo(
            f"{number(len(carried.apart))} văn bản ở đích theo một tệp khác hoặc có thêm quyết định, không so: "
            f"{_some(carried.apart)}"
        )


def _some(ids: Sequence[str]) -> str:
    return f"{', '.join(ids[:_ASKED])}{'…' if len(ids) > _ASKED else ''}"


def print_drift(drift: Sequence[Drift], counts: dict[str, int]) -> None:
    """Print every drift, or that there is none."""
    for each in drift:
        click.echo(f"Lệch: {each.message}")
    if not drift:
        click.echo(
            f"Tệp gốc, đồ thị và chỉ mục khớp nhau: {number(counts['Provision'])} đoạn, mục, "
            f"{number(counts['Task'])} nhiệm vụ."
        )


def print_trace(answer: TraceAnswer, rows: Sequence[TraceRow]) -> None:
    """Print the chain of responsibility, each statement with its sentence and its document."""
    asked = [*map(_criterion, answer.criteria), *(_named(each) for each in (*answer.agencies, *answer.places))]
    if asked:
        others = f" và {number(len(asked) - _ASKED)} tên gọi khác" if len(asked) > _ASKED else ""
        click.secho(f"Truy vết: {'; '.join(asked[:_ASKED])}{others}", bold=True)
    beside = _beside(answer)
    if not rows:
        click.echo(" ".join((answer.note or "Không văn bản nào trong kho nêu điều này.", *beside)))
        return
    for line in beside:
        click.echo(line)
    documents = {row.document.id for row in rows}
    click.echo(f"{number(len(rows))} kết quả từ {number(len(documents))} văn bản.")
    if answer.note:
        click.echo(answer.note)
    for count, row in enumerate(rows, 1):
        click.echo()
        _trace_row(count, row)


def _beside(answer: TraceAnswer) -> list[str]:
    """Return what is no row: who took over from what was asked about, its results, and the catalogue's defaults."""
    later = [f"{because_words(step)} (suy ra)." for step in answer.passed_on]
    usual = [(_people(each.agencies), _criterion(each.criterion), rule_words(each.rule)) for each in answer.usual_leads]
    told = [
        f"{each.place.name}: {number(each.total)} kết quả"
        + (f" ({number(each.met)} lần ghi tiêu chí đạt)" if each.met else "")
        + f" trong {document(each.document)}"
        + "".join(f", vì {because_words(step)} (suy ra)" for step in each.because)
        + "."
        for each in answer.results[:_RESULTS]
    ]
    return [*later, *told, *(f"{leads} thường chủ trì {criterion} ({rule})." for leads, criterion, rule in usual)]


def print_search(answer: SearchAnswer, question: SearchQuestion) -> None:
    """Print the hits of one page, what was sought marked, and how the answer can be narrowed."""
    narrowed = any(getattr(question, facet) is not None for facet in answer.facets)
    if not question.text.strip() and not narrowed:
        click.echo("Chưa có từ nào để tìm. Hãy gõ từ cần tìm, hoặc nêu ít nhất một điều kiện lọc như --year 2024.")
        return
    if not answer.total:
        click.echo("Không tìm thấy đoạn nào. Hãy bớt từ, bỏ ngoặc kép hoặc bỏ bớt điều kiện lọc.")
        return
    for count, hit in enumerate(answer.rows, question.offset + 1):
        where = f", mục {hit.path}" if hit.path else ""
        click.secho(f"{count}. {document(hit.document)}{where}", bold=True)
        click.echo(textwrap.indent(_marked(hit), "   "))
    click.echo()
    if answer.counted < answer.total:
        click.echo(f"Số đếm dưới đây tính trên {number(answer.counted)} đoạn phù hợp nhất.")
    for facet, values in answer.facets.items():
        if len(values) > 1:
            listed = ", ".join(f"{value.label} ({number(value.count)})" for value in values[:5])
            _line(f"--{facet}", f"{_FACET_OPTIONS[facet]}: {listed}")
    milliseconds = f"{answer.ms:.1f}".replace(".", ",")
    shown = question.offset + len(answer.rows)
    more = f" Xem tiếp: --offset {shown}." if shown < answer.total else ""
    click.echo(f"{number(answer.total)} đoạn, tìm trong {milliseconds} ms.{more}")


def print_deadlines(answer: DeadlineAnswer, rows: Sequence[DeadlineRow], on: date) -> None:
    """Print deadlines in the order given, with a count by state first."""
    if not rows:
        click.echo(answer.note or f"Không có nhiệm vụ nào có thời hạn phù hợp, tính đến ngày {day(on)}.")
        return
    states = [f"{number(answer.states[state])} {words}" for state, words in STATES.items() if answer.states.get(state)]
    counted = ", ".join([*states, *([f"{number(answer.undated)} chưa rõ ngày"] if answer.undated else [])])
    click.secho(f"{number(len(rows))} nhiệm vụ có thời hạn, tính đến ngày {day(on)} ({counted}).", bold=True)
    for row in rows:
        click.echo()
        state = STATES[row.state] if row.state else "không xác định được ngày" if row.text else "không nêu thời hạn"
        if row.state is TaskState.OPEN_LATE and row.days_late:
            state += f" {number(row.days_late)} ngày"
        click.echo(f"{day(row.due) or '—':<{_LABEL}}{click.style(state, bold=row.state is TaskState.OPEN_LATE)}")
        _line("Cơ quan", "; ".join(each.name for each in row.agency) or "văn bản không nêu")
        _line("Việc", row.what)
        if row.text:
            _line("Thời hạn", f"“{row.text}”" + (f", {RECURRING}" if row.recurrence else ""))
        _line("Văn bản", _dated(row.document))
        _inferred(row)
        _quote(row.evidence)


def print_progress(answer: ProgressAnswer, rows: Sequence[ProgressRow], on: date) -> None:
    """Print what places had reached, in the order given, each with its sentence."""
    if not rows:
        click.echo(answer.note)
        return
    click.secho(f"{number(len(rows))} kết quả mới nhất, tính đến ngày {day(on)}.", bold=True)
    for row in rows:
        click.echo()
        told = [_criterion(row.criterion)] if row.criterion else []
        told += [row.measure] if row.met is None or not row.criterion else []
        said = ": ".join(part for part in (", ".join(told), reached_words(row)) if part)
        click.echo(f"{click.style(row.place.name, bold=True)}, {day(row.as_of) or 'không rõ ngày'}: {said}")
        for step in row.because:
            click.echo(textwrap.indent(f"{because_words(step)} (suy ra).", "   "))
        _line("Văn bản", _dated(row.document))
        _quote(row.evidence)


def reached_words(row: ProgressRow) -> str:
    """Return "đạt", "chưa đạt", "29/138 xã", "12,6 tiêu chí/xã", as far as it is told."""
    if row.met is not None:
        return "đạt" if row.met else "chưa đạt"
    figures = "/".join(_figure(each) for each in (row.value, row.of) if each is not None)
    return f"{figures} {row.unit or ''}".strip() if figures else ""


def _figure(value: float) -> str:
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def print_review(answer: ReviewAnswer, question: ReviewQuestion) -> None:
    """Print one page of doubts, with a count by kind first."""
    if not answer.total:
        click.echo(answer.note or "Không có điều gì cần xem lại.")
        return
    counted = ", ".join(f"{number(answer.codes[code])} {ISSUES[code]}" for code in answer.codes)
    click.secho(f"{number(answer.total)} điều cần xem lại ({counted}).", bold=True)
    for count, row in enumerate(answer.rows, question.offset + 1):
        click.echo()
        click.echo(f"{count}. {click.style(ISSUES[row.code], bold=True)}")
        _line("Nội dung", row.message)
        _line("Văn bản", document(row.document))
        for said in row.evidence:
            _quote(said, said.document if said.document != row.document else None)
    shown = question.offset + len(answer.rows)
    if shown < answer.total:
        click.echo()
        click.echo(f"Xem tiếp: --offset {shown}.")


def print_decisions(decisions: Iterable[Decision]) -> None:
    """Print decisions on a fact, oldest first: what, who, when, before, after, why."""
    decisions = list(decisions)
    if not decisions:
        click.echo("Chưa ai quyết định gì về nội dung này.")
    for count, each in enumerate(decisions, 1):
        _title(count, rule_words(each.kind.rule) or each.kind, f"{each.by}, {each.at.astimezone():%H:%M %d/%m/%Y}")
        for name, value in (each.after or {}).items():
            before = (each.before or {}).get(name)
            _line(name, f"{_value(before)} → {_value(value)}")
        _line("Lý do", each.why)
        _line("Mã", each.id)


def _value(value: object) -> str:
    """Return a value of a decision in words."""
    match value:
        case None | []:
            return "không nêu"
        case list() | tuple():
            return "; ".join(map(_value, value))
        case {"name": str(name)}:
            return name
        case {"date": str(written)}:
            return day(date.fromisoformat(written)) or written
        case {"number": number}:
            return f"tiêu chí {number}"
        case {"recurrence": str(rhythm)}:
            return rhythm
    return str(value)


def _trace_row(count: int, row: TraceRow) -> None:
    who = "; ".join(part for part in (row.agency.name if row.agency else None, row.person) if part)
    fact = FACTS.get(row.fact, row.fact)
    what = "; ".join(dict.fromkeys((ROLES.get(row.role or "", fact), fact, BASES[row.basis])))
    _title(count, who or "Văn bản không nêu ai thực hiện", what)
    _line("Việc", row.what)
    _line("Chủ trì", _people(row.lead) + (" (suy ra)" if row.lead_inferred else ""))
    _line("Phối hợp", _people(row.with_))
    _line("Báo cáo", _reporting(row.reports_to, row.via))
    criteria = row.criteria or ((row.criterion,) if row.criterion else ())
    _line("Tiêu chí", "; ".join(map(_criterion, criteria)))
    _line("Địa bàn", "; ".join(map(_named, row.places or ((row.place,) if row.place else ()))))
    if row.deadline is not None:
        _line("Thời hạn", _due(row.deadline))
    if row.from_ or row.to:
        _line("Hiệu lực", f"{day(row.from_) or '…'} – {day(row.to) or '…'}")
    for (source, since), steps in _by_source(row.passed_on).items():
        names = "; ".join(map(heir_words, steps))
        _line("Nay là", f"{names}, kế thừa theo {source} từ ngày {day(since)} (suy ra)")
    if row.chain:
        _line("Cấp trên", f"{' → '.join(step.to.name for step in row.chain)} (suy ra)")
    _line("Văn bản", _dated(row.document))
    if row.replaced_by is not None:
        _line("Hết hiệu lực", f"được thay thế hoặc bãi bỏ bởi {document(row.replaced_by)}")
    _inferred(row)
    _quote(row.evidence)


def _title(count: int | None, who: str, what: str) -> None:
    click.echo(f"{f'{count}. ' if count else ''}{click.style(who, bold=True)} ({what})")


def _line(label: str, text: str | None) -> None:
    """Print a labelled text, wrapped and aligned; nothing when there is none."""
    if not text:
        return
    width = max(60, min(shutil.get_terminal_size().columns, 110))
    indent = " " * (3 + _LABEL)
    click.echo(
        textwrap.fill(
            " ".join(text.split()),
            width,
            initial_indent=f"   {label:<{_LABEL}}",
            subsequent_indent=indent,
            break_on_hyphens=False,  # a document number stays whole
        )
    )


def _quote(evidence: Evidence, within: DocumentName | None = None) -> None:
    page = f" (trang {evidence.page})" if evidence.page else ""
    _line("Căn cứ", f"“{evidence.quote}”{page}" + (f", {document(within)}" if within else ""))


def _by_source(steps: Iterable[Because]) -> dict[tuple[str | None, date | None], list[Because]]:
    found: dict[tuple[str | None, date | None], list[Because]] = {}
    for step in steps:
        found.setdefault((step.source, step.since), []).append(step)
    return found


def _dated(name: DocumentName) -> str:
    """Return a document; without a day, what follows for a question that has one."""
    return document(name) if name.date else f"{document(name)}; chưa ghi ngày nên được tính cho mọi ngày"


def _inferred(row: TraceRow | DeadlineRow) -> None:
    if row.basis is not Basis.INFERRED:
        return
    because = "; ".join(map(because_words, row.because))
    said = f"vì {because}" if because else rule_words(row.rule) or f"theo quy tắc “{row.rule}”"
    _line(BASES[row.basis].capitalize(), said)
    for step in row.because:
        if step.evidence is not None:
            _quote(step.evidence)


def _people(actors: Iterable[Any]) -> str:
    return "; ".join(actor.name for actor in actors)


def _reporting(to: Iterable[Any], via: Iterable[Any]) -> str:
    through = _people(via)
    return " ".join(part for part in (_people(to), f"qua {through}" if through else "") if part)


def _criterion(criterion: CriterionName) -> str:
    name = " ".join(part for part in (str(criterion.number or ""), criterion.name) if part)
    return f"tiêu chí {name} ({criterion.set or 'chưa rõ bộ tiêu chí'})"


def _named(thing: Named) -> str:
    return f"{thing.name} ({thing.place})" if thing.place and thing.place not in thing.name else thing.name


def _due(due: Due) -> str:
    when = day(due.date) or "không rõ ngày"
    more = [RECURRING] if due.recurrence else []
    more += [STATES[due.state]] if due.state else []
    more.append(f"“{due.text}”")
    return f"{when} ({'; '.join(more)})"


def _marked(hit: SearchHit) -> str:
    """Return the text of a hit with what was sought in bold, or between arrows where there is no bold."""
    parts, at = [], 0
    styled = sys.stdout.isatty()
    for start, end in hit.highlights:
        found = hit.text[start:end]
        parts += [hit.text[at:start], click.style(found, bold=True, underline=True) if styled else f"»{found}«"]
        at = end
    return "".join([*parts, hit.text[at:]])
