"""Decisions: the log and what it says, what each kind does to a reading, and that it fits again when it is read anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import Directive
from scene import PHU_NHUAN, first

from ntmgraph.ids import added_id, assignment_id, document_of, fact_id, help_id, kind_of, part_id
from ntmgraph.model import Actor, Basis, DeadlineKind, Evidence, Mention, Reading, Role, Task
from ntmgraph.queries import TraceQuestion
from ntmgraph.rules import LANGUAGES, rule_words
from ntmgraph.store import open_embedded
from ntmgraph.store.rows import reading_rows
from ntmgraph.workspace.deciding import Applied, apply, seen
from ntmgraph.workspace.decisions import (
    UNCHECKED,
    DecidedMeanwhileError,
    Decision,
    DecisionKind,
    JournalDecisions,
    Proof,
    Unchecked,
    UnknownDecisionError,
    by_document,
    contradicted,
    decide,
    done_days,
    fresh,
    from_record,
    history,
    mark_done,
    settled,
    standing,
    to_record,
    undo,
)
from ntmgraph.workspace.decisions import said as said_of
from ntmgraph.workspace.journal import Journal
from ntmgraph.workspace.trace import trace

K = DecisionKind
READING = first()
DOCUMENT = READING.document.id
REVIEW, REPORT, SPREAD, GUIDE = (task.id for task in READING.tasks)
ASSIGNED, HELPED = assignment_id(DOCUMENT, READING.assignments[0]), help_id(DOCUMENT, READING.helps[0])
STC, SCT = "t.stc@lao-cai", "t.sct@lao-cai"
INSPECTORS = {"name": "Thanh tra tỉnh", "id": "a.thanh-tra-tinh@lao-cai"}
FINANCE, INDUSTRY = {"name": "Sở Tài chính", "id": STC}, {"name": "Sở Công Thương", "id": SCT}
EDUCATION = {"name": "Sở Giáo dục và Đào tạo", "id": "t.sgddt@lao-cai"}  # of the catalogue; the letter does not name it
CREW = {"name": "Tổ công tác 17", "id": None}


def said(kind: K, fact: str, after: dict[str, Any] | None = None, before: dict[str, Any] | None = None) -> Decision:
    return decide(kind, fact, by="an", document=document_of(fact) or DOCUMENT, before=before, after=after)


def merged_everywhere(one: str, into: str, name: str | None = None) -> Decision:
    return decide(K.MERGED, one, by="an", after={"into": into, "name": name})


def decided(*decisions: Decision, reading: Reading = READING) -> Reading:
    """Return a reading with decisions that must all fit it, and that the store can write."""
    applied = apply(reading, decisions)
    assert applied.unfitting == ()
    assert broken_quotes(applied.reading) == []
    reading_rows(applied.reading)
    return applied.reading


def broken_quotes(reading: Reading) -> list[object]:
    """Return evidence and mentions whose words are not those of the text at their offsets."""
    text = reading.document.text
    evidence: Iterator[Evidence] = (
        each.evidence
        for each in (*reading.deadlines, *reading.tasks, *reading.assignments, *reading.helps, *reading.references)
    )
    mentions: Iterator[Mention] = (mention for each in reading.agencies for mention in each.mentions)
    wrong: list[object] = [each for each in evidence if text[each.start : each.end] != each.quote]
    return wrong + [each for each in mentions if text[each.start : each.end] != each.text]


def task(reading: Reading, id: str) -> Task:
    (found,) = (each for each in reading.tasks if each.id == id)
    return found


def names(actors: Sequence[Actor]) -> list[str]:
    return [actor.name for actor in actors]


# The log


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_words(language: str) -> None:
    assert [kind for kind in K if not rule_words(kind.rule, language)] == []


EVERY_KIND = (
    said(K.ACCEPTED, REVIEW, before={"what": "rà soát", "quote": "“rà soát”"}),
    said(K.CHANGED, REVIEW, {"who": [FINANCE], "deadline": None}),
    mark_done(REVIEW, date(2020, 3, 1), by="bình", why="đã gửi báo cáo", proof=Proof("0" * 64, "bao-cao.pdf")),
    undo(said(K.REJECTED, HELPED), by="chi"),
    merged_everywhere(STC, SCT),
    said(K.ADDED, added_id(DOCUMENT, 0, "x"), {"what": "rà soát"}, {"quote": "“rà soát”", "start": 0}),
)


@pytest.mark.parametrize("decision", EVERY_KIND, ids=lambda decision: decision.kind)
def test_a_decision_comes_back_from_its_record(decision: Decision) -> None:
    record = json.loads(json.dumps(to_record(decision)))
    assert from_record(record) == decision
    as_texts = {name: json.dumps(record[name]) if record[name] else None for name in ("before", "after")}
    assert from_record(record | as_texts) == decision


def test_the_log_reads_only_what_came_since(tmp_path: Path) -> None:
    log, other = JournalDecisions(tmp_path / "decisions.jsonl"), JournalDecisions(tmp_path / "decisions.jsonl")
    assert log.all() == ()
    log.append(EVERY_KIND[:2], seen=UNCHECKED)
    before = log.all()
    other.append(EVERY_KIND[2:3], seen=UNCHECKED)
    assert log.all() == EVERY_KIND[:3] == JournalDecisions(tmp_path / "decisions.jsonl").all()
    assert all(again is already for again, already in zip(log.all(), before, strict=False))


# The first was not said: not all of it was written.
@pytest.mark.parametrize("torn", ['{"id": "x", "kind": "acc', json.dumps(to_record(EVERY_KIND[0]))])
def test_a_torn_line_is_no_decision_and_harms_no_later_one(tmp_path: Path, torn: str) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_text(torn, encoding="utf-8")
    log = JournalDecisions(path)
    assert log.all() == ()
    log.append(EVERY_KIND[1:2], seen=None)
    assert log.all() == EVERY_KIND[1:2]


def test_what_is_there_already_is_not_appended(tmp_path: Path) -> None:
    log = JournalDecisions(tmp_path / "decisions.jsonl")
    log.append(EVERY_KIND[:2], seen=UNCHECKED)
    log.append([*EVERY_KIND[:3], EVERY_KIND[2]], seen=UNCHECKED)
    assert log.all() == EVERY_KIND[:3]


OLD_LINES = (
    {
        "at": "2020-03-01T08:00:00+00:00",
        "by": "an",
        "kind": "done",
        "task": "d/task-1",
        "on": "2020-02-28",
        "note": "x",
    },
    {
        "at": "2020-03-02T08:00:00+00:00",
        "by": "an",
        "kind": "done",
        "task": "d/task-2",
        "on": "2020-03-02",
        "note": None,
    },
    {"at": "2020-03-03T08:00:00+00:00", "by": "bình", "kind": "done", "task": "d/task-1", "on": None, "note": "nhầm"},
)


def test_lines_of_the_log_before_decisions_had_ids_are_states(tmp_path: Path) -> None:
    Journal(tmp_path / "decisions.jsonl").append(OLD_LINES)
    log, again = (JournalDecisions(tmp_path / "decisions.jsonl").all() for _ in range(2))
    assert done_days(log) == {"d/task-2": date(2020, 3, 2)}
    assert [(each.after, each.why, each.by) for each in history(log, "d/task-1")] == [
        ({"state": "done", "on": "2020-02-28"}, "x", "an"),
        ({"state": "open"}, "nhầm", "bình"),
    ]
    assert len({each.id for each in log}) == 3
    assert [each.id for each in log] == [each.id for each in again]
    assert from_record(to_record(log[0])) == log[0]


# Undoing


def test_undoing_is_a_decision_that_can_be_undone() -> None:
    done, later = mark_done(REVIEW, date(2020, 3, 1), by="an"), mark_done(REVIEW, date(2020, 3, 5), by="an")
    undone = undo(later, by="bình", why="nhầm")
    redone = undo(undone, by="an")
    log = [done, later, undone, redone]
    days = [done_days(log[:count]).get(REVIEW) for count in range(5)]
    assert days == [None, date(2020, 3, 1), date(2020, 3, 5), date(2020, 3, 1), date(2020, 3, 5)]
    assert standing(log[:3]) == (done,)
    assert history(log, REVIEW) == tuple(log)
    assert history(log, REPORT) == ()


def test_only_a_decision_of_the_log_can_be_undone(tmp_path: Path) -> None:
    log = JournalDecisions(tmp_path / "decisions.jsonl")
    mark = mark_done(REVIEW, None, by="an")
    with pytest.raises(UnknownDecisionError, match="hoàn tác"):
        log.append([undo(mark, by="an")], seen=UNCHECKED)
    assert log.all() == ()
    log.append([mark, undo(mark, by="an")], seen=UNCHECKED)
    assert standing(log.all()) == ()


# Several logs


def test_what_was_said_later_stands_wherever_it_is_logged() -> None:
    done = replace(mark_done(REVIEW, date(2020, 3, 1), by="an"), at=datetime(2020, 3, 1, 8, tzinfo=UTC))
    open_ = replace(mark_done(REVIEW, None, by="bình"), at=datetime(2020, 1, 5, 8, tzinfo=UTC))
    assert done_days([done, open_]) == done_days([open_, done]) == {REVIEW: date(2020, 3, 1)}
    assert log_says([done, open_]) == date(2020, 3, 1)
    one, other = (
        replace(said(K.CHANGED, REVIEW, {"who": [who]}), at=datetime(2020, month, 1, tzinfo=UTC))
        for who, month in ((FINANCE, 2), (INDUSTRY, 1))
    )
    assert names(task(decided(one, other), REVIEW).who) == ["Sở Tài chính"]
    assert history([done, open_], REVIEW) == (open_, done)
    assert fresh([done, open_], [again := mark_done(REVIEW, None, by="an")], done.id) == (again,)  # an older one came
    back = replace(undo(done, by="an"), at=datetime(2020, 2, 1, tzinfo=UTC))  # by a clock that was behind
    assert done_days([open_, done, back]) == {}
    assert history([open_, done, back], REVIEW) == (open_, done, back)


def log_says(decisions: list[Decision]) -> date | None:
    return said_of(decisions)[REVIEW].done


def test_what_is_said_on_a_log_is_dated_after_what_it_says_of_the_document() -> None:
    ahead = replace(said(K.REJECTED, REVIEW), at=datetime(2100, 1, 1, tzinfo=UTC))
    elsewhere, here, there = said(K.ACCEPTED, "d/task-1"), said(K.ACCEPTED, REPORT), undo(ahead, by="an")
    assert settled([ahead], [elsewhere]) == (elsewhere,)
    first_, second = settled([ahead], [here, there])
    assert ahead.at < first_.at < second.at
    assert standing([ahead, first_, second]) == (first_,)
    everywhere = settled([ahead], [merged_everywhere(STC, SCT)])[0]
    assert everywhere.at > ahead.at
    assert settled([everywhere], [elsewhere])[0].at > everywhere.at


def test_facts_are_named_on_which_two_sides_decided_differently() -> None:
    both, ours, theirs = (said(K.CHANGED, REVIEW, {"role": role}) for role in ("request", "direct", "advise"))
    same = said(K.CHANGED, REVIEW, {"role": "direct"})
    assert contradicted([both, ours], [both, theirs]) == (REVIEW,)
    assert contradicted([both, ours], [both, undo(both, by="an")]) == (REVIEW,)
    assert contradicted([both, ours], [both]) == contradicted([both], [both, theirs]) == ()
    assert contradicted([ours], [same]) == contradicted([ours, theirs], [theirs]) == ()


# Two people at once

HERS, HIS = said(K.CHANGED, REVIEW, {"role": "request"}), said(K.CHANGED, REVIEW, {"role": "direct"})
LATER = said(K.REJECTED, REVIEW)


@pytest.mark.parametrize(
    ("earlier", "new", "seen_last", "other"),
    [
        ([], HIS, None, None),
        ([HERS], HIS, None, HERS),
        ([HERS], HIS, HERS.id, None),
        ([HERS], HIS, UNCHECKED, None),
        ([HERS, LATER], HIS, HERS.id, LATER),
        ([HERS, LATER], HIS, LATER.id, None),
        ([HERS], HIS, "of another store", HERS),
        ([HERS], said(K.CHANGED, REVIEW, {"role": "request"}), None, None),  # the same content
        ([LATER, HERS], said(K.CHANGED, REVIEW, {"role": "request"}), None, LATER),
        ([said(K.CHANGED, REPORT, {"role": "request"})], HIS, None, None),  # another fact
        ([HERS, undone := undo(HERS, by="bình")], HIS, HERS.id, undone),
        ([HERS, LATER], undo(HERS, by="bình"), HERS.id, LATER),  # an undoing is on the fact of what it undoes
        ([HERS], undo(HERS, by="bình"), HERS.id, None),
    ],
    ids=lambda value: type(value).__name__,  # ids of decisions differ in each process
)
def test_what_somebody_decided_meanwhile_is_not_overridden_unseen(
    earlier: list[Decision], new: Decision, seen_last: str | Unchecked | None, other: Decision | None
) -> None:
    if other is None:
        assert fresh(earlier, [new], seen_last) == (new,)
    else:
        with pytest.raises(DecidedMeanwhileError) as error:
            fresh(earlier, [new], seen_last)
        assert error.value.decision == other


def test_a_conflict_says_who_decided_what_and_writes_nothing(tmp_path: Path) -> None:
    log = JournalDecisions(tmp_path / "decisions.jsonl")
    hers = replace(HERS, by="Nguyễn Thị B", at=datetime(2020, 3, 1, 8).astimezone())
    log.append([hers], seen=None)
    with pytest.raises(
        DecidedMeanwhileError, match="người dùng sửa, Nguyễn Thị B ghi lúc 08:00 ngày 01/03/2020"
    ) as error:
        log.append([said(K.ACCEPTED, REPORT), HIS], seen=None)
    assert error.value.decision == hers
    assert log.all() == (hers,)


# What each kind does


@pytest.mark.parametrize("fact", [REVIEW, ASSIGNED, HELPED])
def test_an_accepted_fact_is_decided_and_stays_as_it_was(fact: str) -> None:
    reading = decided(said(K.ACCEPTED, fact))
    (evidence,) = (
        each.evidence
        for each in (*reading.tasks, *reading.assignments, *reading.helps)
        if each.evidence.basis is Basis.DECIDED
    )
    assert evidence.rule == "decision.accepted"
    read = {ASSIGNED: READING.assignments[0], HELPED: READING.helps[0]}.get(fact) or task(READING, REVIEW)
    assert replace(evidence, basis=Basis.STATED, rule=read.evidence.rule) == read.evidence
    assert seen(reading, fact) == seen(READING, fact)


def test_the_doers_of_an_accepted_task_are_no_longer_inferred() -> None:
    letter = Directive()
    id = letter.task("lập danh mục", ["Sở Tài chính"], inferred=True)
    assert task(letter.reading(), id).basis is Basis.INFERRED
    assert task(decided(said(K.ACCEPTED, id), reading=letter.reading()), id).basis is Basis.DECIDED


@pytest.mark.parametrize(
    ("after", "field", "value"),
    [
        ({"what": "rà soát lại"}, "what", "rà soát lại"),
        ({"who": [INDUSTRY, FINANCE, INDUSTRY]}, "who", (Actor("Sở Công Thương", SCT, "Sở Công Thương"), Actor("Sở Tài chính", STC, "Sở Tài chính"))),
        ({"who": [CREW]}, "who", (Actor("Tổ công tác 17", None, ""),)),
        ({"who": [EDUCATION]}, "who", (Actor("Sở Giáo dục và Đào tạo", "t.sgddt@lao-cai", ""),)),
        ({"with": []}, "with_", ()),
        ({"advise": [INDUSTRY]}, "advise", (Actor("Sở Công Thương", SCT, "Sở Công Thương"),)),
        ({"supervise": []}, "supervise", ()),
        ({"reports_to": [FINANCE]}, "reports_to", (Actor("Sở Tài chính", STC, "Sở Tài chính"),)),
        ({"via": []}, "via", ()),
        ({"role": "request"}, "role", Role.REQUEST),
        ({"deadline": None}, "deadline", None),
        ({"criteria": ["VN-XA-2016:3"]}, "criteria", ("VN-XA-2016:3",)),
        ({"places": ["p.02944", {"id": "p.thon-a@lao-cai", "name": "thôn A"}]}, "places", ("p.02944", "p.thon-a@lao-cai")),
    ],
)  # fmt: skip
def test_changed_fields_of_a_task(after: dict[str, Any], field: str, value: object) -> None:
    read, changed = task(READING, REVIEW), task(decided(said(K.CHANGED, REVIEW, after)), REVIEW)
    assert getattr(changed, field) == value != getattr(read, field)
    assert changed.evidence == replace(read.evidence, basis=Basis.DECIDED, rule="decision.changed")
    assert replace(changed, evidence=read.evidence, **{field: getattr(read, field)}) == read


@pytest.mark.parametrize(
    ("given", "deadline"),
    [
        ({"date": "2017-03-31"}, ("ngày 31/03/2017", DeadlineKind.BY, date(2017, 3, 31), None)),
        (
            {"date": "2017-03-31", "recurrence": None, "text": "trước 31/3", "kind": "before"},
            ("trước 31/3", DeadlineKind.BEFORE, date(2017, 3, 31), None),
        ),
        ({"recurrence": "FREQ=MONTHLY;BYMONTHDAY=5"}, ("định kỳ", DeadlineKind.RECURRING, None, "FREQ=MONTHLY;BYMONTHDAY=5")),
        ({"text": "khi có yêu cầu"}, ("khi có yêu cầu", DeadlineKind.EVENT, None, None)),
    ],
)  # fmt: skip
def test_a_changed_deadline_is_one_more_and_stands_where_the_task_stands(
    given: dict[str, Any], deadline: tuple[object, ...]
) -> None:
    reading = decided(said(K.CHANGED, REVIEW, {"deadline": given}))
    assert reading.deadlines[: len(READING.deadlines)] == READING.deadlines
    (new,) = reading.deadlines[len(READING.deadlines) :]
    assert (new.text, new.kind, new.date, new.recurrence) == deadline
    assert task(reading, REVIEW).deadline == len(READING.deadlines)
    assert new.evidence == task(reading, REVIEW).evidence


def test_a_deadline_that_a_later_decision_replaced_leaves_nothing_behind() -> None:
    decisions = [
        said(K.CHANGED, id, {"deadline": {"date": f"2017-0{month}-01"}}) for month in (3, 4) for id in (REVIEW, GUIDE)
    ]
    reading = decided(*decisions)
    days = [reading.deadlines[task(reading, id).deadline or 0].date for id in (REVIEW, GUIDE)]
    assert days == [date(2017, 4, 1)] * 2
    assert len(reading.deadlines) == len(READING.deadlines) + 2


@pytest.mark.parametrize(
    ("after", "field", "value"),
    [
        ({"lead": [INDUSTRY]}, "lead", ["Sở Công Thương"]),
        ({"coordinate": [EDUCATION, FINANCE]}, "coordinate", ["Sở Giáo dục và Đào tạo", "Sở Tài chính"]),
        ({"from": None}, "from_", None),
        ({"to": "2025-12-31"}, "to", date(2025, 12, 31)),
        ({"criterion": {"set": "VN-XA-2016", "number": 18}}, "criterion", 18),
    ],
)
def test_changed_fields_of_an_assignment(after: dict[str, Any], field: str, value: object) -> None:
    reading = decided(said(K.CHANGED, ASSIGNED, after))
    (changed,) = reading.assignments
    is_now = getattr(changed, field)
    assert (names(is_now) if isinstance(is_now, tuple) else is_now.number if field == "criterion" else is_now) == value
    # although the criterion is part of what the id was made from
    rows = reading_rows(reading).edges["LEADS", "Agency", "Criterion"]
    assert {changed.id, *(row["fact"] for row in rows)} == {ASSIGNED}
    assert (changed.evidence.rule, changed.evidence.basis) == ("decision.changed", Basis.DECIDED)


@pytest.mark.parametrize(
    ("after", "value"),
    [
        ({"agency": INDUSTRY}, ("Sở Công Thương", "Trần Thị B", "p.02944")),
        ({"person": None}, ("Sở Tài chính", None, "p.02944")),
        ({"place": {"name": "thị trấn Phố Ràng", "id": "p.02947"}}, ("Sở Tài chính", "Trần Thị B", "p.02947")),
    ],
)
def test_changed_fields_of_help(after: dict[str, Any], value: object) -> None:
    reading = decided(said(K.CHANGED, HELPED, after))
    (changed,) = reading.helps
    assert (changed.agency.name, changed.person, changed.place.id) == value
    assert {changed.id, *(row["fact"] for row in reading_rows(reading).edges["HELPS", "Agency", "Place"])} == {HELPED}


def test_what_only_a_person_named_has_a_record_without_a_mention() -> None:
    places = [{"id": "p.thon-a@lao-cai", "name": "thôn A"}, "p.02947"]
    after = {"who": [EDUCATION, CREW], "criteria": ["VN-XA-2016:14", "VN-XA-2016:17.2", "?:9"], "places": places}
    overridden = said(K.CHANGED, REVIEW, {"who": [{"name": "Sở Xây dựng", "id": "t.sxd@lao-cai"}]})
    reading = decided(overridden, said(K.CHANGED, REVIEW, after))
    agency, place = reading.agencies[len(READING.agencies) :], reading.places[len(READING.places) :]
    criteria = reading.criteria[len(READING.criteria) :]
    assert [(each.name, each.level, each.kind, each.province, each.mentions) for each in agency] == [
        ("Sở Giáo dục và Đào tạo", "province", "department", "Lào Cai", ())
    ]
    assert [(each.name, each.level, each.mentions) for each in place] == [
        ("thôn A", "village", ()),
        ("thị trấn Phố Ràng", "commune", ()),
    ]
    assert [(each.set, each.number, each.name) for each in criteria] == [
        ("VN-XA-2016", 14, "Giáo dục và Đào tạo"),
        ("VN-XA-2016", "17.2", None),
        (None, 9, None),
    ]


@pytest.mark.parametrize(
    ("id", "level"),
    [
        ("a.to-cong-tac", "central"),
        ("a.to-cong-tac@lao-cai", "province"),
        ("h.ubnd@lao-cai.bao-thang", "district"),
        ("a.to-cong-tac@lao-cai.bao-thang", None),  # of a district or a commune: the store knows it by name only
    ],
)
def test_the_level_of_a_body_is_not_guessed(id: str, level: str | None) -> None:
    reading = decided(said(K.CHANGED, REVIEW, {"who": [{"name": "Tổ công tác", "id": id}]}))
    assert [each.level for each in reading.agencies[len(READING.agencies) :]] == ([level] if level else [])
    assert reading_rows(reading).nodes["Agency"][id]["name"] == "Tổ công tác"


@pytest.mark.parametrize("fact", [REVIEW, ASSIGNED, HELPED])
def test_a_rejected_fact_is_gone(fact: str) -> None:
    reading = decided(said(K.REJECTED, fact))
    counts = [(len(each.tasks), len(each.assignments), len(each.helps)) for each in (READING, reading)]
    assert counts == [(4, 1, 1), {REVIEW: (3, 1, 1), ASSIGNED: (4, 0, 1), HELPED: (4, 1, 0)}[fact]]
    with pytest.raises(KeyError):
        seen(reading, fact)


def test_a_task_merged_into_another_takes_its_bodies_criteria_and_places_along() -> None:
    reading = decided(said(K.MERGED, REVIEW, {"into": REPORT}))
    kept = task(reading, REPORT)
    assert [each.id for each in reading.tasks] == [REPORT, SPREAD, GUIDE]
    assert names(kept.who) == ["Sở Công Thương", "Sở Tài chính"]  # the first of them stood beside the second
    assert (kept.with_, names(kept.supervise), names(kept.via)) == ((), ["Thanh tra tỉnh"], ["Văn phòng Điều phối"])
    assert (kept.criteria, kept.places) == (("VN-XA-2016:17",), (PHU_NHUAN[1],))
    assert kept.deadline == task(READING, REPORT).deadline
    into_guide = task(decided(said(K.MERGED, REVIEW, {"into": GUIDE})), GUIDE)  # which has no deadline of its own
    assert into_guide.deadline == task(READING, REVIEW).deadline is not None
    assert (kept.what, kept.evidence.quote) == (task(READING, REPORT).what, task(READING, REPORT).evidence.quote)
    assert kept.evidence.rule == "decision.merged"


def test_who_supervises_does_not_lead_after_a_merger() -> None:
    changed = said(K.CHANGED, SPREAD, {"role": "supervise", "who": [EDUCATION]})
    kept = task(decided(changed, said(K.MERGED, SPREAD, {"into": REPORT})), REPORT)
    assert (names(kept.who), names(kept.supervise)) == (["Sở Công Thương"], ["Sở Giáo dục và Đào tạo"])


def test_a_task_split_into_several_keeps_what_no_part_changes() -> None:
    parts = [
        {"who": [FINANCE]},
        {"what": "lập hồ sơ", "who": [INDUSTRY], "deadline": {"date": "2017-05-01"}},
    ]
    split = said(K.SPLIT, REVIEW, {"parts": parts})
    reading = decided(split)
    one, other = reading.tasks[:2]
    assert [each.id for each in reading.tasks[2:]] == [REPORT, SPREAD, GUIDE]
    assert [one.id, other.id] == [
        part_id(REVIEW, at, json.dumps(part, ensure_ascii=False, sort_keys=True)) for at, part in enumerate(parts, 1)
    ]
    assert (one.what, names(one.who), one.deadline) == (
        task(READING, REVIEW).what,
        ["Sở Tài chính"],
        task(READING, REVIEW).deadline,
    )
    assert (other.what, names(other.who), reading.deadlines[other.deadline or 0].date) == (
        "lập hồ sơ",
        ["Sở Công Thương"],
        date(2017, 5, 1),
    )
    assert (
        one.evidence
        == other.evidence
        == replace(task(READING, REVIEW).evidence, basis=Basis.DECIDED, rule="decision.split")
    )
    # Parts are facts like any other, but go with the decision that made them.
    later = [said(K.REJECTED, one.id, before=seen(reading, one.id)), mark_done(other.id, date(2017, 4, 1), by="an")]
    assert [each.id for each in decided(split, *later).tasks[:2]] == [other.id, REPORT]
    assert names(task(decided(split, said(K.MERGED, one.id, {"into": REPORT})), REPORT).who) == [
        "Sở Công Thương",
        "Sở Tài chính",
    ]
    applied = apply(READING, [split, *later, undo(split, by="an")])
    assert (applied.reading.tasks, applied.unfitting) == (READING.tasks, tuple(later))


def test_bodies_merged_everywhere_are_one_in_every_fact_record_and_header() -> None:
    reading = decided(merged_everywhere(STC, SCT))
    assert not [each for each in reading.agencies if each.id == STC]
    (record,) = (each for each in reading.agencies if each.id == SCT)
    both = [each for each in READING.agencies if each.id in (STC, SCT)]
    assert set(record.mentions) == {mention for each in both for mention in each.mentions}
    assert [each.start for each in record.mentions] == sorted({each.start for each in record.mentions})
    review = task(reading, REVIEW)
    assert (review.who, review.with_) == (
        (Actor("Sở Công Thương", SCT, "Sở Tài chính"),),
        (Actor("Sở Công Thương", SCT, "Sở Công Thương"),),
    )
    assert (names(reading.assignments[0].lead), reading.helps[0].agency.id) == (["Sở Công Thương"], SCT)
    assert READING.document.addressees == ("Sở Tài chính",)
    assert reading.document.addressees == ("Sở Công Thương",)
    assert review.evidence == task(READING, REVIEW).evidence  # the text still says it
    rows = reading_rows(reading)
    assert not [edge for edges in rows.edges.values() for edge in edges if STC in (edge["from_id"], edge["to_id"])]


def test_a_body_can_be_merged_into_one_that_the_text_does_not_name() -> None:
    reading = decided(merged_everywhere(STC, EDUCATION["id"]), merged_everywhere(f"{DOCUMENT}/a.so-quy-hoach", SCT))
    (record,) = (each for each in reading.agencies if each.id == EDUCATION["id"])
    assert record.name == EDUCATION["name"]
    assert set(record.mentions) == {mention for each in READING.agencies if each.id == STC for mention in each.mentions}
    assert task(reading, GUIDE).who == (Actor("Sở Công Thương", SCT, "Sở Quy hoạch"),)


def test_the_issuer_of_a_document_can_be_merged_too() -> None:
    issuer = READING.document.issuer_id or ""
    reading = decided(merged_everywhere(issuer, "h.ubnd@lao-cai.bao-thang", "UBND huyện Bảo Thắng"))
    assert reading.document.issuer_id == "h.ubnd@lao-cai.bao-thang"
    assert reading.document.id == DOCUMENT


def test_a_body_split_is_another_one_in_the_facts_named() -> None:
    part = {"id": EDUCATION["id"], "name": EDUCATION["name"], "facts": [REVIEW, HELPED]}
    reading = decided(said(K.SPLIT, STC, {"parts": [part]}))
    assert (names(task(reading, REVIEW).who), reading.helps[0].agency.id) == ([EDUCATION["name"]], EDUCATION["id"])
    assert names(reading.assignments[0].lead) == ["Sở Tài chính"]
    assert [each.evidence.basis for each in (task(reading, REVIEW), reading.helps[0], reading.assignments[0])] == [
        Basis.DECIDED,
        Basis.DECIDED,
        Basis.STATED,
    ]


def test_a_place_split_is_another_one_in_the_facts_named() -> None:
    placed = said(K.CHANGED, REPORT, {"places": [PHU_NHUAN[1], "p.02947"]})
    other = {"id": "p.xa-moi@lao-cai", "name": "xã Mới", "facts": [REPORT, HELPED]}
    reading = decided(placed, said(K.SPLIT, PHU_NHUAN[1], {"parts": [other]}))
    assert task(reading, REPORT).places == ("p.xa-moi@lao-cai", "p.02947")
    assert (reading.helps[0].place.name, reading.helps[0].place.id) == ("xã Mới", "p.xa-moi@lao-cai")
    assert ("p.xa-moi@lao-cai", "xã Mới", "commune") in {(each.id, each.name, each.level) for each in reading.places}


# A task that the reader missed

MISSED = added_id(DOCUMENT, 0, "x")
SENTENCE = READING.helps[0].evidence.quote  # from which no task was read
AT = {"quote": SENTENCE, "start": READING.document.text.index(SENTENCE)}
FIELDS_ADDED = {
    "what": "kiểm tra hồ sơ", "who": [INDUSTRY, CREW], "role": "coordinate", "deadline": {"date": "2017-06-30"},
    "criteria": ["VN-XA-2016:17"], "places": [{"id": PHU_NHUAN[1], "name": PHU_NHUAN[0]}],
}  # fmt: skip


def test_a_task_that_the_reader_missed_stands_on_its_sentence() -> None:
    reading = decided(said(K.ADDED, MISSED, FIELDS_ADDED, AT))
    assert len(reading.tasks) == len(READING.tasks) + 1
    added = task(reading, MISSED)
    assert (added.what, added.role, names(added.who)) == (
        "kiểm tra hồ sơ",
        Role.COORDINATE,
        ["Sở Công Thương", "Tổ công tác 17"],
    )
    assert (added.evidence.quote, added.evidence.start, added.basis) == (SENTENCE, AT["start"], Basis.DECIDED)
    assert (added.criteria, added.places) == (("VN-XA-2016:17",), (PHU_NHUAN[1],))
    assert reading.deadlines[added.deadline or 0].date == date(2017, 6, 30)
    assert added.provision in {each.id for each in reading.provisions}


def test_an_added_task_is_decided_on_like_any_other_and_goes_with_its_decision() -> None:
    add = said(K.ADDED, MISSED, FIELDS_ADDED, AT)
    change, mark = said(K.CHANGED, MISSED, {"who": [FINANCE]}), mark_done(MISSED, date(2017, 3, 1), by="an")
    assert names(task(decided(add, change, mark), MISSED).who) == ["Sở Tài chính"]
    applied = apply(READING, [add, change, undo(add, by="an")])
    assert (applied.reading.tasks, applied.unfitting) == (READING.tasks, (change,))


def test_an_added_task_finds_its_sentence_again_and_takes_the_place_of_one_read_from_it_by_now() -> None:
    add = said(K.ADDED, MISSED, {"what": "kiểm tra hồ sơ"}, {**AT, "start": 1})
    assert task(decided(add), MISSED).evidence.start == AT["start"]
    read = replace(READING.tasks[0], id=fact_id(DOCUMENT, "task", "new"), evidence=READING.helps[0].evidence)
    later = decided(add, reading=replace(READING, tasks=(*READING.tasks, read)))
    assert [each.id for each in later.tasks] == [*(each.id for each in READING.tasks), MISSED]
    gone = apply(READING, [said(K.ADDED, MISSED, {"what": "x"}, {"quote": "Câu không có trong văn bản", "start": 0})])
    assert len(gone.unfitting) == 1


@pytest.mark.parametrize(
    "decision",
    [
        said(K.ADDED, REVIEW, {"what": "x"}, AT),  # a task that was read is changed, not added
        said(K.ADDED, MISSED, {"what": "x"}),
        said(K.ADDED, MISSED, {"who": "Sở Tài chính"}, AT),
        said(K.SPLIT, PHU_NHUAN[1], {"parts": [{"id": "p.02947", "name": "xã Khác", "facts": [REPORT]}]}),
        said(K.ACCEPTED, fact_id(DOCUMENT, "task", "x")),
        said(K.REJECTED, STC),
        said(K.CHANGED, REVIEW),
        said(K.CHANGED, REVIEW, {"lead": [FINANCE]}),
        said(K.CHANGED, REVIEW, {"who": [{"id": STC}]}),
        said(K.CHANGED, REVIEW, {"who": "Sở Tài chính"}),
        said(K.CHANGED, REVIEW, {"who": {"name": "Sở Tài chính", "id": STC}}),
        said(K.CHANGED, REVIEW, {"what": " "}),
        said(K.CHANGED, REVIEW, {"role": "boss"}),
        said(K.CHANGED, REVIEW, {"criteria": ["17"]}),
        said(K.CHANGED, REVIEW, {"places": ["p.nowhere"]}),
        said(K.CHANGED, REVIEW, {"deadline": "2017-03-31"}),
        said(K.CHANGED, REVIEW, {"deadline": {}}),
        said(K.CHANGED, REVIEW, {"deadline": {"date": "31/3/2017"}}),
        said(K.CHANGED, REVIEW, {"deadline": {"date": "2017-03-31", "recurrence": "FREQ=DAILY"}}),
        said(K.CHANGED, REVIEW, {"deadline": {"recurrence": "FREQ=MONTHLY;INTERVAL=0"}}),
        said(K.CHANGED, REVIEW, {"deadline": {"recurrence": "hằng tháng"}}),
        said(K.CHANGED, REVIEW, {"deadline": {"recurrence": "FREQ=DAILY;UNTIL=XX"}}),
        said(K.CHANGED, ASSIGNED, {"criterion": {"set": "VN-XA-2016"}}),
        said(K.CHANGED, ASSIGNED, {"criterion": {"set": "VN-XA-2016", "number": None}}),
        said(K.CHANGED, ASSIGNED, {"criterion": 17}),
        said(K.CHANGED, HELPED, {"agency": [FINANCE]}),
        said(K.CHANGED, HELPED, {"place": "thị trấn Phố Ràng"}),
        said(K.MERGED, REVIEW, {"into": REVIEW}),
        said(K.MERGED, REVIEW, {"into": ASSIGNED}),
        said(K.MERGED, REVIEW),
        said(K.MERGED, ASSIGNED, {"into": REVIEW}),
        said(K.MERGED, STC, {"into": STC}),
        said(K.MERGED, "t.sxd@lao-cai", {"into": STC}),  # in this document, which does not name it
        merged_everywhere(STC, "a.so-moi@lao-cai"),  # of no name
        said(K.SPLIT, REVIEW, {"parts": [{"what": "rà soát"}]}),
        said(K.SPLIT, REVIEW, {"parts": ["rà soát", "lập hồ sơ"]}),
        said(K.SPLIT, ASSIGNED, {"parts": [{}, {}]}),
        said(K.SPLIT, STC, {"parts": []}),
        said(K.SPLIT, STC, {"parts": [{**EDUCATION, "facts": [REPORT]}]}),  # whose doer is another
        mark_done(fact_id(DOCUMENT, "task", "x"), None, by="an"),
    ],
)
def test_what_does_not_fit_is_told_and_changes_nothing(decision: Decision) -> None:
    applied = apply(READING, [decision])
    assert applied.unfitting == (decision,)
    filled = apply(READING, [mark_done(REVIEW, None, by="an")]).reading  # ids of assignments and helps stand there
    assert applied.reading == filled


def test_a_reading_that_no_decision_is_on_is_the_same() -> None:
    others = (mark_done("d/task-1", date(2020, 1, 1), by="an"), replace(said(K.REJECTED, REVIEW), document="d"))
    assert apply(READING, others).reading is READING


def test_decisions_of_a_document_are_those_on_it_and_on_every_document_in_order() -> None:
    own, other = said(K.ACCEPTED, REVIEW), said(K.ACCEPTED, "d/task-1")
    everywhere, mark = merged_everywhere(STC, SCT), mark_done(REVIEW, None, by="an")
    gone = said(K.REJECTED, REVIEW)
    found = by_document([own, other, everywhere, mark, gone, undo(gone, by="an")])
    assert found == {None: (everywhere,), DOCUMENT: (own, everywhere, mark), "d": (other, everywhere)}


def test_a_later_decision_is_applied_to_what_an_earlier_one_made() -> None:
    first_, second = said(K.CHANGED, REVIEW, {"who": [INDUSTRY]}), said(K.CHANGED, REVIEW, {"who": [FINANCE]})
    assert names(task(decided(first_, second), REVIEW).who) == ["Sở Tài chính"]
    assert names(task(decided(first_, second, undo(second, by="an")), REVIEW).who) == ["Sở Công Thương"]
    rejected, second = said(K.REJECTED, REVIEW), said(K.CHANGED, REVIEW, {"who": [FINANCE]})
    applied = apply(READING, [rejected, second])
    assert applied.unfitting == (second,)


# Read anew


def renamed(reading: Reading = READING) -> Reading:
    """Return the reading of a version that gives other ids and an assignment at other offsets."""
    again = {task.id: fact_id(DOCUMENT, "task", "anew", task.id) for task in reading.tasks}
    return replace(
        reading,
        tasks=tuple(replace(each, id=again[each.id]) for each in reading.tasks),
        assignments=tuple(replace(each, id=fact_id(DOCUMENT, "assignment", "anew")) for each in reading.assignments),
        helps=tuple(replace(each, id=fact_id(DOCUMENT, "help", "anew")) for each in reading.helps),
    )


DECIDED_ON_ALL = (
    said(K.CHANGED, REVIEW, {"what": "rà soát lại", "who": [INDUSTRY]}, seen(READING, REVIEW, "what", "who")),
    said(K.ACCEPTED, REVIEW),  # found as the same fact, although what it says has changed
    said(K.MERGED, REPORT, {"into": GUIDE, **seen(READING, GUIDE)}, seen(READING, REPORT)),
    said(K.SPLIT, SPREAD, {"parts": [{"what": "a"}, {"what": "b"}]}, seen(READING, SPREAD)),
    said(K.CHANGED, ASSIGNED, {"criterion": {"set": "VN-XA-2016", "number": 18}}, seen(READING, ASSIGNED)),
    said(K.CHANGED, HELPED, {"person": None}, seen(READING, HELPED)),
)


def test_decisions_find_their_facts_by_their_words_when_ids_change() -> None:
    before, after = decided(*DECIDED_ON_ALL), decided(*DECIDED_ON_ALL, reading=renamed())
    assert after == before  # also the ids, so that states and later decisions fit still


def test_a_state_keeps_its_task_when_ids_change() -> None:
    """With the words of its task, as `set_states` gives them (`test_states.py`)."""
    mark = mark_done(REVIEW, date(2017, 2, 1), by="an", before=seen(READING, REVIEW))
    assert set(done_days([mark])) & {each.id for each in decided(mark, reading=renamed()).tasks} == {REVIEW}
    without = mark_done(REVIEW, date(2017, 2, 1), by="an")
    assert apply(renamed(), [without]).unfitting == (without,)


def without(reading: Reading, id: str) -> Reading:
    return replace(reading, tasks=tuple(each for each in reading.tasks if each.id != id))


def test_nothing_is_guessed_where_the_words_do_not_tell() -> None:
    letter = Directive()
    one, other = (letter.task("báo cáo", ["Sở Tài chính"]) for _ in range(2))
    reading = letter.reading()
    rejected = said(K.REJECTED, one, before=seen(reading, one))
    assert [each.id for each in decided(rejected, reading=reading).tasks] == [other]
    # The words stand twice, once read and once not: the one that is read may be the other one.
    for read in (without(reading, one), renamed(reading)):
        assert apply(read, [rejected]) == Applied(read, (rejected,))


@pytest.mark.parametrize("name", ["quote", "what"])
def test_other_words_are_another_fact(name: str) -> None:
    decision = said(K.REJECTED, REVIEW, before=seen(READING, REVIEW) | {name: "khác"})
    assert apply(renamed(), [decision]).unfitting == (decision,)


def test_one_fact_is_not_taken_for_two() -> None:
    again = renamed()
    now = again.tasks[0].id
    by_old = said(K.CHANGED, REVIEW, {"role": "direct"}, seen(READING, REVIEW))
    by_new = said(K.CHANGED, now, {"role": "request"}, seen(again, now))
    for reading in (READING, again):  # whichever version reads it
        applied = apply(reading, [by_old, by_new])
        assert applied.unfitting == (by_new,)
        assert task(applied.reading, REVIEW).role is Role.DIRECT


# Any decisions

_bodies = st.lists(st.sampled_from([FINANCE, INDUSTRY, EDUCATION, CREW, INSPECTORS]), max_size=3)
_due = st.none() | st.dates(date(2017, 1, 1), date(2018, 1, 1)).map(lambda day: {"date": day.isoformat()})
_of_task = st.fixed_dictionaries(
    {},
    optional={
        "what": st.sampled_from(["rà soát hồ sơ", "báo cáo kết quả", "làm việc khác"]),
        "who": _bodies,
        "with": _bodies,
        "role": st.sampled_from(list(Role)),
        "deadline": _due,
        "criteria": st.lists(st.sampled_from(["VN-XA-2016:17", "VN-XA-2016:3", "?:2"]), max_size=2),
        "places": st.lists(st.sampled_from([PHU_NHUAN[1], "p.02947"]), max_size=2),
    },
)
_of_assignment = st.fixed_dictionaries(
    {},
    optional={"lead": _bodies, "to": st.just("2025-12-31"), "criterion": st.just({"set": "VN-XA-2016", "number": 18})},
)
_tasks = [REVIEW, REPORT, SPREAD, GUIDE]
_agencies = [STC, SCT, EDUCATION["id"]]


@st.composite
def _decisions(draw: st.DrawFn) -> list[Decision]:
    """Any decisions, of which some fit, on facts of the reading and on parts made of them; some undone again."""
    log: list[Decision] = []
    facts = [*_tasks, ASSIGNED, HELPED]
    for _ in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(list(K)))
        if kind is K.UNDONE:
            if log:
                log.append(undo(draw(st.sampled_from(log)), by="bình"))
            continue
        fact = draw(st.sampled_from(facts))
        before = draw(st.sampled_from([None, seen(READING, fact) if fact in (*_tasks, ASSIGNED, HELPED) else None]))
        after: dict[str, Any] | None = None
        if kind is K.CHANGED:
            after = draw(_of_assignment if fact == ASSIGNED else _of_task)
        elif kind is K.MERGED:
            if draw(st.booleans()):
                log.append(merged_everywhere(draw(st.sampled_from(_agencies)), draw(st.sampled_from(_agencies))))
                continue
            after = {"into": draw(st.sampled_from(facts))}
        elif kind is K.SPLIT:
            parts = draw(st.lists(_of_task, min_size=2, max_size=3))
            after = {"parts": parts}
            facts += [
                part_id(fact, at, json.dumps(part, ensure_ascii=False, sort_keys=True))
                for at, part in enumerate(parts, 1)
                if kind_of(fact) == "task"
            ]
        elif kind is K.STATE:
            after = {"state": "done", "on": "2017-02-01"}
        log.append(said(kind, fact, after, before))
    return log


@given(_decisions())
def test_any_decisions_give_a_reading_that_can_be_written_and_are_applied_alike_again(log: list[Decision]) -> None:
    applied = apply(READING, log)
    assert broken_quotes(applied.reading) == []
    reading_rows(applied.reading)  # raises where an edge has no end or a fact stands twice
    assert apply(first(), [from_record(json.loads(json.dumps(to_record(each)))) for each in log]) == applied
    assert all(each in standing(log) for each in applied.unfitting)
    everything_undone = [*log, *(undo(each, by="an") for each in standing(log))]
    assert apply(READING, everything_undone).reading is READING


@given(_decisions())
def test_one_decision_applied_twice_is_applied_once(log: list[Decision]) -> None:
    for decision in log:
        once = apply(READING, [decision])
        assert apply(once.reading, [decision]).reading == once.reading


@given(_decisions(), st.integers(0, 8))
def test_undoing_gives_back_what_stood_before(log: list[Decision], count: int) -> None:
    made = standing(log)
    earlier, later = made[:count], made[count:]
    assert apply(READING, [*made, *(undo(each, by="an") for each in later)]) == apply(READING, earlier)


# In the graph


def test_an_answer_says_what_was_decided() -> None:
    reading = decided(
        said(
            K.CHANGED, REVIEW, {"who": [EDUCATION], "criteria": ["VN-XA-2016:14"], "deadline": {"date": "2017-05-01"}}
        ),
        said(K.ACCEPTED, ASSIGNED),
    )
    with_ = open_embedded(None)
    try:
        with_.replace(reading)
        (row,) = trace(with_, TraceQuestion(criterion="VN-XA-2016:14")).rows[:1]
        assert (row.basis, row.rule, row.agency and row.agency.name) == (
            Basis.DECIDED,
            "decision.changed",
            EDUCATION["name"],
        )
        assert row.evidence.quote == task(READING, REVIEW).evidence.quote
        assert row.deadline is not None
        assert row.deadline.date == date(2017, 5, 1)
        assigned = [
            row for row in trace(with_, TraceQuestion(criterion="VN-XA-2016:17")).rows if row.fact == "assignment"
        ]
        assert [(row.id, row.basis, row.rule) for row in assigned] == [(ASSIGNED, Basis.DECIDED, "decision.accepted")]
    finally:
        with_.close()
