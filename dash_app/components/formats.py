"""Days as Vietnamese offices write them."""

from __future__ import annotations

from datetime import date


def vn_date(day: date | None) -> str:
    """ "01/10/2019"; "" without a day."""
    return f"{day:%d/%m/%Y}" if day else ""
