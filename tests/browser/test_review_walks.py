"""The review in the real program: a wrong lead corrected for good, and the queue walked by keyboard alone."""

from __future__ import annotations

import subprocess

import pytest
from needs import ROOT
from screen import NTMGRAPH, Screen, serving, watched
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser

LEAD = "#page input[name=lead]"


def test_a_wrong_lead_is_corrected_for_good_and_the_correction_undone(chromium: Chrome, samples, tmp_path):
    import shutil

    workspace = shutil.copytree(samples, tmp_path / "workspace")
    with serving(workspace) as running, watched(chromium, running.origin) as screen:
        screen.driver.get(running.address)
        screen.open("/truy-vet?criterion=VN-XA-2021:19&province=Cao Bằng")
        screen.see("Bộ Chỉ huy Quân sự tỉnh", ".answer-line")
        screen.click("Sửa…", ".evidence a")
        screen.see("Phân công tiêu chí 19")
        first, second, *_ = screen.driver.find_elements(By.CSS_SELECTOR, LEAD)
        second.send_keys(Keys.CONTROL, "a", Keys.DELETE)
        first.send_keys(Keys.CONTROL, "a")
        first.send_keys("Sở Không Có", Keys.ENTER)
        screen.see("Không có cơ quan nào tên “Sở Không Có”", "#notice")
        first.send_keys(Keys.CONTROL, "a")
        first.send_keys("Sở Nội vụ")
        screen.type("#page input[name=why]", "Theo công văn đính chính")
        screen.click("Lưu sửa đổi", "button")
        screen.see("Bộ Chỉ huy Quân sự tỉnh; Công an tỉnh → Sở Nội vụ", ".decisions")
        screen.see("Theo công văn đính chính", ".decisions")
    # Read again from the originals: the correction holds.
    subprocess.run((*NTMGRAPH, "--workspace", str(workspace), "rebuild"), cwd=ROOT, check=True)
    with serving(workspace) as running, watched(chromium, running.origin) as screen:
        screen.driver.get(running.address)
        screen.open("/truy-vet?criterion=VN-XA-2021:19&province=Cao Bằng")
        screen.see("Sở Nội vụ", ".answer-line")
        screen.see("người dùng sửa", ".evidence .basis-decided")
        screen.click("Sửa…", ".evidence a")
        screen.click("Hoàn tác", ".decisions button")
        screen.see("đã hoàn tác", ".decisions")
        screen.driver.back()
        screen.see("Bộ Chỉ huy Quân sự tỉnh", ".answer-line")
        screen.gone("người dùng sửa", ".evidence")


def keys(screen: Screen, *pressed: str) -> None:
    for key in pressed:
        screen.driver.switch_to.active_element.send_keys(key)


def test_the_queue_is_walked_by_keyboard_alone(own_screen: Screen):
    screen = own_screen
    screen.open("/ra-soat?code=criterion_without_lead")
    screen.see("Tiêu chí 1 (bộ xã 2026–2030)", "#review-list .selected")
    waiting = int(screen.see("", "#menu [aria-current] em").text)
    keys(screen, "j")
    screen.see("Tiêu chí 2 (bộ xã 2026–2030)", "#review-list .selected")
    keys(screen, "a")  # looked at: it goes, the next one is chosen
    screen.see("Tiêu chí 3 (bộ xã 2026–2030)", "#review-list .selected")
    screen.gone("Tiêu chí 2 (bộ xã 2026–2030)", "#review-list")
    screen.see(str(waiting - 1), "#menu [aria-current] em")
    keys(screen, "u")
    screen.see("Tiêu chí 2 (bộ xã 2026–2030)", "#review-list")
    screen.see(str(waiting), "#menu [aria-current] em")

    screen.open("/ra-soat?code=criterion_two_leads")
    screen.see("Tiêu chí 19 (bộ xã 2021–2025)", "#review-list .selected")
    keys(screen, "x")  # what was read is rejected, so that nobody leads it twice
    screen.see("Đã xem hết loại này")
    screen.see("Vừa ghi: người dùng bác bỏ", ".undo-bar")
    keys(screen, "u")
    screen.see("Tiêu chí 19 (bộ xã 2021–2025)", "#review-list .selected")
    screen.see("Công an tỉnh", ".fact-card")
    keys(screen, "e")
    screen.see("Lưu sửa đổi", "form.decide")
    keys(screen, Keys.ESCAPE)
    screen.gone("Lưu sửa đổi")
    screen.open("/ra-soat?show=history")
    screen.see("người dùng bác bỏ", "#review-decisions")
    screen.see("người dùng hoàn tác", "#review-decisions")
