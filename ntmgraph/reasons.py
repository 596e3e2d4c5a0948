"""Why something is inferred, in a sentence; its words stand in `rules.csv` beside those of the rules."""

from __future__ import annotations

from ntmgraph.authority import DECIDED, WHOLE, catalogue
from ntmgraph.queries import Because, CriterionName, DocumentName, Inference
from ntmgraph.rules import LANGUAGES, rule_words

_LEVELS = {"commune": "xã", "district": "huyện", "province": "tỉnh", "village": "thôn"}
LINEAGE = frozenset({Inference.AGENCY_SUCCESSOR, Inference.PLACE_SUCCESSOR})


def because_words(because: Because, language: str = LANGUAGES[0]) -> str:
    """Return a step as a sentence without its full stop: "Sở Xây dựng kế thừa ... từ ngày 01/03/2025"."""

    def said(name: str, **words: str) -> str:
        return (rule_words(f"because.{name}", language) or "").format(**words)

    extent = _extent(because, language)
    source, since = because.source, because.since
    if because.document is not None:
        known = (because.document.type, because.document.number)
        source = " ".join(part for part in known if part) or because.document.id
        since = because.document.date
    criteria = ", ".join(criterion_label(each) for each in because.criteria)
    # A unit that keeps the name of one of its parts is not formed from itself.
    kept = because.of.name == because.to.name and because.rule in LINEAGE
    # Who usually leads was set right by the office itself.
    rule = "usual_lead_decided" if because.status == DECIDED else because.rule
    parts = [said("same_name" if kept else rule, of=because.of.name, to=because.to.name, criteria=criteria)]
    parts += [f"({extent})"] if extent else []
    if because.with_:
        parts.append(said("with", names=", ".join(each.name for each in because.with_)))
    if because.rule is not Inference.USUAL_LEAD and source:
        parts.append(said("source", source=source))
    if since:
        parts.append(said("of_day" if because.document else "since", day=f"{since:%d/%m/%Y}"))
    return " ".join(parts)


def heir_words(because: Because, language: str = LANGUAGES[0]) -> str:
    """Return who took over, with what part of it: "Sở Nội vụ (lao động, việc làm, người có công)"."""
    extent = None if because.extent == WHOLE else _extent(because, language)
    return f"{because.to.name} ({extent})" if extent else because.to.name


def _extent(because: Because, language: str) -> str | None:
    """Return what part it is: of a merger by a word of the catalogue's own, of a succession in Vietnamese already."""
    return because.extent and (rule_words(f"extent.{because.extent}", language) or because.extent)


def criterion_label(criterion: CriterionName) -> str:
    """Return "tiêu chí 17 (bộ xã 2021–2025)", as far as it is known."""
    said = str(criterion.number) if criterion.number is not None else criterion.name or criterion.id
    return f"tiêu chí {said} ({set_label(criterion.set)})" if criterion.set else f"tiêu chí {said}"


def set_label(id: str) -> str:
    """Return "bộ xã nâng cao 2021–2025", "bộ thôn Lào Cai 2016–2020"; the id of a set that the catalogue lacks."""
    known = catalogue().criteria_sets.get(id)
    if known is None:
        return id
    names = (_LEVELS[known.level], known.grade, known.province, f"{known.from_year}–{known.to_year}")
    return " ".join(("bộ", *(name for name in names if name)))


def document_label(document: DocumentName) -> str:
    """Return "Công văn 12/UBND-NL ngày 05/03/2019 của UBND tỉnh …", as far as it is known."""
    parts = (
        document.type or "Văn bản",
        document.number,
        document.date and f"ngày {document.date:%d/%m/%Y}",
        document.issuer and f"của {document.issuer}",
    )
    known = " ".join(part for part in parts if part)
    return known if document.number or document.date else f"{known} (mã {document.id})"
