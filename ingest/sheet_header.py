"""The header of a workbook, which mostly has no letter: its title, who made it and as of which day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.as_of import AS_OF, stated_day
from ingest.closing import read_closing
from ingest.header import ZONE, Header, place_of_signing, read_header, signing_day
from ingest.header_forms import DATE, ISSUER_HEAD, Form
from ingest.letterhead import find_issuer, longest_province
from ingest.lines import Line, lines_of, upper
from ingest.provisions import Regions
from ntmgraph.authority import Authority
from ntmgraph.model import DocumentState
from ntmgraph.text import CAPITAL, key

# What the readers of workbooks put above each of several sheets.
SHEET = Form(re.compile(r"Trang tính “[^”\n]*”"), ("Trang tính “Biểu 01”",), "Biểu 01")
SHEET_TITLE = Form(
    re.compile(
        r"(?:biểu|bảng|phụ biểu) (?:tổng hợp|thống kê|theo dõi|chi tiết|đánh giá)|tổng hợp|kết quả|báo cáo|danh sách|"
        r"tiến độ|thống kê|rà soát|đánh giá|hiện trạng|thực trạng|tình hình|đăng ký|phân công|kế hoạch|chỉ tiêu|số liệu"
    ),
    ("tổng hợp kết quả thực hiện", "biểu tổng hợp số tiêu chí đạt", "kết quả thực hiện tiêu chí số 7"),
    "biểu số 05",
)
SHEET_PROVINCE = Form(
    re.compile(
        rf"(?:[Tt]ỉnh|TỈNH|[Tt]hành phố|THÀNH PHỐ)\s?:?\s(?P<name>[{CAPITAL}][\w-]*(?:\s[{CAPITAL}][\w-]*){{0,4}})"
    ),
    ("TỈNH HÀ GIANG", "Tỉnh: Tuyên Quang", "Xã Đồng Văn, tỉnh Tuyên Quang"),
    "các huyện trong tỉnh",
)
FORMS = (SHEET, SHEET_TITLE, SHEET_PROVINCE)


def read_sheet_header(text: str, authority: Authority) -> Header:
    """Return the header of a workbook: that of the letter in it, else its title, who made it and as of which day."""
    letter = read_header(text, authority)
    if letter.number is not None and not _only_cited(letter.number, text):
        return letter
    rows = [line for line in lines_of(text) if " |" in line.text or line.text.startswith("| ")]
    table, tail = (rows[0].start, rows[-1].end) if rows else (len(text), len(text))
    above = [line for line in lines_of(text, 0, min(table, ZONE)) if not line.empty and not line.separator]
    several = bool(above) and SHEET.pattern.fullmatch(above[0].text) is not None
    title, title_start, title_end = _sheet_title(above[1:] if several else above)
    closing, _, recipients, signer, for_body = (
        read_closing(text, tail, len(text)) if rows else (len(text), 0, (), None, None)
    )
    signing = next((each for each in DATE.pattern.finditer(text, 0) if place_of_signing(each)), None)
    day, date_text, year = signing_day(signing)
    place = place_of_signing(signing)
    if day is None and (stated := AS_OF.pattern.search(title or "")):
        day, date_text = stated_day(stated.group(), 0, len(stated.group())), stated.group().strip("( ")
    if year is None:
        years = re.findall(r"\b(?:19|20)\d\d\b", title or "")
        year = day.year if day else int(years[-1]) if years else None
    issuer, province = find_issuer(text[:title_start], None, None, place, for_body, day, text, authority)
    if province is None:
        named = {longest_province(each["name"], authority) for each in SHEET_PROVINCE.pattern.finditer(text, 0, table)}
        units = {unit.name for unit in named if unit}
        province = next(iter(units)) if len(units) == 1 else None
    return Header(
        type="Biểu tổng hợp",
        number=None,
        issuer=issuer,
        province=province,
        place=place,
        date=day,
        date_text=date_text,
        year=year,
        subject=title,
        signer=signer,
        addressees=(),
        recipients=recipients,
        state=DocumentState.ISSUED,  # sheets have no number to leave blank
        # The title of one sheet heads the document; those of several stand in their parts.
        regions=Regions(0 if several else min(table if rows else title_end, closing), closing, len(text), len(text)),
        issues=(),
    )


def _only_cited(number: str, text: str) -> bool:
    """Return whether a sheet only names the letter that it goes with: "(Kèm theo Báo cáo số 12/BC-UBND ...)"."""
    lines = (key(line.text) for line in lines_of(text, 0, ZONE) if number in line.text.replace(" ", ""))
    return any("kèm theo" in line for line in lines)


def _sheet_title(lines: Sequence[Line]) -> tuple[str | None, int, int]:
    """Return the title of a sheet, with the day that it is as of, and where it starts and ends."""
    titles = [at for at, line in enumerate(lines) if SHEET_TITLE.pattern.match(key(line.text))]
    others = [at for at, line in enumerate(lines) if not ISSUER_HEAD.match(key(line.text)) and len(line.text) > 20]
    first = next(iter([*titles, *others]), None)
    if first is None:
        return None, 0, 0
    last = first
    capitals = upper(lines[first].text)
    for at in range(first + 1, len(lines)):
        text = lines[at].text
        if (capitals and upper(text) and not text.startswith("(")) or AS_OF.pattern.search(text):
            last = at
        else:
            break
    words = " ".join(line.text for line in lines[first : last + 1])
    return " ".join(words.split()).strip(" .:"), lines[first].start, lines[last].end
