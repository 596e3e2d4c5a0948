"""What the benchmarks ask of a graph: every text of `cypher/read`, about a typical and about the largest thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engines import Engine

from ntmgraph.queries import PAGE, DeadlineQuestion, TaskState, TraceQuestion
from ntmgraph.store import GraphStore, Row, texts
from ntmgraph.store.words import spoken
from ntmgraph.workspace import documents, names
from ntmgraph.workspace.deadlines import deadlines, task_states
from ntmgraph.workspace.records import page_of_days
from ntmgraph.workspace.trace import trace

Parameters = dict[str, object]
DAY = date(2020, 1, 1)
_PROVINCE = "Lào Cai"
_FIRST_PAGE: Parameters = {"offset": 0, "limit": PAGE}
_WHENEVER: Parameters = {"day": date.max, "alive": date.min, "province": ""}
_UNSEEN: Parameters = {"document": "", "seen": [""]}  # nothing of the review is set aside
_ANY_DOCUMENT: Parameters = {
    "words": "", "any_day": True, "first": date.min, "last": date.max, "type": "", "issuer": "", "province": "",
}  # fmt: skip

# How much hangs on a thing of a kind; the benchmark's own questions, as big as the graph, and never timed.
_DEGREES = {
    "agency": "MATCH (a:Agency)<-[:RESPONSIBLE]-(t:Task) RETURN a.id AS id, count(t) AS n",
    "reported": "MATCH (a:Agency)<-[:REPORTS_TO]-(t:Task) RETURN a.id AS id, count(t) AS n",
    "criterion": "MATCH (c:Criterion)<-[:CONCERNS]-(t:Task) RETURN c.id AS id, count(t) AS n",
    "place": "MATCH (p:Place)<-[:CONCERNS]-(t:Task) RETURN p.id AS id, count(t) AS n",
    "helped": "MATCH (p:Place)<-[:HELPS]-(a:Agency) RETURN p.id AS id, count(a) AS n",
    "reached": "MATCH (p:Place)<-[:`IN`]-(r:Result) RETURN p.id AS id, count(r) AS n",
    "document": "MATCH (d:Document)-[:HAS]->(:Provision)-[:ASSIGNS]->(t:Task) RETURN d.id AS id, count(t) AS n",
    "cited": "MATCH (d:Document)<-[:CITES]-(o:Document) RETURN d.id AS id, count(o) AS n",
    "assigning": "MATCH (:Agency)-[r:LEADS]->(:Criterion) RETURN r.document AS id, count(r) AS n",
    "group": "MATCH (a:Agency {kind: 'group'})<-[:RESPONSIBLE]-(t:Task) RETURN a.id AS id, count(t) AS n",
}

_RESULTS = f"MATCH (r:Result) RETURN r.id AS id ORDER BY id LIMIT {PAGE}"
_REACHED = f"MATCH (p:Place)<-[:`IN`]-(:Result) RETURN DISTINCT p.id AS id ORDER BY id LIMIT {PAGE}"


@dataclass(frozen=True)
class Subjects:
    """Ids of things that a graph has much or something to say about, by the names of `_DEGREES`."""

    typical: Mapping[str, str]
    largest: Mapping[str, str]
    degrees: Mapping[str, tuple[int, int]]  # of the two


def subjects(engine: Engine) -> Subjects:
    """Return what to ask about: of each kind the thing of median degree, and that of the highest."""
    typical, largest, degrees = {}, {}, {}
    for kind, text in _DEGREES.items():
        rows = sorted(engine.run(text), key=lambda row: (row["n"], row["id"]))
        middle, last = rows[len(rows) // 2], rows[-1]
        typical[kind], largest[kind], degrees[kind] = middle["id"], last["id"], (middle["n"], last["n"])
    return Subjects(typical, largest, degrees)


def cases(engine: Engine, found: Subjects) -> Iterator[tuple[str, str, Parameters]]:
    """Yield questions of `cypher/read`, with what they are asked about and their parameters.

    Raise ValueError where a question has other parameters than a case gives it, and at the end where one is not asked.
    """
    left = {path.stem for path in (texts.FOLDER / "read").glob("*.cypher")}
    for name, about, parameters in _cases(engine, found):
        if set(re.findall(r"\$(\w+)", texts.read_text(name))) != parameters.keys():
            raise ValueError(f"{name} is not asked with {sorted(parameters)}")
        left.discard(name)
        yield name, about, parameters
    if left:
        raise ValueError(f"not asked: {sorted(left)}")


def _cases(engine: Engine, found: Subjects) -> Iterator[tuple[str, str, Parameters]]:
    graph = engine.graph
    for size, of in (("typical", found.typical), ("largest", found.largest)):
        for name, parameters in _of_one(graph, of):
            yield name, size, parameters
    for name, parameters in _of_pages(engine, found):
        yield name, "page of 200", parameters
    for name, parameters in _of_names():
        yield name, "names", parameters
    for name, parameters in _of_provinces(graph, found):
        yield name, "province", parameters
    for name, parameters in _of_all(graph):
        yield name, "all", parameters


def _of_one(graph: GraphStore, of: Mapping[str, str]) -> Iterator[tuple[str, Parameters]]:
    """Yield what is asked about one agency, commune, criterion or document."""
    agency, document, cited = [of["agency"]], [of["document"]], of["cited"]
    for name, kind in (("criteria", "criterion"), ("places", "place"), ("documents", "document")):
        yield from _page(graph, f"tasks_of_{name}", {"ids": [of[kind]]})
    for name in ("leads", "coordinates"):
        yield f"{name}_of_criteria", {"ids": [of["criterion"]]}
        yield f"{name}_of_agencies", {"ids": agency}
        yield f"{name}_of_documents", {"ids": [of["assigning"]]}
        pair = {"document": of["assigning"], "criteria": _led(graph, of["assigning"])}
        yield f"{name}_by_documents", {"pairs": [pair]}
        facts = [row["fact"] for row in graph.ask("leads_of_documents", ids=[of["assigning"]]) if row["fact"]]
        yield f"{name}_by_criteria", {"ids": pair["criteria"][:1], "facts": facts[:PAGE]}
    yield from _page(graph, "tasks_of_agencies", {"ids": agency, "inferred": True})
    yield from _page(graph, "reports_to_agencies", {"ids": [of["reported"]]})
    pair = {
        "rank": 0, "group": of["group"], "member": agency[0], "named": agency, "since": date.min, "until": date.max,
        "whole": True, "bare": False, "criteria": [""],
    }  # fmt: skip
    yield "tasks_of_groups", {"pairs": [pair], "inferred": True, **_WHENEVER}
    yield "helps_of_agencies", {"ids": agency}
    yield "helps_of_places", {"ids": [of["helped"]]}
    yield "helps_of_documents", {"ids": [of["assigning"]]}
    yield "results_of_places", {"ids": [of["reached"]]}
    yield "results_of_lineage", {"ids": [of["reached"]]}
    yield "successors_of_places", {"ids": [of["place"]]}
    yield "successors_of_agencies", {"ids": [agency[0].partition("@")[0]]}
    yield "agencies", {"ids": agency}
    yield "places", {"ids": [of["place"]]}
    yield "documents", {"ids": document}
    yield "document_states", {"ids": document}
    yield "document_rows", {"ids": document}
    yield "contents_of_documents", {"ids": document}
    yield "cites", {"id": document[0]}
    days = graph.ask("count_cited_by", id=cited)
    yield "count_cited_by", {"id": cited}
    yield "cited_by", {"id": cited, **page_of_days(days, 0, PAGE)}
    yield "cited_by_document", {"id": document[0]}
    yield "changed_by", {"id": cited}
    for name in ("bases_of_documents", "ends_of_documents", "amendments_of_documents"):
        yield name, {"ids": [cited]}
    for name in ("mentioned_agencies", "mentioned_places", "mentioned_criteria"):
        yield name, {"id": document[0]}
    yield "newest_citations", {"cited": [{"id": cited, "newest": DAY}], "province": "", "undated": date.min}
    yield "documents_naming_agencies", {"ids": agency}
    yield "duties_by_documents", {"pairs": [{"document": document[0], "agencies": agency}]}
    row = graph.ask("documents", ids=document)[0]
    yield "documents_like", {"numbers": [row["number"]], "days": [row["date"]]}


def _page(graph: GraphStore, name: str, about: Parameters) -> Iterator[tuple[str, Parameters]]:
    """Yield how a list of tasks is asked for: how many there are of each day, then the days of its first page."""
    counting = {**about, **_WHENEVER}
    yield f"count_{name}", counting
    days = page_of_days(graph.ask(f"count_{name}", **counting), 0, PAGE)
    yield name, {**about, **days, **{name: _WHENEVER[name] for name in ("alive", "province")}}


def _of_pages(engine: Engine, found: Subjects) -> Iterator[tuple[str, Parameters]]:
    """Yield what is asked about the rows of one page."""
    graph = engine.graph
    *_, (name, page) = _page(graph, "tasks_of_agencies", {"ids": [found.largest["agency"]], "inferred": True})
    tasks: Parameters = {"ids": [row["task"] for row in graph.ask(name, **page)]}
    for name in ("tasks", "bound_by_tasks", "reported_by_tasks", "criteria_of_tasks", "places_of_tasks",
                 "deadlines_of_tasks"):  # fmt: skip
        yield name, tasks
    yield "paths_of_provisions", {"ids": sorted({row["provision"] for row in graph.ask("tasks", **tasks)})}
    yield "results", {"ids": [row["id"] for row in engine.run(_RESULTS)]}
    reached: Parameters = {"ids": [row["id"] for row in engine.run(_REACHED)], "day": date.max}
    for name in ("figures_until", "results_until", "targets_of_places"):
        yield name, reached
    yield "marks_until", {**reached, "first": date.min}
    newest = graph.ask("list_documents", **_ANY_DOCUMENT, **_FIRST_PAGE)
    ids: Parameters = {"ids": [row["id"] for row in newest]}
    for name in ("documents", "document_rows", "document_states", "bases_of_documents", "ends_of_documents"):
        yield name, ids


def _of_names() -> Iterator[tuple[str, Parameters]]:
    """Yield what is asked while somebody types."""
    for name in ("agencies_named", "places_named", "catalogue_places"):
        words = spoken("tài chính" if name == "agencies_named" else "phú nhuận")
        yield name, {"words": words, "province": "", "limit": 20}
    yield "agencies_of_kind", {"base": "t.stc", "province": "", "limit": 100}
    yield "catalogue_agencies", {"words": spoken("tài chính")}
    yield "criteria", {}
    yield "provinces", {}
    yield "choices_of_documents", {}
    yield "graph", {}


def _of_provinces(graph: GraphStore, found: Subjects) -> Iterator[tuple[str, Parameters]]:
    for name in ("leads_of_province", "coordinates_of_province", "dated_tasks_on_criteria"):
        yield name, {"province": _PROVINCE}
    yield "supporters_on_criteria", {"ids": [found.largest["assigning"]]}
    yield "duties_since", {"since": date(2025, 3, 1), "province": _PROVINCE}
    yield from _of_deadlines(graph, _PROVINCE)
    rules = {"recurrences": ["FREQ=MONTHLY;BYMONTHDAY=20"]}
    yield "tasks_due_by_rules", {**rules, "day": DAY, "province": _PROVINCE}
    yield "tasks_due_without_day", {"day": DAY, "province": _PROVINCE}
    yield "list_documents", {**_ANY_DOCUMENT, "province": _PROVINCE, **_FIRST_PAGE}
    yield "count_documents", {**_ANY_DOCUMENT, "province": _PROVINCE}
    for name in ("issues", "missing_documents", "tasks_due_before_documents"):
        more = _UNSEEN | ({"code": ""} if name == "issues" else {})
        yield name, {**more, "province": _PROVINCE, **_FIRST_PAGE}
        yield f"count_{name}", {"province": _PROVINCE, **more}


def _of_all(graph: GraphStore) -> Iterator[tuple[str, Parameters]]:
    """Yield totals and reviews of the whole workspace."""
    yield "totals", {}
    yield "provinces_of_leads", {}
    yield "taken_in", {}
    yield from _of_deadlines(graph, "")
    yield "list_documents", {**_ANY_DOCUMENT, **_FIRST_PAGE}
    yield "count_documents", _ANY_DOCUMENT
    for name in ("issues", "missing_documents", "tasks_due_before_documents"):
        more = _UNSEEN | ({"code": ""} if name == "issues" else {})
        yield name, {"province": "", **more, **_FIRST_PAGE}
        yield f"count_{name}", {"province": "", **more}


def _of_deadlines(graph: GraphStore, province: str) -> Iterator[tuple[str, Parameters]]:
    """Yield how a list of deadlines is asked for: the days of all, then the tasks of a page of them."""
    of: Parameters = {"day": DAY, "province": province}
    yield "deadline_days", of
    days = [DAY + timedelta(each) for each in range(31)]
    yield "tasks_due_on", {**of, "days": days, "first": days[0], "last": days[-1]}
    yield "count_tasks_without_deadline", of
    yield "days_of_tasks_without_deadline", {**of, "limit": PAGE}
    page = page_of_days(graph.ask("days_of_tasks_without_deadline", **of, limit=PAGE), 0, PAGE)
    yield "tasks_without_deadline", {**of, **page}


def _led(graph: GraphStore, document: str) -> list[str]:
    rows: list[Row] = graph.ask("leads_of_documents", ids=[document])
    return sorted({row["criterion"] for row in rows if row["criterion"]})


def answers(graph: GraphStore, found: Subjects) -> dict[str, Callable[[], object]]:
    """Return what pages ask, each of which takes several questions."""
    document = found.largest["document"]
    place = graph.ask("places", ids=[found.largest["place"]])[0]

    def ask(**words: object) -> Callable[[], object]:
        return lambda: trace(graph, TraceQuestion(**words))  # type: ignore[arg-type]

    def due(**words: object) -> Callable[[], object]:
        return lambda: deadlines(graph, DeadlineQuestion(**words))  # type: ignore[arg-type]

    return {
        "trace: criterion 17 of a province": ask(criterion="17", province=_PROVINCE),
        "trace: criterion 17 of a province on a day": ask(criterion="17", province=_PROVINCE, on=DAY),
        "trace: criterion 17 of all sets": ask(criterion="17"),
        "trace: criterion by name on a day": ask(criterion="giao thong", on=DAY),
        "trace: department of a province": ask(agency="Sở Tài chính", province=_PROVINCE),
        "trace: department of all provinces": ask(agency="Sở Tài chính"),
        "trace: department and criterion": ask(agency="Sở Tài chính", criterion="17", province=_PROVINCE),
        "trace: largest agency": ask(agency=found.largest["agency"]),
        "trace: largest commune": ask(place=place["name"], province=place["province"]),
        "trace: largest document": ask(document=document),
        "deadlines: first page": due(on=DAY),
        "deadlines: late, page 100": due(on=date(2026, 1, 1), state=TaskState.OPEN_LATE, offset=20_000),
        "deadlines: a month of a province": due(on=DAY, from_=DAY, to=date(2020, 1, 31), province=_PROVINCE),
        "deadlines: department of a province": due(on=DAY, agency="Sở Tài chính", province=_PROVINCE),
        "documents: first page": lambda: documents.documents(graph),
        "documents: of a province": lambda: documents.documents(graph, province=_PROVINCE),
        "documents: by words and year": lambda: documents.documents(graph, "đẩy mạnh", year=2018),
        "document: largest, with citations": lambda: (
            documents.document(graph, document), documents.cites(graph, document), documents.cited_by(graph, document),
        ),
        "document: most cited": lambda: documents.cited_by(graph, found.largest["cited"]),
        "overview": lambda: (documents.totals(graph), task_states(graph, DAY)),
        "suggestions: agencies": lambda: names.agencies(graph, "so"),
        "suggestions: places": lambda: names.places(graph, "phu"),
        "suggestions: criteria": lambda: names.criteria(graph, "giao"),
    }  # fmt: skip
