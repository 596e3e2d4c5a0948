"""The forms of a fact: its fields, merging, splitting; and what people decided on it. Pure.

A form is sent by `assets/review.js`: what `data-act` says, its fields by name, each value of a list in a field of its
own (a last empty one adds to it), and the reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address
from dash_app.components import Child
from dash_app.pages.deadlines.states import what_was_said
from dash_app.pages.review.data import FORMS, Offers
from dash_app.words import Words
from ntmgraph.ids import is_doubt, is_place
from ntmgraph.model import Assignment, Help, Role, Task
from ntmgraph.queries import Named
from ntmgraph.rules import rule_words
from ntmgraph.workspace.correcting import (
    FactView,
    actors_of,
    criterion_label,
    facts_naming,
    things_of,
    words_of,
)
from ntmgraph.workspace.decided_fields import Fact
from ntmgraph.workspace.decisions import Decision, DecisionKind

# Fields in the order of the form; those behind the fold of a task are seldom wrong.
FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "task": (
        ("who", "role", "deadline", "with", "criteria", "places"),
        ("what", "advise", "supervise", "reports_to", "via"),
    ),
    "assignment": (("criterion", "lead", "coordinate", "from", "to"), ()),
    "help": (("agency", "person", "place"), ()),
}
FOCUS = ("who", "lead", "agency")  # what is corrected most
LISTS = frozenset(
    {"who", "with", "advise", "supervise", "reports_to", "via", "lead", "coordinate", "criteria", "places"}
)
OFFERED = {"criteria": "criteria", "criterion": "criteria", "places": "places", "place": "places"}
MOST_FACTS = 60  # that name one body, offered at once
DAYS = frozenset({"from", "to"})
RHYTHMS = ("FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;INTERVAL=6", "FREQ=YEARLY")

Act = Mapping[str, Any]
_CRITERION = re.compile(r"(?P<label>.*) \[(?P<set>.*):[^:]*\]")


def act_button(label: str, act: Act, *, key: str | None = None, primary: bool = False) -> Component:
    """A button that decides at once; `key` is the letter that presses it."""
    keyed = {"data-key": key, "aria-keyshortcuts": key} if key else {}
    return html.Button(
        [label, *([html.Kbd(key, **{"aria-hidden": "true"})] if key else [])],
        type="button",
        className="button primary" if primary else "button",
        **{"data-act": json.dumps(dict(act), ensure_ascii=False)},
        **keyed,
    )


def form_of(
    say: Words,
    view: FactView,
    offers: Offers,
    name: str,
    act: Act,
    address: Address,
    *,
    cancel: str,
    tasks: Sequence[tuple[str, str]],
) -> Component:
    """The form of that name (changed, merged, split, parted) for a fact. tasks: others, to merge it into."""
    assert view.fact is not None
    things = things_of(view.reading, view.fact)
    thing = next((each for each in things if each.id == address.get("body")), next(iter(things), None))
    fields = {
        "changed": lambda: _fields(say, view.kind, words_of(view.reading, view.fact)),
        "merged": lambda: _merged(say, view, tasks),
        "split": lambda: _split(say, view),
        "parted": lambda: _parted(say, view, address, things, thing),
    }[name]()
    # A fresh form for each fact as it is now: what was typed for another one must not stay in it.
    key = f"{view.id} {view.last} {name} {thing.id if thing else ''}"
    return _form(say, name, fields, offers, {**act, "fact": view.id, "seen": view.last}, cancel=cancel, key=key)


def form_to_add(
    say: Words, values: Mapping[str, Sequence[str]], offers: Offers, act: Act, *, cancel: str, key: str
) -> Component:
    """The form for a task that the reader missed; values: what its sentence names."""
    return _form(say, "added", _fields(say, "task", values, first="what"), offers, act, cancel=cancel, key=key)


def _form(
    say: Words, name: str, fields: Sequence[Child], offers: Offers, act: Act, *, cancel: str, key: str
) -> Component:
    return html.Form(
        [
            *fields,
            *_offered(offers),
            _field(
                say("review.why"),
                dcc.Input(type="text", name="why", className="field", placeholder=say("review.why.hint")),
            ),
            html.Div(
                [
                    html.Button(say(f"review.save.{name}"), type="submit", className="button primary"),
                    html.A(
                        [say("review.cancel"), html.Kbd("Esc", **{"aria-hidden": "true"})],
                        href=cancel,
                        className="button",
                        **{"data-key": "Escape"},
                    ),
                ],
                className="acts",
            ),
        ],
        className="decide",
        key=key,
        **{"data-act": json.dumps({**act, "do": name}, ensure_ascii=False), "aria-label": say(f"review.form.{name}")},
    )


def _fields(say: Words, kind: str, values: Mapping[str, Sequence[str]], *, first: str | None = None) -> list[Child]:
    """A field for each value; first: one that stands before the others, which else is seldom wrong."""
    often, seldom = FIELDS[kind]
    shown = [*([first] if first else []), *often]
    more = [name for name in seldom if name != first]
    fields: list[Child] = [_input(say, name, values[name], focus=not first and name in FOCUS) for name in shown]
    if more:
        rest = [_input(say, name, values[name]) for name in more]
        fields.append(html.Details([html.Summary(say("review.more")), *rest], className="more"))
    return fields


def _input(say: Words, name: str, values: Sequence[str], *, prefix: str = "", focus: bool = False) -> Component:
    """The field of a value, under its name as `parse --json` prints it."""
    label = say(f"field.{name}")
    named = prefix + name
    if name == "what":
        return _field(label, dcc.Textarea(name=named, value="".join(values), className="field", rows=4))
    if name == "role":
        chosen = next(iter(values), "")
        options = [(role.value, say(f"role.{role}")) for role in Role]
        return _field(None, ui.select_field(named, options, chosen, label=label, ask=False))
    if name == "deadline":
        return _deadline(say, label, named, values)
    listed = OFFERED.get(name, "agencies")
    hint = say("date.placeholder") if name in DAYS else None
    shown = [*values, ""] if name in LISTS else [*values[:1]] or [""]
    inputs = [
        dcc.Input(
            type="text",
            name=named,
            value=value,
            className="field",
            autoComplete="off",
            spellCheck="false",
            placeholder=hint or (say("review.add") if not value and name in LISTS else ""),
            autoFocus=(focus and index == 0) or None,
            **({"list": f"review-{listed}"} if name not in DAYS | {"person"} else {}),
        )
        for index, value in enumerate(shown)
    ]
    return _field(label, *inputs)


def _deadline(say: Words, label: str, name: str, values: Sequence[str]) -> Component:
    """A day, or a rhythm; whoever chooses a rhythm leaves the day empty."""
    rhythm = next((value for value in values if value.startswith("FREQ=")), "")
    day = "" if rhythm else "".join(values)
    known = [*RHYTHMS, *([rhythm] if rhythm and rhythm not in RHYTHMS else [])]
    options = [("", say("review.rhythm.none"))]
    options += [(each, say(f"review.rhythm.{each}") if say.known(f"review.rhythm.{each}") else each) for each in known]
    entry = dcc.Input(
        type="text", name=name, value=day, className="field", placeholder=say("date.placeholder"), autoComplete="off"
    )
    return _field(label, entry, ui.select_field(name, options, rhythm, label=say("review.rhythm"), ask=False))


def _field(label: str | None, *inputs: Component) -> Component:
    """A label and its inputs, each of which a screen reader calls by it; a choice brings its own label."""
    if label is None:
        return html.Div(html.Div(list(inputs), className="inputs"), className="decide-field")
    named = [
        html.Label([html.Span(label, className="aside"), each]) if isinstance(each, dcc.Input | dcc.Textarea) else each
        for each in inputs
    ]
    head = html.Span(label, className="field-label", **{"aria-hidden": "true"})
    return html.Div([head, html.Div(named, className="inputs")], className="decide-field")


def _offered(offers: Offers) -> list[Component]:
    criteria = [html.Option(value=criterion_label(id)) for id in offers.criteria]
    named = {"agencies": offers.agencies, "places": offers.places}
    lists = [
        html.Datalist([html.Option(value=each) for each in values], **{"data-id": f"review-{name}"})
        for name, values in named.items()
    ]
    return [*lists, html.Datalist(criteria, **{"data-id": "review-criteria"})]


def _merged(say: Words, view: FactView, tasks: Sequence[tuple[str, str]]) -> list[Child]:
    """A body of the fact is another one; a task says the same as another one of its document."""
    assert view.fact is not None
    bodies = [(actor.id, actor.name) for actor in actors_of(view.fact) if actor.id]
    fields: list[Child] = []
    if tasks and view.kind == "task":
        options = [("", say("review.merge.none")), *((id, ui.shortened(what, 110)) for id, what in tasks)]
        fields += [
            html.P(say("review.merge.task"), className="quiet"),
            _field(None, ui.select_field("into", options, "", label=say("review.merge.into"), ask=False)),
        ]
    if bodies:
        options = [("", say("review.merge.none")), *dict(bodies).items()]
        everywhere = [("", say("review.merge.here")), ("1", say("review.merge.everywhere"))]
        fields += [
            html.P(say("review.merge.body"), className="quiet"),
            _field(None, ui.select_field("body", options, "", label=say("review.merge.which"), ask=False)),
            _field(
                say("review.merge.is"),
                dcc.Input(
                    type="text", name="into", value="", className="field", autoComplete="off", list="review-agencies"
                ),
            ),
            _field(None, ui.select_field("everywhere", everywhere, "", label=say("review.merge.where"), ask=False)),
        ]
    return fields


def forms_of(view: FactView) -> list[str]:
    """The forms that a fact has: a task can be split in two, what names a body or place can be told from others."""
    without = {"split"} if view.kind != "task" else set()
    if view.fact is None or not things_of(view.reading, view.fact):
        without.add("parted")
    return [name for name in FORMS if name not in without]


def _parted(say: Words, view: FactView, address: Address, things: Sequence[Named], named: Named | None) -> list[Child]:
    """A body or place that was taken for another one: which it is, and in which facts of the document."""
    if named is None:
        return [html.P(say("review.parted.none"), className="quiet")]
    which = ui.tabs(
        say,
        [(each.name, address.with_(body=each.id), None, each == named) for each in things],
        label=say("review.parted.which"),
    )
    boxes = [
        html.Label(
            [
                ui.Input(type="checkbox", name="facts", value=fact.id, defaultChecked=fact.id == view.id),
                html.Span([html.B(kind_words(say, fact)), " ", ui.shortened(fact.evidence.quote, 140)]),
            ],
            className="fact-box",
        )
        for fact in facts_naming(view.reading, named.id)[:MOST_FACTS]
    ]
    listed = "places" if is_place(named.id) else "agencies"
    return [
        *([which] if len(things) > 1 else []),
        html.P(say("review.parted.how", name=named.name), className="quiet"),
        html.Div(ui.Input(type="hidden", name="body", value=named.id)),
        _field(
            say("review.parted.is"),
            dcc.Input(
                type="text",
                name="into",
                value="",
                className="field",
                autoComplete="off",
                autoFocus=True,
                list=f"review-{listed}",
            ),
        ),
        html.Fieldset([html.Legend(say("review.parted.facts")), *boxes]),
    ]


def sign_of(view: FactView) -> str:
    """The kind of thing whose sign a fact bears."""
    return {"assignment": "criterion", "help": "place"}.get(view.kind, "task")


def kind_words(say: Words, fact: Fact) -> str:
    """What kind of fact it is, in a word or two."""
    match fact:
        case Task():
            return say("document.task")
        case Assignment():
            key = fact.criterion
            return say("review.assignment", criterion=key.number if key.number is not None else "?")
    return say("fact.helps")


def _split(say: Words, view: FactView) -> list[Child]:
    assert view.fact is not None
    values = words_of(view.reading, view.fact)
    return [
        html.Fieldset(
            [
                html.Legend(say("review.part", n=number)),
                *(_input(say, name, values[name], prefix=f"{number}.") for name in ("what", "who", "deadline")),
            ]
        )
        for number in (1, 2)
    ]


# What a fact says


def fact_words(say: Words, view: FactView) -> list[tuple[str, Child | list[Child]]]:
    """What was understood, field by field; what the text does not say of the first ones is said to be so."""
    assert view.fact is not None
    values = words_of(view.reading, view.fact)
    first, more = FIELDS[view.kind]
    told: list[tuple[str, Child | list[Child]]] = []
    for name in first:
        if name == "role" or (name not in (first[0], "who", "lead", "deadline") and not values[name]):
            continue
        told.append((say(f"field.{name}"), _told(say, name, values, view) or ui.not_stated(say)))
    told += [(say(f"field.{name}"), "; ".join(values[name])) for name in more if values[name] and name != "what"]
    return told


def _told(say: Words, name: str, values: Mapping[str, Sequence[str]], view: FactView) -> Child | list[Child]:
    words = "; ".join(value_words(say, name, each) for each in values[name])
    if name == "who" and words:
        return [html.B(words), " ", say(f"role.{values['role'][0]}")]
    if name == "deadline" and not words and isinstance(view.fact, Task) and view.fact.deadline is not None:
        return f"“{view.reading.deadlines[view.fact.deadline].text}”"
    return html.B(words) if words and name in ("lead", "agency") else words


def value_words(say: Words, name: str, value: str) -> str:
    if name == "role":
        return say(f"role.{value}")
    if name in ("criteria", "criterion") and (marked := _CRITERION.fullmatch(value)):
        set_ = f"set.{marked['set']}"
        return f"{marked['label']} · {say(set_) if say.known(set_) else say('set.unknown')}"
    rhythm = f"review.rhythm.{value}"
    return say(rhythm) if say.known(rhythm) else value


def fact_title(say: Words, view: FactView) -> str:
    """What kind of fact it is, and its words."""
    match view.fact:
        case Task():
            return ui.shortened(view.fact.what, 160)
        case Assignment():
            return kind_words(say, view.fact)
        case Help():
            return say("fact.helps.of", place=view.fact.place.name)
    return say("review.gone")


# What was decided


def history(say: Words, view: FactView) -> Component:
    """Every decision on a fact, the last one first, each with a way to take it back."""
    decisions = sorted((*view.history, *view.of_bodies), key=lambda each: each.at, reverse=True)
    if not decisions:
        return html.P(say("review.history.none"), className="quiet panel-text")
    return html.Ol([_decided(say, each, each.id in view.standing) for each in decisions], className="decisions")


def _decided(say: Words, decision: Decision, stands: bool) -> Component:
    head: list[Child] = [
        html.B(rule_words(decision.kind.rule, say.language) or decision.kind),
        html.Span(f"{decision.by} · {decision.at.astimezone():%H:%M %d/%m/%Y}", className="quiet"),
    ]
    undone = not stands and decision.kind is not DecisionKind.UNDONE
    if undone:
        head.append(html.Span(say("review.undone"), className="quiet"))
    lines: list[Child] = [html.Div(head, className="decided-head"), *changes(say, decision)]
    if decision.why:
        lines.append(html.P([say("review.why"), ": ", decision.why]))
    if stands:
        lines.append(
            html.Div(act_button(say("review.undo"), {"do": "undone", "decision": decision.id}), className="acts")
        )
    return html.Li(lines, className="undone" if undone else None)


def changes(say: Words, decision: Decision) -> list[Component]:
    """What a decision made of what was there, a line for each field."""
    before, after = decision.before or {}, decision.after or {}
    if is_doubt(decision.fact):
        return [html.P(str(before.get("message", "")))]
    if decision.kind is DecisionKind.MERGED:
        one, other = before.get("name") or before.get("what"), after.get("name") or after.get("what")
        return [html.P(f"{one or decision.fact} → {other}")]
    if decision.kind is DecisionKind.SPLIT:
        parts = [
            html.Li(
                _json_words(say, "what", part.get("what"))
                or say("review.parted.said", one=before.get("name"), other=part.get("name"), n=len(part["facts"]))
            )
            for part in after.get("parts", ())
        ]
        return [html.Ul(parts, className="parts")]
    if decision.kind is DecisionKind.ADDED:
        return [
            html.P([f"{say(f'field.{name}')}: ", html.Ins(_json_words(say, name, value))])
            for name, value in after.items()
            if say.known(f"field.{name}")
        ]
    if decision.kind is not DecisionKind.CHANGED:
        said = before.get("what") or before.get("quote")
        state = [html.P(html.B(what_was_said(say, decision)))] if decision.kind is DecisionKind.STATE else []
        return [*state, *([html.P(ui.shortened(str(said), 160), className="quiet")] if said else [])]
    return [
        html.P(
            [
                f"{say(f'field.{name}')}: ",
                html.Del(_json_words(say, name, before.get(name)) or say("common.not_stated")),
                " → ",
                html.Ins(_json_words(say, name, value) or say("common.not_stated")),
            ]
        )
        for name, value in after.items()
        if say.known(f"field.{name}")
    ]


def _json_words(say: Words, name: str, value: Any) -> str:
    """A value of a decision, in words."""
    match value:
        case None:
            return ""
        case list() | tuple():
            return "; ".join(_json_words(say, name, each) for each in value)
        case {"number": number}:
            return say("trace.ask.criterion", name=number if number is not None else "?")
        case {"name": str(said)}:
            return said
        case {"date": day, "recurrence": rhythm, **rest}:
            if day:
                return "/".join(reversed(str(day).split("-")))
            return value_words(say, name, str(rhythm)) if rhythm else str(rest.get("text") or "")
        case str() if name in ("from", "to"):
            return "/".join(reversed(value.split("-")))
        case str() if name == "criteria":
            return criterion_label(value)
        case str() if name == "role":
            return say(f"role.{value}")
    return str(value)
