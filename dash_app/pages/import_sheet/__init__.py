"""Nạp biểu báo cáo: what a report sheet would say, shown before it is taken in."""

from dash_app.page import Page
from dash_app.pages.import_sheet.layout import PATH, render
from dash_app.pages.import_sheet.wiring import wire

PAGE = Page(name="import_sheet", path=PATH, icon="takein", render=render, wire=wire, in_menu=False)

__all__ = ["PAGE"]
