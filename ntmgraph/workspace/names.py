"""What a typed name or id stands for, and the choices while typing; accents are optional everywhere.

A name that several things answer to gives all of them, each with its place: the choice is the asker's, never ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from ntmgraph.authority import catalogue
from ntmgraph.ids import agency_id
from ntmgraph.queries import PAGE, CriterionName, DocumentChoices, DocumentName, Named
from ntmgraph.store import GraphStore, Row
from ntmgraph.store.words import EDGE, spoken, whole
from ntmgraph.text import order
from ntmgraph.workspace.inference import body_of_catalogue
from ntmgraph.workspace.records import document_name

_NUMBER = re.compile(r"(?:(?:tieu chi|tc)\s*)?(?:so\s*)?(\d{1,2}(?:\.\d{1,2})*)")
_FROM_NUMBER = re.compile(r"\d.*")
_SUGGESTIONS = 10


def agencies(
    store: GraphStore, text: str, *, province: str | None = None, limit: int = _SUGGESTIONS
) -> tuple[Named, ...]:
    """Return agencies that occur in documents and whose name, or an alias of the catalogue ("STNMT"), holds the typed
    words, best first; else those of the catalogue with exactly this name, for what is inferred of them."""
    found = [agency_name(row) for row in _agency_rows(store, spoken(text), province)]
    if len(found) < limit:
        found += [agency_name(row) for row in _of_kinds(store, spoken(text), province)]
    found = found or [*known_agencies(store, text, province)]
    return _best(text, found, limit)


def places(
    store: GraphStore, text: str, *, province: str | None = None, limit: int = _SUGGESTIONS
) -> tuple[Named, ...]:
    """Return places that occur in documents and whose name holds the typed words, best first; else those of the
    catalogue with exactly this name."""
    found = [place_name(row) for row in _place_rows(store, spoken(text), province)]
    return _best(text, found or known_places(store, text, province), limit)


def criteria(store: GraphStore, text: str, *, limit: int = _SUGGESTIONS) -> tuple[CriterionName, ...]:
    """Return criteria that occur in documents, by number or words, in the order of sets and numbers."""
    found = _criteria_like([row for row in store.ask("criteria") if row["named"]], text, partial=True)
    return tuple(criterion_name(row) for row in found[:limit])


def documents(
    store: GraphStore, text: str, *, province: str | None = None, limit: int = _SUGGESTIONS
) -> tuple[DocumentName, ...]:
    """Return documents taken in whose number begins with what was typed ("136", "kế hoạch 136/kh"), else those whose
    number, subject or issuer holds its words, the newest first."""
    words = spoken(text)
    number = _FROM_NUMBER.search(words)
    scope: Row = {"any_day": True, "first": date.min, "last": date.max, "type": "", "issuer": "", "offset": 0}
    scope |= {"province": province or "", "limit": limit}
    listed = store.ask("list_documents", words=EDGE + number[0], **scope) if number else []
    if words and not listed:
        listed = store.ask("list_documents", words=words, **scope)
    rows = {row["id"]: row for row in store.ask("documents", ids=[row["id"] for row in listed])} if listed else {}
    return tuple(document_name(rows[row["id"]]) for row in listed if row["id"] in rows)


def provinces(store: GraphStore) -> tuple[str, ...]:
    """Return the provinces whose documents were taken in, in Vietnamese order."""
    return tuple(sorted((row["province"] for row in store.ask("provinces")), key=order))


def document_choices(store: GraphStore) -> DocumentChoices:
    """Return what the list of documents can be narrowed to."""
    rows = store.ask("choices_of_documents")
    years = sorted({row["year"] for row in rows if row["year"]}, reverse=True)
    types, issuers = ({row[name] for row in rows if row[name]} for name in ("type", "issuer"))
    return DocumentChoices(tuple(years), tuple(sorted(types, key=order)), tuple(sorted(issuers, key=order)))


def resolve_agencies(store: GraphStore, text: str, province: str | None) -> tuple[Named, ...]:
    """Return the agencies of an id or a name: by their name, else by a known alias, else by words in it."""
    exact = store.ask("agencies", ids=[text])
    if exact:
        return (agency_name(exact[0]),)
    words = whole(text)
    rows = _agency_rows(store, words, province)
    if not rows:
        rows = _of_kinds(store, words, province)
    return _sorted(agency_name(row) for row in rows or _agency_rows(store, spoken(text), province))


def resolve_places(store: GraphStore, text: str, province: str | None) -> tuple[Named, ...]:
    """Return the places that an id or a name stands for: "Phú Nhuận" is a commune of two provinces."""
    exact = store.ask("places", ids=[text])
    if exact:
        return (place_name(exact[0]),)
    rows = _place_rows(store, whole(text), province) or _place_rows(store, spoken(text), province)
    return _sorted(place_name(row) for row in rows)


def known_agencies(store: GraphStore, text: str, province: str | None, *, day: date | None = None) -> tuple[Named, ...]:
    """Return bodies of the catalogue that a name stands for and no document names: departments by their province,
    committees by their unit ("UBND huyện Bảo Lạc"), those of units that there are on a day before those of others; any
    of them by its id."""
    if "@" in text:
        body = body_of_catalogue(text, catalogue())
        return (body,) if body else ()
    where = (province,) if province else provinces(store)
    words = spoken(text)
    without = {place: words.removesuffix(f" {spoken(place)}").removesuffix(" tinh") for place in where}
    # Asked once for the same words, however many provinces there are.
    kinds = {each: store.ask("catalogue_agencies", words=whole(each)) for each in {words, *without.values()}}
    found = [
        Named(agency_id(kind["id"], place), kind["name"], kind["kind"], place)
        for place in where
        for each in dict.fromkeys((words, without[place]))
        for kind in kinds[each]
        if kind["level"] == "province" and kind["kind"] != "group"
    ]
    committee, _, unit = words.partition(" ")
    if not found and unit and committee in _COMMITTEES:
        kind, name = _COMMITTEES[committee]
        rows = store.ask("catalogue_places", words=whole(unit), province=province or "", limit=PAGE)
        units = [row for row in rows if row["level"] in _LEVELS and row["province"] in where]
        found = [
            Named(
                agency_id(f"{_LEVELS[row['level']]}.{committee}", *_path(row)),
                f"{name} {row['name']}",
                kind,
                row["province"],
            )
            for row in [row for row in units if _is_there(row, day)] or units
        ]
    return _sorted(found)


_LEVELS = {"district": "h", "commune": "x"}
_COMMITTEES = {"ubnd": ("committee", "UBND"), "hdnd": ("council", "HĐND")}


def _is_there(unit: Row, day: date | None) -> bool:
    return day is None or (unit["valid_from"] or day) <= day <= (unit["valid_to"] or day)


def _path(place: Row) -> tuple[str, ...]:
    """Return where a unit's bodies are, as their ids say it: province, district of a commune, its own short name."""
    units = ((place["within"], place["within_kind"]), (place["name"], place["kind"]))
    return (place["province"], *(name.removeprefix(f"{kind} ") for name, kind in units if name))


def known_places(store: GraphStore, text: str, province: str | None) -> tuple[Named, ...]:
    """Return units of the catalogue that a name stands for and no document names, where one names what they went into
    or came from."""
    rows = store.ask("catalogue_places", words=whole(text), province=province or "", limit=PAGE)
    return _sorted(place_name(row) for row in rows if row["related"])


def resolve_criteria(
    store: GraphStore, text: str, *, set_: str | None, province: str | None, day: date | None
) -> tuple[CriterionName, ...]:
    """Return the criteria that an id, a number or a name stands for.

    A bare number means that number of every set, unless a set is given, or a province (the sets of others are out),
    or a day (only sets in force on it). Sub-criteria belong to their criterion: "17" finds 17.8 too.
    """
    rows = store.ask("criteria")
    by_id = [row for row in rows if row["id"].casefold() == text.strip().casefold()]
    if by_id:
        return tuple(criterion_name(row) for row in by_id)
    rows = [row for row in rows if _in_scope(row, set_, province, day)]
    return tuple(criterion_name(row) for row in _criteria_like(rows, text, partial=False))


def _in_scope(row: Row, set_: str | None, province: str | None, day: date | None) -> bool:
    if set_ is not None:
        return bool(row["set"] == set_)
    if row["set"] is None:  # undecided: no period and no province to hold against it
        return True
    if province is not None and row["province"] not in (None, province):
        return False
    return day is None or row["from_year"] is None or bool(row["from_year"] <= day.year <= row["to_year"])


def _criteria_like(rows: list[Row], text: str, *, partial: bool) -> list[Row]:
    typed = spoken(text)
    number = _NUMBER.fullmatch(typed.replace(" ", ".") if re.fullmatch(r"[\d .]+", text.strip()) else typed)
    if number:
        wanted = number[1]
        like = [
            row
            for row in rows
            if row["number"]
            and (
                row["number"] == wanted
                or row["number"].startswith(wanted + ".")
                or (partial and row["number"].startswith(wanted))
            )
        ]
    else:
        like = [row for row in rows if whole(text) in row["words"]] or [row for row in rows if typed in row["words"]]
    return sorted(like, key=lambda row: (row["set"] or "~", _number_order(row["number"])))


def _number_order(number: str | None) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".") if part.isdigit()) if number else ()


def _agency_rows(store: GraphStore, words: str, province: str | None) -> list[Row]:
    return store.ask("agencies_named", words=words, province=province or "", limit=PAGE)


def _of_kinds(store: GraphStore, words: str, province: str | None) -> list[Row]:
    """Return agencies that occur in documents by what the catalogue calls a body of their kind."""
    return [
        row
        for kind in store.ask("catalogue_agencies", words=words)
        for row in store.ask("agencies_of_kind", base=kind["id"], province=province or "", limit=PAGE)
    ]


def _place_rows(store: GraphStore, words: str, province: str | None) -> list[Row]:
    return store.ask("places_named", words=words, province=province or "", limit=PAGE)


def agency_name(row: Row) -> Named:
    return Named(row["id"], row["name"], row["kind"], row["province"])


def place_name(row: Row) -> Named:
    """Return a place; `place` tells namesakes apart by district and province."""
    within = [part for part in (row["within"], row["province"]) if part and part != row["name"]]
    return Named(row["id"], row["name"], row["level"], ", ".join(within) or None)


def criterion_name(row: Row) -> CriterionName:
    number: str | None = row["number"]
    return CriterionName(row["id"], row["set"], int(number) if number and number.isdigit() else number, row["name"])


def _sorted(found: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(sorted(dict.fromkeys(found), key=lambda named: (order(named.name), order(named.place or ""))))


def _best(text: str, found: Iterable[Named], limit: int) -> tuple[Named, ...]:
    """Return names that begin with the typed words before those that hold them further on, short ones first."""
    typed = spoken(text)

    def rank(named: Named) -> tuple[bool, int]:
        return not spoken(named.name).startswith(typed), len(named.name)

    return tuple(sorted(_sorted(found), key=rank)[:limit])
