"""The pages of the gate: plain HTML, made before Dash is loaded. What people or the system named is escaped."""

from __future__ import annotations

from markupsafe import Markup

from dash_app.desktop.state import Phase, State
from dash_app.words import Words

_PAGE = Markup(
    '<!doctype html><html lang="{language}" data-theme="{theme}" translate="no"><head>'
    '<meta charset="utf-8"><meta name="google" content="notranslate"><title>{title}</title>'
    '<link rel="stylesheet" href="{home}/tokens.css"><link rel="stylesheet" href="{home}/window.css"></head>'
    '<body class="gate" data-window="{home}" data-phase="{phase}"><main>'
    '<p class="brand">{brand}</p><h1>{heading}</h1>{content}</main>'
    '<script src="{home}/window.js"></script></body></html>'
)
_PARAGRAPH = Markup("<p{more}>{text}</p>")
_BUTTON = Markup('<button type="button" class="{looks}" data-window-act="{act}">{text}</button>')
_PROGRESS = Markup('<progress aria-label="{label}"{values}></progress><p id="window-progress" role="status">{text}</p>')
_FOLDER = Markup(
    '<section><h2>{title}</h2>{choose}<div class="typed"><label for="window-folder">{label}</label>'
    '<input id="window-folder" value="{value}" spellcheck="false"><button type="button" class="button" '
    'data-window-act="mo" data-window-with="window-folder">{open}</button></div></section>'
)


def page(say: Words, state: State, *, home: str, dark: bool, usual: str | None, asks: bool, busy: bool) -> str:
    """Return the page of a state.

    home: where the gate's own addresses begin. usual: the folder to offer, None where no other may be opened.
    asks: whether this machine has a dialog for folders. busy: a work is under way that would be stopped.
    """
    content = {
        Phase.OPENING: _waiting,
        Phase.REBUILDING: _waiting,
        Phase.TROUBLE: _trouble,
        Phase.READY: _about,
        Phase.ENDED: lambda *_: Markup(),
    }[state.phase](say, state)
    if state.phase in (Phase.TROUBLE, Phase.READY):
        if busy:
            content += _PARAGRAPH.format(more=Markup(' class="note"'), text=say("window.busy"))
        if usual is not None:
            content += _folder(say, usual, asks=asks)
        content += _acts(
            _button(say, "ket-thuc", "window.end"), _PARAGRAPH.format(more="", text=say("window.end.note"))
        )
    return str(
        _PAGE.format(
            language=say.language,
            theme="dark" if dark else "light",
            title=say("shell.brand"),
            brand=say("shell.brand"),
            home=home,
            phase=state.phase,
            heading=say(f"window.{state.phase}"),
            content=content,
        )
    )


def progress_words(say: Words, state: State) -> str:
    return say("window.progress", done=state.done, total=state.total) if state.total else ""


def _waiting(say: Words, state: State) -> Markup:
    values = Markup(' value="{}" max="{}"').format(state.done, state.total) if state.total else Markup()
    where = _PARAGRAPH.format(more=Markup(' class="where"'), text=state.where)
    bar = _PROGRESS.format(label=say(f"window.{state.phase}"), values=values, text=progress_words(say, state))
    rebuilding = state.phase is Phase.REBUILDING
    return where + bar + (_PARAGRAPH.format(more="", text=say("window.rebuilding.note")) if rebuilding else Markup())


def _trouble(say: Words, state: State) -> Markup:
    told = _PARAGRAPH.format(more=Markup(' class="trouble" role="alert"'), text=state.trouble)
    buttons = [_button(say, "thu-lai", "window.again", primary=not state.can_rebuild)]
    if state.can_rebuild:
        note = _PARAGRAPH.format(more="", text=say("window.rebuild.note"))
        return told + note + _acts(_button(say, "dung-lai", "window.rebuild", primary=True), *buttons)
    return told + _acts(*buttons)


def _about(say: Words, state: State) -> Markup:
    where = _PARAGRAPH.format(more=Markup(' class="where"'), text=state.where)
    back = Markup('<a class="button primary" href="{}">{}</a>').format(state.start, say("window.back"))
    return where + _acts(back)


def _folder(say: Words, usual: str, *, asks: bool) -> Markup:
    choose = _acts(_button(say, "chon", "window.choose.button")) if asks else Markup()
    return _FOLDER.format(
        title=say("window.other"), choose=choose, label=say("window.path"), value=usual, open=say("window.open")
    )


def _button(say: Words, act: str, key: str, *, primary: bool = False) -> Markup:
    return _BUTTON.format(looks="button primary" if primary else "button", act=act, text=say(key))


def _acts(*parts: Markup) -> Markup:
    return Markup('<div class="acts">{}</div>').format(Markup().join(parts))
