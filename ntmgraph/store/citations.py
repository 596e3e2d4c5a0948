"""Which document taken in is meant by a citation that does not tell for sure: the only one that fits, or none.

A citation without number, issuer or year has no id that the cited document has when it is taken in itself. It keeps a
node of its own; where exactly one document fits, an inferred CITES edge joins the two papers beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ntmgraph.model import Basis
from ntmgraph.store.graph import Row
from ntmgraph.text import slug

SOLE = "reference.sole"  # rule of the edges made here
_UNSURE = "/document-"  # in the id of a document that only one citation knows, see `ids.fact_id`
_YEAR = re.compile(r"năm (\d{4})$")
# Who speaks for a body, or works for it: one and the same number series, or a paper named by either.
_SPEAKER = re.compile(
    r"^(?:pho-)?(?:chu-tich|thuong-truc|ban-thuong-vu|ban-chap-hanh-dang-bo|van-phong|bo-truong)-(?=\w)"
)


def unsure(cited: str) -> bool:
    """Return whether a cited document's id says only who cites it."""
    return _UNSURE in cited


def wanted(citations: Iterable[Row]) -> dict[str, list[object]]:
    """Return the numbers and days under which the documents that citations may mean are looked up."""
    rows = list(citations)
    return {
        "numbers": sorted({row["number"] for row in rows if row["number"]}),
        "days": sorted({row["date"] for row in rows if not row["number"] and row["date"]}),
    }


def fitting(citation: Row, candidates: Iterable[Row]) -> list[Row]:
    """Return the documents that a citation may mean.

    `citation` holds number, type, date, issuer, quote, and of the paper that cites document, cited_on and province;
    a candidate holds id, number, type, date, issuer and province.
    """
    return [each for each in candidates if _fits(citation, each)]


def _fits(citation: Row, found: Row) -> bool:
    if found["id"] == citation["document"]:
        return False
    if citation["number"]:
        year = _YEAR.search(citation["quote"] or "")
        if citation["number"] != found["number"] or (year and found["date"] and found["date"].year != int(year[1])):
            return False
    elif citation["date"] is None:
        return False
    if citation["date"] is not None and citation["date"] != found["date"]:
        return False
    if citation["cited_on"] and found["date"] and found["date"] > citation["cited_on"]:
        return False
    if None not in (citation["type"], found["type"]) and citation["type"] not in ("Văn bản", found["type"]):
        return False
    if citation["issuer"] and found["issuer"]:
        return _body(citation["issuer"]) == _body(found["issuer"])
    return found["province"] in (None, citation["province"])


def _body(issuer: str) -> str:
    return _SPEAKER.sub("", slug(issuer))


def sole_edge(citation: Row, found: Row) -> Row:
    """Return the inferred edge from the paper that cites to the only document that fits."""
    evidence: Mapping[str, object] = {
        name: citation[name] for name in ("document", "provision", "start", "stop", "quote", "page", "cell", "box")
    }
    return {
        "from_id": citation["document"],
        "to_id": found["id"],
        "relation": citation["relation"],
        "issued": citation["cited_on"],
        **evidence,
        "rule": SOLE,
        "basis": Basis.INFERRED.value,
    }
