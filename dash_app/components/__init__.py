"""What pages are made of: pure functions from records and words to dash components."""

from dash_app.components.blocks import answer, ask_line, empty, facts, failed, loading, panel, tabs
from dash_app.components.evidence import Proof, evidence_panel
from dash_app.components.exporting import export_links
from dash_app.components.formats import vn_date
from dash_app.components.frozen import frozen
from dash_app.components.inference import because_lines, inference_switches, rules_off
from dash_app.components.inputs import (
    Choice,
    button,
    choices,
    combobox,
    date_field,
    form,
    select_field,
    switch,
    text_field,
)
from dash_app.components.marks import basis_badge, chip, icon, kind_mark, state_badge
from dash_app.components.prose import (
    Child,
    document_label,
    document_reference,
    document_source,
    document_title,
    draft_mark,
    highlighted,
    names,
    not_stated,
    shortened,
)
from dash_app.components.tables import Column, Row, facet, pager, table

__all__ = [
    "Child",
    "Choice",
    "Column",
    "Proof",
    "Row",
    "answer",
    "ask_line",
    "basis_badge",
    "because_lines",
    "button",
    "chip",
    "choices",
    "combobox",
    "date_field",
    "document_label",
    "document_reference",
    "document_source",
    "document_title",
    "draft_mark",
    "empty",
    "evidence_panel",
    "export_links",
    "facet",
    "facts",
    "failed",
    "form",
    "frozen",
    "highlighted",
    "icon",
    "inference_switches",
    "kind_mark",
    "loading",
    "names",
    "not_stated",
    "pager",
    "panel",
    "rules_off",
    "select_field",
    "shortened",
    "state_badge",
    "switch",
    "table",
    "tabs",
    "text_field",
    "vn_date",
]
