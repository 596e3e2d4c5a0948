"""The review page: what waits in words and tabs, the chosen doubt with its facts, forms, history; all words as text."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from directives import letter
from readings import Directive
from trees import letters_of, links, tagged, text_of, walk

from dash_app.address import parse
from dash_app.components import ROWS
from dash_app.components.evidence import excerpt
from dash_app.page import Desk
from dash_app.pages.review import forms, layout
from dash_app.pages.review.data import KINDS, Offers, Queue, Sentence, asked_kind, sentences_of
from dash_app.pages.review.wiring import done
from dash_app.words import LANGUAGES, words_of
from ntmgraph.ids import assignment_id, doubt_id
from ntmgraph.model import IssueCode
from ntmgraph.queries import Quotation, ReviewAnswer, ReviewQuestion, ReviewRow
from ntmgraph.workspace import Workspace
from ntmgraph.workspace.correcting import FactView, document_named
from ntmgraph.workspace.decisions import Decision, DecisionKind, mark_done

SAY = words_of("vi")
HERE = parse("/ra-soat", "")
TWO, MISSING = IssueCode.CRITERION_TWO_LEADS, IssueCode.DOCUMENT_MISSING
READING = Directive("7/QĐ-UBND", datetime(2022, 5, 12).date()).assign(17, ["Sở Tài chính", "Sở Y tế"]).reading()
ASSIGNED = READING.assignments[0]
DOCUMENT = document_named(READING)
SAID = Quotation(**{name: getattr(ASSIGNED.evidence, name) for name in ASSIGNED.evidence.__slots__}, document=DOCUMENT)
VIEW = FactView(assignment_id(DOCUMENT.id, ASSIGNED), DOCUMENT, READING, ASSIGNED, (), (), frozenset())
FIRST, SECOND = (
    ReviewRow(
        doubt_id(f"{DOCUMENT.id}/doubt-{n}", TWO),
        TWO,
        f"Tiêu chí {n} có hai cơ quan chủ trì <b>.",
        DOCUMENT,
        None,
        (SAID,),
    )
    for n in (17, 18)
)
CHANGE = Decision(
    "d1",
    DecisionKind.CHANGED,
    VIEW.id,
    DOCUMENT.id,
    {"lead": [{"name": "Sở Tài chính", "id": "t.stc@lao-cai"}], "to": "2025-12-31", "quote": "…"},
    {"lead": [{"name": "Sở Y tế", "id": None}], "to": None},
    "theo đính chính",
    "an",
    datetime(2026, 11, 29, 10, tzinfo=UTC),
)


def queue_of(*rows: ReviewRow, chosen: ReviewRow | None = None, **more: object) -> Queue:
    answer = ReviewAnswer(rows, len(rows), {TWO: len(rows)} if rows else {})
    sentence = Sentence(0, SAID, excerpt(READING, SAID), (VIEW,)) if chosen else None
    whole = ReviewAnswer((), len(rows) + 20, {**answer.codes, MISSING: 20})
    return replace(Queue(whole, TWO, answer, chosen, sentence, 0, None), **more)  # type: ignore[arg-type]


def acts(node: object) -> list[dict]:
    """What the buttons and forms of a tree say when they are pressed."""
    found = (getattr(part, "data-act", None) for part in walk(node) if not isinstance(part, str))
    return [json.loads(each) for each in found if each]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", IssueCode)
def test_every_kind_has_a_place_and_words(language: str, code: IssueCode):
    assert code in KINDS
    say = words_of(language)
    assert all(say.known(f"review.{part}.{code}") for part in ("tab", "count"))


def test_the_first_kind_that_holds_anything_is_shown_unless_one_is_asked_for():
    counts = ReviewAnswer((), 21, {MISSING: 20, TWO: 1})
    assert asked_kind(parse("/ra-soat", ""), counts) is TWO
    assert asked_kind(parse("/ra-soat", "?code=document_missing"), counts) is MISSING
    assert asked_kind(parse("/ra-soat", "?code=lead_changed"), counts) is IssueCode.LEAD_CHANGED
    assert asked_kind(parse("/ra-soat", "?code=nonsense"), ReviewAnswer((), 0)) is None


def test_what_waits_is_said_in_words_and_tabs():
    queue = queue_of(FIRST, SECOND)
    address = parse("/ra-soat", "?province=Lào Cai")
    line, _ = layout.sentence(SAY, address, queue)
    assert text_of(line) == "Còn 22 điều cần xem lại: 2 tiêu chí có hai chủ trì ; 20 văn bản được viện dẫn chưa nạp ."
    tabs = layout.kind_tabs(SAY, address, queue)
    assert text_of(tabs) == "Hai chủ trì 2 Thiếu văn bản 20 Đã xem 0 Mọi quyết định"
    assert all("province=" in href for href in links(tabs))
    _, note = layout.sentence(SAY, address, replace(queue, counts=replace(queue.counts, whole=False)))
    assert "Đang so sánh các văn bản" in text_of(note)


@pytest.mark.parametrize(("chosen", "following"), [(FIRST, SECOND), (SECOND, FIRST)])
def test_after_a_decision_the_next_doubt_is_chosen(chosen: ReviewRow, following: ReviewRow):
    side = layout.doubt(SAY, parse("/ra-soat", ""), queue_of(FIRST, SECOND, chosen=chosen), None)
    aside = next(act for act in acts(side) if act["do"] == "aside")
    assert aside["doubt"] == chosen.id
    assert dict(parse("/ra-soat", aside["then"].partition("?")[2]).values)["row"] == following.id


def test_the_chosen_doubt_shows_its_sentence_its_facts_and_every_way_to_decide():
    side = layout.doubt(SAY, parse("/ra-soat", ""), queue_of(FIRST, chosen=FIRST), None)
    assert FIRST.message in text_of(side)  # "<b>" is text
    assert letters_of(tagged(side, "Mark")) == ASSIGNED.evidence.quote
    assert {act["do"] for act in acts(side)} == {"accepted", "rejected", "aside"}
    assert all(act.get("fact", VIEW.id) == VIEW.id and act["doubt"] == FIRST.id for act in acts(side))
    keys = {getattr(part, "data-key", None) for part in walk(side) if not isinstance(part, str)}
    assert keys == {"a", "e", "m", "p", "x", "o", None}  # an assignment is not split


def test_nothing_left_leads_to_the_next_kind():
    done = layout.rows(SAY, parse("/ra-soat", "?code=criterion_two_leads"), queue_of())
    assert "Đã xem hết loại này" in text_of(done)
    assert "/ra-soat?code=document_missing" in links(done)
    none = replace(queue_of(), counts=ReviewAnswer((), 0), code=None)
    assert "Đã xem hết" in text_of(layout.rows(SAY, parse("/ra-soat", ""), none))


def test_the_form_holds_what_was_read_and_an_empty_field_to_add():
    act = {"then": "/ra-soat"}
    form = forms.form_of(SAY, VIEW, Offers((), (), ()), "changed", act, HERE, cancel="/ra-soat", tasks=())
    fields = [(part.name, getattr(part, "value", "")) for part in tagged(form, "Input")]
    assert [value for name, value in fields if name == "lead"] == ["Sở Tài chính", "Sở Y tế", ""]
    assert [name for name, _ in fields][-1] == "why"
    (act,) = acts(form)
    assert act == {"then": "/ra-soat", "do": "changed", "fact": VIEW.id, "seen": None}


def test_the_history_says_who_changed_what_why_and_offers_to_undo_what_stands():
    standing = replace(VIEW, history=(CHANGE,), standing=frozenset({"d1"}))
    said = text_of(forms.history(SAY, standing))
    assert "người dùng sửa an" in said
    assert "Chủ trì: Sở Tài chính → Sở Y tế" in said
    assert "Đến ngày: 31/12/2025 → không nêu" in said.replace("văn bản không nêu", "không nêu")
    assert "theo đính chính" in said
    assert acts(forms.history(SAY, standing)) == [{"do": "undone", "decision": "d1"}]
    undone = replace(standing, standing=frozenset())
    assert "đã hoàn tác" in text_of(forms.history(SAY, undone))
    assert acts(forms.history(SAY, undone)) == []


def test_a_state_is_told_among_all_decisions_and_leads_to_its_task():
    state = mark_done(f"{DOCUMENT.id}/task-1", date(2022, 6, 1), by="an", before={"quote": "…", "what": "rà soát"})
    shown = layout.decisions(SAY, HERE, [state], 1, frozenset({state.id}))
    assert "Hoàn thành ngày 01/06/2022 rà soát" in text_of(shown)
    assert links(shown) == [f"/nhiem-vu?row={quote(state.fact, safe='/:')}"]


def test_a_body_is_told_apart_in_the_facts_that_are_chosen():
    finance, health = (actor.id for actor in ASSIGNED.lead)
    here = parse("/ra-soat", f"?fact={VIEW.id}&act=parted&body={health}")
    form = forms.form_of(SAY, VIEW, Offers((), (), ()), "parted", {}, here, cancel="/ra-soat", tasks=())
    boxes = [part for part in tagged(form, "Input") if getattr(part, "type", None) == "checkbox"]
    assert [(box.name, box.value, box.defaultChecked) for box in boxes] == [("facts", VIEW.id, True)]
    (body,) = (part for part in tagged(form, "Input") if getattr(part, "type", None) == "hidden")
    assert (body.name, body.value) == ("body", health)
    assert "bị hiểu nhầm là “Sở Y tế”" in text_of(form)
    assert f"body={quote(finance)}" in " ".join(links(form))  # the other body of the fact


UNREAD = ReviewRow(
    doubt_id(f"{DOCUMENT.id}/issue-1", IssueCode.DUTY_UNREAD), IssueCode.DUTY_UNREAD, "Câu chưa đọc", DOCUMENT, None,
    (SAID,),
)  # fmt: skip


def test_an_unread_duty_can_be_added_from_the_queue():
    queue = queue_of(UNREAD, chosen=UNREAD)
    side = layout.doubt(SAY, HERE, queue, None)
    assert [part.href for part in tagged(side, "A") if getattr(part, "data-key", None) == "n"] == [
        f"/ra-soat?code=duty_unread&row={quote(UNREAD.id, safe='/:')}&act=added"
    ]
    here = parse("/ra-soat", f"?row={UNREAD.id}&act=added")
    form = layout.form_to_add(SAY, here, READING, Offers((), (), ()), queue)
    (act,) = acts(form)
    assert (act["do"], act["document"], act["doubt"]) == ("added", DOCUMENT.id, UNREAD.id)
    assert READING.document.text[act["start"] : act["end"]] == SAID.quote
    two = queue_of(FIRST, chosen=FIRST)
    assert layout.form_to_add(SAY, here, READING, Offers((), (), ()), two) is None  # nothing was missed there


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("1. Sở A rà soát. Sở B báo cáo;\nSở C gửi.", ["1. Sở A rà soát.", "Sở B báo cáo;", "Sở C gửi."]),
        ("a) Xong trước ngày 30/6. Gửi về Sở A (qua Văn phòng). Hết", [
            "a) Xong trước ngày 30/6.", "Gửi về Sở A (qua Văn phòng).", "Hết",
        ]),
        ("Cả câu", ["Cả câu"]),
        ("   ", []),
    ],
)  # fmt: skip
def test_a_paragraph_is_cut_into_sentences(text: str, sentences: list[str]):
    around = f"Trước. {text} Sau."
    found = sentences_of(around, 7, 7 + len(text))
    assert [around[start:end] for start, end in found] == sentences


@pytest.fixture
def desk(tmp_path: Path, empty_workspace: Path) -> Iterator[Desk]:
    """A desk over a letter that cites more than a page of documents that are not there, and one that it contradicts."""
    cited = "".join(f"- Căn cứ Quyết định số {n}/QĐ-UBND ngày 05/3/2018 của UBND tỉnh;\n" for n in range(1, ROWS + 11))
    letters = letter(1).replace("UBND tỉnh yêu cầu", f"{cited}\nUBND tỉnh yêu cầu"), letter(2).replace("30/11", "30/10")
    paths = [tmp_path / f"{n}.txt" for n in range(len(letters))]
    for path, text in zip(paths, letters, strict=True):
        path.write_text(text, encoding="utf-8")
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:
        workspace.ingest(paths)
        yield Desk(workspace, SAY, date(2020, 1, 10))


def doubts(desk: Desk, code: IssueCode) -> list[str]:
    return [row.id for row in desk.workspace.review(ReviewQuestion(code=code)).rows]


def settled(desk: Desk) -> set[str]:
    return {each.fact for each in desk.workspace.doubts_set_aside()}


def test_a_doubt_is_settled_while_documents_are_taken_in(desk: Desk, tmp_path: Path):
    (doubt,) = doubts(desk, IssueCode.DEADLINE_CONFLICT)
    (tmp_path / "3.txt").write_text(letter(3).replace("Giao thông vận tải", "Y tế"), encoding="utf-8")
    desk.workspace.ingest([tmp_path / "3.txt"])  # now the province has to be compared again
    desk.workspace._comparing.stop()  # as if thousands of documents stood before it
    done(desk, HERE, {"do": "aside", "doubt": doubt}, by="an")
    assert settled(desk) == {doubt}
    done(desk, HERE, {"do": "aside", "doubt": doubt}, by="an")  # a second click
    assert len(desk.workspace.doubts_set_aside()) == 1


def test_while_documents_are_compared_as_many_wait_as_before(desk: Desk, tmp_path: Path):
    before = desk.workspace.waiting(patience=60)
    assert before.whole
    (tmp_path / "3.txt").write_text(letter(3), encoding="utf-8")
    desk.workspace.ingest([tmp_path / "3.txt"])
    desk.workspace._comparing.stop()  # as if thousands of documents stood before it
    assert desk.workspace.waiting() == replace(before, whole=False)


def test_a_doubt_is_settled_that_stands_on_another_page_by_now(desk: Desk):
    found = doubts(desk, IssueCode.DOCUMENT_MISSING)
    here = parse("/ra-soat", f"?code=document_missing&offset={ROWS}")
    for doubt in (found[0], found[ROWS]):  # the second one goes to the first page with the first
        done(desk, here, {"do": "aside", "doubt": doubt}, by="an")
    assert settled(desk) == {found[0], found[ROWS]}


def test_of_a_doubt_that_is_told_no_more_nothing_is_written(desk: Desk):
    row = desk.workspace.review(ReviewQuestion(code=IssueCode.DEADLINE_CONFLICT)).rows[0]
    task = desk.workspace.reading(row.document.id).tasks[0]
    gone = doubt_id(f"{row.document.id}/doubt-0", IssueCode.DEADLINE_CONFLICT)
    for act in ({"do": "aside"}, {"do": "accepted", "fact": task.id}):
        with pytest.raises(KeyError):
            done(desk, HERE, {**act, "doubt": gone}, by="an")
    assert desk.workspace.decisions(task.id) == ()
    assert settled(desk) == set()
