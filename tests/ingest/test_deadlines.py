"""By when: dates, periods, recurrences, computed days, and the phrases that only look like deadlines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from letters import letter

from ingest.deadlines import _after
from ntmgraph.model import DeadlineKind, IssueCode, Reading, Scope

Read = Callable[[str], Reading]
K = DeadlineKind

# The letter is of 12 March 2020.
DATES = [
    ("hoàn thành xong trước ngày 20/5/2020", K.BEFORE, date(2020, 5, 20)),
    ("gửi báo cáo trước 17 giờ 00 ngày 05/8/2020", K.BEFORE, date(2020, 8, 5)),
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
    ("hoàn thành trong tháng 8", K.BY_END_OF, date(2020, 8, 31)),
    ("hoàn thành trong 6 tháng đầu năm 2020", K.BY_END_OF, date(2020, 6, 30)),
    ("hoàn thành trong năm 2020", K.BY_END_OF, date(2020, 12, 31)),
    ("phấn đấu đến hết năm 2022 có 30 xã đạt chuẩn", K.BY_END_OF, date(2022, 12, 31)),
    ("phấn đấu đến năm 2025 có 40 xã đạt chuẩn", K.BY_END_OF, date(2025, 12, 31)),
    ("trình trong thời hạn 15 ngày kể từ ngày ký văn bản này", K.RELATIVE, date(2020, 3, 27)),
    ("trình chậm nhất 05 ngày làm việc kể từ ngày ban hành Công văn này", K.RELATIVE, date(2020, 3, 19)),
    ("trả lời trong thời hạn 10 ngày kể từ ngày nhận được hồ sơ", K.RELATIVE, None),
    ("trình trong thời hạn 15 ngày kể từ ngày Công văn này được ban hành", K.RELATIVE, date(2020, 3, 27)),
    ("trình trong thời hạn 15 ngày kể từ ngày 01/4/2020", K.RELATIVE, date(2020, 4, 16)),
    ("báo cáo chậm nhất 05 ngày sau khi kết thúc quý", K.RELATIVE, None),
    ("phải trả kết quả sau 20 ngày làm việc", K.RELATIVE, None),
    ("thẩm định trong thời hạn 10 ngày", K.RELATIVE, None),
    ("gửi kết quả trước 17h00' ngày 05/11/2020 để tổng hợp", K.BEFORE, date(2020, 11, 5)),
    ("hoàn thành trước ngày 12 / 4/ 2020", K.BEFORE, date(2020, 4, 12)),
    ("hoàn thành trước ngày l2/4/2020", K.BEFORE, date(2020, 4, 12)),
    ("hoàn thành trước ngày 3O tháng 6 năm 2020", K.BEFORE, date(2020, 6, 30)),
    ("hoàn thành trong 6 tháng đầu năm", K.BY_END_OF, date(2020, 6, 30)),
    ("hoàn thành trong quý I, II năm 2023", K.BY_END_OF, date(2023, 6, 30)),
    ("hoàn thành trong tháng 4, tháng 5 năm 2020", K.BY_END_OF, date(2020, 5, 31)),
    ("hoàn thành trong nửa đầu tháng 6/2020", K.BY_END_OF, date(2020, 6, 15)),
    ("hoàn thành cuối tháng 7", K.BY_END_OF, date(2020, 7, 31)),
    ("hoàn thành trước tháng 9 năm 2020", K.BEFORE, date(2020, 9, 1)),
    ("tập trung hoàn thành từ nay đến cuối năm", K.BY_END_OF, date(2020, 12, 31)),
    ("hoàn thành trong năm nay", K.BY_END_OF, date(2020, 12, 31)),
    ("rà soát từ ngày 01/4/2020 đến ngày 30/6/2020", K.BY, date(2020, 6, 30)),
    ("lập danh sách. Thời hạn gửi báo cáo: ngày 20/4/2020", K.BY, date(2020, 4, 20)),
    ("lập danh sách. Thời gian hoàn thành: Tháng 6/2020", K.BY_END_OF, date(2020, 6, 30)),
]


@pytest.mark.parametrize(("words", "kind", "day"), DATES)
def test_date(words: str, kind: DeadlineKind, day: date | None, read_text: Read) -> None:
    found = read_text(letter(f"1. Sở Y tế {words}.")).deadlines
    assert [(each.kind, each.date) for each in found] == [(kind, day)]


RECURRING = [
    ("báo cáo trước ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=25"),
    ("báo cáo vào ngày 20 tháng cuối quý", "FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
    ("báo cáo trước ngày 15/6 và 15/12 hàng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15"),
    ("báo cáo trước ngày 10 tháng 11 hằng năm", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=10"),
    ("báo cáo trước ngày 10 tháng 6 và ngày 10 tháng 12 hằng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=10"),
    ("báo cáo đến 30/11 hằng năm", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"),
    ("báo cáo hằng tháng (trước ngày 25)", "FREQ=MONTHLY;BYMONTHDAY=25"),
    ("hằng năm tổ chức đánh giá trước ngày 15/12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
    ("tổng hợp tiến độ vào thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
    ("báo cáo trước 16 giờ thứ Năm hàng tuần", "FREQ=WEEKLY;BYDAY=TH"),
    ("họp dân vào Chủ nhật hằng tuần", "FREQ=WEEKLY;BYDAY=SU"),
    ("họp 2 tuần một lần", "FREQ=WEEKLY;INTERVAL=2"),
    ("định kỳ hằng quý tổng hợp", "FREQ=MONTHLY;INTERVAL=3"),
    ("định kỳ 6 tháng, 01 năm sơ kết", "FREQ=MONTHLY;INTERVAL=6"),
    ("tổng hợp báo cáo kết quả hằng tháng", "FREQ=MONTHLY"),
]


@pytest.mark.parametrize(("words", "rule"), RECURRING)
def test_recurrence(words: str, rule: str, read_text: Read) -> None:
    found = read_text(letter(f"1. Sở Y tế {words}.")).deadlines
    assert [(each.kind, each.date, each.recurrence) for each in found] == [(K.RECURRING, None, rule)]


YEARLY = [
    "báo cáo trước ngày 15/6 và 30/11 hàng năm",
    "báo cáo trước ngày 15/6 và trước ngày 30/11 hàng năm",
    "báo cáo 6 tháng trước ngày 15 tháng 6 và báo cáo năm trước ngày 30 tháng 11 hằng năm",
]


@pytest.mark.parametrize("words", YEARLY)
def test_two_days_of_a_year(words: str, read_text: Read) -> None:
    reading = read_text(letter(f"1. Sở Y tế {words}."))
    assert [(each.kind, each.date, each.recurrence) for each in reading.deadlines] == [
        (K.RECURRING, None, "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15"),
        (K.RECURRING, None, "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"),
    ]
    assert not [issue for issue in reading.issues if issue.code is IssueCode.DEADLINE_BEFORE_DOCUMENT]


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
    "Hoàn thành vào giữa tháng 9.",
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
    "Các xã có tỷ lệ lao động có việc làm thường xuyên cao.",
    "Quyết định có hiệu lực kể từ ngày 01/7/2020.",
    "Bố trí nguồn vốn sự nghiệp năm 2020 cho các xã.",
    "Trong thời gian tới, các đơn vị khẩn trương triển khai.",
    "Các xã đăng ký đạt chuẩn năm 2020 rà soát lại hồ sơ.",
    "Phát triển trước 3/4 số xã của huyện.",
    "Tổng hợp nợ đọng đến ngày 30/6/2020 của các xã.",
    "Hưởng ứng phong trào “Chung sức xây dựng nông thôn mới đến năm 2025” do tỉnh phát động.",
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


def test_column_of_a_table(read_text: Read) -> None:
    body = (
        "1. Phân công:\n\nTT | Nội dung | Cơ quan | Thời gian hoàn thành\n1 | Rà soát | Sở Y tế | Quý II/2020\n"
        "2 | Báo cáo | Sở Nội vụ | 30/9/2020\n3 | Sơ kết | Sở Tư pháp | Hằng năm\n4 | Họp | Sở Xây dựng | Thường xuyên"
    )
    found = read_text(letter(body)).deadlines
    assert [(each.date, each.recurrence) for each in found] == [
        (date(2020, 6, 30), None),
        (date(2020, 9, 30), None),
        (None, "FREQ=YEARLY"),
    ]


def test_scope_tells_targets_from_tasks(read_text: Read) -> None:
    body = "1. Phấn đấu đến hết năm 2022 có 30 xã đạt chuẩn.\n\n2. Sở Y tế báo cáo trong tháng 6/2020."
    assert [each.scope for each in read_text(letter(body)).deadlines] == [Scope.TARGET, Scope.TASK]


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
    (date(2021, 2, 9), 2, "ngày làm việc", date(2021, 2, 16)),  # over Tết
    (date(2020, 1, 31), 1, "tháng", date(2020, 2, 29)),
    (date(2020, 3, 12), 2, "tuần", date(2020, 3, 26)),
    (date(2020, 3, 12), 1, "năm", date(2021, 3, 12)),
]


@pytest.mark.parametrize(("start", "count", "unit", "expected"), COMPUTED)
def test_computed_day(start: date, count: int, unit: str, expected: date) -> None:
    assert _after(start, count, unit) == expected
