"""Small signs with one meaning everywhere: icons, kinds, chips, badges."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app.words import Words
from ntmgraph.model import Basis
from ntmgraph.queries import TaskState


def icon(name: str, label: str | None = None) -> Component:
    """A drawing of `assets/icons`; without a label it is decoration and hidden from screen readers."""
    named = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    return html.Span(className=f"icon icon-{name}", **named)


def kind_mark(kind: str) -> Component:
    """The sign of a kind of thing (document, task, agency, criterion, place, deadline) in its colour."""
    return html.Span(className=f"icon icon-kind-{kind} of-{kind}", **{"aria-hidden": "true"})


def chip(say: Words, label: str, *, remove: str | None = None, title: str | None = None) -> Component:
    """A part of the question; `remove` is the address of the question without it."""
    parts: list[Component | str] = [label]
    if remove:
        parts.append(html.A("×", href=remove, className="chip-off", **{"aria-label": say("common.remove", name=label)}))
    return html.Span(parts, className="chip", title=title)


def basis_badge(say: Words, basis: Basis) -> Component:
    """Stated, inferred or decided: told apart by word and by line (solid, dashed, double)."""
    return html.Span(say(f"basis.{basis}"), className=f"basis basis-{basis}", title=say(f"basis.{basis}.means"))


def state_badge(say: Words, state: TaskState | None) -> Component:
    """The official state of a task; a task without a day has none."""
    if state is None:
        return html.Span(say("state.none"), className="quiet")
    return html.Span(say(f"state.{state}"), className=f"state state-{state}")
