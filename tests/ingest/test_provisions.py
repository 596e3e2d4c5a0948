"""The outline: labels, nesting, wrapped lines, headings, tables, notes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.normalise import normalise
from ingest.provisions import Outline, Regions, parse_provisions


def outline(text: str) -> Outline:
    text = normalise(text).text
    return parse_provisions(text, Regions(0, len(text), len(text), len(text)), document="d")


PATHS = [
    (
        "plain levels",
        "I. A\n\n1. B\n\na) c\n\n- d\n\n+ e\n\nII. F",
        ["I", "I.1", "I.1.a", "I.1.a.-1", "I.1.a.-1.+1", "II"],
    ),
    ("letter đ comes after d", "1. Việc\n\nd) bốn\n\nđ) năm\n\ne) sáu", ["1", "1.d", "1.đ", "1.e"]),
    ("numbers may skip", "1. Một\n\n2. Hai\n\n5. Năm", ["1", "2", "5"]),
    ("Party form", "I- TÌNH HÌNH\n\n1- Kết quả\n\n2- Hạn chế", ["I", "I.1", "I.2"]),
    (
        "decimal numbers",
        "1. Việc\n\n1.1. Phần đầu\n\n1.1.2. Phần nhỏ\n\n1.2 Phần sau\n\n2. Khác",
        ["1", "1.1", "1.1.2", "1.2", "2"],
    ),
    ("articles", "Chương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi\n\n1. Một\n\na) hai\n\nĐiều 2. Đối tượng", None),
    ("parts", "PHẦN THỨ NHẤT\nKẾT QUẢ\n\nI. A\n\nPHẦN THỨ HAI\nNHIỆM VỤ\n\nI. B", None),
    ("capital letters", "A. MỤC TIÊU\n\nI. Một\n\nB. NHIỆM VỤ\n\nI. Hai\n\nC. TỔ CHỨC", ["A", "A.I", "B", "B.I", "C"]),
    ("a note", "1. Gửi kế hoạch¹\n\n¹ Trước tháng 8.\n\n2. Khác", ["1", "1.fn1", "2"]),
    (
        "table rows",
        "1. Biểu:\n\nTT | Xã | Số\n1 | Pa | 3\n2 | Ma | 4\n\n2. Khác",
        ["1", "1.b1.1", "1.b1.2", "1.b1.3", "2"],
    ),
    (
        "a paragraph belongs to the point above",
        "1. Việc:\n\na) Làm.\n\nThêm nữa.\n\nb) Xong.",
        ["1", "1.a", "1.a.p1", "1.b"],
    ),
    ("a closing formula stands alone", "1. Việc:\n\na) Làm.\n\nYêu cầu các đơn vị thực hiện./.", ["1", "1.a", "p2"]),
    ("letters with a stroke or a dash", "1. Việc\n\na/ Rà soát\n\nb- Bố trí", ["1", "1.a", "1.b"]),
    ("a note under a star", "1. Xã biên giới (*)\n\n(*) Theo danh sách.", ["1", "1.fn(*)"]),
    (
        "a finer division",
        "Mục 1\nTRÁCH NHIỆM\n\nTiểu mục 1. Tổ trưởng\n\nĐiều 3. Việc",
        ["Mục 1", "Mục 1.Tiểu mục 1", "Mục 1.Tiểu mục 1.Điều 3"],
    ),
    (
        "annexes count anew",
        "PHỤ LỤC I\nDANH MỤC XÃ\n(Kèm theo Kế hoạch số 5/KH-UBND)\n\n1. Xã Ba\n\nPHỤ LỤC II: BIỂU MẪU\n\n1. Mẫu một",
        ["Phụ lục I", "Phụ lục I.p1", "Phụ lục I.1", "Phụ lục II", "Phụ lục II.1"],
    ),
    (
        "papers issued with a decision are parts of their own",
        "Điều 1. Ban hành Kế hoạch và Quy chế.\n\nKẾ HOẠCH\nLàm sạch đường làng\n(Ban hành kèm theo Quyết định số 5/QĐ-UBND)"
        "\n\nI. MỤC TIÊU\n\n1. Sạch đường\n\nQUY CHẾ\nLàm việc của Tổ\n(Kèm theo Quyết định số 5/QĐ-UBND)\n\nĐiều 1. Nguyên tắc",
        [
            "Điều 1",
            "Kế hoạch",
            "Kế hoạch.p1",
            "Kế hoạch.I",
            "Kế hoạch.I.1",
            "Quy chế",
            "Quy chế.p1",
            "Quy chế.Điều 1",
        ],
    ),
    ("a subject line is no numeral", "V/v đẩy mạnh phong trào", ["p1"]),
    ("a quantity is no number", "428.600 triệu đồng là tổng vốn.", ["p1"]),
    ("letters of archive", "C, PCVP UBND tỉnh", ["p1"]),
]


@pytest.mark.parametrize(("what", "text", "paths"), [row for row in PATHS if row[2]], ids=lambda value: str(value)[:30])
def test_paths(what: str, text: str, paths: list[str]) -> None:
    assert [each.path for each in outline(text).provisions] == paths


def test_chapter_takes_its_title_and_articles_nest() -> None:
    found = outline("Chương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi\n\n1. Một\n\na) hai\n\nĐiều 2. Đối tượng")
    assert [(each.path, each.kind) for each in found.provisions] == [
        ("Chương I", "chapter"),
        ("Chương I.Điều 1", "article"),
        ("Chương I.Điều 1.1", "clause"),
        ("Chương I.Điều 1.1.a", "point"),
        ("Chương I.Điều 2", "article"),
    ]
    assert found.provisions[0].heading == "QUY ĐỊNH CHUNG"


HEADINGS = [
    ("QUY CHẾ\nLàm việc của Tổ\n(Kèm theo Quyết định số 5/QĐ-UBND)", "Làm việc của Tổ"),
    ("PHỤ LỤC II: BIỂU MẪU\n\n1. Mẫu một", "BIỂU MẪU"),
    ("1. Sở Tài chính: Bố trí vốn đối ứng.", "Sở Tài chính"),
    ("1. Sở Tài chính\n\n- Bố trí vốn.", "Sở Tài chính"),
    ("- Sở Y tế, Sở Nội vụ: Phối hợp.", "Sở Y tế, Sở Nội vụ"),
    ("II. MỤC TIÊU\nCỤ THỂ\n\n1. Một xã.", "MỤC TIÊU CỤ THỂ"),
    ("Điều 1. Phê duyệt danh sách xã, gồm:\n\n1. Xã A.", "Phê duyệt danh sách xã, gồm"),
    ("1. Tập trung rà soát các xã; báo cáo: số xã đạt chuẩn.", None),
    ("1. Giao Sở Y tế hướng dẫn các xã. Báo cáo kết quả.", None),
]


@pytest.mark.parametrize(("text", "heading"), HEADINGS)
def test_heading(text: str, heading: str | None) -> None:
    assert outline(text).provisions[0].heading == heading


WRAPPED = """I. MỤC ĐÍCH, YÊU
CẦU
1. Cụ thể hóa các nhiệm vụ của
Chương trình trên địa bàn tỉnh, bảo đảm thiết thực, phù hợp với điều kiện của
địa phương; huy động các nguồn lực xã hội cùng tham gia thực hiện.
2. Chỉ tiêu giai đoạn 2021
- 2023
- Có thêm 20 xã đạt chuẩn, trong đó
10 xã vùng khó khăn; thu nhập bình quân tăng so với năm trước.
3. Về văn hóa
- xã hội - môi trường
- Sở Văn hóa hướng dẫn các thôn xây dựng đời sống văn hóa, phối hợp Đài Phát thanh
- Truyền hình tuyên truyền; nêu gương điển hình.
4. Sở Tài chính: Phối hợp với Sở Kế hoạch và
Đầu tư bố trí vốn.
5. Bảo đảm quốc phòng, an ninh
Tiếp tục xây dựng thế trận quốc phòng toàn dân gắn với thế trận an ninh nhân dân;
giữ vững ổn định.
Yêu cầu các sở, ban, ngành, địa phương nghiêm túc tổ chức triển khai thực hiện
kế hoạch này./."""


def test_wrapped_lines_are_joined_and_their_dashes_are_no_bullets() -> None:
    found = outline(WRAPPED)
    assert [each.path for each in found.provisions] == [
        "I",
        "I.1",
        "I.2",
        "I.2.-1",
        "I.3",
        "I.3.-1",
        "I.4",
        "I.5",
        "I.5.p1",
        "p2",
    ]
    by_path = {each.path: each for each in found.provisions}
    assert by_path["I.2"].heading == "Chỉ tiêu giai đoạn 2021 - 2023"
    assert by_path["I.3"].heading == "Về văn hóa - xã hội - môi trường"
    assert by_path["I.4"].heading == "Sở Tài chính"
    assert by_path["I.5"].heading == "Bảo đảm quốc phòng, an ninh"


def test_innermost_and_own_words() -> None:
    found = outline("1. Việc:\n\na) Làm ngay.\n\nb) Báo cáo.\n\n2. Khác")
    text = found.text
    inner = found.at(text.index("Báo"))
    assert inner is not None
    assert [each.path for each in found.above(inner)] == ["1.b", "1"]
    assert [text[slice(*found.own(each))] for each in found.provisions] == ["Việc:", "Làm ngay.", "Báo cáo.", "Khác"]
    assert found.at(len(text) + 5) is None


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("abI1.a)đ-+ \n|VX:;Đi¹"), max_size=200))
def test_provisions_nest_and_do_not_overlap(raw: str) -> None:
    found = outline(raw)
    ids = {each.id: each for each in found.provisions}
    assert len(ids) == len(found.provisions)
    stack: list[tuple[int, int]] = []
    for each in found.provisions:
        assert 0 <= each.start < each.end <= len(found.text)
        while stack and stack[-1][1] <= each.start:
            stack.pop()
        assert not stack or each.end <= stack[-1][1]
        stack.append((each.start, each.end))
        if each.parent is not None:
            parent = ids[each.parent]
            assert parent.start <= each.start
            assert each.end <= parent.end
        start, end = found.own(each)
        assert each.start <= start <= end <= each.end
