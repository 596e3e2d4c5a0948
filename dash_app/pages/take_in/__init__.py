"""Nạp văn bản: hand files over and see at once what was read and what was not."""

from dash_app.page import Page
from dash_app.pages.take_in.layout import render
from dash_app.pages.take_in.wiring import wire

PAGE = Page(name="take_in", path="/nap", icon="takein", render=render, wire=wire)

__all__ = ["PAGE"]
