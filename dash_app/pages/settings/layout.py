"""What the settings page shows, tab by tab: this machine, the workspace, the catalogues, about."""

from __future__ import annotations

from collections.abc import Mapping

from dash import dcc, html
from dash.development.base_component import Component
from flask import has_request_context, request

from dash_app import components as ui
from dash_app.address import SCOPE, Address, link
from dash_app.chores import Chore
from dash_app.cookies import TEXT_COOKIE, TEXT_SIZES, THEME_COOKIE, THEMES
from dash_app.page import Desk
from dash_app.pages.settings.about import about_view
from dash_app.pages.settings.catalogue import catalogue_view
from dash_app.pages.settings.data import Store, backup_folder, chosen_lead, inside, restoring_from, store_of
from dash_app.troubles import in_words
from dash_app.words import LANGUAGES, Words
from ntmgraph import preferences
from ntmgraph.causes import cause
from ntmgraph.preferences import Preferences
from ntmgraph.workspace.backup import Foreseen
from ntmgraph.workspace.errors import BackupError

TABS = ("", "store", "catalogue", "about")
TICK = 400  # milliseconds between two looks at a work under way


def render(desk: Desk, address: Address) -> Component:
    say, tab = desk.say, address.get("tab") or ""
    if tab == "store":
        content = [chores_frame(), store_view(say, address, store_of(desk.workspace), foreseen(desk, address))]
    elif tab == "catalogue":
        content = [catalogue_view(desk, address, chosen_lead(desk.workspace, address))]
    elif tab == "about":
        content = [about_view(say, inside())]
    else:
        cookies = request.cookies if has_request_context() else {}
        looks = {
            "lang": say.language,
            "theme": cookies.get(THEME_COOKIE, THEMES[0]),
            "text": cookies.get(TEXT_COOKIE, TEXT_SIZES[0]),
        }
        content = [machine_view(say, preferences.load(), desk.workspace.provinces(), looks)]
    tabs = ui.tabs(
        say,
        [
            (say(f"settings.tab.{name or 'machine'}"), link("/cai-dat", **address.scope(), tab=name), None, name == tab)
            for name in TABS
        ],
        label=say("nav.settings"),
    )
    # The catalogue is one screen of its own scrolling parts; the others are read from top to bottom.
    return html.Div([tabs, *content], className="stack" if tab == "catalogue" else "stack long")


# This machine


def machine_view(say: Words, known: Preferences, provinces: tuple[str, ...], chosen: Mapping[str, str]) -> Component:
    """Who works here and where pages start; how it looks. chosen: the language, theme and text size that hold."""
    person = ui.panel(
        say("settings.person"),
        html.Div(
            [
                ui.labelled("settings-user", say("settings.user"), known.user, note=say("settings.user.note")),
                ui.labelled("settings-office", say("settings.office"), known.office, note=say("settings.office.note")),
                ui.labelled(
                    "settings-province",
                    say("settings.province"),
                    known.province,
                    note=say("settings.province.note"),
                    suggestions=provinces,
                ),
                html.Div(
                    [
                        ui.button(say("settings.save"), component_id="settings-save", primary=True),
                        html.Span(id="settings-saved", role="status"),
                    ],
                    className="acts",
                ),
            ],
            className="fields",
        ),
    )
    looks = ui.panel(
        say("settings.looks"),
        html.Div(
            [
                _choice(
                    say("shell.language"), "lang", [(name, say(f"settings.lang.{name}")) for name in LANGUAGES], chosen
                ),
                _choice(
                    say("settings.theme"), "theme", [(name, say(f"settings.theme.{name}")) for name in THEMES], chosen
                ),
                _choice(say("settings.text"), "text", [(size, f"{size} %") for size in TEXT_SIZES], chosen),
            ],
            className="fields",
        ),
    )
    return html.Div([person, looks], className="settings-pair")


def _choice(label: str, name: str, values: list[tuple[str, str]], chosen: Mapping[str, str]) -> Component:
    """One of a few values that the browser keeps in a cookie; `address.js` sets it."""
    buttons = [
        html.Button(
            text,
            type="button",
            **({"data-lang": value} if name == "lang" else {"data-look": f"{name}={value}"}),
            **{"aria-pressed": "true" if value == chosen.get(name) else "false"},
        )
        for value, text in values
    ]
    return html.Div(
        [
            html.Span(label, className="field-label"),
            html.Div(buttons, className="switcher", role="group", **{"aria-label": label}),
        ],
        className="labelled",
    )


# The workspace


def foreseen(desk: Desk, address: Address) -> Foreseen | str | None:
    """What restoring the backup of this address would do, or why it cannot be; None when none is asked about."""
    path = restoring_from(address)
    if path is None:
        return None
    try:
        return desk.workspace.foresee(path)
    except BackupError as error:
        return desk.say.told(error)
    except OSError as error:
        return desk.say("settings.restore.closed", path=str(path), why=desk.say.told(cause(error)))


def store_view(say: Words, address: Address, store: Store, restoring: Foreseen | str | None) -> Component:
    return html.Div(
        [
            html.Div([_where(say, store), _care(say, store)], className="column"),
            html.Div([_backup(say, address, store, restoring), _neo4j(say, store)], className="column"),
        ],
        className="settings-pair",
    )


def _where(say: Words, store: Store) -> Component:
    counts = say(
        "settings.store.counts",
        documents=store.documents,
        tasks=store.counts.get("Task", 0),
        agencies=store.counts.get("Agency", 0),
    )
    rows: list[tuple[str, ui.Child | list[ui.Child]]] = [
        (say("settings.store.graph"), say("settings.store.shared" if store.shared else "settings.store.own")),
        (say("settings.store.where"), html.Code(store.where)),
        (say("settings.store.holds"), counts),
        (say("settings.store.size"), say("settings.store.mb", n=max(0.1, round(store.size / 2**20, 1)))),
        (say("settings.store.log"), html.Code(str(store.log))),
    ]
    other = html.Div(
        [
            html.P(say("settings.store.other")),
            html.Pre(f'{store.command} --workspace "{say("settings.store.folder")}"'),
        ],
        className="panel-text",
    )
    return ui.panel(say("settings.store"), ui.facts(*rows), other)


def _care(say: Words, store: Store) -> Component:
    lines = [
        html.Div(
            [
                html.P([html.B(say(f"settings.{name}")), " ", say(f"settings.{name}.{what}")]),
                ui.button(say(f"settings.{name}.do"), component_id=f"settings-{name}"),
            ],
            className="care",
        )
        for name, what in (("check", "what"), ("rebuild", "what.shared" if store.shared else "what"))
    ]
    return ui.panel(say("settings.care"), html.Div(lines, className="fields"))


def _backup(say: Words, address: Address, store: Store, restoring: Foreseen | str | None) -> Component:
    """Make one, choose one, and what restoring it would do before it is done."""
    make = html.Div(
        [
            html.P([say("settings.backup.what"), " ", html.Code(str(backup_folder()))]),
            ui.button(say("settings.backup.do"), component_id="settings-backup", primary=True, sign="download"),
        ],
        className="care",
    )
    made = html.Ul(
        [
            html.Li(
                [
                    html.A(path.name, href=f"/cai-dat/sao-luu/{path.name}", download=path.name, className="link"),
                    html.Span(say("settings.store.mb", n=max(0.1, round(path.stat().st_size / 2**20, 1)))),
                    html.A(say("settings.restore.look"), href=address.with_(restore=str(path)), className="link"),
                ]
            )
            for path in store.backups[:5]
            if path.is_file()
        ],
        className="backups",
    )
    ask = ui.form(
        address,
        ui.text_field(
            "restore",
            address.get("restore"),
            label=say("settings.restore.path"),
            placeholder=say("settings.restore.path"),
        ),
        html.Button(say("settings.restore.look"), type="submit", className="button"),
        keep=("tab", *SCOPE),
        class_name="restore-form",
    )
    parts: list[ui.Child] = [make]
    if store.backups:
        parts.append(made)
    parts += [html.P(html.B(say("settings.restore"))), ask]
    if isinstance(restoring, str):
        parts.append(html.P(restoring, className="told", role="alert"))
    elif restoring is not None:
        parts.append(_would_restore(say, restoring))
    return ui.panel(say("settings.backup"), html.Div(parts, className="fields"))


def _would_restore(say: Words, would: Foreseen) -> Component:
    sentence = say(
        "settings.restore.would",
        made=f"{would.made.astimezone():%H:%M %d/%m/%Y}",
        files=would.files,
        decisions=would.decisions,
        new_files=would.new_files,
        new_decisions=would.new_decisions,
    )
    nothing = [] if would.new_files or would.new_decisions else [html.P(say("settings.restore.nothing"))]
    do = ui.button(say("settings.restore.do"), component_id="settings-restore", primary=True)
    return html.Div(
        [html.P(sentence), *nothing, do],
        className="told",
        role="status",
    )


def _neo4j(say: Words, store: Store) -> Component:
    """An office's Neo4j: does it answer, and how the program is started on it."""
    fields = [
        ui.labelled("settings-neo4j-address", say("settings.neo4j.address"), None, hint="neo4j://may-chu:7687"),
        ui.labelled(
            "settings-neo4j-database", say("settings.neo4j.database"), None, hint=say("settings.neo4j.default")
        ),
        ui.labelled("settings-neo4j-user", say("settings.neo4j.user"), None, hint="neo4j"),
        ui.labelled("settings-neo4j-password", say("settings.neo4j.password"), None, secret=True),
    ]
    acts = html.Div(
        [
            ui.button(say("settings.neo4j.test"), component_id="settings-neo4j-test"),
            ui.button(say("settings.neo4j.keep"), component_id="settings-neo4j-keep"),
        ],
        className="acts",
    )
    said = html.Div(id="settings-neo4j-said", role="status", className="told-if")
    switch = html.Div(
        [html.P(say("settings.neo4j.switch")), html.Pre(f"{store.command} --graph neo4j://may-chu:7687")],
        className="panel-text",
    )
    return ui.panel(
        say("settings.neo4j"), html.Div([html.Div(fields, className="two"), acts, said], className="fields"), switch
    )


# Long works


def chores_frame() -> Component:
    """Where the work under way is told, on any page that begins one; `wiring` fills it."""
    return html.Div([html.Div(id="chores-now"), dcc.Interval(id="chores-tick", interval=TICK)])


def chore_view(say: Words, chore: Chore | None, *, now: float) -> list[Component]:
    """How far a work is, or what the last one came to."""
    if chore is None:
        return []
    what = say(f"chore.{chore.kind}")
    if chore.finished is None:
        left = chore.seconds_left(now)
        note = [say("take_in.left", seconds=max(1, round(left)))] if left is not None else None
        key = "chore.stopping" if chore.stopped else "chore.running"
        line = say.rich(key, what=what, done=html.B(say.number(chore.done)), total=say.number(chore.total))
        bar = html.Progress(max=str(max(1, chore.total)), value=str(chore.done), **{"aria-label": say("take_in.bar")})
        stop = ui.button(say("take_in.stop"), component_id="chores-stop")
        return [ui.answer(line, note), html.Div([bar, stop], className="progress")]
    if chore.result is None:
        reason = chore.failure if chore.failure is not None else say("chore.stopped")
        return [ui.answer(say.rich("chore.failed", what=what), [in_words(say, reason)])]
    result = chore.result
    line = [say(f"chore.{result.key}.done", **result.values)]
    if result.file:
        download = html.A(
            say("chore.download"), href=f"/cai-dat/sao-luu/{result.file}", download=result.file, className="link"
        )
        line = [*line, " ", download]
    details = html.Ul([html.Li(say.told(each)) for each in result.details], className="told-list")
    return [ui.answer(line), *([details] if result.details else [])]
