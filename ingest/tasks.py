"""Tasks: who must do what, with whom, reporting to whom, by when, each on the words that bind.

A provision is read in two steps. Its own words are cut where a new doer takes over ("..., UBND các huyện chỉ đạo");
each piece is one task. The doer is the subject of the piece, else the run-in heading before it ("2. Sở Kế hoạch
và Đầu tư: ..."), else the nearest heading above (`who_inferred`), else nobody. Results, aims, background and
funding figures are no tasks: `data/duty_sections.csv` says which headings open such parts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from ingest.agencies import AgencyMention
from ingest.agency_grammar import UPPER
from ingest.duties import (
    ADVISED,
    ANOTHER_PART,
    CHARGED,
    COLLECT,
    HANGS_ON,
    LEAD_IN,
    LEADER,
    RECURS,
    REPORT,
    REPORTS,
    SUPPORTER,
    VIA,
    WATCHED,
    WHEN,
    WITH,
    Wording,
    role_of,
    section_binds,
)
from ingest.labels import Labels
from ingest.provisions import Outline
from ingest.subjects import Doers, Subjects
from ntmgraph.ids import fact_id
from ntmgraph.model import (
    Actor,
    Criterion,
    Deadline,
    DeadlineKind,
    Document,
    DocumentState,
    Issue,
    IssueCode,
    Mention,
    Place,
    Provision,
    Role,
    Scope,
    Task,
)
from ntmgraph.text import aligned

LONGEST_WHAT = 120  # words; more is cut at the last clause that fits
_NO_DUTIES = frozenset({"header", "closing", "row"})
_SENTENCE = re.compile(rf"(?<=[.!?…])(?<!TT\.)(?<!TP\.)(?<!KT\.)(?<!TX\.)\s+(?=[“(]?[{UPPER}])")
_UNREAD = re.compile(
    r"(?<!\w)(?:có trách nhiệm|chủ trì|giao (?:cho )?(?:sở|ubnd|ủy ban|văn phòng|các)|đề nghị các|yêu cầu các)(?!\w)"
)
_SKIP_START = re.compile(  # a sentence that tells, not orders
    r"ngày \d{1,2}(?! (?:hằng|hàng))|tính đến|đến nay|"
    r"đến hết năm \d{4}[^,]{0,30} đã|kết quả|trong (?:những năm|năm) qua|thời gian qua|"
    r"phấn đấu (?:đến|hết|trong|có|toàn|đạt) |trên đây là|nơi nhận|kính gửi|"
    r"đồng ý |nhất trí |ghi nhận |đánh giá cao |cơ bản thống nhất|"
    r"thống nhất (?:chủ trương|với|về|nội dung|đề xuất|đề nghị)"
)
_ISSUERS_OWN = re.compile(  # what an issuer says of itself
    r" (?:xây dựng|ban hành|báo cáo|thông báo|đề nghị|yêu cầu|hướng dẫn|có ý kiến|nhận được|kết luận|quyết định|đã|"
    r"chỉ đạo như|giao|cơ bản|thống nhất|nhất trí|đồng ý|đánh giá|ghi nhận|biểu dương|hoan nghênh|thảo luận|"
    r"kính|nhận thấy)"
)
_ANNOUNCED = re.compile(r" (?:xin |trân trọng )?(?:thông báo|đề nghị thông báo) .{0,120}biết")
_AND_DO = re.compile(r" (?:được )?biết(?:,| và|, và| để)? (?=tổ chức thực hiện|triển khai|thực hiện|nghiêm túc)")
_NO_MORE = re.compile(r"(?:và )?(?:triển khai )?thực hiện[./; ]*$")  # "... biết, thực hiện./." closes a paper, no more
_THEN_ORDERS = re.compile(r"(?:[,;] |\. )(?:đồng thời,? )?(?=(?:giao|yêu cầu|đề nghị) )")
_RECOUNTS = re.compile(  # from here a news item tells what a directive says
    r"theo đó,|cụ thể(?: như sau)?:|(?<!\w)(?:giao|yêu cầu|đề nghị|phân công|chỉ đạo):? "
    r"(?:(?:các )?(?:sở|ban|ngành|cơ quan|đơn vị|địa phương|huyện|xã|ubnd|ủy ban|cấp|phòng|tổ)|\d+ sở)(?!\w)"
)
_AGAIN = re.compile(r"^Theo đó,", re.MULTILINE)
_SUPPORTER = re.compile(r"(?:các )?(?:cơ quan|đơn vị) (?:được (?:giao|phân công) )?phối hợp")
_AIM = "phấn đấu"
_LABEL_START = re.compile(r"(?:^|(?<=[.;(])) ?|(?<!\w)(?=(?:cơ quan|đơn vị|phối hợp|chủ trì|phân công)(?! \w+,))")
_LABEL_END = re.compile(r"[(.;] ?(?:(?:cơ quan|đơn vị) (?:chủ trì|thực hiện|phụ trách|phối hợp)|chủ trì|phối hợp)$")
_CLAUSE = re.compile(r"; (?:đồng thời,? )?")
_ALSO_JOINS = re.compile(  # "chủ trì tiêu chí số 9, phối hợp với Sở A thực hiện tiêu chí số 4"
    r"tiêu chí (?:số )?\d[^;.]*?, (?=phối hợp (?:với|cùng) [^;.:]{3,150}? (?:thực hiện|hướng dẫn|triển khai) "
    r"(?:các )?tiêu chí)"
)
_TOLD = re.compile(r"[^.;:]{0,60}? (?:đã|đang|đạt|chưa|bị)(?!\w)|:| \d")
_AFTER_NUMBER = re.compile(r"\((?:\d{1,2}|[ivx]{1,4}|[a-hđ])\) $")
_AS_FOLLOWS = re.compile(r"(?:như sau|sau(?: đây)?|nhiệm vụ|có trách nhiệm):? ?\([\w]{1,4}\) $")
_INLINE_NUMBER = re.compile(r"\((?:\d{1,2}|[ivx]{1,4}|[a-hđ])\) ")
_OF_LIST = re.compile(  # before the date that an opening gives to all of its list
    r"(?:xong|hoàn thành|thời hạn|gửi|chậm nhất|(?:thực hiện|triển khai)(?: ngay)?(?= trong))[^.;]{0,40}$"
)
_RESULT_SENT = re.compile(  # a sentence that goes on about the work before it
    r"(?:kết quả|báo cáo|văn bản|danh sách|hồ sơ)(?: [\w]+){0,4} (?:báo cáo|gửi|trình)(?: về| cho| lên)? (?!đã)"
)
_ALL_ABOVE = re.compile(  # a sentence below a list that speaks of all of it
    r"(?<=\s)(?:tất cả )?(?:các|những) (?:nội dung|nhiệm vụ|công việc|việc|phần việc)(?: nêu| nói)? "
    r"(?:trên|ở trên)(?: đây)?,?(?: phải| yêu cầu| cần| đề nghị)? (?:hoàn thành|thực hiện|xong|triển khai|báo cáo)"
)
_DAYS = (DeadlineKind.BEFORE, DeadlineKind.BY, DeadlineKind.ON, DeadlineKind.RELATIVE)
_UTMOST = re.compile(r"không (?:để |được )?(?:quá|chậm|muộn|trễ)\b", re.IGNORECASE)  # "không để chậm quá ngày 25/11"
_EXCEPTION = re.compile(r"\briêng\b[^.;]{0,60}$")  # "hằng quý báo cáo; riêng quý IV báo cáo trước ngày 10/12"
_PRIORITY = (
    *_DAYS[:3],
    DeadlineKind.BY_END_OF,
    DeadlineKind.RECURRING,
    DeadlineKind.RELATIVE,
    DeadlineKind.EVENT,
    DeadlineKind.FROM,
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one provision that bind one set of doers."""

    start: int
    what: int  # where the predicate starts
    end: int
    doers: Doers | None
    inferred: bool
    rule: str


class FoundTasks(NamedTuple):
    tasks: tuple[Task, ...]
    issues: tuple[Issue, ...]  # one a sentence that reads like a duty but gave no task
    strangers: tuple[AgencyMention, ...]  # all bodies that no catalogue knows; those that are used are told by their id


def find_tasks(
    document: Document,
    outline: Outline,
    mentions: tuple[AgencyMention, ...],
    deadlines: tuple[Deadline, ...],
    criteria: tuple[Criterion, ...],
    places: tuple[Place, ...],
) -> FoundTasks:
    """Return the tasks in text order, with what could not be read and who is told that no catalogue knows."""
    reader = _TaskReader(document, outline, mentions, deadlines, criteria, places)
    tasks = tuple(reader.retold(reader.tasks()) if reader.news else reader.tasks())
    return FoundTasks(tasks, tuple(reader.unread(tasks)), tuple(reader.subjects.strangers.values()))


class _TaskReader:
    def __init__(
        self,
        document: Document,
        outline: Outline,
        mentions: tuple[AgencyMention, ...],
        deadlines: tuple[Deadline, ...],
        criteria: tuple[Criterion, ...],
        places: tuple[Place, ...],
    ) -> None:
        self.document = document
        self.outline = outline
        self.text = document.text
        self.low = aligned(document.text)
        dates = ((deadline.evidence.start, deadline.evidence.end) for deadline in deadlines)
        self.news = document.state is DocumentState.NEWS
        self.subjects = Subjects(
            self.text, self.low, mentions, document.issuer_id, dates, province=document.province, news=self.news
        )
        self.charged: list[int] = []  # where assignments and helps of this text start, which are no tasks
        self.deadlines = deadlines
        self.lists_end = list(self._ends_of_lists())
        self.due_at = sorted((deadline.evidence.start, index) for index, deadline in enumerate(deadlines))
        self.criteria_at = _starts((one.id, one.mentions) for one in criteria)
        self.places_at = _starts((one.id, one.mentions) for one in places)
        self.heads: dict[str, Doers | None] = {}  # doers that a provision's heading names
        self.binding: dict[str, bool | None] = {}  # what a provision's heading says of what is below it
        self.parents = {provision.parent for provision in outline.provisions}
        self.labels = Labels(outline, self.low)
        self.lead_in: Doers | None = None  # "UBND tỉnh yêu cầu các Sở ... thực hiện một số nội dung sau:"
        self.asked = False  # the opening asks equals: "Sở X đề nghị các địa phương thực hiện các nội dung sau:"
        self.ordered = False  # an order has opened the list of duties
        # What a news item tells before "Theo đó, ..." it tells again behind it.
        again = _AGAIN.search(self.text) if self.news else None
        self.announced = again.start() if again else 0
        self.opened: set[str] = set()  # provisions whose doers a paragraph in them names
        self.numbered = False  # past the preamble
        self.title: bool | None = None  # what a title without a number says, in news
        self.titles = 0

    # --- the walk

    def tasks(self) -> Iterator[Task]:
        for provision in self.outline.provisions:
            if provision.kind in _NO_DUTIES:
                continue
            start, end = self.outline.own(provision)
            self.numbered = self.numbered or provision.kind != "paragraph"
            if self.news and _RECOUNTS.search(self.low, start, end):
                self.ordered = True
            if self.news and end <= self.announced:
                continue
            if start >= end:
                self._read_heading(provision, start, end)
                continue
            body = self._read_heading(provision, start, end)
            if body >= end:
                continue
            if provision in self.labels:
                continue
            pieces = self._pieces(provision, body, end)
            charge: _Piece | None = None
            for piece in pieces:
                if CHARGED.match(self.low, piece.what, piece.end):
                    if _within(self.criteria_at, piece.what, piece.end) or _within(
                        self.places_at, piece.what, piece.end
                    ):
                        self.charged.append(piece.start)
                    charge = piece
                    continue  # an assignment or a help
                task = self._task(provision, piece, pieces, end)
                if charge and charge.doers is piece.doers and charge.end < piece.start:
                    # "chủ trì, phối hợp với Sở B thực hiện tiêu chí số 9; xây dựng mô hình ...": with B too
                    task = replace(task, with_=tuple(dict.fromkeys((*self._support(charge)["with"], *task.with_))))
                yield task
        yield from self._tabled()

    def retold(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Yield the tasks of a news item: paragraphs in a row that name nobody recount one thing."""
        row: list[Task] = []
        titles = 0
        for task in tasks:
            if row and (titles != self.titles or "task.bare" not in {task.evidence.rule} & {row[0].evidence.rule}):
                yield self._one_of(row)
                row = []
            row.append(task)
            titles = self.titles
        if row:
            yield self._one_of(row)

    def _one_of(self, row: list[Task]) -> Task:
        """Return the task of neighbouring paragraphs, each with its first words."""
        if len(row) == 1:
            return row[0]
        spans = [(task.evidence.start, task.evidence.end) for task in row]
        first = [self.text[start : self._cut(start, end, LONGEST_WHAT // len(row))] for start, end in spans]
        evidence = self.outline.evidence(spans[0][0], spans[-1][1], "task.bare")
        return replace(row[0], what=" ".join(" ".join(first).split()), evidence=evidence)

    def _read_heading(self, provision: Provision, start: int, end: int) -> int:
        """Note what the heading says of what follows and return where the words after it start."""
        heading = self.outline.headings.get(provision.id)
        if heading and self._no_title(provision, *heading):
            heading = None
        own = self.low[start:end]
        if heading is None and provision.id in self.parents and self.subjects.only_doers(start, end):
            heading = (start, end)
        body = start
        if heading is not None:
            words = self.low[heading[0] : heading[1]]
            self.heads[provision.id] = self._supported(self.subjects.of_heading(*heading), heading[1])
            self.binding[provision.id] = section_binds(words)
            body = heading[1]
            while body < end and self.low[body] in " .:;-–":
                body += 1
        elif (
            provision.parent is None
            and provision.kind == "paragraph"
            and len(own.split()) <= 15
            and own[-1:] not in ".;:!”"
        ):
            self.title = section_binds(own)
            self.titles += 1
            return end
        if own.endswith(":"):  # "Chủ tịch UBND tỉnh yêu cầu:" opens a list
            self._open_list(provision, body if body < end else start, end)
            return end
        return body

    def _no_title(self, provision: Provision, start: int, end: int) -> bool:
        """True for words before a colon that are no title: "UBND các huyện: A, B ...", or a duty of their own, "Phát
        động phong trào với các hoạt động như: ..."."""
        if self.labels.follow(provision) or any(mention.start >= end for mention in self.subjects.led(start, end)):
            return True
        ordered, _ = self.subjects.subject(start, end)
        if ordered and self.low[end : end + 1] != ":" and self.subjects.duty_within(ordered.end, end, 8):
            return True  # a whole sentence that a paragraph follows
        if _LABEL_END.search(self.low, start, end):
            return True
        words = self.low[start:end].split()
        runs_on = len(words) >= 12 or words[-1] in ("như", "gồm", "sau", "là")
        return (
            provision.id not in self.parents
            and runs_on
            and self.subjects.opens_duty(start, end)
            and not self.subjects.of_heading(start, end)
        )

    def _open_list(self, provision: Provision, start: int, end: int) -> None:
        begins = self._sentences(start, end)[-1][0]
        doers, _ = self.subjects.subject(begins, end, any_predicate=True)
        if doers and (self.subjects.is_issuer(doers) or _ISSUERS_OWN.match(self.low, doers.end)):
            doers = self.subjects.ordered_by(doers, end)
        opening = self.low[begins:end]
        asks = (
            doers.request if doers else "đề nghị" in opening and not re.search(r"yêu cầu|(?:theo|xét) đề nghị", opening)
        )
        if provision.id in self.parents:
            doers = self._supported(doers, end)
            self.heads.setdefault(provision.id, doers)
            self.heads[provision.id] = self.heads[provision.id] or doers
        elif provision.parent is None:
            self.lead_in, self.ordered, self.asked = doers, True, asks
        elif doers and (self.heads.get(provision.parent) is None or provision.parent in self.opened):
            # The list beside it is its own: "Sở Y tế chủ trì, phối hợp với các huyện:" below a heading of work.
            self.heads[provision.parent] = self._supported(doers, end)
            self.opened.add(provision.parent)

    def _supported(self, doers: Doers | None, end: int) -> Doers | None:
        """Add those with whom the doers of a heading work: "Sở A chủ trì, phối hợp với Sở B:"."""
        if doers is None or doers.support:
            return doers
        named = self.subjects.between(doers.end, end)
        joined = next((one for one in named if _relation(self.low[doers.end : one.lead]) == "with"), None)
        row = self.subjects.row(joined.lead, end)[0] or [joined] if joined else []
        return replace(doers, support=tuple(self.subjects.actor(one) for one in row))

    # --- pieces of one provision

    def _pieces(self, provision: Provision, start: int, end: int) -> list[_Piece]:
        binds = self._binds(provision)
        heading = self.heads.get(provision.id)
        inherited = self._inherited(provision)
        commanded = heading is not None or inherited is not None  # what they order is their duty, not another's
        found: list[_Piece] = []
        for begin, stop in self._sentences(start, end):
            if found and _RESULT_SENT.match(self.low, begin, stop):
                found[-1] = replace(found[-1], end=stop)
                continue
            for piece in self._clauses(begin, stop, commanded=commanded):
                if piece.doers is None and found:
                    found[-1] = replace(found[-1], end=piece.end)
                    continue
                if piece.doers is not None and not binds and piece.rule not in self._telling_rules(binds):
                    continue
                if piece.doers is None:
                    listed = inherited is not None and provision.kind != "paragraph"
                    if not binds or not self.subjects.opens_duty(piece.what, piece.end, commanded=listed):
                        continue
                    piece = self._with_doers(piece, heading, inherited)
                elif (
                    found
                    and found[-1].rule in ("bare", "lead_in")
                    and ((found[-1].start >= begin and found[-1].rule == "bare") or _is_everybody(piece.doers))
                ):
                    # The only doer of a sentence answers for all of it; everybody answers for the sentences before too.
                    found[-1] = replace(
                        found[-1], end=piece.end, doers=piece.doers, rule=piece.rule, what=found[-1].what
                    )
                    continue
                found.append(piece)
        return [self._renamed(part) for piece in found for part in self._parts(piece)]

    def _renamed(self, part: _Piece) -> _Piece:
        """Give an item of a list in one sentence the doer that it names: "yêu cầu: (1) Sở Y tế ...; (2) Sở Xây dựng
        ..."."""
        if part.what != part.start or not _INLINE_NUMBER.search(self.low, max(0, part.start - 8), part.start):
            return part
        own, _ = self.subjects.subject(part.start, part.end)
        if own is None or own.rule == "persons":
            return part
        own = replace(own, request=own.request or bool(part.doers and part.doers.request))
        return replace(part, doers=own, what=self._trim(own.end, part.end), inferred=False, rule=own.rule)

    def _parts(self, piece: _Piece) -> list[_Piece]:
        """Cut a piece where its doers get a second duty with a date of its own: "...; hằng tháng báo cáo ..."."""
        found = [piece]
        for number in self._inline_orders(piece):
            found = self._cut_at(found, number)
        if len(found) > 1:
            return found
        if also := _ALSO_JOINS.match(self.low, self._charge(piece.what, piece.end), piece.end):
            found = self._cut_at(found, also.end())
        steps = [(step.start(), step.end()) for step in _CLAUSE.finditer(self.low, piece.what, piece.end)]
        steps += [(start, start) for start, _ in self._sentences(piece.what, piece.end)[1:]]
        starts = sorted(start for _, start in steps)
        own = False  # the part before was cut off by its own date
        for start, stop in pairwise([*starts, piece.end]):
            whole = self.low.count("(", piece.what, start) == self.low.count(")", piece.what, start)
            if not whole or not self.subjects.duty_after_date(start, stop):
                continue
            if own or self._has_own_date(found[-1].what, start, stop) or self._has_own_role(found[-1], start, stop):
                own = bool(self._dates(start, stop) or RECURS.match(self.low, start, stop))
                found = self._cut_at(found, start)
        return found

    def _inline_orders(self, piece: _Piece) -> list[int]:
        """Return where the orders of a list in one sentence start after the first: "Sở Y tế: (1) rà soát ...; (2) ...".
        What a phrase of its own announces ("4 nội dung: (i) ...") is one work with its parts."""
        marks = [mark.end() for mark in _INLINE_NUMBER.finditer(self.low, piece.start, piece.end)]
        if _AFTER_NUMBER.search(self.low, max(0, piece.start - 8), piece.start):
            if piece.doers is None or piece.inferred:
                return []  # the heading before it tells the work, not who does it
            marks = [piece.start, *marks]
        if len(marks) < 2 or not all(self.subjects.opens_duty(mark, piece.end, commanded=True) for mark in marks):
            return []
        before = self.low[piece.what : marks[0]]
        announced = len(before) > 8 and not _AS_FOLLOWS.search(before)
        return [] if announced else marks[1:]

    def _charge(self, start: int, end: int) -> int:
        """Return where the criteria stand that a clause gives charge of; its end when it gives none."""
        at = self.low.find("tiêu chí ", start, end)
        return at if at >= 0 and CHARGED.match(self.low, start, self._rtrim(start, self._back(end))) else end

    def _has_own_date(self, before: int, start: int, stop: int) -> bool:
        """Return whether the date of a clause is not that of the work before it too."""
        dates = self._dates(start, stop)
        if not self._dates(before, start) and self._only_reports(before, start, stop):
            return False
        if _UTMOST.match(self.low, start):
            return False  # "...; không để chậm quá ngày 25/11"
        hangs = HANGS_ON.match(self.low, start, stop)
        opens = dates and self.subjects.past_date(start, stop) > start and not hangs
        if RECURS.match(self.low, start, stop) or opens:
            return True
        recurs = any(self.deadlines[date].kind is DeadlineKind.RECURRING for date in dates)
        charge = self._charge(before, start) < start  # an assignment, which has no date
        closes = hangs is not None and ("hoàn thành" in hangs.group() or "xong" in hangs.group())
        dated = charge or (bool(self._dates(before, start)) and not closes)
        return bool(dates) and (recurs or dated)

    def _only_reports(self, before: int, start: int, stop: int) -> bool:
        """True for "...; định kỳ hằng quý báo cáo": the rhythm of a work that has no date else."""
        dates = self._dates(start, stop)
        recurs = (
            self.low.startswith("định kỳ ", start)
            or RECURS.match(self.low, start, stop)
            or any(self.deadlines[date].kind is DeadlineKind.RECURRING for date in dates)
        )
        told = REPORTS.match(self.low, self.subjects.past_date(start, stop), stop)
        return bool(recurs and told) and self._charge(before, start) == start

    def _has_own_role(self, before: _Piece, start: int, stop: int) -> bool:
        """True where a doer that is to act gets another part: "hướng dẫn ...; phối hợp với Kho bạc tháo gỡ ...". Who
        leads ("chủ trì") has that role for the whole."""
        other = ANOTHER_PART.match(self.low, start, stop)
        if other is None or "chủ trì" in self.low[before.what : before.what + 60]:
            return False
        if other.group().endswith(("với", "cùng")) and not self.subjects.row_of_doers(other.end() + 1, stop):
            return False
        return role_of(self.low, before.what, start) is Role.LEAD

    def _cut_at(self, pieces: list[_Piece], at: int) -> list[_Piece]:
        *rest, last = pieces
        ended = replace(last, end=self._rtrim(last.start, self._back(at)))
        return [*rest, ended, replace(last, start=at, what=at)]

    def _back(self, at: int) -> int:
        """Return where the clause before ends: "...; đồng thời báo cáo" is cut before the semicolon."""
        step = max(self.low.rfind(";", 0, at), self.low.rfind(".", 0, at) + 1, self.low.rfind(",", 0, at))
        return step if at - step < 15 else at

    def _with_doers(self, piece: _Piece, heading: Doers | None, inherited: Doers | None) -> _Piece:
        """Give a piece without a clear subject the doer that opens it, or that stands above it."""
        leads = self.low.startswith("lãnh đạo ", piece.start) and (heading or inherited)  # a verb, no title
        if not leads and (opening := self.subjects.row_of_doers(piece.start, piece.end)):
            return replace(piece, doers=replace(opening, end=piece.start), rule="subject")
        doers = heading or inherited or self.lead_in
        rule = "heading" if heading or inherited else "lead_in" if doers else "bare"
        return replace(piece, doers=doers, inferred=heading is None and doers is not None, rule=rule)

    def _telling_rules(self, binds: bool | None) -> tuple[str, ...]:
        """Return the wordings that make a duty where the heading above does not."""
        if binds is False and self.document.type == "Báo cáo":
            return ("order",)  # "Sở X chủ trì tham mưu ..." tells what was done
        if binds is False or not (self.numbered or (self.news and self.ordered)):
            return ("order", "bound")
        return ("order", "bound", "subject", "persons")

    def _sentences(self, start: int, end: int) -> list[tuple[int, int]]:
        cuts = [start, *(match.end() for match in _SENTENCE.finditer(self.text, start, end)), end]
        spans = []
        for at, to in pairwise(cuts):
            while to > at and self.text[to - 1] in " \n":
                to -= 1
            if to > at:
                spans.append((at, to))
        return spans or [(start, end)]

    def _clauses(self, start: int, end: int, *, commanded: bool) -> list[_Piece]:
        """Cut one sentence where a new subject takes over."""
        if numbered := _INLINE_NUMBER.match(self.low, start, end):
            start = numbered.end()
        if (skipped := _SKIP_START.match(self.low, start)) and not (commanded and skipped.group().startswith(_AIM)):
            # "Đồng ý chủ trương ...; giao Sở Tài chính tham mưu": the order behind it binds
            orders = _THEN_ORDERS.finditer(self.low, skipped.end(), end)
            at = next((order.end() for order in orders if self.subjects.ordered_at(order.end(), end)), None)
            return [] if at is None else self._clauses(at, end, commanded=False)
        doers, begin = self.subjects.subject(start, end, commanded=commanded)
        if doers and _ANNOUNCED.match(self.low, doers.end, end):
            return self._announced(doers, start, end)
        if doers and self.subjects.is_issuer(doers):
            ordered = self.subjects.ordered_by(doers, end)
            if ordered is None:
                if _ISSUERS_OWN.match(self.low, doers.end):
                    return []
            else:
                doers = ordered
        if doers and doers.rule in ("subject", "bound"):  # "Sở Y tế giao Chi cục Dân số ..."
            doers = self.subjects.delegated(doers.end, end) or doers
        pieces = [_Piece(start, doers.end if doers else start, end, doers, False, doers.rule if doers else "bare")]
        if doers is None and begin is None:
            return []
        at = doers.end if doers else start
        while (new := self.subjects.takeover(at, end, commanded=commanded)) is not None:
            where, doers = new
            # Who delegates in the same breath directs the whole.
            if doers.rule != "delegation" or self.low[where - 2 : where] == "; ":
                pieces[-1] = replace(pieces[-1], end=where)
            if self.asked and (ordered := pieces[-1].doers) and ordered.told and doers.rule == "subject":
                doers = replace(doers, told=True)  # "Giao Sở A tổng hợp; Sở B thẩm định"
            pieces.append(_Piece(where, doers.end, end, doers, False, doers.rule))
            at = doers.end
        return [
            replace(piece, what=self._trim(piece.what, piece.end), end=self._rtrim(piece.start, piece.end))
            for piece in pieces
        ]

    def _announced(self, issuer: Doers, start: int, end: int) -> list[_Piece]:
        """Read "Văn phòng UBND tỉnh thông báo để các Sở, ngành biết và thực hiện": an order only where it says so."""
        do = _AND_DO.search(self.low, issuer.end, end)
        if do and _NO_MORE.match(self.low, do.end(), end):
            return []
        named = self.subjects.between(issuer.end, do.start()) if do else []
        doers = self.subjects.row_of_doers(named[0].lead, end) if named else None
        if do is None or doers is None or doers.end != do.start():
            return []
        return [_Piece(start, do.end(), self._rtrim(start, end), doers, False, "order")]

    def _inherited(self, provision: Provision) -> Doers | None:
        for above in self.outline.above(provision)[1:]:
            if doers := self.heads.get(above.id):
                return doers
        return None

    def _binds(self, provision: Provision) -> bool | None:
        """Return whether words without a subject are duties here; None where only a named doer tells."""
        background = False
        for above in self.outline.above(provision):
            if self.heads.get(above.id):
                return True
            binds = self.binding.get(above.id)
            if binds:  # "Nguồn vốn" among the tasks: who is named there has work to do
                return None if background else True
            background = background or binds is False
        if background:
            return False
        if self.news:
            return True if self.title else None if self.ordered else False
        numbered = provision.kind not in ("paragraph", "article") or provision.parent is not None
        if self.document.type in ("Công văn", "Chỉ thị", "Thông báo", "Hướng dẫn", None):
            return self.ordered or numbered or None
        if self.document.type == "Báo cáo":
            return False
        if self.document.type == "Nghị quyết" and self.document.number and "HĐND" in self.document.number:
            return None  # what a People's Council resolves is policy, save where it names who is to act
        return (numbered and self.document.type not in ("Quyết định", "Tờ trình")) or None

    # --- tables

    def _tabled(self) -> Iterator[Task]:
        """Yield a task for each row of a table of work: what, who leads, who supports, by when."""
        for table in self.outline.named_tables:
            if not {"task", "lead"} <= table.columns.keys() or table.columns.keys() & {"criterion", "place"}:
                continue
            for row in table.rows:
                words, leads = table.cell(row, "task"), table.cell(row, "lead")
                if words is None or leads is None:
                    continue
                named = self.subjects.between(leads.start, leads.end)
                joined = [one for one in named if _relation(self.low[leads.start : one.lead]) == "with"]
                first = joined[0].start if joined else leads.end
                others = table.cell(row, "coordinate")
                support = [one for one in named if one.start >= first]
                support += self.subjects.between(others.start, others.end) if others else []
                dates = self._dates(row.provision.start, row.provision.end)
                last = self._cut(words.start, words.end)
                yield Task(
                    id=fact_id(self.document.id, "task", row.provision.path, self.text[words.start : last]),
                    provision=row.provision.id,
                    what=" ".join(self.text[words.start : last].split()),
                    who=_once(self.subjects.actor(one) for one in named if one.start < first),
                    who_inferred=False,
                    with_=tuple(dict.fromkeys(self.subjects.actor(one) for one in support)),
                    advise=(),
                    supervise=(),
                    role=Role.REQUEST if self.asked else Role.LEAD,
                    reports_to=(),
                    via=(),
                    deadline=min(dates, key=self._rank) if dates else None,
                    criteria=_within(self.criteria_at, row.provision.start, row.provision.end),
                    places=_within(self.places_at, row.provision.start, row.provision.end),
                    evidence=self.outline.evidence(row.provision.start, row.provision.end, "task.row"),
                )

    # --- one task

    def _task(self, provision: Provision, piece: _Piece, pieces: Sequence[_Piece], end: int) -> Task:
        doers = piece.doers
        shown = piece.what if self._only_doer(piece) else self._trim(piece.start, piece.end)
        last = self._cut(shown, piece.end)
        dated = self.subjects.past_date(piece.what, piece.end)
        role = role_of(self.low, dated if dated < piece.end else piece.what, piece.end)
        if doers and (doers.request or (self.asked and not doers.told)):
            role = Role.REQUEST
        elif doers and all(_SUPPORTER.match(actor.name.lower()) for actor in doers.actors):
            role = Role.COORDINATE
        if doers and doers.rule == "managed":
            role = Role.DIRECT if "chỉ đạo" in self.low[piece.start : piece.end][:80] else role
        support = self._support(piece)
        who, joined = doers.actors if doers else (), support["with"]
        joined += tuple(one for one in doers.support if one not in joined) if doers else ()
        labels = self._labelled(provision, piece)
        if (named := labels.get("leader")) and (doers is None or piece.inferred):
            who, piece = named, replace(piece, inferred=False, rule="label")
        joined += tuple(one for one in labels.get("supporter", ()) if one not in joined)
        return Task(
            id=fact_id(self.document.id, "task", provision.path, piece.start - provision.start, self.text[shown:last]),
            provision=provision.id,
            what=" ".join(self.text[shown:last].split()),
            who=_once(who),
            who_inferred=piece.inferred,
            with_=joined,
            advise=support["advise"],
            supervise=support["supervise"],
            role=role,
            reports_to=support["reports_to"],
            via=support["via"],
            deadline=self._deadline(provision, piece, pieces, end),
            criteria=_within(self.criteria_at, piece.start, piece.end),
            places=_within(self.places_at, piece.start, piece.end),
            evidence=self.outline.evidence(piece.start, last, f"task.{piece.rule}"),
        )

    def _labelled(self, provision: Provision, piece: _Piece) -> dict[str, tuple[Actor, ...]]:
        """Return those whom labels name for this work, in its own words, below it or beside it."""
        spans = [(piece.what, piece.end)]
        spans += [(start, end) for label, start, end in self.labels.of(provision) if label in (LEADER, SUPPORTER)]
        found: dict[str, tuple[Actor, ...]] = {}
        for start, end in spans:
            for label in (LEADER, SUPPORTER):
                for at in _LABEL_START.finditer(self.low, start, end):
                    if (said := label.match(self.low, at.end(), end)) and label.name not in found:
                        row = self.subjects.row(said.end(), end)[0]
                        found[label.name] = tuple(self.subjects.actor(one) for one in row)
        for label, start, end in self.labels.of(provision):
            if label in (LEADER, SUPPORTER) and label.name not in found:  # names in a list below the label
                found[label.name] = tuple(self.subjects.actor(one) for one in self.subjects.between(start, end))
        return found

    def _only_doer(self, piece: _Piece) -> bool:
        """True when nothing but the doer's name, and the words that order it, stands before the predicate."""
        before = piece.what - piece.start
        named = sum(len(actor.quote) + 4 for actor in piece.doers.actors) if piece.doers else 0
        return before <= named + 45 and not LEAD_IN.match(self.low, piece.start, piece.what)

    def _cut(self, start: int, end: int, longest: int = LONGEST_WHAT) -> int:
        """Return where the words from `start` end: whole, or at the last clause within the longest `what`."""
        words = list(re.compile(r"\S+").finditer(self.text, start, end))
        if len(words) <= longest:
            return end
        limit = words[longest - 1].end()
        stops = [match.start() for match in re.compile(r"[;.,](?=\s)").finditer(self.low, start + 2 * longest, limit)]
        return stops[-1] if stops else limit

    def _support(self, piece: _Piece) -> dict[str, tuple[Actor, ...]]:
        """Return those who support, advise, supervise and receive the report, by the words before their names."""
        found: dict[str, list[Actor]] = {"with": [], "advise": [], "supervise": [], "reports_to": [], "via": []}
        at = piece.what
        for mention in self.subjects.between(piece.what, piece.end):
            if mention.start < at:
                continue
            before = self.low[max(piece.what, mention.lead - 90) : mention.lead]
            role = _relation(before)
            if role is None or (role == "via" and not found["reports_to"]):
                continue
            row = self.subjects.row(mention.lead, piece.end)[0] or [mention]
            collected = role == "reports_to" and found["reports_to"] and COLLECT.pattern.search(before)
            if collected:
                found["via"] = [*found["reports_to"], *found["via"]]
                found["reports_to"] = []
            found[role] += [actor for one in row if (actor := self.subjects.actor(one)) not in found[role]]
            at = row[-1].end
        return {role: tuple(actors) for role, actors in found.items()}

    def _deadline(self, provision: Provision, piece: _Piece, pieces: Sequence[_Piece], end: int) -> int | None:
        """Return the index of the date that binds the piece: in its own words, else in the sentence that closes the
        provision ("Hoàn thành trước ngày ..."), else in the footnote that it refers to."""
        own = self._dates(piece.start, piece.end)
        if not own and piece is not pieces[-1]:
            closing = self._sentences(pieces[-1].start, end)[-1]
            closes = re.compile(r"(?:hoàn thành|xong|gửi|báo cáo|thời gian|thời hạn)").match(self.low, closing[0])
            if closes and closing[0] > pieces[-1].start:
                own = self._dates(*closing)
        if not own:
            own = [
                date
                for label, start, end in self.labels.of(provision)
                if label is WHEN
                for date in self._dates(start, end)
            ]
        if not own:
            own = [date for note in self._notes(piece.start, piece.end) for date in self._dates(note.start, note.end)]
        own = own or self._dates_above(provision) or self._dates_below(provision)
        return min(own, key=self._rank) if own else None

    def _dates_above(self, provision: Provision) -> list[int]:
        """Return the date that the words above a list give to all of it: "Các huyện làm, xong trước ngày 30/6:"."""
        for above in self.outline.above(provision):
            heading = self.outline.headings.get(above.id)
            if heading is None and above is provision:
                continue
            start, end = heading or self.outline.own(above)
            found = [
                date
                for date in self._dates(start, end)
                if _OF_LIST.search(self.low, start, self.deadlines[date].evidence.start + 12)
                or self.deadlines[date].evidence.start == self._trim(start, end)
            ]
            if found:
                return found
        return []

    def _dates_below(self, provision: Provision) -> list[int]:
        """Return the date that a sentence below a list gives to all of it: "Các nội dung trên hoàn thành trước ngày
        30/6/2023." The list is all that the sentence stands in, or all before it when it stands in nothing."""
        for start, end, holder in self.lists_end:
            if start > provision.start and (
                holder is None or holder in {one.id for one in self.outline.above(provision)}
            ):
                return self._dates(start, end)
        return []

    def _ends_of_lists(self) -> Iterator[tuple[int, int, str | None]]:
        """Yield the sentences that give a date to the list before them, each with the provision whose list it is."""
        for match in _ALL_ABOVE.finditer(self.low):
            if (provision := self.outline.at(match.start())) is None:
                continue
            _, end = self.outline.own(provision)
            stop = self._sentences(match.start(), max(end, match.end()))[0][1]
            # A paragraph behind a list lies in its last item; the list is what that stands in.
            chain = self.outline.above(provision)
            beside = any(
                one.parent == provision.parent and one.start < provision.start for one in self.outline.provisions
            )
            inside = len(chain) > 1 and provision.kind == "paragraph" and not beside
            yield match.start(), stop, chain[1].parent if inside else provision.parent

    def _rank(self, index: int) -> tuple[bool, int, int, int]:
        """Return the order in which dates bind a task: the utmost day before any, a day before a recurrence, the last
        day before the others, an exception after all."""
        deadline = self.deadlines[index]
        start = deadline.evidence.start
        day = deadline.date.toordinal() if deadline.date else 0
        dated = 0 if day and deadline.kind in _DAYS else 1 + _PRIORITY.index(deadline.kind)
        if _UTMOST.match(self.low, start):
            dated = -1
        elif _EXCEPTION.search(self.low, max(0, start - 80), start):
            dated = len(_PRIORITY) + 1
        return deadline.scope is not Scope.TASK, dated, -day, start

    def _dates(self, start: int, end: int) -> list[int]:
        first = bisect_left(self.due_at, (start, -1))
        found = []
        for at, index in self.due_at[first:]:
            if at >= end:
                break
            found.append(index)
        return found

    def _notes(self, start: int, end: int) -> list[Provision]:
        marks = {match.group() for match in re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹]|\[\d{1,3}\]").finditer(self.text, start, end)}
        if not marks:
            return []
        return [
            provision
            for provision in self.outline.provisions
            if provision.kind == "footnote"
            and self.text.startswith(tuple(marks), provision.start)
            and provision.start >= end
        ][:3]

    # --- small

    def _trim(self, start: int, end: int) -> int:
        while start < end and self.text[start] in " \n,:;–-.":
            start += 1
        return start + len("đó là, ") if self.low.startswith("đó là, ", start) else start

    def _rtrim(self, start: int, end: int) -> int:
        while end > start and self.text[end - 1] in " \n,;/":
            end -= 1
        return end

    def unread(self, tasks: Iterable[Task]) -> Iterator[Issue]:
        """Yield an issue for each sentence with the words of a duty that gave no task."""
        spans = sorted((task.evidence.start, task.evidence.end) for task in tasks)
        spans = sorted([*spans, *((start, start + 1) for start in self.charged)])
        starts = [start for start, _ in spans]
        for provision in self.outline.provisions:
            if provision.kind in _NO_DUTIES or self._binds(provision) is False:
                continue
            start, end = self.outline.own(provision)
            if start >= end or provision in self.labels:
                continue
            for begin, stop in self._sentences(start, end):
                index = bisect_left(starts, stop) - 1
                read = index >= 0 and spans[index][1] > begin
                if (
                    not read
                    and not _SKIP_START.match(self.low, begin)
                    and not self.low[begin:stop].endswith(":")
                    and self._reads_like_duty(provision, begin, stop)
                ):
                    yield Issue(
                        IssueCode.DUTY_UNREAD,
                        "Câu có lời giao việc nhưng chưa đọc được thành nhiệm vụ; xem và ghi lại.",
                        begin,
                        stop,
                    )

    def _reads_like_duty(self, provision: Provision, start: int, end: int) -> bool:
        """Return whether a sentence has words of a duty, below an actor's heading or behind an actor's name too."""
        if self._binds(provision) and _UNREAD.search(self.low, start, end):
            return True
        heading = self.outline.headings.get(provision.id)
        if (heading and heading[0] <= start < heading[1]) or (provision.kind == "paragraph" and not provision.parent):
            return False
        if self.subjects.duty_after_date(start, end) and (self.heads.get(provision.id) or self._inherited(provision)):
            return True
        named = self.subjects.row_of_doers(start, end)
        return (
            named is not None
            and not self.subjects.is_issuer(named)
            and not _TOLD.match(self.low, named.end, end)
            and self.subjects.duty_within(named.end, end, 10)
        )


_RELATIONS: tuple[tuple[Wording, str], ...] = (
    (WITH, "with"),
    (VIA, "via"),
    (REPORT, "reports_to"),
    (WATCHED, "supervise"),
    (ADVISED, "advise"),
)


def _once(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Return each body once: "Giám đốc các sở; Thủ trưởng các ban, ngành" are one group."""
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(actor.id or actor.name, actor)
    return tuple(found.values())


def _is_everybody(doers: Doers) -> bool:
    """True for groups that a document speaks to as a whole: "các đơn vị, địa phương", "các Sở, ban, ngành"."""
    return all((actor.id or "").partition("@")[0] in ("g.so", "g.donvi", "g.cap") for actor in doers.actors[:1])


def _relation(before: str) -> str | None:
    return next((role for wording, role in _RELATIONS if wording.pattern.search(before)), None)


def _starts(known: Iterable[tuple[str, tuple[Mention, ...]]]) -> list[tuple[int, str]]:
    return sorted((mention.start, identifier) for identifier, mentions in known for mention in mentions)


def _within(starts: list[tuple[int, str]], start: int, end: int) -> tuple[str, ...]:
    first, last = bisect_left(starts, (start, "")), bisect_left(starts, (end, ""))
    return tuple(dict.fromkeys(identifier for _, identifier in starts[first:last]))
