"""Saved web pages: news of provincial portals and documents of law libraries, without what stands around them."""

from __future__ import annotations

import quopri
from pathlib import Path

import pytest

from ingest.readers import read_source

TITLE = "Hòa An gặp mặt các xã về đích nông thôn mới"
LEAD = "Sáng 12/5, UBND huyện Hòa An tổ chức gặp mặt các xã được công nhận đạt chuẩn năm 2022."
BODY = [
    f"Đoạn thứ {number} kể rằng các xã đã hoàn thành đường trục thôn, nhà văn hóa và hố thu gom rác, người dân đồng thuận."
    for number in range(1, 7)
]
LETTER = [
    "Kính gửi: UBND các huyện, thành phố.",
    "1. Sở Tài chính bố trí vốn đối ứng, báo cáo trước ngày 30/6/2023.",
    "2. UBND các huyện, thành phố rà soát, đăng ký xã về đích, gửi về Văn phòng Điều phối trước ngày 15/7/2023.",
    "3. Các sở, ngành phụ trách tiêu chí hướng dẫn các xã hoàn thiện hồ sơ theo quy định của Trung ương và của tỉnh.",
    "4. Văn phòng Điều phối nông thôn mới tỉnh tổng hợp, theo dõi, đôn đốc và báo cáo kết quả về UBND tỉnh hằng quý.",
]


def paragraphs(lines: list[str]) -> str:
    return "\n".join(f"<p>{line}</p>" for line in lines)


MENU = "<div class='navbar'><ul><li><a href=/>Trang chủ</a><li><a href=/a>Giới thiệu</a><li><a href=/b>Văn bản</a></ul></div>"
OTHERS = (
    "<ul>"
    + "".join(f"<li><a href=/{number}>Tin khác về một xã số {number} của huyện</a></li>" for number in range(5))
    + "</ul>"
)
HEADER = (
    "<table border=0 width=100%><tr><td>UBND TỈNH CAO BẰNG<br>VĂN PHÒNG</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>"
    "Độc lập - Tự do - Hạnh phúc</td></tr><tr><td>Số: 88/VP-NTM</td><td>Cao Bằng, ngày 02 tháng 6 năm 2023</td></tr></table>"
)
HEADER_LINES = [
    "UBND TỈNH CAO BẰNG",
    "VĂN PHÒNG",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 88/VP-NTM",
    "Cao Bằng, ngày 02 tháng 6 năm 2023",
]
CLOSING = (
    "<table><tr><td>Nơi nhận:<br>- Như trên;<br>- Lưu: VT.</td><td>CHÁNH VĂN PHÒNG<br>Nông Văn Tài</td></tr></table>"
)
CLOSING_LINES = ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "CHÁNH VĂN PHÒNG", "Nông Văn Tài"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(
            f"<body>{MENU}<div class='container'><div class='col-9'><h1>{TITLE}</h1><div class='date'>14/05/2023 08:30</div>"
            f"<div class='sapo'>{LEAD}</div><div class='addthis_toolbox social'>Chia sẻ</div>"
            f"<div class='article-content'>{paragraphs(BODY)}<p><b>Hoàng Mai</b></p></div>"
            f"<p>Lượt xem: 1.204</p><p>In trang | Gửi email</p><div class='tags'>nông thôn mới</div>"
            f"<h3>Các tin khác</h3>{OTHERS}</div><div class='col-3 sidebar'>{OTHERS}</div></div><footer>Cổng tin</footer>",
            [TITLE, "14/05/2023 08:30", LEAD, *BODY, "Hoàng Mai"],
            id="title and lead beside the body",
        ),
        pytest.param(
            f"<body><div id=wrapper class='menu-open'>{MENU}<div class='portlet-body'><h1>{TITLE}</h1>"
            f"<div class='journal-content-article'>{paragraphs([LEAD, *BODY])}</div></div>"
            f"<div class='binh-luan'>Ý kiến bạn đọc <form><input></form></div><div><h4>Tin mới nhất</h4>{OTHERS}</div></div>",
            [TITLE, LEAD, *BODY],
            id="portal of portlets, a class that speaks of its menu around all",
        ),
        pytest.param(
            f"<body><table width=1000 align=center><tr><td colspan=2>{OTHERS}</td></tr><tr><td width=200>{OTHERS}</td>"
            f"<td><span class=tieude>{TITLE}</span><br><br>{LEAD}<br>{paragraphs(BODY)}</td></tr></table>",
            [f"{TITLE}\n{LEAD}", *BODY],
            id="page laid out by tables",
        ),
        pytest.param(
            f"<body>{MENU}<h1>Công văn 88/VP-NTM năm 2023</h1><div id='tab1'><div class='content1'><div>{HEADER}"
            f"{paragraphs(LETTER)}{CLOSING}</div></div></div><div class='lien-quan'>{OTHERS}</div>"
            "<p>Văn bản liên quan</p><p>Quyết định khác</p>",
            [*HEADER_LINES, *LETTER, *CLOSING_LINES],
            id="law library",
        ),
        pytest.param(
            f"<body>{MENU}<div class='doc'><div>{HEADER}</div><div class='noidung'>{paragraphs(LETTER)}</div><div>{CLOSING}</div></div>",
            [*HEADER_LINES, *LETTER, *CLOSING_LINES],
            id="header and closing outside what is called content",
        ),
        pytest.param(
            f"<body>{MENU}<div class='view-content'>{paragraphs([TITLE, LEAD, *BODY])}</div><p>A- A A+ Đọc bài viết</p>",
            [TITLE, LEAD, *BODY],
            id="no name that is known",
        ),
    ],
)  # fmt: skip
def test_pages(tmp_path: Path, page: str, expected: list[str]) -> None:
    path = tmp_path / "a.htm"
    path.write_text(f"<!DOCTYPE html><html><head><title>x</title></head>{page}", encoding="utf-8")
    found = [line for line in read_source(path).text.split("\n") if line.strip()]
    assert found == [line for block in expected for line in block.split("\n")]


def test_letters_written_as_entities_are_converted_once(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    path.write_text("<html><body><p>§&shy;êng giao th«ng n«ng th«n, xong tr&shy;íc ngµy 30/6", encoding="utf-8")
    source = read_source(path)
    assert source.text.strip() == "Đường giao thông nông thôn, xong trước ngày 30/6"
    assert source.repairs == ("Chuyển từ bảng mã TCVN3 (ABC) sang Unicode",)


def test_a_table_of_data_may_hold_another(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    inner = "<table><tr><td>Bình Long<td>30/9</table>"
    path.write_text(f"<html><body><table><tr><td>1<td>Thủy lợi<td>Các xã {inner}</table>", encoding="utf-8")
    assert read_source(path).text.strip() == "1 | Thủy lợi | Các xã Bình Long ¦ 30/9"


def test_paragraphs_of_a_page_laid_out_by_tables_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    path.write_text(f"<html><body><table><tr><td>{paragraphs(BODY)}</td></tr></table>", encoding="utf-8")
    assert read_source(path).text == "".join(f"{line}\n\n" for line in BODY)


@pytest.mark.parametrize(
    "head",
    [
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n",
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://x.vn\nSubject: x\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary=x\n',
    ],
)
def test_page_and_pictures_in_one_file(tmp_path: Path, head: str) -> None:
    page = quopri.encodestring(f"<html><body>{paragraphs(BODY)}<img src=a.png></body></html>".encode()).decode()
    path = tmp_path / "a.doc"
    path.write_text(
        f"{head}\n--x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{page}\n"
        "--x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n--x--\n",
        encoding="utf-8",
    )
    source = read_source(path)
    assert (source.format, source.left_out) == ("mht", ("1 hình ảnh",))
    assert [line for line in source.text.split("\n") if line] == BODY
