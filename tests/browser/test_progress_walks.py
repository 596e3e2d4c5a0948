"""An officer follows progress: from the map to the sentence, and a report sheet from its preview into the map."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import workbooks
from screen import Screen
from selenium.webdriver.common.by import By

CAO_BANG = "/tien-do?province=Cao%20B%E1%BA%B1ng&on="


def test_a_cell_opens_its_sentence_and_a_merger_shows_its_rule(screen: Screen):
    screen.open(f"{CAO_BANG}2024-01-01")
    screen.see("29/138 xã đạt chuẩn nông thôn mới", ".answer-line")
    screen.click("✕", "tr[data-row='p.01606'] a.cell")  # xã Chí Thảo has not met criterion 17
    screen.see("Chí Thảo | 18 | 17", ".evidence mark")
    screen.click("So sánh địa bàn", ".tabs a")
    screen.click("huyện Hạ Lang", "#progress-groups a")
    screen.see("xã Vinh Quý", "#progress-communes")
    screen.open(f"{CAO_BANG}2026-01-01")
    screen.click("1/3?", "tr[data-row='p.01576.2025'] td:nth-child(19) a.cell")  # xã Quảng Uyên, criterion 17
    screen.see("1/3 xã cũ đạt, 1 xã cũ chưa có số liệu", ".progress-cell")
    screen.click("xã Chí Thảo", ".progress-cell a")
    screen.see("Nghị quyết số 1657/NQ-UBTVQH15", ".evidence")


def test_from_the_overview_to_a_commune_over_time_and_who_missed_a_criterion(screen: Screen):
    screen.open("/?province=Cao%20B%E1%BA%B1ng&on=2024-01-01")
    screen.see("29/138 xã đạt chuẩn", ".panel")
    screen.click("huyện Quảng Hòa", ".glance a")
    screen.see("xã Chí Thảo", "#progress-communes")
    screen.click("17", "#progress-communes thead a")
    screen.see("tiêu chí 17 Môi trường", ".answer-line")
    screen.click("1", ".answer-line a[href*='only=unmet']")
    screen.gone("xã Phúc Sen", "#progress-communes")
    screen.click("xã Chí Thảo", "#progress-communes tbody th a")
    screen.see("xã Chí Thảo: 18/19 tiêu chí (08/12/2023)", ".answer-line")
    screen.click("08/12/2023", "#progress-course a")
    screen.see("18/19 tiêu chí", ".evidence")
    screen.see("Chí Thảo | 18", ".evidence")
    screen.open("/tien-do?province=Cao%20B%E1%BA%B1ng&on=2026-01-01&view=trend&place=p.01606")
    screen.click("xã Quảng Uyên", ".merged a")
    screen.see("không cộng thành kết quả của xã mới", ".merged")
    screen.see("xã Phúc Sen", "#progress-course")


def test_a_sheet_with_a_wrong_total_is_seen_then_taken_in(own_screen: Screen, tmp_path: Path):
    screen = own_screen
    book = openpyxl.load_workbook(io.BytesIO(workbooks.matrix()))
    book.active["V9"] = 14  # thirteen criteria are marked as met
    book.save(tmp_path / "biểu Hà Giang.xlsx")
    screen.open("/tien-do/nap")
    screen.see("Chưa có biểu nào chờ xem")
    screen.driver.find_element(By.ID, "take_in-files").send_keys(str(tmp_path / "biểu Hà Giang.xlsx"))
    screen.see("Biểu 01!B9 Xã Lũng Cú: các cột đánh dấu 13 tiêu chí đạt, cột tổng ghi 14", ".doubt-wrong")
    screen.see("Tăng/giảm so với cùng kỳ", ".doubt-columns")
    screen.click("Nạp vào kho")
    screen.click("Xem trong Tiến độ")
    screen.see("1/5 xã có số liệu đạt đủ 19 tiêu chí", ".answer-line")
    screen.click("14", "tr[data-row='p.00715'] a.figure")
    screen.see("các cột đánh dấu 13 tiêu chí đạt, cột tổng ghi 14", ".evidence .bad")
