"""What places had reached by a day and are to reach, each with its sentence; `standing.py` has whole provinces."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ntmgraph.authority import MERGER, Merger, catalogue
from ntmgraph.queries import (
    Because,
    CriterionName,
    ProgressAnswer,
    ProgressQuestion,
    ProgressRow,
    ProgressView,
    TargetProgress,
    Told,
)
from ntmgraph.store import GraphStore, Row
from ntmgraph.text import key, order
from ntmgraph.workspace.inference import Known, place_heir
from ntmgraph.workspace.names import criterion_name, known_places, place_name, provinces, resolve_places
from ntmgraph.workspace.records import document_name, documents_by_id, evidence_of
from ntmgraph.workspace.standing import EVERY, named, of_province, plain

# The rows of the command line: everything told, with its sentence


def progress(store: GraphStore, question: ProgressQuestion) -> ProgressAnswer:
    """Return one page of the last that documents tell of each place asked about, criterion and measure."""
    places, note = _asked(store, question)
    if note is not None:
        return ProgressAnswer((), 0, note)
    carried = {} if question.stated_only else _carried(places, question.on)
    told = _newest(store, {*places, *carried}, question.on)
    if question.set is not None:
        told = [each for each in told if each["set"] in (question.set, None)]
    if question.criterion is not None:
        told = [each for each in told if str(each["number"]) == question.criterion]
    if question.among is not None:
        heirs = {old: step.to.id for old, step in carried.items()}
        told = [each for each in told if heirs.get(each["place"], each["place"]) in question.among]
    found = sorted(told, key=lambda each: _row_order(each, carried))
    page = found[question.offset : question.offset + question.limit]
    rows = result_rows(store, [each["result"] for each in page], on=question.on, carried=carried)
    return ProgressAnswer(rows, len(found), None if found else _nothing(question))


def result_rows(
    store: GraphStore, ids: Sequence[str], *, on: date, carried: Mapping[str, Because] | None = None
) -> tuple[ProgressRow, ...]:
    """Return results with their sentences, in the order given; those that are there no more are left out.

    carried: by the id of a place, how it went into the one asked about; None: by the mergers until the day.
    """
    rows = {row["result"]: row for row in store.ask("results", ids=sorted(set(ids)))} if ids else {}
    documents = documents_by_id(store, {row["document"] for row in rows.values() if row["document"]})
    named = {row["place"] for row in rows.values() if row["place"]}
    places = {row["id"]: place_name(row) for row in store.ask("places", ids=sorted(named))} if named else {}
    if carried is None:
        carried = {old: step for id in named for old, step in _heirs_of(id, on)}
    found = []
    for row in (rows[id] for id in ids if id in rows):
        if row["document"] not in documents or row["place"] not in places:
            continue
        step = carried.get(row["place"])
        found.append(
            ProgressRow(
                id=row["result"],
                place=places[row["place"]],
                criterion=_criterion(row),
                **_measure(row),
                carried=step.rule if step else None,
                document=document_name(documents[row["document"]]),
                evidence=evidence_of(row),
                because=(step,) if step else (),
            )
        )
    return tuple(found)


def _measure(row: Row) -> dict[str, Any]:
    """Return what a result says; the graph holds numbers with a fraction, papers tell most without one."""
    numbers = {name: plain(row[name]) for name in ("value", "of")}
    return {name: row[name] for name in ("measure", "unit", "met", "as_of")} | numbers


def _asked(store: GraphStore, question: ProgressQuestion) -> tuple[dict[str, None], str | None]:
    """Return the places that a question is about, or in words why there is none."""
    if question.place:
        found = resolve_places(store, question.place, question.province)
        found = found or known_places(store, question.place, question.province)
        if not found:
            where = f" của {question.province}" if question.province else ""
            return {}, f"Chưa có văn bản nào nêu địa bàn “{question.place}”{where}. Hãy kiểm tra lại tên gọi."
        return dict.fromkeys(each.id for each in found), None
    ids: dict[str, None] = {}
    for name in (question.province,) if question.province else provinces(store):
        ids |= dict.fromkeys(of_province(name).ids)
    return ids, None


def _carried(places: Collection[str], on: date) -> dict[str, Because]:
    """Return the communes that went by a day into those asked about, each with how it did."""
    if on < MERGER:
        return {}
    formed = catalogue().formed_of
    return {each.old: _step(each) for id in places for each in formed.get(id, ())}


def _heirs_of(place: str, on: date) -> Iterable[tuple[str, Because]]:
    if on >= MERGER:
        yield from ((place, _step(each)) for each in catalogue().went_into.get(place, ())[:1])


def _step(merger: Merger) -> Because:
    return place_heir(merger, Known(catalogue(), MERGER))


def _newest(store: GraphStore, places: Collection[str], on: date) -> list[Row]:
    """Return the last told by a day of each place, criterion and measure."""
    rows = store.ask("results_until", ids=sorted(places), day=on) if places else []
    rows.sort(key=lambda row: (row["as_of"] or date.min, row["result"]))
    return list({(row["place"], row["criterion"], row["measure"]): row for row in rows}.values())


def _row_order(row: Row, carried: Mapping[str, Because]) -> tuple[object, ...]:
    """Order results by place, the largest first, and what is told of it as a whole before its criteria."""
    id = row["place"]
    unit = catalogue().units.get(carried[id].to.id if id in carried else id)
    level = ("province", "district", "commune").index(unit.level) if unit else 3
    number = str(row["number"] or "")
    digits = tuple(int(part) for part in number.split(".") if part.isdigit())
    return level, order(unit.name) if unit else (), id in carried, id, row["set"] or "", digits, row["measure"]


def _nothing(question: ProgressQuestion) -> str:
    where = question.place or question.province
    return (
        f"Chưa có văn bản nào nêu kết quả{f' của {where}' if where else ''} tính đến ngày {question.on:%d/%m/%Y}. "
        "Hãy nạp báo cáo hoặc biểu tổng hợp."
    )


def standing_rows(
    store: GraphStore, question: ProgressQuestion, place: str, criterion: str | None
) -> tuple[ProgressRow, ...]:
    """Return what one standing rests on, each with its sentence: what is told last of the criterion (None: of the count
    of all) in the commune, or in those that it was formed of; where nothing is told of the criterion, the counts."""
    formed = [] if question.stated_only or question.on < MERGER else catalogue().formed_of.get(place, [])
    rows = _newest(store, {place, *(each.old for each in formed)}, question.on)
    found: list[Row] = []
    for of in (place, *(each.old for each in formed)):
        own = [row for row in rows if row["place"] == of]
        marks = [row for row in own if row["criterion"] == criterion and criterion and row["met"] is not None]
        counts = [row for row in own if row["criterion"] is None and row["unit"] == "tiêu chí"]
        told = sorted(marks, key=lambda row: row["as_of"] or date.min)[-1:]
        if not told or (counts and (counts[-1]["as_of"] or date.min) > (told[0]["as_of"] or date.min)):
            told = counts[-1:] + told
        found += told
        if of == place and told:
            break
    return result_rows(store, [row["result"] for row in found], on=question.on)


# Targets


def targets(store: GraphStore, question: ProgressQuestion, shown: ProgressView) -> tuple[TargetProgress, ...]:
    """Return the figures that the province and, while there are any, its districts are to reach, the nearest day first,
    beside what is told of the same; of one district only its own."""
    units = of_province(shown.province)
    districts = {unit.id: unit for unit in units.districts} if question.on < MERGER else {}
    within = districts.get(question.within or "")
    places = {within.id} if within else {unit.id for unit in units.provinces} | districts.keys()
    rows = store.ask("targets_of_places", ids=sorted(places), day=question.on) if places else []
    if shown.set is not None:
        rows = [row for row in rows if row["set"] in (None, shown.set)]
    documents = documents_by_id(store, {row["document"] for row in rows})

    def place_of(id: str) -> str | None:
        return id if id in districts else None

    told = {
        (place_of(each["place"]), each["criterion"], _measured(each["measure"]), each["unit"]): each
        for each in sorted(_newest(store, places, question.on), key=lambda each: each["as_of"] or date.min)
        if each["value"] is not None
    }
    at = {each.id: index for index, each in enumerate(shown.criteria)}
    stated = {each.place.id: each.stated for each in shown.groups} | {None: shown.stated}
    found = []
    for row in rows:
        if row["document"] not in documents or row["value"] is None:
            continue
        measure = _measured(row["measure"])
        place = place_of(row["place"])
        reached = told.get((place, row["criterion"], measure, row["unit"])) if measure else None
        figure = None
        if reached is not None:
            value, of = plain(reached["value"]) or 0, plain(reached["of"])
            figure = Told(value, of, reached["as_of"], reached["result"], reached["place"])
        if row["criterion"] is None and row["measure"] in EVERY and row["of"] is not None:
            figure = stated.get(place)  # the newest, by whichever of these words it is told
        whole = place == (within.id if within else None)  # else the communes shown are not those of the target
        counts = whole and row["measure"] == "số xã đạt chuẩn tiêu chí" and row["criterion"] in at
        found.append(
            TargetProgress(
                id=row["target"],
                measure=row["measure"],
                value=plain(row["value"]),
                of=plain(row["of"]),
                unit=row["unit"],
                by=row["by"],
                criterion=_criterion(row),
                document=document_name(documents[row["document"]]),
                evidence=evidence_of(row),
                reached=figure,
                counted=shown.reached(at[row["criterion"]]) if counts else None,
                place=named(districts[place]) if place else None,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.by or date.max, _number(each.criterion), each.evidence.start)))


def _measured(measure: str) -> str | None:
    """Return the form under which measures are compared; None for one that says only what is counted ("số xã")."""
    words = key(measure).removesuffix(" một xã")
    return words if len(words.split()) > len(("số", "xã")) else None


def _criterion(row: Row) -> CriterionName | None:
    return criterion_name(row | {"id": row["criterion"], "name": row["criterion_name"]}) if row["criterion"] else None


def _number(criterion: CriterionName | None) -> int:
    return criterion.number if criterion is not None and isinstance(criterion.number, int) else 0
