"""Văn bản: the list of all documents taken in, with what narrows it."""

from dash_app.page import Page
from dash_app.pages.documents.layout import render

PAGE = Page(name="documents", path="/van-ban", icon="documents", render=render)

__all__ = ["PAGE"]
