"""Made-up directives of one form, as many as a test needs."""

from __future__ import annotations

from pathlib import Path

LETTER = """ỦY BAN NHÂN DÂN
TỈNH NINH BÌNH
-------

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: {number}/UBND-VP3
V/v {subject}

Ninh Bình, ngày {day:02} tháng {month:02} năm 2019

Kính gửi:
- Các sở, ban, ngành;
- UBND các huyện, thành phố.

UBND tỉnh yêu cầu các đơn vị thực hiện các nội dung sau:

1. Sở Giao thông vận tải chủ trì, phối hợp với UBND các huyện rà soát tiêu chí số 2 về giao thông nông thôn, \
hoàn thành trước ngày 30/11/2019.

2. Sở Tài chính tham mưu bố trí vốn đợt {number} cho các xã; báo cáo UBND tỉnh trước ngày 15/12/2019.

Yêu cầu các đơn vị nghiêm túc thực hiện./.

Nơi nhận:
- Như trên;
- Lưu: VT, VP3.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Mẫu
"""


def letter(number: int, subject: str = "đôn đốc xây dựng nông thôn mới") -> str:
    """Return the text of one letter; another number is another document, another subject other bytes of the same."""
    return LETTER.format(number=number, subject=subject, day=number % 28 + 1, month=number % 12 + 1)


def write_letters(folder: Path, count: int) -> list[Path]:
    """Write so many letters into a folder and return their files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"cv-{number:04}.txt" for number in range(1, count + 1)]
    for number, path in enumerate(paths, 1):
        path.write_text(letter(number), encoding="utf-8")
    return paths
