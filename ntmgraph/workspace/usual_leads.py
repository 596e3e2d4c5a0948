"""Who usually leads a criterion, as the office has set it right: the catalogue's defaults are believed, not known.

Such a decision is one of the log like any other, so it survives rebuilding and upgrades, goes into backups and to an
office's Neo4j, has a history and can be undone. Its document is `CATALOGUE`, its fact the id of the criterion; it
changes no reading, and is applied when a question is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ntmgraph.authority import DECIDED, Authority, KnownCriterion
from ntmgraph.ids import criterion_id
from ntmgraph.text import key
from ntmgraph.workspace.decisions import CATALOGUE, Decision, DecisionKind, decide, standing

BEFORE, FROM = "usual_lead_before_2025_03", "usual_lead_from_2025_03"


class UnknownLeadError(ValueError):
    """A name is not that of an agency of the catalogue."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Danh mục không có cơ quan “{name}”. Hãy ghi đúng tên trong danh mục cơ quan, ví dụ “Sở Y tế”; "
            "nhiều cơ quan thì cách nhau bằng dấu chấm phẩy."
        )


def set_usual_lead(
    authority: Authority, criterion: KnownCriterion, before: str, from_: str, *, by: str, why: str | None = None
) -> Decision:
    """Return the decision on who usually leads a criterion, before March 2025 and from then on.

    before, from_: names of agencies of the catalogue, several with ";" between them. Raises UnknownLeadError.
    """
    after = {name: _leads(authority, typed) for name, typed in ((BEFORE, before), (FROM, from_))}
    seen = {BEFORE: criterion.usual_lead_before_2025_03, FROM: criterion.usual_lead_from_2025_03}
    fact = criterion_id(criterion.set, criterion.number)
    return decide(DecisionKind.CHANGED, fact, document=CATALOGUE, before=seen, after=after, by=by, why=why)


def as_decided(authority: Authority, decisions: Iterable[Decision]) -> Authority:
    """Return the catalogue with the usual leads that people set."""
    said = {decision.fact: decision for decision in standing(each for each in decisions if _on_catalogue(each))}
    changed = {
        (each.set, each.number): replace(
            each,
            usual_lead_before_2025_03=(decision.after or {}).get(BEFORE),
            usual_lead_from_2025_03=(decision.after or {}).get(FROM),
            lead_status=DECIDED,
            lead_source=f"{decision.by}, {decision.at.astimezone():%d/%m/%Y}",
        )
        for each in authority.criteria
        if (decision := said.get(criterion_id(each.set, each.number)))
    }
    return authority.with_criteria(changed) if changed else authority


def _on_catalogue(decision: Decision) -> bool:
    return decision.document == CATALOGUE


def _leads(authority: Authority, typed: str) -> str | None:
    names = [name for part in typed.split(";") if (name := part.strip())]
    for name in names:
        if key(name) not in authority.agencies_by_name:
            raise UnknownLeadError(name)
    return "; ".join(authority.agencies_by_name[key(name)].name for name in names) or None
