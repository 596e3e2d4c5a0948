"""The way from a list to its files: the menu "Xuất" with Excel, CSV, Word."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dash_app.address import Address, link
from dash_app.components.frozen import frozen
from dash_app.components.marks import icon
from dash_app.components.prose import Child
from dash_app.words import Words

LISTS = ("xlsx", "csv")
ONE_PAGE = (
    "row",
    "cell",
    "offset",
    "said",
    "fact",
    "act",
    "show",
)  # what an address says of the screen and not of the list


def exporting(say: Words) -> Component:
    """Where a file that is being made is told of, whichever page asked for it (`assets/exporting.js`)."""
    told = html.Div(
        [
            html.P(say("export.making"), role="status"),
            html.Progress(**{"aria-label": say("export.making")}),
            html.Div(
                [html.Button(say("export.stop"), type="button", className="button", **{"data-export": "stop"})],
                className="acts",
            ),
        ],
        hidden=True,
        **{
            "data-id": "exporting",
            "data-making": say("export.making"),
            "data-lines": say("export.lines", done="{done}", total="{total}"),
            "data-failed": say("export.failed"),
            "data-stop": say("export.stop"),
            "data-leave": say("failed.close"),
            "data-language": say.language,
        },
    )
    return frozen(told)  # a script writes into it


def export_links(
    say: Words,
    address: Address,
    formats: Sequence[str] = LISTS,
    *,
    papers: Sequence[tuple[str, str]] = (),
    back: str | None = None,
) -> Component:
    """What the page of this address lists, as files; `papers`: others of the same question, by name and word;
    `back`: the page where a filled-in list comes back.

    The address of a file is that of the page below /xuat, and takes the same query (`dash_app/exports.py`).
    """
    values = {name: value for name, value in address.values if name not in ONE_PAGE}
    files = [(say(f"export.{end}"), f"/xuat{address.path}.{end}", say("export.means")) for end in formats]
    files += [(say(word), f"/xuat/{name}.docx", say(f"{word}.means")) for name, word in papers]
    # Out of the page: a browser takes what comes as a download, and shows a sentence where something went wrong.
    links: list[Child] = [
        html.A(text, href=link(path, **values), className="link", title=means, **{"data-out": "1"})
        for text, path, means in files
    ]
    if back:
        links.append(html.A(say("export.return"), href=link(back, **address.scope()), className="link"))
    head = html.Summary([icon("download"), html.Span(say("export.label"))], className="button")
    return html.Details([head, html.Div(links)], className="export")
