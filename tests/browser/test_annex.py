"""Annexes as a real browser prints them, and the review of 200 rows as an officer sees it."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from catalog.enums import Role
from publication.annex.opening import read_annex_file
from publication.annex.rows import read_rows
from publication.models import AnnexReading
from tests.browser.chromium import chromium
from tests.browser.site import serving
from tests.factories import make_agency, make_announcement, make_procedure, make_staff
from tests.publication.annex.annexes import INVENTED
from tests.publication.annex.files import T, docx

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db]

_FAULTS = """() => {
  const faults = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) faults.push(`${wide} px too wide`);
  for (const field of document.querySelectorAll("input, select, textarea"))
    if (field.type !== "hidden" && !field.labels.length && !field.ariaLabel)
      faults.push(`no label: ${field.name}`);
  for (const cell of document.querySelectorAll(".reading-rows td"))
    if (cell.scrollWidth > cell.clientWidth + 1)
      faults.push(`overflows: ${cell.textContent.trim()}`);
  return faults.slice(0, 5);
}"""


def _page(rows: int) -> str:
    codes = sorted(INVENTED)
    body = "".join(
        f"<tr><td>{number}</td><td>8.{number:06d}.000.00.00.H23</td>"
        f"<td>{INVENTED[codes[number % len(codes)]][0]} lần {number}</td><td>Không</td></tr>"
        for number in range(1, rows + 1)
    )
    return f"""<meta charset="utf-8"><style>
      table {{ border-collapse: collapse; width: 100%; font: 11pt serif }}
      td, th {{ border: 1px solid; padding: 3pt }} tr {{ break-inside: auto }}</style>
      <p align="center"><b>Phụ lục<br>DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH</b></p>
      <table><thead><tr><th>STT</th><th>Mã số TTHC</th><th>Tên thủ tục hành chính</th>
      <th>Phí, lệ phí</th></tr></thead>
      <tbody><tr><th>I</th><th colspan="3">Lĩnh vực Nghề truyền thống</th></tr>{body}</tbody>
      </table>"""


def test_a_printed_annex_of_several_pages_is_read_whole():
    with chromium() as browser:
        tab = browser.new_page()
        tab.set_content(_page(rows=120))
        data = tab.pdf(format="A4")
    annex = read_rows(read_annex_file(data, limit=len(data)))
    assert annex.remarks == []
    assert [row.code for row in annex.rows] == [f"8.{number:06d}" for number in range(1, 121)]
    assert [row.ordinal for row in annex.rows] == [str(number) for number in range(1, 121)]
    assert {(row.effect, row.field, row.origin.name) for row in annex.rows} == {
        ("new", "Nghề truyền thống", "read")
    }
    codes = sorted(INVENTED)
    assert [row.name for row in annex.rows] == [
        f"{INVENTED[codes[number % len(codes)]][0]} lần {number}" for number in range(1, 121)
    ]


@pytest.fixture
def review(client) -> bytes:
    """The review page of 200 rows of every state, as the server answers it."""
    agency = make_agency("Sở Nghề truyền thống")
    user = make_staff(Role.OFFICER, agency)
    rows = []
    for number in range(200):
        title = f"{INVENTED['9.100041'][0]}, trường hợp thứ {number} theo đề nghị của chủ hộ"
        code = f"8.{number:06d}"
        if number % 10:
            make_procedure(code, name=title, lead_agency=agency)
        printed = title.replace("chủ hộ", "hộ") if number % 7 == 0 else title
        rows.append([str(number + 1), "" if number % 9 == 0 else code, printed])
    data = docx(
        [
            "A. DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH",
            "I. Lĩnh vực Nghề truyền thống",
            T([["STT", "Mã TTHC", "Tên TTHC"], *rows]),
        ]
    )
    file = BytesIO(data)
    file.name = "Phụ lục kèm theo Quyết định 3218.docx"
    decision = make_announcement(lead_agency=agency, created_by=user)
    client.force_login(user)
    client.post(
        reverse("admin:publication_annexreading_upload", args=[decision.pk]), {"file": file}
    )
    reading = AnnexReading.objects.get()
    answer = client.get(reverse("admin:publication_annexreading_review", args=[reading.pk]))
    content: bytes = answer.content
    return content


def test_the_review_of_two_hundred_rows_fits_a_staff_screen(review):
    complaints: list[str] = []
    with (
        serving({"/review/": review, "/favicon.ico": b"x"} | _assets()) as address,
        chromium() as browser,
    ):
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        tab.on("console", lambda message: complaints.append(message.text))
        tab.goto(f"{address}/review/")
        faults = tab.evaluate(_FAULTS)
        if folder := os.environ.get("PORTAL_SCREENSHOTS"):
            tab.screenshot(path=Path(folder) / "annex-review.png")
        tab.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })")
        opened = tab.evaluate(_FAULTS)
        confirm = tab.get_by_role("button", name="Xác nhận")
        seen = confirm.is_visible()
    assert (faults, opened, complaints) == ([], [], [])
    assert seen


def _assets() -> dict[str, bytes]:
    """What staff pages load, each at its address."""
    return {
        f"/static/{path}": Path(str(finders.find(path))).read_bytes()
        for finder in finders.get_finders()
        for path, _storage in finder.list([])
        if path.startswith(("admin/", "portal/"))
    }
