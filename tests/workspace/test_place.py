"""The place where a workspace lies goes wrong for real: a disk without room, a read-only one, one that is taken away."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from directives import write_letters
from needs import need

from dash_app.troubles import troubles, why
from dash_app.words import words_of
from ntmgraph.workspace import Workspace, WorkspaceError

SAY = words_of("vi")


def mounted(at: Path, size: int) -> bool:
    at.mkdir()
    command = ("mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", str(at))
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Gives an own disk of so many megabytes; only root may mount one."""
    need(hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount"), "the right to mount a disk (root)")
    with ExitStack() as used:

        def make(size: int) -> Path:
            need(mounted(tmp_path / "disk", size), "a machine that lets root mount a tmpfs")
            used.callback(subprocess.run, ("umount", "-l", str(tmp_path / "disk")), capture_output=True, check=False)
            return tmp_path / "disk"

        yield make


def test_without_room_nothing_is_written_and_everything_can_be_asked(
    disk: Callable[[int], Path], empty_workspace: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(empty_workspace, disk(80) / "kho")
    first, second = write_letters(tmp_path / "in", 2)
    with Workspace.open(folder) as workspace:
        workspace.ingest([first])
        (folder.parent / "fill").write_bytes(bytes(shutil.disk_usage(folder).free - 20 * 2**20))
        assert "chỉ còn" in troubles(SAY, workspace)[0]
        for work in (lambda: workspace.ingest([second]), workspace.rebuild):
            with pytest.raises(WorkspaceError, match=r"chỉ còn (19|20) MB"):
                work()
        assert workspace.count_documents() == 1
    (folder.parent / "fill").unlink()
    with Workspace.open(folder) as workspace:
        workspace.ingest([second])
        assert workspace.count_documents() == 2


def test_a_read_only_disk_is_named(disk: Callable[[int], Path], empty_workspace: Path) -> None:
    folder = shutil.copytree(empty_workspace, disk(80) / "kho")
    subprocess.run(("mount", "-o", "remount,ro", str(folder.parent)), check=True)
    with pytest.raises(WorkspaceError, match="ổ đĩa chỉ cho đọc"):
        Workspace.open(folder)


def test_a_folder_taken_away_and_a_clock_set_back_are_named(empty_workspace: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(empty_workspace, tmp_path / "kho")
    with Workspace.open(folder) as workspace:
        workspace.ingest(write_letters(tmp_path / "in", 1))
        assert troubles(SAY, workspace) == []
        assert "01/01/2002" in troubles(SAY, workspace, now=datetime(2002, 1, 1, tzinfo=UTC))[0]
        folder.rename(tmp_path / "gone")
        assert "Không còn thấy kho" in troubles(SAY, workspace)[0]
        with pytest.raises(OSError) as lost:
            workspace.rebuild()
        assert "không tìm thấy" in str(why(SAY, lost.value))
        (tmp_path / "gone").rename(folder)
        assert troubles(SAY, workspace) == []
