"""Files that show that a task was done, kept under the hash of their content beside the originals.

They are no originals: nothing is read from them, and no document stands on them. What names them is the decision.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from ntmgraph.workspace.decisions import Proof
from ntmgraph.workspace.errors import ProofError
from ntmgraph.workspace.file_names import safe_name
from ntmgraph.workspace.originals import Originals

MOST = 20 * 2**20  # bytes
KINDS = (
    ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".rtf", ".txt", ".csv", ".eml", ".msg",
    ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".heic", ".zip",
)  # fmt: skip


def keep_proof(originals: Originals, name: str, content: bytes) -> Proof:
    """Keep a file and return what a decision says of it; ProofError where it is empty, too large or no document."""
    name = safe_name(name)
    if Path(name).suffix.lower() not in KINDS:
        raise ProofError(
            f"Tệp minh chứng “{name}” không phải văn bản, bảng tính, ảnh hoặc tệp .zip. Hãy chọn tệp có đuôi "
            f"{', '.join(KINDS)}."
        )
    if not content:
        raise ProofError(f"Tệp minh chứng “{name}” không có nội dung. Hãy chọn lại tệp.")
    if len(content) > MOST:
        raise ProofError(
            f"Tệp minh chứng “{name}” lớn hơn {MOST // 2**20} MB. Hãy chọn tệp nhỏ hơn, hoặc ghi số, ký hiệu báo cáo "
            "vào ghi chú."
        )
    sha256 = hashlib.sha256(content).hexdigest()
    with TemporaryDirectory(prefix="ntmgraph-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "proof"
        path.write_bytes(content)
        originals.keep(path, sha256, name)
    return Proof(sha256, name)
