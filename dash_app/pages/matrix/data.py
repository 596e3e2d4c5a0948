"""What the matrix page asks, and which cell of the answer its address names."""

from __future__ import annotations

from dataclasses import dataclass

from dash_app.address import Address
from dash_app.components import rules_off
from dash_app.period import as_of, set_of
from ntmgraph.queries import LeadState, MatrixAnswer, MatrixCell, MatrixQuestion, MatrixRow


def question_of(address: Address) -> MatrixQuestion:
    """The question in the address; without a day, as of today."""
    return MatrixQuestion(
        province=address.get("province"),
        set=set_of(address),
        on=as_of(address),
        stated_only=address.flag("stated_only"),
        without=rules_off(address),
    )


def state_of(address: Address) -> LeadState | None:
    """Which criteria alone are shown; an unknown word shows all."""
    state = address.get("state")
    return LeadState(state) if state in set(LeadState) else None


def rows_of(answer: MatrixAnswer, state: LeadState | None) -> tuple[MatrixRow, ...]:
    return tuple(row for row in answer.rows if state in (None, row.state))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A cell with the row that it stands in."""

    row: MatrixRow
    cell: MatrixCell

    @property
    def key(self) -> str:
        return cell_key(self.row, self.cell)


def cell_key(row: MatrixRow, cell: MatrixCell) -> str:
    """What a cell is called in the address: the criterion and the body."""
    return f"{row.criterion.id}~{cell.agency.id}"


def chosen_of(answer: MatrixAnswer, state: LeadState | None, key: str | None) -> Chosen | None:
    """The cell of an address; where it names none the first conflict, else the first one: proof is no click away."""
    cells = [Chosen(row, cell) for row in rows_of(answer, state) for cell in row.cells]
    named = next((each for each in cells if each.key == key), None)
    return named or next((each for each in cells if each.cell.conflict), next(iter(cells), None))
