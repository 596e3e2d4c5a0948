"""The life of a document: what happened to it and what falls due by it, as dots along the days and as a list. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, document_link, link
from dash_app.components import Child, Column, Row
from dash_app.components.drawing import shape
from dash_app.pages.document import figure
from dash_app.pages.document.told import figure_words
from dash_app.words import Words
from ntmgraph.ids import is_doubt, kind_of
from ntmgraph.model import Reading
from ntmgraph.queries import DocumentView, TaskState
from ntmgraph.rules import rule_words
from ntmgraph.workspace.decisions import Decision, DecisionKind
from ntmgraph.workspace.life import Life

LANES = ("document", "due", "people")
LANE, AXIS = 26.0, 22.0  # heights, in pixels
WORDS = 200  # letters of what a sentence says


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened or falls due on a day; `href` leads to what proves it.

    lane: what is told of the document, what falls due by it, what people said.
    """

    day: date
    lane: str
    title: str
    words: str
    href: str
    state: TaskState | None = None
    undone: bool = False


def entries_of(say: Words, view: DocumentView, reading: Reading, life: Life, address: Address) -> tuple[Entry, ...]:
    """Every dated entry, the first day first."""
    found = [
        *_of_document(say, view, reading, life, address),
        *_due(say, reading, life, address),
        *(_decided(say, reading, each, each.id not in life.standing, address) for each in life.decisions),
    ]
    return tuple(sorted(found, key=lambda each: (each.day, LANES.index(each.lane))))


def _here(address: Address, at: int | None) -> str:
    return address.with_(tab=None, offset=None, at=at)


def _of_document(say: Words, view: DocumentView, reading: Reading, life: Life, address: Address) -> Iterator[Entry]:
    document = reading.document
    if document.date:
        at = max(document.text.find(document.date_text or ""), 0)
        by = say("life.issued.by", issuer=document.issuer) if document.issuer else document.date_text or ""
        yield Entry(document.date, "document", say("life.issued"), by, _here(address, at))
    if force := life.in_force:
        words = document.text[force.start : force.end]
        yield Entry(force.day, "document", say("life.in_force"), words, _here(address, force.start))
    yield Entry(
        life.taken_in.astimezone().date(),
        "document",
        say("life.taken_in"),
        view.file_name or "",
        link("/nap", **address.scope()),
    )
    for each in life.changed_by:
        if each.document.date:
            there = document_link(each.document.id, at=each.evidence.start if each.evidence else None)
            words = ui.document_title(say, each.document)
            yield Entry(each.document.date, "document", say(f"life.{each.relation}"), words, there)


def _due(say: Words, reading: Reading, life: Life, address: Address) -> Iterator[Entry]:
    for row in life.due.rows:
        if row.due:
            title = say("life.due.again" if row.recurrence else "life.due")
            there = _here(address, row.evidence.start)
            yield Entry(row.due, "due", title, ui.shortened(row.what, WORDS), there, row.state)
    for target in reading.targets:
        if target.by:
            figures = figure_words(say, target.value, target.of, target.unit, target.share)
            words = f"{target.measure}: {figures}" if figures else target.measure
            yield Entry(target.by, "due", say("life.target"), words, _here(address, target.evidence.start))


def _decided(say: Words, reading: Reading, decision: Decision, undone: bool, address: Address) -> Entry:
    before, after = decision.before or {}, decision.after or {}
    day = decision.at.astimezone().date()
    title = rule_words(decision.kind.rule, say.language) or str(decision.kind)
    what = str(after.get("what") or before.get("what") or before.get("quote") or before.get("name") or "")
    # A decision on a body or a place has no page of its own.
    there = link("/ra-soat", fact=decision.fact) if kind_of(decision.fact) else link("/ra-soat", show="history")
    if is_doubt(decision.fact):
        title, what = say("review.set_aside"), str(before.get("message", ""))
        there = link("/ra-soat", show="seen", document=reading.document.id)
    elif decision.kind is DecisionKind.STATE:
        what = next((task.what for task in reading.tasks if task.id == decision.fact), what)
        there = link("/nhiem-vu", document=reading.document.id, row=decision.fact, on=address.date("on"))
        if after.get("on"):
            day = date.fromisoformat(after["on"])
            title = say("life.done")
        else:
            title = say("life.open")
    words = f"{decision.by}: {ui.shortened(what, WORDS)}" if what else decision.by
    return Entry(day, "people", title, words, there, undone=undone)


def timeline(
    say: Words, entries: tuple[Entry, ...], life: Life, address: Address, *, on: date, document: str
) -> Component:
    """The days in a strip, then the same entries as a list in which each row leads to its proof."""
    first = address.number("offset")
    shown = entries[first : first + ui.ROWS]
    columns = [
        Column(say("life.col.day"), width="7rem"),
        Column(say("life.col.title"), width="13rem"),
        Column(say("life.col.words")),
        Column(say("life.col.state"), width="12rem"),
    ]
    rows = [_row(say, each) for each in shown]
    before = sum(each.day <= on for each in shown)
    rows.insert(before, Row([html.B(ui.vn_date(on)), html.B(say("life.on")), "", ""], key="on", selected=True))
    pages = [ui.pager(say, address, total=len(entries), shown=len(shown))] if len(entries) > ui.ROWS else []
    return html.Div(
        [
            ui.answer(*_answer(say, life, on, document)),
            ui.panel(None, _strip(say, entries, on), class_name="life-strip"),
            ui.table(columns, rows, caption=say("life.label"), name="life", footer=pages),
        ],
        className="life",
    )


def _answer(say: Words, life: Life, on: date, document: str) -> tuple[list[Child], list[Child]]:
    """How many tasks have a day, how many of them are late; and those without one, which stand in no timeline."""
    due = life.due
    late = due.states.get(TaskState.OPEN_LATE, 0)
    dated = sum(due.states.values()) + due.stateless
    coming = min((row.due for row in due.rows if row.due and row.due >= on), default=None)
    key = "life.answer" if coming else "life.answer.past"
    sentence = say.rich(
        key, n=html.B(str(dated)), late=html.B(str(late)), on=ui.vn_date(on), coming=html.B(ui.vn_date(coming))
    )
    undated = due.undated + due.unstated
    there = link("/nhiem-vu", document=document, on=on)
    note: list[Child] = [say("life.undated", n=undated), " "] if undated else []
    if due.total > len(due.rows):
        note += [say("life.later", n=due.total - len(due.rows)), " "]
    return sentence, [*note, html.A(say("life.tasks"), href=there, className="link")]


def _row(say: Words, entry: Entry) -> Row:
    state: Child = html.Span(say("life.undone"), className="quiet") if entry.undone else ""
    if entry.state:
        state = ui.state_badge(say, entry.state)
    words = html.Div(entry.words, className="clamp", title=entry.words)
    return Row([ui.vn_date(entry.day) or "", entry.title, words, state], href=entry.href)


def _strip(say: Words, entries: tuple[Entry, ...], on: date) -> Component:
    """A lane for each kind of entry; a dot leads to the proof of its first entry, and says how many it stands for."""
    line = figure.along([(each.lane, each.day) for each in entries], on)
    lanes = {lane: LANE * (number + 0.5) for number, lane in enumerate(each for each in LANES if each in _lanes(line))}
    bottom = LANE * len(lanes)
    rules = [
        *(_rule((0, y), (1000, y), "lane") for y in lanes.values()),
        *(_rule((x, 0), (x, bottom), "tick") for _, x in line.ticks),
        _rule((line.today, 0), (line.today, bottom), "today"),
    ]
    years = all(day.month == 1 for day, _ in line.ticks)
    ticks = [
        html.Span(f"{day:%Y}" if years else f"{day:%m/%Y}", className="tick", style={"left": f"{x / 10:.2f}%"})
        for day, x in line.ticks
        if abs(x - line.today) > figure.LABEL
    ]
    today = html.Span(ui.vn_date(on), className="today", style={"left": f"{line.today / 10:.2f}%"})
    drawn = html.Div(
        [
            shape("svg", *rules, viewBox=f"0 0 1000 {bottom + AXIS:.0f}", preserveAspectRatio="none"),
            *(_dot(say, dot, [entries[number] for number in dot.entries], lanes[dot.lane]) for dot in line.dots),
            *ticks,
            today,
        ],
        className="life-days",
        style={"height": ui.rem(bottom + AXIS)},
    )
    names = html.Div([html.Span(say(f"life.lane.{lane}")) for lane in lanes], className="life-lanes")
    return html.Div([names, drawn], className="life-line")


def _lanes(line: figure.Line) -> set[str]:
    return {dot.lane for dot in line.dots}


def _rule(start: tuple[float, float], end: tuple[float, float], name: str) -> Component:
    (x1, y1), (x2, y2) = start, end
    return shape("line", x1=f"{x1}", x2=f"{x2}", y1=f"{y1}", y2=f"{y2}", className=name)


def _dot(say: Words, dot: figure.Dot, entries: list[Entry], y: float) -> Component:
    first = entries[0]
    late = any(each.state is TaskState.OPEN_LATE for each in entries)
    lines = [f"{ui.vn_date(each.day)}: {each.title}, {ui.shortened(each.words, 80)}" for each in entries[:6]]
    title = "\n".join([*lines, *([say("life.more", n=len(entries) - 6)] if len(entries) > 6 else [])])
    return html.A(
        str(len(entries)) if len(entries) > 1 else "",
        href=first.href,
        className=f"dot dot-{dot.lane}" + (" late" if late else "") + (" several" if len(entries) > 1 else ""),
        title=title,
        style={"left": f"{dot.x / 10:.2f}%", "top": ui.rem(y)},
        **{"aria-label": f"{len(entries)}: {title}" if len(entries) > 1 else title},
    )
