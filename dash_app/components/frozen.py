"""Static parts of a page as one component each.

Dash 4 tells every component of the page about every new one: a list of 200 rows (2,000 elements) takes some 20 s to
appear. Most of a page never takes part in a callback, so it is sent as a plain tree that `assets/frozen.js` hands to
React in one go, and appears in some 50 ms.

A component takes part when it has an id or is no plain HTML (dcc.Input); an id that only styles, scripts and tests need
is written `data-id`. Pages are written with `dash.html` as ever;
the shell freezes what they return, callbacks freeze what is large.
"""

from __future__ import annotations

from typing import Any, ClassVar

from dash.development.base_component import Component

_HTML = "dash_html_components"

Node = Any  # str, or [tag, properties, children]


class Frozen(Component):
    """One component for a whole tree of plain HTML; its words are text, as in `dash.html`."""

    _namespace = "desk_components"
    _type = "Frozen"
    _children_props: ClassVar[list[str]] = []
    _base_nodes: ClassVar[list[str]] = []
    _prop_names: ClassVar[list[str]] = ["tree"]
    _valid_wildcard_attributes: ClassVar[list[str]] = []
    available_properties: ClassVar[list[str]] = ["tree"]
    available_wildcard_properties: ClassVar[list[str]] = []

    def __init__(self, tree: Node) -> None:
        super().__init__(tree=tree)


class Input(Component):
    """A plain field of a form, which `dash.html` has none of: a box, a file, a hidden value. Only within `frozen`."""

    _namespace = _HTML
    _type = "Input"
    _children_props: ClassVar[list[str]] = []
    _base_nodes: ClassVar[list[str]] = []
    _prop_names: ClassVar[list[str]] = [
        "type", "name", "value", "form", "accept", "className", "title", "key", "defaultChecked",
    ]  # fmt: skip
    _valid_wildcard_attributes: ClassVar[list[str]] = ["data-", "aria-"]
    available_properties: ClassVar[list[str]] = _prop_names
    available_wildcard_properties: ClassVar[list[str]] = _valid_wildcard_attributes

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)


def frozen(content: Any) -> Any:
    """The same content with each of its largest static parts as one component."""
    if isinstance(content, list | tuple):
        return [frozen(child) for child in content]
    if not isinstance(content, Component):
        return content
    if _is_static(content):
        return Frozen(_tree(content))
    if content._namespace == _HTML and getattr(content, "children", None) is not None:
        content.children = frozen(content.children)
    return content


def _is_static(content: Any) -> bool:
    if isinstance(content, list | tuple):
        return all(_is_static(child) for child in content)
    if not isinstance(content, Component):
        return True
    return (
        content._namespace == _HTML
        and getattr(content, "id", None) is None
        and _is_static(getattr(content, "children", None))
    )


def _tree(content: Any) -> Node:
    if not isinstance(content, Component):
        return None if content is None else str(content)
    # What was set, as `to_plotly_json` gives it, which looks for every property that the tag may have.
    names, wild = content._prop_names, tuple(content._valid_wildcard_attributes)
    known = {
        "id" if name == "data-id" else name: value
        for name, value in vars(content).items()
        if value is not None and name != "children" and (name in names or name.startswith(wild))
    }
    children = getattr(content, "children", None)
    listed = children if isinstance(children, list | tuple) else [children]
    return [content._type.removesuffix("El").lower(), known, [_tree(child) for child in listed if child is not None]]
