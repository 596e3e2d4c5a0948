"""What the search page asks, and the part of a long passage that shows the hit."""

from __future__ import annotations

from dash_app.address import Address
from dash_app.components import ROWS
from ntmgraph.queries import SearchHit, SearchQuestion

FACETS = ("year", "issuer", "type", "agency", "criterion", "place")
EXCERPT = 360  # letters shown of a passage
ASKED = 300  # letters that are looked for; more is a whole document, not a question
NAME = 80  # letters of the name of a saved search
LEAD = 90  # letters before the first hit, so that the sentence can be told


def question_of(address: Address) -> SearchQuestion | None:
    """The question in the address; None while there is neither a word to find nor a facet."""
    if not any(address.get(name) for name in ("q", *FACETS)):
        return None
    return SearchQuestion(
        asked(address.get("q") or ""),
        year=address.number("year") or None,
        issuer=address.get("issuer"),
        type=address.get("type"),
        agency=address.get("agency"),
        criterion=address.get("criterion"),
        place=address.get("place"),
        limit=ROWS,
        offset=address.number("offset"),
        province=address.get("province"),
    )


def values_of(address: Address) -> dict[str, str]:
    """What of an address is the search itself, to be saved: words, what narrows them, province."""
    values = {name: address.get(name) or "" for name in ("q", *FACETS, "province")}
    values["q"] = asked(values["q"])
    return {name: value for name, value in values.items() if value}


def asked(typed: str) -> str:
    """What is looked for: the whole words within the first letters of what was typed."""
    if len(typed) <= ASKED:
        return typed
    words, _, _ = typed[: ASKED + 1].rpartition(" ")
    return words or typed[:ASKED]


def place_of(hit: SearchHit) -> int:
    """The offset in the document where the first found word stands."""
    return hit.start + (hit.highlights[0][0] if hit.highlights else 0)


def excerpt(hit: SearchHit) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words around the first hit and the highlights within them; cut between words, marked with an ellipsis."""
    first = hit.highlights[0][0] if hit.highlights else 0
    start = 0 if first <= LEAD else _next_word(hit.text, first - LEAD)
    end = len(hit.text)
    if end > start + EXCERPT:
        end = hit.text.rfind(" ", start, start + EXCERPT)
        end = start + EXCERPT if end <= first else end
    before, after = "… " if start else "", " …" if end < len(hit.text) else ""
    shift = len(before) - start
    inside = tuple((a + shift, min(b, end) + shift) for a, b in hit.highlights if start <= a < end)
    return before + hit.text[start:end] + after, inside


def _next_word(text: str, near: int) -> int:
    space = text.find(" ", near)
    return near if space < 0 else space + 1
