"""Five small directives that cite, replace, assign, help and report: enough for every question to have an answer."""

from __future__ import annotations

from datetime import date

from readings import GROUP, Directive

from ntmgraph.model import DeadlineKind, Reading, Relation, Role

PHU_NHUAN = ("xã Phú Nhuận", "p.02944")  # huyện Bảo Thắng, Lào Cai, until 2025; seven other units share its name
LAO_CAI = ("tỉnh Lào Cai", "p.10")
NATIONAL = "thu-tuong-chinh-phu.1980-qd-ttg.2016"
TAI_CHINH, CONG_THUONG = "Sở Tài chính", "Sở Công Thương"


def first() -> Reading:
    """Lào Cai, January 2017: tasks, an assignment with a period, help, a target, a result and a doubt."""
    letter = Directive("12/UBND-NLN", date(2017, 1, 12))
    letter.cite("1980/QĐ-TTg", NATIONAL).cite("7/NQ-TU", None, Relation.IMPLEMENTS, type="Nghị quyết")
    letter.task(
        "rà soát hồ sơ",
        [TAI_CHINH],
        with_=[CONG_THUONG],
        supervise=["Thanh tra tỉnh"],
        reports_to=["UBND tỉnh Lào Cai"],
        via=["Văn phòng Điều phối"],
        due=("trước ngày 20/02/2017", DeadlineKind.BEFORE, date(2017, 2, 20), None),
        criteria=[(17, "VN-XA-2016")],
        places=[PHU_NHUAN],
    )
    letter.task(
        "báo cáo kết quả",
        [CONG_THUONG],
        due=("ngày 20 hằng tháng", DeadlineKind.RECURRING, None, "FREQ=MONTHLY;BYMONTHDAY=20"),
    )
    letter.task("phối hợp tuyên truyền", ["Các Sở, ban, ngành"], kind="group")
    letter.task("hướng dẫn nghiệp vụ", unresolved=["Sở Quy hoạch"], criteria=[("17.8", "VN-XA-2016")])
    letter.agency(TAI_CHINH, group=GROUP)
    letter.assign(17, [TAI_CHINH], coordinate=[CONG_THUONG], from_=date(2017, 1, 12), to=date(2020, 12, 31))
    letter.help(TAI_CHINH, "Trần Thị B", PHU_NHUAN)
    letter.target("Tỷ lệ hộ dùng nước sạch", 95, date(2020, 12, 31), 17).result(PHU_NHUAN, 17, True, date(2018, 12, 31))
    return letter.issue("Không rõ “Sở Quy hoạch”").reading()


def replacing() -> Reading:
    """Lào Cai, March 2019: replaces the first letter."""
    letter = Directive("15/UBND-NLN", date(2019, 3, 1), subject="Về việc phân công lại")
    letter.cite("12/UBND-NLN", first().document.id, Relation.REPLACES, type="Công văn")
    letter.task("chủ trì kiểm tra", [CONG_THUONG], criteria=[(17, "VN-XA-2016")])
    return letter.assign(17, [CONG_THUONG]).reading()


def elsewhere() -> Reading:
    """Lạng Sơn, August 2019: the same criterion in another province."""
    letter = Directive(
        "136/KH-UBND", date(2019, 8, 7), province="Lạng Sơn", type="Kế hoạch", subject="Kế hoạch năm 2019"
    )
    letter.cite("1980/QĐ-TTg", NATIONAL)
    letter.task(
        "bố trí vốn",
        [TAI_CHINH],
        due=("hết năm 2019", DeadlineKind.BY_END_OF, date(2019, 12, 31), None),
        criteria=[(17, "VN-XA-2016")],
    )
    return letter.reading()


def draft() -> Reading:
    """Lào Cai, without number and date: a heading names the doer."""
    letter = Directive(None, None, subject="Dự thảo kế hoạch thôn")
    letter.task("lập danh mục", [TAI_CHINH], inferred=True, role=Role.LEAD, criteria=[(2, None)])
    return letter.reading()


def national() -> Reading:
    """The decision that the letters rest on, taken in after them."""
    decision = Directive(
        "1980/QĐ-TTg", date(2016, 10, 17), province=None, issuer="Thủ tướng Chính phủ", type="Quyết định",
        subject="Ban hành Bộ tiêu chí quốc gia về xã nông thôn mới",
    )  # fmt: skip
    decision.task("tổ chức thực hiện", ["Ủy ban nhân dân các tỉnh"], kind="group")
    return decision.reading()


def overdue() -> Reading:
    """Lạng Sơn, March 2021: a task due before the day of its letter, and one that starts before it."""
    letter = Directive("9/UBND-NL", date(2021, 3, 15), province="Lạng Sơn")
    letter.task(
        "gửi danh sách",
        [TAI_CHINH],
        due=("trong tháng 02/2021", DeadlineKind.BY_END_OF, date(2021, 2, 28), None),
    )
    letter.task(
        "áp dụng biểu mẫu",
        [TAI_CHINH],
        due=("từ ngày 01/01/2021", DeadlineKind.FROM, date(2021, 1, 1), None),
    )
    return letter.reading()


def on_request() -> Reading:
    """Lạng Sơn, 2016: a task without a day and without a rule."""
    letter = Directive("11/UBND-NL", date(2016, 12, 1), province="Lạng Sơn")
    letter.task("gửi hồ sơ", [TAI_CHINH], due=("khi có yêu cầu", DeadlineKind.EVENT, None, None))
    return letter.reading()


def reported() -> Reading:
    """Lào Cai, December 2020: what a commune and the province had reached, and are to reach."""
    report = Directive("90/BC-UBND", date(2021, 1, 8), type="Báo cáo", subject="Kết quả năm 2020")
    report.figure(PHU_NHUAN, "số tiêu chí đạt", 18.0, 19.0, "tiêu chí", date(2020, 12, 31))
    report.result(PHU_NHUAN, 17, False, date(2020, 12, 31))
    report.target("số xã đạt chuẩn nông thôn mới", 94.0, date(2025, 12, 31), of=127.0, unit="xã", place=LAO_CAI)
    return report.reading()


SCENE = (first, replacing, elsewhere, draft)
