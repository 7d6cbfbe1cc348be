"""From an annex file to a changed public page, through the staff pages in a browser."""

from datetime import datetime
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.journeys.staff import Portal, Staff
from tests.procedures_portal.running import wait_until
from tests.publication.annex.files import T, docx

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.processes]

OFFICER, HEAD, OFFICE, STRANGER = "can-bo-so", "lanh-dao-so", "kiem-soat", "can-bo-so-khac"
TITLE = "Công bố Danh mục thủ tục hành chính được sửa đổi trong lĩnh vực hộ tịch"
ANNEX = [
    "Phụ lục",
    "DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG",
    "I. Lĩnh vực Hộ tịch",
    T(
        [
            ["STT", "Tên thủ tục hành chính", "Mã số TTHC", "Ghi chú"],
            ["1", "Đăng ký khai sinh", "1.901001", "Đổi tên thủ tục"],
            ["2", "Đăng ký khai tử", "1.901003", ""],
            ["3", "Đăng ký nhận nuôi chim bồ câu đưa thư", "1.999999", ""],
        ]
    ),
]
TOO_WIDE = """() => [document.documentElement, document.querySelector("#changelist .results")]
  .filter(Boolean).reduce((most, box) => Math.max(most, box.scrollWidth - box.clientWidth), 0)"""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def today() -> str:
    return f"{datetime.now(ZoneInfo('Asia/Ho_Chi_Minh')):%d/%m/%Y}"


def public_page(portal: Portal, code: str) -> str:
    with urlopen(f"{portal.address}/thu-tuc/{code}/") as answer:
        page: str = answer.read().decode()
    return page


def enter_ministry_decision(officer: Staff) -> None:
    officer.open("/admin/publication/ministrydecision/add/")
    officer.choose("issuer", "Bộ Tư pháp")
    officer.tab.fill("#id_number", "163/QĐ-BTP")
    officer.tab.fill("#id_signed_on", today())
    officer.tab.fill("#id_title", "Công bố thủ tục được sửa đổi trong lĩnh vực hộ tịch")
    if not officer.tab.locator("#id_items-0-code").is_visible():
        officer.tab.locator("#items-group .add-row a").click()
    officer.tab.fill("#id_items-0-code", "1.901001")
    officer.tab.fill("#id_items-0-name", "Đăng ký khai sinh")
    officer.tab.select_option("#id_items-0-effect", "amended")
    officer.press("Lưu và tiếp tục chỉnh sửa")
    officer.press("Soạn quyết định công bố")
    officer.is_told("Đã soạn dự thảo quyết định công bố.")


def draft_decision(officer: Staff) -> None:
    officer.open("/admin/publication/announcementdecision/add/")
    officer.tab.fill("#id_title", TITLE)
    officer.choose("issuer", "Ủy ban nhân dân tỉnh")
    officer.press("Lưu và tiếp tục chỉnh sửa")
    expect(officer.tab.locator(".decision-header")).to_contain_text("Dự thảo")


def read_annex(officer: Staff) -> str:
    """Upload, look, put one row right, leave one out, confirm; the address of the review."""
    tab = officer.tab
    tab.get_by_role("link", name="Đọc phụ lục từ tệp").click()
    tab.set_input_files(
        "#id_file", {"name": "phu-luc.docx", "mimeType": WORD, "buffer": docx(ANNEX)}
    )
    officer.press("Đọc tệp")
    expect(tab.locator(".reading-rows .reading-state")).to_have_count(3)
    for row, state in (("1", "Khớp mã và tên"), ("2", "Khớp mã và tên"), ("3", "")):
        expect(tab.locator(f"#dong-{row} .reading-state")).to_contain_text(state)
    review = tab.url.removeprefix(officer.portal.address)
    tab.locator("#dong-2 summary").click()
    tab.locator("#dong-2 textarea").fill("Bỏ giấy báo tử")
    officer.press("Xác nhận")
    expect(tab.locator(".reading-error")).to_have_count(1)  # nobody has said what row 3 is
    tab.get_by_label("Dòng 3: quyết định").select_option(label="Bỏ qua")
    officer.press("Xác nhận")
    officer.is_told("Đã đưa 2 thủ tục vào quyết định.")
    expect(tab.locator("#id_items-0-change_note")).to_have_value("Đổi tên thủ tục")
    expect(tab.locator("#id_items-1-change_note")).to_have_value("Bỏ giấy báo tử")
    return review


def rename(officer: Staff, code: str, name: str) -> None:
    """Mend the register text behind a row of the decision, and come back to the decision."""
    decision = officer.tab.url
    officer.tab.get_by_role("link", name=f"Nội dung {code}").click()
    officer.tab.fill("#id_name", name)
    officer.press("Lưu lại")
    officer.is_told(code)
    officer.tab.goto(decision)


def keep_strangers_out(portal: Portal, decision: str, review: str) -> None:
    """An officer of another agency finds nothing of the draft, by whatever address."""
    stranger = portal.sign_in(STRANGER)
    drafts = f"/admin/publication/announcementdecision/{decision}"
    annexes = "/admin/publication/annexreading"
    for path in (
        f"{drafts}/submit/",
        f"{drafts}/history/",
        f"{annexes}/upload/{decision}/",
        review,
        review.replace("/review/", "/file/"),
    ):
        stranger.is_kept_out(path)
    stranger.open(f"{drafts}/change/")
    stranger.is_told("không tồn tại")
    assert stranger.complaints == []


def issue(office: Staff, number: str) -> None:
    office.begin("Ban hành")
    office.tab.fill("#id_number", number)
    office.tab.fill("#id_signed_on", today())
    office.tab.fill("#id_signed_by", "Phó Chủ tịch Trần Văn Mẫu")
    office.tab.fill("#id_effective_on", today())
    office.press("Ban hành")
    expect(office.tab.locator(".field-signed_file .errorlist")).to_be_visible()
    office.tab.set_input_files(
        "#id_signed_file",
        {"name": "qd.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 signed"},
    )
    office.press("Ban hành")
    office.is_told("Đã ban hành")


def test_a_decision_goes_from_an_annex_file_to_the_public(portal: Portal) -> None:
    officer, head, office = (portal.sign_in(name) for name in (OFFICER, HEAD, OFFICE))
    draft_decision(officer)
    decision = officer.decision
    review = read_annex(officer)
    assert officer.acts_offered() == []
    keep_strangers_out(portal, decision, review)
    officer.is_refused(decision, "submit", "Việc này do Lãnh đạo sở, ngành làm.")

    head.open_from_work_list("Dự thảo chưa trình", TITLE)
    head.act("Trình", "Đã trình: nội dung đã được chốt.")
    head.is_refused(decision, "approve", "Việc này do Kiểm soát thủ tục hành chính")
    head.is_refused(decision, "submit", "đang ở trạng thái “Đã trình”", status=409)

    office.open_from_work_list("chờ Văn phòng duyệt", TITLE)
    office.act("Trả lại", "Đã trả lại", reason="Dòng 1: ghi đúng tên mới của thủ tục.")

    officer.open_from_work_list("bị trả lại", TITLE)
    expect(officer.tab.locator(".returned")).to_contain_text("ghi đúng tên mới của thủ tục")
    rename(officer, "1.901001", "Đăng ký khai sinh cho trẻ em")
    officer.tab.fill("#id_items-0-change_note", "Đổi tên theo quyết định của bộ")
    officer.press("Lưu và tiếp tục chỉnh sửa")
    expect(officer.tab.locator("#id_items-0-change_note")).to_have_value(
        "Đổi tên theo quyết định của bộ"
    )

    head.open_from_work_list("bị trả lại", TITLE)
    head.act("Trình", "Đã trình: nội dung đã được chốt.")

    office.open_from_work_list("chờ Văn phòng duyệt", TITLE)
    office.tab.get_by_role("link", name="So sánh 1.901001").click()
    expect(office.tab.locator("ins").first).to_have_text("cho trẻ em")
    office.tab.get_by_role("link", name="Xem trước trang công khai").click()
    expect(office.tab.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh cho trẻ em")
    expect(office.tab.locator(".ribbon")).to_contain_text("chưa công khai")
    assert "Đăng ký khai sinh cho trẻ em" not in public_page(portal, "1.901001")
    office.tab.get_by_role("link", name="Quay lại quyết định").click()
    office.act("Duyệt", "Đã duyệt: chờ ký và ban hành.")
    issue(office, "9901/QĐ-UBND")

    wait_until(lambda: "Đăng ký khai sinh cho trẻ em" in public_page(portal, "1.901001"))
    assert "9901/QĐ-UBND" in public_page(portal, "1.901001")
    assert "Bỏ giấy báo tử" in public_page(portal, "1.901003")
    assert [one.complaints for one in (officer, head, office)] == [[], [], []]


def test_a_ministry_decision_is_answered_with_one_button(portal: Portal) -> None:
    officer = portal.sign_in(OFFICER)
    enter_ministry_decision(officer)
    expect(officer.tab.locator("#id_title")).to_have_value(
        f"Công bố thủ tục hành chính theo Quyết định 163/QĐ-BTP ngày {today()} (Bộ Tư pháp)"
    )
    expect(officer.tab.locator("#items-0")).to_contain_text("1.901001")
    expect(officer.tab.locator("#id_items-0-answers")).to_have_value(f"163/QĐ-BTP ngày {today()}")
    assert officer.complaints == []


def test_every_list_fits_a_desk_of_1280_pixels(portal: Portal) -> None:
    office = portal.sign_in(OFFICE)
    office.tab.set_viewport_size({"width": 1280, "height": 900})
    office.open("/admin/")
    links = office.tab.locator("#content-main th a").evaluate_all(
        "links => links.map((link) => link.getAttribute('href'))"
    )
    lists = [link for link in links if link.count("/") == 4]
    assert len(lists) > 15
    wide = {}
    for path in lists:
        office.open(path)
        wide[path] = office.tab.evaluate(TOO_WIDE)
    assert {path: width for path, width in wide.items() if width} == {}
    assert office.complaints == []


def test_nobody_approves_their_own_entry_without_a_reason_that_is_counted(portal: Portal) -> None:
    head, office = portal.sign_in(HEAD), portal.sign_in(OFFICE)
    office.open("/admin/publication/announcementdecision/?status__exact=issued&q=1.901002")
    office.tab.locator("#result_list tbody th a").first.click()
    office.begin("Soạn đính chính")
    office.tab.get_by_label("1.901002 Đăng ký kết hôn").check()
    office.press("Soạn đính chính")
    office.is_told("Đã soạn dự thảo đính chính.")
    decision = office.decision
    assert office.acts_offered() == []

    head.open_from_work_list("Dự thảo chưa trình", "Đính chính Quyết định")
    head.act("Trình", "Đã trình: nội dung đã được chốt.")

    office.open_from_work_list("chờ Văn phòng duyệt", "Đính chính Quyết định")
    assert office.decision == decision
    office.begin("Duyệt")
    office.press("Duyệt")
    expect(office.tab.locator(".field-override_reason .errorlist")).to_be_visible()
    office.tab.fill("#id_override_reason", "Người duyệt thứ hai đi công tác")
    office.press("Duyệt")
    office.is_told("Đã duyệt: chờ ký và ban hành.")

    office.open("/admin/")
    used = office.work("Ngoại lệ đã dùng")
    expect(used.locator(".work-count")).to_have_text("1")
    expect(used).to_contain_text("Người duyệt thứ hai đi công tác")
    assert [one.complaints for one in (head, office)] == [[], []]
