"""Reading component trees: what they say and where they lead."""

from __future__ import annotations

from collections.abc import Iterator

from dash.development.base_component import Component


def walk(node: object) -> Iterator[Component | str]:
    """Every component and text below `node`, in reading order."""
    if isinstance(node, list | tuple):
        for child in node:
            yield from walk(child)
    elif isinstance(node, Component):
        yield node
        yield from walk(getattr(node, "children", None))
    elif node is not None:
        yield str(node)


def text_of(node: object) -> str:
    """What a reader sees, with single spaces between the parts."""
    return " ".join(" ".join(part for part in walk(node) if isinstance(part, str)).split())


def tagged(node: object, tag: str) -> list[Component]:
    """The components of one tag: "A", "Mark", "Tr"."""
    return [part for part in walk(node) if isinstance(part, Component) and type(part).__name__ == tag]


def links(node: object) -> list[str]:
    return [anchor.href for anchor in tagged(node, "A")]


def letters_of(node: object) -> str:
    """Its text exactly as it stands, with nothing between the parts."""
    return "".join(part for part in walk(node) if isinstance(part, str))
