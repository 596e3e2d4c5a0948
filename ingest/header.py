"""Who issued a document, under which number, when, about what, to whom, signed by whom.

Every part is found by its pattern, never by its place: text taken from a two-column header comes in any order, and
web copies lose parts of it (domain/layout.md, section 1). What is lost is not guessed, except the issuer, which the
symbol, the place of signing and the signature block give together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ingest.closing import list_entries, read_closing, with_signer_told
from ingest.document_types import type_of_number, with_dash
from ingest.header_forms import ADDRESSED, CHROME, COPIES, DATE, NATION, NUMBER
from ingest.issuers import units_named
from ingest.letterhead import find_issuer, sole_province
from ingest.lines import lines_of, upper
from ingest.provisions import Regions
from ingest.titles import regarding, title_without_type, type_and_title
from ntmgraph.authority import Authority
from ntmgraph.model import DocumentState, Issue, IssueCode, Signer

ZONE = 6000  # a header is over before this many characters


@dataclass(frozen=True, slots=True)
class Header:
    type: str | None
    number: str | None
    issuer: str | None
    province: str | None  # short name
    place: str | None
    date: date | None
    date_text: str | None
    year: int | None  # also of a partial date
    subject: str | None
    signer: Signer | None
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    state: DocumentState
    regions: Regions
    issues: tuple[Issue, ...]


def read_header(text: str, authority: Authority) -> Header:
    """Return what the header and the signature block of a text say."""
    end = _end(text)
    zone = text[: min(end, ZONE)]
    number_match = _first_number(zone)
    named, title_end, subject = type_and_title(zone, number_match)
    opening = _opening(zone, number_match, title_end)
    date_match = _date_line(_without(zone, number_match), opening, authority)
    about = (
        regarding(zone, number_match, date_match.start() if date_match else None)
        if named is None or named == "Công văn"
        else None
    )
    addressed = ADDRESSED.pattern.search(zone)
    formal = any(
        (
            number_match,
            place_of_signing(date_match),
            about,
            addressed,
            named,
            NATION.pattern.search(zone[:1500]),
            COPIES.pattern.search(text),
        )
    )
    if not formal:
        return _news(text, end, authority)

    number, symbol, unclear = _number(number_match)
    day, date_text, year = signing_day(date_match)
    issues = [
        Issue(
            IssueCode.NUMBER_UNCLEAR,
            f"Số văn bản in không rõ: “{match.group().strip()}”; đọc là {number}.",
            match.start(),
            match.end(),
        )
        for match in [number_match]
        if match is not None and unclear
    ]
    addressees, addressed_end = list_entries(text, addressed.end(), end) if addressed else ((), 0)
    body = max(
        addressed_end,
        title_end,
        about[1] if about else 0,
        number_match.end() if number_match else 0,
        date_match.end() if date_match and date_match.start() < max(opening, 1500) else 0,
    )
    if subject is None and about is None and number_match is not None:
        subject, body = title_without_type(zone, body)
    closing, annexes, recipients, signer, for_body = read_closing(text, body, end)
    place = place_of_signing(date_match)
    issuer, province = find_issuer(
        zone[:opening], number_match, number or symbol, place, for_body, day, text, authority
    )
    kind = named or (type_of_number(number or f"1/{symbol}") if number or symbol else None)
    if about is not None and (kind is None or named is None):
        kind = "Công văn"
    return Header(
        type=kind,
        number=number,
        issuer=issuer,
        province=province,
        place=place,
        date=day,
        date_text=date_text,
        year=year,
        subject=about[0] if about else subject,
        signer=with_signer_told(signer, text),
        addressees=addressees,
        recipients=recipients,
        state=DocumentState.ISSUED if number and day else DocumentState.DRAFT,
        regions=Regions(min(body, closing), closing, annexes, end),
        issues=tuple(issues),
    )


def _end(text: str) -> int:
    chrome = CHROME.pattern.search(text, len(text) // 5)
    return chrome.start() if chrome else len(text)


def _news(text: str, end: int, authority: Authority) -> Header:
    """Return the header of a press item: its title and the one province it speaks of; who wrote it issues nothing."""
    province = sole_province(text[:end], authority)
    first = next((line for line in lines_of(text, 0, end) if not line.empty), None)
    return Header(
        type="Tin bài",
        number=None,
        issuer=None,
        province=province.name if province else None,
        place=None,
        date=None,
        date_text=None,
        year=None,
        subject=first.text if first else None,
        signer=None,
        addressees=(),
        recipients=(),
        state=DocumentState.NEWS,
        regions=Regions(first.end if first else 0, end, end, end),
        issues=(),
    )


def _first_number(zone: str) -> re.Match[str] | None:
    """Return the document's own number: on a line of its own, or beside other parts of the header."""
    for match in NUMBER.pattern.finditer(zone):
        start = zone.rfind("\n", 0, match.start() + 1) + 1
        before = zone[start : match.start()].strip(" |*")
        if not before or upper(before) or NATION.pattern.search(before):
            return match
    return None


def _number(match: re.Match[str] | None) -> tuple[str | None, str | None, bool]:
    """Return the number without blanks (None when blank), its symbol, and whether it is struck through."""
    if match is None:
        return None, None, False
    if match["symbol"]:
        digits, symbol, joint = match["state"], match["symbol"], "/"
    else:
        digits, symbol, joint = match["party"], f"{match['kind']}/{match['body']}", "-"
    symbol = re.sub(r"\s+", "", with_dash(symbol)).replace("–", "-")
    figures = re.sub(r"[^\da-zđ]", "", digits)
    return (f"{figures}{joint}{symbol}" if figures else None), symbol, "~" in digits


def _opening(zone: str, number: re.Match[str] | None, title_end: int) -> int:
    """Return where the lines that may name the issuer and date end."""
    addressed = ADDRESSED.pattern.search(zone)
    marks = [title_end] if title_end else []
    if addressed:
        marks.append(addressed.start())
    if not marks:
        marks.append(number.end() + 600 if number else 1500)
    return min(max(marks[0] if len(marks) == 1 else min(marks), number.end() if number else 0), len(zone))


def _without(zone: str, match: re.Match[str] | None) -> str:
    """Return the text with blanks for a match: a number in front of the place of signing is no part of its name."""
    return zone if match is None else zone[: match.start()] + " " * (match.end() - match.start()) + zone[match.end() :]


def _date_line(zone: str, opening: int, authority: Authority) -> re.Match[str] | None:
    """Return the place and date of signing: they stand at the start of a line, or beside the number."""
    fallback = None
    for match in DATE.pattern.finditer(zone[: opening + 300]):
        if match.start() > opening and fallback is not None:
            break
        start = zone.rfind("\n", 0, match.start() + 1) + 1
        before = zone[start : match.start()].strip(" |*(")
        if place_of_signing(match) and (not before or upper(before)):
            return match
        placed = _run_in(match, before, authority)
        if placed is not None:
            return placed
        if fallback is None and not place_of_signing(match) and not before and match["day"] is not None:
            fallback = match
    return fallback


def _run_in(match: re.Match[str], before: str, authority: Authority) -> re.Match[str] | None:
    """Return the place and date of a header that a copy ran into one line: "... V/v thu gom rác Hà Nội, ngày ..."."""
    if not match["place"] or NATION.pattern.search(before) is None:
        return None
    words = list(re.finditer(r"\S+", match["place"]))
    for first in words[-4:]:
        start = match.start("place") + first.start()
        if first.group()[0].isupper() and units_named(match.string[start : match.end("place")], authority):
            return DATE.pattern.match(match.string, start)
    return None


def place_of_signing(match: re.Match[str] | None) -> str | None:
    """Return "Lào Cai" of "Lào Cai, ngày 12 tháng 01 năm 2017"; None where the date stands alone."""
    words = (match["place"] or match["bare"] or "") if match else ""
    return " ".join(words.split()) or None


def signing_day(match: re.Match[str] | None) -> tuple[date | None, str | None, int | None]:
    if match is None:
        return None, None, None
    day, month, year = (match[a] or match[b] or "" for a, b in (("day", "d"), ("month", "m"), ("year", "y")))
    place_end = max(match.end("place"), match.end("bare"), match.start())
    printed = " ".join(match.string[place_end : match.end()].strip(" ,\n").split())
    try:
        return date(int(year), int(month), int(day)), printed, int(year)
    except ValueError:
        return None, printed, int(year) if year.isdigit() else None
