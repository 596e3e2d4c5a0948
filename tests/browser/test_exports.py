"""An officer's list goes out as a workbook, is filled in, comes back and is approved."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.request import Request, urlopen

import openpyxl
import pytest
from screen import Screen
from selenium.webdriver.common.by import By

pytestmark = pytest.mark.browser


def download(screen: Screen, text: str, target: Path) -> Path:
    """Fetch what a link of the page leads to, as the browser would."""
    screen.click("Xuất", ".export > summary")
    href = screen.see(text, ".export a").get_attribute("href")
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in screen.driver.get_cookies())
    with urlopen(Request(href, headers={"Cookie": cookies})) as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        target.write_bytes(answer.read())
    return target


def test_a_list_goes_out_and_comes_back(own_screen: Screen, tmp_path: Path) -> None:
    screen = own_screen
    screen.open("/nhiem-vu?on=2023-02-01&state=open_late")
    listed = download(screen, "Excel", tmp_path / "việc.xlsx")
    book = openpyxl.load_workbook(listed)
    sheet = book["Nhiệm vụ"]
    (head,) = (row for row in sheet.iter_rows() if row[0].value == "STT")
    column = {cell.value: cell.column for cell in head}
    sheet.cell(head[0].row + 1, column["Ngày hoàn thành"]).value = datetime(2023, 1, 30)
    sheet.cell(head[0].row + 1, column["Ghi chú"]).value = "Báo cáo 12"
    sheet.cell(head[0].row + 2, column["Ngày hoàn thành"]).value = "hôm qua"
    book.save(listed)

    screen.click("Nhập lại từ Excel", ".export a")
    screen.see("Thả danh mục nhiệm vụ")
    screen.driver.find_element(By.ID, "returned-file").send_keys(str(listed))
    screen.see("thay đổi 1 nhiệm vụ", ".answer-line")
    screen.see("“hôm qua” không phải là ngày", ".told")
    screen.see("Hoàn thành ngày 30/01/2023", "#returned-list")
    screen.click("", "#returned-list [role=checkbox]")
    screen.see("Ghi 0 thay đổi đã chọn")
    screen.driver.back()
    screen.click("Ghi 1 thay đổi đã chọn")
    screen.see("Đã ghi 1 thay đổi.", ".answer")
    screen.see("không có gì để ghi", ".answer-line")
    screen.open("/nhiem-vu?on=2023-02-01&state=done_late")
    screen.see("xong quá hạn", "#deadlines-list")
