"""Tìm kiếm: one field over all that was taken in; each hit leads to its place in the document."""

from dash_app.page import Page
from dash_app.pages.search.layout import render
from dash_app.pages.search.wiring import wire

PAGE = Page(name="search", path="/tim-kiem", icon="search", render=render, wire=wire)

__all__ = ["PAGE"]
