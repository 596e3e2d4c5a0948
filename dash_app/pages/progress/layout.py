"""What the progress page shows: the answer in words, and four ways to look at it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app import components as ui
from dash_app.address import SCOPE, Address, link
from dash_app.page import Desk
from dash_app.pages.progress import compared, proof
from dash_app.pages.progress.communes import table_of
from dash_app.pages.progress.data import IMPORT, VIEWS, Shown, question_of, shown, view_of
from dash_app.pages.progress.trend import place_in, trend_of
from dash_app.words import Words
from ntmgraph.queries import Course, CourseDay, ProgressQuestion

_KEPT = (*SCOPE, "set", "within", "view", "stated_only", "all", "criterion", "only")


def render(desk: Desk, address: Address) -> Component:
    say = desk.say
    provinces = desk.workspace.provinces()
    if not provinces:
        return nothing(say)
    question = question_of(address, desk.today, provinces)
    if question.province is None:
        return choose(say, address, provinces)
    page = shown(desk, address, question)
    if not page.view.told and view_of(address) != "targets":
        # There may be plans before there are reports.
        address = Address(address.path, (*(pair for pair in address.values if pair[0] != "view"), ("view", "targets")))
        page = shown(desk, address, question)
    if not page.view.told and not page.targets:
        return html.Div([question_line(say, address, page), nothing(say, question)], className="stack")
    return html.Div(
        [
            question_line(say, address, page),
            ui.answer(*sentence(say, address, page), tools=ui.export_links(say, address)),
            views(say, address),
            html.Div(
                [
                    html.Div(_VIEWS[view_of(address)](say, address, page), className="column"),
                    html.Div(proof.panel(desk, address, page), className="column"),
                ],
                className="split",
            ),
        ],
        className="stack",
    )


_VIEWS = {
    "communes": table_of,
    "targets": compared.targets_of,
    "trend": trend_of,
    "compare": compared.groups_of,
}


def nothing(say: Words, question: ProgressQuestion | None = None) -> Component:
    """No report sheet yet: what to do."""
    title = say("progress.none")
    if question is not None:
        title = say("progress.none.of", province=question.province, on=ui.vn_date(question.on))
    return ui.empty(title, say("progress.none.next"), action=(say("progress.import"), IMPORT), sign="progress")


def choose(say: Words, address: Address, provinces: tuple[str, ...]) -> Component:
    """Several provinces: which one?"""
    items = [html.Li(ui.button(name, href=address.with_(province=name))) for name in provinces]
    return html.Div(
        [
            html.H1(say("nav.progress"), className="aside"),
            html.Div(
                [
                    html.H2(say("progress.which")),
                    html.P(say("progress.which.next")),
                    html.Ul(items, className="provinces"),
                ],
                className="blank",
            ),
        ],
        className="stack",
    )


def question_line(say: Words, address: Address, page: Shown) -> Component:
    """ "Kết quả theo [bộ xã 2021–2025] ở [tỉnh Cao Bằng, mọi huyện] tính đến [01/01/2024]"."""
    view, fields = page.view, []
    if len(view.sets) > 1:
        sets = [(id, ui.set_name(say, id)) for id in view.sets]
        fields.append(ui.select_field("set", sets, view.set, label=say("progress.set"), hide_label=True))
    else:
        fields.append(ui.chip(say, ui.set_name(say, view.set) if view.set else say("progress.any_set")))
    places: list[ui.Child] = [say("progress.in"), ui.chip(say, view.province)]
    if len(view.groups) > 1:
        groups = [("", say("progress.everywhere")), *((each.place.id, each.place.name) for each in view.groups)]
        places.append(
            ui.select_field("within", groups, page.question.within, label=say("progress.within"), hide_label=True)
        )
    kept = [name for name in _KEPT if name not in ("set", "within")]
    return ui.ask_line(
        html.H1(say("progress.question")),
        ui.form(address, *fields, *places, keep=kept, class_name="ask-fields"),
        say("progress.on"),
        ui.chip(say, ui.vn_date(page.on)),
        *_narrowed(say, address, page),
        html.Div(
            [
                ui.switch(
                    say("trace.ask.inferred"),
                    on=not page.question.stated_only,
                    href=address.with_(stated_only=not page.question.stated_only, row=None),
                ),
                ui.button(say("progress.import"), href=link(IMPORT, **address.scope()), sign="takein"),
            ],
            className="push progress-tools",
        ),
    )


def _narrowed(say: Words, address: Address, page: Shown) -> list[Component]:
    """The one criterion, the one commune that the page is about; each can be taken away."""
    chips = []
    if page.at is not None:
        number = page.view.criteria[page.at].number
        remove = address.with_(criterion=None, only=None, row=None, offset=None)
        chips.append(ui.chip(say, say("progress.criterion", name=number), remove=remove))
    if page.course is not None:
        chips.append(ui.chip(say, page.course.place.name, remove=address.with_(place=None, row=None)))
    return chips


def of_criterion(say: Words, address: Address, page: Shown, at: int) -> tuple[list[ui.Child], list[ui.Child]]:
    """How many communes meet one criterion and how many do not, each number leading to them."""
    criterion = page.view.criteria[at]

    def listed(only: str) -> Component | str:
        number = len(page.listed(only))
        there = address.with_(only=only, view=None, row=None, offset=None)
        return html.A(html.B(say.number(number)), href=there, className="figure") if number else html.B("0")

    name = f"{criterion.number} {criterion.name or ''}".strip()
    on = ui.vn_date(page.on)
    line = say.rich("progress.one", on=on, name=html.B(name), met=listed("met"), unmet=listed("unmet"))
    part = say.rich("progress.one.part", n=listed("part")) if page.listed("part") else []
    return line, [*part, " ", *say.rich("progress.missing", n=listed("untold"), all=say.number(len(page.view.units)))]


def of_course(say: Words, address: Address, page: Shown, course: Course) -> tuple[list[ui.Child], list[ui.Child]]:
    """How many criteria the commune met at last; of one formed of others, what each of these did."""
    newest: dict[str, CourseDay] = {}
    for each in course.days:
        if each.count is not None:
            newest.setdefault(each.place.id, each)
    parts: list[ui.Child] = []
    for at, each in enumerate(sorted(newest.values(), key=lambda day: day.place.id != course.place.id)):
        number = proof.figure(say, each.count, len(page.view.criteria), None)
        link = html.A(html.B(number), href=address.with_(row=f"r~{each.result}"), className="figure")
        day = ui.vn_date(each.day) or say("progress.undated")
        parts += [
            "; " if at else "",
            *say.rich("progress.course.one", place=place_in(say, course, each.place), n=link, on=day),
        ]
    days = say("progress.course.days", n=len(course.days))
    return [*parts, "."] if parts else [say("progress.course.no_count")], [days]


def sentence(say: Words, address: Address, page: Shown) -> tuple[list[ui.Child], list[ui.Child]]:
    """How many communes meet every criterion: first as a document tells it, then as counted of the communes."""
    view, told = page.view, page.told
    if page.course is not None and page.course.days:
        return of_course(say, address, page, page.course)
    if page.at is not None and view_of(address) == VIEWS[0]:
        return of_criterion(say, address, page, page.at)
    counted = [unit for unit in told if unit.count is not None and unit.count.value is not None]
    whole = sum(unit.whole for unit in counted)

    def listed(number: int, only: str) -> Component:
        """A number that leads to the communes that it counts."""
        there = address.with_(only=only, view=None, row=None, offset=None)
        return html.A(html.B(say.number(number)), href=there, className="figure")

    of_communes: list[ui.Child] = []
    if counted:
        key = "progress.counted" if view.stated and not page.question.within else "progress.counted.first"
        of_communes = say.rich(
            key,
            on=ui.vn_date(page.on),
            whole=listed(whole, "whole"),
            told=say.number(len(counted)),
            n=str(len(view.criteria)),
            all=say.number(len(view.units)),
        )
    notes: list[ui.Child] = []
    if carried := len(page.listed("carried")):
        notes += [*say.rich("progress.carried", n=listed(carried, "carried")), " "]
    if missing := len(view.units) - len(told):
        notes += say.rich("progress.missing", n=listed(missing, "untold"), all=say.number(len(view.units)))
    if not view.told:
        title = say("progress.none.of", province=view.province, on=ui.vn_date(page.on))
        return [title, "."], [say("progress.only_targets", n=say.number(len(page.targets)))]
    if view.stated is None or page.question.within:
        return of_communes or [say("progress.no_counts", on=ui.vn_date(page.on))], notes
    figure = proof.figure(say, view.stated.value, view.stated.of, None)
    first = say.rich(
        "progress.stated",
        on=ui.vn_date(view.stated.as_of) or say("progress.undated"),
        figure=html.A(html.B(figure), href=address.with_(row=f"r~{view.stated.result}"), className="figure"),
        share=say("progress.share", share=say.number(round(100 * view.stated.value / view.stated.of, 1)))
        if view.stated.of
        else "",
    )
    return first, [*of_communes, " ", *notes]


def views(say: Words, address: Address) -> Component:
    chosen = view_of(address)
    return ui.tabs(
        say,
        [
            (
                say(f"progress.view.{name}"),
                address.with_(view=None if name == VIEWS[0] else name, row=None, offset=None),
                None,
                name == chosen,
            )
            for name in VIEWS
        ],
        label=say("progress.views"),
    )
