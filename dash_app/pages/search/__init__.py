"""Tìm kiếm: one field over all that was taken in; each hit leads to its place in the document."""

from dash_app.page import Page
from dash_app.pages.search.layout import render

PAGE = Page(name="search", path="/tim-kiem", icon="search", render=render)

__all__ = ["PAGE"]
