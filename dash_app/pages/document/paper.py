"""The text of a document with its margin, and the pages of a scan beside what was read from them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, link
from dash_app.components import Child
from dash_app.components.painted import Paint, painted, paints_of
from dash_app.pages.document import data
from dash_app.pages.document.data import Block, Fact, Part
from dash_app.pages.document.told import actors_words, figure_words
from dash_app.words import Words
from ntmgraph.model import (
    Assignment,
    Help,
    Reading,
    ScannedPage,
    Target,
    Task,
)
from ntmgraph.queries import DocumentView

PICTURES = "/anh-trang/"
WITHOUT_DUTIES = data.BY_LINES | {"footnote"}
WIDE = 10  # cells of a row; a table with more takes the whole width


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
        src=f"{PICTURES}{quote(view.row.id, safe='')}/{shown.number}",
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
    if block.kind not in WITHOUT_DUTIES and not block.heading:
        add = link("/ra-soat", add=reading.document.id, start=block.start, end=block.end)
        marked = mark is not None and block.start <= mark[0] < block.end
        words = say("review.missed.here")
        notes.append(html.A([ui.icon("plus"), words], href=add, className="add-task on" if marked else "add-task"))
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
            who = f"{actors_words(fact.who)} {say(f'role.{fact.role}')}" if fact.who else say("trace.nobody")
            due = reading.deadlines[fact.deadline].text if fact.deadline is not None else say("document.no_deadline")
            with_ = say("document.with", names=actors_words(fact.with_)) if fact.with_ else ""
            title = say("document.request" if fact.role == "request" else "document.task")
            return "task", title, who, " · ".join(part for part in (with_, due) if part)
        case Assignment():
            key = fact.criterion
            title = say("document.assignment", criterion=key.number if key.number is not None else "?")
            with_ = say("document.with", names=actors_words(fact.coordinate)) if fact.coordinate else ""
            return (
                "criterion",
                title,
                say("document.leads", names=actors_words(fact.lead) or say("trace.nobody")),
                with_,
            )
        case Help():
            person = f" ({fact.person})" if fact.person else ""
            return "place", say("fact.helps"), f"{fact.agency.name}{person}", fact.place.name
        case Target():
            return (
                "criterion",
                say("document.target"),
                figure_words(say, fact.value, fact.of, fact.unit, fact.share) or fact.measure,
                ui.vn_date(fact.by) or say("document.no_deadline"),
            )
