"""The address is the state: what a page shows follows from its path and query alone.

Names in the query are those of the command line options with `_` for `-` (`?criterion=17&stated_only=1`), so that back,
reload and a pasted link restore every view.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, quote, unquote, urlencode

SCOPE = ("province", "period", "on")  # what the top bar holds; the menu carries it from page to page

Value = str | int | bool | date | None


@dataclass(frozen=True, slots=True)
class Address:
    """Where the reader is: a path and the named values of the query, in their order."""

    path: str
    values: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str | None:
        """The value, None when absent or blank."""
        return next((value.strip() for key, value in self.values if key == name and value.strip()), None)

    def number(self, name: str) -> int:
        """A count or offset; 0 when absent or not a number (an address may be typed by hand)."""
        value = self.get(name) or ""
        return int(value) if value.isdecimal() else 0

    def date(self, name: str) -> date | None:
        """A day written YYYY-MM-DD; None when absent or impossible."""
        try:
            return date.fromisoformat(self.get(name) or "")
        except ValueError:
            return None

    def date_of_month(self, name: str) -> date | None:
        """The first day of a month written YYYY-MM; None when absent or impossible."""
        try:
            return date.fromisoformat(f"{self.get(name) or ''}-01")
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        return self.get(name) == "1"

    def names(self, name: str) -> tuple[str, ...]:
        """The parts of a value that lists several: "a,b"."""
        return tuple(part.strip() for part in (self.get(name) or "").split(",") if part.strip())

    def rest(self, prefix: str) -> str:
        """What follows a page's path: the document's id in /van-ban/ID."""
        return unquote(self.path.removeprefix(prefix))

    def with_(self, **changes: Value) -> str:
        """The same page with some values changed; None and False take a value away."""
        kept = [(key, value) for key, value in self.values if key not in changes]
        return link(self.path, **dict(kept), **changes)

    def scope(self) -> dict[str, str | None]:
        return {name: self.get(name) for name in SCOPE}


def parse(pathname: str | None, search: str | None) -> Address:
    """Guarantee: no value is blank, no name stands twice (the last one counts)."""
    pairs = dict(parse_qsl((search or "").removeprefix("?")))
    return Address(pathname or "/", tuple(pairs.items()))


def link(path: str, /, **values: Value) -> str:
    """An address within the program; None, False and "" leave a value out."""
    query = {name: _printed(value) for name, value in values.items() if value not in (None, False, "")}
    return f"{path}?{urlencode(query, quote_via=quote, safe='/:')}" if query else path


def document_link(document_id: str, **values: Value) -> str:
    """The page of a document, `at` being an offset in its text."""
    return link(f"/van-ban/{quote(document_id, safe='')}", **values)


def _printed(value: Value) -> str:
    return "1" if value is True else str(value)
