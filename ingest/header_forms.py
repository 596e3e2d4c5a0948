"""The forms of a header's parts; each stands with what it accepts and one thing that it must not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ntmgraph.text import CAPITAL, SMALL

_WORD = r"[^\W\d_]"
_SYLLABLE = rf"[{CAPITAL}][{SMALL}]*(?:['’][{CAPITAL}]?[{SMALL}]*)?"  # of a name: "Văn", "Y", "K'Brơi"


@dataclass(frozen=True, slots=True)
class Form:
    """A part of the header: its pattern, the forms that it accepts, one that it must not."""

    pattern: re.Pattern[str]
    accepts: tuple[str, ...]
    rejects: str


NATION = Form(
    re.compile(
        r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI(?:\s+CHỦ\s+NGHĨA)?(?:\s+VIỆT\s+NAM)?|^CHỦ\s+NGHĨA\s+VIỆT\s+NAM|"
        r"ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|"
        r"Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+ph(?:úc|uc)",
        re.IGNORECASE | re.MULTILINE,
    ),
    ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ĐẢNG CỘNG SẢN VIỆT NAM"),
    "lập dự toán",
)
# Letters of a body after which a copy may have lost the dash: "QĐ UBND".
_BODIES = r"(?:UBND|HĐND|TTg|CP|BCĐ|VPUBND)\b"
NUMBER = Form(
    re.compile(
        # "Sô", "Só": slips of character recognition
        r"(?:^|(?<=[\s|]))S[ốỐôÔóÓ]\s*[:.]?\s*(?:"
        r"(?P<state>[~\d…._ ]*?[a-zđ]?)\s*/\s*(?P<symbol>(?:(?:19|20)\d\d\s*/\s*)?[A-ZĐ][A-Za-zĐđ]*\d{0,2}"
        rf"(?:(?:\s?[-–&]\s?|[./](?=[A-ZĐ]{{2}})|\s(?={_BODIES}))[A-ZĐ][\w()]*)*)"
        r"|(?P<party>[~\d…._ ]*?)(?:\s?[-–]\s?|\s(?=[A-Z]{2}))(?P<kind>[A-ZĐ][A-Za-zĐđ]{1,4})"
        r"\s*/\s*(?P<body>[A-ZĐ][\w]*(?:\s?[-–]\s?[A-ZĐ]\w*)*)"
        r")",
        re.MULTILINE,
    ),
    (
        "Số: 77 /UBND-NL",
        "Số: /UBND-NL",
        "Số 45-CT/TU",
        "Số: 08/2022/QĐ-UBND",
        "Số: ~~3~~15/UBND-NN",
        "Số: 61/QĐ UBND",
        "Sô: 12a/KH-UBND",
        "Số 45 CT/TU",
        "Số: 61/QĐ.UBND-NN",
    ),
    "Tiêu chí số 1 về Giao thông",
)
# Words before "ngày" that are no place: a press item's weekday, the start of a sentence.
_NO_PLACE = r"(?<!\w)(?!(?:Thứ|Chủ nhật|Sáng|Chiều|Tối|Trưa|Hôm|Ngày|Từ|Đến|Tính|Trong|Vào|Cập nhật)\b)"
DATE = Form(
    re.compile(
        rf"(?:{_NO_PLACE}(?P<place>{_WORD}[\w .'’-]{{1,35}}?)\s*,\s*"
        rf"|^{_NO_PLACE}(?P<bare>{_SYLLABLE}(?:[ -]{{1,3}}{_SYLLABLE}){{1,3}})"
        r"\s+(?=ngày[^\n|]{5,45}(?:\||$)))?(?:(?:[Nn]gày\s*"
        r"(?P<day>\d{1,2}|[….\s_]*?)|(?<=, )(?=tháng \d))"
        r"\s*tháng\s*(?P<month>\d{1,2}|[….\s_]*?)\s*năm\s*(?P<year>(?:19|20)\d\d|[…._]*)"
        r"|(?:(?<=, )|^)[Nn]gày\s+(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)(?=\s*$))",
        re.MULTILINE,
    ),
    (
        "Lạng Sơn, ngày 07\ntháng 8 năm 2019",
        "Lào Cai, ngày tháng năm 2021",
        "Hà Nội, ngày … tháng 3 năm 2020",
        "Yên Bái ngày 05 tháng 3 năm 2018",
        "Lạng Sơn, tháng 6 năm 2018",
    ),
    "trước ngày 15/11/2022",
)
SUBJECT = Form(
    re.compile(r"^\W{0,3}(?:V/v|v/v|V/V|Vv\.?:)[:\s]*(?=\S)", re.MULTILINE),
    ("V/v tập trung chỉ đạo", "V/v: rà soát"),
    "Về việc phân công",
)
ADDRESSED = Form(
    re.compile(
        r"^\W{0,4}(?:[Kk][Íí][Nn][Hh]\s+[Gg][Ửử][Ii]\s*:?|(?:ĐIỆN|Điện|GỬI)\s*:)"
        rf"|^[{CAPITAL} ]{{5,60}},?\s(?:ĐIỆN|[Đđ]iện)\s*:",
        re.MULTILINE,
    ),
    ("Kính gửi:", "KÍNH GỬI", "ĐIỆN:", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐIỆN:", "CHỦ TỊCH UBND TỈNH, điện:"),
    "gửi báo cáo",
)
COPIES = Form(
    re.compile(r"^\W{0,4}(?:Nơi\s+[Nn]hận|NƠI\s+NHẬN)\s*(?::|$)", re.MULTILINE),
    ("Nơi nhận:", "NƠI NHẬN"),
    "Nơi nhận hồ sơ là bộ phận một cửa",
)
_OFFICE = (
    r"(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BÍ THƯ|THỦ TƯỚNG|BỘ TRƯỞNG|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|CHỦ TỌA|TRƯỞNG BAN|"
    r"CỤC TRƯỞNG|CHI CỤC TRƯỞNG|TRƯỞNG PHÒNG|CHỦ NHIỆM|VIỆN TRƯỞNG|HIỆU TRƯỞNG|TRƯỞNG ĐOÀN|TỔNG BÍ THƯ)"
)
TITLE = rf"(?:(?:PHÓ\s+)?{_OFFICE}(?:\s+THƯỜNG TRỰC)?|THỨ TRƯỞNG|(?:ỦY|UỶ) VIÊN(?: THƯỜNG TRỰC)?)"
SIGNED = Form(
    re.compile(
        r"(?:(?P<for>(?:T[/.\s]?M|K[/.]?T|T[/.]?L|TUQ|Q|QUYỀN|THỪA LỆNH)(?:\s*[./]\s*|\s+))"
        rf"(?P<body>[{CAPITAL}][{CAPITAL} ,./\-&]*)"
        rf"|(?P<title>{TITLE})"
        # whose: "CHỦ TỊCH UBND TỈNH", "GIÁM ĐỐC SỞ XÂY DỰNG", "TRƯỞNG BAN CHỈ ĐẠO"
        rf"(?:\s+(?:UBND|HĐND|ỦY BAN|UỶ BAN|HỘI ĐỒNG|SỞ|BAN|BỘ|CHI CỤC|VĂN PHÒNG|CHỈ ĐẠO|PHỤ TRÁCH)\b"
        rf"[{CAPITAL} ,\-&]*)?)"
        rf"(?:\s*[*(][\w., ]{{0,12}}[*)])?(?:\s+(?P<name>(?:[{CAPITAL}][{SMALL}]+\s?){{2,5}}))?"
    ),
    (
        "KT. CHỦ TỊCH",
        "TM.ỦY BAN NHÂN DÂN",
        "PHÓ CHỦ TỊCH *tc*",
        "T/M BAN THƯỜNG VỤ",
        "BÍ THƯ",
        "CHỦ TỊCH HĐND TỈNH",
        "K/T CHỦ TỊCH",
    ),
    "QLHT",
)
NAME = Form(
    re.compile(
        rf"(?:(?:TS|ThS|Ths|PGS|GS|BS|KS|CN|"
        rf"Dr)\s*\.\s*)*(?P<name>{_SYLLABLE}(?:\s+(?:-\s+)?{_SYLLABLE}){{1,4}})"
    ),
    ("Nguyễn Văn An", "TS. Lê Thị Bình", "Y Ngọc", "K'Brơi Ê Ban", "Rơ Châm H'Yéo"),
    "Đã ký",
)
# Where the next-door articles of a web page start.
CHROME = Form(
    re.compile(
        r"^\W{0,3}(?:Tin|Bài|Các tin|Tin bài|Bài viết)\s+(?:liên quan|khác|cũ hơn|mới hơn|cùng chuyên mục)\W*$",
        re.MULTILINE | re.IGNORECASE,
    ),
    ("Tin Liên Quan", "Các tin khác:", "Bài viết cùng chuyên mục"),
    "Tin liên quan đến dịch bệnh phải được báo cáo ngay",
)
ANNEXED = re.compile(
    r"\(\s*(?:Ban\s+hành\s+)?[Kk]èm\s+theo\s+[^)]{0,160}\)|^(?:PHỤ LỤC|Phụ lục)(?: (?:SỐ |số )?(?:[IVX]+|"
    rf"\d+))?(?:[.:]?\s*$|(?<=[IVX\d])[.: –-]+(?=[{CAPITAL} ,\d–-]+$))",
    re.MULTILINE,
)
# What a document portal prints beside the text: it names the signer where the copy lost the signature.
SIGNER_TOLD = Form(
    re.compile(
        rf"^\W{{0,3}}Người ký\s*[:|]\s*(?P<name>{_SYLLABLE}(?:\s+{_SYLLABLE}){{1,4}})(?=\s*(?:[-–,|(]|$))", re.MULTILINE
    ),
    ("Người ký: Vũ Thị Mơ", "Người ký | Vũ Thị Mơ - Phó Chủ tịch"),
    "Người ký: Ủy ban nhân dân tỉnh",
)
FORMS = (SIGNER_TOLD, NATION, NUMBER, DATE, SUBJECT, ADDRESSED, COPIES, SIGNED, NAME, CHROME)

BODY_START = re.compile(
    r"(?:Căn cứ|Thực hiện|Triển khai|Xét|Theo đề nghị|Để |Nhằm |Kính gửi|Ngày \d|Năm \d|Trong |Qua |Sau |Trên "
    r"cơ sở|Tiếp tục|"
    r"[IVX]+[.\-] |\d+[.)] |Điều 1|PHẦN |Phần |A\. |- )"
)
ISSUER_HEAD = re.compile(
    r"(?:ủy ban|ubnd|hội đồng|hđnd|sở|bộ|ban|tỉnh ủy|thành ủy|huyện ủy|thị ủy|quận ủy|đảng ủy|đảng bộ|văn "
    r"phòng|chi cục|cục|tổng cục|"
    r"thủ tướng|chính phủ|quốc hội|mặt trận|hội|đoàn|liên minh|liên đoàn|công an|bch|phòng|trung tâm|ngân hàng|"
    r"thanh tra|kho bạc|"
    r"công ty|tòa án|viện|trường|chủ tịch|tỉnh đoàn|thành đoàn|huyện đoàn|bcđ|vpđp|liên ngành)\b"
)
