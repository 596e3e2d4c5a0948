"""A document among others and along the days; a task that the reader missed, and a body taken for another one."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from needs import ROOT
from screen import NTMGRAPH, Screen, serving, watched
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser

DECISION = "/van-ban/ubnd-tinh-cao-bang.655-qd-ubnd.2022"
LETTER = """ỦY BAN NHÂN DÂN
TỈNH CAO BẰNG
-------

Số: 9/UBND-VP

Cao Bằng, ngày 05 tháng 3 năm 2023

Kính gửi: Các sở, ban, ngành.

UBND tỉnh yêu cầu các đơn vị thực hiện các nội dung sau:

1. Sở Giao thông vận tải rà soát tiêu chí số 2 về giao thông nông thôn trước ngày 30/11/2023.

2. Nước sạch tại trạm y tế xã; Sở Y tế chủ trì

Nơi nhận:
- Như trên.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Mẫu
"""


@pytest.fixture
def missed_screen(chromium: Chrome, samples: Path, tmp_path: Path) -> Iterator[Screen]:
    """The browser on a program whose workspace holds a letter with a sentence that nobody can read for sure."""
    workspace = shutil.copytree(samples, tmp_path / "workspace")
    (tmp_path / "9.txt").write_text(LETTER, encoding="utf-8")
    subprocess.run((*NTMGRAPH, "--workspace", workspace, "ingest", tmp_path / "9.txt"), cwd=ROOT, check=True)
    with serving(workspace) as running, watched(chromium, running.origin) as on:
        chromium.get(running.address)
        yield on


def test_a_document_leads_to_those_around_it_and_along_its_days(screen: Screen) -> None:
    screen.open(f"{DECISION}?tab=relations")
    screen.see("387/QĐ-UBND chưa nạp", ".related .stub")
    screen.click("thay thế", ".related a")
    screen.see("Quyết định số 387/QĐ-UBND", ".paper mark")
    screen.driver.back()
    screen.click("812/KH-UBND", ".related a")
    screen.until_path("812-kh-ubnd.2022")
    screen.see("Thực hiện Chương trình mục tiêu quốc gia", ".document-head")
    screen.open(f"{DECISION}?tab=timeline&on=2022-07-01")
    screen.see("1 đang quá hạn tính đến 01/07/2022", ".answer")
    assert len(screen.driver.find_elements(By.CSS_SELECTOR, ".life-days .dot")) >= 3
    screen.click("Có hiệu lực", "#life tr")
    screen.see("có hiệu lực kể từ ngày ký", ".paper mark")


def test_a_task_that_the_reader_missed_is_added_from_the_queue_and_from_its_document(missed_screen: Screen) -> None:
    screen = missed_screen
    screen.open("/ra-soat?code=duty_unread")
    screen.see("Sở Y tế chủ trì", ".evidence mark")
    screen.driver.switch_to.active_element.send_keys("n")
    screen.see("Thêm nhiệm vụ", "form.decide")
    assert screen.driver.find_element(By.CSS_SELECTOR, "input[name=who]").get_attribute("value") == "Sở Y tế"
    screen.type("textarea[name=what]", "Bảo đảm nước sạch tại trạm y tế xã")
    screen.type("input[name=deadline]", "31/12/2023")
    screen.type("input[name=criteria]", "17")
    screen.click("Thêm nhiệm vụ", "form.decide button")
    screen.see("Vừa ghi: người dùng thêm", ".undo-bar")
    screen.gone("Sở Y tế chủ trì", "#review-list")
    screen.open("/nhiem-vu?agency=Sở Y tế&province=Cao Bằng&on=2024-01-15")
    screen.see("Bảo đảm nước sạch tại trạm y tế xã", "tr")

    screen.open("/van-ban/ubnd-tinh-cao-bang.9-ubnd-vp.2023")
    screen.see("người dùng sửa", ".note-decided")
    first = screen.see("Sở Giao thông vận tải rà soát", ".para")
    first.find_element(By.CSS_SELECTOR, ".add-task").send_keys(Keys.ENTER)
    screen.see("đã có 1 nội dung đọc được", ".fact-form")
    screen.type("textarea[name=what]", "Lập danh mục đường xã")
    screen.click("Thêm nhiệm vụ", "form.decide button")
    screen.see("Sở Giao thông vận tải chủ trì", ".note-decided")  # back at the sentence
    screen.open("/ra-soat?show=history")
    screen.see("Lập danh mục đường xã", "#review-decisions")
    screen.click("Hoàn tác", "#review-decisions button")
    screen.see("đã hoàn tác", "#review-decisions")


def test_a_body_taken_for_another_is_told_apart(missed_screen: Screen) -> None:
    screen = missed_screen
    screen.open("/van-ban/ubnd-tinh-cao-bang.9-ubnd-vp.2023")
    screen.click("Sở Giao thông vận tải", ".note")
    screen.click("Sửa…", ".note-chosen a")
    screen.click("Tách cơ quan hoặc địa bàn", ".tabs a")
    screen.see("bị hiểu nhầm là “Sở Giao thông vận tải”", "form.decide")
    screen.type("input[name=into]", "Sở Xây dựng")
    screen.click("Tách", "form.decide button")
    screen.see("Sở Giao thông vận tải → Sở Xây dựng: 1 nội dung", ".decisions")
    screen.see("người dùng tách", ".decisions")
    screen.click("Hoàn tác", ".decisions button")
    screen.see("đã hoàn tác", "body")
