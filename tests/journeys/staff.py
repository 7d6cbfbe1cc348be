"""Members of staff at their browsers, in front of the portal as one command starts it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Response, expect, sync_playwright
from playwright.sync_api import Page as Tab

from procedures_portal.sample.accounts import FILE_NAME
from tests.procedures_portal.running import serving
from tests.services import free_port

_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
_PATIENCE = 60_000  # milliseconds: a machine under load is slow, a hanging journey must end
_DECISIONS = "/admin/publication/announcementdecision/"


@dataclass
class Portal:
    """The running portal: its address, and browsers for those who work with it."""

    address: str
    data: Path
    passwords: dict[str, str]
    browser: Browser

    def sign_in(self, username: str) -> "Staff":
        tab = self.browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh").new_page()
        tab.set_default_timeout(_PATIENCE)
        staff = Staff(self, tab)
        tab.goto(f"{self.address}/admin/login/")
        tab.fill("#id_username", username)
        tab.fill("#id_password", self.passwords[username])
        tab.click("input[type=submit]")
        expect(tab.get_by_role("heading", name="Cần anh/chị xử lý")).to_be_visible()
        # Listened to from here on: what the browser complains of is a fault of a staff page.
        tab.on("console", lambda message: staff.complaints.append(message.text))
        tab.on("pageerror", lambda error: staff.complaints.append(str(error)))
        return staff


class Staff:
    """One person's tab. Methods are what people do there, by the words they see."""

    def __init__(self, portal: Portal, tab: Tab) -> None:
        self.portal, self.tab = portal, tab
        self.complaints: list[str] = []

    def open(self, path: str) -> Response:
        answer = self.tab.goto(self.portal.address + path)
        assert answer is not None
        return answer

    def open_from_work_list(self, kind: str, title: str) -> None:
        """Follow a row of the front page, under the kind of work it stands under."""
        self.open("/admin/")
        self.work(kind).get_by_role("link", name=title).first.click()
        expect(self.tab.locator(".decision-header")).to_be_visible()

    def work(self, kind: str) -> Locator:
        return self.tab.locator(".work").filter(has_text=kind)

    def press(self, button: str) -> None:
        self.tab.get_by_role("button", name=button, exact=True).click()

    def begin(self, act: str) -> None:
        """Open the page of an act by its button on the decision's page."""
        self.tab.locator(".object-tools").get_by_role("link", name=act, exact=True).click()
        expect(self.tab.locator(".act-page")).to_be_visible()

    def act(self, name: str, done: str, **facts: str) -> None:
        """Open an act, fill in its form, confirm and read what came of it."""
        self.begin(name)
        for field, value in facts.items():
            self.tab.fill(f"#id_{field}", value)
        self.press(name)
        self.is_told(done)

    def is_told(self, words: str) -> None:
        expect(self.tab.locator(".messagelist")).to_contain_text(words)

    def acts_offered(self) -> list[str]:
        return self.tab.locator(".object-tools a.act").all_inner_texts()

    def is_refused(self, decision: str, act: str, because: str, *, status: int = 403) -> None:
        """Ask for the page of an act by its address, as if it had been offered."""
        answer = self.open(f"{_DECISIONS}{decision}/{act}/")
        assert answer.status == status
        expect(self.tab.locator(".errornote")).to_contain_text(because)
        # The browser itself remarks on a refused page; nothing else may be wrong with it.
        self.complaints[:] = [line for line in self.complaints if str(status) not in line]

    def is_kept_out(self, path: str) -> None:
        """Ask for what belongs to another agency: there is no such page."""
        assert self.open(path).status == 404, path
        self.complaints[:] = [line for line in self.complaints if "404" not in line]

    @property
    def decision(self) -> str:
        """The key of the decision whose page is open."""
        found = re.search(r"/announcementdecision/(\d+)/", self.tab.url)
        assert found, self.tab.url
        return found[1]

    def choose(self, field: str, words: str) -> None:
        """Pick a row in a field that looks rows up while one types."""
        self.tab.locator(f"#id_{field} + .select2").click()
        self.tab.locator(".select2-search__field").last.fill(words)
        self.tab.locator(".select2-results__option", has_text=words).first.click()


@contextmanager
def running_portal(data: Path) -> Iterator[Portal]:
    port = free_port()
    with serving(data, port) as command:
        command.wait_until_ready()
        lines = (data / FILE_NAME).read_text("utf-8").splitlines()
        passwords = dict(line.split("\t")[:2] for line in lines)
        expect.set_options(timeout=_PATIENCE)
        with sync_playwright() as play:
            launched: Any = play.chromium.launch(
                executable_path="/usr/bin/chromium", args=_ARGUMENTS
            )
            yield Portal(f"http://localhost:{port}", data, passwords, launched)
            launched.close()
        command.interrupt()
