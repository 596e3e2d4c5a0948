"""Cập nhật từ Excel: a list of tasks that was filled in comes back, and what it changes is approved row by row."""

from dash_app.page import Page
from dash_app.pages.returned.wiring import render, wire

PAGE = Page(name="returned", path="/nhiem-vu/nhap", icon="deadlines", render=render, wire=wire, in_menu=False)

__all__ = ["PAGE"]
