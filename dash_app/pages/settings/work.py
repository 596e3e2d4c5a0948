"""What the buttons of the settings begin in the background; each says what it came to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dash_app.chores import SHOWN, OnProgress, Result
from dash_app.pages.settings.data import backup_path
from ntmgraph.queries import IngestRow, IngestState
from ntmgraph.terms import COUNTED
from ntmgraph.workspace.errors import no_folder

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace


def back_up(workspace: Workspace, progress: OnProgress) -> Result:
    try:
        path = backup_path()
    except OSError as error:
        raise no_folder(Path(error.filename or "."), error) from error
    files, missing = workspace.back_up(path, progress)
    return Result("backup", {"n": files, "path": str(path)}, tuple(missing[:SHOWN]), file=path.name)


def restore(workspace: Workspace, path: Path, progress: OnProgress) -> Result:
    carried = workspace.restore(path, progress)
    details = [row.reason or row.path for row in carried.refused]
    if counts := [f"{COUNTED[each.kind]} {each.source}/{each.target}" for each in carried.counts if not each.ok]:
        details.append(f"Bản sao lưu và kho không khớp về số lượng ({', '.join(counts)}).")
    details += [f"Văn bản {each} trong kho khác với bản sao lưu. Hãy kiểm tra kho." for each in carried.different]
    details += [
        f"Kho và bản sao lưu có quyết định khác nhau về nội dung {each}; quyết định ghi sau có hiệu lực. Hãy xem lại ở "
        "trang Rà soát."
        for each in carried.contradicted
    ]
    values = {"n": carried.new, "mended": carried.mended, "decisions": carried.decisions}
    return Result("restore" if carried.ok else "restore.differs", values, tuple(details[:SHOWN]))


def check(workspace: Workspace, progress: OnProgress) -> Result:
    drift = [each.message for each in workspace.check(on_progress=progress)]
    return Result("check.drift" if drift else "check", {"n": len(drift)}, tuple(drift[:SHOWN]))


def rebuild(workspace: Workspace, progress: OnProgress) -> Result:
    lost: list[IngestRow] = []
    counts = workspace.rebuild(progress, lost.append)
    values = {"n": workspace.count_documents(), "tasks": counts.get("Task", 0)}
    return Result("rebuild", values, tuple(row.reason or row.path for row in lost[:SHOWN]))


def read_refused(workspace: Workspace, by: str, progress: OnProgress) -> Result:
    rows = workspace.read_refused_again(on_progress=progress, by=by)
    refused = [row for row in rows if row.state is IngestState.REFUSED]
    details = tuple(row.reason or row.path for row in refused[:SHOWN])
    return Result("refused", {"n": len(rows) - len(refused), "total": len(rows)}, details)


def read_doubted(workspace: Workspace, progress: OnProgress) -> Result:
    documents = workspace.doubted()
    reasons = workspace.read_again(documents, progress)
    left = len(workspace.doubted())
    return Result("doubted", {"n": len(documents) - len(reasons), "left": left}, tuple(reasons[:SHOWN]))
