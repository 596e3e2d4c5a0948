"""Every command: read the call, ask the workspace, print. Whatever is heavy is imported where a command needs it."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ntmgraph import __version__, logs, preferences
from ntmgraph.causes import cause
from ntmgraph.cli import output
from ntmgraph.cli.words import speak_vietnamese
from ntmgraph.export.lists import in_batches
from ntmgraph.ids import is_doubt
from ntmgraph.model import SCHEMA, IssueCode
from ntmgraph.queries import (
    PAGE,
    DeadlineQuestion,
    Inference,
    IngestRow,
    IngestState,
    MatrixQuestion,
    NoDay,
    ProgressQuestion,
    ReviewQuestion,
    SearchQuestion,
    TaskState,
    TraceQuestion,
)
from ntmgraph.rules import rule_words
from ntmgraph.terms import ISSUES, STATES

if TYPE_CHECKING:
    from ntmgraph.export.files import File
    from ntmgraph.workspace import Workspace
    from ntmgraph.workspace.carrying import Carried
    from ntmgraph.workspace.decisions import Decision

log = logging.getLogger(__name__)

DONE, IN_PART, WRONG_CALL, UNREACHABLE = 0, 1, 2, 3

_EVERY = 10**6  # doubts of one kind, more than any workspace holds

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Where:
    """Which workspace a command works on."""

    folder: Path
    graph: str | None  # address of a Neo4j


class Day(click.ParamType[date]):
    """A day, typed as 2017-03-01 or 01/03/2017."""

    name = "ngày"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        typed = re.fullmatch(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})", value)
        try:
            if typed:
                return date(int(typed["year"]), int(typed["month"]), int(typed["day"]))
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} không phải là ngày; hãy viết như 2017-03-01 hoặc 01/03/2017.", param, ctx)


def _command(*, metavar: str = "[TÙY CHỌN]") -> Callable[[Callable[..., Any]], click.Command]:
    return cli.command(options_metavar=metavar)


def _inference(command: _Command) -> _Command:
    """Give a command the switches of what may be inferred."""
    listed = "; ".join(f"{rule}: {rule_words(rule)}" for rule in Inference)
    without = click.option(
        "--without",
        type=click.Choice([rule.value for rule in Inference]),
        multiple=True,
        metavar="QUY_TẮC",
        callback=lambda _context, _option, typed: frozenset(map(Inference, typed)),
        help=f"Bỏ điều suy ra theo quy tắc này; nêu được nhiều lần. {listed}.",
    )
    stated = click.option("--stated-only", is_flag=True, help="Chỉ những điều văn bản nêu rõ, bỏ điều suy ra.")
    return stated(without(command))


_json = click.option("--json", "as_json", is_flag=True, help="In một đối tượng JSON ra stdout.")
_FILES = click.Path(path_type=Path)
_STATES = click.Choice([state.value for state in TaskState])
_CODES = click.Choice([code.value for code in IssueCode])


@click.group(
    invoke_without_command=True,
    options_metavar="[TÙY CHỌN]",
    subcommand_metavar="[LỆNH [THAM SỐ]...]",
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": None},
)
@click.option(
    "--workspace",
    type=_FILES,
    envvar="NTMGRAPH_WORKSPACE",
    show_envvar=True,
    metavar="THƯ_MỤC",
    help="Kho dữ liệu; mặc định là thư mục dữ liệu riêng của người dùng.",
)
@click.option(
    "--graph",
    envvar="NTMGRAPH_GRAPH",
    show_envvar=True,
    metavar="ĐỊA_CHỈ",
    help="Làm việc trên đồ thị chung ở máy chủ Neo4j này, ví dụ neo4j://may-chu; mặc định là đồ thị trong kho.",
)
@click.version_option(__version__, message="ntmgraph, phiên bản %(version)s", help="Xem số phiên bản.")
@click.pass_context
def cli(context: click.Context, workspace: Path | None, graph: str | None) -> None:
    """Đọc văn bản chỉ đạo nông thôn mới và cho biết ai phải làm gì, trước ngày nào, theo câu nào.

    Không có lệnh: mở cửa sổ chương trình.
    """
    context.obj = Where(workspace or preferences.workspace_folder(), graph or None)
    if context.invoked_subcommand is None:
        # Who double-clicks the packaged program wants a window; who types the name in a terminal reads what it prints.
        context.invoke(window if getattr(sys, "frozen", False) else serve)


@_command()
@click.argument("files", nargs=-1, required=True, type=_FILES, metavar="TỆP...")
@_json
def parse(files: tuple[Path, ...], as_json: bool) -> int:
    """Đọc từng tệp và in kết quả, không ghi vào kho; tệp nén .zip: đọc các tệp trong đó.

    Với --json, mỗi tệp là một đối tượng trên một dòng.
    """
    from ingest.report import to_json
    from ntmgraph.workspace import batch

    code = DONE
    with TemporaryDirectory(prefix="ntmgraph-", ignore_cleanup_errors=True) as unpacked:
        given = chain.from_iterable(batch.as_given(path, unpack_to=Path(unpacked)) for path in files)
        for count, file in enumerate(given):
            read = batch.read_one(file)
            if read.reading is None:
                code = IN_PART
                output.say(f"Không đọc được: {read.reason}")
                if read.trouble:
                    output.say(f"Chi tiết ghi ở {_log_error(read.trouble)}.")
                if as_json:
                    refusal = {"schema": SCHEMA, "path": file.shown, "refused": read.refusal, "reason": read.reason}
                    click.echo(json.dumps(refusal, ensure_ascii=False))
            elif as_json:
                click.echo(json.dumps(to_json(read.reading), ensure_ascii=False))
            else:
                if count:
                    click.echo()
                output.print_reading(read.reading)
    return code


@_command()
@click.argument("paths", nargs=-1, required=True, type=_FILES, metavar="ĐƯỜNG_DẪN...")
@_json
@click.pass_obj
def ingest(where: Where, paths: tuple[Path, ...], as_json: bool) -> int:
    """Nạp tệp, thư mục (kể cả thư mục con) và tệp nén .zip vào kho.

    Tệp gốc được giữ nguyên vẹn. Tệp không nạp được có lý do; các tệp khác vẫn được nạp.
    """
    progress = output.Progress("Đang nạp")

    def show(row: IngestRow) -> None:
        progress.clear()
        output.print_ingest_row(row)

    began = time.perf_counter()
    with _workspace(where, "đang nạp văn bản") as workspace:
        rows = workspace.ingest(
            paths,
            on_row=None if as_json else show,
            on_progress=progress,
            on_page=progress.page,
            by=preferences.load().author,
        )
    progress.clear()
    seconds = max(time.perf_counter() - began, 0.001)
    if as_json:
        output.print_json(rows, seconds=round(seconds, 3), documents_per_second=round(len(rows) / seconds, 1))
    output.say(output.ingest_summary(rows, seconds))
    return IN_PART if any(row.state is IngestState.REFUSED for row in rows) else DONE


@_command()
@_json
@click.pass_obj
def rebuild(where: Where, as_json: bool) -> int:
    """Dựng lại đồ thị và chỉ mục từ các tệp gốc.

    Bản đang dùng chỉ được thay khi bản mới đã xong.
    """
    progress = output.Progress("Đang dựng lại")
    lost: list[IngestRow] = []
    with _workspace(where, "đang dựng lại kho", to_rebuild=True) as workspace:
        counts = workspace.rebuild(on_progress=progress, on_row=lost.append)
    progress.clear()
    if as_json:
        output.print_json([{"kind": kind, "count": count} for kind, count in counts.items()], refused=lost)
    else:
        output.print_counts(counts)
    for row in lost:
        output.say(f"Không dựng lại được: {row.reason}")
    return IN_PART if lost else DONE


@_command()
@click.option("--criterion", metavar="TIÊU_CHÍ", help="Số (17), mã (VN-XA-2021:17) hoặc tên tiêu chí.")
@click.option("--agency", metavar="CƠ_QUAN", help="Tên hoặc mã cơ quan.")
@click.option("--place", metavar="ĐỊA_BÀN", help="Tên hoặc mã xã, huyện, thôn.")
@click.option("--province", metavar="TỈNH", help="Chỉ văn bản của tỉnh này.")
@click.option("--set", "criteria_set", metavar="BỘ", help="Chỉ bộ tiêu chí này, ví dụ VN-XA-2021.")
@click.option(
    "--on", type=Day(), metavar="NGÀY", help="Tính đến ngày này; không nêu thì xét mọi văn bản, mọi bộ tiêu chí."
)
@_inference
@_json
@click.pass_obj
def trace(
    where: Where,
    criterion: str | None,
    agency: str | None,
    place: str | None,
    province: str | None,
    criteria_set: str | None,
    on: date | None,
    stated_only: bool,
    without: frozenset[Inference],
    as_json: bool,
) -> int:
    """Truy vết trách nhiệm: ai làm, báo cáo ai, theo câu nào.

    Cần ít nhất một trong --criterion, --agency, --place.
    """
    if criterion is None and agency is None and place is None:
        raise click.UsageError("Hãy cho biết cần truy vết gì: --criterion, --agency hoặc --place.")
    question = TraceQuestion(
        criterion=criterion,
        agency=agency,
        place=place,
        province=province,
        set=criteria_set,
        on=on,
        stated_only=stated_only,
        without=without,
    )
    with _workspace(where, "đang tra cứu") as workspace:
        answer, parts = in_batches(workspace.trace, question)
        rows = [row for part in parts for row in part.rows]
    if as_json:
        asked = {"criteria": answer.criteria, "agencies": answer.agencies, "places": answer.places}
        beside = {"usual_leads": answer.usual_leads, "passed_on": answer.passed_on, "results": answer.results}
        output.print_json(rows, **asked, total=answer.total, note=answer.note, **beside)
    else:
        output.print_trace(answer, rows)
    return DONE


@_command()
@click.argument("text", metavar="CHỮ")
@click.option("--year", type=int, metavar="NĂM", help="Năm của văn bản.")
@click.option("--issuer", metavar="CƠ_QUAN", help="Cơ quan ban hành.")
@click.option("--type", "type_", metavar="LOẠI", help="Loại văn bản: Công văn, Kế hoạch, Quyết định...")
@click.option("--agency", metavar="CƠ_QUAN", help="Cơ quan được nhắc đến.")
@click.option("--criterion", metavar="TIÊU_CHÍ", help="Số, mã hoặc tên tiêu chí được nhắc đến.")
@click.option("--place", metavar="ĐỊA_BÀN", help="Địa bàn được nhắc đến.")
@click.option("--province", metavar="TỈNH", help="Chỉ văn bản của tỉnh này và của trung ương.")
@click.option("--limit", type=click.IntRange(1, PAGE), default=20, metavar="SỐ", help="Số đoạn của một trang (20).")
@click.option("--offset", type=click.IntRange(0), default=0, metavar="SỐ", help="Bỏ qua bấy nhiêu đoạn đầu.")
@_json
@click.pass_obj
def search(where: Where, /, text: str, type_: str | None, as_json: bool, **narrowed: Any) -> int:
    """Tìm trong toàn bộ văn bản, không cần gõ dấu.

    Cụm từ đặt trong ngoặc kép; số ký hiệu gõ như in trong văn bản.
    """
    question = SearchQuestion(text, type=type_, **narrowed)
    with _workspace(where, "đang tra cứu") as workspace:
        answer = workspace.search(question)
    if as_json:
        output.print_json(answer.rows, facets=answer.facets, counted=answer.counted, total=answer.total, ms=answer.ms)
    else:
        output.print_search(answer, question)
    return DONE


@_command()
@click.option("--on", type=Day(), metavar="NGÀY", help="Tính đến ngày này; mặc định là hôm nay.")
@click.option("--from", "from_", type=Day(), metavar="NGÀY", help="Thời hạn từ ngày này.")
@click.option("--to", type=Day(), metavar="NGÀY", help="Thời hạn đến ngày này.")
@click.option(
    "--state",
    type=_STATES,
    metavar="TRẠNG_THÁI",
    help="; ".join(f"{state}: {words}" for state, words in STATES.items()) + ".",
)
@click.option("--agency", metavar="CƠ_QUAN", help="Tên hoặc mã cơ quan.")
@click.option("--place", metavar="ĐỊA_BÀN", help="Tên hoặc mã địa bàn.")
@click.option("--criterion", metavar="TIÊU_CHÍ", help="Số, mã hoặc tên tiêu chí.")
@click.option("--province", metavar="TỈNH", help="Chỉ văn bản của tỉnh này.")
@click.option("--document", metavar="MÃ", help="Chỉ nhiệm vụ của văn bản này.")
@click.option("--no-day", "no_day", is_flag=True, help="Chỉ nhiệm vụ mà văn bản không nêu thời hạn.")
@click.option(
    "--ics",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="TỆP",
    help="Ghi ra tệp lịch (.ics) cho Outlook, Google Calendar hoặc điện thoại, thay vì in ra.",
)
@_inference
@_json
@click.pass_obj
def deadlines(
    where: Where,
    /,
    on: date | None,
    state: str | None,
    no_day: bool,
    ics: Path | None,
    as_json: bool,
    **narrowed: Any,
) -> int:
    """Theo dõi thời hạn của nhiệm vụ, theo bốn trạng thái."""
    question = DeadlineQuestion(
        on or date.today(),
        state=TaskState(state) if state else None,
        no_day=NoDay.UNSTATED if no_day else None,
        **narrowed,
    )
    if ics is not None:
        return _write_calendar(where, question, ics)
    with _workspace(where, "đang tra cứu") as workspace:
        answer, parts = in_batches(workspace.deadlines, question)
        rows = [row for part in parts for row in part.rows]
    if as_json:
        output.print_json(rows, on=question.on, states=answer.states, total=answer.total, note=answer.note)
    else:
        output.print_deadlines(answer, rows, question.on)
    return DONE


def _write_calendar(where: Where, question: DeadlineQuestion, path: Path) -> int:
    from ntmgraph.workspace import TooManyError

    with _workspace(where, "đang ghi tệp lịch") as workspace:
        try:
            content, left_out = workspace.calendar_file(question)
            path.write_bytes(content)
        except TooManyError as error:
            raise click.UsageError(str(error)) from error
        except OSError as error:
            raise click.UsageError(f"Không ghi được tệp {path} ({cause(error)}). Hãy chọn nơi khác.") from error
    events = content.count(b"BEGIN:VEVENT")
    rest = f"; {output.number(left_out)} nhiệm vụ không có ngày nên không có trong tệp" if left_out else ""
    click.echo(f"Đã ghi {output.number(events)} nhiệm vụ vào {path}{rest}.", err=True)
    return DONE


@_command()
@click.option("--place", metavar="ĐỊA_BÀN", help="Tên hoặc mã địa bàn; cả kết quả của các xã đã nhập vào đó.")
@click.option("--province", metavar="TỈNH", help="Các đơn vị của tỉnh này.")
@click.option("--set", metavar="BỘ", help="Mã bộ tiêu chí, ví dụ VN-XA-2021; mặc định là mọi bộ.")
@click.option("--on", type=Day(), metavar="NGÀY", help="Tính đến ngày này; mặc định là hôm nay.")
@click.option("--stated-only", is_flag=True, help="Chỉ những điều văn bản nêu rõ, bỏ điều suy ra.")
@_json
@click.pass_obj
def progress(where: Where, /, on: date | None, as_json: bool, **narrowed: Any) -> int:
    """Xem tiến độ: từng nơi đã đạt đến đâu, theo báo cáo mới nhất tính đến một ngày."""
    question = ProgressQuestion(on or date.today(), **narrowed)
    with _workspace(where, "đang tra cứu") as workspace:
        answer, parts = in_batches(workspace.progress, question)
        rows = [row for part in parts for row in part.rows]
    if as_json:
        output.print_json(rows, on=question.on, total=answer.total, note=answer.note)
    else:
        output.print_progress(answer, rows, question.on)
    return DONE


@_command()
@click.option("--province", metavar="TỈNH", help="Chỉ văn bản của tỉnh này.")
@click.option(
    "--code",
    type=_CODES,
    metavar="LOẠI",
    help="Chỉ loại này. " + "; ".join(f"{code}: {words}" for code, words in ISSUES.items()) + ".",
)
@click.option("--limit", type=click.IntRange(1, PAGE), default=PAGE, metavar="SỐ", help=f"Số dòng một trang ({PAGE}).")
@click.option("--offset", type=click.IntRange(0), default=0, metavar="SỐ", help="Bỏ qua bấy nhiêu dòng đầu.")
@_json
@click.pass_obj
def review(where: Where, /, code: str | None, as_json: bool, **narrowed: Any) -> int:
    """Rà soát: điều văn bản nêu chưa rõ, còn thiếu hoặc mâu thuẫn.

    Tiêu chí có hai cơ quan chủ trì hoặc chưa có, đổi cơ quan chủ trì, cơ quan không còn, thời hạn mâu thuẫn, số liệu
    không khớp, văn bản được viện dẫn nhưng chưa nạp.
    """
    question = ReviewQuestion(code=IssueCode(code) if code else None, **narrowed)
    with _workspace(where, "đang rà soát") as workspace:
        answer = workspace.review(question)
    if as_json:
        output.print_json(answer.rows, total=answer.total, codes=answer.codes, note=answer.note)
    else:
        output.print_review(answer, question)
    return DONE


# What each list can be narrowed by, under the names of its page and its command.
_NARROWED = ("agency", "place", "criterion", "province", "stated_only", "without")
_EXPORTS = {
    "deadlines": ("on", "from_", "to", "state", "document", *_NARROWED),
    "reminder": ("on", "document", *_NARROWED),
    "trace": ("on", "document", "set", *_NARROWED),
    "matrix": ("on", "province", "set", "stated_only", "without"),
    "progress": ("on", "province", "place", "set", "stated_only"),
    "search": ("text", "year", "issuer", "type", "agency", "criterion", "place", "province"),
    "documents": ("text", "year", "issuer", "type", "province"),
    "review": ("code", "document", "province"),
}
# One of these must be named, for there is no list of all.
_ASKED_OF = {
    "trace": ("criterion", "agency", "place", "document"),
    "progress": ("province", "place"),
    "search": ("text", "year", "issuer", "type", "agency", "criterion", "place"),
}


@_command()
@click.argument("what", type=click.Choice(tuple(_EXPORTS)), metavar="|".join(_EXPORTS))
@click.argument("file", type=_FILES, metavar="TỆP")
@click.option("--text", metavar="CHỮ", help="Chữ cần tìm (search), số, ký hiệu hoặc trích yếu (documents).")
@click.option("--year", type=int, metavar="NĂM", help="Năm của văn bản.")
@click.option("--issuer", metavar="CƠ_QUAN", help="Cơ quan ban hành.")
@click.option("--type", metavar="LOẠI", help="Loại văn bản: Công văn, Kế hoạch, Quyết định...")
@click.option("--agency", metavar="CƠ_QUAN", help="Tên hoặc mã cơ quan.")
@click.option("--place", metavar="ĐỊA_BÀN", help="Tên hoặc mã địa bàn.")
@click.option("--criterion", metavar="TIÊU_CHÍ", help="Số, mã hoặc tên tiêu chí.")
@click.option("--document", metavar="VĂN_BẢN", help="Mã văn bản.")
@click.option("--province", metavar="TỈNH", help="Chỉ văn bản của tỉnh này.")
@click.option("--set", metavar="BỘ", help="Chỉ bộ tiêu chí này, ví dụ VN-XA-2021.")
@click.option("--on", type=Day(), metavar="NGÀY", help="Tính đến ngày này; nhiệm vụ: mặc định là hôm nay.")
@click.option("--from", "from_", type=Day(), metavar="NGÀY", help="Thời hạn từ ngày này.")
@click.option("--to", type=Day(), metavar="NGÀY", help="Thời hạn đến ngày này.")
@click.option(
    "--state", type=click.Choice([state.value for state in TaskState]), metavar="TRẠNG_THÁI", help="Trạng thái."
)
@click.option(
    "--code", type=click.Choice([code.value for code in IssueCode]), metavar="LOẠI", help="Loại điểm rà soát."
)
@_inference
@_json
@click.pass_obj
def export(where: Where, /, what: str, file: Path, as_json: bool, **typed: Any) -> int:
    """Xuất một danh sách ra tệp Excel (.xlsx), CSV (.csv) hoặc Word (.docx), theo đuôi tệp.

    deadlines: nhiệm vụ theo thời hạn; reminder: công văn đôn đốc với phụ lục từng cơ quan (Word); trace: truy vết;
    matrix: biểu phân công; progress: tiến độ; search: kết quả tìm; documents: văn bản; review: rà soát. Lọc như ở
    trang và lệnh cùng tên.
    """
    narrowed = {name: value for name, value in typed.items() if value}
    if strange := sorted(set(narrowed) - set(_EXPORTS[what])):
        options = ", ".join(f"--{name.rstrip('_').replace('_', '-')}" for name in strange)
        raise click.UsageError(f"{what} không lọc được theo {options}.")
    if (needed := _ASKED_OF.get(what, ())) and not narrowed.keys() & set(needed):
        options = ", ".join(f"--{name}" for name in needed)
        raise click.UsageError(f"Hãy cho biết cần xuất gì: {what} cần ít nhất một trong {options}.")
    with _workspace(where, "đang xuất tệp") as workspace:
        made = _export(workspace, what, narrowed)
        end = file.suffix.lower().removeprefix(".")
        if (format := made.format(end)) is None:
            raise click.UsageError(f"{what} xuất được ra tệp .{', .'.join(made.formats)}, không phải “{file.name}”.")
        try:
            made.write(file, format)
        except OSError as error:
            raise click.UsageError(f"Không ghi được {file}: {cause(error)}. Hãy chọn tên hoặc thư mục khác.") from error
    if as_json:
        output.print_json([{"path": str(file), "bytes": file.stat().st_size}])
    output.say(f"Đã xuất ra {file}.")
    return DONE


def _export(workspace: Workspace, what: str, narrowed: dict[str, Any]) -> File:
    from ntmgraph.export import files
    from ntmgraph.export.lists import DocumentQuestion
    from ntmgraph.export.paper import Office

    office = Office(name=preferences.load().office)
    if what in ("deadlines", "reminder"):
        state = narrowed.pop("state", None)
        on = narrowed.pop("on", None) or date.today()
        question = DeadlineQuestion(on, state=TaskState(state) if state else None, **narrowed)
        return (files.tasks if what == "deadlines" else files.reminder)(workspace, question, office)
    if what == "matrix":
        return files.matrix(workspace, MatrixQuestion(**narrowed), office)
    if what == "progress":
        on = narrowed.pop("on", None) or date.today()
        return files.progress(workspace, ProgressQuestion(on, **narrowed))
    if what == "documents":
        return files.documents(workspace, DocumentQuestion(**narrowed))
    if what == "review":
        code = narrowed.pop("code", None)
        return files.review(workspace, ReviewQuestion(code=IssueCode(code) if code else None, **narrowed))
    if what == "search":
        return files.search(workspace, SearchQuestion(narrowed.pop("text", ""), **narrowed))
    return files.trace(workspace, TraceQuestion(**narrowed))


@_command()
@click.argument("fact", metavar="MÃ")
@click.option("--accept", is_flag=True, help="Nội dung đọc đúng; với mã của một điều cần xem lại: đã xem.")
@click.option("--reject", is_flag=True, help="Bác bỏ: văn bản không nói như vậy.")
@click.option("--set", "fields", multiple=True, metavar="Ô=GIÁ_TRỊ", help="Sửa một ô; nêu lại để ghi nhiều giá trị.")
@click.option("--why", metavar="LÝ_DO", help="Lý do, được giữ trong lịch sử.")
@_json
@click.pass_obj
def decide(
    where: Where, fact: str, accept: bool, reject: bool, fields: tuple[str, ...], why: str | None, as_json: bool
) -> int:
    """Xác nhận, bác bỏ hoặc sửa một nội dung đã đọc (nhiệm vụ, phân công, giúp đỡ) theo mã của nó.

    Mã có trong kết quả --json của trace, deadlines và review. Ví dụ: --set lead="Sở Y tế" --set deadline=30/06/2020;
    để trống sau dấu bằng là xóa. Đọc lại văn bản không làm mất quyết định.
    """
    from ntmgraph.workspace.correcting import Act
    from ntmgraph.workspace.decisions import DecisionKind

    typed: dict[str, list[str]] = {}
    for each in fields:
        name, given, value = each.partition("=")
        if not given:
            raise click.UsageError(
                f"“{each}” thiếu dấu bằng; hãy viết --set Ô=GIÁ_TRỊ, ví dụ --set deadline=30/06/2020."
            )
        typed.setdefault(name, []).append(value)
    if [accept, reject, bool(typed)].count(True) != 1:
        raise click.UsageError("Hãy nêu một trong ba: --accept, --reject, hoặc --set Ô=GIÁ_TRỊ.")
    kind = DecisionKind.ACCEPTED if accept else DecisionKind.REJECTED if reject else DecisionKind.CHANGED
    with _workspace(where, "đang ghi quyết định") as workspace, _told():
        if is_doubt(fact) and accept:
            question = ReviewQuestion(code=IssueCode(fact.rpartition("!")[2]), limit=_EVERY)
            doubt = next(row for row in workspace.review(question).rows if row.id == fact)
            workspace.set_aside(doubt, by=preferences.load().author, why=why)
        else:
            workspace.correct(Act(kind, fact, typed, why), by=preferences.load().author)
        said = workspace.decisions(fact)
    return _print_decisions(said[-1:], as_json)


@_command()
@click.argument("fact", metavar="MÃ")
@_json
@click.pass_obj
def history(where: Where, fact: str, as_json: bool) -> int:
    """In mọi quyết định về một nội dung: ai, lúc nào, trước, sau, vì sao."""
    with _workspace(where, "đang xem lịch sử") as workspace:
        said = workspace.decisions(fact)
    return _print_decisions(said, as_json)


@_command()
@click.argument("decision", metavar="MÃ_QUYẾT_ĐỊNH")
@click.option("--why", metavar="LÝ_DO", help="Lý do, được giữ trong lịch sử.")
@_json
@click.pass_obj
def undo(where: Where, decision: str, why: str | None, as_json: bool) -> int:
    """Hoàn tác một quyết định theo mã của nó (xem “ntmgraph history”)."""
    with _workspace(where, "đang hoàn tác quyết định") as workspace, _told():
        workspace.undo(decision, by=preferences.load().author, why=why)
        said = workspace.decisions(decision)
    return _print_decisions(said[-1:], as_json)


@contextmanager
def _told() -> Iterator[None]:
    """End the command with a sentence where something cannot be decided."""
    from ntmgraph.workspace.correcting import WrongValueError
    from ntmgraph.workspace.decisions import DecidedMeanwhileError, UnknownDecisionError

    try:
        yield
    except (WrongValueError, DecidedMeanwhileError, UnknownDecisionError) as error:
        raise click.UsageError(str(error)) from error
    except (KeyError, StopIteration, ValueError) as error:
        raise click.UsageError("Không có nội dung nào mang mã này trong kho. Hãy lấy mã từ kết quả --json.") from error


def _print_decisions(said: Sequence[Decision], as_json: bool) -> int:
    from ntmgraph.workspace.decisions import to_record

    if as_json:
        output.print_json(map(to_record, said))
    else:
        output.print_decisions(said)
    return DONE


@_command()
@click.argument("address", metavar="ĐỊA_CHỈ")
@_json
@click.pass_obj
def push(where: Where, address: str, as_json: bool) -> int:
    """Đưa kho lên đồ thị chung ở máy chủ Neo4j.

    Tệp gốc, quyết định và trạng thái được đưa lên; những gì đã có ở đó được bỏ qua, nên bị ngắt thì chạy lại là xong.
    """
    return _carry(replace(where, graph=None), replace(where, graph=address), "Đang đưa lên", as_json)


@_command()
@click.argument("address", metavar="ĐỊA_CHỈ")
@_json
@click.pass_obj
def pull(where: Where, address: str, as_json: bool) -> int:
    """Lấy đồ thị chung ở máy chủ Neo4j về kho trên máy này.

    Những gì kho đã có được bỏ qua, nên bị ngắt thì chạy lại là xong.
    """
    return _carry(replace(where, graph=address), replace(where, graph=None), "Đang lấy về", as_json)


@_command()
@click.argument("file", type=_FILES, metavar="TỆP")
@_json
@click.pass_obj
def backup(where: Where, file: Path, as_json: bool) -> int:
    """Sao lưu tệp gốc, quyết định và trạng thái vào một tệp .zip."""
    progress = output.Progress("Đang sao lưu")
    with _workspace(where, "đang sao lưu") as workspace:
        count, missing = workspace.back_up(file, progress)
    progress.clear()
    if as_json:
        output.print_json([{"kind": "originals", "count": count}], path=str(file), missing=missing)
    output.say(f"Đã sao lưu {output.number(count)} tệp gốc cùng mọi quyết định vào {file}.")
    for reason in missing:
        output.say(f"Không sao lưu được: {reason}")
    return IN_PART if missing else DONE


@_command()
@click.argument("file", type=_FILES, metavar="TỆP")
@_json
@click.pass_obj
def restore(where: Where, file: Path, as_json: bool) -> int:
    """Phục hồi từ một bản sao lưu .zip vào kho; những gì kho đã có thì giữ nguyên."""
    from ntmgraph.workspace import backup as backups

    progress = output.Progress("Đang phục hồi")
    with _workspace(where, "đang phục hồi từ bản sao lưu") as workspace, backups.opened(file) as source:
        carried = workspace.carry_from(source, progress)
    progress.clear()
    return _print_carried(carried, as_json)


@_command()
@click.option("--quick", is_flag=True, help="Không đọc lại từng tệp gốc để so với đồ thị.")
@_json
@click.pass_obj
def check(where: Where, quick: bool, as_json: bool) -> int:
    """So tệp gốc, đồ thị và chỉ mục với nhau, nêu từng chỗ lệch."""
    progress = output.Progress("Đang kiểm tra")
    with _workspace(where, "đang kiểm tra kho") as workspace:
        drift = list(workspace.check(facts=not quick, on_progress=progress))
        counts = workspace.home.graph.counts()
    progress.clear()
    if as_json:
        output.print_json(drift, counts=[{"kind": kind, "count": count} for kind, count in counts.items()])
    else:
        output.print_drift(drift, counts)
    return IN_PART if drift else DONE


@_command()
@click.argument("address", metavar="ĐỊA_CHỈ")
@click.option("--user", metavar="NGƯỜI_DÙNG", help="Người dùng của máy chủ Neo4j; không nêu thì được hỏi.")
def login(address: str, user: str | None) -> int:
    """Thử vào máy chủ Neo4j và lưu mật khẩu vào kho khóa của hệ điều hành.

    Mật khẩu được hỏi, không hiện lên màn hình, không ghi vào tệp nào.
    """
    from ntmgraph.store import StoreError
    from ntmgraph.store.connection import Connection, default_user
    from ntmgraph.store.neo4j import open_neo4j

    try:
        user = user or click.prompt("Người dùng", default=default_user(address), err=True)
        connection = Connection.typed(address, user, click.prompt("Mật khẩu", hide_input=True, err=True))
        open_neo4j(connection, check=False).close()
        connection.remember()
    except StoreError as error:
        raise _Unreachable(str(error)) from error
    output.say(f"Đã vào được {connection}; mật khẩu của {user} đã lưu trong kho khóa của hệ điều hành.")
    return DONE


@_command()
@click.option("--port", type=click.IntRange(1, 65535), metavar="SỐ", help="Cổng; mặc định máy tự chọn cổng trống.")
@click.option("--no-browser", is_flag=True, help="Chỉ in địa chỉ, không mở trình duyệt.")
@click.pass_obj
def serve(where: Where, port: int | None = None, no_browser: bool = False) -> int:
    """Mở cửa sổ chương trình trong trình duyệt.

    Dòng đầu tiên in ra là địa chỉ để mở.
    """
    from dash_app import server

    with _workspace(where, "đang mở cửa sổ chương trình") as workspace:
        try:
            server.run(workspace, port=port, open_browser=not no_browser)
        except server.PortTakenError as error:
            raise click.UsageError(str(error.strerror or error)) from error
    return DONE


@_command()
@click.pass_obj
def window(where: Where) -> int:
    """Mở chương trình trong cửa sổ riêng; đang mở thì đưa cửa sổ ấy lên trước.

    Đóng cửa sổ là kết thúc chương trình.
    """
    from dash_app.desktop import open_window

    named = where.folder if where.folder != preferences.workspace_folder() else None
    return DONE if open_window(named, graph=where.graph) else UNREACHABLE


def main() -> None:
    """Run the command that the process was called with, and end the process."""
    output.use_utf8()
    speak_vietnamese()
    sys.exit(_run())


def _run() -> int:
    try:
        return int(cli.main(prog_name="ntmgraph", standalone_mode=False) or DONE)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        output.say("Đã dừng theo yêu cầu.")
        return IN_PART
    except Exception as error:  # noqa: BLE001 - an officer gets a sentence, the log the details
        where = _log_error(logs.trace(error))
        output.say(
            "Chương trình gặp lỗi không lường trước; dữ liệu đã nạp còn nguyên. Hãy chạy lại lệnh; nếu vẫn lỗi, gửi "
            f"cho người phụ trách tệp nhật ký {where}."
        )
        return IN_PART


@contextmanager
def _workspace(where: Where, task: str, *, to_rebuild: bool = False) -> Iterator[Workspace]:
    """Open the workspace for one command; one that cannot be opened or is lost ends the command with its sentence."""
    from ntmgraph.store import StoreError
    from ntmgraph.workspace import Workspace, WorkspaceError

    try:
        with Workspace.open(where.folder, graph=where.graph, task=task, to_rebuild=to_rebuild) as workspace:
            yield workspace
    except (WorkspaceError, StoreError) as error:
        raise _Unreachable(str(error)) from error


def _carry(source: Where, target: Where, what: str, as_json: bool) -> int:
    progress = output.Progress(what)
    with _workspace(source, "đang chuyển kho") as from_, _workspace(target, "đang chuyển kho") as to:
        carried = to.carry_from(from_.as_source(), progress)
    progress.clear()
    return _print_carried(carried, as_json)


def _print_carried(carried: Carried, as_json: bool) -> int:
    if as_json:
        rows = [{"kind": each.kind, "source": each.source, "target": each.target} for each in carried.counts]
        more = {name: getattr(carried, name) for name in ("refused", "apart", "different", "contradicted")}
        output.print_json(rows, new=carried.new, mended=carried.mended, decisions=carried.decisions, **more)
    else:
        output.print_carried(carried)
    return DONE if carried.ok else IN_PART


class _Unreachable(click.ClickException):
    exit_code = UNREACHABLE


def _log_error(trouble: str) -> Path:
    """Write an error of the program to this user's log, and return where that is."""
    folder = logs.log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    handler = logs.file_handler(folder / "ntmgraph.log")
    log.addHandler(handler)
    log.error("ntmgraph %s\n%s", " ".join(sys.argv[1:2]), trouble)
    handler.close()
    return folder / "ntmgraph.log"
