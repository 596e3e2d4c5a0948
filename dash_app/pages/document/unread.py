"""What the program doubts of a document and what it could not take: said, never hidden. Pure."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, link
from dash_app.pages.document import data
from dash_app.words import Words
from ntmgraph.model import Issue, IssueCode, Reading

MOST_DOUBTS = 200  # doubtful words listed


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
                *([_add(say, reading, issue)] if issue.code is IssueCode.DUTY_UNREAD else []),
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


def _add(say: Words, reading: Reading, issue: Issue) -> Component:
    """The way to write down the task of a sentence that was not read."""
    there = link("/ra-soat", add=reading.document.id, start=issue.start, end=issue.end)
    return html.A(say("review.missed"), href=there, className="link")


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
