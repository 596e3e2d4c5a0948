"""The walks of an officer's day through the real program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from needs import ROOT
from screen import PATIENCE, Screen
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

pytestmark = pytest.mark.browser

MARKED = "#page :has(> mark)"  # a piece of a document with the marked sentence
ANY_DAY = "2023-02-01"  # within the time of the samples
DONE_ON = "#deadlines-form input[name=done_on]"


def test_search_leads_to_the_marked_sentence(screen: Screen):
    screen.open("/")
    screen.see("Tổng quan", "#menu [aria-current]")
    screen.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.CONTROL, "k")
    screen.driver.switch_to.active_element.send_keys("nong thon moi", Keys.ENTER)
    screen.see("đoạn có nong thon moi", ".answer")
    screen.see("nông thôn mới", ".hit mark")
    screen.click("", ".hit")
    screen.until_path("/van-ban/")
    assert "at=" in screen.path
    screen.see("nông thôn mới", MARKED)

    there = screen.path
    screen.driver.back()
    screen.see("đoạn có nong thon moi", ".answer")
    screen.until_path("/tim-kiem?q=nong%20thon%20moi")
    screen.open(there)  # the same address pasted
    screen.see("nông thôn mới", MARKED)


def test_facets_narrow_and_widen(screen: Screen):
    screen.open("/tim-kiem?q=nông thôn mới")
    whole = screen.see("đoạn có", ".answer-line").text
    screen.click("Kế hoạch", ".facet a")
    screen.until_path("type=")
    screen.see("Loại văn bản: Kế hoạch", ".chip")
    assert all("Kế hoạch" in hit.text for hit in screen.driver.find_elements(By.CSS_SELECTOR, ".hit-where"))
    screen.click("×", ".chip-off")
    screen.see(whole, ".answer-line")
    screen.open("/tim-kiem?q=khôngcótừnày")
    screen.see("Không có đoạn nào có “khôngcótừnày”")


def test_the_list_of_documents_leads_to_each(screen: Screen):
    screen.open("/van-ban")
    screen.see("812/KH-UBND", "#documents-list")
    screen.see("dự thảo", ".document-state")
    screen.type("#page input[name=q]", "báo cáo" + Keys.ENTER)
    screen.until_path("q=")
    screen.see("Báo cáo", "#documents-list")
    screen.click("Báo cáo", "#documents-list a")
    screen.until_path("/van-ban/")
    screen.see("Báo cáo", "#page")


def test_a_deadline_opens_its_evidence(screen: Screen):
    screen.open(f"/nhiem-vu?on={ANY_DAY}")
    screen.see("nhiệm vụ đang quá hạn", ".answer-line")
    screen.click("đang thực hiện trong hạn", ".tabs a")
    screen.until_path("state=open_in_time")
    screen.click("còn", "#deadlines-list td")
    screen.until_path("row=")
    quote = screen.see("", ".evidence mark").text
    assert quote
    screen.click("Mở văn bản tại đây")
    screen.until_path("/van-ban/")
    screen.see(" ".join(quote.split()), MARKED)


def test_a_task_is_marked_as_done_late_with_a_file_and_the_mark_taken_back(own_screen: Screen, tmp_path: Path):
    screen = own_screen
    report = tmp_path / "báo cáo.pdf"
    report.write_bytes(b"%PDF-1.4 done")
    screen.open(f"/nhiem-vu?on={ANY_DAY}&state=open_late")
    before = screen.see("nhiệm vụ đang quá hạn", ".answer-line").text
    screen.click("quá", "#deadlines-list td")
    screen.see("cho nhiệm vụ đang xem", ".for-whom")
    screen.type(DONE_ON, "31/01/2023")
    screen.type("#deadlines-form input[name=note]", "Báo cáo của phòng")
    screen.driver.find_element(By.CSS_SELECTOR, "#deadlines-form input[type=file]").send_keys(str(report))
    screen.see("báo cáo.pdf", ".file-name")
    screen.click("Đã hoàn thành", "#deadlines-form button")
    screen.see("hoàn thành quá hạn", ".evidence .state")
    screen.see("Báo cáo của phòng", ".task-history")
    link = screen.see("báo cáo.pdf", ".task-history a").get_attribute("href")
    assert fetched(screen, link) == "%PDF-1.4 done"
    screen.click("Hoàn tác", ".task-history button")
    screen.see("(đã hoàn tác)", ".task-history")
    screen.see("đang thực hiện quá hạn", ".evidence .state")
    screen.see(before, ".answer-line")


def test_several_tasks_are_marked_at_once_from_the_keyboard(own_screen: Screen):
    screen = own_screen
    screen.open(f"/nhiem-vu?on={ANY_DAY}&state=open_late")
    screen.click("quá", "#deadlines-list td")
    screen.see("Mở văn bản tại đây", "#deadlines-side")
    screen.driver.find_element(By.CSS_SELECTOR, "#deadlines-list a.row-link").send_keys(Keys.SPACE, Keys.ARROW_DOWN)
    screen.driver.switch_to.active_element.send_keys(Keys.SPACE)
    screen.see("cho 2 nhiệm vụ đã chọn", ".for-whom")
    screen.type(DONE_ON, "01/01/2100")
    screen.click("Đã hoàn thành", "#deadlines-form button")
    screen.see("Ngày hoàn thành chưa đến: 01/01/2100.", "#deadlines-form .said")
    screen.driver.get_log("browser")  # the refusal, which the page has put into words
    screen.driver.get_log("performance")
    screen.type(DONE_ON, "31/01/2023")
    screen.click("Đã hoàn thành", "#deadlines-form button")
    screen.see("2 đã hoàn thành (trong đó 2 quá hạn)", ".answer-line")
    screen.click("Hoàn tác", "#notice button")
    screen.see("chưa nhiệm vụ nào được đánh dấu hoàn thành", ".answer-line")


def test_the_month_leads_to_the_list_of_a_day_and_to_a_calendar_file(screen: Screen):
    screen.open(f"/nhiem-vu?on={ANY_DAY}")
    screen.click("Lịch", ".switcher a")
    screen.see("Tháng 2 năm 2023", ".answer-line")
    screen.click("", ".task-tools a[aria-label='Tháng sau']")
    screen.see("Tháng 3 năm 2023", ".answer-line")
    screen.click("", ".day-task")
    screen.see("Mở văn bản tại đây", "#deadlines-side")
    tasks = int(screen.see("Tất cả", ".tabs a").text.removeprefix("Tất cả"))
    ics = fetched(screen, screen.see("Tệp lịch", "a").get_attribute("href"))
    starts = [line for line in ics.splitlines() if line.startswith("DTSTART")]
    assert 0 < len(starts) <= tasks
    assert ics.count("RRULE") == sum("RRULE" in event for event in ics.split("END:VEVENT"))
    screen.click("việc", ".day-head")
    screen.until_path("from=2023-03-")
    screen.see("còn", "#deadlines-list td")


def test_the_chain_folds_and_is_saved_as_a_picture(screen: Screen):
    screen.open("/truy-vet?agency=UBND các huyện, thành phố")
    screen.see("nhiệm vụ", ".card-task")
    screen.driver.execute_script(
        "window.saved = []; const make = URL.createObjectURL;"
        "URL.createObjectURL = (blob) => { blob.slice(0, 8).text().then((head) => window.saved.push([blob.type, head]));"
        " return make(blob); };"
    )
    for kind in ("SVG", "PNG"):
        screen.click(kind, "[data-picture]")
    wait = WebDriverWait(screen.driver, PATIENCE)
    kinds = dict(wait.until(lambda driver: driver.execute_script("return saved.length > 1 && saved")))
    assert kinds["image/svg+xml"].startswith("<svg")
    assert "PNG" in kinds["image/png"]
    screen.click("Nhiệm vụ", ".rank-head")
    screen.until_path("fold=fact")
    screen.click("nhiệm vụ", ".card.group")
    screen.until_path("open=group:fact:")
    screen.see("nhiệm vụ", ".card-task:not(.group)")


def fetched(screen: Screen, address: str | None) -> str:
    """What a download link gives, asked for by the page itself."""
    script = "const done = arguments[1]; fetch(arguments[0]).then((answer) => answer.text()).then(done);"
    return screen.driver.execute_async_script(script, address)


def test_two_windows_do_not_disturb_each_other(screen: Screen):
    screen.open("/tim-kiem?q=nông thôn mới")
    screen.see("đoạn có", ".answer-line")
    first = screen.driver.current_window_handle
    screen.driver.switch_to.new_window("window")
    screen.open(f"/nhiem-vu?on={ANY_DAY}&state=open_late")
    screen.see("nhiệm vụ đang quá hạn", ".answer-line")
    screen.driver.switch_to.window(first)
    screen.click("Kế hoạch", ".facet a")
    screen.see("Loại văn bản: Kế hoạch", ".chip")
    screen.driver.close()
    screen.driver.switch_to.window(screen.driver.window_handles[0])
    assert screen.path == f"/nhiem-vu?on={ANY_DAY}&state=open_late"
    screen.click("Tất cả", ".tabs a")
    screen.until_path(f"/nhiem-vu?on={ANY_DAY}")


def test_the_overview_leads_to_what_it_counts(screen: Screen):
    screen.open(f"/?on={ANY_DAY}")
    late = screen.see("đang quá hạn", ".tile").text.split()[0]
    screen.click("đang quá hạn", ".tile")
    screen.until_path("state=open_late")
    screen.see(f"{late} nhiệm vụ đang quá hạn", ".answer-line")


def test_the_language_switches_and_stays(screen: Screen):
    screen.open("/van-ban")
    screen.click("EN", "#menu button")
    screen.see("Documents", "#menu [aria-current]")
    screen.open("/nap")
    screen.see("Drop files or folders here")
    screen.click("VI", "#menu button")
    screen.see("Thả tệp hoặc thư mục vào đây")


HOSTILE = """ỦY BAN NHÂN DÂN TỈNH HÀ NAM
Số: 77/UBND-KT
Hà Nam, ngày 05 tháng 3 năm 2018
V/v <script>document.title = "chiếm"</script>
Kính gửi: <img src="x" onerror="document.title='chiếm'">
1. Giao Sở Xây dựng rà soát quy hoạch <b onmouseover="alert(1)">đậm</b>, báo cáo trước ngày 30/4/2018.
"""


@pytest.fixture
def dropped(tmp_path: Path) -> Iterator[list[Path]]:
    """A good file, one of the samples, and two that cannot be read."""
    hostile = tmp_path / "Công văn có mã lạ.txt"
    hostile.write_text(HOSTILE, encoding="utf-8")
    broken = tmp_path / "hỏng.docx"
    broken.write_bytes(b"PK\x03\x04 khong phai la tep Word")
    empty = tmp_path / "rỗng.pdf"
    empty.touch()
    yield [hostile, broken, empty, next((ROOT / "examples").glob("*.docx"))]


def test_files_are_taken_in_with_a_line_for_each(empty_screen: Screen, dropped: list[Path]):
    screen = empty_screen
    screen.see("Bắt đầu từ một văn bản chỉ đạo")
    screen.click("Nạp văn bản", "#page a")
    screen.see("Thả tệp hoặc thư mục vào đây")
    screen.driver.find_element(By.ID, "take_in-files").send_keys("\n".join(map(str, dropped)))
    screen.see("4 tệp: 2 văn bản mới, 2 không đọc được.", ".answer-line")
    screen.see("không đọc được", "#take_in-batches tr:nth-child(2) td")
    screen.see("rỗng.pdf", "#take_in-batches tr:nth-child(3) td")

    # taken in again while another page is open: the job goes on
    screen.driver.find_element(By.ID, "take_in-files").send_keys(str(dropped[0]))
    screen.click("Văn bản", "#menu a")
    screen.see("2 văn bản", ".answer-line")
    screen.click("Nạp văn bản", "#menu a")
    screen.see("1 tệp: 1 đã có, không đổi.", ".answer-line")

    # the ledger has both, and leads to the files of each
    screen.see("đủ", "#take_in-book tr:nth-child(2)")
    screen.click("2", "#take_in-book tr:nth-child(2) a[href*='state=refused']")
    screen.until_path("state=refused")
    screen.see("rỗng.pdf", "#page tbody")
    screen.gone("Công văn có mã lạ.txt", "#page tbody")
    screen.click("Về sổ nạp văn bản")

    # what the file says is text, whatever it looks like
    screen.click("Công văn có mã lạ.txt", "#take_in-batches a")
    screen.until_path("/van-ban/")
    screen.see('<img src="x" onerror=', "#page")
    assert "chiếm" not in screen.driver.title
    assert not screen.driver.find_elements(By.CSS_SELECTOR, "#page img, #page script")
    screen.open("/tim-kiem?q=onmouseover")
    screen.see('<b onmouseover="alert(1)">', ".hit")


def test_the_one_field_finds_by_name_and_number(screen: Screen):
    screen.open("/nhiem-vu?province=Cao%20Bằng")
    screen.see("nhiệm vụ", ".answer-line")
    screen.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.CONTROL, "k")
    field = screen.driver.switch_to.active_element
    field.send_keys("tài nguyên")
    screen.see("Sở Tài nguyên và Môi trường", "#find-list .choice")
    field.send_keys(Keys.ARROW_UP)  # the last one: the words
    assert "Tìm “tài nguyên” trong mọi văn bản" in screen.see("Tìm", "#find-list [aria-selected=true]").text
    field.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    screen.until_path("/truy-vet?agency=")
    assert "province=Cao%20B" in screen.path
    screen.see("Sở Tài nguyên và Môi trường", ".chip")
    screen.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.CONTROL, "k")
    field = screen.driver.switch_to.active_element
    field.send_keys("quyết định 655")
    screen.click("655/QĐ-UBND", "#find-list .choice")
    screen.until_path("/van-ban/")
    screen.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.CONTROL, "k")
    field = screen.driver.switch_to.active_element
    field.send_keys("tài nguyên")
    screen.see("Sở Tài nguyên", "#find-list .choice")
    field.send_keys(Keys.ESCAPE)
    assert not screen.driver.find_element(By.ID, "find-list").is_displayed()


def test_a_search_is_saved_renamed_and_deleted(own_screen: Screen):
    screen = own_screen
    screen.open("/tim-kiem?q=nông thôn mới&year=2022")
    screen.type("#search-name", "Nông thôn 2022")
    screen.click("Lưu tìm kiếm này")
    screen.see("Đã lưu với tên “Nông thôn 2022”")
    screen.open("/tim-kiem")
    screen.see("“nông thôn mới” · Năm: 2022", ".saved")
    screen.click("Sửa", ".saved a")
    screen.until_path("edit=")
    screen.type("#search-new-name", "Năm 2022" + Keys.ENTER)
    screen.see("Năm 2022", ".saved b")
    assert screen.path == "/tim-kiem"
    screen.click("Năm 2022", ".saved b")
    screen.until_path("year=2022")
    screen.see("đoạn có nông thôn mới", ".answer")
    screen.click("Đổi tên, xóa")
    screen.click("Xóa", ".saved button")
    screen.gone("Năm 2022")


def test_the_matrix_shows_who_leads_and_where_it_says_so(screen: Screen):
    screen.open("/phan-cong?on=2024-01-01")
    screen.see("18 tiêu chí có một cơ quan chủ trì; 1 có từ hai cơ quan chủ trì; 0 chưa có.", ".answer-line")
    screen.see("cùng chủ trì với Công an tỉnh", ".evidence")  # the conflict is chosen at first
    screen.click("1", ".answer-line a.bad")
    screen.until_path("state=several")
    screen.see("2 chủ trì", "#matrix-cells tbody tr:only-child th")
    screen.click("×", ".chip-off")
    screen.see("5 Trường học", "#matrix-cells th")
    lead = screen.driver.find_element(By.CSS_SELECTOR, ".cell[data-cell='VN-XA-2021:5~t.sgddt@cao-bang']")
    lead.click()
    screen.until_path("cell=")
    screen.see("Sở Giáo dục và Đào tạo chủ trì", ".evidence")
    screen.driver.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    screen.see("Sở Xây dựng phối hợp", ".evidence")
    screen.click("Mở văn bản tại đây")
    screen.until_path("/van-ban/")
    screen.driver.refresh()  # the sentence belongs to the address, not to the way that led here
    screen.see("Trường học", MARKED)
    screen.driver.back()
    screen.see("Sở Xây dựng phối hợp", ".evidence")
    screen.click("Sở Xây dựng", "#matrix-cells thead a")
    screen.until_path("/truy-vet?agency=t.sxd%40cao-bang")


def test_a_period_is_chosen_once_and_goes_along(screen: Screen):
    """Its set and its last day count on every page, a reload keeps it, and all times take it away."""
    screen.open("/phan-cong?province=Cao Bằng")
    screen.see("Cao Bằng", ".scope")
    Select(screen.driver.find_element(By.CSS_SELECTOR, ".scope select[name=period]")).select_by_value("2021-2025")
    screen.until_path("period=2021-2025")
    screen.see("31/12/2025", ".ask-line")
    screen.click("Nhiệm vụ", "#menu a")
    screen.until_path("/nhiem-vu?province=Cao%20B%E1%BA%B1ng&period=2021-2025")
    screen.see("31/12/2025", ".ask-line")
    screen.driver.refresh()
    screen.see("31/12/2025", ".ask-line")
    assert screen.driver.find_element(By.CSS_SELECTOR, ".scope input[name=on]").get_attribute("value") == "31/12/2025"
    Select(screen.driver.find_element(By.CSS_SELECTOR, ".scope select[name=period]")).select_by_value("")
    screen.see(f"{date.today():%d/%m/%Y}", ".ask-line")


def test_the_matrix_tells_what_next_where_there_is_none(screen: Screen):
    screen.open("/phan-cong?province=Lào%20Cai")
    screen.see("Chưa có văn bản cấp tỉnh nào của Lào Cai", ".blank")
    screen.click("tỉnh Cao Bằng", ".blank a")
    screen.see("3 tiêu chí có một cơ quan chủ trì; 7 chưa có.", ".answer-line")
    screen.see("mặc định của danh mục, cần kiểm tra: Sở Xây dựng", "#matrix-cells th")
