"""Truy vết trách nhiệm: who is responsible, and the sentence that says so."""

from dash_app.page import Page
from dash_app.pages.trace import layout, wiring

PAGE = Page("trace", layout.PATH, "trace", wiring.render, wiring.wire, light=frozenset({"row"}))
