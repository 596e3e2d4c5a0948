"""The forms of figures in prose: each a pattern with the phrases that it accepts and one that it must not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.numbers import NUMBER

UNIT = (
    r"thôn|bản|ấp|xóm|buôn|khu dân cư|xã|phường|thị trấn|huyện|thị xã|đơn vị cấp huyện|đơn vị cấp xã|hộ|hợp tác xã|"
    r"sản phẩm|tiêu chí|chỉ tiêu"
)
PLACES = r"thôn|bản|ấp|xóm|buôn|khóm|khu dân cư|xã|huyện|đơn vị cấp huyện|đơn vị cấp xã|thị xã|sản phẩm"
_SHARED = (  # what a percentage is of, besides units: "95% dân số", "100% kế hoạch vốn"
    r"người dân|dân số|cán bộ|công chức|lao động|trường|trạm|đường|tuyến|km|chất thải|rác thải|nước thải|cơ sở|"
    r"kế hoạch|diện tích|nhà|trẻ em|học sinh"
)


@dataclass(frozen=True, slots=True)
class FigureForm:
    """A form of figures: its pattern, the forms that it accepts, one that it must not."""

    pattern: re.Pattern[str]
    accepts: tuple[str, ...]
    rejects: str


RATIO = FigureForm(
    re.compile(
        rf"(?<![\d/.,])(?P<value>{NUMBER})\s?/\s?(?P<of>{NUMBER})(?![\d/]|\s?/|"
        rf"\s?[-–]?[A-ZĐ])(?:\s+(?:số\s+)?(?P<unit>{UNIT})\b)?"
        rf"(?P<share_words>[^\d.;()]{{0,45}}?\(?(?:chiếm|đạt|bằng|tương đương|=)?\s*(?:tỷ lệ|tỉ "
        rf"lệ)?\s*(?:là\s*)?(?P<share>\d{{1,3}}(?:[.,]\d+)?)\s?%)?"
    ),
    ("84/120 xã chiếm tỷ lệ 70%", "66/120, chiếm tỷ lệ 55%", "62/110 xã", "17/19 tiêu chí"),
    "Quyết định số 1600/QĐ-TTg",
)
COUNT = FigureForm(
    re.compile(
        r"(?:(?:\b(?P<verb>có|đạt|công nhận|thêm|đưa|hoàn thành|còn|lên|là|được|với|phấn đấu|trong đó)|,|\bvà)\s+"
        r"|(?P<told>:\s+)|(?<=[-+*•).;]\s)(?P<opens>(?=\d)))"
        r"(?P<how>(?:được|thêm|ít nhất|tối thiểu|từ|trên|khoảng|hoàn thành|đạt|có|cho)\s+)*"
        rf"(?P<value>{NUMBER})(?:\s*(?:-|–|đến)\s*\d+)?\s+(?P<unit>{PLACES})\b(?!\s*(?:của|biên giới|đặc "
        r"biệt khó khăn|khu vực|trong kế hoạch|nghèo))"
        r"(?P<share_words>\s*\((?:chiếm|đạt|bằng)?\s*(?:tỷ lệ\s*)?(?P<share>\d{1,3}(?:[.,]\d+)?)\s?%\))?",
        re.IGNORECASE,
    ),
    ("có ít nhất 12 xã", "có thêm 9 thôn", "đã có 31 xã", "có 40 xã (tỷ lệ 22,6%)", ": 40 xã", "; 20 xã"),
    "96 thôn của 12 xã",
)
AVERAGE = FigureForm(
    re.compile(
        rf"bình quân(?P<of_what>[^.;()]{{0,90}}?)\s(?:(?:đạt|là|có|trên|từ|ít nhất|tối thiểu|"
        rf"lên)\s+)*(?P<value>{NUMBER})(?:\s*(?:-|–|đến)\s*(?P<to>{NUMBER}))?"
        r"\s+tiêu chí(?:\s?/\s?(?:0?1\s+)?(?P<per>xã|thôn|huyện|"
        r"bản))?(?P<base>[^.;()]{0,10}\([^)]{0,40}?(?:hiện trạng|năm \d{4}|hiện nay|hiện tại)[^)]*\))?",
        re.IGNORECASE,
    ),
    ("bình quân đạt từ 14,5 - 15 tiêu chí", "bình quân trên xã đạt 13,2 tiêu chí/xã"),
    "bình quân đầu người",
)
ATTAINED = FigureForm(  # what one commune meets, or all of a district; "mức 15 tiêu chí", "dưới 10 tiêu chí" are bounds
    re.compile(
        r"\b(?:đạt|hoàn thành|được|lên)\s+(?:chuẩn\s+)?(?P<value>\d{1,3}(?:\.\d{3})?)\s+(?P<unit>tiêu chí)\b"
        r"(?!\s?/|\s+(?:trở lên|trở xuống))",
        re.IGNORECASE,
    ),
    ("xã Lũng Cú đã đạt 17 tiêu chí",),
    "đạt từ 15 tiêu chí trở lên",
)
INCREASE = FigureForm(
    re.compile(
        r"\b(?:tăng|thêm)\s+(?:(?:thêm|ít nhất|tối thiểu|từ|được)\s+)*(?P<value>\d{1,3}(?:\.\d{3})?)"
        r"(?:\s*(?:-|–|đến)\s*\d{1,2})?\s+(?P<unit>tiêu chí)\b(?!\s?/\s?\d)",
        re.IGNORECASE,
    ),
    ("tăng ít nhất 02 tiêu chí", "đạt thêm 2 tiêu chí", "tăng thêm 1-2 tiêu chí"),
    "tăng 12 xã đạt tiêu chí",
)
MARK = FigureForm(
    re.compile(
        r"\b(?P<not>chưa|không)?\s*(?:(?:đã|được công nhận)\s+)?(?P<verb>đạt(?: chuẩn)?|hoàn thành)\s+(?:các\s+)?"
        r"(?=(?:tiêu chí|chỉ tiêu)\s)",
        re.IGNORECASE,
    ),
    ("chưa đạt tiêu chí số 2, 17", "đã hoàn thành tiêu chí Giao thông"),
    "chưa đạt 2 tiêu chí",
)
WORKS = FigureForm(  # "cứng hóa thêm 320 km đường", "xóa 250 nhà tạm"
    re.compile(
        r"\b(?P<verb>(?:cứng|bê tông|nhựa|kiên cố) hóa|làm mới|xóa|xoá)"
        r"(?:\s+(?:mới|thêm|được|ít nhất|trên|khoảng|hoàn thành|và))*\s+"
        rf"(?P<value>{NUMBER})\s*(?P<unit>km|nhà|căn nhà)\b(?P<what>[^.;,()\d|]{{0,60}})",
        re.IGNORECASE,
    ),
    ("cứng hóa thêm 320 km đường trục thôn", "xóa 250 nhà tạm", "kiên cố hóa 12,5 km kênh mương"),
    "tuyến đường dài 12 km",
)
INCOME = FigureForm(
    re.compile(
        rf"thu nhập bình quân(?:[^.;\d]|năm (?:19|20)\d\d){{0,80}}?(?P<value>{NUMBER})(?:\s*(?:-|–|"
        rf"đến)\s*{NUMBER})?\s+(?P<unit>triệu đồng(?:\s?/\s?(?:người|hộ|năm|tháng))*)",
        re.IGNORECASE,
    ),
    ("thu nhập bình quân đầu người đạt 50 triệu đồng/người/năm",),
    "thu nhập bình quân tăng 1,6 lần",
)
PERCENT = FigureForm(
    re.compile(
        r"(?P<measure>\b(?:tỷ lệ|tỉ lệ)\s(?:[^,;.()\d%]|năm (?:19|20)\d\d){3,110}?)\s"
        r"(?P<how>(?:(?:đạt|đã|giảm|còn|trên|dưới|từ|lên|xuống|ít "
        r"nhất|tối thiểu|bình quân|là|tăng|mức|khoảng|chỉ|mới)\s+)+)"
        r"(?:(?<=từ\s)(?P<base>\d{1,3}(?:,\d+)?)\s?%[^.;,()\d]{0,30}?(?:\([^()]{0,30}\)\s*)?"
        r"(?:xuống|lên|còn|đến)\s+(?:(?:còn|dưới|trên|đạt|mức)\s+)*)?"
        r"(?P<share>\d{1,3}(?:,\d+)?)(?:\s*(?:-|–|đến)\s*\d{1,3}(?:,\d+)?)?\s?%"
        rf"|(?P<all>\d{{1,3}}(?:,\d+)?)\s?%\**\s+(?:trở lên\s+)?(?P<whole>(?:số\s+|các\s+)?(?:{UNIT}|{_SHARED})\b"
        r"[^,;.()]{3,110})",
        re.IGNORECASE,
    ),
    (
        "Tỷ lệ hộ nghèo giảm ít nhất 5%",
        "tỷ lệ hộ nghèo giảm từ 12% xuống còn 8%",
        "100% số xã đạt chuẩn tiếp cận pháp luật",
        "95% trở lên dân số dùng nước hợp vệ sinh",
    ),
    "lãi suất 5%",
)
SPENT = FigureForm(
    re.compile(
        rf"\bgiải ngân\s+(?:(?:được|đạt|là|ước)\s+)*(?P<value>{NUMBER})\s*(?P<unit>tỷ đồng|triệu đồng)", re.IGNORECASE
    ),
    ("giải ngân được 120,5 tỷ đồng",),
    "giải ngân 45% kế hoạch",
)
MONEY = FigureForm(
    re.compile(
        rf"(?P<value>{NUMBER})\s*(?P<unit>nghìn tỷ đồng|tỷ đồng|triệu đồng|nghìn đồng|đồng)(?!\s?/)", re.IGNORECASE
    ),
    ("428.600 triệu đồng", "1,5 tỷ đồng"),
    "50 triệu đồng/người",
)
CHANGE = FigureForm(
    re.compile(
        rf"từ\s+(?P<first>{NUMBER})\s*(?P<unit>%|{UNIT})?[^.;\d]{{0,40}}?(?:lên|xuống|còn)\s+(?:còn\s+|"
        rf"đạt\s+)?(?P<last>{NUMBER})\s*(?:%|{UNIT})?[^.;\d]{{0,40}}?"
        rf"\((?P<word>tăng|giảm)\s+(?P<change>{NUMBER})\s*(?:%|{UNIT}|điểm)",
        re.IGNORECASE,
    ),
    ("giảm từ 12,5% xuống còn 8,5% (giảm 4%)",),
    "từ 4% trở lên",
)
FORMS = (RATIO, COUNT, AVERAGE, ATTAINED, INCREASE, MARK, WORKS, INCOME, PERCENT, SPENT, MONEY, CHANGE)
