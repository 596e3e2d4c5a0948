"""The wires of the document page: address -> document -> one of its tabs; and the way to the original file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import Dash
from dash.development.base_component import Component
from flask import Response, abort, send_file

from dash_app.address import Address
from dash_app.page import Desk
from dash_app.pages.document import data, layout, paper, relations, timeline, told, unread
from ntmgraph.model import ReadError, Reading
from ntmgraph.queries import DocumentView

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace


def render(desk: Desk, address: Address) -> Component:
    say = desk.say
    document = address.rest(layout.PREFIX)
    view = desk.workspace.document(document, offset=address.number("offset"))
    if view is None or not isinstance(view.reading, Reading):
        return layout.missing(say, document)
    reading = view.reading
    tab = address.get("tab") if address.get("tab") in layout.TABS else "text"
    head = layout.head(say, view, reading, address)
    tabs = layout.tab_row(say, address, view, reading, tab or "text")
    return layout.page(say, head, tabs, _tab(desk, address, tab or "text", view=view, reading=reading))


def _tab(desk: Desk, address: Address, tab: str, *, view: DocumentView, reading: Reading) -> Component:
    say = desk.say
    if tab == "tasks":
        return told.tasks(say, reading, address)
    if tab == "relations":
        return relations.relations(say, view, address, desk.workspace.changed_by(view.row.id))
    if tab == "timeline":
        on = address.date("on") or desk.today
        life = desk.workspace.life(view.row.id, on)
        entries = timeline.entries_of(say, view, reading, life, address)
        return timeline.timeline(say, entries, life, address, on=on, document=view.row.id)
    if tab == "unread":
        return unread.unread(say, reading, address)
    blocks = data.blocks_of(reading)
    at = address.number("at") if address.get("at") else None
    if tab == "pages" and reading.scanned_pages:
        return paper.page_view(say, view, reading, address, blocks=blocks, at=at)
    part = data.part_of(blocks, number=address.number("part"), at=at)
    return paper.paper(say, reading, part, address, blocks=blocks, at=at)


def wire(app: Dash, workspace: Workspace) -> None:
    @app.server.get(f"{layout.ORIGINAL}<path:document>")
    def original(document: str) -> Response:
        """The kept file, always as a download: an original may be HTML and must not run as a page of ours."""
        try:
            path, name = workspace.original(document), workspace.file_name(document)
        except KeyError:
            abort(404)
        return send_file(path, as_attachment=True, download_name=name)

    @app.server.get(f"{paper.PICTURES}<path:document>/<int:page>")
    def picture(document: str, page: int) -> Response:
        """A scanned page as it looks; drawn by us, so nothing that the file says can run."""
        try:
            return Response(workspace.page_picture(document, page), mimetype="image/png")
        except (KeyError, ReadError):
            abort(404)
