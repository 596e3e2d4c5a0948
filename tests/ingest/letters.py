"""A directive around the sentences that a test is about."""

from __future__ import annotations

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


def letter(
    body: str,
    *,
    issuer: str = "ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG",
    number: str = "55/UBND-KT",
    signed: str = "Hà Giang, ngày 12 tháng 3 năm 2020",
    about: str = "V/v thực hiện Chương trình nông thôn mới",
) -> str:
    """Return a Công văn with the body given; `about` may be a type and title instead ("KẾ HOẠCH\\nXây dựng ...")."""
    return (
        f"{issuer}\n\nSố: {number}\n\n{NATION}\n\n{signed}\n\n{about}\n\n{body}\n\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLò Văn Pao"
    )
