"""The Cypher texts of `cypher/`, by file name; values always go in as parameters, never into a text."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ntmgraph.store.kinds import EDGE_KINDS, NODE_KINDS, SHARED

FOLDER = Path(__file__).resolve().parents[2] / "cypher"
_ASIDE = re.compile(r"\([^)]*\)")  # what a head says of a column
_COMMENT = re.compile(r"^\s*//.*\n?", re.MULTILINE)


@cache
def read_text(question: str) -> str:
    """Return the text of a question: `trace_of_agency` is `cypher/read/trace_of_agency.cypher`."""
    return _file("read", question)


@cache
def columns(name: str, folder: str = "read") -> tuple[str, ...]:
    """Return the names of the columns of a text, in their order, as its head lists them."""
    whole = (FOLDER / folder / f"{name}.cypher").read_text(encoding="utf-8")
    head = " ".join(line.removeprefix("//").strip() for line in whole.splitlines() if line.startswith("//"))
    named = _ASIDE.sub("", head.partition("Columns:")[2].partition("Why:")[0])
    return tuple(name.strip() for name in named.split(","))


@cache
def in_one_row(text: str, columns: tuple[str, ...]) -> str:
    """Return a text with all its rows in one, a list of lists in the order of its columns.

    A driver takes each row of an answer off the wire by itself, which costs more than what stands in it.
    """
    named = ", ".join(f"`{name}`" for name in columns)
    return f"CALL {{\n{text.rstrip()}\n}}\nRETURN collect([{named}]) AS rows"


@cache
def statements(folder: str, name: str) -> tuple[str, ...]:
    """Return the statements of a text, which run in order."""
    return tuple(part for part in _file(folder, name).split(";\n") if part.strip())


@cache
def shared(name: str) -> str:
    """Return a text of `cypher/shared/`: what only the shared graph holds."""
    return _file("shared", name)


@cache
def counting() -> dict[str, str]:
    """Return for each kind of node and edge the text that counts it (column n)."""
    nodes = {label: f"MATCH (n:{label}) RETURN count(*) AS n" for label in NODE_KINDS}
    return nodes | {type_: f"MATCH ()-[r:{_word(type_)}]->() RETURN count(*) AS n" for type_ in EDGE_KINDS}


@cache
def node_text(name: str, label: str, properties: tuple[str, ...] = ()) -> str:
    """Return a text of `cypher/write/` filled with a declared label and those of its properties that are written."""
    assert set(properties) <= set(NODE_KINDS[label].properties)
    return _filled(
        name,
        LABEL=label,
        PROPERTIES=", ".join(f"{_word(each)}: row.{_word(each)}" for each in ("id", *properties)),
        ASSIGNMENTS=", ".join(f"n.{_word(each)} = row.{_word(each)}" for each in properties),
    )


@cache
def known_text(label: str, detail: str) -> str:
    """Return `cypher/write/known_nodes.cypher` filled with a label and the property that tells a described node."""
    assert detail in NODE_KINDS[label].properties
    return _filled("known_nodes", LABEL=label, DETAIL=detail)


@cache
def edge_text(type: str, from_label: str, to_label: str, properties: tuple[str, ...]) -> str:
    """Return `cypher/write/create_edges.cypher` filled with a declared type, its ends and properties."""
    kind = EDGE_KINDS[type]
    assert (from_label, to_label) in kind.ends
    assert set(properties) <= set(kind.properties)
    return _filled(
        "create_edges",
        FROM_LABEL=from_label,
        TO_LABEL=to_label,
        EDGE=_word(type),
        PROPERTIES=", ".join(f"{_word(each)}: row.{_word(each)}" for each in properties),
    )


@cache
def written_nodes(label: str) -> tuple[str, tuple[str, ...]]:
    """Return the text that reads nodes of a kind back, and its columns."""
    properties = NODE_KINDS[label].properties
    return _filled("written_nodes", LABEL=label, PROPERTIES=_returned("n", properties)), ("id", *properties)


@cache
def written_edges(type: str, from_label: str, to_label: str) -> tuple[str, tuple[str, ...]]:
    """Return the text that reads edges of a kind back, by the nodes that one document has for itself; and its columns.

    It asks from where they begin; from the document that they go to (FROM); of those between shared nodes, by the
    documents that state them.
    """
    kind = EDGE_KINDS[type]
    assert (from_label, to_label) in kind.ends
    near = ("b", to_label) if from_label != "Document" == to_label else ("a", from_label)
    text = _filled(
        "stated_edges" if from_label in SHARED else "written_edges",
        NEAR=near[0],
        NEAR_LABEL=near[1],
        FROM_LABEL=from_label,
        TO_LABEL=to_label,
        EDGE=_word(type),
        PROPERTIES=_returned("r", kind.properties),
    )
    return text, ("from_id", "to_id", *kind.properties)


def _returned(of: str, properties: tuple[str, ...]) -> str:
    return ", ".join(f"{of}.{_word(each)} AS {_word(each)}" for each in properties)


def _word(name: str) -> str:
    # IN, FROM, OF and SET are words of the language too.
    return f"`{name}`"


def _filled(name: str, **words: str) -> str:
    pattern = re.compile(rf"\b(?:{'|'.join(words)})\b")
    return pattern.sub(lambda match: words[match.group()], _file("write", name))


def _file(folder: str, name: str) -> str:
    return _COMMENT.sub("", (FOLDER / folder / f"{name}.cypher").read_text(encoding="utf-8"))
