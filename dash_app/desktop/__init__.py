"""The program as a window of its own: double click, work, close.

`open_window` is the whole of it: one window for a user, a server behind it, and nothing left when it is closed.
"""

from dash_app.desktop.program import open_window

__all__ = ["open_window"]
