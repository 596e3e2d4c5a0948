"""A table as comma-separated values, with the byte order mark by which Excel knows UTF-8.

Lines only: what stands above a table on paper would be its first row to a program. Days are written YYYY-MM-DD, which
Excel takes for the same day under every country's settings; 01/03/2023 it may take for the third of January.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date

from ntmgraph.export.excel import EVIDENCE, NUMBER, runs_as_formula
from ntmgraph.export.tables import Table, Value

MARK = "\ufeff"
# A sheet that separates by semicolons or tabs, as many are set to, begins a new cell in the middle of a text.
_NEW_CELL = re.compile(r"(?<=[;\t])( *)(?=[=+\-@])|(?<=\n)( *)(?=[=+@])")


def lines(table: Table) -> Iterator[str]:
    """Yield the file in lines; each reads its part of the table when it is asked for."""
    line = _Line()
    writer = csv.writer(line)
    shown = table.seen()
    writer.writerow([NUMBER.title, *(table.columns[at].title for at in shown), EVIDENCE])
    yield MARK + line.text
    for number, each in enumerate(table.lines, 1):
        quotes = "\n".join(proof.quote for proof in each.proofs)
        writer.writerow([number, *(_printed(each.cells[at]) for at in shown), _printed(quotes)])
        yield line.text


def _printed(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        value = _NEW_CELL.sub("'", value)
        return f"'{value}" if runs_as_formula(value) else value
    return value


class _Line:
    """What a csv writer writes to: it keeps the last line."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text
