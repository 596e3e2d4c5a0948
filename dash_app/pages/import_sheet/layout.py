"""What the import page shows: where to drop sheets; of each what was understood, what not, which sums are wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import Address, document_link, link
from dash_app.page import Desk
from dash_app.pages.import_sheet.job import MAX_SHEET, Sheet
from dash_app.pages.progress.proof import figure
from dash_app.troubles import in_words
from dash_app.words import Words
from ntmgraph.model import Check, Result
from ntmgraph.queries import IngestState, SheetCell, SheetPreview

PATH = "/tien-do/nap"
TICK = 400  # milliseconds between two looks at what is read
_ROWS = 60  # places of a sheet that are shown
_SHOWN = 12  # columns, rows, checks of one kind


def render(desk: Desk, address: Address) -> Component:
    """The frame; `sheets_view` fills it and keeps it up to date."""
    say = desk.say
    zone = html.Div(
        [
            ui.icon("takein"),
            html.Div([html.H2(say("import_sheet.drop")), html.P(say("import_sheet.kinds", limit=MAX_SHEET // 2**20))]),
            ui.button(say("take_in.choose"), component_id="take_in-choose", primary=True),
        ],
        id="take_in-zone",
        className="panel drop-zone",
        **{
            "data-limit": str(MAX_SHEET),
            "data-copying": say("take_in.copying"),
            "data-lost": say("take_in.lost"),
            "data-start": f"{PATH}/xem-truoc",
            "data-tick": "import_sheet-tick",
        },
    )
    copying = html.Div(
        [html.Progress(max="1"), html.Span()], id="take_in-copying", className="copying", hidden=True, role="status"
    )
    back = link("/tien-do", **address.scope())
    return html.Div(
        [
            html.Div(
                [
                    html.H1(say("nav.import_sheet")),
                    html.Div(ui.button(say("import_sheet.back"), href=back, sign="back"), className="push"),
                ],
                className="ask-line",
            ),
            zone,
            copying,
            html.Div(id="import_sheet-list", className="stack-inner"),
            dcc.Store(id="import_sheet-done"),
            dcc.Interval(id="import_sheet-tick", interval=TICK),
        ],
        className="stack long",
    )


def sheets_view(say: Words, sheets: Sequence[Sheet]) -> list[Component]:
    """The sheets that wait and those taken in, newest first."""
    if not sheets:
        return [ui.empty(say("import_sheet.none"), say("import_sheet.none.next"), sign="progress")]
    return [_sheet(say, sheet) for sheet in sheets]


def _sheet(say: Words, sheet: Sheet) -> Component:
    preview = sheet.preview
    if preview is None:
        return ui.panel(sheet.name, html.P(say("import_sheet.reading"), className="panel-text", role="status"))
    if preview.refused is not None:
        return _not_read(say, sheet, in_words(say, preview.refused))
    if sheet.taken:
        return _taken(say, sheet, preview)
    body = [ui.answer(sentence(say, preview), _note(say, preview)), *_doubts(say, preview), _understood(say, preview)]
    return ui.panel(
        sheet.name,
        *body,
        tools=[_act(say, "accept", sheet, primary=True), _act(say, "drop", sheet)],
        class_name="sheet",
    )


def _not_read(say: Words, sheet: Sheet, why: str) -> Component:
    return ui.panel(sheet.name, html.P(why, className="panel-text"), tools=[_act(say, "drop", sheet)])


def _act(say: Words, what: str, sheet: Sheet, *, primary: bool = False) -> Component:
    return html.Button(
        say("import_sheet.accept" if what == "accept" else "import_sheet.drop_it"),
        type="button",
        className="button primary" if primary else "button",
        **{"data-sheet": what, "data-key": sheet.key},
    )


def sentence(say: Words, preview: SheetPreview) -> list[ui.Child]:
    """ "Đọc được 94 kết quả của 5 xã theo 19 tiêu chí (bộ xã 2021–2025), tính đến 31/12/2023"; wrong sums in red."""
    places = {each.place.id for each in preview.results if each.place and each.place.id}
    criteria = {(each.criterion.set, each.criterion.number) for each in preview.results if each.criterion}
    days = sorted({each.as_of for each in preview.results if each.as_of})
    wrong = sum(not each.ok for each in preview.checks)
    parts = say.rich(
        "import_sheet.sentence",
        results=html.B(say.number(len(preview.results))),
        places=html.B(say.number(len(places))),
        criteria=html.B(say.number(len(criteria))),
        days=", ".join(map(ui.vn_date, days[-3:])) or say("progress.undated"),
    )
    sums = say.rich("import_sheet.wrong", n=html.B(say.number(wrong), className="bad"), all=len(preview.checks))
    right = [say("import_sheet.right", n=len(preview.checks))] if preview.checks else [say("import_sheet.no_sums")]
    return [*parts, " ", *(sums if wrong else right)]


def _note(say: Words, preview: SheetPreview) -> list[ui.Child]:
    known = say("import_sheet.known") if preview.known else say("import_sheet.new")
    subject = preview.document.subject if preview.document else None
    return [html.Span(f"“{subject}” " if subject else ""), known]


def _doubts(say: Words, preview: SheetPreview) -> list[Component]:
    """What does not fit and what was not understood, each with its cell."""
    wrong = [each for each in preview.checks if not each.ok]
    said = {each.message for each in wrong}
    issues = [each.message for each in preview.issues if each.message not in said]
    lists = [
        _list(say("import_sheet.checks"), [_check(each) for each in wrong], "wrong"),
        _list(say("import_sheet.columns"), [_place(each) for each in preview.columns], "columns"),
        _list(say("import_sheet.rows"), [_place(each) for each in preview.rows], "rows"),
        _list(say("import_sheet.unknown"), [[name] for name in preview.unknown], "unknown"),
        _list(say("import_sheet.issues"), [[each] for each in issues], "issues"),
        _list(say("import_sheet.left_out"), [[each] for each in preview.left_out], "left-out"),
    ]
    found = [each for each in lists if each is not None]
    return [html.Div(found, className="sheet-doubts")] if found else []


def _list(title: str, items: Sequence[Sequence[ui.Child]], name: str) -> Component | None:
    if not items:
        return None
    shown = [html.Li(list(item)) for item in items[:_SHOWN]]
    more = [html.Li(f"… +{len(items) - _SHOWN}", className="quiet")] if len(items) > _SHOWN else []
    return html.Div(
        [html.H3([title, " ", html.Em(str(len(items)))]), html.Ul([*shown, *more])], className=f"doubt-{name}"
    )


def _check(check: Check) -> list[ui.Child]:
    return [*_cell(check.evidence.cell), html.Span(check.message)]


def _place(cell: SheetCell) -> list[ui.Child]:
    return [*_cell(cell.cell), html.Span(f"“{ui.shortened(cell.text, 60)}”")]


def _cell(cell: str | None) -> list[ui.Child]:
    return [html.Code(cell), " "] if cell else []


def _understood(say: Words, preview: SheetPreview) -> Component:
    """What would be known of each place: criteria met and not met, and the count that the sheet states."""
    by_place: defaultdict[tuple[str, date | None], list[Result]] = defaultdict(list)
    for each in preview.results:
        if each.place is not None:
            by_place[each.place.name, each.as_of].append(each)
    columns = (
        ui.Column(say("progress.place"), width="22%"),
        ui.Column(say("progress.as_of"), width="6.25rem"),
        ui.Column(say("import_sheet.met")),
        ui.Column(say("import_sheet.unmet")),
        ui.Column(say("import_sheet.figures"), width="26%"),
    )
    rows = [
        ui.Row(
            (
                name,
                ui.vn_date(day) or ui.not_stated(say),
                _numbers(results, met=True),
                _numbers(results, met=False),
                _figures(say, results),
            )
        )
        for (name, day), results in [*by_place.items()][:_ROWS]
    ]
    footer = [say("import_sheet.more", n=len(by_place) - _ROWS)] if len(by_place) > _ROWS else []
    return ui.table(columns, rows, caption=say("import_sheet.understood"), footer=footer)


def _numbers(results: Sequence[Result], *, met: bool) -> str:
    return ", ".join(str(each.criterion.number) for each in results if each.criterion and each.met is met)


def _figures(say: Words, results: Sequence[Result]) -> str:
    told = [each for each in results if each.value is not None]
    words = [f"{each.measure}: {figure(say, each.value, each.of, each.unit)}" for each in told[:3]]
    return "; ".join(words) + (f" … +{len(told) - 3}" if len(told) > 3 else "")


def _taken(say: Words, sheet: Sheet, preview: SheetPreview) -> Component:
    """Being taken in, or what became of it, with the way to the map."""
    batch = sheet.batch
    if batch is None:
        return ui.panel(sheet.name, html.P(say("import_sheet.taking"), className="panel-text", role="status"))
    if not batch.rows:
        why = say("import_sheet.stopped") if batch.failure is None else in_words(say, batch.failure)
        return _not_read(say, sheet, why)
    row = batch.rows[0]
    state = html.Span(say(f"take_in.state.{row.state}"), className=f"taken taken-{row.state}")
    if row.state is IngestState.REFUSED or row.document is None:
        return ui.panel(sheet.name, html.P([state, " ", say.told(row.reason or "")], className="panel-text"))
    days = [each.as_of for each in preview.results if each.as_of]
    there = link("/tien-do", province=preview.province, on=max(days, default=None))
    acts = [
        ui.button(say("import_sheet.see"), href=there, primary=True, sign="progress"),
        ui.button(say("import_sheet.document"), href=document_link(row.document.id)),
    ]
    line = html.P([state, " ", say("import_sheet.taken", n=row.results)], className="panel-text")
    return ui.panel(sheet.name, line, html.Div(acts, className="acts panel-text"))
