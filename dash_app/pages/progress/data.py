"""What the progress page asks: the communes of a province, and what the chosen part of the page rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dash_app.address import Address
from dash_app.page import Desk
from dash_app.period import as_of, set_of
from ntmgraph.queries import (
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
ROWS = 50  # communes on a page: each has a cell for every criterion
SPLIT = "~"  # in `row`: a commune and a criterion ("p.01606~17"), a commune and its count ("p.01606~"), "r~" a result,
#              "t~" a target


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

    @property
    def on(self) -> date:
        return self.question.on

    @property
    def told(self) -> tuple[UnitProgress, ...]:
        return tuple(unit for unit in self.view.units if unit.told)


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
    return Shown(question, view, targets, _chosen(desk, question, view, targets, address.get("row")))


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
    at = next((at for at, each in enumerate(view.criteria) if str(each.number) == what), None)
    if unit is None or (what and at is None):
        return None
    criterion = view.criteria[at] if at is not None else None
    standing = unit.criteria[at] if at is not None else unit.count
    rows = desk.workspace.progress_rows(question, unit.place.id, criterion.id if criterion else None)
    return Chosen(rows, unit, criterion, standing)
