"""Questions are plain forms: `assets/address.js` turns a submitted form into an address, so no callback is needed.

A field is named as its value in the address. The combobox alone asks the server, for suggestions while typing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from dash_app.address import Address
from dash_app.components.formats import vn_date
from dash_app.components.marks import icon, kind_mark
from dash_app.components.prose import Child
from dash_app.words import Words


def form(address: Address | str, *fields: Child, keep: Sequence[str] = (), class_name: str = "") -> Component:
    """A question of one or more fields; `keep` names the values of this address that the new one keeps."""
    path = address if isinstance(address, str) else address.path
    kept = [] if isinstance(address, str) else [(name, address.get(name)) for name in keep]
    carried = {f"data-keep-{name}": value for name, value in kept if value}
    return html.Form(list(fields), action=path, className=f"ask {class_name}".rstrip(), **carried)


def text_field(
    name: str,
    value: str | None,
    *,
    label: str,
    placeholder: str = "",
    component_id: str | None = None,
    focus: bool = False,
) -> Component:
    """A line of text with its label (seen by screen readers only, the placeholder shows an example)."""
    entry = dcc.Input(
        type="text",
        name=name,
        value=value or "",
        placeholder=placeholder,
        autoComplete="off",
        spellCheck="false",
        autoFocus=focus or None,
        className="field",
        **({"id": component_id} if component_id else {}),
    )
    return html.Label([html.Span(label, className="aside"), entry], className="text-field")


def date_field(
    say: Words,
    name: str,
    value: date | None,
    *,
    label: str,
    default: date | None = None,
    component_id: str | None = None,
) -> Component:
    """A day, written dd/mm/yyyy, with a calendar; the address gets it as YYYY-MM-DD, the default not at all."""
    entry = dcc.Input(
        type="text",
        name=name,
        value=vn_date(value or default),
        placeholder=say("date.placeholder"),
        autoComplete="off",
        inputMode="numeric",
        maxLength=10,
        className="field date",
        **({"id": component_id} if component_id else {}),
    )
    opener = html.Button(
        icon("calendar"),
        type="button",
        className="icon-button",
        **{"aria-label": say("date.open"), "data-calendar": "1"},
    )
    texts = {"data-months": say("date.months"), "data-days": say("date.days"), "data-bad": say("date.bad")}
    texts |= {"data-today": say("date.today"), "data-clear": say("date.clear")}
    texts |= {"data-back": say("date.back"), "data-on": say("date.on"), "data-default": vn_date(default)}
    return html.Div(
        [html.Label([html.Span(label, className="field-label"), entry]), opener], className="date-field", **texts
    )


def labelled(
    component_id: str,
    label: str,
    value: str | None,
    *,
    note: str | None = None,
    hint: str = "",
    suggestions: Sequence[str] = (),
    secret: bool = False,
) -> Component:
    """A line of text under its label, for what is saved by a button; `note` says what it is for. A secret one is never
    shown, filled or remembered."""
    listed = f"{component_id}-list"
    entry = dcc.Input(
        id=component_id,
        type="password" if secret else "text",
        value=value or "",
        placeholder=hint,
        autoComplete="new-password" if secret else "off",
        spellCheck="false",
        className="field",
        **({"list": listed} if suggestions else {}),
    )
    return html.Div(
        [
            html.Label([html.Span(label, className="field-label"), entry]),
            *([html.P(note, className="quiet")] if note else []),
            *([html.Datalist([html.Option(value=each) for each in suggestions], id=listed)] if suggestions else []),
        ],
        className="labelled",
    )


def select_field(
    name: str,
    choices: Sequence[tuple[str, str]],
    value: str | None,
    *,
    label: str,
    hide_label: bool = False,
    ask: bool = True,
) -> Component:
    """One of a few values (value, label); choosing one asks at once, unless it is one field of several."""
    options = [html.Option(text, value=key, selected=key == (value or "")) for key, text in choices]
    # The key makes a fresh element when the chosen value changes: the browser keeps its own choice otherwise.
    asks = {"data-ask": "1"} if ask else {}
    chooser = html.Select(options, name=name, className="field", key=f"{name}={value or ''}", **asks)
    return html.Label(
        [html.Span(label, className="aside" if hide_label else "field-label"), chooser], className="select"
    )


def switch(label: str, *, on: bool, href: str) -> Component:
    """On or off; its address is that of the other position."""
    return html.A(
        [html.Span(className="switch-box", **{"aria-hidden": "true"}), label],
        href=href,
        className="switch",
        role="switch",
        **{"aria-checked": "true" if on else "false"},
    )


def button(
    label: str,
    *,
    href: str | None = None,
    component_id: str | None = None,
    primary: bool = False,
    sign: str | None = None,
) -> Component:
    """A link that looks like a button when it leads somewhere, a button when it does something."""
    classes = "button primary" if primary else "button"
    children: list[Child] = [icon(sign), label] if sign else [label]
    if href is not None:
        return html.A(children, href=href, className=classes)
    return html.Button(children, type="button", className=classes, **({"id": component_id} if component_id else {}))


WORDS = "words"  # the kind of a suggestion that names no thing: to search for the words themselves


@dataclass(frozen=True, slots=True)
class Choice:
    """A suggestion: what it is, a note that tells namesakes apart, and the address that choosing it leads to."""

    label: str
    href: str
    kind: str
    note: str | None = None


def combobox(
    component_id: str,
    *,
    placeholder: str,
    label: str,
    focus: bool = False,
    name: str | None = None,
    value: str | None = None,
) -> Component:
    """A field that suggests while typing; the page fills `<id>-list` from the data of `<id>-typed`.

    What is typed goes there by `assets/keys.js`: a field that tells Dash of each letter is written anew by it, and
    loses on a slow machine what was typed meanwhile.
    name: of a field of a form, which Enter sends while no suggestion is pointed at.
    """
    entry = dcc.Input(
        id=f"{component_id}-text",
        type="text",
        value=value or "",
        placeholder=placeholder,
        autoComplete="off",
        spellCheck="false",
        debounce=True,
        autoFocus=focus or None,
        className="field",
        **({"name": name} if name else {}),
    )
    listed = html.Div(id=f"{component_id}-list", className="choices", role="listbox", **{"aria-label": label})
    return html.Div(
        [
            html.Label([html.Span(label, className="aside"), icon("search"), entry], className="text-field"),
            dcc.Store(id=f"{component_id}-typed"),
            listed,
        ],
        className="combobox",
    )


def choices(say: Words, found: Sequence[Choice], *, typed: str) -> list[Component]:
    """The suggestions under a combobox, or a sentence when there is none."""
    if not found:
        return [html.Div(say("choices.none", typed=typed), className="choice-none")] if typed.strip() else []
    return [_choice(say, choice) for choice in found]


def grouped_choices(say: Words, groups: Sequence[tuple[str, Sequence[Choice]]]) -> list[Component]:
    """Suggestions under the name of their kind; a group without any is left out."""
    return [
        html.Div(
            [
                html.Div(title, className="choice-group", **{"aria-hidden": "true"}),
                *(_choice(say, each) for each in found),
            ],
            role="group",
            **{"aria-label": title},
        )
        for title, found in groups
        if found
    ]


def _choice(say: Words, choice: Choice) -> Component:
    sign = kind_mark(choice.kind) if choice.kind != WORDS else icon("search")
    return html.A(
        [
            sign,
            html.Span(choice.label, className="choice-label"),
            html.Span(choice.note or say(f"kind.{choice.kind}"), className="choice-note"),
        ],
        href=choice.href,
        className="choice",
        role="option",
        tabIndex="-1",
    )
