"""Names, documents and marked words as text. Words of a document are always text children, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dash import html
from dash.development.base_component import Component

from dash_app.address import document_link
from dash_app.components.formats import vn_date
from dash_app.words import Words
from ntmgraph.model import DocumentState
from ntmgraph.queries import CriterionName, DocumentName, Named

Child = Component | str


def names(things: Iterable[Named]) -> str:
    return "; ".join(thing.name for thing in things)


def not_stated(say: Words) -> Component:
    """What a document does not say is written so, never left blank."""
    return html.Span(say("common.not_stated"), className="quiet")


def document_title(say: Words, document: DocumentName) -> str:
    """ "Kế hoạch 136/KH-UBND"; a document without a number goes by its type and subject."""
    if document.number:
        return " ".join(part for part in (document.type, document.number) if part)
    subject = shortened(document.subject or "", 80)
    if document.type and not subject.lower().startswith(document.type.lower()):
        subject = f"{document.type}: {subject}" if subject else document.type
    return subject or say("document.unnamed")


def document_label(say: Words, document: DocumentName) -> str:
    """ "136/KH-UBND", for a narrow column; "Công văn không số" where it has none."""
    return document.number or say("document.numberless", type=document.type or say("document.unnamed"))


def document_reference(
    say: Words, document: DocumentName, *, at: int | None = None, taken_in: bool = True
) -> Component:
    """Its title, as a link to its page where it has one."""
    title = document_title(say, document)
    if not taken_in:
        return html.Span([title, " ", html.Span(say("document.stub"), className="basis basis-inferred")])
    return html.A(title, href=document_link(document.id, at=at), className="of-document")


def draft_mark(say: Words, document: DocumentName) -> list[Child]:
    """ "dự thảo" behind the name of a document that is one; nothing behind others."""
    if document.state != DocumentState.DRAFT:
        return []
    return [" ", html.Em(say("document.state.draft"), className="quiet")]


def document_source(say: Words, document: DocumentName) -> str:
    """ "07/08/2019 · UBND tỉnh Lạng Sơn"."""
    return " · ".join(part for part in (vn_date(document.date), document.issuer) if part) or say("document.undated")


def criterion_label(say: Words, criterion: CriterionName) -> str:
    """ "tiêu chí 17 Môi trường"; the set is told where it matters."""
    parts = [str(part) for part in (criterion.number, criterion.name) if part is not None]
    return say("trace.ask.criterion", name=" ".join(parts) or criterion.id)


def criterion_choice(criterion: CriterionName) -> str:
    """ "17 Môi trường", for a list of criteria."""
    return " ".join(str(part) for part in (criterion.number, criterion.name) if part is not None) or criterion.id


def set_name(say: Words, name: str | None) -> str:
    """A set as people call it: "bộ xã 2021–2025"."""
    if name is None:
        return say("set.unknown")
    return say(f"set.{name}") if say.known(f"set.{name}") else name


def highlighted(text: str, spans: Sequence[tuple[int, int]]) -> list[Child]:
    """The text with its spans marked; spans are ordered by start and may not overlap, those that do are skipped."""
    children: list[Child] = []
    done = 0
    for start, end in sorted(spans):
        if start < done or end <= start:
            continue
        children += [text[done:start], html.Mark(text[start:end])]
        done = end
    return [child for child in (*children, text[done:]) if child != ""]


def shortened(text: str, length: int) -> str:
    """At most `length` letters, cut between words."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
