"""The settings in the real program: what is set holds, a backup by button can be restored, a lead is set right."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from needs import ROOT
from screen import NTMGRAPH, Screen, serving, watched
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

pytestmark = pytest.mark.browser


def test_what_is_set_holds_after_a_restart(chromium: Chrome, samples: Path, tmp_path: Path):
    workspace = shutil.copytree(samples, tmp_path / "workspace")
    with serving(workspace) as running, watched(chromium, running.origin) as screen:
        chromium.get(running.address)
        screen.click("Cài đặt", "#menu a")
        screen.type("#settings-user", "Nguyễn Thị Mẫu")
        screen.type("#settings-province", "Không Có")
        screen.click("Lưu", "#settings-save")
        screen.see("Chưa có văn bản nào của tỉnh “Không Có”", "#settings-saved")
        screen.type("#settings-province", "Cao Bằng")
        screen.click("Lưu", "#settings-save")
        screen.see("Đã lưu trên máy này", "#settings-saved")
        screen.click("130 %")
        screen.see("", "html[data-text='130']")
    with serving(workspace) as running, watched(chromium, running.origin) as screen:
        chromium.get(running.address)
        screen.until_path("/?province=Cao%20B%E1%BA%B1ng")
        screen.see("", "html[data-text='130']")
        screen.open("/cai-dat")
        screen.see("130 %", "button[aria-pressed=true]")
        field = screen.see("", "#settings-user")
        assert field.get_attribute("value") == "Nguyễn Thị Mẫu"
        screen.click("100 %")
        screen.type("#settings-province", " ")
        screen.click("Lưu", "#settings-save")
        screen.see("Đã lưu", "#settings-saved")


def test_a_backup_by_button_restores(own_screen: Screen, documents: Path, tmp_path: Path):
    """Two windows: the work that one begins is told in the other, where one may go on meanwhile."""
    screen = own_screen
    screen.open("/van-ban")
    screen.see("812/KH-UBND", "#documents-list")
    first = screen.driver.current_window_handle
    screen.driver.switch_to.new_window("window")
    screen.open("/cai-dat?tab=store")
    screen.click("Sao lưu ngay")
    screen.see("Đã sao lưu 8 tệp gốc", "#chores-now")
    screen.click("Kiểm tra", "#settings-check")
    screen.see("Kho khớp", "#chores-now")
    screen.driver.switch_to.window(first)
    screen.see("812/KH-UBND", "#documents-list")
    screen.driver.close()
    screen.driver.switch_to.window(screen.driver.window_handles[0])
    screen.open("/cai-dat?tab=store")
    screen.click("Xem trước", ".backups a")
    screen.until_path("restore=")
    screen.see("Kho đã có đủ; phục hồi chỉ chép lại", ".told")
    screen.click("Phục hồi", "#settings-restore")
    screen.see("Đã phục hồi: thêm 0 tệp, 0 quyết định; chép lại 0 tệp", "#chores-now")
    (made,) = (documents / "ntmgraph").glob("*.zip")
    restored = (*NTMGRAPH, "--workspace", str(tmp_path / "other"), "restore", str(made), "--json")
    told = subprocess.run(restored, cwd=ROOT, check=True, capture_output=True, text=True)
    assert json.loads(told.stdout)["new"] == 8
    screen.open(f"/cai-dat?tab=store&restore={ROOT / 'pyproject.toml'}")
    screen.see("không phải là bản sao lưu của ntmgraph", ".told")


def test_a_usual_lead_is_set_right_and_taken_back(own_screen: Screen):
    screen = own_screen
    screen.open("/cai-dat?tab=catalogue&set=VN-XA-2021&q=y te")
    screen.click("15. Y tế", "tr a")
    screen.type("#settings-lead-before", "Sở Không Có")
    screen.click("Lưu giá trị của cơ quan")
    screen.see("Danh mục không có cơ quan “Sở Không Có”", "#settings-lead-said")
    screen.type("#settings-lead-before", "Sở Nội vụ; Sở Y tế")
    screen.type("#settings-lead-why", "Quyết định 12/QĐ-UBND")
    screen.click("Lưu giá trị của cơ quan")
    screen.see("người dùng sửa", ".side .basis-decided")
    screen.see("Quyết định 12/QĐ-UBND", ".side .lines")
    screen.open("/truy-vet?criterion=VN-XA-2021:15&on=2023-05-01&province=Lạng Sơn")
    screen.see("do người dùng sửa: Sở Nội vụ; Sở Y tế thường chủ trì", "#page")
    screen.driver.back()
    screen.click("Trở về giá trị trước")
    screen.see("hoàn tác", ".side .lines")
    screen.see("mặc định, cần kiểm tra", ".side .basis-inferred")


def test_a_neo4j_that_does_not_answer_is_told_in_a_sentence(screen: Screen):
    screen.open("/cai-dat?tab=store")
    screen.type("#settings-neo4j-address", "bolt://127.0.0.1:9")
    screen.type("#settings-neo4j-password", "rất-bí-mật")
    screen.click("Thử kết nối")
    said = screen.see("127.0.0.1:9", "#settings-neo4j-said").text
    assert "rất-bí-mật" not in said + screen.driver.find_element(By.ID, "page").get_attribute("innerHTML")
    screen.type("#settings-neo4j-address", "http://x")
    screen.click("Thử kết nối")
    screen.see("Địa chỉ của Neo4j không đúng", "#settings-neo4j-said")
