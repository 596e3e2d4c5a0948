"""What the progress page asks: the communes of a province, and what the chosen part of the page rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from dash_app.address import Address
from dash_app.page import Desk
from dash_app.period import as_of, set_of
from ntmgraph.queries import (
    Course,
    CriterionName,
    ProgressQuestion,
    ProgressRow,
    ProgressView,
    Standing,
    TargetProgress,
    UnitProgress,
)

PATH = "/tien-do"
IMPORT = "/tien-do/nap"  # the page that shows a sheet before it is taken in
VIEWS = ("communes", "targets", "trend", "compare")
SPLIT = "~"  # in `row`: a commune and a criterion ("p.01606~17"), a commune and its count ("p.01606~"), "r~" a result,
#              "t~" a target


# What the numbers of the answer count, by the value of `only` in the address: of communes, and of one criterion.
ONLY: dict[str, Callable[[UnitProgress], bool]] = {
    "whole": lambda unit: unit.whole,
    "untold": lambda unit: not unit.told,
    "carried": lambda unit: unit.carried,
}
ONLY_OF_CRITERION: dict[str, Callable[[Standing | None], bool]] = {
    "met": lambda standing: standing is not None and standing.met is True,
    "unmet": lambda standing: standing is not None and standing.met is False,
    "part": lambda standing: standing is not None and standing.met is None,
    "untold": lambda standing: standing is None,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is open at the side: a cell of a commune, or one figure, with the results that it rests on."""

    rows: tuple[ProgressRow, ...] = ()
    unit: UnitProgress | None = None
    criterion: CriterionName | None = None
    standing: Standing | None = None
    target: TargetProgress | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One province as of a day."""

    question: ProgressQuestion
    view: ProgressView
    targets: tuple[TargetProgress, ...]
    chosen: Chosen | None
    at: int | None = None  # index of the one criterion asked about
    course: Course | None = None  # of the commune asked about

    @property
    def on(self) -> date:
        return self.question.on

    @property
    def told(self) -> tuple[UnitProgress, ...]:
        return tuple(unit for unit in self.view.units if unit.told)

    def listed(self, only: str | None, *, every: bool = False) -> tuple[UnitProgress, ...]:
        """The communes that a number of the answer counts; without one those told of, or all."""
        if self.at is not None and only in ONLY_OF_CRITERION:
            holds = ONLY_OF_CRITERION[only]
            return tuple(unit for unit in self.view.units if holds(unit.criteria[self.at]))
        if self.at is None and only in ONLY:
            return tuple(unit for unit in self.view.units if ONLY[only](unit))
        return self.view.units if every else self.told


def question_of(address: Address, today: date, provinces: tuple[str, ...]) -> ProgressQuestion:
    """The question in the address; without a province, that of the only one there is."""
    province = address.get("province") or (provinces[0] if len(provinces) == 1 else None)
    return ProgressQuestion(
        as_of(address, today) or today,
        province=province,
        set=set_of(address),
        within=address.get("within"),
        stated_only=address.flag("stated_only"),
    )


def view_of(address: Address) -> str:
    view = address.get("view")
    return view if view in VIEWS else VIEWS[0]


def shown(desk: Desk, address: Address, question: ProgressQuestion) -> Shown:
    view = desk.workspace.progress_view(question)
    targets = desk.workspace.progress_targets(question, view) if view_of(address) == "targets" else ()
    place = address.get("place") if view_of(address) == "trend" else None
    course = desk.workspace.course(replace(question, set=view.set), place) if place else None
    chosen = _chosen(desk, question, view, targets, address.get("row"))
    return Shown(question, view, targets, chosen, _at(view, address.get("criterion")), course)


def exported(desk: Desk, address: Address) -> ProgressQuestion | None:
    """The question whose rows are what the page is narrowed to; None before a province is chosen."""
    question = question_of(address, desk.today, desk.workspace.provinces())
    if question.province is None:
        return None
    page = shown(desk, address, question)
    among = None
    if page.course is not None:
        among = frozenset({page.course.place.id})
    elif question.within or address.get("only"):
        among = frozenset(unit.place.id for unit in page.listed(address.get("only"), every=True))
    criterion = str(page.view.criteria[page.at].number) if page.at is not None else None
    return replace(question, set=page.view.set, criterion=criterion, among=among)


def _at(view: ProgressView, number: str | None) -> int | None:
    return next((at for at, each in enumerate(view.criteria) if str(each.number) == number), None)


def _chosen(
    desk: Desk, question: ProgressQuestion, view: ProgressView, targets: tuple[TargetProgress, ...], row: str | None
) -> Chosen | None:
    """What the address has open; nothing for what is not on the page (an address may be typed by hand)."""
    where, _, what = (row or "").partition(SPLIT)
    if where == "r" and what:
        rows = desk.workspace.results(what, on=question.on)
        return Chosen(rows) if rows else None
    if where == "t":
        target = next((each for each in targets if each.id == what), None)
        return Chosen(target=target) if target else None
    unit = next((each for each in view.units if each.place.id == where), None)
    at = _at(view, what)
    if unit is None or (what and at is None):
        return None
    criterion = view.criteria[at] if at is not None else None
    standing = unit.criteria[at] if at is not None else unit.count
    rows = desk.workspace.progress_rows(question, unit.place.id, criterion.id if criterion else None)
    return Chosen(rows, unit, criterion, standing)
