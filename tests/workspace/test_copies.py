"""Several files of one document: the whole stays against its parts, text against scans, whichever comes first."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from directives import letter

from ingest.readers import Source
from ntmgraph.model import ScannedPage
from ntmgraph.queries import IngestState
from ntmgraph.workspace import Workspace, recognised
from ntmgraph.workspace.originals import JournalOriginals, Original, hash_of, now

NEW, UNCHANGED, REPLACED, _ = IngestState

WHOLE = letter(7)
PART = WHOLE[: WHOLE.index("1. Sở Giao thông")]
LONGER = WHOLE.replace("Nơi nhận:", "3. Sở Nội vụ rà soát nhân sự các ban chỉ đạo, báo cáo UBND tỉnh./.\n\nNơi nhận:")
ANNEXED = WHOLE + "\nPHỤ LỤC\n" + "Xã Mẫu Một đạt tiêu chí số 2 về giao thông nông thôn.\n" * 30


@pytest.fixture
def workspace(tmp_path: Path, empty_workspace: Path) -> Iterator[Workspace]:
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:
        yield workspace


def as_text(folder: Path, text: str, name: str = "công văn 7.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def as_scan(folder: Path, text: str, name: str = "ảnh 7.png") -> Path:
    """Return a picture whose text the workspace has recognised already."""
    path = folder / name
    path.write_bytes(f"picture of: {text}".encode())
    digest = hash_of(path)
    source = Source(text, "image", digest, scanned=(ScannedPage(1, 595.0, 842.0, 0),))
    recognised.keep(folder / "kho" / "recognised" / digest[:2] / f"{digest}.json.gz", source)
    return path


def what_it_holds(workspace: Workspace) -> tuple[object, ...]:
    (row,), _ = workspace.documents()
    return workspace.file_name(row.id), row.tasks, workspace.reading(row.id), workspace.totals()


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize(
    ("make_copy", "text", "says"),
    [
        (as_scan, PART, "đã có bản đầy đủ hơn (tệp công văn 7.txt); bản này chỉ có"),
        (as_scan, LONGER, "đã có bản đọc từ lớp chữ (tệp công văn 7.txt); bản này là bản quét"),
        (as_scan, WHOLE, "đúng nội dung của tệp công văn 7.txt"),
        (as_text, PART, "đã có bản đầy đủ hơn"),
        (as_text, "\n\n" + WHOLE.replace(" phối hợp với", "\nphối  hợp với"), "đúng nội dung của tệp công văn 7.txt"),
    ],
)
def test_a_copy_that_says_no_more_changes_nothing(
    workspace: Workspace, tmp_path: Path, make_copy: object, text: str, says: str, at_once: bool
) -> None:
    assert callable(make_copy)
    first, copy = as_text(tmp_path, WHOLE), make_copy(tmp_path, text, "bản 2.png")
    rows = workspace.ingest([first, copy]) if at_once else workspace.ingest([first]) + workspace.ingest([copy])
    assert [row.state for row in rows] == [NEW, UNCHANGED]
    assert rows[0].document == rows[1].document
    assert rows[1].reason is not None and says in rows[1].reason
    held = what_it_holds(workspace)
    assert held[0] == "công văn 7.txt"
    assert len(list((workspace.folder / "originals").glob("??/*"))) == 1
    assert [row.state for row in workspace.ingest([copy, first])] == [UNCHANGED, UNCHANGED]
    workspace.rebuild()
    assert what_it_holds(workspace) == held


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize(
    ("make_first", "poorer", "make_second", "better"),
    [
        (as_scan, PART, as_text, WHOLE),
        (as_scan, WHOLE, as_text, WHOLE),  # letters that a machine recognised may be wrong
        (as_scan, LONGER, as_text, WHOLE),
        (as_scan, PART, as_scan, WHOLE),
        (as_text, PART, as_text, WHOLE),
        (as_text, WHOLE, as_text, LONGER),
        (as_text, LONGER, as_text, WHOLE),  # a sentence less: the office's new version
        (as_text, WHOLE, as_scan, ANNEXED),  # the signed copy brings the annex
    ],
)
def test_a_better_copy_takes_the_place(
    workspace: Workspace,
    tmp_path: Path,
    make_first: object,
    poorer: str,
    make_second: object,
    better: str,
    at_once: bool,
) -> None:
    assert callable(make_first) and callable(make_second)
    first, second = make_first(tmp_path, poorer, "bản 1"), make_second(tmp_path, better, "bản 2")
    rows = workspace.ingest([first, second]) if at_once else workspace.ingest([first]) + workspace.ingest([second])
    assert [row.state for row in rows] == [NEW, REPLACED]
    held = what_it_holds(workspace)
    assert held[0] == "bản 2"
    workspace.rebuild()
    assert what_it_holds(workspace) == held


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_the_files_does_not_change_what_is_held(
    workspace: Workspace, tmp_path: Path, order: tuple[int, ...]
) -> None:
    files = [as_text(tmp_path, WHOLE), as_scan(tmp_path, WHOLE), as_scan(tmp_path, PART, "trang 1.png")]
    workspace.ingest([files[number] for number in order])
    assert what_it_holds(workspace)[0] == "công văn 7.txt"


def test_a_rebuild_puts_the_whole_back_where_a_part_had_taken_its_place(workspace: Workspace, tmp_path: Path) -> None:
    whole = as_text(tmp_path, WHOLE)
    workspace.ingest([whole])
    held = what_it_holds(workspace)
    folder = workspace.folder
    workspace.close()
    part = as_text(tmp_path, PART, "trang 1.txt")
    originals = JournalOriginals(folder / "originals")
    originals.keep(part, hash_of(part), part.name)
    (standing,) = originals.files()
    originals.record([Original(hash_of(part), part.name, standing.document, now())])
    with Workspace.open(folder) as reopened:
        assert what_it_holds(reopened)[0] == "trang 1.txt"
        reopened.rebuild()
        assert what_it_holds(reopened) == held
        assert [row.state for row in reopened.ingest([whole, part])] == [UNCHANGED, UNCHANGED]
    with Workspace.open(folder) as reopened:
        assert what_it_holds(reopened) == held
