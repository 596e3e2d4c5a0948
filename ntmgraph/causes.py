"""Why the operating system refused something, in Vietnamese wherever the program runs."""

from __future__ import annotations

import errno

_CAUSES = {
    errno.EACCES: "không có quyền truy cập, hoặc chương trình khác đang giữ",
    errno.EPERM: "không có quyền truy cập",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa hết chỗ",
    errno.ENOENT: "không tìm thấy",
    errno.EEXIST: "đã có một tệp trùng tên",
    errno.ENOTDIR: "một phần của đường dẫn là tệp, không phải thư mục",
    errno.EISDIR: "là thư mục, không phải tệp",
    errno.ENAMETOOLONG: "tên hoặc đường dẫn quá dài",
    errno.EINVAL: "tên có ký tự không dùng được",
    errno.EIO: "lỗi đọc, ghi ổ đĩa",
    errno.EBUSY: "chương trình khác đang giữ",
    errno.ELOOP: "liên kết trỏ vòng quanh",
    errno.EMFILE: "máy đang mở quá nhiều tệp",
    errno.ENOLCK: "ổ đĩa không cho khóa tệp",
    errno.EOPNOTSUPP: "ổ đĩa không cho khóa tệp",
}


def cause(error: OSError) -> str:
    """Return why, as words that fit into parentheses; the system's own where the list lacks them."""
    return _CAUSES.get(error.errno or 0) or error.strerror or type(error).__name__
