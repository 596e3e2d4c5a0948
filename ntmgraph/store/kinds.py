"""What the graph holds: kinds of nodes and edges, declared once, as data.

The schema files in `cypher/schema/` say the same for each engine (a test compares them), and the two texts that
write any node or edge are filled with words from here only, never with words from a document.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# Of graph, index, reading and catalogue: raised when any of them would come out differently from the same originals, of
# which they are then made anew. By it a program knows that another one is newer, and leaves its graph alone.
VERSION = "7"

# Each edge that a text states carries the words that say so. `stop` is the exclusive end: END is a word of Cypher.
EVIDENCE = ("document", "provision", "start", "stop", "quote", "rule", "basis", "page", "cell", "box")

# An edge from a thing of a document to one that all documents share says only where the words stand: its document is at
# the other end, and the sentence on the edge that gives the thing (ASSIGNS, HAS). A shared node has edges of the whole
# workspace, and the embedded engine rewrites all of them when one is added; with five strings more on each, a workspace
# of 10,000 directives did not fit its memory.
PLACE = ("start", "stop", "rule", "basis", "page")

# What a list of tasks is cut by stands on their edges too: a criterion has tasks of the whole graph, and so the
# embedded engine finds a page of them without reading one that is not on it. CITES has the day of the one that cites.
WHEN = ("issued", "ended", "province")

# A property has one type wherever it stands; what is not listed is a string.
INTEGERS = frozenset({"start", "stop", "page", "times", "tasks", "untimed", "year", "from_year", "to_year"})
NUMBERS = frozenset({"value", "of", "share", "baseline"})
DATES = frozenset({"date", "issued", "ended", "since", "until", "by", "as_of", "valid_from", "valid_to"})
FLAGS = frozenset({"taken_in", "catalogue", "who_inferred", "via", "met"})
LISTS = frozenset({"box"})


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A label and its properties besides `id`, which is the primary key of every label."""

    label: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """An edge type, the pairs of labels that it may join, and its properties."""

    type: str
    ends: tuple[tuple[str, str], ...]
    properties: tuple[str, ...] = ()


# What lists are narrowed and ordered by stands on the thing listed too: a list of two hundred out of a hundred thousand
# must not read a document for each. The document is the unit of writing, so the two cannot drift apart.
_OF_DOCUMENT = ("document", "province", "issued", "ended")

NODES = (
    NodeKind(
        "Document",
        (
            "type", "number", "issuer", "issuer_id", "province", "place", "date", "year", "date_text", "subject",
            "signer", "signer_title", "state", "sha256", "taken_in", "ended", "schedule", "untimed", "words",
        ),
    ),
    NodeKind("Provision", ("path", "kind", "heading", "start", "stop", "parent")),
    NodeKind("Task", ("what", "role", "who_inferred", "start", *_OF_DOCUMENT)),
    NodeKind("Deadline", ("text", "kind", "date", "recurrence", "scope", "tasks", "apart", *_OF_DOCUMENT)),
    NodeKind("Agency", ("base", "name", "level", "kind", "province", "words", "catalogue")),
    NodeKind("Place", ("name", "kind", "level", "province", "valid_from", "valid_to", "words", "catalogue")),
    NodeKind("Criterion", ("set", "number", "name", "concept", "words", "catalogue")),
    NodeKind("CriteriaSet", ("level", "grade", "from_year", "to_year", "province", "number", "title", "status")),
    NodeKind("Target", ("measure", "value", "of", "unit", "share", "baseline", "by")),
    NodeKind("Result", ("measure", "value", "of", "unit", "met", "as_of")),
    NodeKind("Issue", ("code", "message", "start", "stop")),
    NodeKind("Graph", ("version", "catalogue_version")),
)  # fmt: skip

EDGES = (
    EdgeKind("CITES", (("Document", "Document"),), ("relation", "issued", *EVIDENCE)),
    EdgeKind("ISSUED_BY", (("Document", "Agency"),), PLACE),
    EdgeKind("ADDRESSED_TO", (("Document", "Agency"),), PLACE),
    EdgeKind("SENT_TO", (("Document", "Agency"),), PLACE),
    EdgeKind("MENTIONS", (("Document", "Agency"), ("Document", "Place"), ("Document", "Criterion")), ("times", *PLACE)),
    EdgeKind(
        "HAS",
        (("Document", "Provision"), ("Document", "Deadline"), ("Document", "Target"), ("Document", "Issue")),
        EVIDENCE,
    ),
    EdgeKind("ASSIGNS", (("Provision", "Task"),), EVIDENCE),
    EdgeKind("RESPONSIBLE", (("Task", "Agency"),), ("role", *PLACE, *WHEN)),
    EdgeKind("REPORTS_TO", (("Task", "Agency"),), ("via", *PLACE, *WHEN)),
    EdgeKind("DUE", (("Task", "Deadline"),), EVIDENCE),
    EdgeKind(
        "CONCERNS",
        (("Task", "Criterion"), ("Task", "Place"), ("Target", "Criterion"), ("Target", "Place")),
        (*PLACE, *WHEN),
    ),
    EdgeKind("LEADS", (("Agency", "Criterion"),), ("fact", "since", "until", *EVIDENCE)),
    EdgeKind("COORDINATES", (("Agency", "Criterion"),), ("fact", "since", "until", *EVIDENCE)),
    EdgeKind("HELPS", (("Agency", "Place"),), ("fact", "person", *EVIDENCE)),
    EdgeKind("PART_OF", (("Agency", "Agency"), ("Place", "Place")), EVIDENCE),
    EdgeKind("SUCCEEDED_BY", (("Agency", "Agency"),), ("date", "resolution", "extent", "status")),
    EdgeKind("MERGED_INTO", (("Place", "Place"),), ("extent", "resolution", "clause")),
    EdgeKind("IN_SET", (("Criterion", "CriteriaSet"),)),
    EdgeKind("OF", (("Result", "Criterion"),), EVIDENCE),
    EdgeKind("IN", (("Result", "Place"),), EVIDENCE),
    EdgeKind("FROM", (("Result", "Document"),), EVIDENCE),
)

NODE_KINDS = {kind.label: kind for kind in NODES}
EDGE_KINDS = {kind.type: kind for kind in EDGES}

# Nodes that documents share: written when first named, gone when no document names them (catalogue ones stay).
SHARED = ("Agency", "Place", "Criterion")

# Nodes that may be there already when a document is written, and the property that tells one which was described
# from one that was only named (a group by its member, a document by being cited).
DETAIL = {"Document": "date", "Agency": "level", "Place": "level", "Criterion": "name"}


def sample(name: str) -> object:
    """Return a value of the type of a property: an engine that infers types from values is shown one of each."""
    if name in INTEGERS:
        return 2**40
    if name in NUMBERS:
        return 0.5
    if name in DATES:
        return date(2000, 1, 1)
    if name in FLAGS:
        return True
    return [0.5] if name in LISTS else ""
