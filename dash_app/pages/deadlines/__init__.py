"""Thời hạn: every task with a deadline in the four official states, as of the chosen day."""

from dash_app.page import Page
from dash_app.pages.deadlines.data import overdue
from dash_app.pages.deadlines.layout import render
from dash_app.pages.deadlines.wiring import wire

PAGE = Page(name="deadlines", path="/nhiem-vu", icon="deadlines", render=render, wire=wire, count=overdue)

__all__ = ["PAGE"]
