"""Where a sentence that the graph holds stands in its original, as far as that can be shown."""

from __future__ import annotations

from dash_app.components import excerpt
from dash_app.components.evidence import Excerpt
from dash_app.page import Desk
from ntmgraph.model import Evidence, Reading
from ntmgraph.workspace import WorkspaceError


def reading_with(desk: Desk, document: str, evidence: Evidence) -> Reading | None:
    """The reading of a document; None where its original cannot be read, or the sentence is not at its place in it.

    The graph holds the sentence of a lost original too, and may be older than this version's reading.
    """
    try:
        reading = desk.workspace.reading(document)
    except (KeyError, WorkspaceError):
        return None
    return reading if reading.document.text[evidence.start : evidence.end] == evidence.quote else None


def excerpt_of(desk: Desk, document: str, evidence: Evidence) -> Excerpt | None:
    """The surroundings of a sentence; None where the sentence has to be shown alone."""
    reading = reading_with(desk, document, evidence)
    return excerpt(reading, evidence) if reading else None
