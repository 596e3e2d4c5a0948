"""The one field of the top bar: suggestions while typing, and the words themselves as the last one.

An agency, a place and a criterion lead to their trace, a document to its page; province and day go along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State, html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, document_link, link, parse
from dash_app.components import Choice
from dash_app.page import Desk
from dash_app.words import Words
from ntmgraph.queries import CriterionName, DocumentName, Named

if TYPE_CHECKING:
    from collections.abc import Callable

    from ntmgraph.workspace import Workspace

SHOWN = 4  # suggestions of a kind: all of them are seen without scrolling
ASKED = 100  # letters that a name is looked for by
LETTERS = 60  # of what was typed, said in the last suggestion
SEARCH = "/tim-kiem"


def field(say: Words, address: Address) -> Component:
    """The field as the top bar shows it; on the search page it holds the words that were searched."""
    typed = address.get("q") if address.path == SEARCH else None
    box = ui.combobox("find", placeholder=say("shell.find.hint"), label=say("shell.find"), name="q", value=typed)
    return ui.form(SEARCH, box, html.Kbd("Ctrl K", **{"aria-hidden": "true"}), class_name="find")


@dataclass(frozen=True, slots=True)
class Found:
    """What the typed letters may name, of each kind the best few."""

    agencies: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    criteria: tuple[CriterionName, ...] = ()
    documents: tuple[DocumentName, ...] = ()


def look_up(workspace: Workspace, typed: str, province: str | None) -> Found:
    """Ask for what has such a name, or number; of a province where one is chosen."""
    return Found(
        workspace.agencies(typed, SHOWN, province=province),
        workspace.places(typed, SHOWN, province=province),
        workspace.criteria(typed, SHOWN),
        workspace.documents_called(typed, SHOWN, province=province),
    )


def groups(say: Words, address: Address, typed: str, found: Found) -> list[tuple[str, list[Choice]]]:
    """The suggestions by kind, at last the search for the words."""

    def trace(**thing: str) -> str:
        return link("/truy-vet", **thing, **address.scope())

    agencies = [Choice(each.name, trace(agency=each.id), "agency", each.place) for each in found.agencies]
    places = [Choice(each.name, trace(place=each.id), "place", each.place) for each in found.places]
    criteria = [
        Choice(ui.criterion_choice(each), trace(criterion=each.id), "criterion", ui.set_name(say, each.set))
        for each in found.criteria
    ]
    documents = [
        Choice(ui.document_title(say, each), document_link(each.id), "document", ui.document_source(say, each))
        for each in found.documents
    ]
    words = Choice(
        say("find.words", words=ui.shortened(typed, LETTERS)),
        link(SEARCH, q=typed, province=address.get("province")),
        ui.WORDS,
        say("find.enter"),
    )
    return [
        (say("find.agencies"), agencies),
        (say("find.places"), places),
        (say("find.criteria"), criteria),
        (say("find.documents"), documents),
        (say("find.all"), [words]),
    ]


def wire(app: Dash, workspace: Workspace, desk_for: Callable[[Workspace], Desk]) -> None:
    @app.callback(
        Output("find-list", "children"),
        Input("find-typed", "data"),
        State("url", "pathname"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def suggest(typed: str | None, pathname: str, search: str | None) -> list[Component]:
        typed = (typed or "").strip()
        if not typed:
            return []
        say, address = desk_for(workspace).say, parse(pathname, search)
        found = look_up(workspace, typed[:ASKED], address.get("province"))
        return ui.frozen(ui.grouped_choices(say, groups(say, address, typed, found)))
