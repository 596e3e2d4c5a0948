"""The page of one document from its records: header, text with margin, tasks, relations, what was not read. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, document_link, link
from dash_app.components import Child, Column, Row
from dash_app.components.painted import Paint, painted, paints_of
from dash_app.pages.document import data
from dash_app.pages.document.data import Block, Fact, Part, Told
from dash_app.words import Words
from ntmgraph.model import (
    Actor,
    Assignment,
    Check,
    CriterionKey,
    DocumentState,
    Evidence,
    Help,
    Reading,
    Result,
    ScannedPage,
    Target,
    Task,
)
from ntmgraph.queries import PAGE, CitationRow, DocumentName, DocumentRow, DocumentView

PREFIX = "/van-ban/"
ORIGINAL = "/van-ban-goc/"
PICTURES = "/anh-trang/"
TABS = ("text", "pages", "tasks", "relations", "unread")
MOST_DOUBTS = 200  # doubtful words listed
WIDE = 10  # cells of a row; a table with more takes the whole width
IN_CARD = 3  # cited documents named in the header card


def named(row: DocumentRow) -> DocumentName:
    return DocumentName(row.id, row.number, row.date, row.issuer, row.type, row.subject)


def page(say: Words, *content: Child) -> Component:
    return html.Div(list(content), className="stack")


def missing(say: Words, document: str) -> Component:
    return page(
        say,
        ui.empty(
            say("document.missing.title"),
            say("document.missing.text", id=document),
            action=(say("document.missing.go"), "/van-ban"),
            sign="documents",
        ),
    )


def head(say: Words, view: DocumentView, reading: Reading, address: Address) -> Component:
    """What the document is, and how much of it was understood."""
    row, document = view.row, reading.document
    # A table without a number is taken in, which does not make it a document that was issued.
    state = say(f"document.state.{row.state}") if row.number or row.state != DocumentState.ISSUED else None
    kind = " · ".join(part for part in (row.type, state) if part)
    title = html.Div(
        [
            html.Small(kind),
            html.H2(row.number or row.type or say("document.unnamed")),
            html.P(row.subject) if row.subject else html.P(say("document.no_subject"), className="quiet"),
        ]
    )
    signer = document.signer
    read = say(
        "document.read",
        tasks=len(reading.tasks),
        deadlines=len(reading.deadlines),
        targets=len(reading.targets),
        results=len(reading.results),
    )
    doubts: Child = say("document.no_doubts")
    if reading.issues:
        to_doubts = address.with_(tab="unread", at=None, part=None)
        doubts = html.A(say("document.doubts", n=len(reading.issues)), href=to_doubts, className="of-document")
    ended = (
        [(say("document.ended.by"), ui.document_reference(say, row.replaced_by))] if row.replaced_by is not None else []
    )
    known = ui.facts(
        *ended,
        (say("document.issuer"), row.issuer or ui.not_stated(say)),
        (say("document.date"), ui.vn_date(row.date) or row.date_text or ui.not_stated(say)),
        (say("document.signer"), _signer(say, signer.name, signer.title) if signer else ui.not_stated(say)),
        (say("document.cites"), _cited(say, view.cites, address)),
        *((say("document.repaired"), words) for words in data.repairs_of(reading)),
        (say("document.understood"), [read, " · ", doubts]),
    )
    return html.Section([title, known], className="panel document-head")


def _signer(say: Words, name: str | None, title: str | None) -> Child | list[Child]:
    """Who signed, and as what; a title alone names nobody."""
    if name is None and title is not None:
        return [html.Span(say("document.signer.unnamed"), className="quiet"), f", {title}"]
    return ", ".join(part for part in (name, title) if part) or ui.not_stated(say)


def _acts(say: Words, view: DocumentView) -> list[Component]:
    trace = html.A(
        [ui.icon("trace"), say("document.trace")], href=link("/truy-vet", document=view.row.id), className="button"
    )
    if not view.original:
        return [trace]
    original = html.A(
        [ui.icon("download"), say("document.original")],
        href=ORIGINAL + _quoted(view.row.id),
        className="button",
        title=view.file_name,
        **{"data-out": "1"},
    )
    return [trace, original]


def _quoted(document: str) -> str:
    return document_link(document).removeprefix(PREFIX)


def _cited(say: Words, cites: Sequence[CitationRow], address: Address) -> Child | list[Child]:
    if not cites:
        return ui.not_stated(say)
    children: list[Child] = []
    for citation in cites[:IN_CARD]:
        children += [
            "; " if children else "",
            ui.document_reference(say, citation.document, taken_in=citation.taken_in),
        ]
    if len(cites) > IN_CARD:
        more = say("document.cites.more", n=len(cites) - IN_CARD)
        children += [
            "; ",
            html.A(more, href=address.with_(tab="relations", at=None, part=None), className="of-document"),
        ]
    return children


def tab_row(say: Words, address: Address, view: DocumentView, reading: Reading, chosen: str) -> Component:
    counts = {
        "text": None,
        "pages": len(reading.scanned_pages),
        "tasks": len(data.told_of(reading)),
        "relations": len(view.cites) + view.cited_by_total,
        "unread": len(reading.issues) + len(reading.left_out) + len(reading.doubtful_words),
    }
    items = [
        (
            say(f"document.tab.{name}"),
            address.with_(tab=None if name == "text" else name, at=None, part=None, page=None),
            counts[name],
            name == chosen,
        )
        for name in TABS
        if name != "pages" or reading.scanned_pages
    ]
    tabs = ui.tabs(items, label=say("document.tabs"))
    return html.Div([tabs, html.Div(_acts(say, view), className="acts")], className="tab-row")


# The text


def paper(
    say: Words, reading: Reading, part: Part, address: Address, *, blocks: tuple[Block, ...], at: int | None
) -> Component:
    """The text of one part with its margin; the sentence asked for is marked and scrolled to."""
    lines = _lines(say, reading, part.blocks, address, blocks=blocks, mark=data.sentence_at(reading, blocks, at))
    key = html.Div(
        [html.B(say(f"kind.{kind}"), className=f"of-{kind}") for kind in ("agency", "criterion", "place", "deadline")],
        className="paper-key",
    )
    return html.Section(
        [
            html.Div([_parts(say, part, address), key], className="paper-head"),
            html.Div(lines, className="paper", tabIndex="0"),
        ],
        className="panel sheet",
        **{"aria-label": say("document.tab.text")},
    )


def _lines(
    say: Words,
    reading: Reading,
    shown: Sequence[Block],
    address: Address,
    *,
    blocks: tuple[Block, ...],
    mark: tuple[int, int] | None,
) -> list[Component]:
    paints = paints_of(reading)
    doubts = doubts_of(say, reading)
    facts = data.facts_by_block(reading, blocks)
    lines: list[Component] = []
    for is_table, group in data.runs(shown):
        if is_table:
            lines.append(_table(reading.document.text, group, paints, doubts, mark))
            continue
        lines += [
            _paragraph(say, reading, block, paints, doubts, facts.get(block.start, []), mark, address)
            for block in group
        ]
    return lines


def doubts_of(say: Words, reading: Reading) -> tuple[Paint, ...]:
    """The scanned words whose letters are uncertain, each with how certain they are."""
    return tuple(
        Paint(word.start, word.end, "doubtful", say("document.doubtful", share=round(100 * word.confidence)))
        for word in reading.doubtful_words
    )


def page_view(
    say: Words, view: DocumentView, reading: Reading, address: Address, *, blocks: tuple[Block, ...], at: int | None
) -> Component:
    """One scanned page as it looks, the sentence asked for outlined, with what was read from it beside."""
    shown = data.page_of(reading, number=address.number("page"), at=at)
    pages = reading.scanned_pages
    index = pages.index(shown)
    steps: list[Child] = [html.Span(say("document.page", n=shown.number, count=len(pages)))]
    for key, beside in (("pager.back", index - 1), ("pager.on", index + 1)):
        if 0 <= beside < len(pages):
            steps.append(html.A(say(key), href=address.with_(page=pages[beside].number, at=None)))
    picture = html.Img(
        src=f"{PICTURES}{_quoted(view.row.id)}/{shown.number}",
        alt=say("document.page.alt", n=shown.number),
        width=round(shown.width),
        height=round(shown.height),
    )
    box = data.box_at(reading, at, page=shown.number)
    outline = [html.Div(className="outline", style=_placed(box, shown))] if box else []
    shown_page = html.Div([picture, *outline], className="page-picture")
    lines = _lines(
        say,
        reading,
        [block for block in blocks if block.end > shown.start and block.start < shown.end],
        address,
        blocks=blocks,
        mark=data.sentence_at(reading, blocks, at),
    )
    key = html.Span(say("document.doubtful.key"), className="doubtful") if reading.doubtful_words else None
    return html.Section(
        [
            html.Div(
                [html.Nav(steps, className="pager", **{"aria-label": say("document.tab.pages")}), key],
                className="paper-head",
            ),
            html.Div(
                [
                    html.Div(shown_page, className="page-desk", tabIndex="0"),
                    html.Div(lines, className="paper narrow", tabIndex="0"),
                ],
                className="page-view",
            ),
        ],
        className="panel sheet",
        **{"aria-label": say("document.tab.pages")},
    )


def _placed(box: tuple[float, float, float, float], page: ScannedPage) -> dict[str, str]:
    """Where a box in points lies on the picture, in parts of it, a little larger than the words."""
    room = 3.0
    x0, top, x1, bottom = box
    return {
        "left": f"{100 * (x0 - room) / page.width:.2f}%",
        "top": f"{100 * (top - room) / page.height:.2f}%",
        "width": f"{100 * (x1 - x0 + 2 * room) / page.width:.2f}%",
        "height": f"{100 * (bottom - top + 2 * room) / page.height:.2f}%",
    }


def _within(paints: Sequence[Paint], start: int, end: int) -> list[Paint]:
    return [paint for paint in paints if paint.start < end and paint.end > start]


def _paragraph(
    say: Words,
    reading: Reading,
    block: Block,
    paints: Sequence[Paint],
    doubts: Sequence[Paint],
    facts: Sequence[Fact],
    mark: tuple[int, int] | None,
    address: Address,
) -> Component:
    text = reading.document.text
    near = _within(paints, block.start, block.end)
    unsure = _within(doubts, block.start, block.end)
    if block.kind in data.BY_LINES:
        body: list[Child] = [
            html.Span(painted(text, start, end, near, mark=mark, doubts=unsure), className="line")
            for start, end in data.lines_of(text, block)
        ]
    else:
        body = painted(text, block.start, block.end, near, mark=mark, doubts=unsure)
    classes = f"text {block.kind}" + (" heading" if block.heading else "")
    notes = [
        _note(say, reading, fact, address, chosen=mark is not None and fact.evidence.start == mark[0]) for fact in facts
    ]
    return html.Div([html.P(body, className=classes), html.Div(notes, className="notes")], className="para")


def _table(
    text: str,
    rows: Sequence[Block],
    paints: Sequence[Paint],
    doubts: Sequence[Paint],
    mark: tuple[int, int] | None,
) -> Component:
    body = []
    head = data.head_rows(text, rows)
    for index, row in enumerate(rows):
        cells = data.cells_of(text, row)
        spans = data.spans_of(text, cells) if index < head else [1] * len(cells)
        shown = [
            html.Td(
                painted(text, start, end, _within(paints, start, end), mark=mark, doubts=_within(doubts, start, end)),
                **({"colSpan": span} if span > 1 else {}),
            )
            for (start, end), span in zip(cells, spans, strict=True)
            if span
        ]
        body.append(html.Tr(shown, className="on" if mark and row.start <= mark[0] < row.end else None))
    wide = any(len(row.children) > WIDE for row in body)
    return html.Div(html.Table(html.Tbody(body)), className="text-table wide" if wide else "text-table")


def _parts(say: Words, part: Part, address: Address) -> Component:
    if part.count == 1:
        return html.Span()
    steps: list[Child] = [html.Span(say("document.part", n=part.number, count=part.count))]
    if part.number > 1:
        steps.append(html.A(say("pager.back"), href=address.with_(part=part.number - 1, at=None)))
    if part.number < part.count:
        steps.append(html.A(say("pager.on"), href=address.with_(part=part.number + 1, at=None)))
    return html.Nav(steps, className="pager", **{"aria-label": say("document.parts")})


def _note(say: Words, reading: Reading, fact: Fact, address: Address, *, chosen: bool) -> Component:
    """What was understood from the sentence beside it."""
    kind, title, who, detail = _understood(say, reading, fact)
    note = html.A(
        [
            html.Span([ui.kind_mark(kind), title, " · ", say(f"basis.{data.basis_of(fact)}")], className="note-kind"),
            html.B(who),
            html.Span(detail),
        ],
        href=address.with_(at=fact.evidence.start, part=None),
        className=f"note note-{kind} note-{data.basis_of(fact)}" + (" on" if chosen else ""),
    )
    if isinstance(fact, Target) or fact.id is None or not chosen:
        return note
    correct = html.A(say("evidence.correct"), href=link("/ra-soat", fact=fact.id), className="button")
    return html.Div([note, html.Div(correct, className="acts")], className="note-chosen")


def _understood(say: Words, reading: Reading, fact: Fact) -> tuple[str, str, str, str]:
    """(kind, what it is, who or how much, with whom and by when)."""
    match fact:
        case Task():
            who = f"{_actors(fact.who)} {say(f'role.{fact.role}')}" if fact.who else say("trace.nobody")
            due = reading.deadlines[fact.deadline].text if fact.deadline is not None else say("document.no_deadline")
            with_ = say("document.with", names=_actors(fact.with_)) if fact.with_ else ""
            title = say("document.request" if fact.role == "request" else "document.task")
            return "task", title, who, " · ".join(part for part in (with_, due) if part)
        case Assignment():
            key = fact.criterion
            title = say("document.assignment", criterion=key.number if key.number is not None else "?")
            with_ = say("document.with", names=_actors(fact.coordinate)) if fact.coordinate else ""
            return "criterion", title, say("document.leads", names=_actors(fact.lead) or say("trace.nobody")), with_
        case Help():
            person = f" ({fact.person})" if fact.person else ""
            return "place", say("fact.helps"), f"{fact.agency.name}{person}", fact.place.name
        case Target():
            return (
                "criterion",
                say("document.target"),
                _figure(say, fact.value, fact.of, fact.unit, fact.share) or fact.measure,
                ui.vn_date(fact.by) or say("document.no_deadline"),
            )


def _actors(actors: Sequence[Actor]) -> str:
    return "; ".join(actor.name for actor in actors)


def _figure(say: Words, value: float | None, of: float | None, unit: str | None, share: float | None = None) -> str:
    """ "135/189 thôn · 71,4 %"; empty when the text gives no number."""
    parts = []
    if value is not None:
        whole = f"/{say.number(of)}" if of is not None else ""
        parts.append(f"{say.number(value)}{whole} {unit or ''}".rstrip())
    if share is not None:
        parts.append(f"{say.number(share)} %")
    return " · ".join(parts)


# The other tabs


def tasks(say: Words, reading: Reading, address: Address) -> Component:
    """All that binds somebody, is to be reached or was reached, and the sums checked, by kind, in the order of the
    text; a row leads to its sentence."""
    facts = data.told_of(reading)
    first = address.number("offset")
    shown = facts[first : first + PAGE]
    if not shown:
        return ui.panel(None, ui.empty(say("document.tasks.none"), say("document.tasks.none.text"), sign="documents"))
    at = {fact.evidence.start: address.with_(tab=None, offset=None, at=fact.evidence.start) for fact in shown}
    path = {provision.id: provision.path for provision in reading.provisions}
    tables = [
        ui.panel(
            say(f"document.tasks.{name}", n=len(rows)),
            ui.table(
                [
                    Column(say("document.col.path"), width="6rem"),
                    *columns,
                    Column(say("trace.col.basis"), width="5.25rem"),
                ],
                [
                    Row(
                        [
                            _where(path.get(fact.evidence.provision or ""), fact.evidence),
                            *cells,
                            ui.basis_badge(say, data.basis_of(fact)),
                        ],
                        href=at[fact.evidence.start],
                    )
                    for fact, cells in rows
                ],
                caption=say(f"document.tasks.{name}", n=len(rows)),
            ),
            class_name="bare",
        )
        for name, columns, rows in _kinds(say, reading, shown)
        if rows
    ]
    if len(facts) > PAGE:
        tables.append(ui.pager(say, address, total=len(facts), shown=len(shown)))
    return html.Div(tables, className="relations")


Cells = list[Child | list[Child]]


def _where(path: str | None, evidence: Evidence) -> str:
    """Where a sentence stands: its cell, of a sheet; else the number of its section."""
    return evidence.cell or path or "–"


def _kinds(
    say: Words, reading: Reading, facts: Sequence[Told]
) -> list[tuple[str, list[Column], list[tuple[Told, Cells]]]]:
    """Name of the kind, its columns, its rows."""
    agency = Column(say("trace.col.agency"), width="26%")
    with_ = Column(say("trace.col.with"), width="20%")
    none = html.Span("–", className="quiet")
    duties: list[tuple[Told, Cells]] = [(fact, _duty(say, reading, fact)) for fact in facts if isinstance(fact, Task)]
    assignments: list[tuple[Told, Cells]] = [
        (fact, [_key(reading, fact.criterion), html.B(_actors(fact.lead) or "–"), _actors(fact.coordinate) or none])
        for fact in facts
        if isinstance(fact, Assignment)
    ]
    helps: list[tuple[Told, Cells]] = [
        (fact, [html.B(fact.place.name), fact.agency.name, fact.person or none])
        for fact in facts
        if isinstance(fact, Help)
    ]
    targets: list[tuple[Told, Cells]] = [
        (
            fact,
            [
                ui.shortened(fact.evidence.quote, 200),
                html.B(_figure(say, fact.value, fact.of, fact.unit, fact.share) or fact.measure),
                ui.vn_date(fact.by) or ui.not_stated(say),
            ],
        )
        for fact in facts
        if isinstance(fact, Target)
    ]
    results: list[tuple[Told, Cells]] = [
        (
            fact,
            [
                fact.place.name if fact.place else none,
                _key(reading, fact.criterion) if fact.criterion else none,
                fact.measure,
                html.B(_reached(say, fact)),
                ui.vn_date(fact.as_of) or ui.not_stated(say),
            ],
        )
        for fact in facts
        if isinstance(fact, Result)
    ]
    checks: list[tuple[Told, Cells]] = [
        (fact, [fact.message, html.B(say("document.check.right" if fact.ok else "document.check.wrong"))])
        for fact in facts
        if isinstance(fact, Check)
    ]
    what, deadline = Column(say("trace.col.what")), Column(say("trace.col.deadline"), width="9.375rem")
    figure, by = Column(say("document.col.figure"), width="26%"), Column(say("document.col.by"), width="9.375rem")
    criterion, place = Column(say("document.col.criterion")), Column(say("document.col.place"))
    person = Column(say("evidence.person"), width="20%")
    reached = Column(say("document.col.reached"), width="16%")
    as_of = Column(say("document.col.as_of"), width="9.375rem")
    return [
        ("duties", [what, agency, with_, deadline], duties),
        ("assignments", [criterion, agency, with_], assignments),
        ("helps", [place, agency, person], helps),
        ("targets", [Column(say("document.col.words")), figure, by], targets),
        ("results", [place, criterion, Column(say("document.col.measure")), reached, as_of], results),
        ("checks", [Column(say("document.col.check")), Column(say("document.col.checked"), width="9.375rem")], checks),
    ]


def _duty(say: Words, reading: Reading, task: Task) -> Cells:
    due = reading.deadlines[task.deadline] if task.deadline is not None else None
    doers: list[Child] = [html.Span(say("trace.nobody"), className="quiet")]
    if task.who:
        doers = [html.B(_actors(task.who)), " ", html.Span(say(f"role.{task.role}"), className="quiet")]
    return [
        html.Div(task.what, className="clamp"),
        doers,
        _actors(task.with_) or html.Span("–", className="quiet"),
        _due(due.date, due.text) if due else ui.not_stated(say),
    ]


def _reached(say: Words, result: Result) -> str:
    """ "13/19 tiêu chí", "đạt", "chưa đạt"."""
    if result.value is None and result.met is not None:
        return say("document.met" if result.met else "document.unmet")
    return _figure(say, result.value, result.of, result.unit) or "–"


def _key(reading: Reading, key: CriterionKey) -> str:
    name = next((c.name for c in reading.criteria if (c.set, c.number) == (key.set, key.number) and c.name), None)
    return " ".join(str(part) for part in (key.number, name) if part is not None) or "–"


def _due(day: date | None, text: str) -> Child | list[Child]:
    return [html.Div(ui.vn_date(day)), html.Div(ui.shortened(text, 60), className="quiet")] if day else text


def relations(say: Words, view: DocumentView, address: Address) -> Component:
    """What the document cites and what cites it."""
    return html.Div(
        [
            _relation_table(say, say("document.cites.title"), view.cites, address, own=True),
            _relation_table(say, say("document.cited_by.title"), view.cited_by, address, own=False),
            *([ui.pager(say, address, total=view.cited_by_total, shown=len(view.cited_by))] if view.cited_by else []),
        ],
        className="relations",
    )


def _relation_table(
    say: Words, title: str, citations: Sequence[CitationRow], address: Address, *, own: bool
) -> Component:
    if not citations:
        return ui.panel(title, html.P(say("document.relations.none"), className="quiet pad"))
    columns = [
        Column(say("document.col.relation"), width="16%"),
        Column(say("trace.col.document"), width="34%"),
        Column(say("document.col.words")),
    ]
    rows = []
    for citation in citations:
        reference = [
            ui.document_reference(say, citation.document, taken_in=citation.taken_in),
            html.Div(ui.document_source(say, citation.document), className="quiet"),
        ]
        if citation.alike:
            reference.append(_alike(say, citation.alike))
        quote: Child = html.Span("–", className="quiet")
        if citation.evidence:
            words = ui.shortened(citation.evidence.quote, 180)
            place = (
                address.with_(tab=None, at=citation.evidence.start)
                if own
                else document_link(citation.document.id, at=citation.evidence.start)
            )
            quote = html.A(words, href=place)
        rows.append(Row([say(f"relation.{citation.relation}"), reference, quote]))
    return ui.panel(title, ui.table(columns, rows, caption=title), class_name="bare")


def _alike(say: Words, documents: Sequence[DocumentName]) -> Component:
    """The documents taken in that a citation may mean: nothing chooses between them."""
    named: list[Child] = [say("document.alike"), " "]
    for number, each in enumerate(documents):
        named += ["; " if number else "", ui.document_reference(say, each)]
    return html.Div(named, className="quiet")


def unread(say: Words, reading: Reading, address: Address) -> Component:
    """What the program doubts and what it could not take: said, never hidden."""
    issues = data.issues_of(reading)
    if not issues and not reading.left_out and not reading.doubtful_words:
        return ui.panel(None, ui.empty(say("document.unread.none"), say("document.unread.none.text"), sign="check"))
    text = reading.document.text
    doubts = [
        html.Li(
            [
                html.B(say(f"issue.{issue.code}")),
                html.P(issue.message),
                *(
                    [
                        html.A(
                            f"“{ui.shortened(text[issue.start : issue.end], 220)}”",
                            href=address.with_(tab=None, at=issue.start),
                            className="issue-quote",
                        )
                    ]
                    if issue.start is not None and issue.end is not None and issue.end > issue.start
                    else []
                ),
            ]
        )
        for issue in issues
    ]
    left = [html.Li(html.P(words)) for words in reading.left_out]
    panels = []
    if reading.doubtful_words:
        panels.append(_doubtful(say, reading, address))
    if doubts:
        panels.append(ui.panel(say("document.unread.doubts", n=len(doubts)), html.Ul(doubts, className="issues")))
    if left:
        panels.append(ui.panel(say("document.unread.left_out"), html.Ul(left, className="issues")))
    return html.Div(panels, className="relations")


def _doubtful(say: Words, reading: Reading, address: Address) -> Component:
    """The scanned words to check first, each leading to its place on the picture of the page."""
    words = sorted(reading.doubtful_words, key=lambda word: word.confidence)[:MOST_DOUBTS]
    items = [
        html.A(
            [
                word.text,
                " ",
                html.Small(
                    " · ".join(
                        part
                        for part in (
                            f"{round(100 * word.confidence)} %",
                            say("document.doubtful.page", n=word.page) if word.page else None,
                        )
                        if part
                    )
                ),
            ],
            href=address.with_(tab="pages", at=word.start),
            className="doubt",
        )
        for word in words
    ]
    title = say("document.unread.doubtful", n=len(reading.doubtful_words))
    return ui.panel(title, html.Div(items, className="doubt-list"))
