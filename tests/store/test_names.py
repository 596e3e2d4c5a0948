"""Suggestions while typing, and lists of documents: only what occurs, accents optional."""

from __future__ import annotations

from datetime import date

import pytest
from cases import UNKNOWN, A, B, C, D
from scene import NATIONAL

from ntmgraph.queries import TaskState
from ntmgraph.store import GraphStore
from ntmgraph.store.words import spoken, whole, words_of
from ntmgraph.workspace import documents, names
from ntmgraph.workspace.deadlines import task_states

SPOKEN = (
    ("Sở Lao động - Thương binh và Xã hội", "so lao dong thuong binh va xa hoi"),
    ("Ủy ban nhân dân tỉnh Lào Cai", "ubnd tinh lao cai"),
    ("UỶ BAN NHÂN DÂN", "ubnd"),
    ("134/UBND-NLN", "134 ubnd nln"),
    ("Đắk Lắk", "dak lak"),
    ("", ""),
)


@pytest.mark.parametrize(("text", "expected"), SPOKEN)
def test_spoken_form(text: str, expected: str) -> None:
    assert spoken(text) == expected


def test_a_whole_name_is_told_from_a_part() -> None:
    words = words_of("Sở Tài chính", None, "Sở TC", "Sở Tài chính")
    assert words == "|so tai chinh|so tc|"
    assert whole("so TC") in words
    assert whole("Tài chính") not in words


AGENCIES = (
    ("so tai", None, ["Sở Tài chính, Lạng Sơn", "Sở Tài chính, Lào Cai"]),
    ("Sở tài", "Lào Cai", ["Sở Tài chính, Lào Cai"]),
    ("điều phối", None, ["Văn phòng Điều phối, Lào Cai"]),
    ("công thương lào cai", None, ["Sở Công Thương, Lào Cai"]),
    ("Y tế", None, []),  # of the catalogue, in no document
    ('"|%', None, []),
)


@pytest.mark.parametrize(("text", "province", "expected"), AGENCIES)
def test_agencies_while_typing(scene: GraphStore, text: str, province: str | None, expected: list[str]) -> None:
    assert [f"{each.name}, {each.place}" for each in names.agencies(scene, text, province=province)] == expected


DOCUMENTS = (
    ("12/ubnd", None, [A]),
    ("văn bản 1", None, [C, B, A]),  # whose number begins with 1, the newest first
    ("số 136", None, [C]),
    ("2/UBND", None, [A]),  # none begins with it
    ("phân công lại", None, [B]),
    ("kế hoạch", None, [C, D]),
    ("kế hoạch", "Lạng Sơn", [C]),
    ("", None, []),
)


@pytest.mark.parametrize(("text", "province", "expected"), DOCUMENTS)
def test_documents_while_typing(scene: GraphStore, text: str, province: str | None, expected: list[str]) -> None:
    assert [each.id for each in names.documents(scene, text, province=province)] == expected


PLACES = (
    ("phu nh", ["xã Phú Nhuận, huyện Bảo Thắng, Lào Cai"]),
    ("Bảo Thắng", []),
    ("xã phú", ["xã Phú Nhuận, huyện Bảo Thắng, Lào Cai"]),
)


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_places_while_typing(scene: GraphStore, text: str, expected: list[str]) -> None:
    assert [f"{each.name}, {each.place}" for each in names.places(scene, text)] == expected


CRITERIA = (
    ("1", ["VN-XA-2016:17", "VN-XA-2016:17.8"]),
    ("17.8", ["VN-XA-2016:17.8"]),
    ("tiêu chí 17", ["VN-XA-2016:17", "VN-XA-2016:17.8"]),
    ("môi trường", ["VN-XA-2016:17"]),
    ("thủy lợi", []),
)


@pytest.mark.parametrize(("text", "expected"), CRITERIA)
def test_criteria_while_typing(scene: GraphStore, text: str, expected: list[str]) -> None:
    assert [each.id for each in names.criteria(scene, text)] == expected


def test_provinces_and_choices_in_vietnamese_order(scene: GraphStore) -> None:
    assert names.provinces(scene) == ("Lạng Sơn", "Lào Cai")
    choices = names.document_choices(scene)
    assert (choices.years, choices.types, choices.issuers) == (
        (2019, 2017),
        ("Công văn", "Kế hoạch"),
        ("UBND tỉnh Lạng Sơn", "UBND tỉnh Lào Cai"),
    )


LISTED = (
    ({}, [C, B, A, D]),
    ({"text": "phân công lại"}, [B]),
    ({"text": "136 KH"}, [C]),
    ({"text": "du thao"}, [D]),
    ({"year": 2019}, [C, B]),
    ({"year": 2018}, []),
    ({"type": "Kế hoạch"}, [C]),
    ({"issuer": "UBND tỉnh Lào Cai", "year": 2017}, [A]),
    ({"province": "Lạng Sơn"}, [C]),
    ({"offset": 3}, [D]),
    ({"offset": 9}, []),
)


@pytest.mark.parametrize(("filters", "expected"), LISTED, ids=lambda value: str(value)[:40])
def test_list_of_documents(scene: GraphStore, filters: dict[str, object], expected: list[str]) -> None:
    rows, total = documents.documents(scene, **filters)  # type: ignore[arg-type]
    assert [row.id for row in rows] == expected
    assert total == (4 if "offset" in filters else len(expected))


def test_one_document(scene: GraphStore) -> None:
    row = documents.document(scene, A)
    assert row is not None
    assert (row.number, row.tasks, row.issues, row.state) == ("12/UBND-NLN", 4, 1, "issued")
    assert documents.document(scene, NATIONAL) is None  # only cited
    assert documents.document(scene, "x") is None


def test_what_it_cites_and_what_cites_it(scene: GraphStore) -> None:
    cites = documents.cites(scene, A)
    assert [(row.relation, row.document.id, row.taken_in) for row in cites] == [
        ("căn cứ", NATIONAL, False),
        ("thực hiện", UNKNOWN, False),
    ]
    assert cites[0].evidence is not None
    assert cites[0].evidence.quote == "Quyết định số 1980/QĐ-TTg"
    assert [(row.relation, row.document.id, row.taken_in) for row in documents.cited_by(scene, A)[0]] == [
        ("thay thế", B, True)
    ]


def test_totals(scene: GraphStore) -> None:
    totals = documents.totals(scene)
    assert (totals.documents, totals.tasks, totals.issues) == (4, 7, 1)
    assert [row.id for row in totals.newest] == [C, B, A, D]
    assert task_states(scene, date(2019, 12, 15))[TaskState.OPEN_IN_TIME] == 1  # the replaced letter binds nobody
    assert task_states(scene, date(2019, 12, 15), province="Lạng Sơn")[TaskState.OPEN_IN_TIME] == 1
    assert sum(task_states(scene, date(2019, 12, 15), province="Cao Bằng").values()) == 0
