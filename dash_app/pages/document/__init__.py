"""Văn bản: one document, its text with what was understood beside it."""

from dash_app.page import Page
from dash_app.pages.document import layout, wiring

PAGE = Page("document", layout.PREFIX, "documents", wiring.render, wiring.wire, in_menu=False)
