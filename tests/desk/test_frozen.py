"""Freezing: static parts become one component, what takes part in callbacks stays."""

import json

import pytest
from dash import dcc, html
from dash.development.base_component import Component
from plotly.utils import PlotlyJSONEncoder

from dash_app.components.frozen import Frozen, frozen


def sent(component: object) -> object:
    """What the browser gets."""
    return json.loads(json.dumps(component, cls=PlotlyJSONEncoder))


def test_a_static_tree_is_one_component_with_its_words_as_text() -> None:
    tree = html.Div(["a <b>", html.B("c", className="x", **{"data-id": "y", "data-row": "1"}), None, html.Ul([])])
    bold = ["b", {"className": "x", "id": "y", "data-row": "1"}, ["c"]]
    assert sent(frozen(tree)) == {
        "type": "Frozen",
        "namespace": "desk_components",
        "props": {"tree": ["div", {}, ["a <b>", bold, ["ul", {}, []]]]},
    }


def kinds(content: object) -> object:
    """Names of the components, nested as they are."""
    if isinstance(content, list):
        return [kinds(child) for child in content]
    if not isinstance(content, Component):
        return content
    return (
        {type(content).__name__: kinds(getattr(content, "children", None))} if content._type != "Frozen" else "Frozen"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (html.Div(id="x"), {"Div": None}),
        (html.Div([html.P("a"), html.Div(id="x"), html.P("b")]), {"Div": ["Frozen", {"Div": None}, "Frozen"]}),
        (html.Div(html.Div([html.P("a"), dcc.Input(name="q")])), {"Div": {"Div": ["Frozen", {"Input": None}]}}),
        (html.Div([html.P("a")], id="x"), {"Div": ["Frozen"]}),
        ([html.P("a"), "b"], ["Frozen", "b"]),
        ("a", "a"),
        (None, None),
    ],
)
def test_what_has_an_id_or_is_no_plain_html_stays(content: object, expected: object) -> None:
    assert kinds(frozen(content)) == expected


def test_it_is_known_to_dash_under_its_name() -> None:
    assert (Frozen._namespace, Frozen._type) == ("desk_components", "Frozen")
