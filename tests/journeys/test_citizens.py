"""From everyday words to a sheet, an answer and a mail; once more without JavaScript."""

import email
import email.policy
import re
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from catalog.form_kinds import FormKind, recognise
from tests.journeys.staff import Portal
from tests.procedures_portal.running import ROOT, plain_environment, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.processes]

CODE, NAME = "1.908001", "Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ"
PAGE = f"/thu-tuc/{CODE}/"
_PATIENCE = 60_000


class Citizen:
    """One person's telephone. Notes what the browser complains of and whom it asks."""

    def __init__(self, portal: Portal, *, javascript: bool) -> None:
        self.portal = portal
        self.context = portal.browser.new_context(
            java_script_enabled=javascript,
            viewport={"width": 360, "height": 740},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        self.tab: Tab = self.context.new_page()
        self.tab.set_default_timeout(_PATIENCE)
        self.complaints: list[str] = []
        self.asked: set[str] = set()
        self.tab.on("console", lambda message: self.complaints.append(message.text))
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("request", lambda request: self.asked.add(urlsplit(request.url).netloc))

    def open(self, path: str) -> None:
        self.tab.goto(self.portal.address + path)

    def press(self, button: str) -> None:
        self.tab.get_by_role("button", name=button, exact=True).click()

    def follow(self, link: str) -> None:
        self.tab.get_by_role("link", name=link).first.click()

    def reads(self, heading: str) -> None:
        expect(self.tab.get_by_role("heading", level=1)).to_contain_text(heading)

    def types(self, label: str, words: str) -> None:
        """Key by key: a form that is sent too fast is handed back."""
        self.tab.get_by_label(label).press_sequentially(words, delay=60)


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def citizen(portal: Portal, request: pytest.FixtureRequest) -> Iterator[Citizen]:
    one = Citizen(portal, javascript=request.param)
    yield one
    assert one.complaints == []
    assert one.asked == {urlsplit(portal.address).netloc}  # nobody else hears of a visit
    one.context.close()


def test_a_procedure_is_found_by_everyday_words_narrowed_and_read(citizen: Citizen) -> None:
    citizen.open("/")
    citizen.tab.get_by_role("searchbox").or_(citizen.tab.get_by_role("combobox")).fill(
        "xin phep xay nha het bao nhieu tien"
    )
    citizen.press("Tìm")
    found = citizen.tab.locator("#ket-qua")
    before = found.inner_text()
    expect(citizen.tab.locator(".best")).to_contain_text(NAME)
    citizen.tab.locator(".filters > summary").click()
    citizen.tab.get_by_label("Hoạt động xây dựng").check()
    citizen.press("Áp dụng")
    expect(citizen.tab.get_by_role("link", name="Bỏ lọc: Hoạt động xây dựng")).to_be_visible()
    assert found.inner_text() != before
    citizen.follow("Xem cách nộp, thời hạn, phí")
    citizen.reads(NAME)
    assert urlsplit(citizen.tab.url).fragment == "cach-nop"
    expect(citizen.tab.locator("#cach-nop")).to_be_in_viewport()
    expect(citizen.tab.locator(".offers")).to_contain_text("đồng")


def test_a_form_is_saved_under_its_name(citizen: Citizen) -> None:
    citizen.open("/thu-tuc/1.901002/")
    with citizen.tab.expect_download() as fetched:
        citizen.follow("Tờ khai đăng ký kết hôn")
    assert fetched.value.suggested_filename == "to-khai-dang-ky-ket-hon.docx"
    assert recognise(fetched.value.path().read_bytes()) is FormKind.DOCX
    citizen.reads("Đăng ký kết hôn")  # the page stays where it was


def test_the_sheet_of_a_procedure_is_a_pdf(citizen: Citizen) -> None:
    citizen.open(PAGE)
    link = citizen.tab.get_by_role("link", name="Tải bản PDF").get_attribute("href")
    answer = citizen.context.request.get(f"{citizen.portal.address}{link}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF")


def test_the_text_of_a_day_and_what_changed_since_are_shown(citizen: Citizen) -> None:
    citizen.open(PAGE)
    citizen.tab.get_by_label("Xem bản có giá trị vào ngày").fill("2024-08-01")
    citizen.press("Xem bản của ngày này")
    citizen.reads(NAME)
    assert urlsplit(citizen.tab.url).path == f"{PAGE}2023-08-09/"  # its own first day
    expect(citizen.tab.locator(".banner")).to_contain_text("có giá trị từ ngày 09/08/2023 đến hết")
    citizen.open(PAGE)
    citizen.follow("Xem thay đổi so với bản trước")
    citizen.reads("Thay đổi từ ngày")
    expect(citizen.tab.locator("ins").first).to_be_visible()


def test_a_mistake_is_reported_and_followed_by_its_reference(citizen: Citizen) -> None:
    citizen.open(PAGE)
    citizen.follow("Báo sai sót")
    citizen.press("Gửi phản ánh")
    expect(citizen.tab.get_by_role("alert")).to_contain_text("Chưa gửi được")
    citizen.tab.locator("select").select_option("fees")
    citizen.types("Sai thế nào?", "Lệ phí ghi trên trang khác với bảng treo tại xã.")
    citizen.complaints.clear()  # the browser remarks on the status of a form that is shown again
    citizen.press("Gửi phản ánh")
    citizen.reads("Phản ánh")
    reference = citizen.tab.locator("h1 .num").inner_text()
    citizen.open("/phan-anh/theo-doi/")
    citizen.types("Mã theo dõi", reference.lower().replace("-", " "))
    citizen.press("Xem")
    citizen.reads(reference)
    expect(citizen.tab.locator(".sheet")).to_contain_text("Đã gửi, chờ tiếp nhận")
    expect(citizen.tab.locator(".sheet")).to_contain_text(NAME)
    expect(citizen.tab.locator("main")).not_to_contain_text("bảng treo")


def test_mails_are_asked_for_and_confirmed_by_the_link_in_the_mail(citizen: Citizen) -> None:
    address = f"lan-{id(citizen)}@example.com"
    citizen.open(PAGE)
    citizen.follow("Nhận tin khi thủ tục thay đổi")
    citizen.types("E-mail của bạn", address)
    citizen.press("Gửi thư xác nhận")
    citizen.reads("Hãy mở hộp thư để xác nhận")
    _send_mails(citizen.portal)
    wait_until(lambda: _link_to(citizen.portal, address))
    citizen.open(_link_to(citizen.portal, address))
    citizen.press("Xác nhận nhận tin")
    citizen.reads("Đã xác nhận")
    expect(citizen.tab.locator("main")).to_contain_text(NAME)


def _send_mails(portal: Portal) -> None:
    """Give the worker at once what its clock gives it each minute."""
    subprocess.run(
        [sys.executable, "-m", "celery", "-A", "procedures_portal", "call",
         "publication.tasks.send_news"],
        cwd=ROOT, env=plain_environment(portal.data), check=True, capture_output=True,
    )  # fmt: skip


def _link_to(portal: Portal, address: str) -> str:
    """The path of the link in the mail to an address, "" while there is none."""
    for file in (portal.data / "mails").glob("*"):
        # Mails of one run share a file, parted by a line of dashes.
        for text in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
            mail = email.message_from_bytes(text, policy=email.policy.default)
            if mail["To"] == address:
                found = re.search(r"https?://[^/\s]+(/nhan-tin/xac-nhan/\S+)", mail.get_content())
                assert found, mail.get_content()
                return found[1]
    return ""
