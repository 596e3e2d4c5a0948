"""Cài đặt: what is set on this machine, where the workspace lies and how it is kept safe, the catalogues, about."""

from dash_app.page import Page
from dash_app.pages.settings.layout import render
from dash_app.pages.settings.wiring import wire

PAGE = Page(name="settings", path="/cai-dat", icon="settings", render=render, wire=wire, at_foot=True)

__all__ = ["PAGE"]
