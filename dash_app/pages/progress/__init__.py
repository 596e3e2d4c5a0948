"""Tiến độ: how far the communes of a province are, by criterion; import of report sheets."""

from dash_app.page import Page
from dash_app.pages.progress.layout import render

PAGE = Page(name="progress", path="/tien-do", icon="progress", render=render)

__all__ = ["PAGE"]
