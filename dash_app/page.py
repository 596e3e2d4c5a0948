"""What a page is: an address, its words, and a function from the address to what is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dash import Dash
from dash.development.base_component import Component

from dash_app.address import Address
from dash_app.words import Words

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page answers with: the workspace, the words of the asker's language, the day of the asking."""

    workspace: Workspace
    say: Words
    today: date


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the program.

    name: prefix of its words and of its component ids; `nav.<name>` is its title.
    path: its address; one that ends in "/" takes all addresses below it.
    light: parameters whose change the page handles itself instead of being rendered anew.
    at_foot: at the foot of the menu, apart from the daily pages.
    count: how many things wait there, of the province and day of the address; shown in the menu.
    """

    name: str
    path: str
    icon: str
    render: Callable[[Desk, Address], Component]
    wire: Callable[[Dash, Workspace], None] | None = None
    light: frozenset[str] = frozenset()
    in_menu: bool = True
    at_foot: bool = False
    count: Callable[[Desk, Address], int] | None = None

    def holds(self, path: str) -> bool:
        if self.path.endswith("/") and self.path != "/":
            return path.startswith(self.path) and len(path) > len(self.path)
        return path.rstrip("/") == self.path.rstrip("/")
