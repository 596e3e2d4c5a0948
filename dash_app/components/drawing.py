"""Shapes of SVG for small drawings of our own. They stand in frozen parts of a page only: Dash does not know them."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from dash.development.base_component import Component

_ATTRIBUTES = (
    "children", "className", "cx", "cy", "d", "height", "points", "preserveAspectRatio", "r", "role", "textAnchor",
    "viewBox", "width", "x", "x1", "x2", "y", "y1", "y2",
)  # fmt: skip


class _Shape(Component):
    _namespace = "dash_html_components"  # a plain element, for `frozen`
    _children_props: ClassVar[list[str]] = []
    _base_nodes: ClassVar[list[str]] = ["children"]
    _prop_names: ClassVar[list[str]] = list(_ATTRIBUTES)
    _valid_wildcard_attributes: ClassVar[list[str]] = ["aria-"]
    available_properties: ClassVar[list[str]] = list(_ATTRIBUTES)
    available_wildcard_properties: ClassVar[list[str]] = ["aria-"]

    def __init__(self, children: Any = None, **attributes: Any) -> None:
        super().__init__(children=children, **attributes)


@cache
def _kind(tag: str) -> type[_Shape]:
    return type(tag.capitalize(), (_Shape,), {"_type": tag.capitalize(), "__module__": __name__})


def shape(tag: str, *children: Any, **attributes: Any) -> Component:
    """An element of SVG ("svg", "path", "circle", "line", "text", ...) with attributes as React names them."""
    return _kind(tag)(list(children) or None, **attributes)


def rem(pixels: float) -> str:
    """A length of a drawing that grows with the reader's text size."""
    return f"{pixels / 16:.3f}rem"
