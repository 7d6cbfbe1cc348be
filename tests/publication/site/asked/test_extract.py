"""A procedure as PDF: from the release alone, the same bytes each time, within bounds."""

import fcntl
import re
from functools import partial
from io import BytesIO

import pdfplumber
import pytest

from publication.site.asked.twins import served_twin
from publication.site.extract import keeping
from publication.site.extract.making import MOST_CHARS, TooLong, make_pdf, sheet_digest
from publication.site.extract.sheet import sheet_of
from publication.site.release import publish
from tests.factories import make_content, make_form_file, make_procedure
from tests.publication.acts import NOON, announce
from tests.publication.site.asked.conftest import CODE

pytestmark = pytest.mark.embedded

HERE = f"/thu-tuc/{CODE}/{CODE}.pdf"


def _sheet(code=CODE):
    twin = served_twin(code)
    assert twin is not None
    return sheet_of(twin)


def _words(data, tmp_path):
    (tmp_path / "read.pdf").write_bytes(data)
    with pdfplumber.open(tmp_path / "read.pdf") as file:
        return " ".join(" ".join((page.extract_text() or "").split()) for page in file.pages)


def test_the_sheet_says_what_the_text_says_in_right_vietnamese(
    released, client, tmp_path, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = client.get(HERE)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    words = _words(answer.content, tmp_path)
    twin = served_twin(CODE)
    assert twin is not None
    for expected in (
        "Đăng ký thường trú", "Nộp bốn giấy tờ.", twin.document["decision"]["number"],
        twin.document["digest"], "từ 07/10/2024", f"http://localhost:8000/thu-tuc/{CODE}/",
    ):  # fmt: skip
        assert expected in words


def test_an_earlier_text_has_a_sheet_that_says_it_is_old(released, client, tmp_path):
    words = _words(client.get(f"/thu-tuc/{CODE}/2024-10-03/{CODE}.pdf").content, tmp_path)
    assert "Nộp hai giấy tờ." in words
    assert "BẢN CŨ, không còn áp dụng: có giá trị từ ngày 03/10/2024 đến hết 04/10/2024" in words
    assert "BẢN CŨ" not in _words(client.get(HERE).content, tmp_path)


def test_an_ended_procedure_has_a_sheet_that_says_so(released, client, tmp_path):
    moment = NOON.replace(day=9)
    announce(released, effect="abolished", signed_on=moment.date(), now=moment)
    publish(now=moment)
    words = _words(client.get(HERE).content, tmp_path)
    assert "THỦ TỤC ĐÃ HẾT HIỆU LỰC từ ngày 09/10/2024" in words
    assert "Bãi bỏ theo Quyết định số" in words


def test_the_sheet_lists_each_form_once_with_its_address_on_the_portal(db, tmp_path, settings):
    settings.PORTAL_SITE_DIR, settings.MEDIA_ROOT = tmp_path / "site", tmp_path / "files"
    settings.PORTAL_URL = "https://thutuc.example.gov.vn"
    papers = [
        {"name": "Đơn", "forms": [{"name": "Mẫu 01"}, {"name": "Mẫu 02"}]},
        {"name": "Đơn của người giám hộ", "forms": [{"name": "Mẫu 01"}]},
    ]
    procedure = make_procedure(CODE, content=make_content(paper_cases=[{"papers": papers}]))
    file = make_form_file(procedure, "Mẫu 01", file_name="mau-01.pdf")
    announce(procedure)
    publish(now=NOON)
    made = make_pdf(_sheet())
    address = f"https://thutuc.example.gov.vn/mau-don/{file.sha256}/mau-01.pdf"
    with pdfplumber.open(BytesIO(made)) as pdf:
        links = [link["uri"] for page in pdf.pages for link in page.hyperlinks]
    words = _words(made, tmp_path)
    assert set(links) == {address}
    assert re.sub("[ \u200b]", "", words).count(address) == 1  # on paper nothing can be clicked
    assert words.count("Mẫu 01") == 3
    assert words.count("Mẫu 02") == 1  # no file: a name alone


def test_the_same_text_gives_the_same_bytes_and_another_text_another_digest(released):
    one, other = _sheet(), _sheet()
    assert make_pdf(one) == make_pdf(other)
    assert sheet_digest(one) == sheet_digest(other)
    assert sheet_digest(one) != sheet_digest({**one, "name": "Khác"})
    with pdfplumber.open(BytesIO(make_pdf(one))) as file:
        assert file.metadata["CreationDate"].startswith("D:20241007")  # the text's own day


def test_a_sheet_is_made_once_and_a_reader_who_has_it_is_told_so(released, client, monkeypatch):
    first = client.get(HERE)

    def broken(_sheet):
        raise AssertionError("the sheet was made again")

    monkeypatch.setattr("publication.site.asked.extract.make_pdf", broken)
    assert client.get(HERE).content == first.content
    again = client.get(HERE, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_announced_words_are_never_read_as_markup(db, tmp_path, settings):
    settings.PORTAL_SITE_DIR = tmp_path / "site"
    hostile = '#panic("x") *đậm* $x$ <nhãn> @ai = Tiêu đề \\ "'
    announce(make_procedure(CODE, name=hostile, content=make_content(summary=hostile)))
    publish(now=NOON)
    words = _words(make_pdf(_sheet()), tmp_path)
    assert words.count('#panic("x") *đậm* $x$ <nhãn> @ai') == 2


def test_signs_of_no_font_and_endless_words_do_not_stop_a_sheet(db, tmp_path, settings):
    settings.PORTAL_SITE_DIR = tmp_path / "site"
    papers = [{"case": "", "papers": [{"name": f"\uf0fc Đơn {'A' * 300} \u13a0"}]}]
    announce(make_procedure(CODE, content=make_content(paper_cases=papers)))
    publish(now=NOON)
    words = _words(make_pdf(_sheet()), tmp_path)
    assert "• Đơn" in words
    assert len(re.findall("A", words)) >= 300


def test_only_so_many_are_made_at_a_time(released, client, monkeypatch):
    monkeypatch.setattr(keeping, "_WAIT", 0.1)
    folder = keeping._folder()
    folder.mkdir(parents=True)
    taken = [(folder / f"slot-{number}").open("w") for number in range(keeping.MAKERS)]
    for handle in taken:
        fcntl.flock(handle, fcntl.LOCK_EX)
    answer = client.get(HERE)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    taken[0].close()
    assert client.get(HERE).status_code == 200
    taken[1].close()


def test_only_so_many_are_kept_and_the_oldest_make_room(tmp_path, settings, monkeypatch):
    settings.PORTAL_SITE_DIR = tmp_path
    monkeypatch.setattr(keeping, "PER_FOLDER", 2)
    for number in range(4):
        keeping.kept_or_made(f"ab{number:062}", partial(bytes, [number]))
    kept = sorted(path.read_bytes() for path in (tmp_path / "extracts" / "ab").iterdir())
    assert kept == [b"\x02", b"\x03"]


def test_a_full_disk_costs_the_sheet_its_place_and_not_the_reader_the_sheet(
    released, client, monkeypatch, caplog
):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping.os, "rename", full)
    assert client.get(HERE).status_code == 200
    assert "could not be kept" in caplog.text


def test_a_text_too_long_for_one_request_has_no_sheet(released, client, monkeypatch):
    with pytest.raises(TooLong):
        make_pdf({**_sheet(), "summary": ["x" * MOST_CHARS]})
    monkeypatch.setattr("publication.site.extract.making.MOST_CHARS", 10)
    assert client.get(HERE).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        f"/thu-tuc/{CODE}/1.000000.pdf",
        "/thu-tuc/9.999999/9.999999.pdf",
        f"/thu-tuc/{CODE}/2024-10-04/{CODE}.pdf",
        f"/thu-tuc/{CODE}/2024-13-04/{CODE}.pdf",
        f"/en/thu-tuc/{CODE}/{CODE}.pdf",
    ],
)
def test_there_is_no_sheet_of_what_is_no_text(released, client, path):
    assert client.get(path).status_code == 404


def test_the_page_leads_to_its_own_sheet(released, client, tmp_path):
    from publication.site.page import PageKind
    from tests.publication.site.render.pages import html

    assert f'href="{HERE}"' in html(PageKind.PROCEDURE, CODE)
    old = html(PageKind.VERSION, f"{CODE}/2024-10-03", language="en")
    assert f'href="/thu-tuc/{CODE}/2024-10-03/{CODE}.pdf"' in old
