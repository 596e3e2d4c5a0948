"""Tổng quan: what waits today; every number leads to the list behind it."""

from dash_app.page import Page
from dash_app.pages.overview.layout import render

PAGE = Page(name="overview", path="/", icon="home", render=render)

__all__ = ["PAGE"]
