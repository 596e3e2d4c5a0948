"""By when: dates, periods, recurrences, computed days, and the phrases that only look like deadlines."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from letters import letter

from ingest.recurrence import every, monthly, yearly
from ingest.working_days import after
from ntmgraph.model import DeadlineKind, IssueCode, Reading, Scope
from ntmgraph.workspace.due import occurrences

Read = Callable[[str], Reading]
K = DeadlineKind

# The letter is of 12 March 2020.
DATES = [
    ("hoàn thành xong trước 30 tháng 6", K.BEFORE, date(2020, 6, 30)),
    ("báo cáo trong 10 ngày kể từ ngày ra văn bản này", K.RELATIVE, date(2020, 3, 22)),
    ("rà soát, bắt đầu từ ngày 01/10/2020 và kết thúc trước ngày 31/10/2020", K.BEFORE, date(2020, 10, 31)),
    ("hoàn thành xong trước ngày 20/5/2020", K.BEFORE, date(2020, 5, 20)),
    ("gửi báo cáo trước 17 giờ 00 ngày 05/8/2020", K.BY, date(2020, 8, 5)),  # in time on the day itself
    ("bàn giao, không để chậm quá ngày 25/11/2020", K.BY, date(2020, 11, 25)),
    ("bàn giao, không được muộn hơn ngày 25/11/2020", K.BY, date(2020, 11, 25)),
    ("bàn giao chậm nhất không quá ngày 25/11/2020", K.BY, date(2020, 11, 25)),
    ("hoàn thành xong trước 31/5", K.BEFORE, date(2020, 5, 31)),
    ("gửi báo cáo trước 30/6/2020", K.BEFORE, date(2020, 6, 30)),
    ("báo cáo chậm nhất là ngày 15 tháng 6 năm 2020", K.BY, date(2020, 6, 15)),
    ("hoàn thành chậm nhất đến hết ngày 31/12/2020", K.BY, date(2020, 12, 31)),
    ("gửi trước ngày 15/11", K.BEFORE, date(2020, 11, 15)),  # the document's year
    ("tổ chức lễ công bố vào ngày 02/9/2020", K.ON, date(2020, 9, 2)),
    ("áp dụng biểu mới và thực hiện từ ngày 01/7/2020", K.FROM, date(2020, 7, 1)),
    ("hoàn thành trong quý II/2020", K.BY_END_OF, date(2020, 6, 30)),
    ("hoàn thành trong quý 3 năm 2020", K.BY_END_OF, date(2020, 9, 30)),
    ("hoàn thành trong quý IV", K.BY_END_OF, date(2020, 12, 31)),
    ("hoàn thành trong tháng 4/2020", K.BY_END_OF, date(2020, 4, 30)),
    ("hoàn thành trong tháng 6 năm 2020", K.BY_END_OF, date(2020, 6, 30)),
    (
        "ban hành Kế hoạch thực hiện Chương trình giai đoạn 2020 - 2025 trong tháng 4/2020",
        K.BY_END_OF,
        date(2020, 4, 30),
    ),
    ("hoàn thành trong tháng 8", K.BY_END_OF, date(2020, 8, 31)),
    ("hoàn thành trong 6 tháng đầu năm 2020", K.BY_END_OF, date(2020, 6, 30)),
    ("hoàn thành trong năm 2020", K.BY_END_OF, date(2020, 12, 31)),
    ("tổng kết vào năm 2025", K.BY_END_OF, date(2025, 12, 31)),
    ("phấn đấu đến hết năm 2022 có 30 xã đạt chuẩn", K.BY_END_OF, date(2022, 12, 31)),
    ("phấn đấu đến năm 2025 có 40 xã đạt chuẩn", K.BY_END_OF, date(2025, 12, 31)),
    ("trình trong thời hạn 15 ngày kể từ ngày ký văn bản này", K.RELATIVE, date(2020, 3, 27)),
    ("trình chậm nhất 05 ngày làm việc kể từ ngày ban hành Công văn này", K.RELATIVE, date(2020, 3, 19)),
    ("trả lời trong thời hạn 10 ngày kể từ ngày nhận được hồ sơ", K.RELATIVE, None),
    ("trình trong thời hạn 15 ngày kể từ ngày Công văn này được ban hành", K.RELATIVE, date(2020, 3, 27)),
    ("trình trong thời hạn 15 ngày kể từ ngày 01/4/2020", K.RELATIVE, date(2020, 4, 16)),
    ("phải trả kết quả sau 20 ngày làm việc", K.RELATIVE, None),
    ("thẩm định trong thời hạn 10 ngày", K.RELATIVE, None),
    ("gửi kết quả trước 17h00' ngày 05/11/2020 để tổng hợp", K.BY, date(2020, 11, 5)),
    ("hoàn thành trước ngày 12 / 4/ 2020", K.BEFORE, date(2020, 4, 12)),
    ("hoàn thành trước ngày l2/4/2020", K.BEFORE, date(2020, 4, 12)),
    ("hoàn thành trước ngày 3O tháng 6 năm 2020", K.BEFORE, date(2020, 6, 30)),
    ("hoàn thành trong 6 tháng đầu năm", K.BY_END_OF, date(2020, 6, 30)),
    ("hoàn thành trong quý I, II năm 2023", K.BY_END_OF, date(2023, 6, 30)),
    ("hoàn thành trong tháng 4, tháng 5 năm 2020", K.BY_END_OF, date(2020, 5, 31)),
    ("hoàn thành trong nửa đầu tháng 6/2020", K.BY_END_OF, date(2020, 6, 15)),
    ("hoàn thành trước ngày 20/3/2020; 2.5 ha vườn mẫu", K.BEFORE, date(2020, 3, 20)),  # no list of days
    ("hoàn thành trước ngày 20/4 và 5/6 số xã đạt chuẩn", K.BEFORE, date(2020, 4, 20)),
    ("hoàn thành cuối tháng 7", K.BY_END_OF, date(2020, 7, 31)),
    ("hoàn thành trước tháng 9 năm 2020", K.BEFORE, date(2020, 9, 1)),
    ("tập trung hoàn thành từ nay đến cuối năm", K.BY_END_OF, date(2020, 12, 31)),
    ("hoàn thành trong năm nay", K.BY_END_OF, date(2020, 12, 31)),
    ("rà soát từ ngày 01/4/2020 đến ngày 30/6/2020", K.BY, date(2020, 6, 30)),
    ("lập danh sách. Thời hạn gửi báo cáo: ngày 20/4/2020", K.BY, date(2020, 4, 20)),
    ("hoàn thành trước tháng 9.2020", K.BEFORE, date(2020, 9, 1)),
    ("hoàn thành trước ngày 30.6.2020", K.BEFORE, date(2020, 6, 30)),
    ("hoàn thành trước ngày 30-6-2020", K.BEFORE, date(2020, 6, 30)),
    ("hoàn thành ngay trong quý I-2021", K.BY_END_OF, date(2021, 3, 31)),
    ("hoàn thành trong quý II.2020", K.BY_END_OF, date(2020, 6, 30)),
    ("hoàn thành trong quý hai năm 2020", K.BY_END_OF, date(2020, 6, 30)),
    ("hoàn thành trong quý II và quý III/2020", K.BY_END_OF, date(2020, 9, 30)),
    ("gửi báo cáo, hạn cuối 20/4/2020", K.BY, date(2020, 4, 20)),
    ("gửi kết quả về Sở Nội vụ ngày 20/4/2020 để tổng hợp", K.BY, date(2020, 4, 20)),
    ("trình phê duyệt trước 30 tháng 6 năm 2020", K.BEFORE, date(2020, 6, 30)),
    ("báo cáo trước ngày 20 của tháng 4/2020", K.BEFORE, date(2020, 4, 20)),
    ("công bố không muộn hơn ngày 30/6/2020", K.BY, date(2020, 6, 30)),
    ("hoàn thành trước thời điểm 30/6/2020", K.BEFORE, date(2020, 6, 30)),
    ("quyết toán trước ngày 31 tháng 01 năm sau", K.BEFORE, date(2021, 1, 31)),
    ("hoàn thành vào giữa tháng 9", K.BY_END_OF, date(2020, 9, 15)),
    ("hoàn thành vào đầu tháng 9/2020", K.BY_END_OF, date(2020, 9, 10)),
    ("hoàn thành trong tuần đầu tháng 9", K.BY_END_OF, date(2020, 9, 7)),
    ("hoàn thành trong tuần thứ 2 của tháng 9/2020", K.BY_END_OF, date(2020, 9, 14)),
    ("hoàn thành trong các tháng 4, 5, 6/2020", K.BY_END_OF, date(2020, 6, 30)),
    ("hoàn thành trong 9 tháng đầu năm 2020", K.BY_END_OF, date(2020, 9, 30)),
    ("hoàn thành đến hết năm", K.BY_END_OF, date(2020, 12, 31)),
    ("hoàn thành trước Tết Nguyên đán", K.BEFORE, date(2021, 2, 12)),
    ("hoàn thành trước dịp Tết Nguyên đán Tân Sửu 2021", K.BEFORE, date(2021, 2, 12)),
    ("khánh thành trước ngày Quốc khánh 02/9", K.BEFORE, date(2020, 9, 2)),
    ("rà soát từ tháng 4 đến hết tháng 6/2020", K.BY_END_OF, date(2020, 6, 30)),
    ("lập danh sách. Thời gian hoàn thành: Tháng 6/2020", K.BY_END_OF, date(2020, 6, 30)),
]


@pytest.mark.parametrize(("words", "kind", "day"), DATES)
def test_date(words: str, kind: DeadlineKind, day: date | None, read_text: Read) -> None:
    found = read_text(letter(f"1. Sở Y tế {words}.")).deadlines
    assert [(each.kind, each.date) for each in found] == [(kind, day)]


QUARTERLY = "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"
MONTHLY = "FREQ=MONTHLY;BYMONTHDAY=-1"
RECURRING = [
    ("báo cáo trước ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=25"),
    ("báo cáo trước ngày 30 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),  # February has none
    ("báo cáo vào ngày 31 hằng tháng", MONTHLY),
    ("báo cáo ngày 15 và 30 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=15,-1"),
    ("báo cáo trước ngày 05 của tháng sau", "FREQ=MONTHLY;BYMONTHDAY=5"),
    ("báo cáo vào ngày 20 tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
    ("báo cáo trước ngày 31 tháng cuối của mỗi quý", QUARTERLY),
    ("báo cáo trước ngày 05 tháng đầu quý sau", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"),
    ("báo cáo trước ngày 10 của tháng đầu tiên quý tiếp theo", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"),
    ("báo cáo trước ngày 20 hằng quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
    ("báo cáo trước ngày 15/6 và 15/12 hàng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15"),
    ("báo cáo trước ngày 15/6 và 30/11 hàng năm", "FREQ=YEARLY;BYYEARDAY=-200,-32"),
    ("báo cáo trước ngày 30/6 và 31/12 hằng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"),
    ("báo cáo trước ngày 28/2 hằng năm", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28"),
    ("báo cáo trước ngày 29/2 hằng năm", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
    ("báo cáo trước ngày 31/6 hằng năm", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30"),
    ("báo cáo trước ngày 10 tháng 11 hằng năm", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=10"),
    ("báo cáo trước ngày 10 tháng 6 và ngày 10 tháng 12 hằng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=10"),
    ("báo cáo đến 30/11 hằng năm", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"),
    ("báo cáo hằng tháng (trước ngày 25)", "FREQ=MONTHLY;BYMONTHDAY=25"),
    ("định kỳ hằng quý (trước ngày 20 của tháng cuối quý) báo cáo", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
    ("định kỳ 6 tháng, một năm báo cáo (trước ngày 15/6 và 15/12)", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15"),
    ("báo cáo trước ngày 05 sau khi kết thúc mỗi quý", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"),
    ("báo cáo chậm nhất 05 ngày sau khi kết thúc quý", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"),
    ("báo cáo chậm nhất sau 10 ngày kể từ ngày kết thúc tháng", "FREQ=MONTHLY;BYMONTHDAY=10"),
    ("đăng ký xã của năm sau trước ngày 31/10 của năm trước", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=31"),
    ("giao ban 01 quý/lần", QUARTERLY),
    (
        "định kỳ hằng năm báo cáo (qua Sở Nội vụ) kết quả giúp đỡ xã trước ngày 29/11",
        "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=29",
    ),
    ("định kỳ 6 tháng báo cáo trước ngày 15 tháng 6 và trước ngày 01 tháng 12", "FREQ=YEARLY;BYYEARDAY=-200,-31"),
    ("định kỳ hàng tháng báo cáo Sở Nội vụ trước ngày 20 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=20"),
    ("rà soát; hàng tháng có báo cáo nhanh", MONTHLY),
    ("giao ban 01 tháng/01 lần", MONTHLY),
    ("báo cáo định kỳ (tháng, quý, năm)", MONTHLY),
    ("tập huấn. Thời gian thực hiện: Hàng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"),
    ("hằng năm tổ chức đánh giá trước ngày 15/12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
    ("tập huấn trong quý I hằng năm", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"),
    ("tập huấn cho cán bộ hằng năm, hoàn thành trong quý I", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"),
    ("hằng năm sơ kết, hoàn thành trong tháng 2", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
    ("sơ kết vào tháng 6 và tháng 12 hằng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"),
    ("tổng hợp tiến độ vào thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
    ("báo cáo trước 16 giờ thứ Năm hàng tuần", "FREQ=WEEKLY;BYDAY=TH"),
    ("họp dân vào Chủ nhật hằng tuần", "FREQ=WEEKLY;BYDAY=SU"),
    ("họp 2 tuần một lần", "FREQ=WEEKLY;INTERVAL=2"),
    ("họp 2 tháng một lần", "FREQ=YEARLY;BYMONTH=2,4,6,8,10,12;BYMONTHDAY=-1"),
    ("họp 3 tháng một lần", QUARTERLY),
    ("đánh giá 2 năm một lần", "FREQ=YEARLY;INTERVAL=2;BYMONTH=12;BYMONTHDAY=31"),
    ("làm việc tại xã ít nhất 01 lần/quý", QUARTERLY),
    ("định kỳ hằng quý tổng hợp", QUARTERLY),
    ("báo cáo định kỳ quý", QUARTERLY),
    ("rà soát vào cuối mỗi quý", QUARTERLY),
    ("rà soát; hằng quý cập nhật số liệu", QUARTERLY),
    ("lập kế hoạch; hằng tháng cập nhật kết quả giải ngân", MONTHLY),
    ("lập kế hoạch; hằng năm tổ chức tập huấn", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"),
    ("định kỳ 6 tháng, 01 năm sơ kết", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"),
    ("báo cáo 6 tháng, năm về UBND tỉnh", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"),
    ("tổng hợp báo cáo kết quả hằng tháng", MONTHLY),
    ("báo cáo 6 tháng một lần (trước 20/6 và 20/12)", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=20"),
    ("báo cáo 06 tháng/lần, trước ngày 20/6 và ngày 20/12", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=20"),
    ("định kỳ trước ngày 20/6 và trước ngày 20/12 tổng hợp", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=20"),
    ("báo cáo trước 20/6 và trước 20/12 (hằng năm)", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=20"),
    ("duy trì đường hoa, mỗi tuần kiểm tra một lần vào chiều thứ Năm", "FREQ=WEEKLY;BYDAY=TH"),
]


@pytest.mark.parametrize(("words", "rule"), RECURRING)
def test_recurrence(words: str, rule: str, read_text: Read) -> None:
    found = read_text(letter(f"1. Sở Y tế {words}.")).deadlines
    assert [(each.kind, each.date, each.recurrence) for each in found] == [(K.RECURRING, None, rule)]


OPENING = [
    ("Hằng quý báo cáo kết quả thực hiện về UBND tỉnh.", QUARTERLY),
    ("Mỗi quý làm việc tại xã ít nhất 01 lần.", QUARTERLY),
    ("Hàng tháng, tổ chức giao ban.", MONTHLY),
    ("Mỗi tháng có ít nhất 02 xã đạt chuẩn.", None),
    ("Hằng tháng Ban Chỉ đạo đã họp.", None),
    ("Hằng năm ngân sách tỉnh bố trí vốn.", None),
]


@pytest.mark.parametrize("mark", ["1. ", "1. Sở Y tế:\n\na) ", "1. Sở Y tế:\n\n- "])
@pytest.mark.parametrize(("sentence", "rule"), OPENING)
def test_a_rhythm_that_opens_its_clause(mark: str, sentence: str, rule: str | None, read_text: Read) -> None:
    assert [each.recurrence for each in read_text(letter(mark + sentence)).deadlines] == ([rule] if rule else [])


def test_two_days_of_a_year_told_apart(read_text: Read) -> None:
    words = "báo cáo 6 tháng trước ngày 15 tháng 6 và báo cáo năm trước ngày 30 tháng 11 hằng năm"
    reading = read_text(letter(f"1. Sở Y tế {words}."))
    assert [(each.kind, each.date, each.recurrence) for each in reading.deadlines] == [
        (K.RECURRING, None, "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15"),
        (K.RECURRING, None, "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"),
    ]
    assert not [issue for issue in reading.issues if issue.code is IssueCode.DEADLINE_BEFORE_DOCUMENT]


def _days(rule: str, start: date, end: date) -> list[date]:
    found = rrulestr(rule, dtstart=datetime.combine(start, time()))
    return [each.date() for each in found.between(datetime.combine(start, time()), datetime.combine(end, time()))]


_STARTS = st.dates(date(2009, 1, 1), date(2030, 12, 31))
_YEAR_DAYS = st.tuples(st.integers(1, 12), st.integers(1, 31))


@given(days=st.lists(_YEAR_DAYS, min_size=1, max_size=4, unique=True), start=_STARTS)
def test_days_of_each_year_are_met_in_each_year(days: list[tuple[int, int]], start: date) -> None:
    year = start.year + 1
    met = {date(year, month, min(day, monthrange(year, month)[1])) for month, day in days}
    assert set(_days(yearly(days), start, date(year + 1, 12, 31))) >= met
    assert {day for day in _days(yearly(days), start, date(year + 1, 12, 31)) if day.year == year} == met


@given(days=st.lists(st.integers(1, 31), min_size=1, max_size=3, unique=True), start=_STARTS)
def test_days_of_each_month_are_met_in_each_month(days: list[int], start: date) -> None:
    months = {(day.year, day.month) for day in _days(monthly(days), start, start + timedelta(730))}
    assert len(months) >= 23


@given(unit=st.sampled_from(["tuần", "tháng", "quý", "năm"]), count=st.integers(1, 8), start=_STARTS)
def test_a_rhythm_is_met_again_and_again(unit: str, count: int, start: date) -> None:
    length = {"tuần": 7, "tháng": 31, "quý": 92, "năm": 366}[unit] * count
    rule = every(count, unit)
    on = start + timedelta(730)
    for today in (start, on):
        after = occurrences(rule, start, today)[1]
        assert after is not None
        assert after <= today + timedelta(length), rule


@pytest.mark.parametrize("rule", sorted({rule for _, rule in RECURRING}))
def test_each_rule_has_a_next_day(rule: str) -> None:
    for month in range(1, 13):
        start = date(2022, month, 28)
        assert occurrences(rule, start, date(2026, 11, 23))[1] is not None


def test_a_list_of_days_without_years(read_text: Read) -> None:
    for words in ("trước ngày 20/6 và 20/12", "trước ngày 20/6, trước ngày 20/12", "trước ngày 20/6 và 20/12/2020"):
        found = read_text(letter(f"1. Sở Y tế báo cáo {words}.")).deadlines
        assert [(each.kind, each.date) for each in found] == [
            (K.BEFORE, date(2020, 6, 20)),
            (K.BEFORE, date(2020, 12, 20)),
        ], words


def test_days_of_one_sentence(read_text: Read) -> None:
    body = "1. Sở Y tế rà soát trước ngày 30/4/2020, trình thẩm định trước ngày 15/5/2020 và báo cáo trước ngày 30/5."
    assert [each.date for each in read_text(letter(body)).deadlines] == [
        date(2020, 4, 30),
        date(2020, 5, 15),
        date(2020, 5, 30),
    ]


IN_FORCE = [
    ("Nghị quyết này có hiệu lực từ ngày 01/4/2020.", date(2020, 5, 1)),
    ("Nghị quyết này có hiệu lực thi hành kể từ ngày ký.", date(2020, 4, 11)),
    ("Nghị quyết này được thông qua.", None),
]


@pytest.mark.parametrize(("sentence", "day"), IN_FORCE)
def test_a_term_from_entry_into_force(sentence: str, day: date | None, read_text: Read) -> None:
    body = f"1. Sở Y tế báo cáo trong vòng 30 ngày kể từ ngày Nghị quyết này có hiệu lực.\n\n2. {sentence}"
    assert [each.date for each in read_text(letter(body)).deadlines] == [day]


NOT_DEADLINES = [
    "Tại cuộc họp ngày 20/4/2020, Chủ tịch UBND tỉnh kết luận.",
    "Kết quả đến ngày 30/6/2020 được nêu tại biểu.",
    "Kỳ họp thứ Sáu thông qua chính sách.",
    "Đến hết năm 2019 toàn tỉnh đã có 31 xã đạt chuẩn.",
    "Tính đến ngày 31/3/2020 còn 12 xã chưa đạt.",
    "Bình quân đạt 12 tiêu chí (hiện trạng đến tháng 6/2021 đạt 7,6 tiêu chí).",
    "Thu nhập tăng 1,6 lần so với năm 2018.",
    "Hộ nghèo theo chuẩn nghèo áp dụng cho giai đoạn 2016 - 2020 giảm mạnh.",
    "Sở Y tế thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới giai đoạn 2021 - 2025.",
    "Các xã triển khai Nghị quyết số 12-NQ/TU ngày 1/2/2020 về phát triển nông nghiệp đến năm 2025, tầm nhìn "
    "đến năm 2035.",
    "Xây dựng kế hoạch giúp đỡ xã giai đoạn 2021-2025 và từng năm.",
    "Xây dựng chương trình giai đoạn 2021-2025 và hằng năm tổ chức thực hiện.",
    "Chi trả kinh phí hằng tháng cho cán bộ thôn.",
    "Các xã có tỷ lệ lao động có việc làm thường xuyên cao.",
    "Quyết định có hiệu lực kể từ ngày 01/7/2020.",
    "Quyết định có hiệu lực từ ngày 01/4/2020 đến hết ngày 31/12/2025.",
    "Sở Y tế gửi về Sở Nội vụ theo Công văn ngày 20/4/2020.",
    "Vốn phát sinh trong năm, các huyện tự cân đối.",
    "Để giữ vững kết quả trong năm 2020, Chủ tịch UBND tỉnh yêu cầu các huyện rà soát.",
    "Trong quý I/2020, các huyện đã họp dân.",
    "Bố trí nguồn vốn sự nghiệp năm 2020 cho các xã.",
    "Trong thời gian tới, các đơn vị khẩn trương triển khai.",
    "Các xã đăng ký đạt chuẩn năm 2020 rà soát lại hồ sơ.",
    "Phát triển trước 3/4 số xã của huyện.",
    "Tổng hợp nợ đọng đến ngày 30/6/2020 của các xã.",
    "Hưởng ứng phong trào “Chung sức xây dựng nông thôn mới đến năm 2025” do tỉnh phát động.",
    "Xã chưa hoàn thành tiêu chí số 6 theo thời hạn ngày 31/01/2020.",
    "Hồ sơ của xã đã quá thời hạn ngày 31/01/2020.",
    "Lấy kết quả làm căn cứ đánh giá cán bộ hằng năm.",
]


@pytest.mark.parametrize("sentence", NOT_DEADLINES)
def test_not_a_deadline(sentence: str, read_text: Read) -> None:
    assert read_text(letter(f"1. {sentence}")).deadlines == ()


HEADED = [
    ("1. Thời gian thực hiện: Giai đoạn 2020-2022.", [date(2022, 12, 31)], "by its heading"),
    (
        "Triển khai Nghị quyết số 1-NQ/TU ngày 1/2/2020 về nông thôn, Sở Y tế báo cáo:\n\n1. Mục tiêu đến năm "
        "2030\n\n- Tốt.",
        [date(2030, 12, 31)],
        "not the title of the document cited above",
    ),
    ("I. MỤC TIÊU NĂM 2021\n\n- Có 5 xã đạt chuẩn.", [date(2021, 12, 31)], "in an aim's heading"),
    ("1. Chỉ tiêu cụ thể giai đoạn 2020 - 2021\n\n- Có 5 xã đạt chuẩn.", [date(2021, 12, 31)], "an aim's phase"),
    ("1. Phạm vi: 12 xã trong giai đoạn 2020 - 2022.", [], "a phase alone"),
    ("1. Đánh giá giai đoạn 2020 - 2022: còn hạn chế.", [], "another heading"),
]


@pytest.mark.parametrize(("body", "days", "what"), HEADED)
def test_period_binds_by_its_heading(body: str, days: list[date], what: str, read_text: Read) -> None:
    assert [each.date for each in read_text(letter(body)).deadlines] == days, what


@pytest.mark.parametrize("head", ["Thời gian hoàn thành", "Hoàn thành", "Xong trước ngày", "Hạn báo cáo"])
def test_column_of_a_table(head: str, read_text: Read) -> None:
    body = (
        f"1. Phân công:\n\nTT | Nội dung | Cơ quan | {head}\n1 | Rà soát | Sở Y tế | Quý II/2020\n"
        "2 | Báo cáo | Sở Nội vụ | 30/9/2020\n3 | Sơ kết | Sở Tư pháp | Hằng năm\n4 | Họp | Sở Xây dựng | Thường xuyên"
    )
    found = read_text(letter(body)).deadlines
    assert [(each.date, each.recurrence) for each in found] == [
        (date(2020, 6, 30), None),
        (date(2020, 9, 30), None),
        (None, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"),
    ]


SCOPES = [
    ("Phấn đấu đến hết năm 2022 có 30 xã đạt chuẩn.", Scope.TARGET),
    ("Đến hết năm 2022, toàn tỉnh có 30 xã đạt chuẩn.", Scope.TARGET),
    ("Phấn đấu trong năm 2020 có thêm 8 xã đạt chuẩn.", Scope.TARGET),
    ("Số xã đạt chuẩn đạt 30 xã đến hết năm 2022.", Scope.TARGET),
    ("Sở Y tế nêu rõ trong năm 2020 hoàn thành 19 tiêu chí tại bao nhiêu xã.", Scope.TARGET),
    ("Sở Y tế báo cáo trong tháng 6/2020.", Scope.TASK),
    ("Sở Giao thông vận tải cứng hóa 46 km đường của 8 xã, hoàn thành trong quý III/2020.", Scope.TASK),
    ("Sở Nội vụ cử công chức giúp 8 xã đạt tiêu chí, chậm nhất ngày 31/10/2020.", Scope.TASK),
    ("UBND huyện làm việc với 8 xã trong quý II/2020; phấn đấu có ít nhất 5 xã đạt chuẩn.", Scope.TASK),
    ("Sở Y tế hướng dẫn chậm nhất ngày 30/9/2020. Các xã đạt 19 tiêu chí.", Scope.TASK),
    ("Sở Y tế hướng dẫn các xã hoàn thành 19 tiêu chí trong năm 2020.", Scope.TASK),
]


@pytest.mark.parametrize(("sentence", "scope"), SCOPES)
def test_scope_tells_targets_from_tasks(sentence: str, scope: Scope, read_text: Read) -> None:
    assert [each.scope for each in read_text(letter(f"1. {sentence}")).deadlines] == [scope]


def test_periods_that_head_columns_of_figures_bind_nobody(read_text: Read) -> None:
    table = "TT | Chỉ tiêu | Kế hoạch đến năm 2022 | KH 6 tháng cuối năm 2020\n1 | Số xã đạt chuẩn | 30 | 12"
    assert read_text(letter(f"1. Biểu:\n\n{table}")).deadlines == ()


def test_a_day_of_an_unknown_year_keeps_its_words(read_text: Read) -> None:
    text = "Rà soát nông thôn mới\n\nSở Nông nghiệp đề nghị các huyện hoàn tất việc rà soát trước ngày 30-8.\n"
    assert [(each.text, each.kind, each.date) for each in read_text(text).deadlines] == [
        ("trước ngày 30-8", K.BEFORE, None)
    ]


def test_deadline_before_the_document_is_doubted(read_text: Read) -> None:
    reading = read_text(letter("1. Sở Y tế báo cáo trước ngày 20/02/2020."))
    assert [each.date for each in reading.deadlines] == [date(2020, 2, 20)]
    assert IssueCode.DEADLINE_BEFORE_DOCUMENT in {issue.code for issue in reading.issues}


def test_undated_draft_keeps_its_year(read_text: Read) -> None:
    text = letter("1. Sở Y tế gửi kế hoạch trước ngày 10/8.", signed="Hà Giang, ngày tháng năm 2021")
    assert [each.date for each in read_text(text).deadlines] == [date(2021, 8, 10)]


NEXT_YEAR = [
    ("I. NHIỆM VỤ NĂM 2021\n\n1. Sở Y tế báo cáo trước ngày 15/02.", "V/v báo cáo", date(2021, 2, 15)),
    ("I. NHIỆM VỤ\n\n1. Sở Y tế báo cáo trong quý I.", "KẾ HOẠCH\nXây dựng nông thôn mới năm 2021", date(2021, 3, 31)),
    ("I. NHIỆM VỤ\n\n1. Sở Y tế báo cáo trong quý II.", "KẾ HOẠCH\nXây dựng nông thôn mới năm 2020", date(2020, 6, 30)),
]


@pytest.mark.parametrize(("body", "about", "day"), NEXT_YEAR)
def test_year_of_a_date_without_one(body: str, about: str, day: date, read_text: Read) -> None:
    assert [each.date for each in read_text(letter(body, about=about)).deadlines] == [day]


COMPUTED = [
    (date(2020, 4, 29), 1, "ngày làm việc", date(2020, 5, 4)),  # over 30 April, 1 May and a weekend
    (date(2021, 2, 9), 2, "ngày làm việc", date(2021, 2, 18)),  # over Tết, two days of it on a weekend
    (date(2022, 4, 29), 1, "ngày làm việc", date(2022, 5, 4)),  # two holidays on a weekend are made up
    (date(2024, 4, 26), 3, "ngày làm việc", date(2024, 5, 4)),  # a Monday moved to a Saturday
    (date(2026, 8, 21), 1, "ngày làm việc", date(2026, 8, 22)),
    (date(2020, 1, 31), 1, "tháng", date(2020, 2, 29)),
    (date(2020, 3, 12), 2, "tuần", date(2020, 3, 26)),
    (date(2020, 3, 12), 1, "năm", date(2021, 3, 12)),
]


@pytest.mark.parametrize(("start", "count", "unit", "expected"), COMPUTED)
def test_computed_day(start: date, count: int, unit: str, expected: date) -> None:
    assert after(start, count, unit) == expected
