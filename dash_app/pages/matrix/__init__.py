"""Ma trận phân công: who leads which criterion of a set in a province, who supports, and the sentence that says so."""

from dash_app.page import Page
from dash_app.pages.matrix import layout, wiring

PAGE = Page("matrix", layout.PATH, "matrix", wiring.render, wiring.wire, light=frozenset({"cell"}))
