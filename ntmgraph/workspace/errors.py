"""Why a workspace cannot be used; every message is Vietnamese and says what, where and what next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ntmgraph.causes import cause
from ntmgraph.lock import Holder


class WorkspaceError(Exception):
    """The workspace cannot be reached or opened."""


class HeldError(WorkspaceError):
    """Another process works on the workspace."""

    def __init__(self, folder: Path, holder: Holder | None) -> None:
        who = (
            f"tiến trình số {holder.pid}, {holder.task}, từ {holder.since:%H:%M ngày %d/%m/%Y}"
            if holder
            else "không rõ tiến trình nào"
        )
        super().__init__(
            f"Kho {folder} đang được dùng ({who}). "
            "Hãy làm việc ngay trên cửa sổ đang mở, hoặc đóng nó (chờ lệnh kia chạy xong) rồi chạy lại."
        )
        self.holder = holder


class NotAWorkspaceError(WorkspaceError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Thư mục {folder} có tệp khác mà không phải là kho của ntmgraph. Hãy chọn một thư mục trống hoặc chưa có."
        )


class NewerError(WorkspaceError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Kho {folder} do bản ntmgraph mới hơn tạo ra, bản này không đọc được. "
            "Hãy cài bản mới rồi mở lại; dữ liệu còn nguyên."
        )


class OutdatedError(WorkspaceError):
    """The graph and the index were made by an older version, or are missing: rebuilding makes them again."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Đồ thị và chỉ mục của kho {folder} do bản cũ tạo ra hoặc bị thiếu. "
            "Hãy chạy lệnh “ntmgraph rebuild” để dựng lại từ các tệp gốc; không mất dữ liệu nào."
        )


class OutdatedSharedError(WorkspaceError):
    """The shared graph was made by another version of the program or from another catalogue."""


class UnreachableError(WorkspaceError):
    """The folder cannot be read or written, or the graph in it cannot be opened."""


class DamagedError(UnreachableError):
    """What is made from the originals cannot be read: rebuilding makes it again, and nothing is lost."""


class TornLogError(UnreachableError):
    """Decisions are missing in the log of a shared graph: what was decided is not known, and must not seem less."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"Nhật ký quyết định trong {where} bị thiếu hoặc bị sửa từ ngoài chương trình. Chưa có gì được ghi. Hãy "
            "nhờ người quản trị đưa cơ sở dữ liệu về bản sao lưu của máy chủ; nếu không có, xóa trống cơ sở dữ liệu "
            "rồi phục hồi vào đó một bản sao lưu của chương trình (ntmgraph restore)."
        )


class NotDoneError(UnreachableError):
    """The graph can be reached, but could not do this one thing; nothing of it was written there."""


class NotWrittenError(NotDoneError):
    """The graph refuses what documents say, and would take others."""


class BackupError(WorkspaceError):
    """A backup cannot be written, read or used."""


class NotYetError(ValueError):
    """A task cannot have been done on a day to come."""

    def __init__(self, day: date) -> None:
        super().__init__(f"Ngày hoàn thành chưa đến: {day:%d/%m/%Y}. Hãy ghi ngày hôm nay hoặc một ngày đã qua.")


class NameTakenError(ValueError):
    """Another saved search has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Đã có một tìm kiếm khác tên “{name}”. Hãy đặt tên khác.")


class ProofError(ValueError):
    """A file cannot be kept as the proof of a task."""


class UnknownTaskError(ValueError):
    """Tasks are not there any more: their documents were read again in another way, or left out."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} nhiệm vụ đã chọn không còn trong kho, vì văn bản đã được đọc lại khác trước. Chưa ghi trạng thái "
            "nào. Hãy tải lại danh sách rồi chọn lại."
        )


class TooManyError(ValueError):
    """A file would hold more tasks than anybody reads."""

    def __init__(self, total: int, most: int) -> None:
        super().__init__(
            f"Có {total} nhiệm vụ, nhiều hơn {most} nhiệm vụ mà một tệp lịch chứa được. Hãy lọc theo cơ quan, tiêu "
            "chí, địa bàn, văn bản hoặc khoảng ngày rồi tải lại."
        )


def no_folder(folder: Path, error: OSError) -> UnreachableError:
    return UnreachableError(
        f"Không mở được thư mục {folder} ({cause(error)}). "
        "Hãy kiểm tra quyền ghi và dung lượng trống, hoặc chọn kho khác bằng --workspace."
    )


def no_room(folder: Path, free: int, needed: int) -> UnreachableError:
    return UnreachableError(
        f"Ổ đĩa có kho {folder} chỉ còn {free // 2**20} MB, cần ít nhất {needed // 2**20} MB để ghi an toàn. Chưa ghi "
        "gì; dữ liệu đã có còn nguyên. Hãy xóa bớt tệp không dùng rồi làm lại."
    )


def no_graph(folder: Path) -> DamagedError:
    return DamagedError(
        f"Không mở được đồ thị hoặc chỉ mục của kho {folder}. Hãy chạy “ntmgraph rebuild” để dựng lại từ các tệp gốc; "
        f"nguyên nhân ghi ở {folder / 'logs'}."
    )


def no_workspace_file(folder: Path) -> DamagedError:
    return DamagedError(
        f"Tệp {folder / 'workspace.json'} bị hỏng. Hãy chạy “ntmgraph rebuild” để dựng lại từ các tệp gốc; không mất "
        "dữ liệu nào."
    )


def read_as_another(file: str) -> str:
    return f"{file}: bản này đọc ra văn bản khác với lúc nạp; hãy dựng lại kho (ntmgraph rebuild) để ghi lại cho đúng."


def not_written(folder: Path, files: Sequence[str], *, decided: bool) -> NotWrittenError:
    shown = ", ".join(files[:3]) + (", …" if len(files) > 3 else "")
    return NotWrittenError(
        f"{shown}: lỗi của chương trình khi ghi vào đồ thị, nội dung cũ còn nguyên; chi tiết ở {folder / 'logs'}. "
        + (
            "Quyết định đã được lưu và sẽ được ghi tiếp khi mở lại kho. Hãy đóng chương trình rồi mở lại."
            if decided
            else "Hãy đọc lại lần nữa; nếu vẫn lỗi, hãy chạy “ntmgraph rebuild” để dựng lại từ các tệp gốc."
        )
    )


def busy(where: str) -> UnreachableError:
    return UnreachableError(
        f"Nhiều máy đang nạp cùng văn bản vào {where} nên lần nạp này chưa ghi được. Hãy chờ một lát rồi nạp lại; "
        "các tệp đã nạp được bỏ qua."
    )
