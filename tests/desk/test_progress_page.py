"""The progress page: signs of the heat map, the answer in words, bars beside targets, the trend as a drawing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from trees import letters_of, links, tagged, text_of

from dash_app.address import Address, parse
from dash_app.components import frozen
from dash_app.pages.progress import compared, figure, trend
from dash_app.pages.progress.communes import sign_of, state_of, table_of, title_of
from dash_app.pages.progress.data import Shown, question_of
from dash_app.pages.progress.layout import choose, nothing, sentence
from dash_app.words import words_of
from ntmgraph.model import Evidence
from ntmgraph.queries import (
    Because,
    ClassProgress,
    Course,
    CourseDay,
    CriterionName,
    DocumentName,
    GroupProgress,
    Inference,
    Named,
    ProgressQuestion,
    ProgressView,
    Standing,
    TargetProgress,
    Told,
    TrendPoint,
    UnitProgress,
)

SAY = words_of("vi")
ON, AS_OF = date(2024, 1, 1), date(2023, 12, 31)
ROADS, WATER = (
    CriterionName(f"M:{number}", "M", number, name) for number, name in ((2, "Giao thông"), (3, "Thủy lợi"))
)
MET, UNMET = Standing(AS_OF, met=True), Standing(AS_OF, met=False)
PARTS = Standing(AS_OF, rule="place_successor", parts=3, told=2, reached=2)
ALL_PARTS = Standing(AS_OF, rule="place_successor", parts=3, told=3, reached=0)
REST = Standing(AS_OF, met=True, rule="result.rest")


def place(name: str) -> Named:
    return Named(f"p.{name}", f"xã {name}", "commune", "Mẫu")


ONE = UnitProgress(place("Một"), (MET, UNMET), Standing(AS_OF, met=False, value=1, of=2, result="d/result-1"))
TWO = UnitProgress(place("Hai"), (REST, REST), Standing(AS_OF, met=True, value=2, of=2, result="d/result-2"))
NEW = UnitProgress(place("Mới"), (PARTS, None), None, (place("Cũ"), place("Xưa")))
NONE = UnitProgress(place("Không"), (None, None), None)
STATED = Told(29, 138, date(2023, 11, 30), "d/result-0", "p.M")
GROUP = GroupProgress(Named("p.h", "huyện Mẫu", "district", "Mẫu"), 4, 2, 1, 1.5, STATED)
PLAN = DocumentName("kh", "9/KH-UBND", date(2022, 1, 5), "UBND tỉnh Mẫu", "Kế hoạch")
EVIDENCE = Evidence(None, 0, 5, "50 xã", "target.count")
TARGET = TargetProgress(
    "kh/target-0", "số xã đạt chuẩn", 58, 138, "xã", date(2025, 12, 31), None, PLAN, EVIDENCE, STATED
)


def shown(*units: UnitProgress, stated: Told | None = None, within: str | None = None, **more: object) -> Shown:
    view = ProgressView(
        "Mẫu", "M", ("M",), (ROADS, WATER), units, (GROUP,), stated,
        (TrendPoint(AS_OF, 2, 1, 1.5),), (Told(17, 138, date(2021, 12, 31), "d/result-9", "p.M"), STATED),
    )  # fmt: skip
    return Shown(ProgressQuestion(ON, province="Mẫu", within=within), view, **({"targets": (), "chosen": None} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("standing", "sign", "state"),
    [
        (MET, "✓", "met"),
        (UNMET, "✕", "unmet"),
        (PARTS, "2/3?", "part"),  # one of the three is not told of, so it may not be read as all of them
        (ALL_PARTS, "0/3", "unmet"),
        (Standing(AS_OF, rule="place_successor", parts=3, told=3, reached=1), "1/3", "part"),
        (Standing(AS_OF), "?", "part"),  # one day told both ways
    ],
)
def test_a_cell_is_told_by_its_sign(standing: Standing, sign: str, state: str):
    assert (sign_of(standing), state_of(standing)) == (sign, state)


def test_the_words_of_a_cell():
    assert title_of(SAY, ONE, ROADS, MET) == "xã Một, tiêu chí 2 Giao thông: đạt (31/12/2023)"
    words = title_of(SAY, NEW, ROADS, PARTS)
    assert words.endswith("2/3 xã cũ đạt, 1 xã cũ chưa có số liệu (31/12/2023)")
    assert title_of(SAY, NEW, WATER, None).endswith("chưa có số liệu")


def test_the_map_leads_to_each_proof_and_tells_what_is_inferred():
    address = Address("/tien-do", (("province", "Mẫu"), ("row", "p.Một~3")))
    table = table_of(SAY, address, shown(ONE, TWO, NEW, NONE))
    cells = [each for each in tagged(table, "A") if (getattr(each, "className", None) or "").startswith("cell")]
    assert [letters_of(each) for each in cells] == ["✓", "✕", "✓", "✓", "2/3?"]
    assert ["cell-inferred" in each.className for each in cells] == [False, False, True, True, True]
    assert all("row=p." in each.href for each in cells)
    (current,) = (each for each in cells if getattr(each, "aria-current", None))
    assert letters_of(current) == "✕"
    assert "xã Không" not in text_of(table)
    assert "xã Không" in text_of(table_of(SAY, Address("/tien-do", (("all", "1"),)), shown(ONE, NONE)))
    assert "từ xã Cũ, xã Xưa" in text_of(table)


def test_the_answer_comes_as_it_is_told_then_as_it_is_counted():
    line, note = sentence(SAY, Address("/tien-do"), shown(ONE, TWO, NEW, NONE, stated=STATED))
    assert letters_of(line).startswith("Tính đến 30/11/2023: 29/138 xã đạt chuẩn nông thôn mới (21 %)")
    assert "row=r~d/result-0" in links(line)[0]
    assert "1 xã đạt đủ 2 tiêu chí, trong 2 xã có số liệu" in letters_of(note)
    assert "1 xã mới chỉ có kết quả của các xã cũ" in letters_of(note)
    # Each number leads to what it counts.
    for href, names in zip(links(note), (["xã Hai"], ["xã Mới"], ["xã Không"]), strict=True):
        table = table_of(SAY, parse("/tien-do", href.partition("?")[2]), shown(ONE, TWO, NEW, NONE))
        heads = [text_of(each).split(" từ ")[0] for each in tagged(table, "Th") if each.scope == "row"]
        assert heads[:-1] == names
    assert "1/4 xã chưa có số liệu" in letters_of(note)
    counted, _ = sentence(SAY, Address("/tien-do"), shown(ONE, TWO))
    assert letters_of(counted) == "Tính đến 01/01/2024: 1/2 xã có số liệu đạt đủ 2 tiêu chí."


def test_one_criterion_is_counted_and_each_number_leads_to_its_communes():
    address, page = Address("/tien-do", (("criterion", "3"),)), shown(ONE, TWO, NEW, NONE, at=1)
    line, note = sentence(SAY, address, page)
    assert letters_of(line) == "Tính đến 01/01/2024, tiêu chí 3 Thủy lợi: 1 xã đạt, 1 xã chưa đạt."
    assert "2/4 xã chưa có số liệu" in letters_of(note)
    for href, names in zip(links([line, note]), (["xã Hai"], ["xã Một"], ["xã Mới", "xã Không"]), strict=True):
        table = table_of(SAY, parse("/tien-do", href.partition("?")[2]), page)
        heads = [text_of(each).split(" từ ")[0] for each in tagged(table, "Th") if each.scope == "row"]
        assert heads[:-1] == names
    # The head of a column and its sum lead there; a commune leads to its course.
    table = table_of(SAY, Address("/tien-do"), shown(ONE, TWO))
    wanted = {"/tien-do?criterion=2", "/tien-do?criterion=2&only=met", "/tien-do?view=trend&place=p.Một"}
    assert wanted <= set(links(table))


def test_a_commune_over_time_beside_those_that_it_was_formed_of():
    merged = Because(Inference.PLACE_SUCCESSOR, place("Cũ"), place("Mới"), source="Nghị quyết 1", extent="whole")
    days = (
        CourseDay(AS_OF, place("Cũ"), 2, 1, 1, 1, (WATER,), (), "d/result-2"),
        CourseDay(date(2022, 12, 31), place("Cũ"), 1, 1, 0, 0, (), (), "d/result-1"),
        CourseDay(date(2021, 12, 31), place("Cũ"), 0, None, 0, 2, (), (), "d/result-0"),  # nothing met is told too
    )
    page = shown(NEW, course=Course(place("Mới"), (merged,), (), days))
    address = Address("/tien-do", (("view", "trend"), ("place", "p.Mới")))
    line, _ = sentence(SAY, address, page)
    assert letters_of(line) == "xã Cũ: 2/2 tiêu chí (31/12/2023)."
    panel, table = trend.trend_of(SAY, address, page)
    assert "Nghị quyết 1" in text_of(panel) and "không cộng thành kết quả của xã mới" in text_of(panel)
    assert len(tagged(panel, "Circle")) == 3
    assert "31/12/2023 xã Cũ 2/2 1 đạt, 1 chưa đạt thêm 1 tiêu chí đạt thêm tiêu chí 3" in text_of(table)
    assert any("row=r~d/result-2" in href for href in links(table))
    none = trend.trend_of(SAY, address, shown(NEW, course=Course(place("Mới"), (), (), ())))
    assert "Chưa có văn bản nào nêu kết quả của xã Mới" in text_of(none)


def test_groups_of_communes_lead_to_what_is_told_of_them():
    told = ClassProgress(1, "xã nhóm 1", "gần đô thị", ((ROADS, STATED), (WATER, None)))
    view = replace(shown(ONE).view, classes=(told,))
    groups, *_ = compared.groups_of(SAY, Address("/tien-do"), replace(shown(ONE), view=view))
    assert "2 Giao thông 29/138" in text_of(groups) and "3 Thủy lợi" not in text_of(groups)
    assert "Xã nhóm 1: gần đô thị" in text_of(groups)
    assert any("row=r~d/result-0" in href for href in links(groups))


def test_a_target_has_a_bar_only_beside_the_same_whole():
    address = Address("/tien-do", (("view", "targets"),))
    (table,) = compared.targets_of(SAY, address, shown(ONE, targets=(TARGET,)))
    assert "58/138 xã 29/138 30/11/2023 50 % chỉ tiêu" in text_of(table)
    other = TargetProgress("x", "số thôn", 9, 20, "thôn", None, None, PLAN, EVIDENCE, STATED, None)
    assert (
        "chỉ tiêu" not in text_of(compared.targets_of(SAY, address, shown(ONE, targets=(other,)))).partition("9/20")[2]
    )


def test_districts_and_days_lead_to_what_they_count():
    (groups,) = compared.groups_of(SAY, Address("/tien-do", (("view", "compare"),)), shown(ONE, TWO))
    assert any("within=p.h" in href and "view" not in href for href in links(groups))
    drawn, table = trend.trend_of(SAY, Address("/tien-do", (("view", "trend"),)), shown(ONE, TWO))
    assert len(tagged(drawn, "Circle")) == 3
    assert "31/12/2023 số liệu của 2 xã 1/2" in text_of(table)
    assert "row=r~d/result-9" in "".join(links(table))
    (tree,) = frozen([drawn])
    assert "polyline" in str(tree.tree)  # the drawing reaches the browser as plain elements


def test_the_scale_holds_every_value():
    drawn = figure.lay_out([[(date(2020, 1, 1), 0), (date(2022, 1, 1), 47)], [(date(2021, 1, 1), 12)]])
    assert drawn.levels[0][0] == 0
    assert drawn.levels[-1][0] >= 47
    points = [point for line in drawn.lines for point in line]
    assert all(0 <= point.x <= figure.WIDTH and 0 <= point.y <= figure.HEIGHT for point in points)
    assert points[0].x < points[2].x < points[1].x
    assert figure.lay_out([[], []]).levels == ()
    assert figure.lay_out([[(date(2020, 1, 1), 0)]]).levels[-1][0] > 0
    whole = figure.lay_out([[(date(2025, 1, 1), 3), (date(2026, 1, 1), 4)]], least=19, mark=date(2025, 7, 1))
    assert whole.levels[-1][0] >= 19
    assert whole.mark is not None and whole.lines[0][0].x < whole.mark < whole.lines[0][1].x
    near = figure.apart([figure.Point(ON, 1, 50, 40), figure.Point(ON, 1, 60, 44), figure.Point(ON, 1, 400, 40)])
    assert near[0] == near[2] and near[1] >= near[0] + 13


@pytest.mark.parametrize(
    ("search", "provinces", "question"),
    [
        ("", ("Mẫu", "Khác"), ProgressQuestion(ON)),
        ("", ("Mẫu",), ProgressQuestion(ON, province="Mẫu")),
        (
            "?province=Mẫu&on=2023-06-30&set=M&within=p.h&stated_only=1",
            ("Mẫu", "Khác"),
            ProgressQuestion(date(2023, 6, 30), province="Mẫu", set="M", within="p.h", stated_only=True),
        ),
    ],
)
def test_the_address_is_the_question(search: str, provinces: tuple[str, ...], question: ProgressQuestion):
    assert question_of(parse("/tien-do", search), ON, provinces) == question


def test_plans_before_any_report():
    view = ProgressView("Mẫu", None, (), (), (NONE,), (), None, (), ())
    page = Shown(ProgressQuestion(ON, province="Mẫu"), view, (TARGET,), None)
    line, note = sentence(SAY, Address("/tien-do"), page)
    assert letters_of(line) == "Chưa có báo cáo nào nêu kết quả của Mẫu tính đến 01/01/2024."
    assert "1 chỉ tiêu" in letters_of(note)


def test_nothing_yet_says_what_to_do():
    assert links(nothing(SAY)) == ["/tien-do/nap"]
    assert "Nạp biểu báo cáo" in text_of(nothing(SAY, ProgressQuestion(ON, province="Mẫu")))
    assert links(choose(SAY, Address("/tien-do"), ("Cao Bằng", "Lào Cai")))[1] == "/tien-do?province=L%C3%A0o%20Cai"
