"""The parts of a page: the question, the answer in words, panels, tabs, and what stands there when nothing does."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dash_app.components.marks import icon
from dash_app.components.prose import Child
from dash_app.words import Words


def ask_line(*parts: Child) -> Component:
    """The question as a sentence, words between chips."""
    return html.Div(
        [html.Span(part) if isinstance(part, str) else part for part in parts], className="ask-line", role="group"
    )


def answer(
    sentence: Sequence[Child], note: Sequence[Child] | None = None, *, tools: Component | None = None
) -> Component:
    """The answer in words, above all that explains it; announced when it changes. tools: what to do with it, beside."""
    lines = [html.P(list(sentence), className="answer-line")]
    if note:
        lines.append(html.P(list(note), className="quiet"))
    said = html.Section(lines, className="answer", **{"aria-live": "polite"})
    return html.Div([said, tools], className="answer-row") if tools else said


def panel(title: Child | None, *children: Child, tools: Sequence[Child] = (), class_name: str = "") -> Component:
    """A white card; its title is a heading."""
    head = [html.Div([html.H2(title), *tools], className="panel-head")] if title else []
    return html.Section([*head, *children], className=f"panel {class_name}".rstrip())


def tabs(say: Words, items: Sequence[tuple[str, str, int | None, bool]], *, label: str) -> Component:
    """Views of one thing as links: (label, address, count, chosen)."""
    return html.Nav(
        [
            html.A(
                [name, *([html.Em(say.number(count))] if count is not None else [])],
                href=href,
                **({"aria-current": "page"} if chosen else {}),
            )
            for name, href, count, chosen in items
        ],
        className="tabs",
        **{"aria-label": label},
    )


def facts(*pairs: tuple[str, Child | Sequence[Child]]) -> Component:
    """A list of what is known: word at the left, value at the right."""
    rows: list[Component] = []
    for word, value in pairs:
        rows += [html.Dt(word), html.Dd(value)]
    return html.Dl(rows, className="facts")


def empty(
    title: str, text: Child | Sequence[Child], *, action: tuple[str, str] | None = None, sign: str = "search"
) -> Component:
    """Nothing to show yet: what this is, what to do next, one button."""
    children = [icon(sign), html.H2(title), html.P(text)]
    if action:
        children.append(html.A(action[0], href=action[1], className="button primary"))
    return html.Div(children, className="blank")


def failed(say: Words, what: str, next_step: str, *, closes: str | None = None) -> Component:
    """Something went wrong: what happened and what to do now; read out at once. closes: id of what holds it."""
    again = html.A(say("failed.again"), href="", className="button primary", **{"data-reload": "1"})
    close = html.Button(say("failed.close"), type="button", className="button", **{"data-close": closes})
    return html.Div(
        [
            icon("warning"),
            html.H2(what),
            html.P(next_step),
            html.Div([again, close], className="acts") if closes else again,
        ],
        className="blank failed",
        role="alert",
    )


def loading(say: Words) -> Component:
    """Grey lines where the content will stand."""
    return html.Div(
        [
            html.Div(className="bone"),
            html.Div(className="bone tall"),
            html.Span(say("common.loading"), className="aside"),
        ],
        className="loading",
        role="status",
    )
