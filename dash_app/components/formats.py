"""Numbers and days as Vietnamese offices write them."""

from __future__ import annotations

from datetime import date

from dash_app.words import words_of


def vn_date(day: date | None) -> str:
    """ "01/10/2019"; "" without a day."""
    return f"{day:%d/%m/%Y}" if day else ""
