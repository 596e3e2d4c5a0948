"""Every command as a process of its own on a real workspace: what it prints where, and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import workbooks
from needs import ROOT
from neo4j import GraphDatabase
from neo4j_server import Neo4jServer

from ntmgraph.cli import main
from ntmgraph.workspace import Workspace

LETTER = """ỦY BAN NHÂN DÂN TỈNH HÀ NAM
Số: 41/UBND-NN
Hà Nam, ngày 05 tháng 3 năm 2018

V/v thực hiện tiêu chí môi trường

Kính gửi: Các sở, ngành.

1. Sở Xây dựng chủ trì, phối hợp với Sở Y tế hướng dẫn các xã thực hiện tiêu chí số 17, xong trước ngày 30/6/2018.
2. Sở Tài chính báo cáo UBND tỉnh kết quả bố trí vốn trước ngày 31/12/2018.
"""


def run(*arguments: str | Path, workspace: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `ntmgraph` as a user would and return what it said."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("NTMGRAPH_")} | environment
    if workspace is not None:
        env["NTMGRAPH_WORKSPACE"] = str(workspace)
    return subprocess.run(
        [sys.executable, "-m", "ntmgraph", *map(str, arguments)],
        cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def answer(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    found = json.loads(line)
    assert found["schema"] == 1
    return found


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, empty_workspace: Path) -> Path:
    """Return a workspace that holds one letter."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(empty_workspace, folder / "kho")
    letter = folder / "công văn 41.txt"
    letter.write_text(LETTER, encoding="utf-8")
    done = run("ingest", letter, workspace=folder / "kho")
    assert (done.returncode, done.stdout.split()[0]) == (0, "mới"), done.stderr
    assert "văn bản/giây" in done.stderr
    return folder / "kho"


def test_the_files_of_an_archive_are_parsed_and_taken_in(tmp_path: Path, empty_workspace: Path) -> None:
    shutil.copytree(empty_workspace, tmp_path / "kho")
    with zipfile.ZipFile(tmp_path / "gửi.zip", "w") as archive:
        archive.writestr("Tháng 3/41.txt", LETTER)
        archive.writestr("Tháng 3/rỗng.txt", "")
    parsed = run("parse", tmp_path / "gửi.zip", "--json")
    first, second = map(json.loads, parsed.stdout.splitlines())
    assert (parsed.returncode, first["document"]["number"]) == (1, "41/UBND-NN")
    assert (second["path"], second["refused"]) == (f"{tmp_path / 'gửi.zip'}/Tháng 3/rỗng.txt", "empty")
    taken = run("--workspace", tmp_path / "kho", "ingest", tmp_path / "gửi.zip", "--json")
    rows = json.loads(taken.stdout)["rows"]
    assert [(Path(row["path"]).name, row["state"]) for row in rows] == [("41.txt", "new"), ("rỗng.txt", "refused")]


def test_ingest_tells_each_file_on_a_line_and_ends_with_1_when_one_was_refused(
    tmp_path: Path, empty_workspace: Path
) -> None:
    shutil.copytree(empty_workspace, tmp_path / "kho")
    (tmp_path / "a.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "rỗng.txt").touch()
    done = run("--workspace", tmp_path / "kho", "ingest", tmp_path / "a.txt", tmp_path / "rỗng.txt", "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert [(row["state"], row["refusal"]) for row in found["rows"]] == [("new", None), ("refused", "empty")]
    assert found["rows"][0]["document"]["number"] == "41/UBND-NN"
    assert set(found["rows"][0]) >= {"path", "state", "document", "reason", "issues", "left_out"}
    again = run("--workspace", tmp_path / "kho", "ingest", tmp_path / "a.txt")
    assert (again.returncode, again.stdout.split("  ")[0]) == (0, "không đổi")


def test_trace_says_who_with_the_sentence(office: Path) -> None:
    rows = answer(run("trace", "--agency", "so tai chinh", "--on", "2018-06-01", "--json", workspace=office))["rows"]
    assert any(row["agency"]["name"].startswith("Sở Tài chính") for row in rows)
    for row in rows:
        assert row["document"]["number"] == "41/UBND-NN"
        assert row["evidence"]["quote"] in LETTER
        assert {"fact", "what", "role", "with", "reports_to", "via", "criterion", "place", "from", "to"} <= set(row)
    said = run("trace", "--agency", "Sở Tài chính", "--on", "01/06/2018", workspace=office).stdout
    assert "báo cáo UBND tỉnh kết quả bố trí vốn" in " ".join(said.split())
    assert "41/UBND-NN ngày 05/03/2018" in said
    assert "nêu rõ" in said


def test_what_no_document_says_is_no_row_and_a_sentence(office: Path) -> None:
    done = run("trace", "--criterion", "Chợ nông thôn", workspace=office)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.strip().splitlines()) <= 2
    found = answer(run("trace", "--criterion", "Chợ nông thôn", "--json", workspace=office))
    assert found["rows"] == []
    assert found["note"]
    assert [lead["rule"] for lead in found["usual_leads"]] == [
        "usual_lead"
    ]  # a default, marked as such, beside the rows
    assert "mặc định của danh mục, chưa có văn bản phân công" in done.stdout
    for switch in (("--stated-only",), ("--without", "usual_lead")):
        found = answer(run("trace", "--criterion", "Chợ nông thôn", "--json", *switch, workspace=office))
        assert (found["rows"], found["usual_leads"]) == ([], [])


def test_what_is_inferred_says_why_and_can_be_left_out(tmp_path: Path) -> None:
    said = LETTER.replace("2. Sở Tài chính báo cáo", "2. Các sở, ban, ngành báo cáo")
    (tmp_path / "công văn.txt").write_text(said, encoding="utf-8")
    office = tmp_path / "kho"
    assert run("ingest", tmp_path / "công văn.txt", workspace=office).returncode == 0
    asked = ("--agency", "Sở Công Thương", "--on", "2018-06-01")
    for command in ("trace", "deadlines"):
        rows = answer(run(command, *asked, "--json", workspace=office))["rows"]
        assert [(row["basis"], row["rule"], row["because"][0]["rule"]) for row in rows] == [
            ("inferred", "group_member", "group_member")
        ]
        for switch in (("--without", "group_member"), ("--stated-only",)):
            without = answer(run(command, *asked, *switch, "--json", workspace=office))
            assert without["rows"] == []
            assert without["note"]
    said = " ".join(run("trace", *asked, workspace=office).stdout.split())
    assert "vì Sở Công Thương thuộc Các Sở, ban, ngành" in said
    refused = run("trace", *asked, "--without", "guess", workspace=office)
    assert refused.returncode == 2
    assert "group_member" in refused.stderr


def test_search_finds_without_accents(office: Path) -> None:
    found = answer(run("search", "bo tri von", "--json", workspace=office))
    hit = found["rows"][0]
    assert [hit["text"][start:end] for start, end in hit["highlights"]] == ["bố trí vốn"]
    assert (found["total"], found["counted"]) == (1, 1)
    assert {value["value"] for value in found["facets"]["year"]} == {"2018"}
    assert "»bố trí vốn«" in run("search", "bo tri von", workspace=office).stdout
    assert "Không tìm thấy" in run("search", "bo tri von", "--year", "2011", workspace=office).stdout


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ([" "], "Chưa có từ nào để tìm"),
        (["", "--year", "2018"], "đoạn, tìm trong"),
        (["nông thôn mới không có"], "Không tìm thấy đoạn nào"),
        (["ngày", "--limit", "1"], "Xem tiếp: --offset 1."),
        (["ngày", "--limit", "1", "--offset", "1000000000000"], "đoạn, tìm trong"),
    ],
)
def test_a_search_says_what_to_do_next(
    office: Path,
    call: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "argv", ["ntmgraph", "--workspace", str(office), "search", *call])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    shown = capsys.readouterr()
    assert said in shown.out
    assert shown.err == ""


def test_deadlines_go_into_a_calendar_file(office: Path, tmp_path: Path) -> None:
    path = tmp_path / "lịch.ics"
    done = run("deadlines", "--on", "2018-07-10", "--ics", path, workspace=office)
    total = answer(run("deadlines", "--on", "2018-07-10", "--json", workspace=office))["total"]
    assert (done.returncode, done.stdout) == (0, "")
    assert path.read_bytes().count(b"BEGIN:VEVENT\r\n") == total > 0
    assert f"Đã ghi {total} nhiệm vụ" in done.stderr
    assert run("deadlines", "--ics", tmp_path / "không" / "có.ics", workspace=office).returncode == 2


def test_deadlines_have_their_state_on_the_day(office: Path) -> None:
    found = answer(run("deadlines", "--on", "2018-07-10", "--json", workspace=office))
    assert {row["due"]: (row["state"], row["days_late"]) for row in found["rows"]} == {
        "2018-06-30": ("open_late", 11),  # "trước ngày 30/6" is late from that day on
        "2018-12-31": ("open_in_time", -173),
    }
    late = answer(run("deadlines", "--on", "2018-07-10", "--state", "open_late", "--json", workspace=office))
    assert [row["due"] for row in late["rows"]] == ["2018-06-30"]
    assert "đang thực hiện quá hạn" in run("deadlines", "--on", "10/07/2018", workspace=office).stdout


def test_progress_tells_what_was_reached_with_the_sentence(tmp_path: Path) -> None:
    (tmp_path / "báo cáo.xlsx").write_bytes(workbooks.counts())
    office = tmp_path / "kho"
    assert run("ingest", tmp_path / "báo cáo.xlsx", workspace=office).returncode == 0
    found = answer(run("progress", "--place", "Lũng Cú", "--on", "2023-12-31", "--json", workspace=office))
    keys = {"place", "criterion", "measure", "value", "of", "met", "as_of", "carried", "document", "evidence"}
    assert all(keys <= set(row) for row in found["rows"])
    count = next(row for row in found["rows"] if row["criterion"] is None)
    assert (count["value"], count["of"], count["as_of"], count["carried"]) == (13, 19, "2023-09-30", None)
    later = run("progress", "--place", "p.00715.2025", "--on", "01/01/2026", "--json", workspace=office)
    assert {row["carried"] for row in answer(later)["rows"]} == {"place_successor"}
    said = run("progress", "--province", "Hà Giang", "--on", "31/12/2023", workspace=office).stdout
    assert "xã Lũng Cú, 30/09/2023: số tiêu chí đạt: 13/19 tiêu chí" in said
    assert (
        "Chưa có văn bản nào nêu kết quả"
        in run("progress", "--province", "Hà Giang", "--on", "01/01/2023", workspace=office).stdout
    )


def test_what_a_draft_asks_is_told(tmp_path: Path) -> None:
    draft = LETTER.replace("Số: 41/UBND-NN", "Số:      /UBND-NN").replace("ngày 05 tháng 3", "ngày      tháng    ")
    (tmp_path / "a.txt").write_text(draft, encoding="utf-8")
    run("ingest", tmp_path / "a.txt", workspace=tmp_path / "kho")
    for call in (("deadlines", "--on", "2018-06-01"), ("trace", "--agency", "Sở Xây dựng")):
        assert "(dự thảo)" in run(*call, workspace=tmp_path / "kho").stdout
        (row, *_) = answer(run(*call, "--json", workspace=tmp_path / "kho"))["rows"]
        assert row["document"]["state"] == "draft"


CHARGE = """ỦY BAN NHÂN DÂN TỈNH HÀ NAM
Số: 41/UBND-NN
Hà Nam, ngày 05 tháng 3 năm 2018

V/v phân công phụ trách tiêu chí

Kính gửi: Các sở, ngành.

1. Giao Sở Xây dựng chủ trì, phụ trách tiêu chí số 17 theo Quyết định số 1980/QĐ-TTg ngày 17/10/2016 của Thủ tướng Chính phủ.
"""


def test_review_says_what_does_not_fit_together(tmp_path: Path, empty_workspace: Path) -> None:
    shutil.copytree(empty_workspace, tmp_path / "kho")
    later = CHARGE.replace("41/UBND-NN", "58/UBND-NN").replace("05 tháng 3", "09 tháng 4").replace("Xây dựng", "Y tế")
    for name, text in (("a.txt", CHARGE), ("b.txt", later)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    run("ingest", tmp_path / "a.txt", tmp_path / "b.txt", workspace=tmp_path / "kho")
    whole = answer(run("review", "--json", workspace=tmp_path / "kho"))
    assert whole["codes"] == {"criterion_two_leads": 1, "lead_changed": 1, "document_missing": 1}
    assert (whole["total"], [row["code"] for row in whole["rows"]]) == (3, list(whole["codes"]))
    two = whole["rows"][0]
    assert set(two) == {"id", "code", "message", "document", "criterion", "evidence"}
    assert (two["document"]["number"], two["criterion"]["number"]) == ("58/UBND-NN", 17)
    assert [said["document"]["number"] for said in two["evidence"]] == ["58/UBND-NN", "41/UBND-NN"]
    assert two["evidence"][1]["quote"] in CHARGE
    one = answer(run("review", "--code", "lead_changed", "--province", "Hà Nam", "--json", workspace=tmp_path / "kho"))
    assert one["rows"] == whole["rows"][1:2]
    page = answer(run("review", "--limit", "1", "--offset", "2", "--json", workspace=tmp_path / "kho"))
    assert (page["rows"], page["total"]) == (whole["rows"][2:], 3)
    said = run("review", "--limit", "1", workspace=tmp_path / "kho")
    assert (said.returncode, said.stderr) == (0, "")
    assert "3 điều cần xem lại" in said.stdout
    assert "Sở Y tế theo Công văn 58/UBND-NN ngày 09/04/2018" in " ".join(said.stdout.split())
    assert "Xem tiếp: --offset 1." in said.stdout
    for asked, told in (
        (("--province", "Lào Cai"), "Chưa có văn bản nào của “Lào Cai” trong kho. Có văn bản của: Hà Nam."),
        (("--code", "number_unclear"), "Không có điều gì cần xem lại."),
    ):
        nothing = run("review", *asked, workspace=tmp_path / "kho")
        assert (nothing.returncode, nothing.stdout.strip()) == (0, told)
    missing = whole["rows"][2]
    assert run("decide", missing["id"], "--accept", workspace=tmp_path / "kho").returncode == 0
    assert answer(run("review", "--json", workspace=tmp_path / "kho"))["rows"] == whole["rows"][:2]


def test_what_was_read_is_corrected_and_the_correction_undone(tmp_path: Path, office: Path) -> None:
    kho = shutil.copytree(office, tmp_path / "kho")
    asked = ("deadlines", "--on", "2018-06-01", "--agency", "Sở Xây dựng", "--json")

    def tasks() -> list[str]:
        return [row["task"] for row in answer(run(*asked, workspace=kho))["rows"]]

    (task,) = tasks()
    fields = ("--set", "who=Sở Tài chính", "--set", "deadline=31/07/2018", "--why", "đính chính")
    (said,) = answer(run("decide", task, *fields, "--json", workspace=kho))["rows"]
    assert (said["kind"], said["why"], said["after"]["who"][0]["name"]) == ("changed", "đính chính", "Sở Tài chính")
    assert tasks() == []
    told = run("history", task, workspace=kho).stdout
    assert "who" in told
    assert "Sở Xây dựng → Sở Tài chính" in told
    assert run("undo", said["id"], workspace=kho).returncode == 0
    assert tasks() == [task]
    for wrong, why in (
        ((task,), "Hãy nêu một trong ba"),
        ((task, "--accept", "--reject"), "Hãy nêu một trong ba"),
        ((task, "--set", "who"), "thiếu dấu bằng"),
        ((task, "--set", "deadline=31/02/2018"), "không phải là ngày"),
        (("không-có/task-1", "--accept"), "Không có nội dung nào mang mã này"),
    ):
        refused = run("decide", *wrong, workspace=kho)
        assert (refused.returncode, why in " ".join(refused.stderr.split())) == (2, True), refused.stderr


def test_rebuild_counts_what_is_there(office: Path) -> None:
    counts = {row["kind"]: row["count"] for row in answer(run("rebuild", "--json", workspace=office))["rows"]}
    assert counts["Document"] >= 1
    assert counts["Task"] == 2


def on_a_terminal(*arguments: str | Path, workspace: Path) -> tuple[int, str]:
    """Run `ntmgraph` where somebody watches, and return how it ended and what was said on stderr."""
    import pty

    env = os.environ | {"NTMGRAPH_WORKSPACE": str(workspace)}
    master, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "ntmgraph", *map(str, arguments)],
        cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=terminal,
    ) as process:  # fmt: skip
        os.close(terminal)
        said = b""
        with suppress(OSError):  # its end
            while part := os.read(master, 4096):
                said += part
    os.close(master)
    return process.returncode, said.decode()


def carried(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Return the answer of a carrying that did not come to the same on both sides."""
    assert done.returncode == 1, done.stderr
    return dict(json.loads(done.stdout))


def only_original(workspace: Path) -> Path:
    (kept,) = workspace.glob("originals/??/*")
    return kept


def test_a_backup_is_written_and_restored(office: Path, tmp_path: Path, empty_workspace: Path) -> None:
    source, target = shutil.copytree(office, tmp_path / "nguồn"), shutil.copytree(empty_workspace, tmp_path / "đích")
    path = tmp_path / "sao lưu.zip"
    done = run("backup", path, workspace=source)
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "",
        f"Đã sao lưu 1 tệp gốc cùng mọi quyết định vào {path}.\n",
    )
    found = answer(run("restore", path, "--json", workspace=target))
    assert (found["new"], found["mended"], found["refused"]) == (1, 0, [])
    assert {row["kind"]: row["target"] for row in found["rows"]}["tasks"] == 2
    only_original(target).unlink()
    lost = run("backup", tmp_path / "thiếu.zip", workspace=target)
    assert lost.returncode == 1
    assert "Không sao lưu được: công văn 41.txt" in lost.stderr
    code, said = on_a_terminal("restore", path, workspace=target)
    assert code == 0
    assert "Đang phục hồi: 1/1" in said
    assert only_original(target).read_text(encoding="utf-8") == LETTER
    only_original(source).unlink()
    only_original(target).unlink()
    told = run("restore", tmp_path / "thiếu.zip", workspace=target)
    assert (told.returncode, told.stdout.splitlines()[0]) == (0, "Mới chuyển 0 tệp gốc và 0 quyết định.")
    none = run("restore", tmp_path / "nguồn" / "workspace.json", workspace=target)
    assert none.returncode == 3
    assert "không phải là bản sao lưu" in none.stderr


def test_a_workspace_is_pushed_and_pulled(
    office: Path, tmp_path: Path, empty_workspace: Path, neo4j_database: Neo4jServer
) -> None:
    source, target = shutil.copytree(office, tmp_path / "nguồn"), shutil.copytree(empty_workspace, tmp_path / "đích")
    login = {"NTMGRAPH_USER": neo4j_database.user, "NTMGRAPH_PASSWORD": neo4j_database.password}
    pushed = answer(run("push", neo4j_database.uri, "--json", workspace=source, **login))
    assert pushed["new"] == 1
    pulled = run("pull", neo4j_database.uri, workspace=target, **login)
    assert (pulled.returncode, pulled.stdout.splitlines()[0]) == (0, "Mới chuyển 1 tệp gốc và 0 quyết định."), pulled
    assert only_original(target).read_text(encoding="utf-8") == LETTER
    only_original(source).write_text("đã bị sửa", encoding="utf-8")
    back = answer(run("pull", neo4j_database.uri, "--json", workspace=source, **login))
    assert (back["new"], back["mended"]) == (0, 1)
    with GraphDatabase.driver(neo4j_database.uri, auth=neo4j_database.auth) as driver:
        driver.execute_query("MATCH (c:Chunk) DELETE c")
    shutil.rmtree(next(tmp_path.glob("*-chung")))
    only_original(target).unlink()
    neither = carried(run("push", neo4j_database.uri, "--json", workspace=target, **login))
    assert [row["path"] for row in neither["refused"]] == ["công văn 41.txt"]
    assert answer(run("push", neo4j_database.uri, "--json", workspace=source, **login))["mended"] == 1
    wrong = run("push", "bolt://127.0.0.1:1", workspace=source, **login)
    assert wrong.returncode == 3, wrong.stderr


def test_parse_prints_one_object_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "rỗng.txt").touch()
    paths = [tmp_path / name for name in ("rỗng.txt", "không có.txt", "b" * 300, ".", "a.txt")]
    done = run("parse", *paths, "--json")
    assert done.returncode == 1
    *refused, read = map(json.loads, done.stdout.splitlines())
    assert [each["refused"] for each in refused] == ["empty", None, None, None]
    assert [Path(each["path"]) for each in refused] == paths[:-1]
    assert (read["document"]["number"], len(read["tasks"])) == ("41/UBND-NN", 2)
    assert [line.partition(": ")[2] for line in done.stderr.splitlines()] == [each["reason"] for each in refused]
    people = run("parse", tmp_path / "a.txt")
    assert (people.returncode, people.stderr) == (0, "")
    assert "Sở Xây dựng" in people.stdout


def test_a_workspace_that_cannot_be_opened_ends_with_3(tmp_path: Path, office: Path) -> None:
    (tmp_path / "tệp").write_text("không phải thư mục")
    for place in (tmp_path / "tệp", tmp_path):
        done = run("search", "a", workspace=place)
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith("Lỗi: ")
        assert "Traceback" not in done.stderr


def test_a_command_beside_another_says_who_holds_the_workspace(office: Path) -> None:
    with Workspace.open(office, task="đang mở cửa sổ chương trình"):
        done = run("search", "a", workspace=office)
    assert done.returncode == 3
    assert f"tiến trình số {os.getpid()}, đang mở cửa sổ chương trình" in done.stderr


def test_an_error_of_the_program_is_a_sentence_and_a_log(tmp_path: Path, office: Path) -> None:
    broken = tmp_path / "kho"
    shutil.copytree(office, broken)
    (broken / "decisions.jsonl").write_text('{"kind": "done"}\n')  # no decision looks like that
    done = run("deadlines", workspace=broken, XDG_STATE_HOME=str(tmp_path / "state"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    log = next((tmp_path / "state").rglob("ntmgraph.log"))
    assert str(log) in done.stderr
    assert "KeyError" in log.read_text(encoding="utf-8")


def test_serve_prints_its_address_first_and_stops_on_a_signal(office: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "ntmgraph", "--workspace", str(office), "serve", "--no-browser"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    stop = threading.Timer(60, process.kill)
    stop.start()
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        process.terminate()
        process.communicate()
        assert process.returncode == 0
    finally:
        stop.cancel()
        process.kill()
        process.wait()


def test_export_writes_the_format_of_the_file(office: Path, tmp_path: Path) -> None:
    sheet, letter = tmp_path / "việc.xlsx", tmp_path / "đôn đốc.docx"
    done = run("export", "deadlines", sheet, "--on", "2018-07-01", "--state", "open_late", workspace=office)
    assert (done.returncode, str(sheet) in done.stderr) == (0, True), done.stderr
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(sheet)["Nhiệm vụ"].iter_rows()]
    assert [row[2] for row in rows if row[0] == 1] == ["Sở Xây dựng"]
    assert answer(run("export", "reminder", letter, "--on", "01/07/2018", "--json", workspace=office))["rows"][0][
        "bytes"
    ]
    assert "Sở Xây dựng" in "".join(paragraph.text for paragraph in docx.Document(str(letter)).paragraphs)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("review", "a.docx"), "xuất được ra tệp .xlsx, .csv"),
        (("trace", "a.csv"), "cần xuất gì"),
        (("trace", "a.csv", "--province", "Lào Cai"), "--criterion, --agency, --place, --document"),
        (("progress", "a.xlsx"), "--province, --place"),
        (("search", "a.csv", "--province", "Lào Cai"), "--text"),
        (("documents", "a.csv", "--state", "open_late"), "không lọc được theo --state"),
        (("documents", "không/có/a.csv"), "không tìm thấy"),
    ],
)
def test_export_says_what_cannot_be_had(office: Path, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    what, name, *options = arguments
    done = run("export", what, tmp_path / name, *options, workspace=office)
    assert (done.returncode, words in done.stderr, list(tmp_path.iterdir())) == (2, True, []), done.stderr
