"""Nhiệm vụ, thời hạn: every task in the four official states as of a day, as a list and as a calendar."""

from dash_app.page import Page
from dash_app.pages.deadlines.data import overdue
from dash_app.pages.deadlines.layout import render
from dash_app.pages.deadlines.wiring import wire

PAGE = Page(
    name="deadlines",
    path="/nhiem-vu",
    icon="deadlines",
    render=render,
    wire=wire,
    light=frozenset({"row"}),
    count=overdue,
)

__all__ = ["PAGE"]
