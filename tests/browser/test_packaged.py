"""An officer's day with the packaged program: take in, trace, search, export, close."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import package
import pytest
from needs import ROOT
from screen import serving, watched
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from test_exports import download
from test_walks import MARKED

pytestmark = pytest.mark.browser


def test_the_packaged_program_from_start_to_close(packaged: Path, chromium: Chrome, tmp_path: Path):
    workspace = tmp_path / "Thư mục của Nguyễn Văn Ấ"
    program = (str(packaged / package.PROGRAM.name),)
    samples = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix != ".md")
    with serving(workspace, program) as running, watched(chromium, running.origin) as screen:
        chromium.get(running.address)
        screen.see("Bắt đầu từ một văn bản chỉ đạo")
        screen.click("Nạp văn bản", "#page a")
        screen.see("Thả tệp hoặc thư mục vào đây")
        screen.driver.find_element(By.ID, "take_in-files").send_keys("\n".join(map(str, samples)))
        screen.see(f"{len(samples)} tệp: {len(samples)} văn bản mới.", ".answer-line")
        screen.open("/truy-vet?criterion=17")
        screen.see("Sở Tài nguyên và Môi trường", ".answer")
        screen.open("/tim-kiem?q=giai ngan")
        screen.click("", ".hit")
        screen.until_path("/van-ban/")
        screen.see("giải ngân", MARKED)
        screen.open("/nhiem-vu?on=2023-02-01&state=open_late")
        listed = download(screen, "Excel", tmp_path / "việc.xlsx")
        assert openpyxl.load_workbook(listed)["Nhiệm vụ"].max_row > 5
    left = [path for path in Path("/proc").glob("[0-9]*/exe") if path.resolve() == packaged / package.PROGRAM.name]
    assert left == []
