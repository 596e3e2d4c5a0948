"""The proof of one fact: the sentence in its provision, the document, and what was understood from it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dash_app.address import document_link, link
from dash_app.components.blocks import facts
from dash_app.components.inference import because_lines
from dash_app.components.marks import basis_badge
from dash_app.components.painted import Paint, painted, paints_of
from dash_app.components.prose import Child, document_source, document_title, draft_mark
from dash_app.words import Words
from ntmgraph import rules
from ntmgraph.model import Basis, Evidence, Provision, Reading
from ntmgraph.queries import Because, DocumentName

ROOM = 420  # letters shown before and after the sentence when its provision is long
UNNAMED = frozenset({"bullet", "paragraph", "row", "header", "closing", "recipients", "footnote"})
NEIGHBOUR = 160  # letters shown of the provisions around it


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Where a sentence stands: the headings above it, its provision (or the part around it), the ones beside it."""

    path: tuple[str, ...]
    before: str | None
    text: str
    start: int
    end: int
    after: str | None
    mark: tuple[int, int]
    paints: tuple[Paint, ...] = ()


def excerpt(reading: Reading, evidence: Evidence) -> Excerpt:
    """The surroundings of the sentence of `evidence`, which is one of this reading."""
    text = reading.document.text
    by_id = {provision.id: provision for provision in reading.provisions}
    provision = by_id.get(evidence.provision or "")
    first, last = (provision.start, provision.end) if provision else (0, len(text))
    start = max(first, _word_start(text, evidence.start - ROOM)) if evidence.start - first > ROOM else first
    end = min(last, _word_end(text, evidence.end + ROOM)) if last - evidence.end > ROOM else last
    before = after = None
    if provision:
        beside = [other for other in reading.provisions if other.parent == provision.parent]
        index = beside.index(provision)
        before = _head(text, beside[index - 1]) if index else None
        after = _head(text, beside[index + 1]) if index + 1 < len(beside) else None
    paints = tuple(paint for paint in paints_of(reading) if paint.start < end and paint.end > start)
    return Excerpt(
        tuple(_headings(by_id, provision)), before, text, start, end, after, (evidence.start, evidence.end), paints
    )


def _headings(by_id: dict[str, Provision], provision: Provision | None) -> list[str]:
    """The way down to a provision; bullets, paragraphs and rows have no name worth telling."""
    above: list[str] = []
    while provision:
        label = provision.path.rsplit(".", 1)[-1]
        if provision.heading and label[:1].isalnum():
            above.append(f"{label}. {provision.heading}")
        elif provision.heading:
            above.append(provision.heading)
        elif provision.kind not in UNNAMED:
            above.append(label)
        provision = by_id.get(provision.parent or "")
    return above[::-1]


def _head(text: str, provision: Provision) -> str:
    words = text[provision.start : provision.end].strip()
    return words if len(words) <= NEIGHBOUR else words[:NEIGHBOUR].rsplit(" ", 1)[0] + " …"


def _word_start(text: str, position: int) -> int:
    return text.rfind(" ", 0, max(position, 0)) + 1


def _word_end(text: str, position: int) -> int:
    found = text.find(" ", position)
    return len(text) if found < 0 else found


@dataclass(frozen=True, slots=True)
class Proof:
    """What the evidence panel shows; `known` are pairs of word and value ("Vai trò", ...)."""

    document: DocumentName
    evidence: Evidence
    excerpt: Excerpt | None
    basis: Basis  # of the fact: it may be inferred from a sentence that is stated
    rule: str
    known: Sequence[tuple[str, Child | Sequence[Child]]] = ()
    because: Sequence[Because] = ()
    fact: str | None = None  # id of what a person can confirm and correct
    seen: str | None = None  # the last decision on it


def evidence_panel(say: Words, proof: Proof | None) -> Component:
    """The panel at the right; without a proof it says how to get one."""
    if proof is None:
        return html.Aside(
            html.Div(
                [html.H2(say("evidence.title")), html.P(say("evidence.none"), className="quiet")],
                className="evidence-body",
            ),
            className="panel evidence",
            **{"aria-label": say("evidence.title")},
        )
    evidence = proof.evidence
    rule = html.Small(rule_words(say, proof.rule))
    why = because_lines(say, proof.because)
    basis = (say("evidence.basis"), [basis_badge(say, proof.basis), " ", rule, *why])
    # Why a rule says so comes first: it is not what the sentence says.
    known = facts(*((basis, *proof.known) if why else (*proof.known, basis)))
    acts = [
        html.A(
            say("evidence.open"), href=document_link(proof.document.id, at=evidence.start), className="button primary"
        )
    ]
    if evidence.box is not None:
        on_page = document_link(proof.document.id, tab="pages", at=evidence.start)
        acts.append(html.A(say("evidence.on_page"), href=on_page, className="button"))
    if proof.fact and proof.excerpt:  # without its original nothing can be decided on a fact
        acts += correction_acts(say, proof.fact, proof.seen)
    return html.Aside(
        [
            html.Div(
                [html.H2(say("evidence.title")), document_card(say, proof), quoted(say, proof), known],
                className="evidence-body",
            ),
            html.Div(acts, className="acts"),
        ],
        className="panel evidence",
        **{"aria-label": say("evidence.title")},
    )


def correction_acts(say: Words, fact: str, seen: str | None) -> list[Component]:
    """Say that a fact is right, or correct it (`/ra-soat`); `assets/review.js` sends what a button says."""
    right = {"do": "accepted", "fact": fact, "seen": seen}
    return [
        html.Button(say("evidence.right"), type="button", className="button", **{"data-act": json.dumps(right)}),
        html.A(say("evidence.correct"), href=link("/ra-soat", fact=fact), className="button"),
    ]


def document_card(say: Words, proof: Proof) -> Component:
    """The document of a proof, and the headings above its sentence."""
    return html.Div(
        [
            html.A(document_title(say, proof.document), href=document_link(proof.document.id), className="card-title"),
            html.Span([document_source(say, proof.document), *draft_mark(say, proof.document)]),
            *([html.Span(" › ".join(proof.excerpt.path), className="of-document")] if proof.excerpt else []),
        ],
        className="evidence-card",
    )


def quoted(say: Words, proof: Proof) -> Component:
    """The sentence of a proof, marked in its surroundings; alone, and why, where these cannot be shown."""
    shown = proof.excerpt
    if shown is None:
        why = html.P(say("evidence.alone"), className="quiet")
        return html.Blockquote([html.P(html.Mark(proof.evidence.quote)), why])
    sides = [html.P(text, className="dim") if text else None for text in (shown.before, shown.after)]
    middle = html.P(painted(shown.text, shown.start, shown.end, shown.paints, mark=shown.mark))
    return html.Blockquote([part for part in (sides[0], middle, sides[1]) if part is not None])


def rule_words(say: Words, rule: str) -> str:
    """The rule that read a sentence, in words where they are written down."""
    return rules.rule_words(rule, say.language) or say("rule.other", rule=rule.replace("_", " "))
