"""The settings: catalogues, what restoring would do, works told as they go, what is kept on a machine."""

from __future__ import annotations

import json
import shutil
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic, sleep

import pytest
from trees import tagged, text_of

from dash_app.address import Address, parse
from dash_app.chores import Chore, Chores, OnProgress, Result
from dash_app.pages.settings import work
from dash_app.pages.settings.catalogue import lead_panel
from dash_app.pages.settings.data import Lead, Store, agencies, inside, leads, restoring_from, sets
from dash_app.pages.settings.layout import chore_view, store_view
from dash_app.pages.settings.wiring import connected
from dash_app.words import words_of
from ntmgraph import preferences
from ntmgraph.authority import catalogue
from ntmgraph.store import StoreError
from ntmgraph.text import key
from ntmgraph.workspace import Workspace, WorkspaceError
from ntmgraph.workspace.backup import Foreseen
from ntmgraph.workspace.decisions import undo
from ntmgraph.workspace.usual_leads import as_decided, set_usual_lead

SAY = words_of("vi")
STORE = Store("/kho", False, Path("/kho"), Path("/kho/logs"), 3_200_000, 12, {"Task": 40, "Agency": 7}, (), "ntmgraph")
MADE = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


class Known:
    """What the lists ask of a workspace: its catalogue."""

    catalogue = catalogue()


def test_the_catalogues_are_narrowed_by_words_without_accents_by_set_and_status():
    workspace: object = Known()
    health = leads(workspace, parse("/cai-dat", "?q=y te&set=VN-XA-2021"))  # type: ignore[arg-type]
    assert [each.name for each in health][:1] == ["Y tế"]
    assert {each.set for each in health} == {"VN-XA-2021"}
    assert leads(workspace, parse("/cai-dat", "?status=decided")) == []  # type: ignore[arg-type]
    assert "Sở Tài chính" in [each.name for each in agencies(workspace, parse("/cai-dat", "?q=so tai chinh"))]  # type: ignore[arg-type]
    assert {each.status for each in sets(workspace, parse("/cai-dat", "?status=verified"))} == {"verified"}  # type: ignore[arg-type]


def test_a_lead_that_was_set_says_who_when_and_why():
    known = catalogue()
    health = known.criteria_by_key["VN-XA-2021", 15]
    said = set_usual_lead(known, health, "Sở Nội vụ", "Sở Y tế", by="Nguyễn Thị Mẫu", why="theo quyết định")
    own = as_decided(known, [said])
    changed = own.criteria_by_key["VN-XA-2021", 15]
    assert [each.name for each in own.usual_leads(changed, date(2024, 1, 1))] == ["Sở Nội vụ"]
    assert changed in own.usually_led(own.agencies_by_name[key("Sở Nội vụ")].id, date(2024, 1, 1))
    assert known.criteria_by_key["VN-XA-2021", 15] == health, "the program's own catalogue stays"
    words = text_of(lead_panel(SAY, Lead(changed, (said,)), ()))
    assert "người dùng sửa" in words
    assert "Nguyễn Thị Mẫu: trước 01/03/2025 Sở Nội vụ; từ 01/03/2025 Sở Y tế theo quyết định" in words
    back = undo(said, by="B")
    assert as_decided(known, [said, back]) is known
    assert Lead(health, (said, back)).counts is None


@pytest.mark.parametrize(
    ("would", "words", "buttons"),
    [
        (Foreseen(MADE, 8, 3, 4, 1), "có 8 tệp gốc, 4 quyết định. Phục hồi sẽ thêm 3 tệp và 1 quyết định", 1),
        (Foreseen(MADE, 8, 0, 4, 0), "phục hồi chỉ chép lại những tệp gốc, tệp minh chứng bị thiếu hoặc hỏng", 1),
        ("x.zip không phải là bản sao lưu.", "x.zip không phải là bản sao lưu.", 0),
    ],
)
def test_restoring_says_before_what_it_would_do(would: Foreseen | str, words: str, buttons: int):
    shown = store_view(SAY, Address("/cai-dat"), STORE, would)
    assert words in text_of(shown)
    assert len([each for each in tagged(shown, "Button") if getattr(each, "id", "") == "settings-restore"]) == buttons


def test_a_restoring_that_does_not_come_to_the_counts_of_the_backup_is_no_success(
    tmp_path: Path, empty_workspace: Path
) -> None:
    letter, path = tmp_path / "41.txt", tmp_path / "sao lưu.zip"
    letter.write_text("Số: 41/UBND-NN\n\n1. Sở Y tế báo cáo UBND tỉnh trước ngày 30/6/2018.\n", encoding="utf-8")
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:
        workspace.ingest([letter])
        workspace.back_up(path)
        whole = work.restore(workspace, path, lambda done, total: None)
        assert (whole.key, whole.values["mended"], whole.details) == ("restore", 0, ())
        with zipfile.ZipFile(path) as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist()}
        about = json.loads(members["backup.json"])
        (document,) = about["documents"]
        about["documents"][document]["tasks"] = 9
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in (members | {"backup.json": json.dumps(about).encode()}).items():
                archive.writestr(name, data)
        restored = work.restore(workspace, path, lambda done, total: None)
    assert restored.key == "restore.differs"
    assert restored.details == (
        "Bản sao lưu và kho không khớp về số lượng (nhiệm vụ 9/1).",
        f"Văn bản {document} trong kho khác với bản sao lưu. Hãy kiểm tra kho.",
    )
    view = chore_view(SAY, Chore("restore", 0, finished=1, result=restored), now=1)
    assert "Phục hồi chưa trọn" in text_of(view)


def test_a_path_may_come_with_the_quotes_of_windows():
    assert restoring_from(parse("/cai-dat", '?restore="/kho/a b.zip"')) == Path("/kho/a b.zip")
    assert restoring_from(parse("/cai-dat", "?restore=%20")) is None


def test_the_workspace_is_told_with_how_to_open_another():
    words = text_of(store_view(SAY, Address("/cai-dat"), STORE, None))
    assert "12 văn bản, 40 nhiệm vụ, 7 cơ quan" in words
    assert "3,1 MB" in words
    assert 'ntmgraph --workspace "THƯ_MỤC"' in words


def test_what_is_inside_is_named_with_its_licence():
    packages = {each.name.lower(): each for each in inside()}
    assert "MIT" in packages["dash"].licence
    assert packages["spacy"].version


# Works


@pytest.fixture
def chores() -> Iterator[Chores]:
    works = Chores()
    yield works
    works.close()


def finished(chores: Chores) -> Chore:
    until = monotonic() + 10
    while chores.running() and monotonic() < until:
        sleep(0.01)
    chore = chores.now()
    assert chore is not None
    assert chore.finished is not None
    return chore


def test_one_work_at_a_time_and_it_can_be_stopped(chores: Chores):
    going, go_on = threading.Event(), threading.Event()

    def work(progress: OnProgress) -> Result:
        for step in range(1000):
            progress(step, 1000)
            going.set()
            go_on.wait(5)
        return Result("check")

    assert chores.start("check", work)
    assert going.wait(5)
    assert not chores.start("rebuild", work), "the second window does not disturb the first"
    assert "Kiểm tra kho : xong 0 trên 1.000" in text_of(chore_view(SAY, chores.now(), now=0))
    chores.stop()
    go_on.set()
    chore = finished(chores)
    assert chore.done < 999
    assert "Đã dừng theo yêu cầu" in text_of(chore_view(SAY, chore, now=0))


def test_what_a_work_came_to_is_told(chores: Chores):
    chores.start("check", lambda progress: Result("check.drift", {"n": 2}, ("một chỗ", "hai chỗ")))
    assert "2 chỗ lệch; từng chỗ có cách xử lý. một chỗ hai chỗ" in text_of(chore_view(SAY, finished(chores), now=0))

    def fails(progress: OnProgress) -> Result:
        raise WorkspaceError("Đĩa đầy. Hãy dọn chỗ.")

    assert chores.start("backup", fails)
    assert "Sao lưu chưa xong. Đĩa đầy. Hãy dọn chỗ." in text_of(chore_view(SAY, finished(chores), now=0))

    def breaks(progress: OnProgress) -> Result:
        raise ZeroDivisionError("division by zero")

    assert chores.start("backup", breaks)
    assert "division" not in text_of(chore_view(SAY, finished(chores), now=0))


# Kept on this machine


@pytest.fixture
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(preferences, "preferences_file", lambda: tmp_path / "sâu" / "preferences.json")
    return preferences.preferences_file()


def test_what_is_set_is_there_again(own_file: Path):
    assert preferences.load() == preferences.Preferences()
    preferences.save(user="  Nguyễn   Thị Mẫu ", province="")
    preferences.save(office="Văn phòng Điều phối")
    known = preferences.load()
    assert (known.user, known.author, known.office, known.province) == (
        "Nguyễn Thị Mẫu",
        "Nguyễn Thị Mẫu",
        "Văn phòng Điều phối",
        None,
    )
    with pytest.raises(TypeError):
        preferences.save(password="x")
    own_file.write_text("{hỏng", encoding="utf-8")
    assert preferences.load().author  # the name of the operating system


def test_the_opening_before_is_known(own_file: Path):
    preferences.note_opening("/kho")
    assert preferences.load().last_opening("/kho") is None
    first = preferences.load().opened["/kho"]
    preferences.note_opening("/kho")
    preferences.note_opening("/khác")
    assert preferences.load().last_opening("/kho") == datetime.fromisoformat(first)
    assert preferences.load().last_opening("/khác") is None


def test_a_wrong_address_is_refused_without_the_password():
    with pytest.raises(StoreError) as refused:
        connected("neo4j://neo4j:bí-mật@may-chu", None, "neo4j", "bí-mật")
    assert "bí-mật" not in str(refused.value)
