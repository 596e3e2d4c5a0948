"""Rà soát: what has to be looked at again, and what people decided about it."""

from dash_app.page import Page
from dash_app.pages.review import data, wiring

PAGE = Page("review", data.PATH, "review", wiring.render, wiring.wire, count=data.waiting)

__all__ = ["PAGE"]
