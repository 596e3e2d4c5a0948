"""What may be inferred: the switch, the list of rules with a box each, and why a row is inferred.

State in the address: `stated_only=1` (nothing is inferred), `without=group_member,usual_lead` (the rules that are off),
`rules=1` (the list is open: who takes one rule away may want to take another).
"""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dash_app.address import Address
from dash_app.components.inputs import switch
from dash_app.components.prose import Child, document_reference
from dash_app.words import Words
from ntmgraph.queries import Because, Inference
from ntmgraph.reasons import because_words
from ntmgraph.rules import rule_words


def rules_off(address: Address) -> frozenset[Inference]:
    """The rules that an address leaves out; a name that is none is passed over (an address may be typed by hand)."""
    names = address.names("without")
    return frozenset(rule for rule in Inference if rule in names)


def inference_switches(say: Words, address: Address, label: str) -> Component:
    """One switch for all that is inferred; below it, on request, a box for each rule."""
    stated_only = address.flag("stated_only")
    off = rules_off(address)
    # The rows change with the rules, and so does the page of them that is shown.
    every = switch(label, on=not stated_only, href=address.with_(stated_only=not stated_only, row=None, offset=None))
    if stated_only:
        return html.Div(every, className="inference")
    boxes = [
        html.Li(
            html.A(
                [html.Span(className="box", **{"aria-hidden": "true"}), rule_words(rule, say.language) or rule],
                href=address.with_(without=_listed(off ^ {rule}), rules=True, row=None, offset=None),
                className="rule",
                role="checkbox",
                **{"aria-checked": "false" if rule in off else "true"},
            )
        )
        for rule in Inference
    ]
    on = len(boxes) - len(off)
    rules = html.Details(
        [
            html.Summary(say("inference.rules", on=on, n=len(boxes)), title=say("inference.rules.means")),
            html.Div([html.P(say("inference.rules.means"), className="quiet"), html.Ul(boxes)], className="rules"),
        ],
        open=address.flag("rules") or None,
        # A fresh element for each choice: the browser keeps its own list open or closed otherwise.
        key=f"rules {_listed(off)}",
    )
    return html.Div([every, rules], className="inference")


def _listed(rules: frozenset[Inference]) -> str | None:
    return ",".join(rule for rule in Inference if rule in rules) or None


def because_lines(say: Words, steps: Sequence[Because]) -> list[Child]:
    """Why a row is inferred: a sentence for each step, with the words of the assignment that it rests on."""
    lines: list[Child] = []
    for step in steps:
        parts: list[Child] = [say("inference.because", words=because_words(step, say.language))]
        if step.document is not None and step.evidence is not None:
            reference = document_reference(say, step.document, at=step.evidence.start)
            parts += [" ", reference, html.Q(step.evidence.quote)]
        lines.append(html.Div(parts, className="because"))
    return lines
